/* field.c - a conditional random field (Lafferty et al. 2001) over runs of live words, learned run by run with steps that shrink for features that were moved often (AdaGrad, Duchi et al. 2011).
 * Floats, but only + - * / and square roots in a fixed order: the same bits with any compiler. */
#include "names.h"
#include <math.h>
#include <stdlib.h>

static const double RATE = 0.01, DECAY = 3e-3, SCALE = 24;      /* SCALE: steps of the integer weights in one of ours */

/* ---- features -------------------------------------------------------------------------------------------------------------- */


static double power(double x)
{
    if (x < -60) x = -60;                                    /* never quite impossible */
    if (x > 60) x = 60;
    double k = (double)(int64_t)(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5)), r = x - k * 0.6931471805599453, y = 1;
    for (int i = 11; i > 0; i--) y = 1 + y * r / i;
    uint64_t bits = (uint64_t)(1023 + (int64_t)k) << 52;
    double two;
    memcpy(&two, &bits, sizeof two);
    return y * two;
}

static size_t feature_slot(const field *c, uint64_t f)
{
    size_t i = (size_t)(f >> 20) & c->mask;
    while (c->key[i] && c->key[i] != f) i = (i + 1) & c->mask;
    return i;
}

static void grow(field *c)
{
    field old = *c;
    c->mask = c->mask ? 2 * c->mask + 1 : (1u << 22) - 1;
    c->key = calloc(c->mask + 1, sizeof *c->key);
    c->id = calloc(c->mask + 1, sizeof *c->id);
    for (size_t i = 0; old.key && i <= old.mask; i++) {
        if (!old.key[i]) continue;
        size_t k = feature_slot(c, old.key[i]);
        c->key[k] = old.key[i], c->id[k] = old.id[i];
    }
    free(old.key);
    free(old.id);
}

static void list_runs(field *c, const papers *v, uint32_t folds, uint32_t leave)
{
    uint32_t cap = 0, words = 0;
    for (uint32_t i = 0; i < v->n; i++) {
        const paper *p = &v->v[i];
        if (folds && p->fold % folds == leave) continue;
        for (uint32_t k = 0; k < p->l.nsent; k++)
            for (uint32_t b = p->l.sent[k].first, e; b < p->l.sent[k].end; b = e) {
                e = b + 1;
                if (!p->w[b].live) continue;
                while (e < p->l.sent[k].end && p->w[e].live) e++;
                if (c->nrun == cap) c->run = realloc(c->run, (cap = cap ? cap * 2 : 4096) * sizeof *c->run);
                c->run[c->nrun++] = (run){ p, b, e, k, words };
                words += e - b;
            }
    }
    c->first = malloc((words + 1) * sizeof *c->first);
}

/* What only one source of names does in its way ("Belgian" is a name there, "@nato" here): taken by features of that source, which are not kept. The first source is the one whose ways the tagger
 * follows (Daume 2007, "Frustratingly easy domain adaptation", with the other domains' own weights left behind). */
static uint32_t all_features(const paper *p, uint32_t i, uint32_t first, uint32_t end, uint64_t *f)
{
    uint32_t n = dl_name_features(p->w, i, first, end, f);
    for (uint32_t k = 0; k < n; k++) f[k] &= ~(uint64_t)1;     /* the last bit tells the two kinds apart: tables do not look at it */
    if (!p->file) return n;
    const dl_name_word *w = &p->w[i];
    uint32_t d = dl_atom(0x50000 + p->file);
    f[n++] = dl_f1(200, d) | 1;
    f[n++] = dl_f2(201, d, w->shape) | 1;
    f[n++] = dl_f3(202, d, i > first ? w[-1].shape : 0, i + 1 < end ? w[1].shape : 0) | 1;
    f[n++] = dl_f2(203, d, w->word) | 1;
    f[n++] = dl_f2(204, d, w->tag) | 1;
    f[n++] = dl_f3(205, d, (uint32_t)w->hint.place | (uint32_t)w->hint.actor << 8, (uint32_t)w->hint.noun | (uint32_t)w->hint.list << 8) | 1;
    f[n++] = dl_f2(206, d, i > first ? w[-1].word : 0) | 1;
    f[n++] = dl_f3(207, d, w->memory[0], w->memory[1]) | 1;
    f[n++] = dl_f2(208, d, w->cluster[1]) | 1;
    f[n++] = dl_f2(209, d, w->form) | 1;
    return n;
}

