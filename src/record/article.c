/* article.c - the clean article: the story's text in one piece, what is known of it, and where each stretch of it stands in the original bytes. */
#include "record/record.h"

static bool kept(const dl_part *p) { return dl_len(p->core) && (p->kind == DL_PART_lead || p->kind == DL_PART_body || p->kind == DL_PART_dateline); }

/* [tb,te) of the clean text came from [ob,oe) of the original. */
static void put_piece(dl_jw *w, int64_t tb, int64_t te, uint64_t ob, uint64_t oe)
{
    dl_jw_open(w, '[');
    dl_jw_int(w, tb), dl_jw_int(w, te), dl_jw_int(w, (int64_t)ob), dl_jw_int(w, (int64_t)oe);
    dl_jw_close(w, ']');
}

/* The original bytes of text [b,e) and of the gap before it (nothing): the pieces of the map cut to it, each at text offset + `by`. What was decoded as a whole is given as a whole. */
static void put_map(const dl_article *a, dl_jw *w, dl_span at, int64_t by, int64_t gap)
{
    uint32_t low = 0, high = a->map.n;
    while (low < high) { uint32_t mid = (low + high) / 2; if (a->map.v[mid].te <= at.b) low = mid + 1; else high = mid; }
    for (uint32_t i = low; i < a->map.n && a->map.v[i].tb < at.e; i++) {
        dl_piece p = a->map.v[i];
        bool linear = p.te - p.tb == p.oe - p.ob;
        if (p.tb < at.b) { if (linear) p.ob += at.b - p.tb; p.tb = at.b; }
        if (p.te > at.e) { if (linear) p.oe -= p.te - at.e; p.te = at.e; }
        if (gap) put_piece(w, (int64_t)p.tb + by - gap, (int64_t)p.tb + by, p.ob, p.ob);
        put_piece(w, (int64_t)p.tb + by, (int64_t)p.te + by, p.ob, p.oe);
        gap = 0;
    }
}

/* What stands between two kept parts: a blank inside a paragraph, else an empty line. */
static const char *between(const dl_article *a, const dl_part *before, const dl_part *p)
{
    for (uint32_t i = before->core.e; i < p->core.b; i++) if (a->text.p[i] == '\n') return "\n\n";
    return " ";
}

/* The text into `text`, or (text NULL) its map into `w`. */
static void walk(const dl_article *a, dl_buf *text, dl_jw *w)
{
    const dl_part *before = NULL;
    int64_t n = 0;
    for (uint32_t i = 0; i < a->parts.n; i++) {
        const dl_part *p = &a->parts.v[i];
        if (!kept(p)) continue;
        const char *gap = before ? between(a, before, p) : "";
        n += (int64_t)strlen(gap);
        if (text) dl_putz(text, gap), dl_put(text, dl_at(a->text, p->core));
        else put_map(a, w, p->core, n - (int64_t)p->core.b, (int64_t)strlen(gap));
        n += dl_len(p->core);
        before = p;
    }
}

static void put(dl_jw *w, const char *key, dl_str s)
{
    dl_jw_key(w, key);
    dl_jw_str(w, s.n ? s : (dl_str){ NULL, 0 });
}

void dl_record_article(const dl_article *a, dl_buf *out)
{
    dl_jw w = { out, false };
    dl_buf text;
    dl_buf_init(&text, 0);
    walk(a, &text, NULL);
    dl_jw_open(&w, '{');
    put(&w, "id", a->id);
    put(&w, "url", a->url);
    put(&w, "site", a->source);
    put(&w, "title", a->title);
    dl_jw_key(&w, "authors");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < a->authors.n; i++) dl_jw_str(&w, a->authors.v[i]);
    if (!a->authors.n && a->byline.n) dl_jw_str(&w, a->byline);
    dl_jw_close(&w, ']');
    put(&w, "date", a->when);
    put(&w, "language", dl_str_of(a->language));
    dl_jw_key(&w, "text");
    dl_jw_str(&w, text.n ? dl_buf_str(&text) : DL_STR(""));
    dl_jw_key(&w, "map");
    dl_jw_open(&w, '[');
    walk(a, NULL, &w);
    dl_jw_close(&w, ']');
    dl_jw_key(&w, "warnings");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < a->warnings.n; i++) dl_jw_str(&w, a->warnings.v[i]);
    dl_jw_close(&w, ']');
    dl_jw_close(&w, '}');
    dl_putc(out, '\n');
    if (text.failed) out->failed = true;
    dl_buf_free(&text);
}

void dl_record_article_text(const dl_article *a, dl_buf *out)
{
    if (a->title.n) dl_put(out, a->title), dl_putz(out, "\n\n");
    walk(a, out, NULL);
    dl_putz(out, "\n\n");
}
