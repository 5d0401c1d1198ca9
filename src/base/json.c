/* json.c - a forgiving reader and a strict writer.
 *
 * The reader is one walk forward. What it forgives it notes and goes on; what it cannot understand stops it, and what was
 * read so far is returned. Each step either moves forward or stops, so any bytes end. */
#include "base/json.h"
#include "base/utf8.h"

enum { DEPTH = 200 };

typedef struct {
    dl_arena   *arena;
    dl_str      in;
    uint32_t    i;
    bool        stopped;                             /* broken: unwind, keep what there is */
    const char *error;
    uint32_t    error_at;
} reader;

static unsigned char peek(const reader *r) { return r->i < r->in.n ? (unsigned char)r->in.p[r->i] : 0; }
static bool at_end(const reader *r) { return r->i >= r->in.n; }

static void forgive(reader *r, const char *what, uint32_t at)
{
    if (!r->error) r->error = what, r->error_at = at;
}

/* What broke the reading matters more than what was forgiven before. */
static void stop(reader *r, const char *what, uint32_t at)
{
    if (!r->stopped) r->error = what, r->error_at = at;
    r->stopped = true;
}

static void skip_space(reader *r)
{
    while (!at_end(r) && dl_space(peek(r))) r->i++;
}

static dl_json *new_value(reader *r, dl_json_kind kind, uint32_t begin)
{
    dl_json *v = dl_new(r->arena, dl_json, 1);
    if (!v) {
        stop(r, "out of memory", begin);
        return NULL;
    }
    v->kind = kind;
    v->at = (dl_span){ begin, begin };
    return v;
}

/* ---- strings -------------------------------------------------------------------------------------------------------- */

/* Four hex digits at p, or -1. */
static int32_t hex4(const char *p, const char *end)
{
    if (end - p < 4) return -1;
    int32_t v = 0;
    for (int k = 0; k < 4; k++) {
        unsigned char c = (unsigned char)p[k], low = c | 32;
        if (dl_digit(c)) v = v * 16 + (c - '0');
        else if (low >= 'a' && low <= 'f') v = v * 16 + (low - 'a' + 10);
        else return -1;
    }
    return v;
}

/* \uXXXX at p (on the backslash), with its other half if it is the first of a pair. Returns bytes read, 0 if there are no four digits. */
static uint32_t unicode_escape(const char *p, const char *end, uint32_t *cp)
{
    int32_t first = hex4(p + 2, end);
    if (first < 0) return 0;
    *cp = (uint32_t)first;
    if (first >= 0xD800 && first < 0xDC00 && end - p >= 12 && p[6] == '\\' && p[7] == 'u') {
        int32_t second = hex4(p + 8, end);
        if (second >= 0xDC00 && second < 0xE000) {
            *cp = 0x10000 + ((uint32_t)first - 0xD800) * 0x400 + ((uint32_t)second - 0xDC00);
            return 12;
        }
    }
    return 6;
}

static char simple_escape(char c)
{
    switch (c) {
    case '"': case '\\': case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
    }
}

/* Decodes one escape at `p` (on the backslash) into *out; returns how far to go. A bad one is kept as written. */
static uint32_t decode_escape(reader *r, const char *p, const char *end, char **out)
{
    uint32_t at = (uint32_t)(p - r->in.p), cp = 0, n;
    char simple = end - p >= 2 ? simple_escape(p[1]) : 0;
    if (simple) {
        *(*out)++ = simple;
        return 2;
    }
    if (end - p >= 2 && p[1] == 'u' && (n = unicode_escape(p, end, &cp)) > 0) {
        if (cp >= 0xD800 && cp < 0xE000) forgive(r, "lone surrogate", at);
        *out += dl_utf8_put(cp, *out);               /* a lone surrogate is put as U+FFFD */
        return n;
    }
    forgive(r, "bad escape", at);
    *(*out)++ = '\\';
    return 1;
}

/* Decoded text is never longer than written: the longest gain is \uXXXX to three bytes. */
static dl_str decode(reader *r, dl_str raw)
{
    char *text = dl_alloc(r->arena, 1, 1, (size_t)raw.n + 1), *out = text;
    if (!text) {
        stop(r, "out of memory", r->i);
        return (dl_str){ 0 };
    }
    const char *p = raw.p, *end = raw.p + raw.n;
    while (p < end) {
        const char *escape = memchr(p, '\\', (size_t)(end - p));
        size_t run = (size_t)((escape ? escape : end) - p);
        memcpy(out, p, run);
        out += run, p += run;
        if (escape) p += decode_escape(r, p, end, &out);
    }
    dl_shrink(r->arena, text, (size_t)(out - text));
    return (dl_str){ text, (uint32_t)(out - text) };
}

