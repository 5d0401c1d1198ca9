/* page.c - answers to what the page asks; one function an address. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/series.h"
#include "base/error.h"
#include "base/json.h"
#include "record/decide.h"
#include "record/store.h"
#include "views/graph.h"
#include "views/page.h"
#include "views/review.h"

enum { PLACES = 4000, PAGE_OF_ROWS = 500, NODES = 150, PAIRS = 600, LONG_VALUE = 4096 };

/* ---- opening ---- */

bool dl_page_open(dl_page *p, const dl_codebook *book, const char *path, bool writable, dl_error *err)
{
    *p = (dl_page){ .book = book, .writable = writable, .version = DL_VERSION };
    const char *slash = strrchr(path, '/');
    p->name = slash ? slash + 1 : path;
    dl_buf_init(&p->about, 0);
    p->db = dl_store_attach(path, writable ? DL_DB_WRITE : DL_DB_READ, err);
    if (p->db && dl_board_load(&p->board, p->db) && dl_page_about(p, &p->about)) {
        p->seen = dl_db_number(p->db, "PRAGMA data_version");
        return true;
    }
    if (p->db) dl_db_tell(p->db, err);
    dl_page_close(p);
    return false;
}

void dl_page_close(dl_page *p)
{
    dl_board_free(&p->board);
    dl_db_close(p->db);
    dl_buf_free(&p->about);
    p->db = NULL;
}

/* Another program may have coded into the file: then all is read anew. */
static bool look_again(dl_page *p)
{
    int64_t now = dl_db_number(p->db, "PRAGMA data_version");
    if (now == p->seen) return true;
    dl_board_free(&p->board);
    p->seen = now;
    dl_buf_clear(&p->about);
    return dl_board_load(&p->board, p->db) && dl_page_about(p, &p->about);
}

/* ---- asking ---- */

typedef struct { dl_filter filter; bool names; int64_t offset, limit, decision, seconds; char order[24], kind[16]; } question;

static int hex(char c) { return dl_digit((unsigned char)c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1; }

/* One piece of a query, decoded; false: too long, or a NUL in it. */
static bool decode(const char *p, size_t n, char *out, size_t room)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        char c = p[i];
        if (c == '+') c = ' ';
        else if (c == '%' && i + 2 < n && hex(p[i + 1]) >= 0 && hex(p[i + 2]) >= 0) c = (char)(hex(p[i + 1]) * 16 + hex(p[i + 2])), i += 2;
        if (!c || k + 1 >= room) return false;
        out[k++] = c;
    }
    out[k] = 0;
    return true;
}

static bool whole(const char *v, int64_t most, int64_t *out) { return dl_str_int(dl_str_of(v), out) && *out >= 0 && *out <= most; }

static bool take(question *q, const char *key, const char *value, dl_error *err)
{
    bool good = true;
    if (!strcmp(key, "names")) q->names = !strcmp(value, "1");
    else if (!strcmp(key, "offset")) good = whole(value, 1 << 30, &q->offset);
    else if (!strcmp(key, "limit")) good = whole(value, PAGE_OF_ROWS, &q->limit);
    else if (!strcmp(key, "order")) good = strlen(value) < sizeof q->order && snprintf(q->order, sizeof q->order, "%s", value) >= 0;
    else if (!strcmp(key, "kind")) good = strlen(value) < sizeof q->kind && snprintf(q->kind, sizeof q->kind, "%s", value) >= 0;
    else return dl_filter_add(&q->filter, key, value, err);
    if (!good) dl_fail(err, DL_EARG, "%s can't be '%.40s'", key, value);
    return good;
}

static bool read_query(question *q, const char *query, dl_error *err)
{
    memset(q, 0, sizeof *q);
    dl_filter_open(&q->filter);
    q->limit = 100;
    for (const char *p = query ? query : ""; *p;) {
        size_t n = strcspn(p, "&"), eq = strcspn(p, "=&");
        char key[32], value[LONG_VALUE];
        if (n && (eq >= n || !decode(p, eq, key, sizeof key) || !decode(p + eq + 1, n - eq - 1, value, sizeof value))) { dl_fail(err, DL_EARG, "a query that can't be read"); return false; }
        if (n && !take(q, key, value, err)) return false;
        p += n + (p[n] == '&');
    }
    return true;
}

