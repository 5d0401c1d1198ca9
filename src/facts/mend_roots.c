/* mend_roots.c - menders of sentences whose main verb is another than the tree says: the clause before or inside it was taken for the sentence. See mend.c.
 *
 *   "Founded in 1998, the brotherhood recruited ..."          the participle as root
 *   "A banker wanted over the collapse may have left"         the reduced relative as root
 *   "Amina Diallo, who leads the party, was stopped"          the relative clause as root
 *   "After the army took a camp, it arrested ..."             the time clause as root
 *
 * Heads are read as they are at that moment: menders tried before may have moved them.
 */
#include "facts/mend.h"

typedef struct { dl_language *L; uint32_t first, end; } sent;

static uint32_t kid(const sent *s, uint32_t i, dl_rel rel, uint32_t from)
{
    for (uint32_t k = from; k < s->end; k++) if (k != i && s->L->tok[k].head == i && s->L->tok[k].rel == rel) return k;
    return DL_NONE;
}

static uint32_t subject_kid(const sent *s, uint32_t i)
{
    for (uint32_t k = s->first; k < s->end; k++) if (k != i && s->L->tok[k].head == i && dl_is_subject(s->L->tok[k].rel)) return k;
    return DL_NONE;
}

static bool finite_form(const sent *s, uint32_t v)
{
    const dl_token *t = &s->L->tok[v];
    if (t->xpos == DL_VBD || t->xpos == DL_VBZ || t->xpos == DL_VBP) return true;
    for (uint32_t k = s->first; k < v; k++)
        if (s->L->tok[k].head == v && (s->L->tok[k].rel == DL_R_aux || s->L->tok[k].rel == DL_R_aux_pass || s->L->tok[k].rel == DL_R_cop) && !dl_is(s->L->tok[k].low, "be") && !dl_is(s->L->tok[k].low, "been")) return true;
    return false;
}

static bool passive_now(const sent *s, uint32_t v) { return kid(s, v, DL_R_aux_pass, s->first) != DL_NONE; }

/* v becomes the sentence, the old root hangs on `to` (v itself or a noun), what stood behind v on the old root hangs on v. */
static void enthrone(sent *s, uint32_t v, uint32_t old, uint32_t to, dl_rel rel)
{
    dl_language *L = s->L;
    L->tok[v].head = v, L->tok[v].rel = DL_R_root, L->sent[L->tok[v].sent].root = v;
    for (uint32_t k = s->first; k < s->end; k++)
        if (k != old && k != v && L->tok[k].head == old && (k > v || (k > to && k < v && L->tok[k].upos == DL_PUNCT && to > old))) L->tok[k].head = v;
    L->tok[old].head = to, L->tok[old].rel = (uint8_t)rel;
}

static void subject_of(sent *s, uint32_t n, uint32_t v) { s->L->tok[n].head = v, s->L->tok[n].rel = (uint8_t)(passive_now(s, v) ? DL_R_nsubj_pass : DL_R_nsubj); }

static bool is_clause_of(const sent *s, uint32_t v, uint32_t root)
{
    uint8_t r = s->L->tok[v].rel;
    return v > root && s->L->tok[v].head == root && dl_is_verb(&s->L->tok[v]) && (r == DL_R_conj || r == DL_R_advcl || r == DL_R_ccomp || r == DL_R_parataxis || r == DL_R_acl_relcl || r == DL_R_acl || r == DL_R_appos || r == DL_R_dep);
}

static bool joined(const sent *s, uint32_t v)
{
    for (uint32_t k = s->first; k < v; k++) if (s->L->tok[k].head == v && (s->L->tok[k].rel == DL_R_cc || (s->L->tok[k].rel == DL_R_mark && !dl_is(s->L->tok[k].low, "since")) || s->L->tok[k].xpos == DL_WRB || dl_relative_word(&s->L->tok[k]))) return true;
    return false;
}

