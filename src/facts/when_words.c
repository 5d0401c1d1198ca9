/* when_words.c - what a token is in a time expression. Words come from the codebook's lists; guards against their other senses ("may", "march", "second", "fall") stand here,
 * told by capitals, tags and neighbours. */
#include "base/utf8.h"
#include "facts/howmany.h"
#include "facts/when.h"

static const dl_token *tok(const dl_scan *w, uint32_t i) { return i >= w->begin && i < w->end ? &w->L->tok[i] : NULL; }

bool dl_word(const dl_scan *w, uint32_t i, const char *low)
{
    const dl_token *t = tok(w, i);
    return t && dl_is(t->low, low);
}

static bool any_word(const dl_scan *w, uint32_t i, const char *const *words)
{
    for (; *words; words++) if (dl_word(w, i, *words)) return true;
    return false;
}

dl_str dl_value(const dl_scan *w, uint32_t i, dl_list list, uint32_t *end)
{
    dl_str none = { "", 0 };
    if (!tok(w, i)) return none;
    dl_str v = dl_list_at(w->q, i, list, end);
    return v.n && *end <= w->end ? v : none;
}

uint32_t dl_dash_at(const dl_scan *w, uint32_t i)
{
    static const char *const DASH[] = { "-", "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\x91", "--", NULL };
    return any_word(w, i, DASH) ? i + 1 : 0;
}

static bool digits(dl_str s, uint32_t from, uint32_t n, int *v)
{
    *v = 0;
    if (from + n > s.n || n == 0) return false;
    for (uint32_t i = from; i < from + n; i++) {
        if (!dl_digit((unsigned char)s.p[i])) return false;
        *v = *v * 10 + (s.p[i] - '0');
    }
    return true;
}

static bool is_number(const dl_scan *w, uint32_t i, int low, int high)
{
    const dl_token *t = tok(w, i);
    int v;
    return t && t->text.n <= 4 && digits(t->text, 0, t->text.n, &v) && v >= low && v <= high;
}

/* A part of somebody's or something's name: "June Smith", "Black September". */
static bool in_a_name(const dl_scan *w, uint32_t i)
{
    const dl_token *t = tok(w, i), *next = tok(w, i + 1);
    const dl_token *head = tok(w, t->head);
    bool flat = t->rel == DL_R_flat && t->head + 1 == i && head && head->upos == DL_PROPN;
    return flat || (next && next->head == i && next->rel == DL_R_flat && next->upos == DL_PROPN && dl_alpha((unsigned char)next->text.p[0]));
}

/* ---- months, weekdays ---- */

static int list_number(const dl_scan *w, uint32_t i, dl_list list, uint32_t *end)
{
    int64_t v;
    dl_str s = dl_value(w, i, list, end);
    if (s.n && dl_str_int(s, &v) && v > 0 && v < 100) return (int)v;
    /* "mid-January", "mid-week": one token */
    const dl_token *t = tok(w, i);
    dl_str folded = t ? w->q->f->hits.folded[i] : s;
    const char *blank = t && folded.n > 4 ? memchr(folded.p, ' ', folded.n) : NULL;
    if (!blank || !dl_starts(folded, DL_STR("mid "))) return 0;
    s = dl_book_list_value(w->q->book, list, dl_cut(folded, 4, folded.n));
    *end = i + 1;
    return s.n && dl_str_int(s, &v) && v > 0 && v < 100 ? (int)v : 0;
}

uint32_t dl_month_at(const dl_scan *w, uint32_t i, int8_t *month)
{
    uint32_t end;
    const dl_token *t = tok(w, i);
    int m = t ? list_number(w, i, DL_LIST_months, &end) : 0;
    if (!m || m > 12) return 0;
    dl_shift shift;
    bool dated = is_number(w, i + 1, 1, 2100) || is_number(w, i - 1, 1, 31) || dl_word(w, i - 1, "of") || (i > w->begin && dl_shift_at(w, i - 1, &shift) == i && shift.before);
    bool capital = t->capital || t->allcaps || dl_starts(t->low, DL_STR("mid"));
    bool other_word = m == 3 || m == 5 || m == 8;                          /* "march", "may", "august" */
    if (!capital && !(dated && t->text.n > 2 && (!other_word || t->upos == DL_PROPN))) return 0;
    if (!dated && (t->upos == DL_AUX || t->upos == DL_VERB || in_a_name(w, i))) return 0;
    bool doubtful = t->text.n <= 3 && t->text.n && m != 5;                /* "Mar", "Jan": names too */
    if (doubtful && !dated && !(end > i && w->L->tok[end - 1].text.p[w->L->tok[end - 1].text.n - 1] == '.')) return 0;
    *month = (int8_t)m;
    return end;
}

