/* gazetteer_write.c - from places and names in memory to the bytes of the file; the same inputs give the same bytes. */
#include <stdlib.h>
#include "base/error.h"
#include "codebook/gazetteer_build.h"

/* ---- places, the largest first ---- */

typedef struct { uint64_t rank; uint32_t id, place; } order;

/* A country stands before its capital, whatever it counts; what has no count goes by its kind. */
static uint64_t rank_of(const dl_gaz_draft *p)
{
    static const uint64_t least[] = { 0, (uint64_t)1 << 33, (uint64_t)1 << 20, 0, (uint64_t)1 << 18 };
    return p->people + least[p->kind];
}

static int by_rank(const void *x, const void *y)
{
    const order *a = x, *b = y;
    if (a->rank != b->rank) return a->rank > b->rank ? -1 : 1;
    if (a->id != b->id) return a->id < b->id ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

/* record[place]: its place in the file. */
static dl_gaz_record *sort_places(const dl_gaz_draw *d, uint32_t *record)
{
    uint32_t n = d->place.n;
    order *o = malloc((n + 1) * sizeof *o);
    dl_gaz_record *r = calloc(n + 1, sizeof *r);
    if (!o || !r) { free(o), free(r); return NULL; }
    for (uint32_t i = 0; i < n; i++) o[i] = (order){ rank_of(&d->place.v[i]), d->place.v[i].id, i };
    qsort(o, n, sizeof *o, by_rank);
    for (uint32_t i = 0; i < n; i++) {
        const dl_gaz_draft *p = &d->place.v[o[i].place];
        record[o[i].place] = i;
        r[i] = (dl_gaz_record){ p->id, p->lat, p->lon, p->text, p->division, dl_gaz_size(p->people), p->kind, p->cls };
    }
    free(o);
    return r;
}

/* ---- names and their bearers ---- */

typedef struct { unsigned char *p; uint64_t n, cap; bool failed; } bytes;

static void put(bytes *b, const void *p, size_t n)
{
    if (b->n + n > b->cap) {
        uint64_t cap = b->cap ? b->cap + b->cap / 2 : 1 << 20;
        while (cap < b->n + n) cap += cap / 2;
        unsigned char *more = b->failed ? NULL : realloc(b->p, (size_t)cap);
        if (!more) { b->failed = true; return; }
        b->p = more, b->cap = cap;
    }
    memcpy(b->p + b->n, p, n);
    b->n += n;
}

static void put_varint(bytes *b, uint32_t v)
{
    unsigned char c[5];
    size_t n = 0;
    for (; v >= 0x80; v >>= 7) c[n++] = (unsigned char)(v | 0x80);
    c[n++] = (unsigned char)v;
    put(b, c, n);
}

static int by_number(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return a < b ? -1 : a > b;
}

typedef struct { uint64_t v[DL_GAZ_BEARERS_MAX]; uint32_t n; } crowd;

/* All bearers of a name by record, each once; flags hold only where every row has them. */
static void gather(const dl_gaz_draw *d, const uint32_t *record, uint32_t first, crowd *c)
{
    c->n = 0;
    for (uint32_t i = first; i && c->n < DL_GAZ_BEARERS_MAX; i = d->bearer.v[i - 1].next) c->v[c->n++] = (uint64_t)record[d->bearer.v[i - 1].place] << 8 | d->bearer.v[i - 1].flags;
    qsort(c->v, c->n, sizeof *c->v, by_number);
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        if (n && c->v[n - 1] >> 8 == c->v[i] >> 8) c->v[n - 1] &= c->v[i] | ~(uint64_t)0xFF;
        else c->v[n++] = c->v[i];
    }
    c->n = n;
}

static bool write_names(const dl_gaz_draw *d, const uint32_t *record, uint32_t *at, bytes *out)
{
    crowd *c = malloc(sizeof *c);
    if (!c) return false;
    put(out, "\0\0\0\0", 4);                                     /* offset 0 is "no name" */
    for (uint32_t i = 0; i < d->name.n; i++) {
        const dl_gaz_name *w = &d->name.v[i];
        gather(d, record, w->first, c);
        at[i] = (uint32_t)(out->n / 4);
        put(out, &w->n, 1);
        put(out, d->pool.v + w->off, w->n);
        put_varint(out, c->n);
        uint32_t before = 0;
        for (uint32_t k = 0; k < c->n; k++) {
            uint32_t r = (uint32_t)(c->v[k] >> 8);
            put_varint(out, (r - before) << 2 | (uint32_t)(c->v[k] & 3));
            before = r;
        }
        while (out->n % 4 && !out->failed) put(out, "", 1);
    }
    free(c);
    return !out->failed;
}

