/* words.h - how the readable views put things: colours, signs, excerpts, ranges. */
#ifndef DL_RECORD_WORDS_H
#define DL_RECORD_WORDS_H
#include "record/record.h"

typedef enum { DL_PLAIN, DL_BOLD, DL_DIM, DL_RED, DL_GREEN, DL_YELLOW, DL_BLUE, DL_MAGENTA, DL_CYAN } dl_colour;
void        dl_paint(dl_buf *, bool colour, dl_colour);
const char *dl_status_sign(const char *status);
dl_colour   dl_status_colour(const char *status);
void        dl_put_flat(dl_buf *, dl_str, uint32_t max);                                  /* white space to blanks, cut at a character boundary with "…" */
void        dl_put_cell(dl_buf *, dl_str);                                                /* of tab-separated rows: control characters become blanks; what would begin a formula is quoted by an apostrophe */
void        dl_put_range(dl_buf *, int64_t low, int64_t high);                            /* thousandths: "70+", "12", "12-15" */
void        dl_put_excerpt(dl_buf *, dl_str text, dl_span sentence, dl_span mark, bool colour);   /* a window of the sentence with [the mark] */

#endif
