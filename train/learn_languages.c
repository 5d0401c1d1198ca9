/* learn_languages.c - how weights that tell languages apart are made (article/languages.h).
 *
 * Softmax regression over hashed grams among the languages of a text's script; steps by AdaGrad with one sum for each gram. Sentences come whole and, three times a round, as two words
 * of them that stand beside each other. Of all weights, counted from the middle one of their gram, the heaviest are kept.
 * Floats in fixed order, exp our own: the same with any compiler.
 */
#include <math.h>
#include <stdlib.h>
#include "train.h"
#include "article/languages.h"
#include "article/parts.h"
#include "base/hash.h"

enum { ROUNDS = 8, PAIRS = 3, KEPT = 900000, TEXT_MOST = 1500, WORDS_MOST = 400, JOINED = 25, STEPS = 200, HISTOGRAM = 20001, SCRIPTS = DL_SCRIPT_OTHER + 1, USUAL = 3500 };
#define RATE 0.3f

typedef struct { dl_str text; uint32_t number; uint8_t language, script, fold; bool pair; } lesson_text;     /* number: of its line in the dev file, from 1; 0: of the train file. fold: NONE for these */
enum { NONE = 255 };

typedef struct {
    dl_arena a;
    DL_VEC(lesson_text) v;
    char     code[256][8]; uint32_t n;
    float    weight[256];                              /* of a language's texts: rare ones count more */
    uint32_t bits[256];                                /* scripts */
    float   *w, *g;                                    /* weights by gram and language; sums of squares by gram */
} school;

/* ---- texts ---- */

static uint8_t language_of(school *s, dl_str code)
{
    for (uint32_t i = 0; i < s->n; i++) if (dl_is(code, s->code[i])) return (uint8_t)i;
    if (code.n > 7 || s->n == DL_LANGUAGES_MOST) return NONE;
    memcpy(s->code[s->n], code.p, code.n);
    return (uint8_t)s->n++;
}

static void add_line(school *s, dl_str line, uint32_t number, uint32_t folds)
{
    int64_t kind = dl_find(line, DL_STR("\t"), 0), text = kind < 0 ? -1 : dl_find(line, DL_STR("\t"), (uint32_t)kind + 1);
    if (text < 0) return;
    lesson_text t = { .text = dl_cut(line, (uint32_t)text + 1, line.n), .number = number, .pair = line.p[kind + 1] == 'p', .fold = NONE };
    if (t.text.n > TEXT_MOST) t.text.n = TEXT_MOST;
    while (t.text.n && t.text.n == TEXT_MOST && ((unsigned char)t.text.p[t.text.n - 1] & 0xC0) == 0x80) t.text.n--;
    t.language = language_of(s, dl_cut(line, 0, (uint32_t)kind));
    t.script = (uint8_t)dl_script_of_text(t.text);
    if (number && folds) t.fold = (uint8_t)(dl_hash64(t.text.p, t.text.n, 5) % folds);
    if (t.language != NONE && t.script) *dl_push(&s->a, &s->v) = t;
}

static bool read_texts(school *s, const char *data, const char *name, bool dev, uint32_t folds)
{
    char path[4300];
    size_t n;
    snprintf(path, sizeof path, "%s/articles/language-id/%s.tsv.xz", data, name);
    char *v = slurp(path, &n);
    if (!v) { fprintf(stderr, "can't read '%s'\n", path); return false; }
    dl_str all = { v, (uint32_t)n };                   /* stays: the texts are slices of it */
    uint32_t number = 0;
    for (uint32_t b = 0, i = 0; i < all.n; i++)
        if (all.p[i] == '\n') add_line(s, dl_cut(all, b, i), dev ? ++number : 0, folds), b = i + 1;
    return true;
}

static bool left_out(const lesson_text *t, uint32_t fold) { return fold != NONE && t->fold == fold; }

/* A language belongs to a script that one in fifty of its texts is written in. */
static void find_scripts(school *s, uint32_t without)
{
    static uint32_t seen[SCRIPTS][256];
    uint32_t all[256] = { 0 };
    memset(seen, 0, sizeof seen), memset(s->bits, 0, sizeof s->bits);
    for (uint32_t i = 0; i < s->v.n; i++) if (!left_out(&s->v.v[i], without)) seen[s->v.v[i].script][s->v.v[i].language]++, all[s->v.v[i].language]++;
    for (uint32_t k = 0; k < SCRIPTS; k++)
        for (uint32_t l = 0; l < s->n; l++) if (seen[k][l] > 3 && seen[k][l] * 50 > all[l]) s->bits[l] |= 1u << k;
    for (uint32_t l = 0; l < s->n; l++) s->weight[l] = (float)sqrt((double)USUAL / (all[l] ? all[l] : 1));
}

