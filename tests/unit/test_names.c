/* test_names.c - the name tagger with the weights built in: what it finds, in small letters and capitals, what a document remembers, and that any bytes will do. */
#include "facts/facts.h"
#include "language/names.h"
#include "test.h"

static dl_pool *pool;
static dl_arena mem, scratch;
static dl_codebook *book;
static dl_gazetteer *gazetteer;
static dl_model *model;
static dl_language lang;
static dl_article art;

/* Reads a text, a paragraph a line. */
static void read_text(dl_str text)
{
    DL_VEC(dl_span) block = { 0 };
    static dl_facts f;
    memset(&f, 0, sizeof f);
    art = (dl_article){ .text = text, .published = DL_NO_DAY };
    for (uint32_t b = 0, e; b < text.n; b = e + 1) {
        int64_t nl = dl_find(text, DL_STR("\n"), b);
        e = nl < 0 ? text.n : (uint32_t)nl;
        if (e > b) *dl_push(&mem, &block) = (dl_span){ b, e };
    }
    dl_read_language(model, &mem, &scratch, text, block.v, NULL, block.n, &lang);
    dl_ask q = { book, &art, &lang, &mem, &scratch, false, &f, { NULL, gazetteer } };
    dl_find_hits(&q);
    dl_find_names(&q, model, &lang);
}

/* "PER Ana Ruiz|LOC Lima": all names in order must be these. */
static void expect(int line, const char *text, const char *want)
{
    static const char *const types[DL_NAME_TYPES] = { "", "PER", "ORG", "LOC", "MISC" };
    char got[1024];
    size_t n = 0;
    got[0] = 0;
    read_text(dl_str_of(text));
    for (uint32_t i = 0; i < lang.nname && n < sizeof got; i++) {
        const dl_name *x = &lang.name[i];
        dl_str s = dl_at(art.text, (dl_span){ lang.tok[x->tb].at.b, lang.tok[x->te - 1].at.e });
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%s %.*s", n ? "|" : "", types[x->type], (int)s.n, s.p);
    }
    if (strcmp(got, want)) { test_failed(__FILE__, line); TEST_SAY("\"%s\" has %s, not %s", text, got, want); }
}
#define NAMES(text, want) expect(__LINE__, text, want)

static void test_types(void)
{
    NAMES("Ana Ruiz met officials of the World Bank in Lima on Monday.", "PER Ana Ruiz|ORG World Bank|LOC Lima");
    NAMES("Belgian police searched a house in Verviers, the mayor, Jan Peeters, said.", "MISC Belgian|LOC Verviers|PER Jan Peeters");
    NAMES("The committee will meet again next week.", "");
}

/* Where capitals say nothing, words must. */
static void test_capitals(void)
{
    NAMES("POLICE IN NAIROBI ARRESTED TWO MEN ON FRIDAY, SPOKESMAN PETER MWANGI SAID.", "LOC NAIROBI|PER PETER MWANGI");
}

/* Joined by hyphens and small words. */
static void test_joints(void)
{
    NAMES("President Tsai Ing-wen spoke in Taipei.", "PER Tsai Ing-wen|LOC Taipei");
    NAMES("Students of the University of Nairobi marched on Tuesday.", "ORG University of Nairobi");
}

/* name_of and name say the same; names lie inside one sentence, in order, and never touch. */
static void sound(int line)
{
    uint32_t k = 0, end = 0;
    bool ok = true;
    for (uint32_t i = 0; i < lang.nname; i++) {
        const dl_name *x = &lang.name[i];
        ok = ok && x->tb >= end && x->tb < x->te && x->te <= lang.ntok && x->type > DL_NAME_NONE && x->type < DL_NAME_TYPES && lang.tok[x->tb].sent == lang.tok[x->te - 1].sent;
        for (uint32_t t = x->tb; ok && t < x->te; t++) ok = lang.name_of[t] == i;
        end = x->te;
    }
    for (uint32_t t = 0; t < lang.ntok; t++) k += lang.name_of[t] != UINT32_MAX;
    for (uint32_t i = 0; i < lang.nname; i++) k -= lang.name[i].te - lang.name[i].tb;
    if (!ok || k) { test_failed(__FILE__, line); TEST_SAY("names of %u bytes are not in order", art.text.n); }
}

static void test_any_bytes(void)
{
    static char room[20000];
    uint64_t seed = 4;
    for (int round = 0; round < 60; round++) {
        dl_marker m = dl_mark(&mem);
        uint32_t n = (uint32_t)(round * 37 % 4000);
        for (uint32_t i = 0; i < n; i++) {
            uint64_t x = test_random(&seed);
            room[i] = (char)(round % 3 == 0 ? (int)(x & 255) : round % 3 == 1 ? "Ab . -'X9\n\xC3\xA9"[x % 11] : "THE ABC De, of-Al."[x % 18]);
        }
        read_text(dl_copy(&mem, (dl_str){ room, n }));
        sound(__LINE__);
        dl_reset(&mem, m);
    }
    for (uint32_t i = 0; i < sizeof room; i += 4) memcpy(room + i, "Xa B", 4);              /* one name without end */
    read_text((dl_str){ room, sizeof room });
    sound(__LINE__);
}

/* What may follow what: a name that begins must end, and as what it began. */
static void test_follow(void)
{
    uint32_t per = dl_name_class(DL_NAME_PER, DL_NAME_B), org = dl_name_class(DL_NAME_ORG, DL_NAME_L);
    CHECK(dl_name_may_follow(0, per) && dl_name_may_follow(per, dl_name_class(DL_NAME_PER, DL_NAME_L)) && dl_name_may_follow(org, per) && dl_name_may_follow(org, DL_NAME_CLASSES));
    CHECK(!dl_name_may_follow(per, org) && !dl_name_may_follow(per, 0) && !dl_name_may_follow(per, DL_NAME_CLASSES) && !dl_name_may_follow(0, org) && !dl_name_may_follow(org, org));
}

int main(void)
{
    dl_error err = { 0 };
    book = dl_codebook_open(NULL, 0, &err);
    model = dl_model_open(NULL, &err);
    gazetteer = dl_gazetteer_open(NULL, &err);
    pool = dl_pool_open((size_t)1 << 30);
    if (!book || !model || !gazetteer || !pool || !dl_arena_open(&mem, pool) || !dl_arena_open(&scratch, pool)) { printf("not ok names: %s\n", err.message); return 1; }
    TEST(test_types);
    TEST(test_capitals);
    TEST(test_joints);
    TEST(test_any_bytes);
    TEST(test_follow);
    dl_arena_close(&scratch);
    dl_arena_close(&mem);
    dl_pool_close(pool);
    dl_gazetteer_close(gazetteer);
    dl_model_close(model);
    dl_codebook_close(book);
    return test_end();
}
