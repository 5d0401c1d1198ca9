/* mend.c - trees of the parser set right where what the codebook and the times know shows that they must be wrong.
 *
 *   "law enforcement officials fear"      two subjects side by side: the first belongs to the second
 *   "any planned attacks"                 a determiner before a "verb" before a noun: the verb is a participle of that noun
 *   "last September for belonging to"     a clause cannot hang on a day: it hangs on the verb above
 *
 *   "for recruiting students"            a gerund taken for a noun
 *   "Moroccan detectives did not find"   people taken for a verb
 *   "The ministry warned in July of"     the only verb taken for a participle
 *   and so on: each function below says what it mends.
 *
 * Heads move only within their sentence and never below themselves, so trees stay trees.
 */
#include "facts/mend.h"

static void set_head(dl_language *L, uint32_t i, uint32_t head, dl_rel rel)
{
    if (i == head || dl_below(L, head, i)) return;
    L->tok[i].head = head;
    L->tok[i].rel = (uint8_t)rel;
}

static bool core(uint8_t r) { return r == DL_R_nsubj || r == DL_R_nsubj_pass || r == DL_R_obj || r == DL_R_obl; }

static bool side_by_side(const dl_ask *q, dl_language *L, uint32_t i)
{
    (void)q;
    const dl_token *a = &L->tok[i], *b = &L->tok[i + 1];
    if (!dl_is_noun(a) || !dl_is_noun(b) || a->head != b->head || !core(a->rel) || a->rel != b->rel || a->sent != b->sent) return false;
    set_head(L, i, i + 1, DL_R_compound);
    return true;
}

/* Children of the false verb become the noun's. */
static bool participle(const dl_ask *q, dl_language *L, uint32_t i)
{
    (void)q;
    dl_token *det = &L->tok[i], *v = &L->tok[i + 1], *n = &L->tok[i + 2];
    if (det->sent != n->sent || det->upos != DL_DET || (v->xpos != DL_VBD && v->xpos != DL_VBN) || !dl_is_noun(n)) return false;
    if (det->head != i + 1 || n->head != i + 1 || dl_is_root(L, i + 1)) return false;
    uint8_t rel = v->rel;
    uint32_t head = v->head;
    n->head = head, n->rel = rel;
    DL_EACH_CHILD(L, i + 1, k) {
        if (k == i + 2) continue;
        uint8_t r = L->tok[k].rel;
        L->tok[k].head = i + 2;
        if (r == DL_R_obl) L->tok[k].rel = DL_R_nmod;
    }
    det->rel = DL_R_det;
    v->head = i + 2, v->rel = DL_R_amod, v->xpos = DL_VBN;
    return true;
}

bool dl_posting_at(const dl_ask *q, uint32_t i, dl_posting_kind kind, unsigned pos, unsigned form)
{
    for (uint32_t k = q->f->hits.first[i]; k < q->f->hits.first[i + 1]; k++) {
        const dl_posting *p = q->f->hits.v[k].posting;
        if (p->kind == kind && q->f->hits.v[k].e == i + 1 && (!pos || p->pos == pos) && (!form || (p->form & form))) return true;
    }
    return false;
}

bool dl_saying_at(const dl_ask *q, uint32_t i)
{
    for (uint32_t k = q->f->hits.first[i]; k < q->f->hits.first[i + 1]; k++) {
        const dl_posting *p = q->f->hits.v[k].posting;
        if (p->kind == DL_P_SENSE && p->pos == DL_POS_VERB && q->f->hits.v[k].e == i + 1 && dl_book_sense(q->book, p->id)->says == DL_ROLE_actor && dl_book_sense(q->book, p->id)->is_operator) return true;
    }
    return false;
}

/* "for recruiting students", "and torturing detainees": a gerund taken for a noun before a noun. */
/* Several of a class: "students", "fighters". */
static bool people_at(const dl_ask *q, uint32_t i) { return dl_posting_at(q, i, DL_P_CLASS, 0, DL_F_PL) || (q->lang->tok[i].xpos == DL_NNS && dl_posting_at(q, i, DL_P_CLASS, 0, 0)); }

static bool second_gerund(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *g = &L->tok[i], *n = &L->tok[i + 1];
    if (i < 4 || g->sent != n->sent || L->tok[i - 1].upos != DL_CCONJ || g->xpos == DL_VBG || !dl_is_noun(g) || !dl_is_noun(n) || !dl_ends(g->low, DL_STR("ing"))) return false;
    if (!dl_posting_at(q, i, DL_P_SENSE, DL_POS_VERB, DL_F_ING) || !(people_at(q, i + 1) || dl_posting_at(q, i + 1, DL_P_SENSE, DL_POS_NOUN, DL_F_PL))) return false;
    uint32_t v = DL_NONE, first = DL_NONE;
    for (uint32_t k = i - 1; k-- > L->sent[g->sent].first && i - k < 14;)
        if (L->tok[k].xpos == DL_VBG && L->tok[k].upos == DL_VERB) { v = k; break; }
    if (v == DL_NONE || ((n->head != v || n->rel != DL_R_obj) && g->rel != DL_R_conj && n->head != g->head)) return false;
    if (dl_is_root(L, i + 1) || dl_below(L, v, i)) return false;
    for (uint32_t k = v + 1; k < i; k++) if (L->tok[k].head == i + 1 && dl_is_noun(&L->tok[k])) first = k;         /* "a post", taken for a part of "post and recruiting children" */
    g->head = v, g->rel = DL_R_conj, g->upos = DL_VERB, g->xpos = DL_VBG;
    L->tok[i - 1].head = i, L->tok[i - 1].rel = DL_R_cc;
    n->head = i;
    if (first == DL_NONE) return true;
    L->tok[first].head = v, L->tok[first].rel = DL_R_obj;
    for (uint32_t k = v + 1; k < i - 1; k++) if (L->tok[k].head == i + 1) L->tok[k].head = first;
    return true;
}

