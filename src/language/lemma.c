/* lemma.c - lemmas by the longest known ending: whole words first (the exceptions), then six letters, five, ... none, each with the tag.
 * An entry says how many bytes to cut and what to add. Training keeps an entry only where it differs from what a shorter one says. */
#include "language/words.h"
#include "base/utf8.h"

uint64_t dl_lemma_feature(dl_str low, uint32_t ending, uint16_t cls)
{
    dl_str s = ending > DL_LEMMA_SUFFIX ? low : dl_cut(low, low.n - ending, low.n);
    return dl_f2(ending, dl_word_hash(s), cls);
}

static uint32_t find(const dl_weights *g, dl_str low, uint32_t ending, uint16_t cls)
{
    uint64_t f = dl_lemma_feature(low, ending, cls);
    return dl_pick16(g->lemma[dl_bucket(f, g->lemma_shift)], dl_mark16(f));
}

static dl_str edited(const dl_weights *g, dl_arena *a, dl_str low, uint32_t e)
{
    uint32_t cut = g->edit[3 * e], at = g->edit[3 * e + 1], n = g->edit[3 * e + 2];
    if (cut > low.n || (cut == low.n && n == 0) || !dl_utf8_boundary(low, low.n - cut)) return low;
    if (n == 0) return dl_cut(low, 0, low.n - cut);
    if (n <= cut && memcmp(low.p + low.n - cut, g->edit_text + at, n) == 0) return dl_cut(low, 0, low.n - cut + n);
    char *p = dl_new(a, char, low.n - cut + n);
    if (!p) return low;
    memcpy(p, low.p, low.n - cut);
    memcpy(p + low.n - cut, g->edit_text + at, n);
    return (dl_str){ p, low.n - cut + n };
}

dl_str dl_lemma(const dl_weights *g, dl_arena *a, dl_str low, uint16_t cls)
{
    uint32_t e = find(g, low, DL_LEMMA_SUFFIX + 1, cls);
    for (uint32_t k = low.n - 1 < DL_LEMMA_SUFFIX ? low.n - 1 : DL_LEMMA_SUFFIX; e >= g->nedit; k--) {
        e = find(g, low, k, cls);
        if (k == 0) break;
    }
    return e < g->nedit ? edited(g, a, low, e) : low;
}
