/* learn_tags.c - the dictionary of tags, and the tagger. */
#include "train.h"
#include <stdlib.h>

/* ---- dictionary ------------------------------------------------------------------------------------------------------------ */

#define OFTEN 3                                              /* words seen less often are unknown, so that unknown words are learned too */
#define TOLD_OFTEN 10                                        /* the same for words of plain text, whose tags teachers gave */
#define TOLD_SURE 200

typedef struct { uint16_t tag[3]; uint16_t sure, closed; } tagset;

static bool closed_class(uint8_t u) { return u == DL_DET || u == DL_PUNCT || u == DL_CCONJ || u == DL_PRON || u == DL_ADP || u == DL_PART || u == DL_AUX || u == DL_SCONJ; }

static int by_count(const void *a, const void *b)
{
    const row_item *x = a, *y = b;
    return x->w != y->w ? (x->w < y->w ? 1 : -1) : x->cls - y->cls;
}

/* told: only teachers say so. */
static tagset tagset_of(const corpus *c, row r, bool told, int32_t *total)
{
    tagset s = { { DL_NO_TAG, DL_NO_TAG, DL_NO_TAG }, DL_NO_TAG, 0 };
    qsort(r.v, r.n, sizeof *r.v, by_count);
    *total = 0;
    for (uint32_t i = 0; i < r.n; i++) *total += r.v[i].w;
    for (uint32_t i = 0; i < r.n && i < 3; i++) if (r.v[i].w * 10 >= *total) s.tag[i] = r.v[i].cls;
    for (uint32_t i = 0; i < r.n; i++) if (!dl_open_class(c->tags.v[r.v[i].cls].u) && r.v[i].w * 50 >= *total) s.closed = 1;    /* slips of annotators do not count */
    bool closed = closed_class(c->tags.v[r.v[0].cls].u);
    if (told ? *total >= TOLD_SURE && (int64_t)r.v[0].w * 1000 >= (int64_t)*total * 998 : closed ? *total >= 15 && (int64_t)r.v[0].w * 1000 >= (int64_t)*total * 997 : *total >= 100 && r.v[0].w == *total) s.sure = r.v[0].cls;
    return s;
}

static void count_words(row_learner *count, const golds *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        for (uint32_t k = 0; k < s->v[i].n && !s->v[i].copy; k++) rows_count(count, dl_f1(0, dl_word_hash(s->v[i].t[k].low)), s->v[i].cls[k], 1);
}

typedef struct { keyed *key; uint32_t n; tagset *set; uint32_t sets; } known;

/* Words of one count that are frequent enough and not in the other, better one. */
static void note_words(const corpus *c, const row_learner *count, const row_learner *better, known *y)
{
    y->key = realloc(y->key, (y->n + count->n + 1) * sizeof *y->key);
    for (size_t k = 0; k <= count->mask; k++) {
        int32_t total;
        if (!count->key[k]) continue;
        const row *own = better ? rows_find(better, count->key[k]) : NULL;
        int32_t before = 0;
        if (own) tagset_of(c, *own, false, &before);
        if (before >= OFTEN) continue;
        tagset s = tagset_of(c, count->rows[k], better != NULL, &total);
        if (total < (better ? TOLD_OFTEN : OFTEN)) continue;
        uint32_t id = 0;
        while (id < y->sets && memcmp(&y->set[id], &s, sizeof s) != 0) id++;
        if (id == y->sets) y->set[y->sets++] = s;
        y->key[y->n++] = (keyed){ count->key[k], (uint16_t)id, (uint32_t)total };
    }
}

void learn_dictionary(const corpus *c, pack *p, dl_weights *g)
{
    row_learner count, told;
    known y = { .set = malloc(0x10000 * sizeof *y.set) };
    rows_open(&count);
    rows_open(&told);
    count_words(&count, &c->s);
    count_words(&told, &c->silver);
    note_words(c, &count, NULL, &y);
    note_words(c, &told, &count, &y);
    rows_close(&count);
    rows_close(&told);
    keyed *key = y.key;
    tagset *set = y.set;
    uint32_t n = y.n, sets = y.sets, lost;
    uint32_t buckets;
    uint64_t *b = keyed_table(key, n, &buckets, &lost);
    uint16_t *sure = malloc((sets + 1) * sizeof *sure);
    uint8_t *closed = malloc(sets + 1);
    for (uint32_t i = 0; i < sets; i++) { sure[i] = set[i].sure; closed[i] = (uint8_t)set[i].closed; }
    uint8_t *u = malloc(c->tags.n + 1), *x = malloc(c->tags.n + 1);
    for (uint32_t i = 0; i < c->tags.n; i++) { u[i] = c->tags.v[i].u; x[i] = c->tags.v[i].x; }
    fprintf(stderr, "dictionary: %u words, %u sets of tags, %u lost\n", n, sets, lost);
    pack_add(p, "dict.bucket", DL_T_U64, b, buckets);
    pack_add(p, "dict.sure", DL_T_U16, sure, sets);
    pack_add(p, "dict.closed", DL_T_U8, closed, sets);
    pack_add(p, "tag.upos", DL_T_U8, u, c->tags.n);
    pack_add(p, "tag.xpos", DL_T_U8, x, c->tags.n);
    g->dict = b;
    g->dict_sure = sure;
    g->dict_closed = closed;
    g->ndict = sets;
    for (g->dict_shift = 64; (1u << (64 - g->dict_shift)) < buckets; ) g->dict_shift--;
    g->ntag = c->tags.n;
    g->nopen = 0;
    while (g->nopen < g->ntag && dl_open_class(u[g->nopen])) g->nopen++;
    g->tag_upos = u;
    g->tag_xpos = x;
    free(key);
    free(set);
}

