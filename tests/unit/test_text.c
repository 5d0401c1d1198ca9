/* test_text.c - characters and JSON: walking any bytes, folding, reading what is found in the wild, writing what anyone may read. */
#include "base/json.h"
#include "base/utf8.h"
#include "test.h"

static dl_pool *pool;
static dl_arena mem;

static void random_bytes(uint64_t *seed, char *out, uint32_t n)
{
    static const char likely[] = "\xC3\xA9\xE2\x80\x99\xF0\x9F\x98\x80\xED\xA0\x80\xC0\x80\xF4\x90\xE0\x80";
    for (uint32_t i = 0; i < n; i++) {
        uint32_t kind = test_below(seed, 4);
        out[i] = kind == 0 ? (char)test_random(seed) : kind == 1 ? (char)('a' + test_below(seed, 26)) : likely[test_below(seed, sizeof likely - 1)];
    }
}

/* ---- characters ----------------------------------------------------------------------------------------------------- */

static void test_every_character(void)
{
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        if (cp >= 0xD800 && cp < 0xE000) continue;
        char b[4];
        uint32_t n = (uint32_t)dl_utf8_put(cp, b), next = 0, prev = n;
        dl_str s = { b, n };
        CHECK(dl_utf8_next(s, &next) == cp && next == n);
        CHECK(dl_utf8_prev(s, &prev) == cp && prev == 0);
        CHECK(dl_utf8_valid(s));
        for (uint32_t cut = 1; cut < n; cut++) CHECK(!dl_utf8_valid(dl_cut(s, 0, cut)) && !dl_utf8_valid(dl_cut(s, cut, n)));
    }
    CHECK(!dl_utf8_valid(DL_STR("\xC0\x80")) && !dl_utf8_valid(DL_STR("\xED\xA0\x80")) && !dl_utf8_valid(DL_STR("\xF4\x90\x80\x80")) && !dl_utf8_valid(DL_STR("\xE0\x9F\xBF")));
    CHECK_EQ(dl_utf8_valid_prefix(DL_STR("abcdefgh\xC3\xA9ij\xFFk")), 12);
}

/* Walking back visits the same characters as walking forward, whatever the bytes. */
static void test_random_bytes(void)
{
    uint64_t seed = 2;
    for (int round = 0; round < 20000; round++) {
        char b[40];
        uint32_t starts[41], values[41], count = 0, n = test_below(&seed, sizeof b);
        random_bytes(&seed, b, n);
        dl_str s = { b, n };
        for (uint32_t i = 0; i < n; count++) starts[count] = i, values[count] = dl_utf8_next(s, &i);
        uint32_t i = n, k = count;
        while (i > 0 && k > 0) {
            uint32_t v = dl_utf8_prev(s, &i);
            k--;
            CHECK(i == starts[k] && v == values[k]);
        }
        CHECK(i == 0 && k == 0);
        uint32_t good = dl_utf8_valid_prefix(s);
        CHECK(good <= n && dl_utf8_valid(dl_cut(s, 0, good)) && (good == n) == dl_utf8_valid(s));
    }
}

static void test_kinds(void)
{
    for (uint32_t cp = 0x80; cp < 0x100; cp++) {     /* the Latin-1 paths agree with themselves: a small letter is the lower of a capital */
        uint32_t low = dl_cp_tolower(cp);
        CHECK(dl_cp_upper(cp) == (low != cp) && (!dl_cp_upper(cp) || dl_cp_lower(low)) && (!dl_cp_lower(cp) || dl_cp_alpha(cp)));
    }
    CHECK(dl_cp_alpha(0x627) && dl_cp_alpha(0x4E2D) && dl_cp_alpha(0x301) && !dl_cp_alpha(0x2019) && !dl_cp_alpha('1') && !dl_cp_alpha(0xD7));
    CHECK(dl_cp_upper(0x410) && dl_cp_lower(0x430) && dl_cp_tolower(0x410) == 0x430 && dl_cp_upper(0x1C5));
    CHECK(dl_cp_digit('7') && dl_cp_digit(0x667) && !dl_cp_digit(0xB2));
    CHECK(dl_cp_space(' ') && dl_cp_space(0xA0) && dl_cp_space(0x3000) && dl_cp_space(0x2028) && dl_cp_space(0x200B) && !dl_cp_space('a'));
    CHECK(dl_cp_mark(0x301) && dl_cp_mark(0x93F) && !dl_cp_mark('a'));
    CHECK(dl_cp_width('a') == 1 && dl_cp_width(0x4E2D) == 2 && dl_cp_width(0x301) == 0);
    CHECK(!dl_cp_alpha(0x110000) && !dl_cp_mark(0xFFFFFFFF) && dl_cp_tolower(0xFFFFFFFF) == 0xFFFFFFFF);
}

