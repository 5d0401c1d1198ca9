/* byline.c - who wrote it, where and when it was filed: "By A. Writer, Agency", "BAMAKO, March 3 (Agency) - ", "March 3, 2021 10:22 AM".
 *
 * A dateline opens one of the first paragraphs: PLACE[, Region][, day] [(AGENCY)] and a dash. Agencies are the codebook's, so are months;
 * the place need not be known, since it is told by its shape: capitals, few words, and the dash.
 */
#include "article/parts.h"
#include "intake/page.h"
#include "base/utf8.h"

enum { DATELINE_BYTES = 120, NAME_WORDS = 12 };

/* ---- byline ---- */

/* A word in lower case that may stand between names. */
static bool joins_names(dl_str w)
{
    static const char *const JOIN[] = { "and", "with", "by", "for", "in", "of", "the", "de", "la", "van", "der", "den", "al", "el", "bin", "von", "y", "et", "und", "avec", "e", "da", "du", "di", "le" };
    for (size_t i = 0; i < sizeof JOIN / sizeof *JOIN; i++) if (dl_is(w, JOIN[i])) return true;
    return false;
}

/* All words from `from` on are names or join them. */
static bool names_only(dl_str s, uint32_t from)
{
    uint32_t named = 0;
    for (uint32_t i = from; i < s.n;) {
        while (i < s.n && !dl_alpha((unsigned char)s.p[i]) && (unsigned char)s.p[i] < 0x80) {
            if (dl_digit((unsigned char)s.p[i])) return false;
            i++;
        }
        uint32_t b = i, k = i;
        while (i < s.n && (dl_alpha((unsigned char)s.p[i]) || (unsigned char)s.p[i] >= 0x80 || s.p[i] == '\'' || s.p[i] == '-')) i++;
        if (b == i) break;
        uint32_t cp = dl_utf8_next(s, &k);
        if (dl_cp_upper(cp)) named++;
        else if (!joins_names(dl_cut(s, b, i))) return false;
    }
    return named > 0;
}

static bool all_capitals(const dl_unit_line *u) { return u->letters && u->capitals * 2 >= u->letters; }

/* Bytes of the first `words` words and the blanks behind them. */
static uint32_t behind_words(dl_str s, uint32_t words)
{
    uint32_t i = 0;
    for (uint32_t k = 0; k < words; k++) {
        while (i < s.n && s.p[i] != ' ') i++;
        while (i < s.n && s.p[i] == ' ') i++;
    }
    return i;
}

/* How the unit begins or ends as a byline does: its name part begins at *skip; false: it does not. */
static bool byline_shaped(const dl_page *p, const dl_unit_line *u, dl_str s, uint32_t *skip)
{
    uint32_t len = 0;
    *skip = 0;
    if (!u->w.nhit) return false;
    dl_str where = dl_words_list(p, &u->w, 0, DL_LIST_byline, &len);
    if (dl_is(where, "whole") && len == u->w.n && u->w.whole) { *skip = s.n; return true; }
    if (dl_is(where, "start")) { *skip = behind_words(s, len); return len < u->w.n && u->nword <= 2 * NAME_WORDS && !u->stop; }
    if (dl_is(where, "start-weak")) { *skip = behind_words(s, len); return len < u->w.n && u->nword <= NAME_WORDS && names_only(s, *skip); }
    for (uint32_t i = 0; i < u->w.n; i++) {
        if (dl_is(dl_words_list(p, &u->w, i, DL_LIST_byline, &len), "any") && u->nword <= 2 * NAME_WORDS) return true;
        bool signs = i > 1 && dl_words_list(p, &u->w, i, DL_LIST_agencies, &len).n && i + len == u->w.n;
        bool shaped = all_capitals(u) || (u->nword <= 6 && memchr(s.p, ',', s.n));
        if (signs && u->nword <= NAME_WORDS && shaped && names_only(s, 0)) return true;
    }
    return false;
}

bool dl_page_byline(const dl_page *p, dl_unit_line *u)
{
    dl_str s = dl_at(p->art->text, u->core);
    uint32_t skip;
    if (!u->w.n || !u->w.whole || s.p[s.n - 1] == '?' || s.p[s.n - 1] == '!' || !byline_shaped(p, u, s, &skip)) return false;
    u->kind = DL_PART_byline;
    u->coded = false;
    u->why = DL_STR("byline");
    if (!p->art->byline.p && skip < s.n) p->art->byline = dl_copy(p->doc, dl_cut(s, skip, s.n));
    return true;
}

/* ---- days and times of day on a line of their own ---- */

