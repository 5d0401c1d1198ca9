/* filter.c - see filter.h. A filter becomes a WHERE over `facts a`, every value bound, none ever pasted into SQL. */
#include <stdio.h>
#include <stdlib.h>
#include "base/civil.h"
#include "base/error.h"
#include "base/utf8.h"
#include "codebook/codebook.h"
#include "record/filter.h"

enum { TYPE, MODE, STATUS, STAGE, CERTAINTY, CAMEO, QUAD, COUNTRY, PLACE, BOX, SOURCE, REPORT, ACTOR, WORDS, FROM, TO, CONFIDENCE, REVIEW, TOLD, KEYS };

const dl_filter_key dl_filter_keys[] = {
    [TYPE] = { "type", "a type of event (ASSAULT)", "the deed" },
    [MODE] = { "mode", "a mode of PLOVER (raid)", "how it was done" },
    [STATUS] = { "status", "asserted, reported, alleged, possible, planned or negated", "how it is told" },
    [STAGE] = { "stage", "a stage (happened, foiled ...)", "how far it went" },
    [CERTAINTY] = { "certainty", "fact, alleged, possible, feared or denied", "how sure it is told" },
    [CAMEO] = { "cameo", "digits of a CAMEO code (19)", "codes that begin so" },
    [QUAD] = { "quad", "1, 2, 3 or 4", "verbal or material, cooperation or conflict" },
    [COUNTRY] = { "country", "two letters (BE)", "where it was" },
    [PLACE] = { "place", "a name or a part of one", "where it was" },
    [BOX] = { "box", "west,south,east,north in degrees", "where it was" },
    [SOURCE] = { "source", "an outlet's name", "who published it" },
    [REPORT] = { "report", "a report's id", "one report" },
    [ACTOR] = { "actor", "words of a name, or a code in capitals (BELCOP)", "who or whom" },
    [WORDS] = { "words", "words", "reports with all of these words" },
    [FROM] = { "from", "a day (2015-01-15), month or year", "not over before it" },
    [TO] = { "to", "a day, month or year", "begun by then" },
    [CONFIDENCE] = { "confidence", "0 to 1000", "at least so sure of the reading" },
    [REVIEW] = { "review", "none, accepted, rejected, corrected or any", "what people said of it" },
    [TOLD] = { "told", "once or all", "all: also what is told again, and copies" },
    { NULL, NULL, NULL }
};

void dl_filter_open(dl_filter *f)
{
    memset(f, 0, sizeof *f);
    dl_buf_init(&f->where, 0);
}

void dl_filter_free(dl_filter *f)
{
    for (int i = 0; i < f->n; i++) free(f->v[i].text);
    dl_buf_free(&f->where);
}

/* ---- what a key takes ---- */

static bool one_of(const char *v, const char *names)           /* names: blanks around each */
{
    char word[32];
    return strlen(v) < sizeof word - 3 && !strchr(v, ' ') && snprintf(word, sizeof word, " %s ", v) > 2 && strstr(names, word);
}

static bool is_type(const char *v)
{
    for (int t = 1; t < DL_TYPE_N; t++) if (!strcmp(v, dl_type_name((dl_type)t))) return true;
    return false;
}

static bool is_stage(const char *v)
{
    for (int t = 1; t < DL_STAGE_N; t++) if (!strcmp(v, dl_stage_name((dl_stage)t))) return true;
    return false;
}

static bool digits(const char *v, size_t most)
{
    size_t n = strspn(v, "0123456789");
    return n && n <= most && !v[n];
}

/* A whole day, or the first or last day of a month or year, as text. */
bool dl_filter_day(const char *v, bool last, char out[16])
{
    char day[16];
    size_t n = strlen(v);
    if (n == 4) snprintf(day, sizeof day, "%s-%s", v, last ? "12-31" : "01-01");
    else if (n == 7) snprintf(day, sizeof day, "%s-01", v);
    else if (n == 10) snprintf(day, sizeof day, "%s", v);
    else return false;
    dl_day d = dl_day_parse(dl_str_of(day));
    if (d == DL_NO_DAY) return false;
    if (n == 7 && last) {                                       /* to the last day of the month: the day before the next one begins */
        char next[16];
        for (int i = 0; i < 31; i++) { dl_day_iso(d + 1, next); if (strncmp(next, day, 7)) break; d++; }
    }
    dl_day_iso(d, out);
    return true;
}