static void test_scripts(void)
{
    static const struct { uint32_t cp; dl_script s; } t[] = {
        { 'a', DL_SCRIPT_LATIN }, { 0xE9, DL_SCRIPT_LATIN }, { 0x1EA1, DL_SCRIPT_LATIN }, { '1', DL_SCRIPT_NONE }, { '[', DL_SCRIPT_NONE }, { 0xD7, DL_SCRIPT_NONE }, { 0x2019, DL_SCRIPT_NONE },
        { 0x301, DL_SCRIPT_NONE }, { 0x3B1, DL_SCRIPT_GREEK }, { 0x416, DL_SCRIPT_CYRILLIC }, { 0x531, DL_SCRIPT_ARMENIAN }, { 0x5D0, DL_SCRIPT_HEBREW }, { 0x627, DL_SCRIPT_ARABIC },
        { 0x6CC, DL_SCRIPT_ARABIC }, { 0x915, DL_SCRIPT_DEVANAGARI }, { 0x995, DL_SCRIPT_BENGALI }, { 0xB95, DL_SCRIPT_TAMIL }, { 0xC15, DL_SCRIPT_INDIC }, { 0xE01, DL_SCRIPT_THAI },
        { 0xE81, DL_SCRIPT_LAO }, { 0x1780, DL_SCRIPT_KHMER }, { 0x1000, DL_SCRIPT_MYANMAR }, { 0xF40, DL_SCRIPT_TIBETAN }, { 0x10D0, DL_SCRIPT_GEORGIAN }, { 0x1200, DL_SCRIPT_ETHIOPIC },
        { 0xAC00, DL_SCRIPT_HANGUL }, { 0x3042, DL_SCRIPT_KANA }, { 0x30A2, DL_SCRIPT_KANA }, { 0x4E2D, DL_SCRIPT_HAN }, { 0x20000, DL_SCRIPT_HAN }, { 0x710, DL_SCRIPT_OTHER }, { 0x10FFFF, DL_SCRIPT_NONE },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) CHECK_EQ(dl_script_of(t[i].cp), t[i].s);
}

/* ---- folding -------------------------------------------------------------------------------------------------------- */

static void test_lowered(void)
{
    static const char *const t[][2] = {
        { "already lower 1", "already lower 1" }, { "MiXed", "mixed" }, { "\xC3\x89T\xC3\x89", "\xC3\xA9t\xC3\xA9" }, { "don\xE2\x80\x99t", "don't" }, { "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0", "\xD0\xBC\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0" },
        { "STRA\xC3\x9F" "E", "strasse" }, { "\xC3\x97", "\xC3\x97" }, { "\xFF" "A", "\xEF\xBF\xBD" "a" }, { "", "" },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) CHECK_STR(dl_lowered(&mem, dl_str_of(t[i][0])), t[i][1]);
    dl_str same = DL_STR("not copied");
    CHECK(dl_lowered(&mem, same).p == same.p);
}

