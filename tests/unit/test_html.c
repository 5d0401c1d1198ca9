/* test_html.c - pages: tags and texts, blocks, charsets, the map back to the bytes, the story, what a page says of itself; and that no page costs more than its length. */
#include <stdlib.h>
#include <time.h>
#include "article/article.h"
#include "base/utf8.h"
#include "intake/html.h"
#include "test.h"

static dl_pool *big, *small;
static dl_arena doc, scratch;
static dl_codebook *book;
static dl_model *model;

/* ---- help ---- */

static dl_article read_bytes(const void *p, size_t n, const char *format)
{
    dl_about about = { .size = sizeof about, .format = format };
    dl_article a;
    dl_intake(&doc, &scratch, p, n, &about, &a);
    return a;
}

static dl_article read_page(const char *html) { return read_bytes(html, strlen(html), "html"); }

static dl_article read_parts(const char *html)
{
    dl_article a = read_page(html);
    dl_article_parts(book, model, &doc, &scratch, &a);
    return a;
}

static bool is_story(const dl_article *a, const char *words)
{
    int64_t at = dl_find(a->text, dl_str_of(words), 0);
    for (uint32_t i = 0; i < a->parts.n && at >= 0; i++)
        if (a->parts.v[i].core.b <= at && at < a->parts.v[i].core.e) return a->parts.v[i].coded && (a->parts.v[i].kind == DL_PART_body || a->parts.v[i].kind == DL_PART_lead);
    return false;
}

/* Does the map tile the text, inside the bytes? Where `copies`, are pieces of equal length the same bytes but for white space? */
static void check_map(const dl_article *a, dl_str in, bool copies)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < a->map.n; i++) {
        dl_piece p = a->map.v[i];
        CHECK(p.tb == at && p.te >= p.tb && p.ob <= p.oe && p.oe <= in.n && dl_utf8_boundary(a->text, p.tb));
        at = p.te;
        if (!copies || p.te - p.tb != p.oe - p.ob) continue;
        for (uint32_t k = 0; k < p.te - p.tb; k++) {
            char x = a->text.p[p.tb + k], y = in.p[p.ob + k];
            CHECK(x == y || (x == ' ' && dl_space((unsigned char)y)));
        }
    }
    CHECK_EQ(at, a->text.n);
    CHECK(dl_utf8_valid(a->text));
}

/* The original bytes of the text's `words`. */
static dl_str original(const dl_article *a, dl_str in, const char *words)
{
    int64_t at = dl_find(a->text, dl_str_of(words), 0);
    uint32_t b = (uint32_t)at, e = b + (uint32_t)strlen(words);
    uint64_t ob = UINT64_MAX, oe = 0;
    for (uint32_t i = 0; at >= 0 && i < a->map.n; i++) {
        dl_piece p = a->map.v[i];
        bool linear = p.te - p.tb == p.oe - p.ob;
        if (p.te <= b || p.tb >= e) continue;
        uint64_t from = linear && b > p.tb ? p.ob + (b - p.tb) : p.ob, to = linear && e < p.te ? p.oe - (p.te - e) : p.oe;
        if (from < ob) ob = from;
        if (to > oe) oe = to;
    }
    return oe > ob ? dl_cut(in, (uint32_t)ob, (uint32_t)oe) : (dl_str){ "", 0 };
}

/* ---- tokens ---- */

static void test_tags_are_sorted_and_found(void)
{
    for (int k = 1; k + 1 < DL_TAG_N; k++) CHECK(strcmp(dl_tag_name((dl_html_tag)k), dl_tag_name((dl_html_tag)(k + 1))) < 0);
    for (int k = 1; k < DL_TAG_N; k++) {
        char z[32];
        static dl_html_token t;
        snprintf(z, sizeof z, "<%s>", dl_tag_name((dl_html_tag)k));
        dl_html h = { .in = dl_str_of(z) };
        CHECK(dl_html_next(&h, &t) && t.kind == DL_HTML_OPEN);
        CHECK_EQ(t.tag, k);
    }
    for (uint32_t i = 1; i < dl_entity_count; i++) CHECK(strcmp(dl_entity_rows[i - 1].name, dl_entity_rows[i].name) < 0);
}

