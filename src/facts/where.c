/* where.c - places: which words name one, and what the name is used for. Which place it is, is chosen in where_choose.c.
 *
 * Names that the codebook has are names of places wherever they stand, but for persons and bodies called so. A gazetteer has a name for nearly every word: of those only what
 * says its kind ("Orange County") or stands as a place does somewhere in the report ("in Hazard", "Hazard, Ky.") is taken.
 */
#include "facts/tree.h"
#include "facts/where.h"

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

/* ---- names that stand in the text ---- */

enum { NAME_WORDS = 6, NAME_BYTES = 120 };

typedef struct { uint32_t b, e; bool sure; } found;                /* tokens; sure: the codebook says that it is a name of a place */
typedef DL_VEC(found) founds;

uint32_t dl_gazetteer_name(const dl_ask *q, uint32_t i, uint8_t *size)
{
    const dl_language *L = q->lang;
    const dl_sentence *s = &L->sent[L->tok[i].sent];
    char key[NAME_BYTES];
    uint32_t n = 0, best = 0, words = 0;
    for (uint32_t j = i; j < s->end && words < NAME_WORDS; j++) {
        dl_str f = q->f->hits.folded[j];
        if (!f.n) {
            if (j == i || !dl_is(L->tok[j].text, "-")) break;
            continue;
        }
        if (n + f.n + 1 > NAME_BYTES) break;
        if (n) key[n++] = ' ';
        memcpy(key + n, f.p, f.n);
        n += f.n, words++;
        bool on = words == 1;
        for (int g = 0; g < 2; g++) {
            dl_bearers b;
            if (!q->gazetteer[g]) continue;
            if (L->tok[j].capital && dl_gaz_find(q->gazetteer[g], (dl_str){ key, n }, &b)) {
                best = j + 1;
                if (size) *size = dl_gaz_next(q->gazetteer[g], &b) ? dl_gaz_at(q->gazetteer[g], b.record).size : 0;
            }
            if (words > 2 || (words == 2 && dl_gaz_begins(q->gazetteer[g], (dl_str){ key, n }))) on = true;
        }
        if (!on) break;
    }
    return best;
}

static bool in_list(dl_str w, const char *const *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dl_is(w, v[i])) return true;
    return false;
}
#define IN_LIST(w, v) in_list((w), (v), sizeof (v) / sizeof *(v))

/* A division, a river, a lake: the word of kind in the name says what it is. */
static bool says_its_kind(const dl_ask *q, uint32_t b, uint32_t e)
{
    static const char *const last[] = { "county", "parish", "province", "river", "island", "islands", "mountains", "township", "district", "governorate", "oblast", "lake", "peninsula", "valley", "creek", "bay", "beach", "borough" };
    static const char *const first[] = { "lake", "mount", "fort", "saint", "st.", "st", "port", "cape", "gulf", "isle" };
    return e - b > 1 && (IN_LIST(q->lang->tok[e - 1].low, last) || IN_LIST(q->lang->tok[b].low, first));
}

static bool name_token(const dl_language *L, uint32_t i) { return L->tok[i].capital && (L->tok[i].upos == DL_PROPN || L->tok[i].upos == DL_ADJ || L->tok[i].upos == DL_NOUN); }

