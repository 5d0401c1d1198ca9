/* The loader of compiled codebooks: any bytes give an error, or a codebook that no look-up and no report can lead astray.
 *
 * Random bytes would never pass the checksum, so an input is a list of lies about a sound pack: eight bytes each, the section, how the number is written (width, set or added), where and
 * what; the checksum is then put right. Lies outlive changes of the format. First byte: odd, and the rest is taken for a pack as it stands. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "codebook/pack.h"
#include "tests/fuzz/fuzz.h"

static const char source[] =
    "codebook small 1.0 alone\n"
    "event COERCE seize @raid      # enter\n  cameo 171\n  verbs raid, storm, swoop on, take ... into custody\n  nouns raid, house search\n  frame WHO(force|government) raids OBJECT(place|facility)\n"
    "  frame raid by WHO on|at OBJECT\n  not topic(sport)\n  not WHO(team)\n  not \"raid the fridge\"\n  measures arrested\n  incident raid\n  legal arrested\n  context violence\n"
    "  + Police [raided] a flat in Lyon.   who \"Police\"\n  - The team raided the fridge.\n"
    "event ASSAULT @hit\n  verbs hit, strike, kill\n  nouns attack\n  measures killed\n"
    "operator @foil\n  verbs foil, thwart\n  frame WHO foils EVENT\n  stage foiled\n  role WHO foiled_by\n"
    "operator @deny\n  verbs deny\n  nouns denial\n  certainty denied\n  says WHO\n"
    "operator @say\n  verbs say, tell\n  says WHO\n"
    "class police kind force code COP\n  words police, officer\nclass team kind group\n  words team\nclass mayor kind person code GOV office\n  words mayor\nclass flat kind facility\n  words flat, house\n"
    "list months\n  1 January, Jan\n  5 May\nlist weekdays\n  1 Monday\n  2 Tuesday\nlist numbers\n  2 two\n  3 three\nlist honorifics\n  person Mr\nlist pronouns\n  3p--n  they\n"
    "topic sport\n  strong match\n  weak goal\ncontext violence\n  strong violence\nactor Jana Port\n  kind person\n  code FRAGOV 2010-01-01..2012-12-31\n  aka Jany\nforms\n  verb  strike strikes striking struck struck\n";

static const struct { const char *name, *text; } files[] = {
    { "small/a.code", source },
    { "small/cameo.tsv", "code\tname\tgoldstein\ttype\tmode\n17\tCoerce\t-7\tCOERCE\t\n171\tSeize\t-9.2\tCOERCE\tseize\n18\tAssault\t-9\tASSAULT\t\n" },
    { "small/plover.tsv", "event\tquad\tscore\town\nCOERCE\t4\t-7\t\nASSAULT\t4\t-9\t\nSTATE\t\t\town\n" },
    { "small/countries.tsv", "alpha3\talpha2\tname\taka\tadjective\tpeople\tcapital\tgeonames\tlat\tlon\nFRA\tFR\tFrance\t\tFrench\tFrenchman|French\t\t3017382\t46.0\t2.0\n" },
    { "small/regions.tsv", "country\tcode\tname\taka\tadjective\tgeonames\tlat\tlon\tclass\nFR\t84\tAuvergne\t\t\t11071625\t45.3\t4.6\tADM1\n" },
    { "small/cities.tsv", "geonames\tname\taka\tcountry\tadmin1\tadmin2\tlat\tlon\tpopulation\tclass\n2996944\tLyon\tLyons\tFR\t84\t69\t45.74\t4.84\t472317\tPPLA\n" },
    { "small/macro.tsv", "name\taka\tadjective\tclass\tlat\tlon\tcountries\nEurope\t\tEuropean\tCONT\t48.6\t9.1\tFR\n" },
};
enum { NFILES = sizeof files / sizeof *files };

static dl_buf sound;

static void tell(const dl_diags *d)
{
    dl_buf say;
    dl_buf_init(&say, 0);
    dl_diags_print(d, &say);
    fwrite(say.p, 1, say.n, stderr);
    dl_buf_free(&say);
}

/* The built-in sources are too many to lie about: a pack of a few small files, compiled once. */
static void compile_sound(void)
{
    dl_diags d = { 0 };
    mkdir(fuzz_path("small"), 0700);
    for (int i = 0; i < NFILES; i++) HOLDS(dl_file_write(fuzz_path(files[i].name), files[i].text, strlen(files[i].text), NULL));
    dl_buf_init(&sound, 0);
    const char *path = fuzz_path("small");
    bool ok = dl_codebook_compile(&path, 1, DL_COMPILE_ALONE, &sound, &d);
    if (!ok) tell(&d);
    HOLDS(ok);
    dl_diags_free(&d);
    for (int i = 0; i < NFILES; i++) unlink(fuzz_path(files[i].name));
    rmdir(fuzz_path("small"));
}

