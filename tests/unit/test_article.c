/* test_article.c - bytes to a clean article: what is text, where it came from, what each stretch of it is. */
#include "base/utf8.h"
#include "article/article.h"
#include "article/story.h"
#include "intake/intake.h"
#include "test.h"

static dl_pool *pool;
static dl_arena doc, scratch;
static dl_codebook *book;
static dl_model *model;

static dl_article take(const char *bytes, size_t n, const char *format)
{
    dl_about about = { .size = sizeof about, .published = "2015-01-26", .source = "The Post", .format = format };
    dl_article a;
    dl_intake(&doc, &scratch, bytes, n, &about, &a);
    return a;
}

static dl_article parted(const char *text)
{
    dl_article a = take(text, strlen(text), "text");
    dl_article_parts(book, model, &doc, &scratch, &a);
    return a;
}

/* Kind and reason of the part that begins with `words`. */
static const dl_part *part_of(const dl_article *a, const char *words)
{
    for (uint32_t i = 0; i < a->parts.n; i++)
        if (dl_starts(dl_at(a->text, a->parts.v[i].core), dl_str_of(words))) return &a->parts.v[i];
    static const dl_part none = { .kind = DL_PART_N };
    return &none;
}

#define CHECK_PART(a, words, want_kind, want_coded) \
    (CHECK_STR(dl_str_of(dl_part_kind_name(part_of(&(a), words)->kind)), want_kind), CHECK_EQ(part_of(&(a), words)->coded, want_coded))

static void check_map(const dl_article *a, const char *bytes, size_t n)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < a->map.n; i++) {
        dl_piece p = a->map.v[i];
        CHECK(p.tb == at && p.te > at && p.ob <= p.oe && p.oe <= n);
        if (p.te - p.tb == p.oe - p.ob && dl_alpha((unsigned char)bytes[p.ob])) CHECK(memcmp(a->text.p + p.tb, bytes + p.ob, p.te - p.tb) == 0);
        at = p.te;
    }
    CHECK_EQ(at, a->text.n);
}

/* ---- intake ---------------------------------------------------------------------------------------------------------- */

static void test_plain_text_is_itself(void)
{
    const char *z = "Caf\xC3\xA9 bombed.\n\nTwo dead.\n";
    dl_article a = take(z, strlen(z), NULL);
    CHECK_STR(a.text, z);
    CHECK_EQ(a.map.n, 1);
    CHECK_EQ(a.warnings.n, 0);
    CHECK_EQ(a.id.n, 16);
    CHECK(!memcmp(a.id.p, a.sha256, 16));
    CHECK_STR(a.source, "The Post");
    CHECK_EQ(a.published, dl_day_of(2015, 1, 26));
}

static void test_ill_formed_bytes(void)
{
    const char *z = "caf\xE9 \x93quoted\x94 caf\xC3\xA9";
    dl_article a = take(z, strlen(z), NULL);
    CHECK_STR(a.text, "caf\xC3\xA9 \xE2\x80\x9Cquoted\xE2\x80\x9D caf\xC3\xA9");
    CHECK_EQ(a.warnings.n, 1);
    check_map(&a, z, strlen(z));
}

static void test_utf16(void)
{
    static const char le[] = "\xFF\xFE" "B\0o\0m\0b\0 \0\xD0\x05", be[] = "\xFE\xFF" "\0B\0o";
    dl_article a = take(le, sizeof le - 1, NULL), b = take(be, sizeof be - 1, NULL);
    CHECK_STR(a.text, "Bomb \xD7\x90");
    CHECK_STR(b.text, "Bo");
    check_map(&a, le, sizeof le - 1);
}

