/* events.c - codes of events and of actors; between given parties, or wherever the program finds them. */
#include "answer/answer.h"

static bool has_code(const dl_event *e) { return e->plover_event.n || e->cameo.n; }

/* "BELGOV": of the entity; of a place its country. */
static dl_str party_code(const coded *c, const dl_slot *s)
{
    if (s->entity != DL_NONE) return c->f->entities.v[s->entity].code;
    return s->place != DL_NONE ? country_code(&c->r, spot_of(c->r.book, &c->f->places.v[s->place]).country) : DL_STR("");
}

static bool acts(const dl_slot *s) { return s->role == DL_ROLE_actor; }
static bool undergoes(const dl_event *e, const dl_slot *s) { const dl_slot *u = undergoer(e); return u && s->role == u->role; }

/* "promised aid to Mozambique": the promise has no undergoer of its own, but what is promised has. */
static const dl_event *deed_of(const coded *c, const dl_event *e)
{
    for (uint32_t i = 0; !undergoer(e) && i < c->f->events.n; i++) {
        const dl_event *x = &c->f->events.v[i];
        if (x->governor != DL_NONE && &c->f->events.v[x->governor] == e && undergoer(x)) return x;
    }
    return e;
}

static void put_side(dl_jw *w, const coded *c, const dl_event *e, const char *codes, const char *texts, bool actors)
{
    if (!actors) e = deed_of(c, e);
    for (int text = 0; text < 2; text++) {
        dl_jw_key(w, text ? texts : codes);
        dl_jw_open(w, '[');
        for (uint32_t i = 0; i < e->slots.n; i++) {
            const dl_slot *s = &e->slots.v[i];
            if (actors ? !acts(s) : !undergoes(e, s)) continue;
            dl_str code = party_code(c, s);
            if (text) dl_jw_str(w, dl_at(c->art->text, s->at));
            else if (code.n) dl_jw_str(w, code);
        }
        dl_jw_close(w, ']');
    }
}

void answer_events(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), gold_str(gold, "date"));
    if (!c.doc) return;
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "events");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < c.f->events.n; i++) {
        const dl_event *e = &c.f->events.v[i];
        if (!counted(e) || !has_code(e)) continue;
        dl_jw_open(&w, '{');
        dl_jw_key(&w, "code"), dl_jw_str(&w, e->cameo.n ? e->cameo : e->plover_event);
        put_side(&w, &c, e, "source", "source_text", true);
        put_side(&w, &c, e, "target", "target_text", false);
        dl_jw_close(&w, '}');
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}

/* ---- probe: code and status of the events that are counted ---- */

void answer_probe(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), gold_str(gold, "date"));
    if (!c.doc) return;
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "events");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < c.f->events.n; i++) {
        const dl_event *e = &c.f->events.v[i];
        if (!e->main || !e->cameo.n || e->stage == DL_STAGE_threatened) continue;         /* CAMEO codes the threat alone */
        dl_jw_open(&w, '{');
        dl_jw_key(&w, "code"), dl_jw_str(&w, e->cameo);
        dl_jw_key(&w, "status"), dl_jw_str(&w, dl_str_of(dl_status_word(e)));
        dl_jw_close(&w, '}');
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}

/* ---- relations: what does this party do to that one? ---- */

/* Does the slot hold what one of these spans names: its head stands there, or something there is the same entity? */
static bool holds(const coded *c, const dl_slot *s, const dl_json *spans)
{
    for (const dl_json *x = spans ? spans->first : NULL; x; x = x->next) {
        dl_span at = gold_pair(dl_json_get(x, "span"));
        if (s->head != DL_NONE && dl_within(c->lang->tok[s->head].at, at)) return true;
        for (uint32_t i = 0; s->entity != DL_NONE && i < c->f->mentions.n; i++)
            if (c->f->mentions.v[i].entity == s->entity && dl_within(c->lang->tok[c->f->mentions.v[i].head].at, at)) return true;
    }
    return false;
}