uint32_t dl_weekday_at(const dl_scan *w, uint32_t i, dl_expr *x)
{
    uint32_t end;
    const dl_token *t = tok(w, i);
    int d = t ? list_number(w, i, DL_LIST_weekdays, &end) : 0;
    if (!d || d > 7 || !(t->capital || t->allcaps)) return 0;
    bool full = t->text.n >= 6;
    int8_t month;
    if (in_a_name(w, i) && !full) return 0;
    if (!full && !dl_month_at(w, end + dl_word(w, end, ","), &month) && !is_number(w, end, 1, 31)) return 0;     /* "Sun", "Sat", "Wed" */
    x->weekday = (int8_t)d;
    x->has |= DL_HAS_WEEKDAY;
    x->plural = full && dl_ends(t->low, DL_STR("days"));
    return end;
}

/* ---- years ---- */

/* Does the number count what follows ("2010 people") rather than date it? */
static bool counts_something(const dl_scan *w, uint32_t i)
{
    static const char *const MONEY[] = { "$", "\xe2\x82\xac", "\xc2\xa3", "no.", "number", "page", "pages", "room", "flight", "route", "#", NULL };
    const dl_token *t = tok(w, i), *head = tok(w, t->head);
    uint32_t end;
    if (any_word(w, i - 1, MONEY) || dl_word(w, i + 1, "%") || dl_value(w, i + 1, DL_LIST_units, &end).n) return true;
    if (!head || t->head <= i || (t->rel != DL_R_nummod && head->xpos != DL_NNS)) return false;
    if (dl_word(w, i - 1, "the") || dl_word(w, i - 1, "a")) return false;
    return head->upos == DL_NOUN && head->xpos == DL_NNS;
}

static bool year_leads(const dl_scan *w, uint32_t i)
{
    static const char *const LEAD[] = { "in", "since", "until", "till", "by", "from", "to", "before", "after", "during", "early", "late", "year", "of", "between", "and", "through",
                                        "mid", "around", "circa", "about", "(", "for", "than", "pre", "post", "fiscal", "as", "-", "\xe2\x80\x93", ",", "or", NULL };
    return i == w->begin || any_word(w, i - 1, LEAD);
}

/* "1990s", "the 90s", "2010s" */
static uint32_t decade_at(const dl_scan *w, uint32_t i, dl_expr *x)
{
    dl_str s = tok(w, i)->low;
    int v, mid = dl_starts(s, DL_STR("mid-")) ? 4 : 0;
    if (mid) s = dl_cut(s, 4, s.n);
    if (s.n && s.p[0] == '\'') s = dl_cut(s, 1, s.n);
    bool four = s.n == 5 && s.p[4] == 's' && digits(s, 0, 4, &v) && v % 10 == 0 && v >= 1000 && v < 2100;
    bool two = s.n == 3 && s.p[2] == 's' && digits(s, 0, 2, &v) && v % 10 == 0;
    if (!four && !(two && (dl_word(w, i - 1, "the") || dl_word(w, i - 1, "'") || dl_word(w, i - 1, "early") || dl_word(w, i - 1, "late")))) return 0;
    if (two) v += v >= 30 ? 1900 : 2000;
    x->year = v / 10;
    x->year_unit = DL_TU_DE;
    x->has |= DL_HAS_YEAR;
    x->the = true;
    if (mid) x->mod = "MID";
    return i + 1;
}