/* "in Hazard", "the town of Hazard", "Hazard, Ky.": what a place, and hardly anything else, stands in. The name must be all of its phrase. */
static bool stands_as_place(const dl_ask *q, const found *x, const found *next)
{
    static const char *const in[] = { "in", "near", "at", "from", "outside", "around", "to", "into", "toward", "towards", "through", "between", "across", "of", "throughout", "leaving", "via" };
    static const char *const kinds[] = { "town", "village", "city", "hamlet", "suburb", "district", "port", "county", "province", "municipality", "commune", "settlement", "neighborhood", "neighbourhood", "outskirts", "north", "south",
                                         "east", "west", "northeast", "northwest", "southeast", "southwest", "borough", "resort", "community", "island", "region", "mayor", "residents", "streets", "people" };
    const dl_language *L = q->lang;
    const dl_sentence *s = &L->sent[L->tok[x->b].sent];
    if (next && next->sure && next->b > x->e && next->b - x->e == 1 && L->tok[x->e].sent == L->tok[next->b].sent && (dl_is(L->tok[x->e].text, ",") || dl_is(L->tok[x->e].text, "("))) return true;
    if (x->b == s->first) return false;
    uint32_t k = x->b - 1;
    if (x->e < s->end && name_token(L, x->e) && L->tok[x->e].upos == DL_PROPN && !(next && next->b == x->e)) return false;      /* "in Hazard High School" */
    if (dl_is(L->tok[k].low, "of")) return k > s->first && IN_LIST(L->tok[k - 1].low, kinds);
    if (dl_is(L->tok[k].low, "and") || dl_is(L->tok[k].text, ",")) return false;
    if (IN_LIST(L->tok[k].low, kinds) && !L->tok[k].capital) return true;
    return IN_LIST(L->tok[k].low, in);
}

/* Words that begin with a capital for other reasons: days, months, titles, and what the codebook knows as a person's or a body's name. */
static bool other_word(const dl_ask *q, uint32_t b, uint32_t e)
{
    const dl_hits *h = &q->f->hits;
    for (uint32_t k = h->first[b]; k < h->first[b + 1]; k++) {
        uint8_t kind = h->v[k].posting->kind;
        if (h->v[k].e < e) continue;
        if (kind == DL_P_ACTOR) return true;
        if (kind == DL_P_LIST) {
            uint16_t l = dl_book_list(q->book, h->v[k].posting->id)->list;
            if (l == DL_LIST_months || l == DL_LIST_weekdays || l == DL_LIST_honorifics || l == DL_LIST_first_names || l == DL_LIST_agencies) return true;
        }
    }
    return false;
}

static bool somebody(const dl_ask *q, uint32_t b, uint32_t e)
{
    const dl_language *L = q->lang;
    const dl_sentence *s = &L->sent[L->tok[b].sent];
    if (of_a_person(q, b, e)) return true;
    if (b > s->first && L->tok[b - 1].upos == DL_PROPN && L->tok[b - 1].capital && !dl_is(L->tok[b - 1].text, ",") && (L->tok[b].rel == DL_R_flat || L->tok[b - 1].rel == DL_R_flat)) return true;
    return e < s->end && L->tok[e].upos == DL_PROPN && L->tok[e].rel == DL_R_flat;
}

/* The end of a name that stands as a place, or that the tagger takes for one, nobody bears, and that lost a letter; 0: none. */
static uint32_t lost_letters(const dl_ask *q, uint32_t i)
{
    const dl_language *L = q->lang;
    if (!L->name_of || L->name_of[i] == DL_NONE || !L->tok[i].capital) return 0;
    const dl_name n = L->name[L->name_of[i]];
    found x = { n.tb, n.te, false };
    bool stands = n.tb == i && n.te - n.tb <= 2 && stands_as_place(q, &x, NULL);
    bool lost = n.tb == i && n.te - n.tb <= 2 && (stands || n.type == DL_NAME_LOC) && dl_lost_letters(q, dl_at(q->art->text, dl_tokens_span(L, n.tb, n.te)), stands);
    return lost ? n.te : 0;
}

