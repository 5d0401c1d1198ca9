/* where_choose.c - which of all bearers of a name a report means.
 *
 * A bearer's score is a sum of few integers, so that the reasons can be printed: what it is and how large; how much of the rest of the report lies in its country and its
 * first-level division; whether it stands before what contains it ("Bangor, Maine"); how near its neighbours in the text are. What the rest of the report is about is at first
 * guessed by size alone, then twice again by the scores of the round before (belief over bearers: one doubling for each `octave` of score). The features and their order of worth
 * follow measurements on Local-Global Lexicon (Lieberman, Samet, Sankaranarayanan 2010).
 */
#include "base/utf8.h"
#include "facts/where.h"

enum { BEARERS_MOST = 64, OCTAVE = 60, ROUNDS = 3 };

/* ---- places, each once a report ---- */

static dl_spot *spot_of(dl_map *m, dl_str key, bool *is_new)
{
    dl_ask *q = m->q;
    uint32_t k = dl_intern_id(&m->spots, q->scratch, key);
    *is_new = k > m->spot.n;
    if (*is_new) *dl_push(q->scratch, &m->spot) = dl_new(q->mem, dl_spot, 1);
    return m->spot.v[k - 1];
}

/* The same place in codebook and gazetteer has the same GeoNames id; without one it is the row or record. */
static dl_str spot_key(dl_map *m, uint32_t geonames, char source, uint32_t number)
{
    return geonames ? dl_fmt(m->q->scratch, "%u", geonames) : dl_fmt(m->q->scratch, "%c%u", source, number);
}

static dl_spot *of_codebook(dl_map *m, const dl_posting *p)
{
    const dl_codebook *b = m->q->book;
    uint32_t row = p->id;
    const dl_place_row *r = dl_book_place(b, row);
    bool is_new;
    dl_spot *s = spot_of(m, spot_key(m, r->geonames, 'r', row), &is_new);
    if (is_new)
        *s = (dl_spot){ .name = dl_book_str(b, r->name), .admin1 = dl_book_str(b, r->admin1), .admin2 = dl_book_str(b, r->admin2), .cls = dl_book_str(b, r->cls), .cc = { r->cc[0], r->cc[1] }, .kind = r->kind,
                        .size = dl_gaz_size(r->population), .lat = r->lat, .lon = r->lon, .geonames = r->geonames, .country = r->kind == DL_PLACE_COUNTRY ? row : r->country, .row = row, .record = DL_NONE };
    if (!s->line) dl_book_origin(b, p, &s->file, &s->line);
    return s;
}

static dl_spot *of_gazetteer(dl_map *m, int which, uint32_t record)
{
    dl_gaz_place p = dl_gaz_at(m->q->gazetteer[which], record);
    bool is_new;
    dl_spot *s = spot_of(m, spot_key(m, p.id, which ? 'd' : 'u', record), &is_new);
    if (is_new) {
        *s = (dl_spot){ .name = p.name, .admin1 = p.admin1, .admin2 = p.admin2, .cls = p.cls, .cc = { p.cc[0], p.cc[1] }, .kind = p.kind, .size = p.size, .lat = p.lat, .lon = p.lon, .geonames = p.id,
                        .country = p.cc[0] ? dl_book_country(m->q->book, (dl_str){ p.cc, 2 }) : DL_NONE, .row = DL_NONE, .record = record, .gazetteer = (uint8_t)which };
    } else if (s->row != DL_NONE && s->record == DL_NONE) {                            /* the codebook's, and what the gazetteer adds */
        s->record = record, s->gazetteer = (uint8_t)which;
        if (!which && p.lat != INT32_MAX) s->lat = p.lat, s->lon = p.lon;              /* a user's gazetteer knows better where it lies */
        if (!s->size) s->size = p.size;
        if (!s->admin2.n) s->admin2 = p.admin2;
    }
    return s;
}

/* ---- bearers of a name ---- */

static uint32_t number_of(dl_map *m, dl_intern *t, const dl_spot *s, bool region)
{
    if (!s->cc[0] || (region && !s->admin1.n)) return 0;
    return dl_intern_id(t, m->q->scratch, region ? dl_fmt(m->q->scratch, "%.2s.%.*s", s->cc, (int)s->admin1.n, s->admin1.p) : (dl_str){ s->cc, 2 });
}

static bool capital(const dl_spot *s) { return dl_is(s->cls, "PPLC"); }

