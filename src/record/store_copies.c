/* store_copies.c - which reports of a store are copies of earlier ones, or later versions of them (article/copies.h): one witness, however many copies.
 *
 * Done as each report is stored, in order of arrival, within its transaction: what it prints like is kept (prints, bands), earlier reports that share a print are compared with it, and the nearest one is told in
 * `copies`. A report that takes the place of an older one is compared anew, and so are those that were copies of the older one. No record depends on it.
 */
#include <stdlib.h>
#include "article/copies.h"
#include "base/hash.h"
#include "record/store.h"

#define LIKE "SELECT o.report FROM prints p JOIN prints o ON o.body = p.body WHERE p.report = ?1 AND o.report > ?1 " \
             "UNION SELECT o.report FROM prints p JOIN prints o ON o.address = p.address WHERE p.report = ?1 AND o.report > ?1"

const char *const dl_store_questions[DL_ASK_N] = {
    [DL_ASK_ADDRESS] = "SELECT min(report) FROM prints WHERE address = ?1 AND report < ?2",
    [DL_ASK_BODY]    = "SELECT min(report) FROM prints WHERE body = ?1 AND words = ?2 AND report < ?3",
    [DL_ASK_BANDS]   = "SELECT report FROM bands WHERE key = ?1 AND report < ?2 ORDER BY report DESC LIMIT 16",
    [DL_ASK_TEXT]    = "SELECT text FROM reports WHERE report = ?1",
    [DL_ASK_STORY]   = "SELECT begin, end FROM parts WHERE report = ?1 AND kind IN ('body', 'lead') ORDER BY part",
    [DL_ASK_PRINTS]  = "SELECT address, body, words, day, trace FROM prints WHERE report = ?1",
    [DL_ASK_FIRST]   = "SELECT first FROM copies WHERE report = ?1",
    [DL_ASK_THOSE]   = "SELECT report FROM copies WHERE first = ?1 UNION SELECT report FROM copies WHERE earlier = ?1",
    [DL_ASK_LIKE]    = LIKE,
    [DL_ASK_LATER]   = "SELECT report FROM bands WHERE key = ?1 AND report > ?2",
    [DL_ASK_BAND]    = "INSERT OR IGNORE INTO bands VALUES(?1, ?2)",
    [DL_ASK_UNLINK]  = "DELETE FROM copies WHERE report = ?1",
};

enum { CANDIDATES = 24 };
typedef struct { int64_t address, body, words, day; bool addressed, dated, traced; dl_copy_trace trace; } prints;
typedef struct { int64_t report; const char *kind, *how; dl_copy_match match; } nearest;
typedef struct { dl_store *s; dl_arena *scratch; int64_t report; prints own; dl_copy_text text; dl_str words; uint32_t key[DL_COPY_BANDS], keys; nearest best; } search;      /* words: the report's text */

static bool ask_one(dl_store *s, dl_question q, const int64_t *given, int n, int64_t *answer)
{
    dl_store_ask(s, q, given, n);
    bool any = dl_store_answer(s, q) && !dl_store_answer_null(s, q, 0);
    if (any) *answer = dl_store_answer_int(s, q, 0);
    dl_store_asked(s, q);
    return any;
}

/* ---- what a report prints like ---- */

static int64_t positive(uint64_t h) { return (int64_t)(h >> 1); }

static prints prints_of(dl_arena *scratch, const dl_article *a, const dl_copy_text *t, const dl_copy_sketch *sketch)
{
    dl_str url = dl_canonical_url(scratch, a->url);
    bool page = url.n && dl_find(url, DL_STR("/"), 0) >= 0;                 /* the address of a whole site tells nothing */
    return (prints){ page ? positive(dl_hash(url)) : 0, positive(t->body), t->n, a->published, page, a->published != DL_NO_DAY, true, dl_copy_trace_of(sketch) };
}

/* Done with a question that writes. */
static void tell(dl_store *s, dl_question q, const int64_t *given, int n)
{
    dl_store_ask(s, q, given, n);
    dl_store_answer(s, q);
    dl_store_asked(s, q);
}

