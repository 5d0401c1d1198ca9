/* gazetteer.c - dateline gazetteer build, show. */
#include <stdio.h>
#include <string.h>
#include "base/utf8.h"
#include "cli/cli.h"
#include "codebook/gazetteer.h"

static int build(const cli *c)
{
    if (c->nargs < 2 || !c->output) { cli_say("gazetteer build wants files and --output"); cli_usage("gazetteer"); return EXIT_USAGE; }
    dl_error err = { 0 };
    dl_buf said;
    dl_buf_init(&said, 0);
    bool ok = dl_gaz_build((const char *const *)c->args + 1, c->nargs - 1, c->classes, c->output, &said, &err);
    if (said.n) fwrite(said.p, 1, said.n, stderr);
    dl_buf_free(&said);
    if (!ok) { cli_error(&err); return err.code == DL_EWRITE ? EXIT_OUTPUT : EXIT_PACK; }
    dl_gazetteer *g = dl_gazetteer_open(c->output, &err);
    if (!g) { cli_error(&err); return EXIT_OUTPUT; }
    fprintf(stderr, "%s: %u places, %u names\n", c->output, dl_gaz_nplace(g), dl_gaz_nname(g));
    dl_gazetteer_close(g);
    return EXIT_FINE;
}

static void degrees(dl_buf *b, int32_t v)
{
    if (v == INT32_MAX) dl_putc(b, '-');
    else dl_putfix(b, v, 5);
}

/* All bearers of a name, the largest first: id, name, class, country, codes, point. */
static int show(const cli *c)
{
    dl_error err = { 0 };
    if (c->nargs < 2) { cli_say("gazetteer show wants a name"); return EXIT_USAGE; }
    dl_gazetteer *g = dl_gazetteer_open(c->gazetteer, &err);
    dl_pool *pool = dl_pool_open((size_t)1 << 26);
    dl_arena mem;
    if (!g || !pool || !dl_arena_open(&mem, pool)) { if (!g) cli_error(&err); return EXIT_PACK; }
    dl_buf out;
    dl_bearers b;
    size_t n = 0;
    dl_buf_init(&out, 0);
    if (dl_gaz_find(g, dl_folded(&mem, dl_str_of(c->args[1])), &b))
        for (; dl_gaz_next(g, &b); n++) {
            dl_gaz_place p = dl_gaz_at(g, b.record);
            dl_putf(&out, "%u\t%.*s\t%.*s\t%.2s\t%.*s\t%.*s\t", p.id, (int)p.name.n, p.name.p, (int)p.cls.n, p.cls.p, p.cc[0] ? p.cc : "", (int)p.admin1.n, p.admin1.p, (int)p.admin2.n, p.admin2.p);
            degrees(&out, p.lat), dl_putc(&out, '\t'), degrees(&out, p.lon);
            dl_putz(&out, b.flags & DL_GAZ_SHORT ? "\tshort name\n" : b.flags & DL_GAZ_AKA ? "\tother name\n" : "\t\n");
        }
    if (out.n) fwrite(out.p, 1, out.n, stdout);
    else cli_say("no place is called '%s'", c->args[1]);
    dl_buf_free(&out);
    dl_arena_close(&mem);
    dl_pool_close(pool);
    dl_gazetteer_close(g);
    return n ? EXIT_FINE : EXIT_SOME_FAILED;
}

int verb_gazetteer(const cli *c)
{
    const char *deed = c->nargs ? c->args[0] : "";
    if (strcmp(deed, "build") == 0) return build(c);
    if (strcmp(deed, "show") == 0) return show(c);
    cli_say("gazetteer wants build or show");
    cli_usage("gazetteer");
    return EXIT_USAGE;
}
