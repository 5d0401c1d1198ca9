/* series.h - counts over time, with every empty day, week or month in them. */
#ifndef DL_ANALYSIS_SERIES_H
#define DL_ANALYSIS_SERIES_H
#include "base/civil.h"

typedef enum { DL_BY_DAY, DL_BY_WEEK, DL_BY_MONTH, DL_BY_YEAR, DL_BY_NONE } dl_grain;
extern const char *const dl_grain_names[DL_BY_NONE];
dl_grain dl_grain_of(const char *name);                        /* DL_BY_NONE for NULL and what is none */
/* What suits a span of time: at most about ninety bins. */
dl_grain dl_grain_for(dl_day first, dl_day last);
dl_day   dl_bin_of(dl_day, dl_grain);                          /* the first day of its bin; weeks begin on Monday */
dl_day   dl_bin_next(dl_day bin, dl_grain);

enum { DL_SERIES_KINDS = 6, DL_SERIES_MOST = 40000 };          /* numbers a bin has; bins */
typedef struct { dl_day bin; uint32_t n[DL_SERIES_KINDS]; } dl_bin;
typedef struct { dl_grain grain; dl_bin *v; uint32_t n, undated; } dl_series;      /* every bin from the first to the last */

typedef struct { dl_day day; uint32_t kind, n; } dl_dated;     /* n events of a kind on a day, DL_NO_DAY: not known */
/* From what is counted by day, in any order, to a series. grain DL_BY_NONE: what suits. False: no memory. More than DL_SERIES_MOST bins: a coarser grain is taken. */
bool dl_series_make(dl_series *, const dl_dated *, uint32_t n, dl_grain);
void dl_series_free(dl_series *);

#endif
