/* where.c - places: which words name one, which place it is, and what the name is used for.
 *
 * Candidates are all bearers of the name in the codebook's gazetteer. A candidate's score is a sum of few integers (kind, population, capital, other name, what the rest of
 * the report is about, "X, Y" and "X in Y"), so that the reasons can be printed; the same name means the same place throughout a report. The features and their order of
 * worth follow measurements on Local-Global Lexicon (see docs/architecture.md): after population, the report's country is worth most, then containment.
 */
#include "base/utf8.h"
#include "facts/tree.h"

typedef struct {
    uint32_t b, e;                     /* tokens */
    uint32_t hit, nhit;                /* range of hits: the candidates */
    uint32_t best;                     /* place row, DL_NONE */
    int32_t  score, second;
    bool     demonym;
    const char *why;
} name;

typedef struct { uint32_t country, voices; } voice;
typedef struct { dl_ask *q; DL_VEC(name) names; DL_VEC(voice) mass; } map;     /* mass: how often each country is named; few in any report */

static uint32_t country_of(const dl_codebook *book, uint32_t row)
{
    const dl_place_row *r = dl_book_place(book, row);
    return r->kind == DL_PLACE_COUNTRY ? row : r->country;
}

static int ilog2(uint32_t v)
{
    int n = 0;
    while (v >>= 1) n++;
    return n;
}

/* A first name or a title before it, or a surname behind it: somebody is called so. */
static bool of_a_person(const dl_ask *q, uint32_t b, uint32_t e)
{
    const dl_language *L = q->lang;
    const dl_sentence *s = &L->sent[L->tok[b].sent];
    if (b > s->first && L->tok[b - 1].capital && (dl_list_at(q, b - 1, DL_LIST_first_names, NULL).n || dl_list_at(q, b - 1, DL_LIST_honorifics, NULL).n) &&
        !dl_hit_at(&q->f->hits, b - 1, DL_P_PLACE))
        return true;
    if (b > s->first && L->tok[b - 1].rel == DL_R_flat && L->tok[b].rel == DL_R_flat) return true;
    if (b > s->first + 1 && L->tok[b - 1].xpos == DL_POS && L->tok[b - 1].text.n <= 3 && dl_ends(L->tok[b - 2].low, DL_STR("s")) && L->tok[b - 2].capital && L->tok[b - 2].upos == DL_PROPN && !dl_hit_at(&q->f->hits, b - 2, DL_P_PLACE)) return true;      /* "Teachers' Union" */
    if (e < s->end && L->tok[e].upos == DL_PROPN && L->tok[e].rel == DL_R_flat && L->tok[e].head >= b && L->tok[e].head < e && dl_list_at(q, b, DL_LIST_first_names, NULL).n) return true;
    return false;
}

/* "President Rodrigo Salcedo ..., Salcedo has rejected": a word that is somebody's surname elsewhere in the report, unless it stands behind "in", "from", "to" ... */
static bool a_surname(const dl_ask *q, const uint8_t *surname, uint32_t b, uint32_t e)
{
    const dl_language *L = q->lang;
    if (e != b + 1 || !surname[L->tok[b].low_id]) return false;
    return !(b > L->sent[L->tok[b].sent].first && L->tok[b - 1].upos == DL_ADP && !dl_is(L->tok[b - 1].low, "by") && !dl_is(L->tok[b - 1].low, "with") && !dl_is(L->tok[b - 1].low, "of") && !dl_is(L->tok[b - 1].low, "for"));
}

/* By low_id: words that end the name of a person somewhere in the report. */
static uint8_t *surnames(const dl_ask *q)
{
    const dl_language *L = q->lang;
    uint8_t *yes = dl_new(q->scratch, uint8_t, L->words.strs.n + 2);
    for (uint32_t i = 1; i < L->ntok; i++) {
        if (L->tok[i].upos != DL_PROPN || !L->tok[i].capital || L->tok[i - 1].sent != L->tok[i].sent || (i + 1 < L->ntok && L->tok[i + 1].upos == DL_PROPN && L->tok[i + 1].sent == L->tok[i].sent)) continue;
        uint32_t f = i - 1;
        while (f > 0 && L->tok[f - 1].sent == L->tok[i].sent && L->tok[f - 1].upos == DL_PROPN && i - f < 3) f--;
        for (; f < i; f++)
            if (L->tok[f].upos == DL_PROPN && (dl_list_at(q, f, DL_LIST_first_names, NULL).n || dl_list_at(q, f, DL_LIST_honorifics, NULL).n) && !dl_hit_at(&q->f->hits, f, DL_P_PLACE)) { yes[L->tok[i].low_id] = 1; break; }
    }
    return yes;
}

