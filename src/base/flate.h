/* flate.h - deflate (RFC 1951) with its wrappings, by zlib, which flate.c alone knows. */
#ifndef DL_BASE_FLATE_H
#define DL_BASE_FLATE_H
#include "base/buf.h"

typedef enum { DL_FLATE_RAW, DL_FLATE_GZIP, DL_FLATE_ANY } dl_flate_kind;       /* ANY: gzip's or zlib's wrapping */
typedef enum { DL_FLATE_MORE, DL_FLATE_END, DL_FLATE_DAMAGED } dl_flate_state;

typedef struct dl_flate dl_flate;
dl_flate      *dl_flate_open(dl_flate_kind);         /* NULL: no memory */
void           dl_flate_close(dl_flate *);
/* Unpacks from *in (*n bytes left) to *out (*room left), as far as both go; all four move on. END: a member ended, and the next call begins another. */
dl_flate_state dl_flate_step(dl_flate *, const char **in, size_t *n, char **out, size_t *room);

/* Whole blocks, zlib's format. False: no memory, or not exactly `n` bytes come out. */
bool     dl_deflate(const void *p, size_t n, dl_buf *out);
bool     dl_inflate(const void *p, size_t n, void *out, size_t out_n);
uint32_t dl_crc32(uint32_t crc, const void *p, size_t n);

#endif