/* Both parties in their roles are worth most; then one; an event that touches neither is still an event of the sentence. */
static int ties(const coded *c, const dl_event *e, const dl_json *source, const dl_json *target)
{
    int right = 0, turned = 0;
    for (uint32_t i = 0; i < e->slots.n; i++) {
        const dl_slot *s = &e->slots.v[i];
        if (acts(s)) right |= holds(c, s, source) ? 4 : 0, turned |= holds(c, s, target) ? 1 : 0;
        else right |= holds(c, s, target) ? 8 : 0, turned |= holds(c, s, source) ? 2 : 0;
    }
    return 2 * (right + turned) + (counted(e) ? 1 : 0);
}

void answer_relations(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), gold_str(gold, "date"));
    if (!c.doc) return;
    const dl_json *pairs = dl_json_get(gold, "events");
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "events");
    dl_jw_open(&w, '[');
    for (const dl_json *p = pairs ? pairs->first : NULL; p; p = p->next) {
        dl_str code = DL_STR("");
        int best = -1;
        for (uint32_t i = 0; i < c.f->events.n; i++) {
            const dl_event *e = &c.f->events.v[i];
            int score = e->plover_event.n ? ties(&c, e, dl_json_get(p, "source"), dl_json_get(p, "target")) : -1;
            if (score > best) best = score, code = e->plover_event;
        }
        dl_jw_open(&w, '{');
        dl_jw_key(&w, "code"), dl_jw_str(&w, code);
        dl_jw_close(&w, '}');
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}

/* ---- actors: a phrase alone ---- */

/* The entity that the phrase is about: that of its topmost mention. */
static const dl_entity *topmost(const coded *c)
{
    uint32_t best = DL_NONE, depth = UINT32_MAX;
    for (uint32_t i = 0; i < c->f->mentions.n; i++) {
        const dl_mention *m = &c->f->mentions.v[i];
        uint32_t n = 0;
        if (m->entity == DL_NONE || m->kind == DL_MENTION_PRONOUN) continue;
        for (uint32_t k = m->head; !dl_is_root(c->lang, k) && n < 99; k = c->lang->tok[k].head) n++;
        if (n < depth) depth = n, best = m->entity;
    }
    return best == DL_NONE ? NULL : &c->f->entities.v[best];
}

void answer_actors(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), gold_str(gold, "date"));
    if (!c.doc) return;
    const dl_entity *e = topmost(&c);
    dl_str country = e ? country_code(&c.r, e->country) : DL_STR("");
    for (uint32_t i = 0; !country.n && i < c.f->places.n; i++) country = country_code(&c.r, spot_of(c.r.book, &c.f->places.v[i]).country);
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "code"), dl_jw_str(&w, e && e->nsector ? e->sectors[0] : DL_STR(""));
    dl_jw_key(&w, "country"), dl_jw_str(&w, country);
    answer_close(&w, out);
    answer_done(&c);
}

/* ---- spans: the parties of the sentence's event ---- */

/* One event a sentence: the one with most parties, the first of those. */
static const dl_event *fullest(const coded *c)
{
    const dl_event *best = NULL;
    int most = -1;
    for (uint32_t i = 0; i < c->f->events.n; i++) {
        const dl_event *e = &c->f->events.v[i];
        int n = !e->main ? -1 : (slot_of(e, DL_ROLE_actor) ? 2 : 0) + (undergoer(e) ? 2 : 0) + (has_code(e) ? 1 : 0);
        if (n > most) most = n, best = e;
    }
    return best;
}

void answer_spans(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), DL_STR(""));
    if (!c.doc) return;
    const dl_event *e = fullest(&c);
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "spans");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; e && i < e->slots.n; i++) {
        const dl_slot *s = &e->slots.v[i];
        if (!acts(s) && !undergoes(e, s)) continue;
        dl_jw_open(&w, '{');
        dl_jw_key(&w, "role"), dl_jw_str(&w, acts(s) ? DL_STR("source") : DL_STR("target"));
        dl_jw_key(&w, "span"), dl_jw_span(&w, s->at);
        dl_jw_close(&w, '}');
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}
