/* chain_notes.c - mentions as the linear model sees them: hashes of their words, where they stand, what they are tied to. */
#include "language/chains.h"
#include "language/words.h"

static const dl_token *tok(const dl_chains *s, uint32_t i) { return &s->lang->tok[i]; }
static bool subject(uint32_t rel) { return rel == DL_R_nsubj || rel == DL_R_nsubj_pass || rel == DL_R_nsubj_outer; }
static uint32_t word_at(const dl_chains *s, uint32_t i, const dl_sentence *in) { return i >= in->first && i < in->end ? dl_word_hash(tok(s, i)->low) : 1; }

/* ---- quotations: what stands between quotation marks of one part ---- */

static int quote_mark(dl_str t)
{
    if (dl_is(t, "\"") || dl_is(t, "''") || dl_is(t, "``")) return 2;
    if (dl_is(t, "“") || dl_is(t, "«")) return 1;
    if (dl_is(t, "”") || dl_is(t, "»")) return -1;
    return 0;
}

static void find_quotes(dl_chains *s)
{
    const dl_language *l = s->lang;
    uint32_t open = 0, number = 0, part = UINT32_MAX;
    s->quote_of = dl_new(s->scratch, uint32_t, l->ntok + 1);
    for (uint32_t i = 0; i < l->ntok; i++) {
        if (l->sent[l->tok[i].sent].part != part) part = l->sent[l->tok[i].sent].part, open = 0;
        int q = quote_mark(l->tok[i].text);
        if (q == 1 || (q == 2 && !open)) open = ++number;
        else if (q) open = 0;
        s->quote_of[i] = q ? 0 : open;
    }
}

/* A verb with a subject, both outside, in the sentence where the quotation begins or ends: the nearest one. */
static void find_speaker(dl_chains *s, uint32_t first, uint32_t last, dl_spoken *out)
{
    const dl_language *l = s->lang;
    uint32_t b = l->sent[l->tok[first].sent].first, e = l->sent[l->tok[last].sent].end, nearest = UINT32_MAX;
    *out = (dl_spoken){ DL_NO_MENTION, 0 };
    for (uint32_t i = b; i < e; i++) {
        const dl_token *t = tok(s, i);
        uint32_t verb = t->head, apart = verb < first ? first - verb : verb > last ? verb - last : UINT32_MAX;
        if (s->quote_of[i] || !subject(t->rel) || s->of_head[i] == DL_NO_MENTION || s->quote_of[verb] || apart >= nearest || tok(s, verb)->upos != DL_VERB) continue;
        nearest = apart;
        *out = (dl_spoken){ s->of_head[i], dl_word_hash(tok(s, verb)->lemma) };
    }
}

static void find_speakers(dl_chains *s)
{
    const dl_language *l = s->lang;
    uint32_t n = 0, last;
    for (uint32_t i = 0; i < l->ntok; i++) if (s->quote_of[i] > n) n = s->quote_of[i];
    s->spoken = dl_new(s->scratch, dl_spoken, n + 1);
    s->spoken[0].by = DL_NO_MENTION;
    for (uint32_t i = 0; i < l->ntok; i = last + 1) {
        last = i;
        if (!s->quote_of[i]) continue;
        while (last + 1 < l->ntok && s->quote_of[last + 1] == s->quote_of[i]) last++;
        find_speaker(s, i, last, &s->spoken[s->quote_of[i]]);
    }
}

/* ---- sorts ---- */

enum { HE = 1, SHE, IT, THEY, I, WE, YOU, THIS, THESE, OTHER, NAME, THE, THAT_NOUN, OWNED, A_NOUN, BARE, SOME, JOINED };

static uint32_t pronoun_sort(const dl_refers *m, dl_str low)
{
    if (m->person == 3) return m->gender == 'm' ? HE : m->gender == 'f' ? SHE : m->gender == 'n' ? IT : THEY;
    if (m->person == 1) return m->number == 2 ? WE : I;
    if (m->person == 2) return YOU;
    return dl_is(low, "this") || dl_is(low, "that") ? THIS : dl_is(low, "these") || dl_is(low, "those") ? THESE : OTHER;
}

