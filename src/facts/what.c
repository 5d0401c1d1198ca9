/* what.c - events with their slots, from words read as events (readings.c). */
#include "facts/match.h"

/* Whom a token stands for: its mention; for "dozens of protesters", "one of the men" those behind "of". */
static uint32_t entity_at(const dl_ask *q, uint32_t tok, int depth)
{
    uint32_t m = q->f->mention_of[tok];
    if (m != DL_NONE && q->f->mentions.v[m].entity != DL_NONE) return q->f->mentions.v[m].entity;
    if (depth == 0) return DL_NONE;
    DL_EACH_CHILD(q->lang, tok, k)
        if (q->lang->tok[k].rel == DL_R_nmod && dl_is(dl_prep_of(q, k), "of")) return entity_at(q, k, depth - 1);
    if (q->f->class_hit[tok] == DL_NONE && q->f->place_of[tok] == DL_NONE)                  /* "in his case": him */
        DL_EACH_CHILD(q->lang, tok, k)
            if (q->lang->tok[k].rel == DL_R_nmod_poss) return entity_at(q, k, 0);
    return DL_NONE;
}

static bool has_slot(const dl_event *e, uint8_t role, uint32_t head)
{
    for (uint32_t i = 0; i < e->slots.n; i++)
        if (e->slots.v[i].role == role && e->slots.v[i].head == head) return true;
    return false;
}

static bool has_role(const dl_event *e, uint8_t role)
{
    for (uint32_t i = 0; i < e->slots.n; i++)
        if (e->slots.v[i].role == role) return true;
    return false;
}

static void add_slot(dl_ask *q, dl_event *e, uint8_t role, uint32_t tok)
{
    const dl_language *L = q->lang;
    const dl_token *t = &L->tok[tok];
    if (has_slot(e, role, tok) || t->upos == DL_PUNCT || (dl_relative_word(t) && q->f->mention_of[tok] == DL_NONE)) return;
    uint32_t b, e2;
    dl_phrase_of(L, tok, true, &b, &e2);
    dl_slot s = { role, entity_at(q, tok, 2), DL_NONE, DL_NONE, dl_tokens_span(L, b, e2), tok };
    if (s.entity == DL_NONE && q->f->place_of[tok] != DL_NONE) s.place = q->f->place_of[tok];
    *dl_push(q->mem, &e->slots) = s;
}

/* The filler, and what is joined to it by "and". */
static void add_slots(dl_ask *q, dl_event *e, uint8_t role, uint32_t tok)
{
    add_slot(q, e, role, tok);
    DL_EACH_CHILD(q->lang, tok, k)
        if (q->lang->tok[k].rel == DL_R_conj && (dl_is_noun(&q->lang->tok[k]) || q->lang->tok[k].upos == DL_PRON || q->lang->tok[k].upos == DL_NUM)) add_slot(q, e, role, k);
}

static void add_contexts(dl_ask *q, dl_event *e, const dl_sense *s)
{
    const dl_ref *r = dl_book_refs(q->book);
    for (uint32_t i = s->context; i < s->context + s->ncontext; i++) *dl_push(q->mem, &e->contexts) = dl_book_str(q->book, r[i]);
    uint8_t weak[64] = { 0 };
    const dl_sentence *se = &q->lang->sent[e->sentence];
    for (uint32_t i = q->f->hits.first[se->first]; i < q->f->hits.first[se->end]; i++) {
        const dl_posting *p = q->f->hits.v[i].posting;
        if (p->kind != DL_P_CONTEXT || p->id >= 64) continue;
        if (!(p->form & DL_F_STRONG) && ++weak[p->id] != 2) continue;
        dl_str name = dl_book_str(q->book, dl_book_context(q->book, p->id)->name);
        bool there = false;
        for (uint32_t k = 0; k < e->contexts.n; k++) there = there || dl_eq(e->contexts.v[k], name);
        if (!there) *dl_push(q->mem, &e->contexts) = name;
    }
}

/* "shelled two villages with mortars": a weapon behind "with" or "using" is the means of any assault, whatever its frame says of it. */
static void add_weapon(dl_ask *q, dl_event *e, const struct dl_reading *r)
{
    if (has_role(e, DL_ROLE_instrument)) return;
    dl_args a;
    dl_gather(q, r->head, r->tb, r->te, (dl_pos)r->pos, &a);
    for (uint32_t i = 0; i < a.n; i++)
        if (a.v[i].by == DL_BY_PREP && !a.v[i].clause && (dl_is(a.v[i].prep, "with") || dl_is(a.v[i].prep, "using")) && dl_class_has(dl_token_classes(q, a.v[i].head), DL_KIND_weapon)) { add_slots(q, e, DL_ROLE_instrument, a.v[i].head); return; }
}

