/* learn_pages.c - how src/article/story_weights.h is made: which blocks of a page are the story.
 *
 * usage: dateline-train pages [--cv K] PAGES_DIR GOLD.jsonl.gz...
 *
 * GOLD lines have "html" (a file of PAGES_DIR), "url" or "publisher" (the site), and "text" (the whole story) or "with" and "without" (pieces of what is and what is
 * not story). Writes the header to standard output; with --cv K instead, for each page, what weights learned from the other folds of sites choose:
 * a line {"id","text"} each, for shared/eval/score_articles.py.
 *
 * A block is story if most of its runs of four words are in the gold text. A logistic regression by AdaGrad, then boosted trees (learn_trees.c) over sums that were made by weights that had
 * not seen the page's site. Everything is deterministic; exp is our own, sqrt is exact by the standard.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdlib.h>
#include "train.h"
#include "article/article.h"
#include "article/story.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"
#include "intake/intake.h"

enum { WORDS_MOST = 1 << 18, SITES_LEAST = 3, ROUNDS = 20, SETTLED = 8, INNER = 4, TREES = 160 };

typedef struct {
    dl_str id, site; uint32_t fold;
    dl_article art;
    dl_look_features *f;
    uint8_t *again;
    int32_t *first;
    float   *y, *w;                          /* label and weight of each block; weight 0: not known */
    bool     full;                           /* has the whole text */
} page;

typedef struct { dl_codebook *book; dl_model *model; dl_arena a, scratch; DL_VEC(page) pages; dl_intern words; uint32_t *sites; uint32_t *last_site; } learner;

/* ---- words of text ---- */

typedef DL_VEC(uint64_t) hashes;

static void words_of_text(dl_arena *a, dl_str s, hashes *out)
{
    uint64_t h = 0;
    for (uint32_t i = 0; i <= s.n;) {
        uint32_t cp = i < s.n ? dl_utf8_next(s, &i) : (i++, ' ');
        if (dl_cp_alpha(cp) || dl_cp_digit(cp)) h = dl_mix64(h * 31 + dl_cp_tolower(cp) + 1);
        else if (h) *dl_push(a, out) = h, h = 0;
    }
}

typedef struct { uint64_t *key; size_t mask; } set;

static set new_set(dl_arena *a, size_t n)
{
    size_t size = 16;
    while (size < n * 2 + 2) size *= 2;
    return (set){ dl_new(a, uint64_t, size), size - 1 };
}

static bool in_set(set *s, uint64_t h, bool add)
{
    size_t i = dl_mix64(h |= 1) & s->mask;
    while (s->key[i] && s->key[i] != h) i = (i + 1) & s->mask;
    if (s->key[i]) return true;
    if (add) s->key[i] = h;
    return false;
}

static uint64_t shingle(const uint64_t *w, uint32_t n)
{
    uint64_t h = n;
    for (uint32_t i = 0; i < n; i++) h = dl_mix64(h ^ w[i]) + i;
    return h;
}

/* ---- labels ---- */

static void label_by_text(learner *l, page *p, dl_str want)
{
    hashes all = { 0 };
    words_of_text(&l->a, want, &all);
    set fours = new_set(&l->a, all.n), lines = new_set(&l->a, 4096);
    for (uint32_t i = 0; i + 4 <= all.n; i++) in_set(&fours, shingle(all.v + i, 4), true);
    uint32_t b = 0, nlines = 0;
    for (uint32_t i = 0; i <= want.n; i++)
        if ((i == want.n || want.p[i] == '\n') && nlines++ < 2000) {
            hashes w = { 0 };
            words_of_text(&l->a, dl_cut(want, b, i), &w);
            if (w.n) in_set(&lines, shingle(w.v, w.n), true);
            b = i + 1;
        }
    double total = 0;
    for (uint32_t k = 0; k < p->art.blocks.n; k++) {
        hashes w = { 0 };
        words_of_text(&l->a, dl_at(p->art.text, p->art.blocks.v[k].at), &w);
        uint32_t hit = 0;
        for (uint32_t i = 0; i + 4 <= w.n; i++) hit += in_set(&fours, shingle(w.v + i, 4), false);
        bool line = w.n && in_set(&lines, shingle(w.v, w.n), false);
        p->y[k] = line || (w.n >= 4 && hit * 2 > w.n - 3);
        p->w[k] = (float)(w.n > 100 ? 100 : w.n);
        if (w.n < 4) p->w[k] = w.n ? 1 : 0;
        total += p->y[k] ? p->w[k] : 0;
    }
    if (total < 30) for (uint32_t k = 0; k < p->art.blocks.n; k++) p->w[k] = 0;      /* the story is not on the page */
    p->full = true;
}

