/* when_parse.c - the grammar of points in time: pieces that grow together.
 *
 * After SynTime's insight (Zhong, Sun, Cambria 2017): a time expression is a time word and the pieces around it, so no rule per phrase is needed. A piece is a month with its day, a weekday, a
 * year, a part of the day, a clock time, "yesterday", "last week". Pieces join when what stands between them allows it and none of their fields is
 * filled twice: "at 3 p.m. on Friday, January 15, 2015" is four of them.
 */
#include "facts/howmany.h"
#include "facts/when.h"

enum { DAY_GRAIN = DL_HAS_DAY | DL_HAS_WEEKDAY };

static const dl_expr EMPTY = { .mod = "", .minute = -1, .hour = -1 };

static bool day_number(const dl_scan *w, uint32_t i, uint32_t *end, int8_t *day)
{
    int64_t v;
    if (i >= w->end) return false;
    const dl_token *t = &w->L->tok[i];
    if (dl_digits(t->text, &v) && t->text.n <= 2) { *end = i + 1; v /= 1000; }
    else if (!(*end = dl_ordinal_at(w, i, &v))) return false;
    *day = (int8_t)(v >= 1 && v <= 31 ? v : 0);
    return *day > 0;
}

/* A number behind a month that counts what follows it: "in January 20 people"; but not "on January 20", "the Aug. 7 bombings". */
static bool counts(const dl_scan *w, uint32_t i, uint32_t month)
{
    const dl_token *t = &w->L->tok[i], *m = &w->L->tok[month];
    bool date = dl_word(w, month - 1, "on") || dl_word(w, month - 1, "the") || dl_word(w, month - 1, ",") || m->text.p[m->text.n - 1] == '.' || dl_dash_at(w, i + 1);
    if (date || t->head >= w->end || w->L->tok[t->head].xpos != DL_NNS) return false;
    return t->rel == DL_R_nummod && t->head > i && t->head != month && t->head < w->end && w->L->tok[t->head].upos == DL_NOUN;
}

/* "3-5", "3 to 5": the second day, or 0. */
static int8_t day_range(const dl_scan *w, uint32_t i, uint32_t *end)
{
    uint32_t k = dl_dash_at(w, i), e;
    int8_t day;
    if (!k && (dl_word(w, i, "to") || dl_word(w, i, "through") || dl_word(w, i, "and"))) k = i + 1;
    if (k && dl_word(w, k, "the")) k++;
    if (!k || !day_number(w, k, &e, &day)) return 0;
    *end = e;
    return day;
}

/* January 15[-17] */
static uint32_t month_first(const dl_scan *w, uint32_t i, dl_expr *x)
{
    uint32_t end = dl_month_at(w, i, &x->month), e, r;
    if (!end) return 0;
    if (dl_starts(w->L->tok[i].low, DL_STR("mid-"))) x->mod = "MID";
    x->has |= DL_HAS_MONTH;
    uint32_t at = end + (dl_word(w, end, "the") ? 1 : 0);
    if (!day_number(w, at, &e, &x->day) || counts(w, at, i) || dl_word(w, e, "%")) { x->day = 0; return end; }
    x->has |= DL_HAS_DAY;
    if (!dl_word(w, e, "and")) {
        int8_t to = day_range(w, e, &r);
        int8_t other;
        if (to > x->day && !dl_month_at(w, r, &other)) { x->day_to = to; return r; }
    }
    return e;
}

/* 15 January, 15th of January, the fifteenth of January, 3-5 March, 3 to 5 March */
static uint32_t day_first(const dl_scan *w, uint32_t i, dl_expr *x)
{
    uint32_t e, end, r;
    int8_t day, to = 0;
    if (!day_number(w, i, &e, &day)) return 0;
    to = day_range(w, e, &r);
    if (to > day) {
        uint32_t m = r + (dl_word(w, r, "of") ? 1 : 0);
        if ((end = dl_month_at(w, m, &x->month))) {
            x->day = day, x->day_to = to;
            x->has |= DL_HAS_MONTH | DL_HAS_DAY;
            return end;
        }
    }
    bool of = dl_word(w, e, "of");
    uint32_t dash = dl_dash_at(w, e), at = of ? e + 1 : dash ? dash : e;
    if (!(end = dl_month_at(w, at, &x->month))) return 0;
    x->day = day;
    x->has |= DL_HAS_MONTH | DL_HAS_DAY;
    int64_t year;
    uint32_t then = dash ? dl_dash_at(w, end) : 0;                                  /* 05-Aug-2016, 19-Nov-12 */
    if (then && then < w->end && dl_digits(w->L->tok[then].text, &year) && (w->L->tok[then].text.n == 4 || w->L->tok[then].text.n == 2)) {
        year /= 1000;
        x->year = (int32_t)(year < 30 ? year + 2000 : year < 100 ? year + 1900 : year);
        x->year_unit = DL_TU_Y;
        x->has |= DL_HAS_YEAR;
        return then + 1;
    }
    x->the = !dl_digit((unsigned char)w->L->tok[i].text.p[0]) || of;
    return end;
}

