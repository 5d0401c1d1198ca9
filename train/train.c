/* train.c - the command that makes models/english.dlm again.
 *
 * usage: dateline-train DATA_DIR OUT_DIR      DATA_DIR holds language/ud, language/text, language/ner, language/coref and articles/language-id (docs/data.md); needs the program xz, and python3 for the scores on the card
 *        dateline-train clusters|names DATA_DIR OUT_DIR      only these tensors of OUT_DIR/english.dlm anew; the others stay
 *        dateline-train parse [MODEL]         plain text -> CoNLL-U
 *        dateline-train pages [--cv K] PAGES_DIR GOLD...      src/article/story_weights.h to standard output (learn_pages.c)
 *        dateline-train coref|languages [--cv K] DATA_DIR OUT_DIR       the weights of coreference (learn_coref.c) or of languages (learn_languages.c) in OUT_DIR/english.dlm anew
 *        dateline-train time MODEL FILE       words a second
 */
#include "train.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void fill(corpus *c, golds *v, const dl_weights *g)
{
    for (uint32_t i = 0; i < v->n; i++) {
        gold *s = &v->v[i];
        if (!s->w) s->w = dl_new(c->a, dl_word, s->n + 2 * DL_PAD) + DL_PAD;
        dl_words_fill(g, s->t, s->n, s->w);
    }
}

void fill_words(corpus *c, const dl_weights *g)
{
    fill(c, &c->s, g);
    fill(c, &c->silver, g);
}

/* Said before the quarter of an hour, not after it. */
static bool may_write(const char *out)
{
    if (mkdir(out, 0777) && errno != EEXIST) { fprintf(stderr, "can't make the folder '%s': %s\n", out, strerror(errno)); return false; }
    if (access(out, W_OK)) { fprintf(stderr, "can't write in '%s': %s\n", out, strerror(errno)); return false; }
    return true;
}

/* Clusters anew in OUT/english.dlm. */
static int clusters(const char *data, const char *out)
{
    char path[4200];
    pack p = { 0 };
    snprintf(path, sizeof path, "%s/english.dlm", out);
    return pack_keep(&p, path, "cluster.") && learn_clusters(data, &p) && pack_written(&p, path) ? 0 : 1;
}

static int train(const char *data, const char *out)
{
    if (!may_write(out)) return 1;
    static const char *const files[] = { "en_ewt-train", "en_gum-train-free", NULL };
    clock_t start = clock();
    dl_pool *pool = dl_pool_open((size_t)16 << 30);
    dl_arena a;
    if (!pool || !dl_arena_open(&a, pool)) return 1;
    corpus c = { .a = &a };
    pack p = { 0 }, first = { 0 };                           /* `first`: models that only the teachers need */
    dl_weights g = { 0 };
    char path[4200];
    for (const char *const *f = files; *f; f++) {
        snprintf(path, sizeof path, "%s/language/ud/%s.conllu.xz", data, *f);
        if (!read_corpus(&c, path)) return 1;
    }
    finish_tags(&c);
    typeset(&c, 1);
    rewrite(&c, 2);
    fprintf(stderr, "%u sentences, %u joint tags\n", c.s.n, c.tags.n);
    learn_ends(&c, &p, &g);
    learn_lemmas(&c, &p);
    learn_dictionary(&c, &first, &g);
    fill_words(&c, &g);
    learn_tags(&c, &first, &g);
    learn_relations(&c, &first, &g);
    if (!teach(&c, &g, data)) return 1;
    learn_dictionary(&c, &p, &g);
    fill_words(&c, &g);
    learn_tags(&c, &p, &g);
    learn_parse(&c, &p, &g);
    learn_relations(&c, &p, &g);
    snprintf(path, sizeof path, "%s/english.dlm", out);
    if (!pack_written(&p, path) || clusters(data, out) || learn_names(data, out) || !learn_coref(data, path, 0) || !learn_languages(data, path, 0)) return 1;
    write_card(data, out, &c, (double)(clock() - start) / CLOCKS_PER_SEC);
    return 0;
}

/* [--cv K] DATA OUT */
static int anew(bool (*learn)(const char *, const char *, uint32_t), int argc, char **argv)
{
    char path[4200];
    bool cv = argc == 4 && strcmp(argv[0], "--cv") == 0;
    if (argc != 2 && !cv) return 2;
    snprintf(path, sizeof path, "%s/english.dlm", argv[argc - 1]);
    return learn(argv[argc - 2], path, cv ? (uint32_t)atoi(argv[1]) : 0) ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc >= 2 && strcmp(argv[1], "parse") == 0) return parse_command(argc > 2 ? argv[2] : NULL, stdin, stdout);
    if (argc == 4 && strcmp(argv[1], "time") == 0) return time_command(argv[2], argv[3]);
    if (argc >= 4 && strcmp(argv[1], "pages") == 0) return learn_pages(argc - 2, argv + 2);
    if (argc == 4 && strcmp(argv[1], "clusters") == 0) return clusters(argv[2], argv[3]);
    if (argc == 4 && strcmp(argv[1], "names") == 0) return learn_names(argv[2], argv[3]);
    if (argc >= 4 && strcmp(argv[1], "coref") == 0) return anew(learn_coref, argc - 2, argv + 2);
    if (argc >= 4 && strcmp(argv[1], "languages") == 0) return anew(learn_languages, argc - 2, argv + 2);
    if (argc == 3) return train(argv[1], argv[2]);
    fputs("usage: dateline-train DATA_DIR OUT_DIR\n       dateline-train clusters|names DATA_DIR OUT_DIR\n       dateline-train coref|languages [--cv K] DATA_DIR OUT_DIR\n       dateline-train parse [MODEL] < text\n       dateline-train pages [--cv K] PAGES_DIR GOLD...\n       dateline-train time MODEL FILE\n", stderr);
    return 2;
}
