/* html_tokens.c - bytes of HTML to tags and texts, one at a time, without copying.
 *
 * All the time goes into memchr for the next `<` and one walk over each tag. Works on any charset in which `<`, `>`, quotes and letters are the bytes of ASCII. What is never
 * closed can't swallow the page: a comment without end stops at the next `>`, a title or textarea without end tag is an element like others;
 * only script and style run to the end, as in browsers, since what follows is no text.
 */
#include "intake/html.h"

#define V DL_TAG_VOID
#define B DL_TAG_BLOCK
#define R DL_TAG_RAW
#define S DL_TAG_SHELL
#define C DL_TAG_CELL
#define N DL_TAG_NOTEXT
const uint8_t dl_tag_flags[DL_TAG_N] = { 0,
#define TAG(name, flags) flags,
#include "intake/html_tags.def"
#undef TAG
};
static const char *const NAME[DL_TAG_N] = { "",
#define TAG(name, flags) #name,
#include "intake/html_tags.def"
#undef TAG
};
const char *dl_tag_name(dl_html_tag t) { return t < DL_TAG_N ? NAME[t] : ""; }

/* The first seven letters in lower case and the length: one number tells every name of the table. */
static uint64_t packed(const char *p, uint32_t n)
{
    uint64_t v = 0;
    for (uint32_t i = 0; i < 7; i++) v = v << 8 | (i < n ? (unsigned char)dl_tolower((unsigned char)p[i]) : 0);
    return v << 8 | (n < 255 ? n : 255);
}

#define CH(name, i) ((uint64_t)(sizeof #name > (i) + 1 ? #name[(i) < sizeof #name ? (i) : 0] : 0) << (56 - 8 * (i)))
static const uint64_t KEY[DL_TAG_N] = { 0,
#define TAG(name, flags) CH(name, 0) | CH(name, 1) | CH(name, 2) | CH(name, 3) | CH(name, 4) | CH(name, 5) | CH(name, 6) | (sizeof #name - 1),
#include "intake/html_tags.def"
#undef TAG
};

static uint8_t find_tag(const char *p, uint32_t n)
{
    uint64_t key = packed(p, n);
    uint32_t low = 0, count = DL_TAG_N;
    while (count > 1) {                              /* no branch depends on the name */
        uint32_t half = count / 2;
        low = KEY[low + half] <= key ? low + half : low;
        count -= half;
    }
    return KEY[low] == key ? (uint8_t)low : DL_TAG_other;
}

static int find_attr(const char *p, uint32_t n)
{
    static const struct { uint8_t n; const char *name; } ATTR[DL_ATTR_N] = {
#define X(id, name) { sizeof name - 1, name },
        DL_ATTRS(X)
#undef X
    };
    unsigned char first = dl_tolower((unsigned char)p[0]);
    for (int k = 0; k < DL_ATTR_N; k++) {
        if (ATTR[k].n != n || (unsigned char)ATTR[k].name[0] != first) continue;
        uint32_t i = 1;
        while (i < n && dl_tolower((unsigned char)p[i]) == (unsigned char)ATTR[k].name[i]) i++;
        if (i == n) return k;
    }
    return -1;
}

/* The value behind `=` at i; *value is it, the result the offset behind it. */
static uint32_t attr_value(dl_str in, uint32_t i, dl_span *value)
{
    while (i < in.n && dl_space((unsigned char)in.p[i])) i++;
    if (i < in.n && (in.p[i] == '"' || in.p[i] == '\'')) {
        const char *end = memchr(in.p + i + 1, in.p[i], in.n - i - 1);
        *value = (dl_span){ i + 1, end ? (uint32_t)(end - in.p) : in.n };
        return end ? value->e + 1 : in.n;
    }
    uint32_t b = i;
    while (i < in.n && !dl_space((unsigned char)in.p[i]) && in.p[i] != '>') i++;
    *value = (dl_span){ b, i };
    return i;
}

/* What ends a name in a tag. */
static bool ends_name(unsigned char c) { return dl_space(c) || c == '/' || c == '>' || c == '='; }

/* The attributes from i on; the result is the offset behind `>`. */
static uint32_t attributes(dl_str in, uint32_t i, dl_html_token *t)
{
    while (i < in.n) {
        unsigned char c = (unsigned char)in.p[i];
        if (c == '>') return i + 1;
        if (dl_space(c) || c == '/') { i++; continue; }
        uint32_t b = i++;                            /* a name may begin with `=` */
        while (i < in.n && !ends_name((unsigned char)in.p[i])) i++;
        dl_span name = { b, i }, value = { i, i };
        while (i < in.n && dl_space((unsigned char)in.p[i])) i++;
        if (i < in.n && in.p[i] == '=') i = attr_value(in, i + 1, &value);
        int k = dl_len(name) <= 11 ? find_attr(in.p + name.b, dl_len(name)) : -1;
        if (k < 0 || t->have >> k & 1) continue;     /* the first of a name counts */
        t->have |= 1u << k;
        t->attr[k] = value;
    }
    return in.n;
}

