/* xml.c - an item of RSS, RDF or Atom, a story in NITF, NewsML-G2, RCV1 or Reuters-21578: which element is its text, its title, its day.
 *
 * One walk over tags with a stack of the open ones; nothing must be well formed. Only the entities of XML and HTML are known, so nothing can grow, and nothing is fetched.
 * What an element holds is text with markup of its own (NITF), or text that hides markup (CDATA, &lt;p&gt;): both are read as pages are, all of it story.
 */
#include "base/utf8.h"
#include "intake/fields.h"
#include "intake/html.h"
#include "intake/xml.h"

enum { DEPTH = 64 };

/* ---- tags ---- */

typedef enum { X_END, X_OPEN, X_CLOSE, X_EMPTY } xml_kind;
typedef struct { xml_kind kind; dl_span at, name, attrs; } xml_tag;

static uint32_t behind(dl_str in, uint32_t from, dl_str what)
{
    int64_t at = dl_find(in, what, from);
    return at < 0 ? in.n : (uint32_t)at + what.n;
}

/* <!DOCTYPE ... [ ... ]>, with what it defines passed over. */
static uint32_t behind_doctype(dl_str in, uint32_t i)
{
    int depth = 0;
    for (; i < in.n; i++) {
        if (in.p[i] == '[') depth++;
        if (in.p[i] == ']') depth--;
        if (in.p[i] == '>' && depth <= 0) return i + 1;
    }
    return in.n;
}

static bool ends_name(char c) { return dl_space((unsigned char)c) || c == '>' || c == '/'; }

/* The next tag from *i on. */
static xml_tag next_tag(dl_str in, uint32_t *i)
{
    while (*i < in.n) {
        const char *p = memchr(in.p + *i, '<', in.n - *i);
        if (!p) break;
        uint32_t b = (uint32_t)(p - in.p);
        dl_str rest = dl_cut(in, b, in.n);
        if (dl_starts(rest, DL_STR("<!--"))) { *i = behind(in, b + 4, DL_STR("-->")); continue; }
        if (dl_starts(rest, DL_STR("<![CDATA["))) { *i = behind(in, b + 9, DL_STR("]]>")); continue; }
        if (dl_starts(rest, DL_STR("<?"))) { *i = behind(in, b + 2, DL_STR("?>")); continue; }
        if (dl_starts(rest, DL_STR("<!"))) { *i = behind_doctype(in, b); continue; }
        bool close = b + 1 < in.n && in.p[b + 1] == '/';
        xml_tag t = { close ? X_CLOSE : X_OPEN, { b, b }, { b + 1 + close, b + 1 + close }, { 0, 0 } };
        if (t.name.b >= in.n || !(dl_alpha((unsigned char)in.p[t.name.b]) || in.p[t.name.b] == '_')) { *i = b + 1; continue; }
        while (t.name.e < in.n && !ends_name(in.p[t.name.e])) t.name.e++;
        uint32_t e = t.name.e;
        char quote = 0;
        for (; e < in.n && (quote || in.p[e] != '>'); e++) {
            if (!quote && (in.p[e] == '"' || in.p[e] == '\'')) quote = in.p[e];
            else if (in.p[e] == quote) quote = 0;
        }
        t.attrs = (dl_span){ t.name.e, e };
        if (t.kind == X_OPEN && e > t.attrs.b && in.p[e - 1] == '/') t.kind = X_EMPTY;
        t.at.e = *i = e < in.n ? e + 1 : in.n;
        return t;
    }
    *i = in.n;
    return (xml_tag){ X_END, { in.n, in.n }, { in.n, in.n }, { in.n, in.n } };
}

/* Does `name` (small letters) stand at s[k], in any case? */
static bool named(dl_str s, uint32_t k, dl_str name)
{
    for (uint32_t i = 0; i < name.n; i++) if (k + i >= s.n || dl_tolower((unsigned char)s.p[k + i]) != (unsigned char)name.p[i]) return false;
    return true;
}

static dl_str attribute(dl_str in, dl_span attrs, const char *name)
{
    dl_str s = dl_at(in, attrs), key = dl_str_of(name);
    for (uint32_t at = 1; at + key.n < s.n; at++) {
        uint32_t k = at + key.n;
        if (!dl_space((unsigned char)s.p[at - 1]) || !named(s, at, key)) continue;
        while (k < s.n && dl_space((unsigned char)s.p[k])) k++;
        if (k >= s.n || s.p[k] != '=') continue;
        for (k++; k < s.n && dl_space((unsigned char)s.p[k]); k++) { }
        if (k >= s.n || (s.p[k] != '"' && s.p[k] != '\'')) continue;
        uint32_t e = k + 1;
        while (e < s.n && s.p[e] != s.p[k]) e++;
        return dl_cut(s, k + 1, e);
    }
    return (dl_str){ NULL, 0 };
}

