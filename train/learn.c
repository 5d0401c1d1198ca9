/* learn.c - averaged perceptrons (Collins 2002) over hashed features. While learning, every feature that was ever updated has a place of
 * its own; at the end weights are averaged over all examples, rounded to small integers, and the heaviest are kept. All sums are integers. */
#include "train.h"
#include <stdlib.h>

uint32_t *shuffled(uint32_t n, dice *d)
{
    uint32_t *v = malloc((n + 1) * sizeof *v);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = below(d, i + 1);
        v[i] = v[k];
        v[k] = i;
    }
    return v;
}

/* All gold sentences, so many times, and one of `slices` parts of the silver ones. */
const gold **lesson(const corpus *c, uint32_t round, uint32_t gold_times, uint32_t slices, dice *d, uint32_t *n)
{
    const gold **v = malloc((c->s.n * gold_times + c->silver.n / slices + 2) * sizeof *v);
    *n = 0;
    for (uint32_t k = 0; k < gold_times; k++)
        for (uint32_t i = 0; i < c->s.n; i++) v[(*n)++] = &c->s.v[i];
    for (uint32_t i = round % slices; i < c->silver.n; i += slices) v[(*n)++] = &c->silver.v[i];
    for (uint32_t i = *n; i > 1; i--) {
        uint32_t k = below(d, i);
        const gold *x = v[k];
        v[k] = v[i - 1];
        v[i - 1] = x;
    }
    return v;
}

/* ---- open addressing ------------------------------------------------------------------------------------------------------- */

static size_t slot_of(const uint64_t *key, size_t mask, uint64_t f)
{
    size_t i = (size_t)(f >> 20) & mask;
    while (key[i] && key[i] != f) i = (i + 1) & mask;
    return i;
}

/* ---- trio ------------------------------------------------------------------------------------------------------------------ */

void trio_open(trio_learner *t)
{
    *t = (trio_learner){ .mask = (1u << 20) - 1 };
    t->key = calloc(t->mask + 1, sizeof *t->key);
    t->cell = calloc(t->mask + 1, sizeof *t->cell);
}

void trio_close(trio_learner *t) { free(t->key); free(t->cell); }

static void trio_double(trio_learner *t)
{
    trio_learner old = *t;
    t->mask = old.mask * 2 + 1;
    t->key = calloc(t->mask + 1, sizeof *t->key);
    t->cell = calloc(t->mask + 1, sizeof *t->cell);
    for (size_t i = 0; i <= old.mask; i++) {
        if (!old.key[i]) continue;
        size_t k = slot_of(t->key, t->mask, old.key[i]);
        t->key[k] = old.key[i];
        t->cell[k] = old.cell[i];
    }
    trio_close(&old);
}

void trio_learn_score(trio_learner *t, const uint64_t *f, uint32_t n, int64_t score[3])
{
    score[0] = score[1] = score[2] = 0;
    for (uint32_t i = 0; i < n; i++) {
        size_t k = slot_of(t->key, t->mask, f[i]);
        if (!t->key[k]) continue;
        for (int a = 0; a < 3; a++) score[a] += t->cell[k].w[a];
        t->cell[k].seen++;
    }
}

static void trio_settle(trio_cell *c, uint32_t now)
{
    for (int a = 0; a < 3; a++) c->sum[a] += (int64_t)c->w[a] * (now - c->stamp);
    c->stamp = now;
}

void trio_learn(trio_learner *t, const uint64_t *f, uint32_t n, int good, int bad)
{
    for (uint32_t i = 0; i < n; i++) {
        if (t->n * 2 > t->mask) trio_double(t);
        size_t k = slot_of(t->key, t->mask, f[i]);
        if (!t->key[k] && t->closed) continue;
        if (!t->key[k]) { t->key[k] = f[i]; t->n++; t->cell[k].stamp = t->now; }
        trio_settle(&t->cell[k], t->now);
        t->cell[k].w[good]++;
        t->cell[k].w[bad]--;
    }
}