static void test_nothing_to_code(void)
{
    char binary[4096];
    for (size_t i = 0; i < sizeof binary; i++) binary[i] = (char)(i * 7);
    dl_article empty = take("", 0, NULL), blank = take(" \n\t ", 4, NULL), bin = take(binary, sizeof binary, NULL), pdf = take("%PDF-1.4 abc", 12, NULL);
    CHECK(empty.degraded && empty.warnings.n == 1 && empty.text.n == 0);
    CHECK(blank.degraded && blank.parts.n == 1);
    CHECK(bin.degraded && bin.text.n == 0);
    CHECK(pdf.degraded && pdf.warnings.n == 1);
    dl_about long_one = { .size = sizeof long_one, .sha256 = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" };
    dl_article a;
    dl_intake(&doc, &scratch, NULL, (size_t)100 << 20, &long_one, &a);
    CHECK(a.degraded && a.text.n == 0);
    CHECK_STR(a.id, "0011223344556677");
}

static void test_json_article(void)
{
    const char *z = "{\"_id\":{\"$oid\":\"ab12\"},\"headline\":\"Two \\\"killed\\\"\",\"pub_date\":\"2014-03-02 10:00:00\",\"authors\":[\"A B\",{\"name\":\"C D\"}],"
                    "\"body\":[\"First \\u05e9 one.\",\"Second.\"],\"source\":{\"id\":\"x\",\"name\":\"Herald\"},\"date\":NaN,\"lang\":\"en-GB\"}";
    dl_article a = take(z, strlen(z), NULL);
    CHECK_STR(a.text, "Two \"killed\"\n\nFirst \xD7\xA9 one.\n\nSecond.");
    CHECK_STR(a.title, "Two \"killed\"");
    CHECK_STR(a.id, "ab12");
    CHECK_STR(a.byline, "A B, C D");
    CHECK_STR(a.source, "Herald");
    CHECK_EQ(a.published, dl_day_of(2014, 3, 2));
    CHECK(!strcmp(a.language, "en"));
    check_map(&a, z, strlen(z));
}

static void test_json_that_is_none(void)
{
    const char *bad[] = { "{\"text\": \"never closed", "no json at all", "{\"count\": 1}", "{\"text\":\"a\"} {\"text\":\"b\"}" };
    for (int i = 0; i < 4; i++) {
        dl_article a = take(bad[i], strlen(bad[i]), "json");
        CHECK(a.degraded && a.warnings.n == 1 && a.parts.n == 1);
        CHECK_STR(a.text, bad[i]);
    }
    dl_article plain = take("{NAIROBI} Gunmen attacked.", 26, NULL);
    CHECK(!plain.degraded);
}

/* ---- readers --------------------------------------------------------------------------------------------------------- */

static void read_file(const char *name, const char *bytes, size_t n, char texts[8][64], int *reports)
{
    dl_error err = { 0 };
    FILE *f = fopen(name, "wb");
    if (!f) { CHECK(f != NULL); return; }
    fwrite(bytes, 1, n, f);
    fclose(f);
    const char *paths[] = { "no/such/file", name };
    dl_reader *r = dl_reader_open(paths, 2, NULL, &err);
    dl_input in;
    CHECK_EQ(dl_reader_next(r, &in, &err), -1);
    for (*reports = 0; *reports < 8 && dl_reader_next(r, &in, &err) == 1; ++*reports) {
        dl_article a;
        dl_intake_input(&doc, &scratch, &in, &a);
        snprintf(texts[*reports], 64, "%u:%.*s%s", in.line, (int)a.text.n, a.text.p, a.degraded ? "!" : "");
        dl_input_free(&in);
    }
    dl_reader_close(r);
    remove(name);
}

static void test_reader_cuts_reports(void)
{
    char t[8][64];
    int n = 0;
    const char *lines = "{\"text\":\"one\"}\n\nbroken\n{\"text\":\"two\"}\r\n", *array = "[{\"text\":\"one [\"},\n {\"text\":\"two\"}]", *single = "{\n \"title\": \"t\",\n \"text\": \"x\"\n}\n";
    read_file("test_article.tmp", lines, strlen(lines), t, &n);
    CHECK_EQ(n, 3);
    CHECK_STR(dl_str_of(t[0]), "1:one");
    CHECK_STR(dl_str_of(t[1]), "3:broken!");
    CHECK_STR(dl_str_of(t[2]), "4:two");
    read_file("test_article.tmp", array, strlen(array), t, &n);
    CHECK_EQ(n, 2);
    CHECK_STR(dl_str_of(t[0]), "1:one [");
    CHECK_STR(dl_str_of(t[1]), "2:two");
    read_file("test_article.tmp", single, strlen(single), t, &n);
    CHECK_EQ(n, 1);
    CHECK_STR(dl_str_of(t[0]), "1:t\n\nx");
    read_file("test_article.tmp", "", 0, t, &n);
    CHECK_EQ(n, 1);
    CHECK_STR(dl_str_of(t[0]), "0:!");
}

/* ---- parts ----------------------------------------------------------------------------------------------------------- */

static void test_page_debris(void)
{
    dl_article a = parted("Mayor warns of attacks\n\nMayor warns of attacks\n\n\xD7\xA9\xD7\x95\xD7\x98\xD7\xA8\xD7\x99\xD7\x9D \xD7\x91\xD7\x9B\xD7\x99\xD7\x9B\xD7\xA8\n\n"
        "This post is also available in: Hebrew\n\nPolice stand guard at the station\nPolice stand guard at the station\n\n"
        "The police searched the house of the man on Friday.\n\nRegister to our daily newsletter\n\nThe man was arrested, the police said.\n");
    CHECK_EQ(a.parts.n, 9);
    CHECK_STR(a.title, "Mayor warns of attacks");
    CHECK_EQ(a.parts.v[0].kind, DL_PART_title);
    CHECK_EQ(a.parts.v[1].kind, DL_PART_repeat);
    CHECK_STR(a.parts.v[1].why, "repeat");
    CHECK_STR(a.parts.v[2].why, "language:he");
    CHECK_STR(a.parts.v[3].why, "edition:he");
    CHECK_EQ(a.parts.v[4].kind, DL_PART_caption);
    CHECK(a.parts.v[4].coded);
    CHECK_STR(a.parts.v[5].why, "caption-repeat");
    CHECK_PART(a, "The police searched", "body", 1);
    CHECK_PART(a, "Register", "promotion", 0);
    CHECK_PART(a, "The man", "body", 1);
}

static void test_dateline(void)
{
    dl_article a = parted("Gunmen kill five in Mali\n\nBy Awa Diallo\n\nBAMAKO, March 3 (Reuters) - Gunmen killed five people. (Reporting by Awa Diallo; Editing by Ann Hill)\n\nNo one claimed it.");
    CHECK_PART(a, "By Awa", "byline", 0);
    CHECK_STR(a.byline, "Awa Diallo");
    CHECK_PART(a, "BAMAKO", "dateline", 0);
    CHECK_STR(dl_at(a.text, part_of(&a, "BAMAKO")->core), "BAMAKO, March 3 (Reuters) -");
    CHECK_STR(dl_at(a.text, a.dateline.place), "BAMAKO");
    CHECK_STR(dl_at(a.text, a.dateline.day), "March 3");
    CHECK_STR(dl_at(a.text, a.dateline.agency), "Reuters");
    CHECK_STR(dl_at(a.text, part_of(&a, "Gunmen killed")->core), "Gunmen killed five people.");
    CHECK_PART(a, "(Reporting", "furniture", 0);
    CHECK(!parted("The mayor - a man of few words - left.").dateline.found);
    CHECK(!parted("Police said: we will come.").dateline.found);
}

static void test_wrapped_lines(void)
{
    dl_article a = parted("Title of the story\n\nThe soldiers crossed the river at dawn on Monday, and the rebels\nwithdrew to the hills above the town of Mopti, where they had been\nseen before. Officials said\nthat nobody was hurt.\n");
    CHECK_EQ(a.parts.n, 2);
    dl_article b = parted("Short line one\nShort line two\nA sentence stands here.");
    CHECK_EQ(b.parts.n, 3);
}

static void test_english_is_not_foreign(void)
{
    dl_article a = parted("A b c\n\nHe did.\n\nDe Gaulle Le Monde El Pais.\n\nThe army said that it had taken the town from the rebels.");
    for (uint32_t i = 0; i < a.parts.n; i++) CHECK(a.parts.v[i].kind != DL_PART_other_language);
    CHECK(!strcmp(a.language, "en"));
}

/* Whatever the bytes: parts tile the text, cores lie inside, nothing is cut inside a character. */
static void test_any_bytes_are_tiled(void)
{
    static const char *const BITS[] = { "\n", "\n\n", "By A B\n", "PARIS (AFP) - ", "\xD7\xA9\xD7\x95\xD7\x98", "\xE2\x80\xA8", "\xFF", "Share\n", "the ", "of ", "Photo: ", "(Reporting by A)", "\xC2\xA0", ".", "12 " };
    uint64_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        char z[512];
        size_t n = 0;
        for (uint32_t k = test_below(&seed, 30); k-- > 0;) {
            const char *bit = BITS[test_below(&seed, sizeof BITS / sizeof *BITS)];
            memcpy(z + n, bit, strlen(bit));
            n += strlen(bit);
        }
        dl_marker d = dl_mark(&doc);
        dl_article a = take(z, n, "text");
        dl_article_parts(book, model, &doc, &scratch, &a);
        uint32_t at = 0;
        for (uint32_t i = 0; i < a.parts.n; i++) {
            const dl_part *p = &a.parts.v[i];
            CHECK(p->at.b == at && p->at.e >= at && p->core.b <= p->core.e && p->core.e <= p->at.e);
            CHECK(dl_utf8_boundary(a.text, p->at.b) && dl_utf8_boundary(a.text, p->core.b) && dl_utf8_boundary(a.text, p->core.e));
            at = p->at.e;
        }
        CHECK_EQ(at, a.text.n);
        if (!a.degraded) check_map(&a, z, n);
        dl_reset(&doc, d);
    }
}

