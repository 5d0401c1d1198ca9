/* civil.h - days of the proleptic Gregorian calendar, without any clock.
 * A day is a count from 1970-01-01 (days_from_civil after Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
#ifndef DL_BASE_CIVIL_H
#define DL_BASE_CIVIL_H
#include "base/text.h"

typedef int32_t dl_day;
#define DL_NO_DAY INT32_MIN

typedef struct { int32_t y; int8_t m, d; } dl_date;        /* m 1..12, d 1..31; 0 = not known */

dl_day  dl_day_of(int y, int m, int d);
dl_date dl_date_of(dl_day);
int     dl_weekday(dl_day);                                 /* 1 Monday .. 7 Sunday (ISO) */
int     dl_month_days(int y, int m);
bool    dl_leap(int y);
void    dl_iso_week(dl_day, int *year, int *week);          /* ISO 8601 week and its year */
dl_day  dl_iso_week_monday(int year, int week);
dl_day  dl_add_months(dl_day, int months);                  /* day of month cut to the month's length */
/* Days as reports and feeds write them: 2015-01-26[T...], 20150126[hhmmss], RFC 822 (Mon, 26 Jan 2015 ...), "January 26, 2015", "26 January 2015", epoch in s or ms. The day as
 * printed, no zone applied. DL_NO_DAY for "None", "null", "0000-00-00" and what can't be read. */
dl_day  dl_day_parse(dl_str);
void    dl_day_iso(dl_day, char out[16]);                   /* "2015-01-26" */

#endif
