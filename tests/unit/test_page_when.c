/* test_page_when.c - the day of a page: each kind of witness, each trap, days as many languages print them. */
#include "intake/intake.h"
#include "intake/page.h"
#include "test.h"

static dl_pool *pool;
static dl_arena doc, scratch;

static const char *day_of(const char *url, const char *page)
{
    static char iso[16];
    dl_about about = { .size = sizeof about, .format = "html", .url = url };
    dl_article a;
    dl_intake(&doc, &scratch, page, strlen(page), &about, &a);
    dl_day_iso(a.published, iso);
    return iso;
}

#define PAGE(head, body) "<html><head><title>Two held after fire | The Post</title>" head "</head><body><h1>Two held after fire</h1>" body "<p>Police arrested two men after a fire in the old mill on Monday night, and nobody was hurt, they said.</p></body></html>"
#define DAY(url, head, body, want) CHECK_STR(dl_str_of(day_of((url), PAGE(head, body))), want)

static void test_what_the_page_says_of_itself(void)
{
    DAY(NULL, "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Two held after fire\",\"datePublished\":\"2021-03-04T23:30:00-05:00\",\"dateModified\":\"2021-03-06\"}</script>", "", "2021-03-04");
    DAY(NULL, "<meta property='article:published_time' content='2021-03-04T10:00:00+01:00'><meta property='article:modified_time' content='2021-03-09T10:00:00+01:00'>", "", "2021-03-04");
    DAY(NULL, "<meta name='xy-pubdate' content='2021-03-04'>", "", "2021-03-04");
    DAY(NULL, "", "<span property='schema:dateCreated' content='2021-03-04T05:06:07+00:00' class='hidden'></span>", "2021-03-04");
    DAY(NULL, "", "<abbr class='published' title='2021-03-04T21:11:00+02:00'>21:11</abbr>", "2021-03-04");
    DAY(NULL, "", "<time datetime='2021-03-04'>last week</time>", "2021-03-04");
    DAY(NULL, "", "<time datetime='4. März 2021'>vorige Woche</time>", "2021-03-04");
    DAY(NULL, "<meta property='og:updated_time' content='2021-03-04T05:06:07+00:00'>", "", "2021-03-04");
    DAY(NULL, "<script>var page = {\"id\": 4, \"publishedAt\":\"2021-03-04T05:06:07Z\"};</script>", "", "2021-03-04");
    DAY(NULL, "<meta property='og:image' content='https://img.post.example/2021/03/04/mill.jpg'>", "", "2021-03-04");
}

static void test_addresses(void)
{
    DAY("https://www.post.example/2021/03/04/two-held", "", "", "2021-03-04");
    DAY("https://www.post.example/20210304/two-held", "", "", "2021-03-04");
    DAY("https://www.post.example/news/04-03-2021", "", "", "2021-03-04");
    DAY("https://www.post.example/2021-03/04/c_1125597921.htm", "", "", "");
    DAY("https://www.post.example/id/12345678/two-held", "", "", "");
    DAY("https://www.post.example/2021/13/44/two-held", "", "", "");
}

/* Late in the evening it is the next day in UTC; the address and the readers have the day of the place. */
static void test_the_day_as_printed(void)
{
    DAY("https://www.post.example/2021/03/04/two-held", "<meta property='article:published_time' content='2021-03-05T03:30:00+00:00'>", "", "2021-03-04");
    DAY(NULL, "<meta property='article:published_time' content='2021-03-05T03:30:00Z'>", "<p class='date'>March 4, 2021</p>", "2021-03-04");
    DAY(NULL, "<meta property='article:published_time' content='2021-03-05T03:30:00+01:00'>", "<p class='date'>March 4, 2021</p>", "2021-03-05");
    DAY(NULL, "<meta property='article:published_time' content='2021-03-05T03:30:00Z'>", "<p class='date'>March 9, 2021</p>", "2021-03-05");
}

