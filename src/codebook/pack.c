/* pack.c - the bytes of a compiled codebook: written here, verified in check.c. */
#include <stdlib.h>
#include "base/flate.h"
#include "base/lines.h"
#include "codebook/build.h"

static const uint32_t sizes[DL_SEC_N] = {
#define X(name, T) (uint32_t)sizeof(T),
    DL_SECTIONS(X)
#undef X
};

/* Names and order of all that is stored as a number, and the size of every struct. */
uint64_t dl_pack_layout(void)
{
    static const char text[] =
#define X(id) #id " "
        DL_STAGES(X) "/" DL_CERTAINTIES(X) "/" DL_TYPES(X) "/" DL_KINDS(X) "/" DL_LEGAL(X) "/" DL_MEASURES(X) "/" DL_LISTS(X) "/"
#undef X
#define X(id, word) #id " "
        DL_ROLES(X) "/"
#undef X
#define X(name, T) #name ":" #T " "
        DL_SECTIONS(X);
#undef X
    uint64_t h = dl_hash64(text, sizeof text, DL_PACK_VERSION);
    return dl_hash64(sizes, sizeof sizes, h);
}

bool dl_pack_is(const void *p, size_t n) { return n >= 8 && memcmp(p, DL_PACK_MAGIC, 8) == 0; }

static void pad(dl_buf *out)
{
    while (out->n % 8 && !out->failed) dl_putc(out, 0);
}

void dl_pack_write(const dl_pack_parts *p, dl_buf *out)
{
    dl_pack_header h;
    size_t start = out->n;
    memset(&h, 0, sizeof h);
    memcpy(h.magic, DL_PACK_MAGIC, 8);
    h.version = DL_PACK_VERSION, h.oldest = DL_PACK_OLDEST, h.order = DL_PACK_ORDER, h.nsection = DL_SEC_N, h.layout = dl_pack_layout();
    h.sources_size = p->sources_size, h.packed = p->packed;
    memcpy(h.digest, p->digest, 64);
    uint64_t at = sizeof h;
    for (int i = 0; i < DL_SEC_N; i++) {
        at = (at + 7) & ~(uint64_t)7;
        h.section[i].off = at, h.section[i].n = p->n[i], h.section[i].size = sizes[i];
        at += (uint64_t)p->n[i] * sizes[i];
    }
    h.size = at;
    dl_put(out, (dl_str){ (const char *)&h, (uint32_t)sizeof h });
    for (int i = 0; i < DL_SEC_N; i++) {
        pad(out);
        if (p->n[i]) dl_put(out, (dl_str){ p->v[i], p->n[i] * sizes[i] });
    }
    if (out->failed) return;
    char *base = out->p + start;
    uint64_t sum = dl_hash64(base, sizeof h, 0);
    sum = dl_hash64(base + sizeof h, (size_t)h.size - sizeof h, sum);
    memcpy(base + offsetof(dl_pack_header, checksum), &sum, sizeof sum);
}

void dl_pack_deflate(const dl_buf *text, dl_buf *out)
{
    if (!dl_deflate(text->p, text->n, out)) out->failed = true;
}

char *dl_pack_sources(const dl_codebook *b)
{
    size_t n = b->h->sources_size;
    if (!b->h->packed && b->nsources != n) return NULL;
    if (b->h->packed && n / 1100 > b->nsources) return NULL;                  /* deflate can not: a lie about the size */
    char *p = malloc(n + 1);
    if (!p) return NULL;
    if (!b->h->packed) memcpy(p, b->sources, n);
    else if (!dl_inflate(b->sources, b->nsources, p, n)) { free(p); return NULL; }
    p[n] = 0;
    return p;
}
