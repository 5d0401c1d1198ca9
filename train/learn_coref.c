/* learn_coref.c - chains of mentions, learned from GUM's coreference over the program's own trees.
 *
 * Each mention chooses among its candidates and "none before"; the choices are weighed log-linearly, all antecedents of its gold chain count as right (the latent antecedents of
 * Durrett and Klein 2013), with their costs of three mistakes. Weights move by AdaGrad (Duchi et al. 2011) with an L1 term, applied when a weight is read again, so that most features
 * end at nothing. The codebook's first names, honorifics and classes are among the features: another codebook, other weights.
 * Chains grow by the choices made, as they will later. All numbers are sums, products and quotients of doubles in fixed order: the same with any compiler.
 */
#include "train.h"
#include "base/json.h"
#include "facts/facts.h"
#include "language/chains.h"
#include <stdlib.h>

#define ROUNDS 8
#define SEEN_LEAST 4                                         /* features of fewer pairs are not learned */
#define KEPT 32768                                           /* buckets of two */
#define SCALE 512                                            /* steps of the small weights that make one unit */
#define LAST_ROUNDS 4
#define RATE 0.1
#define L1 0.0001
#define TYPE_ROUNDS 8
#define TYPE_BUCKETS (1u << 13)
#define TYPE_SCALE 5
#define FOLDS 5
/* What mistakes cost, for each kind of mention: a link where none is right, none where one is right, a link to a wrong one. Names are merged with care: one wrong link spoils two chains. */
static const double costs[DL_REFERS_N][3] = { { 4, 1.5, 6 }, { 1, 1.5, 1 }, { 1, 4, 2 } };

/* ---- reports ---- */

typedef struct {
    dl_str      id, text;
    dl_language l;
    dl_coref    c;
    uint32_t   *gold;                                        /* for each mention its gold chain, from 1; 0: no gold mention */
    uint8_t    *type;                                        /* dl_refers_type of the gold mention */
} report;

typedef struct { dl_arena *a, *scratch; const dl_model *model; const dl_codebook *book; const dl_gazetteer *gazetteer; dl_clusters clusters; DL_VEC(report) v; } reports;

static uint32_t number_of(const dl_json *o, const char *key)
{
    int64_t n = 0;
    const dl_json *v = dl_json_get(o, key);
    return v && dl_str_int(v->str, &n) ? (uint32_t)n : 0;
}

static dl_str string_of(const dl_json *o, const char *key)
{
    const dl_json *v = dl_json_get(o, key);
    return v ? v->str : DL_STR("");
}

static uint8_t type_of(dl_str s)
{
    static const char *const names[] = {
#define X(id) #id,
        DL_REFERS_TYPES(X)
#undef X
    };
    for (uint8_t i = 1; i < DL_REFERS_TYPE_N; i++) if (dl_is(s, names[i])) return i;
    return 0;
}

/* Blank lines part paragraphs; each is a part of its own. */
static void read_trees(reports *r, report *d)
{
    DL_VEC(dl_span) block = { 0 };
    DL_VEC(uint32_t) part = { 0 };
    uint32_t b = 0;
    for (uint32_t i = 0; i <= d->text.n; i++) {
        if (i < d->text.n && !(d->text.p[i] == '\n' && i + 1 < d->text.n && d->text.p[i + 1] == '\n')) continue;
        if (i > b) *dl_push(r->a, &part) = block.n, *dl_push(r->a, &block) = (dl_span){ b, i };
        b = i + 2;
    }
    dl_read_language(r->model, r->a, r->scratch, d->text, block.v, part.v, block.n, &d->l);
    dl_article art = { .text = d->text, .published = DL_NO_DAY };
    dl_facts f = { 0 };
    dl_ask q = { r->book, &art, &d->l, r->a, r->scratch, false, &f, { NULL, r->gazetteer } };
    dl_find_hits(&q);
    dl_find_names(&q, r->model, &d->l);
    dl_find_mentions(r->book, r->a, r->scratch, &d->l, &d->c);
}

