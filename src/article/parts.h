/* parts.h - shared by the files of this folder.
 *
 *   parts.c        text -> lines -> units (a paragraph, or a line that stands for itself) -> parts
 *   story.c        of a page: which of its blocks are the story (story.h)
 *   noise.c        is this unit furniture, promotion, a caption, a link to another story ... : by the codebook's lists and by shape
 *   byline.c       who wrote it; the report's own dateline; times of day on a line of their own
 *   language_id.c  which language
 */
#ifndef DL_PARTS_H
#define DL_PARTS_H
#include "article/article.h"
#include "article/languages.h"

/* The words of a unit as the codebook knows them: folded, one blank between. Only the beginning (and the end, for tails) of long units is ever asked for. */
struct dl_list_hit { uint16_t word; uint8_t len, list; dl_ref value; };

typedef struct {
    dl_str    key;                 /* folded text, punctuation gone: what twins are compared by */
    dl_span  *word; uint32_t n;    /* words of key */
    struct dl_list_hit *hit; uint32_t nhit;      /* phrases of the codebook's lists in it, by first word */
    bool      whole;               /* key holds all of the unit */
} dl_words;

typedef struct {
    dl_span   core;                /* without white space at the ends */
    dl_words  w;
    uint64_t  hash;                /* of all folded words: equal for twins */
    uint32_t  nword;               /* of all of it */
    uint32_t  letters, capitals, digits;
    uint8_t   script;              /* that of most letters */
    bool      stop;                /* ends with a full stop, question or exclamation mark, colon or semicolon (closing quotation marks and brackets aside) */
    bool      tight;               /* no blank line before it */
    uint32_t  block;               /* of a page: the one it lies in, from 1; 0: no page */
    uint8_t   kind; bool coded;
    char      language[8];         /* "" : nothing tells */
    uint32_t  odds;                /* how far its language is ahead of the next likely */
    dl_str    why;
} dl_unit_line;

typedef struct {
    const dl_codebook *book;
    dl_arena *doc, *scratch;
    dl_article *art;
    dl_unit_line *u; uint32_t n;
    dl_languages languages;
    uint8_t script;                /* that of the document's language */
    bool    codes;                 /* its language is one that is coded */
    dl_str  site;                  /* as packs of sites call it; "" where no pack is asked */
} dl_page;

/* ---- tongues.c ---- */
bool   dl_page_outside(const dl_page *, const dl_unit_line *);     /* of a page: a unit outside its story */
void   dl_page_languages(dl_page *);                               /* fills the units' languages, the document's, script, codes */
bool   dl_page_foreign(const dl_page *, dl_unit_line *);           /* clearly in another language than the document: kind, coded (English is), why */

/* ---- noise.c ---- */
dl_str dl_line_words(dl_arena *, dl_str line);                     /* folded, punctuation gone, one blank between */
void   dl_page_words(dl_page *, dl_unit_line *);                   /* fills w, hash, nword, letters ... */
/* Value of the list's phrase that begins at word i of w ("" none); *len = its words. */
dl_str dl_words_list(const dl_page *, const dl_words *w, uint32_t i, dl_list, uint32_t *len);
/* Names what is no report text: kind, coded, why. False: nothing to say. */
bool   dl_page_noise(const dl_page *, dl_unit_line *);
/* Where a tail like "(Reporting by A; Editing by B)" begins inside the unit, or core.e. */
uint32_t dl_page_tail(const dl_page *, const dl_unit_line *);

/* ---- byline.c ---- */
bool   dl_page_byline(const dl_page *, dl_unit_line *);            /* also fills art->byline */
bool   dl_page_clock(const dl_page *, const dl_unit_line *);       /* nothing but days and times of day */
/* End of the dateline that begins the unit (behind its dash), 0 if there is none; fills art->dateline. */
uint32_t dl_page_dateline(const dl_page *, const dl_unit_line *);

/* ---- language_id.c ---- */
enum { DL_ODDS_MOST = 10000 };
typedef struct { dl_str code; uint32_t odds; } dl_guess;           /* odds: how far ahead of the next likely, in hundredths of log odds; most if the script leaves no other */
dl_guess dl_language_of(const dl_languages *, dl_str text, const char *expected);      /* code "": no letters, or a script unknown to the weights; expected: the code of what stands before, NULL for none */
uint32_t dl_language_gap(const dl_languages *, dl_str text, const char *code);   /* by how much the likeliest language is ahead of this one, in the same measure; 0: it is the likeliest */
#endif
