/* tables.c - tables of the world as rows: columns are found by the names in the first line, so that they may stand in any order and others beside them.
 *
 *   # comment
 *   geonames <tab> name <tab> aka ...        names of columns
 *   2800866  <tab> Brussels <tab> Bruxelles|Brussel ...
 *
 * A row of a later codebook replaces one with the same key (its id, code or name) of an earlier one. Files *-edits.tsv and places.tsv are input of
 * tools/world.py, which makes the tables; the compiler leaves them alone.
 */
#include "codebook/build.h"

typedef struct { int at[16]; uint32_t first; } header;           /* column of each name, -1: none; first: line number of the header */

static const dl_table *table(int i) { return i < DL_ONTOLOGY_TABLES ? &dl_ontology_tables[i] : i < DL_ONTOLOGY_TABLES + 4 ? &dl_place_tables[i - DL_ONTOLOGY_TABLES] : &dl_actor_tables[i - DL_ONTOLOGY_TABLES - 4]; }
enum { NTABLES = DL_ONTOLOGY_TABLES + 5 };

static dl_str base_name(dl_str name)
{
    for (uint32_t i = name.n; i-- > 0;)
        if (name.p[i] == '/') return dl_cut(name, i + 1, name.n);
    return name;
}

int dl_table_of(dl_str name)
{
    name = base_name(name);
    if (dl_ends(name, DL_STR("-edits.tsv")) || dl_is(name, "places.tsv")) return -2;
    for (int i = 0; i < NTABLES; i++)
        if (dl_is(name, table(i)->file)) return i;
    return -1;
}

void dl_near_table(dl_near *n)
{
    for (int i = 0; i < NTABLES; i++) dl_near_try(n, dl_str_of(table(i)->file));
}

/* ---- keys ---- */

void dl_row_claim(dl_build *b, const dl_line *ln, dl_str at, dl_str key, uint32_t layer, bool many)
{
    uint32_t k = dl_intern_id(&b->row_keys, b->a, key);
    dl_claim now = { layer, ln->src, ln->no };
    if (k > b->claims.n) { *dl_push(b->a, &b->claims) = now; return; }
    dl_claim *c = &b->claims.v[k - 1];
    if (c->layer == layer && !many) {
        dl_str f = b->stack->sources.v[c->src].shown;
        dl_bad(b, ln, at, "\"%.*s\" stands here again (first in %.*s:%u)", (int)at.n, at.p, (int)f.n, f.p, c->no);
    } else if (c->layer < layer) *c = now;
}

bool dl_row_holds(dl_build *b, dl_str key, uint32_t layer)
{
    uint32_t k;
    return !dl_find_name(&b->row_keys, key, &k) || b->claims.v[k].layer <= layer;
}

static dl_str key_of(dl_build *b, const dl_table *t, const dl_row *r)
{
    dl_str x = r->cell[t->key[0] - 1], y = t->key[1] ? r->cell[t->key[1] - 1] : (dl_str){ "", 0 };
    return x.n ? dl_fmt(b->a, "%s %.*s %.*s", t->file, (int)x.n, x.p, (int)y.n, y.p) : (dl_str){ 0 };
}

/* ---- lines ---- */

static bool next_line(dl_str *rest, dl_line *ln)
{
    if (!rest->n) return false;
    const char *nl = memchr(rest->p, '\n', rest->n);
    uint32_t n = nl ? (uint32_t)(nl - rest->p) : rest->n;
    ln->no++, ln->line = dl_cut(*rest, 0, n);
    *rest = dl_cut(*rest, nl ? n + 1 : n, rest->n);
    return true;
}

static bool blank(dl_str line) { return !dl_trim(line).n || line.p[0] == '#'; }