/* on the 15th: a day of a month that is not named */
static uint32_t day_alone(const dl_scan *w, uint32_t i, dl_expr *x)
{
    int64_t v;
    const dl_token *t = &w->L->tok[i];
    if (!dl_word(w, i - 1, "the") || !dl_word(w, i - 2, "on") || !dl_digit((unsigned char)t->text.p[0])) return 0;
    uint32_t end = dl_ordinal_at(w, i, &v);
    if (!end || v > 31 || (end < w->end && (w->L->tok[end].upos == DL_NOUN || w->L->tok[end].upos == DL_ADJ || w->L->tok[end].upos == DL_PROPN || dl_dash_at(w, end)))) return 0;
    x->day = (int8_t)v;
    x->has |= DL_HAS_DAY;
    x->the = true;
    return end;
}

/* yesterday, tonight, Christmas, 9/11, now: a phrase of the list `time_points` */
static uint32_t listed_point(const dl_scan *w, uint32_t i, dl_expr *x)
{
    uint32_t end;
    dl_str v = dl_value(w, i, DL_LIST_time_points, &end);
    int64_t n = 0, m = 0, d = 0;
    if (!v.n || v.p[0] == 'P' || v.p[0] == 'F' || v.p[0] == 'S') return 0;
    if (v.n == 10 && v.p[4] == '-') {
        if (!dl_str_int(dl_cut(v, 5, 7), &m) || !dl_str_int(dl_cut(v, 8, 10), &d)) return 0;
        x->month = (int8_t)m, x->day = (int8_t)d;
        x->has |= DL_HAS_MONTH | DL_HAS_DAY;
        if (dl_str_int(dl_cut(v, 0, 4), &n)) { x->year = (int32_t)n; x->year_unit = DL_TU_Y; x->has |= DL_HAS_YEAR; }
        return end;
    }
    uint32_t k = 0;
    while (k < v.n && v.p[k] != 'D') k++;
    dl_str count = dl_cut(v, v.p[0] == '+', k);
    if (k == v.n || !dl_str_int(count, &n)) return 0;
    x->unit = DL_TU_D;
    x->n = n * 1000;
    x->has |= DL_HAS_BASE;
    x->the = k + 1 == v.n && n != 0;
    if (k + 3 < v.n) { memcpy(x->part, v.p + k + 2, 2); x->has |= DL_HAS_PART; }
    return end;
}

/* last September, next Friday, this summer, that night, the following Monday, the weekend */
static uint32_t named_field(const dl_scan *w, uint32_t i, dl_expr *x)
{
    dl_shift s;
    bool plural;
    dl_tunit unit;
    uint32_t end = dl_word(w, i, "this") ? dl_shift_at(w, i + 1, &s) : 0, e;
    if (!end || !s.before || !s.sign) end = dl_shift_at(w, i, &s);
    if (!end) {
        e = dl_unit_at(w, i, &unit, &plural);
        if (!e || unit != DL_TU_WE || plural || !dl_word(w, i - 1, "the")) return 0;
        x->has |= DL_HAS_WEEKEND;
        x->the = true;
        return e;
    }
    if (!s.before) return 0;
    if (!(e = month_first(w, end, x)) && !(e = dl_weekday_at(w, end, x)) && !(e = dl_season_at(w, end, true, x)) && !(e = dl_part_at(w, end, x))) return 0;
    if (s.every) { x->kind = DL_EX_SET; x->plural = true; return e; }
    if ((x->has & DL_HAS_PART) && s.sign == 0 && !s.anchored) s.anchored = false;
    x->has_named = true;
    x->named = s.sign;
    x->anchored = s.anchored;
    x->the = true;
    return e;
}

