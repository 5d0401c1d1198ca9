/* graph.c - a parser that scores whole trees: arcs and pairs of neighbouring siblings, the best projective tree by dynamic programming
 * (Eisner 1996, McDonald & Pereira 2006), an averaged perceptron. Far too slow to ship; it errs elsewhere than parsers that read from one
 * end to the other, so it is one of the teachers (teach.c). */
#include "train.h"
#include <stdlib.h>

#define BITS 22                                              /* weights lie under the hash of their feature; strangers may share one */
#define MOST GRAPH_MOST
#define SCALE 16
#define MARGIN 30                                            /* by which right arcs should win */

struct graph_learner {
    int32_t *w;
    int64_t *late;
    int64_t  now;
    const dl_word *word;
    uint32_t n;
    uint16_t prep[MOST + 2];                                 /* the preposition that seems to stand before a word's phrase */
    uint16_t commas[MOST + 2], verbs[MOST + 2], ands[MOST + 2], nouns[MOST + 2], preps[MOST + 2];
    int32_t  arc[MOST + 2][MOST + 2];                        /* [head][dependent]; head 0: the root */
    int32_t  inc[2][MOST + 2][MOST + 2], com[2][MOST + 2][MOST + 2], sib[MOST + 2][MOST + 2];
    uint16_t inc_at[2][MOST + 2][MOST + 2], com_at[2][MOST + 2][MOST + 2], sib_at[MOST + 2][MOST + 2];
};

graph_learner *graph_open(void)
{
    graph_learner *g = calloc(1, sizeof *g);
    g->w = calloc((size_t)1 << BITS, sizeof *g->w);
    g->late = calloc((size_t)1 << BITS, sizeof *g->late);
    return g;
}

void graph_close(graph_learner *g) { free(g->w); free(g->late); free(g); }

static uint32_t near(uint32_t d) { return d < 6 ? d : d < 11 ? 6 : d < 21 ? 7 : 8; }
static uint32_t few(uint32_t n) { return n < 3 ? n : 3; }

static void prepare(graph_learner *g, const dl_word *first, uint32_t n)
{
    const dl_word *w = g->word = first - 1;
    uint32_t prep = 0;
    g->n = n;
    for (uint32_t i = 1; i <= n; i++) {
        uint8_t u = w[i].upos;
        bool nominal = u == DL_NOUN || u == DL_PROPN || u == DL_NUM || u == DL_PRON || u == DL_DET || u == DL_ADJ;
        g->prep[i] = (uint16_t)prep;
        if (u == DL_ADP || u == DL_SCONJ || u == DL_PART) prep = i;
        else if (!nominal && u != DL_ADV) prep = 0;
        else if (prep && i - prep > 4) prep = 0;
        g->commas[i] = (uint16_t)(g->commas[i - 1] + w[i].comma);
        g->verbs[i] = (uint16_t)(g->verbs[i - 1] + w[i].verb);
        g->ands[i] = (uint16_t)(g->ands[i - 1] + w[i].and_);
        g->nouns[i] = (uint16_t)(g->nouns[i - 1] + (u == DL_NOUN || u == DL_PROPN));
        g->preps[i] = (uint16_t)(g->preps[i - 1] + (u == DL_ADP || u == DL_SCONJ));
    }
}

#define AT(h) ((uint32_t)((h) >> (64 - BITS)))

