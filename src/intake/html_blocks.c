/* html_blocks.c - tags and texts of a page to blocks: the runs of text that a reader sees as one paragraph, heading, item or cell.
 *
 *   <div class=story><p>Police <b>said</b> ...</p><p>...   ->   node 1: div "story"; block 0: node 2 (p), block 1: node 3 (p)
 *
 * Elements that begin a block become nodes (their place in the page, their class); the others only decide whether text is a link. The open elements are a stack of
 * bytes, so that finding the one that an end tag closes is one memrchr.
 */
#include "base/utf8.h"
#include "intake/html.h"

enum { DEPTH = 512, NO_BLOCK = UINT32_MAX, META_MOST = 512, TIMES_MOST = 256, LD_MOST = 64 };

typedef struct {
    dl_arena     *a;
    dl_html_page *page;
    dl_html       h;
    dl_html_token t;
    uint8_t  tag[DEPTH];                     /* open elements; [0] is the page */
    uint32_t node[DEPTH];                    /* the node that text in it belongs to */
    dl_str   cls[DEPTH];                     /* class of inline elements */
    uint32_t depth;                          /* how many */
    uint32_t open[DL_TAG_N];                 /* how many of each */
    uint32_t block;                          /* being filled, or NO_BLOCK */
    bool     visible;                        /* something in it that is no white space */
    bool     br;                             /* a line break was the last thing in it */
    uint32_t prop;                           /* of props: waits for the text behind it; UINT32_MAX: none */
    uint32_t svg;
} builder;

static bool blank(dl_str s)
{
    for (uint32_t i = 0; i < s.n; i++) if (!dl_space((unsigned char)s.p[i])) return false;
    return true;
}

/* ---- blocks ---- */

static void end_block(builder *b)
{
    if (b->block == NO_BLOCK) return;
    dl_html_page *p = b->page;
    if (b->visible) p->blocks.v[b->block].end = p->pieces.n;
    else p->pieces.n = p->blocks.v[b->block].first, p->blocks.n--;
    b->block = NO_BLOCK;
}

static void add_piece(builder *b, dl_span at, uint8_t flags) { *dl_push(b->a, &b->page->pieces) = (dl_html_piece){ at, flags }; }

static uint8_t heading_of(const builder *b)
{
    for (int k = 1; k <= 6; k++) if (b->open[DL_TAG_h1 + k - 1]) return (uint8_t)k;
    return 0;
}

static void begin_block(builder *b)
{
    uint32_t top = b->depth - 1;
    b->block = b->page->blocks.n;
    b->visible = b->br = false;
    bool inline_top = top && !(dl_tag_flags[b->tag[top]] & DL_TAG_BLOCK);
    *dl_push(b->a, &b->page->blocks) = (dl_html_block){ .node = b->node[top], .first = b->page->pieces.n, .inner = inline_top ? b->cls[top] : (dl_str){ NULL, 0 },
                                                        .heading = heading_of(b), .time = b->open[DL_TAG_time] > 0 };
}

/* "By", "von": the name comes in the next piece. */
static bool only_by(dl_str s)
{
    static const char *const BY[] = { "by", "von", "par", "por", "di", "door", "av", "af", "da", "author", "autor", "text", "redaktion", "foto", "written by", "posted by", "published by" };
    if (s.n && s.p[s.n - 1] == ':') s = dl_trim(dl_cut(s, 0, s.n - 1));
    for (size_t k = 0; k < sizeof BY / sizeof *BY; k++) {
        uint32_t i = 0, n = (uint32_t)strlen(BY[k]);
        while (s.n == n && i < n && dl_tolower((unsigned char)s.p[i]) == (unsigned char)BY[k][i]) i++;
        if (s.n == n && i == n) return true;
    }
    return false;
}

static void text(builder *b, dl_span at)
{
    dl_str s = dl_at(b->h.in, at);
    bool empty = blank(s);
    if (b->svg || (empty && b->block == NO_BLOCK)) return;
    if (b->block == NO_BLOCK) begin_block(b);
    uint8_t flags = (uint8_t)((b->open[DL_TAG_a] ? DL_PIECE_LINK : 0) | (b->open[DL_TAG_pre] ? DL_PIECE_PRE : 0));
    add_piece(b, at, flags);
    if (empty) return;
    b->visible = true, b->br = false;
    if (b->prop == UINT32_MAX) return;
    dl_html_prop *p = &b->page->props.v[b->prop];
    p->value = s, p->block = b->block;
    if (!only_by(dl_trim(s))) b->prop = UINT32_MAX;
}

