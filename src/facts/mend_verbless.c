/* mend_verbless.c - sentences whose verb the tagger missed.
 *
 *   "The king expressed condolences to ..."        a participle before its noun, for the tagger
 *   "Colombian police deploy 1,500 officers"       a noun
 *   "Guards tortured detainees, the report says."  the same before the words of who says so
 *
 * A sentence has a finite verb. Where none is tagged outside subordinate clauses, the first word of the codebook's verbs that stands behind a noun and fits it in form is
 * made that verb: what stands before it becomes its subject, what hung elsewhere behind it hangs on it.
 */
#include "facts/mend.h"

typedef struct { dl_language *L; const dl_ask *q; uint32_t first, end, above; } stretch;      /* tokens [first,end); above: the verb of saying behind it that takes the clause, DL_NONE */

static bool finite(const dl_token *t) { return t->xpos == DL_VBD || t->xpos == DL_VBZ || t->xpos == DL_VBP || t->xpos == DL_MD; }

/* In a clause with "who", "after", "that" ...: no verb of the sentence itself. */
bool dl_subordinate(const dl_language *L, uint32_t i)
{
    uint8_t r = L->tok[i].rel;
    if ((r == DL_R_aux || r == DL_R_aux_pass || r == DL_R_cop) && !dl_is_root(L, i)) i = L->tok[i].head;
    for (int up = 0; up < 4; up++) {
        bool apart = false;                                                                  /* behind a comma only "who" and "which" make a relative clause */
        for (uint32_t k = L->tok[i].head; k < i && !apart; k++) apart = dl_is(L->tok[k].text, ",");
        if ((L->tok[i].rel == DL_R_acl_relcl || L->tok[i].rel == DL_R_advcl_relcl) && !apart) return true;
        DL_EACH_CHILD(L, i, k)
            if (k < i && (L->tok[k].rel == DL_R_mark || L->tok[k].xpos == DL_WRB || dl_relative_word(&L->tok[k]))) return true;
        if (dl_is_root(L, i) || L->tok[i].rel != DL_R_conj) return false;
        i = L->tok[i].head;
    }
    return false;
}

/* The verb forms that the codebook knows the word by. */
static unsigned verb_forms(const dl_ask *q, uint32_t i)
{
    unsigned forms = 0;
    for (uint32_t k = q->f->hits.first[i]; k < q->f->hits.first[i + 1]; k++) {
        const dl_posting *p = q->f->hits.v[k].posting;
        if (p->kind == DL_P_SENSE && p->pos == DL_POS_VERB) forms |= p->form;
    }
    return forms;
}

static bool plural(const dl_ask *q, uint32_t n) { return q->lang->tok[n].xpos == DL_NNS || q->lang->tok[n].xpos == DL_NNPS || dl_posting_at(q, n, DL_P_CLASS, 0, DL_F_PL); }

/* The noun before i that is nobody's in the stretch before i: the subject, if i is a verb. */
static uint32_t subject_before(const stretch *s, uint32_t i)
{
    uint32_t best = DL_NONE;
    for (uint32_t k = s->first; k < i; k++) {
        const dl_token *t = &s->L->tok[k];
        if (!dl_is_noun(t) && t->upos != DL_PRON) continue;
        if (t->head >= s->first && t->head < i && t->head != k) continue;
        bool led = dl_adposition(s->L, k) != DL_NONE || (k > s->first && s->L->tok[k - 1].upos == DL_ADP);      /* "In the valley ..." */
        if (!led) best = k;
    }
    return best;
}

static bool may_be_verb(const stretch *s, uint32_t i, uint32_t *subject)
{
    const dl_ask *q = s->q;
    const dl_token *t = &s->L->tok[i], *next = &s->L->tok[i + 1];
    if ((t->upos == DL_ADV && dl_ends(t->low, DL_STR("ly"))) || t->upos == DL_ADP || t->xpos == DL_VBG || t->capital) return false;
    unsigned forms = verb_forms(q, i);
    if (!forms) return false;
    uint32_t before = i - 1;
    while (before > s->first && s->L->tok[before].upos == DL_ADV) before--;
    const dl_token *b = &s->L->tok[before];
    bool named = b->upos == DL_ADJ && before > s->first && s->L->tok[before - 1].upos == DL_DET && dl_posting_at(q, before, DL_P_CLASS, 0, 0);      /* "The general resigned" */
    if (named && s->L->tok[before].head != before) s->L->tok[before].upos = DL_NOUN, s->L->tok[before].xpos = DL_NN;
    if (!dl_is_noun(b) && b->upos != DL_PRON && b->upos != DL_NUM && !dl_is(b->text, ",") && !dl_is(b->text, ")")) return false;
    if (dl_is(next->low, "by") || next->xpos == DL_POS) return false;
    uint32_t n = subject_before(s, i);
    if (n == DL_NONE) return false;
    *subject = n;
    bool object = next->upos == DL_DET || next->upos == DL_NUM || next->upos == DL_PRON || dl_is_noun(next) || next->upos == DL_ADJ || dl_list_at(q, i + 1, DL_LIST_bounds, NULL).n;
    if (q->art->parts.v[s->L->sent[t->sent].part].kind == DL_PART_title && t->xpos == DL_VBN && !object && next->upos == DL_ADP) return false;      /* "Soldiers killed in clash" */
    if (forms & (DL_F_PAST | DL_F_PART)) return object || t->xpos == DL_VBD || t->xpos == DL_VBN || t->upos == DL_VERB;
    if (!object && next->upos != DL_ADP && next->upos != DL_ADV) return false;
    if (forms & DL_F_BASE) return plural(q, n) && (object || t->xpos == DL_VB || (n + 1 == i && next->upos == DL_ADP && dl_posting_at(q, n, DL_P_CLASS, 0, 0)));
    return (forms & DL_F_S) && !plural(q, n) && object;
}

