/* cut.c - cutting a stream of bytes into reports, without holding more than one of them.
 *
 * The whole stream is one report (plain text, a page); each line is one (JSON Lines); each value at the top, or each element of an array at the top, is one; tables, feeds and web
 * archives have files of their own (cut_table.c, cut_xml.c, cut_warc.c).
 * A line is a line even when its JSON is broken, so that one bad line never swallows its neighbours. Values are cut by counting brackets outside strings.
 * A report longer than the cap is hashed as it streams by and not kept.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "intake/cut.h"

enum { BLOCK = DL_CUT_BLOCK };

static ssize_t read_some(int fd, char *into, size_t n)
{
    ssize_t got;
    do got = read(fd, into, n); while (got < 0 && errno == EINTR);
    return got;
}

/* The first bytes say whether it is packed. */
void dl_stream_open(dl_stream *s, FILE *file)
{
    *s = (dl_stream){ .file = file, .block = malloc(BLOCK), .line = 1 };
    s->failed = !s->block;
    while (!s->failed && !s->ended && s->n < 4) {
        ssize_t got = read_some(fileno(file), s->block + s->n, BLOCK - s->n);
        s->ended = got <= 0, s->failed = got < 0;
        s->n += got > 0 ? (size_t)got : 0;
    }
    if (s->failed || !dl_packed(s->block, s->n)) return;
    s->unpack = dl_unpack_open(s->block, s->n);
    s->n = 0, s->ended = false;
    if (!s->unpack) s->failed = true, errno = ENOMEM;
}

void dl_stream_close(dl_stream *s)
{
    free(s->block);
    free(s->header);
    dl_unpack_close(s->unpack);
    s->block = s->header = NULL, s->unpack = NULL;
}

/* More bytes behind those still unused; false at the end. By read(), which gives what a pipe has instead of waiting for a full block. */
bool dl_cut_fill(dl_stream *s)
{
    if (s->ended || s->failed) return false;
    if (s->at) { memmove(s->block, s->block + s->at, s->n - s->at); s->n -= s->at; s->at = 0; }
    if (s->n == BLOCK) return false;
    long got = s->unpack ? dl_unpack_read(s->unpack, fileno(s->file), s->block + s->n, BLOCK - s->n, &s->why) : read_some(fileno(s->file), s->block + s->n, BLOCK - s->n);
    if (got > 0) { s->n += (size_t)got; return true; }
    s->ended = true;
    s->failed = got < 0;
    return false;
}

/* ---- what kind of stream ---- */

/* The bracket counter: fed byte by byte, it knows how deep it is outside strings. */
typedef struct { int64_t depth; bool quoted, escaped; } brackets;

static void feed(brackets *b, char c)
{
    if (b->escaped) b->escaped = false;
    else if (b->quoted) { if (c == '\\') b->escaped = true; else if (c == '"') b->quoted = false; }
    else if (c == '"') b->quoted = true;
    else if (c == '{' || c == '[') b->depth++;
    else if (c == '}' || c == ']') b->depth--;
}

/* One object a line? Yes if the first line closes what it opens, or some later line begins at the margin with an object. */
static bool object_a_line(const char *p, size_t n)
{
    brackets b = { 0, false, false };
    size_t i = 0;
    for (; i < n && p[i] != '\n'; i++) feed(&b, p[i]);
    if (i == n) return true;                            /* one line longer than the block: it is JSON Lines or a single object, which is the same */
    if (b.depth == 0 && !b.quoted) return true;
    for (; i + 2 < n; i++)
        if (p[i] == '\n' && p[i + 1] == '{' && p[i + 2] == '"') return true;
    return false;
}

static bool named(const char *path, const char *tail)
{
    size_t n = path ? strlen(path) : 0, t = strlen(tail);
    return n > t && !strcmp(path + n - t, tail);
}

