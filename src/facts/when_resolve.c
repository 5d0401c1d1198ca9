/* when_resolve.c - from an expression to a value: against the day of the report, or against the time that was told last.
 *
 * News tells its dates from the day of the report: a weekday is the nearest one not after it, a month the last one that has begun, unless the verb above it speaks of the
 * future. A text about the past (no publication day, or its dates with years mostly old) tells them from the date mentioned last. What neither gives stays open: XXXX.
 */
#include "facts/match.h"
#include "facts/when.h"

enum { LOOK_BACK = 64, FORWARD = 255 };   /* times told before that are looked at: keeps the work linear; days that a tale may leap forward without naming the year */
typedef struct { dl_day day; dl_str name; dl_period last; dl_str grain; uint32_t sent; } anchor;       /* name: "published", "t2", ""; grain, sent: of the time told last */

/* ---- tense ---- */

static uint32_t head_of(const dl_language *L, const dl_expr *x)
{
    for (uint32_t i = x->te; i-- > x->tb;)
        if (L->tok[i].head < x->tb || L->tok[i].head >= x->te || L->tok[i].head == i) return i;
    return x->te - 1;
}

/* The codebook says that this word makes what hangs on it planned or postponed ("plan", "due", "schedule"). */
static bool plans(const dl_ask *q, uint32_t i)
{
    const dl_hits *h = &q->f->hits;
    for (uint32_t k = h->first[i]; k < h->first[i + 1]; k++) {
        if (h->v[k].posting->kind != DL_P_SENSE) continue;
        const dl_sense *s = dl_book_sense(q->book, h->v[k].posting->id);
        if (s->is_operator && (s->stage == DL_STAGE_planned || s->stage == DL_STAGE_postponed || s->stage == DL_STAGE_threatened)) return true;
    }
    return false;
}

static bool word_in(dl_str s, const char *const *list)
{
    for (; *list; list++) if (dl_is(s, *list)) return true;
    return false;
}

/* What a verb says of its time: -1 past, +1 future, 0 neither. *open: it is no finite verb, so that the one above it decides. */
static int tense(const dl_ask *q, uint32_t v, int depth, bool *open)
{
    static const char *const FUTURE[] = { "will", "'ll", "ll", "wo", "shall", "would", "'d", NULL };
    static const char *const MODAL[] = { "may", "might", "could", "can", "ca", "must", "should", NULL };
    static const char *const PAST[] = { "was", "were", "had", "did", NULL };
    static const char *const PERFECT[] = { "has", "have", "'ve", NULL };
    const dl_language *L = q->lang;
    const dl_token *t = &L->tok[v];
    bool past = t->xpos == DL_VBD, future = false, modal = false, perfect = false, infinitive = false, present = t->xpos == DL_VBZ || t->xpos == DL_VBP;
    DL_EACH_CHILD(L, v, k) {
        uint8_t rel = L->tok[k].rel;
        if (rel == DL_R_aux || rel == DL_R_aux_pass || rel == DL_R_cop) {
            future |= word_in(L->tok[k].low, FUTURE) && rel == DL_R_aux;
            modal |= word_in(L->tok[k].low, MODAL);
            past |= word_in(L->tok[k].low, PAST);
            perfect |= word_in(L->tok[k].low, PERFECT);
            present |= L->tok[k].xpos == DL_VBZ || L->tok[k].xpos == DL_VBP;
        }
        infinitive |= rel == DL_R_mark && dl_is(L->tok[k].low, "to");
    }
    *open = false;
    if (future) return 1;
    bool planned = plans(q, v);
    if (infinitive && !modal && !dl_is_root(L, v) && depth < 4) {
        int above = tense(q, t->head, depth + 1, open);
        *open = false;
        return plans(q, t->head) || above >= 0 ? 1 : 0;
    }
    if (perfect) return -1;
    if (past) return planned ? 0 : -1;
    if (planned && (present || t->xpos == DL_VBN)) return 1;
    if (t->xpos == DL_VBN && !present && (t->rel == DL_R_acl || t->rel == DL_R_amod)) return -1;
    *open = !present && !modal;
    return present && dl_is_verb(t) && !modal ? 2 : 0;
}

/* The expression only tells a noun apart from others: "Wednesday's ruling", "a June agreement". */
static bool modifies_noun(const dl_language *L, uint32_t i)
{
    uint8_t rel = L->tok[i].rel;
    return rel == DL_R_nmod_poss || rel == DL_R_compound || rel == DL_R_amod || rel == DL_R_nmod_unmarked || rel == DL_R_nummod;
}

