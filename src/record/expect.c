/* expect.c - expectation lines against a record (see expect.h). Works on the record's JSON, so that what is tested is what users get. */
#include "record/expect.h"
#include "base/json.h"

enum { PAIRS_MAX = 24 };
typedef struct { dl_str key, value; bool quoted; } pair;
typedef struct { bool negative; dl_str head, subject; bool has_subject; pair v[PAIRS_MAX]; uint32_t n; } line;

typedef struct { dl_arena *a; const dl_json *rec; dl_str text; bool *event_hit; uint32_t nevent; } check;

/* ---- reading a line ---- */

static dl_str word(dl_str s, uint32_t *i, bool *quoted)
{
    while (*i < s.n && dl_space((unsigned char)s.p[*i])) ++*i;
    uint32_t b = *i;
    *quoted = b < s.n && s.p[b] == '"';
    if (*quoted) {
        b = ++*i;
        while (*i < s.n && s.p[*i] != '"') ++*i;
        dl_str w = dl_cut(s, b, *i);
        if (*i < s.n) ++*i;
        return w;
    }
    while (*i < s.n && !dl_space((unsigned char)s.p[*i])) ++*i;
    return dl_cut(s, b, *i);
}

/* A comment begins at a # behind a blank, outside quotes. */
static dl_str without_comment(dl_str s)
{
    bool in = false;
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') in = !in;
        if (!in && s.p[i] == '#' && (i == 0 || dl_space((unsigned char)s.p[i - 1]))) return dl_trim(dl_cut(s, 0, i));
    }
    return dl_trim(s);
}

static bool read_line(dl_str s, line *l)
{
    uint32_t i = 0;
    bool q;
    *l = (line){ .n = 0 };
    l->head = word(s, &i, &q);
    if (dl_is(l->head, "not")) l->negative = true, l->head = word(s, &i, &q);
    bool link_or_incident = dl_is(l->head, "link") || dl_is(l->head, "incident");
    while (i < s.n) {
        dl_str w = word(s, &i, &q);
        if (!w.n && !q) break;
        if ((q || link_or_incident) && !l->has_subject && l->n == 0) { l->subject = w, l->has_subject = true; link_or_incident = false; continue; }
        if (l->n == PAIRS_MAX) return false;
        l->v[l->n].key = w;
        l->v[l->n].value = word(s, &i, &l->v[l->n].quoted);
        l->n++;
    }
    return l->head.n > 0;
}

/* ---- matching text and values ---- */

static dl_str bare(dl_str s)
{
    static const char *const lead[] = { "the ", "a ", "an ", "some ", "The ", "A ", "An ", "Some " };
    s = dl_trim(s);
    for (size_t i = 0; i < 8; i++)
        if (dl_starts(s, dl_str_of(lead[i]))) return dl_cut(s, (uint32_t)strlen(lead[i]), s.n);
    return s;
}

static bool same_fold(dl_str a, dl_str b)
{
    if (a.n != b.n) return false;
    for (uint32_t i = 0; i < a.n; i++)
        if (dl_tolower((unsigned char)a.p[i]) != dl_tolower((unsigned char)b.p[i])) return false;
    return true;
}

/* Between two characters above U+0DFF (Thai, Chinese ...) a word may end: those scripts write no spaces. */
static bool unspaced(dl_str s, uint32_t i) { return i < s.n && ((unsigned char)s.p[i] >= 0xE2 || ((unsigned char)s.p[i] == 0xE0 && i + 1 < s.n && (unsigned char)s.p[i + 1] >= 0xB8)); }
static bool word_edge(dl_str s, uint32_t i) { return unspaced(s, i) || i == 0 || i >= s.n || !(((unsigned char)s.p[i - 1] >= 0x80 || dl_alpha((unsigned char)s.p[i - 1]) || dl_digit((unsigned char)s.p[i - 1])) && ((unsigned char)s.p[i] >= 0x80 || dl_alpha((unsigned char)s.p[i]) || dl_digit((unsigned char)s.p[i]))); }

static bool inside(dl_str want, dl_str found)
{
    for (uint32_t i = 0; i + want.n <= found.n; i++)
        if (same_fold(want, dl_cut(found, i, i + want.n)) && word_edge(found, i) && word_edge(found, i + want.n)) return true;
    return false;
}