/* ---- which element says what ---- */

enum { DATELINE = F_N, STATUS, NFIELDS };
typedef struct { const char *name, *attr; uint8_t field, rank; } says;
/* Lower case; attr NULL: its content. Rank 0 is best. */
static const says SAYS[] = {
    { "hl1", NULL, F_TITLE, 0 },               { "headline", NULL, F_TITLE, 1 },         { "title", NULL, F_TITLE, 2 },
    { "body.content", NULL, F_TEXT, 0 },       { "content:encoded", NULL, F_TEXT, 1 },   { "text", NULL, F_TEXT, 5 },              { "content", NULL, F_TEXT, 2 },
    { "body", NULL, F_TEXT, 4 },               { "inlinedata", NULL, F_TEXT, 6 },        { "inlinexml", NULL, F_TEXT, 7 },         { "xhtml:body", NULL, F_TEXT, 4 },
    { "description", NULL, F_LEAD, 1 },        { "summary", NULL, F_LEAD, 0 },           { "itunes:summary", NULL, F_LEAD, 2 },
    { "link", "href", F_URL, 1 },              { "link", NULL, F_URL, 0 },               { "feedburner:origlink", NULL, F_URL, 0 },
    { "guid", NULL, F_ID, 1 },                 { "id", NULL, F_ID, 2 },                  { "doc-id", "id-string", F_ID, 0 },       { "newsitem", "itemid", F_ID, 0 }, { "newsitem", "guid", F_ID, 1 }, { "reuters", "newid", F_ID, 0 },
    { "item", "rdf:about", F_ID, 3 },
    { "pubdate", NULL, F_PUBLISHED, 0 },       { "published", NULL, F_PUBLISHED, 0 },    { "date.issue", "norm", F_PUBLISHED, 0 }, { "dc:date", NULL, F_PUBLISHED, 1 }, { "newsitem", "date", F_PUBLISHED, 1 }, { "dcterms:issued", NULL, F_PUBLISHED, 1 },
    { "contentcreated", NULL, F_PUBLISHED, 2 }, { "firstcreated", NULL, F_PUBLISHED, 2 }, { "versioncreated", NULL, F_PUBLISHED, 3 }, { "date", NULL, F_PUBLISHED, 4 }, { "date.release", "norm", F_PUBLISHED, 4 },
    { "pubdata", "date.publication", F_PUBLISHED, 2 }, { "issued", NULL, F_PUBLISHED, 2 },       { "updated", NULL, F_PUBLISHED, 8 },  { "modified", NULL, F_PUBLISHED, 9 },
    { "byline", NULL, F_AUTHOR, 0 },           { "dc:creator", NULL, F_AUTHOR, 1 },      { "author", NULL, F_AUTHOR, 2 },          { "creator", NULL, F_AUTHOR, 3 },
    { "source", NULL, F_SITE, 1 },             { "dc:publisher", NULL, F_SITE, 2 },      { "pubdata", "name", F_SITE, 0 },         { "provider", NULL, F_SITE, 3 },
    { "newsitem", "xml:lang", F_LANGUAGE, 1 }, { "language", "tag", F_LANGUAGE, 0 },     { "language", NULL, F_LANGUAGE, 2 },      { "dc:language", NULL, F_LANGUAGE, 2 }, { "entry", "xml:lang", F_LANGUAGE, 3 },
    { "dateline", NULL, DATELINE, 0 },         { "pubstatus", "qcode", STATUS, 0 },
};

typedef struct { dl_span at; dl_str value; uint32_t rank; bool attr; } piece;       /* at: the element's content */
typedef struct { dl_str in; piece v[NFIELDS]; } found;

static void note(found *f, dl_str name, dl_span content, dl_span attrs, bool content_known)
{
    char low[24];
    if (name.n >= sizeof low) return;
    for (uint32_t i = 0; i <= name.n; i++) low[i] = i < name.n ? (char)dl_tolower((unsigned char)name.p[i]) : 0;
    for (size_t k = 0; k < sizeof SAYS / sizeof *SAYS; k++) {
        const says *s = &SAYS[k];
        if (strcmp(s->name, low) || (s->attr == NULL) != content_known) continue;
        dl_str value = s->attr ? attribute(f->in, attrs, s->attr) : dl_at(f->in, content);
        if (s->field == F_URL && s->attr && attribute(f->in, attrs, "rel").n && !dl_is(attribute(f->in, attrs, "rel"), "alternate")) continue;
        piece *p = &f->v[s->field];
        if (!dl_trim(value).n || s->rank >= p->rank) continue;       /* the first of a rank counts */
        *p = (piece){ content, value, s->rank, s->attr != NULL };
    }
}

typedef struct { dl_span name, attrs; uint32_t content; } opened;

