/* learn_parse.c - the parser, trained with the dynamic oracle of the arc-hybrid system (Goldberg & Nivre 2013): the cost of an action is
 * the number of gold arcs that can no longer be made after it. After the first round the learner mostly walks where its own mistakes lead. */
#include "train.h"
#include <stdlib.h>

#define GOLD_TIMES 2                                         /* in each round, beside one of the slices of plain text */
#define SLICES 4

#define FIRST 3                                              /* rounds with all features, to find out which are worth their place */
#define ROUNDS 14
#define BUCKETS (1u << 18)
#define SCALE 8

#define MARGIN 100                                           /* by which the right action should win: unsure ones are learned too */
#define PLAIN_SEEN 40                                        /* states with the same four tags need no model if seen so often */
#define PLAIN_SHARE 997                                      /* and one action was right in so many of a thousand */

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

/* Counts, for the tags of a state, which actions would have been right. */
static void count_right(row_learner *plain, const dl_parse_state *s, unsigned right)
{
    uint64_t f = dl_parse_key(s);
    rows_count(plain, f, DL_ASK, 1);
    for (uint16_t a = 0; a < DL_ASK; a++) if (right >> a & 1) rows_count(plain, f, a, 1);
}

/* Tags that nearly always call for the same action need no model. */
static void find_plain(const row_learner *plain, pack *p, dl_weights *w)
{
    keyed *key = malloc((plain->n + 1) * sizeof *key);
    uint32_t n = 0, buckets, lost;
    uint64_t all = 0, covered = 0;
    for (size_t k = 0; k <= plain->mask; k++) {
        if (!plain->key[k]) continue;
        uint32_t count[DL_ASK + 1] = { 0 };
        uint16_t most = 0;
        for (uint32_t i = 0; i < plain->rows[k].n; i++) count[plain->rows[k].v[i].cls] = (uint32_t)plain->rows[k].v[i].w;
        for (uint16_t a = 1; a < DL_ASK; a++) if (count[a] > count[most]) most = a;
        all += count[DL_ASK];
        if (count[DL_ASK] < PLAIN_SEEN || (uint64_t)count[most] * 1000 < (uint64_t)count[DL_ASK] * PLAIN_SHARE) continue;
        covered += count[DL_ASK];
        key[n++] = (keyed){ plain->key[k], most, count[DL_ASK] };
    }
    w->parse_sure = keyed_table(key, n, &buckets, &lost);
    for (w->parse_sure_shift = 64; (1u << (64 - w->parse_sure_shift)) < buckets; ) w->parse_sure_shift--;
    fprintf(stderr, "parse: %u plain cases, %u lost, %llu of %llu states\n", n, lost, (unsigned long long)covered, (unsigned long long)all);
    pack_add(p, "parse.sure", DL_T_U64, w->parse_sure, buckets);
    free(key);
}

static void learn_tree(trio_learner *l, row_learner *plain, const dl_weights *w, const gold *g, dice *d, bool explore, dl_parse_state *s, tree *t)
{
    uint64_t f[DL_PARSE_FEATURES];
    tree_of(g, t);
    dl_parse_start(s, g->w, g->n);
    while (!dl_parse_done(s)) {
        unsigned legal = dl_parse_legal(s);
        int64_t score[3] = { 0 };
        int cost[3], act = pick(score, legal);
        dl_action sure = legal & (legal - 1) && w->parse_sure ? dl_parse_plain(w, s, legal) : DL_ASK;
        if (sure != DL_ASK) act = (int)sure;
        else if (legal & (legal - 1)) {
            uint32_t n = dl_parse_features(s, f);
            trio_learn_score(l, f, n, score);
            costs(t, s, cost);
            unsigned right = right_ones(cost, legal);
            if (!w->parse_sure && explore) count_right(plain, s, right);
            int guess = pick(score, legal), good = pick(score, right), rival = pick(score, legal & ~right);
            if (rival >= 0 && score[rival] + MARGIN > score[good]) trio_learn(l, f, n, good, rival);
            l->now++;
            act = right >> guess & 1 || (explore && below(d, 10)) ? guess : good;
        }
        dl_parse_do(s, (dl_action)act);
    }
}

void right_moves(const gold *g, uint8_t *moves)
{
    dl_parse_state *s = malloc(sizeof *s);
    tree *t = malloc(sizeof *t);
    tree_of(g, t);
    dl_parse_start(s, g->w, g->n);
    for (uint32_t i = 0; !dl_parse_done(s); i++) {
        int cost[3];
        costs(t, s, cost);
        unsigned right = right_ones(cost, dl_parse_legal(s));
        dl_action a = right >> DL_LEFT & 1 ? DL_LEFT : right >> DL_RIGHT & 1 ? DL_RIGHT : DL_SHIFT;
        moves[i] = (uint8_t)a;
        dl_parse_do(s, a);
    }
    free(s);
    free(t);
}

void learn_parse(const corpus *c, pack *p, dl_weights *w)
{
    dice d = { 21 };
    trio_learner l;
    row_learner plain;
    rows_open(&plain);
    w->parse_sure = NULL;
    dl_parse_state *s = malloc(sizeof *s);
    tree *t = malloc(sizeof *t);
    trio_open(&l);
    for (uint32_t r = 0; r < ROUNDS; r++) {
        if (r == FIRST) {
            trio_select(&l, BUCKETS, SCALE);
            find_plain(&plain, p, w);
        }
        uint32_t n, right = 0, words = 0;
        const gold **order = lesson(c, r, GOLD_TIMES, SLICES, &d, &n);
        for (uint32_t i = 0; i < n; i++) {
            const gold *g = order[i];
            learn_tree(&l, &plain, w, g, &d, r > 0, s, t);
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
    rows_close(&plain);
    free(s);
    free(t);
}
