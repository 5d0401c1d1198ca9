/* test.h - a test program in one header: named tests, checks that go on, and a generator of numbers for property tests.
 *
 *     static void test_sums(void) { CHECK(1 + 1 == 2); CHECK_EQ(2 * 2, 4); CHECK_STR(word, "four"); }
 *     int main(int argc, char **argv) { TEST(test_sums); return test_end(); }
 *
 * Prints "ok NAME" or "not ok NAME" for each test, below it what failed; tools/run-tests.sh adds these up. */
#ifndef TEST_H
#define TEST_H
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/text.h"

static int test_bad, test_bad_now;

static inline void test_failed(const char *file, int line)
{
    if (++test_bad_now <= 10) printf("    %s:%d: ", file, line);
}
/* After ten faults a test says no more: a broken property would fill the screen. */
#define TEST_SAY(...) (test_bad_now <= 10 ? (void)(printf(__VA_ARGS__), putchar('\n')) : (void)0)

#define CHECK(condition) ((condition) ? (void)0 : (test_failed(__FILE__, __LINE__), TEST_SAY("%s", #condition)))
#define CHECK_EQ(got, want) test_eq(__FILE__, __LINE__, #got, (int64_t)(got), (int64_t)(want))
#define CHECK_STR(got, want) test_str(__FILE__, __LINE__, #got, (got), dl_str_of(want))

static inline void test_eq(const char *file, int line, const char *what, int64_t got, int64_t want)
{
    if (got == want) return;
    test_failed(file, line);
    TEST_SAY("%s is %" PRId64 ", not %" PRId64, what, got, want);
}

static inline void test_str(const char *file, int line, const char *what, dl_str got, dl_str want)
{
    if (dl_eq(got, want)) return;
    test_failed(file, line);
    TEST_SAY("%s is \"%.*s\", not \"%.*s\"", what, (int)got.n, got.p ? got.p : "", (int)want.n, want.p);
}

#define TEST(function) test_run(#function, function)
static inline void test_run(const char *name, void (*function)(void))
{
    test_bad_now = 0;
    function();
    const char *shown = strncmp(name, "test_", 5) == 0 ? name + 5 : name;
    printf("%s %s\n", test_bad_now ? "not ok" : "ok", shown);
    test_bad += test_bad_now != 0;
    fflush(stdout);
}
static inline int test_end(void) { return test_bad != 0; }

/* splitmix64 (Steele, Lea, Flood): every test seeds its own, so that each fails alone as it does in company. */
static inline uint64_t test_random(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}
static inline uint32_t test_below(uint64_t *seed, uint32_t n) { return (uint32_t)(test_random(seed) % n); }

#endif
