/* dateline.h - the whole public interface of libdateline.
 *
 * dateline reads reports of conflict and crime and writes the record of what they attest: who did what to whom, where, when,
 * how many, according to whom, and how certain; each fact with the bytes that attest it.
 *
 *     dl_error err = {0};
 *     dl_codebook *book = dl_codebook_open(NULL, 0, &err);            // the codebook built in
 *     dl_coder *coder = dl_coder_open(book, NULL, NULL, &err);        // one for each thread
 *     dl_doc *doc = dl_code(coder, bytes, size, NULL);                // never fails: any bytes give a record
 *     fwrite(dl_doc_json(doc), 1, dl_doc_json_size(doc), stdout);
 *     dl_doc_free(doc); dl_coder_close(coder); dl_codebook_close(book);
 *
 * Three lifetimes. dl_codebook and dl_model are immutable and may be shared by all threads; a dl_coder belongs to one thread
 * at a time; a dl_doc is one report's whole analysis and may be passed to another thread and outlive further calls of its coder, but not the coder.
 *
 * The library never prints, exits, reads the environment, the clock or the locale. The same bytes, options and packs give the same record.
 */
#ifndef DATELINE_H
#define DATELINE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DL_API __attribute__((visibility("default")))
#else
#define DL_API
#endif

#define DL_VERSION "0.1.0"
#define DL_RECORD_FORMAT 1                      /* "format" of the records written */

typedef struct dl_codebook dl_codebook;
typedef struct dl_model    dl_model;
typedef struct dl_coder    dl_coder;
typedef struct dl_doc      dl_doc;
typedef struct dl_reader   dl_reader;
typedef struct dl_store    dl_store;
typedef struct dl_gazetteer dl_gazetteer;
typedef struct dl_sites    dl_sites;

/* ---- errors: only doors fail (open, compile, read, write); the caller owns the struct ------------------------------- */

typedef enum { DL_OK = 0, DL_ENOENT, DL_EREAD, DL_EWRITE, DL_EFORMAT, DL_EVERSION, DL_ECHECKSUM, DL_ESYNTAX, DL_ENOMEM, DL_EARG, DL_EBUSY } dl_code_t;

typedef struct {
    dl_code_t code;
    char      message[256];                     /* lower case, what failed first, subject in quotes, no full stop */
    char      file[256];                        /* "" where none */
    uint32_t  line, column, width;              /* from 1, columns in characters; 0 = none */
    char      source[256];                      /* the line of the file, for the caret; "" where none */
} dl_error;

/* "file:line:column: message", the line, and a caret under the place. Returns the length written (cut to n, NUL-ended). */
DL_API size_t dl_error_text(const dl_error *, char *out, size_t n);

/* ---- codebook ------------------------------------------------------------------------------------------------------- */

/* Opens a stack of codebooks, later ones over earlier ones: each a compiled pack or a folder of sources. With n = 0: the one built in.
 * With n > 0 the stack begins with the one built in, unless the first path is a pack or a folder with a line `codebook NAME alone`; "default" names the one built in.
 * NULL on error; a codebook is loaded whole or not at all. */
DL_API dl_codebook *dl_codebook_open(const char *const *paths, size_t n, dl_error *);
DL_API void         dl_codebook_close(dl_codebook *);
DL_API const char  *dl_codebook_fingerprint(const dl_codebook *);   /* version and hash, as in the record's coder.codebook */

/* ---- model ---------------------------------------------------------------------------------------------------------- */

/* Opens a folder of trained weights; NULL path: those built in. */
DL_API dl_model   *dl_model_open(const char *path, dl_error *);
DL_API void        dl_model_close(dl_model *);
DL_API const char *dl_model_fingerprint(const dl_model *);

/* ---- gazetteer ------------------------------------------------------------------------------------------------------ */

