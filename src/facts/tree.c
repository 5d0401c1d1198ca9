/* tree.c - small questions asked of a tree: voice, the subject a clause shares with another, the words of a noun phrase.
 *
 * A greedy parser's trees are often wrong at a distance, so every walk here is short and gives up early rather than far away.
 */
#include "facts/tree.h"

uint32_t dl_child_by(const dl_language *L, uint32_t i, dl_rel r)
{
    DL_EACH_CHILD(L, i, k)
        if (L->tok[k].rel == r) return k;
    return DL_NONE;
}

bool dl_has_child_word(const dl_language *L, uint32_t i, dl_rel r, const char *low)
{
    DL_EACH_CHILD(L, i, k)
        if (L->tok[k].rel == r && dl_is(L->tok[k].low, low)) return true;
    return false;
}

uint32_t dl_adposition(const dl_language *L, uint32_t i)
{
    DL_EACH_CHILD(L, i, k)
        if (k < i && (L->tok[k].rel == DL_R_case_ || L->tok[k].rel == DL_R_mark) && L->tok[k].xpos != DL_POS) return k;
    return DL_NONE;
}

dl_str dl_prep_of(const dl_ask *q, uint32_t i)
{
    const dl_language *L = q->lang;
    uint32_t c = dl_adposition(L, i);
    if (c == DL_NONE) return (dl_str){ 0 };
    dl_str s = q->f->hits.folded[c];
    DL_EACH_CHILD(L, c, k)                                       /* "according to", "because of": fixed expressions */
        if (L->tok[k].rel == DL_R_fixed) s = dl_fmt(q->mem, "%.*s %.*s", (int)s.n, s.p, (int)q->f->hits.folded[k].n, q->f->hits.folded[k].p);
    return s;
}

bool dl_below(const dl_language *L, uint32_t i, uint32_t top)
{
    for (uint32_t steps = 0; steps < 400; steps++) {
        if (i == top) return true;
        if (dl_is_root(L, i)) return false;
        i = L->tok[i].head;
    }
    return false;
}

bool dl_passive(const dl_language *L, uint32_t v)
{
    const dl_token *t = &L->tok[v];
    bool be = false, has_object = false, has_subject = false, have = false, been = false;
    DL_EACH_CHILD(L, v, k) {
        if (L->tok[k].rel != DL_R_aux && L->tok[k].rel != DL_R_aux_pass && L->tok[k].rel != DL_R_cop) continue;
        have = have || dl_is(L->tok[k].lemma, "have");
        been = been || dl_is(L->tok[k].lemma, "be") || dl_is(L->tok[k].lemma, "get");
    }
    if (have && !been) return false;                               /* "have returned", whatever its subject was labelled */
    DL_EACH_CHILD(L, v, k) {
        uint8_t r = L->tok[k].rel;
        if (r == DL_R_aux_pass || (r == DL_R_obl_agent && !(dl_child_by(L, v, DL_R_nsubj) != DL_NONE && dl_child_by(L, v, DL_R_obj) != DL_NONE))) return true;
        if (r == DL_R_nsubj_pass || r == DL_R_csubj_pass) { if (been) return true; has_subject = true; }      /* "it arrested eleven men": no passive without "be" */
        if (r == DL_R_obj) has_object = true;
        if (r == DL_R_nsubj) has_subject = true;
        if (r == DL_R_aux || r == DL_R_cop) be = true;
        if ((r == DL_R_aux || r == DL_R_cop) && t->xpos == DL_VBN && dl_is(L->tok[k].lemma, "be")) return true;
    }
    if (t->xpos == DL_VBN && !have && !has_object && dl_child_by(L, v, DL_R_nsubj_pass) != DL_NONE) return true;      /* "Soldiers killed in clash" */
    if (t->xpos == DL_VBG || t->xpos == DL_VB || t->xpos == DL_VBZ || t->xpos == DL_VBP) return false;
    if (t->rel == DL_R_acl && has_subject && !be) return false;      /* "which later focused": a past tense taken for a participle */
    if (t->rel == DL_R_amod || t->rel == DL_R_acl) return !has_object || t->xpos == DL_VBN || t->xpos == DL_JJ;
    if (t->xpos == DL_VBN && !be && !has_subject && (t->rel == DL_R_advcl || t->rel == DL_R_xcomp || t->rel == DL_R_root)) return !has_object;
    if (t->rel == DL_R_conj && t->xpos == DL_VBN && !has_subject && !be) return dl_passive(L, t->head) && !has_object;
    return false;
}