/* What speaks for it before the report is read. A village whose people nobody counted has some hundreds. */
static int32_t prior(const dl_spot *s, uint16_t form, bool brief)
{
    int32_t v = s->kind == DL_PLACE_COUNTRY ? 1150 : s->kind == DL_PLACE_MACRO ? 640 : dl_is(s->cls, "ADM1") ? 850 : s->kind == DL_PLACE_REGION ? 600 : 5 * (s->size ? s->size : 68);
    if (s->kind == DL_PLACE_MACRO && s->row == DL_NONE) v -= 200;
    if (capital(s)) v += 220;
    else if (dl_is(s->cls, "PPLA")) v += 60;
    else if (dl_is(s->cls, "PPLX")) v -= 60;
    if (form & DL_F_AKA) v -= dl_is(s->cls, "ADM1") || s->kind == DL_PLACE_COUNTRY ? 20 : 160;
    if (brief) v -= 150;
    if (form & DL_F_ADJECTIVE) v += 100;
    return v;
}

static void add(dl_map *m, dl_called *c, const dl_spot *s, uint16_t form, bool brief)
{
    for (uint32_t i = c->first; i < m->bearers.n; i++) {
        dl_bearer *b = &m->bearers.v[i];
        if (b->is != s) continue;
        b->form &= form | (uint16_t)~DL_F_AKA, b->brief = b->brief && brief;
        b->prior = prior(s, b->form, b->brief);
        return;
    }
    if (m->bearers.n - c->first >= BEARERS_MOST) return;
    *dl_push(m->q->scratch, &m->bearers) = (dl_bearer){ .is = s, .form = form, .brief = brief, .land = number_of(m, &m->lands, s, false), .region = number_of(m, &m->regions, s, true), .prior = prior(s, form, brief) };
}

static void add_all(dl_map *m, dl_called *c, dl_str key)
{
    uint32_t n;
    bool longer;
    const dl_posting *p = dl_book_find(m->q->book, key, &n, &longer);
    for (uint32_t i = 0; i < n; i++)
        if (p[i].kind == DL_P_PLACE) add(m, c, of_codebook(m, &p[i]), p[i].form & (DL_F_AKA | DL_F_ADJECTIVE | DL_F_PEOPLE), false);
    for (int g = 0; g < 2; g++) {
        dl_bearers b;
        if (!m->q->gazetteer[g] || !dl_gaz_find(m->q->gazetteer[g], key, &b)) continue;
        for (int seen = 0; seen < BEARERS_MOST && dl_gaz_next(m->q->gazetteer[g], &b); seen++) add(m, c, of_gazetteer(m, g, b.record), b.flags & DL_GAZ_AKA ? DL_F_AKA : 0, (b.flags & DL_GAZ_SHORT) != 0);
    }
}

/* "St. Cloud" is Saint Cloud, "the Hague area" Hague: other ways of writing a name, tried in turn until somebody bears one. */
static void add_variants(dl_map *m, dl_called *c, dl_str key)
{
    static const char *const begins[][2] = { { "the ", "" }, { "st ", "saint " }, { "ste ", "sainte " }, { "saint ", "st " }, { "mt ", "mount " }, { "mount ", "mt " }, { "ft ", "fort " }, { "city of ", "" },
                                             { "town of ", "" }, { "state of ", "" }, { "county of ", "" }, { "greater ", "" }, { "downtown ", "" }, { "north ", "" }, { "south ", "" }, { "east ", "" }, { "west ", "" }, { "northern ", "" }, { "southern ", "" },
                                             { "eastern ", "" }, { "western ", "" }, { "central ", "" }, { "upper ", "" }, { "lower ", "" } };
    static const char *const ends[][2] = { { " city", "" }, { " s", "" }, { " state", "" }, { " province", "" }, { " area", "" }, { " region", "" }, { " river", "" }, { " island", "" }, { " islands", "" }, { " township", "" },
                                           { " town", "" }, { " village", "" }, { " district", "" }, { " county", "" }, { " parish", "" }, { " counties", " county" }, { " co", " county" } };
    for (size_t i = 0; i < sizeof begins / sizeof *begins && c->first == m->bearers.n; i++)
        if (dl_starts(key, dl_str_of(begins[i][0]))) add_all(m, c, dl_fmt(m->q->scratch, "%s%.*s", begins[i][1], (int)(key.n - strlen(begins[i][0])), key.p + strlen(begins[i][0])));
    for (size_t i = 0; i < sizeof ends / sizeof *ends && c->first == m->bearers.n; i++)
        if (dl_ends(key, dl_str_of(ends[i][0]))) add_all(m, c, dl_fmt(m->q->scratch, "%.*s%s", (int)(key.n - strlen(ends[i][0])), key.p, ends[i][1]));
}