static uint32_t noun_sort(const dl_chains *s, const dl_refers *m)
{
    uint32_t k = m->tb;
    while (k < m->head && (tok(s, k)->upos == DL_PUNCT || tok(s, k)->rel == DL_R_det_predet)) k++;
    dl_str low = tok(s, k)->low;
    if (k == m->head) return BARE;
    if (dl_is(low, "the")) return THE;
    if (dl_is(low, "this") || dl_is(low, "that") || dl_is(low, "these") || dl_is(low, "those") || dl_is(low, "such")) return THAT_NOUN;
    if (dl_is(low, "a") || dl_is(low, "an") || dl_is(low, "another")) return A_NOUN;
    for (uint32_t c = s->lang->child_first[m->head]; c < s->lang->child_first[m->head + 1]; c++) if (tok(s, s->lang->child[c])->rel == DL_R_nmod_poss) return OWNED;
    return tok(s, k)->upos == DL_DET || tok(s, k)->upos == DL_NUM ? SOME : BARE;
}

static uint32_t sort_of(const dl_chains *s, const dl_refers *m)
{
    if (m->joined) return JOINED;
    if (m->kind == DL_REFERS_PRONOUN) return pronoun_sort(m, tok(s, m->head)->low);
    return m->kind == DL_REFERS_NAME ? NAME : noun_sort(s, m);
}

bool dl_chain_refers_back(const dl_chains *s, uint32_t m)
{
    uint32_t k = s->noted[m].sort;
    return k == THE || k == THAT_NOUN || k == OWNED || k == SOME || k < NAME;
}

static uint32_t rough_sort(uint32_t sort) { return sort <= NAME ? sort : sort == JOINED ? JOINED : sort <= OWNED ? THE : BARE; }

/* ---- words ---- */

static bool small_word(const dl_token *t) { return t->upos == DL_DET || t->upos == DL_ADP || t->upos == DL_PUNCT || t->upos == DL_PART || t->upos == DL_CCONJ || t->upos == DL_PRON; }

static uint32_t phrase_hash(const dl_chains *s, const dl_refers *m)
{
    uint32_t h = 7, n = 0;
    for (uint32_t i = m->tb; i < m->te && n < 12; i++) {
        const dl_token *t = tok(s, i);
        if (i < m->head && t->upos == DL_DET) continue;
        if (t->upos == DL_PART && i + 1 == m->te) continue;                        /* 's */
        h = (h ^ dl_word_hash(t->low)) * 0x9e3779b1u;
        h ^= h >> 15, n++;
    }
    return h;
}

/* The words by which a name can be found again; of a noun its head. First those that are the name itself, then those that only stand before it: of "the Hudson Bridge" "Bridge" is the
 * one, "Hudson" the other. */
static void list_names(dl_chains *s, const dl_refers *m, dl_noted *x)
{
    x->names = s->word.n;
    *dl_push(s->scratch, &s->word) = tok(s, m->head)->low_id;
    bool name = m->kind == DL_REFERS_NAME && !m->joined;
    for (uint32_t i = m->tb; name && i < m->te && s->word.n - x->names < 6; i++)
        if (i != m->head && tok(s, i)->rel == DL_R_flat && tok(s, i)->head == m->head) *dl_push(s->scratch, &s->word) = tok(s, i)->low_id;
    x->ncore = s->word.n - x->names;
    for (uint32_t i = m->tb; name && i < m->te && s->word.n - x->names < 6; i++)
        if (i != m->head && tok(s, i)->rel != DL_R_flat && tok(s, i)->upos == DL_PROPN && tok(s, i)->head == m->head) *dl_push(s->scratch, &s->word) = tok(s, i)->low_id;
    x->nname = s->word.n - x->names;
    x->last = s->word.v[x->names + x->ncore - 1];
}

static void list_mods(dl_chains *s, const dl_refers *m, dl_noted *x)
{
    x->mods = s->mod.n;
    for (uint32_t i = m->tb; i < m->te && s->mod.n - x->mods < 8; i++)
        if (i != m->head && !small_word(tok(s, i))) *dl_push(s->scratch, &s->mod) = tok(s, i)->low_id;
    x->nmod = s->mod.n - x->mods;
}

/* ---- ties of the tree ---- */

static uint32_t child_of(const dl_chains *s, uint32_t i, dl_rel rel)
{
    for (uint32_t c = s->lang->child_first[i]; c < s->lang->child_first[i + 1]; c++) if (tok(s, s->lang->child[c])->rel == rel) return s->lang->child[c];
    return UINT32_MAX;
}

static void note_tie(const dl_chains *s, const dl_refers *m, dl_noted *x)
{
    const dl_token *t = tok(s, m->head);
    x->owner = UINT32_MAX;
    if (m->joined) return;
    if (t->rel == DL_R_appos) x->owner = t->head, x->tie = 1;
    else if (child_of(s, m->head, DL_R_cop) != UINT32_MAX && child_of(s, m->head, DL_R_case_) == UINT32_MAX && child_of(s, m->head, DL_R_nsubj) != UINT32_MAX) x->owner = child_of(s, m->head, DL_R_nsubj), x->tie = 2;
}

