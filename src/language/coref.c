/* coref.c - mentions into chains, one after the other: each is linked to the mention before it that the model likes best, or starts a chain.
 *
 * Which mentions are asked is bounded, so that time grows with the length of a report only: those near by, the last ones with a word in common, the last pronouns of the same
 * first or second person. */
#include "language/chains.h"

enum { NEAR_PRONOUN = 20, NEAR_NOUN = 12, OF_WORD = 4, OF_PERSON = 4, SENTENCES = 6 };

static const dl_token *tok(const dl_chains *s, uint32_t i) { return &s->lang->tok[i]; }

/* ---- candidates ---- */

typedef struct { uint32_t *v, n; } listing;

static void offer(listing *l, uint32_t a)
{
    if (l->n >= DL_CHAIN_CANDIDATES) return;
    for (uint32_t i = 0; i < l->n; i++) if (l->v[i] == a) return;
    l->v[l->n++] = a;
}

static uint8_t bits(uint8_t gender) { return gender == 'm' ? 1 : gender == 'f' ? 2 : gender == 'n' ? 4 : 0; }

enum { BODIES = 1u << DL_NAME_ORG | 1u << DL_NAME_LOC };

/* A pronoun can't stand for what never agrees with it. */
static bool possible(const dl_chains *s, uint32_t m, uint32_t a)
{
    const dl_refers *x = &s->m[m], *y = &s->m[a];
    const dl_chain *c = &s->chain[y->chain];
    if (y->person && x->person && y->person != x->person && s->noted[m].quote == s->noted[a].quote && x->person + y->person != 3) return false;
    if (x->kind == DL_REFERS_PRONOUN && x->person == 3) {
        if (x->number == 1 && y->number == 2) return false;
        if (x->gender && c->genders && !(c->genders & bits(x->gender))) return false;
        if ((x->gender == 'm' || x->gender == 'f') && c->tags && !(c->tags & ~BODIES) && c->type != DL_REFERS_person && !(c->genders & bits(x->gender))) return false;      /* the tagger and the type learned for chains agree */
    }
    return true;
}

static bool far(const dl_chains *s, uint32_t m, uint32_t a) { return s->noted[a].sent + SENTENCES < s->noted[m].sent; }

/* The last ones that agree. */
static void near_by(const dl_chains *s, uint32_t m, uint32_t most, listing *l)
{
    uint32_t n = 0;
    for (uint32_t a = m; a-- > 0 && n < most && !far(s, m, a);)
        if (possible(s, m, a)) offer(l, a), n++;
}

/* Of the last ones those that the tree ties to it, or whose short form it may be. */
static void tied_to(const dl_chains *s, uint32_t m, listing *l)
{
    for (uint32_t a = m, n = 0; a-- > 0 && n < NEAR_NOUN && !far(s, m, a); n++)
        if (dl_chain_tied(s, m, a)) offer(l, a);
}

static void with_word(const dl_chains *s, uint32_t m, listing *l)
{
    const dl_noted *x = &s->noted[m];
    for (uint32_t i = 0; i < x->nname; i++) {
        uint32_t k = s->last_of[s->word.v[x->names + i]];
        for (uint32_t n = 0; k && n < OF_WORD; n++, k = s->posted.v[k - 1].before) offer(l, s->posted.v[k - 1].mention);
    }
}

uint32_t dl_chain_candidates(const dl_chains *s, uint32_t m, uint32_t *out)
{
    listing l = { out, 0 };
    const dl_refers *x = &s->m[m];
    if (x->kind == DL_REFERS_PRONOUN) {
        uint32_t a = s->last_person[x->person];
        for (uint32_t n = 0; x->person && x->person < 3 && a != DL_NO_MENTION && n < OF_PERSON; n++, a = s->before_person[a]) offer(&l, a);
        near_by(s, m, NEAR_PRONOUN, &l);
    } else {
        with_word(s, m, &l);
        if (dl_chain_refers_back(s, m)) near_by(s, m, NEAR_NOUN, &l);
        else tied_to(s, m, &l);
    }
    return l.n;
}

/* ---- linking ---- */

static void post(dl_chains *s, uint32_t m)
{
    dl_noted *x = &s->noted[m];
    for (uint32_t i = 0; i < x->nname && s->m[m].kind != DL_REFERS_PRONOUN; i++) {
        uint32_t *last = &s->last_of[s->word.v[x->names + i]];
        if (*last && s->posted.v[*last - 1].mention == m) continue;
        *dl_push(s->scratch, &s->posted) = (dl_posted){ m, *last };
        *last = s->posted.n;
    }
    if (s->m[m].person) s->before_person[m] = s->last_person[s->m[m].person], s->last_person[s->m[m].person] = m;
}