/* Counts features and numbers those seen at least `often` times; `only`: none but those that it has. */
static void list_features(field *c, uint32_t often, const field *only)
{
    uint64_t f[DL_NAME_FEATURES + 16];
    uint32_t cap = 0, word = 0, kept = 0;
    while (!c->mask) grow(c);
    for (int round = 0; round < 2; round++) {
        word = 0;
        for (uint32_t r = 0; r < c->nrun; r++) {
            const run *x = &c->run[r];
            const dl_sentence *t = &x->p->l.sent[x->sent];
            for (uint32_t i = x->b; i < x->e; i++, word++) {
                uint32_t n = all_features(x->p, i, t->first, t->end, f);
                if (round) c->first[word] = c->nindex;
                for (uint32_t k = 0; k < n; k++) {
                    if (!round) {
                        if ((size_t)c->n * 2 > c->mask) grow(c);
                        size_t at = feature_slot(c, f[k]);
                        if (!c->key[at]) { if (only && !(f[k] & 1) && !only->key[feature_slot(only, f[k])]) continue; c->key[at] = f[k]; c->n++; }
                        c->id[at]++;
                        continue;
                    }
                    size_t at = feature_slot(c, f[k]);
                    if (!c->key[at] || c->id[at] == UINT32_MAX) continue;
                    if (c->nindex == cap) c->index = realloc(c->index, (size_t)(cap = cap ? cap * 2 : 1 << 20) * sizeof *c->index);
                    c->index[c->nindex++] = c->id[at];
                }
            }
        }
        if (round) break;
        c->count = malloc((c->n + 1) * sizeof *c->count);
        for (size_t i = 0; i <= c->mask; i++) {
            if (!c->key[i]) continue;
            uint32_t seen = c->id[i];
            c->id[i] = seen >= often ? kept : UINT32_MAX;
            if (seen >= often) c->count[kept++] = seen;
        }
        c->n = kept;
        c->cell = calloc(kept + 1, sizeof *c->cell);
    }
    c->first[word] = c->nindex;
}

void field_open(field *c, const papers *v, uint32_t folds, uint32_t leave, uint32_t often, const field *only)
{
    *c = (field){ 0 };
    list_runs(c, v, folds, leave);
    list_features(c, often, only);
}

void field_close(field *c) { free(c->key); free(c->id); free(c->count); free(c->cell); free(c->run); free(c->index); free(c->first); }

static bool may[CLASSES + 1][CLASSES + 1];

/* ---- learning -------------------------------------------------------------------------------------------------------------- */

typedef struct { double own[CLASSES], alpha[CLASSES], beta[CLASSES]; } node;

/* May the word have the class, by what is marked? */
static bool allowed(const paper *p, uint32_t token, uint32_t y)
{
    uint32_t right = p->right[token];
    return y == right || (!right && p->no_misc && y > 4 * (DL_NAME_MISC - 1));
}

