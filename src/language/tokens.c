/* tokens.c - from bytes to tokens, by rules.
 *
 * The conventions are those of the treebanks that the parser learned from (UD English EWT and GUM 2.16, near those of the Penn Treebank):
 * clitics are words of their own (do|n't, Belgium|'s, states|'), hyphenated words are cut (law|-|enforcement) but for those with a bound
 * prefix (anti-war, co-founder, mid-August), currency signs, percent signs and units are cut from numbers ($|25|bn), the full stop
 * stays with abbreviations and initials (Sept., U.S., J.). Addresses and numbers (1,200 7:30 9/11 713-853-3989) stay whole.
 *
 * Any bytes will do: an ill-formed byte counts as a letter, so that a word broken by a bad encoding stays one word.
 * Every look ahead is bounded, so time is linear.
 */
#include "language/words.h"
#include "language/abbreviations.h"
#include "base/utf8.h"

typedef struct { dl_str s; uint32_t b, e; } range;           /* the block under work within the text */

enum { LETTER = 1, DIGIT = 2, WHITE = 4, SINGLE = 8 };       /* SINGLE: scripts written without spaces: a character is a token */

/* Kind of a character beyond ASCII. */
static unsigned kind_wide(uint32_t cp)
{
    if (cp == 0xFFFD) return LETTER;
    if (cp == 0x200B || cp == 0xFEFF || dl_cp_space(cp)) return WHITE;
    if (cp == 0xAD || cp == 0x200C || cp == 0x200D) return LETTER;
    if (dl_cp_digit(cp)) return DIGIT;
    if (cp >= 0x3040 && cp < 0xFB00 && (cp < 0xA000 || cp >= 0xF900) && dl_cp_alpha(cp)) return SINGLE;
    return dl_cp_alpha(cp) ? LETTER : 0;
}

/* Character at i and its kind; *len is its length. Behind the end: 0. */
static uint32_t look(const range *r, uint32_t i, unsigned *kind, uint32_t *len)
{
    if (i >= r->e) { *kind = WHITE; *len = 0; return 0; }
    unsigned char c = (unsigned char)r->s.p[i];
    if (c < 0x80) {
        *len = 1;
        *kind = dl_alpha(c) ? LETTER : dl_digit(c) ? DIGIT : c <= ' ' || c == 0x7f ? WHITE : 0;
        return c;
    }
    uint32_t j = i, cp = dl_utf8_next((dl_str){ r->s.p, r->e }, &j);
    *len = j - i;
    *kind = kind_wide(cp);
    return cp;
}

static uint32_t peek(const range *r, uint32_t i) { unsigned k; uint32_t n; return look(r, i, &k, &n); }
static unsigned kind_at(const range *r, uint32_t i) { unsigned k; uint32_t n; look(r, i, &k, &n); return k; }
static bool byte_is(const range *r, uint32_t i, char c) { return i < r->e && r->s.p[i] == c; }
static bool digit_at(const range *r, uint32_t i) { return i < r->e && dl_digit((unsigned char)r->s.p[i]); }
static bool word_at(const range *r, uint32_t i) { return kind_at(r, i) & (LETTER | DIGIT); }
static bool white_at(const range *r, uint32_t i) { return kind_at(r, i) & WHITE; }
static bool apostrophe(uint32_t cp) { return cp == '\'' || cp == 0x2019 || cp == 0x2BC; }

/* Lower-case copy of a short slice, for the lists; empty if longer than max. */
static dl_str small(const range *r, uint32_t b, uint32_t e, char *out, uint32_t max)
{
    dl_str none = { out, 0 };
    if (e - b > max) return none;
    for (uint32_t i = b; i < e; i++) out[i - b] = (char)dl_tolower((unsigned char)r->s.p[i]);
    return (dl_str){ out, e - b };
}

static bool in_list(const char *const *list, dl_str s)
{
    for (; *list; list++) if (dl_is(s, *list)) return true;
    return false;
}

/* ---- addresses ------------------------------------------------------------------------------------------------------------- */

