/* train.h - how models/english.dlm is made: treebanks in, integer weights out. Everything is deterministic: own random numbers, integer
 * sums, no threads, no libm; the same data give the same bytes with any compiler.
 *
 *   corpus.c      treebanks read, rewritten in the ways of headlines and old wires
 *   learn.c       averaged perceptrons over hashed features, kept whole while learning, cut to the tables of model/tables.h at the end
 *   learn_*.c     one model each
 *   learn_coref.c the last one, by the trees of the others
 *   teach.c       plain news text with trees by three slower parsers: graph.c, and beam.c from either end; vote.c makes one tree of three
 *   learn_pages.c which blocks of a page are its story: src/article/story_weights.h
 *   learn_languages.c which language a text is in
 *   clusters.c    classes of words from plain text
 *   papers.c, field.c, learn_names.c      the name tagger (names.h)
 *   pack.c        the file of weights; card.c the card beside it
 *   train.c       the command
 */
#ifndef DL_TRAIN_H
#define DL_TRAIN_H
#include <stdio.h>
#include "article/story_trees.h"
#include "language/words.h"
#include "base/buf.h"

/* ---- corpus ---------------------------------------------------------------------------------------------------------------- */

typedef struct {
    dl_token *t;                     /* text, low, space_before and the like; gold upos */
    uint16_t *cls;                   /* gold joint tag */
    uint16_t *hint;                  /* n + 2 tags of a tagger that came from the end and had not seen the sentence, or NULL */
    uint16_t *head;                  /* head[1..n]; n + 1 is the root */
    uint8_t  *rel;                   /* rel[1..n] */
    dl_str   *lemma;                 /* lower case */
    uint32_t  n;
    uint32_t  paragraph;             /* of the corpus */
    bool      copy;                  /* a rewritten copy, not a sentence of its own */
    dl_word  *w;                     /* filled before learning; DL_PAD pads on both sides */
} gold;

typedef DL_VEC(gold) golds;

typedef struct { dl_str upos, xpos; uint32_t count; uint8_t u, x; } joint;

typedef struct {
    dl_arena *a;
    golds     s;
    golds     silver;                /* sentences of plain text with the trees that the teachers agreed on (teach.c); only n, w, cls, head, rel */
    DL_VEC(joint) tags;
    uint32_t  paragraphs;
} corpus;

char *slurp(const char *path, size_t *n);                   /* malloc; unpacks .xz; NULL when it cannot be read */
bool read_corpus(corpus *, const char *path);              /* appends; false and a message when it cannot be read */
void finish_tags(corpus *);                                /* rare joint tags give way to common ones; classes are numbered */
void typeset(corpus *, uint64_t seed);                     /* straight quotes become typographic ones in a share of the sentences */
void rewrite(corpus *, uint64_t seed);                     /* adds copies in capitals, small letters, title case, without full stop */

/* ---- packing --------------------------------------------------------------------------------------------------------------- */

typedef struct { const char *name; dl_tensor_type type; const void *at; uint32_t count; } tensor;
typedef struct { tensor v[64]; uint32_t n; } pack;
void pack_add(pack *, const char *name, dl_tensor_type, const void *, uint32_t count);
bool pack_keep(pack *, const char *path, const char *without);
bool pack_written(const pack *, const char *path);         /* writes, and says what on stderr */
bool pack_write(const pack *, const char *path, uint64_t *checksum, size_t *size);

/* ---- learning -------------------------------------------------------------------------------------------------------------- */

typedef struct { uint64_t x; } dice;
static inline uint64_t roll(dice *d) { d->x ^= d->x >> 12; d->x ^= d->x << 25; d->x ^= d->x >> 27; return d->x * 0x2545f4914f6cdd1du; }
static inline uint32_t below(dice *d, uint32_t n) { return (uint32_t)((roll(d) >> 32) * n >> 32); }
uint32_t *shuffled(uint32_t n, dice *);                    /* malloc */
const gold **lesson(const corpus *, uint32_t round, uint32_t gold_times, uint32_t slices, dice *, uint32_t *n);   /* malloc; what a round learns, in its order */

typedef struct { int32_t w[3]; uint32_t stamp; int64_t sum[3]; uint32_t seen; } trio_cell;
typedef struct { uint64_t *key; trio_cell *cell; size_t mask, n; uint32_t now; bool closed; } trio_learner;   /* closed: takes no new features */
void trio_open(trio_learner *);
void trio_close(trio_learner *);
void trio_learn_score(trio_learner *, const uint64_t *f, uint32_t n, int64_t score[3]);
void trio_learn(trio_learner *, const uint64_t *f, uint32_t n, int good, int bad);

typedef struct { uint16_t cls; int16_t q; int32_t w; uint32_t stamp; int64_t sum; } row_item;
typedef struct { row_item *v; uint16_t n, cap; uint32_t seen; } row;
typedef struct { uint64_t *key; row *rows; size_t mask, n; uint32_t now; bool closed; } row_learner;
void rows_open(row_learner *);
void rows_close(row_learner *);
void rows_learn_score(row_learner *, const uint64_t *f, uint32_t n, int32_t *score);   /* weights as they are now */
void rows_learn(row_learner *, const uint64_t *f, uint32_t n, uint16_t good, uint16_t bad);
void rows_count(row_learner *, uint64_t f, uint16_t cls, int32_t by);                       /* plain counting */
void rows_seen(row_learner *, uint64_t f, uint32_t n);                                      /* how often it was asked for */
const row *rows_find(const row_learner *, uint64_t f);

