/* page_when.c - the day a page was published.
 *
 * Witnesses in order of how seldom they are wrong (measured on pages of bench, where a day is known):
 *   1. what the page says of itself: JSON-LD, metas that speak of publication, microdata and RDFa;
 *   2. a whole day in its address; <time>;
 *   3. the day that its readers see: printed near the title, in an element whose class speaks of days, in a short line; days of comments, of other stories and inside of sentences weigh little (page_days.c);
 *   4. days of changes, other metas with a day, JSON in scripts; last the addresses of its pictures.
 * The original day is wanted: where it cannot be told from that of a change, a change is still better than nothing. The year of a copyright notice alone is no day.
 */
#include "base/utf8.h"
#include "intake/page.h"

enum { SINCE = 1990, HEAD = 220, TAIL = 160, DAYS = 12, SHORT = 60, UP = 3, NEAR = 12, SURE = 50 };       /* HEAD, TAIL: bytes of a long block that are looked at; UP: elements above a block */

static bool take_day(page_said *said, dl_article *art, dl_str s)
{
    dl_day day = dl_day_parse(dl_trim(s));
    return day != DL_NO_DAY && dl_date_of(day).y >= SINCE && dl_article_published(said->doc, art, s);
}

static bool take(page_said *said, dl_article *art, dl_day day)
{
    char iso[16];
    dl_day_iso(day, iso);
    return dl_article_published(said->doc, art, dl_str_of(iso));
}

/* In values that are no form of their own ("24. Januar 2022", "$Date: 2016/11/18 $"). */
static bool take_printed(page_said *said, dl_article *art, dl_str s, bool months_first)
{
    dl_page_day day;
    if (take_day(said, art, s)) return true;
    return s.n < 80 && dl_page_days(said->scratch, s, months_first, &day, 1) && take(said, art, day.day);
}

/* ---- addresses ---- */

/* A day in an address: /2015/01/26/, 2015-01-26, 26-01-2015, /20150126/; DL_NO_DAY if there is none. *path: it is a path of its own, as blogs and papers have it. */
static dl_day day_of_url(dl_str url, bool *path)
{
    *path = false;
    for (uint32_t i = 1; i + 8 <= url.n; i++) {
        if (!dl_digit((unsigned char)url.p[i]) || dl_digit((unsigned char)url.p[i - 1])) continue;
        int v[3] = { 0 }, n[3] = { 0 }, k = 0;
        uint32_t e = i;
        char sep = 0;
        for (; e < url.n; e++) {
            char c = url.p[e];
            if (dl_digit((unsigned char)c)) { if (++n[k] > 8) break; v[k] = v[k] * 10 + (c - '0'); }
            else if (k < 2 && n[k] && (c == '/' || c == '-' || c == '_' || c == '.') && (!sep || c == sep)) sep = c, k++;
            else break;
        }
        dl_day day = DL_NO_DAY;
        if (k == 2 && n[0] == 4 && n[1] <= 2 && n[2] >= 1 && n[2] <= 2) day = dl_day_of(v[0], v[1], v[2]);
        if (k == 2 && n[0] <= 2 && n[1] <= 2 && n[2] == 4 && sep != '/' && v[2] >= SINCE) day = dl_day_of(v[2], v[1], v[0]);
        if (k == 1 && n[0] == 4 && n[1] == 4 && sep == '/') day = dl_day_of(v[0], v[1] / 100, v[1] % 100);
        if (k == 0 && n[0] == 8) day = dl_day_of(v[0] / 10000, v[0] / 100 % 100, v[0] % 100);
        if (k == 1 && n[0] == 8) day = dl_day_of(v[0] / 10000, v[0] / 100 % 100, v[0] % 100);
        *path = sep == '/' && k == 2;
        if (day != DL_NO_DAY && dl_date_of(day).y >= SINCE && dl_date_of(day).y < 2040) return day;
        while (i + 1 < e && dl_digit((unsigned char)url.p[i + 1])) i++;
    }
    return DL_NO_DAY;
}

