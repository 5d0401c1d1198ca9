/* Plain text, whatever the bytes: decoding and its map. For valid UTF-8 taken as it is the text is the input, byte for byte. */
#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"

int fuzz_plain(const uint8_t *bytes, size_t n)
{
    dl_about about = { .size = sizeof about, .format = n & 1 ? "exact" : "text", .published = "2015-01-26" };
    dl_article a;
    dl_intake(fuzz_doc(), fuzz_scratch(), bytes, n, &about, &a);
    fuzz_check_article(&a, n);
    dl_str in = { (const char *)bytes, (uint32_t)n };
    bool marked = dl_starts(in, DL_STR("\xEF\xBB\xBF"));
    if (n & 1 && !a.degraded && dl_utf8_valid(in) && !memchr(bytes, 0, n)) HOLDS(dl_eq(a.text, dl_cut(in, marked ? 3 : 0, in.n)));
    return 0;
}
