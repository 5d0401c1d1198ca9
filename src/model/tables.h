/* tables.h - the two look-up tables that all linear models here share: from the hash of a feature to weights of classes.
 *
 * A feature is a 64-bit hash. Its top bits choose a bucket of two 32-bit entries, eight further bits must match the entry's
 * mark: so a feature that was not kept in training scores nothing instead of borrowing a stranger's weights (but for one in 128).
 * Training keeps the heaviest features of each bucket, which bounds the table by the cache instead of by the corpus.
 *
 * trio:  three classes (the parser's actions): the weights lie in the entry itself.          | mark 8 | w2 12 | w1 12 |, signed
 *        Only differences matter, so w0 is 0. Twelve bits, since cutting off even a few dozen of the largest weights costs accuracy.
 * rows:  many classes (tags, relations): the entry points to a list of (class, weight), or, for features that say something
 *        about many classes, to a vector of all weights.                                       | mark 8 | offset 24 |
 *        list element, 16 bits: | class 7 | last 1 | weight 8, signed |; offsets from DL_ROWS_DENSE on count vectors
 *
 * Any content is safe to read: offsets are bounded, lists end at the array's end, class numbers stay below DL_ROWS_CLASSES.
 */
#ifndef DL_MODEL_TABLES_H
#define DL_MODEL_TABLES_H
#include <stdint.h>
#include <stddef.h>
#include <string.h>

#define DL_ROWS_CLASSES 128
#define DL_ROWS_LAST 256u
#define DL_ROWS_DENSE 0x800000u

/* ---- hashes of features: a template number and up to four atoms (32-bit, themselves hashes or small numbers) -------------- */

static inline uint64_t dl_stir(uint64_t x) { x ^= x >> 32; return x * 0x9fb21c651e98df25u; }
static inline uint64_t dl_f1(uint32_t t, uint32_t a) { return dl_stir((t + 1) * 0x9e3779b97f4a7c15u + a * 0xd6e8feb86659fd93u); }
static inline uint64_t dl_f2(uint32_t t, uint32_t a, uint32_t b)
{
    return dl_stir((t + 1) * 0x9e3779b97f4a7c15u + a * 0xd6e8feb86659fd93u + b * 0xa0761d6478bd642fu);
}
static inline uint64_t dl_f3(uint32_t t, uint32_t a, uint32_t b, uint32_t c)
{
    return dl_stir((t + 1) * 0x9e3779b97f4a7c15u + a * 0xd6e8feb86659fd93u + b * 0xa0761d6478bd642fu + c * 0xe7037ed1a0b428dbu);
}
static inline uint64_t dl_f4(uint32_t t, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    return dl_stir((t + 1) * 0x9e3779b97f4a7c15u + a * 0xd6e8feb86659fd93u + b * 0xa0761d6478bd642fu + c * 0xe7037ed1a0b428dbu + d * 0x8ebc6af09c88c6e3u);
}

static inline uint32_t dl_bucket(uint64_t f, uint32_t shift) { return (uint32_t)(f >> shift); }
static inline uint32_t dl_mark8(uint64_t f) { return (uint32_t)(f >> 24) & 255; }

/* The entry of a bucket whose mark fits, or 0; at most one does. Without branches: a wrongly guessed one would wait for memory,
 * and look-ups could not overlap. */
static inline uint32_t dl_pick(uint64_t bucket, uint32_t mark)
{
    uint32_t lo = (uint32_t)bucket, hi = (uint32_t)(bucket >> 32);
    return (lo & (0u - (lo >> 24 == mark))) | (hi & (0u - (hi >> 24 == mark)));
}

/* ---- trio ----------------------------------------------------------------------------------------------------------------- */

typedef struct { const uint64_t *bucket; uint32_t shift; } dl_trio;

static inline void dl_trio_score(const dl_trio *t, const uint64_t *f, uint32_t n, int32_t score[3])
{
    int32_t one = 0, two = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t e = dl_pick(t->bucket[dl_bucket(f[i], t->shift)], dl_mark8(f[i]));
        one += (int32_t)(e << 20) >> 20;
        two += (int32_t)(e << 8) >> 20;
    }
    score[0] = 0;
    score[1] = one;
    score[2] = two;
}

/* ---- rows ----------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const uint64_t *bucket;
    uint32_t        shift;
    const uint16_t *row;   uint32_t nrow;           /* row[nrow-1] is a LAST */
    const int8_t   *dense; uint32_t ndense, width;  /* ndense vectors of `width` weights, a multiple of 16 */
} dl_rows;

/* Eight weights at a time, by the vector types that gcc and clang share; on a machine without vectors they become plain loops. */
typedef int8_t  dl_bytes8 __attribute__((vector_size(8)));
typedef int16_t dl_words8 __attribute__((vector_size(16)));

static inline void dl_rows_add_dense(const int8_t *v, uint32_t width, int16_t *score)
{
    for (uint32_t k = 0; k < width; k += 8) {
        dl_bytes8 w;
        dl_words8 s;
        memcpy(&w, v + k, sizeof w);
        memcpy(&s, score + k, sizeof s);
        s += __builtin_convertvector(w, dl_words8);
        memcpy(score + k, &s, sizeof s);
    }
}

/* Adds the weights of n <= 128 features to score[0 .. DL_ROWS_CLASSES): 128 weights of 8 bits can't run over 16 bits. */
static inline void dl_rows_score(const dl_rows *t, const uint64_t *f, uint32_t n, int16_t *score)
{
    uint32_t entry[128], found = 0;                 /* found first and read later: the look-ups of one word then overlap in memory */
    for (uint32_t i = 0; i < n; i++) {
        entry[found] = dl_pick(t->bucket[dl_bucket(f[i], t->shift)], dl_mark8(f[i])) & 0xffffff;
        found += entry[found] != 0;
    }
    for (uint32_t i = 0; i < found; i++) {
        uint32_t e = entry[i];
        if (e >= DL_ROWS_DENSE) {
            e -= DL_ROWS_DENSE;
            dl_rows_add_dense(t->dense + (size_t)(e < t->ndense ? e : 0) * t->width, t->width, score);
            continue;
        }
        const uint16_t *r = t->row + (e < t->nrow ? e : 0);
        uint16_t x;
        do { x = *r++; score[x >> 9] = (int16_t)(score[x >> 9] + (int8_t)(uint8_t)x); } while (!(x & DL_ROWS_LAST));
    }
}

/* The class of highest score among [from, to), the first of equal ones. Overwrites the scores of others. */
static inline uint32_t dl_rows_best(int16_t *score, uint32_t from, uint32_t to)
{
    dl_words8 most, next;
    for (uint32_t k = 0; k < from; k++) score[k] = INT16_MIN;
    for (uint32_t k = to; k % 8; k++) score[k] = INT16_MIN;
    memcpy(&most, score, sizeof most);
    for (uint32_t k = 8; k < to; k += 8) {
        memcpy(&next, score + k, sizeof next);
        dl_words8 larger = next > most;
        most = (next & larger) | (most & ~larger);
    }
    int16_t best = most[0];
    for (uint32_t k = 1; k < 8; k++) best = most[k] > best ? most[k] : best;
    while (score[from] != best) from++;
    return from;
}

#endif