/* /2018/08/ in an address: year * 12 + month, 0 if there is none. */
static int month_of_url(dl_str url)
{
    for (uint32_t i = 1; i + 8 <= url.n; i++) {
        const char *p = url.p + i;
        bool shaped = p[-1] == '/' && dl_digit((unsigned char)p[0]) && dl_digit((unsigned char)p[1]) && dl_digit((unsigned char)p[2]) && dl_digit((unsigned char)p[3]) && (p[4] == '/' || p[4] == '-')
                      && dl_digit((unsigned char)p[5]) && dl_digit((unsigned char)p[6]) && p[7] == '/';
        int y = shaped ? (p[0] - '0') * 1000 + (p[1] - '0') * 100 + (p[2] - '0') * 10 + (p[3] - '0') : 0, m = shaped ? (p[5] - '0') * 10 + (p[6] - '0') : 0;
        if (y >= SINCE && y < 2040 && m >= 1 && m <= 12) return y * 12 + m;
    }
    return 0;
}

/* ---- what the page says in its data ---- */

/* The first <time> inside an article, else the first of all; one marked as the day of publication before both. */
static bool take_time(page_said *said, const dl_html_page *page, dl_article *art, bool months_first)
{
    for (int way = 0; way < 3; way++)
        for (uint32_t i = 0; i < page->times.n; i++) {
            const dl_html_time *t = &page->times.v[i];
            bool fits = way == 0 ? dl_is(t->prop, "datePublished") : way == 1 ? t->in_article && !dl_is(t->prop, "dateModified") : !dl_is(t->prop, "dateModified");
            if (fits && take_printed(said, art, t->when, months_first)) return true;
        }
    return false;
}

static bool has(dl_str low, const char *word) { return dl_find(low, dl_str_of(word), 0) >= 0; }

static bool speaks_of_change(dl_str low)
{
    return has(low, "modif") || has(low, "updat") || has(low, "revis") || has(low, "change") || has(low, "last") || has(low, "edited");
}

/* Metas nobody listed whose name speaks of a day: of publication (way 0), of any but changes (1), of changes (2). */
static bool take_other_meta(page_said *said, const dl_html_page *page, dl_article *art, int way)
{
    for (uint32_t i = 0; i < page->metas.n; i++) {
        dl_str low = dl_lowered(said->scratch, page->metas.v[i].key);
        bool change = speaks_of_change(low), dated = has(low, "date") || has(low, "time") || has(low, "publi") || has(low, "created") || has(low, "issued");
        bool never = has(low, "expir") || has(low, "unpubli") || has(low, "verif") || has(low, "event") || has(low, "start") || has(low, "end_") || has(low, "birth") || has(low, "refresh");
        bool published = !change && (has(low, "pubdate") || (has(low, "publi") && (has(low, "date") || has(low, "time") || has(low, "_at"))) || has(low, "created") || has(low, "issued"));
        if (!dated || never || (way == 0 ? !published : way == 1 ? change : !change)) continue;
        if (take_day(said, art, dl_html_value(said->doc, page->metas.v[i].value))) return true;
    }
    return false;
}

/* Values of attributes that are shaped like days (title, content, datetime of what is no <time>), by what their class or property says. */
static bool take_marked(page_said *said, const dl_html_page *page, dl_article *art, bool changes)
{
    for (uint32_t i = 0; i < page->days.n; i++) {
        dl_str low = dl_lowered(said->scratch, page->days.v[i].key);
        bool published = has(low, "publi") || has(low, "created") || has(low, "issued") || has(low, "dc:date") || has(low, "entry-date") || has(low, "post-date") || has(low, "pubdate");
        if (changes ? !speaks_of_change(low) && !has(low, "date") && !has(low, "time") : !published || speaks_of_change(low)) continue;
        if (has(low, "comment")) continue;
        if (take_day(said, art, page->days.v[i].value)) return true;
    }
    return false;
}