static bool gerund(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *g = &L->tok[i], *n = &L->tok[i + 1];
    if (i == 0 || g->sent != n->sent || g->sent != L->tok[i - 1].sent || g->rel != DL_R_compound || g->head != i + 1 || !dl_is_noun(n) || g->low.n < 5 || !dl_ends(g->low, DL_STR("ing"))) return false;
    dl_token *p = &L->tok[i - 1];
    if ((p->upos != DL_ADP && p->upos != DL_SCONJ && p->upos != DL_CCONJ) || !dl_posting_at(q, i, DL_P_SENSE, DL_POS_VERB, DL_F_ING) || !people_at(q, i + 1)) return false;
    bool joined = p->upos == DL_CCONJ;
    uint32_t head = n->head;
    uint8_t rel = n->rel;
    if (dl_is_root(L, i + 1)) return false;
    if (joined)                                                     /* "for belonging to a group and recruiting students": beside the gerund before */
        for (uint32_t k = i - 1; k-- > L->sent[g->sent].first && i - k < 12;)
            if (L->tok[k].xpos == DL_VBG && L->tok[k].upos == DL_VERB) { head = k, rel = DL_R_conj; break; }
    if (dl_below(L, head, i + 1)) return false;
    g->head = head, g->rel = joined ? DL_R_conj : rel == DL_R_nmod ? DL_R_acl : DL_R_advcl;
    g->upos = DL_VERB, g->xpos = DL_VBG;
    n->head = i, n->rel = DL_R_obj;
    if (p->head == i + 1) p->head = i, p->rel = joined ? DL_R_cc : DL_R_mark;
    return true;
}

/* "on charges of membership in a group and of recruiting the young": the gerund stands beside the word that has the same preposition. */
static bool same_preposition(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *g = &L->tok[i];
    uint32_t first = L->sent[g->sent].first;
    (void)q;
    if (i < first + 4 || g->xpos != DL_VBG || g->upos != DL_VERB || L->tok[i - 1].head != i || L->tok[i - 2].upos != DL_CCONJ || dl_is_root(L, i)) return false;
    for (uint32_t k = i - 3; k > first && i - k < 14; k--) {
        uint32_t with = L->tok[k].head;
        if (!dl_eq(L->tok[k].low, L->tok[i - 1].low) || with <= k || with >= i - 2 || (L->tok[k].upos != DL_ADP && L->tok[k].upos != DL_SCONJ)) continue;
        if (dl_below(L, with, i) || g->head == with) return false;
        g->head = with, g->rel = DL_R_conj;
        L->tok[i - 2].head = i, L->tok[i - 2].rel = DL_R_cc;
        return true;
    }
    return false;
}

/* "Moroccan detectives did not find": people of a known class, never a verb of the codebook. */
static bool people(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    if (t->xpos != DL_VBZ || dl_posting_at(q, i, DL_P_SENSE, DL_POS_VERB, 0) || !dl_posting_at(q, i, DL_P_CLASS, 0, DL_F_PL)) return false;
    t->upos = DL_NOUN, t->xpos = DL_NNS;
    if (dl_is_root(L, i) && i + 1 < L->sent[t->sent].end) {                                  /* "Kenyan detectives have found": taken for the sentence's verb */
        uint32_t v = i + 1;
        while (v + 1 < L->sent[t->sent].end && v < i + 5 && !dl_is_verb(&L->tok[v]) && L->tok[v].upos == DL_ADV) v++;
        if (dl_is_verb(&L->tok[v]) && (L->tok[v].rel == DL_R_aux || L->tok[v].rel == DL_R_aux_pass || L->tok[v].rel == DL_R_cop)) v = L->tok[v].head;
        if (v > i && (dl_is_verb(&L->tok[v]) || dl_child_by(L, v, DL_R_cop) != DL_NONE) && dl_below(L, v, i)) {
            uint32_t top = v;
            while (L->tok[top].head != i) top = L->tok[top].head;
            L->tok[top].head = top, L->tok[top].rel = DL_R_root, L->sent[t->sent].root = top;
            DL_EACH_CHILD(L, i, k) if (k > v && (L->tok[k].rel == DL_R_conj || L->tok[k].rel == DL_R_punct || L->tok[k].rel == DL_R_advcl || L->tok[k].rel == DL_R_parataxis)) L->tok[k].head = top;
            t->head = v, t->rel = dl_passive(L, v) ? DL_R_nsubj_pass : DL_R_nsubj;
            if (i > L->sent[t->sent].first && L->tok[i - 1].head == i) L->tok[i - 1].rel = L->tok[i - 1].upos == DL_ADJ ? DL_R_amod : DL_R_compound;
            return true;
        }
    }
    if (i > L->sent[t->sent].first && L->tok[i - 1].head == i && dl_is_noun(&L->tok[i - 1])) L->tok[i - 1].rel = DL_R_compound;
    if (!dl_is_root(L, i) && t->head > i && dl_is_verb(&L->tok[t->head])) t->rel = DL_R_nsubj;
    return true;
}