/* "nineteen ninety-four", "the year two thousand" */
static uint32_t year_in_words(const dl_scan *w, uint32_t i, dl_expr *x)
{
    dl_number a, b;
    int64_t v, ten;
    uint32_t end;
    dl_str s = dl_value(w, i, DL_LIST_numbers, &end);
    bool named = dl_word(w, i - 1, "year");
    if (!s.n || !dl_str_int(s, &v)) return 0;
    if (named && dl_number_at(w->q, i, w->end, &a) && a.low == a.high && a.low >= 1000000 && a.low <= 2100000) { x->year = (int32_t)(a.low / 1000); end = a.te; }
    else {
        if (v < 15 || v > 20 || !dl_number_at(w->q, end, w->end, &b) || !b.words || b.low != b.high || (ten = b.low / 1000) < 10 || ten > 99) return 0;
        x->year = (int32_t)(v * 100 + ten);
        end = b.te;
    }
    x->year_unit = DL_TU_Y;
    x->has |= DL_HAS_YEAR;
    return end;
}

/* "480 BC": years before our era are counted as astronomers do, 1 BC = 0. */
static uint32_t before_our_era(const dl_scan *w, uint32_t i, dl_expr *x)
{
    static const char *const ERA[] = { "bc", "b.c.", "bce", "b.c.e.", NULL };
    const dl_token *t = tok(w, i);
    int v;
    if (!any_word(w, i + 1, ERA) || t->text.n > 4 || !digits(t->text, 0, t->text.n, &v) || v == 0) return 0;
    x->year = 1 - v;
    x->year_unit = DL_TU_Y;
    x->has |= DL_HAS_YEAR;
    return i + 2;
}

uint32_t dl_year_at(const dl_scan *w, uint32_t i, bool joined, dl_expr *x)
{
    const dl_token *t = tok(w, i);
    int v;
    if (!t) return 0;
    uint32_t era = before_our_era(w, i, x), words = era ? era : year_in_words(w, i, x);
    if (words) return words;
    uint32_t decade = decade_at(w, i, x);
    if (decade) return decade;
    bool named = dl_word(w, i, "year") && is_number(w, i + 1, 1000, 2100);
    if (named) { i++; t = tok(w, i); }
    dl_str s = t->text;
    bool mid = dl_starts(t->low, DL_STR("mid-"));
    if (mid) s = dl_cut(s, 4, s.n);
    if (joined && s.n == 3 && s.p[0] == '\'' && digits(s, 1, 2, &v)) v += v >= 30 ? 1900 : 2000;
    else if (s.n != 4 || !digits(s, 0, 4, &v) || v < 1000 || v > 2100) return 0;
    if (!joined && !named && !mid) {
        if (counts_something(w, i)) return 0;
        uint32_t dash = dl_dash_at(w, i + 1);
        bool told = year_leads(w, i) || (dash && is_number(w, dash, 1000, 2100)) || (w->old && v >= 1400 && v < 2050);
        if ((v < 1900 || v > 2049) && !told) return 0;
    }
    x->year = v;
    x->year_unit = DL_TU_Y;
    x->has |= DL_HAS_YEAR;
    x->the = x->the || named;
    if (mid) x->mod = "MID";
    return i + 1;
}

/* ---- seasons, parts of the day ---- */

uint32_t dl_season_at(const dl_scan *w, uint32_t i, bool told, dl_expr *x)
{
    static const char *const BEFORE[] = { "in", "during", "until", "since", "by", "this", "last", "next", "every", "each", "the", "of", "early", "late", "mid", "through", "for", NULL };
    uint32_t end;
    const dl_token *t = tok(w, i);
    dl_str v = dl_value(w, i, DL_LIST_seasons, &end);
    if (v.n != 2 || t->upos == DL_VERB || t->upos == DL_AUX) return 0;
    bool year = is_number(w, end, 1000, 2100) || (dl_word(w, end, "of") && is_number(w, end + 1, 1000, 2100));
    bool bare = dl_is(v, "FA") || dl_is(v, "SP");                          /* "fall" and "spring" have other senses */
    if (!told && !year && (!any_word(w, i - 1, BEFORE) || (bare && (dl_word(w, i - 1, "the") || dl_word(w, i - 1, "of")) && !t->capital && dl_word(w, end, "of")))) return 0;
    if (t->capital && i > w->begin && tok(w, i - 1)->upos == DL_PROPN && !year) return 0;      /* "Arab Spring" */
    memcpy(x->season, v.p, 2);
    x->has |= DL_HAS_SEASON;
    x->the = true;
    return end;
}