static void label_by_pieces(page *p, const dl_json *entry)
{
    for (int way = 0; way < 2; way++) {
        const dl_json *list = dl_json_get(entry, way ? "with" : "without");
        for (const dl_json *c = list ? list->first : NULL; c; c = c->next) {
            dl_str piece = dl_trim(c->str);
            if (piece.n < 8) continue;
            for (uint32_t k = 0; k < p->art.blocks.n; k++) {
                dl_str s = dl_at(p->art.text, p->art.blocks.v[k].at);
                if (dl_find(s, piece, 0) < 0) continue;
                p->y[k] = (float)way;
                p->w[k] = s.n > 600 ? 60 : (float)s.n / 10;
            }
        }
    }
}

static void level_weights(page *p)                   /* a page counts as a page, whatever its length */
{
    double total = 0;
    for (uint32_t k = 0; k < p->art.blocks.n; k++) { p->w[k] = (float)sqrt((double)p->w[k]); total += (double)p->w[k]; }
    double scale = total > 0 ? (p->full ? 60 : 6) / total : 0;
    for (uint32_t k = 0; k < p->art.blocks.n; k++) p->w[k] = (float)((double)p->w[k] * scale);
}

/* ---- reading ---- */

static dl_str slurped(dl_arena *a, const char *command, const char *path)
{
    FILE *f = command ? popen(command, "r") : fopen(path, "rb");
    dl_str s = { NULL, 0 };
    if (!f) return s;
    size_t cap = 1 << 16, n = 0, got;
    char *v = malloc(cap);
    while (v && (got = fread(v + n, 1, cap - n, f)) > 0) if ((n += got) == cap) v = realloc(v, cap *= 2);
    if (command) pclose(f);
    else fclose(f);
    if (v) s = dl_copy(a, (dl_str){ v, (uint32_t)n });
    free(v);
    return s;
}

static uint32_t train_word(void *self, dl_str word) { learner *l = self; return l->words.strs.n >= WORDS_MOST ? 0 : dl_intern_id(&l->words, &l->a, word); }

static dl_str site_of(const dl_json *entry)
{
    const dl_json *v = dl_json_get(entry, "url");
    dl_str s = v && v->kind == DL_JSON_STRING ? v->str : DL_STR("");
    int64_t at = dl_find(s, DL_STR("://"), 0);
    uint32_t b = at < 0 ? 0 : (uint32_t)at + 3, e = b;
    while (e < s.n && s.p[e] != '/') e++;
    if (dl_starts(dl_cut(s, b, e), DL_STR("www."))) b += 4;
    return dl_cut(s, b, e);
}

static void add_page(learner *l, const char *dir, const dl_json *entry, uint32_t folds)
{
    char path[4200];
    const dl_json *html = dl_json_get(entry, "html"), *id = dl_json_get(entry, "id"), *text = dl_json_get(entry, "text");
    if (!html || !id) return;
    snprintf(path, sizeof path, "%s/%.*s", dir, (int)html->str.n, html->str.p);
    dl_str bytes = slurped(&l->a, NULL, path);
    if (!bytes.n) return;
    page *p = dl_push(&l->a, &l->pages);
    dl_about about = { .size = sizeof about, .format = "html" };
    dl_intake(&l->a, &l->scratch, bytes.p, bytes.n, &about, &p->art);
    p->id = dl_copy(&l->a, id->str);
    p->site = dl_copy(&l->a, site_of(entry));
    if (!p->site.n) p->site = p->id;
    p->fold = (uint32_t)(dl_hash64(p->site.p, p->site.n, 7) % folds);
    uint32_t n = p->art.blocks.n;
    p->f = dl_new(&l->a, dl_look_features, n + 1), p->again = dl_new(&l->a, uint8_t, (size_t)n * DL_STORY_SEES + 1);
    p->first = dl_new(&l->a, int32_t, n + 1), p->y = dl_new(&l->a, float, n + 1), p->w = dl_new(&l->a, float, n + 1);
    if (text && text->kind == DL_JSON_STRING) label_by_text(l, p, text->str);
    else label_by_pieces(p, entry);
    level_weights(p);
    dl_look_words words = { train_word, l, WORDS_MOST };
    dl_marker mark = dl_mark(&l->scratch);
    dl_look_features *f = dl_new(&l->scratch, dl_look_features, n + 1);
    dl_story_look(&l->scratch, dl_story_open(&l->scratch, &p->art), &words, f);
    for (uint32_t i = 0; i < n; i++) {
        p->f[i] = (dl_look_features){ dl_new(&l->a, uint32_t, f[i].n + 1), f[i].n };
        memcpy(p->f[i].v, f[i].v, f[i].n * sizeof *f[i].v);
    }
    dl_reset(&l->scratch, mark);
}

