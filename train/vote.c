/* vote.c - one tree out of several: the projective tree whose arcs have most votes (Sagae & Lavie 2006; Eisner's algorithm). */
#include "train.h"

#define MOST GRAPH_MOST
enum { LEFT, RIGHT };

static int32_t arc[MOST + 2][MOST + 2], inc[2][MOST + 2][MOST + 2], com[2][MOST + 2][MOST + 2];
static uint16_t inc_at[MOST + 2][MOST + 2], com_at[2][MOST + 2][MOST + 2];

static void spans(uint32_t n)
{
    for (uint32_t i = 1; i <= n; i++) com[LEFT][i][i] = com[RIGHT][i][i] = 0;
    for (uint32_t k = 1; k < n; k++)
        for (uint32_t s = 1, t; (t = s + k) <= n; s++) {
            int32_t best = INT32_MIN, x;
            for (uint32_t r = s; r < t; r++) if ((x = com[RIGHT][s][r] + com[LEFT][r + 1][t]) > best) { best = x; inc_at[s][t] = (uint16_t)r; }
            inc[RIGHT][s][t] = best + arc[s][t];
            inc[LEFT][s][t] = best + arc[t][s];
            best = INT32_MIN;
            for (uint32_t r = s + 1; r <= t; r++) if ((x = inc[RIGHT][s][r] + com[RIGHT][r][t]) > best) { best = x; com_at[RIGHT][s][t] = (uint16_t)r; }
            com[RIGHT][s][t] = best;
            best = INT32_MIN;
            for (uint32_t r = s; r < t; r++) if ((x = com[LEFT][s][r] + inc[LEFT][r][t]) > best) { best = x; com_at[LEFT][s][t] = (uint16_t)r; }
            com[LEFT][s][t] = best;
        }
}

static void walk(int side, uint32_t s, uint32_t t, uint16_t *head)
{
    if (s >= t) return;
    uint32_t r = com_at[side][s][t], from = side == RIGHT ? s : r, to = side == RIGHT ? r : t, m = inc_at[from][to];
    if (side == RIGHT) head[r] = (uint16_t)s;
    else head[r] = (uint16_t)t;
    walk(RIGHT, from, m, head);
    walk(LEFT, m + 1, to, head);
    if (side == RIGHT) walk(RIGHT, r, t, head);
    else walk(LEFT, s, r, head);
}

/* trees[i][1..n], of weight[i] votes each; returns the votes for the tree's arcs. */
uint32_t vote(uint32_t n, const uint16_t *const *trees, const uint32_t *weight, uint32_t ntree, uint16_t *head)
{
    for (uint32_t h = 0; h <= n; h++) memset(arc[h], 0, (n + 1) * sizeof arc[h][0]);
    for (uint32_t i = 0; i < ntree; i++)
        for (uint32_t d = 1; d <= n; d++) arc[trees[i][d] > n ? 0 : trees[i][d]][d] += (int32_t)weight[i];
    spans(n);
    int32_t best = -1, x;
    uint32_t root = 1, votes = 0;
    for (uint32_t r = 1; r <= n; r++) if ((x = arc[0][r] + com[LEFT][1][r] + com[RIGHT][r][n]) > best) { best = x; root = r; }
    head[root] = (uint16_t)(n + 1);
    walk(LEFT, 1, root, head);
    walk(RIGHT, root, n, head);
    for (uint32_t d = 1; d <= n; d++) votes += (uint32_t)arc[head[d] > n ? 0 : head[d]][d];
    return votes;
}