/* ---- small JSON ---- */

static void text(dl_jw *w, const char *key, dl_str v) { dl_jw_key(w, key), dl_jw_str(w, v.n ? v : (dl_str){ 0 }); }
static void whole_number(dl_jw *w, const char *key, int64_t v) { dl_jw_key(w, key), dl_jw_int(w, v); }

static void real_value(dl_jw *w, bool there, double v, int decimals)
{
    if (!there) { dl_jw_null(w); return; }
    if (w->comma) dl_putc(w->out, ',');
    dl_put_number(w->out, v, decimals);
    w->comma = true;
}

static void real(dl_jw *w, const char *key, bool there, double v, int decimals) { dl_jw_key(w, key), real_value(w, there, v, decimals); }

static void row(dl_jw *w, const dl_told *t)
{
    dl_jw_open(w, '{');
    char event[24];
    snprintf(event, sizeof event, "v%lld", (long long)t->event);
    whole_number(w, "fact", t->fact), text(w, "report", t->id), text(w, "event", dl_str_of(event)), text(w, "key", t->key), text(w, "source", t->source), text(w, "published", t->published), text(w, "title", t->title);
    text(w, "date", t->date), text(w, "earliest", t->earliest), text(w, "latest", t->latest), text(w, "place", t->place), text(w, "country", t->country), real(w, "lat", t->has_point, t->lat, 5), real(w, "lon", t->has_point, t->lon, 5);
    text(w, "type", t->type), text(w, "mode", t->mode), text(w, "cameo", t->cameo), whole_number(w, "quad", t->quad), real(w, "goldstein", t->has_goldstein, t->goldstein, 1);
    text(w, "who", t->who_words), text(w, "who_code", t->who_code), text(w, "whom", t->whom_words), text(w, "whom_code", t->whom_code), text(w, "what", t->what), real(w, "low", t->has_low, t->low, 3), real(w, "high", t->has_high, t->high, 3), text(w, "measures", t->measures);
    text(w, "status", t->status), text(w, "stage", t->stage), text(w, "certainty", t->certainty), text(w, "says", t->says), whole_number(w, "confidence", t->confidence), text(w, "review", t->review);
    dl_jw_key(w, "main"), dl_jw_bool(w, t->main), dl_jw_key(w, "background"), dl_jw_bool(w, t->background), text(w, "words", t->words), text(w, "sentence", t->sentence), text(w, "copy_of", t->copy_of);
    dl_jw_close(w, '}');
}

bool dl_page_rows(dl_page *p, dl_filter *f, bool names, const char *rest, dl_buf *out, uint32_t *n)
{
    dl_teller t;
    dl_told r;
    dl_jw w = { out, false };
    bool good = dl_teller_open(&t, p->db, f, names, rest);
    uint32_t k = 0;
    dl_jw_open(&w, '[');
    while (good && dl_teller_next(&t, &r)) row(&w, &r), k++;
    dl_jw_close(&w, ']');
    dl_teller_close(&t);
    if (n) *n = k;
    return good && dl_db_good(p->db);
}

/* ---- /api/about ---- */

static void facet(dl_jw *w, dl_db *d, const char *key, const char *sql)
{
    dl_stmt *q = dl_db_prepare(d, sql);
    dl_jw_key(w, key), dl_jw_open(w, '[');
    while (dl_stmt_next(d, q)) dl_jw_open(w, '['), dl_jw_str(w, dl_col_str(q, 0)), dl_jw_int(w, dl_col_int(q, 1)), dl_jw_close(w, ']');
    dl_jw_close(w, ']');
    dl_stmt_free(q);
}

/* Counts of ids from 1, the most frequent first. */
typedef struct { uint32_t id, n; } counted;
static int most_first(const void *a, const void *b)
{
    const counted *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n ? 1 : -1) : (x->id > y->id) - (x->id < y->id);
}

