/* packer.c - compiles what is built into the program: packer CODEBOOK_DIR OUT.pack, and packer gazetteer OUT.gaz TABLES...
 *
 * All mistakes are printed, each with its place; nothing is written if there is one. */
#include <stdio.h>
#include <string.h>
#include "base/file.h"
#include "codebook/compile.h"
#include "codebook/gazetteer.h"

/* There is no codebook built in yet: this program makes it. */
extern const unsigned char dl_builtin_codebook[], dl_builtin_codebook_end[];
const unsigned char dl_builtin_codebook[8] = { 0 }, dl_builtin_codebook_end[8] = { 0 };

extern const unsigned char dl_builtin_gazetteer[], dl_builtin_gazetteer_end[];
const unsigned char dl_builtin_gazetteer[8] = { 0 }, dl_builtin_gazetteer_end[8] = { 0 };

static int gazetteer(const char *out, const char *const *tables, size_t n)
{
    dl_error err = { 0 };
    char text[1024];
    if (dl_gaz_build(tables, n, NULL, out, NULL, &err)) return 0;
    dl_error_text(&err, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc > 3 && strcmp(argv[1], "gazetteer") == 0) return gazetteer(argv[2], (const char *const *)argv + 3, (size_t)argc - 3);
    if (argc != 3) {
        fprintf(stderr, "usage: packer CODEBOOK_DIR OUT.pack\n");
        return 2;
    }
    const char *const paths[] = { argv[1] };
    dl_buf pack, said;
    dl_diags diags = { 0 };
    dl_error err = { 0 };
    dl_buf_init(&pack, 0);
    dl_buf_init(&said, 0);
    bool ok = dl_codebook_compile(paths, 1, DL_COMPILE_ALONE, &pack, &diags);
    if (!ok) dl_diags_print(&diags, &said);                  /* warnings alone are for `dateline codebook lint` */
    if (said.n) fwrite(said.p, 1, said.n, stderr);
    if (ok && !dl_file_write(argv[2], pack.p, pack.n, &err)) {
        char text[1024];
        dl_error_text(&err, text, sizeof text);
        fprintf(stderr, "%s\n", text);
        ok = false;
    }
    dl_diags_free(&diags);
    dl_buf_free(&said);
    dl_buf_free(&pack);
    return ok ? 0 : 1;
}