static bool text_matches(dl_str want, dl_str found)
{
    dl_str w = bare(want), f = bare(found);
    if (!w.n) return false;
    return same_fold(w, f) || (found.n <= want.n + 60 && inside(w, found));
}

static dl_str str_of(const dl_json *j)
{
    if (!j) return (dl_str){ 0 };
    if (j->kind == DL_JSON_BOOL) return j->truth ? DL_STR("yes") : DL_STR("no");
    return j->kind == DL_JSON_STRING || j->kind == DL_JSON_NUMBER ? j->str : (dl_str){ 0 };
}

static dl_str get(const dl_json *o, const char *k) { return str_of(dl_json_get(o, k)); }

static uint32_t num(const dl_json *j)
{
    int64_t v = 0;
    if (j) dl_str_int(j->str, &v);
    return (uint32_t)v;
}

static dl_str cut(const check *c, uint32_t b, uint32_t e) { return b <= e && e <= c->text.n ? dl_cut(c->text, b, e) : (dl_str){ 0 }; }
static dl_str span_text(const check *c, const dl_json *o) { return cut(c, num(dl_json_get(o, "begin")), num(dl_json_get(o, "end"))); }
static dl_str pair_text(const check *c, const dl_json *arr) { return arr && arr->first && arr->first->next ? cut(c, num(arr->first), num(arr->first->next)) : (dl_str){ 0 }; }

/* A bare value may give alternatives; "none" is absent or empty; "18*" a prefix. */
static bool value_is(const pair *p, dl_str found)
{
    if (p->quoted) return text_matches(p->value, found);
    uint32_t b = 0;
    for (uint32_t i = 0; i <= p->value.n; i++) {
        if (i < p->value.n && p->value.p[i] != '|') continue;
        dl_str alt = dl_cut(p->value, b, i);
        b = i + 1;
        if (dl_is(alt, "none") ? !found.n : alt.n && alt.p[alt.n - 1] == '*' ? dl_starts(found, dl_cut(alt, 0, alt.n - 1)) : dl_eq(alt, found)) return true;
    }
    return false;
}

static const dl_json *by_id(const check *c, const char *array, dl_str id)
{
    const dl_json *a = dl_json_get(c->rec, array);
    for (const dl_json *x = a && id.n ? a->first : NULL; x; x = x->next)
        if (dl_eq(get(x, "id"), id)) return x;
    return NULL;
}

static bool entity_is(const check *c, dl_str id, dl_str want)
{
    const dl_json *e = by_id(c, "entities", id);
    if (!e) return false;
    if (text_matches(want, get(e, "name"))) return true;
    const dl_json *m = dl_json_get(e, "mentions");
    for (const dl_json *x = m ? m->first : NULL; x; x = x->next)
        if (text_matches(want, span_text(c, x))) return true;
    return false;
}

static bool place_is(const check *c, dl_str id, dl_str want)
{
    const dl_json *p = by_id(c, "places", id);
    return p && (text_matches(want, get(p, "text")) || text_matches(want, get(p, "name")));
}

/* Somebody or something told by {entity|place|event, begin, end}. */
static bool party_is(const check *c, const dl_json *x, const pair *p)
{
    if (text_matches(p->value, span_text(c, x)) || entity_is(c, get(x, "entity"), p->value) || place_is(c, get(x, "place"), p->value)) return true;
    const dl_json *v = by_id(c, "events", get(x, "event"));
    return v && text_matches(p->value, pair_text(c, dl_json_get(v, "trigger")));
}

/* ---- events ---- */

static const char *role_name(dl_str key)
{
    static const char *const roles[] = { "actor", "recipient", "object", "instrument", "origin", "destination", "beneficiary", "foiled_by", "about" };
    if (dl_is(key, "who")) return "actor";
    if (dl_is(key, "whom")) return "recipient";
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (dl_is(key, roles[i])) return roles[i];
    return NULL;
}

