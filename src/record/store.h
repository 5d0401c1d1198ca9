/* store.h - records in one SQLite file (docs/store.md).
 *
 *   db.c            the file itself: the only one that knows SQLite
 *   store.c         opening, checking, putting reports
 *   store_schema.c  the tables, as SQL          store_views.c   how they are looked at
 *   store_migrate.c older versions made new
 *   store_rows.c    which fact goes into which row      gather.c   many rows at a time
 *   store_runs.c    runs, versions and originals: how the store came to be; what changed between two runs
 *   store_copies.c  which reports are copies of others
 *   store_sites.c   which lines sites repeat
 *   privacy.c       who is a private person     veil.c          their names, hidden
 *   filter.c        which events are meant      told.c          events, one after the other
 *   decide.c        what people decide         forget.c        what is erased, and stays away
 *   diff.c          what changed between two runs
 *   query.c         a stranger's question
 *
 * The door of it is public: dl_store_open, dl_store_put, dl_store_commit, dl_store_close in dateline.h.
 */
#ifndef DL_RECORD_STORE_H
#define DL_RECORD_STORE_H
#include "base/hash.h"
#include "record/db.h"
#include "record/record.h"

/* Every table that holds something of a report, in the order in which they are written. The first column of each is `report`. */
#define DL_TABLES(X) X(reports) X(warnings) X(parts) X(sentences) X(entities) X(mentions) X(places) X(times) X(counts) X(count_says) X(quotations) X(quotation_pieces) \
    X(events) X(event_says) X(event_counts) X(same_as) X(slots) X(reasons) X(incidents) X(incident_events) X(incident_parties) X(incident_counts) X(incident_versions) \
    X(incident_says) X(links) X(link_says) X(prints) X(copies)
typedef enum {
#define X(name) DL_TABLE_##name,
    DL_TABLES(X) DL_TABLE_N
#undef X
} dl_table;

extern const char dl_store_tables_0[], dl_store_tables_1[], dl_store_views[];      /* what version 0 had already; what came with version 1 */
extern const char dl_store_facts[];                  /* rows of `facts` of report ?1, of its event ?2 or (NULL) of all, as the machine read them */
enum { DL_STORE_APPLICATION = 0x64746c6e, DL_STORE_VERSION = 1 };       /* application_id "dtln", user_version */

/* Opens a file for other work than putting reports: NULL on error, also where it is none of ours, or of another version. */
dl_db *dl_store_attach(const char *path, dl_db_mode, dl_error *);

bool   dl_store_migrate(dl_db *, int64_t version);   /* store_migrate.c: from that version to ours, within the transaction at hand */

/* ---- writing ---- */

/* What is kept of a report besides its facts. */
typedef struct {
    dl_str json;                      /* the record as JSON Lines, by which it is seen whether the one stored is the same */
    dl_str packed, original;          /* that, and the bytes of the report, packed by zstd; original.p NULL: not kept */
    size_t size;                      /* of the report's bytes */
} dl_kept;
dl_stored dl_store_record(dl_store *, const dl_record *, const dl_kept *, dl_error *);      /* dl_store_put of a record */

/* ---- runs (store_runs.c): a run is what one process put ---- */

typedef struct {
    int64_t   number;                 /* 0: nothing new yet */
    char      began[24];              /* "": not known */
    int64_t   put[DL_STORED_FORGOTTEN + 1];
    dl_sha256 inputs;
    bool      told;                   /* its row says what is here */
    dl_stmt  *make, *count, *version, *original, *orphan;
} dl_session;
bool dl_session_open(dl_session *, dl_db *);
void dl_session_close(dl_session *);
void dl_session_saw(dl_session *, const dl_record *, dl_stored);                                   /* one report more */
void dl_session_keep(dl_session *, dl_db *, const dl_record *, int64_t report, dl_str hash, int64_t coder, const dl_kept *);     /* a new version of it */
void dl_session_drop(dl_session *, dl_db *, int64_t report);                                       /* before a report goes: its original, where no other has it */
void dl_session_tell(dl_session *, dl_db *);                                                       /* before a commit */