bool dl_definite(const dl_language *L, uint32_t n)
{
    static const char *const words[] = { "the", "this", "that", "these", "those" };
    DL_EACH_CHILD(L, n, k)
        for (size_t i = 0; L->tok[k].rel == DL_R_det && i < sizeof words / sizeof *words; i++)
            if (dl_is(L->tok[k].low, words[i])) return true;
    return false;
}

bool dl_relative_word(const dl_token *t)
{
    return t->xpos == DL_WDT || t->xpos == DL_WP || (t->upos == DL_PRON && (dl_is(t->low, "that") || dl_is(t->low, "which") || dl_is(t->low, "who") || dl_is(t->low, "whom")));
}

uint32_t dl_antecedent(const dl_language *L, uint32_t i)
{
    if (!dl_relative_word(&L->tok[i])) return i;
    uint32_t c = L->tok[i].head;
    for (int up = 0; up < 4; up++) {
        if (L->tok[c].rel == DL_R_acl_relcl || L->tok[c].rel == DL_R_acl) return L->tok[c].head;
        if (dl_is_root(L, c)) break;
        c = L->tok[c].head;
    }
    return i;
}

/* The clause's own subject; a relative word stands for its antecedent. */
static uint32_t own_subject(const dl_language *L, uint32_t v, bool *as_object)
{
    uint32_t best = DL_NONE;
    DL_EACH_CHILD(L, v, k) {                                       /* of two the first, but "..., said X" has its own right behind it */
        uint8_t r = L->tok[k].rel;
        if (r != DL_R_nsubj && r != DL_R_nsubj_pass && r != DL_R_nsubj_outer) continue;
        if (best == DL_NONE || (k > v && k < v + 4 && best < v)) best = k;
    }
    if (best == DL_NONE) return DL_NONE;
    *as_object = L->tok[best].rel == DL_R_nsubj_pass || dl_passive(L, v);
    return dl_antecedent(L, best);
}

uint32_t dl_subject_of(const dl_language *L, uint32_t v, bool *as_object)
{
    bool passive = dl_passive(L, v);
    for (int hops = 0; hops < 5; hops++) {
        bool deep = false;
        uint32_t s = own_subject(L, v, &deep);
        if (s != DL_NONE) { *as_object = passive; return s; }
        const dl_token *t = &L->tok[v];
        if (dl_is_root(L, v)) break;
        switch (t->rel) {
        case DL_R_appos:                                           /* "The hostages, two geologists, may have been taken": a clause hung on its subject */
            if (dl_child_by(L, v, DL_R_aux) == DL_NONE && dl_child_by(L, v, DL_R_aux_pass) == DL_NONE) return DL_NONE;
            *as_object = passive;
            return t->head;
        case DL_R_acl: case DL_R_acl_relcl: case DL_R_amod:
            if ((t->xpos == DL_VBD || t->xpos == DL_VBZ || dl_child_by(L, v, DL_R_aux) != DL_NONE) && dl_child_by(L, v, DL_R_cc) != DL_NONE) {     /* "..., but went on trial": a conjunct that the parser hung on the noun before it */
                v = t->head;
                while (!dl_is_root(L, v) && !dl_is_verb(&L->tok[v])) v = L->tok[v].head;
                break;
            }
            if (t->xpos == DL_VB || dl_has_child_word(L, v, DL_R_mark, "to")) {       /* "a plan to bomb": whose plan it is, not the plan */
                *as_object = passive;
                return DL_NONE;
            }
            *as_object = passive || t->xpos == DL_VBN;
            if (dl_child_by(L, t->head, DL_R_cop) != DL_NONE && (s = own_subject(L, t->head, &deep)) != DL_NONE && v > t->head + 1) return s;      /* "She is on trial, accused of": she, not the trial */
            return t->head;
        case DL_R_xcomp: {                                                            /* "urged them to leave": the object; "vowed to leave": the subject */
            uint32_t o = dl_child_by(L, t->head, DL_R_obj);
            if (o == DL_NONE) o = dl_child_by(L, t->head, DL_R_iobj);
            if (o != DL_NONE && o != v) { *as_object = passive; return o; }
            v = t->head;
            if (dl_passive(L, v)) { s = own_subject(L, v, &deep); *as_object = passive; return s; }
            break;
        }
        case DL_R_conj: case DL_R_advcl: case DL_R_ccomp:
            v = t->head;
            if (t->rel == DL_R_conj && (t->xpos == DL_VBD || t->xpos == DL_VBZ))               /* "has a record, but went on trial": hung on the noun */
                while (!dl_is_root(L, v) && !dl_is_verb(&L->tok[v]) && dl_child_by(L, v, DL_R_nsubj) == DL_NONE) v = L->tok[v].head;
            if (!dl_is_verb(&L->tok[v]) && dl_child_by(L, v, DL_R_nsubj) == DL_NONE) return DL_NONE;
            if (t->rel == DL_R_conj && t->xpos != DL_VBN) passive = false;
            else if (t->rel != DL_R_conj && dl_passive(L, v)) { s = own_subject(L, v, &deep); *as_object = passive; return s; }
            break;
        default:
            return DL_NONE;
        }
    }
    return DL_NONE;
}