/* "datePublished":"2016-11-04T20:37:27Z" and its like anywhere in the page's scripts. */
static bool take_script(page_said *said, const dl_html_page *page, dl_article *art)
{
    static const char *const KEYS[] = { "datePublished", "publishedDate", "publishedAt", "published_at", "publishDate", "publish_date", "publicationDate", "publication_date", "datepublished", "pubDate", "pubdate", "firstPublished", "date_published",
        "published_time", "dateCreated", "createdAt", "created_at" };
    for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++) {
        int64_t at = dl_find(page->in, dl_str_of(KEYS[k]), 0);
        for (int tries = 0; at >= 0 && tries < 4; tries++) {
            uint32_t i = (uint32_t)at + (uint32_t)strlen(KEYS[k]), b, limit = i + 12;
            while (i < page->in.n && i < limit && strchr("\\\"' :=", page->in.p[i])) i++;
            b = i;
            while (i < page->in.n && i < b + 40 && page->in.p[i] && !strchr("\\\"'<>,}", page->in.p[i])) i++;
            if (i - b >= 10 && take_day(said, art, dl_cut(page->in, b, i))) return true;
            at = dl_find(page->in, dl_str_of(KEYS[k]), i);
        }
    }
    return false;
}

/* ---- what readers see ---- */

/* Words of classes and ids: what they say for a day near them being the page's. */
static const struct { const char *word; int worth; } SIGNS[] = {
    { "comment", -60 }, { "related", -60 }, { "teaser", -40 }, { "sidebar", -50 }, { "event", -30 }, { "calendar", -60 }, { "kalender", -60 }, { "widget", -40 }, { "recent", -50 }, { "archive", -40 }, { "latest", -40 },
    { "more", -20 }, { "navi", -30 }, { "menu", -30 }, { "review", -20 }, { "copyright", -60 }, { "popular", -50 }, { "slider", -30 }, { "carousel", -40 }, { "update", -5 }, { "modif", -5 },
    { "pubdate", 50 }, { "publi", 45 }, { "posted", 45 }, { "entry-date", 50 }, { "post-date", 50 }, { "date", 40 }, { "datum", 40 }, { "fecha", 40 }, { "stamp", 40 }, { "time", 30 }, { "meta", 20 }, { "byline", 25 }, { "autor", 15 }, { "author", 15 },
    { "info", 10 }, { "created", 40 }, { "detail", 5 }, { "dateline", 40 },
};

static void weigh_words(page_said *said, dl_str names, int *best, int *worst)
{
    dl_marker mark = dl_mark(said->scratch);
    dl_str low = dl_lowered(said->scratch, dl_cut(names, 0, names.n < 200 ? names.n : 200));
    for (size_t k = 0; k < sizeof SIGNS / sizeof *SIGNS; k++) {
        if (!has(low, SIGNS[k].word)) continue;
        if (SIGNS[k].worth > *best) *best = SIGNS[k].worth;
        if (SIGNS[k].worth < *worst) *worst = SIGNS[k].worth;
    }
    bool own = has(low, "post") || has(low, "entry") || has(low, "article");
    if (has(low, "footer") && !own && *worst > -40) *worst = -40;
    dl_reset(said->scratch, mark);
}

static int weigh_place(page_said *said, const dl_article *art, const dl_block *b)
{
    int best = 0, worst = 0, above = 0, below = 0;
    weigh_words(said, b->inner, &best, &worst);
    uint32_t node = b->node;
    for (int up = 0; node && up < UP; up++, node = art->nodes.v[node].parent) {
        const dl_node *n = &art->nodes.v[node];
        int *to = up ? &above : &best;
        weigh_words(said, n->names, to, up ? &below : &worst), weigh_words(said, n->id, to, up ? &below : &worst), weigh_words(said, n->prop, to, up ? &below : &worst);
        if (n->hidden) worst -= 20;
    }
    return best + above / 3 + (worst < below ? worst : below);
}

static int weigh_distance(uint32_t block, uint32_t title, bool titled)
{
    int64_t d = (int64_t)block - title;
    if (!titled) return block < 40 ? 10 : 0;
    if (d < 0) return d >= -3 ? 28 : d >= -6 ? 12 : -15;
    return d <= 3 ? 40 : d <= 6 ? 28 : d <= 12 ? 15 : d <= 30 ? 0 : d <= 100 ? -15 : -25;
}

