/* filter.h - which events of a store are meant: the same words for the command, the exports and the page. */
#ifndef DL_RECORD_FILTER_H
#define DL_RECORD_FILTER_H
#include "record/db.h"

enum { DL_FILTER_VALUES = 64 };
typedef struct { int key; char *text; double number[4]; int64_t count; } dl_filter_value;
typedef struct dl_filter { dl_filter_value v[DL_FILTER_VALUES]; int n; bool closed; dl_buf where; } dl_filter;

/* Keys, for help and messages: "type", what it wants, what it means; ended by NULL. */
typedef struct { const char *name, *wants, *means; } dl_filter_key;
extern const dl_filter_key dl_filter_keys[];

void dl_filter_open(dl_filter *);
void dl_filter_free(dl_filter *);
/* One condition more; values of the same key are alternatives, different keys must all hold. False: *err says what is wrong with it. */
bool dl_filter_add(dl_filter *, const char *key, const char *value, dl_error *);
/* The first (or last) day of a day, month or year; false: it is none of them. */
bool dl_filter_day(const char *v, bool last, char out[16]);
bool dl_filter_has(const dl_filter *, const char *key);
/* head: "SELECT ... FROM facts a ..."; rest: "ORDER BY ..." or what else follows the WHERE. Without told=all: main events of first witnesses; without review: nothing that was rejected.
 * Free it with dl_stmt_free. NULL: the db has failed. */
dl_stmt *dl_filter_ask(dl_filter *, dl_db *, const char *head, const char *rest);

#endif
