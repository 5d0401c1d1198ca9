/* stack.c - folders, files and packs become layers of source texts, the lowest first.
 *
 * Files come in byte order of their paths, texts are brought to one shape (LF, no BOM), so that the same sources give the same pack wherever they lie. A pack
 * gives the layers it was made of. A base that is in the stack already is not laid a second time.
 */
#include <stdio.h>
#include <stdlib.h>
#include "base/error.h"
#include "base/utf8.h"
#include "codebook/build.h"

enum { FILES_MAX = 60000, FILE_MAX = 64 << 20 };

static dl_str base_name(dl_str path)
{
    while (path.n > 1 && path.p[path.n - 1] == '/') path.n--;
    for (uint32_t i = path.n; i-- > 0;)
        if (path.p[i] == '/') return dl_cut(path, i + 1, path.n);
    return path;
}

static bool ends(const char *path, const char *end) { return dl_ends(dl_str_of(path), dl_str_of(end)); }

static dl_layer *new_layer(dl_stack *s, dl_str name)
{
    dl_layer *l = dl_push(s->a, &s->layers);
    l->name = dl_copy(s->a, name), l->first = s->sources.n;
    return l;
}

/* ---- the line `codebook NAME [VERSION] [alone]` ---- */

static bool codebook_line(dl_str text, dl_str *name, dl_str *version, bool *alone)
{
    for (dl_str line; text.p;) {
        line = dl_next_alt(&text, '\n');
        if (!dl_starts(line, DL_STR("codebook")) || line.n < 10 || !dl_space((unsigned char)line.p[8])) continue;
        dl_str rest = dl_cut(line, 8, line.n), w;
        *name = dl_next_word(&rest);
        while ((w = dl_next_word(&rest)).n && w.p[0] != '#') {
            if (dl_is(w, "alone")) *alone = true;
            else *version = w;
        }
        return true;
    }
    return false;
}

static void describe(dl_stack *s, dl_layer *l)
{
    for (uint32_t i = l->first; i < s->sources.n; i++)
        if (!s->sources.v[i].table && codebook_line(s->sources.v[i].text, &l->name, &l->version, &l->alone)) return;
}

/* ---- texts ---- */

static dl_str normal(dl_arena *a, const char *p, size_t n)
{
    if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) p += 3, n -= 3;
    char *out = dl_alloc(a, 1, 1, n + 1);
    uint32_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (!(p[i] == '\r' && (i + 1 == n || p[i + 1] == '\n'))) out[m++] = p[i];
    return (dl_str){ out, m };
}

static void add_text(dl_stack *s, const char *path, dl_str rel, const char *p, size_t n)
{
    dl_error e = { 0 };
    if (s->sources.n >= FILES_MAX || n > FILE_MAX) {
        dl_fail_file(&e, DL_EFORMAT, path, 0, s->sources.n >= FILES_MAX ? "too many files" : "larger than 64 MiB");
        dl_diag_add(s->diags, &e, false);
        return;
    }
    dl_str text = normal(s->a, p, n);
    uint32_t good = dl_utf8_valid_prefix(text);
    const char *nul = text.n ? memchr(text.p, 0, text.n) : NULL;
    if (nul && nul - text.p < (int64_t)good) good = (uint32_t)(nul - text.p);
    if (good < text.n) {
        dl_fail_in(&e, DL_EFORMAT, path, text, (dl_span){ good, good + 1 }, nul && nul == text.p + good ? "a zero byte" : "not UTF-8");
        dl_diag_add(s->diags, &e, false);
        return;
    }
    dl_source *x = dl_push(s->a, &s->sources);
    x->rel = dl_copy(s->a, rel), x->shown = dl_copy(s->a, dl_str_of(path)), x->text = text, x->layer = s->layers.n - 1;
    x->table = ends(path, ".tsv");
}

static void add_file(dl_stack *s, const char *path, dl_str rel)
{
    dl_error e = { 0 };
    dl_file f;
    if (!ends(path, ".code") && !ends(path, ".tsv")) return;
    if (ends(path, ".tsv")) {
        int t = dl_table_of(rel);
        if (t == -2) return;
        if (t == -1) {
            dl_near near = dl_near_to(base_name(rel));
            dl_near_table(&near);
            dl_fail_file(&e, DL_EFORMAT, path, 0, dl_fmt(s->a, "no table of this name is known%s%.*s", near.best.n ? ", nearest: " : "", (int)near.best.n, near.best.p).p);
            dl_diag_add(s->diags, &e, false);
            return;
        }
    }
    if (!dl_file_open(&f, path, &e)) { dl_diag_add(s->diags, &e, false); return; }
    add_text(s, path, rel, f.p, f.n);
    dl_file_close(&f);
}

static bool is_pack_file(const char *path)
{
    dl_file f;
    if (!dl_file_open(&f, path, NULL)) return false;
    bool is = dl_pack_is(f.p, f.n);
    dl_file_close(&f);
    return is;
}