static const char *time_part(const dl_scan *w, uint32_t i, uint32_t *end)
{
    dl_str v = dl_value(w, i, DL_LIST_time_parts, end);
    return dl_is(v, "START") ? "START" : dl_is(v, "MID") ? "MID" : dl_is(v, "END") ? "END" : "";
}

static uint32_t base_piece(const dl_scan *, uint32_t, dl_expr *);

/* "of January", "of the year", "in 2014": what an n-th is an n-th of. */
static bool whole_follows(const dl_scan *w, uint32_t i)
{
    dl_expr x = EMPTY;
    if (!dl_word(w, i, "of") && !dl_word(w, i, "in")) return false;
    uint32_t at = i + 1 + dl_word(w, i + 1, "the");
    if (dl_month_at(w, at, &x.month) || dl_season_at(w, at, true, &x)) return true;
    return dl_word(w, i, "of") && (named_field(w, at, &x) || base_piece(w, at, &x) || dl_year_at(w, at, false, &x));
}

/* first week [of], last Friday [of], third quarter, second half, 19th century */
static uint32_t nth_piece(const dl_scan *w, uint32_t i, dl_expr *x)
{
    int64_t n;
    dl_shift s = { 0, false, false, false };
    uint32_t end = dl_ordinal_at(w, i, &n), e;
    dl_tunit unit;
    bool plural;
    if (!end && (end = dl_shift_at(w, i, &s))) n = -1;
    if (!end || (n < 0 && !(s.before && s.sign < 0 && !s.anchored)) || n > 60) return 0;
    if (dl_dash_at(w, end)) end++;
    if (n > 0 && n <= 2 && dl_word(w, end, "half")) { x->half = (int8_t)n; x->has |= DL_HAS_QUARTER; x->the = true; return dl_word(w, end + 1, "of") ? end + 1 : 0; }
    e = dl_unit_at(w, end, &unit, &plural);
    if (e && unit == DL_TU_CE && n > 0) { x->year = (int32_t)n - 1; x->year_unit = DL_TU_CE; x->has |= DL_HAS_YEAR; x->the = true; return e; }
    if (e && unit == DL_TU_Q && n > 0 && n <= 4) { x->quarter = (int8_t)n; x->has |= DL_HAS_QUARTER; x->the = true; return e; }
    if (e && (plural || unit < DL_TU_D || unit == DL_TU_FN)) return 0;
    if (!e) { dl_expr day = EMPTY; e = dl_weekday_at(w, end, &day); x->nth_weekday = day.weekday; unit = DL_TU_NONE; }
    if (!e || !whole_follows(w, e)) return 0;
    x->nth = (int8_t)n;
    x->nth_unit = (uint8_t)unit;
    x->has |= DL_HAS_NTH;
    x->the = true;
    return e;
}

typedef uint32_t (*reader)(const dl_scan *, uint32_t, dl_expr *);

static uint32_t season_piece(const dl_scan *w, uint32_t i, dl_expr *x) { return dl_season_at(w, i, false, x); }
static uint32_t year_piece(const dl_scan *w, uint32_t i, dl_expr *x) { return dl_year_at(w, i, false, x); }
static uint32_t year_joined(const dl_scan *w, uint32_t i, dl_expr *x) { return dl_year_at(w, i, true, x); }
static uint32_t weekday_piece(const dl_scan *w, uint32_t i, dl_expr *x) { return dl_weekday_at(w, i, x); }

/* "last week", "this year", "the same day", "two days ago": points of dl_span_at alone. */
static uint32_t base_piece(const dl_scan *w, uint32_t i, dl_expr *x)
{
    dl_expr y = *x;
    uint32_t end = dl_span_at(w, i, &y);
    if (!end || y.kind != DL_EX_POINT) return 0;
    *x = y;
    x->the = true;
    return end;
}

/* The longest piece that begins at i. */
static uint32_t piece(const dl_scan *w, uint32_t i, bool joined, dl_expr *out)
{
    static const reader READ[] = { dl_numeric_date, dl_clock_at, day_first, month_first, listed_point, nth_piece, named_field, weekday_piece, base_piece, season_piece, dl_part_at, year_piece, day_alone };
    uint32_t best = 0;
    if (i >= w->end) return 0;
    for (size_t k = 0; k < sizeof READ / sizeof *READ; k++) {
        dl_expr x = EMPTY;
        uint32_t end = (READ[k] == year_piece && joined ? year_joined : READ[k])(w, i, &x);
        if (end > best) { best = end; *out = x; out->tb = i; out->te = end; }
    }
    return best;
}

