/* test_store.c - a store when all goes well, and when the n-th write, the n-th allocation, or everything after it fails: what was committed is whole, and the next try completes it.
 *
 * SQLite is given a file system of ours, which passes everything on and fails when told to. */
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/hash.h"
#include "dateline.h"
#include "test.h"

enum { REPORTS = 20, BATCH = 4 };

static char home[] = "/tmp/dl-store-XXXXXX", path[64];
static dl_codebook *book;
static dl_coder *coder, *explainer;
static dl_doc *first[REPORTS], *second[REPORTS];      /* the same ids, other words */

static void make_reports(void)
{
    static const char *const WHO[] = { "Police", "Soldiers", "Rebels", "Protesters", "The army" }, *const WHERE[] = { "Brussels", "Homs", "Kyiv" };
    char text[400], id[16];
    for (int i = 0; i < REPORTS; i++) {
        snprintf(id, sizeof id, "r%d", i);
        dl_about about = { .size = sizeof about, .id = id, .published = "2015-01-26", .source = i % 2 ? "The Post" : NULL };
        snprintf(text, sizeof text, "%s in %s arrested %d men on Monday, the prosecutor said. \"We will not stop,\" said Ana Montiel, the union's leader. At least %d of them were wounded.", WHO[i % 5], WHERE[i % 3], i + 2, i + 1);
        first[i] = dl_code(explainer, text, strlen(text), &about);
        snprintf(text, sizeof text, "%s shelled the town of %s on Friday, killing %d people. The mayor denied that %d civilians had been hurt.", WHO[i % 5], WHERE[i % 3], i + 3, i + 5);
        second[i] = dl_code(explainer, text, strlen(text), &about);
    }
}

/* ---- a file system that fails ---- */

static struct { long left; bool hit, for_good, off; } fault = { .off = true };

/* True: this call fails. `left` calls go well before. */
static bool fails(void)
{
    if (fault.off) return false;
    if (fault.hit) return fault.for_good;
    return fault.left-- <= 0 ? (fault.hit = true) : false;
}

typedef struct { sqlite3_file base; sqlite3_file *real; } shim;
static sqlite3_vfs *real_vfs, shim_vfs;
#define REAL(f) (((shim *)(f))->real)
#define PASS(name, params, args) static int name params { return REAL(f)->pMethods->name args; }

static int xClose(sqlite3_file *f) { int rc = REAL(f)->pMethods ? REAL(f)->pMethods->xClose(REAL(f)) : SQLITE_OK; free(REAL(f)); return rc; }
PASS(xRead, (sqlite3_file *f, void *p, int n, sqlite3_int64 at), (REAL(f), p, n, at))
static int xWrite(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    if (!fails()) return REAL(f)->pMethods->xWrite(REAL(f), p, n, at);
    REAL(f)->pMethods->xWrite(REAL(f), p, n / 2, at);          /* torn */
    return fault.for_good ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}
static int xTruncate(sqlite3_file *f, sqlite3_int64 n) { return fails() ? SQLITE_IOERR_TRUNCATE : REAL(f)->pMethods->xTruncate(REAL(f), n); }
static int xSync(sqlite3_file *f, int flags) { return fails() ? SQLITE_IOERR_FSYNC : REAL(f)->pMethods->xSync(REAL(f), flags); }
PASS(xFileSize, (sqlite3_file *f, sqlite3_int64 *n), (REAL(f), n))
PASS(xLock, (sqlite3_file *f, int lock), (REAL(f), lock))
PASS(xUnlock, (sqlite3_file *f, int lock), (REAL(f), lock))
PASS(xCheckReservedLock, (sqlite3_file *f, int *out), (REAL(f), out))
PASS(xFileControl, (sqlite3_file *f, int op, void *p), (REAL(f), op, p))
PASS(xSectorSize, (sqlite3_file *f), (REAL(f)))
PASS(xDeviceCharacteristics, (sqlite3_file *f), (REAL(f)))
static int xShmMap(sqlite3_file *f, int page, int size, int extend, void volatile **p) { return fails() ? SQLITE_IOERR_SHMSIZE : REAL(f)->pMethods->xShmMap(REAL(f), page, size, extend, p); }
PASS(xShmLock, (sqlite3_file *f, int at, int n, int flags), (REAL(f), at, n, flags))
static void xShmBarrier(sqlite3_file *f) { REAL(f)->pMethods->xShmBarrier(REAL(f)); }
PASS(xShmUnmap, (sqlite3_file *f, int erase), (REAL(f), erase))

