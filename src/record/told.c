/* told.c - see told.h. */
#include <stdio.h>
#include "record/told.h"

enum { ROOM = 1 << 26 };                             /* address space of one row and of one report's names */

/* The columns, in the order of the enum below. */
static const char head[] =
    "SELECT a.fact, a.report, a.event, e.sentence, e.begin, e.end, t.begin, a.quad, a.confidence, p.geonames, "
    "r.id, a.key, r.source, r.url, r.title, r.published, r.language, r.sha256, "
    "a.type, e.plover, a.mode, e.context, a.cameo, a.status, a.stage, a.certainty, a.says, a.review, e.legal, e.rule, "
    "a.date, a.earliest, a.latest, e.time_by, a.place, p.words, a.country, p.admin1, p.admin2, p.class, "
    "a.measures, e.words, t.words, a.who, a.whom, a.what, a.who_code, a.whom_code, f.id, "
    "a.main, a.background, a.goldstein, a.lat, a.lon, a.low, a.high "
    "FROM facts a JOIN reports r USING (report) JOIN events e ON e.report = a.report AND e.event = a.event JOIN sentences t ON t.report = e.report AND t.sentence = e.sentence "
    "LEFT JOIN places p ON p.report = e.report AND p.place = e.place AND p.name = a.place LEFT JOIN copies y ON y.report = a.report LEFT JOIN reports f ON f.report = y.first";

enum { FACT, REPORT, EVENT, SENTENCE, BEGIN, END, SENTENCE_BEGIN, QUAD, CONFIDENCE, GEONAMES,
       ID, KEY, SOURCE, URL, TITLE, PUBLISHED, LANGUAGE, SHA256,
       TYPE, PLOVER, MODE, CONTEXT, CAMEO, STATUS, STAGE, CERTAINTY, SAYS, REVIEW, LEGAL, RULE,
       DATE, EARLIEST, LATEST, TIME_BY, PLACE, PLACE_WORDS, COUNTRY, ADMIN1, ADMIN2, CLASS,
       MEASURES, WORDS, SENTENCE_WORDS, WHO, WHOM, WHAT, WHO_CODE, WHOM_CODE, COPY_OF,
       MAIN, BACKGROUND, GOLDSTEIN, LAT, LON, LOW, HIGH };

static const char slots[] = "SELECT s.role, s.words, n.name, n.kind, n.code, n.country, n.sectors, n.role, n.private, s.entity, s.place, s.other_event, s.begin, s.end "
                            "FROM slots s LEFT JOIN entities n USING (report, entity) WHERE s.report = ?1 AND s.event = ?2 ORDER BY s.slot";

bool dl_teller_open(dl_teller *x, dl_db *d, dl_filter *f, bool names, const char *rest)
{
    *x = (dl_teller){ .db = d };
    x->pool = dl_pool_open(ROOM);
    x->opened = x->pool && dl_arena_open(&x->mem, x->pool);
    x->opened = x->opened && (dl_arena_open(&x->names, x->pool) || (dl_arena_close(&x->mem), false));
    if (!x->opened) return dl_db_refuse(d, DL_ENOMEM, "no memory to read the database");
    x->q = dl_filter_ask(f, d, head, rest);
    x->slots = dl_db_prepare(d, slots);
    x->fixes = dl_db_prepare(d, "SELECT field, new FROM standing WHERE key = ?1 AND verdict IN ('correct', 'reject') AND field IN ('instrument', 'origin', 'destination', 'beneficiary', 'foiled_by', 'about') ORDER BY decision");
    return dl_veil_open(&x->veil, d, names) && dl_db_good(d);
}

void dl_teller_close(dl_teller *x)
{
    dl_stmt_free(x->q), dl_stmt_free(x->slots), dl_stmt_free(x->fixes);
    dl_veil_close(&x->veil);
    if (x->opened) dl_arena_close(&x->mem), dl_arena_close(&x->names);
    dl_pool_close(x->pool);
}

