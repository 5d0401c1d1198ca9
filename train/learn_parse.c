/* learn_parse.c - the parser, trained with the dynamic oracle of the arc-hybrid system (Goldberg & Nivre 2013): the cost of an action is
 * the number of gold arcs that can no longer be made after it. After the first round the learner mostly walks where its own mistakes lead. */
#include "train.h"
#include <stdlib.h>

#define FIRST 4                                              /* rounds with all features, to find out which are worth their place */
#define ROUNDS 14
#define BUCKETS (1u << 17)
#define SCALE 32

typedef struct { const gold *g; uint16_t first[DL_SENT_MAX + 6], kid[DL_SENT_MAX + 4]; } tree;

static void tree_of(const gold *g, tree *t)
{
    t->g = g;
    memset(t->first, 0, sizeof t->first);
    for (uint32_t d = 1; d <= g->n; d++) t->first[g->head[d] + 1]++;
    for (uint32_t h = 1; h <= g->n + 2; h++) t->first[h] = (uint16_t)(t->first[h] + t->first[h - 1]);
    for (uint32_t d = 1; d <= g->n; d++) t->kid[t->first[g->head[d]]++] = (uint16_t)d;
    for (uint32_t h = g->n + 2; h > 0; h--) t->first[h] = t->first[h - 1];
    t->first[0] = 0;
}

/* Gold children of h that wait in the buffer; or on the stack. */
static int in_buffer(const tree *t, uint32_t h, uint32_t b)
{
    int n = 0;
    for (uint32_t k = t->first[h]; k < t->first[h + 1]; k++) n += t->kid[k] >= b;
    return n;
}

static int on_stack(const tree *t, uint32_t h, const dl_parse_state *s)
{
    int n = 0;
    for (uint32_t k = t->first[h]; k < t->first[h + 1]; k++) n += t->kid[k] < s->b && !s->head[t->kid[k]];
    return n;
}

static void costs(const tree *t, const dl_parse_state *s, int cost[3])
{
    const uint16_t *top = &s->stack[s->top + 2];
    uint32_t b = s->b, s0 = top[0], s1 = top[-1], hb = b <= s->n ? t->g->head[b] : 0, h0 = s0 ? t->g->head[s0] : 0;
    cost[DL_SHIFT] = cost[DL_LEFT] = cost[DL_RIGHT] = 0;
    if (b <= s->n) cost[DL_SHIFT] = (hb < b && !s->head[hb] && hb != s0) + on_stack(t, b, s);
    if (!s0) return;
    int lost = in_buffer(t, s0, b);
    cost[DL_LEFT] = lost + (h0 != b && (h0 == s1 || h0 > b));
    cost[DL_RIGHT] = lost + (h0 >= b);
}

static int pick(const int64_t score[3], unsigned among)
{
    int best = -1;
    for (int a = 0; a < 3; a++) if (among >> a & 1 && (best < 0 || score[a] > score[best])) best = a;
    return best;
}

/* The legal actions of least cost. */
static unsigned right_ones(const int cost[3], unsigned legal)
{
    int least = INT32_MAX;
    unsigned set = 0;
    for (int a = 0; a < 3; a++) if (legal >> a & 1 && cost[a] < least) least = cost[a];
    for (int a = 0; a < 3; a++) if (legal >> a & 1 && cost[a] == least) set |= 1u << a;
    return set;
}

static void learn_tree(trio_learner *l, const gold *g, dice *d, bool explore, dl_parse_state *s, tree *t)
{
    uint64_t f[DL_PARSE_FEATURES];
    tree_of(g, t);
    dl_parse_start(s, g->w, g->n);
    while (!dl_parse_done(s)) {
        unsigned legal = dl_parse_legal(s);
        int64_t score[3] = { 0 };
        int cost[3], act = pick(score, legal);
        if (legal & (legal - 1)) {
            uint32_t n = dl_parse_features(s, f);
            trio_learn_score(l, f, n, score);
            costs(t, s, cost);
            unsigned right = right_ones(cost, legal);
            int guess = pick(score, legal), good = pick(score, right);
            if (!(right >> guess & 1)) trio_learn(l, f, n, good, guess);
            l->now++;
            act = right >> guess & 1 || (explore && below(d, 10)) ? guess : good;
        }
        dl_parse_do(s, (dl_action)act);
    }
}

void learn_parse(const corpus *c, pack *p)
{
    dice d = { 21 };
    trio_learner l;
    dl_parse_state *s = malloc(sizeof *s);
    tree *t = malloc(sizeof *t);
    trio_open(&l);
    for (uint32_t r = 0; r < ROUNDS; r++) {
        if (r == FIRST) trio_select(&l, BUCKETS, SCALE);
        uint32_t *order = shuffled(c->s.n, &d), right = 0, words = 0;
        for (uint32_t i = 0; i < c->s.n; i++) {
            const gold *g = &c->s.v[order[i]];
            learn_tree(&l, g, &d, r > 0, s, t);
            for (uint32_t k = 1; k <= g->n; k++) right += s->head[k] == g->head[k];
            words += g->n;
        }
        fprintf(stderr, "parse, round %u: %u of %u heads, %zu features\n", r, right, words, l.n);
        free(order);
    }
    table out = trio_table(&l, BUCKETS, SCALE);
    fprintf(stderr, "parse: %u features kept, %u dropped, %u clipped\n", out.kept, out.dropped, out.clipped);
    pack_add(p, "parse.bucket", DL_T_U64, out.bucket, out.nbucket);
    trio_close(&l);
    free(s);
    free(t);
}
