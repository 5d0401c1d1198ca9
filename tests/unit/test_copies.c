/* test_copies.c - copies, revisions and what is neither; addresses. */
#include "article/copies.h"
#include "base/hash.h"
#include "test.h"

static dl_pool *pool;
static dl_arena mem;

static const char STORY[] =
    "Gunmen on motorbikes attacked the market town of Darfa before dawn on Monday and set fire to its police station, the governor said. At least five officers were killed and eleven people wounded, among them "
    "a schoolteacher who had come to buy bread. Witnesses told reporters that the attackers fled towards the river when soldiers arrived from the garrison at Tamba. No group has claimed the attack. "
    "The region has seen a rise in raids since the harvest failed, and thousands have left their homes. The interior minister promised to send two more companies to the north by the end of the week. "
    "Aid workers said that roads to the camps were closed and that food for nine days was left.";

static dl_copy_text words(const char *z)
{
    dl_span all = { 0, (uint32_t)strlen(z) };
    return dl_copy_words(&mem, dl_str_of(z), &all, 1);
}

static uint32_t shared_bands(const dl_copy_text *x, const dl_copy_text *y)
{
    uint32_t a[DL_COPY_BANDS], b[DL_COPY_BANDS], shared = 0;
    dl_copy_sketch s = dl_copy_sketch_of(x), t = dl_copy_sketch_of(y);
    uint32_t n = dl_copy_bands(x, &s, a), m = dl_copy_bands(y, &t, b);
    for (uint32_t i = 0; i < n; i++) for (uint32_t k = 0; k < m; k++) shared += a[i] == b[k];
    return shared;
}

static void test_copies_are_found(void)
{
    static char cut[sizeof STORY], tailed[sizeof STORY + 600];
    dl_copy_text story = words(STORY);
    memcpy(cut, STORY, sizeof STORY / 3);
    snprintf(tailed, sizeof tailed, "%s The Darfa Herald will hold a reading at its office on Friday, to which all our readers are invited, and where coffee and cake will be served by the choir.", STORY);
    const char *const copies[] = { STORY, cut, tailed };
    for (size_t k = 0; k < sizeof copies / sizeof *copies; k++) {
        dl_copy_text other = words(copies[k]);
        dl_copy_match m = dl_copy_compare(&mem, &story, &other);
        CHECK(m.share >= DL_COPY_SHARE && !m.changed);
        CHECK(shared_bands(&story, &other) > 0);
    }
    dl_copy_text same = words("GUNMEN on motorbikes attacked the market-town of Darfa, before dawn"), twin = words("Gunmen on motorbikes attacked the market town of Darfa before dawn");
    CHECK(same.body == twin.body && same.n == twin.n);
    CHECK_EQ(dl_copy_compare(&mem, &same, &twin).share, 1000);
}

static void test_other_stories_are_not(void)
{
    dl_copy_text a = words(STORY), b = words("Gunmen attacked a bus near the town of Darfa on Wednesday and took nine passengers with them, the police said. The bus had left Tamba for the capital in the morning with forty people on board. "
                                             "Soldiers searched the hills until night. A driver who escaped told a radio station that the men wore uniforms. The governor asked people to stay at home.");
    dl_copy_match m = dl_copy_compare(&mem, &a, &b);
    CHECK(m.share < 100);
    CHECK_EQ(shared_bands(&a, &b), 0);
}

static void test_changed_numbers_are_revisions(void)
{
    static const char *const LATER[][3] = { { "At least five officers", "At least seven officers", "seven" }, { "eleven people wounded", "14 people wounded", "14" }, { "two more companies", "three more companies", "three" } };
    dl_copy_text story = words(STORY);
    for (size_t k = 0; k < sizeof LATER / sizeof *LATER; k++) {
        static char later[sizeof STORY + 64];
        const char *at = strstr(STORY, LATER[k][0]);
        snprintf(later, sizeof later, "%.*s%s%s", (int)(at - STORY), STORY, LATER[k][1], at + strlen(LATER[k][0]));
        dl_copy_text other = words(later);
        dl_copy_match m = dl_copy_compare(&mem, &story, &other);
        CHECK(m.share >= DL_COPY_SHARE && m.changed);
        CHECK_STR(dl_at(dl_str_of(later), m.now), LATER[k][2]);
        CHECK(shared_bands(&story, &other) > 0);
    }
    dl_copy_text big = words("The toll rose to 1,200 people"), bigger = words("The toll rose to 1,300 people");
    CHECK(dl_copy_compare(&mem, &big, &bigger).changed);
}

