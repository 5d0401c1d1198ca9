/* db.c - see db.h. The only file that knows SQLite. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "record/db.h"

enum { PATIENCE = 5000 };                            /* milliseconds to wait for a lock */

struct dl_db {
    sqlite3  *db;
    char     *path;
    bool      writing, failed;                       /* inside a transaction; a call failed */
    dl_error  error;
};

static sqlite3_stmt *q_of(dl_stmt *q) { return (sqlite3_stmt *)(void *)q; }
static sqlite3_stmt *cq_of(const dl_stmt *q) { return (sqlite3_stmt *)(uintptr_t)q; }

/* ---- errors ---- */

/* What SQLite says, in our words where ours are clearer. */
static void tell(dl_error *err, sqlite3 *db, const char *path)
{
    int rc = db ? sqlite3_extended_errcode(db) : SQLITE_NOMEM, errnum = db ? sqlite3_system_errno(db) : 0;
    switch (rc & 0xff) {
    case SQLITE_NOTADB: dl_fail_file(err, DL_EFORMAT, path, 0, "not an SQLite database"); return;
    case SQLITE_CORRUPT: dl_fail_file(err, DL_EFORMAT, path, 0, "the database is damaged"); return;
    case SQLITE_BUSY: case SQLITE_LOCKED: dl_fail_file(err, DL_EBUSY, path, 0, "the database is locked by another program"); return;
    case SQLITE_READONLY: case SQLITE_PERM: case SQLITE_AUTH: dl_fail_file(err, DL_EWRITE, path, 0, "the database may not be written"); return;
    case SQLITE_FULL: dl_fail_file(err, DL_EWRITE, path, errnum ? errnum : ENOSPC, "can't write the database"); return;
    case SQLITE_IOERR: dl_fail_file(err, DL_EWRITE, path, errnum ? errnum : EIO, "can't read or write the database"); return;
    case SQLITE_CANTOPEN: dl_fail_file(err, errnum == ENOENT ? DL_ENOENT : DL_EWRITE, path, errnum, "can't open the database"); return;
    case SQLITE_NOMEM: dl_fail_file(err, DL_ENOMEM, path, 0, "no memory for the database"); return;
    default: dl_fail_file(err, DL_EWRITE, path, 0, sqlite3_errmsg(db));
    }
}

bool dl_db_fail(dl_db *d)
{
    if (!d->failed) tell(&d->error, d->db, d->path);
    d->failed = true;
    return false;
}

bool dl_db_refuse(dl_db *d, dl_code_t code, const char *why)
{
    if (!d->failed) dl_fail_file(&d->error, code, d->path, 0, why);
    d->failed = true;
    return false;
}

bool dl_db_good(const dl_db *d) { return !d->failed; }
const char *dl_db_path(const dl_db *d) { return d->path; }
bool dl_db_writing(const dl_db *d) { return d->writing; }
int64_t dl_db_last(dl_db *d) { return sqlite3_last_insert_rowid(d->db); }
int64_t dl_db_changes(dl_db *d) { return sqlite3_changes64(d->db); }

bool dl_db_tell(const dl_db *d, dl_error *err)
{
    if (d->failed && err) *err = d->error;
    return !d->failed;
}

/* ---- opening ---- */

/* An empty path, and names that SQLite takes for something else than a file, name files all the same. */
static char *path_of(const char *path)
{
    size_t n = strlen(path) + 3;
    char *p = malloc(n);
    if (p) snprintf(p, n, "%s%s", path[0] == ':' || !path[0] ? "./" : "", path);
    return p;
}

static bool make_file(dl_db *d)                      /* ourselves, since the system tells us better than SQLite why it can't be made */
{
    int fd = open(d->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd >= 0) { close(fd); return true; }
    dl_fail_file(&d->error, errno == ENOENT ? DL_ENOENT : DL_EWRITE, d->path, errno, "can't open the database");
    return !(d->failed = true);
}

