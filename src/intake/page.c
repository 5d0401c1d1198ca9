/* page.c - the blocks of a page to the report's text: references undone, white space made single, an empty line between blocks; every character with its bytes.
 *
 * A white-space run of one byte becomes one blank in its place; a longer one is a piece of its own. Blanks at the ends of a block and blocks of blanks alone are left out.
 */
#include "base/utf8.h"
#include "intake/html.h"

typedef struct { dl_maker *m; uint32_t begin, blank_from, blank_to; bool blank, line, started; } writer;

/* The white space that was met, now that a character follows it. */
static void settle_blank(writer *w)
{
    if (w->line) dl_maker_supply(w->m, "\n", w->blank_from);
    else if (w->blank) dl_maker_char(w->m, ' ', w->blank_from, w->blank_to);
    w->blank = w->line = false;
}

static void note_blank(writer *w, uint32_t from, uint32_t to)
{
    if (!w->started) return;
    if (!w->blank) w->blank_from = from;
    w->blank = true, w->blank_to = to;
}

static void start(writer *w, uint32_t at)
{
    if (w->started) { settle_blank(w); return; }
    if (w->m->n && w->m->out[w->m->n - 1] != ' ') dl_maker_supply(w->m, "\n\n", at);      /* behind a dateline the text goes on */
    w->begin = w->m->n;
    w->started = true;
}

static bool plain(unsigned char c) { return c != '&' && c != 0 && !dl_space(c); }

/* A reference or a zero byte: its characters; the offset behind it. */
static uint32_t put_special(writer *w, uint32_t i, uint32_t end)
{
    dl_str in = w->m->in;
    uint32_t cp[2] = { 0xFFFD, 0 }, n = in.p[i] == '&' ? dl_entity(in, i, end, false, cp) : 1;
    if (!n) { start(w, i); dl_maker_bytes(w->m, i, i + 1); return i + 1; }
    if (cp[0] < 0x80 && dl_space((unsigned char)cp[0])) { note_blank(w, i, i + n); return i + n; }
    start(w, i);
    if (cp[1]) {                                     /* two characters, one reference: one piece would be best, the first has it all */
        char both[9];
        int k = dl_utf8_put(cp[0], both);
        k += dl_utf8_put(cp[1], both + k);
        dl_maker_string(w->m, (dl_str){ both, (uint32_t)k }, i, i + n);
    } else dl_maker_char(w->m, cp[0], i, i + n);
    return i + n;
}

static void put_piece(writer *w, const dl_html_piece *piece)
{
    dl_str in = w->m->in;
    uint32_t i = piece->at.b, end = piece->at.e;
    if (piece->flags & DL_PIECE_BREAK) { if (w->started) { note_blank(w, i, i); w->line = true; } return; }
    while (i < end) {
        uint32_t b = i;
        while (i < end && plain((unsigned char)in.p[i])) i++;
        if (i > b) { start(w, b); dl_maker_bytes(w->m, b, i); }
        b = i;
        bool line = false;
        while (i < end && dl_space((unsigned char)in.p[i])) line |= in.p[i++] == '\n';
        if (i > b) { note_blank(w, b, i); if (w->started && line && piece->flags & DL_PIECE_PRE) w->line = true; }
        else if (i < end) i = put_special(w, i, end);
    }
}

/* Only no-break spaces and their like: nothing that anybody reads. */
static bool unreadable(dl_str s)
{
    for (uint32_t i = 0; i < s.n;) {
        uint32_t cp = dl_utf8_next(s, &i);
        if (!dl_cp_space(cp) && cp != 0x200B && cp != 0xFEFF && cp != 0xAD) return false;
    }
    return true;
}

static void put_block(dl_maker *m, const dl_html_page *page, const dl_html_block *h, dl_article *art)
{
    uint32_t before = m->n, pieces = art->map.n, link = 0;
    dl_piece last = pieces ? art->map.v[pieces - 1] : (dl_piece){ 0 };
    writer w = { .m = m };
    for (uint32_t k = h->first; k < h->end; k++) {
        uint32_t n = m->n;
        put_piece(&w, &page->pieces.v[k]);
        if (page->pieces.v[k].flags & DL_PIECE_LINK) link += w.started ? m->n - (n > w.begin ? n : w.begin) : 0;
    }
    if (!w.started || unreadable((dl_str){ m->out + w.begin, m->n - w.begin })) {
        m->n = before, art->map.n = pieces;
        if (pieces) art->map.v[pieces - 1] = last;
        return;
    }
    *dl_push(m->doc, &art->blocks) = (dl_block){ .at = { w.begin, m->n }, .node = h->node, .link = link, .heading = h->heading, .time = h->time, .inner = h->inner };
}

void dl_page_read(dl_arena *doc, dl_arena *scratch, dl_maker *m, dl_article *art)
{
    dl_html_page page;
    dl_html_blocks(doc, m->in, &page);
    for (uint32_t i = 0; i < page.blocks.n; i++) put_block(m, &page, &page.blocks.v[i], art);
    dl_maker_close(m);
    art->nodes.v = page.nodes.v, art->nodes.n = page.nodes.n, art->nodes.cap = page.nodes.cap;
    dl_page_meta(doc, scratch, &page, art);
}
