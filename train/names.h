/* names.h - what the trainer of the name tagger is made of: papers.c reads marked documents, field.c learns, learn_names.c is the command. */
#ifndef DL_TRAIN_NAMES_H
#define DL_TRAIN_NAMES_H
#include "train.h"
#include "facts/where.h"
#include "language/names.h"

typedef struct { dl_span at; uint8_t type; } marked;
typedef struct {
    dl_str       text;
    DL_VEC(dl_span) block;
    DL_VEC(marked)  name;
    dl_language  l;
    dl_name_word *w;
    uint8_t      *right, *seen;      /* class of each token: gold; as read by a tagger that did not know the document */
    uint32_t     file, fold;
    bool         no_misc;            /* marks no names of type MISC: what is outside of names may be one */
    bool         copy;
} paper;
typedef DL_VEC(paper) papers;

typedef struct {
    dl_arena *a, *scratch;
    const dl_model *model;
    dl_codebook *book;
    dl_gazetteer *gazetteer;
    dl_weights tags;
    dl_name_weights g;
    papers train, dev;
} study;

bool read_papers(study *, papers *to, const char *path, uint32_t file);      /* TOKEN, native tag, BIO tag; "# doc" lines part documents, without any a sentence is one; .xz is unpacked */
void add_capitals(study *, papers *, uint32_t percent);                      /* some documents again as old wires print them */
void read_paper(study *, paper *);                                           /* as the program reads it; fills l, w, right */

enum { CLASSES = DL_NAME_CLASSES };
typedef struct { float w[CLASSES], g[CLASSES]; } cell;
typedef struct { const paper *p; uint32_t b, e, sent; uint32_t at; } run;      /* tokens [b,e); features of token i: index[at ..], see of_token */
typedef struct {
    uint64_t *key; uint32_t *id; size_t mask; uint32_t n;                     /* features that were seen often enough, numbered */
    uint32_t *count;
    cell     *cell;
    float     next[CLASSES][CLASSES], next_g[CLASSES][CLASSES];
    run      *run; uint32_t nrun;
    uint32_t *index, nindex, *first;                                           /* features of the k-th word of all runs: index[first[k] .. first[k + 1]) */
} field;

void field_open(field *, const papers *, uint32_t folds, uint32_t leave, uint32_t often, const field *only);      /* of all documents but a fold's (folds 0: of all); only: no other features than these (NULL: all) */
void field_close(field *);
void field_learn(field *, uint32_t rounds, uint64_t seed, const char *what);
void field_rows(const field *, row_learner *);                               /* as integers, in a learner that rows_table takes: classes less one, outside being 0 */
uint8_t *field_next(const field *);                                          /* malloc; name.next */
field field_kept(const field *, uint32_t buckets);                           /* the features that a table of so many buckets would keep, without weights */

#endif