/* ---- joining ---- */

typedef enum { GLUE_NONE, GLUE_COMMA, GLUE_OF, GLUE_ON, GLUE_AT, GLUE_IN, GLUE_S } glue;

/* May a piece with fields `g` follow one with fields `f`? */
static bool joins(const dl_expr *x, const dl_expr *y, glue by)
{
    uint16_t f = x->has, g = y->has;
    if ((f & g) || x->kind == DL_EX_SET || y->kind == DL_EX_SET || x->has_named + y->has_named > 1) return false;
    bool day = (f & DAY_GRAIN) || ((f & DL_HAS_BASE) && x->unit == DL_TU_D);
    if (g == DL_HAS_YEAR) {
        if (y->year_unit != DL_TU_Y && !(f & DL_HAS_NTH)) return false;
        if (x->has_named) return false;
        if (f & (DL_HAS_SEASON | DL_HAS_QUARTER)) return by == GLUE_NONE || by == GLUE_OF || by == GLUE_IN || by == GLUE_COMMA;
        return (f & DL_HAS_MONTH) ? by == GLUE_NONE || by == GLUE_COMMA || by == GLUE_OF : (f & DL_HAS_NTH) && by == GLUE_OF;
    }
    bool year = (f == DL_HAS_YEAR && x->year_unit == DL_TU_Y) || (f == DL_HAS_BASE && x->unit == DL_TU_Y);
    if (by == GLUE_S || (year && (g == DL_HAS_QUARTER || g == DL_HAS_SEASON))) return year && (g == DL_HAS_QUARTER || g == DL_HAS_SEASON) && (by == GLUE_S || by == GLUE_NONE);
    if (g & DL_HAS_MONTH) {
        if (f == DL_HAS_NTH) return by == GLUE_OF;
        if (f & DL_HAS_WEEKDAY) return (g & DL_HAS_DAY) && (by == GLUE_NONE || by == GLUE_COMMA);
        return !(f & ~(DL_HAS_PART | DL_HAS_CLOCK)) && (g & DL_HAS_DAY) && (by == GLUE_OF || by == GLUE_ON || by == GLUE_NONE || by == GLUE_COMMA);
    }
    if (g == DL_HAS_WEEKDAY) return !(f & ~(DL_HAS_PART | DL_HAS_CLOCK)) ? by == GLUE_NONE || by == GLUE_OF || by == GLUE_ON || (by == GLUE_COMMA && (f & DL_HAS_CLOCK)) : f == DL_HAS_BASE && x->unit == DL_TU_W && (by == GLUE_ON || by == GLUE_NONE);
    if (g == DL_HAS_DAY) return f == DL_HAS_WEEKDAY && by == GLUE_NONE;
    if (g == DL_HAS_PART) return day ? by == GLUE_NONE || (by == GLUE_IN && !(f & DL_HAS_MONTH)) : f == DL_HAS_CLOCK && by == GLUE_IN;
    if (g == DL_HAS_CLOCK) return day && (by == GLUE_AT || by == GLUE_NONE || (by == GLUE_COMMA && (f & DL_HAS_WEEKDAY)));
    if ((g & ~DL_HAS_PART) == DL_HAS_BASE) {
        if (f & DL_HAS_NTH) return by == GLUE_OF;
        if (y->unit == DL_TU_Y) return (f & (DL_HAS_MONTH | DL_HAS_SEASON | DL_HAS_QUARTER)) && !(f & ~(DL_HAS_MONTH | DL_HAS_SEASON | DL_HAS_QUARTER | DL_HAS_DAY)) && (by == GLUE_NONE || by == GLUE_OF);
        if (y->unit == DL_TU_W) return f == DL_HAS_WEEKDAY && (by == GLUE_NONE || by == GLUE_OF);
        if (y->unit == DL_TU_D) return !(f & ~(DL_HAS_PART | DL_HAS_CLOCK)) && (by == GLUE_NONE || by == GLUE_OF || by == GLUE_ON);
        if (y->unit == DL_TU_M) return false;
    }
    return false;
}

