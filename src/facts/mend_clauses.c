/* mend_clauses.c - menders of clauses: subjects behind days and conjunctions, clauses between commas, verbs taken for nouns or participles. See mend.c. */
#include "facts/mend.h"

/* i is above top: then top can take i's place. */
void dl_raise_over(dl_language *L, uint32_t i, uint32_t top)
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
    dl_raise_over(L, v, up);
    L->tok[v].head = up, L->tok[v].rel = DL_R_advcl;
    L->tok[n].head = v, L->tok[n].rel = DL_R_nsubj;
    t->head = v, t->rel = DL_R_mark;
    return true;
}

/* The verb of the clause that ends before `end`: a finite one that stands in no relative clause. */
uint32_t dl_clause_verb(const dl_language *L, uint32_t first, uint32_t end)
{
    for (uint32_t k = first; k < end; k++) {
        const dl_token *t = &L->tok[k];
        if (!dl_is_verb(t) || t->rel == DL_R_aux || t->rel == DL_R_aux_pass || t->rel == DL_R_cop || t->xpos == DL_VBG || t->xpos == DL_VB || dl_subordinate(L, k)) continue;
        if (t->xpos != DL_VBN || dl_child_by(L, k, DL_R_aux) != DL_NONE || dl_child_by(L, k, DL_R_aux_pass) != DL_NONE) return k;
    }
    return DL_NONE;
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
    uint32_t main = dl_clause_verb(L, L->sent[t->sent].first, cc);
    if (main == DL_NONE || dl_below(L, main, n) || (r == DL_R_conj && L->tok[n].head != main)) return false;
    t->xpos = DL_VBD, t->head = main, t->rel = DL_R_conj;
    L->tok[cc].head = p, L->tok[cc].rel = DL_R_cc;
    L->tok[n].head = p, L->tok[n].rel = DL_R_obj;
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

/* "Soldiers killed in clash": a title leaves out "were". */
bool dl_mend_title_passive(const dl_ask *q, dl_language *L, uint32_t v)
{
    dl_token *t = &L->tok[v];
    const dl_sentence *s = &L->sent[t->sent];
    if (q->art->parts.v[s->part].kind != DL_PART_title || (t->xpos != DL_VBD && t->xpos != DL_VBN) || dl_child_by(L, v, DL_R_obj) != DL_NONE || dl_child_by(L, v, DL_R_ccomp) != DL_NONE || dl_child_by(L, v, DL_R_aux) != DL_NONE || v + 1 >= s->end) return false;
    static const char *const behind[] = { "in", "by", "as", "after", "at", "near", "over", "on", "during", "when", "outside" };
    uint32_t n = dl_child_by(L, v, DL_R_nsubj);
    bool led = false, done_to = false;
    for (size_t k = 0; k < sizeof behind / sizeof *behind; k++) led = led || dl_is(L->tok[v + 1].low, behind[k]);
    for (uint32_t k = q->f->hits.first[v]; k < q->f->hits.first[v + 1]; k++) {
        const dl_posting *p = q->f->hits.v[k].posting;
        if (p->kind != DL_P_SENSE || p->pos != DL_POS_VERB || !(p->form & DL_F_PART) || q->f->hits.v[k].e != v + 1) continue;
        const dl_sense *x = dl_book_sense(q->book, p->id);
        done_to = done_to || ((x->type == DL_TYPE_ASSAULT || x->type == DL_TYPE_COERCE) && x->measure);
    }
    if (n == DL_NONE || n > v || !led || !done_to) return false;
    t->xpos = DL_VBN, L->tok[n].rel = DL_R_nsubj_pass;
    return true;
}
