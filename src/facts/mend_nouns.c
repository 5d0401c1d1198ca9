/* mend_nouns.c - menders of names and nouns: names in pieces, appositions, whose "who" it is, nouns hung as what they are not. See mend.c. */
#include "facts/mend.h"

/* "the Progressive Teachers' Union": a name whose apostrophe parted it. */
bool dl_mend_parted_name(const dl_ask *q, dl_language *L, uint32_t i)
{
    (void)q;
    const dl_sentence *s = &L->sent[L->tok[i].sent];
    if (i <= s->first || i + 1 >= s->end || (!dl_is(L->tok[i].text, "'") && !dl_is(L->tok[i].text, "\xE2\x80\x99"))) return false;
    uint32_t a = i - 1, c = i + 1;
    if (!L->tok[a].capital || !dl_is_noun(&L->tok[a]) || !dl_ends(L->tok[a].low, DL_STR("s")) || !L->tok[c].capital || !dl_is_noun(&L->tok[c])) return false;
    while (L->tok[c].head > c && L->tok[c].head < c + 4 && dl_is_noun(&L->tok[L->tok[c].head]) && L->tok[L->tok[c].head].capital) c = L->tok[c].head;
    if (L->tok[a].head == c || dl_below(L, c, a)) return false;
    bool taken = false;                                                                     /* the verb behind has its subject already */
    if (!dl_is_root(L, c) && dl_is_subject(L->tok[c].rel)) DL_EACH_CHILD(L, L->tok[c].head, k) taken = taken || (k < a && dl_is_subject(L->tok[k].rel));
    if (taken || !dl_is_subject(L->tok[c].rel)) {
        if (dl_is_root(L, a) || dl_below(L, L->tok[a].head, c)) return false;
        L->tok[c].head = L->tok[a].head, L->tok[c].rel = L->tok[a].rel;
        DL_EACH_CHILD(L, a, k) if (L->tok[k].rel == DL_R_case_ && k < a) L->tok[k].head = c;
    } else if (dl_below(L, L->tok[c].head, a)) return false;
    L->tok[a].head = c, L->tok[a].rel = DL_R_nmod_poss;
    L->tok[i].head = a, L->tok[i].rel = DL_R_case_, L->tok[i].xpos = DL_POS;
    return true;
}

/* "more than two million illicit cigarettes": no third person has a number for its subject. */
bool dl_mend_counted_verb(const dl_ask *q, dl_language *L, uint32_t i)
{
    (void)q;
    dl_token *t = &L->tok[i];
    if (t->xpos != DL_VBZ || i == 0 || L->tok[i - 1].sent != t->sent || L->tok[i - 1].head != i || L->tok[i - 1].xpos == DL_NNS || !(dl_is_noun(&L->tok[i - 1]) || L->tok[i - 1].upos == DL_ADJ)) return false;
    uint32_t n = dl_child_by(L, i - 1, DL_R_nummod), h = t->head;
    if (n == DL_NONE || dl_is(L->tok[n].low, "one") || dl_is(L->tok[n].text, "1") || dl_child_by(L, i, DL_R_obj) != DL_NONE) return false;
    t->upos = DL_NOUN, t->xpos = DL_NNS;
    DL_EACH_CHILD(L, i - 1, k) L->tok[k].head = i;
    L->tok[i - 1].rel = DL_R_amod;
    if (!dl_is_root(L, i) && h < i && dl_is_verb(&L->tok[h]) && dl_child_by(L, h, DL_R_obj) == DL_NONE) t->rel = DL_R_obj;
    return true;
}

/* "investigating the Estuary Ring, a gang founded in Cadiz": no list without an "and". */
bool dl_mend_list_of_one(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    uint32_t h = t->head, b, e;
    if (t->rel != DL_R_conj || dl_is_root(L, i) || h > i || !dl_is_noun(t) || dl_child_by(L, i, DL_R_det) == DL_NONE || !dl_posting_at(q, i, DL_P_CLASS, 0, 0)) return false;
    dl_phrase_of(L, i, false, &b, &e);
    if (b < 2 || !dl_is(L->tok[b - 1].text, ",") || L->tok[b - 2].upos != DL_PROPN || L->tok[b - 2].sent != t->sent) return false;
    uint32_t name = b - 2;
    while (!dl_is_root(L, name) && L->tok[L->tok[name].head].upos == DL_PROPN && (L->tok[name].rel == DL_R_flat || L->tok[name].rel == DL_R_compound)) name = L->tok[name].head;
    if (h != name && !dl_is_verb(&L->tok[h])) return false;
    DL_EACH_CHILD(L, h, k) if (k > name && (L->tok[k].rel == DL_R_cc || (k != i && L->tok[k].rel == DL_R_conj))) return false;
    DL_EACH_CHILD(L, i, k) if (L->tok[k].rel == DL_R_cc || dl_is_subject(L->tok[k].rel)) return false;
    if (dl_below(L, name, i)) return false;
    t->head = name, t->rel = DL_R_appos;
    return true;
}

