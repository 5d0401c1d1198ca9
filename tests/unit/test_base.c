/* test_base.c - the words of C: slices, arenas, buffers, hashes, days, files, errors. Text and JSON: test_text.c; threads: test_jobs.c. */
#include <setjmp.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "test.h"

/* ---- slices --------------------------------------------------------------------------------------------------------- */

static void test_slices(void)
{
    dl_str s = DL_STR("one two two");
    CHECK_EQ(dl_find(s, DL_STR("two"), 0), 4);
    CHECK_EQ(dl_find(s, DL_STR("two"), 5), 8);
    CHECK_EQ(dl_find(s, DL_STR("two"), 9), -1);
    CHECK_EQ(dl_find(s, DL_STR("three"), 0), -1);
    CHECK_EQ(dl_find(s, DL_STR(""), 11), 11);
    CHECK_EQ(dl_find(s, DL_STR("o"), 12), -1);
    CHECK(dl_starts(s, DL_STR("one")) && !dl_starts(s, DL_STR("two")) && dl_ends(s, DL_STR("two")) && dl_starts(s, DL_STR("")));
    CHECK_STR(dl_trim(DL_STR(" \t a b\r\n")), "a b");
    CHECK_EQ(dl_trim(DL_STR("  ")).n, 0);
    CHECK(dl_cmp(DL_STR("a"), DL_STR("ab")) < 0 && dl_cmp(DL_STR("b"), DL_STR("ab")) > 0 && dl_cmp(s, s) == 0);
    CHECK(dl_cmp(DL_STR("\xC3"), DL_STR("a")) > 0);
    CHECK(dl_is((dl_str){ 0 }, "") && dl_eq((dl_str){ 0 }, DL_STR("")));
}

static void test_integers(void)
{
    static const struct { const char *z; bool ok; int64_t v; } t[] = {
        { "0", true, 0 }, { "-7", true, -7 }, { "+7", true, 7 }, { "9223372036854775807", true, INT64_MAX }, { "-9223372036854775808", true, INT64_MIN },
        { "9223372036854775808", false, 0 }, { "-9223372036854775809", false, 0 }, { "99999999999999999999999", false, 0 },
        { "", false, 0 }, { "-", false, 0 }, { "1 ", false, 0 }, { "1.0", false, 0 }, { "0x1", false, 0 },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int64_t v = 0;
        CHECK(dl_str_int(dl_str_of(t[i].z), &v) == t[i].ok);
        CHECK_EQ(v, t[i].v);
    }
}

/* ---- arenas --------------------------------------------------------------------------------------------------------- */

/* Random allocations and resets: everything handed out is zero, aligned, inside the range and apart from what else lives. */
static void test_arena_zeroed(void)
{
    uint64_t seed = 1;
    dl_pool *pool = dl_pool_open(4 << 20);
    for (int life = 0; life < 20; life++) {
        dl_arena a;
        CHECK(dl_arena_open(&a, pool));
        dl_marker marks[8] = { { a.cur } };
        int nmark = 0;
        for (int step = 0; step < 300; step++) {
            if (test_below(&seed, 10) == 0 && nmark < 8) marks[nmark++] = dl_mark(&a);
            else if (test_below(&seed, 12) == 0 && nmark > 0) dl_reset(&a, marks[--nmark]);
            size_t size = 1 + test_below(&seed, 2000), align = (size_t)1 << test_below(&seed, 7);
            char *before = a.cur, *p = dl_alloc(&a, 1, align, size);
            bool clean = true;
            for (size_t i = 0; i < size; i++) clean &= p[i] == 0;
            CHECK(clean && (uintptr_t)p % align == 0 && p >= before && p + size <= a.cur && a.cur <= a.end && a.cur <= a.high);
            memset(p, 0xAB, size);
        }
        dl_arena_close(&a);
        CHECK(a.base == NULL);
    }
    dl_pool_close(pool);
}

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
static bool poisoned(const void *p) { return __asan_address_is_poisoned(p); }
#else
static bool poisoned(const void *p) { return p != NULL; }
#endif

