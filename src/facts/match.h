/* match.h - a word's arguments read off the tree, and how well a frame of the codebook fits them (match.c); readings of words (readings.c). */
#ifndef DL_FACTS_MATCH_H
#define DL_FACTS_MATCH_H
#include "facts/tree.h"

typedef struct { uint32_t head; uint8_t by; bool clause, inner; dl_str prep; } dl_arg;     /* by: dl_by; inner: hangs on the object, not on the word itself */
enum { DL_ARGS_MAX = 28, DL_FILL_MAX = 10 };
typedef struct { dl_arg v[DL_ARGS_MAX]; uint32_t n; bool passive; } dl_args;

typedef struct { uint8_t role, fit; bool clause; uint32_t head; uint8_t by; } dl_fill;             /* fit: 2 class agrees, 1 class unknown */
typedef struct { dl_fill v[DL_FILL_MAX]; uint32_t n; int score; const dl_frame *frame; } dl_match;

/* One word read in one sense. */
struct dl_reading {
    uint32_t head, tb, te;             /* tokens: the word in the tree; the phrase */
    uint32_t sense;
    uint8_t  pos;                      /* dl_pos */
    bool     negated;                  /* filled by status.c */
    uint32_t event;                    /* the event made of it, DL_NONE (pure operators) */
    dl_match m;
};

bool dl_tag_fits(const dl_ask *, uint32_t tok, const dl_posting *, uint32_t b, uint32_t e);
void dl_gather(const dl_ask *, uint32_t head, uint32_t tb, uint32_t te, dl_pos pos, dl_args *out);
/* False: the frame does not fit (a required role missing, a class that disagrees). */
bool dl_fit_frame(const dl_ask *, const dl_frame *, const dl_args *, dl_match *out);
/* The frame of an entry that gives none for this kind of word. */
bool dl_fit_default(const dl_ask *, const dl_sense *, dl_pos pos, const dl_args *, dl_match *out);
bool dl_excluded(const dl_ask *, const dl_sense *, uint32_t tb, uint32_t te, const dl_args *, const dl_match *);
bool dl_eventlike(const dl_ask *, uint32_t tok);                      /* some sense or operator may stand there */
uint32_t dl_filler(const dl_match *, dl_role);                        /* token or DL_NONE */
dl_classes dl_token_classes(const dl_ask *, uint32_t tok);            /* of what it stands for: its own words, else its entity's */
bool dl_may_control_noun(const dl_sense *);                            /* does who plans, carries out or calls off something also do it? */
bool dl_topic_on(const dl_ask *, uint32_t sentence, uint32_t topic);

void dl_read_words(dl_ask *);                                         /* readings.c: fills facts.readings */

#endif
