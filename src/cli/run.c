/* run.c - reader -> coders on threads -> writer, in input order.
 *
 * One bad report never stops the others: what can't be read or coded is told on stderr, counted, and ends in exit code 1.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/civil.h"
#include "base/hash.h"
#include "base/jobs.h"
#include "cli/run.h"

typedef struct { dl_input in; dl_doc *doc; bool failed; dl_error err; } item;

typedef struct {
    dl_reader   *reader;
    dl_codebook *book;
    dl_model    *model;
    dl_gazetteer *gazetteer;
    dl_sites *sites;
    dl_options   options;
    out_format   format;
    FILE        *out;
    bool         colour, told, write_failed, open_failed, starved, watched;      /* starved: no memory to go on reading */
    int          write_errno;
    size_t       done, bad;
    dl_store    *store;                           /* NULL: records go to `out` */
    dl_error     store_error;
    size_t       stored[DL_STORED_FORGOTTEN + 1], waiting;      /* what became of the reports put; how many wait for a commit */
    double       committed, waited;               /* waited: for the last input, seconds */
    uint64_t    *ids; size_t nids, cap;           /* hashes of the ids seen (0: empty), with how often in the next word */
    double       began, last;
} run;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- ids told twice ---- */

static uint64_t *id_slot(uint64_t *ids, size_t cap, uint64_t h)
{
    size_t i = (size_t)h & (cap - 1);
    while (ids[2 * i] && ids[2 * i] != h) i = (i + 1) & (cap - 1);
    return &ids[2 * i];
}

static bool out_of_memory(run *r)
{
    r->write_failed = true, r->write_errno = ENOMEM;
    return false;
}

/* How often this id was seen, now included; 0: no memory to know. */
static unsigned seen(run *r, const char *id)
{
    uint64_t h = dl_hash64(id, strlen(id), 1) | 1;
    if (2 * r->nids >= r->cap) {
        size_t cap = r->cap ? 2 * r->cap : 1024;
        uint64_t *ids = calloc(cap, 2 * sizeof *ids);
        if (!ids) return 0;
        for (size_t i = 0; i < r->cap; i++)
            if (r->ids[2 * i]) memcpy(id_slot(ids, cap, r->ids[2 * i]), &r->ids[2 * i], 2 * sizeof *ids);
        free(r->ids);
        r->ids = ids, r->cap = cap;
    }
    uint64_t *s = id_slot(r->ids, r->cap, h);
    if (!s[0]) s[0] = h, r->nids++;
    return (unsigned)++s[1];
}

static bool unique_id(run *r, dl_doc *d)
{
    unsigned n = seen(r, dl_doc_id(d)), other;
    if (!n) return out_of_memory(r);
    if (n < 2) return true;
    size_t len = strlen(dl_doc_id(d)) + 16;
    char *id = malloc(len);
    if (!id) return out_of_memory(r);
    do snprintf(id, len, "%s~%u", dl_doc_id(d), n++); while ((other = seen(r, id)) > 1);       /* a report may bring "x~2" of its own */
    bool ok = other && dl_doc_set_id(d, id);
    free(id);
    return ok || out_of_memory(r);
}

/* ---- the three steps ---- */

static bool next(void *shared, void **out)
{
    run *r = shared;
    item *it = calloc(1, sizeof *it);
    if (!it) { r->starved = true; return false; }
    double began = r->store ? now() : 0;
    int rc = dl_reader_next(r->reader, &it->in, &it->err);
    r->waited = r->store ? now() - began : 0;
    if (rc == 0) { free(it); return false; }
    it->failed = rc < 0;
    *out = it;
    return true;
}

enum { TOGETHER = 16 };                                        /* reports coded, then stored: by turns, the weights and the database would push each other out of the caches */

static bool plenty(void *shared) { return ((const run *)shared)->waited < 0.002; }

static void render(const run *r, dl_doc *d)
{
    switch (r->format) {
    case OUT_JSONL: case OUT_SQLITE: dl_doc_json(d); break;
    case OUT_TSV: dl_doc_tsv(d); break;
    case OUT_CONLLU: dl_doc_conllu(d); break;
    case OUT_TEXT: dl_doc_text(d, r->colour); break;
    case OUT_ARTICLE: dl_doc_article(d); break;
    case OUT_ARTICLE_TEXT: dl_doc_article_text(d); break;
    default: dl_doc_explain(d, r->colour);
    }
}

static void work(void *shared, void *worker, void *x)
{
    item *it = x;
    if (it->failed) return;
    it->doc = dl_code_input(worker, &it->in);
    if (!it->doc) return;
    out_format f = ((run *)shared)->format;
    if (f == OUT_JSONL || f == OUT_SQLITE) render(shared, it->doc);      /* the costly form is made on this thread */
    dl_input_free(&it->in);
}

static void commit(run *r)
{
    if (!r->write_failed && !dl_store_commit(r->store, &r->store_error)) r->write_failed = true;
    if (!r->write_failed) r->waiting = 0, r->committed = now();
}

