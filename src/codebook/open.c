/* open.c - opening codebooks: the one built in, packs, and stacks of folders and packs, which are compiled in memory. */
#include <setjmp.h>
#include <stdlib.h>
#include "base/error.h"
#include "codebook/build.h"

extern const unsigned char dl_builtin_codebook[], dl_builtin_codebook_end[];

enum { ADDRESS_SPACE_MB = 2048 };        /* for compiling; only what is touched costs anything */

/* ---- packs ---- */

/* Which words phrases of lists begin with: most words of a text are none of them. */
static void note_list_words(dl_codebook *b)
{
    for (uint32_t i = 0; i < b->nphrases; i++) {
        const dl_phrase_row *r = &b->phrases[i];
        bool list = false;
        for (uint32_t k = 0; k < r->n_longer >> 1 && !list; k++) list = b->postings[r->first + k].kind == DL_P_LIST;
        if (!list) continue;
        dl_str key = dl_pack_str(b, r->key);
        const char *blank = key.n ? memchr(key.p, ' ', key.n) : NULL;
        uint32_t h = (uint32_t)dl_hash(dl_cut(key, 0, blank ? (uint32_t)(blank - key.p) : key.n)) & 65535;
        b->list_words[h >> 6] |= (uint64_t)1 << (h & 63);
    }
}

static dl_codebook *load(const void *p, size_t n, bool owned, dl_error *err)
{
    dl_codebook *b = calloc(1, sizeof *b);
    char *copy = NULL;
    if (b && (uintptr_t)p % 8 && !owned) {
        copy = malloc(n + 1);
        if (copy) memcpy(copy, p, n), p = copy;
    }
    if (!b || (uintptr_t)p % 8) { dl_fail(err, DL_ENOMEM, "no memory for the codebook"); free(b); return NULL; }
    if (!dl_pack_check(b, p, n, err)) { free(copy); free(b); return NULL; }
    b->owned = copy;
    note_list_words(b);
    return b;
}

dl_codebook *dl_codebook_load(const void *pack, size_t n, dl_error *err) { return load(pack, n, false, err); }

dl_codebook *dl_codebook_load_file(const char *path, dl_error *err)
{
    dl_file f;
    dl_error e = { 0 };
    if (!dl_file_open(&f, path, err)) return NULL;
    dl_codebook *b = load(f.p, f.n, false, &e);
    if (!b) {
        dl_file_close(&f);
        dl_fail_file(err, e.code, path, 0, e.message);
        return NULL;
    }
    b->file = f;
    return b;
}

static dl_codebook *builtin(dl_error *err)
{
    size_t n = (size_t)((uintptr_t)dl_builtin_codebook_end - (uintptr_t)dl_builtin_codebook);
    if (n) return load(dl_builtin_codebook, n, false, err);
    dl_fail(err, DL_ENOENT, "no codebook is built into this program");
    return NULL;
}

void dl_codebook_close(dl_codebook *b)
{
    if (!b) return;
    if (b->file.p) dl_file_close(&b->file);
    free(b->owned);
    free(b);
}

/* ---- stacks ---- */

static void lay_builtin(dl_stack *s)
{
    dl_error e = { 0 };
    dl_codebook *b = builtin(&e);
    if (!b) { dl_diag_add(s->diags, &e, false); return; }
    dl_stack_book(s, b);
    dl_codebook_close(b);
}

static void lay(dl_stack *s, const char *const *paths, size_t n, unsigned flags)
{
    if (n == 0 || (!(flags & DL_COMPILE_ALONE) && strcmp(paths[0], "default") != 0 && dl_stack_needs_base(paths[0]))) lay_builtin(s);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(paths[i], "default") != 0) dl_stack_path(s, paths[i]);
        else if (!s->layers.n) lay_builtin(s);
        else {
            dl_error e = { 0 };
            dl_fail(&e, DL_EARG, "\"default\" is a base: it can only be the first codebook");
            dl_diag_add(s->diags, &e, false);
        }
    }
}

typedef struct { dl_pool *pool; dl_arena arena; jmp_buf full; } workshop;

static bool compile(workshop *w, const char *const *paths, size_t n, unsigned flags, dl_buf *pack, dl_diags *d)
{
    if (setjmp(w->full)) {
        dl_error e = { 0 };
        dl_fail(&e, DL_ENOMEM, "no memory to compile the codebook");
        dl_diag_add(d, &e, false);
        return false;
    }
    w->arena.full = &w->full;
    dl_stack *s = dl_new(&w->arena, dl_stack, 1);
    s->a = &w->arena, s->diags = d;
    lay(s, paths, n, flags);
    return dl_stack_compile(s, flags, pack);
}

bool dl_codebook_compile(const char *const *paths, size_t n, unsigned flags, dl_buf *pack, dl_diags *d)
{
    workshop *w = calloc(1, sizeof *w);
    bool ok = false;
    if (w && (w->pool = dl_pool_open((size_t)ADDRESS_SPACE_MB << 20)) && dl_arena_open(&w->arena, w->pool)) {
        ok = compile(w, paths, n, flags, pack, d);
        dl_arena_close(&w->arena);
    } else {
        dl_error e = { 0 };
        dl_fail(&e, DL_ENOMEM, "no memory to compile the codebook");
        dl_diag_add(d, &e, false);
    }
    if (ok && pack && pack->failed) {
        dl_error e = { 0 };
        dl_fail(&e, DL_ENOMEM, "no memory for the compiled codebook");
        dl_diag_add(d, &e, false);
        ok = false;
    }
    if (w && w->pool) dl_pool_close(w->pool);
    free(w);
    return ok;
}

bool dl_codebook_lint(const char *const *paths, size_t n, dl_diags *d) { return dl_codebook_compile(paths, n, DL_COMPILE_LINT, NULL, d); }

static dl_codebook *open_stack(const char *const *paths, size_t n, dl_error *err)
{
    dl_buf pack;
    dl_diags d = { 0 };
    dl_codebook *b = NULL;
    dl_buf_init(&pack, 0);
    if (dl_codebook_compile(paths, n, DL_COMPILE_QUICK, &pack, &d)) {
        b = load(pack.p, pack.n, true, err);
        if (b) b->owned = pack.p, pack = (dl_buf){ 0 };
    } else if (err)
        for (size_t i = 0; i < d.n; i++)
            if (!d.v[i].warning) { *err = d.v[i].e; break; }
    dl_buf_free(&pack);
    dl_diags_free(&d);
    return b;
}

/* One pack is used as it lies in its file; everything else is compiled. */
dl_codebook *dl_codebook_open(const char *const *paths, size_t n, dl_error *err)
{
    if (n == 0 || (n == 1 && strcmp(paths[0], "default") == 0)) return builtin(err);
    if (n == 1) {
        dl_file f;
        bool pack = dl_file_open(&f, paths[0], NULL);
        if (pack) {
            pack = dl_pack_is(f.p, f.n);
            dl_file_close(&f);
        }
        if (pack) return dl_codebook_load_file(paths[0], err);
    }
    return open_stack(paths, n, err);
}
