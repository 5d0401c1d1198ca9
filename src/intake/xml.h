/* xml.h - items of feeds and of agencies' files. */
#ifndef DL_XML_H
#define DL_XML_H
#include "intake/intake.h"

bool   dl_sniff_xml(dl_str);                         /* a feed, or a file of an agency, as far as its beginning tells */
dl_str dl_xml_first(dl_str, const char *name);       /* text of the first element of a name, empty if there is none or it has elements inside */

/* An element that is a report, or a file of one: text, map, metadata. False: it has no text; *why. */
bool dl_xml_item(dl_arena *doc, dl_arena *scratch, dl_str in, const char *charset, dl_article *, const char **why);

#endif
