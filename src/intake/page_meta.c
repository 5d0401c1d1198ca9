/* page_meta.c - authors, site, language and address of a page (its title: page_title.c; its day: page_when.c).
 *
 * Each has several witnesses, in order of how seldom they are wrong on pages of news (measured on the pages of bench): JSON-LD, then meta (Open Graph, Dublin Core and others),
 * then microdata, the address, <time>.
 */
#include "base/utf8.h"
#include "intake/page.h"

/* ---- meta ---- */

/* The first of `keys` that the page has: content with references undone. Keys in lower case, ended by NULL; "-" "_" and case of the page's do not count. */
dl_str dl_page_meta_of(dl_arena *a, const dl_html_page *page, const char *const *keys)
{
    for (; *keys; keys++)
        for (uint32_t i = 0; i < page->metas.n; i++) {
            dl_str key = dl_trim(page->metas.v[i].key);
            size_t n = strlen(*keys);
            uint32_t k = 0;
            while (k < key.n && k < n && dl_tolower((unsigned char)key.p[k]) == (unsigned char)(*keys)[k]) k++;
            if (k < n || key.n != n) continue;
            dl_str value = dl_html_value(a, page->metas.v[i].value);
            if (value.n) return value;
        }
    return (dl_str){ NULL, 0 };
}

dl_str dl_page_prop(dl_arena *a, const dl_html_page *page, const char *key)
{
    for (uint32_t i = 0; i < page->props.n; i++)
        if (dl_is(page->props.v[i].key, key) && dl_trim(page->props.v[i].value).n) return dl_html_value(a, page->props.v[i].value);
    return (dl_str){ NULL, 0 };
}

dl_str dl_page_host(dl_str url)
{
    int64_t at = dl_find(url, DL_STR("://"), 0);
    if (at < 0) return (dl_str){ NULL, 0 };
    uint32_t b = (uint32_t)at + 3, e = b;
    while (e < url.n && url.p[e] != '/' && url.p[e] != ':' && url.p[e] != '?' && url.p[e] != '#') e++;
    if (dl_starts(dl_cut(url, b, e), DL_STR("www."))) b += 4;
    return dl_cut(url, b, e);
}

/* ---- authors ---- */

static bool equal_names(dl_str a, dl_str b)
{
    if (a.n != b.n) return false;
    for (uint32_t i = 0; i < a.n; i++) if (dl_tolower((unsigned char)a.p[i]) != dl_tolower((unsigned char)b.p[i])) return false;
    return true;
}

/* "(abc)" behind a name, an agency's sign. */
static dl_str without_sign(dl_str s)
{
    if (s.n < 4 || s.p[s.n - 1] != ')') return s;
    uint32_t i = s.n - 1;
    while (i > 0 && s.p[i] != '(') i--;
    return i > 2 ? dl_trim(dl_cut(s, 0, i)) : s;
}

static bool any_letter(dl_str s)
{
    for (uint32_t i = 0; i < s.n;) if (dl_cp_alpha(dl_utf8_next(s, &i))) return true;
    return false;
}

dl_str dl_bare_author(dl_str name)
{
    static const char *const LEAD[] = { "By ", "by ", "BY ", "Von ", "von ", "VON ", "Par ", "par ", "Por ", "por ", "Di ", "Door ", "Av ", "Af ", "Text: ", "Texte: ", "By: ", "Von: ", "Autor: ", "Author: ", "Autor ", "Written by ",
        "Posted by ", "Posts by ", "View all posts by ", "Zeige alle Beiträge von ", "Geschrieben von ", "Verfasst von " };
    name = dl_trim(name);
    for (size_t k = 0; k < sizeof LEAD / sizeof *LEAD; k++) if (dl_starts(name, dl_str_of(LEAD[k]))) return dl_trim(dl_cut(name, (uint32_t)strlen(LEAD[k]), name.n));
    return name;
}