/* By the whole span, else by the head, if the gold mention is not found as a whole. */
static void align(reports *r, report *d, const dl_json *mentions)
{
    dl_intern chains = { 0 };
    uint32_t *at = dl_new(r->a, uint32_t, d->text.n + 1);    /* byte -> 1 + the mention headed there */
    d->gold = dl_new(r->a, uint32_t, d->c.n + 1);
    d->type = dl_new(r->a, uint8_t, d->c.n + 1);
    for (uint32_t i = 0; i < d->c.n; i++) if (!d->c.v[i].joined) at[d->l.tok[d->c.v[i].head].at.b] = i + 1;
    for (int pass = 0; pass < 2; pass++)
        for (const dl_json *g = mentions->first; g; g = g->next) {
            uint32_t b = number_of(g, "start"), e = number_of(g, "end"), k = at[number_of(g, "head_start")], chain = dl_intern_id(&chains, r->a, string_of(g, "chain"));
            uint32_t lo = 0;
            while (lo < d->c.n && d->c.v[lo].at.b < b) lo++;
            while (lo < d->c.n && d->c.v[lo].at.b == b && d->c.v[lo].at.e != e) lo++;
            bool whole = lo < d->c.n && d->c.v[lo].at.b == b && d->c.v[lo].at.e == e;
            uint32_t i = pass == 0 ? (whole ? lo + 1 : 0) : whole || dl_json_get(g, "coord") ? 0 : k;
            if (!i || d->gold[i - 1]) continue;
            d->gold[i - 1] = chain;
            d->type[i - 1] = type_of(string_of(g, "type"));
        }
}

static bool read_reports(reports *r, const char *path)
{
    size_t n;
    char *v = slurp(path, &n);
    if (!v) return false;
    for (size_t b = 0, e; b < n; b = e + 1) {
        const char *nl = memchr(v + b, '\n', n - b), *error;
        uint32_t end, at;
        e = nl ? (size_t)(nl - v) : n;
        const dl_json *o = dl_json_read(r->a, (dl_str){ v + b, (uint32_t)(e - b) }, &end, &error, &at);
        if (!o || !dl_json_get(o, "mentions")) continue;
        report *d = dl_push(r->a, &r->v);
        d->id = string_of(o, "id");
        d->text = string_of(o, "text");
        read_trees(r, d);
        align(r, d, dl_json_get(o, "mentions"));
    }
    return true;                                             /* v stays: strings are slices of it */
}

/* ---- types ---- */

static void learn_types_of(const reports *r, const bool *in, row_learner *t)
{
    uint64_t f[DL_TYPE_FEATURES];
    rows_open(t);
    for (uint32_t round = 0, wrong = 0, all = 0; round < TYPE_ROUNDS; round++, wrong = all = 0) {
        if (round == 3) rows_select(t, TYPE_BUCKETS, TYPE_SCALE);
        for (uint32_t i = 0; i < r->v.n; i++) {
            report *d = &r->v.v[i];
            if (!in[i]) continue;
            dl_marker mark = dl_mark(r->scratch);
            dl_chains s;
            dl_chains_open(&s, &r->clusters, r->book, r->scratch, &d->l, &d->c);
            for (uint32_t m = 0; m < d->c.n; m++) {
                if (!d->type[m] || d->c.v[m].kind == DL_REFERS_PRONOUN) continue;
                int32_t score[DL_ROWS_CLASSES] = { 0 };
                uint32_t n = dl_type_features(&s, m, f), best = 1;
                rows_learn_score(t, f, n, score);
                for (uint32_t k = 2; k < DL_REFERS_TYPE_N; k++) if (score[k] > score[best]) best = k;
                if (best != d->type[m]) rows_learn(t, f, n, d->type[m], (uint16_t)best), wrong++;
                t->now++, all++;
            }
            dl_reset(r->scratch, mark);
        }
        if (round == TYPE_ROUNDS - 1) fprintf(stderr, "types: %u of %u wrong in the last round\n", wrong, all);
    }
}

static void guess_types(const reports *r, const dl_rows *g, const bool *in)
{
    uint32_t wrong = 0, all = 0, person = 0;
    for (uint32_t i = 0; i < r->v.n; i++) {
        report *d = &r->v.v[i];
        if (!in[i]) continue;
        dl_marker mark = dl_mark(r->scratch);
        dl_chains s;
        dl_chains_open(&s, &r->clusters, r->book, r->scratch, &d->l, &d->c);
        dl_chain_guess_types(g, &s);
        for (uint32_t m = 0; m < d->c.n; m++) if (d->type[m] && d->c.v[m].kind != DL_REFERS_PRONOUN) all++, wrong += d->c.v[m].type != d->type[m], person += (d->c.v[m].type == 1) != (d->type[m] == 1);
        dl_reset(r->scratch, mark);
    }
    fprintf(stderr, "types: %u of %u wrong, person or not %u\n", wrong, all, person);
}

