/* settle.c - where and when each event was, how many it concerns, which events are told twice.
 *
 * A place or a time belongs to the nearest event above it in the tree, else to the events of its sentence that have none. What is left takes the time by narration
 * (after the event that an "after" clause tells), else the report's day as a limit, and says by which rule.
 */
#include "facts/howmany.h"
#include "facts/match.h"

typedef struct { dl_ask *q; uint32_t *event_at; } scene;                     /* by token: event + 1 whose head it is */

static dl_event *ev(scene *s, uint32_t i) { return &s->q->f->events.v[i]; }

/* The nearest event at or above a token; stops at a clause that has a verb of its own which is none. */
static uint32_t owner(const scene *s, uint32_t tok, int *steps)
{
    const dl_language *L = s->q->lang;
    for (*steps = 0; *steps < 12; ++*steps) {
        if (s->event_at[tok]) return s->event_at[tok] - 1;
        if (dl_is_root(L, tok)) break;
        if (L->tok[tok].rel == DL_R_acl_relcl && dl_is_verb(&L->tok[tok]) && L->tok[tok].head < tok && !s->event_at[L->tok[tok].head]) { *steps = 99; break; }      /* "who once led a unit in Valencia, was convicted": not there */
        tok = L->tok[tok].head;
    }
    return DL_NONE;
}

/* A verb that carries or brings about a noun's event shares its time and place with it: "the raid took place on Monday". */
static uint32_t below_verb(const scene *s, uint32_t tok)
{
    const dl_language *L = s->q->lang;
    for (int up = 0; up < 12; up++) {
        DL_EACH_CHILD(L, tok, k)
            if ((dl_is_subject(L->tok[k].rel) || L->tok[k].rel == DL_R_obj || L->tok[k].rel == DL_R_xcomp) && s->event_at[k]) return s->event_at[k] - 1;
        if (dl_is_root(L, tok) || dl_is_verb(&L->tok[tok])) break;
        tok = L->tok[tok].head;
    }
    return DL_NONE;
}

/* "the attacks in Paris in early January": the noun right before a run of such phrases has them, whatever the tree says. */
static uint32_t right_before(const scene *s, uint32_t b)
{
    const dl_ask *q = s->q;
    const dl_language *L = q->lang;
    uint32_t first = L->sent[L->tok[b].sent].first, i = b;
    bool preposition = false;
    while (i > first) {
        const dl_token *t = &L->tok[i - 1];
        if (q->f->place_of[i - 1] == DL_NONE && q->f->time_of[i - 1] == DL_NONE && t->upos != DL_ADP && t->upos != DL_DET && t->xpos != DL_IN) break;
        preposition = preposition || t->upos == DL_ADP || t->xpos == DL_IN;
        i--;
    }
    if (i == first || !preposition) return DL_NONE;
    for (uint32_t n = i - 1, up = 0; up < 2 && !s->event_at[i - 1]; up++) {                    /* "the bombing of a bus in Davao in March" */
        if (!dl_is_noun(&L->tok[n]) || dl_is_root(L, n) || L->tok[n].head > n || L->tok[n].rel != DL_R_nmod || !dl_is(dl_prep_of(q, n), "of")) return DL_NONE;
        n = L->tok[n].head;
        if (s->event_at[n]) return s->event_at[n] - 1;
    }
    if (!s->event_at[i - 1]) return DL_NONE;
    return dl_is_noun(&L->tok[i - 1]) ? s->event_at[i - 1] - 1 : DL_NONE;
}

/* Where the tree says nothing: the last event before it in the sentence, with no finite verb between; else the next one behind. */
static uint32_t nearest(const scene *s, uint32_t tok)
{
    const dl_language *L = s->q->lang;
    const dl_sentence *se = &L->sent[L->tok[tok].sent];
    for (uint32_t i = tok; i-- > se->first;) {
        if (s->event_at[i]) return s->event_at[i] - 1;
        if (L->tok[i].xpos == DL_VBD || L->tok[i].xpos == DL_VBZ || L->tok[i].xpos == DL_VBP) break;
    }
    for (uint32_t i = tok; i < se->end; i++)
        if (s->event_at[i]) return s->event_at[i] - 1;
    return DL_NONE;
}

