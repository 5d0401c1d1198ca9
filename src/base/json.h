/* json.h - a forgiving reader and a strict writer.
 *
 * The reader takes what is found in the wild: NaN and Infinity (read as null), raw control characters in strings, bad escapes (kept as written),
 * lone surrogates (U+FFFD), trailing commas, a BOM, single-line truncation (what was read so far, with `error` set). Values live in the arena; strings are decoded copies,
 * or slices of the input where nothing had to be decoded.
 */
#ifndef DL_BASE_JSON_H
#define DL_BASE_JSON_H
#include "base/arena.h"
#include "base/buf.h"

typedef enum { DL_JSON_NULL, DL_JSON_BOOL, DL_JSON_NUMBER, DL_JSON_STRING, DL_JSON_ARRAY, DL_JSON_OBJECT } dl_json_kind;

typedef struct dl_json {
    dl_json_kind kind;
    bool         truth;             /* BOOL */
    dl_str       str;               /* STRING: decoded; NUMBER: as written */
    dl_span      at;                /* bytes of the value in the input (with quotes) */
    dl_str       key;               /* in an object */
    struct dl_json *first, *next;   /* children; siblings */
    bool         plain;             /* STRING: str is a slice of the input (no escape in it) */
} dl_json;

/* Reads one value; *end = offset behind it (and white space). NULL only when there is no value at all. *error: NULL or what was forgiven or broken; depth is capped at 200. */
dl_json *dl_json_read(dl_arena *, dl_str in, uint32_t *end, const char **error, uint32_t *error_at);
/* Finds a member: case does not matter, '-' = '_' = nothing. NULL if absent. */
dl_json *dl_json_get(const dl_json *object, const char *key);
bool     dl_json_key_is(dl_str key, const char *name);

void dl_json_str(dl_buf *, dl_str);                  /* quoted and escaped; ill-formed bytes as U+FFFD; U+2028/2029 left as they are */

/* Writer with commas kept right by itself. */
typedef struct { dl_buf *out; bool comma; } dl_jw;
void dl_jw_open(dl_jw *, char bracket);              /* '{' or '[' */
void dl_jw_close(dl_jw *, char bracket);
void dl_jw_key(dl_jw *, const char *key);
void dl_jw_str(dl_jw *, dl_str);                     /* str.p NULL: null */
void dl_jw_int(dl_jw *, int64_t);
void dl_jw_fix(dl_jw *, int64_t v, int decimals);    /* exact decimal, see dl_putfix */
void dl_jw_bool(dl_jw *, bool);
void dl_jw_null(dl_jw *);
void dl_jw_span(dl_jw *, dl_span);                   /* [b,e] */

#endif
