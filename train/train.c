/* train.c - the command that makes models/english.dlm again.
 *
 * usage: dateline-train DATA_DIR OUT_DIR      DATA_DIR holds language/ud (.conllu.xz); needs the program xz, and python3 for the scores on the card
 *        dateline-train parse [MODEL]         plain text -> CoNLL-U
 *        dateline-train pages [--cv K] PAGES_DIR GOLD...      src/article/story_weights.h to standard output (learn_pages.c)
 *        dateline-train time MODEL FILE       words a second
 */
#include "train.h"
#include <stdlib.h>
#include <time.h>

static void fill_words(corpus *c, const dl_weights *g)
{
    for (uint32_t i = 0; i < c->s.n; i++) {
        gold *s = &c->s.v[i];
        s->w = dl_new(c->a, dl_word, s->n + 2 * DL_PAD) + DL_PAD;
        dl_words_fill(g, s->t, s->n, s->w);
    }
}

static int train(const char *data, const char *out)
{
    static const char *const files[] = { "en_ewt-train", "en_gum-train-free", NULL };
    clock_t start = clock();
    dl_pool *pool = dl_pool_open((size_t)16 << 30);
    dl_arena a;
    if (!pool || !dl_arena_open(&a, pool)) return 1;
    corpus c = { .a = &a };
    pack p = { 0 };
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
    learn_dictionary(&c, &p, &g);
    fill_words(&c, &g);
    learn_ends(&c, &p);
    learn_lemmas(&c, &p);
    learn_tags(&c, &p, &g);
    learn_parse(&c, &p);
    learn_relations(&c, &p, &g);
    uint64_t checksum;
    size_t size;
    snprintf(path, sizeof path, "%s/english.dlm", out);
    if (!pack_write(&p, path, &checksum, &size)) { fprintf(stderr, "can't write '%s'\n", path); return 1; }
    fprintf(stderr, "%s: %zu bytes, %016llx\n", path, size, (unsigned long long)checksum);
    write_card(data, out, checksum, size, &c, (double)(clock() - start) / CLOCKS_PER_SEC);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc >= 2 && strcmp(argv[1], "parse") == 0) return parse_command(argc > 2 ? argv[2] : NULL, stdin, stdout);
    if (argc == 4 && strcmp(argv[1], "time") == 0) return time_command(argv[2], argv[3]);
    if (argc >= 4 && strcmp(argv[1], "pages") == 0) return learn_pages(argc - 2, argv + 2);
    if (argc == 3) return train(argv[1], argv[2]);
    fputs("usage: dateline-train DATA_DIR OUT_DIR\n       dateline-train parse [MODEL] < text\n       dateline-train pages [--cv K] PAGES_DIR GOLD...\n       dateline-train time MODEL FILE\n", stderr);
    return 2;
}