/* ---- places ---- */

static int fineness(const dl_ask *q, uint32_t p)
{
    const dl_spot *r = q->f->places.v[p].is;
    return r->kind == DL_PLACE_CITY ? 4 : r->kind == DL_PLACE_REGION ? 3 : r->kind == DL_PLACE_COUNTRY ? 2 : 1;
}

static bool where_preposition(dl_str p)
{
    static const char *const in[] = { "in", "at", "near", "on", "outside", "around", "across", "inside", "of", "over", "throughout", "within", "along", "off", "to", "into", "close to", "against", "for", "from", "through", "towards", "toward", "by", "between", "under" };
    for (size_t i = 0; i < sizeof in / sizeof *in; i++)
        if (dl_is(p, in[i])) return true;
    return false;
}

static int preference(const dl_ask *q, const dl_event *e, uint32_t p)
{
    const dl_place *pl = &q->f->places.v[p];
    uint32_t h = pl->te - 1;
    dl_str prep = dl_prep_of(q, h);
    int score = 10 * fineness(q, p);
    if (e->type == DL_TYPE_MOVE) score += dl_is(prep, "to") || dl_is(prep, "into") || dl_is(prep, "for") || dl_is(prep, "towards") ? 60 : dl_is(prep, "from") ? -60 : 0;
    else if (dl_is(prep, "from")) score -= 40;
    if (dl_is(prep, "in") || dl_is(prep, "at") || dl_is(prep, "near")) score += 12;
    return score;
}

static void give_place(scene *s, uint32_t e, uint32_t p, int *best)
{
    int sc = preference(s->q, ev(s, e), p);
    if (ev(s, e)->place == DL_NONE || sc > best[e]) ev(s, e)->place = p, best[e] = sc;
}

static void settle_places(scene *s)
{
    dl_ask *q = s->q;
    int *best = dl_new(q->scratch, int, q->f->events.n + 1);
    for (uint32_t p = 0; p < q->f->places.n; p++) {
        const dl_place *pl = &q->f->places.v[p];
        if (pl->use != DL_USE_PLACE) continue;
        int steps = 0;
        uint32_t h = pl->te - 1;
        for (uint32_t i = pl->tb; i < pl->te; i++) if (q->lang->tok[i].head < pl->tb || q->lang->tok[i].head >= pl->te) h = i;
        uint32_t over = q->lang->tok[h].head;
        if (q->lang->tok[h].rel == DL_R_nmod_poss && pl->is->kind == DL_PLACE_COUNTRY && dl_class_has(q->f->classes[over], DL_CLASS_ACTOR)) continue;      /* "Pakistan's army" may be anywhere */
        dl_str prep = dl_prep_of(q, h);
        uint32_t o = q->lang->tok[h].rel == DL_R_compound && over > h && s->event_at[over] ? s->event_at[over] - 1 : right_before(s, pl->tb);      /* "the Frankfurt bombing" */
        if (o == DL_NONE) o = owner(s, h, &steps);
        if (o == DL_NONE && steps == 99) continue;
        if (o == DL_NONE) o = below_verb(s, h);
        if (o == DL_NONE) o = nearest(s, pl->tb);
        if (o == DL_NONE) continue;
        if (prep.n && !where_preposition(prep) && steps < 2) continue;
        give_place(s, o, p, best);
    }
    for (uint32_t i = 0; i < q->f->events.n; i++) {                                  /* a role that is a place: "attacked Lebanon", "fled to Syria" */
        dl_event *e = ev(s, i);
        for (uint32_t k = 0; k < e->slots.n; k++) {
            const dl_slot *sl = &e->slots.v[k];
            uint32_t p = sl->head == DL_NONE ? DL_NONE : q->f->place_of[sl->head];
            if (p == DL_NONE && sl->role == DL_ROLE_destination && sl->head != DL_NONE)           /* "on the Molenbeek district of Brussels": the district */
                DL_EACH_CHILD(q->lang, sl->head, c) if (c < sl->head && q->lang->tok[c].rel == DL_R_compound && q->f->place_of[c] != DL_NONE && q->f->places.v[q->f->place_of[c]].use == DL_USE_PLACE) p = q->f->place_of[c];
            if (p == DL_NONE) continue;
            if (sl->role == DL_ROLE_destination || (e->place == DL_NONE && (sl->role == DL_ROLE_object || sl->role == DL_ROLE_recipient) && q->f->places.v[p].use != DL_USE_DEMONYM && dl_book_type_quad(q->book, (dl_type)e->type) == 4)) e->place = p;
        }
    }
}

