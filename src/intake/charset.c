/* charset.c - bytes to valid UTF-8, and the map that leads every character back to its bytes.
 *
 * A piece of equal length on both sides is a copy, byte for byte; a piece of unequal length is one decoded thing (an ill-formed byte, a JSON escape, a word of
 * UTF-16). Equal neighbours grow into one piece, so that a clean report has a map of one line. Ill-formed bytes are read one by one as windows-1252
 * (the five bytes it leaves undefined as C1 controls, as browsers do).
 */
#include "base/utf8.h"
#include "intake/intake.h"

static const uint16_t CP1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

uint32_t dl_windows1252(unsigned char b) { return b >= 0x80 && b < 0xA0 ? CP1252[b - 0x80] : b; }

void dl_maker_open(dl_maker *m, dl_arena *doc, dl_arena *scratch, dl_article *art, dl_str in)
{
    uint32_t cap = in.n * 3 + 64;
    *m = (dl_maker){ .doc = doc, .art = art, .in = in, .out = dl_room(scratch, cap), .cap = cap };
}

void dl_map_add(dl_arena *doc, dl_article *a, uint32_t tb, uint32_t te, uint64_t ob, uint64_t oe)
{
    dl_piece *last = a->map.n ? &a->map.v[a->map.n - 1] : NULL;
    bool copy = te - tb == oe - ob;
    bool joins = last && copy && last->oe == ob && last->te - last->tb == last->oe - last->ob && last->oe > last->ob;
    if (joins) { last->te = te; last->oe = oe; return; }
    if (last && a->map.n >= DL_MAP_CAP) {
        last->te = te;
        if (oe > last->oe) last->oe = oe;
        if (ob < last->ob) last->ob = ob;
        return;
    }
    *dl_push(doc, &a->map) = (dl_piece){ tb, te, ob, oe };
}

static uint32_t run_end(const dl_run *r) { return r->at + r->n * r->to; }

/* The run that holds in[i]; the last one for what lies behind. Nearly always the one of before or the next. */
static const dl_run *run_at(dl_maker *m, uint32_t i)
{
    const dl_run *v = m->runs->v;
    uint32_t k = m->run, n = m->runs->n;
    if (v[k].at <= i && k + 1 < n && i >= run_end(&v[k])) k++;
    if (i < v[k].at || (k + 1 < n && i >= run_end(&v[k]))) {
        uint32_t low = 0, high = n;                  /* the last run that begins at or before i */
        while (high - low > 1) { uint32_t mid = (low + high) / 2; if (v[mid].at <= i) low = mid; else high = mid; }
        k = low;
    }
    m->run = k;
    return &v[k];
}

/* Where in[i] begins (or, from the other side, ends) in the original. */
static uint32_t original_of(const dl_run *r, uint32_t i, bool end)
{
    uint32_t in = i > r->at ? i - r->at : 0, unit = end ? (in + r->to - 1) / r->to : in / r->to;
    return r->original + (unit < r->n ? unit : r->n) * r->from;
}

/* The same through the runs: copies stay copies; of what was decoded, three bytes a character or more (the scripts that write no blanks) are pieces of their own. */
static void add_decoded(dl_maker *m, uint32_t tb, uint32_t ob, uint32_t oe)
{
    if (!m->runs->n) { dl_map_add(m->doc, m->art, tb, m->n, 0, 0); return; }
    bool linear = m->n - tb == oe - ob && !memcmp(m->out + tb, m->in.p + ob, oe - ob);      /* not what is as long by chance */
    while (linear && ob < oe) {
        const dl_run *r = run_at(m, ob);
        uint32_t stop = run_end(r) < oe ? run_end(r) : oe;
        if (r->to >= 3 && stop - ob > r->to) stop = ob + r->to;
        if (stop <= ob) stop = oe;
        dl_map_add(m->doc, m->art, tb, tb + (stop - ob), original_of(r, ob, false), original_of(r, stop, true));
        tb += stop - ob;
        ob = stop;
    }
    if (linear) return;
    uint32_t from = original_of(run_at(m, ob), ob, false);
    dl_map_add(m->doc, m->art, tb, m->n, from, oe > ob ? original_of(run_at(m, oe - 1), oe, true) : from);
}

/* Notes that out[tb, m->n) came from in[ob,oe). */
static void add_piece(dl_maker *m, uint32_t tb, uint32_t ob, uint32_t oe)
{
    if (tb == m->n) return;
    if (m->runs) add_decoded(m, tb, ob, oe);
    else dl_map_add(m->doc, m->art, tb, m->n, ob, oe);
}

static void put_bytes(dl_maker *m, const char *p, uint32_t n)
{
    if (n > m->cap - m->n) n = 0;                       /* cannot be: the room is three times the input */
    if (n) memcpy(m->out + m->n, p, n);
    m->n += n;
}

void dl_maker_string(dl_maker *m, dl_str s, uint32_t from, uint32_t to)
{
    uint32_t tb = m->n;
    put_bytes(m, s.p, s.n);
    add_piece(m, tb, from, to);
}

void dl_maker_char(dl_maker *m, uint32_t cp, uint32_t from, uint32_t to)
{
    char c[4];
    dl_maker_string(m, (dl_str){ c, (uint32_t)dl_utf8_put(cp, c) }, from, to);
}