/* A column whose words may hold names. */
static dl_str veiled(dl_teller *x, int column)
{
    dl_str s = dl_col_str(x->q, column);
    return s.p ? dl_veil_words(&x->veil, &x->mem, s) : DL_STR("");
}

static dl_str plain(dl_teller *x, int column)
{
    dl_str s = dl_col_str(x->q, column);
    return s.p ? s : DL_STR("");
}

static dl_str slot_words(dl_teller *x, int column)
{
    dl_str s = dl_col_str(x->slots, column);
    return s.p ? dl_copy(&x->mem, dl_veil_words(&x->veil, &x->mem, s)) : DL_STR("");
}

static int64_t slot_number(dl_teller *x, int column) { return dl_col_null(x->slots, column) ? -1 : dl_col_int(x->slots, column); }

static void read_parties(dl_teller *x, dl_told *out)
{
    DL_VEC(dl_party) v = { NULL, 0, 0 };
    dl_stmt_int(x->slots, 1, out->report), dl_stmt_int(x->slots, 2, out->event);
    while (dl_stmt_next(x->db, x->slots)) {
        dl_str name = dl_col_str(x->slots, 2);
        dl_party *p = dl_push(&x->mem, &v);
        *p = (dl_party){ .role = slot_words(x, 0), .words = slot_words(x, 1), .kind = slot_words(x, 3), .code = slot_words(x, 4), .country = slot_words(x, 5), .sectors = slot_words(x, 6), .title = slot_words(x, 7),
                         .entity = slot_number(x, 9), .place = slot_number(x, 10), .other = slot_number(x, 11), .begin = dl_col_int(x->slots, 12), .end = dl_col_int(x->slots, 13) };
        p->name = name.p ? dl_copy(&x->mem, dl_veil_name(&x->veil, &x->mem, name, (int)dl_col_int(x->slots, 8))) : p->words;
    }
    dl_stmt_reset(x->slots);
    out->parties = v.v, out->nparty = v.n;
}

static dl_str joined(dl_teller *x, const dl_told *t, dl_str role)
{
    dl_str all = DL_STR("");
    for (uint32_t i = 0; i < t->nparty; i++) {
        dl_str w = t->parties[i].words;
        if (dl_eq(t->parties[i].role, role)) all = all.n ? dl_fmt(&x->mem, "%.*s; %.*s", (int)all.n, all.p, (int)w.n, w.p) : w;
    }
    return all;
}

/* One party in place of all that have the role, unless it says what they say; "" for none. */
static void put_party(dl_teller *x, dl_told *o, dl_str role, dl_str now, dl_str code)
{
    if (dl_eq(joined(x, o, role), now)) return;
    DL_VEC(dl_party) v = { NULL, 0, 0 };
    for (uint32_t i = 0; i < o->nparty; i++) if (!dl_eq(o->parties[i].role, role)) *dl_push(&x->mem, &v) = o->parties[i];
    if (now.n) *dl_push(&x->mem, &v) = (dl_party){ .role = role, .words = now, .name = now, .code = code, .entity = -1, .place = -1, .other = -1, .begin = -1, .end = -1 };
    o->parties = v.v, o->nparty = v.n;
}

/* Where people put another party in the place of the machine's, that one is handed out: by its words, without a span, since nothing in the text attests it. */
static void correct_parties(dl_teller *x, dl_told *o)
{
    put_party(x, o, DL_STR("actor"), o->who_words, o->who_code), put_party(x, o, DL_STR("recipient"), o->whom_words, o->whom_code), put_party(x, o, DL_STR("object"), o->what, DL_STR(""));
    dl_stmt_str(x->fixes, 1, o->key);
    while (dl_stmt_next(x->db, x->fixes)) {
        dl_str now = dl_col_str(x->fixes, 1);
        put_party(x, o, dl_copy(&x->mem, dl_col_str(x->fixes, 0)), now.p ? dl_copy(&x->mem, dl_veil_words(&x->veil, &x->mem, now)) : DL_STR(""), DL_STR(""));
    }
    dl_stmt_reset(x->fixes);
}

