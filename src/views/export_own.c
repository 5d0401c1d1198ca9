/* export_own.c - the records as they are (jsonl), and a flat row an event (tsv). */
#include <stdlib.h>
#include "base/json.h"
#include "base/zst.h"
#include "views/export.h"

/* ---- tsv ---- */

static const char head[] =
    "key\treport\tsource\turl\tpublished\tevent\tmain\ttype\tmode\tcameo\tquad\tgoldstein\tstatus\tstage\tcertainty\tactor\tactor_code\trecipient\trecipient_code\tobject\tplace\tcountry\tlat\tlon\tgeonames\t"
    "date\tearliest\tlatest\tdate_by\tcount_low\tcount_high\tmeasures\tsays\tbackground\tconfidence\treview\tcopy_of\ttrigger\tbegin\tend\tsentence\trule\n";

static bool tsv_row(dl_export *x, const dl_told *t, void *self)
{
    dl_buf *b = &x->out;
    (void)self;
    dl_tsv_cell(b, t->key, false), dl_tsv_cell(b, t->id, false), dl_tsv_cell(b, t->source, false), dl_tsv_cell(b, t->url, false), dl_tsv_cell(b, t->published, false);
    dl_putf(b, "v%lld\t", (long long)t->event), dl_putz(b, t->main ? "yes\t" : "no\t");
    dl_tsv_cell(b, t->type, false), dl_tsv_cell(b, t->mode, false), dl_tsv_cell(b, t->cameo, false), dl_int_cell(b, t->quad != 0, t->quad, false), dl_num_cell(b, t->has_goldstein, t->goldstein, 1, false);
    dl_tsv_cell(b, t->status, false), dl_tsv_cell(b, t->stage, false), dl_tsv_cell(b, t->certainty, false);
    dl_tsv_cell(b, t->who_words, false), dl_tsv_cell(b, t->who_code, false), dl_tsv_cell(b, t->whom_words, false), dl_tsv_cell(b, t->whom_code, false), dl_tsv_cell(b, t->what, false);
    dl_tsv_cell(b, t->place, false), dl_tsv_cell(b, t->country, false), dl_num_cell(b, t->has_point, t->lat, 5, false), dl_num_cell(b, t->has_point, t->lon, 5, false), dl_int_cell(b, t->geonames > 0, t->geonames, false);
    dl_tsv_cell(b, t->date, false), dl_tsv_cell(b, t->earliest, false), dl_tsv_cell(b, t->latest, false), dl_tsv_cell(b, t->time_by, false);
    dl_num_cell(b, t->has_low, t->low, 3, false), dl_num_cell(b, t->has_high, t->high, 3, false), dl_tsv_cell(b, t->measures, false);
    dl_tsv_cell(b, t->says, false), dl_putz(b, t->background ? "yes\t" : "no\t"), dl_int_cell(b, true, t->confidence, false), dl_tsv_cell(b, t->review, false), dl_tsv_cell(b, t->copy_of, false);
    dl_tsv_cell(b, t->words, false), dl_int_cell(b, true, t->begin, false), dl_int_cell(b, true, t->end, false), dl_tsv_cell(b, t->sentence, false), dl_tsv_cell(b, t->rule, true);
    return true;
}

bool dl_export_tsv(dl_export *x)
{
    dl_putz(&x->out, head);
    return dl_export_each(x, "ORDER BY a.fact", tsv_row, NULL);
}

/* ---- jsonl ---- */

typedef struct { dl_export *x; dl_veil veil; dl_arena *mem; dl_stmt *private, *decisions; int64_t report; } veiler;

static int private_entity(veiler *v, dl_str id)                /* "e3" */
{
    int64_t n = 0;
    if (id.n < 2 || !dl_str_int(dl_cut(id, 1, id.n), &n)) return 0;
    dl_stmt_int(v->private, 1, v->report), dl_stmt_int(v->private, 2, n);
    int p = dl_stmt_next(v->x->db, v->private) ? (int)dl_col_int(v->private, 0) : 0;
    dl_stmt_reset(v->private);
    return p;
}

/* Writes a value anew with names struck out; what is no string stays as it was written. */
static void write_veiled(veiler *v, const dl_json *j, int private)
{
    dl_buf *b = &v->x->out;
    if (j->kind == DL_JSON_STRING) dl_json_str(b, private >= 0 && dl_is(j->key, "name") ? dl_veil_name(&v->veil, v->mem, j->str, private) : dl_veil_words(&v->veil, v->mem, j->str));
    else if (j->kind == DL_JSON_NUMBER) dl_put(b, j->str);
    else if (j->kind == DL_JSON_BOOL) dl_putz(b, j->truth ? "true" : "false");
    else if (j->kind == DL_JSON_NULL) dl_putz(b, "null");
    else {
        bool object = j->kind == DL_JSON_OBJECT;
        dl_putc(b, object ? '{' : '[');
        for (const dl_json *c = j->first; c; c = c->next) {
            if (object) dl_json_str(b, c->key), dl_putc(b, ':');
            const dl_json *id = private >= 0 && c->kind == DL_JSON_OBJECT ? dl_json_get(c, "id") : NULL;
            bool entities = object && dl_is(c->key, "entities");
            write_veiled(v, c, entities ? 0 : id ? private_entity(v, id->str) : object ? private : -1);
            if (c->next) dl_putc(b, ',');
        }
        dl_putc(b, object ? '}' : ']');
    }
}