/* Every name that may be one of a place: those of the codebook, and longer or further ones that a gazetteer has. */
static void find_names(dl_ask *q, founds *out)
{
    const dl_language *L = q->lang;
    const dl_hits *h = &q->f->hits;
    const uint8_t *surname = surnames(q);
    for (uint32_t i = 0; i < L->ntok;) {
        const dl_hit *hit = dl_hit_at(h, i, DL_P_PLACE);
        bool sure = hit && (is_demonym(hit->posting) || !(of_a_person(q, hit->b, hit->e) || a_surname(q, surname, hit->b, hit->e))) && !inside_actor(q, hit->b, hit->e);
        uint32_t e = L->tok[i].capital && L->tok[i].upos != DL_PRON && L->tok[i].upos != DL_DET && !L->sent[L->tok[i].sent].shout ? dl_gazetteer_name(q, i, NULL) : 0;
        if (sure && e > hit->e && !says_its_kind(q, i, e)) e = 0;                          /* "Paris Hill" may be anything; "Orange County" is no Orange */
        bool place = L->name_of && L->name_of[i] != DL_NONE && L->name[L->name_of[i]].type == DL_NAME_LOC;                 /* so the name tagger says */
        if (place && hit && !sure && !inside_actor(q, hit->b, hit->e)) sure = true;
        if (e && !sure && !place && (other_word(q, i, e) || inside_actor(q, i, e) || somebody(q, i, e) || a_surname(q, surname, i, e))) e = 0;
        if (sure && e <= hit->e) *dl_push(q->scratch, out) = (found){ hit->b, hit->e, true }, i = hit->e;
        else if (e) *dl_push(q->scratch, out) = (found){ i, e, says_its_kind(q, i, e) }, i = e;
        else if (!hit && (e = lost_letters(q, i))) *dl_push(q->scratch, out) = (found){ i, e, true }, i = e;
        else i++;
    }
}

/* "TROY, N.C. (AP) -" is no sentence, but tells where the report was written: its names are heard first. They stand at no token. */
static void hear_dateline(dl_map *m)
{
    const dl_article *a = m->q->art;
    if (!a->dateline.found) return;
    for (uint32_t b = a->dateline.place.b, e; b < a->dateline.place.e; b = e + 1) {
        for (e = b; e < a->dateline.place.e && !strchr(",/(", a->text.p[e]); e++) {}
        dl_str s = dl_trim(dl_cut(a->text, b, e));
        uint32_t at = (uint32_t)(s.p - a->text.p);
        if (s.n) dl_tell(m, (dl_span){ at, at + s.n }, DL_NONE, DL_NONE, dl_call(m, s));
    }
}

static bool dotted(dl_str w) { return w.n > 2 && dl_find(dl_cut(w, 0, w.n - 1), DL_STR("."), 0) >= 0; }         /* "D.C." */

static bool capitals(dl_str w)
{
    for (uint32_t i = 0; i < w.n; i++)
        if (!dl_upper((unsigned char)w.p[i])) return false;
    return w.n > 0;
}

/* "OK", "IN", "Man": a division's code says nothing unless it stands behind its town ("Denver, CO"), a party ("R-OK") or a preposition ("in UP"). */
static bool loose_code(const dl_ask *q, const uint8_t *small, const found *x)
{
    static const char *const before[] = { ",", "(", "-", "in", "from", "of", "across", "near", "to" };
    const dl_language *L = q->lang;
    const dl_token *t = &L->tok[x->b];
    const dl_hit *hit = dl_hit_at(&q->f->hits, x->b, DL_P_PLACE);
    if (!x->sure || x->e - x->b != 1 || !hit || !(hit->posting->form & DL_F_AKA) || dl_book_place(q->book, hit->posting->id)->kind != DL_PLACE_REGION) return false;
    if (t->text.n > 4 || dotted(t->text) || (t->text.n > 2 && capitals(t->text) && !small[t->low_id])) return false;
    if (x->b == L->sent[t->sent].first || L->sent[t->sent].shout || !IN_LIST(L->tok[x->b - 1].low, before)) return true;
    return dl_alpha((unsigned char)L->tok[x->b - 1].low.p[0]) && t->upos != DL_PROPN;
}

/* By low_id: words that the report has in small letters too. */
static uint8_t *small_words(const dl_ask *q)
{
    uint8_t *small = dl_new(q->scratch, uint8_t, q->lang->words.strs.n + 1);
    for (uint32_t i = 0; i < q->lang->ntok; i++)
        if (!q->lang->tok[i].capital) small[q->lang->tok[i].low_id] = 1;
    return small;
}

/* The report has it in small letters, or the codebook knows it as something else than a place or a party. */
static bool is_a_word(const dl_ask *q, const uint8_t *small, const found *x)
{
    const dl_hits *h = &q->f->hits;
    bool word = small[q->lang->tok[x->b].low_id];
    for (uint32_t k = h->first[x->b]; k < h->first[x->b + 1] && !word; k++) word = h->v[k].e == x->e && h->v[k].posting->kind != DL_P_PLACE && h->v[k].posting->kind != DL_P_ACTOR;
    return word;
}

