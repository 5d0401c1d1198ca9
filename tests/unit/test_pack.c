/* test_pack.c - codebooks laid over each other, the same bytes from the same sources, what `show` and `lint` say, and packs that lie. */
#include "books.h"

/* ---- stacks --------------------------------------------------------------------------------------------------------- */

static const char base_text[] = "codebook base 1.0 alone\nevent COERCE seize @raid      # enter\n  verbs raid, storm, search\nevent ASSAULT @hit\n  verbs hit, strike\noperator @foil\n  verbs foil\n  stage foiled\n"
                                "class police kind force code COP\n  words police\nlist months\n  1 January\ntopic sport\n  weak match\nactor Jana Port\n  kind person\n  code ABA\n  aka Jany\n";

static dl_codebook *stack(const char *const *paths, size_t n)
{
    dl_error e = { 0 };
    char text[1024];
    dl_codebook *b = dl_codebook_open(paths, n, &e);
    if (!b) { test_failed(__FILE__, __LINE__); dl_error_text(&e, text, sizeof text); TEST_SAY("%s", text); }
    return b;
}

static void check_stack(const dl_codebook *b)
{
    uint32_t raid = sense_id(b, "@raid"), police = dl_book_class_id(b, "police");
    CHECK_EQ(dl_book_nsense(b), 3);
    CHECK(raid != UINT32_MAX && sense_id(b, "@foil") == UINT32_MAX && sense_id(b, "@hit") != UINT32_MAX && sense_id(b, "@new") != UINT32_MAX);
    if (raid == UINT32_MAX) return;
    CHECK_EQ(dl_book_sense(b, raid)->type, DL_TYPE_ASSAULT);
    CHECK_EQ(dl_book_sense(b, raid)->line, 4);
    CHECK_STR(dl_book_file(b, dl_book_sense(b, raid)->file), "mine/x.code");
    CHECK_STR(dl_book_file(b, dl_book_sense(b, sense_id(b, "@hit"))->file), "b.code");
    CHECK_EQ(dl_book_sense(b, sense_id(b, "@hit"))->line, 4);
    CHECK(has_posting(b, "ransacked", DL_P_SENSE, raid) && !has_posting(b, "storm", DL_P_SENSE, raid));
    CHECK(form_of(b, "strike", DL_P_SENSE, DL_POS_VERB) && !form_of(b, "hit", DL_P_SENSE, DL_POS_VERB) && !form_of(b, "hitting", DL_P_SENSE, DL_POS_VERB) && !form_of(b, "foil", DL_P_SENSE, DL_POS_VERB));
    CHECK(has_posting(b, "police", DL_P_CLASS, police) && has_posting(b, "cops", DL_P_CLASS, police));
    CHECK_STR(dl_book_str(b, dl_book_class(b, police)->code), "COP");
    CHECK_STR(dl_book_list_value(b, DL_LIST_months, DL_STR("january")), "1");
    CHECK_STR(dl_book_list_value(b, DL_LIST_months, DL_STR("jan")), "1");
    CHECK_EQ(dl_book_ntopic(b), 1);
    CHECK_EQ(dl_book_nactor(b), 1);
    CHECK(!form_of(b, "jany", DL_P_ACTOR, 0) && form_of(b, "jana port", DL_P_ACTOR, 0));
    CHECK_STR(dl_book_str(b, dl_book_terms(b)[0].code), "CDC");
}

