/* howmany_number.c - numerals: "1,200", "2.5 million", "twenty-two", "three hundred and fifty thousand", "two and a half", "a hundred", "dozens".
 *
 * Words of number come from the codebook (lists `numbers`, `magnitudes`, `fuzzy`); how they go together is grammar and stands here.
 * Numbers are kept in thousandths, so that 2.5 million and 2.5 % are exact; what does not fit is no number.
 */
#include "facts/howmany.h"

enum { MILLI = 1000 };
static const int64_t TOP = INT64_C(1000000000000000000);       /* beyond this, in thousandths, nothing is read */

bool dl_digits(dl_str s, int64_t *milli)
{
    int64_t v = 0, scale = 0;
    uint32_t digits = 0, since_comma = 0;
    bool comma = false;
    for (uint32_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (dl_digit((unsigned char)c)) {
            if (scale == 1) continue;                         /* a fourth decimal is dropped */
            if (v > TOP / MILLI / 10) return false;
            v = v * 10 + (c - '0');
            if (scale) scale /= 10;
            digits++;
            since_comma++;
        } else if (c == ',' && !scale && digits) {
            if (comma && since_comma != 3) return false;
            comma = true;
            since_comma = 0;
        } else if (c == '.' && !scale && digits && i + 1 < s.n) {
            scale = MILLI;
        } else return false;
    }
    if (!digits || (comma && !scale && since_comma != 3)) return false;
    *milli = v * (scale ? scale : MILLI);
    return true;
}

static bool value_at(const dl_ask *q, uint32_t i, uint32_t end, dl_list list, int64_t *v, uint32_t *next)
{
    uint32_t e = i;
    dl_str s = dl_list_at(q, i, list, &e);
    if (!s.n || e > end || !dl_str_int(s, v)) return false;
    *next = e;
    return true;
}

static bool word_is(const dl_ask *q, uint32_t i, uint32_t end, const char *z) { return i < end && dl_is(q->lang->tok[i].low, z); }

/* "1/2", "3/4": thousandths; 0 if it is no fraction. */
static int64_t fraction(const dl_ask *q, uint32_t i, uint32_t end)
{
    dl_str s = i < end ? q->lang->tok[i].text : DL_STR("");
    if (s.n != 3 || s.p[1] != '/' || !dl_digit((unsigned char)s.p[0]) || s.p[2] < '2' || s.p[2] > '8' || s.p[0] >= s.p[2]) return 0;
    return (int64_t)(s.p[0] - '0') * MILLI / (s.p[2] - '0');
}

/* "and a half" behind a number: 500 thousandths. */
static uint32_t and_a_half(const dl_ask *q, uint32_t i, uint32_t end)
{
    return word_is(q, i, end, "and") && word_is(q, i + 1, end, "a") && word_is(q, i + 2, end, "half") ? i + 3 : i;
}

/* Words and magnitudes summed as they are read: "three hundred and fifty thousand" = (3 x 100 + 50) x 1000. `v` is what digits before it gave, or -1. */
typedef struct { int64_t total, part; uint32_t i; bool any, tens, units, words; int64_t smallest; } sum;

static bool take_magnitude(const dl_ask *q, sum *s, uint32_t end)
{
    int64_t m;
    uint32_t next;
    bool one = !s->any && (word_is(q, s->i, end, "a") || word_is(q, s->i, end, "an"));
    uint32_t at = s->i + one;
    if (s->any && word_is(q, at, end, "-")) at++;
    if ((!s->any && !one) || at >= end || !value_at(q, at, end, DL_LIST_magnitudes, &m, &next)) return false;
    bool short_form = q->lang->tok[at].text.n <= 2;           /* "5m": behind digits only */
    if (short_form && s->words) return false;
    if (!s->any) { s->part = MILLI; s->words = true; }
    if (s->part <= 0 || m <= 0 || s->part > TOP / m) return false;
    s->part *= m;
    s->any = true;
    if (m >= MILLI) {
        if (s->total > TOP - s->part) return false;
        s->total += s->part;
        s->part = 0;
        s->smallest = m;
    }
    s->tens = s->units = false;
    s->i = next;
    return true;
}