/* Trees are asked sixteen blocks at once: the sums are those of walking down one by one; hopeless blocks keep their first sum. */
static void test_trees(void)
{
    enum { TREES = 40, BLOCKS = 45 };
    static dl_tree trees[TREES];
    static uint8_t seen[BLOCKS * DL_STORY_SEES];
    static int32_t first[BLOCKS];
    uint64_t seed = 3;
    for (int t = 0; t < TREES; t++) {
        for (int k = 0; k < DL_TREE_NODES; k++) trees[t].feature[k] = (uint8_t)(test_random(&seed) % DL_STORY_SEES), trees[t].at[k] = (uint8_t)(test_random(&seed) % 8 ? test_random(&seed) % 64 : 127);
        for (int k = 0; k < DL_TREE_LEAVES; k++) trees[t].leaf[k] = (int16_t)(test_random(&seed) % 2000 - 1000);
    }
    for (size_t i = 0; i < sizeof seen; i++) seen[i] = (uint8_t)(test_random(&seed) % 64);
    for (uint32_t i = 0; i < BLOCKS; i++) first[i] = i % 7 == 3 ? DL_LOOK_HOPELESS - 1 : (int32_t)i;
    dl_article art = { 0 };
    for (uint32_t i = 0; i < BLOCKS; i++) *dl_push(&doc, &art.blocks) = (dl_block){ 0 };
    dl_story_judge(&art, trees, TREES, first, seen);
    for (uint32_t i = 0; i < BLOCKS; i++) {
        int32_t sum = 0;
        for (int t = 0; t < TREES; t++) {
            int k = 0;
            while (k < DL_TREE_NODES) k = 2 * k + 1 + (seen[i * DL_STORY_SEES + trees[t].feature[k]] > trees[t].at[k]);
            sum += trees[t].leaf[k - DL_TREE_NODES];
        }
        CHECK_EQ(art.blocks.v[i].score, i % 7 == 3 ? first[i] * (DL_TREE_SCALE / DL_LOOK_SCALE) : sum);
    }
}

int main(void)
{
    dl_error err = { 0 };
    pool = dl_pool_open((size_t)1 << 30);
    book = dl_codebook_open(NULL, 0, &err);
    model = dl_model_open(NULL, &err);
    if (!book || !model || !dl_arena_open(&doc, pool) || !dl_arena_open(&scratch, pool)) { printf("not ok article: %s\n", err.message); return 1; }
    TEST(test_plain_text_is_itself);
    TEST(test_ill_formed_bytes);
    TEST(test_utf16);
    TEST(test_nothing_to_code);
    TEST(test_json_article);
    TEST(test_json_that_is_none);
    TEST(test_reader_cuts_reports);
    TEST(test_page_debris);
    TEST(test_dateline);
    TEST(test_wrapped_lines);
    TEST(test_english_is_not_foreign);
    TEST(test_any_bytes_are_tiled);
    TEST(test_trees);
    dl_arena_close(&doc);
    dl_arena_close(&scratch);
    dl_model_close(model);
    dl_codebook_close(book);
    dl_pool_close(pool);
    return test_end();
}
