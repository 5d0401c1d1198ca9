/* names.h - names of persons, bodies, places and other things: what the name tagger sees of each word, and its decoder. Training uses the same code.
 *
 * A linear model over hashed features gives each word a score for each of 17 classes (outside; begin, inside, last, only of four types: Ratinov and Roth 2009), Viterbi finds the best
 * row of them. A document is read twice: the second time each word is told what the first found for the same word elsewhere (Krishnan and Manning 2006).
 */
#ifndef DL_LANGUAGE_NAMES_H
#define DL_LANGUAGE_NAMES_H
#include "language/weights.h"
#include "language/words.h"

/* What dictionaries tell of a word, from the stage that can ask them (facts/hints.c); zeros: nothing. A name of several words tells it of each. */
typedef struct {
    uint8_t place;                   /* dl_hint_place, + 16 behind the first word of the name */
    uint8_t actor;                   /* kind of a known actor + 1, + 16 behind its first word */
    uint8_t noun;                    /* kind of the class that the word's noun is of + 1, + 16 for an office */
    uint8_t list;                    /* what list of small words it is in, + 1 */
} dl_hint;
typedef enum { DL_HINT_NOWHERE, DL_HINT_COUNTRY, DL_HINT_REGION, DL_HINT_CITY, DL_HINT_MACRO, DL_HINT_ADJECTIVE, DL_HINT_PEOPLE, DL_HINT_LARGE, DL_HINT_SMALL, DL_HINT_TINY } dl_hint_place;

/* Finds the names of a document that was read (dl_read_language) and fills l->name, from `doc`. hint: one for each token, NULL: none. A model without `name.*` finds none. */
void dl_read_names(const dl_model *, dl_arena *doc, dl_arena *scratch, const dl_hint *hint, dl_language *l);

/* ---- what training shares -------------------------------------------------------------------------------------------------- */

/* What the model sees of a word. */
typedef struct {
    uint32_t word, lex;              /* hash of the word; the same, or its ending and shape where it is rare */
    uint32_t suf2, suf3, suf4, pre2, pre3, pre4;
    uint32_t shape, form;            /* in the light of the sentence's case; letters by kind, runs shortened: "Xx.X" */
    uint16_t tag, rel;
    uint16_t cluster[3];             /* of 1024, 256 and 64; 0: unknown word */
    dl_hint  hint;
    uint8_t  live;                   /* may be part of a name */
    uint8_t  small;                  /* is found in small letters elsewhere in the document */
    uint8_t  memory[2];              /* what the first reading found for the word elsewhere: most often, next; see dl_name_memory; 0: not read yet or not found */
    uint32_t head;                   /* word of the head in the tree, where that is no part of the same run of capitals */
} dl_name_word;

#define DL_NAME_FEATURES 112
#define DL_NAME_CLASSES 17
enum { DL_NAME_B, DL_NAME_I, DL_NAME_L, DL_NAME_U };
static inline uint32_t dl_name_class(dl_name_type t, uint32_t part) { return t ? 1 + 4 * (t - 1) + part : 0; }

typedef struct {
    dl_rows        score;            /* nscore 0 of buckets: no names are found */
    const uint8_t *next;             /* [18][17] signed: what a class behind another is worth; row 17: at the start of a sentence */
    dl_clusters    clusters;
} dl_name_weights;
bool dl_name_weights_of(const dl_model *, dl_name_weights *);

/* The words of a document; `w` holds ntok of them behind DL_PAD pads (and as many behind). */
void     dl_name_words(const dl_name_weights *, const dl_language *, const dl_hint *, dl_arena *scratch, dl_name_word *w);
uint32_t dl_name_features(const dl_name_word *w, uint32_t i, uint32_t first, uint32_t end, uint64_t *f);     /* of word i of the sentence [first, end) */
typedef struct { int16_t score[DL_NAME_CLASSES - 1]; bool known; } dl_name_scores;      /* of a word, without what the document remembers: worked out once */
void     dl_name_decode(const dl_name_weights *, const dl_name_word *w, uint32_t first, uint32_t end, dl_name_scores *own, uint8_t *cls);     /* own: as many as words, zeros at first */
bool     dl_name_may_follow(uint32_t before, uint32_t cls);             /* classes; before DL_NAME_CLASSES: at the start; cls DL_NAME_CLASSES: at the end */
/* Tells each word what cls says of the same word elsewhere in the document. */
void     dl_name_remember(const dl_language *, const uint8_t *cls, dl_arena *scratch, dl_name_word *w);

#endif
