/* Bytes of any kind through the whole of intake: what they look like decides how they are read. First byte: what is known of them besides. */
#include "tests/fuzz/fuzz.h"

int fuzz_intake(const uint8_t *bytes, size_t n)
{
    if (!n) return 0;
    uint8_t how = *bytes++;
    n--;
    static const char *const formats[] = { NULL, "json", "xml", "table" };
    dl_about about = { .size = sizeof about, .format = formats[(how & 1) | (how >> 3 & 2)], .header = "id,title,text,date", .charset = how & 32 ? "windows-1251" : NULL, .published = how & 2 ? "26 January 2015" : NULL, .title = how & 4 ? "A title" : NULL };
    dl_article a, b;
    dl_intake(fuzz_doc(), fuzz_scratch(), bytes, n, &about, &a);
    fuzz_check_article(&a, n);
    /* a short `about` of an older caller, and none at all */
    about.size = offsetof(dl_about, title);
    dl_arena *doc = fuzz_doc();
    dl_intake(doc, fuzz_scratch(), bytes, n, how & 8 ? &about : NULL, &b);
    fuzz_check_article(&b, n);
    return 0;
}