static void read_gold(learner *l, const char *dir, const char *path, uint32_t folds)
{
    char command[4200];
    snprintf(command, sizeof command, "gzip -dc '%s'", path);
    dl_str all = slurped(&l->a, command, path);
    for (uint32_t b = 0, i = 0; i <= all.n; i++) {
        if (i < all.n && all.p[i] != '\n') continue;
        uint32_t end, at;
        const char *why;
        dl_json *entry = i > b ? dl_json_read(&l->a, dl_cut(all, b, i), &end, &why, &at) : NULL;
        if (entry) add_page(l, dir, entry, folds);
        b = i + 1;
    }
}

/* ---- learning ---- */

static double exp_of(double x)                       /* (1 + x/1024)^1024 */
{
    if (x < -30) return 0;
    x = 1 + (x > 30 ? 30 : x) / 1024;
    for (int k = 0; k < 10; k++) x *= x;
    return x;
}

typedef struct { float *w, *g, *sum; size_t n; } model;      /* by slot * WORDS_MOST + number; sum: over the last rounds, whose mean is taken */

static model new_model(void) { size_t n = (size_t)DL_LOOK_SLOTS * WORDS_MOST; return (model){ calloc(n, sizeof(float)), calloc(n, sizeof(float)), calloc(n, sizeof(float)), n }; }
static void free_model(model *m) { free(m->w), free(m->g), free(m->sum); }
static size_t at_of(uint32_t f) { return (size_t)(f >> 24) * WORDS_MOST + (f & 0xFFFFFF); }

static double score(const model *m, const dl_look_features *f)
{
    double s = 0;
    for (uint32_t k = 0; k < f->n; k++) s += (double)m->w[at_of(f->v[k])];
    return s;
}

static void step(model *m, const dl_look_features *f, double y, double w, double rate, const uint32_t *sites)
{
    double g = (1 / (1 + exp_of(-score(m, f))) - y) * w;
    for (uint32_t k = 0; k < f->n; k++) {
        size_t at = at_of(f->v[k]);
        bool number = f->v[k] >> 24 == DL_LOOK_NUMBER;
        if (!number && sites[f->v[k] & 0xFFFFFF] < SITES_LEAST) continue;
        double gk = g + 0.00002 * (double)m->w[at];
        m->g[at] += (float)(gk * gk);
        m->w[at] -= (float)(rate * gk / (0.5 + sqrt((double)m->g[at])));
    }
}

/* Pages with `fold` (and, if inner < INNER, of that inner part) are left out. */
static bool left_out(const page *p, uint32_t i, int64_t fold, uint32_t inner)
{
    (void)i;
    return p->fold == fold || (inner < INNER && dl_hash64(p->site.p, p->site.n, 99) % INNER == inner);
}

static void count_sites(learner *l, int64_t fold)
{
    memset(l->sites, 0, WORDS_MOST * sizeof *l->sites);
    memset(l->last_site, 0, WORDS_MOST * sizeof *l->last_site);
    for (uint32_t i = 0; i < l->pages.n; i++) {
        page *p = &l->pages.v[i];
        if (p->fold == fold) continue;
        uint32_t stamp = (uint32_t)dl_hash(p->site) | 1;
        for (uint32_t k = 0; k < p->art.blocks.n; k++)
            for (uint32_t j = 0; j < p->f[k].n; j++) {
                uint32_t id = p->f[k].v[j] & 0xFFFFFF;
                if (p->f[k].v[j] >> 24 == DL_LOOK_NUMBER || l->last_site[id] == stamp || p->w[k] <= 0) continue;
                l->last_site[id] = stamp;
                l->sites[id]++;
            }
    }
}

static void learn(learner *l, model *m, int64_t fold, uint32_t inner)
{
    dice d = { 12345 };
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t *order = shuffled(l->pages.n, &d);
        for (uint32_t k = 0; k < l->pages.n; k++) {
            page *p = &l->pages.v[order[k]];
            if (left_out(p, order[k], fold, inner)) continue;
            for (uint32_t i = 0; i < p->art.blocks.n; i++)
                if (p->w[i] > 0) step(m, &p->f[i], (double)p->y[i], (double)p->w[i], 0.25, l->sites);
        }
        free(order);
        for (size_t k = 0; round >= SETTLED && k < m->n; k++) m->sum[k] += m->w[k];
    }
    for (size_t k = 0; k < m->n; k++) m->w[k] = m->sum[k] / (ROUNDS - SETTLED);
}