/* ---- lost letters ---- */

/* Is `name` the written one without what is beyond ASCII? */
static bool written_without(dl_str written, dl_str name)
{
    uint32_t k = 0;
    bool lost = false;
    for (uint32_t i = 0; i < written.n; i++) {
        if ((unsigned char)written.p[i] >= 0x80) { lost = true; continue; }
        if (k == name.n || written.p[i] != name.p[k++]) return false;
    }
    return lost && k == name.n;
}

enum { LOST_LEAST = 5, LOST_MOST = 24, AKA_LEAST = 6 };

/* The key with one letter more, that somebody bears whose written name loses just that letter. False: none. Names of one or two words of ASCII. */
static bool mended_key(const dl_ask *q, dl_str name, dl_str key, bool aka, char out[LOST_MOST + 2], uint32_t *n)
{
    static const char LETTERS[] = "aeioucnszglydtr";
    if (name.n < LOST_LEAST || key.n > LOST_MOST || key.n < LOST_LEAST - 1) return false;
    for (uint32_t i = 0; i < name.n; i++) if ((unsigned char)name.p[i] >= 0x80 || dl_digit((unsigned char)name.p[i])) return false;
    aka = aka && key.n >= AKA_LEAST && dl_find(key, DL_STR(" "), 0) < 0;
    for (uint32_t at = 0; at <= key.n; at++)
        for (const char *c = LETTERS; *c; c++) {
            dl_bearers b;
            memcpy(out, key.p, at), out[at] = *c, memcpy(out + at + 1, key.p + at, key.n - at);
            *n = key.n + 1;
            for (int g = 0; g < 2; g++) {
                if (!q->gazetteer[g] || !dl_gaz_find(q->gazetteer[g], (dl_str){ out, *n }, &b)) continue;
                for (int seen = 0; seen < BEARERS_MOST && dl_gaz_next(q->gazetteer[g], &b); seen++)
                    if (b.flags & DL_GAZ_AKA ? aka : written_without(dl_gaz_at(q->gazetteer[g], b.record).name, name)) return true;
            }
        }
    return false;
}

bool dl_lost_letters(const dl_ask *q, dl_str name, bool aka)
{
    char out[LOST_MOST + 2];
    uint32_t n;
    dl_marker mark = dl_mark(q->scratch);
    bool found = mended_key(q, name, dl_folded(q->scratch, name), aka, out, &n);
    dl_reset(q->scratch, mark);
    return found;
}

static void add_mended(dl_map *m, dl_called *c, dl_str name)
{
    char out[LOST_MOST + 2];
    uint32_t n;
    if (!mended_key(m->q, name, c->key, true, out, &n)) return;
    add_all(m, c, dl_copy(m->q->scratch, (dl_str){ out, n }));
    uint32_t kept = c->first;
    for (uint32_t i = c->first; i < m->bearers.n; i++) if (m->bearers.v[i].form & DL_F_AKA || written_without(m->bearers.v[i].is->name, name)) m->bearers.v[kept++] = m->bearers.v[i];
    m->bearers.n = kept;
    c->guess = kept > c->first;
}

uint32_t dl_call(dl_map *m, dl_str name)
{
    dl_str key = dl_folded(m->q->scratch, name);
    uint32_t k = dl_intern_id(&m->keys, m->q->scratch, key);
    if (k <= m->by_key.n) return m->by_key.v[k - 1] - 1;
    uint32_t *slot = dl_push(m->q->scratch, &m->by_key);
    dl_called c = { .key = dl_intern_str(&m->keys, k), .first = m->bearers.n, .best = DL_NONE, .why = "" };
    add_all(m, &c, c.key);
    if (m->bearers.n == c.first) add_variants(m, &c, c.key);
    if (m->bearers.n == c.first) add_mended(m, &c, name);
    c.n = m->bearers.n - c.first;
    if (!c.n) return DL_NONE;
    *dl_push(m->q->scratch, &m->called) = c;
    *slot = m->called.n;
    return m->called.n - 1;
}

void dl_tell(dl_map *m, dl_span at, uint32_t tb, uint32_t te, uint32_t called)
{
    *dl_push(m->q->scratch, &m->told) = (dl_told){ at, tb, te, called };
    if (called == DL_NONE) return;
    dl_called *c = &m->called.v[called];
    if (c->ntold < sizeof c->told / sizeof *c->told) c->told[c->ntold++] = m->told.n - 1;
    if (m->q->art->dateline.found && dl_within(at, m->q->art->dateline.place)) c->report = true;
}

