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
    uint32_t    words, title;                        /* of the page; first block that is an h1, or UINT32_MAX */
};
typedef dl_story_view surroundings;

static uint32_t above(const dl_article *art, uint32_t block) { return art->nodes.v[art->blocks.v[block].node].parent; }

dl_story_view *dl_story_open(dl_arena *scratch, const dl_article *art)
{
    uint32_t n = art->blocks.n, nodes = art->nodes.n + 1;
    surroundings *s = dl_new(scratch, surroundings, 1);
    *s = (surroundings){ art, dl_new(scratch, shape, n + 1), dl_new(scratch, uint32_t, nodes), dl_new(scratch, uint32_t, nodes), dl_new(scratch, uint32_t, nodes), 0, UINT32_MAX };
    for (uint32_t i = 0; i < n; i++) {
        s->shape[i] = shape_of(art, &art->blocks.v[i]);
        s->words += s->shape[i].words;
        s->group_blocks[above(art, i)]++;
        s->group_words[above(art, i)] += s->shape[i].words;
        if (s->title == UINT32_MAX && art->blocks.v[i].heading == 1) s->title = i;
    }
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
        out[i] = (dl_look_features){ dl_new(scratch, uint32_t, DL_LOOK_MOST), 0 };
        adder a = { &out[i], 0, DL_LOOK_MOST };
        node_words inner = { { 0 }, 0 };
        put_shape(&a, s, i, before);
        add_names(&inner, words, art->blocks.v[i].inner, 0);
        for (uint32_t k = 0; k < inner.n; k++) put(&a, (uint32_t)DL_LOOK_INNER << 24 | inner.id[k]);
        put_path(&a, art, art->blocks.v[i].node, of, stamp, i + 1);
        dl_shrink(scratch, out[i].v, out[i].n * sizeof *out[i].v);
        before += s->shape[i].words;
    }
}

/* ---- the second look ---- */

typedef struct {
    const surroundings *s;
    const int32_t *first;
    int64_t  *sum, *group;                           /* by element: of all below it; of blocks whose element stands right in it, positive ones alone */
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

static void find_best(verdicts *v)
{
    const dl_article *art = v->s->art;
    for (uint32_t i = 0; i < art->blocks.n; i++) {
        int64_t m = mass(v->s, i, v->first[i]);
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

static uint32_t sevenths(const verdicts *v, int64_t i)           /* 0: no such block; 1 (surely not) .. 7 (surely) */
{
    static const int16_t L[] = { -64, -24, -8, 8, 24, 64 };
    if (i < 0 || i >= v->s->art->blocks.n) return 0;
    uint32_t k = 1;
    while (k < 7 && v->first[i] >= L[k - 1]) k++;
    return k;
}

static uint32_t share(int64_t part, int64_t whole)
{
    static const uint16_t L[] = { 1, 10, 30, 60, 90 };
    return whole > 0 && part > 0 ? bucket((uint32_t)(part * 100 / whole), L, 5) : 0;
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

static void put_verdicts(adder *a, const verdicts *v, uint32_t i)
{
    const dl_article *art = v->s->art;
    const dl_block *b = &art->blocks.v[i];
    const shape *f = &v->s->shape[i];
    int32_t own = v->first[i] / 8;
    uint32_t rel = relation(v, i), w = words_coarse(f->words), s = sevenths(v, i), tag = tag_class(art, b);
    uint32_t place = v->from == UINT32_MAX ? 0 : i < v->from ? 1 + (v->from - i > 4) : i <= v->to ? 3 : 4 + (i - v->to > 3);
    put_number(a, 1, 0);
    put_number(a, 33, (uint32_t)(own < -16 ? 0 : own > 16 ? 32 : own + 16));
    put_number(a, 20, rel * 4 + w);
    put_number(a, 40, rel * 8 + s);
    put_number(a, 8, sevenths(v, (int64_t)i - 1));
    put_number(a, 8, sevenths(v, (int64_t)i + 1));
    put_number(a, 8, sevenths(v, (int64_t)i - 2));
    put_number(a, 8, sevenths(v, (int64_t)i + 2));
    put_number(a, 24, place * 4 + w);
    put_number(a, 48, place * 8 + s);
    put_number(a, 6, share(v->group[above(art, i)], v->mass));
    put_number(a, 6, share(v->sign[v->sign_of[i]], v->mass));
    put_number(a, 54, tag * 6 + place);
    put_number(a, 4, told(art, b));
    put_number(a, 3, teased(art, b));
    put_number(a, 6, share(v->sum[v->best], v->mass));
    put_number(a, 4, f->stop + (f->link > 4 ? 1u : 0));
}

void dl_story_look_again(dl_arena *scratch, const dl_story_view *s, const int32_t *first, dl_look_features *out)
{
    const dl_article *art = s->art;
    verdicts v = { .s = s, .first = first, .sum = dl_new(scratch, int64_t, art->nodes.n + 1), .group = dl_new(scratch, int64_t, art->nodes.n + 1) };
    find_best(&v);
    find_signatures(scratch, &v);
    find_core(&v);
    for (uint32_t i = 0; i < art->blocks.n; i++) {
        out[i] = (dl_look_features){ dl_new(scratch, uint32_t, 24), 0 };
        adder a = { &out[i], 0, 24 };
        put_verdicts(&a, &v, i);
    }
}
