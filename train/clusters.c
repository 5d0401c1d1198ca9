/* clusters.c - classes of words that stand in like company, from plain text: vectors by skip-gram with negative samples (Mikolov et al. 2013), then k-means over them, and again over
 * the centres, so that coarser classes are made of finer ones. Tensors `cluster.*`: word -> finest class, finest -> middle, coarse.
 *
 * Floats, but only + - * / and square roots, each lane of a vector in a fixed order: the same bits with any compiler.
 */
#include "train.h"
#include "base/utf8.h"
#include <math.h>
#include <stdlib.h>

enum { DIM = 64, LANES = 8, WINDOW = 2, NEGATIVE = 5, OFTEN = 10, FINE = 1024, MID = 256, COARSE = 64, NOISE = 1 << 22, EPOCHS = 2, TURNS = 12 };
typedef float lanes __attribute__((vector_size(sizeof(float) * LANES)));
typedef struct { lanes v[DIM / LANES]; } vec;

typedef struct { uint32_t hash, count; } seen_word;
typedef struct {
    uint32_t *stream; size_t n, cap;                 /* all texts as numbers of words (0: a line's end or a rare word) */
    seen_word *word; uint32_t nword;                 /* by falling count; word[0] is none */
    vec *in, *out;
} texts;

static float dot(const vec *a, const vec *b)
{
    lanes s = a->v[0] * b->v[0];
    for (int i = 1; i < DIM / LANES; i++) s += a->v[i] * b->v[i];
    float x = 0;
    for (int i = 0; i < LANES; i++) x += s[i];
    return x;
}

static void add(vec *a, const vec *b, float by)
{
    lanes f;
    for (int i = 0; i < LANES; i++) f[i] = by;
    for (int i = 0; i < DIM / LANES; i++) a->v[i] += f * b->v[i];
}

/* ---- reading --------------------------------------------------------------------------------------------------------------- */

static bool read_text(texts *t, const char *path)
{
    size_t n;
    char *v = slurp(path, &n);
    if (!v || n > UINT32_MAX) { fprintf(stderr, "can't read '%s'\n", path); free(v); return false; }
    dl_pool *pool = dl_pool_open((size_t)1 << 30);
    dl_arena a;
    if (!pool || !dl_arena_open(&a, pool)) { free(v); return false; }
    dl_str all = { v, (uint32_t)n };
    dl_marker m = dl_mark(&a);
    for (uint32_t b = 0; b < all.n; ) {
        int64_t nl = dl_find(all, DL_STR("\n"), b);
        uint32_t e = nl < 0 ? all.n : (uint32_t)nl;
        dl_spans at = { 0 };
        dl_cut_tokens(&a, all, (dl_span){ b, e }, &at);
        for (uint32_t i = 0; i <= at.n; i++) {
            if (t->n == t->cap) t->stream = realloc(t->stream, (t->cap = t->cap ? t->cap * 2 : 1 << 24) * sizeof *t->stream);
            uint32_t h = i < at.n ? dl_word_hash(dl_lowered(&a, dl_at(all, at.v[i]))) : 0;
            t->stream[t->n++] = i < at.n && !h ? 1 : h;
        }
        dl_reset(&a, m);
        b = e + 1;
    }
    dl_arena_close(&a);
    dl_pool_close(pool);
    free(v);
    return true;
}

