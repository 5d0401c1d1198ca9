/* diff.c - what changed between two runs of a store: which reports, and in them which events, field by field. Reads the records as they were (versions); events are the same by their keys. */
#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "base/zst.h"
#include "record/diff.h"
#include "record/store.h"

enum { ROOM = 1 << 29 };

/* The version of a report that was in force at the end of a run; NULL: there was none. */
static dl_json *version_at(dl_diff *x, dl_stmt *q, int64_t report, int64_t run)
{
    dl_json *out = NULL;
    dl_stmt_int(q, 1, report), dl_stmt_int(q, 2, run);
    if (dl_stmt_next(x->db, q)) {
        dl_str packed = dl_col_blob(q, 0);
        dl_buf json;
        uint32_t end = 0, at = 0;
        const char *error = NULL;
        dl_buf_init(&json, 0);
        if (packed.n && !dl_zst_unpack(packed.p, packed.n, (size_t)1 << 30, &json)) dl_db_refuse(x->db, DL_EFORMAT, "a record of the database is damaged");
        else out = dl_json_read(&x->mem, dl_copy(&x->mem, dl_buf_str(&json)), &end, &error, &at);
        dl_buf_free(&json);
    }
    dl_stmt_reset(q);
    return out;
}

static dl_str text_of(const dl_json *j) { return j && (j->kind == DL_JSON_STRING || j->kind == DL_JSON_NUMBER) ? j->str : DL_STR(""); }

static const dl_json *with(const dl_json *list, const char *key, dl_str value)
{
    for (const dl_json *c = list ? list->first : NULL; c; c = c->next) if (dl_eq(text_of(dl_json_get(c, key)), value)) return c;
    return NULL;
}

/* Words that an event's slots of a role cut out of the text. */
static dl_str slot_words(dl_diff *x, const dl_json *record, const dl_json *event, const char *role)
{
    dl_str text = text_of(dl_json_get(dl_json_get(record, "report"), "text")), all = DL_STR("");
    for (const dl_json *s = dl_json_get(event, "slots") ? dl_json_get(event, "slots")->first : NULL; s; s = s->next) {
        int64_t b = 0, e = 0;
        if (!dl_is(text_of(dl_json_get(s, "role")), role) || !dl_str_int(text_of(dl_json_get(s, "begin")), &b) || !dl_str_int(text_of(dl_json_get(s, "end")), &e) || b < 0 || e < b || e > text.n) continue;
        dl_str w = dl_cut(text, (uint32_t)b, (uint32_t)e);
        all = all.n ? dl_fmt(&x->mem, "%.*s; %.*s", (int)all.n, all.p, (int)w.n, w.p) : w;
    }
    return all;
}

enum { FIELDS = 12 };
static const char *const field_names[FIELDS] = { "type", "mode", "cameo", "status", "stage", "certainty", "date", "place", "who", "whom", "what", "main" };

static void fields_of(dl_diff *x, const dl_json *record, const dl_json *event, dl_str out[FIELDS])
{
    const dl_json *place = with(dl_json_get(record, "places"), "id", text_of(dl_json_get(event, "place"))), *main = dl_json_get(event, "main");
    out[0] = text_of(dl_json_get(event, "type")), out[1] = text_of(dl_json_get(dl_json_get(event, "plover"), "mode")), out[2] = text_of(dl_json_get(event, "cameo"));
    out[3] = text_of(dl_json_get(event, "status")), out[4] = text_of(dl_json_get(event, "stage")), out[5] = text_of(dl_json_get(event, "certainty"));
    out[6] = text_of(dl_json_get(dl_json_get(event, "time"), "edtf")), out[7] = text_of(dl_json_get(place, "name"));
    out[8] = slot_words(x, record, event, "actor"), out[9] = slot_words(x, record, event, "recipient"), out[10] = slot_words(x, record, event, "object");
    out[11] = main && main->truth ? DL_STR("yes") : DL_STR("no");
}

static dl_str trigger_of(const dl_json *record, const dl_json *event)
{
    const dl_json *t = dl_json_get(event, "trigger"), *b = t ? t->first : NULL;
    dl_str text = text_of(dl_json_get(dl_json_get(record, "report"), "text"));
    int64_t from = 0, to = 0;
    if (!b || !b->next || !dl_str_int(b->str, &from) || !dl_str_int(b->next->str, &to) || from < 0 || to < from || to > text.n) return DL_STR("");
    return dl_cut(text, (uint32_t)from, (uint32_t)to);
}

