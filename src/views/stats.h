/* stats.h - how many events by time, by type, by who and whom. Counts main events that are told as having happened, each witness once, unless the filter has a status; and says so. */
#ifndef DL_VIEWS_STATS_H
#define DL_VIEWS_STATS_H
#include "record/filter.h"

typedef struct { const char *by, *format; bool dyads; } dl_stats_asked;      /* by: day week month year, NULL: what suits; format: text (NULL), tsv, jsonl; dyads: instead of the series */

bool dl_stats(dl_db *, dl_filter *, const dl_stats_asked *, dl_buf *out);    /* false: the db failed */

#endif
