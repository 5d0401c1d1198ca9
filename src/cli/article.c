/* article.c - dateline article: the clean text of reports, without coding them. */
#include <string.h>
#include "cli/run.h"

int verb_article(const cli *c)
{
    const char *f = c->format ? c->format : "jsonl";
    if (strcmp(f, "tsv") == 0) { cli_say("--format of article wants jsonl or text, not 'tsv'"); cli_usage(c->verb); return EXIT_USAGE; }
    return cli_run(c, strcmp(f, "text") == 0 ? OUT_ARTICLE_TEXT : OUT_ARTICLE);
}