static const sqlite3_io_methods shim_methods = { 2, xClose, xRead, xWrite, xTruncate, xSync, xFileSize, xLock, xUnlock, xCheckReservedLock, xFileControl, xSectorSize, xDeviceCharacteristics,
    xShmMap, xShmLock, xShmBarrier, xShmUnmap, NULL, NULL };

static int xOpen(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    (void)vfs;
    f->pMethods = NULL;
    if (fails()) return SQLITE_CANTOPEN;
    sqlite3_file *real = calloc(1, (size_t)real_vfs->szOsFile);
    if (!real) return SQLITE_NOMEM;
    int rc = real_vfs->xOpen(real_vfs, name, real, flags, out);
    if (rc != SQLITE_OK) { free(real); return rc; }
    ((shim *)f)->real = real;
    f->pMethods = &shim_methods;
    return SQLITE_OK;
}
static int xDelete(sqlite3_vfs *vfs, const char *name, int sync) { (void)vfs; return fails() ? SQLITE_IOERR_DELETE : real_vfs->xDelete(real_vfs, name, sync); }
static int xAccess(sqlite3_vfs *vfs, const char *name, int flags, int *out) { (void)vfs; return real_vfs->xAccess(real_vfs, name, flags, out); }
static int xFullPathname(sqlite3_vfs *vfs, const char *name, int n, char *out) { (void)vfs; return real_vfs->xFullPathname(real_vfs, name, n, out); }

static void lay_shim(void)
{
    real_vfs = sqlite3_vfs_find(NULL);
    shim_vfs = *real_vfs;
    shim_vfs.zName = "shim", shim_vfs.szOsFile = sizeof(shim), shim_vfs.pNext = NULL;
    shim_vfs.xOpen = xOpen, shim_vfs.xDelete = xDelete, shim_vfs.xAccess = xAccess, shim_vfs.xFullPathname = xFullPathname;
    sqlite3_vfs_register(&shim_vfs, 1);
}

/* ---- memory that fails ---- */

static sqlite3_mem_methods real_memory;
static bool memory_fails;
static void *xMalloc(int n) { return memory_fails && fails() ? NULL : real_memory.xMalloc(n); }
static void *xRealloc(void *p, int n) { return memory_fails && fails() ? NULL : real_memory.xRealloc(p, n); }

static void lay_memory(void)                                  /* before anything else is asked of SQLite */
{
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory);
    sqlite3_mem_methods m = real_memory;
    m.xMalloc = xMalloc, m.xRealloc = xRealloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &m);
}

/* ---- what is in a file ---- */

typedef struct { uint64_t of[REPORTS], copies; int n; bool sound; } content;      /* a hash of all rows of each report, in order of their numbers, 0: not there; of which are copies, since that depends on other reports */

static void add_table(sqlite3 *db, const char *table, content *c)
{
    char sql[128];
    sqlite3_stmt *q = NULL;
    snprintf(sql, sizeof sql, "SELECT report, * FROM %s", table);
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK) { c->sound = false; return; }
    while (sqlite3_step(q) == SQLITE_ROW) {
        int64_t report = sqlite3_column_int64(q, 0);
        if (report < 1 || report > REPORTS) { c->sound = false; continue; }
        uint64_t *h = strcmp(table, "copies") == 0 ? &c->copies : &c->of[report - 1];
        *h = dl_hash64(table, strlen(table), *h);
        for (int i = 1; i < sqlite3_column_count(q); i++) {
            const void *p = sqlite3_column_blob(q, i);
            *h = dl_hash64(p ? p : "", p ? (size_t)sqlite3_column_bytes(q, i) : 0, *h + (uint64_t)sqlite3_column_type(q, i));
        }
    }
    if (sqlite3_finalize(q) != SQLITE_OK) c->sound = false;
}

static int count(void *to, int n, char **v, char **names) { (void)n, (void)names; *(int64_t *)to = atoll(v[0]); return 0; }

