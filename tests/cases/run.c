/* run.c - dateline-cases: runs the text cases of tests/cases/README.md.
 *
 *   dateline-cases [--update] [--rate N NAME] FILE|FOLDER...
 *
 * Prints a line a case, "ok NAME" or "not ok NAME" with what was missing below it. A case marked [known-bug] that fails prints "ok NAME # known bug"; one that passes is told as
 * fixed and fails, so that its mark is taken away. With --rate single failures are shown but only the share of right cases is judged: one line for NAME.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "record/expect.h"

typedef struct { dl_str title, published, id, source, head_title, report, text, expect; bool known_bug; } scene;
typedef struct { dl_coder *coder; dl_arena *mem; bool update, quiet; uint32_t right, total, failed; } suite;

static dl_str next_line(dl_str s, uint32_t *at)
{
    int64_t nl = dl_find(s, DL_STR("\n"), *at);
    uint32_t e = nl < 0 ? s.n : (uint32_t)nl;
    dl_str l = dl_cut(s, *at, e);
    *at = nl < 0 ? s.n : e + 1;
    return l;
}

static bool head_line(dl_str l, scene *c)
{
    struct { const char *key; dl_str *to; } keys[] = { { "published ", &c->published }, { "id ", &c->id }, { "source ", &c->source }, { "title ", &c->head_title }, { "report ", &c->report } };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (dl_starts(l, dl_str_of(keys[i].key))) { *keys[i].to = dl_trim(dl_cut(l, (uint32_t)strlen(keys[i].key), l.n)); return true; }
    return false;
}

/* Head lines count only when a blank line ends them: a report may itself begin with "title". */
static uint32_t read_head(dl_str s, uint32_t at, scene *c)
{
    scene tmp = *c;
    uint32_t i = at, n = 0;
    for (;;) {
        uint32_t before = i;
        dl_str l = next_line(s, &i);
        if (head_line(l, &tmp)) { n++; continue; }
        if (n && (!dl_trim(l).n || (tmp.report.n && dl_is(dl_trim(l), "---")))) { *c = tmp; return dl_trim(l).n ? before : i; }
        return at;
    }
}

static bool read_case(dl_str s, uint32_t *at, scene *c)
{
    *c = (scene){ .known_bug = false };
    while (*at < s.n) {
        dl_str l = next_line(s, at);
        if (!dl_starts(l, DL_STR("=== "))) continue;
        c->title = dl_trim(dl_cut(l, 4, l.n));
        c->known_bug = dl_ends(c->title, DL_STR("[known-bug]"));
        break;
    }
    if (!c->title.n) return false;
    uint32_t b = read_head(s, *at, c), e = b, i = b;
    while (i < s.n) {
        uint32_t line = i;
        dl_str l = next_line(s, &i);
        if (dl_is(dl_trim(l), "---")) { e = line; break; }
        e = i;
    }
    while (e > b && (s.p[e - 1] == '\n' || s.p[e - 1] == ' ')) e--;
    c->text = dl_cut(s, b, e);
    uint32_t xb = i, xe = i;
    while (xe < s.n) {
        uint32_t line = xe;
        dl_str l = next_line(s, &xe);
        if (dl_starts(l, DL_STR("=== "))) { xe = line; break; }
    }
    c->expect = dl_cut(s, xb, xe);
    *at = xe;
    return true;
}

static const char *z(dl_arena *a, dl_str s) { return s.n ? dl_copy(a, s).p : NULL; }

