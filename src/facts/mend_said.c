/* mend_said.c - menders of who says what: words of saying at the end, in the middle, at the head of a sentence, taken for nouns or hung on the wrong word. See mend.c. */
#include "facts/mend.h"

static bool plain_noun(const dl_token *t) { return dl_is_noun(t) || t->upos == DL_PRON; }

static bool counts(const dl_ask *q, uint32_t i) { return q->lang->tok[i].upos == DL_NUM || dl_list_at(q, i, DL_LIST_bounds, NULL).n || dl_list_at(q, i, DL_LIST_fuzzy, NULL).n; }

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
    bool hung = t->rel == DL_R_acl && t->head + 1 == v && t->xpos == DL_VBN && !dl_is(L->tok[v + 1].low, "by");      /* "the city's police command announced", taken for a participle */
    if (n == DL_NONE && dl_child_by(L, v, DL_R_nsubj) == DL_NONE && dl_child_by(L, v, DL_R_nsubj_pass) == DL_NONE && (t->xpos == DL_VBD || t->xpos == DL_VBZ || t->xpos == DL_VBP || hung))      /* "army officials in Khartoum said": hung elsewhere */
        for (uint32_t k = v; k-- > s->first && v - k < 9;) {
            if (L->tok[k].upos == DL_PUNCT || dl_is_verb(&L->tok[k])) { if (dl_is(L->tok[k].text, ",") && n != DL_NONE) own = true; break; }
            if (dl_is_noun(&L->tok[k]) && dl_adposition(L, k) == DL_NONE && (k + 1 == v || L->tok[k + 1].upos == DL_ADP)) n = k;
        }
    if (n == DL_NONE || (L->tok[n].head != v && !own) || v - n > 7) return false;
    for (b = n; b > s->first && n - b < 10 && !dl_is(L->tok[b - 1].text, ","); b--)
        if (dl_is_verb(&L->tok[b - 1]) || L->tok[b - 1].upos == DL_SCONJ || (L->tok[b - 1].upos == DL_PUNCT && !dl_is(L->tok[b - 1].text, "-"))) return false;
    if (b < s->first + 4 || b == s->first || !dl_is(L->tok[b - 1].text, ",")) return false;
    uint32_t main = dl_clause_verb(L, s->first, b - 1);
    bool stolen = false, odd = t->rel == DL_R_acl_relcl || t->rel == DL_R_acl || t->rel == DL_R_advcl || t->rel == DL_R_dep || (t->rel == DL_R_parataxis && t->head != main && main != DL_NONE && dl_is_root(L, main) && rest == s->end);
    DL_EACH_CHILD(L, v, k) stolen = stolen || (k < b - 1 && (!dl_is_verb(&L->tok[k]) || dl_subordinate(L, k)) && L->tok[k].upos != DL_PUNCT);
    if (main == DL_NONE || (!odd && !stolen && !own)) return false;
    if (own && hung) {                                                                       /* the verb hangs on its own subject */
        t->head = L->tok[n].head == n ? v : L->tok[n].head, t->xpos = DL_VBD;
        if (t->head == v || dl_below(L, t->head, v)) return false;
        t->rel = DL_R_parataxis;
        L->tok[n].head = v, L->tok[n].rel = DL_R_nsubj;
    } else if (own) {
        if (dl_below(L, v, n)) return false;
        L->tok[n].head = v, L->tok[n].rel = DL_R_nsubj;
        DL_EACH_CHILD(L, v, k) if (k < v && k > n && L->tok[k].rel == DL_R_obl) L->tok[k].head = n, L->tok[k].rel = DL_R_nmod;
    }
    dl_raise_over(L, v, main);
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

/* "..., according to the website SafeSeas": who says so hangs on the clause, not on its last noun. */
bool dl_mend_according_to(const dl_ask *q, dl_language *L, uint32_t a)
{
    (void)q;
    dl_token *t = &L->tok[a];
    const dl_sentence *s = &L->sent[t->sent];
    uint32_t n = t->head;
    if (!dl_is(t->low, "according") || t->rel != DL_R_case_ || a < s->first + 4 || !dl_is(L->tok[a - 1].text, ",") || n < a || dl_is_root(L, n) || !dl_is_noun(&L->tok[n])) return false;
    if (dl_is_verb(&L->tok[L->tok[n].head])) return false;
    uint32_t v = dl_clause_verb(L, s->first, a);
    if (v == DL_NONE || dl_below(L, v, n)) return false;
    L->tok[n].head = v, L->tok[n].rel = DL_R_obl;
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
