/* mend_clauses.c - menders of main clauses: who says so at the end, subjects behind days, verbs taken for nouns, names with a possessive in them. See mend.c. */
#include "facts/mend.h"

/* i is above top: then top can take i's place. */
static void raise_over(dl_language *L, uint32_t i, uint32_t top)
{
    if (!dl_below(L, top, i)) return;
    if (dl_is_root(L, i)) L->tok[top].head = top, L->tok[top].rel = DL_R_root, L->sent[L->tok[top].sent].root = top;
    else L->tok[top].head = L->tok[i].head, L->tok[top].rel = L->tok[i].rel;
}

static bool plain_noun(const dl_token *t) { return dl_is_noun(t) || t->upos == DL_PRON; }

/* "Hours after she was released, the activist left": of two subjects the first is a time. */
bool dl_mend_time_as_subject(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    uint32_t v = t->head, end, other = DL_NONE;
    if (t->rel != DL_R_nsubj || v < i || !dl_list_at(q, i, DL_LIST_time_units, &end).n) return false;
    DL_EACH_CHILD(L, v, k) if (k > i && k < v && dl_is_subject(L->tok[k].rel)) other = k;
    if (other == DL_NONE) return false;
    t->rel = DL_R_obl_unmarked;
    DL_EACH_CHILD(L, i, k) if (dl_is_verb(&L->tok[k]) && dl_child_by(L, k, DL_R_mark) != DL_NONE) L->tok[k].head = v, L->tok[k].rel = DL_R_advcl;
    return true;
}

/* "The sniper, whose name has not been released, is presumed ...": the clause with "whose" took the subject of the sentence. */
bool dl_mend_whose(const dl_ask *q, dl_language *L, uint32_t v)
{
    (void)q;
    uint32_t n = DL_NONE, own = DL_NONE, h = L->tok[v].head;
    if (dl_is_root(L, v) || h < v || !dl_is_verb(&L->tok[v])) return false;
    DL_EACH_CHILD(L, v, k) {
        if (k > v || !dl_is_subject(L->tok[k].rel)) continue;
        uint32_t p = dl_child_by(L, k, DL_R_nmod_poss);
        if (p != DL_NONE && dl_is(L->tok[p].low, "whose")) own = k;
        else if (own == DL_NONE && plain_noun(&L->tok[k])) n = k;
    }
    if (n == DL_NONE || own == DL_NONE || dl_child_by(L, h, DL_R_nsubj) != DL_NONE || dl_child_by(L, h, DL_R_nsubj_pass) != DL_NONE) return false;
    L->tok[n].head = h, L->tok[n].rel = dl_passive(L, h) ? DL_R_nsubj_pass : DL_R_nsubj;
    L->tok[v].head = n, L->tok[v].rel = DL_R_acl_relcl;
    return true;
}

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

/* "after rioters set fire to the court": between "after" and a verb without subject stands its subject. */
bool dl_mend_subject_behind_after(const dl_ask *q, dl_language *L, uint32_t a)
{
    (void)q;
    dl_token *t = &L->tok[a];
    uint32_t n = t->head, end = L->sent[t->sent].end;
    if (t->rel != DL_R_case_ || n < a || n + 1 >= end || !dl_is_noun(&L->tok[n]) || !(dl_is(t->low, "after") || dl_is(t->low, "before") || dl_is(t->low, "until") || dl_is(t->low, "since"))) return false;
    uint32_t v = n + 1;
    if (L->tok[v].xpos == DL_VBN && L->tok[v].rel == DL_R_acl) return false;
    if (!dl_is_verb(&L->tok[v]) || L->tok[v].xpos == DL_VBG || L->tok[v].xpos == DL_VB || L->tok[v].xpos == DL_VBN || dl_child_by(L, v, DL_R_nsubj) != DL_NONE || dl_child_by(L, v, DL_R_nsubj_pass) != DL_NONE) return false;
    if (L->tok[v].rel == DL_R_aux || L->tok[v].rel == DL_R_aux_pass || L->tok[v].rel == DL_R_cop) return false;
    uint32_t up = L->tok[n].head;
    while (!dl_is_root(L, up) && !dl_is_verb(&L->tok[up])) up = L->tok[up].head;
    if (up > a || dl_is_root(L, n)) return false;
    raise_over(L, v, up);
    L->tok[v].head = up, L->tok[v].rel = DL_R_advcl;
    L->tok[n].head = v, L->tok[n].rel = DL_R_nsubj;
    t->head = v, t->rel = DL_R_mark;
    return true;
}

/* The verb of the clause that ends before `end`: a finite one that stands in no relative clause. */
static uint32_t clause_verb(const dl_language *L, uint32_t first, uint32_t end)
{
    for (uint32_t k = first; k < end; k++) {
        const dl_token *t = &L->tok[k];
        if (!dl_is_verb(t) || t->rel == DL_R_aux || t->rel == DL_R_aux_pass || t->rel == DL_R_cop || t->xpos == DL_VBG || t->xpos == DL_VB || dl_subordinate(L, k)) continue;
        if (t->xpos != DL_VBN || dl_child_by(L, k, DL_R_aux) != DL_NONE || dl_child_by(L, k, DL_R_aux_pass) != DL_NONE) return k;
    }
    return DL_NONE;
}

