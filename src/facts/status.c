/* status.c - stage, certainty and who says so: what the operators over an event make of it.
 *
 * From the event's word a walk goes up the tree; at each step the operators that govern this very word are applied, modifiers first, then what stands above. Crossing into a
 * relative clause, a time clause or a definite noun, only "who says so" goes on: "they deny that the group that bombed the market fled" denies the flight, not the bombing.
 * Operator signatures over embedded clauses follow the idea of Nairn, Condoravdi and Karttunen 2006 and TruthTeller (Lotan et al. 2013); ours are written in the codebook.
 */
#include "facts/match.h"

static const dl_sense *sense_of(const dl_ask *q, const struct dl_reading *r) { return dl_book_sense(q->book, r->sense); }
static bool acts(const dl_sense *s) { return s->stage || s->certainty || s->says || s->role_to || s->transparent; }

static void weave(dl_ask *q)
{
    dl_facts *f = q->f;
    f->govern_first = dl_new(q->mem, uint32_t, q->lang->ntok + 1);
    for (uint32_t i = f->readings.n; i-- > 0;) {
        if (!acts(sense_of(q, &f->readings.v[i]))) continue;
        for (uint32_t k = 0; k < f->readings.v[i].m.n; k++) {
            const dl_fill *x = &f->readings.v[i].m.v[k];
            if (x->role != DL_ROLE_event) continue;
            *dl_push(q->mem, &f->govern) = (dl_govern){ i, f->govern_first[x->head] };
            f->govern_first[x->head] = f->govern.n;
        }
    }
}

static bool grammatical(const struct dl_reading *r) { return r->pos != DL_POS_VERB && r->pos != DL_POS_NOUN; }

/* "did not deny", "failed to prevent": the operator itself is denied. */
static void mark_negated(dl_ask *q)
{
    dl_facts *f = q->f;
    for (uint32_t i = 0; i < f->readings.n; i++) {
        struct dl_reading *r = &f->readings.v[i];
        for (uint32_t l = f->govern_first[r->head]; l; l = f->govern.v[l - 1].next) {
            const struct dl_reading *n = &f->readings.v[f->govern.v[l - 1].reading];
            if (n != r && sense_of(q, n)->certainty == DL_CERT_denied) r->negated = true;
        }
    }
}

/* ---- one event ---- */

static void step(dl_ask *q, dl_event *e, const struct dl_reading *r, const char *what, const char *value)
{
    if (!q->explain) return;
    const dl_sense *s = sense_of(q, r);
    dl_span at = dl_tokens_span(q->lang, r->tb, r->te);
    dl_str w = dl_at(q->art->text, at), file = dl_book_str(q->book, s->id), path = dl_book_file(q->book, s->file);
    dl_push(q->mem, &e->steps)->text = dl_fmt(q->mem, "%s %s <- \"%.*s\"%s (%.*s:%u %.*s)", what, value, (int)w.n, w.p, r->negated ? ", negated" : "", (int)path.n, path.p, s->line, (int)file.n, file.p);
}

static void set_stage(dl_ask *q, dl_event *e, uint8_t stage, const struct dl_reading *r)
{
    e->stage = stage;
    step(q, e, r, "stage", dl_stage_name((dl_stage)stage));
}

static void set_certainty(dl_ask *q, dl_event *e, uint8_t c, const struct dl_reading *r)
{
    if (c > e->certainty) e->certainty = c;
    step(q, e, r, "certainty", dl_certainty_name((dl_certainty)c));
}

/* The speaker with the apposition that introduces him. */
static dl_span speaker_span(const dl_ask *q, uint32_t tok)
{
    uint32_t b, e;
    dl_phrase_of(q->lang, tok, true, &b, &e);
    if (e == tok + 1 && e + 1 < q->lang->sent[q->lang->tok[tok].sent].end && q->lang->tok[e].upos == DL_ADP && (dl_is(q->lang->tok[e].low, "in") || dl_is(q->lang->tok[e].low, "at") || dl_is(q->lang->tok[e].low, "from"))) {
        uint32_t n = q->lang->tok[e].head;                                                /* "officials in Osh" */
        if (n > e && q->lang->tok[n].head == tok && q->lang->tok[n].rel == DL_R_nmod) { uint32_t nb; dl_phrase_of(q->lang, n, true, &nb, &e); }
    }
    return dl_tokens_span(q->lang, b, e);
}