/* A commit waits for the disk: one for many reports, but a slow stream is not kept waiting. */
enum { BATCH = 500, SECONDS = 2 };

static void store_doc(run *r, dl_doc *d)
{
    dl_stored what = dl_store_put(r->store, d, &r->store_error);
    r->stored[what]++;
    if (what == DL_STORED_NOT) r->write_failed = true;
    else if (++r->waiting >= BATCH || now() - r->committed > SECONDS) commit(r);
}

/* False: there is no record of it, for want of memory. */
static bool write_doc(run *r, dl_doc *d)
{
    const char *s = "";
    size_t n;
    if (!unique_id(r, d)) return true;                         /* told when all is over */
    if (r->store) { store_doc(r, d); return true; }
    switch (r->format) {
    case OUT_JSONL: s = dl_doc_json(d), n = dl_doc_json_size(d); break;
    case OUT_TSV: s = dl_doc_tsv(d), n = strlen(s); break;
    case OUT_CONLLU: s = dl_doc_conllu(d), n = strlen(s); break;
    case OUT_TEXT: s = dl_doc_text(d, r->colour), n = strlen(s); break;
    case OUT_ARTICLE: s = dl_doc_article(d), n = strlen(s); break;
    case OUT_ARTICLE_TEXT: s = dl_doc_article_text(d), n = strlen(s); break;
    default: s = dl_doc_explain(d, r->colour), n = strlen(s);
    }
    if (fwrite(s, 1, n, r->out) != n) r->write_failed = true, r->write_errno = errno;
    return !dl_doc_failed(d);
}

static void no_record(run *r, const char *of)
{
    cli_say("no memory for report '%s'", of ? of : "");
    r->bad++;
}

static void progress(run *r, bool last)
{
    if (!r->watched) return;
    double t = now();
    if (t - r->began < 1 || (!last && t - r->last < 0.2)) return;
    r->last = t;
    fprintf(stderr, "\r%zu reports, %.0f a second ", r->done, (double)r->done / (t - r->began));
    if (last) fputc('\n', stderr);
}

static bool done(void *shared, void *x)
{
    run *r = shared;
    item *it = x;
    if (it->failed) { cli_error(&it->err); r->bad++; }
    else if (!it->doc) { no_record(r, it->in.origin); dl_input_free(&it->in); }
    else {
        if (dl_doc_degraded(it->doc)) r->bad++;
        if (!write_doc(r, it->doc)) no_record(r, dl_doc_id(it->doc));
        r->done++;
        progress(r, false);
    }
    dl_doc_free(it->doc);
    free(it);
    return !r->write_failed;
}

static void drop(void *shared, void *x)                        /* an item that nobody will see: we stop early */
{
    item *it = x;
    (void)shared;
    if (!it->failed && !it->doc) dl_input_free(&it->in);
    dl_doc_free(it->doc);
    free(it);
}

static void *worker_open(void *shared)
{
    run *r = shared;
    dl_error err = { 0 };
    dl_coder *c = dl_coder_open(r->book, r->model, &r->options, &err);
    if (!c) { cli_error(&err); r->told = true; }
    return c;
}

static void worker_close(void *w) { dl_coder_close(w); }

/* ---- all of it ---- */

static void flush(run *r)
{
    if (r->write_failed) return;
    errno = 0;
    if (fflush(r->out) != 0 || ferror(r->out)) r->write_failed = true, r->write_errno = errno;
}

static void run_jobs(run *r, int threads)
{
    dl_jobs jobs = { .next = next, .work = work, .done = done, .drop = drop, .worker_open = worker_open, .worker_close = worker_close, .shared = r, .together = r->store ? TOGETHER : 0, .plenty = plenty };
    if (r->format == OUT_TSV && fputs(dl_tsv_header(), r->out) == EOF) r->write_failed = true, r->write_errno = errno;
    r->began = now();
    if (!dl_jobs_run(&jobs, threads)) r->open_failed = true;
    progress(r, true);
    if (r->store) commit(r);
    else flush(r);
}

/* With --output the records go to a file beside it (beside what a link leads to), renamed when all is written. What is no file (/dev/null, a pipe) is written as it is. */
static int into_file(run *r, const cli *c)
{
    struct stat st;
    bool there = stat(c->output, &st) == 0, direct = there && !S_ISREG(st.st_mode);
    char *target = there ? realpath(c->output, NULL) : NULL;
    const char *to = target ? target : c->output;
    size_t len = strlen(to) + 16;
    char *tmp = malloc(len);
    if (!tmp || (there && !target)) {
        cli_say("can't write '%s': %s", c->output, strerror(errno));
        free(target), free(tmp);
        return EXIT_OUTPUT;
    }
    snprintf(tmp, len, "%s%s", to, direct ? "" : ".part");
    r->out = fopen(tmp, "wb");
    if (!r->out) {
        cli_say("can't write '%s': %s", tmp, strerror(errno));
        free(target), free(tmp);
        return EXIT_OUTPUT;
    }
    run_jobs(r, c->threads ? c->threads : dl_jobs_cores());
    if (fclose(r->out) != 0 && !r->write_failed) r->write_failed = true, r->write_errno = errno;
    bool whole = !r->write_failed && !r->open_failed && !r->starved;
    if (!direct && whole && rename(tmp, to) != 0) r->write_failed = true, r->write_errno = errno, whole = false;
    if (!direct && !whole) remove(tmp);
    free(target), free(tmp);
    return EXIT_FINE;
}

