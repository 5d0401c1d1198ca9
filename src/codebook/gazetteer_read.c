/* gazetteer_read.c - GeoNames' files and tables of ours -> places and names. What a file is, is told by its first row; files are read in the order in which they need each other,
 * whatever order they are given in: places, then lists of countries and divisions (which get the middle of their towns where no row gave them a point), then other names.
 */
#include <stdlib.h>
#include "base/error.h"
#include "base/lines.h"
#include "base/utf8.h"
#include "codebook/gazetteer_build.h"

enum { CELLS = 20 };
typedef enum { T_PLACES, T_OURS, T_COUNTRIES, T_DIVISIONS, T_NAMES, T_N } table;
static const char *const table_names[T_N] = { "GeoNames places", "table of places", "GeoNames countries", "GeoNames divisions", "GeoNames names" };

typedef struct {
    dl_gaz_draw *d;
    const char  *path;
    dl_lines    *in;
    dl_error    *err;
    dl_str       line, cell[CELLS]; uint32_t n;
    int          at[12];                                 /* ours: column of each name, -1 */
    uint32_t     rows, taken;
    struct centre { int64_t lat, lon; int32_t lon0; uint32_t n; } *centre;      /* by division, of those that places lie in */
    uint32_t  ncentre;
} reader;

/* ---- cells ---- */

static bool bad(reader *r, dl_str at, const char *what)
{
    uint32_t column = 1, width = 0;
    for (uint32_t i = 0; r->line.p + i < at.p && i < r->line.n; column++) dl_utf8_next(r->line, &i);
    for (uint32_t i = 0; i < at.n; width++) dl_utf8_next(at, &i);
    dl_fail_at(r->err, DL_ESYNTAX, r->path, dl_lines_number(r->in), column, width ? width : 1, r->line, "%s: \"%.*s\"", what, at.n > 60 ? 60 : (int)at.n, at.p);
    return false;
}

static void cut(reader *r)
{
    dl_str rest = r->line;
    for (r->n = 0; r->n < CELLS; ) {
        const char *tab = memchr(rest.p, '\t', rest.n);
        uint32_t n = tab ? (uint32_t)(tab - rest.p) : rest.n;
        r->cell[r->n++] = dl_cut(rest, 0, n);
        if (!tab) break;
        rest = dl_cut(rest, n + 1, rest.n);
    }
    for (uint32_t i = r->n; i < CELLS; i++) r->cell[i] = (dl_str){ r->line.p + r->line.n, 0 };
}

static bool integer(dl_str s, uint64_t *out)
{
    int64_t v;
    if (!s.n || !dl_str_int(s, &v) || v < 0) return false;
    *out = (uint64_t)v;
    return true;
}

/* Degrees to 1e-5; more decimals are rounded. */
static bool degrees(dl_str s, int32_t most, int32_t *out)
{
    bool minus = s.n && s.p[0] == '-', point = false;
    int64_t v = 0;
    uint32_t digits = 0, decimals = 0;
    for (uint32_t i = minus; i < s.n; i++) {
        if (s.p[i] == '.' && !point) { point = true; continue; }
        if (!dl_digit((unsigned char)s.p[i]) || ++digits > 24) return false;
        if (!point || decimals < 5) v = v * 10 + (s.p[i] - '0');
        else if (decimals == 5 && s.p[i] >= '5') v++;
        decimals += point;
        if (v > (int64_t)most * 1000000) return false;
    }
    for (; decimals < 5; decimals++) v *= 10;
    if (!digits || v > (int64_t)most * 100000) return false;
    *out = (int32_t)(minus ? -v : v);
    return true;
}

static bool point(reader *r, dl_gaz_draft *p, dl_str lat, dl_str lon)
{
    if (!degrees(lat, 90, &p->lat)) return bad(r, lat, "a latitude is -90 to 90");
    if (!degrees(lon, 180, &p->lon)) return bad(r, lon, "a longitude is -180 to 180");
    p->pointed = true;
    return true;
}

static bool two_capitals(dl_str s) { return s.n == 2 && dl_upper((unsigned char)s.p[0]) && dl_upper((unsigned char)s.p[1]); }

