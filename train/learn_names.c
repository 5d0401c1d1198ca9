/* learn_names.c - the name tagger: a structured perceptron (Collins 2002) over documents whose names are marked, tokens, tags and trees being the program's own.
 *
 *   files of TOKEN, native tag, BIO tag  ->  documents (text, blocks, spans)  ->  read by the language stage, hints by the facts stage  ->  weights `name.*`
 *
 * What a document remembers of its names (dl_name_remember) is learned from readings by taggers that had not seen the document.
 */
#include "names.h"
#include <stdlib.h>

static void read_names(study *s, paper *p, uint8_t *cls)
{
    dl_marker m = dl_mark(s->scratch);
    dl_name_scores *own = dl_new(s->scratch, dl_name_scores, p->l.ntok + 1);
    for (uint32_t k = 0; k < p->l.nsent; k++) dl_name_decode(&s->g, p->w, p->l.sent[k].first, p->l.sent[k].end, own, cls);
    dl_reset(s->scratch, m);
}

/* ---- scores ---------------------------------------------------------------------------------------------------------------- */

typedef struct { uint32_t right, gold, got, spans; } tally;

static uint32_t name_end(const uint8_t *cls, uint32_t b, uint32_t n)
{
    uint32_t e = b + 1;
    if ((cls[b] - 1) % 4 == DL_NAME_U) return e;
    while (e < n && cls[e] && (cls[e] - 1) % 4 == DL_NAME_I) e++;
    return e < n ? e + 1 : e;
}

static void score(const paper *p, const uint8_t *cls, tally *t)
{
    uint32_t n = p->l.ntok;
    for (uint32_t i = 0; i < n; i++) {
        bool g = p->right[i] && ((p->right[i] - 1) % 4 == DL_NAME_B || (p->right[i] - 1) % 4 == DL_NAME_U), c = cls[i] && ((cls[i] - 1) % 4 == DL_NAME_B || (cls[i] - 1) % 4 == DL_NAME_U);
        t->gold += g, t->got += c;
        if (!g || !c || name_end(p->right, i, n) != name_end(cls, i, n)) continue;
        t->spans++;
        t->right += (p->right[i] - 1) / 4 == (cls[i] - 1) / 4;
    }
}

static void say(const char *what, const tally *t)
{
    double f = 200.0 * t->right / (t->gold + t->got + !t->gold), u = 200.0 * t->spans / (t->gold + t->got + !t->gold);
    fprintf(stderr, "%s: f1 %.2f untyped %.2f (p %.2f r %.2f)\n", what, f, u, 100.0 * t->right / (t->got + !t->got), 100.0 * t->right / (t->gold + !t->gold));
}

static void try_dev(study *s, const char *what, bool twice)
{
    tally plain = { 0 }, capitals = { 0 };
    for (uint32_t i = 0; i < s->dev.n; i++) {
        paper *p = &s->dev.v[i];
        for (uint32_t k = 0; k < p->l.ntok; k++) p->w[k].memory[0] = p->w[k].memory[1] = 0;
        read_names(s, p, p->seen);
        if (twice) { dl_name_remember(&p->l, p->seen, s->scratch, p->w); read_names(s, p, p->seen); }
        score(p, p->seen, p->copy ? &capitals : &plain);
    }
    say(what, &plain);
    say("   in capitals", &capitals);
}

/* ---- the command ----------------------------------------------------------------------------------------------------------- */

enum { FOLDS = 4, BUCKETS = 1 << 15, OFTEN = 2, CAPITALS_PERCENT = 25 };

static bool open_study(study *s, const char *data, const char *model)
{
    static const char *const files[] = { "worldwide-train", "re3d-train", "crossner_politics-train", "gum_names-train", "btc-train", "wnut17-train", "worldwide-dev", NULL };      /* the last one is only scored */
    dl_error err = { 0 };
    char path[4200];
    s->model = dl_model_open(model, &err);
    s->book = s->model ? dl_codebook_open(NULL, 0, &err) : NULL;
    s->gazetteer = s->book ? dl_gazetteer_open(NULL, &err) : NULL;
    if (!s->gazetteer) { fprintf(stderr, "%s: %s\n", model, err.message); return false; }
    dl_name_weights_of(s->model, &s->g);
    for (uint32_t i = 0; files[i]; i++) {
        papers *to = files[i + 1] ? &s->train : &s->dev;
        uint32_t from = to->n;
        snprintf(path, sizeof path, "%s/language/ner/%s.tsv.xz", data, files[i]);
        if (!read_papers(s, to, path, i)) return false;
        for (uint32_t k = from; k < to->n; k++) to->v[k].no_misc = strcmp(files[i], "btc-train") == 0;
    }
    add_capitals(s, &s->train, CAPITALS_PERCENT);
    add_capitals(s, &s->dev, 100);
    for (uint32_t i = 0; i < s->train.n; i++) read_paper(s, &s->train.v[i]);
    for (uint32_t i = 0; i < s->dev.n; i++) read_paper(s, &s->dev.v[i]);
    return true;
}

/* What each document would remember of its names, found by taggers that had not seen it. */
static void remember(study *s)
{
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        field c;
        row_learner t;
        field_open(&c, &s->train, FOLDS, fold, OFTEN, NULL);
        field_learn(&c, 4, 20 + fold, "a fold");
        field_rows(&c, &t);
        table part = rows_table(&t, 1 << 20, 1, DL_NAME_CLASSES - 1);
        s->g.score = rows_of(&part);
        s->g.next = field_next(&c);
        for (uint32_t i = 0; i < s->train.n; i++) if (s->train.v[i].fold % FOLDS == fold) read_names(s, &s->train.v[i], s->train.v[i].seen);
        table_free(&part);
        rows_close(&t);
        field_close(&c);
    }
    for (uint32_t i = 0; i < s->train.n; i++) dl_name_remember(&s->train.v[i].l, s->train.v[i].seen, s->scratch, s->train.v[i].w);
}

/* First with all features, then with those alone that the table has room for. */
static table learn_weights(study *s)
{
    field all, c;
    row_learner t;
    field_open(&all, &s->train, 0, 0, OFTEN, NULL);
    field_learn(&all, 4, 18, "all");
    field kept = field_kept(&all, BUCKETS);
    field_close(&all);
    field_open(&c, &s->train, 0, 0, OFTEN, &kept);
    field_close(&kept);
    field_learn(&c, 10, 19, "kept");
    field_rows(&c, &t);
    table f = rows_table(&t, BUCKETS, 1, DL_NAME_CLASSES - 1);
    s->g.score = rows_of(&f);
    s->g.next = field_next(&c);
    rows_close(&t);
    field_close(&c);
    return f;
}

int learn_names(const char *data, const char *out)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/english.dlm", out);
    dl_pool *pool = dl_pool_open((size_t)12 << 30);
    dl_arena a, scratch;
    if (!pool || !dl_arena_open(&a, pool) || !dl_arena_open(&scratch, pool)) return 1;
    study s = { .a = &a, .scratch = &scratch };
    pack p = { 0 };
    if (!pack_keep(&p, path, "name.") || !open_study(&s, data, path)) return 1;
    remember(&s);
    table f = learn_weights(&s);
    try_dev(&s, "worldwide-dev, read once", false);
    try_dev(&s, "worldwide-dev", true);
    pack_rows(&p, (const char *const[]){ "name.bucket", "name.row", "name.dense" }, &f);
    pack_add(&p, "name.next", DL_T_U8, s.g.next, DL_NAME_CLASSES * DL_NAME_CLASSES);
    return pack_written(&p, path) ? 0 : 1;
}
