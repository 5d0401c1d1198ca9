/* ids.h - indexes of the facts stage as the ids of a record ("e1", "p3"), and other small things that every JSON writer of this folder says. */
#ifndef DL_RECORD_IDS_H
#define DL_RECORD_IDS_H
#include "record/record.h"

void dl_jw_id(dl_jw *, char letter, uint32_t index);             /* DL_NONE: null */
void dl_jw_day(dl_jw *, dl_day);                                 /* DL_NO_DAY: null */
void dl_jw_words(dl_jw *, dl_str);                               /* empty: null */
void dl_jw_thousandths(dl_jw *, int64_t);                        /* DL_OPEN: null; whole numbers without decimals */
void dl_jw_at(dl_jw *, dl_span);                                 /* "begin": b, "end": e */
void dl_jw_says(dl_jw *, const dl_says *v, uint32_t n);

#endif