/* ,"review":[...] of decisions that stand. */
static void write_review(veiler *v)
{
    dl_jw w = { &v->x->out, false };
    bool any = false;
    dl_stmt *q = v->decisions;
    dl_stmt_int(q, 1, v->report);
    while (dl_stmt_next(v->x->db, q)) {
        if (!any) dl_putz(&v->x->out, ",\"review\":["), any = true;
        static const char *const keys[] = { "decision", "key", "event", "field", "verdict", "old", "new", "who", "decided", "why" };
        dl_jw_open(&w, '{');
        for (int i = 0; i < 10; i++) {
            dl_jw_key(&w, keys[i]);
            if (i == 0) dl_jw_int(&w, dl_col_int(q, 0));
            else dl_jw_str(&w, dl_col_null(q, i) ? (dl_str){ 0 } : dl_veil_words(&v->veil, v->mem, dl_col_str(q, i)));
        }
        dl_jw_close(&w, '}');
    }
    dl_stmt_reset(q);
    if (any) dl_putc(&v->x->out, ']');
}

static bool one_record(veiler *v, dl_str packed)
{
    enum { MOST = 1 << 30 };
    jmp_buf full;
    dl_buf json;
    dl_buf_init(&json, 0);
    bool good = dl_zst_unpack(packed.p, packed.n, MOST, &json) || !packed.n;
    while (json.n && (json.p[json.n - 1] == '\n' || json.p[json.n - 1] == '\0')) json.n--;
    dl_reset(v->mem, (dl_marker){ v->mem->base });
    v->mem->full = &full;
    if (!good) dl_db_refuse(v->x->db, DL_EFORMAT, "a record of the database is damaged");
    else if (setjmp(full)) good = dl_db_refuse(v->x->db, DL_ENOMEM, "no memory for a record of the database");
    else if (json.n) {
        uint32_t end = 0, at = 0;
        const char *error = NULL;
        v->veil.report = 0;
        dl_veil_turn(&v->veil, v->mem, v->report);
        dl_json *j = v->veil.hidden.n ? dl_json_read(v->mem, dl_buf_str(&json), &end, &error, &at) : NULL;
        if (j) write_veiled(v, j, -1);
        else dl_put(&v->x->out, dl_buf_str(&json));
        v->x->out.n--;                                     /* the last bracket comes behind what is added */
        write_review(v);
        dl_putc(&v->x->out, '}');
        v->x->written++;
    }
    v->mem->full = NULL;
    dl_buf_free(&json);
    return good;
}

static bool open_veiler(veiler *v, dl_export *x, dl_pool **pool, dl_arena *mem)
{
    enum { ROOM = 1 << 29 };
    *v = (veiler){ .x = x, .mem = mem };
    *pool = dl_pool_open(ROOM);
    if (!*pool || !dl_arena_open(mem, *pool)) { dl_pool_close(*pool); return dl_db_refuse(x->db, DL_ENOMEM, "no memory to read the database"); }
    dl_veil_open(&v->veil, x->db, x->names);
    v->private = dl_db_prepare(x->db, "SELECT private FROM entities WHERE report = ?1 AND entity = ?2");
    v->decisions = dl_db_prepare(x->db, "SELECT d.decision, d.key, 'v' || f.event, d.field, d.verdict, d.old, d.new, d.who, d.decided, d.why FROM standing d JOIN facts f USING (key) WHERE f.report = ?1 ORDER BY d.decision");
    return true;
}

static void close_veiler(veiler *v, dl_pool *pool)
{
    dl_stmt_free(v->private), dl_stmt_free(v->decisions);
    dl_veil_close(&v->veil);
    dl_arena_close(v->mem);
    dl_pool_close(pool);
}

bool dl_record_of(dl_db *d, int64_t report, bool names, dl_buf *out)
{
    dl_export x = { .db = d, .names = names };
    dl_pool *pool;
    dl_arena mem;
    veiler v;
    if (!open_veiler(&v, &x, &pool, &mem)) return false;
    dl_buf_init(&x.out, 0);
    dl_stmt *q = dl_db_prepare(d, "SELECT json FROM versions WHERE report = ?1 ORDER BY version DESC LIMIT 1");
    dl_stmt_int(q, 1, v.report = report);
    bool good = !dl_stmt_next(d, q) || one_record(&v, dl_col_blob(q, 0));
    dl_put(out, x.out.n ? dl_buf_str(&x.out) : DL_STR("null"));
    out->failed |= x.out.failed;
    dl_stmt_free(q);
    dl_buf_free(&x.out);
    close_veiler(&v, pool);
    return good && dl_db_good(d);
}

bool dl_export_jsonl(dl_export *x)
{
    dl_pool *pool;
    dl_arena mem;
    veiler v;
    if (!open_veiler(&v, x, &pool, &mem)) return false;
    static const char packed[] = "(SELECT json FROM versions v WHERE v.report = n.report ORDER BY version DESC LIMIT 1)";
    dl_buf sql;
    dl_buf_init(&sql, 0);
    bool some = x->filter->n > 0, good = true;                 /* without a filter also reports in which nothing happens */
    if (some) dl_putf(&sql, "SELECT DISTINCT a.report, %s FROM facts a JOIN reports n ON n.report = a.report", packed);
    else dl_putf(&sql, "SELECT n.report, %s FROM reports n ORDER BY n.report", packed);
    dl_putc(&sql, '\0');
    dl_stmt *q = sql.failed ? NULL : some ? dl_filter_ask(x->filter, x->db, sql.p, "ORDER BY a.report") : dl_db_prepare(x->db, sql.p);
    while (good && dl_stmt_next(x->db, q)) {
        uint64_t before = x->written;
        v.report = dl_col_int(q, 0);
        good = one_record(&v, dl_col_blob(q, 1));
        if (x->written > before) dl_putc(&x->out, '\n');
        good = good && dl_export_flush(x);
    }
    dl_stmt_free(q);
    close_veiler(&v, pool);
    dl_buf_free(&sql);
    return good && dl_db_good(x->db);
}