/* "took up positions in the city", "throughout the country": the place of that kind told of last. */
static uint32_t place_meant(const scene *s, uint32_t tok)
{
    const dl_ask *q = s->q;
    dl_str kind = q->f->place_of[tok] == DL_NONE && dl_definite(q->lang, tok) ? dl_list_at(q, tok, DL_LIST_anaphors, NULL) : (dl_str){ 0 };
    uint8_t want = dl_is(kind, "city") ? DL_PLACE_CITY : dl_is(kind, "region") ? DL_PLACE_REGION : dl_is(kind, "country") ? DL_PLACE_COUNTRY : 0;
    if (!want) return DL_NONE;
    for (uint32_t p = q->f->places.n; p-- > 0;) {
        const dl_place *x = &q->f->places.v[p];
        if (x->tb >= tok || x->is->kind != want) continue;
        return q->lang->tok[x->tb].sent + 6 < q->lang->tok[tok].sent ? DL_NONE : p;
    }
    return DL_NONE;
}

static void anaphoric_places(scene *s)
{
    dl_ask *q = s->q;
    const dl_language *L = q->lang;
    for (uint32_t i = 0; i < L->ntok; i++) {
        if (!dl_is_noun(&L->tok[i]) || !dl_is_oblique(L->tok[i].rel)) continue;
        uint32_t p = place_meant(s, i);
        if (p == DL_NONE) continue;
        int steps = 0;
        uint32_t o = owner(s, i, &steps);
        if (o == DL_NONE) o = below_verb(s, i);
        if (o != DL_NONE && ev(s, o)->place == DL_NONE) ev(s, o)->place = p;
    }
}

/* Results, coordinated events and what stands in the same clause share the place: "raided a flat in Verviers and arrested two". */
static void share_places(scene *s)
{
    dl_ask *q = s->q;
    const dl_language *L = q->lang;
    for (uint32_t i = 0; i < q->f->events.n; i++) {
        dl_event *e = ev(s, i);
        if (e->place != DL_NONE || e->type == DL_TYPE_MOVE) continue;
        uint8_t rel = L->tok[e->head].rel;
        int steps = 0;
        uint32_t up = DL_NONE;
        if ((rel == DL_R_conj || rel == DL_R_advcl || rel == DL_R_xcomp || rel == DL_R_obj || rel == DL_R_obl || rel == DL_R_nsubj || rel == DL_R_nsubj_pass || rel == DL_R_acl) && !dl_is_root(L, e->head)) up = owner(s, L->tok[e->head].head, &steps);
        if (up != DL_NONE && steps <= 1 && ev(s, up)->place != DL_NONE && ev(s, up)->type != DL_TYPE_STATE && ev(s, up)->type != DL_TYPE_MOVE) e->place = ev(s, up)->place;
    }
    for (uint32_t i = 0; i < q->f->events.n; i++) {                                  /* and upwards: "an attack that killed ten in Kabul" */
        dl_event *e = ev(s, i);
        uint32_t h = L->tok[e->head].head;
        if (e->place == DL_NONE || dl_is_root(L, e->head) || !s->event_at[h]) continue;
        dl_event *u = ev(s, s->event_at[h] - 1);
        uint8_t rel = L->tok[e->head].rel;
        if (rel == DL_R_advcl && dl_child_by(L, e->head, DL_R_mark) != DL_NONE) continue;              /* "after they raided a flat in X, they ..." */
        if (u->place == DL_NONE && u->type != DL_TYPE_MOVE && (rel == DL_R_nsubj || rel == DL_R_nsubj_pass || rel == DL_R_acl_relcl || rel == DL_R_advcl || rel == DL_R_conj || rel == DL_R_obj)) u->place = e->place;
    }
}