static void add_says(dl_ask *q, dl_event *e, const struct dl_reading *r)
{
    const dl_sense *s = sense_of(q, r);
    uint32_t who = s->says == DL_ROLE_event ? DL_NONE : dl_filler(&r->m, s->says);
    dl_says x = { DL_NONE, dl_tokens_span(q->lang, r->tb, r->te) };
    if (who != DL_NONE) {
        x.at = speaker_span(q, who);
        uint32_t m = q->f->mention_of[who];
        if (m != DL_NONE) x.entity = q->f->mentions.v[m].entity;
    }
    for (uint32_t i = 0; i < e->says.n; i++)
        if (e->says.v[i].at.b == x.at.b || (x.entity != DL_NONE && e->says.v[i].entity == x.entity)) return;
    *dl_push(q->mem, &e->says) = x;
    step(q, e, r, "says", "so");
}

static void add_role(dl_ask *q, dl_event *e, const struct dl_reading *r)
{
    const dl_sense *s = sense_of(q, r);
    uint32_t who = s->role_to ? dl_filler(&r->m, s->role_from) : DL_NONE;
    if (who == DL_NONE) return;
    uint32_t b, end, m = q->f->mention_of[who];
    dl_phrase_of(q->lang, who, true, &b, &end);
    dl_slot x = { s->role_to, m == DL_NONE ? DL_NONE : q->f->mentions.v[m].entity, DL_NONE, DL_NONE, dl_tokens_span(q->lang, b, end), who };
    for (uint32_t k = b; k < end && x.entity == DL_NONE; k++) {                      /* "thwarted by police action": the police */
        uint32_t mk = q->f->mention_of[k];
        if (mk != DL_NONE && q->f->mentions.v[mk].entity != DL_NONE) x.entity = q->f->mentions.v[mk].entity, x.at = q->f->mentions.v[mk].at, x.head = k;
    }
    for (uint32_t i = 0; i < e->slots.n; i++)
        if (e->slots.v[i].role == x.role && e->slots.v[i].head == x.head) return;
    *dl_push(q->mem, &e->slots) = x;
}

static void apply(dl_ask *q, dl_event *e, const struct dl_reading *r, bool only_says)
{
    const dl_sense *s = sense_of(q, r);
    if (dl_starts(dl_book_str(q->book, s->id), DL_STR("@background"))) e->background = true;
    if (!only_says && !grammatical(r)) e->governed = true;
    if (r->event != DL_NONE && e->governor == DL_NONE && !only_says && r->event != (uint32_t)(e - q->f->events.v)) e->governor = r->event;
    if (r->negated && s->negated != 3) {
        if (only_says) return;
        if (s->negated == 1) { set_certainty(q, e, DL_CERT_denied, r); if (s->stage) set_stage(q, e, s->stage, r); }
        if (s->negated == 2) set_certainty(q, e, DL_CERT_possible, r);
        return;
    }
    if (s->says && !(only_says && (s->says == DL_ROLE_event || dl_filler(&r->m, s->says) == DL_NONE))) add_says(q, e, r);
    if (only_says) return;
    if (s->stage && r->pos == DL_POS_MODAL && s->stage == DL_STAGE_planned) e->future = r;
    else if (s->stage && !(s->stage == DL_STAGE_planned && (e->stage == DL_STAGE_postponed || e->stage == DL_STAGE_cancelled))) set_stage(q, e, s->stage, r);      /* what was due and is put off is put off */
    if (s->certainty) set_certainty(q, e, s->certainty, r);
    if (s->role_to) add_role(q, e, r);
}

/* ---- the walk ---- */

static bool above(const dl_ask *q, const struct dl_reading *r, uint32_t cur)
{
    const dl_language *L = q->lang;
    if (grammatical(r) || dl_is_root(L, cur)) return false;
    uint32_t up = L->tok[cur].head;
    return up == r->head || (up >= r->tb && up < r->te) || !dl_below(L, r->head, cur);
}

