/* match.c - a word's arguments, and how well a frame fits them.
 *
 * A frame names roles ("WHO raids OBJECT"); here it is tried on the tree, whatever form the clause has: active, passive, participle, relative,
 * infinitive, nominal. The same arguments are gathered once and tried on every frame of every sense of the word.
 */
#include "facts/match.h"

/* ---- may this word, tagged so, be that posting? ---- */

static bool verb_tag(uint8_t x) { return x == DL_VB || x == DL_VBD || x == DL_VBG || x == DL_VBN || x == DL_VBP || x == DL_VBZ; }
static bool noun_tag(uint8_t x) { return x == DL_NN || x == DL_NNS || x == DL_NNP || x == DL_NNPS; }

static bool only_posting_as(const dl_ask *q, uint32_t b, uint32_t e, dl_pos pos)
{
    const dl_hits *h = &q->f->hits;
    for (uint32_t i = h->first[b]; i < h->first[b + 1]; i++)
        if (h->v[i].e == e && h->v[i].posting->kind == DL_P_SENSE && h->v[i].posting->pos == pos) return false;
    return true;
}

bool dl_tag_fits(const dl_ask *q, uint32_t tok, const dl_posting *p, uint32_t b, uint32_t e)
{
    const dl_token *t = &q->lang->tok[tok];
    const dl_sentence *se = &q->lang->sent[t->sent];
    bool loud = se->shout || q->art->parts.v[se->part].kind == DL_PART_title;              /* capitals mean nothing there */
    switch (p->pos) {
    case DL_POS_VERB:
        if (verb_tag(t->xpos)) {
            if (t->xpos == DL_VBG && !(p->form & DL_F_ING)) return false;
            if (t->xpos == DL_VBG && tok > se->first && !only_posting_as(q, tok, tok + 1, DL_POS_NOUN) && (q->lang->tok[tok - 1].xpos == DL_POS || dl_is(q->lang->tok[tok - 1].low, "the") || dl_is(q->lang->tok[tok - 1].low, "a"))) return false;      /* "last week's shooting at a house" */
            if (t->xpos == DL_VBG && t->rel == DL_R_amod && t->head == tok + 1 && !dl_class_has(q->f->classes[t->head], DL_CLASS_ACTOR)) return false;      /* "striking portraits" */
            return true;
        }
        if (t->upos == DL_ADJ && (p->form & DL_F_ING) && !(p->form & DL_F_PART)) return t->rel != DL_R_amod || dl_class_has(q->f->classes[t->head], DL_CLASS_ACTOR);      /* "striking workers", not "striking portraits" */
        if (t->upos == DL_ADJ && (p->form & (DL_F_PART | DL_F_ING))) return true;
        if (noun_tag(t->xpos) && t->rel == DL_R_compound && (p->form & DL_F_ING) && t->head > tok) return false;      /* "the mining ban", "a fishing boat" */
        if (noun_tag(t->xpos) && (p->form & DL_F_ING) && !(p->form & DL_F_BASE) && e == b + 1 && !loud && only_posting_as(q, b, e, DL_POS_NOUN)) {      /* "illegal mining" lays no mines, "the bombarding of" is done to something */
            bool to = false;
            DL_EACH_CHILD(q->lang, tok, k) to = to || (q->lang->tok[k].rel == DL_R_nmod && k > tok) || q->lang->tok[k].rel == DL_R_obj;
            return to || t->rel == DL_R_conj;
        }
        if (noun_tag(t->xpos) && only_posting_as(q, b, e, DL_POS_NOUN)) return loud || (p->form & DL_F_ING) || ((p->form & (DL_F_PAST | DL_F_PART)) && t->upos != DL_PROPN);
        return false;
    case DL_POS_NOUN:
        if (noun_tag(t->xpos)) return t->upos != DL_PROPN || loud || t->sentence_first || e > b + 1;
        if (t->xpos == DL_VBG && only_posting_as(q, b, e, DL_POS_VERB)) return true;
        if (t->xpos == DL_VBZ && (p->form & DL_F_PL) && dl_child_by(q->lang, tok, DL_R_nsubj) == DL_NONE && dl_child_by(q->lang, tok, DL_R_obj) == DL_NONE) return true;   /* "the Paris attacks in January", taken for a verb */
        if (verb_tag(t->xpos) && only_posting_as(q, b, e, DL_POS_VERB)) return dl_child_by(q->lang, tok, DL_R_det) != DL_NONE || t->rel == DL_R_obj || t->rel == DL_R_nsubj || t->rel == DL_R_obl || t->rel == DL_R_nmod || t->rel == DL_R_compound;
        return t->upos == DL_NOUN;
    case DL_POS_ADJ:
        if (t->xpos == DL_VBN && e == b + 1 && dl_child_by(q->lang, tok, DL_R_aux_pass) != DL_NONE && dl_child_by(q->lang, tok, DL_R_xcomp) != DL_NONE && !only_posting_as(q, b, e, DL_POS_VERB)) return false;      /* "is presumed to have fled" */
        return t->upos == DL_ADJ || (t->xpos == DL_VBD && dl_child_by(q->lang, tok, DL_R_obj) == DL_NONE && dl_child_by(q->lang, tok, DL_R_xcomp) == DL_NONE && dl_child_by(q->lang, tok, DL_R_ccomp) == DL_NONE) || t->xpos == DL_VBN || t->xpos == DL_VBG || t->xpos == DL_JJ || t->rel == DL_R_amod || (e > b + 1);
    case DL_POS_ADV:   return t->upos != DL_NOUN && t->upos != DL_PROPN;
    case DL_POS_MODAL: return t->upos == DL_AUX || t->xpos == DL_MD || t->rel == DL_R_aux || e > b + 1;
    case DL_POS_DET:   return t->upos == DL_DET || t->upos == DL_PRON || t->rel == DL_R_det;
    default:           return true;
    }
}