/* "the assassination of prosecutor Elena Barrios": a name right behind what somebody is belongs to it. */
bool dl_mend_name_at_noun(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    uint32_t n = i - 1;
    if (i == 0 || t->rel != DL_R_appos || t->upos != DL_PROPN || L->tok[n].sent != t->sent || L->tok[n].upos != DL_NOUN || t->head >= n || L->tok[n].head == i) return false;
    bool known = false;
    for (uint32_t k = n, up = 0; up < 3 && !known; up++) {                                   /* also "news site" */
        for (uint32_t h = q->f->hits.first[k]; h < q->f->hits.first[k + 1]; h++) known = known || (q->f->hits.v[h].posting->kind == DL_P_CLASS && q->f->hits.v[h].e == n + 1 && !(q->f->hits.v[h].posting->form & DL_F_PL));
        if (!k--) break;
    }
    if (!known) return false;
    t->head = n;
    return true;
}

static bool particle(dl_str w)
{
    static const char *const words[] = { "de", "del", "du", "da", "di", "dos", "von", "van", "der", "den", "la", "el", "al", "bin", "ibn", "bint", "des", "y" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) if (dl_is(w, words[i])) return true;
    return false;
}

/* "the newspaper El Faro del Sur": a name with such a word in it is one name. */
bool dl_mend_name_with_particle(const dl_ask *q, dl_language *L, uint32_t i)
{
    const dl_sentence *s = &L->sent[L->tok[i].sent];
    uint32_t e = i + 1, out = DL_NONE;
    bool inside = false;
    if (L->tok[i].upos != DL_PROPN || !L->tok[i].capital || (i > s->first && L->tok[i - 1].upos == DL_PROPN && L->tok[i - 1].capital) || dl_list_at(q, i, DL_LIST_months, NULL).n) return false;
    while (e < s->end && ((L->tok[e].capital && L->tok[e].upos == DL_PROPN) || (particle(L->tok[e].low) && e + 1 < s->end && L->tok[e + 1].capital && L->tok[e + 1].upos == DL_PROPN))) {
        inside = inside || (particle(L->tok[e].low) && !L->tok[e].capital);
        e++;
    }
    if (!inside || e - i > 7) return false;
    for (uint32_t k = i; k < e; k++)
        if (L->tok[k].head < i || L->tok[k].head >= e || dl_is_root(L, k)) { if (out == DL_NONE) out = k; }
    if (out == DL_NONE) return false;
    bool whole = out == i;
    for (uint32_t k = i + 1; k < e; k++) whole = whole && L->tok[k].head == i;
    if (whole) return false;
    if (dl_is_root(L, out)) L->tok[i].head = i, L->tok[i].rel = DL_R_root, L->sent[L->tok[i].sent].root = i;
    else if (dl_below(L, L->tok[out].head, i) && out != i) return false;
    else L->tok[i].head = L->tok[out].head, L->tok[i].rel = L->tok[out].rel;
    for (uint32_t k = i + 1; k < e; k++) L->tok[k].head = i, L->tok[k].rel = DL_R_flat;
    if (i > s->first && L->tok[i].head == i - 1 && dl_is_noun(&L->tok[i - 1])) L->tok[i].rel = DL_R_appos;
    for (uint32_t k = s->first; k < s->end; k++)                                              /* what hung on the pieces hangs on the name */
        if ((k < i || k >= e) && L->tok[k].head > i && L->tok[k].head < e && k != L->tok[i].head) L->tok[k].head = i;
    return true;
}

/* "young men bound for Libya" */
bool dl_mend_bound_for(const dl_ask *q, dl_language *L, uint32_t i)
{
    (void)q;
    dl_token *t = &L->tok[i];
    if (!dl_is(t->low, "bound") || i == 0 || L->tok[i - 1].sent != t->sent || !dl_is_noun(&L->tok[i - 1]) || i + 2 >= L->sent[t->sent].end || !dl_is(L->tok[i + 1].low, "for") || dl_is_root(L, i)) return false;
    uint32_t n = i - 1;
    while (L->tok[n].rel == DL_R_flat || (L->tok[n].rel == DL_R_compound && L->tok[n].head < i)) n = L->tok[n].head;
    uint32_t p = L->tok[i + 1].head;
    if (p > i + 1 && L->tok[p].head != i && !dl_below(L, i, p) && L->tok[p].head < i) L->tok[p].head = i, L->tok[p].rel = DL_R_obl;
    if ((t->rel == DL_R_acl && t->head == n) || dl_below(L, n, i)) return false;
    t->head = n, t->rel = DL_R_acl, t->upos = DL_VERB, t->xpos = DL_VBN;
    return true;
}

