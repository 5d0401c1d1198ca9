/* main.c - the command: find the verb, parse its options, run it. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "cli/table.h"

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);                                     /* a closed pipe is an error of writing, told as one */
    signal(SIGXFSZ, SIG_IGN);                                     /* so is a file that may not grow */
    const char *name = argc > 1 ? argv[1] : "help";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) name = "help";
    if (strcmp(name, "--version") == 0) name = "version";
    const cli_verb *v = cli_find_verb(name);
    if (!v) { cli_say("unknown verb '%s'", name); cli_usage(NULL); return EXIT_USAGE; }
    cli c = { .verb = v->name, .args = calloc((size_t)argc + 1, sizeof(char *)) };
    if (!c.args) { cli_say("no memory"); return EXIT_OUTPUT; }
    int rc = EXIT_USAGE;
    if (cli_parse(argc, argv, &c)) rc = cli_find_verb(c.verb)->run(&c);
    free(c.args);
    if (rc != EXIT_OUTPUT && (fflush(stdout) != 0 || ferror(stdout))) { cli_say("can't write standard output: %s", strerror(errno)); rc = EXIT_OUTPUT; }
    return rc;
}