static bool starts(const range *r, uint32_t i, const char *z)
{
    for (; *z; z++, i++) if (i >= r->e || dl_tolower((unsigned char)r->s.p[i]) != (unsigned char)*z) return false;
    return true;
}

/* End of an address at b: up to white space, quotes or angle brackets, without closing punctuation. */
static uint32_t address_end(const range *r, uint32_t b)
{
    uint32_t i = b;
    while (i < r->e) {
        unsigned char c = (unsigned char)r->s.p[i];
        if (c <= ' ' || c == '"' || c == '<' || c == '>' || c >= 0x80) break;
        i++;
    }
    while (i > b + 1 && strchr(".,;:!?)'\"]*", r->s.p[i - 1])) i--;
    return i;
}

static bool mail_char(unsigned char c) { return dl_alpha(c) || dl_digit(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%'; }

/* End of an e-mail address at b, or b. */
static uint32_t mail_end(const range *r, uint32_t b)
{
    uint32_t i = b, last = r->e - b > 64 ? b + 64 : r->e;
    while (i < last && mail_char((unsigned char)r->s.p[i])) i++;
    if (!byte_is(r, i, '@') || !word_at(r, i + 1)) return b;
    bool dot = false;
    for (i++; i < r->e && mail_char((unsigned char)r->s.p[i]); i++) dot |= r->s.p[i] == '.';
    while (r->s.p[i - 1] == '.' || r->s.p[i - 1] == '-') i--;
    return dot ? i : b;
}

static uint32_t special_end(const range *r, uint32_t b)
{
    if (starts(r, b, "http://") || starts(r, b, "https://") || starts(r, b, "ftp://") || starts(r, b, "www.")) return address_end(r, b);
    return mail_end(r, b);
}

/* ---- inside words ---------------------------------------------------------------------------------------------------------- */

/* A hyphen between digits: telephone numbers and dates stay whole, ranges and scores are cut. */
static bool number_chain(const range *r, uint32_t b)
{
    uint32_t group[8] = { 0 }, n = 0, i = b;
    for (; i < r->e && i - b < 32 && n < 8; i++) {
        if (digit_at(r, i)) group[n]++;
        else if (r->s.p[i] == '-' && digit_at(r, i + 1)) n++;
        else break;
    }
    return n >= 2 || (n == 1 && group[1] == 4 && (group[0] == 3 || group[0] == 5));
}

static bool hyphen_joins(const range *r, uint32_t b, uint32_t i)
{
    if (digit_at(r, i - 1) && digit_at(r, i + 1)) return digit_at(r, b) && number_chain(r, b);
    char buf[12];
    dl_str prefix = small(r, b, i, buf, sizeof buf);
    return prefix.n && in_list(dl_bound_prefixes, prefix);
}

static uint32_t run_of_letters(const range *r, uint32_t i)
{
    uint32_t n = 0;
    while (n < 8 && i + n < r->e && dl_alpha((unsigned char)r->s.p[i + n])) n++;
    return n;
}

/* A dot inside: numbers, acronyms (U.S, Ph.D), file and host names; not the missing blank after a sentence. */
static bool dot_joins(const range *r, uint32_t piece, uint32_t i)
{
    if (!word_at(r, i + 1)) return false;
    unsigned char before = (unsigned char)r->s.p[i - 1], after = (unsigned char)r->s.p[i + 1];
    if (!dl_upper(after) || dl_digit(before)) return true;
    if (i - piece <= 1) return true;
    return run_of_letters(r, i + 1) == 1 && i - piece <= 3;
}

static bool comma_joins(const range *r, uint32_t i)
{
    return digit_at(r, i - 1) && digit_at(r, i + 1) && digit_at(r, i + 2) && digit_at(r, i + 3) && !digit_at(r, i + 4);
}

static bool slash_joins(const range *r, uint32_t b, uint32_t i)
{
    for (uint32_t k = b; k < i; k++) if (!digit_at(r, k) && r->s.p[k] != '/') return false;
    return digit_at(r, i + 1);
}

/* Does the mark at i (character c, length len) belong to the word that began at b? piece: behind the last dot. */
static bool joins(const range *r, uint32_t b, uint32_t piece, uint32_t i, uint32_t c, uint32_t len)
{
    if (apostrophe(c)) return word_at(r, i + len);
    switch (c) {
    case '.': return dot_joins(r, piece, i);
    case ',': return comma_joins(r, i);
    case ':': return digit_at(r, i - 1) && digit_at(r, i + 1);
    case '-': case 0x2011: return word_at(r, i + len) && hyphen_joins(r, b, i);
    case '/': return slash_joins(r, b, i);
    case '&': return dl_upper((unsigned char)r->s.p[i - 1]) && i + 1 < r->e && dl_upper((unsigned char)r->s.p[i + 1]);
    case '_': case '@': case '*': return word_at(r, i + 1);
    default: return false;
    }
}

/* The end of the word that begins at b, its closing dot not looked at. */
static uint32_t word_end(const range *r, uint32_t b)
{
    uint32_t i = b, piece = b;
    for (;;) {
        unsigned kind;
        uint32_t len, c = look(r, i, &kind, &len);
        if (kind & SINGLE) return i == b ? i + len : i;
        if (!(kind & (LETTER | DIGIT)) && ((kind & WHITE) || i == b || !joins(r, b, piece, i, c, len))) return i;
        i += len;
        if (c == '.') piece = i;
    }
}

/* ---- the dot behind a word ------------------------------------------------------------------------------------------------- */

static bool acronym(const range *r, uint32_t b, uint32_t e)
{
    uint32_t run = 0, dots = 0;
    for (uint32_t i = b; i < e; i++) {
        if (r->s.p[i] == '.') { dots++; run = 0; }
        else if (!dl_alpha((unsigned char)r->s.p[i]) || ++run > 2) return false;
    }
    return dots > 0;
}

static uint32_t skip_white(const range *r, uint32_t i)
{
    for (;;) {
        unsigned kind;
        uint32_t len;
        look(r, i, &kind, &len);
        if (!(kind & WHITE) || len == 0) return i;
        i += len;
    }
}

/* An initial keeps its dot where a name goes on, not at the end of a sentence ("vitamin C."). */
static bool initial(const range *r, uint32_t b, uint32_t e)
{
    if (e - b != 1 || !dl_upper((unsigned char)r->s.p[b])) return false;
    if (byte_is(r, e + 1, ',') || byte_is(r, e + 1, ')')) return true;
    uint32_t next = skip_white(r, e + 1);
    return next < r->e && (dl_upper((unsigned char)r->s.p[next]) || (unsigned char)r->s.p[next] >= 0x80) && !(r->s.p[b] == 'I');
}

static bool keeps_dot(const range *r, uint32_t b, uint32_t e)
{
    if (!byte_is(r, e, '.') || byte_is(r, e + 1, '.')) return false;
    if (acronym(r, b, e) || initial(r, b, e)) return true;
    char buf[12];
    dl_str low = small(r, b, e, buf, sizeof buf);
    if (!low.n) return false;
    uint32_t next = skip_white(r, e + 1);
    if (in_list(dl_abbreviations, low)) return next < r->e || dl_is(low, "etc");
    if (in_list(dl_abbreviations_before_number, low)) return digit_at(r, next) || byte_is(r, e + 1, ',');
    return e - b <= 2 && digit_at(r, b) && digit_at(r, e - 1) && b == skip_white(r, r->b) && next < r->e && next > e + 1;   /* "1. " opens an item of a list */
}

/* ---- words that are two ---------------------------------------------------------------------------------------------------- */

/* Lower-case tail of a word with ’ as '. */
static dl_str straight_tail(const range *r, uint32_t b, uint32_t e, char out[16])
{
    uint32_t k = 0;
    for (uint32_t i = e - b > 14 ? e - 14 : b; i < e; ) {
        if (e - i >= 3 && memcmp(r->s.p + i, "\xE2\x80\x99", 3) == 0) { out[k++] = '\''; i += 3; }
        else out[k++] = (char)dl_tolower((unsigned char)r->s.p[i++]);
    }
    return (dl_str){ out, k };
}

/* Where the word's last clitic begins, or e. */
static uint32_t clitic(const range *r, uint32_t b, uint32_t e)
{
    char buf[16];
    dl_str t = straight_tail(r, b, e, buf);
    for (const char *const *c = dl_clitics; *c; c++) {
        dl_str tail = dl_str_of(*c);
        if (!dl_ends(t, tail)) continue;
        uint32_t behind = tail.p[0] == 'n' ? 1 : tail.n - 1;                         /* letters behind the apostrophe */
        uint32_t width = tail.n - 1 + (r->s.p[e - behind - 1] == '\'' ? 1 : 3);
        bool decade = dl_digit((unsigned char)r->s.p[b]) && tail.p[1] == 's';        /* 1990's */
        return e - b > width && !decade ? e - width : e;
    }
    return e;
}

static uint32_t second_word(const range *r, uint32_t b, uint32_t e)
{
    char buf[12];
    dl_str low = small(r, b, e, buf, sizeof buf);
    for (const dl_fused_word *f = dl_fused_words; low.n && f->word; f++) if (dl_is(low, f->word)) return b + f->cut;
    return e;
}

/* A number with its unit ("10km", "25bn", "5pm"): where the unit begins, or e. */
static uint32_t unit(const range *r, uint32_t b, uint32_t e)
{
    uint32_t i = b;
    while (i < e && (digit_at(r, i) || strchr(".,:", r->s.p[i]))) i++;
    char buf[8];
    dl_str low = small(r, i, e, buf, sizeof buf);
    return low.n && in_list(dl_units, low) ? i : e;
}

static void put(dl_arena *a, dl_spans *out, uint32_t b, uint32_t e) { *dl_push(a, out) = (dl_span){ b, e }; }

static void put_word(dl_arena *a, const range *r, dl_spans *out, uint32_t b, uint32_t e)
{
    if (digit_at(r, b)) {
        uint32_t u = unit(r, b, e);
        put(a, out, b, u);
        if (u < e) put(a, out, u, e);
        return;
    }
    uint32_t cut[4], n = 0, end = e;
    while (n < 4 && (cut[n] = clitic(r, b, end)) < end) end = cut[n++];
    uint32_t two = second_word(r, b, end);
    put(a, out, b, two);
    if (two < end) put(a, out, two, end);
    while (n--) put(a, out, cut[n], n ? cut[n - 1] : e);
}

/* ---- marks ----------------------------------------------------------------------------------------------------------------- */

static uint32_t run(const range *r, uint32_t i, const char *set)
{
    while (i < r->e && r->s.p[i] && strchr(set, r->s.p[i])) i++;
    return i;
}

/* 'em, '90s, 's: an apostrophe that begins a word. */
static uint32_t apostrophe_word(const range *r, uint32_t b, uint32_t len)
{
    uint32_t i = b + len, e = i;
    while (e < r->e && e - i < 8 && (dl_alpha((unsigned char)r->s.p[e]) || digit_at(r, e))) e++;
    if (e == i || word_at(r, e)) return b;
    if (digit_at(r, i) && digit_at(r, i + 1) && (e - i == 2 || (e - i == 3 && r->s.p[i + 2] == 's'))) return e;
    char buf[12];
    dl_str low = small(r, i, e, buf, sizeof buf);
    return in_list(dl_apostrophe_words, low) ? e : b;
}

static uint32_t smiley(const range *r, uint32_t b)
{
    uint32_t i = b + 1;
    if (byte_is(r, i, '-')) i++;
    if (!byte_is(r, i, ')') && !byte_is(r, i, '(')) return b;
    return white_at(r, i + 1) ? i + 1 : b;
}

/* End of the token that begins with a mark at b. fresh: white space stands before it. */
static uint32_t mark_end(const range *r, uint32_t b, uint32_t c, uint32_t len, bool fresh)
{
    uint32_t e = b + len;
    if (apostrophe(c) || c == 0x2018) {
        uint32_t w = c == 0x2018 && !digit_at(r, e) ? b : apostrophe_word(r, b, len);
        if (w > b) return w;
        uint32_t next = peek(r, e);
        return next == c || (c == 0x2018 && next == 0x2019) ? e + len : e;           /* '' and ’’ for double quotes */
    }
    switch (c) {
    case '.': return fresh && digit_at(r, e) ? word_end(r, e) : run(r, b, ".");
    case '!': case '?': return run(r, b, "!?");
    case '-': if (fresh && digit_at(r, e)) return word_end(r, e);
              return run(r, b, "-");
    case '+': if (fresh && digit_at(r, e)) return word_end(r, e);
              return run(r, b, "+");
    case '@': return fresh && (kind_at(r, e) & LETTER) ? word_end(r, e) : e;
    case ':': case ';': case '=': { uint32_t s = fresh ? smiley(r, b) : b; if (s > b) return s; } return c == '=' ? run(r, b, "=") : e;
    case '`': return byte_is(r, e, '`') ? e + 1 : e;
    case '*': return run(r, b, "*");
    case '_': return run(r, b, "_");
    case '~': return run(r, b, "~");
    case '<': return run(r, b, "<");
    case '>': return run(r, b, ">");
    case '|': return run(r, b, "|");
    default: break;
    }
    if (c < 0x80 || (c >= 0x2010 && c < 0x2040) || c == 0xAB || c == 0xBB) return e;
    for (uint32_t n = 0; n < 64 && peek(r, e) == c; n++) e += len;
    return e;
}

/* US$ and its like: letters that belong to the sign behind them. */
static uint32_t with_dollar(const range *r, uint32_t b, uint32_t e)
{
    char buf[4];
    dl_str low = small(r, b, e, buf, 3);
    return byte_is(r, e, '$') && low.n && in_list(dl_dollars, low) ? e + 1 : e;
}

void dl_cut_tokens(dl_arena *a, dl_str text, dl_span block, dl_spans *out)
{
    range r = { text, block.b, block.e };
    bool fresh = true;
    for (uint32_t i = block.b; i < block.e; ) {
        unsigned kind;
        uint32_t len, c = look(&r, i, &kind, &len), e;
        if (kind & WHITE) { i += len; fresh = true; continue; }
        if (!(kind & (LETTER | DIGIT | SINGLE))) {
            e = mark_end(&r, i, c, len, fresh);
            put(a, out, i, e);
        } else if ((e = special_end(&r, i)) > i) {
            put(a, out, i, e);
        } else {
            e = word_end(&r, i);
            uint32_t dollar = with_dollar(&r, i, e);
            if (dollar > e) put(a, out, i, dollar);
            else if (keeps_dot(&r, i, e)) put(a, out, i, dollar = e + 1);
            else put_word(a, &r, out, i, e);
            e = dollar;
        }
        i = e;
        fresh = false;
    }
}

/* ---- what a token's bytes say ---------------------------------------------------------------------------------------------- */

void dl_token_fill(dl_arena *a, dl_str text, dl_span at, uint32_t behind, dl_token *t)
{
    t->at = at;
    t->text = dl_at(text, at);
    t->low = dl_lowered(a, t->text);
    t->space_before = at.b != behind;
    uint32_t upper = 0, lower = 0;
    for (uint32_t i = 0; i < t->text.n; ) {
        unsigned char c = (unsigned char)t->text.p[i];
        if (c < 0x80) { upper += dl_upper(c); lower += dl_lower(c); i++; }
        else { uint32_t cp = dl_utf8_next(t->text, &i); upper += dl_cp_upper(cp); lower += dl_cp_lower(cp); }
        if (i == 1 || (c >= 0x80 && upper + lower <= 1)) t->capital = upper == 1;
    }
    t->allcaps = upper >= 2 && lower == 0;
}
