/* mend_phrases.c - menders of noun phrases and of clauses put between others. See mend.c. */
#include "facts/mend.h"

static void hang(dl_language *L, uint32_t i, uint32_t head, dl_rel rel)
{
    if (i == head || dl_below(L, head, i)) return;
    L->tok[i].head = head;
    L->tok[i].rel = (uint8_t)rel;
}

/* `by` takes the place of `i` in the tree, and i hangs on it. */
static void replace(dl_language *L, uint32_t i, uint32_t by, dl_rel rel)
{
    if (dl_is_root(L, i)) {
        L->tok[by].head = by, L->tok[by].rel = DL_R_root;
        L->sent[L->tok[by].sent].root = by;
    } else L->tok[by].head = L->tok[i].head, L->tok[by].rel = L->tok[i].rel;
    L->tok[i].head = by, L->tok[i].rel = (uint8_t)rel;
}

/* "according to Dr Ana Ruiz": the preposition is that of the name, not of its title. */
bool dl_mend_case_on_modifier(const dl_ask *q, dl_language *L, uint32_t i)
{
    (void)q;
    uint32_t h = L->tok[i].head;
    if (L->tok[i].rel != DL_R_case_ || i > h || dl_is_root(L, h) || L->tok[h].head < h) return false;
    uint8_t r = L->tok[h].rel;
    if (r != DL_R_nmod_desc && r != DL_R_compound && r != DL_R_amod && r != DL_R_det && r != DL_R_nummod && !(r == DL_R_nmod_poss && L->tok[h + 1].xpos != DL_POS && dl_is_noun(&L->tok[h]))) return false;
    L->tok[i].head = L->tok[h].head;
    uint32_t n = L->tok[h].head;
    if (L->tok[n].rel == DL_R_appos && dl_is(L->tok[i].low, "of") && !dl_is_root(L, n) && dl_is_noun(&L->tok[L->tok[n].head])) L->tok[n].rel = DL_R_nmod;      /* "the sentencing of former minister Aminata Sow" */
    return true;
}

/* One person of an office or another class of people: "the mayor", "a taxi driver". */
static bool person_at(const dl_ask *q, uint32_t i)
{
    for (uint32_t b = i; b + 3 > i; b--) {
        for (uint32_t k = q->f->hits.first[b]; k < q->f->hits.first[b + 1]; k++) {
            const dl_posting *p = q->f->hits.v[k].posting;
            if (p->kind == DL_P_CLASS && q->f->hits.v[k].e > i && !(p->form & DL_F_PL) && (dl_book_class(q->book, p->id)->office || dl_book_class(q->book, p->id)->kind == DL_KIND_person)) return true;
        }
        if (!b) break;
    }
    return false;
}

/* Behind the comma at i: ages ("47-year-old", "aged 47"), then where a name may begin. */
static uint32_t skip_age(const dl_language *L, uint32_t i, uint32_t end)
{
    while (i < end && L->tok[i].upos != DL_PROPN && (L->tok[i].upos == DL_NUM || L->tok[i].upos == DL_DET || dl_is(L->tok[i].text, "-") || dl_is(L->tok[i].low, "year") || dl_is(L->tok[i].low, "years") || dl_is(L->tok[i].low, "old") ||
                       dl_is(L->tok[i].low, "aged") || dl_ends(L->tok[i].low, DL_STR("year-old")))) i++;
    return i;
}

static uint32_t name_head(const dl_language *L, uint32_t i, uint32_t end)
{
    uint32_t head = i;
    for (uint32_t k = i; k < end && k < i + 6 && L->tok[k].upos == DL_PROPN; k++)
        if (L->tok[k].head < i || L->tok[k].head > k + 3 || L->tok[L->tok[k].head].upos != DL_PROPN) { head = k; break; }
    return head;
}

/* "The union's president, 47-year-old Wilson Quinde, read out ...", "the leader of the Mothers of Jaffna, Vasuki Rajan (58),": a name behind an office and a comma is its apposition. */
bool dl_mend_name_behind_office(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    uint32_t end = L->sent[t->sent].end, c = i + 1;
    if (!dl_is_noun(t) || t->rel == DL_R_compound || t->rel == DL_R_nmod_desc || t->rel == DL_R_appos || !person_at(q, i)) return false;
    if (dl_child_by(L, i, DL_R_appos) != DL_NONE && dl_child_by(L, i, DL_R_appos) > i) return false;
    while (c < end && c < i + 9 && !dl_is(L->tok[c].text, ",")) {
        if (dl_is_verb(&L->tok[c]) || (L->tok[c].upos == DL_PUNCT && !dl_is(L->tok[c].text, "-") && !dl_is(L->tok[c].text, "'")) || L->tok[c].upos == DL_CCONJ) return false;
        c++;
    }
    if (c + 1 >= end || c >= i + 9) return false;
    if (c > i + 1 && !dl_is(L->tok[i + 1].low, "of") && !dl_is(L->tok[i + 1].low, "for") && !dl_is(L->tok[i + 1].low, "in")) return false;
    uint32_t n = skip_age(L, c + 1, end);
    if (n >= end || L->tok[n].upos != DL_PROPN || dl_list_at(q, n, DL_LIST_months, NULL).n || dl_list_at(q, n, DL_LIST_weekdays, NULL).n) return false;
    uint32_t last = n;
    while (last + 1 < end && L->tok[last + 1].upos == DL_PROPN) last++;
    for (uint32_t k = q->f->hits.first[n]; k < q->f->hits.first[n + 1]; k++)
        if (q->f->hits.v[k].posting->kind == DL_P_PLACE && q->f->hits.v[k].e > last) return false;
    while (last + 2 < end && dl_is(L->tok[last + 1].text, "-") && L->tok[last + 2].head >= n && L->tok[last + 2].head <= last) last += 2;      /* "Park Ji-woo" */
    if (last + 1 < end && L->tok[last + 1].upos != DL_PUNCT) return false;                                 /* "In a letter to the mayor, Ana Ruiz said": another one */
    uint32_t h = name_head(L, n, end);
    if (L->tok[h].head == i || dl_below(L, i, h)) {
        if (!dl_below(L, i, h) || L->tok[h].head == i) return false;
    }
    if (dl_is_subject(L->tok[h].rel) && !dl_is_subject(t->rel) && !dl_is_root(L, h) && L->tok[h].head > h) {       /* the name was taken for the subject: the office is */
        uint32_t v = L->tok[h].head;
        uint8_t r = L->tok[h].rel;
        if (dl_below(L, v, i)) {
            if (!dl_is_root(L, i)) return false;
            L->tok[v].head = v, L->tok[v].rel = DL_R_root, L->sent[t->sent].root = v;
        }
        t->head = v, t->rel = r;
    }
    hang(L, h, i, DL_R_appos);
    for (uint32_t k = n; k <= last; k++)                                                                    /* the rest of the name goes with it */
        if (k != h && (L->tok[k].head < n || L->tok[k].head > last) && !dl_below(L, h, k)) L->tok[k].head = h, L->tok[k].rel = k > h ? DL_R_flat : DL_R_compound;
    for (uint32_t k = c + 1; k < n; k++)
        if (L->tok[k].head < c || L->tok[k].head > last) L->tok[k].head = h, L->tok[k].rel = DL_R_amod;
    return true;
}