static void ranked(dl_jw *w, const char *key, const dl_intern *names, counted *v)
{
    uint32_t n = names->strs.n;
    qsort(v + 1, n, sizeof *v, most_first);
    dl_jw_key(w, key), dl_jw_open(w, '[');
    for (uint32_t i = 1; i <= n && v[i].n; i++) dl_jw_open(w, '['), dl_jw_str(w, dl_intern_str(names, v[i].id)), dl_jw_int(w, v[i].n), dl_jw_close(w, ']');
    dl_jw_close(w, ']');
}

static counted *counters(uint32_t n)
{
    counted *v = calloc(n + 1, sizeof *v);
    for (uint32_t i = 0; v && i <= n; i++) v[i].id = i;
    return v;
}

bool dl_page_about(dl_page *p, dl_buf *out)
{
    const dl_board *b = &p->board;
    dl_jw w = { out, false };
    counted *types = counters(b->types.strs.n), *modes = counters(b->modes.strs.n), *countries = counters(b->countries.strs.n), *statuses = counters(DL_STATUSES);
    int32_t first = INT32_MAX, last = INT32_MIN;
    if (!types || !modes || !countries || !statuses) { free(types), free(modes), free(countries), free(statuses); return dl_db_refuse(p->db, DL_ENOMEM, "no memory for the events of the database"); }
    for (uint32_t i = 0; i < b->n; i++) {
        const dl_board_row *m = &b->v[i];
        types[m->type].n++, modes[m->mode].n++, countries[m->country].n++, statuses[m->status].n++;
        if (m->day != DL_NO_DAY && m->day < first) first = m->day;
        if (m->day != DL_NO_DAY && m->day > last) last = m->day;
    }
    char day[2][16] = { "", "" };
    if (first <= last) dl_day_iso(first, day[0]), dl_day_iso(last, day[1]);
    dl_jw_open(&w, '{');
    text(&w, "name", dl_str_of(p->name)), text(&w, "version", dl_str_of(p->version)), whole_number(&w, "reports", dl_db_number(p->db, "SELECT count(*) FROM reports")), whole_number(&w, "events", b->n);
    whole_number(&w, "incidents", dl_db_number(p->db, "SELECT count(*) FROM incidents")), text(&w, "first", dl_str_of(day[0])), text(&w, "last", dl_str_of(day[1]));
    dl_jw_key(&w, "facets"), dl_jw_open(&w, '{');
    ranked(&w, "type", &b->types, types), ranked(&w, "mode", &b->modes, modes), ranked(&w, "country", &b->countries, countries);
    dl_jw_key(&w, "status"), dl_jw_open(&w, '[');
    for (int i = 0; i < DL_STATUSES; i++) dl_jw_open(&w, '['), dl_jw_str(&w, dl_str_of(dl_status_words[i])), dl_jw_int(&w, statuses[i].n), dl_jw_close(&w, ']');
    dl_jw_close(&w, ']');
    facet(&w, p->db, "source", "SELECT source, count(*) FROM reports WHERE source <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 500");
    dl_jw_close(&w, '}');
    whole_number(&w, "private", dl_db_number(p->db, "SELECT count(*) FROM entities WHERE private = 1")), dl_jw_key(&w, "writable"), dl_jw_bool(&w, p->writable);
    dl_jw_close(&w, '}');
    free(types), free(modes), free(countries), free(statuses);
    return dl_db_good(p->db) && !out->failed;
}

/* ---- /api/view ---- */

typedef struct { uint32_t n, told; uint32_t quad[5]; } tally;

typedef struct { uint32_t events, reports, status[DL_STATUSES], unplaced; counted *types; tally *places; dl_dated *days; } view;

