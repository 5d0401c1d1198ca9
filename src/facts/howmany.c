/* howmany.c - how many, of what: "at least seventy of some 350 Belgian fighters", "40 percent", "killing 12 and wounding 30", "32-year old".
 *
 * Numbers that are no part of a time become counts: with their bounds as an interval, the thing counted (by the tree), the whole they are a part of, a unit, and what they measure (killed, wounded ...:
 * words of the codebook's list `counted` beside, over or under the thing counted). Figures that only name something ("Flight 370", "AK-47", a score) are none.
 */
#include "facts/howmany.h"
#include "facts/tree.h"

enum { MILLI = 1000, BOUND_WORDS = 6 };

typedef struct {
    dl_ask *q;
    const dl_language *L;
    uint32_t begin, end;              /* of the sentence */
    uint32_t *name_end;               /* by token: 1 + the mention of a person's name that ends there */
    bool *timed;                      /* by token: part of a time */
} counter;

static bool word(const counter *c, uint32_t i, const char *low) { return i >= c->begin && i < c->end && dl_is(c->L->tok[i].low, low); }
static bool joined(const counter *c, uint32_t i) { return i >= c->begin && i < c->end && !c->L->tok[i].space_before; }

static dl_str listed(const counter *c, uint32_t i, dl_list list, uint32_t *end)
{
    dl_str none = { "", 0 };
    if (i < c->begin || i >= c->end) return none;
    dl_str v = dl_list_at(c->q, i, list, end);
    return v.n && *end <= c->end ? v : none;
}

/* ---- bounds ---- */

static void bound(dl_count *x, dl_str v)
{
    if (dl_is(v, ">=") || dl_is(v, ">")) x->high = DL_OPEN;
    else if (dl_is(v, "<=") || dl_is(v, "<")) x->low = DL_OPEN;
    else x->approximate = true;
}

/* "at least", "some" before the number; "or more", "or so" behind it. Takes them into the span. */
static void bounds_around(const counter *c, dl_count *x)
{
    uint32_t end;
    for (int more = 1; more;) {
        more = 0;
        for (uint32_t k = BOUND_WORDS; k > 0 && !more; k--) {
            if (x->tb < c->begin + k) continue;
            dl_str v = listed(c, x->tb - k, DL_LIST_bounds, &end);
            if (!v.n || end != x->tb) continue;
            bound(x, v);
            x->tb -= k;
            more = 1;
        }
    }
    dl_str v = listed(c, x->te, DL_LIST_bounds, &end);
    if (v.n && (word(c, x->te, "or") || word(c, x->te, "and"))) { bound(x, v); x->te = end; }
}

/* ---- numbers that count nothing ---- */

static bool inside_a_name(const counter *c, uint32_t b, uint32_t e)
{
    const dl_hits *h = &c->q->f->hits;
    for (uint32_t i = b > c->begin + 6 ? b - 6 : c->begin; i <= b; i++)
        for (uint32_t k = h->first[i]; k < h->first[i + 1]; k++) {
            uint8_t kind = h->v[k].posting->kind;
            if ((kind == DL_P_ACTOR || kind == DL_P_PLACE) && h->v[k].e >= e && h->v[k].e - i > e - b) return true;
        }
    return false;
}

static uint32_t head_of(const dl_language *L, uint32_t b, uint32_t e)
{
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = e; i-- > b;) {
            const dl_token *t = &L->tok[i];
            bool small = t->upos == DL_PUNCT || (!pass && (t->upos == DL_ADP || t->upos == DL_DET));
            if (!small && (t->head < b || t->head >= e || t->head == i)) return i;
        }
    return e - 1;
}

