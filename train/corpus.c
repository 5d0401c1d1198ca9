/* corpus.c - reading CoNLL-U treebanks, and rewriting their sentences as headlines and old wires would print them. */
#include "train.h"
#include "base/utf8.h"
#include <stdlib.h>

/* ---- reading --------------------------------------------------------------------------------------------------------------- */

char *slurp(const char *path, size_t *n)
{
    dl_str p = dl_str_of(path);
    char command[4200];
    bool packed = dl_ends(p, DL_STR(".xz"));
    snprintf(command, sizeof command, "xz -dc '%s'", path);
    FILE *f = packed ? popen(command, "r") : fopen(path, "rb");
    if (!f) return NULL;
    size_t cap = 1 << 20;
    char *v = malloc(cap);
    *n = 0;
    for (size_t got; v && (got = fread(v + *n, 1, cap - *n, f)) > 0; )
        if ((*n += got) == cap) v = realloc(v, cap *= 2);
    int rc = packed ? pclose(f) : fclose(f);
    if (rc != 0) { free(v); return NULL; }
    return v;
}

typedef struct { dl_str c[10]; } line;

static bool split(dl_str s, line *l)
{
    uint32_t k = 0, b = 0;
    for (uint32_t i = 0; i <= s.n; i++)
        if (i == s.n || s.p[i] == '\t') {
            if (k == 10) return false;
            l->c[k++] = dl_cut(s, b, i);
            b = i + 1;
        }
    return k == 10;
}

