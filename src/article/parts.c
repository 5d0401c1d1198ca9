/* parts.c - what each stretch of a report is: title, body, a repeat, a caption, furniture, another language.
 *
 *   text -> lines -> units -> parts
 *
 * A unit is what one part is made of: a line, or several lines that are one paragraph broken by somebody's line width. White space behind a unit belongs to it, so that parts
 * tile the text. Units are judged in order, each by the first rule that has something to say; what no rule names is body. One pass, linear in the length.
 */
#include <stdio.h>
#include "article/parts.h"
#include "article/sites.h"
#include "article/story.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "intake/html.h"

enum { TITLE_BYTES = 240, TITLE_WORDS = 32, CAPTION_WORDS = 48, OPENING = 8 };      /* OPENING: units among which title, captions and dateline stand */

const char *dl_part_kind_name(dl_part_kind k)
{
    static const char *const NAME[] = {
#define X(id, word) [DL_PART_##id] = word,
        DL_PART_KINDS(X)
#undef X
    };
    return k < DL_PART_N ? NAME[k] : "";
}

/* ---- lines ---- */

typedef struct { dl_span core; bool tight; } line;
typedef struct { line *v; uint32_t n; } lines;

static dl_span trimmed(dl_str text, uint32_t b, uint32_t e)
{
    while (b < e) { uint32_t k = b; if (!dl_cp_space(dl_utf8_next(text, &k)) || k > e) break; b = k; }
    while (e > b) { uint32_t k = e; if (!dl_cp_space(dl_utf8_prev(text, &k)) || k < b) break; e = k; }
    return (dl_span){ b, e };
}

static lines find_lines(dl_arena *scratch, dl_str text)
{
    uint32_t n = 1;
    for (uint32_t i = 0; i < text.n; i++) n += text.p[i] == '\n' || text.p[i] == '\r';
    lines l = { dl_new(scratch, line, n), 0 };
    bool blank = true;
    for (uint32_t b = 0, i = 0; i <= text.n; i++) {
        if (i < text.n && text.p[i] != '\n' && text.p[i] != '\r') continue;
        bool both = i + 1 < text.n && text.p[i] == '\r' && text.p[i + 1] == '\n';
        dl_span core = trimmed(text, b, i);
        if (core.e > core.b) { l.v[l.n++] = (line){ core, !blank }; blank = false; }
        else blank = true;
        if (both) i++;
        b = i + 1;
    }
    return l;
}

/* ---- is a line the continuation of the one before? ---- */

static uint32_t chars(dl_str s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

static uint32_t first_word(dl_str s)
{
    uint32_t i = 0;
    while (i < s.n && s.p[i] != ' ') i++;
    return chars(dl_cut(s, 0, i));
}

/* The last character that is no closing quotation mark or bracket. */
static uint32_t last_character(dl_str s)
{
    uint32_t i = s.n, cp = 0;
    while (i > 0) {
        cp = dl_utf8_prev(s, &i);
        bool closing = cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == 0x201D || cp == 0x2019 || cp == 0xBB;
        if (!closing) break;
    }
    return cp;
}

static bool is_stop(uint32_t cp)
{
    return cp == '.' || cp == '?' || cp == '!' || cp == ':' || cp == ';' || cp == ',' || cp == 0x2026 || cp == 0x3002 || cp == 0x61F || cp == 0x6D4 || cp == 0x964 || cp == 0x1362;
}

static bool full_line(dl_str a, dl_str b, uint32_t width) { return chars(a) + 1 + first_word(b) > width; }

/* The width somebody broke the lines at, 0 if the lines look whole: nearly every line that is followed by another in its block could not have taken that one's first word. */
static uint32_t line_width(dl_str text, const lines *l)
{
    uint32_t width = 0, inner = 0, full = 0;
    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t n = chars(dl_at(text, l->v[i].core));
        if (n > width) width = n;
    }
    if (width < 40 || width > 130) return 0;
    for (uint32_t i = 0; i + 1 < l->n; i++) {
        if (!l->v[i + 1].tight) continue;
        inner++;
        full += full_line(dl_at(text, l->v[i].core), dl_at(text, l->v[i + 1].core), width - width / 10);
    }
    return inner >= 4 && full * 10 >= inner * 8 ? width - width / 10 : 0;
}

