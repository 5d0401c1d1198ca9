/* sniff.c - what kind of bytes are these: text, JSON, UTF-16, or something that nobody can read as a report.
 *
 * A wrong guess costs more than a late one: valid UTF-8 beats everything but a byte order mark (a wrong charset costs
 * 6.5 points of F1 in shared/notes/articles.md), and a few stray controls do not make a report binary.
 */
#include "intake/intake.h"
#include "intake/xml.h"

typedef struct { const char *magic; uint8_t n; const char *what; } magic;
static const magic MAGIC[] = {
    { "%PDF-", 5, "a PDF document" },        { "PK\3\4", 4, "a zip archive or office document" }, { "\x89PNG", 4, "a PNG image" },
    { "GIF8", 4, "a GIF image" },            { "\xff\xd8\xff", 3, "a JPEG image" },               { "\x1f\x8b", 2, "gzip" },
    { "\x28\xb5\x2f\xfd", 4, "zstd" },       { "BZh", 3, "bzip2" },                               { "\xfd" "7zXZ", 5, "xz" },
    { "\x7f" "ELF", 4, "a program" },        { "\xd0\xcf\x11\xe0", 4, "an old office document" }, { "SQLite format 3", 15, "a database" },
};

static const char *by_magic(dl_str s)
{
    for (size_t i = 0; i < sizeof MAGIC / sizeof *MAGIC; i++)
        if (s.n >= MAGIC[i].n && memcmp(s.p, MAGIC[i].magic, MAGIC[i].n) == 0) return MAGIC[i].what;
    return NULL;
}

typedef struct { uint32_t nul[2], control; } census;      /* nul: at even and odd offsets */

enum { ROW = 64 };

/* Is any byte of a row a control other than white space? A loop that compilers make vectors of. */
static bool any_control(const char *row)
{
    const unsigned char *p = (const unsigned char *)row;
    unsigned char any = 0;
    for (int k = 0; k < ROW; k++) {
        unsigned char c = p[k], low = c < 0x20, usual = (unsigned char)((c == '\n') | (c == '\t') | (c == '\r'));
        any |= (unsigned char)(low & (usual ^ 1));
    }
    return any;
}

static census count_bytes(dl_str s)
{
    census c = { { 0, 0 }, 0 };
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.n - i >= ROW && !any_control(s.p + i)) { i += ROW - 1; continue; }
        for (uint32_t e = s.n - i < ROW ? s.n : i + ROW; i < e; i++) {
            unsigned char b = (unsigned char)s.p[i];
            if (b == 0) c.nul[i & 1]++;
            else if (b < 0x20 && !dl_space(b) && b != 0x1b) c.control++;
        }
        i--;
    }
    return c;
}

static bool all_blank(dl_str s)
{
    for (uint32_t i = 0; i < s.n; i++) if (!dl_space((unsigned char)s.p[i])) return false;
    return true;
}

/* Latin text in UTF-16 without a mark: a zero in nearly every second byte, on one side only. */
static dl_bytes_kind unmarked_utf16(dl_str s, const census *c)
{
    for (int odd = 0; odd < 2; odd++)
        if (c->nul[odd] > s.n / 2 / 10 * 7 && c->nul[!odd] * 50 < s.n && s.n >= 16) return odd ? DL_BYTES_UTF16LE : DL_BYTES_UTF16BE;
    return DL_BYTES_BINARY;
}

static bool begins_as_object(dl_str s)
{
    uint32_t i = dl_starts(s, DL_STR("\xef\xbb\xbf")) ? 3 : 0;
    while (i < s.n && dl_space((unsigned char)s.p[i])) i++;
    if (i == s.n || s.p[i++] != '{') return false;
    while (i < s.n && dl_space((unsigned char)s.p[i])) i++;
    return i < s.n && (s.p[i] == '"' || s.p[i] == '}');
}

/* What may stand before the first tag: white space, a mark, comments, an XML declaration. */
static uint32_t skip_prolog(dl_str s)
{
    uint32_t i = dl_starts(s, DL_STR("\xef\xbb\xbf")) ? 3 : 0;
    for (;;) {
        while (i < s.n && dl_space((unsigned char)s.p[i])) i++;
        dl_str rest = dl_cut(s, i, s.n);
        bool comment = dl_starts(rest, DL_STR("<!--"));
        if (!comment && !dl_starts(rest, DL_STR("<?xml"))) return i;
        int64_t end = dl_find(rest, comment ? DL_STR("-->") : DL_STR(">"), 4);
        if (end < 0) return i;
        i += (uint32_t)end + (comment ? 3 : 1);
    }
}

enum { LATE = 8192 };

static bool page_begins(const char *p, const char *tag)
{
    while (*tag && dl_tolower((unsigned char)*p) == (unsigned char)*tag) p++, tag++;
    return !*tag && (dl_space((unsigned char)*p) || *p == '>');
}

bool dl_sniff_html(dl_str s)
{
    static const char *const FIRST[] = { "!doctype html", "html", "head", "body", "title", "meta", "link", "script", "style", "div", "article", "section", "main", "header", "nav", "p", "h1", "h2", "table", "span", "a", "ul", "figure", "center" };
    uint32_t i = skip_prolog(s);
    if (i >= s.n || s.p[i++] != '<') return false;
    for (size_t k = 0; k < sizeof FIRST / sizeof *FIRST; k++) {
        uint32_t n = (uint32_t)strlen(FIRST[k]), m = 0;
        if (s.n - i <= n) continue;
        while (m < n && dl_tolower((unsigned char)s.p[i + m]) == (unsigned char)FIRST[k][m]) m++;
        if (m == n && (dl_space((unsigned char)s.p[i + n]) || s.p[i + n] == '>' || s.p[i + n] == '/')) return k < 10 || memchr(s.p + i, '>', s.n - i);
    }
    if (dl_sniff_xml(s)) return false;
    for (const char *p = s.p + i, *end = s.p + (s.n < LATE ? s.n : LATE); (p = memchr(p, '<', (size_t)(end - p))); p++)      /* a server's complaints may stand before the page */
        if (end - p > 16 && (page_begins(p + 1, "html") || page_begins(p + 1, "!doctype html"))) return true;
    return false;
}

dl_bytes_kind dl_sniff(dl_str s, const char **what)
{
    *what = "bytes that are no text";
    if (s.n == 0) return DL_BYTES_EMPTY;
    const char *known = by_magic(s);
    if (known) { *what = known; return DL_BYTES_BINARY; }
    if (s.n >= 2 && memcmp(s.p, "\xff\xfe", 2) == 0) return DL_BYTES_UTF16LE;
    if (s.n >= 2 && memcmp(s.p, "\xfe\xff", 2) == 0) return DL_BYTES_UTF16BE;
    census c = count_bytes(s);
    uint32_t nul = c.nul[0] + c.nul[1];
    if (nul >= 8 && nul > s.n / 50) return unmarked_utf16(s, &c);
    if (c.control + nul >= 16 && c.control + nul > s.n / 10) return DL_BYTES_BINARY;
    if (all_blank(s) || dl_is(s, "\xef\xbb\xbf")) return DL_BYTES_BLANK;
    if (dl_sniff_html(s)) return DL_BYTES_HTML;
    if (dl_sniff_xml(s)) return DL_BYTES_XML;
    return begins_as_object(s) ? DL_BYTES_JSON : DL_BYTES_TEXT;
}
