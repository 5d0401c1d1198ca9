/* tongues.c - in which language a report and each of its units are, and whether that is a language whose facts are found.
 *
 * Facts are found in English alone. A report in another language keeps its text, parts and languages; what is clearly English in it is coded.
 */
#include <stdio.h>
#include "article/parts.h"
#include "base/utf8.h"

#define CODED "en"

bool dl_page_outside(const dl_page *p, const dl_unit_line *u) { return u->block && !p->art->blocks.v[u->block - 1].story; }

typedef struct { char code[8]; uint32_t letters; uint8_t script; } tongue;

/* A unit's language is said when it is at least this far ahead of the next; a line in the document's script is foreign when it is further from the document's language. */
enum { LIKELY = 200, FOREIGN = 400, OVERRULES = 100 };      /* OVERRULES: letters in one language that outweigh what the page says of itself */

static void say_language(char out[8], dl_str code) { memset(out, 0, 8), memcpy(out, code.p, code.n < 8 ? code.n : 7); }

/* The short words that a language uses most, learned from the units that it was told of: a unit with enough of them is in the same language, and its runs of letters need not be weighed. */
typedef struct { uint32_t key[64]; uint16_t times[64]; uint32_t n, words; } small_words;
enum { SMALL = 4, OFTEN = 3, LEARNED = 60 };                /* bytes of a short word; times that make one usual; words that must be known before it counts */

static uint32_t small_key(const dl_unit_line *u, uint32_t i)
{
    dl_span w = u->w.word[i];
    uint32_t key = 0;
    if (dl_len(w) > SMALL) return 0;
    memcpy(&key, u->w.key.p + w.b, dl_len(w));
    return key;
}

static uint32_t slot_of(const small_words *s, uint32_t key)
{
    uint32_t at = (key * 0x9E3779B1u) >> 26;
    while (s->times[at] && s->key[at] != key) at = (at + 1) & 63;
    return at;
}

static void learn_words(small_words *s, const dl_unit_line *u)
{
    for (uint32_t i = 0; i < u->w.n && s->n < 48; i++) {
        uint32_t key = small_key(u, i), at;
        s->words++;
        if (!key) continue;
        at = slot_of(s, key);
        if (!s->times[at]) s->key[at] = key, s->n++;
        s->times[at]++;
    }
}

/* A fifth of its words, and two at least, are usual ones. */
static bool goes_on(const small_words *s, const dl_unit_line *u)
{
    uint32_t usual = 0;
    if (s->words < LEARNED || u->w.n < 6) return false;
    for (uint32_t i = 0; i < u->w.n; i++) {
        uint32_t key = small_key(u, i);
        usual += key && s->times[slot_of(s, key)] >= OFTEN;
    }
    return usual >= 2 && usual * 5 >= u->w.n;
}

/* The language of most letters among those written in the script of most letters; if no single unit tells, the likeliest of all text together. */
static void find_languages(dl_page *p, tongue *doc)
{
    tongue seen[32] = { { "", 0, 0 } };
    uint32_t n = 0, letters[256] = { 0 };
    const char *before = NULL;
    small_words usual = { .n = 0 };
    uint32_t last = 0, ahead = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t k = 0;
        dl_unit_line *u = &p->u[i];
        if (dl_page_outside(p, u)) continue;
        letters[u->script] += u->letters;
        if (before && goes_on(&usual, u)) { memcpy(u->language, before, sizeof u->language), seen[k = last].letters += u->letters, u->odds = ahead; continue; }
        dl_guess g = dl_language_of(&p->languages, dl_at(p->art->text, u->core), before);
        if (g.odds < LIKELY) continue;
        say_language(u->language, g.code);
        u->odds = ahead = g.odds;
        if (!before || strcmp(before, u->language)) usual = (small_words){ .n = 0 };
        learn_words(&usual, u);
        before = u->language;
        while (k < n && strcmp(seen[k].code, u->language)) k++;
        if (k == 32) continue;
        if (k == n) { memcpy(seen[n].code, u->language, sizeof seen->code); seen[n++].script = u->script; }
        seen[k].letters += u->letters;
        last = k;
    }
    for (int k = 1; k < 256; k++) if (letters[k] > letters[doc->script]) doc->script = (uint8_t)k;
    for (uint32_t k = 0; k < n; k++) if (seen[k].script == doc->script && seen[k].letters > doc->letters) *doc = seen[k];
    if (!doc->letters && !p->art->blocks.n) {
        dl_guess g = dl_language_of(&p->languages, p->art->text, NULL);
        if (g.code.n) say_language(doc->code, g.code), doc->letters = 1;
    }
    bool told = strcmp(p->art->language, "und") != 0;
    if (doc->letters && (!told || doc->letters >= OVERRULES)) memcpy(p->art->language, doc->code, sizeof doc->code);
}

