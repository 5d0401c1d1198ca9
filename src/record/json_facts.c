/* json_facts.c - what a record holds besides its events: entities, places, times, counts, quotations, links. */
#include "record/ids.h"

static void mentions(const dl_record *r, dl_jw *w, const uint32_t *next, uint32_t first)
{
    dl_jw_key(w, "mentions");
    dl_jw_open(w, '[');
    for (uint32_t m = first; m != DL_NONE; m = next[m]) {
        dl_jw_open(w, '{');
        dl_jw_at(w, r->f->mentions.v[m].at);
        dl_jw_key(w, "kind"), dl_jw_str(w, dl_str_of(dl_mention_kind_name(r->f->mentions.v[m].kind)));
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, ']');
}

static void entity(const dl_record *r, dl_jw *w, uint32_t i, const uint32_t *next, uint32_t first)
{
    const dl_entity *e = &r->f->entities.v[i];
    dl_jw_open(w, '{');
    dl_jw_key(w, "id"), dl_jw_id(w, 'e', i);
    dl_jw_key(w, "kind"), dl_jw_str(w, dl_str_of(dl_kind_name((dl_kind)e->kind)));
    dl_jw_key(w, "name"), dl_jw_str(w, e->name);
    dl_jw_key(w, "country"), dl_jw_words(w, e->country == DL_NONE ? (dl_str){ 0 } : dl_book_str(r->book, dl_book_place(r->book, e->country)->alpha3));
    dl_jw_key(w, "sectors");
    dl_jw_open(w, '[');
    for (uint32_t k = 0; k < e->nsector; k++) dl_jw_str(w, e->sectors[k]);
    dl_jw_close(w, ']');
    dl_jw_key(w, "code"), dl_jw_words(w, e->code);
    dl_jw_key(w, "role"), dl_jw_words(w, e->role);
    if (dl_len(e->role_at)) dl_jw_key(w, "role_at"), dl_jw_span(w, e->role_at);
    dl_jw_key(w, "age");
    if (e->age < 0) dl_jw_null(w);
    else dl_jw_int(w, e->age);
    if (e->age >= 0) dl_jw_key(w, "age_at"), dl_jw_span(w, e->age_at);
    dl_jw_key(w, "attributes"), dl_jw_open(w, '{'), dl_jw_close(w, '}');
    mentions(r, w, next, first);
    dl_jw_close(w, '}');
}

void dl_json_entities(const dl_record *r, dl_jw *w)
{
    dl_jw_key(w, "entities");
    dl_jw_open(w, '[');
    const uint32_t *next = r->f->mention_next;
    for (uint32_t i = 0; i < r->f->entities.n; i++) entity(r, w, i, next, r->f->entities.v[i].first);
    dl_jw_close(w, ']');
}

static void coordinate(dl_jw *w, const char *key, int32_t v)
{
    dl_jw_key(w, key);
    if (v == INT32_MAX) dl_jw_null(w);
    else dl_jw_fix(w, v, 5);
}

void dl_json_places(const dl_record *r, dl_jw *w)
{
    dl_jw_key(w, "places");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < r->f->places.n; i++) {
        const dl_place *p = &r->f->places.v[i];
        const dl_spot *row = p->is;
        dl_jw_open(w, '{');
        dl_jw_key(w, "id"), dl_jw_id(w, 'p', i);
        dl_jw_at(w, p->at);
        dl_jw_key(w, "text"), dl_jw_str(w, dl_at(r->art->text, p->at));
        dl_jw_key(w, "name"), dl_jw_str(w, row->name);
        dl_jw_key(w, "geonames");
        if (row->geonames) dl_jw_int(w, row->geonames);
        else dl_jw_null(w);
        dl_jw_key(w, "country"), dl_jw_words(w, row->cc[0] ? (dl_str){ row->cc, 2 } : (dl_str){ 0 });
        dl_jw_key(w, "admin1"), dl_jw_words(w, row->admin1);
        dl_jw_key(w, "admin2"), dl_jw_words(w, row->admin2);
        coordinate(w, "lat", row->lat), coordinate(w, "lon", row->lon);
        dl_jw_key(w, "class"), dl_jw_words(w, row->cls);
        dl_jw_key(w, "confidence"), dl_jw_int(w, p->confidence);
        dl_jw_key(w, "use"), dl_jw_str(w, dl_str_of(dl_use_name(p->use)));
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, ']');
}

