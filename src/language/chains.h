/* chains.h - inside of coref.c: mentions as the linear model sees them, its features, its candidates. Training uses the same code. */
#ifndef DL_LANGUAGE_CHAINS_H
#define DL_LANGUAGE_CHAINS_H
#include "language/coref.h"
#include "language/weights.h"

#define DL_NO_MENTION UINT32_MAX
#define DL_CHAIN_FEATURES 64
#define DL_CHAIN_CANDIDATES 48

/* What is looked at again and again, made once a mention. */
typedef struct {
    uint32_t head, lemma, first, before, behind, governor, preposition, phrase;      /* hashes of words; phrase: of the whole, without an article */
    uint32_t sort;                   /* of pronouns which one; of nouns how they are determined */
    uint32_t rough;                  /* the same, fewer of them */
    uint32_t rel, verb;              /* relation to the governor; token of the verb it is an argument of */
    uint32_t sent, part, quote;      /* quote: 0 outside, else number of the quotation */
    uint32_t names, ncore, nname;    /* its words of a name, or its head alone: state.word[names .. names + nname), the first ncore are the name itself */
    uint32_t last;                   /* the last of those */
    uint32_t relative;               /* hash of the relative pronoun behind it; 1: a clause without one, 0: none */
    uint32_t mods, nmod;             /* its adjectives, numbers and the like: state.mod[mods ..) */
    uint32_t owner;                  /* the noun that it stands in apposition to or is the predicate of, or which it is a part of: token, or UINT32_MAX */
    uint8_t  tie;                    /* 0 none, 1 apposition, 2 predicate */
    uint32_t seen, same;             /* mentions before with the same head; with the same words */
    uint32_t expects;                /* of "it": what hangs on its verb */
    uint16_t classes[3];             /* of its head: dl_classes_of */
    uint16_t governs;                /* middle class of the governor */
} dl_noted;

#define DL_CHAIN_NAMES 4
typedef struct { uint32_t size, last, name[DL_CHAIN_NAMES]; uint8_t names, genders, numbers, type, tags; } dl_chain;      /* genders, numbers, tags (types of names by the tagger): sets of bits; name: mentions by which it is named, different ones */

typedef struct { uint32_t by, verb; } dl_spoken;             /* who may have said it: a mention outside, subject of the verb nearest to it (hash of its lemma), or DL_NO_MENTION */

typedef struct { uint32_t mention, before; } dl_posted;      /* where a word stood: a list from the last one back */

typedef struct {
    const dl_codebook *book;
    const dl_clusters *clusters;
    const dl_language *lang;
    dl_refers         *m;
    uint32_t           n;
    dl_noted          *noted;
    dl_chain          *chain;        /* by the chain's first mention */
    const uint32_t    *of_head;      /* for each token: the mention whose head it is */
    DL_VEC(uint32_t)   word;
    DL_VEC(uint32_t)   mod;
    DL_VEC(dl_posted)  posted;
    uint32_t          *last_of;      /* by low_id: 1 + index into posted */
    uint32_t           last_person[4], *before_person;      /* the last pronoun of first and second person, and for each the one before */
    dl_arena          *scratch;
    uint32_t          *quote_of;     /* for each token */
    dl_spoken         *spoken;       /* for each quotation, from 1 */
    uint16_t          *kind_of;      /* by low_id: 1 + what the codebook says of a word, 0: not asked yet */
} dl_chains;

/* Everything is taken from scratch, which stays as it is until the caller resets it. */
void     dl_chains_open(dl_chains *, const dl_clusters *, const dl_codebook *, dl_arena *scratch, const dl_language *, dl_coref *);
/* Mentions that mention m may be linked to, at most DL_CHAIN_CANDIDATES, nearest first within each way of finding them. */
uint32_t dl_chain_candidates(const dl_chains *, uint32_t m, uint32_t *out);
bool     dl_chain_refers_back(const dl_chains *, uint32_t m);             /* "the", "this", "his": may stand for one near by without a word in common */
bool     dl_chain_tied(const dl_chains *, uint32_t m, uint32_t a);        /* apposition, predicate, acronym */
uint32_t dl_chain_new_features(const dl_chains *, uint32_t m, uint64_t *f);
uint32_t dl_chain_pair_features(const dl_chains *, uint32_t m, uint32_t a, uint32_t rank, uint64_t *f);
/* m joins the chain of a, or starts one (DL_NO_MENTION); then later mentions can find it. Called for each mention in order. */
void     dl_chain_link(dl_chains *, uint32_t m, uint32_t a);

#define DL_TYPE_FEATURES 40
uint32_t dl_type_features(const dl_chains *, uint32_t m, uint64_t *f);

uint32_t dl_chain_tagged(const dl_chains *, uint32_t m);                  /* dl_name_type of the name that the tagger found around its head */
void     dl_chain_look(dl_chains *, uint32_t m);         /* before its candidates are asked for: what was there before it */

/* One weight a feature: buckets as of the dictionary, the value a signed weight. */
typedef struct { const uint64_t *bucket; uint32_t shift; } dl_linear;
static inline int32_t dl_linear_score(const dl_linear *t, const uint64_t *f, uint32_t n)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t b = t->bucket[dl_bucket(f[i], t->shift)];
        uint32_t mark = dl_mark16(f[i]), lo = (uint32_t)b, hi = (uint32_t)(b >> 32);
        uint32_t e = (lo & (0u - (lo >> 16 == mark))) | (hi & (0u - (hi >> 16 == mark)));
        sum += (int16_t)(uint16_t)e;
    }
    return sum;
}

typedef struct { dl_linear link; dl_rows type; dl_clusters clusters; } dl_chain_weights;
bool dl_chain_weights_of(const dl_model *, dl_chain_weights *);      /* false: the model holds none */
void dl_chain_mentions(const dl_chain_weights *, const dl_codebook *, dl_arena *scratch, const dl_language *, dl_coref *);
void dl_chain_guess_types(const dl_rows *, const dl_chains *);

#endif
