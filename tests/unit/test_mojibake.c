/* test_mojibake.c - text misread as another charset is read rightly, honest text stays as it is, and the way back to the bytes holds. */
#include "intake/intake.h"
#include "test.h"

static dl_pool *pool;
static dl_arena mem;

/* Runs tile both sides, in order. */
static void check_runs(dl_str in, dl_str out, const dl_runs *runs)
{
    uint32_t at = 0, original = 0;
    bool tiles = true;
    for (uint32_t i = 0; i < runs->n; i++) {
        const dl_run *r = &runs->v[i];
        tiles &= r->at == at && r->original == original;
        at += r->n * r->to, original += r->n * r->from;
    }
    CHECK(tiles && at == out.n && original == in.n);
}

static void mended(const char *in, const char *wanted)
{
    dl_str out = dl_str_of(in);
    dl_runs runs;
    bool any = dl_mend_mojibake(&mem, &mem, dl_str_of(in), 0, &out, &runs);
    CHECK_STR(out, wanted);
    if (any) check_runs(dl_str_of(in), out, &runs);
}

static void stays(const char *in)
{
    dl_str out = dl_str_of(in);
    dl_runs runs;
    bool any = dl_mend_mojibake(&mem, &mem, dl_str_of(in), 0, &out, &runs);
    CHECK_STR(out, in);
    CHECK(!any);
}

static void test_mended(void)
{
    mended("Die Gemeinde hÃ¤lt an ihren PlÃ¤nen fest", "Die Gemeinde hält an ihren Plänen fest");
    mended("the minister said â€œno commentâ€\xc2\x9d and left", "the minister said “no comment” and left");
    mended("the minister\xc2\x92s car", "the minister’s car");
    mended("les r√©fugi√©s sont arriv√©s", "les réfugiés sont arrivés");
    mended("РїРѕР»РёС†РёСЏ", "полиция");
    mended("KÃƒÂ¶ln", "Köln");                                /* twice */
    mended("LA MAÃ‘ANA", "LA MAÑANA");
    mended("first line\nsecond: cafÃ©\nthird", "first line\nsecond: café\nthird");
    mended("Ø´Ø±Ø·Ø©", "شرطة");
    mended("A reuniÃ£o foi igual Ã quela de ontem", "A reunião foi igual àquela de ontem");      /* a no-break space came as a blank */
    mended("Ã s trÃªs horas", "às três horas");
    mended("RÃ©duits Ã s'Ã©loigner", "Réduits à s'éloigner");
    mended("Å iandien priÄ—mÄ— sprendimÄ…", "Šiandien priėmė sprendimą");
    mended("el alcalde de la regi\xc2\x97n confirm\xc2\x97 que el barco tur\xc2\x92stico se hundi\xc2\x97 en Mazatl\xc2\x87n", "el alcalde de la región confirmó que el barco turístico se hundió en Mazatlán");
    mended("they don\xc2\x92t; we\xc2\x92ll see; d\xc2\x92""accord; dell\xc2\x92""arte; the Qur\xc2\x92""an; Ma\xc2\x92rib", "they don’t; we’ll see; d’accord; dell’arte; the Qur’an; Ma’rib");
    mended("the plan\xc2\x97such as it was\xc2\x97""failed \xc2\x93""badly\xc2\x94", "the plan—such as it was—failed “badly”");
}

static void test_honest(void)
{
    stays("Он сказал и\xc2\xa0«нет»; voir à\xc2\xa0§ 5, payé\xc2\xa0£5");                   /* a no-break space before a sign */
    stays("plain ASCII, nothing else");
    stays("„So nicht“, sagte sie – und ging … É’s, à l’été, ça");
    stays("La CAFÉ… et l’OPÉRA® sont fermés");
    stays("полиция задержала « трёх » человек");
    stays("ПОЛІЦІЯ ВІКІ");
    stays("rozvoj oblasti, nášľapná vrstva, ďalší");
    stays("22. februārī „Tonika” ar savu");
    stays("AÇÃO, SÃO PAULO, CONCLUSÃO");
    stays("3 × 4… 10 Å— 25 °C");
    stays("警察が逮捕した");
    stays("en «øygruppe» i nord; la «îndemnul»");
    stays("gbeƒã na dukɔa");
    stays("Çžan we Aşgabat");
}

/* Time grows with the length of a line only. */
static void test_long(void)
{
    enum { N = 1 << 20 };
    char *v = dl_new(&mem, char, N + 8);
    for (uint32_t i = 0; i + 1 < N; i += 2) v[i] = '\xc3', v[i + 1] = (char)(0x80 + (i / 2) % 64);
    dl_str out;
    dl_runs runs;
    bool any = dl_mend_mojibake(&mem, &mem, (dl_str){ v, N }, 0, &out, &runs);
    if (any) check_runs((dl_str){ v, N }, out, &runs);
    CHECK(!any || out.n <= N * 2);
}

static void test_report(void)
{
    dl_article art;
    dl_arena scratch;
    dl_arena_open(&scratch, pool);
    const char *bytes = "\xef\xbb\xbfThe mayor of KÃ¶ln resigned.\n";
    dl_intake(&mem, &scratch, bytes, strlen(bytes), NULL, &art);
    int64_t at = dl_find(art.text, DL_STR("Köln"), 0);
    CHECK(at >= 0);
    bool back = false;
    for (uint32_t i = 0; i < art.map.n; i++) back |= art.map.v[i].tb <= (uint32_t)at && art.map.v[i].te > (uint32_t)at && bytes[art.map.v[i].ob + ((uint32_t)at - art.map.v[i].tb)] == 'K';
    CHECK(back);
    CHECK_EQ(art.warnings.n, 1);
    dl_arena_close(&scratch);
}

int main(void)
{
    pool = dl_pool_open((size_t)1 << 30);
    if (!pool || !dl_arena_open(&mem, pool)) return 1;
    TEST(test_mended);
    TEST(test_honest);
    TEST(test_long);
    TEST(test_report);
    dl_arena_close(&mem);
    dl_pool_close(pool);
    return test_end();
}