/* 2: the plain present, which tells of what is arranged ("the summit opens on Friday") or, in titles, of what has happened. */
static int direction(const dl_ask *q, const dl_expr *x)
{
    const dl_language *L = q->lang;
    const dl_sentence *s = &L->sent[L->tok[x->tb].sent];
    uint32_t i = head_of(L, x), before = x->tb > s->first ? x->tb - 1 : DL_NONE;
    bool open = false;
    if (before != DL_NONE && dl_is(L->tok[before].low, "since")) return -1;
    int coming = before != DL_NONE && (dl_is(L->tok[before].low, "by") || dl_is(L->tok[before].low, "until") || dl_is(L->tok[before].low, "till"));
    if (before != DL_NONE && dl_is(L->tok[before].low, "for") && L->tok[before].head == i && L->tok[before].rel == DL_R_case_) return 1;      /* "called a strike for Thursday" */
    if (before != DL_NONE && dl_is(L->tok[before].low, "to"))                             /* "put off to 2 July" */
        for (uint32_t up = i, n = 0; n < 4 && !dl_is_root(L, up); n++) { up = L->tok[up].head; if (dl_is_verb(&L->tok[up])) { if (plans(q, up)) return 1; break; } }
    if (before != DL_NONE && L->tok[before].upos == DL_ADP && before > s->first) before--;
    if (before != DL_NONE && plans(q, before) && (dl_is(L->tok[before].low, "due") ? before == s->first || dl_is(L->tok[before - 1].text, ",") : L->tok[before].upos == DL_ADJ && L->tok[before].rel == DL_R_amod)) return 1;      /* "a meeting, due on Friday, has been postponed" */
    if (before != DL_NONE && !coming && (L->tok[before].xpos == DL_VBD || L->tok[before].xpos == DL_VBN)) {          /* "said on Tuesday that" */
        int d = tense(q, before, 0, &open);
        if (d < 0) return d;
    }
    if (modifies_noun(L, i)) return coming;
    for (int up = 0; up < 8; up++) {
        bool cop = dl_child_by(L, i, DL_R_cop) != DL_NONE || dl_child_by(L, i, DL_R_aux) != DL_NONE;
        if (dl_is_verb(&L->tok[i]) || cop || (up && plans(q, i))) {
            int d = tense(q, i, 0, &open);
            if (d == 2) return q->art->parts.n > s->part && q->art->parts.v[s->part].kind == DL_PART_title ? -1 : coming ? coming : 2;
            if (d || !open) return d ? d : coming;
        }
        if (dl_is_root(L, i)) break;
        i = L->tok[i].head;
    }
    return coming;
}

/* "was due on Thursday": told in the past, but of a day still to come. */
static bool was_due(const dl_ask *q, const dl_expr *x)
{
    const dl_language *L = q->lang;
    uint32_t i = head_of(L, x), p = x->tb;
    while (p > L->sent[L->tok[x->tb].sent].first && p + 3 > x->tb && !plans(q, p)) p--;      /* right before it, whatever the tree says */
    if (plans(q, p) && p < x->tb) { uint32_t c = dl_child_by(L, p, DL_R_cop); if (c == DL_NONE && p > 0) c = p - 1; if (c != DL_NONE && (dl_is(L->tok[c].low, "was") || dl_is(L->tok[c].low, "were"))) return true; }
    for (int up = 0; up < 3 && !dl_is_root(L, i); up++) {
        i = L->tok[i].head;
        if (!plans(q, i)) continue;
        uint32_t c = dl_child_by(L, i, DL_R_cop);
        return c != DL_NONE && (dl_is(L->tok[c].low, "was") || dl_is(L->tok[c].low, "were"));
    }
    return false;
}

/* ---- anchors ---- */

static bool is_ref(const dl_time *t) { return dl_ends(t->value, DL_STR("_REF")); }

