/* fields.h - the fields of an article under the names that tools give them: shared by fields.c (JSON), table.c (rows) and xml.c (feeds, agencies' files). */
#ifndef DL_FIELDS_H
#define DL_FIELDS_H
#include "intake/intake.h"

typedef enum { F_ID, F_URL, F_TITLE, F_TEXT, F_LEAD, F_PUBLISHED, F_AUTHOR, F_SITE, F_LANGUAGE, F_HTML, F_N } field;
enum { F_NAMES = 32 };                               /* names of a field at most */

/* How good a name is for a field, 0 the best; F_NAMES: it is none. Case, "-" and "_" do not count. */
uint32_t dl_field_rank(field, dl_str key);

typedef struct { dl_str value[F_N]; uint32_t rank[F_N]; } dl_said;      /* set rank to UINT32_MAX first */
/* Keeps the value if it says something and no better name was seen. */
void dl_say(dl_said *, field, uint32_t rank, dl_str value);
/* Id, address, site, names, day and language to the article. */
void dl_take_said(dl_arena *doc, const dl_said *, dl_article *);

#endif