static bool clock_word(const dl_page *p, const dl_words *w, uint32_t i, uint32_t *len)
{
    static const dl_list LISTS[] = { DL_LIST_months, DL_LIST_weekdays, DL_LIST_time_units, DL_LIST_time_shifts, DL_LIST_day_parts, DL_LIST_time_points };
    static const char *const ZONE[] = { "gmt", "utc", "est", "edt", "cet", "cest", "bst", "ist", "pst", "pdt", "et", "pt", "am", "pm", "a", "p", "m", "at", "on", "le", "h", "o", "clock", "la", "um", "uhr", "min", "read", "ago", "hace", "horas", "hora", "minutos", "ha", "vor", "stunden", "minuten", "il", "y", "heures", "minutes", "fa", "ore", "alle", "ore", "geleden", "uur" };
    dl_str word = dl_cut(w->key, w->word[i].b, w->word[i].e);
    *len = 1;
    if (dl_digit((unsigned char)word.p[0])) return word.n <= 12;
    for (size_t k = 0; k < sizeof ZONE / sizeof *ZONE; k++) if (dl_is(word, ZONE[k])) return true;
    for (size_t k = 0; k < sizeof LISTS / sizeof *LISTS; k++)
        if (dl_words_list(p, w, i, LISTS[k], len).n) return true;
    return dl_words_list(p, w, i, DL_LIST_byline, len).n > 0 || dl_words_list(p, w, i, DL_LIST_furniture, len).n > 0;
}

/* A day, in whatever language, and three words beside it at most ("Modified 3 Mar 2021", "Mittwoch, 3. März 2021, 10:22 Uhr"). */
static bool mostly_a_day(const dl_page *p, const dl_unit_line *u)
{
    dl_str s = dl_at(p->art->text, u->core);
    dl_page_day day[2];
    if (u->nword > 12 || s.n > 90 || u->stop || dl_page_days(p->scratch, s, false, day, 2) != 1) return false;
    uint32_t words = 0;
    bool inside = false;
    for (uint32_t i = 0; i < s.n; i++) {
        bool letter = (i < day[0].at.b || i >= day[0].at.e) && (dl_alpha((unsigned char)s.p[i]) || (unsigned char)s.p[i] >= 0x80);
        words += letter && !inside;
        inside = letter;
    }
    return words <= 3;
}

bool dl_page_clock(const dl_page *p, const dl_unit_line *u)
{
    if (u->digits && mostly_a_day(p, u)) return true;
    if (!u->digits || !u->w.whole || u->nword > 20 || !u->w.n) return false;
    for (uint32_t i = 0, len = 1; i < u->w.n; i += len ? len : 1)
        if (!clock_word(p, &u->w, i, &len)) return false;
    return true;
}

/* ---- dateline ---- */

typedef struct { const dl_page *p; dl_str s; uint32_t i; } cursor;       /* over the unit's first bytes */

static void blanks(cursor *c)
{
    while (c->i < c->s.n && (dl_space((unsigned char)c->s.p[c->i]) || (c->i + 1 < c->s.n && !memcmp(c->s.p + c->i, "\xc2\xa0", 2)))) c->i++;
    while (c->i < c->s.n && !dl_utf8_boundary(c->s, c->i)) c->i++;
}

/* Length of a dash at the cursor, 0 if there is none. */
static uint32_t dash(const cursor *c)
{
    static const char *const DASH[] = { ".---", ".--", ".-", "---", "--", "-", "\xe2\x80\x94", "\xe2\x80\x93", "\xe2\x80\x95", "|", ":" };
    for (size_t k = 0; k < sizeof DASH / sizeof *DASH; k++)
        if (dl_starts(dl_cut(c->s, c->i, c->s.n), dl_str_of(DASH[k]))) return (uint32_t)strlen(DASH[k]);
    return 0;
}

static dl_span word_at(cursor *c)
{
    uint32_t b = c->i;
    while (c->i < c->s.n) {
        uint32_t k = c->i, cp = dl_utf8_next(c->s, &k);
        bool inner = cp == '-' && c->i > b && k < c->s.n && dl_alpha((unsigned char)c->s.p[k]);
        if (!dl_cp_alpha(cp) && !dl_cp_digit(cp) && cp != '\'' && cp != 0x2019 && cp != '/' && !inner) break;
        c->i = k;
    }
    if (c->i > b && c->i < c->s.n && c->s.p[c->i] == '.' && c->i + 1 < c->s.n && c->s.p[c->i + 1] != '-') c->i++;       /* "Aug.", "Calif." */
    return (dl_span){ b, c->i };
}

static dl_str value_of(const dl_page *p, dl_list list, dl_str s)
{
    return dl_book_list_value(p->book, list, dl_trim(dl_folded(p->scratch, s)));
}

typedef struct { dl_span place, day, agency; uint32_t words; bool capitals, comma; } filed;