/* Reads the string whose opening quote is at the cursor. */
static dl_str read_string(reader *r, bool *plain)
{
    const char *p = r->in.p;
    uint32_t quote = r->i, i = quote + 1;
    bool escaped = false;
    while (i < r->in.n && p[i] != '"') {
        if ((unsigned char)p[i] < 0x20) forgive(r, "control character in a string", i);
        if (p[i] == '\\') escaped = true, i++;
        i++;
    }
    if (i > r->in.n) i = r->in.n;                    /* the input ends behind a backslash */
    bool closed = i < r->in.n;
    dl_str raw = dl_cut(r->in, quote + 1, i);
    r->i = closed ? i + 1 : i;
    if (!closed) stop(r, "string without an end", quote);
    *plain = !escaped;
    return escaped ? decode(r, raw) : raw;
}

/* ---- numbers and words ---------------------------------------------------------------------------------------------- */

/* The grammar of RFC 8259, so that a writer may copy what it accepts. */
static bool is_strict_number(dl_str s)
{
    uint32_t i = 0, digits = 0;
    if (i < s.n && s.p[i] == '-') i++;
    uint32_t b = i;
    while (i < s.n && dl_digit((unsigned char)s.p[i])) i++;
    if (i == b || (s.p[b] == '0' && i - b > 1)) return false;
    if (i < s.n && s.p[i] == '.') {
        for (i++; i < s.n && dl_digit((unsigned char)s.p[i]); i++) digits++;
        if (!digits) return false;
    }
    if (i < s.n && (s.p[i] | 32) == 'e') {
        i++, digits = 0;
        if (i < s.n && (s.p[i] == '+' || s.p[i] == '-')) i++;
        for (; i < s.n && dl_digit((unsigned char)s.p[i]); i++) digits++;
        if (!digits) return false;
    }
    return i == s.n;
}

static bool in_word(unsigned char c) { return dl_alpha(c) || dl_digit(c) || c == '_' || c == '+' || c == '-' || c == '.' || c == '$'; }

static bool is_word(dl_str s, const char *lower)
{
    size_t n = strlen(lower);
    for (size_t i = 0; i < n; i++)
        if (i >= s.n || (char)dl_tolower((unsigned char)s.p[i]) != lower[i]) return false;
    return s.n == n;
}

/* Everything that is not a bracket or a string: numbers, the three words, and what stands in for them in the wild. */
static dl_json *read_word(reader *r)
{
    uint32_t b = r->i;
    while (!at_end(r) && in_word(peek(r))) r->i++;
    dl_str s = dl_cut(r->in, b, r->i);
    if (s.n == 0) {
        stop(r, at_end(r) ? "value missing at the end" : "no value here", b);
        return NULL;
    }
    dl_json *v = new_value(r, DL_JSON_NULL, b);
    if (!v) return NULL;
    v->at.e = r->i;
    bool first_digit = dl_digit((unsigned char)s.p[0]) || (s.n > 1 && dl_digit((unsigned char)s.p[1]) && !dl_alpha((unsigned char)s.p[0]));
    if (first_digit) {
        v->kind = DL_JSON_NUMBER;
        v->str = s;
        if (!is_strict_number(s)) forgive(r, "odd number", b);
    } else if (is_word(s, "true") || is_word(s, "false")) {
        v->kind = DL_JSON_BOOL;
        v->truth = s.n == 4;
        if (s.p[0] < 'a') forgive(r, "capital letter in a word", b);
    } else if (!dl_is(s, "null")) {
        forgive(r, "unknown word read as null", b);
    }
    return v;
}

/* ---- arrays and objects --------------------------------------------------------------------------------------------- */

static dl_json *read_value(reader *r, int depth);

/* Moves behind the bracket that closes the one at the cursor, without recursion and without values. */
static void skip_nested(reader *r)
{
    uint32_t open = 0, begin = r->i;
    while (!at_end(r)) {
        unsigned char c = peek(r);
        r->i++;
        if (c == '"') {
            while (!at_end(r) && peek(r) != '"') r->i += peek(r) == '\\' && r->i + 1 < r->in.n ? 2 : 1;
            if (!at_end(r)) r->i++;
        } else if (c == '[' || c == '{') {
            open++;
        } else if ((c == ']' || c == '}') && --open == 0) {
            return;
        }
    }
    stop(r, "bracket without an end", begin);
}