/* Places of the weights of an arc; h = 0: the root. */
static uint32_t arc_features(const graph_learner *g, uint32_t h, uint32_t d, uint32_t *f)
{
    const uint32_t *start = f;
    const dl_word *w = g->word;
    uint32_t lo = h < d ? h : d, hi = h < d ? d : h;
    uint32_t th = h ? w[h].tag : 7, lh = h ? w[h].lex : 7, td = w[d].tag, ld = w[d].lex;
    uint32_t hp = h ? w[h - 1].tag : 7, hn = h ? w[h + 1].tag : 7, dp = w[d - 1].tag, dn = w[d + 1].tag;
    uint32_t right = h < d, side = h ? right + 2 * near(hi - lo) : 1;
    uint32_t pw = g->prep[d] ? w[g->prep[d]].word : 3, hpw = h && g->prep[h] ? w[g->prep[h]].word : 3;
    uint32_t b = h ? lo : 0, commas = few((uint32_t)(g->commas[hi - 1] - g->commas[b])), verbs = few((uint32_t)(g->verbs[hi - 1] - g->verbs[b]));
    uint32_t ands = g->ands[hi - 1] != g->ands[b], nouns = few((uint32_t)(g->nouns[hi - 1] - g->nouns[b])), preps = few((uint32_t)(g->preps[hi - 1] - g->preps[b]));
    uint32_t what = commas + 4 * verbs + 16 * ands, tt = td * 0x85ebca6bu + th * 0xc2b2ae35u + right;
    if (!h) what = few(g->verbs[d - 1]) + 4 * few((uint32_t)(g->verbs[g->n] - g->verbs[d])) + 32;
#define F(...) *f++ = AT(__VA_ARGS__);
    F(dl_f1(0, tt)) F(dl_f2(1, tt, side)) F(dl_f2(2, tt, ld)) F(dl_f2(3, tt, lh)) F(dl_f3(4, ld, lh, right)) F(dl_f3(5, tt, ld, lh))
    F(dl_f3(6, td, lh, right)) F(dl_f3(7, th, ld, right)) F(dl_f2(8, ld, side)) F(dl_f2(9, lh, side)) F(dl_f2(10, td, side)) F(dl_f2(11, th, side))
    F(dl_f3(12, tt, hn, dp)) F(dl_f3(13, tt, hp, dp)) F(dl_f3(14, tt, hn, dn)) F(dl_f3(15, tt, hp, dn))
    F(dl_f2(16, tt, hn)) F(dl_f2(17, tt, hp)) F(dl_f2(18, tt, dn)) F(dl_f2(19, tt, dp))
    F(dl_f2(20, tt, what)) F(dl_f3(21, tt, what, nouns + 4 * preps)) F(dl_f3(22, lh, td, what)) F(dl_f3(23, th, ld, what)) F(dl_f3(24, tt, side, what))
    F(dl_f2(25, tt, pw)) F(dl_f3(26, lh, pw, right)) F(dl_f3(27, lh, pw, ld)) F(dl_f3(28, tt, pw, side)) F(dl_f3(29, tt, pw, preps + 4 * nouns)) F(dl_f3(30, tt, hpw, pw))
    F(dl_f3(31, tt, w[d + 1].lex, right)) F(dl_f3(32, td, w[d - 1].lex, th)) F(dl_f4(33, ld, dp, dn, right)) F(dl_f4(34, lh, hp, hn, right))
    F(dl_f3(35, td, dn, w[d + 2].tag)) F(dl_f4(36, tt, dp, w[(int32_t)d - 2].tag, right)) F(dl_f3(37, tt, side, dp)) F(dl_f3(38, tt, side, dn))
    if (h) { F(dl_f3(39, tt, side, hp)) F(dl_f3(40, tt, side, hn)) F(dl_f3(41, tt, w[hi - 1].tag, w[lo + 1].tag)) F(dl_f3(42, tt, w[hi - 1].word, right)) F(dl_f3(43, tt, w[lo + 1].word, right)) }
    if (h && hi - lo > 1) {
        uint32_t set = 0;
        for (uint32_t i = lo + 1; i < hi; i++) set |= 1u << w[i].upos;
        for (; set; set &= set - 1) F(dl_f2(44, tt, (uint32_t)__builtin_ctz(set)))
    }
    return (uint32_t)(f - start);
}