/* Opens a gazetteer made by `dateline gazetteer build`; NULL path: the one built in. The file is mapped, its version and checksum are verified (a second for some gigabytes), and it is
 * used as it lies there. NULL on error: another version, cut off, damaged (DL_ECHECKSUM), or no gazetteer at all; never half of one. Immutable: may be shared by all threads. */
DL_API dl_gazetteer *dl_gazetteer_open(const char *path, dl_error *);
DL_API void          dl_gazetteer_close(dl_gazetteer *);
DL_API const char   *dl_gazetteer_fingerprint(const dl_gazetteer *);   /* how many places, and a hash */

/* ---- sites --------------------------------------------------------------------------------------------------------------- */

/* Opens a pack made by `dateline sites`: lines that sites repeat from story to story, which are furniture there. NULL on error. Immutable: may be shared by all threads. */
DL_API dl_sites   *dl_sites_open(const char *path, dl_error *);
DL_API void        dl_sites_close(dl_sites *);
DL_API const char *dl_sites_fingerprint(const dl_sites *);   /* how many lines, and a hash: stands among the options of the record's coder */

/* ---- coding --------------------------------------------------------------------------------------------------------- */

typedef struct {
    size_t      size;                           /* sizeof(dl_options): lets the struct grow */
    size_t      memory;                         /* cap of one report's analysis in bytes; 0: 1 GiB of address space */
    bool        explain;                        /* keep the steps that `explain` prints */
    bool        article;                        /* stop behind the clean article (dl_doc_article): no sentences, no facts */
    const dl_gazetteer *gazetteer;              /* asked before the one built in; must outlive the coder; NULL: none */
    const dl_sites *sites;                      /* lines that sites repeat; must outlive the coder; NULL: none */
    bool        keep;                           /* for dl_store_put: keep the report's bytes, and pack what a store packs on the thread that codes */
} dl_options;
DL_API void dl_options_default(dl_options *);

/* model NULL: the weights built in. options NULL: defaults. The codebook and model must outlive the coder. */
DL_API dl_coder *dl_coder_open(const dl_codebook *, const dl_model *, const dl_options *, dl_error *);
DL_API void      dl_coder_close(dl_coder *);

/* What is known of a report besides its bytes; any field may be NULL. Strings are borrowed for the call. */
typedef struct {
    size_t      size;                           /* sizeof(dl_about) */
    const char *id, *source, *url, *title, *byline, *language;
    const char *published;                      /* the day: YYYY-MM-DD or any form that dl_reader takes */
    const char *format;                         /* NULL: what the bytes look like; "text"; "exact": text whose bytes stay as they are, even where they were misread as another charset; "html"; "json": an article's JSON object is expected, else a warning and no coding; "xml": an item of a feed or of an agency's file; "table": a row of one */
    const char *sha256;                         /* of a report too long to be kept (n > 16 MB; bytes may be NULL), 64 hex digits; NULL: computed */
    const char *charset;                        /* what the transport said of the bytes ("windows-1251"): believed behind a byte order mark and well-formed UTF-8 */
    const char *header;                         /* of a row of a table (format "table"): the table's first line */
    const char *warning;                        /* what the reader has to say of it: becomes a warning of the record */
} dl_about;

/* Codes one report: plain text, a page (HTML), or (when `about` is NULL or leaves it out) bytes of any kind. Never fails and never returns NULL but when
 * there is no address space left: over-long, binary or empty input gives a record with a warning. */
DL_API dl_doc     *dl_code(dl_coder *, const void *bytes, size_t n, const dl_about *about);
DL_API void        dl_doc_free(dl_doc *);

