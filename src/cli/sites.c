/* sites.c - dateline sites: the lines that stand in three or more stories of a site, as a pack for code --sites. */
#include <stdio.h>
#include "base/file.h"
#include "cli/cli.h"
#include "record/store.h"

int verb_sites(const cli *c)
{
    dl_error err = { 0 };
    dl_buf out;
    if (c->nargs != 1) { cli_usage("sites"); return EXIT_USAGE; }
    dl_buf_init(&out, 0);
    bool good = dl_store_sites(c->args[0], &out, &err) && (!c->output || dl_file_write(c->output, out.p, out.n, &err));
    if (!good) cli_error(&err);
    else if (!c->output) fwrite(out.p, 1, out.n, stdout);
    dl_buf_free(&out);
    return good ? EXIT_FINE : EXIT_OUTPUT;
}
