/* store.c - a store: one SQLite file, written by one thread at a time. The only file that knows SQLite.
 *
 *     dl_store_open ── is it ours? else nothing is touched
 *         dl_store_put     put by put; the first one after a commit begins a transaction
 *         dl_store_commit  all of them, or none if the machine stops in between
 *     dl_store_close ── what was not committed is gone
 *
 * While it is written the file is in write-ahead mode: readers never stop the writer, nor the writer them, and what is not committed never reaches the file.
 * At the close it goes back to one plain file that can be read from read-only media (a file in write-ahead mode can not).
 *
 * A failure sticks: the first one is kept and told again by every call that follows. There is no going on after a failed write, only closing.
 */
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
#include "record/store.h"

enum { PATIENCE = 5000, CACHE_KB = 16384, SCRATCH = 1 << 28 };       /* milliseconds to wait for a lock; pages kept in memory; address space for comparing */

struct dl_store {
    sqlite3      *db;
    char         *path;
    sqlite3_stmt *insert[DL_TABLE_N], *erase[DL_TABLE_N], *ask[DL_ASK_N], *find, *last;
    int           columns[DL_TABLE_N];
    bool          writing, failed;                   /* inside a transaction; a call failed */
    dl_error      error;
    dl_pool      *pool; dl_arena scratch;             /* what comparing with other reports needs */
    int64_t       coder; uint64_t coder_of;          /* the row of the coder seen last, and a hash of its fingerprints */
    dl_table      table; int column; int64_t report; /* of the row that is being written */
};

static const char *const table_names[] = {
#define X(name) #name,
    DL_TABLES(X)
#undef X
};

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

static bool broke(dl_store *s)
{
    if (!s->failed) tell(&s->error, s->db, s->path);
    s->failed = true;
    return false;
}

static bool hand_over(const dl_store *s, dl_error *err)
{
    if (s->failed && err) *err = s->error;
    return !s->failed;
}

/* ---- small SQL ---- */

static bool run(dl_store *s, const char *sql) { return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK || broke(s); }

static sqlite3_stmt *prepare(dl_store *s, const char *sql)
{
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q, NULL) != SQLITE_OK) broke(s);
    return q;
}

/* The one number that a question has for an answer. */
static int64_t number(dl_store *s, const char *sql)
{
    sqlite3_stmt *q = prepare(s, sql);
    int64_t v = 0;
    if (q && sqlite3_step(q) == SQLITE_ROW) v = sqlite3_column_int64(q, 0);
    if (q && sqlite3_finalize(q) != SQLITE_OK) broke(s);
    return v;
}

/* ---- opening ---- */

/* A hash of how the tables and views of our schema are made in `db`, 0 if that can't be read. Notes in the SQL, and what users add (tables, indexes), do not count. */
static uint64_t shape(sqlite3 *db)
{
    static const char sql[] = "SELECT m.name, m.type, CASE m.type WHEN 'view' THEN m.sql ELSE (SELECT group_concat(name || ' ' || type || ' ' || \"notnull\" || ' ' || pk) FROM pragma_table_info(m.name)) END "
                              "FROM sqlite_schema m WHERE m.type IN ('table', 'view') AND m.name = ?1";
    static const char *const more[] = { "coders", "event", "incident", "report" };
    sqlite3_stmt *q = NULL;
    uint64_t h = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK) return 0;
    for (size_t i = 0; i < DL_TABLE_N + sizeof more / sizeof *more; i++) {
        sqlite3_reset(q);
        sqlite3_bind_text(q, 1, i < DL_TABLE_N ? table_names[i] : more[i - DL_TABLE_N], -1, SQLITE_STATIC);
        int rc = sqlite3_step(q);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) break;
        for (int c = 0; c < 3; c++) h = dl_hash64(sqlite3_column_text(q, c), (size_t)sqlite3_column_bytes(q, c), h + 1);
    }
    return sqlite3_finalize(q) == SQLITE_OK ? h | 1 : 0;
}

static uint64_t our_shape(void)
{
    sqlite3 *db = NULL;
    uint64_t h = 0;
    if (sqlite3_open(":memory:", &db) == SQLITE_OK && sqlite3_exec(db, dl_store_schema, NULL, NULL, NULL) == SQLITE_OK) h = shape(db);
    sqlite3_close(db);
    return h;
}

static bool refuse(dl_store *s, dl_code_t code, const char *why)
{
    dl_fail_file(&s->error, code, s->path, 0, why);
    return !(s->failed = true);
}

