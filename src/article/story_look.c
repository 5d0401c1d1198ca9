/* story_look.c - what the choice of the story sees of a block. Everything is a small whole number in a bucket; nothing depends on the site. */
#include "article/story.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "intake/html.h"

enum { PATH = 24, NODE_WORDS = 12 };                 /* elements looked at above a block; words of one element */

/* ---- shape of blocks ---- */

typedef struct { uint32_t words, letters, capitals, digits, marks; uint8_t link, stop, first; bool bar, copyright; } shape;      /* link: tenths of its bytes */

static bool scriptio_continua(dl_script s) { return s == DL_SCRIPT_HAN || s == DL_SCRIPT_KANA || s == DL_SCRIPT_THAI || s == DL_SCRIPT_KHMER || s == DL_SCRIPT_LAO || s == DL_SCRIPT_MYANMAR; }

static bool is_mark(uint32_t cp) { return cp == '.' || cp == ',' || cp == '?' || cp == '!' || cp == ';' || cp == 0x3002 || cp == 0x3001 || cp == 0xFF0C || cp == 0x60C || cp == 0x6D4 || cp == 0x964; }

static bool is_stop(uint32_t cp) { return cp == '.' || cp == '?' || cp == '!' || cp == 0x2026 || cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F || cp == 0x61F || cp == 0x6D4 || cp == 0x964; }

static bool closes(uint32_t cp) { return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == 0x201D || cp == 0x2019 || cp == 0xBB || cp == 0x201C || cp == 0x300D; }

static shape shape_of(const dl_article *art, const dl_block *b)
{
    dl_str s = dl_at(art->text, b->at);
    shape f = { 0 };
    uint32_t dense = 0, last = 0;
    bool inside = false;
    for (uint32_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        uint32_t cp;
        bool alpha, digit;
        if (c < 0x80) cp = c, i++, alpha = dl_alpha(c), digit = dl_digit(c), f.capitals += dl_upper(c);
        else {
            cp = dl_utf8_next(s, &i);
            dl_script script = dl_script_of(cp);
            alpha = script != DL_SCRIPT_NONE, digit = false, f.capitals += cp < 0x530 && dl_cp_upper(cp);
            dense += scriptio_continua(script);
        }
        bool in = alpha || digit;
        f.words += in && !inside;
        if (in || (cp != '\'' && cp != 0x2019)) inside = in;
        f.letters += alpha, f.digits += digit, f.marks += is_mark(cp);
        f.bar |= cp == '|', f.copyright |= cp == 0xA9;
        if (!closes(cp) && cp != ' ') last = cp;
    }
    f.words += dense / 2;
    f.link = (uint8_t)(b->link >= dl_len(b->at) ? 10 : (uint64_t)b->link * 10 / dl_len(b->at));
    if (b->link && !f.link) f.link = 1;
    f.stop = is_stop(last) ? 1 : last == ':' ? 2 : 0;
    uint32_t k = 0, first = dl_utf8_next(s, &k);
    f.first = dl_cp_lower(first) ? 1 : dl_cp_digit(first) ? 2 : dl_cp_alpha(first) ? 0 : 3;
    return f;
}

static uint32_t bucket(uint32_t v, const uint16_t *limit, uint32_t n)      /* how many limits v reaches */
{
    uint32_t k = 0;
    while (k < n && v >= limit[k]) k++;
    return k;
}

static uint32_t words_fine(uint32_t n) { static const uint16_t L[] = { 1, 2, 3, 5, 8, 12, 18, 28, 46, 81 }; return bucket(n, L, 10); }          /* 0..10 */
static uint32_t words_coarse(uint32_t n) { static const uint16_t L[] = { 4, 12, 28 }; return bucket(n, L, 3); }                                 /* 0..3 */
static uint32_t link_class(const shape *f) { return f->link == 0 ? 0 : f->link < 5 ? 1 : 2; }

/* ---- words of elements ---- */

typedef struct { uint32_t id[NODE_WORDS], n; } node_words;

static void add_word(node_words *w, const dl_look_words *words, const char *p, uint32_t n)
{
    if (w->n == NODE_WORDS || n < 2) return;
    uint32_t id = words->id(words->self, (dl_str){ p, n });
    for (uint32_t k = 0; k < w->n; k++) if (w->id[k] == id) return;
    if (id) w->id[w->n++] = id;
}

