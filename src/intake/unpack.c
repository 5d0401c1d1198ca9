/* unpack.c - see unpack.h. zlib (base/flate.h) and zstd do the work; here is what holds for both: members, ends, bombs. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/flate.h"
#include "base/zst.h"
#include "intake/unpack.h"

enum { IN = 1 << 16 };

struct dl_unpack {
    char     in[IN];
    size_t   at, n;                      /* in[at,n) is not used yet */
    uint64_t taken, given;               /* bytes in all, packed and unpacked */
    const char *why;                     /* what was wrong */
    bool     zstd, inside, ended, over;  /* inside a member; the descriptor is at its end; nothing more is to be said */
    dl_flate *f;
    dl_zst *d;
};

static bool is_gzip(const char *p, size_t n) { return n >= 3 && !memcmp(p, "\x1f\x8b\x08", 3); }
static bool is_zstd(const char *p, size_t n) { return n >= 4 && (!memcmp(p, "\x28\xb5\x2f\xfd", 4) || (!memcmp(p + 1, "\x2a\x4d\x18", 3) && (p[0] & 0xF0) == 0x50)); }

bool dl_packed(const char *p, size_t n) { return is_gzip(p, n) || is_zstd(p, n); }

dl_unpack *dl_unpack_open(const char *first, size_t n)
{
    dl_unpack *u = calloc(1, sizeof *u);
    if (!u || n > IN) { free(u); return NULL; }
    memcpy(u->in, first, n);
    u->n = u->taken = n;
    u->zstd = is_zstd(first, n);
    bool ok = u->zstd ? (u->d = dl_zst_open()) != NULL : (u->f = dl_flate_open(DL_FLATE_GZIP)) != NULL;
    if (ok) return u;
    dl_unpack_close(u);
    return NULL;
}

void dl_unpack_close(dl_unpack *u)
{
    if (!u) return;
    dl_zst_close(u->d);
    dl_flate_close(u->f);
    free(u);
}

/* Something in in[at,n); false at the end or with errno set. */
static bool more(dl_unpack *u, int fd, bool *failed)
{
    if (u->at < u->n) return true;
    if (u->ended) return false;
    ssize_t got;
    do got = read(fd, u->in, IN); while (got < 0 && errno == EINTR);
    *failed = got < 0;
    u->ended = got <= 0;
    u->at = 0, u->n = got > 0 ? (size_t)got : 0;
    u->taken += u->n;
    return got > 0;
}

/* Between members there may be zeros, as tapes have them; other bytes that begin no member are left alone. */
static bool begins_member(dl_unpack *u, int fd, bool *failed)
{
    while (more(u, fd, failed) && !u->in[u->at] && u->given) u->at++;
    if (!more(u, fd, failed)) return false;
    return u->zstd || u->n - u->at < 2 || !memcmp(u->in + u->at, "\x1f\x8b", 2);
}

/* One step: bytes out, *why where the packed bytes are wrong. */
static size_t step(dl_unpack *u, char *out, size_t n, const char **why)
{
    const char *in = u->in + u->at;
    size_t left = u->n - u->at, room = n;
    if (u->zstd) {
        int more = dl_zst_step(u->d, &in, &left, &out, &room);
        u->at = u->n - left;
        if (more < 0) *why = "its zstd data is damaged";
        u->inside = more != 0;
        return n - room;
    }
    dl_flate_state state = dl_flate_step(u->f, &in, &left, &out, &room);
    u->at = u->n - left;
    u->inside = state != DL_FLATE_END;
    if (state == DL_FLATE_DAMAGED) *why = "its gzip data is damaged";
    return n - room;
}

long dl_unpack_read(dl_unpack *u, int fd, char *out, size_t n, const char **why)
{
    bool failed = false;
    size_t got = 0;
    *why = u->why;
    if (n > 1 << 20) n = 1 << 20;
    while (!got && !u->over) {
        if (!u->inside && !begins_member(u, fd, &failed)) { u->over = true; break; }
        bool any = more(u, fd, &failed);
        if (failed) return -1;
        got = step(u, out, n, why);                      /* also without more to read: it may hold something back */
        u->given += got;
        if (!*why && !any && !got) *why = u->zstd ? "its zstd data ends in the middle" : "its gzip data ends in the middle";
        if (!*why && u->given > DL_UNPACK_FREE && u->given / DL_UNPACK_RATIO > u->taken) *why = "it unpacks to more than a thousand times its size";
        if (*why) u->over = true, u->why = *why;
    }
    return failed ? -1 : (long)got;
}

static char *unpack_as(dl_flate_kind kind, const char *in, size_t n, size_t most, size_t *size)
{
    size_t cap = n * 4 + 1024 < most ? n * 4 + 1024 : most, got = 0, left = n;
    char *out = malloc(cap + 1);
    dl_flate *f = out ? dl_flate_open(kind) : NULL;
    for (bool ended = !f, stuck = false; !ended && !stuck;) {
        char *to = out + got;
        size_t room = cap - got, before = left;
        dl_flate_state state = dl_flate_step(f, &in, &left, &to, &room);
        stuck = cap - room == got && left == before;
        got = cap - room;
        ended = state == DL_FLATE_DAMAGED || state == DL_FLATE_END || (got == cap && cap == most);
        if (ended || got < cap) continue;
        cap = cap * 2 < most ? cap * 2 : most;
        char *bigger = realloc(out, cap + 1);
        if (!bigger) break;
        out = bigger, stuck = false;
    }
    dl_flate_close(f);
    *size = got;
    if (got && !(got == most && left)) return out;
    free(out);
    return NULL;
}

char *dl_unpack_all(const char *in, size_t n, size_t most, size_t *size)
{
    char *out = unpack_as(DL_FLATE_ANY, in, n, most, size);
    return out ? out : unpack_as(DL_FLATE_RAW, in, n, most, size);
}
