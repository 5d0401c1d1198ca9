/* language.c - the language stage on one page: blocks are cut into tokens and sentences; each sentence is tagged, its words get lemmas,
 * it is parsed and its arcs are named. */
#include "language/words.h"
#include "base/error.h"

static const char *const rel_names[DL_REL_N] = {
#define X(id, name) name,
    DL_RELS(X)
#undef X
};

static const char *const upos_names[DL_UPOS_N] = { "X", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB" };

static const char *const xpos_names[DL_XPOS_N] = { "XX", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NN", "NNS", "NNP", "NNPS", "PDT", "POS", "PRP", "PRP$",
    "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "PUNCT" };

const char *dl_rel_name(dl_rel r) { return rel_names[r]; }
const char *dl_upos_name(dl_upos u) { return upos_names[u]; }
const char *dl_xpos_name(dl_xpos x) { return xpos_names[x]; }

/* What one call works with. */
typedef struct {
    dl_word         room[DL_SENT_MAX + 2 * DL_PAD];
    dl_parse_state  tree;
    dl_label_state  label;
} desk;

typedef struct {
    const dl_weights *g;             /* NULL: the model does not fit, trees are flat */
    dl_arena         *doc, *scratch;
    dl_language      *out;
    desk             *desk;
    DL_VEC(dl_sentence) sent;
} reading;

static void tag_sentence(reading *r, dl_token *t, uint32_t n, dl_word *w)
{
    dl_words_fill(r->g, t, n, w);
    dl_tag(r->g, w, n);
    for (uint32_t i = 0; i < n; i++) {
        t[i].upos = w[i].upos;
        t[i].xpos = r->g->tag_xpos[w[i].cls];
        t[i].lemma = dl_lemma(r->g, r->doc, t[i].low, w[i].cls);
    }
}

static uint32_t parse_sentence(reading *r, dl_token *t, uint32_t first, uint32_t n, dl_word *w)
{
    dl_parse_state *p = &r->desk->tree;
    dl_label_state *l = &r->desk->label;
    uint32_t root = first;
    dl_parse(r->g, w, n, p);
    dl_label_start(l, w, n, p->head);
    dl_label(r->g, l);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t h = p->head[i + 1];
        t[i].head = first + (h > n ? i : h - 1);
        t[i].rel = l->rel[i + 1];
        if (h > n) root = first + i;
    }
    return root;
}

/* Without weights: words hang on the first one. */
static void flat_sentence(dl_token *t, uint32_t first, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        t[i].lemma = t[i].low;
        t[i].head = first;
        t[i].rel = i ? DL_R_dep : DL_R_root;
    }
}

/* The first word of a sentence may owe its capital to that: quotes and brackets before it do not count. */
static void mark_first(dl_token *t, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        t[i].sentence_first = 1;
        unsigned char c = (unsigned char)t[i].text.p[0];
        if (dl_alpha(c) || dl_digit(c) || (c >= 0x80 && t[i].text.n > 3)) return;
    }
}

static void read_sentence(reading *r, uint32_t first, uint32_t n, uint32_t part)
{
    dl_token *t = r->out->tok + first;
    uint32_t sent = r->sent.n, root = first;
    dl_sentence *s = dl_push(r->scratch, &r->sent);
    mark_first(t, n);
    for (uint32_t i = 0; i < n; i++) t[i].sent = sent;
    if (r->g) {
        dl_word *w = r->desk->room + DL_PAD;
        tag_sentence(r, t, n, w);
        root = parse_sentence(r, t, first, n, w);
    } else flat_sentence(t, first, n);
    *s = (dl_sentence){ first, first + n, { t[0].at.b, t[n - 1].at.e }, root, part, dl_case_of(t, n) == DL_CASE_SHOUT };
}