/* ---- rows ------------------------------------------------------------------------------------------------------------------ */

void rows_open(row_learner *t)
{
    *t = (row_learner){ .mask = (1u << 18) - 1 };
    t->key = calloc(t->mask + 1, sizeof *t->key);
    t->rows = calloc(t->mask + 1, sizeof *t->rows);
}

void rows_close(row_learner *t)
{
    for (size_t i = 0; i <= t->mask; i++) free(t->rows[i].v);
    free(t->key);
    free(t->rows);
}

static void rows_double(row_learner *t)
{
    row_learner old = *t;
    t->mask = old.mask * 2 + 1;
    t->key = calloc(t->mask + 1, sizeof *t->key);
    t->rows = calloc(t->mask + 1, sizeof *t->rows);
    for (size_t i = 0; i <= old.mask; i++) {
        if (!old.key[i]) continue;
        size_t k = slot_of(t->key, t->mask, old.key[i]);
        t->key[k] = old.key[i];
        t->rows[k] = old.rows[i];
    }
    free(old.key);
    free(old.rows);
}

const row *rows_find(const row_learner *t, uint64_t f)
{
    size_t k = slot_of(t->key, t->mask, f);
    return t->key[k] ? &t->rows[k] : NULL;
}

void rows_learn_score(row_learner *t, const uint64_t *f, uint32_t n, int32_t *score)
{
    for (uint32_t i = 0; i < n; i++) {
        size_t at = slot_of(t->key, t->mask, f[i]);
        if (!t->key[at]) continue;
        row *r = &t->rows[at];
        for (uint32_t k = 0; k < r->n; k++) score[r->v[k].cls] += r->v[k].w;
        r->seen++;
    }
}

static row_item *item(row_learner *t, uint64_t f, uint16_t cls)
{
    if (t->n * 2 > t->mask) rows_double(t);
    size_t k = slot_of(t->key, t->mask, f);
    if (!t->key[k] && t->closed) return NULL;
    if (!t->key[k]) { t->key[k] = f; t->n++; }
    row *r = &t->rows[k];
    for (uint32_t i = 0; i < r->n; i++) if (r->v[i].cls == cls) return &r->v[i];
    if (r->n == r->cap) r->v = realloc(r->v, (r->cap = (uint16_t)(r->cap ? 2 * r->cap : 2)) * sizeof *r->v);
    r->v[r->n] = (row_item){ .cls = cls, .stamp = t->now };
    return &r->v[r->n++];
}

static void change(row_item *x, uint32_t now, int by)
{
    if (!x) return;
    x->sum += (int64_t)x->w * (now - x->stamp);
    x->stamp = now;
    x->w += by;
}

void rows_learn(row_learner *t, const uint64_t *f, uint32_t n, uint16_t good, uint16_t bad)
{
    for (uint32_t i = 0; i < n; i++) {
        change(item(t, f[i], good), t->now, 1);
        change(item(t, f[i], bad), t->now, -1);
    }
}

void rows_seen(row_learner *t, uint64_t f, uint32_t n)
{
    size_t k = slot_of(t->key, t->mask, f);
    if (t->key[k]) t->rows[k].seen = n;
}

void rows_count(row_learner *t, uint64_t f, uint16_t cls, int32_t by) { item(t, f, cls)->w += by; }

/* ---- tables ---------------------------------------------------------------------------------------------------------------- */

/* sum * scale / now, rounded half away from zero. */
static int32_t rounded(int64_t sum, uint32_t now, uint32_t scale)
{
    int64_t x = sum * scale, half = now / 2;
    return (int32_t)((x >= 0 ? x + half : x - half) / (now ? now : 1));
}

static uint32_t shift_of(uint32_t buckets)
{
    uint32_t bits = 0;
    while ((1u << bits) < buckets) bits++;
    return 64 - bits;
}

