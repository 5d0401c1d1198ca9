/* cut_xml.c - items of feeds (RSS, Atom, RDF) and of agencies' files (NITF, NewsML-G2, RCV1, Reuters-21578): each element of the name that is a report, its bytes from `<` to `>`.
 *
 * What stands before the first one says the feed's title, language and charset. Entities are never defined and nothing is fetched: a DOCTYPE is passed over.
 */
#include <stdlib.h>
#include "intake/cut.h"
#include "intake/xml.h"

enum { BACK = 64 };                                  /* bytes kept unused, so that what ends an element can be looked at whole */

static const struct { const char *name; bool lead; } REPORTS[] = { { "item", true }, { "entry", true }, { "newsitem", false }, { "newsItem", false }, { "nitf", false }, { "REUTERS", false } };
enum { NREPORTS = sizeof REPORTS / sizeof *REPORTS };

static bool opens(const char *p, const char *end, const char *name)
{
    size_t n = strlen(name);
    return (size_t)(end - p) > n + 1 && !memcmp(p + 1, name, n) && (dl_space((unsigned char)p[n + 1]) || p[n + 1] == '>' || p[n + 1] == '/');
}

/* The name of the report that begins at `<`; NULL: none does. */
static const char *report_at(const char *p, const char *end)
{
    for (size_t k = 0; k < NREPORTS; k++) if (opens(p, end, REPORTS[k].name)) return REPORTS[k].name;
    return NULL;
}

static void note_head(dl_stream *s, dl_str head)
{
    char label[40];
    dl_str site = dl_xml_first(head, "title"), language = dl_xml_first(head, "language"), charset = dl_cut(head, 0, head.n < 200 ? head.n : 200);
    if (site.n && site.n < sizeof s->site) memcpy(s->site, site.p, site.n), s->site[site.n] = 0;
    if (language.n && language.n < sizeof s->language) memcpy(s->language, language.p, language.n), s->language[language.n] = 0;
    int64_t at = dl_find(charset, DL_STR("encoding="), 0);
    if (at < 0) return;
    uint32_t b = (uint32_t)at + 10, e = b;
    while (e < charset.n && charset.p[e] != '"' && charset.p[e] != '\'') e++;
    if (e - b >= sizeof label) return;
    s->charset = dl_charset_known(dl_cut(charset, b, e));
}

bool dl_xml_begins(dl_stream *s)
{
    const char *p = s->block + s->at, *end = s->block + s->n;
    dl_str all = { p, (uint32_t)(end - p) };
    if (dl_sniff_html(all) || !dl_sniff_xml(all)) return false;
    for (; (p = memchr(p, '<', (size_t)(end - p))); p++) {
        const char *name = report_at(p, end);
        if (!name) continue;
        note_head(s, dl_cut(all, 0, (uint32_t)(p - all.p)));
        s->header = malloc(strlen(name) + 1);
        if (s->header) memcpy(s->header, name, strlen(name) + 1);
        return s->header != NULL;
    }
    return false;
}

/* Goes to the next element of the name; false: there is none. */
static bool find_start(dl_stream *s)
{
    while (dl_cut_ready(s)) {
        const char *p = memchr(s->block + s->at, '<', s->n - s->at);
        dl_cut_use(s, NULL, p ? (size_t)(p - s->block) - s->at : s->n - s->at);
        if (!p) continue;
        while (s->n - s->at < BACK && dl_cut_fill(s)) { }
        if (opens(s->block + s->at, s->block + s->n, s->header)) return true;
        dl_cut_use(s, NULL, 1);
    }
    return false;
}

static bool ends_with(const char *b, const char *e, const char *what)
{
    size_t n = strlen(what);
    return (size_t)(e - b) >= n && !memcmp(e - n, what, n);
}

/* Does `</name>` end before e? */
static bool closes(const char *b, const char *e, const char *name)
{
    size_t n = strlen(name);
    for (e--; e > b && dl_space((unsigned char)e[-1]); e--) { }
    return (size_t)(e - b) >= n + 2 && !memcmp(e - n, name, n) && e[-(long)n - 1] == '/' && e[-(long)n - 2] == '<';
}

typedef struct { bool cdata, first; } inside;

/* Where the element ends, if it does so in p[from,to). */
static const char *find_end(inside *in, const char *b, const char *from, const char *to, const char *name)
{
    for (const char *p = from; p < to; p++) {
        if (*p == '[' && !in->cdata && ends_with(b, p + 1, "<![CDATA[")) in->cdata = true;
        if (*p != '>') continue;
        if (in->cdata) { if (ends_with(b, p + 1, "]]>")) in->cdata = false; continue; }
        if (in->first && p[-1] == '/') return p + 1;       /* <item/> */
        in->first = false;
        if (closes(b, p + 1, name)) return p + 1;
    }
    return NULL;
}

static void describe(dl_stream *s, dl_unit *u, bool cut)
{
    u->format = "xml";
    if (s->site[0]) u->source = dl_unit_string(u, dl_str_of(s->site));
    if (s->language[0]) u->language = dl_unit_string(u, dl_str_of(s->language));
    u->charset = s->charset;
    for (size_t k = 0; k < NREPORTS; k++) if (!strcmp(REPORTS[k].name, s->header)) u->lead = REPORTS[k].lead;
    if (cut) u->warning = "xml: the element has no end";
}

bool dl_xml_next(dl_stream *s, dl_unit *u)
{
    inside in = { false, true };
    size_t seen = 0;                                 /* of what is unused */
    bool done = false;
    if (!find_start(s)) return false;
    dl_unit_open(u, s->line);
    while (!done) {
        const char *b = s->block + s->at, *end = find_end(&in, b, b + seen, s->block + s->n, s->header);
        if (end) { dl_cut_use(s, u, (size_t)(end - b)); done = true; break; }
        seen = s->n - s->at;
        if (seen > BACK) { dl_cut_use(s, u, seen - BACK); seen = BACK; }
        if (!dl_cut_fill(s)) { dl_cut_use(s, u, s->n - s->at); break; }
    }
    dl_unit_close(u);
    describe(s, u, !done);
    return true;
}
