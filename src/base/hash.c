/* hash.c - the fast hash, SHA-256, and interning.
 *
 * The fast hash folds 64x64->128 bit products, an idea of wyhash and its kin (Wang Yi). Ours also xors the factors back in, so that a
 * zero factor does not swallow what came before: it serves as a checksum too. Bytes are read as little-endian words on every machine. */
#include "base/hash.h"

#define K0 0x9e3779b97f4a7c15u                       /* odd, with no pattern in their bits: the golden ratio, and digits of pi */
#define K1 0x243f6a8885a308d3u
#define K2 0x13198a2e03707345u

static uint64_t little64(const unsigned char *p)
{
    uint64_t v;
    memcpy(&v, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    return v;
}

static uint64_t little32(const unsigned char *p)
{
    return p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24;
}

static uint64_t fold(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    unsigned __int128 product = (unsigned __int128)a * b;
    uint64_t lo = (uint64_t)product, hi = (uint64_t)(product >> 64);
#else
    uint64_t al = (uint32_t)a, ah = a >> 32, bl = (uint32_t)b, bh = b >> 32;
    uint64_t mid = (al * bl >> 32) + (uint32_t)(ah * bl) + al * bh;
    uint64_t lo = a * b, hi = ah * bh + (ah * bl >> 32) + (mid >> 32);
#endif
    return (a ^ lo) ^ (b ^ hi);
}

uint64_t dl_hash64(const void *data, size_t n, uint64_t seed)
{
    const unsigned char *p = data;
    uint64_t h = seed ^ K0, a = 0, b = 0;
    size_t left = n;
    for (; left > 16; left -= 16, p += 16) h = fold(little64(p) ^ K1, little64(p + 8) ^ h);
    if (left >= 8) a = little64(p), b = little64(p + left - 8);
    else if (left >= 4) a = little32(p), b = little32(p + left - 4);
    else if (left > 0) a = p[0] | (uint64_t)p[left / 2] << 8 | (uint64_t)p[left - 1] << 16;
    h = fold(a ^ K1, b ^ h);
    return fold(h ^ K2, (uint64_t)n ^ K1);
}

/* ---- SHA-256 (FIPS 180-4) ------------------------------------------------------------------------------------------- */

static const uint32_t sha_k[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74,
    0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d,
    0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
    0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
    0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t turn(uint32_t x, int by) { return x >> by | x << (32 - by); }

static void sha_block(uint32_t h[8], const unsigned char *p)
{
    uint32_t w[64], s[8];
    for (int i = 0; i < 16; i++) w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 | (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ a >> 3) + (turn(b, 17) ^ turn(b, 19) ^ b >> 10);
    }
    /* The eight words would move on by one each round; instead the round moves: word k of round i is s[(k - i) mod 8]. */
    memcpy(s, h, sizeof s);
    for (unsigned i = 0; i < 64; i++) {
        uint32_t a = s[-i & 7], b = s[(1 - i) & 7], c = s[(2 - i) & 7], e = s[(4 - i) & 7], f = s[(5 - i) & 7], g = s[(6 - i) & 7];
        uint32_t t1 = s[(7 - i) & 7] + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + sha_k[i] + w[i];
        s[(3 - i) & 7] += t1;
        s[(7 - i) & 7] = t1 + (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    }
    for (int i = 0; i < 8; i++) h[i] += s[i];
}

/* The same by the instructions that newer x86 processors have for it: five times as fast, and a page's hash is most of what reading it costs. */
#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>

static bool has_sha(void)
{
    static _Atomic int known;                            /* 0: not asked yet; asking is slow */
    int k = atomic_load_explicit(&known, memory_order_relaxed);
    if (!k) {
        unsigned a, b = 0, c = 0, d, c1 = 0;
        bool has = __get_cpuid(1, &a, &d, &c1, &d) && c1 >> 19 & 1 && c1 >> 9 & 1 && __get_cpuid_count(7, 0, &a, &b, &c, &d) && b >> 29 & 1;      /* SSE4.1, SSSE3, SHA */
        atomic_store_explicit(&known, k = has ? 1 : 2, memory_order_relaxed);
    }
    return k == 1;
}

__attribute__((target("sha,sse4.1,ssse3"))) static void sha_blocks_x86(uint32_t h[8], const unsigned char *p, size_t blocks)
{
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i t = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)h), 0xB1), u = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)(h + 4)), 0x1B);
    __m128i abef = _mm_alignr_epi8(t, u, 8), cdgh = _mm_blend_epi16(u, t, 0xF0);
    for (; blocks; blocks--, p += 64) {
        __m128i w[4], abef_before = abef, cdgh_before = cdgh;
        for (int i = 0; i < 16; i++) {
            __m128i *x = &w[i & 3];
            if (i < 4) *x = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i)), swap);
            else *x = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(*x, w[(i + 1) & 3]), _mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3], 4)), w[(i + 3) & 3]);
            __m128i wk = _mm_add_epi32(*x, _mm_loadu_si128((const __m128i *)(const void *)(sha_k + 4 * i)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, wk);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(wk, 0x0E));
        }
        abef = _mm_add_epi32(abef, abef_before), cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    t = _mm_shuffle_epi32(abef, 0x1B), u = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)(void *)h, _mm_blend_epi16(t, u, 0xF0));
    _mm_storeu_si128((__m128i *)(void *)(h + 4), _mm_alignr_epi8(u, t, 8));
}
#endif

