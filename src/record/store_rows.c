/* store_rows.c - which fact goes into which row: one function a table family, columns in the order of store_schema.c.
 *
 * Says the same as the JSON of a record (json.c, json_facts.c, json_events.c); tests build the JSON anew from the rows and compare.
 */
#include "record/ids.h"
#include "record/store.h"

/* ---- columns ---- */

static void id(dl_store *s, uint32_t i) { if (i == DL_NONE) dl_row_null(s); else dl_row_int(s, (int64_t)i + 1); }
static void text(dl_store *s, dl_str v) { dl_row_str(s, v.p ? v : DL_STR("")); }
static void words(dl_store *s, dl_str v) { if (v.n) dl_row_str(s, v); else dl_row_null(s); }
static void word(dl_store *s, const char *z) { text(s, dl_str_of(z)); }

static void day(dl_store *s, dl_day d, char room[16])
{
    if (d == DL_NO_DAY) { dl_row_null(s); return; }
    dl_day_iso(d, room);
    word(s, room);
}

static void span(dl_store *s, dl_span at) { dl_row_int(s, at.b), dl_row_int(s, at.e); }

static void no_span(dl_store *s) { dl_row_null(s), dl_row_null(s); }

/* begin, end, words */
static void spot(dl_store *s, const dl_record *r, dl_span at)
{
    span(s, at);
    text(s, dl_at(r->art->text, at));
}

static void thousandths(dl_store *s, int64_t v) { if (v == DL_OPEN) dl_row_null(s); else dl_row_real(s, (double)v / 1000); }
static void degrees(dl_store *s, int32_t v) { if (v == INT32_MAX) dl_row_null(s); else dl_row_real(s, v / 100000.0); }

/* A few names with blanks between them; at most `cap` bytes of them, which lists of the codebook never reach. */
static void joined(dl_store *s, const dl_str *v, uint32_t n, char *room, uint32_t cap)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < n && at + v[i].n + 1 <= cap; i++) {
        if (i) room[at++] = ' ';
        memcpy(room + at, v[i].p, v[i].n), at += v[i].n;
    }
    words(s, (dl_str){ room, at });
}

static void says(dl_store *s, const dl_record *r, dl_table t, uint32_t of, const dl_says *v, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        dl_row(s, t), id(s, of), dl_row_int(s, i + 1), id(s, v[i].entity);
        spot(s, r, v[i].at);
        dl_row_end(s);
    }
}

/* ---- the report ---- */

static void source_map(const dl_record *r, dl_buf *b)
{
    dl_jw w = { b, false };
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < r->art->map.n; i++) {
        const dl_piece *p = &r->art->map.v[i];
        dl_jw_open(&w, '[');
        dl_jw_int(&w, p->tb), dl_jw_int(&w, p->te), dl_jw_int(&w, (int64_t)p->ob), dl_jw_int(&w, (int64_t)p->oe);
        dl_jw_close(&w, ']');
    }
    dl_jw_close(&w, ']');
}

static void dateline(dl_store *s, const dl_article *a)
{
    const dl_span at[3] = { a->dateline.place, a->dateline.day, a->dateline.agency };
    for (int i = 0; i < 3; i++) {
        if (a->dateline.found && dl_len(at[i])) dl_row_str(s, dl_at(a->text, at[i]));
        else dl_row_null(s);
    }
}

static void report(dl_store *s, const dl_record *r, dl_str hash, int64_t coder)
{
    const dl_article *a = r->art;
    char room[16];
    dl_buf map;
    dl_buf_init(&map, 0);
    source_map(r, &map);
    dl_row(s, DL_TABLE_reports);
    text(s, a->id), dl_row_str(s, a->source), dl_row_str(s, a->url), dl_row_str(s, a->title), dl_row_str(s, a->byline);
    day(s, a->published, room);
    word(s, a->language);
    dateline(s, a);
    dl_row_int(s, !a->degraded), dl_row_int(s, coder);
    text(s, hash), word(s, a->sha256), text(s, a->text), text(s, dl_buf_str(&map));
    dl_row_end(s);
    dl_buf_free(&map);
    for (uint32_t i = 0; i < a->warnings.n; i++) dl_row(s, DL_TABLE_warnings), id(s, i), text(s, a->warnings.v[i]), dl_row_end(s);
}