/* "The front, founded in 2004, blocked a bridge": a year that only says which front is meant is not the year of what is told. */
static bool aside(const dl_ask *q, const dl_time *t)
{
    const dl_language *L = q->lang;
    uint32_t h = t->te - 1;
    for (uint32_t i = t->tb; i < t->te; i++) if (L->tok[i].head < t->tb || L->tok[i].head >= t->te) h = i;
    if (!dl_is(t->grain, "year") && !dl_is(t->grain, "decade")) return false;
    for (int up = 0; up < 4 && !dl_is_root(L, h); up++) {
        h = L->tok[h].head;
        if (dl_is_verb(&L->tok[h])) return L->tok[h].rel == DL_R_acl || L->tok[h].rel == DL_R_acl_relcl || (L->tok[h].rel == DL_R_advcl && L->tok[h].xpos == DL_VBN && dl_child_by(L, h, DL_R_mark) == DL_NONE);
    }
    return false;
}

/* The time told last that has a day. */
static bool last_told(const dl_ask *q, bool old, anchor *a)
{
    uint32_t n = q->f->times.n;
    for (uint32_t i = n; i-- > 0 && n - i <= LOOK_BACK;) {
        const dl_time *t = &q->f->times.v[i];
        if (t->earliest == DL_NO_DAY || t->latest == DL_NO_DAY || is_ref(t) || t->type == DL_TIME_SET || (old && dl_is(t->anchor, "published")) || (q->art->published == DL_NO_DAY && aside(q, t))) continue;
        a->day = t->earliest;
        a->name = dl_fmt(q->mem, "t%u", i + 1);
        a->last = (dl_period){ .b = t->earliest, .e = t->latest };
        a->grain = t->grain;
        a->sent = q->lang->tok[t->tb].sent;
        return true;
    }
    return false;
}

static anchor anchor_for(const dl_ask *q, const dl_expr *x, bool told_last)
{
    anchor a = { DL_NO_DAY, { "", 0 }, { .b = DL_NO_DAY, .e = DL_NO_DAY }, { "", 0 }, 0 };
    if (told_last && last_told(q, x->old, &a)) return a;
    if (q->art->published == DL_NO_DAY) return a;
    a.day = q->art->published;
    a.name = DL_STR("published");
    a.last = dl_period_day(a.day);
    return a;
}

/* ---- points ---- */

static int weekday_offset(int from, int to) { return (to - from + 7) % 7; }

static dl_day find_weekday(const dl_expr *x, const anchor *a, int dir)
{
    int here = dl_weekday(a->day), ahead = weekday_offset(here, x->weekday), back = weekday_offset(x->weekday, here);
    if (x->has_named && x->named) return x->named > 0 ? a->day + (ahead ? ahead : 7) : a->day - (back ? back : 7);
    if (x->has_named) return dir < 0 ? a->day - back : a->day + ahead;
    return dir == 2 || dir > 0 ? a->day + ahead : a->day - back;
}

/* Year of a month (day 0) or day without year. */
static int find_year(const dl_expr *x, const anchor *a, int dir, bool nearest)
{
    dl_date p = dl_date_of(a->day);
    int m = x->month, d = x->has & DL_HAS_DAY ? x->day : 0;
    if (nearest) {
        dl_day this = dl_day_of(p.y, m, d ? d : 15);
        int64_t gap = (int64_t)this - a->day;
        return gap > FORWARD ? p.y - 1 : gap < FORWARD - 365 ? p.y + 1 : p.y;
    }
    int past = m < p.m || (m == p.m && (!d || d <= p.d + 1)) ? p.y : p.y - 1;
    int future = m > p.m || (m == p.m && (!d || d >= p.d)) ? p.y : p.y + 1;
    if (x->has_named && x->named == 0 && !x->anchored) return p.y;
    if (x->has_named && x->named < 0) return m < p.m ? p.y : p.y - 1;
    if (x->has_named && x->named > 0) return m > p.m ? p.y : p.y + 1;
    if (past == future) return past;
    int ahead = (future - p.y) * 12 + m - p.m, behind = (p.y - past) * 12 + p.m - m;
    if (d && ahead <= 2 && behind >= 10) return future;                              /* nobody leaves out the year of a day so long ago */
    if (d && behind <= 2 && ahead >= 10) return past;
    if (dir == 0 || dir == 2) return ahead <= 3 && behind >= 9 ? future : past;
    return dir > 0 ? future : past;
}

/* A weekday told with a day of a month decides the year where it can. */
static int year_by_weekday(const dl_expr *x, int y)
{
    static const int TRY[] = { 0, -1, 1 };
    for (int k = 0; k < 3; k++)
        if (x->day <= dl_month_days(y + TRY[k], x->month) && dl_weekday(dl_day_of(y + TRY[k], x->month, x->day)) == x->weekday) return y + TRY[k];
    return y;
}