/* How much a feature is worth: its weight, and how often it was asked for (rare ones help little, however heavy). */
#ifndef WORTH
#define WORTH(w, n) ((w) * root(n))
#endif
static uint32_t root(uint32_t n)
{
    uint32_t r = 0;
    while ((r + 1) * (r + 1) <= n && r < 1000) r++;
    return r;
}

/* A feature that wants a place in a bucket; the two heaviest get it, of equal ones the one with the smaller hash. */
typedef struct { uint64_t f; uint32_t weight, at; } claim;

static int by_claim(const void *a, const void *b)
{
    const claim *x = a, *y = b;
    if (x->weight != y->weight) return x->weight < y->weight ? 1 : -1;
    return x->f < y->f ? -1 : x->f > y->f;
}

/* Keeps the claims that win, in front, and returns their number; bucket entries are made by the caller in that order. */
static uint32_t settle(claim *c, uint32_t n, uint32_t buckets)
{
    uint32_t shift = shift_of(buckets), kept = 0;
    uint64_t *mark = calloc(buckets, sizeof *mark);          /* number of entries << 32 | first mark */
    qsort(c, n, sizeof *c, by_claim);
    for (uint32_t i = 0; i < n; i++) {
        uint64_t *m = &mark[dl_bucket(c[i].f, shift)];
        uint32_t have = (uint32_t)(*m >> 32), own = dl_mark8(c[i].f);
        if (have == 2 || (have == 1 && (uint32_t)*m == own)) continue;
        *m = (uint64_t)(have + 1) << 32 | (have ? (uint32_t)*m : own);
        c[kept++] = c[i];
    }
    free(mark);
    return kept;
}

static void put_entry(table *t, uint64_t f, uint32_t low24)
{
    uint64_t *b = &t->bucket[dl_bucket(f, shift_of(t->nbucket))];
    uint32_t e = dl_mark8(f) << 24 | low24;
    *b |= (uint32_t)*b ? (uint64_t)e << 32 : e;
}

static int32_t clip(int32_t x, int32_t most, uint32_t *clipped)
{
    if (x > most || x < -most) ++*clipped;
    return x > most ? most : x < -most ? -most : x;
}

static void trio_small(const trio_learner *t, size_t k, uint32_t scale, int32_t q[3], int32_t *lo, int32_t *hi)
{
    trio_cell c = t->cell[k];
    trio_settle(&c, t->now);
    for (int a = 0; a < 3; a++) q[a] = rounded(c.sum[a], t->now, scale);
    *lo = *hi = q[0];
    for (int a = 1; a < 3; a++) {
        if (q[a] < *lo) *lo = q[a];
        if (q[a] > *hi) *hi = q[a];
    }
}

static claim *trio_claims(const trio_learner *t, uint32_t buckets, uint32_t scale, uint32_t *n, uint32_t *kept)
{
    claim *c = malloc((t->n + 1) * sizeof *c);
    int32_t q[3], lo, hi;
    *n = 0;
    for (size_t k = 0; k <= t->mask; k++) {
        if (!t->key[k]) continue;
        trio_small(t, k, scale, q, &lo, &hi);
        if (hi > lo) c[(*n)++] = (claim){ t->key[k], WORTH((uint32_t)(hi - lo), t->cell[k].seen), (uint32_t)k };
    }
    *kept = settle(c, *n, buckets);
    return c;
}

void trio_select(trio_learner *t, uint32_t buckets, uint32_t scale)
{
    uint32_t n, kept;
    claim *c = trio_claims(t, buckets, scale, &n, &kept);
    trio_close(t);
    trio_open(t);
    for (uint32_t i = 0; i < kept; i++) {
        if (t->n * 2 > t->mask) trio_double(t);
        t->key[slot_of(t->key, t->mask, c[i].f)] = c[i].f;
        t->n++;
    }
    t->closed = true;
    free(c);
}