static void take_left(stretch *s, uint32_t v, uint32_t n)
{
    dl_language *L = s->L;
    for (uint32_t k = s->first; k < v; k++) {
        dl_token *t = &L->tok[k];
        if (k == n || (t->head >= s->first && t->head < v && t->head != k)) continue;
        if (t->upos == DL_ADP && k + 1 < v && dl_is_noun(&L->tok[k + 1])) { t->head = k + 1, t->rel = DL_R_case_; continue; }
        if (k > s->first && k > n && dl_is_noun(t) && L->tok[k - 1].upos == DL_ADP) { t->head = n, t->rel = DL_R_nmod; continue; }
        bool near = k < n && (dl_is_noun(t) || t->upos == DL_ADJ || t->upos == DL_DET || t->upos == DL_NUM);
        for (uint32_t j = k + 1; near && j < n; j++) near = L->tok[j].upos != DL_PUNCT && L->tok[j].upos != DL_ADP;
        t->head = near ? n : v;
        t->rel = !near ? (uint8_t)(t->upos == DL_PUNCT ? DL_R_punct : t->upos == DL_ADV ? DL_R_advmod : dl_is_noun(t) ? DL_R_obl : t->rel == DL_R_root ? DL_R_dep : t->rel)
                       : (uint8_t)(t->upos == DL_DET ? DL_R_det : t->upos == DL_ADJ ? DL_R_amod : t->upos == DL_NUM ? DL_R_nummod : DL_R_compound);
    }
    L->tok[n].head = v, L->tok[n].rel = DL_R_nsubj;
}

static void take_right(stretch *s, uint32_t v)
{
    dl_language *L = s->L;
    bool object = false;
    for (uint32_t k = v + 1; k < s->end; k++) {
        dl_token *t = &L->tok[k];
        bool outside = t->head < v || t->head >= s->end || t->head == k;
        if (t->head == v && t->rel == DL_R_obj) object = true;
        if (!outside && !(t->head == v && dl_is_noun(t) && t->rel != DL_R_obl && t->rel != DL_R_obj && t->rel != DL_R_nmod)) continue;
        t->head = v;
        if (t->upos == DL_PUNCT) { t->rel = DL_R_punct; continue; }
        if (!dl_is_noun(t) && t->upos != DL_PRON && t->upos != DL_NUM) { if (t->rel == DL_R_root || t->rel == DL_R_acl) t->rel = dl_is_verb(t) ? DL_R_advcl : DL_R_dep; continue; }
        bool led = false;
        for (uint32_t j = v + 1; j < k; j++) led = led || (L->tok[j].head == k && (L->tok[j].rel == DL_R_case_ || L->tok[j].rel == DL_R_mark));
        if (led) t->rel = DL_R_obl;
        else if (!object) t->rel = DL_R_obj, object = true;
        else t->rel = DL_R_obl_unmarked;
    }
}

static bool give_verb(stretch *s)
{
    dl_language *L = s->L;
    for (uint32_t i = s->first + 1; i + 1 < s->end; i++) {
        uint32_t n;
        if (!may_be_verb(s, i, &n)) continue;
        bool past = verb_forms(s->q, i) & (DL_F_PAST | DL_F_PART);
        for (uint32_t k = i + 1; k < s->end; k++)                                            /* what was above the verb hangs on it now: no circles */
            if (k != i && dl_below(L, i, k) && L->tok[k].head >= s->first && L->tok[k].head < s->end && L->tok[k].head < i) L->tok[k].head = i;
        take_left(s, i, n);
        dl_token *t = &L->tok[i];
        t->upos = DL_VERB, t->xpos = past ? DL_VBD : plural(s->q, n) ? DL_VBP : DL_VBZ;
        if (s->above == DL_NONE) t->head = i, t->rel = DL_R_root, L->sent[t->sent].root = i;
        else t->head = s->above, t->rel = DL_R_ccomp;
        take_right(s, i);
        return true;
    }
    return false;
}

bool dl_mend_verbless(const dl_ask *q, dl_language *L, uint32_t sentence)
{
    const dl_sentence *se = &L->sent[sentence];
    bool title = q->art->parts.v[se->part].kind == DL_PART_title;
    if (se->end - se->first < 4 || (!title && !dl_is(L->tok[se->end - 1].text, ".")) || se->shout || dl_child_by(L, se->root, DL_R_cop) != DL_NONE) return false;
    if (dl_is_verb(&L->tok[se->root]) && (dl_child_by(L, se->root, DL_R_nsubj) != DL_NONE || dl_child_by(L, se->root, DL_R_nsubj_pass) != DL_NONE)) return false;
    stretch s = { L, q, se->first, se->end, DL_NONE };
    for (uint32_t i = se->first; i < se->end; i++) {
        if (!finite(&L->tok[i]) || dl_subordinate(L, i)) continue;
        uint32_t n = dl_child_by(L, i, DL_R_nsubj), c = n;                                    /* "..., the report says." */
        if (!dl_saying_at(q, i) || n == DL_NONE || n > i) return false;
        DL_EACH_CHILD(L, i, k) if (L->tok[k].rel == DL_R_nsubj && k < i && k > n) c = k;       /* of two subjects the nearer */
        while (c > se->first && !dl_is(L->tok[c].text, ",") && i - c < 9) c--;
        if (!dl_is(L->tok[c].text, ",") || c < se->first + 3 || s.above != DL_NONE || !dl_is_root(L, i)) return false;
        s.above = i, s.end = c;
    }
    return give_verb(&s);
}
