/* when_calendar.c - periods of the calendar: the one that holds a day, the one n later, their first and last day, and how TIMEX3 and EDTF write them.
 *
 * EDTF is ISO 8601-2: 199X a decade, 2014-22 a summer, 2015-33 a first quarter; it has no weeks and no weekends: those are intervals.
 */
#include "facts/when.h"

static dl_period named(dl_tunit unit, int y, int m, dl_day b, dl_day e) { return (dl_period){ .unit = (uint8_t)unit, .y = y, .m = (int8_t)m, .b = b, .e = e }; }

dl_period dl_period_day(dl_day d)
{
    dl_date c = dl_date_of(d);
    dl_period p = named(DL_TU_D, c.y, c.m, d, d);
    p.d = c.d;
    return p;
}

dl_period dl_period_month(int y, int m) { return named(DL_TU_M, y, m, dl_day_of(y, m, 1), dl_day_of(y, m, dl_month_days(y, m))); }
dl_period dl_period_year(int y) { return named(DL_TU_Y, y, 0, dl_day_of(y, 1, 1), dl_day_of(y, 12, 31)); }

dl_period dl_period_quarter(int y, int quarter, int half)
{
    int first = quarter ? quarter * 3 - 2 : half * 6 - 5, last = quarter ? quarter * 3 : half * 6;
    return named(quarter ? DL_TU_Q : DL_TU_HALF, y, quarter ? quarter : half, dl_day_of(y, first, 1), dl_day_of(y, last, dl_month_days(y, last)));
}

/* Northern seasons by whole months; winter is named by the year of its December. */
dl_period dl_period_season(int y, const char *season)
{
    int first = !strcmp(season, "SP") ? 3 : !strcmp(season, "SU") ? 6 : !strcmp(season, "FA") ? 9 : 12, last_y = first == 12 ? y + 1 : y, last = first == 12 ? 2 : first + 2;
    dl_period p = named(DL_TU_SEASON, y, 0, dl_day_of(y, first, 1), dl_day_of(last_y, last, dl_month_days(last_y, last)));
    memcpy(p.season, season, 3);
    return p;
}

dl_period dl_period_long(dl_tunit unit, int n)
{
    int years = unit == DL_TU_DE ? 10 : 100;
    return named(unit, n, 0, dl_day_of(n * years, 1, 1), dl_day_of(n * years + years - 1, 12, 31));
}

static dl_period week_of(dl_day d)
{
    dl_day monday = d - (dl_weekday(d) - 1);
    int y, week;
    dl_iso_week(d, &y, &week);
    return named(DL_TU_W, y, week, monday, monday + 6);
}

static int floor_div(int a, int b) { return a / b - (a % b < 0); }

dl_period dl_period_of(dl_tunit unit, dl_day d)
{
    dl_date c = dl_date_of(d);
    dl_period p;
    switch (unit) {
    case DL_TU_W:
    case DL_TU_FN: return week_of(d);
    case DL_TU_WE: p = week_of(d); p.unit = DL_TU_WE; p.b += 5; return p;
    case DL_TU_M:  return dl_period_month(c.y, c.m);
    case DL_TU_Q:  return dl_period_quarter(c.y, (c.m + 2) / 3, 0);
    case DL_TU_HALF: return dl_period_quarter(c.y, 0, c.m > 6 ? 2 : 1);
    case DL_TU_Y:  return dl_period_year(c.y);
    case DL_TU_DE: return dl_period_long(unit, floor_div(c.y, 10));
    case DL_TU_CE: return dl_period_long(unit, floor_div(c.y, 100));
    default:       return dl_period_day(d);
    }
}

dl_period dl_period_shift(dl_tunit unit, dl_day from, int n)
{
    if (n > 4000) n = 4000;
    if (n < -4000) n = -4000;
    switch (unit) {
    case DL_TU_W:
    case DL_TU_WE: return dl_period_of(unit, from + 7 * n);
    case DL_TU_FN: return dl_period_of(unit, from + 14 * n);
    case DL_TU_M:  return dl_period_of(unit, dl_add_months(from, n));
    case DL_TU_Q:  return dl_period_of(unit, dl_add_months(from, 3 * n));
    case DL_TU_HALF: return dl_period_of(unit, dl_add_months(from, 6 * n));
    case DL_TU_Y:  return dl_period_of(unit, dl_add_months(from, 12 * n));
    case DL_TU_DE: return dl_period_of(unit, dl_add_months(from, 120 * (n > 100 ? 100 : n < -100 ? -100 : n)));
    case DL_TU_CE: return dl_period_of(unit, dl_add_months(from, 1200 * (n > 10 ? 10 : n < -10 ? -10 : n)));
    case DL_TU_D:  return dl_period_day(from + n);
    default:       return dl_period_day(from);
    }
}

/* ---- how they are written ---- */

