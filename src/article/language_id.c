/* language_id.c - which language is this.
 *
 * The script leaves few to choose from, often one. Among them a linear model over hashed words and runs of one to four characters decides (languages.h; after Cavnar and Trenkle,
 * "N-gram-based text categorization", 1994, and Joulin and others, "Bag of tricks for efficient text classification", 2017, without the hidden layer). How far the best is ahead says how sure it is.
 */
#include <math.h>
#include "article/languages.h"
#include "article/parts.h"

/* LOOK: bytes looked at, STRETCH by STRETCH until the leader is ENOUGH ahead (hundredths of log odds), or AGAIN where it is the expected one; WORD: characters of the longest word that is one gram. */
enum { LOOK = 4096, STRETCH = 48, ENOUGH = 500, AGAIN = 250, WORD = 40 };

/* ---- grams ---- */

static bool in_word(uint32_t cp)
{
    if (cp < 0x80) return dl_alpha((unsigned char)cp) || cp == '\'';
    if (cp < 0xC0) return cp == 0xAA || cp == 0xB5 || cp == 0xBA;
    if (cp >= 0x2000 && cp < 0x2C00) return cp == 0x200C || cp == 0x200D || cp == 0x2019;       /* joiners */
    bool digit = (cp >= 0x660 && cp < 0x66A) || (cp >= 0x6F0 && cp < 0x6FA) || (cp >= 0x966 && cp < 0x970);
    bool mark = cp == 0xD7 || cp == 0xF7 || cp == 0x60C || cp == 0x61B || cp == 0x61F || cp == 0x6D4 || cp == 0x964 || cp == 0x965 || (cp >= 0x3000 && cp < 0x3004) || (cp >= 0xFF00 && cp < 0xFF21);
    return !digit && !mark && cp != 0xFFFD;
}

static uint64_t mixed(uint64_t x)
{
    x ^= x >> 32, x *= 0x9fb21c651e98df25u;
    x ^= x >> 29, x *= 0x9fb21c651e98df25u;
    return x ^ (x >> 32);
}

typedef struct { uint32_t *v, n; } grams;

static void add_gram(grams *g, uint64_t h) { if (g->n < DL_GRAMS_MOST) g->v[g->n++] = (uint32_t)h & (DL_GRAM_BUCKETS - 1); }

/* w[0] and w[n-1] are the word's ends. */
static void add_word(grams *g, const uint32_t *w, uint32_t n)
{
    uint64_t whole = 7;
    for (uint32_t k = 1; k + 1 < n; k++) whole = mixed(whole * 31 + w[k]);
    if (n > 2 && n < WORD + 2) add_gram(g, mixed(whole + 99));
    for (uint32_t b = 0; b < n; b++) {
        uint64_t h = 1;
        for (uint32_t k = 1; k <= 4 && b + k <= n; k++) {
            h = mixed(h * 131 + w[b + k - 1]);
            if (k > 1 || (b && b + 1 < n)) add_gram(g, mixed(h + k));
        }
    }
}

/* The end of an address of the web that begins at i, 0 if none does: its letters are in no language. */
static uint32_t address_end(dl_str s, uint32_t i)
{
    dl_str rest = dl_cut(s, i, s.n);
    if (s.p[i] != 'h' && s.p[i] != 'w') return 0;
    if (!dl_starts(rest, DL_STR("http://")) && !dl_starts(rest, DL_STR("https://")) && !dl_starts(rest, DL_STR("www."))) return 0;
    while (i < s.n && !dl_space((unsigned char)s.p[i])) i++;
    return i;
}

uint32_t dl_language_grams(dl_str s, uint32_t *out)
{
    grams g = { out, 0 };
    uint32_t w[64], n = 0;
    if (s.n > LOOK) s.n = LOOK;
    for (uint32_t i = 0, skip; i <= s.n && g.n < DL_GRAMS_MOST;) {
        if (!n && i < s.n && (skip = address_end(s, i))) { i = skip; continue; }
        uint32_t cp = i < s.n ? dl_cp_tolower(dl_utf8_next(s, &i)) : (i++, ' ');
        if (cp == 0x2019) cp = '\'';
        bool inside = in_word(cp) && (n || cp != '\'');
        if (inside && !n) w[n++] = '^';
        if (inside) w[n++] = cp;
        if (!n || (inside && n < 60)) continue;             /* writing without blanks is cut into runs of that length */
        while (n > 2 && w[n - 1] == '\'') n--;
        w[n++] = '$';
        add_word(&g, w, n);
        n = 0;
    }
    return g.n;
}