DL_API const char *dl_doc_json(dl_doc *);                       /* one line of JSON Lines, ending in \n; lives as long as the doc */
DL_API size_t      dl_doc_json_size(dl_doc *);
DL_API const char *dl_doc_text(dl_doc *, bool colour);          /* the readable record, NUL-ended */
DL_API const char *dl_doc_tsv(dl_doc *);                        /* one row an event, NUL-ended, no header */
DL_API bool        dl_doc_failed(const dl_doc *);               /* a form asked for could not be written, for want of memory: it is "" */
DL_API const char *dl_tsv_header(void);
DL_API const char *dl_doc_conllu(dl_doc *);                     /* the coded sentences in CoNLL-U (10 columns), NUL-ended; "" where nothing was coded */
DL_API const char *dl_doc_explain(dl_doc *, bool colour);       /* every decision; needs options.explain */
/* The clean article as one line of JSON Lines, NUL-ended: id, url, site, title, authors, date (as the report has it, with its offset), language, text (the story alone: no title, captions, repeats,
 * furniture), map [[text_begin,text_end,original_begin,original_end],...] and warnings; or its title and text as plain text. Owned by the doc, until the same is asked again. */
DL_API const char *dl_doc_article(dl_doc *);
DL_API const char *dl_doc_article_text(dl_doc *);
DL_API const char *dl_doc_id(const dl_doc *);
DL_API bool        dl_doc_set_id(dl_doc *, const char *id);     /* another id (for a repeated one: "x~2"); the record is written anew; false: no memory */
DL_API size_t      dl_doc_warnings(const dl_doc *);             /* how many */
DL_API bool        dl_doc_degraded(const dl_doc *);             /* true when a warning means that the report was not coded (empty, binary, too long) */

/* ---- reading reports ------------------------------------------------------------------------------------------------ */

/* A reader walks files and gives report after report: plain text, pages, JSON, tables, feeds, agencies' files, web archives, all of them also packed (docs/formats.md; field names of many
 * tools are known), "-" for standard input, folders in byte order of paths. */
DL_API dl_reader *dl_reader_open(const char *const *paths, size_t n, const dl_about *defaults, dl_error *);
DL_API void       dl_reader_close(dl_reader *);

typedef struct { const char *bytes; size_t n; dl_about about; const char *origin; uint32_t line; void *owner; } dl_input;
/* 1: *in is the next report (give it back with dl_input_free; may be coded by any thread). 0: the end. -1: one file could not be read (*err says which); go on calling. */
DL_API int  dl_reader_next(dl_reader *, dl_input *in, dl_error *err);
DL_API void dl_input_free(dl_input *);
/* Codes what a reader gave. The bytes may be a JSON object of an article: its fields are found, its text coded. */
DL_API dl_doc *dl_code_input(dl_coder *, const dl_input *);

/* ---- keeping records ------------------------------------------------------------------------------------------------ */

/* A store is one SQLite file of tables (docs/store.md). Opens the one at `path` or makes it; NULL on error, and then nothing in the file was changed: DL_EFORMAT no database, or not one of
 * dateline; DL_EVERSION one of another version; DL_EBUSY locked (after 5 seconds); DL_EWRITE, DL_ENOENT not to be written there. One thread at a time. */
DL_API dl_store *dl_store_open(const char *path, dl_error *);

/* Puts a report and its facts, with the steps of explanation where its coder keeps them (options.explain). A report of the same id takes the place of the one stored; if its record is equal,
 * nothing is written. What is put is in the file with the next commit: all of it or, whatever happens in between, nothing. After a failure only closing is left. */
typedef enum { DL_STORED_NOT, DL_STORED_NEW, DL_STORED_CHANGED, DL_STORED_SAME, DL_STORED_FORGOTTEN } dl_stored;      /* FORGOTTEN: it was to be forgotten (`dateline forget`), and is not stored */
DL_API dl_stored dl_store_put(dl_store *, dl_doc *, dl_error *);
DL_API bool      dl_store_commit(dl_store *, dl_error *);
/* When the run began that puts these reports ("2026-11-27T09:00:00Z", kept as it is); before the first put. Without it the store does not know. */
DL_API bool      dl_store_run(dl_store *, const char *when, dl_error *);
DL_API void      dl_store_close(dl_store *);                    /* what was not committed is gone */

#ifdef __cplusplus
}
#endif
#endif
