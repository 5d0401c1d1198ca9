/* values.c - times, counts and measures. */
#include "answer/answer.h"

static const char *const time_types[] = { "DATE", "TIME", "DURATION", "SET" };

static void put_at(dl_jw *w, dl_span at)
{
    dl_jw_key(w, "start"), dl_jw_int(w, at.b);
    dl_jw_key(w, "end"), dl_jw_int(w, at.e);
}

static void put_day(dl_jw *w, const char *key, dl_day day)
{
    char iso[16];
    if (day == DL_NO_DAY) return;
    dl_day_iso(day, iso);
    dl_jw_key(w, key), dl_jw_str(w, dl_str_of(iso));
}

static void put_times(dl_jw *w, const coded *c, bool cases)
{
    dl_jw_key(w, "timex");
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < c->f->times.n; i++) {
        const dl_time *t = &c->f->times.v[i];
        dl_jw_open(w, '{');
        put_at(w, t->at);
        dl_jw_key(w, "type"), dl_jw_str(w, dl_str_of(time_types[t->type]));
        dl_jw_key(w, "value"), dl_jw_str(w, t->value);
        if (t->mod.n) dl_jw_key(w, "mod"), dl_jw_str(w, t->mod);
        if (cases && t->type == DL_TIME_DATE) put_day(w, "earliest", t->earliest), put_day(w, "latest", t->latest);
        dl_jw_close(w, '}');
    }
    dl_jw_close(w, ']');
}

void answer_timex(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), gold_str(gold, "dct"));
    if (!c.doc) return;
    dl_jw w = answer_open(out, gold);
    put_times(&w, &c, false);
    answer_close(&w, out);
    answer_done(&c);
}

/* Cases pair by their text and their day of reference. */
void answer_timex_cases(desk *d, const dl_json *gold, dl_buf *out)
{
    dl_str text = gold_str(gold, "text"), ref = gold_str(gold, "ref");
    coded c = answer_code(d, text, ref);
    if (!c.doc) return;
    dl_jw w = { out, false };
    dl_jw_open(&w, '{');
    dl_jw_key(&w, "text"), dl_jw_str(&w, text);
    if (ref.n) dl_jw_key(&w, "ref"), dl_jw_str(&w, ref);
    put_times(&w, &c, true);
    answer_close(&w, out);
    answer_done(&c);
}

/* ---- counts ---- */

static void put_thousandths(dl_buf *b, int64_t v)
{
    if (v % 1000) dl_putfix(b, v, 3);
    else dl_putint(b, v / 1000);
}

/* "20-25"; of an open range the end that there is. */
static void put_value(dl_jw *w, const dl_count *c)
{
    dl_buf b;
    dl_buf_init(&b, 0);
    put_thousandths(&b, c->low == DL_OPEN ? c->high : c->low);
    if (c->low != DL_OPEN && c->high != DL_OPEN && c->high != c->low) { dl_putc(&b, '-'); put_thousandths(&b, c->high); }
    dl_jw_key(w, "value"), dl_jw_str(w, dl_buf_str(&b));
    dl_buf_free(&b);
}