/* "Flight 370", "Article 5", "AK-47", "No. 10": the number stands behind the noun that it tells apart from others of its kind. */
static bool names_something(const counter *c, const dl_number *n)
{
    const dl_token *t = &c->L->tok[n->tb];
    if (n->tb == c->begin) return false;
    const dl_token *before = t - 1;
    if (!t->space_before && dl_is(before->text, "-") && n->tb > c->begin + 1 && dl_alpha((unsigned char)before[-1].text.p[0]) && !before->space_before) return true;
    if (dl_is(before->text, "#") || dl_is(before->low, "no.") || dl_is(before->low, "nos.")) return true;
    uint32_t h = head_of(c->L, n->tb, n->te), end;
    if (listed(c, n->tb - 1, DL_LIST_units, &end).n && end == n->tb) return false;                 /* "magnitude 6.1" */
    if (before->upos == DL_PROPN && !n->words && before->head == h && before->rel != DL_R_nsubj && before->rel != DL_R_obl) return true;
    const dl_token *next = n->te < c->end ? &c->L->tok[n->te] : NULL;
    bool counts = next && (next->upos == DL_NOUN || next->upos == DL_ADJ || next->upos == DL_ADP || next->upos == DL_SYM || dl_is(next->text, "-"));
    if (before->upos == DL_PROPN && !n->words && n->plain && t->space_before && !counts) return true;                  /* "the S&P 500 fell", "the iPhone 14 Pro" */
    bool noun = before->upos == DL_NOUN || before->upos == DL_PROPN;
    return noun && !n->words && c->L->tok[h].head == n->tb - 1 && before->xpos != DL_NNS && c->L->tok[h].rel != DL_R_appos && c->L->tok[h].rel != DL_R_obl;
}

/* A year that no time took: it counts only where a plural noun follows that it modifies. */
static bool looks_like_year(const counter *c, const dl_number *n)
{
    if (!n->plain || n->low < 1900 * MILLI || n->low > 2100 * MILLI) return false;
    const dl_token *t = &c->L->tok[n->tb];
    return t->rel != DL_R_nummod || t->head <= n->tb || c->L->tok[t->head].xpos != DL_NNS;
}

/* "no one", "one another", "the one": pronouns. */
static bool pronoun_one(const counter *c, const dl_number *n)
{
    if (!n->words || n->low != MILLI || n->te != n->tb + 1) return false;
    const dl_token *t = &c->L->tok[n->tb];
    if (t->upos == DL_PRON || word(c, n->tb + 1, "another") || t->rel == DL_R_det) return true;
    return t->rel != DL_R_nummod && !word(c, n->tb + 1, "of");
}

/* ---- the thing counted ---- */

/* The noun behind "of": of "three of the men", "thousands of people". */
static uint32_t of_noun(const counter *c, uint32_t h)
{
    DL_EACH_CHILD(c->L, h, k) {
        if (!dl_is_oblique(c->L->tok[k].rel)) continue;
        uint32_t p = dl_adposition(c->L, k);
        if (p == DL_NONE ? c->L->tok[k].rel == DL_R_nmod && k > h : dl_is(c->L->tok[p].low, "of") || dl_is(c->L->tok[p].low, "among")) return k;
    }
    return DL_NONE;
}

/* The words of the thing, without the number, articles and what stands before the number. */
static dl_str words_of(const counter *c, uint32_t head, const dl_count *x)
{
    uint32_t b, e;
    dl_phrase_of(c->L, head, false, &b, &e);
    if (b < c->begin) b = c->begin;
    if (b < x->te && x->te <= head) b = x->te;
    while (b < head && (dl_is(c->L->tok[b].text, "-") || c->L->tok[b].upos == DL_DET || c->L->tok[b].upos == DL_PUNCT || c->L->tok[b].upos == DL_ADP || c->L->tok[b].upos == DL_NUM)) b++;
    if (e > x->tb && b < x->tb && head < x->tb) e = x->tb;
    while (e > head + 1 && c->L->tok[e - 1].upos == DL_PUNCT) e--;
    return e > b ? dl_at(c->q->art->text, dl_tokens_span(c->L, b, e)) : DL_STR("");
}

/* Where the tree does not say: the noun that follows at once, adjectives between. */
static uint32_t noun_behind(const counter *c, uint32_t i)
{
    uint32_t noun = DL_NONE;
    for (uint32_t k = i; k < c->end && k < i + 5; k++) {
        const dl_token *t = &c->L->tok[k];
        if (t->upos == DL_NOUN || t->upos == DL_PROPN) noun = k;
        else if (noun != DL_NONE || t->upos != DL_ADJ) break;
    }
    return noun != DL_NONE && c->L->tok[noun].xpos == DL_NNS ? noun : DL_NONE;
}