static bool number_word(const dl_ask *q, uint32_t i) { return q->lang->tok[i].upos == DL_NUM || dl_list_at(q, i, DL_LIST_fuzzy, NULL).n > 0; }

/* "at least 60 of about 300 fighters have returned": the fighters hang on the number, and the number is the subject. */
static bool number_of(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    if (i + 2 >= L->sent[t->sent].end || !dl_is(L->tok[i + 1].low, "of") || !(number_word(q, i) || dl_list_at(q, i, DL_LIST_numbers, NULL).n) || dl_is_root(L, i)) return false;
    uint32_t n = L->tok[i + 1].head, v = t->head;
    if (n <= i + 1 || !dl_is_noun(&L->tok[n]) || L->tok[n].head == i || dl_below(L, i, n)) return false;
    L->tok[n].head = i, L->tok[n].rel = DL_R_nmod;
    if (dl_is_verb(&L->tok[v]) && v > n && t->rel != DL_R_nsubj_pass) t->rel = DL_R_nsubj;
    return true;
}

/* "gendarmes detained a teacher": no modifier stands before an article: the "participle" is the verb. */
static bool before_article(const dl_ask *q, dl_language *L, uint32_t v)
{
    dl_token *t = &L->tok[v];
    uint32_t h = t->head;
    if (t->rel != DL_R_amod || (t->xpos != DL_VBN && t->xpos != DL_VBD) || h <= v || h > v + 8 || dl_is_root(L, v)) return false;
    bool root = dl_is_root(L, h), lone = root && dl_child_by(L, h, DL_R_nsubj) != DL_NONE && dl_child_by(L, h, DL_R_nsubj) < v && dl_child_by(L, h, DL_R_cop) == DL_NONE;   /* "It later recruited guards" */
    bool pronoun = v > L->sent[t->sent].first && L->tok[v - 1].xpos == DL_PRP && (dl_is(L->tok[v - 1].low, "it") || dl_is(L->tok[v - 1].low, "they") || dl_is(L->tok[v - 1].low, "he") || dl_is(L->tok[v - 1].low, "she") || dl_is(L->tok[v - 1].low, "we"));      /* "it disrupted plans" */
    if (L->tok[v + 1].upos != DL_DET && !number_word(q, v + 1) && !lone && !pronoun) return false;
    if (pronoun) {
        uint32_t p = v - 1;
        if (dl_is_root(L, p) || root || dl_below(L, L->tok[h].head, v) || L->tok[p].head == v) return false;
        t->head = L->tok[h].head, t->rel = dl_is_verb(&L->tok[t->head]) && L->tok[h].rel == DL_R_obj ? DL_R_ccomp : L->tok[h].rel, t->xpos = DL_VBD, t->upos = DL_VERB;
        if (dl_below(L, t->head, h)) return false;
        L->tok[h].head = v, L->tok[h].rel = DL_R_obj;
        L->tok[p].head = v, L->tok[p].rel = DL_R_nsubj;
        return true;
    }
    t->head = root ? v : L->tok[h].head, t->rel = root ? DL_R_root : L->tok[h].rel, t->xpos = DL_VBD, t->upos = DL_VERB;
    if (!root && dl_below(L, t->head, v)) { t->head = h; return false; }
    L->tok[h].head = v, L->tok[h].rel = DL_R_obj;
    if (root) L->sent[t->sent].root = v;
    DL_EACH_CHILD(L, h, k) {
        if (k >= v) continue;
        L->tok[k].head = v;
        if (k + 1 == v && dl_is_noun(&L->tok[k])) L->tok[k].rel = DL_R_nsubj;
    }
    uint32_t s = t->head;
    if (s + 1 == v && dl_is_noun(&L->tok[s]) && !dl_is_root(L, s)) {                          /* the noun right before it, that it was hung on */
        t->head = L->tok[s].head, t->rel = L->tok[s].rel;
        L->tok[s].head = v, L->tok[s].rel = DL_R_nsubj;
    }
    return true;
}

/* "The association, created in 2010, was dissolved": the subject is that of the main verb, the participle hangs on it. */
static bool subject_of_participle(const dl_ask *q, dl_language *L, uint32_t v)
{
    (void)q;
    dl_token *t = &L->tok[v];
    uint32_t h = t->head, s = dl_child_by(L, v, DL_R_nsubj_pass);
    if (s == DL_NONE) s = dl_child_by(L, v, DL_R_nsubj);
    if (t->xpos != DL_VBN || t->rel != DL_R_advcl || dl_is_root(L, v) || h < v || s == DL_NONE || s > v || dl_child_by(L, v, DL_R_aux) != DL_NONE || dl_child_by(L, v, DL_R_aux_pass) != DL_NONE || dl_child_by(L, v, DL_R_mark) != DL_NONE) return false;
    if (dl_child_by(L, h, DL_R_nsubj) != DL_NONE || dl_child_by(L, h, DL_R_nsubj_pass) != DL_NONE || !dl_is_verb(&L->tok[h])) return false;
    L->tok[s].head = h, L->tok[s].rel = dl_passive(L, h) ? DL_R_nsubj_pass : DL_R_nsubj;
    t->head = s, t->rel = DL_R_acl;
    return true;
}