/* "Off the port on Wednesday the navy seized ...": of two subjects before a verb the nearer is the one. */
bool dl_mend_two_subjects(const dl_ask *q, dl_language *L, uint32_t v)
{
    uint32_t near = DL_NONE;
    bool moved = false;
    if (!dl_is_verb(&L->tok[v])) return false;
    DL_EACH_CHILD(L, v, k) {
        if (k > v || (L->tok[k].rel != DL_R_nsubj && L->tok[k].rel != DL_R_nsubj_pass)) continue;
        if (dl_is_noun(&L->tok[k]) || L->tok[k].upos == DL_PRON) near = k;
        else if (L->tok[k].upos == DL_ADJ && near != DL_NONE && near + 1 == k && k + 1 == v) L->tok[k].upos = DL_NOUN, L->tok[k].xpos = DL_NN, near = k;      /* "the intelligence directorate says" */
    }
    if (near == DL_NONE || dl_relative_word(&L->tok[near])) return false;
    DL_EACH_CHILD(L, v, k)                                                                 /* "the minister told a radio station": no second one behind the verb */
        if (k > v && (L->tok[k].rel == DL_R_nsubj || L->tok[k].rel == DL_R_nsubj_pass) && dl_is_noun(&L->tok[k])) { L->tok[k].rel = dl_saying_at(q, v) && dl_child_by(L, v, DL_R_obj) == DL_NONE ? DL_R_iobj : DL_R_obj; moved = true; }
    DL_EACH_CHILD(L, v, k)                                                                 /* "Three former militiamen stood": three of them */
        if (k < near && dl_is_subject(L->tok[k].rel) && L->tok[k].upos == DL_NUM && near < k + 4 && L->tok[near - 1].upos != DL_PUNCT) { L->tok[k].head = near, L->tok[k].rel = DL_R_nummod; moved = true; }
    DL_EACH_CHILD(L, v, k)                                                                 /* "..., which lawyers had expected": no second main clause */
        if (k < near && dl_is_subject(L->tok[k].rel) && L->tok[k].xpos == DL_WDT && L->tok[v].rel == DL_R_conj && k > 1 && dl_is(L->tok[k - 1].text, ",") && dl_is_noun(&L->tok[k - 2]) && dl_child_by(L, v, DL_R_cc) == DL_NONE) {
            L->tok[v].head = k - 2, L->tok[v].rel = DL_R_acl_relcl, L->tok[k].rel = DL_R_obj;
            return true;
        }
    DL_EACH_CHILD(L, v, k)
        if (k < near && dl_is_subject(L->tok[k].rel) && dl_relative_word(&L->tok[k]) && !dl_passive(L, v) && (L->tok[v].rel == DL_R_acl_relcl || L->tok[v].rel == DL_R_acl)) { L->tok[k].rel = DL_R_obj, L->tok[v].rel = DL_R_acl_relcl; return true; }      /* "which two soldiers set up" */
    DL_EACH_CHILD(L, v, k)
        if (k < near && (L->tok[k].rel == DL_R_nsubj || L->tok[k].rel == DL_R_nsubj_pass) && dl_is_noun(&L->tok[k]) && !dl_is(L->tok[near - 1].low, "and")) {
            uint32_t inner = DL_NONE, nb0 = near;                                           /* "A plan to kidnap the governor was broken up": the governor is to be kidnapped */
            while (nb0 > k + 1 && (L->tok[nb0 - 1].upos == DL_DET || L->tok[nb0 - 1].upos == DL_ADJ || L->tok[nb0 - 1].rel == DL_R_compound || L->tok[nb0 - 1].upos == DL_NUM)) nb0--;
            if (nb0 > k + 1 && L->tok[nb0 - 1].xpos == DL_VB && L->tok[nb0 - 1].head == k) inner = nb0 - 1;
            if (inner != DL_NONE) { L->tok[near].head = inner, L->tok[near].rel = DL_R_obj; return true; }
            bool clause = false;
            DL_EACH_CHILD(L, k, j) clause = clause || (j > k && dl_is_clause(L->tok[j].rel));
            if (clause) continue;
            bool joined = false, apart = false;
            if (near > k + 1 && L->tok[near].upos == DL_PROPN && dl_is_noun(&L->tok[near - 1]) && L->tok[near - 1].upos == DL_NOUN && L->tok[near - 1].head != near && L->tok[near - 1].head != v && dl_posting_at(q, near - 1, DL_P_CLASS, 0, 0)) {      /* "a party headed by former judge Marta Kovacova won" */
                L->tok[near].head = near - 1, L->tok[near].rel = DL_R_appos;
                return true;
            }
            for (uint32_t j = k + 1; j < near; j++) {
                joined = joined || (L->tok[j].upos == DL_CCONJ && L->tok[j].head == near);
                apart = apart || !(dl_is_noun(&L->tok[j]) || L->tok[j].upos == DL_ADJ);
            }
            uint32_t nb = near;
            while (nb > k + 1 && (L->tok[nb - 1].upos == DL_ADJ || L->tok[nb - 1].upos == DL_DET || dl_is_noun(&L->tok[nb - 1]) || dl_is(L->tok[nb - 1].text, "-"))) nb--;
            if (nb > k + 1 && dl_is(L->tok[nb - 1].text, ",") && (dl_is(L->tok[nb].low, "a") || dl_is(L->tok[nb].low, "an") || dl_is(L->tok[nb].low, "the")) && nb < near && L->tok[k].upos != DL_PRON && near + 1 < v) {      /* "The Light of Guidance, a charity founded in 2012, later recruited" */
                L->tok[near].head = k, L->tok[near].rel = DL_R_appos;
                return true;
            }
            if (joined) L->tok[near].head = k, L->tok[near].rel = DL_R_conj;                 /* "soldiers and a column of tanks" */
            else if (!apart) L->tok[k].head = near, L->tok[k].rel = DL_R_compound;            /* "Uzbek security services" */
            else L->tok[k].rel = DL_R_obl_unmarked;
            moved = true;
            if (joined) return true;
        }
    return moved;
}