static dl_period unknown(dl_tunit unit) { return (dl_period){ .unit = (uint8_t)unit, .y = DL_NO_YEAR, .b = DL_NO_DAY, .e = DL_NO_DAY }; }

static dl_period month_day(const dl_expr *x, int y)
{
    dl_period p = unknown(x->has & DL_HAS_DAY ? DL_TU_D : DL_TU_M);
    p.m = x->month, p.d = x->day;
    if (y == DL_NO_YEAR) return p;
    int days = dl_month_days(y, x->month);
    if (!(x->has & DL_HAS_DAY)) return dl_period_month(y, x->month);
    p = dl_period_day(dl_day_of(y, x->month, x->day > days ? days : x->day));
    if (x->day_to > x->day) p.e = dl_day_of(y, x->month, x->day_to > days ? days : x->day_to);
    return p;
}

/* The year that a field without one belongs to; names the anchor. */
static int year_for(const dl_ask *q, const dl_expr *x, anchor *a)
{
    if (x->has & DL_HAS_YEAR) { a->name = DL_STR(""); return x->year; }
    *a = anchor_for(q, x, x->old || x->anchored);
    if (a->day == DL_NO_DAY) return DL_NO_YEAR;
    bool told = a->name.n && a->name.p[0] == 't';
    int y = find_year(x, a, direction(q, x), told && !x->has_named);
    return (x->has & DL_HAS_WEEKDAY) && (x->has & DL_HAS_DAY) ? year_by_weekday(x, y) : y;
}

static dl_period season_of(const dl_ask *q, const dl_expr *x, anchor *a)
{
    dl_period p = unknown(DL_TU_SEASON);
    memcpy(p.season, x->season, 3);
    if (x->has & DL_HAS_YEAR) { a->name = DL_STR(""); return dl_period_season(x->year, x->season); }
    *a = anchor_for(q, x, x->old || x->anchored);
    if (a->day == DL_NO_DAY) return p;
    int y = dl_date_of(a->day).y, dir = direction(q, x);
    if (x->has_named && x->named == 0 && strcmp(x->season, "WI")) return dl_period_season(y, x->season);
    dl_period best = dl_period_season(y + 1, x->season);
    bool ahead = (x->has_named && x->named > 0) || (dir == 1 && !(x->has_named && x->named < 0));
    for (int k = 1; k >= -2; k--) {
        dl_period s = dl_period_season(y + k, x->season);
        if (ahead ? s.e >= a->day && !(x->named > 0 && s.b <= a->day) : x->has_named && x->named < 0 ? s.e < a->day : s.b <= a->day) {
            best = s;
            if (!ahead) break;
        }
    }
    return best;
}

static dl_period quarter_of(const dl_ask *q, const dl_expr *x, anchor *a)
{
    dl_period p = unknown(x->quarter ? DL_TU_Q : DL_TU_HALF);
    p.m = x->quarter ? x->quarter : x->half;
    if (x->has & DL_HAS_YEAR) { a->name = DL_STR(""); return dl_period_quarter(x->year, x->quarter, x->half); }
    *a = anchor_for(q, x, x->old || x->anchored);
    if (a->day == DL_NO_DAY) return p;
    int y = dl_date_of(a->day).y;
    dl_period s = dl_period_quarter(y, x->quarter, x->half);
    if (s.b > a->day && direction(q, x) <= 0) s = dl_period_quarter(y - 1, x->quarter, x->half);
    return s;
}

static dl_period day_only(const dl_ask *q, const dl_expr *x, anchor *a)
{
    *a = anchor_for(q, x, x->old);
    dl_period p = unknown(DL_TU_D);
    p.d = x->day;
    if (a->day == DL_NO_DAY) return p;
    dl_date c = dl_date_of(a->day);
    int back = x->day > c.d + 1 && direction(q, x) <= 0;
    dl_day month = dl_add_months(dl_day_of(c.y, c.m, 1), -back);
    c = dl_date_of(month);
    int days = dl_month_days(c.y, c.m);
    return dl_period_day(month + (x->day > days ? days : x->day) - 1);
}

