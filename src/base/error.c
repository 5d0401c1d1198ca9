/* error.c - filling in a dl_error and showing it with a caret under the place. */
#include <stdarg.h>
#include <stdio.h>
#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"

/* Cuts what was printed into a field of n bytes back to whole characters. */
static void cut_to_characters(char *z)
{
    dl_str s = dl_str_of(z);
    uint32_t good = dl_utf8_valid_prefix(s);
    if (s.n - good < 4) z[good] = 0;                 /* else the text itself is not UTF-8: leave it */
}

static void copy_field(char *out, size_t size, const char *p, size_t n)
{
    bool cut = n >= size;
    if (cut) n = size - 1;
    if (n) memcpy(out, p, n);
    out[n] = 0;
    if (cut) cut_to_characters(out);
}

static void set(dl_error *e, dl_code_t code, const char *format, va_list args)
{
    *e = (dl_error){ .code = code };
    int n = vsnprintf(e->message, sizeof e->message, format, args);
    if (n >= (int)sizeof e->message) cut_to_characters(e->message);
}

void dl_fail(dl_error *e, dl_code_t code, const char *format, ...)
{
    if (!e) return;
    va_list args;
    va_start(args, format);
    set(e, code, format, args);
    va_end(args);
}

/* strerror_r comes in two kinds; with _GNU_SOURCE it returns the text. Messages of libc are in English, since nobody calls setlocale. */
void dl_fail_file(dl_error *e, dl_code_t code, const char *file, int errnum, const char *what)
{
    if (!e) return;
    char text[128];
    const char *why = errnum ? strerror_r(errnum, text, sizeof text) : NULL;
    if (!why) dl_fail(e, code, "%s", what);
    else dl_fail(e, code, "%s: %c%s", what, dl_tolower((unsigned char)why[0]), why[0] ? why + 1 : "");
    copy_field(e->file, sizeof e->file, file, strlen(file));
}

static void place(dl_error *e, const char *file, uint32_t line, uint32_t column, uint32_t width, dl_str source)
{
    if (file) copy_field(e->file, sizeof e->file, file, strlen(file));
    while (source.n && (source.p[source.n - 1] == '\n' || source.p[source.n - 1] == '\r')) source.n--;
    copy_field(e->source, sizeof e->source, source.p, source.n);
    e->line = line;
    e->column = column;
    e->width = width;
}

void dl_fail_at(dl_error *e, dl_code_t code, const char *file, uint32_t line, uint32_t column, uint32_t width, dl_str source, const char *format, ...)
{
    if (!e) return;
    va_list args;
    va_start(args, format);
    set(e, code, format, args);
    va_end(args);
    place(e, file, line, column, width, source);
}

static uint32_t characters(dl_str s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.n; n++) dl_utf8_next(s, &i);
    return n;
}

void dl_fail_in(dl_error *e, dl_code_t code, const char *file, dl_str text, dl_span where, const char *format, ...)
{
    if (!e) return;
    va_list args;
    va_start(args, format);
    set(e, code, format, args);
    va_end(args);

    if (where.b > text.n) where.b = text.n;
    if (where.e > text.n) where.e = text.n;
    if (where.e < where.b) where.e = where.b;
    uint32_t line = 1, begin = 0, end = where.b;
    for (uint32_t i = 0; i < where.b; i++)
        if (text.p[i] == '\n') line++, begin = i + 1;
    while (end < text.n && text.p[end] != '\n') end++;
    if (where.e > end) where.e = end;
    uint32_t width = where.e > where.b ? characters(dl_cut(text, where.b, where.e)) : 0;
    place(e, file, line, 1 + characters(dl_cut(text, begin, where.b)), width, dl_cut(text, begin, end));
}

/* ---- showing -------------------------------------------------------------------------------------------------------- */

/* The blanks that bring a caret under the character at `column`: a tab for a tab, two blanks for a wide character, none for a mark. */
static void put_blanks(dl_buf *b, dl_str source, uint32_t column, uint32_t *i)
{
    for (uint32_t at = 1; at < column && *i < source.n; at++) {
        uint32_t cp = dl_utf8_next(source, i);
        if (cp == '\t') dl_putc(b, '\t');
        else
            for (int w = cp < 0x20 ? 1 : dl_cp_width(cp); w > 0; w--) dl_putc(b, ' ');
    }
}

static void put_caret(dl_buf *b, const dl_error *e, dl_str source)
{
    uint32_t i = 0;
    if (e->column == 0 || e->column > characters(source) + 1) return;    /* the place lies behind what was kept of the line */
    dl_putz(b, "\n    ");
    put_blanks(b, source, e->column, &i);
    dl_putc(b, '^');
    int columns = 0;
    for (uint32_t k = 0; k < e->width && i < source.n; k++) {
        uint32_t cp = dl_utf8_next(source, &i);
        columns += cp < 0x20 ? 1 : dl_cp_width(cp);
    }
    for (; columns > 1; columns--) dl_putc(b, '~');
}

/* The line as it stands, but for control characters, which a terminal would obey. */
static void put_source(dl_buf *b, dl_str source)
{
    dl_putz(b, "\n    ");
    for (uint32_t i = 0; i < source.n;) {
        uint32_t from = i, cp = dl_utf8_next(source, &i);
        if ((cp < 0x20 && cp != '\t') || (cp >= 0x7F && cp < 0xA0)) dl_putc(b, ' ');
        else dl_put(b, dl_cut(source, from, i));
    }
}

size_t dl_error_text(const dl_error *e, char *out, size_t n)
{
    dl_buf b;
    dl_buf_init(&b, 0);
    if (e->file[0]) dl_putf(&b, "%s:", e->file);
    else if (e->line) dl_putz(&b, "line ");
    if (e->line) dl_putf(&b, "%u:", e->line);
    if (e->line && e->column) dl_putf(&b, "%u:", e->column);
    if (b.n) dl_putc(&b, ' ');
    dl_putz(&b, e->message[0] ? e->message : "no error");
    dl_str source = dl_str_of(e->source);
    if (source.n) {
        put_source(&b, source);
        put_caret(&b, e, source);
    }
    size_t length = 0;
    if (n) {
        copy_field(out, n, b.failed ? e->message : b.p, b.failed ? strlen(e->message) : b.n);
        length = strlen(out);
    }
    dl_buf_free(&b);
    return length;
}
