/* decode.c - other charsets than UTF-8: which one a page has, and its bytes as UTF-8 with the way back.
 *
 * In order of belief: a byte order mark; well-formed UTF-8 (text in another charset hardly ever is); what the transport says; what the page declares; else windows-1252, or one of the charsets of
 * Cyrillic and of East Asia if the bytes look like it. A page that is UTF-8 but for a few bytes is UTF-8 (those bytes are read one by one as windows-1252).
 * Legacy charsets are decoded by iconv of the C library, character by character, since the way back needs their lengths; the labels are those of the web.
 */
#include <errno.h>
#include <iconv.h>
#include "base/utf8.h"
#include "intake/html.h"

static const struct { const char *label, *name; } LABELS[] = {
    { "utf-8", "UTF-8" }, { "utf8", "UTF-8" }, { "us-ascii", "CP1252" }, { "ascii", "CP1252" }, { "windows-1252", "CP1252" }, { "cp1252", "CP1252" }, { "iso-8859-1", "CP1252" },
    { "iso8859-1", "CP1252" }, { "latin1", "CP1252" }, { "latin-1", "CP1252" }, { "windows-1250", "CP1250" }, { "cp1250", "CP1250" }, { "windows-1251", "CP1251" }, { "cp1251", "CP1251" }, { "win-1251", "CP1251" },
    { "windows-1253", "CP1253" }, { "windows-1254", "CP1254" }, { "iso-8859-9", "CP1254" }, { "windows-1255", "CP1255" }, { "windows-1256", "CP1256" }, { "windows-1257", "CP1257" },
    { "windows-1258", "CP1258" }, { "windows-874", "CP874" }, { "tis-620", "CP874" }, { "iso-8859-11", "CP874" }, { "iso-8859-2", "ISO-8859-2" }, { "iso-8859-3", "ISO-8859-3" },
    { "iso-8859-4", "ISO-8859-4" }, { "iso-8859-5", "ISO-8859-5" }, { "iso-8859-6", "ISO-8859-6" }, { "iso-8859-7", "ISO-8859-7" }, { "iso-8859-8", "ISO-8859-8" },
    { "iso-8859-8-i", "ISO-8859-8" }, { "iso-8859-10", "ISO-8859-10" }, { "iso-8859-13", "ISO-8859-13" }, { "iso-8859-14", "ISO-8859-14" }, { "iso-8859-15", "ISO-8859-15" },
    { "iso-8859-16", "ISO-8859-16" }, { "koi8-r", "KOI8-R" }, { "koi8-u", "KOI8-U" }, { "ibm866", "IBM866" }, { "cp866", "IBM866" }, { "macintosh", "MACINTOSH" },
    { "gb2312", "GB18030" }, { "gbk", "GB18030" }, { "gb18030", "GB18030" }, { "x-gbk", "GB18030" }, { "big5", "BIG5-HKSCS" }, { "big5-hkscs", "BIG5-HKSCS" },
    { "shift_jis", "CP932" }, { "shift-jis", "CP932" }, { "sjis", "CP932" }, { "x-sjis", "CP932" }, { "windows-31j", "CP932" }, { "euc-jp", "EUC-JP" }, { "x-euc-jp", "EUC-JP" },
    { "iso-2022-jp", "ISO-2022-JP" }, { "euc-kr", "CP949" }, { "ks_c_5601-1987", "CP949" }, { "windows-949", "CP949" },
};

const char *dl_charset_known(dl_str label)
{
    char low[24];
    label = dl_trim(label);
    if (label.n >= sizeof low) return NULL;
    for (uint32_t i = 0; i < label.n; i++) low[i] = (char)dl_tolower((unsigned char)label.p[i]);
    low[label.n] = 0;
    for (size_t k = 0; k < sizeof LABELS / sizeof *LABELS; k++) if (!strcmp(LABELS[k].label, low)) return LABELS[k].name;
    return NULL;
}

/* ---- which one ---- */

/* What stands behind `charset=` (or `encoding=` of an XML declaration) in the first bytes. */
static const char *declared(dl_str in)
{
    if (in.n > 8192) in.n = 8192;
    for (int way = 0; way < 2; way++) {
        dl_str key = way ? DL_STR("encoding") : DL_STR("charset");
        for (uint32_t i = 0; i + key.n < in.n; i++) {
            uint32_t k = 0;
            while (k < key.n && dl_tolower((unsigned char)in.p[i + k]) == (unsigned char)key.p[k]) k++;
            if (k < key.n) continue;
            k += i;
            while (k < in.n && (dl_space((unsigned char)in.p[k]) || in.p[k] == '=' || in.p[k] == '"' || in.p[k] == '\'')) k++;
            uint32_t b = k;
            while (k < in.n && !dl_space((unsigned char)in.p[k]) && !strchr("\"'>/;", in.p[k])) k++;
            const char *known = dl_charset_known(dl_cut(in, b, k));
            if (known) return known;
        }
        if (!dl_starts(dl_trim(in), DL_STR("<?xml"))) break;
    }
    return NULL;
}