static void test_little_text(void)
{
    uint32_t out[DL_COPY_BANDS];
    dl_copy_text none = words(""), few = words("Two held");
    dl_copy_sketch s = dl_copy_sketch_of(&none), t = dl_copy_sketch_of(&few);
    CHECK_EQ(dl_copy_bands(&none, &s, out), 0);
    CHECK_EQ(dl_copy_bands(&few, &t, out), 0);
    CHECK_EQ(dl_copy_compare(&mem, &none, &few).share, 0);
}

/* n words of a language of 300 words; `from` of them are those of another text, as papers cut them. */
static dl_copy_text made(uint64_t *seed, uint32_t n, const char *start, char *room)
{
    char *at = room + (start ? (size_t)sprintf(room, "%s", start) : 0);
    for (uint32_t i = 0; i < n; i++) *seed = dl_mix64(*seed + 1), at += sprintf(at, "w%u ", (unsigned)(*seed % 300));
    return words(room);
}

static void test_traces(void)
{
    static char first[20000], second[40000];
    uint64_t seed = 9;
    uint32_t told_apart = 0, lost = 0, alike = 0;
    for (uint32_t i = 0; i < 3000; i++) {
        dl_marker mark = dl_mark(&mem);
        uint32_t n = 140 + i % 400;
        dl_copy_text a = made(&seed, n, NULL, first);
        first[strlen(first) * (40 + i % 61) / 100] = 0;          /* so much of it goes on in the other */
        dl_copy_text b = made(&seed, 60 + i % 300, first, second);
        dl_copy_sketch s = dl_copy_sketch_of(&a), t = dl_copy_sketch_of(&b);
        dl_copy_trace x = dl_copy_trace_of(&s), y = dl_copy_trace_of(&t);
        bool apart = dl_copy_apart(&x, a.n, &y, b.n), copy = dl_copy_compare(&mem, &a, &b).share >= DL_COPY_SHARE;
        CHECK_EQ(apart, dl_copy_apart(&y, b.n, &x, a.n));
        alike += copy, lost += copy && apart;
        dl_copy_text c = made(&seed, n, NULL, second);
        t = dl_copy_sketch_of(&c), y = dl_copy_trace_of(&t);
        told_apart += dl_copy_apart(&x, a.n, &y, c.n);
        dl_reset(&mem, mark);
    }
    CHECK(alike > 1000);
    CHECK(lost == 0);
    CHECK(told_apart > 2900);
}

static void test_addresses(void)
{
    static const char *const SAME[][2] = {
        { "https://www.post.example/news/two-held/?utm_source=x&utm_medium=y", "post.example/news/two-held" },
        { "http://m.post.example:80/news/two-held#comments", "post.example/news/two-held" },
        { "https://amp.post.example/news/two-held", "post.example/news/two-held" },
        { "https://post.example/news/two-held/amp/", "post.example/news/two-held" },
        { "https://POST.example/amp/news/two-held?fbclid=abc", "post.example/news/two-held" },
        { "https://post.example/story?id=5&ref=home&page=2", "post.example/story?id=5&page=2" },
        { "https://post.example/story?page=2&id=5", "post.example/story?id=5&page=2" },
        { "https://post.example/", "post.example" },
        { "not an address", "" },
        { "", "" },
    };
    for (size_t k = 0; k < sizeof SAME / sizeof *SAME; k++) CHECK_STR(dl_canonical_url(&mem, dl_str_of(SAME[k][0])), SAME[k][1]);
}

int main(void)
{
    pool = dl_pool_open((size_t)1 << 30);
    if (!pool || !dl_arena_open(&mem, pool)) return 1;
    TEST(test_copies_are_found);
    TEST(test_other_stories_are_not);
    TEST(test_changed_numbers_are_revisions);
    TEST(test_little_text);
    TEST(test_traces);
    TEST(test_addresses);
    dl_arena_close(&mem);
    dl_pool_close(pool);
    return test_end();
}