static void test_stacks(void)
{
    dl_buf pack;
    dl_diags d;
    dl_error e = { 0 };
    folder("base");
    folder("mine");
    file("base/b.code", base_text);
    file("mine/x.code", "off @foil\noff \"hit\" @hit\n\nevent ASSAULT @raid\n  verbs raid, ransack\nevent STATE @new\n  verbs say\nclass police\n  words cop\nlist months\n  1 January, Jan\ntopic sport\n  weak goal\n"
                        "actor Jana Port\n  kind person\n  code CDC\n");
    char base[160], mine[160], base_pack[160], mine_pack[160];
    snprintf(base, sizeof base, "%s/base", home), snprintf(mine, sizeof mine, "%s/mine/", home);
    snprintf(base_pack, sizeof base_pack, "%s/base.pack", home), snprintf(mine_pack, sizeof mine_pack, "%s/mine.pack", home);
    const char *two[] = { base, mine };
    dl_codebook *b = stack(two, 2);
    if (!b) return;
    check_stack(b);
    char print[200];
    snprintf(print, sizeof print, "%s", dl_codebook_fingerprint(b));
    CHECK(strncmp(print, "base 1.0 + mine ", 16) == 0 && strlen(print) == 32);
    dl_codebook_close(b);
    /* the same out of packs */
    CHECK(compile(two, 1, 0, &pack, &d) && dl_file_write(base_pack, pack.p, pack.n, &e));
    dl_buf_free(&pack), dl_diags_free(&d);
    const char *packed[] = { base_pack, mine };
    CHECK(compile(packed, 2, 0, &pack, &d) && dl_file_write(mine_pack, pack.p, pack.n, &e));
    dl_buf_free(&pack), dl_diags_free(&d);
    CHECK(dl_codebook_lint(packed, 2, &d) && d.warnings);          /* of what is being written, not of what it lies on */
    for (size_t i = 0; i < d.n; i++) CHECK(strstr(d.v[i].e.file, "/mine/"));
    dl_diags_free(&d);
    const char *again[] = { mine_pack }, *thrice[] = { base_pack, mine_pack };
    b = stack(again, 1);
    if (b) { check_stack(b); CHECK_STR(dl_str_of(dl_codebook_fingerprint(b)), print); }
    dl_codebook_close(b);
    b = stack(thrice, 2);
    if (b) { check_stack(b); CHECK_STR(dl_str_of(dl_codebook_fingerprint(b)), print); }
    dl_codebook_close(b);
    /* an old name is replaced and switched off as well */
    folder("third");
    file("third/y.code", "event STATE @renamed\n  was @new\n  verbs tell\n");
    const char *three[] = { base, mine, path_of("third") };
    b = stack(three, 3);
    if (b) CHECK(sense_id(b, "@new") == UINT32_MAX && sense_id(b, "@renamed") != UINT32_MAX && !form_of(b, "say", DL_P_SENSE, DL_POS_VERB));
    dl_codebook_close(b);
    const char *late[] = { base, "default" };
    CHECK(!dl_codebook_open(late, 2, &e));
}

/* A folder without `alone` stands on the codebook built in, where one is. */
static void test_default(void)
{
    dl_error e = { 0 };
    dl_codebook *b = dl_codebook_open(NULL, 0, &e);
    if (!b) { CHECK_EQ(e.code, DL_ENOENT); return; }
    uint32_t n = dl_book_nsense(b);
    CHECK(*dl_codebook_fingerprint(b));
    dl_codebook_close(b);
    folder("user");
    file("user/u.code", "event STATE @zz-test-only\n  verbs zzap\n");
    const char *paths[] = { path_of("user") };
    b = stack(paths, 1);
    if (b) CHECK(dl_book_nsense(b) == n + 1 && form_of(b, "zzapped", DL_P_SENSE, DL_POS_VERB));
    dl_codebook_close(b);
}

static void test_sameness(void)
{
    dl_buf p, q;
    dl_diags d;
    world("same-a");
    file("same-a/z.code", EV "  + The army [raids] a flat.\n");
    file("same-a/y.code", "\xEF\xBB\xBF" "topic sport\r\n  weak goal\r\n");
    folder("same-a/sub");
    file("same-a/sub/w.code", "list months\n  1 January\n");
    const char *a[] = { path_of("same-a") };
    CHECK(compile(a, 1, DL_COMPILE_ALONE, &p, &d));
    dl_diags_free(&d);
    rename(path_of("same-a"), path_of("moved"));
    folder("same-a");
    rename(path_of("moved"), path_of("same-a/same-a"));            /* elsewhere, under the same name: the name of the folder is the codebook's */
    file("same-a/same-a/y.code", "topic sport\n  weak goal\n");
    const char *b[] = { path_of("same-a/same-a") };
    CHECK(compile(b, 1, DL_COMPILE_ALONE, &q, &d));
    dl_diags_free(&d);
    CHECK(p.n == q.n && memcmp(p.p, q.p, p.n) == 0);
    dl_buf_free(&p), dl_buf_free(&q);
}

