/* export_spans.c - facts on the text: W3C Web Annotation (a JSON array, one annotation a slot) and brat standoff. Spans count characters (Unicode code points), and what they cut is what is quoted. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/file.h"
#include "base/json.h"
#include "views/export.h"

typedef struct { dl_chars chars; bool any; dl_buf ann; char id[64]; int64_t report; unsigned t, e, a, n; } spans;

/* ---- Web Annotation ---- */

enum { CONTEXT = 32 };                               /* characters of prefix and suffix */

static dl_str cut_back(dl_str text, int64_t end)
{
    int64_t b = end;
    for (int n = 0; b > 0 && n < CONTEXT; n++) do b--; while (b > 0 && ((unsigned char)text.p[b] & 0xC0) == 0x80);
    return dl_cut(text, (uint32_t)b, (uint32_t)end);
}

static dl_str cut_on(dl_str text, int64_t begin)
{
    uint32_t e = (uint32_t)begin;
    for (int n = 0; e < text.n && n < CONTEXT; n++) do e++; while (e < text.n && ((unsigned char)text.p[e] & 0xC0) == 0x80);
    return dl_cut(text, (uint32_t)begin, e);
}

static void pair(dl_jw *w, const char *key, dl_str v) { dl_jw_key(w, key), dl_jw_str(w, v); }

static void tag(dl_jw *w, const char *purpose, dl_str value)
{
    if (!value.n) return;
    dl_jw_open(w, '{'), pair(w, "type", DL_STR("TextualBody")), pair(w, "purpose", dl_str_of(purpose)), pair(w, "value", value), dl_jw_close(w, '}');
}

static void annotation(dl_export *x, spans *s, const dl_told *t, const char *role, dl_str code, int64_t begin, int64_t end, unsigned slot)
{
    dl_jw w = { &x->out, false };
    dl_buf id;
    dl_str text = dl_chars_text(&s->chars);
    dl_buf_init(&id, 0);
    dl_putz(&id, "urn:dateline:"), dl_put(&id, t->key), dl_putf(&id, ":%u", slot);
    dl_putz(&x->out, s->any ? ",\n" : "[\n");
    s->any = true;
    dl_jw_open(&w, '{');
    pair(&w, "@context", DL_STR("http://www.w3.org/ns/anno.jsonld")), pair(&w, "id", dl_buf_str(&id)), pair(&w, "type", DL_STR("Annotation")), pair(&w, "motivation", DL_STR("tagging"));
    dl_jw_key(&w, "body"), dl_jw_open(&w, '[');
    tag(&w, "tagging", dl_str_of(role)), tag(&w, "classifying", t->type), tag(&w, "describing", t->status), tag(&w, "identifying", code);
    dl_jw_close(&w, ']');
    dl_jw_key(&w, "target"), dl_jw_open(&w, '{');
    dl_buf_clear(&id);
    dl_putz(&id, t->url.n ? "" : "urn:dateline:report:"), dl_put(&id, t->url.n ? t->url : t->id);
    pair(&w, "source", dl_buf_str(&id));
    dl_jw_key(&w, "selector"), dl_jw_open(&w, '[');
    dl_jw_open(&w, '{'), pair(&w, "type", DL_STR("TextPositionSelector")), dl_jw_key(&w, "start"), dl_jw_int(&w, dl_chars_at(&s->chars, begin)), dl_jw_key(&w, "end"), dl_jw_int(&w, dl_chars_at(&s->chars, end)), dl_jw_close(&w, '}');
    dl_jw_open(&w, '{'), pair(&w, "type", DL_STR("TextQuoteSelector")), pair(&w, "exact", dl_cut(text, (uint32_t)begin, (uint32_t)end));
    pair(&w, "prefix", cut_back(text, begin)), pair(&w, "suffix", cut_on(text, end)), dl_jw_close(&w, '}');
    dl_jw_close(&w, ']'), dl_jw_close(&w, '}'), dl_jw_close(&w, '}');
    dl_buf_free(&id);
}

/* Reads rows itself, since it needs the veil of each. */
static bool each_with_veil(dl_export *x, bool (*each)(dl_export *, spans *, const dl_told *), spans *s)
{
    dl_teller t;
    dl_told row;
    bool good = dl_teller_open(&t, x->db, x->filter, x->names, "ORDER BY a.fact");
    dl_chars_open(&s->chars, x->db);
    while (good && dl_teller_next(&t, &row)) {
        jmp_buf full;
        t.mem.full = &full;
        if (setjmp(full)) good = dl_db_refuse(x->db, DL_ENOMEM, "no memory for a text of the database");
        else good = dl_chars_turn(&s->chars, row.report, &t.veil, &t.mem) && each(x, s, &row) && dl_export_flush(x), x->written++;
        t.mem.full = NULL;
    }
    dl_chars_close(&s->chars);
    dl_teller_close(&t);
    return good && dl_db_good(x->db);
}

static bool annotate(dl_export *x, spans *s, const dl_told *t)
{
    annotation(x, s, t, "trigger", t->cameo, t->begin, t->end, 0);
    for (uint32_t i = 0; i < t->nparty; i++) {
        if (t->parties[i].begin < 0) continue;
        char role[32];
        snprintf(role, sizeof role, "%.*s", (int)(t->parties[i].role.n < 31 ? t->parties[i].role.n : 31), t->parties[i].role.p);
        annotation(x, s, t, role, t->parties[i].code, t->parties[i].begin, t->parties[i].end, i + 1);
    }
    return true;
}

