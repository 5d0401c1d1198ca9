/* learn_tags.c - the dictionary of tags, and the tagger. */
#include "train.h"
#include <stdlib.h>

/* ---- dictionary ------------------------------------------------------------------------------------------------------------ */

#define OFTEN 3                                              /* words seen less often are unknown, so that unknown words are learned too */

typedef struct { uint16_t tag[3]; uint16_t sure, closed; } tagset;

static bool closed_class(uint8_t u) { return u == DL_DET || u == DL_PUNCT || u == DL_CCONJ || u == DL_PRON || u == DL_ADP || u == DL_PART || u == DL_AUX || u == DL_SCONJ; }

static int by_count(const void *a, const void *b)
{
    const row_item *x = a, *y = b;
    return x->w != y->w ? (x->w < y->w ? 1 : -1) : x->cls - y->cls;
}

static tagset tagset_of(const corpus *c, row r, int32_t *total)
{
    tagset s = { { DL_NO_TAG, DL_NO_TAG, DL_NO_TAG }, DL_NO_TAG, 0 };
    qsort(r.v, r.n, sizeof *r.v, by_count);
    *total = 0;
    for (uint32_t i = 0; i < r.n; i++) *total += r.v[i].w;
    for (uint32_t i = 0; i < r.n && i < 3; i++) if (r.v[i].w * 10 >= *total) s.tag[i] = r.v[i].cls;
    for (uint32_t i = 0; i < r.n; i++) if (!dl_open_class(c->tags.v[r.v[i].cls].u) && r.v[i].w * 50 >= *total) s.closed = 1;    /* slips of annotators do not count */
    bool closed = closed_class(c->tags.v[r.v[0].cls].u);
    if (closed ? *total >= 15 && (int64_t)r.v[0].w * 1000 >= (int64_t)*total * 997 : *total >= 100 && r.v[0].w == *total) s.sure = r.v[0].cls;
    return s;
}

void learn_dictionary(const corpus *c, pack *p, dl_weights *g)
{
    row_learner count;
    rows_open(&count);
    for (uint32_t i = 0; i < c->s.n; i++)
        for (uint32_t k = 0; k < c->s.v[i].n && !c->s.v[i].copy; k++) rows_count(&count, dl_f1(0, dl_word_hash(c->s.v[i].t[k].low)), c->s.v[i].cls[k], 1);
    keyed *key = malloc((count.n + 1) * sizeof *key);
    tagset *set = malloc(0x10000 * sizeof *set);
    uint32_t n = 0, sets = 0, lost;
    for (size_t k = 0; k <= count.mask; k++) {
        int32_t total;
        if (!count.key[k]) continue;
        tagset s = tagset_of(c, count.rows[k], &total);
        if (total < OFTEN) continue;
        uint32_t id = 0;
        while (id < sets && memcmp(&set[id], &s, sizeof s) != 0) id++;
        if (id == sets) set[sets++] = s;
        key[n++] = (keyed){ count.key[k], (uint16_t)id, (uint32_t)total };
    }
    rows_close(&count);
    uint32_t buckets;
    uint64_t *b = keyed_table(key, n, &buckets, &lost);
    uint16_t *sure = malloc((sets + 1) * sizeof *sure);
    uint8_t *closed = malloc(sets + 1);
    for (uint32_t i = 0; i < sets; i++) { sure[i] = set[i].sure; closed[i] = (uint8_t)set[i].closed; }
    uint8_t *u = malloc(c->tags.n + 1), *x = malloc(c->tags.n + 1);
    for (uint32_t i = 0; i < c->tags.n; i++) { u[i] = c->tags.v[i].u; x[i] = c->tags.v[i].x; }
    fprintf(stderr, "dictionary: %u words, %u sets of tags, %u lost\n", n, sets, lost);
    pack_add(p, "dict.bucket", DL_T_U64, b, buckets);
    pack_add(p, "dict.sure", DL_T_U16, sure, sets);
    pack_add(p, "dict.closed", DL_T_U8, closed, sets);
    pack_add(p, "tag.upos", DL_T_U8, u, c->tags.n);
    pack_add(p, "tag.xpos", DL_T_U8, x, c->tags.n);
    g->dict = b;
    g->dict_sure = sure;
    g->dict_closed = closed;
    g->ndict = sets;
    for (g->dict_shift = 64; (1u << (64 - g->dict_shift)) < buckets; ) g->dict_shift--;
    g->ntag = c->tags.n;
    while (g->nopen < g->ntag && dl_open_class(u[g->nopen])) g->nopen++;
    g->tag_upos = u;
    g->tag_xpos = x;
    free(key);
    free(set);
}

