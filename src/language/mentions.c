/* mentions.c - the noun phrases of a report: what can stand for somebody or something, as whole as annotators of GUM take them: with relative clauses and
 * prepositional phrases, with the possessive 's, without what is joined by "and", without appositions (which are mentions of their own), without
 * the mark behind. */
#include "base/utf8.h"
#include "language/coref.h"

typedef struct {
    const dl_codebook *book;
    dl_arena          *doc, *scratch;
    const dl_language *lang;
    DL_VEC(dl_refers)  v;
    uint8_t           *known;        /* by low_id: what three lists say of a word's gender; 0: not asked yet, 1: nothing */
} finding;

static const dl_token *tok(const finding *f, uint32_t i) { return &f->lang->tok[i]; }

/* ---- what is a head ---- */

static bool noun(const dl_token *t) { return t->upos == DL_NOUN || t->upos == DL_PROPN; }

/* A relation in which a word is a phrase of its own, even if it is no noun: "two of them", "the poor". */
static bool argument(uint8_t rel)
{
    switch (rel) {
    case DL_R_nsubj: case DL_R_nsubj_pass: case DL_R_nsubj_outer: case DL_R_obj: case DL_R_iobj: case DL_R_obl: case DL_R_obl_agent: case DL_R_nmod: case DL_R_nmod_poss: case DL_R_appos:
    case DL_R_dislocated: return true;
    default: return false;
    }
}

static bool child_is(const finding *f, uint32_t i, dl_rel rel)
{
    const dl_language *l = f->lang;
    for (uint32_t k = l->child_first[i]; k < l->child_first[i + 1]; k++) if (l->tok[l->child[k]].rel == rel) return true;
    return false;
}

static bool part_of_name(uint8_t rel) { return rel == DL_R_flat || rel == DL_R_flat_foreign || rel == DL_R_fixed || rel == DL_R_goeswith || rel == DL_R_reparandum; }

static bool pronoun_head(const dl_token *t)
{
    if (t->xpos == DL_WDT || t->xpos == DL_WP || t->xpos == DL_WPS || t->xpos == DL_EX) return false;
    return t->rel != DL_R_expl && !part_of_name(t->rel);
}

static bool heads_phrase(const finding *f, uint32_t i)
{
    const dl_token *t = tok(f, i);
    switch (t->upos) {
    case DL_NOUN: case DL_PROPN: return !part_of_name(t->rel);
    case DL_PRON: return pronoun_head(t);
    case DL_DET: return argument(t->rel) && !dl_is(t->low, "the");
    case DL_NUM: return argument(t->rel) || t->rel == DL_R_nmod_unmarked || t->rel == DL_R_obl_unmarked;
    case DL_ADJ: case DL_VERB: return argument(t->rel) && child_is(f, i, DL_R_det);
    case DL_SYM: case DL_X: return argument(t->rel);
    default: return false;
    }
}

/* ---- how far it goes ---- */

static bool quote_or_bracket(const dl_token *t, bool *opens)
{
    static const char *const open[] = { "(", "[", "\"", "“", "‘", "«", "``", NULL }, *const shut[] = { ")", "]", "\"", "”", "’", "»", "''", NULL };
    for (int i = 0; open[i]; i++) if (dl_is(t->text, open[i])) { *opens = true; return true; }
    for (int i = 0; shut[i]; i++) if (dl_is(t->text, shut[i])) { *opens = false; return true; }
    return false;
}

/* The sign between a noun and what hangs on it behind: a comma, a bracket, a dash ... or 0. */
static char sign_before(const finding *f, uint32_t head, uint32_t k)
{
    uint32_t b, e;
    dl_subtree(f->lang, k, &b, &e);
    if (b <= head) return 0;
    const dl_token *own = tok(f, b), *before = tok(f, b - 1);
    if (own->upos == DL_PUNCT) return own->text.p[0];
    return before->upos == DL_PUNCT && b - 1 > head ? before->text.p[0] : 0;
}

/* "Ana Ruiz of Lima" is one name, "Ana Ruiz with her sons" is more than the name. */
static bool ties_to_name(const finding *f, uint32_t head, uint32_t k)
{
    const dl_language *l = f->lang;
    bool person = child_is(f, head, DL_R_flat);
    for (uint32_t i = l->child_first[k]; i < l->child_first[k + 1]; i++) {
        if (l->tok[l->child[i]].rel != DL_R_case_) continue;
        dl_str w = l->tok[l->child[i]].low;
        return dl_is(w, "of") || dl_is(w, "from") || dl_is(w, "at") || (!person && (dl_is(w, "in") || dl_is(w, "for") || dl_is(w, "on") || dl_is(w, "to")));
    }
    return false;
}