/* A member's key and colon. Keys without quotes are forgiven. */
static bool read_key(reader *r, dl_str *key)
{
    uint32_t b = r->i;
    bool plain;
    if (peek(r) == '"') {
        *key = read_string(r, &plain);
    } else {
        while (!at_end(r) && in_word(peek(r))) r->i++;
        *key = dl_cut(r->in, b, r->i);
        if (key->n) forgive(r, "key without quotes", b);
        else stop(r, "no key here", b);
    }
    if (r->stopped) return false;
    skip_space(r);
    if (peek(r) == ':') {
        r->i++;
        return true;
    }
    stop(r, at_end(r) ? "object without an end" : "no colon behind a key", r->i);
    return false;
}

/* Between members: a comma, several, or none at all. True when there is another member. */
static bool read_comma(reader *r, char close, bool first, uint32_t begin)
{
    bool comma = false;
    skip_space(r);
    while (peek(r) == ',') {
        if (comma || first) forgive(r, "comma too many", r->i);
        comma = true;
        r->i++;
        skip_space(r);
    }
    if (at_end(r)) {
        stop(r, close == '}' ? "object without an end" : "array without an end", begin);
        return false;
    }
    if (peek(r) == close) {
        if (comma) forgive(r, "comma too many", r->i);
        r->i++;
        return false;
    }
    if (!comma && !first) forgive(r, "comma missing", r->i);
    return true;
}

static dl_json *read_members(reader *r, int depth)
{
    uint32_t begin = r->i;
    bool object = peek(r) == '{';
    dl_json *v = new_value(r, object ? DL_JSON_OBJECT : DL_JSON_ARRAY, begin);
    if (!v) return NULL;
    if (depth >= DEPTH) {
        forgive(r, "nested too deep, left out", begin);
        skip_nested(r);
        v->kind = DL_JSON_NULL;
    } else {
        dl_json **tail = &v->first;
        r->i++;
        while (!r->stopped && read_comma(r, object ? '}' : ']', tail == &v->first, begin)) {
            dl_str key = { 0 };
            if (object && !read_key(r, &key)) break;
            dl_json *child = read_value(r, depth + 1);
            if (!child) break;
            child->key = key;
            *tail = child;
            tail = &child->next;
        }
    }
    v->at.e = r->i;
    return v;
}

static dl_json *read_value(reader *r, int depth)
{
    skip_space(r);
    unsigned char c = peek(r);
    if (c == '{' || c == '[') return read_members(r, depth);
    if (c != '"') return read_word(r);
    dl_json *v = new_value(r, DL_JSON_STRING, r->i);
    if (!v) return NULL;
    v->str = read_string(r, &v->plain);
    v->at.e = r->i;
    return v;
}

dl_json *dl_json_read(dl_arena *a, dl_str in, uint32_t *end, const char **error, uint32_t *error_at)
{
    reader r = { .arena = a, .in = in };
    if (dl_starts(in, DL_STR("\xEF\xBB\xBF"))) r.i = 3;
    dl_json *v = read_value(&r, 0);
    if (v) skip_space(&r);
    if (end) *end = r.i;
    if (error) *error = r.error;
    if (error_at) *error_at = r.error_at;
    return v;
}

/* ---- finding -------------------------------------------------------------------------------------------------------- */

bool dl_json_key_is(dl_str key, const char *name)
{
    uint32_t i = 0;
    for (;;) {
        while (i < key.n && (key.p[i] == '-' || key.p[i] == '_')) i++;
        while (*name == '-' || *name == '_') name++;
        if (i == key.n || !*name) return i == key.n && !*name;
        if (dl_tolower((unsigned char)key.p[i++]) != dl_tolower((unsigned char)*name++)) return false;
    }
}

dl_json *dl_json_get(const dl_json *object, const char *key)
{
    if (!object || object->kind != DL_JSON_OBJECT) return NULL;
    for (dl_json *m = object->first; m; m = m->next)
        if (dl_json_key_is(m->key, key)) return m;
    return NULL;
}

/* ---- writing -------------------------------------------------------------------------------------------------------- */