static bool id_of(reader *r, dl_str s, uint32_t *id)
{
    uint64_t v;
    if (!integer(s, &v) || !v || v > UINT32_MAX) return bad(r, s, "a GeoNames id is a number above 0");
    *id = (uint32_t)v;
    return true;
}

/* ---- names ---- */

/* "Durham County", "Province of Liège": the name without its word of kind is a name too, a weaker one. */
static void call_short(dl_gaz_draw *d, uint32_t place, dl_str name)
{
    static const char *const behind[] = { " County", " Parish", " Borough", " Province", " District", " Region", " Governorate", " Oblast", " Prefecture", " Department", " Municipality", " Canton", " Division", " Census Area",
                                          " Raion", " Rayon", " Krai", " State", " Voivodeship", " Regency", " Community" };
    static const char *const before[] = { "County of ", "Province of ", "Provincia di ", "Provincia de ", "Provincie ", "Province de ", "District of ", "City of ", "Municipality of ", "State of ", "Republic of ", "Kingdom of " };
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        if (dl_ends(name, dl_str_of(behind[i])) && name.n > strlen(behind[i])) { dl_gaz_call(d, place, dl_cut(name, 0, name.n - (uint32_t)strlen(behind[i])), DL_GAZ_AKA | DL_GAZ_SHORT); return; }
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (dl_starts(name, dl_str_of(before[i])) && name.n > strlen(before[i])) { dl_gaz_call(d, place, dl_cut(name, (uint32_t)strlen(before[i]), name.n), DL_GAZ_AKA | DL_GAZ_SHORT); return; }
}

static bool capitals_only(dl_str s)
{
    for (uint32_t i = 0; i < s.n; i++)
        if (!dl_upper((unsigned char)s.p[i])) return false;
    return s.n > 0;
}

/* Airport and postal codes, single letters, links: no names. */
static bool is_name(dl_str s) { return s.n > 1 && !(s.n <= 4 && capitals_only(s)) && dl_find(s, DL_STR("://"), 0) < 0; }

static void call_all(dl_gaz_draw *d, uint32_t place, dl_str list, char by)
{
    while (list.n) {
        const char *c = memchr(list.p, by, list.n);
        uint32_t n = c ? (uint32_t)(c - list.p) : list.n;
        dl_str s = dl_trim(dl_cut(list, 0, n));
        if (is_name(s)) dl_gaz_call(d, place, s, DL_GAZ_AKA);
        list = dl_cut(list, c ? n + 1 : n, list.n);
    }
}

static void call(dl_gaz_draw *d, uint32_t place, dl_str name)
{
    dl_gaz_draft *p = &d->place.v[place];
    p->text = dl_gaz_text(d, name);
    uint8_t kind = p->kind;
    dl_gaz_call(d, place, name, 0);
    if (kind == DL_PLACE_REGION) call_short(d, place, name);
}

static uint8_t kind_of(dl_str fclass, dl_str code)
{
    if (dl_is(fclass, "A")) return dl_starts(code, DL_STR("PCL")) || dl_is(code, "TERR") ? DL_PLACE_COUNTRY : DL_PLACE_REGION;
    return dl_is(fclass, "P") || dl_is(fclass, "S") || dl_is(fclass, "R") ? DL_PLACE_CITY : DL_PLACE_MACRO;
}

/* A table of ours has codes alone. */
static uint8_t kind_of_code(dl_str code)
{
    if (dl_starts(code, DL_STR("PCL"))) return DL_PLACE_COUNTRY;
    if (dl_starts(code, DL_STR("ADM"))) return DL_PLACE_REGION;
    return !code.n || dl_starts(code, DL_STR("PPL")) ? DL_PLACE_CITY : DL_PLACE_MACRO;
}

/* ---- rows ---- */

enum { G_ID, G_NAME, G_ASCII, G_OTHER, G_LAT, G_LON, G_CLASS, G_CODE, G_COUNTRY, G_CC2, G_ADMIN1, G_ADMIN2, G_ADMIN3, G_ADMIN4, G_PEOPLE, G_N = 19 };

