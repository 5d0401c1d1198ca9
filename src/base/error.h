/* error.h - filling in a dl_error: how a door says why it could not open.
 * Messages: lower case, what failed first, subject in quotes, no full stop. A NULL error is allowed everywhere and ignored. */
#ifndef DL_BASE_ERROR_H
#define DL_BASE_ERROR_H
#include "base/text.h"
#include "dateline.h"

/* A failure without a place. */
void dl_fail(dl_error *, dl_code_t, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A failure of the file as a whole: names it, and says why from errno when errnum is not 0. */
void dl_fail_file(dl_error *, dl_code_t, const char *file, int errnum, const char *what);
/* A failure at a place. line from 1; column and width in characters, from 1, 0 = unknown; `source` is the line as it stands in the file. */
void dl_fail_at(dl_error *, dl_code_t, const char *file, uint32_t line, uint32_t column, uint32_t width, dl_str source, const char *format, ...)
    __attribute__((format(printf, 8, 9)));
/* Turns a byte offset into `text` into line, column and source line, then fails there; width in bytes. */
void dl_fail_in(dl_error *, dl_code_t, const char *file, dl_str text, dl_span where, const char *format, ...) __attribute__((format(printf, 6, 7)));

#endif