static void put_prints(const search *x)
{
    dl_store *s = x->s;
    const prints *p = &x->own;
    char keys[DL_COPY_BANDS * 11 + 2] = "[";
    int at = 1;
    for (uint32_t i = 0; i < x->keys; i++) at += snprintf(keys + at, sizeof keys - (size_t)at, "%s%u", i ? "," : "", x->key[i]);
    snprintf(keys + at, sizeof keys - (size_t)at, "]");
    dl_row(s, DL_TABLE_prints);
    if (p->addressed) dl_row_int(s, p->address); else dl_row_null(s);
    dl_row_int(s, p->body), dl_row_int(s, p->words);
    if (p->dated) dl_row_int(s, p->day); else dl_row_null(s);
    dl_row_blob(s, (dl_str){ (const char *)p->trace.slot, sizeof p->trace.slot }), dl_row_str(s, dl_str_of(keys));
    dl_row_end(s), dl_rows_done(s);
    for (uint32_t i = 0; i < x->keys; i++) tell(s, DL_ASK_BAND, (const int64_t[]){ x->key[i], x->report }, 2);
}

static prints stored_prints(dl_store *s, int64_t report)
{
    prints p = { 0 };
    dl_store_ask(s, DL_ASK_PRINTS, &report, 1);
    if (dl_store_answer(s, DL_ASK_PRINTS)) {
        p = (prints){ dl_store_answer_int(s, DL_ASK_PRINTS, 0), dl_store_answer_int(s, DL_ASK_PRINTS, 1), dl_store_answer_int(s, DL_ASK_PRINTS, 2), dl_store_answer_int(s, DL_ASK_PRINTS, 3), .traced = false };
        p.addressed = !dl_store_answer_null(s, DL_ASK_PRINTS, 0), p.dated = !dl_store_answer_null(s, DL_ASK_PRINTS, 3);
        dl_str trace = dl_store_answer_blob(s, DL_ASK_PRINTS, 4);
        if (trace.n == sizeof p.trace.slot) p.traced = true, memcpy(p.trace.slot, trace.p, trace.n);
    }
    dl_store_asked(s, DL_ASK_PRINTS);
    return p;
}

static dl_copy_text stored_words(dl_store *s, dl_arena *scratch, int64_t report, dl_str *text)
{
    DL_VEC(dl_span) story = { NULL, 0, 0 };
    *text = DL_STR("");
    dl_store_ask(s, DL_ASK_STORY, &report, 1);
    while (dl_store_answer(s, DL_ASK_STORY)) *dl_push(scratch, &story) = (dl_span){ (uint32_t)dl_store_answer_int(s, DL_ASK_STORY, 0), (uint32_t)dl_store_answer_int(s, DL_ASK_STORY, 1) };
    dl_store_asked(s, DL_ASK_STORY);
    dl_store_ask(s, DL_ASK_TEXT, &report, 1);
    if (dl_store_answer(s, DL_ASK_TEXT)) *text = dl_copy(scratch, dl_store_answer_str(s, DL_ASK_TEXT, 0));
    dl_store_asked(s, DL_ASK_TEXT);
    return dl_copy_words(scratch, *text, story.v, story.n);
}

/* ---- reports stored lately ---- */

/* Reports that are alike come together, so that one is compared with what came shortly before it: those are kept in memory, by number modulo LATELY. */
enum { LATELY = 4096, LATELY_WORDS = 1000 };
typedef struct { int64_t report; prints own; dl_copy_text words; } late;       /* words.v NULL: the store has them */
struct dl_lately { late v[LATELY]; };

static void keep(const search *x)
{
    struct dl_lately **l = dl_store_lately(x->s);
    const dl_copy_text *t = &x->text;
    if (!*l && !(*l = calloc(1, sizeof **l))) return;
    late *at = &(*l)->v[x->report % LATELY];
    free(at->words.v);
    *at = (late){ x->report, x->own, { NULL, 0, 0 } };
    dl_copy_word *v = t->n && t->n <= LATELY_WORDS ? malloc(t->n * sizeof *v) : NULL;
    if (v) memcpy(v, t->v, t->n * sizeof *v), at->words = (dl_copy_text){ v, t->n, t->body };
}