/* "article-Body__text2" gives article, body, text: at each change of case and at whatever is no letter. */
static void add_names(node_words *w, const dl_look_words *words, dl_str names, char mark)
{
    char buf[24];
    uint32_t n = 0, base = mark != 0;
    buf[0] = mark;
    n = base;
    if (names.n > 160) names.n = 160;
    for (uint32_t i = 0; i <= names.n; i++) {
        unsigned char c = i < names.n ? (unsigned char)names.p[i] : 0;
        bool letter = dl_alpha(c), turn = letter && dl_upper(c) && i && dl_lower((unsigned char)names.p[i - 1]);
        if (!letter || turn) {
            if (n > base + 1 && n < sizeof buf) add_word(w, words, buf, n);
            n = base;
        }
        if (letter) { if (n < sizeof buf) buf[n] = (char)dl_tolower(c); n++; }
    }
}

static node_words words_of(const dl_node *node, const dl_look_words *words)
{
    node_words w = { { 0 }, 0 };
    char tag[16] = "<";
    const char *name = dl_tag_name((dl_html_tag)node->tag);
    size_t n = strlen(name);
    memcpy(tag + 1, name, n);
    add_word(&w, words, tag, (uint32_t)n + 1);
    add_names(&w, words, node->prop, '=');
    add_names(&w, words, node->names, 0);
    add_names(&w, words, node->id, 0);
    return w;
}

/* ---- the first look ---- */

struct dl_story_view {
    const dl_article *art;
    shape      *shape;
    uint32_t   *group_blocks, *group_words;          /* by element above the block's element: its blocks, their words */
    uint32_t   *last;                                /* by element: the last one inside it; elements are numbered in the order of the page */
    uint32_t    words, title;                        /* of the page; the block that is its title, or UINT32_MAX */
    uint8_t    *again, *doors;                       /* by element: how often one around it (or itself) stands among its brothers, in a bucket; the same where most of the brothers hold a heading or a link: other stories' teasers */
    uint8_t    *up, *down;                           /* by element: steps up to the first element that holds the title too, and from there down to the title */
};
typedef dl_story_view surroundings;

static uint32_t above(const dl_article *art, uint32_t block) { return art->nodes.v[art->blocks.v[block].node].parent; }

/* What the page calls its title, in a heading; else the first h1. */
static uint32_t find_title(const dl_article *art)
{
    uint32_t h1 = UINT32_MAX;
    for (uint32_t i = 0; i < art->blocks.n; i++) {
        const dl_block *b = &art->blocks.v[i];
        dl_str s = dl_trim(dl_at(art->text, b->at)), t = art->title;
        if (!b->heading) continue;
        if (s.n > 12 && t.n > 12 && (s.n < t.n ? dl_find(t, s, 0) : dl_find(s, t, 0)) >= 0 && 2 * (s.n < t.n ? s.n : t.n) > (s.n < t.n ? t.n : s.n)) return i;
        if (b->heading == 1 && h1 == UINT32_MAX) h1 = i;
    }
    return h1;
}

/* Lists and quotations have rows inside of one story. */
static bool comes_in_rows(uint8_t tag)
{
    switch (tag) {
    case DL_TAG_p: case DL_TAG_blockquote: case DL_TAG_ul: case DL_TAG_ol: case DL_TAG_dl: case DL_TAG_table: case DL_TAG_tbody: case DL_TAG_tr: case DL_TAG_td: case DL_TAG_figure: case DL_TAG_figcaption: case DL_TAG_pre:
    case DL_TAG_h1: case DL_TAG_h2: case DL_TAG_h3: case DL_TAG_h4: case DL_TAG_h5: case DL_TAG_h6: return false;
    default: return true;
    }
}

static uint8_t row_bucket(uint32_t n) { return n < 2 ? 0 : n < 3 ? 1 : n < 4 ? 2 : n < 6 ? 3 : n < 10 ? 4 : 5; }

