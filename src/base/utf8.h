/* utf8.h - characters: walking, checking, folding, and what kind of letter a code point is.
 * Properties and case folding come from utf8proc (its header stands in utf8.c alone); scripts from our own table of ranges. */
#ifndef DL_BASE_UTF8_H
#define DL_BASE_UTF8_H
#include "base/arena.h"

/* Reads the character at *i (< s.n), moves *i behind it. Ill-formed bytes give U+FFFD, one byte at a time. */
uint32_t dl_utf8_next(dl_str s, uint32_t *i);
uint32_t dl_utf8_prev(dl_str s, uint32_t *i);              /* the character before *i (> 0), moves *i to its start */
int      dl_utf8_put(uint32_t cp, char out[4]);            /* bytes written */
bool     dl_utf8_valid(dl_str s);
uint32_t dl_utf8_valid_prefix(dl_str s);                   /* length of the longest valid prefix */
static inline bool dl_utf8_boundary(dl_str s, uint32_t i) { return i >= s.n || ((unsigned char)s.p[i] & 0xC0) != 0x80; }

typedef enum { DL_SCRIPT_NONE, DL_SCRIPT_LATIN, DL_SCRIPT_GREEK, DL_SCRIPT_CYRILLIC, DL_SCRIPT_ARMENIAN, DL_SCRIPT_HEBREW, DL_SCRIPT_ARABIC,
               DL_SCRIPT_DEVANAGARI, DL_SCRIPT_BENGALI, DL_SCRIPT_TAMIL, DL_SCRIPT_INDIC, DL_SCRIPT_THAI, DL_SCRIPT_LAO, DL_SCRIPT_KHMER, DL_SCRIPT_MYANMAR,
               DL_SCRIPT_TIBETAN, DL_SCRIPT_GEORGIAN, DL_SCRIPT_ETHIOPIC, DL_SCRIPT_HANGUL, DL_SCRIPT_KANA, DL_SCRIPT_HAN, DL_SCRIPT_OTHER } dl_script;
dl_script dl_script_of(uint32_t cp);                       /* NONE for digits, punctuation, marks, spaces */

bool     dl_cp_alpha(uint32_t cp);                         /* letters and marks */
bool     dl_cp_upper(uint32_t cp);                         /* Lu, Lt */
bool     dl_cp_lower(uint32_t cp);
bool     dl_cp_digit(uint32_t cp);                         /* Nd */
bool     dl_cp_space(uint32_t cp);                         /* Zs, Zl, Zp, ASCII white space, NEL, NBSP and friends, zero-width space */
bool     dl_cp_mark(uint32_t cp);                          /* combining */
uint32_t dl_cp_tolower(uint32_t cp);
int      dl_cp_width(uint32_t cp);                         /* columns on a terminal: 0, 1 or 2 */

/* Case folded, typographic apostrophes to ', in `a`. ASCII input that is already lower is returned as it is (no copy). */
dl_str   dl_lowered(dl_arena *a, dl_str s);
/* The key under which names are looked up: lower case, accents dropped (ø ł đ ß æ too), hyphens, dots, apostrophes and white space to one blank. */
dl_str   dl_folded(dl_arena *a, dl_str s);

#endif
