/* series.c - see series.h. */
#include <stdlib.h>
#include <string.h>
#include "analysis/series.h"

const char *const dl_grain_names[DL_BY_NONE] = { "day", "week", "month", "year" };

dl_grain dl_grain_of(const char *name)
{
    int g = 0;
    while (name && g < DL_BY_NONE && strcmp(dl_grain_names[g], name)) g++;
    return name ? (dl_grain)g : DL_BY_NONE;
}

dl_grain dl_grain_for(dl_day first, dl_day last)
{
    int64_t days = (int64_t)last - first + 1;
    return days <= 92 ? DL_BY_DAY : days <= 92 * 7 ? DL_BY_WEEK : days <= 92 * 30 ? DL_BY_MONTH : DL_BY_YEAR;
}

dl_day dl_bin_of(dl_day d, dl_grain g)
{
    dl_date c = dl_date_of(d);
    switch (g) {
    case DL_BY_WEEK: return d - (dl_weekday(d) - 1);
    case DL_BY_MONTH: return dl_day_of(c.y, c.m, 1);
    case DL_BY_YEAR: return dl_day_of(c.y, 1, 1);
    default: return d;
    }
}

dl_day dl_bin_next(dl_day bin, dl_grain g)
{
    dl_date c = dl_date_of(bin);
    switch (g) {
    case DL_BY_WEEK: return bin + 7;
    case DL_BY_MONTH: return c.m == 12 ? dl_day_of(c.y + 1, 1, 1) : dl_day_of(c.y, c.m + 1, 1);
    case DL_BY_YEAR: return dl_day_of(c.y + 1, 1, 1);
    default: return bin + 1;
    }
}

static uint32_t bins_between(dl_day first, dl_day last, dl_grain g)
{
    uint32_t n = 0;
    for (dl_day b = dl_bin_of(first, g); b <= last && n <= DL_SERIES_MOST; b = dl_bin_next(b, g)) n++;
    return n;
}

/* The bin of a day among sorted ones. */
static dl_bin *bin_at(dl_series *s, dl_day bin)
{
    uint32_t low = 0, high = s->n;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (s->v[mid].bin < bin) low = mid + 1;
        else high = mid;
    }
    return &s->v[low];
}

bool dl_series_make(dl_series *s, const dl_dated *v, uint32_t n, dl_grain grain)
{
    dl_day first = INT32_MAX, last = INT32_MIN;
    *s = (dl_series){ .grain = grain };
    for (uint32_t i = 0; i < n; i++) {
        if (v[i].day == DL_NO_DAY) { s->undated += v[i].n; continue; }
        if (v[i].day < first) first = v[i].day;
        if (v[i].day > last) last = v[i].day;
    }
    if (first > last) { if (grain == DL_BY_NONE) s->grain = DL_BY_DAY; return true; }
    if (grain == DL_BY_NONE) s->grain = dl_grain_for(first, last);
    while (s->grain < DL_BY_YEAR && bins_between(first, last, s->grain) > DL_SERIES_MOST) s->grain = (dl_grain)(s->grain + 1);
    s->n = bins_between(first, last, s->grain);
    if (!(s->v = calloc(s->n, sizeof *s->v))) return false;
    dl_day b = dl_bin_of(first, s->grain);
    for (uint32_t i = 0; i < s->n; i++, b = dl_bin_next(b, s->grain)) s->v[i].bin = b;
    for (uint32_t i = 0; i < n; i++)
        if (v[i].day != DL_NO_DAY) bin_at(s, dl_bin_of(v[i].day, s->grain))->n[v[i].kind] += v[i].n;
    return true;
}

void dl_series_free(dl_series *s) { free(s->v); }