/* Looks before anything is touched. *empty: there is nothing in it yet. */
static bool ours(dl_store *s, bool *empty)
{
    int64_t application = number(s, "PRAGMA application_id"), version = number(s, "PRAGMA user_version"), things = number(s, "SELECT count(*) FROM sqlite_schema");
    if (s->failed) return false;
    *empty = !things && !application && !version;
    if (*empty) return true;
    if (application != DL_STORE_APPLICATION) return refuse(s, DL_EFORMAT, "an SQLite database, but not one of dateline: nothing was changed");
    uint64_t wanted = our_shape(), have = wanted ? shape(s->db) : 0;
    if (!wanted) return refuse(s, DL_ENOMEM, "no memory for the database");
    if (!have) return broke(s);
    if (version != DL_STORE_VERSION || have != wanted) return refuse(s, DL_EVERSION, "a database of another version of dateline: code into a new file");
    return true;
}

/* The file is opened where it stands, never made anew over what is there. */
static bool open_file(dl_store *s)
{
    struct stat st;
    if (stat(s->path, &st) != 0) {                     /* a new file: we make it ourselves, since the system tells us better than SQLite why it can't be made */
        int fd = open(s->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (fd < 0) { dl_fail_file(&s->error, errno == ENOENT ? DL_ENOENT : DL_EWRITE, s->path, errno, "can't open the database"); return !(s->failed = true); }
        close(fd);
    } else if (!S_ISREG(st.st_mode)) return refuse(s, DL_EARG, "a database must be a file");
    if (sqlite3_open_v2(s->path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) return broke(s);
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_busy_timeout(s->db, PATIENCE);
    if (sqlite3_db_readonly(s->db, "main")) return refuse(s, DL_EWRITE, "the database may not be written");
    return true;
}

static bool begin(dl_store *s)
{
    if (!s->writing && !s->failed) s->writing = run(s, "BEGIN IMMEDIATE");
    return s->writing;
}

static bool commit(dl_store *s)
{
    if (s->writing && !s->failed && run(s, "COMMIT")) s->writing = false;
    return !s->failed;
}

static bool make_tables(dl_store *s)
{
    char mark[96];
    if (!begin(s)) return false;
    if (number(s, "SELECT count(*) FROM sqlite_schema")) return commit(s);      /* another program was first: it is looked at again */
    snprintf(mark, sizeof mark, "PRAGMA application_id=%d; PRAGMA user_version=%d", DL_STORE_APPLICATION, DL_STORE_VERSION);
    return run(s, dl_store_schema) && run(s, mark) && commit(s);
}

static bool prepare_all(dl_store *s)
{
    char sql[256];
    for (int i = 0; i < DL_TABLE_N && !s->failed; i++) {
        snprintf(sql, sizeof sql, "SELECT count(*) FROM pragma_table_info('%s')", table_names[i]);
        int n = s->columns[i] = (int)number(s, sql);
        int at = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES(?1", table_names[i]);
        while (--n > 0) at += snprintf(sql + at, sizeof sql - (size_t)at, ",?");
        snprintf(sql + at, sizeof sql - (size_t)at, ")");
        s->insert[i] = prepare(s, sql);
        snprintf(sql, sizeof sql, "DELETE FROM %s WHERE report = ?1", table_names[i]);
        s->erase[i] = prepare(s, sql);
    }
    for (int i = 0; i < DL_ASK_N && !s->failed; i++) s->ask[i] = prepare(s, dl_store_questions[i]);
    s->find = prepare(s, "SELECT report, record FROM reports WHERE id = ?1");
    s->last = prepare(s, "SELECT max(report) FROM reports");
    return !s->failed;
}

/* An empty path, and names that SQLite takes for something else than a file, name files all the same. */
static char *path_of(const char *path)
{
    size_t n = strlen(path) + 3;
    char *p = malloc(n);
    if (p) snprintf(p, n, "%s%s", path[0] == ':' || !path[0] ? "./" : "", path);
    return p;
}

static bool open_scratch(dl_store *s)
{
    dl_pool *pool = dl_pool_open(SCRATCH);
    if (pool && dl_arena_open(&s->scratch, pool)) { s->pool = pool; return true; }
    dl_pool_close(pool);
    return refuse(s, DL_ENOMEM, "no memory for the database");
}

dl_store *dl_store_open(const char *path, dl_error *err)
{
    dl_store *s = calloc(1, sizeof *s);
    if (!s || !(s->path = path_of(path))) { free(s); dl_fail(err, DL_ENOMEM, "no memory for a store"); return NULL; }
    char settings[96];
    snprintf(settings, sizeof settings, "PRAGMA cache_size=-%d; PRAGMA synchronous=NORMAL; PRAGMA trusted_schema=OFF", CACHE_KB);
    bool empty = false;
    bool good = open_scratch(s) && open_file(s) && ours(s, &empty) && run(s, settings) && run(s, "PRAGMA journal_mode=WAL") && (!empty || (make_tables(s) && ours(s, &empty))) && prepare_all(s);
    if (good && begin(s) && commit(s)) return s;       /* that it can be written is known before any report is coded */
    hand_over(s, err);
    dl_store_close(s);
    return NULL;
}

bool dl_store_commit(dl_store *s, dl_error *err)
{
    commit(s);
    return hand_over(s, err);
}

void dl_store_close(dl_store *s)
{
    if (!s) return;
    for (int i = 0; i < DL_TABLE_N; i++) sqlite3_finalize(s->insert[i]), sqlite3_finalize(s->erase[i]);
    for (int i = 0; i < DL_ASK_N; i++) sqlite3_finalize(s->ask[i]);
    sqlite3_finalize(s->find), sqlite3_finalize(s->last);
    if (s->pool) dl_arena_close(&s->scratch);
    dl_pool_close(s->pool);
    if (s->db && !sqlite3_get_autocommit(s->db)) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    if (s->db && s->columns[0]) sqlite3_exec(s->db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);      /* fails where others have it open: whoever closes it last folds the log in */
    sqlite3_close(s->db);
    free(s->path);
    free(s);
}

/* ---- rows ---- */

void dl_row(dl_store *s, dl_table t)
{
    s->table = t, s->column = 1;
    if (!s->failed) sqlite3_bind_int64(s->insert[t], 1, s->report);
}

static sqlite3_stmt *next(dl_store *s)
{
    s->column++;
    return s->failed ? NULL : s->insert[s->table];
}

void dl_row_int(dl_store *s, int64_t v) { sqlite3_stmt *q = next(s); if (q) sqlite3_bind_int64(q, s->column, v); }
void dl_row_real(dl_store *s, double v) { sqlite3_stmt *q = next(s); if (q) sqlite3_bind_double(q, s->column, v); }
void dl_row_null(dl_store *s) { sqlite3_stmt *q = next(s); if (q) sqlite3_bind_null(q, s->column); }

/* A name given on a command line may hold any bytes; a text of the store is UTF-8. */
static void bind(dl_store *s, sqlite3_stmt *q, int column, dl_str v)
{
    if (dl_utf8_valid(v)) { sqlite3_bind_text(q, column, v.p ? v.p : "", (int)v.n, SQLITE_STATIC); return; }
    dl_buf b;
    dl_buf_init(&b, 0);
    for (uint32_t i = 0; i < v.n;) {
        char c[4];
        dl_put(&b, (dl_str){ c, (uint32_t)dl_utf8_put(dl_utf8_next(v, &i), c) });
    }
    if (b.failed || sqlite3_bind_text(q, column, b.p, (int)b.n, SQLITE_TRANSIENT) != SQLITE_OK) broke(s);
    dl_buf_free(&b);
}

void dl_row_str(dl_store *s, dl_str v)
{
    sqlite3_stmt *q = next(s);
    if (q && v.p) bind(s, q, s->column, v);
    else if (q) sqlite3_bind_null(q, s->column);
}

static bool step(dl_store *s, sqlite3_stmt *q)
{
    if (sqlite3_step(q) == SQLITE_DONE && sqlite3_reset(q) == SQLITE_OK) return true;
    broke(s);
    sqlite3_reset(q);
    return false;
}

void dl_row_end(dl_store *s)
{
    if (s->failed) return;
    if (s->column != s->columns[s->table]) dl_fail(&s->error, DL_EARG, "a row of '%s' has %d columns, not %d", table_names[s->table], s->column, s->columns[s->table]), s->failed = true;
    else step(s, s->insert[s->table]);
}

/* ---- putting ---- */

/* Number of the report of that id, 0: none; *same: its record has that hash. */
static int64_t find(dl_store *s, dl_str id, dl_str hash, bool *same)
{
    int64_t n = 0;
    bind(s, s->find, 1, id);
    int rc = sqlite3_step(s->find);
    if (rc == SQLITE_ROW) {
        n = sqlite3_column_int64(s->find, 0);
        const char *stored = (const char *)sqlite3_column_text(s->find, 1);
        *same = stored && dl_eq((dl_str){ stored, (uint32_t)sqlite3_column_bytes(s->find, 1) }, hash);
    } else if (rc != SQLITE_DONE) broke(s);
    sqlite3_reset(s->find);
    return n;
}

static int64_t new_number(dl_store *s)
{
    int64_t n = 0;
    if (sqlite3_step(s->last) == SQLITE_ROW) n = sqlite3_column_int64(s->last, 0);
    else broke(s);
    sqlite3_reset(s->last);
    return n + 1;
}

static void erase(dl_store *s, int64_t report)
{
    for (int i = DL_TABLE_N; i-- > 0 && !s->failed;) {
        sqlite3_bind_int64(s->erase[i], 1, report);
        step(s, s->erase[i]);
    }
}

/* The row of what made the record: nearly always that of the report before. */
static int64_t coder(dl_store *s, const dl_record *r)
{
    static const char *const sql[] = { "SELECT coder FROM coders WHERE version = ?1 AND codebook = ?2 AND model = ?3 AND gazetteer = ?4 AND options = ?5",
                                       "INSERT INTO coders(version, codebook, model, gazetteer, options) VALUES(?1, ?2, ?3, ?4, ?5)" };
    const dl_str of[] = { dl_str_of(r->version), dl_str_of(r->codebook), dl_str_of(r->model), dl_str_of(r->gazetteer), dl_str_of(r->options) };
    const int n = sizeof of / sizeof *of;
    uint64_t h = 0;
    for (int i = 0; i < n; i++) h = dl_hash64(of[i].p, of[i].n, h + 1);
    if (s->coder && s->coder_of == h) return s->coder;
    s->coder = 0;
    for (int turn = 0; turn < 2 && !s->coder && !s->failed; turn++) {
        sqlite3_stmt *q = prepare(s, sql[turn]);
        for (int i = 0; q && i < n; i++) bind(s, q, i + 1, of[i]);
        int rc = q ? sqlite3_step(q) : SQLITE_ERROR;
        if (rc == SQLITE_ROW) s->coder = sqlite3_column_int64(q, 0);
        else if (rc != SQLITE_DONE) broke(s);
        else if (turn) s->coder = sqlite3_last_insert_rowid(s->db);
        sqlite3_finalize(q);
    }
    s->coder_of = h;
    return s->coder;
}

/* Equal for equal records. Steps of an explanation are no part of a record, but of the store: with and without them are two things. */
static void hash_of(const dl_record *r, dl_str json, char out[20])
{
    uint64_t steps = 0;
    for (uint32_t i = 0; i < r->f->events.n; i++) steps += r->f->events.v[i].steps.n;
    snprintf(out, 20, "%016llx", (unsigned long long)dl_hash64(json.p, json.n, steps));
}

/* A report too large to be compared is stored all the same. */
static void tell_copies(dl_store *s, const dl_record *r, bool replaced)
{
    jmp_buf full;
    if (s->failed) return;
    dl_marker mark = dl_mark(&s->scratch);
    s->scratch.full = &full;
    if (setjmp(full) == 0) dl_store_copies(s, &s->scratch, r, s->report, replaced);
    s->scratch.full = NULL;
    dl_reset(&s->scratch, mark);
}

dl_stored dl_store_record(dl_store *s, const dl_record *r, dl_str json, dl_error *err)
{
    char hash[20];
    bool same = false;
    hash_of(r, json, hash);
    begin(s);
    int64_t old = s->failed ? 0 : find(s, r->art->id, dl_str_of(hash), &same);
    if (!s->failed && !same) {
        if (old) erase(s, old);
        s->report = old ? old : new_number(s);
        dl_store_rows(s, r, dl_str_of(hash), coder(s, r));
        tell_copies(s, r, old != 0);
    }
    return !hand_over(s, err) ? DL_STORED_NOT : same ? DL_STORED_SAME : old ? DL_STORED_CHANGED : DL_STORED_NEW;
}

/* ---- what it asks itself ---- */

void dl_store_turn(dl_store *s, int64_t report) { s->report = report; }

void dl_store_ask(dl_store *s, dl_question q, const int64_t *given, int n)
{
    for (int i = 0; i < n && !s->failed; i++) sqlite3_bind_int64(s->ask[q], i + 1, given[i]);
}

bool dl_store_answer(dl_store *s, dl_question q)
{
    int rc = s->failed ? SQLITE_DONE : sqlite3_step(s->ask[q]);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) broke(s);
    return rc == SQLITE_ROW;
}

bool dl_store_answer_null(dl_store *s, dl_question q, int column) { return sqlite3_column_type(s->ask[q], column) == SQLITE_NULL; }
int64_t dl_store_answer_int(dl_store *s, dl_question q, int column) { return sqlite3_column_int64(s->ask[q], column); }

dl_str dl_store_answer_str(dl_store *s, dl_question q, int column)
{
    const char *p = (const char *)sqlite3_column_text(s->ask[q], column);
    return (dl_str){ p ? p : "", p ? (uint32_t)sqlite3_column_bytes(s->ask[q], column) : 0 };
}

void dl_store_asked(dl_store *s, dl_question q) { if (!s->failed) sqlite3_reset(s->ask[q]); }

/* ---- asking ---- */

struct dl_query { sqlite3 *db; sqlite3_stmt *q; char *path; };

/* Only what reads: no other file is attached, no setting changed, nothing written anywhere. */
static int only_reading(void *self, int action, const char *a, const char *b, const char *c, const char *d)
{
    (void)self, (void)a, (void)b, (void)c, (void)d;
    return action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE ? SQLITE_OK : SQLITE_DENY;
}

static bool blank(const char *sql)
{
    while (dl_space((unsigned char)*sql) || *sql == ';') sql++;
    return !*sql;
}

/* A file whose writer was stopped in the middle is first set right, as any program that may write does. */
static void set_right(const char *path)
{
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK) sqlite3_exec(db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    sqlite3_close(db);
}

static bool open_reader(dl_query *x, dl_error *err)
{
    for (int turn = 0; turn < 2; turn++) {
        int rc = sqlite3_open_v2(x->path, &x->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
        if (rc == SQLITE_OK) sqlite3_busy_timeout(x->db, PATIENCE), rc = sqlite3_exec(x->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
        if (rc == SQLITE_OK) return true;
        if (turn || (rc & 0xff) != SQLITE_READONLY) break;
        sqlite3_close(x->db);
        set_right(x->path);
    }
    tell(err, x->db, x->path);
    return false;
}

static bool compile(dl_query *x, const char *sql, dl_error *err)
{
    const char *tail = sql;
    sqlite3_set_authorizer(x->db, only_reading, NULL);
    int rc = sqlite3_prepare_v2(x->db, sql, -1, &x->q, &tail);
    if ((rc & 0xff) == SQLITE_AUTH || (x->q && !sqlite3_stmt_readonly(x->q))) dl_fail(err, DL_EARG, "only questions are answered: SELECT, WITH, VALUES");
    else if (rc != SQLITE_OK) dl_fail(err, DL_ESYNTAX, "%s", sqlite3_errmsg(x->db));
    else if (!x->q) dl_fail(err, DL_EARG, "there is no question");
    else if (!blank(tail)) dl_fail(err, DL_EARG, "more than one question");
    else return true;
    return false;
}

dl_query *dl_query_open(const char *path, const char *sql, dl_error *err)
{
    dl_query *x = calloc(1, sizeof *x);
    if (!x || !(x->path = path_of(path))) { free(x); dl_fail(err, DL_ENOMEM, "no memory for a question"); return NULL; }
    if (open_reader(x, err) && compile(x, sql, err)) return x;
    dl_query_close(x);
    return NULL;
}

void dl_query_close(dl_query *x)
{
    if (!x) return;
    sqlite3_finalize(x->q);
    sqlite3_close(x->db);
    free(x->path);
    free(x);
}

int dl_query_columns(const dl_query *x) { return sqlite3_column_count(x->q); }
dl_str dl_query_name(const dl_query *x, int column) { return dl_str_of(sqlite3_column_name(x->q, column)); }

int dl_query_next(dl_query *x, dl_error *err)
{
    int rc = sqlite3_step(x->q);
    if (rc == SQLITE_ROW) return 1;
    if (rc == SQLITE_DONE) return 0;                  /* and begins again at the next step */
    if ((rc & 0xff) == SQLITE_ERROR) dl_fail(err, DL_EARG, "%s", sqlite3_errmsg(x->db));
    else tell(err, x->db, x->path);
    return -1;
}

dl_cell dl_query_cell(const dl_query *x, int column)
{
    int type = sqlite3_column_type(x->q, column);
    const char *p = (const char *)sqlite3_column_text(x->q, column);
    dl_str s = { p ? p : "", p ? (uint32_t)sqlite3_column_bytes(x->q, column) : 0 };
    if (type == SQLITE_FLOAT && dl_ends(s, DL_STR(".0"))) s.n -= 2;              /* 12, not 12.0 */
    return (dl_cell){ type == SQLITE_NULL ? DL_CELL_NULL : type == SQLITE_INTEGER || type == SQLITE_FLOAT ? DL_CELL_NUMBER : DL_CELL_TEXT, s };
}