/* "Amina Diallo, who leads the party, was stopped", "The Hammer, which two soldiers set up, began ...". */
static bool relative_root(sent *s, uint32_t r)
{
    dl_language *L = s->L;
    uint32_t w = DL_NONE, n = DL_NONE, v = DL_NONE;
    for (uint32_t k = s->first; k < r; k++) if (L->tok[k].head == r && dl_relative_word(&L->tok[k]) && L->tok[k].xpos != DL_IN && k > s->first && dl_is(L->tok[k - 1].text, ",")) w = k;
    if (w == DL_NONE) return false;
    for (uint32_t k = s->first; k < w && n == DL_NONE; k++) if (L->tok[k].head == r && dl_is_noun(&L->tok[k]) && kid(s, k, DL_R_case_, s->first) == DL_NONE) n = k;
    for (uint32_t k = r + 1; k < s->end && v == DL_NONE; k++) if (is_clause_of(s, k, r) && finite_form(s, k) && !joined(s, k) && subject_kid(s, k) == DL_NONE) v = k;
    if (n == DL_NONE || v == DL_NONE) return false;
    enthrone(s, v, r, n, DL_R_acl_relcl);
    subject_of(s, n, v);
    return true;
}

/* The same with the noun as root: "Amina Diallo, who leads the party, was stopped", "Officers executing a warrant at a house seized drugs". */
static bool noun_root(sent *s, uint32_t n)
{
    dl_language *L = s->L;
    if (!dl_is_noun(&L->tok[n]) || !dl_is(L->tok[s->end - 1].text, ".") || kid(s, n, DL_R_cop, s->first) != DL_NONE || kid(s, n, DL_R_case_, s->first) != DL_NONE) return false;
    for (uint32_t p = n + 1; p < s->end; p++)                                                /* "The front's leader was not among them" */
        if (L->tok[p].head == n && (L->tok[p].rel == DL_R_obl || L->tok[p].rel == DL_R_nmod) && kid(s, p, DL_R_case_, n) != DL_NONE && kid(s, p, DL_R_cop, n) != DL_NONE && kid(s, p, DL_R_cop, n) < p) {
            enthrone(s, p, n, p, DL_R_nsubj);
            for (uint32_t k = kid(s, p, DL_R_cop, n); k < p; k++) if (L->tok[k].head == n) L->tok[k].head = p;
            return true;
        }
    for (uint32_t r = n + 1; r < s->end; r++) {
        if (L->tok[r].head != n || !dl_is_verb(&L->tok[r])) continue;
        bool relative = L->tok[r].rel == DL_R_acl_relcl, reduced = L->tok[r].rel == DL_R_acl && (L->tok[r].xpos == DL_VBG || L->tok[r].xpos == DL_VBN);
        if (!relative && !reduced) continue;
        for (uint32_t v = r + 1; v < s->end; v++) {
            const dl_token *t = &L->tok[v];
            bool clause = t->head == r && dl_is_verb(t) && (t->rel == DL_R_conj || t->rel == DL_R_ccomp || t->rel == DL_R_parataxis || t->rel == DL_R_advcl || (t->rel == DL_R_acl && reduced));
            if (!clause || joined(s, v) || subject_kid(s, v) != DL_NONE || t->xpos == DL_VBG || t->xpos == DL_VB) continue;
            bool verb = finite_form(s, v) || (t->xpos == DL_VBN && kid(s, v, DL_R_obj, v) != DL_NONE && t->rel != DL_R_conj);
            if (!verb) continue;
            enthrone(s, v, n, v, DL_R_nsubj);
            L->tok[r].head = n;
            for (uint32_t k = v + 1; k < s->end; k++) if (L->tok[k].head == r) L->tok[k].head = v;
            if (t->xpos == DL_VBN && !finite_form(s, v)) L->tok[v].xpos = DL_VBD;
            subject_of(s, n, v);
            return true;
        }
    }
    return false;
}