/* ---- where things lie ---- */

bool dl_lies_in(const dl_spot *in, const dl_spot *out)
{
    if (in == out || !in->cc[0] || memcmp(in->cc, out->cc, 2) != 0 || in->kind == DL_PLACE_COUNTRY) return false;
    if (out->kind == DL_PLACE_COUNTRY) return true;
    if (!in->admin1.n || !dl_eq(in->admin1, out->admin1) || dl_is(in->cls, "ADM1")) return false;
    if (dl_is(out->cls, "ADM1")) return true;
    if (out->kind == DL_PLACE_REGION) return in->kind == DL_PLACE_CITY && out->admin2.n && dl_eq(in->admin2, out->admin2);
    return out->kind == DL_PLACE_CITY && in->kind == DL_PLACE_CITY && out->size > in->size && dl_apart(in, out) < 40;
}

/* cos of whole degrees, 0 to 90, times 1000. */
static const int16_t cosine[91] = { 1000, 1000, 999, 999, 998, 996, 995, 993, 990, 988, 985, 982, 978, 974, 970, 966, 961, 956, 951, 946, 940, 934, 927, 921, 914, 906, 899, 891, 883, 875, 866, 857, 848, 839, 829, 819,
    809, 799, 788, 777, 766, 755, 743, 731, 719, 707, 695, 682, 669, 656, 643, 629, 616, 602, 588, 574, 559, 545, 530, 515, 500, 485, 469, 454, 438, 423, 407, 391, 375, 358, 342, 326, 309, 292, 276, 259, 242, 225, 208,
    191, 174, 156, 139, 122, 105, 87, 70, 52, 35, 17, 0 };

static uint32_t root(uint64_t v)
{
    uint64_t r = 0;
    for (uint64_t bit = (uint64_t)1 << 30; bit; bit >>= 1)
        if ((r + bit) * (r + bit) <= v) r += bit;
    return (uint32_t)r;
}

static bool pointed(const dl_spot *s) { return s->lat >= -9000000 && s->lat <= 9000000 && s->lon >= -18000000 && s->lon <= 18000000; }

uint32_t dl_apart(const dl_spot *a, const dl_spot *b)
{
    if (!pointed(a) || !pointed(b)) return UINT32_MAX;
    int64_t y = a->lat - b->lat, x = a->lon - b->lon, middle = ((int64_t)a->lat + b->lat) / 2 / 100000;
    if (x > 18000000) x -= 36000000;
    if (x < -18000000) x += 36000000;
    x = x * cosine[middle < 0 ? -middle : middle] / 1000;
    return (uint32_t)((uint64_t)root((uint64_t)(y * y + x * x)) * 1112 / 1000000);
}

/* ---- what the rest of the report says ---- */

/* Belief of each bearer: halved for every OCTAVE that it lies below the best. */
static void believe(dl_map *m)
{
    memset(m->land_mass, 0, sizeof(uint32_t) * (m->lands.strs.n + 1));
    memset(m->region_mass, 0, sizeof(uint32_t) * (m->regions.strs.n + 1));
    m->mass = 0;
    for (uint32_t k = 0; k < m->called.n; k++) {
        dl_called *c = &m->called.v[k];
        int32_t top = INT32_MIN;
        uint32_t sum = 0;
        c->nlikely = 0;
        for (uint32_t i = c->first; i < c->first + c->n; i++) if (m->bearers.v[i].score > top) top = m->bearers.v[i].score;
        for (uint32_t i = c->first; i < c->first + c->n; i++) {
            int32_t down = (top - m->bearers.v[i].score) / OCTAVE;
            sum += m->bearers.v[i].belief = down > 15 ? 0 : (uint32_t)1 << (15 - down);
        }
        for (uint32_t i = c->first; i < c->first + c->n; i++) {
            dl_bearer *b = &m->bearers.v[i];
            b->belief = b->belief * 1024 / sum * (c->report ? 3 : 1);
            if (b->belief >= 128 && c->nlikely < sizeof c->likely / sizeof *c->likely) c->likely[c->nlikely++] = i;
            m->land_mass[b->land] += b->belief, m->region_mass[b->region] += b->belief;
        }
        m->mass += c->report ? 3072 : 1024;
    }
}

