/* entities.c - which mentions stand for the same one: names and their short forms, appositions, "the group", "they".
 *
 * Precision first: a pronoun without a fitting antecedent near by stands for nobody. The order of trying (exact name, known actor, surname, acronym, apposition, predicate,
 * definite noun, pronoun) follows the sieves of Lee et al. 2013, "Deterministic coreference resolution based on entity-centric, precision-ranked rules".
 */
#include "base/utf8.h"
#include "facts/howmany.h"
#include "facts/names.h"

typedef struct {
    dl_ask   *q;
    dl_intern keys;
    DL_VEC(uint32_t) of_key;          /* entity of key id - 1, DL_NONE */
} state;

static dl_entity *ent(state *s, uint32_t e) { return &s->q->f->entities.v[e]; }

static dl_str key(state *s, char kind, dl_str a, uint32_t n)
{
    return n == DL_NONE ? dl_fmt(s->q->mem, "%c%.*s", kind, (int)a.n, a.p) : dl_fmt(s->q->mem, "%c%.*s/%u", kind, (int)a.n, a.p, n);
}

static uint32_t *slot(state *s, dl_str k)
{
    uint32_t id = dl_intern_id(&s->keys, s->q->mem, k);
    while (s->of_key.n < id) *dl_push(s->q->mem, &s->of_key) = DL_NONE;
    return &s->of_key.v[id - 1];
}

/* ---- making and filling ---- */

static void take_actor(state *s, dl_entity *e, uint32_t actor)
{
    const dl_codebook *book = s->q->book;
    const dl_actor_row *a = dl_book_actor(book, actor);
    const dl_term *terms = dl_book_terms(book), *best = NULL;
    dl_day day = s->q->art->published;
    for (uint32_t i = a->term; i < a->term + a->nterm; i++) {
        const dl_term *t = &terms[i];
        if (day != DL_NO_DAY && ((t->from != DL_NO_DAY && day < t->from) || (t->to != DL_NO_DAY && day > t->to))) continue;
        bool dated = t->from != DL_NO_DAY || t->to != DL_NO_DAY;
        if (day == DL_NO_DAY && dated && best) continue;
        if (!best || dated) best = t;
    }
    e->actor = actor;
    e->kind = a->kind;
    bool past = !best && a->nterm;                                                    /* out of office on that day: the country alone */
    if (past) best = &terms[a->term];
    if (!best) return;
    dl_str code = dl_book_str(book, best->code);
    for (uint32_t i = 0; i + 3 <= code.n; i += 3) {
        dl_str block = dl_cut(code, i, i + 3);
        uint32_t c = i == 0 ? dl_book_country(book, block) : DL_NONE;
        if (c != DL_NONE && c != UINT32_MAX) e->country = c;
        else if (!past) dl_add_sector(e, block);
    }
}

static void take_class(state *s, dl_entity *e, uint32_t klass)
{
    const dl_class *c = dl_book_class(s->q->book, klass);
    if (e->kind == DL_KIND_none || (e->kind == DL_KIND_other && c->kind)) e->kind = c->kind;
    dl_str code = dl_book_str(s->q->book, c->code);
    for (uint32_t i = 0; i + 3 <= code.n; i += 3) dl_add_sector(e, dl_cut(code, i, i + 3));
    dl_class_join(&e->classes, c->classes);
}

/* Words before the noun that name a side as well: "government troops", "opposition leader". */
static void take_modifiers(state *s, dl_entity *e, uint32_t head)
{
    const dl_language *L = s->q->lang;
    DL_EACH_CHILD(L, head, k)
        if (k < head && (L->tok[k].rel == DL_R_compound || L->tok[k].rel == DL_R_amod || L->tok[k].rel == DL_R_nmod_poss) && s->q->f->class_hit[k] != DL_NONE) {
            const dl_class *c = dl_book_class(s->q->book, s->q->f->hits.v[s->q->f->class_hit[k]].posting->id);
            dl_str code = dl_book_str(s->q->book, c->code);
            for (uint32_t i = 0; i + 3 <= code.n; i += 3) dl_add_sector(e, dl_cut(code, i, i + 3));
        }
}