/* Is the first line here, and enough to tell? Then a slow pipe need not be waited for. */
static bool first_line_tells(const dl_stream *s)
{
    size_t i = s->n >= 3 && !memcmp(s->block, "\xef\xbb\xbf", 3) ? 3 : 0;
    while (i < s->n && dl_space((unsigned char)s->block[i])) i++;
    const char *nl = i < s->n ? memchr(s->block + i, '\n', s->n - i) : NULL;
    if (!nl) return false;
    if (s->block[i] != '{' && s->block[i] != '[') return true;
    brackets b = { 0, false, false };
    for (const char *p = s->block + i; p < nl; p++) feed(&b, *p);
    return b.depth == 0 && !b.quoted;
}

/* A JSON Feed: its items are the reports. Uses up what stands before them. */
static bool json_feed(dl_stream *s)
{
    dl_str head = { s->block + s->at, (uint32_t)(s->n - s->at) };
    if (dl_find(head, DL_STR("jsonfeed.org/version"), 0) < 0) return false;
    int64_t items = dl_find(head, DL_STR("\"items\""), 0);
    if (items < 0) return false;
    uint32_t i = (uint32_t)items + 7;
    while (i < head.n && (dl_space((unsigned char)head.p[i]) || head.p[i] == ':')) i++;
    if (i == head.n || head.p[i] != '[') return false;
    dl_cut_use(s, NULL, i + 1);
    return true;
}

bool dl_named_page(const char *path) { return named(path, ".html") || named(path, ".htm") || named(path, ".xhtml") || named(path, ".shtml"); }

dl_cut_mode dl_stream_mode(dl_stream *s, const char *path)
{
    while (s->n < BLOCK && !first_line_tells(s) && dl_cut_fill(s)) { }
    const char *p = s->block + s->at;
    size_t n = s->n - s->at, i = n >= 3 && !memcmp(p, "\xef\xbb\xbf", 3) ? 3 : 0;
    while (i < n && dl_space((unsigned char)p[i])) i++;
    if (named(path, ".jsonl") || named(path, ".ndjson")) return DL_CUT_LINES;
    if (dl_warc_begins(s)) return DL_CUT_WARC;
    if (i == n || dl_named_page(path)) return DL_CUT_WHOLE;
    if (p[i] == '<') return dl_xml_begins(s) ? DL_CUT_XML : DL_CUT_WHOLE;
    if (dl_table_begins(s)) return DL_CUT_TABLE;
    size_t k = i + 1;
    while (k < n && dl_space((unsigned char)p[k])) k++;
    char next = k < n ? p[k] : 0;
    if (p[i] == '[') return next == '{' || next == ']' ? DL_CUT_VALUES : DL_CUT_WHOLE;
    if (p[i] != '{' || (next != '"' && next != '}')) return DL_CUT_WHOLE;
    if (json_feed(s)) return DL_CUT_ITEMS;
    return object_a_line(p + i, n - i) ? DL_CUT_LINES : DL_CUT_VALUES;
}

/* ---- one report ---- */

static void drop_bytes(dl_unit *u) { free(u->bytes); u->bytes = NULL; u->n = u->cap = 0; }

void dl_unit_free(dl_unit *u)
{
    drop_bytes(u);
    for (int k = 0; k < u->nstring; k++) free(u->string[k]);
    u->nstring = 0;
}

void dl_unit_replace(dl_unit *u, char *bytes, size_t n)
{
    free(u->bytes);
    u->bytes = bytes, u->n = u->cap = n, u->whole = n;
}

char *dl_unit_string(dl_unit *u, dl_str s)
{
    char *z = u->nstring < DL_UNIT_STRINGS ? malloc((size_t)s.n + 1) : NULL;
    if (!z) return NULL;
    memcpy(z, s.p, s.n);
    z[s.n] = 0;
    return u->string[u->nstring++] = z;
}

void dl_unit_open(dl_unit *u, uint32_t line) { *u = (dl_unit){ .nothing = true, .line = line }; }

/* Beyond the cap: what was kept goes into the hash and is let go. */
static void stop_keeping(dl_unit *u)
{
    dl_sha256_init(&u->hash);
    if (u->n) dl_sha256_add(&u->hash, u->bytes, u->n);
    drop_bytes(u);
    u->too_long = true;
}