/* Inside a longer name that is no place: "Islamic State", "Washington Post". */
static bool inside_actor(const dl_ask *q, uint32_t b, uint32_t e)
{
    uint32_t from = b > 4 ? b - 4 : 0;
    for (uint32_t i = from; i <= b; i++) {
        const dl_hit *h = dl_hit_at(&q->f->hits, i, DL_P_ACTOR);
        if (h && h->b <= b && h->e >= e && h->e - h->b > e - b) return true;
    }
    return false;
}

static bool is_demonym(const dl_posting *p) { return p->form & (DL_F_ADJECTIVE | DL_F_PEOPLE); }

static void collect(map *m)
{
    const dl_ask *q = m->q;
    const dl_hits *h = &q->f->hits;
    const uint8_t *surname = surnames(q);
    for (uint32_t i = 0; i < q->lang->ntok;) {
        const dl_hit *first = dl_hit_at(h, i, DL_P_PLACE);
        if (!first || (!is_demonym(first->posting) && (of_a_person(q, first->b, first->e) || a_surname(q, surname, first->b, first->e))) || inside_actor(q, first->b, first->e)) { i++; continue; }
        name n = { first->b, first->e, (uint32_t)(first - h->v), 0, DL_NONE, INT32_MIN, INT32_MIN, false, "" };
        for (uint32_t k = n.hit; k < h->first[i + 1] && h->v[k].e == first->e; k++) n.nhit++;
        *dl_push(q->mem, &m->names) = n;
        i = first->e;
    }
}

/* The place named right behind a comma, in brackets or after "in": what may contain this one. */
static const name *container(const map *m, uint32_t k)
{
    const dl_language *L = m->q->lang;
    if (k + 1 >= m->names.n) return NULL;
    const name *a = &m->names.v[k], *z = &m->names.v[k + 1];
    if (L->tok[a->b].sent != L->tok[z->b].sent || z->b < a->e || z->b - a->e > 4) return NULL;
    uint32_t gap = z->b - a->e;
    const dl_token *t = &L->tok[a->e];
    if (gap == 1 && (dl_is(t->text, ",") || dl_is(t->text, "("))) return z;
    if (gap >= 1 && (dl_is(t->low, "in") || dl_is(t->low, "of"))) return z;
    if (gap >= 2 && dl_is(t->low, ",") && dl_is(L->tok[a->e + 1].low, "in")) return z;
    if (gap >= 2 && (dl_is(L->tok[z->b - 1].low, "of") || dl_is(L->tok[z->b - 1].low, "in"))) return z;      /* "the Molenbeek district of Brussels" */
    return NULL;
}

static bool contains(const dl_codebook *book, uint32_t outer, uint32_t inner)
{
    const dl_place_row *o = dl_book_place(book, outer), *i = dl_book_place(book, inner);
    if (outer == inner || memcmp(o->cc, i->cc, 2) != 0) return false;
    if (o->kind == DL_PLACE_COUNTRY) return i->kind != DL_PLACE_COUNTRY;
    dl_str oa = dl_book_str(book, o->admin1), ia = dl_book_str(book, i->admin1);
    if (!oa.n || !dl_eq(oa, ia)) return false;
    return (o->kind == DL_PLACE_REGION && i->kind == DL_PLACE_CITY) || (o->kind == DL_PLACE_CITY && i->kind == DL_PLACE_CITY && o->population > i->population);
}

static uint32_t *voices_of(map *m, uint32_t country)
{
    for (uint32_t i = 0; i < m->mass.n; i++)
        if (m->mass.v[i].country == country) return &m->mass.v[i].voices;
    voice *v = dl_push(m->q->mem, &m->mass);
    v->country = country;
    return &v->voices;
}

static int32_t score(map *m, uint32_t k, const dl_hit *h, const char **why)
{
    const dl_codebook *book = m->q->book;
    uint32_t row = h->posting->id;
    const dl_place_row *r = dl_book_place(book, row);
    int32_t s = r->kind == DL_PLACE_COUNTRY ? 300 : r->kind == DL_PLACE_MACRO ? 170 : r->kind == DL_PLACE_REGION ? 130 : 8 * ilog2(r->population + 1);
    *why = r->kind == DL_PLACE_COUNTRY ? "a country of that name" : r->kind == DL_PLACE_CITY ? "largest place of that name" : "a region of that name";
    if (dl_is(dl_book_str(book, r->cls), "PPLC")) { s += 60; *why = "a capital of that name"; }
    if (h->posting->form & DL_F_AKA) s -= 35;
    if (h->posting->form & DL_F_ADJECTIVE) s += 40;
    uint32_t c = country_of(book, row);
    uint32_t w = c == DL_NONE ? 0 : *voices_of(m, c);
    if (w) {
        s += 18 * (int32_t)(w > 4 ? 4 : w);
        if (r->kind == DL_PLACE_CITY) *why = "the report is about its country";
    }
    const name *z = container(m, k);
    if (z)
        for (uint32_t i = z->hit; i < z->hit + z->nhit; i++)
            if (contains(book, m->q->f->hits.v[i].posting->id, row)) { s += 250; *why = "named together with what contains it"; break; }
    return s;
}

