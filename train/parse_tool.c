/* parse_tool.c - plain text in, CoNLL-U out; and how fast. Paragraphs are parted by blank lines. */
#include "train.h"
#include "base/file.h"
#include <stdlib.h>
#include <time.h>

static char *read_all(FILE *f, size_t *n)
{
    size_t cap = 1 << 16;
    char *v = malloc(cap);
    *n = 0;
    for (size_t got; (got = fread(v + *n, 1, cap - *n, f)) > 0; )
        if ((*n += got) == cap) v = realloc(v, cap *= 2);
    return v;
}

/* Paragraphs of text[from, to), as blocks. */
static uint32_t paragraphs(dl_arena *a, dl_str text, dl_span **out)
{
    DL_VEC(dl_span) v = { 0 };
    uint32_t b = 0;
    for (uint32_t i = 0; i <= text.n; i++) {
        uint32_t k = i + 1;
        if (i < text.n && text.p[i] != '\n') continue;
        while (k < text.n && text.p[k] != '\n' && dl_space((unsigned char)text.p[k])) k++;
        if (i < text.n && k < text.n && text.p[k] != '\n') continue;
        if (i > b) *dl_push(a, &v) = (dl_span){ b, i };
        b = k;
        i = k > i ? k - 1 : i;
    }
    *out = v.v;
    return v.n;
}

/* Clitics and fused halves belong to the token before them (a multi-word token). */
static bool clitic(const dl_token *t)
{
    static const char *const half[] = { "n't", "nt", "not", "na", "ta", NULL };
    if (t->space_before) return false;
    if (t->low.p[0] == '\'' && (t->low.n > 1 || t->xpos == DL_POS)) return t->low.n == 1 || dl_alpha((unsigned char)t->low.p[1]);
    for (const char *const *h = half; *h; h++) if (dl_is(t->low, *h)) return true;
    return t->xpos == DL_POS && t->low.n == 1;
}

/* Lemmas are lower case here; CoNLL-U wants names and "I" as they are written. */
static void put_lemma(FILE *out, const dl_token *t)
{
    if (dl_is(t->lemma, "i") && t->upos == DL_PRON) { fputs("I", out); return; }
    if (t->upos == DL_PROPN && t->lemma.n <= t->low.n && t->low.n == t->text.n && memcmp(t->lemma.p, t->low.p, t->lemma.n) == 0)
        fprintf(out, "%.*s", (int)t->lemma.n, t->text.p);
    else fprintf(out, "%.*s", (int)t->lemma.n, t->lemma.p);
}

static void put_sentence(FILE *out, const dl_language *l, const dl_sentence *s, uint32_t number)
{
    fprintf(out, "# sent_id = %u\n", number);
    for (uint32_t i = s->first, in = s->first; i < s->end; i++) {
        const dl_token *t = &l->tok[i];
        if (i >= in) {
            uint32_t e = i + 1;
            while (e < s->end && clitic(&l->tok[e])) e++;
            in = e;
            if (e > i + 1) {
                fprintf(out, "%u-%u\t", i - s->first + 1, e - s->first);
                for (uint32_t k = i; k < e; k++) fprintf(out, "%.*s", (int)l->tok[k].text.n, l->tok[k].text.p);
                fprintf(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n", e < s->end && !l->tok[e].space_before ? "SpaceAfter=No" : "_");
            }
        }
        fprintf(out, "%u\t%.*s\t", i - s->first + 1, (int)t->text.n, t->text.p);
        put_lemma(out, t);
        fprintf(out, "\t%s\t%s\t_\t%u\t%s\t_\t%s\n", dl_upos_name(t->upos), dl_xpos_name(t->xpos), t->head == i ? 0 : t->head - s->first + 1, dl_rel_name(t->rel),
                i + 1 < s->end && !l->tok[i + 1].space_before ? "SpaceAfter=No" : "_");
    }
    fputc('\n', out);
}

typedef struct { dl_pool *pool; dl_arena doc, scratch; dl_model *model; } tool;

static bool tool_open(tool *t, const char *path)
{
    dl_error err = { 0 };
    t->model = dl_model_open(path, &err);
    if (!t->model || !dl_language_check(t->model, &err)) { fprintf(stderr, "%s: %s\n", err.file, err.message); return false; }
    t->pool = dl_pool_open((size_t)4 << 30);
    return t->pool && dl_arena_open(&t->doc, t->pool) && dl_arena_open(&t->scratch, t->pool);
}

static void tool_close(tool *t)
{
    dl_arena_close(&t->doc);
    dl_arena_close(&t->scratch);
    dl_pool_close(t->pool);
    dl_model_close(t->model);
}

int parse_command(const char *model, FILE *in, FILE *out)
{
    tool t;
    if (!tool_open(&t, model)) return 1;
    size_t n;
    char *text = read_all(in, &n);
    dl_str all = { text, (uint32_t)n };
    dl_span *block;
    uint32_t nblock = paragraphs(&t.doc, all, &block);
    dl_language l;
    dl_read_language(t.model, &t.doc, &t.scratch, all, block, NULL, nblock, &l);
    for (uint32_t i = 0; i < l.nsent; i++) put_sentence(out, &l, &l.sent[i], i + 1);
    tool_close(&t);
    free(text);
    return 0;
}

static double now(void)
{
    struct timespec s;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &s);
    return (double)s.tv_sec + 1e-9 * (double)s.tv_nsec;
}

/* Words a second of CPU, the file cut into documents of about 3,000 bytes at paragraph ends, as in real use. */
int time_command(const char *model, const char *file)
{
    tool t;
    dl_error err = { 0 };
    dl_file f;
    if (!tool_open(&t, model)) return 1;
    if (!dl_file_open(&f, file, &err)) { fprintf(stderr, "%s: %s\n", err.file, err.message); return 1; }
    dl_str all = { f.p, f.n > 20000000 ? 20000000 : (uint32_t)f.n };
    double start = now();
    uint64_t words = 0, sentences = 0;
    dl_marker m = dl_mark(&t.doc);
    for (uint32_t b = 0, e; b < all.n; b = e) {
        int64_t nl = b + 3000 < all.n ? dl_find(all, DL_STR("\n"), b + 3000) : -1;
        e = nl < 0 ? all.n : (uint32_t)nl + 1;
        dl_span *block;
        DL_VEC(dl_span) v = { 0 };
        for (uint32_t i = b, k; i < e; i = k + 1) {
            int64_t end = dl_find(all, DL_STR("\n"), i);
            k = end < 0 || end > e ? e : (uint32_t)end;
            if (k > i) *dl_push(&t.doc, &v) = (dl_span){ i, k };
        }
        block = v.v;
        dl_language l;
        dl_read_language(t.model, &t.doc, &t.scratch, all, block, NULL, v.n, &l);
        words += l.ntok;
        sentences += l.nsent;
        dl_reset(&t.doc, m);
    }
    double s = now() - start;
    printf("%llu tokens, %llu sentences, %.2f s, %.0f tokens/s\n", (unsigned long long)words, (unsigned long long)sentences, s, (double)words / s);
    dl_file_close(&f);
    tool_close(&t);
    return 0;
}
