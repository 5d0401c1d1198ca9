/* stats.c - dateline stats. */
#include <stdio.h>
#include "cli/cli.h"
#include "record/store.h"
#include "views/stats.h"

int verb_stats(const cli *c)
{
    dl_error err = { 0 };
    dl_filter filter;
    dl_buf out;
    dl_stats_asked asked = { c->by, c->format, c->dyads };
    if (c->nargs != 1) { cli_say("stats wants a database"); cli_usage(c->verb); return EXIT_USAGE; }
    if (!cli_filter(c, &filter)) return EXIT_USAGE;
    dl_buf_init(&out, 0);
    dl_db *d = dl_store_attach(c->args[0], DL_DB_READ, &err);
    bool good = d && dl_stats(d, &filter, &asked, &out);
    if (good) fwrite(out.p ? out.p : "", 1, out.n, stdout);
    else { if (d) dl_db_tell(d, &err); cli_error(&err); }
    dl_buf_free(&out);
    dl_db_close(d);
    dl_filter_free(&filter);
    return good ? EXIT_FINE : EXIT_SOME_FAILED;
}
