/* unpack.h - gzip and zstd, undone while they are read: members one behind the other, no more in memory than a block. */
#ifndef DL_UNPACK_H
#define DL_UNPACK_H
#include <stdbool.h>
#include <stddef.h>

typedef struct dl_unpack dl_unpack;

/* By the first bytes: is it packed in a way that is undone here? */
bool dl_packed(const char *p, size_t n);

/* Takes what was read already; NULL: no memory. */
dl_unpack *dl_unpack_open(const char *first, size_t n);
void       dl_unpack_close(dl_unpack *);

/* Up to n bytes into out, reading from the descriptor as needed. 0: the end, or *why says what is wrong with what was packed: cut off, damaged, a bomb (more than DL_UNPACK_RATIO times
 * its size, beyond DL_UNPACK_FREE bytes). -1: reading failed, errno says why. */
long dl_unpack_read(dl_unpack *, int fd, char *out, size_t n, const char **why);

enum { DL_UNPACK_RATIO = 1000, DL_UNPACK_FREE = 64 << 20 };

/* All of `in` (gzip, zlib or raw deflate) at once, of at most `most` bytes; NULL: it is none of them, or too much. By malloc; what came before a break is kept. */
char *dl_unpack_all(const char *in, size_t n, size_t most, size_t *size);

#endif
