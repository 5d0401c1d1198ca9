/* diff.h - what changed between two runs of a store. */
#ifndef DL_RECORD_DIFF_H
#define DL_RECORD_DIFF_H
#include "base/arena.h"
#include "record/db.h"

typedef struct { const char *what; dl_str report, key, type, words; const char *field; dl_str was, now; } dl_change;      /* what: new report, new, gone, changed (field: was, now) */
typedef struct {
    dl_db  *db;
    int64_t from, to;                 /* runs; from <= to */
    void  (*each)(void *self, const dl_change *);
    void   *self;
    int64_t reports, new_reports, new, gone, changed, same;     /* counted: reports coded anew in between; events */
    dl_arena mem;
} dl_diff;

/* False: the db failed, or there is no such run. */
bool dl_diff_runs(dl_diff *);

#endif
