/* incident.c - the events of one report that are one incident: one row, however often it is told.
 *
 * Mentions of one event (same.c) are one incident; so are a deed and its results (attack, killed, wounded) told in the same or the next sentences with places and times
 * that agree. Counts of one measure are kept as versions, each with who says so; their range is the incident's.
 */
#include "facts/match.h"

typedef struct { dl_ask *q; uint32_t *root; } sets;

static uint32_t find(sets *s, uint32_t i)
{
    while (s->root[i] != i) i = s->root[i] = s->root[s->root[i]];
    return i;
}

static void join(sets *s, uint32_t a, uint32_t b)
{
    a = find(s, a), b = find(s, b);
    if (a < b) s->root[b] = a;
    else s->root[a] = b;
}

static const dl_event *ev(const dl_ask *q, uint32_t i) { return &q->f->events.v[i]; }

static dl_str kind_of(const dl_ask *q, const dl_event *e)
{
    dl_str k = dl_book_str(q->book, dl_book_sense(q->book, e->sense)->incident);
    if (k.n) return k;
    switch (e->type) {
    case DL_TYPE_ASSAULT: return DL_STR("attack");
    case DL_TYPE_COERCE: return e->legal == DL_LEGAL_arrested || dl_is(e->mode, "arrest") ? DL_STR("arrest") : dl_is(e->mode, "seize") ? DL_STR("raid") : DL_STR("coercion");
    case DL_TYPE_PROTEST: return DL_STR("protest");
    case DL_TYPE_JUDGE: return DL_STR("trial");
    case DL_TYPE_ACCUSE: return e->legal ? DL_STR("trial") : (dl_str){ 0 };
    case DL_TYPE_THREATEN: return DL_STR("threat");
    case DL_TYPE_HARM: return DL_STR("disaster");
    case DL_TYPE_MOBILIZE: return DL_STR("deployment");
    case DL_TYPE_CONSULT: return DL_STR("talks");
    case DL_TYPE_AID: return DL_STR("aid");
    case DL_TYPE_RETREAT: return DL_STR("withdrawal");
    case DL_TYPE_SANCTION: return DL_STR("sanction");
    case DL_TYPE_MOVE: return DL_STR("movement");
    case DL_TYPE_RECRUIT: return DL_STR("recruitment");
    default: return (dl_str){ 0 };
    }
}

static bool violent(const dl_event *e) { return e->type == DL_TYPE_ASSAULT || e->type == DL_TYPE_HARM; }

static bool places_agree(const dl_ask *q, const dl_event *a, const dl_event *b)
{
    if (a->place == DL_NONE || b->place == DL_NONE) return true;
    const dl_spot *x = q->f->places.v[a->place].is, *y = q->f->places.v[b->place].is;
    if (x == y) return true;
    return memcmp(x->cc, y->cc, 2) == 0 && (x->kind == DL_PLACE_COUNTRY || y->kind == DL_PLACE_COUNTRY);
}

static bool times_agree(const dl_event *a, const dl_event *b)
{
    if (a->time.by == DL_WHEN_REPORT || b->time.by == DL_WHEN_REPORT || a->time.earliest == DL_NO_DAY || b->time.earliest == DL_NO_DAY || a->time.latest == DL_NO_DAY || b->time.latest == DL_NO_DAY) return true;
    return a->time.earliest <= b->time.latest && b->time.earliest <= a->time.latest;
}

/* A deed and its results near by; steps of one case at law. */
static bool one_incident(const dl_ask *q, const dl_event *a, const dl_event *b)
{
    if (!places_agree(q, a, b) || !times_agree(a, b)) return false;
    bool near = b->sentence <= a->sentence + 2;
    if (violent(a) && violent(b) && near && a->stage == b->stage && (a->measure || b->measure)) return a->type == b->type || a->sentence == b->sentence;
    if (a->legal && b->legal && near) return a->legal != DL_LEGAL_arrested || b->legal != DL_LEGAL_arrested || a->sentence == b->sentence;
    return false;
}

static void add_entity(dl_ask *q, dl_incident *x, int list, uint32_t e)
{
    uint32_t *v = list == 0 ? x->perpetrators.v : list == 1 ? x->suspects.v : list == 2 ? x->victims.v : list == 3 ? x->targets.v : x->instruments.v;
    uint32_t n = list == 0 ? x->perpetrators.n : list == 1 ? x->suspects.n : list == 2 ? x->victims.n : list == 3 ? x->targets.n : x->instruments.n;
    for (uint32_t i = 0; i < n; i++)
        if (v[i] == e) return;
    switch (list) {
    case 0: *dl_push(q->mem, &x->perpetrators) = e; break;
    case 1: *dl_push(q->mem, &x->suspects) = e; break;
    case 2: *dl_push(q->mem, &x->victims) = e; break;
    case 3: *dl_push(q->mem, &x->targets) = e; break;
    default: *dl_push(q->mem, &x->instruments) = e; break;
    }
}