/* The file is opened where it stands, never made anew over what is there. */
static bool open_writer(dl_db *d, dl_db_mode mode)
{
    struct stat st;
    if (stat(d->path, &st) == 0) {
        if (!S_ISREG(st.st_mode)) return dl_db_refuse(d, DL_EARG, "a database must be a file");
    } else if (mode == DL_DB_WRITE) {
        dl_fail_file(&d->error, DL_ENOENT, d->path, errno, "can't open the database");
        return !(d->failed = true);
    } else if (!make_file(d)) return false;
    if (sqlite3_open_v2(d->path, &d->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) return dl_db_fail(d);
    sqlite3_extended_result_codes(d->db, 1);
    sqlite3_busy_timeout(d->db, PATIENCE);
    return !sqlite3_db_readonly(d->db, "main") || dl_db_refuse(d, DL_EWRITE, "the database may not be written");
}

/* A file whose writer was stopped in the middle is first set right, as any program that may write does. */
static void set_right(const char *path)
{
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK) sqlite3_exec(db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    sqlite3_close(db);
}

static bool open_reader(dl_db *d)
{
    for (int turn = 0; turn < 2; turn++) {
        int rc = sqlite3_open_v2(d->path, &d->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
        if (rc == SQLITE_OK) sqlite3_busy_timeout(d->db, PATIENCE), rc = sqlite3_exec(d->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
        if (rc == SQLITE_OK) return true;
        if (turn || (rc & 0xff) != SQLITE_READONLY) break;
        sqlite3_close(d->db);
        d->db = NULL;
        set_right(d->path);
    }
    return dl_db_fail(d);
}

dl_db *dl_db_open(const char *path, dl_db_mode mode, dl_error *err)
{
    dl_db *d = calloc(1, sizeof *d);
    if (!d || !(d->path = path_of(path))) { free(d); dl_fail(err, DL_ENOMEM, "no memory for a database"); return NULL; }
    if (mode == DL_DB_READ ? open_reader(d) : open_writer(d, mode)) return d;
    dl_db_tell(d, err);
    dl_db_close(d);
    return NULL;
}

void dl_db_close(dl_db *d)
{
    if (!d) return;
    if (d->db && !sqlite3_get_autocommit(d->db)) sqlite3_exec(d->db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(d->db);
    free(d->path);
    free(d);
}

/* ---- small SQL ---- */

bool dl_db_run(dl_db *d, const char *sql)
{
    if (d->failed) return false;
    return sqlite3_exec(d->db, sql, NULL, NULL, NULL) == SQLITE_OK || dl_db_fail(d);
}

int64_t dl_db_number(dl_db *d, const char *sql)
{
    dl_stmt *q = dl_db_prepare(d, sql);
    int64_t v = dl_stmt_next(d, q) ? dl_col_int(q, 0) : 0;
    if (q && sqlite3_finalize(q_of(q)) != SQLITE_OK) dl_db_fail(d);
    return v;
}

bool dl_db_begin(dl_db *d)
{
    if (!d->writing && !d->failed) d->writing = dl_db_run(d, "BEGIN IMMEDIATE");
    return d->writing && !d->failed;
}

bool dl_db_commit(dl_db *d)
{
    if (d->writing && !d->failed && dl_db_run(d, "COMMIT")) d->writing = false;
    return !d->failed;
}

bool dl_db_rollback(dl_db *d)
{
    d->failed = d->writing = false;
    return sqlite3_get_autocommit(d->db) || dl_db_run(d, "ROLLBACK");
}

static uint64_t shape(sqlite3 *db, const char *const *names, size_t n)
{
    static const char sql[] = "SELECT m.name, m.type, CASE m.type WHEN 'view' THEN m.sql ELSE (SELECT group_concat(name || ' ' || type || ' ' || \"notnull\" || ' ' || pk) FROM pragma_table_info(m.name)) END "
                              "FROM sqlite_schema m WHERE m.type IN ('table', 'view') AND m.name = ?1";
    sqlite3_stmt *q = NULL;
    uint64_t h = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK) return 0;
    for (size_t i = 0; i < n; i++) {
        sqlite3_reset(q);
        sqlite3_bind_text(q, 1, names[i], -1, SQLITE_STATIC);
        int rc = sqlite3_step(q);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) break;
        for (int c = 0; c < 3; c++) h = dl_hash64(sqlite3_column_text(q, c), (size_t)sqlite3_column_bytes(q, c), h + 1);
    }
    return sqlite3_finalize(q) == SQLITE_OK ? h | 1 : 0;
}

uint64_t dl_db_shape(dl_db *d, const char *const *names, size_t n) { return d->failed ? 0 : shape(d->db, names, n); }

uint64_t dl_db_shape_of(const char *schema, const char *const *names, size_t n)
{
    sqlite3 *db = NULL;
    uint64_t h = 0;
    if (sqlite3_open(":memory:", &db) == SQLITE_OK && sqlite3_exec(db, schema, NULL, NULL, NULL) == SQLITE_OK) h = shape(db, names, n);
    sqlite3_close(db);
    return h;
}

/* ---- statements ---- */

dl_stmt *dl_db_prepare(dl_db *d, const char *sql)
{
    sqlite3_stmt *q = NULL;
    if (d->failed) return NULL;
    if (sqlite3_prepare_v3(d->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q, NULL) != SQLITE_OK) dl_db_fail(d);
    return (dl_stmt *)(void *)q;
}

void dl_stmt_free(dl_stmt *q) { sqlite3_finalize(q_of(q)); }
void dl_stmt_int(dl_stmt *q, int at, int64_t v) { if (q) sqlite3_bind_int64(q_of(q), at, v); }
void dl_stmt_real(dl_stmt *q, int at, double v) { if (q) sqlite3_bind_double(q_of(q), at, v); }
void dl_stmt_null(dl_stmt *q, int at) { if (q) sqlite3_bind_null(q_of(q), at); }
void dl_stmt_blob(dl_stmt *q, int at, dl_str v) { if (q) sqlite3_bind_blob64(q_of(q), at, v.p ? v.p : "", v.n, SQLITE_STATIC); }

/* A name given on a command line may hold any bytes; a text of a database is UTF-8. */
bool dl_stmt_str(dl_stmt *q, int at, dl_str v)
{
    if (!q) return true;
    if (!v.p) return sqlite3_bind_null(q_of(q), at) == SQLITE_OK;
    if (dl_utf8_valid(v)) return sqlite3_bind_text(q_of(q), at, v.p, (int)v.n, SQLITE_STATIC) == SQLITE_OK;
    dl_buf b;
    dl_buf_init(&b, 0);
    for (uint32_t i = 0; i < v.n;) {
        char c[4];
        dl_put(&b, (dl_str){ c, (uint32_t)dl_utf8_put(dl_utf8_next(v, &i), c) });
    }
    bool good = !b.failed && sqlite3_bind_text(q_of(q), at, b.p, (int)b.n, SQLITE_TRANSIENT) == SQLITE_OK;
    dl_buf_free(&b);
    return good;
}

bool dl_stmt_next(dl_db *d, dl_stmt *q)
{
    int rc = d->failed || !q ? SQLITE_DONE : sqlite3_step(q_of(q));
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) dl_db_fail(d);
    return rc == SQLITE_ROW;
}

bool dl_stmt_run(dl_db *d, dl_stmt *q)
{
    if (d->failed || !q) return false;
    int rc = sqlite3_step(q_of(q));
    while (rc == SQLITE_ROW) rc = sqlite3_step(q_of(q));
    if (rc == SQLITE_DONE && sqlite3_reset(q_of(q)) == SQLITE_OK) return true;
    dl_db_fail(d);
    sqlite3_reset(q_of(q));
    return false;
}

void dl_stmt_reset(dl_stmt *q) { if (q) sqlite3_reset(q_of(q)); }
int dl_stmt_columns(const dl_stmt *q) { return sqlite3_column_count(cq_of(q)); }
dl_str dl_col_name(const dl_stmt *q, int column) { return dl_str_of(sqlite3_column_name(cq_of(q), column)); }
bool dl_col_null(dl_stmt *q, int column) { return sqlite3_column_type(q_of(q), column) == SQLITE_NULL; }
int64_t dl_col_int(dl_stmt *q, int column) { return sqlite3_column_int64(q_of(q), column); }
double dl_col_real(dl_stmt *q, int column) { return sqlite3_column_double(q_of(q), column); }

dl_str dl_col_str(dl_stmt *q, int column)
{
    const char *p = (const char *)sqlite3_column_text(q_of(q), column);
    return (dl_str){ p, p ? (uint32_t)sqlite3_column_bytes(q_of(q), column) : 0 };
}

dl_str dl_col_blob(dl_stmt *q, int column)
{
    const char *p = sqlite3_column_blob(q_of(q), column);
    return (dl_str){ p, p ? (uint32_t)sqlite3_column_bytes(q_of(q), column) : 0 };
}

dl_col_kind dl_col_is(dl_stmt *q, int column)
{
    switch (sqlite3_column_type(q_of(q), column)) {
    case SQLITE_INTEGER: return DL_COL_INT;
    case SQLITE_FLOAT: return DL_COL_REAL;
    case SQLITE_TEXT: return DL_COL_TEXT;
    case SQLITE_BLOB: return DL_COL_BLOB;
    default: return DL_COL_NULL;
    }
}

/* ---- questions of strangers ---- */

/* Only what reads: no other file is attached, no setting changed, nothing written anywhere. Full text and boxes ask their own tables. */
static int only_reading(void *self, int action, const char *a, const char *b, const char *c, const char *e)
{
    (void)self, (void)b, (void)c, (void)e;
    if (action == SQLITE_PRAGMA) return a && strcmp(a, "data_version") == 0 ? SQLITE_OK : SQLITE_DENY;      /* full text asks it of its own */
    return action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE ? SQLITE_OK : SQLITE_DENY;
}

static bool blank(const char *sql)
{
    while (dl_space((unsigned char)*sql) || *sql == ';') sql++;
    return !*sql;
}

/* Virtual tables prepare statements of their own, to write too, when they are first met: that is before strangers are heard. */
static void meet_tables(sqlite3 *db)
{
    sqlite3_stmt *names = NULL, *one = NULL;
    if (sqlite3_prepare_v2(db, "SELECT 'SELECT 1 FROM ' || quote(name) || ' LIMIT 0' FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'", -1, &names, NULL) != SQLITE_OK) return;
    while (sqlite3_step(names) == SQLITE_ROW) {
        sqlite3_prepare_v2(db, (const char *)sqlite3_column_text(names, 0), -1, &one, NULL);      /* one that can't be met is told of when it is asked */
        sqlite3_finalize(one);
    }
    sqlite3_finalize(names);
}

dl_stmt *dl_db_question(dl_db *d, const char *sql, dl_error *err)
{
    const char *tail = sql;
    sqlite3_stmt *q = NULL;
    meet_tables(d->db);
    sqlite3_set_authorizer(d->db, only_reading, NULL);
    int rc = sqlite3_prepare_v2(d->db, sql, -1, &q, &tail);
    if ((rc & 0xff) == SQLITE_AUTH || (q && !sqlite3_stmt_readonly(q))) dl_fail(err, DL_EARG, "only questions are answered: SELECT, WITH, VALUES");
    else if (rc != SQLITE_OK) dl_fail(err, DL_ESYNTAX, "%s", sqlite3_errmsg(d->db));
    else if (!q) dl_fail(err, DL_EARG, "there is no question");
    else if (!blank(tail)) dl_fail(err, DL_EARG, "more than one question");
    else return (dl_stmt *)(void *)q;
    sqlite3_finalize(q);
    return NULL;
}

int dl_db_answer(dl_db *d, dl_stmt *q, dl_error *err)
{
    int rc = sqlite3_step(q_of(q));
    if (rc == SQLITE_ROW) return 1;
    if (rc == SQLITE_DONE) return 0;                  /* and begins again at the next step */
    if ((rc & 0xff) == SQLITE_ERROR) dl_fail(err, DL_EARG, "%s", sqlite3_errmsg(d->db));
    else tell(err, d->db, d->path);
    return -1;
}