static bool continues(dl_str text, const line *a, const line *b, uint32_t width)
{
    dl_str s = dl_at(text, a->core), t = dl_at(text, b->core);
    uint32_t k = 0, end = last_character(s), start = dl_utf8_next(t, &k);
    if (!b->tight || dl_eq(s, t)) return false;
    if (width && full_line(s, t, width)) return true;
    if (end == ',' || (!is_stop(end) && dl_cp_lower(start))) return true;
    uint32_t longer = chars(s) > chars(t) ? chars(s) : chars(t);
    return chars(s) >= 60 && chars(s) <= 130 && !is_stop(end) && is_stop(last_character(t)) && full_line(s, t, longer);
}

static void make_units(dl_page *p, const lines *l)
{
    dl_str text = p->art->text;
    uint32_t width = p->art->blocks.n ? 0 : line_width(text, l), block = 0;
    p->u = dl_new(p->scratch, dl_unit_line, l->n + 1);
    for (uint32_t i = 0; i < l->n; i++) {
        if (i && continues(text, &l->v[i - 1], &l->v[i], width)) { p->u[p->n - 1].core.e = l->v[i].core.e; continue; }
        p->u[p->n++] = (dl_unit_line){ .core = l->v[i].core, .tight = l->v[i].tight, .why = { "", 0 }, .kind = DL_PART_N };
    }
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t last = last_character(dl_at(text, p->u[i].core));
        p->u[i].stop = is_stop(last) && last != ',';
        while (block < p->art->blocks.n && p->art->blocks.v[block].at.b <= p->u[i].core.b) block++;
        p->u[i].block = block;
        dl_page_words(p, &p->u[i]);
    }
}

/* ---- titles, repeats, captions ---- */

typedef struct { uint64_t hash; uint32_t unit; } seen_slot;
typedef struct {
    seen_slot *slots; uint32_t mask;     /* units met, by hash */
    uint32_t title;                      /* unit, UINT32_MAX: none yet */
    uint64_t title_hash; uint32_t title_words;     /* of the title that was told beforehand; 0: none */
    uint32_t bodies;                     /* body units so far */
} judge;

/* The earlier unit with the same words, or `i` itself (which is then remembered). */
static uint32_t first_twin(const dl_page *p, judge *j, uint32_t i)
{
    uint64_t h = p->u[i].hash;
    uint32_t at = (uint32_t)dl_mix64(h) & j->mask;
    while (j->slots[at].unit && j->slots[at].hash != h) at = (at + 1) & j->mask;
    if (!j->slots[at].unit) j->slots[at] = (seen_slot){ h, i + 1 };
    return j->slots[at].unit - 1;
}

static void repeat(dl_unit_line *u, dl_str why) { u->kind = DL_PART_repeat; u->coded = false; u->why = why; }

/* The same words as the title, but for at most one in ten, and that one no number. */
static bool nearly(const dl_unit_line *a, const dl_unit_line *b)
{
    if (!a->w.whole || !b->w.whole || a->w.n < 5 || b->w.n < 5 || a->w.n > 40 || b->w.n > 40) return false;
    uint32_t missing = 0;
    for (int way = 0; way < 2; way++) {
        const dl_words *x = way ? &b->w : &a->w, *y = way ? &a->w : &b->w;
        for (uint32_t i = 0; i < x->n; i++) {
            dl_str word = dl_at(x->key, x->word[i]);
            bool found = false;
            for (uint32_t k = 0; k < y->n && !found; k++) found = dl_eq(word, dl_at(y->key, y->word[k]));
            if (!found && dl_digit((unsigned char)word.p[0])) return false;
            missing += !found;
        }
    }
    return missing * 10 <= (a->w.n > b->w.n ? a->w.n : b->w.n);
}

static bool judge_repeat(dl_page *p, judge *j, uint32_t i)
{
    dl_unit_line *u = &p->u[i];
    uint32_t twin = first_twin(p, j, i);
    if (twin != i && p->u[twin].kind == DL_PART_repeat) twin = i;
    bool told = u->nword >= 4 || twin == j->title || (twin != i && p->u[twin].kind == DL_PART_caption);
    if (twin != i && told && (p->u[twin].coded || p->u[twin].kind == DL_PART_caption)) {
        repeat(u, p->u[twin].kind == DL_PART_caption ? DL_STR("caption-repeat") : DL_STR("repeat"));
        return true;
    }
    if (j->title == UINT32_MAX || i > OPENING || !nearly(u, &p->u[j->title])) return false;
    repeat(u, DL_STR("repeat"));
    return true;
}

static bool title_shaped(const dl_page *p, const dl_unit_line *u, bool alone)
{
    uint32_t last = last_character(dl_at(p->art->text, u->core));
    bool open = !u->stop || ((last == '?' || last == '!') && !alone);
    return open && dl_len(u->core) <= TITLE_BYTES && u->nword <= TITLE_WORDS && u->letters >= 3;
}