/* The marks of those that pass, counted: both are in order of facts. */
static void count_view(dl_page *p, dl_stmt *q, view *v)
{
    const dl_board *b = &p->board;
    int64_t report = 0;
    uint32_t i = 0;
    while (dl_stmt_next(p->db, q)) {
        int64_t fact = dl_col_int(q, 0);
        while (i < b->n && b->v[i].fact < fact) i++;
        if (i == b->n || b->v[i].fact != fact) continue;
        const dl_board_row *m = &b->v[i];
        v->days[v->events++] = (dl_dated){ m->day, m->status, 1 };
        v->status[m->status]++, v->types[m->type].n++;
        if (fact >> 20 != report) report = fact >> 20, v->reports++;
        if (!m->place) { v->unplaced++; continue; }
        tally *t = &v->places[m->place];
        t->n++, t->told += m->status <= 1, t->quad[m->quad <= 4 ? m->quad : 0]++;
    }
}

static void put_places(dl_jw *w, const dl_board *b, const view *v)
{
    counted *order = counters(b->places.n);
    dl_jw_key(w, "places"), dl_jw_open(w, '[');
    if (order) {
        for (uint32_t i = 1; i <= b->places.n; i++) order[i].n = v->places[i].n;
        qsort(order + 1, b->places.n, sizeof *order, most_first);
        for (uint32_t i = 1; i <= b->places.n && i <= PLACES && order[i].n; i++) {
            const dl_spot_on *s = &b->places.v[order[i].id - 1];
            const tally *t = &v->places[order[i].id];
            int most = 0;
            for (int k = 1; k <= 4; k++) if (t->quad[k] > (most ? t->quad[most] : 0)) most = k;
            dl_jw_open(w, '[');
            real_value(w, true, s->lat, 4), real_value(w, true, s->lon, 4);
            dl_jw_str(w, s->name), dl_jw_str(w, s->country), dl_jw_int(w, t->n), dl_jw_int(w, t->told), dl_jw_int(w, most);
            dl_jw_close(w, ']');
        }
    }
    dl_jw_close(w, ']');
    free(order);
}

static void put_view(dl_jw *w, const dl_board *b, view *v, const dl_series *s)
{
    dl_jw_open(w, '{');
    whole_number(w, "events", v->events), whole_number(w, "reports", v->reports);
    dl_jw_key(w, "status"), dl_jw_open(w, '{');
    for (int i = 0; i < DL_STATUSES; i++) whole_number(w, dl_status_words[i], v->status[i]);
    dl_jw_close(w, '}');
    ranked(w, "type", &b->types, v->types);
    dl_jw_key(w, "time"), dl_jw_open(w, '{'), text(w, "grain", dl_str_of(dl_grain_names[s->grain])), dl_jw_key(w, "bins"), dl_jw_open(w, '[');
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t all = 0;
        char day[16];
        for (int k = 0; k < DL_STATUSES; k++) all += s->v[i].n[k];
        if (!all) continue;
        dl_day_iso(s->v[i].bin, day);
        dl_jw_open(w, '['), dl_jw_str(w, dl_str_of(day));
        for (int k = 0; k < DL_STATUSES; k++) dl_jw_int(w, s->v[i].n[k]);
        dl_jw_close(w, ']');
    }
    dl_jw_close(w, ']'), whole_number(w, "undated", s->undated), dl_jw_close(w, '}');
    put_places(w, b, v);
    whole_number(w, "unplaced", v->unplaced);
    dl_jw_close(w, '}');
}

static bool answer_view(dl_page *p, question *x, dl_buf *out)
{
    const dl_board *b = &p->board;
    dl_jw w = { out, false };
    view v = { .types = counters(b->types.strs.n), .places = calloc(b->places.n + 1, sizeof(tally)), .days = calloc(b->n + 1, sizeof(dl_dated)) };
    dl_series s = { .grain = DL_BY_NONE };
    dl_stmt *q = dl_filter_ask(&x->filter, p->db, "SELECT a.fact FROM facts a", "ORDER BY a.fact");
    bool room = v.types && v.places && v.days;
    if (room) count_view(p, q, &v), room = dl_series_make(&s, v.days, v.events, DL_BY_NONE);
    dl_stmt_free(q);
    if (room) put_view(&w, b, &v, &s);
    else dl_db_refuse(p->db, DL_ENOMEM, "no memory for a view");
    dl_series_free(&s);
    free(v.types), free(v.places), free(v.days);
    return dl_db_good(p->db);
}

/* ---- /api/rows, /api/queue ---- */

