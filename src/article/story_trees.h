/* story_trees.h - small decision trees whose leaves are summed: what the second look at a page's blocks is judged by (story.c; learned by train/learn_trees.c, gradient boosting after Friedman 2001).
 *
 * A tree has four levels: node k asks whether number `feature[k]` of a block is above `at[k]` and goes on to 2k + 1 (no) or 2k + 2 (yes); what comes out of the last level is a leaf. A question that is
 * not needed asks for more than 255: always no.
 */
#ifndef DL_STORY_TREES_H
#define DL_STORY_TREES_H
#include <stdint.h>

enum { DL_TREE_DEPTH = 4, DL_TREE_NODES = 15, DL_TREE_LEAVES = 16, DL_TREE_SCALE = 256 };      /* leaves in 256ths of log odds */
typedef struct { uint8_t feature[DL_TREE_NODES], at[DL_TREE_NODES]; int16_t leaf[DL_TREE_LEAVES]; } dl_tree;

static inline int32_t dl_trees_sum(const dl_tree *t, uint32_t n, const uint8_t *x)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = 0;
        for (int d = 0; d < DL_TREE_DEPTH; d++) k = 2 * k + 1 + (x[t[i].feature[k]] > t[i].at[k]);
        sum += t[i].leaf[k - DL_TREE_NODES];
    }
    return sum;
}

#endif
