/* readings.c - each word of the codebook that stands in the report, read in the sense whose frame fits best; and the topics of each sentence.
 *
 * Events and operators compete for a word: "stop" is an operator where an event is told behind it, else what the events know of it. A longer phrase
 * beats a shorter one; between senses that fit equally well the one that stands first in the codebook wins.
 */
#include "facts/match.h"
#include "facts/names.h"

static void find_topics(dl_ask *q)
{
    const dl_language *L = q->lang;
    q->f->topics = dl_new(q->mem, uint64_t, L->nsent + 1);
    for (uint32_t s = 0; s < L->nsent; s++) {
        uint8_t weak[64] = { 0 };
        for (uint32_t i = q->f->hits.first[L->sent[s].first]; i < q->f->hits.first[L->sent[s].end]; i++) {
            const dl_posting *p = q->f->hits.v[i].posting;
            if (p->kind != DL_P_TOPIC || p->id >= 64) continue;
            if (p->form & DL_F_STRONG || ++weak[p->id] >= 2) q->f->topics[s] |= (uint64_t)1 << p->id;
        }
    }
}

/* The word is only part of a longer name or noun: "riot police", "Rapid Support Forces". */
static bool part_of_longer(const dl_ask *q, uint32_t b, uint32_t e)
{
    const dl_hits *h = &q->f->hits;
    uint32_t from = b > 5 ? b - 5 : 0;
    for (uint32_t i = from; i <= b; i++)
        for (uint32_t k = h->first[i]; k < h->first[i + 1]; k++) {
            uint8_t kind = h->v[k].posting->kind;
            if ((kind == DL_P_CLASS || kind == DL_P_ACTOR || kind == DL_P_PLACE) && h->v[k].e >= e && h->v[k].e - h->v[k].b > e - b) return true;
        }
    return false;
}

static uint32_t head_token(const dl_ask *q, const dl_hit *h, dl_pos pos)
{
    if (pos == DL_POS_VERB)                                                             /* "fatally shoot": the verb, not the adverb */
        for (uint32_t i = h->b; i < h->e; i++)
            if (q->lang->tok[i].upos != DL_ADV || i + 1 == h->e) return i;
    if (pos == DL_POS_MODAL) return h->b;
    if (pos == DL_POS_NOUN) {                                                           /* "suspension of aid": the noun before the preposition */
        for (uint32_t i = h->b + 1; i + 1 < h->e; i++)
            if (dl_is(q->lang->tok[i].low, "of") || dl_is(q->lang->tok[i].low, "to") || dl_is(q->lang->tok[i].low, "for")) return i - 1;
        return h->e - 1;
    }
    if (pos == DL_POS_ADJ) return h->b;
    return h->e - h->b == 1 ? h->b : dl_phrase_head(q->lang, h->b, h->e);
}

/* ---- words that govern by their place alone ---- */

static uint32_t clause_above(const dl_language *L, uint32_t i)
{
    for (int up = 0; up < 12 && !dl_is_root(L, i); up++) {
        i = L->tok[i].head;
        if (dl_is_verb(&L->tok[i]) || dl_child_by(L, i, DL_R_cop) != DL_NONE) return i;
    }
    return i;
}

static void govern(dl_match *m, uint32_t head, bool clause) { if (head != DL_NONE && m->n < DL_FILL_MAX) { m->v[m->n++] = (dl_fill){ DL_ROLE_event, 2, clause, head, DL_BY_OBJECT }; m->score += 11; } }