static bool is_box(const char *v, double b[4])
{
    for (int i = 0; i < 4; i++) {
        size_t n = strcspn(v, ",");
        if (!dl_str_decimal((dl_str){ v, (uint32_t)n }, &b[i]) || (i < 3) != (v[n] == ',')) return false;
        v += n + (i < 3);
    }
    return b[1] <= b[3] && b[0] >= -180 && b[0] <= 180 && b[2] >= -180 && b[2] <= 180 && b[1] >= -90 && b[3] <= 90;
}

static bool fits(int key, const char *v, dl_filter_value *x)
{
    switch (key) {
    case TYPE: return is_type(v);
    case STATUS: return one_of(v, " asserted reported alleged possible planned negated ");
    case STAGE: return is_stage(v);
    case CERTAINTY: return one_of(v, " fact alleged possible feared denied ");
    case CAMEO: return digits(v, 4);
    case QUAD: return one_of(v, " 1 2 3 4 ");
    case COUNTRY: return strlen(v) == 2 && dl_alpha((unsigned char)v[0]) && dl_alpha((unsigned char)v[1]);
    case BOX: return is_box(v, x->number);
    case CONFIDENCE: return digits(v, 4) && dl_str_int(dl_str_of(v), &x->count) && x->count <= 1000;
    case REVIEW: return one_of(v, " none accepted rejected corrected any ");
    case TOLD: return one_of(v, " once all ");
    default: return v[0] != 0;
    }
}

/* The words of a question, in quotation marks, as beginnings of words: whatever stands in them is looked for, and nothing is a sign. */
static char *quoted_words(const char *v)
{
    dl_buf b;
    dl_buf_init(&b, 0);
    for (bool inside = false; ; v++) {
        bool gap = !*v || dl_space((unsigned char)*v);
        if (gap && inside) dl_putz(&b, "\"* "), inside = false;
        if (!*v) break;
        if (gap) continue;
        if (!inside) dl_putc(&b, '"'), inside = true;
        if (*v == '"') dl_putc(&b, '"');
        dl_putc(&b, *v);
    }
    dl_putc(&b, '\0');
    if (!b.failed) return b.p;
    dl_buf_free(&b);
    return NULL;
}

/* For LIKE: %, _ and \ mean themselves. */
static char *anywhere(const char *v)
{
    char *p = malloc(2 * strlen(v) + 3), *q = p;
    if (!p) return NULL;
    for (*q++ = '%'; *v; v++) {
        if (*v == '%' || *v == '_' || *v == '\\') *q++ = '\\';
        *q++ = *v;
    }
    *q++ = '%', *q = 0;
    return p;
}