/* An office with what it is over: "mayor of Molenbeek"; the place gives the country. */
static void take_role(state *s, dl_entity *e, uint32_t b, uint32_t head)
{
    dl_ask *q = s->q;
    uint32_t pb, pe;
    dl_phrase_of(q->lang, head, true, &pb, &pe);
    if (b > head) b = head;
    while (b > pb && q->lang->tok[b - 1].upos == DL_NOUN && q->lang->tok[b - 1].rel == DL_R_compound && !q->lang->tok[b - 1].capital && q->f->place_of[b - 1] == DL_NONE) b--;      /* "county sheriff" */
    dl_span at = dl_tokens_span(q->lang, b, pe > head ? pe : head + 1);
    if (dl_len(e->role_at) && !(dl_len(at) > dl_len(e->role_at) && dl_find(e->role, DL_STR(" of "), 0) < 0 && dl_find(dl_at(q->art->text, at), DL_STR(" of "), 0) > 0)) return;      /* "Colonel X, commander of the brigade": the office tells more than the rank */
    e->role_at = at, e->role = dl_at(q->art->text, at);
    for (uint32_t i = head; i < pe; i++)
        if (q->f->place_of[i] != DL_NONE) {
            dl_place *p = &q->f->places.v[q->f->place_of[i]];
            uint32_t c = p->is->country;
            if (e->country == DL_NONE) e->country = c;
            if (p->use == DL_USE_PLACE) p->use = DL_USE_ACTOR;
        }
}

static uint32_t new_entity(state *s, uint32_t m, const dl_naming *n)
{
    dl_ask *q = s->q;
    uint32_t id = q->f->entities.n;
    dl_entity *e = dl_push(q->mem, &q->f->entities);
    *e = (dl_entity){ .kind = n->kind, .name = n->name, .country = n->country, .age = -1, .number = n->number, .gender = n->gender, .actor = DL_NONE, .first = m };
    e->classes = q->f->classes[q->f->mentions.v[m].head];
    return id;
}

/* What one more mention tells of an entity. */
static void enrich(state *s, uint32_t id, uint32_t m, const dl_naming *n)
{
    dl_ask *q = s->q;
    dl_entity *e = ent(s, id);
    const dl_mention *me = &q->f->mentions.v[m];
    if (n->actor != DL_NONE && e->actor == DL_NONE) take_actor(s, e, n->actor);
    if (n->klass != DL_NONE && n->actor == DL_NONE) {
        take_class(s, e, n->klass);
        take_modifiers(s, e, me->head);
        if (dl_book_class(q->book, n->klass)->office && !n->is_name) {
            const dl_hit *h = &q->f->hits.v[q->f->class_hit[me->head]];
            take_role(s, e, h->b, me->head);
        }
    }
    if (n->title != DL_NONE) {
        const dl_hit *h = &q->f->hits.v[n->title];
        take_class(s, e, h->posting->id);
        if (!dl_len(e->role_at)) e->role_at = dl_tokens_span(q->lang, h->b, h->e), e->role = dl_at(q->art->text, e->role_at);
    }
    if (e->country == DL_NONE) e->country = n->country;
    if (!e->gender) e->gender = n->gender;
    if (e->kind == DL_KIND_none) e->kind = n->kind;
    if (n->is_name && q->f->mentions.v[e->first].kind != DL_MENTION_NAME && m != e->first) {         /* a noun first, its name later */
        bool named = false;
        for (uint32_t k = e->first + 1; k < m; k++) named = named || (q->f->mentions.v[k].entity == id && q->f->mentions.v[k].kind == DL_MENTION_NAME);
        if (!named) e->name = n->name;
    }
    dl_classes c = q->f->classes[me->head];
    dl_class_join(&e->classes, c);
}

/* ---- the sieves ---- */

static bool person_like(uint8_t kind) { return kind == DL_KIND_person || kind == DL_KIND_none; }

static uint32_t by_name(state *s, const dl_naming *n)
{
    dl_ask *q = s->q;
    if (n->actor != DL_NONE) { uint32_t *k = slot(s, key(s, 'A', DL_STR(""), n->actor)); if (*k != DL_NONE) return *k; }
    dl_str f = dl_folded(q->mem, n->name);
    uint32_t *full = slot(s, key(s, 'N', f, DL_NONE));
    if (*full != DL_NONE) return *full;
    if (n->te - n->tb == 1 && person_like(n->kind)) { uint32_t *last = slot(s, key(s, 'L', f, DL_NONE)); if (*last != DL_NONE) return *last; }
    if (n->te - n->tb == 1 && q->lang->tok[n->tb].allcaps) { uint32_t *acr = slot(s, key(s, 'C', f, DL_NONE)); if (*acr != DL_NONE) return *acr; }
    if (n->te - n->tb >= 2 && n->kind == DL_KIND_person) {                                  /* "Schepmans" before "Franoise Schepmans" */
        uint32_t *last = slot(s, key(s, 'N', q->f->hits.folded[n->te - 1], DL_NONE));
        dl_str known = *last == DL_NONE ? (dl_str){ 0 } : dl_folded(q->mem, ent(s, *last)->name);
        int space = known.n ? dl_find(known, DL_STR(" "), 0) : -1;
        if (*last != DL_NONE && person_like(ent(s, *last)->kind) && (space < 0 || dl_eq(dl_cut(known, 0, (uint32_t)space), q->f->hits.folded[n->tb]))) return *last;      /* "Rodrigo Salcedo" and "Julio Salcedo" are two */
    }
    return DL_NONE;
}