static bool phrase_word(const dl_token *t) { return dl_is_noun(t) || t->upos == DL_ADJ || t->upos == DL_DET || t->upos == DL_NUM || t->upos == DL_PRON || (t->upos == DL_ADP && (dl_is(t->low, "of") || dl_is(t->low, "in") || dl_is(t->low, "for"))) || t->xpos == DL_POS || t->upos == DL_ADV; }

/* "..., the provincial authorities fear." "..., the military fears, ...": a subject and a word of saying between commas are a clause of their own, whatever the tags say. */
bool dl_mend_inserted_clause(const dl_ask *q, dl_language *L, uint32_t v)
{
    dl_token *t = &L->tok[v];
    const dl_sentence *s = &L->sent[t->sent];
    if (v < s->first + 4 || v + 1 >= s->end || !dl_saying_at(q, v) || (dl_is_verb(t) ? dl_child_by(L, v, DL_R_nsubj) != DL_NONE || dl_child_by(L, v, DL_R_cc) != DL_NONE || t->xpos == DL_VBN || t->xpos == DL_VBG : !dl_is_noun(t))) return false;
    if (L->tok[v + 1].upos != DL_PUNCT) return false;
    uint32_t b = v;
    while (b > s->first && v - b < 9 && phrase_word(&L->tok[b - 1])) b--;
    if (b == v || b < s->first + 3 || !dl_is(L->tok[b - 1].text, ",")) return false;
    uint32_t n = v - 1, top = DL_NONE;
    for (uint32_t k = b; k < v; k++)                                                        /* "prosecutors in the port fear": the first noun led by nothing */
        if ((dl_is_noun(&L->tok[k]) || L->tok[k].upos == DL_PRON) && dl_adposition(L, k) == DL_NONE && (k + 1 == v || L->tok[k + 1].upos == DL_ADP)) { n = k; break; }
    if (!dl_is_noun(&L->tok[n]) && L->tok[n].upos != DL_PRON && L->tok[n].upos != DL_ADJ) return false;
    if (L->tok[b].upos != DL_DET && L->tok[b].upos != DL_PROPN && L->tok[n].xpos != DL_NNS && L->tok[b].upos != DL_PRON && !dl_is_verb(t)) return false;
    for (uint32_t k = s->first; k < s->end; k++)                                            /* the sentence has a verb without this one */
        if ((k < b - 1 || k > v) && dl_is_verb(&L->tok[k]) && (dl_is_root(L, k) || top == DL_NONE) && !dl_below(L, k, v)) top = k;
    if (top == DL_NONE) return false;
    if (dl_is_root(L, v) || dl_below(L, top, n)) return false;
    if (!dl_is_verb(t)) t->upos = DL_VERB, t->xpos = dl_ends(t->low, DL_STR("s")) ? DL_VBZ : DL_VBP;
    t->head = top, t->rel = DL_R_parataxis;
    for (uint32_t k = b; k < v; k++)
        if (k != n && (k < n || L->tok[k].head < b || L->tok[k].head > v) && (L->tok[k].head == v || L->tok[k].head < b || L->tok[k].head > v)) L->tok[k].head = n, L->tok[k].rel = L->tok[k].upos == DL_DET ? DL_R_det : L->tok[k].upos == DL_ADJ ? DL_R_amod : DL_R_compound;
    if (L->tok[n].upos == DL_ADJ) L->tok[n].upos = DL_NOUN, L->tok[n].xpos = DL_NN;
    L->tok[n].head = v, L->tok[n].rel = DL_R_nsubj;
    return true;
}