/* Tokens as a line: [text], <tag>, </tag>, {raw}. */
static const char *tokens(const char *html)
{
    static char out[1024];
    static dl_html_token t;
    dl_html h = { .in = dl_str_of(html) };
    size_t n = 0;
    out[0] = 0;
    while (dl_html_next(&h, &t) && n < sizeof out - 100) {
        dl_str s = dl_at(h.in, t.at);
        if (t.kind == DL_HTML_TEXT) n += (size_t)snprintf(out + n, sizeof out - n, "[%.*s]", (int)s.n, s.p);
        else if (t.kind == DL_HTML_RAW) n += (size_t)snprintf(out + n, sizeof out - n, "{%.*s}", (int)s.n, s.p);
        else n += (size_t)snprintf(out + n, sizeof out - n, "<%s%s>", t.kind == DL_HTML_CLOSE ? "/" : "", dl_tag_name((dl_html_tag)t.tag));
    }
    return out;
}

static void test_tokens(void)
{
    CHECK_STR(dl_str_of(tokens("a<B class=x>b</b >c")), "[a]<b>[b]</b>[c]");
    CHECK_STR(dl_str_of(tokens("1 < 2 <3 and <p>x")), "[1 < 2 <3 and ]<p>[x]");
    CHECK_STR(dl_str_of(tokens("<!doctype html><!-- <p> --><p>x<!-->y")), "<p>[x][y]");
    CHECK_STR(dl_str_of(tokens("<script>if (a<b) '</p>'</scripty></script>x")), "<script>{if (a<b) '</p>'</scripty>}</script>[x]");
    CHECK_STR(dl_str_of(tokens("<a title='x > y' href=\"<p>\">z")), "<a>[z]");
    CHECK_STR(dl_str_of(tokens("<title>a<b</title><x-y>c")), "<title>{a<b}</title><>[c]");
    CHECK_STR(dl_str_of(tokens("<style>p {}")), "<style>{p {}}");
    CHECK_STR(dl_str_of(tokens("<title>never closed<p>story")), "<title>[never closed]<p>[story]");
    CHECK_STR(dl_str_of(tokens("x<!-- never closed <p>story")), "[x][story]");
    CHECK_STR(dl_str_of(tokens("a</>b</ 3>c<p")), "[a][b][c]<p>");
}

static void test_attributes(void)
{
    static dl_html_token t;
    dl_html h = { .in = DL_STR("<div CLASS=a id = 'b c' data-x=\"y\" class=late hidden =odd href=x/y/>") };
    CHECK(dl_html_next(&h, &t));
    CHECK_STR(dl_html_attr(&h, &t, DL_ATTR_class), "a");
    CHECK_STR(dl_html_attr(&h, &t, DL_ATTR_id), "b c");
    CHECK_STR(dl_html_attr(&h, &t, DL_ATTR_href), "x/y/");
    CHECK(t.have >> DL_ATTR_hidden & 1);
    CHECK(!(t.have >> DL_ATTR_rel & 1));
}

static void test_references(void)
{
    CHECK_STR(dl_html_value(&doc, DL_STR(" a &amp; b\n  &eacute;&#233;&#xE9; ")), "a & b ééé");
    CHECK_STR(dl_html_value(&doc, DL_STR("&#146;&#0;&#xD800;&#x110000;&nosuch;&")), "’\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd&nosuch;&");
    CHECK_STR(dl_html_value(&doc, DL_STR("?a=1&copy=2&lt=3")), "?a=1&copy=2&lt=3");
    CHECK_STR(read_page("<p>&copy 2015 &notit; &notin; &lt;p&gt; &NotEqualTilde;").text, "© 2015 ¬it; ∉ <p> ≂̸");
}

/* ---- blocks ---- */

static void test_blocks(void)
{
    CHECK_STR(read_page("<p>One<p>two <b>and\n  three</b></p><div>four<div>five</div>six</div>").text, "One\n\ntwo and three\n\nfour\n\nfive\n\nsix");
    CHECK_STR(read_page("<ul><li>a<li>b</ul><table><tr><td>c<td>d<tr><td>e</table>").text, "a\n\nb\n\nc\n\nd\n\ne");
    CHECK_STR(read_page("<p>a<br>b<br><br>c<br/>  <br>d").text, "a\nb\n\nc\n\nd");
    CHECK_STR(read_page("<pre>a\n b</pre><p>x&nbsp;y</p><p>&nbsp;</p><p> \n </p>").text, "a\nb\n\nx\xc2\xa0y");
    CHECK_STR(read_page("<p>a<script>var b;</script>c<style>d</style>e<svg><title>f</title><text>g</text></svg>h").text, "aceh");
    CHECK_STR(read_page("<svg><text>x<div>An svg that nobody closed</div>").text, "An svg that nobody closed");
    CHECK_STR(read_page("<h2>Head</h3>text<select><option>a<option>b</select>").text, "Head\n\ntext\n\na\n\nb");
}

