/* lines.c - a window over the unpacked bytes moves through the file; lines are cut from it. */
#include <stdlib.h>
#include "base/error.h"
#include "base/file.h"
#include "base/flate.h"
#include "base/lines.h"

enum { LINE_MAX_BYTES = 1 << 24, WINDOW = 1 << 16 };

struct dl_lines {
    dl_file   file;
    char      path[256];
    dl_flate *flate;
    bool      packed, gzip, zip, over;
    const char *in; size_t left;            /* of the file: what is still to be unpacked, or to be cut where nothing is packed */
    uint32_t  crc, want;                    /* zip: of what came out, and what it must be */
    char     *window; size_t b, e, cap;     /* unpacked, not yet given: [b, e) */
    uint32_t  number;
};

/* ---- zip: the directory stands at the end (APPNOTE.TXT, "End of central directory record") ---- */

static uint32_t le(const char *p, int n)
{
    uint32_t v = 0;
    while (n-- > 0) v = v << 8 | (unsigned char)p[n];
    return v;
}

static int64_t find_directory(const dl_file *f)
{
    size_t least = f->n > 65557 ? f->n - 65557 : 0;
    for (size_t i = f->n < 22 ? 0 : f->n - 22 + 1; i-- > least;)
        if (memcmp(f->p + i, "PK\5\6", 4) == 0) return (int64_t)i;
    return -1;
}

typedef struct { uint32_t method, crc, packed, size, at; bool text; } entry;

/* The entry that holds the table: the largest text. */
static bool choose(const dl_file *f, entry *best)
{
    int64_t end = find_directory(f);
    if (end < 0 || f->n - (size_t)end < 22) return false;
    size_t at = le(f->p + end + 16, 4), n = le(f->p + end + 10, 2);
    bool found = false;
    for (size_t k = 0; k < n && at + 46 <= f->n && memcmp(f->p + at, "PK\1\2", 4) == 0; k++) {
        const char *p = f->p + at;
        size_t name = le(p + 28, 2), skip = 46 + name + le(p + 30, 2) + le(p + 32, 2);
        if (at + 46 + name > f->n) return false;
        dl_str s = { p + 46, (uint32_t)name };
        entry x = { le(p + 10, 2), le(p + 16, 4), le(p + 20, 4), le(p + 24, 4), le(p + 42, 4), dl_ends(s, DL_STR(".txt")) || dl_ends(s, DL_STR(".tsv")) };
        if (!found || x.text > best->text || (x.text == best->text && x.size > best->size)) *best = x, found = true;
        at += skip;
    }
    return found;
}

static const char *open_zip(dl_lines *l)
{
    entry x = { 0 };
    if (!choose(&l->file, &x)) return "a zip archive without a directory";
    if (x.method != 0 && x.method != 8) return "a zip archive packed by a method that is not known here";
    if (x.packed == UINT32_MAX) return "a zip archive of more than 4 GiB";
    if (x.at > l->file.n || l->file.n - x.at < 30) return "a zip archive that is cut off";
    size_t from = x.at + 30 + (size_t)le(l->file.p + x.at + 26, 2) + le(l->file.p + x.at + 28, 2);
    if (from > l->file.n || x.packed > l->file.n - from) return "a zip archive that is cut off";
    l->in = l->file.p + from, l->left = x.packed, l->packed = x.method == 8, l->zip = true, l->want = x.crc;
    return NULL;
}

dl_lines *dl_lines_open(const char *path, dl_error *err)
{
    dl_lines *l = calloc(1, sizeof *l);
    if (!l) { dl_fail(err, DL_ENOMEM, "no memory to read '%s'", path); return NULL; }
    if (!dl_file_open(&l->file, path, err)) { free(l); return NULL; }
    size_t len = strlen(path);
    memcpy(l->path, len < sizeof l->path ? path : path + (len - sizeof l->path + 1), len < sizeof l->path ? len : sizeof l->path - 1);
    const char *bad = NULL;
    l->in = l->file.p, l->left = l->file.n;
    if (l->left > 4 && memcmp(l->in, "\x1f\x8b", 2) == 0) l->packed = l->gzip = true;
    else if (l->left > 4 && memcmp(l->in, "PK\3\4", 4) == 0) bad = open_zip(l);
    if (!bad && l->packed && !(l->flate = dl_flate_open(l->gzip ? DL_FLATE_GZIP : DL_FLATE_RAW))) bad = "no memory to unpack it";
    if (bad) { dl_fail_file(err, DL_EFORMAT, l->path, 0, bad); dl_lines_close(l); return NULL; }
    return l;
}