static bool any_lower(dl_str s)
{
    for (uint32_t i = 0; i < s.n;) if (dl_cp_lower(dl_utf8_next(s, &i))) return true;
    return false;
}

static void widen(dl_span *s, dl_span by)
{
    if (s->e == s->b) *s = by;
    else s->e = by.e;
}

/* One word of the line: of the day, or of the place. False: this is no dateline. */
static bool take_word(const cursor *c, dl_span w, filed *f)
{
    dl_str s = dl_at(c->s, w);
    uint32_t k = 0;
    bool number = dl_digit((unsigned char)s.p[0]), month = value_of(c->p, DL_LIST_months, s).n || value_of(c->p, DL_LIST_weekdays, s).n;
    if (number && s.n > 4) return false;
    if (month || number) { widen(&f->day, w); return month || dl_len(f->place) || f->words == 0; }
    if (f->day.e > f->day.b) return false;
    if (!dl_cp_upper(dl_utf8_next(s, &k)) && (!f->words || !joins_names(s))) return false;
    if (f->words == 0) f->capitals = !any_lower(s) && s.n >= 3;
    widen(&f->place, w);
    return ++f->words <= 7;
}

/* "(Reuters)", "(AFP/Xinhua)" : the span inside, or empty. */
static dl_span bracketed(cursor *c)
{
    uint32_t b = c->i + 1, e = b;
    while (e < c->s.n && c->s.p[e] != ')' && c->s.p[e] != '(') e++;
    if (e >= c->s.n || c->s.p[e] != ')' || e - b > 48 || e == b) return (dl_span){ 0, 0 };
    c->i = e + 1;
    return (dl_span){ b, e };
}

static bool known_place(const cursor *c, dl_span place)
{
    dl_str s = dl_at(c->s, place);
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.n; i++) if (s.p[i] == ',') { s.n = i; break; }
    bool longer;
    const dl_posting *at = dl_book_find(c->p->book, dl_trim(dl_folded(c->p->scratch, s)), &n, &longer);
    for (uint32_t k = 0; k < n; k++) if (at[k].kind == DL_P_PLACE) return true;
    return false;
}

static bool believable(const cursor *c, const filed *f, uint32_t dash_at, uint32_t dash_len)
{
    bool agency = f->agency.e > f->agency.b, day = f->day.e > f->day.b, place = f->place.e > f->place.b, colon = c->s.p[dash_at] == ':';
    if (agency && value_of(c->p, DL_LIST_agencies, dl_at(c->s, f->agency)).n) return true;
    if (!place) return false;
    bool known = known_place(c, f->place);
    if (colon) return known && f->capitals;
    if (dash_len == 1 && c->s.p[dash_at] == '-' && dash_at && c->s.p[dash_at - 1] != ' ' && c->s.p[dash_at - 1] != ')') return false;
    if (agency) return f->capitals || known;
    if (f->capitals) return known || f->comma || day || f->words <= 3;
    return known && day;
}

static bool read_dateline(cursor *c, filed *f, uint32_t *dash_len)
{
    for (;;) {
        blanks(c);
        if (c->i >= c->s.n) return false;
        *dash_len = dash(c);
        if (*dash_len) return true;
        if (c->s.p[c->i] == ',') { f->comma = f->comma || f->words; c->i++; continue; }
        if (c->s.p[c->i] == '(') {
            if (f->agency.e > f->agency.b) return false;
            f->agency = bracketed(c);
            if (f->agency.e == f->agency.b) return false;
            continue;
        }
        dl_span w = word_at(c);
        if (w.e == w.b || f->agency.e > f->agency.b || !take_word(c, w, f)) return false;
    }
}

static dl_span shifted(dl_span s, uint32_t by) { return s.e > s.b ? (dl_span){ s.b + by, s.e + by } : (dl_span){ 0, 0 }; }

uint32_t dl_page_dateline(const dl_page *p, const dl_unit_line *u)
{
    dl_str s = dl_at(p->art->text, u->core);
    if (s.n > DATELINE_BYTES) s.n = DATELINE_BYTES;
    while (s.n && !dl_utf8_boundary(dl_at(p->art->text, u->core), s.n)) s.n--;
    cursor c = { p, s, 0 };
    filed f = { 0 };
    uint32_t n = 0;
    if (!read_dateline(&c, &f, &n) || !believable(&c, &f, c.i, n)) return 0;
    uint32_t end = u->core.b + c.i + n, rest = end;
    while (rest < u->core.e && dl_space((unsigned char)p->art->text.p[rest])) rest++;
    if (rest >= u->core.e) return 0;
    dl_article *a = p->art;
    a->dateline.place = shifted(f.place, u->core.b);
    a->dateline.day = shifted(f.day, u->core.b);
    a->dateline.agency = shifted(f.agency, u->core.b);
    a->dateline.found = true;
    return end;
}
