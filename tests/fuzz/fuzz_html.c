/* Any bytes read as a page, wherever they come from: blocks, metadata and charset, then its parts. First byte: what is known of the page besides. */
#include "article/article.h"
#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"

static void check_parts(const dl_article *a)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < a->parts.n; i++) {
        dl_span p = a->parts.v[i].at, core = a->parts.v[i].core;
        HOLDS(p.b == at && p.e > p.b && dl_utf8_boundary(a->text, p.b) && dl_utf8_boundary(a->text, core.b) && dl_utf8_boundary(a->text, core.e));
        HOLDS(core.b <= core.e && (core.b == core.e || (core.b >= p.b && core.e <= p.e)));
        at = p.e;
    }
    HOLDS(a->degraded || at == a->text.n);
}

int fuzz_html(const uint8_t *bytes, size_t n)
{
    if (!n) return 0;
    uint8_t how = *bytes++;
    n--;
    dl_about about = { .size = sizeof about, .format = "html", .published = how & 1 ? "26 January 2015" : NULL, .title = how & 2 ? "A title" : NULL, .url = how & 4 ? "https://example.org/2015/01/26/a-title.html" : NULL };
    dl_article a;
    dl_arena *doc = fuzz_doc();
    dl_intake(doc, fuzz_scratch(), bytes, n, &about, &a);
    fuzz_check_article(&a, n);
    if (!a.degraded) dl_article_parts(fuzz_book(), fuzz_model(), doc, fuzz_scratch(), &a);
    check_parts(&a);
    return 0;
}
