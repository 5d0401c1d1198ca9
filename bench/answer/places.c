/* places.c - which words name a place, and where it is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "answer/answer.h"
#include "article/article.h"
#include "facts/where.h"
#include "intake/intake.h"

static void put_place(dl_jw *w, dl_span at, const spot *p)             /* p NULL: not known where */
{
    char id[16];
    dl_jw_open(w, '{');
    dl_jw_key(w, "bstart"), dl_jw_int(w, at.b);
    dl_jw_key(w, "bend"), dl_jw_int(w, at.e);
    if (p && p->lat != INT32_MAX && p->lon != INT32_MAX) {
        dl_jw_key(w, "lat"), dl_jw_fix(w, p->lat, 5);
        dl_jw_key(w, "lon"), dl_jw_fix(w, p->lon, 5);
    } else dl_jw_key(w, "lat"), dl_jw_null(w), dl_jw_key(w, "lon"), dl_jw_null(w);
    if (p && p->geonames) { snprintf(id, sizeof id, "%u", p->geonames); dl_jw_key(w, "gid"), dl_jw_str(w, dl_str_of(id)); }
    dl_jw_close(w, '}');
}

void answer_places(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), gold_str(gold, "date"));
    if (!c.doc) return;
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "toponyms");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < c.f->places.n; i++) {
        spot s = spot_of(c.r.book, &c.f->places.v[i]);
        put_place(&w, c.f->places.v[i].at, &s);
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}

/* ---- gold spans given: where.c is asked about these names and no others ---- */

typedef struct { dl_span at; const dl_json *gold; } given;
typedef DL_VEC(given) givens;

static givens given_spans(desk *d, const dl_json *gold, uint32_t size)   /* in order of the text */
{
    givens v = { 0 };
    const dl_json *toponyms = dl_json_get(gold, "toponyms");
    for (const dl_json *t = toponyms ? toponyms->first : NULL; t; t = t->next) {
        given x = { gold_span(t, "bstart", "bend"), t };
        uint32_t k = v.n;
        if (x.at.e > size || x.at.b >= x.at.e) continue;
        for (dl_push(&d->mem, &v); k > 0 && v.v[k - 1].at.b > x.at.b; k--) v.v[k] = v.v[k - 1];
        v.v[k] = x;
    }
    return v;
}

static int32_t degrees(const dl_json *o, const char *key)
{
    const dl_json *v = dl_json_get(o, key);
    char copy[32] = "";
    if (!v || v->kind != DL_JSON_NUMBER || v->str.n >= sizeof copy) return INT32_MAX;
    memcpy(copy, v->str.p, v->str.n);
    return (int32_t)(strtod(copy, NULL) * 1e5);
}

/* Of all who bear the name the one nearest to the gold point: what choosing could reach. */
static const dl_spot *nearest(dl_ask *q, const dl_json *gold, dl_str name)
{
    dl_map m = { .q = q };
    dl_spot at = { .lat = degrees(gold, "lat"), .lon = degrees(gold, "lon") };
    uint32_t k = dl_call(&m, name), least = UINT32_MAX;
    const dl_spot *best = NULL;
    for (uint32_t i = 0; k != DL_NONE && i < m.called.v[k].n; i++) {
        const dl_spot *s = m.bearers.v[m.called.v[k].first + i].is;
        uint32_t km = dl_apart(s, &at);
        if (!best || km < least) best = s, least = km;
    }
    return best;
}

static void answer_given(desk *d, const dl_json *gold, bool reach, dl_buf *out)
{
    dl_str z = dl_copy(&d->mem, gold_str(gold, "date")), text = given_text(d, gold_str(gold, "text"));
    dl_about about = { .size = sizeof about, .format = "text", .published = z.n ? z.p : NULL };
    dl_article art = { .published = DL_NO_DAY };
    dl_language lang = { 0 };
    dl_facts facts = { 0 };
    dl_intake(&d->mem, &d->scratch, text.p, text.n, &about, &art);
    dl_article_parts(d->book, d->model, &d->mem, &d->scratch, &art);
    dl_ask q = { d->book, &art, &lang, &d->mem, &d->scratch, false, &facts, { NULL, d->gazetteer } };
    givens v = given_spans(d, gold, art.text.n);
    dl_span *at = dl_new(&d->mem, dl_span, v.n + 1);
    dl_place *found = dl_new(&d->mem, dl_place, v.n + 1);
    for (uint32_t i = 0; i < v.n; i++) at[i] = v.v[i].at;
    dl_where_spans(&q, at, v.n, found);
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "toponyms");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < v.n; i++) {
        if (reach) found[i].is = nearest(&q, v.v[i].gold, dl_at(art.text, at[i]));
        spot s = spot_of(d->book, &found[i]);
        put_place(&w, at[i], found[i].is ? &s : NULL);
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
}

void answer_places_gold(desk *d, const dl_json *gold, dl_buf *out)  { answer_given(d, gold, false, out); }
void answer_places_reach(desk *d, const dl_json *gold, dl_buf *out) { answer_given(d, gold, true, out); }