/* Who is what in an incident. An arrest or a charge makes a suspect, never a perpetrator. */
static void add_parties(dl_ask *q, dl_incident *x, const dl_event *e)
{
    for (uint32_t i = 0; i < e->slots.n; i++) {
        const dl_slot *s = &e->slots.v[i];
        if (s->entity == DL_NONE) continue;
        uint8_t kind = q->f->entities.v[s->entity].kind;
        switch (s->role) {
        case DL_ROLE_actor: add_entity(q, x, e->certainty == DL_CERT_alleged || e->certainty == DL_CERT_possible ? 1 : 0, s->entity); break;
        case DL_ROLE_recipient:
            if (e->legal) add_entity(q, x, 1, s->entity);
            else add_entity(q, x, violent(e) && (kind == DL_KIND_person || kind == DL_KIND_population || kind == DL_KIND_group || kind == DL_KIND_force) ? 2 : 3, s->entity);
            break;
        case DL_ROLE_object: add_entity(q, x, 3, s->entity); break;
        case DL_ROLE_instrument: add_entity(q, x, 4, s->entity); break;
        default: break;
        }
    }
}

static void add_count(dl_ask *q, dl_incident *x, const dl_event *e, const dl_count *c)
{
    dl_toll *t = NULL;
    for (uint32_t i = 0; i < x->tolls.n; i++)
        if (x->tolls.v[i].measure == c->measures) t = &x->tolls.v[i];
    if (!t) { t = dl_push(q->mem, &x->tolls); t->measure = c->measures, t->low = c->low, t->high = c->high; }
    uint32_t says = e->says.n ? e->says.v[e->says.n - 1].entity : DL_NONE;
    for (uint32_t i = 0; i < t->versions.n; i++)
        if (t->versions.v[i].low == c->low && t->versions.v[i].high == c->high && t->versions.v[i].says == says) return;
    *dl_push(q->mem, &t->versions) = (dl_version){ c->low, c->high, says };
    if (c->low != DL_OPEN && (t->low == DL_OPEN || c->low < t->low)) t->low = c->low;
    if (t->high != DL_OPEN && (c->high == DL_OPEN || c->high > t->high)) t->high = c->high;
}

/* Told as fact by one and denied by another. */
static bool disputed(const dl_ask *q, const dl_incident *x)
{
    bool yes = false, no = false;
    for (uint32_t i = 0; i < x->events.n; i++) {
        const dl_event *e = ev(q, x->events.v[i]);
        if (e->certainty == DL_CERT_denied) no = true;
        else if (e->certainty == DL_CERT_fact || e->certainty == DL_CERT_alleged) yes = true;
    }
    return yes && no;
}

static void fill(dl_ask *q, dl_incident *x)
{
    uint32_t main = x->events.v[0];
    for (uint32_t i = 0; i < x->events.n; i++)
        if (ev(q, x->events.v[i])->main && !(ev(q, main)->main && ev(q, main)->measure == ev(q, x->events.v[i])->measure)) { main = x->events.v[i]; break; }
    const dl_event *m = ev(q, main);
    x->place = m->place, x->time_of = main, x->stage = m->stage, x->certainty = m->certainty;
    for (uint32_t i = 0; i < m->says.n; i++) *dl_push(q->mem, &x->says) = m->says.v[i];
    for (uint32_t i = 0; i < x->events.n; i++) {
        const dl_event *e = ev(q, x->events.v[i]);
        if (x->place == DL_NONE) x->place = e->place;
        if (ev(q, x->time_of)->time.by != DL_WHEN_TEXT && e->time.by == DL_WHEN_TEXT) x->time_of = x->events.v[i];
        add_parties(q, x, e);
        for (uint32_t k = 0; k < e->counts.n; k++)
            if (q->f->counts.v[e->counts.v[k]].measures) add_count(q, x, e, &q->f->counts.v[e->counts.v[k]]);
    }
    if (disputed(q, x)) x->certainty = DL_CERT_N;
}

enum { WINDOW = 24 };

void dl_incidents(dl_ask *q)
{
    dl_marker mark = dl_mark(q->scratch);
    uint32_t n = q->f->events.n;
    sets s = { q, dl_new(q->scratch, uint32_t, n + 1) };
    uint32_t *of = dl_new(q->scratch, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++) s.root[i] = i;
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < ev(q, i)->same_as.n; k++) join(&s, i, ev(q, i)->same_as.v[k]);
        for (uint32_t j = i; j-- > 0 && i - j <= WINDOW;)
            if (one_incident(q, ev(q, j), ev(q, i))) { join(&s, i, j); break; }
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t r = find(&s, i);
        if (!of[r]) {
            dl_str kind = kind_of(q, ev(q, i));
            if (!kind.n) continue;
            dl_incident *x = dl_push(q->mem, &q->f->incidents);
            x->kind = kind, x->place = DL_NONE, x->time_of = DL_NONE;
            of[r] = q->f->incidents.n;
        }
        dl_incident *x = &q->f->incidents.v[of[r] - 1];
        *dl_push(q->mem, &x->events) = i;
        if (dl_is(x->kind, "disaster") && ev(q, i)->type == DL_TYPE_ASSAULT) x->kind = kind_of(q, ev(q, i));      /* "the death toll of the bombing": what was done names it, not its toll */
    }
    for (uint32_t i = 0; i < q->f->incidents.n; i++) fill(q, &q->f->incidents.v[i]);
    dl_reset(q->scratch, mark);
}
