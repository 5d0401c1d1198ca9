/* record.h - one report's analysis as it is written down: JSON Lines, readable text, tab-separated rows, explanations. */
#ifndef DL_RECORD_H
#define DL_RECORD_H
#include "base/buf.h"
#include "base/json.h"
#include "facts/facts.h"

typedef struct {
    const dl_codebook *book;
    const dl_article  *art;
    const dl_language *lang;          /* no sentences where nothing was coded */
    const dl_facts    *f;
    const char *version, *codebook, *model, *options;      /* fingerprints */
    const char *gazetteer;            /* the same of the user's and the one built in; "" for none */
} dl_record;

void dl_record_json(const dl_record *, dl_buf *);                    /* the contract: docs/record.md; one line and \n */
void dl_record_text(const dl_record *, dl_buf *, bool colour);
void dl_record_tsv(const dl_record *, dl_buf *);                     /* a row for each event */
extern const char dl_record_tsv_head[];
void dl_record_article(const dl_article *, dl_buf *);                /* the clean article, without facts: one line and \n */
void dl_record_article_text(const dl_article *, dl_buf *);
void dl_record_explain(const dl_record *, dl_buf *, bool colour);

/* json_facts.c, called by json.c */
void dl_json_entities(const dl_record *, dl_jw *);
void dl_json_places(const dl_record *, dl_jw *);
void dl_json_times(const dl_record *, dl_jw *);
void dl_json_counts(const dl_record *, dl_jw *);
void dl_json_quotes(const dl_record *, dl_jw *);
void dl_json_events(const dl_record *, dl_jw *);
void dl_json_incidents(const dl_record *, dl_jw *);
void dl_json_links(const dl_record *, dl_jw *);

#endif