/* What of the sentence above still holds for what is told below: 0 all, 1 only who says so. */
static bool presupposed(const dl_language *L, uint32_t cur, bool governed, bool acting)
{
    const dl_token *t = &L->tok[cur];
    if (governed) return false;
    switch (t->rel) {
    case DL_R_acl_relcl: case DL_R_advcl_relcl: case DL_R_parataxis: case DL_R_appos: return true;
    case DL_R_acl: return !dl_is(t->low, "including") && (t->xpos == DL_VBN || t->xpos == DL_VBG);
    case DL_R_advcl:
        DL_EACH_CHILD(L, cur, k)
            if (L->tok[k].xpos == DL_WRB) return true;                                     /* "when rebels shelled the market" */
        return dl_child_by(L, cur, DL_R_mark) != DL_NONE && t->xpos != DL_VB;
    case DL_R_nsubj: case DL_R_nsubj_pass: if (acting || dl_child_by(L, cur, DL_R_nmod_poss) != DL_NONE) return true; /* fall through */        /* "an inquiry did not identify them": there was an inquiry */
    case DL_R_obj: case DL_R_iobj: return dl_definite(L, cur);
    case DL_R_obl: case DL_R_nmod: case DL_R_obl_agent: case DL_R_nmod_poss: {
        uint32_t c = dl_adposition(L, cur);
        return dl_definite(L, cur) || c == DL_NONE || !(dl_is(L->tok[c].low, "of") || dl_is(L->tok[c].low, "in") || dl_is(L->tok[c].low, "for"));
    }
    default: return false;
    }
}

/* "will not attack or bomb" shares its auxiliaries; "did not attack and fled" does not. */
static bool shares_modifiers(const dl_language *L, uint32_t conj)
{
    const dl_token *t = &L->tok[conj];
    DL_EACH_CHILD(L, conj, k) {
        uint8_t r = L->tok[k].rel;
        if (dl_is_subject(r) || r == DL_R_aux || r == DL_R_aux_pass) return false;
    }
    return t->xpos == L->tok[t->head].xpos && t->xpos != DL_VBD && t->xpos != DL_VBZ && t->xpos != DL_VBP;
}

static void walk_up(dl_ask *q, dl_event *e)
{
    const dl_language *L = q->lang;
    uint32_t cur = e->head;
    bool only_says = false, skip_modifiers = false, charged = false;                      /* charged: what is above tells of the charge: it is that which will come, is postponed ... */
    uint32_t spent = DL_NONE;                                                             /* an operator whose denial has had its effect: it denies nothing below */
    for (int steps = 0; steps < 24; steps++) {
        bool governed = false;
        for (int pass = 0; pass < 2; pass++)
            for (uint32_t l = q->f->govern_first[cur]; l; l = q->f->govern.v[l - 1].next) {
                const struct dl_reading *r = &q->f->readings.v[q->f->govern.v[l - 1].reading];
                bool up = above(q, r, cur);
                bool aside = !up && q->f->readings.v[q->f->govern.v[l - 1].reading].pos == DL_POS_VERB && L->tok[r->head].rel == DL_R_parataxis && L->tok[r->head].head == cur && (r->head > e->head || r->head < cur);      /* "two weeks ago, she said, police foiled a plot and arrested ...": both are what she said */
                if (skip_modifiers && aside && pass == 0) { apply(q, e, r, true); continue; }
                if (up != (pass == 1) || (skip_modifiers && !up) || (r->tb <= e->head && e->head < r->te)) continue;
                apply(q, e, r, only_says || charged || (cur == spent && sense_of(q, r)->certainty == DL_CERT_denied));
                if (up) governed = true;
                if (up && r->negated && (sense_of(q, r)->stage || sense_of(q, r)->certainty > DL_CERT_fact || sense_of(q, r)->transparent)) spent = r->head;
                if (up && sense_of(q, r)->certainty == DL_CERT_alleged && r->event != DL_NONE) charged = true;
            }
        if (dl_is_root(L, cur)) return;
        skip_modifiers = L->tok[cur].rel == DL_R_conj && !shares_modifiers(L, cur);
        bool gerund = L->tok[cur].rel == DL_R_acl && L->tok[cur].xpos == DL_VBG && q->f->govern_first[L->tok[cur].head] && !dl_is_subject(L->tok[L->tok[cur].head].rel);      /* "fears of militants crossing" */
        uint32_t above_it = q->f->reading_of[L->tok[cur].head];
        bool acting = above_it != DL_NONE && q->f->readings.v[above_it].event != DL_NONE;
        if (!gerund && presupposed(L, cur, governed, acting)) only_says = true;
        cur = L->tok[cur].head;
    }
}

