/* test_spans.c - whatever the text is, every span of its record lies inside it and on boundaries of characters, its parts tile it, and the same bytes give the same record. */
#include "base/json.h"
#include "base/utf8.h"
#include "dateline.h"
#include "test.h"

static dl_codebook *book;
static dl_coder *coder;
static dl_pool *pool;
static dl_arena mem;

/* ---- random text ---- */

static const char *const WORDS[] = {
    "police", "Police", "the", "The", "a", "two", "12", "1,200", "3.5 million", "at least", "nearly", "killed", "were killed", "arrested", "raided", "said", "told", "denied", "has foiled", "will attack",
    "threatened", "in", "by", "on", "near", "after", "before", "who", "that", "and", "if", "not", "no", "Syria", "Brussels", "Verviers", "Phnom Penh", "Kyiv", "Paris", "Aarhus", "Islamic State", "ISIS", "NATO",
    "Colonel Prasert Wongchai", "Mr. Smith", "Ms. Díaz", "François Hollande", "Ali al-Khatib", "O'Brien", "24-year-old", "soldiers", "protesters", "a flat", "an attack", "talks", "a plot", "bomb", "wounding",
    "Monday", "January 26", "26 January 2015", "last week", "on Tuesday", "2015-01-26", "in 2014", "€5m", "$3.2bn", "50%", "U.S.", "p.m.", "it", "he", "they", "her", "their",
    "\"", "\"", "“", "”", "‘", "’", "'", "«", "»", "„", ",", ",", ".", ".", "?", "!", ";", ":", "–", "—", "-", "(", ")", "[", "]", "...", "…",
    "\n", "\n\n", "\t", "\r\n", "\xc2\xa0", "\xe2\x80\xa8", "\xe3\x80\x80", "\xe2\x80\x8b", "\xe2\x80\x8f", "\xe2\x80\xab", "\xe2\x80\xac", "\xef\xbb\xbf",
    "\xf0\x9f\x94\xa5", "\xf0\x9f\x87\xa7\xf0\x9f\x87\xaa", "\xf0\x9d\x94\x98\xf0\x9d\x94\xab", "\xf0\x90\x8d\x88", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x92", "e\xcc\x81", "\xcc\x88", "Zu\xcc\x88rich", "o\xcc\xa3\xcc\x83", "\xef\xac\x81ghting",
    "שוטרים בלגים", "בעיר", "قتل", "الشرطة", "في دمشق", "警察", "はい", "убиты", "полиция", "Ελλάδα", "İstanbul", "ẞ", "ŉ", "Straße", "١٢", "४२", "½", "³", "Ⅻ", "\x01", "\x7f",
};

static uint32_t put(char *out, uint32_t at, uint32_t cap, const char *s)
{
    size_t n = strlen(s);
    if (at + n > cap) return at;
    memcpy(out + at, s, n);
    return at + (uint32_t)n;
}

static uint32_t put_character(char *out, uint32_t at, uint32_t cap, uint64_t *seed)
{
    static const uint32_t from[] = { 0x20, 0xa0, 0x300, 0x590, 0x600, 0x2000, 0x4e00, 0xff00, 0x1f300, 0x10300, 0x1d400, 0xe0100 };
    uint32_t c = from[test_below(seed, sizeof from / sizeof *from)] + test_below(seed, 0x5f);
    char s[5] = { 0 };
    if (c < 0x80) s[0] = (char)c;
    else if (c < 0x800) s[0] = (char)(0xc0 | c >> 6), s[1] = (char)(0x80 | (c & 63));
    else if (c < 0x10000) s[0] = (char)(0xe0 | c >> 12), s[1] = (char)(0x80 | (c >> 6 & 63)), s[2] = (char)(0x80 | (c & 63));
    else s[0] = (char)(0xf0 | c >> 18), s[1] = (char)(0x80 | (c >> 12 & 63)), s[2] = (char)(0x80 | (c >> 6 & 63)), s[3] = (char)(0x80 | (c & 63));
    return put(out, at, cap, s);
}