/* Clock times and parts of the day alone belong to the day told last in the same sentence, else to the day of the report. */
static dl_period day_of_clock(const dl_ask *q, const dl_expr *x, anchor *a)
{
    const dl_time *last = q->f->times.n ? &q->f->times.v[q->f->times.n - 1] : NULL;
    bool near = last && q->lang->tok[last->tb].sent + 1 >= q->lang->tok[x->tb].sent && last->earliest != DL_NO_DAY && last->earliest == last->latest;
    *a = anchor_for(q, x, near || x->anchored || q->art->published == DL_NO_DAY);
    if (a->day == DL_NO_DAY || a->last.b != a->last.e) { a->name = DL_STR(""); return unknown(DL_TU_D); }
    dl_period p = dl_period_day(a->day);
    return x->has_named && x->named ? dl_period_day(a->day + x->named) : p;
}

/* "A year earlier" has the grain of what it is earlier than: after "the third quarter" a third quarter, after "November 2" a day. */
static bool same_grain(const dl_ask *q, const dl_expr *x, anchor *a, dl_period *p)
{
    anchor told = *a;
    bool quarter = last_told(q, x->old, &told) && dl_is(told.grain, "quarter") && told.sent + 1 >= q->lang->tok[x->tb].sent;
    dl_tunit u = quarter ? DL_TU_Q : x->anchored && dl_is(a->grain, "month") ? DL_TU_M : x->anchored && dl_is(a->grain, "day") ? DL_TU_D : DL_TU_NONE;
    if (!u || x->n % 1000 || x->n < -500000 || x->n > 500000) return false;
    if (quarter && !x->anchored && x->n != -1000) return false;
    *a = quarter ? told : *a;
    *p = dl_period_of(u, dl_add_months(a->day, (int)(x->n / 1000) * 12));
    return true;
}

/* "last week", "two days ago", "yesterday", "a year earlier", and a field inside them ("January of last year", "Friday last week"). */
static dl_period based(const dl_ask *q, const dl_expr *x, anchor *a)
{
    dl_tunit u = (dl_tunit)x->unit;
    *a = anchor_for(q, x, x->anchored);
    dl_period p = unknown(u <= DL_TU_H ? DL_TU_D : u);
    if (a->day == DL_NO_DAY) { p.m = x->month; if (x->has & DL_HAS_MONTH) p.unit = x->has & DL_HAS_DAY ? DL_TU_D : DL_TU_M, p.d = x->day; return p; }
    bool vague_anchor = x->anchored && u == DL_TU_D && a->last.b != a->last.e && a->last.e - a->last.b > 3;
    if (x->vague || vague_anchor) {
        p.y = DL_NO_YEAR;
        p.b = x->n < 0 || vague_anchor ? DL_NO_DAY : a->day;
        p.e = x->n < 0 && !vague_anchor ? a->day : DL_NO_DAY;
        if (vague_anchor) { p.b = a->last.b; p.e = a->last.e + (x->n > 0); }
        return p;
    }
    if (u == DL_TU_Y && x->has == DL_HAS_BASE && x->n && same_grain(q, x, a, &p)) return p;
    int whole = (int)(x->n / 1000), rest = (int)(x->n % 1000);
    dl_day from = x->n > 0 && u == DL_TU_D ? a->last.e : a->day;
    p = dl_period_shift(u, from, whole);
    if (rest && u == DL_TU_Y) p = dl_period_shift(DL_TU_M, from, (int)(x->n * 12 / 1000));
    if (x->has & DL_HAS_MONTH) { int y = dl_date_of(p.b).y; return month_day(x, y); }
    if (x->has & DL_HAS_SEASON) return dl_period_season(dl_date_of(p.b).y, x->season);
    if (x->has & DL_HAS_QUARTER) return dl_period_quarter(dl_date_of(p.b).y, x->quarter, x->half);
    if ((x->has & DL_HAS_WEEKDAY) && u == DL_TU_W) return dl_period_day(p.b + x->weekday - 1);
    return p;
}

