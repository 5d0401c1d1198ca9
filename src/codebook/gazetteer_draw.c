/* gazetteer_draw.c - what is kept while a gazetteer is built: each text, division, class, place and name once. */
#include <stdlib.h>
#include "base/utf8.h"
#include "codebook/gazetteer_build.h"

void *dl_gaz_more(void *v, uint32_t n, uint32_t *cap, size_t size)
{
    if (n < *cap) return v;
    uint64_t want = *cap ? (uint64_t)*cap + *cap / 2 : 1024;
    if (want > UINT32_MAX) return NULL;
    void *more = realloc(v, (size_t)want * size);
    if (more) *cap = (uint32_t)want;
    return more;
}

/* The next element of a long array, or (no memory: d->full) nothing. */
#define MORE(d, xs) (((xs).n < (xs).cap || grow((d), (void **)&(xs).v, (xs).n, &(xs).cap, sizeof *(xs).v)) ? &(xs).v[(xs).n++] : NULL)

static bool grow(dl_gaz_draw *d, void **v, uint32_t n, uint32_t *cap, size_t size)
{
    void *more = dl_gaz_more(*v, n, cap, size);
    if (!more) { d->full = true; return false; }
    *v = more;
    return true;
}

static bool append(dl_gaz_draw *d, dl_str s)
{
    for (uint32_t i = 0; i < s.n; i++) {
        char *c = MORE(d, d->pool);
        if (!c) return false;
        *c = s.p[i];
    }
    return true;
}

/* ---- tables of numbers: who is equal is told by the caller ---- */

typedef bool (*same_fn)(const dl_gaz_draw *, uint32_t index, const void *key);

static uint32_t *slot(const dl_gaz_draw *d, const dl_gaz_table *t, uint64_t hash, const void *key, same_fn same)
{
    uint32_t i = (uint32_t)hash & t->mask;
    while (t->slots[i] && !same(d, t->slots[i] - 1, key)) i = (i + 1) & t->mask;
    return &t->slots[i];
}

typedef uint64_t (*hash_fn)(const dl_gaz_draw *, uint32_t index);

/* Keeps a table at most half full before index n is added. */
static bool widen(dl_gaz_draw *d, dl_gaz_table *t, uint32_t n, hash_fn hash)
{
    if (t->slots && n < t->mask / 2) return true;
    uint64_t cap = t->slots ? 2 * ((uint64_t)t->mask + 1) : 1 << 12;
    uint32_t *s = cap <= (uint64_t)1 << 31 ? calloc((size_t)cap, sizeof *s) : NULL;
    if (!s) { d->full = true; return false; }
    uint32_t mask = (uint32_t)(cap - 1);
    for (uint32_t i = 0; t->slots && i <= t->mask; i++) {
        if (!t->slots[i]) continue;
        uint32_t k = (uint32_t)hash(d, t->slots[i] - 1) & mask;
        while (s[k]) k = (k + 1) & mask;
        s[k] = t->slots[i];
    }
    free(t->slots);
    t->slots = s, t->mask = mask;
    return true;
}

/* ---- texts ---- */

static dl_str text_of(const dl_gaz_draw *d, uint32_t i) { return (dl_str){ (const char *)d->texts.v + d->text_at.v[i] + 1, d->texts.v[d->text_at.v[i]] }; }
static bool same_text(const dl_gaz_draw *d, uint32_t i, const void *key) { return dl_eq(text_of(d, i), *(const dl_str *)key); }
static uint64_t hash_text(const dl_gaz_draw *d, uint32_t i) { return dl_hash(text_of(d, i)); }

uint32_t dl_gaz_text(dl_gaz_draw *d, dl_str s)
{
    if (s.n > 255) for (s.n = 255; s.n && !dl_utf8_boundary(s, s.n);) s.n--;
    if (!widen(d, &d->by_text, d->text_at.n, hash_text)) return 0;
    uint32_t *at = slot(d, &d->by_text, dl_hash(s), &s, same_text);
    if (*at) return d->text_at.v[*at - 1];
    uint32_t off = d->texts.n, *new_text = MORE(d, d->text_at);
    unsigned char *c = new_text ? MORE(d, d->texts) : NULL;
    if (!c) return 0;
    *c = (unsigned char)s.n, *new_text = off;
    for (uint32_t i = 0; i < s.n; i++)
        if ((c = MORE(d, d->texts)) == NULL) return 0;
        else *c = (unsigned char)s.p[i];
    *at = d->text_at.n;
    return off;
}

