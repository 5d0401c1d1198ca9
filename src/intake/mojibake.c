/* mojibake.c - UTF-8 that somebody read as another charset and wrote out as UTF-8 again ("Ã©" for "é"), undone.
 *
 * A line is looked at by itself. Characters whose bytes in a charset form a sequence of UTF-8 may be one character misread. Whether they are, their looks decide: most such characters
 * are signs that hardly stand beside each other in honest text; where a misreading could also be a letter before a mark (É before an ellipsis), it wants company. What is not sure stays.
 * Done at most three times, since some text was misread more than once. Bytes that came as controls (U+0080 to U+009F) are read as
 * windows-1252, or as a Macintosh's where that alone makes words of them.
 */
#include "base/utf8.h"
#include "intake/charset_table.h"
#include "intake/intake.h"

enum { TIMES = 3, NO_BYTE = -1, CHARACTERS = 0x2600 };

/* The byte of each character below CHARACTERS in each charset, 0: none. And by character, a bit each for the charsets where it may begin a sequence of UTF-8 or go on with one. */
typedef struct { uint8_t byte[DL_MISTAKEN_N][CHARACTERS], lead[CHARACTERS], follows[CHARACTERS]; } reverse;

typedef struct { uint32_t cp, b, e; } letter;                /* a character and the original bytes that it stands for */
typedef struct { letter *v; uint32_t n; bool mended; const reverse *r; } line;      /* mended: something was misread in it */

static void note_roles(reverse *r, int set, uint32_t cp)
{
    uint8_t b = cp < CHARACTERS ? r->byte[set][cp] : 0;
    if (b >= 0xC2 && b < 0xF5) r->lead[cp] |= (uint8_t)(1u << set);
    if (b >= 0x80 && b < 0xC0) r->follows[cp] |= (uint8_t)(1u << set);
}

/* Controls stand for themselves where a charset has nothing there, and in windows-1252, which is often taken for ISO 8859-1. What a charset lacks may have been read as windows-1252. */
static const reverse *reverse_make(dl_arena *scratch)
{
    reverse *r = dl_new(scratch, reverse, 1);
    for (int set = 0; set < DL_MISTAKEN_N; set++) {
        for (int way = 0; way < 2; way++)
            for (int i = 127; i >= 0; i--) {
                uint32_t cp = dl_mistaken[way ? set : DL_WINDOWS_1252][i];
                if (cp && cp < CHARACTERS && (way || !dl_mistaken[set][i])) r->byte[set][cp] = (uint8_t)(0x80 + i);
            }
        for (uint32_t cp = 0x80; cp < 0xA0; cp++) if (set == DL_WINDOWS_1252 || !dl_mistaken[set][cp - 0x80]) r->byte[set][cp] = (uint8_t)cp;
        for (int i = 0; i < 128; i++) note_roles(r, set, dl_mistaken[set][i]), note_roles(r, set, dl_mistaken[DL_WINDOWS_1252][i]);
        for (uint32_t cp = 0x80; cp < 0xA0; cp++) note_roles(r, set, cp);
    }
    return r;
}

static int byte_of(const line *l, int set, uint32_t cp)
{
    if (cp < 0x80) return (int)cp;
    if (cp < CHARACTERS) return l->r->byte[set][cp] ? l->r->byte[set][cp] : NO_BYTE;
    if (set != DL_MACINTOSH || cp < 0xF8FF || cp > 0xFB02) return NO_BYTE;
    for (int i = 0; i < 128; i++) if (dl_mistaken[set][i] == cp) return 0x80 + i;
    return NO_BYTE;
}

/* Marks that may honestly stand behind a letter: quotation marks, dashes, an ellipsis, signs of trade. */
static bool honest_behind(uint32_t cp)
{
    static const uint16_t marks[] = { 0xA0, 0xA1, 0xA8, 0xAE, 0xB0, 0xB4, 0xBA, 0xBB, 0xBF, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x2122 };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) if (marks[i] == cp) return true;
    return false;
}

static bool letter_of_latin(uint32_t cp) { return (cp >= 0xC0 && cp < 0x250 && cp != 0xD7 && cp != 0xF7 && cp != 0x192) || (cp >= 0x370 && cp < 0x530); }
static bool ascii_letter(uint32_t cp) { return (cp | 32) >= 'a' && (cp | 32) <= 'z'; }
static bool small_ascii(uint32_t cp) { return cp >= 'a' && cp <= 'z'; }
static bool capital_ascii(uint32_t cp) { return cp >= 'A' && cp <= 'Z'; }
static bool latin(uint32_t cp) { return (cp >= 0xC0 && cp < 0x250 && cp != 0xD7 && cp != 0xF7) || (cp >= 0x1E00 && cp < 0x1F00); }
static bool latin_capital(uint32_t cp) { return (cp >= 0xC0 && cp < 0xDF) || (cp >= 0x100 && cp < 0x180 && !(cp & 1)); }