/* What stands before a day in its line, or right behind it ("wurde am 3. Mai um 14 Uhr veröffentlicht"). */
static int weigh_label(page_said *said, dl_str before, dl_str behind)
{
    static const char *const PUBLISHED[] = { "publi", "posted", "veroffentlicht", "erstellt", "erschien", "mis en ligne", "mise en ligne", "creat", "geplaatst", "gepubliceerd", "yayin", "datum", "date", "fecha", "data", "opublikowan", "pubblicato", "written", "vom", "stand",
        "eingestellt", "geschrieben", "опубликовано", "skrevet", "publicerad", "julkaistu" };
    static const char *const CHANGED[] = { "updat", "modif", "aktualisi", "geandert", "anderung", "mis a jour", "mise a jour", "actualiz", "aggiorna", "bijgewerkt", "guncel", "zmenen", "revis", "uppdaterad", "oppdatert", "paivitetty", "обновлено", "edited" };
    static const char *const OTHER[] = { "copyright", "©", "born", "geboren", "valid", "gultig", "until", "bis zum", "deadline", "joined", "registriert", "member since", "from", "ab dem" };
    dl_str key = dl_folded(said->scratch, before.n > 60 ? dl_cut(before, before.n - 60, before.n) : before);
    for (size_t k = 0; k < sizeof OTHER / sizeof *OTHER; k++) if (has(key, OTHER[k])) return -35;
    for (size_t k = 0; k < sizeof CHANGED / sizeof *CHANGED; k++) if (has(key, CHANGED[k])) return -12;
    for (size_t k = 0; k < sizeof PUBLISHED / sizeof *PUBLISHED; k++) if (has(key, PUBLISHED[k])) return 25;
    key = dl_folded(said->scratch, dl_cut(behind, 0, behind.n < 40 ? behind.n : 40));
    return has(key, "veroffentlicht") || has(key, "publi") || has(key, "geschrieben") || has(key, "posted") ? 40 : 0;
}

/* How much of its line the day is: alone, at its beginning, inside of a sentence. */
static int weigh_shape(dl_str s, dl_span at)
{
    uint32_t rest = s.n - dl_len(at);
    if (rest <= SHORT) return 30;
    if (rest <= 2 * SHORT) return at.b < 30 || s.n - at.e < 12 ? 15 : 0;
    if (at.b <= 12) return 10;
    return s.n - at.e <= 8 ? 0 : at.b <= 40 ? -15 : -45;
}

/* The block that is the title: an h1 with its words, else any with them, else the first h1. */
static bool find_title(page_said *said, const dl_article *art, uint32_t *title)
{
    uint32_t any = UINT32_MAX, h1 = UINT32_MAX;
    dl_str key = art->title.n ? dl_page_key(said->scratch, art->title) : (dl_str){ NULL, 0 };
    for (uint32_t i = 0; i < art->blocks.n; i++) {
        const dl_block *b = &art->blocks.v[i];
        bool same = key.n && dl_len(b->at) <= 2 * art->title.n + 20 && dl_eq(dl_page_key(said->scratch, dl_at(art->text, b->at)), key);
        if (same && b->heading == 1) { *title = i; return true; }
        if (same && (any == UINT32_MAX || (b->heading && !art->blocks.v[any].heading))) any = i;
        if (b->heading == 1 && h1 == UINT32_MAX) h1 = i;
    }
    *title = any != UINT32_MAX ? any : h1;
    return *title != UINT32_MAX;
}

/* Four figures, or figures with points or strokes between: all else has no day in it. */
static bool may_hold_day(dl_str s)
{
    uint32_t run = 0, runs = 0;
    for (uint32_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (dl_digit(c)) { if (++run == 4) return true; continue; }
        if (run && ++runs >= 3) return true;
        run = 0;
        if (c == 0xD9 || c == 0xDB || c == 0xE0) return true;      /* figures of other scripts */
    }
    return runs + (run > 0) >= 3;
}

typedef struct { dl_day day; int worth; } candidate;
typedef struct { candidate v[64]; uint32_t n; } candidates;

static void add_candidate(candidates *c, dl_day day, int worth)
{
    for (uint32_t i = 0; i < c->n; i++)
        if (c->v[i].day == day) { c->v[i].worth = (worth > c->v[i].worth ? worth : c->v[i].worth) + 4; return; }       /* said again */
    if (c->n < 64) c->v[c->n++] = (candidate){ day, worth };
}

