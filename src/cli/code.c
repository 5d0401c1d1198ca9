/* code.c - dateline code, dateline explain, dateline parse. */
#include <string.h>
#include <unistd.h>
#include "cli/run.h"

int verb_code(const cli *c)
{
    const char *f = c->format ? c->format : !c->output && isatty(STDOUT_FILENO) ? "text" : "jsonl";
    return cli_run(c, strcmp(f, "text") == 0 ? OUT_TEXT : strcmp(f, "tsv") == 0 ? OUT_TSV : OUT_JSONL);
}

int verb_explain(const cli *c) { return cli_run(c, OUT_EXPLAIN); }
int verb_parse(const cli *c) { return cli_run(c, OUT_CONLLU); }
