/* fields.c - a JSON object of an article: which member is its text, its title, its day.
 *
 * The names are those that many tools write (news-please, fundus, trafilatura, MongoDB dumps of Phoenix, NGEC/POLECAT, news APIs; the table of shared/notes/articles.md
 * section 8). Case does not matter and `-` and `_` are nothing. Earlier names are better; what stands in the object itself is better than what stands in a member that only wraps it.
 * The text is built from the JSON's own bytes, so that the map leads back into them. Where a member holds a page (HTML) instead of text, the page is read, and what the object itself
 * says of the article stands above what the page says.
 */
#include "base/json.h"
#include "base/utf8.h"
#include "intake/fields.h"
#include "intake/html.h"

/* Normalised: lower case, without - and _. Best first within a field. */
static const char *const NAMES[F_N][F_NAMES] = {
    [F_ID] = { "id", "uid", "uuid", "guid", "storyid", "docid", "articleid", "storiesid", "uri", "itemid", "warcrecordid", "gkgrecordid", "globaleventid" },
    [F_URL] = { "url", "link", "href", "canonical", "canonicalurl", "documentidentifier", "mentionidentifier", "sourceurl", "requestedurl", "respondedurl", "warctargeturi", "filename" },
    [F_TITLE] = { "title", "headline", "head", "hl1", "h1", "titlepage", "titlerss", "pagetitle", "name" },
    [F_TEXT] = { "text", "maintext", "body", "articlebody", "plaintext", "fulltext", "eventtext", "contenttext", "content:encoded", "content", "rawtext", "story", "article", "paragraphs" },
    [F_LEAD] = { "description", "summary", "lead", "abstract", "excerpt", "dek", "teaser", "subheadline" },
    [F_PUBLISHED] = { "datepublished", "publishedat", "published", "pubdate", "publishdate", "publishingdate", "datepublish", "publishedtime", "date", "dc:date", "issued",
                      "versioncreated", "pageprecisepubtimestamp", "createdat", "timestamp", "publishedon" },
    [F_AUTHOR] = { "byline", "author", "authors", "creator", "dc:creator", "by", "writer", "pageauthors" },
    [F_SITE] = { "source", "sourcedomain", "publisher", "site", "sitename", "hostname", "domain", "medianame", "sourcecommonname", "mentionsourcename", "provider", "outlet" },
    [F_LANGUAGE] = { "language", "lang", "inlanguage", "metalang", "xml:lang" },
    [F_HTML] = { "html", "rawhtml", "articlebodyhtml", "contenthtml", "bodyhtml", "page", "content:encoded", "content", "body", "text", "description" },
};
static const char *const WRAPPERS[] = { "article", "document", "data", "_source", "fields" };
enum { DEPTH = 8 };                                     /* of wrappers and of nested text */

typedef struct { dl_json *at[F_N]; uint32_t rank[F_N]; } found;

/* A key in the table's spelling; "" if too long for any name. */
static void plain_key(dl_str key, char out[32])
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < key.n; i++) {
        unsigned char c = dl_tolower((unsigned char)key.p[i]);
        if (c == '-' || c == '_') continue;
        if (n == 31) { n = 0; break; }
        out[n++] = (char)c;
    }
    out[n] = 0;
}

/* By its spelling: "_source" wraps, "source" tells who published. */
static bool is_wrapper(const dl_json *v)
{
    if (v->kind != DL_JSON_OBJECT) return false;
    for (size_t i = 0; i < sizeof WRAPPERS / sizeof *WRAPPERS; i++)
        if (dl_is(v->key, WRAPPERS[i])) return true;
    return false;
}

static bool has_text(const dl_json *v, int depth)
{
    if (depth > DEPTH) return false;
    if (v->kind == DL_JSON_STRING) return dl_trim(v->str).n > 0;
    if (v->kind != DL_JSON_ARRAY && v->kind != DL_JSON_OBJECT) return false;
    for (const dl_json *c = v->first; c; c = c->next)
        if (has_text(c, depth + 1)) return true;
    return false;
}

/* A single word or number somewhere in `v`: the string itself, a number as written, the first such thing of {"$oid": ...} or [{"name": ...}]. */
static dl_str scalar(const dl_json *v, int depth)
{
    if (v->kind == DL_JSON_STRING) return dl_trim(v->str);
    if (v->kind == DL_JSON_NUMBER) return v->str;
    if (depth > DEPTH || (v->kind != DL_JSON_ARRAY && v->kind != DL_JSON_OBJECT)) return (dl_str){ NULL, 0 };
    dl_json *name = v->kind == DL_JSON_OBJECT ? dl_json_get(v, "name") : NULL;
    if (name) return scalar(name, depth + 1);
    for (const dl_json *c = v->first; c; c = c->next) {
        dl_str s = scalar(c, depth + 1);
        if (s.n) return s;
    }
    return (dl_str){ NULL, 0 };
}