static bool is_code(const char *v)
{
    size_t n = strlen(v), caps = strspn(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return n == caps && n >= 3 && n % 3 == 0;
}

static char *stored_form(int key, const char *v)
{
    char day[16];
    if (key == FROM || key == TO) return dl_filter_day(v, key == TO, day) ? strdup(day) : NULL;
    if (key == PLACE) return anywhere(v);
    if (key == WORDS || (key == ACTOR && !is_code(v))) return quoted_words(v);
    return strdup(v);
}

bool dl_filter_add(dl_filter *f, const char *key, const char *value, dl_error *err)
{
    int k = 0;
    while (k < KEYS && strcmp(dl_filter_keys[k].name, key)) k++;
    if (k == KEYS) { dl_fail(err, DL_EARG, "events are not filtered by '%s'", key); return false; }
    if (f->n == DL_FILTER_VALUES) { dl_fail(err, DL_EARG, "a filter of more than %d values", DL_FILTER_VALUES); return false; }
    dl_filter_value *x = &f->v[f->n];
    *x = (dl_filter_value){ .key = k };
    bool day = k == FROM || k == TO;
    char room[16];
    if (!dl_utf8_valid(dl_str_of(value)) || (day ? !dl_filter_day(value, false, room) : !fits(k, value, x))) {
        dl_fail(err, DL_EARG, "%s wants %s, not '%s'", key, dl_filter_keys[k].wants, value);
        return false;
    }
    if (!(x->text = stored_form(k, value))) { dl_fail(err, DL_ENOMEM, "no memory for a filter"); return false; }
    if (k == COUNTRY) for (char *p = x->text; *p; p++) *p = (char)(*p & ~32);
    f->n++;
    return true;
}

bool dl_filter_has(const dl_filter *f, const char *key)
{
    for (int i = 0; i < f->n; i++) if (!strcmp(dl_filter_keys[f->v[i].key].name, key)) return true;
    return false;
}

/* ---- SQL ---- */

/* The condition of one value; ?N is its number, ?N+1 and on are of a box. */
static void condition(dl_buf *b, const dl_filter_value *x, int n)
{
    static const char *const equal[KEYS] = { [TYPE] = "a.type", [MODE] = "a.mode", [STATUS] = "a.status", [STAGE] = "a.stage", [CERTAINTY] = "a.certainty", [COUNTRY] = "a.country" };
    switch (x->key) {
    case CAMEO: dl_putf(b, "a.cameo GLOB ?%d || '*'", n); break;
    case QUAD: dl_putf(b, "a.quad = CAST(?%d AS INTEGER)", n); break;
    case PLACE: dl_putf(b, "a.place LIKE ?%d ESCAPE '\\'", n); break;
    case BOX: dl_putf(b, "a.lat BETWEEN ?%d AND ?%d AND ", n + 1, n + 3);      /* not by the R*Tree: at 200,000 events an index of latitudes counts a box six times as fast */
        if (x->number[0] <= x->number[2]) dl_putf(b, "a.lon BETWEEN ?%d AND ?%d", n, n + 2);
        else dl_putf(b, "(a.lon >= ?%d OR a.lon <= ?%d)", n, n + 2);         /* over the date line */
        break;
    case SOURCE: dl_putf(b, "a.report IN (SELECT report FROM reports WHERE source = ?%d)", n); break;
    case REPORT: dl_putf(b, "a.report = (SELECT report FROM reports WHERE id = ?%d)", n); break;
    case ACTOR:
        if (x->text[0] == '"') dl_putf(b, "a.fact IN (SELECT rowid FROM fact_words WHERE fact_words MATCH ?%d)", n);
        else dl_putf(b, "(a.who_code GLOB ?%d || '*' OR a.whom_code GLOB ?%d || '*')", n, n);
        break;
    case WORDS: dl_putf(b, "a.report IN (SELECT rowid FROM report_words WHERE report_words MATCH ?%d)", n); break;
    case FROM: dl_putf(b, "coalesce(a.latest, a.earliest) >= ?%d", n); break;
    case TO: dl_putf(b, "coalesce(a.earliest, a.latest) <= ?%d", n); break;
    case CONFIDENCE: dl_putf(b, "a.confidence >= CAST(?%d AS INTEGER)", n); break;
    case REVIEW: dl_putf(b, "CASE ?%d WHEN 'any' THEN 1 WHEN 'none' THEN a.review IS NULL ELSE a.review = ?%d END", n, n); break;
    case TOLD: dl_putf(b, "?%d IS NOT NULL", n); break;
    default: dl_putf(b, "%s = ?%d", equal[x->key], n);
    }
}

static bool told_again(const dl_filter *f)
{
    for (int i = 0; i < f->n; i++) if (f->v[i].key == TOLD && !strcmp(f->v[i].text, "all")) return true;
    return false;
}

static void where(dl_filter *f)
{
    dl_buf *b = &f->where;
    dl_buf_clear(b);
    dl_putz(b, "1");
    bool few = dl_filter_has(f, "actor") || dl_filter_has(f, "box");      /* then their facts are looked up one by one, else all main ones are gone through: SQLite can't know */
    if (!told_again(f)) dl_putf(b, " AND %sa.main = 1 AND a.report NOT IN (SELECT report FROM copies WHERE kind = 'copy')", few ? "+" : "");
    if (!dl_filter_has(f, "review")) dl_putz(b, " AND a.review IS NOT 'rejected'");
    for (int k = 0; k < KEYS; k++) {
        bool first = true;
        for (int i = 0; i < f->n; i++) {
            if (f->v[i].key != k) continue;
            dl_putz(b, first ? " AND (" : " OR ");
            first = false;
            condition(b, &f->v[i], 4 * i + 1);
        }
        if (!first) dl_putc(b, ')');
    }
}

dl_stmt *dl_filter_ask(dl_filter *f, dl_db *d, const char *head, const char *rest)
{
    dl_buf sql;
    where(f);
    dl_buf_init(&sql, 0);
    dl_putz(&sql, head), dl_putz(&sql, " WHERE ");
    dl_put(&sql, dl_buf_str(&f->where));
    dl_putc(&sql, ' '), dl_putz(&sql, rest);
    dl_putc(&sql, '\0');
    dl_stmt *q = sql.failed || f->where.failed ? NULL : dl_db_prepare(d, sql.p);
    if (sql.failed || f->where.failed) dl_db_refuse(d, DL_ENOMEM, "no memory for a question");
    dl_buf_free(&sql);
    for (int i = 0; i < f->n; i++) {
        const dl_filter_value *x = &f->v[i];
        if (x->key == BOX) for (int k = 0; k < 4; k++) dl_stmt_real(q, 4 * i + 1 + k, x->number[k]);
        else dl_stmt_str(q, 4 * i + 1, dl_str_of(x->text));
    }
    return q;
}