static bool places_row(reader *r)
{
    dl_gaz_draw *d = r->d;
    uint32_t id;
    uint64_t people = 0;
    dl_str *c = r->cell, fclass = c[G_CLASS];
    if (r->n < G_N - 1) return bad(r, r->line, "a row of places has 19 columns");
    if (!id_of(r, c[G_ID], &id)) return false;
    if (!c[G_NAME].n) return bad(r, c[G_NAME], "a place without a name");
    if (c[G_PEOPLE].n && !integer(c[G_PEOPLE], &people)) return bad(r, c[G_PEOPLE], "a population is a number");
    if (c[G_COUNTRY].n && !two_capitals(c[G_COUNTRY])) return bad(r, c[G_COUNTRY], "a country is two capitals");
    dl_gaz_draft try = { 0 };
    if (!point(r, &try, c[G_LAT], c[G_LON])) return false;
    if (fclass.n != 1 || !strchr(d->classes, fclass.p[0])) return true;
    if (dl_is(fclass, "T") && (dl_is(c[G_CODE], "HLL") || dl_is(c[G_CODE], "RK") || dl_is(c[G_CODE], "SPUR"))) return true;
    uint32_t division = dl_gaz_division_of(d, c[G_COUNTRY], dl_is(c[G_ADMIN1], "00") ? DL_STR("") : c[G_ADMIN1], c[G_ADMIN2]), p = dl_gaz_place_new(d, id);
    uint16_t cls = dl_gaz_class(d, c[G_CODE]);
    if (p == UINT32_MAX) return true;
    dl_gaz_draft *x = &d->place.v[p];
    x->lat = try.lat, x->lon = try.lon, x->pointed = true, x->people = people, x->division = division, x->cls = cls, x->kind = kind_of(fclass, c[G_CODE]);
    call(d, p, c[G_NAME]);
    if (c[G_ASCII].n) dl_gaz_call(d, p, c[G_ASCII], 0);
    call_all(d, p, c[G_OTHER], ',');
    r->taken++;
    return true;
}

enum { O_NAME, O_LAT, O_LON, O_ID, O_AKA, O_COUNTRY, O_ADMIN1, O_CODE, O_ADMIN2, O_PEOPLE, O_CLASS, O_N };
static const char *const ours[O_N] = { "name", "lat", "lon", "geonames", "aka", "country", "admin1", "code", "admin2", "population", "class" };

static bool ours_header(reader *r)
{
    for (int k = 0; k < O_N; k++) {
        r->at[k] = -1;
        for (uint32_t i = 0; i < r->n; i++)
            if (dl_is(dl_trim(r->cell[i]), ours[k])) r->at[k] = (int)i;
    }
    return r->at[O_NAME] >= 0 && r->at[O_LAT] >= 0 && r->at[O_LON] >= 0;
}

static dl_str ours_cell(const reader *r, int k) { return r->at[k] >= 0 ? dl_trim(r->cell[r->at[k]]) : (dl_str){ r->line.p, 0 }; }

static bool ours_row(reader *r)
{
    dl_gaz_draw *d = r->d;
    dl_str id = ours_cell(r, O_ID), name = ours_cell(r, O_NAME), cc = ours_cell(r, O_COUNTRY), a1 = ours_cell(r, O_ADMIN1), people = ours_cell(r, O_PEOPLE), code = ours_cell(r, O_CLASS);
    uint32_t number = 0;
    uint64_t count = 0;
    dl_gaz_draft try = { 0 };
    if (!name.n) return bad(r, r->line, "a place without a name");
    if (id.n && !id_of(r, id, &number)) return false;
    if (people.n && !integer(people, &count)) return bad(r, people, "a population is a number");
    if (cc.n && !two_capitals(cc)) return bad(r, cc, "a country is two capitals");
    if (!ours_cell(r, O_LAT).n && !ours_cell(r, O_LON).n) return true;                         /* no point, no use */
    if (!point(r, &try, ours_cell(r, O_LAT), ours_cell(r, O_LON))) return false;
    uint32_t division = dl_gaz_division_of(d, cc, a1.n ? a1 : ours_cell(r, O_CODE), ours_cell(r, O_ADMIN2)), p = dl_gaz_place_new(d, number);
    uint16_t cls = dl_gaz_class(d, code.n ? code : DL_STR("PPL"));
    if (p == UINT32_MAX) return true;
    dl_gaz_draft *x = &d->place.v[p];
    x->lat = try.lat, x->lon = try.lon, x->pointed = true, x->people = count, x->division = division, x->cls = cls, x->kind = kind_of_code(code);
    call(d, p, name);
    call_all(d, p, ours_cell(r, O_AKA), '|');
    r->taken++;
    return true;
}

