/* chain_features.c - features of the linear model that chains mentions: of a mention that starts a chain, of a pair. Most are conjoined with the
 * sorts of both mentions: "he" and a name are weighed otherwise than two names (Durrett and Klein 2013). */
#include "language/chains.h"
#include "language/words.h"

static const dl_token *tok(const dl_chains *s, uint32_t i) { return &s->lang->tok[i]; }
static uint32_t at_most(uint32_t x, uint32_t most) { return x < most ? x : most; }
static uint32_t steps(uint32_t d) { return d < 5 ? d : d < 8 ? 5 : d < 12 ? 6 : d < 20 ? 7 : d < 40 ? 8 : d < 100 ? 9 : 10; }
static bool subject(uint32_t rel) { return rel == DL_R_nsubj || rel == DL_R_nsubj_pass || rel == DL_R_nsubj_outer; }
static uint32_t role(uint32_t rel) { return subject(rel) ? 1 : rel == DL_R_obj || rel == DL_R_iobj ? 2 : rel == DL_R_nmod_poss ? 3 : rel == DL_R_obl || rel == DL_R_obl_agent ? 4 : rel == DL_R_nmod ? 5 : rel == DL_R_compound ? 6 : rel == DL_R_root ? 7 : rel == DL_R_appos ? 8 : 9; }

/* ---- what a phrase stands for ---- */

/* What the codebook knows of a word: a class with its kind, an actor, a place, a list. The numbers are part of the features: a list set in the middle of DL_LISTS wants new weights. */
static uint32_t kind_of_word(const dl_chains *s, dl_str low)
{
    uint32_t n, kind = 0;
    bool longer;
    if (!s->book) return 0;
    const dl_posting *p = dl_book_find(s->book, low, &n, &longer);
    for (uint32_t i = 0; i < n; i++) {
        if (p[i].kind == DL_P_CLASS) return 16 + dl_book_class(s->book, p[i].id)->kind;
        if (p[i].kind == DL_P_PLACE) kind = 1;
        else if (p[i].kind == DL_P_ACTOR) kind = 32 + dl_book_actor(s->book, p[i].id)->kind;
        else if (p[i].kind == DL_P_LIST && !kind && dl_book_list(s->book, p[i].id)->list != DL_LIST_page_words) kind = 64 + dl_book_list(s->book, p[i].id)->list;
    }
    return kind;
}

/* Asked once for each word of the report. */
static uint32_t book_kind(const dl_chains *s, const dl_token *t)
{
    uint16_t *known = &s->kind_of[t->low_id];
    if (!*known) *known = (uint16_t)(1 + kind_of_word(s, t->low));
    return *known - 1u;
}

uint32_t dl_chain_tagged(const dl_chains *s, uint32_t m)
{
    const dl_language *l = s->lang;
    uint32_t k = l->name_of ? l->name_of[s->m[m].head] : UINT32_MAX;
    return k != UINT32_MAX ? l->name[k].type : 0;
}

static uint32_t ending(dl_str w, uint32_t n) { return dl_word_hash(w.n > n ? dl_cut(w, w.n - n, w.n) : w); }

uint32_t dl_type_features(const dl_chains *s, uint32_t i, uint64_t *f)
{
    const uint64_t *start = f;
    const dl_refers *m = &s->m[i];
    const dl_noted *x = &s->noted[i];
    const dl_token *t = tok(s, m->head);
    uint32_t k = m->kind == DL_REFERS_NAME, kind = book_kind(s, t), end = m->te, shape = t->allcaps * 2u + (t->capital ? 1u : 0);
    while (end > m->head + 1 && tok(s, end - 1)->upos != DL_PROPN) end--;
    *f++ = dl_f1(0, k * 64 + x->sort);
    *f++ = dl_f2(1, k, x->head);
    *f++ = dl_f2(2, k, x->lemma);
    *f++ = dl_f2(3, k, ending(t->lemma, 3));
    *f++ = dl_f2(4, k, ending(t->lemma, 2));
    *f++ = dl_f3(5, k, ending(t->lemma, 4), m->number);
    *f++ = dl_f2(6, k, kind);
    *f++ = dl_f3(7, x->sort, x->preposition, k);
    *f++ = dl_f3(8, x->rel, x->governor, k);
    *f++ = dl_f3(9, x->preposition, x->governor, k);
    *f++ = dl_f2(10, x->rel, k);
    *f++ = dl_f2(11, x->first, k);
    *f++ = dl_f2(12, x->before, k);
    *f++ = dl_f2(13, x->behind, k);
    *f++ = dl_f3(14, shape, m->number, k);
    *f++ = dl_f3(15, m->gender, k, at_most(x->nname, 3));
    for (uint32_t w = 0; w < x->nmod && w < 5; w++) *f++ = dl_f2(16, k, dl_word_hash(dl_intern_str(&s->lang->words, s->mod.v[x->mods + w])));
    if (k) {
        *f++ = dl_f1(17, dl_word_hash(tok(s, end - 1)->low));
        *f++ = dl_f1(18, book_kind(s, tok(s, end - 1)));
        *f++ = dl_f1(19, ending(tok(s, end - 1)->low, 3));
        *f++ = dl_f1(20, book_kind(s, tok(s, m->tb)));
        *f++ = dl_f2(21, at_most(m->te - m->tb, 4), x->sort);
    }
    *f++ = dl_f2(23, k, x->relative);
    *f++ = dl_f2(24, k, dl_chain_tagged(s, i));
    *f++ = dl_f3(25, k, dl_chain_tagged(s, i), kind);
    *f++ = dl_f2(26, k, x->classes[0]);
    *f++ = dl_f2(27, k, x->classes[1]);
    *f++ = dl_f3(28, x->rel, x->governs, k);
    if (x->owner != UINT32_MAX) *f++ = dl_f2(22, x->tie, dl_word_hash(tok(s, x->owner)->lemma));
    return (uint32_t)(f - start);
}