/* Types of the reports learned from are guessed by learners that had not seen them. */
static table learn_types(const reports *r, const bool *in)
{
    bool *some = malloc(r->v.n + 1), *rest = malloc(r->v.n + 1);
    row_learner t;
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        for (uint32_t i = 0; i < r->v.n; i++) rest[i] = in[i] && i % FOLDS == fold, some[i] = in[i] && !rest[i];
        learn_types_of(r, some, &t);
        table part = rows_table(&t, TYPE_BUCKETS, TYPE_SCALE, DL_REFERS_TYPE_N);
        dl_rows g = rows_of(&part);
        guess_types(r, &g, rest);
        table_free(&part);
        rows_close(&t);
    }
    learn_types_of(r, in, &t);
    table all = rows_table(&t, TYPE_BUCKETS, TYPE_SCALE, DL_REFERS_TYPE_N);
    rows_close(&t);
    free(some), free(rest);
    return all;
}

/* ---- weights ---- */

typedef struct { uint64_t key; double w, g, sum; uint32_t stamp, seen; } cell;      /* sum: of the weights at the ends of the last rounds */
typedef struct { cell *v; size_t mask, n; uint32_t now; bool closed; } learner;

static void learner_open(learner *t, size_t size) { *t = (learner){ .v = calloc(size, sizeof *t->v), .mask = size - 1 }; }

static size_t place(const learner *t, uint64_t f)
{
    size_t i = (size_t)(f >> 18) & t->mask;
    while (t->v[i].key && t->v[i].key != f) i = (i + 1) & t->mask;
    return i;
}

static void grow(learner *t)
{
    learner old = *t;
    learner_open(t, (old.mask + 1) * 2);
    t->n = old.n, t->now = old.now;
    for (size_t i = 0; i <= old.mask; i++) if (old.v[i].key) t->v[place(t, old.v[i].key)] = old.v[i];
    free(old.v);
}

static void count(learner *t, const uint64_t *f, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (t->n * 2 > t->mask) grow(t);
        cell *c = &t->v[place(t, f[i])];
        if (!c->key) c->key = f[i], t->n++;
        c->seen++;
    }
}

static void forget_rare(learner *t)
{
    learner old = *t;
    size_t size = 1 << 16, often = 0;
    for (size_t i = 0; i <= old.mask; i++) often += old.v[i].key && old.v[i].seen >= SEEN_LEAST;
    while (size < often * 2 + 2) size *= 2;
    learner_open(t, size);
    for (size_t i = 0; i <= old.mask; i++) if (old.v[i].key && old.v[i].seen >= SEEN_LEAST) t->v[place(t, old.v[i].key)] = old.v[i], t->n++;
    fprintf(stderr, "coref: %zu features, %zu of them seen %d times\n", old.n, t->n, SEEN_LEAST);
    free(old.v);
    t->closed = true;
}

static double root(double x)
{
    double r = x > 1 ? x : 1;
    for (int i = 0; i < 40; i++) {
        double next = 0.5 * (r + x / r);
        if (next >= r) break;
        r = next;
    }
    return r;
}

/* e^x: halved often enough for a short series, then squared back. */
static double power_of_e(double x)
{
    if (x < -40) return 0;
    if (x > 40) x = 40;
    x /= 1024;
    double y = 1 + x * (1 + x * (0.5 + x * (1.0 / 6 + x * (1.0 / 24))));
    for (int i = 0; i < 10; i++) y *= y;
    return y;
}

static void shrink(cell *c, uint32_t now)
{
    double by = RATE * L1 * (double)(now - c->stamp) / root(1e-6 + c->g);
    c->stamp = now;
    if (c->w > by) c->w -= by;
    else if (c->w < -by) c->w += by;
    else c->w = 0;
}

typedef struct { uint32_t at[DL_CHAIN_FEATURES]; uint32_t n; double score, p, q; bool right; uint32_t to; } choice;

static void weigh(learner *t, const uint64_t *f, uint32_t n, choice *c)
{
    c->n = 0, c->score = 0;
    for (uint32_t i = 0; i < n; i++) {
        size_t k = place(t, f[i]);
        cell *x = &t->v[k];
        if (!x->key) continue;
        if (x->w != 0) shrink(x, t->now);
        else x->stamp = t->now;
        c->score += x->w;
        c->at[c->n++] = (uint32_t)k;
    }
}