typedef struct { uint32_t high, good, bad; } sequences;         /* bytes beyond ASCII; characters of several bytes that are well formed; bytes that belong to none */

static sequences count_sequences(dl_str in)
{
    sequences s = { 0, 0, 0 };
    for (uint32_t i = 0; i < in.n;) {
        if (!((unsigned char)in.p[i] & 0x80)) { i++; continue; }
        uint32_t k = i, cp = dl_utf8_next(in, &k);
        bool bad = cp == 0xFFFD && k == i + 1;
        s.high += k - i;
        if (bad) s.bad++;
        else s.good++;
        i = k;
    }
    return s;
}

/* Bytes in pairs as the double-byte charsets of East Asia have them; per thousand bytes beyond ASCII. */
static uint32_t pairs(dl_str in, unsigned char lead, unsigned char lead_end, unsigned char trail)
{
    uint32_t high = 0, good = 0;
    for (uint32_t i = 0; i + 1 < in.n; i++) {
        unsigned char a = (unsigned char)in.p[i], b = (unsigned char)in.p[i + 1];
        if (a < 0x80) continue;
        bool pair = a >= lead && a <= lead_end && b >= trail;
        high += 1 + pair, good += pair ? 2 : 0;
        i += pair;
    }
    return high ? good * 1000u / high : 0;
}

static const char *by_looks(dl_str in)
{
    uint32_t kana = 0, hangul = 0, level = 0, lower = 0, upper = 0, high = 0, runs = 0;
    if (in.n > 1 << 18) in.n = 1 << 18;
    for (uint32_t i = 0; i + 1 < in.n; i++) {
        unsigned char a = (unsigned char)in.p[i], b = (unsigned char)in.p[i + 1];
        high += a >= 0x80, lower += a >= 0xE0, upper += a >= 0xC0 && a < 0xE0, runs += a >= 0xC0 && b >= 0xC0;
        if (a == 0xA4 || a == 0xA5) kana += b >= 0xA1;
        else if (a >= 0xB0 && a <= 0xC8) hangul += b >= 0xA1;
        level += (a == 0x82 || a == 0x83) && b >= 0x40;
    }
    if (high < 16) return "CP1252";
    if (level * 5 > high / 2 && pairs(in, 0x81, 0xFC, 0x40) > 900) return "CP932";
    if (pairs(in, 0xA1, 0xFE, 0xA1) > 970) {
        if (kana * 2 * 5 > high) return "EUC-JP";
        return hangul * 2 * 10 > high * 8 ? "CP949" : "GB18030";
    }
    if (runs * 10 < high * 6) return "CP1252";
    return lower > upper ? "CP1251" : "KOI8-R";      /* nearly all letters are small: these stand in the upper half of one, in the lower of the other */
}

const char *dl_charset_of_page(dl_str in, const char *transport)
{
    if (dl_starts(in, DL_STR("\xef\xbb\xbf"))) return "UTF-8";
    const char *told = transport ? dl_charset_known(dl_str_of(transport)) : NULL, *said = told ? told : declared(in);
    bool shifts = said && !strcmp(said, "ISO-2022-JP");
    if (!shifts && dl_utf8_valid(in)) return "UTF-8";
    sequences s = count_sequences(in);
    if (!s.high) return shifts && dl_find(in, DL_STR("\x1b$"), 0) >= 0 ? said : "UTF-8";
    if (!s.bad || s.good > 4 * s.bad) return "UTF-8";
    if (said && (strcmp(said, "UTF-8") || s.good > s.bad)) return said;
    return by_looks(in);
}

/* ---- decoding ---- */

typedef struct { dl_arena *mem; dl_runs *runs; char *out; uint32_t n, cap; } sink;

static sink open_sink(dl_arena *mem, dl_runs *runs, uint32_t cap)
{
    *runs = (dl_runs){ NULL, 0, 0 };
    return (sink){ mem, runs, dl_new(mem, char, cap + 4), 0, cap };
}

