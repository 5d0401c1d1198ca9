/* options.c - argv to a struct, by the table in options.def. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "cli/cli.h"
#include "cli/table.h"
#include "record/filter.h"

const cli_verb cli_verbs[] = {
#define VERB(name, args, summary, detail) { #name, args, summary, detail, verb_##name },
#define OPT(verb, name, letter, arg, summary)
#include "cli/options.def"
#undef VERB
#undef OPT
    { NULL, NULL, NULL, NULL, NULL }
};

const cli_option cli_options[] = {
#define VERB(name, args, summary, detail)
#define OPT(verb, name, letter, arg, summary) { #verb, name, letter, arg, summary },
#include "cli/options.def"
#undef VERB
#undef OPT
    { NULL, NULL, 0, NULL, NULL }
};

void cli_say(const char *format, ...)
{
    va_list a;
    va_start(a, format);
    fputs("dateline: ", stderr);
    vfprintf(stderr, format, a);
    fputc('\n', stderr);
    va_end(a);
}

void cli_error(const dl_error *e)
{
    char text[1024];
    dl_error_text(e, text, sizeof text);
    fprintf(stderr, "dateline: %s\n", text);
}

const cli_verb *cli_find_verb(const char *name)
{
    for (const cli_verb *v = cli_verbs; v->name; v++)
        if (strcmp(v->name, name) == 0) return v;
    return NULL;
}

void cli_usage(const char *verb)
{
    const cli_verb *v = verb ? cli_find_verb(verb) : NULL;
    if (v) fprintf(stderr, "usage: dateline %s [options] %s\nsee: dateline help %s\n", v->name, v->args, v->name);
    else fputs("usage: dateline VERB [options] ...\nsee: dateline help\n", stderr);
}

static const cli_option *find_option(const char *verb, const char *name, size_t n, char letter)
{
    for (const cli_option *o = cli_options; o->verb; o++) {
        if (strcmp(o->verb, verb) != 0) continue;
        if (name ? strlen(o->name) == n && memcmp(o->name, name, n) == 0 : o->letter && o->letter == letter) return o;
    }
    return NULL;
}

static bool number(const char *s, int *out)
{
    char *end;
    long v = strtol(s, &end, 10);
    if (!*s || *end || v < 1 || v > 4096) return false;
    *out = (int)v;
    return true;
}

static bool port(const char *s, int *out)
{
    char *end;
    long v = strtol(s, &end, 10);
    if (!*s || *end || v < 0 || v > 65535) return false;
    *out = (int)v;
    return true;
}

static bool one_of(const char *v, const char *a, const char *b, const char *c) { return strcmp(v, a) == 0 || strcmp(v, b) == 0 || strcmp(v, c) == 0; }

static bool refuse(const char *what, const char *value, const char *wanted)
{
    cli_say("%s wants %s, not '%s'", what, wanted, value);
    return false;
}

static bool set_format(cli *c, const char *v)
{
    c->format = v;
    if (strcmp(c->verb, "stats") == 0) return one_of(v, "text", "jsonl", "tsv") || refuse("--format", v, "text, jsonl or tsv");
    if (strcmp(c->verb, "diff") == 0) return one_of(v, "text", "jsonl", "text") || refuse("--format", v, "text or jsonl");
    if (strcmp(c->verb, "query") == 0) return one_of(v, "table", "jsonl", "tsv") || refuse("--format", v, "table, jsonl or tsv");
    return one_of(v, "text", "jsonl", "tsv") || strcmp(v, "sqlite") == 0 || refuse("--format", v, "text, jsonl, tsv or sqlite");
}

/* Options of these verbs that name what events are filtered by are filters. */
static bool is_filter(const cli *c, const char *name)
{
    static const char *const verbs[] = { "query", "export", "stats", "review", NULL };
    int i = 0;
    while (verbs[i] && strcmp(verbs[i], c->verb)) i++;
    for (const dl_filter_key *k = dl_filter_keys; verbs[i] && k->name; k++) if (!strcmp(k->name, name)) return true;
    return false;
}

static bool add_filter(cli *c, const char *key, const char *value)
{
    if (c->nfilter == sizeof c->filter / sizeof *c->filter) { cli_say("more than %zu filters", c->nfilter); return false; }
    c->filter[c->nfilter].key = key, c->filter[c->nfilter++].value = value;
    return true;
}

bool cli_filter(const cli *c, dl_filter *f)
{
    dl_error err = { 0 };
    dl_filter_open(f);
    for (size_t i = 0; i < c->nfilter; i++) {
        if (dl_filter_add(f, c->filter[i].key, c->filter[i].value, &err)) continue;
        cli_say("--%s", err.message);
        dl_filter_free(f);
        return false;
    }
    return true;
}

