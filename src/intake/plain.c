/* plain.c - dl_intake(): original bytes and what a reader knew of them -> the report's text, its map, its id, and what is known about it.
 *
 * Total: any bytes give an article. What cannot be coded (nothing there, no text, too long) is degraded, with a warning that says why.
 */
#include <stdarg.h>
#include <stddef.h>
#include "base/utf8.h"
#include "intake/html.h"
#include "intake/table.h"
#include "intake/xml.h"

void dl_article_warn(dl_arena *doc, dl_article *art, const char *format, ...)
{
    char line[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (n < 0) return;
    dl_str s = { line, n < (int)sizeof line ? (uint32_t)n : (uint32_t)sizeof line - 1 };
    s.n = dl_utf8_valid_prefix(s);
    *dl_push(doc, &art->warnings) = dl_copy(doc, s);
}

/* A field of `about`, if the caller's struct is new enough to have it. */
#define ABOUT(a, field) ((a) && (a)->size >= offsetof(dl_about, field) + sizeof (a)->field ? (a)->field : NULL)

static dl_str given(dl_arena *doc, const char *z)
{
    if (!z || !*z) return (dl_str){ NULL, 0 };
    dl_str s = dl_str_of(z);
    s.n = dl_utf8_valid_prefix(s);
    return dl_copy(doc, s);
}

bool dl_article_published(dl_arena *doc, dl_article *art, dl_str s)
{
    s = dl_trim(s);
    dl_day day = s.n ? dl_day_parse(s) : DL_NO_DAY;
    if (day == DL_NO_DAY) return false;
    art->published = day;
    bool iso = s.n >= 10 && s.n < 40 && s.p[4] == '-' && s.p[7] == '-' && (s.n == 10 || s.p[10] == 'T' || s.p[10] == ' ');
    char out[16];
    dl_day_iso(day, out);
    art->when = dl_copy(doc, iso ? s : dl_str_of(out));
    return true;
}

void dl_article_language(dl_article *art, dl_str code)
{
    char low[8] = "";
    uint32_t n = 0;
    while (n < code.n && n < 4 && dl_alpha((unsigned char)code.p[n])) { low[n] = (char)dl_tolower((unsigned char)code.p[n]); n++; }
    if ((n == 2 || n == 3) && (n == code.n || code.p[n] == '-' || code.p[n] == '_')) memcpy(art->language, low, sizeof low);
}

/* What the caller knows stands where the report itself says nothing. */
static void fill_from_about(dl_arena *doc, dl_article *art, const dl_about *about)
{
    if (!about) return;
    if (!art->id.p)     art->id = given(doc, ABOUT(about, id));
    if (!art->source.p) art->source = given(doc, ABOUT(about, source));
    if (!art->url.p)    art->url = given(doc, ABOUT(about, url));
    if (!art->title.p)  art->title = given(doc, ABOUT(about, title));
    if (!art->byline.p) art->byline = given(doc, ABOUT(about, byline));
    if (!strcmp(art->language, "und")) dl_article_language(art, given(doc, ABOUT(about, language)));
    const char *day = ABOUT(about, published);
    if (art->published == DL_NO_DAY && day && *day) {
        if (!dl_article_published(doc, art, dl_str_of(day))) dl_article_warn(doc, art, "published: no day can be read from \"%.60s\"", day);
    }
}

static void identify(dl_article *art, const void *bytes, size_t n, const dl_about *about)
{
    const char *known = ABOUT(about, sha256);
    if (known && strlen(known) == 64) { memcpy(art->sha256, known, 65); return; }
    dl_sha256 h;
    dl_sha256_init(&h);
    if (n) dl_sha256_add(&h, bytes, n);
    dl_sha256_hex(&h, art->sha256);
}

/* Not coded; the bytes stay as text where they can be read. */
static void give_up(dl_article *art) { art->degraded = true; }

/* What is not coded is one part, with its reason. */
static void one_part(dl_arena *doc, dl_article *art)
{
    if (!art->degraded || !art->text.n) return;
    dl_str core = dl_trim(art->text);
    uint32_t b = (uint32_t)(core.p - art->text.p);
    dl_part *p = dl_push(doc, &art->parts);
    *p = (dl_part){ .at = { 0, art->text.n }, .core = { b, b + core.n }, .kind = core.n ? DL_PART_furniture : DL_PART_empty, .why = DL_STR("not-coded") };
    memcpy(p->language, art->language, sizeof p->language);
}

static void read_text(dl_arena *doc, dl_arena *scratch, dl_article *art, dl_str in, uint32_t bom)
{
    dl_maker m;
    dl_maker_open(&m, doc, scratch, art, in);
    dl_maker_bytes(&m, bom, in.n);
    dl_maker_close(&m);
}

static void make_page(dl_arena *doc, dl_arena *scratch, dl_article *art, dl_str page, const dl_runs *runs)
{
    dl_maker m;
    dl_maker_open(&m, doc, scratch, art, page);
    m.runs = runs;
    dl_page_read(doc, scratch, &m, art);
}

/* A page: `in` without its mark. Nothing readable on it: not coded. */
static void read_html(dl_arena *doc, dl_arena *scratch, dl_article *art, dl_str in, uint32_t bom, const char *transport)
{
    const char *charset = dl_charset_of_page(in, transport);
    dl_runs runs;
    dl_str page;
    uint32_t ill = 0;
    dl_str body = dl_cut(in, bom, in.n);
    if (!strcmp(charset, "UTF-8")) {
        runs = (dl_runs){ NULL, 0, 0 };
        if (bom) *dl_push(scratch, &runs) = (dl_run){ 0, bom, body.n, 1, 1 };
        make_page(doc, scratch, art, body, bom ? &runs : NULL);
    } else if (dl_decode(doc, in, charset, &page, &runs, &ill) || (charset = "CP1252", dl_decode(doc, in, charset, &page, &runs, &ill))) {
        make_page(doc, scratch, art, page, &runs);
        if (ill) dl_article_warn(doc, art, "charset: %u bytes are no %s", ill, charset);
    }
    if (!art->blocks.n) { dl_article_warn(doc, art, "empty: a page without text, not coded"); give_up(art); }
}

static bool read_html_utf16(dl_arena *doc, dl_arena *scratch, dl_article *art, dl_str in, bool big, const char *format)
{
    dl_runs runs;
    bool marked = in.n >= 2 && (!memcmp(in.p, "\xff\xfe", 2) || !memcmp(in.p, "\xfe\xff", 2));
    dl_marker mark = dl_mark(doc);
    dl_str page = dl_decode_utf16(doc, in, big, &runs);
    if (!(format && !strcmp(format, "html")) && !((!format || !*format) && dl_sniff_html(marked ? dl_cut(page, 3, page.n) : page))) { dl_reset(doc, mark); return false; }
    make_page(doc, scratch, art, page, &runs);
    if (!art->blocks.n) { dl_article_warn(doc, art, "empty: a page without text, not coded"); give_up(art); }
    return true;
}

static void read_utf16(dl_arena *doc, dl_arena *scratch, dl_article *art, dl_str in, bool big)
{
    bool marked = in.n >= 2 && (!memcmp(in.p, "\xff\xfe", 2) || !memcmp(in.p, "\xfe\xff", 2));
    dl_maker m;
    dl_maker_open(&m, doc, scratch, art, in);
    dl_maker_utf16(&m, marked ? 2 : 0, in.n, big);
    dl_str text = dl_maker_close(&m);
    dl_article_warn(doc, art, "charset: decoded from UTF-16%s", marked ? "" : " (no byte order mark)");
    if (dl_trim(text).n == 0) { dl_article_warn(doc, art, "empty: white space alone, not coded"); give_up(art); }
}

static void read_json(dl_arena *doc, dl_arena *scratch, dl_article *art, dl_str in, uint32_t bom, bool wanted)
{
    const char *why = NULL;
    uint32_t at = 0;
    if (dl_fields(doc, scratch, in, art, &why, &at)) {
        if (why) dl_article_warn(doc, art, "json: %s at byte %u, passed over", why, at);
        if (dl_trim(art->text).n == 0) { dl_article_warn(doc, art, "empty: the article's text is empty, not coded"); give_up(art); }
        return;
    }
    read_text(doc, scratch, art, in, bom);
    if (!wanted) return;
    dl_article_warn(doc, art, "json: %s at byte %u, not coded", why ? why : "no object of an article", at);
    give_up(art);
}

static void read_item(dl_arena *doc, dl_arena *scratch, dl_article *art, dl_str in, uint32_t bom, const dl_about *about, bool table)
{
    const char *why = NULL, *charset = ABOUT(about, charset), *header = ABOUT(about, header);
    bool any = table ? dl_table_row(doc, scratch, in, dl_str_of(header ? header : ""), art, &why) : dl_xml_item(doc, scratch, in, charset, art, &why);
    if (!any) read_text(doc, scratch, art, in, bom);
    if (why) dl_article_warn(doc, art, "%s: %s, not coded", table ? "table" : "xml", why), give_up(art);
    else if (!dl_trim(art->text).n) dl_article_warn(doc, art, "empty: the article's text is empty, not coded"), give_up(art);
}

static void read_any(dl_arena *doc, dl_arena *scratch, dl_article *art, dl_str in, const dl_about *about)
{
    const char *format = ABOUT(about, format);
    const char *what;
    dl_bytes_kind kind = dl_sniff(in, &what);
    bool json = format && !strcmp(format, "json"), exact = format && !strcmp(format, "exact"), text = exact || (format && !strcmp(format, "text")), html = format && !strcmp(format, "html"), xml = format && !strcmp(format, "xml"), table = format && !strcmp(format, "table");
    uint32_t bom = dl_starts(in, DL_STR("\xef\xbb\xbf")) ? 3 : 0;
    switch (kind) {
    case DL_BYTES_EMPTY:   dl_article_warn(doc, art, "empty: no bytes, not coded"); give_up(art); break;
    case DL_BYTES_BLANK:   dl_article_warn(doc, art, "empty: white space alone, not coded"); give_up(art); read_text(doc, scratch, art, in, bom); break;
    case DL_BYTES_BINARY:  dl_article_warn(doc, art, "binary: %s, not coded", what); give_up(art); break;
    case DL_BYTES_UTF16LE:
    case DL_BYTES_UTF16BE:
        if (!read_html_utf16(doc, scratch, art, in, kind == DL_BYTES_UTF16BE, format)) read_utf16(doc, scratch, art, in, kind == DL_BYTES_UTF16BE);
        break;
    case DL_BYTES_HTML:
    case DL_BYTES_JSON:
    case DL_BYTES_TEXT:
    case DL_BYTES_XML:
        if (table || xml || (kind == DL_BYTES_XML && !text && !html && !json)) read_item(doc, scratch, art, in, bom, about, table);
        else if (html || (kind == DL_BYTES_HTML && !text && !json)) read_html(doc, scratch, art, in, bom, ABOUT(about, charset));
        else if (json || (kind == DL_BYTES_JSON && !text)) read_json(doc, scratch, art, in, bom, json);
        else read_text(doc, scratch, art, in, bom);
        break;
    }
    if (!exact) dl_mend_article(doc, scratch, art);
}

void dl_intake(dl_arena *doc, dl_arena *scratch, const void *bytes, size_t n, const dl_about *about, dl_article *out)
{
    memset(out, 0, sizeof *out);
    memcpy(out->language, "und", 4);
    out->published = DL_NO_DAY;
    out->text = DL_STR("");
    identify(out, bytes, n, about);
    out->fetched = given(doc, ABOUT(about, url));
    if (n > DL_REPORT_CAP) {
        dl_article_warn(doc, out, "too long: %llu bytes, more than %u are not coded", (unsigned long long)n, DL_REPORT_CAP);
        give_up(out);
    } else {
        dl_marker mark = dl_mark(scratch);
        read_any(doc, scratch, out, (dl_str){ n ? bytes : "", (uint32_t)n }, about);
        dl_reset(scratch, mark);
    }
    fill_from_about(doc, out, about);
    if (ABOUT(about, warning)) dl_article_warn(doc, out, "%s", ABOUT(about, warning));
    one_part(doc, out);
    if (!out->id.p || !out->id.n) out->id = dl_copy(doc, (dl_str){ out->sha256, 16 });
}

void dl_intake_input(dl_arena *doc, dl_arena *scratch, const dl_input *in, dl_article *out)
{
    dl_intake(doc, scratch, in->bytes, in->n, &in->about, out);
}
