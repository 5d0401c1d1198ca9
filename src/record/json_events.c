/* json_events.c - events and incidents of a record. */
#include "record/ids.h"

static void time_of(const dl_record *r, dl_jw *w, const dl_event *e)
{
    char by[DL_BY_ROOM];
    (void)r;
    dl_jw_key(w, "time");
    dl_jw_open(w, '{');
    dl_jw_key(w, "id"), dl_jw_id(w, 't', e->time.id);
    dl_jw_key(w, "edtf"), dl_jw_words(w, e->time.edtf);
    dl_jw_key(w, "earliest"), dl_jw_day(w, e->time.earliest);
    dl_jw_key(w, "latest"), dl_jw_day(w, e->time.latest);
    dl_jw_key(w, "by"), dl_jw_str(w, dl_time_by(e, by));
    dl_jw_close(w, '}');
}

static void slots(dl_jw *w, const dl_event *e)
{
    dl_jw_key(w, "slots");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < e->slots.n; i++) {
        const dl_slot *s = &e->slots.v[i];
        dl_jw_open(w, '{');
        dl_jw_key(w, "role"), dl_jw_str(w, dl_str_of(dl_role_name((dl_role)s->role)));
        if (s->event != DL_NONE) dl_jw_key(w, "event"), dl_jw_id(w, 'v', s->event);
        else if (s->place != DL_NONE) dl_jw_key(w, "place"), dl_jw_id(w, 'p', s->place);
        else dl_jw_key(w, "entity"), dl_jw_id(w, 'e', s->entity);
        dl_jw_at(w, s->at);
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, ']');
}

static void ontology(const dl_record *r, dl_jw *w, const dl_event *e)
{
    bool own = e->type >= DL_TYPE_STATE;
    dl_jw_key(w, "plover");
    if (own) dl_jw_null(w);
    else {
        dl_jw_open(w, '{');
        dl_jw_key(w, "event"), dl_jw_str(w, e->plover_event);
        dl_jw_key(w, "mode"), dl_jw_words(w, e->mode);
        dl_jw_key(w, "context");
        dl_jw_open(w, '[');
        for (uint32_t i = 0; i < e->contexts.n; i++) dl_jw_str(w, e->contexts.v[i]);
        dl_jw_close(w, ']');
        dl_jw_close(w, '}');
    }
    dl_jw_key(w, "cameo"), dl_jw_words(w, e->cameo);
    uint32_t quad = dl_book_type_quad(r->book, (dl_type)e->type);
    dl_jw_key(w, "quad");
    if (quad) dl_jw_int(w, quad);
    else dl_jw_null(w);
    const dl_cameo *c = e->cameo.n && !own ? dl_book_cameo(r->book, e->cameo) : NULL;
    dl_jw_key(w, "goldstein");
    if (c) dl_jw_fix(w, c->goldstein10, 1);
    else dl_jw_null(w);
}

static void legal(dl_jw *w, const dl_event *e)
{
    dl_jw_key(w, "legal");
    dl_jw_open(w, '[');
    if (e->legal) {
        dl_jw_open(w, '{');
        dl_jw_key(w, "step"), dl_jw_str(w, dl_str_of(dl_legal_name((dl_legal)e->legal)));
        dl_jw_key(w, "time"), dl_jw_words(w, e->time.edtf);
        dl_jw_key(w, "stage"), dl_jw_str(w, dl_str_of(dl_stage_name((dl_stage)e->stage)));
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, ']');
}

