/* page_meta.c - title, authors, day, site, language and address of a page.
 *
 * Each has several witnesses, in order of how seldom they are wrong on pages of news (measured on the pages of bench): JSON-LD, then meta (Open Graph, Dublin Core and others),
 * then microdata, the address, <time>. The title is the witness that most others agree with, since each of them is at times the site's name, cut, or written for search engines.
 */
#include "base/utf8.h"
#include "intake/page.h"

/* ---- meta ---- */

/* The first of `keys` that the page has: content with references undone. Keys in lower case, ended by NULL; "-" "_" and case of the page's do not count. */
static dl_str meta(dl_arena *a, const dl_html_page *page, const char *const *keys)
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
#define META(page, ...) meta(said->doc, (page), (const char *const[]){ __VA_ARGS__, NULL })

static dl_str prop(dl_arena *a, const dl_html_page *page, const char *key)
{
    for (uint32_t i = 0; i < page->props.n; i++)
        if (dl_is(page->props.v[i].key, key) && dl_trim(page->props.v[i].value).n) return dl_html_value(a, page->props.v[i].value);
    return (dl_str){ NULL, 0 };
}

/* ---- titles ---- */

typedef struct { dl_str text, key; uint32_t votes; } candidate;

static dl_str title_key(dl_arena *a, dl_str s)
{
    char *out = dl_new(a, char, s.n + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.n;) {
        uint32_t at = i, cp = dl_utf8_next(s, &i);
        bool letter = dl_cp_alpha(cp) || dl_cp_digit(cp);
        if (!letter && n && out[n - 1] != ' ') out[n++] = ' ';
        if (letter) { memcpy(out + n, s.p + at, i - at); n += i - at; }
    }
    return dl_trim(dl_lowered(a, (dl_str){ out, n }));
}

/* Length of a separator between a title and the site's name at s[i], 0 if none: a bar or dash between blanks. */
static uint32_t separator(dl_str s, uint32_t i)
{
    static const char *const SEP[] = { " | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » ", " « ", " / ", " ❘ ", " ‒ ", " ― " };
    if (s.p[i] != ' ') return 0;
    for (size_t k = 0; k < sizeof SEP / sizeof *SEP; k++)
        if (dl_starts(dl_cut(s, i, s.n), dl_str_of(SEP[k]))) return (uint32_t)strlen(SEP[k]);
    return 0;
}

static bool same_site(dl_arena *a, dl_str tail, dl_str site)
{
    dl_str t = title_key(a, tail), s = title_key(a, site);
    if (!t.n || !s.n) return false;
    char *x = dl_new(a, char, t.n + s.n + 2);
    uint32_t n = 0, m = 0;                           /* without blanks: "the hill" and "thehill" */
    for (uint32_t i = 0; i < t.n; i++) if (t.p[i] != ' ') x[n++] = t.p[i];
    for (uint32_t i = 0; i < s.n; i++) if (s.p[i] != ' ') x[n + m++] = s.p[i];
    dl_str tt = { x, n }, ss = { x + n, m };
    return m >= 2 && n >= 2 && (dl_find(tt, ss, 0) >= 0 || dl_find(ss, tt, 0) >= 0);
}

/* "Headline | Section - Site" without its tail: what stands behind a separator goes if it is the site's name, or (where `any`) if it is short beside what it follows. */
static dl_str without_site(dl_arena *a, dl_str s, dl_str site, dl_str host, bool any)
{
    for (int round = 0; round < 3; round++) {
        uint32_t at = 0, len = 0;
        for (uint32_t i = 1; i + 1 < s.n; i++) { uint32_t n = separator(s, i); if (n) at = i, len = n; }
        if (!len) break;
        dl_str tail = dl_cut(s, at + len, s.n);
        bool named = same_site(a, tail, site) || same_site(a, tail, host);
        if (!named && !(any && round == 0 && tail.n * 2 < at && tail.n < 40)) break;
        s = dl_trim(dl_cut(s, 0, at));
    }
    for (uint32_t i = 1; i < s.n; i++) {             /* "Site | Headline" */
        uint32_t n = separator(s, i);
        if (!n) continue;
        if (same_site(a, dl_cut(s, 0, i), site)) s = dl_trim(dl_cut(s, i + n, s.n));
        break;
    }
    return s;
}

static uint32_t common(dl_str a, dl_str b)           /* bytes that both begin with */
{
    uint32_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n]) n++;
    return n;
}

enum { TITLES = 8 };

static void add_candidate(dl_arena *a, candidate *c, uint32_t *n, dl_str s)
{
    dl_str key = title_key(a, s);
    if (key.n && *n < TITLES) c[(*n)++] = (candidate){ s, key, 0 };
}

