/* utf8.c - walking and checking UTF-8, what kind of character a code point is, and the two foldings under which words are looked up.
 *
 * Most bytes of most reports are ASCII and most of the rest is Latin-1, so both have paths that never ask utf8proc.
 * Everything else does: its tables are those of the Unicode Character Database. */
#include <utf8proc.h>
#include "base/utf8.h"

enum { REPLACEMENT = 0xFFFD };

/* ---- walking -------------------------------------------------------------------------------------------------------- */

static bool continues(unsigned char c) { return (c & 0xC0) == 0x80; }

/* Length of the well-formed character at p, of which n bytes may be read; 0 if ill-formed (over-long forms, surrogates and what lies above U+10FFFF are). */
static uint32_t char_length(const unsigned char *p, uint32_t n)
{
    unsigned char c = p[0];
    if (c < 0x80) return 1;
    if (c < 0xC2 || c > 0xF4 || n < 2 || !continues(p[1])) return 0;
    if (c < 0xE0) return 2;
    if (n < 3 || !continues(p[2])) return 0;
    if (c < 0xF0) return (c == 0xE0 && p[1] < 0xA0) || (c == 0xED && p[1] > 0x9F) ? 0 : 3;
    if (n < 4 || !continues(p[3])) return 0;
    return (c == 0xF0 && p[1] < 0x90) || (c == 0xF4 && p[1] > 0x8F) ? 0 : 4;
}

static uint32_t char_value(const unsigned char *p, uint32_t length)
{
    switch (length) {
    case 1: return p[0];
    case 2: return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    case 3: return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    case 4: return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    default: return REPLACEMENT;
    }
}

uint32_t dl_utf8_next(dl_str s, uint32_t *i)
{
    const unsigned char *p = (const unsigned char *)s.p + *i;
    if (*p < 0x80) { ++*i; return *p; }
    uint32_t length = char_length(p, s.n - *i);
    *i += length ? length : 1;
    return char_value(p, length);
}

/* Goes back to where a walk forward would have stopped: a lead byte is never inside another character, so trying each lead in reach is enough. */
uint32_t dl_utf8_prev(dl_str s, uint32_t *i)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (uint32_t back = 1; back <= 4 && back <= *i; back++) {
        const unsigned char *at = p + *i - back;
        if (continues(*at)) continue;
        if (char_length(at, back) != back) break;
        *i -= back;
        return char_value(at, back);
    }
    *i -= 1;
    return REPLACEMENT;
}

int dl_utf8_put(uint32_t cp, char out[4])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) cp = REPLACEMENT;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* Length of the run of ASCII at p: eight bytes at a time, the top bit of each tells. */
static uint32_t ascii_run(const unsigned char *p, uint32_t n)
{
    uint32_t i = 0;
    for (uint64_t eight; i + 8 <= n; i += 8) {
        memcpy(&eight, p + i, 8);
        if (eight & 0x8080808080808080u) break;
    }
    while (i < n && p[i] < 0x80) i++;
    return i;
}

uint32_t dl_utf8_valid_prefix(dl_str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    uint32_t i = 0;
    while (i < s.n) {
        i += ascii_run(p + i, s.n - i);
        while (i < s.n && p[i] >= 0x80) {
            uint32_t length = char_length(p + i, s.n - i);
            if (!length) return i;
            i += length;
        }
    }
    return i;
}

bool dl_utf8_valid(dl_str s)
{
    return dl_utf8_valid_prefix(s) == s.n;
}

/* ---- properties ----------------------------------------------------------------------------------------------------- */

static utf8proc_category_t category(uint32_t cp)
{
    return cp > 0x10FFFF ? UTF8PROC_CATEGORY_CN : (utf8proc_category_t)utf8proc_get_property((utf8proc_int32_t)cp)->category;
}

static bool latin1_upper(uint32_t cp) { return cp >= 0xC0 && cp <= 0xDE && cp != 0xD7; }
static bool latin1_lower(uint32_t cp) { return (cp >= 0xDF && cp <= 0xFF && cp != 0xF7) || cp == 0xB5; }

bool dl_cp_alpha(uint32_t cp)
{
    if (cp < 0x80) return dl_alpha((unsigned char)cp);
    if (cp < 0x100) return latin1_upper(cp) || latin1_lower(cp) || cp == 0xAA || cp == 0xBA;
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME;          /* Lu Ll Lt Lm Lo Mn Mc Me */
}