/* How much of the other names lies in a country or division, of 1000. A single other name proves little. */
static int32_t share(uint32_t in, uint32_t own, uint32_t others)
{
    return in <= own || !others ? 0 : (int32_t)((uint64_t)(in - own) * 1000 / (others + 512));
}

static uint32_t own_belief(const dl_map *m, const dl_called *c, uint32_t number, bool region)
{
    uint32_t sum = 0;
    for (uint32_t i = c->first; i < c->first + c->n; i++)
        if ((region ? m->bearers.v[i].region : m->bearers.v[i].land) == number) sum += m->bearers.v[i].belief;
    return sum;
}

typedef enum { REL_NONE, REL_IN, REL_OWNS } relation;

/* How two names that follow each other are tied: "A, B", "A (B)", "A in B", "the A district of B": A lies in B. "B's A": the other way. */
static relation tied(const dl_map *m, uint32_t k)
{
    static const char *const in[] = { ",", "(", "in", ", in", "of", ", the", "in the", "district of", "area of", "suburb of", "neighbourhood of", "neighborhood of", "quarter of", "section of", "part of", "region of", "province of",
                                      "district in", "city in", "town in", "village in", "county in", "province in", "/", "-", "state in" };
    const dl_told *a = &m->told.v[k], *z = &m->told.v[k + 1];
    if (z->at.b < a->at.e || z->at.b - a->at.e > 24) return REL_NONE;
    dl_str raw = dl_cut(m->q->art->text, a->at.e, z->at.b), gap = dl_trim(raw);
    if (memchr(raw.p, '\n', raw.n)) return REL_NONE;
    if (!gap.n) return REL_IN;                                    /* "Springfield Ill." */
    for (size_t i = 0; i < sizeof in / sizeof *in; i++)
        if (dl_is(gap, in[i])) return REL_IN;
    if (dl_is(gap, "'s") || dl_is(gap, "\xE2\x80\x99s")) return REL_OWNS;
    return REL_NONE;
}

/* The strongest tie of a bearer with any bearer of the next name (or, told by its owner, the name before): of a name's all tellings the best counts. */
static uint32_t tie_of(const dl_map *m, const dl_bearer *b, const dl_called *outer)
{
    uint32_t best = 0;
    for (uint32_t i = outer->first; i < outer->first + outer->n; i++) {                   /* all: "Paris, Texas" makes the smaller Texas likely */
        const dl_bearer *o = &m->bearers.v[i];
        if (o->belief > best && dl_lies_in(b->is, o->is) && o->is->kind != DL_PLACE_MACRO) best = o->belief;
    }
    return best > 1024 ? 1024 : best;
}

typedef struct { uint32_t tie, near; bool holds; } evidence;

static uint32_t nearness(const dl_map *m, const dl_bearer *b, const dl_told *a, const dl_told *z)
{
    uint32_t gap = z->at.b > a->at.e ? z->at.b - a->at.e : a->at.b > z->at.e ? a->at.b - z->at.e : 0;
    if (gap > 400 || z->called == DL_NONE || z->called == a->called) return 0;
    const dl_called *c = &m->called.v[z->called];
    uint32_t best = 0;
    for (uint32_t i = 0; i < c->nlikely; i++) {
        const dl_bearer *o = &m->bearers.v[c->likely[i]];
        if (o->is->kind == DL_PLACE_COUNTRY || o->is->kind == DL_PLACE_MACRO || dl_is(o->is->cls, "ADM1")) continue;
        uint32_t km = dl_apart(b->is, o->is), v = km <= 30 ? 100 : km <= 80 ? 75 : km <= 200 ? 40 : km <= 400 ? 15 : 0;
        v = v * (o->belief > 1024 ? 1024 : o->belief) / 1024;
        if (v > best) best = v;
    }
    return best;
}