/* ---- tagger ---------------------------------------------------------------------------------------------------------------- */

#define FOLDS 5
#define FIRST 3
#define BUCKETS (1u << 17)
#define SCALE 5
#define SLICES 8

static uint32_t fold_of(const corpus *c, const gold *s)
{
    bool own = s >= c->s.v && s < c->s.v + c->s.n && !s->copy;
    return own ? (uint32_t)(s - c->s.v) / 16 % FOLDS : FOLDS;
}

static uint16_t best(const int32_t *score, uint32_t n)
{
    uint16_t b = 0;
    for (uint16_t k = 1; k < n; k++) if (score[k] > score[b]) b = k;
    return b;
}

/* A tagger's way through a sentence: from its end, or from its start with the tags that another one gave from its end. */
typedef enum { ON, BACK, HINTED } way;

static uint32_t hinted_features(const dl_word *w, const uint16_t *hint, uint64_t *f)
{
    uint64_t *end = f + dl_tag_features(w, f);
    uint32_t t1 = w[-1].tag, h0 = dl_atom(0x30000 + hint[0]), h1 = dl_atom(0x30000 + hint[1]), h2 = dl_atom(0x30000 + hint[2]);
    *end++ = dl_f1(60, h0);
    *end++ = dl_f1(61, h1);
    *end++ = dl_f2(62, h1, h2);
    *end++ = dl_f2(63, w->lex, h1);
    *end++ = dl_f2(64, t1, h1);
    *end++ = dl_f3(65, t1, w->lex, h1);
    *end++ = dl_f3(66, t1, h1, h2);
    *end++ = dl_f2(67, w->suf3, h1);
    *end++ = dl_f3(68, w[-2].tag, t1, h1);
    *end++ = dl_f2(69, t1, h0);
    return (uint32_t)(end - f);
}

static uint32_t learn_sentence(row_learner *t, const dl_weights *g, const gold *s, way how)
{
    static dl_word room[DL_SENT_MAX + 2 * DL_PAD];
    uint64_t f[DL_TAG_FEATURES];
    uint32_t wrong = 0;
    dl_word *w = s->w;
    if (how == BACK) turn_words(s->w, s->n, w = room + DL_PAD);
    for (uint32_t i = 0; i < s->n; i++) {
        uint16_t cls = w[i].sure, right = s->cls[how == BACK ? s->n - 1 - i : i];
        if (cls == DL_NO_TAG) {
            int32_t score[DL_ROWS_CLASSES] = { 0 };
            uint32_t n = how == HINTED ? hinted_features(&w[i], &s->hint[i], f) : dl_tag_features(&w[i], f);
            rows_learn_score(t, f, n, score);
            uint32_t among = w[i].closed ? g->ntag : g->nopen;
            cls = best(score, among);
            if (cls != right && right < among) rows_learn(t, f, n, right, cls);
            t->now++;
        }
        wrong += cls != right;
        dl_word_tag(g, &w[i], cls);
    }
    return wrong;
}

/* Learns from all sentences but those of one fold (leave: number of it, or none). */
static void learn(const corpus *c, const dl_weights *g, row_learner *t, way how, uint32_t leave, uint32_t rounds, uint64_t seed)
{
    dice d = { seed };
    rows_open(t);
    for (uint32_t r = 0; r < rounds; r++) {
        if (r == FIRST) rows_select(t, BUCKETS, SCALE);
        uint32_t n, wrong = 0;
        const gold **order = lesson(c, r, 1, SLICES, &d, &n);
        for (uint32_t i = 0; i < n; i++)
            if (fold_of(c, order[i]) != leave) wrong += learn_sentence(t, g, order[i], how);
        fprintf(stderr, "tags, without fold %u, round %u: %u wrong\n", leave, r, wrong);
        free(order);
    }
}

