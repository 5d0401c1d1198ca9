/* test_jobs.c - reports in parallel, results in input order, bounded; early stops; workers that cannot be opened. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "base/jobs.h"
#include "test.h"

enum { ITEMS = 2000 };

typedef struct { int number; uint64_t result; } item;
typedef struct {
    int        read, given, stop_at, dropped, opened, closed, refuse;
    bool       in_order;
    atomic_int row, between, most_between, in_next, in_done;
    int        slow, in_a_row;                 /* milliseconds that next() takes, of few items then; the most done() in a row, without a next() between them */
    bool       alone;                                /* never two threads in next(), nor two in done() */
} shop;

static bool next(void *shared, void **out)
{
    shop *s = shared;
    if (atomic_fetch_add(&s->in_next, 1) != 0) s->alone = false;
    item *x = s->read < (s->slow ? 50 : ITEMS) ? malloc(sizeof *x) : NULL;
    if (s->slow) nanosleep(&(struct timespec){ 0, s->slow * 1000000 }, NULL);
    atomic_store(&s->row, 0);
    if (x) {
        *x = (item){ .number = s->read++ };
        int now = atomic_fetch_add(&s->between, 1) + 1;
        if (now > atomic_load(&s->most_between)) atomic_store(&s->most_between, now);
        *out = x;
    }
    atomic_fetch_sub(&s->in_next, 1);
    return x != NULL;
}

/* Work of uneven length, so that results come out of order. */
static void work(void *shared, void *worker, void *in)
{
    (void)shared;
    item *x = in;
    uint64_t seed = (uint64_t)x->number;
    for (uint32_t i = 0, n = test_below(&seed, 200); i < n; i++) x->result += test_random(&seed);
    if (x->number % 7 == 0) sched_yield();
    if (worker) ++*(int *)worker;
}

static bool done(void *shared, void *in)
{
    shop *s = shared;
    if (atomic_fetch_add(&s->in_done, 1) != 0) s->alone = false;
    item *x = in;
    if (x->number != s->given++) s->in_order = false;
    int row = atomic_fetch_add(&s->row, 1) + 1;
    if (row > s->in_a_row) s->in_a_row = row;
    atomic_fetch_sub(&s->between, 1);
    free(x);
    atomic_fetch_sub(&s->in_done, 1);
    return s->given != s->stop_at;
}

static void drop(void *shared, void *in)
{
    ((shop *)shared)->dropped++;
    free(in);
}

static void *worker_open(void *shared)
{
    shop *s = shared;
    return ++s->opened == s->refuse ? NULL : calloc(1, sizeof(int));
}

static bool plenty(void *shared) { return !((shop *)shared)->slow; }

static int closed, worked;
static void worker_close(void *worker)
{
    closed++;
    worked += *(int *)worker;
    free(worker);
}

static bool run_together(shop *s, int threads, int together)
{
    dl_jobs jobs = { next, work, done, drop, worker_open, worker_close, s, together, plenty };
    s->in_order = s->alone = true;
    closed = worked = 0;
    return dl_jobs_run(&jobs, threads);
}

static bool run(shop *s, int threads) { return run_together(s, threads, 0); }

static void test_order(void)
{
    static const int threads[] = { 1, 2, 4, 16, 0, -3 };
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        shop s = { 0 };
        int n = threads[i] < 1 ? 1 : threads[i];
        CHECK(run(&s, threads[i]));
        CHECK(s.in_order && s.alone);
        CHECK_EQ(s.given, ITEMS);
        CHECK(s.dropped == 0 && s.opened == n && closed == n && worked == ITEMS && s.most_between <= 4 * n);
    }
}

static void test_together(void)
{
    for (int threads = 1; threads <= 4; threads *= 2) {
        shop s = { 0 };
        CHECK(run_together(&s, threads, 16));
        CHECK(s.in_order && s.alone && s.given == ITEMS && s.dropped == 0 && worked == ITEMS && s.most_between <= 16 * threads);
        CHECK(s.in_a_row > 4);
        shop slow = { .slow = 3 };                   /* each next() waits: no result waits for the one behind it */
        CHECK(run_together(&slow, threads, 16));
        CHECK(slow.in_order && slow.alone && slow.given == slow.read && slow.most_between <= threads);
    }
}

static void test_early_stop(void)
{
    for (int threads = 1; threads <= 4; threads *= 2) {
        shop s = { .stop_at = 100 };
        CHECK(run(&s, threads));
        CHECK(s.in_order && s.alone && s.given == 100 && s.given + s.dropped == s.read && s.dropped <= 4 * threads && closed == threads);
    }
}

static void test_worker_refused(void)
{
    shop s = { .refuse = 3 };
    CHECK(!run(&s, 4));
    CHECK(s.read == 0 && s.opened == 3 && closed == 2);
}

static void test_no_workers(void)
{
    shop s = { .in_order = true, .alone = true };
    dl_jobs jobs = { .next = next, .work = work, .done = done, .shared = &s };
    CHECK(dl_jobs_run(&jobs, 2) && s.given == ITEMS && s.in_order);
    CHECK(dl_jobs_cores() >= 1);
}

int main(void)
{
    TEST(test_order);
    TEST(test_together);
    TEST(test_early_stop);
    TEST(test_worker_refused);
    TEST(test_no_workers);
    return test_end();
}