static void merge(dl_expr *x, const dl_expr *y)
{
    dl_expr a = *x, b = *y;
    *x = (a.has & DL_HAS_BASE) ? a : b;
    x->has = a.has | b.has;
    x->tb = a.tb, x->te = b.te;
    if (a.has & DL_HAS_YEAR) { x->year = a.year; x->year_unit = a.year_unit; } else { x->year = b.year; x->year_unit = b.year_unit; }
    x->month = a.month ? a.month : b.month;
    if (a.has & DL_HAS_DAY) { x->day = a.day; x->day_to = a.day_to; } else { x->day = b.day; x->day_to = b.day_to; }
    x->weekday = a.weekday ? a.weekday : b.weekday;
    if (a.has & DL_HAS_CLOCK) { x->hour = a.hour; x->minute = a.minute; } else { x->hour = b.hour; x->minute = b.minute; }
    x->quarter = a.quarter ? a.quarter : b.quarter;
    x->half = a.half ? a.half : b.half;
    memcpy(x->season, *a.season ? a.season : b.season, 3);
    memcpy(x->part, *a.part ? a.part : b.part, 3);
    if (a.has & DL_HAS_NTH) { x->nth = a.nth; x->nth_unit = a.nth_unit; x->nth_weekday = a.nth_weekday; }
    x->has_named = a.has_named || b.has_named;
    x->named = a.has_named ? a.named : b.named;
    x->anchored = a.anchored || b.anchored;
    x->the = a.the;
    x->mod = *a.mod ? a.mod : b.mod;
    x->plural = a.plural || (b.plural && b.has == DL_HAS_PART);
}

static glue glue_at(const dl_scan *w, uint32_t i, uint32_t *behind)
{
    glue g = dl_word(w, i, ",") ? GLUE_COMMA : dl_word(w, i, "of") ? GLUE_OF : dl_word(w, i, "on") ? GLUE_ON
           : dl_word(w, i, "at") || dl_word(w, i, "around") || dl_word(w, i, "about") ? GLUE_AT : dl_word(w, i, "in") ? GLUE_IN : dl_word(w, i, "'s") ? GLUE_S : GLUE_NONE;
    *behind = g == GLUE_NONE ? i : i + 1;
    if (g != GLUE_COMMA && dl_word(w, *behind, "the")) ++*behind;
    return g;
}

/* A month with a year before its comma and another date behind it, and the like, are two expressions. */
static void grow(const dl_scan *w, dl_expr *x)
{
    for (int k = 0; k < 5; k++) {
        uint32_t at;
        glue g = glue_at(w, x->te, &at);
        dl_expr y;
        bool month = x->has & (DL_HAS_MONTH | DL_HAS_SEASON | DL_HAS_QUARTER);
        if (!piece(w, at, month, &y) || !joins(x, &y, g)) {
            if (g != GLUE_NONE || !dl_word(w, x->te, "the") || !piece(w, x->te, month, &y) || !joins(x, &y, g)) return;
        }
        if (at > x->te + (g != GLUE_NONE) && !y.the && !(y.has & DAY_GRAIN) && y.has != DL_HAS_PART) return;     /* "of the 2010 attack" */
        merge(x, &y);
    }
}

/* ---- whole expressions ---- */

/* [the] [early|end of] pieces */
static bool point_at(const dl_scan *w, uint32_t i, dl_expr *x)
{
    uint32_t at = i, e;
    bool the = dl_word(w, at, "the");
    if (the) at++;
    const char *mod = time_part(w, i, &e);
    if (*mod) { at = e; the = false; }
    else if (the && *(mod = time_part(w, at, &e))) at = e;
    if (*mod && (w->L->tok[i].upos == DL_VERB || at >= w->end)) return false;
    bool of = *mod && dl_word(w, at - 1, "of");
    uint32_t plain = at;
    if (*mod && dl_dash_at(w, at)) plain = at = dl_dash_at(w, at);
    if (*mod && (dl_word(w, at, "on") || dl_word(w, at, "in"))) at++;
    if (*mod && dl_word(w, at, "the")) at++;
    uint32_t end = piece(w, at, false, x);
    if (!end && at > plain) end = piece(w, plain, false, x);
    if (!end) return false;
    grow(w, x);
    if (x->has == DL_HAS_NTH) return false;                                         /* "the first week" of nothing known */
    bool own = w->L->tok[i].head >= at && w->L->tok[i].head < x->te;                   /* the article is the expression's, not of a noun behind it */
    const dl_token *next = x->te < w->end ? &w->L->tok[x->te] : NULL;
    bool goes_on = next && (next->upos == DL_NOUN || next->upos == DL_PROPN || next->upos == DL_ADJ || next->upos == DL_NUM);
    if (the && !*mod && !(x->the && (own || !goes_on)) && !(own && (x->has & DL_HAS_DAY))) return false;
    if (*mod && !of && x->has == DL_HAS_CLOCK) return false;
    if (*mod) x->mod = mod;
    if (x->kind == DL_EX_NONE) x->kind = x->plural && (x->has & DL_HAS_WEEKDAY) && !(x->has & DL_HAS_DAY) ? DL_EX_SET : DL_EX_POINT;
    x->tb = i;
    return true;
}