/* "..., the news site writes." "who, prosecutors allege, smuggled ...": where a verb of saying with a subject of its own stands behind a comma, it is put between and not joined. */
bool dl_mend_speaker_behind(const dl_ask *q, dl_language *L, uint32_t v)
{
    dl_token *t = &L->tok[v];
    const dl_sentence *s = &L->sent[t->sent];
    uint32_t n = DL_NONE, b;
    if (!dl_is_verb(t) || v < s->first + 4 || v + 1 >= s->end || !dl_saying_at(q, v) || dl_child_by(L, v, DL_R_cc) != DL_NONE || dl_child_by(L, v, DL_R_mark) != DL_NONE) return false;
    uint32_t told = dl_child_by(L, v, DL_R_ccomp);
    if (told != DL_NONE && (told < v || dl_child_by(L, told, DL_R_cc) == DL_NONE)) return false;
    DL_EACH_CHILD(L, v, k) if (L->tok[k].rel == DL_R_nsubj && k < v && !dl_relative_word(&L->tok[k])) n = k;
    if (n == DL_NONE || v - n > 18) return false;
    for (b = n; b > s->first && n - b < 10 && phrase_word(&L->tok[b - 1]); b--) {}
    bool quoted = b > s->first && L->tok[b - 1].upos == DL_PUNCT && (dl_is(L->tok[b - 1].text, "\xE2\x80\x9D") || dl_is(L->tok[b - 1].text, "\"") || dl_is(L->tok[b - 1].text, "''"));
    if (b <= s->first + 2 || (!dl_is(L->tok[b - 1].text, ",") && !quoted) || (!quoted && v - n > 9)) return false;
    bool relative = false;
    DL_EACH_CHILD(L, v, k) relative = relative || (k < v && dl_relative_word(&L->tok[k]));
    if ((t->rel == DL_R_conj || ((t->rel == DL_R_acl_relcl || t->rel == DL_R_advcl || t->rel == DL_R_acl) && !relative && L->tok[v + 1].upos != DL_ADV && !dl_is(L->tok[v + 1].text, ","))) && !dl_is_root(L, v) && t->head < b - 1) {
        uint32_t top = t->head;                                                              /* of the clause that it was hung on */
        while (t->rel != DL_R_conj && !dl_is_root(L, top) && !(dl_is_verb(&L->tok[top]) && L->tok[top].xpos != DL_VBG && L->tok[top].xpos != DL_VB && L->tok[top].rel != DL_R_acl_relcl && L->tok[top].rel != DL_R_acl)) top = L->tok[top].head;
        if (dl_below(L, top, v)) return false;
        t->head = top, t->rel = DL_R_parataxis;
        if (told != DL_NONE) L->tok[told].head = top, L->tok[told].rel = DL_R_conj;
        return true;
    }
    if (!dl_is(L->tok[v + 1].text, ",") || (t->rel != DL_R_acl_relcl && t->rel != DL_R_acl && t->rel != DL_R_advcl && t->rel != DL_R_ccomp)) return false;
    uint32_t w = DL_NONE;
    for (uint32_t k = v + 2; k < s->end && k < v + 6 && w == DL_NONE; k++) if (L->tok[k].upos == DL_VERB) w = k;
    if (w == DL_NONE || !dl_below(L, w, v)) return false;
    L->tok[w].head = t->head, L->tok[w].rel = t->rel;
    for (uint32_t k = s->first; k < b - 1; k++) if (L->tok[k].head == v) L->tok[k].head = w;
    t->head = w, t->rel = DL_R_parataxis;
    return true;
}

static bool closing_mark(const dl_token *t) { return t->upos == DL_PUNCT && (dl_is(t->text, "\xE2\x80\x9D") || dl_is(t->text, "\"") || dl_is(t->text, "''") || dl_is(t->text, "\xC2\xBB")); }