static void line_break(builder *b, dl_span at)
{
    if (b->block == NO_BLOCK) return;
    if (b->br) { end_block(b); return; }             /* two of them part paragraphs */
    add_piece(b, (dl_span){ at.b, at.b }, DL_PIECE_BREAK);
    b->br = true;
}

/* ---- the stack ---- */

static void pop_to(builder *b, uint32_t depth)
{
    while (b->depth > depth) {
        uint8_t tag = b->tag[--b->depth];
        b->open[tag]--;
        if (dl_tag_flags[tag] & DL_TAG_BLOCK) end_block(b);
    }
}

/* Where the innermost `tag` stands that may be closed from here, 0 if none: cells keep their inside to themselves. */
static uint32_t find_open(const builder *b, uint8_t tag)
{
    if (!b->open[tag]) return 0;
    const uint8_t *at = memrchr(b->tag, tag, b->depth);
    uint32_t k = at ? (uint32_t)(at - b->tag) : 0;
    static const uint8_t CELLS[] = { DL_TAG_td, DL_TAG_th, DL_TAG_caption, DL_TAG_table };
    bool parts = tag == DL_TAG_td || tag == DL_TAG_th || tag == DL_TAG_tr || tag == DL_TAG_tbody || tag == DL_TAG_thead || tag == DL_TAG_tfoot;
    for (size_t c = 0; c < sizeof CELLS; c++) {
        if (!b->open[CELLS[c]] || tag == DL_TAG_table || (parts && CELLS[c] != DL_TAG_table)) continue;
        const uint8_t *cell = memrchr(b->tag, CELLS[c], b->depth);
        if (cell && (uint32_t)(cell - b->tag) > k) return 0;
    }
    return k;
}

/* The end of an inline element. Where blocks were opened in it and not closed yet, it only stops counting: <a><div></a></div>. */
static void close_inline(builder *b, uint32_t k)
{
    uint32_t low = b->depth > k + 32 ? b->depth : k;
    for (; low < b->depth && !(dl_tag_flags[b->tag[low]] & DL_TAG_BLOCK); low++) { }
    if (low == b->depth && b->depth <= k + 32) { pop_to(b, k); return; }
    b->open[b->tag[k]]--;
    b->open[DL_TAG_other]++;
    b->tag[k] = DL_TAG_other;
}

/* Closes `tag` if it is open above the innermost of `within`. */
static void close_above(builder *b, uint8_t tag, uint8_t within, uint8_t or_within)
{
    uint32_t k = find_open(b, tag);
    if (!k) return;
    for (int w = 0; w < 2; w++) {
        uint8_t wall = w ? or_within : within;
        const uint8_t *at = wall && b->open[wall] ? memrchr(b->tag, wall, b->depth) : NULL;
        if (at && (uint32_t)(at - b->tag) > k) return;
    }
    pop_to(b, k);
}

/* End tags that authors leave out. */
static void implied_ends(builder *b, uint8_t tag)
{
    if (dl_tag_flags[tag] & DL_TAG_BLOCK && tag != DL_TAG_button && tag != DL_TAG_label && tag != DL_TAG_object) close_above(b, DL_TAG_p, DL_TAG_button, DL_TAG_object);
    switch (tag) {
    case DL_TAG_li: close_above(b, DL_TAG_li, DL_TAG_ul, DL_TAG_ol); break;
    case DL_TAG_dt: case DL_TAG_dd: close_above(b, DL_TAG_dt, DL_TAG_dl, 0), close_above(b, DL_TAG_dd, DL_TAG_dl, 0); break;
    case DL_TAG_option: case DL_TAG_optgroup: close_above(b, DL_TAG_option, DL_TAG_select, 0); break;
    case DL_TAG_td: case DL_TAG_th: close_above(b, DL_TAG_td, DL_TAG_table, 0), close_above(b, DL_TAG_th, DL_TAG_table, 0); break;
    case DL_TAG_tr: case DL_TAG_tbody: case DL_TAG_thead: case DL_TAG_tfoot: close_above(b, DL_TAG_tr, DL_TAG_table, 0); break;
    case DL_TAG_h1: case DL_TAG_h2: case DL_TAG_h3: case DL_TAG_h4: case DL_TAG_h5: case DL_TAG_h6:
        for (uint8_t k = DL_TAG_h1; k <= DL_TAG_h6; k++) close_above(b, k, 0, 0);
        break;
    default: break;
    }
}

static dl_str attr(const builder *b, dl_attr a) { return dl_html_attr(&b->h, &b->t, a); }