/* ---- show, examples, lint ------------------------------------------------------------------------------------------- */

static void check_show(const dl_codebook *b, const char *word, size_t n, const char *const *lines)
{
    dl_buf out;
    dl_buf_init(&out, 0);
    CHECK_EQ(dl_codebook_show(b, dl_str_of(word), &out), n);
    for (; *lines; lines++)
        if (dl_find(dl_buf_str(&out), dl_str_of(*lines), 0) < 0) { test_failed(__FILE__, __LINE__); TEST_SAY("show %s: no \"%s\" in\n%.*s", word, *lines, (int)out.n, out.p); }
    dl_buf_free(&out);
}
#define SHOW(b, word, n, ...) check_show(b, word, n, (const char *const[]){ __VA_ARGS__, NULL })

static void test_show(void)
{
    dl_codebook *b = book_of("\nevent COERCE seize @raid\n  # a comment\n  verbs raid, take ... hostage\n  nouns raid\n\n  + The army [raided] \"it\".   who \"The army\"\n  - They raided a fridge.\n"
                             "list months\n  1 raid\ntopic sport\n  strong raid, raid cup\n");
    if (!b) return;
    SHOW(b, "Raids", 2, "event COERCE seize @raid   a.code:2   verb (-s), noun (plural)\n", "      verbs raid, take ... hostage\n", "      - They raided a fridge.\n", "topic sport (plural, strong)   a.code:12");
    SHOW(b, "raid", 3, "list months 1   a.code:10", "longer: raid cup");
    SHOW(b, "@raid", 1, "@raid   a.code:2");
    SHOW(b, "riad", 0, "nothing is known of \"riad\" (nearest: \"raid\")");
    SHOW(b, "@rad", 0, "(nearest: \"@raid\")");
    SHOW(b, "", 0, "nothing");
    CHECK_EQ(dl_book_nexample(b), 2);
    const dl_example *x = dl_book_example(b, 0);
    CHECK_STR(dl_book_str(b, x->sentence), "The army raided \"it\".");
    CHECK_STR(dl_at(dl_book_str(b, x->sentence), x->trigger), "raided");
    CHECK_STR(dl_book_str(b, x->expect), "who \"The army\"");
    CHECK(x->positive && x->line == 7 && x->sense == 0);
    x = dl_book_example(b, 1);
    CHECK(!x->positive && !x->trigger.e && !x->expect.n);
    close_book(b);
}

static void test_lint(void)
{
    dl_diags d = { 0 };
    folder("lint");
    file("lint/l.code", "codebook l alone\n"                                                              /* 1 */
                        "event COERCE @a\n  verbs raid, raid\n  frame WHO raids OBJECT(place)\n"           /* 2 */
                        "event COERCE @b\n  verbs raid\n  frame WHO raids OBJECT(person)\n  + They walk.\n"  /* 5 */
                        "event ASSAULT @c\n  verbs raid\n  frame WHO raids OBJECT(place)\n  not \"raid\"\n  + They [walk].\n"  /* 9 */
                        "event ASSAULT @d\n  verbs raid\n  frame WHO raids WHOM(place)\n  + They [raid] it.\n"  /* 14 */
                        "operator @e\n  verbs foil\n  frame WHO foils OBJECT\n  stage foiled\n  says WHOM\n  + They [foil].\n"  /* 18 */
                        "class empty kind force\nlist months\n  1 Jan\n  2 Jan\n");                         /* 24 */
    static const struct { uint32_t line; const char *message; } all[] = { { 2, "@a has no example (+)" }, { 3, "\"raid\" stands twice in @a" }, { 8, "no [trigger] in this example" },
        { 8, "no word of @b in this example" }, { 10, "never found: a `not` of this entry excludes it" }, { 13, "the trigger is no form of a word of @c" },
        { 15, "\"raid\" stands with the same frame in @a (line 2): nothing tells them apart" }, { 18, "no frame of this operator has an EVENT to act on" }, { 22, "no frame of @e has WHOM" },
        { 24, "class empty has no words and none within it" }, { 27, "\"Jan\" has the value 1 in this list already (line 26), which counts" } };
    const char *paths[] = { path_of("lint") };
    CHECK(dl_codebook_lint(paths, 1, &d));
    CHECK_EQ(d.errors, 0);
    CHECK_EQ(d.n, sizeof all / sizeof *all);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bool found = false;
        for (size_t k = 0; k < d.n; k++) found = found || (d.v[k].warning && d.v[k].e.line == all[i].line && strcmp(d.v[k].e.message, all[i].message) == 0);
        if (!found) { test_failed(__FILE__, __LINE__); TEST_SAY("no warning %u: %s", all[i].line, all[i].message); }
    }
    if (test_bad_now) say_all(&d);
    dl_diags_free(&d);
}

