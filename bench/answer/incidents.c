/* incidents.c - incident records in the forms of others: MUC-4 templates, M2E2 triggers and arguments, the Gun Violence Database. */
#include <stdio.h>
#include "answer/answer.h"
#include "base/utf8.h"

static dl_str sense_id(const coded *c, const dl_event *e) { return dl_book_str(c->r.book, dl_book_sense(c->r.book, e->sense)->id); }
static const dl_entity *entity(const coded *c, uint32_t i) { return &c->f->entities.v[i]; }
static bool kills(const dl_event *e) { return e->measure == DL_MEAS_killed; }

static bool human(const coded *c, uint32_t i)
{
    uint8_t k = entity(c, i)->kind;
    return k == DL_KIND_person || k == DL_KIND_population || k == DL_KIND_group || k == DL_KIND_force;
}

/* The words of a mention without "the" and numbers before it: "ARMED MEN" of "three armed men". */
static dl_str bare(const coded *c, const dl_mention *m)
{
    uint32_t b = m->tb;
    while (b < m->head && (c->lang->tok[b].upos == DL_DET || c->lang->tok[b].upos == DL_NUM || c->lang->tok[b].upos == DL_PRON)) b++;
    return dl_at(c->art->text, dl_tokens_span(c->lang, b, m->te > b ? m->te : b + 1));
}

/* The mention that names an entity best: its first name, else its first noun. NULL: pronouns alone. */
static const dl_mention *told_as(const coded *c, uint32_t i)
{
    const dl_mention *noun = NULL;
    for (uint32_t k = 0; k < c->f->mentions.n; k++) {
        const dl_mention *m = &c->f->mentions.v[k];
        if (m->entity != i || m->kind == DL_MENTION_PRONOUN) continue;
        if (m->kind == DL_MENTION_NAME) return m;
        if (!noun) noun = m;
    }
    return noun;
}

/* ---- MUC-4 ---- */

typedef struct { const char *type; DL_VEC(uint32_t) of; } tmpl;              /* our incidents that are one template */

static const char *muc_type(const coded *c, const dl_incident *x)
{
    const char *type = NULL;
    for (uint32_t i = 0; i < x->events.n; i++) {
        const dl_event *e = &c->f->events.v[x->events.v[i]];
        dl_str id = sense_id(c, e);
        if (dl_is(id, "@hijack")) return "HIJACKING";
        if (dl_is(id, "@arson")) return "ARSON";
        if (dl_is(id, "@steal")) return "ROBBERY";
        if (dl_is(e->mode, "abduct")) return "KIDNAPPING";
        if (dl_is(e->mode, "explosives") || dl_is(e->mode, "suicide-attack")) return "BOMBING";
        if (e->type == DL_TYPE_ASSAULT) type = "ATTACK";
    }
    return type;
}

static void put_strings(dl_jw *w, const char *key, const dl_str *v, uint32_t n)
{
    dl_jw_key(w, key);
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < n; i++) dl_jw_str(w, v[i]);
    dl_jw_close(w, ']');
}

typedef DL_VEC(dl_str) strings;

static void add(desk *d, strings *s, dl_str x)
{
    if (!x.n) return;
    for (uint32_t i = 0; i < s->n; i++) if (dl_eq(s->v[i], x)) return;
    *dl_push(&d->mem, s) = x;
}

/* perpetrators: persons and groups by their words, organisations by their names. */
static void perpetrators(desk *d, const coded *c, const uint32_t *v, uint32_t n, strings *who, strings *organisation)
{
    for (uint32_t i = 0; i < n; i++) {
        const dl_mention *m = told_as(c, v[i]);
        if (!m) continue;
        uint8_t k = entity(c, v[i])->kind;
        bool body = m->kind == DL_MENTION_NAME && k != DL_KIND_person;
        add(d, body || k == DL_KIND_organisation || k == DL_KIND_government ? organisation : who, bare(c, m));
    }
}

