/* common.c - arenas, the codebook, files in memory and checks that several targets need. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"

void fuzz_broken(const char *file, int line, const char *condition)
{
    fflush(stdout);
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
    abort();
}

/* ---- memory ---- */

static dl_arena *emptied(dl_arena *a, size_t cap)
{
    if (!a->pool && !dl_arena_open(a, dl_pool_open(cap))) fuzz_broken(__FILE__, __LINE__, "address space for an arena");
    dl_reset(a, (dl_marker){ a->base });
    return a;
}

dl_arena *fuzz_doc(void)
{
    static dl_arena a;
    return emptied(&a, (size_t)1 << 30);
}

dl_arena *fuzz_scratch(void)
{
    static dl_arena a;
    return emptied(&a, (size_t)1 << 28);
}

const dl_codebook *fuzz_book(void)
{
    static dl_codebook *book;
    if (!book) HOLDS((book = dl_codebook_open(NULL, 0, NULL)) != NULL);
    return book;
}

const dl_model *fuzz_model(void)
{
    static dl_model *model;
    if (!model) HOLDS((model = dl_model_open(NULL, NULL)) != NULL);
    return model;
}

/* ---- articles ---- */

static void check_map(const dl_article *a, size_t n)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < a->map.n; i++) {
        dl_piece p = a->map.v[i];
        HOLDS(p.tb == at && p.te > p.tb && p.ob <= p.oe && p.oe <= n);
        HOLDS(dl_utf8_boundary(a->text, p.tb));
        at = p.te;
    }
    HOLDS(at == a->text.n);
}

void fuzz_check_article(const dl_article *a, size_t n)
{
    HOLDS(dl_utf8_valid(a->text));
    HOLDS(strlen(a->sha256) == 64 && a->id.n > 0);
    HOLDS(!a->degraded || a->warnings.n > 0);
    check_map(a, n);
    for (uint32_t i = 0; i < a->warnings.n; i++) HOLDS(dl_utf8_valid(a->warnings.v[i]));
    const dl_str known[] = { a->id, a->source, a->url, a->title, a->byline };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) HOLDS(dl_utf8_valid(known[i]));
}

/* ---- files ---- */

static int  watched = -1;                            /* the descriptor that fuzz_file gave last */
static size_t most_a_read, good_bytes = SIZE_MAX;

ssize_t __real_read(int, void *, size_t);
ssize_t __wrap_read(int, void *, size_t);

/* The link sends every read() of the program here (-Wl,--wrap=read): a pipe gives bytes as it likes, and so do we. */
ssize_t __wrap_read(int fd, void *p, size_t n)
{
    if (fd != watched || fd < 0) return __real_read(fd, p, n);
    if (most_a_read && n > most_a_read) n = most_a_read;
    if (!good_bytes) { errno = EIO; return -1; }
    if (n > good_bytes) n = good_bytes;
    ssize_t got = __real_read(fd, p, n);
    if (got > 0 && good_bytes != SIZE_MAX) good_bytes -= (size_t)got;
    return got;
}

void fuzz_reads(size_t most, size_t good) { most_a_read = most, good_bytes = good; }

int fuzz_file(const uint8_t *bytes, size_t n)
{
    static int memory = -1;
    if (memory < 0) HOLDS((memory = memfd_create("fuzz", 0)) >= 0);
    HOLDS(ftruncate(memory, 0) == 0 && lseek(memory, 0, SEEK_SET) == 0);
    HOLDS(n == 0 || pwrite(memory, bytes, n, 0) == (ssize_t)n);
    HOLDS((watched = dup(memory)) >= 0);
    return watched;
}

static char folder[64], path[256];

static void remove_folder(void) { rmdir(folder); }

const char *fuzz_path(const char *name)
{
    if (!*folder) {
        bool memory = access("/dev/shm", W_OK) == 0;
        snprintf(folder, sizeof folder, "%s/dateline-fuzz-XXXXXX", memory ? "/dev/shm" : "/tmp");
        HOLDS(mkdtemp(folder) != NULL);
        atexit(remove_folder);
    }
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}