/* ---- times ---- */

static bool pointlike(const dl_time *t) { return t->type != DL_TIME_SET && t->edtf.n > 0; }

static void take_time(scene *s, uint32_t e, uint32_t t, uint8_t by)
{
    dl_event *x = ev(s, e);
    const dl_time *y = &s->q->f->times.v[t];
    if (x->time.id != DL_NONE) return;
    x->time.id = t, x->time.edtf = y->edtf, x->time.earliest = y->earliest, x->time.latest = y->latest, x->time.by = by;
    if (!y->tb || y->earliest == DL_NO_DAY || memchr(y->edtf.p, '/', y->edtf.n)) return;
    dl_str before = s->q->lang->tok[y->tb - 1].low;
    if (!dl_is(before, "since") && !dl_is(before, "from")) return;                       /* "from 2011 the group recruited": it began then */
    x->time.edtf = dl_fmt(s->q->mem, "%.*s/..", (int)y->edtf.n, y->edtf.p);
    x->time.latest = s->q->art->published != DL_NO_DAY && s->q->art->published >= y->earliest ? s->q->art->published : DL_NO_DAY;
}

static uint32_t time_head(const dl_ask *q, const dl_time *t)
{
    for (uint32_t i = t->te; i-- > t->tb;)
        if (q->lang->tok[i].head < t->tb || q->lang->tok[i].head >= t->te) return i;
    return t->tb;
}

/* "After guards seized a lorry on 3 June, they raided ...": a day before the comma belongs to the clause before it, whatever the tree says. */
static uint32_t in_its_clause(const scene *s, const dl_time *x, uint32_t o)
{
    const dl_language *L = s->q->lang;
    uint32_t head = ev((scene *)(uintptr_t)s, o)->head, first = L->sent[L->tok[x->tb].sent].first;
    if (head < x->te || x->te >= L->ntok || !dl_is(L->tok[x->te].text, ",")) return o;
    for (uint32_t i = x->tb; i-- > first;) {
        if (L->tok[i].upos == DL_PUNCT) return o;
        if (s->event_at[i] && dl_is_verb(&L->tok[i]) && dl_child_by(L, i, DL_R_mark) != DL_NONE) return s->event_at[i] - 1;
    }
    return o;
}

static void settle_times(scene *s)
{
    dl_ask *q = s->q;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t t = 0; t < q->f->times.n; t++) {
            const dl_time *x = &q->f->times.v[t];
            if (!pointlike(x)) continue;
            int steps = 0;
            bool then = false;
            uint32_t h = time_head(q, x), up = q->lang->tok[h].head, o = right_before(s, x->tb);
            if (up > h && dl_is_noun(&q->lang->tok[up]) && s->event_at[up] && q->lang->tok[h].rel != DL_R_obl) o = s->event_at[up] - 1;      /* "the 3 May bombing" */
            if (o == DL_NONE) o = owner(s, h, &steps);
            if (o != DL_NONE) o = in_its_clause(s, x, o);
            if (x->te + 1 < q->lang->ntok && dl_is(q->lang->tok[x->te].text, ",") && dl_is(q->lang->tok[x->te + 1].low, "when") && s->event_at[q->lang->tok[x->te + 1].head]) o = s->event_at[q->lang->tok[x->te + 1].head] - 1, then = true;      /* "since May 2013, when a bomber killed" */
            if (pass == 0 && o != DL_NONE) {
                take_time(s, o, t, DL_WHEN_TEXT);
                if (then && ev(s, o)->time.id == t) ev(s, o)->time.edtf = x->edtf, ev(s, o)->time.earliest = x->earliest, ev(s, o)->time.latest = x->latest;      /* it was then, not ever since */
            }
            if (pass == 1) {
                o = below_verb(s, h);
                if (o == DL_NONE) o = nearest(s, x->tb);
                if (o != DL_NONE) take_time(s, o, t, DL_WHEN_TEXT);
            }
        }
}

