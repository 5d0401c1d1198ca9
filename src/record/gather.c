/* gather.c - see gather.h. */
#include <stdio.h>
#include <stdlib.h>
#include "record/gather.h"

enum { ROWS = 16, ROOM = 65536, LONG = 1024, MOST_COLUMNS = 32 };         /* rows of a table at a time; bytes of words; of one that is not copied */
enum { SIZES = 5 };
static const int size_of[SIZES] = { ROWS, 8, 4, 2, 1 };                        /* so many rows a statement */

typedef struct { enum { NOTHING, WHOLE, REAL, WORDS, BYTES } is; union { int64_t i; double r; dl_str s; }; } value;
typedef struct { const char *name; dl_stmt *insert[SIZES]; value *v; int columns, n; } table;

struct dl_gather {
    dl_db *db;
    table *of;
    int    n, at, column;                                /* the row at hand: its table, and how many values it has */
    bool   lent;                                         /* words of it are not copied */
    size_t used;
    char   room[ROOM];
};

/* ---- opening ---- */

static dl_stmt *prepare(dl_db *d, const char *name, int columns, int rows)
{
    dl_buf sql;
    dl_buf_init(&sql, 0);
    dl_putf(&sql, "INSERT OR FAIL INTO %s VALUES", name);                 /* nothing is written after a failure: OR FAIL saves the savepoint, at which FTS5 would write out what it has gathered */
    for (int r = 0; r < rows; r++) {
        dl_putz(&sql, r ? ",(?" : "(?");
        for (int c = 1; c < columns; c++) dl_putz(&sql, ",?");
        dl_putc(&sql, ')');
    }
    dl_putc(&sql, '\0');
    dl_stmt *q = sql.failed ? NULL : dl_db_prepare(d, sql.p);
    if (sql.failed) dl_db_refuse(d, DL_ENOMEM, "no memory for the database");
    dl_buf_free(&sql);
    return q;
}

static bool open_table(dl_db *d, table *t, const char *name)
{
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM pragma_table_info('%s')", name);
    t->columns = (int)dl_db_number(d, sql);
    if (!dl_db_good(d)) return false;
    if (t->columns < 1 || t->columns > MOST_COLUMNS) return dl_db_refuse(d, DL_EARG, "a table with no columns, or with too many");
    t->v = calloc((size_t)ROWS * (size_t)t->columns, sizeof *t->v);
    if (!t->v) return dl_db_refuse(d, DL_ENOMEM, "no memory for the database");
    t->name = name, t->insert[SIZES - 1] = prepare(d, name, t->columns, 1);         /* the others when they are needed */
    return dl_db_good(d);
}

dl_gather *dl_gather_open(dl_db *d, const char *const *tables, int n)
{
    dl_gather *g = malloc(sizeof *g);
    table *of = calloc((size_t)n, sizeof *of);
    if (!g || !of) {
        free(g), free(of);
        dl_db_refuse(d, DL_ENOMEM, "no memory for the database");
        return NULL;
    }
    g->db = d, g->of = of, g->n = n, g->at = g->column = 0, g->lent = false, g->used = 0;
    for (int i = 0; i < n; i++)
        if (!open_table(d, &of[i], tables[i])) { dl_gather_close(g); return NULL; }
    return g;
}

void dl_gather_close(dl_gather *g)
{
    for (int i = 0; g && i < g->n; i++) {
        for (int k = 0; k < SIZES; k++) dl_stmt_free(g->of[i].insert[k]);
        free(g->of[i].v);
    }
    if (g) free(g->of);
    free(g);
}

/* ---- writing ---- */

static void bind(dl_db *d, dl_stmt *q, int at, const value *v)
{
    switch (v->is) {
    case NOTHING: dl_stmt_null(q, at); return;
    case WHOLE: dl_stmt_int(q, at, v->i); return;
    case REAL: dl_stmt_real(q, at, v->r); return;
    case BYTES: dl_stmt_blob(q, at, v->s); return;
    case WORDS: if (!dl_stmt_str(q, at, v->s)) dl_db_fail(d);
    }
}

static void write_out(dl_gather *g, table *t)
{
    for (int k = 0, done = 0; k < SIZES; k++)
        for (; t->n - done >= size_of[k]; done += size_of[k]) {
            if (!t->insert[k]) t->insert[k] = prepare(g->db, t->name, t->columns, size_of[k]);
            for (int i = 0; i < size_of[k] * t->columns; i++) bind(g->db, t->insert[k], i + 1, &t->v[done * t->columns + i]);
            dl_stmt_run(g->db, t->insert[k]);
        }
    t->n = 0;
}

void dl_gather_flush(dl_gather *g)
{
    for (int i = 0; i < g->n; i++) write_out(g, &g->of[i]);
    g->used = 0;
}

/* ---- a row ---- */

void dl_gather_row(dl_gather *g, int at)
{
    if (ROOM - g->used < LONG * MOST_COLUMNS) dl_gather_flush(g);         /* no row outgrows the room in its middle */
    g->at = at, g->column = 0, g->lent = false;
}

static void put(dl_gather *g, value v)
{
    table *t = &g->of[g->at];
    if (g->column < t->columns) t->v[t->n * t->columns + g->column] = v;
    g->column++;
}

static void put_words(dl_gather *g, value v)
{
    if (v.s.n > LONG) g->lent = true;
    else {
        char *to = g->room + g->used;
        memcpy(to, v.s.p, v.s.n);
        v.s.p = to, g->used += v.s.n;
    }
    put(g, v);
}

void dl_gather_int(dl_gather *g, int64_t i) { put(g, (value){ WHOLE, { .i = i } }); }
void dl_gather_real(dl_gather *g, double r) { put(g, (value){ REAL, { .r = r } }); }
void dl_gather_null(dl_gather *g) { put(g, (value){ NOTHING, { .i = 0 } }); }
void dl_gather_str(dl_gather *g, dl_str s) { if (s.p) put_words(g, (value){ WORDS, { .s = s } }); else dl_gather_null(g); }
void dl_gather_blob(dl_gather *g, dl_str s) { put_words(g, (value){ BYTES, { .s = s.p ? s : DL_STR("") } }); }

void dl_gather_end(dl_gather *g)
{
    table *t = &g->of[g->at];
    if (g->column != t->columns) { if (dl_db_good(g->db)) dl_db_refuse(g->db, DL_EARG, "a row has another number of columns than its table"); return; }
    if (++t->n == ROWS || g->lent) write_out(g, t);
}
