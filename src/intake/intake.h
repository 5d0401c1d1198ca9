/* intake.h - shared by the files of this folder: bytes in, a report's text and its map out.
 *
 *   sniff.c    what kind of bytes are these
 *   charset.c  bytes -> valid UTF-8, with the map back to the original bytes (the text maker)
 *   decode.c   other charsets to UTF-8, with runs that lead back; which charset a page has
 *   mojibake.c UTF-8 that was misread as another charset, undone; mend.c: in an article
 *   html*.c, entities.c, page*.c   pages: see html.h
 *   fields.c   a JSON object of an article -> its fields, its text
 *   plain.c    dl_intake(): the steps above in order, id, warnings
 *   table.c, xml.c   a row of a table, an item of a feed or of an agency's file -> the same
 *   reader.c   files, folders, standard input -> report after report (cut*.c cut them, unpack.c undoes gzip and zstd)
 */
#ifndef DL_INTAKE_H
#define DL_INTAKE_H
#include <stdio.h>
#include "intake/report.h"
#include "base/hash.h"
#include "intake/unpack.h"

#define DL_REPORT_CAP (16u << 20)        /* longer reports are not coded: their hash and a warning only */
#define DL_MAP_CAP    (1u << 16)         /* pieces of a source map; what comes later is mapped as one coarse piece */

/* ---- sniff.c ---- */
typedef enum { DL_BYTES_EMPTY, DL_BYTES_BLANK, DL_BYTES_TEXT, DL_BYTES_JSON, DL_BYTES_HTML, DL_BYTES_XML, DL_BYTES_UTF16LE, DL_BYTES_UTF16BE, DL_BYTES_BINARY } dl_bytes_kind;
/* *what: for binary, what it looks like ("a PDF document"). */
dl_bytes_kind dl_sniff(dl_str bytes, const char **what);
bool dl_sniff_html(dl_str bytes);        /* a page, or a piece of one: begins with a tag that pages begin with */

/* ---- charset.c: the text maker ---- */
/* Decoded bytes and where they came from: `n` units of `to` bytes at `at` came from units of `from` bytes at `original`. Runs tile what was decoded; to = from = 1 is a copy. */
typedef struct { uint32_t at, original, n; uint8_t to, from; } dl_run;
typedef DL_VEC(dl_run) dl_runs;

typedef struct {
    dl_arena   *doc;                     /* where the map grows */
    dl_article *art;
    dl_str      in;                      /* the original bytes */
    char       *out; uint32_t n, cap;    /* the text so far */
    uint32_t    ill;                     /* ill-formed bytes met */
    const dl_runs *runs;                 /* `in` was decoded from other bytes: the map leads there. NULL: `in` is the original */
    uint32_t    run;                     /* the one looked at last */
} dl_maker;
void dl_maker_open(dl_maker *, dl_arena *doc, dl_arena *scratch, dl_article *, dl_str in);      /* room for three times the input */
void dl_maker_bytes(dl_maker *, uint32_t from, uint32_t to);                 /* in[from,to), ill-formed bytes as windows-1252 */
void dl_maker_json(dl_maker *, uint32_t from, uint32_t to);                  /* the same inside a JSON string: escapes undone */
void dl_maker_utf16(dl_maker *, uint32_t from, uint32_t to, bool big);
void dl_maker_char(dl_maker *, uint32_t cp, uint32_t from, uint32_t to);     /* one character that in[from,to) stands for */
void dl_maker_string(dl_maker *, dl_str, uint32_t from, uint32_t to);        /* the same for several */
void dl_maker_supply(dl_maker *, const char *z, uint32_t at);                /* text that stands nowhere in the original (between fields) */
void dl_map_add(dl_arena *doc, dl_article *, uint32_t tb, uint32_t te, uint64_t ob, uint64_t oe);      /* text [tb,te), behind all before, came from the original's [ob,oe) */
dl_str dl_maker_close(dl_maker *);                                           /* art->text, copied to doc; warns of ill-formed bytes */
dl_str dl_decoded(dl_arena *, dl_str);                                       /* a copy, ill-formed bytes read as windows-1252: for what is no part of the text */

uint32_t dl_windows1252(unsigned char);
uint32_t dl_json_escape(dl_str s, uint32_t i, uint32_t to, uint32_t *end);   /* the character of the escape at s[i] == '\\', *end behind it; UINT32_MAX: a bad one */

