/* table.h - tables of articles. */
#ifndef DL_TABLE_H
#define DL_TABLE_H
#include "intake/intake.h"

/* What parts the columns of a table whose first line this is: , ; tab or |. 0: it is none of articles (at least two columns that are known, one of them with text). */
char dl_table_separator(dl_str header);
/* A row: text, map, metadata. False: it has no text; *why. */
bool dl_table_row(dl_arena *doc, dl_arena *scratch, dl_str in, dl_str header, dl_article *, const char **why);

#endif