/* "Police thwarted an attack, the minister said": a participle with an object of its own is a verb, its noun the subject. */
static bool participle_with_object(const dl_ask *q, dl_language *L, uint32_t v)
{
    (void)q;
    dl_token *t = &L->tok[v];
    if (t->rel != DL_R_acl || (t->xpos != DL_VBN && t->xpos != DL_VBD) || dl_is_root(L, v) || (dl_child_by(L, v, DL_R_obj) == DL_NONE && !dl_saying_at(q, t->head == v ? v : L->tok[t->head].head)) || dl_child_by(L, v, DL_R_aux) != DL_NONE || dl_child_by(L, v, DL_R_obl_agent) != DL_NONE) return false;
    uint32_t n = t->head, h = L->tok[n].head;
    if (n > v || !dl_is_noun(&L->tok[n]) || dl_is_root(L, n) || !dl_is_subject(L->tok[n].rel) || h < v) return false;
    uint32_t other = DL_NONE;
    DL_EACH_CHILD(L, h, k) if (k != n && dl_is_subject(L->tok[k].rel)) other = k;
    if (other == DL_NONE) return false;
    t->head = h, t->rel = DL_R_ccomp, t->xpos = DL_VBD;
    L->tok[n].head = v, L->tok[n].rel = DL_R_nsubj;
    return true;
}

/* "..., said Ines Caballero": a name right behind the verb behind the quotation is who says it. */
static bool said_name(const dl_ask *q, dl_language *L, uint32_t v)
{
    const dl_token *t = &L->tok[v];
    if (v < 2 || t->upos != DL_VERB || v + 1 >= L->sent[t->sent].end || L->tok[v - 1].sent != t->sent || L->tok[v - 1].upos != DL_PUNCT || (L->tok[v + 1].upos != DL_PROPN && L->tok[v + 1].upos != DL_DET && L->tok[v + 1].xpos != DL_PRPS) || !dl_posting_at(q, v, DL_P_SENSE, DL_POS_VERB, 0)) return false;
    uint32_t n = v + 1;
    while (L->tok[n].head > n && L->tok[n].head < v + 6 && dl_is_noun(&L->tok[L->tok[n].head]) && L->tok[n].head != v) n = L->tok[n].head;
    if (L->tok[n].head == v && L->tok[n].rel == DL_R_obj && dl_posting_at(q, n, DL_P_CLASS, 0, 0) && dl_child_by(L, v, DL_R_nsubj) == DL_NONE && dl_saying_at(q, v)) { L->tok[n].rel = DL_R_nsubj; return true; }      /* "said its spokeswoman" */
    if (L->tok[n].head == v || dl_below(L, v, n) || L->tok[v + 1].upos != DL_PROPN) return false;
    L->tok[n].head = v, L->tok[n].rel = DL_R_nsubj;
    return true;
}

/* "Delroy Whyte, 36, the head of the gang": an office behind a name and a comma is its apposition. */
static bool office_behind(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    bool other = false;                                                                     /* "The trial of X, the former mayor, opened": the verb has its subject */
    if (dl_is_subject(t->rel) && !dl_is_root(L, i)) DL_EACH_CHILD(L, t->head, k) other = other || (k < i && dl_is_subject(L->tok[k].rel));
    if (!dl_is_noun(t) || (dl_is_subject(t->rel) && !other) || t->rel == DL_R_appos || t->rel == DL_R_nmod_desc || t->rel == DL_R_compound || dl_child_by(L, i, DL_R_cop) != DL_NONE || dl_child_by(L, i, DL_R_case_) != DL_NONE || dl_child_by(L, i, DL_R_cc) != DL_NONE || dl_is_root(L, i)) return false;
    bool office = false;
    for (uint32_t k = q->f->hits.first[i]; k < q->f->hits.first[i + 1]; k++)
        office = office || (q->f->hits.v[k].posting->kind == DL_P_CLASS && dl_book_class(q->book, q->f->hits.v[k].posting->id)->office);
    if (!office) return false;
    uint32_t b = i, first = L->sent[t->sent].first;
    bool comma = false;
    while (b > first && i - b < 8 && (L->tok[b - 1].upos == DL_PUNCT || L->tok[b - 1].upos == DL_NUM || L->tok[b - 1].upos == DL_DET || L->tok[b - 1].upos == DL_ADJ || dl_is(L->tok[b - 1].low, "aged"))) { b--; comma = comma || dl_is(L->tok[b].text, ","); }
    if (!comma || b == first || L->tok[b - 1].upos != DL_PROPN) return false;
    uint32_t name = b - 1;
    while (L->tok[name].head < name && L->tok[L->tok[name].head].upos == DL_PROPN && name - L->tok[name].head < 4) name = L->tok[name].head;
    if (dl_below(L, name, i)) return false;
    t->head = name, t->rel = DL_R_appos;
    return true;
}

