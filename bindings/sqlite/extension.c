/* extension.c - dateline inside SQLite: a loadable extension over the public interface (include/dateline.h).
 *
 *     SELECT load_extension('./dateline_sqlite');
 *     SELECT type, actor, recipient, place, status FROM dateline('Gunmen attacked a police post in Goma on Monday.', '2015-01-26');
 *     SELECT a.id, d.* FROM articles a, dateline(a.body, a.day) d;
 *     SELECT dateline_json(body, day) FROM articles;
 *
 * The rows are those of `dateline code --format tsv`, with 1 and 0 for yes and no. One coder a connection, opened at the first row. */
#include <stdlib.h>
#include <string.h>
#include <sqlite3ext.h>
#include "dateline.h"
SQLITE_EXTENSION_INIT1

/* ---- a coder, shared by what one connection registers ---- */

typedef struct { dl_codebook *book; dl_coder *coder; int users; } engine;

static void release(void *p)
{
    engine *e = p;
    if (--e->users) return;
    dl_coder_close(e->coder);
    dl_codebook_close(e->book);
    sqlite3_free(e);
}

static dl_coder *coder(engine *e, char **why)
{
    dl_error err = { 0 };
    if (!e->coder && !e->book) e->book = dl_codebook_open(NULL, 0, &err);
    if (!e->coder && e->book) e->coder = dl_coder_open(e->book, NULL, NULL, &err);
    if (!e->coder) *why = sqlite3_mprintf("dateline: %s", err.message);
    return e->coder;
}

static dl_doc *code(engine *e, sqlite3_value *text, sqlite3_value *day, char **why)
{
    dl_coder *c = coder(e, why);
    dl_about about = { .size = sizeof about, .published = day ? (const char *)sqlite3_value_text(day) : NULL, .format = "text" };
    const char *bytes = (const char *)sqlite3_value_text(text);
    dl_doc *d = c ? dl_code(c, bytes ? bytes : "", bytes ? (size_t)sqlite3_value_bytes(text) : 0, &about) : NULL;
    if (c && !d) *why = sqlite3_mprintf("dateline: no memory");
    return d;
}

/* ---- the table: columns of the TSV, then what it is asked with ---- */

enum { MOST = 64 };
typedef struct { sqlite3_vtab base; engine *engine; int columns; bool number[MOST]; } table;
typedef struct { sqlite3_vtab_cursor base; dl_doc *doc; const char *row; sqlite3_int64 n; char *asked[2]; } cursor;

static bool is_number(const char *name, size_t n)
{
    static const char *const names[] = { "main", "quad", "goldstein", "lat", "lon", "count_low", "count_high", "background", "begin", "end" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) if (strlen(names[i]) == n && !memcmp(names[i], name, n)) return true;
    return false;
}

static int connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out, char **why)
{
    (void)argc, (void)argv, (void)why;
    table *t = sqlite3_malloc(sizeof *t);
    sqlite3_str *sql = sqlite3_str_new(db);
    if (!t || !sql) { sqlite3_free(t); sqlite3_free(sqlite3_str_finish(sql)); return SQLITE_NOMEM; }
    *t = (table){ .engine = aux };
    sqlite3_str_appendall(sql, "CREATE TABLE x(");
    for (const char *p = dl_tsv_header(); *p && *p != '\n' && t->columns < MOST;) {
        size_t n = strcspn(p, "\t\n");
        t->number[t->columns++] = is_number(p, n);
        sqlite3_str_appendf(sql, "\"%.*s\"%s, ", (int)n, p, is_number(p, n) ? "" : " TEXT");
        p += n + (p[n] == '\t');
    }
    sqlite3_str_appendall(sql, "text HIDDEN, published_on HIDDEN)");
    char *s = sqlite3_str_finish(sql);
    int rc = s ? sqlite3_declare_vtab(db, s) : SQLITE_NOMEM;
    sqlite3_free(s);
    if (rc != SQLITE_OK) { sqlite3_free(t); return rc; }
    *out = &t->base;
    return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *v) { sqlite3_free(v); return SQLITE_OK; }