static void test_links_are_counted(void)
{
    dl_article a = read_page("<p><a href=x>abc</a> de</p><div><a>one<div>two</a>three</div></div><p>four");
    CHECK_EQ(a.blocks.n, 4);
    CHECK_EQ(a.blocks.v[0].link, 3);
    CHECK_EQ(a.blocks.v[1].link, 3);
    CHECK_EQ(a.blocks.v[2].link, 3);
    CHECK_EQ(a.blocks.v[3].link, 0);                 /* a link that was closed out of order ends all the same */
}

/* ---- charsets and the map ---- */

static void check_original(const char *bytes, const char *words, const char *from)
{
    dl_str in = dl_str_of(bytes);
    dl_article a = read_page(bytes);
    check_map(&a, in, false);
    CHECK_STR(original(&a, in, words), from);
}

static void test_charsets(void)
{
    check_original("<p>Das Caf\xc3\xa9 &amp; die B\xc3\xb6rse", "Café & die", "Caf\xc3\xa9 &amp; die");
    check_original("<meta charset=iso-8859-1><p>Das Caf\xe9 in \x93K\xf6ln\x94", "“Köln”", "\x93K\xf6ln\x94");
    check_original("<meta charset=iso-8859-1><p>Schon Caf\xc3\xa9, trotz der Angabe, und K\xc3\xb6ln", "Köln", "K\xc3\xb6ln");       /* well-formed UTF-8 wins over what is declared */
    check_original("<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\"><p>\xcf\xee\xeb\xe8\xf6\xe8\xff \xe2 \xec\xee\xf1\xea\xe2\xe5", "в москве", "\xe2 \xec\xee\xf1\xea\xe2\xe5");
    check_original("<meta charset=Shift_JIS><p>\x8cx\x8e@\x82\xcd\x93\x8c\x8b\x9e", "東京", "\x93\x8c\x8b\x9e");
    check_original("<meta charset=utf-8><p>Ein b\xf6ses Byte unter guten: \xc3\xa4\xc3\xb6\xc3\xbc \xc3\xa4\xc3\xb6\xc3\xbc \xc3\xa4\xc3\xb6\xc3\xbc", "böses", "b\xf6ses");
    check_original("\xef\xbb\xbf<p>Caf\xc3\xa9", "Café", "Caf\xc3\xa9");
    check_original("<p>a\0b", "a", "a");
}

static void test_utf16(void)
{
    const char *page = "<html><body><p>Caf\xe9 in K\xf6ln";
    char in[128] = "\xff\xfe";
    uint32_t n = 2;
    for (const char *p = page; *p; p++) in[n++] = *p, in[n++] = 0;
    dl_article a = read_bytes(in, n, NULL);
    CHECK_STR(a.text, "Café in Köln");
    check_map(&a, (dl_str){ in, n }, false);
    CHECK_EQ(original(&a, (dl_str){ in, n }, "Köln").n, 8);
    CHECK_EQ(original(&a, (dl_str){ in, n }, "Köln").p - in, n - 8);
}

static void test_pages_in_json(void)
{
    dl_str in = DL_STR("{\"id\":\"x\",\"title\":\"Two \\u201cheld\\u201d\",\"date\":\"2020-05-06T10:00:00+02:00\",\"html\":\"<html><body><h1>Two held<\\/h1>\\n<p>Das Caf\\u00e9 &amp; die \\\"B\\u00f6rse\\\"<\\/p>\"}");
    dl_article a = read_bytes(in.p, in.n, "json");
    CHECK_STR(a.text, "Two “held”\n\nTwo held\n\nDas Café & die \"Börse\"");
    CHECK_STR(a.title, "Two “held”");
    CHECK_STR(a.when, "2020-05-06T10:00:00+02:00");
    CHECK_STR(a.id, "x");
    check_map(&a, in, false);
    CHECK_STR(original(&a, in, "Café & die \"Börse\""), "Caf\\u00e9 &amp; die \\\"B\\u00f6rse\\\"");
}