static void victims(desk *d, const coded *c, const uint32_t *v, uint32_t n, strings *name, strings *description, strings *thing)
{
    for (uint32_t i = 0; i < n; i++) {
        const dl_mention *m = told_as(c, v[i]);
        if (m) add(d, !human(c, v[i]) ? thing : m->kind == DL_MENTION_NAME ? name : description, bare(c, m));
    }
}

static void put_place(desk *d, dl_jw *w, const coded *c, uint32_t place)
{
    if (place == DL_NONE) return;
    spot p = spot_of(c->r.book, &c->f->places.v[place]);
    strings path = { 0 };
    if (p.country != DL_NONE) add(d, &path, dl_book_str(c->r.book, dl_book_place(c->r.book, p.country)->name));
    add(d, &path, p.name);
    put_strings(w, "location", path.v, path.n);
}

static void put_day(dl_jw *w, const dl_event *e)
{
    char a[16], b[16];
    if (e->time.latest == DL_NO_DAY) return;                               /* a template's day may be open at its begin, not at its end */
    dl_jw_key(w, "date");
    dl_jw_open(w, '{');
    if (e->time.earliest != DL_NO_DAY) { dl_day_iso(e->time.earliest, a); dl_jw_key(w, "from"), dl_jw_str(w, dl_str_of(a)); }
    dl_day_iso(e->time.latest, b), dl_jw_key(w, "to"), dl_jw_str(w, dl_str_of(b));
    dl_jw_close(w, '}');
}

static const char *muc_stage(const dl_incident *x) { return x->stage == DL_STAGE_threatened || x->stage == DL_STAGE_planned ? "THREATENED" : x->stage == DL_STAGE_attempted || x->stage == DL_STAGE_foiled ? "ATTEMPTED" : "ACCOMPLISHED"; }

static void put_template(desk *d, const coded *c, dl_jw *w, const tmpl *t)
{
    strings who = { 0 }, organisation = { 0 }, name = { 0 }, description = { 0 }, thing = { 0 }, means = { 0 };
    uint32_t place = DL_NONE;
    const dl_incident *first = &c->f->incidents.v[t->of.v[0]];
    for (uint32_t k = 0; k < t->of.n; k++) {
        const dl_incident *x = &c->f->incidents.v[t->of.v[k]];
        perpetrators(d, c, x->perpetrators.v, x->perpetrators.n, &who, &organisation);
        perpetrators(d, c, x->suspects.v, x->suspects.n, &who, &organisation);
        victims(d, c, x->victims.v, x->victims.n, &name, &description, &thing);
        victims(d, c, x->targets.v, x->targets.n, &name, &description, &thing);
        for (uint32_t i = 0; i < x->instruments.n; i++) { const dl_mention *m = told_as(c, x->instruments.v[i]); if (m) add(d, &means, bare(c, m)); }
        if (place == DL_NONE) place = x->place;
    }
    dl_str type = dl_str_of(t->type), stage = dl_str_of(muc_stage(first));
    dl_jw_open(w, '{');
    put_strings(w, "type", &type, 1);
    put_strings(w, "stage", &stage, 1);
    if (first->time_of != DL_NONE) put_day(w, &c->f->events.v[first->time_of]);
    put_place(d, w, c, place);
    put_strings(w, "perp_individual", who.v, who.n);
    put_strings(w, "perp_organisation", organisation.v, organisation.n);
    put_strings(w, "target_id", thing.v, thing.n);
    put_strings(w, "victim_name", name.v, name.n);
    put_strings(w, "victim_description", description.v, description.n);
    put_strings(w, "instrument_id", means.v, means.n);
    dl_jw_close(w, '}');
}