void dl_json_times(const dl_record *r, dl_jw *w)
{
    dl_jw_key(w, "times");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < r->f->times.n; i++) {
        const dl_time *t = &r->f->times.v[i];
        dl_jw_open(w, '{');
        dl_jw_key(w, "id"), dl_jw_id(w, 't', i);
        dl_jw_at(w, t->at);
        dl_jw_key(w, "text"), dl_jw_str(w, dl_at(r->art->text, t->at));
        dl_jw_key(w, "type"), dl_jw_str(w, dl_str_of(dl_time_type_name(t->type)));
        dl_jw_key(w, "value"), dl_jw_words(w, t->value);
        if (t->mod.n) dl_jw_key(w, "mod"), dl_jw_str(w, t->mod);
        dl_jw_key(w, "edtf"), dl_jw_words(w, t->edtf);
        dl_jw_key(w, "earliest"), dl_jw_day(w, t->earliest);
        dl_jw_key(w, "latest"), dl_jw_day(w, t->latest);
        dl_jw_key(w, "grain"), dl_jw_words(w, t->grain);
        dl_jw_key(w, "anchor"), dl_jw_words(w, t->anchor);
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, ']');
}

void dl_json_counts(const dl_record *r, dl_jw *w)
{
    dl_jw_key(w, "counts");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < r->f->counts.n; i++) {
        const dl_count *c = &r->f->counts.v[i];
        dl_jw_open(w, '{');
        dl_jw_key(w, "id"), dl_jw_id(w, 'c', i);
        dl_jw_at(w, c->at);
        dl_jw_key(w, "text"), dl_jw_str(w, dl_at(r->art->text, c->at));
        dl_jw_key(w, "low"), dl_jw_thousandths(w, c->low);
        dl_jw_key(w, "high"), dl_jw_thousandths(w, c->high);
        dl_jw_key(w, "approximate"), dl_jw_bool(w, c->approximate);
        dl_jw_key(w, "of");
        if (c->of_entity != DL_NONE) dl_jw_id(w, 'e', c->of_entity);
        else dl_jw_words(w, c->of);
        dl_jw_key(w, "out_of"), dl_jw_id(w, 'c', c->out_of);
        dl_jw_key(w, "unit"), dl_jw_words(w, c->unit);
        dl_jw_key(w, "measures"), dl_jw_words(w, dl_str_of(dl_measure_name((dl_measure)c->measures)));
        dl_jw_says(w, c->says.v, c->says.n);
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, ']');
}

static void optional_span(dl_jw *w, const char *key, dl_span at)
{
    dl_jw_key(w, key);
    dl_jw_open(w, '[');
    if (dl_len(at)) dl_jw_span(w, at);
    dl_jw_close(w, ']');
}

void dl_json_quotes(const dl_record *r, dl_jw *w)
{
    dl_jw_key(w, "quotes");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < r->f->quotes.n; i++) {
        const dl_quote *x = &r->f->quotes.v[i];
        dl_jw_open(w, '{');
        dl_jw_key(w, "id"), dl_jw_id(w, 'q', i);
        dl_jw_key(w, "content");
        dl_jw_open(w, '[');
        for (uint32_t k = 0; k < x->content.n; k++) dl_jw_span(w, x->content.v[k]);
        dl_jw_close(w, ']');
        optional_span(w, "source", x->source);
        optional_span(w, "cue", x->cue);
        dl_jw_key(w, "form"), dl_jw_str(w, dl_str_of(dl_form_name(x->form)));
        dl_jw_key(w, "speaker"), dl_jw_id(w, 'e', x->speaker);
        if (x->carried) dl_jw_key(w, "by"), dl_jw_str(w, DL_STR("carried-over"));
        dl_jw_key(w, "in"), dl_jw_id(w, 'q', x->in);
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, ']');
}

void dl_json_links(const dl_record *r, dl_jw *w)
{
    dl_jw_key(w, "links");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < r->f->links.n; i++) {
        const dl_link *l = &r->f->links.v[i];
        dl_jw_open(w, '{');
        dl_jw_key(w, "a"), dl_jw_id(w, (char)l->a_is, l->a);
        dl_jw_key(w, "b"), dl_jw_id(w, (char)l->b_is, l->b);
        dl_jw_key(w, "relation"), dl_jw_str(w, l->relation);
        dl_jw_at(w, l->at);
        dl_jw_key(w, "certainty"), dl_jw_str(w, dl_str_of(dl_certainty_name((dl_certainty)l->certainty)));
        dl_jw_says(w, l->says.v, l->says.n);
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, ']');
}
