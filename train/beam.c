/* beam.c - the shipped parser's transitions and features, but the best of several trees side by side, learned as whole trees: an averaged
 * perceptron that is corrected where the right tree lags furthest behind (max-violation: Huang, Fayong & Guo 2012). Eight times slower
 * than one tree, so it is a teacher only (teach.c). */
#include "train.h"
#include <stdlib.h>

#define BITS 22                                              /* weights lie under the hash of their feature; strangers may share one */
#define SCALE 16
#define WIDTH 8

typedef struct { int32_t w[3]; int32_t spare; int64_t late[3]; } cell;

typedef struct {
    dl_parse_state s;
    int64_t  score;
    uint8_t  act[2 * DL_SENT_MAX + 4];                       /* what led here */
    bool     gold;                                           /* along the right tree so far */
} item;

struct beam_learner {
    cell *v;
    int64_t now;
    item *one, *two, *truth;
};

beam_learner *beam_open(void)
{
    beam_learner *b = calloc(1, sizeof *b);
    b->v = calloc((size_t)1 << BITS, sizeof *b->v);
    b->one = calloc(WIDTH, sizeof *b->one);
    b->two = calloc(WIDTH, sizeof *b->two);
    b->truth = calloc(1, sizeof *b->truth);
    return b;
}

void beam_close(beam_learner *b) { free(b->v); free(b->one); free(b->two); free(b->truth); free(b); }

static cell *cell_of(const beam_learner *b, uint64_t f) { return &b->v[f >> (64 - BITS)]; }

/* Only what a sentence of that length uses. */
static void copy_item(item *to, const item *from, uint32_t steps)
{
    uint32_t n = from->s.n + 4;
    to->s.w = from->s.w; to->s.n = from->s.n; to->s.b = from->s.b; to->s.top = from->s.top;
    memcpy(to->s.stack, from->s.stack, n * sizeof *from->s.stack);
    memcpy(to->s.head, from->s.head, n * sizeof *from->s.head);
    memcpy(to->s.kid, from->s.kid, n * sizeof *from->s.kid);
    memcpy(to->s.commas, from->s.commas, n * sizeof *from->s.commas);
    memcpy(to->s.verbs, from->s.verbs, n * sizeof *from->s.verbs);
    memcpy(to->s.ands, from->s.ands, n * sizeof *from->s.ands);
    memcpy(to->act, from->act, steps);
    to->score = from->score;
    to->gold = from->gold;
}

static void scores(const beam_learner *b, const dl_parse_state *s, int64_t score[3])
{
    uint64_t f[DL_PARSE_FEATURES];
    uint32_t n = dl_parse_features(s, f);
    int32_t x = 0, y = 0, z = 0;
    for (uint32_t i = 0; i < n; i++) {
        const cell *c = cell_of(b, f[i]);
        x += c->w[0];
        y += c->w[1];
        z += c->w[2];
    }
    score[0] = x;
    score[1] = y;
    score[2] = z;
}

typedef struct { int64_t score; uint8_t from, act; } move;

/* One step: the best moves from all items of `one` into `two`; returns how many. right: what the right tree does next from the item that follows it, or -1. */
static uint32_t step(const beam_learner *b, const item *one, uint32_t n, item *two, uint32_t at, int right)
{
    move best[WIDTH];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        int64_t score[3];
        unsigned legal = dl_parse_legal(&one[i].s);
        scores(b, &one[i].s, score);
        for (uint8_t a = 0; a < 3; a++) {
            if (!(legal >> a & 1)) continue;
            int64_t x = one[i].score + score[a];
            uint32_t k = kept < WIDTH ? kept++ : WIDTH;
            if (k == WIDTH) { if (x <= best[WIDTH - 1].score) continue; k = WIDTH - 1; }
            for (; k && best[k - 1].score < x; k--) best[k] = best[k - 1];
            best[k] = (move){ x, (uint8_t)i, a };
        }
    }
    for (uint32_t k = 0; k < kept; k++) {
        copy_item(&two[k], &one[best[k].from], at);
        two[k].score = best[k].score;
        two[k].gold = one[best[k].from].gold && best[k].act == right;
        two[k].act[at] = best[k].act;
        dl_parse_do(&two[k].s, (dl_action)best[k].act);
    }
    return kept;
}

static void start(item *x, const dl_word *first, uint32_t n)
{
    dl_parse_start(&x->s, first, n);
    x->score = 0;
    x->gold = true;
}

void beam_parse(beam_learner *b, const dl_word *first, uint32_t n, uint16_t *head)
{
    item *one = b->one, *two = b->two, *t;
    uint32_t k = 1;
    start(&one[0], first, n);
    for (uint32_t at = 0; at < 2 * n; at++) {
        k = step(b, one, k, two, at, -1);
        t = one; one = two; two = t;
    }
    memcpy(head + 1, one[0].s.head + 1, n * sizeof *head);
}

/* Both trees' moves up to `steps`, with opposite signs where they part. */
static void change(beam_learner *b, const dl_word *first, uint32_t n, const uint8_t *act, uint32_t steps, uint32_t parted, int by)
{
    uint64_t f[DL_PARSE_FEATURES];
    dl_parse_state *s = &b->one[0].s;
    dl_parse_start(s, first, n);
    for (uint32_t i = 0; i < steps; i++) {
        if (i >= parted) {
            uint32_t nf = dl_parse_features(s, f);
            for (uint32_t k = 0; k < nf; k++) {
                cell *c = cell_of(b, f[k]);
                c->w[act[i]] += by;
                c->late[act[i]] += by * b->now;
            }
        }
        dl_parse_do(s, (dl_action)act[i]);
    }
}

/* right[0 .. 2n): the moves that make the right tree (or come nearest to it). Returns whether nothing was to be learned. */
bool beam_learn(beam_learner *b, const dl_word *first, uint32_t n, const uint8_t *right)
{
    item *one = b->one, *two = b->two, *t;
    static uint8_t worst_act[2 * DL_SENT_MAX + 4];
    uint32_t k = 1, worst = 0;
    int64_t most = 0;
    start(&one[0], first, n);
    start(b->truth, first, n);
    b->now++;
    for (uint32_t at = 0; at < 2 * n; at++) {
        int64_t score[3];
        scores(b, &b->truth->s, score);
        b->truth->score += score[right[at]];
        dl_parse_do(&b->truth->s, (dl_action)right[at]);
        k = step(b, one, k, two, at, right[at]);
        t = one; one = two; two = t;
        bool alive = false;
        for (uint32_t i = 0; i < k; i++) alive |= one[i].gold;
        if (alive && at + 1 < 2 * n) continue;
        int64_t lag = one[0].score - b->truth->score;
        if (one[0].gold || (worst && lag <= most)) continue;
        most = lag;
        worst = at + 1;
        memcpy(worst_act, one[0].act, worst);
    }
    if (!worst) return true;
    uint32_t parted = 0;
    while (parted < worst && worst_act[parted] == right[parted]) parted++;
    change(b, first, n, right, worst, parted, 1);
    change(b, first, n, worst_act, worst, parted, -1);
    return false;
}

void beam_average(beam_learner *b)
{
    for (size_t i = 0; i < (size_t)1 << BITS; i++)
        for (int a = 0; a < 3; a++) b->v[i].w[a] = (int32_t)(((int64_t)b->v[i].w[a] * b->now - b->v[i].late[a]) * SCALE / (b->now ? b->now : 1));
}