uint32_t dl_part_at(const dl_scan *w, uint32_t i, dl_expr *x)
{
    uint32_t end;
    dl_str v = dl_value(w, i, DL_LIST_day_parts, &end);
    int h, m;
    if (v.n == 5 && v.p[2] == ':' && digits(v, 0, 2, &h) && digits(v, 3, 2, &m)) {           /* noon 12:00, midnight 24:00 */
        x->hour = (int8_t)h, x->minute = (int8_t)m;
        x->has |= DL_HAS_CLOCK;
        return end;
    }
    if (v.n != 2 || tok(w, i)->upos == DL_VERB) return 0;
    memcpy(x->part, v.p, 2);
    x->has |= DL_HAS_PART;
    x->the = true;
    x->plural = tok(w, end - 1)->xpos == DL_NNS && tok(w, end - 1)->low.p[tok(w, end - 1)->low.n - 1] == 's';
    return end;
}

/* ---- times of day ---- */

static const char *const ZONES[] = { "gmt", "utc", "est", "edt", "cet", "cest", "bst", "ist", "pst", "pdt", "et", "eat", "wat", "msk", "z", NULL };

/* Half of the day behind an hour: "p.m.", "pm"; 12 = add twelve hours, 0 = add none, -1 = none told. */
static int half_day(dl_str s)
{
    char c[3] = "";
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.') continue;
        if (n == 2) return -1;
        c[n++] = s.p[i];
    }
    return !strcmp(c, "am") ? 0 : !strcmp(c, "pm") ? 12 : -1;
}

/* "3", "3:30", "3.30", "15:00:00", "3pm", "15h30": hour, minute, and the half of the day if it is glued on. */
static bool hour_token(dl_str s, int *h, int *m, int *half)
{
    uint32_t n = 0, k;
    *m = -1;
    *half = -1;
    while (n < s.n && n < 3 && dl_digit((unsigned char)s.p[n])) n++;
    if (!n || n > 2 || !digits(s, 0, n, h)) return false;
    k = n;
    if (k + 3 <= s.n && (s.p[k] == ':' || s.p[k] == '.' || s.p[k] == 'h') && digits(s, k + 1, 2, m)) {
        k += 3;
        if (k + 3 == s.n && s.p[k] == ':') k = s.n;
    }
    if (k < s.n) *half = half_day(dl_cut(s, k, s.n));
    return (k == s.n || *half >= 0) && *h <= 24 && *m < 60;
}

uint32_t dl_clock_at(const dl_scan *w, uint32_t i, dl_expr *x)
{
    const dl_token *t = tok(w, i);
    int h, m, half;
    if (!t) return 0;
    bool four = t->text.n == 4 && any_word(w, i + 1, ZONES) && digits(t->text, 0, 2, &h) && digits(t->text, 2, 2, &m) && h < 24 && m < 60;
    bool told = four;
    dl_number word;
    if (!four && !hour_token(t->low, &h, &m, &half)) {
        if (!dl_number_at(w->q, i, i + 1, &word) || word.low != word.high || word.low > 12000 || word.low % 1000) return 0;
        h = (int)(word.low / 1000), m = -1, half = -1;
    }
    uint32_t end = i + 1;
    const dl_token *next = tok(w, end);
    if (!four) {
        if (half < 0 && next && (half = half_day(next->low)) >= 0) end++;
        else if (half < 0 && (dl_word(w, end, "o'clock") || dl_word(w, end, "hours")) && (h <= 12 || m >= 0) && (dl_word(w, end, "o'clock") || m >= 0)) { told = true; end++; }
        told = told || half >= 0 || (m >= 0 && memchr(t->low.p, ':', t->low.n) && h < 24) || any_word(w, end, ZONES);
        if (half >= 0 && h >= 1 && h <= 12) h = h % 12 + half;
    }
    if (!told || h > 24) return 0;
    if (any_word(w, end, ZONES)) end++;
    if (dl_word(w, end, "local") && dl_word(w, end + 1, "time")) end += 2;
    x->hour = (int8_t)h;
    x->minute = (int8_t)m;
    x->has |= DL_HAS_CLOCK;
    return end;
}

/* ---- dates in figures ---- */

