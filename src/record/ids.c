/* ids.c - see ids.h. */
#include <stdio.h>
#include "base/hash.h"
#include "record/ids.h"

void dl_jw_id(dl_jw *w, char letter, uint32_t i)
{
    char b[16], *end = b + sizeof b, *p = end;
    if (i == DL_NONE) { dl_jw_null(w); return; }
    for (uint32_t v = i + 1; v || p == end; v /= 10) *--p = (char)('0' + v % 10);
    *--p = letter;
    dl_jw_str(w, (dl_str){ p, (uint32_t)(end - p) });
}

void dl_jw_day(dl_jw *w, dl_day d)
{
    char b[16];
    if (d == DL_NO_DAY) { dl_jw_null(w); return; }
    dl_day_iso(d, b);
    dl_jw_str(w, dl_str_of(b));
}

void dl_jw_words(dl_jw *w, dl_str s)
{
    if (s.n) dl_jw_str(w, s);
    else dl_jw_null(w);
}

void dl_jw_thousandths(dl_jw *w, int64_t v)
{
    if (v == DL_OPEN) dl_jw_null(w);
    else if (v % 1000 == 0) dl_jw_int(w, v / 1000);
    else dl_jw_fix(w, v, 3);
}

void dl_jw_at(dl_jw *w, dl_span s)
{
    dl_jw_key(w, "begin"), dl_jw_int(w, s.b);
    dl_jw_key(w, "end"), dl_jw_int(w, s.e);
}

void dl_jw_says(dl_jw *w, const dl_says *v, uint32_t n)
{
    dl_jw_key(w, "says");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < n; i++) {
        dl_jw_open(w, '{');
        dl_jw_key(w, "entity"), dl_jw_id(w, 'e', v[i].entity);
        dl_jw_at(w, v[i].at);
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, ']');
}

dl_str dl_time_by(const dl_event *e, char out[DL_BY_ROOM])
{
    switch (e->time.by) {
    case DL_WHEN_TEXT: return DL_STR("text");
    case DL_WHEN_NARRATIVE: return DL_STR("narrative");
    case DL_WHEN_AFTER: case DL_WHEN_SAME:
        snprintf(out, DL_BY_ROOM, "%s:v%u", e->time.by == DL_WHEN_AFTER ? "after" : "same", e->time.by_event + 1);
        return dl_str_of(out);
    case DL_WHEN_REPORT: return DL_STR("default:report-date");
    default: return DL_STR("unknown");
    }
}

dl_str dl_event_key(const dl_record *r, uint32_t i, char out[DL_KEY_ROOM])
{
    const dl_event *e = &r->f->events.v[i];
    uint32_t ordinal = 0;
    char b[96];
    for (uint32_t k = i; k-- > 0 && r->f->events.v[k].at.b == e->at.b && r->f->events.v[k].at.e == e->at.e;) ordinal++;
    int n = snprintf(b, sizeof b, "%s %u %u %u", r->art->sha256, e->at.b, e->at.e, ordinal);
    snprintf(out, DL_KEY_ROOM, "%016llx", (unsigned long long)dl_hash64(b, (size_t)n, 0));
    return dl_str_of(out);
}

dl_str dl_event_rule(const dl_record *r, const dl_event *e, char out[DL_RULE_ROOM])
{
    const dl_sense *s = dl_book_sense(r->book, e->sense);
    dl_str id = dl_book_str(r->book, s->id), path = dl_book_file(r->book, s->file);
    snprintf(out, DL_RULE_ROOM, "%.*s:%u %.*s", (int)path.n, path.p, s->line, (int)id.n, id.p);
    return dl_str_of(out);
}

dl_str dl_incident_certainty(const dl_incident *x) { return x->certainty == DL_CERT_N ? DL_STR("disputed") : dl_str_of(dl_certainty_name((dl_certainty)x->certainty)); }

const char *dl_mention_kind_name(uint8_t kind) { return (const char *const[]){ "name", "nominal", "pronoun" }[kind]; }
const char *dl_use_name(uint8_t use) { return (const char *const[]){ "place", "actor", "demonym" }[use]; }
const char *dl_time_type_name(uint8_t type) { return (const char *const[]){ "DATE", "TIME", "DURATION", "SET" }[type]; }
const char *dl_form_name(uint8_t form) { return (const char *const[]){ "direct", "indirect", "mixed" }[form]; }