bool dl_eventlike(const dl_ask *q, uint32_t tok)
{
    const dl_hits *h = &q->f->hits;
    for (uint32_t i = h->first[tok]; i < h->first[tok + 1]; i++) {
        const dl_posting *p = h->v[i].posting;
        if (p->kind == DL_P_SENSE && (p->pos == DL_POS_VERB || p->pos == DL_POS_NOUN) && dl_tag_fits(q, tok, p, h->v[i].b, h->v[i].e)) return true;
    }
    DL_EACH_CHILD(q->lang, tok, k)                                                    /* "fears of militants crossing" */
        if (q->lang->tok[k].rel == DL_R_acl && q->lang->tok[k].xpos == DL_VBG && h->first[k] < h->first[k + 1] && dl_is_noun(&q->lang->tok[tok]) && dl_eventlike(q, k)) return true;
    for (uint32_t back = 1; back <= 3 && back <= tok; back++)                       /* the head of a longer noun phrase: "house search" */
        for (uint32_t i = h->first[tok - back]; i < h->first[tok - back + 1]; i++)
            if (h->v[i].e == tok + 1 && h->v[i].posting->kind == DL_P_SENSE && h->v[i].posting->pos == DL_POS_NOUN) return true;
    return false;
}

/* ---- gathering ---- */

static void add(const dl_ask *q, dl_args *a, uint32_t head, dl_by by, dl_str prep, bool clause, bool inner)
{
    if (a->n < DL_ARGS_MAX && head != DL_NONE && (q->f->time_of[head] == DL_NONE || clause || q->f->class_hit[head] != DL_NONE))      /* a day does nothing and nothing is done to it */ a->v[a->n++] = (dl_arg){ head, (uint8_t)by, clause, inner, prep };
}

static bool in_phrase(uint32_t i, uint32_t tb, uint32_t te) { return i >= tb && i < te; }

static void gather_oblique(const dl_ask *q, dl_args *a, uint32_t k, uint32_t tb, uint32_t te, bool inner)
{
    uint32_t c = dl_adposition(q->lang, k);
    if (c != DL_NONE && in_phrase(c, tb, te)) add(q, a, k, DL_BY_OBJECT, dl_prep_of(q, k), false, false);     /* "swooped on a village": the word is "swoop on" */
    else if (c != DL_NONE) add(q, a, dl_antecedent(q->lang, k), DL_BY_PREP, dl_prep_of(q, k), false, inner);
}

/* "sentenced to twelve years in prison for spying": what hangs on the measure is told of the verb. */
static void gather_purpose(const dl_ask *q, dl_args *a, uint32_t k, uint32_t tb, uint32_t te, int depth)
{
    DL_EACH_CHILD(q->lang, k, i) {
        uint8_t r = q->lang->tok[i].rel;
        if (i < k || (r != DL_R_nmod && r != DL_R_acl && r != DL_R_obl && r != DL_R_advcl)) continue;
        uint32_t c = dl_adposition(q->lang, i);
        if (c != DL_NONE && !in_phrase(c, tb, te) && dl_is(q->lang->tok[c].low, "for") && dl_eventlike(q, i)) add(q, a, i, DL_BY_PREP, DL_STR("for"), r != DL_R_nmod && dl_is_verb(&q->lang->tok[i]), false);
        else if (depth > 1 && r == DL_R_nmod) gather_purpose(q, a, i, tb, te, depth - 1);
    }
}

static void gather_clause(const dl_ask *q, dl_args *a, uint32_t k, uint32_t tb, uint32_t te)
{
    uint32_t m = dl_child_by(q->lang, k, DL_R_mark);
    if (m == DL_NONE) m = dl_child_by(q->lang, k, DL_R_case_);
    uint8_t rel = q->lang->tok[k].rel;
    bool bare = m == DL_NONE || in_phrase(m, tb, te) || dl_is(q->lang->tok[m].low, "to") || dl_is(q->lang->tok[m].low, "that") || dl_is(q->lang->tok[m].low, "whether") || dl_is(q->lang->tok[m].low, "if");
    if (rel == DL_R_advcl && (m == DL_NONE || dl_is(q->lang->tok[m].low, "if"))) return;   /* a free participle: "..., killing 12"; a condition */
    if (rel == DL_R_acl && m == DL_NONE && q->lang->tok[k].xpos != DL_VB) return;   /* a reduced relative */
    add(q, a, k, bare ? DL_BY_OBJECT : DL_BY_PREP, bare ? (dl_str){ 0 } : q->f->hits.folded[m], true, false);
}