static content look(void)
{
    content c = { .sound = true };
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) { sqlite3_close(db); return c; }      /* no file: nothing in it */
    int64_t things = 0;
    sqlite3_exec(db, "SELECT count(*) FROM sqlite_schema", count, &things, NULL);
    if (!things) { sqlite3_close(db); return c; }
    if (sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &q, NULL) != SQLITE_OK || sqlite3_step(q) != SQLITE_ROW || strcmp((const char *)sqlite3_column_text(q, 0), "ok") != 0) c.sound = false;
    sqlite3_finalize(q);
    sqlite3_prepare_v2(db, "SELECT name FROM pragma_table_list t WHERE schema = 'main' AND type = 'table' AND name <> 'versions' AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE name = 'report') ORDER BY name", -1, &q, NULL);
    while (sqlite3_step(q) == SQLITE_ROW) add_table(db, (const char *)sqlite3_column_text(q, 0), &c);
    sqlite3_finalize(q);
    sqlite3_prepare_v2(db, "SELECT (SELECT count(*) FROM reports r WHERE NOT EXISTS (SELECT 1 FROM versions v WHERE v.report = r.report AND v.record = r.record AND v.version = (SELECT max(version) FROM versions w WHERE w.report = r.report)))"
        " + (SELECT count(*) FROM versions WHERE report NOT IN (SELECT report FROM reports) OR run NOT IN (SELECT run FROM runs)) + (SELECT count(*) FROM originals o WHERE NOT EXISTS (SELECT 1 FROM reports r WHERE r.sha256 = o.sha256))"
        " + (SELECT count(*) FROM fact_places WHERE fact NOT IN (SELECT fact FROM facts WHERE lat IS NOT NULL)) + (SELECT count(*) FROM facts WHERE lat IS NOT NULL) - (SELECT count(*) FROM fact_places)"
        " + (SELECT count(*) FROM (SELECT key, report FROM bands EXCEPT SELECT j.value, p.report FROM prints p, json_each(p.bands) j)) + (SELECT count(*) FROM (SELECT j.value, p.report FROM prints p, json_each(p.bands) j EXCEPT SELECT key, report FROM bands))", -1, &q, NULL);
    if (sqlite3_step(q) != SQLITE_ROW || sqlite3_column_int64(q, 0)) c.sound = false;          /* what stands beside the facts says the same as they do */
    sqlite3_finalize(q);
    if (sqlite3_exec(db, "INSERT INTO report_words(report_words) VALUES('integrity-check'); INSERT INTO fact_words(fact_words) VALUES('integrity-check')", NULL, NULL, NULL) != SQLITE_OK) c.sound = false;
    while (c.n < REPORTS && c.of[c.n]) c.n++;
    for (int i = c.n; i < REPORTS; i++) if (c.of[i]) c.sound = false;
    sqlite3_close(db);
    return c;
}

static void remove_file(void)
{
    char name[80];
    static const char *const tails[] = { "", "-wal", "-shm", "-journal" };
    for (size_t i = 0; i < 4; i++) snprintf(name, sizeof name, "%s%s", path, tails[i]), unlink(name);
}

/* Puts them all, a commit for every BATCH; how many were committed. */
static int put_all(dl_doc **docs, dl_error *err)
{
    int done = 0;
    dl_store *s = dl_store_open(path, err);
    for (int i = 0; s && i < REPORTS; i++) {
        if (dl_store_put(s, docs[i], err) == DL_STORED_NOT) break;
        if ((i + 1) % BATCH == 0) {
            if (!dl_store_commit(s, err)) break;
            done = i + 1;
        }
    }
    dl_store_close(s);
    return done;
}

/* ---- tests ---- */

static void test_put(void)
{
    dl_error err = { 0 };
    dl_store *s = dl_store_open(path, &err);
    CHECK(s);
    CHECK_EQ(dl_store_put(s, first[0], &err), DL_STORED_NEW);
    CHECK_EQ(dl_store_put(s, first[0], &err), DL_STORED_SAME);
    CHECK_EQ(dl_store_put(s, first[1], &err), DL_STORED_NEW);
    CHECK(dl_store_commit(s, &err));
    CHECK_EQ(look().n, 2);                            /* a reader sees it while the writer goes on */
    CHECK_EQ(dl_store_put(s, second[0], &err), DL_STORED_CHANGED);
    CHECK_EQ(dl_store_put(s, first[2], &err), DL_STORED_NEW);
    content before = look();
    CHECK_EQ(before.n, 2);                            /* but nothing of what waits for a commit */
    dl_store_close(s);
    content after = look();
    CHECK(after.sound && after.n == 2 && after.of[0] == before.of[0]);
    s = dl_store_open(path, &err);
    CHECK_EQ(dl_store_put(s, first[1], &err), DL_STORED_SAME);
    CHECK(dl_store_commit(s, &err));
    CHECK(dl_store_commit(s, &err));                  /* of nothing */
    dl_store_close(s);
    remove_file();
}