static uint16_t confidence_of(const struct dl_reading *r)
{
    int c = 600;
    for (uint32_t i = 0; i < r->m.n; i++) c += r->m.v[i].fit == 2 ? 130 : 50;
    return (uint16_t)(c > 960 ? 960 : c);
}

static void make_event(dl_ask *q, uint32_t ri)
{
    struct dl_reading *r = &q->f->readings.v[ri];
    const dl_sense *s = dl_book_sense(q->book, r->sense);
    const dl_language *L = q->lang;
    dl_event *e = dl_push(q->mem, &q->f->events);
    r->event = q->f->events.n - 1;
    uint32_t te = r->te;
    *e = (dl_event){ .sentence = L->tok[r->head].sent, .head = r->head, .tb = r->tb, .te = te, .at = dl_tokens_span(L, r->tb, te), .sense = r->sense, .type = s->type,
                     .mode = dl_book_str(q->book, s->mode), .cameo = dl_book_str(q->book, s->cameo), .place = DL_NONE, .legal = s->legal, .measure = s->measure,
                     .stage = DL_STAGE_happened, .certainty = DL_CERT_fact, .main = true, .confidence = confidence_of(r), .governor = DL_NONE };
    e->time.id = DL_NONE, e->time.by_event = DL_NONE, e->time.earliest = e->time.latest = DL_NO_DAY;
    for (uint32_t i = 0; i < r->m.n; i++) {
        uint8_t role = r->m.v[i].role;
        if (role == DL_ROLE_event || role == DL_ROLE_place || role == DL_ROLE_none) continue;
        if (s->reciprocal && role == DL_ROLE_recipient) role = DL_ROLE_actor;
        add_slots(q, e, role, r->m.v[i].head);
    }
    if (s->type == DL_TYPE_ASSAULT) add_weapon(q, e, r);
    add_contexts(q, e, s);
    const dl_frame *f = dl_book_frames(q->book) + s->frame;
    bool governs = false;
    for (uint32_t i = 0; i < s->nframe; i++)
        for (uint32_t k = 0; k < f[i].nitem; k++) governs = governs || dl_book_items(q->book)[f[i].item + k].role == DL_ROLE_event;
    if (!governs) e->own_stage = s->stage, e->own_certainty = s->certainty;
}

/* "attacked a patrol": whom it is done to is no deed. */
static bool a_party(const dl_ask *q, const struct dl_reading *r)
{
    if (r->pos != DL_POS_NOUN || q->f->class_hit[r->head] == DL_NONE) return false;
    const dl_class *c = dl_book_class(q->book, q->f->hits.v[q->f->class_hit[r->head]].posting->id);
    if (!dl_class_has(c->classes, DL_CLASS_ACTOR)) return false;
    uint32_t g = dl_is_root(q->lang, r->head) ? DL_NONE : q->f->reading_of[q->lang->tok[r->head].head];
    if (g == DL_NONE) return false;
    for (uint32_t k = 0; k < q->f->readings.v[g].m.n; k++) {
        const dl_fill *x = &q->f->readings.v[g].m.v[k];
        if (x->head == r->head && x->fit == 2 && (x->role == DL_ROLE_actor || x->role == DL_ROLE_recipient)) return true;
    }
    return false;
}

/* An event named inside another event's phrase ("bomb attack": the bomb is its means) is one event, not two. */
static bool inside_other(const dl_ask *q, const struct dl_reading *r)
{
    const dl_token *t = &q->lang->tok[r->head];
    if (r->pos != DL_POS_NOUN || (t->rel != DL_R_compound && t->rel != DL_R_flat)) return false;
    uint32_t o = q->f->reading_of[t->head];
    return o != DL_NONE && &q->f->readings.v[o] != r && !dl_book_sense(q->book, q->f->readings.v[o].sense)->is_operator;
}

/* A threat, an accusation, a demand is about the event told inside it. */
static void tie_inner(dl_ask *q)
{
    dl_facts *f = q->f;
    for (uint32_t i = 0; i < f->readings.n; i++) {
        const struct dl_reading *g = &f->readings.v[i];
        for (uint32_t k = 0; g->event != DL_NONE && k < g->m.n; k++) {
            uint32_t r = g->m.v[k].role == DL_ROLE_event ? f->reading_of[g->m.v[k].head] : DL_NONE;
            if (r == DL_NONE || f->readings.v[r].event == DL_NONE || f->readings.v[r].event == g->event) continue;
            uint32_t b, e;
            dl_phrase_of(q->lang, g->m.v[k].head, true, &b, &e);
            *dl_push(q->mem, &f->events.v[g->event].slots) = (dl_slot){ DL_ROLE_about, DL_NONE, DL_NONE, f->readings.v[r].event, dl_tokens_span(q->lang, b, e), g->m.v[k].head };
        }
    }
}

