/* db.h - one SQLite file. db.c is the only file that knows SQLite.
 *
 * A failure sticks to a dl_db: the first one is kept, every call that follows does nothing, and whoever opened it looks once, at the end (dl_db_tell). */
#ifndef DL_RECORD_DB_H
#define DL_RECORD_DB_H
#include "base/buf.h"
#include "dateline.h"

typedef struct dl_db dl_db;
typedef struct dl_stmt dl_stmt;                      /* a prepared statement of SQLite */
typedef enum { DL_DB_READ, DL_DB_WRITE, DL_DB_MAKE } dl_db_mode;      /* WRITE: the file must be there */

/* Opens the file as it stands, and waits up to five seconds where it is locked. NULL on error, and then nothing was changed. */
dl_db  *dl_db_open(const char *path, dl_db_mode, dl_error *);
void    dl_db_close(dl_db *);                        /* what was not committed is gone; statements are finalized by those who prepared them, before */
bool    dl_db_good(const dl_db *);
bool    dl_db_tell(const dl_db *, dl_error *);       /* true: all went well so far; else *err says what did not */
bool    dl_db_refuse(dl_db *, dl_code_t, const char *why);            /* a failure of ours; false */
bool    dl_db_fail(dl_db *);                         /* takes over what SQLite said last; false */
const char *dl_db_path(const dl_db *);

bool    dl_db_run(dl_db *, const char *sql);         /* any number of statements without answers */
int64_t dl_db_number(dl_db *, const char *sql);      /* the one number that a question has for an answer; 0 for none */
bool    dl_db_begin(dl_db *);                        /* where a transaction is open already, it goes on */
bool    dl_db_commit(dl_db *);
bool    dl_db_rollback(dl_db *);                     /* also after a failure, which is forgotten */
bool    dl_db_writing(const dl_db *);
int64_t dl_db_last(dl_db *);                         /* rowid of the row inserted last */
int64_t dl_db_changes(dl_db *);                      /* rows changed by the last statement */
/* A hash of how the tables and views named are made, 0 if that can't be read. Notes in the SQL of tables, and what users add (tables, indexes), do not count. */
uint64_t dl_db_shape(dl_db *, const char *const *names, size_t n);
uint64_t dl_db_shape_of(const char *schema, const char *const *names, size_t n);     /* of a schema in memory */

dl_stmt *dl_db_prepare(dl_db *, const char *sql);    /* NULL after a failure; NULL may be given to all that follows */
void    dl_stmt_free(dl_stmt *);
void    dl_stmt_int(dl_stmt *, int at, int64_t);     /* ?1, ?2 ... */
void    dl_stmt_real(dl_stmt *, int at, double);
void    dl_stmt_null(dl_stmt *, int at);
bool    dl_stmt_str(dl_stmt *, int at, dl_str);      /* borrowed until the next step; what is no UTF-8 is stored as U+FFFD; p NULL: NULL. False: no memory */
void    dl_stmt_blob(dl_stmt *, int at, dl_str);     /* borrowed */
bool    dl_stmt_next(dl_db *, dl_stmt *);            /* the next row; false: no more, or a failure */
bool    dl_stmt_run(dl_db *, dl_stmt *);             /* to its end, and ready for the next time */
void    dl_stmt_reset(dl_stmt *);
int     dl_stmt_columns(const dl_stmt *);
dl_str  dl_col_name(const dl_stmt *, int column);
bool    dl_col_null(dl_stmt *, int column);
int64_t dl_col_int(dl_stmt *, int column);
double  dl_col_real(dl_stmt *, int column);
dl_str  dl_col_str(dl_stmt *, int column);           /* until the next row; "" for NULL, with p NULL */
dl_str  dl_col_blob(dl_stmt *, int column);
typedef enum { DL_COL_NULL, DL_COL_INT, DL_COL_REAL, DL_COL_TEXT, DL_COL_BLOB } dl_col_kind;
dl_col_kind dl_col_is(dl_stmt *, int column);

/* A question of a stranger: one SELECT, whatever would write or reach another file is refused. NULL: *err says why (DL_ESYNTAX, DL_EARG). */
dl_stmt *dl_db_question(dl_db *, const char *sql, dl_error *);
/* One row of a stranger's question: 1, 0 at the end, -1 an error. */
int     dl_db_answer(dl_db *, dl_stmt *, dl_error *);

#endif
