/* review.c - see review.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/agreement.h"
#include "base/hash.h"
#include "record/told.h"
#include "record/words.h"
#include "views/export.h"
#include "views/review.h"

/* The audit is random, but not by chance: a twentieth of all keys, which are hashes. */
const char *dl_review_order(const char *kind)
{
    if (!strcmp(kind, "doubt")) return "AND a.review IS NULL ORDER BY a.confidence, a.fact";
    if (!strcmp(kind, "audit")) return "AND a.review IS NULL AND substr(a.key, 1, 2) < '0d' ORDER BY a.key";
    if (!strcmp(kind, "new")) return "AND a.review IS NULL AND e.rule NOT IN (SELECT w.rule FROM events w JOIN facts g ON g.report = w.report AND g.event = w.event WHERE g.review IS NOT NULL) ORDER BY e.rule, a.fact";
    return NULL;
}

bool dl_review_list(dl_db *d, dl_filter *f, const char *kind, int limit, bool names, dl_buf *out)
{
    char rest[512];
    dl_teller t;
    dl_told r;
    const char *order = dl_review_order(kind);
    if (!order) return dl_db_refuse(d, DL_EARG, "a queue is doubt, audit or new");
    snprintf(rest, sizeof rest, "%s LIMIT %d", order, limit);
    bool good = dl_teller_open(&t, d, f, names, rest);
    int n = 0;
    while (good && dl_teller_next(&t, &r)) {
        dl_putf(out, "%.*s v%lld  %.*s", (int)r.id.n, r.id.p, (long long)r.event, (int)r.type.n, r.type.p);
        if (r.mode.n) dl_putf(out, " %.*s", (int)r.mode.n, r.mode.p);
        dl_putf(out, ", %.*s (%lld)\n", (int)r.status.n, r.status.p, (long long)r.confidence);
        const dl_str v[] = { r.who_words, r.words, r.whom_words, r.what, r.place, r.date, r.says };
        static const char *const labels[] = { "who", "did", "whom", "what", "where", "when", "says" };
        dl_putz(out, "    ");
        for (int i = 0; i < 7; i++) if (v[i].n) dl_putf(out, "%s ", labels[i]), dl_put_flat(out, v[i], 60), dl_putz(out, "  ");
        dl_putz(out, "\n    "), dl_put_flat(out, r.sentence, 400), dl_putz(out, "\n\n");
        n++;
    }
    dl_teller_close(&t);
    if (good && !n) dl_putz(out, "nothing left to look at\n");
    else if (good) dl_putz(out, "dateline review DB accept|reject REPORT EVENT [SLOT], correct REPORT EVENT SLOT VALUE, undo DECISION\n");
    return good && dl_db_good(d);
}

bool dl_review_log(dl_db *d, dl_buf *out)
{
    dl_stmt *q = dl_db_prepare(d, "SELECT x.decision, x.decided, x.who, r.id, 'v' || f.event, x.field, x.verdict, x.old, x.new, x.undoes, x.why, EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.decision) "
                                  "FROM decisions x LEFT JOIN reports r ON r.sha256 = x.sha256 LEFT JOIN facts f ON f.report = r.report AND f.key = x.key GROUP BY 1 ORDER BY 1");
    dl_putz(out, "decision\tdecided\twho\treport\tevent\tfield\tverdict\told\tnew\tundoes\twhy\tundone\n");
    while (dl_stmt_next(d, q)) for (int i = 0; i < 12; i++) {
        dl_str v = dl_col_str(q, i);
        dl_put_cell(out, v.p ? v : DL_STR("")), dl_putc(out, i < 11 ? '\t' : '\n');
    }
    dl_stmt_free(q);
    return dl_db_good(d);
}

/* ---- agreement ---- */

/* Judgements of a field ("" for all of them), units in order. */
static bool alpha_of(dl_db *d, const char *field, dl_agreement *out)
{
    enum { ROOM = 1 << 28 };
    dl_pool *pool = dl_pool_open(ROOM);
    dl_arena mem;
    if (!pool || !dl_arena_open(&mem, pool)) { dl_pool_close(pool); return dl_db_refuse(d, DL_ENOMEM, "no memory to compare decisions"); }
    jmp_buf full;
    bool good = true;
    dl_intern units = { 0 }, values = { 0 };
    DL_VEC(dl_judgement) v = { NULL, 0, 0 };
    dl_stmt *q = dl_db_prepare(d, "SELECT key || ' ' || field, verdict || ' ' || coalesce(new, '') FROM standing s WHERE (?1 = '' OR field = ?1) "
                                  "AND decision = (SELECT max(decision) FROM standing t WHERE t.key = s.key AND t.field = s.field AND t.who = s.who) ORDER BY 1, who");
    dl_stmt_str(q, 1, dl_str_of(field));
    mem.full = &full;
    if (setjmp(full)) good = dl_db_refuse(d, DL_ENOMEM, "no memory to compare decisions");
    else {
        while (dl_stmt_next(d, q)) {
            uint32_t unit = dl_intern_id(&units, &mem, dl_col_str(q, 0)), value = dl_intern_id(&values, &mem, dl_col_str(q, 1)) - 1;
            *dl_push(&mem, &v) = (dl_judgement){ unit, value };
        }
        good = dl_alpha_of(v.v, v.n, values.strs.n, out);
    }
    dl_stmt_free(q);
    dl_arena_close(&mem);
    dl_pool_close(pool);
    return good && dl_db_good(d);
}

