/* test_gazetteer.c - gazetteers built from files in GeoNames' forms and from tables of ours, what is found in them, what is refused, and files that lie. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/arena.h"
#include "base/flate.h"
#include "base/lines.h"
#include "base/utf8.h"
#include "codebook/gazetteer_file.h"
#include "test.h"

/* ---- files of a test ------------------------------------------------------------------------------------------------ */

static char home[64] = "/tmp/dl-gazetteer-XXXXXX";

static const char *path_of(const char *name)
{
    static char buf[64][160];
    static int k;
    k = (k + 1) % 64;
    snprintf(buf[k], sizeof buf[k], "%s/%s", home, name);
    return buf[k];
}

static const char *bytes_in(const char *name, const void *p, size_t n)
{
    CHECK(dl_file_write(path_of(name), p, n, NULL));
    return path_of(name);
}

static const char *text_in(const char *name, const char *text) { return bytes_in(name, text, strlen(text)); }

static void remove_home(void)
{
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", home);
    if (system(command)) {}
}

/* ---- packed files: zlib's blocks without their frame ---- */

static uint32_t crc32_of(const char *p, size_t n)
{
    uint32_t c = UINT32_MAX;
    while (n--) {
        c ^= (unsigned char)*p++;
        for (int k = 0; k < 8; k++) c = c & 1 ? c >> 1 ^ 0xEDB88320 : c >> 1;
    }
    return ~c;
}

static void put_le(dl_buf *b, uint32_t v, int bytes)
{
    for (; bytes-- > 0; v >>= 8) dl_putc(b, (char)(v & 255));
}

static dl_str deflated(const char *text, dl_buf *keep)
{
    dl_buf_init(keep, 0);
    CHECK(dl_deflate(text, strlen(text), keep) && keep->n > 6);
    return dl_cut(dl_buf_str(keep), 2, (uint32_t)keep->n - 4);
}