/* In ASan builds what was given back may not be touched, nor what lies behind an object. */
static void test_arena_poison(void)
{
    dl_pool *pool = dl_pool_open(1 << 20);
    dl_arena a;
    CHECK(dl_arena_open(&a, pool));
    const char *kept = dl_new(&a, char, 3);
    dl_marker m = dl_mark(&a);
    const char *gone = dl_new(&a, char, 20);
    CHECK(kept[2] == 0 && gone[19] == 0);
    CHECK(poisoned(kept + 3) && poisoned(gone + 20));
    dl_reset(&a, m);
    CHECK(poisoned(gone) && poisoned(gone + 19));
    char *cut = dl_new(&a, char, 30);
    dl_shrink(&a, cut, 5);
    CHECK(cut[4] == 0 && poisoned(cut + 5) && poisoned(cut + 29));
    dl_arena_close(&a);
    CHECK(poisoned(kept));
    dl_pool_close(pool);
}

static void test_arena_full(void)
{
    jmp_buf out;
    dl_pool *pool = dl_pool_open(1 << 20);
    dl_arena a;
    CHECK(dl_arena_open(&a, pool));
    CHECK(dl_alloc(&a, 1, 1, 2 << 20) == NULL);
    CHECK(dl_alloc(&a, SIZE_MAX / 2, 1, 3) == NULL);
    CHECK(dl_new(&a, char, 100) != NULL);
    volatile int rounds = 0, jumped = 0;
    a.full = &out;
    if (setjmp(out) == 0) {
        for (;;) memset(dl_new(&a, char, 1000), 1, 1000), rounds++;
    }
    jumped = 1;
    CHECK(jumped && rounds > 900 && rounds <= 1048);
    dl_arena_close(&a);
    CHECK(dl_arena_open(&a, pool) && a.full == NULL && a.cur == a.base);
    dl_arena_close(&a);
    dl_pool_close(pool);
}

/* An arena that lives in its own range, a large one that gives pages back, two at a time. */
static void test_arena_lives(void)
{
    dl_pool *pool = dl_pool_open(0);
    dl_arena a, b;
    CHECK(dl_arena_open(&a, pool) && dl_arena_open(&b, pool) && a.base != b.base);
    dl_arena *inside = dl_new(&a, dl_arena, 1);
    *inside = a;
    char *big = dl_new(inside, char, 40 << 20);
    big[0] = big[(40 << 20) - 1] = 1;
    dl_arena_close(inside);
    dl_arena_close(&b);
    CHECK(dl_arena_open(&a, pool) && dl_arena_open(&b, pool));
    for (int i = 0; i < 2; i++) {
        const char *again = dl_new(i ? &a : &b, char, 40 << 20);
        CHECK(again[0] == 0 && again[1000] == 0 && again[(40 << 20) - 1] == 0 && memcmp(again, again + 1, (40 << 20) - 1) == 0);
    }
    dl_arena_close(&a);
    dl_arena_close(&b);
    dl_pool_close(pool);
}

static void test_arena_vectors(void)
{
    dl_pool *pool = dl_pool_open(8 << 20);
    dl_arena a;
    CHECK(dl_arena_open(&a, pool));
    DL_VEC(uint64_t) xs = { 0 }, ys = { 0 };
    for (uint64_t i = 0; i < 3000; i++) {
        CHECK(*dl_push(&a, &xs) == 0);
        xs.v[xs.n - 1] = i;
        if (i % 3 == 0) *dl_push(&a, &ys) = i * i;
    }
    bool right = xs.n == 3000 && ys.n == 1000;
    for (uint64_t i = 0; i < xs.n; i++) right &= xs.v[i] == i && (i % 3 || ys.v[i / 3] == i * i);
    CHECK(right);
    CHECK_STR(dl_copy(&a, DL_STR("copy")), "copy");
    CHECK_STR(dl_fmt(&a, "%s-%d", "x", 42), "x-42");
    CHECK(dl_copy(&a, (dl_str){ 0 }).p != NULL);
    dl_arena_close(&a);
    dl_pool_close(pool);
}