/* Our short units in the words of the gold sets. */
static dl_str unit_words(dl_str unit)
{
    static const char *const words[][2] = {
        { "%", "percentage" }, { "USD", "dollar" }, { "EUR", "euro" }, { "GBP", "pound sterling" }, { "JPY", "japanese yen" }, { "CNY", "chinese yuan" }, { "AUD", "australian dollar" },
        { "km", "kilometre" }, { "m", "metre" }, { "cm", "centimetre" }, { "mm", "millimetre" }, { "kg", "kilogram" }, { "g", "gram" }, { "mg", "milligram" }, { "mph", "mile per hour" },
        { "km/h", "kilometre per hour" }, { "MW", "megawatt" }, { "GW", "gigawatt" }, { "W", "watt" }, { "GB", "gigabyte" }, { "km2", "square kilometre" }, { "m2", "square metre" },
        { "mile2", "square mile" }, { "m3", "cubic metre" }, { "pound", "pound-mass" }, { "kWh", "kilowatt hour" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) if (dl_is(unit, words[i][0])) return dl_str_of(words[i][1]);
    return unit;
}

/* The same in the spelling of the other gold set; currencies go by their ISO codes there. */
static dl_str american(dl_str unit)
{
    static const char *const words[][2] = {
        { "km", "kilometer" }, { "m", "meter" }, { "cm", "centimeter" }, { "mm", "millimeter" }, { "kg", "kilogram" }, { "g", "gram" }, { "mg", "milligram" }, { "tonne", "ton" },
        { "litre", "liter" }, { "km2", "square kilometer" }, { "m2", "square meter" }, { "mile2", "square mile" }, { "m3", "cubic meter" }, { "mph", "mile per hour" },
        { "km/h", "kilometer per hour" }, { "MW", "megawatt" }, { "GW", "gigawatt" }, { "W", "watt" }, { "GB", "gigabyte" }, { "degree", "degree" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) if (dl_is(unit, words[i][0])) return dl_str_of(words[i][1]);
    return unit;
}

static dl_str of_words(const coded *c, const dl_count *x) { return x->of_head != DL_NONE ? c->lang->tok[x->of_head].lemma : x->of; }

void answer_quantities(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), DL_STR(""));
    if (!c.doc) return;
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "quantity");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < c.f->counts.n; i++) {
        const dl_count *x = &c.f->counts.v[i];
        dl_jw_open(&w, '{');
        put_value(&w, x);
        dl_jw_key(&w, "change"), dl_jw_str(&w, x->high == DL_OPEN ? DL_STR(">") : x->low == DL_OPEN ? DL_STR("<") : x->approximate ? DL_STR("~") : DL_STR("="));
        dl_jw_key(&w, "normalized_unit"), dl_jw_str(&w, x->unit.n ? unit_words(x->unit) : of_words(&c, x));
        dl_jw_key(&w, "referred_concepts"), dl_jw_str(&w, x->of.n ? x->of : DL_STR("-"));
        dl_jw_close(&w, '}');
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}

static bool currency(dl_str unit) { return unit.n == 3 && dl_upper((unsigned char)unit.p[0]) && dl_upper((unsigned char)unit.p[1]) && dl_upper((unsigned char)unit.p[2]); }

static const char *count_type(const dl_count *x)
{
    if (x->measures == DL_MEAS_age) return "age";
    if (dl_is(x->unit, "%")) return "percentage";
    if (x->unit.n) return currency(x->unit) ? "currency" : "dimension";
    return x->low != x->high ? "numberrange" : "number";
}

/* The record's span holds the words before a number ("about", "some"); the gold's holds them only where they make a range of it. */
static dl_span number_span(const coded *c, const dl_count *x)
{
    dl_span at = x->at;
    for (uint32_t i = x->tb; x->low == x->high && i + 1 < x->te; i++) {
        const dl_token *t = &c->lang->tok[i];
        if (t->upos != DL_ADV && t->upos != DL_ADP && !dl_is(t->low, "some")) break;
        at.b = c->lang->tok[i + 1].at.b;
    }
    return at;
}

void answer_number_cases(desk *d, const dl_json *gold, dl_buf *out)
{
    dl_str text = gold_str(gold, "text"), spec = gold_str(gold, "spec");
    coded c = answer_code(d, text, DL_STR(""));
    if (!c.doc) return;
    dl_jw w = { out, false };
    dl_jw_open(&w, '{');
    if (spec.n) dl_jw_key(&w, "spec"), dl_jw_str(&w, spec), dl_jw_key(&w, "text"), dl_jw_str(&w, text);
    else dl_jw_key(&w, "id"), dl_jw_str(&w, gold_str(gold, "id"));
    dl_jw_key(&w, "quantity");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < c.f->counts.n; i++) {
        const dl_count *x = &c.f->counts.v[i];
        dl_jw_open(&w, '{');
        put_at(&w, number_span(&c, x));
        if (x->low == DL_OPEN || x->high == DL_OPEN) {
            dl_jw_key(&w, "low");
            if (x->low == DL_OPEN) dl_jw_null(&w);
            else dl_jw_fix(&w, x->low, 3);
            dl_jw_key(&w, "high");
            if (x->high == DL_OPEN) dl_jw_null(&w);
            else dl_jw_fix(&w, x->high, 3);
        } else put_value(&w, x);
        dl_jw_key(&w, "unit"), dl_jw_str(&w, spec.n ? american(x->unit) : unit_words(x->unit));
        dl_jw_key(&w, "type"), dl_jw_str(&w, dl_str_of(count_type(x)));
        dl_jw_close(&w, '}');
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}