static void find_rows(dl_arena *scratch, surroundings *s)
{
    const dl_article *art = s->art;
    uint32_t size = 64;
    while (size < art->nodes.n * 2) size *= 2;
    uint64_t *key = dl_new(scratch, uint64_t, size);
    uint16_t *times = dl_new(scratch, uint16_t, size);
    uint32_t *at = dl_new(scratch, uint32_t, art->nodes.n + 1);
    for (uint32_t k = 1; k < art->nodes.n; k++) {
        const dl_node *n = &art->nodes.v[k];
        if (!comes_in_rows(n->tag)) continue;
        uint64_t h = dl_hash64(n->names.p, n->names.n, (uint64_t)n->parent << 8 | n->tag) | 1;
        uint32_t i = (uint32_t)dl_mix64(h) & (size - 1);
        while (key[i] && key[i] != h) i = (i + 1) & (size - 1);
        key[i] = h, at[k] = i + 1;
        if (times[i] < UINT16_MAX) times[i]++;
    }
    uint16_t *open = dl_new(scratch, uint16_t, size);    /* of these brothers, how many hold a heading, or a line that is all link */
    uint8_t *seen = dl_new(scratch, uint8_t, art->nodes.n + 1);
    for (uint32_t i = 0; i < art->blocks.n; i++) {
        const dl_block *b = &art->blocks.v[i];
        if (!b->heading && s->shape[i].link < 9) continue;
        uint32_t k = b->node;
        for (int up = 0; k && up < 8 && !seen[k]; up++, k = art->nodes.v[k].parent) {
            seen[k] = 1;
            if (at[k] && open[at[k] - 1] < UINT16_MAX) open[at[k] - 1]++;
        }
    }
    for (uint32_t k = 1; k < art->nodes.n; k++) {
        uint32_t up = art->nodes.v[k].parent, n = at[k] ? times[at[k] - 1] : 0;
        uint8_t own = row_bucket(n), door = at[k] && open[at[k] - 1] * 2u >= n ? own : 0;
        s->again[k] = own > s->again[up] ? own : s->again[up];
        s->doors[k] = door > s->doors[up] ? door : s->doors[up];
    }
}

enum { STEPS = 7 };

static void find_steps(dl_arena *scratch, surroundings *s)
{
    const dl_article *art = s->art;
    uint8_t *above_title = dl_new(scratch, uint8_t, art->nodes.n + 1);       /* 1 + steps down to the title */
    uint32_t node = s->title == UINT32_MAX ? 0 : art->blocks.v[s->title].node;
    for (uint8_t d = 1; ; node = art->nodes.v[node].parent) {
        above_title[node] = d;
        if (d <= STEPS) d++;
        if (!node) break;
    }
    for (uint32_t k = 0; k < art->nodes.n; k++) {
        uint32_t up = art->nodes.v[k].parent;
        if (above_title[k]) { s->down[k] = (uint8_t)(above_title[k] - 1); continue; }
        s->up[k] = (uint8_t)(s->up[up] < STEPS ? s->up[up] + 1 : STEPS);
        s->down[k] = s->down[up];
    }
}

dl_story_view *dl_story_open(dl_arena *scratch, const dl_article *art)
{
    uint32_t n = art->blocks.n, nodes = art->nodes.n + 1;
    surroundings *s = dl_new(scratch, surroundings, 1);
    *s = (surroundings){ art, dl_new(scratch, shape, n + 1), dl_new(scratch, uint32_t, nodes), dl_new(scratch, uint32_t, nodes), dl_new(scratch, uint32_t, nodes), 0, find_title(art),
                         dl_new(scratch, uint8_t, nodes), dl_new(scratch, uint8_t, nodes), dl_new(scratch, uint8_t, nodes), dl_new(scratch, uint8_t, nodes) };
    for (uint32_t i = 0; i < n; i++) {
        s->shape[i] = shape_of(art, &art->blocks.v[i]);
        s->words += s->shape[i].words;
        s->group_blocks[above(art, i)]++;
        s->group_words[above(art, i)] += s->shape[i].words;
    }
    find_rows(scratch, s);
    find_steps(scratch, s);
    for (uint32_t k = art->nodes.n; k-- > 1;) {
        uint32_t *up = &s->last[art->nodes.v[k].parent];
        if (s->last[k] < k) s->last[k] = k;
        if (*up < s->last[k]) *up = s->last[k];
    }
    return s;
}

typedef struct { dl_look_features *f; uint32_t base, cap; } adder;

static void put(adder *a, uint32_t feature) { if (a->f->n < a->cap) a->f->v[a->f->n++] = feature; }