uint16_t dl_gaz_class(dl_gaz_draw *d, dl_str code)
{
    uint32_t k = dl_intern_id(&d->codes, d->a, code);
    if (k > d->cls.n) {
        uint32_t t = dl_gaz_text(d, code), *c = k <= UINT16_MAX ? MORE(d, d->cls) : NULL;
        if (!c) return 0;
        *c = t;
    }
    return (uint16_t)(k - 1);
}

uint32_t dl_gaz_division_of(dl_gaz_draw *d, dl_str cc, dl_str admin1, dl_str admin2)
{
    dl_marker mark = dl_mark(d->a);
    dl_str key = dl_fmt(d->a, "%.*s\t%.*s\t%.*s", (int)cc.n, cc.p, (int)admin1.n, admin1.p, (int)admin2.n, admin2.p);
    uint32_t before = d->divisions.strs.n, k = dl_intern_id(&d->divisions, d->a, key);
    if (k <= before) { dl_reset(d->a, mark); return k - 1; }
    uint32_t a1 = dl_gaz_text(d, admin1), a2 = dl_gaz_text(d, admin2);
    dl_gaz_division *x = MORE(d, d->division);
    if (!x) return 0;
    *x = (dl_gaz_division){ .admin1 = a1, .admin2 = a2 };
    if (cc.n == 2) memcpy(x->cc, cc.p, 2);
    return k - 1;
}

/* ---- places ---- */

static bool same_id(const dl_gaz_draw *d, uint32_t i, const void *key) { return d->place.v[i].id == *(const uint32_t *)key; }
static uint64_t hash_id(const dl_gaz_draw *d, uint32_t i) { return dl_mix64(d->place.v[i].id); }

uint32_t dl_gaz_by_id(const dl_gaz_draw *d, uint32_t id)
{
    return id && d->by_id.slots ? *slot(d, &d->by_id, dl_mix64(id), &id, same_id) - 1 : UINT32_MAX;
}

uint32_t dl_gaz_place_new(dl_gaz_draw *d, uint32_t id)
{
    uint32_t *at = NULL;
    if (id) {
        if (!widen(d, &d->by_id, d->place.n, hash_id)) return UINT32_MAX;
        at = slot(d, &d->by_id, dl_mix64(id), &id, same_id);
        if (*at) return *at - 1;
    }
    dl_gaz_draft *p = MORE(d, d->place);
    if (!p) return UINT32_MAX;
    *p = (dl_gaz_draft){ .id = id, .lat = INT32_MAX, .lon = INT32_MAX, .kind = DL_PLACE_CITY };
    if (at) *at = d->place.n;
    return d->place.n - 1;
}

/* ---- names ---- */

static dl_str name_of(const dl_gaz_draw *d, uint32_t i) { return (dl_str){ d->pool.v + d->name.v[i].off, d->name.v[i].n }; }
static bool same_name(const dl_gaz_draw *d, uint32_t i, const void *key) { return dl_eq(name_of(d, i), *(const dl_str *)key); }
static uint64_t hash_name(const dl_gaz_draw *d, uint32_t i) { return dl_hash(name_of(d, i)); }

void dl_gaz_call(dl_gaz_draw *d, uint32_t place, dl_str name, uint8_t flags)
{
    dl_marker mark = dl_mark(d->a);
    dl_str f = dl_folded(d->a, name);
    if (f.n && f.n <= DL_GAZ_NAME_MAX && widen(d, &d->by_name, d->name.n, hash_name)) {
        uint32_t *at = slot(d, &d->by_name, dl_hash(f), &f, same_name);
        if (!*at) {
            uint32_t off = d->pool.n;
            dl_gaz_name *w = append(d, f) ? MORE(d, d->name) : NULL;
            if (w) *w = (dl_gaz_name){ off, 0, (uint8_t)f.n }, *at = d->name.n;
        }
        dl_gaz_bearer *b = *at ? MORE(d, d->bearer) : NULL;
        if (b) {
            *b = (dl_gaz_bearer){ place, d->name.v[*at - 1].first, flags };
            d->name.v[*at - 1].first = d->bearer.n;
        }
    }
    dl_reset(d->a, mark);
}

void dl_gaz_free(dl_gaz_draw *d)
{
    free(d->place.v), free(d->name.v), free(d->bearer.v), free(d->pool.v), free(d->texts.v), free(d->division.v), free(d->cls.v), free(d->text_at.v);
    free(d->by_name.slots), free(d->by_id.slots), free(d->by_text.slots);
}