static int32_t rounded(double v, int32_t most)
{
    double x = v * DL_LOOK_SCALE;
    int32_t r = (int32_t)(x < 0 ? x - 0.5 : x + 0.5);
    return r > most ? most : r < -most ? -most : r;
}

static int32_t small_score(const model *m, const dl_look_features *f)      /* by the small weights that will be used */
{
    int32_t s = 0;
    for (uint32_t k = 0; k < f->n; k++) s += rounded((double)m->w[at_of(f->v[k])], 127);
    return s;
}

static void look_again(learner *l, page *p, const model *m)
{
    uint32_t n = p->art.blocks.n;
    for (uint32_t i = 0; i < n; i++) p->first[i] = small_score(m, &p->f[i]);
    dl_marker mark = dl_mark(&l->scratch);
    dl_story_look_again(&l->scratch, dl_story_open(&l->scratch, &p->art), p->first, p->again);
    dl_reset(&l->scratch, mark);
}

/* Trees over the second look of all pages but those of `fold`. */
static void learn_second(learner *l, int64_t fold, dl_tree *trees)
{
    uint32_t n = 0, k = 0;
    for (uint32_t i = 0; i < l->pages.n; i++) if (l->pages.v[i].fold != fold) n += l->pages.v[i].art.blocks.n;
    uint8_t *x = malloc((size_t)n * DL_STORY_SEES + 1);
    float *y = malloc((n + 1) * sizeof *y), *w = malloc((n + 1) * sizeof *w);
    uint32_t *group = malloc((n + 1) * sizeof *group);
    for (uint32_t i = 0; i < l->pages.n; i++) {
        const page *p = &l->pages.v[i];
        for (uint32_t b = 0; p->fold != fold && b < p->art.blocks.n; b++) {
            if (p->w[b] <= 0 || p->first[b] < DL_LOOK_HOPELESS) continue;
            memcpy(x + (size_t)k * DL_STORY_SEES, p->again + (size_t)b * DL_STORY_SEES, DL_STORY_SEES);
            y[k] = p->y[b], w[k] = p->w[b], group[k] = i, k++;
        }
    }
    block_rows all = { x, y, w, group, k, DL_STORY_SEES };
    learn_trees(&all, trees, TREES);
    free(x), free(y), free(w), free(group);
}

/* Both sums without the pages of `fold` (-1: with all). */
static void learn_both(learner *l, int64_t fold, model *first, dl_tree *trees)
{
    count_sites(l, fold);
    for (uint32_t inner = 0; inner < INNER; inner++) {
        model m = new_model();
        learn(l, &m, fold, inner);
        for (uint32_t i = 0; i < l->pages.n; i++)
            if (l->pages.v[i].fold != fold && left_out(&l->pages.v[i], i, -2, inner)) look_again(l, &l->pages.v[i], &m);
        free_model(&m);
    }
    learn(l, first, fold, INNER);
    learn_second(l, fold, trees);
}

/* ---- what comes out ---- */

/* What the program makes of the page with these weights: as bench/answer/article.c asks it. */
static void print_choice(learner *l, page *p, const dl_tree *trees)
{
    dl_buf out;
    dl_buf_init(&out, 0);
    dl_buf text;
    dl_buf_init(&text, 0);
    dl_story_judge(&p->art, trees, TREES, p->first, p->again);
    dl_story_settle(&p->art);
    if (p->art.blocks.n) dl_article_parts(l->book, l->model, &l->a, &l->scratch, &p->art);
    for (uint32_t i = 0; i < p->art.parts.n; i++) {
        const dl_part *part = &p->art.parts.v[i];
        if (part->kind != DL_PART_body && part->kind != DL_PART_lead && part->kind != DL_PART_dateline) continue;
        dl_put(&text, dl_at(p->art.text, part->core));
        dl_putz(&text, "\n");
    }
    dl_jw w = { &out, false };
    dl_jw_open(&w, '{');
    dl_jw_key(&w, "id"), dl_jw_str(&w, p->id);
    dl_jw_key(&w, "text"), dl_jw_str(&w, dl_buf_str(&text));
    dl_jw_close(&w, '}');
    printf("%.*s\n", (int)out.n, out.p);
    dl_buf_free(&out), dl_buf_free(&text);
}

static void print_numbers(const char *name, const model *m, uint32_t n)
{
    printf("static const int8_t %s[%u] = {", name, n);
    for (uint32_t k = 0; k < n; k++) printf("%s%d,", k % 40 ? " " : "\n    ", rounded((double)m->w[at_of((uint32_t)DL_LOOK_NUMBER << 24 | k)], 127));
    printf("\n};\n");
}