static const char *order_of(const char *name)
{
    static const char *const orders[][2] = { { "", "ORDER BY a.fact" }, { "report", "ORDER BY a.fact" }, { "date", "ORDER BY a.earliest IS NULL, a.earliest, a.fact" }, { "-date", "ORDER BY a.earliest DESC, a.fact" },
        { "confidence", "ORDER BY a.confidence, a.fact" }, { "-confidence", "ORDER BY a.confidence DESC, a.fact" }, { "type", "ORDER BY a.type, a.fact" }, { "place", "ORDER BY a.place IS NULL, a.place, a.fact" }, { "status", "ORDER BY a.status, a.fact" } };
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) if (!strcmp(orders[i][0], name)) return orders[i][1];
    return NULL;
}

/* Rows of one page: their facts first, over the narrow table, then what they say. */
static bool page_of_rows(dl_page *p, question *x, const char *head, const char *order, dl_buf *out)
{
    dl_buf rest;
    dl_buf_init(&rest, 0);
    dl_putf(&rest, "%s LIMIT %lld OFFSET %lld", order, (long long)x->limit, (long long)x->offset), dl_putc(&rest, '\0');
    dl_stmt *q = rest.failed ? NULL : dl_filter_ask(&x->filter, p->db, head, rest.p);
    dl_buf_clear(&rest);
    dl_putz(&rest, "AND a.fact IN (0");
    while (dl_stmt_next(p->db, q)) dl_putc(&rest, ','), dl_putint(&rest, dl_col_int(q, 0));
    dl_stmt_free(q);
    dl_putz(&rest, ") "), dl_putz(&rest, order), dl_putc(&rest, '\0');
    bool good = !rest.failed && dl_page_rows(p, &x->filter, x->names, rest.p, out, NULL);
    dl_buf_free(&rest);
    return good;
}

static bool answer_rows(dl_page *p, question *x, const char *order, dl_buf *out)
{
    dl_jw w = { out, false };
    dl_stmt *count = dl_filter_ask(&x->filter, p->db, "SELECT count(*) FROM facts a", "");
    int64_t total = dl_stmt_next(p->db, count) ? dl_col_int(count, 0) : 0;
    dl_stmt_free(count);
    dl_jw_open(&w, '{');
    whole_number(&w, "total", total), whole_number(&w, "offset", x->offset), dl_jw_key(&w, "rows");
    bool good = page_of_rows(p, x, "SELECT a.fact FROM facts a", order, out);
    w.comma = true;
    dl_jw_close(&w, '}');
    return good;
}

static bool answer_queue(dl_page *p, question *x, dl_buf *out)
{
    const char *order = dl_review_order(x->kind[0] ? x->kind : "doubt");
    bool rules = strstr(order, "e.rule") != NULL;
    dl_putz(out, "{\"rows\":");
    bool good = page_of_rows(p, x, rules ? "SELECT a.fact FROM facts a JOIN events e ON e.report = a.report AND e.event = a.event" : "SELECT a.fact FROM facts a", order, out);
    dl_putc(out, '}');
    return good;
}

/* ---- /api/network ---- */

