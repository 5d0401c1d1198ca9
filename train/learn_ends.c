/* learn_ends.c - sentence ends, learned from the treebanks' paragraphs: their text is put together again and cut by our own tokenizer. */
#include "train.h"
#include <stdlib.h>

#define ROUNDS 10
#define BUCKETS (1u << 12)
#define SCALE 4

typedef struct { dl_token *t; uint32_t n; uint8_t *open; bool *end; } paragraph;
typedef DL_VEC(paragraph) paragraphs;

/* A paragraph of gold sentences [b, e), as text; *ends gets the byte behind each sentence. */
static dl_str text_of(const corpus *c, uint32_t b, uint32_t e, dl_buf *buf, uint32_t *ends)
{
    dl_buf_clear(buf);
    for (uint32_t i = b; i < e; i++) {
        for (uint32_t k = 0; k < c->s.v[i].n; k++) {
            if (c->s.v[i].t[k].space_before && buf->n) dl_putc(buf, ' ');
            dl_put(buf, c->s.v[i].t[k].text);
        }
        ends[i - b] = (uint32_t)buf->n;
    }
    return dl_buf_str(buf);
}

static void add(corpus *c, paragraphs *p, dl_str text, const uint32_t *ends, uint32_t nend)
{
    dl_spans at = { 0 };
    dl_cut_tokens(c->a, text, (dl_span){ 0, text.n }, &at);
    if (at.n < 2) return;
    paragraph *x = dl_push(c->a, p);
    x->n = at.n;
    x->t = dl_new(c->a, dl_token, at.n);
    x->open = dl_new(c->a, uint8_t, at.n);
    x->end = dl_new(c->a, bool, at.n);
    uint32_t k = 0;
    for (uint32_t i = 0; i < at.n; i++) {
        dl_token_fill(c->a, text, at.v[i], i ? at.v[i - 1].e : 1, &x->t[i]);
        while (k < nend && ends[k] < at.v[i].e) k++;
        x->end[i] = k < nend && ends[k] == at.v[i].e;
    }
}

static dl_str in_capitals(corpus *c, dl_str s)
{
    dl_str r = dl_copy(c->a, s);
    char *p = (char *)(uintptr_t)r.p;
    for (uint32_t i = 0; i < r.n; i++) if (dl_lower((unsigned char)p[i])) p[i] = (char)(p[i] - 32);
    return r;
}

static void gather(corpus *c, paragraphs *p)
{
    dice d = { 41 };
    dl_buf buf;
    dl_buf_init(&buf, 0);
    uint32_t *ends = malloc((c->s.n + 1) * sizeof *ends);
    for (uint32_t b = 0, e; b < c->s.n && !c->s.v[b].copy; b = e) {
        for (e = b; e < c->s.n && !c->s.v[e].copy && c->s.v[e].paragraph == c->s.v[b].paragraph; ) e++;
        dl_str text = dl_copy(c->a, text_of(c, b, e, &buf, ends));
        add(c, p, text, ends, e - b);
        if (e - b > 1 && below(&d, 10) == 0) add(c, p, in_capitals(c, text), ends, e - b);
    }
    free(ends);
    dl_buf_free(&buf);
}

typedef struct { uint32_t right, found, gold; } tally;

static void learn_paragraph(row_learner *t, const paragraph *p, tally *y)
{
    uint64_t f[DL_END_FEATURES];
    dl_end_state s;
    dl_end_prepare(&s, p->t, p->n, p->open);
    for (uint32_t i = 0; i + 1 < p->n; i++) {
        bool ends = false;
        if (dl_end_candidate(&s, i)) {
            int32_t score[DL_ROWS_CLASSES] = { 0 };
            uint32_t n = dl_end_features(&s, i, f);
            rows_learn_score(t, f, n, score);
            ends = score[1] > score[0];
            if (ends != p->end[i]) rows_learn(t, f, n, p->end[i], ends);
            t->now++;
        }
        y->right += ends && p->end[i];
        y->found += ends;
        y->gold += p->end[i];
        if (p->end[i]) s.start = i + 1;
    }
}

void learn_ends(const corpus *corpus_, pack *p, dl_weights *w)
{
    corpus c = *corpus_;
    paragraphs v = { 0 };
    dice d = { 42 };
    row_learner t;
    gather(&c, &v);
    rows_open(&t);
    for (uint32_t r = 0; r < ROUNDS; r++) {
        tally y = { 0 };
        uint32_t *order = shuffled(v.n, &d);
        for (uint32_t i = 0; i < v.n; i++) learn_paragraph(&t, &v.v[order[i]], &y);
        fprintf(stderr, "ends, round %u: %u found, %u gold, %u right\n", r, y.found, y.gold, y.right);
        free(order);
    }
    table out = rows_table(&t, BUCKETS, SCALE, 2);
    pack_rows(p, (const char *const[]){ "end.bucket", "end.row", "end.dense" }, &out);
    w->ends = rows_of(&out);
    rows_close(&t);
}
