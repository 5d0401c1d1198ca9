/* sentence.h - sentences made by hand, for tests of the facts stage that must not depend on a trained parser.
 *
 *     "Gunmen/NNS killed/VBD 12 people/NNS in/IN Kabul ./."
 *
 * Words with blanks between, each with its Penn tag, which may be left out where the word's shape tells it. The tree is the plainest that the tags allow: the first finite verb is the
 * root, nouns before it are its subject, after it its object, behind a preposition an oblique of it, behind "of" a modifier of the noun before.
 */
#ifndef TEST_SENTENCE_H
#define TEST_SENTENCE_H
#include <stdio.h>
#include "base/utf8.h"
#include "facts/facts.h"

static const struct { const char *tag; uint8_t xpos, upos; } sentence_tags[] = {
    { "CC", DL_CC, DL_CCONJ }, { "CD", DL_CD, DL_NUM }, { "DT", DL_DT, DL_DET }, { "IN", DL_IN, DL_ADP }, { "JJ", DL_JJ, DL_ADJ }, { "MD", DL_MD, DL_AUX }, { "NN", DL_NN, DL_NOUN },
    { "NNS", DL_NNS, DL_NOUN }, { "NNP", DL_NNP, DL_PROPN }, { "POS", DL_POS, DL_PART }, { "PRP", DL_PRP, DL_PRON }, { "RB", DL_RB, DL_ADV }, { "TO", DL_TO, DL_PART }, { "VB", DL_VB, DL_VERB },
    { "VBD", DL_VBD, DL_VERB }, { "VBG", DL_VBG, DL_VERB }, { "VBN", DL_VBN, DL_VERB }, { "VBZ", DL_VBZ, DL_VERB }, { "VBP", DL_VBP, DL_VERB }, { "BE", DL_VBD, DL_AUX }, { ".", DL_PUNCTX, DL_PUNCT },
};

static inline bool sentence_among(dl_str s, const char *words)        /* " a b c " */
{
    char z[40];
    if (s.n + 3 > sizeof z) return false;
    z[0] = ' ';
    memcpy(z + 1, s.p, s.n);
    memcpy(z + 1 + s.n, " ", 2);
    return strstr(words, z) != NULL;
}

static inline const char *sentence_guess(dl_str s)
{
    unsigned char c = (unsigned char)s.p[0];
    if (dl_digit(c) || (c == '\'' && s.n > 1 && dl_digit((unsigned char)s.p[1]))) return "CD";
    if (sentence_among(s, " . , ; : - ( ) \" ")) return ".";
    if (sentence_among(s, " the The a A an An this these that those every Every ")) return "DT";
    if (sentence_among(s, " of in In on On at At from From by By between Between until since Since for For through during over within with After after before Before under ")) return "IN";
    if (sentence_among(s, " to ")) return "TO";
    if (sentence_among(s, " and or ")) return "CC";
    if (sentence_among(s, " was were is are ")) return "BE";
    if (sentence_among(s, " will would could ")) return "MD";
    if (sentence_among(s, " last next early late ago later earlier now Early Late Last ")) return "RB";
    if (sentence_among(s, " one two three four five nine twelve twenty thirty fifty seventy hundred thousand million dozen Twenty Two Three ")) return "CD";
    return dl_upper(c) ? "NNP" : "NN";
}

static inline bool sentence_noun(const dl_token *t) { return t->upos == DL_NOUN || t->upos == DL_PROPN; }
static inline uint32_t sentence_next_noun(const dl_language *L, uint32_t i, bool numbers)
{
    for (uint32_t k = i + 1; k < L->ntok && k < i + 6; k++) {
        if (sentence_noun(&L->tok[k]) && !(k + 1 < L->ntok && L->tok[k + 1].xpos == DL_NNS)) return k;
        if (numbers && L->tok[k].upos == DL_NUM && !(k + 1 < L->ntok && (sentence_noun(&L->tok[k + 1]) || L->tok[k + 1].upos == DL_NUM || L->tok[k + 1].upos == DL_ADJ))) return k;
        if (L->tok[k].upos == DL_PUNCT && !dl_is(L->tok[k].text, "-")) break;
    }
    return UINT32_MAX;
}