static bool by_place(const dl_ask *q, uint32_t i, uint32_t tb, uint32_t te, dl_pos pos, dl_match *m)
{
    const dl_language *L = q->lang;
    const dl_token *t = &L->tok[i];
    m->n = 0, m->score = 0, m->frame = NULL;
    switch (pos) {
    case DL_POS_ADV: case DL_POS_MODAL: case DL_POS_DET: case DL_POS_MARK:
        if (dl_is_root(L, i)) return false;
        govern(m, t->head, true);
        if (pos == DL_POS_DET && !dl_is_root(L, t->head) && ((!dl_eventlike(q, t->head) && dl_is_subject(L->tok[t->head].rel)) || L->tok[t->head].rel == DL_R_obj || L->tok[t->head].rel == DL_R_nsubj_pass))
            govern(m, L->tok[t->head].head, true);                                     /* "no civilians were killed", "found no link" */
        return true;
    case DL_POS_PREP: {
        uint32_t n = (t->rel == DL_R_case_ || t->rel == DL_R_mark) && L->tok[t->head].upos != DL_PUNCT ? t->head : i;
        if (n == i) {                                                                  /* "according" parsed as a verb or adverb of its own */
            for (uint32_t k = te; k < L->sent[t->sent].end && k < te + 6; k++)
                if (dl_is_noun(&L->tok[k])) { n = k; while (!dl_is_root(L, n) && L->tok[n].head > n && L->tok[n].head < te + 8 && dl_is_noun(&L->tok[L->tok[n].head])) n = L->tok[n].head; break; }
        }
        if (n == i) return false;
        m->v[m->n++] = (dl_fill){ DL_ROLE_actor, 1, false, n, DL_BY_PREP };
        uint32_t up = dl_is_root(L, n) ? DL_NONE : L->tok[n].head;
        if (up == i) up = dl_is_root(L, i) ? DL_NONE : L->tok[i].head;
        if (up == DL_NONE) up = L->sent[t->sent].root;
        if (up == n) {                                                                 /* the source taken for the sentence: what hangs on it is what is said */
            up = DL_NONE;
            DL_EACH_CHILD(L, n, k) if (up == DL_NONE && k > n && dl_is_verb(&L->tok[k]) && (L->tok[k].rel == DL_R_parataxis || dl_is_clause(L->tok[k].rel))) up = k;
            if (up == DL_NONE) return false;
        }
        govern(m, up, true);
        return true;
    }
    case DL_POS_PHRASE:
        govern(m, clause_above(L, tb), true);
        return true;
    case DL_POS_ADJ: {
        uint32_t c = dl_child_by(L, i, DL_R_xcomp);
        if (c == DL_NONE) c = dl_child_by(L, i, DL_R_ccomp);
        if (c == DL_NONE) c = dl_child_by(L, i, DL_R_advcl);
        bool obj = false;
        if (c == DL_NONE)
            DL_EACH_CHILD(L, i, k)                                                    /* "concerned by members returning", "wary of an attack" */
                if (c == DL_NONE && dl_is_oblique(L->tok[k].rel) && dl_eventlike(q, k)) c = k;
        if (c != DL_NONE) {
            govern(m, c, true);
            uint32_t who = dl_is_verb(t) ? dl_subject_of(L, i, &obj) : dl_child_by(L, i, DL_R_nsubj);
            if (who == DL_NONE && t->rel == DL_R_advcl && !dl_is_root(L, i)) who = dl_child_by(L, t->head, DL_R_nsubj);      /* "Worried that they have fled, the service has sent ..." */
            if (who != DL_NONE && who != c) m->v[m->n++] = (dl_fill){ DL_ROLE_actor, 1, false, dl_antecedent(L, who), DL_BY_SUBJECT };
            return true;
        }
        if (t->rel == DL_R_amod || t->rel == DL_R_compound || t->rel == DL_R_acl || t->rel == DL_R_acl_relcl) { govern(m, t->head, false); return true; }
        uint32_t s = dl_is_verb(t) ? dl_subject_of(L, i, &obj) : dl_child_by(L, i, DL_R_nsubj);
        if (s == DL_NONE) s = dl_child_by(L, i, DL_R_csubj);
        if (s == DL_NONE && (t->rel == DL_R_conj || t->rel == DL_R_xcomp)) s = dl_child_by(L, t->head, DL_R_nsubj);
        for (uint32_t up = i, n = 0; s == DL_NONE && n < 3 && !dl_is_root(L, up); n++) {      /* "was due in March", with "March" taken for the predicate */
            up = L->tok[up].head;
            s = dl_child_by(L, up, DL_R_nsubj_pass) != DL_NONE ? dl_child_by(L, up, DL_R_nsubj_pass) : dl_child_by(L, up, DL_R_nsubj);
        }
        if (s == DL_NONE) return false;
        govern(m, dl_antecedent(L, s), false);
        return true;
    }
    default:
        return false;
    }
}