static bool role_matches(const check *c, const dl_json *e, const char *role, const pair *p)
{
    const dl_json *slots = dl_json_get(e, "slots");
    bool any = false;
    for (const dl_json *s = slots ? slots->first : NULL; s; s = s->next) {
        if (!dl_is(get(s, "role"), role)) continue;
        any = true;
        if (p->quoted && party_is(c, s, p)) return true;
    }
    return !p->quoted && dl_is(p->value, "none") ? !any : false;
}

static bool says_matches(const check *c, const dl_json *x, const pair *p)
{
    const dl_json *says = dl_json_get(x, "says");
    if (!p->quoted) return dl_is(p->value, "none") && !(says && says->first);
    for (const dl_json *s = says ? says->first : NULL; s; s = s->next)
        if (party_is(c, s, p)) return true;
    return false;
}

static bool any_string(const dl_json *arr, const pair *p)
{
    if (!arr || !arr->first) return value_is(p, (dl_str){ 0 });
    for (const dl_json *s = arr->first; s; s = s->next)
        if (value_is(p, str_of(s))) return true;
    return false;
}

static bool count_matches(const check *c, const dl_json *e, const pair *p)
{
    const dl_json *ids = dl_json_get(e, "counts");
    if (!p->quoted) return dl_is(p->value, "none") && !(ids && ids->first);
    for (const dl_json *i = ids ? ids->first : NULL; i; i = i->next) {
        const dl_json *n = by_id(c, "counts", i->str);
        if (n && text_matches(p->value, get(n, "text"))) return true;
    }
    return false;
}

static bool same_as_matches(const check *c, const dl_json *e, const pair *p)
{
    const dl_json *ids = dl_json_get(e, "same_as");
    if (!p->quoted) return dl_is(p->value, "none") && !(ids && ids->first);
    for (const dl_json *i = ids ? ids->first : NULL; i; i = i->next) {
        const dl_json *v = by_id(c, "events", i->str);
        if (v && text_matches(p->value, pair_text(c, dl_json_get(v, "trigger")))) return true;
    }
    return false;
}

static bool event_key(const check *c, const dl_json *e, const pair *p)
{
    const char *role = role_name(p->key);
    const dl_json *time = dl_json_get(e, "time"), *plover = dl_json_get(e, "plover");
    if (role) return role_matches(c, e, role, p);
    if (dl_is(p->key, "says")) return says_matches(c, e, p);
    if (dl_is(p->key, "count")) return count_matches(c, e, p);
    if (dl_is(p->key, "same_as")) return same_as_matches(c, e, p);
    if (dl_is(p->key, "place")) return p->quoted ? place_is(c, get(e, "place"), p->value) : value_is(p, get(e, "place"));
    if (dl_is(p->key, "time")) return value_is(p, get(time, "edtf"));
    if (dl_is(p->key, "earliest")) return value_is(p, get(time, "earliest"));
    if (dl_is(p->key, "latest")) return value_is(p, get(time, "latest"));
    if (dl_is(p->key, "by")) return value_is(p, get(time, "by"));
    if (dl_is(p->key, "mode")) return value_is(p, get(plover, "mode"));
    if (dl_is(p->key, "context")) return any_string(plover && plover->kind == DL_JSON_OBJECT ? dl_json_get(plover, "context") : NULL, p);
    if (dl_is(p->key, "legal")) { const dl_json *l = dl_json_get(e, "legal"); return value_is(p, l && l->first ? get(l->first, "step") : (dl_str){ 0 }); }
    if (dl_is(p->key, "rule")) return inside(p->value, get(e, "rule"));
    return value_is(p, str_of(dl_json_get(e, dl_copy(c->a, p->key).p)));
}

/* ---- the other things ---- */

static bool toll_matches(const dl_json *x, const pair *p)
{
    const dl_json *counts = dl_json_get(x, "counts"), *m = NULL;
    for (const dl_json *k = counts ? counts->first : NULL; k; k = k->next)
        if (dl_eq(k->key, p->key)) m = k;
    if (dl_is(p->value, "none")) return !m;
    int64_t at = dl_find(p->value, DL_STR(".."), 0);
    if (!m || at < 0) return m && dl_eq(p->value, get(m, "low")) && dl_eq(p->value, get(m, "high"));
    dl_str low = dl_cut(p->value, 0, (uint32_t)at), high = dl_cut(p->value, (uint32_t)at + 2, p->value.n);
    return (!low.n || dl_eq(low, get(m, "low"))) && dl_eq(high, get(m, "high"));
}