/* "a campaign set up to promote law, which later recruited fighters": behind a comma, the nearest noun above that can act, where the one before the comma can't. */
static uint32_t acting_antecedent(const dl_ask *q, uint32_t v, uint32_t s)
{
    const dl_language *L = q->lang;
    uint32_t w = DL_NONE, n = s;
    for (uint32_t k = s + 1; k < v; k++) if (dl_relative_word(&L->tok[k]) && L->tok[k].xpos != DL_IN) w = k;
    if (w == DL_NONE || w == 0 || !dl_is(L->tok[w - 1].text, ",")) return s;
    dl_classes c = dl_token_classes(q, s);
    if (dl_class_has(c, DL_CLASS_ACTOR) || dl_class_has(c, DL_KIND_weapon) || dl_class_has(c, DL_KIND_facility) || dl_class_has(c, DL_CLASS_PLACE) || dl_eventlike(q, s)) return s;
    for (int up = 0; up < 5 && !dl_is_root(L, n); up++) {
        n = L->tok[n].head;
        if (dl_is_noun(&L->tok[n]) && n < s && dl_class_has(dl_token_classes(q, n), DL_CLASS_ACTOR)) return n;
    }
    return s;
}

/* "issued a notice warning its citizens": the notice warns for who issued it. */
static uint32_t issuer_of(const dl_ask *q, uint32_t n)
{
    const dl_language *L = q->lang;
    uint32_t v = L->tok[n].head;
    bool as_object = false;
    if (L->tok[n].rel != DL_R_obj || dl_is_root(L, n) || !dl_is_verb(&L->tok[v]) || dl_passive(L, v) || dl_class_has(dl_token_classes(q, n), DL_CLASS_ACTOR)) return n;
    uint32_t who = dl_subject_of(L, v, &as_object);
    return who != DL_NONE && !as_object && dl_class_has(dl_token_classes(q, who), DL_CLASS_ACTOR) ? who : n;
}