/* "Authorities in Stockholm worry that", "The mission warns that": a verb of the codebook taken for a noun, with the clause behind "that" as the sentence's only one. */
static bool verb_before_that(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    dl_sentence *s = &L->sent[t->sent];
    uint32_t r = s->root, n = DL_NONE;
    if (i == s->first || i + 2 >= s->end || r <= i + 1 || dl_child_by(L, r, DL_R_cop) != DL_NONE || !dl_is_verb(&L->tok[r]) || !dl_is_noun(t) || !dl_is(L->tok[i + 1].low, "that")) return false;
    for (uint32_t k = s->first; k < i; k++) {
        if (dl_is_verb(&L->tok[k])) return false;
        if (n != DL_NONE && L->tok[n].head == r) continue;
        if ((L->tok[k].head == r || L->tok[k].head == i || L->tok[k].head > i) && dl_is_noun(&L->tok[k]) && dl_adposition(L, k) == DL_NONE) n = k;
    }
    if (n == DL_NONE) return false;
    bool many = L->tok[n].xpos == DL_NNS || L->tok[n].xpos == DL_NNPS || dl_posting_at(q, n, DL_P_CLASS, 0, DL_F_PL);
    if (!dl_posting_at(q, i, DL_P_SENSE, DL_POS_VERB, many ? DL_F_BASE : DL_F_S)) return false;
    t->upos = DL_VERB, t->xpos = many ? DL_VBP : DL_VBZ, t->head = i, t->rel = DL_R_root;
    L->tok[r].head = i, L->tok[r].rel = DL_R_ccomp;
    for (uint32_t k = s->first; k < i; k++) if (L->tok[k].head >= i && k != n) L->tok[k].head = n;
    L->tok[n].head = i, L->tok[n].rel = DL_R_nsubj;
    for (uint32_t k = i + 2; k < s->end; k++) if (L->tok[k].head == i && k != r) L->tok[k].head = r;
    L->tok[i + 1].head = r, L->tok[i + 1].rel = DL_R_mark;
    s->root = i;
    return true;
}

/* "Nurses in Harare plan to strike": the same with "to". */
static bool verb_before_to(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    dl_sentence *s = &L->sent[t->sent];
    uint32_t r = s->root, v = DL_NONE;
    if (r == i && dl_child_by(L, i, DL_R_nsubj) != DL_NONE && dl_child_by(L, i, DL_R_compound) == DL_NONE) r = dl_child_by(L, i, DL_R_nsubj);      /* the tree knows it, the tag does not */
    if (i == s->first || i + 2 >= s->end || r >= i || !dl_is_noun(t) || !dl_is_noun(&L->tok[r]) || !dl_is(L->tok[i + 1].low, "to") || !dl_posting_at(q, i, DL_P_SENSE, DL_POS_VERB, DL_F_BASE)) return false;
    uint32_t end = i;                                                                        /* up to a second sentence behind ", and" */
    while (end < s->end && !(L->tok[end].upos == DL_CCONJ && dl_is(L->tok[end - 1].text, ","))) end++;
    for (uint32_t k = s->first; k < end; k++) {
        uint8_t x = L->tok[k].xpos;
        if (x == DL_VBD || x == DL_VBZ || x == DL_VBP || x == DL_MD) return false;
        if (k > i + 1 && v == DL_NONE && x == DL_VB) v = k;
    }
    if (v == DL_NONE && i + 2 < end && dl_posting_at(q, i + 2, DL_P_SENSE, DL_POS_VERB, DL_F_BASE) && !L->tok[i + 2].capital && dl_is_noun(&L->tok[i + 2])) {      /* "plan to march": both taken for nouns */
        v = i + 2;
        L->tok[v].upos = DL_VERB, L->tok[v].xpos = DL_VB, L->tok[i + 1].rel = DL_R_mark, L->tok[i + 1].head = v;
        for (uint32_t k = v + 1; k < end; k++) if (L->tok[k].head == i && L->tok[k].rel == DL_R_nmod) L->tok[k].head = v, L->tok[k].rel = DL_R_obl;
        for (uint32_t k = v + 1; k < end; k++) if (L->tok[k].head == v && L->tok[k].rel == DL_R_nmod) L->tok[k].rel = DL_R_obl;
    }
    if (v == DL_NONE || v > i + 3 || dl_below(L, i, v)) return false;
    t->upos = DL_VERB, t->xpos = DL_VBP, t->head = i, t->rel = DL_R_root;
    L->tok[r].head = i, L->tok[r].rel = DL_R_nsubj;
    L->tok[v].head = i, L->tok[v].rel = DL_R_xcomp;
    for (uint32_t k = end; k < s->end; k++) if (L->tok[k].head == r) L->tok[k].head = i, L->tok[k].rel = dl_is_verb(&L->tok[k]) ? DL_R_conj : L->tok[k].rel;
    s->root = i;
    return true;
}