static bool entities_have(const check *c, const dl_json *x, const char *list, const pair *p)
{
    const dl_json *ids = dl_json_get(x, list);
    if (!p->quoted) return dl_is(p->value, "none") && !(ids && ids->first);
    for (const dl_json *i = ids ? ids->first : NULL; i; i = i->next)
        if (entity_is(c, i->str, p->value)) return true;
    return false;
}

static bool incident_key(const check *c, const dl_json *x, const pair *p)
{
    static const char *const lists[][2] = { { "perpetrator", "perpetrators" }, { "suspect", "suspects" }, { "victim", "victims" }, { "target", "targets" }, { "instrument", "instruments" } };
    for (size_t i = 0; i < 5; i++)
        if (dl_is(p->key, lists[i][0])) return entities_have(c, x, lists[i][1], p);
    if (dl_is(p->key, "events")) {
        const dl_json *ids = dl_json_get(x, "events");
        for (const dl_json *i = ids ? ids->first : NULL; i; i = i->next) {
            const dl_json *v = by_id(c, "events", i->str);
            if (v && text_matches(p->value, pair_text(c, dl_json_get(v, "trigger")))) return true;
        }
        return false;
    }
    if (dl_is(p->key, "place")) return p->quoted ? place_is(c, get(x, "place"), p->value) : value_is(p, get(x, "place"));
    if (dl_is(p->key, "time")) return value_is(p, get(dl_json_get(x, "time"), "edtf"));
    if (dl_is(p->key, "stage") || dl_is(p->key, "certainty")) return value_is(p, str_of(dl_json_get(x, dl_copy(c->a, p->key).p)));
    if (dl_is(p->key, "says")) return says_matches(c, x, p);
    return toll_matches(x, p);
}

static bool thing_is(const check *c, dl_str id, const pair *p)
{
    if (!id.n) return !p->quoted && dl_is(p->value, "none");
    if (id.p[0] == 'e') return entity_is(c, id, p->value);
    if (id.p[0] == 'p') return place_is(c, id, p->value);
    const dl_json *v = by_id(c, id.p[0] == 'c' ? "counts" : "events", id);
    return v && text_matches(p->value, id.p[0] == 'c' ? get(v, "text") : pair_text(c, dl_json_get(v, "trigger")));
}

static bool other_key(const check *c, dl_str head, const dl_json *x, const pair *p)
{
    const dl_json *v = dl_json_get(x, dl_copy(c->a, p->key).p);
    if (dl_is(head, "entity") && dl_is(p->key, "sector")) return any_string(dl_json_get(x, "sectors"), p);
    if (dl_is(head, "entity") && dl_is(p->key, "mention")) return entity_is(c, get(x, "id"), p->value);
    if (dl_is(p->key, "says")) return says_matches(c, x, p);
    if (dl_is(p->key, "speaker") || dl_is(p->key, "a") || dl_is(p->key, "b") || dl_is(p->key, "out_of")) return thing_is(c, str_of(v), p);
    if (dl_is(p->key, "of")) return str_of(v).n && by_id(c, "entities", str_of(v)) ? entity_is(c, str_of(v), p->value) : value_is(p, str_of(v));
    if (dl_is(p->key, "cue")) return p->quoted ? v && v->first && text_matches(p->value, pair_text(c, v->first)) : !(v && v->first);
    if (dl_is(head, "count") && dl_is(p->key, "high") && dl_is(p->value, "open")) return v && v->kind == DL_JSON_NULL;
    return value_is(p, str_of(v));
}

static bool report_key(const check *c, const pair *p)
{
    const dl_json *r = dl_json_get(c->rec, "report"), *d = dl_json_get(r, "dateline");
    if (dl_is(p->key, "dateline")) return value_is(p, d && d->kind == DL_JSON_OBJECT ? get(d, "place") : (dl_str){ 0 });
    if (dl_is(p->key, "agency")) return value_is(p, d && d->kind == DL_JSON_OBJECT ? get(d, "agency") : (dl_str){ 0 });
    if (dl_is(p->key, "warning")) {
        const dl_json *w = dl_json_get(r, "warnings");
        for (const dl_json *x = w ? w->first : NULL; x; x = x->next)
            if (inside(p->value, str_of(x))) return true;
        return !p->quoted && dl_is(p->value, "none") && !(w && w->first);
    }
    return value_is(p, str_of(dl_json_get(r, dl_copy(c->a, p->key).p)));
}