static void gather_verb(const dl_ask *q, uint32_t v, uint32_t tb, uint32_t te, dl_args *a)
{
    const dl_language *L = q->lang;
    bool as_object = false;
    a->passive = dl_passive(L, v);
    uint32_t s = dl_subject_of(L, v, &as_object);
    for (uint32_t i = tb; i < te && s == DL_NONE; i++)                                        /* "has been on trial": the subject is that of the phrase's noun */
        if (i != v) { s = dl_child_by(L, i, DL_R_nsubj); if (s == DL_NONE) s = dl_child_by(L, i, DL_R_nsubj_pass); if (s != DL_NONE && s >= tb) s = DL_NONE; as_object = false; }
    if (s != DL_NONE && s < v && L->tok[s].sent == L->tok[v].sent) s = acting_antecedent(q, v, s);
    if (s != DL_NONE && L->tok[v].rel == DL_R_acl && L->tok[v].xpos == DL_VBG && L->tok[v].head == s) s = issuer_of(q, s);
    if (s != DL_NONE && s != v) add(q, a, s, as_object ? DL_BY_OBJECT : DL_BY_SUBJECT, (dl_str){ 0 }, L->tok[s].rel == DL_R_csubj, false);
    uint32_t io = dl_child_by(L, v, DL_R_iobj), o = DL_NONE;
    DL_EACH_CHILD(L, v, k) {
        const dl_token *t = &L->tok[k];
        if (k == s || in_phrase(k, tb, te)) continue;
        switch (t->rel) {
        case DL_R_obj: o = dl_antecedent(L, k); add(q, a, o, io != DL_NONE ? DL_BY_SECOND : a->passive ? DL_BY_SECOND : DL_BY_OBJECT, (dl_str){ 0 }, false, false); break;
        case DL_R_iobj: add(q, a, dl_antecedent(L, k), DL_BY_OBJECT, (dl_str){ 0 }, false, false); break;
        case DL_R_obl_agent: add(q, a, k, DL_BY_SUBJECT, (dl_str){ 0 }, false, false); break;
        case DL_R_obl: case DL_R_nmod: {
            uint32_t c = dl_adposition(L, k);
            if (a->passive && c != DL_NONE && dl_is(L->tok[c].low, "by")) add(q, a, k, DL_BY_SUBJECT, (dl_str){ 0 }, false, false);
            else gather_oblique(q, a, k, tb, te, false);
            gather_purpose(q, a, k, tb, te, 2);
            break;
        }
        case DL_R_csubj: case DL_R_csubj_pass: if (k < v) break; /* fall through */          /* "is worried that ..." */
        case DL_R_ccomp: case DL_R_xcomp: case DL_R_advcl: case DL_R_acl: gather_clause(q, a, k, tb, te); break;
        default: break;
        }
    }
    for (uint32_t i = v + 1; i < te; i++)                                                  /* "go on trial for": what hangs on the phrase's other words */
        DL_EACH_CHILD(L, i, k) {
            if (in_phrase(k, tb, te)) continue;
            if (dl_is_oblique(L->tok[k].rel)) gather_oblique(q, a, k, tb, te, false);
            else if (L->tok[k].rel == DL_R_advcl || L->tok[k].rel == DL_R_acl || L->tok[k].rel == DL_R_xcomp || L->tok[k].rel == DL_R_ccomp) gather_clause(q, a, k, tb, te);
        }
    if (a->passive && dl_child_by(L, v, DL_R_obl_agent) == DL_NONE)                         /* "prevented at the last minute by marines": hung on the minute */
        DL_EACH_CHILD(L, v, k) if (dl_is_oblique(L->tok[k].rel) && k > v)
            DL_EACH_CHILD(L, k, i) if (i > k && L->tok[i].rel == DL_R_nmod && dl_is(dl_prep_of(q, i), "by") && dl_class_has(dl_token_classes(q, i), DL_CLASS_ACTOR)) add(q, a, i, DL_BY_SUBJECT, (dl_str){ 0 }, false, true);
    if (L->tok[v].rel == DL_R_acl_relcl && o == DL_NONE && s != DL_NONE && s != L->tok[v].head && !a->passive)      /* "the attack police foiled" */
        add(q, a, L->tok[v].head, DL_BY_OBJECT, (dl_str){ 0 }, false, false);
    if (o != DL_NONE && !in_phrase(o, tb, te))
        DL_EACH_CHILD(L, o, k) {
            if (a->passive && L->tok[k].rel == DL_R_nmod && dl_is(dl_prep_of(q, k), "by")) add(q, a, k, DL_BY_SUBJECT, (dl_str){ 0 }, false, true);    /* "were given tents by the army" */
            else if (L->tok[k].rel == DL_R_nmod) gather_oblique(q, a, k, tb, te, true);
            else if (L->tok[k].rel == DL_R_acl && L->tok[k].xpos != DL_VBN) {
                uint32_t m = dl_child_by(L, k, DL_R_mark);
                if (m != DL_NONE && !dl_is(L->tok[m].low, "to")) add(q, a, k, DL_BY_PREP, q->f->hits.folded[m], true, true);
            }
        }
    if (L->tok[v].rel == DL_R_conj && o == DL_NONE && !a->passive) {                       /* "chased and killed two men" */
        uint32_t first = L->tok[v].head;
        uint32_t fo = first < v ? dl_child_by(L, first, DL_R_obj) : DL_NONE;
        if (fo != DL_NONE && fo > v) add(q, a, fo, DL_BY_OBJECT, (dl_str){ 0 }, false, true);
    }
}

bool dl_may_control_noun(const dl_sense *s)
{
    return s->control || s->transparent || s->stage == DL_STAGE_planned || s->stage == DL_STAGE_attempted || s->stage == DL_STAGE_threatened || s->stage == DL_STAGE_cancelled ||
           s->stage == DL_STAGE_postponed || s->stage == DL_STAGE_happened || s->stage == DL_STAGE_ongoing;
}

/* "Israel cancelled an attack": whose attack it was tells which sense it has. */
static void add_controller(const dl_ask *q, uint32_t n, dl_args *a)
{
    const dl_language *L = q->lang;
    uint32_t v = L->tok[n].head;
    bool as_object = false;
    if (v == n || (L->tok[n].rel != DL_R_obj && L->tok[n].rel != DL_R_nsubj_pass)) return;
    for (uint32_t k = q->f->hits.first[v]; k < q->f->hits.first[v + 1]; k++) {
        const dl_posting *p = q->f->hits.v[k].posting;
        const dl_sense *s = p->kind == DL_P_SENSE ? dl_book_sense(q->book, p->id) : NULL;
        if (!s || !s->is_operator || p->pos != DL_POS_VERB || s->role_to || s->control > DL_ROLE_actor || !dl_may_control_noun(s)) continue;
        uint32_t who = L->tok[n].rel == DL_R_obj ? dl_subject_of(L, v, &as_object) : dl_child_by(L, v, DL_R_obl_agent);
        if (who != DL_NONE && !as_object) add(q, a, who, DL_BY_MODIFIER, (dl_str){ 0 }, false, true);
        return;
    }
}