/* "Foto: ...": who made the picture wrote nothing. */
static bool of_picture(dl_str s)
{
    static const char *const SIGN[] = { "photo", "photos", "foto", "fotos", "bild", "bilder", "image", "images", "picture", "pictures", "photo credit", "credit", "crédit photo", "crédits photo", "imagen", "fotografía", "immagine", "fotoğraf" };
    const char *colon = memchr(s.p, ':', s.n);
    dl_str sign = colon ? dl_trim(dl_cut(s, 0, (uint32_t)(colon - s.p))) : DL_STR("");
    for (size_t k = 0; k < sizeof SIGN / sizeof *SIGN; k++) if (equal_names(sign, dl_str_of(SIGN[k]))) return true;
    return false;
}

static void add_author(page_said *said, dl_str name)
{
    name = without_sign(dl_trim(name));
    if (!any_letter(name) || of_picture(name)) return;
    name = dl_bare_author(name);
    while (name.n && strchr(",;.:|-", name.p[name.n - 1]) && !(name.p[name.n - 1] == '.' && name.n > 3 && name.p[name.n - 3] == ' ')) name = dl_trim(dl_cut(name, 0, name.n - 1));
    if (name.n < 2 || name.n > 100 || dl_find(name, DL_STR("://"), 0) >= 0 || dl_find(name, DL_STR("www."), 0) >= 0 || name.p[0] == '@' || dl_is(name, "None") || dl_is(name, "null")) return;
    for (uint32_t i = 0; i < said->authors.n; i++) if (equal_names(said->authors.v[i], name)) return;
    if (said->authors.n < 32) *dl_push(said->doc, &said->authors) = dl_copy(said->doc, name);
}

/* Where a name ends inside a list of them: the separator's length at s[i], 0 if none. */
static uint32_t between_names(dl_str s, uint32_t i)
{
    static const char *const AND[] = { ", and ", ", ", "; ", ";", " and ", " und ", " et ", " y ", " & ", " | ", " / ", " og ", " och ", " en " };
    for (size_t k = 0; k < sizeof AND / sizeof *AND; k++)
        if (dl_starts(dl_cut(s, i, s.n), dl_str_of(AND[k]))) return (uint32_t)strlen(AND[k]);
    return 0;
}

void dl_page_author(page_said *said, dl_str names)
{
    dl_str s = dl_html_value(said->scratch, names);
    uint32_t b = 0;
    for (uint32_t i = 1; i < s.n; i++) {
        uint32_t n = between_names(s, i);
        if (!n) continue;
        add_author(said, dl_cut(s, b, i));
        b = i + n;
        i = b - 1;
    }
    if (b < s.n) add_author(said, dl_cut(s, b, s.n));
}

/* The site under the name of an author: true of agencies and of desks, but worth less than a person. */
static bool is_site(const page_said *said, const dl_article *art, dl_str name)
{
    dl_str host = dl_page_host(art->url), key = dl_page_key(said->scratch, name);
    return dl_eq(key, dl_page_key(said->scratch, art->source)) || dl_eq(key, dl_page_key(said->scratch, said->ld_site)) || (host.n && dl_find(dl_page_key(said->scratch, host), key, 0) >= 0);
}

static bool only_sites(const page_said *said, const dl_article *art)
{
    for (uint32_t i = 0; i < said->authors.n; i++) if (!is_site(said, art, said->authors.v[i])) return false;
    return true;
}

enum { BYLINE_BYTES = 60, BYLINE_AWAY = 14 };

/* Short, no figures: what stands in a byline may be a name. */
static bool name_shaped(dl_str s)
{
    uint32_t blanks = 0, capitals = 0;
    for (uint32_t i = 0; i < s.n; i++) {
        if (dl_digit((unsigned char)s.p[i])) return false;
        blanks += s.p[i] == ' ';
        capitals += dl_upper((unsigned char)s.p[i]) || (unsigned char)s.p[i] >= 0x80;
    }
    return s.n >= 3 && s.n <= BYLINE_BYTES && blanks <= 7 && capitals;
}

