/* stages.c - dateline-stages: what each stage of coding costs, for bench/speed.
 *
 *   dateline-stages FILE ROUNDS          codes the reports of FILE, writes their records as JSON, and tells of each stage the nanoseconds of its fastest round
 *   dateline-stages FILE ROUNDS DB       the same as for a database (the steps of explanation are kept), and puts them into it, which is made anew in each round
 *
 * ROUNDS 0: once and without the clock, for callgrind. The first line tells reports, tokens and bytes of JSON, each further one a stage.
 *
 * The linker leads the calls of the functions below through here (--wrap; CMakeLists.txt and bench/speed read their names off the lines that begin with WRAP), so the stages
 * themselves know nothing of it. Time belongs to the innermost stage; what lies between stages is `rest`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "article/article.h"
#include "base/text.h"
#include "facts/names.h"
#include "facts/match.h"
#include "inside.h"
#include "intake/intake.h"
#include "language/coref.h"
#include "language/words.h"
#include "record/store.h"

/* In the order of the walk. */
#define STAGES(X) X(rest) X(read) X(intake) X(page) X(parts) X(tokens) X(sentences) X(tags) X(lemmas) X(tree) X(labels) X(hits) X(naming) X(coref) X(where) X(when) X(mend) X(names) X(entities) X(howmany) \
    X(readings) X(events) X(saidby) X(status) X(settle) X(same) X(links) X(incidents) X(json) X(store)
typedef enum {
#define X(name) S_##name,
    STAGES(X) STAGE_N
#undef X
} stage;
static const char *const names[] = {
#define X(name) #name,
    STAGES(X)
#undef X
};

/* ---- the clock ---- */

enum { DEEPEST = 8 };
static struct { bool on; uint64_t last, ns[STAGE_N], turns[STAGE_N]; stage open[DEEPEST]; int depth; } clock_of;

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* What went by since the last turn belongs to the stage that is open. */
static void turn(void)
{
    uint64_t t = now();
    stage s = clock_of.open[clock_of.depth];
    clock_of.ns[s] += t - clock_of.last;
    clock_of.turns[s]++;
    clock_of.last = t;
}

static void enter(stage s, stage in)
{
    if (!clock_of.on) return;
    if (clock_of.open[clock_of.depth] != in || clock_of.depth + 1 == DEEPEST) {
        fprintf(stderr, "dateline-stages: '%s' is called in '%s', not in '%s': its line in bench/stages.c is wrong\n", names[s], names[clock_of.open[clock_of.depth]], names[in]);
        exit(1);
    }
    turn();
    clock_of.open[++clock_of.depth] = s;
}

static void leave(void)
{
    if (!clock_of.on) return;
    turn();
    clock_of.depth--;
}

/* Of one reading of the clock, to be taken off each turn. */
static double clock_cost(void)
{
    uint64_t best = UINT64_MAX;
    for (int k = 0; k < 20; k++) {
        uint64_t t = now();
        for (int i = 0; i < 1000; i++) now();
        t = now() - t;
        if (t < best) best = t;
    }
    return (double)best / 1001;
}

/* ---- the functions: WRAP(stage, stage it is called in, type of its value, function, (parameters), (arguments)) ---- */

#define WRAP(s, in, type, name, params, args) type __real_##name params; type __wrap_##name params; \
    type __wrap_##name params { enter(S_##s, S_##in); type out = __real_##name args; leave(); return out; }
#define WRAP0(s, in, name, params, args) void __real_##name params; void __wrap_##name params; \
    void __wrap_##name params { enter(S_##s, S_##in); __real_##name args; leave(); }

WRAP(read, rest, int, dl_reader_next, (dl_reader *r, dl_input *in, dl_error *err), (r, in, err))
WRAP0(intake, rest, dl_intake_input, (dl_arena *doc, dl_arena *scratch, const dl_input *in, dl_article *out), (doc, scratch, in, out))
WRAP0(page, intake, dl_page_read, (dl_arena *doc, dl_arena *scratch, dl_maker *m, dl_article *a), (doc, scratch, m, a))
WRAP0(parts, rest, dl_article_parts, (const dl_codebook *b, const dl_model *m, dl_arena *doc, dl_arena *scratch, dl_article *a), (b, m, doc, scratch, a))
WRAP0(tokens, rest, dl_cut_tokens, (dl_arena *a, dl_str text, dl_span block, dl_spans *out), (a, text, block, out))
WRAP0(tokens, rest, dl_token_fill, (dl_arena *a, dl_str text, dl_span at, uint32_t behind, dl_token *t), (a, text, at, behind, t))
WRAP(sentences, rest, uint32_t, dl_cut_sentences, (const dl_weights *g, const dl_token *t, uint32_t n, uint8_t *open, uint32_t *end), (g, t, n, open, end))
WRAP0(tags, rest, dl_words_fill, (const dl_weights *g, const dl_token *t, uint32_t n, dl_word *w), (g, t, n, w))
WRAP0(tags, rest, dl_tag, (const dl_weights *g, dl_word *w, uint32_t n), (g, w, n))
WRAP(lemmas, rest, dl_str, dl_lemma, (const dl_weights *g, dl_arena *a, dl_str low, uint16_t cls), (g, a, low, cls))
WRAP0(tree, rest, dl_parse, (const dl_weights *g, const dl_word *w, uint32_t n, dl_parse_state *p), (g, w, n, p))
WRAP0(labels, rest, dl_label_start, (dl_label_state *s, const dl_word *first, uint32_t n, const uint16_t *head), (s, first, n, head))
WRAP0(labels, rest, dl_label, (const dl_weights *g, dl_label_state *s), (g, s))
WRAP0(coref, rest, dl_read_coref, (const dl_model *m, const dl_codebook *b, dl_arena *doc, dl_arena *scratch, dl_language *l), (m, b, doc, scratch, l))
WRAP0(hits, rest, dl_find_hits, (dl_ask *q), (q))
WRAP0(naming, rest, dl_find_names, (dl_ask *q, const dl_model *m, dl_language *l), (q, m, l))
WRAP0(where, rest, dl_where, (dl_ask *q), (q))
WRAP0(when, rest, dl_when, (dl_ask *q), (q))
WRAP0(when, rest, dl_when_again, (dl_ask *q), (q))
WRAP(mend, rest, bool, dl_mend_trees, (dl_ask *q), (q))
WRAP0(names, rest, dl_who, (dl_ask *q), (q))
WRAP0(entities, names, dl_resolve_mentions, (dl_ask *q), (q))
WRAP0(howmany, rest, dl_howmany, (dl_ask *q), (q))
WRAP0(events, rest, dl_what, (dl_ask *q), (q))
WRAP0(readings, events, dl_read_words, (dl_ask *q), (q))
WRAP0(saidby, rest, dl_saidby, (dl_ask *q), (q))
WRAP0(status, rest, dl_status, (dl_ask *q), (q))
WRAP0(settle, rest, dl_settle, (dl_ask *q), (q))
WRAP0(same, settle, dl_same, (dl_ask *q), (q))
WRAP0(links, rest, dl_links, (dl_ask *q), (q))
WRAP0(incidents, rest, dl_incidents, (dl_ask *q), (q))
WRAP0(json, rest, dl_record_json, (const dl_record *r, dl_buf *b), (r, b))
WRAP(store, rest, dl_stored, dl_store_record, (dl_store *s, const dl_record *r, dl_str json, dl_error *err), (s, r, json, err))
WRAP(store, rest, bool, dl_store_commit, (dl_store *s, dl_error *err), (s, err))

