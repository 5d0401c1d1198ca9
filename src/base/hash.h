/* hash.h - a fast 64-bit hash (for tables and checksums; same on every machine) and SHA-256 (for identity). */
#ifndef DL_BASE_HASH_H
#define DL_BASE_HASH_H
#include "base/arena.h"

uint64_t dl_hash64(const void *p, size_t n, uint64_t seed);
static inline uint64_t dl_hash(dl_str s) { return dl_hash64(s.p, s.n, 0); }
static inline uint64_t dl_mix64(uint64_t x) { x ^= x >> 32; x *= 0xd6e8feb86659fd93u; x ^= x >> 32; x *= 0xd6e8feb86659fd93u; return x ^ x >> 32; }

typedef struct { uint32_t h[8]; uint64_t n; unsigned char block[64]; } dl_sha256;
void dl_sha256_init(dl_sha256 *);
void dl_sha256_add(dl_sha256 *, const void *, size_t);
void dl_sha256_hex(dl_sha256 *, char out[65]);            /* finishes; lower-case hex and NUL */

/* Interning: equal slices get equal small numbers, from 1 in order of first sight. The bytes are copied into the arena. 0: arena full (only when it has no way out). */
typedef struct { uint32_t *slots, mask; DL_VEC(dl_str) strs; } dl_intern;
uint32_t dl_intern_id(dl_intern *, dl_arena *, dl_str);   /* zero-initialised dl_intern is empty */
static inline dl_str dl_intern_str(const dl_intern *t, uint32_t id) { return t->strs.v[id - 1]; }

#endif
