/* cut_warc.c - records of a web archive (WARC 1.0 and 1.1, ISO 28500): pages out of responses, texts out of conversions (WET), resources; the other records are passed over.
 *
 *   WARC/1.0 CRLF  WARC-Type: response CRLF  WARC-Target-URI: ... CRLF  Content-Length: n CRLF  CRLF  n bytes  CRLF CRLF
 *
 * Of a response the report is what the server sent: behind its head, chunks joined, gzip and deflate undone. Answers other than 200 and what is no text are passed over. Where a length is wrong, the
 * next line that begins with "WARC/1." is where reading goes on; a record that is cut off is read as far as it goes.
 */
#include <stdlib.h>
#include "intake/cut.h"

enum { LINE = 8192, HEAD_LINES = 200 };

bool dl_warc_begins(const dl_stream *s) { return s->n - s->at >= 7 && !memcmp(s->block + s->at, "WARC/1.", 7); }

/* ---- lines of a head ---- */

/* The next line, without its end, used up; false at the end. Longer ones are cut. */
static bool next_line(dl_stream *s, char line[LINE], uint32_t *n)
{
    *n = 0;
    if (!dl_cut_ready(s)) return false;
    for (bool more = true; more && dl_cut_ready(s);) {
        const char *p = s->block + s->at, *nl = memchr(p, '\n', s->n - s->at);
        size_t k = nl ? (size_t)(nl - p) : s->n - s->at, room = LINE - 1 - *n;
        memcpy(line + *n, p, k < room ? k : room);
        *n += (uint32_t)(k < room ? k : room);
        dl_cut_use(s, NULL, k + (nl != NULL));
        more = !nl;
    }
    while (*n && (line[*n - 1] == '\r' || line[*n - 1] == ' ')) --*n;
    line[*n] = 0;
    return true;
}

/* The value of a line "Name: value" of that name, in any case. */
static bool header(dl_str line, const char *name, dl_str *value)
{
    uint32_t n = (uint32_t)strlen(name), i = 0;
    while (i < n && i < line.n && dl_tolower((unsigned char)line.p[i]) == (unsigned char)name[i]) i++;
    if (i < n || i >= line.n || line.p[i] != ':') return false;
    *value = dl_trim(dl_cut(line, i + 1, line.n));
    return true;
}

typedef enum { OTHER, RESPONSE, CONVERSION, RESOURCE } record_type;
typedef struct { record_type type; uint64_t length; bool sized, truncated, http; char uri[2048], id[128]; } record;

static void keep(char *to, size_t room, dl_str value)
{
    uint32_t n = value.n < room - 1 ? value.n : (uint32_t)room - 1;
    memcpy(to, value.p, n);
    to[n] = 0;
}

static void read_field(record *r, dl_str line)
{
    dl_str v;
    if (header(line, "warc-type", &v)) r->type = dl_is(v, "response") ? RESPONSE : dl_is(v, "conversion") ? CONVERSION : dl_is(v, "resource") ? RESOURCE : OTHER;
    else if (header(line, "content-type", &v)) r->http = dl_starts(v, DL_STR("application/http"));
    else if (header(line, "warc-truncated", &v)) r->truncated = true;
    else if (header(line, "warc-target-uri", &v)) keep(r->uri, sizeof r->uri, v.n > 2 && v.p[0] == '<' ? dl_cut(v, 1, v.n - 1) : v);
    else if (header(line, "warc-record-id", &v)) keep(r->id, sizeof r->id, v.n > 2 && v.p[0] == '<' ? dl_cut(v, 1, v.n - 1) : v);
    else if (header(line, "content-length", &v)) {
        r->sized = v.n > 0 && v.n < 18;
        for (uint32_t i = 0; i < v.n && r->sized; i++) {
            r->sized = dl_digit((unsigned char)v.p[i]);
            r->length = r->length * 10 + (uint64_t)(v.p[i] - '0');
        }
    }
}

/* The head of the next record; false at the end. */
static bool read_head(dl_stream *s, record *r)
{
    char line[LINE];
    uint32_t n;
    *r = (record){ .type = OTHER };
    do if (!next_line(s, line, &n)) return false; while (n < 7 || memcmp(line, "WARC/1.", 7));
    for (int k = 0; k < HEAD_LINES && next_line(s, line, &n) && n; k++) read_field(r, (dl_str){ line, n });
    return true;
}

/* ---- its content ---- */

/* Bytes of the content to u (NULL: nowhere); false: the file ends before. */
static bool read_content(dl_stream *s, dl_unit *u, uint64_t n)
{
    while (n && dl_cut_ready(s)) {
        size_t k = s->n - s->at < n ? s->n - s->at : (size_t)n;
        dl_cut_use(s, u, k);
        n -= k;
    }
    return n == 0;
}

typedef struct { uint32_t body; int status; bool text, chunked, packed; char charset[40]; } answer;