static uint64_t power_above(uint64_t n)
{
    uint64_t p = 1;
    while (p < n) p *= 2;
    return p;
}

static uint32_t *write_slots(const dl_gaz_draw *d, const uint32_t *at, uint32_t shift, uint64_t *nslots)
{
    *nslots = power_above((uint64_t)d->name.n * 4 / 3 + 2);       /* at most three quarters are taken */
    uint32_t *s = calloc((size_t)*nslots, sizeof *s), mask = (uint32_t)(*nslots - 1);
    for (uint32_t i = 0; s && i < d->name.n; i++) {
        uint64_t h = dl_hash((dl_str){ d->pool.v + d->name.v[i].off, d->name.v[i].n });
        uint32_t k = (uint32_t)h & mask;
        while (s[k]) k = (k + 1) & mask;
        s[k] = at[i] | dl_gaz_tag(h, shift);
    }
    return s;
}

static unsigned char *write_starts(const dl_gaz_draw *d, uint64_t *n)
{
    uint64_t nbits = power_above((uint64_t)d->name.n * 8 + 64);
    unsigned char *bits = calloc((size_t)(*n = nbits / 8), 1);
    for (uint32_t i = 0; bits && i < d->name.n; i++) {
        const char *p = d->pool.v + d->name.v[i].off;
        uint32_t len = d->name.v[i].n, blanks = 0, k = 0;
        for (; k < len; k++) if (p[k] == ' ' && ++blanks == 2) break;
        if (blanks < 2) continue;
        uint64_t bit = dl_gaz_bit((dl_str){ p, k }, nbits);
        bits[bit >> 3] |= (unsigned char)(1u << (bit & 7));
    }
    return bits;
}

/* ---- the file ---- */

static uint32_t bits_for(uint64_t n)
{
    uint32_t b = 8;
    while (b < 32 && n >> b) b++;
    return b;
}

static bool lay(dl_gaz_header *h, const void *const *v, const uint64_t *n, const size_t *size, const char *path, dl_error *err)
{
    uint64_t at = sizeof *h;
    for (int i = 0; i < DL_GAZ_SEC_N; i++) {
        at = (at + 7) & ~(uint64_t)7;
        h->section[i] = (dl_gaz_section){ at, n[i] };
        at += n[i] * size[i];
    }
    h->size = at;
    char *all = calloc(1, (size_t)at);
    if (!all) { dl_fail(err, DL_ENOMEM, "no memory for the gazetteer"); return false; }
    for (int i = 0; i < DL_GAZ_SEC_N; i++)
        if (n[i]) memcpy(all + h->section[i].off, v[i], (size_t)n[i] * size[i]);
    dl_sha256 sha;
    char hex[65];
    dl_sha256_init(&sha);
    dl_sha256_add(&sha, all + sizeof *h, (size_t)at - sizeof *h);
    dl_sha256_hex(&sha, hex);
    memcpy(h->digest, hex, 64);
    h->checksum = dl_gaz_sum(h, all + sizeof *h);
    memcpy(all, h, sizeof *h);
    bool ok = dl_file_write(path, all, (size_t)at, err);
    free(all);
    return ok;
}

bool dl_gaz_write(dl_gaz_draw *d, const char *path, dl_error *err)
{
    static const size_t size[] = {
#define X(name, T) sizeof(T),
        DL_GAZ_SECTIONS(X)
#undef X
    };
    dl_gaz_header h;
    memset(&h, 0, sizeof h);
    memcpy(h.magic, DL_GAZ_MAGIC, 8);
    h.version = DL_GAZ_VERSION, h.oldest = DL_GAZ_OLDEST, h.order = DL_GAZ_ORDER, h.nsection = DL_GAZ_SEC_N, h.nname = d->name.n;
    bytes names = { 0 };
    uint64_t nslots = 0, nstarts = 0;
    uint32_t *record = malloc((d->place.n + 1) * sizeof *record), *at = malloc((d->name.n + 1) * sizeof *at), *slots = NULL;
    dl_gaz_record *records = record ? sort_places(d, record) : NULL;
    bool ok = records && at && write_names(d, record, at, &names);
    if (ok) h.shift = bits_for(names.n / 4), slots = write_slots(d, at, h.shift, &nslots);
    unsigned char *starts = slots ? write_starts(d, &nstarts) : NULL;
    if (!starts) dl_fail(err, DL_ENOMEM, "no memory for the gazetteer");
    ok = starts && lay(&h, (const void *[]){ slots, names.p, starts, records, d->division.v, d->cls.v, d->texts.v },
                       (uint64_t[]){ nslots, names.n, nstarts, d->place.n, d->division.n, d->cls.n, d->texts.n }, size, path, err);
    free(record), free(at), free(records), free(names.p), free(slots), free(starts);
    return ok;
}