static void gather_noun(const dl_ask *q, uint32_t n, uint32_t tb, uint32_t te, dl_args *a)
{
    const dl_language *L = q->lang;
    DL_EACH_CHILD(L, n, k) {
        const dl_token *t = &L->tok[k];
        if (in_phrase(k, tb, te)) continue;
        switch (t->rel) {
        case DL_R_nmod: case DL_R_obl:
            gather_oblique(q, a, k, tb, te, false);
            DL_EACH_CHILD(L, k, i) if (L->tok[i].rel == DL_R_nmod) gather_oblique(q, a, i, tb, te, true);      /* "the killing of a student by police", hung on the student */
            break;
        case DL_R_nmod_poss: case DL_R_compound: case DL_R_nmod_desc: case DL_R_nmod_unmarked: add(q, a, k, DL_BY_MODIFIER, (dl_str){ 0 }, false, false); break;
        case DL_R_amod: if (q->f->place_of[k] != DL_NONE || q->f->class_hit[k] != DL_NONE || q->f->actor_hit[k] != DL_NONE || dl_eventlike(q, k)) add(q, a, k, DL_BY_MODIFIER, (dl_str){ 0 }, false, false); break;
        case DL_R_acl: case DL_R_ccomp: case DL_R_xcomp: case DL_R_advcl: gather_clause(q, a, k, tb, te); break;
        default: break;
        }
    }
    for (uint32_t i = tb; i < n; i++)                                                     /* "police raid" as one phrase: the police are in it */
        if (q->f->class_hit[i] != DL_NONE || q->f->actor_hit[i] != DL_NONE || q->f->place_of[i] != DL_NONE) add(q, a, i, DL_BY_MODIFIER, (dl_str){ 0 }, false, false);
    for (uint32_t i = tb; i < n; i++)                                                     /* modifiers of the phrase's other words */
        DL_EACH_CHILD(L, i, k) if (!in_phrase(k, tb, te) && (L->tok[k].rel == DL_R_amod || L->tok[k].rel == DL_R_compound)) add(q, a, k, DL_BY_MODIFIER, (dl_str){ 0 }, false, false);
    add_controller(q, n, a);
    uint32_t h = L->tok[n].head;                                                           /* "launched an attack on the base": often hung on the verb */
    bool beside = L->tok[n].rel == DL_R_obl;                                                /* "arrested two men in a raid on a flat": right behind it */
    if ((L->tok[n].rel == DL_R_obj || L->tok[n].rel == DL_R_nsubj_pass || beside) && h != n && dl_is_verb(&L->tok[h]))
        DL_EACH_CHILD(L, h, k) if (L->tok[k].rel == DL_R_obl && k > n) {
            uint32_t c = dl_adposition(L, k);
            if (beside && c != n + 1) continue;
            if (c != DL_NONE && !in_phrase(c, tb, te)) add(q, a, dl_antecedent(L, k), DL_BY_PREP, dl_prep_of(q, k), false, true);
        }
}

static void gather_adjective(const dl_ask *q, uint32_t n, uint32_t tb, uint32_t te, dl_args *a)
{
    const dl_language *L = q->lang;
    if (L->tok[n].rel == DL_R_amod || L->tok[n].rel == DL_R_acl || L->tok[n].rel == DL_R_acl_relcl) add(q, a, L->tok[n].head, DL_BY_SUBJECT, (dl_str){ 0 }, false, false);
    DL_EACH_CHILD(L, n, k) {
        if (in_phrase(k, tb, te)) continue;
        if (dl_is_subject(L->tok[k].rel)) add(q, a, dl_antecedent(L, k), DL_BY_SUBJECT, (dl_str){ 0 }, false, false);
        else if (dl_is_oblique(L->tok[k].rel)) gather_oblique(q, a, k, tb, te, false);
        else if (L->tok[k].rel == DL_R_xcomp || L->tok[k].rel == DL_R_ccomp || L->tok[k].rel == DL_R_advcl) gather_clause(q, a, k, tb, te);
    }
}

void dl_gather(const dl_ask *q, uint32_t head, uint32_t tb, uint32_t te, dl_pos pos, dl_args *out)
{
    out->n = 0, out->passive = false;
    if (pos == DL_POS_VERB) gather_verb(q, head, tb, te, out);
    else if (pos == DL_POS_ADJ) gather_adjective(q, head, tb, te, out);
    else if (pos == DL_POS_NOUN) gather_noun(q, head, tb, te, out);
}

/* ---- fitting ---- */

dl_classes dl_token_classes(const dl_ask *q, uint32_t tok)
{
    dl_classes c = q->f->classes[tok];
    uint32_t p = q->f->place_of[tok];
    if (p != DL_NONE && q->f->places.v[p].use == DL_USE_DEMONYM && !dl_is_noun(&q->lang->tok[tok])) {      /* "Israeli attack": the state */
        dl_class_add(&c, DL_KIND_government), dl_class_add(&c, DL_CLASS_PLACE), dl_class_add(&c, DL_CLASS_ACTOR);
        return c;
    }
    if (dl_class_none(c) && q->f->mention_of[tok] == DL_NONE && (q->lang->tok[tok].upos == DL_NUM || dl_list_at(q, tok, DL_LIST_fuzzy, NULL).n || dl_list_at(q, tok, DL_LIST_numbers, NULL).n))
        DL_EACH_CHILD(q->lang, tok, k)                                                       /* "hundreds of officers": officers */
            if (q->lang->tok[k].rel == DL_R_nmod && dl_class_none(c)) c = q->f->classes[k];
    if (dl_class_none(c) && dl_list_at(q, tok, DL_LIST_units, NULL).n)                       /* "two tonnes of cocaine": cocaine */
        DL_EACH_CHILD(q->lang, tok, k)
            if (q->lang->tok[k].rel == DL_R_nmod && dl_class_none(c)) c = q->f->classes[k];
    uint32_t m = q->f->mention_of[tok];
    if (m != DL_NONE && q->f->mentions.v[m].entity != DL_NONE) {
        const dl_entity *e = &q->f->entities.v[q->f->mentions.v[m].entity];
        if (dl_class_none(c)) c = e->classes;
        if (e->kind != DL_KIND_other) dl_class_add(&c, e->kind);
        if (e->kind >= DL_KIND_person && e->kind <= DL_KIND_population) dl_class_add(&c, DL_CLASS_ACTOR);
    }
    return c;
}