/* Incidents of one type are one template: MUC-4 reports seldom tell of two bombings. */
void answer_incidents(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), gold_str(dl_json_get(gold, "dateline"), "date"));
    if (!c.doc) return;
    DL_VEC(tmpl) v = { 0 };
    for (uint32_t i = 0; i < c.f->incidents.n; i++) {
        const dl_incident *x = &c.f->incidents.v[i];
        const char *type = x->certainty == DL_CERT_denied ? NULL : muc_type(&c, x);
        uint32_t k = 0;
        while (type && k < v.n && strcmp(v.v[k].type, type) != 0) k++;
        if (type && k == v.n) dl_push(&d->mem, &v)->type = type;
        if (type) *dl_push(&d->mem, &v.v[k].of) = i;
    }
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "incidents");
    dl_jw_open(&w, '[');
    for (uint32_t k = 0; k < v.n; k++) put_template(d, &c, &w, &v.v[k]);
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}

/* ---- M2E2: eight types of ACE ---- */

typedef struct { const char *type, *actor, *recipient, *object, *instrument, *destination, *origin; } ace;
static const ace aces[] = {
    { "Life:Die", "Agent", "Victim", "Victim", "Instrument", NULL, NULL },
    { "Conflict:Attack", "Attacker", "Target", "Target", "Instrument", NULL, NULL },
    { "Conflict:Demonstrate", "Entity", NULL, NULL, "Instrument", NULL, NULL },
    { "Justice:Arrest-Jail", "Agent", "Person", "Person", NULL, NULL, NULL },
    { "Contact:Phone-Write", "Entity", "Entity", NULL, NULL, NULL, NULL },
    { "Contact:Meet", "Entity", "Entity", NULL, NULL, NULL, NULL },
    { "Movement:Transport", "Artifact", "Artifact", "Artifact", "Vehicle", "Destination", "Origin" },
    { "Transaction:Transfer-Money", "Giver", "Recipient", "Money", NULL, NULL, NULL },
};

static const ace *ace_of(const coded *c, const dl_event *e)
{
    dl_str id = sense_id(c, e);
    if (kills(e) && !dl_is(e->mode, "targeted") && (e->type == DL_TYPE_ASSAULT || e->type == DL_TYPE_HARM)) return &aces[0];      /* a massacre is an attack there */
    if (dl_is(id, "@die")) return &aces[0];
    if (e->type == DL_TYPE_ASSAULT) return &aces[1];
    if (e->type == DL_TYPE_PROTEST) return dl_is(e->mode, "demo") || dl_is(e->mode, "riot") || dl_is(e->mode, "strike") || dl_is(e->mode, "obstruct") ? &aces[2] : NULL;
    if (e->type == DL_TYPE_COERCE && dl_is(e->mode, "arrest")) return &aces[3];
    if (e->type == DL_TYPE_CONSULT) return dl_is(e->mode, "phone") ? &aces[4] : &aces[5];
    if (e->type == DL_TYPE_MOVE || dl_is(e->mode, "troops")) return &aces[6];
    if (e->type == DL_TYPE_AID && classed(&c->r, slot_of(e, DL_ROLE_object) ? slot_of(e, DL_ROLE_object)->head : DL_NONE, "money")) return &aces[7];
    return NULL;
}

/* Names whole, of other phrases the head noun. */
static dl_span short_span(const coded *c, const dl_slot *s)
{
    if (s->head == DL_NONE) return s->at;
    uint32_t m = c->f->mention_of ? c->f->mention_of[s->head] : DL_NONE;
    if (m != DL_NONE && c->f->mentions.v[m].kind == DL_MENTION_NAME) return c->f->mentions.v[m].at;
    return s->place != DL_NONE ? c->f->places.v[s->place].at : c->lang->tok[s->head].at;
}

static void argument(dl_jw *w, const char *role, dl_span at)
{
    dl_jw_open(w, '{');
    dl_jw_key(w, "role"), dl_jw_str(w, dl_str_of(role));
    dl_jw_key(w, "start"), dl_jw_int(w, at.b);
    dl_jw_key(w, "end"), dl_jw_int(w, at.e);
    dl_jw_close(w, '}');
}