/* ---- privacy.c ---- */

/* 0: no person, or one with a public role; 1: a private person; 2: a minor, or a victim of sexual violence, whose name is never shown. */
int dl_private(const dl_record *, uint32_t entity);

/* A row: its table, every column behind `report` in the order of the schema, its end. A failure sticks to the store: rows never check, dl_store_record does, once.
 * Words are borrowed until dl_row_end. Rows are gathered (gather.h): they can be asked for after dl_rows_done. */
void dl_row(dl_store *, dl_table);
void dl_row_int(dl_store *, int64_t);
void dl_row_real(dl_store *, double);
void dl_row_str(dl_store *, dl_str);                 /* p NULL: NULL */
void dl_row_blob(dl_store *, dl_str);
void dl_row_null(dl_store *);
void dl_row_end(dl_store *);
void dl_rows_done(dl_store *);
void dl_store_rows(dl_store *, const dl_record *, dl_str hash, int64_t coder);      /* store_rows.c: all rows of a report */

/* ---- what a store asks itself while it is written ---- */

typedef enum { DL_ASK_ADDRESS, DL_ASK_BODY, DL_ASK_BANDS, DL_ASK_TEXT, DL_ASK_STORY, DL_ASK_PRINTS, DL_ASK_FIRST, DL_ASK_THOSE, DL_ASK_LIKE, DL_ASK_LATER, DL_ASK_BAND, DL_ASK_UNLINK, DL_ASK_N } dl_question;
extern const char *const dl_store_questions[DL_ASK_N];
void    dl_store_ask(dl_store *, dl_question, const int64_t *given, int n);     /* begins it, with values for ?1, ?2 ... */
bool    dl_store_answer(dl_store *, dl_question);                               /* the next row; false: no more */
bool    dl_store_answer_null(dl_store *, dl_question, int column);
int64_t dl_store_answer_int(dl_store *, dl_question, int column);
dl_str  dl_store_answer_str(dl_store *, dl_question, int column);               /* until the next row */
dl_str  dl_store_answer_blob(dl_store *, dl_question, int column);
void    dl_store_asked(dl_store *, dl_question);                                /* ends it */
void    dl_store_turn(dl_store *, int64_t report);                         /* rows that follow are of this report */

/* Words of reports stored lately, for comparing (store_copies.c). */
struct dl_lately;
struct dl_lately **dl_store_lately(dl_store *);
void    dl_lately_free(struct dl_lately *);

/* Tells of a report just stored whether it is a copy; replaced: it took the place of another. */
void dl_store_copies(dl_store *, dl_arena *scratch, const dl_record *, int64_t report, bool replaced);

/* ---- asking ---- */

typedef struct dl_query dl_query;
typedef enum { DL_CELL_NULL, DL_CELL_NUMBER, DL_CELL_TEXT } dl_cell_kind;
typedef struct { dl_cell_kind kind; dl_str text; } dl_cell;              /* text: as it is printed; lives until the next call */

/* One SELECT over any SQLite file, which is opened read-only; whatever would change it, or another file, is refused. NULL on error. */
dl_query   *dl_query_open(const char *path, const char *sql, dl_error *);
struct dl_filter;
dl_query   *dl_query_events(const char *path, struct dl_filter *, const char *head, const char *rest, dl_error *);      /* of a store of ours, as dl_filter_ask */
void        dl_query_close(dl_query *);
int         dl_query_columns(const dl_query *);
dl_str      dl_query_name(const dl_query *, int column);
int         dl_query_next(dl_query *, dl_error *);                       /* 1: a row, 0: the end (the next call begins again), -1: error */
dl_cell     dl_query_cell(const dl_query *, int column);
dl_stmt    *dl_query_stmt(dl_query *);                                   /* for cells as they are */

/* A pack of the lines that sites repeat, out of a store; false on error. */
bool        dl_store_sites(const char *path, dl_buf *out, dl_error *);

#endif