/* Averages, rounds, cuts to `buckets` buckets; scale: how many steps of the small weights make one unit. */
typedef struct { uint64_t *bucket; uint32_t nbucket; uint16_t *row; uint32_t nrow; int8_t *dense; uint32_t ndense, width; uint32_t kept, dropped, clipped; } table;
/* Forgets all weights and closes the learner over the features that a table of that size would keep: what is learned now is learned
 * with those alone, and loses nothing when the table is made. */
void trio_select(trio_learner *, uint32_t buckets, uint32_t scale);
void rows_select(row_learner *, uint32_t buckets, uint32_t scale);
table trio_table(const trio_learner *, uint32_t buckets, uint32_t scale);
table rows_table(const row_learner *, uint32_t buckets, uint32_t scale, uint32_t nclass);
void table_free(table *);
void pack_rows(pack *, const char *const name[3], const table *);
dl_rows rows_of(const table *);

/* Values of 16 bits under hashed keys; stronger ones win. */
typedef struct { uint64_t f; uint16_t value; uint32_t strength; } keyed;
uint64_t *keyed_table(keyed *, uint32_t n, uint32_t *nbucket, uint32_t *lost);
uint64_t *keyed_table_of(keyed *, uint32_t n, uint32_t most, uint32_t *nbucket, uint32_t *lost);      /* no more than `most` buckets, a power of two */

#define GRAPH_MOST 120                                       /* longest sentence of the slow parser, words */
typedef struct graph_learner graph_learner;
graph_learner *graph_open(void);
void     graph_close(graph_learner *);
uint32_t graph_learn(graph_learner *, const dl_word *first, uint32_t n, const uint16_t *head);   /* returns how many heads were right before */
void     graph_average(graph_learner *);                   /* after the last round */
void     graph_parse(graph_learner *, const dl_word *first, uint32_t n, uint16_t *head);

typedef struct beam_learner beam_learner;
beam_learner *beam_open(void);
void beam_close(beam_learner *);
bool beam_learn(beam_learner *, const dl_word *first, uint32_t n, const uint8_t *right);
void beam_average(beam_learner *);
void beam_parse(beam_learner *, const dl_word *first, uint32_t n, uint16_t *head);
void right_moves(const gold *, uint8_t *moves);            /* 2n moves that make the gold tree, or come nearest to it */

uint32_t vote(uint32_t n, const uint16_t *const *trees, const uint32_t *weight, uint32_t ntree, uint16_t *head);

/* ---- the models ------------------------------------------------------------------------------------------------------------ */

void fill_words(corpus *, const dl_weights *);                       /* each sentence's words, gold and silver */
bool teach(corpus *, const dl_weights *, const char *data);          /* parses plain text into c->silver; false: it can't be read */
void learn_dictionary(const corpus *, pack *, dl_weights *);         /* also fills the dictionary and tag names of dl_weights, for dl_words_fill */
typedef struct { dl_rows back, on; } tag_teachers;
void learn_tag_teachers(corpus *, const dl_weights *, tag_teachers *);
void tag_by_teachers(const tag_teachers *, const dl_weights *, dl_word *w, uint32_t n);
void turn_words(const dl_word *from, uint32_t n, dl_word *to);       /* in the opposite order, pads and all */
void learn_tags(corpus *, pack *, dl_weights *);                     /* leaves in each sentence's words the tags of a tagger that had not seen it */
void learn_parse(const corpus *, pack *, dl_weights *);
void learn_relations(const corpus *, pack *, dl_weights *);
bool learn_clusters(const char *data, pack *);                        /* `cluster.*` */
int  learn_names(const char *data, const char *out);                 /* `name.*` in OUT/english.dlm anew */
void learn_ends(const corpus *, pack *, dl_weights *);
void learn_lemmas(const corpus *, pack *);

/* Adds chains of mentions to the weights in the file `path`, by whose trees they are learned; folds: instead, cross-validated answers to standard output. */
bool learn_coref(const char *data, const char *path, uint32_t folds);
bool learn_languages(const char *data, const char *path, uint32_t folds);      /* which language is it: into the weights at `path`; folds: nothing is written, what weights made without each fold say of it goes to standard output */

void write_card(const char *data, const char *dir, const corpus *, double seconds);
int  learn_pages(int argc, char **argv);                             /* [--cv K] PAGES_DIR GOLD...; the header to standard output */
int  parse_command(const char *model, FILE *in, FILE *out);          /* plain text -> CoNLL-U */
int  time_command(const char *model, const char *file);

/* ---- learn_trees.c ---- */
typedef struct { const uint8_t *x; const float *y, *w; const uint32_t *group; uint32_t n, features; } block_rows;      /* rows of `features` numbers below 64; what each is (0 or 1), its weight (0: not looked at), its page */
void learn_trees(const block_rows *, dl_tree *trees, uint32_t n);

#endif