/* "A banker wanted over the collapse may have left", "The Guard, formed in Lviv in 2014, has since recruited": no verb but a participle of its subject. */
static bool reduced_root(sent *s, uint32_t r)
{
    dl_language *L = s->L;
    uint32_t n = subject_kid(s, r), v = DL_NONE;
    if ((L->tok[r].xpos != DL_VBN && L->tok[r].xpos != DL_VBD) || n == DL_NONE || n > r || L->tok[n].upos == DL_PRON || kid(s, r, DL_R_obj, s->first) != DL_NONE) return false;
    for (uint32_t k = s->first; k < r; k++) if (L->tok[k].head == r && (L->tok[k].rel == DL_R_aux || L->tok[k].rel == DL_R_aux_pass || L->tok[k].rel == DL_R_cop || L->tok[k].rel == DL_R_advmod)) return false;
    bool comma = dl_is(L->tok[r - 1].text, ","), closed = false, which = false;
    for (uint32_t k = n + 1; k < r && !comma; k++)                                            /* "The trial of five fishermen accused of mutiny" */
        if (L->tok[k].upos != DL_ADP && L->tok[k].upos != DL_DET && L->tok[k].upos != DL_ADJ && L->tok[k].upos != DL_NUM && !dl_is_noun(&L->tok[k]) && L->tok[k].xpos != DL_POS) return false;
    for (uint32_t k = r + 1; k < s->end && v == DL_NONE; k++) {
        closed = closed || dl_is(L->tok[k].text, ",");
        which = which || (closed && dl_relative_word(&L->tok[k]) && dl_is(L->tok[k - 1].text, ","));
        if (is_clause_of(s, k, r) && finite_form(s, k) && L->tok[k].xpos != DL_VBG && !joined(s, k) && subject_kid(s, k) == DL_NONE) v = k;
    }
    if (v == DL_NONE || (comma != closed && !which) || L->tok[v].rel == DL_R_parataxis) return false;
    uint32_t a = v;                                                                        /* the first word of the verb: "may", "has" */
    for (uint32_t k = s->first; k < v; k++) if (L->tok[k].head == v && (L->tok[k].rel == DL_R_aux || L->tok[k].rel == DL_R_aux_pass) && k < a) a = k;
    if (a == v && L->tok[v].xpos == DL_VBN) return false;
    if (!comma && (L->tok[a - 1].upos == DL_PUNCT || L->tok[a - 1].upos == DL_CCONJ || dl_is_verb(&L->tok[a - 1]))) return false;
    uint32_t near = !comma && dl_is_noun(&L->tok[r - 1]) ? r - 1 : n;
    while (near != n && (L->tok[near].rel == DL_R_flat || L->tok[near].rel == DL_R_compound)) near = L->tok[near].head;
    if (!dl_below(L, near, n)) near = n;
    enthrone(s, v, r, near, DL_R_acl);
    subject_of(s, n, v);
    return true;
}

/* "Founded in 1998 to defend farmers, the brotherhood later concentrated on ...": a participle at the head of the sentence is none. */
static bool leading_participle(sent *s, uint32_t r)
{
    dl_language *L = s->L;
    bool adjective = L->tok[r].upos == DL_ADJ && kid(s, r, DL_R_ccomp, r) != DL_NONE;       /* "Worried that ..., the service has sent" */
    if (r != s->first || (L->tok[r].xpos != DL_VBN && L->tok[r].xpos != DL_VBD && !adjective) || subject_kid(s, r) != DL_NONE) return false;
    uint32_t c = r + 1;
    while (c < s->end && !dl_is(L->tok[c].text, ",")) c++;
    uint32_t n = DL_NONE, v = DL_NONE;
    for (uint32_t k = c + 1; k < s->end && v == DL_NONE; k++) {
        if (dl_is_verb(&L->tok[k]) && L->tok[k].rel != DL_R_amod && L->tok[k].xpos != DL_VBG && L->tok[k].rel != DL_R_aux && L->tok[k].rel != DL_R_aux_pass && L->tok[k].rel != DL_R_cop) { v = k; break; }
        if (dl_is_noun(&L->tok[k]) && n == DL_NONE && kid(s, k, DL_R_case_, c) == DL_NONE && (L->tok[k].head == r || (L->tok[k].head > k && dl_is_verb(&L->tok[L->tok[k].head])) || L->tok[k].head < c)) n = k;
        if (L->tok[k].upos == DL_PUNCT && n == DL_NONE) return false;
    }
    if (n == DL_NONE || v == DL_NONE || (L->tok[v].xpos == DL_VBN && kid(s, v, DL_R_aux, s->first) == DL_NONE && kid(s, v, DL_R_aux_pass, s->first) == DL_NONE && kid(s, v, DL_R_advmod, c) == DL_NONE && kid(s, v, DL_R_obj, v) == DL_NONE)) return false;
    if (dl_below(L, n, v) && L->tok[n].head == v && dl_is_subject(L->tok[n].rel) && !dl_below(L, v, r)) return false;
    enthrone(s, v, r, v, DL_R_advcl);
    subject_of(s, n, v);
    return true;
}

