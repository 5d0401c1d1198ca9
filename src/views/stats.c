/* stats.c - see stats.h. Drawn for people, or as rows for programs. */
#include <stdlib.h>
#include <string.h>
#include "analysis/series.h"
#include "base/json.h"
#include "record/words.h"
#include "views/export.h"
#include "views/stats.h"

enum { WIDEST_BAR = 40, TYPES = 30, DYADS = 15, LINE = 92 };

typedef struct { dl_db *db; dl_filter *filter; dl_buf *out; dl_series series; } stats;

/* ---- what is counted ---- */

static bool read_series(stats *s, dl_grain grain)
{
    dl_dated *v = NULL;
    uint32_t n = 0, cap = 0;
    bool room = true;
    dl_stmt *q = dl_filter_ask(s->filter, s->db, "SELECT a.earliest, count(*) FROM facts a", "GROUP BY 1");
    while (room && dl_stmt_next(s->db, q)) {
        if (n == cap) {
            dl_dated *more = realloc(v, (cap = cap ? 2 * cap : 512) * sizeof *v);
            if (!more) { room = dl_db_refuse(s->db, DL_ENOMEM, "no memory for a series"); break; }
            v = more;
        }
        dl_str day = dl_col_str(q, 0);
        v[n++] = (dl_dated){ day.n == 10 ? dl_day_parse(day) : DL_NO_DAY, 0, (uint32_t)dl_col_int(q, 1) };
    }
    dl_stmt_free(q);
    room = room && (dl_series_make(&s->series, v, n, grain) || dl_db_refuse(s->db, DL_ENOMEM, "no memory for a series"));
    free(v);
    return room && dl_db_good(s->db);
}

/* ---- for people ---- */

static void spaces(dl_buf *b, int n) { while (n-- > 0) dl_putc(b, ' '); }

static void bar(dl_buf *b, uint64_t n, uint64_t most)
{
    static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
    uint64_t units = most ? n * WIDEST_BAR * 8 / most : 0;
    if (n && !units) units = 1;
    for (uint64_t i = 0; i < units / 8; i++) dl_putz(b, "█");
    dl_putz(b, eighths[units % 8]);
}

