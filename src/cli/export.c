/* export.c - dateline export: a store in the formats that others read. */
#include <stdio.h>
#include <string.h>
#include "base/file.h"
#include "cli/cli.h"
#include "record/store.h"
#include "views/export.h"

static void list_formats(void)
{
    for (const dl_export_format *f = dl_export_formats; f->name; f++) fprintf(stderr, "  %-15s %s\n", f->name, f->what);
}

/* What the numbers on stderr mean is what a reader of the file would else have to guess. */
static void tell(const dl_export *x)
{
    if (x->left_out) cli_say("%s: %llu events written, %llu left out: %s", x->format->name, (unsigned long long)x->written, (unsigned long long)x->left_out, x->why_left_out ? x->why_left_out : "they don't fit");
}

static int run(const cli *c, dl_export *x)
{
    dl_error err = { 0 };
    dl_out out;
    if (!x->format->folder && !dl_out_open(&out, c->output, &err)) { cli_error(&err); return EXIT_OUTPUT; }
    x->take = dl_out_put, x->to = &out, x->folder = c->output;
    bool good = dl_export_run(x, &err);
    if (!good && !x->stopped) cli_error(&err);
    if (!x->format->folder && !dl_out_close(&out, good, &err)) { cli_error(&err); good = false; }
    if (good) tell(x);
    return good ? EXIT_FINE : err.code == DL_EARG ? EXIT_USAGE : EXIT_OUTPUT;
}

int verb_export(const cli *c)
{
    dl_error err = { 0 };
    dl_filter filter;
    const dl_export_format *f = c->nargs ? dl_export_find(c->args[0]) : NULL;
    if (c->nargs != 2 || !f) {
        if (c->nargs && !f) cli_say("no such format: '%s'", c->args[0]);
        cli_usage(c->verb);
        list_formats();
        return EXIT_USAGE;
    }
    if (f->folder && !c->output) { cli_say("%s writes several files: --output names a folder for them", f->name); cli_usage(c->verb); return EXIT_USAGE; }
    if (!cli_filter(c, &filter)) return EXIT_USAGE;
    dl_codebook *book = cli_codebook(c);
    if (!book) { dl_filter_free(&filter); return EXIT_PACK; }
    dl_export x = { .format = f, .filter = &filter, .book = book, .names = c->names, .name = strrchr(c->args[1], '/') ? strrchr(c->args[1], '/') + 1 : c->args[1], .db = dl_store_attach(c->args[1], DL_DB_READ, &err) };
    int rc = EXIT_SOME_FAILED;
    if (x.db) rc = run(c, &x);
    else cli_error(&err);
    dl_db_close(x.db);
    dl_filter_free(&filter);
    dl_codebook_close(book);
    return rc;
}
