/* Gazetteers: files that lie, and what one is built from. First byte, even: the rest is a list of lies about a sound gazetteer, eight bytes each, where and what; no look-up and no
 * report may leave the file or give out text that is none. Odd: the rest is a table, plain or packed, given to the builder: an error, or a gazetteer that opens. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/utf8.h"
#include "codebook/gazetteer.h"
#include "tests/fuzz/fuzz.h"

static const char table[] =
    "geonames\tname\taka\tcountry\tadmin1\tadmin2\tlat\tlon\tpopulation\tclass\n"
    "101\tPort Aba\tAba|Porto Aba\tFR\t84\t69\t45.74\t4.84\t472317\tPPLA\n102\tPort Aba\t\tBE\tVLG\t\t51.05\t3.71\t1200\tPPL\n103\tThree Sisters by the Sea\t\tBE\tVLG\t\t51.2\t3.1\t\tMTS\n"
    "104\tOx Fold County\tOx Fold\tUS\tOH\t009\t40.1\t-82.4\t70000\tADM2\n";
static const char *const names[] = { "port aba", "aba", "porto aba", "three sisters by the sea", "ox fold county", "ox fold", "nowhere", "" };

static dl_file sound;

static void build_sound(void)
{
    const char *paths[1];
    char in[160], out[160];
    snprintf(in, sizeof in, "%s", fuzz_path("table.tsv")), snprintf(out, sizeof out, "%s", fuzz_path("sound.gaz"));
    paths[0] = in;
    HOLDS(dl_file_write(in, table, sizeof table - 1, NULL));
    HOLDS(dl_gaz_build(paths, 1, NULL, out, NULL, NULL));
    HOLDS(dl_file_open(&sound, out, NULL));
    unlink(in), unlink(out);
}

static void check_place(const dl_gazetteer *g, uint32_t record)
{
    dl_gaz_place p = dl_gaz_at(g, record);
    HOLDS(dl_utf8_valid(p.name) && dl_utf8_valid(p.cls) && dl_utf8_valid(p.admin1) && dl_utf8_valid(p.admin2));
    HOLDS(p.lat == INT32_MAX || (p.lat >= -9000000 && p.lat <= 9000000 && p.lon >= -18000000 && p.lon <= 18000000));
    HOLDS(!p.cc[0] || (p.cc[0] >= 'A' && p.cc[0] <= 'Z' && p.cc[1] >= 'A' && p.cc[1] <= 'Z'));
}

static void look_up(const dl_gazetteer *g, dl_str name)
{
    dl_bearers b;
    dl_gaz_begins(g, name);
    if (!dl_gaz_find(g, name, &b)) return;
    for (int i = 0; i < 1000 && dl_gaz_next(g, &b); i++) check_place(g, b.record);
}

/* A report told with its names: all bearers are weighed. */
static void code_with(const dl_gazetteer *g)
{
    static const char text[] = "PORT ABA, May 14 - Gunmen killed two men in Port Aba, France, on Monday and fled from Aba to Porto Aba, near the Three Sisters by the Sea.\n\nPolice in Ox Fold County, Ohio, said that "
                               "Ox Fold was quiet. Talks in Ghent with Belgium failed; Lyon and Port Aba were shelled again.\n";
    dl_options o;
    dl_options_default(&o);
    o.explain = true, o.gazetteer = g;
    dl_coder *c = dl_coder_open(fuzz_book(), fuzz_model(), &o, NULL);
    HOLDS(c);
    dl_doc *d = dl_code(c, text, sizeof text - 1, NULL);
    HOLDS(d && !dl_doc_degraded(d));
    HOLDS(dl_utf8_valid(dl_str_of(dl_doc_json(d))) && dl_utf8_valid(dl_str_of(dl_doc_explain(d, false))));
    dl_doc_free(d);
    dl_coder_close(c);
}

static void lies(const uint8_t *bytes, size_t n)
{
    if (!sound.n) build_sound();
    uint64_t *copy = malloc(sound.n + 8);                           /* aligned as a mapped file is */
    HOLDS(copy);
    memcpy(copy, sound.p, sound.n);
    for (size_t i = 0; i + 8 <= n; i += 8) {
        uint32_t at, what, width = bytes[i + 7] % 4 + 1;
        memcpy(&at, bytes + i, 4), memcpy(&what, bytes + i + 4, 4);
        at %= (uint32_t)sound.n;
        for (uint32_t k = 0; k < width && at + k < sound.n; k++) ((uint8_t *)copy)[at + k] = (uint8_t)(what >> 8 * k);
    }
    dl_gazetteer *g = dl_gaz_load(copy, sound.n, false, NULL);
    for (size_t i = 0; g && i < sizeof names / sizeof *names; i++) look_up(g, dl_str_of(names[i]));
    if (g) look_up(g, (dl_str){ (const char *)bytes, (uint32_t)(n < 200 ? n : 200) });
    for (uint32_t i = 0; g && i < 8; i++) check_place(g, i);
    if (g) check_place(g, UINT32_MAX), code_with(g);
    dl_gazetteer_close(g);
    free(copy);
}

static void build(const uint8_t *bytes, size_t n)
{
    char in[160], out[160];
    dl_error e = { 0 };
    dl_buf said;
    const char *paths[1] = { in };
    snprintf(in, sizeof in, "%s", fuzz_path("in")), snprintf(out, sizeof out, "%s", fuzz_path("out.gaz"));
    HOLDS(dl_file_write(in, bytes, n, NULL));
    unlink(out);
    dl_buf_init(&said, 0);
    if (dl_gaz_build(paths, 1, NULL, out, &said, &e)) {
        dl_gazetteer *g = dl_gazetteer_open(out, &e);
        HOLDS(g);
        for (uint32_t i = 0; i < dl_gaz_nplace(g) && i < 100; i++) check_place(g, i);
        dl_gazetteer_close(g);
    } else HOLDS(e.message[0] && access(out, F_OK) != 0);
    dl_buf_free(&said);
    unlink(in), unlink(out);
}

int fuzz_gazetteer(const uint8_t *bytes, size_t n)
{
    if (!n) return 0;
    if (*bytes & 1) build(bytes + 1, n - 1);
    else lies(bytes + 1, n - 1);
    return 0;
}