/* "Every Friday for six months, students have marched": the day is no predicate, the clause behind it is the sentence. */
static bool clause_on_root_day(dl_language *L, dl_sentence *s, const uint8_t *day)
{
    uint32_t r = s->root;
    if (!day[r] || dl_child_by(L, r, DL_R_cop) != DL_NONE || dl_child_by(L, r, DL_R_nsubj) != DL_NONE) return false;
    for (uint32_t k = r + 1; k < s->end; k++) {
        uint8_t rel = L->tok[k].rel;
        if (!dl_is_verb(&L->tok[k]) || (rel != DL_R_acl && rel != DL_R_acl_relcl && rel != DL_R_advcl && rel != DL_R_parataxis && rel != DL_R_conj)) continue;
        uint32_t up = L->tok[k].head;
        if (up != r && !day[up]) continue;
        bool subject = false;
        for (uint32_t j = r + 1; j < k; j++) subject = subject || (L->tok[j].head == k && dl_is_subject(L->tok[j].rel));
        if (!subject) continue;
        L->tok[k].head = k, L->tok[k].rel = DL_R_root;
        L->tok[r].head = k, L->tok[r].rel = DL_R_obl;
        s->root = k;
        return true;
    }
    return false;
}

/* "looking for Owen Farrell": a name hung on its preposition. */
static bool name_on_preposition(const dl_ask *q, dl_language *L, uint32_t i)
{
    (void)q;
    dl_token *t = &L->tok[i];
    uint32_t p = t->head;
    if (t->upos != DL_PROPN || dl_is_root(L, i) || dl_is_root(L, p) || L->tok[p].upos != DL_ADP || p + 1 != i || t->rel == DL_R_case_) return false;
    uint32_t up = L->tok[p].head;
    t->head = up, t->rel = dl_is_verb(&L->tok[up]) ? DL_R_obl : DL_R_nmod;
    L->tok[p].head = i, L->tok[p].rel = DL_R_case_;
    return true;
}

/* "After they raided a flat, they turned to ...": the clause behind the comma is the main one, not a conjunct of the first. */
static bool main_clause(const dl_ask *q, dl_language *L, uint32_t k)
{
    (void)q;
    static const char *const marks[] = { "after", "before", "when", "while", "as", "since", "because", "although", "though", "once", "until", "if", "unless" };
    uint32_t h = L->tok[k].head, m = DL_NONE;
    if (L->tok[k].rel != DL_R_conj || h >= k || !dl_is_verb(&L->tok[k]) || !dl_is_verb(&L->tok[h]) || dl_child_by(L, k, DL_R_cc) != DL_NONE || (dl_child_by(L, k, DL_R_nsubj) == DL_NONE && dl_child_by(L, k, DL_R_nsubj_pass) == DL_NONE)) return false;
    m = dl_child_by(L, h, DL_R_mark);
    if (m == DL_NONE || m > h) return false;
    bool known = false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) known = known || dl_is(L->tok[m].low, marks[i]);
    if (!known) return false;
    bool root = dl_is_root(L, h);
    L->tok[k].head = root ? k : L->tok[h].head, L->tok[k].rel = root ? DL_R_root : L->tok[h].rel;
    L->tok[h].head = k, L->tok[h].rel = DL_R_advcl;
    if (root) L->sent[L->tok[k].sent].root = k;
    return true;
}

/* "The ministry warned in July of ...": a sentence whose only verb was taken for a participle of its subject. */
static bool main_verb(dl_language *L, const dl_sentence *s)
{
    uint32_t r = s->root, v = DL_NONE;
    if (!dl_is_noun(&L->tok[r]) || dl_child_by(L, r, DL_R_cop) != DL_NONE || !dl_is(L->tok[s->end - 1].text, ".")) return false;
    DL_EACH_CHILD(L, r, k)
        if ((L->tok[k].rel == DL_R_acl || L->tok[k].rel == DL_R_acl_relcl) && k > r && (L->tok[k].xpos == DL_VBN || L->tok[k].xpos == DL_VBD) && dl_child_by(L, k, DL_R_obl_agent) == DL_NONE && dl_child_by(L, k, DL_R_nsubj) == DL_NONE && v == DL_NONE) v = k;
    if (v == DL_NONE) return false;
    for (uint32_t i = s->first; i < s->end; i++)
        if (i != v && (L->tok[i].xpos == DL_VBD || L->tok[i].xpos == DL_VBZ || L->tok[i].xpos == DL_VBP || L->tok[i].xpos == DL_MD) && !dl_subordinate(L, i) && !(L->tok[i].rel == DL_R_parataxis && i + 1 < s->end && dl_is(L->tok[i + 1].text, ","))) return false;      /* "the agency, the site reports, warned" */
    DL_EACH_CHILD(L, r, k)
        if (k > v) {                                                 /* what stands behind the verb hangs on it */
            L->tok[k].head = v;
            DL_EACH_CHILD(L, k, j)                                   /* "denied that its soldiers had ..." */
                if (L->tok[k].rel == DL_R_acl_relcl && j < k && dl_is(L->tok[j].low, "that") && (j == v + 1 || L->tok[j - 1].upos != DL_NOUN || L->tok[j].rel != DL_R_nsubj)) L->tok[k].rel = DL_R_ccomp, L->tok[j].rel = DL_R_mark;
        }
    L->tok[v].head = v, L->tok[v].rel = DL_R_root, L->tok[v].xpos = DL_VBD;
    L->tok[r].head = v, L->tok[r].rel = DL_R_nsubj;
    return true;
}

