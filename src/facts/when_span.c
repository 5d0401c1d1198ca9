/* when_span.c - numbers and units of time: "three days", "two weeks ago", "a year earlier", "the past three weeks", "the following days", "last week", "every two months".
 *
 *   [bound] [the] [shift] [number] [-] unit [shift behind]
 *
 * A shift before a unit or behind it makes a point ("last week", "two days ago"); a number with a shift before it is a stretch with a known edge ("the past three
 * days"); a number alone is a duration. Which shifts there are is the codebook's list `time_shifts`; see there for its values.
 */
#include "facts/howmany.h"
#include "facts/when.h"

uint32_t dl_shift_at(const dl_scan *w, uint32_t i, dl_shift *s)
{
    uint32_t end;
    dl_str v = dl_value(w, i, DL_LIST_time_shifts, &end);
    if (!v.n) return 0;
    *s = (dl_shift){ 0, false, false, false };
    if (dl_is(v, "E")) { s->every = s->before = true; return end; }
    uint32_t k = 0;
    s->sign = v.p[0] == '-' ? -1 : v.p[0] == '+' ? 1 : 0;
    if (v.p[0] == '-' || v.p[0] == '+') k++;
    if (k < v.n && dl_digit((unsigned char)v.p[k])) { s->before = true; k++; }
    s->anchored = k < v.n && v.p[k] == 'A';
    return end;
}

typedef struct { dl_expr x; dl_shift shift; bool shifted, the, a, number, plural, first, behind; uint32_t i; const char *bound; } span;

/* Of "at least three days", "nearly a week": TIMEX3's mod. */
static const char *bound_mod(dl_str v)
{
    static const struct { const char *v, *mod; } MODS[] = {
        { ">=", "EQUAL_OR_MORE" }, { ">", "MORE_THAN" }, { "<=", "EQUAL_OR_LESS" }, { "<", "LESS_THAN" }, { "~", "APPROX" }, { "~<", "LESS_THAN" }, { "~>", "MORE_THAN" },
    };
    for (size_t k = 0; k < sizeof MODS / sizeof *MODS; k++) if (dl_is(v, MODS[k].v)) return MODS[k].mod;
    return "";
}

static void read_number(const dl_scan *w, span *s)
{
    dl_number n;
    s->x.n = 1000;
    if (dl_word(w, s->i, "half") && (dl_word(w, s->i + 1, "a") || dl_word(w, s->i + 1, "an"))) { s->x.n = 500; s->i += 2; s->number = true; return; }
    if (dl_number_at(w->q, s->i, w->end, &n)) {
        s->number = true;
        s->x.vague = n.low != n.high;
        s->x.n = n.low;
        s->i = n.te;
        if (dl_word(w, s->i, "more")) s->i++;
        return;
    }
    if (dl_word(w, s->i, "a") || dl_word(w, s->i, "an") || dl_word(w, s->i, "per")) { s->a = true; s->i++; }
}

/* Nobody's age: "32-year old", "two years old", "years of age". */
static bool is_age(const dl_scan *w, uint32_t i)
{
    uint32_t k = dl_dash_at(w, i);
    if (!k) k = i;
    return dl_word(w, k, "old") || dl_word(w, k, "olds") || (dl_word(w, k, "of") && dl_word(w, k + 1, "age"));
}

/* "later", "before" that shift what stands before them: not if a phrase follows that they govern ("three days before the vote"). */
static bool stands_alone(const dl_scan *w, uint32_t i)
{
    if (i >= w->end) return true;
    const dl_token *t = &w->L->tok[i];
    return t->upos == DL_PUNCT || t->upos == DL_CCONJ || t->upos == DL_ADP || t->upos == DL_SCONJ || t->upos == DL_AUX || (t->upos == DL_VERB && t->xpos != DL_VBG);
}

static bool shift_behind(const dl_scan *w, span *s)
{
    dl_shift b;
    uint32_t dash = s->i < w->end && !w->L->tok[s->i].space_before ? dl_dash_at(w, s->i) : 0, end = dl_shift_at(w, dash ? dash : s->i, &b);        /* "year-ago" */
    if (dash) { if (!end || s->number || s->a || b.sign > 0 || b.before) return false; s->i = dash; }
    if (!end || b.before || b.every) return false;
    const dl_token *t = &w->L->tok[s->i];
    bool plain = !b.anchored || t->upos == DL_ADV;
    if (!plain && !stands_alone(w, end)) return false;
    if (b.anchored && !plain && t->rel == DL_R_case_ && t->head >= end) return false;
    s->x.kind = DL_EX_POINT;
    s->x.has |= DL_HAS_BASE;
    s->x.n *= b.sign;
    s->x.anchored = b.anchored;
    s->behind = true;
    s->i = end;
    return true;
}

/* A unit without number: does something before it make it a stretch of time ("for years", "in a week") or a rate ("twice a day")? */
static bool introduced(const dl_scan *w, uint32_t i)
{
    if (i == w->begin) return false;
    const dl_token *t = &w->L->tok[i - 1];
    return t->upos == DL_ADP || t->upos == DL_SCONJ || t->upos == DL_VERB || t->upos == DL_ADV;
}

static bool rate(const dl_scan *w, uint32_t i)
{
    if (i == w->begin) return false;
    const dl_token *t = &w->L->tok[i - 1];
    return t->upos == DL_NOUN || t->upos == DL_NUM || t->upos == DL_SYM || dl_is(t->low, "once") || dl_is(t->low, "twice") || dl_is(t->low, "times");
}

