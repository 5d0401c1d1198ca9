/* article.h - what flows out of article: the parts of a report, its language, byline and dateline (the types stand in intake/report.h). */
#ifndef DL_ARTICLE_H
#define DL_ARTICLE_H
#include "codebook/codebook.h"
#include "intake/report.h"

/* article: parts, document language, byline, dateline; title from the first title part if unknown. Needs the codebook's noise lists. Model NULL: no language is told. */
void dl_article_parts(const dl_codebook *, const dl_model *, dl_arena *doc, dl_arena *scratch, dl_article *);

const char *dl_part_kind_name(dl_part_kind);

#endif
