/* decide.c - see decide.h. */
#include <stdlib.h>
#include <string.h>
#include "base/error.h"
#include "base/utf8.h"
#include "codebook/codebook.h"
#include "record/decide.h"
#include "record/filter.h"
#include "record/store.h"

enum { TYPE, MODE, CAMEO, STATUS, STAGE, CERTAINTY, DATE, PLACE, WHO, WHOM, WHAT, SAYS, COUNT, ROLES, FIELDS = ROLES + 6 };      /* from ROLES on: roles without a column of `facts`; told.c hands them out as corrected */
const char *const dl_decision_fields[] = { "type", "mode", "cameo", "status", "stage", "certainty", "date", "place", "who", "whom", "what", "says", "count", "instrument", "origin", "destination", "beneficiary", "foiled_by", "about", NULL };
enum { LONGEST = 2000 };                             /* bytes of a value or a reason */

static int field_of(const char *name)
{
    int f = 0;
    while (f < FIELDS && strcmp(dl_decision_fields[f], name)) f++;
    return f;
}

/* ---- an event ---- */

typedef struct { int64_t report, event, begin, end; char key[24], sha256[72]; } target;

static bool find_target(dl_db *d, const char *report, const char *event, target *t, dl_error *err)
{
    dl_stmt *q = dl_db_prepare(d, "SELECT r.report, e.event, e.begin, e.end, e.key, r.sha256 FROM reports r JOIN events e USING (report) WHERE r.id = ?1 AND e.event = ?2");
    int64_t n = 0;
    bool there = event[0] == 'v' && dl_str_int(dl_str_of(event + 1), &n) && dl_stmt_str(q, 1, dl_str_of(report));
    dl_stmt_int(q, 2, n);
    there = there && dl_stmt_next(d, q);
    if (there) {
        *t = (target){ .report = dl_col_int(q, 0), .event = dl_col_int(q, 1), .begin = dl_col_int(q, 2), .end = dl_col_int(q, 3) };
        dl_str key = dl_col_str(q, 4), sha = dl_col_str(q, 5);
        memcpy(t->key, key.p, key.n < sizeof t->key ? key.n : sizeof t->key - 1), memcpy(t->sha256, sha.p, sha.n < sizeof t->sha256 ? sha.n : sizeof t->sha256 - 1);
    }
    dl_stmt_free(q);
    if (there || !dl_db_good(d)) return there;
    dl_fail(err, DL_EARG, "there is no event '%s' in a report '%s'", event, report);
    return false;
}

/* ---- what a slot takes ---- */

static bool day_or_interval(const char *v, char earliest[16], char latest[16])
{
    const char *slash = strchr(v, '/');
    char first[32] = { 0 };
    if (strlen(v) > 24) return false;
    memcpy(first, v, slash ? (size_t)(slash - v) : strlen(v));
    return dl_filter_day(first, false, earliest) && dl_filter_day(slash ? slash + 1 : first, true, latest) && strcmp(earliest, latest) <= 0;
}

static const char *const wants[FIELDS] = {
    [TYPE] = "a type (ASSAULT)", [CAMEO] = "two to four digits", [STATUS] = "asserted, reported, alleged, possible, planned or negated", [STAGE] = "a stage (foiled)", [CERTAINTY] = "fact, alleged, possible, feared or denied",
    [DATE] = "a day, month or year, or two with / between", [PLACE] = "a place of the report (p2), or a name, or name;CC;lat;lon", [WHO] = "an entity of the report (e3), or words, or words;CODE", [COUNT] = "a number, or two with - between",
};

/* name;CC;lat;lon - n is how many parts there are; v is cut up. */
static int parts_of(char *v, char *part[4])
{
    int n = 0;
    for (char *p = v; p && n < 4; n++) {
        part[n] = p;
        p = strchr(p, ';');
        if (p) *p++ = 0;
    }
    return n;
}

static bool degrees(const char *v, double most, double *out)
{
    return dl_str_decimal(dl_str_of(v), out) && *out >= -most && *out <= most;
}

static bool is_place(const char *value)
{
    char room[LONGEST + 1], *part[4];
    double lat, lon;
    snprintf(room, sizeof room, "%s", value);
    int n = parts_of(room, part);
    return part[0][0] && (n == 1 || (n == 2 && strlen(part[1]) == 2) || (n == 4 && (strlen(part[1]) == 2 || !part[1][0]) && degrees(part[2], 90, &lat) && degrees(part[3], 180, &lon)));
}