/* Into a database: what is there stays, reports of the same id take the place of the older ones. */
static int into_store(run *r, const cli *c)
{
    r->store = dl_store_open(c->output, &r->store_error);
    if (!r->store) { cli_error(&r->store_error); return EXIT_OUTPUT; }
    char when[24];
    cli_utc(when);
    dl_store_run(r->store, when, &r->store_error);
    r->committed = now();
    run_jobs(r, c->threads ? c->threads : dl_jobs_cores());
    dl_store_close(r->store);
    if (r->watched && !r->write_failed) cli_say("'%s': %zu new, %zu changed, %zu as they were", c->output, r->stored[DL_STORED_NEW], r->stored[DL_STORED_CHANGED], r->stored[DL_STORED_SAME]);
    if (r->stored[DL_STORED_FORGOTTEN]) cli_say("'%s': %zu not stored: they were to be forgotten", c->output, r->stored[DL_STORED_FORGOTTEN]);
    return EXIT_FINE;
}

static int outcome(const run *r, const cli *c)
{
    if (r->write_failed && r->store_error.code) {
        cli_error(&r->store_error);
        cli_say("what was committed before is whole: of %zu reports put, all but the last %zu", r->done, r->waiting);
        return EXIT_OUTPUT;
    }
    if (r->write_failed) {
        cli_say("can't write %s%s%s: %s", c->output ? "'" : "", c->output ? c->output : "standard output", c->output ? "'" : "", r->write_errno ? strerror(r->write_errno) : "unknown error");
        return EXIT_OUTPUT;
    }
    if (r->starved || (r->open_failed && !r->told)) { cli_say("no memory: stopped after %zu reports", r->done); return EXIT_OUTPUT; }
    if (r->open_failed) return EXIT_PACK;
    return r->bad ? EXIT_SOME_FAILED : EXIT_FINE;
}

int cli_run(const cli *c, out_format format)
{
    static const char *const standard_input[] = { "-" };
    const char *const *files = (const char *const *)c->args;
    size_t n = c->nargs;
    if (!n) {
        if (isatty(STDIN_FILENO)) { cli_usage(c->verb); return EXIT_USAGE; }
        files = standard_input, n = 1;
    }
    if (c->published && dl_day_parse(dl_str_of(c->published)) == DL_NO_DAY) {
        cli_say("--published wants a day such as 2015-01-26, not '%s'", c->published);
        cli_usage(c->verb);
        return EXIT_USAGE;
    }
    dl_error err = { 0 };
    run r = { .format = format, .out = stdout, .colour = cli_colour(c, STDOUT_FILENO) && !c->output, .watched = isatty(STDERR_FILENO) && (c->output || !isatty(STDOUT_FILENO)) };
    dl_options_default(&r.options);
    r.options.explain = format == OUT_EXPLAIN || format == OUT_SQLITE;
    r.options.keep = format == OUT_SQLITE;
    r.options.article = format == OUT_ARTICLE || format == OUT_ARTICLE_TEXT;
    dl_about about = { .size = sizeof about, .published = c->published, .source = c->source };
    int rc = EXIT_PACK;
    if ((r.book = cli_codebook(c)) != NULL && (r.model = dl_model_open(c->model, &err)) != NULL && (!c->gazetteer || (r.gazetteer = dl_gazetteer_open(c->gazetteer, &err)) != NULL) && (!c->sites || (r.sites = dl_sites_open(c->sites, &err)) != NULL)) {
        r.options.gazetteer = r.gazetteer;
        r.options.sites = r.sites;
        r.reader = dl_reader_open(files, n, &about, &err);
        if (!r.reader) { cli_error(&err); rc = err.code == DL_EARG ? EXIT_USAGE : EXIT_OUTPUT; }
        else {
            rc = EXIT_FINE;
            if (format == OUT_SQLITE) rc = into_store(&r, c);
            else if (c->output) rc = into_file(&r, c);
            else run_jobs(&r, c->threads ? c->threads : dl_jobs_cores());
            if (rc == EXIT_FINE) rc = outcome(&r, c);
        }
    } else if (r.book) cli_error(&err);
    dl_reader_close(r.reader);
    dl_model_close(r.model);
    dl_codebook_close(r.book);
    dl_gazetteer_close(r.gazetteer);
    dl_sites_close(r.sites);
    free(r.ids);
    return rc;
}