static void test_sniffing(void)
{
    static const char *const PAGES[] = { "<!DOCTYPE html><p>x", "\n <html lang=en>", "<!-- made by hand --><HTML>", "<?xml version=\"1.0\"?><html>", "<p>One</p><p>two</p>", "<div class=x>y</div>" };
    static const char *const NONE[] = { "< 5 people were hurt", "<Reporter> said", "", "Police said <b>no</b>", "<<p>" };
    for (size_t k = 0; k < sizeof PAGES / sizeof *PAGES; k++) CHECK(dl_sniff_html(dl_str_of(PAGES[k])));
    for (size_t k = 0; k < sizeof NONE / sizeof *NONE; k++) CHECK(!dl_sniff_html(dl_str_of(NONE[k])));
}

/* Whatever the bytes are: a text in UTF-8, a map that tiles it and, where the page is UTF-8, copies; parts that tile it; the same twice. */
static void test_any_page(void)
{
    static const char *const PIECE[] = { "<p>", "</p>", "<div class=\"story body\">", "</div>", "<a href=x>", "</a>", "<b>", "</i>", "<br>", "<table>", "<td>", "</td>", "<tr>", "</table>", "<ul><li>", "<li>", "</ul>",
        "<script>", "</script>", "<style>", "</style>", "<title>", "</title>", "<!--", "-->", "<!", "<", ">", "&", "&amp;", "&#x", "&eacute", "&#0;", "&NotEqualTilde;", "\"", "'", "=", " ", "\n\n", "\t", "\0", "\xff", "\xc3", "\xc3\xa9",
        "\xe2\x80", "\xf0\x9f\x98\x80", "Police arrested two men in Lyon on Tuesday, the prosecutor said.", "word", "<h1>", "</h1>", "<select>", "<option>", "<svg>", "<textarea>", "<time datetime=2020-01-02>", "<meta charset=gbk>",
        "<meta property=og:title content='A title'>", "<pre>", "&nbsp;", "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"x\"", "<span class=author>By Jo Doe", "<html lang=de>" };
    uint64_t seed = 20;
    for (int round = 0; round < 1500; round++) {
        static char in[4096];
        uint32_t n = 0, words = 1 + (uint32_t)(test_random(&seed) % 60);
        for (uint32_t i = 0; i < words; i++) {
            const char *s = PIECE[test_random(&seed) % (sizeof PIECE / sizeof *PIECE)];
            size_t len = *s ? strlen(s) : 1;
            memcpy(in + n, s, len);
            n += (uint32_t)len;
        }
        dl_marker m = dl_mark(&doc);
        dl_article a = read_bytes(in, n, "html"), b = read_bytes(in, n, "html");
        if (a.blocks.n) {
            check_map(&a, (dl_str){ in, n }, false);
            CHECK(dl_eq(a.text, b.text));
            dl_article_parts(book, model, &doc, &scratch, &a);
            CHECK(a.parts.n && a.parts.v[0].at.b == 0 && a.parts.v[a.parts.n - 1].at.e == a.text.n);
        } else CHECK(a.degraded);
        dl_reset(&doc, m);
    }
}

/* ---- the story, and what the page says of itself ---- */

static const char PAGE[] =
    "<!DOCTYPE html><html lang=\"en-GB\"><head><title>Two held after bridge attack in Lyon | The Example Post</title>"
    "<meta property=\"og:site_name\" content=\"The Example Post\"><link rel=canonical href=\"https://www.example.org/world/2020/05/06/bridge\">"
    "<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"Person\",\"@id\":\"#p1\",\"name\":\"Jo Doe\"},{\"@type\":\"NewsArticle\",\"headline\":\"Two held after bridge attack in Lyon\","
    "\"datePublished\":\"2020-05-06T23:30:00-05:00\",\"author\":[{\"@id\":\"#p1\"},\"Ann Roe and Al Poe\"],\n\"publisher\":{\"name\":\"Example\"},}]}</script></head>"
    "<body><nav class=menu><ul><li><a href=/>Home</a><li><a href=/world>World</a><li><a href=/sport>Sport</a></ul></nav>"
    "<article class=article><h1>Two held after bridge attack in Lyon</h1><div class=\"article-body\">"
    "<p>Police arrested two men on Tuesday after an attack on a bridge in Lyon, the prosecutor said, a day after the station was searched.</p>"
    "<figure><img src=x><figcaption>The bridge on Tuesday. Photo: Example</figcaption></figure>"
    "<p>Officers said the men had planned the attack for months, and that a third man had fled to Spain before the arrests were made.</p>"
    "<p>The mayor, who visited the scene, told reporters that nobody had been hurt and that the bridge would be opened again on Friday.</p></div></article>"
    "<aside class=related><h3>More stories</h3><ul><li><a href=/1>Market opens in Nantes after two years of work</a><li><a href=/2>Five ways to cook an egg</a></ul></aside>"
    "<footer class=footer><p>Copyright The Example Post. All rights reserved.</p></footer></body></html>";

