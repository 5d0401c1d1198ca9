/* copies.c - see copies.h. */
#include <stdlib.h>
#include "article/copies.h"
#include "base/hash.h"
#include "base/utf8.h"

/* ---- words ---- */

/* Numbers as words, by their length: asked of every word of every report. */
static bool number_word(dl_str w)
{
    static const char *const of_length[] = { NULL, NULL, NULL, "onetwosixten", "fourfivenine", "threeseveneightfortyfiftysixtydozen", "eleventwelvetwentythirtyeightyninetydozensscores", "fifteensixteenseventyhundredmillionseveral",
                                             "thirteenfourteeneighteennineteenhundredsthousand", "seventeenthousands" };
    if (dl_digit((unsigned char)w.p[0])) return true;
    if (w.n >= sizeof of_length / sizeof *of_length || !of_length[w.n]) return false;
    for (const char *z = of_length[w.n]; *z; z += w.n) if (memcmp(z, w.p, w.n) == 0) return true;
    return false;
}

static void add_words(dl_arena *a, dl_copy_text *t, dl_str text, dl_span span)
{
    for (uint32_t i = span.b; i < span.e && t->n < DL_COPY_WORDS;) {
        uint32_t b = i, e = i;
        while (i < span.e) {
            uint32_t at = i, cp = dl_utf8_next(text, &i);
            bool inside = cp < 0x80 ? dl_alpha((unsigned char)cp) || dl_digit((unsigned char)cp) : dl_cp_alpha(cp) || dl_cp_digit(cp);
            bool groups = (cp == ',' || cp == '.') && at > b && e == at && dl_digit((unsigned char)text.p[at - 1]) && i < span.e && dl_digit((unsigned char)text.p[i]);      /* 1,200 */
            if (inside || groups) { if (e == b && b != at) b = at; e = i; continue; }
            if (e > b) break;
            b = e = i;
        }
        if (e == b) continue;
        dl_marker mark = dl_mark(a);
        dl_str key = dl_folded(a, dl_cut(text, b, e));
        dl_copy_word w = { (uint32_t)dl_hash(key), b, e, key.n && number_word(key) };
        dl_reset(a, mark);
        t->v[t->n++] = w;
        t->body = dl_mix64(t->body * 31 + w.key);
    }
}

static uint32_t runs_of(const dl_copy_text *t) { return t->n < 3 ? 0 : t->n - 2; }
static uint64_t run_at(const dl_copy_text *t, uint32_t i) { return dl_mix64(((uint64_t)t->v[i].key << 32 | t->v[i + 1].key) * 0x9e3779b97f4a7c15u + t->v[i + 2].key); }

dl_copy_text dl_copy_words(dl_arena *a, dl_str text, const dl_span *span, uint32_t n)
{
    dl_copy_text t = { NULL, 0, 7 };
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < n; i++) bytes += dl_len(span[i]);
    t.v = dl_new(a, dl_copy_word, (bytes / 2 < DL_COPY_WORDS ? bytes / 2 : DL_COPY_WORDS) + 1);
    for (uint32_t i = 0; i < n; i++) add_words(a, &t, text, span[i]);
    return t;
}

/* ---- sketches ---- */

/* One permutation: the upper bits choose a slot, which keeps the least of the rest. Empty slots take what the next one has. */
static void sketch(const dl_copy_text *t, uint32_t runs, uint32_t *slot, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) slot[k] = UINT32_MAX;
    for (uint32_t i = 0; i < runs; i++) {
        uint64_t h = run_at(t, i);
        uint32_t k = (uint32_t)(h >> 40) % n, v = (uint32_t)h >> 1;
        if (v < slot[k]) slot[k] = v;
    }
    for (uint32_t k = 2 * n; k-- > 0;) if (slot[k % n] == UINT32_MAX && slot[(k + 1) % n] != UINT32_MAX) slot[k % n] = slot[(k + 1) % n] ^ 0x55555555u;
}

enum { START_RUNS = 48 };

dl_copy_sketch dl_copy_sketch_of(const dl_copy_text *t)
{
    dl_copy_sketch s;
    uint32_t runs = runs_of(t);
    sketch(t, runs, s.whole, DL_COPY_WHOLE);
    sketch(t, runs < START_RUNS ? runs : START_RUNS, s.start, DL_COPY_START);
    return s;
}

static uint32_t band(const uint32_t *slot, size_t n, uint32_t which) { return (uint32_t)(dl_hash64(slot, n * sizeof *slot, which + 1) >> 1); }

uint32_t dl_copy_bands(const dl_copy_text *t, const dl_copy_sketch *s, uint32_t out[DL_COPY_BANDS])
{
    uint32_t n = 0;
    if (t->n < DL_COPY_SHORT) return 0;
    for (uint32_t k = 0; k < DL_COPY_WHOLE; k += 4, n++) out[n] = band(s->whole + k, 4, n);
    for (uint32_t k = 0; k < DL_COPY_START; k += 2, n++) out[n] = band(s->start + k, 2, n);
    return n;
}

