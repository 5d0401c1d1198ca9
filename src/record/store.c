/* store.c - a store: one SQLite file, written by one thread at a time.
 *
 *     dl_store_open ── is it ours? else nothing is touched; of an older version? then it is made new, all of it or nothing
 *         dl_store_put     put by put; the first one after a commit begins a transaction
 *         dl_store_commit  all of them, or none if the machine stops in between
 *     dl_store_close ── what was not committed is gone
 *
 * While it is written the file is in write-ahead mode: readers never stop the writer, nor the writer them, and what is not committed never reaches the file.
 * At the close it goes back to one plain file that can be read from read-only media (a file in write-ahead mode can not).
 *
 * A failure sticks: the first one is kept and told again by every call that follows. There is no going on after a failed write, only closing.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include "base/error.h"
#include "base/hash.h"
#include "record/decide.h"
#include "record/forget.h"
#include "record/gather.h"
#include "record/store.h"

enum { CACHE_KB = 65536, SCRATCH = 1 << 28, SECRET = 32 };           /* pages kept in memory; address space for comparing; bytes of the key of pseudonyms */

struct dl_store {
    dl_db        *db;
    dl_gather    *rows;
    dl_stmt      *erase[DL_TABLE_N], *ask[DL_ASK_N], *find, *last, *facts, *flat, *unfact, *unparty, *party, *unplace, *place, *unword, *word;
    bool          opened;                            /* all went well */
    dl_session        run;
    dl_pool      *pool; dl_arena scratch;             /* what comparing with other reports needs */
    int64_t       coder; uint64_t coder_of;          /* the row of the coder seen last, and a hash of its fingerprints */
    struct dl_lately *lately;
    bool          decided, forgot;                   /* there are decisions, tombstones: known at the beginning of each transaction */
    int64_t       report;                            /* of the rows that are being written */
};

static const char *const table_names[] = {
#define X(name) #name,
    DL_TABLES(X)
#undef X
};

/* ---- opening ---- */

static const char *const shaped[] = {
#define X(name) #name,
    DL_TABLES(X)
#undef X
    "bands", "coders", "facts", "fact_places", "fact_words", "report_words", "runs", "versions", "originals", "decisions", "tombstones", "secrets", "standing", "event", "incident", "report", "dyad"
};
enum { SHAPED = sizeof shaped / sizeof *shaped };

static uint64_t our_shape(void)
{
    dl_buf b;
    dl_buf_init(&b, 0);
    dl_putz(&b, dl_store_tables_0), dl_putz(&b, dl_store_tables_1), dl_putz(&b, dl_store_views), dl_putc(&b, '\0');
    uint64_t h = b.failed ? 0 : dl_db_shape_of(b.p, shaped, SHAPED);
    dl_buf_free(&b);
    return h;
}

static bool set_mark(dl_db *d)
{
    char mark[96];
    snprintf(mark, sizeof mark, "PRAGMA application_id=%d; PRAGMA user_version=%d", DL_STORE_APPLICATION, DL_STORE_VERSION);
    return dl_db_run(d, mark);
}

static bool make_secret(dl_db *d)
{
    char key[SECRET];
    if (getrandom(key, sizeof key, 0) != SECRET) return dl_db_refuse(d, DL_EREAD, "the system gives no random bytes for a secret");
    dl_stmt *q = dl_db_prepare(d, "INSERT INTO secrets VALUES('pseudonyms', ?1)");
    dl_stmt_blob(q, 1, (dl_str){ key, SECRET });
    bool good = dl_stmt_run(d, q);
    dl_stmt_free(q);
    return good;
}

static bool shape_is_ours(dl_db *d)
{
    uint64_t wanted = our_shape(), have = wanted ? dl_db_shape(d, shaped, SHAPED) : 0;
    if (!wanted) return dl_db_refuse(d, DL_ENOMEM, "no memory for the database");
    if (!have) return dl_db_fail(d);
    return have == wanted || dl_db_refuse(d, DL_EVERSION, "a database of another version of dateline: code into a new file");
}

