/* ontology.c - codes and what they mean: cameo.tsv (CAMEO's codes with their crosswalk to PLOVER), plover.tsv (events of PLOVER with their quads and scores), sectors.tsv (sectors of actors), acled.tsv (what ACLED
 * calls a type and mode), country-codes.tsv. */
#include "codebook/build.h"

enum { C_CODE, C_NAME, C_GOLDSTEIN, C_TYPE, C_MODE };
enum { P_EVENT, P_QUAD, P_SCORE, P_OWN };

static void cameo_row(dl_build *b, const dl_row *r)
{
    dl_str code = r->cell[C_CODE], type = r->cell[C_TYPE];
    bool ok = code.n >= 2 && code.n <= 4;
    for (uint32_t i = 0; i < code.n; i++) ok = ok && dl_digit((unsigned char)code.p[i]);
    if (!ok) { dl_bad(b, &r->line, code, "\"%.*s\" is no CAMEO code: two to four digits", (int)code.n, code.p); return; }
    int t = type.n ? dl_name_of(b, &r->line, type, "event type", dl_type_names, 1, DL_TYPE_N) : 0;
    int32_t g = 0;
    dl_cell_fixed(b, r, r->cell[C_GOLDSTEIN], 1, &g);
    dl_intern_id(&b->cameo_codes, b->a, code);
    b->has_cameo = true;
    dl_ref rc = dl_string(b, code), rn = dl_string(b, r->cell[C_NAME]), rm = dl_string(b, r->cell[C_MODE]);
    dl_cameo *c = dl_push(b->a, &b->cameo);
    c->code = rc, c->name = rn, c->mode = rm, c->type = (uint8_t)(t < 0 ? 0 : t), c->goldstein10 = (int16_t)g;
}

static void plover_row(dl_build *b, const dl_row *r)
{
    int t = dl_name_of(b, &r->line, r->cell[P_EVENT], "event type", dl_type_names, 1, DL_TYPE_N);
    if (t < 0) return;
    int32_t quad = 0, score = 0;
    dl_cell_fixed(b, r, r->cell[P_QUAD], 0, &quad);
    dl_cell_fixed(b, r, r->cell[P_SCORE], 1, &score);
    if (quad < 0 || quad > 4) dl_bad(b, &r->line, r->cell[P_QUAD], "a quad is 1 to 4"), quad = 0;
    b->types[t].quad = (uint8_t)quad, b->types[t].score10 = (int16_t)score, b->types[t].own = dl_is(r->cell[P_OWN], "1");
}

enum { S_CODE, S_WORDS, S_OFFICE, S_ARMED, S_ACLED };
enum { A_TYPE, A_MODE, A_EVENT, A_SUB_EVENT, A_DISORDER };
enum { K_ALPHA2, K_FIPS, K_NUMERIC };

static void sector_row(dl_build *b, const dl_row *r)
{
    dl_str code = r->cell[S_CODE], office = r->cell[S_OFFICE], armed = r->cell[S_ARMED];
    if (code.n != 3) { dl_bad(b, &r->line, code, "\"%.*s\" is no sector: three capitals", (int)code.n, code.p); return; }
    if (office.n && !dl_is(office, "public")) dl_bad(b, &r->line, office, "office is \"public\" or empty");
    if (armed.n && !dl_is(armed, "armed")) dl_bad(b, &r->line, armed, "armed is \"armed\" or empty");
    dl_ref rc = dl_string(b, code), rw = dl_string(b, r->cell[S_WORDS]), ra = dl_string(b, r->cell[S_ACLED]);
    *dl_push(b->a, &b->sectors) = (dl_sector){ .code = rc, .words = rw, .acled = ra, .office = office.n != 0, .armed = armed.n != 0 };
}

static void acled_row(dl_build *b, const dl_row *r)
{
    int t = dl_name_of(b, &r->line, r->cell[A_TYPE], "event type", dl_type_names, 1, DL_TYPE_N);
    if (t < 0) return;
    dl_ref mode = dl_string(b, r->cell[A_MODE]), event = dl_string(b, r->cell[A_EVENT]), sub = dl_string(b, r->cell[A_SUB_EVENT]), disorder = dl_string(b, r->cell[A_DISORDER]);
    *dl_push(b->a, &b->acled) = (dl_acled){ mode, event, sub, disorder, (uint32_t)t };
}

static void codes_row(dl_build *b, const dl_row *r)
{
    dl_str alpha2 = r->cell[K_ALPHA2];
    int32_t numeric = 0;
    if (alpha2.n != 2) { dl_bad(b, &r->line, alpha2, "alpha2 is two capitals"); return; }
    dl_cell_fixed(b, r, r->cell[K_NUMERIC], 0, &numeric);
    dl_ref ra = dl_string(b, alpha2), rf = dl_string(b, r->cell[K_FIPS]);
    *dl_push(b->a, &b->codes) = (dl_country_codes){ ra, rf, (uint32_t)(numeric > 0 ? numeric : 0) };
}

const dl_table dl_ontology_tables[DL_ONTOLOGY_TABLES] = {
    { "cameo.tsv", { "code", "name", "goldstein", "type", "mode" }, { 1, 0 }, false, cameo_row },
    { "plover.tsv", { "event", "quad", "score", "own" }, { 1, 0 }, false, plover_row },
    { "sectors.tsv", { "code", "words", "office", "armed", "acled" }, { 1, 0 }, false, sector_row },
    { "acled.tsv", { "type", "mode", "event", "sub_event", "disorder" }, { 1, 2 }, false, acled_row },
    { "country-codes.tsv", { "alpha2", "fips", "numeric" }, { 1, 0 }, false, codes_row },
};
