/* zst.c - see zst.h. */
#include <stdlib.h>
#include <zstd.h>
#include "base/zst.h"

enum { LEVEL = 1, WINDOW_LOG = 27 };                 /* the quickest: a store packs each report as it comes */

struct dl_zst { ZSTD_DStream *d; };

dl_zst *dl_zst_open(void)
{
    dl_zst *z = calloc(1, sizeof *z);
    if (z && (z->d = ZSTD_createDStream()) != NULL && !ZSTD_isError(ZSTD_DCtx_setParameter(z->d, ZSTD_d_windowLogMax, WINDOW_LOG))) return z;
    dl_zst_close(z);
    return NULL;
}

void dl_zst_close(dl_zst *z)
{
    if (!z) return;
    ZSTD_freeDStream(z->d);
    free(z);
}

int dl_zst_step(dl_zst *z, const char **in, size_t *n, char **out, size_t *room)
{
    ZSTD_inBuffer from = { *in, *n, 0 };
    ZSTD_outBuffer to = { *out, *room, 0 };
    size_t left = ZSTD_decompressStream(z->d, &to, &from);
    *in += from.pos, *n -= from.pos, *out += to.pos, *room -= to.pos;
    return ZSTD_isError(left) ? -1 : left != 0;
}

struct dl_packer { ZSTD_CCtx *c; };

dl_packer *dl_packer_open(void)
{
    dl_packer *p = calloc(1, sizeof *p);
    if (p && (p->c = ZSTD_createCCtx()) != NULL) return p;
    free(p);
    return NULL;
}

void dl_packer_close(dl_packer *p)
{
    if (!p) return;
    ZSTD_freeCCtx(p->c);
    free(p);
}

bool dl_zst_pack(dl_packer *by, const void *p, size_t n, dl_buf *out)
{
    size_t most = ZSTD_compressBound(n), before = out->n;
    char *to = dl_buf_more(out, most);
    size_t got = !to ? 0 : by ? ZSTD_compressCCtx(by->c, to, most, p, n, LEVEL) : ZSTD_compress(to, most, p, n, LEVEL);
    if (!to || ZSTD_isError(got)) return false;
    out->n = before + got;
    return true;
}

bool dl_zst_unpack(const void *p, size_t n, size_t most, dl_buf *out)
{
    unsigned long long size = ZSTD_getFrameContentSize(p, n);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most) return false;
    size_t before = out->n;
    char *to = dl_buf_more(out, (size_t)size);
    size_t got = to ? ZSTD_decompress(to, (size_t)size, p, n) : 0;
    if (!to || ZSTD_isError(got)) { out->n = before; return false; }
    out->n = before + got;
    return true;
}