static int by_count(const void *a, const void *b)
{
    const seen_word *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static size_t slot(const seen_word *words_seen, size_t mask, uint32_t hash)
{
    size_t i = (hash * 0x9e3779b1u) & mask;
    while (words_seen[i].count && words_seen[i].hash != hash) i = (i + 1) & mask;
    return i;
}

/* Hashes become numbers, the most frequent word first; rare words become 0. */
static void number_words(texts *t)
{
    size_t mask = (1u << 23) - 1;
    seen_word *words_seen = calloc(mask + 1, sizeof *words_seen);
    for (size_t i = 0; i < t->n; i++) {
        if (!t->stream[i]) continue;
        seen_word *w = &words_seen[slot(words_seen, mask, t->stream[i])];
        w->hash = t->stream[i];
        w->count++;
    }
    t->word = calloc(1 << 20, sizeof *t->word);
    t->nword = 1;
    for (size_t i = 0; i <= mask; i++) if (words_seen[i].count >= OFTEN && t->nword < 1 << 20) t->word[t->nword++] = words_seen[i];
    qsort(t->word + 1, t->nword - 1, sizeof *t->word, by_count);
    memset(words_seen, 0, (mask + 1) * sizeof *words_seen);
    for (uint32_t i = 1; i < t->nword; i++) words_seen[slot(words_seen, mask, t->word[i].hash)] = (seen_word){ t->word[i].hash, i };      /* count: its number */
    for (size_t i = 0; i < t->n; i++) if (t->stream[i]) t->stream[i] = words_seen[slot(words_seen, mask, t->stream[i])].count;
    free(words_seen);
}

/* ---- vectors --------------------------------------------------------------------------------------------------------------- */

static float sigmoid[1024];                          /* of -8 .. 8 */

static float squash(float x)
{
    int i = (int)((x + 8) * 64);
    return x >= 8 ? 1 : x <= -8 ? 0 : sigmoid[i < 0 ? 0 : i > 1023 ? 1023 : i];
}

static double root4(double x) { return sqrt(sqrt(x)); }

/* Words as noise is drawn from, each as often as the 3/4th power of its count says. */
static uint32_t *draw_table(const texts *t)
{
    uint32_t *v = malloc(NOISE * sizeof *v);
    double all = 0, sum = 0;
    for (uint32_t i = 1; i < t->nword; i++) { double r = root4(t->word[i].count); all += r * r * r; }
    uint32_t k = 0;
    for (uint32_t i = 1; i < t->nword; i++) {
        double r = root4(t->word[i].count);
        sum += r * r * r;
        while (k < NOISE && k < sum / all * NOISE) v[k++] = i;
    }
    while (k < NOISE) v[k++] = t->nword - 1;
    return v;
}

static void meet(texts *t, uint32_t word, uint32_t company, const uint32_t *noise, dice *d, float rate)
{
    vec change;
    memset(&change, 0, sizeof change);
    for (int k = 0; k <= NEGATIVE; k++) {
        uint32_t other = k ? noise[below(d, NOISE)] : company;
        if (k && other == company) continue;
        float g = ((k == 0) - squash(dot(&t->in[word], &t->out[other]))) * rate;
        add(&change, &t->out[other], g);
        add(&t->out[other], &t->in[word], g);
    }
    add(&t->in[word], &change, 1);
}

static void learn_vectors(texts *t)
{
    dice d = { 77 };
    uint32_t *noise = draw_table(t), *line = malloc(100000 * sizeof *line);
    for (int i = 0; i < 1024; i++) { double x = (i + 0.5) / 64 - 8, y = 1; for (int k = 24; k > 0; k--) y = 1 + y * (x < 0 ? x : -x) / k; sigmoid[i] = (float)(x < 0 ? y / (1 + y) : 1 / (1 + y)); }
    t->in = aligned_alloc(64, t->nword * sizeof(vec));
    t->out = aligned_alloc(64, t->nword * sizeof(vec));
    memset(t->out, 0, t->nword * sizeof(vec));
    for (uint32_t i = 0; i < t->nword; i++) for (int k = 0; k < DIM; k++) ((float *)&t->in[i])[k] = ((float)below(&d, 1 << 16) / 65536.0f - 0.5f) / DIM;
    float *keep = malloc(t->nword * sizeof *keep);            /* often is dull: such words are passed over now and then */
    for (uint32_t i = 1; i < t->nword; i++) { double r = 1e-4 * (double)t->n / t->word[i].count; keep[i] = (float)(sqrt(r) + r); }
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        uint32_t n = 0;
        for (size_t i = 0; i < t->n; i++) {
            uint32_t w = t->stream[i];
            if (w && keep[w] < 1 && (float)below(&d, 1 << 16) / 65536.0f > keep[w]) continue;
            if (w && n < 100000) { line[n++] = w; continue; }
            float rate = 0.05f * (1 - ((float)i / (float)t->n + (float)epoch) / EPOCHS);
            if (rate < 0.0001f) rate = 0.0001f;
            for (uint32_t k = 0; k < n; k++) {
                uint32_t reach = 1 + below(&d, WINDOW);
                for (uint32_t j = k < reach ? 0 : k - reach; j <= k + reach && j < n; j++) if (j != k) meet(t, line[k], line[j], noise, &d, rate);
            }
            n = 0;
        }
        fprintf(stderr, "word vectors: round %d of %d\n", epoch + 1, EPOCHS);
    }
    free(noise), free(line), free(keep);
}