/* The middle of the towns of each division and all that lies above it. */
static void add_to_centre(reader *r, uint32_t division, const dl_gaz_draft *p)
{
    struct centre *c = &r->centre[division];
    int64_t lon = p->lon;
    if (!c->n) c->lon0 = p->lon;
    if (lon - c->lon0 > 18000000) lon -= 36000000;
    if (lon - c->lon0 < -18000000) lon += 36000000;
    c->lat += p->lat, c->lon += lon, c->n++;
}

static dl_str kept(const dl_gaz_draw *d, uint32_t text) { return (dl_str){ (const char *)d->texts.v + text + 1, d->texts.v[text] }; }

/* The division above: without its code of second order, then of first; UINT32_MAX: none. */
static uint32_t above(dl_gaz_draw *d, uint32_t i)
{
    char cc[2];
    memcpy(cc, d->division.v[i].cc, 2);
    dl_str country = { cc, cc[0] ? 2 : 0 }, a1 = kept(d, d->division.v[i].admin1), a2 = kept(d, d->division.v[i].admin2);
    if (!a1.n && !a2.n) return UINT32_MAX;
    char copy[256];
    memcpy(copy, a1.p, a1.n);                                     /* texts may move */
    return dl_gaz_division_of(d, country, a2.n ? (dl_str){ copy, a1.n } : DL_STR(""), DL_STR(""));
}

static bool find_centres(reader *r)
{
    dl_gaz_draw *d = r->d;
    for (uint32_t i = 0; i < d->division.n; i++) above(d, i);      /* so that all are there before they are counted */
    uint32_t *up = malloc(((size_t)d->division.n + 1) * sizeof *up);
    r->ncentre = d->division.n;                                    /* rows of divisions bring in more, which are empty */
    r->centre = calloc((size_t)r->ncentre + 1, sizeof *r->centre);
    if (!up || !r->centre) { free(up); d->full = true; return false; }
    for (uint32_t i = 0; i < d->division.n; i++) up[i] = above(d, i);
    for (uint32_t i = 0; i < d->place.n; i++) {
        const dl_gaz_draft *p = &d->place.v[i];
        if (p->kind != DL_PLACE_CITY || !p->pointed) continue;
        for (uint32_t k = p->division; k != UINT32_MAX; k = up[k]) add_to_centre(r, k, p);
    }
    free(up);
    return true;
}

/* A country or division that no table of places has: its point is the middle of its towns. */
static void listed(reader *r, uint32_t id, dl_str name, dl_str ascii, uint32_t division, dl_str code, uint8_t kind, uint64_t people)
{
    dl_gaz_draw *d = r->d;
    uint32_t p = dl_gaz_by_id(d, id);
    const struct centre *c = division < r->ncentre ? &r->centre[division] : NULL;
    if (p == UINT32_MAX) {
        if (!c || !c->n) return;
        uint16_t cls = dl_gaz_class(d, code);
        if ((p = dl_gaz_place_new(d, id)) == UINT32_MAX) return;
        dl_gaz_draft *x = &d->place.v[p];
        int64_t lon = c->lon / (int64_t)c->n;
        x->lat = (int32_t)(c->lat / (int64_t)c->n), x->lon = (int32_t)(lon > 18000000 ? lon - 36000000 : lon < -18000000 ? lon + 36000000 : lon);
        x->division = division, x->cls = cls, x->kind = kind, x->people = people;
        call(d, p, name);
        r->taken++;
    } else dl_gaz_call(d, p, name, 0);
    if (ascii.n) dl_gaz_call(d, p, ascii, 0);
}