/* What was put since `at` is one unit of `from` bytes at `original`. */
static void note(sink *s, uint32_t at, uint32_t original, uint32_t from)
{
    uint32_t to = s->n - at;
    dl_run *last = s->runs->n ? &s->runs->v[s->runs->n - 1] : NULL;
    if (!to) return;
    if (last && last->to == to && last->from == from && last->original + last->n * last->from == original) { last->n++; return; }
    *dl_push(s->mem, s->runs) = (dl_run){ at, original, 1, (uint8_t)to, (uint8_t)(from < 255 ? from : 255) };
}

static void put_copy(sink *s, dl_str in, uint32_t from, uint32_t to)
{
    uint32_t n = to - from;
    dl_run *last = s->runs->n ? &s->runs->v[s->runs->n - 1] : NULL;
    if (!n || n > s->cap - s->n) return;
    memcpy(s->out + s->n, in.p + from, n);
    if (last && last->to == 1 && last->from == 1 && last->original + last->n == from) last->n += n;
    else *dl_push(s->mem, s->runs) = (dl_run){ s->n, from, n, 1, 1 };
    s->n += n;
}

static void put_cp(sink *s, uint32_t cp, uint32_t original, uint32_t from)
{
    uint32_t at = s->n;
    if (s->cap - s->n < 4) return;
    s->n += (uint32_t)dl_utf8_put(cp, s->out + s->n);
    note(s, at, original, from);
}

/* One character by iconv: bytes used, 0 if these are none. What iconv takes and gives nothing for (a shift) counts too. */
static uint32_t one(iconv_t cd, dl_str in, uint32_t i, sink *s)
{
    for (size_t n = 1; n <= 8 && n <= in.n - i; n++) {
        char *from = (char *)in.p + i, *to = s->out + s->n;       /* iconv's interface is without const; it reads only */
        size_t left = n, room = s->cap - s->n;
        size_t got = iconv(cd, &from, &left, &to, &room);
        bool whole = got != (size_t)-1 && left == 0;
        if (!whole && errno != EINVAL) return 0;
        if (!whole) continue;
        uint32_t at = s->n;
        s->n = (uint32_t)(to - s->out);
        note(s, at, i, (uint32_t)n);
        return (uint32_t)n;
    }
    return 0;
}

static bool by_iconv(sink *s, dl_str in, const char *charset, uint32_t *ill)
{
    iconv_t cd = iconv_open("UTF-8", charset);
    if (cd == (iconv_t)-1) return false;
    bool shifts = !strcmp(charset, "ISO-2022-JP");
    for (uint32_t i = 0; i < in.n && s->cap - s->n >= 16;) {
        uint32_t k = i;
        while (!shifts && k < in.n && !((unsigned char)in.p[k] & 0x80)) k++;
        put_copy(s, in, i, k);
        if ((i = k) == in.n) break;
        uint32_t n = one(cd, in, i, s);
        if (!n) { put_cp(s, 0xFFFD, i, 1); ++*ill; n = 1; }
        i += n;
    }
    iconv_close(cd);
    return true;
}

bool dl_decode(dl_arena *mem, dl_str in, const char *charset, dl_str *out, dl_runs *runs, uint32_t *ill)
{
    sink s = open_sink(mem, runs, in.n * 3 + 64);
    *ill = 0;
    if (strcmp(charset, "CP1252")) {
        if (!by_iconv(&s, in, charset, ill)) return false;
    } else {
        for (uint32_t i = 0; i < in.n;) {
            uint32_t k = i;
            while (k < in.n && !((unsigned char)in.p[k] & 0x80)) k++;
            put_copy(&s, in, i, k);
            if ((i = k) < in.n) put_cp(&s, dl_windows1252((unsigned char)in.p[i]), i, 1), i++;
        }
    }
    *out = (dl_str){ s.out, s.n };
    return true;
}

dl_str dl_decode_json(dl_arena *mem, dl_str in, uint32_t from, uint32_t to, dl_runs *runs)
{
    sink s = open_sink(mem, runs, (to - from) * 3 + 64);
    while (from < to) {
        const char *slash = memchr(in.p + from, '\\', to - from);
        uint32_t stop = slash ? (uint32_t)(slash - in.p) : to, end = stop;
        put_copy(&s, in, from, stop);
        if (stop == to) break;
        uint32_t cp = dl_json_escape(in, stop, to, &end);
        if (cp == UINT32_MAX) put_copy(&s, in, stop, end = stop + 1);
        else put_cp(&s, cp, stop, end - stop);
        from = end;
    }
    return (dl_str){ s.out, s.n };
}