/* One of a group of `size` numbered features. */
static void put_number(adder *a, uint32_t size, uint32_t k)
{
    put(a, (uint32_t)DL_LOOK_NUMBER << 24 | (a->base + (k < size ? k : size - 1)));
    a->base += size;
}

static uint32_t neighbour(const surroundings *s, uint32_t i, int by)
{
    int64_t k = (int64_t)i + by;
    if (k < 0 || k >= s->art->blocks.n) return 0;
    const shape *f = &s->shape[k];
    return 1 + words_coarse(f->words) * 3 + link_class(f);
}

static uint32_t from_title(const surroundings *s, uint32_t i)
{
    if (s->title == UINT32_MAX) return 0;
    if (i <= s->title) return i == s->title ? 1 : 2;
    uint32_t d = i - s->title;
    return d < 4 ? 3 : d < 12 ? 4 : d < 40 ? 5 : 6;
}

static bool hidden(const dl_article *art, uint32_t node)
{
    for (uint32_t k = 0; node && k < PATH; k++, node = art->nodes.v[node].parent) if (art->nodes.v[node].hidden) return true;
    return false;
}

static void put_shape(adder *a, const surroundings *s, uint32_t i, uint32_t words_before)
{
    const shape *f = &s->shape[i];
    const dl_block *b = &s->art->blocks.v[i];
    uint32_t group = above(s->art, i), mates = s->group_blocks[group], chars = f->letters + f->digits + 1;
    static const uint16_t MATES[] = { 2, 3, 6, 11, 21 }, MARKS[] = { 1, 2, 3, 6 }, SHARE[] = { 5, 10, 20, 50 }, DIGITS[] = { 1, 5, 15, 40 };
    put_number(a, 1, 0);
    put_number(a, 11, words_fine(f->words));
    put_number(a, 11, f->link);
    put_number(a, 33, words_fine(f->words) * 3 + link_class(f));
    put_number(a, 9, f->stop * 3u + (words_coarse(f->words) > 2 ? 2 : words_coarse(f->words)));
    put_number(a, 5, bucket(f->marks, MARKS, 4));
    put_number(a, 7, b->heading);
    put_number(a, 5, bucket(f->capitals * 100 / chars, SHARE, 4));
    put_number(a, 5, bucket(f->digits * 100 / chars, DIGITS, 4));
    put_number(a, 10, (uint32_t)((uint64_t)words_before * 10 / (s->words + 1)));
    put_number(a, 7, from_title(s, i));
    put_number(a, 13, neighbour(s, i, -1));
    put_number(a, 13, neighbour(s, i, 1));
    put_number(a, 6, bucket(mates, MATES, 5));
    put_number(a, 11, words_fine(mates ? s->group_words[group] / mates : 0));
    put_number(a, 10, (uint32_t)((uint64_t)s->group_words[group] * 10 / (s->words + 1)));
    put_number(a, 2, hidden(s->art, b->node));
    put_number(a, 2, b->time);
    put_number(a, 4, f->first);
    put_number(a, 4, f->bar + 2u * f->copyright);
    put_number(a, 6, s->again[b->node]);
    put_number(a, 6, s->doors[b->node]);
    put_number(a, 24, s->doors[b->node] * 4u + words_coarse(f->words));
    put_number(a, 9, s->title == UINT32_MAX ? 8 : s->up[b->node]);
    put_number(a, 9, s->title == UINT32_MAX ? 8 : s->down[b->node]);
}

/* The words of the elements above, each once: `stamp` says which this block has. */
static void put_path(adder *a, const dl_article *art, uint32_t node, const node_words *words, uint32_t *stamp, uint32_t now)
{
    for (uint32_t k = 0; node && k < PATH && a->f->n < a->cap; k++, node = art->nodes.v[node].parent) {
        dl_look_slot slot = k == 0 ? DL_LOOK_SELF : k < 3 ? DL_LOOK_NEAR : DL_LOOK_FAR;
        uint32_t zone = now * 4 + (uint32_t)slot;
        for (uint32_t j = 0; j < words[node].n; j++) {
            uint32_t id = words[node].id[j];
            if (stamp[id] == zone) continue;
            stamp[id] = zone;
            put(a, (uint32_t)slot << 24 | id);
        }
    }
}

