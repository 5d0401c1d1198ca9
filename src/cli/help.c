/* help.c - help, manual page and completion, all made from options.def. */
#include <stdio.h>
#include <string.h>
#include "cli/table.h"

static const char *const exits[] = {
    "0  every report was coded",
    "1  a file could not be read, or a report could not be coded (the others were)",
    "2  wrong use",
    "3  a codebook or model could not be opened, or has errors",
    "4  the output could not be written whole, is a database that can't be used, or memory ran out",
};

static void options_of(const char *verb)
{
    for (const cli_option *o = cli_options; o->verb; o++) {
        if (strcmp(o->verb, verb) != 0) continue;
        char left[64];
        snprintf(left, sizeof left, "%s%c%s--%s%s%s", o->letter ? "-" : " ", o->letter ? o->letter : ' ', o->letter ? ", " : "  ", o->name, o->arg[0] ? "=" : "", o->arg);
        printf("  %-24s %s\n", left, o->summary);
    }
}

static void help_all(void)
{
    puts("dateline - who did what to whom, where, when, how many, according to whom, and how certain\n\nusage: dateline VERB [options] ...\n");
    for (const cli_verb *v = cli_verbs; v->name; v++) printf("  %-10s %s\n", v->name, v->summary);
    puts("\nexample: dateline code --published 2015-01-26 report.txt\n\nexit codes:");
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++) printf("  %s\n", exits[i]);
}

static void mdoc_text(const char *s)
{
    if (*s == '.' || *s == '\'') fputs("\\&", stdout);
    for (; *s; s++) {
        if (*s == '\\') fputs("\\e", stdout);
        else if (*s == '-') fputs("\\-", stdout);
        else putchar(*s);
    }
}

static void man_options(const char *verb)
{
    puts(".Bl -tag -width Ds");
    for (const cli_option *o = cli_options; o->verb; o++) {
        if (strcmp(o->verb, verb) != 0) continue;
        fputs(".It ", stdout);
        if (o->letter) printf("Fl %c , ", o->letter);
        printf("Fl \\-%s", o->name);
        if (o->arg[0]) printf(" Ar %s", o->arg);
        putchar('\n');
        mdoc_text(o->summary);
        putchar('\n');
    }
    puts(".El");
}

static void man(void)
{
    puts(".Dd $Mdocdate$\n.Dt DATELINE 1\n.Os\n.Sh NAME\n.Nm dateline\n.Nd record what news reports attest\n.Sh SYNOPSIS");
    for (const cli_verb *v = cli_verbs; v->name; v++) printf(".Nm\n.Cm %s\n.Op options\n%s%s\n", v->name, v->args[0] ? ".Ar " : ".\\\"", v->args);
    puts(".Sh DESCRIPTION\nReads reports of conflict and crime and writes the record of what they attest: who did what to whom, where, when, how many, according to whom, and how certain.\nEach fact carries the bytes that attest it.");
    for (const cli_verb *v = cli_verbs; v->name; v++) {
        printf(".Ss %s\n", v->name);
        mdoc_text(v->detail);
        putchar('\n');
        man_options(v->name);
    }
    puts(".Sh EXIT STATUS\n.Bl -tag -width Ds");
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++) printf(".It %c\n%s\n", exits[i][0], exits[i] + 3);
    puts(".El\n.Sh ENVIRONMENT\n.Bl -tag -width Ds\n.It Ev NO_COLOR\nnot empty: no colour unless asked for.\n.El");
    puts(".Sh EXAMPLES\n.Dl dateline code \\-\\-published 2015\\-01\\-26 report.txt\n.Dl dateline code \\-f jsonl reports/ | jq .events");
}

static void completion(void)
{
    puts("# bash completion for dateline, made by `dateline help --completion`");
    puts("_dateline() {\n  local cur=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]} words=\n  if [ \"$COMP_CWORD\" = 1 ]; then");
    fputs("    words='", stdout);
    for (const cli_verb *v = cli_verbs; v->name; v++) printf("%s%s", v == cli_verbs ? "" : " ", v->name);
    puts("'\n  elif [ \"${cur:0:1}\" = - ]; then\n    case $verb in");
    for (const cli_verb *v = cli_verbs; v->name; v++) {
        printf("      %s) words='", v->name);
        for (const cli_option *o = cli_options; o->verb; o++)
            if (strcmp(o->verb, v->name) == 0) printf("--%s ", o->name);
        puts("' ;;");
    }
    puts("    esac\n  fi\n  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\ncomplete -o default -F _dateline dateline");
}

int verb_help(const cli *c)
{
    if (c->man) man();
    else if (c->completion) completion();
    else if (!c->nargs) help_all();
    else {
        const cli_verb *v = cli_find_verb(c->args[0]);
        if (!v) { cli_say("unknown verb '%s'", c->args[0]); return EXIT_USAGE; }
        printf("usage: dateline %s%s %s\n\n%s\n", v->name, v == cli_find_verb("help") ? "" : " [options]", v->args, v->detail);
        if (strcmp(v->name, "version") != 0) puts("\noptions:");
        options_of(v->name);
    }
    return EXIT_FINE;
}

int verb_version(const cli *c)
{
    dl_error err = { 0 };
    (void)c;
    dl_codebook *b = dl_codebook_open(NULL, 0, &err);
    dl_model *m = b ? dl_model_open(NULL, &err) : NULL;
    dl_gazetteer *g = dl_gazetteer_open(NULL, NULL);
    if (b && m) printf("dateline %s\ncodebook %s\nmodel %s\ngazetteer %s\nrecord format %d\n", DL_VERSION, dl_codebook_fingerprint(b), dl_model_fingerprint(m), g ? dl_gazetteer_fingerprint(g) : "none", DL_RECORD_FORMAT);
    else cli_error(&err);
    dl_gazetteer_close(g);
    int rc = b && m ? EXIT_FINE : EXIT_PACK;
    dl_model_close(m);
    dl_codebook_close(b);
    return rc;
}
