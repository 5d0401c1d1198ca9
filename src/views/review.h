/* review.h - reviewing as text: what to look at, what was decided, how people agree, what is learned from it. */
#ifndef DL_VIEWS_REVIEW_H
#define DL_VIEWS_REVIEW_H
#include "record/filter.h"

/* The end of a question for events to be looked at: "doubt" the least sure first, "new" rules that nobody has reviewed, "audit" a random twentieth, the same for everybody. NULL: no such queue. */
const char *dl_review_order(const char *kind);

bool dl_review_list(dl_db *, dl_filter *, const char *kind, int limit, bool names, dl_buf *out);
bool dl_review_log(dl_db *, dl_buf *out);              /* every decision, in order */
/* Krippendorff's alpha of what two or more people decided on the same events, and slot by slot; and the share of accepted events in the random audit. */
bool dl_review_agree(dl_db *, dl_buf *out);
bool dl_review_gold(dl_db *, bool names, dl_buf *out);     /* accepted, corrected and rejected events as cases (tests/cases/README.md) */

#endif
