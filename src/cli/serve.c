/* serve.c - dateline serve: the page, for this machine alone, until it is interrupted. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include "cli/cli.h"
#include "views/serve.h"

static volatile int stop;

static void interrupted(int signal) { (void)signal; stop = 1; }

static void ready(void *self, const char *url)
{
    (void)self;
    printf("%s\n", url);
    fflush(stdout);
    cli_say("the page is at %s (end it with Ctrl-C)", url);
}

int verb_serve(const cli *c)
{
    dl_error err = { 0 };
    if (c->nargs != 1) { cli_say("serve wants a database"); cli_usage(c->verb); return EXIT_USAGE; }
    if (c->host && (!strcmp(c->host, "0.0.0.0") || !strcmp(c->host, "::") || !strcmp(c->host, "[::]"))) {
        cli_say("--host wants the one address by which the page will be asked for, not '%s'", c->host);
        return EXIT_USAGE;
    }
    struct sigaction end = { .sa_handler = interrupted };
    sigaction(SIGINT, &end, NULL), sigaction(SIGTERM, &end, NULL);
    dl_codebook *book = cli_codebook(c);
    if (!book) return EXIT_PACK;
    dl_serving how = { .book = book, .path = c->args[0], .host = c->host, .port = c->port_given ? c->port : 8765, .read_only = c->read_only, .assets = c->assets, .now = cli_utc, .ready = ready, .stop = &stop };
    bool good = dl_serve(&how, &err);
    if (!good) cli_error(&err);
    dl_codebook_close(book);
    return good ? EXIT_FINE : EXIT_OUTPUT;
}