static answer read_answer(dl_str s)
{
    answer a = { .text = true };
    uint32_t i = 0;
    for (bool first = true; i < s.n; first = false) {
        int64_t nl = dl_find(s, DL_STR("\n"), i);
        uint32_t e = nl < 0 ? s.n : (uint32_t)nl;
        dl_str line = dl_trim(dl_cut(s, i, e)), v;
        i = e + (nl >= 0);
        if (!line.n) break;
        if (first) {
            int64_t blank = dl_find(line, DL_STR(" "), 0);
            for (uint32_t k = blank < 0 ? line.n : (uint32_t)blank + 1; k < line.n && dl_digit((unsigned char)line.p[k]) && a.status < 1000; k++) a.status = a.status * 10 + (line.p[k] - '0');
        } else if (header(line, "content-type", &v)) {
            a.text = dl_starts(v, DL_STR("text/")) || dl_find(v, DL_STR("html"), 0) >= 0 || dl_find(v, DL_STR("xml"), 0) >= 0 || dl_find(v, DL_STR("json"), 0) >= 0;
            int64_t at = dl_find(v, DL_STR("charset="), 0);
            if (at >= 0) {
                dl_str c = dl_cut(v, (uint32_t)at + 8, v.n);
                while (c.n && (c.p[0] == '"' || c.p[0] == '\'')) c = dl_cut(c, 1, c.n);
                uint32_t k = 0;
                while (k < c.n && !strchr("\"'; ", c.p[k])) k++;
                keep(a.charset, sizeof a.charset, dl_cut(c, 0, k));
            }
        } else if (header(line, "transfer-encoding", &v)) a.chunked = dl_find(v, DL_STR("chunked"), 0) >= 0;
        else if (header(line, "content-encoding", &v)) a.packed = dl_is(v, "gzip") || dl_is(v, "deflate") || dl_is(v, "x-gzip");
    }
    a.body = i;
    return a;
}

/* Chunks joined in place; their new length. What is no chunk stays as it is: archives often have them joined already. */
static size_t join_chunks(char *p, size_t n)
{
    size_t from = 0, to = 0;
    while (from < n) {
        size_t i = from, size = 0, digits = 0;
        for (; i < n && digits < 8; i++, digits++) {
            int c = p[i] | 32, d = p[i] >= '0' && p[i] <= '9' ? p[i] - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            if (d < 0) break;
            size = size * 16 + (size_t)d;
        }
        while (i < n && p[i] != '\n' && i - from < 200) i++;
        if (!digits || i >= n || p[i] != '\n') return from ? to : n;
        if (!size) break;
        i++;
        if (size > n - i) size = n - i;
        memmove(p + to, p + i, size);
        to += size, from = i + size;
        while (from < n && (p[from] == '\r' || p[from] == '\n')) from++;
    }
    return to;
}

/* What the server sent, out of the whole answer; false: not to be read. */
static bool unwrap(dl_unit *u)
{
    answer a = read_answer((dl_str){ u->bytes, (uint32_t)u->n });
    if (a.status != 200 || !a.text || a.body >= u->n) return false;
    size_t n = u->n - a.body;
    memmove(u->bytes, u->bytes + a.body, n);
    if (a.chunked) n = join_chunks(u->bytes, n);
    u->n = u->whole = n;
    if (a.packed) {
        size_t size;
        char *body = dl_unpack_all(u->bytes, n, DL_REPORT_CAP, &size);
        if (body) dl_unit_replace(u, body, size);
    }
    if (a.charset[0]) u->charset = dl_unit_string(u, dl_str_of(a.charset));
    return true;
}

bool dl_warc_next(dl_stream *s, dl_unit *u)
{
    record *r = malloc(sizeof *r);
    bool found = false;
    if (!r) { u->no_memory = true; return true; }
    for (uint32_t line = s->line; !found && read_head(s, r); line = s->line) {
        bool wanted = r->type == CONVERSION || r->type == RESOURCE || (r->type == RESPONSE && r->http);
        if (!r->sized) continue;
        dl_unit_open(u, line);
        bool whole = read_content(s, wanted ? u : NULL, r->length);
        dl_unit_close(u);
        found = wanted && !u->no_memory && (u->too_long || r->type != RESPONSE || (u->n && unwrap(u))) && (u->too_long || u->n);
        if (u->no_memory) { free(r); return true; }
        if (!found) { dl_unit_free(u); continue; }
        u->format = r->type == CONVERSION ? "text" : NULL;
        if (r->uri[0]) u->url = dl_unit_string(u, dl_str_of(r->uri));
        if (r->id[0]) u->id = dl_unit_string(u, dl_str_of(r->id));
        u->warning = !whole ? "warc: the record is cut off" : r->truncated ? "warc: the record was truncated by its archive" : NULL;
    }
    free(r);
    return found;
}