static void print_trees(const dl_tree *trees)
{
    printf("static const dl_tree TREES[] = {");
    for (uint32_t t = 0; t < TREES; t++) {
        printf("\n    { {");
        for (int k = 0; k < DL_TREE_NODES; k++) printf("%d,", trees[t].feature[k]);
        printf("},{");
        for (int k = 0; k < DL_TREE_NODES; k++) printf("%d,", trees[t].at[k]);
        printf("},{");
        for (int k = 0; k < DL_TREE_LEAVES; k++) printf("%d,", trees[t].leaf[k]);
        printf("} },");
    }
    printf("\n};\n");
}

static const dl_intern *sorted_by;
static int by_bytes(const void *a, const void *b) { return dl_cmp(dl_intern_str(sorted_by, *(const uint32_t *)a), dl_intern_str(sorted_by, *(const uint32_t *)b)); }

static void print_weights(learner *l, const model *first, const dl_tree *trees)
{
    uint32_t *id = malloc((l->words.strs.n + 1) * sizeof *id), n = 0, width = 0;
    for (uint32_t k = 1; k <= l->words.strs.n; k++) {
        int32_t most = 0;
        for (uint32_t s = 0; s < DL_LOOK_NUMBER; s++) { int32_t v = rounded((double)first->w[at_of(s << 24 | k)], 127); most |= v > 3 || v < -3; }
        if (most) id[n++] = k;
    }
    sorted_by = &l->words;
    qsort(id, n, sizeof *id, by_bytes);
    printf("/* story_weights.h - generated by `dateline-train pages`, do not edit: what the words of classes and tags say for the story (in the block's element, two above, further\n"
           " * above, in an inline element), and the numbered features of story_look.c; %u is a weight of one (log odds). Then the trees of the second look (story_trees.h). */\n", DL_LOOK_SCALE);
    printf("static const struct { const char *word; int8_t w[4]; } WORDS[] = {");
    for (uint32_t k = 0; k < n; k++) {
        char item[96];
        dl_str s = dl_intern_str(&l->words, id[k]);
        int v[4];
        for (uint32_t j = 0; j < 4; j++) v[j] = rounded((double)first->w[at_of(j << 24 | id[k])], 127);
        int len = snprintf(item, sizeof item, "{\"%.*s\",{%d,%d,%d,%d}},", (int)s.n, s.p, v[0], v[1], v[2], v[3]);
        if (k == 0 || width + (uint32_t)len > 176) { printf("\n    "); width = 4; }
        printf("%s", item);
        width += (uint32_t)len;
    }
    printf("\n};\n");
    print_numbers("FIRST", first, DL_LOOK_FIRST);
    print_trees(trees);
    free(id);
}

int learn_pages(int argc, char **argv)
{
    uint32_t folds = 1;
    if (argc > 2 && !strcmp(argv[0], "--cv")) { folds = (uint32_t)strtoul(argv[1], NULL, 10); argc -= 2, argv += 2; }
    if (argc < 2 || !folds) return 2;
    learner *l = calloc(1, sizeof *l);
    dl_pool *pool = dl_pool_open((size_t)16 << 30), *small = dl_pool_open((size_t)1 << 30);
    if (!l || !pool || !small || !dl_arena_open(&l->a, pool) || !dl_arena_open(&l->scratch, small)) return 1;
    dl_error err = { 0 };
    l->book = dl_codebook_open(NULL, 0, &err), l->model = dl_model_open(NULL, &err);
    if (!l->book || !l->model) return 1;
    l->sites = calloc(WORDS_MOST, sizeof *l->sites), l->last_site = calloc(WORDS_MOST, sizeof *l->last_site);
    for (int i = 1; i < argc; i++) read_gold(l, argv[0], argv[i], folds);
    fprintf(stderr, "%u pages, %u words\n", l->pages.n, l->words.strs.n);
    for (uint32_t fold = 0; fold < folds; fold++) {
        model first = new_model();
        dl_tree *second = calloc(TREES, sizeof *second);
        learn_both(l, folds > 1 ? (int64_t)fold : -1, &first, second);
        if (folds == 1) print_weights(l, &first, second);
        for (uint32_t i = 0; folds > 1 && i < l->pages.n; i++)
            if (l->pages.v[i].fold == fold) look_again(l, &l->pages.v[i], &first), print_choice(l, &l->pages.v[i], second);
        free_model(&first), free(second);
    }
    free(l->sites), free(l->last_site);
    return 0;
}