/* "Marsh 1968" in a list of works: the year is no part of the name; "March 1968" is a time. */
static bool year_of_work(const finding *f, uint32_t head, uint32_t k)
{
    const dl_token *t = tok(f, k);
    if (t->upos != DL_NUM || t->low.n != 4) return false;
    return !f->book || !dl_book_list_value(f->book, DL_LIST_months, tok(f, head)->low).n;
}

/* "a citizen of Lima, who in 1859 ...": a relative clause, whatever the parser calls it. */
static bool opens_relative(const finding *f, uint32_t head, uint32_t k)
{
    uint32_t b, e;
    dl_subtree(f->lang, k, &b, &e);
    while (b < k && tok(f, b)->upos == DL_PUNCT) b++;
    return b > head && (tok(f, b)->xpos == DL_WP || tok(f, b)->xpos == DL_WDT || tok(f, b)->xpos == DL_WPS);
}

/* Does a word before a noun belong to its phrase? What stands before its preposition, or belongs to the clause whose predicate it is, does not. */
static bool belongs_before(const dl_token *t)
{
    switch (t->rel) {
    case DL_R_det: case DL_R_det_predet: case DL_R_amod: case DL_R_compound: case DL_R_nummod: case DL_R_nmod_poss: case DL_R_flat: case DL_R_flat_foreign: case DL_R_fixed: case DL_R_goeswith:
    case DL_R_nmod_desc: case DL_R_nmod_unmarked: case DL_R_obl_unmarked: case DL_R_dep: return true;
    default: return false;
    }
}

/* The same behind it. Names rarely take more than what is tied to them without a sign. */
static bool belongs_behind(const finding *f, uint32_t head, uint32_t k, char sign, bool clause)
{
    const dl_token *t = tok(f, k);
    bool name = tok(f, head)->upos == DL_PROPN;
    switch (t->rel) {
    case DL_R_case_: return t->upos == DL_PART;                                   /* 's */
    case DL_R_det: case DL_R_amod: case DL_R_compound: case DL_R_compound_prt: case DL_R_nummod: case DL_R_flat: case DL_R_flat_foreign: case DL_R_fixed: case DL_R_goeswith: case DL_R_nmod_desc: return true;
    case DL_R_nmod: return name ? sign == 0 && ties_to_name(f, head, k) : sign == 0 || sign == ',';
    case DL_R_nmod_unmarked: return (sign == 0 || sign == ',') && !(name && year_of_work(f, head, k));
    case DL_R_acl: return sign == 0 || (sign == ',' && !name);
    case DL_R_acl_relcl: return sign == 0 || sign == ',';
    case DL_R_advmod: case DL_R_obl: case DL_R_advcl: case DL_R_obl_unmarked: return sign == 0 && !clause;
    case DL_R_xcomp: case DL_R_ccomp: case DL_R_obj: return sign == 0;
    case DL_R_parataxis: return sign != '(' && opens_relative(f, head, k);
    default: return false;
    }
}

/* Behind the last word of the clause that stands before a predicate noun: "it is [a complex one]". 0: no predicate. */
static uint32_t clause_before(const finding *f, uint32_t head)
{
    const dl_language *l = f->lang;
    uint32_t behind = 0;
    for (uint32_t k = l->child_first[head]; k < l->child_first[head + 1] && l->child[k] < head; k++) {
        uint8_t r = l->tok[l->child[k]].rel;
        if (r == DL_R_cop || r == DL_R_nsubj || r == DL_R_nsubj_outer || r == DL_R_aux || r == DL_R_mark || r == DL_R_csubj || r == DL_R_expl) behind = l->child[k];
    }
    return behind;
}

static void widen(const finding *f, uint32_t k, uint32_t *b, uint32_t *e)
{
    uint32_t sb, se;
    dl_subtree(f->lang, k, &sb, &se);
    if (sb < *b) *b = sb;
    if (se + 1 > *e) *e = se + 1;
}

/* Without marks at the ends, but for a quote or bracket that has its partner inside. */
static void trim(const finding *f, uint32_t head, uint32_t *b, uint32_t *e)
{
    bool opens;
    int open = 0;
    while (*e > head + 1 && tok(f, *e - 1)->upos == DL_PUNCT) {
        open = 0;
        if (quote_or_bracket(tok(f, *e - 1), &opens)) for (uint32_t i = *b; i + 1 < *e; i++) open += quote_or_bracket(tok(f, i), &opens);
        if (open % 2) break;
        --*e;
    }
    while (*b < head && tok(f, *b)->upos == DL_PUNCT) {
        open = 0;
        if (quote_or_bracket(tok(f, *b), &opens)) for (uint32_t i = *b + 1; i < *e; i++) open += quote_or_bracket(tok(f, i), &opens);
        if (open % 2) break;
        ++*b;
    }
}