/* ---- k-means --------------------------------------------------------------------------------------------------------------- */

static void to_unit(vec *v)
{
    float n = dot(v, v);
    if (n <= 0) return;
    vec zero;
    memset(&zero, 0, sizeof zero);
    float by = 1 / sqrtf(n);
    add(&zero, v, by);
    *v = zero;
}

/* Puts n unit vectors into k classes around centres of unit length; weight: how much each counts. */
static void cluster(const vec *v, const uint32_t *weight, uint32_t n, uint32_t k, vec *centre, uint32_t *of)
{
    for (uint32_t c = 0; c < k; c++) centre[c] = v[c];        /* the most frequent ones */
    for (int turn = 0; turn < TURNS; turn++) {
        for (uint32_t i = 0; i < n; i++) {
            float best = -2;
            for (uint32_t c = 0; c < k; c++) { float x = dot(&v[i], &centre[c]); if (x > best) best = x, of[i] = c; }
        }
        if (turn + 1 == TURNS) break;
        memset(centre, 0, k * sizeof *centre);
        for (uint32_t i = 0; i < n; i++) add(&centre[of[i]], &v[i], (float)weight[i]);
        for (uint32_t c = 0; c < k; c++) to_unit(&centre[c]);
    }
}

static uint32_t damped(uint32_t count) { uint32_t r = 1; while (r * r < count && r < 60) r++; return r; }

bool learn_clusters(const char *data, pack *p)
{
    static const char *const files[] = { "current_events", "wikinews", "white_house", "un_debates", NULL };
    texts t = { 0 };
    char path[4200];
    for (const char *const *f = files; *f; f++) {
        snprintf(path, sizeof path, "%s/language/text/%s.txt.xz", data, *f);
        if (!read_text(&t, path)) return false;
    }
    number_words(&t);
    fprintf(stderr, "word vectors: %zu tokens, %u words\n", t.n, t.nword - 1);
    learn_vectors(&t);
    uint32_t n = t.nword - 1;
    for (uint32_t i = 1; i < t.nword; i++) to_unit(&t.in[i]);
    uint32_t *weight = calloc(n + FINE, sizeof *weight), *of = malloc(n * sizeof *of), *up = malloc(FINE * sizeof *up);
    vec *fine = aligned_alloc(64, FINE * sizeof *fine), *rough = aligned_alloc(64, FINE * sizeof *rough);
    for (uint32_t i = 0; i < n; i++) weight[i] = damped(t.word[i + 1].count);
    cluster(t.in + 1, weight, n, FINE, fine, of);
    keyed *key = malloc(n * sizeof *key);
    for (uint32_t i = 0; i < n; i++) key[i] = (keyed){ dl_f1(0, t.word[i + 1].hash), (uint16_t)of[i], t.word[i + 1].count };
    uint32_t *mass = calloc(FINE, sizeof *mass), buckets, lost;
    for (uint32_t i = 0; i < n; i++) mass[of[i]] += weight[i];
    uint8_t *mid = malloc(FINE), *coarse = malloc(FINE);
    cluster(fine, mass, FINE, MID, rough, up);
    for (uint32_t i = 0; i < FINE; i++) mid[i] = (uint8_t)up[i];
    cluster(fine, mass, FINE, COARSE, rough, up);
    for (uint32_t i = 0; i < FINE; i++) coarse[i] = (uint8_t)up[i];
    uint64_t *b = keyed_table(key, n, &buckets, &lost);
    fprintf(stderr, "clusters: %u words, %u lost, %u buckets\n", n, lost, buckets);
    pack_add(p, "cluster.word", DL_T_U64, b, buckets);
    pack_add(p, "cluster.mid", DL_T_U8, mid, FINE);
    pack_add(p, "cluster.coarse", DL_T_U8, coarse, FINE);
    return true;
}
