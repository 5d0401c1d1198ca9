/* tree.h - small questions asked of a tree by every file of this stage. Tokens are document-wide indexes; DL_NONE is no token. */
#ifndef DL_FACTS_TREE_H
#define DL_FACTS_TREE_H
#include "facts/facts.h"

/* for (each child k of token i): children come in order of the text */
#define DL_EACH_CHILD(L, i, k) for (uint32_t k##_at = (L)->child_first[i], k = 0; k##_at < (L)->child_first[(i) + 1] && (k = (L)->child[k##_at], true); k##_at++)

static inline bool dl_is_root(const dl_language *L, uint32_t i) { return L->tok[i].head == i; }
static inline bool dl_rel_is(const dl_language *L, uint32_t i, dl_rel r) { return L->tok[i].rel == r; }
static inline bool dl_is_subject(uint8_t rel) { return rel == DL_R_nsubj || rel == DL_R_nsubj_pass || rel == DL_R_csubj || rel == DL_R_csubj_pass || rel == DL_R_nsubj_outer; }
static inline bool dl_is_noun(const dl_token *t) { return t->upos == DL_NOUN || t->upos == DL_PROPN; }
static inline bool dl_is_verb(const dl_token *t) { return t->upos == DL_VERB || t->upos == DL_AUX; }
static inline bool dl_is_oblique(uint8_t rel) { return rel == DL_R_obl || rel == DL_R_obl_agent || rel == DL_R_obl_unmarked || rel == DL_R_nmod || rel == DL_R_nmod_unmarked || rel == DL_R_nmod_desc; }
static inline bool dl_is_clause(uint8_t rel) { return rel == DL_R_ccomp || rel == DL_R_xcomp || rel == DL_R_advcl || rel == DL_R_acl || rel == DL_R_acl_relcl || rel == DL_R_advcl_relcl || rel == DL_R_csubj || rel == DL_R_csubj_pass; }

uint32_t dl_child_by(const dl_language *, uint32_t i, dl_rel);                 /* first child with that relation */
bool     dl_has_child_word(const dl_language *, uint32_t i, dl_rel, const char *low);
uint32_t dl_adposition(const dl_language *, uint32_t i);                          /* its first `case` (or `mark`) child: the preposition */
dl_str   dl_prep_of(const dl_ask *, uint32_t i);                               /* the preposition's words, folded and joined ("according to"); empty for none */
bool     dl_below(const dl_language *, uint32_t i, uint32_t top);              /* i is top or somewhere below it */
bool     dl_passive(const dl_language *, uint32_t verb);                       /* passive voice, reduced participles included */
uint32_t dl_subject_of(const dl_language *, uint32_t verb, bool *as_object);   /* who does it, also where the word stands elsewhere (conjuncts, participles, relative and infinitive clauses). *as_object: what was found is the deep object */
bool     dl_definite(const dl_language *, uint32_t noun);                       /* the, this, that, these, those */
bool     dl_relative_word(const dl_token *);                                   /* who which that whom */
uint32_t dl_antecedent(const dl_language *, uint32_t i);                       /* of a relative word inside a relative clause, else i itself */

/* The words of a noun phrase around its head: from its leftmost modifier to the head (and name parts and "of ..." behind it); no relative clause, no apposition. Token range. */
void     dl_phrase_of(const dl_language *, uint32_t head, bool with_of, uint32_t *b, uint32_t *e);
dl_span  dl_tokens_span(const dl_language *, uint32_t b, uint32_t e);

#endif