/* "were killed when the building collapsed": nobody killed them. */
static void by_accident(dl_ask *q)
{
    const dl_language *L = q->lang;
    dl_facts *f = q->f;
    for (uint32_t i = 0; i < f->events.n; i++) {
        dl_event *e = &f->events.v[i];
        if (e->type != DL_TYPE_ASSAULT || !e->measure || has_role(e, DL_ROLE_actor) || has_role(e, DL_ROLE_instrument) || !dl_passive(L, e->head)) continue;
        DL_EACH_CHILD(L, e->head, k) {
            uint32_t r = L->tok[k].rel == DL_R_advcl ? f->reading_of[k] : DL_NONE;
            if (r == DL_NONE || f->readings.v[r].event == DL_NONE || f->events.v[f->readings.v[r].event].type != DL_TYPE_HARM) continue;
            e->type = DL_TYPE_HARM, e->mode = (dl_str){ 0 }, e->cameo = (dl_str){ 0 };
            break;
        }
    }
}

/* "enlists fighters bound for Libya": that is what they are enlisted for. */
static void share_destination(dl_ask *q)
{
    dl_facts *f = q->f;
    for (uint32_t i = 0; i < f->events.n; i++) {
        dl_event *e = &f->events.v[i];
        if (e->type != DL_TYPE_RECRUIT || has_role(e, DL_ROLE_destination)) continue;
        for (uint32_t j = i + 1; j < f->events.n && f->events.v[j].sentence == e->sentence; j++) {
            const dl_event *m = &f->events.v[j];
            if (m->type != DL_TYPE_MOVE || dl_is_root(q->lang, m->head) || !has_slot(e, DL_ROLE_recipient, q->lang->tok[m->head].head)) continue;
            for (uint32_t k = 0; k < m->slots.n; k++)
                if (m->slots.v[k].role == DL_ROLE_destination) { dl_slot s = m->slots.v[k]; *dl_push(q->mem, &e->slots) = s; break; }
            break;
        }
    }
}

/* What was done by an event ("the attack killed ten") was done by those who did that. */
static void inherit_actors(dl_ask *q)
{
    dl_facts *f = q->f;
    uint32_t *at = dl_new(q->scratch, uint32_t, q->lang->ntok + 1);                  /* event + 1 by head */
    for (uint32_t i = 0; i < f->events.n; i++) at[f->events.v[i].head] = i + 1;
    for (uint32_t i = 0; i < f->events.n; i++) {
        dl_event *e = &f->events.v[i];
        for (uint32_t k = 0, told = e->slots.n; k < told; k++) {                          /* those added here are not looked at */
            dl_slot *s = &e->slots.v[k];
            if (s->entity != DL_NONE || s->place != DL_NONE || !at[s->head] || at[s->head] == i + 1) continue;
            uint32_t cause = at[s->head] - 1;
            s->event = cause;
            if (s->role != DL_ROLE_actor) continue;
            s->role = DL_ROLE_instrument;
            for (uint32_t j = 0; j < f->events.v[cause].slots.n; j++)
                if (f->events.v[cause].slots.v[j].role == DL_ROLE_actor && !has_role(e, DL_ROLE_actor)) { dl_slot c = f->events.v[cause].slots.v[j]; *dl_push(q->mem, &e->slots) = c; break; }
        }
    }
}

/* ---- who does what is governed: "accused them of attacking", "carried out a raid" ---- */

static void set_role(dl_match *m, uint8_t role, uint32_t who)
{
    for (uint32_t k = 0; k < m->n; k++)
        if (m->v[k].role == role && (m->v[k].by == DL_BY_SUBJECT || role == DL_ROLE_recipient)) { m->v[k].head = who; return; }
    if (m->n < DL_FILL_MAX) m->v[m->n++] = (dl_fill){ role, 1, false, who, DL_BY_SUBJECT };
}