/* Sentences that mean something, with words and characters thrown in, and blanks left out here and there. */
static uint32_t make(char *out, uint32_t cap, uint64_t *seed)
{
    static const char *const SENTENCES[] = {
        "Police arrested 13 people in raids in Brussels on Thursday, the prosecutor said.", "At least seventy of the 350 Belgians who joined ISIS may have returned home.",
        "\"We will not stop,\" said Graciela Montiel, the union's leader.", "The army denied that its soldiers had killed civilians near the border in 2014.",
    };
    uint32_t n = 0, words = 1 + test_below(seed, 120);
    for (uint32_t i = 0; i < words; i++) {
        uint32_t kind = test_below(seed, 12);
        if (kind == 0) n = put_character(out, n, cap, seed);
        else if (kind == 1) n = put(out, n, cap, SENTENCES[test_below(seed, sizeof SENTENCES / sizeof *SENTENCES)]);
        else n = put(out, n, cap, WORDS[test_below(seed, sizeof WORDS / sizeof *WORDS)]);
        if (test_below(seed, 8)) n = put(out, n, cap, " ");
    }
    return n;
}

/* ---- the record ---- */

static uint32_t whole(const dl_json *v)
{
    int64_t n = -1;
    return v && v->kind == DL_JSON_NUMBER && dl_str_int(v->str, &n) && n >= 0 && n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
}

static bool edge(dl_str text, uint32_t i) { return i == text.n || (i < text.n && ((unsigned char)text.p[i] & 0xc0) != 0x80); }

static void check_span(dl_str text, uint32_t b, uint32_t e, dl_str key)
{
    if (b <= e && e <= text.n && edge(text, b) && edge(text, e)) return;
    test_failed(__FILE__, __LINE__);
    TEST_SAY("span [%u,%u) in \"%.*s\" is no stretch of %u bytes: %.*s", b, e, (int)key.n, key.p ? key.p : "", text.n, (int)(text.n < 400 ? text.n : 400), text.p);
}

static bool names_spans(dl_str key)
{
    static const char *const keys[] = { "trigger", "role_at", "age_at", "content", "source", "cue", "sentences" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (dl_is(key, keys[i])) return true;
    return false;
}

/* Spans are objects with begin and end, and pairs of numbers below the keys that hold such. */
static uint32_t check_spans(dl_str text, const dl_json *v, bool pairs, dl_str key)
{
    uint32_t seen = 0;
    if (v->kind == DL_JSON_OBJECT && dl_json_get(v, "begin") && dl_json_get(v, "end")) {
        check_span(text, whole(dl_json_get(v, "begin")), whole(dl_json_get(v, "end")), key);
        seen++;
    }
    if (pairs && v->kind == DL_JSON_ARRAY && v->first && v->first->kind == DL_JSON_NUMBER && v->first->next && !v->first->next->next) {
        check_span(text, whole(v->first), whole(v->first->next), key);
        return seen + 1;
    }
    for (const dl_json *c = v->first; c; c = c->next) {
        if (v->kind == DL_JSON_OBJECT && (dl_is(c->key, "report") || dl_is(c->key, "source_map"))) continue;
        bool object = v->kind == DL_JSON_OBJECT;
        seen += check_spans(text, c, object ? names_spans(c->key) : pairs, object ? c->key : key);
    }
    return seen;
}

static void check_tiles(dl_str text, const dl_json *list, bool objects)
{
    uint32_t at = 0;
    for (const dl_json *p = list ? list->first : NULL; p; p = p->next) {
        uint32_t b = whole(objects ? dl_json_get(p, "begin") : p->first), e = whole(objects ? dl_json_get(p, "end") : p->first ? p->first->next : NULL);
        CHECK_EQ(b, at);
        CHECK(e >= b);
        at = e;
    }
    CHECK_EQ(at, text.n);
}

static uint32_t check_record(const char *bytes, uint32_t n)
{
    dl_about about = { .size = sizeof about, .published = "2015-01-26", .format = "text" };
    dl_doc *one = dl_code(coder, bytes, n, &about), *two = dl_code(coder, bytes, n, &about);
    size_t size = dl_doc_json_size(one);
    CHECK(size == dl_doc_json_size(two) && memcmp(dl_doc_json(one), dl_doc_json(two), size) == 0);
    dl_marker mark = dl_mark(&mem);
    dl_str json = { dl_doc_json(one), (uint32_t)size };
    uint32_t end = 0, error_at = 0, seen = 0;
    const char *error = NULL;
    dl_json *r = dl_json_read(&mem, json, &end, &error, &error_at);
    CHECK(r && !error && end == json.n);
    CHECK(dl_utf8_valid(json));
    const dl_json *report = r ? dl_json_get(r, "report") : NULL, *t = report ? dl_json_get(report, "text") : NULL;
    CHECK(t && t->kind == DL_JSON_STRING);
    if (t) {
        if (!dl_doc_degraded(one)) CHECK_EQ(t->str.n, n - (n >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3) ? 3 : 0));
        seen = check_spans(t->str, r, false, (dl_str){ NULL, 0 });
        if (t->str.n) {
            check_tiles(t->str, dl_json_get(r, "parts"), true);
            check_tiles(t->str, dl_json_get(r, "source_map"), false);
        }
    }
    CHECK(strlen(dl_doc_text(one, false)) > 0);
    dl_reset(&mem, mark);
    dl_doc_free(one);
    dl_doc_free(two);
    return seen;
}