static void weigh_block(page_said *said, const dl_article *art, uint32_t i, uint32_t title, bool titled, bool months_first, candidates *c)
{
    const dl_block *b = &art->blocks.v[i];
    dl_str s = dl_at(art->text, b->at);
    bool whole = s.n <= HEAD + TAIL;
    int place = 0, month = month_of_url(art->url);
    for (int part = 0; part < (whole ? 1 : 2); part++) {
        dl_page_day day[DAYS];
        uint32_t from = part ? s.n - TAIL : 0;
        dl_str look = dl_cut(s, from, whole || part ? s.n : HEAD);
        if (!may_hold_day(look)) continue;
        uint32_t n = dl_page_days(said->scratch, look, months_first, day, DAYS);
        if (n && !place) place = weigh_place(said, art, b) + weigh_distance(i, title, titled) + (b->time ? 20 : 0) - (dl_len(b->at) < 2 * b->link ? 12 : 0);
        for (uint32_t k = 0; k < n; k++) {
            dl_span at = { day[k].at.b + from, day[k].at.e + from };
            int worth = place + weigh_shape(s, at) + weigh_label(said, dl_cut(s, k ? day[k - 1].at.e + from : 0, at.b), dl_cut(s, at.e, s.n)) - (n > 2 ? 15 : 0);
            dl_date d = dl_date_of(day[k].day);
            if (month) worth += d.y * 12 + d.m == month ? 20 : -25;
            add_candidate(c, day[k].day, worth);
        }
    }
}

static dl_day visible_day(page_said *said, const dl_article *art, bool months_first, int least, dl_day near)
{
    candidates c = { .n = 0 };
    uint32_t title = 0, best = UINT32_MAX;
    bool titled = find_title(said, art, &title);
    uint32_t from = near != DL_NO_DAY && title > NEAR ? title - NEAR : 0, to = near != DL_NO_DAY && title + NEAR < art->blocks.n ? title + NEAR : art->blocks.n;
    for (uint32_t i = from; i < to; i++) weigh_block(said, art, i, title, titled, months_first, &c);
    for (uint32_t i = 0; i < c.n; i++) if (c.v[i].worth >= least && (best == UINT32_MAX || c.v[i].worth > c.v[best].worth)) best = i;
    return best == UINT32_MAX ? DL_NO_DAY : c.v[best].day;
}

static bool take_visible(page_said *said, dl_article *art, bool months_first, int least)
{
    dl_day day = visible_day(said, art, months_first, least, DL_NO_DAY);
    return day != DL_NO_DAY && take(said, art, day);
}

/* A time in UTC says another day than readers saw, late or early: then what the address or the page shows beside it is the day. */
static void mend_utc(page_said *said, dl_article *art, dl_day address, bool months_first)
{
    dl_str when = art->when;
    bool utc = when.n >= 20 && (when.p[when.n - 1] == 'Z' || dl_ends(when, DL_STR("+00:00")) || dl_ends(when, DL_STR("+0000")));
    if (!utc) return;
    dl_day seen = address != DL_NO_DAY ? address : visible_day(said, art, months_first, SURE, art->published);
    if (seen != DL_NO_DAY && (seen == art->published + 1 || seen == art->published - 1)) take(said, art, seen);
}

/* ---- anywhere ---- */

/* The day written most often as 2020-05-01 or 2020/05/01 in the page's bytes: addresses, scripts, comments. */
static dl_day commonest_day(const dl_html_page *page)
{
    candidates c = { .n = 0 };
    uint32_t best = UINT32_MAX;
    dl_str in = page->in;
    for (const char *p = in.p, *end = in.p + in.n; end - p > 10 && (p = memchr(p, '2', (size_t)(end - p - 10))); p++) {
        bool shaped = p[1] == '0' && dl_digit((unsigned char)p[2]) && dl_digit((unsigned char)p[3]) && (p[4] == '-' || p[4] == '/') && dl_digit((unsigned char)p[5]) && dl_digit((unsigned char)p[6]) && p[7] == p[4]
                      && dl_digit((unsigned char)p[8]) && dl_digit((unsigned char)p[9]) && (p == in.p || !dl_digit((unsigned char)p[-1])) && !dl_digit((unsigned char)p[10]);
        uint32_t before = (uint32_t)(p - in.p);
        if (!shaped || dl_find(dl_cut(in, before > 40 ? before - 40 : 0, before), DL_STR("xpir"), 0) >= 0) continue;
        dl_day day = dl_day_of((p[0] - '0') * 1000 + (p[1] - '0') * 100 + (p[2] - '0') * 10 + (p[3] - '0'), (p[5] - '0') * 10 + (p[6] - '0'), (p[8] - '0') * 10 + (p[9] - '0'));
        if (day != DL_NO_DAY) add_candidate(&c, day, 0);
    }
    for (uint32_t i = 0; i < c.n; i++) if (best == UINT32_MAX || c.v[i].worth > c.v[best].worth) best = i;
    return best == UINT32_MAX ? DL_NO_DAY : c.v[best].day;
}