dl_copy_trace dl_copy_trace_of(const dl_copy_sketch *s)
{
    dl_copy_trace t;
    for (int k = 0; k < DL_COPY_WHOLE; k++) t.slot[2 * k] = (unsigned char)s->whole[k], t.slot[2 * k + 1] = (unsigned char)(s->whole[k] >> 8);
    return t;
}

/* Of a and b runs, the shorter's SHARE in common: p of every q runs of both together are in both, and so are p of q slots, give or take sqrt(n p (q - p)) / q of n slots. */
bool dl_copy_apart(const dl_copy_trace *x, uint32_t a, const dl_copy_trace *y, uint32_t b)
{
    enum { N = DL_COPY_WHOLE, FULL = 2 * N };            /* with fewer runs too many slots were empty */
    if (a < FULL || b < FULL) return false;
    int64_t p = (int64_t)DL_COPY_SHARE * (a < b ? a : b), q = 1000 * ((int64_t)a + b) - p, same = 0;
    for (int k = 0; k < N; k++) same += x->slot[2 * k] == y->slot[2 * k] && x->slot[2 * k + 1] == y->slot[2 * k + 1];
    p /= 1000, q /= 1000;
    int64_t lack = N * p - same * q;
    return lack > 0 && lack * lack > 16 * N * p * (q - p);
}

/* ---- comparing ---- */

enum { CHANGE_FROM = 300 };        /* thousandths alike, below which two texts are no versions of each other */

/* The words beside a number, in three ways: one on each side, two before, two behind. */
static uint64_t beside(const dl_copy_text *t, uint32_t i, int way)
{
    static const int at[3][2] = { { -1, 1 }, { -2, -1 }, { 1, 2 } };
    uint64_t h = (uint64_t)way + 1;
    for (int k = 0; k < 2; k++) {
        int64_t j = (int64_t)i + at[way][k];
        if (j < 0 || j >= t->n || t->v[j].number) return 0;
        h = dl_mix64(h * 31 + t->v[j].key);
    }
    return h;
}

typedef struct { uint64_t beside; uint32_t word; } place;
typedef DL_VEC(place) places;

static int by_place(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->beside != y->beside) return x->beside < y->beside ? -1 : 1;
    return x->word < y->word ? -1 : x->word > y->word;
}

static places numbers_of(dl_arena *a, const dl_copy_text *t)
{
    places p = { NULL, 0, 0 };
    for (uint32_t i = 0; i < t->n; i++)
        for (int way = 0; way < 3 && t->v[i].number; way++) {
            uint64_t h = beside(t, i, way);
            if (h) *dl_push(a, &p) = (place){ h, i };
        }
    if (p.n) qsort(p.v, p.n, sizeof *p.v, by_place);
    return p;
}

/* A number of the later text whose neighbours stand beside another number in the earlier one, and never beside this. */
static void find_change(dl_arena *scratch, const dl_copy_text *earlier, const dl_copy_text *later, dl_copy_match *m)
{
    places old = numbers_of(scratch, earlier);
    for (uint32_t i = 0; i < later->n && !m->changed; i++)
        for (int way = 0; way < 3 && later->v[i].number && !m->changed; way++) {
            uint64_t h = beside(later, i, way);
            uint32_t low = 0, high = old.n, other = UINT32_MAX;
            bool same = !h;
            while (low < high) { uint32_t mid = (low + high) / 2; if (old.v[mid].beside < h) low = mid + 1; else high = mid; }
            for (; low < old.n && old.v[low].beside == h; low++) {
                same |= earlier->v[old.v[low].word].key == later->v[i].key;
                if (other == UINT32_MAX) other = old.v[low].word;
            }
            if (same || other == UINT32_MAX) continue;
            *m = (dl_copy_match){ m->share, false, true, { earlier->v[other].b, earlier->v[other].e }, { later->v[i].b, later->v[i].e } };
        }
}

/* Runs of two texts in one table: who has each. */
typedef struct { uint64_t run; uint8_t has; } row;
typedef struct { row *v; uint64_t mask; uint32_t of[4]; } table;           /* of[1], of[2]: runs of each text, each once; of[3]: of both */

static void enter(table *t, uint64_t run, uint8_t whose)
{
    uint64_t k = run & t->mask;
    while (t->v[k].has && t->v[k].run != run) k = (k + 1) & t->mask;
    if (t->v[k].has & whose) return;
    t->of[whose]++, t->of[3] += t->v[k].has != 0;
    t->v[k].run = run, t->v[k].has |= whose;
}