/* "The trial of Diego Saravia, who is accused of ..., opened": "who" is the person named last, not the trial. */
bool dl_mend_who_of_event(const dl_ask *q, dl_language *L, uint32_t v)
{
    dl_token *t = &L->tok[v];
    uint32_t h = t->head, w = DL_NONE;
    if (dl_is_root(L, v) || h > v || !dl_is_verb(t) || (t->rel != DL_R_acl_relcl && t->rel != DL_R_parataxis && t->rel != DL_R_acl && t->rel != DL_R_conj)) return false;
    bool joined = t->rel == DL_R_conj && dl_is_verb(&L->tok[h]);                            /* "was foiled by detectives, who seized ...": joined to the verb */
    if (!joined && (!dl_is_noun(&L->tok[h]) || !dl_posting_at(q, h, DL_P_SENSE, DL_POS_NOUN, 0))) return false;
    DL_EACH_CHILD(L, v, k) if (k < v && dl_is_subject(L->tok[k].rel) && dl_is(L->tok[k].low, "who")) w = k;
    if (w == DL_NONE || w < h + 3 || !dl_is(L->tok[w - 1].text, ",") || (!joined && dl_posting_at(q, h, DL_P_CLASS, 0, 0))) return false;
    uint32_t n = w - 2;
    while (n > h && (L->tok[n].rel == DL_R_flat || L->tok[n].rel == DL_R_compound || L->tok[n].rel == DL_R_punct || L->tok[n].upos == DL_NUM) && L->tok[n].head != h) n = L->tok[n].head;
    if (n <= h || !dl_is_noun(&L->tok[n]) || dl_below(L, n, v)) return false;
    t->head = n, t->rel = DL_R_acl_relcl;
    return true;
}

/* "has deferred its ruling": a possessive is no subject of its noun. */
bool dl_mend_possessive_subject(const dl_ask *q, dl_language *L, uint32_t i)
{
    (void)q;
    dl_token *t = &L->tok[i];
    uint32_t n = t->head;
    bool own = t->xpos == DL_PRPS || dl_is(t->low, "its") || dl_is(t->low, "their") || dl_is(t->low, "his");
    if (!own || !dl_is_subject(t->rel) || n < i || n > i + 3 || !dl_is_noun(&L->tok[n])) return false;
    t->rel = DL_R_nmod_poss;
    uint32_t v = L->tok[n].head;
    if (!dl_is_root(L, n) && (L->tok[n].rel == DL_R_xcomp || L->tok[n].rel == DL_R_ccomp) && v < n && dl_child_by(L, n, DL_R_cop) == DL_NONE && dl_child_by(L, v, DL_R_obj) == DL_NONE) L->tok[n].rel = DL_R_obj;
    return true;
}

/* "recruiting students", with the students joined to the verb: right behind it they are its object. */
bool dl_mend_noun_joined_to_verb(const dl_ask *q, dl_language *L, uint32_t n)
{
    (void)q;
    dl_token *t = &L->tok[n];
    uint32_t v = t->head, b, e;
    if (t->rel != DL_R_conj || dl_is_root(L, n) || v > n || !dl_is_noun(t) || !dl_is_verb(&L->tok[v]) || dl_child_by(L, n, DL_R_cc) != DL_NONE || dl_child_by(L, n, DL_R_cop) != DL_NONE || dl_child_by(L, n, DL_R_case_) != DL_NONE) return false;
    if (dl_child_by(L, v, DL_R_obj) != DL_NONE || dl_passive(L, v)) return false;
    dl_phrase_of(L, n, false, &b, &e);
    if (b != v + 1) return false;
    t->rel = DL_R_obj;
    return true;
}

/* "disrupted a plan by a cell to attack a market": a verb in the active has no agent; it is the plan's, and the plan is to attack. */
bool dl_mend_agent_of_active(const dl_ask *q, dl_language *L, uint32_t n)
{
    dl_token *t = &L->tok[n];
    uint32_t v = t->head, o = DL_NONE;
    if (t->rel != DL_R_obl_agent || dl_is_root(L, n) || v > n || dl_child_by(L, v, DL_R_aux_pass) != DL_NONE || (dl_child_by(L, v, DL_R_nsubj) == DL_NONE && dl_passive(L, v))) return false;
    DL_EACH_CHILD(L, v, k) if (k > v && k < n && L->tok[k].rel == DL_R_obj) o = k;
    if (o == DL_NONE || !dl_posting_at(q, o, DL_P_SENSE, DL_POS_NOUN, 0)) return false;
    t->head = o, t->rel = DL_R_nmod;
    DL_EACH_CHILD(L, v, k)
        if (k > n && L->tok[k].xpos == DL_VB && L->tok[k].rel == DL_R_advcl && dl_has_child_word(L, k, DL_R_mark, "to")) { L->tok[k].head = o, L->tok[k].rel = DL_R_acl; break; }
    return true;
}