static dl_period outer(const dl_ask *q, const dl_expr *x, anchor *a)
{
    if (x->has & DL_HAS_BASE) return based(q, x, a);
    if (x->has & DL_HAS_MONTH) return month_day(x, year_for(q, x, a));
    if (x->has & DL_HAS_SEASON) return season_of(q, x, a);
    if (x->has & DL_HAS_QUARTER) return quarter_of(q, x, a);
    if (x->has & DL_HAS_YEAR) return x->year_unit == DL_TU_Y ? dl_period_year(x->year) : dl_period_long((dl_tunit)x->year_unit, x->year);
    if (x->has & DL_HAS_WEEKEND) {
        *a = anchor_for(q, x, x->anchored);
        if (a->day == DL_NO_DAY) return unknown(DL_TU_WE);
        dl_period p = dl_period_of(DL_TU_WE, a->day);
        return p.b > a->day && direction(q, x) <= 0 ? dl_period_shift(DL_TU_WE, a->day, -1) : p;
    }
    if (x->has & DL_HAS_WEEKDAY) {
        *a = anchor_for(q, x, x->anchored || q->art->published == DL_NO_DAY);
        bool exact = a->day != DL_NO_DAY && (a->name.p[0] != 't' || a->last.e - a->last.b < 7);
        return exact ? dl_period_day(find_weekday(x, a, (a->name.p[0] == 't' || was_due(q, x)) && !x->has_named ? 1 : direction(q, x))) : unknown(DL_TU_D);
    }
    if (x->has & DL_HAS_DAY) return day_only(q, x, a);
    return day_of_clock(q, x, a);
}

/* "the last week of January", "the first Friday of March": the n-th inside what was found. */
static dl_period nth_inside(const dl_expr *x, dl_period in)
{
    if (in.b == DL_NO_DAY || in.e == DL_NO_DAY) return unknown(x->nth_unit ? (dl_tunit)x->nth_unit : DL_TU_D);
    if (x->nth_unit == DL_TU_NONE) {
        dl_day first = in.b + weekday_offset(dl_weekday(in.b), x->nth_weekday), last = in.e - weekday_offset(x->nth_weekday, dl_weekday(in.e));
        return dl_period_day(x->nth < 0 ? last : first + 7 * (x->nth - 1));
    }
    dl_tunit u = (dl_tunit)x->nth_unit;
    if (u == DL_TU_W) {                                       /* weeks of a month are counted by sevens */
        dl_day b = x->nth < 0 ? in.e - 6 : in.b + 7 * (x->nth - 1);
        dl_period p = dl_period_of(u, b + 3);
        p.b = b, p.e = b + 6;
        return p;
    }
    return dl_period_shift(u, x->nth < 0 ? in.e : in.b, x->nth < 0 ? 0 : x->nth - 1);
}

/* ---- writing it down ---- */

static void finish_point(dl_ask *q, const dl_expr *x, const dl_period *p, dl_time *out)
{
    bool clock = x->has & DL_HAS_CLOCK, part = x->has & DL_HAS_PART;
    dl_tunit u = (dl_tunit)p->unit;
    dl_str v = dl_period_value(q->mem, p);
    if (u == DL_TU_D && p->y == DL_NO_YEAR)
        v = (x->has & DL_HAS_MONTH) ? v : (x->has & DL_HAS_WEEKDAY) ? dl_fmt(q->mem, "XXXX-WXX-%d", x->weekday) : (x->has & DL_HAS_DAY) ? dl_fmt(q->mem, "XXXX-XX-%02d", x->day) : DL_STR("XXXX-XX-XX");
    if (u != DL_TU_D && u != DL_TU_Y && p->y == DL_NO_YEAR && !p->m && u != DL_TU_SEASON)
        v = u == DL_TU_W ? DL_STR("XXXX-WXX") : u == DL_TU_WE ? DL_STR("XXXX-WXX-WE") : u == DL_TU_M ? DL_STR("XXXX-XX") : u == DL_TU_Q ? DL_STR("XXXX-QX") : v;
    bool whole = !(p->y == DL_NO_YEAR && !(x->has & (DL_HAS_MONTH | DL_HAS_SEASON)));
    out->edtf = whole ? dl_period_edtf(q->mem, p) : dl_edtf_between(q->mem, p->b, p->e);
    if (u == DL_TU_D && p->y != DL_NO_YEAR && p->b != p->e) {
        dl_period last = dl_period_day(p->e);
        out->edtf = dl_edtf_between(q->mem, p->b, p->e);
        dl_str to = dl_period_value(q->mem, &last);
        v = dl_fmt(q->mem, "%.*s/%.*s", (int)v.n, v.p, (int)to.n, to.p);
    }
    out->type = clock || part || ((x->has & DL_HAS_BASE) && x->unit <= DL_TU_H) ? DL_TIME_TIME : DL_TIME_DATE;
    out->grain = clock ? x->minute > 0 ? DL_STR("minute") : DL_STR("hour") : dl_grain_name(u);
    if (clock) v = dl_fmt(q->mem, "%.*sT%02d:%02d", (int)v.n, v.p, x->hour, x->minute > 0 ? x->minute : 0);
    else if (part) v = dl_fmt(q->mem, "%.*sT%s", (int)v.n, v.p, x->part);
    if ((x->has & DL_HAS_BASE) && x->vague && !x->anchored) v = x->n < 0 ? DL_STR("PAST_REF") : DL_STR("FUTURE_REF");
    out->value = v;
    out->earliest = p->b;
    out->latest = p->e;
}

