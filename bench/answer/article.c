/* article.c - pages and their days; broken letters; what of a text is the report. */
#include <stdio.h>
#include "answer/answer.h"
#include "base/file.h"

/* The page that the gold record names, coded as a user would give it: bytes of any kind. False: not there. */
static bool code_page(desk *d, const dl_json *gold, dl_file *page, coded *c)
{
    dl_error err = { 0 };
    dl_str name = gold_str(gold, "html"), url = dl_copy(&d->mem, gold_str(gold, "url"));
    dl_str path = dl_fmt(&d->mem, "%s/%.*s", d->pages ? d->pages : ".", (int)name.n, name.p);
    if (!name.n || !dl_file_open(page, path.p, &err)) return false;
    dl_about about = { .size = sizeof about, .url = url.n ? url.p : NULL };
    *c = (coded){ .doc = dl_code(d->coder, page->p, page->n, &about) };
    if (c->doc) { c->r = dl_doc_inside(c->doc); c->f = c->r.f, c->lang = c->r.lang, c->art = c->r.art; return true; }
    dl_file_close(page);
    return false;
}

static bool main_text(const dl_part *p) { return p->kind == DL_PART_body || p->kind == DL_PART_lead || p->kind == DL_PART_dateline; }

/* Paragraphs of the story, a line each; title and authors as found. */
void answer_articles(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c;
    dl_file page;
    if (!code_page(d, gold, &page, &c)) return;
    dl_buf text;
    dl_buf_init(&text, 0);
    for (uint32_t i = 0; i < c.art->parts.n; i++) {
        const dl_part *p = &c.art->parts.v[i];
        if (!main_text(p)) continue;
        if (text.n) dl_putc(&text, '\n');
        dl_put(&text, dl_at(c.art->text, p->core));
    }
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "text"), dl_jw_str(&w, text.n ? dl_buf_str(&text) : DL_STR(""));
    dl_jw_key(&w, "title"), dl_jw_str(&w, c.art->title);
    dl_jw_key(&w, "authors");
    dl_jw_open(&w, '[');
    for (uint32_t b = 0; b < c.art->byline.n; ) {                          /* "A, B and C" */
        static const char *const between[] = { ", ", " and ", " & ", "; ", " und ", " et ", " y " };
        uint32_t e = c.art->byline.n, next = e;
        for (size_t k = 0; k < sizeof between / sizeof *between; k++) {
            int64_t at = dl_find(c.art->byline, dl_str_of(between[k]), b);
            if (at >= 0 && (uint32_t)at < e) e = (uint32_t)at, next = e + (uint32_t)strlen(between[k]);
        }
        dl_str one = dl_trim(dl_cut(c.art->byline, b, e));
        if (one.n) dl_jw_str(&w, one);
        b = next;
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    dl_buf_free(&text);
    answer_done(&c);
    dl_file_close(&page);
}

void answer_article_dates(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c;
    dl_file page;
    char day[16] = "";
    if (!code_page(d, gold, &page, &c)) return;
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "date");
    if (c.art->published == DL_NO_DAY) dl_jw_null(&w);
    else { dl_day_iso(c.art->published, day); dl_jw_str(&w, dl_str_of(day)); }
    answer_close(&w, out);
    answer_done(&c);
    dl_file_close(&page);
}

void answer_encoding(desk *d, const dl_json *gold, dl_buf *out)
{
    d->mends = true;                     /* of all other answers the offsets count: their text stays as it is */
    coded c = answer_code(d, gold_str(gold, "original"), DL_STR(""));
    if (!c.doc) return;
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "text"), dl_jw_str(&w, c.art->text);
    dl_jw_key(&w, "map");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < c.art->map.n; i++) {
        const dl_piece *p = &c.art->map.v[i];
        dl_jw_open(&w, '[');
        dl_jw_int(&w, p->tb), dl_jw_int(&w, p->te), dl_jw_int(&w, (int64_t)p->ob), dl_jw_int(&w, (int64_t)p->oe);
        dl_jw_close(&w, ']');
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}

void answer_noise(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), DL_STR(""));
    if (!c.doc) return;
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "keep");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < c.art->parts.n; i++) {
        const dl_part *p = &c.art->parts.v[i];
        if (p->kind == DL_PART_body || p->kind == DL_PART_lead) dl_jw_span(&w, p->core);
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}
