/* civil.c - days of the Gregorian calendar. The two conversions follow Hinnant, "chrono-Compatible Low-Level Date Algorithms":
 * the year is taken to begin in March, so that the leap day comes last. */
#include "base/civil.h"

enum { FAR = 5000000 };                              /* years either way: their days fit in 32 bits */

bool dl_leap(int y) { return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0); }

int dl_month_days(int y, int m)
{
    static const int8_t days[13] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (m < 1 || m > 12) return 0;
    return days[m] + (m == 2 && dl_leap(y));
}

dl_day dl_day_of(int y, int m, int d)
{
    if (y < -FAR || y > FAR || d < 1 || d > dl_month_days(y, m)) return DL_NO_DAY;
    y -= m <= 2;
    int era = (y >= 0 ? y : y - 399) / 400, year = y - era * 400;
    int of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    return era * 146097 + year * 365 + year / 4 - year / 100 + of_year - 719468;
}

dl_date dl_date_of(dl_day day)
{
    if (day == DL_NO_DAY) return (dl_date){ 0 };
    int64_t z = (int64_t)day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
    int of_era = (int)(z - era * 146097);
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    int m = month < 10 ? month + 3 : month - 9;
    return (dl_date){ (int32_t)(year + era * 400 + (m <= 2)), (int8_t)m, (int8_t)(of_year - (153 * month + 2) / 5 + 1) };
}

int dl_weekday(dl_day day)
{
    return (int)(((int64_t)day + 3) % 7 + 7) % 7 + 1; /* 1970-01-01 was a Thursday */
}

/* A week belongs to the year of its Thursday. */
void dl_iso_week(dl_day day, int *year, int *week)
{
    dl_day thursday = day - dl_weekday(day) + 4;
    *year = dl_date_of(thursday).y;
    *week = (thursday - dl_day_of(*year, 1, 1)) / 7 + 1;
}

dl_day dl_iso_week_monday(int year, int week)
{
    dl_day fourth = dl_day_of(year, 1, 4);           /* always in week 1 */
    return fourth == DL_NO_DAY ? DL_NO_DAY : fourth - dl_weekday(fourth) + 1 + 7 * (week - 1);
}

dl_day dl_add_months(dl_day day, int months)
{
    if (day == DL_NO_DAY) return DL_NO_DAY;
    dl_date t = dl_date_of(day);
    int64_t all = (int64_t)t.y * 12 + (t.m - 1) + months;
    int64_t y = (all >= 0 ? all : all - 11) / 12;
    if (y < -FAR || y > FAR) return DL_NO_DAY;
    int m = (int)(all - y * 12) + 1, last = dl_month_days((int)y, m);
    return dl_day_of((int)y, m, t.d < last ? t.d : last);
}

/* ---- days as they are written --------------------------------------------------------------------------------------- */

/* The number of up to nine digits at *i; moves behind it and says how many digits it had. Longer runs are passed over with value -1. */
static int number(dl_str s, uint32_t *i, int *length)
{
    uint32_t b = *i;
    int v = 0;
    while (*i < s.n && dl_digit((unsigned char)s.p[*i])) {
        if (*i - b < 9) v = v * 10 + (s.p[*i] - '0');
        ++*i;
    }
    *length = (int)(*i - b);
    return *length > 9 ? -1 : v;
}

static dl_day sane(int y, int m, int d)
{
    return y >= 1000 && y <= 2999 ? dl_day_of(y, m, d) : DL_NO_DAY;
}

/* 2015-01-26 or 2015/1/26, anything behind the day that is not a digit. */
static dl_day parse_iso(dl_str s)
{
    uint32_t i = 0;
    int length, y = number(s, &i, &length);
    if (length != 4 || i >= s.n || (s.p[i] != '-' && s.p[i] != '/')) return DL_NO_DAY;
    char between = s.p[i++];
    int m = number(s, &i, &length);
    if (length < 1 || length > 2 || i >= s.n || s.p[i++] != between) return DL_NO_DAY;
    int d = number(s, &i, &length);
    return length < 1 || length > 2 ? DL_NO_DAY : sane(y, m, d);
}

static uint32_t leading_digits(dl_str s)
{
    uint32_t n = 0;
    while (n < s.n && dl_digit((unsigned char)s.p[n])) n++;
    return n;
}

/* 20150126, 20150126T101500Z, 20150126101500; the caller has seen that n digits lead. */
static dl_day parse_compact(dl_str s, uint32_t n)
{
    if (n != 8 && n != 12 && n != 14) return DL_NO_DAY;
    if (n < s.n && dl_alpha((unsigned char)s.p[n]) && s.p[n] != 'T' && s.p[n] != 'Z') return DL_NO_DAY;
    int part[3];
    static const uint8_t cut[4] = { 0, 4, 6, 8 };
    for (int k = 0; k < 3; k++) {
        int length;
        uint32_t i = 0;
        part[k] = number(dl_cut(s, cut[k], cut[k + 1]), &i, &length);
    }
    return sane(part[0], part[1], part[2]);
}

