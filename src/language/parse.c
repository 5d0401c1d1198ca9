/* parse.c - the parser: arc-hybrid transitions (Kuhlmann, Gomez-Rodriguez & Satta 2011) chosen greedily by a linear model that was
 * trained with a dynamic oracle (Goldberg & Nivre 2013). Three actions only; relations are named afterwards (relations.c), which is
 * ten times cheaper than actions with relations.
 *
 *   SHIFT    the next word of the buffer goes onto the stack
 *   LEFT     the top of the stack becomes a child of the next word, and is popped
 *   RIGHT    the top of the stack becomes a child of the word under it, and is popped
 *
 * The root stands behind the last word (Ballesteros & Nivre 2013); it takes one child only, so every tree has one root.
 */
#include "language/words.h"

void dl_parse_start(dl_parse_state *s, const dl_word *first, uint32_t n)
{
    s->w = first - 1;
    s->n = n;
    s->b = 1;
    s->top = 0;
    memset(s->stack, 0, 3 * sizeof *s->stack);
    memset(s->head, 0, (n + 4) * sizeof *s->head);
    memset(s->kid, 0, (n + 4) * sizeof *s->kid);
    s->commas[0] = s->verbs[0] = s->ands[0] = 0;
    for (uint32_t i = 1; i <= n + 3; i++) {
        const dl_word *w = &s->w[i];
        bool in = i <= n;
        s->commas[i] = (uint16_t)(s->commas[i - 1] + (in && w->comma));
        s->verbs[i] = (uint16_t)(s->verbs[i - 1] + (in && w->verb));
        s->ands[i] = (uint16_t)(s->ands[i - 1] + (in && w->and_));
    }
}

bool dl_parse_done(const dl_parse_state *s) { return s->top == 0 && s->b > s->n; }

unsigned dl_parse_legal(const dl_parse_state *s)
{
    unsigned legal = 0;
    if (s->b <= s->n) legal |= 1u << DL_SHIFT;
    if (s->top >= 1 && (s->b <= s->n || s->top == 1)) legal |= 1u << DL_LEFT;
    if (s->top >= 2) legal |= 1u << DL_RIGHT;
    return legal;
}

static void attach(dl_parse_state *s, uint32_t head, uint32_t child)
{
    s->head[child] = (uint16_t)head;
    if (child < head) {
        s->kid[head].l2 = s->kid[head].l1;
        s->kid[head].l1 = (uint16_t)child;
        s->kid[head].nl++;
    } else {
        s->kid[head].r2 = s->kid[head].r1;
        s->kid[head].r1 = (uint16_t)child;
        s->kid[head].nr++;
    }
}

void dl_parse_do(dl_parse_state *s, dl_action a)
{
    uint16_t *top = &s->stack[s->top + 2];
    if (a == DL_SHIFT) { top[1] = (uint16_t)s->b++; s->top++; return; }
    attach(s, a == DL_LEFT ? s->b : top[-1], top[0]);
    s->top--;
}

static uint32_t near(uint32_t d) { return d < 5 ? d : d < 8 ? 5 : d < 13 ? 6 : 7; }
static uint32_t few(uint32_t n) { return n < 3 ? n : 3; }

/* What lies between two words, in five small numbers. */
static uint32_t between(const dl_parse_state *s, uint32_t a, uint32_t b)
{
    if (!a || b <= a + 1) return 0;
    return 1 + few((uint32_t)(s->commas[b - 1] - s->commas[a])) + 4 * few((uint32_t)(s->verbs[b - 1] - s->verbs[a])) + 16 * (s->ands[b - 1] != s->ands[a]);
}

