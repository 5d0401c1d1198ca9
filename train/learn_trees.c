/* learn_trees.c - gradient boosting of small trees for log loss (Friedman, "Greedy function approximation", 2001; second order as in XGBoost, Chen and Guestrin 2016): numbers of a byte, histograms, floats in fixed order. */
#include <math.h>
#include <stdlib.h>
#include "train.h"
#include "base/hash.h"

enum { BINS = 64, FEATURES_MOST = 96 };
#define RATE 0.08
#define LAMBDA 4.0
#define LEAST 3.0                                       /* of the second derivatives of a child */

static double exp_of(double x)
{
    if (x < -30) return 0;
    x = 1 + (x > 30 ? 30 : x) / 1024;
    for (int k = 0; k < 10; k++) x *= x;
    return x;
}

typedef struct { double g, h; } sums;
typedef struct { double gain; uint8_t feature, at; } cut;

static double worth(sums s) { return s.g * s.g / (s.h + LAMBDA); }

/* The best question for a node, of its sums by feature and bin. */
static cut best_cut(const sums *bin, uint32_t features)
{
    cut best = { 1e-6, 0, 127 };
    for (uint32_t f = 0; f < features; f++) {
        sums all = { 0, 0 }, low = { 0, 0 };
        for (int b = 0; b < BINS; b++) all.g += bin[f * BINS + b].g, all.h += bin[f * BINS + b].h;
        for (int b = 0; b + 1 < BINS; b++) {
            low.g += bin[f * BINS + b].g, low.h += bin[f * BINS + b].h;
            sums high = { all.g - low.g, all.h - low.h };
            if (low.h < LEAST || high.h < LEAST) continue;
            double gain = worth(low) + worth(high) - worth(all);
            if (gain > best.gain) best = (cut){ gain, (uint8_t)f, (uint8_t)b };
        }
    }
    return best;
}

static void grow(dl_tree *t, const block_rows *l, const float *g, const float *h, const uint8_t *use, uint8_t *node)
{
    sums *bin = malloc((size_t)(1 << (DL_TREE_DEPTH - 1)) * l->features * BINS * sizeof *bin), leaf[DL_TREE_LEAVES] = { { 0, 0 } };
    memset(node, 0, l->n);
    for (int depth = 0; depth < DL_TREE_DEPTH; depth++) {
        uint32_t first = (1u << depth) - 1, width = 1u << depth;
        memset(bin, 0, (size_t)width * l->features * BINS * sizeof *bin);
        for (uint32_t i = 0; i < l->n; i++) {
            if (!use[i]) continue;
            sums *b = bin + (size_t)(node[i] - first) * l->features * BINS;
            const uint8_t *x = l->x + (size_t)i * l->features;
            for (uint32_t f = 0; f < l->features; f++) { sums *s = &b[f * BINS + (x[f] < BINS ? x[f] : BINS - 1)]; s->g += (double)g[i], s->h += (double)h[i]; }
        }
        for (uint32_t k = 0; k < width; k++) {
            cut c = best_cut(bin + (size_t)k * l->features * BINS, l->features);
            t->feature[first + k] = c.feature, t->at[first + k] = c.at;
        }
        for (uint32_t i = 0; i < l->n; i++) node[i] = (uint8_t)(2 * node[i] + 1 + (l->x[(size_t)i * l->features + t->feature[node[i]]] > t->at[node[i]]));
    }
    for (uint32_t i = 0; i < l->n; i++) if (use[i]) leaf[node[i] - DL_TREE_NODES].g += (double)g[i], leaf[node[i] - DL_TREE_NODES].h += (double)h[i];
    for (int k = 0; k < DL_TREE_LEAVES; k++) {
        double v = -RATE * leaf[k].g / (leaf[k].h + LAMBDA) * DL_TREE_SCALE;
        t->leaf[k] = (int16_t)(v < 0 ? v - 0.5 : v + 0.5);
    }
    free(bin);
}

void learn_trees(const block_rows *l, dl_tree *trees, uint32_t n)
{
    float *g = malloc((l->n + 1) * sizeof *g), *h = malloc((l->n + 1) * sizeof *h);
    uint8_t *use = malloc(l->n + 1), *node = malloc(l->n + 1);
    int32_t *sum = calloc(l->n + 1, sizeof *sum);
    for (uint32_t t = 0; t < n; t++) {
        for (uint32_t i = 0; i < l->n; i++) {
            double p = 1 / (1 + exp_of(-(double)sum[i] / DL_TREE_SCALE)), w = (double)l->w[i];
            g[i] = (float)(w * (p - (double)l->y[i])), h[i] = (float)(w * (p * (1 - p) + 1e-4));
            use[i] = w > 0 && dl_mix64(((uint64_t)l->group[i] << 20 | t) + 7) % 10 < 7;        /* seven tenths of the pages a tree */
        }
        grow(&trees[t], l, g, h, use, node);
        for (uint32_t i = 0; i < l->n; i++) sum[i] += trees[t].leaf[node[i] - DL_TREE_NODES];
    }
    free(g), free(h), free(use), free(node), free(sum);
}