/* Of two neighbouring children of h on the same side, s the nearer one (0: d is the nearest). */
static uint32_t pair_features(const graph_learner *g, uint32_t h, uint32_t s, uint32_t d, uint32_t *f)
{
    const uint32_t *start = f;
    const dl_word *w = g->word;
    uint32_t right = h < d, th = w[h].tag, ts = s ? w[s].tag : 5, td = w[d].tag, ls = s ? w[s].lex : 5;
    uint32_t sd = ts * 0x85ebca6bu + td * 0xc2b2ae35u + right, far = s ? near(s < d ? d - s : s - d) : 9;
    uint32_t lo = s < d ? s : d, hi = s < d ? d : s, mid = s ? few((uint32_t)(g->commas[hi - 1] - g->commas[lo])) + 4 * (g->ands[hi - 1] != g->ands[lo]) : 8;
    F(dl_f2(50, sd, th)) F(dl_f1(51, sd)) F(dl_f3(52, ls, td, right)) F(dl_f3(53, sd, w[d].lex, 0)) F(dl_f2(54, sd, w[h].lex)) F(dl_f3(55, sd, th, far))
    F(dl_f3(56, sd, th, mid)) F(dl_f3(57, ls, th, td))
    if (s) { F(dl_f3(58, ls, w[d].lex, right)) F(dl_f3(59, sd, g->prep[s] ? w[g->prep[s]].word : 3, g->prep[d] ? w[g->prep[d]].word : 3)) }
    return (uint32_t)(f - start);
}
#undef F

static int32_t sum(const graph_learner *g, const uint32_t *f, uint32_t n)
{
    int32_t x = 0;
    for (uint32_t i = 0; i < n; i++) x += g->w[f[i]];
    return x;
}

static int32_t pair_score(const graph_learner *g, uint32_t h, uint32_t s, uint32_t d)
{
    uint32_t f[16];
    return sum(g, f, pair_features(g, h, s, d, f));
}

enum { LEFT, RIGHT };                                        /* where the head's children lie */

/* inc: from a head to its outermost child so far; com: a head with all that lies on one side; sib: between two siblings. */
static void spans(graph_learner *g)
{
    uint32_t n = g->n;
    for (uint32_t i = 0; i <= n; i++) g->com[LEFT][i][i] = g->com[RIGHT][i][i] = 0;
    for (uint32_t k = 1; k < n; k++)
        for (uint32_t s = 1; s + k <= n; s++) {
            uint32_t t = s + k;
            int32_t best = INT32_MIN, x;
            for (uint32_t r = s; r < t; r++) if ((x = g->com[RIGHT][s][r] + g->com[LEFT][r + 1][t]) > best) { best = x; g->sib_at[s][t] = (uint16_t)r; }
            g->sib[s][t] = best;
            best = g->com[LEFT][s + 1][t] + pair_score(g, s, 0, t);
            g->inc_at[RIGHT][s][t] = 0;
            for (uint32_t r = s + 1; r < t; r++) if ((x = g->inc[RIGHT][s][r] + g->sib[r][t] + pair_score(g, s, r, t)) > best) { best = x; g->inc_at[RIGHT][s][t] = (uint16_t)r; }
            g->inc[RIGHT][s][t] = best + g->arc[s][t];
            best = g->com[RIGHT][s][t - 1] + pair_score(g, t, 0, s);
            g->inc_at[LEFT][s][t] = 0;
            for (uint32_t r = s + 1; r < t; r++) if ((x = g->inc[LEFT][r][t] + g->sib[s][r] + pair_score(g, t, r, s)) > best) { best = x; g->inc_at[LEFT][s][t] = (uint16_t)r; }
            g->inc[LEFT][s][t] = best + g->arc[t][s];
            best = INT32_MIN;
            for (uint32_t r = s + 1; r <= t; r++) if ((x = g->inc[RIGHT][s][r] + g->com[RIGHT][r][t]) > best) { best = x; g->com_at[RIGHT][s][t] = (uint16_t)r; }
            g->com[RIGHT][s][t] = best;
            best = INT32_MIN;
            for (uint32_t r = s; r < t; r++) if ((x = g->com[LEFT][s][r] + g->inc[LEFT][r][t]) > best) { best = x; g->com_at[LEFT][s][t] = (uint16_t)r; }
            g->com[LEFT][s][t] = best;
        }
}

static void walk_com(const graph_learner *g, int side, uint32_t s, uint32_t t, uint16_t *head);

static void walk_sib(const graph_learner *g, uint32_t s, uint32_t t, uint16_t *head)
{
    uint32_t r = g->sib_at[s][t];
    walk_com(g, RIGHT, s, r, head);
    walk_com(g, LEFT, r + 1, t, head);
}

