/* review.c - dateline review, forget, diff: what people do with a store. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "cli/cli.h"
#include "record/decide.h"
#include "record/diff.h"
#include "record/filter.h"
#include "record/forget.h"
#include "record/store.h"
#include "views/review.h"

static const char *reviewer(const cli *c)
{
    const char *user = getenv("USER");
    return c->reviewer ? c->reviewer : user && *user ? user : "somebody";
}

static int failed(const dl_error *err) { cli_error(err); return err->code == DL_EARG ? EXIT_USAGE : EXIT_OUTPUT; }

static void put_out(dl_buf *b)
{
    fwrite(b->p ? b->p : "", 1, b->n, stdout);
    dl_buf_free(b);
}

/* review DB: what to look at next. */
static int queue(const cli *c)
{
    dl_error err = { 0 };
    dl_filter f;
    dl_buf out;
    if (!cli_filter(c, &f)) return EXIT_USAGE;
    dl_buf_init(&out, 0);
    dl_db *d = dl_store_attach(c->args[0], DL_DB_READ, &err);
    bool good = d && dl_review_list(d, &f, c->queue ? c->queue : "doubt", c->limit ? c->limit : 20, c->names, &out);
    if (d && !good) dl_db_tell(d, &err);
    put_out(&out);
    dl_db_close(d);
    dl_filter_free(&f);
    return good ? EXIT_FINE : failed(&err);
}

static bool log_of(dl_db *d, const cli *c, dl_buf *out) { (void)c; return dl_review_log(d, out); }
static bool agreement_of(dl_db *d, const cli *c, dl_buf *out) { (void)c; return dl_review_agree(d, out); }
static bool gold_of(dl_db *d, const cli *c, dl_buf *out) { return dl_review_gold(d, c->names, out); }

static int read_only(const cli *c, bool (*make)(dl_db *, const cli *, dl_buf *))
{
    dl_error err = { 0 };
    dl_buf out;
    dl_buf_init(&out, 0);
    dl_db *d = dl_store_attach(c->args[0], DL_DB_READ, &err);
    bool good = d && make(d, c, &out) && !out.failed;
    if (d && !good) dl_db_tell(d, &err);
    put_out(&out);
    dl_db_close(d);
    return good ? EXIT_FINE : failed(&err);
}

/* accept|reject REPORT EVENT [SLOT] and correct REPORT EVENT SLOT VALUE */
static int decide(const cli *c)
{
    dl_error err = { 0 };
    char when[24];
    bool correct = !strcmp(c->args[1], "correct");
    if (correct ? c->nargs != 6 : c->nargs < 4 || c->nargs > 5) { cli_usage(c->verb); return EXIT_USAGE; }
    cli_utc(when);
    dl_decision x = { c->args[2], c->args[3], c->nargs > 4 ? c->args[4] : "event", c->args[1], correct ? c->args[5] : NULL, reviewer(c), when, c->why, -1 };
    dl_db *d = dl_store_attach(c->args[0], DL_DB_WRITE, &err);
    int64_t n = d ? dl_decide(d, &x, &err) : 0;
    if (n) printf("decision %lld\n", (long long)n);
    dl_db_close(d);
    return n ? EXIT_FINE : failed(&err);
}

static int undo(const cli *c)
{
    dl_error err = { 0 };
    char when[24];
    int64_t which = 0;
    if (c->nargs != 3 || !dl_str_int(dl_str_of(c->args[2]), &which)) { cli_usage(c->verb); return EXIT_USAGE; }
    cli_utc(when);
    dl_db *d = dl_store_attach(c->args[0], DL_DB_WRITE, &err);
    int64_t n = d ? dl_undo(d, which, reviewer(c), when, &err) : 0;
    if (n) printf("decision %lld\n", (long long)n);
    dl_db_close(d);
    return n ? EXIT_FINE : failed(&err);
}