static void give_doer(dl_ask *q, const struct dl_reading *g, uint32_t head, bool clause, uint32_t who)
{
    uint32_t ri = q->f->reading_of[head];
    struct dl_reading *r = ri == DL_NONE ? NULL : &q->f->readings.v[ri];
    if (!r || r == g) return;
    if (!clause) {
        bool charge = dl_book_sense(q->book, r->sense)->type == DL_TYPE_ACCUSE && dl_book_sense(q->book, g->sense)->type != DL_TYPE_NONE;      /* "on trial on charges of": against him, not by him */
        if (dl_filler(&r->m, charge ? DL_ROLE_recipient : DL_ROLE_actor) == DL_NONE) set_role(&r->m, charge ? DL_ROLE_recipient : DL_ROLE_actor, who);
        return;
    }
    DL_EACH_CHILD(q->lang, r->head, k)                                                     /* only where the clause has no subject of its own */
        if (dl_is_subject(q->lang->tok[k].rel)) return;
    set_role(&r->m, dl_passive(q->lang, r->head) ? DL_ROLE_recipient : DL_ROLE_actor, who);
}

static void control(dl_ask *q, const struct dl_reading *g, const dl_fill *filler)
{
    const dl_sense *s = dl_book_sense(q->book, g->sense);
    if (g->pos == DL_POS_PREP || g->pos == DL_POS_MARK || g->pos == DL_POS_DET || g->pos == DL_POS_PHRASE) return;      /* who is quoted does nothing */
    if (!filler->clause && !dl_may_control_noun(s)) return;
    uint32_t who = s->control ? dl_filler(&g->m, s->control) : DL_NONE;
    if (who == DL_NONE && !s->control) {
        who = filler->clause ? dl_filler(&g->m, DL_ROLE_recipient) : DL_NONE;
        if (who == DL_NONE) who = dl_filler(&g->m, DL_ROLE_actor);
    }
    bool object = false;
    if (filler->clause && q->lang->tok[filler->head].rel == DL_R_xcomp && dl_is_verb(&q->lang->tok[g->head]) && dl_passive(q->lang, g->head)) {      /* "are feared by officials to have returned": they */
        uint32_t subject = dl_subject_of(q->lang, g->head, &object);
        if (subject != DL_NONE && object) who = subject;
    }
    if (who == DL_NONE) return;
    give_doer(q, g, filler->head, filler->clause, who);
    DL_EACH_CHILD(q->lang, filler->head, k)
        if (filler->clause && dl_is_subject(q->lang->tok[k].rel)) return;                   /* "she said detectives foiled it and arrested four": the detectives arrested them */
    DL_EACH_CHILD(q->lang, filler->head, k)                                                /* "for belonging to a group and recruiting students" */
        if (q->lang->tok[k].rel == DL_R_conj) give_doer(q, g, k, filler->clause, who);
}

/* "indicted him on charges of kidnapping": the charges are against whom the verb is done to. */
static void charged_with_verb(dl_ask *q, struct dl_reading *r)
{
    const dl_language *L = q->lang;
    const dl_sense *s = dl_book_sense(q->book, r->sense);
    if (r->pos != DL_POS_NOUN || s->type != DL_TYPE_ACCUSE || dl_filler(&r->m, DL_ROLE_recipient) != DL_NONE || !dl_is_oblique(L->tok[r->head].rel)) return;
    uint32_t v = L->tok[r->head].head, g = q->f->reading_of[v];
    if (!dl_is_verb(&L->tok[v]) || g == DL_NONE || r->m.n == DL_FILL_MAX) return;
    const struct dl_reading *verb = &q->f->readings.v[g];
    dl_type t = (dl_type)dl_book_sense(q->book, verb->sense)->type;
    uint32_t whom = dl_filler(&verb->m, DL_ROLE_recipient);
    if (whom != DL_NONE && (t == DL_TYPE_ACCUSE || t == DL_TYPE_COERCE || t == DL_TYPE_JUDGE)) r->m.v[r->m.n++] = (dl_fill){ DL_ROLE_recipient, 1, false, whom, DL_BY_OBJECT };
}

void dl_what(dl_ask *q)
{
    dl_marker mark = dl_mark(q->scratch);
    dl_read_words(q);
    for (uint32_t i = 0; i < q->f->readings.n; i++) {                                      /* outer words first: control runs inwards */
        struct dl_reading *g = &q->f->readings.v[i];
        charged_with_verb(q, g);
        for (uint32_t k = 0; k < g->m.n; k++)
            if (g->m.v[k].role == DL_ROLE_event) { dl_fill f = g->m.v[k]; control(q, g, &f); }
    }
    for (uint32_t i = 0; i < q->f->readings.n; i++)
        if (!dl_book_sense(q->book, q->f->readings.v[i].sense)->is_operator && !inside_other(q, &q->f->readings.v[i]) && !a_party(q, &q->f->readings.v[i])) make_event(q, i);
    inherit_actors(q);
    by_accident(q);
    share_destination(q);
    tie_inner(q);
    dl_reset(q->scratch, mark);
}
