/* report.h - what flows out of intake: a report's text and what is known about it; and what each stretch of the text is, once article has said so.
 *
 * `text` is the decoded report; nothing in it is ever changed or left out. parts tile it: furniture and repeats are named, not deleted.
 */
#ifndef DL_REPORT_H
#define DL_REPORT_H
#include "base/arena.h"
#include "base/civil.h"
#include "dateline.h"

#define DL_PART_KINDS(X) X(title,"title") X(byline,"byline") X(dateline,"dateline") X(lead,"lead") X(body,"body") X(caption,"caption") X(furniture,"furniture") X(promotion,"promotion") X(repeat,"repeat") \
    X(other_language,"other-language") X(empty,"empty")
typedef enum {
#define X(id, name) DL_PART_##id,
    DL_PART_KINDS(X) DL_PART_N
#undef X
} dl_part_kind;

typedef struct {
    dl_span     at;            /* parts tile text: each ends where the next begins; white space behind a stretch belongs to it */
    dl_span     core;          /* the same without white space at the ends: what is shown and coded */
    uint8_t     kind;
    bool        coded;
    char        language[8];   /* BCP 47: "en", "he"; "und" */
    dl_str      why;           /* "" for plain body; "repeat", "caption-repeat", "language:he", "edition:he", "promotion", ... */
} dl_part;

typedef struct { uint32_t tb, te; uint64_t ob, oe; } dl_piece;      /* text [tb,te) came from the original bytes [ob,oe) */

/* Of a page (HTML): the elements that begin a block, and the blocks, in the order of the page. Slices lie in the page as it was read. */
typedef struct { uint32_t parent; uint8_t tag; bool hidden; dl_str names, id, prop; } dl_node;       /* parent: 0 is the page itself; tag: dl_html_tag of intake/html.h; names: class; prop: itemprop or role */
typedef struct {
    dl_span  at;               /* in text */
    uint32_t node;             /* the element it stands in */
    uint32_t link;             /* bytes of it that are links */
    uint8_t  heading;          /* 1 to 6; 0: none */
    bool     time;             /* stands in <time> */
    dl_str   inner;            /* class of the inline element that it begins in */
    int32_t  score;            /* by the main-text choice: above 0 speaks for the story */
    bool     story;
} dl_block;

typedef struct {
    dl_str   id, source, url, title, byline;       /* p NULL: not known */
    dl_str   fetched;                              /* the address that the caller knows, whatever the report says */
    dl_day   published;                            /* DL_NO_DAY: not known */
    dl_str   when;                                 /* the same as the report has it, with time of day and offset where it has them; p NULL: not known */
    DL_VEC(dl_str) authors;                        /* names one by one, where the report has them so */
    char     language[8];                          /* of the document; "und" if nothing tells */
    char     sha256[65];                           /* of the original bytes */
    dl_str   text;                                 /* valid UTF-8 */
    bool     degraded;                             /* not coded: empty, binary, too long */
    DL_VEC(dl_piece) map;
    DL_VEC(dl_part)  parts;
    DL_VEC(dl_node)  nodes;                        /* of a page; none for other reports */
    DL_VEC(dl_block) blocks;
    const dl_sites *sites;                         /* what is known of its site; NULL: nothing */
    bool     whole_story;                          /* the blocks are a story and nothing else: no page was around them */
    dl_str   said_body, said_lead;                 /* the story and its lead as the page's own data give them: evidence, not text */
    DL_VEC(dl_str)   warnings;
    struct { dl_span place, agency, day; bool found; } dateline;    /* of the report's own dateline, "PARIS, March 22 (Agency) -"; empty spans for what is missing */
} dl_article;

/* intake: original bytes and what a reader knew -> id, metadata, text, source_map, warnings. Any bytes.
 * Plain text: valid UTF-8 is taken byte for byte (a BOM is left out and what was misread as another charset is read rightly through the map, with a warning); ill-formed bytes are decoded one by one as windows-1252 (map pieces, a warning); NULs and other
 * C0 controls stay in the text. UTF-16 with a BOM is decoded. Binary (many NULs or controls): degraded, warning, no text. Over 16 MB: degraded. Empty: degraded.
 * HTML: charset by BOM, well-formed UTF-8, declaration, looks; text = every block of the page in order, an empty line between two; entities undone and white space made single, through the map.
 * A JSON object of an article (first byte `{` and a text-like field): fields by the table of docs; text = title, blank line, text; source_map maps into the JSON's bytes (escapes are pieces of their own). */
void dl_intake(dl_arena *doc, dl_arena *scratch, const void *bytes, size_t n, const dl_about *about, dl_article *out);
/* What a reader gave: the same as dl_intake of its bytes and its `about`. */
void dl_intake_input(dl_arena *doc, dl_arena *scratch, const dl_input *in, dl_article *out);

#endif