static void add_pack(dl_stack *s, const char *path)
{
    dl_error e = { 0 };
    dl_codebook *book = dl_codebook_load_file(path, &e);
    if (!book) { dl_diag_add(s->diags, &e, false); return; }
    dl_stack_book(s, book);
    dl_codebook_close(book);
}

void dl_stack_path(dl_stack *s, const char *path)
{
    dl_error e = { 0 };
    dl_paths files = { 0 };
    if (!dl_walk(path, &files, &e)) { dl_diag_add(s->diags, &e, false); dl_paths_free(&files); return; }
    bool one = files.n == 1 && strcmp(files.v[0], path) == 0;
    if (one && is_pack_file(path)) add_pack(s, path);
    else {
        size_t skip = strlen(path), before = s->diags->errors;
        new_layer(s, base_name(dl_str_of(path)));
        for (size_t i = 0; i < files.n; i++) {
            const char *rel = files.v[i] + skip;
            while (*rel == '/') rel++;
            add_file(s, files.v[i], one ? base_name(dl_str_of(path)) : dl_str_of(rel));
        }
        dl_layer *l = &s->layers.v[s->layers.n - 1];
        l->n = s->sources.n - l->first;
        describe(s, l);
        if (!l->n && s->diags->errors == before) {
            dl_fail_file(&e, DL_EFORMAT, path, 0, one ? "neither a compiled codebook nor a .code or .tsv file" : "no .code or .tsv files in it");
            dl_diag_add(s->diags, &e, false);
        }
    }
    dl_paths_free(&files);
}

void dl_stack_book(dl_stack *s, const dl_codebook *book)
{
    char *text = dl_pack_sources(book);
    if (!text) {
        dl_error e = { 0 };
        dl_fail(&e, DL_EFORMAT, "the sources inside the codebook are damaged");
        dl_diag_add(s->diags, &e, false);
        return;
    }
    for (uint32_t i = 0; i < book->nlayers; i++) {
        const dl_layer_row *r = &book->layers[i];
        dl_str name = dl_pack_str(book, r->name);
        if (i == 0 && s->layers.n && dl_eq(s->layers.v[0].name, name)) continue;
        dl_layer *l = new_layer(s, name);
        l->version = dl_copy(s->a, dl_pack_str(book, r->version)), l->alone = r->alone, l->packed = true;
        for (uint32_t k = r->file; k < r->file + r->nfile; k++) {
            const dl_file_row *f = &book->files[k];
            dl_str full = dl_pack_str(book, f->name), rel = full;
            if (i && rel.n > name.n && dl_starts(rel, name)) rel = dl_cut(rel, name.n + 1, rel.n);
            add_text(s, dl_copy(s->a, full).p, rel, text + f->off, f->n);
        }
        l = &s->layers.v[s->layers.n - 1];
        l->n = s->sources.n - l->first;
    }
    free(text);
}

bool dl_stack_needs_base(const char *path)
{
    dl_paths files = { 0 };
    bool alone = false;
    if (!dl_walk(path, &files, NULL)) { dl_paths_free(&files); return false; }
    if (files.n == 1 && is_pack_file(files.v[0])) alone = true;
    for (size_t i = 0; i < files.n && !alone; i++) {
        dl_file f;
        dl_str name, version;
        if (!ends(files.v[i], ".code") || !dl_file_open(&f, files.v[i], NULL)) continue;
        if (f.n < UINT32_MAX) codebook_line((dl_str){ f.p, (uint32_t)f.n }, &name, &version, &alone);
        dl_file_close(&f);
    }
    dl_paths_free(&files);
    return !alone;
}

/* ---- identity ---- */

static void layer_digest(const dl_stack *s, dl_layer *l)
{
    dl_sha256 h;
    dl_sha256_init(&h);
    for (uint32_t i = l->first; i < l->first + l->n; i++) {
        const dl_source *x = &s->sources.v[i];
        char head[32];
        int n = snprintf(head, sizeof head, "%u %u ", x->rel.n, x->text.n);
        dl_sha256_add(&h, head, (size_t)n);
        dl_sha256_add(&h, x->rel.p, x->rel.n);
        dl_sha256_add(&h, x->text.p, x->text.n);
    }
    dl_sha256_hex(&h, l->digest);
}

void dl_stack_name(dl_stack *s)
{
    for (uint32_t i = 0; i < s->sources.n; i++) {
        dl_source *x = &s->sources.v[i];
        dl_str l = s->layers.v[x->layer].name;
        x->name = x->layer ? dl_fmt(s->a, "%.*s/%.*s", (int)l.n, l.p, (int)x->rel.n, x->rel.p) : x->rel;
    }
    for (uint32_t i = 0; i < s->layers.n; i++) layer_digest(s, &s->layers.v[i]);
}

void dl_stack_digest(const dl_stack *s, char out[65])
{
    dl_sha256 h;
    dl_sha256_init(&h);
    for (uint32_t i = 0; i < s->layers.n; i++) dl_sha256_add(&h, s->layers.v[i].digest, 64);
    dl_sha256_hex(&h, out);
}