/* "Air", "Center", "Most" are names of places somewhere; here they are ordinary words, or one of a longer name ("the Air Force"), unless they stand alone and as a name. */
static bool ordinary(const dl_ask *q, const uint8_t *small, const found *x)
{
    static const char *const in[] = { "in", "near", "from", "to" };
    const dl_language *L = q->lang;
    const dl_token *t = &L->tok[x->b], *before = x->b > L->sent[t->sent].first ? t - 1 : NULL, *behind = x->e < L->sent[t->sent].end ? t + 1 : NULL;
    const dl_hit *place = x->sure ? dl_hit_at(&q->f->hits, x->b, DL_P_PLACE) : NULL;
    if (x->e - x->b != 1 || dotted(t->text)) return false;
    if (place && (is_demonym(place->posting) || dl_book_place(q->book, place->posting->id)->kind == DL_PLACE_COUNTRY)) return false;
    if (!is_a_word(q, small, x)) return t->upos != DL_PROPN && t->upos != DL_NOUN && !(before && IN_LIST(before->low, in));
    if (!before || t->upos != DL_PROPN) return true;
    return dl_is(before->low, "the") || (before->capital && before->upos == DL_PROPN) || (behind && name_token(L, x->e));
}

typedef enum { TOLD_NOTHING, TOLD_PLACE, TOLD_OTHER } verdict;

/* What the name tagger makes of the words: a place; or somebody or something called so, then it is none. What the codebook is sure of, only a person's name outweighs. */
static verdict tagged(const dl_ask *q, const found *x)
{
    const dl_language *L = q->lang;
    uint32_t k = L->name_of ? L->name_of[x->b] : DL_NONE;
    if (k == DL_NONE) return TOLD_NOTHING;
    const dl_name *n = &L->name[k];
    const dl_hit *place = x->sure ? dl_hit_at(&q->f->hits, x->b, DL_P_PLACE) : NULL;
    bool whole = n->tb >= x->b && n->te <= x->e, country = place && (is_demonym(place->posting) || dl_book_place(q->book, place->posting->id)->kind == DL_PLACE_COUNTRY);
    switch (n->type) {
    case DL_NAME_LOC: return whole ? TOLD_PLACE : TOLD_NOTHING;
    case DL_NAME_PER: return country ? TOLD_NOTHING : TOLD_OTHER;
    default: return x->sure ? TOLD_NOTHING : TOLD_OTHER;
    }
}

/* A name that only a gazetteer has must stand as a place somewhere in the report; then it is one everywhere. */
static void collect(dl_map *m)
{
    dl_ask *q = m->q;
    founds all = { 0 };
    find_names(q, &all);
    const uint8_t *small = small_words(q);
    uint32_t n = 0;
    for (uint32_t k = 0; k < all.n; k++)
        if (!loose_code(q, small, &all.v[k]) && tagged(q, &all.v[k]) != TOLD_OTHER && (tagged(q, &all.v[k]) == TOLD_PLACE || !ordinary(q, small, &all.v[k]))) all.v[n++] = all.v[k];
    all.n = n;
    uint32_t *believed = dl_new(q->scratch, uint32_t, q->lang->words.strs.n + 1);          /* by first word: 1 + tokens of the name that stood as a place */
    for (uint32_t k = 0; k < all.n; k++)
        if (!all.v[k].sure && (tagged(q, &all.v[k]) == TOLD_PLACE || stands_as_place(q, &all.v[k], k + 1 < all.n ? &all.v[k + 1] : NULL))) believed[q->lang->tok[all.v[k].b].low_id] = all.v[k].e - all.v[k].b;
    for (uint32_t k = 0; k < all.n; k++) {
        const found *x = &all.v[k];
        bool heard = false;
        for (uint32_t i = 0; i < m->told.n && m->told.v[i].tb == DL_NONE && !x->sure; i++)
            heard = heard || (m->told.v[i].called != DL_NONE && m->told.v[i].called == dl_call(m, dl_at(q->art->text, dl_tokens_span(q->lang, x->b, x->e))));
        if (!x->sure && !heard && believed[q->lang->tok[x->b].low_id] != x->e - x->b) continue;
        dl_span at = dl_tokens_span(q->lang, x->b, x->e);
        dl_tell(m, at, x->b, x->e, dl_call(m, dl_at(q->art->text, at)));
    }
}