static const char *const universal[DL_UPOS_N] = { "X", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB" };

static uint8_t upos_of(dl_str s)
{
    for (uint8_t u = 0; u < DL_UPOS_N; u++) if (dl_is(s, universal[u])) return u;
    return DL_X;
}

static uint8_t xpos_of(dl_str s, uint8_t upos)
{
    for (uint8_t x = 1; x < DL_PUNCTX; x++) if (dl_is(s, dl_xpos_name(x))) return x;
    return upos == DL_PUNCT ? DL_PUNCTX : upos == DL_SYM ? DL_SYMX : DL_XX;
}

static uint8_t rel_of(dl_str s)
{
    for (uint8_t r = 0; r < DL_REL_N; r++) if (dl_is(s, dl_rel_name(r))) return r;
    int64_t colon = dl_find(s, DL_STR(":"), 0);
    return colon > 0 ? rel_of(dl_cut(s, 0, (uint32_t)colon)) : DL_R_dep;
}

static uint16_t tag_of(corpus *c, dl_str upos, dl_str xpos)
{
    for (uint32_t i = 0; i < c->tags.n; i++)
        if (dl_eq(c->tags.v[i].upos, upos) && dl_eq(c->tags.v[i].xpos, xpos)) { c->tags.v[i].count++; return (uint16_t)i; }
    joint *j = dl_push(c->a, &c->tags);
    uint8_t u = upos_of(upos);
    *j = (joint){ upos, xpos, 1, u, xpos_of(xpos, u) };
    return (uint16_t)(c->tags.n - 1);
}

static void measure(corpus *c, dl_token *t, dl_str form, bool space)
{
    dl_token_fill(c->a, form, (dl_span){ 0, form.n }, 0, t);
    t->space_before = space;
}

static gold *new_gold(corpus *c, uint32_t n)
{
    gold *g = dl_push(c->a, &c->s);
    g->n = n;
    g->t = dl_new(c->a, dl_token, n);
    g->cls = dl_new(c->a, uint16_t, n);
    g->head = dl_new(c->a, uint16_t, n + 2);
    g->rel = dl_new(c->a, uint8_t, n + 2);
    g->lemma = dl_new(c->a, dl_str, n);
    return g;
}

static void mark_first(gold *g)
{
    for (uint32_t i = 0; i < g->n; i++) {
        g->t[i].sentence_first = 1;
        unsigned char x = (unsigned char)g->t[i].text.p[0];
        if (dl_alpha(x) || dl_digit(x) || (x >= 0x80 && g->t[i].text.n > 3)) return;
    }
}

static bool no_space(const line *l) { return dl_find(l->c[9], DL_STR("SpaceAfter=No"), 0) >= 0; }

/* One sentence from its word lines. gap[i]: white space stands before word i. */
static void take(corpus *c, const line *w, const bool *gap, uint32_t n)
{
    if (n == 0 || n > DL_SENT_MAX) return;
    gold *g = new_gold(c, n);
    g->paragraph = c->paragraphs;
    for (uint32_t i = 0; i < n; i++) {
        int64_t head = 0;
        dl_str_int(w[i].c[6], &head);
        measure(c, &g->t[i], w[i].c[1], gap[i]);
        g->cls[i] = tag_of(c, w[i].c[3], w[i].c[4]);
        g->t[i].upos = c->tags.v[g->cls[i]].u;
        g->head[i + 1] = (uint16_t)(head ? head : n + 1);
        g->rel[i + 1] = rel_of(w[i].c[7]);
        g->lemma[i] = dl_is(w[i].c[2], "_") ? g->t[i].low : dl_lowered(c->a, w[i].c[2]);
    }
    mark_first(g);
}

typedef struct { line w[DL_SENT_MAX * 2]; bool gap[DL_SENT_MAX * 2]; uint32_t n; uint32_t inside; bool space, space_behind; } pending;

static void word_line(pending *p, const line *l)
{
    bool whole = true;
    for (uint32_t i = 0; i < l->c[0].n; i++) whole &= dl_digit((unsigned char)l->c[0].p[i]);
    if (!whole) {                                            /* "3-4": the surface of two words; "5.1": an empty node, passed over */
        int64_t dash = dl_find(l->c[0], DL_STR("-"), 0), b, e;
        if (dash < 0 || !dl_str_int(dl_cut(l->c[0], 0, (uint32_t)dash), &b) || !dl_str_int(dl_cut(l->c[0], (uint32_t)dash + 1, l->c[0].n), &e)) return;
        p->inside = (uint32_t)(e - b + 1);
        p->space_behind = !no_space(l);
        return;
    }
    if (p->n == DL_SENT_MAX * 2) return;
    p->w[p->n] = *l;
    p->gap[p->n++] = p->space;
    if (p->inside) p->space = --p->inside ? false : p->space_behind;
    else p->space = !no_space(l);
}

bool read_corpus(corpus *c, const char *path)
{
    size_t n;
    char *v = slurp(path, &n);
    if (!v || n > UINT32_MAX) { fprintf(stderr, "can't read '%s'\n", path); free(v); return false; }
    dl_str all = dl_copy(c->a, (dl_str){ v, (uint32_t)n });
    free(v);
    pending *p = calloc(1, sizeof *p);
    p->space = true;
    for (uint32_t b = 0; b < all.n; ) {
        int64_t nl = dl_find(all, DL_STR("\n"), b);
        uint32_t e = nl < 0 ? all.n : (uint32_t)nl;
        dl_str s = dl_cut(all, b, e);
        line l;
        b = e + 1;
        if (s.n == 0) { take(c, p->w, p->gap, p->n); p->n = 0; }
        else if (dl_starts(s, DL_STR("# newpar")) || dl_starts(s, DL_STR("# newdoc"))) { c->paragraphs++; p->space = true; }
        else if (s.p[0] != '#' && split(s, &l)) word_line(p, &l);
    }
    take(c, p->w, p->gap, p->n);
    c->paragraphs++;
    free(p);
    return true;
}

/* ---- tags ------------------------------------------------------------------------------------------------------------------ */

#define RARE 8

static uint16_t common_kin(const corpus *c, uint32_t rare)
{
    uint32_t best = 0, count = 0;
    for (uint32_t i = 0; i < c->tags.n; i++)
        if (c->tags.v[i].u == c->tags.v[rare].u && c->tags.v[i].count >= RARE && c->tags.v[i].count > count) { best = i; count = c->tags.v[i].count; }
    return (uint16_t)best;
}

/* Classes of open word classes come first (see nopen in weights.h). */
static uint16_t number_tags(const corpus *c, uint16_t *number)
{
    uint16_t n = 0;
    for (int open = 1; open >= 0; open--)
        for (uint32_t i = 0; i < c->tags.n; i++) if (c->tags.v[i].count >= RARE && dl_open_class(c->tags.v[i].u) == open) number[i] = n++;
    return n;
}

void finish_tags(corpus *c)
{
    uint16_t *to = calloc(c->tags.n, sizeof *to), *number = calloc(c->tags.n, sizeof *number), kept = number_tags(c, number);
    joint *old = malloc(c->tags.n * sizeof *old);
    memcpy(old, c->tags.v, c->tags.n * sizeof *old);
    for (uint32_t i = 0; i < c->tags.n; i++) to[i] = number[old[i].count >= RARE ? i : common_kin(c, i)];
    for (uint32_t i = 0; i < c->s.n; i++)
        for (uint32_t k = 0; k < c->s.v[i].n; k++) c->s.v[i].cls[k] = to[c->s.v[i].cls[k]];
    for (uint32_t i = 0; i < c->tags.n; i++) if (old[i].count >= RARE) c->tags.v[number[i]] = old[i];
    c->tags.n = kept;
    free(old);
    free(to);
    free(number);
}

/* ---- rewriting ------------------------------------------------------------------------------------------------------------- */

static void typeset_one(corpus *c, gold *g)
{
    bool open = false;
    for (uint32_t i = 0; i < g->n; i++) {
        dl_str s = g->t[i].text;
        int64_t at = dl_find(s, DL_STR("'"), 0);
        if (dl_is(s, "\"") || dl_is(s, "''") || dl_is(s, "``")) {
            open = !open;
            measure(c, &g->t[i], open ? DL_STR("\xE2\x80\x9C") : DL_STR("\xE2\x80\x9D"), g->t[i].space_before);
        } else if (at >= 0) {
            dl_str apostrophe = s.n == 1 && g->t[i].space_before && i + 1 < g->n && !g->t[i + 1].space_before ? DL_STR("\xE2\x80\x98") : DL_STR("\xE2\x80\x99");
            measure(c, &g->t[i], dl_fmt(c->a, "%.*s%.*s%.*s", (int)at, s.p, (int)apostrophe.n, apostrophe.p, (int)(s.n - at - 1), s.p + at + 1), g->t[i].space_before);
        }
    }
    mark_first(g);
}

void typeset(corpus *c, uint64_t seed)
{
    dice d = { seed };
    bool on = false;
    uint32_t paragraph = UINT32_MAX;
    for (uint32_t i = 0; i < c->s.n; i++) {
        if (c->s.v[i].paragraph != paragraph) on = below(&d, 100) < 40;
        paragraph = c->s.v[i].paragraph;
        if (on) typeset_one(c, &c->s.v[i]);
    }
}

typedef enum { SMALL, CAPITALS, TITLE, AS_IS } manner;

static bool small_in_titles(uint8_t upos, dl_str s) { return s.n <= 3 && (upos == DL_DET || upos == DL_ADP || upos == DL_CCONJ || upos == DL_PART); }

static dl_str restyled(corpus *c, dl_str s, manner m, uint8_t upos, bool glued)
{
    dl_str r = dl_copy(c->a, s);
    char *p = (char *)(uintptr_t)r.p;
    for (uint32_t i = 0; i < r.n; i++) {
        unsigned char x = (unsigned char)p[i];
        bool up = m == CAPITALS || (m == TITLE && i == 0 && !glued && !small_in_titles(upos, s));
        if (m == SMALL) p[i] = (char)dl_tolower(x);
        else if (up && dl_lower(x)) p[i] = (char)(x - 32);
    }
    return r;
}

static bool word_before(const gold *g, uint32_t i) { return i && !g->t[i].space_before && dl_alpha((unsigned char)g->t[i - 1].text.p[g->t[i - 1].text.n - 1]); }

/* A copy; stop: whether the final full stop stays. */
static void copy_as(corpus *c, uint32_t of, manner m, bool stop)
{
    gold from = c->s.v[of];
    uint32_t n = from.n;
    if (!stop && n > 2 && dl_is(from.t[n - 1].text, ".")) {
        bool leaf = true;
        for (uint32_t i = 1; i <= n; i++) leaf &= from.head[i] != n;
        if (leaf) n--;
    }
    gold *g = new_gold(c, n);
    g->paragraph = UINT32_MAX;
    g->copy = true;
    for (uint32_t i = 0; i < n; i++) {
        measure(c, &g->t[i], m == AS_IS ? from.t[i].text : restyled(c, from.t[i].text, m, from.t[i].upos, word_before(&from, i)), from.t[i].space_before);
        g->t[i].upos = from.t[i].upos;
        g->cls[i] = from.cls[i];
        g->lemma[i] = from.lemma[i];
        g->head[i + 1] = (uint16_t)(from.head[i + 1] > from.n ? n + 1 : from.head[i + 1]);
        g->rel[i + 1] = from.rel[i + 1];
    }
    mark_first(g);
}

void rewrite(corpus *c, uint64_t seed)
{
    dice d = { seed };
    uint32_t n = c->s.n;
    for (uint32_t i = 0; i < n; i++) {
        if (c->s.v[i].n < 4) continue;
        uint32_t x = below(&d, 100);
        if (x < 4) copy_as(c, i, SMALL, below(&d, 2));
        else if (x < 9) copy_as(c, i, CAPITALS, below(&d, 2));
        else if (x < 14) copy_as(c, i, TITLE, below(&d, 4) == 0);
        else if (x < 22) copy_as(c, i, AS_IS, false);
    }
}