bool dl_page_network(dl_page *p, dl_filter *f, dl_buf *out)
{
    dl_graph g;
    dl_jw w = { out, false };
    char rest[200];
    snprintf(rest, sizeof rest, "AND a.who_code <> '' AND a.whom_code <> '' AND a.who_code <> a.whom_code GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT %d", PAIRS);
    bool good = dl_graph_open(&g, p->db);
    dl_stmt *q = dl_filter_ask(f, p->db, "SELECT a.who_code, a.whom_code, count(*), sum(a.goldstein), count(a.goldstein), min(a.earliest), max(coalesce(a.latest, a.earliest)) FROM facts a", rest);
    while (good && dl_stmt_next(p->db, q)) good = dl_graph_count(&g, dl_col_str(q, 0), dl_col_str(q, 1), (uint32_t)dl_col_int(q, 2), dl_col_real(q, 3), (uint32_t)dl_col_int(q, 4), dl_col_str(q, 5), dl_col_str(q, 6));
    dl_stmt_free(q);
    uint32_t left = good ? dl_graph_layout(&g, NODES) : 0;
    dl_jw_open(&w, '{');
    dl_jw_key(&w, "nodes"), dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < g.nodes.n; i++) {
        const dl_graph_node *n = &g.nodes.v[i];
        dl_buf label;
        dl_buf_init(&label, 0);
        dl_put_code_words(p->book, &label, n->id);
        dl_jw_open(&w, '['), dl_jw_str(&w, n->id), dl_jw_str(&w, dl_buf_str(&label)), dl_jw_int(&w, n->events), real_value(&w, true, (double)n->x, 4), real_value(&w, true, (double)n->y, 4), dl_jw_close(&w, ']');
        dl_buf_free(&label);
    }
    dl_jw_close(&w, ']'), dl_jw_key(&w, "edges"), dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < g.edges.n; i++) {
        const dl_graph_edge *e = &g.edges.v[i];
        dl_jw_open(&w, '['), dl_jw_int(&w, e->from), dl_jw_int(&w, e->to), dl_jw_int(&w, e->events), real_value(&w, e->scored > 0, e->scored ? e->goldstein / e->scored : 0, 2);
        dl_jw_str(&w, dl_str_of(e->first)), dl_jw_str(&w, dl_str_of(e->last)), dl_jw_close(&w, ']');
    }
    dl_jw_close(&w, ']'), whole_number(&w, "left_out", left), dl_jw_close(&w, '}');
    dl_graph_close(&g);
    return good && dl_db_good(p->db);
}

/* ---- /api/report/ID ---- */

static void put_reasons(dl_page *p, dl_jw *w, int64_t report, const dl_veil *v, dl_arena *a)
{
    dl_stmt *q = dl_db_prepare(p->db, "SELECT event, words FROM reasons WHERE report = ?1 ORDER BY event, reason");
    int64_t event = 0;
    dl_stmt_int(q, 1, report);
    dl_jw_key(w, "reasons"), dl_jw_open(w, '{');
    while (dl_stmt_next(p->db, q)) {
        char id[24];
        if (dl_col_int(q, 0) != event) {
            if (event) dl_jw_close(w, ']');
            snprintf(id, sizeof id, "v%lld", (long long)(event = dl_col_int(q, 0)));
            dl_jw_key(w, id), dl_jw_open(w, '[');
        }
        dl_jw_str(w, dl_veil_words(v, a, dl_col_str(q, 1)));
    }
    if (event) dl_jw_close(w, ']');
    dl_jw_close(w, '}');
    dl_stmt_free(q);
}

static void put_decisions(dl_page *p, dl_jw *w, int64_t report, const dl_veil *v, dl_arena *a)
{
    static const char *const keys[] = { "decision", "event", "field", "verdict", "old", "new", "who", "when", "why", "undone" };
    dl_stmt *q = dl_db_prepare(p->db, "SELECT x.decision, 'v' || f.event, x.field, x.verdict, x.old, x.new, x.who, x.decided, x.why, EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.decision) "
                                      "FROM decisions x JOIN facts f USING (key) WHERE f.report = ?1 ORDER BY 1");
    dl_stmt_int(q, 1, report);
    dl_jw_key(w, "decisions"), dl_jw_open(w, '[');
    while (dl_stmt_next(p->db, q)) {
        dl_jw_open(w, '{');
        for (int i = 0; i < 10; i++) {
            dl_jw_key(w, keys[i]);
            if (i == 0) dl_jw_int(w, dl_col_int(q, i));
            else if (i == 9) dl_jw_bool(w, dl_col_int(q, i) != 0);
            else if (dl_col_null(q, i)) dl_jw_null(w);
            else dl_jw_str(w, dl_veil_words(v, a, dl_col_str(q, i)));
        }
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, ']');
    dl_stmt_free(q);
}