/* The text must be given; the day may be. */
static int best_index(sqlite3_vtab *v, sqlite3_index_info *info)
{
    const table *t = (const table *)v;
    int at[2] = { -1, -1 };
    for (int i = 0; i < info->nConstraint; i++) {
        int k = info->aConstraint[i].iColumn - t->columns;
        if (k < 0 || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        if (!info->aConstraint[i].usable) return SQLITE_CONSTRAINT;
        at[k] = i;
    }
    if (at[0] < 0) { v->zErrMsg = sqlite3_mprintf("dateline(text, published) wants a text"); return SQLITE_ERROR; }
    for (int k = 0; k < 2; k++) if (at[k] >= 0) info->aConstraintUsage[at[k]].argvIndex = k + 1, info->aConstraintUsage[at[k]].omit = 1;
    info->idxNum = at[1] >= 0 ? 2 : 1;
    info->estimatedCost = 1e6, info->estimatedRows = 20;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *v, sqlite3_vtab_cursor **out)
{
    (void)v;
    cursor *c = sqlite3_malloc(sizeof *c);
    if (!c) return SQLITE_NOMEM;
    *c = (cursor){ 0 };
    *out = &c->base;
    return SQLITE_OK;
}

static void forget(cursor *c)
{
    dl_doc_free(c->doc);
    for (int i = 0; i < 2; i++) sqlite3_free(c->asked[i]), c->asked[i] = NULL;
    c->doc = NULL, c->row = NULL;
}

static int close_cursor(sqlite3_vtab_cursor *v)
{
    forget((cursor *)v);
    sqlite3_free(v);
    return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *v, int how, const char *name, int argc, sqlite3_value **argv)
{
    cursor *c = (cursor *)v;
    (void)name;
    forget(c);
    if (argc < 1 || sqlite3_value_type(argv[0]) == SQLITE_NULL) return SQLITE_OK;
    c->doc = code(((table *)v->pVtab)->engine, argv[0], how == 2 && argc > 1 && sqlite3_value_type(argv[1]) != SQLITE_NULL ? argv[1] : NULL, &v->pVtab->zErrMsg);
    if (!c->doc) return SQLITE_ERROR;
    for (int i = 0; i < argc && i < 2; i++) c->asked[i] = sqlite3_mprintf("%s", (const char *)sqlite3_value_text(argv[i]));
    c->row = dl_doc_tsv(c->doc), c->n = 0;
    return dl_doc_failed(c->doc) ? SQLITE_NOMEM : SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *v)
{
    cursor *c = (cursor *)v;
    const char *end = strchr(c->row, '\n');
    c->row = end ? end + 1 : c->row + strlen(c->row);
    c->n++;
    return SQLITE_OK;
}

static int eof(sqlite3_vtab_cursor *v) { const cursor *c = (const cursor *)v; return !c->row || !*c->row; }

static int column(sqlite3_vtab_cursor *v, sqlite3_context *ctx, int i)
{
    const cursor *c = (const cursor *)v;
    const table *t = (const table *)v->pVtab;
    const char *p = c->row;
    if (i >= t->columns) { if (c->asked[i - t->columns]) sqlite3_result_text(ctx, c->asked[i - t->columns], -1, SQLITE_TRANSIENT); return SQLITE_OK; }
    for (int k = 0; k < i; k++) p += strcspn(p, "\t\n"), p += *p == '\t';
    size_t n = strcspn(p, "\t\n");
    if (!n) sqlite3_result_null(ctx);
    else if (!t->number[i]) sqlite3_result_text(ctx, p, (int)n, SQLITE_TRANSIENT);
    else if (*p == 'y' || *p == 'n') sqlite3_result_int(ctx, *p == 'y');                /* yes, no */
    else if (memchr(p, '.', n)) sqlite3_result_double(ctx, strtod(p, NULL));
    else sqlite3_result_int64(ctx, strtoll(p, NULL, 10));
    return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *v, sqlite3_int64 *out) { *out = ((const cursor *)v)->n; return SQLITE_OK; }

static const sqlite3_module module = { .xConnect = connect, .xBestIndex = best_index, .xDisconnect = disconnect, .xOpen = open_cursor, .xClose = close_cursor, .xFilter = filter, .xNext = next, .xEof = eof, .xColumn = column, .xRowid = rowid };

/* ---- the record whole ---- */

static void json(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
    char *why = NULL;
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL) return;
    dl_doc *d = code(sqlite3_user_data(ctx), argv[0], argc > 1 && sqlite3_value_type(argv[1]) != SQLITE_NULL ? argv[1] : NULL, &why);
    if (d) { size_t n = dl_doc_json_size(d); sqlite3_result_text(ctx, dl_doc_json(d), n ? (int)n - 1 : 0, SQLITE_TRANSIENT); }
    else sqlite3_result_error(ctx, why ? why : "dateline: no memory", -1);
    sqlite3_free(why);
    dl_doc_free(d);
}

#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
int sqlite3_datelinesqlite_init(sqlite3 *db, char **why, const sqlite3_api_routines *api);

int sqlite3_datelinesqlite_init(sqlite3 *db, char **why, const sqlite3_api_routines *api)
{
    (void)why;
    SQLITE_EXTENSION_INIT2(api);
    engine *e = sqlite3_malloc(sizeof *e);
    if (!e) return SQLITE_NOMEM;
    *e = (engine){ .users = 3 };
    int rc = sqlite3_create_module_v2(db, "dateline", &module, e, release);
    for (int n = 1; n <= 2; n++) {
        int r = sqlite3_create_function_v2(db, "dateline_json", n, SQLITE_UTF8 | SQLITE_DETERMINISTIC, e, json, NULL, NULL, release);
        if (rc == SQLITE_OK) rc = r;
    }
    return rc;
}