static void find_thing(const counter *c, dl_count *x, uint32_t h)
{
    const dl_token *t = &c->L->tok[h];
    uint32_t noun = DL_NONE;
    if ((t->rel == DL_R_nummod || t->rel == DL_R_amod || t->rel == DL_R_compound || t->rel == DL_R_det || t->rel == DL_R_nmod_unmarked) && (t->head < x->tb || t->head >= x->te)) noun = t->head;
    uint32_t of = of_noun(c, h);
    if (of == DL_NONE && noun != DL_NONE && x->unit.n) {                      /* 40 percent of voters */
        uint32_t behind = of_noun(c, noun);
        if (behind != DL_NONE && noun < x->te) of = behind;
    }
    if (of != DL_NONE) noun = of;
    if (noun == DL_NONE || (noun >= x->tb && noun < x->te)) noun = noun_behind(c, x->te);
    if (noun == DL_NONE) return;
    bool hyphen = x->te < noun && dl_is(c->L->tok[x->te].text, "-");                   /* "a three-car convoy": of cars */
    while (!hyphen && c->L->tok[noun].rel == DL_R_compound && c->L->tok[noun].head > noun) noun = c->L->tok[noun].head;
    x->of_head = noun;
    x->of = words_of(c, noun, x);
}

/* ---- units ---- */

/* "40 percent", "300-kg", "$25 million": the unit, and the span with it. */
static void find_unit(const counter *c, dl_count *x)
{
    uint32_t end, at = x->te;
    if (word(c, at, "-") && joined(c, at) && joined(c, at + 1)) at++;
    dl_str v = listed(c, at, DL_LIST_units, &end);
    if (v.n && c->L->tok[at].upos != DL_VERB && c->L->tok[at].upos != DL_AUX && c->L->tok[at].upos != DL_PRON) { x->unit = v; x->te = end; return; }
    if (x->tb == c->begin) return;
    v = listed(c, x->tb - 1, DL_LIST_units, &end);
    bool sign = v.n && end == x->tb && !dl_alpha((unsigned char)c->L->tok[x->tb - 1].text.p[c->L->tok[x->tb - 1].text.n - 1]);
    if (v.n && end == x->tb && (sign || dl_is(v, "magnitude") || joined(c, x->tb))) { x->unit = v; x->tb--; }
}

/* ---- ages ---- */

/* "32-year old", "32 years old": the token behind, 0 if it is no age. *month: six-month-old */
static uint32_t age_behind(const counter *c, uint32_t i, bool *month)
{
    uint32_t end, at = word(c, i, "-") ? i + 1 : i, unit_end;
    dl_str unit = listed(c, at, DL_LIST_time_units, &unit_end);
    *month = dl_is(unit, "M");
    if (!dl_is(unit, "Y") && !*month) return 0;
    if (dl_is(listed(c, at, DL_LIST_counted, &end), "age")) return end;
    uint32_t k = unit_end;
    if (word(c, k, "-")) k++;
    return word(c, k, "old") || word(c, k, "olds") ? k + 1 : word(c, k, "of") && word(c, k + 1, "age") ? k + 2 : 0;
}

/* The person whose age it is: above the age in the tree, or the subject of "is 32 years old". */
static uint32_t aged_person(const counter *c, uint32_t b, uint32_t e)
{
    const dl_language *L = c->L;
    uint32_t i = head_of(L, b, e);
    bool object;
    if (e < c->end && c->name_end && L->tok[e].capital && dl_is_noun(&L->tok[e]))                 /* the words of a name follow at once */
        for (uint32_t k = e; k < c->end && k < e + 6; k++) if (c->name_end[k]) { uint32_t m = c->name_end[k] - 1; if (c->q->f->mentions.v[m].tb <= e) return c->q->f->mentions.v[m].head; }
    for (int up = 0; up < 4; up++) {
        uint32_t s = dl_child_by(L, i, DL_R_nsubj);
        if (s == DL_NONE) s = dl_child_by(L, i, DL_R_nsubj_pass);
        if (s != DL_NONE && (s < b || s >= e) && i >= b && i < e) return s;
        if (dl_is_root(L, i)) return i >= b && i < e ? DL_NONE : i;
        uint32_t h = L->tok[i].head;
        bool nominal = dl_is_subject(L->tok[i].rel) || L->tok[i].rel == DL_R_obj || L->tok[i].rel == DL_R_obl || L->tok[i].upos == DL_NOUN;      /* "a 19-year-old was arrested" */
        if (dl_is_verb(&L->tok[h])) return nominal && i >= b && i < e ? i : dl_subject_of(L, h, &object);
        if (h < b || h >= e) return h;
        i = h;
    }
    return i;
}