static bool on_a_day(const dl_ask *q, dl_language *L, uint32_t i, const uint8_t *day)
{
    const dl_token *t = &L->tok[i];
    (void)q;
    if (dl_is_root(L, i) || !day[t->head] || day[i] || (t->rel != DL_R_acl && t->rel != DL_R_acl_relcl && t->rel != DL_R_advcl)) return false;
    uint32_t h = t->head;
    for (int up = 0; up < 8 && !dl_is_root(L, h); up++) {
        h = L->tok[h].head;
        if (!day[h] && dl_is_verb(&L->tok[h])) { set_head(L, i, h, DL_R_advcl); return true; }
    }
    return false;
}

/* The children lists are made again after heads moved. */
static void relist(dl_language *L)
{
    uint32_t *count = L->child_first;
    memset(count, 0, sizeof *count * (L->ntok + 1));
    for (uint32_t i = 0; i < L->ntok; i++)
        if (!dl_is_root(L, i)) count[L->tok[i].head + 1]++;
    for (uint32_t i = 0; i < L->ntok; i++) count[i + 1] += count[i];
    for (uint32_t i = L->ntok; i-- > 0;) {                          /* from the back: each list is filled from its end */
        if (dl_is_root(L, i)) continue;
        L->child[--count[L->tok[i].head + 1]] = i;
    }
    for (uint32_t i = 0; i < L->ntok; i++) count[i] = count[i + 1];  /* now count[h + 1] is where h's list begins */
    uint32_t n = 0;
    for (uint32_t i = 0; i < L->ntok; i++) n += !dl_is_root(L, i);
    count[L->ntok] = n;
}

/* "it was enlisting teenagers": an "it" that does something is no empty one. */
static bool acting_it(const dl_ask *q, dl_language *L, uint32_t i)
{
    uint32_t v = L->tok[i].head;
    if (L->tok[i].rel != DL_R_expl || !dl_is(L->tok[i].low, "it") || dl_is_root(L, i) || !dl_is_verb(&L->tok[v]) || dl_passive(L, v)) return false;
    if (dl_child_by(L, v, DL_R_ccomp) != DL_NONE || dl_child_by(L, v, DL_R_csubj) != DL_NONE || dl_child_by(L, v, DL_R_nsubj) != DL_NONE || !dl_posting_at(q, v, DL_P_SENSE, DL_POS_VERB, 0)) return false;
    L->tok[i].rel = DL_R_nsubj;
    return true;
}

/* "arrested Aldo Ferrante": a name is no clause; where the verb has no object it is that. */
static bool name_as_clause(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    (void)q;
    if (t->upos != DL_PROPN || t->rel != DL_R_xcomp || t->head + 1 != i || !dl_is_verb(&L->tok[t->head]) || dl_child_by(L, i, DL_R_mark) != DL_NONE || dl_child_by(L, t->head, DL_R_obj) != DL_NONE) return false;
    t->rel = DL_R_obj;
    return true;
}

/* Whatever was moved, every token must still reach a root: one that doesn't becomes the root's. */
static void keep_trees(dl_language *L)
{
    for (uint32_t i = 0; i < L->ntok; i++) {
        const dl_sentence *s = &L->sent[L->tok[i].sent];
        if (!dl_below(L, i, s->root) && i != s->root) L->tok[i].head = s->root, L->tok[i].rel = DL_R_dep;
    }
    for (uint32_t s = 0; s < L->nsent; s++) L->tok[L->sent[s].root].head = L->sent[s].root;
}

