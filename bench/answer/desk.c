/* desk.c - what all kinds do: read a gold record, code a text, open an answer. */
#include "answer/answer.h"
#include "base/utf8.h"

dl_str gold_str(const dl_json *o, const char *key)
{
    const dl_json *v = dl_json_get(o, key);
    return v && v->kind == DL_JSON_STRING ? v->str : DL_STR("");
}

static uint32_t number(const dl_json *v)
{
    int64_t n = 0;
    return v && v->kind == DL_JSON_NUMBER && dl_str_int(v->str, &n) && n >= 0 && n < UINT32_MAX ? (uint32_t)n : 0;
}

uint32_t gold_int(const dl_json *o, const char *key) { return number(dl_json_get(o, key)); }
dl_span  gold_span(const dl_json *o, const char *begin, const char *end) { return (dl_span){ gold_int(o, begin), gold_int(o, end) }; }
dl_span  gold_pair(const dl_json *a) { return a && a->first && a->first->next ? (dl_span){ number(a->first), number(a->first->next) } : (dl_span){ 0, 0 }; }

/* The capital of a letter, found among its neighbours in the tables of case folding: `a` to `z` by sum, the rest where lower(X) is this letter. */
static uint32_t capital(uint32_t cp)
{
    if (cp < 0x80) return cp >= 'a' && cp <= 'z' ? cp - 32 : cp;
    static const uint32_t distance[] = { 1, 32, 80, 48 };
    if (!dl_cp_lower(cp)) return cp;
    for (size_t i = 0; i < sizeof distance / sizeof *distance; i++)
        if (cp > distance[i] && dl_cp_upper(cp - distance[i]) && dl_cp_tolower(cp - distance[i]) == cp) return cp - distance[i];
    return cp;
}

dl_str given_text(desk *d, dl_str s)
{
    if (!d->upper) return s;
    dl_str c = dl_copy(&d->mem, s);
    char *p = (char *)(uintptr_t)c.p, to[4];
    for (uint32_t i = 0, b; b = i, i < s.n; ) {
        int n = dl_utf8_put(capital(dl_utf8_next(s, &i)), to);
        if ((uint32_t)n == i - b && dl_utf8_valid(dl_cut(s, b, i))) memcpy(p + b, to, (size_t)n);
    }
    return c;
}

coded answer_code(desk *d, dl_str text, dl_str day)
{
    dl_str z = dl_copy(&d->mem, day);
    dl_about about = { .size = sizeof about, .format = d->mends ? "text" : "exact", .published = z.n ? z.p : NULL };
    dl_str given = given_text(d, text);
    coded c = { .doc = dl_code(d->coder, given.p, given.n, &about) };
    if (!c.doc) return c;
    c.r = dl_doc_inside(c.doc);
    c.f = c.r.f, c.lang = c.r.lang, c.art = c.r.art;
    return c;
}

void answer_done(coded *c) { dl_doc_free(c->doc); }

dl_jw answer_open(dl_buf *out, const dl_json *gold)
{
    dl_jw w = { out, false };
    dl_jw_open(&w, '{');
    dl_jw_key(&w, "id");
    dl_jw_str(&w, gold_str(gold, "id"));
    return w;
}

void answer_close(dl_jw *w, dl_buf *out)
{
    dl_jw_close(w, '}');
    dl_putc(out, '\n');
}

uint32_t token_at(const dl_language *l, dl_span at)
{
    uint32_t lo = 0, hi = l->ntok;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (l->tok[mid].at.e <= at.b) lo = mid + 1;
        else hi = mid;
    }
    uint32_t b = lo, e = lo;
    while (e < l->ntok && l->tok[e].at.b < at.e) e++;
    for (uint32_t i = b; i < e; i++)
        if (l->tok[i].head < b || l->tok[i].head >= e || l->tok[i].head == i) return i;
    return b < e ? b : DL_NONE;
}

dl_str country_code(const dl_record *r, uint32_t row) { return row == DL_NONE ? DL_STR("") : dl_book_str(r->book, dl_book_place(r->book, row)->alpha3); }

static dl_str state_name(const dl_codebook *book, dl_str code)
{
    for (uint32_t i = 0; i < dl_book_nplace(book); i++) {
        const dl_place_row *p = dl_book_place(book, i);
        if (p->kind == DL_PLACE_REGION && memcmp(p->cc, "US", 2) == 0 && dl_eq(dl_book_str(book, p->admin1), code)) return dl_book_str(book, p->name);
    }
    return DL_STR("");
}

spot spot_of(const dl_codebook *book, const dl_place *x)
{
    const dl_spot *p = x->is;
    if (!p) return (spot){ .lat = INT32_MAX, .lon = INT32_MAX, .country = DL_NONE };
    spot s = { .name = p->name, .cc = { p->cc[0], p->cc[1], '\0' }, .kind = p->kind, .lat = p->lat, .lon = p->lon, .geonames = p->geonames, .country = p->country };
    if (memcmp(p->cc, "US", 2) == 0) s.state = p->admin1, s.state_name = state_name(book, s.state);
    return s;
}

const dl_slot *slot_of(const dl_event *e, dl_role role)
{
    for (uint32_t i = 0; i < e->slots.n; i++)
        if (e->slots.v[i].role == role) return &e->slots.v[i];
    return NULL;
}

const dl_slot *undergoer(const dl_event *e)
{
    static const dl_role roles[] = { DL_ROLE_recipient, DL_ROLE_beneficiary, DL_ROLE_destination, DL_ROLE_origin, DL_ROLE_object };
    const dl_slot *s = NULL;
    for (size_t i = 0; i < sizeof roles / sizeof *roles && !s; i++) s = slot_of(e, roles[i]);
    return s;
}

/* "promised to send aid" is one code, that of the promise. */
static bool only_talked_of(const dl_event *e)
{
    if (e->stage == DL_STAGE_threatened || e->stage == DL_STAGE_requested) return true;
    return e->governor != DL_NONE && (e->stage == DL_STAGE_planned || e->stage == DL_STAGE_postponed || e->stage == DL_STAGE_cancelled || e->stage == DL_STAGE_hypothetical);
}

bool counted(const dl_event *e) { return e->main && !only_talked_of(e); }

bool classed(const dl_record *r, uint32_t token, const char *name)
{
    uint32_t id = token == DL_NONE ? UINT32_MAX : dl_book_class_id(r->book, name);
    return id != UINT32_MAX && dl_class_has(r->f->classes[token], dl_book_class(r->book, id)->index);
}
