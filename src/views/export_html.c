/* export_html.c - one page that is a file, to hand to a colleague: the page of `dateline serve`, with the events that pass, their reports and the outlines of the world laid into it. It asks nobody for anything, and
 * nothing can be decided in it. */
#include <stdio.h>
#include <string.h>
#include "base/json.h"
#include "views/page.h"
#include "views/export.h"

enum { MOST = 5000 };                                /* events; more make a page that browsers are slow with */

static const char policy[] = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:\">\n";

/* JSON within a script: "</" would end it, "<!" begin a comment. */
static void put_inside(dl_buf *b, dl_str json)
{
    for (uint32_t i = 0; i < json.n; i++) {
        if (json.p[i] == '<') dl_putz(b, "\\u003c");
        else dl_putc(b, json.p[i]);
    }
}

static dl_str asset(const char *path)
{
    const dl_asset *a = dl_asset_of(path);
    return a ? (dl_str){ a->begin, (uint32_t)(a->end - a->begin) } : DL_STR("");
}

/* Reports of the events that pass, each once. */
static bool put_reports(dl_export *x, dl_page *p, dl_buf *data, const char *rest)
{
    dl_stmt *q = dl_filter_ask(x->filter, x->db, "SELECT DISTINCT r.id FROM facts a JOIN reports r USING (report)", rest);
    bool first = true, good = true;
    dl_putz(data, ",\"reports\":{");
    while (good && dl_stmt_next(x->db, q)) {
        char id[4096];
        dl_str v = dl_col_str(q, 0);
        if (v.n >= sizeof id) continue;
        memcpy(id, v.p, v.n), id[v.n] = 0;
        if (!first) dl_putc(data, ',');
        first = false;
        dl_json_str(data, v), dl_putc(data, ':');
        good = dl_page_report(p, id, x->names, data);
    }
    dl_putc(data, '}');
    dl_stmt_free(q);
    return good && dl_db_good(x->db);
}

static bool put_data(dl_export *x, dl_buf *data)
{
    char rest[64];
    dl_page p = { .db = x->db, .book = x->book, .version = DL_VERSION, .name = x->name ? x->name : "a store" };
    uint32_t n = 0;
    snprintf(rest, sizeof rest, "ORDER BY a.fact LIMIT %d", MOST);
    bool good = dl_board_load(&p.board, x->db);
    dl_putz(data, "{\"about\":");
    good = good && dl_page_about(&p, data);
    dl_putz(data, ",\"rows\":");
    good = good && dl_page_rows(&p, x->filter, x->names, rest, data, &n);
    dl_putz(data, ",\"network\":");
    good = good && dl_page_network(&p, x->filter, data);
    good = good && put_reports(x, &p, data, "ORDER BY a.report");
    dl_putz(data, ",\"world\":"), dl_put(data, asset("/world-110m.json")), dl_putc(data, '}');
    x->written = n;
    dl_board_free(&p.board);
    return good && !data->failed;
}

bool dl_export_html(dl_export *x)
{
    static const char css[] = "<link rel=\"stylesheet\" href=\"/app.css\">", js[] = "<script src=\"/app.js\" defer></script>", viewport[] = "<meta name=\"viewport\"", token[] = "@TOKEN@";
    dl_str page = asset("/");
    int64_t at_view = dl_find(page, DL_STR(viewport), 0), at_token = dl_find(page, DL_STR(token), 0), at_css = dl_find(page, DL_STR(css), 0), at_js = dl_find(page, DL_STR(js), 0);
    dl_stmt *q = dl_filter_ask(x->filter, x->db, "SELECT count(*) FROM facts a", "");
    int64_t all = dl_stmt_next(x->db, q) ? dl_col_int(q, 0) : 0;
    dl_stmt_free(q);
    if (at_view < 0 || at_token < at_view || at_css < at_token || at_js < at_css) return dl_db_refuse(x->db, DL_EARG, "this program was built without the page");
    if (all > MOST) return dl_db_refuse(x->db, DL_EARG, "more than 5000 events pass: too many for a page that is a file; filter for fewer");
    dl_buf data, *b = &x->out;
    dl_buf_init(&data, 0);
    bool good = put_data(x, &data);
    dl_put(b, dl_cut(page, 0, (uint32_t)at_view)), dl_putz(b, policy), dl_put(b, dl_cut(page, (uint32_t)at_view, (uint32_t)at_token));
    dl_put(b, dl_cut(page, (uint32_t)at_token + sizeof token - 1, (uint32_t)at_css));
    dl_putz(b, "<style>"), dl_put(b, asset("/app.css")), dl_putz(b, "</style>");
    dl_put(b, dl_cut(page, (uint32_t)at_css + sizeof css - 1, (uint32_t)at_js));
    dl_putz(b, "<script type=\"application/json\" id=\"dateline-data\">"), put_inside(b, dl_buf_str(&data)), dl_putz(b, "</script>\n<script>"), dl_put(b, asset("/app.js")), dl_putz(b, "</script>");
    dl_put(b, dl_cut(page, (uint32_t)at_js + sizeof js - 1, page.n));
    b->failed |= data.failed;
    dl_buf_free(&data);
    return good && dl_db_good(x->db);
}