static char text[16384];

static void test_spans_of_random_text(void)
{
    uint64_t seed = 42, spans = 0;
    for (int i = 0; i < 400; i++) spans += check_record(text, make(text, sizeof text, &seed));
    CHECK(spans > 4000);                              /* or the test looks at nothing */
}

/* Bytes of a character struck out or changed: ill-formed text is read as something, and the record is of what was read. */
static void test_spans_of_broken_text(void)
{
    uint64_t seed = 7;
    for (int i = 0; i < 100; i++) {
        uint32_t n = make(text, sizeof text, &seed);
        for (uint32_t k = test_below(&seed, 20); n && k > 0; k--) text[test_below(&seed, n)] = (char)test_random(&seed);
        dl_about about = { .size = sizeof about, .format = "text" };
        dl_doc *d = dl_code(coder, text, n, &about);
        dl_marker mark = dl_mark(&mem);
        dl_str json = { dl_doc_json(d), (uint32_t)dl_doc_json_size(d) };
        uint32_t end = 0, error_at = 0;
        const char *error = NULL;
        dl_json *r = dl_json_read(&mem, json, &end, &error, &error_at);
        CHECK(r && !error && dl_utf8_valid(json));
        const dl_json *t = r ? dl_json_get(dl_json_get(r, "report"), "text") : NULL;
        CHECK(t);
        if (t) check_spans(t->str, r, false, (dl_str){ NULL, 0 });
        dl_reset(&mem, mark);
        dl_doc_free(d);
    }
}

int main(void)
{
    dl_error err = { 0 };
    pool = dl_pool_open((size_t)1 << 28);
    if (!pool || !dl_arena_open(&mem, pool)) { puts("not ok spans no memory"); return 1; }
    book = dl_codebook_open(NULL, 0, &err);
    coder = book ? dl_coder_open(book, NULL, NULL, &err) : NULL;
    if (!coder) { printf("not ok spans %s\n", err.message); return 1; }
    TEST(test_spans_of_random_text);
    TEST(test_spans_of_broken_text);
    dl_coder_close(coder);
    dl_codebook_close(book);
    dl_arena_close(&mem);
    dl_pool_close(pool);
    return test_end();
}