static void test_folded(void)
{
    static const char *const t[][2] = {
        { "Brussels", "brussels" }, { "S\xC3\xA3o Paulo", "sao paulo" }, { "\xC5\x81\xC3\xB3" "d\xC5\xBA", "lodz" }, { "\xC3\x98rsted", "orsted" }, { "\xC3\x86r\xC3\xB8", "aero" }, { "\xC4\x90\xE1\xBB\x93ng", "dong" },
        { "Gro\xC3\x9F", "gross" }, { "U.S.", "u s" }, { "  Al-Qa\xE2\x80\x99ida  ", "al qa ida" }, { "Guinea\xE2\x80\x93" "Bissau", "guinea bissau" }, { "O'Brien", "o brien" }, { "\xC4\xB0stanbul", "istanbul" },
        { "e\xCC\x81t\xC3\xA9", "ete" }, { "\xD0\x99\xD0\xBE", "\xD0\xB8\xD0\xBE" }, { "\xEF\xAC\x81n", "fin" }, { "a\xC2\xAD" "b", "ab" }, { "a\xC2\xA0 \t b", "a b" }, { "-", "" }, { "", "" }, { "already a key", "already a key" },
        { "\xD9\x85\xD9\x8E\xD8\xAF", "\xD9\x85\xD8\xAF" }, { "\xE0\xA4\x95\xE0\xA4\xBF", "\xE0\xA4\x95\xE0\xA4\xBF" }, { "Mu\xCA\xBF\x61mmar", "mu ammar" },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) CHECK_STR(dl_folded(&mem, dl_str_of(t[i][0])), t[i][1]);
    dl_str same = DL_STR("not copied");
    CHECK(dl_folded(&mem, same).p == same.p);
}

/* Any character may be folded: nothing overruns, the result is well formed, and folding a key again changes nothing. */
static void test_folding_everything(void)
{
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        dl_marker m = dl_mark(&mem);
        char b[8] = "A";
        uint32_t n = 1 + (uint32_t)dl_utf8_put(cp, b + 1);
        dl_str low = dl_lowered(&mem, (dl_str){ b, n }), key = dl_folded(&mem, (dl_str){ b, n });
        CHECK(low.n - 1 <= 3 * (n - 1) && dl_utf8_valid(low) && dl_utf8_valid(key) && key.n - 1 <= 11 * (n - 1) && key.n >= 1 && key.p[0] == 'a');
        CHECK(dl_eq(dl_folded(&mem, key), key) || (printf("    U+%04X\n", cp), false));
        dl_reset(&mem, m);
    }
}