/* What is closed goes; where the end tag of an element is missing, it ends with the one around it. */
static void close_to(found *f, opened *v, uint32_t *n, uint32_t k, uint32_t end)
{
    while (*n > k) {
        const opened *o = &v[--*n];
        note(f, dl_at(f->in, o->name), (dl_span){ o->content, end }, o->attrs, true);
    }
}

static void walk(found *f)
{
    opened v[DEPTH];
    uint32_t n = 0, i = 0;
    for (xml_tag t; (t = next_tag(f->in, &i)).kind != X_END;) {
        dl_str name = dl_at(f->in, t.name);
        if (t.kind != X_CLOSE) note(f, name, (dl_span){ t.at.e, t.at.e }, t.attrs, false);
        if (t.kind == X_OPEN && n < DEPTH) v[n++] = (opened){ t.name, t.attrs, t.at.e };
        if (t.kind != X_CLOSE) continue;
        for (uint32_t k = n; k-- > 0;) if (dl_eq(dl_at(f->in, v[k].name), name)) { close_to(f, v, &n, k, t.at.b); break; }
    }
    close_to(f, v, &n, 0, f->in.n);
}

/* ---- what it holds ---- */

static bool has_tags(dl_str s)
{
    for (uint32_t i = 0; i + 1 < s.n; i++) if (s.p[i] == '<' && (dl_alpha((unsigned char)s.p[i + 1]) || s.p[i + 1] == '/')) return true;
    return false;
}

/* A short value: CDATA and references undone, twice where it hides markup, tags left out. */
static dl_str plain_value(dl_arena *a, dl_str in, const piece *p)
{
    dl_runs runs;
    if (p->attr) return dl_html_value(a, p->value);
    dl_str s = dl_decode_xml(a, in, p->at.b, p->at.e, &runs);
    char *out = dl_room(a, s.n + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.n; i++) {
        bool tag = s.p[i] == '<' && i + 1 < s.n && (dl_alpha((unsigned char)s.p[i + 1]) || s.p[i + 1] == '/' || s.p[i + 1] == '!');
        int64_t end = tag ? dl_find(s, DL_STR(">"), i) : -1;
        if (end < 0) { out[n++] = s.p[i]; continue; }
        i = (uint32_t)end;
        if (n && out[n - 1] != ' ') out[n++] = ' ';
    }
    return dl_html_value(a, (dl_str){ out, n });
}

typedef struct { dl_arena *doc, *scratch; dl_article *art; dl_maker m; const dl_runs *from; } writer;      /* from: runs from `in` to the original; NULL: it is the original */

/* The maker reads `text` from now on, which came from `in` by `runs`. */
static void read_from(writer *w, dl_str text, dl_runs *runs)
{
    static const dl_runs none;
    dl_runs *through = dl_new(w->doc, dl_runs, 1);
    *through = w->from ? dl_runs_through(w->doc, runs, w->from) : *runs;
    w->m.in = text, w->m.runs = through->n ? through : &none, w->m.run = 0;
}

static dl_runs one_run(dl_arena *a, dl_span at)
{
    dl_runs r = { NULL, 0, 0 };
    if (dl_len(at)) *dl_push(a, &r) = (dl_run){ 0, at.b, dl_len(at), 1, 1 };
    return r;
}

/* A title or a dateline: its words, in one line. */
static void put_line(writer *w, dl_str in, const piece *p, const char *before)
{
    dl_runs runs;
    dl_str s = dl_decode_xml(w->doc, in, p->at.b, p->at.e, &runs);
    uint32_t b = 0, e = s.n;
    if (!dl_trim(s).n) return;
    while (dl_space((unsigned char)s.p[b])) b++;
    while (dl_space((unsigned char)s.p[e - 1])) e--;
    read_from(w, s, &runs);
    if (w->m.n) dl_maker_supply(&w->m, before, b);
    if (!has_tags(s)) { dl_maker_bytes(&w->m, b, e); return; }
    dl_maker_string(&w->m, plain_value(w->doc, in, p), b, e);
}

static void put_body(writer *w, dl_str in, const piece *p)
{
    dl_str raw = dl_at(in, p->at);
    dl_runs runs;
    bool marked = has_tags(raw) && dl_find(raw, DL_STR("<![CDATA["), 0) < 0;
    dl_str s = marked ? raw : dl_decode_xml(w->doc, in, p->at.b, p->at.e, &runs);
    if (marked) runs = one_run(w->doc, p->at);
    read_from(w, s, &runs);
    bool dated = w->m.n && w->m.out[w->m.n - 1] == ' ';
    if (has_tags(s) || dl_find(s, DL_STR("&"), 0) >= 0) { dl_page_read(w->doc, w->scratch, &w->m, w->art); return; }
    uint32_t b = 0;
    while (b < s.n && dl_space((unsigned char)s.p[b])) b++;
    if (w->m.n && !dated) dl_maker_supply(&w->m, "\n\n", b);
    dl_maker_bytes(&w->m, b, s.n);
    dl_maker_close(&w->m);
}

