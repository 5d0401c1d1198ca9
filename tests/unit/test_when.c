/* test_when.c - time expressions: what is found, how it is resolved, and what stays open. */
#include "facts/facts.h"
#include "sentence.h"
#include "test.h"

static dl_pool *pool;
static dl_arena mem, scratch;
static dl_codebook *book;
static dl_facts facts;
static dl_article art;
static dl_language lang;

static void read_times(const char *published, const char *spec)
{
    memset(&art, 0, sizeof art);
    memset(&facts, 0, sizeof facts);
    art.published = published ? dl_day_parse(dl_str_of(published)) : DL_NO_DAY;
    sentence_make(&mem, spec, &art, &lang);
    dl_ask q = { book, &art, &lang, &mem, &scratch, false, &facts, { NULL, NULL } };
    dl_find_hits(&q);
    dl_when(&q);
}

static void day_text(dl_day d, char out[16])
{
    if (d == DL_NO_DAY) memcpy(out, "none", 5);
    else dl_day_iso(d, out);
}

/* The time with this text: "value edtf earliest latest" must be `want`. */
static void expect(int line, const char *published, const char *spec, const char *text, const char *want)
{
    char got[256] = "not found", b[16], e[16];
    read_times(published, spec);
    for (uint32_t i = 0; i < facts.times.n; i++) {
        const dl_time *t = &facts.times.v[i];
        if (!dl_is(dl_at(art.text, t->at), text)) continue;
        day_text(t->earliest, b);
        day_text(t->latest, e);
        snprintf(got, sizeof got, "%.*s %.*s %s %s%s%.*s", (int)t->value.n, t->value.p, t->edtf.n ? (int)t->edtf.n : 1, t->edtf.n ? t->edtf.p : "-", b, e, t->mod.n ? " " : "", (int)t->mod.n, t->mod.p);
    }
    if (strcmp(got, want)) { test_failed(__FILE__, line); TEST_SAY("%s: \"%s\" is %s, not %s", spec, text, got, want); }
}
#define TIME(published, spec, text, want) expect(__LINE__, published, spec, text, want)

static void test_dates(void)
{
    const char *D = "2015-01-26";
    TIME(D, "They raided/VBD it on 15 January .", "15 January", "2015-01-15 2015-01-15 2015-01-15 2015-01-15");
    TIME(D, "It happened/VBD on January 15 , 2014 .", "January 15 , 2014", "2014-01-15 2014-01-15 2014-01-15 2014-01-15");
    TIME(D, "It happened/VBD on the 15th of January 2013 .", "the 15th of January 2013", "2013-01-15 2013-01-15 2013-01-15 2013-01-15");
    TIME(D, "It fell/VBD on 2014-12-03 .", "2014-12-03", "2014-12-03 2014-12-03 2014-12-03 2014-12-03");
    TIME(D, "It fell/VBD on 15/01/2015 .", "15/01/2015", "2015-01-15 2015-01-15 2015-01-15 2015-01-15");
    TIME(D, "It fell/VBD on 01/15/2015 .", "01/15/2015", "2015-01-15 2015-01-15 2015-01-15 2015-01-15");
    TIME(D, "They brought/VBD it in an October document .", "October", "2014-10 2014-10 2014-10-01 2014-10-31");
    TIME(D, "He went/VBD on trial last September .", "last September", "2014-09 2014-09 2014-09-01 2014-09-30");
    TIME(D, "It was set/VBN up in 2010 .", "2010", "2010 2010 2010-01-01 2010-12-31");
    TIME(D, "It began/VBD in the 1990s .", "the 1990s", "199 199X 1990-01-01 1999-12-31");
    TIME(D, "They built/VBD it in the 19th century .", "the 19th century", "18 18XX 1800-01-01 1899-12-31");
    TIME(D, "He left/VBD in the summer of 2012 .", "the summer of 2012", "2012-SU 2012-22 2012-06-01 2012-08-31");
    TIME(D, "He left/VBD in the third/JJ quarter of 2012 .", "the third quarter of 2012", "2012-Q3 2012-35 2012-07-01 2012-09-30");
}