table trio_table(const trio_learner *t, uint32_t buckets, uint32_t scale)
{
    table out = { .nbucket = buckets, .bucket = calloc(buckets, sizeof(uint64_t)) };
    int32_t q[3], lo, hi;
    uint32_t n;
    claim *c = trio_claims(t, buckets, scale, &n, &out.kept);
    out.dropped = n - out.kept;
    for (uint32_t i = 0; i < out.kept; i++) {
        trio_small(t, c[i].at, scale, q, &lo, &hi);
        uint32_t one = (uint32_t)clip(q[1] - q[0], 2047, &out.clipped), two = (uint32_t)clip(q[2] - q[0], 2047, &out.clipped);
        put_entry(&out, c[i].f, (one & 0xfff) | (two & 0xfff) << 12);
    }
    free(c);
    return out;
}

/* Lists of equal content are stored once: most have one or two items. */
typedef struct { uint32_t *slot; uint32_t mask; } shared;

static uint32_t place(table *out, shared *s, const uint16_t *v, uint32_t n)
{
    uint64_t h = dl_hash64(v, n * sizeof *v, 0);
    for (uint32_t i = (uint32_t)(h >> 20) & s->mask;; i = (i + 1) & s->mask) {
        if (!s->slot[i]) {
            s->slot[i] = out->nrow;
            memcpy(out->row + out->nrow, v, n * sizeof *v);
            out->nrow += n;
            return s->slot[i];
        }
        if (s->slot[i] + n <= out->nrow && memcmp(out->row + s->slot[i], v, n * sizeof *v) == 0) return s->slot[i];
    }
}

static int by_class(const void *a, const void *b) { return ((const row_item *)a)->cls - ((const row_item *)b)->cls; }

static uint32_t encode(row r, uint32_t now, uint32_t scale, uint16_t *v, uint32_t *weight, uint32_t *clipped)
{
    uint32_t n = 0;
    int32_t lo = 0, hi = 0;
    qsort(r.v, r.n, sizeof *r.v, by_class);
    for (uint32_t i = 0; i < r.n; i++) {
        int32_t q = clip(rounded(r.v[i].sum + (int64_t)r.v[i].w * (now - r.v[i].stamp), now, scale), 127, clipped);
        if (q == 0) continue;
        if (q < lo) lo = q;
        if (q > hi) hi = q;
        v[n++] = (uint16_t)(r.v[i].cls << 9 | (uint8_t)q);
    }
    if (n) v[n - 1] |= DL_ROWS_LAST;
    *weight = (uint32_t)(hi - lo);
    return n;
}

static claim *rows_claims(const row_learner *t, uint32_t buckets, uint32_t scale, uint32_t *n, uint32_t *kept)
{
    claim *c = malloc((t->n + 1) * sizeof *c);
    uint16_t v[DL_ROWS_CLASSES];
    uint32_t weight, clipped = 0;
    *n = 0;
    for (size_t k = 0; k <= t->mask; k++)
        if (t->key[k] && encode(t->rows[k], t->now, scale, v, &weight, &clipped)) c[(*n)++] = (claim){ t->key[k], WORTH(weight, t->rows[k].seen), (uint32_t)k };
    *kept = settle(c, *n, buckets);
    return c;
}

void rows_select(row_learner *t, uint32_t buckets, uint32_t scale)
{
    uint32_t n, kept;
    claim *c = rows_claims(t, buckets, scale, &n, &kept);
    rows_close(t);
    rows_open(t);
    for (uint32_t i = 0; i < kept; i++) {
        if (t->n * 2 > t->mask) rows_double(t);
        t->key[slot_of(t->key, t->mask, c[i].f)] = c[i].f;
        t->n++;
    }
    t->closed = true;
    free(c);
}

#define LONG 10                                              /* lists from this length on become vectors */

