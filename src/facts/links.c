/* links.c - standing relations: leader of, member of, spokesman for, based in, origins in, linked to.
 *
 * A cue of the codebook's list `relations` ("leader of") between two that are named; also its possessive form ("the group's leader"). What stands over the cue
 * (allegation, belief, a speaker) holds for the link as for an event.
 */
#include "facts/match.h"

static bool end_of_link(const dl_ask *q, uint32_t tok, uint32_t *id, uint8_t *is)
{
    tok = dl_antecedent(q->lang, tok);
    uint32_t m = q->f->mention_of[tok];
    if (m != DL_NONE && q->f->mentions.v[m].entity != DL_NONE) { *id = q->f->mentions.v[m].entity, *is = 'e'; return true; }
    if (q->f->place_of[tok] != DL_NONE) { *id = q->f->place_of[tok], *is = 'p'; return true; }
    uint32_t r = q->f->reading_of[tok];
    if (r != DL_NONE && q->f->readings.v[r].event != DL_NONE) { *id = q->f->readings.v[r].event, *is = 'v'; return true; }
    return false;
}

static void add_link(dl_ask *q, dl_str relation, uint32_t cue, uint32_t a, uint32_t b)
{
    dl_link l = { .relation = relation };
    if (!end_of_link(q, a, &l.a, &l.a_is) || !end_of_link(q, b, &l.b, &l.b_is) || (l.a == l.b && l.a_is == l.b_is)) return;
    if (dl_is(relation, "founder_of") && l.b_is != 'e') return;                             /* "founded in Cadiz" */
    if (dl_is(relation, "official_of") && l.b_is == 'e' && q->f->class_hit[cue] != DL_NONE) {      /* the president of a union leads it */
        const dl_class *c = dl_book_class(q->book, q->f->hits.v[q->f->class_hit[cue]].posting->id);
        uint8_t kind = q->f->entities.v[l.b].kind;
        if (dl_is(dl_book_str(q->book, c->name), "head") && (kind == DL_KIND_organisation || kind == DL_KIND_group)) l.relation = DL_STR("leader_of");
    }
    uint32_t lo = a < b ? a : b, hi = a < b ? b : a;
    if (cue < lo) lo = cue;
    uint32_t pb, pe;
    dl_phrase_of(q->lang, lo, false, &pb, &pe);
    l.at = dl_tokens_span(q->lang, pb, hi + 1);
    dl_event tmp = { .head = cue, .at = q->lang->tok[cue].at, .sentence = q->lang->tok[cue].sent, .tb = cue, .te = cue + 1, .type = DL_TYPE_STATE, .governor = DL_NONE };
    bool explain = q->explain;
    q->explain = false;
    dl_status_at(q, &tmp);
    q->explain = explain;
    l.certainty = tmp.stage == DL_STAGE_happened || tmp.stage == DL_STAGE_ongoing ? tmp.certainty : tmp.certainty < DL_CERT_possible ? DL_CERT_possible : tmp.certainty;
    l.says.v = tmp.says.v, l.says.n = tmp.says.n, l.says.cap = tmp.says.cap;
    *dl_push(q->mem, &q->f->links) = l;
}

/* Who it is told of: the noun itself, the subject of the verb, the noun a participle stands behind. */
static uint32_t told_of(const dl_ask *q, uint32_t cue)
{
    const dl_language *L = q->lang;
    bool obj = false;
    if (dl_is_noun(&L->tok[cue])) {
        if (q->f->mention_of[cue] != DL_NONE) return cue;
        uint32_t h = L->tok[cue].head;                                                     /* "had its origins in", "has ties to" */
        return L->tok[cue].rel == DL_R_obj && dl_is_verb(&L->tok[h]) ? dl_subject_of(L, h, &obj) : DL_NONE;
    }
    if (L->tok[cue].rel == DL_R_amod || L->tok[cue].rel == DL_R_acl) return L->tok[cue].head;
    uint32_t s = dl_child_by(L, cue, DL_R_nsubj);
    return s != DL_NONE ? s : dl_subject_of(L, cue, &obj);
}

static uint32_t target_behind(const dl_ask *q, uint32_t e)
{
    const dl_language *L = q->lang;
    uint32_t prep = e - 1, t = L->tok[prep].head;
    if ((L->tok[prep].rel == DL_R_case_ || L->tok[prep].rel == DL_R_mark) && t > prep) return t;
    for (uint32_t i = e; i < L->sent[L->tok[prep].sent].end && i < e + 5; i++)
        if (q->f->mention_of[i] != DL_NONE || q->f->place_of[i] != DL_NONE) return i;
    return DL_NONE;
}

static uint32_t object_of(const dl_language *L, uint32_t cue) { return dl_is_verb(&L->tok[cue]) && !dl_passive(L, cue) ? dl_child_by(L, cue, DL_R_obj) : DL_NONE; }

static void from_cue(dl_ask *q, const dl_hit *h)
{
    const dl_list_item *it = dl_book_list(q->book, h->posting->id);
    uint32_t cue = h->b;
    while (cue + 1 < h->e && !dl_is_noun(&q->lang->tok[cue]) && !dl_is_verb(&q->lang->tok[cue]) && q->lang->tok[cue].upos != DL_ADJ) cue++;
    uint32_t a = told_of(q, cue), b = h->e == cue + 1 ? object_of(q->lang, cue) : DL_NONE;      /* "who heads the federation" */
    if (b == DL_NONE) b = target_behind(q, h->e);
    if (dl_is(q->lang->tok[h->e - 1].low, "by") && dl_is(dl_book_str(q->book, it->value), "leader_of")) { uint32_t x = a; a = b, b = x; }      /* "is led by" */
    if (a != DL_NONE && b != DL_NONE) add_link(q, dl_book_str(q->book, it->value), cue, a, b);
}

/* "the group's leader": the list knows "leader of". */
static void from_possessive(dl_ask *q, uint32_t i)
{
    const dl_language *L = q->lang;
    uint32_t poss = dl_child_by(L, i, DL_R_nmod_poss);
    if (poss == DL_NONE || !dl_is_noun(&L->tok[i]) || q->f->mention_of[i] == DL_NONE) return;
    dl_str l = q->f->hits.folded[i], rel;
    static const char *const preps[] = { "of", "for", "in" };
    for (size_t k = 0; k < 3; k++) {
        rel = dl_book_list_value(q->book, DL_LIST_relations, dl_fmt(q->mem, "%.*s %s", (int)l.n, l.p, preps[k]));
        if (rel.n) { add_link(q, rel, i, i, poss); return; }
    }
}

void dl_links(dl_ask *q)
{
    for (uint32_t i = 0; i < q->lang->ntok; i++) {
        if (!q->art->parts.v[q->lang->sent[q->lang->tok[i].sent].part].coded) continue;
        for (uint32_t k = q->f->hits.first[i]; k < q->f->hits.first[i + 1]; k++) {
            const dl_hit *h = &q->f->hits.v[k];
            if (h->posting->kind == DL_P_LIST && dl_book_list(q->book, h->posting->id)->list == DL_LIST_relations) { from_cue(q, h); break; }
        }
        from_possessive(q, i);
    }
}
