/* flate.c - see flate.h. */
#include <stdlib.h>
#include <zlib.h>
#include "base/flate.h"

struct dl_flate { z_stream z; };

dl_flate *dl_flate_open(dl_flate_kind kind)
{
    static const int bits[] = { -15, 15 + 16, 15 + 32 };
    dl_flate *f = calloc(1, sizeof *f);
    if (f && inflateInit2(&f->z, bits[kind]) != Z_OK) { free(f); f = NULL; }
    return f;
}

void dl_flate_close(dl_flate *f)
{
    if (!f) return;
    inflateEnd(&f->z);
    free(f);
}

dl_flate_state dl_flate_step(dl_flate *f, const char **in, size_t *n, char **out, size_t *room)
{
    uInt have = *n < 1u << 30 ? (uInt)*n : 1u << 30, free_bytes = *room < 1u << 30 ? (uInt)*room : 1u << 30;
    f->z.next_in = (Bytef *)(uintptr_t)*in, f->z.avail_in = have;
    f->z.next_out = (Bytef *)(void *)*out, f->z.avail_out = free_bytes;
    int rc = inflate(&f->z, Z_NO_FLUSH);
    size_t taken = have - f->z.avail_in, given = free_bytes - f->z.avail_out;
    *in += taken, *n -= taken, *out += given, *room -= given;
    if (rc == Z_STREAM_END) return inflateReset(&f->z) == Z_OK ? DL_FLATE_END : DL_FLATE_DAMAGED;
    return rc == Z_OK || rc == Z_BUF_ERROR ? DL_FLATE_MORE : DL_FLATE_DAMAGED;
}

bool dl_deflate(const void *p, size_t n, dl_buf *out)
{
    uLongf m = compressBound((uLong)n);
    unsigned char *q = malloc(m ? m : 1);
    bool ok = q && compress2(q, &m, p, (uLong)n, 6) == Z_OK && m <= UINT32_MAX;
    if (ok) dl_put(out, (dl_str){ (const char *)q, (uint32_t)m });
    free(q);
    return ok && !out->failed;
}

bool dl_inflate(const void *p, size_t n, void *out, size_t out_n)
{
    uLongf m = (uLongf)out_n;
    return uncompress(out, &m, p, (uLong)n) == Z_OK && m == out_n;
}

uint32_t dl_crc32(uint32_t crc, const void *p, size_t n) { return (uint32_t)crc32_z(crc, p, n); }