typedef struct { uint32_t n, cp; bool odd, lost; } sequence; /* n characters stand for cp (0: none do); odd: they look like no honest text; lost: one of its bytes is lost */

/* A space may be a no-break space that was lost, where more of the sequence or another one follows. */
static int continuation(int set, const line *l, uint32_t i, bool last, int lead)
{
    if (i >= l->n) return NO_BYTE;
    uint32_t cp = l->v[i].cp;
    if (cp == ' ' && !last) return set == DL_WINDOWS_1252 && (lead == 0xE2 || lead >= 0xED) ? 0xA0 : NO_BYTE;
    if (cp == ' ') return lead < 0xE0 && i + 2 < l->n && byte_of(l, set, l->v[i + 1].cp) >= 0xC2 && (byte_of(l, set, l->v[i + 2].cp) & 0xC0) == 0x80 ? 0xA0 : NO_BYTE;
    if (cp == 0xFFFD) return 0xBF;
    int b = byte_of(l, set, cp);
    return b >= 0x80 && b < 0xC0 ? b : NO_BYTE;
}

static sequence sequence_at(int set, const line *l, uint32_t i)
{
    sequence none = { 0 }, s = { 1, 0, false, false };
    int b = l->v[i].cp < 0x80 ? NO_BYTE : byte_of(l, set, l->v[i].cp);
    uint32_t want = b >= 0xC2 && b < 0xE0 ? 2 : b >= 0xE0 && b < 0xF0 ? 3 : b >= 0xF0 && b < 0xF5 ? 4 : 0;
    if (!want) return none;
    s.cp = (uint32_t)b & (0x7Fu >> want);
    bool signs = false, letters = false;
    for (uint32_t k = 1; k < want; k++) {
        int c = continuation(set, l, i + k, k + 1 == want, b);
        if (c == NO_BYTE) return none;
        s.lost |= l->v[i + k].cp == 0xFFFD;
        bool a = set != DL_WINDOWS_1252 && letter_of_latin(l->v[i + k].cp);
        letters |= a;
        signs |= !a && l->v[i + k].cp != ' ' && !honest_behind(l->v[i + k].cp) && l->v[i + k - 1].cp != 0xA0;      /* "и «" with a no-break space */
        s.cp = s.cp << 6 | ((uint32_t)c & 0x3F), s.n++;
    }
    s.odd = !letter_of_latin(l->v[i].cp) || (signs && !letters);
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (s.cp < least[want] || s.cp > 0x10FFFF) return none;
    return s;
}

/* Half of a pair of UTF-16, written as three bytes, and its other half behind it. */
static sequence with_other_half(int set, const line *l, uint32_t i, sequence s)
{
    if (s.cp < 0xD800 || s.cp > 0xDFFF) return s;
    if (s.cp >= 0xDC00 || i + s.n >= l->n) return (sequence){ 0 };
    sequence t = sequence_at(set, l, i + s.n);
    if (t.n != 3 || t.cp < 0xDC00 || t.cp > 0xDFFF) return (sequence){ 0 };
    return (sequence){ s.n + 3, 0x10000 + ((s.cp - 0xD800) << 10 | (t.cp - 0xDC00)), true, s.lost || t.lost };
}

static sequence read_at(int set, const line *l, uint32_t i) { return with_other_half(set, l, i, sequence_at(set, l, i)); }

/* Sequences in a row, this one counted. */
static uint32_t company(const line *l, const uint8_t *length, uint32_t i)
{
    uint32_t n = 0;
    for (; i < l->n && n < 4 && length[i]; i += length[i]) n++;
    return n;
}

