/* page.h - shared by the files that read what a page says of itself. */
#ifndef DL_PAGE_H
#define DL_PAGE_H
#include "intake/html.h"

typedef struct {
    dl_arena *doc, *scratch;
    dl_str    ld_title, ld_day, ld_change, ld_site, ld_language, ld_url, ld_body;
    DL_VEC(dl_str) authors;
} page_said;

void dl_page_ld(page_said *, const dl_html_page *, dl_str title);        /* title: all of the page's titles that are known, one behind the other */
void dl_page_author(page_said *, dl_str name);                           /* adds a name, or the names of "A and B", once each; addresses and the like are no names */

/* The first of `keys` (lower case, ended by NULL) among the page's metas, references undone; p NULL: none. */
dl_str dl_page_meta_of(dl_arena *, const dl_html_page *, const char *const *keys);
#define META(page, ...) dl_page_meta_of(said->doc, (page), (const char *const[]){ __VA_ARGS__, NULL })
dl_str dl_page_prop(dl_arena *, const dl_html_page *, const char *key);  /* of the first element with this itemprop */
dl_str dl_page_key(dl_arena *, dl_str);                                  /* letters and figures in lower case, one blank for all else */
dl_str dl_page_host(dl_str url);                                         /* without "www." */

typedef struct { dl_day day; dl_span at; } dl_page_day;
/* Days printed in a line, in order, at most `most`. months_first: 5/4/2020 is May 4th. */
uint32_t dl_page_days(dl_arena *scratch, dl_str, bool months_first, dl_page_day *out, uint32_t most);
void dl_page_when(page_said *, const dl_html_page *, dl_article *);      /* page_when.c: fills published and when */
void dl_page_title(page_said *, const dl_html_page *, dl_article *);     /* page_title.c */

#endif
