/* inside.h - what a coded report holds, for programs that link the static internals (bench/, tests/). No stage includes it. */
#ifndef DL_INSIDE_H
#define DL_INSIDE_H
#include "record/record.h"

/* The structures of all stages; they live as long as the doc. */
dl_record dl_doc_inside(const dl_doc *);
/* For asking the facts stage more about a report that is coded already ("what status has this word?"). Answers lie in the doc's arena; not while its coder codes
 * another report. With an arena that is full there is no way out: ask about reports, not about books. */
dl_ask dl_doc_ask(dl_doc *);

#endif