static void test_explanations_count(void)
{
    dl_error err = { 0 };
    dl_about about = { .size = sizeof about, .id = "x" };
    static const char text[] = "Rebels shelled the town of Homs on Friday. The mayor denied that 12 civilians had been killed.";
    dl_doc *plain = dl_code(coder, text, sizeof text - 1, &about), *explained = dl_code(explainer, text, sizeof text - 1, &about);
    dl_store *s = dl_store_open(path, &err);
    CHECK_EQ(dl_store_put(s, plain, &err), DL_STORED_NEW);
    CHECK_EQ(dl_store_put(s, explained, &err), DL_STORED_CHANGED);
    CHECK_EQ(dl_store_put(s, explained, &err), DL_STORED_SAME);
    dl_store_close(s);
    dl_doc_free(plain), dl_doc_free(explained);
    remove_file();
}

static void test_another_writer(void)
{
    dl_error err = { 0 };
    dl_store *a = dl_store_open(path, &err);
    CHECK_EQ(dl_store_put(a, first[0], &err), DL_STORED_NEW);
    CHECK(!dl_store_open(path, &err));
    CHECK_EQ(err.code, DL_EBUSY);
    CHECK(dl_store_commit(a, &err));
    dl_store *b = dl_store_open(path, &err);
    CHECK(b);
    CHECK_EQ(dl_store_put(b, first[1], &err), DL_STORED_NEW);
    CHECK(dl_store_commit(b, &err));
    CHECK_EQ(dl_store_put(a, first[2], &err), DL_STORED_NEW);
    CHECK(dl_store_commit(a, &err));
    dl_store_close(a), dl_store_close(b);
    CHECK_EQ(look().n, 3);
    remove_file();
}

static bool sql(const char *text)
{
    sqlite3 *db = NULL;
    bool good = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK && sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK;
    if (!good) printf("    # %s\n", sqlite3_errmsg(db));
    sqlite3_close(db);
    return good;
}

/* A file as version 0 left it. */
static bool make_old(void)
{
    return sql("DROP VIEW dyad; DROP VIEW event; DROP VIEW report; DROP VIEW incident; DROP VIEW standing; DROP TABLE fact_words; DROP TABLE facts; DROP TABLE fact_places; DROP TABLE report_words; DROP TABLE versions; DROP TABLE runs;"
               "DROP TABLE originals; DROP TABLE decisions; DROP TABLE tombstones; DROP TABLE secrets; DROP INDEX reports_sha256; ALTER TABLE entities DROP COLUMN private;"
               "CREATE TABLE p(report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE, address INTEGER, body INTEGER NOT NULL, words INTEGER NOT NULL, day INTEGER, PRIMARY KEY (report)) STRICT, WITHOUT ROWID;"
               "CREATE TABLE b(report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE, band INTEGER NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (report, band)) STRICT, WITHOUT ROWID;"
               "INSERT INTO p SELECT report, address, body, words, day FROM prints; INSERT INTO b SELECT p.report, j.key, j.value FROM prints p, json_each(p.bands) j; DROP TABLE prints; DROP TABLE bands;"
               "ALTER TABLE p RENAME TO prints; ALTER TABLE b RENAME TO bands; CREATE INDEX prints_address ON prints(address) WHERE address IS NOT NULL; CREATE INDEX prints_body ON prints(body); CREATE INDEX bands_key ON bands(key);"
               "CREATE VIEW report AS SELECT 1; CREATE VIEW event AS SELECT 1; CREATE VIEW incident AS SELECT 1; PRAGMA user_version = 0");
}

static void test_migration(void)
{
    dl_error err = { 0 };
    CHECK_EQ(put_all(second, &err), REPORTS);
    content now = look();
    CHECK(now.sound && make_old());
    CHECK_EQ(put_all(first, &err), REPORTS);          /* made new, then written to as any other */
    CHECK_EQ(put_all(second, &err), REPORTS);
    content again = look();
    CHECK(again.sound && memcmp(again.of, now.of, sizeof now.of) == 0);
    CHECK(sql("UPDATE prints SET trace = NULL"));     /* version 0 had none */
    now = look();
    CHECK(make_old());
    dl_store *s = dl_store_open(path, &err);
    CHECK(s);
    dl_store_close(s);
    CHECK(sql("INSERT INTO runs VALUES(1, 1, NULL, 0, 0, 0, 0, ''); INSERT INTO versions SELECT report, 1, 1, record, x'' FROM reports"));      /* what version 0 did not keep */
    again = look();
    CHECK(again.sound && memcmp(again.of, now.of, sizeof now.of) == 0);      /* facts, and who is private, come out the same from the tables alone */
    CHECK(make_old() && sql("ALTER TABLE events ADD COLUMN more TEXT"));
    CHECK(!dl_store_open(path, &err) && err.code == DL_EVERSION);
    CHECK(sql("SELECT more FROM events; CREATE VIEW standing AS SELECT 1"));      /* it is as it was: nothing of version 1 is in it */
    CHECK(!dl_store_open(path, &err) && err.code == DL_EVERSION);
    remove_file();
}

