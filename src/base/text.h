/* text.h - slices and spans: how every stage points at the bytes of a report.
 *
 * A dl_str is a slice of memory that somebody else owns: pointer and length, no NUL at its end.
 * A dl_span is a half-open pair of byte offsets into report.text, always on character boundaries;
 * every fact carries one, and nothing else says where a fact stands.
 *
 * ASCII classes come from our own table, never from <ctype.h>: the locale must not change a record.
 */
#ifndef DL_BASE_TEXT_H
#define DL_BASE_TEXT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct { const char *p; uint32_t n; } dl_str;
typedef struct { uint32_t b, e; } dl_span;

#define DL_STR(lit) ((dl_str){ (lit), (uint32_t)(sizeof(lit) - 1) })   /* of a string literal */

static inline dl_str dl_str_of(const char *z) { return (dl_str){ z, z ? (uint32_t)strlen(z) : 0 }; }
static inline bool dl_eq(dl_str a, dl_str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }
static inline bool dl_is(dl_str a, const char *z) { return a.n ? a.p[0] == z[0] && a.n == strlen(z) && memcmp(a.p, z, a.n) == 0 : !z[0]; }      /* most differ in the first letter */
static inline dl_str dl_cut(dl_str s, uint32_t b, uint32_t e) { return (dl_str){ b ? s.p + b : s.p, e - b }; }              /* the empty slice has no bytes to point at */
static inline dl_str dl_at(dl_str text, dl_span s) { return dl_cut(text, s.b, s.e); }
static inline uint32_t dl_len(dl_span s) { return s.e - s.b; }
static inline bool dl_within(dl_span in, dl_span out) { return out.b <= in.b && in.e <= out.e; }
static inline bool dl_touch(dl_span a, dl_span b) { return a.b < b.e && b.b < a.e; }

int    dl_cmp(dl_str a, dl_str b);                       /* by bytes, a prefix before what it begins: <0 0 >0 */
bool   dl_starts(dl_str s, dl_str with);
bool   dl_ends(dl_str s, dl_str with);
int64_t dl_find(dl_str s, dl_str what, uint32_t from);   /* byte offset of the first `what` at or after `from`, or -1 */
dl_str dl_trim(dl_str s);                                /* without ASCII white space at both ends */
bool   dl_str_decimal(dl_str s, double *out);            /* whole slice -12.5 or 7, at most 15 digits; no exponent, no locale */
bool   dl_str_int(dl_str s, int64_t *out);               /* whole slice a decimal integer, sign allowed; false on overflow */

/* ASCII only; bytes >= 0x80 belong to no class. */
static inline bool dl_digit(unsigned char c) { return (unsigned)c - '0' < 10; }
static inline bool dl_upper(unsigned char c) { return (unsigned)c - 'A' < 26; }
static inline bool dl_lower(unsigned char c) { return (unsigned)c - 'a' < 26; }
static inline bool dl_alpha(unsigned char c) { return (c | 32u) - 'a' < 26; }
static inline bool dl_space(unsigned char c) { return c == ' ' || (unsigned)c - '\t' < 5; }
static inline unsigned char dl_tolower(unsigned char c) { return dl_upper(c) ? (unsigned char)(c + 32) : c; }

#endif