/* "..., its editor said.", "..., the union said on Friday.": a clause of its own at the end, which took for itself words of the clause before. */
bool dl_mend_final_say(const dl_ask *q, dl_language *L, uint32_t v)
{
    dl_token *t = &L->tok[v];
    const dl_sentence *s = &L->sent[t->sent];
    uint32_t rest = v + 1;
    while (rest < s->end && !dl_is(L->tok[rest].text, ",") && !dl_is(L->tok[rest].text, ";")) rest++;
    if (!dl_is_verb(t) || v < s->first + 5 || !dl_saying_at(q, v) || rest - v > 9 || dl_child_by(L, v, DL_R_mark) != DL_NONE || dl_child_by(L, v, DL_R_cc) != DL_NONE || t->xpos == DL_VBG || t->xpos == DL_VB) return false;
    for (uint32_t k = v + 1; k < rest; k++) if (dl_is_verb(&L->tok[k]) || dl_is(L->tok[k].low, "that")) return false;
    uint32_t n = DL_NONE, b = v;
    bool own = false;
    DL_EACH_CHILD(L, v, k) if (L->tok[k].rel == DL_R_nsubj && k < v && plain_noun(&L->tok[k]) && !dl_relative_word(&L->tok[k])) n = k;
    if (n == DL_NONE && dl_child_by(L, v, DL_R_nsubj) == DL_NONE && dl_child_by(L, v, DL_R_nsubj_pass) == DL_NONE && (t->xpos == DL_VBD || t->xpos == DL_VBZ || t->xpos == DL_VBP))      /* "army officials in Khartoum said": hung elsewhere */
        for (uint32_t k = v; k-- > s->first && v - k < 9;) {
            if (L->tok[k].upos == DL_PUNCT || dl_is_verb(&L->tok[k])) { if (dl_is(L->tok[k].text, ",") && n != DL_NONE) own = true; break; }
            if (dl_is_noun(&L->tok[k]) && dl_adposition(L, k) == DL_NONE && (k + 1 == v || L->tok[k + 1].upos == DL_ADP)) n = k;
        }
    if (n == DL_NONE || (L->tok[n].head != v && !own) || v - n > 7) return false;
    for (b = n; b > s->first && n - b < 10 && !dl_is(L->tok[b - 1].text, ","); b--)
        if (dl_is_verb(&L->tok[b - 1]) || L->tok[b - 1].upos == DL_SCONJ || (L->tok[b - 1].upos == DL_PUNCT && !dl_is(L->tok[b - 1].text, "-"))) return false;
    if (b < s->first + 4 || b == s->first || !dl_is(L->tok[b - 1].text, ",")) return false;
    uint32_t main = clause_verb(L, s->first, b - 1);
    bool stolen = false, odd = t->rel == DL_R_acl_relcl || t->rel == DL_R_acl || t->rel == DL_R_advcl || t->rel == DL_R_dep || (t->rel == DL_R_parataxis && t->head != main && main != DL_NONE && dl_is_root(L, main) && rest == s->end);
    DL_EACH_CHILD(L, v, k) stolen = stolen || (k < b - 1 && (!dl_is_verb(&L->tok[k]) || dl_subordinate(L, k)) && L->tok[k].upos != DL_PUNCT);
    if (main == DL_NONE || (!odd && !stolen && !own)) return false;
    if (own) {
        if (dl_below(L, v, n)) return false;
        L->tok[n].head = v, L->tok[n].rel = DL_R_nsubj;
        DL_EACH_CHILD(L, v, k) if (k < v && k > n && L->tok[k].rel == DL_R_obl) L->tok[k].head = n, L->tok[k].rel = DL_R_nmod;
    }
    raise_over(L, v, main);
    DL_EACH_CHILD(L, v, k)
        if (k < b - 1 && k != main && !dl_below(L, main, k)) {
            dl_token *c = &L->tok[k];
            c->head = main;
            if (c->rel == DL_R_ccomp || c->rel == DL_R_csubj) c->rel = dl_is_verb(c) ? DL_R_conj : dl_child_by(L, main, DL_R_obj) == DL_NONE ? DL_R_obj : DL_R_conj;
        }
    t->head = main, t->rel = DL_R_parataxis;
    for (uint32_t k = b; k < n; k++)                                                          /* "county police commander Josphat Murunga told": his title was hung elsewhere */
        if (L->tok[k].head < b || L->tok[k].head > v) L->tok[k].head = n, L->tok[k].rel = dl_is_noun(&L->tok[k]) ? DL_R_nmod_desc : L->tok[k].upos == DL_DET ? DL_R_det : DL_R_amod;
    return true;
}

/* "Residents said by telephone that tanks had moved": the clause was hung on the telephone. */
bool dl_mend_said_by_phone(const dl_ask *q, dl_language *L, uint32_t v)
{
    dl_token *t = &L->tok[v];
    if ((t->rel != DL_R_acl_relcl && t->rel != DL_R_acl && t->rel != DL_R_ccomp) || dl_is_root(L, v)) return false;
    uint32_t n = t->head, s, that = DL_NONE;
    if (n > v || !dl_is_oblique(L->tok[n].rel) || dl_is_root(L, n)) return false;
    s = L->tok[n].head;
    if (s > n || !dl_is_verb(&L->tok[s]) || !dl_saying_at(q, s) || dl_child_by(L, s, DL_R_ccomp) != DL_NONE) return false;
    bool own = false;
    DL_EACH_CHILD(L, v, k) {
        if (k < v && dl_is(L->tok[k].low, "that") && k == n + 1) that = k;
        else if (k < v && dl_is_subject(L->tok[k].rel) && that != DL_NONE) own = true;
    }
    if (that == DL_NONE || (!own && L->tok[that].rel != DL_R_mark)) return false;
    t->head = s, t->rel = DL_R_ccomp;
    L->tok[that].rel = DL_R_mark, L->tok[that].xpos = DL_IN, L->tok[that].upos = DL_SCONJ;
    return true;
}