void dl_maker_bytes(dl_maker *m, uint32_t from, uint32_t to)
{
    while (from < to) {
        uint32_t good = dl_utf8_valid_prefix(dl_cut(m->in, from, to)), tb = m->n;
        put_bytes(m, m->in.p + from, good);
        add_piece(m, tb, from, from + good);
        from += good;
        if (from == to) return;
        dl_maker_char(m, dl_windows1252((unsigned char)m->in.p[from]), from, from + 1);
        m->ill++;
        from++;
    }
}

dl_str dl_decoded(dl_arena *a, dl_str s)
{
    if (dl_utf8_valid(s)) return dl_copy(a, s);
    char *out = dl_new(a, char, (size_t)s.n * 3 + 1);
    uint32_t n = 0;
    for (uint32_t from = 0; from < s.n; from++) {
        uint32_t good = dl_utf8_valid_prefix(dl_cut(s, from, s.n));
        memcpy(out + n, s.p + from, good);
        n += good, from += good;
        if (from < s.n) n += (uint32_t)dl_utf8_put(dl_windows1252((unsigned char)s.p[from]), out + n);
    }
    return (dl_str){ out, n };
}

static int hex4(dl_str s, uint32_t i, uint32_t end)
{
    int v = 0;
    if (end - i < 4) return -1;
    for (uint32_t k = i; k < i + 4; k++) {
        unsigned char c = (unsigned char)s.p[k], low = c | 32;
        int d = dl_digit(c) ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
        if (d < 0) return -1;
        v = v << 4 | d;
    }
    return v;
}

/* The escape at `i` (a backslash): its character, and *end behind it; a bad one gives 0xFFFFFFFF (it stays as it was written). */
uint32_t dl_json_escape(dl_str s, uint32_t i, uint32_t to, uint32_t *end)
{
    static const char FROM[] = "\"\\/bfnrt", TO[] = "\"\\/\b\f\n\r\t";
    if (i + 1 >= to) return UINT32_MAX;
    const char *at = s.p[i + 1] ? strchr(FROM, s.p[i + 1]) : NULL;
    if (at) { *end = i + 2; return (unsigned char)TO[at - FROM]; }
    int u = s.p[i + 1] == 'u' ? hex4(s, i + 2, to) : -1;
    if (u < 0) return UINT32_MAX;
    *end = i + 6;
    if (u < 0xD800 || u > 0xDFFF) return (uint32_t)u;
    int v = u < 0xDC00 && i + 8 <= to && s.p[i + 6] == '\\' && s.p[i + 7] == 'u' ? hex4(s, i + 8, to) : -1;
    if (v < 0xDC00 || v > 0xDFFF) return 0xFFFD;
    *end = i + 12;
    return 0x10000u + (((uint32_t)u - 0xD800u) << 10) + ((uint32_t)v - 0xDC00u);
}

void dl_maker_json(dl_maker *m, uint32_t from, uint32_t to)
{
    while (from < to) {
        const char *slash = memchr(m->in.p + from, '\\', to - from);
        uint32_t stop = slash ? (uint32_t)(slash - m->in.p) : to, end = stop;
        dl_maker_bytes(m, from, stop);
        if (stop == to) return;
        uint32_t cp = dl_json_escape(m->in, stop, to, &end);
        if (cp == UINT32_MAX) dl_maker_bytes(m, stop, end = stop + 1);
        else dl_maker_char(m, cp, stop, end);
        from = end;
    }
}

static uint32_t unit16(dl_str s, uint32_t i, bool big)
{
    const unsigned char *p = (const unsigned char *)s.p + i;
    return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

/* One piece a word, or less where characters of other lengths stand in it (so that equal length still means a copy): a piece a
 * character would make maps longer than reports. */
void dl_maker_utf16(dl_maker *m, uint32_t from, uint32_t to, bool big)
{
    uint32_t ob = from, tb = m->n;
    int run = 0;
    while (to - from >= 2) {
        uint32_t at = from, cp = unit16(m->in, from, big);
        from += 2;
        if (cp >= 0xD800 && cp < 0xE000) {
            uint32_t low = cp < 0xDC00 && to - from >= 2 ? unit16(m->in, from, big) : 0;
            bool pair = low >= 0xDC00 && low < 0xE000;
            cp = pair ? 0x10000u + ((cp - 0xD800u) << 10) + (low - 0xDC00u) : 0xFFFD;
            if (pair) from += 2;
        }
        char c[4];
        int n = dl_utf8_put(cp, c), kind = cp < 0x80 && dl_space((unsigned char)cp) ? 8 : n;
        if (kind != run) { add_piece(m, tb, ob, at); tb = m->n; ob = at; run = kind; }
        put_bytes(m, c, (uint32_t)n);
    }
    add_piece(m, tb, ob, from);
    if (from < to) { dl_maker_char(m, 0xFFFD, from, to); m->ill++; }
}

void dl_maker_supply(dl_maker *m, const char *z, uint32_t at)
{
    uint32_t tb = m->n;
    put_bytes(m, z, (uint32_t)strlen(z));
    add_piece(m, tb, at, at);
}

dl_str dl_maker_close(dl_maker *m)
{
    m->art->text = dl_copy(m->doc, (dl_str){ m->out, m->n });
    if (m->ill) dl_article_warn(m->doc, m->art, "charset: %u ill-formed byte%s read as windows-1252", m->ill, m->ill == 1 ? "" : "s");
    return m->art->text;
}