static void run_case(suite *t, const char *path, const scene *c)
{
    dl_about about = { .size = sizeof about, .published = z(t->mem, c->published), .id = z(t->mem, c->id), .source = z(t->mem, c->source), .title = z(t->mem, c->head_title) };
    dl_file f = { 0 };
    dl_error err = { 0 };
    if (c->report.n && !dl_file_open(&f, z(t->mem, c->report), &err)) { printf("skip %s: %.*s: no %.*s here\n", path, (int)c->title.n, c->title.p, (int)c->report.n, c->report.p); return; }
    dl_doc *d = c->report.n ? dl_code(t->coder, f.p, f.n, &about) : dl_code(t->coder, c->text.p, c->text.n, &about);
    dl_str json = { dl_doc_json(d), (uint32_t)dl_doc_json_size(d) };
    dl_buf out;
    dl_buf_init(&out, 0);
    uint32_t bad = dl_expect(t->mem, json, c->expect, &out);
    bool ok = bad == 0;
    t->total++, t->right += ok;
    if (t->update) {
        dl_buf w;
        dl_buf_init(&w, 0);
        dl_expect_write(t->mem, json, &w);
        printf("=== %.*s\n%.*s\n---\n%.*s\n", (int)c->title.n, c->title.p, (int)c->text.n, c->text.p, (int)w.n, w.p);
        dl_buf_free(&w);
    } else if (t->quiet) {
        printf("  %s %s: %.*s\n", ok ? "right" : "wrong", path, (int)c->title.n, c->title.p);
    } else if (c->known_bug) {
        printf(ok ? "not ok %s: %.*s # fixed: take the mark away\n" : "ok %s: %.*s # known bug\n", path, (int)c->title.n, c->title.p);
        t->failed += ok;
    } else {
        printf("%s %s: %.*s\n", ok ? "ok" : "not ok", path, (int)c->title.n, c->title.p);
        t->failed += !ok;
    }
    if (!ok && !t->update && !c->known_bug) {
        dl_str s = { out.p, (uint32_t)out.n };
        for (uint32_t i = 0; i < s.n;) { dl_str l = next_line(s, &i); printf("    # %.*s\n", (int)l.n, l.p); }
    }
    dl_buf_free(&out);
    dl_doc_free(d);
    if (c->report.n) dl_file_close(&f);
}

static bool run_file(suite *t, const char *path)
{
    dl_error err = { 0 };
    dl_file f;
    if (!dl_file_open(&f, path, &err)) { fprintf(stderr, "%s\n", err.message); return false; }
    dl_str s = { f.p, (uint32_t)f.n };
    scene c;
    for (uint32_t at = 0; read_case(s, &at, &c);) {
        dl_marker m = dl_mark(t->mem);
        run_case(t, path, &c);
        dl_reset(t->mem, m);
    }
    dl_file_close(&f);
    return true;
}

int main(int argc, char **argv)
{
    dl_error err = { 0 };
    dl_pool *pool = dl_pool_open((size_t)1 << 28);
    dl_arena mem;
    if (!pool || !dl_arena_open(&mem, pool)) return 2;
    dl_codebook *book = dl_codebook_open(NULL, 0, &err);
    suite t = { .mem = &mem, .coder = book ? dl_coder_open(book, NULL, NULL, &err) : NULL };
    if (!t.coder) { fprintf(stderr, "%s\n", err.message); return 2; }
    int i = 1, rate = -1;
    const char *name = "";
    for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
        if (strcmp(argv[i], "--update") == 0) t.update = true;
        else if (strcmp(argv[i], "--rate") == 0 && i + 2 < argc) { rate = atoi(argv[i + 1]), name = argv[i + 2]; t.quiet = true; i += 2; }
        else { fprintf(stderr, "usage: dateline-cases [--update] [--rate N NAME] FILE|FOLDER...\n"); return 2; }
    }
    dl_paths paths = { 0 };
    bool fine = true;
    for (; i < argc; i++) fine = dl_walk(argv[i], &paths, &err) && fine;
    for (size_t k = 0; k < paths.n; k++) {
        size_t n = strlen(paths.v[k]);
        if (n > 4 && strcmp(paths.v[k] + n - 4, ".txt") == 0) fine = run_file(&t, paths.v[k]) && fine;
    }
    dl_paths_free(&paths);
    if (rate >= 0) {
        if (!t.total) { printf("skip %s: nothing to run\n", name); rate = -1; }
        bool ok = !t.total || t.right * 100 >= (uint32_t)rate * t.total;
        if (t.total) printf("%s %s: %u of %u right, at least %d %% asked for\n", ok ? "ok" : "not ok", name, t.right, t.total, rate);
        t.failed = !ok;
    }
    dl_coder_close(t.coder);
    dl_codebook_close(book);
    dl_arena_close(&mem);
    dl_pool_close(pool);
    return t.failed || !fine;
}
