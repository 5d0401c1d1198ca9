/* learn_lemmas.c - the lemma table: for each tag, endings from none to six letters and then whole words, each only where the shorter ones err. */
#include "train.h"
#include "base/utf8.h"
#include <stdlib.h>

typedef struct { uint16_t cut; dl_str add; } edit;
typedef struct { DL_VEC(edit) v; } edits;
typedef struct { dl_str low; uint16_t cls, edit; uint32_t count; } form;

static uint16_t edit_id(dl_arena *a, edits *e, dl_str low, dl_str lemma)
{
    uint32_t same = 0;
    while (same < low.n && same < lemma.n && low.p[same] == lemma.p[same]) same++;
    while (same && (!dl_utf8_boundary(low, same) || !dl_utf8_boundary(lemma, same))) same--;
    edit x = { (uint16_t)(low.n - same), dl_cut(lemma, same, lemma.n) };
    for (uint32_t i = 0; i < e->v.n; i++) if (e->v.v[i].cut == x.cut && dl_eq(e->v.v[i].add, x.add)) return (uint16_t)i;
    *dl_push(a, &e->v) = x;
    return (uint16_t)(e->v.n - 1);
}

static uint16_t top(const row *r, int32_t *count, int32_t *total)
{
    uint16_t best = 0;
    *count = *total = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        *total += r->v[i].w;
        if (r->v[i].w > *count || (r->v[i].w == *count && r->v[i].cls < best)) { best = r->v[i].cls; *count = r->v[i].w; }
    }
    return best;
}

/* Distinct (word, tag) pairs with their most frequent edit. */
static form *forms(corpus *c, edits *e, uint32_t *n)
{
    row_learner count;
    rows_open(&count);
    uint32_t words = 0;
    for (uint32_t i = 0; i < c->s.n; i++) words += c->s.v[i].copy ? 0 : c->s.v[i].n;
    form *v = malloc((words + 1) * sizeof *v);
    *n = 0;
    for (uint32_t i = 0; i < c->s.n; i++)
        for (uint32_t k = 0; k < c->s.v[i].n && !c->s.v[i].copy; k++) {
            const gold *g = &c->s.v[i];
            if (g->rel[k + 1] == DL_R_goeswith) continue;
            uint64_t f = dl_lemma_feature(g->t[k].low, DL_LEMMA_SUFFIX + 1, g->cls[k]);
            if (!rows_find(&count, f)) v[(*n)++] = (form){ g->t[k].low, g->cls[k], 0, 0 };
            rows_count(&count, f, edit_id(c->a, e, g->t[k].low, g->lemma[k]), 1);
        }
    for (uint32_t i = 0; i < *n; i++) {
        int32_t most, total;
        v[i].edit = top(rows_find(&count, dl_lemma_feature(v[i].low, DL_LEMMA_SUFFIX + 1, v[i].cls)), &most, &total);
        v[i].count = (uint32_t)total;
    }
    rows_close(&count);
    return v;
}

typedef struct { row_learner kept; keyed *key; uint32_t n; } result;

static void keep(result *r, uint64_t f, uint16_t value, uint32_t strength)
{
    if (rows_find(&r->kept, f)) return;
    rows_count(&r->kept, f, value, 1);
    r->key[r->n++] = (keyed){ f, value, strength };
}

/* What endings of at most `longest` letters say; -1: nothing. */
static int32_t says(const result *r, const form *x, uint32_t longest)
{
    for (uint32_t k = longest < x->low.n - 1 ? longest : x->low.n - 1;; k--) {
        const row *f = rows_find(&r->kept, dl_lemma_feature(x->low, k, x->cls));
        if (f) return f->v[0].cls;
        if (k == 0) return -1;
    }
}

static void learn_ending(result *r, const form *v, uint32_t n, uint32_t k)
{
    row_learner count;
    rows_open(&count);
    for (uint32_t i = 0; i < n; i++) if (v[i].low.n > k) rows_count(&count, dl_lemma_feature(v[i].low, k, v[i].cls), v[i].edit, 1);
    for (uint32_t i = 0; i < n; i++) {
        if (v[i].low.n <= k) continue;
        uint64_t f = dl_lemma_feature(v[i].low, k, v[i].cls);
        int32_t most, total;
        uint16_t e = top(rows_find(&count, f), &most, &total);
        bool worth = k == 0 || (total >= 2 && most * 3 >= total * 2);
        if (worth && (k == 0 || says(r, &v[i], k - 1) != e)) keep(r, f, e, (uint32_t)total + 1);
    }
    rows_close(&count);
}

static void pack_edits(dl_arena *a, const edits *e, pack *p)
{
    uint16_t *out = dl_new(a, uint16_t, 3 * e->v.n + 1);
    uint32_t size = 0;
    for (uint32_t i = 0; i < e->v.n; i++) size += e->v.v[i].add.n;
    uint8_t *text = dl_new(a, uint8_t, size + 1);
    size = 0;
    for (uint32_t i = 0; i < e->v.n; i++) {
        out[3 * i] = e->v.v[i].cut;
        out[3 * i + 1] = (uint16_t)size;
        out[3 * i + 2] = (uint16_t)e->v.v[i].add.n;
        if (e->v.v[i].add.n) memcpy(text + size, e->v.v[i].add.p, e->v.v[i].add.n);
        size += e->v.v[i].add.n;
    }
    if (size > 0xffff) fprintf(stderr, "lemmas: too many edits\n");
    pack_add(p, "lemma.edit", DL_T_U16, out, 3 * e->v.n);
    pack_add(p, "lemma.text", DL_T_U8, text, size);
}

void learn_lemmas(const corpus *corpus_, pack *p)
{
    corpus c = *corpus_;
    edits e = { 0 };
    uint32_t n, lost, buckets;
    form *v = forms(&c, &e, &n);
    result r = { .key = malloc(((size_t)n * (DL_LEMMA_SUFFIX + 2) + 1) * sizeof *r.key) };
    rows_open(&r.kept);
    for (uint32_t k = 0; k <= DL_LEMMA_SUFFIX; k++) learn_ending(&r, v, n, k);
    uint32_t endings = r.n;
    for (uint32_t i = 0; i < n; i++)
        if (says(&r, &v[i], DL_LEMMA_SUFFIX) != v[i].edit) keep(&r, dl_lemma_feature(v[i].low, DL_LEMMA_SUFFIX + 1, v[i].cls), v[i].edit, v[i].count);
    fprintf(stderr, "lemmas: %u forms, %u edits, %u endings, %u whole words", n, e.v.n, endings, r.n - endings);
    pack_edits(c.a, &e, p);
    uint64_t *b = keyed_table(r.key, r.n, &buckets, &lost);
    fprintf(stderr, ", %u lost\n", lost);
    pack_add(p, "lemma.bucket", DL_T_U64, b, buckets);
    rows_close(&r.kept);
    free(r.key);
    free(v);
}
