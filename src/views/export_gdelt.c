/* export_gdelt.c - GDELT 2.0 events (61 columns) and mentions (16), tabs, no header (GDELT Event Database Data Format Codebook V2.0).
 *
 * What differs from GDELT's own files, because it is known better or not at all: an event is one clause of one report, its id a hash of the report's bytes and the words (never a row number);
 * EthnicCode and Religion stay empty, nothing is inferred of anyone; AvgTone is empty, no tone is measured; FeatureID is the GeoNames id; DATEADDED is the day of publication, since no clock is read. */
#include <stdlib.h>
#include "views/export.h"

static int64_t global_id(dl_str key)
{
    char hex[17] = { 0 };
    memcpy(hex, key.p ? key.p : "", key.n < 16 ? key.n : 16);
    return (int64_t)(strtoull(hex, NULL, 16) >> 1);
}

static void sector(dl_buf *b, dl_str sectors, int n)            /* the n-th, from 0 */
{
    uint32_t i = 0;
    for (; n && i < sectors.n; i++) n -= sectors.p[i] == ' ';
    uint32_t e = i;
    while (e < sectors.n && sectors.p[e] != ' ') e++;
    dl_tsv_cell(b, dl_cut(sectors, i, e), false);
}

/* Code, Name, CountryCode, KnownGroupCode, EthnicCode, Religion1Code, Religion2Code, Type1Code, Type2Code, Type3Code */
static void actor(dl_buf *b, const dl_party *p)
{
    static const dl_party nobody;
    if (!p) p = &nobody;
    dl_tsv_cell(b, p->code, false), dl_tsv_cell(b, p->name, false), dl_tsv_cell(b, p->country, false);
    dl_putz(b, "\t\t\t\t");
    for (int i = 0; i < 3; i++) sector(b, p->sectors, i);
}

enum { GEO_NONE, GEO_COUNTRY, GEO_US_STATE, GEO_US_CITY, GEO_CITY, GEO_STATE };

static int geo_type(const dl_told *t)
{
    bool us = dl_is(t->country, "US");
    if (!t->place.n) return GEO_NONE;
    if (dl_starts(t->place_class, DL_STR("PCL"))) return GEO_COUNTRY;
    if (dl_starts(t->place_class, DL_STR("ADM"))) return us ? GEO_US_STATE : GEO_STATE;
    return us ? GEO_US_CITY : GEO_CITY;
}

/* Type, FullName, CountryCode, ADM1Code, ADM2Code, Lat, Long, FeatureID */
static void action_geo(dl_export *x, const dl_told *t)
{
    dl_buf *b = &x->out;
    dl_country c;
    dl_country_of(x->book, t->country, &c);
    int type = geo_type(t);
    dl_int_cell(b, true, type, false);
    dl_tsv_cell(b, t->place, true), b->n--;
    if (type > GEO_COUNTRY && t->admin1.n && !dl_eq(t->admin1, t->place)) dl_putz(b, ", "), dl_tsv_cell(b, t->admin1, true), b->n--;
    if (type > GEO_COUNTRY && c.name.n) dl_putz(b, ", "), dl_put(b, c.name);
    dl_putc(b, '\t');
    dl_tsv_cell(b, type ? c.fips : DL_STR(""), false);
    dl_tsv_cell(b, type == GEO_COUNTRY ? c.fips : DL_STR(""), false), dl_putc(b, '\t');
    dl_num_cell(b, t->has_point, t->lat, 5, false), dl_num_cell(b, t->has_point, t->lon, 5, false);
    dl_int_cell(b, t->geonames > 0, t->geonames, false);
}

typedef struct { dl_stmt *told, *witness; dl_chars chars; } tally;

static void two(dl_db *d, dl_stmt *q, const dl_told *t, int64_t *a, int64_t *b)
{
    dl_stmt_int(q, 1, t->report), dl_stmt_int(q, 2, t->event);
    *a = *b = 1;
    if (dl_stmt_next(d, q)) *a = dl_col_int(q, 0), *b = dl_col_int(q, 1);
    dl_stmt_reset(q);
}

