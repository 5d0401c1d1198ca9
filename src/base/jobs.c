/* jobs.c - the only threads: reports in parallel, results in input order.
 *
 *        next()                work() on any thread              done()
 *   -----------------> [ tail  .....  ring of slots  .....  head ] ----------------->
 *     one at a time        some slots for each thread               one at a time, in order
 *
 * There is no queue of work and no separate writer: each thread, whenever it is free, does the most useful thing there
 * is to do: give out the oldest result if it is ready, else fetch and work, else wait. The calling thread is one of them,
 * so that one thread means no threads at all. Where results are to be given together, they wait until the ring is full,
 * then go out one after the other until none is ready. */
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include "base/jobs.h"

enum { SLOTS_A_THREAD = 4 };
enum { MOST_THREADS = 1024 };

typedef struct { void *item; bool ready; } slot;

typedef struct {
    const dl_jobs  *jobs;
    pthread_mutex_t lock;
    pthread_cond_t  changed;
    slot           *ring;
    size_t          size, head, tail;                /* head..tail are between next() and done() */
    bool            fetching, giving;                /* a thread is in next(), in done() */
    bool            ended, stopped;                  /* next() has no more; done() wants no more */
    bool            plenty, pouring;                 /* the last next() had its item at once; results go out until none is ready */
} board;

typedef struct { board *board; void *worker; pthread_t thread; } hand;

/* Called with the lock held, and returns with it held; the callback runs without it. */
static void give(board *b)
{
    b->giving = true;
    pthread_mutex_unlock(&b->lock);
    bool more = b->jobs->done(b->jobs->shared, b->ring[b->head % b->size].item);
    pthread_mutex_lock(&b->lock);
    b->giving = false;
    b->head++;
    if (!more) b->stopped = true;
    pthread_cond_broadcast(&b->changed);
}

static void fetch_and_work(board *b, void *worker)
{
    void *item = NULL;
    b->fetching = true;
    pthread_mutex_unlock(&b->lock);
    bool got = b->jobs->next(b->jobs->shared, &item), plenty = got && b->jobs->plenty && b->jobs->plenty(b->jobs->shared);
    pthread_mutex_lock(&b->lock);
    b->fetching = false, b->plenty = plenty;
    if (!got) b->ended = true;
    pthread_cond_broadcast(&b->changed);
    if (!got) return;

    slot *s = &b->ring[b->tail++ % b->size];
    *s = (slot){ .item = item };
    if (!b->stopped) {                               /* else it will be dropped: no need to work */
        pthread_mutex_unlock(&b->lock);
        b->jobs->work(b->jobs->shared, worker, item);
        pthread_mutex_lock(&b->lock);
    }
    s->ready = true;
    pthread_cond_broadcast(&b->changed);
}

/* Whether the oldest result, which is ready, is to go out before anything else is done. */
static bool due(board *b)
{
    if (b->jobs->together < 2 || !b->plenty || b->ended || b->tail - b->head == b->size) b->pouring = true;
    return b->pouring;
}

static void *run(void *arg)
{
    hand *h = arg;
    board *b = h->board;
    pthread_mutex_lock(&b->lock);
    while (!b->stopped && !(b->ended && b->head == b->tail)) {
        bool ready = !b->giving && b->head < b->tail && b->ring[b->head % b->size].ready;
        if (!b->giving && !ready) b->pouring = false;
        if (ready && due(b)) give(b);
        else if (!b->fetching && !b->ended && b->tail - b->head < b->size) fetch_and_work(b, h->worker);
        else if (ready) give(b);
        else pthread_cond_wait(&b->changed, &b->lock);
    }
    pthread_mutex_unlock(&b->lock);
    return NULL;
}

static void close_workers(const dl_jobs *jobs, hand *hands, int n)
{
    for (int i = 0; i < n; i++)
        if (jobs->worker_close) jobs->worker_close(hands[i].worker);
}

static bool open_workers(const dl_jobs *jobs, hand *hands, int n, board *b)
{
    for (int i = 0; i < n; i++) {
        hands[i].board = b;
        if (!jobs->worker_open) continue;
        hands[i].worker = jobs->worker_open(jobs->shared);
        if (!hands[i].worker) {
            close_workers(jobs, hands, i);
            return false;
        }
    }
    return true;
}

/* Where the system gives fewer threads than asked for, those it gives do all the work. */
static void run_all(hand *hands, int n)
{
    int started = 1;
    while (started < n && pthread_create(&hands[started].thread, NULL, run, &hands[started]) == 0) started++;
    run(&hands[0]);
    for (int i = 1; i < started; i++) pthread_join(hands[i].thread, NULL);
}

bool dl_jobs_run(const dl_jobs *jobs, int threads)
{
    if (threads < 1) threads = 1;
    if (threads > MOST_THREADS) threads = MOST_THREADS;
    board b = { .jobs = jobs, .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER, .size = (size_t)threads * (size_t)(jobs->together > SLOTS_A_THREAD ? jobs->together : SLOTS_A_THREAD) };
    hand *hands = calloc((size_t)threads, sizeof *hands);
    b.ring = calloc(b.size, sizeof *b.ring);
    bool ok = hands && b.ring && open_workers(jobs, hands, threads, &b);
    if (ok) {
        run_all(hands, threads);
        for (; b.head < b.tail; b.head++)
            if (jobs->drop) jobs->drop(jobs->shared, b.ring[b.head % b.size].item);
        close_workers(jobs, hands, threads);
    }
    pthread_cond_destroy(&b.changed);
    pthread_mutex_destroy(&b.lock);
    free(b.ring);
    free(hands);
    return ok;
}

int dl_jobs_cores(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n > 0 ? n : 1;
}