/* "a day after guards shot three soldiers", "two weeks before he fled": days between what the clause tells and what the sentence tells; hours are none. */
static int32_t days_apart(const dl_ask *q, uint32_t mark)
{
    uint32_t end;
    dl_str unit = mark > 0 ? dl_list_at(q, mark - 1, DL_LIST_time_units, &end) : (dl_str){ 0 };
    if (!unit.n || end != mark || mark < 2) return -1;
    if (dl_is(unit, "H") || dl_is(unit, "MIN")) return 0;
    if (!dl_is(unit, "D") && !dl_is(unit, "W")) return -1;
    dl_number x;
    int64_t n = 0;
    dl_str w = q->lang->tok[mark - 2].low;
    if (dl_is(w, "a") || dl_is(w, "one") || dl_is(w, "the")) n = 1;
    else if (dl_number_at(q, mark - 2, mark, &x) && x.low == x.high && x.low % 1000 == 0 && x.low < 100000) n = x.low / 1000;
    return n ? (int32_t)(n * (dl_is(unit, "W") ? 7 : 1)) : -1;
}

static dl_str iso(dl_ask *q, dl_day d)
{
    char b[16];
    dl_day_iso(d, b);
    return dl_copy(q->mem, dl_str_of(b));
}

static bool a_day_told(const dl_event *e) { return (e->time.by == DL_WHEN_TEXT || e->time.by == DL_WHEN_SAME) && e->time.earliest != DL_NO_DAY && e->time.earliest == e->time.latest; }

static void dated_from(scene *s, uint32_t to, uint32_t from, int32_t days)
{
    dl_event *e = ev(s, to);
    e->time.id = DL_NONE;
    e->time.earliest = e->time.latest = ev(s, from)->time.earliest + days;
    e->time.edtf = iso(s->q, e->time.earliest);
    e->time.by = DL_WHEN_SAME, e->time.by_event = from;
}

static void days_after(scene *s)
{
    dl_ask *q = s->q;
    const dl_language *L = q->lang;
    for (uint32_t m = 2; m < L->ntok; m++) {
        bool after = dl_is(L->tok[m].low, "after"), before = dl_is(L->tok[m].low, "before");
        if (!after && !before) continue;
        const dl_sentence *se = &L->sent[L->tok[m].sent];
        int32_t d = m >= se->first + 2 ? days_apart(q, m) : -1;
        if (d < 0) continue;
        uint32_t inner = DL_NONE, outer = DL_NONE, end = m;
        for (uint32_t i = m + 1; i < se->end && inner == DL_NONE; i++) if (s->event_at[i]) inner = s->event_at[i] - 1, end = i;
        bool leads = m <= se->first + 4;                                                   /* "A day after ..., they ..." */
        if (leads) { bool comma = false; for (uint32_t i = end; i < se->end && outer == DL_NONE; i++) { comma = comma || dl_is(L->tok[i].text, ","); if (comma && s->event_at[i]) outer = s->event_at[i] - 1; } }
        else for (uint32_t i = m; i-- > se->first && outer == DL_NONE;) if (s->event_at[i]) outer = s->event_at[i] - 1;
        if (inner == DL_NONE || outer == DL_NONE) continue;
        if (before) d = -d;
        if (ev(s, inner)->time.by != DL_WHEN_TEXT && a_day_told(ev(s, outer))) dated_from(s, inner, outer, -d);
        else if (ev(s, outer)->time.by != DL_WHEN_TEXT && ev(s, inner)->time.by == DL_WHEN_TEXT && a_day_told(ev(s, inner))) dated_from(s, outer, inner, d);
    }
}

