/* words.c - the atoms of words: hashes of what a word looks like, and of the tags it is known to take. */
#include "language/words.h"

uint32_t dl_word_hash(dl_str low)
{
    uint64_t h = 0x9e3779b97f4a7c15u ^ low.n;
    uint32_t i = 0;
    for (; i + 8 <= low.n; i += 8) {
        uint64_t x;
        memcpy(&x, low.p + i, 8);
        h = (h ^ x) * 0x9fb21c651e98df25u;
        h ^= h >> 32;
    }
    uint64_t x = 0;
    for (uint32_t k = 0; i < low.n; i++, k += 8) x |= (uint64_t)(unsigned char)low.p[i] << k;
    h = (h ^ x) * 0x9fb21c651e98df25u;
    h ^= h >> 29;
    return (uint32_t)(h * 0xd6e8feb86659fd93u >> 32);
}

/* ---- case of a sentence ---------------------------------------------------------------------------------------------------- */

dl_case dl_case_of(const dl_token *t, uint32_t n)
{
    uint32_t letters = 0, shouted = 0, capital = 0, content = 0, title = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (t[i].text.n < 2 || !(dl_alpha((unsigned char)t[i].text.p[0]) || (unsigned char)t[i].text.p[0] >= 0x80)) continue;
        letters++;
        shouted += t[i].allcaps;
        capital += t[i].capital;
        if (t[i].text.n < 5) continue;                        /* "of", "with": in lower case in titles too */
        content++;
        title += t[i].capital;
    }
    if (letters >= 3 && shouted * 5 >= letters * 4) return DL_CASE_SHOUT;
    if (letters >= 4 && capital == 0) return DL_CASE_NONE;
    return content >= 3 && title * 10 >= content * 9 ? DL_CASE_TITLE : DL_CASE_PLAIN;
}

/* ---- shape ----------------------------------------------------------------------------------------------------------------- */

typedef struct { unsigned upper, lower, digit, other, wide; bool hyphen, dot; } census;

static census count(dl_str s)
{
    census c = { 0 };
    for (uint32_t i = 0; i < s.n; i++) {
        unsigned char x = (unsigned char)s.p[i];
        if (dl_upper(x)) c.upper++;
        else if (dl_lower(x)) c.lower++;
        else if (dl_digit(x)) c.digit++;
        else if (x >= 0x80) c.wide++;
        else { c.other++; c.hyphen |= x == '-'; c.dot |= x == '.'; }
    }
    return c;
}

static uint32_t letters_shape(const dl_token *t, const census *c, dl_case mode)
{
    if (mode == DL_CASE_SHOUT) return t->allcaps || t->capital ? 1 : 2;
    if (t->allcaps) return 3;
    if (t->capital) return c->upper + c->wide > 1 && c->upper > 1 ? 4 : t->text.n == 1 ? 5 : 6;
    return c->upper ? 7 : 8;
}

static uint32_t shape(const dl_token *t, dl_case mode)
{
    census c = count(t->text);
    uint32_t s;
    if (c.digit) s = c.upper + c.lower + c.wide ? 10 + (c.lower != 0) : c.other ? 12 : c.digit == 4 ? 13 : c.digit <= 2 ? 14 : 15;
    else if (c.upper + c.lower + c.wide) s = letters_shape(t, &c, mode);
    else s = 9;
    return dl_atom(s | (uint32_t)c.hyphen << 5 | (uint32_t)c.dot << 6 | (uint32_t)t->sentence_first << 7 | (uint32_t)mode << 8);
}

/* ---- endings and beginnings ------------------------------------------------------------------------------------------------ */

static void affixes(dl_str s, dl_word *w)
{
    uint32_t head = 0, tail = 0, n = s.n < 4 ? s.n : 4;
    for (uint32_t i = 0; i < n; i++) {
        head |= (uint32_t)(unsigned char)s.p[i] << 8 * i;
        tail |= (uint32_t)(unsigned char)s.p[s.n - 1 - i] << 8 * i;
    }
    w->suf1 = dl_atom(tail & 0xff);
    w->suf2 = dl_atom(tail & 0xffff);
    w->suf3 = dl_atom(tail & 0xffffff);
    w->suf4 = dl_atom(tail);
    w->pre1 = dl_atom(head & 0xff);
    w->pre2 = dl_atom(head & 0xffff);
    w->pre3 = dl_atom(head & 0xffffff);
}

/* A word that always has the same tag needs no tagger, unless a capital may have made a name of it. */
static uint16_t sure_tag(const dl_weights *g, uint32_t set, const dl_token *t, dl_case mode)
{
    if (set >= g->ndict || (t->capital && !t->sentence_first && mode != DL_CASE_SHOUT)) return DL_NO_TAG;
    return g->dict_sure[set];
}

static void fill(const dl_weights *g, const dl_token *t, dl_case mode, dl_word *w)
{
    memset(w, 0, sizeof *w);
    w->word = dl_word_hash(t->low);
    affixes(t->low, w);
    w->shape = shape(t, mode);
    uint64_t f = dl_f1(0, w->word);
    uint32_t set = dl_pick16(g->dict[dl_bucket(f, g->dict_shift)], dl_mark16(f));
    w->dict = set == 0xffff ? dl_atom(0x10000) ^ w->shape : dl_atom(set);
    w->lex = set == 0xffff ? w->suf3 ^ w->shape : w->word;
    w->closed = set < g->ndict && g->dict_closed[set];
    w->sure = sure_tag(g, set, t, mode);
    w->cls = DL_NO_TAG;
    w->comma = t->low.n == 1 && (t->low.p[0] == ',' || t->low.p[0] == ';');
}

static void pad(dl_word *w, uint32_t n, uint32_t what)
{
    for (uint32_t i = 0; i < n; i++) {
        memset(&w[i], 0, sizeof w[i]);
        w[i].word = w[i].tag = w[i].lex = w[i].dict = w[i].shape = dl_atom(0x20000 + what);
        w[i].sure = w[i].cls = DL_NO_TAG;
    }
}

void dl_words_fill(const dl_weights *g, const dl_token *t, uint32_t n, dl_word *w)
{
    dl_case mode = dl_case_of(t, n);
    pad(w - DL_PAD, DL_PAD, 1);
    for (uint32_t i = 0; i < n; i++) fill(g, &t[i], mode, &w[i]);
    pad(w + n, DL_PAD, 2);
}

void dl_word_tag(const dl_weights *g, dl_word *w, uint16_t cls)
{
    w->cls = cls;
    w->tag = dl_atom(0x30000 + cls);
    w->upos = g->tag_upos[cls];
    w->verb = w->upos == DL_VERB || w->upos == DL_AUX;
    w->and_ = w->upos == DL_CCONJ;
}