static bool asks_for_people(dl_classes c) { return dl_class_has(c, DL_KIND_person) || dl_class_has(c, DL_KIND_group) || dl_class_has(c, DL_KIND_population); }
static bool people(dl_classes c) { return dl_class_has(c, DL_CLASS_ACTOR) && !dl_class_has(c, DL_CLASS_PLACE) && !dl_class_has(c, DL_KIND_organisation); }

/* 2: of an asked class; 1: of no known class; 0: of another. What happens ("killed in the attack") and what is measured ("tonnes") is of no class of things or persons;
 * where any kind of people is asked for, all others fit a little. */
static int class_fit(const dl_ask *q, const dl_item *it, uint32_t tok)
{
    if (dl_class_none(it->classes)) return 1;
    dl_classes c = dl_token_classes(q, tok);
    if (dl_class_any(c, it->classes)) return 2;
    if (!dl_class_none(c)) return people(c) && asks_for_people(it->classes) ? 1 : 0;
    return (it->required && dl_eventlike(q, tok)) || dl_list_at(q, tok, DL_LIST_units, NULL).n ? 0 : 1;
}

static bool prep_fits(const dl_ask *q, const dl_item *it, dl_str prep)
{
    const dl_ref *r = dl_book_refs(q->book);
    for (uint32_t i = it->prep; i < it->prep + it->nprep; i++)
        if (dl_eq(dl_book_str(q->book, r[i]), prep)) return true;
    return false;
}

/* Prepositions behind which a plain EVENT of a noun or verb may stand: "plan for", "fear of", "role in". */
static bool event_prep(dl_str p)
{
    static const char *const ok[] = { "of", "for", "to", "about", "over", "in", "on", "against", "from", "behind", "into", "that", "with", "at" };
    for (size_t i = 0; i < sizeof ok / sizeof *ok; i++)
        if (dl_is(p, ok[i])) return true;
    return false;
}

static int rank_for(const dl_ask *q, const dl_item *it, const dl_arg *a, bool noun, bool passive)
{
    bool event = it->role == DL_ROLE_event;
    if (a->clause && !event && it->role != DL_ROLE_about) return 0;
    if (it->by == DL_BY_PREP) return (a->by == DL_BY_PREP || a->prep.n) && prep_fits(q, it, a->prep) ? (a->inner ? 2 : 3) : 0;
    if (event && a->inner) return 0;
    if (event && it->by == DL_BY_OBJECT) {
        if (a->by == DL_BY_OBJECT && (a->clause || dl_eventlike(q, a->head))) return a->clause ? 3 : 4;
        if (a->by == DL_BY_SECOND && dl_eventlike(q, a->head)) return 2;
        if (a->by == DL_BY_PREP && passive && !a->clause) return 0;                            /* "was tried on charges": no charges were tried */
        if (a->by == DL_BY_PREP && event_prep(a->prep) && (dl_eventlike(q, a->head) || (noun && a->clause))) return 1;
        if (noun && a->by == DL_BY_MODIFIER && dl_eventlike(q, a->head)) return 1;
        return 0;
    }
    if (a->by == it->by) return a->inner ? 2 : 3;
    if (it->by == DL_BY_SECOND && a->by == DL_BY_OBJECT) return 0;
    return 0;
}

/* EVENT(ASSAULT): may the word inside be such a deed? The kinds of deed of the senses that may stand there, by their numbers. */
static bool deed_fits(const dl_ask *q, const dl_item *it, uint32_t tok)
{
    const dl_hits *h = &q->f->hits;
    for (uint32_t back = 0; back <= 2 && back <= tok; back++)
        for (uint32_t i = h->first[tok - back]; i < h->first[tok - back + 1]; i++) {
            const dl_posting *p = h->v[i].posting;
            if (p->kind != DL_P_SENSE || h->v[i].e <= tok || (p->pos != DL_POS_VERB && p->pos != DL_POS_NOUN) || !dl_class_has(it->classes, dl_book_sense(q->book, p->id)->type)) continue;
            if (dl_tag_fits(q, tok, p, h->v[i].b, h->v[i].e)) return true;
        }
    return false;
}

