/* table.c - a row of a table: its cells by the names of the columns (fields.h). Cells may be quoted, with quotation marks inside doubled (RFC 4180). */
#include "base/utf8.h"
#include "intake/fields.h"
#include "intake/html.h"
#include "intake/table.h"

enum { COLUMNS = 256 };
typedef struct { dl_span at; bool quoted; } cell;    /* at: without its quotation marks */

static uint32_t cut_cells(dl_str s, char separator, cell *out)
{
    uint32_t n = 0, i = 0;
    while (n < COLUMNS) {
        while (i < s.n && s.p[i] == ' ') i++;
        cell c = { { i, i }, i < s.n && s.p[i] == '"' };
        if (c.quoted) {
            for (i++, c.at.b = i; i < s.n; i++) {
                if (s.p[i] != '"') continue;
                if (i + 1 < s.n && s.p[i + 1] == '"') { i++; continue; }
                break;
            }
            c.at.e = i;
        }
        uint32_t end = i;
        while (end < s.n && s.p[end] != separator) end++;
        if (!c.quoted) c.at.e = end;
        out[n++] = c;
        if (end == s.n) break;
        i = end + 1;
    }
    return n;
}

static bool known(dl_str name, bool *text)
{
    for (int f = 0; f < F_N; f++) {
        if (dl_field_rank((field)f, name) == F_NAMES) continue;
        *text |= f == F_TEXT || f == F_LEAD || f == F_HTML;
        return true;
    }
    return false;
}

char dl_table_separator(dl_str header)
{
    static const char SEPARATORS[] = ",\t;|";
    cell v[COLUMNS];
    for (const char *sep = SEPARATORS; *sep; sep++) {
        uint32_t n = cut_cells(header, *sep, v), found = 0;
        bool text = false, shaped = n > 1;
        for (uint32_t i = 0; i < n && shaped; i++) {
            dl_str name = dl_trim(dl_at(header, v[i].at));
            shaped = name.n <= 60;
            found += known(name, &text);
        }
        if (shaped && text && found > 1) return *sep;
    }
    return 0;
}

/* A cell's text as it is meant. */
static dl_str value(dl_arena *a, dl_str in, const cell *c)
{
    dl_str s = dl_at(in, c->at);
    if (!c->quoted || dl_find(s, DL_STR("\"\""), 0) < 0) return s;
    char *out = dl_room(a, s.n);
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.n; i++) { out[n++] = s.p[i]; i += s.p[i] == '"'; }
    return (dl_str){ out, n };
}

static void put_cell(dl_maker *m, const cell *c)
{
    if (m->n) dl_maker_supply(m, "\n\n", c->at.b);
    uint32_t b = c->at.b;
    for (uint32_t i = b; c->quoted && i + 1 < c->at.e; i++) {
        if (m->in.p[i] != '"' || m->in.p[i + 1] != '"') continue;
        dl_maker_bytes(m, b, i);
        dl_maker_char(m, '"', i, i + 2);
        b = ++i + 1;
    }
    dl_maker_bytes(m, b, c->at.e);
}

/* A cell that holds a page. */
static void put_page(dl_arena *doc, dl_arena *scratch, dl_str in, const cell *c, dl_article *art)
{
    dl_runs runs = { NULL, 0, 0 };
    dl_maker m;
    char *page = dl_room(doc, dl_len(c->at) + 1);
    uint32_t n = 0;
    for (uint32_t i = c->at.b, b = i; i < c->at.e; b = i) {
        while (i < c->at.e && !(c->quoted && in.p[i] == '"' && i + 1 < c->at.e && in.p[i + 1] == '"')) i++;
        memcpy(page + n, in.p + b, i - b);
        if (i > b) *dl_push(scratch, &runs) = (dl_run){ n, b, i - b, 1, 1 };
        n += i - b;
        if (i == c->at.e) break;
        *dl_push(scratch, &runs) = (dl_run){ n, i, 1, 1, 2 };
        page[n++] = '"', i += 2;
    }
    dl_maker_open(&m, doc, scratch, art, (dl_str){ page, n });
    m.runs = &runs;
    dl_page_read(doc, scratch, &m, art);
}

bool dl_table_row(dl_arena *doc, dl_arena *scratch, dl_str in, dl_str header, dl_article *art, const char **why)
{
    char separator = dl_table_separator(header);
    cell *name = dl_new(scratch, cell, COLUMNS), *c = dl_new(scratch, cell, COLUMNS), *at[F_N] = { NULL };
    uint32_t names = separator ? cut_cells(header, separator, name) : 0, n = cut_cells(in, separator, c);
    dl_said said;
    for (int f = 0; f < F_N; f++) said.rank[f] = UINT32_MAX, said.value[f] = (dl_str){ NULL, 0 };
    *why = names ? NULL : "its table has no line that names the columns";
    if (names && n != names) dl_article_warn(doc, art, "table: %u cells where the first line has %u", n, names);
    for (uint32_t i = 0; i < n && i < names; i++)
        for (int f = 0; f < F_N; f++) {
            uint32_t rank = dl_field_rank((field)f, dl_trim(dl_at(header, name[i].at)));
            if (rank == F_NAMES) continue;
            dl_str v = value(scratch, in, &c[i]);
            if (f == F_HTML && !dl_sniff_html(v)) continue;
            dl_say(&said, (field)f, rank, v);
            if (said.rank[f] == rank) at[f] = &c[i];
        }
    cell *text = at[F_TEXT] ? at[F_TEXT] : at[F_LEAD];
    if (!names || (!text && !at[F_TITLE] && !at[F_HTML])) { if (!*why) *why = "no cell with text"; return false; }
    if (at[F_HTML] && (!text || at[F_HTML] == text || dl_sniff_html(dl_at(in, text->at)))) {
        if (at[F_TITLE]) art->title = dl_decoded(doc, dl_trim(said.value[F_TITLE]));
        dl_take_said(doc, &said, art);
        put_page(doc, scratch, in, at[F_HTML], art);
        return true;
    }
    dl_maker m;
    dl_maker_open(&m, doc, scratch, art, in);
    if (at[F_TITLE]) put_cell(&m, at[F_TITLE]);
    uint32_t title = m.n;
    if (text) put_cell(&m, text);
    dl_maker_close(&m);
    if (title) art->title = dl_trim(dl_cut(art->text, 0, title));
    dl_take_said(doc, &said, art);
    return true;
}
