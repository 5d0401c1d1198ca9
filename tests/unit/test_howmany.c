/* test_howmany.c - numbers and counts: values, bounds, what is counted, what it measures, and what is no count. */
#include "facts/facts.h"
#include "sentence.h"
#include "test.h"

static dl_pool *pool;
static dl_arena mem, scratch;
static dl_codebook *book;
static dl_facts facts;
static dl_article art;
static dl_language lang;

static void read_counts(const char *spec)
{
    memset(&art, 0, sizeof art);
    memset(&facts, 0, sizeof facts);
    art.published = DL_NO_DAY;
    sentence_make(&mem, spec, &art, &lang);
    dl_ask q = { book, &art, &lang, &mem, &scratch, false, &facts, { NULL, NULL } };
    dl_find_hits(&q);
    dl_when(&q);
    dl_howmany(&q);
}

static void edge(int64_t v, char *out, size_t n)
{
    if (v == DL_OPEN) snprintf(out, n, "open");
    else snprintf(out, n, v % 1000 ? "%lld.%03lld" : "%lld", (long long)(v / 1000), (long long)(v % 1000));
}

/* The count with this text: "low..high [~] of/unit/measure" must be `want`. */
static void expect(int line, const char *spec, const char *text, const char *want)
{
    char got[256] = "not found", low[40], high[40];
    read_counts(spec);
    for (uint32_t i = 0; i < facts.counts.n; i++) {
        const dl_count *c = &facts.counts.v[i];
        if (!dl_is(dl_at(art.text, c->at), text)) continue;
        edge(c->low, low, sizeof low);
        edge(c->high, high, sizeof high);
        snprintf(got, sizeof got, "%s..%s%s %.*s/%.*s/%s", low, high, c->approximate ? " ~" : "", (int)c->of.n, c->of.p, (int)c->unit.n, c->unit.p, dl_measure_name((dl_measure)c->measures));
    }
    if (strcmp(got, want)) { test_failed(__FILE__, line); TEST_SAY("%s: \"%s\" is %s, not %s", spec, text, got, want); }
}
#define COUNT(spec, text, want) expect(__LINE__, spec, text, want)

static void test_values(void)
{
    COUNT("It has/VBZ twenty - two/CD mosques/NNS .", "twenty-two", "22..22 mosques//");
    COUNT("It has/VBZ 1,200 mosques/NNS .", "1,200", "1200..1200 mosques//");
    COUNT("It has/VBZ 2.5 million/CD people/NNS .", "2.5 million", "2500000..2500000 people//");
    COUNT("It has/VBZ three hundred and fifty thousand people/NNS .", "three hundred and fifty thousand", "350000..350000 people//");
    COUNT("It has/VBZ half/DT a million people/NNS .", "half a million", "500000..500000 people//");
    COUNT("It has/VBZ a dozen people/NNS .", "a dozen", "12..12 people//");
    COUNT("It has/VBZ dozens/NNS of people/NNS .", "dozens", "24..99 ~ people//");
}

static void test_bounds(void)
{
    COUNT("At/RB least/RB twenty mosques/NNS burned/VBD .", "At least twenty", "20..open mosques//");
    COUNT("It has/VBZ some/DT 350 mosques/NNS .", "some 350", "350..350 ~ mosques//");
    COUNT("It has/VBZ more/JJ than/IN 100 mosques/NNS .", "more than 100", "100..open mosques//");
    COUNT("It has/VBZ up to 50 mosques/NNS .", "up to 50", "open..50 mosques//");
    COUNT("It has/VBZ between 20 and 25 mosques/NNS .", "between 20 and 25", "20..25 mosques//");
    COUNT("It has/VBZ 20 - 25 mosques/NNS .", "20-25", "20..25 mosques//");
}

static void test_units(void)
{
    COUNT("It rose/VBD 40 percent/NN .", "40 percent", "40..40 /%/");
    COUNT("It weighs/VBZ 300 kg/NN .", "300 kg", "300..300 /kg/");
    COUNT("It cost/VBD $ 25 million/CD .", "$ 25 million", "25000000..25000000 /USD/");
}

static void test_measures(void)
{
    COUNT("Gunmen/NNS killed/VBD 12 people/NNS in Kabul .", "12", "12..12 people//killed");
    COUNT("At/RB least/RB 70 fighters/NNS returned/VBD .", "At least 70", "70..open fighters//returned");
    COUNT("12 soldiers/NNS were wounded/VBN by it .", "12", "12..12 soldiers//wounded");
    COUNT("12 gunmen/NNS killed/VBD a mayor/NN .", "12", "12..12 gunmen//");
    COUNT("The death/NN toll/NN rose/VBD to 31 .", "31", "31..31 //killed");
    COUNT("Around/RB 2,000 people/NNS marched/VBD through Sofia .", "Around 2,000", "2000..2000 ~ people//took_part");
}

static void test_wholes(void)
{
    read_counts("At/RB least/RB seventy of some/DT 350 fighters/NNS returned/VBD .");
    CHECK_EQ(facts.counts.n, 2);
    if (facts.counts.n != 2) return;
    CHECK_EQ(facts.counts.v[0].out_of, 1);
    CHECK_EQ(facts.counts.v[1].out_of, DL_NONE);
    CHECK_EQ(facts.counts.v[0].measures, DL_MEAS_returned);
    CHECK_STR(facts.counts.v[0].of, "fighters");
}

static void test_ages(void)
{
    COUNT("A 70 - year/NN - old/JJ widow/NN fled/VBD .", "70-year-old", "70..70 widow/year/age");
    COUNT("The man/NN is/BE aged/VBN 57 .", "aged 57", "57..57 man/year/age");
    COUNT("He was/BE 45 years/NNS old/JJ .", "45 years old", "45..45 He/year/age");
}

static void test_no_counts(void)
{
    static const char *const NONE[] = { "It happened/VBD in 2010 .", "It won/VBD 7 - 1 .", "It happened/VBD on 15 January 2014 .", "It lasted/VBD three days/NNS .", "The AK - 47 fired/VBD .", "Two - thirds/NNS voted/VBD ." };
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) {
        read_counts(NONE[i]);
        if (facts.counts.n) { test_failed(__FILE__, __LINE__); TEST_SAY("%s: \"%.*s\" is no count", NONE[i], (int)dl_len(facts.counts.v[0].at), art.text.p + facts.counts.v[0].at.b); }
    }
}

int main(void)
{
    dl_error err = { 0 };
    pool = dl_pool_open((size_t)1 << 30);
    book = dl_codebook_open(NULL, 0, &err);
    if (!book || !dl_arena_open(&mem, pool) || !dl_arena_open(&scratch, pool)) { printf("not ok howmany: %s\n", err.message); return 1; }
    TEST(test_values);
    TEST(test_bounds);
    TEST(test_units);
    TEST(test_measures);
    TEST(test_wholes);
    TEST(test_ages);
    TEST(test_no_counts);
    dl_arena_close(&mem);
    dl_arena_close(&scratch);
    dl_codebook_close(book);
    dl_pool_close(pool);
    return test_end();
}