/* ---- one line ---- */

static bool subject_matches(const check *c, dl_str head, const dl_json *x, const line *l)
{
    if (!l->has_subject) return true;
    if (dl_is(head, "entity")) return entity_is(c, get(x, "id"), l->subject);
    if (dl_is(head, "place") || dl_is(head, "time") || dl_is(head, "count")) return text_matches(l->subject, get(x, "text"));
    if (dl_is(head, "link")) return dl_eq(l->subject, get(x, "relation"));
    if (dl_is(head, "incident")) return dl_eq(l->subject, get(x, "kind"));
    if (dl_is(head, "part")) return inside(l->subject, span_text(c, x));
    if (dl_is(head, "quote")) {
        const dl_json *k = dl_json_get(x, "content");
        for (const dl_json *s = k ? k->first : NULL; s; s = s->next)
            if (inside(l->subject, pair_text(c, s))) return true;
        return false;
    }
    return text_matches(l->subject, pair_text(c, dl_json_get(x, "trigger")));
}

static const char *array_of(dl_str head)
{
    static const char *const names[][2] = { { "entity", "entities" }, { "place", "places" }, { "time", "times" }, { "count", "counts" }, { "quote", "quotes" }, { "part", "parts" }, { "link", "links" }, { "incident", "incidents" } };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (dl_is(head, names[i][0])) return names[i][1];
    return "events";
}

static bool item_matches(check *c, const dl_json *x, const line *l, bool event)
{
    if (event && !dl_is(l->head, "EVENT") && !dl_eq(get(x, "type"), l->head)) return false;
    if (!subject_matches(c, l->head, x, l)) return false;
    for (uint32_t i = 0; i < l->n; i++)
        if (event ? !event_key(c, x, &l->v[i]) : dl_is(l->head, "incident") ? !incident_key(c, x, &l->v[i]) : !other_key(c, l->head, x, &l->v[i])) return false;
    return true;
}

static bool sentence_is(const check *c, const line *l)
{
    const dl_json *s = dl_json_get(c->rec, "sentences");
    for (const dl_json *x = s ? s->first : NULL; x; x = x->next)
        if (dl_eq(l->subject, pair_text(c, x))) return true;
    return false;
}

static bool holds(check *c, const line *l)
{
    if (dl_is(l->head, "sentence")) return sentence_is(c, l);
    if (dl_is(l->head, "report")) {
        for (uint32_t i = 0; i < l->n; i++)
            if (!report_key(c, &l->v[i])) return false;
        return true;
    }
    const char *array = array_of(l->head);
    bool event = strcmp(array, "events") == 0, any = false;
    const dl_json *a = dl_json_get(c->rec, array);
    uint32_t i = 0;
    for (const dl_json *x = a ? a->first : NULL; x; x = x->next, i++)
        if (item_matches(c, x, l, event)) { any = true; if (event && !l->negative) c->event_hit[i] = true; }
    return any;
}

static bool nothing_more(const check *c, dl_buf *out)
{
    const dl_json *a = dl_json_get(c->rec, "events");
    uint32_t i = 0;
    bool ok = true;
    for (const dl_json *x = a ? a->first : NULL; x; x = x->next, i++)
        if (dl_is(get(x, "main"), "yes") && !c->event_hit[i]) {
            dl_str t = pair_text(c, dl_json_get(x, "trigger")), y = get(x, "type");
            dl_putf(out, "only: more is coded: %.*s \"%.*s\"\n", (int)y.n, y.p, (int)t.n, t.p);
            ok = false;
        }
    return ok;
}