/* The one that most agree with; the earlier of equals. */
static dl_str elect(candidate *c, uint32_t n)
{
    uint32_t best = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < n; k++) {
            if (k == i) continue;
            uint32_t same = common(c[i].key, c[k].key), shorter = c[i].key.n < c[k].key.n ? c[i].key.n : c[k].key.n;
            c[i].votes += dl_eq(c[i].key, c[k].key) ? 4 : same == shorter && shorter * 3 > c[i].key.n ? 1 : 0;
        }
    for (uint32_t i = 1; i < n; i++) if (c[i].votes > c[best].votes) best = i;
    return n ? c[best].text : (dl_str){ NULL, 0 };
}

static dl_str host_of(dl_str url)
{
    int64_t at = dl_find(url, DL_STR("://"), 0);
    if (at < 0) return (dl_str){ NULL, 0 };
    uint32_t b = (uint32_t)at + 3, e = b;
    while (e < url.n && url.p[e] != '/' && url.p[e] != ':' && url.p[e] != '?' && url.p[e] != '#') e++;
    if (dl_starts(dl_cut(url, b, e), DL_STR("www."))) b += 4;
    return dl_cut(url, b, e);
}

/* "news.example.co.uk": the word before the last, short ones passed over ("example"). */
static dl_str host_name(dl_str host)
{
    uint32_t e = host.n;
    for (;;) {
        uint32_t dot = e;
        while (dot > 0 && host.p[dot - 1] != '.') dot--;
        if (dot == 0 || (e < host.n && e - dot > 3)) return dl_cut(host, dot, e);
        e = dot - 1;
    }
}