static void take_said(dl_arena *doc, dl_arena *scratch, const found *f, dl_article *art)
{
    dl_said said;
    for (int k = 0; k < F_N; k++) said.rank[k] = UINT32_MAX, said.value[k] = (dl_str){ NULL, 0 };
    for (int k = 0; k < F_N; k++)
        if (f->v[k].rank != UINT32_MAX && k != F_TEXT && k != F_LEAD) dl_say(&said, (field)k, 0, plain_value(scratch, f->in, &f->v[k]));
    if (!said.value[F_URL].n && dl_starts(said.value[F_ID], DL_STR("http"))) said.value[F_URL] = said.value[F_ID];
    dl_take_said(doc, &said, art);
}

bool dl_xml_item(dl_arena *doc, dl_arena *scratch, dl_str in, const char *charset, dl_article *art, const char **why)
{
    found *f = dl_new(scratch, found, 1);
    dl_runs runs;
    uint32_t ill;
    writer w = { .doc = doc, .scratch = scratch, .art = art };
    if (!dl_utf8_valid(in) && charset && strcmp(charset, "UTF-8") && dl_decode(doc, in, charset, &in, &runs, &ill)) w.from = &runs;
    f->in = in;
    for (int k = 0; k < NFIELDS; k++) f->v[k].rank = UINT32_MAX;
    walk(f);
    const piece *text = f->v[F_TEXT].rank != UINT32_MAX ? &f->v[F_TEXT] : &f->v[F_LEAD], *title = &f->v[F_TITLE], *dateline = &f->v[DATELINE];
    *why = NULL;
    if (text->rank == UINT32_MAX && title->rank == UINT32_MAX) { *why = "no element with text"; return false; }
    take_said(doc, scratch, f, art);
    art->whole_story = true;
    dl_maker_open(&w.m, doc, scratch, art, in);
    if (title->rank != UINT32_MAX) put_line(&w, in, title, "");
    art->title = dl_copy(doc, dl_trim((dl_str){ w.m.out, w.m.n }));
    if (!art->title.n) art->title.p = NULL;
    if (dateline->rank != UINT32_MAX && text->rank != UINT32_MAX) {
        put_line(&w, in, dateline, "\n\n");
        char last = w.m.n ? w.m.out[w.m.n - 1] : ' ';
        dl_maker_supply(&w.m, last == '-' || last == ':' || (unsigned char)last >= 0x80 ? " " : " - ", dateline->at.e);
    }
    if (text->rank != UINT32_MAX) put_body(&w, in, text);
    else dl_maker_close(&w.m);
    if (f->v[STATUS].rank != UINT32_MAX && dl_find(f->v[STATUS].value, DL_STR("cancel"), 0) >= 0) { *why = "its publisher has cancelled it"; art->degraded = true; }
    return true;
}

dl_str dl_xml_first(dl_str in, const char *name)
{
    uint32_t i = 0;
    for (xml_tag t; (t = next_tag(in, &i)).kind != X_END;) {
        if (t.kind != X_OPEN || !dl_is(dl_at(in, t.name), name)) continue;
        int64_t e = dl_find(in, DL_STR("</"), t.at.e);
        dl_str s = e < 0 ? (dl_str){ "", 0 } : dl_trim(dl_cut(in, t.at.e, (uint32_t)e));
        if (dl_starts(s, DL_STR("<![CDATA[")) && dl_ends(s, DL_STR("]]>"))) s = dl_trim(dl_cut(s, 9, s.n - 3));
        return has_tags(s) ? (dl_str){ "", 0 } : s;
    }
    return (dl_str){ "", 0 };
}

bool dl_sniff_xml(dl_str s)
{
    static const char *const ROOTS[] = { "rss", "rdf:RDF", "feed", "nitf", "newsitem", "newsItem", "newsMessage", "packageItem", "REUTERS", "item", "entry", "newsItems", "newsitems", "NewsML" };
    uint32_t i = 0, b = dl_starts(s, DL_STR("\xef\xbb\xbf")) ? 3 : 0;
    while (b < s.n && dl_space((unsigned char)s.p[b])) b++;
    if (b == s.n || s.p[b] != '<') return false;
    dl_str head = dl_cut(s, b, s.n < 65536 ? s.n : 65536);
    if (dl_starts(head, DL_STR("<!DOCTYPE lewis"))) return true;
    xml_tag t = next_tag(head, &i);
    for (size_t k = 0; t.kind == X_OPEN && k < sizeof ROOTS / sizeof *ROOTS; k++) if (dl_is(dl_at(head, t.name), ROOTS[k])) return true;
    return false;
}
