/* cut.h - shared by the files that cut a stream of bytes into reports: cut.c (lines, values, the whole), cut_table.c, cut_xml.c, cut_warc.c. */
#ifndef DL_CUT_H
#define DL_CUT_H
#include "intake/intake.h"

enum { DL_CUT_BLOCK = 1 << 16 };

/* More bytes behind those still unused, which may move to the block's beginning; false at the end, or if the block is full. */
bool dl_cut_fill(dl_stream *);
static inline bool dl_cut_ready(dl_stream *s) { return s->at < s->n || dl_cut_fill(s); }
/* The next n bytes are used up: they go to `into`, or nowhere. */
void dl_cut_use(dl_stream *, dl_unit *into, size_t n);

void dl_unit_open(dl_unit *, uint32_t line);
void dl_unit_close(dl_unit *);
/* Takes the place of the unit's bytes (by malloc). */
void dl_unit_replace(dl_unit *, char *bytes, size_t n);
/* A string that lives as long as the unit's input; NULL: no memory. */
char *dl_unit_string(dl_unit *, dl_str);

/* ---- is it one, by what the block holds ---- */
bool dl_table_begins(dl_stream *);                   /* a table of articles: keeps its first line */
bool dl_xml_begins(dl_stream *);                     /* a feed or an agency's file: keeps the name of the element that is a report */
bool dl_warc_begins(const dl_stream *);

bool dl_table_next(dl_stream *, dl_unit *);
bool dl_xml_next(dl_stream *, dl_unit *);
bool dl_warc_next(dl_stream *, dl_unit *);

#endif
