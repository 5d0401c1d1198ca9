/* decide.h - what people decide on events of a store: accept, reject, correct, undo. Decisions are only ever added; `facts` shows what they come to.
 *
 * A decision attaches to the key of an event (the report's bytes and the words of the event), so that it outlives any re-coding. It is about the event as a whole (field "event") or one slot of it. */
#ifndef DL_RECORD_DECIDE_H
#define DL_RECORD_DECIDE_H
#include "record/db.h"

typedef struct {
    const char *report, *event;       /* the report's id, and "v3" */
    const char *field;                /* "event", or a slot of dl_decision_fields */
    const char *verdict;              /* accept reject correct */
    const char *value;                /* of a correction: docs/review.md has what each slot takes */
    const char *who, *when, *why;     /* who decides; UTC; why may be NULL */
    int64_t     seconds;              /* how long it took, -1: not known */
} dl_decision;

extern const char *const dl_decision_fields[];       /* type mode cameo status stage certainty date place who whom what says count, and the other roles; ended by NULL */

/* The number of the new decision. 0: refused (*err says why, the store is as it was) or the db failed. Within a transaction of its own unless one is open. */
int64_t dl_decide(dl_db *, const dl_decision *, dl_error *);
int64_t dl_undo(dl_db *, int64_t decision, const char *who, const char *when, dl_error *);
/* `facts` of a report's events that people decided on, made anew: the machine's reading, then what holds. event 0: of all. */
bool    dl_decisions_apply(dl_db *, int64_t report, int64_t event);

#endif