static bool judge_title(dl_page *p, judge *j, uint32_t i)
{
    dl_unit_line *u = &p->u[i];
    bool told = j->title_hash && u->hash == j->title_hash;
    if (u->block || j->title != UINT32_MAX || j->bodies || (!told && !title_shaped(p, u, i + 1 == p->n))) return false;
    u->kind = DL_PART_title;
    j->title = i;
    return true;
}

/* A short line without final stop whose twin follows: pages print a picture's caption twice. */
static bool judge_caption(dl_page *p, const judge *j, uint32_t i)
{
    dl_unit_line *u = &p->u[i];
    bool follows = (i + 1 < p->n && p->u[i + 1].hash == u->hash) || (i + 2 < p->n && p->u[i + 2].hash == u->hash);
    if (j->bodies || u->stop || u->nword > CAPTION_WORDS || !follows) return false;
    u->kind = DL_PART_caption;
    return true;
}

/* ---- pages ---- */

static const dl_block *block_of(const dl_page *p, const dl_unit_line *u) { return u->block ? &p->art->blocks.v[u->block - 1] : NULL; }

/* The unit that is the page's title: an h1 with the words of the title that its data give, else another unit with them, else the last h1 before the story. */
static uint32_t find_title_unit(const dl_page *p, const judge *j)
{
    uint32_t told = UINT32_MAX, heading = UINT32_MAX;
    bool story = false;
    for (uint32_t i = 0; i < p->n; i++) {
        const dl_unit_line *u = &p->u[i];
        const dl_block *b = block_of(p, u);
        bool same = j->title_hash && u->hash == j->title_hash, h1 = b && b->heading == 1;
        if (same && (h1 || !b)) return i;             /* !b: the title before a page that lay in a JSON object */
        if (same && (told == UINT32_MAX || !story)) told = i;
        story |= b && b->story && !b->heading && u->nword >= 8;
        if (h1 && !story && u->nword >= 3) heading = i;
    }
    return told != UINT32_MAX ? told : heading;
}

/* What stands outside the story is named and not coded; it is no twin of anything. */
static bool judge_outside(const dl_page *p, const judge *j, dl_unit_line *u)
{
    if (!dl_page_outside(p, u)) return false;
    if (j->title != UINT32_MAX && u->hash == p->u[j->title].hash && u->nword > 2) { repeat(u, DL_STR("repeat")); return true; }
    const dl_node *node = &p->art->nodes.v[block_of(p, u)->node];
    u->coded = false;
    if (node->tag == DL_TAG_figcaption || p->art->nodes.v[node->parent].tag == DL_TAG_figcaption) { u->kind = DL_PART_caption; u->why = DL_STR("caption"); return true; }
    if (dl_page_noise(p, u)) return true;
    u->kind = DL_PART_furniture;
    u->why = DL_STR("outside-story");
    return true;
}

/* What reads like the report, but in a language that is not coded. */
static void leave_uncoded(const dl_page *p, dl_unit_line *u)
{
    if (p->codes || !u->coded || u->kind == DL_PART_other_language) return;
    u->coded = false;
    u->why = dl_fmt(p->doc, "language:%s", p->art->language);
}

/* A line that the report's site has in other stories too. */
static bool judge_site(const dl_page *p, dl_unit_line *u)
{
    if (!p->site.n || !u->hash || dl_len(u->core) >= DL_SITE_BYTES || !dl_sites_has(p->art->sites, p->site, u->hash)) return false;
    u->kind = DL_PART_furniture;
    u->coded = false;
    u->why = DL_STR("site");
    return true;
}

static void judge_unit(dl_page *p, judge *j, uint32_t i)
{
    dl_unit_line *u = &p->u[i];
    u->coded = true;
    if (i == j->title) { first_twin(p, j, i); u->kind = DL_PART_title; return; }
    if (judge_outside(p, j, u)) return;
    if (judge_repeat(p, j, i) || judge_site(p, u) || dl_page_noise(p, u) || dl_page_foreign(p, u) || dl_page_byline(p, u)) return;
    if (dl_page_clock(p, u)) { u->kind = DL_PART_furniture; u->coded = false; u->why = DL_STR("timestamp"); return; }
    if (judge_title(p, j, i) || judge_caption(p, j, i)) return;
    u->kind = DL_PART_body;
    j->bodies++;
}

/* ---- parts ---- */

