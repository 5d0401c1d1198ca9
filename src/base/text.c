/* text.c - comparing, finding and trimming slices. */
#include "base/text.h"

int dl_cmp(dl_str a, dl_str b)
{
    uint32_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool dl_starts(dl_str s, dl_str with)
{
    return s.n >= with.n && (with.n == 0 || memcmp(s.p, with.p, with.n) == 0);
}

bool dl_ends(dl_str s, dl_str with)
{
    return s.n >= with.n && (with.n == 0 || memcmp(s.p + (s.n - with.n), with.p, with.n) == 0);
}

int64_t dl_find(dl_str s, dl_str what, uint32_t from)
{
    if (from > s.n || what.n > s.n - from) return -1;
    if (what.n == 0) return from;
    const char *at = s.p + from, *last = s.p + (s.n - what.n);
    while (at <= last && (at = memchr(at, what.p[0], (size_t)(last - at) + 1))) {
        if (memcmp(at, what.p, what.n) == 0) return at - s.p;
        at++;
    }
    return -1;
}

dl_str dl_trim(dl_str s)
{
    uint32_t b = 0, e = s.n;
    while (b < e && dl_space((unsigned char)s.p[b])) b++;
    while (e > b && dl_space((unsigned char)s.p[e - 1])) e--;
    return b == 0 && e == s.n ? s : dl_cut(s, b, e);
}

bool dl_str_int(dl_str s, int64_t *out)
{
    uint32_t i = s.n && (s.p[0] == '-' || s.p[0] == '+');
    bool minus = i && s.p[0] == '-';
    if (i == s.n) return false;
    uint64_t most = (uint64_t)INT64_MAX + minus, v = 0;
    for (; i < s.n; i++) {
        if (!dl_digit((unsigned char)s.p[i])) return false;
        uint64_t d = (uint64_t)(s.p[i] - '0');
        if (v > (most - d) / 10) return false;
        v = v * 10 + d;
    }
    *out = minus ? (v > INT64_MAX ? INT64_MIN : -(int64_t)v) : (int64_t)v;
    return true;
}

bool dl_str_decimal(dl_str s, double *out)
{
    uint32_t i = s.n && s.p[0] == '-', digits = 0, point = 0;
    double v = 0, scale = 1;
    for (; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '.' && !point && digits) { point = 1; continue; }
        if (!dl_digit(c) || ++digits > 15) return false;
        v = v * 10 + (c - '0');
        if (point) scale *= 10;
    }
    *out = (s.n && s.p[0] == '-' ? -v : v) / scale;
    return digits > 0 && s.p[s.n - 1] != '.';
}
