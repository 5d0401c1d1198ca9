/* page_ld.c - what a page's JSON-LD says of its article: headline, authors, day, publisher, language, address.
 *
 * A page may hold many scripts, each an object, a list, or a graph of objects that name each other by @id; among them lists of other articles. The article is the first object
 * of a type of article whose headline the page's own title has; without such a one the first that has a day. Scripts with comments or CDATA around the JSON,
 * raw line ends and trailing commas are read as far as they go (json.h).
 */
#include "base/json.h"
#include "intake/page.h"

enum { NEST = 8, OBJECTS = 400 };

typedef struct { dl_json *v[OBJECTS]; uint32_t n; } objects;

static void collect(objects *all, dl_json *v, int depth)
{
    if (depth > NEST) return;
    if (v->kind == DL_JSON_ARRAY) { for (dl_json *c = v->first; c; c = c->next) collect(all, c, depth + 1); return; }
    if (v->kind != DL_JSON_OBJECT || all->n == OBJECTS) return;
    all->v[all->n++] = v;
    static const char *const INSIDE[] = { "@graph", "mainEntity", "mainEntityOfPage", "hasPart" };
    for (size_t k = 0; k < sizeof INSIDE / sizeof *INSIDE; k++) {
        dl_json *in = dl_json_get(v, INSIDE[k]);
        if (in) collect(all, in, depth + 1);
    }
}

static bool type_ends(const dl_json *v, const char *tail)
{
    const dl_json *t = dl_json_get(v, "@type");
    if (!t) return false;
    if (t->kind == DL_JSON_STRING) return dl_ends(t->str, dl_str_of(tail));
    for (const dl_json *c = t->first; c; c = c->next) if (c->kind == DL_JSON_STRING && dl_ends(c->str, dl_str_of(tail))) return true;
    return false;
}

static dl_str word(const dl_json *v)
{
    if (!v) return (dl_str){ NULL, 0 };
    if (v->kind == DL_JSON_ARRAY) return word(v->first);
    return v->kind == DL_JSON_STRING ? dl_trim(v->str) : (dl_str){ NULL, 0 };
}

static dl_str member(const dl_json *v, const char *key) { return v && v->kind == DL_JSON_OBJECT ? word(dl_json_get(v, key)) : (dl_str){ NULL, 0 }; }

/* The object that {"@id": ...} stands for, or the object itself. */
static const dl_json *resolved(const objects *all, const dl_json *v)
{
    dl_str id = member(v, "@id");
    if (!id.n || member(v, "name").n) return v;
    for (uint32_t i = 0; i < all->n; i++)
        if (all->v[i] != v && dl_eq(member(all->v[i], "@id"), id) && member(all->v[i], "name").n) return all->v[i];
    return v;
}

static void add_authors(page_said *said, const objects *all, const dl_json *v, int depth)
{
    if (!v || depth > 3) return;
    if (v->kind == DL_JSON_ARRAY) { for (const dl_json *c = v->first; c; c = c->next) add_authors(said, all, c, depth + 1); return; }
    if (v->kind == DL_JSON_STRING) { dl_page_author(said, v->str); return; }
    if (v->kind != DL_JSON_OBJECT) return;
    v = resolved(all, v);
    const dl_json *name = dl_json_get(v, "name");
    if (name && name->kind == DL_JSON_ARRAY) add_authors(said, all, name, depth + 1);
    else dl_page_author(said, word(name));
}

/* How much an object is this page's article; 0: none. */
static uint32_t rank(const dl_json *v, dl_str title)
{
    bool article = type_ends(v, "Article") || type_ends(v, "Posting") || type_ends(v, "Report") || type_ends(v, "Review") || type_ends(v, "Recipe") || type_ends(v, "Story");
    bool page = type_ends(v, "WebPage") || type_ends(v, "VideoObject") || type_ends(v, "MediaObject");
    dl_str headline = member(v, "headline"), day = member(v, "datePublished");
    if (!day.n) day = member(v, "uploadDate");
    if (!article && !(page && day.n)) return 0;
    bool own = headline.n > 8 && title.n && dl_find(title, dl_cut(headline, 0, headline.n < 24 ? headline.n : 24), 0) >= 0;
    return 1 + 8 * article + 4 * own + 2 * (headline.n > 0) + (day.n > 0);
}

static void read_object(page_said *said, const objects *all, const dl_json *v)
{
    dl_arena *a = said->doc;
    said->ld_title = dl_html_value(a, member(v, "headline"));
    if (!said->ld_title.n) said->ld_title = dl_html_value(a, member(v, "name"));
    said->ld_day = member(v, "datePublished");
    if (!said->ld_day.n) said->ld_day = member(v, "uploadDate");
    if (!said->ld_day.n) said->ld_day = member(v, "dateCreated");
    said->ld_change = member(v, "dateModified");
    add_authors(said, all, dl_json_get(v, "author"), 0);
    if (!said->authors.n) add_authors(said, all, dl_json_get(v, "creator"), 0);
    const dl_json *publisher = dl_json_get(v, "publisher");
    if (publisher && publisher->kind == DL_JSON_ARRAY) publisher = publisher->first;
    if (publisher) said->ld_site = dl_html_value(a, publisher->kind == DL_JSON_OBJECT ? member(resolved(all, publisher), "name") : word(publisher));
    said->ld_language = member(v, "inLanguage");
    said->ld_url = member(v, "url");
    const dl_json *body = dl_json_get(v, "articleBody");
    if (body && body->kind == DL_JSON_STRING) said->ld_body = body->str;
}

/* A script's JSON: what stands between the first bracket and the end. */
static dl_str json_of(dl_str s)
{
    for (uint32_t i = 0; i < s.n; i++)
        if (s.p[i] == '{' || (s.p[i] == '[' && !dl_starts(dl_cut(s, i, s.n), DL_STR("[CDATA")))) return dl_cut(s, i, s.n);
    return (dl_str){ s.p, 0 };
}

void dl_page_ld(page_said *said, const dl_html_page *page, dl_str title)
{
    objects *all = dl_new(said->scratch, objects, 1);
    for (uint32_t i = 0; i < page->ld.n; i++) {
        uint32_t end = 0, at = 0;
        const char *why = NULL;
        dl_str s = json_of(page->ld.v[i]);
        dl_json *v = s.n ? dl_json_read(said->scratch, s, &end, &why, &at) : NULL;
        if (v) collect(all, v, 0);
    }
    uint32_t best = 0, most = 0;
    for (uint32_t i = 0; i < all->n; i++) {
        uint32_t r = rank(all->v[i], title);
        if (r > most) most = r, best = i;
    }
    if (most) read_object(said, all, all->v[best]);
}
