/* arena.h - memory of one life.
 *
 *   reserved range (address space only; pages cost nothing until touched)
 *   |---- used ----|------------------------ untouched ------------------------|
 *   base          cur                                                   limit   end
 *
 * A report's whole analysis lives in one document arena and dies with it: no frees, no leaks. Ranges come from a
 * dl_pool and go back to it, since a fresh map and unmap a report costs 0.8 ms and a reused one 3 us.
 * Scratch: take dl_mark() at the start of a step and dl_reset() at its end.
 * When the cap is hit, dl_alloc jumps to `full` if set (dl_code() sets it: one way out for the whole analysis), else returns NULL.
 * In ASan builds each object is followed by a poisoned gap, and memory given back by dl_reset is poisoned.
 * Memory is zeroed, lazily: only what lies below `high` was ever written, and it is cleared when it is handed out again,
 * so that dl_reset costs nothing. Never copy a dl_arena: a copy would not know its `high`.
 * An arena may live in its own range (a dl_doc does): dl_arena_close reads it before the range goes.
 */
#ifndef DL_BASE_ARENA_H
#define DL_BASE_ARENA_H
#include <setjmp.h>
#include "base/text.h"

typedef struct dl_pool dl_pool;      /* thread safe: ranges of one size, reused */

typedef struct {
    char    *base, *cur, *end;       /* end: base + cap */
    char    *limit;                  /* pages up to here are committed (readable and writable) */
    char    *high;                   /* highest cur so far, over all lives of the range: below it memory may be dirty */
    jmp_buf *full;                   /* where to go when the cap is hit; NULL: dl_alloc returns NULL */
    dl_pool *pool;
} dl_arena;

dl_pool *dl_pool_open(size_t cap);                   /* every range is `cap` bytes of address space; NULL: no memory */
void     dl_pool_close(dl_pool *);                   /* every arena must have been given back */
bool     dl_arena_open(dl_arena *, dl_pool *);       /* false: no address space */
void     dl_arena_close(dl_arena *);                 /* gives the range back to its pool */

void *dl_alloc(dl_arena *, size_t size, size_t align, size_t count);   /* zeroed; overflow counts as full */
char *dl_room(dl_arena *, size_t n);                 /* n bytes, not zeroed, for what is written before it is read */
#define dl_new(a, T, n) ((T *)dl_alloc((a), sizeof(T), _Alignof(T), (size_t)(n)))

typedef struct { char *cur; } dl_marker;
dl_marker dl_mark(const dl_arena *);
void      dl_reset(dl_arena *, dl_marker);

/* Gives back the tail of the newest object, of which `used` bytes stay. */
void      dl_shrink(dl_arena *, void *newest, size_t used);
static inline size_t dl_arena_used(const dl_arena *a) { return (size_t)(a->cur - a->base); }

dl_str dl_copy(dl_arena *, dl_str);                  /* the bytes, and a NUL behind them that is not counted */
dl_str dl_fmt(dl_arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));   /* no floating point in formats: see json.h */

/* A growing array: declare `struct { T *v; uint32_t n, cap; } xs`, then dl_push(arena, &xs) gives the next, zeroed element.
 * Use it only where `full` is set, or the arena can not fill: without a way out a full arena has no next element to give. */
#define dl_push(a, xs) (((xs)->n == (xs)->cap ? (xs)->v = dl_grow((a), (xs)->v, (xs)->n, &(xs)->cap, sizeof *(xs)->v, _Alignof(max_align_t)) : (xs)->v), (xs)->v + (xs)->n++)
void *dl_grow(dl_arena *, void *old, uint32_t n, uint32_t *cap, size_t size, size_t align);
#define DL_VEC(T) struct { T *v; uint32_t n, cap; }

#endif
