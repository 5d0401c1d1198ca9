/* gazetteer.c - opening a gazetteer and looking names up in it. */
#include <stdio.h>
#include <stdlib.h>
#include "base/error.h"
#include "base/utf8.h"
#include "codebook/gazetteer_file.h"

extern const unsigned char dl_builtin_gazetteer[], dl_builtin_gazetteer_end[];

/* ---- opening ---- */

uint64_t dl_gaz_sum(const dl_gaz_header *h, const void *body)
{
    dl_gaz_header zeroed = *h;
    zeroed.checksum = 0;
    return dl_hash64(body, (size_t)h->size - sizeof *h, dl_hash64(&zeroed, sizeof zeroed, 0));
}

static bool take_sections(dl_gazetteer *g)
{
    const dl_gaz_section *s = g->h->section;
#define X(name, T)                                                                                                                        \
    if (s->off % 8 || s->off < sizeof *g->h || s->off > g->h->size || s->n > (g->h->size - s->off) / sizeof(T)) return false;             \
    g->name = (const T *)(const void *)((const char *)g->h + s->off), g->n##name = s->n, s++;
    DL_GAZ_SECTIONS(X)
#undef X
    uint64_t bits = g->nstarts * 8;
    return g->nslots && !(g->nslots & (g->nslots - 1)) && g->nslots <= UINT32_MAX && bits && !(bits & (bits - 1)) && g->nrecords <= UINT32_MAX && g->h->shift >= 8 && g->h->shift <= 32;
}

static bool check(dl_gazetteer *g, const void *p, size_t n, bool verify, dl_error *err)
{
    const dl_gaz_header *h = p;
    if (n >= 8 && memcmp(p, DL_GAZ_MAGIC, 8) != 0) { dl_fail(err, DL_EFORMAT, "not a gazetteer"); return false; }
    if (n < sizeof *h) { dl_fail(err, DL_EFORMAT, "gazetteer is cut off: %zu bytes", n); return false; }
    if (h->order != DL_GAZ_ORDER) { dl_fail(err, DL_EVERSION, "gazetteer was built on a machine of another byte order"); return false; }
    if (h->oldest > DL_GAZ_VERSION || h->version < DL_GAZ_OLDEST || h->nsection != DL_GAZ_SEC_N) {
        dl_fail(err, DL_EVERSION, "gazetteer of format %u was built by another version of dateline: build it again", h->version);
        return false;
    }
    if (h->size != n) { dl_fail(err, DL_EFORMAT, "gazetteer is %s: %zu bytes of %llu", h->size > n ? "cut off" : "too long", n, (unsigned long long)h->size); return false; }
    if (verify && dl_gaz_sum(h, h + 1) != h->checksum) { dl_fail(err, DL_ECHECKSUM, "gazetteer is damaged: its checksum does not hold"); return false; }
    g->h = h;
    if (!take_sections(g)) { dl_fail(err, DL_EFORMAT, "not a sound gazetteer: its sections"); return false; }
    snprintf(g->fingerprint, sizeof g->fingerprint, "%llu places %.16s", (unsigned long long)g->nrecords, h->digest);
    return true;
}

dl_gazetteer *dl_gaz_load(const void *p, size_t n, bool verify, dl_error *err)
{
    dl_gazetteer *g = calloc(1, sizeof *g);
    if (!g) { dl_fail(err, DL_ENOMEM, "no memory for a gazetteer"); return NULL; }
    if (!check(g, p, n, verify, err)) { free(g); return NULL; }
    return g;
}

dl_gazetteer *dl_gazetteer_open(const char *path, dl_error *err)
{
    if (!path) {
        size_t n = (size_t)((uintptr_t)dl_builtin_gazetteer_end - (uintptr_t)dl_builtin_gazetteer);
        if (n) return dl_gaz_load(dl_builtin_gazetteer, n, false, err);                /* our own bytes: nothing is read before it is needed */
        dl_fail(err, DL_ENOENT, "no gazetteer is built into this program");
        return NULL;
    }
    dl_file f;
    dl_error e = { 0 };
    if (!dl_file_open(&f, path, err)) return NULL;
    dl_gazetteer *g = dl_gaz_load(f.p, f.n, true, &e);
    if (!g) {
        dl_file_close(&f);
        dl_fail_file(err, e.code, path, 0, e.message);
        return NULL;
    }
    g->file = f;
    return g;
}

void dl_gazetteer_close(dl_gazetteer *g)
{
    if (!g) return;
    if (g->file.p) dl_file_close(&g->file);
    free(g);
}