static bool is_code(const char *v)
{
    size_t n = strlen(v);
    return n == strspn(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") && n % 3 == 0 && n <= 15;
}

static bool is_count(const char *v, double *low, double *high)
{
    const char *to = strchr(v, '-');
    if (!to || to == v) return dl_str_decimal(dl_str_of(v), low) && (*high = *low) >= 0;
    return dl_str_decimal((dl_str){ v, (uint32_t)(to - v) }, low) && dl_str_decimal(dl_str_of(to + 1), high) && *low >= 0 && *low <= *high;
}

static bool takes(int field, const char *v)
{
    char days[2][16];
    double low, high;
    dl_filter f;
    dl_filter_open(&f);
    bool good = v[0] != 0;
    if (field == TYPE || field == STATUS || field == STAGE || field == CERTAINTY) good = dl_filter_add(&f, dl_decision_fields[field], v, NULL);
    else if (field == CAMEO) good = strlen(v) >= 2 && dl_filter_add(&f, "cameo", v, NULL);
    else if (field == DATE) good = day_or_interval(v, days[0], days[1]);
    else if (field == PLACE) good = is_place(v);
    else if (field == COUNT) good = is_count(v, &low, &high);
    else if (field == WHO || field == WHOM) good = good && (!strchr(v, ';') || is_code(strchr(v, ';') + 1));
    dl_filter_free(&f);
    return good;
}

static bool sound(const dl_decision *x, dl_error *err)
{
    int field = field_of(x->field);
    bool event = !strcmp(x->field, "event"), correct = !strcmp(x->verdict, "correct");
    const char *all[] = { x->value, x->who, x->why };
    for (int i = 0; i < 3; i++) {
        if (all[i] && (strlen(all[i]) > LONGEST || !dl_utf8_valid(dl_str_of(all[i])))) return dl_fail(err, DL_EARG, "what is said of a decision must be text of at most %d bytes", LONGEST), false;
    }
    if (field == FIELDS && !event) return dl_fail(err, DL_EARG, "an event has no slot '%s'", x->field), false;
    if (!correct && strcmp(x->verdict, "accept") && strcmp(x->verdict, "reject")) return dl_fail(err, DL_EARG, "a verdict is accept, reject or correct, not '%s'", x->verdict), false;
    if (!x->who || !x->who[0]) return dl_fail(err, DL_EARG, "a decision wants the name of who decides"), false;
    if (correct && event) return dl_fail(err, DL_EARG, "a correction is of a slot: type, status, who ..."), false;
    if (correct && (!x->value || !takes(field, x->value))) return dl_fail(err, DL_EARG, "%s wants %s, not '%s'", x->field, wants[field == WHOM ? WHO : field] ? wants[field == WHOM ? WHO : field] : "words", x->value ? x->value : ""), false;
    return true;
}

/* ---- laying decisions over the machine's reading ---- */

/* Sets columns of a fact; ?1 is the fact, ?2 and on the values. */
static bool set(dl_db *d, int64_t fact, const char *sql, const char *const *v, int n)
{
    dl_stmt *q = dl_db_prepare(d, sql);
    dl_stmt_int(q, 1, fact);
    for (int i = 0; i < n; i++) dl_stmt_str(q, i + 2, v[i] ? dl_str_of(v[i]) : (dl_str){ 0 });
    bool good = dl_stmt_run(d, q);
    dl_stmt_free(q);
    return good;
}
#define SET(sql, ...) set(d, fact, "UPDATE facts SET " sql " WHERE fact = ?1", (const char *const[]){ __VA_ARGS__ }, (int)(sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)))

static const char *quad_of(const char *type)
{
    for (int t = DL_TYPE_AGREE; t < DL_TYPE_STATE; t++)
        if (!strcmp(type, dl_type_name((dl_type)t))) return t <= DL_TYPE_CONCEDE ? "1" : t <= DL_TYPE_RETREAT ? "2" : t <= DL_TYPE_THREATEN ? "3" : "4";
    return NULL;
}

static bool set_place(dl_db *d, int64_t fact, char *v)
{
    char *part[4];
    if (!v) return SET("place = ?2, country = NULL, lat = NULL, lon = NULL", NULL);
    int64_t n = 0;
    if (v[0] == 'p' && dl_str_int(dl_str_of(v + 1), &n))
        return SET("(place, country, lat, lon) = (SELECT name, country, lat, lon FROM places p WHERE p.report = facts.report AND p.place = CAST(?2 AS INTEGER))", v + 1);
    int k = parts_of(v, part);
    return SET("place = ?2, country = ?3, lat = CAST(?4 AS REAL), lon = CAST(?5 AS REAL)", part[0], k > 1 && part[1][0] ? part[1] : NULL, k == 4 ? part[2] : NULL, k == 4 ? part[3] : NULL);
}

static bool set_party(dl_db *d, int64_t fact, bool whom, char *v)
{
    int64_t n = 0;
    if (v && v[0] == 'e' && dl_str_int(dl_str_of(v + 1), &n)) {
        if (whom) return SET("(whom, whom_code) = (SELECT name, code FROM entities e WHERE e.report = facts.report AND e.entity = CAST(?2 AS INTEGER))", v + 1);
        return SET("(who, who_code) = (SELECT name, code FROM entities e WHERE e.report = facts.report AND e.entity = CAST(?2 AS INTEGER))", v + 1);
    }
    char *code = v ? strchr(v, ';') : NULL;
    if (code) *code++ = 0;
    if (whom) return SET("whom = ?2, whom_code = ?3", v, code);
    return SET("who = ?2, who_code = ?3", v, code);
}

static bool set_count(dl_db *d, int64_t fact, const char *value)
{
    double low = 0, high = 0;
    if (!value || !is_count(value, &low, &high)) return SET("low = NULL, high = ?2", NULL);
    dl_stmt *q = dl_db_prepare(d, "UPDATE facts SET low = ?2, high = ?3 WHERE fact = ?1");
    dl_stmt_int(q, 1, fact), dl_stmt_real(q, 2, low), dl_stmt_real(q, 3, high);
    bool good = dl_stmt_run(d, q);
    dl_stmt_free(q);
    return good;
}

/* value NULL: the slot was rejected, nothing stands in it. It is cut up. */
static bool lay(dl_db *d, int64_t fact, int field, char *value)
{
    char days[2][16];
    switch (field) {
    case TYPE: return !value || SET("type = ?2, mode = NULL, cameo = NULL, goldstein = NULL, quad = CAST(?3 AS INTEGER)", value, quad_of(value));
    case MODE: return SET("mode = ?2", value);
    case CAMEO: return SET("cameo = ?2, goldstein = (SELECT goldstein FROM events WHERE cameo = ?2 LIMIT 1)", value);
    case STATUS: return !value || SET("status = ?2", value);
    case STAGE: return !value || SET("stage = ?2", value);
    case CERTAINTY: return !value || SET("certainty = ?2", value);
    case DATE:
        if (!value || !day_or_interval(value, days[0], days[1])) return SET("date = ?2, earliest = NULL, latest = NULL", NULL);
        return SET("date = ?2, earliest = ?3, latest = ?4", value, days[0], days[1]);
    case PLACE: return set_place(d, fact, value);
    case WHO: return set_party(d, fact, false, value);
    case WHOM: return set_party(d, fact, true, value);
    case WHAT: return SET("what = ?2", value);
    case SAYS: return SET("says = ?2", value);
    case COUNT: return set_count(d, fact, value);
    default: return true;
    }
}

/* Decisions that hold, in order; the last one on a field wins. Event-wide ones: the last one. */
static bool lay_all(dl_db *d, int64_t fact, const char *key)
{
    const char *state = NULL;
    bool corrected = false;
    dl_stmt *q = dl_db_prepare(d, "SELECT field, verdict, new FROM standing WHERE key = ?1 ORDER BY decision");
    dl_stmt_str(q, 1, dl_str_of(key));
    while (dl_stmt_next(d, q)) {
        char name[24] = { 0 }, *value = NULL;
        dl_str f = dl_col_str(q, 0), verdict = dl_col_str(q, 1), new = dl_col_str(q, 2);
        memcpy(name, f.p, f.n < sizeof name ? f.n : sizeof name - 1);
        int field = field_of(name);
        if (field == FIELDS) state = dl_is(verdict, "reject") ? "rejected" : "accepted";
        if (field == FIELDS || dl_is(verdict, "accept")) continue;
        corrected = true;
        if (new.p && !(value = strndup(new.p, new.n))) dl_db_refuse(d, DL_ENOMEM, "no memory for a decision");
        lay(d, fact, field, value);
        free(value);
    }
    dl_stmt_free(q);
    if (state && !strcmp(state, "rejected")) corrected = false;
    if (corrected) state = "corrected";
    return !state || SET("review = ?2", state);
}

static bool again(dl_db *d, int64_t report, int64_t event, const char *key)
{
    int64_t fact = report * 1048576 + event;
    dl_stmt *gone = dl_db_prepare(d, "DELETE FROM facts WHERE fact = ?1"), *base = dl_db_prepare(d, dl_store_facts), *unplace = dl_db_prepare(d, "DELETE FROM fact_places WHERE fact = ?1"),
            *place = dl_db_prepare(d, "INSERT INTO fact_places SELECT fact, lat, lat, lon, lon FROM facts WHERE fact = ?1 AND lat IS NOT NULL"),
            *unword = dl_db_prepare(d, "INSERT INTO fact_words(fact_words, rowid, who, whom) SELECT 'delete', fact, who, whom FROM facts WHERE fact = ?1"),
            *word = dl_db_prepare(d, "INSERT INTO fact_words(rowid, who, whom) SELECT fact, who, whom FROM facts WHERE fact = ?1");
    dl_stmt_int(unword, 1, fact), dl_stmt_int(word, 1, fact), dl_stmt_int(gone, 1, fact), dl_stmt_int(unplace, 1, fact), dl_stmt_int(place, 1, fact), dl_stmt_int(base, 1, report), dl_stmt_int(base, 2, event);
    bool good = dl_stmt_run(d, unword) && dl_stmt_run(d, gone) && dl_stmt_run(d, base) && lay_all(d, fact, key) && dl_stmt_run(d, unplace) && dl_stmt_run(d, place) && dl_stmt_run(d, word);
    dl_stmt_free(unword), dl_stmt_free(word), dl_stmt_free(gone), dl_stmt_free(base), dl_stmt_free(unplace), dl_stmt_free(place);
    return good;
}

bool dl_decisions_apply(dl_db *d, int64_t report, int64_t event)
{
    dl_stmt *q = dl_db_prepare(d, "SELECT f.event, f.key FROM facts f WHERE f.report = ?1 AND (?2 = 0 OR f.event = ?2) AND EXISTS (SELECT 1 FROM decisions x WHERE x.key = f.key)");
    int64_t events[64];
    char keys[64][24];
    int n;
    int64_t from = 0;
    do {                                                       /* read first, since writing moves the rows */
        n = 0;
        dl_stmt_int(q, 1, report), dl_stmt_int(q, 2, event);
        while (n < 64 && dl_stmt_next(d, q)) {
            dl_str key = dl_col_str(q, 1);
            if (dl_col_int(q, 0) <= from) continue;
            events[n] = dl_col_int(q, 0);
            memset(keys[n], 0, sizeof keys[n]), memcpy(keys[n], key.p, key.n < 23 ? key.n : 23), n++;
        }
        dl_stmt_reset(q);
        for (int i = 0; i < n; i++) again(d, report, events[i], keys[i]), from = events[i] > from ? events[i] : from;
    } while (n == 64 && dl_db_good(d));
    dl_stmt_free(q);
    return dl_db_good(d);
}

/* ---- deciding ---- */

/* What stands in the field now; NULL for an event as a whole. */
static char *standing_value(dl_db *d, const target *t, const char *field)
{
    char sql[200], *out = NULL;
    int f = field_of(field);
    if (f == FIELDS) return NULL;
    if (f >= ROLES) snprintf(sql, sizeof sql, "SELECT group_concat(words, '; ') FROM slots WHERE report = ?1 AND event = ?2 AND role = '%s'", dl_decision_fields[f]);
    else snprintf(sql, sizeof sql, "SELECT %s FROM facts WHERE report = ?1 AND event = ?2", f == COUNT ? "CASE WHEN low = high THEN low ELSE low || '-' || high END" : dl_decision_fields[f]);
    dl_stmt *q = dl_db_prepare(d, sql);
    dl_stmt_int(q, 1, t->report), dl_stmt_int(q, 2, t->event);
    dl_str v = dl_stmt_next(d, q) ? dl_col_str(q, 0) : (dl_str){ 0 };
    if (v.p) out = strndup(v.p, v.n);
    dl_stmt_free(q);
    return out;
}

static int64_t add(dl_db *d, const target *t, const dl_decision *x, const char *verdict, const char *old, int64_t undoes)
{
    dl_stmt *q = dl_db_prepare(d, "INSERT INTO decisions(key, sha256, begin, end, field, verdict, old, new, undoes, who, decided, why, seconds) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
    dl_stmt_str(q, 1, dl_str_of(t->key)), dl_stmt_str(q, 2, dl_str_of(t->sha256)), dl_stmt_int(q, 3, t->begin), dl_stmt_int(q, 4, t->end);
    dl_stmt_str(q, 5, dl_str_of(x->field)), dl_stmt_str(q, 6, dl_str_of(verdict)), dl_stmt_str(q, 7, old ? dl_str_of(old) : (dl_str){ 0 }), dl_stmt_str(q, 8, x->value ? dl_str_of(x->value) : (dl_str){ 0 });
    if (undoes) dl_stmt_int(q, 9, undoes); else dl_stmt_null(q, 9);
    dl_stmt_str(q, 10, dl_str_of(x->who)), dl_stmt_str(q, 11, dl_str_of(x->when)), dl_stmt_str(q, 12, x->why && x->why[0] ? dl_str_of(x->why) : (dl_str){ 0 });
    if (x->seconds >= 0) dl_stmt_int(q, 13, x->seconds); else dl_stmt_null(q, 13);
    bool good = dl_stmt_run(d, q);
    dl_stmt_free(q);
    return good ? dl_db_last(d) : 0;
}

/* The end of a change: all of it or nothing. */
static int64_t settle(dl_db *d, bool own, int64_t n, dl_error *err)
{
    if (n && own && !dl_db_commit(d)) n = 0;
    if (n) return n;
    if (!dl_db_good(d)) dl_db_tell(d, err);
    if (own) dl_db_rollback(d);
    return 0;
}

int64_t dl_decide(dl_db *d, const dl_decision *x, dl_error *err)
{
    target t;
    bool own = !dl_db_writing(d);
    if (!sound(x, err) || !dl_db_begin(d)) { dl_db_tell(d, err); return 0; }
    int64_t n = 0;
    dl_decision y = *x;
    if (strcmp(y.verdict, "correct")) y.value = NULL;
    if (find_target(d, x->report, x->event, &t, err)) {
        char *old = standing_value(d, &t, x->field);
        n = add(d, &t, &y, y.verdict, old, 0);
        free(old);
        if (n && !dl_decisions_apply(d, t.report, t.event)) n = 0;
    }
    return settle(d, own, n, err);
}

int64_t dl_undo(dl_db *d, int64_t decision, const char *who, const char *when, dl_error *err)
{
    bool own = !dl_db_writing(d), there = false;
    target t = { 0 };
    char field[24] = { 0 };
    if (!who || !who[0] || !dl_utf8_valid(dl_str_of(who))) { dl_fail(err, DL_EARG, "a decision wants the name of who decides"); return 0; }
    if (!dl_db_begin(d)) { dl_db_tell(d, err); return 0; }
    dl_stmt *q = dl_db_prepare(d, "SELECT x.key, x.sha256, x.begin, x.end, x.field, coalesce(f.report, 0), coalesce(f.event, 0) FROM standing x LEFT JOIN reports r ON r.sha256 = x.sha256 LEFT JOIN facts f ON f.report = r.report AND f.key = x.key WHERE x.decision = ?1 ORDER BY f.fact IS NULL");
    dl_stmt_int(q, 1, decision);
    if ((there = dl_stmt_next(d, q))) {
        dl_str key = dl_col_str(q, 0), sha = dl_col_str(q, 1), f = dl_col_str(q, 4);
        memcpy(t.key, key.p, key.n < sizeof t.key ? key.n : sizeof t.key - 1), memcpy(t.sha256, sha.p, sha.n < sizeof t.sha256 ? sha.n : sizeof t.sha256 - 1);
        memcpy(field, f.p, f.n < sizeof field ? f.n : sizeof field - 1);
        t.begin = dl_col_int(q, 2), t.end = dl_col_int(q, 3), t.report = dl_col_int(q, 5), t.event = dl_col_int(q, 6);
    }
    dl_stmt_free(q);
    int64_t n = 0;
    dl_decision x = { .field = field, .who = who, .when = when, .seconds = -1 };
    if (there) n = add(d, &t, &x, "undo", NULL, decision);
    else dl_fail(err, DL_EARG, "there is no decision %lld that could be undone", (long long)decision);
    if (n && t.report && !dl_decisions_apply(d, t.report, t.event)) n = 0;
    return settle(d, own, n, err);
}
