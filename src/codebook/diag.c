/* diag.c - mistakes: collected with their place, and the valid word that was probably meant.
 *
 * A slice of a source line is all that is needed: line and column come from it. Distances are Damerau's (optimal string alignment), case aside.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/error.h"
#include "base/utf8.h"
#include "codebook/build.h"

enum { DIAGS_MAX = 2000, NEAR_MAX = 48 };

void dl_diag_add(dl_diags *d, const dl_error *e, bool warning)
{
    if (warning) d->warnings++;
    else d->errors++;
    if (d->n == DIAGS_MAX) { d->full = true; return; }
    if (d->n == d->cap) {
        size_t cap = d->cap ? 2 * d->cap : 16;
        dl_diag *v = realloc(d->v, cap * sizeof *v);
        if (!v) { d->full = true; return; }
        d->v = v, d->cap = cap;
    }
    d->v[d->n++] = (dl_diag){ *e, warning };
}

void dl_diags_free(dl_diags *d) { free(d->v); *d = (dl_diags){ 0 }; }

void dl_diags_print(const dl_diags *d, dl_buf *out)
{
    char text[1024];
    for (size_t i = 0; i < d->n; i++) {
        dl_error e = d->v[i].e;
        if (d->v[i].warning) {
            char m[sizeof e.message];
            snprintf(m, sizeof m, "%s", e.message);
            snprintf(e.message, sizeof e.message, "warning: %.*s", (int)sizeof m - 10, m);
        }
        dl_error_text(&e, text, sizeof text);
        dl_putz(out, text);
        if (out->n && out->p[out->n - 1] != '\n') dl_putc(out, '\n');
    }
    if (d->full) dl_putf(out, "(only the first %d are shown)\n", DIAGS_MAX);
    if (d->errors || d->warnings) dl_putf(out, "%zu error%s, %zu warning%s\n", d->errors, d->errors == 1 ? "" : "s", d->warnings, d->warnings == 1 ? "" : "s");
}

static uint32_t characters(const char *b, const char *e)
{
    uint32_t n = 0;
    for (; b < e; b++) n += ((unsigned char)*b & 0xC0) != 0x80;
    return n;
}

static void place(dl_build *b, const dl_line *ln, dl_str at, bool warning, const char *format, va_list ap)
{
    char message[256];
    vsnprintf(message, sizeof message, format, ap);
    const dl_source *s = &b->stack->sources.v[ln->src];
    if (warning && b->stack->layers.v[s->layer].packed && s->layer + 1 < b->stack->layers.n) return;      /* not what is being written, but what it lies on */
    bool inside = at.p && at.p >= ln->line.p && at.p + at.n <= ln->line.p + ln->line.n;
    if (!inside) at = dl_trim(ln->line);
    uint32_t column = characters(ln->line.p, at.p) + 1, width = characters(at.p, at.p + at.n);
    dl_error e = { 0 };
    char file[256];
    snprintf(file, sizeof file, "%.*s", (int)s->shown.n, s->shown.p);
    dl_fail_at(&e, DL_ESYNTAX, file, ln->no, column, width ? width : 1, ln->line, "%s", message);
    dl_diag_add(b->diags, &e, warning);
}

void dl_bad(dl_build *b, const dl_line *ln, dl_str at, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    place(b, ln, at, false, format, ap);
    va_end(ap);
}

void dl_warn(dl_build *b, const dl_line *ln, dl_str at, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    place(b, ln, at, true, format, ap);
    va_end(ap);
}

/* ---- the nearest word ---- */

static uint32_t min3(uint32_t a, uint32_t b, uint32_t c) { return a < b ? (a < c ? a : c) : b < c ? b : c; }

static uint32_t distance(dl_str a, dl_str b, uint32_t best)
{
    if (a.n > NEAR_MAX || b.n > NEAR_MAX) return UINT32_MAX;
    if ((a.n > b.n ? a.n - b.n : b.n - a.n) >= best) return UINT32_MAX;
    uint32_t r[3][NEAR_MAX + 1];
    uint32_t *two = r[0], *one = r[1], *now = r[2];
    for (uint32_t j = 0; j <= b.n; j++) one[j] = j;
    for (uint32_t i = 1; i <= a.n; i++) {
        now[0] = i;
        for (uint32_t j = 1; j <= b.n; j++) {
            unsigned char x = dl_tolower((unsigned char)a.p[i - 1]), y = dl_tolower((unsigned char)b.p[j - 1]);
            now[j] = min3(one[j] + 1, now[j - 1] + 1, one[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == dl_tolower((unsigned char)b.p[j - 2]) && y == dl_tolower((unsigned char)a.p[i - 2]) && two[j - 2] + 1 < now[j]) now[j] = two[j - 2] + 1;
        }
        uint32_t *t = two;
        two = one, one = now, now = t;
    }
    return one[b.n];
}

dl_near dl_near_to(dl_str word) { return (dl_near){ word, { 0 }, UINT32_MAX }; }

void dl_near_try(dl_near *n, dl_str candidate)
{
    if (!candidate.n) return;
    uint32_t d = distance(n->word, candidate, n->d);
    if (d < n->d) n->d = d, n->best = candidate;
}

bool dl_near_close(const dl_near *n) { return n->best.n && n->d <= (n->word.n > 5 ? n->word.n / 2 : 2); }

const char *dl_near_text(dl_build *b, const dl_near *n)
{
    return dl_near_close(n) ? dl_fmt(b->a, " (nearest: \"%.*s\")", (int)n->best.n, n->best.p).p : "";
}

int dl_name_of(dl_build *b, const dl_line *ln, dl_str name, const char *what, const char *const *names, int first, int n)
{
    dl_near near = dl_near_to(name);
    for (int i = first; i < n; i++) {
        if (dl_is(name, names[i]) && name.n) return i;
        dl_near_try(&near, dl_str_of(names[i]));
    }
    if (dl_near_close(&near) || n - first > 24) {
        dl_bad(b, ln, name, "unknown %s \"%.*s\"%s", what, (int)name.n, name.p, dl_near_text(b, &near));
        return -1;
    }
    char all[220];
    size_t at = 0;
    all[0] = 0;
    for (int i = first; i < n && at < sizeof all; i++)
        if (*names[i]) at += (size_t)snprintf(all + at, sizeof all - at, " %s", names[i]);
    dl_bad(b, ln, name, "unknown %s \"%.*s\": one of%s", what, (int)name.n, name.p, all);
    return -1;
}
