/* html.h - pages: bytes of HTML cut into tags and text, and these into blocks. No tree is built.
 *
 *   html_tokens.c   bytes -> tags, texts, raw contents, each a span of the bytes (dl_html_next)
 *   entities.c      "&eacute;" -> a character (entity_table.c: the names)
 *   html_blocks.c   tags and texts -> blocks (a paragraph, a heading, a cell), the elements around them, and what else the page tells: meta, JSON-LD, times
 *   page.c          blocks -> the report's text and its map
 *   page_meta.c     title, authors, day, site, language, address
 *
 * Only the standard's tokenizing is followed; of its tree construction there is what matters to text: elements that end themselves (p, li, td, tr, option ...), void elements, end
 * tags that never close what stands outside their cell. The stack of open elements is capped, so that any page costs time and memory linear in its length.
 */
#ifndef DL_HTML_H
#define DL_HTML_H
#include "intake/intake.h"

typedef enum { DL_TAG_other,
#define TAG(name, flags) DL_TAG_##name,
#include "intake/html_tags.def"
#undef TAG
    DL_TAG_N } dl_html_tag;

enum { DL_TAG_VOID = 1, DL_TAG_BLOCK = 2, DL_TAG_RAW = 4, DL_TAG_SHELL = 8, DL_TAG_CELL = 16, DL_TAG_NOTEXT = 32 };
extern const uint8_t dl_tag_flags[DL_TAG_N];
const char *dl_tag_name(dl_html_tag);                     /* "" for other */

#define DL_ATTRS(X) X(class,"class") X(id,"id") X(rel,"rel") X(href,"href") X(name,"name") X(type,"type") X(lang,"lang") X(role,"role") X(title,"title") X(style,"style") X(hidden,"hidden") \
    X(content,"content") X(charset,"charset") X(property,"property") X(itemprop,"itemprop") X(datetime,"datetime") X(http_equiv,"http-equiv") X(aria_hidden,"aria-hidden")
typedef enum {
#define X(id, name) DL_ATTR_##id,
    DL_ATTRS(X) DL_ATTR_N
#undef X
} dl_attr;

typedef enum { DL_HTML_END, DL_HTML_TEXT, DL_HTML_OPEN, DL_HTML_CLOSE, DL_HTML_RAW } dl_html_kind;
typedef struct {
    uint8_t  kind, tag;                              /* RAW: the content of the element opened before */
    dl_span  at;                                     /* of all of it in the bytes */
    uint32_t have;                                   /* bit k: attr[k] is there; other attributes are passed over */
    dl_span  attr[DL_ATTR_N];                        /* values without quotes, character references not yet undone */
} dl_html_token;

typedef struct { dl_str in; uint32_t i; uint8_t raw; uint64_t unclosed[2]; bool no_comment_end; } dl_html;     /* zero but for `in` at the start; unclosed: raw elements known to have no end tag further on */
bool dl_html_next(dl_html *, dl_html_token *);       /* false: the end */
static inline dl_str dl_html_attr(const dl_html *h, const dl_html_token *t, dl_attr a) { return t->have >> a & 1 ? dl_at(h->in, t->attr[a]) : (dl_str){ NULL, 0 }; }

/* ---- entities.c ---- */
typedef struct { const char *name; uint32_t first, second; bool bare; } dl_entity_row;
extern const dl_entity_row dl_entity_rows[];
extern const uint32_t dl_entity_count;
/* The character reference at in[i] == '&': its length and characters (second 0 but for a few names). 0: none there. */
uint32_t dl_entity(dl_str in, uint32_t i, uint32_t end, bool attribute, uint32_t cp[2]);
/* A value with its references undone and white space made single, in `a`; the same slice where nothing was to do. */
dl_str dl_html_value(dl_arena *a, dl_str raw);

/* ---- html_blocks.c ---- */
enum { DL_PIECE_LINK = 1, DL_PIECE_BREAK = 2, DL_PIECE_PRE = 4 };
typedef struct { dl_span at; uint8_t flags; } dl_html_piece;                     /* text of a block as it stands in the page; BREAK: a line ends here */
typedef struct { uint32_t node, first, end; dl_str inner; uint8_t heading; bool time; } dl_html_block;       /* pieces [first,end); inner: class of the inline element it begins in */
typedef struct { dl_str key, value; } dl_html_meta;                              /* as written */
typedef struct { dl_str key, value; uint32_t block; } dl_html_prop;             /* block: the one it begins or stands in */
typedef struct { dl_str when; uint32_t block; dl_str prop; bool in_article; } dl_html_time;

typedef struct {
    dl_str in;
    DL_VEC(dl_node)       nodes;                     /* in document order; 0 is the page */
    DL_VEC(dl_html_block) blocks;
    DL_VEC(dl_html_piece) pieces;
    DL_VEC(dl_html_meta)  metas;
    DL_VEC(dl_str)        ld;                        /* contents of JSON-LD scripts */
    DL_VEC(dl_html_time)  times;
    DL_VEC(dl_html_prop)  props;                     /* itemprop of an element ("author" for rel=author, "byline" for a class that says so), and its content or datetime or the text behind it */
    DL_VEC(dl_html_meta)  days;                      /* attributes shaped like days of what is no <time>, meta or itemprop: the property, else the class of their element, and the value */
    dl_str title, lang, canonical, base;
} dl_html_page;
void dl_html_blocks(dl_arena *, dl_str in, dl_html_page *);

/* ---- page.c, page_meta.c ---- */
/* Reads the page m->in (UTF-8; it outlives the article) into the text behind what is there already; closes the maker. What is known of the article already stays. */
void dl_page_read(dl_arena *doc, dl_arena *scratch, dl_maker *m, dl_article *);
void dl_page_meta(dl_arena *doc, dl_arena *scratch, const dl_html_page *, dl_article *);

#endif
