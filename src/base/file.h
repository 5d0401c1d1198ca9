/* file.h - files: mapped or read whole, written whole or not at all, and directories in byte order of their paths. */
#ifndef DL_BASE_FILE_H
#define DL_BASE_FILE_H
#include <stdio.h>
#include "base/arena.h"
#include "dateline.h"

typedef struct { const char *p; size_t n; bool mapped; } dl_file;

bool dl_file_open(dl_file *, const char *path, dl_error *);        /* mapped read-only where possible, else read (pipes, /dev/stdin); size up to 2^40 */
void dl_file_close(dl_file *);
bool dl_file_write(const char *path, const void *p, size_t n, dl_error *);   /* to a temporary beside it, then renamed: whole or not at all */

/* What is written piece by piece: to a temporary beside `path`, renamed at the end; what is no file is written as it is; path NULL: standard output. */
typedef struct { FILE *f; char *tmp, *to; const char *name; } dl_out;
bool dl_out_open(dl_out *, const char *path, dl_error *);
bool dl_out_put(void *out, dl_str);                                /* false: errno says why */
bool dl_out_close(dl_out *, bool keep, dl_error *);                /* keep false: as if nothing had been written. False: it could not be written whole */

typedef struct { char **v; size_t n; } dl_paths;
bool dl_walk(const char *path, dl_paths *out, dl_error *);         /* all regular files at or below path, byte order; hidden names are left out; appends */
void dl_paths_free(dl_paths *);

#endif
