/* json.c - the record as JSON Lines: the report, its parts and sentences; the facts are in json_facts.c and json_events.c. */
#include "record/record.h"

static void put_or_null(dl_jw *w, const char *key, dl_str s)
{
    dl_jw_key(w, key);
    dl_jw_str(w, s);
}

static void put_day(dl_jw *w, const char *key, dl_day d)
{
    char b[16];
    dl_jw_key(w, key);
    if (d == DL_NO_DAY) { dl_jw_null(w); return; }
    dl_day_iso(d, b);
    dl_jw_str(w, dl_str_of(b));
}

static void coder(const dl_record *r, dl_jw *w)
{
    dl_jw_key(w, "coder");
    dl_jw_open(w, '{');
    put_or_null(w, "version", dl_str_of(r->version));
    put_or_null(w, "codebook", dl_str_of(r->codebook));
    put_or_null(w, "model", dl_str_of(r->model));
    put_or_null(w, "gazetteer", dl_str_of(r->gazetteer));
    put_or_null(w, "options", dl_str_of(r->options));
    dl_jw_close(w, '}');
}

static void dateline(const dl_record *r, dl_jw *w)
{
    const dl_article *a = r->art;
    dl_jw_key(w, "dateline");
    if (!a->dateline.found) { dl_jw_null(w); return; }
    const dl_span at[3] = { a->dateline.place, a->dateline.day, a->dateline.agency };
    static const char *const name[3] = { "place", "day", "agency" };
    dl_jw_open(w, '{');
    for (int i = 0; i < 3; i++) {
        dl_jw_key(w, name[i]);
        if (dl_len(at[i])) dl_jw_str(w, dl_at(a->text, at[i]));
        else dl_jw_null(w);
    }
    dl_jw_close(w, '}');
}

static void report(const dl_record *r, dl_jw *w)
{
    const dl_article *a = r->art;
    dl_jw_key(w, "report");
    dl_jw_open(w, '{');
    put_or_null(w, "id", a->id);
    put_or_null(w, "source", a->source);
    put_or_null(w, "url", a->url);
    put_or_null(w, "title", a->title);
    put_or_null(w, "byline", a->byline);
    put_day(w, "published", a->published);
    put_or_null(w, "language", dl_str_of(a->language));
    dateline(r, w);
    put_or_null(w, "sha256", dl_str_of(a->sha256));
    put_or_null(w, "text", a->text.p ? a->text : DL_STR(""));
    dl_jw_key(w, "warnings");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < a->warnings.n; i++) dl_jw_str(w, a->warnings.v[i]);
    dl_jw_close(w, ']');
    dl_jw_close(w, '}');
}

static void source_map(const dl_record *r, dl_jw *w)
{
    dl_jw_key(w, "source_map");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < r->art->map.n; i++) {
        const dl_piece *p = &r->art->map.v[i];
        dl_jw_open(w, '[');
        dl_jw_int(w, p->tb), dl_jw_int(w, p->te), dl_jw_int(w, (int64_t)p->ob), dl_jw_int(w, (int64_t)p->oe);
        dl_jw_close(w, ']');
    }
    dl_jw_close(w, ']');
}

static void parts(const dl_record *r, dl_jw *w)
{
    dl_jw_key(w, "parts");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < r->art->parts.n; i++) {
        const dl_part *p = &r->art->parts.v[i];
        dl_jw_open(w, '{');
        dl_jw_key(w, "begin"), dl_jw_int(w, p->at.b);
        dl_jw_key(w, "end"), dl_jw_int(w, p->at.e);
        dl_jw_key(w, "kind"), dl_jw_str(w, dl_str_of(dl_part_kind_name((dl_part_kind)p->kind)));
        dl_jw_key(w, "language"), dl_jw_str(w, dl_str_of(p->language));
        dl_jw_key(w, "coded"), dl_jw_bool(w, p->coded);
        if (p->why.n) dl_jw_key(w, "why"), dl_jw_str(w, p->why);
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, ']');
    dl_jw_key(w, "sentences");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < r->lang->nsent; i++) dl_jw_span(w, r->lang->sent[i].at);
    dl_jw_close(w, ']');
}

void dl_record_json(const dl_record *r, dl_buf *out)
{
    dl_jw w = { out, false };
    dl_jw_open(&w, '{');
    dl_jw_key(&w, "format"), dl_jw_int(&w, DL_RECORD_FORMAT);
    coder(r, &w);
    report(r, &w);
    source_map(r, &w);
    parts(r, &w);
    dl_json_entities(r, &w);
    dl_json_places(r, &w);
    dl_json_times(r, &w);
    dl_json_counts(r, &w);
    dl_json_quotes(r, &w);
    dl_json_events(r, &w);
    dl_json_incidents(r, &w);
    dl_json_links(r, &w);
    dl_jw_close(&w, '}');
    dl_putc(out, '\n');
}
