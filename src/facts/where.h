/* where.h - names of places as they are told, and who bears them (where.c finds the names, where_choose.c the bearer meant). */
#ifndef DL_FACTS_WHERE_H
#define DL_FACTS_WHERE_H
#include "facts/facts.h"
#include "language/names.h"

typedef struct {
    const dl_spot *is;
    uint16_t form;                     /* DL_F_AKA, DL_F_ADJECTIVE, DL_F_PEOPLE: how the name belongs to it */
    bool     brief;                    /* a division's name without its word of kind */
    uint32_t land, region;             /* numbers of its country and first-level division in this report, 0: none */
    int32_t  prior, score;
    uint32_t belief;                   /* of 1024 */
} dl_bearer;

typedef struct {                       /* one name, however often it is told: one sense a report */
    dl_str   key;                      /* folded */
    uint32_t first, n;                 /* its bearers */
    uint32_t best;                     /* index of bearers, DL_NONE */
    uint32_t told[6], ntold;           /* where it is told: the first few of `told`; evidence is looked for there */
    uint32_t likely[8], nlikely;       /* bearers that are believed at all */
    int32_t  margin;                   /* of the best over the next; INT32_MAX: no other */
    bool     report;                   /* it stands in the report's own dateline */
    bool     guess;                    /* nobody is called so, but somebody would be if a letter beyond ASCII had been lost ("Mnchen") */
    const char *why;
} dl_called;

typedef struct { dl_span at; uint32_t tb, te; uint32_t called; } dl_told;      /* called: DL_NONE, nobody bears the name */

typedef struct {
    dl_ask  *q;
    DL_VEC(dl_told)   told;            /* in order of the text */
    DL_VEC(dl_called) called;
    DL_VEC(dl_bearer) bearers;
    dl_intern keys, spots, lands, regions;
    DL_VEC(dl_spot *) spot;            /* by number of spots */
    DL_VEC(uint32_t)  by_key;          /* by number of keys: called + 1 */
    uint32_t *land_mass, *region_mass, mass;
} dl_map;

/* The number of a name among `called`, with all its bearers; DL_NONE: nobody is called so. Variants are tried where nobody bears the name itself. */
uint32_t dl_call(dl_map *, dl_str name);
/* Does a gazetteer have a name that this is when its letters beyond ASCII are left out? It is asked of names that are not known otherwise. aka: other names than the first, whose writing is not known, are enough. */
bool     dl_lost_letters(const dl_ask *, dl_str name, bool aka);
void     dl_tell(dl_map *, dl_span at, uint32_t tb, uint32_t te, uint32_t called);      /* in order of the text */
void     dl_choose(dl_map *);          /* fills best, margin, why */
/* The longest name of a gazetteer that begins at token i, as the token behind it; 0: none. A name begins and ends with a capital. *size (may be NULL): of its largest bearer, 8 log2(people). */
uint32_t dl_gazetteer_name(const dl_ask *, uint32_t i, uint8_t *size);
bool     dl_lies_in(const dl_spot *inner, const dl_spot *outer);
uint32_t dl_apart(const dl_spot *a, const dl_spot *b);       /* kilometres, near enough; UINT32_MAX: a point is not known */

/* What is told the name tagger of each token; needs hits. hint: ntok of them, zeros. */
void dl_hints(dl_ask *, dl_hint *hint);

#endif
