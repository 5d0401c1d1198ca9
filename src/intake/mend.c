/* mend.c - an article whose text was misread as another charset before it came to us, read rightly (mojibake.c): text, map, blocks and what is known of it.
 *
 * Done when all is decoded, so that it serves every format, and references and escapes of JSON that hide such text are undone by then.
 */
#include "intake/intake.h"

typedef struct { const dl_piece *v; uint32_t n, k; } pieces;       /* k: the one looked at last; asked in rising order */

static const dl_piece *piece_at(pieces *p, uint32_t at)
{
    while (p->k + 1 < p->n && p->v[p->k].te <= at) p->k++;
    return &p->v[p->k];
}

static bool is_copy(const dl_piece *p) { return p->te - p->tb == p->oe - p->ob; }
static uint64_t begin_of(const dl_piece *p, uint32_t at) { return is_copy(p) && at > p->tb ? p->ob + (at - p->tb) : p->ob; }
static uint64_t end_of(const dl_piece *p, uint32_t at) { return is_copy(p) && at < p->te ? p->ob + (at - p->tb) : p->oe; }

/* What was [b,e) of the text is now [tb, ...): the same bytes. */
static void keep(dl_arena *doc, dl_article *art, pieces *old, uint32_t tb, uint32_t b, uint32_t e)
{
    while (b < e) {
        const dl_piece *p = piece_at(old, b);
        uint32_t stop = p->te > b && p->te < e ? p->te : e;
        dl_map_add(doc, art, tb, tb + (stop - b), begin_of(p, b), end_of(p, stop));
        tb += stop - b;
        b = stop;
    }
}

static void compose(dl_arena *doc, dl_article *art, const dl_runs *runs)
{
    pieces old = { art->map.v, art->map.n, 0 };
    art->map.v = NULL, art->map.n = art->map.cap = 0;
    if (!old.n) return;
    for (uint32_t i = 0; i < runs->n; i++) {
        const dl_run *r = &runs->v[i];
        if (r->to == r->from) { keep(doc, art, &old, r->at, r->original, r->original + r->n * r->from); continue; }
        for (uint32_t k = 0; k < r->n; k++) {
            uint32_t b = r->original + k * r->from, e = b + r->from;
            uint64_t ob = begin_of(piece_at(&old, b), b), oe = end_of(piece_at(&old, e - 1), e);
            dl_map_add(doc, art, r->at + k * r->to, r->at + (k + 1) * r->to, ob, oe);
        }
    }
}

/* Where what stood at `at` stands now. */
static uint32_t moved(const dl_runs *runs, uint32_t at)
{
    uint32_t low = 0, high = runs->n;
    while (high - low > 1) { uint32_t mid = (low + high) / 2; if (runs->v[mid].original <= at) low = mid; else high = mid; }
    const dl_run *r = &runs->v[low];
    uint32_t in = at > r->original ? at - r->original : 0, most = r->n * r->to, now = r->to == r->from ? in : in / r->from * r->to;
    return r->at + (now < most ? now : most);
}

static void move_blocks(dl_article *art, const dl_runs *runs)
{
    for (uint32_t i = 0; i < art->blocks.n; i++) {
        dl_block *b = &art->blocks.v[i];
        uint32_t before = dl_len(b->at);
        b->at = (dl_span){ moved(runs, b->at.b), moved(runs, b->at.e) };
        b->link = before ? (uint32_t)((uint64_t)b->link * dl_len(b->at) / before) : 0;
    }
}

static void mend_string(dl_arena *doc, dl_arena *scratch, dl_str *s)
{
    dl_runs runs;
    if (s->n) dl_mend_mojibake(doc, scratch, *s, 0, s, &runs);
}

void dl_mend_article(dl_arena *doc, dl_arena *scratch, dl_article *art)
{
    dl_str *const strings[] = { &art->title, &art->byline, &art->source, &art->said_body, &art->said_lead };
    dl_runs runs;
    dl_str text;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) mend_string(doc, scratch, strings[i]);
    for (uint32_t i = 0; i < art->authors.n; i++) mend_string(doc, scratch, &art->authors.v[i]);
    if (!dl_mend_mojibake(doc, scratch, art->text, 0, &text, &runs)) return;
    compose(doc, art, &runs);
    move_blocks(art, &runs);
    art->text = text;
    dl_article_warn(doc, art, "charset: text that was misread once before is read rightly");
}