/* ---- learning ---- */

static float exp_of(float x)                           /* (1 + x/1024)^1024, of x <= 0 */
{
    if (x < -30) return 0;
    x = 1 + x / 1024;
    for (int k = 0; k < 10; k++) x *= x;
    return x;
}

/* Fills p with how likely each language of the script is. */
static void likelihood(const school *s, uint32_t script, float *p)
{
    float most = -1e30f, sum = 0;
    for (uint32_t k = 0; k < s->n; k++) if (s->bits[k] >> script & 1 && p[k] > most) most = p[k];
    for (uint32_t k = 0; k < s->n; k++) sum += p[k] = s->bits[k] >> script & 1 ? exp_of(p[k] - most) : 0;
    for (uint32_t k = 0; k < s->n; k++) p[k] /= sum;
}

static void learn_text(school *s, dl_str text, uint32_t script, uint32_t language)
{
    uint32_t gram[DL_GRAMS_MOST], n = s->bits[language] >> script & 1 ? dl_language_grams(text, gram) : 0;
    float p[256] = { 0 }, square = 0;
    if (!n) return;
    float share = 1 / (float)sqrt((double)n);
    for (uint32_t i = 0; i < n; i++) {
        const float *w = s->w + (size_t)gram[i] * s->n;
        for (uint32_t k = 0; k < s->n; k++) p[k] += w[k];
    }
    for (uint32_t k = 0; k < s->n; k++) p[k] *= share;
    likelihood(s, script, p);
    for (uint32_t k = 0; k < s->n; k++) {
        p[k] = ((float)(k == language) - p[k]) * share * s->weight[language];
        square += p[k] * p[k];
    }
    square /= (float)s->n;
    if (square < 1e-10f) return;
    for (uint32_t i = 0; i < n; i++) {
        float *w = s->w + (size_t)gram[i] * s->n;
        s->g[gram[i]] += square;
        float step = RATE / (float)sqrt((double)s->g[gram[i]] + 1e-6);
        for (uint32_t k = 0; k < s->n; k++) w[k] += step * p[k];
    }
}

/* Two words beside each other. */
static void learn_pair(school *s, const lesson_text *t, dice *d)
{
    dl_span word[WORDS_MOST];
    uint32_t n = 0;
    for (uint32_t i = 0, b = 0; i <= t->text.n && n < WORDS_MOST; i++)
        if (i == t->text.n || t->text.p[i] == ' ') { if (i > b) word[n++] = (dl_span){ b, i }; b = i + 1; }
    if (n < 3) return;
    uint32_t k = below(d, n - 1);
    dl_str pair = dl_cut(t->text, word[k].b, word[k + 1].e);
    learn_text(s, pair, dl_script_of_text(pair), t->language);
}

static void learn(school *s, uint32_t without)
{
    dice d = { 88172645463325252u };
    s->w = calloc((size_t)s->n * DL_GRAM_BUCKETS, sizeof *s->w), s->g = calloc(DL_GRAM_BUCKETS, sizeof *s->g);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        uint32_t *order = shuffled(s->v.n, &d);
        for (uint32_t i = 0; i < s->v.n; i++) {
            const lesson_text *t = &s->v.v[order[i]];
            if (left_out(t, without)) continue;
            learn_text(s, t->text, t->script, t->language);
            for (uint32_t k = 0; k < PAIRS && !t->pair; k++) learn_pair(s, t, &d);
        }
        free(order);
        fprintf(stderr, "languages: round %u of %u\n", round + 1, ROUNDS);
    }
}

/* ---- what comes out ---- */

/* Only differences between languages matter: those that never saw a gram stay at the middle and need no item. */
static void centre(float *w, uint32_t n)
{
    float sorted[256];
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = i;
        while (k && sorted[k - 1] > w[i]) sorted[k] = sorted[k - 1], k--;
        sorted[k] = w[i];
    }
    for (uint32_t i = 0; i < n; i++) w[i] -= sorted[n / 2];
}