static void decide(map *m, uint32_t k)
{
    const dl_hits *h = &m->q->f->hits;
    name *n = &m->names.v[k];
    n->best = DL_NONE, n->score = n->second = INT32_MIN;
    for (uint32_t i = n->hit; i < n->hit + n->nhit; i++) {
        const char *why = "";
        if (h->v[i].posting->kind != DL_P_PLACE) continue;
        int32_t s = score(m, k, &h->v[i], &why);
        if (n->best == h->v[i].posting->id) continue;
        if (s > n->score) { n->second = n->score, n->score = s, n->best = h->v[i].posting->id, n->why = why, n->demonym = is_demonym(h->v[i].posting); }
        else if (s > n->second) n->second = s;
    }
    if (n->second == INT32_MIN && n->best != DL_NONE) n->why = n->demonym ? "a people or adjective of that country" : "only bearer of the name";
}

/* What the report is about: each resolved name gives its country one voice. */
static void weigh(map *m)
{
    for (uint32_t i = 0; i < m->mass.n; i++) m->mass.v[i].voices = 0;
    for (uint32_t k = 0; k < m->names.n; k++) {
        uint32_t c = m->names.v[k].best == DL_NONE ? DL_NONE : country_of(m->q->book, m->names.v[k].best);
        if (c != DL_NONE) ++*voices_of(m, c);
    }
}

/* One sense a report: a name takes the best-supported reading of all its mentions. */
static void agree(map *m)
{
    const dl_language *L = m->q->lang;
    uint32_t *lead = dl_new(m->q->scratch, uint32_t, 2 * (L->words.strs.n + 1));            /* by first word, names and demonyms apart: best mention + 1 */
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t k = 0; k < m->names.n; k++) {
            name *a = &m->names.v[k];
            if (a->best == DL_NONE) continue;
            uint32_t *slot = &lead[2 * L->tok[a->b].low_id + a->demonym];
            const name *z = *slot ? &m->names.v[*slot - 1] : NULL;
            if (pass == 0) { if (!z || a->score > z->score) *slot = k + 1; }
            else if (z && z != a && z->best != a->best && z->score > a->score && z->e - z->b == a->e - a->b) a->best = z->best, a->score = z->score, a->why = "the same name elsewhere in the report";
        }
}

/* Countries and capitals act ("Belgium fears", "talks with Iran"); places are where things are. */
static uint8_t use_of(const dl_ask *q, const name *n)
{
    if (n->demonym) return DL_USE_DEMONYM;
    const dl_language *L = q->lang;
    uint32_t h = n->b;
    for (uint32_t i = n->b; i < n->e; i++)
        if (L->tok[i].head < n->b || L->tok[i].head >= n->e || dl_is_root(L, i)) h = i;
    const dl_place_row *r = dl_book_place(q->book, n->best);
    bool state = r->kind == DL_PLACE_COUNTRY || dl_is(dl_book_str(q->book, r->cls), "PPLC");
    uint8_t rel = L->tok[h].rel;
    if (!state) return DL_USE_PLACE;
    if (rel == DL_R_nsubj && dl_child_by(L, L->tok[h].head, DL_R_cop) == DL_NONE) return DL_USE_ACTOR;
    if (rel == DL_R_nsubj_pass || rel == DL_R_iobj || rel == DL_R_obl_agent) return DL_USE_ACTOR;
    if (rel == DL_R_obl || rel == DL_R_nmod) {
        dl_str p = dl_prep_of(q, h);
        if (dl_is(p, "with") || dl_is(p, "against") || dl_is(p, "by") || dl_is(p, "according to")) return DL_USE_ACTOR;
    }
    return DL_USE_PLACE;
}

static uint16_t confidence(const name *n)
{
    if (n->second == INT32_MIN) return 1000;
    int32_t d = n->score - n->second;
    return (uint16_t)(d >= 100 ? 990 : d <= 0 ? 500 : 500 + d * 49 / 10);
}

void dl_where(dl_ask *q)
{
    dl_marker mark = dl_mark(q->scratch);
    map m = { .q = q };
    collect(&m);
    for (int round = 0; round < 2; round++) {
        for (uint32_t k = 0; k < m.names.n; k++) decide(&m, k);
        weigh(&m);
    }
    agree(&m);
    for (uint32_t k = 0; k < m.names.n; k++) {
        const name *n = &m.names.v[k];
        if (n->best == DL_NONE) continue;
        *dl_push(q->mem, &q->f->places) = (dl_place){ dl_tokens_span(q->lang, n->b, n->e), n->b, n->e, n->best, confidence(n), use_of(q, n), dl_str_of(n->why) };
    }
    dl_reset(q->scratch, mark);
}
