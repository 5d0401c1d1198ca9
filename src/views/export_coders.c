/* export_coders.c - tables of other coders of events: POLECAT (PLOVER), Phoenix (PETRARCH), ICEWS, ACLED. Their columns, our facts: a column that asks for what we do not know, or do not infer, stays empty. */
#include <stdlib.h>
#include "views/export.h"

static const dl_party nobody;
static const dl_party *party(const dl_told *t, const char *role) { const dl_party *p = dl_told_party(t, role); return p ? p : &nobody; }

static dl_str country_name(const dl_export *x, dl_str alpha)
{
    dl_country c;
    dl_country_of(x->book, alpha, &c);
    return c.name;
}

static bool is_city(const dl_told *t) { return dl_starts(t->place_class, DL_STR("PPL")); }

/* Blanks between become signs. */
static void list_cell(dl_buf *b, dl_str list, const char *between)
{
    for (uint32_t i = 0; i < list.n; i++) {
        if (list.p[i] == ' ') dl_putz(b, between);
        else dl_putc(b, (unsigned char)list.p[i] < ' ' ? ' ' : list.p[i]);
    }
    dl_putc(b, '\t');
}

static dl_str first_word(dl_str s)
{
    uint32_t e = 0;
    while (e < s.n && s.p[e] != ' ') e++;
    return dl_cut(s, 0, e);
}

/* ---- POLECAT ---- */

static const char polecat_head[] =
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tEvent Intensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\tPrimary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\t"
    "Recipient Name\tRecipient Country\tRecipient COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\tPlacename\tCity\tDistrict\tProvince\tCountry\t"
    "Latitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion\n";

/* Name, Country, COW, Primary Sector, Sectors, Title, Name Raw, Wikipedia ID */
static void polecat_party(dl_buf *b, const dl_party *p)
{
    dl_tsv_cell(b, p->name, false), dl_tsv_cell(b, p->country, false), dl_putc(b, '\t'), dl_tsv_cell(b, first_word(p->sectors), false), list_cell(b, p->sectors, ", ");
    dl_tsv_cell(b, p->title, false), dl_tsv_cell(b, p->words, false), dl_putc(b, '\t');
}

typedef struct { dl_stmt *story; } story;

/* Names of the report's entities of a kind, or of its places; private ones stay out of it. */
static void story_names(dl_export *x, story *s, int64_t report, const char *kind)
{
    dl_stmt_int(s->story, 1, report), dl_stmt_str(s->story, 2, dl_str_of(kind)), dl_stmt_int(s->story, 3, x->names ? 1 : 0);
    dl_str names = dl_stmt_next(x->db, s->story) ? dl_col_str(s->story, 0) : (dl_str){ 0 };
    dl_tsv_cell(&x->out, names.p ? names : DL_STR(""), false);
    dl_stmt_reset(s->story);
}

