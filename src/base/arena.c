/* arena.c - ranges of address space, committed step by step, and the pool that lends them.
 *
 *   base ......... cur ......... high ......... limit ......... end
 *   | in use      | given back  | clean pages   | PROT_NONE     |
 *                 | maybe dirty | zero          | costs nothing |
 *
 * A range is reserved without access, so that a gigabyte of address space costs nothing even where the system counts
 * what it promises. Pages are committed in doubling steps. A range that goes back to the pool keeps its pages, up to
 * KEEP bytes; what a huge report touched beyond that is returned to the system.
 *
 * Sanitizers see nothing of this unless told: everything committed is poisoned but for the bytes of living objects, and
 * LeakSanitizer is told of the range, since it may hold the only pointer to something from malloc. */
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include "base/arena.h"

#if defined(__SANITIZE_ADDRESS__)
#define ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ASAN 1
#endif
#endif

#ifdef ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/lsan_interface.h>
enum { GAP = 16, LEAST_ALIGN = 8, STEP = 64 << 10 };
static void poison(const void *p, size_t n) { ASAN_POISON_MEMORY_REGION(p, n); }
static void unpoison(const void *p, size_t n) { ASAN_UNPOISON_MEMORY_REGION(p, n); }
static void leaks_look_at(const void *p, size_t n) { __lsan_register_root_region(p, n); }
static void leaks_forget(const void *p, size_t n) { __lsan_unregister_root_region(p, n); }
#else
enum { GAP = 0, LEAST_ALIGN = 1, STEP = 1 << 20 };
static void poison(const void *p, size_t n) { (void)p, (void)n; }
static void unpoison(const void *p, size_t n) { (void)p, (void)n; }
static void leaks_look_at(const void *p, size_t n) { (void)p, (void)n; }
static void leaks_forget(const void *p, size_t n) { (void)p, (void)n; }
#endif

enum { PAGE = 64 << 10 };                            /* the largest page of any machine we know: sizes are multiples of it */
enum { KEEP = 16 << 20 };                            /* bytes a resting range may hold on to */

typedef struct { char *base, *limit, *high; } range;

struct dl_pool {
    pthread_mutex_t lock;
    size_t cap;
    range *rest;                                     /* ranges at rest, the last one first: it is the warmest */
    size_t n, room, lent;
};

static size_t round_up(size_t n, size_t to) { return (n + to - 1) / to * to; }

/* ---- the pool ------------------------------------------------------------------------------------------------------- */

dl_pool *dl_pool_open(size_t cap)
{
    if (cap == 0) cap = (size_t)1 << 30;
    if (cap > SIZE_MAX - PAGE) return NULL;
    dl_pool *pool = calloc(1, sizeof *pool);
    if (!pool) return NULL;
    pool->cap = round_up(cap, PAGE);
    if (pthread_mutex_init(&pool->lock, NULL) != 0) {
        free(pool);
        return NULL;
    }
    return pool;
}

static void range_free(const dl_pool *pool, range r)
{
    unpoison(r.base, (size_t)(r.limit - r.base));
    leaks_forget(r.base, pool->cap);
    munmap(r.base, pool->cap);
}