static void set_age(const counter *c, dl_count *x, uint32_t person, bool month)
{
    x->unit = month ? DL_STR("month") : DL_STR("year");
    x->measures = DL_MEAS_age;
    x->of_head = person;
    if (person == DL_NONE || (person >= x->tb && person < x->te)) return;
    x->of = words_of(c, person, x);
}

/* ", 32," or "(32)" behind a person's name. */
static uint32_t named_before(const counter *c, const dl_count *x)
{
    if (x->tb < c->begin + 2 || x->low != x->high || x->low < 5 * MILLI || x->low > 115 * MILLI || x->low % MILLI) return DL_NONE;
    bool comma = word(c, x->tb - 1, ",") && (x->te >= c->end || word(c, x->te, ",") || word(c, x->te, ".") || word(c, x->te, ";") || word(c, x->te, "and"));
    bool bracket = word(c, x->tb - 1, "(") && word(c, x->te, ")");
    uint32_t m = comma || bracket ? c->name_end[x->tb - 2] : 0;
    return m ? c->q->f->mentions.v[m - 1].head : DL_NONE;
}

/* "Park Ji-woo, who is 38", "he was 81": who stands before the "is" in front of the age; DL_NONE: nobody. */
static uint32_t who_is(const counter *c, uint32_t b)
{
    const dl_language *L = c->L;
    if (b < c->begin + 2 || !dl_is(L->tok[b - 1].lemma, "be")) return DL_NONE;
    uint32_t k = b - 2;
    if (dl_is(L->tok[k].low, "he") || dl_is(L->tok[k].low, "she")) return k;
    if (dl_is(L->tok[k].low, "who") && k > c->begin) k -= word(c, k - 1, ",") && k > c->begin + 1 ? 2 : 1;
    if (c->name_end[k]) return c->q->f->mentions.v[c->name_end[k] - 1].head;
    return dl_is_noun(&L->tok[k]) && c->q->f->mention_of[k] != DL_NONE && dl_class_has(c->q->f->classes[k], DL_KIND_person) ? k : DL_NONE;
}

static bool take_age(const counter *c, dl_count *x)
{
    uint32_t end;
    bool month = false;
    if (x->low == DL_OPEN || x->low > 130 * MILLI || x->high == DL_OPEN) return false;
    uint32_t behind = age_behind(c, x->te, &month);
    if (behind) {
        x->te = behind;
        uint32_t is = who_is(c, x->tb);
        set_age(c, x, is != DL_NONE ? is : aged_person(c, x->tb, x->te), month);
        return true;
    }
    bool aged = x->tb > c->begin && dl_is(listed(c, x->tb - 1, DL_LIST_counted, &end), "age") && end == x->tb;
    uint32_t person = aged ? aged_person(c, x->tb - 1, x->te) : named_before(c, x);
    bool alone = x->low == x->high && x->low >= 5 * MILLI && x->low <= 115 * MILLI && x->low % MILLI == 0 && (x->te >= c->end || c->L->tok[x->te].upos == DL_PUNCT || dl_is(c->L->tok[x->te].low, "when"));
    if (!aged && person == DL_NONE && alone) person = who_is(c, x->tb);
    if (!aged && person == DL_NONE && alone && x->tb == c->L->sent[c->L->tok[x->tb].sent].first + 1 && word(c, x->tb - 1, "at") && word(c, x->te, ","))      /* "At 61, Josefa Lins has ..." */
        for (uint32_t k = x->te + 1; k < c->end && k < x->te + 6 && person == DL_NONE; k++) if (c->name_end[k]) person = c->q->f->mentions.v[c->name_end[k] - 1].head;
    if (!aged && person == DL_NONE) return false;
    if (aged && x->tb > c->begin + 2 && word(c, x->tb - 2, ",") && c->name_end[x->tb - 3]) person = c->q->f->mentions.v[c->name_end[x->tb - 3] - 1].head;
    if (aged) x->tb--;
    set_age(c, x, person, false);
    return true;
}