static void put_gz(dl_buf *b, const char *text)
{
    dl_buf keep;
    dl_put(b, (dl_str){ "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10 });
    dl_put(b, deflated(text, &keep));
    put_le(b, crc32_of(text, strlen(text)), 4), put_le(b, (uint32_t)strlen(text), 4);
    dl_buf_free(&keep);
}

typedef struct { const char *name, *text; bool stored; } packed;

static void put_zip(dl_buf *b, const packed *v, size_t n)
{
    dl_buf directory;
    dl_buf_init(&directory, 0);
    for (size_t i = 0; i < n; i++) {
        dl_buf keep;
        dl_str data = deflated(v[i].text, &keep);
        if (v[i].stored) data = dl_str_of(v[i].text);
        for (int d = 0; d < 2; d++) {                               /* before the data and in the directory */
            dl_buf *to = d ? &directory : b;
            dl_put(to, d ? (dl_str){ "PK\1\2\x14\0\x14\0\0\0", 10 } : (dl_str){ "PK\3\4\x14\0\0\0", 8 });
            put_le(to, v[i].stored ? 0 : 8, 2), put_le(to, 0, 4), put_le(to, crc32_of(v[i].text, strlen(v[i].text)), 4), put_le(to, data.n, 4), put_le(to, (uint32_t)strlen(v[i].text), 4);
            put_le(to, (uint32_t)strlen(v[i].name), 2), put_le(to, 0, 2);
            if (d) put_le(to, 0, 4), put_le(to, 0, 2), put_le(to, 0, 4), put_le(to, (uint32_t)(b->n - data.n - strlen(v[i].name) - 30), 4);
            dl_putz(to, v[i].name);
            if (!d) dl_put(b, data);
        }
        dl_buf_free(&keep);
    }
    uint32_t at = (uint32_t)b->n;
    dl_put(b, dl_buf_str(&directory));
    dl_put(b, (dl_str){ "PK\5\6\0\0\0\0", 8 }), put_le(b, (uint32_t)n, 2), put_le(b, (uint32_t)n, 2), put_le(b, (uint32_t)directory.n, 4), put_le(b, at, 4), put_le(b, 0, 2);
    dl_buf_free(&directory);
}

static const char *gz_in(const char *name, const char *text)
{
    dl_buf b;
    dl_buf_init(&b, 0);
    put_gz(&b, text);
    bytes_in(name, b.p, b.n);
    dl_buf_free(&b);
    return path_of(name);
}

static const char *zip_in(const char *name, const packed *v, size_t n)
{
    dl_buf b;
    dl_buf_init(&b, 0);
    put_zip(&b, v, n);
    bytes_in(name, b.p, b.n);
    dl_buf_free(&b);
    return path_of(name);
}

/* ---- a small world -------------------------------------------------------------------------------------------------- */

#define ROW(id, name, ascii, other, lat, lon, fclass, code, cc, a1, a2, people) \
    id "\t" name "\t" ascii "\t" other "\t" lat "\t" lon "\t" fclass "\t" code "\t" cc "\t\t" a1 "\t" a2 "\t\t\t" people "\t\t7\tEurope/Aba\t2020-01-02\n"

static const char places[] = ROW("101", "Port-Ãba", "Port-Aba", "Porto Aba,PTA,Aba,https://aba.example", "1.234567", "-2.25", "P", "PPLC", "AB", "01", "9", "500000")
                             ROW("102", "Port Aba", "Port Aba", "", "-3", "4.5", "P", "PPL", "CD", "02", "", "1200")
                             ROW("103", "Port Aba", "Port Aba", "", "50.00001", "180", "P", "PPLX", "AB", "00", "", "")
                             ROW("104", "Ox Fold County", "Ox Fold County", "", "2", "3", "A", "ADM2", "AB", "01", "9", "70000")
                             ROW("105", "Three Sisters by the Sea", "", "", "5", "6", "T", "MTS", "AB", "01", "", "0")
                             ROW("106", "A Church", "A Church", "", "5", "6", "S", "CH", "AB", "01", "", "0")
                             ROW("107", "Bald Knob", "Bald Knob", "", "5", "6", "T", "HLL", "AB", "01", "", "0")
                             ROW("108", "Aba", "Aba", "", "1", "1", "A", "PCLI", "AB", "00", "", "9000000");
static const char names[] = "1\t101\tfr\tVieux Port\t\t\t\t\n2\t101\ten\tHarbour of Aba\t1\t\t\t\n3\t101\tlink\thttps://x.example\t\t\t\t\n4\t101\tiata\tABX\t\t\t\t\n5\t101\t\tOy\t\t\t\t\n6\t101\t\tOyo\t1\t\t\t\n"
                            "7\t999\ten\tNowhere\t1\t\t\t\n8\t102\ten\tOld Cedon\t1\t\t\t1\t1900\t1950\n";
static const char admin1[] = "AB.01\tNorth Aba\tNorth Aba\t201\nCD.02\tProvince of Łow\tProvince of Low\t202\nEF.01\tEmpty\tEmpty\t203\n";
static const char admin2[] = "AB.01.9\tOx Fold County\tOx Fold County\t104\n";
static const char countries[] = "# made up\n#ISO\tISO3\n"
                                "CD\tCDC\t002\tCD\tCedonia\tCedon\t100\t1200\tAF\t.cd\tCDF\tFranc\t\t\t\tfr\t301\tAB\t\nYU\tYUG\t000\tYU\tPast\t\t0\t0\tEU\t\t\t\t\t\t\t\t0\t\t\n";
static const char own[] = "# ours\nclass\tname\tlat\tlon\taka\tcountry\tadmin1\tpopulation\tgeonames\nPPL\tMill Town\t10.5\t11\tMilltown|Mill-on-Aba\tAB\t01\t2000\t401\nADM1\tWest Aba\t1\t2\t\tAB\t05\t\t\nSEA\tSea of Aba\t1\t2\t\t\t\t\t\n\tNo Point\t\t\t\tAB\t\t\t\n";

static dl_gazetteer *built(const char *const *paths, size_t n, const char *classes, dl_buf *said)
{
    dl_error e = { 0 };
    char text[1024];
    bool ok = dl_gaz_build(paths, n, classes, path_of("out.gaz"), said, &e);
    dl_gazetteer *g = ok ? dl_gazetteer_open(path_of("out.gaz"), &e) : NULL;
    if (!g) { test_failed(__FILE__, __LINE__); dl_error_text(&e, text, sizeof text); TEST_SAY("%s", text); }
    return g;
}

static bool find(const dl_gazetteer *g, const char *name, dl_bearers *b)
{
    static dl_pool *pool;
    dl_arena a;
    char key[256] = "";
    if (!pool) pool = dl_pool_open((size_t)1 << 20);
    if (!pool || !dl_arena_open(&a, pool)) return false;
    dl_str f = dl_folded(&a, dl_str_of(name));
    memcpy(key, f.p, f.n);
    uint32_t n = f.n;
    dl_arena_close(&a);
    return dl_gaz_find(g, (dl_str){ key, n }, b);
}

/* "101 102+ 104-": ids of all bearers in their order, + of another name, - of a short one. */
static const char *bearers(const dl_gazetteer *g, const char *name)
{
    static char out[256];
    dl_bearers b;
    size_t n = 0;
    *out = 0;
    if (!find(g, name, &b)) return "";
    while (dl_gaz_next(g, &b) && n < sizeof out - 20)
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%u%s", n ? " " : "", dl_gaz_at(g, b.record).id, b.flags & DL_GAZ_SHORT ? "-" : b.flags & DL_GAZ_AKA ? "+" : "");
    CHECK_EQ(b.left, 0);
    return out;
}
#define BEARERS(g, name, ids) CHECK_STR(dl_str_of(bearers(g, name)), ids)

static dl_gaz_place first(const dl_gazetteer *g, const char *name)
{
    dl_bearers b;
    bool yes = find(g, name, &b) && dl_gaz_next(g, &b);
    CHECK(yes);
    return dl_gaz_at(g, yes ? b.record : UINT32_MAX);
}

static void check_world(const dl_gazetteer *g)
{
    BEARERS(g, "Port Aba", "101 102 103");
    BEARERS(g, "PORT  ABA", "101 102 103");
    BEARERS(g, "port-ãba", "101 102 103");
    BEARERS(g, "Porto Aba", "101+");
    BEARERS(g, "Aba", "108 101+");                               /* a country before its capital, whatever it counts */
    BEARERS(g, "PTA", "");                                       /* codes and links are no names */
    BEARERS(g, "ABX", "");
    BEARERS(g, "Vieux Port", "101+");
    BEARERS(g, "Harbour of Aba", "101");
    BEARERS(g, "Oy", "");
    BEARERS(g, "Oyo", "101+");
    BEARERS(g, "Old Cedon", "102+");
    BEARERS(g, "Nowhere", "");
    BEARERS(g, "Ox Fold County", "104");
    BEARERS(g, "Ox Fold", "104-");
    BEARERS(g, "A Church", "");
    BEARERS(g, "Bald Knob", "");
    BEARERS(g, "North Aba", "201");
    BEARERS(g, "province of low", "202");
    BEARERS(g, "Low", "202-");
    BEARERS(g, "Empty", "");                                     /* a division without a town has no point */
    BEARERS(g, "Cedonia", "301");
    BEARERS(g, "Past", "");
    BEARERS(g, "Mill on Aba", "401+");
    BEARERS(g, "West Aba", "0");
    BEARERS(g, "No Point", "");
    BEARERS(g, "", "");
    dl_gaz_place p = first(g, "Porto Aba");
    CHECK_EQ(p.lat, 123457);
    CHECK_EQ(p.lon, -225000);
    CHECK_EQ(p.kind, DL_PLACE_CITY);
    CHECK_EQ(p.size, dl_gaz_size(500000));
    CHECK_STR(p.name, "Port-Ãba");
    CHECK_STR(p.cls, "PPLC");
    CHECK_STR(p.admin1, "01");
    CHECK_STR(p.admin2, "9");
    CHECK(p.cc[0] == 'A' && p.cc[1] == 'B');
    p = first(g, "Cedonia");                                     /* in the middle of its towns */
    CHECK(p.lat == -300000 && p.lon == 450000 && p.kind == DL_PLACE_COUNTRY);
    p = first(g, "North Aba");                                   /* between its two towns */
    CHECK_EQ(p.lat, 586728);
    CHECK_EQ(p.kind, DL_PLACE_REGION);
    CHECK_EQ(first(g, "Ox Fold").kind, DL_PLACE_REGION);
    CHECK_EQ(first(g, "Aba").kind, DL_PLACE_COUNTRY);
    CHECK_EQ(first(g, "Sea of Aba").kind, DL_PLACE_MACRO);
    CHECK_EQ(first(g, "West Aba").kind, DL_PLACE_REGION);
    CHECK(first(g, "Sea of Aba").cc[0] == 0);
    CHECK(dl_gaz_begins(g, DL_STR("three sisters")) && dl_gaz_begins(g, DL_STR("ox fold")) && dl_gaz_begins(g, DL_STR("harbour of")));
    CHECK(!dl_gaz_begins(g, DL_STR("port aba")) && !dl_gaz_begins(g, DL_STR("vieux port")) && !dl_gaz_begins(g, DL_STR("")));
    CHECK_EQ(dl_gaz_nplace(g), 12);
    CHECK(strncmp(dl_gazetteer_fingerprint(g), "12 places ", 10) == 0 && strlen(dl_gazetteer_fingerprint(g)) == 26);
}

static void test_forms(void)
{
    /* names before places, divisions before towns: the order of the files does not matter */
    const char *plain[] = { text_in("alternateNamesV2.txt", names), text_in("admin1CodesASCII.txt", admin1), text_in("countryInfo.txt", countries), text_in("admin2Codes.txt", admin2), text_in("own.tsv", own), text_in("allCountries.txt", places) };
    dl_buf said;
    dl_buf_init(&said, 0);
    dl_gazetteer *g = built(plain, 6, NULL, &said);
    if (g) check_world(g);
    dl_gazetteer_close(g);
    CHECK(dl_find(dl_buf_str(&said), DL_STR("allCountries.txt: GeoNames places, 8 rows, 6 taken\n"), 0) > 0);
    CHECK(dl_find(dl_buf_str(&said), DL_STR("own.tsv: table of places, 4 rows, 3 taken\n"), 0) > 0);
    CHECK(dl_find(dl_buf_str(&said), DL_STR("countryInfo.txt: GeoNames countries, 2 rows, 1 taken\n"), 0) > 0);
    CHECK(dl_find(dl_buf_str(&said), DL_STR("admin1CodesASCII.txt: GeoNames divisions, 3 rows, 2 taken\n"), 0) > 0);
    CHECK(dl_find(dl_buf_str(&said), DL_STR("alternateNamesV2.txt: GeoNames names, 8 rows, 4 taken\n"), 0) > 0);
    dl_buf_free(&said);
}

static bool same_files(const char *a, const char *b)
{
    dl_file x, y;
    if (!dl_file_open(&x, a, NULL)) return false;
    bool same = dl_file_open(&y, b, NULL);
    if (same) {
        same = x.n == y.n && memcmp(x.p, y.p, x.n) == 0;
        dl_file_close(&y);
    }
    dl_file_close(&x);
    return same;
}

/* However the same rows are packed, the gazetteer has the same bytes. */
static void test_packed(void)
{
    static const packed in_places[] = { { "readme.txt", "short", false }, { "allCountries.txt", places, false }, { "big.bin", names, true } }, in_names[] = { { "x.tsv", names, true } };
    const char *plain[] = { text_in("p.txt", places), text_in("n.txt", names), text_in("own.tsv", own), text_in("a.txt", admin1), text_in("b.txt", admin2), text_in("c.txt", countries) };
    CHECK(dl_gaz_build(plain, 6, NULL, path_of("plain.gaz"), NULL, NULL));
    CHECK(dl_gaz_build(plain, 6, "APHLT", path_of("again.gaz"), NULL, NULL));
    CHECK(same_files(path_of("plain.gaz"), path_of("again.gaz")));
    dl_buf two;                                                    /* a file of two members, cut inside a row; with a mark, and lines that end in CR LF */
    dl_buf_init(&two, 0);
    put_gz(&two, "\xEF\xBB\xBF" "CD.02\tProvince of Łow\tProvince"), put_gz(&two, " of Low\t202\r\nAB.01\tNorth Aba\tNorth Aba\t201\r\nEF.01\tEmpty\tEmpty\t203");
    const char *packed_paths[] = { zip_in("p.zip", in_places, 3), zip_in("n.zip", in_names, 1), gz_in("own.gz", own), bytes_in("a.gz", two.p, two.n), gz_in("b.gz", admin2), gz_in("c.gz", countries) };
    dl_buf_free(&two);
    dl_error e = { 0 };
    bool ok = dl_gaz_build(packed_paths, 6, NULL, path_of("packed.gaz"), NULL, &e);
    CHECK(ok);
    if (!ok) TEST_SAY("%s: %s", e.file, e.message);
    dl_gazetteer *g = ok ? dl_gazetteer_open(path_of("packed.gaz"), &e) : NULL;
    if (g) check_world(g);
    dl_gazetteer_close(g);
    const char *swapped[] = { path_of("p.txt"), path_of("n.txt"), path_of("own.tsv"), text_in("a2.txt", "CD.02\tProvince of Łow\tProvince of Low\t202\nAB.01\tNorth Aba\tNorth Aba\t201\nEF.01\tEmpty\tEmpty\t203\n"), path_of("b.txt"), path_of("c.txt") };
    CHECK(dl_gaz_build(swapped, 6, NULL, path_of("swapped.gaz"), NULL, &e));
    CHECK(same_files(path_of("packed.gaz"), path_of("swapped.gaz")));
}

static void test_classes(void)
{
    const char *paths[] = { text_in("p.txt", places) };
    dl_gazetteer *g = built(paths, 1, "PS", NULL);
    if (!g) return;
    CHECK_EQ(dl_gaz_nplace(g), 4);
    BEARERS(g, "A Church", "106");
    BEARERS(g, "Ox Fold County", "");
    dl_gazetteer_close(g);
}

/* A row of the same id adds its names and replaces what is told of the place. */
static void test_same_id(void)
{
    const char *paths[] = { text_in("p.txt", ROW("7", "One", "One", "", "1", "1", "P", "PPL", "AB", "", "", "10") ROW("7", "Two", "Two", "", "2", "2", "P", "PPL", "AB", "", "", "20")),
                            text_in("own.tsv", "name\tlat\tlon\nTwo\t9\t9\nTwo\t8\t8\n") };
    dl_gazetteer *g = built(paths, 2, NULL, NULL);
    if (!g) return;
    CHECK_EQ(dl_gaz_nplace(g), 3);
    BEARERS(g, "One", "7");
    BEARERS(g, "Two", "7 0 0");
    CHECK_EQ(first(g, "One").lat, 200000);
    CHECK_STR(first(g, "One").name, "Two");
    dl_gazetteer_close(g);
}

/* Many places in few divisions, told again and again while the tables grow. */
static void test_many(void)
{
    dl_buf rows;
    char name[32], region[8];
    dl_buf_init(&rows, 0);
    for (int i = 0; i < 5000; i++) dl_putf(&rows, "%d\tTown %d\tTown %d\t\t%d.5\t%d.25\tP\tPPL\tAB\t\t%02d\t%d\t\t\t%d\t\t7\tEurope/Aba\t2020-01-02\n", i + 1, i, i, i % 89, i % 179, i * i % 97, i % 7, i);
    const char *paths[] = { bytes_in("many.txt", rows.p, rows.n) };
    dl_gazetteer *g = built(paths, 1, NULL, NULL);
    for (int i = 0; g && i < 5000; i++) {
        snprintf(name, sizeof name, "Town %d", i), snprintf(region, sizeof region, "%02d", i * i % 97);
        dl_gaz_place p = first(g, name);
        CHECK_EQ(p.id, i + 1);
        CHECK(i * i % 97 == 0 ? !p.admin1.n : dl_is(p.admin1, region));
    }
    dl_gazetteer_close(g);
    dl_buf_free(&rows);
}

static void test_sizes(void)
{
    CHECK(dl_gaz_size(0) == 0 && dl_gaz_size(1) == 1 && dl_gaz_size(2) == 8 && dl_gaz_size(1024) == 80 && dl_gaz_size(1536) == 84 && dl_gaz_size(UINT64_MAX) == 255);
    for (uint64_t n = 1; n < 5000000; n += 1 + n / 7) CHECK(dl_gaz_size(n) <= dl_gaz_size(n + 1));
}

/* ---- what is refused ------------------------------------------------------------------------------------------------ */

/* The second of two rows is wrong: the error names file, line and reason, and nothing is written. */
static void refuse(const char *name, const char *text, uint32_t line, const char *message)
{
    const char *paths[] = { text_in("good.txt", places), text_in(name, text) };
    dl_error e = { 0 };
    unlink(path_of("never.gaz"));
    CHECK(!dl_gaz_build(paths, 2, NULL, path_of("never.gaz"), NULL, &e));
    if (!strstr(e.message, message) || e.line != line || (line && !strstr(e.file, name))) { test_failed(__FILE__, __LINE__); TEST_SAY("%s:%u: %s\n    for %u: %s", e.file, e.line, e.message, line, message); }
    CHECK(access(path_of("never.gaz"), F_OK) != 0);
}

static void test_refused(void)
{
    static const char good[] = ROW("1", "A", "A", "", "1", "1", "P", "PPL", "AB", "", "", "1");
    static const struct { const char *row, *message; } bad_places[] = {
        { "2\tB\tB\t\t1\t1\tP\tPPL\tAB\n", "a row of places has 19 columns" },
        { ROW("2", "B", "B", "", "90.00001", "1", "P", "PPL", "AB", "", "", "1"), "a latitude is -90 to 90: \"90.00001\"" },
        { ROW("2", "B", "B", "", "x", "1", "P", "PPL", "AB", "", "", "1"), "a latitude is -90 to 90: \"x\"" },
        { ROW("2", "B", "B", "", "1", "-180.1", "P", "PPL", "AB", "", "", "1"), "a longitude is -180 to 180: \"-180.1\"" },
        { ROW("2", "B", "B", "", "1", "", "P", "PPL", "AB", "", "", "1"), "a longitude is -180 to 180" },
        { ROW("0", "B", "B", "", "1", "1", "P", "PPL", "AB", "", "", "1"), "a GeoNames id is a number above 0" },
        { ROW("4294967296", "B", "B", "", "1", "1", "P", "PPL", "AB", "", "", "1"), "a GeoNames id is a number above 0" },
        { ROW("2", "", "B", "", "1", "1", "P", "PPL", "AB", "", "", "1"), "a place without a name" },
        { ROW("2", "B", "B", "", "1", "1", "P", "PPL", "AB", "", "", "-1"), "a population is a number" },
        { ROW("2", "B", "B", "", "1", "1", "P", "PPL", "Abaria", "", "", "1"), "a country is two capitals" },
        { ROW("2", "\xFF", "B", "", "1", "1", "P", "PPL", "AB", "", "", "1"), "not UTF-8 text" },
    };
    char text[1024];
    for (size_t i = 0; i < sizeof bad_places / sizeof *bad_places; i++) {
        snprintf(text, sizeof text, "%s%s", good, bad_places[i].row);
        refuse("bad.txt", text, 2, bad_places[i].message);
    }
    refuse("names.txt", "1\t101\ten\tA\n2\tx\ten\tB\n", 2, "a GeoNames id is a number above 0: \"x\"");
    refuse("names.txt", "1\t101\ten\tA\n\n2\t101\n", 3, "a row of names has 4 columns and more");
    refuse("admin.txt", "AB.01\tA\tA\t1\nab.02\tB\tB\t2\n", 2, "a division is a row of CC.CODE");
    refuse("admin.txt", "AB.01\tA\tA\t1\nAB.02\t\tB\t2\n", 2, "a division without a name");
    refuse("admin.txt", "AB.01\tA\tA\t1\nAB.02\tB\t2\n", 2, "a division is a row of CC.CODE");
    refuse("own.tsv", "name\tlat\tlon\nA\t1\t2\nB\t1\n", 3, "a longitude is -180 to 180");
    refuse("own.tsv", "name\tlat\tlon\n\t1\t2\n", 2, "a place without a name");
    refuse("what.txt", "# nothing\na\tb\n", 2, "neither a file of GeoNames nor a table with columns name, lat, lon");
    refuse("short.txt", "2\tB\tB\t\t1\t1\tP\tPPL\tAB\n", 1, "neither a file of GeoNames");
    refuse("empty.txt", "", 0, "no rows in it");
    const char *none[] = { path_of("absent.txt") }, *few[] = { text_in("few.txt", ROW("1", "A", "A", "", "1", "1", "U", "X", "AB", "", "", "1")) };
    dl_error e = { 0 };
    CHECK(!dl_gaz_build(none, 1, NULL, path_of("never.gaz"), NULL, &e) && e.code == DL_ENOENT && strstr(e.file, "absent.txt"));
    CHECK(!dl_gaz_build(few, 1, NULL, path_of("never.gaz"), NULL, &e) && strstr(e.message, "no places in what was given"));
    few[0] = text_in("few.txt", good);
    CHECK(!dl_gaz_build(few, 1, NULL, path_of("no/such/folder.gaz"), NULL, &e) && e.code == DL_EWRITE);
    CHECK(!dl_gaz_build(few, 1, NULL, path_of("no/such/folder.gaz"), NULL, NULL));
    /* a byte 0 inside a cell would end it where the program formats it */
    char zero[] = ROW("1", "A", "A", "", "1", "1", "P", "PPL", "AB", "0_", "", "1");
    *strstr(zero, "_") = 0;
    few[0] = bytes_in("zero.txt", zero, sizeof zero - 1);
    CHECK(!dl_gaz_build(few, 1, NULL, path_of("never.gaz"), NULL, &e) && strstr(e.message, "not UTF-8 text"));
}

/* Packed files cut off or altered anywhere: an error, never half of a file taken for the whole. */
static void test_damaged_input(void)
{
    static const packed entries[] = { { "a.txt", places, false } }, stored[] = { { "a.txt", places, true } };
    const char *good[3] = { gz_in("w.gz", places), zip_in("w.zip", entries, 1), zip_in("s.zip", stored, 1) };
    uint64_t seed = 3;
    text_in("good.txt", places);
    for (int k = 0; k < 3; k++) {
        dl_file f;
        if (!dl_file_open(&f, good[k], NULL)) { CHECK(!"whole"); return; }
        char *p = malloc(f.n);
        for (size_t n = 0; n < f.n; n += n < 40 || n + 60 > f.n ? 1 : 7) {
            dl_error e = { 0 };
            const char *paths[] = { bytes_in("cut", f.p, n) };
            CHECK(!dl_gaz_build(paths, 1, NULL, path_of("never.gaz"), NULL, &e) && *e.message);
        }
        for (int i = 0; i < 300; i++) {
            memcpy(p, f.p, f.n);
            p[test_below(&seed, (uint32_t)f.n)] ^= (char)(1 << test_below(&seed, 8));
            const char *paths[] = { bytes_in("flipped", p, f.n) };
            if (!dl_gaz_build(paths, 1, NULL, path_of("flipped.gaz"), NULL, NULL)) continue;
            const char *whole[] = { path_of("good.txt") };                          /* a bit that means nothing: a time, a name */
            CHECK(dl_gaz_build(whole, 1, NULL, path_of("whole.gaz"), NULL, NULL) && same_files(path_of("whole.gaz"), path_of("flipped.gaz")));
        }
        free(p);
        dl_file_close(&f);
    }
}

/* A line of 17 MiB is refused, packed or not. */
static void test_long_line(void)
{
    static const char head[] = "name\tlat\tlon\n";
    size_t n = (size_t)17 << 20, h = sizeof head - 1;
    char *text = malloc(h + n + 1);
    memcpy(text, head, h), memset(text + h, 'a', n), text[h + n] = 0;
    const char *paths[] = { bytes_in("long.txt", text, h + n), gz_in("long.gz", text) };
    for (int k = 0; k < 2; k++) {
        dl_error e = { 0 };
        CHECK(!dl_gaz_build(&paths[k], 1, NULL, path_of("never.gaz"), NULL, &e) && strstr(e.message, "a line longer than 16 MiB"));
    }
    free(text);
}

/* ---- files that lie ------------------------------------------------------------------------------------------------- */

static char *small_file(size_t *n)
{
    const char *paths[] = { text_in("p.txt", places), text_in("n.txt", names), text_in("own.tsv", own) };
    dl_error e = { 0 };
    dl_file f;
    CHECK(dl_gaz_build(paths, 3, NULL, path_of("small.gaz"), NULL, &e));
    if (!dl_file_open(&f, path_of("small.gaz"), &e)) { CHECK(!"small.gaz"); exit(1); }
    char *copy = malloc(f.n);                                      /* of its own, so that a sanitizer sees its end */
    memcpy(copy, f.p, f.n);
    *n = f.n;
    dl_file_close(&f);
    return copy;
}

static void fix_checksum(char *p)
{
    dl_gaz_header h;
    memcpy(&h, p, sizeof h);
    h.checksum = dl_gaz_sum(&h, p + sizeof h);
    memcpy(p, &h, sizeof h);
}

static uint64_t use(const dl_gazetteer *g)
{
    static const char *const look[] = { "port aba", "porto aba", "aba", "ox fold", "west aba", "three sisters by the sea", "sea of aba", "nobody" };
    uint64_t sum = strlen(dl_gazetteer_fingerprint(g)) + dl_gaz_nname(g);
    for (size_t i = 0; i < sizeof look / sizeof *look; i++) {
        dl_bearers b;
        sum += dl_gaz_begins(g, dl_str_of(look[i]));
        if (!dl_gaz_find(g, dl_str_of(look[i]), &b)) continue;
        for (int k = 0; k < 1000 && dl_gaz_next(g, &b); k++) {
            dl_gaz_place p = dl_gaz_at(g, b.record);
            CHECK(b.record < dl_gaz_nplace(g) && dl_utf8_valid(p.name) && dl_utf8_valid(p.cls) && dl_utf8_valid(p.admin1) && dl_utf8_valid(p.admin2));
            CHECK((p.lat == INT32_MAX) == (p.lon == INT32_MAX) && (p.lat == INT32_MAX || (p.lat >= -9000000 && p.lat <= 9000000 && p.lon >= -18000000 && p.lon <= 18000000)));
            sum += p.id + p.size;
        }
    }
    return sum;
}

static void test_records(void)
{
    size_t n;
    char *whole = small_file(&n);
    dl_gazetteer *g = dl_gaz_load(whole, n, true, NULL);
    CHECK(g);
    if (g) {
        const uint32_t beyond[] = { dl_gaz_nplace(g), dl_gaz_nplace(g) + 1, UINT32_MAX, 1u << 31 };
        for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
            dl_gaz_place p = dl_gaz_at(g, beyond[i]);
            CHECK(!p.id && !p.name.n && !p.cls.n && !p.cc[0] && p.lat == INT32_MAX && p.lon == INT32_MAX);
        }
        for (uint32_t i = 1; i < dl_gaz_nplace(g); i++) CHECK(dl_gaz_at(g, i).kind != DL_PLACE_COUNTRY && dl_gaz_at(g, i).name.n);
    }
    dl_gazetteer_close(g);
    free(whole);
}

static void test_cut_off(void)
{
    size_t n;
    char *whole = small_file(&n);
    for (size_t k = 0; k < n; k++) {
        dl_error e = { 0 };
        char *cut = malloc(k ? k : 1);
        memcpy(cut, whole, k);
        dl_gazetteer *g = dl_gaz_load(cut, k, true, &e);
        CHECK(!g && e.code == DL_EFORMAT && strstr(e.message, "cut off"));
        dl_gazetteer_close(g);
        if (k > sizeof(dl_gaz_header)) {                            /* and one that says it is whole */
            uint64_t size = k;
            memcpy(cut + offsetof(dl_gaz_header, size), &size, sizeof size);
            fix_checksum(cut);
            g = dl_gaz_load(cut, k, true, &e);
            if (g) use(g);
            dl_gazetteer_close(g);
        }
        free(cut);
    }
    char *more = calloc(1, n + 8);
    dl_error e = { 0 };
    memcpy(more, whole, n);
    CHECK(!dl_gaz_load(more, n + 8, true, &e) && strstr(e.message, "too long"));
    free(more);
    free(whole);
}

/* Any byte altered: found by the checksum; without it, nothing is read outside of the file. */
static void test_altered(void)
{
    size_t n;
    uint64_t seed = 11;
    char *whole = small_file(&n), *p = malloc(n);
    for (size_t at = 0; at < n; at++) {
        dl_error e = { 0 };
        memcpy(p, whole, n);
        p[at] ^= (char)(1 + test_below(&seed, 255));
        dl_gazetteer *g = dl_gaz_load(p, n, true, &e);
        CHECK(!g && e.code != DL_OK && *e.message);
        dl_gazetteer_close(g);
        g = dl_gaz_load(p, n, false, &e);
        if (g) use(g);
        dl_gazetteer_close(g);
    }
    for (int i = 0; i < 4000; i++) {
        memcpy(p, whole, n);
        for (uint32_t k = 0, many = 1 + test_below(&seed, 40); k < many; k++) p[sizeof(dl_gaz_header) + test_below(&seed, (uint32_t)(n - sizeof(dl_gaz_header)))] = (char)test_random(&seed);
        fix_checksum(p);
        dl_gazetteer *g = dl_gaz_load(p, n, true, NULL);
        CHECK(g);
        if (g) use(g);
        dl_gazetteer_close(g);
    }
    free(p);
    free(whole);
}

/* Whole numbers of the file set to large and small ones. */
static void test_wild_numbers(void)
{
    static const uint32_t wild[] = { 0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF8, 255, 65535, 4096 };
    size_t n;
    char *whole = small_file(&n), *p = malloc(n);
    for (size_t at = 0; at + 4 <= n; at += 4)
        for (size_t k = 0; k < sizeof wild / sizeof *wild; k += at < sizeof(dl_gaz_header) ? 1 : 4) {
            memcpy(p, whole, n);
            memcpy(p + at, &wild[k], 4);
            dl_gazetteer *g = dl_gaz_load(p, n, false, NULL);
            if (g) use(g);
            dl_gazetteer_close(g);
        }
    free(p);
    free(whole);
}

static void test_versions(void)
{
    size_t n;
    char *whole = small_file(&n);
    static const struct { size_t at; uint32_t value; dl_code_t code; const char *message; } v[] = {
        { offsetof(dl_gaz_header, oldest), DL_GAZ_VERSION + 1, DL_EVERSION, "built by another version of dateline: build it again" },
        { offsetof(dl_gaz_header, version), DL_GAZ_OLDEST - 1, DL_EVERSION, "built by another version of dateline" },
        { offsetof(dl_gaz_header, nsection), DL_GAZ_SEC_N + 1, DL_EVERSION, "built by another version of dateline" },
        { offsetof(dl_gaz_header, order), 0x04030201, DL_EVERSION, "another byte order" },
        { 0, 0x41414141, DL_EFORMAT, "not a gazetteer" },
    };
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        char *p = malloc(n);
        dl_error e = { 0 };
        memcpy(p, whole, n);
        memcpy(p + v[i].at, &v[i].value, 4);
        if (i < 4) fix_checksum(p);
        CHECK(!dl_gaz_load(p, n, true, &e) && e.code == v[i].code && strstr(e.message, v[i].message));
        bytes_in("lies.gaz", p, n);
        e = (dl_error){ 0 };
        CHECK(!dl_gazetteer_open(path_of("lies.gaz"), &e) && e.code == v[i].code && strstr(e.file, "lies.gaz"));
        free(p);
    }
    dl_error e = { 0 };
    CHECK(!dl_gazetteer_open(path_of("absent.gaz"), &e) && e.code == DL_ENOENT);
    CHECK(!dl_gazetteer_open(text_in("text.gaz", "This is a text."), &e) && strstr(e.message, "not a gazetteer"));
    free(whole);
}

/* The one built in, where there is one. */
static void test_built_in(void)
{
    dl_error e = { 0 };
    dl_gazetteer *g = dl_gazetteer_open(NULL, &e);
    if (!g) { CHECK_EQ(e.code, DL_ENOENT); return; }
    dl_bearers b;
    CHECK(dl_gaz_nplace(g) > 100000 && find(g, "Verviers", &b) && !find(g, "Zzyzzxqville", &b));
    BEARERS(g, "Sint-Jans-Molenbeek", "2791018+");
    dl_gazetteer_close(g);
}

int main(void)
{
    if (!mkdtemp(home)) return 1;
    atexit(remove_home);
    TEST(test_forms);
    TEST(test_packed);
    TEST(test_classes);
    TEST(test_same_id);
    TEST(test_many);
    TEST(test_sizes);
    TEST(test_refused);
    TEST(test_damaged_input);
    TEST(test_long_line);
    TEST(test_records);
    TEST(test_cut_off);
    TEST(test_altered);
    TEST(test_wild_numbers);
    TEST(test_versions);
    TEST(test_built_in);
    return test_end();
}