/* countryInfo's line of column names, where somebody has taken the # away. */
static bool countries_head(const reader *r) { return dl_is(r->cell[0], "ISO") && dl_is(r->cell[1], "ISO3"); }

static bool country_row(reader *r)
{
    uint32_t id;
    uint64_t people = 0;
    if (countries_head(r)) return true;
    if (r->n < 17) return bad(r, r->line, "a row of countries has 19 columns");
    if (!two_capitals(r->cell[0])) return bad(r, r->cell[0], "a country is two capitals");
    if (!r->cell[16].n || dl_is(r->cell[16], "0")) return true;                                /* countries of the past */
    if (!id_of(r, r->cell[16], &id)) return false;
    if (r->cell[7].n && !integer(r->cell[7], &people)) return bad(r, r->cell[7], "a population is a number");
    listed(r, id, r->cell[4], DL_STR(""), dl_gaz_division_of(r->d, r->cell[0], DL_STR(""), DL_STR("")), DL_STR("PCLI"), DL_PLACE_COUNTRY, people);
    return true;
}

static bool division_row(reader *r)
{
    uint32_t id;
    dl_str key = r->cell[0], a2 = { key.p, 0 };
    const char *dot = memchr(key.p, '.', key.n);
    if (r->n != 4 || !dot || !two_capitals(dl_cut(key, 0, (uint32_t)(dot - key.p)))) return bad(r, key, "a division is a row of CC.CODE, name, name in ASCII, id");
    if (!r->cell[1].n) return bad(r, r->line, "a division without a name");
    if (!id_of(r, r->cell[3], &id)) return false;
    dl_str cc = dl_cut(key, 0, 2), a1 = dl_cut(key, 3, key.n);
    const char *second = memchr(a1.p, '.', a1.n);
    if (second) a2 = dl_cut(a1, (uint32_t)(second - a1.p) + 1, a1.n), a1 = dl_cut(a1, 0, (uint32_t)(second - a1.p));
    listed(r, id, r->cell[1], r->cell[2], dl_gaz_division_of(r->d, cc, a1, a2), a2.n ? DL_STR("ADM2") : DL_STR("ADM1"), DL_PLACE_REGION, 0);
    return true;
}