static void resolve_point(dl_ask *q, const dl_expr *x, dl_time *out)
{
    anchor a = { DL_NO_DAY, { "", 0 }, { .b = DL_NO_DAY, .e = DL_NO_DAY }, { "", 0 }, 0 };
    dl_period p = outer(q, x, &a);
    if (x->has & DL_HAS_NTH) p = nth_inside(x, p);
    dl_day now = q->art->published;
    finish_point(q, x, &p, out);
    dl_period_cut(&p, x->near ? "" : x->mod);
    if (x->near < 0 && now != DL_NO_DAY && p.b <= now && now < p.e) p.e = now;
    if (x->near > 0 && now != DL_NO_DAY && p.b < now && now <= p.e) p.b = now;
    out->earliest = p.b;
    out->latest = p.e;
    out->anchor = a.name;
}

static dl_str length_text(dl_arena *m, const dl_expr *x)
{
    static const char *const UNIT[] = { "", "S", "M", "H", "D", "W", "M", "Y", "Q", "DE", "CE", "WE", "W" };
    int64_t n = x->unit == DL_TU_FN ? x->n * 2 : x->n;
    const char *u = x->unit < sizeof UNIT / sizeof *UNIT ? UNIT[x->unit] : "", *t = x->unit && x->unit <= DL_TU_H ? "T" : "";
    if (x->vague) return dl_fmt(m, "P%sX%s", t, u);
    if (n % 1000 == 0) return dl_fmt(m, "P%s%lld%s", t, (long long)(n / 1000), u);
    return n % 100 == 0 ? dl_fmt(m, "P%s%lld.%lld%s", t, (long long)(n / 1000), (long long)(n % 1000 / 100), u)
                        : dl_fmt(m, "P%s%lld.%03lld%s", t, (long long)(n / 1000), (long long)(n % 1000), u);
}

static dl_day far_edge(const dl_expr *x, dl_day from, int sign)
{
    int64_t n = x->n / 1000;
    if (n > 4000) n = 4000;
    int k = sign * (int)n;
    switch (x->unit) {
    case DL_TU_D: return from + k;
    case DL_TU_W: case DL_TU_WE: return from + 7 * k;
    case DL_TU_FN: return from + 14 * k;
    case DL_TU_M: return dl_add_months(from, k);
    case DL_TU_Q: return dl_add_months(from, 3 * k);
    case DL_TU_Y: return dl_add_months(from, 12 * k);
    case DL_TU_DE: return dl_add_months(from, 120 * (k > 100 ? 100 : k < -100 ? -100 : k));
    default: return from;
    }
}

static dl_str common_part(dl_arena *m, dl_day b, dl_day e)
{
    dl_date p = dl_date_of(b), r = dl_date_of(e);
    if (p.y != r.y) return dl_edtf_between(m, b, e);
    return p.m == r.m ? dl_fmt(m, "%04d-%02d", p.y, p.m) : dl_fmt(m, "%04d", p.y);
}

/* "the past three days" ends today; "the following days" begin behind what was told last, and end when nothing more can have been told. */
static void resolve_span(dl_ask *q, const dl_expr *x, dl_time *out)
{
    out->type = DL_TIME_DURATION;
    out->value = length_text(q->mem, x);
    out->grain = dl_grain_name((dl_tunit)x->unit);
    if (!x->window) return;
    anchor a = anchor_for(q, x, x->anchored);
    out->anchor = a.name;
    if (a.day == DL_NO_DAY) return;
    bool told = a.name.p[0] == 't';
    dl_day now = q->art->published, start = told ? a.last.b + 1 : a.day;
    if (x->window > 0) {
        out->earliest = start;
        out->latest = !x->vague ? far_edge(x, told ? a.last.e : a.day, 1) : told && now != DL_NO_DAY && now > start ? now : DL_NO_DAY;
    } else {
        out->latest = told ? a.last.b - 1 : a.day;
        out->earliest = x->vague ? DL_NO_DAY : far_edge(x, a.day, -1);
    }
    bool closed = out->earliest != DL_NO_DAY && out->latest != DL_NO_DAY;
    out->edtf = x->vague && closed ? common_part(q->mem, out->earliest, out->latest) : dl_edtf_between(q->mem, out->earliest, out->latest);
}

