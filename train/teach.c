/* teach.c - uptraining (Petrov, Chang, Ringgaard & Alshawi 2010): slow parsers that are right more often than the one that ships, because
 * they err in different places and vote, read plain news text; what they agree on is learned from as if it were a treebank. So the shipped
 * parser learns the words and turns of news, of which the treebanks hold little. */
#include "train.h"
#include <stdlib.h>

#define GRAPH_ROUNDS 5
#define BEAM_ROUNDS 10
#define SHORTEST 4
#define LONGEST 70
#define AGREED 850                                           /* of a thousand votes for the tree's arcs */

typedef struct {
    tag_teachers   tags;
    graph_learner *graph;
    beam_learner  *on, *back;                                /* from left to right, and from right to left */
} teachers;

void turn_words(const dl_word *from, uint32_t n, dl_word *to)
{
    for (uint32_t i = 0; i < n + 2 * DL_PAD; i++) to[(int64_t)i - DL_PAD] = from[(int64_t)n + DL_PAD - 1 - i];
}

static void turn_heads(const uint16_t *from, uint32_t n, uint16_t *to)
{
    for (uint32_t i = 1; i <= n; i++) to[i] = (uint16_t)(from[n + 1 - i] > n ? n + 1 : n + 1 - from[n + 1 - i]);
}

static void learn_graph(graph_learner *l, const corpus *c)
{
    dice d = { 51 };
    for (uint32_t r = 0; r < GRAPH_ROUNDS; r++) {
        uint32_t *order = shuffled(c->s.n, &d), right = 0;
        for (uint32_t i = 0; i < c->s.n; i++) {
            const gold *s = &c->s.v[order[i]];
            if (s->n <= GRAPH_MOST) right += graph_learn(l, s->w, s->n, s->head);
        }
        fprintf(stderr, "graph teacher, round %u: %u heads right\n", r, right);
        free(order);
    }
    graph_average(l);
}

static void learn_beam(beam_learner *l, const corpus *c, bool back, uint64_t seed)
{
    dice d = { seed };
    dl_word *room = malloc((DL_SENT_MAX + 2 * DL_PAD) * sizeof *room), *w = room + DL_PAD;
    uint16_t head[DL_SENT_MAX + 2];
    uint8_t moves[2 * DL_SENT_MAX + 4];
    for (uint32_t r = 0; r < BEAM_ROUNDS; r++) {
        uint32_t *order = shuffled(c->s.n, &d), right = 0;
        for (uint32_t i = 0; i < c->s.n; i++) {
            gold s = c->s.v[order[i]];
            if (back) {
                turn_words(s.w, s.n, w);
                turn_heads(s.head, s.n, head);
                s.w = w;
                s.head = head;
            }
            right_moves(&s, moves);
            right += beam_learn(l, s.w, s.n, moves);
        }
        fprintf(stderr, "beam teacher %s, round %u: %u trees right\n", back ? "back" : "on", r, right);
        free(order);
    }
    beam_average(l);
    free(room);
}

/* Returns how many votes of a thousand the tree's arcs have. */
static uint32_t parse_together(const teachers *t, const dl_word *w, uint32_t n, uint16_t *head)
{
    static dl_word room[LONGEST + 2 * DL_PAD];
    static const uint32_t weight[3] = { 1, 1, 1 };
    uint16_t one[3][LONGEST + 2], turned[LONGEST + 2];
    const uint16_t *trees[3] = { one[0], one[1], one[2] };
    graph_parse(t->graph, w, n, one[0]);
    beam_parse(t->on, w, n, one[1]);
    turn_words(w, n, room + DL_PAD);
    beam_parse(t->back, room + DL_PAD, n, turned);
    turn_heads(turned, n, one[2]);
    return vote(n, trees, weight, 3, head) * 1000 / (3 * n);
}

static void mark_first(dl_token *t, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        t[i].sentence_first = 1;
        unsigned char x = (unsigned char)t[i].text.p[0];
        if (dl_alpha(x) || dl_digit(x) || (x >= 0x80 && t[i].text.n > 3)) return;
    }
}

typedef struct { uint64_t words, kept; } tally;