static void parts(dl_store *s, const dl_record *r)
{
    for (uint32_t i = 0; i < r->art->parts.n; i++) {
        const dl_part *p = &r->art->parts.v[i];
        dl_row(s, DL_TABLE_parts), id(s, i), span(s, p->at);
        word(s, dl_part_kind_name((dl_part_kind)p->kind)), word(s, p->language), dl_row_int(s, p->coded), words(s, p->why);
        dl_row_end(s);
    }
    for (uint32_t i = 0; i < r->lang->nsent; i++) dl_row(s, DL_TABLE_sentences), dl_row_int(s, i), spot(s, r, r->lang->sent[i].at), dl_row_end(s);
}

/* ---- facts ---- */

static void entities(dl_store *s, const dl_record *r)
{
    for (uint32_t i = 0; i < r->f->entities.n; i++) {
        const dl_entity *e = &r->f->entities.v[i];
        char room[64];
        dl_row(s, DL_TABLE_entities), id(s, i), word(s, dl_kind_name((dl_kind)e->kind)), text(s, e->name);
        words(s, e->country == DL_NONE ? (dl_str){ 0 } : dl_book_str(r->book, dl_book_place(r->book, e->country)->alpha3));
        joined(s, e->sectors, e->nsector, room, sizeof room);
        words(s, e->code), words(s, e->role);
        if (dl_len(e->role_at)) span(s, e->role_at); else no_span(s);
        if (e->age >= 0) dl_row_int(s, e->age), span(s, e->age_at); else dl_row_null(s), no_span(s);
        dl_row_int(s, dl_private(r, i));
        dl_row_end(s);
    }
}

static void mentions(dl_store *s, const dl_record *r)
{
    for (uint32_t i = 0; i < r->f->entities.n; i++) {
        int64_t n = 0;
        for (uint32_t m = r->f->entities.v[i].first; m != DL_NONE; m = r->f->mention_next[m]) {
            dl_row(s, DL_TABLE_mentions), id(s, i), dl_row_int(s, ++n);
            spot(s, r, r->f->mentions.v[m].at);
            word(s, dl_mention_kind_name(r->f->mentions.v[m].kind));
            dl_row_end(s);
        }
    }
}

static void places(dl_store *s, const dl_record *r)
{
    for (uint32_t i = 0; i < r->f->places.n; i++) {
        const dl_place *p = &r->f->places.v[i];
        const dl_spot *row = p->is;
        dl_row(s, DL_TABLE_places), id(s, i), spot(s, r, p->at);
        text(s, row->name);
        if (row->geonames) dl_row_int(s, row->geonames); else dl_row_null(s);
        words(s, row->cc[0] ? (dl_str){ row->cc, 2 } : (dl_str){ 0 });
        words(s, row->admin1), words(s, row->admin2);
        degrees(s, row->lat), degrees(s, row->lon);
        words(s, row->cls), dl_row_int(s, p->confidence), word(s, dl_use_name(p->use)), words(s, p->why);
        dl_row_end(s);
    }
}

static void times(dl_store *s, const dl_record *r)
{
    for (uint32_t i = 0; i < r->f->times.n; i++) {
        const dl_time *t = &r->f->times.v[i];
        char room[2][16];
        dl_row(s, DL_TABLE_times), id(s, i), spot(s, r, t->at);
        word(s, dl_time_type_name(t->type)), words(s, t->value), words(s, t->mod), words(s, t->edtf);
        day(s, t->earliest, room[0]), day(s, t->latest, room[1]);
        words(s, t->grain), words(s, t->anchor);
        dl_row_end(s);
    }
}

static void counts(dl_store *s, const dl_record *r)
{
    for (uint32_t i = 0; i < r->f->counts.n; i++) {
        const dl_count *c = &r->f->counts.v[i];
        dl_row(s, DL_TABLE_counts), id(s, i), spot(s, r, c->at);
        thousandths(s, c->low), thousandths(s, c->high), dl_row_int(s, c->approximate);
        id(s, c->of_entity), words(s, c->of), id(s, c->out_of), words(s, c->unit), words(s, dl_str_of(dl_measure_name((dl_measure)c->measures)));
        dl_row_end(s);
        says(s, r, DL_TABLE_count_says, i, c->says.v, c->says.n);
    }
}