uint32_t dl_parse_features(const dl_parse_state *s, uint64_t *f)
{
    const uint64_t *start = f;
    const dl_word *w = s->w;
    const uint16_t *top = &s->stack[s->top + 2];
    uint32_t i0 = top[0], i1 = top[-1], i2 = top[-2], j0 = s->b;
    uint32_t s0 = w[i0].lex, s1 = w[i1].lex, b0 = w[j0].lex, b1 = w[j0 + 1].lex, b2 = w[j0 + 2].lex;
    uint32_t ts0 = w[i0].tag, ts1 = w[i1].tag, ts2 = w[i2].tag, tb0 = w[j0].tag, tb1 = w[j0 + 1].tag, tb2 = w[j0 + 2].tag, tb_ = w[(int32_t)j0 - 1].tag;
    uint32_t l0 = s->kid[i0].l1, r0 = s->kid[i0].r1, r1 = s->kid[i1].r1, l1 = s->kid[i1].l1, lb = s->kid[j0].l1;
    uint32_t tl0 = w[l0].tag, tr0 = w[r0].tag, tr1 = w[r1].tag, tl1 = w[l1].tag, tlb = w[lb].tag;
    uint32_t tl02 = w[s->kid[i0].l2].tag, tr02 = w[s->kid[i0].r2].tag, tlb2 = w[s->kid[j0].l2].tag, tr12 = w[s->kid[i1].r2].tag;
    uint32_t d01 = i0 ? near(j0 - i0) : 8, d12 = i1 ? near(i0 - i1) : 8;
    uint32_t m01 = between(s, i0, j0), m12 = between(s, i1, i0);
    uint32_t v0 = few(s->kid[i0].nl) * 4 + few(s->kid[i0].nr), v1 = few(s->kid[i1].nl) * 4 + few(s->kid[i1].nr), vb = few(s->kid[j0].nl);
    /* single words */
    *f++ = dl_f1(0, s0);          *f++ = dl_f1(1, ts0);          *f++ = dl_f2(2, s0, ts0);
    *f++ = dl_f1(3, s1);          *f++ = dl_f1(4, ts1);          *f++ = dl_f2(5, s1, ts1);
    *f++ = dl_f1(6, b0);          *f++ = dl_f1(7, tb0);          *f++ = dl_f2(8, b0, tb0);
    *f++ = dl_f2(9, b1, tb1);     *f++ = dl_f1(10, tb1);         *f++ = dl_f2(11, b2, tb2);
    *f++ = dl_f1(12, tb2);        *f++ = dl_f2(13, w[i2].lex, ts2);
    /* pairs */
    *f++ = dl_f4(14, s0, ts0, b0, tb0);   *f++ = dl_f3(15, s0, ts0, tb0);   *f++ = dl_f3(16, ts0, b0, tb0);   *f++ = dl_f2(17, s0, b0);
    *f++ = dl_f2(18, ts0, tb0);           *f++ = dl_f2(19, tb0, tb1);       *f++ = dl_f3(20, s1, ts1, ts0);   *f++ = dl_f3(21, ts1, s0, ts0);
    *f++ = dl_f2(22, s1, s0);             *f++ = dl_f2(23, ts1, ts0);       *f++ = dl_f2(24, ts1, tb0);       *f++ = dl_f2(25, s1, b0);
    *f++ = dl_f3(26, ts0, b1, tb1);       *f++ = dl_f3(27, s0, ts0, tb1);   *f++ = dl_f2(28, tb_, tb0);
    /* triples of tags and more */
    *f++ = dl_f3(29, tb0, tb1, tb2);      *f++ = dl_f3(30, ts0, tb0, tb1);  *f++ = dl_f3(31, ts1, ts0, tb0);  *f++ = dl_f3(32, ts2, ts1, ts0);
    *f++ = dl_f4(33, ts1, ts0, tb0, tb1); *f++ = dl_f4(34, ts0, tb0, tb1, tb2);
    *f++ = dl_f3(35, s0, tb0, tb1);       *f++ = dl_f3(36, ts0, b0, tb1);   *f++ = dl_f3(37, s1, ts0, tb0);   *f++ = dl_f3(38, ts1, s0, tb0);
    *f++ = dl_f3(39, ts1, ts0, b0);
    /* children */
    *f++ = dl_f3(40, ts0, tl0, tb0);      *f++ = dl_f3(41, ts0, tr0, tb0);  *f++ = dl_f3(42, ts0, tb0, tlb);  *f++ = dl_f3(43, ts1, tr1, ts0);
    *f++ = dl_f3(44, ts1, ts0, tl0);      *f++ = dl_f3(45, ts1, ts0, tr0);  *f++ = dl_f3(46, ts1, tl1, ts0);
    *f++ = dl_f3(47, ts0, tl0, tl02);     *f++ = dl_f3(48, ts0, tr0, tr02); *f++ = dl_f3(49, tb0, tlb, tlb2); *f++ = dl_f3(50, ts1, tr1, tr12);
    *f++ = dl_f2(51, ts0, w[l0].lex);     *f++ = dl_f2(52, ts0, w[r0].lex); *f++ = dl_f2(53, tb0, w[lb].lex); *f++ = dl_f2(54, ts1, w[r1].lex);
    *f++ = dl_f4(55, ts0, tr0, tb0, tlb); *f++ = dl_f3(56, s0, w[l0].lex, tb0);   *f++ = dl_f3(57, s1, ts0, w[l0].lex);
    *f++ = dl_f3(58, w[r0].lex, ts0, b0); *f++ = dl_f4(59, ts1, ts0, tr0, tb0);
    /* distance, what lies between, how many children */
    *f++ = dl_f2(60, s0, d01);            *f++ = dl_f2(61, ts0, d01);       *f++ = dl_f2(62, b0, d01);        *f++ = dl_f2(63, tb0, d01);
    *f++ = dl_f3(64, ts0, tb0, d01);      *f++ = dl_f3(65, ts1, ts0, d12);  *f++ = dl_f2(66, s1, d12);        *f++ = dl_f2(67, s0, d12);
    *f++ = dl_f2(68, s0, v0);             *f++ = dl_f2(69, ts0, v0);        *f++ = dl_f2(70, s1, v1);         *f++ = dl_f2(71, ts1, v1);
    *f++ = dl_f2(72, b0, vb);             *f++ = dl_f2(73, tb0, vb);        *f++ = dl_f3(74, ts0, tb0, v0);   *f++ = dl_f4(75, ts1, ts0, v1, v0);
    *f++ = dl_f3(76, ts0, tb0, m01);      *f++ = dl_f3(77, ts1, ts0, m12);  *f++ = dl_f2(78, s0, m01);        *f++ = dl_f4(79, ts1, ts0, tb0, m12);
    return (uint32_t)(f - start);
}