static bool real_at(dl_teller *x, int column, double *v)
{
    *v = dl_col_real(x->q, column);
    return !dl_col_null(x->q, column);
}

static void read_row(dl_teller *x, dl_told *o)
{
    dl_stmt *q = x->q;
    o->fact = dl_col_int(q, FACT), o->report = dl_col_int(q, REPORT), o->event = dl_col_int(q, EVENT), o->sentence_number = dl_col_int(q, SENTENCE), o->begin = dl_col_int(q, BEGIN), o->end = dl_col_int(q, END);
    o->sentence_begin = dl_col_int(q, SENTENCE_BEGIN), o->quad = dl_col_int(q, QUAD), o->confidence = dl_col_int(q, CONFIDENCE), o->geonames = dl_col_int(q, GEONAMES);
    if (x->report != o->report) {                            /* names of the report before are done with */
        dl_reset(&x->names, (dl_marker){ x->names.base });
        dl_veil_turn(&x->veil, &x->names, x->report = o->report);
    }
    o->id = plain(x, ID), o->key = plain(x, KEY), o->source = plain(x, SOURCE), o->url = plain(x, URL), o->title = veiled(x, TITLE), o->published = plain(x, PUBLISHED), o->language = plain(x, LANGUAGE), o->sha256 = plain(x, SHA256);
    o->type = plain(x, TYPE), o->plover = plain(x, PLOVER), o->mode = plain(x, MODE), o->context = plain(x, CONTEXT), o->cameo = plain(x, CAMEO), o->status = plain(x, STATUS), o->stage = plain(x, STAGE);
    o->certainty = plain(x, CERTAINTY), o->says = veiled(x, SAYS), o->review = plain(x, REVIEW), o->legal = plain(x, LEGAL), o->rule = plain(x, RULE);
    o->date = plain(x, DATE), o->earliest = plain(x, EARLIEST), o->latest = plain(x, LATEST), o->time_by = plain(x, TIME_BY), o->place = plain(x, PLACE), o->place_words = plain(x, PLACE_WORDS);
    o->country = plain(x, COUNTRY), o->admin1 = plain(x, ADMIN1), o->admin2 = plain(x, ADMIN2), o->place_class = plain(x, CLASS);
    o->measures = plain(x, MEASURES), o->words = veiled(x, WORDS), o->sentence = veiled(x, SENTENCE_WORDS), o->who_words = veiled(x, WHO), o->whom_words = veiled(x, WHOM), o->what = veiled(x, WHAT);
    o->who_code = plain(x, WHO_CODE), o->whom_code = plain(x, WHOM_CODE), o->copy_of = plain(x, COPY_OF);
    o->main = dl_col_int(q, MAIN) != 0, o->background = dl_col_int(q, BACKGROUND) != 0;
    o->has_goldstein = real_at(x, GOLDSTEIN, &o->goldstein), o->has_low = real_at(x, LOW, &o->low), o->has_high = real_at(x, HIGH, &o->high);
    o->has_point = real_at(x, LAT, &o->lat), real_at(x, LON, &o->lon);
}

bool dl_teller_next(dl_teller *x, dl_told *out)
{
    jmp_buf full;
    *out = (dl_told){ 0 };
    if (!dl_stmt_next(x->db, x->q)) return false;
    dl_reset(&x->mem, (dl_marker){ x->mem.base });
    x->mem.full = x->names.full = &full;
    if (setjmp(full)) return dl_db_refuse(x->db, DL_ENOMEM, "no memory to read an event of the database");
    read_row(x, out);
    read_parties(x, out);
    if (dl_is(out->review, "corrected")) correct_parties(x, out);
    x->mem.full = x->names.full = NULL;
    return dl_db_good(x->db);
}

const dl_party *dl_told_party(const dl_told *t, const char *role)
{
    const dl_party *first = NULL;
    for (uint32_t i = 0; i < t->nparty; i++) {
        if (!dl_is(t->parties[i].role, role)) continue;
        if (t->parties[i].entity >= 0) return &t->parties[i];
        if (!first) first = &t->parties[i];
    }
    return first;
}