/* "due on 14 May, has been put off to 2 July": a postponed event has its new day. */
static void postponed_to(scene *s)
{
    dl_ask *q = s->q;
    const dl_language *L = q->lang;
    for (uint32_t i = 0; i < q->f->events.n; i++) {
        dl_event *e = ev(s, i);
        if (e->stage != DL_STAGE_postponed) continue;
        for (uint32_t t = 0; t < q->f->times.n; t++) {
            const dl_time *x = &q->f->times.v[t];
            if (!pointlike(x) || x->tb == 0 || L->tok[x->tb].sent != e->sentence || x->tb < e->head) continue;
            dl_str p = L->tok[x->tb - 1].low;
            if (!dl_is(p, "to") && !dl_is(p, "until") && !dl_is(p, "till")) continue;
            e->time.id = DL_NONE;
            take_time(s, i, t, DL_WHEN_TEXT);
            break;
        }
    }
}

/* "said on Monday that ..." dates the saying; coordinated and resulting events share the time of the event above. */
static void share_times(scene *s)
{
    dl_ask *q = s->q;
    const dl_language *L = q->lang;
    for (uint32_t i = 0; i < q->f->events.n; i++) {
        dl_event *e = ev(s, i);
        if (e->time.id != DL_NONE || dl_is_root(L, e->head)) continue;
        uint8_t rel = L->tok[e->head].rel;
        uint32_t h = L->tok[e->head].head;
        if (!s->event_at[h]) continue;
        uint32_t ui = s->event_at[h] - 1;
        dl_event *u = ev(s, ui);
        if ((u->time.by != DL_WHEN_TEXT && !(rel == DL_R_obj && (u->time.by == DL_WHEN_SAME || u->time.by == DL_WHEN_AFTER))) || u->stage != e->stage || u->type == DL_TYPE_STATE || u->type == DL_TYPE_ACCUSE) continue;
        if (rel == DL_R_conj || rel == DL_R_advcl || rel == DL_R_nsubj || rel == DL_R_nsubj_pass || rel == DL_R_obj) {
            uint32_t m = dl_child_by(L, e->head, DL_R_mark);
            if (m != DL_NONE && (dl_is(L->tok[m].low, "after") || dl_is(L->tok[m].low, "before"))) continue;
            e->time.edtf = u->time.edtf, e->time.earliest = u->time.earliest, e->time.latest = u->time.latest, e->time.by = DL_WHEN_SAME, e->time.by_event = ui;
        }
    }
    for (uint32_t i = 0; i < q->f->events.n; i++) {                                  /* and upwards from its own result or subject */
        dl_event *e = ev(s, i);
        uint8_t rel = L->tok[e->head].rel;
        if (e->time.by != DL_WHEN_TEXT || dl_is_root(L, e->head) || !s->event_at[L->tok[e->head].head]) continue;
        dl_event *u = ev(s, s->event_at[L->tok[e->head].head] - 1);
        if (u->time.by == DL_WHEN_UNKNOWN && u->stage == e->stage && (rel == DL_R_nsubj || rel == DL_R_nsubj_pass || rel == DL_R_acl_relcl || (rel == DL_R_conj && e->head > u->head && e->head <= u->head + 2)))      /* "was shot and killed on 3 March" */
            u->time.edtf = e->time.edtf, u->time.earliest = e->time.earliest, u->time.latest = e->time.latest, u->time.by = DL_WHEN_SAME, u->time.by_event = i;
    }
}

/* "After the police raided a flat on 15 January, they turned to ...": not before the 15th. */
static void narrate(scene *s)
{
    dl_ask *q = s->q;
    const dl_language *L = q->lang;
    for (uint32_t i = 0; i < q->f->events.n; i++) {
        dl_event *e = ev(s, i);
        if (e->time.by != DL_WHEN_UNKNOWN) continue;
        DL_EACH_CHILD(L, e->head, k) {
            uint32_t m = L->tok[k].rel == DL_R_advcl ? dl_child_by(L, k, DL_R_mark) : L->tok[k].rel == DL_R_obl ? dl_adposition(L, k) : DL_NONE;
            if (m == DL_NONE || !(dl_is(L->tok[m].low, "after") || dl_is(L->tok[m].low, "once") || dl_is(L->tok[m].low, "following")) || !s->event_at[k]) continue;
            const dl_event *a = ev(s, s->event_at[k] - 1);
            if (a->time.earliest == DL_NO_DAY) continue;
            e->time.by = DL_WHEN_AFTER, e->time.by_event = s->event_at[k] - 1, e->time.earliest = a->time.earliest, e->time.latest = q->art->published;
            dl_str from = iso(q, a->time.earliest);
            if (q->art->published == DL_NO_DAY || q->art->published < a->time.earliest) e->time.latest = DL_NO_DAY, e->time.edtf = dl_fmt(q->mem, "[%.*s..]", (int)from.n, from.p);
            else { dl_str to = iso(q, q->art->published); e->time.edtf = dl_fmt(q->mem, "%.*s/%.*s", (int)from.n, from.p, (int)to.n, to.p); }
            break;
        }
    }
}