/* ---- what the clause's own form says ---- */

static void own_form(dl_ask *q, dl_event *e)
{
    const dl_language *L = q->lang;
    const dl_token *t = &L->tok[e->head];
    const dl_sentence *s = &L->sent[e->sentence];
    bool be = false;
    DL_EACH_CHILD(L, e->head, k) be = be || (L->tok[k].rel == DL_R_aux && dl_is(L->tok[k].lemma, "be"));
    if (t->xpos == DL_VBG && be && e->stage == DL_STAGE_happened) {
        e->stage = DL_STAGE_ongoing;
        if (q->explain) dl_push(q->mem, &e->steps)->text = DL_STR("stage ongoing <- told as going on");
    }
    if (t->xpos == DL_VB && (t->rel == DL_R_advcl || t->rel == DL_R_acl) && dl_has_child_word(L, e->head, DL_R_mark, "to") && e->stage == DL_STAGE_happened && !e->governed && e->certainty == DL_CERT_fact) {
        e->stage = DL_STAGE_planned;
        if (q->explain) dl_push(q->mem, &e->steps)->text = DL_STR("stage planned <- an aim (\"to ...\"), not told as done");
    }
    if (s->end > s->first && dl_is(L->tok[s->end - 1].text, "?") && e->certainty < DL_CERT_possible) {
        e->certainty = DL_CERT_possible;
        if (q->explain) dl_push(q->mem, &e->steps)->text = DL_STR("certainty possible <- asked, not told");
    }
}

/* Inside somebody's quotation the speaker says so. */
static void quoted(dl_ask *q, dl_event *e)
{
    uint32_t i = q->f->quote_of[e->head];
    if (i == DL_NONE) return;
    const dl_quote *x = &q->f->quotes.v[i];
    if (x->speaker == DL_NONE && !dl_len(x->source) && !dl_len(x->cue)) return;
    dl_span at = dl_len(x->source) ? x->source : dl_len(x->cue) ? x->cue : x->content.v[0];
    for (uint32_t k = i; x->carried && k-- > 0 && i - k < 8;)                          /* carried over: where the speaker was named */
        if (q->f->quotes.v[k].speaker == x->speaker && dl_len(q->f->quotes.v[k].source)) { at = q->f->quotes.v[k].source; break; }
    for (uint32_t k = 0; k < e->says.n; k++)
        if ((x->speaker != DL_NONE && e->says.v[k].entity == x->speaker) || dl_touch(e->says.v[k].at, at)) return;
    *dl_push(q->mem, &e->says) = (dl_says){ x->speaker, at };
    if (q->explain) dl_push(q->mem, &e->steps)->text = dl_fmt(q->mem, "says so <- quotation of \"%.*s\"", (int)dl_len(at), q->art->text.p + at.b);
}

static uint32_t country_of(const dl_ask *q, uint32_t entity) { return entity == DL_NONE ? DL_NONE : q->f->entities.v[entity].country; }

static bool in_sector(const dl_entity *e, const char *a, const char *b)
{
    for (uint32_t i = 0; i < e->nsector; i++) if (dl_is(e->sectors[i], a) || dl_is(e->sectors[i], b)) return true;
    return false;
}

/* Rebels and those who fight them. */
static bool opponents(const dl_ask *q, uint32_t a, uint32_t b)
{
    const dl_entity *x = &q->f->entities.v[a], *y = &q->f->entities.v[b];
    return in_sector(x, "REB", "PRM") && (in_sector(y, "MIL", "GOV") || in_sector(y, "COP", "SPY")) && (in_sector(y, "MIL", "MIL") || x->kind == DL_KIND_group);
}