static void read_header(dl_build *b, const dl_table *t, const dl_line *ln, header *h, bool report)
{
    int col = 0;
    for (int k = 0; k < 16; k++) h->at[k] = -1;
    for (dl_str rest = ln->line; rest.p; col++) {
        dl_str name = dl_next_alt(&rest, '\t');
        for (int k = 0; k < 16 && t->columns[k]; k++)
            if (dl_is(name, t->columns[k])) {
                if (h->at[k] >= 0 && report) dl_bad(b, ln, name, "column \"%.*s\" stands twice", (int)name.n, name.p);
                h->at[k] = col;
            }
    }
    for (int k = 0; k < 16 && t->columns[k]; k++)
        if (h->at[k] < 0 && report) dl_bad(b, ln, ln->line, "column \"%s\" is missing", t->columns[k]);
}

static void cut_row(const dl_table *t, const header *h, dl_row *r)
{
    int col = 0;
    for (int k = 0; k < 16; k++) r->cell[k] = (dl_str){ "", 0 };
    for (dl_str rest = r->line.line; rest.p; col++) {
        dl_str cell = dl_next_alt(&rest, '\t');
        for (int k = 0; k < 16 && t->columns[k]; k++)
            if (h->at[k] == col) r->cell[k] = cell;
    }
}

typedef void (*row_fn)(dl_build *, const dl_table *, const dl_row *);

static void each_row(dl_build *b, uint32_t src, const dl_table *t, bool report, row_fn fn)
{
    const dl_source *s = &b->stack->sources.v[src];
    dl_str rest = s->text;
    dl_row r = { .line = { .src = src }, .layer = s->layer };
    header h = { .first = 0 };
    while (next_line(&rest, &r.line)) {
        if (blank(r.line.line)) continue;
        if (!h.first) { read_header(b, t, &r.line, &h, report), h.first = r.line.no; continue; }
        cut_row(t, &h, &r);
        fn(b, t, &r);
    }
}

/* ---- the two passes ---- */

static void claim(dl_build *b, const dl_table *t, const dl_row *r)
{
    dl_str key = key_of(b, t, r);
    if (key.n) dl_row_claim(b, &r->line, r->cell[t->key[0] - 1], key, r->layer, t->many);
}

static void take(dl_build *b, const dl_table *t, const dl_row *r)
{
    dl_str key = key_of(b, t, r);
    if (!key.n || dl_row_holds(b, key, r->layer)) t->row(b, r);
}

void dl_tables_claim(dl_build *b)
{
    for (uint32_t i = 0; i < b->stack->sources.n; i++) {
        int k = b->stack->sources.v[i].table ? dl_table_of(b->stack->sources.v[i].name) : -1;
        if (k >= 0) each_row(b, i, table(k), true, claim);
    }
}

void dl_tables_read(dl_build *b, const dl_table *t, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t i = 0; i < b->stack->sources.n; i++)
            if (b->stack->sources.v[i].table && dl_is(base_name(b->stack->sources.v[i].name), t[k].file)) each_row(b, i, &t[k], false, take);
}

bool dl_cell_fixed(dl_build *b, const dl_row *r, dl_str s, int decimals, int32_t *out)
{
    if (!s.n) return false;
    bool minus = s.p[0] == '-', point = false;
    int64_t v = 0;
    int left = decimals;
    uint32_t digits = 0;
    for (uint32_t i = minus; i < s.n; i++) {
        if (s.p[i] == '.' && !point) { point = true; continue; }
        if (!dl_digit((unsigned char)s.p[i]) || ++digits > 15) { digits = 0; break; }
        if (point && left-- <= 0) { if (left == -1 && s.p[i] >= '5') v++; continue; }
        v = v * 10 + (s.p[i] - '0');
    }
    for (; left > 0 && v < INT32_MAX; left--) v *= 10;
    if (!digits || v > INT32_MAX - 1) { dl_bad(b, &r->line, s, "\"%.*s\" is no number", (int)s.n, s.p); return false; }
    *out = (int32_t)(minus ? -v : v);
    return true;
}
