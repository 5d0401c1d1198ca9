/* entities.c - character references: "&eacute;", "&#233;", "&#xE9;", and those that may stand without a semicolon ("&copy 2015").
 * Numbers from 128 to 159 mean windows-1252, zero and half surrogates U+FFFD, as the standard says. */
#include "base/utf8.h"
#include "intake/html.h"

static const dl_entity_row *named(dl_str name)
{
    uint32_t low = 0, high = dl_entity_count;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        int c = dl_cmp(dl_str_of(dl_entity_rows[mid].name), name);
        if (c == 0) return &dl_entity_rows[mid];
        if (c < 0) low = mid + 1;
        else high = mid;
    }
    return NULL;
}

static uint32_t numbered(dl_str in, uint32_t i, uint32_t end, uint32_t *cp)
{
    uint32_t b = i + 2, v = 0, base = 10;
    if (b < end && (in.p[b] == 'x' || in.p[b] == 'X')) b++, base = 16;
    uint32_t k = b;
    for (; k < end; k++) {
        unsigned char c = (unsigned char)in.p[k], low = c | 32;
        uint32_t d = dl_digit(c) ? c - (uint32_t)'0' : base == 16 && low >= 'a' && low <= 'f' ? low - (uint32_t)'a' + 10u : 99;
        if (d == 99) break;
        v = v > 0x110000 ? v : v * base + d;
    }
    if (k == b) return 0;
    *cp = v >= 0x80 && v < 0xA0 ? dl_windows1252((unsigned char)v) : v == 0 || v > 0x10FFFF || (v >= 0xD800 && v < 0xE000) ? 0xFFFD : v;
    return k + (k < end && in.p[k] == ';') - i;
}

enum { LONGEST = 31, LONGEST_BARE = 6 };

uint32_t dl_entity(dl_str in, uint32_t i, uint32_t end, bool attribute, uint32_t cp[2])
{
    cp[0] = cp[1] = 0;
    if (i + 2 >= end) return 0;
    if (in.p[i + 1] == '#') return numbered(in, i, end, &cp[0]);
    uint32_t e = i + 1;
    while (e < end && e - i <= LONGEST && (dl_alpha((unsigned char)in.p[e]) || dl_digit((unsigned char)in.p[e]))) e++;
    const dl_entity_row *row = e < end && in.p[e] == ';' ? named(dl_cut(in, i + 1, e)) : NULL;
    uint32_t n = e + 1 - i;
    uint32_t most = e - i - 1 < LONGEST_BARE ? e - i - 1 : LONGEST_BARE;
    for (uint32_t k = most; !row && k >= 2; k--) {
        const dl_entity_row *bare = named(dl_cut(in, i + 1, i + 1 + k));
        if (!bare || !bare->bare) continue;
        char next = i + 1 + k < end ? in.p[i + 1 + k] : 0;
        if (attribute && (next == '=' || dl_alpha((unsigned char)next) || dl_digit((unsigned char)next))) return 0;
        row = bare;
        n = k + 1;
    }
    if (!row) return 0;
    cp[0] = row->first, cp[1] = row->second;
    return n;
}

dl_str dl_html_value(dl_arena *a, dl_str raw)
{
    raw = dl_trim(raw);
    bool plain = true;
    for (uint32_t i = 0; i < raw.n && plain; i++) plain = raw.p[i] != '&' && ((unsigned char)raw.p[i] >= ' ') && !(raw.p[i] == ' ' && raw.p[i + 1] == ' ');
    if (plain && dl_utf8_valid(raw)) return raw;
    char *out = dl_new(a, char, raw.n * 3 + 8);
    uint32_t n = 0, cp[2];
    for (uint32_t i = 0; i < raw.n;) {
        uint32_t len = raw.p[i] == '&' ? dl_entity(raw, i, raw.n, true, cp) : 0;
        if (len) {
            for (int k = 0; k < 2 && cp[k]; k++) n += (uint32_t)dl_utf8_put(cp[k], out + n);
            i += len;
        } else if (dl_space((unsigned char)raw.p[i]) || !raw.p[i]) {
            if (n && out[n - 1] != ' ') out[n++] = ' ';
            i++;
        } else {
            n += (uint32_t)dl_utf8_put(dl_utf8_next(raw, &i), out + n);
        }
    }
    return dl_trim((dl_str){ out, n });
}