/* A quote opened inside and closed right behind: its end hangs elsewhere in the tree. */
static void close_quote(const finding *f, uint32_t b, uint32_t *e)
{
    bool opens = false;
    int open = 0;
    if (*e >= f->lang->sent[tok(f, b)->sent].end || !quote_or_bracket(tok(f, *e), &opens)) return;
    for (uint32_t i = b; i < *e; i++) { bool x; open += quote_or_bracket(tok(f, i), &x); }
    if (open % 2) ++*e;
}

static void phrase(const finding *f, uint32_t head, uint32_t *b, uint32_t *e)
{
    const dl_language *l = f->lang;
    uint32_t clause = clause_before(f, head), last = clause;
    *b = head, *e = head + 1;
    for (uint32_t i = l->child_first[head]; i < l->child_first[head + 1] && l->child[i] < head; i++) if (tok(f, l->child[i])->rel == DL_R_case_) last = l->child[i];
    for (uint32_t i = l->child_first[head]; i < l->child_first[head + 1]; i++) {
        uint32_t k = l->child[i];
        if (k < head ? (k > last || last == 0) && belongs_before(tok(f, k)) : belongs_behind(f, head, k, sign_before(f, head, k), clause != 0)) widen(f, k, b, e);
    }
    trim(f, head, b, e);
    close_quote(f, *b, e);
}

/* ---- one or several, he or she ---- */

typedef struct { const char *word; uint8_t person, number, gender; } form;
static const form forms[] = {
    { "he", 3, 1, 'm' }, { "him", 3, 1, 'm' }, { "his", 3, 1, 'm' }, { "himself", 3, 1, 'm' }, { "she", 3, 1, 'f' }, { "her", 3, 1, 'f' }, { "hers", 3, 1, 'f' }, { "herself", 3, 1, 'f' },
    { "it", 3, 1, 'n' }, { "its", 3, 1, 'n' }, { "itself", 3, 1, 'n' }, { "they", 3, 2, 0 }, { "them", 3, 2, 0 }, { "their", 3, 2, 0 }, { "theirs", 3, 2, 0 }, { "themselves", 3, 2, 0 },
    { "'em", 3, 2, 0 }, { "em", 3, 2, 0 }, { "i", 1, 1, 0 }, { "me", 1, 1, 0 }, { "my", 1, 1, 0 }, { "mine", 1, 1, 0 }, { "myself", 1, 1, 0 }, { "we", 1, 2, 0 }, { "us", 1, 2, 0 },
    { "'s", 1, 2, 0 }, { "our", 1, 2, 0 }, { "ours", 1, 2, 0 }, { "ourselves", 1, 2, 0 }, { "you", 2, 0, 0 }, { "your", 2, 0, 0 }, { "yours", 2, 0, 0 }, { "yourself", 2, 1, 0 },
    { "yourselves", 2, 2, 0 }, { "this", 0, 1, 'n' }, { "that", 0, 1, 'n' }, { "these", 0, 2, 0 }, { "those", 0, 2, 0 },
};

static const form *form_of(dl_str low)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) if (dl_is(low, forms[i].word)) return &forms[i];
    return NULL;
}

enum { FAMILY, HONORIFIC, FIRST_NAME, NLISTED };

/* What a list says of a word's gender; asked once for each word of the report. */
static uint8_t listed(const finding *f, int list, uint32_t i)
{
    static const dl_list lists[NLISTED] = { DL_LIST_family, DL_LIST_honorifics, DL_LIST_first_names };
    uint8_t *known = &f->known[tok(f, i)->low_id * NLISTED + (uint32_t)list];
    if (*known) return *known == 1 ? 0 : *known;
    dl_str low = tok(f, i)->low;
    if (low.n && low.p[low.n - 1] == '.') low.n--;
    dl_str v = f->book ? dl_book_list_value(f->book, lists[list], low) : (dl_str){ 0 };
    *known = v.n && v.p[0] != '-' ? (uint8_t)v.p[0] : 1;
    return *known == 1 ? 0 : *known;
}

static uint8_t gender_of_name(const finding *f, const dl_refers *m)
{
    uint32_t b = m->tb > f->lang->sent[tok(f, m->head)->sent].first ? m->tb - 1 : m->tb;
    for (uint32_t i = b; i < m->te && i <= m->head + 2; i++) {
        if (tok(f, i)->upos != DL_PROPN && tok(f, i)->upos != DL_NOUN) continue;
        uint8_t g = listed(f, HONORIFIC, i);
        if (!g && i >= m->tb && i <= m->head && m->te <= m->head + 4) g = listed(f, FIRST_NAME, i);
        if (g) return g;
    }
    return 0;
}

