/* learn_relations.c - the labeller, on gold trees with the tags that a tagger gave, its own names for heads and siblings. */
#include "train.h"
#include <stdlib.h>

#define GOLD_TIMES 2                                         /* in each round, beside one of the slices of plain text */
#define SLICES 4

#define FIRST 3
#define ROUNDS 10
#define BUCKETS (1u << 18)
#define SCALE 4
#define MARGIN 20                                            /* by which the right relation should win */

#define SURE_SEEN 50                                         /* a pair of tags is sure of its relation if seen so often */
#define SURE_SHARE 995                                       /* and so many times of a thousand with that relation */
#define PLAIN_SEEN 25                                        /* the same with the word and its preposition */
#define PLAIN_SHARE 996

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
    free(count);
    fprintf(stderr, "relations: %u pairs of tags are sure, %u of %u words\n", sure, covered, words);
    pack_add(p, "rel.sure", DL_T_U8, out, pairs);
    g->rel_sure = out;
}

static void count_plain(row_learner *t, const golds *v, const dl_weights *g, dl_label_state *s)
{
    for (uint32_t i = 0; i < v->n; i++) {
        const gold *x = &v->v[i];
        dl_label_start(s, x->w, x->n, x->head);
        for (uint32_t d = 1; d <= x->n; d++) {
            uint32_t h = x->head[d];
            if (h > x->n || x->rel[d] == DL_R_root || g->rel_sure[((uint32_t)x->w[d - 1].cls * g->ntag + x->w[h - 1].cls) * 2 + (d > h)]) continue;
            rows_count(t, dl_label_key(s, d), x->rel[d], 1);
        }
    }
}

static void learn_plain(const corpus *c, pack *p, dl_weights *g, dl_label_state *s)
{
    row_learner t;
    rows_open(&t);
    count_plain(&t, &c->s, g, s);
    count_plain(&t, &c->silver, g, s);
    keyed *key = malloc((t.n + 1) * sizeof *key);
    uint32_t n = 0, buckets, lost;
    for (size_t k = 0; k <= t.mask; k++) {
        int32_t total = 0;
        uint32_t most = 0;
        if (!t.key[k]) continue;
        const row *r = &t.rows[k];
        for (uint32_t i = 0; i < r->n; i++) {
            total += r->v[i].w;
            if (r->v[i].w > r->v[most].w) most = i;
        }
        if (total < PLAIN_SEEN || (int64_t)r->v[most].w * 1000 < (int64_t)total * PLAIN_SHARE) continue;
        key[n++] = (keyed){ t.key[k], r->v[most].cls, (uint32_t)total };
    }
    rows_close(&t);
    g->rel_plain = keyed_table(key, n, &buckets, &lost);
    for (g->rel_plain_shift = 64; (1u << (64 - g->rel_plain_shift)) < buckets; ) g->rel_plain_shift--;
    fprintf(stderr, "relations: %u plain cases, %u lost\n", n, lost);
    pack_add(p, "rel.plain", DL_T_U64, g->rel_plain, buckets);
    free(key);
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
            uint8_t rival = rel;
            if (rel == g->rel[d]) {
                int32_t own = score[rel];
                score[rel] = INT32_MIN;
                rival = best(score);
                score[rel] = own;
            }
            if (score[rival] + MARGIN > score[g->rel[d]]) rows_learn(t, f, n, g->rel[d], rival);
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
    learn_plain(c, p, w, s);
    rows_open(&t);
    for (uint32_t r = 0; r < ROUNDS; r++) {
        if (r == FIRST) rows_select(&t, BUCKETS, SCALE);
        uint32_t n, wrong = 0;
        const gold **order = lesson(c, r, GOLD_TIMES, SLICES, &d, &n);
        for (uint32_t i = 0; i < n; i++) wrong += learn_tree(&t, w, order[i], s);
        fprintf(stderr, "relations, round %u: %u wrong\n", r, wrong);
        free(order);
    }
    table out = rows_table(&t, BUCKETS, SCALE, DL_REL_N);
    pack_rows(p, (const char *const[]){ "rel.bucket", "rel.row", "rel.dense" }, &out);
    w->rels = rows_of(&out);
    rows_close(&t);
    free(s);
}
