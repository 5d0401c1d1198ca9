/* jobs.h - the only threads: reports in parallel, results in input order.
 *
 * next() is called by one thread at a time, in order; work() runs on any thread with that thread's own worker state; done() is called
 * in input order, one at a time. Memory is bounded: at most 4 items a thread, or `together`, are between next() and done(). */
#ifndef DL_BASE_JOBS_H
#define DL_BASE_JOBS_H
#include <stdbool.h>

typedef struct {
    bool  (*next)(void *shared, void **item);                   /* false: no more */
    void  (*work)(void *shared, void *worker, void *item);
    bool  (*done)(void *shared, void *item);                    /* false: stop early (a closed pipe) */
    void  (*drop)(void *shared, void *item);                    /* for what next() gave and done() never saw, after an early stop; may be NULL */
    void *(*worker_open)(void *shared);                         /* one per thread, all opened in the calling thread before the start; NULL return: failure */
    void  (*worker_close)(void *worker);                        /* in the calling thread, after the end */
    void  *shared;
    int    together;                                            /* over 1: done() is called for as many in a row as there are, up to so many a thread, so that what it needs stays in the processor's caches */
    bool  (*plenty)(void *shared);                              /* with `together`: whether the last next() had its item at once. Results of a slow stream do not wait for those behind them */
} dl_jobs;

bool dl_jobs_run(const dl_jobs *, int threads);                 /* threads <= 1: all in the calling thread. false: a worker could not be opened */
int  dl_jobs_cores(void);

#endif