static void test_folding_random_bytes(void)
{
    uint64_t seed = 3;
    for (int round = 0; round < 5000; round++) {
        dl_marker m = dl_mark(&mem);
        char b[64];
        dl_str s = { b, test_below(&seed, sizeof b) };
        random_bytes(&seed, b, s.n);
        dl_str low = dl_lowered(&mem, s), key = dl_folded(&mem, s);
        CHECK(dl_utf8_valid(low) && dl_utf8_valid(key) && low.n <= 3 * s.n && key.n <= 11 * s.n);
        CHECK(dl_eq(dl_lowered(&mem, low), low));
        dl_reset(&mem, m);
    }
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------- */

static void write_value(dl_jw *w, const dl_json *v)
{
    switch (v->kind) {
    case DL_JSON_NULL: dl_jw_null(w); break;
    case DL_JSON_BOOL: dl_jw_bool(w, v->truth); break;
    case DL_JSON_NUMBER: dl_jw_str(w, v->str); break;                    /* as a string: enough to compare */
    case DL_JSON_STRING: dl_jw_str(w, v->str.p ? v->str : DL_STR("")); break;
    default:
        dl_jw_open(w, v->kind == DL_JSON_ARRAY ? '[' : '{');
        for (const dl_json *c = v->first; c; c = c->next) {
            char key[64] = "";
            if (c->key.n) memcpy(key, c->key.p, c->key.n < 63 ? c->key.n : 63);
            if (v->kind == DL_JSON_OBJECT) dl_jw_key(w, key);
            write_value(w, c);
        }
        dl_jw_close(w, v->kind == DL_JSON_ARRAY ? ']' : '}');
    }
}

static const dl_json *reads_as(const char *in, const char *out, const char *want_error)
{
    const char *error;
    uint32_t end, at;
    dl_json *v = dl_json_read(&mem, dl_str_of(in), &end, &error, &at);
    dl_buf b;
    dl_buf_init(&b, 0);
    dl_jw w = { .out = &b };
    if (v) write_value(&w, v);
    CHECK_STR(dl_buf_str(&b), out);
    CHECK_STR(dl_str_of(error ? error : ""), want_error);
    CHECK(end <= strlen(in) && (!error || at <= strlen(in)));
    dl_buf_free(&b);
    return v;
}

static void test_json_good(void)
{
    reads_as("{}", "{}", "");
    reads_as(" [1, -2.5e3 , true,false, null,\"x\" ] ", "[\"1\",\"-2.5e3\",true,false,null,\"x\"]", "");
    reads_as("{\"a\":{\"b\":[{}]},\"c\":\"\"}", "{\"a\":{\"b\":[{}]},\"c\":\"\"}", "");
    reads_as("\"\\u00e9\\n\\\"\\\\\\/\\ud83d\\ude00\\u0000\"", "\"\xC3\xA9\\n\\\"\\\\/\xF0\x9F\x98\x80\\u0000\"", "");
    reads_as("\xEF\xBB\xBF[\"\xC3\xA9\"]", "[\"\xC3\xA9\"]", "");
}

static void test_json_forgiven(void)
{
    reads_as("[NaN,Infinity,-Infinity,None,True]", "[null,null,null,null,true]", "unknown word read as null");
    reads_as("\"a\\qb\\u12G4\"", "\"a\\\\qb\\\\u12G4\"", "bad escape");
    reads_as("\"\\ud83d\"", "\"\xEF\xBF\xBD\"", "lone surrogate");
    reads_as("\"\\ude00\\ud83dx\"", "\"\xEF\xBF\xBD\xEF\xBF\xBDx\"", "lone surrogate");
    reads_as("\"\\ud83d\\ud83d\\ude00\"", "\"\xEF\xBF\xBD\xF0\x9F\x98\x80\"", "lone surrogate");
    reads_as("\"a\tb\nc\"", "\"a\\tb\\nc\"", "control character in a string");
    reads_as("[1,2,]", "[\"1\",\"2\"]", "comma too many");
    reads_as("[,1,,2]", "[\"1\",\"2\"]", "comma too many");
    reads_as("{\"a\":1 \"b\":2}", "{\"a\":\"1\",\"b\":\"2\"}", "comma missing");
    reads_as("{a:01}", "{\"a\":\"01\"}", "key without quotes");
    reads_as("[01]", "[\"01\"]", "odd number");
}

static void test_json_broken(void)
{
    CHECK(!reads_as("", "", "value missing at the end"));
    CHECK(!reads_as("  ", "", "value missing at the end"));
    CHECK(!reads_as("]", "", "no value here"));
    reads_as("{\"a\":1,\"b\":\"cut he", "{\"a\":\"1\",\"b\":\"cut he\"}", "string without an end");
    reads_as("{\"a\":1,\"b\":\"cut\\", "{\"a\":\"1\",\"b\":\"cut\\\\\"}", "string without an end");
    reads_as("{\"a\":1,\"b\":\"cut\\u12", "{\"a\":\"1\",\"b\":\"cut\\\\u12\"}", "string without an end");
    reads_as("{\"a\":1,\"b\":", "{\"a\":\"1\"}", "value missing at the end");
    reads_as("{\"a\":1,\"b\"", "{\"a\":\"1\"}", "object without an end");
    reads_as("{\"a\":[1,2", "{\"a\":[\"1\",\"2\"]}", "array without an end");
    reads_as("[1,@,2]", "[\"1\"]", "no value here");
    reads_as("{\"a\":1;\"b\":2}", "{\"a\":\"1\"}", "no key here");
    reads_as("{\"a\" 1}", "{}", "no colon behind a key");
}

static void test_json_depth(void)
{
    static char deep[100001];
    uint32_t end;
    const char *error;
    memset(deep, '[', 50000);
    memset(deep + 50000, ']', 50000);
    dl_json *v = dl_json_read(&mem, dl_str_of(deep), &end, &error, NULL);
    CHECK(v && end == 100000 && error && strcmp(error, "nested too deep, left out") == 0);
    int depth = 0;
    for (; v; v = v->first) depth++;
    CHECK_EQ(depth, 201);
    deep[50000] = 0;
    v = dl_json_read(&mem, dl_str_of(deep), &end, &error, NULL);
    CHECK(v && end == 50000 && error && strcmp(error, "bracket without an end") == 0);
}

static void test_json_places(void)
{
    const char *in = " {\"Pub-Date\": \"x\\ty\", \"n\": 12 , \"s\":\"plain\"} {";
    uint32_t end;
    const char *error;
    dl_json *v = dl_json_read(&mem, dl_str_of(in), &end, &error, NULL);
    const dl_json *d = dl_json_get(v, "pub_date"), *n = dl_json_get(v, "N"), *s = dl_json_get(v, "s");
    CHECK(v && d && n && s && !error);
    if (!(d && n && s)) return;
    CHECK_STR(dl_at(dl_str_of(in), d->at), "\"x\\ty\"");
    CHECK_STR(dl_at(dl_str_of(in), n->at), "12");
    CHECK(!d->plain && s->plain && s->str.p == in + s->at.b + 1);
    CHECK_EQ(end, strlen(in) - 1);
    CHECK_STR(dl_cut(dl_str_of(in), v->at.b, v->at.b + 1), "{");
    CHECK(dl_json_get(v, "pubdate") == d && !dl_json_get(v, "pub") && !dl_json_get(n, "x") && !dl_json_get(NULL, "x"));
    CHECK(dl_json_key_is(DL_STR("_a-B"), "ab") && !dl_json_key_is(DL_STR("ab"), "abc") && !dl_json_key_is(DL_STR("abc"), "ab") && dl_json_key_is(DL_STR("a_"), "a"));
}

/* Random bytes of JSON's alphabet: the reader ends, and what it read can be written and read again without complaint. */
static void test_json_random(void)
{
    static const char alphabet[] = "{{[[]]}}\"\"\",,::\\\\uud8dc00f12ntrueNaN-.e \t\n\xC3\xA9\xFF";
    uint64_t seed = 4;
    for (int round = 0; round < 40000; round++) {
        dl_marker m = dl_mark(&mem);
        char in[61] = "";
        for (uint32_t i = 0, n = test_below(&seed, 60); i < n; i++) in[i] = alphabet[test_below(&seed, sizeof alphabet - 1)];
        dl_buf b, again;
        uint32_t end;
        const char *error;
        dl_json *v = dl_json_read(&mem, dl_str_of(in), &end, &error, NULL);
        CHECK(end <= strlen(in) && (v || error));
        if (v) {
            dl_buf_init(&b, 0);
            dl_buf_init(&again, 0);
            write_value(&(dl_jw){ .out = &b }, v);
            dl_json *same = dl_json_read(&mem, dl_buf_str(&b), &end, &error, NULL);
            CHECK(same && !error && end == b.n && dl_utf8_valid(dl_buf_str(&b)));
            if (same) write_value(&(dl_jw){ .out = &again }, same);
            CHECK(b.n == again.n && memcmp(b.p, again.p, b.n) == 0);
            dl_buf_free(&b);
            dl_buf_free(&again);
        }
        dl_reset(&mem, m);
    }
}

static void test_json_writer(void)
{
    dl_buf b;
    dl_buf_init(&b, 0);
    dl_jw w = { .out = &b };
    dl_jw_open(&w, '{');
    dl_jw_key(&w, "a");
    dl_jw_int(&w, -3);
    dl_jw_key(&w, "at");
    dl_jw_span(&w, (dl_span){ 4, 9 });
    dl_jw_key(&w, "p");
    dl_jw_fix(&w, 5058907, 5);
    dl_jw_key(&w, "list");
    dl_jw_open(&w, '[');
    dl_jw_open(&w, '{');
    dl_jw_close(&w, '}');
    dl_jw_str(&w, (dl_str){ 0 });
    dl_jw_str(&w, DL_STR("\x01\x7F \xE2\x80\xA8 \xED\xA0\x80"));
    dl_jw_bool(&w, true);
    dl_jw_close(&w, ']');
    dl_jw_close(&w, '}');
    CHECK_STR(dl_buf_str(&b), "{\"a\":-3,\"at\":[4,9],\"p\":50.58907,\"list\":[{},null,\"\\u0001\x7F \xE2\x80\xA8 \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\",true]}");
    dl_buf_free(&b);
}

int main(void)
{
    pool = dl_pool_open(64 << 20);
    if (!pool || !dl_arena_open(&mem, pool)) return 2;
    TEST(test_every_character);
    TEST(test_random_bytes);
    TEST(test_kinds);
    TEST(test_scripts);
    TEST(test_lowered);
    TEST(test_folded);
    TEST(test_folding_everything);
    TEST(test_folding_random_bytes);
    TEST(test_json_good);
    TEST(test_json_forgiven);
    TEST(test_json_broken);
    TEST(test_json_depth);
    TEST(test_json_places);
    TEST(test_json_random);
    TEST(test_json_writer);
    dl_arena_close(&mem);
    dl_pool_close(pool);
    return test_end();
}