static bool polecat_row(dl_export *x, const dl_told *t, void *self)
{
    static const char *const quads[] = { "", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT" };
    dl_buf *b = &x->out;
    dl_str day = dl_told_day(t);
    if (!t->plover.n || !day.n) return false;
    dl_tsv_cell(b, t->key, false), dl_tsv_cell(b, day, false), dl_tsv_cell(b, t->plover, false), dl_tsv_cell(b, t->mode, false), dl_num_cell(b, t->has_goldstein, t->goldstein, 1, false);
    dl_tsv_cell(b, dl_str_of(t->quad >= 1 && t->quad <= 4 ? quads[t->quad] : ""), false), list_cell(b, t->context, ";");
    polecat_party(b, party(t, "actor")), polecat_party(b, party(t, "recipient"));
    dl_tsv_cell(b, t->place, false), dl_tsv_cell(b, is_city(t) ? t->place : DL_STR(""), false), dl_tsv_cell(b, t->admin2, false), dl_tsv_cell(b, t->admin1, false);
    dl_country c;
    dl_country_of(x->book, t->country, &c);
    dl_tsv_cell(b, c.alpha3, false), dl_num_cell(b, t->has_point, t->lat, 5, false), dl_num_cell(b, t->has_point, t->lon, 5, false);
    dl_int_cell(b, t->geonames > 0, t->geonames, false), dl_tsv_cell(b, t->place_words, false), dl_tsv_cell(b, t->place_class, false);
    dl_tsv_cell(b, t->source, false), dl_tsv_cell(b, t->published, false);
    story_names(x, self, t->report, "person"), story_names(x, self, t->report, "organisation"), story_names(x, self, t->report, "place");
    dl_tsv_cell(b, t->language, false), dl_tsv_cell(b, DL_STR("dateline " DL_VERSION), true);
    return true;
}

bool dl_export_polecat(dl_export *x)
{
    story s = { dl_db_prepare(x->db, "SELECT group_concat(name, ';') FROM (SELECT DISTINCT name FROM entities n WHERE report = ?1 AND private <= ?3 AND private < 2 "
        "AND (kind = ?2 OR (?2 = 'organisation' AND kind IN ('government', 'force', 'group'))) AND EXISTS (SELECT 1 FROM mentions m WHERE m.report = n.report AND m.entity = n.entity AND m.kind = 'name') "
        "UNION SELECT DISTINCT name FROM places WHERE report = ?1 AND ?2 = 'place' ORDER BY 1)") };
    dl_putz(&x->out, polecat_head);
    x->why_left_out = "no event of PLOVER, or no day at all";
    bool good = dl_export_each(x, "ORDER BY a.fact", polecat_row, &s);
    dl_stmt_free(s.story);
    return good;
}

/* ---- Phoenix ---- */

/* Full, Entity, Role, Attribute of an actor: USAGOVMIL is USA, GOV, MIL. */
static void phoenix_party(dl_buf *b, const dl_party *p)
{
    bool country = p->country.n && dl_starts(p->code, p->country);
    dl_str rest = country ? dl_cut(p->code, p->country.n, p->code.n) : p->code;
    dl_tsv_cell(b, p->code, false), dl_tsv_cell(b, country ? p->country : DL_STR(""), false);
    dl_tsv_cell(b, dl_cut(rest, 0, rest.n < 3 ? rest.n : 3), false), dl_tsv_cell(b, rest.n > 3 ? dl_cut(rest, 3, rest.n) : DL_STR(""), false);
}

static bool phoenix_row(dl_export *x, const dl_told *t, void *self)
{
    dl_buf *b = &x->out;
    dl_str day = dl_told_day(t);
    (void)self;
    if (!t->cameo.n || !day.n) return false;
    dl_tsv_cell(b, t->key, false), dl_put_day8(b, day), dl_putc(b, '\t');
    dl_tsv_cell(b, dl_cut(day, 0, 4), false), dl_tsv_cell(b, dl_cut(day, 5, 7), false), dl_tsv_cell(b, dl_cut(day, 8, 10), false);
    phoenix_party(b, party(t, "actor")), phoenix_party(b, party(t, "recipient"));
    dl_tsv_cell(b, t->cameo, false), dl_tsv_cell(b, dl_cut(t->cameo, 0, 2), false), dl_int_cell(b, t->quad > 0, t->quad, false), dl_num_cell(b, t->has_goldstein, t->goldstein, 1, false);
    for (uint32_t i = 0, e; i < t->context.n; i = e + 1) {                               /* issues: code,count; */
        for (e = i; e < t->context.n && t->context.p[e] != ' '; e++) { }
        dl_put(b, dl_cut(t->context, i, e)), dl_putz(b, ",1;");
    }
    dl_putc(b, '\t');
    dl_num_cell(b, t->has_point, t->lat, 5, false), dl_num_cell(b, t->has_point, t->lon, 5, false), dl_tsv_cell(b, t->place, false), dl_tsv_cell(b, t->admin1, false);
    dl_country c;
    dl_country_of(x->book, t->country, &c);
    dl_tsv_cell(b, c.alpha3, false);
    dl_put(b, t->id), dl_putf(b, "_%lld\t", (long long)t->sentence_number + 1);
    dl_tsv_cell(b, t->url, false), dl_tsv_cell(b, t->source, true);
    return true;
}

bool dl_export_phoenix(dl_export *x)
{
    x->why_left_out = "no CAMEO code, or no day at all";
    return dl_export_each(x, "ORDER BY a.fact", phoenix_row, NULL);
}

/* ---- ICEWS ---- */

static const char icews_head[] = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t"
                                 "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n";

static void icews_party(dl_export *x, const dl_party *p)
{
    dl_buf *b = &x->out;
    dl_tsv_cell(b, p->name, false), list_cell(b, p->sectors, ","), dl_tsv_cell(b, country_name(x, p->country), false);
}

static bool icews_row(dl_export *x, const dl_told *t, void *self)
{
    dl_buf *b = &x->out;
    dl_str day = dl_told_day(t);
    (void)self;
    if (!t->cameo.n || !day.n) return false;
    dl_tsv_cell(b, t->key, false), dl_tsv_cell(b, day, false), icews_party(x, party(t, "actor"));
    dl_tsv_cell(b, t->words, false), dl_tsv_cell(b, t->cameo, false), dl_num_cell(b, t->has_goldstein, t->goldstein, 1, false), icews_party(x, party(t, "recipient"));
    dl_tsv_cell(b, t->id, false), dl_int_cell(b, true, t->sentence_number + 1, false), dl_tsv_cell(b, t->source, false);
    dl_tsv_cell(b, is_city(t) ? t->place : DL_STR(""), false), dl_tsv_cell(b, t->admin2, false), dl_tsv_cell(b, t->admin1, false), dl_tsv_cell(b, country_name(x, t->country), false);
    dl_num_cell(b, t->has_point, t->lat, 5, false), dl_num_cell(b, t->has_point, t->lon, 5, true);
    return true;
}

bool dl_export_icews(dl_export *x)
{
    dl_putz(&x->out, icews_head);
    x->why_left_out = "no CAMEO code, or no day at all";
    return dl_export_each(x, "ORDER BY a.fact", icews_row, NULL);
}

/* ---- ACLED ---- */

static const char acled_head[] = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,"
                                 "admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n";

/* The sectors of a party, one after the other; false: no more. */
static bool next_sector(const dl_export *x, const dl_party *p, uint32_t *at, const dl_sector **out)
{
    while (*at < p->sectors.n) {
        dl_str code = first_word(dl_cut(p->sectors, *at, p->sectors.n));
        *at += code.n + 1;
        if ((*out = dl_book_sector(x->book, code)) != NULL) return true;
    }
    return false;
}

static bool armed(const dl_export *x, const dl_party *p)
{
    const dl_sector *s;
    for (uint32_t at = 0; next_sector(x, p, &at, &s);) if (s->armed) return true;
    return false;
}

/* ACLED's kind of actor, as far as sectors tell it. */
static dl_str inter(const dl_export *x, const dl_party *p)
{
    const dl_sector *s;
    for (uint32_t at = 0; next_sector(x, p, &at, &s);) if (s->acled.n) return dl_book_str(x->book, s->acled);
    return dl_is(p->kind, "population") ? DL_STR("Civilians") : DL_STR("");
}

static const dl_acled *class_of(const dl_export *x, const dl_told *t)
{
    for (int k = 1; k < DL_TYPE_N; k++) if (dl_is(t->plover, dl_type_name((dl_type)k))) return dl_book_acled(x->book, (dl_type)k, t->mode);
    return NULL;
}

static void acled_party(dl_export *x, const dl_party *p)            /* "Name (Country)", associated actors, kind */
{
    dl_str country = country_name(x, p->country);
    dl_buf *b = &x->out, name;
    dl_buf_init(&name, 0);
    dl_put(&name, p->name);
    if (p->name.n && country.n && dl_find(p->name, country, 0) < 0) dl_putz(&name, " ("), dl_put(&name, country), dl_putc(&name, ')');
    dl_csv_cell(b, dl_buf_str(&name), false);
    dl_buf_free(&name);
    dl_putc(b, ','), dl_csv_cell(b, inter(x, p), false);
}

static void csv_number(dl_buf *b, bool there, double v, int decimals)
{
    if (there) dl_put_number(b, v, decimals);
    dl_putc(b, ',');
}

static bool acled_row(dl_export *x, const dl_told *t, void *self)
{
    dl_buf *b = &x->out;
    dl_str day = dl_told_day(t);
    const dl_party *who = party(t, "actor"), *whom = party(t, "recipient");
    const dl_acled *c = class_of(x, t);
    dl_country country;
    (void)self;
    if (!c || !day.n || !t->has_point) return false;
    bool known = dl_country_of(x->book, t->country, &country), exact = t->earliest.n == 10 && dl_eq(t->earliest, t->latest), city = is_city(t);
    bool clash = armed(x, who) && armed(x, whom) && dl_is(dl_book_str(x->book, c->sub_event), "Attack");
    dl_put(b, known ? country.alpha3 : DL_STR("XXX")), dl_csv_cell(b, t->key, false), dl_csv_cell(b, day, false), dl_csv_cell(b, dl_cut(day, 0, 4), false);
    csv_number(b, true, exact ? 1 : t->date.n >= 7 ? 2 : 3, 0);
    dl_csv_cell(b, dl_book_str(x->book, c->disorder), false), dl_csv_cell(b, clash ? DL_STR("Battles") : dl_book_str(x->book, c->event), false), dl_csv_cell(b, clash ? DL_STR("Armed clash") : dl_book_str(x->book, c->sub_event), false);
    acled_party(x, who), acled_party(x, whom);
    dl_csv_cell(b, DL_STR(""), false);                                                   /* interaction */
    dl_csv_cell(b, dl_is(inter(x, whom), "Civilians") ? DL_STR("Civilian targeting") : DL_STR(""), false);
    csv_number(b, country.numeric > 0, country.numeric, 0);
    dl_csv_cell(b, DL_STR(""), false), dl_csv_cell(b, country.name, false), dl_csv_cell(b, t->admin1, false), dl_csv_cell(b, t->admin2, false), dl_csv_cell(b, DL_STR(""), false);
    dl_csv_cell(b, t->place, false), csv_number(b, true, t->lat, 5), csv_number(b, true, t->lon, 5), csv_number(b, true, city ? 1 : dl_starts(t->place_class, DL_STR("ADM2")) ? 2 : 3, 0);
    dl_csv_cell(b, t->source, false), dl_csv_cell(b, DL_STR(""), false), dl_csv_cell(b, t->sentence, false);
    csv_number(b, true, dl_told_killed(t) < 0 ? 0 : dl_told_killed(t), 0);               /* as ACLED does: 0 where none is told */
    dl_csv_cell(b, DL_STR("machine-coded; not ACLED data"), false);
    dl_putc(b, '\n');
    return true;
}

bool dl_export_acled(dl_export *x)
{
    dl_putz(&x->out, acled_head);
    x->why_left_out = "no violence or protest, or no place or day";
    return dl_export_each(x, "ORDER BY a.fact", acled_row, NULL);
}