static void remember_name(state *s, uint32_t e, const dl_naming *n)
{
    dl_ask *q = s->q;
    if (n->actor != DL_NONE) *slot(s, key(s, 'A', DL_STR(""), n->actor)) = e;
    *slot(s, key(s, 'N', dl_folded(q->mem, n->name), DL_NONE)) = e;
    if (n->te - n->tb < 2) return;
    if (person_like(ent(s, e)->kind)) *slot(s, key(s, 'L', q->f->hits.folded[n->te - 1], DL_NONE)) = e;
    char acr[16];
    uint32_t len = 0;
    for (uint32_t i = n->tb; i < n->te && len < sizeof acr; i++)
        if (q->lang->tok[i].capital && q->f->hits.folded[i].n) acr[len++] = q->f->hits.folded[i].p[0];
    if (len >= 2) *slot(s, key(s, 'C', (dl_str){ acr, len }, DL_NONE)) = e;
}

static bool kinds_agree(uint8_t a, uint8_t b)
{
    if (a == b || a == DL_KIND_none || b == DL_KIND_none || a == DL_KIND_other || b == DL_KIND_other) return true;
    bool body_a = a == DL_KIND_group || a == DL_KIND_organisation || a == DL_KIND_force || a == DL_KIND_government;
    bool body_b = b == DL_KIND_group || b == DL_KIND_organisation || b == DL_KIND_force || b == DL_KIND_government;
    return body_a && body_b;
}

/* "a boxer called Darnell Pike", "the gang known as Los Cuervos", "the suspect was identified as Jan Kok": whom the name is given to. */
static uint32_t bearer(const dl_ask *q, uint32_t h)
{
    const dl_language *L = q->lang;
    uint32_t v = L->tok[h].head;
    uint8_t r = L->tok[h].rel;
    if (v < h && r == DL_R_nmod && L->tok[v].rel == DL_R_obj && dl_has_child_word(L, h, DL_R_case_, "as") && L->tok[v].head < v && dl_list_at(q, L->tok[v].head, DL_LIST_namings, NULL).n) return v;      /* "identified the man as Jan Kok" */
    if (v >= h || (r != DL_R_xcomp && r != DL_R_obj && r != DL_R_obl && r != DL_R_nmod && r != DL_R_ccomp && r != DL_R_appos && r != DL_R_advcl) || !dl_list_at(q, v, DL_LIST_namings, NULL).n) return DL_NONE;
    if (dl_list_at(q, v, DL_LIST_namings, NULL).p[0] == 'a' && !dl_has_child_word(L, h, DL_R_case_, "as") && !dl_has_child_word(L, h, DL_R_mark, "as")) return DL_NONE;      /* "known as", "identified as" */
    if (dl_passive(L, v) || L->tok[v].rel == DL_R_acl) return L->tok[v].rel == DL_R_acl ? L->tok[v].head : dl_child_by(L, v, DL_R_nsubj_pass);
    uint32_t obj = dl_child_by(L, v, DL_R_obj);
    if (obj != DL_NONE && L->tok[obj].upos == DL_PRON && dl_ends(L->tok[obj].low, DL_STR("self"))) return dl_child_by(L, v, DL_R_nsubj);      /* "which calls itself" */
    return obj == h ? DL_NONE : obj;
}