static uint32_t tag_all(corpus *c, const dl_weights *g, uint32_t fold, uint32_t *words)
{
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < c->s.n; i++) {
        gold *s = &c->s.v[i];
        if (fold_of(c, s) != fold) continue;
        dl_tag(g, s->w, s->n);
        *words += s->n;
        for (uint32_t k = 0; k < s->n; k++) wrong += s->w[k].cls != s->cls[k];
    }
    return wrong;
}

void learn_tags(corpus *c, pack *p, dl_weights *g)
{
    row_learner t;
    learn(c, g, &t, ON, FOLDS + 1, 10, 11);
    table *final = malloc(sizeof *final);
    *final = rows_table(&t, BUCKETS, SCALE, g->ntag);
    rows_close(&t);
    pack_rows(p, (const char *const[]){ "tag.bucket", "tag.row", "tag.dense" }, final);
    uint32_t words = 0;
    g->tags = rows_of(final);
    for (uint32_t i = 0; i < c->silver.n; i++) dl_tag(g, c->silver.v[i].w, c->silver.v[i].n);
    tag_all(c, g, FOLDS, &words);                            /* rewritten copies take the final tagger's tags, replaced below where a fold's are better */
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        learn(c, g, &t, ON, fold, 7, 12 + fold);
        table part = rows_table(&t, BUCKETS, SCALE, g->ntag);
        g->tags = rows_of(&part);
        words = 0;
        uint32_t wrong = tag_all(c, g, fold, &words);
        fprintf(stderr, "tags, fold %u: %u of %u wrong\n", fold, wrong, words);
        table_free(&part);
        rows_close(&t);
    }
    g->tags = rows_of(final);
}

/* ---- a better tagger, for teachers ----------------------------------------------------------------------------------------- */

static void hint(const dl_weights *g, const dl_word *w, uint32_t n, uint16_t *out)
{
    static dl_word room[DL_SENT_MAX + 2 * DL_PAD];
    turn_words(w, n, room + DL_PAD);
    dl_tag(g, room + DL_PAD, n);
    for (uint32_t i = 0; i < n; i++) out[i] = room[DL_PAD + n - 1 - i].cls;
    out[n] = out[n + 1] = DL_NO_TAG;
}

static void hint_fold(const corpus *c, const dl_weights *g, uint32_t fold)
{
    for (uint32_t i = 0; i < c->s.n; i++) if (fold_of(c, &c->s.v[i]) == fold) hint(g, c->s.v[i].w, c->s.v[i].n, c->s.v[i].hint);
}

void learn_tag_teachers(corpus *c, const dl_weights *weights, tag_teachers *out)
{
    dl_weights g = *weights;
    row_learner t;
    table back, on;
    for (uint32_t i = 0; i < c->s.n; i++) c->s.v[i].hint = dl_new(c->a, uint16_t, c->s.v[i].n + 2);
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        learn(c, &g, &t, BACK, fold, 7, 72 + fold);
        back = rows_table(&t, BUCKETS, SCALE, g.ntag);
        g.tags = rows_of(&back);
        hint_fold(c, &g, fold);
        table_free(&back);
        rows_close(&t);
    }
    learn(c, &g, &t, BACK, FOLDS + 1, 10, 71);
    back = rows_table(&t, BUCKETS, SCALE, g.ntag);
    out->back = g.tags = rows_of(&back);
    rows_close(&t);
    hint_fold(c, &g, FOLDS);
    learn(c, &g, &t, HINTED, FOLDS + 1, 10, 70);
    on = rows_table(&t, 2 * BUCKETS, SCALE, g.ntag);
    out->on = rows_of(&on);
    rows_close(&t);
}

void tag_by_teachers(const tag_teachers *t, const dl_weights *weights, dl_word *w, uint32_t n)
{
    dl_weights g = *weights;
    uint16_t hints[DL_SENT_MAX + 2];
    uint64_t f[DL_TAG_FEATURES];
    g.tags = t->back;
    hint(&g, w, n, hints);
    for (uint32_t i = 0; i < n; i++) {
        uint16_t cls = w[i].sure;
        if (cls == DL_NO_TAG) {
            int16_t score[DL_ROWS_CLASSES] = { 0 };
            dl_rows_score(&t->on, f, hinted_features(&w[i], &hints[i], f), score);
            cls = (uint16_t)dl_rows_best(score, 0, w[i].closed ? g.ntag : g.nopen);
        }
        dl_word_tag(&g, &w[i], cls);
    }
}
