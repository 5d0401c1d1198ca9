/* test_coref.c - mentions: which stretches of a sentence; chains: who is "she". With the weights that are built in. */
#include "language/coref.h"
#include "test.h"

static dl_pool *pool;
static dl_arena mem, scratch;
static dl_codebook *book;
static dl_model *model;
static dl_str text;
static dl_language lang;

/* Each line is a part of its own. */
static void read_text(dl_str s)
{
    DL_VEC(dl_span) block = { 0 };
    DL_VEC(uint32_t) part = { 0 };
    text = s;
    for (uint32_t b = 0, e; b < s.n; b = e + 1) {
        int64_t nl = dl_find(s, DL_STR("\n"), b);
        e = nl < 0 ? s.n : (uint32_t)nl;
        if (e > b) *dl_push(&mem, &part) = block.n, *dl_push(&mem, &block) = (dl_span){ b, e };
    }
    dl_read_language(model, &mem, &scratch, text, block.v, part.v, block.n, &lang);
    dl_read_coref(model, book, &mem, &scratch, &lang);
}

/* The n-th mention of these words, from 1; NULL. */
static const dl_refers *mention(const char *words, int n)
{
    for (uint32_t i = 0; lang.coref && i < lang.coref->n; i++)
        if (dl_is(dl_at(text, lang.coref->v[i].at), words) && --n == 0) return &lang.coref->v[i];
    return NULL;
}

static void expect_mention(int line, const char *s, const char *words)
{
    read_text(dl_str_of(s));
    if (!mention(words, 1)) { test_failed(__FILE__, line); TEST_SAY("%s: no mention \"%s\"", s, words); }
}
#define MENTION(s, words) expect_mention(__LINE__, s, words)

static void expect_chain(int line, const char *s, const char *a, int na, const char *b, int nb, bool same)
{
    read_text(dl_str_of(s));
    const dl_refers *x = mention(a, na), *y = mention(b, nb);
    if (x && y && (x->chain == y->chain) == same) return;
    test_failed(__FILE__, line);
    TEST_SAY("%s: \"%s\" and \"%s\" %s", s, a, b, !x || !y ? "are not both mentions" : same ? "are not the same" : "are the same");
}
#define SAME(s, a, b) expect_chain(__LINE__, s, a, 1, b, 1, true)
#define OTHER(s, a, b) expect_chain(__LINE__, s, a, 1, b, 1, false)

static void test_whole_phrases(void)
{
    MENTION("The mayor of the town resigned.", "The mayor of the town");
    MENTION("The mayor of the town resigned.", "the town");
    MENTION("They met the man who sold the car.", "the man who sold the car");
    MENTION("Her brother's house burned down.", "Her brother's");
    MENTION("Her brother's house burned down.", "Her");
    MENTION("She is a teacher in Lima.", "a teacher in Lima");
    MENTION("The nurse and the driver were unhurt.", "The nurse and the driver");
    MENTION("The nurse and the driver were unhurt.", "the driver");
}

static void test_no_marks_at_ends(void)
{
    read_text(DL_STR("The army, which denied it, left the town (in the north)."));
    for (uint32_t i = 0; i < lang.coref->n; i++) {
        const dl_refers *m = &lang.coref->v[i];
        CHECK(lang.tok[m->tb].upos != DL_PUNCT && lang.tok[m->te - 1].text.p[0] != ',' && lang.tok[m->te - 1].text.p[0] != '.');
        CHECK(m->tb <= m->head && m->head < m->te);
    }
}

static void test_number_and_gender(void)
{
    read_text(DL_STR("Mrs Keller saw two men and her sister. They knew him."));
    const dl_refers *men = mention("two men", 1), *sister = mention("her sister", 1), *him = mention("him", 1), *they = mention("They", 1);
    CHECK(men && men->number == 2);
    CHECK(sister && sister->gender == 'f' && sister->number == 1);
    CHECK(him && him->gender == 'm' && him->person == 3 && him->kind == DL_REFERS_PRONOUN);
    CHECK(they && they->number == 2);
}

static void test_pronouns(void)
{
    SAME("Maria Keller went to the court on Monday. She said nothing to reporters.", "Maria Keller", "She");
    SAME("John Keller lost his job in May.", "John Keller", "his");
    SAME("The company said it had sold its factory.", "The company", "it");
    OTHER("Anna Keller met David Lopez on Monday. She thanked him for the help.", "Anna Keller", "him");
    OTHER("Anna Keller met David Lopez on Monday. She thanked him for the help.", "David Lopez", "She");
}

static void test_names(void)
{
    SAME("Maria Keller went to the court on Monday. Keller said nothing to reporters.", "Maria Keller", "Keller");
    SAME("Police in Lima arrested two men. Residents of Lima welcomed it.", "Lima", "Lima");
    OTHER("Anna Keller met David Lopez in Lima.", "Anna Keller", "David Lopez");
}

static void test_nouns(void)
{
    SAME("Police found a boat on Monday. The boat was empty.", "a boat", "The boat");
    OTHER("Police found a boat on Monday. The driver was unhurt.", "a boat", "The driver");
}

/* Whatever the bytes: spans are in order and inside, a chain's number is that of its first mention. */
static void check_chains(void)
{
    const dl_coref *c = lang.coref;
    for (uint32_t i = 0; i < c->n; i++) {
        const dl_refers *m = &c->v[i];
        CHECK(m->at.b < m->at.e && m->at.e <= text.n && m->tb < m->te && m->te <= lang.ntok);
        CHECK(m->chain <= i && c->v[m->chain].chain == m->chain);
        CHECK(!i || m[-1].tb < m->tb || (m[-1].tb == m->tb && m[-1].te >= m->te));
    }
}

static void test_any_bytes(void)
{
    static const char *const words[] = { "the", "he", "her", "Lima", "\"", "“", "(", ",", ".", "and", "who", "men", "'s", "it", "\n", "\xff", "is", "of", "A.B." };
    uint64_t seed = 5;
    for (int round = 0; round < 200; round++) {
        dl_marker mark = dl_mark(&mem);
        char s[600];
        uint32_t n = 0;
        while (n < 560) n += (uint32_t)sprintf(s + n, "%s ", words[test_below(&seed, sizeof words / sizeof *words)]);
        read_text((dl_str){ s, n });
        check_chains();
        dl_reset(&mem, mark);
    }
}

static void test_nothing(void)
{
    read_text(DL_STR(""));
    CHECK(lang.coref && lang.coref->n == 0);
}

int main(void)
{
    dl_error err = { 0 };
    pool = dl_pool_open((size_t)1 << 30);
    book = dl_codebook_open(NULL, 0, &err);
    model = dl_model_open(NULL, &err);
    if (!book || !model || !dl_arena_open(&mem, pool) || !dl_arena_open(&scratch, pool)) { printf("not ok coref: %s\n", err.message); return 1; }
    TEST(test_whole_phrases);
    TEST(test_no_marks_at_ends);
    TEST(test_number_and_gender);
    TEST(test_pronouns);
    TEST(test_names);
    TEST(test_nouns);
    TEST(test_any_bytes);
    TEST(test_nothing);
    dl_arena_close(&mem);
    dl_arena_close(&scratch);
    dl_model_close(model);
    dl_codebook_close(book);
    dl_pool_close(pool);
    return test_end();
}
