/* conllu.c - sentences as CoNLL-U: ten columns, a line a word, as Universal Dependencies writes them. */
#include "language/language.h"

/* Clitics and fused halves belong to the token before them (a multi-word token). */
static bool clitic(const dl_token *t)
{
    static const char *const half[] = { "n't", "nt", "not", "na", "ta", NULL };
    if (t->space_before) return false;
    if (t->low.n && t->low.p[0] == '\'' && (t->low.n > 1 || t->xpos == DL_POS)) return t->low.n == 1 || dl_alpha((unsigned char)t->low.p[1]);
    for (const char *const *h = half; *h; h++) if (dl_is(t->low, *h)) return true;
    return false;
}

/* A field holds no tab and no line end; a blank may stand in it. */
static void put_field(dl_buf *out, dl_str s)
{
    if (!s.n) dl_putc(out, '_');
    for (uint32_t i = 0; i < s.n; i++) dl_putc(out, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
}

/* Lemmas are lower case here; CoNLL-U wants names and "I" as they are written. */
static dl_str lemma(const dl_token *t)
{
    if (dl_is(t->lemma, "i") && t->upos == DL_PRON) return DL_STR("I");
    bool as_written = t->upos == DL_PROPN && t->lemma.n <= t->low.n && t->low.n == t->text.n && memcmp(t->lemma.p, t->low.p, t->lemma.n) == 0;
    return as_written ? dl_cut(t->text, 0, t->lemma.n) : t->lemma;
}

/* Penn tags of punctuation, by the mark. */
static const char *penn(const dl_token *t)
{
    static const struct { const char *marks, *tag; } of[] = { { ",", "," }, { ".!?", "." }, { "([{", "-LRB-" }, { ")]}", "-RRB-" }, { "`", "``" }, { "\"'", "''" } };
    if (t->xpos != DL_PUNCTX || !t->text.n) return dl_xpos_name(t->xpos);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) if (strchr(of[i].marks, t->text.p[0])) return of[i].tag;
    return dl_starts(t->text, DL_STR("\xe2\x80\x9c")) || dl_starts(t->text, DL_STR("\xe2\x80\x98")) ? "``" : dl_starts(t->text, DL_STR("\xe2\x80\x9d")) || dl_starts(t->text, DL_STR("\xe2\x80\x99")) ? "''" : ":";
}

static bool space_behind(const dl_language *l, uint32_t i) { return i + 1 == l->ntok || l->tok[i + 1].space_before || l->tok[i + 1].at.b > l->tok[i].at.e; }

static const char *misc(const dl_language *l, uint32_t i) { return space_behind(l, i) ? "_" : "SpaceAfter=No"; }

/* The words of the sentence with one blank wherever white space stands: what its tokens and SpaceAfter spell. */
static void put_text(const dl_language *l, const dl_sentence *s, dl_str text, dl_buf *out)
{
    dl_putz(out, "# text = ");
    for (uint32_t i = s->first; i < s->end; i++) {
        put_field(out, dl_at(text, l->tok[i].at));
        if (i + 1 < s->end && space_behind(l, i)) dl_putc(out, ' ');
    }
    dl_putc(out, '\n');
}

/* Words first..end-1, written as one. */
static void put_surface(const dl_language *l, uint32_t first, uint32_t end, uint32_t number, dl_str text, dl_buf *out)
{
    dl_putf(out, "%u-%u\t", number, number + end - first - 1);
    for (uint32_t k = first; k < end; k++) put_field(out, dl_at(text, l->tok[k].at));
    dl_putf(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n", misc(l, end - 1));
}

static void put_word(const dl_language *l, const dl_sentence *s, uint32_t i, bool inside, dl_str text, dl_buf *out)
{
    const dl_token *t = &l->tok[i];
    dl_putf(out, "%u\t", i - s->first + 1);
    put_field(out, dl_at(text, t->at));
    dl_putc(out, '\t');
    put_field(out, lemma(t));
    dl_putf(out, "\t%s\t%s\t_\t%u\t%s\t_\t%s\n", dl_upos_name(t->upos), penn(t), t->head == i ? 0 : t->head - s->first + 1, dl_rel_name(t->rel), inside ? "_" : misc(l, i));
}

static void put_sentence(const dl_language *l, const dl_sentence *s, dl_str text, dl_buf *out)
{
    put_text(l, s, text, out);
    for (uint32_t i = s->first, e = i; i < s->end; i++) {
        if (i >= e) {
            for (e = i + 1; e < s->end && clitic(&l->tok[e]);) e++;
            if (e > i + 1) put_surface(l, i, e, i - s->first + 1, text, out);
            else e = i;
        }
        put_word(l, s, i, i < e, text, out);
    }
    dl_putc(out, '\n');
}

void dl_conllu(const dl_language *l, dl_str text, dl_str id, dl_buf *out)
{
    for (uint32_t i = 0; i < l->nsent; i++) {
        if (!i) { dl_putz(out, "# newdoc id = "); put_field(out, id); dl_putc(out, '\n'); }
        if (!i || l->sent[i].part != l->sent[i - 1].part) dl_putz(out, "# newpar\n");
        dl_putz(out, "# sent_id = ");
        put_field(out, id);
        dl_putf(out, "-%u\n", i + 1);
        put_sentence(l, &l->sent[i], text, out);
    }
}