static uint32_t step_of(float w) { float x = (w < 0 ? -w : w) * STEPS; return x >= HISTOGRAM - 1 ? HISTOGRAM - 1 : (uint32_t)x; }

static uint32_t lightest_kept(const school *s)
{
    uint32_t *count = calloc(HISTOGRAM, sizeof *count), t = HISTOGRAM, kept = 0;
    for (size_t i = 0; i < (size_t)s->n * DL_GRAM_BUCKETS; i++) count[step_of(s->w[i])]++;
    while (t > 1 && kept + count[t - 1] <= KEPT) kept += count[--t];
    free(count);
    return t;
}

typedef struct { uint32_t *at; uint16_t *item; uint32_t n; } packed;

static packed packed_of(school *s)
{
    packed out = { calloc(DL_GRAM_BUCKETS + 1, sizeof *out.at), calloc(KEPT, sizeof *out.item), 0 };
    for (size_t g = 0; g < DL_GRAM_BUCKETS; g++) centre(s->w + g * s->n, s->n);
    uint32_t lightest = lightest_kept(s);
    for (size_t g = 0; g < DL_GRAM_BUCKETS; g++) {
        for (uint32_t k = 0; k < s->n; k++) {
            float w = s->w[g * s->n + k], x = w * DL_GRAM_SCALE;
            if (step_of(w) < lightest) continue;
            int32_t q = (int32_t)(x < 0 ? x - 0.5f : x + 0.5f);
            out.item[out.n++] = (uint16_t)((uint32_t)(uint8_t)(q > 127 ? 127 : q < -127 ? -127 : q) << 8 | k);
        }
        out.at[g + 1] = out.n;
    }
    return out;
}

static packed learned(school *s, uint32_t without)
{
    find_scripts(s, without);
    learn(s, without);
    packed p = packed_of(s);
    free(s->w), free(s->g);
    return p;
}

/* Sentences of a fold and a language joined, JOINED by JOINED: what is said of longer texts. */
static void print_joined(const school *s, const dl_languages *l, uint32_t fold, uint8_t language)
{
    static char text[JOINED * (TEXT_MOST + 1)];
    uint32_t n = 0, sentences = 0;
    for (uint32_t i = 0; i < s->v.n; i++) {
        const lesson_text *t = &s->v.v[i];
        if (t->fold != fold || t->language != language || t->pair) continue;
        memcpy(text + n, t->text.p, t->text.n), n += t->text.n, text[n++] = ' ';
        if (++sentences < JOINED) continue;
        printf("{\"of\":\"%s\",\"language\":\"%s\"}\n", s->code[language], dl_language_of(l, (dl_str){ text, n }, NULL).code.p);
        n = sentences = 0;
    }
}

/* What weights made without a fold say of its texts: lines {"n": line of the file, "language"}, as a scorer takes them, and {"of", "language"} of longer texts. */
static void print_fold(school *s, uint32_t fold)
{
    packed p = learned(s, fold);
    dl_languages l = { s->code[0], s->bits, p.at, p.item, s->n, p.n };
    for (uint32_t i = 0; i < s->v.n; i++)
        if (s->v.v[i].fold == fold) printf("{\"n\":%u,\"language\":\"%s\"}\n", s->v.v[i].number, dl_language_of(&l, s->v.v[i].text, NULL).code.p);
    for (uint32_t k = 0; k < s->n; k++) print_joined(s, &l, fold, (uint8_t)k);
    free(p.at), free(p.item);
}

bool learn_languages(const char *data, const char *path, uint32_t folds)
{
    dl_pool *pool = dl_pool_open((size_t)4 << 30);
    school *s = calloc(1, sizeof *s);
    if (!pool || !s || !dl_arena_open(&s->a, pool) || !read_texts(s, data, "dev", true, folds) || !read_texts(s, data, "train", false, folds)) return false;
    for (uint32_t f = 0; f < folds; f++) print_fold(s, f);
    if (folds) return true;
    packed w = learned(s, NONE);
    pack p = { 0 };
    if (!pack_keep(&p, path, "languages.")) return false;
    pack_add(&p, "languages.code", DL_T_U8, s->code, s->n * 8);
    pack_add(&p, "languages.script", DL_T_U32, s->bits, s->n);
    pack_add(&p, "languages.at", DL_T_U32, w.at, DL_GRAM_BUCKETS + 1);
    pack_add(&p, "languages.item", DL_T_U16, w.item, w.n);
    return pack_written(&p, path);
}