/* Is a sequence of two characters, without company, a misreading? A letter of Latin writing with letters beside it. */
static bool alone_sure(int set, const line *l, uint32_t i, sequence s)
{
    uint32_t before = i ? l->v[i - 1].cp : ' ', behind = i + s.n < l->n ? l->v[i + s.n].cp : ' ';
    int lead = byte_of(l, set, l->v[i].cp);
    if (set == DL_IBM437) return false;
    if (lead == 0xC2) return set == DL_WINDOWS_1252 && !capital_ascii(before) && s.cp >= 0xA0 && l->v[i + 1].cp != ' ';
    bool rare = s.cp >= 0x180 && s.cp < 0x250 && s.cp != 0x1A0 && s.cp != 0x1A1 && s.cp != 0x1AF && s.cp != 0x1B0 && (s.cp < 0x218 || s.cp > 0x21B);
    bool letters = (l->v[i].cp == 0x192 || l->v[i].cp == 0xAB) && latin(l->v[i + 1].cp);      /* "eƒã" is Ewe, "«øy" a quotation */
    if (!latin(s.cp) || rare || (letters && !l->mended)) return false;
    if (lead == 0xC3 && l->v[i + 1].cp == 0xA0) return before == ' ' || (ascii_letter(before) && small_ascii(behind));      /* with a no-break space: a word of its own, or inside of one */
    if (lead != 0xC3 && !latin_capital(s.cp) && (capital_ascii(behind) || (behind >= 0xC0 && behind < 0xDF))) return false;
    if (l->mended && (small_ascii(before) || small_ascii(behind))) return true;
    bool capital_inside = set == DL_WINDOWS_1252 || set == DL_WINDOWS_1250 || set == DL_WINDOWS_1257;      /* what these have for the first byte is a capital: none follows a small letter */
    if (capital_inside && small_ascii(before) && l->v[i + 1].cp != ' ' && !latin_capital(s.cp)) return true;
    if (s.odd) return lead == 0xC3 || ascii_letter(before) || ascii_letter(behind);
    if (lead != 0xC3 || l->v[i + 1].cp == ' ') return false;
    if (latin_capital(s.cp)) return capital_ascii(behind) || (capital_ascii(before) && set != DL_WINDOWS_1250 && set != DL_ISO_8859_2);
    return small_ascii(before) || small_ascii(behind);
}

static bool sure(int set, const line *l, uint32_t i, sequence s, uint32_t run)
{
    if (s.cp < 0xA0) return s.cp >= 0x80 && run > 1;
    if (set == DL_WINDOWS_1251 && s.n == 2) return run > 1 && (s.odd || (run > 2 && s.cp >= 0x400 && s.cp < 0x500));      /* its letters may follow each other in honest text */
    if (set == DL_WINDOWS_1251 && !s.odd && run < 3 && !l->mended) return i && i + s.n < l->n && ascii_letter(l->v[i - 1].cp) && ascii_letter(l->v[i + s.n].cp);
    if (run > 1) return true;
    if (s.n == 2) return alone_sure(set, l, i, s);
    bool before = i && ascii_letter(l->v[i - 1].cp), behind = i + s.n < l->n && ascii_letter(l->v[i + s.n].cp);
    return s.odd || l->mended || (set == DL_WINDOWS_1252 && latin(s.cp) && (before || behind));
}

/* How many characters of the line are misread that way; marked[i]: the length of the sequence at i; there is room for as many behind. */
static uint32_t mark(int set, const line *l, uint8_t *marked)
{
    uint32_t found = 0, run = 0;
    uint8_t *length = marked + l->n;                     /* of the sequence that begins at each character, 0: none does */
    memset(marked, 0, l->n);
    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t cp = l->v[i].cp;
        bool may = cp >= CHARACTERS || (l->r->lead[cp] >> set & 1);
        length[i] = may ? (uint8_t)read_at(set, l, i).n : 0;
    }
    for (uint32_t i = 0; i < l->n;) {
        if (!length[i]) { run = 0, i++; continue; }
        sequence s = read_at(set, l, i);
        uint32_t ahead = company(l, length, i);
        if (sure(set, l, i, s, run + ahead)) marked[i] = (uint8_t)s.n, found += s.n;
        run++, i += s.n;
    }
    return found;
}

/* Does `word`, and no more of the same word, stand at i? */
static bool word_at(const line *l, uint32_t i, const char *word)
{
    for (; *word; word++, i++) if (i >= l->n || l->v[i].cp != (uint32_t)*word) return false;
    return i >= l->n || (!ascii_letter(l->v[i].cp) && l->v[i].cp != '\'' && l->v[i].cp != 0x2019);
}