static bool used(const dl_match *m, uint32_t head)
{
    for (uint32_t i = 0; i < m->n; i++)
        if (m->v[i].head == head) return true;
    return false;
}

static void fill(dl_match *m, uint8_t role, int fit, const dl_arg *a)
{
    if (m->n == DL_FILL_MAX) return;
    m->v[m->n++] = (dl_fill){ role, (uint8_t)fit, a->clause, a->head, a->by };
    m->score += fit == 2 ? 11 : 5;
}

/* A class that the role cannot do without, and a word of no known class: a weak reading. */
static void doubt(dl_match *m, const dl_item *it, int fit) { if (fit == 1 && it->required && !dl_class_none(it->classes)) m->score -= 2; }

/* "the army's raid", "flat search": what stands before a noun takes the role that its class allows. */
static void fill_modifiers(const dl_ask *q, const dl_item *items, uint32_t nitem, const dl_args *a, dl_match *m)
{
    for (uint32_t i = 0; i < a->n; i++) {
        if (a->v[i].by != DL_BY_MODIFIER || used(m, a->v[i].head)) continue;
        dl_classes c = dl_token_classes(q, a->v[i].head);
        bool acts = dl_class_has(c, DL_CLASS_ACTOR) || (q->f->place_of[a->v[i].head] != DL_NONE && q->f->places.v[q->f->place_of[a->v[i].head]].use == DL_USE_DEMONYM);
        for (int pass = 0; pass < 2; pass++)
            for (uint32_t k = 0; k < nitem; k++) {
                const dl_item *it = &items[k];
                bool who = it->role == DL_ROLE_actor;
                if (it->role == DL_ROLE_event || it->role == DL_ROLE_none || (pass == 1 && a->v[i].inner) || dl_filler(m, it->role) != DL_NONE || used(m, a->v[i].head)) continue;
                if (pass == 0 ? who != acts : (it->role != DL_ROLE_object && it->role != DL_ROLE_recipient)) continue;
                int fit = class_fit(q, it, a->v[i].head);
                if (acts && who && fit == 1) fit = dl_class_none(it->classes) ? 1 : 0;
                if (fit == 0 || (dl_class_none(c) && !(acts && who))) continue;
                if (who && q->lang->tok[a->v[i].head].rel != DL_R_nmod_poss && !acts) continue;
                if (it->role == DL_ROLE_recipient && dl_class_has(c, DL_KIND_weapon)) continue;        /* "knife attack": nobody attacks a knife */
                fill(m, it->role, fit, &a->v[i]);
            }
    }
}

static bool fit_items(const dl_ask *q, const dl_item *items, uint32_t nitem, bool noun, const dl_args *a, dl_match *m)
{
    m->n = 0, m->score = 0, m->frame = NULL;
    for (uint32_t k = 0; k < nitem; k++) {
        const dl_item *it = &items[k];
        const dl_arg *best = NULL;
        int best_rank = 0, best_fit = 0;
        bool refused = false;
        for (uint32_t i = 0; i < a->n; i++) {
            int r = rank_for(q, it, &a->v[i], noun, a->passive);
            if (!r || used(m, a->v[i].head)) continue;
            bool deed = it->role == DL_ROLE_event && !dl_class_none(it->classes);
            int fit = deed ? 2 * deed_fits(q, it, a->v[i].head) : it->role == DL_ROLE_event ? 2 : class_fit(q, it, a->v[i].head);
            if (fit == 1 && it->role == DL_ROLE_instrument && it->by == DL_BY_SUBJECT) fit = 0;      /* whatever acts and is not known is no drone */
            if (!fit) { refused = refused || ((it->by == DL_BY_SUBJECT || it->by == DL_BY_OBJECT) && r == 3); continue; }
            if (r + 2 * fit > best_rank + 2 * best_fit) best = &a->v[i], best_rank = r, best_fit = fit;
        }
        if (best) fill(m, it->role, best_fit, best), doubt(m, it, best_fit), m->score += it->role == DL_ROLE_event && !dl_class_none(it->classes) ? 5 : 0;
        else if (refused || (it->required && !noun)) return false;
    }
    if (!noun) return true;
    fill_modifiers(q, items, nitem, a, m);
    for (uint32_t k = 0; k < nitem; k++)
        if (items[k].required && dl_filler(m, items[k].role) == DL_NONE) return false;
    return true;
}

bool dl_fit_frame(const dl_ask *q, const dl_frame *f, const dl_args *a, dl_match *m)
{
    bool ok = fit_items(q, dl_book_items(q->book) + f->item, f->nitem, f->pos == DL_POS_NOUN, a, m);
    m->frame = f;
    return ok;
}