/* Forward and backward over a run; gold: over the readings that are allowed alone. */
static void marginals(const run *x, node *v, double next[CLASSES][CLASSES], bool told)
{
    uint32_t n = x->e - x->b;
    for (uint32_t i = 0; i < n; i++) {
        double sum = 0;
        for (uint32_t y = 0; y < CLASSES; y++) {
            double from = 0;
            if (i == 0) from = may[0][y] ? next[0][y] : 0;
            else for (uint32_t a = 0; a < CLASSES; a++) from += v[i - 1].alpha[a] * next[a][y];
            v[i].alpha[y] = told && !allowed(x->p, x->b + i, y) ? 0 : from * v[i].own[y];
            sum += v[i].alpha[y];
        }
        if (sum > 0) for (uint32_t y = 0; y < CLASSES; y++) v[i].alpha[y] /= sum;
    }
    for (uint32_t i = n; i-- > 0;) {
        double sum = 0;
        for (uint32_t a = 0; a < CLASSES; a++) {
            double to = 0;
            if (i + 1 == n) to = may[a][CLASSES] ? next[a][0] : 0;
            else for (uint32_t y = 0; y < CLASSES; y++) to += told && !allowed(x->p, x->b + i + 1, y) ? 0 : next[a][y] * v[i + 1].own[y] * v[i + 1].beta[y];
            v[i].beta[a] = to;
            sum += to;
        }
        if (sum > 0) for (uint32_t a = 0; a < CLASSES; a++) v[i].beta[a] /= sum;
    }
}

static void move(cell *z, const float *g, float rate, float decay)
{
    for (uint32_t y = 0; y < CLASSES; y++) {
        float d = g[y] - decay * z->w[y];
        z->g[y] += d * d;
        z->w[y] += rate * d / (sqrtf(z->g[y]) + 1e-3f);
    }
}

static void shares(const node *v, double *p)
{
    double sum = 0;
    for (uint32_t y = 0; y < CLASSES; y++) sum += p[y] = v->alpha[y] * v->beta[y];
    for (uint32_t y = 0; y < CLASSES; y++) p[y] = sum > 0 ? p[y] / sum : 0;
}

static void pair_shares(const node *v, const node *w, double next[CLASSES][CLASSES], const run *x, uint32_t i, bool told, double p[CLASSES][CLASSES])
{
    double sum = 0;
    for (uint32_t a = 0; a < CLASSES; a++)
        for (uint32_t y = 0; y < CLASSES; y++) sum += p[a][y] = told && !allowed(x->p, x->b + i, y) ? 0 : v->alpha[a] * next[a][y] * w->own[y] * w->beta[y];
    for (uint32_t a = 0; a < CLASSES; a++) for (uint32_t y = 0; y < CLASSES; y++) p[a][y] = sum > 0 ? p[a][y] / sum : 0;
}

/* One step uphill; returns how many words the likeliest classes get wrong. */
static uint32_t learn_run(field *c, const run *x, double rate, double decay)
{
    static node v[DL_SENT_MAX], u[DL_SENT_MAX];                /* all readings; those allowed */
    static double next[CLASSES][CLASSES], all[CLASSES][CLASSES], right[CLASSES][CLASSES];
    uint32_t n = x->e - x->b, wrong = 0;
    for (uint32_t a = 0; a < CLASSES; a++) for (uint32_t y = 0; y < CLASSES; y++) next[a][y] = may[a][y] ? power(c->next[a][y]) : 0;
    for (uint32_t i = 0; i < n; i++) {
        float own[CLASSES] = { 0 }, most;
        const uint32_t *f = c->index + c->first[x->at + i], *end = c->index + c->first[x->at + i + 1];
        for (; f < end; f++) for (uint32_t y = 0; y < CLASSES; y++) own[y] += c->cell[*f].w[y];
        most = own[0];
        for (uint32_t y = 1; y < CLASSES; y++) if (own[y] > most) most = own[y];
        for (uint32_t y = 0; y < CLASSES; y++) u[i].own[y] = v[i].own[y] = power((double)own[y] - (double)most);
    }
    marginals(x, v, next, false);
    marginals(x, u, next, true);
    for (uint32_t i = 0; i < n; i++) {
        double p[CLASSES], q[CLASSES];
        float g[CLASSES];
        uint32_t best = 0;
        shares(&v[i], p);
        shares(&u[i], q);
        bool marked_well = false;                              /* a name that goes on where no word is live can't be read at all: nothing is learned from its end */
        for (uint32_t y = 0; y < CLASSES; y++) { g[y] = (float)(q[y] - p[y]); if (p[y] > p[best]) best = y; marked_well |= q[y] > 0; }
        wrong += !allowed(x->p, x->b + i, best);
        if (!marked_well) continue;
        const uint32_t *f = c->index + c->first[x->at + i], *end = c->index + c->first[x->at + i + 1];
        for (; f < end; f++) move(&c->cell[*f], g, (float)rate, (float)decay);
        if (i == 0) continue;
        pair_shares(&v[i - 1], &v[i], next, x, i, false, all);
        pair_shares(&u[i - 1], &u[i], next, x, i, true, right);
        for (uint32_t a = 0; a < CLASSES; a++)
            for (uint32_t y = 0; y < CLASSES; y++) {
                if (!may[a][y]) continue;
                float d = (float)(right[a][y] - all[a][y]) - (float)decay * c->next[a][y];
                c->next_g[a][y] += d * d;
                c->next[a][y] += (float)rate * d / (sqrtf(c->next_g[a][y]) + 1e-3f);
            }
    }
    return wrong;
}

