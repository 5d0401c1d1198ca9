/* zst.h - Zstandard (RFC 8878), by zstd, which zst.c alone knows. */
#ifndef DL_BASE_ZST_H
#define DL_BASE_ZST_H
#include "base/buf.h"

typedef struct dl_zst dl_zst;
dl_zst *dl_zst_open(void);                           /* unpacks a stream, windows of up to 128 MB; NULL: no memory */
void    dl_zst_close(dl_zst *);
/* Unpacks from *in (*n bytes left) to *out (*room left), as far as both go; all four move on. 1: in the middle of a frame, 0: a frame ended, -1: damaged. */
int     dl_zst_step(dl_zst *, const char **in, size_t *n, char **out, size_t *room);

/* Whole blocks. The same bytes always give the same block. A packer saves the making of one for each block; NULL is none. False: no memory. */
typedef struct dl_packer dl_packer;
dl_packer *dl_packer_open(void);                     /* for one thread; NULL: no memory */
void    dl_packer_close(dl_packer *);
bool    dl_zst_pack(dl_packer *, const void *p, size_t n, dl_buf *out);
/* False: damaged, or more than `most` bytes. Appends. */
bool    dl_zst_unpack(const void *p, size_t n, size_t most, dl_buf *out);

#endif
