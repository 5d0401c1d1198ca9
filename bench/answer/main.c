/* main.c - dateline-answer KIND: which kinds there are; records on several threads, answers in order. */
#include <stdio.h>
#include <stdlib.h>
#include "answer/answer.h"
#include "base/file.h"
#include "base/jobs.h"

static const struct { const char *name; answer_fn *record; answer_text_fn *text; char part; } kinds[] = {
    { "ud", NULL, answer_ud, 0 }, { "names", NULL, answer_names, '\f' }, { "language-id", NULL, answer_language_id, '\n' }, { "coref", answer_coref, NULL, '\n' },
    { "articles", answer_articles, NULL, '\n' }, { "article-dates", answer_article_dates, NULL, '\n' }, { "encoding", answer_encoding, NULL, '\n' }, { "noise", answer_noise, NULL, '\n' },
    { "relations", answer_relations, NULL, '\n' }, { "events", answer_events, NULL, '\n' }, { "actors", answer_actors, NULL, '\n' }, { "spans", answer_spans, NULL, '\n' },
    { "probe", answer_probe, NULL, '\n' }, { "labels", answer_labels, NULL, '\n' }, { "case", answer_case, NULL, '\n' }, { "incidents", answer_incidents, NULL, '\n' },
    { "m2e2", answer_m2e2, NULL, '\n' }, { "gvdb", answer_gvdb, NULL, '\n' }, { "quotes", answer_quotes, NULL, '\n' }, { "status", answer_status, NULL, '\n' },
    { "factuality", answer_factuality, NULL, '\n' }, { "negation", answer_negation, NULL, '\n' }, { "timex", answer_timex, NULL, '\n' }, { "timex-cases", answer_timex_cases, NULL, '\n' },
    { "quantities", answer_quantities, NULL, '\n' }, { "number-cases", answer_number_cases, NULL, '\n' }, { "places", answer_places, NULL, '\n' },
    { "places-gold", answer_places_gold, NULL, '\n' }, { "places-reach", answer_places_reach, NULL, '\n' },
};
enum { NKIND = sizeof kinds / sizeof *kinds };

typedef struct { dl_str given; uint32_t number, at; dl_buf out; bool bad; } item;     /* a question, its number from 1, its offset; its answer */
typedef struct {
    int          kind;
    dl_str       in; uint32_t at, number;
    dl_codebook *book;
    dl_model    *model;
    dl_gazetteer *gazetteer;
    dl_pool     *pool;
    bool         upper, failed;
    const char  *pages;
} hall;

static bool next(void *shared, void **out)
{
    hall *h = shared;
    if (h->at >= h->in.n) return false;
    item *x = calloc(1, sizeof *x);
    if (!x) return false;
    const char part = kinds[h->kind].part;                /* what parts the questions; 0: the whole input is one */
    int64_t nl = part ? dl_find(h->in, (dl_str){ &part, 1 }, h->at) : -1;
    uint32_t e = nl < 0 ? h->in.n : (uint32_t)nl;
    *x = (item){ .given = dl_cut(h->in, h->at, e), .at = h->at, .number = ++h->number };
    h->at = nl < 0 ? e : e + 1;
    dl_buf_init(&x->out, 0);
    *out = x;
    return true;
}

static void work(void *shared, void *worker, void *given)
{
    const hall *h = shared;
    desk *d = worker;
    item *x = given;
    const char *error = NULL;
    uint32_t end, error_at;
    dl_marker m = dl_mark(&d->mem), s = dl_mark(&d->scratch);
    d->number = x->number, d->at = x->at;
    if (kinds[h->kind].text) kinds[h->kind].text(d, x->given, &x->out);
    else if (dl_trim(x->given).n) {
        dl_json *gold = dl_json_read(&d->mem, x->given, &end, &error, &error_at);
        if (!gold || gold->kind != DL_JSON_OBJECT) x->bad = true;
        else kinds[h->kind].record(d, gold, &x->out);
    }
    dl_reset(&d->mem, m);
    dl_reset(&d->scratch, s);
}

static bool done(void *shared, void *given)
{
    hall *h = shared;
    item *x = given;
    bool ok = !x->out.failed && fwrite(x->out.p ? x->out.p : "", 1, x->out.n, stdout) == x->out.n;
    if (x->bad) fprintf(stderr, "dateline-answer: line %u is no JSON object\n", x->number);
    if (!ok || x->bad) h->failed = true;
    dl_buf_free(&x->out);
    free(x);
    return ok;
}

static void *sit(void *shared)
{
    hall *h = shared;
    dl_error err = { 0 };
    desk *d = calloc(1, sizeof *d);
    if (!d) return NULL;
    *d = (desk){ .book = h->book, .model = h->model, .gazetteer = h->gazetteer, .upper = h->upper, .pages = h->pages };
    if (dl_arena_open(&d->mem, h->pool) && dl_arena_open(&d->scratch, h->pool)) d->coder = dl_coder_open(h->book, h->model, NULL, &err);
    return d->coder ? d : NULL;
}

static void rise(void *worker)
{
    desk *d = worker;
    dl_coder_close(d->coder);
    dl_arena_close(&d->scratch);
    dl_arena_close(&d->mem);
    free(d);
}

static int usage(void)
{
    fputs("usage: dateline-answer KIND [--threads N] [--upper] [--model PATH] [--pages FOLDER] < GOLD > ANSWERS\nkinds:", stderr);
    for (int i = 0; i < NKIND; i++) fprintf(stderr, " %s", kinds[i].name);
    fputc('\n', stderr);
    return 2;
}

int main(int argc, char **argv)
{
    dl_error err = { 0 };
    hall h = { .kind = -1 };
    const char *model = NULL;
    int64_t threads = dl_jobs_cores();
    for (int i = 0; argc > 1 && i < NKIND; i++) if (strcmp(argv[1], kinds[i].name) == 0) h.kind = i;
    if (h.kind < 0) return usage();
    for (int i = 2; i < argc; i++) {
        bool more = i + 1 < argc;
        if (strcmp(argv[i], "--upper") == 0) h.upper = true;
        else if (strcmp(argv[i], "--model") == 0 && more) model = argv[++i];
        else if (strcmp(argv[i], "--pages") == 0 && more) h.pages = argv[++i];
        else if (strcmp(argv[i], "--threads") == 0 && more && dl_str_int(dl_str_of(argv[i + 1]), &threads) && threads > 0 && threads < 1024) i++;
        else return usage();
    }
    dl_file in;
    h.book = dl_codebook_open(NULL, 0, &err);
    h.model = h.book ? dl_model_open(model, &err) : NULL;
    h.gazetteer = h.model ? dl_gazetteer_open(NULL, &err) : NULL;
    h.pool = h.gazetteer && dl_file_open(&in, "/dev/stdin", &err) ? dl_pool_open((size_t)2 << 30) : NULL;
    if (!h.pool || in.n > UINT32_MAX) { fprintf(stderr, "dateline-answer: %s\n", err.message); return 3; }
    h.in = (dl_str){ in.p, (uint32_t)in.n };
    dl_jobs jobs = { .next = next, .work = work, .done = done, .worker_open = sit, .worker_close = rise, .shared = &h };
    bool ok = dl_jobs_run(&jobs, (int)threads) && !h.failed && fflush(stdout) == 0;
    dl_file_close(&in);
    dl_pool_close(h.pool);
    dl_gazetteer_close(h.gazetteer);
    dl_model_close(h.model);
    dl_codebook_close(h.book);
    return ok ? 0 : 1;
}