/* "...", Jean Mbeki, their spokesman, told reporters: a name right behind the quotation, and the next verb if it is one of saying. */
bool dl_mend_name_behind_quote(const dl_ask *q, dl_language *L, uint32_t i)
{
    const dl_sentence *s = &L->sent[L->tok[i].sent];
    if (!closing_mark(&L->tok[i]) || i <= s->first + 1 || i + 2 >= s->end || (L->tok[i + 1].upos != DL_PROPN && L->tok[i + 1].xpos != DL_PRP && L->tok[i + 1].upos != DL_DET && L->tok[i + 1].xpos != DL_PRPS && !dl_is_noun(&L->tok[i + 1]))) return false;
    uint32_t v = DL_NONE, n = i + 1;
    if (n + 3 < s->end && L->tok[n + 1].xpos == DL_POS) {                                    /* "Sudan's foreign minister, Adel Bashir, told" */
        n += 2;
        while (n + 1 < s->end && n < i + 8 && !(dl_is_noun(&L->tok[n]) && !dl_is_noun(&L->tok[n + 1]))) n++;
    } else while (n + 1 < s->end && n < i + 7 && L->tok[n].upos != DL_PROPN && L->tok[n].xpos != DL_PRP && !(dl_is_noun(&L->tok[n]) && !dl_is_noun(&L->tok[n + 1]) && L->tok[n + 1].xpos != DL_POS)) n++;      /* "his lawyer, Ines Pardo, told": the lawyer */
    for (uint32_t k = n + 1; k < s->end && k < n + 16 && v == DL_NONE; k++) {
        if (L->tok[k].upos == DL_VERB || dl_saying_at(q, k)) { if (dl_saying_at(q, k) && (k + 1 == s->end || L->tok[k + 1].upos != DL_NOUN || dl_is_verb(&L->tok[k]))) v = k; else if (L->tok[k].xpos != DL_VBN && L->tok[k].xpos != DL_VBG) return false; }
        if (closing_mark(&L->tok[k])) return false;
    }
    if (v == DL_NONE) return false;
    if (L->tok[n].upos != DL_PROPN && L->tok[n].xpos != DL_PRP && (!dl_is_noun(&L->tok[n]) || L->tok[n].head == i)) return false;
    while (L->tok[n].head > n && L->tok[n].head < v && L->tok[L->tok[n].head].upos == DL_PROPN && L->tok[n].head < n + 4) n = L->tok[n].head;
    bool inside = false;
    DL_EACH_CHILD(L, v, k) if (k < i && dl_is_subject(L->tok[k].rel)) inside = true;
    if (L->tok[n].head == v && dl_is_subject(L->tok[n].rel) && !inside && !dl_posting_at(q, n, DL_P_PLACE, 0, DL_F_ADJECTIVE)) return false;
    if (dl_posting_at(q, n, DL_P_PLACE, 0, DL_F_ADJECTIVE)) {                                /* "Chilean Foreign Minister Tomas Errazuriz told ..." */
        uint32_t name = DL_NONE;
        for (uint32_t k = n + 1; k < v && (dl_is_noun(&L->tok[k]) || L->tok[k].upos == DL_ADJ); k++)
            if (dl_is_noun(&L->tok[k]) && L->tok[k].rel != DL_R_flat && L->tok[k].rel != DL_R_compound && L->tok[k].rel != DL_R_nmod_desc) name = k;
        if (name == DL_NONE || dl_below(L, v, name)) return false;
        L->tok[name].head = v;
        L->tok[n].head = name, L->tok[n].rel = DL_R_amod;
        n = name;
    }
    if (dl_below(L, v, n)) {                                                               /* the verb hangs on its own subject */
        if (dl_is_root(L, n)) { L->tok[v].head = v, L->tok[v].rel = DL_R_root, L->sent[L->tok[v].sent].root = v; }
        else { uint32_t up = L->tok[n].head; if (dl_below(L, up, v)) return false; L->tok[v].head = up, L->tok[v].rel = DL_R_parataxis; }
    }
    DL_EACH_CHILD(L, v, k) if (k < i && dl_is_subject(L->tok[k].rel)) L->tok[k].rel = DL_R_ccomp;      /* what is said was taken for who says it */
    if (!dl_is_verb(&L->tok[v])) L->tok[v].upos = DL_VERB, L->tok[v].xpos = dl_ends(L->tok[v].low, DL_STR("s")) ? DL_VBZ : DL_VBD;
    if (!dl_is_root(L, v) && L->tok[v].head < i && L->tok[v].rel != DL_R_ccomp) L->tok[v].rel = DL_R_parataxis;
    L->tok[n].head = v, L->tok[n].rel = DL_R_nsubj;
    return true;
}

/* "The general, it is widely believed, fled": put between, whatever it was hung on. */
bool dl_mend_it_is_believed(const dl_ask *q, dl_language *L, uint32_t v)
{
    dl_token *t = &L->tok[v];
    const dl_sentence *s = &L->sent[t->sent];
    if (t->xpos != DL_VBN || v < s->first + 4 || v + 2 >= s->end || !dl_is(L->tok[v + 1].text, ",") || !dl_saying_at(q, v)) return false;
    uint32_t b = v - 1;
    while (b > s->first && v - b < 5 && (L->tok[b].upos == DL_ADV || L->tok[b].upos == DL_AUX)) b--;
    if (!dl_is(L->tok[b].low, "it") || b == s->first || !dl_is(L->tok[b - 1].text, ",")) return false;
    uint32_t w = DL_NONE, n = DL_NONE;
    for (uint32_t k = v + 2; k < s->end && w == DL_NONE; k++) if (L->tok[k].upos == DL_VERB) w = k;
    if (w == DL_NONE) return false;
    if (dl_below(L, w, v)) { if (dl_is_root(L, v)) L->tok[w].head = w, L->tok[w].rel = DL_R_root, L->sent[t->sent].root = w; else L->tok[w].head = t->head, L->tok[w].rel = t->rel; }
    for (uint32_t k = s->first; k < b - 1; k++)
        if (L->tok[k].head == v) { L->tok[k].head = w; if (dl_is_noun(&L->tok[k])) n = k; }
        else if (L->tok[k].head == w && dl_is_noun(&L->tok[k])) n = k;
    if (n != DL_NONE && dl_child_by(L, w, DL_R_nsubj) == DL_NONE) L->tok[n].rel = DL_R_nsubj;
    if (L->tok[w].xpos == DL_VBN && dl_child_by(L, w, DL_R_aux) == DL_NONE && dl_child_by(L, w, DL_R_aux_pass) == DL_NONE) L->tok[w].xpos = DL_VBD;
    t->head = w, t->rel = DL_R_parataxis;
    L->tok[b].head = v, L->tok[b].rel = DL_R_expl;
    return true;
}

/* "is a campaign launched in 2012": the predicate was taken for the subject of the participle behind it. */
bool dl_mend_predicate_as_subject(const dl_ask *q, dl_language *L, uint32_t n)
{
    (void)q;
    dl_token *t = &L->tok[n];
    uint32_t v = t->head, cop = dl_child_by(L, n, DL_R_cop), s = DL_NONE;
    if (!dl_is_noun(t) || !dl_is_subject(t->rel) || dl_is_root(L, n) || cop == DL_NONE || cop > n || v <= n || v > n + 3) return false;
    if ((L->tok[v].xpos != DL_VBN && L->tok[v].xpos != DL_VBD) || dl_child_by(L, v, DL_R_aux) != DL_NONE || dl_child_by(L, v, DL_R_aux_pass) != DL_NONE) return false;
    DL_EACH_CHILD(L, n, k) if (dl_is_subject(L->tok[k].rel) && k < cop) s = k;
    if (s == DL_NONE) return false;
    replace(L, v, n, DL_R_acl);
    L->tok[v].xpos = DL_VBN;
    return true;
}