/* The other side of an apposition, of a naming, or of "X is a Y". */
static uint32_t identified_with(state *s, uint32_t m, const dl_naming *n)
{
    dl_ask *q = s->q;
    const dl_language *L = q->lang;
    uint32_t h = q->f->mentions.v[m].head, other = DL_NONE;
    uint8_t kind = n->kind;
    if (L->tok[h].rel == DL_R_appos && L->tok[h].head < h) other = L->tok[h].head;
    else if (L->tok[h].rel == DL_R_conj && !n->is_name && !n->definite && dl_child_by(L, h, DL_R_det) == DL_NONE && n->klass != DL_NONE && dl_book_class(q->book, n->klass)->office && L->tok[h].head < h &&
             (L->tok[L->tok[h].head].rel == DL_R_appos || dl_child_by(L, L->tok[h].head, DL_R_cop) != DL_NONE)) other = L->tok[h].head;      /* "the founder and chairman" */
    else if (dl_child_by(L, h, DL_R_cop) != DL_NONE && !n->is_name) other = dl_child_by(L, h, DL_R_nsubj);
    else if (n->is_name && (other = bearer(q, h)) != DL_NONE && n->kind == DL_KIND_person && n->title == DL_NONE && !n->gender) kind = DL_KIND_none;      /* "the gang known as Los Cuervos": two words are no person's name for sure */
    if (other == DL_NONE || other > h) return DL_NONE;
    other = dl_antecedent(L, other);
    uint32_t om = q->f->mention_of[other];
    if (om == DL_NONE || om >= m || q->f->mentions.v[om].entity == DL_NONE) return DL_NONE;
    uint32_t e = q->f->mentions.v[om].entity;
    uint8_t number = ent(s, e)->number;
    bool body = (kind != DL_KIND_person && kind != DL_KIND_none) || (ent(s, e)->kind != DL_KIND_person && ent(s, e)->kind != DL_KIND_none);      /* "The Young Falcons are a militia" */
    if (!kinds_agree(ent(s, e)->kind, kind) || (!body && n->number && number && (n->number == 2) != (number == 2))) return DL_NONE;
    if (n->is_name && q->f->mentions.v[om].kind == DL_MENTION_NAME && L->tok[h].rel == DL_R_appos && ent(s, e)->kind != DL_KIND_none && n->kind != DL_KIND_none && n->kind == ent(s, e)->kind) return DL_NONE;
    return e;
}

static dl_str anaphor(const dl_ask *q, uint32_t head) { return dl_list_at(q, head, DL_LIST_group_words, NULL); }

/* "Elena Quispe, leader of the party Alianza Regional ... Her party": the body in the role of the one whose it is. */
static uint32_t body_of_owner(state *s, uint32_t m, const dl_naming *n)
{
    dl_ask *q = s->q;
    uint32_t own = dl_child_by(q->lang, q->f->mentions.v[m].head, DL_R_nmod_poss), om = own == DL_NONE ? DL_NONE : q->f->mention_of[own];
    if (om == DL_NONE || q->f->mentions.v[om].entity == DL_NONE || n->number == 2) return DL_NONE;
    const dl_entity *who = ent(s, q->f->mentions.v[om].entity);
    if (who->kind != DL_KIND_person || !dl_len(who->role_at) || !anaphor(q, q->f->mentions.v[m].head).n) return DL_NONE;
    for (uint32_t k = 0; k < m; k++) {
        const dl_mention *a = &q->f->mentions.v[k];
        if (a->kind != DL_MENTION_NAME || a->entity == DL_NONE || a->at.b < who->role_at.b || a->at.e > who->role_at.e + 40) continue;
        uint8_t kind = ent(s, a->entity)->kind;
        bool within = a->at.e <= who->role_at.e || (q->lang->tok[a->head].rel == DL_R_appos && q->lang->tok[q->lang->tok[a->head].head].at.e <= who->role_at.e);
        if (within && (kind == DL_KIND_organisation || kind == DL_KIND_group)) return a->entity;
    }
    return DL_NONE;
}

/* "the 52-year-old": the one person named last, in this sentence or the two before. */
static uint32_t aged(state *s, uint32_t m)
{
    dl_ask *q = s->q;
    uint32_t sent = q->lang->tok[q->f->mentions.v[m].head].sent;
    for (uint32_t k = m; k-- > 0;) {
        const dl_mention *a = &q->f->mentions.v[k];
        if (q->lang->tok[a->head].sent + 2 < sent) break;
        if (a->entity == DL_NONE || a->kind == DL_MENTION_PRONOUN || ent(s, a->entity)->kind != DL_KIND_person || ent(s, a->entity)->number == 2) continue;
        if (a->kind == DL_MENTION_NAME || dl_is(q->f->hits.folded[a->head], "suspect")) return a->entity;
    }
    return DL_NONE;
}


static bool both(const dl_ask *q, uint32_t head)
{
    DL_EACH_CHILD(q->lang, head, k) if (k < head && dl_is(q->lang->tok[k].low, "both")) return true;
    return false;
}