uint32_t dl_expect(dl_arena *a, dl_str record, dl_str lines, dl_buf *out)
{
    uint32_t end = 0, at = 0, failures = 0;
    const char *error = NULL;
    check c = { .a = a, .rec = dl_json_read(a, record, &end, &error, &at) };
    if (!c.rec || error) { dl_putz(out, "the record is no JSON\n"); return 1; }
    c.text = get(dl_json_get(c.rec, "report"), "text");
    const dl_json *events = dl_json_get(c.rec, "events");
    for (const dl_json *x = events ? events->first : NULL; x; x = x->next) c.nevent++;
    c.event_hit = dl_new(a, bool, c.nevent + 1);
    bool only = false;
    for (uint32_t b = 0; b < lines.n;) {
        int64_t nl = dl_find(lines, DL_STR("\n"), b);
        dl_str s = without_comment(dl_cut(lines, b, nl < 0 ? lines.n : (uint32_t)nl));
        b = nl < 0 ? lines.n : (uint32_t)nl + 1;
        line l;
        if (!s.n) continue;
        if (dl_is(s, "only")) { only = true; continue; }
        if (dl_is(s, "nothing")) {
            if (c.nevent) { failures++; dl_putf(out, "nothing: %u events are coded\n", c.nevent); }
            continue;
        }
        if (!read_line(s, &l)) { failures++; dl_putf(out, "can't be read: %.*s\n", (int)s.n, s.p); continue; }
        if (holds(&c, &l) == l.negative) { failures++; dl_putf(out, "%s %.*s\n", l.negative ? "should not hold:" : "missing:", (int)s.n, s.p); }
    }
    if (only && !nothing_more(&c, out)) failures++;
    return failures;
}

uint32_t dl_expect_count(dl_str lines)
{
    uint32_t n = 0;
    for (uint32_t b = 0; b < lines.n;) {
        int64_t nl = dl_find(lines, DL_STR("\n"), b);
        n += without_comment(dl_cut(lines, b, nl < 0 ? lines.n : (uint32_t)nl)).n > 0;
        b = nl < 0 ? lines.n : (uint32_t)nl + 1;
    }
    return n;
}

/* ---- a record as expectations ---- */

static void put_pair(dl_buf *out, const char *key, dl_str v, bool quoted)
{
    if (v.n) dl_putf(out, quoted ? "  %s \"%.*s\"" : "  %s %.*s", key, (int)v.n, v.p);
}

void dl_expect_write(dl_arena *a, dl_str record, dl_buf *out)
{
    uint32_t end = 0, at = 0;
    const char *error = NULL;
    check c = { .a = a, .rec = dl_json_read(a, record, &end, &error, &at) };
    if (!c.rec) return;
    c.text = get(dl_json_get(c.rec, "report"), "text");
    const dl_json *events = dl_json_get(c.rec, "events");
    if (!events || !events->first) dl_putz(out, "nothing\n");
    for (const dl_json *e = events ? events->first : NULL; e; e = e->next) {
        dl_str type = get(e, "type"), t = pair_text(&c, dl_json_get(e, "trigger"));
        dl_putf(out, "%.*s \"%.*s\"", (int)type.n, type.p, (int)t.n, t.p);
        put_pair(out, "cameo", get(e, "cameo"), false);
        const dl_json *slots = dl_json_get(e, "slots"), *says = dl_json_get(e, "says"), *counts = dl_json_get(e, "counts");
        for (const dl_json *s = slots ? slots->first : NULL; s; s = s->next) {
            dl_str role = get(s, "role");
            put_pair(out, dl_is(role, "actor") ? "who" : dl_is(role, "recipient") ? "whom" : dl_copy(a, role).p, span_text(&c, s), true);
        }
        const dl_json *p = by_id(&c, "places", get(e, "place"));
        if (p) put_pair(out, "place", get(p, "text"), true);
        put_pair(out, "time", get(dl_json_get(e, "time"), "edtf"), false);
        for (const dl_json *i = counts ? counts->first : NULL; i; i = i->next) put_pair(out, "count", get(by_id(&c, "counts", i->str), "text"), true);
        put_pair(out, "stage", get(e, "stage"), false);
        put_pair(out, "certainty", get(e, "certainty"), false);
        put_pair(out, "status", get(e, "status"), false);
        for (const dl_json *s = says ? says->first : NULL; s; s = s->next) put_pair(out, "says", span_text(&c, s), true);
        put_pair(out, "main", get(e, "main"), false);
        dl_putc(out, '\n');
    }
}