/* From an older version to ours, within one transaction; what does not come out as ours is left as it was. */
static bool migrate(dl_db *d, int64_t version)
{
    if (version < 0 || version >= DL_STORE_VERSION) return true;
    bool good = dl_db_begin(d) && dl_store_migrate(d, version) && make_secret(d) && set_mark(d) && shape_is_ours(d) && dl_db_commit(d);
    if (good) return true;
    dl_error why = { 0 };
    dl_db_tell(d, &why);
    dl_db_rollback(d);
    bool room = why.code == DL_EWRITE || why.code == DL_EBUSY || why.code == DL_ENOMEM;
    return dl_db_refuse(d, room && dl_db_writing(d) ? why.code : DL_EVERSION, "a database of another version of dateline, which can't be made new: code into a new file");
}

/* Looks before anything is touched. *empty: there is nothing in it yet. */
static bool ours(dl_db *d, dl_db_mode mode, bool *empty)
{
    int64_t application = dl_db_number(d, "PRAGMA application_id"), version = dl_db_number(d, "PRAGMA user_version"), things = dl_db_number(d, "SELECT count(*) FROM sqlite_schema");
    if (!dl_db_good(d)) return false;
    *empty = !things && !application && !version;
    if (*empty && mode == DL_DB_MAKE) return true;
    if (application != DL_STORE_APPLICATION) return dl_db_refuse(d, DL_EFORMAT, mode == DL_DB_READ ? "an SQLite database, but not one of dateline" : "an SQLite database, but not one of dateline: nothing was changed");
    if (version < DL_STORE_VERSION && mode == DL_DB_READ) return dl_db_refuse(d, DL_EVERSION, "a database of an older version of dateline: code anything into it, and it is made new");
    if (version == DL_STORE_VERSION && mode == DL_DB_READ) return true;                  /* what is only read may have more in it */
    return migrate(d, version) && (version <= DL_STORE_VERSION || dl_db_refuse(d, DL_EVERSION, "a database of another version of dateline: code into a new file")) && shape_is_ours(d);
}

static bool make_tables(dl_db *d)
{
    if (!dl_db_begin(d)) return false;
    if (dl_db_number(d, "SELECT count(*) FROM sqlite_schema")) return dl_db_commit(d);      /* another program was first: it is looked at again */
    return dl_db_run(d, dl_store_tables_0) && dl_db_run(d, dl_store_tables_1) && dl_db_run(d, dl_store_views) && make_secret(d) && set_mark(d) && dl_db_commit(d);
}

static bool set_up(dl_db *d)
{
    char settings[96];
    snprintf(settings, sizeof settings, "PRAGMA cache_size=-%d; PRAGMA synchronous=NORMAL; PRAGMA trusted_schema=OFF", CACHE_KB);
    return dl_db_run(d, settings);
}

dl_db *dl_store_attach(const char *path, dl_db_mode mode, dl_error *err)
{
    bool empty = false;
    dl_db *d = dl_db_open(path, mode, err);
    if (!d || (ours(d, mode, &empty) && set_up(d))) return d;
    dl_db_tell(d, err);
    dl_db_close(d);
    return NULL;
}