/* "no fewer than forty of around 200 fighters": the words of a bound belong to the number behind them, and it stands in their place. */
bool dl_mend_bound_number(const dl_ask *q, dl_language *L, uint32_t i)
{
    uint32_t end = 0;
    if (!dl_list_at(q, i, DL_LIST_bounds, &end).n || end <= i || end >= L->sent[L->tok[i].sent].end) return false;
    uint32_t n = end;
    if (L->tok[n].upos == DL_DET && n + 1 < L->sent[L->tok[i].sent].end) n++;                /* "at least a dozen" */
    if (L->tok[n].upos != DL_NUM && !dl_list_at(q, n, DL_LIST_numbers, NULL).n && !dl_list_at(q, n, DL_LIST_fuzzy, NULL).n) return false;
    uint32_t top = DL_NONE;
    for (uint32_t k = i; k < end; k++)
        if (dl_is_root(L, k) || L->tok[k].head < i || L->tok[k].head > n) { if (top == DL_NONE) top = k; }
    if (top == DL_NONE) return false;
    if (dl_below(L, n, top)) {                                                             /* the number hangs below its own bound */
        if (dl_is_root(L, top)) return false;
        L->tok[n].head = L->tok[top].head, L->tok[n].rel = L->tok[top].rel == DL_R_advmod || L->tok[top].rel == DL_R_case_ ? DL_R_obl : L->tok[top].rel;
        if (L->tok[n].rel == DL_R_obl && dl_is_verb(&L->tok[L->tok[n].head]) && L->tok[n].head > n && dl_child_by(L, L->tok[n].head, DL_R_nsubj) == DL_NONE && dl_child_by(L, L->tok[n].head, DL_R_nsubj_pass) == DL_NONE) L->tok[n].rel = dl_passive(L, L->tok[n].head) ? DL_R_nsubj_pass : DL_R_nsubj;
    }
    for (uint32_t k = i; k < end; k++) L->tok[k].head = n, L->tok[k].rel = DL_R_advmod;
    return true;
}

/* "foiled a plot to bomb a hotel, arresting five people": behind a comma a participle belongs to the verb that tells what happened, not to the aim. */
bool dl_mend_free_participle(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    if (t->xpos != DL_VBG || t->rel != DL_R_advcl || dl_is_root(L, i) || i == 0 || !dl_is(L->tok[i - 1].text, ",") || dl_child_by(L, i, DL_R_mark) != DL_NONE) return false;
    uint32_t h = t->head;
    bool aside = h < i && L->tok[h].xpos == DL_VBG && L->tok[h].rel == DL_R_acl && dl_posting_at(q, i, DL_P_SENSE, DL_POS_VERB, DL_F_ING);      /* "attacked people waiting at a station, killing 11" */
    if (h > i || (!aside && (L->tok[h].xpos != DL_VB || !dl_has_child_word(L, h, DL_R_mark, "to")))) return false;
    for (int up = 0; up < 5 && !dl_is_root(L, h); up++) {
        h = L->tok[h].head;
        if (L->tok[h].xpos == DL_VBD || L->tok[h].xpos == DL_VBZ || L->tok[h].xpos == DL_VBP || (dl_is_verb(&L->tok[h]) && dl_child_by(L, h, DL_R_aux) != DL_NONE)) { t->head = h; return true; }
    }
    return false;
}

/* "charged with murdering a shopkeeper and burning down his store": a gerund stands beside a gerund, not beside its object. */
bool dl_mend_gerund_beside(const dl_ask *q, dl_language *L, uint32_t i)
{
    (void)q;
    dl_token *t = &L->tok[i];
    if (t->xpos != DL_VBG || t->rel != DL_R_conj || dl_is_root(L, i) || t->head > i) return false;
    uint32_t n = t->head, v = L->tok[n].head;
    if (!dl_is_noun(&L->tok[n]) || v >= n || L->tok[v].xpos != DL_VBG || !dl_is_verb(&L->tok[v]) || (L->tok[n].rel != DL_R_obj && L->tok[n].rel != DL_R_obl)) return false;
    t->head = v;
    return true;
}

/* A name cut in two: "Abu Fakih" and "Santoso", each hung elsewhere. */
bool dl_mend_name_pieces(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    if (i == 0 || t->upos != DL_PROPN || !t->capital || dl_is_root(L, i) || L->tok[i - 1].sent != t->sent || L->tok[i - 1].upos != DL_PROPN || !L->tok[i - 1].capital) return false;
    if (t->rel != DL_R_appos && t->rel != DL_R_nsubj && t->rel != DL_R_conj && t->rel != DL_R_obl_unmarked) return false;
    if (dl_list_at(q, i, DL_LIST_months, NULL).n || dl_list_at(q, i, DL_LIST_weekdays, NULL).n || dl_posting_at(q, i - 1, DL_P_PLACE, 0, 0) || dl_posting_at(q, i - 1, DL_P_CLASS, 0, 0)) return false;
    uint32_t h = i - 1;
    while (h > 0 && L->tok[h].rel == DL_R_flat && L->tok[h].head < h) h = L->tok[h].head;
    if (dl_below(L, h, i) || (L->tok[h].rel == DL_R_compound && L->tok[h].head > i)) return false;
    if (dl_is_subject(t->rel) && !dl_is_subject(L->tok[h].rel)) return false;
    t->head = h, t->rel = DL_R_flat;
    return true;
}

static bool a_day(const dl_ask *q, uint32_t i) { return dl_list_at(q, i, DL_LIST_weekdays, NULL).n || dl_list_at(q, i, DL_LIST_months, NULL).n; }

