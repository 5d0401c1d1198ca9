/* places.c - countries, regions, macro-regions and cities: rows of places, and all their names as phrases.
 *
 * Countries first, then regions, then the rest, since each refers to the one before. A region's name with ( ) is for show only and is not looked up.
 * Capitals are cities of the country with that name, found at the end.
 */
#include <stdlib.h>
#include "codebook/build.h"

enum { K_ALPHA3, K_ALPHA2, K_NAME, K_AKA, K_ADJ, K_PEOPLE, K_CAPITAL, K_GEONAMES, K_LAT, K_LON };
enum { R_COUNTRY, R_CODE, R_NAME, R_AKA, R_ADJ, R_GEONAMES, R_LAT, R_LON, R_CLASS };
enum { M_NAME, M_AKA, M_ADJ, M_CLASS, M_LAT, M_LON, M_COUNTRIES };
enum { C_GEONAMES, C_NAME, C_AKA, C_COUNTRY, C_ADMIN1, C_ADMIN2, C_LAT, C_LON, C_POPULATION, C_CLASS };

static const uint32_t none = UINT32_MAX;

static void names(dl_build *b, const dl_row *r, dl_str cell, uint16_t form, uint32_t id)
{
    while (cell.p) {
        dl_str n = dl_next_alt(&cell, '|');
        if (!n.n || memchr(n.p, '(', n.n)) continue;
        dl_str f = dl_fold_phrase(b, n);
        if (f.n) dl_add_phrase(b, &r->line, f, (dl_str){ 0 }, DL_P_PLACE, 0, dl_name_form(n) | form, id);
        else dl_bad(b, &r->line, n, "\"%.*s\" has no letters", (int)n.n, n.p);
    }
}

static dl_place_row *new_place(dl_build *b, const dl_row *r, dl_place_kind kind, dl_str name, dl_str lat, dl_str lon)
{
    if (!name.n) dl_bad(b, &r->line, r->line.line, "a place without a name");
    dl_ref n = dl_string(b, name);
    dl_place_row *p = dl_push(b->a, &b->places);
    p->kind = (uint8_t)kind, p->name = n, p->lat = p->lon = INT32_MAX, p->country = p->capital = p->region = none;
    dl_cell_fixed(b, r, lat, 5, &p->lat);
    dl_cell_fixed(b, r, lon, 5, &p->lon);
    if (p->lat != INT32_MAX && (p->lat > 9000000 || p->lat < -9000000)) dl_bad(b, &r->line, lat, "a latitude is -90 to 90");
    if (p->lon != INT32_MAX && (p->lon > 18000000 || p->lon < -18000000)) dl_bad(b, &r->line, lon, "a longitude is -180 to 180");
    if ((p->lat == INT32_MAX) != (p->lon == INT32_MAX)) p->lat = p->lon = INT32_MAX;
    return p;
}

static uint32_t number(dl_build *b, const dl_row *r, dl_str s)
{
    int32_t v = 0;
    return dl_cell_fixed(b, r, s, 0, &v) && v > 0 ? (uint32_t)v : 0;
}

static bool letters(dl_str s, uint32_t n)
{
    for (uint32_t i = 0; i < s.n; i++)
        if (!dl_upper((unsigned char)s.p[i])) return false;
    return s.n == n;
}

static void country_code(dl_build *b, const dl_row *r, dl_str alpha, uint32_t id)
{
    uint32_t k = dl_intern_id(&b->country_codes, b->a, alpha);
    if (k <= b->country_place.n) { dl_bad(b, &r->line, alpha, "\"%.*s\" is another country's", (int)alpha.n, alpha.p); return; }
    *dl_push(b->a, &b->country_place) = id;
    dl_country_key *c = dl_push(b->a, &b->countries);
    memcpy(c->alpha, alpha.p, alpha.n), c->place = id;
}

static void country_row(dl_build *b, const dl_row *r)
{
    dl_str a3 = r->cell[K_ALPHA3], a2 = r->cell[K_ALPHA2];
    if (!letters(a3, 3)) { dl_bad(b, &r->line, a3.n ? a3 : r->line.line, "alpha3 is three capitals"); return; }
    if (a2.n && !letters(a2, 2)) { dl_bad(b, &r->line, a2, "alpha2 is two capitals"); return; }
    uint32_t id = b->places.n;
    dl_place_row *p = new_place(b, r, DL_PLACE_COUNTRY, r->cell[K_NAME], r->cell[K_LAT], r->cell[K_LON]);
    p->alpha3 = dl_string(b, a3), p->cls = dl_string(b, DL_STR("PCLI")), p->geonames = number(b, r, r->cell[K_GEONAMES]), p->country = id;
    if (a2.n) memcpy(p->cc, a2.p, 2);
    country_code(b, r, a3, id);
    if (a2.n) country_code(b, r, a2, id);
    dl_line at = r->line;
    at.key = r->cell[K_CAPITAL];
    *dl_push(b->a, &b->capital_at) = at;
    names(b, r, r->cell[K_NAME], 0, id);
    names(b, r, r->cell[K_AKA], DL_F_AKA, id);
    names(b, r, r->cell[K_ADJ], DL_F_ADJECTIVE, id);
    names(b, r, r->cell[K_PEOPLE], DL_F_PEOPLE, id);
}

static bool set_country(dl_build *b, const dl_row *r, dl_place_row *p, dl_str code)
{
    uint32_t k;
    if (!dl_find_name(&b->country_codes, code, &k)) {
        dl_bad(b, &r->line, code.n ? code : r->line.line, "unknown country \"%.*s\"", (int)code.n, code.p);
        return false;
    }
    p->country = b->country_place.v[k];
    memcpy(p->cc, b->places.v[p->country].cc, 2);
    return true;
}

