/* cut_table.c - rows of a table of articles (CSV, TSV; RFC 4180): the first line names the columns; a row ends at a line's end outside of quotation marks. */
#include <stdlib.h>
#include "intake/cut.h"
#include "intake/fields.h"
#include "intake/table.h"

enum { HEADER = 4096 };

bool dl_table_begins(dl_stream *s)
{
    dl_str head = { s->block + s->at, (uint32_t)(s->n - s->at) };
    uint32_t b = dl_starts(head, DL_STR("\xef\xbb\xbf")) ? 3 : 0;
    int64_t end = dl_find(head, DL_STR("\n"), b);
    if (end < 0 || end > HEADER) return false;
    dl_str line = dl_trim(dl_cut(head, b, (uint32_t)end));
    if (!dl_table_separator(line) || !(s->header = malloc((size_t)line.n + 1))) return false;
    memcpy(s->header, line.p, line.n);
    s->header[line.n] = 0;
    dl_cut_use(s, NULL, (size_t)end + 1);
    return true;
}

bool dl_table_next(dl_stream *s, dl_unit *u)
{
    while (dl_cut_ready(s)) {
        bool quoted = false, more = true;
        dl_unit_open(u, s->line);
        while (more && dl_cut_ready(s)) {
            size_t i = s->at;
            for (; i < s->n && (quoted || s->block[i] != '\n'); i++) quoted ^= s->block[i] == '"';
            bool ended = i < s->n;
            dl_cut_use(s, u, i - s->at);
            if (ended) { dl_cut_use(s, NULL, 1); more = false; }
        }
        if (u->n && u->bytes[u->n - 1] == '\r') { u->n--; u->whole--; }
        dl_unit_close(u);
        u->format = "table";
        u->header = dl_unit_string(u, dl_str_of(s->header));
        if (!u->nothing) return true;
        dl_unit_free(u);
    }
    return false;
}