static void spread(const uint16_t *v, int8_t *out)
{
    do out[*v >> 9] = (int8_t)(uint8_t)*v; while (!(*v++ & DL_ROWS_LAST));
}

table rows_table(const row_learner *t, uint32_t buckets, uint32_t scale, uint32_t nclass)
{
    table out = { .nbucket = buckets, .bucket = calloc(buckets, sizeof(uint64_t)), .width = (nclass + 15) / 16 * 16 };
    uint16_t v[DL_ROWS_CLASSES];
    uint32_t n, weight, total = 1, dense = 1;
    claim *c = rows_claims(t, buckets, scale, &n, &out.kept);
    out.dropped = n - out.kept;
    for (uint32_t i = 0; i < out.kept; i++) { total += t->rows[c[i].at].n; dense += t->rows[c[i].at].n >= LONG; }
    shared s = { .mask = 1 };
    while (s.mask < 2 * out.kept) s.mask = s.mask * 2 + 1;
    s.slot = calloc(s.mask + 1, sizeof *s.slot);
    out.row = malloc((total + 1) * sizeof *out.row);
    out.dense = calloc(dense, out.width);
    out.row[out.nrow++] = (DL_ROWS_CLASSES - 1) << 9 | DL_ROWS_LAST;       /* offset 0: nothing */
    for (uint32_t i = 0; i < out.kept; i++) {
        uint32_t m = encode(t->rows[c[i].at], t->now, scale, v, &weight, &out.clipped);
        if (m >= LONG) {
            spread(v, out.dense + (size_t)out.ndense * out.width);
            put_entry(&out, c[i].f, DL_ROWS_DENSE + out.ndense++);
        } else put_entry(&out, c[i].f, place(&out, &s, v, m));
    }
    if (!out.ndense) out.ndense = 1;
    free(s.slot);
    free(c);
    return out;
}

void table_free(table *t)
{
    free(t->bucket);
    free(t->row);
    free(t->dense);
}

void pack_rows(pack *p, const char *const name[3], const table *t)
{
    fprintf(stderr, "%s: %u features kept, %u dropped, %u weights clipped, %u in lists, %u vectors\n", name[0], t->kept, t->dropped, t->clipped, t->nrow, t->ndense);
    pack_add(p, name[0], DL_T_U64, t->bucket, t->nbucket);
    pack_add(p, name[1], DL_T_U16, t->row, t->nrow);
    pack_add(p, name[2], DL_T_U8, t->dense, t->ndense * t->width);
}

dl_rows rows_of(const table *t) { return (dl_rows){ t->bucket, shift_of(t->nbucket), t->row, t->nrow, t->dense, t->ndense, t->width }; }

/* ---- keyed values ---------------------------------------------------------------------------------------------------------- */

static int by_strength(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    if (x->strength != y->strength) return x->strength < y->strength ? 1 : -1;
    return x->f < y->f ? -1 : x->f > y->f;
}

uint64_t *keyed_table(keyed *v, uint32_t n, uint32_t *nbucket, uint32_t *lost) { return keyed_table_of(v, n, UINT32_MAX / 2, nbucket, lost); }

uint64_t *keyed_table_of(keyed *v, uint32_t n, uint32_t most, uint32_t *nbucket, uint32_t *lost)
{
    uint32_t buckets = 2;
    while (buckets < n && buckets < most) buckets *= 2;
    uint64_t *b = calloc(buckets, sizeof *b);
    qsort(v, n, sizeof *v, by_strength);
    *lost = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t *x = &b[dl_bucket(v[i].f, shift_of(buckets))];
        uint64_t e = (uint64_t)dl_mark16(v[i].f) << 16 | v[i].value;
        if (!*x) *x = e;
        else if (!(*x >> 32) && (uint32_t)*x >> 16 != dl_mark16(v[i].f)) *x |= e << 32;
        else ++*lost;
    }
    *nbucket = buckets;
    return b;
}
