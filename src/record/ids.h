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

/* Words of a record that its JSON and its store say alike. `out` is where a made one stands. */
enum { DL_BY_ROOM = 24, DL_KEY_ROOM = 20, DL_RULE_ROOM = 160 };
dl_str dl_time_by(const dl_event *, char out[DL_BY_ROOM]);                          /* "text", "after:v3" ... */
dl_str dl_event_key(const dl_record *, uint32_t event, char out[DL_KEY_ROOM]);      /* what people's decisions attach to: not the code, which may change, but the words */
dl_str dl_event_rule(const dl_record *, const dl_event *, char out[DL_RULE_ROOM]);  /* "english/coerce.code:12 @raid-premises" */
dl_str dl_incident_certainty(const dl_incident *);
const char *dl_mention_kind_name(uint8_t kind);
const char *dl_use_name(uint8_t use);
const char *dl_time_type_name(uint8_t type);
const char *dl_form_name(uint8_t form);

#endif