/* "is to travel" */
static bool due(const dl_language *L, uint32_t v)
{
    DL_EACH_CHILD(L, v, k)
        if (k < v && dl_is(L->tok[k].lemma, "be") && (L->tok[k].xpos == DL_VBZ || L->tok[k].xpos == DL_VBP || L->tok[k].xpos == DL_VBD)) return true;
    return false;
}

/* Slips of one word: "was shot" for a noun, "has" for a subject, an object with a preposition, a subject hung as an adverbial, a number before its verb. */
bool dl_mend_small(const dl_ask *q, dl_language *L, uint32_t i)
{
    dl_token *t = &L->tok[i];
    uint32_t h = t->head, c = dl_child_by(L, i, DL_R_cop);
    if (dl_is_noun(t) && c != DL_NONE && c < i && dl_is(L->tok[c].lemma, "be") && dl_posting_at(q, i, DL_P_SENSE, DL_POS_VERB, DL_F_PART) && t->xpos == DL_NN && dl_child_by(L, i, DL_R_det) == DL_NONE && dl_child_by(L, i, DL_R_amod) == DL_NONE && dl_child_by(L, i, DL_R_case_) == DL_NONE) {
        t->upos = DL_VERB, t->xpos = DL_VBN, L->tok[c].rel = DL_R_aux_pass;
        DL_EACH_CHILD(L, i, k) if (L->tok[k].rel == DL_R_nsubj) L->tok[k].rel = DL_R_nsubj_pass;
        return true;
    }
    uint32_t prt = dl_child_by(L, i, DL_R_compound_prt);                                    /* "a campaign set up by students": a participle with its particle */
    if (t->xpos == DL_NN && prt == i + 1 && i > L->sent[t->sent].first && dl_is_noun(&L->tok[i - 1]) && L->tok[i - 1].head == i && dl_posting_at(q, i, DL_P_SENSE, DL_POS_VERB, 0)) {
        uint32_t n = i - 1;
        replace(L, i, n, DL_R_acl);
        t->upos = DL_VERB, t->xpos = DL_VBN;
        for (uint32_t k = L->sent[t->sent].first; k < n; k++) if (L->tok[k].head == i) L->tok[k].head = n;
        return true;
    }
    if (dl_is_root(L, i)) return false;
    if (dl_is(t->lemma, "have") && dl_is_subject(t->rel) && h > i && L->tok[h].xpos == DL_VBN) { t->rel = DL_R_aux, t->upos = DL_AUX; return true; }
    if (t->rel == DL_R_obj && dl_is_noun(t)) {
        c = dl_child_by(L, i, DL_R_case_);
        if (c != DL_NONE && c < i && L->tok[c].xpos != DL_POS) { t->rel = DL_R_obl; return true; }
    }
    if ((t->rel == DL_R_nmod || t->rel == DL_R_appos) && dl_is_noun(t) && dl_adposition(L, i) == DL_NONE && h < i && !dl_is_root(L, h) && (t->rel == DL_R_nmod ? dl_has_child_word(L, i, DL_R_det, "the") : dl_adposition(L, h) != DL_NONE && dl_child_by(L, i, DL_R_det) != DL_NONE && (a_day(q, h) || (dl_posting_at(q, h, DL_P_PLACE, 0, 0) && !dl_is(L->tok[h + 1].text, ","))))) {      /* "In Brussels the union threatened" */
        uint32_t v = L->tok[h].head;
        if (v > i && dl_is_verb(&L->tok[v]) && dl_child_by(L, v, DL_R_nsubj) == DL_NONE && dl_child_by(L, v, DL_R_nsubj_pass) == DL_NONE) { t->head = v, t->rel = dl_passive(L, v) ? DL_R_nsubj_pass : DL_R_nsubj; return true; }
    }
    bool free = h > i && dl_is_verb(&L->tok[h]) && dl_child_by(L, h, DL_R_nsubj) == DL_NONE && dl_child_by(L, h, DL_R_nsubj_pass) == DL_NONE && (L->tok[h].xpos != DL_VB || due(L, h)) && L->tok[h].xpos != DL_VBG && dl_adposition(L, i) == DL_NONE;
    bool people = dl_is_noun(t) && (dl_posting_at(q, i, DL_P_CLASS, 0, 0) || dl_child_by(L, i, DL_R_nummod) != DL_NONE);
    bool odd = (t->rel == DL_R_advcl || t->rel == DL_R_dep || t->rel == DL_R_parataxis || t->rel == DL_R_ccomp) && dl_child_by(L, i, DL_R_cop) == DL_NONE && dl_child_by(L, i, DL_R_mark) == DL_NONE;      /* a noun is no clause */
    if (free && (t->rel == DL_R_obl || t->rel == DL_R_obl_unmarked || odd) && (dl_is_noun(t) || t->upos == DL_NUM) && (dl_posting_at(q, i, DL_P_CLASS, 0, 0) || dl_posting_at(q, i, DL_P_SENSE, DL_POS_NOUN, 0) || t->upos == DL_NUM || (t->upos == DL_PROPN && !dl_posting_at(q, i, DL_P_PLACE, 0, 0) && !a_day(q, i)))) {
        uint32_t first = L->sent[t->sent].first;
        bool led = i > first && L->tok[i - 1].upos == DL_ADP;
        bool next = people && h == i + 1 && (L->tok[h].xpos == DL_VBD || L->tok[h].xpos == DL_VBZ || L->tok[h].xpos == DL_VBP);
        if (led || (dl_child_by(L, h, DL_R_aux) == DL_NONE && dl_child_by(L, h, DL_R_aux_pass) == DL_NONE && !due(L, h) && !next)) return false;
        t->rel = dl_passive(L, h) ? DL_R_nsubj_pass : DL_R_nsubj;
        return true;
    }
    return false;
}