static void test_story(void)
{
    dl_article a = read_parts(PAGE);
    CHECK(is_story(&a, "Police arrested two men"));
    CHECK(is_story(&a, "Officers said the men"));
    CHECK(is_story(&a, "The mayor, who visited"));
    CHECK(!is_story(&a, "Market opens"));
    CHECK(!is_story(&a, "Home"));
    CHECK(!is_story(&a, "All rights reserved"));
    CHECK(!is_story(&a, "The bridge on Tuesday"));
    bool titled = false;
    for (uint32_t i = 0; i < a.parts.n; i++) titled |= a.parts.v[i].kind == DL_PART_title && a.parts.v[i].coded;
    CHECK(titled);
    check_map(&a, dl_str_of(PAGE), true);
}

/* Nothing but a story: no element's name, no furniture tells where it begins and ends. */
static void test_bare_story(void)
{
    dl_article a = read_parts("<html><title>Raid in Ghent</title><body><article><h1>Raid in Ghent</h1><p>Police &amp; <b>soldiers</b> raided&nbsp;a house in Ghent on Sunday, the prosecutor said."
                              "<p>Two men were held &#8211; they deny it, their lawyers told the court on Monday morning.</p><p>A third man fled to France, said the mayor, who asked for more officers.</p>"
                              "<p>The raid began at dawn in the Brugse Poort district.</p></article>");
    CHECK(is_story(&a, "soldiers raided"));
    CHECK(is_story(&a, "Two men were held"));
    CHECK(is_story(&a, "A third man fled"));
    CHECK(is_story(&a, "The raid began at dawn"));
    dl_article b = read_parts("<p>Gunmen killed three soldiers near Mopti on Friday, the army said in a statement.</p><p>Nobody has claimed the attack so far, and the army blamed no group.</p><p>All rights reserved.</p>");
    CHECK(is_story(&b, "Gunmen killed"));
    CHECK(is_story(&b, "Nobody has claimed"));
    CHECK(!is_story(&b, "All rights reserved"));
}

static void test_what_a_page_says(void)
{
    dl_article a = read_page(PAGE);
    CHECK_STR(a.title, "Two held after bridge attack in Lyon");
    CHECK_STR(a.source, "The Example Post");
    CHECK_STR(a.url, "https://www.example.org/world/2020/05/06/bridge");
    CHECK_STR(a.when, "2020-05-06T23:30:00-05:00");
    CHECK_EQ(a.published, dl_day_of(2020, 5, 6));      /* the day as printed, not the day in Greenwich */
    CHECK_STR(a.byline, "Jo Doe, Ann Roe, Al Poe");
    CHECK_EQ(a.authors.n, 3);
    CHECK(!strcmp(a.language, "en"));
}

static void test_days(void)
{
    static const struct { const char *html, *when; } CASE[] = {
        { "<meta property=article:published_time content=2019-03-04T05:06:07Z><p>x", "2019-03-04T05:06:07Z" },
        { "<link rel=canonical href=http://x.org/2018/02/03/a.html><time datetime=2020-01-01>1</time>", "2018-02-03" },
        { "<time itemprop=dateModified datetime=2020-01-02>u</time><article><time datetime='2020-01-01T10:00'>1</time></article>", "2020-01-01T10:00" },
        { "<span itemprop=datePublished content=2017-06-05>5 June</span>", "2017-06-05" },
        { "<meta name=DC.date.issued content='26 January 2015'><p>x", "2015-01-26" },
        { "<link rel=canonical href=http://x.org/20181345/1999/x><p>x", "" },
    };
    for (size_t k = 0; k < sizeof CASE / sizeof *CASE; k++) {
        dl_article a = read_page(CASE[k].html);
        CHECK_STR(a.when.p ? a.when : DL_STR(""), CASE[k].when);
    }
}

static void test_visible_byline(void)
{
    CHECK_STR(read_page("<h1>A day in court for three men</h1><div class=article-byline>By <a href=/x>Maria Lopez</a></div><p>text").byline, "Maria Lopez");
    CHECK_STR(read_page("<meta name=author content='Ann Roe (roe)'><p>text").byline, "Ann Roe");
    CHECK(!read_page("<h1>A day in court</h1><p>text<div class=comment-author>troll99 Foo</div>").byline.p);
    CHECK(!read_page("<h1>A day in court for three men</h1><div class=byline>Foto: Agency/Ann Roe</div><p>text").byline.p);
}