static void find_title(page_said *said, const dl_html_page *page, dl_article *art)
{
    candidate c[TITLES];
    uint32_t n = 0, h1 = 0, first = 0;
    dl_arena *a = said->scratch;
    dl_str site = META(page, "og:site_name", "application-name"), host = host_name(host_of(art->url));
    if (!site.n) site = said->ld_site;
    for (uint32_t i = 0; i < art->blocks.n; i++)
        if (art->blocks.v[i].heading == 1 && !art->nodes.v[art->blocks.v[i].node].hidden && h1++ == 0) first = i;
    add_candidate(a, c, &n, without_site(a, said->ld_title, site, host, false));
    for (uint32_t i = first, k = 0; h1 && i < art->blocks.n && k < 2; i++)
        if (art->blocks.v[i].heading == 1) add_candidate(a, c, &n, dl_at(art->text, art->blocks.v[i].at)), k++;
    add_candidate(a, c, &n, without_site(a, META(page, "og:title"), site, host, false));
    add_candidate(a, c, &n, without_site(a, META(page, "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "title"), site, host, false));
    add_candidate(a, c, &n, without_site(a, prop(said->doc, page, "headline"), site, host, false));
    add_candidate(a, c, &n, without_site(a, dl_html_value(said->doc, page->title), site, host, true));
    dl_str title = elect(c, n);
    if (title.n && !art->title.p) art->title = dl_copy(said->doc, title);
}

/* ---- authors ---- */

static bool equal_names(dl_str a, dl_str b)
{
    if (a.n != b.n) return false;
    for (uint32_t i = 0; i < a.n; i++) if (dl_tolower((unsigned char)a.p[i]) != dl_tolower((unsigned char)b.p[i])) return false;
    return true;
}

static void add_author(page_said *said, dl_str name)
{
    static const char *const LEAD[] = { "By ", "by ", "BY ", "Von ", "von ", "VON ", "Par ", "par ", "Por ", "por ", "Di ", "Door ", "Av ", "Af ", "Text: ", "Texte: " };
    name = dl_trim(name);
    for (size_t k = 0; k < sizeof LEAD / sizeof *LEAD; k++) if (dl_starts(name, dl_str_of(LEAD[k]))) { name = dl_trim(dl_cut(name, (uint32_t)strlen(LEAD[k]), name.n)); break; }
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

static void find_authors(page_said *said, const dl_html_page *page, dl_article *art)
{
    if (!said->authors.n) dl_page_author(said, META(page, "author", "article:author_name", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "cxenseparse:author", "byl", "creator", "authors"));
    for (uint32_t i = 0; !said->authors.n && i < page->metas.n; i++)
        if (dl_is(page->metas.v[i].key, "article:author") || dl_is(page->metas.v[i].key, "og:article:author")) dl_page_author(said, dl_html_value(said->doc, page->metas.v[i].value));
    bool none = !said->authors.n;
    for (uint32_t i = 0; none && i < page->props.n; i++) {
        bool author = dl_is(page->props.v[i].key, "author") || dl_is(page->props.v[i].key, "name author") || dl_is(page->props.v[i].key, "creator");
        if (author) dl_page_author(said, page->props.v[i].value);
    }
    art->authors.v = said->authors.v, art->authors.n = said->authors.n, art->authors.cap = said->authors.cap;
    for (uint32_t i = 0; i < art->authors.n; i++)
        art->byline = i ? dl_fmt(said->doc, "%.*s, %.*s", (int)art->byline.n, art->byline.p, (int)art->authors.v[i].n, art->authors.v[i].p) : art->authors.v[0];
}

/* ---- the day ---- */

static bool take_day(page_said *said, dl_article *art, dl_str s)
{
    dl_day day = dl_day_parse(dl_trim(s));
    return day != DL_NO_DAY && dl_date_of(day).y >= 1980 && dl_article_published(said->doc, art, s);
}

/* /2015/01/26/, /2015-01-26-, /20150126/ in an address: "2015-01-26", empty if there is none. */
static dl_str day_of_url(dl_arena *a, dl_str url)
{
    for (uint32_t i = 1; i + 8 <= url.n; i++) {
        if (!dl_digit((unsigned char)url.p[i]) || dl_digit((unsigned char)url.p[i - 1])) continue;
        int v[3] = { 0 }, digits = 0, k = 0;
        uint32_t e = i;
        char sep = i + 4 < url.n ? url.p[i + 4] : 0;
        if (sep == '/' || sep == '-' || sep == '_') {
            for (; e < url.n && k < 3; e++) {
                if (dl_digit((unsigned char)url.p[e])) { v[k] = v[k] * 10 + (url.p[e] - '0'); if (++digits > 4) break; }
                else if (url.p[e] == sep && digits) { k++; digits = 0; if (k == 3) break; }
                else break;
            }
            if (k < 2 || digits > 2 || (k == 2 && !digits)) continue;
        } else {
            while (e < url.n && dl_digit((unsigned char)url.p[e])) e++;
            if (e - i != 8) continue;
            for (uint32_t j = 0; j < 8; j++) v[j < 4 ? 0 : j < 6 ? 1 : 2] = v[j < 4 ? 0 : j < 6 ? 1 : 2] * 10 + (url.p[i + j] - '0');
        }
        if (v[0] >= 1990 && v[0] <= 2100 && dl_day_of(v[0], v[1], v[2]) != DL_NO_DAY) return dl_fmt(a, "%04d-%02d-%02d", v[0], v[1], v[2]);
    }
    return (dl_str){ NULL, 0 };
}

/* The first <time> inside an article, else the first of all; one marked as the day of publication before both. */
static dl_str day_of_time(const dl_html_page *page)
{
    for (int way = 0; way < 3; way++)
        for (uint32_t i = 0; i < page->times.n; i++) {
            const dl_html_time *t = &page->times.v[i];
            bool fits = way == 0 ? dl_is(t->prop, "datePublished") : way == 1 ? t->in_article && !dl_is(t->prop, "dateModified") : !dl_is(t->prop, "dateModified");
            if (fits && dl_day_parse(dl_trim(t->when)) != DL_NO_DAY) return t->when;
        }
    return (dl_str){ NULL, 0 };
}

static void find_day(page_said *said, const dl_html_page *page, dl_article *art)
{
    static const char *const KEYS[] = { "article:published_time", "og:article:published_time", "og:published_time", "og:pubdate", "datepublished", "date_published", "publishdate", "publish-date", "publish_date", "publication_date",
        "pubdate", "published_time", "published-date", "published_at", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "dcterms.available", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
        "cxenseparse:publishtime", "article_date_original", "article:published", "article.published", "citation_publication_date", "citation_date", "originalpublicationdate", "analyticsattributes.articledate", "bt:pubdate",
        "displaydate", "ptime", "pdate", "rnews:datepublished", "shareaholic:article_published_time", "og:regdate", "date", "created", "article_publish_date", "vr:published_time", "timestamp", NULL };
    if (take_day(said, art, said->ld_day)) return;
    for (const char *const *key = KEYS; *key; key++)
        if (take_day(said, art, meta(said->doc, page, (const char *const[]){ *key, NULL }))) return;
    if (take_day(said, art, prop(said->doc, page, "datePublished"))) return;
    if (take_day(said, art, day_of_url(said->doc, art->url))) return;
    take_day(said, art, day_of_time(page));
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
    dl_str known = dl_fmt(scratch, "%.*s\n%.*s", (int)page->title.n, page->title.p ? page->title.p : "", 0, "");
    dl_str og = META(page, "og:title", "twitter:title");
    if (og.n) known = dl_fmt(scratch, "%.*s\n%.*s", (int)known.n, known.p, (int)og.n, og.p);
    dl_page_ld(said, page, dl_html_value(scratch, known));
    dl_str url = dl_html_value(doc, page->canonical);
    if (!host_of(url).n) url = META(page, "og:url");
    if (!host_of(url).n) url = said->ld_url;
    if (!art->url.p && host_of(url).n) art->url = dl_copy(doc, url);
    dl_str site = META(page, "og:site_name");
    if (!site.n) site = said->ld_site;
    if (!site.n) site = META(page, "application-name", "dc.publisher", "apple-mobile-web-app-title");
    if (!site.n) site = host_of(art->url);
    if (!art->source.p && site.n) art->source = dl_copy(doc, site);
    art->said_body = said->ld_body.n ? dl_copy(doc, said->ld_body) : said->ld_body;
    art->said_lead = META(page, "og:description", "description");
    find_title(said, page, art);
    find_authors(said, page, art);
    find_day(said, page, art);
    find_language(said, page, art);
}