static void optional_spot(dl_store *s, const dl_record *r, dl_span at)
{
    if (dl_len(at)) spot(s, r, at);
    else no_span(s), dl_row_null(s);
}

static void quotations(dl_store *s, const dl_record *r)
{
    for (uint32_t i = 0; i < r->f->quotes.n; i++) {
        const dl_quote *x = &r->f->quotes.v[i];
        dl_row(s, DL_TABLE_quotations), id(s, i), word(s, dl_form_name(x->form)), id(s, x->speaker), dl_row_int(s, x->carried), id(s, x->in);
        optional_spot(s, r, x->source), optional_spot(s, r, x->cue);
        dl_row_end(s);
        for (uint32_t k = 0; k < x->content.n; k++) dl_row(s, DL_TABLE_quotation_pieces), id(s, i), id(s, k), spot(s, r, x->content.v[k]), dl_row_end(s);
    }
}

static void one_of(dl_store *s, char is, uint32_t i)           /* an entity, a place, an event */
{
    for (const char *kind = "epv"; *kind; kind++) id(s, *kind == is ? i : DL_NONE);
}

static void links(dl_store *s, const dl_record *r)
{
    for (uint32_t i = 0; i < r->f->links.n; i++) {
        const dl_link *l = &r->f->links.v[i];
        dl_row(s, DL_TABLE_links), id(s, i), spot(s, r, l->at), text(s, l->relation), word(s, dl_certainty_name((dl_certainty)l->certainty));
        one_of(s, (char)l->a_is, l->a), one_of(s, (char)l->b_is, l->b);
        dl_row_end(s);
        says(s, r, DL_TABLE_link_says, i, l->says.v, l->says.n);
    }
}

/* ---- events ---- */

/* time, edtf, earliest, latest, time_by */
static void time_of(dl_store *s, const dl_event *e, char room[2][16], char by[DL_BY_ROOM])
{
    id(s, e->time.id), words(s, e->time.edtf), day(s, e->time.earliest, room[0]), day(s, e->time.latest, room[1]), text(s, dl_time_by(e, by));
}

/* type, plover, mode, context, cameo, quad, goldstein */
static void codes(dl_store *s, const dl_record *r, const dl_event *e, char *room, uint32_t cap)
{
    bool own = e->type >= DL_TYPE_STATE;
    uint32_t quad = dl_book_type_quad(r->book, (dl_type)e->type);
    const dl_cameo *c = e->cameo.n && !own ? dl_book_cameo(r->book, e->cameo) : NULL;
    word(s, dl_type_name((dl_type)e->type));
    if (own) dl_row_null(s), dl_row_null(s), dl_row_null(s);
    else text(s, e->plover_event), words(s, e->mode), joined(s, e->contexts.v, e->contexts.n, room, cap);
    words(s, e->cameo);
    if (quad) dl_row_int(s, quad); else dl_row_null(s);
    if (c) dl_row_real(s, c->goldstein10 / 10.0); else dl_row_null(s);
}

static void event(dl_store *s, const dl_record *r, uint32_t i)
{
    const dl_event *e = &r->f->events.v[i];
    char key[DL_KEY_ROOM], rule[DL_RULE_ROOM], by[DL_BY_ROOM], days[2][16], contexts[1024];
    dl_row(s, DL_TABLE_events), id(s, i), text(s, dl_event_key(r, i, key)), dl_row_int(s, e->sentence), spot(s, r, e->at);
    codes(s, r, e, contexts, sizeof contexts);
    words(s, dl_str_of(e->legal ? dl_legal_name((dl_legal)e->legal) : "")), id(s, e->place), time_of(s, e, days, by);
    word(s, dl_stage_name((dl_stage)e->stage)), word(s, dl_certainty_name((dl_certainty)e->certainty)), word(s, dl_status_word(e));
    dl_row_int(s, e->background), dl_row_int(s, e->confidence), text(s, dl_event_rule(r, e, rule)), dl_row_int(s, e->main);
    dl_row_end(s);
}

