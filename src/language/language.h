/* language.h - what flows out of the language stage: sentences of tokens, each with its tag, lemma and place in a tree.
 *
 * Trees are Universal Dependencies (v2): every token has a head in the same sentence, the root's head is itself. The facts stage
 * sees nothing else, so a better parser changes no rule. A token is one syntactic word: "don't" is two tokens ("do", "n't"), "Belgium's" too.
 */
#ifndef DL_LANGUAGE_H
#define DL_LANGUAGE_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "dateline.h"

typedef enum { DL_X, DL_ADJ, DL_ADP, DL_ADV, DL_AUX, DL_CCONJ, DL_DET, DL_INTJ, DL_NOUN, DL_NUM, DL_PART, DL_PRON, DL_PROPN, DL_PUNCT, DL_SCONJ, DL_SYM, DL_VERB, DL_UPOS_N } dl_upos;

/* Penn Treebank tag: what tells "raided" (past) from "raided" (participle). */
typedef enum { DL_XX, DL_CC, DL_CD, DL_DT, DL_EX, DL_FW, DL_IN, DL_JJ, DL_JJR, DL_JJS, DL_LS, DL_MD, DL_NN, DL_NNS, DL_NNP, DL_NNPS, DL_PDT, DL_POS, DL_PRP, DL_PRPS,
               DL_RB, DL_RBR, DL_RBS, DL_RP, DL_SYMX, DL_TO, DL_UH, DL_VB, DL_VBD, DL_VBG, DL_VBN, DL_VBP, DL_VBZ, DL_WDT, DL_WP, DL_WPS, DL_WRB, DL_PUNCTX, DL_XPOS_N } dl_xpos;

#define DL_RELS(X) \
    X(root,"root") X(nsubj,"nsubj") X(nsubj_pass,"nsubj:pass") X(nsubj_outer,"nsubj:outer") X(csubj,"csubj") X(csubj_pass,"csubj:pass") X(obj,"obj") X(iobj,"iobj") \
    X(obl,"obl") X(obl_agent,"obl:agent") X(obl_unmarked,"obl:unmarked") X(ccomp,"ccomp") X(xcomp,"xcomp") X(advcl,"advcl") X(advcl_relcl,"advcl:relcl") X(acl,"acl") X(acl_relcl,"acl:relcl") \
    X(advmod,"advmod") X(advmod_emph,"advmod:emph") X(amod,"amod") X(nmod,"nmod") X(nmod_poss,"nmod:poss") X(nmod_desc,"nmod:desc") X(nmod_unmarked,"nmod:unmarked") X(appos,"appos") X(nummod,"nummod") \
    X(compound,"compound") X(compound_prt,"compound:prt") X(flat,"flat") X(flat_foreign,"flat:foreign") X(fixed,"fixed") X(goeswith,"goeswith") X(det,"det") X(det_predet,"det:predet") X(case_,"case") \
    X(mark,"mark") X(aux,"aux") X(aux_pass,"aux:pass") X(cop,"cop") X(expl,"expl") X(conj,"conj") X(cc,"cc") X(cc_preconj,"cc:preconj") X(parataxis,"parataxis") X(list,"list") X(discourse,"discourse") \
    X(vocative,"vocative") X(dislocated,"dislocated") X(orphan,"orphan") X(reparandum,"reparandum") X(punct,"punct") X(dep,"dep")
typedef enum {
#define X(id, name) DL_R_##id,
    DL_RELS(X)
#undef X
    DL_REL_N
} dl_rel;

typedef struct {
    dl_span  at;              /* bytes of report.text */
    dl_str   text;            /* those bytes */
    dl_str   low;             /* dl_lowered(text), apostrophes straight: what dictionaries are asked for */
    dl_str   lemma;           /* lower case, but for proper nouns' own spelling lowered too */
    uint32_t low_id;          /* interned `low` of this document, from 1 */
    uint32_t head;            /* token index in the document; the root points at itself */
    uint32_t sent;            /* sentence index */
    uint8_t  upos, xpos, rel;
    uint8_t  space_before : 1, capital : 1, allcaps : 1, sentence_first : 1;
} dl_token;

typedef struct { uint32_t first, end; dl_span at; uint32_t root; uint32_t part; bool shout; } dl_sentence;  /* tokens [first,end); shout: (nearly) all in capitals */

typedef enum { DL_NAME_NONE, DL_NAME_PER, DL_NAME_ORG, DL_NAME_LOC, DL_NAME_MISC, DL_NAME_TYPES } dl_name_type;      /* MISC: nationalities, events, works and the like */
typedef struct { uint32_t tb, te; uint8_t type; } dl_name;                                                         /* tokens [tb,te) */

typedef struct {
    dl_token    *tok;  uint32_t ntok;
    dl_sentence *sent; uint32_t nsent;
    uint32_t    *child_first;          /* ntok + 1 entries: children of i are child[child_first[i] .. child_first[i+1]), in order */
    uint32_t    *child;
    dl_intern    words;
    dl_name     *name; uint32_t nname;  /* in order; none before dl_read_names */
    uint32_t    *name_of;              /* for each token: the name it is part of, UINT32_MAX; NULL before dl_read_names */
    const struct dl_coref *coref;      /* which phrases stand for the same one (coref.h); NULL: not read */
} dl_language;

/* Does the model hold what this stage needs? (dl_read_language with one that does not gives flat trees.) */
bool dl_language_check(const dl_model *, dl_error *);

/* Reads the blocks (spans of `text`, in order, each a paragraph or title: sentences never cross them) and fills *out, all from `doc`; `scratch` is reset on return.
 * part[i] is stored as sentence.part. Total: any bytes give tokens and trees; sentences are cut at 400 tokens; time grows linearly with length. */
void dl_read_language(const dl_model *, dl_arena *doc, dl_arena *scratch, dl_str text, const dl_span *block, const uint32_t *part, uint32_t nblock, dl_language *out);

const char *dl_rel_name(dl_rel);
const char *dl_upos_name(dl_upos);
const char *dl_xpos_name(dl_xpos);

/* The sentences as CoNLL-U, each as `id`-1, `id`-2 ... `text` is what was read, or a text of the same length whose spelling is to stand in the FORM column. No sentence: nothing. */
void dl_conllu(const dl_language *, dl_str text, dl_str id, dl_buf *out);

/* The smallest and largest token below i (i included), as a token range [b, e]: trees may be non-projective, then the range holds strangers. */
void dl_subtree(const dl_language *, uint32_t i, uint32_t *b, uint32_t *e);

#endif