static void lie(char *p, size_t n, const uint8_t *at)
{
    const dl_pack_header *h = (const dl_pack_header *)(const void *)sound.p;
    size_t from = 0, size = sizeof *h, width = (size_t)1 << (at[1] & 3), where = at[2] | (size_t)at[3] << 8;
    if (at[0] < DL_SEC_N) from = h->section[at[0]].off, size = (size_t)h->section[at[0]].n * h->section[at[0]].size;
    if (width == 8 || size < width) width = 4;
    if (size < width) return;
    where = from + where * width % (size - width + 1);
    uint32_t value, old = 0;
    memcpy(&value, at + 4, 4);
    memcpy(&old, p + where, width);
    if (at[1] & 4) value += old;
    if (where + width <= n) memcpy(p + where, &value, width);
}

static void put_checksum_right(char *p, size_t n)
{
    dl_pack_header h;
    if (n < sizeof h) return;
    memcpy(&h, p, sizeof h);
    h.checksum = 0;
    h.checksum = dl_hash64(p + sizeof h, n - sizeof h, dl_hash64(&h, sizeof h, 0));
    memcpy(p, &h, sizeof h);
}

static void look_around(const dl_codebook *b)
{
    static const char *const words[] = { "raid", "raided", "police", "jana port", "january", "sport", "two", "goal", "say", "zzz" };
    dl_buf out, texts;
    dl_buf_init(&out, 0), dl_buf_init(&texts, 0);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) dl_codebook_show(b, dl_str_of(words[i]), &out);
    for (uint16_t i = 0; i < dl_book_nfile(b) && i < 8; i++) dl_book_source(b, i, &texts);
    dl_book_cameo(b, DL_STR("171")), dl_book_country(b, DL_STR("FRA"));
    for (uint32_t i = 0; i < dl_book_nexample(b); i++) dl_book_str(b, dl_book_example(b, i)->expect);
    dl_buf_free(&out), dl_buf_free(&texts);
}

static void code_with(const dl_codebook *b)
{
    static const char text[] = "LYON, May 14 - Police raided a house on Monday and foiled an attack, the mayor said.\n\nMr Jana Port denied that two officers had struck the team. The match saw a goal; they stormed a flat "
                               "and took three men into custody.\n";
    static dl_model *model;
    if (!model) HOLDS((model = dl_model_open(NULL, NULL)) != NULL);
    dl_options o;
    dl_options_default(&o);
    o.explain = true;
    dl_coder *c = dl_coder_open(b, model, &o, NULL);
    HOLDS(c);
    dl_doc *d = dl_code(c, text, sizeof text - 1, NULL);
    HOLDS(d && !dl_doc_degraded(d));
    dl_doc_json(d), dl_doc_text(d, false), dl_doc_tsv(d), dl_doc_explain(d, false);
    dl_doc_free(d);
    dl_coder_close(c);
}

/* A stack may be built on any pack that loads. */
static void compile_with(const char *p, size_t n)
{
    dl_diags d = { 0 };
    dl_buf out;
    dl_buf_init(&out, 0);
    const char *path = fuzz_path("lies.pack");
    FILE *f = fopen(path, "wb");
    HOLDS(f && fwrite(p, 1, n, f) == n && fclose(f) == 0);
    dl_codebook_compile(&path, 1, DL_COMPILE_ALONE | DL_COMPILE_QUICK, &out, &d);
    dl_buf_free(&out);
    dl_diags_free(&d);
    unlink(path);
}

int fuzz_pack(const uint8_t *bytes, size_t n)
{
    if (!n) return 0;
    if (!sound.n) compile_sound();
    uint8_t how = *bytes++;
    size_t m = how & 1 ? --n : sound.n;
    char *p = malloc(m ? m : 1);
    HOLDS(p);
    memcpy(p, how & 1 ? (const char *)bytes : sound.p, m);
    for (n--; !(how & 1) && n >= 8; n -= 8, bytes += 8) lie(p, m, bytes);
    put_checksum_right(p, m);
    dl_error err = { 0 };
    dl_codebook *b = dl_codebook_load(p, m, &err);
    HOLDS(b || err.message[0]);
    if (b) {
        look_around(b);
        code_with(b);
        if (how & 2) compile_with(p, m);
        dl_codebook_close(b);
    }
    free(p);
    return 0;
}
