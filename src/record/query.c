/* query.c - a stranger's question to any SQLite file, cell by cell, as it is printed. */
#include <stdlib.h>
#include "base/error.h"
#include "record/filter.h"
#include "record/store.h"

struct dl_query { dl_db *db; dl_stmt *q; };

dl_query *dl_query_open(const char *path, const char *sql, dl_error *err)
{
    dl_query *x = calloc(1, sizeof *x);
    if (!x) { dl_fail(err, DL_ENOMEM, "no memory for a question"); return NULL; }
    if ((x->db = dl_db_open(path, DL_DB_READ, err)) != NULL && (x->q = dl_db_question(x->db, sql, err)) != NULL) return x;
    dl_query_close(x);
    return NULL;
}

dl_query *dl_query_events(const char *path, dl_filter *f, const char *head, const char *rest, dl_error *err)
{
    dl_query *x = calloc(1, sizeof *x);
    if (!x) { dl_fail(err, DL_ENOMEM, "no memory for a question"); return NULL; }
    if ((x->db = dl_store_attach(path, DL_DB_READ, err)) != NULL && (x->q = dl_filter_ask(f, x->db, head, rest)) != NULL) return x;
    if (x->db) dl_db_tell(x->db, err);
    dl_query_close(x);
    return NULL;
}

void dl_query_close(dl_query *x)
{
    if (!x) return;
    dl_stmt_free(x->q);
    dl_db_close(x->db);
    free(x);
}

dl_stmt *dl_query_stmt(dl_query *x) { return x->q; }
int dl_query_columns(const dl_query *x) { return dl_stmt_columns(x->q); }
dl_str dl_query_name(const dl_query *x, int column) { return dl_col_name(x->q, column); }
int dl_query_next(dl_query *x, dl_error *err) { return dl_db_answer(x->db, x->q, err); }

dl_cell dl_query_cell(const dl_query *x, int column)
{
    dl_col_kind is = dl_col_is(x->q, column);
    dl_str s = dl_col_str(x->q, column);
    if (!s.p) s = DL_STR("");
    if (is == DL_COL_REAL && dl_ends(s, DL_STR(".0"))) s.n -= 2;              /* 12, not 12.0 */
    return (dl_cell){ is == DL_COL_NULL ? DL_CELL_NULL : is == DL_COL_INT || is == DL_COL_REAL ? DL_CELL_NUMBER : DL_CELL_TEXT, s };
}