static bool real_day(int y, int m, int d) { return m >= 1 && m <= 12 && d >= 1 && d <= dl_month_days(y, m); }

/* 2015-01-15, 15/01/2015, 01/15/2015, 15.1.15: year first, or day and month told apart by sense: by what can be a month, else by what lies nearer to the day of the report, else day first. */
uint32_t dl_numeric_date(const dl_scan *w, uint32_t i, dl_expr *x)
{
    const dl_token *t = tok(w, i);
    int v[3] = { 0, 0, 0 }, n = 0;
    uint32_t len[3] = { 0, 0, 0 };
    if (!t || t->text.n < 6 || t->text.n > 10) return 0;
    for (uint32_t k = 0; k < t->text.n; k++) {
        char c = t->text.p[k];
        if (dl_digit((unsigned char)c) && len[n] < 4) { v[n] = v[n] * 10 + (c - '0'); len[n]++; }
        else if ((c == '-' || c == '/' || c == '.') && n < 2 && len[n]) n++;
        else return 0;
    }
    if (n != 2 || !len[2]) return 0;
    int y = len[0] == 4 ? v[0] : v[2], m = v[1], d = len[0] == 4 ? v[2] : v[0];
    if (len[0] != 4) {
        if (len[2] == 2) y += y >= 30 ? 1900 : 2000;
        else if (len[2] != 4) return 0;
        dl_day pub = w->q->art->published;
        bool day_first = real_day(y, m, d), month_first = real_day(y, d, m);
        if (day_first && month_first && pub != DL_NO_DAY) {
            int64_t a = (int64_t)pub - dl_day_of(y, m, d), b = (int64_t)pub - dl_day_of(y, d, m);
            day_first = (a < 0 ? -a * 2 : a) <= (b < 0 ? -b * 2 : b);
        }
        if (!day_first) { int swap = d; d = m; m = swap; }
    }
    if (!real_day(y, m, d) || y < 1000) return 0;
    x->year = y, x->year_unit = DL_TU_Y, x->month = (int8_t)m, x->day = (int8_t)d;
    x->has |= DL_HAS_YEAR | DL_HAS_MONTH | DL_HAS_DAY;
    return i + 1;
}

/* ---- units, ordinals ---- */

uint32_t dl_unit_at(const dl_scan *w, uint32_t i, dl_tunit *unit, bool *plural)
{
    static const struct { const char *z; dl_tunit u; } UNITS[] = {
        { "S", DL_TU_S }, { "MIN", DL_TU_MIN }, { "H", DL_TU_H }, { "D", DL_TU_D }, { "W", DL_TU_W }, { "M", DL_TU_M }, { "Y", DL_TU_Y },
        { "Q", DL_TU_Q }, { "DE", DL_TU_DE }, { "CE", DL_TU_CE }, { "WE", DL_TU_WE }, { "FN", DL_TU_FN },
    };
    uint32_t end;
    dl_str v = dl_value(w, i, DL_LIST_time_units, &end);
    if (!v.n || tok(w, i)->upos == DL_VERB) return 0;
    const dl_token *last = tok(w, end - 1);
    *plural = last->xpos == DL_NNS || last->xpos == DL_NNPS || (last->low.n > 3 && last->low.p[last->low.n - 1] == 's');
    for (size_t k = 0; k < sizeof UNITS / sizeof *UNITS; k++)
        if (dl_is(v, UNITS[k].z)) { *unit = UNITS[k].u; return end; }
    return 0;
}

uint32_t dl_ordinal_at(const dl_scan *w, uint32_t i, int64_t *n)
{
    uint32_t end;
    dl_str v = dl_value(w, i, DL_LIST_ordinals, &end);
    if (v.n && dl_str_int(v, n)) return end;
    const dl_token *t = tok(w, i);                                         /* "09th" */
    if (!t || t->low.n != 4 || !digits(t->low, 0, 2, &(int){ 0 })) return 0;
    v = dl_cut(t->low, 2, 4);
    *n = (t->low.p[0] - '0') * 10 + (t->low.p[1] - '0');
    return dl_is(v, "th") || dl_is(v, "st") || dl_is(v, "nd") || dl_is(v, "rd") ? i + 1 : 0;
}