static bool of_phrase(const dl_language *L, uint32_t k)
{
    uint32_t c = dl_adposition(L, k);
    return c != DL_NONE && dl_is(L->tok[c].low, "of");
}

static bool inside_phrase(uint8_t r)
{
    return r == DL_R_det || r == DL_R_det_predet || r == DL_R_amod || r == DL_R_compound || r == DL_R_nummod || r == DL_R_nmod_poss || r == DL_R_flat || r == DL_R_flat_foreign ||
           r == DL_R_nmod_desc || r == DL_R_fixed || r == DL_R_goeswith || r == DL_R_advmod || r == DL_R_nmod_unmarked || r == DL_R_compound_prt;
}

void dl_phrase_of(const dl_language *L, uint32_t head, bool with_of, uint32_t *b, uint32_t *e)
{
    *b = head, *e = head + 1;
    DL_EACH_CHILD(L, head, k) {
        uint8_t r = L->tok[k].rel;
        if (k < head && (inside_phrase(r) || (r == DL_R_advmod && L->tok[k].upos == DL_ADV))) {
            uint32_t kb, ke;
            dl_subtree(L, k, &kb, &ke);
            if (ke <= head && kb < *b && kb >= L->sent[L->tok[head].sent].first) *b = kb;
        } else if (k > head && (r == DL_R_flat || r == DL_R_flat_foreign || r == DL_R_compound || r == DL_R_goeswith || r == DL_R_nummod || (r == DL_R_nmod_desc && L->tok[k].upos == DL_PROPN))) {
            uint32_t kb, ke;
            dl_phrase_of(L, k, false, &kb, &ke);
            if (kb <= *e + 1 && ke > *e) *e = ke;
        } else if (k == head + 1 && dl_is(L->tok[k].text, "-") && L->tok[k].at.b == L->tok[head].at.e && k + 1 < L->sent[L->tok[head].sent].end && L->tok[k + 1].at.b == L->tok[k].at.e && *e < k + 2) {
            *e = k + 2;                                                                    /* "passers-by" */
        } else if (k == head + 1 && (r == DL_R_appos || r == DL_R_nmod_unmarked) && L->tok[k].upos == DL_PROPN && L->tok[head].upos == DL_PROPN && L->tok[k].xpos != DL_CD) {
            dl_phrase_of(L, k, false, &(uint32_t){ 0 }, e);                                 /* a name in two pieces */
        } else if (k > head && with_of && r == DL_R_nmod && of_phrase(L, k) && dl_adposition(L, k) <= *e) {
            uint32_t kb, ke;
            dl_phrase_of(L, k, true, &kb, &ke);
            if (ke > *e) *e = ke;
        }
    }
    while (*b < head && L->tok[*b].upos == DL_PUNCT && (dl_is(L->tok[*b].text, ",") || dl_is(L->tok[*b].text, ";"))) ++*b;      /* no phrase begins with a comma */
}

dl_span dl_tokens_span(const dl_language *L, uint32_t b, uint32_t e)
{
    return (dl_span){ L->tok[b].at.b, L->tok[e - 1].at.e };
}
