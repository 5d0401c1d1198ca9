/* coref.h - which noun phrases of a report stand for the same one: mentions, and chains of them.
 *
 *   trees --mentions.c--> mentions --coref.c, by the weights "coref.*" of the model--> chains
 *
 * A mention is a noun phrase as a whole ("the mayor of Rome, who resigned"), a name, a pronoun or a possessive ("his"), or several joined by
 * "and". Each is linked to one mention before it, or to none, by a linear model over surface features (Durrett and Klein 2013, "Easy victories
 * and uphill battles in coreference resolution"; Wiseman et al. 2015 for the features of those that start a chain). Integers only.
 */
#ifndef DL_LANGUAGE_COREF_H
#define DL_LANGUAGE_COREF_H
#include "codebook/codebook.h"
#include "language/language.h"
#include "model/model.h"

typedef enum { DL_REFERS_NAME, DL_REFERS_NOUN, DL_REFERS_PRONOUN, DL_REFERS_N } dl_refers_kind;

/* What a phrase stands for, in GUM's classes. */
#define DL_REFERS_TYPES(X) X(none) X(person) X(place) X(organization) X(object) X(event) X(time) X(substance) X(animal) X(plant) X(abstract) X(quantity)
typedef enum {
#define X(id) DL_REFERS_##id,
    DL_REFERS_TYPES(X) DL_REFERS_TYPE_N
#undef X
} dl_refers_type;

typedef struct {
    dl_span  at;
    uint32_t tb, te;                 /* tokens [tb,te) */
    uint32_t head;                   /* token; of several joined, the first one's */
    uint8_t  kind;                   /* dl_refers_kind */
    uint8_t  number;                 /* 0 unknown, 1 one, 2 several */
    uint8_t  gender;                 /* 0 unknown, 'm', 'f', 'n' */
    uint8_t  person;                 /* of pronouns: 1, 2, 3; else 0 */
    bool     joined;                 /* "X and Y" */
    uint8_t  type;                   /* dl_refers_type, by the model's guess; of pronouns none */
    uint32_t chain;                  /* index of the chain's first mention: its own if nothing before it is the same */
    uint32_t before;                 /* index of the chain's mention before it, UINT32_MAX */
} dl_refers;

typedef struct dl_coref {
    dl_refers *v; uint32_t n;        /* by first token, longer ones first */
    uint32_t  *of_head;              /* for each token: the mention whose head it is (not of several joined), UINT32_MAX */
} dl_coref;

/* The noun phrases of all sentences, each a chain of its own; from `doc`. `book` tells what first names and honorifics say of gender; NULL: nothing. */
void dl_find_mentions(const dl_codebook *book, dl_arena *doc, dl_arena *scratch, const dl_language *, dl_coref *out);

/* Finds mentions and chains them: l->coref, from `doc`; NULL when the model has no weights for it. Total; time grows linearly with the number of words. */
void dl_read_coref(const dl_model *, const dl_codebook *book, dl_arena *doc, dl_arena *scratch, dl_language *l);

#endif