static int64_t how_many(const dl_ask *q, uint32_t head)
{
    if (both(q, head)) return 2000;
    uint32_t k = dl_child_by(q->lang, head, DL_R_nummod);
    dl_number x;
    return k != DL_NONE && dl_number_at(q, k, head, &x) && x.low == x.high ? x.low : 0;
}

/* "two agents ... both men", "three soldiers ... the three": the last that are as many and can be such. */
static uint32_t the_two(state *s, uint32_t m, const dl_naming *n)
{
    dl_ask *q = s->q;
    const dl_mention *me = &q->f->mentions.v[m];
    int64_t many = how_many(q, me->head);
    for (uint32_t k = m; many && k-- > 0;) {
        const dl_mention *a = &q->f->mentions.v[k];
        if (q->lang->tok[a->head].sent + 2 < q->lang->tok[me->head].sent) break;
        if (a->entity == DL_NONE || a->kind != DL_MENTION_NOMINAL || how_many(q, a->head) != many) continue;
        uint8_t kind = ent(s, a->entity)->kind;
        bool alike = kinds_agree(kind, n->kind) || ((kind == DL_KIND_person || kind == DL_KIND_population || kind == DL_KIND_group || kind == DL_KIND_force) && (n->kind == DL_KIND_person || n->kind == DL_KIND_population));
        if (alike) return a->entity;
    }
    return DL_NONE;
}

/* Whether the role of somebody is that office, bare or of something: "mayor of Molenbeek". */
static bool holds_office(const dl_ask *q, const dl_entity *e, dl_str office)
{
    if (!dl_len(e->role_at)) return false;
    dl_str role = dl_folded(q->mem, e->role);
    int of = dl_find(role, DL_STR(" of "), 0);
    if (of > 0) role = dl_cut(role, 0, (uint32_t)of);
    return dl_ends(role, office) && (role.n == office.n || role.p[role.n - office.n - 1] == ' ') && dl_find(role, DL_STR("former "), 0) < 0 && dl_find(role, DL_STR("vice "), 0) < 0 && dl_find(role, DL_STR("deputy "), 0) < 0;
}

/* "the group", "the organisation": the body named last that fits; "the police" again: the same word, no other country. */
static uint32_t definite(state *s, uint32_t m, const dl_naming *n)
{
    dl_ask *q = s->q;
    const dl_mention *me = &q->f->mentions.v[m];
    bool force = n->kind == DL_KIND_force || n->kind == DL_KIND_government;
    if (n->possessive && (n->kind == DL_KIND_organisation || n->kind == DL_KIND_group)) return body_of_owner(s, m, n);
    if (n->number == 2 && ((n->quantified && n->definite) || both(q, me->head))) return the_two(s, m, n);
    if (n->quantified || n->possessive) return DL_NONE;
    if (n->definite && n->klass == DL_NONE && dl_aged_noun(q->lang, me->head)) return aged(s, m);
    if (!n->definite && !force) return DL_NONE;
    const dl_token *t = &q->lang->tok[me->head];
    bool group = n->definite && (n->kind == DL_KIND_group || n->kind == DL_KIND_organisation) && anaphor(q, me->head).n && me->te - me->tb <= 2;
    bool office = n->definite && n->kind == DL_KIND_person && n->number != 2 && n->klass != DL_NONE && dl_book_class(q->book, n->klass)->office && me->te - me->tb <= 2;
    uint32_t tries = 0, other = DL_NONE;                                                      /* other: a name of no known kind, "the House of Dawn" */
    for (uint32_t k = m; k-- > 0 && tries < 60; tries++) {
        const dl_mention *a = &q->f->mentions.v[k];
        if (a->entity == DL_NONE || a->kind == DL_MENTION_PRONOUN) continue;
        const dl_entity *e = ent(s, a->entity);
        if (office && a->kind == DL_MENTION_NAME && e->kind == DL_KIND_person && holds_office(q, e, q->f->hits.folded[me->head])) return a->entity;      /* "President Ruiz ... the president" */
        bool same_word = dl_eq(q->lang->tok[a->head].lemma, t->lemma) || (n->definite && a->kind == DL_MENTION_NAME && me->te - me->tb <= 2 && dl_eq(q->f->hits.folded[a->te - 1], q->f->hits.folded[me->head]));      /* "the Workers' Front", then "the front" */
        if (n->country != DL_NONE && e->country != DL_NONE && n->country != e->country) continue;
        if (same_word && (e->kind == n->kind || e->kind == DL_KIND_none) && (e->number == 2) == (n->number == 2)) {
            if (!force && a->te - a->tb > 2 && me->te - me->tb > 2) continue;                /* "the armed group from X", "the second group from Y" */
            return a->entity;
        }
        if (group && a->kind == DL_MENTION_NAME && (e->kind == DL_KIND_group || e->kind == DL_KIND_organisation)) return a->entity;
        if (group && other == DL_NONE && a->kind == DL_MENTION_NAME && (e->kind == DL_KIND_other || e->kind == DL_KIND_none) && a->te - a->tb > 1 && q->lang->tok[a->head].sent + 2 >= q->lang->tok[me->head].sent) other = a->entity;
    }
    return other;
}