/* In a line of misread text, a letter whose second byte was a no-break space and came as a blank: "Ã " for à, a word of its own but for Portuguese às, àquele; "Å " for the Š that begins a word. *joined: with the rest of its word. */
static uint32_t lost_space(int set, const line *l, uint32_t i, bool *joined)
{
    static const char *const REST[] = { "s", "quele", "quela", "queles", "quelas", "quilo" };
    uint32_t cp = l->v[i].cp, before = i ? l->v[i - 1].cp : ' ';
    *joined = false;
    if (i + 1 >= l->n || l->v[i + 1].cp != ' ') return cp;
    if (cp == 0xC3 && set == DL_WINDOWS_1252) {
        for (size_t k = 0; k < sizeof REST / sizeof *REST; k++) *joined |= word_at(l, i + 2, REST[k]);
        return 0xE0;
    }
    if (cp != 0xC5 || byte_of(l, set, cp) != 0xC5 || ascii_letter(before) || i + 2 >= l->n || !small_ascii(l->v[i + 2].cp)) return cp;
    *joined = true;
    return 0x160;
}

static void undo(int set, line *l, const uint8_t *marked)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < l->n;) {
        letter c = l->v[i];
        sequence s = { 1, 0, false, false };
        if (marked[i]) {
            s = read_at(set, l, i);
            c.cp = s.lost ? 0xFFFD : s.cp;
        } else {
            bool joined;
            c.cp = lost_space(set, l, i, &joined);
            s.n += joined;
        }
        c.e = l->v[i + s.n - 1].e;
        i += s.n;
        l->v[n++] = c;
    }
    l->n = n;
}

/* ---- bytes that came as controls ---- */

static bool vowel(uint32_t cp) { return cp && cp < 0x80 && strchr("aeiouhy", (int)cp) != NULL; }

/* A control that is a letter inside a word if it was a byte of the Macintosh: what windows-1252 has in its place does not stand between small letters. An apostrophe does,
 * but where it is elision a vowel follows, and what is shortened is short (don't, we'll). */
static bool macintosh_at(const line *l, uint32_t i)
{
    uint32_t cp = l->v[i].cp;
    if (cp < 0x80 || cp >= 0xA0 || !i || i + 1 >= l->n || !small_ascii(l->v[i - 1].cp) || !small_ascii(l->v[i + 1].cp)) return false;
    uint32_t mac = dl_mistaken[DL_MACINTOSH][cp - 0x80], other = dl_mistaken[DL_WINDOWS_1252][cp - 0x80];
    if (!letter_of_latin(mac) || latin_capital(mac)) return false;
    if (other == 0x2019) return !vowel(l->v[i - 1].cp) && !vowel(l->v[i + 1].cp) && i + 3 < l->n && small_ascii(l->v[i + 2].cp) && small_ascii(l->v[i + 3].cp);
    return other && !(letter_of_latin(other) && !latin_capital(other)) && !honest_behind(other) && other != 0x2022;
}

static bool read_controls(line *l)
{
    bool any = false, macintosh = false;
    for (uint32_t i = 0; i < l->n && !macintosh; i++) macintosh = macintosh_at(l, i);
    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t cp = l->v[i].cp;
        if (cp < 0x80 || cp >= 0xA0) continue;
        bool beside = (i && (ascii_letter(l->v[i - 1].cp) || latin(l->v[i - 1].cp))) || (i + 1 < l->n && ascii_letter(l->v[i + 1].cp));
        uint32_t mac = dl_mistaken[DL_MACINTOSH][cp - 0x80], as = macintosh && beside && letter_of_latin(mac) ? mac : dl_mistaken[DL_WINDOWS_1252][cp - 0x80];
        if (as) l->v[i].cp = as, any = true;
    }
    return any;
}

/* ---- lines ---- */

/* The charsets (a bit each) in which two characters that follow each other might be one misread: in honest text there are few of these. Behind a first byte a blank or U+FFFD may stand for what was lost. */
static uint32_t suspects(const line *l)
{
    uint32_t sets = 0;
    for (uint32_t i = 0; i + 1 < l->n; i++) {
        uint32_t a = l->v[i].cp, b = l->v[i + 1].cp, c = i + 2 < l->n ? l->v[i + 2].cp : 0;
        if (a < 0x80 || (a < CHARACTERS && !l->r->lead[a])) continue;
        uint32_t lead = a < CHARACTERS ? l->r->lead[a] : a >= 0xF8FF && a <= 0xFB02 ? 1u << DL_MACINTOSH : 0;
        if (b == ' ' && c >= 0x80 && c < CHARACTERS) sets |= lead & l->r->follows[c];
        else if (b == 0xFFFD) sets |= lead;
        else if (b >= 0x80 && b < CHARACTERS) sets |= lead & l->r->follows[b];
        else if (b >= 0xF8FF && b <= 0xFB02) sets |= lead & 1u << DL_MACINTOSH;
    }
    return sets;
}