/* "dismantled a group in the port that had its origins in ...": a clause with "that" for its subject tells of the noun before it. */
bool dl_mend_relative_of_noun(const dl_ask *q, dl_language *L, uint32_t v)
{
    (void)q;
    dl_token *t = &L->tok[v];
    uint32_t h = t->head, w = DL_NONE, o = DL_NONE;
    if (t->rel != DL_R_ccomp || dl_is_root(L, v) || h > v || !dl_is_verb(t)) return false;
    DL_EACH_CHILD(L, v, k) if (k < v && L->tok[k].rel == DL_R_nsubj && L->tok[k].xpos == DL_WDT) w = k;
    DL_EACH_CHILD(L, h, k) if (w != DL_NONE && k > h && k < w && L->tok[k].rel == DL_R_obj) o = k;
    if (o == DL_NONE) return false;
    t->head = o, t->rel = DL_R_acl_relcl;
    return true;
}

/* "X, who once led a unit, was convicted": the clause with "who" took the subject of the sentence. */
bool dl_mend_stolen_subject(const dl_ask *q, dl_language *L, uint32_t v)
{
    (void)q;
    dl_token *t = &L->tok[v];
    uint32_t n = DL_NONE, w = DL_NONE, h = t->head;
    if ((t->rel != DL_R_advcl && t->rel != DL_R_ccomp) || dl_is_root(L, v) || h < v || !dl_is_verb(t)) return false;
    DL_EACH_CHILD(L, v, k) {
        if (k > v || !dl_is_subject(L->tok[k].rel)) continue;
        if (dl_relative_word(&L->tok[k])) w = k;
        else if (dl_is_noun(&L->tok[k]) && w == DL_NONE) n = k;
    }
    if (n == DL_NONE || w == DL_NONE || n > w || dl_child_by(L, h, DL_R_nsubj) != DL_NONE || dl_child_by(L, h, DL_R_nsubj_pass) != DL_NONE) return false;
    L->tok[n].head = h, L->tok[n].rel = dl_passive(L, h) ? DL_R_nsubj_pass : DL_R_nsubj;
    t->head = n, t->rel = DL_R_acl_relcl;
    return true;
}

/* "It is believed that the gang ordered it, but prosecutors said ...": behind "but" with a subject of its own stands a sentence, not a second thing believed.
 * "Police said men had attacked a post and abducted two": without one, it is what the men did and not what the police did. */
bool dl_mend_joined_clause(const dl_ask *q, dl_language *L, uint32_t k)
{
    dl_token *t = &L->tok[k];
    uint32_t h = t->head, cc = dl_child_by(L, k, DL_R_cc);
    if (t->rel != DL_R_conj || dl_is_root(L, k) || h > k || !dl_is_verb(t) || !dl_is_verb(&L->tok[h]) || cc == DL_NONE || cc > k) return false;
    bool own = dl_child_by(L, k, DL_R_nsubj) != DL_NONE || dl_child_by(L, k, DL_R_nsubj_pass) != DL_NONE;
    if (own && dl_is(L->tok[cc].low, "but") && L->tok[h].rel == DL_R_ccomp && cc > 0 && dl_is(L->tok[cc - 1].text, ",")) {
        uint32_t top = h;
        while (!dl_is_root(L, top)) top = L->tok[top].head;
        t->head = top;
        return true;
    }
    uint32_t c = dl_child_by(L, h, DL_R_ccomp);
    if (own || !dl_saying_at(q, h) || c == DL_NONE || c < h || c > k || !dl_is_verb(&L->tok[c]) || dl_is(L->tok[cc].low, "but")) return false;
    t->head = c;
    return true;
}

/* "Three of the four soldiers were released, the agency said": the subject was taken for the sentence. */
bool dl_mend_root_subject(const dl_ask *q, dl_language *L, uint32_t r)
{
    (void)q;
    dl_token *t = &L->tok[r];
    dl_sentence *s = &L->sent[t->sent];
    if (!dl_is_root(L, r) || (!dl_is_noun(t) && t->upos != DL_NUM) || dl_child_by(L, r, DL_R_cop) != DL_NONE || dl_child_by(L, r, DL_R_case_) != DL_NONE || !dl_is(L->tok[s->end - 1].text, ".")) return false;
    uint32_t v = DL_NONE;
    for (uint32_t k = r + 1; k < s->end && k < r + 14 && v == DL_NONE; k++) {
        if (L->tok[k].upos == DL_PUNCT || dl_relative_word(&L->tok[k]) || L->tok[k].xpos == DL_WRB) return false;
        if (L->tok[k].upos == DL_AUX && L->tok[k].head > k && dl_is_verb(&L->tok[L->tok[k].head]) && (L->tok[k].rel == DL_R_aux || L->tok[k].rel == DL_R_aux_pass)) v = L->tok[k].head;
        else if (dl_is_verb(&L->tok[k]) && L->tok[k].rel != DL_R_amod) return false;
    }
    if (v == DL_NONE || !dl_below(L, v, r) || dl_child_by(L, v, DL_R_nsubj) != DL_NONE || dl_child_by(L, v, DL_R_nsubj_pass) != DL_NONE) return false;
    uint32_t top = v;
    while (L->tok[top].head != r) top = L->tok[top].head;
    L->tok[top].head = top, L->tok[top].rel = DL_R_root, s->root = top;
    DL_EACH_CHILD(L, r, k) if (k > v && L->tok[k].head == r) L->tok[k].head = top;
    t->head = v, t->rel = dl_passive(L, v) ? DL_R_nsubj_pass : DL_R_nsubj;
    return true;
}