static void test_interning(void)
{
    dl_pool *pool = dl_pool_open(8 << 20);
    dl_arena a;
    CHECK(dl_arena_open(&a, pool));
    dl_intern t = { 0 };
    char word[16];
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 5000; i++) {
            int n = snprintf(word, sizeof word, "w%u", i);
            CHECK_EQ(dl_intern_id(&t, &a, (dl_str){ word, (uint32_t)n }), i + 1);
        }
    CHECK_STR(dl_intern_str(&t, 43), "w42");
    dl_intern u = { 0 };
    for (uint32_t i = 0; i < 5000; i++) {                          /* a known word takes no memory, however full the table is: one may go back to a mark behind it */
        int n = snprintf(word, sizeof word, "u%u", i);
        dl_intern_id(&u, &a, (dl_str){ word, (uint32_t)n });
        dl_marker m = dl_mark(&a);
        CHECK_EQ(dl_intern_id(&u, &a, DL_STR("u0")), 1);
        dl_marker now = dl_mark(&a);
        CHECK(memcmp(&m, &now, sizeof m) == 0);
    }
    dl_arena_close(&a);
    dl_pool_close(pool);
}

/* ---- buffers -------------------------------------------------------------------------------------------------------- */

static void test_buffers(void)
{
    dl_buf b;
    dl_buf_init(&b, 0);
    static const struct { int64_t v; int d; const char *z; } t[] = {
        { 5058907, 5, "50.58907" }, { 5000, 3, "5.0" }, { -5, 1, "-0.5" }, { 0, 3, "0.0" }, { 120, 2, "1.2" }, { 7, 0, "7.0" }, { -1, 6, "-0.000001" }, { INT64_MIN, 19, "-0.9223372036854775808" },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        dl_buf_clear(&b);
        dl_putfix(&b, t[i].v, t[i].d);
        CHECK_STR(dl_buf_str(&b), t[i].z);
    }
    dl_buf_clear(&b);
    dl_putint(&b, INT64_MIN);
    dl_putc(&b, ' ');
    dl_putf(&b, "%s %d", "and", 5);
    dl_putz(&b, "!");
    CHECK_STR(dl_buf_str(&b), "-9223372036854775808 and 5!");
    dl_buf_free(&b);

    dl_buf_init(&b, 5);
    dl_putz(&b, "abc");
    dl_putz(&b, "def");
    dl_putz(&b, "g");
    CHECK(b.failed && b.n == 3 && strcmp(b.p, "abc") == 0);
    dl_buf_free(&b);
}

/* ---- hashes --------------------------------------------------------------------------------------------------------- */

static void test_hash64(void)
{
    uint64_t seed = 7;
    unsigned char data[80];
    for (size_t i = 0; i < sizeof data; i++) data[i] = (unsigned char)test_random(&seed);
    for (size_t n = 0; n <= 64; n++) {
        uint64_t h = dl_hash64(data, n, 0);
        CHECK(h == dl_hash64(data, n, 0) && h != dl_hash64(data, n, 1) && h != dl_hash64(data, n + 1, 0));
        int least = 64;
        for (size_t bit = 0; bit < n * 8; bit++) {       /* one bit of input moves many bits of output */
            data[bit / 8] ^= (unsigned char)(1u << bit % 8);
            int moved = __builtin_popcountll(h ^ dl_hash64(data, n, 0));
            data[bit / 8] ^= (unsigned char)(1u << bit % 8);
            if (moved < least) least = moved;
        }
        CHECK(n == 0 || least >= 10);
    }
    CHECK_EQ(dl_hash64("", 0, 0), 8307247587212948011);  /* the same on every machine: packs carry it */
    CHECK_EQ(dl_hash64("dateline", 8, 0), 2474475862416324274);
    CHECK_EQ(dl_hash64("a report of seventeen and more bytes", 36, 5), 6533272123144529508);
}