/* Tried on every token, in this order; `ahead`: how many tokens it looks at behind the one it is tried on. */
static const struct { bool (*mend)(const dl_ask *, dl_language *, uint32_t); uint32_t ahead; } menders[] = {
    { dl_mend_place_name, 1 }, { dl_mend_noun_behind_place, 0 }, { dl_mend_told_before_verb, 0 }, { dl_mend_title_before_name, 2 }, { dl_mend_according_first, 2 }, { dl_mend_bound_for, 2 }, { dl_mend_title_passive, 1 }, { dl_mend_who_of_event, 0 }, { dl_mend_possessive_subject, 0 }, { dl_mend_bare_participle, 0 }, { dl_mend_subject_of_day, 0 }, { dl_mend_which_between, 0 }, { dl_mend_verb_joined_to_noun, 0 }, { dl_mend_verb_phrase, 1 }, { dl_mend_child_of_aux, 0 }, { dl_mend_finite_on_noun, 0 }, { dl_mend_name_with_particle, 0 }, { dl_mend_name_at_noun, 0 }, { dl_mend_parted_name, 1 }, { dl_mend_counted_verb, 0 }, { dl_mend_time_as_subject, 0 }, { dl_mend_whose, 0 }, { dl_mend_fear_of_number, 3 }, { dl_mend_subject_behind_after, 2 },
    { dl_mend_case_on_modifier, 0 }, { dl_mend_bound_number, 0 }, { dl_mend_predicate_as_subject, 0 }, { dl_mend_inserted_clause, 1 }, { dl_mend_name_behind_quote, 2 }, { dl_mend_it_is_believed, 2 }, { dl_mend_speaker_behind, 1 },
    { side_by_side, 1 }, { participle, 2 }, { gerund, 1 }, { second_gerund, 1 }, { same_preposition, 0 }, { people, 0 }, { main_clause, 0 }, { number_of, 1 }, { subject_of_participle, 0 }, { participle_with_object, 0 },
    { said_name, 0 }, { before_article, 1 }, { office_behind, 0 }, { verb_before_that, 0 }, { verb_before_to, 0 }, { name_on_preposition, 0 }, { name_as_clause, 0 }, { acting_it, 0 },
    { dl_mend_name_behind_office, 1 }, { dl_mend_two_subjects, 0 }, { dl_mend_free_participle, 0 }, { dl_mend_gerund_beside, 0 }, { dl_mend_name_pieces, 0 }, { dl_mend_small, 1 }, { dl_mend_relative_of_noun, 0 }, { dl_mend_stolen_subject, 0 }, { dl_mend_joined_clause, 0 }, { dl_mend_root_subject, 0 },
    { dl_mend_agent_of_active, 0 }, { dl_mend_noun_joined_to_verb, 0 }, { dl_mend_joined_backwards, 0 }, { dl_mend_adverb_participle, 1 }, { dl_mend_inserted_root, 1 }, { dl_mend_root, 0 }, { dl_mend_according_to, 0 },
    { dl_mend_as_clause, 0 }, { dl_mend_list_of_one, 0 }, { dl_mend_subject_with_case, 0 }, { dl_mend_second_verb, 1 }, { dl_mend_said_by_phone, 0 }, { dl_mend_fear_that, 3 }, { dl_mend_final_say, 0 },
};

/* ---- a mender that would break a tree is undone ---- */

typedef struct { uint32_t head; uint8_t rel, upos; uint16_t xpos; } hung;
typedef struct { dl_language *L; hung *was; uint32_t sent, root; } before;          /* the sentence as the last mender left it */

static void remember(before *b, uint32_t sent)
{
    const dl_sentence *s = &b->L->sent[sent];
    b->sent = sent, b->root = s->root;
    for (uint32_t i = s->first; i < s->end; i++) { const dl_token *t = &b->L->tok[i]; b->was[i - s->first] = (hung){ t->head, t->rel, t->upos, t->xpos }; }
}

/* One root, and every token reaches it. */
static bool a_tree(const dl_language *L, const dl_sentence *s)
{
    if (!dl_is_root(L, s->root)) return false;
    for (uint32_t i = s->first; i < s->end; i++) {
        uint32_t t = i, steps = 0, most = s->end - s->first;
        while (!dl_is_root(L, t) && steps++ <= most) t = L->tok[t].head;
        if (t != s->root) return false;
    }
    return true;
}

static bool kept(before *b)
{
    const dl_sentence *s = &b->L->sent[b->sent];
    if (a_tree(b->L, s)) { remember(b, b->sent); return true; }
    for (uint32_t i = s->first; i < s->end; i++) { dl_token *t = &b->L->tok[i]; const hung *w = &b->was[i - s->first]; t->head = w->head, t->rel = w->rel, t->upos = w->upos, t->xpos = w->xpos; }
    b->L->sent[b->sent].root = b->root;
    return false;
}

bool dl_mend_trees(dl_ask *q)
{
    dl_language *L = (dl_language *)(uintptr_t)q->lang;              /* the one place that changes what the language stage gave */
    dl_marker mark = dl_mark(q->scratch);
    uint8_t *day = dl_new(q->scratch, uint8_t, L->ntok + 1);
    bool moved = false;
    for (uint32_t t = 0; t < q->f->times.n; t++)
        for (uint32_t i = q->f->times.v[t].tb; i < q->f->times.v[t].te; i++) day[i] = 1;
    uint32_t longest = 0;
    for (uint32_t s = 0; s < L->nsent; s++) if (L->sent[s].end - L->sent[s].first > longest) longest = L->sent[s].end - L->sent[s].first;
    before b = { L, dl_new(q->scratch, hung, longest + 1), DL_NONE, 0 };
    for (uint32_t i = 0; i < L->ntok; i++) {
        if (L->tok[i].sent != b.sent) remember(&b, L->tok[i].sent);
        for (size_t k = 0; k < sizeof menders / sizeof *menders; k++)
            if (i + menders[k].ahead < L->ntok && menders[k].mend(q, L, i)) moved |= kept(&b);
        moved |= on_a_day(q, L, i, day);
        if (day[i] && dl_is_subject(L->tok[i].rel)) L->tok[i].rel = DL_R_obl_unmarked;      /* "last November for smuggling", "Last April the government warned": a day does nothing */
    }
    if (moved) relist(L);
    for (uint32_t s = 0; s < L->nsent; s++)
        if (clause_on_root_day(L, &L->sent[s], day)) moved = true;
        else if (main_verb(L, &L->sent[s])) { moved = true; L->sent[s].root = L->tok[L->sent[s].root].head; }
        else if (dl_mend_verbless(q, L, s)) moved = true;
    if (moved) keep_trees(L), relist(L);
    dl_reset(q->scratch, mark);
    return moved;
}