bool dl_cp_upper(uint32_t cp)
{
    if (cp < 0x80) return dl_upper((unsigned char)cp);
    if (cp < 0x100) return latin1_upper(cp);
    utf8proc_category_t c = category(cp);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool dl_cp_lower(uint32_t cp)
{
    if (cp < 0x80) return dl_lower((unsigned char)cp);
    if (cp < 0x100) return latin1_lower(cp);
    return category(cp) == UTF8PROC_CATEGORY_LL;
}

bool dl_cp_digit(uint32_t cp)
{
    if (cp < 0x80) return dl_digit((unsigned char)cp);
    return cp >= 0x100 && category(cp) == UTF8PROC_CATEGORY_ND;
}

bool dl_cp_space(uint32_t cp)
{
    if (cp < 0x80) return dl_space((unsigned char)cp);
    if (cp < 0x1680) return cp == 0x85 || cp == 0xA0;
    return cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000 || cp == 0xFEFF;
}

bool dl_cp_mark(uint32_t cp)
{
    if (cp < 0x300) return false;
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME;
}

uint32_t dl_cp_tolower(uint32_t cp)
{
    if (cp < 0x80) return dl_tolower((unsigned char)cp);
    if (cp < 0x100) return latin1_upper(cp) ? cp + 32 : cp;
    return cp > 0x10FFFF ? cp : (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

int dl_cp_width(uint32_t cp)
{
    if (cp < 0x7F) return cp >= 0x20;
    return cp > 0x10FFFF ? 1 : utf8proc_charwidth((utf8proc_int32_t)cp);
}

/* ---- scripts: blocks of the code charts, in order; letters elsewhere are OTHER --------------------------------------- */

static const struct { uint32_t first, last; dl_script script; } scripts[] = {
    { 0x0041, 0x02B8, DL_SCRIPT_LATIN },      { 0x02E0, 0x02E4, DL_SCRIPT_LATIN },      { 0x0370, 0x03E1, DL_SCRIPT_GREEK },      { 0x03F0, 0x03FF, DL_SCRIPT_GREEK },
    { 0x0400, 0x052F, DL_SCRIPT_CYRILLIC },   { 0x0531, 0x058F, DL_SCRIPT_ARMENIAN },   { 0x0591, 0x05FF, DL_SCRIPT_HEBREW },     { 0x0600, 0x06FF, DL_SCRIPT_ARABIC },
    { 0x0750, 0x077F, DL_SCRIPT_ARABIC },     { 0x0870, 0x08FF, DL_SCRIPT_ARABIC },     { 0x0900, 0x097F, DL_SCRIPT_DEVANAGARI }, { 0x0980, 0x09FF, DL_SCRIPT_BENGALI },
    { 0x0A00, 0x0B7F, DL_SCRIPT_INDIC },      { 0x0B80, 0x0BFF, DL_SCRIPT_TAMIL },      { 0x0C00, 0x0DFF, DL_SCRIPT_INDIC },      { 0x0E00, 0x0E7F, DL_SCRIPT_THAI },
    { 0x0E80, 0x0EFF, DL_SCRIPT_LAO },        { 0x0F00, 0x0FFF, DL_SCRIPT_TIBETAN },    { 0x1000, 0x109F, DL_SCRIPT_MYANMAR },    { 0x10A0, 0x10FF, DL_SCRIPT_GEORGIAN },
    { 0x1100, 0x11FF, DL_SCRIPT_HANGUL },     { 0x1200, 0x139F, DL_SCRIPT_ETHIOPIC },   { 0x1780, 0x17FF, DL_SCRIPT_KHMER },      { 0x1C80, 0x1C8F, DL_SCRIPT_CYRILLIC },
    { 0x1C90, 0x1CBF, DL_SCRIPT_GEORGIAN },   { 0x1D00, 0x1D25, DL_SCRIPT_LATIN },      { 0x1D26, 0x1D2A, DL_SCRIPT_GREEK },      { 0x1D2B, 0x1D2B, DL_SCRIPT_CYRILLIC },
    { 0x1D2C, 0x1DBF, DL_SCRIPT_LATIN },      { 0x1E00, 0x1EFF, DL_SCRIPT_LATIN },      { 0x1F00, 0x1FFF, DL_SCRIPT_GREEK },      { 0x2071, 0x209C, DL_SCRIPT_LATIN },
    { 0x2126, 0x2126, DL_SCRIPT_GREEK },      { 0x212A, 0x212B, DL_SCRIPT_LATIN },      { 0x2C60, 0x2C7F, DL_SCRIPT_LATIN },      { 0x2D00, 0x2D2F, DL_SCRIPT_GEORGIAN },
    { 0x2D80, 0x2DDF, DL_SCRIPT_ETHIOPIC },   { 0x2DE0, 0x2DFF, DL_SCRIPT_CYRILLIC },   { 0x3005, 0x3007, DL_SCRIPT_HAN },        { 0x3021, 0x303B, DL_SCRIPT_HAN },
    { 0x3041, 0x30FF, DL_SCRIPT_KANA },       { 0x3131, 0x318F, DL_SCRIPT_HANGUL },     { 0x31F0, 0x31FF, DL_SCRIPT_KANA },       { 0x3400, 0x4DBF, DL_SCRIPT_HAN },
    { 0x4E00, 0x9FFF, DL_SCRIPT_HAN },        { 0xA640, 0xA69F, DL_SCRIPT_CYRILLIC },   { 0xA722, 0xA7FF, DL_SCRIPT_LATIN },      { 0xA8E0, 0xA8FF, DL_SCRIPT_DEVANAGARI },
    { 0xA960, 0xA97F, DL_SCRIPT_HANGUL },     { 0xA9E0, 0xA9FF, DL_SCRIPT_MYANMAR },    { 0xAA60, 0xAA7F, DL_SCRIPT_MYANMAR },    { 0xAB01, 0xAB2E, DL_SCRIPT_ETHIOPIC },
    { 0xAB30, 0xAB6F, DL_SCRIPT_LATIN },      { 0xAC00, 0xD7FF, DL_SCRIPT_HANGUL },     { 0xF900, 0xFAFF, DL_SCRIPT_HAN },        { 0xFB00, 0xFB06, DL_SCRIPT_LATIN },
    { 0xFB13, 0xFB17, DL_SCRIPT_ARMENIAN },   { 0xFB1D, 0xFB4F, DL_SCRIPT_HEBREW },     { 0xFB50, 0xFDFF, DL_SCRIPT_ARABIC },     { 0xFE70, 0xFEFC, DL_SCRIPT_ARABIC },
    { 0xFF21, 0xFF5A, DL_SCRIPT_LATIN },      { 0xFF66, 0xFF9F, DL_SCRIPT_KANA },       { 0xFFA0, 0xFFDC, DL_SCRIPT_HANGUL },     { 0x11FC0, 0x11FFF, DL_SCRIPT_TAMIL },
    { 0x1B000, 0x1B16F, DL_SCRIPT_KANA },     { 0x1E7E0, 0x1E7FF, DL_SCRIPT_ETHIOPIC }, { 0x1EE00, 0x1EEFF, DL_SCRIPT_ARABIC },   { 0x20000, 0x323AF, DL_SCRIPT_HAN },
};

dl_script dl_script_of(uint32_t cp)
{
    if (cp < 0x80) return dl_alpha((unsigned char)cp) ? DL_SCRIPT_LATIN : DL_SCRIPT_NONE;
    if (cp >= 0xC0 && cp < 0x2B0) return cp == 0xD7 || cp == 0xF7 ? DL_SCRIPT_NONE : DL_SCRIPT_LATIN;
    if (cp >= 0x400 && cp < 0x482) return DL_SCRIPT_CYRILLIC;
    if (cp >= 0x4E00 && cp < 0x9FFD) return DL_SCRIPT_HAN;
    if (!dl_cp_alpha(cp) || dl_cp_mark(cp)) return DL_SCRIPT_NONE;
    uint32_t lo = 0, hi = sizeof scripts / sizeof *scripts;
    while (lo < hi) {                                /* the first range that does not end before cp */
        uint32_t mid = (lo + hi) / 2;
        if (scripts[mid].last < cp) lo = mid + 1;
        else hi = mid;
    }
    return lo < sizeof scripts / sizeof *scripts && cp >= scripts[lo].first ? scripts[lo].script : DL_SCRIPT_OTHER;
}

/* ---- folding -------------------------------------------------------------------------------------------------------- */

static bool is_apostrophe(uint32_t cp)
{
    return cp == 0x2018 || cp == 0x2019 || cp == 0x201B || cp == 0x2032 || (cp >= 0x2BB && cp <= 0x2BF) || cp == 0xFF07;
}

/* Case folding by utf8proc: at most three characters for one, plus room that it may ask for. */
enum { MOST = 32 };
static int unfold(uint32_t cp, utf8proc_int32_t out[MOST], int options)
{
    int last_class = 0;
    utf8proc_ssize_t n = cp > 0x10FFFF ? 0 : utf8proc_decompose_char((utf8proc_int32_t)cp, out, MOST, (utf8proc_option_t)options, &last_class);
    if (n >= 1 && n <= MOST) return (int)n;
    out[0] = (utf8proc_int32_t)cp;
    return 1;
}

/* Writes cp lowered at out: at most 9 bytes, and at most 3 for each byte it had. */
static size_t put_lowered(uint32_t cp, char *out)
{
    if (is_apostrophe(cp)) {
        *out = '\'';
        return 1;
    }
    if (cp < 0x100 && cp != 0xDF && cp != 0xB5) return (size_t)dl_utf8_put(latin1_upper(cp) ? cp + 32 : cp, out);
    utf8proc_int32_t folded[MOST];
    size_t n = 0;
    for (int i = 0, k = unfold(cp, folded, UTF8PROC_CASEFOLD); i < k; i++) n += (size_t)dl_utf8_put((uint32_t)folded[i], out + n);
    return n;
}

dl_str dl_lowered(dl_arena *a, dl_str s)
{
    uint32_t plain = 0;
    while (plain < s.n && (unsigned char)s.p[plain] < 0x80 && !dl_upper((unsigned char)s.p[plain])) plain++;
    if (plain == s.n) return s;

    bool ascii = plain + ascii_run((const unsigned char *)s.p + plain, s.n - plain) == s.n;
    char *out = dl_alloc(a, 1, 1, ascii ? s.n : (size_t)s.n * 3);
    if (!out) return (dl_str){ 0 };
    memcpy(out, s.p, plain);
    size_t n = plain;
    for (uint32_t i = plain; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80) out[n++] = (char)dl_tolower(c), i++;
        else n += put_lowered(dl_utf8_next(s, &i), out + n);
    }
    if (!ascii) dl_shrink(a, out, n);
    return (dl_str){ out, (uint32_t)n };
}

/* Letters that no decomposition takes apart, as people type them without the right keyboard; the rest comes folded already. */
static const struct { uint32_t cp; const char *plain; } letters[] = {
    { 0xE6, "ae" },  { 0xF0, "d" },   { 0xF8, "o" },   { 0xFE, "th" },  { 0x111, "d" }, { 0x127, "h" }, { 0x131, "i" }, { 0x138, "k" }, { 0x142, "l" },
    { 0x14B, "n" },  { 0x153, "oe" }, { 0x167, "t" },  { 0x180, "b" },  { 0x199, "k" }, { 0x1B4, "y" }, { 0x253, "b" }, { 0x254, "o" }, { 0x256, "d" },
    { 0x257, "d" },  { 0x259, "a" },  { 0x25B, "e" },  { 0x268, "i" },  { 0x269, "i" }, { 0x289, "u" }, { 0x192, "f" }, { 0x1E5, "g" }, { 0x1B6, "z" },
};

static const char *plain_letter(uint32_t cp)
{
    for (size_t i = 0; cp <= 0x289 && i < sizeof letters / sizeof *letters; i++)
        if (letters[i].cp == cp) return letters[i].plain;
    return NULL;
}

/* The plain letter that most letters beyond ASCII become, as the tables of Unicode have it; 0: they must be asked. */
static uint32_t quick_fold(uint32_t cp)
{
    static const char latin1[] = "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y";
    if (cp < 0xC0) return 0;
    if (cp < 0x100) return (unsigned char)latin1[cp - 0xC0];
    if (cp >= 0x410 && cp < 0x450) return cp == 0x419 || cp == 0x439 ? 0x438 : cp < 0x430 ? cp + 0x20 : cp;
    return (cp >= 0x627 && cp < 0x640) || (cp >= 0x641 && cp < 0x64B) || (cp >= 0x4E00 && cp < 0x9FFD) ? cp : 0;
}

/* Accents, and the points of Arabic and Hebrew, which most print leaves out. Marks of Indic scripts are vowels: they stay. */
static bool is_accent(uint32_t cp)
{
    if (cp < 0x300) return false;
    return cp <= 0x36F || (cp >= 0x591 && cp <= 0x5C7) || (cp >= 0x610 && cp <= 0x61A) || cp == 0x640 || (cp >= 0x64B && cp <= 0x65F) || cp == 0x670 ||
           (cp >= 0x6D6 && cp <= 0x6DC) || (cp >= 0x6DF && cp <= 0x6E4) || (cp >= 0x6E7 && cp <= 0x6ED) || (cp >= 0x1AB0 && cp <= 0x1AFF) ||
           (cp >= 0x1DC0 && cp <= 0x1DFF) || (cp >= 0x20D0 && cp <= 0x20FF) || (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xFE20 && cp <= 0xFE2F);
}

static bool is_unseen(uint32_t cp) { return cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) || cp == 0x2060 || cp == 0xFEFF; }

/* What a key has a blank for: white space, hyphens and dashes, dots, apostrophes. */
static bool is_gap(uint32_t cp)
{
    if (cp < 0x80) return dl_space((unsigned char)cp) || cp == '-' || cp == '.' || cp == '\'' || cp == '`';
    if (cp < 0x100) return cp == 0xA0 || cp == 0xB7 || cp == 0xB4 || cp == 0x85;
    return dl_cp_space(cp) || is_apostrophe(cp) || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0x2022 || cp == 0x2024 || cp == 0x2027 || cp == 0x30FB;
}

typedef struct { char *out; size_t n; bool gap; } key_writer;

/* One character of a key, folded and taken apart; blanks are kept back until something follows. */
static void put_key(key_writer *w, uint32_t cp)
{
    if (is_unseen(cp) || is_accent(cp)) return;
    if (is_gap(cp)) {
        w->gap = true;
        return;
    }
    if (w->gap && w->n) w->out[w->n++] = ' ';
    w->gap = false;
    const char *plain = cp < 0x80 ? NULL : plain_letter(cp);
    if (!plain) w->n += (size_t)dl_utf8_put(cp, w->out + w->n);
    else
        for (; *plain; plain++) w->out[w->n++] = *plain;
}

/* Length of the longest compatibility decomposition in Unicode, of U+FDFA: 18 characters, 33 bytes from 3. */
enum { GROWTH = 11 };

static dl_str fold_wide(dl_arena *a, dl_str s)
{
    char *out = dl_alloc(a, 1, 1, (size_t)s.n * GROWTH);
    if (!out) return (dl_str){ 0 };
    key_writer w = { .out = out };
    for (uint32_t i = 0; i < s.n;) {
        uint32_t cp = dl_utf8_next(s, &i);
        uint32_t quick = cp < 0x80 ? dl_tolower((unsigned char)cp) : quick_fold(cp);
        if (quick) {
            put_key(&w, quick);
        } else if (is_gap(cp)) {
            w.gap = true;                            /* before decomposition: an acute accent alone would become a blank and a mark */
        } else {
            utf8proc_int32_t parts[MOST];
            int n = unfold(cp, parts, UTF8PROC_CASEFOLD | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);
            for (int k = 0; k < n; k++) put_key(&w, (uint32_t)parts[k]);
        }
    }
    dl_shrink(a, out, w.n);
    return (dl_str){ out, (uint32_t)w.n };
}

/* Is s its own key already? */
static bool is_key(dl_str s)
{
    bool blank = true;                               /* a blank may not come first, last, or twice */
    for (uint32_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80 || dl_upper(c) || (c != ' ' && is_gap(c)) || (c == ' ' && blank)) return false;
        blank = c == ' ';
    }
    return !blank || s.n == 0;
}

/* ASCII never grows, and has no accents. */
static dl_str fold_ascii(dl_arena *a, dl_str s)
{
    char *out = dl_alloc(a, 1, 1, s.n);
    if (!out) return (dl_str){ 0 };
    uint32_t n = 0;
    bool gap = false;
    for (uint32_t i = 0; i < s.n; i++) {
        unsigned char c = dl_tolower((unsigned char)s.p[i]);
        if (!dl_lower(c) && is_gap(c)) {
            gap = n > 0;
            continue;
        }
        if (gap) out[n++] = ' ';
        gap = false;
        out[n++] = (char)c;
    }
    return (dl_str){ out, n };
}

dl_str dl_folded(dl_arena *a, dl_str s)
{
    if (is_key(s)) return s;
    return ascii_run((const unsigned char *)s.p, s.n) == s.n ? fold_ascii(a, s) : fold_wide(a, s);
}
