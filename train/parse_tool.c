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
    dl_buf conllu;
    dl_buf_init(&conllu, 0);
    dl_conllu(&l, all, DL_STR("text"), &conllu);
    if (conllu.n) fwrite(conllu.p, 1, conllu.n, out);
    dl_buf_free(&conllu);
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