static void describe(const finding *f, dl_refers *m)
{
    const dl_token *t = tok(f, m->head);
    const form *p = t->upos == DL_PRON || t->upos == DL_DET ? form_of(t->low) : NULL;
    m->at = (dl_span){ tok(f, m->tb)->at.b, tok(f, m->te - 1)->at.e };
    m->kind = m->joined ? DL_REFERS_NOUN : t->upos == DL_PRON || t->upos == DL_DET ? DL_REFERS_PRONOUN : t->upos == DL_PROPN ? DL_REFERS_NAME : DL_REFERS_NOUN;
    if (m->joined) m->number = 2;
    else if (p) m->number = p->number, m->gender = p->gender, m->person = p->person;
    else if (m->kind == DL_REFERS_PRONOUN) m->number = 1;
    else m->number = t->xpos == DL_NNS ? 2 : t->xpos == DL_NNPS ? 0 : 1;               /* the United States are one */
    if (m->kind == DL_REFERS_NAME) m->gender = gender_of_name(f, m);
    if (m->kind == DL_REFERS_NOUN && !m->joined) m->gender = listed(f, FAMILY, m->head);
}

/* ---- the walk ---- */

static void add(finding *f, uint32_t tb, uint32_t te, uint32_t head, bool joined)
{
    dl_refers *m = dl_push(f->scratch, &f->v);
    *m = (dl_refers){ .tb = tb, .te = te, .head = head, .joined = joined };
    describe(f, m);
}

/* "X, Y and Z": from the first word of X to the last of Z. */
static void join(finding *f, uint32_t head, uint32_t b, uint32_t e)
{
    const dl_language *l = f->lang;
    bool joined = false;
    if (!noun(tok(f, head)) && tok(f, head)->upos != DL_PRON) return;
    for (uint32_t k = l->child_first[head]; k < l->child_first[head + 1]; k++) {
        uint32_t c = l->child[k], cb, ce;
        if (tok(f, c)->rel != DL_R_conj || !heads_phrase(f, c) || c < head) continue;
        phrase(f, c, &cb, &ce);
        if (ce > e) e = ce, joined = true;
    }
    if (joined) add(f, b, e, head, true);
}

static int by_place(const dl_refers *x, const dl_refers *y) { return x->tb != y->tb ? (x->tb < y->tb ? -1 : 1) : x->te != y->te ? (x->te > y->te ? -1 : 1) : 0; }

/* A sentence's mentions are few and nearly in order. */
static void sort_from(finding *f, uint32_t first)
{
    for (uint32_t i = first + 1; i < f->v.n; i++) {
        dl_refers x = f->v.v[i];
        uint32_t k = i;
        for (; k > first && by_place(&x, &f->v.v[k - 1]) < 0; k--) f->v.v[k] = f->v.v[k - 1];
        f->v.v[k] = x;
    }
}

static void drop_doubles(finding *f, uint32_t first)
{
    uint32_t n = first;
    for (uint32_t i = first; i < f->v.n; i++)
        if (i == first || by_place(&f->v.v[i], &f->v.v[n - 1]) != 0) f->v.v[n++] = f->v.v[i];
    f->v.n = n;
}

static void find_in_sentence(finding *f, const dl_sentence *s)
{
    uint32_t first = f->v.n, b, e;
    for (uint32_t i = s->first; i < s->end; i++) {
        if (!heads_phrase(f, i)) continue;
        phrase(f, i, &b, &e);
        add(f, b, e, i, false);
        join(f, i, b, e);
    }
    sort_from(f, first);
    drop_doubles(f, first);
}

void dl_find_mentions(const dl_codebook *book, dl_arena *doc, dl_arena *scratch, const dl_language *l, dl_coref *out)
{
    dl_marker mark = dl_mark(scratch);
    finding f = { .book = book, .doc = doc, .scratch = scratch, .lang = l };
    f.known = dl_new(scratch, uint8_t, (l->words.strs.n + 1) * (size_t)NLISTED);
    for (uint32_t s = 0; s < l->nsent; s++) find_in_sentence(&f, &l->sent[s]);
    out->n = f.v.n;
    out->v = dl_new(doc, dl_refers, f.v.n + 1);
    out->of_head = dl_new(doc, uint32_t, l->ntok + 1);
    memset(out->of_head, 0xff, (l->ntok + 1) * sizeof *out->of_head);
    for (uint32_t i = 0; i < f.v.n; i++) {
        out->v[i] = f.v.v[i];
        out->v[i].chain = i;
        out->v[i].before = UINT32_MAX;
        if (!out->v[i].joined) out->of_head[out->v[i].head] = i;
    }
    dl_reset(scratch, mark);
}
