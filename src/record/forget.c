/* forget.c - see forget.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/error.h"
#include "base/zst.h"
#include "record/forget.h"
#include "record/store.h"
#include "record/veil.h"

enum { SHORTEST = 4, NAMES = 64 };                   /* bytes of a word of a name that is struck out alone; names of one person in one report */

static const char *const of_report[] = {
#define X(name) #name,
    DL_TABLES(X)
#undef X
    "facts", "versions"
};
enum { TABLES = sizeof of_report / sizeof *of_report };

static void with(dl_db *d, const char *sql, int64_t report)
{
    dl_stmt *q = dl_db_prepare(d, sql);
    dl_stmt_int(q, 1, report);
    dl_stmt_run(d, q);
    dl_stmt_free(q);
}

static void bury(dl_db *d, const dl_veil *v, const char *kind, dl_str what, const char *when, int64_t reports)
{
    char hex[65];
    dl_veil_hash(v, kind, what, hex);
    dl_stmt *q = dl_db_prepare(d, "INSERT OR REPLACE INTO tombstones VALUES(?1, ?2, ?3, ?4)");
    dl_stmt_str(q, 1, dl_str_of(hex)), dl_stmt_str(q, 2, dl_str_of(kind)), dl_stmt_str(q, 3, dl_str_of(when)), dl_stmt_int(q, 4, reports);
    dl_stmt_run(d, q);
    dl_stmt_free(q);
}

static bool buried(dl_db *d, const dl_veil *v, dl_stmt *q, const char *kind, dl_str what)
{
    char hex[65];
    dl_veil_hash(v, kind, what, hex);
    dl_stmt_str(q, 1, dl_str_of(hex));
    bool there = dl_stmt_next(d, q);
    dl_stmt_reset(q);
    return there;
}
static const char tombstone_of[] = "SELECT 1 FROM tombstones WHERE hash = ?1";

/* No byte of what is gone stays in the file, nor in its index of words. */
static bool sweep(dl_db *d)
{
    return dl_db_run(d, "INSERT INTO report_words(report_words) VALUES('rebuild'); INSERT INTO fact_words(fact_words) VALUES('rebuild')") && dl_db_commit(d) && dl_db_run(d, "VACUUM");
}

/* Decisions are never taken out, but for this. */
static const char unlock[] = "PRAGMA secure_delete = ON; DROP TRIGGER decisions_last; DROP TRIGGER decisions_stay";
static const char lock[] = "CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN SELECT raise(ABORT, 'decisions are never changed'); END;"
                           "CREATE TRIGGER decisions_last BEFORE DELETE ON decisions BEGIN SELECT raise(ABORT, 'decisions are never taken out'); END;";

/* ---- a report ---- */

/* Reports that were copies of it: the first of them is the witness now. */
static void hand_on(dl_db *d, int64_t report)
{
    with(d, "UPDATE copies SET first = (SELECT min(report) FROM copies WHERE first = ?1) WHERE first = ?1 AND report <> (SELECT min(report) FROM copies WHERE first = ?1)", report);
    with(d, "UPDATE copies SET earlier = first WHERE earlier = ?1 AND first <> ?1", report);
    with(d, "DELETE FROM copies WHERE first = ?1 OR report = ?1", report);
}

static void erase(dl_db *d, int64_t report)
{
    char sql[96];
    hand_on(d, report);
    with(d, "DELETE FROM fact_places WHERE fact IN (SELECT fact FROM facts WHERE report = ?1)", report);
    with(d, "DELETE FROM decisions WHERE key IN (SELECT key FROM events WHERE report = ?1)", report);
    with(d, "DELETE FROM originals WHERE sha256 = (SELECT sha256 FROM reports WHERE report = ?1)", report);
    for (int i = TABLES; i-- > 0;) snprintf(sql, sizeof sql, "DELETE FROM %s WHERE report = ?1", of_report[i]), with(d, sql, report);
}

int64_t dl_forget_report(dl_db *d, const char *id, const char *when, dl_error *err)
{
    dl_veil v;
    int64_t report = 0;
    bool good = dl_veil_open(&v, d, false) && dl_db_run(d, "PRAGMA secure_delete = ON") && dl_db_begin(d) && dl_db_run(d, unlock);
    dl_stmt *q = dl_db_prepare(d, "SELECT report, sha256, text FROM reports WHERE id = ?1");
    dl_stmt_str(q, 1, dl_str_of(id));
    if (good && dl_stmt_next(d, q)) {
        report = dl_col_int(q, 0);
        bury(d, &v, "report", dl_col_str(q, 1), when, 1);
        if (dl_col_str(q, 2).n) bury(d, &v, "text", dl_col_str(q, 2), when, 1);
    }
    dl_stmt_free(q);
    dl_veil_close(&v);
    if (good && report) erase(d, report), good = dl_db_run(d, lock) && sweep(d);
    else if (good) dl_fail(err, DL_EARG, "there is no report '%s'", id);
    if (!report || !good) { dl_db_tell(d, err); dl_db_rollback(d); return -1; }
    return 1;
}

/* ---- a person ---- */

