/* export.c - see export.h. */
#include <stdlib.h>
#include <string.h>
#include "base/error.h"
#include "views/export.h"

enum { FLUSH = 1 << 16 };

const dl_export_format dl_export_formats[] = {
    { "jsonl", "the records themselves, a line a report (docs/record.schema.json)", false, false, dl_export_jsonl },
    { "tsv", "a row an event, with its status, words and sentence", false, false, dl_export_tsv },
    { "gdelt", "GDELT 2.0 events: 61 columns, tabs, no header", true, false, dl_export_gdelt },
    { "gdelt-mentions", "GDELT 2.0 mentions: 16 columns, tabs, no header", true, false, dl_export_gdelt_mentions },
    { "polecat", "POLECAT (PLOVER): 40 columns, tabs", true, false, dl_export_polecat },
    { "phoenix", "Phoenix, as PETRARCH's pipeline writes it: 26 columns, tabs, no header", true, false, dl_export_phoenix },
    { "icews", "like ICEWS: 20 columns, tabs", true, false, dl_export_icews },
    { "acled", "like ACLED: 31 columns, commas; violence and protest only", true, false, dl_export_acled },
    { "geojson", "a point an event, for maps (QGIS, kepler.gl)", false, false, dl_export_geojson },
    { "timelinejs", "a slide an event, for TimelineJS: at most 100", true, false, dl_export_timelinejs },
    { "graphml", "who did how much to whom, as a graph (Gephi, igraph, NetworkX)", true, false, dl_export_graphml },
    { "gexf", "the same with days, for Gephi's timeline", true, false, dl_export_gexf },
    { "webanno", "W3C Web Annotation: one for each slot", false, false, dl_export_webanno },
    { "brat", "brat standoff: a .txt and an .ann for each report, into a folder", false, true, dl_export_brat },
    { "ftm", "FollowTheMoney entities, a line each (Aleph)", false, false, dl_export_ftm },
    { "html", "the page as one file: no more than 5000 events", false, false, dl_export_html },
    { NULL, NULL, false, false, NULL }
};

const dl_export_format *dl_export_find(const char *name)
{
    for (const dl_export_format *f = dl_export_formats; f->name; f++) if (!strcmp(f->name, name)) return f;
    return NULL;
}

bool dl_export_run(dl_export *x, dl_error *err)
{
    dl_buf_init(&x->out, 0);
    if (x->format->facts_only && !dl_filter_has(x->filter, "status") && (!dl_filter_add(x->filter, "status", "asserted", err) || !dl_filter_add(x->filter, "status", "reported", err))) return false;
    bool good = x->format->write(x) && !x->out.failed && (!x->out.n || x->format->folder || x->take(x->to, dl_buf_str(&x->out)) || !(x->stopped = true));
    if (x->out.failed) dl_fail(err, DL_ENOMEM, "no memory for an export");
    else if (!good) dl_db_tell(x->db, err);
    dl_buf_free(&x->out);
    return good;
}

bool dl_export_flush(dl_export *x)
{
    if (x->out.failed || x->stopped) return false;
    if (x->out.n < FLUSH) return true;
    x->stopped = !x->take(x->to, dl_buf_str(&x->out));
    dl_buf_clear(&x->out);
    return !x->stopped;
}

bool dl_export_each(dl_export *x, const char *rest, bool (*each)(dl_export *, const dl_told *, void *), void *self)
{
    dl_teller t;
    dl_told row;
    bool good = dl_teller_open(&t, x->db, x->filter, x->names, rest);
    while (good && dl_teller_next(&t, &row)) {
        if (each(x, &row, self)) x->written++;
        else x->left_out++;
        good = dl_export_flush(x);
    }
    dl_teller_close(&t);
    return good && dl_db_good(x->db);
}

/* ---- cells ---- */