dl_copy_match dl_copy_compare(dl_arena *scratch, const dl_copy_text *earlier, const dl_copy_text *later)
{
    dl_copy_match m = { 0 };
    dl_marker mark = dl_mark(scratch);
    uint32_t n = runs_of(earlier), k = runs_of(later);
    table t = { .mask = 1 };
    while (t.mask < 2 * ((uint64_t)n + k)) t.mask = 2 * t.mask + 1;
    t.v = dl_new(scratch, row, (uint32_t)t.mask + 1);
    for (uint32_t i = 0; i < n; i++) enter(&t, run_at(earlier, i), 1);
    for (uint32_t i = 0; i < k; i++) enter(&t, run_at(later, i), 2);
    uint32_t least = t.of[1] < t.of[2] ? t.of[1] : t.of[2];
    m.equal = earlier->n == later->n && earlier->body == later->body;
    m.share = m.equal ? 1000 : least ? (uint32_t)((uint64_t)t.of[3] * 1000 / least) : 0;
    if (!m.equal && m.share >= CHANGE_FROM) find_change(scratch, earlier, later, &m);
    dl_reset(scratch, mark);
    return m;
}

/* ---- addresses ---- */

static bool tracks(dl_str name)
{
    static const char *const NAMES[] = { "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "ref", "ref_src", "referrer", "source", "src", "cmpid", "cmp", "ncid", "ocid", "smid", "sr_share", "share", "amp", "outputtype", "feature",
        "ftag", "wt_mc", "xtor", "at_medium", "at_campaign", "traffic_source", "cid", "rss", "_ga", "spm" };
    if (dl_starts(name, DL_STR("utm_")) || dl_starts(name, DL_STR("pk_")) || dl_starts(name, DL_STR("at_")) || dl_starts(name, DL_STR("hsa_"))) return true;
    for (size_t k = 0; k < sizeof NAMES / sizeof *NAMES; k++) if (dl_is(name, NAMES[k])) return true;
    return false;
}

typedef struct { dl_str v[32]; uint32_t n; } parameters;

static int by_words(const void *a, const void *b) { return dl_cmp(*(const dl_str *)a, *(const dl_str *)b); }

static parameters kept_parameters(dl_str query)
{
    parameters p = { .n = 0 };
    for (uint32_t b = 0, i = 0; i <= query.n && p.n < 32; i++) {
        if (i < query.n && query.p[i] != '&' && query.p[i] != ';') continue;
        dl_str one = dl_cut(query, b, i);
        int64_t eq = dl_find(one, DL_STR("="), 0);
        if (one.n && !tracks(eq < 0 ? one : dl_cut(one, 0, (uint32_t)eq))) p.v[p.n++] = one;
        b = i + 1;
    }
    if (p.n) qsort(p.v, p.n, sizeof *p.v, by_words);
    return p;
}

static dl_str without_start(dl_str s, const char *what) { dl_str w = dl_str_of(what); return dl_starts(s, w) ? dl_cut(s, w.n, s.n) : s; }
static dl_str without_end(dl_str s, const char *what) { dl_str w = dl_str_of(what); return dl_ends(s, w) ? dl_cut(s, 0, s.n - w.n) : s; }

dl_str dl_canonical_url(dl_arena *a, dl_str url)
{
    int64_t scheme = dl_find(url, DL_STR("://"), 0), fragment = dl_find(url, DL_STR("#"), 0);
    if (scheme < 3 || scheme > 5 || url.n > 4000) return (dl_str){ "", 0 };
    if (fragment >= 0) url.n = (uint32_t)fragment;
    dl_str rest = dl_cut(url, (uint32_t)scheme + 3, url.n);
    uint32_t h = 0;
    while (h < rest.n && rest.p[h] != '/' && rest.p[h] != '?') h++;
    dl_str host = dl_lowered(a, dl_cut(rest, 0, h)), path = dl_cut(rest, h, rest.n), query = { "", 0 };
    host = without_end(without_end(host, ":80"), ":443");
    host = without_start(without_start(without_start(without_start(host, "www."), "m."), "amp."), "mobile.");
    int64_t mark = dl_find(path, DL_STR("?"), 0);
    if (mark >= 0) query = dl_cut(path, (uint32_t)mark + 1, path.n), path = dl_cut(path, 0, (uint32_t)mark);
    path = without_end(path, "/");
    path = without_end(without_end(without_end(path, "/amp"), ".amp"), "/index.html");
    if (dl_starts(path, DL_STR("/amp/"))) path = dl_cut(path, 4, path.n);
    if (!host.n) return (dl_str){ "", 0 };
    parameters p = kept_parameters(query);
    dl_str out = dl_fmt(a, "%.*s%.*s", (int)host.n, host.p, (int)path.n, path.p);
    for (uint32_t i = 0; i < p.n; i++) out = dl_fmt(a, "%.*s%c%.*s", (int)out.n, out.p, i ? '&' : '?', (int)p.v[i].n, p.v[i].p);
    return out;
}
