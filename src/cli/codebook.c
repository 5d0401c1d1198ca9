/* codebook.c - dateline codebook build, test, lint, show. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "cli/cli.h"
#include "codebook/compile.h"
#include "record/expect.h"

typedef struct { const char *v[MAX_BOOKS + 8]; size_t n; } paths;

/* The folders and packs to work on: those of --codebook, then what stands behind the word for the deed. */
static paths targets(const cli *c, size_t from)
{
    paths p = { .n = 0 };
    for (size_t i = 0; i < c->nbook; i++) p.v[p.n++] = c->book[i];
    for (size_t i = from; i < c->nargs && p.n < sizeof p.v / sizeof *p.v; i++) p.v[p.n++] = c->args[i];
    return p;
}

static int build(const cli *c)
{
    paths p = targets(c, 1);
    if (!p.n || !c->output) { cli_say("codebook build wants a folder and --output"); cli_usage("codebook"); return EXIT_USAGE; }
    dl_diags d = { 0 };
    dl_buf pack;
    dl_buf_init(&pack, 0);
    int rc = EXIT_PACK;
    if (dl_codebook_compile(p.v, p.n, 0, &pack, &d)) {
        dl_error err = { 0 };
        rc = dl_file_write(c->output, pack.p, pack.n, &err) ? EXIT_FINE : EXIT_OUTPUT;
        if (rc) cli_error(&err);
    }
    cli_diags(&d);
    dl_buf_free(&pack);
    dl_diags_free(&d);
    return rc;
}

static int lint(const cli *c)
{
    paths p = targets(c, 1);
    if (!p.n) p.v[p.n++] = "default";
    dl_diags d = { 0 };
    bool ok = dl_codebook_lint(p.v, p.n, &d);
    cli_diags(&d);
    dl_diags_free(&d);
    return ok ? EXIT_FINE : EXIT_PACK;
}

static int show(const cli *c)
{
    if (c->nargs < 2) { cli_say("codebook show wants a word"); return EXIT_USAGE; }
    paths p = targets(c, 2);
    dl_codebook *b = cli_open_books(p.v, p.n);
    if (!b) return EXIT_PACK;
    dl_buf out;
    dl_buf_init(&out, 0);
    size_t n = dl_codebook_show(b, dl_str_of(c->args[1]), &out);
    if (out.n) fwrite(out.p, 1, out.n, stdout);
    dl_buf_free(&out);
    dl_codebook_close(b);
    return n ? EXIT_FINE : EXIT_SOME_FAILED;
}

/* ---- test: every example through the whole program ---- */

typedef struct { dl_codebook *book; dl_coder *coder; dl_arena *mem; size_t right, wrong; dl_codebook *ours; } bench;

static bool event_head(dl_str s)
{
    uint32_t i = 0;
    while (i < s.n && (dl_upper((unsigned char)s.p[i]))) i++;
    return i >= 4 && (i == s.n || dl_space((unsigned char)s.p[i]));
}

static bool other_head(dl_str s)
{
    static const char *const heads[] = { "not ", "count ", "time ", "quote ", "place \"", "entity ", "link ", "nothing", "only" };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (strcmp(heads[i], "place \"") != 0 && dl_starts(s, dl_str_of(heads[i])) && !(dl_starts(s, DL_STR("time ")) && (s.n < 6 || s.p[5] != '"')) && !(dl_starts(s, DL_STR("count ")) && false)) return true;
    return false;
}

/* The expectation lines that an example stands for. */
static dl_str expectations(const bench *t, const dl_example *x)
{
    const dl_sense *s = dl_book_sense(t->book, x->sense);
    dl_str id = dl_book_str(t->book, s->id), want = dl_book_str(t->book, x->expect), sentence = dl_book_str(t->book, x->sentence);
    dl_str trigger = dl_at(sentence, x->trigger);
    const char *type = dl_type_name((dl_type)s->type);
    if (!x->positive) return s->is_operator ? want : dl_fmt(t->mem, "not EVENT rule \"%.*s\"\n", (int)id.n, id.p);
    if (s->is_operator || event_head(want) || other_head(want)) {
        if (s->is_operator) return want;
        return dl_fmt(t->mem, "%s \"%.*s\" rule \"%.*s\"\n%.*s\n", type, (int)trigger.n, trigger.p, (int)id.n, id.p, (int)want.n, want.p);
    }
    if (!trigger.n) return dl_fmt(t->mem, "%s rule \"%.*s\" %.*s\n", type, (int)id.n, id.p, (int)want.n, want.p);
    return dl_fmt(t->mem, "%s \"%.*s\" rule \"%.*s\" %.*s\n", type, (int)trigger.n, trigger.p, (int)id.n, id.p, (int)want.n, want.p);
}