void dl_lately_free(struct dl_lately *l)
{
    for (int i = 0; l && i < LATELY; i++) free(l->v[i].words.v);
    free(l);
}

static const late *lately(dl_store *s, int64_t report)
{
    const struct dl_lately *l = *dl_store_lately(s);
    return l && l->v[report % LATELY].report == report ? &l->v[report % LATELY] : NULL;
}

/* ---- the nearest one ---- */

/* Those that only share bands may be told apart by their traces, without their words. */
static void consider(search *x, int64_t report, const char *how)
{
    const late *l = lately(x->s, report);
    const prints other = l ? l->own : stored_prints(x->s, report), *own = &x->own;
    bool address = !strcmp(how, "address"), bands = !strcmp(how, "runs");
    if (bands && own->traced && other.traced && dl_copy_apart(&own->trace, (uint32_t)own->words, &other.trace, (uint32_t)other.words)) return;
    dl_marker mark = dl_mark(x->scratch);
    dl_str text;
    dl_copy_text words = l && l->words.v ? l->words : stored_words(x->s, x->scratch, report, &text);
    dl_copy_match m = dl_copy_compare(x->scratch, &words, &x->text);
    dl_reset(x->scratch, mark);
    bool like = m.share >= DL_COPY_SHARE;
    int64_t days = own->dated && other.dated ? own->day - other.day : 0;
    if (!address && (!like || days > DL_COPY_DAYS || days < -DL_COPY_DAYS) && !m.equal) return;
    if (x->best.report && m.share <= x->best.match.share) return;
    x->best = (nearest){ report, m.changed || !like ? "revision" : "copy", how, m };
}

static void put_copy(search *x)
{
    const nearest *b = &x->best;
    int64_t first = b->report;
    ask_one(x->s, DL_ASK_FIRST, &b->report, 1, &first);
    dl_row(x->s, DL_TABLE_copies);
    dl_row_int(x->s, first), dl_row_int(x->s, b->report), dl_row_str(x->s, dl_str_of(b->kind)), dl_row_str(x->s, dl_str_of(b->how)), dl_row_int(x->s, b->match.share);
    if (b->match.changed) {
        dl_str was;
        stored_words(x->s, x->scratch, b->report, &was);
        dl_row_str(x->s, dl_at(was, b->match.was)), dl_row_str(x->s, dl_at(x->words, b->match.now)), dl_row_int(x->s, b->match.now.b), dl_row_int(x->s, b->match.now.e);
    } else for (int i = 0; i < 4; i++) dl_row_null(x->s);
    dl_row_end(x->s), dl_rows_done(x->s);
}

typedef struct { int64_t report; uint32_t bands; } candidate;

static int by_report(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    return (x->report > y->report) - (x->report < y->report);
}

static int most_bands(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    return x->bands != y->bands ? (x->bands < y->bands ? 1 : -1) : by_report(a, b);
}

/* Earlier reports that share bands, those that share most first; of a band that very many share, the latest. How many. */
static int candidates(search *x, candidate out[CANDIDATES])
{
    DL_VEC(candidate) v = { NULL, 0, 0 };
    for (uint32_t i = 0; i < x->keys; i++) {
        dl_store_ask(x->s, DL_ASK_BANDS, (const int64_t[]){ x->key[i], x->report }, 2);
        while (dl_store_answer(x->s, DL_ASK_BANDS)) *dl_push(x->scratch, &v) = (candidate){ dl_store_answer_int(x->s, DL_ASK_BANDS, 0), 1 };
        dl_store_asked(x->s, DL_ASK_BANDS);
    }
    uint32_t n = 0;
    if (v.n) qsort(v.v, v.n, sizeof *v.v, by_report);
    for (uint32_t i = 0; i < v.n; i++) {
        if (n && v.v[n - 1].report == v.v[i].report) v.v[n - 1].bands++;
        else v.v[n++] = v.v[i];
    }
    if (n) qsort(v.v, n, sizeof *v.v, most_bands);
    if (n > CANDIDATES) n = CANDIDATES;
    if (n) memcpy(out, v.v, n * sizeof *v.v);
    return (int)n;
}

