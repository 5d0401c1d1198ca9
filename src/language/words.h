/* words.h - a sentence as the linear models see it: for each token the hashed atoms that features are made of.
 * Made once a sentence, read by the tagger, the parser and the labeller; 64 bytes a word, one cache line. */
#ifndef DL_LANGUAGE_WORDS_H
#define DL_LANGUAGE_WORDS_H
#include "language/language.h"
#include "language/weights.h"

#define DL_SENT_MAX 400              /* tokens; longer sentences are cut */
#define DL_PAD 3                     /* empty words before and behind a sentence, so that features need no bounds */

typedef struct {
    uint32_t word;                   /* hash of `low` */
    uint32_t tag;                    /* atom of the joint tag, once tagged */
    uint32_t suf1, suf2, suf3, suf4; /* last bytes of `low` */
    uint32_t pre1, pre2, pre3;       /* first bytes of `low` */
    uint32_t shape;                  /* capitals, digits and the like, seen in the light of the sentence's case */
    uint32_t dict;                   /* atom of the set of tags known for the word */
    uint32_t lex;                    /* word if often seen, else its shape and end: for pairs of words */
    uint16_t cls;                    /* joint tag */
    uint16_t sure;                   /* joint tag that this word always has, or DL_NO_TAG */
    uint8_t  upos, comma, verb, and_;/* counted when tagged: is it a comma, a verb, a conjunction */
    uint8_t  closed;                 /* has been seen in a closed class */
    uint8_t  spare[7];
} dl_word;

#define DL_NO_TAG 0xffff

/* How a sentence uses capitals: in headlines and shouting they mean nothing. */
typedef enum { DL_CASE_PLAIN, DL_CASE_SHOUT, DL_CASE_TITLE, DL_CASE_NONE } dl_case;
dl_case dl_case_of(const dl_token *t, uint32_t n);

/* Fills w[0 .. n) and the pads around it (w points DL_PAD words into its array). */
void dl_words_fill(const dl_weights *, const dl_token *t, uint32_t n, dl_word *w);

/* Gives a word its tag. */
void dl_word_tag(const dl_weights *, dl_word *, uint16_t cls);

static inline uint32_t dl_atom(uint32_t x) { return (x + 1) * 0x9e3779b1u; }
uint32_t dl_word_hash(dl_str low);

/* ---- features and decoders of the models; training uses the same code ------------------------------------------------------ */

#define DL_TAG_FEATURES 48
uint32_t dl_tag_features(const dl_word *w, uint64_t *f);                  /* of *w, its tags to the left known */
void     dl_tag(const dl_weights *, dl_word *w, uint32_t n);

/* Trees under construction number words from 1; 0 is nothing, n + 1 the root behind the sentence (Ballesteros & Nivre 2013). */
typedef struct {
    const dl_word *w;                /* w[1] is the first word, w[0] a pad */
    uint32_t n, b, top;              /* b: next word of the buffer; top: number of words on the stack */
    uint16_t stack[DL_SENT_MAX + 4]; /* stack[0..2] are pads; the top is stack[top + 2] */
    uint16_t head[DL_SENT_MAX + 4];
    struct { uint16_t l1, l2, r1, r2, nl, nr; } kid[DL_SENT_MAX + 4];     /* outermost children so far and how many, on each side */
    uint16_t commas[DL_SENT_MAX + 4], verbs[DL_SENT_MAX + 4], ands[DL_SENT_MAX + 4];   /* running counts */
} dl_parse_state;

typedef enum { DL_SHIFT, DL_LEFT, DL_RIGHT, DL_ASK } dl_action;
#define DL_PARSE_FEATURES 112
void     dl_parse_start(dl_parse_state *, const dl_word *first, uint32_t n);
bool     dl_parse_done(const dl_parse_state *);
unsigned dl_parse_legal(const dl_parse_state *);                          /* bit a: action a may be taken */
void     dl_parse_do(dl_parse_state *, dl_action);
uint64_t dl_parse_key(const dl_parse_state *);                            /* the four tags that decide the plain cases */
dl_action dl_parse_plain(const dl_weights *, const dl_parse_state *, unsigned legal);   /* the only action that such tags ever call for, or DL_ASK */
uint32_t dl_parse_features(const dl_parse_state *, uint64_t *f);
void     dl_parse(const dl_weights *, const dl_word *w, uint32_t n, dl_parse_state *);   /* head[1..n] are set; n + 1 is the root */

/* A finished tree, visited from the root down, children from left to right. */
typedef struct {
    const dl_word *w;                /* w[1] is the first word */
    uint32_t n;
    const uint16_t *head;            /* as in dl_parse_state */
    uint8_t  rel[DL_SENT_MAX + 4];
    uint16_t order[DL_SENT_MAX + 4], norder;
    uint16_t first[DL_SENT_MAX + 6], kid[DL_SENT_MAX + 4];                /* children of h: kid[first[h] .. first[h + 1]) */
    uint16_t seen[DL_SENT_MAX + 4];  /* what core relations h's children already have */
    uint16_t before[DL_SENT_MAX + 4], behind[DL_SENT_MAX + 4];            /* neighbouring children of the same head, 0: none */
    uint16_t link[DL_SENT_MAX + 4], aux[DL_SENT_MAX + 4];                 /* first preposition, conjunction or the like under a word; its last auxiliary */
    uint16_t commas[DL_SENT_MAX + 4];
} dl_label_state;
#define DL_REL_FEATURES 64
void     dl_label_start(dl_label_state *, const dl_word *first, uint32_t n, const uint16_t *head);
uint32_t dl_label_features(const dl_label_state *, uint32_t d, uint64_t *f);
uint64_t dl_label_key(const dl_label_state *, uint32_t d);                             /* what decides the plain cases */
uint8_t  dl_label_sure(const dl_weights *, const dl_label_state *, uint32_t d);        /* 0: ask the model */
void     dl_label_set(dl_label_state *, uint32_t d, uint8_t rel);
void     dl_label(const dl_weights *, dl_label_state *);

/* Sentence ends. A candidate is a token after which a sentence may end. */
#define DL_END_FEATURES 40
typedef struct { const dl_token *t; uint32_t n, start; const uint8_t *open; uint32_t mode; } dl_end_state;   /* t[start]: first token of the sentence under way */
bool     dl_end_candidate(const dl_end_state *, uint32_t i);
uint32_t dl_end_features(const dl_end_state *, uint32_t i, uint64_t *f);
void     dl_end_prepare(dl_end_state *, const dl_token *t, uint32_t n, uint8_t *open);    /* open: n bytes of room: what quotes and brackets are open behind each token */
/* Cuts t[0..n) (one block): end[k] is the index behind the k-th sentence. Returns their number. */
uint32_t dl_cut_sentences(const dl_weights *, const dl_token *t, uint32_t n, uint8_t *open, uint32_t *end);

/* Tokens of one block, appended to *out. */
typedef DL_VEC(dl_span) dl_spans;
void     dl_cut_tokens(dl_arena *, dl_str text, dl_span block, dl_spans *out);
/* Everything about a token that follows from its bytes alone. */
void     dl_token_fill(dl_arena *, dl_str text, dl_span at, uint32_t behind, dl_token *);   /* behind: end of the token before, or the block's start + 1 for the first */

/* Lemma of a word with a tag, in `a` or a slice of low. */
dl_str   dl_lemma(const dl_weights *, dl_arena *a, dl_str low, uint16_t cls);
#define DL_LEMMA_SUFFIX 6             /* longest ending looked at; one more stands for the whole word */
uint64_t dl_lemma_feature(dl_str low, uint32_t ending, uint16_t cls);

#endif