bool dl_page_report(dl_page *p, const char *id, bool names, dl_buf *out)
{
    enum { ROOM = 1 << 26 };
    dl_stmt *q = dl_db_prepare(p->db, "SELECT r.report, f.id FROM reports r LEFT JOIN copies c USING (report) LEFT JOIN reports f ON f.report = c.first WHERE r.id = ?1");
    dl_stmt_str(q, 1, dl_str_of(id));
    int64_t report = dl_stmt_next(p->db, q) ? dl_col_int(q, 0) : 0;
    dl_jw w = { out, false };
    dl_filter f;
    dl_veil v;
    jmp_buf full;
    dl_pool *pool = dl_pool_open(ROOM);
    dl_arena mem;
    bool good = report && pool && dl_arena_open(&mem, pool);
    if (!good) { dl_stmt_free(q), dl_pool_close(pool); return report ? dl_db_refuse(p->db, DL_ENOMEM, "no memory for a report") : false; }
    dl_jw_open(&w, '{');
    text(&w, "copy_of", dl_col_str(q, 1));
    dl_stmt_free(q);
    dl_jw_key(&w, "record");
    good = dl_record_of(p->db, report, names, out) && dl_veil_open(&v, p->db, names);
    mem.full = &full;
    w.comma = true;
    dl_filter_open(&f);
    if (!good || setjmp(full)) good = dl_db_refuse(p->db, DL_ENOMEM, "no memory for a report");
    else {
        dl_veil_turn(&v, &mem, report);
        put_reasons(p, &w, report, &v, &mem), put_decisions(p, &w, report, &v, &mem);
        dl_jw_key(&w, "rows");
        good = dl_filter_add(&f, "report", id, NULL) && dl_filter_add(&f, "told", "all", NULL) && dl_filter_add(&f, "review", "any", NULL) && dl_page_rows(p, &f, names, "ORDER BY a.fact", out, NULL);
        dl_veil_close(&v);
    }
    dl_filter_free(&f);
    w.comma = true;
    dl_jw_close(&w, '}');
    dl_arena_close(&mem);
    dl_pool_close(pool);
    return good && dl_db_good(p->db);
}

/* ---- /api/decide, /api/undo ---- */

static const char *field(dl_arena *a, const dl_json *j, const char *key)
{
    const dl_json *v = dl_json_get(j, key);
    return v && v->kind == DL_JSON_STRING ? dl_copy(a, v->str).p : NULL;
}

static bool decided(dl_page *p, int64_t n, dl_buf *out)
{
    dl_filter f;
    char rest[96];
    dl_stmt *q = dl_db_prepare(p->db, "SELECT f.fact FROM decisions x JOIN reports r ON r.sha256 = x.sha256 JOIN facts f ON f.report = r.report AND f.key = x.key WHERE x.decision = ?1");
    dl_stmt_int(q, 1, n);
    int64_t fact = dl_stmt_next(p->db, q) ? dl_col_int(q, 0) : 0;
    dl_stmt_free(q);
    dl_putf(out, "{\"decision\":%lld,\"rows\":", (long long)n);
    dl_filter_open(&f);
    snprintf(rest, sizeof rest, "AND a.fact = %lld", (long long)fact);
    bool good = dl_filter_add(&f, "told", "all", NULL) && dl_filter_add(&f, "review", "any", NULL) && dl_page_rows(p, &f, false, rest, out, NULL) && dl_board_again(&p->board, p->db, fact);
    dl_filter_free(&f);
    dl_putc(out, '}');
    return good;
}