static dl_str year_text(dl_arena *a, int y) { return y == DL_NO_YEAR ? dl_copy(a, DL_STR("XXXX")) : y <= 0 ? dl_fmt(a, "BC%04d", 1 - y) : dl_fmt(a, "%04d", y); }

dl_str dl_period_value(dl_arena *a, const dl_period *p)
{
    dl_str y = year_text(a, p->y);
    int n = (int)y.n;
    switch (p->unit) {
    case DL_TU_D:    return dl_fmt(a, "%.*s-%02d-%02d", n, y.p, p->m, p->d);
    case DL_TU_W:    return dl_fmt(a, "%.*s-W%02d", n, y.p, p->m);
    case DL_TU_WE:   return dl_fmt(a, "%.*s-W%02d-WE", n, y.p, p->m);
    case DL_TU_M:    return dl_fmt(a, "%.*s-%02d", n, y.p, p->m);
    case DL_TU_Q:    return dl_fmt(a, "%.*s-Q%d", n, y.p, p->m);
    case DL_TU_HALF: return dl_fmt(a, "%.*s-H%d", n, y.p, p->m);
    case DL_TU_SEASON: return dl_fmt(a, "%.*s-%s", n, y.p, p->season);
    case DL_TU_DE:   return p->y == DL_NO_YEAR ? y : dl_fmt(a, "%03d", p->y);
    case DL_TU_CE:   return p->y == DL_NO_YEAR ? y : dl_fmt(a, "%02d", p->y);
    default:         return y;
    }
}

static int season_number(const char *s) { return !strcmp(s, "SP") ? 21 : !strcmp(s, "SU") ? 22 : !strcmp(s, "FA") ? 23 : 24; }

dl_str dl_period_edtf(dl_arena *a, const dl_period *p)
{
    dl_str y = year_text(a, p->y);
    if (p->y <= 0 && p->y != DL_NO_YEAR && p->unit <= DL_TU_Y) return dl_fmt(a, p->y ? "-%04d" : "%04d", -p->y);       /* years alone are enough before our era */
    int n = (int)y.n;
    switch (p->unit) {
    case DL_TU_W:
    case DL_TU_WE:   return dl_edtf_between(a, p->b, p->e);
    case DL_TU_Q:    return dl_fmt(a, "%.*s-%d", n, y.p, 32 + p->m);
    case DL_TU_HALF: return dl_fmt(a, "%.*s-%d", n, y.p, 39 + p->m);
    case DL_TU_SEASON: return dl_fmt(a, "%.*s-%d", n, y.p, season_number(p->season));
    case DL_TU_DE:   return p->y == DL_NO_YEAR ? DL_STR("") : dl_fmt(a, "%03dX", p->y);
    case DL_TU_CE:   return p->y == DL_NO_YEAR ? DL_STR("") : dl_fmt(a, "%02dXX", p->y);
    default:         return dl_period_value(a, p);
    }
}

dl_str dl_edtf_between(dl_arena *a, dl_day b, dl_day e)
{
    char from[16], to[16];
    if (b == DL_NO_DAY && e == DL_NO_DAY) return DL_STR("");
    if (b != DL_NO_DAY) dl_day_iso(b, from);
    if (e != DL_NO_DAY) dl_day_iso(e, to);
    if (b == DL_NO_DAY) return dl_fmt(a, "[..%s]", to);
    if (e == DL_NO_DAY) return dl_fmt(a, "[%s..]", from);
    return b == e ? dl_copy(a, dl_str_of(from)) : dl_fmt(a, "%s/%s", from, to);
}

dl_str dl_grain_name(dl_tunit u)
{
    static const char *const NAME[] = { "", "second", "minute", "hour", "day", "week", "month", "year", "quarter", "decade", "century", "weekend", "fortnight", "season", "half" };
    return dl_str_of(u < sizeof NAME / sizeof *NAME ? NAME[u] : "");
}

/* Thirds: of a year by months, of a decade by years, else by days (the first ten of January). */
void dl_period_cut(dl_period *p, const char *mod)
{
    if (p->b == DL_NO_DAY || p->e == DL_NO_DAY || p->b == p->e) return;
    int third = (p->e - p->b + 1) / 3, which = !strcmp(mod, "START") ? 0 : !strcmp(mod, "MID") ? 1 : !strcmp(mod, "END") ? 2 : -1;
    if (which < 0) return;
    dl_day one = p->b + third, two = p->e - third + 1;
    if (p->unit == DL_TU_Y) { one = dl_day_of(p->y, 5, 1); two = dl_day_of(p->y, 9, 1); }
    if (p->unit == DL_TU_DE) { one = dl_day_of(p->y * 10 + 4, 1, 1); two = dl_day_of(p->y * 10 + 7, 1, 1); }
    if (p->unit == DL_TU_CE) { one = dl_day_of(p->y * 100 + 34, 1, 1); two = dl_day_of(p->y * 100 + 67, 1, 1); }
    if (which != 0) p->b = which == 1 ? one : two;
    if (which != 2) p->e = which == 1 ? two - 1 : one - 1;
}