static void move(learner *t, const choice *c, double by)
{
    if (by < 1e-4 && by > -1e-4) return;
    for (uint32_t i = 0; i < c->n; i++) {
        cell *x = &t->v[c->at[i]];
        x->g += by * by;
        x->w -= RATE * by / root(1e-6 + x->g);
    }
}

/* ---- learning ---- */

static double cost(const choice *v, bool starts, const choice *c, int kind)
{
    if (c->right) return 0;
    return costs[kind][c == v ? 1 : starts ? 0 : 2];
}

static void share(choice *v, uint32_t n, int kind)
{
    double most = -1e9, all = 0, right = 0, right_most = -1e9;
    bool starts = v[0].right;
    for (uint32_t i = 0; i < n; i++) {
        double s = v[i].score + cost(v, starts, &v[i], kind);
        if (s > most) most = s;
        if (v[i].right && v[i].score > right_most) right_most = v[i].score;
    }
    for (uint32_t i = 0; i < n; i++) {
        all += v[i].p = power_of_e(v[i].score + cost(v, starts, &v[i], kind) - most);
        right += v[i].q = v[i].right ? power_of_e(v[i].score - right_most) : 0;
    }
    for (uint32_t i = 0; i < n; i++) v[i].p /= all, v[i].q /= right;
}

/* The mention's choices: v[0] to start a chain, then its candidates. */
static uint32_t choices(const dl_chains *s, const report *d, learner *t, uint32_t m, choice *v)
{
    uint64_t f[DL_CHAIN_FEATURES];
    uint32_t from[DL_CHAIN_CANDIDATES], n = dl_chain_candidates(s, m, from), right = 0;
    for (uint32_t i = 0; i <= n; i++) {
        uint32_t nf = i ? dl_chain_pair_features(s, m, from[i - 1], i - 1, f) : dl_chain_new_features(s, m, f);
        if (t->closed) weigh(t, f, nf, &v[i]);
        else count(t, f, nf);
        v[i].to = i ? from[i - 1] : DL_NO_MENTION;
        v[i].right = i && d->gold[m] && d->gold[from[i - 1]] == d->gold[m];
        right += v[i].right;
    }
    v[0].right = !right;
    return n + 1;
}

static uint32_t best_choice(const choice *v, uint32_t n, bool right)
{
    uint32_t b = UINT32_MAX;
    for (uint32_t i = 0; i < n; i++) if ((!right || v[i].right) && (b == UINT32_MAX || v[i].score > v[b].score)) b = i;
    return b;
}

static uint32_t learn_report(const reports *r, report *d, learner *t)
{
    static choice v[DL_CHAIN_CANDIDATES + 1];
    dl_marker mark = dl_mark(r->scratch);
    dl_chains s;
    uint32_t wrong = 0;
    dl_chains_open(&s, &r->clusters, r->book, r->scratch, &d->l, &d->c);
    for (uint32_t m = 0; m < d->c.n; m++) {
        dl_chain_look(&s, m);
        uint32_t n = choices(&s, d, t, m, v), to = best_choice(v, n, !t->closed);
        if (t->closed) {
            wrong += !v[to].right;
            share(v, n, d->c.v[m].kind);
            for (uint32_t i = 0; i < n; i++) move(t, &v[i], v[i].p - v[i].q);
            t->now++;
        }
        dl_chain_link(&s, m, v[to].to);
    }
    dl_reset(r->scratch, mark);
    return wrong;
}

static void add_up(learner *t)
{
    for (size_t i = 0; i <= t->mask; i++) {
        if (!t->v[i].key) continue;
        shrink(&t->v[i], t->now);
        t->v[i].sum += t->v[i].w;
    }
}

