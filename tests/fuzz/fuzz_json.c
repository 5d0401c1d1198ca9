/* The JSON reader: any bytes give a value or none, all of it inside the input; and what our writer writes of a value is read as the same value, without anything to forgive. */
#include "base/json.h"
#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"

static void check_value(const dl_json *v, uint32_t n, int depth)
{
    HOLDS(v->kind <= DL_JSON_OBJECT && v->at.b <= v->at.e && v->at.e <= n && depth <= 210);
    HOLDS(v->kind == DL_JSON_ARRAY || v->kind == DL_JSON_OBJECT || !v->first);
    for (const dl_json *c = v->first; c; c = c->next) {
        HOLDS(dl_within(c->at, v->at) && (!c->next || c->at.e <= c->next->at.b));
        check_value(c, n, depth + 1);
    }
}

static void write_key(dl_jw *w, dl_str key)
{
    if (w->comma) dl_putc(w->out, ',');
    dl_json_str(w->out, key);
    dl_putc(w->out, ':');
    w->comma = false;
}

static void write_value(dl_jw *w, const dl_json *v)
{
    bool object = v->kind == DL_JSON_OBJECT;
    switch (v->kind) {
    case DL_JSON_NULL: dl_jw_null(w); return;
    case DL_JSON_BOOL: dl_jw_bool(w, v->truth); return;
    case DL_JSON_NUMBER: dl_jw_str(w, v->str); return;
    case DL_JSON_STRING: dl_jw_str(w, v->str.p ? v->str : DL_STR("")); return;
    default:
        dl_jw_open(w, object ? '{' : '[');
        for (const dl_json *c = v->first; c; c = c->next) {
            if (object) write_key(w, c->key);
            write_value(w, c);
        }
        dl_jw_close(w, object ? '}' : ']');
    }
}

/* The same but for numbers, which were written as strings; and ill-formed bytes, which became U+FFFD. */
static bool same(const dl_json *a, const dl_json *b)
{
    bool text = a->kind == DL_JSON_STRING || a->kind == DL_JSON_NUMBER;
    if (text ? b->kind != DL_JSON_STRING : a->kind != b->kind) return false;
    if (a->kind == DL_JSON_BOOL && a->truth != b->truth) return false;
    if (text && dl_utf8_valid(a->str) && !dl_eq(a->str, b->str)) return false;
    const dl_json *c = a->first, *d = b->first;
    for (; c && d; c = c->next, d = d->next)
        if (!same(c, d)) return false;
    return !c && !d;
}

int fuzz_json(const uint8_t *bytes, size_t n)
{
    const char *error = NULL;
    uint32_t end = 0, at = 0;
    dl_arena *a = fuzz_doc();
    dl_json *v = dl_json_read(a, (dl_str){ (const char *)bytes, (uint32_t)n }, &end, &error, &at);
    HOLDS(end <= n && at <= n);
    if (!v) return 0;
    check_value(v, (uint32_t)n, 0);
    dl_json_get(v, "title");
    dl_buf out;
    dl_buf_init(&out, 0);
    dl_jw w = { &out, false };
    write_value(&w, v);
    HOLDS(!out.failed && dl_utf8_valid(dl_buf_str(&out)));
    dl_json *again = dl_json_read(a, dl_buf_str(&out), &end, &error, &at);
    HOLDS(again && !error && end == out.n && same(v, again));
    dl_buf_free(&out);
    return 0;
}