/* One sign a bin; lines of LINE, each with the day it begins. */
static void sparkline(stats *s)
{
    static const char *const levels[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
    const dl_series *x = &s->series;
    uint32_t most = 0;
    for (uint32_t i = 0; i < x->n; i++) if (x->v[i].n[0] > most) most = x->v[i].n[0];
    dl_putf(s->out, "by %s (highest: %u)\n", dl_grain_names[x->grain], most);
    for (uint32_t i = 0; i < x->n; i++) {
        char day[16];
        if (i % LINE == 0) dl_day_iso(x->v[i].bin, day), dl_putf(s->out, "%s  %s  ", i ? "\n" : "", day);
        uint32_t n = x->v[i].n[0];
        dl_putz(s->out, n ? levels[(uint64_t)(n - 1) * 8 / most] : "·");
    }
    dl_putz(s->out, x->n ? "\n" : "  no day is known of any\n");
    if (x->undated) dl_putf(s->out, "  and %u without a day\n", x->undated);
}

static void types(stats *s)
{
    dl_stmt *q = dl_filter_ask(s->filter, s->db, "SELECT a.type, count(*), avg(a.goldstein) FROM facts a", "GROUP BY 1 ORDER BY 2 DESC, 1");
    uint64_t most = 0;
    dl_putz(s->out, "\nby type (mean Goldstein score)\n");
    for (int i = 0; i < TYPES && dl_stmt_next(s->db, q); i++) {
        uint64_t n = (uint64_t)dl_col_int(q, 1);
        dl_str type = dl_col_str(q, 0);
        if (!most) most = n;
        dl_putz(s->out, "  "), dl_put(s->out, type), spaces(s->out, 10 - (int)type.n);
        dl_putf(s->out, "%7llu  ", (unsigned long long)n);
        if (dl_col_null(q, 2)) dl_putz(s->out, "       ");
        else dl_putf(s->out, "%+5.1f  ", dl_col_real(q, 2));
        bar(s->out, n, most);
        dl_putc(s->out, '\n');
    }
    dl_stmt_free(q);
}

static const char dyads_head[] = "SELECT a.who_code AS who, a.whom_code AS whom, count(*) AS events, round(avg(a.goldstein), 2) AS goldstein, "
    "sum(a.quad = 1) AS verbal_cooperation, sum(a.quad = 2) AS material_cooperation, sum(a.quad = 3) AS verbal_conflict, sum(a.quad = 4) AS material_conflict, min(a.earliest) AS first, max(a.latest) AS last FROM facts a";
static const char dyads_rest[] = "AND a.who_code <> '' AND a.whom_code <> '' GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2";

static void dyads(stats *s)
{
    dl_stmt *q = dl_filter_ask(s->filter, s->db, dyads_head, dyads_rest);
    uint64_t most = 0;
    dl_putz(s->out, "\nwho to whom (mean Goldstein score)\n");
    for (int i = 0; i < DYADS && dl_stmt_next(s->db, q); i++) {
        uint64_t n = (uint64_t)dl_col_int(q, 2);
        if (!most) most = n;
        dl_buf pair;
        dl_buf_init(&pair, 0);
        dl_put_flat(&pair, dl_col_str(q, 0), 14), dl_putz(&pair, " -> "), dl_put_flat(&pair, dl_col_str(q, 1), 14);
        dl_putz(s->out, "  "), dl_put(s->out, dl_buf_str(&pair)), spaces(s->out, 34 - (int)pair.n);
        dl_buf_free(&pair);
        dl_putf(s->out, "%7llu  ", (unsigned long long)n);
        if (dl_col_null(q, 3)) dl_putz(s->out, "       ");
        else dl_putf(s->out, "%+5.1f  ", dl_col_real(q, 3));
        bar(s->out, n, most);
        dl_putc(s->out, '\n');
    }
    if (!most) dl_putz(s->out, "  none with codes of both\n");
    dl_stmt_free(q);
}

static void picture(stats *s, bool own_status)
{
    dl_stmt *q = dl_filter_ask(s->filter, s->db, "SELECT count(*), count(DISTINCT a.report) FROM facts a", "");
    int64_t events = 0, reports = 0;
    if (dl_stmt_next(s->db, q)) events = dl_col_int(q, 0), reports = dl_col_int(q, 1);
    dl_stmt_free(q);
    dl_putf(s->out, "%lld events of %lld reports%s\n", (long long)events, (long long)reports,
            own_status ? "" : ", told as having happened (asserted or reported), each once and each witness once; --status and --told count others");
    sparkline(s), types(s), dyads(s);
}

/* ---- for programs ---- */

static void rows(stats *s, bool json)
{
    const dl_series *x = &s->series;
    if (!json) dl_putf(s->out, "%s\tevents\n", dl_grain_names[x->grain]);
    for (uint32_t i = 0; i < x->n; i++) {
        char day[16];
        dl_day_iso(x->v[i].bin, day);
        if (json) dl_putf(s->out, "{\"%s\":\"%s\",\"events\":%u}\n", dl_grain_names[x->grain], day, x->v[i].n[0]);
        else dl_putf(s->out, "%s\t%u\n", day, x->v[i].n[0]);
    }
    if (x->undated) dl_putf(s->out, json ? "{\"%s\":null,\"events\":%u}\n" : "%.0s\t%u\n", dl_grain_names[x->grain], x->undated);
}

static void cell(stats *s, dl_stmt *q, int column, bool json)
{
    dl_str v = dl_col_str(q, column);
    if (json && dl_col_null(q, column)) dl_putz(s->out, "null");
    else if (json && dl_col_is(q, column) == DL_COL_TEXT) dl_json_str(s->out, v);
    else if (json) dl_put(s->out, v);
    else dl_put_cell(s->out, v.p ? v : DL_STR(""));
}

static void dyad_rows(stats *s, bool json)
{
    dl_stmt *q = dl_filter_ask(s->filter, s->db, dyads_head, dyads_rest);
    int n = q ? dl_stmt_columns(q) : 0;
    for (int i = 0; !json && i < n; i++) dl_put(s->out, dl_col_name(q, i)), dl_putc(s->out, i + 1 < n ? '\t' : '\n');
    while (dl_stmt_next(s->db, q)) {
        if (json) dl_putc(s->out, '{');
        for (int i = 0; i < n; i++) {
            if (json) dl_json_str(s->out, dl_col_name(q, i)), dl_putc(s->out, ':');
            cell(s, q, i, json);
            dl_putz(s->out, i + 1 < n ? (json ? "," : "\t") : json ? "}\n" : "\n");
        }
    }
    dl_stmt_free(q);
}

bool dl_stats(dl_db *d, dl_filter *f, const dl_stats_asked *asked, dl_buf *out)
{
    stats s = { .db = d, .filter = f, .out = out };
    dl_error err = { 0 };
    bool own_status = dl_filter_has(f, "status"), json = asked->format && !strcmp(asked->format, "jsonl"), text = !asked->format || !strcmp(asked->format, "text");
    if (!own_status && (!dl_filter_add(f, "status", "asserted", &err) || !dl_filter_add(f, "status", "reported", &err))) return dl_db_refuse(d, err.code, err.message);
    if (asked->dyads) dyad_rows(&s, json);
    else if (read_series(&s, dl_grain_of(asked->by))) {
        if (text) picture(&s, own_status);
        else rows(&s, json);
    }
    dl_series_free(&s.series);
    return dl_db_good(d) && (!out->failed || dl_db_refuse(d, DL_ENOMEM, "no memory for a series"));
}