/* "It later recruited guards", "has since enlisted students", "only afterwards began to recruit": a word of "later" before the event in its clause. */
static bool told_as_later(const dl_ask *q, const dl_event *e)
{
    const dl_language *L = q->lang;
    for (uint32_t i = 1; i <= 6 && e->head >= L->sent[e->sentence].first + i; i++) {
        uint32_t t = e->head - i;
        if (L->tok[t].upos == DL_PUNCT) return false;
        if (dl_is(dl_list_at(q, t, DL_LIST_time_shifts, NULL), "+A") || (dl_is(L->tok[t].low, "since") && (L->tok[t].rel == DL_R_advmod || dl_is(L->tok[t + 1].low, "then") || (t > 0 && dl_is(L->tok[t - 1].lemma, "have"))))) return true;
    }
    return false;
}

/* Not before what was told of last. */
static void later(scene *s)
{
    dl_ask *q = s->q;
    for (uint32_t i = 1; i < q->f->events.n; i++) {
        dl_event *e = ev(s, i);
        if (e->time.by != DL_WHEN_UNKNOWN) continue;
        const dl_event *a = ev(s, i - 1);
        if (!told_as_later(q, e) || a->time.earliest == DL_NO_DAY || a->time.by == DL_WHEN_REPORT || e->sentence > a->sentence + 1) continue;
        e->time.by = DL_WHEN_AFTER, e->time.by_event = i - 1, e->time.earliest = a->time.earliest, e->time.latest = q->art->published;
        dl_str from = iso(q, a->time.earliest), to = q->art->published == DL_NO_DAY ? DL_STR("") : iso(q, q->art->published);
        e->time.edtf = dl_fmt(q->mem, "[%.*s..%.*s]", (int)from.n, from.p, (int)to.n, to.p);
    }
}

static bool ahead(const dl_event *e)
{
    return e->stage == DL_STAGE_planned || e->stage == DL_STAGE_threatened || e->stage == DL_STAGE_requested || e->stage == DL_STAGE_postponed || e->stage == DL_STAGE_hypothetical;
}

static void by_default(scene *s)
{
    dl_ask *q = s->q;
    for (uint32_t i = 0; i < q->f->events.n; i++) {
        dl_event *e = ev(s, i);
        if (e->time.by != DL_WHEN_UNKNOWN || q->art->published == DL_NO_DAY) continue;
        dl_str d = iso(q, q->art->published);
        e->time.by = DL_WHEN_REPORT;
        if (ahead(e)) e->time.earliest = q->art->published, e->time.edtf = dl_fmt(q->mem, "[%.*s..]", (int)d.n, d.p);
        else e->time.latest = q->art->published, e->time.edtf = dl_fmt(q->mem, "[..%.*s]", (int)d.n, d.p);
    }
}

/* ---- counts, ages ---- */