static bool set(cli *c, const cli_option *o, const char *v)
{
    if (is_filter(c, o->name)) return add_filter(c, o->name, v);
    if (strcmp(o->name, "format") == 0) return set_format(c, v);
    if (strcmp(o->name, "color") == 0) { c->color = v; return one_of(v, "always", "never", "auto") || refuse("--color", v, "always, never or auto"); }
    if (strcmp(o->name, "threads") == 0) return number(v, &c->threads) || refuse("--threads", v, "a number from 1 to 4096");
    if (strcmp(o->name, "output") == 0) c->output = v;
    else if (strcmp(o->name, "published") == 0) c->published = v;
    else if (strcmp(o->name, "source") == 0) c->source = v;
    else if (strcmp(o->name, "model") == 0) c->model = v;
    else if (strcmp(o->name, "gazetteer") == 0) c->gazetteer = v;
    else if (strcmp(o->name, "sites") == 0) c->sites = v;
    else if (strcmp(o->name, "classes") == 0) c->classes = v;
    else if (strcmp(o->name, "count") == 0) c->count = true;
    else if (strcmp(o->name, "names") == 0) c->names = true;
    else if (strcmp(o->name, "dyads") == 0) c->dyads = true;
    else if (strcmp(o->name, "by") == 0) { c->by = v; return one_of(v, "day", "week", "month") || strcmp(v, "year") == 0 || refuse("--by", v, "day, week, month or year"); }
    else if (strcmp(o->name, "queue") == 0) { c->queue = v; return one_of(v, "doubt", "audit", "new") || refuse("--queue", v, "doubt, audit or new"); }
    else if (strcmp(o->name, "limit") == 0) return number(v, &c->limit) || refuse("--limit", v, "a number from 1 to 4096");
    else if (strcmp(o->name, "reviewer") == 0) c->reviewer = v;
    else if (strcmp(o->name, "why") == 0) c->why = v;
    else if (strcmp(o->name, "report") == 0) c->document = v;
    else if (strcmp(o->name, "person") == 0) c->person = v;
    else if (strcmp(o->name, "port") == 0) { c->port_given = true; return port(v, &c->port) || refuse("--port", v, "a number from 0 to 65535"); }
    else if (strcmp(o->name, "host") == 0) c->host = v;
    else if (strcmp(o->name, "read-only") == 0) c->read_only = true;
    else if (strcmp(o->name, "assets") == 0) c->assets = v;
    else if (strcmp(o->name, "man") == 0) c->man = true;
    else if (strcmp(o->name, "completion") == 0) c->completion = true;
    else if (strcmp(o->name, "codebook") == 0) {
        if (c->nbook == MAX_BOOKS) { cli_say("more than %d codebooks", MAX_BOOKS); return false; }
        c->book[c->nbook++] = v;
    }
    return true;
}

/* One option at argv[*i]; moves *i over its argument. */
static bool option(cli *c, int argc, char **argv, int *i)
{
    const char *a = argv[*i], *value = NULL;
    const cli_option *o;
    if (a[1] == '-') {
        const char *eq = strchr(a, '=');
        o = find_option(c->verb, a + 2, eq ? (size_t)(eq - a - 2) : strlen(a + 2), 0);
        value = eq ? eq + 1 : NULL;
    } else {
        o = find_option(c->verb, NULL, 0, a[1]);
        value = a[2] ? a + 2 : NULL;
    }
    if (!o) { cli_say("unknown option '%s' of '%s'", a, c->verb); return false; }
    if (!o->arg[0]) { if (value) { cli_say("option '--%s' takes no argument", o->name); return false; } return set(c, o, ""); }
    if (!value) {
        if (*i + 1 >= argc) { cli_say("option '--%s' wants %s", o->name, o->arg); return false; }
        value = argv[++*i];
    }
    return set(c, o, value);
}

bool cli_parse(int argc, char **argv, cli *c)
{
    bool only_args = false;
    for (int i = 2; i < argc; i++) {
        if (!only_args && strcmp(argv[i], "--") == 0) only_args = true;
        else if (!only_args && strcmp(argv[i], "--help") == 0) { c->args[0] = c->verb; c->nargs = 1; c->verb = "help"; return true; }
        else if (!only_args && argv[i][0] == '-' && argv[i][1]) { if (!option(c, argc, argv, &i)) { cli_usage(c->verb); return false; } }
        else c->args[c->nargs++] = argv[i];
    }
    return true;
}

void cli_utc(char out[24])
{
    time_t t = time(NULL);
    struct tm now;
    if (!gmtime_r(&t, &now) || !strftime(out, 24, "%Y-%m-%dT%H:%M:%SZ", &now)) snprintf(out, 24, "1970-01-01T00:00:00Z");
}

bool cli_colour(const cli *c, int fd)
{
    if (c->color && strcmp(c->color, "always") == 0) return true;
    if (c->color && strcmp(c->color, "never") == 0) return false;
    const char *no = getenv("NO_COLOR");
    return !(no && *no) && isatty(fd);
}

void cli_diags(const dl_diags *d)
{
    dl_buf out;
    dl_buf_init(&out, 0);
    dl_diags_print(d, &out);
    if (out.n) fwrite(out.p, 1, out.n, stderr);
    dl_buf_free(&out);
}

/* Every error of the sources is told, not only the first, on which opening stops. */
dl_codebook *cli_open_books(const char *const *paths, size_t n)
{
    dl_error err = { 0 };
    dl_codebook *b = dl_codebook_open(paths, n, &err);
    if (b) return b;
    dl_diags d = { 0 };
    dl_buf pack;
    dl_buf_init(&pack, 0);
    if (err.line && !dl_codebook_compile(paths, n, DL_COMPILE_QUICK, &pack, &d) && d.errors) cli_diags(&d);
    else cli_error(&err);
    dl_buf_free(&pack);
    dl_diags_free(&d);
    return NULL;
}

dl_codebook *cli_codebook(const cli *c) { return cli_open_books(c->book, c->nbook); }
