/* store_sites.c - the lines that stand in three or more stories of a site, out of a store (article/sites.h). */
#include <inttypes.h>
#include <stdlib.h>
#include "article/sites.h"
#include "base/error.h"
#include "base/hash.h"
#include "record/store.h"

/* Stories that are copies of others count once; in order of arrival. */
static const char LINES[] =
    "SELECT coalesce(r.url, ''), coalesce(r.source, ''), r.report, CAST(substr(CAST(r.text AS BLOB), p.begin + 1, p.end - p.begin) AS TEXT) FROM parts p JOIN reports r USING (report) "
    "WHERE p.kind IN ('body', 'lead', 'furniture', 'promotion', 'caption') AND p.end - p.begin < 240 AND p.report NOT IN (SELECT report FROM copies WHERE kind = 'copy') ORDER BY r.report, p.part";

typedef struct { uint64_t site, line; int64_t report; uint32_t name; } seen;         /* name: where the site's name begins in names */
typedef struct { seen *v; size_t n, cap; dl_buf names; dl_pool *pool; dl_arena mem; } tally;

static bool add(tally *t, dl_query *q)
{
    dl_marker mark = dl_mark(&t->mem);
    dl_str url = dl_copy(&t->mem, dl_query_cell(q, 0).text), source = dl_copy(&t->mem, dl_query_cell(q, 1).text);
    int64_t report = 0;
    dl_str number = dl_query_cell(q, 2).text;
    for (uint32_t i = 0; i < number.n; i++) report = report * 10 + (number.p[i] - '0');
    dl_str site = dl_site_of(&t->mem, url, source), line = dl_trim(dl_query_cell(q, 3).text);
    uint64_t h = line.n < DL_SITE_BYTES ? dl_site_line(&t->mem, line) : 0;
    bool good = true;
    if (h && site.n && dl_find(site, DL_STR("\t"), 0) < 0) {
        if (t->n == t->cap) {
            size_t cap = t->cap ? 2 * t->cap : 4096;
            seen *more = realloc(t->v, cap * sizeof *more);
            good = more != NULL;
            if (good) t->v = more, t->cap = cap;
        }
        uint64_t name = dl_hash(site);
        if (good) {
            bool before = t->n && t->v[t->n - 1].site == name;
            t->v[t->n] = (seen){ name, h, report, before ? t->v[t->n - 1].name : (uint32_t)t->names.n };
            if (!before) dl_put(&t->names, site), dl_putc(&t->names, '\0');
            t->n++;
        }
    }
    dl_reset(&t->mem, mark);
    return good && !t->names.failed;
}

static int by_line(const void *a, const void *b)
{
    const seen *x = a, *y = b;
    if (x->site != y->site) return x->site < y->site ? -1 : 1;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    return x->report < y->report ? -1 : x->report > y->report;
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* Each line that stands in enough stories; sorted. */
static bool write_pack(tally *t, dl_buf *out)
{
    dl_buf all;
    size_t n = 0;
    if (t->n) qsort(t->v, t->n, sizeof *t->v, by_line);
    dl_buf_init(&all, 0);
    for (size_t i = 0, e; i < t->n; i = e) {
        unsigned stories = 0;
        for (e = i; e < t->n && t->v[e].site == t->v[i].site && t->v[e].line == t->v[i].line; e++) stories += e == i || t->v[e].report != t->v[e - 1].report;
        if (stories < DL_SITE_STORIES) continue;
        dl_putf(&all, "%s\t%016" PRIx64 "\t%u", t->names.p + t->v[i].name, t->v[i].line, stories), dl_putc(&all, '\0');
        n++;
    }
    const char **line = calloc(n + 1, sizeof *line);
    if (!line || all.failed) { free(line); dl_buf_free(&all); return false; }
    for (size_t i = 0, at = 0; i < n; i++, at += strlen(all.p + at) + 1) line[i] = all.p + at;
    qsort(line, n, sizeof *line, by_text);
    dl_putz(out, "# dateline sites 1\n");
    for (size_t i = 0; i < n; i++) dl_putz(out, line[i]), dl_putc(out, '\n');
    free(line);
    dl_buf_free(&all);
    return !out->failed;
}

static bool tally_up(const char *path, tally *t, dl_error *err)
{
    dl_query *q = dl_query_open(path, LINES, err);
    int rc = q ? 1 : -1;
    bool room = true;
    while (q && room && (rc = dl_query_next(q, err)) == 1) room = add(t, q);
    dl_query_close(q);
    if (!room) dl_fail(err, DL_ENOMEM, "no memory for the lines of \"%s\"", path);
    return room && rc == 0;
}

bool dl_store_sites(const char *path, dl_buf *out, dl_error *err)
{
    tally t = { .v = NULL };
    dl_buf_init(&t.names, 0);
    t.pool = dl_pool_open((size_t)1 << 28);
    bool open = t.pool && dl_arena_open(&t.mem, t.pool), good = open && tally_up(path, &t, err);
    if (!open || (good && !write_pack(&t, out))) dl_fail(err, DL_ENOMEM, "no memory for the lines of \"%s\"", path), good = false;
    if (open) dl_arena_close(&t.mem);
    dl_pool_close(t.pool);
    dl_buf_free(&t.names);
    free(t.v);
    return good;
}