/* "earlier this month", "later on Friday": before or after now within it. */
static bool near_at(const dl_scan *w, uint32_t i, dl_expr *x)
{
    dl_shift s;
    uint32_t end = dl_shift_at(w, i, &s), at;
    if (!end || s.before || !s.anchored || w->L->tok[i].upos == DL_ADP) return false;
    at = end + (dl_word(w, end, "on") || dl_word(w, end, "in"));
    if (!piece(w, at, false, x)) return false;
    grow(w, x);
    if (!(x->has & (DL_HAS_BASE | DL_HAS_WEEKDAY)) || (x->has & DL_HAS_BASE && x->n != 0)) return false;
    x->near = s.sign;
    x->mod = s.sign < 0 ? "START" : "END";
    x->kind = DL_EX_POINT;
    x->tb = i;
    return true;
}

/* "recent years", "the next few days": a stretch of some length at the edge of now. */
static void vague_stretch(const dl_scan *w, dl_expr *x, uint32_t end)
{
    dl_tunit unit;
    bool plural;
    if (x->ref.p[1] == 'R' || dl_unit_at(w, end - 1, &unit, &plural) != end || !plural) return;
    x->kind = DL_EX_SPAN;
    x->unit = (uint8_t)unit;
    x->n = 1000;
    x->vague = true;
    x->window = x->ref.p[0] == 'F' ? 1 : -1;
}

/* Whole phrases that stand for now, then and some day. A preposition before them is no part of them; a lone word must be an adverb or a noun. */
static bool ref_at(const dl_scan *w, uint32_t i, dl_expr *x)
{
    uint32_t end, b = i;
    dl_str v = dl_value(w, i, DL_LIST_time_points, &end);
    if (!v.n || (v.p[0] != 'P' && v.p[0] != 'F')) v = dl_value(w, i, DL_LIST_time_vague, &end);
    if (!v.n || (v.p[0] != 'P' && v.p[0] != 'F')) return false;
    const dl_token *t = &w->L->tok[i];
    if (w->L->tok[end - 1].xpos == DL_POS) return false;
    if (end == i + 1 && t->upos != DL_ADV && t->upos != DL_NOUN) return false;
    if (end == i + 1 && (dl_word(w, end, "after") || dl_word(w, end, "before"))) return false;
    if (end > i + 1 && t->upos == DL_ADP) b++;
    *x = EMPTY;
    if (b > i && dl_span_at(w, b, x) > end) return false;                           /* "in the past three days" */
    *x = EMPTY;
    x->kind = DL_EX_REF;
    x->ref = v;
    x->tb = b, x->te = end;
    vague_stretch(w, x, end);
    return true;
}

/* "daily", "every day" of the list: SET-P1D */
static bool listed_set(const dl_scan *w, uint32_t i, dl_expr *x)
{
    uint32_t end;
    dl_str v = dl_value(w, i, DL_LIST_time_points, &end);
    if (!dl_starts(v, DL_STR("SET-"))) return false;
    *x = EMPTY;
    x->kind = DL_EX_SET;
    x->ref = dl_cut(v, 4, v.n);
    x->tb = i, x->te = end;
    return true;
}

/* A bare part of the day ("dawn", "night") needs a word that makes it a time. */
static bool believable(const dl_scan *w, const dl_expr *x)
{
    if (x->kind != DL_EX_POINT || x->has != DL_HAS_PART || x->has_named) return true;
    static const char *const LEAD[] = { "at", "by", "before", "after", "until", "since", "in", "during", "around", "through", "toward", "towards", "from", "late", "early", "mid" };
    bool word = w->L->tok[x->tb].upos == DL_ADV;
    for (size_t k = 0; k < sizeof LEAD / sizeof *LEAD && !word; k++) word = dl_word(w, x->tb - 1, LEAD[k]);
    return word || *x->mod;
}

