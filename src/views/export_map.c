/* export_map.c - points for maps (GeoJSON, RFC 7946) and slides for a timeline (TimelineJS).
 *
 * GeoJSON: properties are flat, as QGIS wants them; `time` is a day with an hour, since kepler.gl does not play days alone. */
#include <stdlib.h>
#include "base/json.h"
#include "views/export.h"

static void text(dl_jw *w, const char *key, dl_str v) { dl_jw_key(w, key), dl_jw_str(w, v.n ? v : (dl_str){ 0 }); }

static void number(dl_jw *w, const char *key, bool there, double v, int decimals)
{
    dl_jw_key(w, key);
    if (!there) { dl_jw_null(w); return; }
    if (w->comma) dl_putc(w->out, ',');
    dl_put_number(w->out, v, decimals);
    w->comma = true;
}

static bool feature(dl_export *x, const dl_told *t, void *self)
{
    dl_jw w = { &x->out, false };
    bool *any = self;
    dl_str day = dl_told_day(t);
    if (!t->has_point) return false;
    dl_putz(&x->out, *any ? ",\n" : "\n");
    *any = true;
    dl_putz(&x->out, "{\"type\":\"Feature\",\"id\":");
    dl_json_str(&x->out, t->key);
    dl_putz(&x->out, ",\"geometry\":{\"type\":\"Point\",\"coordinates\":[");
    dl_put_number(&x->out, t->lon, 5), dl_putc(&x->out, ','), dl_put_number(&x->out, t->lat, 5);
    dl_putz(&x->out, "]},\"properties\":");
    dl_jw_open(&w, '{');
    text(&w, "key", t->key), text(&w, "report", t->id), text(&w, "source", t->source), text(&w, "url", t->url), text(&w, "published", t->published);
    text(&w, "date", t->date), text(&w, "day", t->earliest), text(&w, "last", t->latest);
    dl_jw_key(&w, "time");
    if (day.n) { char z[32] = { 0 }; memcpy(z, day.p, day.n); memcpy(z + day.n, " 00:00", 6); dl_jw_str(&w, dl_str_of(z)); }
    else dl_jw_null(&w);
    text(&w, "place", t->place), text(&w, "country", t->country), text(&w, "type", t->type), text(&w, "mode", t->mode), text(&w, "cameo", t->cameo);
    number(&w, "quad", t->quad > 0, (double)t->quad, 0), number(&w, "goldstein", t->has_goldstein, t->goldstein, 1);
    text(&w, "who", t->who_words), text(&w, "who_code", t->who_code), text(&w, "whom", t->whom_words), text(&w, "whom_code", t->whom_code), text(&w, "what", t->what);
    number(&w, "low", t->has_low, t->low, 3), number(&w, "high", t->has_high, t->high, 3), text(&w, "measures", t->measures);
    text(&w, "status", t->status), text(&w, "stage", t->stage), text(&w, "certainty", t->certainty), text(&w, "says", t->says), number(&w, "confidence", true, (double)t->confidence, 0), text(&w, "review", t->review);
    text(&w, "sentence", t->sentence);
    dl_jw_close(&w, '}');
    dl_putc(&x->out, '}');
    return true;
}

bool dl_export_geojson(dl_export *x)
{
    bool any = false;
    dl_putz(&x->out, "{\"type\":\"FeatureCollection\",\"features\":[");
    x->why_left_out = "no place with coordinates";
    if (!dl_export_each(x, "ORDER BY a.fact", feature, &any)) return false;
    dl_putz(&x->out, "\n]}\n");
    return true;
}

/* ---- TimelineJS ---- */

enum { SLIDES = 100 };

static void slide_date(dl_jw *w, const char *key, dl_str day)
{
    dl_jw_key(w, key);
    dl_jw_open(w, '{');
    static const char *const parts[] = { "year", "month", "day" };
    for (int i = 0; i < 3; i++) {
        int64_t n = 0;
        dl_str_int(i ? dl_cut(day, (uint32_t)(2 + 3 * i), (uint32_t)(4 + 3 * i)) : dl_cut(day, 0, 4), &n);
        dl_jw_key(w, parts[i]), dl_jw_int(w, n);
    }
    dl_jw_close(w, '}');
}

static bool slide(dl_export *x, const dl_told *t, void *self)
{
    dl_jw *w = self;
    dl_buf head;
    if (t->earliest.n != 10 || x->written >= SLIDES) return false;
    dl_buf_init(&head, 0);
    dl_put(&head, t->who_words), dl_putz(&head, t->who_words.n ? " " : ""), dl_put(&head, t->words);
    if (t->whom_words.n || t->what.n) dl_putc(&head, ' '), dl_put(&head, t->whom_words.n ? t->whom_words : t->what);
    dl_jw_open(w, '{');
    text(w, "unique_id", t->key);
    slide_date(w, "start_date", t->earliest);
    if (t->latest.n == 10 && !dl_eq(t->latest, t->earliest)) slide_date(w, "end_date", t->latest);
    dl_jw_key(w, "text"), dl_jw_open(w, '{'), text(w, "headline", dl_buf_str(&head)), text(w, "text", t->sentence), dl_jw_close(w, '}');
    text(w, "group", t->place.n ? t->place : t->type);
    if (t->url.n) dl_jw_key(w, "media"), dl_jw_open(w, '{'), text(w, "url", t->url), text(w, "credit", t->source), dl_jw_close(w, '}');
    dl_jw_close(w, '}');
    dl_buf_free(&head);
    return true;
}

bool dl_export_timelinejs(dl_export *x)
{
    dl_jw w = { &x->out, false };
    dl_putz(&x->out, "{\"events\":[");
    x->why_left_out = "no day, or behind the hundredth slide (filter for fewer)";
    if (!dl_export_each(x, "ORDER BY a.confidence DESC, a.fact", slide, &w)) return false;
    dl_putz(&x->out, "]}\n");
    return true;
}