/* The tree gave a verb no event to govern: the next event word to its right, if nothing stands between. */
static void back_off(const dl_ask *q, uint32_t te, dl_match *m)
{
    const dl_sentence *s = &q->lang->sent[q->lang->tok[te - 1].sent];
    for (uint32_t i = te; i < s->end && i < te + 7; i++) {
        const dl_token *t = &q->lang->tok[i];
        if (t->upos == DL_PUNCT || t->xpos == DL_VBD || t->xpos == DL_VBZ || t->xpos == DL_VBP || t->xpos == DL_MD) {
            if (t->upos == DL_PUNCT || !dl_eventlike(q, i)) return;
        }
        if (!dl_eventlike(q, i)) continue;
        m->v[m->n++] = (dl_fill){ DL_ROLE_event, 1, false, i, DL_BY_OBJECT };
        m->score += 3;
        return;
    }
}

/* "fears at least eleven of the people aboard drowned": a clause without "that", hung on its subject. */
static void clause_inside(const dl_ask *q, uint32_t head, dl_match *m)
{
    const dl_language *L = q->lang;
    DL_EACH_CHILD(L, head, k) {
        if (k < head || (L->tok[k].rel != DL_R_obj && L->tok[k].rel != DL_R_xcomp && L->tok[k].rel != DL_R_ccomp) || dl_is_verb(&L->tok[k])) continue;
        bool relative = false;                                                               /* "fear 15 of the inmates who tunnelled out have crossed": the second verb */
        for (uint32_t i = k + 1; i < L->sent[L->tok[head].sent].end && i < k + 22; i++) {
            const dl_token *t = &L->tok[i];
            if (t->upos == DL_PUNCT && !relative) return;
            if (dl_relative_word(t)) { relative = true; continue; }
            bool own = dl_child_by(L, i, DL_R_aux) != DL_NONE || dl_child_by(L, i, DL_R_aux_pass) != DL_NONE;
            if (!dl_is_verb(t) || t->rel == DL_R_aux || t->rel == DL_R_aux_pass || t->rel == DL_R_cop) continue;
            if (relative && !(own && t->rel == DL_R_conj)) continue;
            if ((!relative && ((t->xpos != DL_VBN && t->xpos != DL_VBD) || t->rel != DL_R_acl)) || !dl_eventlike(q, i)) continue;
            m->v[m->n++] = (dl_fill){ DL_ROLE_event, 1, true, i, DL_BY_OBJECT };
            m->score += 3;
            return;
        }
    }
}

/* "expressed fear that ...": who fears is the subject of a verb that says nothing more. */
static void subject_of_light_verb(const dl_ask *q, uint32_t n, dl_match *m)
{
    const dl_language *L = q->lang;
    uint32_t v = L->tok[n].head;
    bool as_object = false;
    if (L->tok[n].rel != DL_R_obj || dl_is_root(L, n) || !dl_is_verb(&L->tok[v]) || q->f->reading_of[v] != DL_NONE || dl_passive(L, v) || m->n == DL_FILL_MAX) return;
    uint32_t who = dl_subject_of(L, v, &as_object);
    if (who != DL_NONE && !as_object && who != n && dl_class_has(dl_token_classes(q, who), DL_CLASS_ACTOR)) m->v[m->n++] = (dl_fill){ DL_ROLE_actor, 1, false, who, DL_BY_SUBJECT };
}

/* "They postponed it": the event told last, in the sentence before. */
static void told_before(const dl_ask *q, const dl_args *a, uint32_t head, dl_match *m)
{
    const dl_language *L = q->lang;
    bool it = false;
    for (uint32_t i = 0; i < a->n; i++) it = it || (a->v[i].by == DL_BY_OBJECT && !a->v[i].clause && dl_is(L->tok[a->v[i].head].low, "it"));
    if (!it) return;
    for (uint32_t i = q->f->readings.n; i-- > 0;) {
        const struct dl_reading *r = &q->f->readings.v[i];
        if (L->tok[r->head].sent + 1 < L->tok[head].sent) return;
        if (dl_book_sense(q->book, r->sense)->is_operator || r->pos != DL_POS_NOUN || r->head > head) continue;
        m->v[m->n++] = (dl_fill){ DL_ROLE_event, 1, false, r->head, DL_BY_OBJECT };
        m->score += 3;
        return;
    }
}

