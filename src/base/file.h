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

typedef struct { char **v; size_t n; } dl_paths;
bool dl_walk(const char *path, dl_paths *out, dl_error *);         /* all regular files at or below path, byte order; hidden names are left out; appends */
void dl_paths_free(dl_paths *);

#endif