static bool hidden(const builder *b)
{
    dl_str style = attr(b, DL_ATTR_style);
    for (int64_t i = 0; (i = dl_find(style, DL_STR("display"), (uint32_t)i)) >= 0; i++) {
        uint32_t k = (uint32_t)i + 7;
        while (k < style.n && (style.p[k] == ':' || style.p[k] == ' ')) k++;
        if (dl_starts(dl_cut(style, k, style.n), DL_STR("none"))) return true;
    }
    return b->t.have >> DL_ATTR_hidden & 1 || dl_is(attr(b, DL_ATTR_aria_hidden), "true");
}

static void add_node(builder *b, uint8_t tag)
{
    dl_str prop = attr(b, DL_ATTR_itemprop), role = attr(b, DL_ATTR_role);
    *dl_push(b->a, &b->page->nodes) = (dl_node){ .parent = b->node[b->depth - 1], .tag = tag, .hidden = hidden(b), .names = attr(b, DL_ATTR_class), .id = attr(b, DL_ATTR_id), .prop = prop.n ? prop : role };
}

static void push(builder *b, uint8_t tag)
{
    bool block = dl_tag_flags[tag] & DL_TAG_BLOCK;
    if (b->depth == DEPTH) return;                   /* nobody nests so deep: what is inside belongs to the element above */
    uint32_t top = b->depth++;
    b->tag[top] = tag;
    b->open[tag]++;
    b->node[top] = block ? b->page->nodes.n - 1 : b->node[top - 1];
    b->cls[top] = attr(b, DL_ATTR_class);
}

/* ---- what the page says of itself ---- */

static void note_meta(builder *b)
{
    dl_str key = attr(b, DL_ATTR_property), value = attr(b, DL_ATTR_content);
    if (!key.n) key = attr(b, DL_ATTR_name);
    if (!key.n) key = attr(b, DL_ATTR_itemprop);
    if (!key.n) key = attr(b, DL_ATTR_http_equiv);
    if (key.n && value.n && b->page->metas.n < META_MOST) *dl_push(b->a, &b->page->metas) = (dl_html_meta){ key, value };
}

static void note_link(builder *b)
{
    if (dl_is(attr(b, DL_ATTR_rel), "canonical") && !b->page->canonical.n) b->page->canonical = attr(b, DL_ATTR_href);
}

static void note_time(builder *b)
{
    dl_str when = attr(b, DL_ATTR_datetime);
    if (b->t.tag == DL_TAG_time && when.n && b->page->times.n < TIMES_MOST)
        *dl_push(b->a, &b->page->times) = (dl_html_time){ when, b->page->blocks.n, attr(b, DL_ATTR_itemprop), b->open[DL_TAG_article] > 0 };
}

/* A class that names an author; "comment-author" does not. */
static bool says_byline(dl_str cls)
{
    static const char *const WORD[] = { "author", "byline", "autor", "auteur", "verfasser", "redakteur", "writer" };
    bool found = false;
    for (uint32_t i = 0; i < cls.n; i++) {
        unsigned char c = (unsigned char)cls.p[i] | 32;
        if (c == 'c' && cls.n - i >= 7 && (cls.p[i + 1] | 32) == 'o' && (cls.p[i + 3] | 32) == 'm' && (cls.p[i + 4] | 32) == 'e') return false;
        if (c != 'a' && c != 'b' && c != 'v' && c != 'r' && c != 'w') continue;
        for (size_t k = 0; k < sizeof WORD / sizeof *WORD && !found; k++) {
            uint32_t j = 0, n = (uint32_t)strlen(WORD[k]);
            while (cls.n - i >= n && j < n && ((unsigned char)cls.p[i + j] | 32) == (unsigned char)WORD[k][j]) j++;
            found = j == n;
        }
    }
    return found;
}

static bool shaped_like_day(dl_str s)
{
    static const char SHAPE[] = "0000-00-00";
    if (s.n < 10 || s.n > 40) return false;
    for (int k = 0; k < 10; k++) if (SHAPE[k] == '0' ? !dl_digit((unsigned char)s.p[k]) : s.p[k] != '-' && s.p[k] != '/') return false;
    return true;
}

static void note_day(builder *b)
{
    static const dl_attr VALUES[] = { DL_ATTR_content, DL_ATTR_datetime, DL_ATTR_title };
    for (size_t k = 0; k < sizeof VALUES / sizeof *VALUES; k++) {
        dl_str value = attr(b, VALUES[k]), property = attr(b, DL_ATTR_property);
        if (!shaped_like_day(value) || b->page->days.n >= TIMES_MOST) continue;
        *dl_push(b->a, &b->page->days) = (dl_html_meta){ property.n ? property : attr(b, DL_ATTR_class), value };
        return;
    }
}