dl_script dl_script_of_text(dl_str s)
{
    uint32_t n[DL_SCRIPT_OTHER + 1] = { 0 };
    int best = DL_SCRIPT_NONE;
    for (uint32_t i = 0; i < s.n && i < LOOK;) n[dl_script_of(dl_utf8_next(s, &i))]++;
    n[DL_SCRIPT_NONE] = 0;
    for (int k = 1; k <= DL_SCRIPT_OTHER; k++) if (n[k] > n[best]) best = k;
    return best == DL_SCRIPT_HAN && n[DL_SCRIPT_KANA] ? DL_SCRIPT_KANA : (dl_script)best;
}

/* ---- weights ---- */

dl_languages dl_languages_of(const dl_model *model)
{
    dl_tensor code, script, at, item;
    bool all = model && dl_model_tensor(model, "languages.code", DL_T_U8, &code) && dl_model_tensor(model, "languages.script", DL_T_U32, &script)
               && dl_model_tensor(model, "languages.at", DL_T_U32, &at) && dl_model_tensor(model, "languages.item", DL_T_U16, &item);
    if (!all || at.count != DL_GRAM_BUCKETS + 1 || code.count != script.count * 8 || script.count > DL_LANGUAGES_MOST) return (dl_languages){ 0 };
    return (dl_languages){ code.at, script.at, at.at, item.at, script.count, item.count };
}

static void add_weights(const dl_languages *l, uint32_t gram, int32_t *score)
{
    uint32_t e = l->at[gram + 1] < l->nitem ? l->at[gram + 1] : l->nitem;
    for (uint32_t i = l->at[gram]; i < e; i++) score[l->item[i] & 255] += (int8_t)(l->item[i] >> 8);
}

typedef struct { int32_t score[256]; uint32_t grams; dl_script script; } weighed;

/* Sums to hundredths of log odds. */
static uint32_t odds(const weighed *w, int64_t sum) { return sum <= 0 || !w->grams ? 0 : (uint32_t)((double)sum * 100 / DL_GRAM_SCALE / sqrt((double)w->grams)); }

static bool written_in(const dl_languages *l, uint32_t language, dl_script script) { return l->script[language] >> script & 1; }

typedef struct { uint32_t best, odds; } lead;          /* best DL_LANGUAGES_MOST: no language has this script */

static lead leader(const dl_languages *l, const weighed *w)
{
    uint32_t best = DL_LANGUAGES_MOST;
    int64_t most = INT32_MIN, second = INT32_MIN;
    for (uint32_t k = 0; k < l->n; k++) {
        if (!written_in(l, k, w->script)) continue;
        if (w->score[k] > most) second = most, most = w->score[k], best = k;
        else if (w->score[k] > second) second = w->score[k];
    }
    uint32_t ahead = best == DL_LANGUAGES_MOST ? 0 : second == INT32_MIN ? DL_ODDS_MOST : odds(w, most - second);
    return (lead){ best, ahead < DL_ODDS_MOST ? ahead : DL_ODDS_MOST };
}

/* expected: the language that the text before had; NULL: none. It needs less to be believed. */
static weighed weigh(const dl_languages *l, dl_str text, const char *expected)
{
    weighed w = { { 0 }, 0, dl_script_of_text(text) };
    uint32_t gram[DL_GRAMS_MOST], most = text.n < LOOK ? text.n : LOOK;
    if (!l->n || w.script == DL_SCRIPT_NONE) return w;
    for (uint32_t b = 0, e; b < most; b = e) {
        lead first = leader(l, &w);
        if (first.odds >= ENOUGH || (expected && first.odds >= AGAIN && !strcmp(l->code + 8 * (size_t)first.best, expected))) break;      /* one far ahead is not overtaken */
        e = b + STRETCH;
        while (e < most && text.p[e] != ' ') e++;
        uint32_t n = dl_language_grams(dl_cut(text, b, e < most ? e : most), gram);
        for (uint32_t i = 0; i < n; i++) add_weights(l, gram[i], w.score);
        w.grams += n;
    }
    return w;
}

dl_guess dl_language_of(const dl_languages *l, dl_str text, const char *expected)
{
    weighed w = weigh(l, text, expected);
    lead best = leader(l, &w);
    return best.best == DL_LANGUAGES_MOST ? (dl_guess){ { "", 0 }, 0 } : (dl_guess){ dl_str_of(l->code + 8 * (size_t)best.best), best.odds };
}

uint32_t dl_language_gap(const dl_languages *l, dl_str text, const char *code)
{
    weighed w = weigh(l, text, NULL);
    int64_t own = 0, best = INT32_MIN;
    for (uint32_t k = 0; k < l->n; k++) {
        if (!written_in(l, k, w.script)) continue;
        if (!strcmp(l->code + 8 * (size_t)k, code)) own = w.score[k];
        if (w.score[k] > best) best = w.score[k];
    }
    return odds(&w, best - own);
}