static bool prepare_all(dl_store *s)
{
    char sql[256];
    if (!(s->rows = dl_gather_open(s->db, table_names, DL_TABLE_N))) return false;
    for (int i = 0; i < DL_TABLE_N && dl_db_good(s->db); i++) {
        snprintf(sql, sizeof sql, "DELETE FROM %s WHERE report = ?1", table_names[i]);
        s->erase[i] = dl_db_prepare(s->db, sql);
    }
    for (int i = 0; i < DL_ASK_N; i++) s->ask[i] = dl_db_prepare(s->db, dl_store_questions[i]);
    s->find = dl_db_prepare(s->db, "SELECT report, record FROM reports WHERE id = ?1");
    s->last = dl_db_prepare(s->db, "SELECT max((SELECT coalesce(max(report), 0) FROM reports), (SELECT coalesce(max(report), 0) FROM versions))");
    s->facts = dl_db_prepare(s->db, dl_store_facts);
    s->unparty = dl_db_prepare(s->db, "INSERT INTO fact_words(fact_words, rowid, who, whom) SELECT 'delete', fact, who, whom FROM facts WHERE report = ?1");
    s->flat = dl_db_prepare(s->db, "SELECT fact, lat, lon, who, whom FROM facts WHERE report = ?1");
    s->party = dl_db_prepare(s->db, "INSERT INTO fact_words(rowid, who, whom) VALUES(?1, ?2, ?3)");
    s->unplace = dl_db_prepare(s->db, "DELETE FROM fact_places WHERE fact IN (SELECT fact FROM facts WHERE report = ?1)");
    s->unfact = dl_db_prepare(s->db, "DELETE FROM facts WHERE report = ?1");
    s->place = dl_db_prepare(s->db, "INSERT INTO fact_places VALUES(?1, ?2, ?2, ?3, ?3)");
    s->unword = dl_db_prepare(s->db, "INSERT INTO report_words(report_words, rowid, text) SELECT 'delete', report, text FROM reports WHERE report = ?1");
    s->word = dl_db_prepare(s->db, "INSERT INTO report_words(rowid, text) VALUES(?1, ?2)");
    return dl_session_open(&s->run, s->db) && dl_db_good(s->db);
}

static bool open_scratch(dl_store *s)
{
    dl_pool *pool = dl_pool_open(SCRATCH);
    if (pool && dl_arena_open(&s->scratch, pool)) { s->pool = pool; return true; }
    dl_pool_close(pool);
    return dl_db_refuse(s->db, DL_ENOMEM, "no memory for the database");
}

dl_store *dl_store_open(const char *path, dl_error *err)
{
    dl_store *s = calloc(1, sizeof *s);
    if (!s) { dl_fail(err, DL_ENOMEM, "no memory for a store"); return NULL; }
    bool empty = false;
    if (!(s->db = dl_db_open(path, DL_DB_MAKE, err))) { free(s); return NULL; }
    dl_db *d = s->db;
    s->opened = open_scratch(s) && ours(d, DL_DB_MAKE, &empty) && set_up(d) && dl_db_run(d, "PRAGMA journal_mode=WAL") && (!empty || (make_tables(d) && ours(d, DL_DB_WRITE, &empty))) && prepare_all(s);
    if (s->opened && dl_db_begin(d) && dl_db_commit(d)) return s;       /* that it can be written is known before any report is coded */
    dl_db_tell(d, err);
    dl_store_close(s);
    return NULL;
}

bool dl_store_run(dl_store *s, const char *when, dl_error *err)
{
    if (s->run.number) return dl_db_refuse(s->db, DL_EARG, "a run has begun already"), dl_db_tell(s->db, err);
    snprintf(s->run.began, sizeof s->run.began, "%s", when);
    return dl_db_tell(s->db, err);
}

bool dl_store_commit(dl_store *s, dl_error *err)
{
    if (dl_db_writing(s->db)) dl_session_tell(&s->run, s->db);
    dl_db_commit(s->db);
    return dl_db_tell(s->db, err);
}

