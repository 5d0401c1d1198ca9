/* when.h - shared by the files that answer "when".
 *
 *   when_words.c     what a token is: a month, a weekday, a year, a time of day, a unit
 *   when_parse.c     tokens -> expressions: small structs of calendar fields and shifts, nothing resolved
 *   when_span.c      the part of the grammar with numbers and units: durations, "two days ago", "the past three weeks", sets
 *   when_calendar.c  periods (a day, a week, a month ...): where they begin and end, how they are written
 *   when_resolve.c   expression + anchor -> value, EDTF, first and last day
 *   when.c           dl_when(): over all sentences, in order
 *
 * Nothing reads a clock: without a publication day and without a date in the text, values stay partial (XXXX-01-15).
 */
#ifndef DL_FACTS_WHEN_H
#define DL_FACTS_WHEN_H
#include "facts/facts.h"

typedef enum { DL_TU_NONE, DL_TU_S, DL_TU_MIN, DL_TU_H, DL_TU_D, DL_TU_W, DL_TU_M, DL_TU_Y, DL_TU_Q, DL_TU_DE, DL_TU_CE, DL_TU_WE, DL_TU_FN, DL_TU_SEASON, DL_TU_HALF } dl_tunit;
typedef enum { DL_EX_NONE, DL_EX_POINT, DL_EX_SPAN, DL_EX_SET, DL_EX_REF } dl_ex_kind;
enum {                                   /* which fields an expression has */
    DL_HAS_YEAR = 1, DL_HAS_MONTH = 2, DL_HAS_DAY = 4, DL_HAS_WEEKDAY = 8, DL_HAS_SEASON = 16, DL_HAS_PART = 32, DL_HAS_CLOCK = 64, DL_HAS_BASE = 128,
    DL_HAS_QUARTER = 256, DL_HAS_NTH = 512, DL_HAS_WEEKEND = 1024
};

typedef struct dl_expr {
    uint32_t tb, te;
    uint8_t  kind;
    uint16_t has;
    int32_t  year; uint8_t year_unit;    /* Y: 2010; DE: 199; CE: 18 */
    int8_t   month, day, day_to;         /* day_to: "3-5 March", 0: none */
    int8_t   weekday;                    /* 1 Monday */
    int8_t   hour, minute;               /* minute -1: not told */
    int8_t   quarter, half;
    char     season[3], part[3];         /* "SU"; "MO" */
    int8_t   nth; uint8_t nth_unit; int8_t nth_weekday;     /* "the last week of", -1 = last; nth_unit NONE: nth_weekday */
    /* A period counted from an anchor: "last week" = W, -1. Of the fields when `named`: "last September". */
    uint8_t  unit;
    int64_t  n;                          /* thousandths, signed for points; of spans: how long; -1 with `vague`: X */
    bool     vague, anchored;            /* anchored: counted from the time last mentioned */
    int8_t   named; bool has_named;      /* -1 0 +1 */
    int8_t   window;                     /* of spans: -1 "the past three days", +1 "the next three days", 0 anywhere */
    int8_t   near;                       /* "earlier this month" -1, "later this month" +1 */
    bool     the;                        /* an article may stand before it */
    bool     plural;                     /* "Fridays" */
    bool     old;                        /* in a text about the past: counted from the time told last */
    const char *mod;                     /* TIMEX3: START MID END APPROX ...; "" */
    dl_str   ref;                        /* PRESENT_REF ... */
    struct dl_expr *to;                  /* of ranges: the other end */
    uint32_t own;                        /* of ranges: where the first end ends */
} dl_expr;

typedef struct { const dl_ask *q; const dl_language *L; uint32_t begin, end; bool old; } dl_scan;     /* over the tokens of one part; old: a text about the past */

/* ---- when_words.c ---- */
bool     dl_word(const dl_scan *, uint32_t i, const char *low);
dl_str   dl_value(const dl_scan *, uint32_t i, dl_list, uint32_t *end);         /* empty beyond the sentence */
uint32_t dl_month_at(const dl_scan *, uint32_t i, int8_t *month);               /* these give the token behind, 0: not one */
uint32_t dl_weekday_at(const dl_scan *, uint32_t i, dl_expr *);
uint32_t dl_year_at(const dl_scan *, uint32_t i, bool joined, dl_expr *);       /* joined: behind a month, so that any four digits are a year */
uint32_t dl_season_at(const dl_scan *, uint32_t i, bool told, dl_expr *);       /* told: by a word before it */
uint32_t dl_part_at(const dl_scan *, uint32_t i, dl_expr *);
uint32_t dl_clock_at(const dl_scan *, uint32_t i, dl_expr *);
uint32_t dl_numeric_date(const dl_scan *, uint32_t i, dl_expr *);
uint32_t dl_unit_at(const dl_scan *, uint32_t i, dl_tunit *, bool *plural);
uint32_t dl_ordinal_at(const dl_scan *, uint32_t i, int64_t *n);
uint32_t dl_dash_at(const dl_scan *, uint32_t i);                               /* - – — */

/* ---- when_span.c ---- */
typedef struct { int8_t sign; bool before, anchored, every; } dl_shift;         /* before: stands before what it shifts ("last"), else behind ("ago") */
uint32_t dl_shift_at(const dl_scan *, uint32_t i, dl_shift *);
uint32_t dl_span_at(const dl_scan *, uint32_t i, dl_expr *);                    /* durations, shifted units, sets of units */

/* ---- when_parse.c ---- */
bool dl_expr_at(const dl_scan *, uint32_t i, dl_arena *, dl_expr *);            /* the longest expression that begins at i */

/* ---- when_calendar.c ---- */
typedef struct {
    uint8_t unit;                        /* D W M Y Q HALF SEASON DE CE WE */
    int32_t y; int8_t m, d;              /* y of a decade: 199; INT32_MIN: not known; m: month, quarter, half; d: day */
    char    season[3];
    dl_day  b, e;                        /* DL_NO_DAY where not known */
} dl_period;
#define DL_NO_YEAR INT32_MIN
dl_period dl_period_of(dl_tunit, dl_day);                            /* the one that holds the day */
dl_period dl_period_shift(dl_tunit, dl_day from, int n);
dl_period dl_period_year(int y);
dl_period dl_period_month(int y, int m);
dl_period dl_period_day(dl_day);
dl_period dl_period_season(int y, const char *season);
dl_period dl_period_quarter(int y, int quarter, int half);
dl_period dl_period_long(dl_tunit, int n);                           /* decades, centuries */
dl_str    dl_period_value(dl_arena *, const dl_period *);            /* TIMEX3 */
dl_str    dl_period_edtf(dl_arena *, const dl_period *);
dl_str    dl_edtf_between(dl_arena *, dl_day b, dl_day e);
dl_str    dl_grain_name(dl_tunit);
void      dl_period_cut(dl_period *, const char *mod);               /* START MID END: narrows b..e */

/* ---- when_resolve.c ---- */
void dl_resolve(dl_ask *, dl_expr *, dl_time *out);                  /* against the publication day and the times found so far */

#endif