static dl_part *add_part(dl_page *p, const dl_unit_line *u, dl_span core)
{
    dl_article *a = p->art;
    dl_part *part = dl_push(p->doc, &a->parts);
    bool foreign = u->kind == DL_PART_other_language;
    *part = (dl_part){ .core = core, .kind = u->kind, .coded = u->coded, .why = u->why };
    memcpy(part->language, foreign ? u->language : a->language, sizeof part->language);
    return part;
}

/* A body unit may begin with the report's dateline and end with a tail of credits. */
static void add_body(dl_page *p, const dl_unit_line *u, bool opening)
{
    dl_span core = u->core;
    uint32_t cut = opening && !p->art->dateline.found ? dl_page_dateline(p, u) : 0, tail = dl_page_tail(p, u);
    if (cut) {
        dl_part *d = add_part(p, u, (dl_span){ core.b, cut });
        d->kind = DL_PART_dateline;
        d->coded = false;
        d->why = DL_STR("dateline");
        core = trimmed(p->art->text, cut, core.e);
    }
    dl_span body = trimmed(p->art->text, core.b, tail > core.b ? tail : core.e);
    dl_part *b = add_part(p, u, body);
    if (cut) b->kind = DL_PART_lead;
    if (tail <= core.b || tail >= core.e) return;
    dl_part *t = add_part(p, u, (dl_span){ tail, core.e });
    t->kind = DL_PART_furniture;
    t->coded = false;
    t->why = DL_STR("furniture");
}

static void tile(dl_article *a)
{
    for (uint32_t i = 0; i < a->parts.n; i++) {
        a->parts.v[i].at.b = i ? a->parts.v[i].core.b : 0;
        if (i) a->parts.v[i - 1].at.e = a->parts.v[i].core.b;
    }
    if (a->parts.n) a->parts.v[a->parts.n - 1].at.e = a->text.n;
}

/* A text without a single word (white space that is not ASCII). */
static void empty_part(dl_arena *doc, dl_article *a)
{
    dl_part *p = dl_push(doc, &a->parts);
    *p = (dl_part){ .at = { 0, a->text.n }, .kind = DL_PART_empty, .why = DL_STR("empty") };
    memcpy(p->language, a->language, sizeof p->language);
}

static void open_judge(dl_page *p, judge *j)
{
    uint32_t size = 16;
    while (size < p->n * 2) size *= 2;
    j->slots = dl_new(p->scratch, seen_slot, size);
    j->mask = size - 1;
    j->title = UINT32_MAX;
    if (!p->art->title.p) return;
    dl_article told = { .text = p->art->title };
    dl_page other = *p;
    dl_unit_line u = { .core = { 0, told.text.n } };
    other.art = &told;
    dl_page_words(&other, &u);
    j->title_hash = u.hash;
}

void dl_article_parts(const dl_codebook *book, const dl_model *model, dl_arena *doc, dl_arena *scratch, dl_article *art)
{
    dl_marker mark = dl_mark(scratch);
    dl_page p = { .book = book, .doc = doc, .scratch = scratch, .art = art, .languages = dl_languages_of(model) };
    judge j = { 0 };
    if (art->text.n == 0) return;
    if (art->degraded) return;                          /* one part already: see dl_intake */
    bool chosen = false;                                /* by a trainer */
    for (uint32_t i = 0; i < art->blocks.n; i++) chosen |= art->blocks.v[i].story;
    if (art->blocks.n && !chosen) dl_story_choose(scratch, art);
    lines l = find_lines(scratch, art->text);
    make_units(&p, &l);
    dl_page_languages(&p);
    if (art->sites) p.site = dl_site_of(scratch, art->url, art->source);
    open_judge(&p, &j);
    if (art->blocks.n) j.title = find_title_unit(&p, &j);
    for (uint32_t i = 0; i < p.n; i++) judge_unit(&p, &j, i), leave_uncoded(&p, &p.u[i]);
    if (!p.codes) dl_article_warn(doc, art, "the report's language is not coded: %s", art->language);
    for (uint32_t i = 0, bodies = 0; i < p.n; i++) {
        if (p.u[i].kind == DL_PART_body) add_body(&p, &p.u[i], bodies++ < 3);
        else add_part(&p, &p.u[i], p.u[i].core);
    }
    tile(art);
    if (!art->parts.n) empty_part(doc, art);
    if (!art->title.p && j.title != UINT32_MAX) art->title = dl_at(art->text, p.u[j.title].core);
    dl_reset(scratch, mark);
}