static void make_point(span *s)
{
    s->x.kind = DL_EX_POINT;
    s->x.has |= DL_HAS_BASE;
    s->x.n = s->shift.sign * 1000;
    s->x.anchored = s->shift.anchored;
}

static void make_window(span *s)
{
    s->x.kind = DL_EX_SPAN;
    s->x.window = s->shift.sign;
    s->x.anchored = s->shift.anchored;
    if (!s->number) { s->x.vague = s->plural; s->x.n = 1000; }
}

/* "second" is a unit only where a number or a plural says so. */
static bool unit_fits(const span *s, dl_tunit u, bool dash, bool of)
{
    if (u == DL_TU_S || u == DL_TU_MIN) return s->plural || (s->number && (dash || s->x.n <= 1000)) || (u == DL_TU_MIN && s->a);
    return u != DL_TU_Q || s->shifted || (s->number && !dash && !of);            /* "three-quarters of" */
}

static bool with_shift(span *s)
{
    dl_tunit u = (dl_tunit)s->x.unit;
    if (s->shift.every) {
        s->x.kind = DL_EX_SET;
        if (!s->number) s->x.n = 1000;
        return true;
    }
    if (s->number || s->plural) { if (s->shift.sign == 0) return false; make_window(s); return true; }
    if (s->a) return false;
    /* "the past year": a stretch up to now; "the next day": a day counted from what was told last */
    if (s->the && s->shift.sign && !s->shift.anchored && u != DL_TU_Q && u != DL_TU_WE && u != DL_TU_CE) {
        if (s->shift.sign < 0 && u != DL_TU_D) { make_window(s); return true; }
        make_point(s);
        s->x.anchored = true;
        return true;
    }
    make_point(s);
    return true;
}

static void read_head(const dl_scan *w, span *s)
{
    uint32_t end;
    dl_str bound = dl_value(w, s->i, DL_LIST_bounds, &end);
    dl_number n;
    bool counts = bound.n && (dl_number_at(w->q, end, w->end, &n) || dl_word(w, end, "a") || dl_word(w, end, "an"));
    if (counts && (w->L->tok[s->i].rel != DL_R_case_ || end > s->i + 1)) { s->bound = bound_mod(bound); s->i = end; }
    if (dl_word(w, s->i, "the") || dl_word(w, s->i, "these") || dl_word(w, s->i, "those")) { s->the = true; s->i++; }
    uint32_t this = dl_word(w, s->i, "this") ? s->i + 1 : s->i;                        /* "this past week" */
    end = this > s->i && dl_shift_at(w, this, &s->shift) && s->shift.before && s->shift.sign ? dl_shift_at(w, s->i = this, &s->shift) : dl_shift_at(w, s->i, &s->shift);
    if (end && s->shift.before) { s->shifted = true; s->the = s->the || dl_word(w, s->i - 1, "the"); s->i = end; }
    if (s->shifted && s->shift.every && dl_word(w, s->i, "other")) { s->x.n = 2000; s->number = true; s->i++; return; }
    int64_t first;
    end = s->shifted ? 0 : dl_ordinal_at(w, s->i, &first);
    if (end && first == 1 && dl_number_at(w->q, end, w->end, &n)) { s->i = end; s->first = true; }                  /* "the first nine months" */
    read_number(w, s);
}

uint32_t dl_span_at(const dl_scan *w, uint32_t i, dl_expr *x)
{
    span s = { .i = i, .bound = "" };
    dl_tunit unit;
    s.x = *x;
    read_head(w, &s);
    uint32_t dash = dl_dash_at(w, s.i), at = dash && (s.number || s.a) ? dash : s.i, end = dl_unit_at(w, at, &unit, &s.plural);
    if (!end || is_age(w, end) || !unit_fits(&s, unit, at != s.i, dl_word(w, end, "of"))) return 0;
    if (w->L->tok[at].text.n <= 3 && !(s.number && unit <= DL_TU_H) && unit != DL_TU_D) return 0;
    s.x.unit = (uint8_t)unit;
    s.i = end;
    if (dl_word(w, end, "and") && dl_word(w, end + 1, "a") && dl_word(w, end + 2, "half")) { s.x.n += 500; s.i = end + 3; }
    if (dl_word(w, s.i, "or") && dl_word(w, s.i + 1, "so")) s.i += 2;
    if (s.plural && !s.number && !s.shifted) { s.x.vague = true; s.x.n = 1000; }
    if (s.shifted) {
        if (!with_shift(&s)) return 0;
    } else if (!shift_behind(w, &s)) {
        bool own = s.number && at == end - 1 && at > i && w->L->tok[i].head == at && !dash;
        if (s.the && !s.first && !own) return 0;                                /* "the two-year term": the article belongs to the noun */
        uint32_t tail = dl_dash_at(w, s.i);
        bool dragging = tail && dl_word(w, tail, "long");                                 /* "a month-long siege", "decades-long" */
        if (dragging) s.i = tail + 1;
        if (!s.number && !dragging && !introduced(w, i)) {
            if (!s.a || !rate(w, i)) return 0;
            s.x.kind = DL_EX_SET;
        } else s.x.kind = DL_EX_SPAN;
    }
    if (*s.bound) s.x.mod = s.bound;
    s.x.tb = i, s.x.te = s.i;
    *x = s.x;
    return s.i;
}