/* ---- a mention alone ---- */

static uint32_t size(const dl_refers *m) { return at_most(m->te - m->tb, 5); }

uint32_t dl_chain_new_features(const dl_chains *s, uint32_t i, uint64_t *f)
{
    const uint64_t *start = f;
    const dl_refers *m = &s->m[i];
    const dl_noted *x = &s->noted[i];
    uint32_t k = x->sort, seen = at_most(x->seen, 3), same = at_most(x->same, 3), r = role(x->rel);
    *f++ = dl_f1(100, k);
    *f++ = dl_f2(101, k, x->lemma);
    *f++ = dl_f2(102, k, x->first);
    *f++ = dl_f2(103, k, size(m));
    *f++ = dl_f3(104, k, seen, same);
    *f++ = dl_f3(105, k, seen, size(m));
    *f++ = dl_f3(106, k, r, x->sent == 0);
    *f++ = dl_f2(107, k, x->before);
    *f++ = dl_f2(108, k, x->behind);
    *f++ = dl_f2(109, k, x->governor);
    *f++ = dl_f3(110, k, x->rel, x->governor);
    *f++ = dl_f2(111, k, steps(i));
    *f++ = dl_f3(112, k, x->expects, x->rel);
    *f++ = dl_f3(113, k, x->expects, x->governor);
    *f++ = dl_f3(114, k, m->number, m->type);
    *f++ = dl_f3(115, k, x->tie, at_most(x->nmod, 3));
    *f++ = dl_f4(116, k, m->type, seen, same);
    *f++ = dl_f2(117, k, x->preposition);
    *f++ = dl_f3(118, k, x->quote != 0, r);
    *f++ = dl_f3(119, k, tok(s, m->head)->capital, seen);
    *f++ = dl_f3(120, x->lemma, seen, k);
    return (uint32_t)(f - start);
}

/* ---- pairs ---- */

static bool has_word(const dl_chains *s, const dl_noted *x, uint32_t n, uint32_t w)
{
    for (uint32_t i = 0; i < n; i++) if (s->word.v[x->names + i] == w) return true;
    return false;
}

static uint32_t words_in(const dl_chains *s, const dl_noted *x, uint32_t nx, const dl_noted *y, uint32_t ny)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < nx; i++) n += has_word(s, y, ny, s->word.v[x->names + i]);
    return n;
}

/* How the words of two names, or of a noun and a name, go together: 0 none in common; 1 the same; 2 m's are among a's, 3 the other way; 4 both have some of their own; 5 one is what only
 * stands before the other. From 2 to 4 eight more if they end alike. */
static uint32_t name_match(const dl_chains *s, const dl_noted *x, const dl_noted *y)
{
    uint32_t core = words_in(s, x, x->ncore, y, y->ncore), all = words_in(s, x, x->nname, y, y->nname);
    if (!all) return 0;
    if (!core) return 5;
    if (all == x->nname && all == y->nname) return 1;
    return (all == x->nname ? 2 : all == y->nname ? 3 : 4) + (x->last == y->last ? 8 : 0);
}

/* The best and the worst match with the names of a chain. */
static uint32_t chain_match(const dl_chains *s, const dl_noted *x, const dl_chain *c)
{
    static const uint8_t rank[] = { 1, 7, 5, 4, 2, 1, 0, 0, 0, 0, 6, 5, 3 };
    uint32_t best = 0, worst = 8;
    for (uint32_t i = 0; i < c->names; i++) {
        uint32_t r = rank[name_match(s, x, &s->noted[c->name[i]])];
        if (r > best) best = r;
        if (r < worst) worst = r;
    }
    return best * 9 + worst;
}

