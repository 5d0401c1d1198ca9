/* wrap.c - the calls that can be made to fail. Failing means what a system would do: NULL or -1, errno set, nothing done (a file is closed all the same). */
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "tests/faults/wrap.h"

static fault_kind  armed;
static unsigned    at;
static bool        and_on;
static atomic_uint calls;
static atomic_long blocks, mapped;

void faults_arm(fault_kind kind, unsigned n, bool on)
{
    at = n, and_on = on;
    atomic_store(&calls, 0);
    armed = kind;
}

unsigned faults_disarm(void)
{
    armed = FAULT_NONE;
    return atomic_load(&calls);
}

long faults_blocks(void) { return atomic_load(&blocks); }
long faults_mapped(void) { return atomic_load(&mapped); }

static bool fails(fault_kind kind, int why)
{
    if (armed != kind) return false;
    unsigned k = atomic_fetch_add(&calls, 1) + 1;
    if (!at || (and_on ? k < at : k != at)) return false;
    errno = why;
    return true;
}

static void *counted(void *p)
{
    if (p) atomic_fetch_add(&blocks, 1);
    return p;
}

/* Declares the real function beside ours. */
#define WRAP(type, name, ...) type __real_##name(__VA_ARGS__); type __wrap_##name(__VA_ARGS__); type __wrap_##name(__VA_ARGS__)

/* ---- memory ---- */

WRAP(void *, malloc, size_t n) { return fails(FAULT_MEMORY, ENOMEM) ? NULL : counted(__real_malloc(n)); }
WRAP(void *, calloc, size_t n, size_t size) { return fails(FAULT_MEMORY, ENOMEM) ? NULL : counted(__real_calloc(n, size)); }
WRAP(void *, aligned_alloc, size_t align, size_t n) { return fails(FAULT_MEMORY, ENOMEM) ? NULL : counted(__real_aligned_alloc(align, n)); }
WRAP(char *, strdup, const char *s) { return fails(FAULT_MEMORY, ENOMEM) ? NULL : counted(__real_strdup(s)); }

WRAP(void *, realloc, void *p, size_t n)
{
    if (fails(FAULT_MEMORY, ENOMEM)) return NULL;
    return p ? __real_realloc(p, n) : counted(__real_realloc(p, n));
}

WRAP(void, free, void *p)
{
    if (p) atomic_fetch_sub(&blocks, 1);
    __real_free(p);
}

WRAP(char *, realpath, const char *path, char *to)
{
    if (fails(FAULT_MEMORY, ENOMEM)) return NULL;
    return to ? __real_realpath(path, to) : counted(__real_realpath(path, to));
}

WRAP(void *, mmap, void *to, size_t n, int prot, int flags, int fd, off_t off)
{
    if (fails(FAULT_MEMORY, ENOMEM)) return MAP_FAILED;
    void *p = __real_mmap(to, n, prot, flags, fd, off);
    if (p != MAP_FAILED) atomic_fetch_add(&mapped, (long)n);
    return p;
}

WRAP(int, munmap, void *p, size_t n)
{
    atomic_fetch_sub(&mapped, (long)n);
    return __real_munmap(p, n);
}

WRAP(int, mprotect, void *p, size_t n, int prot) { return fails(FAULT_MEMORY, ENOMEM) ? -1 : __real_mprotect(p, n, prot); }

/* ---- doors of libc, that allocate behind them; files to be written fail as writes do ---- */

WRAP(FILE *, fopen, const char *path, const char *mode)
{
    if (fails(FAULT_MEMORY, ENOMEM) || (*mode != 'r' && fails(FAULT_WRITE, ENOSPC)) || (*mode == 'r' && fails(FAULT_READ, EIO))) return NULL;
    return __real_fopen(path, mode);
}

WRAP(DIR *, opendir, const char *path) { return fails(FAULT_MEMORY, ENOMEM) || fails(FAULT_READ, EIO) ? NULL : __real_opendir(path); }

/* ---- writing; what is told on stderr is no output, and standard output is not what these tests look at ---- */

static bool output(FILE *f) { return f != stderr && f != stdout; }

WRAP(size_t, fwrite, const void *p, size_t size, size_t n, FILE *f) { return output(f) && fails(FAULT_WRITE, ENOSPC) ? 0 : __real_fwrite(p, size, n, f); }
WRAP(int, fputs, const char *s, FILE *f) { return output(f) && fails(FAULT_WRITE, ENOSPC) ? EOF : __real_fputs(s, f); }
WRAP(int, fflush, FILE *f) { return f && output(f) && fails(FAULT_WRITE, ENOSPC) ? EOF : __real_fflush(f); }
WRAP(ssize_t, write, int fd, const void *p, size_t n) { return fails(FAULT_WRITE, ENOSPC) ? -1 : __real_write(fd, p, n); }
WRAP(int, fsync, int fd) { return fails(FAULT_WRITE, EIO) ? -1 : __real_fsync(fd); }
WRAP(int, rename, const char *from, const char *to) { return fails(FAULT_WRITE, EACCES) ? -1 : __real_rename(from, to); }

WRAP(int, fclose, FILE *f)
{
    bool bad = fails(FAULT_WRITE, EDQUOT);
    int rc = __real_fclose(f);
    if (bad) errno = EDQUOT;
    return bad ? EOF : rc;
}

WRAP(int, close, int fd)
{
    bool bad = fails(FAULT_WRITE, EDQUOT);
    int rc = __real_close(fd);
    if (bad) errno = EDQUOT;
    return bad ? -1 : rc;
}

/* ---- reading ---- */

WRAP(ssize_t, read, int fd, void *p, size_t n) { return fails(FAULT_READ, EIO) ? -1 : __real_read(fd, p, n); }
