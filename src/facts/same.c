/* same.c - several words for one event: which mentions are tied, and which of them is the main one.
 *
 * Only mentions of one kind of deed whose places, times and parties don't contradict are tied, and only if something shows that the same deed is meant: the headline's event told again
 * in the body, a definite noun ("the raid"), an apposition ("attacks ... - attacks thwarted by"), a result ("the attack killed ten"), or the same parties. The main one is the best attested.
 */
#include "facts/match.h"

typedef struct { dl_ask *q; uint32_t *root; } ties;

static const dl_event *ev(const dl_ask *q, uint32_t i) { return &q->f->events.v[i]; }

static uint32_t slot_entity(const dl_event *e, uint8_t role)
{
    for (uint32_t i = 0; i < e->slots.n; i++)
        if (e->slots.v[i].role == role && e->slots.v[i].entity != DL_NONE) return e->slots.v[i].entity;
    return DL_NONE;
}

static bool same_party(const dl_ask *q, uint32_t a, uint32_t b)
{
    if (a == b) return true;
    const dl_entity *x = &q->f->entities.v[a], *y = &q->f->entities.v[b];
    if (x->kind == DL_KIND_person || y->kind == DL_KIND_person) return false;
    return x->code.n && dl_eq(x->code, y->code);
}

/* -1 they contradict, 0 nothing known, 1 the same. */
static int compare_role(const dl_ask *q, const dl_event *a, const dl_event *b, uint8_t role)
{
    uint32_t x = slot_entity(a, role), y = slot_entity(b, role);
    if (x == DL_NONE || y == DL_NONE) return 0;
    return same_party(q, x, y) ? 1 : -1;
}

static bool place_within(const dl_ask *q, uint32_t a, uint32_t b)
{
    const dl_spot *x = q->f->places.v[a].is, *y = q->f->places.v[b].is;
    if (x == y) return true;
    return memcmp(x->cc, y->cc, 2) == 0 && x->cc[0] && (x->kind == DL_PLACE_COUNTRY || y->kind == DL_PLACE_COUNTRY);
}

static int compare_place(const dl_ask *q, const dl_event *a, const dl_event *b)
{
    if (a->place == DL_NONE || b->place == DL_NONE) return 0;
    return place_within(q, a->place, b->place) ? 1 : -1;
}

static int compare_time(const dl_event *a, const dl_event *b)
{
    bool known = (a->time.by == DL_WHEN_TEXT || a->time.by == DL_WHEN_SAME) && (b->time.by == DL_WHEN_TEXT || b->time.by == DL_WHEN_SAME);
    if (!known || a->time.earliest == DL_NO_DAY || b->time.earliest == DL_NO_DAY || a->time.latest == DL_NO_DAY || b->time.latest == DL_NO_DAY) return 0;
    return a->time.earliest <= b->time.latest && b->time.earliest <= a->time.latest ? 1 : -1;
}

static bool in_title(const dl_ask *q, const dl_event *e) { return q->art->parts.v[q->lang->sent[e->sentence].part].kind == DL_PART_title; }

static bool indefinite(const dl_ask *q, const dl_event *e)
{
    DL_EACH_CHILD(q->lang, e->head, k) {
        const dl_token *t = &q->lang->tok[k];
        if (t->rel == DL_R_det && (dl_is(t->low, "a") || dl_is(t->low, "an"))) return true;
        if ((t->rel == DL_R_det || t->rel == DL_R_amod) && dl_list_at(q, k, DL_LIST_another, NULL).n) return true;
    }
    return false;
}

static bool violent(const dl_event *e) { return e->type == DL_TYPE_ASSAULT || e->type == DL_TYPE_HARM; }
static bool result(const dl_event *e) { return e->measure == DL_MEAS_killed || e->measure == DL_MEAS_wounded; }

/* "the attack killed ten", "bombed the market, killing ten", "ten died in the blast": a result and its deed. */
static bool result_of(const dl_ask *q, const dl_event *r, const dl_event *d)
{
    const dl_language *L = q->lang;
    if (!violent(r) || !violent(d) || !result(r) || result(d) || r->sentence != d->sentence) return false;
    uint32_t x = r->head, y = d->head;
    if (L->tok[y].head == x && (dl_is_subject(L->tok[y].rel) || L->tok[y].rel == DL_R_obl || L->tok[y].rel == DL_R_advcl || L->tok[y].rel == DL_R_obl_agent)) return true;
    if (L->tok[x].head == y && (L->tok[x].rel == DL_R_advcl || L->tok[x].rel == DL_R_acl || L->tok[x].rel == DL_R_acl_relcl || (L->tok[x].rel == DL_R_conj && L->tok[x].xpos != DL_NN))) return true;
    return L->tok[x].head == L->tok[y].head && L->tok[x].rel == DL_R_advcl && (dl_is_subject(L->tok[y].rel) || L->tok[y].rel == DL_R_obj);
}

