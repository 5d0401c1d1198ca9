/* forget.h - erasure: of a report, or of a person's name wherever it stands. What is forgotten leaves a tombstone, a keyed hash that tells nothing, so that it does not come back with the next run. */
#ifndef DL_RECORD_FORGET_H
#define DL_RECORD_FORGET_H
#include "record/db.h"

/* How many reports were touched, -1: the db failed or (err) nothing was found. Ends with a file in which no byte of it is left (VACUUM): not within a transaction. */
int64_t dl_forget_report(dl_db *, const char *id, const char *when, dl_error *);
int64_t dl_forget_person(dl_db *, const char *name, const char *when, dl_error *);

/* For whoever stores: is this report (hash of its bytes, its text) forgotten? */
bool    dl_forgotten(dl_db *, dl_str sha256, dl_str text);
/* Strikes forgotten persons out of a report just stored, within its transaction. */
void    dl_forget_again(dl_db *, int64_t report);

#endif
