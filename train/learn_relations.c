/* learn_relations.c - the labeller, on gold trees with the tags that a tagger gave, its own names for heads and siblings. */
#include "train.h"
#include <stdlib.h>

#define FIRST 3
#define ROUNDS 10
#define BUCKETS (1u << 17)
#define SCALE 5

#define SURE_SEEN 50                                         /* a pair of tags is sure of its relation if seen so often */
#define SURE_SHARE 997                                       /* and so many times of a thousand with that relation */

static void learn_sure(const corpus *c, pack *p, dl_weights *g)
{
    uint32_t pairs = g->ntag * g->ntag * 2, sure = 0, words = 0, covered = 0;
    uint32_t (*count)[DL_REL_N] = calloc(pairs, sizeof *count);
    uint8_t *out = calloc(pairs, 1);
    for (uint32_t i = 0; i < c->s.n; i++)
        for (uint32_t d = 1; d <= c->s.v[i].n; d++) {
            const gold *s = &c->s.v[i];
            uint32_t h = s->head[d];
            if (h <= s->n) count[((uint32_t)s->w[d - 1].cls * g->ntag + s->w[h - 1].cls) * 2 + (d > h)][s->rel[d]]++;
        }
    for (uint32_t k = 0; k < pairs; k++) {
        uint32_t total = 0, most = 0;
        for (uint32_t r = 1; r < DL_REL_N; r++) {
            total += count[k][r];
            if (count[k][r] > count[k][most]) most = r;
        }
        words += total;
        if (total < SURE_SEEN || (uint64_t)count[k][most] * 1000 < (uint64_t)total * SURE_SHARE) continue;
        out[k] = (uint8_t)most;
        covered += total;
        sure++;
    }
    fprintf(stderr, "relations: %u pairs of tags are sure, %u of %u words\n", sure, covered, words);
    pack_add(p, "rel.sure", DL_T_U8, out, pairs);
    g->rel_sure = out;
    free(count);
}

static uint8_t best(const int32_t *score)
{
    uint8_t b = 1;
    for (uint8_t r = 2; r < DL_REL_N; r++) if (score[r] > score[b]) b = r;
    return b;
}

static uint32_t learn_tree(row_learner *t, const dl_weights *w, const gold *g, dl_label_state *s)
{
    uint64_t f[DL_REL_FEATURES];
    uint32_t wrong = 0;
    dl_label_start(s, g->w, g->n, g->head);
    for (uint32_t k = 0; k < s->norder; k++) {
        uint32_t d = s->order[k];
        uint8_t rel = dl_label_sure(w, s, d);
        if (!rel && s->head[d] <= g->n) {
            int32_t score[DL_ROWS_CLASSES] = { 0 };
            uint32_t n = dl_label_features(s, d, f);
            rows_learn_score(t, f, n, score);
            rel = best(score);
            if (rel != g->rel[d]) rows_learn(t, f, n, g->rel[d], rel);
            wrong += rel != g->rel[d];
            t->now++;
        }
        dl_label_set(s, d, rel);
    }
    return wrong;
}

void learn_relations(const corpus *c, pack *p, dl_weights *w)
{
    dice d = { 31 };
    row_learner t;
    dl_label_state *s = malloc(sizeof *s);
    learn_sure(c, p, w);
    rows_open(&t);
    for (uint32_t r = 0; r < ROUNDS; r++) {
        if (r == FIRST) rows_select(&t, BUCKETS, SCALE);
        uint32_t *order = shuffled(c->s.n, &d), wrong = 0;
        for (uint32_t i = 0; i < c->s.n; i++) wrong += learn_tree(&t, w, &c->s.v[order[i]], s);
        fprintf(stderr, "relations, round %u: %u wrong\n", r, wrong);
        free(order);
    }
    table out = rows_table(&t, BUCKETS, SCALE, DL_REL_N);
    pack_rows(p, (const char *const[]){ "rel.bucket", "rel.row", "rel.dense" }, &out);
    rows_close(&t);
    free(s);
}