static inline void sentence_head(dl_language *L, uint32_t i, uint32_t root, bool passive)
{
    dl_token *t = &L->tok[i];
    uint32_t next = sentence_next_noun(L, i, t->upos == DL_ADP);
    t->head = root;
    if (i == root) { t->rel = DL_R_root; return; }
    if (t->xpos == DL_MD) { t->rel = DL_R_aux; return; }
    if (t->upos == DL_AUX) { t->rel = passive ? DL_R_aux_pass : DL_R_cop; return; }
    if (t->upos == DL_PUNCT) { t->rel = DL_R_punct; return; }
    if (t->xpos == DL_TO) { t->rel = DL_R_mark; return; }
    if (t->upos == DL_ADP && next != UINT32_MAX) { t->rel = DL_R_case_; t->head = next; return; }
    if (t->upos == DL_DET && next != UINT32_MAX) { t->rel = DL_R_det; t->head = next; return; }
    if (t->upos == DL_ADJ && next != UINT32_MAX) { t->rel = DL_R_amod; t->head = next; return; }
    bool part = i + 1 < L->ntok && dl_is(L->tok[i + 1].low, "of");                  /* "three of the men" */
    if (t->upos == DL_NUM && next != UINT32_MAX && !part) { t->rel = DL_R_nummod; t->head = next; return; }
    if (t->upos == DL_ADV) { t->rel = DL_R_advmod; return; }
    uint32_t k = i;
    while (k > 0 && (L->tok[k - 1].upos == DL_NUM || L->tok[k - 1].upos == DL_DET || L->tok[k - 1].upos == DL_ADJ || L->tok[k - 1].upos == DL_ADV || L->tok[k - 1].upos == DL_NOUN)) k--;
    bool of = k > 1 && dl_is(L->tok[k - 1].low, "of"), prep = k > 0 && L->tok[k - 1].upos == DL_ADP;
    if (of) { t->rel = DL_R_nmod; t->head = k - 2; return; }
    t->rel = prep ? DL_R_obl : i < root ? (passive ? DL_R_nsubj_pass : DL_R_nsubj) : DL_R_obj;
}

static inline void sentence_children(dl_arena *a, dl_language *L)
{
    L->child_first = dl_new(a, uint32_t, L->ntok + 1);
    L->child = dl_new(a, uint32_t, L->ntok + 1);
    uint32_t n = 0;
    for (uint32_t h = 0; h < L->ntok; h++) {
        L->child_first[h] = n;
        for (uint32_t i = 0; i < L->ntok; i++) if (L->tok[i].head == h && i != h) L->child[n++] = i;
    }
    L->child_first[L->ntok] = n;
}

/* One sentence, one part; the article's text is the words with blanks between, none around a hyphen. */
static inline void sentence_make(dl_arena *a, const char *spec, dl_article *art, dl_language *L)
{
    size_t len = strlen(spec);
    char *text = dl_new(a, char, len + 1);
    uint32_t n = 0;
    *L = (dl_language){ .tok = dl_new(a, dl_token, len + 1), .sent = dl_new(a, dl_sentence, 1), .nsent = 1 };
    for (const char *p = spec; *p;) {
        const char *end = p + strcspn(p, " "), *slash = end;
        while (slash > p && *slash != '/') slash--;
        bool tagged = slash > p && dl_upper((unsigned char)slash[1]);
        dl_str word = { p, (uint32_t)((tagged ? slash : end) - p) };
        bool tight = L->ntok && (dl_is(word, "-") || dl_is(L->tok[L->ntok - 1].text, "-"));         /* a hyphen stands without blanks */
        if (n && !tight) text[n++] = ' ';
        dl_token *t = &L->tok[L->ntok++];
        memcpy(text + n, word.p, word.n);
        t->at = (dl_span){ n, n + word.n };
        n += word.n;
        t->text = (dl_str){ text + t->at.b, word.n };
        t->low = t->lemma = dl_lowered(a, t->text);
        t->capital = dl_upper((unsigned char)word.p[0]);
        t->space_before = L->ntok > 1 && !tight;
        char tag[8] = "";
        snprintf(tag, sizeof tag, "%.*s", tagged ? (int)(end - slash - 1) : 7, tagged ? slash + 1 : sentence_guess(word));
        for (size_t k = 0; k < sizeof sentence_tags / sizeof *sentence_tags; k++)
            if (!strcmp(tag, sentence_tags[k].tag)) { t->xpos = sentence_tags[k].xpos; t->upos = sentence_tags[k].upos; }
        p = *end ? end + 1 : end;
    }
    art->text = (dl_str){ text, n };
    L->sent[0] = (dl_sentence){ .end = L->ntok, .at = { 0, n } };
    uint32_t root = 0;
    bool passive = false;
    for (uint32_t i = L->ntok; i-- > 0;) if (L->tok[i].upos == DL_VERB && L->tok[i].xpos != DL_VBG) root = i;
    for (uint32_t i = 0; i < root; i++) passive |= L->tok[i].upos == DL_AUX && L->tok[i].xpos != DL_MD && L->tok[root].xpos == DL_VBN;
    for (uint32_t i = 0; i < L->ntok; i++) sentence_head(L, i, root, passive);
    L->sent[0].root = root;
    sentence_children(a, L);
}
#endif