/* ---- pronouns ---- */

typedef struct { char number, gender; bool first, possessive; } pron;      /* number s p; gender m f n or 0 */

static pron pronoun_of(const dl_ask *q, uint32_t tok)
{
    dl_str v = dl_list_at(q, tok, DL_LIST_pronouns, NULL);                  /* "3sm-n" "3p-g" "1p-n" */
    pron p = { 's', 0, false, false };
    if (v.n < 2) return p;
    p.first = v.p[0] != '3';
    p.number = v.p[1];
    if (v.n > 2 && v.p[2] != '-') p.gender = v.p[2];
    p.possessive = v.p[v.n - 1] == 'g';
    return p;
}

static int fits(const state *s, const pron *p, const dl_entity *e, const dl_mention *a)
{
    (void)s, (void)a;
    bool body = e->kind == DL_KIND_group || e->kind == DL_KIND_organisation || e->kind == DL_KIND_force || e->kind == DL_KIND_government;
    if (p->gender == 'm' || p->gender == 'f') {
        if (e->number == 2 || !person_like(e->kind)) return 0;
        if (e->gender && e->gender != (uint8_t)p->gender) return 0;
        return e->kind == DL_KIND_person ? 3 : 1;
    }
    if (p->number == 'p') {
        if (e->number == 2 && e->kind != DL_KIND_facility && e->kind != DL_KIND_weapon) return 3;
        return body ? 2 : 0;
    }
    if (e->number == 2 || e->kind == DL_KIND_person) return 0;
    return body ? 3 : e->kind == DL_KIND_none ? 0 : 1;
}

/* "Members of the band clashed ...": the band as well. */
static bool subject(const dl_language *L, uint32_t i)
{
    if (L->tok[i].rel == DL_R_nmod && !dl_is_root(L, i)) i = L->tok[i].head;
    return L->tok[i].rel == DL_R_nsubj || L->tok[i].rel == DL_R_nsubj_pass;
}

static uint32_t antecedent(state *s, uint32_t m)
{
    dl_ask *q = s->q;
    const dl_language *L = q->lang;
    const dl_mention *me = &q->f->mentions.v[m];
    pron p = pronoun_of(q, me->head);
    if (p.first) return DL_NONE;
    uint32_t best = DL_NONE, sent = L->tok[me->head].sent;
    int best_score = 0;
    uint32_t tries = 0;
    for (uint32_t k = m; k-- > 0 && tries < 40; tries++) {
        const dl_mention *a = &q->f->mentions.v[k];
        uint32_t as = L->tok[a->head].sent;
        if (a->entity == DL_NONE) continue;
        if (as + 3 < sent) break;
        int f = fits(s, &p, ent(s, a->entity), a);
        if (!f) continue;
        if (a->te > me->tb && a->tb < me->te) continue;                                       /* inside the same phrase */
        if (!p.possessive && L->tok[a->head].head == L->tok[me->head].head && a->head != me->head) continue;   /* arguments of one verb are two */
        int score = 10 * f - 9 * (int)(sent - as) + (subject(L, a->head) ? 8 : 0) - (int)tries / 2 + (a->kind == DL_MENTION_NAME ? 2 : 0);
        if (a->kind == DL_MENTION_PRONOUN) score += 2;
        if (score > best_score) best_score = score, best = a->entity;
    }
    return best;
}