static void arguments(dl_jw *w, const coded *c, const dl_event *e, const ace *a)
{
    for (uint32_t i = 0; i < e->slots.n; i++) {
        const dl_slot *s = &e->slots.v[i];
        const char *role = s->role == DL_ROLE_actor ? a->actor : s->role == DL_ROLE_recipient ? a->recipient : s->role == DL_ROLE_object ? a->object :
                           s->role == DL_ROLE_instrument ? a->instrument : s->role == DL_ROLE_destination ? a->destination : s->role == DL_ROLE_origin ? a->origin : NULL;
        if (role) argument(w, role, short_span(c, s));
    }
    if (e->place != DL_NONE && c->lang->tok[c->f->places.v[e->place].tb].sent == e->sentence && e->type != DL_TYPE_MOVE) argument(w, "Place", c->f->places.v[e->place].at);
}

void answer_m2e2(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), gold_str(gold, "date"));
    if (!c.doc) return;
    dl_jw w = { out, false };
    dl_jw_open(&w, '{');
    dl_jw_key(&w, "doc"), dl_jw_str(&w, gold_str(gold, "doc"));
    dl_jw_key(&w, "n"), dl_jw_int(&w, gold_int(gold, "n"));
    dl_jw_key(&w, "events");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < c.f->events.n; i++) {
        const dl_event *e = &c.f->events.v[i];
        const ace *a = ace_of(&c, e);
        if (!a) continue;
        dl_jw_open(&w, '{');
        dl_jw_key(&w, "type"), dl_jw_str(&w, dl_str_of(a->type));
        dl_jw_key(&w, "trigger");
        dl_jw_open(&w, '{');
        dl_jw_key(&w, "start"), dl_jw_int(&w, c.lang->tok[e->head].at.b);
        dl_jw_key(&w, "end"), dl_jw_int(&w, c.lang->tok[e->head].at.e);
        dl_jw_close(&w, '}');
        dl_jw_key(&w, "arguments");
        dl_jw_open(&w, '[');
        arguments(&w, &c, e, a);
        dl_jw_close(&w, ']');
        dl_jw_close(&w, '}');
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}

/* ---- GVDB: one shooting a report ---- */

typedef struct { uint32_t entity; bool killed, wounded; uint32_t many; } person;
typedef DL_VEC(person) people;

static person *one(desk *d, people *p, uint32_t entity)
{
    for (uint32_t i = 0; i < p->n; i++) if (p->v[i].entity == entity) return &p->v[i];
    person *x = dl_push(&d->mem, p);
    *x = (person){ .entity = entity, .many = 1 };
    return x;
}

/* How many: a count that says so of this very entity, in a report of few. */
static uint32_t how_many(const coded *c, uint32_t entity)
{
    for (uint32_t i = 0; i < c->f->counts.n; i++) {
        const dl_count *x = &c->f->counts.v[i];
        if (x->of_entity == entity && !x->unit.n && x->low == x->high && x->low >= 1000 && x->low <= 20000) return (uint32_t)(x->low / 1000);
    }
    return 1;
}

static bool by_gun(const dl_event *e) { return e->type == DL_TYPE_ASSAULT && (kills(e) || e->measure == DL_MEAS_wounded || dl_is(e->mode, "firearms")); }