/* ---- decode.c: bytes of other charsets to UTF-8 before they are read ---- */
const char *dl_charset_known(dl_str label);                                  /* the name iconv has for a label of the web ("x-sjis"), NULL: not one we decode */
const char *dl_charset_of_page(dl_str in, const char *transport);                                   /* of HTML: "UTF-8", or what else its bytes and its declaration say */
/* `in` decoded, in `mem`; *runs leads back. Bytes of no character become U+FFFD, one by one (*ill counts them). False: this machine can't decode it. */
bool dl_decode(dl_arena *mem, dl_str in, const char *charset, dl_str *out, dl_runs *runs, uint32_t *ill);
dl_str dl_decode_json(dl_arena *mem, dl_str in, uint32_t from, uint32_t to, dl_runs *runs);      /* the content of a JSON string, escapes undone */
dl_str dl_decode_xml(dl_arena *mem, dl_str in, uint32_t from, uint32_t to, dl_runs *runs);       /* content of an XML element, references and CDATA undone, tags left as they are */
dl_runs dl_runs_through(dl_arena *mem, const dl_runs *outer, const dl_runs *inner);               /* from what `outer` decoded, which `inner` decoded before, to the original */
dl_str dl_decode_utf16(dl_arena *mem, dl_str in, bool big, dl_runs *runs);

/* ---- mojibake.c ---- */
/* Of in[from,) what was misread as another charset and written as UTF-8 again, read rightly: in `doc`, *runs (in `scratch`) leads back. False: nothing is to be mended. `in` is UTF-8 from there on. */
bool dl_mend_mojibake(dl_arena *doc, dl_arena *scratch, dl_str in, uint32_t from, dl_str *text, dl_runs *runs);
void dl_mend_article(dl_arena *doc, dl_arena *scratch, dl_article *);       /* mend.c: its text, map, blocks, title and names */

/* ---- fields.c ---- */
/* Fills text, map and what is missing of the metadata from the JSON object `in`. False: not one, or no field with text; *why says so. */
bool dl_fields(dl_arena *doc, dl_arena *scratch, dl_str in, dl_article *, const char **why, uint32_t *why_at);

dl_str dl_bare_author(dl_str);                                            /* without "By", "Von" and their like */
bool dl_article_published(dl_arena *doc, dl_article *, dl_str day);      /* the day and, where it is ISO 8601, its time as written; false: no day can be read */
void dl_article_language(dl_article *, dl_str code);     /* "en-GB", "pt_BR": its first part, if it is a language's code */
void dl_article_warn(dl_arena *doc, dl_article *, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* ---- cut*.c: cutting a stream into reports ---- */
typedef enum { DL_CUT_WHOLE, DL_CUT_LINES, DL_CUT_VALUES, DL_CUT_ITEMS, DL_CUT_TABLE, DL_CUT_XML, DL_CUT_WARC } dl_cut_mode;       /* ITEMS: of a JSON Feed */
typedef struct {
    FILE    *file;
    char    *block; size_t n, at;        /* what was read and not yet used: block[at,n) */
    bool     ended, failed, given;       /* given: the whole stream was handed out as one report */
    dl_unpack *unpack;                   /* what is read was packed; NULL: it was not */
    const char *why;                     /* what was wrong with it: what came before is handed out, then the file has failed */
    char    *header;                     /* of a table: its first line; of XML: the name of the element that is a report */
    const char *charset;                 /* that an XML declaration names */
    char     site[128], language[12];    /* that the feed around items names */
    uint32_t line;                       /* of block[at], from 1 */
} dl_stream;
enum { DL_UNIT_STRINGS = 6 };
typedef struct {
    char    *bytes; size_t n, cap;       /* by malloc; empty once the cap is passed */
    uint64_t whole;                      /* its length */
    bool     too_long, nothing, no_memory;          /* nothing: only white space; no_memory: it could not be kept */
    uint32_t line;                       /* where it begins */
    dl_sha256 hash; char sha256[65];     /* of too long ones */
    char    *string[DL_UNIT_STRINGS]; int nstring;       /* by malloc: what the next ones point to */
    const char *format, *url, *id, *source, *language, *charset, *header, *warning;      /* what is known of it, as in dl_about */
    bool     lead;                       /* an item of a feed: of an article its beginning */
} dl_unit;
void        dl_stream_open(dl_stream *, FILE *);
void        dl_stream_close(dl_stream *);                      /* not the file */
bool        dl_named_page(const char *path);                   /* "story.html" and its like */
dl_cut_mode dl_stream_mode(dl_stream *, const char *path);     /* looks at the first bytes, uses none */
bool        dl_stream_next(dl_stream *, dl_cut_mode, dl_unit *);   /* false: the end (or failed) */
void        dl_unit_free(dl_unit *);

#endif