/* itemprop="author", rel="author", class="byline": the value stands in content, datetime, or in the text that follows. */
static void note_prop(builder *b)
{
    dl_str key = attr(b, DL_ATTR_itemprop), value = attr(b, DL_ATTR_content);
    if (!key.n && dl_is(attr(b, DL_ATTR_rel), "author")) key = DL_STR("author");
    bool byline = !key.n && says_byline(attr(b, DL_ATTR_class));
    if (byline) key = DL_STR("byline");
    if (!key.n || b->page->props.n >= META_MOST) return;
    if (!value.n) value = attr(b, DL_ATTR_datetime);
    *dl_push(b->a, &b->page->props) = (dl_html_prop){ key, value, b->block == NO_BLOCK ? b->page->blocks.n : b->block };
    b->prop = value.n || dl_tag_flags[b->t.tag] & DL_TAG_VOID ? UINT32_MAX : b->page->props.n - 1;
}

static void raw(builder *b)
{
    dl_str s = dl_at(b->h.in, b->t.at);
    if (b->t.tag == DL_TAG_title) { if (!b->page->title.p && !b->svg) b->page->title = s; }
    else if (b->t.tag == DL_TAG_xmp) text(b, b->t.at);
}

/* ---- tags ---- */

static void open_tag(builder *b)
{
    uint8_t tag = b->t.tag, flags = dl_tag_flags[tag];
    note_prop(b);
    if (tag != DL_TAG_meta && tag != DL_TAG_time && !(b->t.have >> DL_ATTR_itemprop & 1)) note_day(b);
    if (tag == DL_TAG_html && attr(b, DL_ATTR_lang).n) b->page->lang = attr(b, DL_ATTR_lang);
    if (tag == DL_TAG_meta) note_meta(b);
    if (tag == DL_TAG_link) note_link(b);
    if (tag == DL_TAG_time) note_time(b);
    if (tag == DL_TAG_br) line_break(b, b->t.at);
    if (tag == DL_TAG_script && b->page->ld.n < LD_MOST && dl_find(attr(b, DL_ATTR_type), DL_STR("ld+json"), 0) >= 0) dl_push(b->a, &b->page->ld)->p = b->h.in.p + b->h.i;
    if (tag == DL_TAG_svg) b->svg++;
    if (flags & DL_TAG_BLOCK) {
        b->svg = 0;                                  /* an svg that nobody closed */
        implied_ends(b, tag);
        end_block(b);
        if (flags & (DL_TAG_VOID | DL_TAG_NOTEXT)) return;
        add_node(b, tag);
    } else if (tag == DL_TAG_a && b->open[tag]) {
        uint32_t k = find_open(b, tag);
        if (k) close_inline(b, k);
    }
    bool known = tag != DL_TAG_other && tag != DL_TAG_svg && !(flags & (DL_TAG_VOID | DL_TAG_SHELL | DL_TAG_NOTEXT));
    if (known && tag != DL_TAG_title) push(b, tag);
}

static void close_tag(builder *b)
{
    uint8_t tag = b->t.tag;
    if (tag == DL_TAG_svg && b->svg) b->svg--;
    if (tag == DL_TAG_p && !b->open[tag]) end_block(b);
    bool heading = tag >= DL_TAG_h1 && tag <= DL_TAG_h6;
    uint32_t k = find_open(b, tag);
    for (uint8_t other = DL_TAG_h1; heading && !k && other <= DL_TAG_h6; other++) k = find_open(b, other);     /* <h2>...</h3> */
    if (!k) return;
    if (dl_tag_flags[tag] & DL_TAG_BLOCK) pop_to(b, k);
    else close_inline(b, k);
}

void dl_html_blocks(dl_arena *a, dl_str in, dl_html_page *page)
{
    builder *b = dl_new(a, builder, 1);
    *page = (dl_html_page){ .in = in };
    b->a = a, b->page = page, b->h.in = in, b->depth = 1, b->block = NO_BLOCK, b->prop = UINT32_MAX;
    dl_push(a, &page->nodes);
    while (dl_html_next(&b->h, &b->t)) {
        uint32_t scripts = page->ld.n;
        switch (b->t.kind) {
        case DL_HTML_TEXT:  text(b, b->t.at); break;
        case DL_HTML_OPEN:  open_tag(b); break;
        case DL_HTML_CLOSE: close_tag(b); break;
        default:
            if (b->t.tag == DL_TAG_script && scripts && page->ld.v[scripts - 1].p == in.p + b->t.at.b) page->ld.v[scripts - 1].n = dl_len(b->t.at);
            else raw(b);
        }
    }
    end_block(b);
}