/* "..., and officials in Osh fear that more will flee": the second sentence's verb taken for a noun. */
bool dl_mend_fear_that(const dl_ask *q, dl_language *L, uint32_t w)
{
    dl_token *t = &L->tok[w];
    const dl_sentence *s = &L->sent[t->sent];
    if (!dl_is_noun(t) || t->xpos == DL_NNS || w < s->first + 2 || w + 3 >= s->end || !dl_is(L->tok[w + 1].low, "that") || !dl_saying_at(q, w) || !dl_posting_at(q, w, DL_P_SENSE, DL_POS_VERB, DL_F_BASE)) return false;
    if (!dl_is_noun(&L->tok[w - 1]) || dl_child_by(L, w, DL_R_det) != DL_NONE || dl_child_by(L, w, DL_R_amod) != DL_NONE || dl_child_by(L, w, DL_R_nmod_poss) != DL_NONE) return false;
    uint32_t n = w - 1, b = w, v = DL_NONE;
    while (b > s->first && w - b < 9 && (dl_is_noun(&L->tok[b - 1]) || L->tok[b - 1].upos == DL_ADJ || L->tok[b - 1].upos == DL_DET || (L->tok[b - 1].upos == DL_ADP && (dl_is(L->tok[b - 1].low, "in") || dl_is(L->tok[b - 1].low, "of") || dl_is(L->tok[b - 1].low, "at"))))) b--;
    for (uint32_t k = b; k < w; k++) if (dl_is_noun(&L->tok[k]) && (k + 1 == w || L->tok[k + 1].upos == DL_ADP)) { n = k; break; }
    if (L->tok[n].xpos != DL_NNS && !dl_posting_at(q, n, DL_P_CLASS, 0, DL_F_PL)) return false;      /* "fear" has no subject of one */
    bool cc = b > s->first && L->tok[b - 1].upos == DL_CCONJ;
    if (!cc && b != s->first) return false;
    for (uint32_t k = w + 2; k < s->end && v == DL_NONE; k++)
        if (dl_is_verb(&L->tok[k])) v = L->tok[k].rel == DL_R_aux || L->tok[k].rel == DL_R_aux_pass || L->tok[k].rel == DL_R_cop ? L->tok[k].head : k;
    uint32_t top = s->root;
    if (v == DL_NONE || v < w || (cc && (top >= b || dl_below(L, top, w)))) return false;
    if (!cc) { t->head = w, t->rel = DL_R_root, L->sent[t->sent].root = w; }
    else {
        t->head = top, t->rel = DL_R_conj;
        L->tok[b - 1].head = w, L->tok[b - 1].rel = DL_R_cc;
    }
    t->upos = DL_VERB, t->xpos = DL_VBP;
    for (uint32_t k = b; k < w; k++)
        if (k != n && (L->tok[k].head < b || L->tok[k].head >= w)) L->tok[k].head = k + 1 < w && L->tok[k].upos != DL_PROPN && !dl_is_noun(&L->tok[k]) ? k + 1 : n, L->tok[k].rel = dl_is_noun(&L->tok[k]) ? DL_R_nmod : L->tok[k].rel;
    L->tok[n].head = w, L->tok[n].rel = DL_R_nsubj;
    L->tok[v].head = w, L->tok[v].rel = DL_R_ccomp;
    L->tok[w + 1].head = v, L->tok[w + 1].rel = DL_R_mark, L->tok[w + 1].xpos = DL_IN;
    bool subject = false;
    for (uint32_t k = w + 2; k < v; k++) subject = subject || (L->tok[k].head == v && dl_is_subject(L->tok[k].rel));
    for (uint32_t k = w + 2; k < v && !subject; k++)
        if ((dl_is_noun(&L->tok[k]) || L->tok[k].upos == DL_NUM || L->tok[k].upos == DL_PRON || dl_is(L->tok[k].low, "more")) && L->tok[k].head == v) { L->tok[k].rel = dl_passive(L, v) ? DL_R_nsubj_pass : DL_R_nsubj; break; }
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

/* "said on Tuesday, as a standoff entered its third week": the clause behind "as" was taken for the sentence. */
bool dl_mend_as_clause(const dl_ask *q, dl_language *L, uint32_t r)
{
    (void)q;
    if (!dl_is_root(L, r) || !dl_is_verb(&L->tok[r])) return false;
    const dl_sentence *s = &L->sent[L->tok[r].sent];
    uint32_t as = DL_NONE, n = DL_NONE, p = DL_NONE;
    DL_EACH_CHILD(L, r, k) if (k < r && (dl_is_subject(L->tok[k].rel) || L->tok[k].rel == DL_R_obl) && dl_is_noun(&L->tok[k])) n = k;
    if (n == DL_NONE) return false;
    DL_EACH_CHILD(L, n, k) if (k < n && L->tok[k].rel == DL_R_case_) as = k;
    if (as == DL_NONE) DL_EACH_CHILD(L, r, k) if (k < n && L->tok[k].rel == DL_R_mark) as = k;
    if (as == DL_NONE || as <= s->first + 3 || !dl_is(L->tok[as - 1].text, ",") || !(dl_is(L->tok[as].low, "as") || dl_is(L->tok[as].low, "after") || dl_is(L->tok[as].low, "while") || dl_is(L->tok[as].low, "before"))) return false;
    for (uint32_t k = s->first; k < as; k++)                                                    /* children as they are now: an earlier mender may have moved them */
        if (L->tok[k].head == r && dl_is_verb(&L->tok[k]) && L->tok[k].xpos != DL_VBG && L->tok[k].xpos != DL_VB && dl_child_by(L, k, DL_R_mark) == DL_NONE) p = k;
    if (p == DL_NONE) return false;
    L->tok[p].head = p, L->tok[p].rel = DL_R_root, L->sent[L->tok[p].sent].root = p;
    L->tok[r].head = p, L->tok[r].rel = DL_R_advcl;
    L->tok[as].head = r, L->tok[as].rel = DL_R_mark;
    if (!dl_is_subject(L->tok[n].rel)) L->tok[n].rel = DL_R_nsubj;
    for (uint32_t k = s->first; k < as; k++) if (L->tok[k].head == r && k != p) L->tok[k].head = p;
    return true;
}

/* "…, after a neighbour had reported two strangers": who does it was hung on the verb with its "after". */
bool dl_mend_subject_with_case(const dl_ask *q, dl_language *L, uint32_t n)
{
    (void)q;
    dl_token *t = &L->tok[n];
    uint32_t v = t->head, a = dl_child_by(L, n, DL_R_case_);
    if (t->rel != DL_R_obl || v < n || !dl_is_verb(&L->tok[v]) || a == DL_NONE || a > n) return false;
    bool as = dl_is(L->tok[a].low, "as") && a > 0 && dl_is(L->tok[a - 1].text, ",");
    if (!as && !dl_is(L->tok[a].low, "after") && !dl_is(L->tok[a].low, "before") && !dl_is(L->tok[a].low, "since") && !dl_is(L->tok[a].low, "until")) return false;
    if (dl_child_by(L, v, DL_R_nsubj) != DL_NONE || dl_child_by(L, v, DL_R_nsubj_pass) != DL_NONE || L->tok[v].xpos == DL_VBG || L->tok[v].xpos == DL_VB || dl_is_root(L, v)) return false;
    for (uint32_t k = n + 1; k < v; k++)
        if (L->tok[k].upos == DL_PUNCT || (L->tok[k].head == v && L->tok[k].upos != DL_AUX && L->tok[k].upos != DL_ADV && L->tok[k].rel != DL_R_obl)) return false;
    t->rel = dl_passive(L, v) ? DL_R_nsubj_pass : DL_R_nsubj;
    L->tok[a].head = v, L->tok[a].rel = DL_R_mark;
    L->tok[v].rel = DL_R_advcl;
    return true;
}

/* "stormed the offices and confiscated computers": behind "and" a participle without article before its noun is the second verb. */
bool dl_mend_second_verb(const dl_ask *q, dl_language *L, uint32_t p)
{
    dl_token *t = &L->tok[p];
    uint32_t n = t->head, cc = p - 1;
    if (t->xpos != DL_VBN || t->rel != DL_R_amod || n != p + 1 || p < 3 || L->tok[cc].sent != t->sent || L->tok[cc].upos != DL_CCONJ || !dl_is_noun(&L->tok[n]) || dl_child_by(L, n, DL_R_det) != DL_NONE) return false;
    uint8_t r = L->tok[n].rel;
    if (r == DL_R_conj && !dl_is_root(L, n) && dl_is_noun(&L->tok[L->tok[n].head]) && L->tok[n].head + 3 > p) return false;      /* "weapons and stolen goods" */
    if (dl_is_root(L, n) || !dl_posting_at(q, p, DL_P_SENSE, DL_POS_VERB, DL_F_PAST)) return false;
    uint32_t main = clause_verb(L, L->sent[t->sent].first, cc);
    if (main == DL_NONE || dl_below(L, main, n) || (r == DL_R_conj && L->tok[n].head != main)) return false;
    t->xpos = DL_VBD, t->head = main, t->rel = DL_R_conj;
    L->tok[cc].head = p, L->tok[cc].rel = DL_R_cc;
    L->tok[n].head = p, L->tok[n].rel = DL_R_obj;
    return true;
}

static bool counts(const dl_ask *q, uint32_t i) { return q->lang->tok[i].upos == DL_NUM || dl_list_at(q, i, DL_LIST_bounds, NULL).n || dl_list_at(q, i, DL_LIST_fuzzy, NULL).n; }

/* "Authorities in Paraguay fear at least 15 of the 75 inmates who tunnelled out have crossed": a word of saying taken for a noun, a quantity behind it and a verb for that. */
bool dl_mend_fear_of_number(const dl_ask *q, dl_language *L, uint32_t w)
{
    dl_token *t = &L->tok[w];
    const dl_sentence *s = &L->sent[t->sent];
    if (!dl_is_noun(t) || w <= s->first || w + 3 >= s->end || !dl_saying_at(q, w) || !dl_is_noun(&L->tok[w - 1])) return false;
    uint32_t c = w + 1;
    if (dl_is(L->tok[c].low, "that")) c++;
    if (!counts(q, c) && !dl_is(L->tok[c].low, "some") && !dl_is(L->tok[c].low, "many")) return false;
    uint32_t n = w - 1;
    for (uint32_t k = s->first; k < w; k++) {
        if (dl_is_verb(&L->tok[k])) return false;
        if (dl_is_noun(&L->tok[k]) && dl_adposition(L, k) == DL_NONE && (k + 1 == w || L->tok[k + 1].upos == DL_ADP)) { n = k; break; }
    }
    uint32_t v = DL_NONE, who = DL_NONE;
    for (uint32_t k = c; k < s->end && v == DL_NONE; k++)                                       /* "who tunnelled out ... have crossed": the last "have", "are" that no "who" has */
        if (L->tok[k].upos == DL_AUX && L->tok[k].xpos != DL_VB && L->tok[k].head > k && dl_is_verb(&L->tok[L->tok[k].head]) && k > 0 && !dl_relative_word(&L->tok[k - 1])) {
            bool own = false;
            DL_EACH_CHILD(L, L->tok[k].head, j) own = own || (dl_is_subject(L->tok[j].rel) && dl_relative_word(&L->tok[j]));
            if (!own) v = L->tok[k].head;
        }
    for (uint32_t k = c; k < s->end && who == DL_NONE && v != DL_NONE && k < v; k++)
        if (L->tok[k].upos == DL_NUM || dl_is_noun(&L->tok[k])) who = k;
    if (v == DL_NONE || who == DL_NONE) return false;
    while (L->tok[who].head > who && L->tok[who].head < v && L->tok[L->tok[who].head].rel != DL_R_acl_relcl && (L->tok[who].rel == DL_R_nummod || L->tok[who].rel == DL_R_compound || L->tok[who].rel == DL_R_amod || L->tok[who].rel == DL_R_nmod)) who = L->tok[who].head;
    t->upos = DL_VERB, t->xpos = dl_ends(t->low, DL_STR("s")) && !dl_ends(t->low, DL_STR("ss")) ? DL_VBZ : DL_VBP;
    t->head = w, t->rel = DL_R_root, L->sent[t->sent].root = w;
    L->tok[v].head = w, L->tok[v].rel = DL_R_ccomp;
    DL_EACH_CHILD(L, v, k) if (k < v && k != who && dl_is_subject(L->tok[k].rel)) L->tok[k].head = who, L->tok[k].rel = DL_R_nmod;
    L->tok[who].head = v, L->tok[who].rel = dl_passive(L, v) ? DL_R_nsubj_pass : DL_R_nsubj;
    for (uint32_t k = s->first; k < w; k++)                                                   /* what hung on the false noun from before */
        if (k != n && (L->tok[k].head >= w || L->tok[k].head == k)) L->tok[k].head = k < n ? n : L->tok[k].head == k ? n : w - 1 == k ? n : w - 1;
    L->tok[n].head = w, L->tok[n].rel = DL_R_nsubj;
    if (w - 1 != n && L->tok[w - 1].upos == DL_PROPN) L->tok[w - 1].head = n, L->tok[w - 1].rel = DL_R_nmod;
    DL_EACH_CHILD(L, w, k) if (k < w && L->tok[k].rel == DL_R_case_) L->tok[k].head = w - 1;
    for (uint32_t k = v + 1; k < s->end; k++) if (L->tok[k].head == n) L->tok[k].head = L->tok[k].upos == DL_PUNCT ? w : v;
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

/* Nothing is joined to what stands behind it: a clause hung so on a word of saying is what is said. */
bool dl_mend_joined_backwards(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    if (t->rel != DL_R_conj || dl_is_root(L, i) || t->head < i || !dl_is_verb(&L->tok[t->head])) return false;
    if (dl_is_verb(t) && dl_saying_at(q, t->head)) t->rel = DL_R_ccomp;
    else t->rel = dl_is_verb(t) ? DL_R_advcl : DL_R_obl;
    return true;
}

/* "a charity founded in 2012, later recruited volunteers", "has since enlisted students": behind such an adverb a participle before its noun is the verb. */
bool dl_mend_adverb_participle(const dl_ask *q, dl_language *L, uint32_t p)
{
    dl_token *t = &L->tok[p];
    static const char *const words[] = { "later", "since", "then", "subsequently", "soon", "also", "reportedly", "afterwards", "meanwhile", "recently", "allegedly" };
    bool known = false;
    if (p < 2 || (t->xpos != DL_VBN && t->xpos != DL_VBD) || t->rel != DL_R_amod || L->tok[p - 1].sent != t->sent) return false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) known = known || dl_is(L->tok[p - 1].low, words[k]);
    uint32_t n = t->head, up = L->tok[n].head;
    if (!known || n < p || dl_is_root(L, n) || dl_child_by(L, n, DL_R_det) != DL_NONE || !dl_posting_at(q, p, DL_P_SENSE, DL_POS_VERB, DL_F_PAST | DL_F_PART)) return false;
    bool have = p >= 2 && dl_is(L->tok[p - 2].lemma, "have");
    if (have) {                                                                              /* "it has since enlisted students" */
        uint32_t a = p - 2;
        if (L->tok[a].head == a || (L->tok[a].head > p)) return false;
        uint32_t s = dl_child_by(L, a, DL_R_nsubj);
        t->head = L->tok[a].head, t->rel = L->tok[a].rel;
        L->tok[a].head = p, L->tok[a].rel = DL_R_aux;
        if (s != DL_NONE) L->tok[s].head = p, L->tok[s].rel = DL_R_nsubj;
    } else {
        if (up > p || !dl_is_noun(&L->tok[up])) return false;
        if (dl_is_root(L, up)) { t->head = p, t->rel = DL_R_root, L->sent[t->sent].root = p; }
        else {
            uint32_t top = L->tok[up].head;
            if (dl_below(L, top, up)) return false;
            t->head = top, t->rel = top > p && dl_saying_at(q, top) ? DL_R_ccomp : DL_R_conj;
        }
        L->tok[up].head = p, L->tok[up].rel = DL_R_nsubj;
        t->xpos = DL_VBD;
    }
    t->upos = DL_VERB;
    L->tok[p - 1].head = p, L->tok[p - 1].rel = DL_R_advmod;
    L->tok[n].head = p, L->tok[n].rel = DL_R_obj;
    return true;
}

/* "..., according to the website SafeSeas": who says so hangs on the clause, not on its last noun. */
bool dl_mend_according_to(const dl_ask *q, dl_language *L, uint32_t a)
{
    (void)q;
    dl_token *t = &L->tok[a];
    const dl_sentence *s = &L->sent[t->sent];
    uint32_t n = t->head;
    if (!dl_is(t->low, "according") || t->rel != DL_R_case_ || a < s->first + 4 || !dl_is(L->tok[a - 1].text, ",") || n < a || dl_is_root(L, n) || !dl_is_noun(&L->tok[n])) return false;
    if (dl_is_verb(&L->tok[L->tok[n].head])) return false;
    uint32_t v = clause_verb(L, s->first, a);
    if (v == DL_NONE || dl_below(L, v, n)) return false;
    L->tok[n].head = v, L->tok[n].rel = DL_R_obl;
    return true;
}

/* "The party has since begun": nothing hangs on an auxiliary but on its verb. */
bool dl_mend_child_of_aux(const dl_ask *q, dl_language *L, uint32_t i)
{
    (void)q;
    uint32_t a = L->tok[i].head;
    if (a == i || dl_is_root(L, a) || (L->tok[a].rel != DL_R_aux && L->tok[a].rel != DL_R_aux_pass) || L->tok[a].upos == DL_ADV || L->tok[i].rel == DL_R_fixed || L->tok[i].rel == DL_R_conj) return false;
    uint32_t v = L->tok[a].head;
    if (v == i || dl_below(L, v, i)) return false;
    L->tok[i].head = v;
    if (dl_is_subject(L->tok[i].rel)) L->tok[i].rel = L->tok[a].rel == DL_R_aux_pass ? DL_R_nsubj_pass : DL_R_nsubj;
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

/* "..., and their leader, Salim Bhatti, threatened to close ...": a past tense hung on its own subject as if it were a participle. */
bool dl_mend_finite_on_noun(const dl_ask *q, dl_language *L, uint32_t v)
{
    (void)q;
    dl_token *t = &L->tok[v];
    uint32_t n = t->head;
    bool holds = dl_child_by(L, v, DL_R_obj) != DL_NONE || dl_child_by(L, v, DL_R_xcomp) != DL_NONE || dl_child_by(L, v, DL_R_ccomp) != DL_NONE;
    if ((t->xpos != DL_VBD && !(t->xpos == DL_VBN && holds)) || (t->rel != DL_R_acl && t->rel != DL_R_acl_relcl) || dl_is_root(L, v) || n > v || !dl_is_noun(&L->tok[n]) || dl_is_root(L, n)) return false;
    DL_EACH_CHILD(L, v, k) if (k < v && (dl_is_subject(L->tok[k].rel) || dl_relative_word(&L->tok[k]) || L->tok[k].xpos == DL_WRB || L->tok[k].rel == DL_R_cc)) return false;
    uint8_t r = L->tok[n].rel;
    uint32_t up = L->tok[n].head;
    bool clause = r == DL_R_conj && dl_is_verb(&L->tok[up]), beside_day = r == DL_R_appos && up < n && (dl_list_at(q, up, DL_LIST_weekdays, NULL).n || dl_list_at(q, up, DL_LIST_months, NULL).n);
    if (!clause && !beside_day) return false;
    t->head = up, t->rel = r, t->xpos = DL_VBD;
    if (beside_day) t->rel = DL_R_parataxis;
    L->tok[n].head = v, L->tok[n].rel = DL_R_nsubj;
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

/* The end of a verb of several words that the codebook knows at i ("shot dead", "drew attention"); 0: none, or a noun as well. */
static uint32_t verb_phrase_at(const dl_ask *q, uint32_t i)
{
    uint32_t end = 0;
    for (uint32_t k = q->f->hits.first[i]; k < q->f->hits.first[i + 1]; k++) {
        const dl_hit *h = &q->f->hits.v[k];
        if (h->posting->kind != DL_P_SENSE || h->e < i + 2) continue;
        if (h->posting->pos == DL_POS_NOUN) return 0;
        if (h->posting->pos == DL_POS_VERB && (h->posting->form & DL_F_PAST) && h->e > end) end = h->e;
    }
    return end;
}

/* "a day after border guards shot dead three soldiers", "the service drew attention to ...": words that together are nothing but a verb, taken for nouns. */
bool dl_mend_verb_phrase(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    const dl_sentence *s = &L->sent[t->sent];
    if (!dl_is_noun(t) || t->capital || i <= s->first || !dl_is_noun(&L->tok[i - 1]) || L->tok[i - 1].xpos == DL_POS) return false;
    uint32_t e = verb_phrase_at(q, i), n = i - 1;
    if (!e || e >= s->end) return false;
    for (uint32_t k = i + 1; k < e; k++)                                                      /* the phrase's own noun may stand above it */
        if (t->head == k) { uint32_t h = L->tok[k].head; bool root = dl_is_root(L, k); uint8_t r = L->tok[k].rel; t->head = root ? i : h, t->rel = root ? DL_R_root : r; if (root) L->sent[t->sent].root = i; L->tok[k].head = i, L->tok[k].rel = DL_R_obj; for (uint32_t j = s->first; j < i; j++) if (L->tok[j].head == k) L->tok[j].head = i; }
    uint32_t mark = DL_NONE;
    for (uint32_t k = s->first; k < i; k++) {
        if (L->tok[k].head != i || k == n) continue;
        if (L->tok[k].rel == DL_R_case_ && (dl_is(L->tok[k].low, "after") || dl_is(L->tok[k].low, "before") || dl_is(L->tok[k].low, "as") || dl_is(L->tok[k].low, "since"))) { mark = k, L->tok[k].rel = DL_R_mark; continue; }
        if (L->tok[k].rel != DL_R_punct && L->tok[k].rel != DL_R_obl) L->tok[k].head = n;
    }
    if (dl_below(L, i, n) && L->tok[n].head != i) return false;
    L->tok[n].head = i, L->tok[n].rel = DL_R_nsubj;
    t->upos = DL_VERB, t->xpos = DL_VBD;
    if (!dl_is_root(L, i)) {
        uint32_t up = t->head;
        while (!dl_is_root(L, up) && !dl_is_verb(&L->tok[up])) up = L->tok[up].head;
        t->rel = mark != DL_NONE ? DL_R_advcl : up > i && dl_saying_at(q, up) ? DL_R_ccomp : DL_R_parataxis;
        t->head = up;
    }
    for (uint32_t k = e; k < s->end && k < e + 6; k++) {                                      /* what stands behind is done to */
        if (L->tok[k].upos == DL_PUNCT || L->tok[k].upos == DL_ADP || dl_is_verb(&L->tok[k])) break;
        if (dl_is_noun(&L->tok[k]) && L->tok[k].rel != DL_R_compound && L->tok[k].rel != DL_R_nmod_poss) { if (!dl_below(L, i, k)) L->tok[k].head = i, L->tok[k].rel = DL_R_obj; break; }
    }
    return true;
}

/* "two men get off a motorcycle and shoot": a verb stands beside a verb, not beside a noun. */
bool dl_mend_verb_joined_to_noun(const dl_ask *q, dl_language *L, uint32_t v)
{
    (void)q;
    dl_token *t = &L->tok[v];
    uint32_t n = t->head, cc = dl_child_by(L, v, DL_R_cc);
    if (t->rel != DL_R_conj || t->upos != DL_VERB || dl_is_root(L, v) || n > v || L->tok[n].upos != DL_NOUN || cc == DL_NONE || cc > v || dl_child_by(L, n, DL_R_cop) != DL_NONE || dl_child_by(L, v, DL_R_nsubj) != DL_NONE) return false;
    if (L->tok[n].rel != DL_R_obl && L->tok[n].rel != DL_R_obj && L->tok[n].rel != DL_R_nmod) return false;
    uint32_t up = L->tok[n].head;
    while (!dl_is_root(L, up) && L->tok[up].upos != DL_VERB) up = L->tok[up].head;
    bool bare = (L->tok[up].xpos == DL_VB || L->tok[up].xpos == DL_VBP) && (t->xpos == DL_VB || t->xpos == DL_VBP);
    if (L->tok[up].upos != DL_VERB || (L->tok[up].xpos != t->xpos && !bare)) return false;
    t->head = up;
    return true;
}

static bool phrase_part(const dl_token *t) { return dl_is_noun(t) || t->upos == DL_ADJ || t->upos == DL_DET || t->upos == DL_NUM || t->xpos == DL_POS || t->xpos == DL_PRPS || (t->upos == DL_ADP && (dl_is(t->low, "of") || dl_is(t->low, "in") || dl_is(t->low, "for"))) || dl_is(t->text, "-"); }

/* "According to the weekly Courrier du Sahel, the ministry had warned prefects": who is quoted stands before the comma, the clause behind it, whatever the tree made of the two. */
bool dl_mend_according_first(const dl_ask *q, dl_language *L, uint32_t a)
{
    const dl_sentence *s = &L->sent[L->tok[a].sent];
    if (a != s->first || !dl_is(L->tok[a].low, "according") || a + 5 >= s->end || !dl_is(L->tok[a + 1].low, "to")) return false;
    uint32_t c = a + 2, h = DL_NONE, n = DL_NONE, v = DL_NONE, aux = DL_NONE;
    while (c < s->end && c < a + 14 && !dl_is(L->tok[c].text, ",")) { if (dl_is_verb(&L->tok[c])) return false; c++; }
    if (c >= s->end || !dl_is(L->tok[c].text, ",")) return false;
    for (uint32_t k = a + 2; k < c; k++) if (dl_is_noun(&L->tok[k]) && (k + 1 == c || L->tok[k + 1].upos == DL_ADP)) { h = k; break; }
    for (uint32_t k = c + 1; k < s->end && v == DL_NONE; k++) {
        const dl_token *t = &L->tok[k];
        if (t->upos == DL_AUX) { if (aux == DL_NONE) aux = k; continue; }
        if (t->upos == DL_ADV) continue;
        if (aux != DL_NONE || dl_is_verb(t)) { v = k; break; }
        if (!phrase_part(t) && t->upos != DL_PRON) return false;
        if ((dl_is_noun(t) || t->upos == DL_PRON) && k + 1 < s->end && (L->tok[k + 1].upos != DL_NOUN && L->tok[k + 1].upos != DL_PROPN) && L->tok[k + 1].xpos != DL_POS && n == DL_NONE && !(k > c + 1 && L->tok[k - 1].upos == DL_ADP)) n = k;
    }
    if (h == DL_NONE || n == DL_NONE || v == DL_NONE || !dl_is_verb(&L->tok[v]) || L->tok[v].xpos == DL_VBG) return false;
    if (aux == DL_NONE && L->tok[v].xpos == DL_VBN) { if (!dl_posting_at(q, v, DL_P_SENSE, DL_POS_VERB, DL_F_PAST)) return false; L->tok[v].xpos = DL_VBD; }
    if (dl_is_root(L, v) && L->tok[n].head == v && L->tok[h].head == v) return false;
    uint32_t old = s->root;
    bool passive = aux != DL_NONE && L->tok[v].xpos == DL_VBN && dl_is(L->tok[v - 1].lemma, "be");
    L->tok[v].head = v, L->tok[v].rel = DL_R_root, L->sent[L->tok[a].sent].root = v, L->tok[v].upos = DL_VERB;
    L->tok[h].head = v, L->tok[h].rel = DL_R_obl;
    for (uint32_t k = a; k < c; k++) {
        if (k == h) continue;
        if (k == a) L->tok[k].head = h, L->tok[k].rel = DL_R_case_;
        else if (L->tok[k].head >= c || L->tok[k].head == k || L->tok[k].head == a) { if (k != a + 1) L->tok[k].head = h, L->tok[k].rel = k > h ? DL_R_flat : dl_is_noun(&L->tok[k]) ? DL_R_compound : L->tok[k].upos == DL_DET ? DL_R_det : DL_R_amod; else L->tok[k].head = a, L->tok[k].rel = DL_R_fixed; }
    }
    L->tok[n].head = v, L->tok[n].rel = passive ? DL_R_nsubj_pass : DL_R_nsubj;
    for (uint32_t k = c; k < v; k++) {
        if (k == n || (L->tok[k].head > c && L->tok[k].head < v && L->tok[k].head != k)) continue;
        bool left = k < n && L->tok[k].upos != DL_PUNCT, auxiliary = L->tok[k].upos == DL_AUX;
        L->tok[k].head = left ? n : v;
        if (auxiliary) L->tok[k].rel = passive && k == v - 1 ? DL_R_aux_pass : DL_R_aux;
        else if (left) L->tok[k].rel = dl_is_noun(&L->tok[k]) ? DL_R_compound : L->tok[k].upos == DL_DET ? DL_R_det : DL_R_amod;
        else if (dl_is_noun(&L->tok[k])) L->tok[k].head = n, L->tok[k].rel = DL_R_nmod;
    }
    bool object = false;
    for (uint32_t k = v + 1; k < s->end; k++) {
        dl_token *t = &L->tok[k];
        bool outside = t->head == k || t->head < v || t->head == old;
        if (!outside || (t->head == old && old > v && k != old)) continue;
        bool led = dl_adposition(L, k) != DL_NONE;
        t->head = v;
        if (t->upos == DL_PUNCT) t->rel = DL_R_punct;
        else if (dl_is_noun(t)) { t->rel = led || object ? DL_R_obl : DL_R_obj; object = object || !led; }
        else if (dl_is_verb(t)) t->rel = DL_R_advcl;
    }
    return true;
}

/* "Turkey's ministry, the daily writes, drew attention to ...": words of saying put between, with what is said hung on them. */
bool dl_mend_inserted_root(const dl_ask *q, dl_language *L, uint32_t v)
{
    dl_token *t = &L->tok[v];
    const dl_sentence *s = &L->sent[t->sent];
    if (!dl_is_root(L, v) || !dl_is_verb(t) || v < s->first + 3 || v + 2 >= s->end || !dl_is(L->tok[v + 1].text, ",") || !dl_saying_at(q, v)) return false;
    uint32_t n = DL_NONE, b, w = DL_NONE, subject = DL_NONE;
    DL_EACH_CHILD(L, v, k) if (L->tok[k].rel == DL_R_nsubj && k < v && v - k < 3 && !dl_relative_word(&L->tok[k])) n = k;
    if (n == DL_NONE) return false;
    for (b = n; b > s->first && n - b < 8 && !dl_is(L->tok[b - 1].text, ","); b--) if (dl_is_verb(&L->tok[b - 1])) return false;
    if (b < s->first + 2 || !dl_is(L->tok[b - 1].text, ",")) return false;
    DL_EACH_CHILD(L, v, k)
        if (k > v && w == DL_NONE && dl_is_verb(&L->tok[k]) && (L->tok[k].rel == DL_R_ccomp || L->tok[k].rel == DL_R_parataxis || L->tok[k].rel == DL_R_conj) && dl_child_by(L, k, DL_R_cc) == DL_NONE) w = k;
    if (w == DL_NONE) return false;
    bool own = dl_child_by(L, w, DL_R_nsubj) != DL_NONE || dl_child_by(L, w, DL_R_nsubj_pass) != DL_NONE;
    DL_EACH_CHILD(L, v, k) if (k < b - 1 && dl_is_noun(&L->tok[k]) && dl_adposition(L, k) == DL_NONE) subject = k;
    if (!own && subject == DL_NONE) return false;
    L->tok[w].head = w, L->tok[w].rel = DL_R_root, L->sent[t->sent].root = w;
    t->head = w, t->rel = DL_R_parataxis;
    for (uint32_t k = s->first; k < b - 1; k++) if (L->tok[k].head == v) L->tok[k].head = w;
    for (uint32_t k = w + 1; k < s->end; k++) if (L->tok[k].head == v) L->tok[k].head = w;
    if (!own) L->tok[subject].rel = dl_passive(L, w) ? DL_R_nsubj_pass : DL_R_nsubj;
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

static bool a_time(const dl_ask *q, uint32_t i) { uint32_t end; return dl_list_at(q, i, DL_LIST_weekdays, NULL).n || dl_list_at(q, i, DL_LIST_months, NULL).n || dl_list_at(q, i, DL_LIST_time_units, &end).n; }

/* "A verdict was due in March but has been put off": nothing is the subject of a month in an adverbial. */
bool dl_mend_subject_of_day(const dl_ask *q, dl_language *L, uint32_t n)
{
    dl_token *t = &L->tok[n];
    uint32_t d = t->head, v;
    if (!dl_is_subject(t->rel) || d < n || dl_is_root(L, d) || !a_time(q, d) || dl_adposition(L, d) == DL_NONE) return false;
    v = L->tok[d].head;
    if (!dl_is_verb(&L->tok[v]) || v < d || dl_child_by(L, v, DL_R_nsubj) != DL_NONE || dl_child_by(L, v, DL_R_nsubj_pass) != DL_NONE) return false;
    t->head = v, t->rel = dl_passive(L, v) ? DL_R_nsubj_pass : DL_R_nsubj;
    return true;
}

/* "The sentencing of X, which had been due on Friday, was adjourned": "which" belongs to what stands between the commas, the noun before it to the verb behind. */
bool dl_mend_which_between(const dl_ask *q, dl_language *L, uint32_t v)
{
    (void)q;
    uint32_t w = DL_NONE, c = DL_NONE, comma = DL_NONE;
    if (!dl_is_verb(&L->tok[v])) return false;
    DL_EACH_CHILD(L, v, k) if (k < v && dl_is_subject(L->tok[k].rel) && dl_relative_word(&L->tok[k]) && L->tok[k].xpos != DL_IN) w = k;
    const dl_sentence *s = &L->sent[L->tok[v].sent];
    if (w == DL_NONE || w < s->first + 2 || !dl_is(L->tok[w - 1].text, ",")) return false;
    for (uint32_t k = w + 1; k < v; k++) if (dl_is(L->tok[k].text, ",")) comma = k;
    if (comma == DL_NONE) return false;
    DL_EACH_CHILD(L, v, k) if (k > w && k < comma && (L->tok[k].rel == DL_R_advcl || L->tok[k].rel == DL_R_ccomp || L->tok[k].rel == DL_R_advmod || L->tok[k].rel == DL_R_amod || L->tok[k].rel == DL_R_acl) && (dl_is_verb(&L->tok[k]) || L->tok[k].upos == DL_ADJ)) c = k;
    if (c == DL_NONE) return false;
    uint32_t n = w - 2;
    while (!dl_is_root(L, n) && L->tok[n].head >= s->first && L->tok[n].head < w && dl_is_noun(&L->tok[L->tok[n].head])) n = L->tok[n].head;
    if (!dl_is_noun(&L->tok[n]) || dl_below(L, v, n) || dl_adposition(L, n) != DL_NONE) return false;
    L->tok[n].head = v, L->tok[n].rel = L->tok[w].rel;
    L->tok[c].head = n, L->tok[c].rel = DL_R_acl_relcl;
    for (uint32_t k = w; k < comma; k++) if (L->tok[k].head == v && k != c) L->tok[k].head = c;
    return true;
}

/* "The trial of Diego Saravia, who is accused of ..., opened": "who" is the person named last, not the trial. */
bool dl_mend_who_of_event(const dl_ask *q, dl_language *L, uint32_t v)
{
    dl_token *t = &L->tok[v];
    uint32_t h = t->head, w = DL_NONE;
    if (dl_is_root(L, v) || h > v || !dl_is_verb(t) || (t->rel != DL_R_acl_relcl && t->rel != DL_R_parataxis && t->rel != DL_R_acl) || !dl_is_noun(&L->tok[h]) || !dl_posting_at(q, h, DL_P_SENSE, DL_POS_NOUN, 0)) return false;
    DL_EACH_CHILD(L, v, k) if (k < v && dl_is_subject(L->tok[k].rel) && dl_is(L->tok[k].low, "who")) w = k;
    if (w == DL_NONE || w < h + 3 || !dl_is(L->tok[w - 1].text, ",") || dl_posting_at(q, h, DL_P_CLASS, 0, 0)) return false;
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

/* "appeared in court, accused of arson": behind a comma a bare participle is no second verb. */
bool dl_mend_bare_participle(const dl_ask *q, dl_language *L, uint32_t v)
{
    (void)q;
    dl_token *t = &L->tok[v];
    if (t->xpos != DL_VBN || t->rel != DL_R_conj || dl_is_root(L, v) || t->head > v || v == 0 || !dl_is(L->tok[v - 1].text, ",") || !dl_is_verb(&L->tok[t->head])) return false;
    DL_EACH_CHILD(L, v, k) if (L->tok[k].rel == DL_R_aux || L->tok[k].rel == DL_R_aux_pass || L->tok[k].rel == DL_R_cc || dl_is_subject(L->tok[k].rel) || L->tok[k].rel == DL_R_obj) return false;
    if (L->tok[t->head].xpos == DL_VBN) return false;                                         /* "was beaten, robbed and killed" */
    t->rel = DL_R_advcl;
    return true;
}
