/* lines.h - the lines of a text file, plain or packed: .gz (several members too) and .zip (its largest entry whose name ends in .txt or .tsv, else its largest).
 * What a file is, is told by its first bytes, not by its name. */
#ifndef DL_BASE_LINES_H
#define DL_BASE_LINES_H
#include "base/buf.h"
#include "dateline.h"

typedef struct dl_lines dl_lines;
dl_lines *dl_lines_open(const char *path, dl_error *);           /* NULL: *err says why */
/* 1: *line is the next line, without its end (LF or CR LF) and a BOM; it lives until the next call. 0: the end. -1: the packed data are damaged or a line is longer than 16 MiB (*err). */
int       dl_lines_next(dl_lines *, dl_str *line, dl_error *);
uint32_t  dl_lines_number(const dl_lines *);                     /* of the line given last, from 1 */
void      dl_lines_close(dl_lines *);

#endif
