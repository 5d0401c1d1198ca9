/* expect.h - does a record hold what lines of expectation say? The language of tests/cases/README.md, used by the case runner and by `dateline codebook test`. */
#ifndef DL_RECORD_EXPECT_H
#define DL_RECORD_EXPECT_H
#include "base/arena.h"
#include "base/buf.h"

/* Checks every line (comments and blank ones aside) against a record as written by dl_record_json. Appends one line a failure to `out`; returns how many there were. */
uint32_t dl_expect(dl_arena *, dl_str record, dl_str lines, dl_buf *out);
/* How many expectations `lines` hold. */
uint32_t dl_expect_count(dl_str lines);
/* The record as expectation lines, for a human to read and trim. */
void dl_expect_write(dl_arena *, dl_str record, dl_buf *out);

#endif