static void take_sentence(corpus *c, const dl_weights *g, const teachers *teach, dl_token *t, uint32_t n, tally *y)
{
    static dl_word room[LONGEST + 2 * DL_PAD];
    static dl_label_state labels;
    uint16_t head[LONGEST + 2];
    dl_word *w = room + DL_PAD;
    mark_first(t, n);
    dl_words_fill(g, t, n, w);
    tag_by_teachers(&teach->tags, g, w, n);
    y->words += n;
    if (parse_together(teach, w, n, head) < AGREED) return;
    dl_label_start(&labels, w, n, head);
    dl_label(g, &labels);
    y->kept += n;
    gold *s = dl_push(c->a, &c->silver);
    *s = (gold){ .n = n, .t = dl_new(c->a, dl_token, n), .cls = dl_new(c->a, uint16_t, n), .head = dl_new(c->a, uint16_t, n + 2), .rel = dl_new(c->a, uint8_t, n + 2) };
    memcpy(s->head + 1, head + 1, n * sizeof *head);
    memcpy(s->rel + 1, labels.rel + 1, n);
    for (uint32_t i = 0; i < n; i++) {
        s->cls[i] = w[i].cls;
        s->t[i] = t[i];
        s->t[i].text = dl_copy(c->a, t[i].text);
        s->t[i].low = dl_copy(c->a, t[i].low);
    }
}

static bool read_text(corpus *c, const dl_weights *g, const teachers *teach, dl_arena *a, const char *path, size_t most)
{
    size_t n;
    char *v = slurp(path, &n);
    if (!v) { fprintf(stderr, "can't read '%s'\n", path); return false; }
    dl_str all = { v, (uint32_t)(n < most ? n : most) };
    dl_marker mark = dl_mark(a);
    tally y = { 0 };
    for (uint32_t b = 0; b < all.n; dl_reset(a, mark)) {
        int64_t nl = dl_find(all, DL_STR("\n"), b);
        dl_span line = { b, nl < 0 ? all.n : (uint32_t)nl };
        dl_spans at = { 0 };
        b = line.e + 1;
        dl_cut_tokens(a, all, line, &at);
        if (at.n < SHORTEST) continue;
        dl_token *t = dl_new(a, dl_token, at.n);
        for (uint32_t i = 0; i < at.n; i++) dl_token_fill(a, all, at.v[i], i ? at.v[i - 1].e : line.b + 1, &t[i]);
        uint32_t *end = dl_new(a, uint32_t, at.n), k = dl_cut_sentences(g, t, at.n, dl_new(a, uint8_t, at.n), end);
        for (uint32_t i = 0, from = 0; i < k; from = end[i++])
            if (end[i] - from >= SHORTEST && end[i] - from <= LONGEST) take_sentence(c, g, teach, t + from, end[i] - from, &y);
    }
    free(v);
    fprintf(stderr, "%s: %llu words read, %llu kept\n", path, (unsigned long long)y.words, (unsigned long long)y.kept);
    return true;
}

bool teach(corpus *c, const dl_weights *g, const char *data)
{
    static const struct { const char *name; size_t most; } texts[] = { { "current_events", SIZE_MAX }, { "wikinews", SIZE_MAX }, { NULL, 0 } };
    teachers t = { .graph = graph_open(), .on = beam_open(), .back = beam_open() };
    dl_pool *pool = dl_pool_open((size_t)1 << 30);
    dl_arena a;
    bool ok = pool && dl_arena_open(&a, pool);
    learn_tag_teachers(c, g, &t.tags);
    learn_graph(t.graph, c);
    learn_beam(t.on, c, false, 52);
    learn_beam(t.back, c, true, 53);
    for (uint32_t i = 0; ok && texts[i].name; i++) {
        char path[4200];
        snprintf(path, sizeof path, "%s/language/text/%s.txt.xz", data, texts[i].name);
        ok = read_text(c, g, &t, &a, path, texts[i].most);
    }
    if (pool) { dl_arena_close(&a); dl_pool_close(pool); }
    graph_close(t.graph);
    beam_close(t.on);
    beam_close(t.back);
    return ok;
}
