/* The compiler of codebooks: any texts give a codebook that loads, or errors with a place. First byte: how it is compiled; then files, each behind a line `=== name`
 * (what stands before the first such line is a.code). */
#include <stdio.h>
#include <unistd.h>
#include <sys/stat.h>
#include "base/utf8.h"
#include "codebook/compile.h"
#include "tests/fuzz/fuzz.h"

enum { FILES = 12 };

static const char *const names[FILES] = { "a.code", "b.code", "cameo.tsv", "plover.tsv", "countries.tsv", "regions.tsv", "cities.tsv", "macro.tsv", "actors.tsv", "places.tsv", "noname.tsv", "c.txt" };

static int file_of(dl_str name)
{
    for (int i = 0; i < FILES; i++)
        if (dl_is(name, names[i])) return i;
    return 1;
}

/* The same file named twice goes on where it ended. */
static void write_part(int file, dl_str text, bool used[FILES])
{
    char name[64];
    snprintf(name, sizeof name, "book/%s", names[file]);
    FILE *f = fopen(fuzz_path(name), used[file] ? "ab" : "wb");
    HOLDS(f && fwrite(text.p, 1, text.n, f) == text.n && fclose(f) == 0);
    used[file] = true;
}

static void write_files(dl_str all, bool used[FILES])
{
    int file = 0;
    uint32_t begin = 0;
    for (int64_t at; (at = dl_find(all, DL_STR("=== "), begin)) >= 0;) {
        dl_str part = dl_cut(all, begin, (uint32_t)at), name = dl_cut(all, (uint32_t)at + 4, all.n);
        if (part.n || file) write_part(file, part, used);
        int64_t end = dl_find(name, DL_STR("\n"), 0);
        name.n = end < 0 ? name.n : (uint32_t)end;
        file = file_of(dl_trim(name));
        begin = (uint32_t)at + 4 + name.n + (end >= 0);
    }
    write_part(file, dl_cut(all, begin, all.n), used);
}

static void check_diags(const dl_diags *d)
{
    for (size_t i = 0; i < d->n; i++) {
        const dl_error *e = &d->v[i].e;
        HOLDS(e->message[0] && memchr(e->message, 0, sizeof e->message) && memchr(e->file, 0, sizeof e->file) && memchr(e->source, 0, sizeof e->source));
        char text[1200];
        HOLDS(dl_error_text(e, text, sizeof text) < sizeof text);
    }
}

/* What compiles can be loaded, searched, shown, and compiled again out of its pack to the same identity. */
static void use(const dl_buf *pack, dl_str all)
{
    dl_error err = { 0 };
    dl_codebook *b = dl_codebook_load(pack->p, pack->n, &err);
    HOLDS(b);
    dl_buf out;
    dl_buf_init(&out, 0);
    dl_str word = dl_cut(all, 0, all.n < 24 ? all.n : 24);
    dl_codebook_show(b, word, &out);
    dl_codebook_show(b, DL_STR("raid"), &out);
    HOLDS(!out.failed);
    for (uint32_t i = 0; i < dl_book_nexample(b); i++) {
        const dl_example *x = dl_book_example(b, i);
        dl_str s = dl_book_str(b, x->sentence);
        HOLDS(dl_utf8_valid(s) && x->trigger.e <= s.n);
    }
    dl_buf_free(&out);
    dl_codebook_close(b);
}

int fuzz_codebook(const uint8_t *bytes, size_t n)
{
    if (!n) return 0;
    uint8_t how = *bytes++;
    dl_str all = { (const char *)bytes, (uint32_t)n - 1 };
    bool used[FILES] = { false };
    mkdir(fuzz_path("book"), 0700);
    write_files(all, used);
    const char *paths[] = { fuzz_path("book") };
    dl_buf pack;
    dl_diags d = { 0 };
    dl_buf_init(&pack, 0);
    bool ok = dl_codebook_compile(paths, 1, DL_COMPILE_ALONE | (how & 1 ? DL_COMPILE_LINT : 0) | (how & 2 ? DL_COMPILE_QUICK : 0), &pack, &d);
    HOLDS(ok ? pack.n > 0 && !d.errors : d.errors > 0);
    check_diags(&d);
    if (ok) use(&pack, all);
    dl_diags_free(&d);
    dl_buf_free(&pack);
    for (int i = 0; i < FILES; i++) {
        char name[64];
        snprintf(name, sizeof name, "book/%s", names[i]);
        if (used[i]) unlink(fuzz_path(name));
    }
    rmdir(fuzz_path("book"));
    return 0;
}