/* ---- tagger ---------------------------------------------------------------------------------------------------------------- */

#define FOLDS 5
#define FIRST 3
#define BUCKETS (1u << 17)
#define SCALE 5

static uint32_t fold_of(const corpus *c, uint32_t i) { return c->s.v[i].copy ? FOLDS : i / 16 % FOLDS; }

static uint16_t best(const int32_t *score, uint32_t n)
{
    uint16_t b = 0;
    for (uint16_t k = 1; k < n; k++) if (score[k] > score[b]) b = k;
    return b;
}

static uint32_t learn_sentence(row_learner *t, const dl_weights *g, gold *s)
{
    uint64_t f[DL_TAG_FEATURES];
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        uint16_t cls = s->w[i].sure;
        if (cls == DL_NO_TAG) {
            int32_t score[DL_ROWS_CLASSES] = { 0 };
            uint32_t n = dl_tag_features(&s->w[i], f);
            rows_learn_score(t, f, n, score);
            uint32_t among = s->w[i].closed ? g->ntag : g->nopen;
            cls = best(score, among);
            if (cls != s->cls[i] && s->cls[i] < among) rows_learn(t, f, n, s->cls[i], cls);
            t->now++;
        }
        wrong += cls != s->cls[i];
        dl_word_tag(g, &s->w[i], cls);
    }
    return wrong;
}

/* Learns from all sentences but those of one fold (leave: number of it, or none). */
static void learn(const corpus *c, const dl_weights *g, row_learner *t, uint32_t leave, uint32_t rounds, uint64_t seed)
{
    dice d = { seed };
    rows_open(t);
    for (uint32_t r = 0; r < rounds; r++) {
        if (r == FIRST) rows_select(t, BUCKETS, SCALE);
        uint32_t *order = shuffled(c->s.n, &d), wrong = 0;
        for (uint32_t i = 0; i < c->s.n; i++)
            if (fold_of(c, order[i]) != leave) wrong += learn_sentence(t, g, &c->s.v[order[i]]);
        fprintf(stderr, "tags, without fold %u, round %u: %u wrong\n", leave, r, wrong);
        free(order);
    }
}

static uint32_t tag_all(corpus *c, const dl_weights *g, uint32_t fold, uint32_t *words)
{
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < c->s.n; i++) {
        gold *s = &c->s.v[i];
        if (fold_of(c, i) != fold) continue;
        dl_tag(g, s->w, s->n);
        *words += s->n;
        for (uint32_t k = 0; k < s->n; k++) wrong += s->w[k].cls != s->cls[k];
    }
    return wrong;
}

void learn_tags(corpus *c, pack *p, dl_weights *g)
{
    row_learner t;
    learn(c, g, &t, FOLDS + 1, 10, 11);
    table *final = malloc(sizeof *final);
    *final = rows_table(&t, BUCKETS, SCALE, g->ntag);
    rows_close(&t);
    pack_rows(p, (const char *const[]){ "tag.bucket", "tag.row", "tag.dense" }, final);
    uint32_t words = 0;
    g->tags = rows_of(final);
    tag_all(c, g, FOLDS, &words);                            /* rewritten copies take the final tagger's tags, replaced below where a fold's are better */
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        learn(c, g, &t, fold, 7, 12 + fold);
        table part = rows_table(&t, BUCKETS, SCALE, g->ntag);
        g->tags = rows_of(&part);
        words = 0;
        uint32_t wrong = tag_all(c, g, fold, &words);
        fprintf(stderr, "tags, fold %u: %u of %u wrong\n", fold, wrong, words);
        table_free(&part);
        rows_close(&t);
    }
    g->tags = rows_of(final);
}