static void put_escaped(dl_buf *b, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    char short_form = c == '\n' ? 'n' : c == '\t' ? 't' : c == '\r' ? 'r' : c == '\b' ? 'b' : c == '\f' ? 'f' : c == '"' || c == '\\' ? (char)c : 0;
    if (short_form) dl_put(b, (dl_str){ (char[]){ '\\', short_form }, 2 });
    else dl_put(b, (dl_str){ (char[]){ '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] }, 6 });
}

static void put_any(dl_buf *b, dl_str s)
{
    dl_putc(b, '"');
    uint32_t i = 0;
    while (i < s.n) {
        uint32_t run = i;                            /* bytes that need nothing, in one piece */
        while (i < s.n) {
            unsigned char c = (unsigned char)s.p[i];
            if (c < 0x20 || c == '"' || c == '\\') break;
            if (c < 0x80) {
                i++;
                continue;
            }
            uint32_t next = i;
            if (dl_utf8_next(s, &next) == 0xFFFD && next == i + 1) break;    /* ill-formed: a real U+FFFD has three bytes */
            i = next;
        }
        dl_put(b, dl_cut(s, run, i));
        if (i == s.n) break;
        if ((unsigned char)s.p[i] < 0x80) put_escaped(b, (unsigned char)s.p[i]);
        else dl_putz(b, "\xEF\xBF\xBD");
        i++;
    }
    dl_putc(b, '"');
}

/* How many of the first bytes are ASCII that stands in a string as it is; eight at a time. */
static uint32_t plain_bytes(dl_str s)
{
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    uint32_t i = 0;
    for (uint64_t x; i + 8 <= s.n; i += 8) {
        memcpy(&x, s.p + i, 8);
        uint64_t quote = x ^ ones * '"', back = x ^ ones * '\\';
        if ((x | (x - ones * 0x20) | (quote - ones) | (back - ones)) & high) break;       /* one byte may be said to borrow from the next: then the loop below tells */
    }
    for (; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') break;
    }
    return i;
}

/* In one piece where nothing is to be escaped; before and behind: a byte each, 0 for none. */
static void put_string(dl_buf *b, char before, dl_str s, char behind)
{
    if (plain_bytes(s) < s.n) {
        if (before) dl_putc(b, before);
        put_any(b, s);
        if (behind) dl_putc(b, behind);
        return;
    }
    char *p = dl_buf_more(b, (size_t)s.n + 2 + !!before + !!behind);
    if (!p) return;
    if (before) *p++ = before;
    *p++ = '"';
    if (s.n) memcpy(p, s.p, s.n);
    p[s.n] = '"';
    if (behind) p[s.n + 1] = behind;
}

void dl_json_str(dl_buf *b, dl_str s) { put_string(b, 0, s, 0); }

static void before_value(dl_jw *w)
{
    if (w->comma) dl_putc(w->out, ',');
    w->comma = true;
}

void dl_jw_open(dl_jw *w, char bracket)
{
    before_value(w);
    dl_putc(w->out, bracket);
    w->comma = false;
}

void dl_jw_close(dl_jw *w, char bracket)
{
    dl_putc(w->out, bracket);
    w->comma = true;
}

void dl_jw_key(dl_jw *w, const char *key)
{
    put_string(w->out, w->comma ? ',' : 0, dl_str_of(key), ':');
    w->comma = false;
}

void dl_jw_str(dl_jw *w, dl_str s)
{
    if (s.p) put_string(w->out, w->comma ? ',' : 0, s, 0);
    else before_value(w), dl_putz(w->out, "null");
    w->comma = true;
}

void dl_jw_int(dl_jw *w, int64_t v)
{
    before_value(w);
    dl_putint(w->out, v);
}

void dl_jw_fix(dl_jw *w, int64_t v, int decimals)
{
    before_value(w);
    dl_putfix(w->out, v, decimals);
}

void dl_jw_bool(dl_jw *w, bool v)
{
    before_value(w);
    dl_putz(w->out, v ? "true" : "false");
}

void dl_jw_null(dl_jw *w)
{
    before_value(w);
    dl_putz(w->out, "null");
}

void dl_jw_span(dl_jw *w, dl_span s)
{
    dl_jw_open(w, '[');
    dl_jw_int(w, s.b);
    dl_jw_int(w, s.e);
    dl_jw_close(w, ']');
}