static bool absent(dl_str s) { return !s.n || dl_is(s, "None") || dl_is(s, "null") || dl_is(s, "NULL") || dl_is(s, "nan") || dl_is(s, "NaN") || dl_starts(s, DL_STR("0000-00-00")); }

static bool usable(field f, const dl_json *v)
{
    if (f == F_TEXT || f == F_LEAD || f == F_TITLE) return (f == F_TEXT || v->kind == DL_JSON_STRING) && has_text(v, 0);
    if (f == F_HTML) return v->kind == DL_JSON_STRING && dl_sniff_html(v->str);
    dl_str s = scalar(v, 0);
    if (f == F_PUBLISHED) return !absent(s) && dl_day_parse(s) != DL_NO_DAY;
    return !absent(s);
}

static void collect(found *f, const dl_json *object, int depth)
{
    char key[32];
    for (dl_json *v = object->first; v; v = v->next) {
        plain_key(v->key, key);
        if (!*key || is_wrapper(v)) continue;
        for (int k = 0; k < F_N; k++)
            for (uint32_t r = 0; r < 32 && NAMES[k][r]; r++) {
                if (key[0] != NAMES[k][r][0] || strcmp(key, NAMES[k][r])) continue;
                uint32_t rank = (uint32_t)depth * 32 + r;
                if (rank < f->rank[k] && usable((field)k, v)) { f->at[k] = v; f->rank[k] = rank; }
            }
    }
    if (depth >= DEPTH) return;
    for (const dl_json *v = object->first; v; v = v->next)
        if (is_wrapper(v)) collect(f, v, depth + 1);
}

/* ---- the text ---- */

static void add_string(dl_maker *m, const dl_json *v)
{
    if (dl_len(v->at) < 2) return;
    bool closed = m->in.p[v->at.e - 1] == '"';          /* not so where the JSON was cut off */
    if (m->n) dl_maker_supply(m, "\n\n", v->at.b);
    dl_maker_json(m, v->at.b + 1, v->at.e - closed);
}

/* Strings in order; lists of paragraphs; objects of sections ({"summary": [], "sections": [{"headline", "paragraphs"}]}). */
static void add_text(dl_maker *m, const dl_json *v, int depth)
{
    if (v->kind == DL_JSON_STRING) { if (dl_trim(v->str).n) add_string(m, v); return; }
    if (depth > DEPTH || (v->kind != DL_JSON_ARRAY && v->kind != DL_JSON_OBJECT)) return;
    for (const dl_json *c = v->first; c; c = c->next) {
        char key[32] = "";
        if (v->kind == DL_JSON_OBJECT) plain_key(c->key, key);
        bool link = !strcmp(key, "url") || !strcmp(key, "href") || !strcmp(key, "src") || !strcmp(key, "type") || !strcmp(key, "id");
        if (!link) add_text(m, c, depth + 1);
    }
}

static void add_name(dl_arena *doc, dl_article *art, dl_str name) { if (name.n) *dl_push(doc, &art->authors) = dl_copy(doc, name); }

static dl_str joined_names(dl_arena *doc, dl_article *art, const dl_json *v)
{
    if (v->kind != DL_JSON_ARRAY) { dl_str name = dl_decoded(doc, scalar(v, 0)); add_name(doc, art, name); return name; }
    dl_str all = { NULL, 0 };
    uint32_t seen = 0;
    for (const dl_json *c = v->first; c && seen < 16; c = c->next) {
        dl_str s = scalar(c, 0);
        if (!s.n || s.n > 200) continue;
        s = dl_decoded(doc, s);
        add_name(doc, art, s);
        all = seen++ ? dl_fmt(doc, "%.*s, %.*s", (int)all.n, all.p, (int)s.n, s.p) : s;
    }
    return all;
}

uint32_t dl_field_rank(field f, dl_str key)
{
    char plain[32];
    plain_key(key, plain);
    for (uint32_t r = 0; *plain && r < F_NAMES && NAMES[f][r]; r++) if (!strcmp(plain, NAMES[f][r])) return r;
    return F_NAMES;
}

void dl_say(dl_said *said, field f, uint32_t rank, dl_str value)
{
    value = dl_trim(value);
    if (rank >= said->rank[f] || absent(value) || (f == F_PUBLISHED && dl_day_parse(value) == DL_NO_DAY)) return;
    said->value[f] = value, said->rank[f] = rank;
}