static void event(const dl_record *r, dl_jw *w, uint32_t i)
{
    const dl_event *e = &r->f->events.v[i];
    char key[DL_KEY_ROOM], rule[DL_RULE_ROOM];
    dl_jw_open(w, '{');
    dl_jw_key(w, "id"), dl_jw_id(w, 'v', i);
    dl_jw_key(w, "key"), dl_jw_str(w, dl_event_key(r, i, key));
    dl_jw_key(w, "sentence"), dl_jw_int(w, e->sentence);
    dl_jw_key(w, "trigger"), dl_jw_span(w, e->at);
    dl_jw_key(w, "type"), dl_jw_str(w, dl_str_of(dl_type_name((dl_type)e->type)));
    ontology(r, w, e);
    legal(w, e);
    slots(w, e);
    dl_jw_key(w, "place"), dl_jw_id(w, 'p', e->place);
    time_of(r, w, e);
    dl_jw_key(w, "counts");
    dl_jw_open(w, '[');
    for (uint32_t k = 0; k < e->counts.n; k++) dl_jw_id(w, 'c', e->counts.v[k]);
    dl_jw_close(w, ']');
    dl_jw_key(w, "stage"), dl_jw_str(w, dl_str_of(dl_stage_name((dl_stage)e->stage)));
    dl_jw_key(w, "certainty"), dl_jw_str(w, dl_str_of(dl_certainty_name((dl_certainty)e->certainty)));
    dl_jw_key(w, "status"), dl_jw_str(w, dl_str_of(dl_status_word(e)));
    dl_jw_key(w, "background"), dl_jw_bool(w, e->background);
    dl_jw_says(w, e->says.v, e->says.n);
    dl_jw_key(w, "confidence"), dl_jw_int(w, e->confidence);
    dl_jw_key(w, "rule"), dl_jw_str(w, dl_event_rule(r, e, rule));
    dl_jw_key(w, "same_as");
    dl_jw_open(w, '[');
    for (uint32_t k = 0; k < e->same_as.n; k++) dl_jw_id(w, 'v', e->same_as.v[k]);
    dl_jw_close(w, ']');
    dl_jw_key(w, "main"), dl_jw_bool(w, e->main);
    dl_jw_close(w, '}');
}

void dl_json_events(const dl_record *r, dl_jw *w)
{
    dl_jw_key(w, "events");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < r->f->events.n; i++) event(r, w, i);
    dl_jw_close(w, ']');
}

static void ids(dl_jw *w, const char *name, char letter, const uint32_t *v, uint32_t n)
{
    dl_jw_key(w, name);
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < n; i++) dl_jw_id(w, letter, v[i]);
    dl_jw_close(w, ']');
}

static void tolls(dl_jw *w, const dl_incident *x)
{
    dl_jw_key(w, "counts");
    dl_jw_open(w, '{');
    for (uint32_t i = 0; i < x->tolls.n; i++) {
        const dl_toll *t = &x->tolls.v[i];
        dl_jw_key(w, dl_measure_name((dl_measure)t->measure));
        dl_jw_open(w, '{');
        dl_jw_key(w, "low"), dl_jw_thousandths(w, t->low);
        dl_jw_key(w, "high"), dl_jw_thousandths(w, t->high);
        dl_jw_key(w, "versions");
        dl_jw_open(w, '[');
        for (uint32_t k = 0; k < t->versions.n; k++) {
            dl_jw_open(w, '{');
            dl_jw_key(w, "low"), dl_jw_thousandths(w, t->versions.v[k].low);
            dl_jw_key(w, "high"), dl_jw_thousandths(w, t->versions.v[k].high);
            dl_jw_key(w, "says"), dl_jw_id(w, 'e', t->versions.v[k].says);
            dl_jw_close(w, '}');
        }
        dl_jw_close(w, ']');
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, '}');
}

static void incident(const dl_record *r, dl_jw *w, uint32_t i)
{
    const dl_incident *x = &r->f->incidents.v[i];
    dl_jw_open(w, '{');
    dl_jw_key(w, "id"), dl_jw_id(w, 'i', i);
    dl_jw_key(w, "kind"), dl_jw_str(w, x->kind);
    ids(w, "events", 'v', x->events.v, x->events.n);
    dl_jw_key(w, "place"), dl_jw_id(w, 'p', x->place);
    time_of(r, w, &r->f->events.v[x->time_of]);
    ids(w, "perpetrators", 'e', x->perpetrators.v, x->perpetrators.n);
    ids(w, "suspects", 'e', x->suspects.v, x->suspects.n);
    ids(w, "victims", 'e', x->victims.v, x->victims.n);
    ids(w, "targets", 'e', x->targets.v, x->targets.n);
    ids(w, "instruments", 'e', x->instruments.v, x->instruments.n);
    tolls(w, x);
    dl_jw_key(w, "stage"), dl_jw_str(w, dl_str_of(dl_stage_name((dl_stage)x->stage)));
    dl_jw_key(w, "certainty"), dl_jw_str(w, dl_incident_certainty(x));
    dl_jw_says(w, x->says.v, x->says.n);
    dl_jw_close(w, '}');
}

void dl_json_incidents(const dl_record *r, dl_jw *w)
{
    dl_jw_key(w, "incidents");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < r->f->incidents.n; i++) incident(r, w, i);
    dl_jw_close(w, ']');
}
