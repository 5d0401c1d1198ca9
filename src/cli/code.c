/* code.c - dateline code, dateline explain, dateline parse. */
#include <string.h>
#include <unistd.h>
#include "base/text.h"
#include "cli/run.h"

/* A file named like a database is one, unless a format was named. */
static bool named_database(const char *path)
{
    static const char *const ends[] = { ".db", ".sqlite", ".sqlite3" };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (dl_ends(dl_str_of(path), dl_str_of(ends[i]))) return true;
    return false;
}

int verb_code(const cli *c)
{
    const char *f = c->format ? c->format : c->output ? named_database(c->output) ? "sqlite" : "jsonl" : isatty(STDOUT_FILENO) ? "text" : "jsonl";
    if (strcmp(f, "sqlite") == 0 && !c->output) { cli_say("--format sqlite wants --output FILE"); cli_usage(c->verb); return EXIT_USAGE; }
    return cli_run(c, strcmp(f, "sqlite") == 0 ? OUT_SQLITE : strcmp(f, "text") == 0 ? OUT_TEXT : strcmp(f, "tsv") == 0 ? OUT_TSV : OUT_JSONL);
}

int verb_explain(const cli *c) { return cli_run(c, OUT_EXPLAIN); }
int verb_parse(const cli *c) { return cli_run(c, OUT_CONLLU); }