static void settle_counts(scene *s)
{
    dl_ask *q = s->q;
    uint32_t *count_at = dl_new(q->scratch, uint32_t, q->lang->ntok + 1);
    for (uint32_t c = 0; c < q->f->counts.n; c++) {
        const dl_count *x = &q->f->counts.v[c];
        if (x->of_head != DL_NONE && !count_at[x->of_head]) count_at[x->of_head] = c + 1;
        for (uint32_t i = x->tb; i < x->te; i++) if (!count_at[i]) count_at[i] = c + 1;
        uint32_t m = x->of_head == DL_NONE ? DL_NONE : q->f->mention_of[x->of_head];
        if (x->measures == DL_MEAS_age && m != DL_NONE && q->f->mentions.v[m].entity != DL_NONE) {
            dl_entity *p = &q->f->entities.v[q->f->mentions.v[m].entity];
            if (p->age < 0 && x->low != DL_OPEN) p->age = (int32_t)(x->low / 1000), p->age_at = x->at;
        }
    }
    for (uint32_t i = 0; i < q->f->events.n; i++) {
        dl_event *e = ev(s, i);
        for (uint32_t k = 0; k < e->slots.n; k++) {
            uint32_t h = e->slots.v[k].head, c = h == DL_NONE ? 0 : count_at[h];
            if (!c || (e->slots.v[k].role != DL_ROLE_actor && e->slots.v[k].role != DL_ROLE_recipient && e->slots.v[k].role != DL_ROLE_object)) continue;
            dl_count *x = &q->f->counts.v[c - 1];
            if (x->measures == DL_MEAS_age || dl_is(x->unit, "year")) continue;
            if (e->measure && !x->measures) x->measures = e->measure;
            if (!x->says.n) x->says.v = e->says.v, x->says.n = e->says.n, x->says.cap = e->says.n;
            bool there = false;
            for (uint32_t j = 0; j < e->counts.n; j++) there = there || e->counts.v[j] == c - 1;
            if (!there) *dl_push(q->mem, &e->counts) = c - 1;
        }
    }
}

/* ---- export codes, background ---- */

static void export_codes(scene *s)
{
    dl_ask *q = s->q;
    for (uint32_t i = 0; i < q->f->events.n; i++) {
        dl_event *e = ev(s, i);
        if (e->type >= DL_TYPE_STATE) continue;
        dl_type t = (dl_type)e->type;
        bool future = ahead(e);
        if (future && (t == DL_TYPE_CONSULT || t == DL_TYPE_SUPPORT || t == DL_TYPE_COOPERATE || t == DL_TYPE_AID)) t = DL_TYPE_AGREE;
        if (future && t == DL_TYPE_RETREAT) t = DL_TYPE_CONCEDE;
        e->plover_event = dl_str_of(dl_type_name(t));
    }
}

static void mark_background(scene *s)
{
    dl_ask *q = s->q;
    for (uint32_t i = 0; i < q->f->events.n; i++) {
        dl_event *e = ev(s, i);
        dl_day pub = q->art->published;
        bool old = pub != DL_NO_DAY && e->time.latest != DL_NO_DAY && e->time.by != DL_WHEN_REPORT && e->time.latest < pub - 365;
        e->background = e->background || old;
    }
}

/* "was to rule in January ... The ruling has been delayed": told again without its day. */
static void times_of_the_same(scene *s)
{
    for (uint32_t i = 0; i < s->q->f->events.n; i++) {
        dl_event *e = ev(s, i);
        if (e->time.by != DL_WHEN_UNKNOWN && e->time.by != DL_WHEN_REPORT) continue;
        for (uint32_t k = 0; k < e->same_as.n; k++) {
            const dl_event *a = ev(s, e->same_as.v[k]);
            if (a->time.by != DL_WHEN_TEXT) continue;
            e->time.edtf = a->time.edtf, e->time.earliest = a->time.earliest, e->time.latest = a->time.latest, e->time.by = DL_WHEN_SAME, e->time.by_event = e->same_as.v[k];
            break;
        }
    }
}

void dl_settle(dl_ask *q)
{
    dl_marker mark = dl_mark(q->scratch);
    scene s = { q, dl_new(q->scratch, uint32_t, q->lang->ntok + 1) };
    for (uint32_t i = 0; i < q->f->events.n; i++) s.event_at[q->f->events.v[i].head] = i + 1;
    settle_places(&s);
    anaphoric_places(&s);
    share_places(&s);
    settle_times(&s);
    postponed_to(&s);
    share_times(&s);
    days_after(&s);
    narrate(&s);
    later(&s);
    by_default(&s);
    settle_counts(&s);
    mark_background(&s);
    dl_same(q);
    times_of_the_same(&s);
    export_codes(&s);
    dl_reset(q->scratch, mark);
}