static void resolve_set(dl_ask *q, const dl_expr *x, dl_time *out)
{
    out->type = DL_TIME_SET;
    const char *t = (x->has & DL_HAS_PART) ? "T" : "";
    if (x->ref.n) {
        int64_t dash = dl_find(x->ref, DL_STR("-"), 0);
        out->value = dash > 0 ? dl_fmt(q->mem, "XXXX-XX-XXT%.*s", (int)(x->ref.n - dash - 1), x->ref.p + dash + 1) : x->ref;
    } else if (x->has & DL_HAS_WEEKDAY) out->value = dl_fmt(q->mem, "XXXX-WXX-%d%s%s", x->weekday, t, x->part);
    else if (x->has & DL_HAS_MONTH) out->value = dl_fmt(q->mem, "XXXX-%02d", x->month);
    else if (x->has & DL_HAS_SEASON) out->value = dl_fmt(q->mem, "XXXX-%s", x->season);
    else if (x->has & DL_HAS_PART) out->value = dl_fmt(q->mem, "XXXX-XX-XXT%s", x->part);
    else out->value = length_text(q->mem, x);
    out->grain = dl_grain_name(x->unit ? (dl_tunit)x->unit : DL_TU_D);
}

static void resolve_ref(dl_ask *q, const dl_expr *x, dl_time *out)
{
    dl_day now = q->art->published;
    bool past = x->ref.p[0] == 'P' && x->ref.n > 1 && x->ref.p[1] == 'A', future = x->ref.p[0] == 'F';
    out->type = DL_TIME_DATE;
    out->value = x->ref;
    if (now == DL_NO_DAY) return;
    out->anchor = DL_STR("published");
    if (!past) out->earliest = now;
    if (!future) out->latest = now;
    out->edtf = dl_edtf_between(q->mem, out->earliest, out->latest);
}

/* "from August to October": the first month is the one before the second. */
static void share_year(dl_expr *x, const dl_time *end)
{
    if ((x->has & (DL_HAS_YEAR | DL_HAS_BASE)) || !(x->has & DL_HAS_MONTH) || end->latest == DL_NO_DAY || x->has_named) return;
    x->year = dl_date_of(end->latest).y - (x->month > x->to->month);
    x->year_unit = DL_TU_Y;
    x->has |= DL_HAS_YEAR;
}

static bool plain_edtf(dl_str s) { return s.n && !memchr(s.p, '/', s.n) && !memchr(s.p, '.', s.n); }

void dl_resolve(dl_ask *q, dl_expr *x, dl_time *out)
{
    dl_str none = { "", 0 };
    *out = (dl_time){ .tb = x->tb, .te = x->te, .value = none, .mod = dl_str_of(x->mod), .edtf = none, .earliest = DL_NO_DAY, .latest = DL_NO_DAY, .grain = none, .anchor = none };
    const dl_token *t = q->lang->tok;
    out->at = (dl_span){ t[x->tb].at.b, t[x->te - 1].at.e };
    if (x->kind == DL_EX_SPAN) { resolve_span(q, x, out); return; }
    if (x->kind == DL_EX_SET) { resolve_set(q, x, out); return; }
    if (x->kind == DL_EX_REF) { resolve_ref(q, x, out); return; }
    dl_time end;
    if (x->to) { dl_resolve(q, x->to, &end); share_year(x, &end); }
    resolve_point(q, x, out);
    if (!x->to) return;
    if (out->earliest != DL_NO_DAY && end.latest != DL_NO_DAY && end.latest < out->earliest) {          /* no stretch after all: two times */
        x->te = out->te = x->own;
        out->at.e = t[x->te - 1].at.e;
        return;
    }
    out->value = dl_fmt(q->mem, "%.*s/%.*s", (int)out->value.n, out->value.p, (int)end.value.n, end.value.p);
    if (!out->anchor.n) out->anchor = end.anchor;
    bool plain = plain_edtf(out->edtf) && plain_edtf(end.edtf);
    out->latest = end.latest;
    out->edtf = plain ? dl_fmt(q->mem, "%.*s/%.*s", (int)out->edtf.n, out->edtf.p, (int)end.edtf.n, end.edtf.p) : dl_edtf_between(q->mem, out->earliest, out->latest);
}
