/* The reader as a program meets it: a file of any bytes, report after report, each through intake. First byte: how the file ends, and what is known of its reports. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/file.h"
#include "dateline.h"
#include "intake/unpack.h"
#include "tests/fuzz/fuzz.h"

static void read_through(const char *path, const dl_about *about, const uint8_t *bytes, size_t n)
{
    dl_error err = { 0 };
    dl_input in;
    dl_reader *r = dl_reader_open(&path, 1, about, &err);
    HOLDS(r);
    size_t reports = 0;
    for (int rc; (rc = dl_reader_next(r, &in, &err)) != 0;) {
        HOLDS(rc == -1 || (rc == 1 && (++reports <= n + 1 || dl_packed((const char *)bytes, n))));
        if (rc == -1) continue;
        if (reports > 1000) { dl_input_free(&in); break; }
        HOLDS(in.origin && !strcmp(in.origin, path));
        dl_article a;
        dl_intake_input(fuzz_doc(), fuzz_scratch(), &in, &a);
        fuzz_check_article(&a, in.n);
        dl_input_free(&in);
    }
    dl_reader_close(r);
}

int fuzz_reader(const uint8_t *bytes, size_t n)
{
    static const char *const names[] = { "x", "x.jsonl", "x.json", "x.txt" };
    if (!n) return 0;
    uint8_t how = *bytes++;
    n--;
    dl_about about = { .size = sizeof about, .published = how & 4 ? "2015-01-26" : NULL, .source = how & 8 ? "The Wire" : NULL, .language = how & 16 ? "en" : NULL };
    const char *path = fuzz_path(names[how & 3]);
    FILE *f = fopen(path, "wb");
    HOLDS(f && fwrite(bytes, 1, n, f) == n && fclose(f) == 0);
    read_through(path, &about, bytes, n);
    unlink(path);
    return 0;
}