/* "Rumours have spread in the city that he was arrested": the clause that a noun announces stands behind its verb. */
static void clause_behind(const dl_ask *q, uint32_t head, uint32_t te, dl_match *m)
{
    const dl_language *L = q->lang;
    const dl_sentence *s = &L->sent[L->tok[head].sent];
    for (uint32_t i = te; i + 1 < s->end && i < te + 12; i++) {
        const dl_token *t = &L->tok[i];
        if (!dl_is(t->low, "that") || t->rel == DL_R_det) continue;
        uint32_t v = DL_NONE;
        for (uint32_t k = i + 1; k < s->end && v == DL_NONE; k++)                            /* its first finite verb, with the auxiliaries' main verb */
            if (dl_is_verb(&L->tok[k])) v = L->tok[k].rel == DL_R_aux || L->tok[k].rel == DL_R_aux_pass || L->tok[k].rel == DL_R_cop ? L->tok[k].head : k;
        if (v == DL_NONE || v <= i || dl_below(L, head, v)) return;
        if (t->head > i && dl_is_verb(&L->tok[t->head])) v = t->head;
        m->v[m->n++] = (dl_fill){ DL_ROLE_event, 1, true, v, DL_BY_OBJECT };
        m->score += 3;
        if (!dl_is_root(L, head) && dl_is_verb(&L->tok[L->tok[head].head]) && m->n < DL_FILL_MAX && dl_filler(m, DL_ROLE_actor) == DL_NONE)
            DL_EACH_CHILD(L, L->tok[head].head, k)                                           /* "fears are growing among officials that ..." */
                if (k < i && L->tok[k].rel == DL_R_obl && dl_is(dl_prep_of(q, k), "among") && m->n < DL_FILL_MAX) m->v[m->n++] = (dl_fill){ DL_ROLE_actor, 1, false, k, DL_BY_PREP };
        return;
    }
}

/* ---- choosing ---- */

static bool best_frame(const dl_ask *q, const dl_sense *s, dl_pos pos, const dl_args *a, uint32_t head, uint32_t te, dl_match *out)
{
    const dl_frame *fr = dl_book_frames(q->book) + s->frame;
    bool any = false, tried = false;
    for (uint32_t i = 0; i < s->nframe; i++) {
        if (fr[i].pos != pos) continue;
        tried = true;
        dl_match m;
        if (!dl_fit_frame(q, &fr[i], a, &m)) continue;
        if (!any || m.score > out->score) *out = m, any = true;
    }
    if (!tried) any = dl_fit_default(q, s, pos, a, out);
    if (any && s->is_operator && pos == DL_POS_VERB && dl_filler(out, DL_ROLE_event) == DL_NONE && out->n < DL_FILL_MAX) told_before(q, a, head, out);
    if (any && s->is_operator && s->certainty > DL_CERT_fact && pos == DL_POS_VERB && dl_filler(out, DL_ROLE_event) == DL_NONE && out->n < DL_FILL_MAX) clause_inside(q, head, out);
    if (any && s->is_operator && s->says == DL_ROLE_actor && pos == DL_POS_NOUN && dl_filler(out, DL_ROLE_actor) == DL_NONE) subject_of_light_verb(q, head, out);
    bool own_object = false;
    for (uint32_t i = 0; i < a->n; i++) own_object = own_object || (a->v[i].by == DL_BY_OBJECT && !a->v[i].clause);
    if (any && s->is_operator && (s->stage || s->certainty) && !own_object && dl_filler(out, DL_ROLE_event) == DL_NONE && pos == DL_POS_VERB && out->n < DL_FILL_MAX) back_off(q, te, out);
    if (any && s->is_operator && (s->certainty || s->says) && pos == DL_POS_NOUN && out->n < DL_FILL_MAX && dl_filler(out, DL_ROLE_event) == DL_NONE) clause_behind(q, head, te, out);
    return any;
}

/* "found no motive in the abduction": the abduction is not what was found. */
static void aside_from(const dl_ask *q, dl_match *m)
{
    for (uint32_t i = 0; i < m->n; i++) {
        if (m->v[i].role != DL_ROLE_event || m->v[i].clause || m->v[i].by != DL_BY_PREP) continue;
        dl_str p = dl_prep_of(q, m->v[i].head);
        if (!dl_is(p, "of") && !dl_is(p, "for")) m->v[i--] = m->v[--m->n];
    }
}