void dl_story_look(dl_arena *scratch, const dl_story_view *s, const dl_look_words *words, dl_look_features *out)
{
    const dl_article *art = s->art;
    node_words *of = dl_new(scratch, node_words, art->nodes.n + 1);
    for (uint32_t i = 1; i < art->nodes.n; i++) of[i] = words_of(&art->nodes.v[i], words);
    uint32_t *stamp = dl_new(scratch, uint32_t, words->n + 1), before = 0;
    for (uint32_t i = 0; i < art->blocks.n; i++) {
        uint32_t room[DL_LOOK_MOST];
        out[i] = (dl_look_features){ room, 0 };
        adder a = { &out[i], 0, DL_LOOK_MOST };
        node_words inner = { { 0 }, 0 };
        put_shape(&a, s, i, before);
        add_names(&inner, words, art->blocks.v[i].inner, 0);
        for (uint32_t k = 0; k < inner.n; k++) put(&a, (uint32_t)DL_LOOK_INNER << 24 | inner.id[k]);
        put_path(&a, art, art->blocks.v[i].node, of, stamp, i + 1);
        out[i].v = dl_new(scratch, uint32_t, out[i].n);
        memcpy(out[i].v, room, out[i].n * sizeof *room);
        before += s->shape[i].words;
    }
}

/* ---- the second look ---- */

typedef struct {
    const surroundings *s;
    const int32_t *first;
    int64_t  *sum, *group;                           /* by element: of all below it; of blocks whose element stands right in it, positive ones alone */
    int32_t  *upto;                                  /* clipped sums of all blocks before each, added */
    int64_t   mass;                                  /* of all positive ones */
    uint32_t  best, up, up2;                         /* the element with the largest sum, and what it stands in */
    uint32_t *sign_of; int64_t *sign;                /* number of a block's signature (tag, class and tag of the element above), and its positive mass */
    uint32_t  from, to;                              /* first and last block of the story's core */
} verdicts;

static int64_t mass(const surroundings *s, uint32_t i, int32_t score)
{
    uint32_t w = s->shape[i].words < 60 ? s->shape[i].words : 60;
    int32_t clip = score > 96 ? 96 : score < -96 ? -96 : score;
    return (int64_t)clip * w;
}

static bool inside(const surroundings *s, uint32_t node, uint32_t of) { return node == of || of == 0 || (node > of && node <= s->last[of]); }

static int32_t clipped(int32_t v) { return v > 128 ? 128 : v < -128 ? -128 : v; }

static void find_best(verdicts *v)
{
    const dl_article *art = v->s->art;
    for (uint32_t i = 0; i < art->blocks.n; i++) {
        int64_t m = mass(v->s, i, v->first[i]);
        v->upto[i + 1] = v->upto[i] + clipped(v->first[i]);
        v->sum[art->blocks.v[i].node] += m;
        if (m <= 0) continue;
        v->group[above(art, i)] += m;
        v->mass += m;
    }
    for (uint32_t k = art->nodes.n; k-- > 1;) v->sum[art->nodes.v[k].parent] += v->sum[k];
    for (uint32_t k = 1; k < art->nodes.n; k++)
        if (v->sum[k] > v->sum[v->best] || (v->sum[k] == v->sum[v->best] && v->sum[k] > 0)) v->best = k;
    v->up = art->nodes.v[v->best].parent;
    v->up2 = art->nodes.v[v->up].parent;
}

static void find_signatures(dl_arena *scratch, verdicts *v)
{
    const dl_article *art = v->s->art;
    uint32_t size = 16;
    while (size < art->blocks.n * 2) size *= 2;
    uint64_t *key = dl_new(scratch, uint64_t, size);
    v->sign = dl_new(scratch, int64_t, size);
    v->sign_of = dl_new(scratch, uint32_t, art->blocks.n + 1);
    for (uint32_t i = 0; i < art->blocks.n; i++) {
        const dl_node *n = &art->nodes.v[art->blocks.v[i].node], *p = &art->nodes.v[n->parent];
        uint64_t h = dl_hash64(n->names.p, n->names.n, (uint64_t)n->tag << 8 | p->tag) | 1;
        uint32_t at = (uint32_t)dl_mix64(h) & (size - 1);
        while (key[at] && key[at] != h) at = (at + 1) & (size - 1);
        key[at] = h;
        v->sign_of[i] = at;
        int64_t m = mass(v->s, i, v->first[i]);
        if (m > 0) v->sign[at] += m;
    }
}

