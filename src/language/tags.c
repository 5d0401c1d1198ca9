/* tags.c - the tagger: greedy from left to right, a linear model over hashed features (Collins 2002), tags of UPOS and XPOS joined.
 * Words that always have the same tag take it from the dictionary; so the model runs for about half of running text. */
#include "language/words.h"

uint32_t dl_tag_features(const dl_word *w, uint64_t *f)
{
    const uint64_t *start = f;
    uint32_t t1 = w[-1].tag, t2 = w[-2].tag;
    *f++ = dl_f1(0, w->lex);
    *f++ = dl_f1(1, w[-1].lex);
    *f++ = dl_f1(2, w[1].lex);
    *f++ = dl_f1(3, w[-2].lex);
    *f++ = dl_f1(4, w[2].lex);
    *f++ = dl_f2(5, w[-1].lex, w->lex);
    *f++ = dl_f2(6, w->lex, w[1].lex);
    *f++ = dl_f1(7, t1);
    *f++ = dl_f2(8, t1, t2);
    *f++ = dl_f2(9, t1, w->lex);
    *f++ = dl_f2(10, t1, w[1].lex);
    *f++ = dl_f1(11, w->suf1);
    *f++ = dl_f1(12, w->suf2);
    *f++ = dl_f1(13, w->suf3);
    *f++ = dl_f1(14, w->suf4);
    *f++ = dl_f1(15, w->pre1);
    *f++ = dl_f1(16, w->pre2);
    *f++ = dl_f1(17, w->pre3);
    *f++ = dl_f1(18, w->shape);
    *f++ = dl_f2(19, w->shape, w->suf3);
    *f++ = dl_f2(20, w->shape, t1);
    *f++ = dl_f1(21, w->dict);
    *f++ = dl_f2(22, w->dict, w[1].dict);
    *f++ = dl_f3(23, t1, w->dict, w[1].dict);
    *f++ = dl_f2(24, t1, w[1].dict);
    *f++ = dl_f3(25, w->dict, w[1].dict, w[2].dict);
    *f++ = dl_f3(26, t2, t1, w->dict);
    *f++ = dl_f2(27, w[-1].suf3, w->suf2);
    *f++ = dl_f1(28, w[1].suf3);
    *f++ = dl_f3(29, w[-1].shape, w->shape, w[1].shape);
    *f++ = dl_f2(30, w[-1].lex, w[1].lex);
    *f++ = dl_f2(31, t1, w->suf3);
    *f++ = dl_f2(32, w->lex, w->shape);
    *f++ = dl_f2(33, w->suf2, w[1].suf2);
    *f++ = dl_f3(34, t1, w->suf2, w[1].dict);
    *f++ = dl_f2(35, t2, w->lex);
    *f++ = dl_f3(36, w->lex, w[1].dict, w[2].dict);
    return (uint32_t)(f - start);
}

static uint16_t best_tag(const dl_weights *g, const dl_word *w)
{
    uint64_t f[DL_TAG_FEATURES];
    int16_t score[DL_ROWS_CLASSES] = { 0 };
    dl_rows_score(&g->tags, f, dl_tag_features(w, f), score);
    return (uint16_t)dl_rows_best(score, 0, w->closed ? g->ntag : g->nopen);
}

void dl_tag(const dl_weights *g, dl_word *w, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) dl_word_tag(g, &w[i], w[i].sure != DL_NO_TAG ? w[i].sure : best_tag(g, &w[i]));
}