static int answer_post(dl_page *p, const dl_page_asked *a, dl_buf *out, dl_error *err)
{
    enum { ROOM = 1 << 22 };
    uint32_t end = 0, at = 0;
    const char *error = NULL;
    jmp_buf full;
    dl_pool *pool = dl_pool_open(ROOM);
    dl_arena mem;
    if (!pool || !dl_arena_open(&mem, pool)) { dl_pool_close(pool); dl_fail(err, DL_ENOMEM, "no memory for a decision"); return 500; }
    int64_t n = 0, which = 0, seconds = -1;
    mem.full = &full;
    if (setjmp(full)) dl_fail(err, DL_ENOMEM, "no memory for a decision");
    else {
        const dl_json *j = dl_json_read(&mem, a->body, &end, &error, &at);
        const dl_json *s = j ? dl_json_get(j, "seconds") : NULL, *d = j ? dl_json_get(j, "decision") : NULL;
        if (s && s->kind == DL_JSON_NUMBER && !dl_str_int(s->str, &seconds)) seconds = -1;
        if (!j || j->kind != DL_JSON_OBJECT || error) dl_fail(err, DL_EARG, "a decision is a JSON object");
        else if (!strcmp(a->path, "undo")) {
            if (d && d->kind == DL_JSON_NUMBER && dl_str_int(d->str, &which)) n = dl_undo(p->db, which, field(&mem, j, "who"), a->when, err);
            else dl_fail(err, DL_EARG, "undo wants the number of a decision");
        } else {
            dl_decision x = { field(&mem, j, "report"), field(&mem, j, "event"), field(&mem, j, "field"), field(&mem, j, "verdict"), field(&mem, j, "new"), field(&mem, j, "who"), a->when, field(&mem, j, "why"), seconds };
            if (x.report && x.event && x.field && x.verdict) n = dl_decide(p->db, &x, err);
            else dl_fail(err, DL_EARG, "a decision wants report, event, field and verdict");
        }
    }
    dl_arena_close(&mem);
    dl_pool_close(pool);
    if (!n) return err->code == DL_EARG ? 400 : err->code == DL_EBUSY ? 503 : 500;
    return decided(p, n, out) ? 200 : 500;
}

/* ---- one way in ---- */

static int refuse(dl_buf *out, int status, const char *why)
{
    dl_buf_clear(out);
    dl_putz(out, "{\"error\":");
    dl_json_str(out, dl_str_of(why));
    dl_putc(out, '}');
    return status;
}

static int answer_get(dl_page *p, const dl_page_asked *a, question *q, dl_buf *out)
{
    static const char reports[] = "report/";
    bool good = true;
    if (!strcmp(a->path, "about")) dl_put(out, dl_buf_str(&p->about));
    else if (!strcmp(a->path, "view")) good = answer_view(p, q, out);
    else if (!strcmp(a->path, "rows")) {
        const char *order = order_of(q->order);
        if (!order) return refuse(out, 400, "rows can't be put in that order");
        good = answer_rows(p, q, order, out);
    } else if (!strcmp(a->path, "network")) good = dl_page_network(p, &q->filter, out);
    else if (!strcmp(a->path, "queue")) {
        if (!dl_review_order(q->kind[0] ? q->kind : "doubt")) return refuse(out, 400, "a queue is doubt, audit or new");
        good = answer_queue(p, q, out);
    } else if (!strncmp(a->path, reports, sizeof reports - 1)) {
        char id[LONG_VALUE];
        const char *rest = a->path + sizeof reports - 1;
        if (!decode(rest, strlen(rest), id, sizeof id)) return refuse(out, 400, "no id of a report");
        good = dl_page_report(p, id, q->names, out);
        if (!good && dl_db_good(p->db)) return refuse(out, 404, "there is no such report");
    } else return refuse(out, 404, "there is no such address");
    return good ? 200 : 500;
}

int dl_page_answer(dl_page *p, const dl_page_asked *a, dl_buf *out)
{
    dl_error err = { 0 };
    question q;
    bool post = !strcmp(a->path, "decide") || !strcmp(a->path, "undo");
    int status = 500;
    if (post != !strcmp(a->method, "POST")) return refuse(out, 405, "asked in another way than is answered");
    if (!look_again(p)) status = 500;
    else if (post) status = answer_post(p, a, out, &err);
    else if (!read_query(&q, a->query, &err)) dl_filter_free(&q.filter), status = 400;
    else status = answer_get(p, a, &q, out), dl_filter_free(&q.filter);
    if (status < 400 && !out->failed) return status;
    if (err.code) return refuse(out, status, err.message);
    if (status == 500) {
        dl_db_tell(p->db, &err);
        dl_db_rollback(p->db);                                 /* the next question may go well */
        return refuse(out, err.code == DL_EBUSY ? 503 : 500, err.code ? err.message : "no memory");
    }
    return status;
}