static void walk_inc(const graph_learner *g, int side, uint32_t s, uint32_t t, uint16_t *head)
{
    uint32_t r = g->inc_at[side][s][t];
    if (side == RIGHT) {
        head[t] = (uint16_t)s;
        if (!r) walk_com(g, LEFT, s + 1, t, head);
        else { walk_inc(g, RIGHT, s, r, head); walk_sib(g, r, t, head); }
    } else {
        head[s] = (uint16_t)t;
        if (!r) walk_com(g, RIGHT, s, t - 1, head);
        else { walk_inc(g, LEFT, r, t, head); walk_sib(g, s, r, head); }
    }
}

static void walk_com(const graph_learner *g, int side, uint32_t s, uint32_t t, uint16_t *head)
{
    if (s >= t) return;
    uint32_t r = g->com_at[side][s][t];
    if (side == RIGHT) { walk_inc(g, RIGHT, s, r, head); walk_com(g, RIGHT, r, t, head); }
    else { walk_com(g, LEFT, s, r, head); walk_inc(g, LEFT, r, t, head); }
}

/* truth: NULL, or the tree to be learned, whose arcs are then made harder to find, so that they win by a margin. */
static void best_tree(graph_learner *g, const dl_word *first, uint32_t n, const uint16_t *truth, uint16_t *head)
{
    uint32_t f[80], root = 1;
    prepare(g, first, n);
    for (uint32_t d = 1; d <= n; d++)
        for (uint32_t h = 0; h <= n; h++) if (h != d) g->arc[h][d] = sum(g, f, arc_features(g, h, d, f)) - (truth && truth[d] == (h ? h : n + 1) ? MARGIN : 0);
    spans(g);
    int32_t best = INT32_MIN, x;
    for (uint32_t r = 1; r <= n; r++) if ((x = g->arc[0][r] + g->com[LEFT][1][r] + g->com[RIGHT][r][n]) > best) { best = x; root = r; }
    head[root] = (uint16_t)(n + 1);
    walk_com(g, LEFT, 1, root, head);
    walk_com(g, RIGHT, root, n, head);
}

void graph_parse(graph_learner *g, const dl_word *first, uint32_t n, uint16_t *head) { best_tree(g, first, n, NULL, head); }

static void change(graph_learner *g, const uint32_t *f, uint32_t n, int by)
{
    for (uint32_t i = 0; i < n; i++) {
        g->w[f[i]] += by;
        g->late[f[i]] += by * g->now;
    }
}

/* The child of h next to d on the way to h, 0 if d is the nearest. */
static uint32_t inner(const uint16_t *head, uint32_t h, uint32_t d)
{
    if (h < d) { for (uint32_t i = d - 1; i > h; i--) if (head[i] == h) return i; }
    else for (uint32_t i = d + 1; i < h; i++) if (head[i] == h) return i;
    return 0;
}

static void change_word(graph_learner *g, const uint16_t *head, uint32_t d, uint32_t s, int by)
{
    uint32_t f[80], h = head[d] > g->n ? 0 : head[d];
    change(g, f, arc_features(g, h, d, f), by);
    if (h) change(g, f, pair_features(g, h, s, d, f), by);
}

uint32_t graph_learn(graph_learner *g, const dl_word *first, uint32_t n, const uint16_t *head)
{
    uint16_t guess[MOST + 2];
    uint32_t right = 0;
    best_tree(g, first, n, head, guess);
    g->now++;
    for (uint32_t d = 1; d <= n; d++) {
        uint32_t a = head[d] > n ? 0 : inner(head, head[d], d), b = guess[d] > n ? 0 : inner(guess, guess[d], d);
        right += head[d] == guess[d];
        if (head[d] == guess[d] && a == b) continue;
        change_word(g, head, d, a, 1);
        change_word(g, guess, d, b, -1);
    }
    return right;
}

void graph_average(graph_learner *g)
{
    for (size_t i = 0; i < (size_t)1 << BITS; i++) g->w[i] = (int32_t)(((int64_t)g->w[i] * g->now - g->late[i]) * SCALE / (g->now ? g->now : 1));
}