void dl_store_close(dl_store *s)
{
    if (!s) return;
    for (int i = 0; i < DL_TABLE_N; i++) dl_stmt_free(s->erase[i]);
    dl_gather_close(s->rows);
    for (int i = 0; i < DL_ASK_N; i++) dl_stmt_free(s->ask[i]);
    dl_stmt *const more[] = { s->find, s->last, s->facts, s->flat, s->unfact, s->unparty, s->party, s->unplace, s->place, s->unword, s->word };
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) dl_stmt_free(more[i]);
    dl_session_close(&s->run);
    dl_lately_free(s->lately);
    if (s->pool) dl_arena_close(&s->scratch);
    dl_pool_close(s->pool);
    if (s->opened) dl_db_rollback(s->db), dl_db_run(s->db, "PRAGMA journal_mode=DELETE");      /* fails where others have it open: whoever closes it last folds the log in */
    dl_db_close(s->db);
    free(s);
}

/* ---- rows ---- */

void dl_row(dl_store *s, dl_table t) { dl_gather_row(s->rows, (int)t), dl_gather_int(s->rows, s->report); }
void dl_row_int(dl_store *s, int64_t v) { dl_gather_int(s->rows, v); }
void dl_row_real(dl_store *s, double v) { dl_gather_real(s->rows, v); }
void dl_row_null(dl_store *s) { dl_gather_null(s->rows); }
void dl_row_str(dl_store *s, dl_str v) { dl_gather_str(s->rows, v); }
void dl_row_blob(dl_store *s, dl_str v) { dl_gather_blob(s->rows, v); }
void dl_row_end(dl_store *s) { dl_gather_end(s->rows); }
void dl_rows_done(dl_store *s) { dl_gather_flush(s->rows); }

/* ---- putting ---- */

/* Number of the report of that id, 0: none; *same: its record has that hash. */
static int64_t find(dl_store *s, dl_str id, dl_str hash, bool *same)
{
    int64_t n = 0;
    if (!dl_stmt_str(s->find, 1, id)) dl_db_fail(s->db);
    if (dl_stmt_next(s->db, s->find)) n = dl_col_int(s->find, 0), *same = dl_eq(dl_col_str(s->find, 1), hash);
    dl_stmt_reset(s->find);
    return n;
}

static int64_t new_number(dl_store *s)
{
    int64_t n = dl_stmt_next(s->db, s->last) ? dl_col_int(s->last, 0) : 0;
    dl_stmt_reset(s->last);
    return n + 1;
}

static void run_of(dl_store *s, dl_stmt *q)                    /* a statement about the report at hand */
{
    dl_stmt_int(q, 1, s->report);
    dl_stmt_run(s->db, q);
}