static void find_core(verdicts *v)
{
    const dl_article *art = v->s->art;
    v->from = UINT32_MAX, v->to = 0;
    for (uint32_t i = 0; i < art->blocks.n; i++) {
        if (v->first[i] <= 16 || v->s->shape[i].words < 10 || !inside(v->s, art->blocks.v[i].node, v->best)) continue;
        if (v->from == UINT32_MAX) v->from = i;
        v->to = i;
    }
}

static uint32_t relation(const verdicts *v, uint32_t i)
{
    const dl_article *art = v->s->art;
    uint32_t node = art->blocks.v[i].node;
    if (art->nodes.v[node].parent == v->best || node == v->best) return 0;
    return inside(v->s, node, v->best) ? 1 : inside(v->s, node, v->up) ? 2 : inside(v->s, node, v->up2) ? 3 : 4;
}

/* Elements with a class between a block and the element of most story: what people write has none, boxes that programs put in have. 4: it stands outside. */
static uint32_t classed(const verdicts *v, uint32_t i)
{
    const dl_article *art = v->s->art;
    uint32_t node = art->blocks.v[i].node, n = 0;
    if (!inside(v->s, node, v->best)) return 4;
    for (; node && node != v->best; node = art->nodes.v[node].parent) n += art->nodes.v[node].names.n || art->nodes.v[node].id.n;
    return n < 3 ? n : 3;
}

static uint32_t tag_class(const dl_article *art, const dl_block *b)
{
    switch (art->nodes.v[b->node].tag) {
    case DL_TAG_p: return 0;
    case DL_TAG_li: case DL_TAG_dd: case DL_TAG_dt: return 1;
    case DL_TAG_h1: return 2;
    case DL_TAG_h2: case DL_TAG_h3: case DL_TAG_h4: case DL_TAG_h5: case DL_TAG_h6: return 3;
    case DL_TAG_div: case DL_TAG_section: case DL_TAG_article: return 4;
    case DL_TAG_td: case DL_TAG_th: return 5;
    case DL_TAG_figcaption: case DL_TAG_figure: return 6;
    case DL_TAG_blockquote: case DL_TAG_pre: return 7;
    default: return 8;
    }
}

/* Is the block in the text that the page's JSON-LD gives for the article? 0: there is none. */
static uint32_t told(const dl_article *art, const dl_block *b)
{
    dl_str s = dl_at(art->text, b->at);
    if (art->said_body.n < 400) return 0;
    if (s.n > 40) s = dl_cut(s, 0, 40);
    if (s.n < 12) return 1;
    while (s.n && !dl_utf8_boundary(dl_at(art->text, b->at), s.n)) s.n--;
    return dl_find(art->said_body, s, 0) >= 0 ? 2 : 3;
}

static uint32_t teased(const dl_article *art, const dl_block *b)
{
    dl_str s = dl_at(art->text, b->at), d = art->said_lead;
    if (s.n < 24 || d.n < 24) return 0;
    uint32_t n = s.n < d.n ? s.n : d.n;
    if (n > 48) n = 48;
    return !memcmp(s.p, d.p, n) ? 1 + (s.n > d.n + 8) : 0;
}

typedef struct { uint8_t *x; uint32_t n; } seer;

static void see(seer *e, int64_t v) { if (e->n < DL_STORY_SEES) e->x[e->n++] = (uint8_t)(v < 0 ? 0 : v > 63 ? 63 : v); }

/* A first sum, coarser the larger. */
static int64_t level(int32_t v)
{
    int32_t a = v < 0 ? -v : v, k = a < 64 ? a / 4 : a < 128 ? 16 + (a - 64) / 8 : a < 256 ? 24 + (a - 128) / 32 : 28;
    return v < 0 ? 31 - k : 32 + k;
}

static int64_t level_at(const verdicts *v, int64_t i) { return i < 0 || i >= v->s->art->blocks.n ? 0 : level(v->first[i]); }

/* Of the blocks around one, without itself. */
static int32_t mean_around(const verdicts *v, uint32_t i, uint32_t by)
{
    uint32_t b = i > by ? i - by : 0, e = i + by + 1 < v->s->art->blocks.n ? i + by + 1 : v->s->art->blocks.n;
    int32_t n = (int32_t)(e - b) - 1;
    return n ? (v->upto[e] - v->upto[b] - clipped(v->first[i])) / n : 0;
}

