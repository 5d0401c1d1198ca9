/* buf.h - output that grows: one buffer type with a sticky error and a maximum set at birth.
 * Writers never check; whoever made the buffer looks at `failed` once at the end. Owned by malloc. */
#ifndef DL_BASE_BUF_H
#define DL_BASE_BUF_H
#include <stdarg.h>
#include "base/text.h"

typedef struct { char *p; size_t n, cap, max; bool failed; } dl_buf;

void dl_buf_init(dl_buf *, size_t max);          /* max in bytes, 0: no maximum */
void dl_buf_free(dl_buf *);
void dl_buf_clear(dl_buf *);                     /* keeps the memory */
char *dl_buf_more(dl_buf *, size_t n);          /* n bytes more, which the caller fills; NULL: failed */
void dl_put(dl_buf *, dl_str);
void dl_putz(dl_buf *, const char *z);
void dl_putc(dl_buf *, char c);
void dl_putint(dl_buf *, int64_t v);
void dl_putfix(dl_buf *, int64_t v, int decimals);   /* v / 10^decimals, trailing zeros cut, at least one decimal kept: putfix(5058907,5) = 50.58907; putfix(5000,3) = 5.0 */
void dl_putf(dl_buf *, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline dl_str dl_buf_str(const dl_buf *b) { return (dl_str){ b->p, (uint32_t)b->n }; }

#endif