typedef struct { char *v[NAMES]; int n; } names;

static void add_name(names *x, dl_str s)
{
    for (int i = 0; i < x->n; i++) if (dl_eq(dl_str_of(x->v[i]), s)) return;
    if (x->n < NAMES && s.n >= 2 && (x->v[x->n] = strndup(s.p, s.n)) != NULL) x->n++;
}

static void free_names(names *x) { while (x->n) free(x->v[--x->n]); }

static int longest_first(const void *a, const void *b)
{
    size_t x = strlen(*(char *const *)a), y = strlen(*(char *const *)b);
    return x < y ? 1 : x > y ? -1 : strcmp(*(char *const *)a, *(char *const *)b);
}

/* Every name by which the report names the person of that name, and the longer words of them. */
static void names_of(dl_db *d, int64_t report, dl_str name, names *out)
{
    dl_stmt *q = dl_db_prepare(d, "SELECT m.words FROM entities n JOIN mentions m USING (report, entity) WHERE n.report = ?1 AND m.kind = 'name' AND n.kind = 'person' AND "
                                  "(n.name = ?2 OR EXISTS (SELECT 1 FROM mentions k WHERE k.report = n.report AND k.entity = n.entity AND k.kind = 'name' AND k.words = ?2))");
    dl_stmt_int(q, 1, report), dl_stmt_str(q, 2, name);
    add_name(out, name);
    while (dl_stmt_next(d, q)) add_name(out, dl_col_str(q, 0));
    dl_stmt_free(q);
    for (int i = 0, n = out->n; i < n; i++) {
        dl_str s = dl_str_of(out->v[i]);
        for (uint32_t b = 0, e; b < s.n; b = e + 1) {
            for (e = b; e < s.n && !dl_space((unsigned char)s.p[e]) && s.p[e] != '-'; e++) { }
            if (e - b >= SHORTEST && !dl_lower((unsigned char)s.p[b])) add_name(out, dl_cut(s, b, e));
        }
    }
    qsort(out->v, (size_t)out->n, sizeof *out->v, longest_first);
}

/* As many bytes, and no letter. */
static void mask_of(const char *name, char *mask)
{
    for (; *name; name++) *mask++ = *name == ' ' ? ' ' : '*';
}

/* A record as it is packed in versions, with the name struck out: bytes for bytes, so that its spans hold. */
static void strike_record(dl_db *d, int64_t report, const names *x)
{
    dl_buf json, packed;
    dl_buf_init(&json, 0), dl_buf_init(&packed, 0);
    with(d, "DELETE FROM versions WHERE report = ?1 AND version < (SELECT max(version) FROM versions WHERE report = ?1)", report);
    dl_stmt *q = dl_db_prepare(d, "SELECT json FROM versions WHERE report = ?1");
    dl_stmt_int(q, 1, report);
    dl_str blob = dl_stmt_next(d, q) ? dl_col_blob(q, 0) : (dl_str){ 0 };
    bool good = blob.n && dl_zst_unpack(blob.p, blob.n, (size_t)1 << 30, &json);
    dl_stmt_free(q);
    for (int i = 0; good && i < x->n; i++) {
        dl_str name = dl_str_of(x->v[i]), all = dl_buf_str(&json);
        for (int64_t at = 0; (at = dl_find(all, name, (uint32_t)at)) >= 0; at += name.n) mask_of(x->v[i], json.p + at);
    }
    if (good && dl_zst_pack(NULL, json.p, json.n, &packed)) {
        q = dl_db_prepare(d, "UPDATE versions SET json = ?2 WHERE report = ?1");
        dl_stmt_int(q, 1, report), dl_stmt_blob(q, 2, dl_buf_str(&packed));
        dl_stmt_run(d, q);
        dl_stmt_free(q);
    } else with(d, "DELETE FROM versions WHERE report = ?1", report);      /* rather no record than a name in it */
    dl_buf_free(&json), dl_buf_free(&packed);
}

/* Each text column of each table of the report. */
static void strike_tables(dl_db *d, int64_t report, const names *x)
{
    dl_stmt *columns = dl_db_prepare(d, "SELECT m.name, c.name FROM pragma_table_list m JOIN pragma_table_info(m.name) c WHERE m.schema = 'main' AND m.type = 'table' AND c.type = 'TEXT' "
                                        "AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'report')");
    while (dl_stmt_next(d, columns)) {
        char sql[256];
        dl_str t = dl_col_str(columns, 0), c = dl_col_str(columns, 1);
        snprintf(sql, sizeof sql, "UPDATE \"%.*s\" SET \"%.*s\" = replace(\"%.*s\", ?2, ?3) WHERE report = ?1 AND instr(\"%.*s\", ?2)", (int)t.n, t.p, (int)c.n, c.p, (int)c.n, c.p, (int)c.n, c.p);
        dl_stmt *q = dl_db_prepare(d, sql);
        for (int i = 0; i < x->n; i++) {
            char *mask = calloc(strlen(x->v[i]) + 1, 1);
            if (!mask) { dl_db_refuse(d, DL_ENOMEM, "no memory to forget"); break; }
            mask_of(x->v[i], mask);
            dl_stmt_int(q, 1, report), dl_stmt_str(q, 2, dl_str_of(x->v[i])), dl_stmt_str(q, 3, dl_str_of(mask));
            dl_stmt_run(d, q);
            free(mask);
        }
        dl_stmt_free(q);
    }
    dl_stmt_free(columns);
}