static uint64_t *small_weights(const learner *t, uint32_t *buckets)
{
    keyed *key = malloc((t->n + 1) * sizeof *key);
    uint32_t n = 0, lost, all = 0;
    for (size_t i = 0; i <= t->mask; i++) {
        cell c = t->v[i];
        if (!c.key) continue;
        double x = c.sum / LAST_ROUNDS * SCALE;
        int32_t w = (int32_t)(x < 0 ? x - 0.5 : x + 0.5);
        if (!w) continue;
        if (w > 32767) w = 32767;
        if (w < -32767) w = -32767;
        all++;
        key[n++] = (keyed){ c.key, (uint16_t)(int16_t)w, (uint32_t)((double)(w < 0 ? -w : w) * root(c.seen < 1000 ? c.seen : 1000)) };
    }
    uint64_t *out = keyed_table_of(key, n, KEPT, buckets, &lost);
    fprintf(stderr, "coref: %u weights, %u buckets, %u lost\n", all, *buckets, lost);
    free(key);
    return out;
}

typedef struct { table type; uint64_t *weight; uint32_t buckets; } learned;

static learned learn(const reports *r, const bool *in)
{
    learned out = { .type = learn_types(r, in) };
    learner t;
    dice d = { 41 };
    learner_open(&t, 1 << 22);
    for (uint32_t i = 0; i < r->v.n; i++) if (in[i]) learn_report(r, &r->v.v[i], &t);
    forget_rare(&t);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        uint32_t *order = shuffled(r->v.n, &d), wrong = 0;
        for (uint32_t i = 0; i < r->v.n; i++) if (in[order[i]]) wrong += learn_report(r, &r->v.v[order[i]], &t);
        fprintf(stderr, "coref, round %u: %u wrong\n", round, wrong);
        free(order);
        if (round + LAST_ROUNDS >= ROUNDS) add_up(&t);
    }
    out.weight = small_weights(&t, &out.buckets);
    free(t.v);
    return out;
}

/* ---- the command ---- */

static void answer(const reports *r, report *d, const learned *g)
{
    dl_chain_weights w = { .type = rows_of(&g->type), .link = { g->weight, 64 }, .clusters = r->clusters };
    while ((1u << (64 - w.link.shift)) < g->buckets) w.link.shift--;
    dl_chain_mentions(&w, r->book, r->scratch, &d->l, &d->c);
    printf("{\"id\":\"%.*s\",\"mentions\":[", (int)d->id.n, d->id.p);
    for (uint32_t i = 0; i < d->c.n; i++) printf("%s{\"start\":%u,\"end\":%u,\"chain\":%u}", i ? "," : "", d->c.v[i].at.b, d->c.v[i].at.e, d->c.v[i].chain);
    printf("]}\n");
}

static bool open_reports(reports *r, dl_arena *a, dl_arena *scratch, const char *model, const char *data)
{
    dl_error err = { 0 };
    char path[4200];
    dl_pool *pool = dl_pool_open((size_t)8 << 30);
    *r = (reports){ .a = a, .scratch = scratch, .model = dl_model_open(model, &err), .book = dl_codebook_open(NULL, 0, &err), .gazetteer = dl_gazetteer_open(NULL, &err) };
    if (!r->model || !r->book || !r->gazetteer || !pool) { fprintf(stderr, "%s\n", err.message); return false; }
    dl_clusters_of(r->model, &r->clusters);
    snprintf(path, sizeof path, "%s/language/coref/gum-train-free.jsonl.xz", data);
    return dl_arena_open(a, pool) && dl_arena_open(scratch, pool) && read_reports(r, path);
}

/* Answers to standard output, of each report by weights that had not seen it. */
static void cross_validate(const reports *r, uint32_t k, bool *in)
{
    for (uint32_t fold = 0; fold < k; fold++) {
        for (uint32_t i = 0; i < r->v.n; i++) in[i] = i % k != fold;
        learned g = learn(r, in);
        for (uint32_t i = 0; i < r->v.n; i++) if (!in[i]) answer(r, &r->v.v[i], &g);
        table_free(&g.type), free(g.weight);
    }
}

bool learn_coref(const char *data, const char *path, uint32_t folds)
{
    reports r;
    dl_arena a, scratch;
    pack p = { 0 };
    if (!open_reports(&r, &a, &scratch, path, data)) return false;
    bool *in = malloc(r.v.n + 1);
    if (folds) { cross_validate(&r, folds, in); return true; }
    memset(in, true, r.v.n + 1);
    learned g = learn(&r, in);
    if (!pack_keep(&p, path, "coref.")) return false;
    pack_add(&p, "coref.weight", DL_T_U64, g.weight, g.buckets);
    pack_rows(&p, (const char *const[]){ "coref.type", "coref.type.row", "coref.type.dense" }, &g.type);
    free(in);
    return pack_written(&p, path);
}