static void gather_people(desk *d, const coded *c, people *hurt, people *doers)
{
    for (uint32_t i = 0; i < c->f->events.n; i++) {
        const dl_event *e = &c->f->events.v[i];
        bool harm = by_gun(e) || (e->type == DL_TYPE_HARM && (kills(e) || dl_is(sense_id(c, e), "@die")));
        if (e->certainty == DL_CERT_denied || !(harm || (e->type == DL_TYPE_COERCE && e->legal == DL_LEGAL_arrested))) continue;
        for (uint32_t k = 0; k < e->slots.n; k++) {
            const dl_slot *s = &e->slots.v[k];
            if (s->entity == DL_NONE || !human(c, s->entity) || entity(c, s->entity)->kind == DL_KIND_force) continue;
            bool suffers = s->role == DL_ROLE_recipient;
            if (harm && suffers) {
                person *p = one(d, hurt, s->entity);
                p->many = how_many(c, s->entity);
                p->killed |= kills(e) || dl_is(sense_id(c, e), "@die");
                p->wounded |= !kills(e);
            } else if ((harm && s->role == DL_ROLE_actor) || (!harm && suffers)) one(d, doers, s->entity)->many = how_many(c, s->entity);
        }
    }
}

static void put_person(dl_jw *w, const coded *c, const person *p, bool hurt)
{
    const dl_entity *e = entity(c, p->entity);
    const dl_mention *m = told_as(c, p->entity);
    for (uint32_t k = 0; k < p->many; k++) {
        dl_jw_open(w, '{');
        if (m && m->kind == DL_MENTION_NAME) dl_jw_key(w, "name"), dl_jw_str(w, e->name.n ? e->name : dl_at(c->art->text, m->at));
        if (dl_len(e->age_at)) dl_jw_key(w, "age"), dl_jw_str(w, dl_at(c->art->text, e->age_at));
        if (e->gender == 'm' || e->gender == 'f') dl_jw_key(w, "gender"), dl_jw_str(w, e->gender == 'm' ? DL_STR("Male") : DL_STR("Female"));
        if (hurt) {
            dl_jw_key(w, "victim-was");
            dl_jw_open(w, '[');
            dl_jw_str(w, p->killed ? DL_STR("killed") : DL_STR("injured"));
            dl_jw_close(w, ']');
        }
        dl_jw_close(w, '}');
    }
}

/* The place named most among the events of the shooting; "OH - Ohio" as the database writes states. */
static void put_where(desk *d, dl_jw *w, const coded *c)
{
    const dl_event *e = NULL;
    for (uint32_t i = 0; i < c->f->events.n && !e; i++)
        if (by_gun(&c->f->events.v[i]) && c->f->events.v[i].place != DL_NONE) e = &c->f->events.v[i];
    dl_jw_key(w, "when_where");
    dl_jw_open(w, '{');
    if (e) {
        char day[16];
        const dl_place *at = &c->f->places.v[e->place];
        spot p = spot_of(c->r.book, at);
        if (p.kind == DL_PLACE_CITY) dl_jw_key(w, "city"), dl_jw_str(w, dl_at(c->art->text, at->at));
        if (p.state_name.n) dl_jw_key(w, "state"), dl_jw_str(w, dl_fmt(&d->mem, "%.*s - %.*s", (int)p.state.n, p.state.p, (int)p.state_name.n, p.state_name.p));
        if (e->time.earliest != DL_NO_DAY && e->time.earliest == e->time.latest) { dl_day_iso(e->time.earliest, day); dl_jw_key(w, "date"), dl_jw_str(w, dl_str_of(day)); }
    }
    dl_jw_close(w, '}');
}

void answer_gvdb(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), DL_STR(""));
    if (!c.doc) return;
    people hurt = { 0 }, doers = { 0 };
    gather_people(d, &c, &hurt, &doers);
    dl_jw w = answer_open(out, gold);
    put_where(d, &w, &c);
    dl_jw_key(&w, "victims");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < hurt.n; i++) put_person(&w, &c, &hurt.v[i], true);
    dl_jw_close(&w, ']');
    dl_jw_key(&w, "shooters");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < doers.n; i++) put_person(&w, &c, &doers.v[i], false);
    dl_jw_close(&w, ']');
    dl_jw_key(&w, "circumstances");
    dl_jw_open(&w, '{');
    dl_jw_close(&w, '}');
    answer_close(&w, out);
    answer_done(&c);
}