/* "Once it had left its base, the army shelled ...": nobody named before, so the subject that its clause waits for. */
static uint32_t ahead_of(state *s, uint32_t m)
{
    dl_ask *q = s->q;
    const dl_language *L = q->lang;
    const dl_mention *me = &q->f->mentions.v[m];
    pron p = pronoun_of(q, me->head);
    uint32_t c = me->head;
    for (int up = 0; up < 3 && !dl_is_root(L, c) && L->tok[c].rel != DL_R_advcl; up++) c = L->tok[c].head;
    if (p.first || L->tok[c].rel != DL_R_advcl || L->tok[c].head < c) return DL_NONE;
    uint32_t who = dl_child_by(L, L->tok[c].head, DL_R_nsubj);
    if (who == DL_NONE) who = dl_child_by(L, L->tok[c].head, DL_R_nsubj_pass);
    uint32_t om = who == DL_NONE || who < me->head ? DL_NONE : q->f->mention_of[who];
    if (om == DL_NONE || q->f->mentions.v[om].entity == DL_NONE) return DL_NONE;
    return fits(s, &p, ent(s, q->f->mentions.v[om].entity), &q->f->mentions.v[om]) ? q->f->mentions.v[om].entity : DL_NONE;
}

/* "it" of "it is believed that", "it rained": stands for nothing. */
static bool expletive(const dl_language *L, uint32_t i)
{
    return L->tok[i].rel == DL_R_expl || (dl_is(L->tok[i].low, "it") && L->tok[i].rel == DL_R_nsubj_pass && dl_child_by(L, L->tok[i].head, DL_R_ccomp) != DL_NONE);
}

static void resolve(state *s, uint32_t m)
{
    dl_ask *q = s->q;
    dl_mention *me = &q->f->mentions.v[m];
    if (me->kind == DL_MENTION_PRONOUN) {
        if (!expletive(q->lang, me->head)) me->entity = antecedent(s, m);
        return;
    }
    dl_naming n;
    if (!dl_name_phrase(q, me->head, &n)) return;
    uint32_t e = DL_NONE;
    if (n.state) e = *slot(s, key(s, 'S', DL_STR(""), n.country));
    if (e == DL_NONE && n.is_name) e = by_name(s, &n);
    if (e == DL_NONE) e = identified_with(s, m, &n);
    if (e == DL_NONE && !n.is_name) e = definite(s, m, &n);
    if (e == DL_NONE) e = new_entity(s, m, &n);
    me->entity = e;
    enrich(s, e, m, &n);
    if (n.state) *slot(s, key(s, 'S', DL_STR(""), n.country)) = e;
    if (n.is_name) remember_name(s, e, &n);
}

/* "This is a local campaign": a demonstrative subject takes the name told last, when the predicate is a body. */
static void demonstratives(state *s)
{
    dl_ask *q = s->q;
    const dl_language *L = q->lang;
    for (uint32_t m = 1; m < q->f->mentions.n; m++) {
        dl_mention *me = &q->f->mentions.v[m];
        if (me->kind != DL_MENTION_NOMINAL || me->entity == DL_NONE || ent(s, me->entity)->first != m) continue;
        uint32_t sub = dl_child_by(L, me->head, DL_R_cop) == DL_NONE ? DL_NONE : dl_child_by(L, me->head, DL_R_nsubj);
        if (sub == DL_NONE || !(dl_is(L->tok[sub].low, "this") || dl_is(L->tok[sub].low, "it"))) continue;
        dl_entity *e = ent(s, me->entity);
        if (e->kind != DL_KIND_group && e->kind != DL_KIND_organisation) continue;
        for (uint32_t k = m, tries = 0; k-- > 0 && tries < 12; tries++) {
            dl_mention *a = &q->f->mentions.v[k];
            if (a->kind != DL_MENTION_NAME || a->entity == DL_NONE || a->entity == me->entity) continue;
            dl_entity *to = ent(s, a->entity);
            if (!kinds_agree(to->kind, e->kind) || to->kind == DL_KIND_person || L->tok[a->head].sent + 1 < L->tok[me->head].sent) break;
            uint32_t from = me->entity;
            for (uint32_t j = m; j < q->f->mentions.n; j++)
                if (q->f->mentions.v[j].entity == from) q->f->mentions.v[j].entity = a->entity;
            if (to->kind == DL_KIND_none) to->kind = e->kind;
            for (uint32_t c = 0; c < e->nsector; c++) dl_add_sector(to, e->sectors[c]);
            break;
        }
    }
}

