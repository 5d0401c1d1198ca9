/* page.h - shared by the files that read what a page says of itself. */
#ifndef DL_PAGE_H
#define DL_PAGE_H
#include "intake/html.h"

typedef struct {
    dl_arena *doc, *scratch;
    dl_str    ld_title, ld_day, ld_site, ld_language, ld_url, ld_body;
    DL_VEC(dl_str) authors;
} page_said;

void dl_page_ld(page_said *, const dl_html_page *, dl_str title);        /* title: all of the page's titles that are known, one behind the other */
void dl_page_author(page_said *, dl_str name);                           /* adds a name, or the names of "A and B", once each; addresses and the like are no names */

#endif
