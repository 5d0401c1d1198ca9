/* lookups.c - dateline-lookups GAZETTEER ROWS: nanoseconds a look-up, of names spread over ROWS (a file in GeoNames' form), first with its bearers alone, then with what is kept of each; for bench/gazetteer. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "base/arena.h"
#include "base/lines.h"
#include "base/utf8.h"
#include "codebook/gazetteer.h"

enum { EVERY = 13, MOST = 500000 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    dl_error err = { 0 };
    dl_pool *pool = dl_pool_open((size_t)1 << 30);
    dl_arena mem;
    dl_gazetteer *g = argc == 3 ? dl_gazetteer_open(argv[1], &err) : NULL;
    dl_lines *in = g ? dl_lines_open(argv[2], &err) : NULL;
    dl_str *name = calloc(MOST, sizeof *name), line;
    uint32_t n = 0, found = 0, bearers = 0;
    if (!in || !name || !pool || !dl_arena_open(&mem, pool)) { fprintf(stderr, "usage: dateline-lookups GAZETTEER ROWS\n%s\n", err.message); return 2; }
    for (uint32_t i = 0; n < MOST && dl_lines_next(in, &line, &err) == 1; i++) {
        const char *b = i % EVERY ? NULL : memchr(line.p, '\t', line.n), *e = b ? memchr(b + 1, '\t', (size_t)(line.p + line.n - b - 1)) : NULL;
        if (e) name[n++] = dl_folded(&mem, (dl_str){ b + 1, (uint32_t)(e - b - 1) });
    }
    double took[3] = { 0 };
    for (int round = 0; round < 3; round++) {            /* the first brings the file into memory; the third reads the places too */
        double began = seconds();
        found = bearers = 0;
        for (uint32_t i = 0; i < n; i++) {
            dl_bearers b;
            if (!dl_gaz_find(g, name[(uint64_t)i * 7919 % n], &b)) continue;
            found++;
            while (dl_gaz_next(g, &b)) bearers += round != 2 || dl_gaz_at(g, b.record).id > 0;
        }
        took[round] = n ? 1e9 * (seconds() - began) / n : 0;
    }
    printf("%.0f ns a look-up with its bearers (%u of %u found, %u bearers), %.0f ns with what is kept of each bearer\n", took[1], found, n, bearers, took[2]);
    dl_lines_close(in);
    dl_gazetteer_close(g);
    dl_arena_close(&mem);
    dl_pool_close(pool);
    free(name);
    return 0;
}
