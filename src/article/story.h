/* story.h - which blocks of a page are the story; shared by story.c, story_look.c and the trainer (train/learn_pages.c).
 *
 *   story_look.c   what is seen of each block, as numbers of features: words of the classes and tags around it, its own shape, its place
 *   story.c        a sum of small weights, then small trees (story_trees.h) whose leaves are summed; both in story_weights.h, made by `dateline-train pages`
 *
 * The sum judges each block by itself. The trees know what it said of all others: in which element most of the story stands, whether a block lies between
 * its first and last paragraph, what its neighbours are. After the ideas of Boilerpipe (Kohlschütter, Fankhauser, Nejdl 2010: shallow features of blocks and
 * their neighbours) and Web2Text (Vogels, Ganea, Eickhoff 2018: a second step over the first one's scores); the element is the subtree of the largest sum.
 */
#ifndef DL_STORY_H
#define DL_STORY_H
#include "article/story_trees.h"
#include "intake/report.h"

/* Words of class, id, itemprop, role ("=" before the last two) and the tag ("<p") are told apart by where they stand. */
typedef enum { DL_LOOK_SELF, DL_LOOK_NEAR, DL_LOOK_FAR, DL_LOOK_INNER, DL_LOOK_NUMBER, DL_LOOK_SLOTS } dl_look_slot;     /* the block's element; two above it; all others above; an inline element it begins in; a numbered feature */
enum { DL_LOOK_FIRST = 240, DL_LOOK_SCALE = 32, DL_LOOK_MOST = 192, DL_STORY_SEES = 64 };      /* numbered features of the first sum; weights of 1.0; features of one block at most; numbers of the second look */

typedef struct { uint32_t (*id)(void *self, dl_str word); void *self; uint32_t n; } dl_look_words;      /* number of a word, below n; 0: not known */
typedef struct { uint32_t *v; uint32_t n; } dl_look_features;            /* each slot << 24 | number */

typedef struct dl_story_view dl_story_view;          /* what both looks need of a page's blocks */
dl_story_view *dl_story_open(dl_arena *scratch, const dl_article *);
/* Features for the first sum, of every block: out[block]. */
void dl_story_look(dl_arena *scratch, const dl_story_view *, const dl_look_words *, dl_look_features *out);
/* A block whose first sum is below this is no story, whatever stands beside it (log odds of -5: menus, most of a page). */
enum { DL_LOOK_HOPELESS = -5 * DL_LOOK_SCALE };
/* For the second, from the first's sums: DL_STORY_SEES numbers below 64 of every block that is not hopeless, for trees (story_trees.h). */
void dl_story_look_again(dl_arena *scratch, const dl_story_view *, const int32_t *first, uint8_t *out);

/* Sets the score of every block: what the trees make of `seen` (of dl_story_look_again); what is hopeless, and what is too much for one page, keeps its first sum. */
void dl_story_judge(dl_article *, const dl_tree *trees, uint32_t ntrees, const int32_t *first, const uint8_t *seen);
/* Which blocks are story, by the scores that they have: at least one. */
void dl_story_settle(dl_article *);
/* The story's blocks: sets score and story of each. At least one, if there is any with words. */
void dl_story_choose(dl_arena *scratch, dl_article *);

#endif