/* ---- what it measures ---- */

static uint8_t measure_named(dl_str v)
{
    for (int m = 1; m < DL_MEAS_N; m++) if (dl_is(v, dl_measure_name((dl_measure)m))) return (uint8_t)m;
    return DL_MEAS_none;
}

/* Of the phrase of `counted` that covers the token. */
static uint8_t counted_at(const counter *c, uint32_t i)
{
    if (i < c->begin || i >= c->end) return DL_MEAS_none;
    for (uint32_t k = 0; k < 4 && i >= c->begin + k; k++) {
        uint32_t end;
        dl_str v = listed(c, i - k, DL_LIST_counted, &end);
        if (v.n && end > i && !dl_is(v, "age")) return measure_named(v);
    }
    return DL_MEAS_none;
}

/* These are told of those who do them, the others of those to whom they are done. */
static bool of_doers(uint8_t m) { return m == DL_MEAS_took_part || m == DL_MEAS_returned || m == DL_MEAS_displaced || m == DL_MEAS_recruited || m == DL_MEAS_missing; }

static bool suffers(const dl_language *L, uint32_t v) { return dl_passive(L, v) || dl_child_by(L, v, DL_R_obj) == DL_NONE; }

/* Words beside the thing: "wounded soldiers", "people killed", "men who were arrested". */
static uint8_t by_modifier(const counter *c, uint32_t h)
{
    DL_EACH_CHILD(c->L, h, k) {
        const dl_token *t = &c->L->tok[k];
        uint8_t m = counted_at(c, k);
        if (!m) continue;
        if (t->rel == DL_R_amod && t->xpos != DL_VBG) return m;
        if (t->rel == DL_R_acl && (t->xpos == DL_VBN || t->xpos == DL_VBD || t->upos == DL_ADJ || of_doers(m))) return m;
        if (t->rel == DL_R_acl_relcl && (of_doers(m) || suffers(c->L, k))) return m;
    }
    return DL_MEAS_none;
}

/* A subject's measure: by its verb, or by what the verb says of it ("was found dead", "are believed to have returned"). */
static uint8_t by_predicate(const counter *c, uint32_t v, uint8_t rel)
{
    uint8_t m = counted_at(c, v);
    if (m) return rel == DL_R_nsubj_pass || of_doers(m) || suffers(c->L, v) ? m : DL_MEAS_none;
    DL_EACH_CHILD(c->L, v, k) {
        if (c->L->tok[k].rel != DL_R_xcomp && c->L->tok[k].rel != DL_R_ccomp) continue;
        m = counted_at(c, k);
        if (m && (of_doers(m) || suffers(c->L, k))) return m;
    }
    return DL_MEAS_none;
}

/* "the death toll rose to 31", "casualties reached 40": told by the verb's subject; "put the crowd at 40,000": by its object. */
static uint8_t by_toll(const counter *c, uint32_t v)
{
    uint8_t m = DL_MEAS_none;
    DL_EACH_CHILD(c->L, v, k) if (!m && (dl_is_subject(c->L->tok[k].rel) || c->L->tok[k].rel == DL_R_obj) && dl_is_noun(&c->L->tok[k])) m = counted_at(c, k);
    return m;
}

