/* sites.h - lines that a site repeats from story to story: furniture there, wherever they stand.
 *
 * A pack is a text file of our own: "# dateline sites 1", then a line each: site, tab, hash of the line's folded words (16 hex digits), tab, in how many stories it stood; sorted by bytes. No text of anyone is in it.
 */
#ifndef DL_ARTICLE_SITES_H
#define DL_ARTICLE_SITES_H
#include "codebook/codebook.h"
#include "intake/report.h"

enum { DL_SITE_BYTES = 200, DL_SITE_STORIES = 3 };       /* longer lines never count; stories that make a line furniture */

/* What a report's site is called in a pack: the host of its address without "www.", else its outlet in small letters. In `a`. */
dl_str   dl_site_of(dl_arena *a, dl_str url, dl_str source);
/* Of a line's words, folded: the same for lines that look the same. 0: no words. */
uint64_t dl_site_line(dl_arena *scratch, dl_str line);
bool     dl_sites_has(const dl_sites *, dl_str site, uint64_t line);

#endif