/* What a party says its opponent did is an allegation. */
static void by_a_party(dl_ask *q, dl_event *e)
{
    if (e->certainty != DL_CERT_fact || !e->says.n) return;
    uint32_t quad = dl_book_type_quad(q->book, (dl_type)e->type), speaker = e->says.v[e->says.n - 1].entity;
    if (quad < 3 || speaker == DL_NONE) return;
    uint32_t home = country_of(q, speaker), by = DL_NONE;
    bool hit = false;
    for (uint32_t i = 0; i < e->slots.n; i++)
        if (e->slots.v[i].role == DL_ROLE_actor && by == DL_NONE) by = e->slots.v[i].entity;
    if (by == DL_NONE || by == speaker || (home != DL_NONE && country_of(q, by) == home)) return;
    for (uint32_t i = 0; i < e->slots.n; i++) {
        const dl_slot *s = &e->slots.v[i];
        if (s->role != DL_ROLE_recipient && s->role != DL_ROLE_object) continue;
        hit = hit || s->entity == speaker || (home != DL_NONE && country_of(q, by) != DL_NONE && country_of(q, s->entity) == home);
    }
    if (!hit && !(opponents(q, speaker, by) || opponents(q, by, speaker))) return;
    e->certainty = DL_CERT_alleged;
    if (q->explain) dl_push(q->mem, &e->steps)->text = DL_STR("certainty alleged <- told by a party of its opponent");
}

/* Collected from inner to outer; a record has the outermost first. */
static void turn_says(dl_event *e)
{
    for (uint32_t i = 0, j = e->says.n; i + 1 < j; i++) { dl_says t = e->says.v[i]; e->says.v[i] = e->says.v[--j]; e->says.v[j] = t; }
}

/* "If the talks fail, the army will withdraw." */
static bool on_condition(const dl_language *L, uint32_t i)
{
    for (int up = 0; up < 3; up++) {
        DL_EACH_CHILD(L, i, k) {
            uint32_t m = L->tok[k].rel == DL_R_advcl ? dl_child_by(L, k, DL_R_mark) : DL_NONE;
            if (m != DL_NONE && (dl_is(L->tok[m].low, "if") || dl_is(L->tok[m].low, "unless"))) return true;
        }
        if (dl_is_root(L, i) || L->tok[i].rel == DL_R_ccomp) return false;
        i = L->tok[i].head;
    }
    return false;
}

void dl_status_at(dl_ask *q, dl_event *e)
{
    e->stage = e->own_stage ? e->own_stage : DL_STAGE_happened;
    e->certainty = e->own_certainty ? e->own_certainty : DL_CERT_fact;
    walk_up(q, e);
    if (e->future && e->stage == DL_STAGE_happened && e->certainty < DL_CERT_possible) set_stage(q, e, on_condition(q->lang, e->head) ? DL_STAGE_hypothetical : DL_STAGE_planned, e->future);
    own_form(q, e);
    by_a_party(q, e);
    quoted(q, e);
    turn_says(e);
}

void dl_status(dl_ask *q)
{
    weave(q);
    mark_negated(q);
    for (uint32_t i = 0; i < q->f->events.n; i++) dl_status_at(q, &q->f->events.v[i]);
}

const char *dl_status_word(const dl_event *e)
{
    if (e->certainty == DL_CERT_denied || e->stage == DL_STAGE_foiled || e->stage == DL_STAGE_cancelled) return "negated";
    if (e->stage == DL_STAGE_planned || e->stage == DL_STAGE_threatened || e->stage == DL_STAGE_requested || e->stage == DL_STAGE_postponed || e->stage == DL_STAGE_attempted) return "planned";
    if (e->certainty == DL_CERT_possible || e->certainty == DL_CERT_feared || e->stage == DL_STAGE_hypothetical || e->stage == DL_STAGE_unknown) return "possible";
    if (e->certainty == DL_CERT_alleged) return "alleged";
    return e->says.n ? "reported" : "asserted";
}