bool dl_fit_default(const dl_ask *q, const dl_sense *s, dl_pos pos, const dl_args *a, dl_match *m)
{
    static const dl_item verb_event[] = { { .role = DL_ROLE_actor, .by = DL_BY_SUBJECT }, { .role = DL_ROLE_recipient, .by = DL_BY_OBJECT } };
    static const dl_item verb_operator[] = { { .role = DL_ROLE_actor, .by = DL_BY_SUBJECT }, { .role = DL_ROLE_event, .by = DL_BY_OBJECT } };
    static const dl_item noun_event[] = { { .role = DL_ROLE_actor, .by = DL_BY_MODIFIER }, { .role = DL_ROLE_recipient, .by = DL_BY_MODIFIER } };
    static const dl_item noun_operator[] = { { .role = DL_ROLE_event, .by = DL_BY_OBJECT }, { .role = DL_ROLE_actor, .by = DL_BY_MODIFIER } };
    bool noun = pos == DL_POS_NOUN;
    return fit_items(q, noun ? (s->is_operator ? noun_operator : noun_event) : s->is_operator ? verb_operator : verb_event, 2, noun, a, m);
}

uint32_t dl_filler(const dl_match *m, dl_role role)
{
    for (uint32_t i = 0; i < m->n; i++)
        if (m->v[i].role == role) return m->v[i].head;
    return DL_NONE;
}

/* ---- exclusions ---- */

bool dl_topic_on(const dl_ask *q, uint32_t sentence, uint32_t topic) { return topic < 64 && (q->f->topics[sentence] >> topic & 1); }

/* The words stand at token i, as they are or in base forms: the token behind them, or 0. */
static uint32_t words_at(const dl_ask *q, dl_str words, uint32_t i, uint32_t end)
{
    uint32_t at = 0, j = i;
    for (; j < end && at < words.n; j++) {
        dl_str f = q->f->hits.folded[j], l = q->lang->tok[j].lemma;
        if (!f.n) continue;
        if (at && words.p[at] == ' ') at++;
        if (at + f.n <= words.n && memcmp(words.p + at, f.p, f.n) == 0 && (at + f.n == words.n || words.p[at + f.n] == ' ')) at += f.n;
        else if (l.n && at + l.n <= words.n && memcmp(words.p + at, l.p, l.n) == 0 && (at + l.n == words.n || words.p[at + l.n] == ' ')) at += l.n;
        else return 0;
    }
    return at == words.n ? j : 0;
}

/* The excluded words with the sense's word among them; a gap is up to six words. */
static bool phrase_here(const dl_ask *q, dl_str words, uint32_t tb, uint32_t te)
{
    const dl_sentence *s = &q->lang->sent[q->lang->tok[tb].sent];
    uint32_t from = tb > s->first + 8 ? tb - 8 : s->first;
    int64_t gap = dl_find(words, DL_STR(DL_GAP), 0);
    dl_str first = gap < 0 ? words : dl_cut(words, 0, (uint32_t)gap), rest = gap < 0 ? (dl_str){ 0 } : dl_cut(words, (uint32_t)gap + (uint32_t)strlen(DL_GAP), words.n);
    for (uint32_t i = from; i < te; i++) {
        uint32_t end = words_at(q, first, i, s->end);
        for (dl_str more = rest; end && more.n;) {
            int64_t g = dl_find(more, DL_STR(DL_GAP), 0);
            dl_str piece = g < 0 ? more : dl_cut(more, 0, (uint32_t)g);
            uint32_t found = 0;
            for (uint32_t k = end; k < s->end && k <= end + 6 && !found; k++) {
                if (k + 1 < s->end && q->lang->tok[k].upos == DL_CCONJ && dl_is_verb(&q->lang->tok[k + 1])) break;      /* "withdraw its troops and offered ...": another verb's words */
                found = words_at(q, piece, k, s->end);
            }
            end = found;
            more = g < 0 ? (dl_str){ 0 } : dl_cut(more, (uint32_t)g + (uint32_t)strlen(DL_GAP), more.n);
        }
        if (end > tb) return true;
    }
    return false;
}

bool dl_excluded(const dl_ask *q, const dl_sense *s, uint32_t tb, uint32_t te, const dl_args *a, const dl_match *m)
{
    const dl_exclusion *x = dl_book_exclusions(q->book) + s->excl;
    for (uint32_t i = 0; i < s->nexcl; i++) {
        if (x[i].what == 2 && dl_topic_on(q, q->lang->tok[tb].sent, x[i].topic)) return true;
        if (x[i].what == 3 && phrase_here(q, dl_book_str(q->book, x[i].phrase), tb, te)) return true;
        if (x[i].what != 1) continue;
        uint32_t t = dl_filler(m, x[i].role);
        if (t != DL_NONE && dl_class_any(dl_token_classes(q, t), x[i].classes)) return true;
        for (uint32_t k = 0; k < a->n && t == DL_NONE; k++) {                              /* a role the frame has no place for */
            bool same = (x[i].role == DL_ROLE_actor && a->v[k].by == DL_BY_SUBJECT) || ((x[i].role == DL_ROLE_recipient || x[i].role == DL_ROLE_object) && a->v[k].by == DL_BY_OBJECT);
            if (same && dl_class_any(dl_token_classes(q, a->v[k].head), x[i].classes)) return true;
        }
    }
    return false;
}