void dl_tsv_cell(dl_buf *b, dl_str s, bool last)
{
    s = dl_trim(s);
    for (uint32_t i = 0; i < s.n; i++) dl_putc(b, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
    dl_putc(b, last ? '\n' : '\t');
}

void dl_csv_cell(dl_buf *b, dl_str s, bool last)
{
    bool quote = false;
    for (uint32_t i = 0; i < s.n; i++) if (strchr(",\"\n\r", s.p[i])) quote = true;
    if (quote) dl_putc(b, '"');
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') dl_putc(b, '"');
        dl_putc(b, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
    }
    if (quote) dl_putc(b, '"');
    dl_putc(b, last ? '\n' : ',');
}

void dl_put_number(dl_buf *b, double v, int decimals)
{
    int64_t scale = 1;
    for (int i = 0; i < decimals; i++) scale *= 10;
    double scaled = v * (double)scale;
    int64_t n = scaled < 0 ? -(int64_t)(0.5 - scaled) : (int64_t)(scaled + 0.5);
    if (n % scale == 0) { dl_putint(b, n / scale); return; }
    while (n % 10 == 0) n /= 10, decimals--;
    dl_putfix(b, n, decimals);
}

void dl_num_cell(dl_buf *b, bool there, double v, int decimals, bool last)
{
    if (there) dl_put_number(b, v, decimals);
    dl_putc(b, last ? '\n' : '\t');
}

void dl_int_cell(dl_buf *b, bool there, int64_t v, bool last)
{
    if (there) dl_putint(b, v);
    dl_putc(b, last ? '\n' : '\t');
}

dl_str dl_told_day(const dl_told *t)
{
    if (t->earliest.n == 10) return t->earliest;
    if (t->latest.n == 10) return t->latest;
    return t->published.n == 10 ? t->published : DL_STR("");
}

void dl_put_day8(dl_buf *b, dl_str day) { for (uint32_t i = 0; i < day.n; i++) if (day.p[i] != '-') dl_putc(b, day.p[i]); }

int dl_told_killed(const dl_told *t)
{
    return dl_is(t->measures, "killed") && t->has_low && t->low >= 0 && t->low < 1e9 ? (int)t->low : -1;
}

bool dl_country_of(const dl_codebook *book, dl_str alpha, dl_country *out)
{
    uint32_t id = dl_book_country(book, alpha);
    *out = (dl_country){ DL_STR(""), DL_STR(""), DL_STR(""), DL_STR(""), 0 };
    if (id == UINT32_MAX) return false;
    const dl_place_row *p = dl_book_place(book, id);
    out->alpha2 = p->cc[0] ? (dl_str){ p->cc, 2 } : DL_STR(""), out->alpha3 = dl_book_str(book, p->alpha3), out->name = dl_book_str(book, p->name);
    const dl_country_codes *c = dl_book_country_codes(book, out->alpha2);
    if (c) out->fips = dl_book_str(book, c->fips), out->numeric = c->numeric;
    return true;
}

/* ---- characters ---- */

void dl_chars_open(dl_chars *c, dl_db *d) { *c = (dl_chars){ .db = d, .q = dl_db_prepare(d, "SELECT text FROM reports WHERE report = ?1") }; }

void dl_chars_close(dl_chars *c)
{
    dl_stmt_free(c->q);
    free(c->text), free(c->at);
}

enum { STRIDE = 64 };                                /* bytes between those whose characters are counted ahead */

bool dl_chars_turn(dl_chars *c, int64_t report, const dl_veil *veil, dl_arena *a)
{
    if (c->report == report && c->text) return true;
    free(c->text), free(c->at);
    c->text = NULL, c->at = NULL, c->n = 0, c->report = report;
    dl_stmt_int(c->q, 1, report);
    dl_str text = dl_stmt_next(c->db, c->q) ? dl_col_str(c->q, 0) : DL_STR("");
    if (veil && text.n) text = dl_veil_words(veil, a, text);
    c->text = malloc(text.n + 1), c->at = malloc((text.n / STRIDE + 1) * sizeof *c->at);
    if (!c->text || !c->at) { dl_stmt_reset(c->q); return dl_db_refuse(c->db, DL_ENOMEM, "no memory for a text of the database"); }
    if (text.n) memcpy(c->text, text.p, text.n);
    c->n = text.n;
    dl_stmt_reset(c->q);
    uint32_t count = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        if (i % STRIDE == 0) c->at[i / STRIDE] = count;
        count += ((unsigned char)c->text[i] & 0xC0) != 0x80;
    }
    if (c->n % STRIDE == 0) c->at[c->n / STRIDE] = count;
    return dl_db_good(c->db);
}

int64_t dl_chars_at(const dl_chars *c, int64_t byte)
{
    if (byte < 0 || byte > c->n) return 0;
    int64_t from = byte / STRIDE * STRIDE, count = c->at[byte / STRIDE];
    for (; from < byte; from++) count += ((unsigned char)c->text[from] & 0xC0) != 0x80;
    return count;
}