static bool event_row(dl_export *x, const dl_told *t, void *self)
{
    dl_buf *b = &x->out;
    dl_str day = dl_told_day(t);
    if (!t->cameo.n || !day.n || !t->quad) return false;
    int64_t mentions = 1, sources = 1, articles = 1, none = 0;
    int64_t year = 0, month = 0, of_month = 0;
    dl_str_int(dl_cut(day, 0, 4), &year), dl_str_int(dl_cut(day, 5, 7), &month), dl_str_int(dl_cut(day, 8, 10), &of_month);
    two(x->db, ((tally *)self)->told, t, &mentions, &none);
    two(x->db, ((tally *)self)->witness, t, &articles, &sources);
    dl_int_cell(b, true, global_id(t->key), false);
    dl_put_day8(b, day), dl_putc(b, '\t'), dl_put_day8(b, dl_cut(day, 0, 7)), dl_putc(b, '\t'), dl_int_cell(b, true, year, false);
    dl_num_cell(b, true, (double)year + (double)(month * 30 + of_month) / 365.0, 4, false);             /* GDELT's own rule */
    actor(b, dl_told_party(t, "actor")), actor(b, dl_told_party(t, "recipient"));
    dl_int_cell(b, true, t->sentence_number == 0, false);                               /* IsRootEvent: of the lead */
    dl_tsv_cell(b, t->cameo, false), dl_tsv_cell(b, dl_cut(t->cameo, 0, t->cameo.n < 3 ? t->cameo.n : 3), false), dl_tsv_cell(b, dl_cut(t->cameo, 0, 2), false);
    dl_int_cell(b, true, t->quad, false), dl_num_cell(b, t->has_goldstein, t->goldstein, 1, false);
    dl_int_cell(b, true, mentions * articles, false), dl_int_cell(b, true, sources, false), dl_int_cell(b, true, articles, false);
    dl_putc(b, '\t');
    for (int i = 0; i < 2; i++) dl_putz(b, "0\t\t\t\t\t\t\t\t");                         /* where actors are at home: not told */
    action_geo(x, t);
    dl_put_day8(b, t->published.n == 10 ? t->published : day), dl_putz(b, "000000\t");
    dl_tsv_cell(b, t->url.n ? t->url : t->id, true);
    return true;
}

/* Offsets count characters of the report's text, from 0; -1 where there is none. */
static bool mention_row(dl_export *x, const dl_told *t, void *self)
{
    dl_buf *b = &x->out;
    tally *y = self;
    dl_str day = dl_told_day(t);
    const dl_party *who = dl_told_party(t, "actor"), *whom = dl_told_party(t, "recipient");
    if (!t->cameo.n || !day.n || !t->quad || !dl_chars_turn(&y->chars, t->report, NULL, NULL)) return false;
    dl_int_cell(b, true, global_id(t->key), false);
    dl_put_day8(b, day), dl_putz(b, "000000\t"), dl_put_day8(b, t->published.n == 10 ? t->published : day), dl_putz(b, "000000\t");
    dl_int_cell(b, true, t->url.n ? 1 : 2, false);                                       /* 1: on the web; 2: a citation */
    dl_tsv_cell(b, t->source, false), dl_tsv_cell(b, t->url.n ? t->url : t->id, false), dl_int_cell(b, true, t->sentence_number + 1, false);
    dl_int_cell(b, true, who ? dl_chars_at(&y->chars, who->begin) : -1, false), dl_int_cell(b, true, whom ? dl_chars_at(&y->chars, whom->begin) : -1, false);
    dl_int_cell(b, true, dl_chars_at(&y->chars, t->begin), false), dl_int_cell(b, true, 1, false), dl_int_cell(b, true, t->confidence / 10, false);
    dl_int_cell(b, true, dl_chars_at(&y->chars, y->chars.n), false);
    dl_putz(b, "\t\t\n");
    return true;
}

static bool each(dl_export *x, bool (*row)(dl_export *, const dl_told *, void *))
{
    tally y = { 0 };
    y.told = dl_db_prepare(x->db, "SELECT 1 + (SELECT count(*) FROM same_as WHERE report = ?1 AND earlier = ?2) + (SELECT count(*) FROM same_as WHERE report = ?1 AND event = ?2), 0");
    y.witness = dl_db_prepare(x->db, "SELECT count(*), max(1, count(DISTINCT source)) FROM reports WHERE ?2 = ?2 AND (report = ?1 OR report IN (SELECT report FROM copies WHERE first = ?1))");
    dl_chars_open(&y.chars, x->db);
    x->why_left_out = "no CAMEO code, or no day at all";
    bool good = dl_export_each(x, "ORDER BY a.fact", row, &y);
    dl_stmt_free(y.told), dl_stmt_free(y.witness);
    dl_chars_close(&y.chars);
    return good;
}

bool dl_export_gdelt(dl_export *x) { return each(x, event_row); }
bool dl_export_gdelt_mentions(dl_export *x) { return each(x, mention_row); }
