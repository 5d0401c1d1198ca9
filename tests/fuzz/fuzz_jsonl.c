/* A stream cut into reports: by lines, by values, or as a whole, as its first bytes and its name say. However a pipe hands out the bytes, the reports are the same, and a line of
 * a report is a line of the stream. First byte: the name of the stream, and how many bytes a read gives. */
#include <stdio.h>
#include <unistd.h>
#include "intake/intake.h"
#include "tests/fuzz/fuzz.h"

typedef struct { dl_cut_mode mode; uint32_t units; uint64_t bytes, hash; bool failed; } cuts;

static cuts cut(const char *name, const uint8_t *bytes, size_t n, size_t most, size_t good)
{
    cuts c = { 0 };
    dl_stream s;
    dl_unit u;
    FILE *file = fdopen(fuzz_file(bytes, n), "rb");
    HOLDS(file);
    fuzz_reads(most, good);
    dl_stream_open(&s, file);
    c.mode = dl_stream_mode(&s, name);
    while (dl_stream_next(&s, c.mode, &u)) {
        HOLDS(u.too_long || (u.n == u.whole && (!u.n || u.bytes)));
        c.units++, c.bytes += u.whole;
        c.hash = dl_hash64(u.bytes, u.n, c.hash + u.line);
        dl_unit_free(&u);
        HOLDS(c.bytes <= n && c.units <= n + 1);
    }
    dl_unit_free(&u);
    c.failed = s.failed;
    dl_stream_close(&s);
    fclose(file);
    fuzz_reads(0, SIZE_MAX);
    return c;
}

int fuzz_jsonl(const uint8_t *bytes, size_t n)
{
    static const char *const names[] = { "standard input", "x.jsonl", "x.ndjson", "x.json" };
    if (!n) return 0;
    uint8_t how = *bytes++;
    n--;
    const char *name = names[how & 3];
    cuts whole = cut(name, bytes, n, 0, SIZE_MAX), parts = cut(name, bytes, n, 1 + (how >> 2) % 40, SIZE_MAX);
    HOLDS(!whole.failed && !parts.failed);
    HOLDS(whole.mode == parts.mode && whole.units == parts.units && whole.bytes == parts.bytes && whole.hash == parts.hash);
    if (n) {
        cuts torn = cut(name, bytes, n, 0, how % n);
        HOLDS(torn.failed);
    }
    return 0;
}