static void link(search *x)
{
    int64_t other;
    candidate near[CANDIDATES];
    if (x->own.addressed && ask_one(x->s, DL_ASK_ADDRESS, (const int64_t[]){ x->own.address, x->report }, 2, &other)) consider(x, other, "address");
    if (x->own.words >= 5 && !x->best.report && ask_one(x->s, DL_ASK_BODY, (const int64_t[]){ x->own.body, x->own.words, x->report }, 3, &other)) consider(x, other, "words");
    for (int i = 0, n = x->best.report ? 0 : candidates(x, near); i < n; i++) consider(x, near[i].report, "runs");
    if (x->best.report) put_copy(x);
}

enum { WAITING = 256 };
typedef struct { int64_t v[WAITING]; int n; } waiting;       /* in rising order, each once */

static void wait_for(waiting *w, dl_store *s, dl_question q, const int64_t *given, int n, int64_t report)
{
    dl_store_ask(s, q, given, n);
    while (dl_store_answer(s, q) && w->n < WAITING) {
        int64_t r = dl_store_answer_int(s, q, 0);
        int k = w->n;
        while (k > 0 && w->v[k - 1] > r) k--;
        if (r <= report || (k > 0 && w->v[k - 1] == r)) continue;
        memmove(w->v + k + 1, w->v + k, (size_t)(w->n - k) * sizeof *w->v);
        w->v[k] = r, w->n++;
    }
    dl_store_asked(s, q);
}

static void sketch(search *x, dl_copy_sketch *of) { *of = dl_copy_sketch_of(&x->text), x->keys = dl_copy_bands(&x->text, of, x->key); }

static void unlink_and_link(dl_store *s, dl_arena *scratch, int64_t report)
{
    dl_marker mark = dl_mark(scratch);
    dl_copy_sketch of;
    search x = { .s = s, .scratch = scratch, .report = report, .own = stored_prints(s, report) };
    x.text = stored_words(s, scratch, report, &x.words);
    sketch(&x, &of);
    tell(s, DL_ASK_UNLINK, &report, 1);
    dl_store_turn(s, report);
    link(&x);
    dl_reset(scratch, mark);
}

/* Later reports that were copies of one that is another now, or may be copies of what it is now; and, where the first of their witness changed, those behind them. */
static void link_again(const search *x)
{
    dl_store *s = x->s;
    waiting w = { .n = 0 };
    wait_for(&w, s, DL_ASK_THOSE, &x->report, 1, x->report);
    wait_for(&w, s, DL_ASK_LIKE, &x->report, 1, x->report);
    for (uint32_t i = 0; i < x->keys; i++) wait_for(&w, s, DL_ASK_LATER, (const int64_t[]){ x->key[i], x->report }, 2, x->report);
    for (int i = 0; i < w.n; i++) {
        int64_t before = 0, after = 0;
        ask_one(s, DL_ASK_FIRST, &w.v[i], 1, &before);
        unlink_and_link(s, x->scratch, w.v[i]);
        ask_one(s, DL_ASK_FIRST, &w.v[i], 1, &after);
        if (before != after) wait_for(&w, s, DL_ASK_THOSE, &w.v[i], 1, w.v[i]);
    }
    dl_store_turn(s, x->report);
}

void dl_store_copies(dl_store *s, dl_arena *scratch, const dl_record *r, int64_t report, bool replaced)
{
    DL_VEC(dl_span) story = { NULL, 0, 0 };
    dl_marker mark = dl_mark(scratch);
    for (uint32_t i = 0; i < r->art->parts.n; i++) {
        const dl_part *p = &r->art->parts.v[i];
        if (p->kind == DL_PART_body || p->kind == DL_PART_lead) *dl_push(scratch, &story) = p->at;
    }
    dl_copy_sketch of;
    search x = { .s = s, .scratch = scratch, .report = report, .words = r->art->text };
    x.text = dl_copy_words(scratch, r->art->text, story.v, story.n);
    sketch(&x, &of);
    x.own = prints_of(scratch, r->art, &x.text, &of);
    put_prints(&x);
    keep(&x);
    if (!r->art->degraded) link(&x);
    if (replaced) link_again(&x);
    dl_reset(scratch, mark);
}
