/* books.h - what the tests of codebooks share: folders of a test, packs of them, and what a phrase stands for. */
#ifndef TEST_BOOKS_H
#define TEST_BOOKS_H
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "codebook/pack.h"
#include "test.h"

/* ---- folders and packs of a test ------------------------------------------------------------------------------------ */

static char home[64] = "/tmp/dl-codebook-XXXXXX";

static inline const char *path_of(const char *name)
{
    static char buf[4][160];
    static int k;
    k = (k + 1) % 4;
    snprintf(buf[k], sizeof buf[k], "%s/%s", home, name);
    return buf[k];
}

static inline void folder(const char *name) { mkdir(path_of(name), 0700); }

static inline void file(const char *name, const char *text)
{
    FILE *f = fopen(path_of(name), "wb");
    if (!f) { CHECK(!"file"); return; }
    fwrite(text, 1, strlen(text), f);
    fclose(f);
}

static inline bool compile(const char *const *paths, size_t n, unsigned flags, dl_buf *pack, dl_diags *d)
{
    dl_buf_init(pack, 0);
    *d = (dl_diags){ 0 };
    return dl_codebook_compile(paths, n, flags, pack, d);
}

static dl_buf book_pack;                                           /* of book_of */

static inline void say_all(const dl_diags *d)
{
    dl_buf out;
    dl_buf_init(&out, 0);
    dl_diags_print(d, &out);
    fwrite(out.p, 1, out.n, stdout);
    dl_buf_free(&out);
}

/* A codebook of one file, that must compile. */
static inline dl_codebook *book_of(const char *text)
{
    dl_diags d;
    dl_error e = { 0 };
    folder("one");
    file("one/a.code", text);
    const char *paths[] = { path_of("one") };
    bool ok = compile(paths, 1, DL_COMPILE_ALONE, &book_pack, &d);
    CHECK(ok);
    if (!ok) say_all(&d);
    dl_codebook *b = ok ? dl_codebook_load(book_pack.p, book_pack.n, &e) : NULL;
    CHECK(!ok || b);
    dl_diags_free(&d);
    return b;
}

static inline void close_book(dl_codebook *b)
{
    dl_codebook_close(b);
    dl_buf_free(&book_pack);
}

/* The flags of the posting of a phrase as that kind and part of speech; 0: there is none. */
static inline uint32_t form_of(const dl_codebook *b, const char *phrase, dl_posting_kind kind, uint8_t pos)
{
    uint32_t n, form = 0;
    bool longer;
    const dl_posting *p = dl_book_find(b, dl_str_of(phrase), &n, &longer);
    for (uint32_t i = 0; i < n; i++)
        if (p[i].kind == kind && p[i].pos == pos) form |= p[i].form;
    return form;
}

static inline uint32_t sense_id(const dl_codebook *b, const char *id)
{
    for (uint32_t i = 0; i < dl_book_nsense(b); i++)
        if (dl_is(dl_book_str(b, dl_book_sense(b, i)->id), id)) return i;
    return UINT32_MAX;
}

static inline bool has_posting(const dl_codebook *b, const char *phrase, dl_posting_kind kind, uint32_t id)
{
    uint32_t n;
    bool longer;
    const dl_posting *p = dl_book_find(b, dl_str_of(phrase), &n, &longer);
    for (uint32_t i = 0; i < n; i++)
        if (p[i].kind == kind && p[i].id == id) return true;
    return false;
}

#define EV "event COERCE @x\n  verbs raid\n"

/* ---- a small world ---- */

static const char countries[] = "# made up\nalpha3\talpha2\tname\taka\tadjective\tpeople\tcapital\tgeonames\tlat\tlon\tcontinent\n"
                                "ABA\tAB\tAbaria\tRepublic of Abaria|ABX\tAbarian\tAbarians|Abarian\tNo Town|Port Aba\t11\t1.5\t-2.25\tEU\nCDC\tCD\tCedonia\t\tCedonian\tCedonians\t\t12\t\t\tAF\n";
static const char regions[] = "country\tcode\tname\taka\tadjective\tgeonames\tlat\tlon\tclass\nAB\t01\tNorth Aba\tN. Aba\tNorth Abarian\t21\t1\t2\tADM1\nCD\t01\tUpper Cedonia (province)\t\t\t22\t\t\tADM1\n";
static const char cities[] = "name\tgeonames\taka\tcountry\tadmin1\tadmin2\tlat\tlon\tpopulation\tclass\nPort Aba\t31\tPorto Aba\tAB\t01\t9\t1.234567\t-2\t500000\tPPLC\nPort Aba\t32\t\tCD\t02\t\t3\t4\t10\tPPL\n";
static const char actors[] = "name\taka\tkind\tcode\trole\tfrom\tto\tsource\nJana Port\tJ. Port\tperson\tABA OPP\tleader\t2001\t2010-05\town\nJana Port\t\tperson\tABAGOV\tpresident\t2010-06-01\t\town\nUAB\t\torganisation\tABA\t\t\t\town\n";

static inline void world(const char *dir)
{
    static const struct { const char *name, *text; } t[] = { { "countries.tsv", countries }, { "regions.tsv", regions }, { "cities.tsv", cities }, { "actors.tsv", actors },
        { "macro.tsv", "name\taka\tadjective\tclass\tlat\tlon\tcountries\nthe Two\tTwoland\tTwolandish\tRGN\t\t\tAB|CDC\n" },
        { "cameo.tsv", "code\tname\tgoldstein\ttype\tmode\n18\tassaults\t-9.0\tASSAULT\t\n171\tseizes\t-7.25\tCOERCE\tseize\n" }, { "plover.tsv", "event\tquad\tscore\town\nASSAULT\t4\t-9\t0\nMOVE\t\t\t1\n" },
        { "cities-edits.tsv", "not for the compiler\n" } };
    char name[80];
    folder(dir);
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        snprintf(name, sizeof name, "%s/%s", dir, t[i].name);
        file(name, t[i].text);
    }
}

static inline void remove_home(void)
{
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", home);
    if (system(command)) {}
}

#endif