/* "Papua New Guinea's government": the words of one place name hang together. */
bool dl_mend_place_name(const dl_ask *q, dl_language *L, uint32_t b)
{
    uint32_t e = 0, out = DL_NONE, n = 0;
    for (uint32_t k = q->f->hits.first[b]; k < q->f->hits.first[b + 1]; k++)
        if (q->f->hits.v[k].posting->kind == DL_P_PLACE && q->f->hits.v[k].e > e && !(q->f->hits.v[k].posting->form & (DL_F_ADJECTIVE | DL_F_PEOPLE))) e = q->f->hits.v[k].e;
    if (e < b + 2 || e > L->sent[L->tok[b].sent].end) return false;
    for (uint32_t k = b; k < e; k++) {
        if (!L->tok[k].capital && L->tok[k].upos != DL_ADP && L->tok[k].upos != DL_DET) return false;
        if (L->tok[k].head < b || L->tok[k].head >= e || dl_is_root(L, k)) out = k, n++;
    }
    if (n < 2 || dl_is_root(L, e - 1)) return false;
    uint32_t h = e - 1;
    if (out != h && (L->tok[h].rel == DL_R_flat || L->tok[h].rel == DL_R_compound)) return false;
    for (uint32_t k = b; k < h; k++) {
        if (dl_is_root(L, k) || dl_below(L, h, k)) return false;
        L->tok[k].head = h, L->tok[k].rel = DL_R_compound;
    }
    return true;
}

/* "disrupted by Queensland detectives": a noun right behind the name of a place is no second party. */
bool dl_mend_noun_behind_place(const dl_ask *q, dl_language *L, uint32_t n)
{
    dl_token *t = &L->tok[n];
    uint32_t p = n - 1;
    if (n == 0 || t->rel != DL_R_conj || t->head != p || !dl_is_noun(t) || L->tok[p].upos != DL_PROPN || dl_is_root(L, p) || !dl_posting_at(q, p, DL_P_PLACE, 0, 0) || dl_child_by(L, n, DL_R_cc) != DL_NONE) return false;
    t->head = L->tok[p].head, t->rel = L->tok[p].rel;
    DL_EACH_CHILD(L, p, k) if (k != n) L->tok[k].head = n;
    L->tok[p].head = n, L->tok[p].rel = DL_R_compound;
    return true;
}

/* "the state premier told reporters": nobody is told before the verb. */
bool dl_mend_told_before_verb(const dl_ask *q, dl_language *L, uint32_t n)
{
    (void)q;
    dl_token *t = &L->tok[n];
    if (t->rel != DL_R_iobj || t->head < n || dl_child_by(L, t->head, DL_R_nsubj) != DL_NONE || dl_relative_word(t)) return false;
    t->rel = DL_R_nsubj;
    if (n > 0 && L->tok[n - 1].head == n && dl_is_noun(&L->tok[n - 1]) && dl_is_oblique(L->tok[n - 1].rel)) L->tok[n - 1].rel = DL_R_compound;
    return true;
}

/* "Kisumu county commissioner Josiah Otwoma said": what somebody is, right before the name, belongs to the name. */
bool dl_mend_title_before_name(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    uint32_t n = i + 1;
    if (t->upos != DL_NOUN || t->head == n || dl_is_root(L, i) || L->tok[n].sent != t->sent || L->tok[n].upos != DL_PROPN || !L->tok[n].capital || dl_is_root(L, n)) return false;
    if (t->rel != DL_R_conj && t->rel != DL_R_obl_unmarked && t->rel != DL_R_dep && t->rel != DL_R_appos && t->rel != DL_R_amod) return false;
    while (L->tok[n].head > n && L->tok[n].head < i + 5 && L->tok[L->tok[n].head].upos == DL_PROPN) n = L->tok[n].head;
    if (!dl_is_subject(L->tok[n].rel) || dl_below(L, n, i) || dl_child_by(L, i, DL_R_cc) != DL_NONE || dl_posting_at(q, i + 1, DL_P_PLACE, 0, 0)) return false;
    bool office = false;
    for (uint32_t k = i, up = 0; up < 3 && !office; up++) {
        for (uint32_t h = q->f->hits.first[k]; h < q->f->hits.first[k + 1]; h++)
            office = office || (q->f->hits.v[h].posting->kind == DL_P_CLASS && q->f->hits.v[h].e == i + 1 && dl_book_class(q->book, q->f->hits.v[h].posting->id)->kind == DL_KIND_person);
        if (!k--) break;
    }
    if (!office) return false;
    t->head = n, t->rel = DL_R_nmod_desc;
    return true;
}