static bool same_deed(const dl_ask *q, const dl_event *a, const dl_event *b)
{
    const dl_language *L = q->lang;
    if (result_of(q, b, a) || result_of(q, a, b)) return true;
    if (a->type != b->type) return false;
    if (L->tok[b->head].head == a->head && (L->tok[b->head].rel == DL_R_obj || L->tok[b->head].rel == DL_R_nsubj_pass)) return true;      /* "set up a cordon" */
    if (L->tok[a->head].head == b->head && (L->tok[a->head].rel == DL_R_obj || L->tok[a->head].rel == DL_R_nsubj_pass)) return true;
    bool same_sense = a->sense == b->sense || (a->cameo.n && dl_eq(a->cameo, b->cameo)) || (a->mode.n && dl_eq(a->mode, b->mode)) || (a->type == b->type && (!a->mode.n || !b->mode.n));
    if (!same_sense) return false;
    if (b->tb > 0 && a->sentence == b->sentence && L->tok[b->tb - 1].upos == DL_PUNCT && !dl_is(L->tok[b->tb - 1].text, ",") && L->tok[b->head].xpos == L->tok[a->head].xpos && dl_eq(L->tok[a->head].lemma, L->tok[b->head].lemma)) return true;   /* "attacks - attacks thwarted by" */
    if (a->sentence == b->sentence && L->tok[b->head].rel == DL_R_conj && !dl_definite(L, b->head)) return false;
    int who = compare_role(q, a, b, DL_ROLE_actor), whom = compare_role(q, a, b, DL_ROLE_recipient), what = compare_role(q, a, b, DL_ROLE_object);
    int where = compare_place(q, a, b), when = compare_time(a, b);
    if (who < 0 || whom < 0 || what < 0 || where < 0 || when < 0) return false;
    if (indefinite(q, b) && !in_title(q, a)) return false;
    if (L->tok[b->head].rel == DL_R_appos && L->tok[b->head].head == a->head) return true;
    bool alike = dl_eq(L->tok[a->head].lemma, L->tok[b->head].lemma) || a->sense == b->sense;
    int shared = (who > 0) + (whom > 0) + (what > 0) + (where > 0) + (when > 0);
    if (a->sentence == b->sentence && alike && b->tb < a->te + 14 && !dl_definite(L, a->head) && L->tok[b->head].upos == DL_NOUN && L->tok[a->head].upos == DL_NOUN && (dl_eq(L->tok[a->head].lemma, L->tok[b->head].lemma)) && L->tok[b->head].rel != DL_R_conj)
        return !dl_below(L, a->head, b->head) && a->head < b->head && L->tok[b->head].rel != DL_R_obl && L->tok[b->head].rel != DL_R_nmod && (shared > 0 || L->tok[b->head].rel == DL_R_appos || L->tok[b->head].rel == DL_R_dep || L->tok[b->head].rel == DL_R_parataxis);
    if (in_title(q, a)) return shared >= 1 || (alike && b->slots.n == 0) || (alike && b->sentence <= a->sentence + 4 && who >= 0);
    if (dl_definite(L, b->head) && L->tok[b->head].upos == DL_NOUN) return alike || shared >= 1;
    return shared >= 2 && alike;
}

static uint32_t find(ties *t, uint32_t i)
{
    while (t->root[i] != i) i = t->root[i] = t->root[t->root[i]];
    return i;
}

static int worth(const dl_ask *q, const dl_event *e)
{
    int w = (int)e->slots.n * 10 + (e->place != DL_NONE ? 8 : 0) + (e->time.by == DL_WHEN_TEXT ? 8 : 0) - (in_title(q, e) ? 15 : 0);
    if (violent(e) && result(e)) w -= 40;                                              /* the deed before its result */
    if (e->certainty == DL_CERT_fact) w += 3;
    return w;
}

/* Two mentions of one event share what is known of its stage: foiled once, foiled. */
static void share_stage(dl_ask *q, uint32_t a, uint32_t b)
{
    dl_event *x = &q->f->events.v[a], *y = &q->f->events.v[b];
    const dl_language *L = q->lang;
    if (x->sentence != y->sentence || L->tok[x->head].upos != DL_NOUN || L->tok[y->head].upos != DL_NOUN) return;
    dl_event *from = y->stage == DL_STAGE_foiled || y->stage == DL_STAGE_cancelled ? y : NULL, *to = x;
    if (!from || to->stage == from->stage) return;
    to->stage = from->stage;
    for (uint32_t i = 0; i < from->slots.n; i++)
        if (from->slots.v[i].role == DL_ROLE_foiled_by) { dl_slot s = from->slots.v[i]; *dl_push(q->mem, &to->slots) = s; }
    if (q->explain) dl_push(q->mem, &to->steps)->text = dl_fmt(q->mem, "stage %s <- told of the same event behind", dl_stage_name((dl_stage)from->stage));
}

enum { WINDOW = 40 };                                                                  /* earlier events looked at: keeps time linear */

void dl_same(dl_ask *q)
{
    uint32_t n = q->f->events.n;
    ties t = { q, dl_new(q->scratch, uint32_t, n + 1) };
    uint32_t *best = dl_new(q->scratch, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++) t.root[i] = i;
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t j = i; j-- > 0 && i - j <= WINDOW;) {
            if (!same_deed(q, ev(q, j), ev(q, i))) continue;
            share_stage(q, j, i);
            *dl_push(q->mem, &q->f->events.v[i].same_as) = j;
            t.root[find(&t, i)] = find(&t, j);
            break;
        }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t r = find(&t, i);
        if (best[r] == 0 || worth(q, ev(q, i)) > worth(q, ev(q, best[r] - 1))) best[r] = i + 1;
    }
    for (uint32_t i = 0; i < n; i++) q->f->events.v[i].main = best[find(&t, i)] == i + 1;
}