static void test_visible_days(void)
{
    static const char *const PRINTED[] = { "4 March 2021", "March 4, 2021", "Mar. 4th, 2021", "Thursday, 4 Mar 2021, 10:15", "4. März 2021", "Donnerstag, 04.03.2021, 10:15 Uhr", "04.03.21", "le 4 mars 2021 à 10h15", "4 de marzo de 2021",
        "4 marzo 2021", "4 de março de 2021", "4 maart 2021", "4 Mart 2021", "4 marca 2021", "4. března 2021", "den 4 mars 2021", "4. maaliskuuta 2021", "2021. március 4.", "4 martie 2021", "4 марта 2021, 13:43", "4 березня 2021",
        "4 Μαρτίου 2021", "4 Maret 2021", "٤ مارس ٢٠٢١", "2021年3月4日", "2021년 3월 4일", "2021-03-04 10:15", "2021/3/4", "ngày 4 tháng 3 năm 2021", "2021. gada 4. marts" };
    for (size_t k = 0; k < sizeof PRINTED / sizeof *PRINTED; k++) {
        char page[2000];
        snprintf(page, sizeof page, PAGE("", "<p class='meta'>%s</p>"), PRINTED[k]);
        CHECK_STR(dl_str_of(day_of(NULL, page)), "2021-03-04");
    }
}

static void test_months_and_days(void)
{
    CHECK_STR(dl_str_of(day_of(NULL, "<html lang=en-US><h1>Two held</h1><p class=date>3/4/2021</p><p>Police arrested two men after a fire.</p>")), "2021-03-04");
    CHECK_STR(dl_str_of(day_of(NULL, "<html lang=en-GB><h1>Two held</h1><p class=date>4/3/2021</p><p>Police arrested two men after a fire.</p>")), "2021-03-04");
    CHECK_STR(dl_str_of(day_of(NULL, "<html lang=fr><h1>Deux arrestations</h1><p class=date>4/3/2021</p><p>La police a arrêté deux hommes.</p>")), "2021-03-04");
    CHECK_STR(dl_str_of(day_of(NULL, "<html lang=en-US><h1>Two held</h1><p class=date>24/3/2021</p><p>Police arrested two men after a fire.</p>")), "2021-03-24");
}

static void test_days_that_are_not_the_page_s(void)
{
    DAY(NULL, "", "<p class=date>4 March 2021</p><p>Updated: 6 March 2021</p>", "2021-03-04");
    DAY(NULL, "", "<p>Last updated 6 March 2021, published 4 March 2021</p>", "2021-03-04");
    DAY(NULL, "", "<p class=date>4 March 2021</p><p>The mill had burnt on 7 May 2009 and again on 8 June 2011, when it stood empty and was about to be sold to a bank in the capital.</p>", "2021-03-04");
    DAY(NULL, "", "<p class=byline>By A Writer, 4 March 2021</p><div class=related><p class=date>9 March 2021</p></div><div class=comments><p class=date>5 March 2021</p></div>", "2021-03-04");
    DAY(NULL, "", "<p class=footer>Copyright 2019</p>", "");
    DAY(NULL, "", "<p class=date>31 February 2021</p>", "");
    DAY(NULL, "<meta name='expires' content='2031-03-04'>", "", "");
}

static void test_days_in_a_line(void)
{
    dl_page_day day[4];
    CHECK_EQ(dl_page_days(&scratch, DL_STR("from 3 to 4 May 2020, then 2020-06-01 and 1.2.3.4, 12/2020, May 2020, 99.99.2020"), false, day, 4), 2);
    CHECK_EQ(day[0].day, dl_day_of(2020, 5, 4));
    CHECK_EQ(day[1].day, dl_day_of(2020, 6, 1));
    CHECK_EQ(dl_page_days(&scratch, DL_STR(""), false, day, 4), 0);
    CHECK_EQ(dl_page_days(&scratch, DL_STR("1 May 2020 2 May 2020 3 May 2020"), false, day, 2), 2);
}

int main(void)
{
    pool = dl_pool_open((size_t)1 << 30);
    if (!pool || !dl_arena_open(&doc, pool) || !dl_arena_open(&scratch, pool)) return 1;
    TEST(test_what_the_page_says_of_itself);
    TEST(test_addresses);
    TEST(test_the_day_as_printed);
    TEST(test_visible_days);
    TEST(test_months_and_days);
    TEST(test_days_that_are_not_the_page_s);
    TEST(test_days_in_a_line);
    dl_arena_close(&doc);
    dl_arena_close(&scratch);
    dl_pool_close(pool);
    return test_end();
}