/* What "it" may only announce: "it is clear that", "it took an hour to". */
static uint32_t expected(const dl_chains *s, uint32_t verb)
{
    uint32_t set = 0;
    for (uint32_t c = s->lang->child_first[verb]; c < s->lang->child_first[verb + 1]; c++) {
        const dl_token *t = tok(s, s->lang->child[c]);
        set |= t->rel == DL_R_ccomp ? 1 : t->rel == DL_R_xcomp ? 2 : t->rel == DL_R_csubj ? 4 : t->rel == DL_R_cop ? 8 : t->rel == DL_R_advcl ? 16 : 0;
    }
    return set | (tok(s, verb)->upos == DL_ADJ ? 32u : 0);
}

static void note_tree(const dl_chains *s, const dl_refers *m, dl_noted *x)
{
    const dl_token *t = tok(s, m->head);
    uint32_t up = m->head;
    for (int i = 0; i < 4 && tok(s, up)->rel == DL_R_conj && tok(s, up)->head != up; i++) up = tok(s, up)->head;
    x->rel = tok(s, up)->rel;
    x->verb = tok(s, up)->head;
    x->governor = x->verb == up ? 3 : dl_word_hash(tok(s, x->verb)->lemma);
    uint32_t prep = child_of(s, m->head, DL_R_case_);
    x->preposition = prep != UINT32_MAX && prep < m->head ? dl_word_hash(tok(s, prep)->low) : 2;
    if (m->kind == DL_REFERS_PRONOUN) x->expects = expected(s, x->verb);
    if (t->rel == DL_R_root) x->governor = 3;
    uint16_t classes[3] = { 0 };
    if (x->governor != 3) dl_classes_of(s->clusters, dl_word_hash(tok(s, x->verb)->low), classes);
    x->governs = classes[1];
    note_tie(s, m, x);
}

/* "who" or "which" of the clause behind it. */
static uint32_t relative(const dl_chains *s, const dl_refers *m)
{
    uint32_t clause = child_of(s, m->head, DL_R_acl_relcl);
    if (clause == UINT32_MAX || m->joined) return 0;
    for (uint32_t i = m->head + 1; i <= clause && i < m->head + 6; i++) {
        const dl_token *t = tok(s, i);
        if (t->xpos == DL_WP || t->xpos == DL_WPS || t->xpos == DL_WDT || t->xpos == DL_WRB) return dl_word_hash(t->low);
    }
    return 1;
}

static void note(dl_chains *s, uint32_t i)
{
    dl_refers *m = &s->m[i];
    dl_noted *x = &s->noted[i];
    const dl_token *t = tok(s, m->head);
    const dl_sentence *in = &s->lang->sent[t->sent];
    x->sort = sort_of(s, m);
    x->rough = rough_sort(x->sort);
    x->head = dl_word_hash(t->low);
    x->lemma = dl_word_hash(t->lemma);
    dl_classes_of(s->clusters, x->head, x->classes);
    x->first = dl_word_hash(tok(s, m->tb)->low);
    x->before = word_at(s, m->tb - 1, in);
    x->behind = word_at(s, m->te, in);
    x->phrase = phrase_hash(s, m);
    x->sent = t->sent;
    x->part = in->part;
    x->quote = s->quote_of[m->head];
    note_tree(s, m, x);
    x->relative = relative(s, m);
    list_names(s, m, x);
    list_mods(s, m, x);
}

void dl_chains_open(dl_chains *s, const dl_clusters *clusters, const dl_codebook *book, dl_arena *scratch, const dl_language *l, dl_coref *c)
{
    memset(s, 0, sizeof *s);
    s->clusters = clusters, s->book = book, s->lang = l, s->m = c->v, s->n = c->n, s->scratch = scratch;
    s->noted = dl_new(scratch, dl_noted, c->n + 1);
    s->chain = dl_new(scratch, dl_chain, c->n + 1);
    s->of_head = c->of_head;
    s->last_of = dl_new(scratch, uint32_t, l->words.strs.n + 2);
    s->kind_of = dl_new(scratch, uint16_t, l->words.strs.n + 2);
    s->before_person = dl_new(scratch, uint32_t, c->n + 1);
    for (int p = 0; p < 4; p++) s->last_person[p] = DL_NO_MENTION;
    find_quotes(s);
    find_speakers(s);
    for (uint32_t i = 0; i < c->n; i++) note(s, i);
}