void dl_lines_close(dl_lines *l)
{
    if (!l) return;
    dl_flate_close(l->flate);
    dl_file_close(&l->file);
    free(l->window);
    free(l);
}

/* ---- the window ---- */

static bool room(dl_lines *l)
{
    if (l->b) { memmove(l->window, l->window + l->b, l->e - l->b); l->e -= l->b, l->b = 0; }
    if (l->cap - l->e >= WINDOW) return true;
    size_t cap = l->cap ? 2 * l->cap : 4 * WINDOW;
    char *more = cap <= 2 * (size_t)LINE_MAX_BYTES ? realloc(l->window, cap) : NULL;
    if (!more) return false;
    l->window = more, l->cap = cap;
    return true;
}

static void count(dl_lines *l, const char *p, size_t n) { l->crc = dl_crc32(l->crc, p, n); }
static bool whole(const dl_lines *l) { return !l->zip || l->crc == l->want; }

static const char damaged[] = "the packed data are damaged", too_long[] = "a line longer than 16 MiB";

static int fail(dl_lines *l, const char *what, dl_error *err)
{
    dl_fail_file(err, DL_EFORMAT, l->path, 0, what);
    return -1;
}

/* More unpacked bytes into the window; NULL, or what is wrong. */
static const char *unpack(dl_lines *l)
{
    if (!room(l)) return too_long;
    char *out = l->window + l->e;
    size_t left = l->left, space = l->cap - l->e;
    dl_flate_state state = dl_flate_step(l->flate, &l->in, &l->left, &out, &space);
    size_t taken = left - l->left, got = l->cap - l->e - space;
    l->e += got;
    if (l->zip) count(l, l->window + l->e - got, got);
    if (state == DL_FLATE_END) {
        if (l->gzip && l->left > 2 && memcmp(l->in, "\x1f\x8b", 2) == 0) return NULL;
        l->over = true;
        return whole(l) ? NULL : damaged;
    }
    if (state == DL_FLATE_DAMAGED || (!taken && !got)) return l->left ? damaged : "the packed data are cut off";
    return NULL;
}

static int give(dl_lines *l, dl_str *line, const char *p, size_t n, dl_error *err)
{
    if (n > LINE_MAX_BYTES) return fail(l, too_long, err);
    l->number++;
    if (l->number == 1 && n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) p += 3, n -= 3;
    if (n && p[n - 1] == '\r') n--;
    *line = (dl_str){ p, (uint32_t)n };
    return 1;
}

static int next_plain(dl_lines *l, dl_str *line, dl_error *err)
{
    if (!l->left) return whole(l) ? 0 : fail(l, damaged, err);
    const char *nl = memchr(l->in, '\n', l->left), *p = l->in;
    size_t n = nl ? (size_t)(nl - p) : l->left;
    l->in += n + (nl != NULL), l->left -= n + (nl != NULL);
    if (l->zip) count(l, p, n + (nl != NULL));
    return give(l, line, p, n, err);
}

int dl_lines_next(dl_lines *l, dl_str *line, dl_error *err)
{
    if (!l->packed) return next_plain(l, line, err);
    size_t looked = 0;
    for (;;) {
        const char *p = l->window ? l->window + l->b : NULL, *nl = p && l->e - l->b > looked ? memchr(p + looked, '\n', l->e - l->b - looked) : NULL;
        if (nl) { l->b += (size_t)(nl - p) + 1; return give(l, line, p, (size_t)(nl - p), err); }
        if (l->over) {
            size_t n = l->e - l->b;
            l->b = l->e;
            return n ? give(l, line, p, n, err) : 0;
        }
        looked = l->e - l->b;
        const char *bad = unpack(l);
        if (bad) return fail(l, bad, err);
    }
}

uint32_t dl_lines_number(const dl_lines *l) { return l->number; }