/* The letters that the words of the longer name begin with. */
static bool acronym(const dl_chains *s, const dl_refers *a, const dl_refers *b)
{
    const dl_token *t = tok(s, a->head);
    dl_str w = t->text;
    uint32_t k = 0;
    if (!t->allcaps || a->te - a->tb > 2 || w.n < 2 || w.n > 8 || b->te - b->tb < 2) return false;
    for (uint32_t i = b->tb; i < b->te; i++) {
        char c = tok(s, i)->text.p[0];
        if (!dl_upper((unsigned char)c)) continue;
        if (k == w.n || w.p[k] != c) return false;
        k++;
    }
    return k == w.n;
}

/* 0 none has any, 1 all of m's are among a's, 2 some, 3 none of m's is, 4 m has none but a has. */
static uint32_t mods_match(const dl_chains *s, const dl_noted *x, const dl_noted *y)
{
    uint32_t both = 0;
    if (!x->nmod) return y->nmod ? 4 : 0;
    for (uint32_t i = 0; i < x->nmod; i++)
        for (uint32_t k = 0; k < y->nmod; k++) if (s->mod.v[x->mods + i] == s->mod.v[y->mods + k]) { both++; break; }
    return both == x->nmod ? 1 : both ? 2 : 3;
}

static uint32_t nested(const dl_refers *m, const dl_refers *a) { return a->tb <= m->tb && m->te <= a->te ? 1 : m->tb <= a->tb && a->te <= m->te ? 2 : 0; }

static uint32_t agreement(uint32_t own, uint32_t set) { return !own || !set ? 0 : set == own ? 1 : set & own ? 2 : 3; }
static uint32_t bit_of(const dl_refers *m) { return m->gender == 'm' ? 1 : m->gender == 'f' ? 2 : m->gender == 'n' ? 4 : 0; }

static uint32_t tied(const dl_chains *s, uint32_t m, uint32_t a)
{
    const dl_noted *x = &s->noted[m], *y = &s->noted[a];
    if (x->owner != UINT32_MAX && s->of_head[x->owner] == a) return x->tie;
    if (y->owner != UINT32_MAX && s->of_head[y->owner] == m) return 2 + y->tie;
    return 0;
}

bool dl_chain_tied(const dl_chains *s, uint32_t m, uint32_t a) { return tied(s, m, a) || acronym(s, &s->m[m], &s->m[a]) || acronym(s, &s->m[a], &s->m[m]); }

static uint32_t quotes(const dl_noted *x, const dl_noted *y) { return x->quote == y->quote ? (x->quote ? 1 : 0) : x->quote && y->quote ? 2 : x->quote ? 3 : 4; }

/* 1 a's chain speaks the quotation that m is in, 2 another does; 3 m speaks the quotation that a is in; 0 none of these. */
static uint32_t speaks(const dl_chains *s, uint32_t im, uint32_t ia, uint32_t *verb)
{
    dl_spoken x = s->spoken[s->noted[im].quote], y = s->spoken[s->noted[ia].quote];
    if (y.by == im) { *verb = y.verb; return 3; }
    if (x.by == DL_NO_MENTION || x.by >= im) return 0;
    *verb = x.verb;
    return s->m[x.by].chain == s->m[ia].chain ? 1 : 2;
}

