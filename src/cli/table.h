/* table.h - options.def as tables. */
#ifndef DL_CLI_TABLE_H
#define DL_CLI_TABLE_H
#include "cli/cli.h"

typedef struct { const char *name, *args, *summary, *detail; int (*run)(const cli *); } cli_verb;
typedef struct { const char *verb, *name; char letter; const char *arg, *summary; } cli_option;
extern const cli_verb   cli_verbs[];          /* ended by a NULL name */
extern const cli_option cli_options[];        /* ended by a NULL verb */
const cli_verb *cli_find_verb(const char *name);

#endif