bool dl_export_webanno(dl_export *x)
{
    spans s = { 0 };
    bool good = each_with_veil(x, annotate, &s);
    dl_putz(&x->out, s.any ? "\n]\n" : "[]\n");
    return good;
}

/* ---- brat ---- */

/* Ids of reports are names of files: anything but letters, digits, - and . becomes _, and no name begins with a dot. */
static void file_name(char *out, size_t n, const char *folder, const char *id, int64_t report, const char *ending)
{
    char name[64];
    uint32_t k = 0;
    for (; *id && k < 40; id++) {
        char c = *id;
        bool plain = dl_alpha((unsigned char)c) || dl_digit((unsigned char)c) || c == '-' || (c == '.' && k);
        name[k++] = plain ? c : '_';
    }
    name[k] = 0;
    snprintf(out, n, "%s/%05lld-%s.%s", folder, (long long)report, name, ending);
}

static bool write_file(dl_export *x, const spans *s, const char *ending, dl_str bytes)
{
    char path[4096];
    dl_error err = { 0 };
    file_name(path, sizeof path, x->folder, s->id, s->report, ending);
    return dl_file_write(path, bytes.p ? bytes.p : "", bytes.n, &err) || dl_db_refuse(x->db, DL_EWRITE, "can't write a file of the export");
}

static bool close_page(dl_export *x, spans *s)
{
    bool good = !s->report || (!s->ann.failed && write_file(x, s, "ann", dl_buf_str(&s->ann))) || dl_db_refuse(x->db, DL_ENOMEM, "no memory for an export");
    dl_buf_free(&s->ann);
    s->report = 0;
    return good;
}

static bool turn_page(dl_export *x, spans *s, const dl_told *t)
{
    if (s->report == t->report) return true;
    if (!close_page(x, s)) return false;
    dl_buf_init(&s->ann, 0);
    s->report = t->report, s->t = s->e = s->a = s->n = 0;
    snprintf(s->id, sizeof s->id, "%.*s", (int)(t->id.n < 60 ? t->id.n : 60), t->id.p);
    return write_file(x, s, "txt", dl_chars_text(&s->chars));
}

/* A text-bound annotation, in one piece or, where a line ends within, in more. Its number. */
static unsigned text_bound(spans *s, dl_str type, int64_t begin, int64_t end)
{
    dl_str text = dl_chars_text(&s->chars);
    dl_buf *b = &s->ann;
    const char *between = " ";
    dl_putf(b, "T%u\t", ++s->t), dl_put(b, type);
    for (int64_t from = begin, to; from < end; from = to + 1) {
        for (to = from; to < end && text.p[to] != '\n'; to++) { }
        if (to > from) dl_putf(b, "%s%lld %lld", between, (long long)dl_chars_at(&s->chars, from), (long long)dl_chars_at(&s->chars, to)), between = ";";
    }
    dl_str words = dl_cut(text, (uint32_t)begin, (uint32_t)end);
    bool gap = false, any = false;
    dl_putc(b, '\t');
    for (uint32_t i = 0; i < words.n; i++) {
        if (words.p[i] == '\n') { gap = any; continue; }
        if (gap) dl_putc(b, ' '), gap = false;
        dl_putc(b, words.p[i]), any = true;
    }
    dl_putc(b, '\n');
    return s->t;
}

static bool ann_event(dl_export *x, spans *s, const dl_told *t)
{
    enum { MOST = 64 };
    if (!turn_page(x, s, t)) return false;
    unsigned trigger = text_bound(s, t->type, t->begin, t->end), at[MOST];
    uint32_t n = t->nparty < MOST ? t->nparty : MOST;
    for (uint32_t i = 0; i < n; i++) at[i] = t->parties[i].begin < 0 ? 0 : text_bound(s, t->parties[i].entity >= 0 && t->parties[i].kind.n ? t->parties[i].kind : t->parties[i].place >= 0 ? DL_STR("place") : DL_STR("words"), t->parties[i].begin, t->parties[i].end);
    dl_buf *b = &s->ann;
    dl_putf(b, "E%u\t", ++s->e), dl_put(b, t->type), dl_putf(b, ":T%u", trigger);
    for (uint32_t i = 0; i < n; i++) {
        if (!at[i]) continue;
        unsigned again = 1;                           /* a role met before gets a number: actor, actor2 */
        for (uint32_t k = 0; k < i; k++) again += dl_eq(t->parties[k].role, t->parties[i].role);
        dl_putc(b, ' '), dl_put(b, t->parties[i].role);
        if (again > 1) dl_putf(b, "%u", again);
        dl_putf(b, ":T%u", at[i]);
    }
    dl_putf(b, "\nA%u\tstatus E%u ", ++s->a, s->e), dl_put(b, t->status);
    dl_putf(b, "\n#%u\tAnnotatorNotes E%u\t", ++s->n, s->e), dl_put(b, t->key), dl_putc(b, '\n');
    return true;
}

bool dl_export_brat(dl_export *x)
{
    spans s = { 0 };
    struct stat st;
    if (mkdir(x->folder, 0777) != 0 && !(errno == EEXIST && stat(x->folder, &st) == 0 && S_ISDIR(st.st_mode))) return dl_db_refuse(x->db, DL_EWRITE, "can't make the folder of the export");
    bool good = each_with_veil(x, ann_event, &s);
    return close_page(x, &s) && good;
}