static int64_t percent(int64_t part, int64_t whole) { return whole > 0 && part > 0 ? part * 63 / whole : 0; }

/* How many elements up from the block stands the one of most story, or one that holds it. */
static int64_t steps_to(const verdicts *v, uint32_t node, uint32_t to)
{
    int64_t n = 0;
    while (node && !inside(v->s, to, node) && n < 15) node = v->s->art->nodes.v[node].parent, n++;
    return n;
}

/* The first sum of the heading before a block, and how far it is. */
static uint32_t heading_before(const dl_article *art, uint32_t i)
{
    for (uint32_t k = i; k > 0 && i - k < 12; k--) if (art->blocks.v[k - 1].heading) return k - 1;
    return UINT32_MAX;
}

static void see_block(seer *e, const verdicts *v, uint32_t i, uint32_t words_before)
{
    const dl_article *art = v->s->art;
    const surroundings *s = v->s;
    const dl_block *b = &art->blocks.v[i];
    const shape *f = &s->shape[i];
    uint32_t group = above(art, i), mates = s->group_blocks[group], chars = f->letters + f->digits + 1, head = heading_before(art, i), n = art->blocks.n;
    see(e, level(v->first[i]));
    for (int by = 1; by <= 3; by++) see(e, level_at(v, (int64_t)i - by)), see(e, level_at(v, (int64_t)i + by));
    see(e, level(mean_around(v, i, 4))), see(e, level(mean_around(v, i, 12)));
    see(e, f->words), see(e, f->words / 8), see(e, f->link), see(e, f->stop), see(e, f->first), see(e, f->marks);
    see(e, f->capitals * 63 / chars), see(e, f->digits * 63 / chars);
    see(e, tag_class(art, b)), see(e, b->heading), see(e, b->time), see(e, f->bar + 2 * f->copyright), see(e, hidden(art, b->node));
    see(e, relation(v, i)), see(e, classed(v, i)), see(e, steps_to(v, b->node, v->best)), see(e, s->again[b->node]), see(e, s->doors[b->node]);
    see(e, s->title == UINT32_MAX ? 8 : s->up[b->node]), see(e, s->title == UINT32_MAX ? 8 : s->down[b->node]);
    see(e, s->title == UINT32_MAX ? 63 : i < s->title ? 0 : 1 + (i - s->title));
    see(e, v->from == UINT32_MAX ? 0 : i < v->from ? 1 : i <= v->to ? 2 : 3);
    see(e, v->from == UINT32_MAX ? 63 : i < v->from ? v->from - i : i > v->to ? i - v->to : 0);
    see(e, mates), see(e, mates ? s->group_words[group] / mates : 0), see(e, percent(s->group_words[group], s->words));
    see(e, percent(v->group[group], v->mass)), see(e, percent(v->sign[v->sign_of[i]], v->mass)), see(e, percent(v->sum[v->best], v->mass));
    see(e, percent(v->sum[b->node], v->mass)), see(e, percent(v->sum[group], v->mass)), see(e, percent(v->sum[art->nodes.v[group].parent], v->mass));
    see(e, told(art, b)), see(e, teased(art, b)), see(e, percent(words_before, s->words)), see(e, percent(i, n));
    see(e, head == UINT32_MAX ? 0 : level(v->first[head])), see(e, head == UINT32_MAX ? 63 : i - head);
    see(e, s->words / 64), see(e, n / 16), see(e, v->mass / 4096);
    while (e->n < DL_STORY_SEES) see(e, 0);
}

void dl_story_look_again(dl_arena *scratch, const dl_story_view *s, const int32_t *first, uint8_t *out)
{
    const dl_article *art = s->art;
    verdicts v = { .s = s, .first = first, .sum = dl_new(scratch, int64_t, art->nodes.n + 1), .group = dl_new(scratch, int64_t, art->nodes.n + 1), .upto = dl_new(scratch, int32_t, art->blocks.n + 1) };
    uint32_t before = 0;
    find_best(&v);
    find_signatures(scratch, &v);
    find_core(&v);
    for (uint32_t i = 0; i < art->blocks.n; i++) {
        seer e = { out + (size_t)i * DL_STORY_SEES, 0 };
        if (first[i] >= DL_LOOK_HOPELESS) see_block(&e, &v, i, before);
        before += s->shape[i].words;
    }
}