static bool read_as(const dl_ask *q, const dl_hit *h, struct dl_reading *r)
{
    const dl_posting *p = h->posting;
    const dl_sense *s = dl_book_sense(q->book, p->id);
    dl_pos pos = (dl_pos)p->pos;
    *r = (struct dl_reading){ .head = head_token(q, h, pos), .tb = h->b, .te = h->e, .sense = p->id, .pos = (uint8_t)pos, .event = DL_NONE };
    if (!dl_tag_fits(q, r->head, p, h->b, h->e)) return false;
    dl_args a = { .n = 0 };
    bool placed = s->is_operator && pos != DL_POS_VERB && pos != DL_POS_NOUN;
    if (placed) {
        if (!by_place(q, r->head, h->b, h->e, pos, &r->m)) return false;
    } else {
        dl_gather(q, r->head, h->b, h->e, pos, &a);
        if (!best_frame(q, s, pos, &a, r->head, h->e, &r->m)) return false;
    }
    if (!s->is_operator && pos == DL_POS_VERB && s->type == DL_TYPE_FIND) aside_from(q, &r->m);
    if (s->is_operator && dl_filler(&r->m, DL_ROLE_event) == DL_NONE && !(q->lang->tok[r->head].rel == DL_R_parataxis && s->says)) return false;
    if (s->nexcl && dl_excluded(q, s, h->b, h->e, &a, &r->m)) return false;
    if (p->form & DL_F_GAP) r->m.score += 20;                                          /* the words behind the gap count as well */
    r->m.score += 20 * (int)(h->e - h->b) + (s->is_operator && dl_filler(&r->m, DL_ROLE_event) != DL_NONE ? 8 : 0);
    return true;
}

/* "police said" behind or inside what they say hangs on it as parataxis: the clause it hangs on is what is said. */
static void said_behind(const dl_ask *q, struct dl_reading *r)
{
    if (dl_filler(&r->m, DL_ROLE_event) == DL_NONE && r->m.n < DL_FILL_MAX) r->m.v[r->m.n++] = (dl_fill){ DL_ROLE_event, 1, true, q->lang->tok[r->head].head, DL_BY_OBJECT };
}

static uint32_t read_token(dl_ask *q, uint32_t i)
{
    const dl_hits *h = &q->f->hits;
    struct dl_reading best, r;
    bool any = false;
    for (uint32_t k = h->first[i]; k < h->first[i + 1]; k++) {
        if (h->v[k].posting->kind != DL_P_SENSE || (q->f->time_of[i] != DL_NONE && h->v[k].e == i + 1 && q->lang->tok[i].capital) || part_of_longer(q, h->v[k].b, h->v[k].e)) continue;
        if (q->lang->tok[i].rel == DL_R_acl && i + 1 < q->lang->ntok && q->lang->tok[i + 1].upos == DL_PROPN && dl_list_at(q, i, DL_LIST_namings, NULL).n) continue;      /* "a preacher named Idris Lawal" */
        if (!read_as(q, &h->v[k], &r)) continue;
        if (!any || r.m.score > best.m.score) best = r, any = true;
    }
    if (!any) return i + 1;
    const dl_sense *s = dl_book_sense(q->book, best.sense);
    if (s->is_operator && q->lang->tok[best.head].rel == DL_R_parataxis) said_behind(q, &best);
    if (q->f->reading_of[best.head] == DL_NONE) q->f->reading_of[best.head] = q->f->readings.n;
    *dl_push(q->mem, &q->f->readings) = best;
    return best.te;
}

void dl_read_words(dl_ask *q)
{
    find_topics(q);
    q->f->reading_of = dl_new(q->mem, uint32_t, q->lang->ntok + 1);
    memset(q->f->reading_of, 0xff, sizeof(uint32_t) * (q->lang->ntok + 1));
    for (uint32_t s = 0; s < q->lang->nsent; s++) {
        if (!q->art->parts.v[q->lang->sent[s].part].coded) continue;
        for (uint32_t i = q->lang->sent[s].first; i < q->lang->sent[s].end;) i = read_token(q, i);
    }
}
