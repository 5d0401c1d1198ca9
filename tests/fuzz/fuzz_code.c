/* The whole walk: any bytes give a record that is well-formed JSON, whose spans cut whole characters out of its text, whose parts and map tile it; in all four forms, and the same a
 * second time. First byte: what is asked for, and how much memory there is. */
#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"

typedef struct { dl_coder *plain, *explaining, *poor; } coders;

static const coders *open_coders(void)
{
    static coders c;
    if (c.plain) return &c;
    const dl_model *model = fuzz_model();
    dl_options o;
    dl_options_default(&o);
    HOLDS((c.plain = dl_coder_open(fuzz_book(), model, &o, NULL)) != NULL);
    o.explain = true;
    HOLDS((c.explaining = dl_coder_open(fuzz_book(), model, &o, NULL)) != NULL);
    o.memory = 400 << 10;
    HOLDS((c.poor = dl_coder_open(fuzz_book(), model, &o, NULL)) != NULL);
    return &c;
}

/* ---- spans ---- */

static bool number(const dl_json *v, uint32_t *out)
{
    int64_t n;
    if (!v || v->kind != DL_JSON_NUMBER || !dl_str_int(v->str, &n) || n < 0 || n > UINT32_MAX) return false;
    *out = (uint32_t)n;
    return true;
}

static void check_span(dl_str text, uint32_t b, uint32_t e)
{
    HOLDS(b <= e && e <= text.n && dl_utf8_boundary(text, b) && dl_utf8_boundary(text, e));
}

/* Objects with "begin" and "end", and arrays of two numbers, wherever they stand (but for the map, whose second half is of other bytes, and counts). */
static void check_spans(const dl_json *v, dl_str text)
{
    uint32_t b, e;
    const dl_json *begin = v->kind == DL_JSON_OBJECT ? dl_json_get(v, "begin") : NULL;
    if (begin && begin->kind == DL_JSON_NUMBER) {
        HOLDS(number(begin, &b) && number(dl_json_get(v, "end"), &e));
        check_span(text, b, e);
    }
    if (v->kind == DL_JSON_ARRAY && v->first && v->first->next && !v->first->next->next && number(v->first, &b) && number(v->first->next, &e)) check_span(text, b, e);
    for (const dl_json *c = v->first; c; c = c->next) check_spans(c, text);
}

static void check_parts(const dl_json *parts, dl_str text)
{
    uint32_t at = 0, b, e;
    for (const dl_json *p = parts->first; p; p = p->next) {
        HOLDS(number(dl_json_get(p, "begin"), &b) && number(dl_json_get(p, "end"), &e) && b == at && e > b);
        at = e;
    }
    HOLDS(!parts->first || at == text.n);
}

static void check_map(const dl_json *map, dl_str text)
{
    uint32_t at = 0, b, e;
    for (const dl_json *p = map->first; p; p = p->next) {
        HOLDS(p->kind == DL_JSON_ARRAY && p->first && number(p->first, &b) && number(p->first->next, &e) && b == at && e > b);
        at = e;
    }
    HOLDS(at == text.n);
}

static const dl_json *member(const dl_json *object, const char *name)
{
    const dl_json *v = dl_json_get(object, name);
    HOLDS(v);
    return v;
}

static void check_record(dl_doc *d)
{
    dl_str json = { dl_doc_json(d), (uint32_t)dl_doc_json_size(d) };
    HOLDS(json.n && json.p[json.n - 1] == '\n' && strlen(json.p) == json.n && !memchr(json.p, '\n', json.n - 1) && dl_utf8_valid(json));
    uint32_t end, at = 0;
    const char *error = NULL;
    const dl_json *r = dl_json_read(fuzz_doc(), json, &end, &error, &at);
    HOLDS(r && !error && end == json.n);
    const dl_json *report = member(r, "report");
    dl_str text = member(report, "text")->str;
    if (!text.p) text = DL_STR("");
    HOLDS(!dl_doc_degraded(d) || member(report, "warnings")->first);
    check_map(member(r, "source_map"), text);
    check_parts(member(r, "parts"), text);
    static const char *const facts[] = { "parts", "sentences", "entities", "places", "times", "quotes", "events", "links", "incidents" };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) check_spans(member(r, facts[i]), text);
}

static uint64_t words_of(const char *z) { return dl_hash(dl_str_of(z)); }

int fuzz_code(const uint8_t *bytes, size_t n)
{
    if (!n) return 0;
    uint8_t how = *bytes++;
    n--;
    const coders *all = open_coders();
    dl_coder *c = (how & 3) == 3 ? all->poor : how & 1 ? all->explaining : all->plain;
    dl_about about = { .size = sizeof about, .format = how & 4 ? "text" : NULL, .published = how & 8 ? "2015-01-26" : NULL, .title = how & 16 ? "Police raid \xE2\x80\x9C" "flats\xE2\x80\x9D in Lyon" : NULL };
    dl_doc *d = dl_code(c, bytes, n, &about);
    HOLDS(d);
    check_record(d);
    uint64_t first = words_of(dl_doc_json(d)), text = words_of(dl_doc_text(d, how & 32)), tsv = words_of(dl_doc_tsv(d));
    if (how & 1) HOLDS(dl_utf8_valid(dl_str_of(dl_doc_explain(d, false))));
    HOLDS(dl_utf8_valid(dl_str_of(dl_doc_text(d, false))));
    if (how & 64) {
        dl_doc_free(d);
        d = dl_code(c, bytes, n, &about);
    }
    HOLDS(d && words_of(dl_doc_json(d)) == first && words_of(dl_doc_text(d, how & 32)) == text && words_of(dl_doc_tsv(d)) == tsv);
    HOLDS(dl_doc_set_id(d, "x~2") && strstr(dl_doc_json(d), "\"id\":\"x~2\""));
    dl_doc_free(d);
    return 0;
}