uint32_t dl_chain_pair_features(const dl_chains *s, uint32_t im, uint32_t ia, uint32_t rank, uint64_t *f)
{
    const uint64_t *start = f;
    const dl_refers *m = &s->m[im], *a = &s->m[ia];
    const dl_noted *x = &s->noted[im], *y = &s->noted[ia];
    const dl_chain *c = &s->chain[a->chain];
    uint32_t k = x->sort, kk = k * 32 + y->rough, fine = k * 32 + y->sort, far = x->sent - y->sent, apart = steps(im - ia), near = far < 3 ? far : far < 6 ? 3 : 4;
    uint32_t same_head = x->lemma == y->lemma, same = x->phrase == y->phrase, match = name_match(s, x, y);
    uint32_t with_names = m->kind == DL_REFERS_PRONOUN ? 0 : chain_match(s, x, c);
    uint32_t mods = mods_match(s, x, y), strings = same * 2 + same_head, in = nested(m, a), rm = role(x->rel), ra = role(y->rel);
    uint32_t genders = agreement(bit_of(m), c->genders), numbers = agreement(m->number, c->numbers), types = m->type && c->type ? 1 + (m->type == c->type) : 0;
    uint32_t verbs = x->verb == y->verb ? 1 : x->sent == y->sent ? 2 : 0, tie = tied(s, im, ia), q = quotes(x, y), pronoun = m->kind == DL_REFERS_PRONOUN;
    uint32_t parts = at_most(x->part - y->part, 5), ctype = c->type, tag = c->tags;
    uint32_t verb = 0, says = speaks(s, im, ia, &verb);
    *f++ = dl_f1(0, fine);
    if (says) {
        *f++ = dl_f2(53, kk, says);
        *f++ = dl_f3(54, k, says, verb);
        *f++ = dl_f2(55, m->person, says);
    }
    *f++ = dl_f2(1, kk, near * 16 + (far ? 0 : im - ia > 3 ? 4 : im - ia));
    *f++ = dl_f2(2, kk, apart);
    *f++ = dl_f4(3, kk, strings, match, with_names);
    *f++ = dl_f2(4, k, y->lemma);
    *f++ = dl_f2(5, kk, y->first);
    *f++ = dl_f4(6, kk, genders, numbers, types);
    *f++ = dl_f4(7, kk, ra, rm, near);
    *f++ = dl_f4(8, kk, in, verbs, rm * 16 + ra);
    *f++ = dl_f3(9, kk, tie, near);
    *f++ = dl_f2(10, k, ctype * 16 + m->type);
    *f++ = dl_f3(11, kk, at_most(c->size, 4), near);
    *f++ = dl_f2(12, kk, rank);
    *f++ = dl_f3(13, kk, strings, mods);
    *f++ = dl_f3(14, kk, q, parts);
    *f++ = dl_f4(15, kk, at_most(y->nmod, 3), size(a), strings);
    *f++ = dl_f3(16, kk, c->names != 0, apart);
    *f++ = dl_f3(17, kk, y->before, near);
    *f++ = dl_f2(18, k, y->behind);
    *f++ = dl_f3(19, k, ctype, near * 16 + ra);
    *f++ = dl_f2(20, x->lemma, y->lemma);
    *f++ = dl_f3(21, kk, steps(im - c->last), ctype);
    *f++ = dl_f3(22, k, x->governor, ctype);
    *f++ = dl_f3(23, kk, x->governor == y->governor, rm * 16 + ra);
    *f++ = dl_f4(24, kk, rank, ra, ctype);
    *f++ = dl_f4(25, k, genders, ctype, rank);
    if (!pronoun) {
        *f++ = dl_f3(26, x->lemma, strings, y->rough);
        *f++ = dl_f4(27, kk, strings, near, mods);
        *f++ = dl_f4(28, kk, acronym(s, m, a) * 2u + acronym(s, a, m), match, types);
        *f++ = dl_f3(29, kk, with_names, types);
        *f++ = dl_f4(50, kk, match, dl_chain_tagged(s, im), tag);
        *f++ = dl_f3(40, kk, match, m->type);
        *f++ = dl_f4(41, k, match, m->type, ctype);
        *f++ = dl_f3(42, k, with_names, y->rough == x->rough);
        *f++ = dl_f4(43, kk, x->first, y->first == x->first, match);
        *f++ = dl_f4(30, fine, strings, size(m), size(a));
        *f++ = dl_f4(31, kk, strings, at_most(x->same, 3), near);
    } else {
        *f++ = dl_f3(32, x->lemma, x->rel, ra);
        *f++ = dl_f3(33, k, a->gender, y->lemma);
        *f++ = dl_f3(34, k, x->governor, y->lemma);
        *f++ = dl_f4(35, kk, steps(m->head - a->head), rm, ra);
        *f++ = dl_f4(36, k, x->expects, x->rel, y->rough);
        *f++ = dl_f4(37, fine, near, ra, numbers);
        *f++ = dl_f4(38, kk, c->genders, c->numbers, ctype);
        *f++ = dl_f3(39, k, q, y->governor);
        *f++ = dl_f4(44, k, steps(c->size), near, c->names != 0);
        *f++ = dl_f4(45, k, steps(c->size), rank, ctype);
        *f++ = dl_f4(47, k, tag, near, ra);
        *f++ = dl_f3(48, kk, tag, rank);
        *f++ = dl_f4(49, k, tag, ctype, genders);
        *f++ = dl_f3(51, k, x->rel, x->governs * 256u + y->classes[2]);
        *f++ = dl_f2(52, k, y->classes[1]);
        *f++ = dl_f4(46, k, y->rough, near * 16 + ra, a->tb == s->lang->sent[y->sent].first);
    }
    return (uint32_t)(f - start);
}
