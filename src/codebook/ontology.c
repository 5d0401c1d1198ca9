/* ontology.c - cameo.tsv and plover.tsv: CAMEO's codes with their crosswalk to PLOVER, and the events of PLOVER with their quads and scores. */
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

const dl_table dl_ontology_tables[2] = {
    { "cameo.tsv", { "code", "name", "goldstein", "type", "mode" }, { 1, 0 }, false, cameo_row },
    { "plover.tsv", { "event", "quad", "score", "own" }, { 1, 0 }, false, plover_row },
};