int verb_review(const cli *c)
{
    if (!c->nargs) { cli_say("review wants a database"); cli_usage(c->verb); return EXIT_USAGE; }
    const char *what = c->nargs > 1 ? c->args[1] : "";
    if (c->nargs == 1) return queue(c);
    if (!strcmp(what, "accept") || !strcmp(what, "reject") || !strcmp(what, "correct")) return decide(c);
    if (!strcmp(what, "undo")) return undo(c);
    if (!strcmp(what, "log") && c->nargs == 2) return read_only(c, log_of);
    if (!strcmp(what, "agree") && c->nargs == 2) return read_only(c, agreement_of);
    if (!strcmp(what, "gold") && c->nargs == 2) return read_only(c, gold_of);
    cli_say("review can't '%s'", what);
    cli_usage(c->verb);
    return EXIT_USAGE;
}

int verb_forget(const cli *c)
{
    dl_error err = { 0 };
    char when[24];
    if (c->nargs != 1 || !c->document == !c->person) { cli_say("forget wants a database, and --report ID or --person NAME"); cli_usage(c->verb); return EXIT_USAGE; }
    cli_utc(when);
    dl_db *d = dl_store_attach(c->args[0], DL_DB_WRITE, &err);
    int64_t n = !d ? -1 : c->document ? dl_forget_report(d, c->document, when, &err) : dl_forget_person(d, c->person, when, &err);
    dl_db_close(d);
    if (n < 0) return failed(&err);
    cli_say(n == 0 ? "nothing of that name was found; it will be struck out of reports that come" : c->document ? "forgotten, with its bytes: it will not be stored again" : "struck out of %lld reports, whose original bytes are gone; so it will be in reports that come", (long long)n);
    return EXIT_FINE;
}

/* ---- diff ---- */

typedef struct { dl_buf out; bool json; } differ;

static void told(void *self, const dl_change *x)
{
    differ *d = self;
    dl_buf *b = &d->out;
    if (d->json) {
        dl_jw w = { b, false };
        dl_jw_open(&w, '{');
        const dl_str v[] = { dl_str_of(x->what), x->report, x->key, x->type, x->words, dl_str_of(x->field), x->was, x->now };
        static const char *const keys[] = { "change", "report", "key", "type", "words", "field", "was", "now" };
        for (int i = 0; i < 8; i++) dl_jw_key(&w, keys[i]), dl_jw_str(&w, v[i].n ? v[i] : (dl_str){ 0 });
        dl_jw_close(&w, '}');
        dl_putc(b, '\n');
    } else {
        dl_putf(b, "%s  %.*s  %.*s", x->what, (int)x->report.n, x->report.p, (int)x->type.n, x->type.p);
        if (x->words.n) dl_putf(b, " \"%.*s\"", (int)x->words.n, x->words.p);
        if (x->field[0]) dl_putf(b, "  %s: %.*s -> %.*s", x->field, (int)x->was.n, x->was.p, (int)x->now.n, x->now.p);
        dl_putc(b, '\n');
    }
    if (b->n > 1 << 15) fwrite(b->p, 1, b->n, stdout), dl_buf_clear(b);
}

int verb_diff(const cli *c)
{
    dl_error err = { 0 };
    differ x = { .json = c->format && !strcmp(c->format, "jsonl") };
    dl_diff diff = { .each = told, .self = &x };
    if (c->nargs != 3 || !dl_str_int(dl_str_of(c->args[1]), &diff.from) || !dl_str_int(dl_str_of(c->args[2]), &diff.to)) { cli_say("diff wants a database and the numbers of two runs"); cli_usage(c->verb); return EXIT_USAGE; }
    dl_buf_init(&x.out, 0);
    diff.db = dl_store_attach(c->args[0], DL_DB_READ, &err);
    bool good = diff.db && dl_diff_runs(&diff);
    if (diff.db && !good) dl_db_tell(diff.db, &err);
    if (good && !x.json) dl_putf(&x.out, "%lld reports coded anew, %lld of them new; events: %lld new, %lld gone, %lld changed, %lld the same\n", (long long)diff.reports, (long long)diff.new_reports, (long long)diff.new, (long long)diff.gone, (long long)diff.changed, (long long)diff.same);
    put_out(&x.out);
    dl_db_close(diff.db);
    return good ? EXIT_FINE : failed(&err);
}