static uint8_t by_governor(const counter *c, uint32_t h, bool zero)
{
    const dl_language *L = c->L;
    for (int k = 0; k < 8 && (L->tok[h].rel == DL_R_conj || L->tok[h].rel == DL_R_appos); k++) h = L->tok[h].head;
    uint8_t rel = L->tok[h].rel;
    uint32_t v = L->tok[h].head;
    if (v == h) return DL_MEAS_none;
    if (dl_is_subject(rel)) return by_predicate(c, v, rel);
    if (rel == DL_R_obj || rel == DL_R_obl_unmarked) {
        uint8_t m = counted_at(c, v);
        return m ? of_doers(m) && m != DL_MEAS_displaced && m != DL_MEAS_recruited ? DL_MEAS_none : m : zero ? by_toll(c, v) : DL_MEAS_none;
    }
    if (rel == DL_R_nmod && dl_is_noun(&L->tok[v])) {
        uint32_t p = dl_adposition(L, h);
        return p != DL_NONE && (dl_is(L->tok[p].low, "of") || dl_is(L->tok[p].low, "to")) ? counted_at(c, v) : DL_MEAS_none;
    }
    return rel == DL_R_obl && zero ? by_toll(c, v) : DL_MEAS_none;
}

static uint8_t measure(const counter *c, const dl_count *x, uint32_t number)
{
    uint32_t h = x->of_head == DL_NONE ? number : x->of_head;
    bool part = x->of_head != DL_NONE && c->L->tok[number].rel != DL_R_nummod;         /* "three of the men": the number stands in the clause */
    uint8_t m = counted_at(c, h);
    if (!m) m = by_modifier(c, h);
    if (!m && part) m = by_modifier(c, number);
    if (!m) m = by_governor(c, part ? number : h, x->of_head == DL_NONE);
    if (!m && part) m = by_governor(c, h, false);
    if (!m && x->of_head == DL_NONE && x->te < c->end && c->L->tok[x->te].upos != DL_PUNCT) m = counted_at(c, x->te);       /* "12 dead" */
    return m;
}

/* ---- one number ---- */

/* "20-25", "20 to 25", "between 20 and 25", "two or three"; a score ("7-1") gives false. */
static bool take_range(const counter *c, dl_number *n)
{
    uint32_t at = n->te;
    bool between = word(c, n->tb - 1, "between"), dash = at < c->end && (word(c, at, "-") || word(c, at, "\xe2\x80\x93") || word(c, at, "\xe2\x80\x94"));
    bool link = dash || (word(c, at, "to") && !word(c, n->tb - 1, "from")) || word(c, at, "or") || (between && word(c, at, "and"));
    dl_number m;
    uint32_t then = at + 1, unit;
    if (link && listed(c, then, DL_LIST_units, &unit).n && !dl_alpha((unsigned char)c->L->tok[then].text.p[0])) then = unit;                 /* "$3 to $5 billion" */
    if (!link || !dl_number_at(c->q, then, c->end, &m) || n->low != n->high || m.low != m.high) return true;
    if (dash && joined(c, at) && joined(c, at + 1) && m.low <= n->low && then == at + 1) { n->te = m.te; return false; }
    if (m.low >= MILLI * MILLI && n->low < MILLI * MILLI / 1000 && n->low && m.low % n->low == 0 && !n->words) {                /* "2 to 3 million" */
        int64_t scale = m.low >= INT64_C(1000000000) * MILLI ? INT64_C(1000000000) : m.low >= 1000000 * (int64_t)MILLI ? 1000000 : 1;
        n->low *= scale;
    }
    if (m.low <= n->low) return true;
    n->high = m.low;
    n->te = m.te;
    if (between) n->tb--;
    return true;
}

static void add(const counter *c, const dl_number *n)
{
    dl_ask *q = c->q;
    dl_str none = { "", 0 };
    uint32_t number = head_of(c->L, n->tb, n->te);
    dl_count x = { .tb = n->tb, .te = n->te, .low = n->low, .high = n->high, .of = none, .of_entity = DL_NONE, .of_head = DL_NONE, .out_of = DL_NONE, .unit = none };
    x.approximate = n->fuzzy && n->low != n->high;
    if (!take_age(c, &x)) {
        find_unit(c, &x);
        find_thing(c, &x, number);
        if (x.of_head == DL_NONE && x.unit.n) find_thing(c, &x, head_of(c->L, x.tb, x.te));
        if (!x.unit.n) x.measures = measure(c, &x, number);
    }
    if (x.te > x.tb + 1 && word(c, x.te - 1, "of")) x.te--;                             /* "dozens of" */
    bounds_around(c, &x);
    x.at = dl_tokens_span(c->L, x.tb, x.te);
    *dl_push(q->mem, &q->f->counts) = x;
}

