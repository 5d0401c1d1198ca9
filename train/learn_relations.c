/* learn_relations.c - the labeller, on gold trees with the tags that a tagger gave, its own names for heads and siblings. */
#include "train.h"
#include <stdlib.h>

#define FIRST 3
#define ROUNDS 10
#define BUCKETS (1u << 17)
#define SCALE 5

static uint8_t best(const int32_t *score)
{
    uint8_t b = 1;
    for (uint8_t r = 2; r < DL_REL_N; r++) if (score[r] > score[b]) b = r;
    return b;
}

static uint32_t learn_tree(row_learner *t, const gold *g, dl_label_state *s)
{
    uint64_t f[DL_REL_FEATURES];
    uint32_t wrong = 0;
    dl_label_start(s, g->w, g->n, g->head);
    for (uint32_t k = 0; k < s->norder; k++) {
        uint32_t d = s->order[k];
        uint8_t rel = DL_R_root;
        if (s->head[d] <= g->n) {
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

void learn_relations(const corpus *c, pack *p)
{
    dice d = { 31 };
    row_learner t;
    dl_label_state *s = malloc(sizeof *s);
    rows_open(&t);
    for (uint32_t r = 0; r < ROUNDS; r++) {
        if (r == FIRST) rows_select(&t, BUCKETS, SCALE);
        uint32_t *order = shuffled(c->s.n, &d), wrong = 0;
        for (uint32_t i = 0; i < c->s.n; i++) wrong += learn_tree(&t, &c->s.v[order[i]], s);
        fprintf(stderr, "relations, round %u: %u wrong\n", r, wrong);
        free(order);
    }
    table out = rows_table(&t, BUCKETS, SCALE, DL_REL_N);
    pack_rows(p, (const char *const[]){ "rel.bucket", "rel.row", "rel.dense" }, &out);
    rows_close(&t);
    free(s);
}