void dl_pool_close(dl_pool *pool)
{
    if (!pool) return;
    for (size_t i = 0; i < pool->n; i++) range_free(pool, pool->rest[i]);
    free(pool->rest);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

/* Makes room for one more range at rest while lending, so that giving back cannot fail. */
static bool pool_make_room(dl_pool *pool)
{
    size_t need = pool->lent + pool->n + 1;
    if (need <= pool->room) return true;
    size_t room = need * 2 + 6;
    range *rest = realloc(pool->rest, room * sizeof *rest);
    if (!rest) return false;
    pool->rest = rest;
    pool->room = room;
    return true;
}

static bool pool_lend(dl_pool *pool, range *out)
{
    pthread_mutex_lock(&pool->lock);
    bool found = pool->n > 0, room = found || pool_make_room(pool);
    if (found) *out = pool->rest[--pool->n];
    if (room) pool->lent++;
    pthread_mutex_unlock(&pool->lock);
    if (found || !room) return found;

    char *base = mmap(NULL, pool->cap, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) {
        pthread_mutex_lock(&pool->lock);
        pool->lent--;
        pthread_mutex_unlock(&pool->lock);
        return false;
    }
    leaks_look_at(base, pool->cap);
    *out = (range){ base, base, base };
    return true;
}

static void pool_take_back(dl_pool *pool, range r)
{
    pthread_mutex_lock(&pool->lock);
    pool->lent--;
    pool->rest[pool->n++] = r;
    pthread_mutex_unlock(&pool->lock);
}

/* ---- the arena ------------------------------------------------------------------------------------------------------ */

bool dl_arena_open(dl_arena *a, dl_pool *pool)
{
    range r;
    if (!pool_lend(pool, &r)) {
        *a = (dl_arena){ 0 };
        return false;
    }
    *a = (dl_arena){ .base = r.base, .cur = r.base, .end = r.base + pool->cap, .limit = r.limit, .high = r.high, .pool = pool };
    return true;
}

void dl_arena_close(dl_arena *a)
{
    if (!a->pool) return;
    dl_pool *pool = a->pool;
    range r = { a->base, a->limit, a->high };
    *a = (dl_arena){ 0 };                            /* first: the arena may live in the range */
    poison(r.base, (size_t)(r.high - r.base));
    if (r.high - r.base > KEEP) {
        madvise(r.base + KEEP, (size_t)(r.limit - r.base) - KEEP, MADV_DONTNEED);
        r.high = r.base + KEEP;                      /* above it pages read as zero again */
    }
    pool_take_back(pool, r);
}

/* Commits pages up to at least `to`; doubles, so that a long report pays for few calls. */
static bool commit(dl_arena *a, const char *to)
{
    if (to <= a->limit) return true;
    size_t have = (size_t)(a->limit - a->base), all = (size_t)(a->end - a->base);
    size_t want = round_up((size_t)(to - a->base), PAGE);
    if (want < have * 2) want = have * 2;
    if (want < STEP) want = STEP;
    if (want > all) want = all;
    if (mprotect(a->limit, want - have, PROT_READ | PROT_WRITE) != 0) return false;
    poison(a->limit, want - have);
    a->limit = a->base + want;
    return true;
}

static void *full(dl_arena *a)
{
    if (a->full) longjmp(*a->full, 1);
    return NULL;
}

/* Moves cur on to p + n and clears what of it was used before, if asked to. The gap behind stays poisoned. */
static bool take(dl_arena *a, char *p, size_t n, bool clear)
{
    if (n > (size_t)(a->end - p)) return false;
    size_t gap = GAP;
    if (gap > (size_t)(a->end - p) - n) gap = (size_t)(a->end - p) - n;
    if (!commit(a, p + n + gap)) return false;
    a->cur = p + n + gap;
    unpoison(p, n);
    if (clear && p < a->high) {
        size_t dirty = (size_t)(a->high - p);
        memset(p, 0, dirty < n ? dirty : n);
    }
    if (a->cur > a->high) a->high = a->cur;
    return true;
}

void *dl_alloc(dl_arena *a, size_t size, size_t align, size_t count)
{
    size_t n;
    if (__builtin_mul_overflow(size, count, &n)) return full(a);
    if (align < LEAST_ALIGN) align = LEAST_ALIGN;
    size_t pad = (size_t)(-(uintptr_t)a->cur & (align - 1));
    if (pad > (size_t)(a->end - a->cur)) return full(a);
    char *p = a->cur + pad;
    return take(a, p, n, true) ? p : full(a);
}

char *dl_room(dl_arena *a, size_t n)
{
    char *p = a->cur;
    return take(a, p, n, false) ? p : full(a);
}

dl_marker dl_mark(const dl_arena *a)
{
    return (dl_marker){ a->cur };
}

void dl_reset(dl_arena *a, dl_marker m)
{
    /* A mark may stand inside a granule of 8 bytes only without ASan: with it, objects and gaps end on granules or are poisoned whole. */
    poison(m.cur, (size_t)(a->cur - m.cur));
    a->cur = m.cur;
}

void dl_shrink(dl_arena *a, void *newest, size_t used)
{
    char *tail = (char *)newest + used;
    poison(tail, (size_t)(a->cur - tail));
    if (GAP == 0) a->cur = tail;                     /* with gaps the tail simply joins the gap */
}

void *dl_grow(dl_arena *a, void *old, uint32_t n, uint32_t *cap, size_t size, size_t align)
{
    uint32_t bigger = *cap ? *cap * 2 : 8;
    if (bigger <= *cap) return full(a);
    char *tail = old ? (char *)old + (size_t)*cap * size : NULL;
    if (GAP == 0 && old && tail == a->cur && take(a, tail, (size_t)(bigger - *cap) * size, true)) {
        *cap = bigger;                               /* the newest object grows where it is; ASan builds always move, to catch stale pointers */
        return old;
    }
    void *p = dl_alloc(a, size, align, bigger);
    if (!p) return NULL;
    if (n) memcpy(p, old, n * size);
    *cap = bigger;
    return p;
}

/* ---- text in an arena ----------------------------------------------------------------------------------------------- */

dl_str dl_copy(dl_arena *a, dl_str s)
{
    char *p = dl_alloc(a, 1, 1, (size_t)s.n + 1);
    if (!p) return (dl_str){ 0 };
    if (s.n) memcpy(p, s.p, s.n);
    p[s.n] = 0;
    return (dl_str){ p, s.n };
}

dl_str dl_fmt(dl_arena *a, const char *format, ...)
{
    char most[200];                                  /* nearly all are shorter, and written once */
    va_list args;
    va_start(args, format);
    int n = vsnprintf(most, sizeof most, format, args);
    va_end(args);
    char *p = n < 0 ? NULL : dl_alloc(a, 1, 1, (size_t)n + 1);
    if (!p) return (dl_str){ 0 };
    if ((size_t)n < sizeof most) {
        memcpy(p, most, (size_t)n + 1);
        return (dl_str){ p, (uint32_t)n };
    }
    va_start(args, format);
    vsnprintf(p, (size_t)n + 1, format, args);
    va_end(args);
    return (dl_str){ p, (uint32_t)n };
}