/* "two-thirds", "three quarters of": a share, no count. */
static bool fraction(const counter *c, uint32_t i)
{
    uint32_t at = word(c, i, "-") ? i + 1 : i, end;
    if (at >= c->end) return false;
    dl_str s = c->L->tok[at].low;
    if (!s.n || s.p[s.n - 1] != 's') return false;
    if (dl_is(listed(c, at, DL_LIST_time_units, &end), "Q")) return true;
    return dl_book_list_value(c->q->book, DL_LIST_ordinals, dl_cut(s, 0, s.n - 1)).n > 0;
}

static bool is_count(const counter *c, const dl_number *n)
{
    for (uint32_t i = n->tb; i < n->te; i++) if (c->timed[i]) return false;
    if (fraction(c, n->te)) return false;
    return !names_something(c, n) && !looks_like_year(c, n) && !pronoun_one(c, n) && !inside_a_name(c, n->tb, n->te);
}

static void count_sentence(counter *c)
{
    for (uint32_t i = c->begin; i < c->end;) {
        dl_number n;
        if (c->timed[i] || !dl_number_at(c->q, i, c->end, &n)) { i++; continue; }
        bool no_score = take_range(c, &n);
        if (no_score && is_count(c, &n)) add(c, &n);
        i = n.te > i ? n.te : i + 1;
    }
}

/* ---- parts of wholes ---- */

/* Only "of", "out of", articles between the end of one count and the beginning of the next. */
static bool of_between(const dl_language *L, const dl_count *x, const dl_count *y)
{
    bool of = false;
    if (y->tb <= x->te || y->tb - x->te > 4) return false;
    for (uint32_t i = x->te; i < y->tb; i++) {
        const dl_token *t = &L->tok[i];
        bool is_of = dl_is(t->low, "of") || dl_is(t->low, "among");
        if (!is_of && t->upos != DL_DET && t->upos != DL_ADP && t->upos != DL_PRON) return false;
        of = of || is_of;
    }
    return of;
}

/* "seventy of some 350 fighters": the next count is the whole, whatever the tree makes of it; it is the part that the clause tells of. */
static void find_wholes(dl_ask *q, uint32_t from)
{
    for (uint32_t i = from; i + 1 < q->f->counts.n; i++) {
        dl_count *x = &q->f->counts.v[i], *y = x + 1;
        if (x->measures == DL_MEAS_age || y->measures == DL_MEAS_age || x->unit.n || !of_between(q->lang, x, y)) continue;
        x->out_of = i + 1;
        x->of = y->of;
        x->of_head = y->of_head;
        if (!x->measures) x->measures = y->measures;
        y->measures = DL_MEAS_none;
    }
}

static bool is_person(const dl_ask *q, const dl_mention *m)
{
    if (m->kind != DL_MENTION_NAME) return false;
    return m->entity == DL_NONE || q->f->entities.v[m->entity].kind == DL_KIND_person || q->f->entities.v[m->entity].kind == DL_KIND_none;
}

void dl_howmany(dl_ask *q)
{
    const dl_language *L = q->lang;
    dl_marker mark = dl_mark(q->scratch);
    counter c = { .q = q, .L = L, .name_end = dl_new(q->scratch, uint32_t, L->ntok + 1), .timed = dl_new(q->scratch, bool, L->ntok + 1) };
    for (uint32_t i = 0; i < q->f->times.n; i++)
        for (uint32_t k = q->f->times.v[i].tb; k < q->f->times.v[i].te; k++) c.timed[k] = true;
    for (uint32_t i = 0; i < q->f->mentions.n; i++) {
        const dl_mention *m = &q->f->mentions.v[i];
        if (m->te > m->tb && m->te <= L->ntok && is_person(q, m)) c.name_end[m->te - 1] = i + 1;
    }
    for (uint32_t s = 0; s < L->nsent; s++) {
        c.begin = L->sent[s].first, c.end = L->sent[s].end;
        uint32_t from = q->f->counts.n;
        count_sentence(&c);
        find_wholes(q, from);
    }
    dl_reset(q->scratch, mark);
}
