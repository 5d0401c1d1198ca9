/* story_trees.h - small decision trees whose leaves are summed: what the second look at a page's blocks is judged by (story.c; learned by train/learn_trees.c, gradient boosting after Friedman 2001).
 *
 * A tree has four levels: node k asks whether number `feature[k]` of a block is above `at[k]` and goes on to 2k + 1 (no) or 2k + 2 (yes); what comes out of the last level is a leaf. A question that is
 * not needed asks for more than 127: always no. Numbers are below 64.
 */
#ifndef DL_STORY_TREES_H
#define DL_STORY_TREES_H
#include <stdint.h>

enum { DL_TREE_DEPTH = 4, DL_TREE_NODES = 15, DL_TREE_LEAVES = 16, DL_TREE_SCALE = 256 };      /* leaves in 256ths of log odds */
typedef struct { uint8_t feature[DL_TREE_NODES], at[DL_TREE_NODES]; int16_t leaf[DL_TREE_LEAVES]; } dl_tree;

/* One number of so many blocks: sixteen blocks are asked the same question at once. */
enum { DL_TREE_AT_ONCE = 16 };
typedef int8_t dl_tree_numbers __attribute__((vector_size(DL_TREE_AT_ONCE)));

static inline dl_tree_numbers dl_tree_choose(dl_tree_numbers yes, dl_tree_numbers a, dl_tree_numbers b) { return (yes & a) | (~yes & b); }

_Static_assert(DL_TREE_DEPTH == 4, "four levels are written out");
/* Adds to sum[block] the leaf of every tree; x[number][block]. All questions of a tree are asked of all blocks, then each level's answer is picked by those above. */
static inline void dl_trees_sums(const dl_tree *t, uint32_t n, const dl_tree_numbers *x, int32_t sum[DL_TREE_AT_ONCE])
{
    for (uint32_t i = 0; i < n; i++) {
        dl_tree_numbers q[DL_TREE_NODES], c;             /* -1: yes, 0: no; of each level the answer of the node that was come to */
        for (int k = 0; k < DL_TREE_NODES; k++) q[k] = (dl_tree_numbers)(x[t[i].feature[k]] > (int8_t)t[i].at[k]);
        q[1] = dl_tree_choose(q[0], q[2], q[1]);
        for (int k = 3; k < 5; k++) q[k] = dl_tree_choose(q[0], q[k + 2], q[k]);
        for (int k = 7; k < 11; k++) q[k] = dl_tree_choose(q[0], q[k + 4], q[k]);
        c = dl_tree_choose(q[1], q[4], q[3]);
        for (int k = 7; k < 9; k++) q[k] = dl_tree_choose(q[1], q[k + 2], q[k]);
        dl_tree_numbers at = (q[0] & 8) | (q[1] & 4) | (c & 2) | (dl_tree_choose(c, q[8], q[7]) & 1);
        for (int k = 0; k < DL_TREE_AT_ONCE; k++) sum[k] += t[i].leaf[(uint8_t)at[k]];
    }
}

#endif