/* indexed: the words of the old text are taken out of the index, those of the new one put in. */
static void strike(dl_db *d, int64_t report, dl_str name, bool indexed)
{
    names x = { .n = 0 };
    names_of(d, report, name, &x);
    if (indexed) with(d, "INSERT INTO report_words(report_words, rowid, text) SELECT 'delete', report, text FROM reports WHERE report = ?1", report);
    if (indexed) with(d, "INSERT INTO fact_words(fact_words, rowid, who, whom) SELECT 'delete', fact, who, whom FROM facts WHERE report = ?1", report);
    strike_tables(d, report, &x);
    if (indexed) with(d, "INSERT INTO fact_words(rowid, who, whom) SELECT fact, who, whom FROM facts WHERE report = ?1", report);
    strike_record(d, report, &x);
    with(d, "DELETE FROM originals WHERE sha256 = (SELECT sha256 FROM reports WHERE report = ?1)", report);
    if (indexed) with(d, "INSERT INTO report_words(rowid, text) SELECT report, text FROM reports WHERE report = ?1", report);
    free_names(&x);
}

int64_t dl_forget_person(dl_db *d, const char *name, const char *when, dl_error *err)
{
    dl_veil v;
    int64_t n = 0;
    bool good = dl_veil_open(&v, d, false) && dl_db_run(d, "PRAGMA secure_delete = ON") && dl_db_begin(d) && dl_db_run(d, unlock);
    dl_stmt *q = dl_db_prepare(d, "SELECT report FROM reports WHERE instr(text, ?1) OR report IN (SELECT report FROM entities WHERE name = ?1) ORDER BY report");
    if (strlen(name) < SHORTEST) good = false, dl_fail(err, DL_EARG, "'%s' is too short for a name to be struck out everywhere", name);
    dl_stmt_str(q, 1, dl_str_of(name));
    int64_t *reports = NULL, cap = 0;
    while (good && dl_stmt_next(d, q)) {
        if (n == cap) {
            int64_t *more = realloc(reports, (size_t)(cap = cap ? 2 * cap : 64) * sizeof *more);
            if (!more) { good = dl_db_refuse(d, DL_ENOMEM, "no memory to forget"); break; }
            reports = more;
        }
        reports[n++] = dl_col_int(q, 0);
    }
    dl_stmt_free(q);
    for (int64_t i = 0; good && i < n; i++) strike(d, reports[i], dl_str_of(name), false);
    free(reports);
    if (good) {
        q = dl_db_prepare(d, "DELETE FROM decisions WHERE instr(coalesce(old, '') || char(10) || coalesce(new, '') || char(10) || coalesce(why, ''), ?1)");
        dl_stmt_str(q, 1, dl_str_of(name));
        dl_stmt_run(d, q);
        dl_stmt_free(q);
        bury(d, &v, "name", dl_str_of(name), when, n);
    }
    dl_veil_close(&v);
    good = good && dl_db_run(d, lock) && sweep(d);
    if (!good) { dl_db_tell(d, err); dl_db_rollback(d); return -1; }
    return n;
}

/* ---- for whoever stores ---- */

bool dl_forgotten(dl_db *d, dl_str sha256, dl_str text)
{
    dl_veil v;
    if (!dl_db_number(d, "SELECT EXISTS (SELECT 1 FROM tombstones WHERE kind <> 'name')") || !dl_veil_open(&v, d, false)) return false;
    dl_stmt *q = dl_db_prepare(d, tombstone_of);
    bool gone = buried(d, &v, q, "report", sha256) || (text.n && buried(d, &v, q, "text", text));
    dl_stmt_free(q);
    dl_veil_close(&v);
    return gone;
}

void dl_forget_again(dl_db *d, int64_t report)
{
    dl_veil v;
    if (!dl_db_number(d, "SELECT EXISTS (SELECT 1 FROM tombstones WHERE kind = 'name')") || !dl_veil_open(&v, d, false)) return;
    names known = { .n = 0 };
    dl_stmt *q = dl_db_prepare(d, "SELECT DISTINCT n.name FROM entities n WHERE report = ?1 AND kind = 'person' UNION SELECT m.words FROM mentions m JOIN entities n USING (report, entity) WHERE m.report = ?1 AND m.kind = 'name' AND n.kind = 'person'"),
            *tomb = dl_db_prepare(d, tombstone_of);
    dl_stmt_int(q, 1, report);
    while (dl_stmt_next(d, q)) if (buried(d, &v, tomb, "name", dl_col_str(q, 0))) add_name(&known, dl_col_str(q, 0));
    dl_stmt_free(q), dl_stmt_free(tomb);
    for (int i = 0; i < known.n; i++) strike(d, report, dl_str_of(known.v[i]), true);
    free_names(&known);
    dl_veil_close(&v);
}