static void sha_blocks(uint32_t h[8], const unsigned char *p, size_t blocks)
{
#if defined(__x86_64__)
    if (has_sha()) { sha_blocks_x86(h, p, blocks); return; }
#endif
    for (; blocks; blocks--, p += 64) sha_block(h, p);
}

void dl_sha256_init(dl_sha256 *s)
{
    *s = (dl_sha256){ .h = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 } };
}

void dl_sha256_add(dl_sha256 *s, const void *data, size_t n)
{
    const unsigned char *p = data;
    size_t have = s->n % 64;
    s->n += n;
    if (have && n >= 64 - have) {
        memcpy(s->block + have, p, 64 - have);
        sha_blocks(s->h, s->block, 1);
        p += 64 - have, n -= 64 - have, have = 0;
    }
    if (!have) sha_blocks(s->h, p, n / 64), p += n / 64 * 64, n %= 64;
    if (n) memcpy(s->block + have, p, n);
}

void dl_sha256_hex(dl_sha256 *s, char out[65])
{
    static const unsigned char pad[64] = { 0x80 };
    unsigned char bits[8];
    for (int i = 0; i < 8; i++) bits[i] = (unsigned char)(s->n * 8 >> (56 - 8 * i));
    dl_sha256_add(s, pad, 1 + (119 - s->n % 64) % 64);
    dl_sha256_add(s, bits, 8);
    for (int i = 0; i < 64; i++) out[i] = "0123456789abcdef"[s->h[i / 8] >> (28 - 4 * (i % 8)) & 15];
    out[64] = 0;
}

/* ---- interning: open addressing, at most half full ------------------------------------------------------------------ */

static bool intern_grow(dl_intern *t, dl_arena *a)
{
    uint32_t n = t->slots ? (t->mask + 1) * 2 : 64;
    uint32_t *slots = n ? dl_new(a, uint32_t, n) : NULL;
    if (!slots) return false;
    for (uint32_t id = 1; id <= t->strs.n; id++) {
        uint32_t i = (uint32_t)dl_hash(t->strs.v[id - 1]) & (n - 1);
        while (slots[i]) i = (i + 1) & (n - 1);
        slots[i] = id;
    }
    t->slots = slots;
    t->mask = n - 1;
    return true;
}

/* Grows only for a new string: asking for one that is known leaves the arena as it is, so that the asker may go back to a mark. */
uint32_t dl_intern_id(dl_intern *t, dl_arena *a, dl_str s)
{
    uint32_t hash = (uint32_t)dl_hash(s), i;
    for (i = t->slots ? hash & t->mask : 0; t->slots && t->slots[i]; i = (i + 1) & t->mask)
        if (dl_eq(t->strs.v[t->slots[i] - 1], s)) return t->slots[i];
    if (t->strs.n * 2 >= (t->slots ? t->mask : 0)) {
        if (!intern_grow(t, a)) return 0;
        for (i = hash & t->mask; t->slots[i]; ) i = (i + 1) & t->mask;
    }
    dl_str copy = dl_copy(a, s);
    if (!copy.p) return 0;
    *dl_push(a, &t->strs) = copy;
    return t->slots[i] = t->strs.n;
}