/* ---- packs that lie ------------------------------------------------------------------------------------------------- */

static void fix_checksum(char *p, size_t n)
{
    dl_pack_header h;
    memcpy(&h, p, sizeof h);
    h.checksum = 0;
    uint64_t sum = dl_hash64(p + sizeof h, n - sizeof h, dl_hash64(&h, sizeof h, 0));
    memcpy(p + offsetof(dl_pack_header, checksum), &sum, sizeof sum);
}

static uint64_t touch(const dl_codebook *b, dl_ref r)
{
    dl_str s = dl_book_str(b, r);
    return s.n ? (uint64_t)(unsigned char)s.p[0] + (unsigned char)s.p[s.n - 1] : 0;
}

/* Uses all that a pack offers, as the program would. */
static uint64_t use(const dl_codebook *b)
{
    static const char *const words[] = { "raid", "raids", "take", "port aba", "port", "january", "police", "jana port", "xyz", "" };
    uint64_t sum = strlen(dl_codebook_fingerprint(b));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        uint32_t n;
        bool longer;
        const dl_posting *p = dl_book_find(b, dl_str_of(words[i]), &n, &longer);
        for (uint32_t k = 0; k < n; k++) {
            uint16_t file;
            uint32_t line;
            dl_book_origin(b, &p[k], &file, &line);
            sum += touch(b, p[k].tail) + dl_book_file(b, file).n;
        }
        dl_buf out;
        dl_buf_init(&out, 1 << 20);
        dl_codebook_show(b, dl_str_of(words[i]), &out);
        sum += out.n;
        dl_buf_free(&out);
    }
    for (uint32_t i = 0; i < dl_book_nsense(b); i++) {
        const dl_sense *s = dl_book_sense(b, i);
        sum += touch(b, s->id) + touch(b, s->gloss) + strlen(dl_type_name((dl_type)s->type)) + strlen(dl_role_name((dl_role)s->says)) + dl_book_file(b, s->file).n;
        for (uint32_t f = s->frame; f < s->frame + s->nframe; f++)
            for (uint32_t k = dl_book_frames(b)[f].item, e = k + dl_book_frames(b)[f].nitem; k < e; k++)
                for (uint32_t r = 0; r < dl_book_items(b)[k].nprep; r++) sum += touch(b, dl_book_refs(b)[dl_book_items(b)[k].prep + r]);
    }
    for (uint32_t i = 0; i < dl_book_nplace(b); i++) sum += touch(b, dl_book_place(b, i)->name) + (dl_book_place(b, i)->country < dl_book_nplace(b));
    for (uint32_t i = 0; i < dl_book_nactor(b); i++)
        for (uint32_t k = 0; k < dl_book_actor(b, i)->nterm; k++) sum += touch(b, dl_book_terms(b)[dl_book_actor(b, i)->term + k].code);
    for (uint32_t i = 0; i < dl_book_nexample(b); i++) sum += touch(b, dl_book_example(b, i)->sentence);
    sum += dl_book_country(b, DL_STR("AB")) + (dl_book_cameo(b, DL_STR("171")) != NULL) + dl_book_class_id(b, "police");
    return sum;
}

