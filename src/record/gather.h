/* gather.h - rows gathered, then written many at a time.
 *
 * One INSERT of sixteen rows costs about a third of sixteen INSERTs: SQLite opens the table once and goes on from where it is, where each INSERT of its own looks for its place from the root.
 * Rows of a table keep their order; tables are written one after the other.
 */
#ifndef DL_RECORD_GATHER_H
#define DL_RECORD_GATHER_H
#include "record/db.h"

typedef struct dl_gather dl_gather;

/* For tables of those names (borrowed), which must be there. NULL: no memory, or the database failed (dl_db_good). */
dl_gather *dl_gather_open(dl_db *, const char *const *tables, int n);
void       dl_gather_close(dl_gather *);

/* A row: its table, a value for each column in order, its end. Words of up to a kilobyte are copied, longer ones borrowed until the end of the row. A failure sticks to the database. */
void dl_gather_row(dl_gather *, int table);
void dl_gather_int(dl_gather *, int64_t);
void dl_gather_real(dl_gather *, double);
void dl_gather_str(dl_gather *, dl_str);             /* p NULL: NULL */
void dl_gather_blob(dl_gather *, dl_str);
void dl_gather_null(dl_gather *);
void dl_gather_end(dl_gather *);

/* Rows are in the tables only after this. */
void dl_gather_flush(dl_gather *);

#endif