static bool mend_line(line *l, uint8_t *marked)
{
    bool any = false;
    for (int time = 0; time < TIMES; time++) {
        int best = -1;
        uint32_t most = 0, sets = suspects(l);
        for (int set = 0; set < DL_MISTAKEN_N; set++) {
            uint32_t found = sets >> set & 1 ? mark(set, l, marked) : 0;
            if (found > most) most = found, best = set;
        }
        if (best < 0) break;
        mark(best, l, marked);
        undo(best, l, marked);
        any = l->mended = true;
    }
    return read_controls(l) || any;
}

/* ---- the text ---- */

static uint32_t plain_run(const char *p, uint32_t n)
{
    uint32_t i = 0;
    for (uint64_t eight; i + 8 <= n; i += 8) {
        memcpy(&eight, p + i, 8);
        if (eight & 0x8080808080808080u) break;
    }
    while (i < n && (unsigned char)p[i] < 0x80) i++;
    return i;
}

/* A control written as a character, or two characters beyond ASCII side by side or with one blank between: nothing else can be a misreading. */
static bool suspicious(dl_str s)
{
    for (uint32_t i = 0; (i += plain_run(s.p + i, s.n - i)) < s.n;) {
        unsigned char c = (unsigned char)s.p[i], d = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
        if (c == 0xC2 && d < 0xA0) return true;
        i += c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        if (i < s.n && (unsigned char)s.p[i] >= 0x80) return true;
        if (i + 1 < s.n && s.p[i] == ' ' && (unsigned char)s.p[i + 1] >= 0x80) return true;
    }
    return false;
}

typedef struct { dl_arena *mem; char *out; uint32_t n; dl_runs *runs; } mended;

static void add_run(mended *m, dl_run r)
{
    dl_run *last = m->runs->n ? &m->runs->v[m->runs->n - 1] : NULL;
    if (r.to == r.from) r.n *= r.to, r.to = r.from = 1;
    if (last && last->to == r.to && last->from == r.from && last->at + last->n * last->to == r.at && last->original + last->n * last->from == r.original) last->n += r.n;
    else *dl_push(m->mem, m->runs) = r;
}

static void copy(mended *m, dl_str in, uint32_t b, uint32_t e)
{
    if (b == e) return;
    memcpy(m->out + m->n, in.p + b, e - b);
    add_run(m, (dl_run){ m->n, b, e - b, 1, 1 });
    m->n += e - b;
}

static void put(mended *m, letter c)
{
    uint32_t k = (uint32_t)dl_utf8_put(c.cp, m->out + m->n);
    add_run(m, (dl_run){ m->n, c.b, 1, (uint8_t)k, (uint8_t)(c.e - c.b) });
    m->n += k;
}

bool dl_mend_mojibake(dl_arena *doc, dl_arena *scratch, dl_str in, uint32_t from, dl_str *text, dl_runs *runs)
{
    mended m = { scratch, NULL, 0, runs };
    line l = { NULL, 0, false, NULL };
    uint8_t *marked = NULL;
    uint32_t done = from, longest = 0;
    *runs = (dl_runs){ NULL, 0, 0 };
    for (uint32_t b = from, e; b < in.n; b = e) {
        const char *nl = memchr(in.p + b, '\n', in.n - b);
        e = nl ? (uint32_t)(nl - in.p) + 1 : in.n;
        if (!suspicious(dl_cut(in, b, e))) continue;
        if (!l.r) l.r = reverse_make(scratch);
        if (e - b > longest) longest = e - b > 2 * longest ? e - b : 2 * longest, l.v = dl_new(scratch, letter, longest), marked = dl_new(scratch, uint8_t, 2 * (size_t)longest);
        l.n = 0, l.mended = false;
        for (uint32_t i = b; i < e;) {
            uint32_t at = i, cp = dl_utf8_next(in, &i);
            l.v[l.n++] = (letter){ cp, at, i };
        }
        if (!mend_line(&l, marked)) continue;
        if (!m.out) m.out = dl_new(doc, char, (in.n - from) * 2 + 4);
        copy(&m, in, done, b);
        for (uint32_t i = 0; i < l.n; i++) put(&m, l.v[i]);
        done = e;
    }
    if (!m.out) return false;
    copy(&m, in, done, in.n);
    *text = (dl_str){ m.out, m.n };
    return true;
}