static void sha(const char *z, size_t times, size_t piece, char out[65])
{
    dl_sha256 s;
    dl_sha256_init(&s);
    for (size_t k = 0; k < times; k++)
        for (size_t i = 0, n = strlen(z); i < n; i += piece) dl_sha256_add(&s, z + i, n - i < piece ? n - i : piece);
    dl_sha256_hex(&s, out);
}

static void test_sha256(void)
{
    static const struct { const char *z; size_t times; const char *hex; } t[] = {        /* FIPS 180-4 and its examples */
        { "", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
        { "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", 1,
          "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
        { "aaaaaaaaaaaaaaaaaaaa", 50000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        for (size_t piece = 1; piece < 120; piece += i == 4 ? 60 : 7) {
            char hex[65];
            sha(t[i].z, t[i].times, piece, hex);
            CHECK_STR(dl_str_of(hex), t[i].hex);
        }
}

/* ---- days ----------------------------------------------------------------------------------------------------------- */

/* Every day of 800 years against a loop that only knows how long a month is. */
static void test_days_exhaustive(void)
{
    dl_day day = dl_day_of(1600, 1, 1);
    int weekday = 6;                                 /* 1600-01-01 was a Saturday */
    CHECK_EQ(day, -135140);
    CHECK_EQ(dl_day_of(1970, 1, 1), 0);
    for (int y = 1600; y <= 2400; y++)
        for (int m = 1; m <= 12; m++)
            for (int d = 1; d <= dl_month_days(y, m); d++, day++, weekday = weekday % 7 + 1) {
                dl_date t = dl_date_of(day);
                CHECK(dl_day_of(y, m, d) == day && t.y == y && t.m == m && t.d == d && dl_weekday(day) == weekday);
                int iy, iw;
                dl_iso_week(day, &iy, &iw);
                CHECK(dl_iso_week_monday(iy, iw) == day - weekday + 1 && iw >= 1 && iw <= 53);
            }
    CHECK(dl_leap(2000) && !dl_leap(1900) && dl_leap(2016) && !dl_leap(2015));
    CHECK(dl_day_of(2015, 2, 29) == DL_NO_DAY && dl_day_of(2015, 13, 1) == DL_NO_DAY && dl_day_of(2015, 0, 1) == DL_NO_DAY && dl_day_of(2015, 1, 0) == DL_NO_DAY);
}

static void test_weeks_and_months(void)
{
    static const int t[][5] = { { 2015, 12, 31, 2015, 53 }, { 2016, 1, 1, 2015, 53 }, { 2016, 1, 4, 2016, 1 }, { 2018, 12, 31, 2019, 1 }, { 2021, 1, 3, 2020, 53 } };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int y, w;
        dl_iso_week(dl_day_of(t[i][0], t[i][1], t[i][2]), &y, &w);
        CHECK(y == t[i][3] && w == t[i][4]);
    }
    CHECK_EQ(dl_add_months(dl_day_of(2015, 1, 31), 1), dl_day_of(2015, 2, 28));
    CHECK_EQ(dl_add_months(dl_day_of(2016, 3, 31), -1), dl_day_of(2016, 2, 29));
    CHECK_EQ(dl_add_months(dl_day_of(2015, 1, 15), -13), dl_day_of(2013, 12, 15));
    CHECK_EQ(dl_add_months(dl_day_of(2015, 12, 1), 1), dl_day_of(2016, 1, 1));
    CHECK_EQ(dl_add_months(DL_NO_DAY, 1), DL_NO_DAY);
}

static void test_day_parse(void)
{
    static const char *const same[] = {              /* all 2015-01-26 */
        "2015-01-26", "2015-01-26T10:15:00Z", "2015-01-26 10:15:00+01:00", " 2015/1/26 ", "20150126", "20150126101500", "20150126T101500Z", "Mon, 26 Jan 2015 10:15:00 GMT",
        "Mon, 26 Jan 2015 10:15:00 +0000", "Mon, 26 Jan 15 10:15:00 EST", "January 26, 2015", "Jan. 26, 2015", "26 January 2015", "January 26th, 2015 at 5:30 p.m.", "Monday, 26 January 2015",
        "Mon Jan 26 10:15:00 +0000 2015", "Mon Jan 26 10:15:00 2015", "26-Jan-2015", "JANUARY 26 2015", "1422267300", "1422267300000", "1422267300.5", "1422267300000000", "1422267300000000000",
    };
    static const char *const none[] = {
        "", "None", "null", "NaN", "0000-00-00", "0000-00-00 00:00:00", "2015-13-01", "2015-02-30", "20151341", "01/26/2015", "26.01.2015", "2015", "January 2015", "Monday", "12:30", "-1", "99999999999999999999",
        "in May the report of 2015 said a great deal, and nobody could tell which of its 26 days were meant by it",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char out[16];
        dl_day_iso(dl_day_parse(dl_str_of(same[i])), out);
        CHECK_STR(dl_str_of(out), "2015-01-26");
        if (strcmp(out, "2015-01-26")) TEST_SAY("      from %s", same[i]);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) CHECK_EQ(dl_day_parse(dl_str_of(none[i])), DL_NO_DAY);
    CHECK_EQ(dl_day_parse(DL_STR("Sept 11, 2001")), dl_day_of(2001, 9, 11));
    char out[16];
    dl_day_iso(DL_NO_DAY, out);
    CHECK_STR(dl_str_of(out), "");
    dl_day_iso(dl_day_of(-44, 3, 15), out);
    CHECK_STR(dl_str_of(out), "-0044-03-15");
}

/* ---- files ---------------------------------------------------------------------------------------------------------- */

static char *in_folder(char *out, const char *folder, const char *name)
{
    snprintf(out, 200, "%.100s/%s", folder, name);
    return out;
}

static void test_files(void)
{
    char folder[] = "/tmp/dateline-test-XXXXXX", path[200];
    dl_error e = { 0 };
    CHECK(mkdtemp(folder) != NULL);
    for (size_t n = 0; n < 3; n++) {
        dl_file f;
        CHECK(dl_file_write(in_folder(path, folder, "b"), "xy", n, &e));
        CHECK(dl_file_open(&f, path, &e) && f.n == n && f.p && memcmp(f.p, "xy", n) == 0);
        dl_file_close(&f);
    }
    CHECK(dl_file_write(in_folder(path, folder, "a-b"), "", 0, &e) && dl_file_write(in_folder(path, folder, ".hidden"), "", 0, &e));
    char below[200];
    snprintf(path, sizeof path, "mkdir %s/a && touch %s/a/z", folder, folder);
    CHECK(system(path) == 0);
    dl_paths paths = { 0 };
    CHECK(dl_walk(folder, &paths, &e));
    CHECK_EQ(paths.n, 3);
    if (paths.n == 3) {
        CHECK_STR(dl_str_of(paths.v[0]), in_folder(below, folder, "a-b"));
        CHECK_STR(dl_str_of(paths.v[1]), in_folder(below, folder, "a/z"));
        CHECK_STR(dl_str_of(paths.v[2]), in_folder(below, folder, "b"));
    }
    dl_paths_free(&paths);
    CHECK(!dl_walk("/nowhere/at/all", &paths, &e) && e.code == DL_ENOENT && paths.n == 0);
    dl_file f;
    CHECK(!dl_file_open(&f, folder, &e) && e.code == DL_EREAD && strcmp(e.file, folder) == 0);
    CHECK(!dl_file_write("/nowhere/at/all", "x", 1, &e) && e.code == DL_EWRITE);
    CHECK(dl_file_write("/dev/null", "x", 1, &e) && dl_file_open(&f, "/dev/null", &e) && f.n == 0);
    dl_file_close(&f);
    snprintf(path, sizeof path, "rm -r %s", folder);
    CHECK(system(path) == 0);
}

/* ---- errors --------------------------------------------------------------------------------------------------------- */

static void shown(const dl_error *e, const char *want)
{
    char text[1200];
    CHECK_EQ(dl_error_text(e, text, sizeof text), strlen(want));
    CHECK_STR(dl_str_of(text), want);
}

static void test_error_caret(void)
{
    dl_error e = { 0 };
    dl_fail_at(&e, DL_ESYNTAX, "verbs.code", 212, 11, 5, DL_STR("detonate  1831x  + @explosive\r\n"), "unknown code '%s'", "1831x");
    shown(&e, "verbs.code:212:11: unknown code '1831x'\n    detonate  1831x  + @explosive\n              ^~~~~");
    dl_fail_at(&e, DL_ESYNTAX, "f", 1, 3, 1, DL_STR("\t\tx"), "here");
    shown(&e, "f:1:3: here\n    \t\tx\n    \t\t^");
    dl_fail_at(&e, DL_ESYNTAX, "f", 1, 4, 2, DL_STR("\xC3\xA9\xE6\x97\xA5 \xE6\x97\xA5\xE6\x97\xA5"), "wide");           /* é日 日日: two columns each */
    shown(&e, "f:1:4: wide\n    \xC3\xA9\xE6\x97\xA5 \xE6\x97\xA5\xE6\x97\xA5\n        ^~~~");
    dl_fail_at(&e, DL_ESYNTAX, "f", 9, 3, 0, DL_STR("e\xCC\x81x"), "a mark takes no column");
    shown(&e, "f:9:3: a mark takes no column\n    e\xCC\x81x\n     ^");
    dl_fail_at(&e, DL_ESYNTAX, "f", 9, 4, 3, DL_STR("abc"), "at the end");
    shown(&e, "f:9:4: at the end\n    abc\n       ^");
    dl_fail_at(&e, DL_ESYNTAX, "f", 9, 40, 3, DL_STR("a\033[31m"), "beyond");
    shown(&e, "f:9:40: beyond\n    a [31m");
    dl_fail_in(&e, DL_ESYNTAX, "f", DL_STR("one\nt\xC3\xA9 three\nfour"), (dl_span){ 8, 13 }, "third");
    shown(&e, "f:2:4: third\n    t\xC3\xA9 three\n       ^~~~~");
    dl_fail(&e, DL_EARG, "no such verb '%s'", "x");
    shown(&e, "no such verb 'x'");
    dl_fail_file(&e, DL_ENOENT, "a.txt", 2, "cannot open");
    shown(&e, "a.txt: cannot open: no such file or directory");
    dl_fail(NULL, DL_EARG, "nobody listens");
    dl_fail_at(NULL, DL_EARG, "f", 1, 1, 1, DL_STR(""), "nobody listens");
}

static void test_error_cut(void)
{
    dl_error e = { 0 };
    char longest[600], out[8];
    memset(longest, 'a', sizeof longest);
    for (size_t i = 1; i + 1 < sizeof longest; i += 2) longest[i] = '\xC3', longest[i + 1] = '\xA9';
    longest[599] = 0;
    dl_fail(&e, DL_EARG, "%.*s", (int)sizeof longest, longest);
    CHECK_EQ(strlen(e.message), 255);                /* 'a' and 127 characters of two bytes */
    dl_fail_at(&e, DL_ESYNTAX, longest + 1, 1, 1, 1, (dl_str){ longest + 1, 598 }, "x%.0s", "");
    CHECK_EQ(strlen(e.source), 254);
    CHECK_EQ(dl_error_text(&e, out, sizeof out), 6);
    CHECK_EQ(dl_error_text(&e, NULL, 0), 0);
}

int main(void)
{
    TEST(test_slices);
    TEST(test_integers);
    TEST(test_arena_zeroed);
    TEST(test_arena_poison);
    TEST(test_arena_full);
    TEST(test_arena_lives);
    TEST(test_arena_vectors);
    TEST(test_interning);
    TEST(test_buffers);
    TEST(test_hash64);
    TEST(test_sha256);
    TEST(test_days_exhaustive);
    TEST(test_weeks_and_months);
    TEST(test_day_parse);
    TEST(test_files);
    TEST(test_error_caret);
    TEST(test_error_cut);
    return test_end();
}
