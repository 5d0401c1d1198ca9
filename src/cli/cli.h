/* cli.h - the thin shell around the library: one file a verb, options from options.def. */
#ifndef DL_CLI_H
#define DL_CLI_H
#include <stdbool.h>
#include <stddef.h>
#include "codebook/compile.h"

/* Exit codes, documented in help and man page. */
enum { EXIT_FINE = 0, EXIT_SOME_FAILED = 1, EXIT_USAGE = 2, EXIT_PACK = 3, EXIT_OUTPUT = 4 };

enum { MAX_BOOKS = 16 };
typedef struct {
    const char *verb;
    const char *format, *output, *published, *source, *model, *color, *gazetteer, *classes, *sites;
    const char *book[MAX_BOOKS]; size_t nbook;
    int         threads;                       /* 0: one for each core */
    bool        man, completion, count, names, dyads;
    const char *by, *queue, *reviewer, *why, *document, *person;
    int         limit, port;
    bool        port_given, read_only;
    const char *host, *assets;
    struct { const char *key, *value; } filter[64]; size_t nfilter;      /* of verbs that ask a store */
    const char **args; size_t nargs;           /* owned by main */
} cli;

/* Parses argv by options.def. False: usage error, already told on stderr. */
bool cli_parse(int argc, char **argv, cli *out);
void cli_usage(const char *verb);              /* a short reminder on stderr */

int verb_code(const cli *);
int verb_explain(const cli *);
int verb_query(const cli *);
int verb_export(const cli *);
int verb_stats(const cli *);
int verb_review(const cli *);
int verb_forget(const cli *);
int verb_diff(const cli *);
int verb_serve(const cli *);
int verb_article(const cli *);
int verb_codebook(const cli *);
int verb_gazetteer(const cli *);
int verb_sites(const cli *);
int verb_version(const cli *);
int verb_help(const cli *);
int verb_parse(const cli *);

struct dl_filter;
bool cli_filter(const cli *, struct dl_filter *);   /* opens it; false: told on stderr, and it is freed */

void cli_utc(char out[24]);                    /* now, "2026-11-27T09:00:00Z" */
bool cli_colour(const cli *, int fd);          /* by terminal, then NO_COLOR, then the option */
void cli_error(const dl_error *);              /* with place and caret */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));   /* "dateline: ..." on stderr */
void cli_diags(const dl_diags *);              /* all of them, then how many */
dl_codebook *cli_open_books(const char *const *paths, size_t n);   /* NULL: told on stderr, with every error of the sources */
dl_codebook *cli_codebook(const cli *);        /* the same for --codebook */

#endif
