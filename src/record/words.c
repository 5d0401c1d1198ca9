/* words.c - see words.h. */
#include "record/words.h"
#include "base/utf8.h"

void dl_paint(dl_buf *b, bool colour, dl_colour c)
{
    static const char *const code[] = { "\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[34m", "\x1b[35m", "\x1b[36m" };
    if (colour) dl_putz(b, code[c]);
}

static const struct { const char *status, *sign; dl_colour colour; } signs[] = {
    { "asserted", "●", DL_GREEN }, { "reported", "◐", DL_CYAN }, { "alleged", "◌", DL_MAGENTA }, { "possible", "?", DL_YELLOW }, { "planned", "▷", DL_BLUE }, { "negated", "✗", DL_RED },
};

const char *dl_status_sign(const char *s)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(signs[i].status, s) == 0) return signs[i].sign;
    return " ";
}

dl_colour dl_status_colour(const char *s)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(signs[i].status, s) == 0) return signs[i].colour;
    return DL_PLAIN;
}

/* Control characters would let a report write on the reader's terminal. */
static void put_char(dl_buf *b, dl_str s, uint32_t from, uint32_t to, uint32_t cp)
{
    if (cp == '\n' || cp == '\t' || cp == '\r' || dl_cp_space(cp)) { if (b->n && b->p[b->n - 1] != ' ') dl_putc(b, ' '); }
    else if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069)) dl_putz(b, "\xEF\xBF\xBD");
    else dl_put(b, dl_cut(s, from, to));
}

void dl_put_flat(dl_buf *b, dl_str s, uint32_t max)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.n; n++) {
        uint32_t from = i, cp = dl_utf8_next(s, &i);
        if (n == max) { dl_putz(b, "…"); return; }
        put_char(b, s, from, i, cp);
    }
}

void dl_put_cell(dl_buf *b, dl_str s)
{
    if (s.n && (s.p[0] == '=' || s.p[0] == '+' || s.p[0] == '@' || (s.p[0] == '-' && s.n > 1 && !dl_digit((unsigned char)s.p[1])))) dl_putc(b, '\'');
    for (uint32_t i = 0; i < s.n; i++) dl_putc(b, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
}

void dl_put_range(dl_buf *b, int64_t low, int64_t high)
{
    if (low == DL_OPEN) { dl_putz(b, "up to "); dl_putint(b, high / 1000); return; }
    dl_putint(b, low / 1000);
    if (high == DL_OPEN) dl_putz(b, "+");
    else if (high != low) { dl_putz(b, "-"); dl_putint(b, high / 1000); }
}

enum { WINDOW = 60 };

static uint32_t back(dl_str t, uint32_t from, uint32_t stop)
{
    uint32_t i = from, n = 0;
    while (i > stop && n++ < WINDOW) dl_utf8_prev(t, &i);
    while (i > stop && i < from && t.p[i] != ' ' && t.p[i - 1] != ' ') i++;
    while (!dl_utf8_boundary(t, i)) i++;
    return i > from ? from : i;
}

void dl_put_excerpt(dl_buf *b, dl_str text, dl_span sentence, dl_span mark, bool colour)
{
    uint32_t from = back(text, mark.b, sentence.b);
    dl_paint(b, colour, DL_DIM);
    if (from > sentence.b) dl_putz(b, "…");
    dl_put_flat(b, dl_cut(text, from, mark.b), UINT32_MAX);
    dl_paint(b, colour, DL_PLAIN);
    dl_putc(b, '[');
    dl_paint(b, colour, DL_BOLD);
    dl_put_flat(b, dl_at(text, mark), UINT32_MAX);
    dl_paint(b, colour, DL_PLAIN);
    dl_putc(b, ']');
    dl_paint(b, colour, DL_DIM);
    if (sentence.e > mark.e) dl_put_flat(b, dl_cut(text, mark.e, sentence.e), WINDOW + 20);
    dl_paint(b, colour, DL_PLAIN);
}