static void example(bench *t, const dl_example *x)
{
    dl_str sentence = dl_book_str(t->book, x->sentence), file = dl_book_file(t->book, x->file);
    dl_about about = { .size = sizeof about, .published = "2024-05-15", .language = "en" };
    dl_doc *d = dl_code(t->coder, sentence.p, sentence.n, &about);
    dl_buf out;
    dl_buf_init(&out, 0);
    dl_str json = { dl_doc_json(d), (uint32_t)dl_doc_json_size(d) };
    uint32_t bad = dl_expect(t->mem, json, expectations(t, x), &out);
    if (bad) {
        t->wrong++;
        printf("%.*s:%u: %c %.*s\n", (int)file.n, file.p, x->line, x->positive ? '+' : '-', (int)sentence.n, sentence.p);
        dl_str s = { out.p, (uint32_t)out.n };
        for (uint32_t b = 0; b < s.n;) {
            int64_t nl = dl_find(s, DL_STR("\n"), b);
            uint32_t e = nl < 0 ? s.n : (uint32_t)nl;
            printf("    %.*s\n", (int)(e - b), s.p + b);
            b = e + 1;
        }
    } else t->right++;
    dl_buf_free(&out);
    dl_doc_free(d);
}

/* Only the examples of the user's own files are tried when folders or packs were named: those that the codebook built in has not. "default" or nothing: all. */
static bool wanted(const bench *t, const dl_example *x)
{
    if (!t->ours) return true;
    dl_str file = dl_book_file(t->book, x->file);
    for (uint32_t i = 0; i < dl_book_nfile(t->ours); i++)
        if (dl_eq(dl_book_file(t->ours, (uint16_t)i), file)) return false;
    return true;
}

static int test(const cli *c)
{
    paths p = targets(c, 1);
    dl_error err = { 0 };
    dl_pool *pool = dl_pool_open((size_t)1 << 28);
    dl_arena mem;
    if (!pool || !dl_arena_open(&mem, pool)) return EXIT_SOME_FAILED;
    bench t = { .mem = &mem };
    t.book = cli_open_books(p.v, p.n);
    t.coder = t.book ? dl_coder_open(t.book, NULL, NULL, &err) : NULL;
    int rc = EXIT_PACK;
    if (t.book && !t.coder) cli_error(&err);
    else if (t.coder) {
        bool all = p.n == 0 || (p.n == 1 && strcmp(p.v[0], "default") == 0);
        if (!all) t.ours = dl_codebook_open(NULL, 0, &err);
        dl_marker mark = dl_mark(&mem);
        for (uint32_t i = 0; i < dl_book_nexample(t.book); i++) {
            const dl_example *x = dl_book_example(t.book, i);
            if (wanted(&t, x)) example(&t, x);
            dl_reset(&mem, mark);
        }
        printf("%zu examples right, %zu wrong\n", t.right, t.wrong);
        if (!t.right && !t.wrong) cli_say("no example was found in what was named");
        rc = t.wrong || !t.right ? EXIT_SOME_FAILED : EXIT_FINE;
    }
    dl_coder_close(t.coder);
    dl_codebook_close(t.ours);
    dl_codebook_close(t.book);
    dl_arena_close(&mem);
    dl_pool_close(pool);
    return rc;
}

int verb_codebook(const cli *c)
{
    const char *deed = c->nargs ? c->args[0] : "";
    if (strcmp(deed, "build") == 0) return build(c);
    if (strcmp(deed, "lint") == 0) return lint(c);
    if (strcmp(deed, "show") == 0) return show(c);
    if (strcmp(deed, "test") == 0) return test(c);
    cli_say("codebook wants build, test, lint or show");
    cli_usage("codebook");
    return EXIT_USAGE;
}
