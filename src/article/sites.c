/* sites.c - see sites.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include "article/parts.h"
#include "article/sites.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"

struct dl_sites { uint64_t *v; size_t n; char fingerprint[48]; };      /* keys in rising order */

static uint64_t key_of(dl_str site, uint64_t line) { return dl_mix64(dl_hash(site) * 31 + line); }

dl_str dl_site_of(dl_arena *a, dl_str url, dl_str source)
{
    int64_t at = dl_find(url, DL_STR("://"), 0);
    uint32_t b = at < 0 ? 0 : (uint32_t)at + 3, e = b;
    while (at >= 0 && e < url.n && !strchr("/?#:", url.p[e])) e++;
    dl_str host = dl_cut(url, b, e);
    if (dl_starts(host, DL_STR("www."))) host = dl_cut(host, 4, host.n);
    return dl_lowered(a, host.n ? host : dl_trim(source));
}

uint64_t dl_site_line(dl_arena *scratch, dl_str line)
{
    dl_str words = dl_line_words(scratch, line);
    return words.n ? dl_hash(words) : 0;
}

bool dl_sites_has(const dl_sites *s, dl_str site, uint64_t line)
{
    uint64_t key = key_of(site, line);
    size_t low = 0, high = s ? s->n : 0;
    while (low < high) { size_t mid = (low + high) / 2; if (s->v[mid] < key) low = mid + 1; else high = mid; }
    return s && low < s->n && s->v[low] == key;
}

/* ---- the file ---- */

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* SITE tab HASH tab STORIES */
static bool read_line(dl_str line, uint64_t *key)
{
    int64_t tab = dl_find(line, DL_STR("\t"), 0), next = tab < 0 ? -1 : dl_find(line, DL_STR("\t"), (uint32_t)tab + 1);
    uint64_t h = 0;
    if (tab < 1 || next != tab + 17) return false;
    for (uint32_t i = (uint32_t)tab + 1; i < (uint32_t)next; i++) {
        char c = line.p[i];
        int d = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (d < 0) return false;
        h = h << 4 | (uint64_t)d;
    }
    *key = key_of(dl_cut(line, 0, (uint32_t)tab), h);
    return true;
}

static bool read_all(dl_sites *s, const char *path, dl_str all, dl_error *err)
{
    uint32_t number = 0, lines = 1;
    for (uint32_t i = 0; i < all.n; i++) lines += all.p[i] == '\n';
    if (!(s->v = malloc(lines * sizeof *s->v))) { dl_fail(err, DL_ENOMEM, "no memory for \"%s\"", path); return false; }
    for (uint32_t b = 0, e; b < all.n; b = e + 1) {
        int64_t nl = dl_find(all, DL_STR("\n"), b);
        e = nl < 0 ? all.n : (uint32_t)nl;
        dl_str line = dl_cut(all, b, e);
        number++;
        if (number == 1 && !dl_is(line, "# dateline sites 1")) { dl_fail_file(err, DL_EFORMAT, path, 0, "not a pack of sites (it begins with \"# dateline sites 1\")"); return false; }
        if (!line.n || line.p[0] == '#') continue;
        if (!read_line(line, &s->v[s->n])) { dl_fail_at(err, DL_EFORMAT, path, number, 1, line.n, line, "not: site, tab, 16 hex digits, tab, stories"); return false; }
        s->n++;
    }
    if (!number) { dl_fail_file(err, DL_EFORMAT, path, 0, "not a pack of sites (it begins with \"# dateline sites 1\")"); return false; }
    qsort(s->v, s->n, sizeof *s->v, by_value);
    return true;
}

dl_sites *dl_sites_open(const char *path, dl_error *err)
{
    dl_file f;
    dl_sites *s = calloc(1, sizeof *s);
    if (!s) { dl_fail(err, DL_ENOMEM, "no memory for \"%s\"", path); return NULL; }
    if (!dl_file_open(&f, path, err)) { free(s); return NULL; }
    bool good = f.n < UINT32_MAX;
    if (!good) dl_fail_file(err, DL_EFORMAT, path, 0, "a pack of sites of more than 4 GiB");
    good = good && read_all(s, path, (dl_str){ f.p, (uint32_t)f.n }, err);
    dl_file_close(&f);
    if (good) {
        uint64_t h = s->n;
        for (size_t i = 0; i < s->n; i++) h = dl_mix64(h * 31 + s->v[i]);
        snprintf(s->fingerprint, sizeof s->fingerprint, "%zu lines %016" PRIx64, s->n, h);
        return s;
    }
    dl_sites_close(s);
    return NULL;
}

void dl_sites_close(dl_sites *s)
{
    if (!s) return;
    free(s->v);
    free(s);
}

const char *dl_sites_fingerprint(const dl_sites *s) { return s->fingerprint; }