static void erase(dl_store *s)
{
    dl_session_drop(&s->run, s->db, s->report);
    run_of(s, s->unplace), run_of(s, s->unparty), run_of(s, s->unfact), run_of(s, s->unword);
    for (int i = DL_TABLE_N; i-- > 0;) run_of(s, s->erase[i]);
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
    for (int turn = 0; turn < 2 && !s->coder; turn++) {
        dl_stmt *q = dl_db_prepare(s->db, sql[turn]);
        for (int i = 0; i < n; i++) if (!dl_stmt_str(q, i + 1, of[i])) dl_db_fail(s->db);
        if (dl_stmt_next(s->db, q)) s->coder = dl_col_int(q, 0);
        else if (turn && dl_db_good(s->db)) s->coder = dl_db_last(s->db);
        dl_stmt_free(q);
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
    if (!dl_db_good(s->db)) return;
    dl_marker mark = dl_mark(&s->scratch);
    s->scratch.full = &full;
    if (setjmp(full) == 0) dl_store_copies(s, &s->scratch, r, s->report, replaced);
    s->scratch.full = NULL;
    dl_reset(&s->scratch, mark);
}

/* Where the facts of a report are, and the words of who and whom. Row by row: a statement that writes many rows takes a savepoint, at which FTS5 writes out what it has gathered. */
static void tell_flat(dl_store *s)
{
    dl_stmt *q = s->flat;
    dl_stmt_int(q, 1, s->report);
    while (dl_stmt_next(s->db, q)) {
        int64_t fact = dl_col_int(q, 0);
        if (!dl_col_null(q, 1)) dl_stmt_int(s->place, 1, fact), dl_stmt_real(s->place, 2, dl_col_real(q, 1)), dl_stmt_real(s->place, 3, dl_col_real(q, 2)), dl_stmt_run(s->db, s->place);
        dl_stmt_int(s->party, 1, fact);
        if (!dl_stmt_str(s->party, 2, dl_col_str(q, 3)) || !dl_stmt_str(s->party, 3, dl_col_str(q, 4))) dl_db_fail(s->db);
        dl_stmt_run(s->db, s->party);
    }
    dl_stmt_reset(q);
}

/* What is asked for by many: each event flat, where it is, and the words of the text. */
static void tell_facts(dl_store *s, const dl_record *r)
{
    dl_stmt_null(s->facts, 2);
    run_of(s, s->facts), tell_flat(s);
    if (!dl_stmt_str(s->word, 2, r->art->text.p ? r->art->text : DL_STR(""))) dl_db_fail(s->db);
    run_of(s, s->word);
}

/* What most stores have nothing of is asked once a transaction. */
static void begin(dl_store *s)
{
    if (dl_db_writing(s->db) || !dl_db_begin(s->db)) return;
    s->decided = dl_db_number(s->db, "SELECT EXISTS (SELECT 1 FROM decisions)") != 0;
    s->forgot = dl_db_number(s->db, "SELECT EXISTS (SELECT 1 FROM tombstones)") != 0;
}

dl_stored dl_store_record(dl_store *s, const dl_record *r, const dl_kept *kept, dl_error *err)
{
    char hash[20];
    bool same = false;
    hash_of(r, kept->json, hash);
    begin(s);
    int64_t old = find(s, r->art->id, dl_str_of(hash), &same);
    dl_stored what = same ? DL_STORED_SAME : old ? DL_STORED_CHANGED : DL_STORED_NEW;
    if (!same && s->forgot && dl_forgotten(s->db, dl_str_of(r->art->sha256), r->art->text)) same = true, what = DL_STORED_FORGOTTEN;
    dl_session_saw(&s->run, r, what);
    if (dl_db_good(s->db) && !same) {
        s->report = old ? old : new_number(s);
        if (old) erase(s);
        int64_t by = coder(s, r);
        dl_session_keep(&s->run, s->db, r, s->report, dl_str_of(hash), by, kept);
        dl_store_rows(s, r, dl_str_of(hash), by);
        tell_facts(s, r);
        tell_copies(s, r, old != 0);
        if (s->decided) dl_decisions_apply(s->db, s->report, 0);
        if (s->forgot) dl_forget_again(s->db, s->report);
    }
    return dl_db_tell(s->db, err) ? what : DL_STORED_NOT;
}

/* ---- what it asks itself ---- */

struct dl_lately **dl_store_lately(dl_store *s) { return &s->lately; }

void dl_store_turn(dl_store *s, int64_t report) { s->report = report; }
void dl_store_ask(dl_store *s, dl_question q, const int64_t *given, int n) { for (int i = 0; i < n; i++) dl_stmt_int(s->ask[q], i + 1, given[i]); }
bool dl_store_answer(dl_store *s, dl_question q) { return dl_stmt_next(s->db, s->ask[q]); }
bool dl_store_answer_null(dl_store *s, dl_question q, int column) { return dl_col_null(s->ask[q], column); }
int64_t dl_store_answer_int(dl_store *s, dl_question q, int column) { return dl_col_int(s->ask[q], column); }
void dl_store_asked(dl_store *s, dl_question q) { dl_stmt_reset(s->ask[q]); }

dl_str dl_store_answer_str(dl_store *s, dl_question q, int column)
{
    dl_str v = dl_col_str(s->ask[q], column);
    return v.p ? v : DL_STR("");
}

dl_str dl_store_answer_blob(dl_store *s, dl_question q, int column) { return dl_col_blob(s->ask[q], column); }