/* ---- all of them ---- */

/* Does 5/4/2020 mean May 4th here? In American English alone. */
static bool months_come_first(page_said *said, const dl_html_page *page, const dl_article *art)
{
    static const char *const DAYS_FIRST[] = { ".uk", ".au", ".nz", ".in", ".ie", ".za", ".ng", ".ke", ".gh", ".pk", ".sg", ".my", ".eu" };
    dl_str locale = dl_lowered(said->scratch, META(page, "og:locale")), lang = dl_lowered(said->scratch, page->lang), host = dl_page_host(art->url.n ? art->url : art->fetched);
    if (lang.n >= 2) {
        if (!dl_starts(lang, DL_STR("en"))) return false;
        if (lang.n > 2) return has(lang, "us");
    }
    if (locale.n > 2) return dl_starts(locale, DL_STR("en_us"));
    for (size_t k = 0; k < sizeof DAYS_FIRST / sizeof *DAYS_FIRST; k++) if (dl_ends(host, dl_str_of(DAYS_FIRST[k]))) return false;
    return lang.n || dl_ends(host, DL_STR(".com")) || dl_ends(host, DL_STR(".us")) || dl_ends(host, DL_STR(".gov"));
}

static bool take_said(page_said *said, const dl_html_page *page, dl_article *art)
{
    static const char *const KEYS[] = { "article:published_time", "og:article:published_time", "og:published_time", "og:pubdate", "datepublished", "date_published", "publishdate", "publish-date", "publish_date", "publication_date",
        "pubdate", "published_time", "published-date", "published_at", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "dcterms.available", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
        "cxenseparse:publishtime", "article_date_original", "article:published", "article.published", "citation_publication_date", "citation_date", "originalpublicationdate", "analyticsattributes.articledate", "bt:pubdate",
        "displaydate", "ptime", "pdate", "rnews:datepublished", "shareaholic:article_published_time", "og:regdate", "date", "created", "article_publish_date", "vr:published_time", "timestamp", NULL };
    if (take_day(said, art, said->ld_day)) return true;
    for (const char *const *key = KEYS; *key; key++)
        if (take_day(said, art, dl_page_meta_of(said->doc, page, (const char *const[]){ *key, NULL }))) return true;
    return take_day(said, art, dl_page_prop(said->doc, page, "datePublished")) || take_other_meta(said, page, art, 0) || take_marked(said, page, art, false);
}

void dl_page_when(page_said *said, const dl_html_page *page, dl_article *art)
{
    dl_marker mark = dl_mark(said->scratch);
    bool months_first = months_come_first(said, page, art);
    bool path, any;
    dl_day address = day_of_url(art->url, &path);
    if (address == DL_NO_DAY) address = day_of_url(art->fetched, &path);
    bool found = take_said(said, page, art) || (address != DL_NO_DAY && take(said, art, address)) || take_time(said, page, art, months_first) || take_visible(said, art, months_first, 30) || take_marked(said, page, art, true)
                 || take_script(said, page, art) || take_other_meta(said, page, art, 1) || take_day(said, art, said->ld_change) || take_other_meta(said, page, art, 2) || take_visible(said, art, months_first, -40);
    dl_day last = found ? DL_NO_DAY : day_of_url(META(page, "og:image", "twitter:image"), &any);
    if (!found && last == DL_NO_DAY) last = commonest_day(page);
    if (last != DL_NO_DAY) take(said, art, last);
    if (found) mend_utc(said, art, path ? address : DL_NO_DAY, months_first);
    dl_reset(said->scratch, mark);
}