/* Codes of airports and the like, links, and readings aloud are no names. */
static bool no_language(dl_str s)
{
    static const char *const codes[] = { "link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "fr_1793" };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (dl_is(s, codes[i])) return true;
    return false;
}

static bool name_row(reader *r)
{
    uint32_t id;
    dl_str *c = r->cell, name = c[3];
    if (r->n < 4) return bad(r, r->line, "a row of names has 4 columns and more");
    if (!id_of(r, c[1], &id)) return false;
    uint32_t p = dl_gaz_by_id(r->d, id);
    bool preferred = dl_is(c[4], "1");
    if (p == UINT32_MAX || no_language(c[2]) || !is_name(name) || (name.n <= 3 && !preferred)) return true;
    bool historic = dl_is(c[7], "1"), colloquial = dl_is(c[6], "1");
    dl_gaz_call(r->d, p, name, dl_is(c[2], "en") && preferred && !historic && !colloquial ? 0 : DL_GAZ_AKA);
    r->taken++;
    return true;
}

/* ---- files ---- */

static bool number_cell(dl_str s) { uint64_t v; return integer(s, &v); }

static int kind_of_row(reader *r)
{
    const dl_str *c = r->cell;
    if (ours_header(r)) return T_OURS;
    if (r->n >= G_N - 1 && number_cell(c[0]) && c[G_CLASS].n <= 1) return T_PLACES;
    if (r->n >= 17 && (two_capitals(c[0]) || countries_head(r))) return T_COUNTRIES;
    if (r->n == 4 && c[0].n > 3 && c[0].p[2] == '.') return T_DIVISIONS;
    if (r->n >= 4 && r->n <= 10 && number_cell(c[0]) && number_cell(c[1])) return T_NAMES;
    return -1;
}

static int next_row(reader *r)
{
    for (;;) {
        int rc = dl_lines_next(r->in, &r->line, r->err);
        if (rc <= 0) return rc;
        if (!r->line.n || r->line.p[0] == '#') continue;
        cut(r);
        return 1;
    }
}

static int what_is(const char *path, dl_error *err)
{
    reader r = { .path = path, .err = err };
    if (!(r.in = dl_lines_open(path, err))) return -1;
    int kind = -1, rc = next_row(&r);
    if (rc == 0) dl_fail_file(err, DL_EFORMAT, path, 0, "no rows in it");
    if (rc == 1 && (kind = kind_of_row(&r)) < 0) bad(&r, r.line, "neither a file of GeoNames nor a table with columns name, lat, lon");
    dl_lines_close(r.in);
    return kind;
}

static bool read_file(reader *r, table t, dl_buf *said)
{
    static bool (*const row[T_N])(reader *) = { places_row, ours_row, country_row, division_row, name_row };
    int rc;
    bool header = t == T_OURS, fine = true;
    if (!(r->in = dl_lines_open(r->path, r->err))) return false;
    r->rows = r->taken = 0;
    while (fine && (rc = next_row(r)) == 1) {
        if (header) { header = false, ours_header(r); continue; }
        r->rows++;
        if (!dl_utf8_valid(r->line) || memchr(r->line.p, 0, r->line.n)) fine = bad(r, (dl_str){ r->line.p, 0 }, "not UTF-8 text");
        else fine = row[t](r) && !r->d->full;
    }
    fine = fine && rc == 0;
    dl_lines_close(r->in);
    if (fine && said) dl_putf(said, "%s: %s, %u rows, %u taken\n", r->path, table_names[t], r->rows, r->taken);
    return fine;
}

bool dl_gaz_read(dl_gaz_draw *d, const char *const *paths, size_t n, dl_buf *said, dl_error *err)
{
    reader r = { .d = d, .err = err };
    int *kind = malloc((n + 1) * sizeof *kind);
    bool fine = kind != NULL;
    if (!fine) dl_fail(err, DL_ENOMEM, "no memory for the gazetteer");
    for (size_t i = 0; fine && i < n; i++) fine = (kind[i] = what_is(paths[i], err)) >= 0;
    for (int t = 0; fine && t < T_N; t++) {
        if (t == T_COUNTRIES) fine = find_centres(&r);
        for (size_t i = 0; fine && i < n; i++)
            if (kind[i] == t) r.path = paths[i], fine = read_file(&r, (table)t, said);
    }
    free(r.centre), free(kind);
    if (d->full) dl_fail(err, DL_ENOMEM, "no memory for so many places");
    return fine && !d->full;
}

/* ---- the door ---- */

static bool build(dl_gaz_draw *d, const char *const *paths, size_t n, const char *output, dl_buf *said, dl_error *err)
{
    jmp_buf full;
    d->a->full = &full;
    if (setjmp(full)) { dl_fail(err, DL_ENOMEM, "no memory for so many divisions"); return false; }
    dl_gaz_text(d, DL_STR(""));                                   /* offset 0: the empty text */
    if (!dl_gaz_read(d, paths, n, said, err)) return false;
    if (!d->place.n) { dl_fail(err, DL_EFORMAT, "no places in what was given"); return false; }
    return dl_gaz_write(d, output, err);
}

bool dl_gaz_build(const char *const *paths, size_t n, const char *classes, const char *output, dl_buf *said, dl_error *err)
{
    dl_gaz_draw *d = calloc(1, sizeof *d);
    dl_pool *pool = d ? dl_pool_open((size_t)1 << 31) : NULL;
    dl_arena a;
    bool fine = false;
    if (!pool || !dl_arena_open(&a, pool)) dl_fail(err, DL_ENOMEM, "no memory for the gazetteer");
    else {
        d->a = &a, d->classes = classes ? classes : "APHLT";
        fine = build(d, paths, n, output, said, err);
        dl_arena_close(&a);
    }
    if (d) dl_gaz_free(d);
    if (pool) dl_pool_close(pool);
    free(d);
    return fine;
}