const char *dl_gazetteer_fingerprint(const dl_gazetteer *g) { return g->fingerprint; }
uint32_t    dl_gaz_nplace(const dl_gazetteer *g) { return (uint32_t)g->nrecords; }
uint32_t    dl_gaz_nname(const dl_gazetteer *g) { return g->h->nname; }

/* ---- looking up ---- */

static bool varint(const unsigned char **p, const unsigned char *end, uint32_t *out)
{
    uint32_t v = 0;
    for (unsigned shift = 0; *p < end && shift < 35; shift += 7) {
        unsigned char c = *(*p)++;
        v |= (uint32_t)(c & 0x7F) << shift;
        if (!(c & 0x80)) { *out = v; return true; }
    }
    return false;
}

bool dl_gaz_find(const dl_gazetteer *g, dl_str name, dl_bearers *out)
{
    if (!name.n || name.n > DL_GAZ_NAME_MAX) return false;
    uint64_t h = dl_hash(name);
    uint32_t mask = (uint32_t)(g->nslots - 1), shift = g->h->shift, tag = dl_gaz_tag(h, shift), low = shift >= 32 ? UINT32_MAX : (1u << shift) - 1;
    for (uint32_t i = (uint32_t)h & mask, tries = 0; g->slots[i] && tries <= mask; i = (i + 1) & mask, tries++) {
        if ((g->slots[i] & ~low) != tag) continue;
        uint64_t at = (uint64_t)(g->slots[i] & low) * 4;
        if (at >= g->nnames || g->nnames - at < 1 + (uint64_t)name.n || g->names[at] != name.n || memcmp(g->names + at + 1, name.p, name.n) != 0) continue;
        *out = (dl_bearers){ .p = g->names + at + 1 + name.n, .end = g->names + g->nnames };
        return varint(&out->p, out->end, &out->left) && out->left;
    }
    return false;
}

bool dl_gaz_next(const dl_gazetteer *g, dl_bearers *b)
{
    uint32_t v;
    if (!b->left || !varint(&b->p, b->end, &v)) return false;
    b->left--, b->record += v >> 2, b->flags = v & 3;
    return b->record < g->nrecords;
}

bool dl_gaz_begins(const dl_gazetteer *g, dl_str two_words)
{
    uint64_t bit = dl_gaz_bit(two_words, g->nstarts * 8);
    return g->starts[bit >> 3] >> (bit & 7) & 1;
}

static dl_str text_at(const dl_gazetteer *g, uint32_t at)
{
    dl_str none = { "", 0 };
    if (at >= g->ntexts || g->texts[at] > g->ntexts - at - 1) return none;
    dl_str s = { (const char *)g->texts + at + 1, g->texts[at] };
    return dl_utf8_valid(s) ? s : none;
}

dl_gaz_place dl_gaz_at(const dl_gazetteer *g, uint32_t i)
{
    dl_gaz_place p = { .kind = DL_PLACE_CITY, .lat = INT32_MAX, .lon = INT32_MAX };
    if (i >= g->nrecords) return p;
    const dl_gaz_record *r = &g->records[i];
    if (r->lat >= -9000000 && r->lat <= 9000000 && r->lon >= -18000000 && r->lon <= 18000000) p.lat = r->lat, p.lon = r->lon;
    p.id = r->id, p.name = text_at(g, r->text), p.size = r->size;
    if (r->kind >= DL_PLACE_COUNTRY && r->kind <= DL_PLACE_MACRO) p.kind = r->kind;
    if (r->cls < g->nclasses) p.cls = text_at(g, g->classes[r->cls]);
    if (r->division < g->ndivisions) {
        const dl_gaz_division *d = &g->divisions[r->division];
        if (dl_upper((unsigned char)d->cc[0]) && dl_upper((unsigned char)d->cc[1])) memcpy(p.cc, d->cc, 2);
        p.admin1 = text_at(g, d->admin1), p.admin2 = text_at(g, d->admin2);
    }
    return p;
}

/* 8 log2, the fraction linear between powers of two. */
uint8_t dl_gaz_size(uint64_t n)
{
    int e = 0;
    if (!n) return 0;
    while (e < 63 && n >> (e + 1)) e++;
    uint64_t part = e > 3 ? n >> (e - 3) & 7 : ((n - ((uint64_t)1 << e)) << 3) >> e;
    uint64_t v = 8 * (uint64_t)e + part;
    return v < 1 ? 1 : v > 255 ? 255 : (uint8_t)v;
}