/* Countries and capitals act ("Belgium fears", "talks with Iran"); places are where things are. */
static uint8_t use_of(const dl_ask *q, const dl_told *n, const dl_bearer *best)
{
    if (best->form & (DL_F_ADJECTIVE | DL_F_PEOPLE)) return DL_USE_DEMONYM;
    const dl_language *L = q->lang;
    uint32_t h = n->tb;
    for (uint32_t i = n->tb; i < n->te; i++)
        if (L->tok[i].head < n->tb || L->tok[i].head >= n->te || dl_is_root(L, i)) h = i;
    bool state = best->is->kind == DL_PLACE_COUNTRY || dl_is(best->is->cls, "PPLC");
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

static uint16_t confidence(const dl_called *c)
{
    if (c->guess) return 400;
    if (c->margin == INT32_MAX) return 1000;
    return (uint16_t)(c->margin >= 300 ? 990 : c->margin <= 0 ? 500 : 500 + c->margin * 49 / 30);
}

/* The reason in words, and (for `explain`) the scores: of the one meant and of the next. */
static dl_str why(const dl_map *m, const dl_called *c)
{
    if (c->guess) return dl_fmt(m->q->mem, "a guess: a letter of \"%.*s\" may have been lost", (int)m->bearers.v[c->best].is->name.n, m->bearers.v[c->best].is->name.p);
    if (!m->q->explain || c->n == 1) return dl_str_of(c->why);
    uint32_t next = DL_NONE;
    for (uint32_t i = c->first; i < c->first + c->n; i++)
        if (i != c->best && (next == DL_NONE || m->bearers.v[i].score > m->bearers.v[next].score)) next = i;
    const dl_spot *s = m->bearers.v[next].is;
    return dl_fmt(m->q->mem, "%s (%d, of %u; next %.*s, %.*s%s%.2s %d)", c->why, m->bearers.v[c->best].score, c->n, (int)s->name.n, s->name.p, (int)s->admin1.n, s->admin1.p, s->admin1.n ? ", " : "", s->cc[0] ? s->cc : "",
                  m->bearers.v[next].score);
}

void dl_where(dl_ask *q)
{
    dl_marker mark = dl_mark(q->scratch);
    dl_map m = { .q = q };
    hear_dateline(&m);
    collect(&m);
    dl_choose(&m);
    for (uint32_t k = 0; k < m.told.n; k++) {
        const dl_told *t = &m.told.v[k];
        if (t->called == DL_NONE || t->tb == DL_NONE) continue;
        const dl_called *c = &m.called.v[t->called];
        const dl_bearer *b = &m.bearers.v[c->best];
        *dl_push(q->mem, &q->f->places) = (dl_place){ t->at, t->tb, t->te, b->is, confidence(c), use_of(q, t, b), why(&m, c) };
    }
    dl_reset(q->scratch, mark);
}

void dl_where_spans(dl_ask *q, const dl_span *at, uint32_t n, dl_place *out)
{
    dl_marker mark = dl_mark(q->scratch);
    dl_map m = { .q = q };
    for (uint32_t i = 0; i < n; i++) dl_tell(&m, at[i], 0, 0, dl_call(&m, dl_at(q->art->text, at[i])));
    dl_choose(&m);
    for (uint32_t i = 0; i < n; i++) {
        const dl_called *c = m.told.v[i].called == DL_NONE ? NULL : &m.called.v[m.told.v[i].called];
        out[i] = (dl_place){ .at = at[i], .is = c ? m.bearers.v[c->best].is : NULL, .confidence = c ? confidence(c) : 0, .why = c ? why(&m, c) : DL_STR("no place of that name is known") };
    }
    dl_reset(q->scratch, mark);
}