static char *small_pack(size_t *n)
{
    dl_buf pack;
    dl_diags d;
    world("small");
    file("small/a.code", EV "  cameo 171\n  nouns raid on\n  frame WHO(police) raids OBJECT in|at PLACE\n  not topic(sport)\n  not \"raid it\"\n  context terrorism\n  + They [raid].\n"
                         "  verbs take ... hostage\nclass police kind force code COP\n  words police\ntopic sport\n  strong goal\ncontext terrorism\n  weak terror\nlist months\n  1 January\n");
    const char *paths[] = { path_of("small") };
    bool ok = compile(paths, 1, DL_COMPILE_ALONE, &pack, &d);
    CHECK(ok);
    if (!ok) say_all(&d);
    dl_diags_free(&d);
    char *copy = malloc(pack.n + 8);                                /* of its own, so that a sanitizer sees its end */
    memcpy(copy, pack.p, pack.n);
    *n = pack.n;
    dl_buf_free(&pack);
    return copy;
}

static void test_cut_off(void)
{
    size_t n;
    char *whole = small_pack(&n);
    for (size_t k = 0; k < n; k += 64) {
        dl_error e = { 0 };
        char *cut = malloc(k ? k : 1);
        memcpy(cut, whole, k);
        dl_codebook *b = dl_codebook_load(cut, k, &e);
        CHECK(!b && e.code != DL_OK && *e.message);
        dl_codebook_close(b);
        if (k > sizeof(dl_pack_header)) {                           /* and one that says it is whole */
            uint64_t size = k;
            memcpy(cut + offsetof(dl_pack_header, size), &size, sizeof size);
            fix_checksum(cut, k);
            b = dl_codebook_load(cut, k, &e);
            if (b) use(b);
            dl_codebook_close(b);
        }
        free(cut);
    }
    dl_error e = { 0 };
    dl_codebook *b = dl_codebook_load(whole, n, &e);
    CHECK(b && use(b));
    dl_codebook_close(b);
    memmove(whole + 1, whole, n);                                  /* not aligned: copied */
    b = dl_codebook_load(whole + 1, n, &e);
    CHECK(b && use(b));
    dl_codebook_close(b);
    free(whole);
}

/* Without a true checksum every flip is found; with one, a pack that loads can be used. */
static void test_flipped(void)
{
    size_t n;
    uint64_t seed = 7, loaded = 0;
    char *whole = small_pack(&n), *p = malloc(n);
    for (int i = 0; i < 6000; i++) {
        dl_error e = { 0 };
        memcpy(p, whole, n);
        uint32_t at = test_below(&seed, (uint32_t)n), flips = 1 + test_below(&seed, 3);
        if (i % 3 == 0) at = test_below(&seed, (uint32_t)sizeof(dl_pack_header));
        p[at] ^= (char)(1 << test_below(&seed, 8));
        dl_codebook *b = dl_codebook_load(p, n, &e);
        CHECK(!b && e.code != DL_OK);
        dl_codebook_close(b);
        for (uint32_t k = 1; k < flips; k++) p[test_below(&seed, (uint32_t)n)] = (char)test_random(&seed);
        fix_checksum(p, n);
        b = dl_codebook_load(p, n, &e);
        if (b) use(b), loaded++;
        dl_codebook_close(b);
    }
    CHECK(loaded > 100);
    free(p);
    free(whole);
}

/* Whole words of the tables set to large and small numbers. */
static void test_wild_numbers(void)
{
    static const uint32_t wild[] = { 0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFE, 255, 65535, 4096 };
    size_t n;
    char *whole = small_pack(&n), *p = malloc(n);
    for (size_t at = 0; at + 4 <= n; at += 4) {
        uint32_t v = wild[at / 4 % (sizeof wild / sizeof *wild)];
        dl_error e = { 0 };
        memcpy(p, whole, n);
        memcpy(p + at, &v, 4);
        fix_checksum(p, n);
        dl_codebook *b = dl_codebook_load(p, n, &e);
        if (b) use(b);
        dl_codebook_close(b);
    }
    free(p);
    free(whole);
}

int main(void)
{
    if (!mkdtemp(home)) return 1;
    atexit(remove_home);
    TEST(test_stacks);
    TEST(test_default);
    TEST(test_sameness);
    TEST(test_show);
    TEST(test_lint);
    TEST(test_cut_off);
    TEST(test_flipped);
    TEST(test_wild_numbers);
    return test_end();
}