/* "After the army took a camp, it arrested ...", "Before they left, gendarmes detained ...". */
static bool time_clause_root(sent *s, uint32_t r)
{
    dl_language *L = s->L;
    uint32_t m = s->first, n = DL_NONE;
    if (!(dl_is(L->tok[m].low, "after") || dl_is(L->tok[m].low, "before") || dl_is(L->tok[m].low, "once") || dl_is(L->tok[m].low, "when") || dl_is(L->tok[m].low, "while") || dl_is(L->tok[m].low, "as"))) {
        if (m + 1 < r && (dl_is(L->tok[m + 1].low, "after") || dl_is(L->tok[m + 1].low, "before")) && dl_is_noun(&L->tok[m])) m++;      /* "Hours after it closed ..." */
        else return false;
    }
    uint32_t c = r + 1, v = DL_NONE;
    for (uint32_t k = m + 1; k < r; k++) if (dl_is(L->tok[k].text, ",")) return false;
    if (L->tok[r].xpos == DL_VBN && !finite_form(s, r)) return false;
    while (c < s->end && !dl_is(L->tok[c].text, ",")) c++;
    for (uint32_t k = c + 1; k < s->end && v == DL_NONE; k++) {
        const dl_token *t = &L->tok[k];
        if (dl_is_verb(t) && t->rel != DL_R_aux && t->rel != DL_R_aux_pass && t->rel != DL_R_cop && t->rel != DL_R_amod && t->xpos != DL_VBG && t->xpos != DL_VB) { v = k; break; }
        if (n == DL_NONE && (dl_is_noun(t) || t->upos == DL_PRON) && kid(s, k, DL_R_case_, c) == DL_NONE && t->rel != DL_R_compound && t->rel != DL_R_nmod_poss && t->rel != DL_R_flat && t->rel != DL_R_nmod_desc) n = k;
        if (t->upos == DL_PUNCT && !dl_is(t->text, "-")) return false;
    }
    if (n == DL_NONE || v == DL_NONE || !dl_below(L, v, r)) return false;
    if (L->tok[v].xpos == DL_VBN && !finite_form(s, v)) { if (kid(s, v, DL_R_obj, v) == DL_NONE) return false; L->tok[v].xpos = DL_VBD; }
    for (uint32_t k = n; k != r && k != v; k = L->tok[k].head) if (dl_is_root(L, k)) return false;
    enthrone(s, v, r, v, DL_R_advcl);
    subject_of(s, n, v);
    for (uint32_t k = c; k < v; k++) if (L->tok[k].head == r) L->tok[k].head = v;
    if (L->tok[m].rel == DL_R_case_) {                                                      /* "After the police raided": the police do it */
        uint32_t who = L->tok[m].head;
        if (who > m && who < r && L->tok[who].head == r && dl_is_noun(&L->tok[who]) && subject_kid(s, r) == DL_NONE) { subject_of(s, who, r); L->tok[m].head = r, L->tok[m].rel = DL_R_mark; }
    }
    return true;
}

bool dl_mend_root(const dl_ask *q, dl_language *L, uint32_t r)
{
    (void)q;
    if (!dl_is_root(L, r)) return false;
    sent s = { L, L->sent[L->tok[r].sent].first, L->sent[L->tok[r].sent].end };
    if (!dl_is_verb(&L->tok[r])) return noun_root(&s, r) || leading_participle(&s, r);
    return relative_root(&s, r) || time_clause_root(&s, r) || leading_participle(&s, r) || reduced_root(&s, r);
}
