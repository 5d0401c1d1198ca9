/* parse.c - a source text cut into entries, lines and words. Nothing here knows what an entry means.
 *
 * An entry begins at the left margin; indented lines belong to it. "#" at the start of a line or after a blank begins a comment, so that "#1" inside a
 * word is none. Example lines (+ and -) are cut like the others.
 */
#include "codebook/build.h"

static const char *const entry_names[DL_E_N] = { "event", "operator", "class", "actor", "topic", "context", "list", "forms", "off", "codebook" };

dl_str dl_next_word(dl_str *rest)
{
    uint32_t b = 0, e;
    while (b < rest->n && dl_space((unsigned char)rest->p[b])) b++;
    for (e = b; e < rest->n && !dl_space((unsigned char)rest->p[e]); e++) {}
    dl_str w = dl_cut(*rest, b, e);
    *rest = dl_cut(*rest, e, rest->n);
    return w;
}

dl_str dl_next_alt(dl_str *rest, char by)
{
    uint32_t e = 0;
    if (!rest->p) return (dl_str){ 0 };
    while (e < rest->n && rest->p[e] != by) e++;
    dl_str w = dl_trim(dl_cut(*rest, 0, e));
    if (e == rest->n) *rest = (dl_str){ 0 };
    else *rest = dl_cut(*rest, e + 1, rest->n);
    return w;
}

dl_str dl_next_item(dl_str *rest) { return dl_next_alt(rest, ','); }

void dl_nothing_more(dl_build *b, const dl_line *ln, dl_str rest)
{
    rest = dl_trim(rest);
    if (rest.n) dl_bad(b, ln, rest, "nothing more is expected here");
}

bool dl_find_name(const dl_intern *t, dl_str s, uint32_t *index)
{
    if (!t->slots) return false;
    for (uint32_t i = (uint32_t)dl_hash(s) & t->mask; t->slots[i]; i = (i + 1) & t->mask)
        if (dl_eq(t->strs.v[t->slots[i] - 1], s)) return *index = t->slots[i] - 1, true;
    return false;
}

/* The line without its comment; the comment's words to *note. */
static dl_str without_comment(dl_str s, dl_str *note)
{
    *note = (dl_str){ 0 };
    for (uint32_t i = 0; i < s.n; i++)
        if (s.p[i] == '#' && (i == 0 || dl_space((unsigned char)s.p[i - 1]))) {
            *note = dl_trim(dl_cut(s, i + 1, s.n));
            s.n = i;
            break;
        }
    return s;
}

static void head(dl_build *b, dl_line ln)
{
    dl_near near = dl_near_to(ln.key);
    for (int k = 0; k < DL_E_N; k++) {
        if (!dl_is(ln.key, entry_names[k])) { dl_near_try(&near, dl_str_of(entry_names[k])); continue; }
        dl_entry *e = dl_push(b->a, &b->entries);
        e->kind = (dl_entry_kind)k, e->head = ln, e->layer = b->stack->sources.v[ln.src].layer;
        return;
    }
    dl_bad(b, &ln, ln.key, "unknown entry \"%.*s\"%s", (int)ln.key.n, ln.key.p, dl_near_text(b, &near));
    dl_entry *e = dl_push(b->a, &b->entries);             /* takes its lines, so that they are not mistakes as well */
    e->kind = DL_E_N, e->head = ln, e->dead = true, e->layer = b->stack->sources.v[ln.src].layer;
}

void dl_parse_source(dl_build *b, uint32_t src)
{
    dl_str rest = b->stack->sources.v[src].text;
    uint32_t before = b->entries.n;
    for (uint32_t no = 1; rest.n; no++) {
        const char *nl = memchr(rest.p, '\n', rest.n);
        uint32_t n = nl ? (uint32_t)(nl - rest.p) : rest.n;
        dl_line ln = { .src = src, .no = no, .line = dl_cut(rest, 0, n) };
        rest = dl_cut(rest, nl ? n + 1 : n, rest.n);
        dl_str body = without_comment(ln.line, &ln.note);
        bool margin = body.n && !dl_space((unsigned char)body.p[0]);
        body = dl_trim(body);
        if (!body.n) continue;
        ln.key = dl_next_word(&body), ln.rest = dl_trim(body);
        if (margin) head(b, ln);
        else if (b->entries.n == before) dl_bad(b, &ln, dl_trim(ln.line), "indented line before any entry");
        else *dl_push(b->a, &b->entries.v[b->entries.n - 1].body) = ln;
    }
}