static bool take_word(const dl_ask *q, sum *s, uint32_t end)
{
    int64_t v;
    uint32_t next, at = s->i;
    if (s->any && (word_is(q, at, end, "-") || word_is(q, at, end, "and"))) at++;
    bool joined = at > s->i;
    if (at >= end || !value_at(q, at, end, DL_LIST_numbers, &v, &next)) return false;
    if (joined && word_is(q, s->i, end, "and") && s->part < 100 * MILLI && !s->total) return false;      /* "two and three" are two numbers */
    if (joined && word_is(q, s->i, end, "-") && !(s->tens && v < 10)) return false;
    if (v >= 20) { if (s->tens || s->units) return false; s->tens = true; }
    else { if (s->units || (s->tens && (v >= 10 || v == 0))) return false; s->units = true; }
    s->part += v * MILLI;
    s->any = true;
    s->words = true;
    s->i = next;
    return true;
}

/* "1 200" with a blank that does not break: the thousands go on in the next token. */
static bool thousands_follow(const dl_ask *q, uint32_t i, uint32_t end)
{
    if (i + 1 >= end) return false;
    const dl_token *a = &q->lang->tok[i], *b = a + 1;
    dl_str gap = dl_cut(q->art->text, a->at.e, b->at.b);
    bool blank = dl_is(gap, "\xc2\xa0") || dl_is(gap, "\xe2\x80\x89") || dl_is(gap, "\xe2\x80\xaf");
    int64_t v;
    return blank && a->text.n <= 3 && b->text.n == 3 && dl_digits(b->text, &v) && dl_digit((unsigned char)b->text.p[1]);
}

static bool spelled(const dl_ask *q, uint32_t i, uint32_t end, dl_number *out)
{
    sum s = { .i = i };
    int64_t digits = 0;
    bool figure = dl_digits(q->lang->tok[i].text, &digits);
    for (; figure && thousands_follow(q, s.i, end) && digits < TOP / 1000000; s.i++) {
        int64_t v;
        dl_digits(q->lang->tok[s.i + 1].text, &v);
        digits = digits * MILLI + v;
    }
    if (figure) { s.part = digits; s.any = true; s.units = true; s.i++; }
    int64_t half_of = figure ? fraction(q, s.i, end) : 0;
    if (half_of) { s.part += half_of; s.i++; }
    for (;;) {
        if (take_magnitude(q, &s, end)) continue;
        if (figure && s.units) break;
        if (figure || !take_word(q, &s, end)) break;
    }
    if (!s.any) return false;
    uint32_t half = and_a_half(q, s.i, end);
    if (half > s.i) { s.part += MILLI / 2; s.i = half; }
    if (s.part > TOP - s.total) return false;
    *out = (dl_number){ .tb = i, .te = s.i, .low = s.total + s.part, .high = s.total + s.part, .words = !figure };
    out->plain = figure && s.i == i + 1 && !memchr(q->lang->tok[i].text.p, ',', q->lang->tok[i].text.n) && !memchr(q->lang->tok[i].text.p, '.', q->lang->tok[i].text.n);
    return true;
}

/* "dozens" = 24..99: a value LOW..HIGH. */
static bool by_list(const dl_ask *q, uint32_t i, uint32_t end, dl_number *out)
{
    uint32_t e = i;
    dl_str v = dl_list_at(q, i, DL_LIST_fuzzy, &e);
    int64_t dots = v.n ? dl_find(v, DL_STR(".."), 0) : -1, low, high;
    if (dots < 0 || e > end) return false;
    if (!dl_str_int(dl_cut(v, 0, (uint32_t)dots), &low) || !dl_str_int(dl_cut(v, (uint32_t)dots + 2, v.n), &high) || high > TOP / MILLI) return false;
    *out = (dl_number){ .tb = i, .te = e, .low = low * MILLI, .high = high * MILLI, .words = true, .fuzzy = true };
    return true;
}

bool dl_number_at(const dl_ask *q, uint32_t i, uint32_t end, dl_number *out)
{
    dl_number a, b;
    bool by_words = i < end && spelled(q, i, end, &a), listed = i < end && by_list(q, i, end, &b);
    if (!by_words && !listed) return false;
    *out = by_words && (!listed || a.te >= b.te) ? a : b;
    return true;
}