dl_str dl_decode_xml(dl_arena *mem, dl_str in, uint32_t from, uint32_t to, dl_runs *runs)
{
    sink s = open_sink(mem, runs, (to - from) * 3 + 64);
    while (from < to) {
        uint32_t i = from, cp[2];
        dl_str rest;
        while (i < to && in.p[i] != '&' && in.p[i] != '<') i++;
        put_copy(&s, in, from, i);
        if ((from = i) == to) break;
        rest = dl_cut(in, i, to);
        uint32_t n = in.p[i] == '&' ? dl_entity(in, i, to, false, cp) : 0;
        if (dl_starts(rest, DL_STR("<![CDATA["))) {
            int64_t end = dl_find(rest, DL_STR("]]>"), 9);
            put_copy(&s, in, i + 9, end < 0 ? to : i + (uint32_t)end);
            from = end < 0 ? to : i + (uint32_t)end + 3;
        } else if (n) {
            put_cp(&s, cp[0], i, n);
            if (cp[1]) put_cp(&s, cp[1], i, n);
            from = i + n;
        } else put_copy(&s, in, i, i + 1), from = i + 1;
    }
    return (dl_str){ s.out, s.n };
}

static void push_run(dl_arena *mem, dl_runs *out, dl_run r)
{
    dl_run *last = out->n ? &out->v[out->n - 1] : NULL;
    if (last && last->to == r.to && last->from == r.from && last->at + last->n * last->to == r.at && last->original + last->n * last->from == r.original) last->n += r.n;
    else *dl_push(mem, out) = r;
}

static uint32_t origin(const dl_runs *inner, uint32_t i, bool end)
{
    uint32_t low = 0, high = inner->n, look = end && i ? i - 1 : i;
    while (high - low > 1) { uint32_t mid = (low + high) / 2; if (inner->v[mid].at <= look) low = mid; else high = mid; }
    const dl_run *r = &inner->v[low];
    uint32_t in = i > r->at ? i - r->at : 0, unit = end ? (in + r->to - 1) / r->to : in / r->to;
    return r->original + (unit < r->n ? unit : r->n) * r->from;
}

dl_runs dl_runs_through(dl_arena *mem, const dl_runs *outer, const dl_runs *inner)
{
    dl_runs out = { NULL, 0, 0 };
    for (uint32_t k = 0; k < outer->n && inner->n; k++) {
        const dl_run *r = &outer->v[k];
        for (uint32_t u = 0; u < r->n && r->to != r->from; u++) {
            uint32_t b = origin(inner, r->original + u * r->from, false), e = origin(inner, r->original + (u + 1) * r->from, true);
            push_run(mem, &out, (dl_run){ r->at + u * r->to, b, 1, r->to, (uint8_t)(e - b < 255 ? e - b : 255) });
        }
        for (uint32_t i = 0, low = 0; r->to == r->from && low < inner->n && i < r->n * r->to; low++) {
            const dl_run *x = &inner->v[low];
            uint32_t from = r->original + i, end = x->at + x->n * x->to;
            if (end <= from) continue;
            uint32_t stop = end < r->original + r->n * r->to ? end : r->original + r->n * r->to, unit = (from - x->at) / x->to, units = (stop - from) / x->to;
            if (units) push_run(mem, &out, (dl_run){ r->at + i, x->original + unit * x->from, units, x->to, x->from });
            i += stop - from;
        }
    }
    return out;
}

dl_str dl_decode_utf16(dl_arena *mem, dl_str in, bool big, dl_runs *runs)
{
    sink s = open_sink(mem, runs, in.n * 2 + 64);
    const unsigned char *p = (const unsigned char *)in.p;
    for (uint32_t i = 0; i + 1 < in.n;) {
        uint32_t at = i, cp = big ? (uint32_t)p[i] << 8 | p[i + 1] : (uint32_t)p[i + 1] << 8 | p[i];
        i += 2;
        if (cp >= 0xD800 && cp < 0xE000) {
            uint32_t low = cp < 0xDC00 && i + 1 < in.n ? (big ? (uint32_t)p[i] << 8 | p[i + 1] : (uint32_t)p[i + 1] << 8 | p[i]) : 0;
            bool pair = low >= 0xDC00 && low < 0xE000;
            cp = pair ? 0x10000u + ((cp - 0xD800u) << 10) + (low - 0xDC00u) : 0xFFFD;
            i += pair ? 2 : 0;
        }
        put_cp(&s, cp, at, i - at);
    }
    return (dl_str){ s.out, s.n };
}