static void test_parts_of_periods(void)
{
    const char *D = "2015-01-26";
    TIME(D, "They struck/VBD at the beginning of January .", "the beginning of January", "2015-01 2015-01 2015-01-01 2015-01-10 START");
    TIME(D, "They struck/VBD in late 2014 .", "late 2014", "2014 2014 2014-09-01 2014-12-31 END");
    TIME(D, "They met/VBD in mid-December .", "mid-December", "2014-12 2014-12 2014-12-11 2014-12-21 MID");
    TIME(D, "It came/VBD in the last/JJ week of December .", "the last week of December", "2014-W52 2014-12-25/2014-12-31 2014-12-25 2014-12-31");
}

static void test_weekdays(void)
{
    const char *D = "2016-03-24";                                     /* a Thursday */
    TIME(D, "Rebels attacked/VBD it on Monday .", "Monday", "2016-03-21 2016-03-21 2016-03-21 2016-03-21");
    TIME(D, "Police said/VBD Thursday .", "Thursday", "2016-03-24 2016-03-24 2016-03-24 2016-03-24");
    TIME(D, "They will meet/VB on Monday .", "Monday", "2016-03-28 2016-03-28 2016-03-28 2016-03-28");
    TIME(D, "They met/VBD last Thursday .", "last Thursday", "2016-03-17 2016-03-17 2016-03-17 2016-03-17");
    TIME(D, "They vote/VBP next Friday .", "next Friday", "2016-03-25 2016-03-25 2016-03-25 2016-03-25");
    TIME(D, "It burned/VBD early on Tuesday .", "early on Tuesday", "2016-03-22 2016-03-22 2016-03-22 2016-03-22 START");
    TIME(D, "It burned/VBD on Tuesday night/NN .", "Tuesday night", "2016-03-22TNI 2016-03-22 2016-03-22 2016-03-22");
    TIME(D, "They marched/VBD every Friday .", "every Friday", "XXXX-WXX-5 - none none");
}

static void test_shifts(void)
{
    const char *D = "2016-03-24";
    TIME(D, "It began/VBD three days/NNS ago .", "three days ago", "2016-03-21 2016-03-21 2016-03-21 2016-03-21");
    TIME(D, "It began/VBD yesterday .", "yesterday", "2016-03-23 2016-03-23 2016-03-23 2016-03-23");
    TIME(D, "It began/VBD two years/NNS ago .", "two years ago", "2014 2014 2014-01-01 2014-12-31");
    TIME(D, "It began/VBD last week/NN .", "last week", "2016-W11 2016-03-14/2016-03-20 2016-03-14 2016-03-20");
    TIME(D, "It begins/VBZ next month/NN .", "next month", "2016-04 2016-04 2016-04-01 2016-04-30");
    TIME(D, "It rose/VBD in January of last year/NN .", "January of last year", "2015-01 2015-01 2015-01-01 2015-01-31");
    TIME(D, "He was shot/VBN on 3 March and died/VBD two days/NNS later .", "two days later", "2016-03-05 2016-03-05 2016-03-05 2016-03-05");
    TIME(D, "He was shot/VBN on 3 March and died/VBD the next day/NN .", "the next day", "2016-03-04 2016-03-04 2016-03-04 2016-03-04");
    TIME("2015-01-26", "They hit/VBD it in the beginning of January and others/NNS in the following/JJ days/NNS .", "the following days", "PXD 2015-01 2015-01-02 2015-01-26");
    TIME(D, "He is now in prison/NN .", "now", "PRESENT_REF 2016-03-24 2016-03-24 2016-03-24");
}