static void test_errors(void)
{
    dl_error err = { 0 };
    CHECK(!dl_store_open("/nowhere/x.db", &err) && err.code == DL_ENOENT);
    CHECK(!dl_store_open("/tmp", &err) && err.code == DL_EARG);
    CHECK(!dl_store_open("", &err) && err.code == DL_EARG);
    FILE *f = fopen(path, "w");
    fputs("this is a text, and longer than a header of SQLite, which has a hundred bytes: so it can't be taken for an empty file", f);
    fclose(f);
    CHECK(!dl_store_open(path, &err) && err.code == DL_EFORMAT);
    CHECK(!dl_store_open(path, NULL));
    dl_store_close(NULL);
    remove_file();
}

/* From a file of `old` reports (NULL: none) to one of `new` ones with the n-th call failing; true while the fault was hit. */
static bool try_fault(dl_doc **old, const content *was, const content *will, long n, bool for_good)
{
    dl_error err = { 0 };
    remove_file();
    if (old) CHECK_EQ(put_all(old, &err), REPORTS);
    fault.left = n, fault.hit = false, fault.for_good = for_good, fault.off = false;
    int done = put_all(second, &err);
    bool hit = fault.hit;
    fault.off = true;
    CHECK(done == REPORTS || err.code != DL_OK);
    content c = look();
    CHECK(c.sound);
    int new = 0;
    while (new < REPORTS && c.of[new] == will->of[new]) new++;
    CHECK(new >= done && new <= done + BATCH && new % BATCH == 0);         /* what was acknowledged, and the commit that failed perhaps, all of it */
    for (int i = new; i < REPORTS; i++) CHECK_EQ(c.of[i], old ? was->of[i] : 0);
    CHECK_EQ(put_all(second, &err), REPORTS);
    c = look();
    CHECK(c.sound && memcmp(c.of, will->of, sizeof c.of) == 0 && c.copies == will->copies);
    return hit;
}

static content after_all(dl_doc **docs)
{
    dl_error err = { 0 };
    remove_file();
    CHECK_EQ(put_all(docs, &err), REPORTS);
    return look();
}

/* A stride of so many per cent, or every one with STORE_FAULTS=all in the environment. */
static void every_fault(bool memory, long stride)
{
    long tries = 0;
    const char *all = getenv("STORE_FAULTS");
    if (all && strcmp(all, "all") == 0) stride = 0;
    content was = after_all(first), will = after_all(second);
    CHECK(was.sound && will.sound && was.n == REPORTS && will.n == REPORTS);
    memory_fails = memory;
    for (int replace = 0; replace < 2; replace++)
        for (int for_good = 0; for_good < 2; for_good++) {
            long n = 0, t = 1;
            for (; try_fault(replace ? first : NULL, &was, &will, n, for_good) && !test_bad_now; t++) n += n < 8 ? 1 : 1 + n * stride / 100;
            if (test_bad_now) printf("    # %s, %s, call %ld fails%s\n", memory ? "memory" : "disk", replace ? "reports replaced" : "a new file", n, for_good ? " and all behind it" : "");
            CHECK(n > 50);
            tries += t;
        }
    memory_fails = false;
    remove_file();
    printf("    # %ld failures of %s\n", tries, memory ? "memory" : "the disk");
}

static void test_failing_writes(void) { every_fault(false, 6); }
static void test_failing_memory(void) { every_fault(true, 20); }

int main(void)
{
    dl_error err = { 0 };
    lay_memory();
    lay_shim();
    if (!mkdtemp(home)) return 1;
    snprintf(path, sizeof path, "%s/x.db", home);
    book = dl_codebook_open(NULL, 0, &err);
    dl_options o;
    dl_options_default(&o);
    o.memory = 64 << 20;
    coder = dl_coder_open(book, NULL, &o, &err);
    o.explain = true;
    o.keep = true;
    explainer = dl_coder_open(book, NULL, &o, &err);
    make_reports();
    TEST(test_put);
    TEST(test_explanations_count);
    TEST(test_another_writer);
    TEST(test_errors);
    TEST(test_migration);
    TEST(test_failing_writes);
    TEST(test_failing_memory);
    for (int i = 0; i < REPORTS; i++) dl_doc_free(first[i]), dl_doc_free(second[i]);
    dl_coder_close(coder), dl_coder_close(explainer);
    dl_codebook_close(book);
    rmdir(home);
    return test_end();
}
