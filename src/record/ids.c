/* ids.c - see ids.h. */
#include <stdio.h>
#include "record/ids.h"

void dl_jw_id(dl_jw *w, char letter, uint32_t i)
{
    char b[16];
    if (i == DL_NONE) { dl_jw_null(w); return; }
    int n = snprintf(b, sizeof b, "%c%u", letter, i + 1);
    dl_jw_str(w, (dl_str){ b, (uint32_t)n });
}

void dl_jw_day(dl_jw *w, dl_day d)
{
    char b[16];
    if (d == DL_NO_DAY) { dl_jw_null(w); return; }
    dl_day_iso(d, b);
    dl_jw_str(w, dl_str_of(b));
}

void dl_jw_words(dl_jw *w, dl_str s)
{
    if (s.n) dl_jw_str(w, s);
    else dl_jw_null(w);
}

void dl_jw_thousandths(dl_jw *w, int64_t v)
{
    if (v == DL_OPEN) dl_jw_null(w);
    else if (v % 1000 == 0) dl_jw_int(w, v / 1000);
    else dl_jw_fix(w, v, 3);
}

void dl_jw_at(dl_jw *w, dl_span s)
{
    dl_jw_key(w, "begin"), dl_jw_int(w, s.b);
    dl_jw_key(w, "end"), dl_jw_int(w, s.e);
}

void dl_jw_says(dl_jw *w, const dl_says *v, uint32_t n)
{
    dl_jw_key(w, "says");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < n; i++) {
        dl_jw_open(w, '{');
        dl_jw_key(w, "entity"), dl_jw_id(w, 'e', v[i].entity);
        dl_jw_at(w, v[i].at);
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, ']');
}