void field_learn(field *c, uint32_t rounds, uint64_t seed, const char *what)
{
    dice d = { seed };
    for (uint32_t a = 0; a <= CLASSES; a++) for (uint32_t y = 0; y <= CLASSES; y++) may[a][y] = dl_name_may_follow(a, y);
    for (uint32_t r = 0; r < rounds; r++) {
        uint32_t *order = shuffled(c->nrun, &d), wrong = 0;
        for (uint32_t i = 0; i < c->nrun; i++) wrong += learn_run(c, &c->run[order[i]], RATE, DECAY);
        fprintf(stderr, "names, %s, round %u: %u wrong of %u runs, %u features\n", what, r, wrong, c->nrun, c->n);
        free(order);
    }
}

/* ---- weights --------------------------------------------------------------------------------------------------------------- */

void field_rows(const field *c, row_learner *t)
{
    rows_open(t);
    for (size_t i = 0; i <= c->mask; i++) {
        if (!c->key[i] || c->id[i] == UINT32_MAX || c->key[i] & 1) continue;
        const cell *z = &c->cell[c->id[i]];
        for (uint16_t y = 1; y < CLASSES; y++) {               /* only differences matter: outside is 0 */
            double q = ((double)z->w[y] - (double)z->w[0]) * SCALE;
            int32_t w = (int32_t)(q < 0 ? q - 0.5 : q + 0.5);
            if (w) rows_count(t, c->key[i], (uint16_t)(y - 1), w);
        }
        rows_seen(t, c->key[i], c->count[c->id[i]]);
    }
    t->now = 1;
}

field field_kept(const field *c, uint32_t buckets)
{
    row_learner t;
    field k = { 0 };
    field_rows(c, &t);
    rows_select(&t, buckets, 1);
    grow(&k);
    for (size_t i = 0; i <= t.mask; i++) {
        if (!t.key[i]) continue;
        if ((size_t)k.n * 2 > k.mask) grow(&k);
        k.key[feature_slot(&k, t.key[i])] = t.key[i];
        k.n++;
    }
    rows_close(&t);
    return k;
}

uint8_t *field_next(const field *c)
{
    int8_t *v = calloc(CLASSES, CLASSES);
    for (uint32_t a = 0; a < CLASSES; a++)
        for (uint32_t y = 0; y < CLASSES; y++) {
            double q = (double)c->next[a][y] * SCALE;
            int32_t w = (int32_t)(q < 0 ? q - 0.5 : q + 0.5);
            v[a * CLASSES + y] = (int8_t)(w > 127 ? 127 : w < -127 ? -127 : w);
        }
    return (uint8_t *)v;
}