/* Names in elements whose class says byline, near the title: the nearest behind it, and those beside that one. */
static void visible_authors(page_said *said, const dl_html_page *page, const dl_article *art, bool marked)
{
    uint32_t title = 0, first = UINT32_MAX;
    for (uint32_t i = 0; i < page->blocks.n && !title; i++) if (page->blocks.v[i].heading == 1) title = i;
    for (uint32_t i = 0; i < page->props.n; i++) {
        const dl_html_prop *p = &page->props.v[i];
        bool author = dl_is(p->key, "author") || dl_is(p->key, "creator");
        if (marked ? !author : !dl_is(p->key, "byline")) continue;
        dl_str name = dl_html_value(said->doc, p->value);
        if (!name_shaped(name) || is_site(said, art, name)) continue;
        if (first == UINT32_MAX) {
            bool near = p->block + 6 >= title && p->block <= title + BYLINE_AWAY;
            if (!near && !marked) continue;
            first = p->block;
        }
        if (p->block >= first && p->block <= first + 3) dl_page_author(said, name);
    }
}

static void find_authors(page_said *said, const dl_html_page *page, dl_article *art)
{
    dl_str *sites = said->authors.v;
    uint32_t nsites = 0;
    if (said->authors.n && only_sites(said, art)) nsites = said->authors.n, said->authors.v = NULL, said->authors.n = said->authors.cap = 0;
    if (!said->authors.n) dl_page_author(said, META(page, "author", "article:author_name", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "cxenseparse:author", "byl", "creator", "authors"));
    for (uint32_t i = 0; !said->authors.n && i < page->metas.n; i++)
        if (dl_is(page->metas.v[i].key, "article:author") || dl_is(page->metas.v[i].key, "og:article:author")) dl_page_author(said, dl_html_value(said->doc, page->metas.v[i].value));
    if (said->authors.n && only_sites(said, art)) {
        if (!nsites) sites = said->authors.v, nsites = said->authors.n;
        said->authors.v = NULL, said->authors.n = said->authors.cap = 0;
    }
    for (int way = 0; way < 2 && !said->authors.n; way++) visible_authors(said, page, art, way == 0);
    bool none = !said->authors.n;
    for (uint32_t i = 0; none && i < nsites; i++) add_author(said, sites[i]);
    art->authors.v = said->authors.v, art->authors.n = said->authors.n, art->authors.cap = said->authors.cap;
    for (uint32_t i = 0; i < art->authors.n; i++)
        art->byline = i ? dl_fmt(said->doc, "%.*s, %.*s", (int)art->byline.n, art->byline.p, (int)art->authors.v[i].n, art->authors.v[i].p) : art->authors.v[0];
}

/* ---- site, language, address ---- */

static void find_language(page_said *said, const dl_html_page *page, dl_article *art)
{
    dl_str said_by[] = { page->lang, META(page, "content-language", "language", "dc.language", "og:locale"), said->ld_language };
    for (size_t k = 0; k < sizeof said_by / sizeof *said_by && !strcmp(art->language, "und"); k++) dl_article_language(art, dl_trim(said_by[k]));
}

void dl_page_meta(dl_arena *doc, dl_arena *scratch, const dl_html_page *page, dl_article *art)
{
    page_said all = { .doc = doc, .scratch = scratch }, *said = &all;
    if (art->whole_story) return;
    dl_str known = dl_fmt(scratch, "%.*s\n%.*s", (int)page->title.n, page->title.p ? page->title.p : "", 0, "");
    dl_str og = META(page, "og:title", "twitter:title");
    if (og.n) known = dl_fmt(scratch, "%.*s\n%.*s", (int)known.n, known.p, (int)og.n, og.p);
    dl_page_ld(said, page, dl_html_value(scratch, known));
    dl_str url = dl_html_value(doc, page->canonical);
    if (!dl_page_host(url).n) url = META(page, "og:url");
    if (!dl_page_host(url).n) url = said->ld_url;
    if (!art->url.p && dl_page_host(url).n) art->url = dl_copy(doc, url);
    dl_str site = META(page, "og:site_name");
    if (!site.n) site = said->ld_site;
    if (!site.n) site = META(page, "application-name", "dc.publisher", "apple-mobile-web-app-title");
    if (!site.n) site = dl_page_host(art->url);
    if (!art->source.p && site.n) art->source = dl_copy(doc, site);
    art->said_body = said->ld_body.n ? dl_copy(doc, said->ld_body) : said->ld_body;
    art->said_lead = META(page, "og:description", "description");
    if (!art->title.p) dl_page_title(said, page, art);
    if (!art->byline.p) find_authors(said, page, art);
    if (art->published == DL_NO_DAY) dl_page_when(said, page, art);
    find_language(said, page, art);
}