bool dl_review_agree(dl_db *d, dl_buf *out)
{
    dl_stmt *fields = dl_db_prepare(d, "SELECT '' UNION SELECT field FROM standing ORDER BY 1");
    bool good = true;
    dl_putz(out, "field\tunits\tjudgements\talpha\n");
    while (good && dl_stmt_next(d, fields)) {
        char field[24] = { 0 };
        dl_str f = dl_col_str(fields, 0);
        dl_agreement a = { 0 };
        memcpy(field, f.p, f.n < sizeof field ? f.n : sizeof field - 1);
        good = alpha_of(d, field, &a);
        dl_putf(out, "%s\t%u\t%u\t", field[0] ? field : "all", a.units, a.judgements);
        if (a.known) dl_put_number(out, a.alpha, 4);
        dl_putc(out, '\n');
    }
    dl_stmt_free(fields);
    int64_t seen = dl_db_number(d, "SELECT count(*) FROM facts WHERE main AND review IS NOT NULL AND substr(key, 1, 2) < '0d'"),
            right = dl_db_number(d, "SELECT count(*) FROM facts WHERE main AND review = 'accepted' AND substr(key, 1, 2) < '0d'");
    if (seen) dl_putf(out, "# of the random audit %lld events were looked at, %lld of them accepted as they are: ", (long long)seen, (long long)right), dl_put_number(out, 100.0 * (double)right / (double)seen, 1), dl_putz(out, " %\n");
    return good && dl_db_good(d);
}

/* ---- gold ---- */

static void quoted(dl_buf *b, const char *key, dl_str v)
{
    if (!v.n) return;
    dl_putf(b, "  %s \"", key);
    for (uint32_t i = 0; i < v.n; i++) dl_putc(b, v.p[i] == '"' ? '\'' : (unsigned char)v.p[i] < ' ' ? ' ' : v.p[i]);
    dl_putc(b, '"');
}

static void bare(dl_buf *b, const char *key, dl_str v) { if (v.n) dl_putf(b, "  %s ", key), dl_put(b, v); }

/* One sentence, and what people say of an event in it. Without names those of private persons are struck out, in the sentence as in what is expected of it. */
bool dl_review_gold(dl_db *d, bool names, dl_buf *out)
{
    dl_filter f;
    dl_teller t;
    dl_told r;
    bool opened = false;
    dl_filter_open(&f);
    bool good = dl_filter_add(&f, "review", "accepted", NULL) && dl_filter_add(&f, "review", "corrected", NULL) && dl_filter_add(&f, "review", "rejected", NULL) && dl_filter_add(&f, "told", "all", NULL)
             && (opened = true) && dl_teller_open(&t, d, &f, names, "ORDER BY a.fact");
    while (good && dl_teller_next(&t, &r)) {
        bool wrong = dl_is(r.review, "rejected");
        dl_putf(out, "=== %.*s v%lld, %.*s\n", (int)r.id.n, r.id.p, (long long)r.event, (int)r.review.n, r.review.p);
        if (r.published.n) dl_putz(out, "published "), dl_put(out, r.published), dl_putz(out, "\n\n");
        dl_put_flat(out, r.sentence, INT32_MAX), dl_putz(out, "\n---\n");
        if (wrong) dl_putz(out, "not ");
        dl_put(out, r.type), dl_putc(out, ' '), quoted(out, "", r.words);
        if (!wrong) quoted(out, "who", r.who_words), quoted(out, "whom", r.whom_words), quoted(out, "object", r.what), quoted(out, "place", r.place), bare(out, "mode", r.mode), bare(out, "status", r.status), bare(out, "stage", r.stage);
        dl_putz(out, "\n\n");
    }
    if (opened) dl_teller_close(&t);
    dl_filter_free(&f);
    return good && dl_db_good(d);
}