static void region_row(dl_build *b, const dl_row *r)
{
    uint32_t id = b->places.n;
    dl_place_row *p = new_place(b, r, DL_PLACE_REGION, r->cell[R_NAME], r->cell[R_LAT], r->cell[R_LON]);
    p->admin1 = dl_string(b, r->cell[R_CODE]), p->cls = dl_string(b, r->cell[R_CLASS]), p->geonames = number(b, r, r->cell[R_GEONAMES]), p->region = id;
    if (!set_country(b, r, p, r->cell[R_COUNTRY])) return;
    dl_str key = dl_fmt(b->a, "%.2s.%.*s", p->cc, (int)r->cell[R_CODE].n, r->cell[R_CODE].p);
    if (dl_intern_id(&b->region_codes, b->a, key) > b->region_place.n) *dl_push(b->a, &b->region_place) = id;
    names(b, r, r->cell[R_NAME], 0, id);
    names(b, r, r->cell[R_AKA], DL_F_AKA, id);
    names(b, r, r->cell[R_ADJ], DL_F_ADJECTIVE, id);
}

static void macro_row(dl_build *b, const dl_row *r)
{
    uint32_t id = b->places.n, k;
    dl_place_row *p = new_place(b, r, DL_PLACE_MACRO, r->cell[M_NAME], r->cell[M_LAT], r->cell[M_LON]);
    p->cls = dl_string(b, r->cell[M_CLASS]);
    for (dl_str c = r->cell[M_COUNTRIES]; c.n;) {
        dl_str one = dl_next_alt(&c, '|');
        if (one.n && !dl_find_name(&b->country_codes, one, &k)) dl_bad(b, &r->line, one, "unknown country \"%.*s\"", (int)one.n, one.p);
    }
    names(b, r, r->cell[M_NAME], 0, id);
    names(b, r, r->cell[M_AKA], DL_F_AKA, id);
    names(b, r, r->cell[M_ADJ], DL_F_ADJECTIVE, id);
}

static void city_row(dl_build *b, const dl_row *r)
{
    uint32_t id = b->places.n, k;
    dl_place_row *p = new_place(b, r, DL_PLACE_CITY, r->cell[C_NAME], r->cell[C_LAT], r->cell[C_LON]);
    p->admin1 = dl_string(b, r->cell[C_ADMIN1]), p->admin2 = dl_string(b, r->cell[C_ADMIN2]), p->cls = dl_string(b, r->cell[C_CLASS]);
    p->geonames = number(b, r, r->cell[C_GEONAMES]), p->population = number(b, r, r->cell[C_POPULATION]);
    if (!set_country(b, r, p, r->cell[C_COUNTRY])) return;
    if (dl_find_name(&b->region_codes, dl_fmt(b->a, "%.2s.%.*s", p->cc, (int)r->cell[C_ADMIN1].n, r->cell[C_ADMIN1].p), &k)) p->region = b->region_place.v[k];
    names(b, r, r->cell[C_NAME], 0, id);
    names(b, r, r->cell[C_AKA], DL_F_AKA, id);
}

const dl_table dl_place_tables[4] = {
    { "countries.tsv", { "alpha3", "alpha2", "name", "aka", "adjective", "people", "capital", "geonames", "lat", "lon" }, { 1, 0 }, false, country_row },
    { "regions.tsv", { "country", "code", "name", "aka", "adjective", "geonames", "lat", "lon", "class" }, { 1, 2 }, false, region_row },
    { "macro.tsv", { "name", "aka", "adjective", "class", "lat", "lon", "countries" }, { 1, 0 }, false, macro_row },
    { "cities.tsv", { "geonames", "name", "aka", "country", "admin1", "admin2", "lat", "lon", "population", "class" }, { 1, 0 }, false, city_row },
};

/* ---- at the end ---- */

static uint32_t find_capital(const dl_build *b, dl_str folded, uint32_t country)
{
    uint32_t k, best = none;
    if (!dl_find_name(&b->phrase, folded, &k)) return none;
    for (uint32_t i = b->key.v[k].first; i; i = b->node.v[i - 1].next) {
        const dl_posting *p = &b->node.v[i - 1].p;
        if (p->kind != DL_P_PLACE || b->places.v[p->id].kind != DL_PLACE_CITY || b->places.v[p->id].country != country) continue;
        const dl_place_row *now = &b->places.v[p->id], *old = best == none ? NULL : &b->places.v[best];
        bool c = dl_is(dl_text_of(b, now->cls), "PPLC"), o = old && dl_is(dl_text_of(b, old->cls), "PPLC");
        if (!old || (c && !o) || (c == o && now->population > old->population)) best = p->id;
    }
    return best;
}

static int by_alpha(const void *x, const void *y) { return memcmp(x, y, 4); }

void dl_places_finish(dl_build *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < b->places.n; i++) {
        if (b->places.v[i].kind != DL_PLACE_COUNTRY) continue;
        const dl_line *ln = &b->capital_at.v[n++];
        if (!ln->key.n) continue;
        uint32_t c = none;
        for (dl_str all = ln->key; all.p && c == none;) c = find_capital(b, dl_fold_phrase(b, dl_next_alt(&all, '|')), i);      /* seats of two: the first */
        if (c == none) dl_warn(b, ln, ln->key, "no city \"%.*s\" in that country: its capital", (int)ln->key.n, ln->key.p);
        b->places.v[i].capital = c;
    }
    if (b->countries.n) qsort(b->countries.v, b->countries.n, sizeof *b->countries.v, by_alpha);
}