static void read_block(reading *r, dl_str text, dl_span block, uint32_t part, const dl_span *at, uint32_t n, uint32_t first)
{
    dl_token *t = r->out->tok + first;
    for (uint32_t i = 0; i < n; i++) {
        dl_token_fill(r->doc, text, at[i], i ? at[i - 1].e : block.b + 1, &t[i]);
        t[i].low_id = dl_intern_id(&r->out->words, r->doc, t[i].low);
    }
    uint8_t *open = dl_new(r->scratch, uint8_t, n);
    uint32_t *end = dl_new(r->scratch, uint32_t, n), k = 1;
    if (r->g) k = dl_cut_sentences(r->g, t, n, open, end);
    else for (k = 0; k * DL_SENT_MAX < n; k++) end[k] = n - k * DL_SENT_MAX > DL_SENT_MAX ? (k + 1) * DL_SENT_MAX : n;
    for (uint32_t i = 0, b = 0; i < k; b = end[i++]) read_sentence(r, first + b, end[i] - b, part);
}

static void keep_sentences(reading *r)
{
    r->out->nsent = r->sent.n;
    r->out->sent = dl_new(r->doc, dl_sentence, r->sent.n + 1);
    if (r->sent.n) memcpy(r->out->sent, r->sent.v, r->sent.n * sizeof *r->sent.v);
}

static void list_children(dl_arena *doc, dl_language *l)
{
    uint32_t n = l->ntok, *first = l->child_first = dl_new(doc, uint32_t, n + 2);
    l->child = dl_new(doc, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++) if (l->tok[i].head != i) first[l->tok[i].head + 1]++;
    for (uint32_t i = 0; i < n; i++) first[i + 1] += first[i];
    for (uint32_t i = 0; i < n; i++) if (l->tok[i].head != i) l->child[first[l->tok[i].head]++] = i;
    for (uint32_t i = n; i > 0; i--) first[i] = first[i - 1];
    first[0] = 0;
}

void dl_read_language(const dl_model *m, dl_arena *doc, dl_arena *scratch, dl_str text, const dl_span *block, const uint32_t *part, uint32_t nblock, dl_language *out)
{
    dl_marker mark = dl_mark(scratch);
    dl_weights g;
    const char *missing;
    memset(out, 0, sizeof *out);
    reading r = { .g = dl_weights_of(m, &g, &missing) ? &g : NULL, .doc = doc, .scratch = scratch, .out = out };
    dl_spans at = { 0 };
    uint32_t *behind = dl_new(scratch, uint32_t, nblock + 1);             /* tokens up to and with each block */
    for (uint32_t b = 0; b < nblock; b++) {
        dl_cut_tokens(scratch, text, block[b], &at);
        behind[b + 1] = at.n;
    }
    out->ntok = at.n;
    out->tok = dl_new(doc, dl_token, at.n + 1);
    r.desk = dl_new(scratch, desk, 1);
    for (uint32_t b = 0; b < nblock; b++)
        if (behind[b + 1] > behind[b]) read_block(&r, text, block[b], part ? part[b] : 0, at.v + behind[b], behind[b + 1] - behind[b], behind[b]);
    keep_sentences(&r);
    list_children(doc, out);
    dl_reset(scratch, mark);
}

bool dl_language_check(const dl_model *m, dl_error *err)
{
    dl_weights g;
    const char *missing = "";
    if (dl_weights_of(m, &g, &missing)) return true;
    dl_fail(err, DL_EFORMAT, "weights lack what the language stage needs: '%s'", missing);
    return false;
}

/* Trees made here are projective, so the outermost words below i are found along its outermost children. */
void dl_subtree(const dl_language *l, uint32_t i, uint32_t *b, uint32_t *e)
{
    uint32_t lo = i, hi = i;
    while (l->child_first[lo] < l->child_first[lo + 1] && l->child[l->child_first[lo]] < lo) lo = l->child[l->child_first[lo]];
    while (l->child_first[hi] < l->child_first[hi + 1] && l->child[l->child_first[hi + 1] - 1] > hi) hi = l->child[l->child_first[hi + 1] - 1];
    *b = lo;
    *e = hi;
}