static void test_titles(void)
{
    CHECK_STR(read_page("<title>Fire in port - Example Post</title><meta property=og:site_name content='Example Post'><h1>Example Post</h1><h2>Fire in port</h2>").title, "Fire in port");
    CHECK_STR(read_page("<title>Storm takes roofs in three towns | News</title><meta property=og:title content='Storm takes roofs in three towns'><h1>Storm takes\nroofs in three towns</h1>").title, "Storm takes roofs in three towns");
}

/* ---- hostile pages ---- */

static double seconds(dl_str in)
{
    double best = 9;
    for (int round = 0; round < 3; round++) {
        dl_marker m = dl_mark(&doc);
        struct timespec a, b;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
        dl_html_page page;
        dl_html_blocks(&doc, in, &page);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
        double t = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) * 1e-9;
        if (t < best) best = t;
        dl_reset(&doc, m);
    }
    return best;
}

/* `head`, then `unit` until n bytes are full. */
static dl_str repeated(char *buf, uint32_t n, const char *head, const char *unit)
{
    uint32_t at = 0, len = (uint32_t)strlen(unit);
    for (; *head; head++) buf[at++] = *head;
    while (at + len <= n) { memcpy(buf + at, unit, len); at += len; }
    return (dl_str){ buf, at };
}

static void test_hostile_pages(void)
{
    static const char *const HEAD[] = { "", "<p ", "", "", "", "", "", "<p>", "<script>", "<!--", "", "", "<i><div>", "<table>", "", "", "", "", "" };
    static const char *const UNIT[] = { "<div>", "a=b ", "<b a=1><p>", "<title>", "<!-- ", "</div>", "<table><td>", "a&#x", "x", "<", "<a><div>", "<textarea>", "<b></i>", "<tr><td></table>", "\xff", "&NotEqualTild", "<select><option>", "<h1></h2><h3>", "<p class='a b c d e f g'>w" };
    bool strict = !getenv("SLOW_BUILD");
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    strict = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    strict = false;
#endif
#endif
    enum { N = 100000 };
    char *buf = malloc(8 * N);
    for (size_t k = 0; k < sizeof HEAD / sizeof *HEAD; k++) {
        double one = seconds(repeated(buf, N, HEAD[k], UNIT[k])), eight = seconds(repeated(buf, 8 * N, HEAD[k], UNIT[k]));
        if (strict && (one > 0.010 || eight > 40 * one + 0.010)) { test_failed(__FILE__, __LINE__); TEST_SAY("%s...: %.1f ms, %.1f ms for eight times as much", UNIT[k], one * 1e3, eight * 1e3); }
        dl_str in = repeated(buf, N, HEAD[k], UNIT[k]);
        dl_marker m = dl_mark(&doc);
        dl_article a = read_bytes(in.p, in.n, "html");
        if (!a.degraded) { check_map(&a, in, false); dl_article_parts(book, model, &doc, &scratch, &a); CHECK(a.parts.n); }
        dl_reset(&doc, m);
    }
    free(buf);
}

int main(void)
{
    dl_error err = { 0 };
    big = dl_pool_open((size_t)1 << 30), small = dl_pool_open((size_t)1 << 28);
    book = dl_codebook_open(NULL, 0, &err);
    model = dl_model_open(NULL, &err);
    if (!book || !model || !dl_arena_open(&doc, big) || !dl_arena_open(&scratch, small)) { printf("not ok html: nothing opens\n"); return 1; }
    TEST(test_tags_are_sorted_and_found);
    TEST(test_tokens);
    TEST(test_attributes);
    TEST(test_references);
    TEST(test_blocks);
    TEST(test_links_are_counted);
    TEST(test_charsets);
    TEST(test_utf16);
    TEST(test_pages_in_json);
    TEST(test_sniffing);
    TEST(test_any_page);
    TEST(test_story);
    TEST(test_bare_story);
    TEST(test_what_a_page_says);
    TEST(test_days);
    TEST(test_visible_byline);
    TEST(test_titles);
    TEST(test_hostile_pages);
    dl_arena_close(&scratch), dl_arena_close(&doc);
    dl_pool_close(small), dl_pool_close(big);
    dl_model_close(model);
    dl_codebook_close(book);
    return test_end();
}
