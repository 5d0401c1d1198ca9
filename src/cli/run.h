/* run.h - coding a stream of reports on several threads and writing what becomes of them, in order (run.c). */
#ifndef DL_CLI_RUN_H
#define DL_CLI_RUN_H
#include "cli/cli.h"

typedef enum { OUT_TEXT, OUT_JSONL, OUT_TSV, OUT_CONLLU, OUT_EXPLAIN, OUT_SQLITE, OUT_ARTICLE, OUT_ARTICLE_TEXT } out_format;

/* Codes c->args (standard input if there are none and it is no terminal) and writes. Returns the exit code. */
int cli_run(const cli *c, out_format format);

#endif