static void test_lengths_and_sets(void)
{
    const char *D = "2016-03-24";
    TIME(D, "It lasted/VBD for six/CD months/NNS .", "six months", "P6M - none none");
    TIME(D, "It lasted/VBD two/CD and a half/NN years/NNS .", "two and a half years", "P2.5Y - none none");
    TIME(D, "He died/VBD in the past/JJ three days/NNS .", "the past three days", "P3D 2016-03-21/2016-03-24 2016-03-21 2016-03-24");
    TIME(D, "It flew/VBD every two weeks/NNS .", "every two weeks", "P2W - none none");
    TIME(D, "It met/VBD at 3 p.m./NN on Friday .", "3 p.m. on Friday", "2016-03-18T15:00 2016-03-18 2016-03-18 2016-03-18");
    TIME(D, "It met/VBD at 15:30 GMT .", "15:30 GMT", "2016-03-24T15:30 2016-03-24 2016-03-24 2016-03-24");
    read_times(D, "The 32 - year/NN - old/JJ man/NN fled/VBD .");
    CHECK_EQ(facts.times.n, 0);
}

static void test_stretches(void)
{
    const char *D = "2016-03-24";
    TIME(D, "They fought/VBD from 3 to 5 March .", "3 to 5 March", "2016-03-03/2016-03-05 2016-03-03/2016-03-05 2016-03-03 2016-03-05");
    TIME("2016-06-01", "They fought/VBD between March and May .", "March and May", "2016-03/2016-05 2016-03/2016-05 2016-03-01 2016-05-31");
    TIME(D, "They ruled/VBD from 1951 - 1913 .", "1951", "1951 1951 1951-01-01 1951-12-31");       /* no stretch: it would end before it begins */
    TIME(D, "It stood/VBD so/RB since 2010 .", "2010", "2010 2010 2010-01-01 2010-12-31 ON_OR_AFTER");
    TIME("2016-06-01", "They fought/VBD from November to March .", "November to March", "2015-11/2016-03 2015-11/2016-03 2015-11-01 2016-03-31");
    TIME(D, "They fought/VBD from 2010 to 2014 .", "2010 to 2014", "2010/2014 2010/2014 2010-01-01 2014-12-31");
}

static void test_nothing_to_count_from(void)
{
    TIME(NULL, "They met/VBD on 3 February .", "3 February", "XXXX-02-03 XXXX-02-03 none none");
    TIME(NULL, "They met/VBD last June .", "last June", "XXXX-06 XXXX-06 none none");
    TIME(NULL, "They met/VBD on Friday .", "Friday", "XXXX-WXX-5 - none none");
    TIME(NULL, "They met/VBD yesterday .", "yesterday", "XXXX-XX-XX - none none");
    TIME(NULL, "They met/VBD on 14 August 1998 .", "14 August 1998", "1998-08-14 1998-08-14 1998-08-14 1998-08-14");
    TIME(NULL, "They met/VBD on 14 August 1998 and 3 September .", "3 September", "1998-09-03 1998-09-03 1998-09-03 1998-09-03");
}

static void test_other_senses(void)
{
    static const char *const NONE[] = { "They may/MD come/VB .", "They march/VBP on the city .", "A second/JJ attack came/VBD .", "The rocket killed/VBD 2010 people/NNS .",
                                        "Prices/NNS fall/VBP .", "It won/VBD 7 - 1 .", "She sat/VBD down ." };
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) {
        read_times("2016-03-24", NONE[i]);
        if (facts.times.n) { test_failed(__FILE__, __LINE__); TEST_SAY("%s: \"%.*s\" is no time", NONE[i], (int)dl_len(facts.times.v[0].at), art.text.p + facts.times.v[0].at.b); }
    }
}

int main(void)
{
    dl_error err = { 0 };
    pool = dl_pool_open((size_t)1 << 30);
    book = dl_codebook_open(NULL, 0, &err);
    if (!book || !dl_arena_open(&mem, pool) || !dl_arena_open(&scratch, pool)) { printf("not ok when: %s\n", err.message); return 1; }
    TEST(test_dates);
    TEST(test_parts_of_periods);
    TEST(test_weekdays);
    TEST(test_shifts);
    TEST(test_lengths_and_sets);
    TEST(test_stretches);
    TEST(test_nothing_to_count_from);
    TEST(test_other_senses);
    dl_arena_close(&mem);
    dl_arena_close(&scratch);
    dl_codebook_close(book);
    dl_pool_close(pool);
    return test_end();
}