static void add_name(const dl_chains *s, dl_chain *c, uint32_t m)
{
    for (uint32_t i = 0; i < c->names; i++) if (s->noted[c->name[i]].phrase == s->noted[m].phrase) return;
    if (c->names < DL_CHAIN_NAMES) c->name[c->names++] = m;
}

void dl_chain_link(dl_chains *s, uint32_t m, uint32_t a)
{
    dl_refers *x = &s->m[m];
    x->chain = a == DL_NO_MENTION ? m : s->m[a].chain;
    dl_chain *c = &s->chain[x->chain];
    if (a == DL_NO_MENTION) *c = (dl_chain){ 0 };
    x->before = c->size ? c->last : UINT32_MAX;
    c->size++;
    c->last = m;
    c->genders |= bits(x->gender);
    if (x->kind == DL_REFERS_NAME) c->tags |= (uint8_t)(1u << dl_chain_tagged(s, m));
    if (x->number) c->numbers |= x->number;
    if (x->type && (!c->type || (x->kind == DL_REFERS_NAME && !c->names))) c->type = x->type;
    if (x->kind == DL_REFERS_NAME) add_name(s, c, m);
    post(s, m);
}

/* How often its head and its words were there before. */
void dl_chain_look(dl_chains *s, uint32_t m)
{
    dl_noted *x = &s->noted[m];
    uint32_t k = s->last_of[tok(s, s->m[m].head)->low_id];
    for (uint32_t n = 0; k && n < OF_WORD; n++, k = s->posted.v[k - 1].before) {
        uint32_t a = s->posted.v[k - 1].mention;
        x->seen++;
        x->same += s->noted[a].phrase == x->phrase;
    }
}

/* ---- by the weights ---- */

static bool buckets(const dl_model *m, const char *name, dl_linear *out)
{
    dl_tensor t;
    if (!dl_model_tensor(m, name, DL_T_U64, &t) || t.count < 2 || t.count & (t.count - 1)) return false;
    out->bucket = t.at;
    for (out->shift = 64; (1u << (64 - out->shift)) < t.count;) out->shift--;
    return true;
}

bool dl_chain_weights_of(const dl_model *m, dl_chain_weights *w)
{
    dl_clusters_of(m, &w->clusters);
    return buckets(m, "coref.weight", &w->link) && dl_rows_of(m, (const char *const[]){ "coref.type", "coref.type.row", "coref.type.dense" }, DL_REFERS_TYPE_N, &w->type);
}

void dl_chain_guess_types(const dl_rows *g, const dl_chains *s)
{
    uint64_t f[DL_TYPE_FEATURES];
    for (uint32_t i = 0; i < s->n; i++) {
        int16_t score[DL_ROWS_CLASSES] = { 0 };
        if (s->m[i].kind == DL_REFERS_PRONOUN) continue;
        dl_rows_score(g, f, dl_type_features(s, i, f), score);
        s->m[i].type = (uint8_t)dl_rows_best(score, 1, DL_REFERS_TYPE_N);
    }
}

static uint32_t best_link(const dl_chains *s, const dl_linear *g, uint32_t m)
{
    uint64_t f[DL_CHAIN_FEATURES];
    uint32_t from[DL_CHAIN_CANDIDATES], n = dl_chain_candidates(s, m, from), best = DL_NO_MENTION;
    int32_t most = dl_linear_score(g, f, dl_chain_new_features(s, m, f));
    for (uint32_t i = 0; i < n; i++) {
        int32_t score = dl_linear_score(g, f, dl_chain_pair_features(s, m, from[i], i, f));
        if (score > most) most = score, best = from[i];
    }
    return best;
}

void dl_chain_mentions(const dl_chain_weights *g, const dl_codebook *book, dl_arena *scratch, const dl_language *l, dl_coref *c)
{
    dl_marker mark = dl_mark(scratch);
    dl_chains s;
    dl_chains_open(&s, &g->clusters, book, scratch, l, c);
    dl_chain_guess_types(&g->type, &s);
    for (uint32_t m = 0; m < c->n; m++) {
        dl_chain_look(&s, m);
        dl_chain_link(&s, m, best_link(&s, &g->link, m));
    }
    dl_reset(scratch, mark);
}

void dl_read_coref(const dl_model *model, const dl_codebook *book, dl_arena *doc, dl_arena *scratch, dl_language *l)
{
    dl_chain_weights g;
    l->coref = NULL;
    if (!dl_chain_weights_of(model, &g)) return;
    dl_coref *c = dl_new(doc, dl_coref, 1);
    dl_find_mentions(book, doc, scratch, l, c);
    dl_chain_mentions(&g, book, scratch, l, c);
    l->coref = c;
}