static bool longest(const dl_scan *w, uint32_t i, dl_expr *x)
{
    dl_expr y[5] = { EMPTY, EMPTY, EMPTY, EMPTY, EMPTY };
    bool found[5] = { point_at(w, i, &y[0]), near_at(w, i, &y[1]), ref_at(w, i, &y[2]), listed_set(w, i, &y[3]), false };
    found[4] = dl_span_at(w, i, &y[4]) > 0;
    int best = -1;
    for (int k = 0; k < 5; k++) {
        if (!found[k] || !believable(w, &y[k])) continue;
        if (best < 0 || y[k].te > y[best].te) best = k;
    }
    if (best < 0) return false;
    *x = y[best];
    return true;
}

/* "from X to Y", "between X and Y", "X - Y": one stretch. Two points of the same kind only. */
static void range_at(const dl_scan *w, dl_arena *mem, dl_expr *x)
{
    uint32_t at = dl_dash_at(w, x->te);
    bool from = dl_word(w, x->tb - 1, "from"), between = dl_word(w, x->tb - 1, "between");
    bool word = (dl_word(w, x->te, "to") && from) || dl_word(w, x->te, "through") || (from && (dl_word(w, x->te, "until") || dl_word(w, x->te, "till"))) || (between && dl_word(w, x->te, "and"));
    if (!at && word) at = x->te + 1;
    if (!at || x->kind != DL_EX_POINT) return;
    dl_expr y;
    const dl_token *t = at < w->end ? &w->L->tok[at] : NULL;
    int64_t v;
    bool short_year = x->has == DL_HAS_YEAR && x->year_unit == DL_TU_Y && t && t->text.n == 2 && dl_digits(t->text, &v) && v / 1000 > x->year % 100;
    if (short_year) { y = EMPTY; y.kind = DL_EX_POINT; y.has = DL_HAS_YEAR; y.year_unit = DL_TU_Y; y.year = x->year / 100 * 100 + (int32_t)(v / 1000); y.tb = at; y.te = at + 1; }
    else if (!longest(w, at, &y) || y.kind != DL_EX_POINT) {
        dl_expr z = EMPTY;
        uint32_t end = x->has == DL_HAS_YEAR ? dl_year_at(w, at, true, &z) : 0;
        if (!end) return;
        y = z; y.kind = DL_EX_POINT; y.tb = at; y.te = end;
    }
    uint16_t core = DL_HAS_YEAR | DL_HAS_MONTH | DL_HAS_DAY | DL_HAS_WEEKDAY | DL_HAS_CLOCK | DL_HAS_SEASON | DL_HAS_BASE;
    uint16_t lacks = (uint16_t)((x->has ^ y.has) & core & ~DL_HAS_YEAR);
    if (lacks || (dl_dash_at(w, x->te) && x->has != y.has && !(y.has & DL_HAS_YEAR))) return;
    if (!(x->has & DL_HAS_YEAR) && (y.has & DL_HAS_YEAR)) {
        x->has |= DL_HAS_YEAR;
        x->year_unit = y.year_unit;
        x->year = y.year - (x->month > y.month);
    }
    dl_expr *to = dl_new(mem, dl_expr, 1);
    *to = y;
    x->to = to;
    x->own = x->te;
    x->te = y.te;
}

/* "since", "before", "by" before it: TIMEX3's mod says on which side of the named time the thing lies. */
static const char *side(const dl_scan *w, uint32_t i)
{
    static const struct { const char *word, *mod; } SIDES[] = {
        { "since", "ON_OR_AFTER" }, { "after", "AFTER" }, { "before", "BEFORE" }, { "until", "ON_OR_BEFORE" }, { "till", "ON_OR_BEFORE" }, { "by", "ON_OR_BEFORE" },
    };
    for (size_t k = 0; k < sizeof SIDES / sizeof *SIDES; k++) if (dl_word(w, i, SIDES[k].word)) return SIDES[k].mod;
    return "";
}

bool dl_expr_at(const dl_scan *w, uint32_t i, dl_arena *mem, dl_expr *x)
{
    if (!longest(w, i, x)) return false;
    range_at(w, mem, x);
    if (x->kind == DL_EX_POINT && !*x->mod && !x->to) x->mod = side(w, x->tb - 1);
    return true;
}