static void take_language(dl_article *art, dl_str code)
{
    uint32_t n = 0;
    while (n < code.n && dl_alpha((unsigned char)code.p[n])) n++;
    if ((n != 2 && n != 3) || (n < code.n && code.p[n] != '-' && code.p[n] != '_')) return;
    for (uint32_t i = 0; i <= n; i++) art->language[i] = i < n ? (char)dl_tolower((unsigned char)code.p[i]) : 0;
}

void dl_take_said(dl_arena *doc, const dl_said *said, dl_article *art)
{
    dl_str *const to[F_N] = { [F_ID] = &art->id, [F_URL] = &art->url, [F_SITE] = &art->source };
    for (int k = 0; k < F_N; k++) if (to[k] && said->value[k].n) *to[k] = dl_decoded(doc, said->value[k]);
    if (!art->id.p && art->url.p) art->id = art->url;
    if (said->value[F_AUTHOR].n) { art->byline = dl_bare_author(dl_decoded(doc, said->value[F_AUTHOR])); add_name(doc, art, art->byline); }
    if (said->value[F_PUBLISHED].n) dl_article_published(doc, art, said->value[F_PUBLISHED]);
    if (said->value[F_LANGUAGE].n) take_language(art, said->value[F_LANGUAGE]);
}

static void take_metadata(dl_arena *doc, const found *f, dl_article *art)
{
    dl_str *const to[F_N] = { [F_ID] = &art->id, [F_URL] = &art->url, [F_SITE] = &art->source };
    for (int k = 0; k < F_N; k++)
        if (to[k] && f->at[k]) *to[k] = dl_decoded(doc, scalar(f->at[k], 0));
    if (!art->id.p && art->url.p) art->id = art->url;
    if (f->at[F_AUTHOR]) art->byline = joined_names(doc, art, f->at[F_AUTHOR]);
    if (f->at[F_PUBLISHED]) dl_article_published(doc, art, scalar(f->at[F_PUBLISHED], 0));
    if (f->at[F_LANGUAGE]) take_language(art, scalar(f->at[F_LANGUAGE], 0));
}

/* The page that a member holds. Its JSON is undone first; the map leads through it to the original. */
static void read_page(dl_arena *doc, dl_arena *scratch, dl_str in, const found *f, dl_article *art)
{
    const dl_json *v = f->at[F_HTML];
    bool closed = in.p[v->at.e - 1] == '"';
    dl_runs runs;
    dl_maker m;
    dl_str page = dl_decode_json(doc, in, v->at.b + 1, v->at.e - closed, &runs);
    dl_maker_open(&m, doc, scratch, art, in);
    if (f->at[F_TITLE]) add_string(&m, f->at[F_TITLE]);
    art->title = dl_copy(doc, dl_trim((dl_str){ m.out, m.n }));
    if (!art->title.n) art->title.p = NULL;
    m.in = page, m.runs = &runs;
    dl_page_read(doc, scratch, &m, art);
}

/* Text, or a page: the page where text is missing or is the page itself under another name. */
static bool is_page(const found *f)
{
    const dl_json *text = f->at[F_TEXT], *html = f->at[F_HTML];
    return html && (!text || text == html || (text->kind == DL_JSON_STRING && dl_sniff_html(text->str)));
}

bool dl_fields(dl_arena *doc, dl_arena *scratch, dl_str in, dl_article *art, const char **why, uint32_t *why_at)
{
    uint32_t end = 0;
    found f = { { NULL }, { 0 } };
    for (int k = 0; k < F_N; k++) f.rank[k] = UINT32_MAX;
    *why = NULL;
    *why_at = 0;
    dl_json *top = dl_json_read(scratch, in, &end, why, why_at);
    if (!top || top->kind != DL_JSON_OBJECT) { if (!*why) *why = "no object of an article"; return false; }
    if (in.p[top->at.e - 1] != '}' || top->at.e - top->at.b < 2) { if (!*why) *why = "the object has no end"; return false; }
    if (dl_trim(dl_cut(in, end, in.n)).n) { *why = "something stands behind the object"; *why_at = end; return false; }
    collect(&f, top, 0);
    if (is_page(&f)) {
        take_metadata(doc, &f, art);
        read_page(doc, scratch, in, &f, art);
        return true;
    }
    dl_json *text = f.at[F_TEXT] ? f.at[F_TEXT] : f.at[F_LEAD];
    if (!text && !f.at[F_TITLE]) { if (!*why) *why = "no field with text"; return false; }
    dl_maker m;
    dl_maker_open(&m, doc, scratch, art, in);
    if (f.at[F_TITLE]) add_string(&m, f.at[F_TITLE]);
    uint32_t title = m.n;
    if (text) add_text(&m, text, 0);
    dl_maker_close(&m);
    if (title) art->title = dl_trim(dl_cut(art->text, 0, title));
    take_metadata(doc, &f, art);
    return true;
}