/* Seconds since 1970 (9 or 10 digits), or milli-, micro- or nanoseconds; decimals are dropped. */
static dl_day parse_epoch(dl_str s, uint32_t n)
{
    if (n < 9 || n > 19 || (n < s.n && s.p[n] != '.')) return DL_NO_DAY;
    if (n < s.n && leading_digits(dl_cut(s, n + 1, s.n)) != s.n - n - 1) return DL_NO_DAY;
    int64_t v;
    if (!dl_str_int(dl_cut(s, 0, n), &v)) return DL_NO_DAY;
    for (uint32_t scale = n; scale >= 12; scale -= 3) v /= 1000;
    int64_t day = v / 86400;
    return day < 200000 ? (dl_day)day : DL_NO_DAY;   /* up to the year 2517 */
}

/* 1..12 for an English month's name or its first three letters (or "Sept"), else 0. */
static int month_named(dl_str w)
{
    static const char *const names[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december" };
    if (w.n < 3) return 0;
    for (int m = 0; m < 12; m++) {
        size_t n = strlen(names[m]), same = 0;
        while (same < n && same < w.n && (char)dl_tolower((unsigned char)w.p[same]) == names[m][same]) same++;
        if (same == w.n && (w.n == 3 || w.n == n || (m == 8 && w.n == 4))) return m + 1;
    }
    return 0;
}

typedef struct { int y, m, d; bool fresh_month; } found;

/* One number among words: a day, a year, or the time and zone of day, which are passed over. `b` is where it begins. */
static void see_number(dl_str s, uint32_t *i, found *f)
{
    uint32_t b = *i;
    int length, v = number(s, i, &length);
    if (*i < s.n && s.p[*i] == ':') {                /* a time of day, to its end */
        while (*i < s.n && (dl_digit((unsigned char)s.p[*i]) || s.p[*i] == ':' || s.p[*i] == '.')) ++*i;
        return;
    }
    bool zone = b > 0 && (s.p[b - 1] == '+' || (s.p[b - 1] == '-' && length == 4 && b > 1 && dl_space((unsigned char)s.p[b - 2])));
    if (zone) return;
    if (length == 4 && !f->y) f->y = v;
    else if (length <= 2 && !f->d) f->d = v;
    else if (length == 2 && !f->y && f->fresh_month) f->y = v < 70 ? 2000 + v : 1900 + v;   /* RFC 822: 26 Jan 15 */
    f->fresh_month = false;
}

/* "Mon, 26 Jan 2015 10:15:00 GMT", "January 26th, 2015", "Mon Jan 26 10:15:00 +0000 2015", "26-Jan-2015". */
static dl_day parse_words(dl_str s)
{
    found f = { 0 };
    for (uint32_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        if (dl_digit(c)) {
            see_number(s, &i, &f);
        } else if (dl_alpha(c)) {
            uint32_t b = i;
            while (i < s.n && dl_alpha((unsigned char)s.p[i])) i++;
            int m = f.m ? 0 : month_named(dl_cut(s, b, i));
            if (m) f.m = m, f.fresh_month = true;
        } else {
            i++;
        }
    }
    return f.m ? sane(f.y, f.m, f.d) : DL_NO_DAY;
}

dl_day dl_day_parse(dl_str s)
{
    s = dl_trim(s);
    if (s.n < 8 || s.n > 80) return DL_NO_DAY;       /* longer is a sentence, not a date */
    dl_day day = parse_iso(s);
    uint32_t n = leading_digits(s);
    if (day == DL_NO_DAY) day = parse_compact(s, n);
    if (day == DL_NO_DAY) day = parse_epoch(s, n);
    return day == DL_NO_DAY ? parse_words(s) : day;
}

void dl_day_iso(dl_day day, char out[16])
{
    char *p = out;
    if (day != DL_NO_DAY) {
        dl_date t = dl_date_of(day);
        uint32_t y = t.y < 0 ? (uint32_t)-t.y : (uint32_t)t.y, unit = 1000;
        if (t.y < 0) *p++ = '-';
        while (y / unit >= 10) unit *= 10;
        for (; unit; unit /= 10) *p++ = (char)('0' + y / unit % 10);
        int rest[2] = { t.m, t.d };
        for (int k = 0; k < 2; k++) *p++ = '-', *p++ = (char)('0' + rest[k] / 10), *p++ = (char)('0' + rest[k] % 10);
    }
    *p = 0;
}