static void slots(dl_store *s, const dl_record *r, uint32_t i)
{
    const dl_event *e = &r->f->events.v[i];
    for (uint32_t k = 0; k < e->slots.n; k++) {
        const dl_slot *x = &e->slots.v[k];
        bool is_event = x->event != DL_NONE, is_place = !is_event && x->place != DL_NONE;
        dl_row(s, DL_TABLE_slots), id(s, i), id(s, k), word(s, dl_role_name((dl_role)x->role)), spot(s, r, x->at);
        id(s, is_event || is_place ? DL_NONE : x->entity), id(s, is_place ? x->place : DL_NONE), id(s, x->event);
        dl_row_end(s);
    }
}

static void events(dl_store *s, const dl_record *r)
{
    for (uint32_t i = 0; i < r->f->events.n; i++) {
        const dl_event *e = &r->f->events.v[i];
        event(s, r, i);
        slots(s, r, i);
        says(s, r, DL_TABLE_event_says, i, e->says.v, e->says.n);
        for (uint32_t k = 0; k < e->counts.n; k++) dl_row(s, DL_TABLE_event_counts), id(s, i), id(s, k), id(s, e->counts.v[k]), dl_row_end(s);
        for (uint32_t k = 0; k < e->same_as.n; k++) dl_row(s, DL_TABLE_same_as), id(s, i), id(s, k), id(s, e->same_as.v[k]), dl_row_end(s);
        for (uint32_t k = 0; k < e->steps.n; k++) dl_row(s, DL_TABLE_reasons), id(s, i), id(s, k), text(s, e->steps.v[k].text), dl_row_end(s);
    }
}

/* ---- incidents ---- */

static void parties(dl_store *s, uint32_t incident, const char *role, const uint32_t *v, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) dl_row(s, DL_TABLE_incident_parties), id(s, incident), word(s, role), id(s, i), id(s, v[i]), dl_row_end(s);
}

static void tolls(dl_store *s, uint32_t incident, const dl_incident *x)
{
    for (uint32_t i = 0; i < x->tolls.n; i++) {
        const dl_toll *t = &x->tolls.v[i];
        const char *measure = dl_measure_name((dl_measure)t->measure);
        dl_row(s, DL_TABLE_incident_counts), id(s, incident), word(s, measure), id(s, i), thousandths(s, t->low), thousandths(s, t->high), dl_row_end(s);
        for (uint32_t k = 0; k < t->versions.n; k++) {
            const dl_version *v = &t->versions.v[k];
            dl_row(s, DL_TABLE_incident_versions), id(s, incident), word(s, measure), id(s, k), thousandths(s, v->low), thousandths(s, v->high), id(s, v->says), dl_row_end(s);
        }
    }
}

static void incidents(dl_store *s, const dl_record *r)
{
    for (uint32_t i = 0; i < r->f->incidents.n; i++) {
        const dl_incident *x = &r->f->incidents.v[i];
        char by[DL_BY_ROOM], days[2][16];
        dl_row(s, DL_TABLE_incidents), id(s, i), text(s, x->kind), id(s, x->place), time_of(s, &r->f->events.v[x->time_of], days, by);
        word(s, dl_stage_name((dl_stage)x->stage)), text(s, dl_incident_certainty(x));
        dl_row_end(s);
        for (uint32_t k = 0; k < x->events.n; k++) dl_row(s, DL_TABLE_incident_events), id(s, i), id(s, k), id(s, x->events.v[k]), dl_row_end(s);
        parties(s, i, "perpetrator", x->perpetrators.v, x->perpetrators.n);
        parties(s, i, "suspect", x->suspects.v, x->suspects.n);
        parties(s, i, "victim", x->victims.v, x->victims.n);
        parties(s, i, "target", x->targets.v, x->targets.n);
        parties(s, i, "instrument", x->instruments.v, x->instruments.n);
        tolls(s, i, x);
        says(s, r, DL_TABLE_incident_says, i, x->says.v, x->says.n);
    }
}

void dl_store_rows(dl_store *s, const dl_record *r, dl_str hash, int64_t coder)
{
    report(s, r, hash, coder);
    parts(s, r);
    entities(s, r), mentions(s, r), places(s, r), times(s, r), counts(s, r), quotations(s, r);
    events(s, r), incidents(s, r), links(s, r);
    dl_rows_done(s);
}
