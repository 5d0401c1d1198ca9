/* buf.c - output that grows. After the first failure a buffer swallows everything: what it holds is a clean prefix. */
#include <stdio.h>
#include <stdlib.h>
#include "base/buf.h"

void dl_buf_init(dl_buf *b, size_t max)
{
    *b = (dl_buf){ .max = max };
}

void dl_buf_free(dl_buf *b)
{
    free(b->p);
    *b = (dl_buf){ .max = b->max };
}

void dl_buf_clear(dl_buf *b)
{
    b->n = 0;
    b->failed = false;
    if (b->p) b->p[0] = 0;
}

/* Room for n more bytes and a NUL behind them: b->p may always be read as a C string once something was put. */
static bool grow(dl_buf *b, size_t n)
{
    if (b->failed) return false;
    if (n >= SIZE_MAX / 4 - b->n || (b->max && n > b->max - b->n)) {
        b->failed = true;
        return false;
    }
    size_t need = b->n + n + 1, cap = need + need / 2 + 64;
    char *p = realloc(b->p, cap);
    if (!p) {
        b->failed = true;
        return false;
    }
    b->p = p;
    b->cap = cap;
    return true;
}

static inline bool make_room(dl_buf *b, size_t n)
{
    return (n < b->cap - b->n && !b->failed && (!b->max || n <= b->max - b->n)) || grow(b, n);
}

char *dl_buf_more(dl_buf *b, size_t n)
{
    if (!make_room(b, n)) return NULL;
    char *p = b->p + b->n;
    b->n += n;
    b->p[b->n] = 0;
    return p;
}

static void put_bytes(dl_buf *b, const char *p, size_t n)
{
    if (!make_room(b, n)) return;
    if (n) memcpy(b->p + b->n, p, n);
    b->n += n;
    b->p[b->n] = 0;
}

void dl_put(dl_buf *b, dl_str s) { put_bytes(b, s.p, s.n); }
void dl_putz(dl_buf *b, const char *z) { put_bytes(b, z, strlen(z)); }

void dl_putc(dl_buf *b, char c)
{
    if (!make_room(b, 1)) return;
    b->p[b->n++] = c;
    b->p[b->n] = 0;
}

/* Writes v in decimal so that it ends before `end`, with at least `least` digits; returns where it begins. */
static char *digits(char *end, uint64_t v, int least)
{
    do {
        *--end = (char)('0' + v % 10);
        v /= 10;
        least--;
    } while (v || least > 0);
    return end;
}

static uint64_t magnitude(int64_t v) { return v < 0 ? -(uint64_t)v : (uint64_t)v; }

void dl_putint(dl_buf *b, int64_t v)
{
    char text[24], *end = text + sizeof text, *p = digits(end, magnitude(v), 1);
    if (v < 0) *--p = '-';
    put_bytes(b, p, (size_t)(end - p));
}

void dl_putfix(dl_buf *b, int64_t v, int decimals)
{
    char text[48], *end = text + sizeof text;
    if (decimals < 0) decimals = 0;
    if (decimals > 19) decimals = 19;
    char *p = digits(end, magnitude(v), decimals + 1), *point = end - decimals;
    if (v < 0) dl_putc(b, '-');
    put_bytes(b, p, (size_t)(point - p));
    dl_putc(b, '.');
    while (end > point + 1 && end[-1] == '0') end--;
    if (end > point) put_bytes(b, point, (size_t)(end - point));
    else dl_putc(b, '0');
}

void dl_putf(dl_buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) b->failed = true;
    if (n < 0 || !make_room(b, (size_t)n)) return;
    va_start(args, format);
    vsnprintf(b->p + b->n, (size_t)n + 1, format, args);
    va_end(args);
    b->n += (size_t)n;
}