/* Languages so near each other that a line of one is no foreign line in the other. */
static bool kin(const char *a, const char *b)
{
    static const char *const NEAR[] = { " nb nn no da ", " bs hr sr ", " id ms ", " cs sk ", " zu xh ss ", " tn st nso ", " hi mr bho mai ", " ru be uk ", " es gl pt ast ", " tr az crh ", " nl af " };
    char x[12], y[12];
    snprintf(x, sizeof x, " %s ", a), snprintf(y, sizeof y, " %s ", b);
    for (size_t k = 0; k < sizeof NEAR / sizeof *NEAR; k++) if (strstr(NEAR[k], x) && strstr(NEAR[k], y)) return true;
    return false;
}

/* Words that begin with no capital: names tell little of the language around them. */
static uint32_t common_words(dl_str s)
{
    uint32_t n = 0;
    for (uint32_t i = 0, before = ' '; i < s.n;) {
        uint32_t cp = dl_utf8_next(s, &i);
        n += dl_cp_alpha(cp) && !dl_cp_alpha(before) && before != '\'' && before != 0x2019 && !dl_cp_upper(cp);
        before = cp;
    }
    return n;
}

/* Clearly not in `code`: another script than `script`, or words of another language and enough of them. */
static bool strange(const dl_page *p, const dl_unit_line *u, const char *code, uint8_t script)
{
    dl_str s = dl_at(p->art->text, u->core);
    if (!u->language[0] || !strcmp(u->language, code)) return false;
    if (u->script != script) return u->letters >= 8;
    return u->nword >= 6 && !kin(u->language, code) && common_words(s) >= 4 && (u->odds >= FOREIGN || dl_language_gap(&p->languages, s, code) >= FOREIGN);      /* the gap is never less */
}

bool dl_page_foreign(const dl_page *p, dl_unit_line *u)
{
    if (!strange(p, u, p->art->language, p->script)) return false;
    u->kind = DL_PART_other_language;
    u->coded = !strcmp(u->language, CODED);
    u->why = dl_fmt(p->doc, "language:%s", u->language);
    return true;
}

/* Unless most of it is clearly in another language, a report is coded: little text tells little. */
static bool coded_language(const dl_page *p)
{
    uint64_t other = 0, all = 0;
    if (!strcmp(p->art->language, CODED)) return true;
    for (uint32_t i = 0; i < p->n; i++) if (!dl_page_outside(p, &p->u[i])) all += p->u[i].letters;
    for (uint32_t i = 0; i < p->n && other * 2 <= all; i++)
        if (!dl_page_outside(p, &p->u[i]) && strange(p, &p->u[i], CODED, DL_SCRIPT_LATIN)) other += p->u[i].letters;
    return other * 2 <= all;
}

void dl_page_languages(dl_page *p)
{
    tongue doc = { "", 0, 0 };
    find_languages(p, &doc);
    p->script = doc.script;
    p->codes = coded_language(p);
}
