/* places.c - which words name a place, and where it is. */
#include <stdio.h>
#include "answer/answer.h"
#include "article/article.h"
#include "base/utf8.h"
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

typedef struct { dl_span at; uint32_t tb, te; } pointed;                /* tokens [tb,te); none where the text was not read */

/* All parts are read, coded or not: the spans may stand anywhere. */
static void read_all(desk *d, dl_str text, dl_str day, dl_article *art, dl_language *lang)
{
    dl_str z = dl_copy(&d->mem, day);
    dl_about about = { .size = sizeof about, .format = "text", .published = z.n ? z.p : NULL };
    dl_intake(&d->mem, &d->scratch, text.p, text.n, &about, art);
    dl_article_parts(d->book, &d->mem, &d->scratch, art);
    dl_span *block = dl_new(&d->mem, dl_span, art->parts.n + 1);
    uint32_t *part = dl_new(&d->mem, uint32_t, art->parts.n + 1), n = 0;
    for (uint32_t i = 0; i < art->parts.n; i++)
        if (dl_len(art->parts.v[i].core)) block[n] = art->parts.v[i].core, part[n++] = i;
    dl_read_language(d->model, &d->mem, &d->scratch, art->text, block, part, n, lang);
}

typedef DL_VEC(dl_hit) hits;

/* Bearers of the name in the codebook: of the whole span, without its article, else of the longest phrase inside that is a place. */
static void bearers(desk *d, const dl_ask *q, const pointed *x, hits *out)
{
    bool longer;
    uint32_t n = 0, best = DL_NONE, words = 0;
    dl_str name = dl_folded(&d->mem, dl_at(q->art->text, x->at));
    const dl_posting *p = dl_book_find(q->book, name, &n, &longer);
    if (!n && dl_starts(name, DL_STR("the "))) p = dl_book_find(q->book, dl_cut(name, 4, name.n), &n, &longer);
    for (uint32_t i = 0; i < n; i++)
        if (p[i].kind == DL_P_PLACE) *dl_push(&d->mem, out) = (dl_hit){ x->tb, x->te, &p[i] };
    if (n) return;
    for (uint32_t i = x->tb; i < x->te; i++) {
        const dl_hit *h = dl_hit_at(&q->f->hits, i, DL_P_PLACE);
        if (h && h->e <= x->te && h->e - h->b > words) words = h->e - h->b, best = (uint32_t)(h - q->f->hits.v);
    }
    for (uint32_t i = best; i != DL_NONE && i < q->f->hits.n && q->f->hits.v[i].b == q->f->hits.v[best].b && q->f->hits.v[i].e == q->f->hits.v[best].e; i++)
        if (q->f->hits.v[i].posting->kind == DL_P_PLACE) *dl_push(&d->mem, out) = (dl_hit){ x->tb, x->te, q->f->hits.v[i].posting };
}

/* Hits anew: of places only those pointed at, no longer names around them. */
static void point(desk *d, dl_ask *q, const pointed *v, uint32_t n)
{
    dl_hits *h = &q->f->hits;
    hits out = { 0 };
    uint32_t *first = dl_new(&d->mem, uint32_t, q->lang->ntok + 2), at = 0;
    for (uint32_t i = 0; i < q->lang->ntok; i++) {
        first[i] = out.n;
        while (at < n && (v[at].tb == DL_NONE || v[at].tb < i)) at++;
        for (uint32_t k = at; k < n && v[k].tb == i; k++) bearers(d, q, &v[k], &out);
        for (uint32_t k = h->first[i]; k < h->first[i + 1]; k++)
            if (h->v[k].posting->kind != DL_P_PLACE && h->v[k].posting->kind != DL_P_ACTOR) *dl_push(&d->mem, &out) = h->v[k];
    }
    first[q->lang->ntok] = out.n;
    h->v = out.v, h->n = out.n, h->first = first;
}

static void find_tokens(const dl_language *l, pointed *x)
{
    x->tb = x->te = DL_NONE;
    uint32_t lo = 0, hi = l->ntok;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (l->tok[mid].at.e <= x->at.b) lo = mid + 1;
        else hi = mid;
    }
    if (lo == l->ntok || l->tok[lo].at.b >= x->at.e) return;
    for (x->tb = x->te = lo; x->te < l->ntok && l->tok[x->te].at.b < x->at.e; ) x->te++;
}

void answer_places_gold(desk *d, const dl_json *gold, dl_buf *out)
{
    dl_article art = { .published = DL_NO_DAY };
    dl_language lang;
    dl_facts facts = { 0 };
    DL_VEC(pointed) v = { 0 };
    read_all(d, given_text(d, gold_str(gold, "text")), gold_str(gold, "date"), &art, &lang);
    const dl_json *given = dl_json_get(gold, "toponyms");
    for (const dl_json *t = given ? given->first : NULL; t; t = t->next) {
        pointed x = { .at = gold_span(t, "bstart", "bend") };
        uint32_t k = v.n;
        if (x.at.e > art.text.n || x.at.b >= x.at.e) continue;
        find_tokens(&lang, &x);
        for (dl_push(&d->mem, &v); k > 0 && v.v[k - 1].at.b > x.at.b; k--) v.v[k] = v.v[k - 1];
        v.v[k] = x;
    }
    dl_ask q = { d->book, &art, &lang, &d->mem, &d->scratch, false, &facts };
    dl_find_hits(&q);
    point(d, &q, v.v, v.n);
    dl_where(&q);
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "toponyms");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < v.n; i++) {
        const dl_place *found = NULL;
        for (uint32_t k = 0; k < facts.places.n && !found; k++)
            if (facts.places.v[k].tb == v.v[i].tb && facts.places.v[k].te == v.v[i].te) found = &facts.places.v[k];
        spot s = found ? spot_of(d->book, found) : (spot){ .lat = INT32_MAX };
        put_place(&w, v.v[i].at, found ? &s : NULL);
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
}