static void keep(dl_unit *u, const char *p, size_t n)
{
    u->whole += n;
    if (u->no_memory) return;
    for (size_t i = 0; u->nothing && i < n; i++) u->nothing = dl_space((unsigned char)p[i]);
    if (!u->too_long && u->whole > DL_REPORT_CAP) stop_keeping(u);
    if (!u->too_long && u->n + n > u->cap) {
        size_t cap = u->cap * 2 > u->n + n ? u->cap * 2 : u->n + n + 256;
        char *more = realloc(u->bytes, cap);
        if (!more) { drop_bytes(u); u->no_memory = true; u->nothing = false; return; }
        u->bytes = more; u->cap = cap;
    }
    if (u->too_long) { dl_sha256_add(&u->hash, p, n); return; }
    if (n) memcpy(u->bytes + u->n, p, n);
    u->n += n;
}

void dl_unit_close(dl_unit *u)
{
    if (u->too_long) dl_sha256_hex(&u->hash, u->sha256);
}

void dl_cut_use(dl_stream *s, dl_unit *into, size_t n)
{
    const char *p = s->block + s->at, *end = p + n;
    if (into) keep(into, p, n);
    while ((p = memchr(p, '\n', (size_t)(end - p)))) { s->line++; p++; }
    s->at += n;
}

static bool next_whole(dl_stream *s, dl_unit *u)
{
    if (s->given) return false;
    s->given = true;
    dl_unit_open(u, 0);
    while (dl_cut_ready(s)) dl_cut_use(s, u, s->n - s->at);
    dl_unit_close(u);
    return !s->failed && (u->whole || !s->why);
}

/* A line without its end; lines of white space are no reports. */
static bool next_line(dl_stream *s, dl_unit *u)
{
    while (dl_cut_ready(s)) {
        dl_unit_open(u, s->line);
        bool more = true;
        while (more && dl_cut_ready(s)) {
            const char *p = s->block + s->at, *nl = memchr(p, '\n', s->n - s->at);
            dl_cut_use(s, u, nl ? (size_t)(nl - p) : s->n - s->at);
            if (nl) { dl_cut_use(s, NULL, 1); more = false; }
        }
        if (u->n && u->bytes[u->n - 1] == '\r') { u->n--; u->whole--; }
        dl_unit_close(u);
        if (!u->nothing) return true;
        dl_unit_free(u);
    }
    return false;
}

/* The next value at the top, or element of an array there. Commas, brackets of the outer array and white space between values are skipped; anything else
 * up to the next line end is a (bad) report of its own. */
static bool next_value(dl_stream *s, dl_unit *u, bool items)
{
    while (dl_cut_ready(s)) {
        char c = s->block[s->at];
        if (items && c == ']') { while (dl_cut_ready(s)) dl_cut_use(s, NULL, s->n - s->at); return false; }
        if (dl_space((unsigned char)c) || c == ',' || c == '[' || c == ']') { dl_cut_use(s, NULL, 1); continue; }
        if ((unsigned char)c == 0xEF || (unsigned char)c == 0xBB || (unsigned char)c == 0xBF) { dl_cut_use(s, NULL, 1); continue; }
        dl_unit_open(u, s->line);
        brackets b = { 0, false, false };
        bool object = c == '{', more = true;
        while (more && dl_cut_ready(s)) {
            size_t i = s->at;
            for (; more && i < s->n; i++) {
                feed(&b, s->block[i]);
                more = object ? b.depth > 0 : s->block[i] != '\n';
            }
            dl_cut_use(s, u, i - s->at);
        }
        dl_unit_close(u);
        return true;
    }
    return false;
}

bool dl_stream_next(dl_stream *s, dl_cut_mode mode, dl_unit *u)
{
    *u = (dl_unit){ 0 };
    if (s->failed) return false;
    switch (mode) {
    case DL_CUT_WHOLE:  return next_whole(s, u);
    case DL_CUT_LINES:  return next_line(s, u);
    case DL_CUT_VALUES: return next_value(s, u, false);
    case DL_CUT_ITEMS:
        u->lead = next_value(s, u, true);
        return u->lead;
    case DL_CUT_TABLE:  return dl_table_next(s, u);
    case DL_CUT_XML:    return dl_xml_next(s, u);
    case DL_CUT_WARC:   return dl_warc_next(s, u);
    }
    return false;
}