static uint32_t behind(dl_str in, uint32_t i, char c)
{
    const char *p = i < in.n ? memchr(in.p + i, c, in.n - i) : NULL;
    return p ? (uint32_t)(p - in.p) + 1 : in.n;
}

/* `<!...>`, `<?...>`: comments, doctypes, instructions. */
static uint32_t skip_markup(dl_html *h, uint32_t i)
{
    if (!dl_starts(dl_cut(h->in, i, h->in.n), DL_STR("<!--"))) return behind(h->in, i, '>');
    if (i + 4 < h->in.n && h->in.p[i + 4] == '>') return i + 5;
    int64_t end = h->no_comment_end ? -1 : dl_find(h->in, DL_STR("-->"), i + 2);
    if (end >= 0) return (uint32_t)end + 3;
    h->no_comment_end = true;
    return behind(h->in, i, '>');
}

/* Where `</NAME` stands from i on, in.n if nowhere. */
static uint32_t find_end_tag(dl_str in, uint32_t i, uint8_t tag)
{
    uint32_t n = (uint32_t)strlen(NAME[tag]);
    for (const char *p; i < in.n && (p = memchr(in.p + i, '<', in.n - i)); i++) {
        i = (uint32_t)(p - in.p);
        if (in.n - i < n + 2) break;
        if (p[1] == '/' && find_tag(p + 2, n) == tag && (in.n - i == n + 2 || ends_name((unsigned char)p[n + 2]))) return i;
    }
    return in.n;
}

static bool raw_content(dl_html *h, dl_html_token *t)
{
    uint8_t tag = h->raw;
    uint64_t *known = &h->unclosed[tag >> 6], bit = (uint64_t)1 << (tag & 63);
    bool runs_on = tag == DL_TAG_script || tag == DL_TAG_style;
    h->raw = 0;
    uint32_t end = *known & bit ? h->in.n : find_end_tag(h->in, h->i, tag);
    if (end == h->in.n) {
        *known |= bit;
        if (!runs_on) return false;
    }
    t->kind = DL_HTML_RAW, t->tag = tag, t->at = (dl_span){ h->i, end };
    h->i = end;
    return true;
}

/* The tag at i; false: no tag, the `<` is text. */
static bool read_tag(dl_html *h, uint32_t i, dl_html_token *t)
{
    dl_str in = h->in;
    bool closes = i + 1 < in.n && in.p[i + 1] == '/';
    uint32_t b = i + 1 + closes, e = b;
    if (b >= in.n || !dl_alpha((unsigned char)in.p[b])) return false;
    while (e < in.n && !dl_space((unsigned char)in.p[e]) && in.p[e] != '/' && in.p[e] != '>') e++;
    t->kind = closes ? DL_HTML_CLOSE : DL_HTML_OPEN;
    t->tag = find_tag(in.p + b, e - b);
    uint32_t end = attributes(in, e, t);
    t->at = (dl_span){ i, end };
    if (!closes && dl_tag_flags[t->tag] & DL_TAG_RAW) h->raw = t->tag;
    h->i = end;
    return true;
}

bool dl_html_next(dl_html *h, dl_html_token *t)
{
    t->have = 0;
    if (h->raw && raw_content(h, t)) return true;
    uint32_t b = h->i;
    for (uint32_t i = b; i < h->in.n;) {
        const char *p = memchr(h->in.p + i, '<', h->in.n - i);
        i = p ? (uint32_t)(p - h->in.p) : h->in.n;
        unsigned char next = i + 1 < h->in.n ? (unsigned char)h->in.p[i + 1] : 0;
        bool markup = next == '!' || next == '?' || next == '/' || dl_alpha(next);
        if (p && !markup) { i++; continue; }                      /* "a < b" */
        if (next == '/' && !(i + 2 < h->in.n && dl_alpha((unsigned char)h->in.p[i + 2]))) markup = false;
        if (i > b) { *t = (dl_html_token){ .kind = DL_HTML_TEXT, .at = { b, i } }; h->i = i; return true; }
        if (!p) break;
        if (!markup) { b = i = behind(h->in, i, '>'); continue; }   /* "</>", "</ 3>": a comment to browsers */
        if (next == '!' || next == '?') { b = i = skip_markup(h, i); continue; }
        return read_tag(h, i, t);
    }
    h->i = h->in.n;
    t->kind = DL_HTML_END;
    return false;
}