/* Police, governments and people without a country named are those of the country that the sentence, else the report, is about. */
static void home(state *s)
{
    dl_ask *q = s->q;
    uint32_t lead = DL_NONE, n = 0, voices = 0;
    for (uint32_t p = 0; p < q->f->places.n; p++) {                                            /* majority vote (Boyer and Moore), then checked */
        uint32_t c = q->f->places.v[p].is->country;
        if (c == DL_NONE) continue;
        if (n == 0) lead = c, n = 1;
        else if (lead == c) n++;
        else n--;
    }
    uint32_t total = 0;
    for (uint32_t p = 0; p < q->f->places.n; p++) {
        uint32_t c = q->f->places.v[p].is->country;
        if (c != DL_NONE) total++, voices += c == lead;
    }
    if (lead == DL_NONE || 2 * voices <= total) return;
    for (uint32_t e = 0; e < q->f->entities.n; e++) {
        dl_entity *x = ent(s, e);
        bool local = x->kind == DL_KIND_force || (x->kind == DL_KIND_government && x->actor == DL_NONE) || (x->kind == DL_KIND_person && dl_len(x->role_at) && x->nsector && x->actor == DL_NONE);
        if (x->country == DL_NONE && local && q->f->mentions.v[x->first].kind != DL_MENTION_NAME) x->country = lead;
        else if (x->country == DL_NONE && x->kind == DL_KIND_person && dl_len(x->role_at) && x->actor == DL_NONE && x->nsector && dl_is(x->sectors[0], "GOV")) x->country = lead;
    }
}

/* "Rosa Ibarra, a nurse": the trade of one who is named. Only what they do for a living; what they believe or are said to have done is no role. */
static void trades(state *s)
{
    static const char *const sectors[] = { "LAB", "BUS", "EDU", "MED", "HLH", "JUD", "LEG", "COP", "MIL", "GOV" };
    dl_ask *q = s->q;
    bool *named = dl_new(q->scratch, bool, q->f->entities.n + 1);
    for (uint32_t m = 0; m < q->f->mentions.n; m++)
        if (q->f->mentions.v[m].entity != DL_NONE && q->f->mentions.v[m].kind == DL_MENTION_NAME) named[q->f->mentions.v[m].entity] = true;
    for (uint32_t m = 0; m < q->f->mentions.n; m++) {
        const dl_mention *me = &q->f->mentions.v[m];
        uint32_t hit = q->f->class_hit[me->head];
        if (me->entity == DL_NONE || !named[me->entity] || me->kind != DL_MENTION_NOMINAL || hit == DL_NONE) continue;
        dl_entity *e = ent(s, me->entity);
        const dl_class *c = dl_book_class(q->book, q->f->hits.v[hit].posting->id);
        if (e->kind != DL_KIND_person || dl_len(e->role_at) || c->kind != DL_KIND_person || c->office) continue;
        for (size_t k = 0; k < sizeof sectors / sizeof *sectors; k++)
            if (dl_is(dl_book_str(q->book, c->code), sectors[k])) { take_role(s, e, q->f->hits.v[hit].b, me->head); break; }
    }
}

void dl_relink_mentions(dl_ask *q)
{
    uint32_t n = q->f->mentions.n, *last = dl_new(q->mem, uint32_t, q->f->entities.n + 1);
    if (!q->f->mention_next) q->f->mention_next = dl_new(q->mem, uint32_t, n + 1);
    for (uint32_t e = 0; e < q->f->entities.n; e++) q->f->entities.v[e].first = DL_NONE;
    for (uint32_t m = 0; m < n; m++) {
        q->f->mention_next[m] = DL_NONE;
        uint32_t e = q->f->mentions.v[m].entity;
        if (e == DL_NONE) continue;
        if (q->f->entities.v[e].first == DL_NONE) q->f->entities.v[e].first = m;
        else q->f->mention_next[last[e]] = m;
        last[e] = m;
    }
}

void dl_resolve_mentions(dl_ask *q)
{
    state s = { .q = q };
    for (uint32_t m = 0; m < q->f->mentions.n; m++) resolve(&s, m);
    for (uint32_t m = 0; m < q->f->mentions.n; m++)
        if (q->f->mentions.v[m].kind == DL_MENTION_PRONOUN && q->f->mentions.v[m].entity == DL_NONE && !expletive(q->lang, q->f->mentions.v[m].head)) q->f->mentions.v[m].entity = ahead_of(&s, m);
    demonstratives(&s);
    home(&s);
    trades(&s);
    dl_relink_mentions(q);
    for (uint32_t e = 0; e < q->f->entities.n; e++) {
        dl_entity *x = ent(&s, e);
        if (x->kind == DL_KIND_none) x->kind = DL_KIND_other;
        x->code = dl_entity_code(q, x);
    }
}
