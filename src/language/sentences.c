/* sentences.c - where sentences end within a block: a linear model asked at every mark after which one may end.
 * Rules make the candidates, the model decides: abbreviations, quotes that close behind the full stop, initials, lists. */
#include "language/words.h"
#include "base/utf8.h"

/* Coarse kinds of tokens, by their first character. */
enum { K_NONE, K_LOWER, K_CAPITAL, K_DIGIT, K_STOP, K_QUOTE, K_OPEN_QUOTE, K_CLOSE_QUOTE, K_OPEN, K_CLOSE, K_COMMA, K_COLON, K_DASH, K_OTHER };

static uint32_t first_char(dl_str s) { uint32_t i = 0; return s.n ? dl_utf8_next(s, &i) : 0; }

static uint32_t kind(const dl_token *t)
{
    uint32_t c = first_char(t->text);
    if (dl_alpha((unsigned char)t->text.p[0])) return t->capital ? K_CAPITAL : K_LOWER;
    if (c < 0x80 && dl_digit((unsigned char)c)) return K_DIGIT;
    switch (c) {
    case '.': case '!': case '?': case 0x2026: return K_STOP;
    case '"': case '\'': return t->text.n > 2 ? K_LOWER : K_QUOTE;
    case 0x201C: case 0x2018: case '`': case 0xAB: case 0x201E: return K_OPEN_QUOTE;
    case 0x201D: case 0x2019: case 0xBB: return t->text.n > 6 ? K_LOWER : K_CLOSE_QUOTE;
    case '(': case '[': case '{': return K_OPEN;
    case ')': case ']': case '}': return K_CLOSE;
    case ',': return K_COMMA;
    case ':': case ';': return K_COLON;
    case '-': case 0x2013: case 0x2014: return K_DASH;
    default: return t->capital ? K_CAPITAL : c >= 0x80 && dl_cp_alpha(c) ? K_LOWER : K_OTHER;
    }
}

bool dl_end_candidate(const dl_end_state *s, uint32_t i)
{
    dl_str x = s->t[i].text;
    if (x.p[x.n - 1] == '.') return true;
    unsigned char c = (unsigned char)x.p[0];
    if (dl_alpha(c) || dl_digit(c) || c == ',') return false;
    uint32_t k = kind(&s->t[i]);
    return k >= K_STOP && k != K_COMMA && k != K_OPEN;
}

/* What is open behind each token: bit 0 a straight double quote, bit 1 a typographic one, bit 2 a bracket. */
void dl_end_prepare(dl_end_state *s, const dl_token *t, uint32_t n, uint8_t *open)
{
    uint8_t now = 0;
    for (uint32_t i = 0; i < n; i++) {
        switch (first_char(t[i].text)) {
        case '"': now ^= 1; break;
        case 0x201C: now |= 2; break;
        case 0x201D: now &= (uint8_t)~2; break;
        case '(': case '[': now |= 4; break;
        case ')': case ']': now &= (uint8_t)~4; break;
        default: break;
        }
        open[i] = now;
    }
    *s = (dl_end_state){ t, n, 0, open, (uint32_t)dl_case_of(t, n) };
}

typedef struct { uint32_t word, kind, glued; } neighbour;

static neighbour at(const dl_end_state *s, int64_t i)
{
    if (i < 0 || i >= s->n) return (neighbour){ 1, K_NONE, 0 };
    return (neighbour){ dl_word_hash(s->t[i].low), kind(&s->t[i]), !s->t[i].space_before };
}

static uint32_t far(uint32_t n) { return n < 4 ? n : n < 8 ? 4 : n < 16 ? 5 : n < 32 ? 6 : 7; }

static uint32_t of_length(const dl_token *t) { return t->text.n < 6 ? t->text.n : 6; }

uint32_t dl_end_features(const dl_end_state *s, uint32_t i, uint64_t *f)
{
    const uint64_t *start = f;
    neighbour a = at(s, (int64_t)i - 1), c = at(s, i), x = at(s, (int64_t)i + 1), y = at(s, (int64_t)i + 2);
    uint32_t next = x.kind * 2 + x.glued, open = s->open[i], len = far(i - s->start);
    uint32_t last = i > s->start ? of_length(&s->t[i - 1]) * 16 + a.kind : 0;
    *f++ = dl_f1(0, 0);
    *f++ = dl_f1(1, c.word);
    *f++ = dl_f2(2, c.word, next);
    *f++ = dl_f3(3, c.word, next, open);
    *f++ = dl_f3(4, c.word, next, y.kind);
    *f++ = dl_f2(5, c.word, a.word);
    *f++ = dl_f2(6, c.word, x.word);
    *f++ = dl_f1(7, x.word);
    *f++ = dl_f2(8, x.word, y.word);
    *f++ = dl_f2(9, c.word, len);
    *f++ = dl_f3(10, c.word, next, len);
    *f++ = dl_f3(11, c.word, last, next);
    *f++ = dl_f2(12, a.word, next);
    *f++ = dl_f3(13, c.word, a.kind, next);
    *f++ = dl_f3(14, c.kind, next, open);
    *f++ = dl_f4(15, c.kind, a.kind, next, y.kind);
    *f++ = dl_f4(16, c.word, c.glued, next, open);
    *f++ = dl_f3(17, c.word, next, s->mode);
    *f++ = dl_f3(18, c.kind, x.kind, y.word);
    *f++ = dl_f3(19, c.kind, next, open * 8 + len);
    *f++ = dl_f4(20, c.word, a.kind * 16 + c.glued, next, open);
    return (uint32_t)(f - start);
}

static bool letter(const dl_token *t) { return t->text.n == 1 && dl_upper((unsigned char)t->text.p[0]); }

/* "the U . S . Congress": text that was cut into tokens before it came here. */
static bool spaced_letters(const dl_end_state *s, uint32_t i)
{
    return i > s->start && i + 2 < s->n && dl_is(s->t[i].text, ".") && s->t[i].space_before && letter(&s->t[i - 1]) && letter(&s->t[i + 1]) && dl_is(s->t[i + 2].text, ".") && s->t[i + 2].space_before;
}

static bool ends_here(const dl_weights *g, const dl_end_state *s, uint32_t i)
{
    uint64_t f[DL_END_FEATURES];
    int16_t score[DL_ROWS_CLASSES] = { 0 };
    if (spaced_letters(s, i)) return false;
    dl_rows_score(&g->ends, f, dl_end_features(s, i, f), score);
    return score[1] > score[0];
}

uint32_t dl_cut_sentences(const dl_weights *g, const dl_token *t, uint32_t n, uint8_t *open, uint32_t *end)
{
    dl_end_state s;
    uint32_t k = 0;
    dl_end_prepare(&s, t, n, open);
    for (uint32_t i = 0; i < n; i++) {
        bool full = i + 1 - s.start == DL_SENT_MAX;
        if (i + 1 < n && !full && !(dl_end_candidate(&s, i) && ends_here(g, &s, i))) continue;
        end[k++] = i + 1;
        s.start = i + 1;
    }
    return k;
}