static void tell(dl_diff *x, const char *what, dl_str report, const dl_json *record, const dl_json *event, const char *field, dl_str was, dl_str now)
{
    x->each(x->self, &(dl_change){ what, report, event ? text_of(dl_json_get(event, "key")) : DL_STR(""), event ? text_of(dl_json_get(event, "type")) : DL_STR(""), event ? trigger_of(record, event) : DL_STR(""), field, was, now });
}

static void compare(dl_diff *x, dl_str report, const dl_json *was, const dl_json *now)
{
    const dl_json *old = dl_json_get(was, "events"), *new = dl_json_get(now, "events");
    dl_str a[FIELDS], b[FIELDS];
    for (const dl_json *e = old ? old->first : NULL; e; e = e->next) if (!with(new, "key", text_of(dl_json_get(e, "key")))) x->gone++, tell(x, "gone", report, was, e, "", DL_STR(""), DL_STR(""));
    for (const dl_json *e = new ? new->first : NULL; e; e = e->next) {
        const dl_json *before = with(old, "key", text_of(dl_json_get(e, "key")));
        if (!before) { x->new++, tell(x, "new", report, now, e, "", DL_STR(""), DL_STR("")); continue; }
        bool any = false;
        fields_of(x, was, before, a), fields_of(x, now, e, b);
        for (int i = 0; i < FIELDS; i++) if (!dl_eq(a[i], b[i])) tell(x, "changed", report, now, e, field_names[i], a[i], b[i]), any = true;
        x->changed += any, x->same += !any;
    }
}

static bool one_report(dl_diff *x, dl_stmt *version, int64_t report, dl_str id)
{
    jmp_buf full;
    dl_reset(&x->mem, (dl_marker){ x->mem.base });
    x->mem.full = &full;
    if (setjmp(full)) return dl_db_refuse(x->db, DL_ENOMEM, "no memory to compare records");
    dl_str name = dl_copy(&x->mem, id);
    dl_json *was = version_at(x, version, report, x->from), *now = version_at(x, version, report, x->to);
    x->reports++;
    if (!was && now) x->new_reports++, tell(x, "new report", name, NULL, NULL, "", DL_STR(""), DL_STR(""));
    compare(x, name, was, now);
    x->mem.full = NULL;
    return dl_db_good(x->db);
}

bool dl_diff_runs(dl_diff *x)
{
    dl_stmt *runs = dl_db_prepare(x->db, "SELECT count(*) FROM runs WHERE run IN (?1, ?2)");
    dl_stmt_int(runs, 1, x->from), dl_stmt_int(runs, 2, x->to);
    bool both = dl_stmt_next(x->db, runs) && dl_col_int(runs, 0) == (x->from == x->to ? 1 : 2);
    dl_stmt_free(runs);
    if (!both) return dl_db_refuse(x->db, DL_EARG, "there is no such run: SELECT * FROM runs");
    if (x->from > x->to) return dl_db_refuse(x->db, DL_EARG, "the earlier run comes first");
    dl_pool *pool = dl_pool_open(ROOM);
    if (!pool || !dl_arena_open(&x->mem, pool)) { dl_pool_close(pool); return dl_db_refuse(x->db, DL_ENOMEM, "no memory to compare records"); }
    dl_stmt *q = dl_db_prepare(x->db, "SELECT DISTINCT v.report, r.id FROM versions v JOIN reports r USING (report) WHERE v.run > ?1 AND v.run <= ?2 ORDER BY 1"),
            *version = dl_db_prepare(x->db, "SELECT json FROM versions WHERE report = ?1 AND run <= ?2 ORDER BY version DESC LIMIT 1");
    dl_stmt_int(q, 1, x->from), dl_stmt_int(q, 2, x->to);
    while (dl_stmt_next(x->db, q)) if (!one_report(x, version, dl_col_int(q, 0), dl_col_str(q, 1))) break;
    dl_stmt_free(q), dl_stmt_free(version);
    dl_arena_close(&x->mem);
    dl_pool_close(pool);
    return dl_db_good(x->db);
}