/* ---- coding ---- */

typedef struct { dl_coder *coder; dl_store *store; const char *path; uint64_t reports, tokens, bytes; bool failed; dl_error err; } job;

static bool code_one(job *j, const dl_input *in)
{
    dl_doc *d = dl_code_input(j->coder, in);
    if (!d) return false;
    j->reports++;
    j->tokens += dl_doc_inside(d).lang->ntok;
    bool ok = j->store ? dl_store_put(j->store, d, &j->err) != DL_STORED_NOT : dl_doc_json_size(d) > 0;
    j->bytes += dl_doc_json_size(d);
    dl_doc_free(d);
    return ok;
}

/* A function of its own, for callgrind: what it costs is the whole. */
__attribute__((noinline)) static void code_all(job *j)
{
    dl_about about = { .size = sizeof about };
    dl_reader *r = dl_reader_open(&j->path, 1, &about, &j->err);
    dl_input in;
    int more = -1;
    while (r && (more = dl_reader_next(r, &in, &j->err)) > 0) {
        if (!code_one(j, &in)) j->failed = true;
        dl_input_free(&in);
    }
    if (more < 0 || (j->store && !dl_store_commit(j->store, &j->err))) j->failed = true;
    dl_reader_close(r);
}

/* ---- the command ---- */

static int wrong(const dl_error *err)
{
    fprintf(stderr, "dateline-stages: %s\n", err->message[0] ? err->message : "a report could not be coded");
    return 1;
}

/* A round: one walk through all reports, into a new database where one is asked for. */
static bool round_of(job *j, const char *db, bool clocked)
{
    j->reports = j->tokens = j->bytes = 0;
    if (db) {
        remove(db);
        if (!(j->store = dl_store_open(db, &j->err))) return false;
    }
    memset(&clock_of, 0, sizeof clock_of);
    clock_of.on = clocked;
    clock_of.last = clocked ? now() : 0;
    code_all(j);
    if (clocked) turn();
    clock_of.on = false;
    if (db) dl_store_close(j->store);
    return !j->failed;
}

int main(int argc, char **argv)
{
    int64_t rounds;
    if (argc < 3 || argc > 4 || !dl_str_int(dl_str_of(argv[2]), &rounds) || rounds < 0) {
        fputs("usage: dateline-stages FILE ROUNDS [DB]\n", stderr);
        return 2;
    }
    dl_error err = { 0 };
    dl_options o;
    dl_options_default(&o);
    o.explain = argc > 3;
    dl_codebook *book = dl_codebook_open(NULL, 0, &err);
    job j = { .coder = book ? dl_coder_open(book, NULL, &o, &err) : NULL, .path = argv[1] };
    if (!j.coder) return wrong(&err);
    double best[STAGE_N], cost = clock_cost();
    for (int64_t k = 0; k < (rounds ? rounds : 1); k++) {
        if (!round_of(&j, argc > 3 ? argv[3] : NULL, rounds > 0)) return wrong(&j.err);
        for (int s = 0; s < STAGE_N; s++) {
            double ns = (double)clock_of.ns[s] - cost * (double)clock_of.turns[s];
            if (k == 0 || ns < best[s]) best[s] = ns > 0 ? ns : 0;
        }
    }
    printf("reports\t%llu\ttokens\t%llu\tbytes\t%llu\n", (unsigned long long)j.reports, (unsigned long long)j.tokens, (unsigned long long)j.bytes);
    for (int s = 0; s < STAGE_N; s++) printf("%s\t%.0f\n", names[s], rounds ? best[s] : 0);
    dl_coder_close(j.coder);
    dl_codebook_close(book);
    return 0;
}
