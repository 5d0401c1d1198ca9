/* when.c - which times a report names.
 *
 * Sentence by sentence, from left to right, the longest expression at each token; each is resolved as it is found, so that "the following day" can look back at what
 * was told before it. Words inside a longer name of the codebook ("the March 23 Movement") are no time.
 */
#include "facts/when.h"

/* Is [b,e) inside a longer phrase that names an actor or a place? */
static bool inside_a_name(const dl_ask *q, const dl_scan *w, uint32_t b, uint32_t e)
{
    const dl_hits *h = &q->f->hits;
    for (uint32_t i = b > w->begin + 6 ? b - 6 : w->begin; i <= b; i++)
        for (uint32_t k = h->first[i]; k < h->first[i + 1]; k++) {
            uint8_t kind = h->v[k].posting->kind;
            if ((kind == DL_P_ACTOR || kind == DL_P_PLACE) && h->v[k].e >= e && h->v[k].e - i > e - b) return true;
        }
    return false;
}

/* Cheap and always right: can an expression begin here at all? */
static bool may_begin(const dl_ask *q, uint32_t i)
{
    const dl_hits *h = &q->f->hits;
    const dl_token *t = &q->lang->tok[i];
    for (uint32_t k = h->first[i]; k < h->first[i + 1]; k++) if (h->v[k].posting->kind == DL_P_LIST) return true;
    for (uint32_t k = 0; k < t->text.n && k < 12; k++) if (dl_digit((unsigned char)t->text.p[k])) return true;
    return dl_is(t->low, "the") || dl_is(t->low, "a") || dl_is(t->low, "an") || dl_is(t->low, "half") || dl_is(t->low, "year") || dl_starts(t->low, DL_STR("mid"))
        || dl_is(t->low, "these") || dl_is(t->low, "those");
}

static bool deictic(const dl_ask *q, uint32_t i)
{
    uint32_t end;
    dl_str v = dl_list_at(q, i, DL_LIST_weekdays, &end);
    if (v.n) return true;
    v = dl_list_at(q, i, DL_LIST_time_points, &end);
    return v.n && (dl_digit((unsigned char)v.p[0]) || v.p[0] == '+' || v.p[0] == '-') && v.n < 8;
}

/* A text about the past tells its dates from each other, not from the day it was published: nearly all its years are old, and it hardly says "yesterday" or "on Monday". */
static bool about_the_past(const dl_ask *q)
{
    uint32_t old = 0, all = 0, now = 0;
    if (q->art->published == DL_NO_DAY) return true;
    int year = dl_date_of(q->art->published).y;
    for (uint32_t i = 0; i < q->lang->ntok; i++) {
        dl_str s = q->lang->tok[i].text;
        int64_t v;
        now += deictic(q, i);
        if (s.n != 4 || !dl_str_int(s, &v) || v < 1000 || v > year + 2) continue;
        all++;
        old += v < year - 1;
    }
    return old >= 3 && old * 4 >= all * 3 && now * 4 <= old;
}

/* The tokens of one part: sentences are no limit, since "at 5 p.m. Friday" may have been taken for two. */
static dl_scan part_at(const dl_ask *q, uint32_t *s, bool old)
{
    const dl_language *L = q->lang;
    dl_scan w = { q, L, L->sent[*s].first, L->sent[*s].end, old };
    for (uint32_t part = L->sent[(*s)++].part; *s < L->nsent && L->sent[*s].part == part; ++*s) w.end = L->sent[*s].end;
    return w;
}

static void resolve_all(dl_ask *q)
{
    for (uint32_t i = 0; i < q->f->ntime_expr; i++) {
        dl_time t;
        dl_resolve(q, &q->f->time_expr[i], &t);
        *dl_push(q->mem, &q->f->times) = t;
    }
}

void dl_when(dl_ask *q)
{
    const dl_language *L = q->lang;
    bool old = about_the_past(q);
    DL_VEC(dl_expr) found = { 0 };
    for (uint32_t s = 0; s < L->nsent;) {
        dl_scan w = part_at(q, &s, old);
        for (uint32_t i = w.begin; i < w.end;) {
            dl_expr x;
            if (!may_begin(q, i) || !dl_expr_at(&w, i, q->mem, &x) || inside_a_name(q, &w, x.tb, x.te)) { i++; continue; }
            x.old = old;
            if (x.to) x.to->old = old;
            *dl_push(q->mem, &found) = x;
            i = x.te > i ? x.te : i + 1;
        }
    }
    q->f->time_expr = found.v, q->f->ntime_expr = found.n;
    resolve_all(q);
}

void dl_when_again(dl_ask *q)
{
    q->f->times.n = 0;
    resolve_all(q);
}