uint64_t dl_parse_key(const dl_parse_state *s)
{
    const uint16_t *top = &s->stack[s->top + 2];
    return dl_f4(0, s->w[top[-1]].tag, s->w[top[0]].tag, s->w[s->b].tag, s->w[s->b + 1].tag);
}

dl_action dl_parse_plain(const dl_weights *g, const dl_parse_state *s, unsigned legal)
{
    if (!g->parse_sure) return DL_ASK;
    uint64_t f = dl_parse_key(s);
    uint32_t a = dl_pick16(g->parse_sure[dl_bucket(f, g->parse_sure_shift)], dl_mark16(f));
    return a < DL_ASK && legal >> a & 1 ? (dl_action)a : DL_ASK;
}

static dl_action best_action(const int32_t score[3], unsigned legal)
{
    int best = -1;
    for (int a = 0; a < 3; a++) if (legal >> a & 1 && (best < 0 || score[a] > score[best])) best = a;
    return (dl_action)best;
}

void dl_parse(const dl_weights *g, const dl_word *w, uint32_t n, dl_parse_state *s)
{
    uint64_t f[DL_PARSE_FEATURES];
    dl_parse_start(s, w, n);
    while (!dl_parse_done(s)) {
        unsigned legal = dl_parse_legal(s);
        int32_t score[3] = { 0 };
        dl_action a = legal & (legal - 1) ? dl_parse_plain(g, s, legal) : DL_ASK;      /* with one legal action there is no choice */
        if (a == DL_ASK && legal & (legal - 1)) dl_trio_score(&g->parse, f, dl_parse_features(s, f), score);
        dl_parse_do(s, a == DL_ASK ? best_action(score, legal) : a);
    }
}
