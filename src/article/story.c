/* story.c - which blocks of a page are the story: a sum of trained weights, and trained trees over all sums of the page (story.h). Above zero is story. */
#include "article/story.h"
#include "article/story_weights.h"
#include "base/hash.h"

enum { GOING_ON = -3 * DL_TREE_SCALE, NTREES = sizeof TREES / sizeof *TREES };

enum { NWORDS = sizeof WORDS / sizeof *WORDS, SLOTS = 8192 };
_Static_assert(NWORDS * 2 < SLOTS, "half of the slots stay empty");

/* Open addressing by a hash: a page asks for some thousand words. */
static uint16_t *words_table(dl_arena *scratch)
{
    uint16_t *slot = dl_new(scratch, uint16_t, SLOTS);
    for (uint32_t k = 0; k < NWORDS; k++) {
        uint32_t at = (uint32_t)dl_hash(dl_str_of(WORDS[k].word)) & (SLOTS - 1);
        while (slot[at]) at = (at + 1) & (SLOTS - 1);
        slot[at] = (uint16_t)(k + 1);
    }
    return slot;
}

static uint32_t known_word(void *table, dl_str word)
{
    const uint16_t *slot = table;
    for (uint32_t at = (uint32_t)dl_hash(word) & (SLOTS - 1); slot[at]; at = (at + 1) & (SLOTS - 1))
        if (dl_is(word, WORDS[slot[at] - 1].word)) return slot[at];
    return 0;
}

static int32_t weight(uint32_t feature, const int8_t *numbers)
{
    uint32_t slot = feature >> 24, k = feature & 0xFFFFFF;
    return slot == DL_LOOK_NUMBER ? numbers[k] : WORDS[k - 1].w[slot];
}

static int32_t sum(const dl_look_features *f, const int8_t *numbers)
{
    int32_t s = 0;
    for (uint32_t k = 0; k < f->n; k++) s += weight(f->v[k], numbers);
    return s;
}

/* A sentence without links in a paragraph like the story's one just before it, side by side in one element: story too, even if its page has little else by which to tell. */
static bool goes_on(const dl_article *art, uint32_t i)
{
    const dl_block *b = &art->blocks.v[i], *a = b - 1;
    if (i == 0 || !a->story || a->heading || b->heading || a->link || b->link) return false;
    const dl_node *x = &art->nodes.v[a->node], *y = &art->nodes.v[b->node];
    if (a->node == b->node || x->parent != y->parent || x->tag != y->tag || y->hidden || !dl_eq(x->names, y->names)) return false;
    dl_str words = dl_trim(dl_at(art->text, b->at));
    return b->score > GOING_ON && words.n > 40 && words.p[words.n - 1] == '.';
}

void dl_story_settle(dl_article *art)
{
    uint32_t n = art->blocks.n;
    int32_t best = INT32_MIN;
    for (uint32_t i = 0; i < n; i++) {
        dl_block *b = &art->blocks.v[i];
        b->story = b->score > 0 || goes_on(art, i);
        if (b->score > best) best = b->score;
    }
    for (uint32_t i = 0; best <= 0 && i < n; i++) art->blocks.v[i].story = art->blocks.v[i].score == best;
}

enum { ASKED_MOST = 4096 };                             /* blocks of a page that the trees are asked about; news have some hundred that are not hopeless */

void dl_story_judge(dl_article *art, const dl_tree *trees, uint32_t ntrees, const int32_t *first, const uint8_t *seen)
{
    dl_tree_numbers x[DL_STORY_SEES];
    uint32_t of[DL_TREE_AT_ONCE], n = 0, asked = 0;
    memset(x, 0, sizeof x);
    for (uint32_t i = 0; i < art->blocks.n; i++) {
        if (first[i] < DL_LOOK_HOPELESS || asked == ASKED_MOST) art->blocks.v[i].score = first[i] * (DL_TREE_SCALE / DL_LOOK_SCALE);
        else {
            for (uint32_t k = 0; k < DL_STORY_SEES; k++) x[k][n] = (int8_t)seen[(size_t)i * DL_STORY_SEES + k];
            of[n++] = i, asked++;
        }
        if (n < DL_TREE_AT_ONCE && (i + 1 < art->blocks.n || !n)) continue;
        int32_t sum[DL_TREE_AT_ONCE] = { 0 };
        dl_trees_sums(trees, ntrees, x, sum);
        while (n) n--, art->blocks.v[of[n]].score = sum[n];
    }
}

void dl_story_choose(dl_arena *scratch, dl_article *art)
{
    uint32_t n = art->blocks.n;
    for (uint32_t i = 0; art->whole_story && i < n; i++) art->blocks.v[i].story = true;
    if (art->whole_story) return;
    dl_marker mark = dl_mark(scratch);
    dl_look_words words = { known_word, words_table(scratch), NWORDS + 1 };
    dl_look_features *f = dl_new(scratch, dl_look_features, n + 1);
    int32_t *first = dl_new(scratch, int32_t, n + 1);
    const dl_story_view *view = dl_story_open(scratch, art);
    dl_story_look(scratch, view, &words, f);
    for (uint32_t i = 0; i < n; i++) first[i] = sum(&f[i], FIRST);
    uint8_t *seen = dl_new(scratch, uint8_t, (size_t)n * DL_STORY_SEES + 1);
    dl_story_look_again(scratch, view, first, seen);
    dl_story_judge(art, TREES, NTREES, first, seen);
    dl_story_settle(art);
    dl_reset(scratch, mark);
}
