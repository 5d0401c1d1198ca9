/* query.c - dateline query: what a SELECT finds in a database, as a table for people, tab-separated rows or JSON Lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "record/filter.h"
#include "record/store.h"
#include "record/words.h"

static const char events[] = "SELECT a.date, a.place, a.who, a.type, a.whom, a.what, a.status, a.says, e.words FROM facts a JOIN events e ON e.report = a.report AND e.event = a.event";

enum { WIDEST = 40 };                                  /* columns of a terminal that a cell may take */

typedef struct { dl_query *q; dl_filter filter; dl_buf line, cell; int *width; bool *numbers; int n; } table;

static void flush(dl_buf *b)
{
    if (b->n) fwrite(b->p, 1, b->n, stdout);
    dl_buf_clear(b);
}

/* ---- a table: all rows once to see how wide the columns are, and again to print them ---- */

static int width_of(dl_str s)
{
    int n = 0;
    for (uint32_t i = 0; i < s.n;) n += dl_cp_width(dl_utf8_next(s, &i));
    return n;
}

/* The cell on one line; in t->cell. */
static dl_str shown(table *t, dl_str s)
{
    dl_buf_clear(&t->cell);
    dl_put_flat(&t->cell, s, WIDEST - 1);
    return dl_buf_str(&t->cell);
}

static void measure(table *t, int column, dl_str s)
{
    int w = width_of(shown(t, s));
    if (w > t->width[column]) t->width[column] = w;
}

static void put_padded(table *t, int column, dl_str s, bool right)
{
    dl_str cell = shown(t, s);
    int pad = t->width[column] - width_of(cell);
    for (int i = 0; right && i < pad; i++) dl_putc(&t->line, ' ');
    dl_put(&t->line, cell);
    for (int i = 0; !right && i < pad && column + 1 < t->n; i++) dl_putc(&t->line, ' ');
    dl_putz(&t->line, column + 1 < t->n ? "  " : "\n");
}

static void table_head(table *t)
{
    for (int c = 0; c < t->n; c++) put_padded(t, c, dl_query_name(t->q, c), t->numbers[c]);
    for (int c = 0; c < t->n; c++) {
        for (int i = 0; i < t->width[c]; i++) dl_putz(&t->line, "─");
        dl_putz(&t->line, c + 1 < t->n ? "  " : "\n");
    }
    flush(&t->line);
}

static int print_table(table *t, dl_error *err)
{
    int rc;
    size_t rows = 0;
    for (int c = 0; c < t->n; c++) measure(t, c, dl_query_name(t->q, c)), t->numbers[c] = true;
    while ((rc = dl_query_next(t->q, err)) == 1)
        for (int c = 0; c < t->n; c++) {
            dl_cell x = dl_query_cell(t->q, c);
            measure(t, c, x.text);
            if (x.kind == DL_CELL_TEXT) t->numbers[c] = false;
        }
    if (rc == 0) table_head(t);
    while (rc == 0 && (rc = dl_query_next(t->q, err)) == 1) {
        for (int c = 0; c < t->n; c++) put_padded(t, c, dl_query_cell(t->q, c).text, t->numbers[c]);
        flush(&t->line);
        rows++, rc = 0;
    }
    if (rc == 0) printf("%zu row%s\n", rows, rows == 1 ? "" : "s");
    return rc;
}

/* ---- rows and objects, as they come ---- */

static int print_tsv(table *t, dl_error *err)
{
    int rc;
    for (int c = 0; c < t->n; c++) dl_put_cell(&t->line, dl_query_name(t->q, c)), dl_putc(&t->line, c + 1 < t->n ? '\t' : '\n');
    while ((rc = dl_query_next(t->q, err)) == 1) {
        for (int c = 0; c < t->n; c++) dl_put_cell(&t->line, dl_query_cell(t->q, c).text), dl_putc(&t->line, c + 1 < t->n ? '\t' : '\n');
        flush(&t->line);
    }
    flush(&t->line);
    return rc;
}

static int print_jsonl(table *t, dl_error *err)
{
    int rc;
    while ((rc = dl_query_next(t->q, err)) == 1) {
        dl_putc(&t->line, '{');
        for (int c = 0; c < t->n; c++) {
            dl_cell x = dl_query_cell(t->q, c);
            dl_json_str(&t->line, dl_query_name(t->q, c));
            dl_putc(&t->line, ':');
            if (x.kind == DL_CELL_NULL) dl_putz(&t->line, "null");
            else if (x.kind == DL_CELL_NUMBER) dl_put(&t->line, x.text);
            else dl_json_str(&t->line, x.text);
            if (c + 1 < t->n) dl_putc(&t->line, ',');
        }
        dl_putz(&t->line, "}\n");
        flush(&t->line);
    }
    return rc;
}

static int print_count(table *t, dl_error *err)
{
    int rc = dl_query_next(t->q, err);
    if (rc == 1) dl_put(&t->line, dl_query_cell(t->q, 0).text), dl_putc(&t->line, '\n'), flush(&t->line);
    return rc < 0 ? -1 : 0;
}

int verb_query(const cli *c)
{
    if (c->nargs < 1 || c->nargs > 2) { cli_say("query wants a database, and a SELECT in quotation marks"); cli_usage(c->verb); return EXIT_USAGE; }
    const char *f = c->format ? c->format : "table";
    dl_error err = { 0 };
    table t = { 0 };
    if (c->nargs == 2 && (c->nfilter || c->count)) { cli_say("either a SELECT or filters"); cli_usage(c->verb); return EXIT_USAGE; }
    if (c->nargs == 2) t.q = dl_query_open(c->args[0], c->args[1], &err);
    else {
        dl_filter filter;
        if (!cli_filter(c, &filter)) return EXIT_USAGE;
        t.q = dl_query_events(c->args[0], &filter, c->count ? "SELECT count(*) AS events FROM facts a" : events, c->count ? "" : "ORDER BY a.report, e.begin", &err);
        t.filter = filter;
    }
    if (!t.q) { cli_error(&err); return err.code == DL_ESYNTAX || err.code == DL_EARG ? EXIT_USAGE : EXIT_SOME_FAILED; }
    dl_buf_init(&t.line, 0), dl_buf_init(&t.cell, 0);
    t.n = dl_query_columns(t.q);
    t.width = calloc((size_t)t.n + 1, sizeof *t.width), t.numbers = calloc((size_t)t.n + 1, sizeof *t.numbers);
    int rc = -1;
    if (!t.width || !t.numbers) cli_say("no memory for a table");
    else if ((rc = strcmp(f, "table") == 0 && c->count ? print_count(&t, &err) : strcmp(f, "table") == 0 ? print_table(&t, &err) : strcmp(f, "tsv") == 0 ? print_tsv(&t, &err) : print_jsonl(&t, &err)) < 0) cli_error(&err);
    free(t.width), free(t.numbers);
    dl_buf_free(&t.line), dl_buf_free(&t.cell);
    dl_query_close(t.q);
    if (c->nargs == 1) dl_filter_free(&t.filter);
    return rc < 0 ? EXIT_SOME_FAILED : EXIT_FINE;
}