/* What the names around each telling say of one bearer. */
static evidence evidence_of(const dl_map *m, uint32_t called, const dl_bearer *b)
{
    evidence e = { 0 };
    const dl_called *self = &m->called.v[called];
    for (uint32_t t0 = 0; t0 < self->ntold; t0++) {
        uint32_t k = self->told[t0];
        uint32_t next = k + 1 < m->told.n ? m->told.v[k + 1].called : DL_NONE, before = k ? m->told.v[k - 1].called : DL_NONE, t = 0;
        if (next != DL_NONE && next != called && tied(m, k) == REL_IN) t = tie_of(m, b, &m->called.v[next]);
        if (before != DL_NONE && before != called && tied(m, k - 1) == REL_OWNS) { uint32_t u = tie_of(m, b, &m->called.v[before]); if (u > t) t = u; }
        if (t > e.tie) e.tie = t;
        if (before != DL_NONE && before != called && tied(m, k - 1) == REL_IN) {
            const dl_called *c = &m->called.v[before];
            for (uint32_t i = 0; i < c->nlikely && !e.holds; i++) e.holds = m->bearers.v[c->likely[i]].belief > 256 && dl_lies_in(m->bearers.v[c->likely[i]].is, b->is);
        }
        for (uint32_t j = k > 3 ? k - 3 : 0; j < m->told.n && j <= k + 3; j++) {
            uint32_t v = nearness(m, b, &m->told.v[k], &m->told.v[j]);
            if (v > e.near) e.near = v;
        }
    }
    return e;
}

/* The word of kind behind a name ("Orange and Durham counties", "Aleppo province") asks for a division. */
static bool kind_follows(const dl_map *m, uint32_t called)
{
    static const char *const kinds[] = { "county", "counties", "province", "provinces", "district", "districts", "governorate", "oblast", "state", "states", "parish" };
    const dl_called *c = &m->called.v[called];
    for (uint32_t t = 0; t < c->ntold; t++) {
        uint32_t k = c->told[t];
        dl_str text = m->q->art->text;
        uint32_t b = m->told.v[k].at.e, e;
        if (b >= text.n || text.p[b] != ' ') continue;
        for (e = ++b; e < text.n && (dl_upper((unsigned char)text.p[e]) || dl_lower((unsigned char)text.p[e])); e++) {}
        dl_str w = dl_lowered(m->q->scratch, dl_cut(text, b, e));
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (dl_is(w, kinds[i])) return true;
    }
    return false;
}

static const char *reason(const dl_bearer *b, const evidence *e, int32_t land, int32_t region, bool alone)
{
    if (b->form & (DL_F_ADJECTIVE | DL_F_PEOPLE)) return "a people or adjective of that country";
    if (e->tie >= 256) return "named together with what contains it";
    if (alone) return "only bearer of the name";
    if (b->is->kind == DL_PLACE_COUNTRY) return "a country of that name";
    if (capital(b->is) && land < 300) return "a capital of that name";
    if (region >= 250) return "the report is about its region";
    if (e->near >= 40) return "near other places of the report";
    if (land >= 250) return "the report is about its country";
    return b->is->kind == DL_PLACE_CITY ? "largest place of that name" : "a region of that name";
}

static void judge(dl_map *m, uint32_t called)
{
    dl_called *c = &m->called.v[called];
    uint32_t others = m->mass - (c->report ? 3072 : 1024);
    bool kind = kind_follows(m, called);
    int32_t second = INT32_MIN;
    c->best = DL_NONE;
    for (uint32_t i = c->first; i < c->first + c->n; i++) {
        dl_bearer *b = &m->bearers.v[i];
        evidence e = evidence_of(m, called, b);
        int32_t land = b->land ? share(m->land_mass[b->land], own_belief(m, c, b->land, false), others) : 0;
        int32_t region = b->region ? share(m->region_mass[b->region], own_belief(m, c, b->region, true), others) : 0;
        b->score = b->prior + 35 * land / 100 + 45 * region / 100 + (land > 0 ? 40 : 0) + (region > 0 ? 60 : 0) + (int32_t)(e.tie * 600 / 1024) + (int32_t)e.near * 2 + (e.holds ? 250 : 0);
        if (kind && b->is->kind == DL_PLACE_REGION) b->score += 300;
        int32_t top = c->best == DL_NONE ? INT32_MIN : m->bearers.v[c->best].score;
        if (b->score > top) second = top, c->best = i, c->why = reason(b, &e, land, region, c->n == 1);
        else if (b->score > second) second = b->score;
    }
    c->margin = second == INT32_MIN ? INT32_MAX : m->bearers.v[c->best].score - second;
}

void dl_choose(dl_map *m)
{
    m->land_mass = dl_new(m->q->scratch, uint32_t, m->lands.strs.n + 1);
    m->region_mass = dl_new(m->q->scratch, uint32_t, m->regions.strs.n + 1);
    for (uint32_t i = 0; i < m->bearers.n; i++) m->bearers.v[i].score = m->bearers.v[i].prior;
    for (int round = 0; round < ROUNDS; round++) {
        believe(m);
        for (uint32_t k = 0; k < m->called.n; k++) judge(m, k);
    }
}
