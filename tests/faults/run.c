/* run.c - memory, writing and reading fail in turn: at every single call, and from it on. No crash, nothing leaked, nothing lost in silence, no half-written file.
 *
 * Built into tests/test_faults with the command's own main() under another name (-Wl,--wrap=main), so that `dateline code -o FILE` runs hundreds of times in one process.
 * Leaks are found by counting (wrap.h), on every build; ASan looks for more. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "codebook/compile.h"
#include "dateline.h"
#include "tests/faults/wrap.h"
#include "tests/unit/test.h"

#if defined(__SANITIZE_ADDRESS__)
#define ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ASAN 1
#endif
#endif
#ifdef ASAN
#include <sanitizer/common_interface_defs.h>
#endif

int __real_main(int, char **);
int __wrap_main(int, char **);

/* Twenty reports: many kinds of facts, two that share an id, one with ill-formed JSON escapes, one that is no article, one that is empty. */
static const char *const reports[] = {
    "{\"id\":\"r1\",\"date\":\"2015-01-26\",\"title\":\"Raid in Lyon\",\"text\":\"Police raided two flats in Lyon on Monday and arrested three men, a prosecutor said.\"}",
    "{\"id\":\"r2\",\"date\":\"2015-01-26\",\"text\":\"Gunmen killed 12 people in an attack on a market on Friday, officials said.\"}",
    "{\"id\":\"r3\",\"text\":\"The mayor denied that four officers had been hurt.\"}",
    "{\"id\":\"r1\",\"text\":\"Rebels threatened to strike the port again.\"}",
    "{\"id\":\"r5\",\"text\":\"Police foiled a plot to bomb a station, and residents fear that a third man fled to Spain.\"}",
    "{\"id\":\"r6\",\"text\":\"\\u201cWe will march,\\u201d said Jan Roe, a union leader. \\u201cNobody will stop us.\\u201d\"}",
    "{\"id\":\"r7\",\"text\":\"Some 1,350 villagers were displaced by shelling in northern Syria last week.\"}",
    "{\"id\":\"r8\",\"text\":\"The trial of two soldiers was put off to 4 May 2016.\"}",
    "{\"id\":\"r1\",\"text\":\"Troops withdrew from the border after talks between the two governments.\"}",
    "{\"id\":\"r10\",\"text\":\"caf\\u00e9 \\ud83d\\ude80 \\ud800 \\q raid\"}",
    "{\"id\":\"r11\",\"text\":\"\"}",
    "{\"no\":\"article\"}",
    "{\"id\":\"r13\",\"text\":\"PARIS, March 22 (Wire) - Thousands protested against a law on Tuesday.\\n\\nRead more: Strikes go on\"}",
    "{\"id\":\"r14\",\"text\":\"A bomb wounded at least nine soldiers near Kandahar, the ministry said.\"}",
    "{\"id\":\"r15\",\"text\":\"He was charged with murder and sentenced to ten years.\"}",
    "{\"id\":\"r16\",\"text\":\"Kidnappers released two aid workers who were abducted in 2013.\"}",
    "{\"id\":\"r17\",\"text\":\"The ministers met in Geneva and agreed on a ceasefire.\"}",
    "{\"id\":\"r18\",\"text\":\"Three suspects, aged 19 to 24, were arrested on suspicion of planning an attack.\"}",
    "{\"id\":\"r19\",\"text\":\"Farmers blocked roads; the army cleared them.\"}",
    "{\"id\":\"r20\",\"text\":\"The group claimed responsibility for the bombing.\"}",
};
enum { REPORTS = sizeof reports / sizeof *reports };

static dl_codebook *book;
static dl_model    *model;
static char         home[64] = "/tmp/dateline-faults-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[4][160];
    static int k;
    k = (k + 1) % 4;
    snprintf(path[k], sizeof path[k], "%s/%s", home, name);
    return path[k];
}

/* ---- every fault there is -------------------------------------------------------------------------------------------- */

typedef struct { const void *of; unsigned n; bool on; } fault;
typedef bool attempt(const fault *);                 /* true: all went as it should although (or because) the fault came */

/* Runs `try` with the first, second, ... call failing until it comes through without meeting the fault. `step`: with only every so many-th, behind the first 40. */
static unsigned in_turn(fault_kind kind, bool on, unsigned step, attempt *try, const void *of)
{
    for (unsigned n = 1;; n += n < 40 ? 1 : step) {
        long blocks = faults_blocks(), mapped = faults_mapped();
        fault f = { of, n, on };
        faults_arm(kind, n, on);
        bool good = try(&f);
        unsigned calls = faults_disarm();
        if (!good || faults_blocks() != blocks || faults_mapped() != mapped) {
            test_failed(__FILE__, __LINE__);
            TEST_SAY("%s call %u%s: %s, %ld blocks and %ld mapped bytes left", kind == FAULT_MEMORY ? "memory" : kind == FAULT_WRITE ? "write" : "read", n, on ? " and on" : "", good ? "well" : "wrong",
                     faults_blocks() - blocks, faults_mapped() - mapped);
        }
        if (calls < n) return n - 1;
        if (n > 100000 || test_bad_now > 10) return n;
    }
}

/* ---- coding ---------------------------------------------------------------------------------------------------------- */

static bool is_record(const char *z, size_t n)
{
    return n > 20 && z[n - 1] == '\n' && strncmp(z, "{\"format\":1,", 12) == 0 && z[n - 2] == '}';
}

/* With a coder of its own, in all four forms: each is whole, or empty and known to be. */
static bool code_one(const fault *f)
{
    const char *report = f->of;
    dl_options o;
    dl_options_default(&o);
    o.explain = true;
    dl_error err = { 0 };
    dl_coder *c = dl_coder_open(book, model, &o, &err);
    if (!c) return err.code == DL_ENOMEM && err.message[0];
    dl_doc *d = dl_code(c, report, strlen(report), NULL);
    bool good = true;
    if (d) {
        const char *json = dl_doc_json(d);
        size_t n = dl_doc_json_size(d);
        good = is_record(json, n) || (n == 0 && !*json && dl_doc_failed(d));
        good &= *dl_doc_text(d, false) || dl_doc_failed(d);
        good &= *dl_doc_explain(d, false) || dl_doc_failed(d);
        dl_doc_tsv(d);
        good &= !dl_doc_degraded(d) || dl_doc_warnings(d) > 0;
        if (dl_doc_set_id(d, "x~2")) good &= !strcmp(dl_doc_id(d), "x~2");
    }
    dl_doc_free(d);
    dl_coder_close(c);
    return good;
}

static void test_memory_fails_while_coding(void)
{
    for (int i = 0; i < REPORTS; i++) CHECK(in_turn(FAULT_MEMORY, false, 1, code_one, reports[i]) > 10);
    for (int i = 0; i < REPORTS; i += 5) CHECK(in_turn(FAULT_MEMORY, true, 1, code_one, reports[i]) > 10);
}

/* ---- doors ----------------------------------------------------------------------------------------------------------- */

static bool told(const dl_error *err) { return err->code != DL_OK && err->message[0]; }

static bool open_builtin(const fault *f)
{
    (void)f;
    dl_error err = { 0 };
    dl_codebook *b = dl_codebook_open(NULL, 0, &err);
    bool good = b || told(&err);
    dl_codebook_close(b);
    dl_model *m = dl_model_open(NULL, &err);
    good &= m || told(&err);
    dl_model_close(m);
    return good;
}

static const char small[] = "codebook small 1.0 alone\nevent COERCE seize @raid      # enter\n  verbs raid, storm\n  nouns raid\n  frame WHO raids OBJECT(place)\n  + Police [raided] a flat.\nlist months\n  1 January\n"
                            "actor Jana Port\n  kind person\n  code FRAGOV\n";

/* The pack of a folder is whole or not there, and what was there before stays. */
static bool build_folder(const fault *f)
{
    (void)f;
    const char *folder = path_of("book"), *to = path_of("book.pack");
    dl_diags d = { 0 };
    dl_buf pack;
    dl_buf_init(&pack, 0);
    bool good = true, ok = dl_codebook_compile(&folder, 1, 0, &pack, &d);
    if (!ok) good = d.errors > 0;
    dl_error err = { 0 };
    if (ok && !dl_file_write(to, pack.p, pack.n, &err)) good = told(&err);
    dl_buf_free(&pack);
    dl_diags_free(&d);
    faults_disarm();
    dl_codebook *b = dl_codebook_load_file(to, &err);
    good &= b != NULL;
    dl_codebook_close(b);
    return good;
}

static bool open_folder(const fault *f)
{
    (void)f;
    const char *paths[] = { "default", path_of("book"), path_of("book.pack") };
    dl_error err = { 0 };
    dl_codebook *b = dl_codebook_open(paths + 1, 1, &err);
    bool good = b || told(&err);
    dl_codebook_close(b);
    err = (dl_error){ 0 };
    b = dl_codebook_open(paths + 2, 1, &err);
    good &= b || told(&err);
    if (b) {
        dl_buf out;
        dl_buf_init(&out, 0);
        dl_codebook_show(b, DL_STR("raid"), &out);
        dl_buf_free(&out);
    }
    dl_codebook_close(b);
    return good;
}

static bool read_all(const fault *f)
{
    (void)f;
    const char *paths[] = { path_of("in"), path_of("reports.jsonl") };
    dl_error err = { 0 };
    dl_about about = { .size = sizeof about, .source = "The Wire" };
    dl_reader *r = dl_reader_open(paths, 2, &about, &err);
    if (!r) return told(&err);
    unsigned reports_seen = 0, failed = 0;
    dl_input in;
    for (int rc; (rc = dl_reader_next(r, &in, &err)) != 0; err = (dl_error){ 0 }) {
        if (rc > 0) reports_seen++, dl_input_free(&in);
        else if (!told(&err) || ++failed > 40) break;
    }
    dl_reader_close(r);
    return failed ? failed <= 40 : reports_seen == REPORTS + 2;
}

static void test_memory_fails_at_the_doors(void)
{
    CHECK(in_turn(FAULT_MEMORY, false, 1, open_builtin, NULL) >= 2);
    CHECK(in_turn(FAULT_MEMORY, false, 1, build_folder, NULL) > 10);
    CHECK(in_turn(FAULT_MEMORY, true, 1, build_folder, NULL) > 10);
    CHECK(in_turn(FAULT_MEMORY, false, 1, open_folder, NULL) > 10);
    CHECK(in_turn(FAULT_MEMORY, false, 1, read_all, NULL) > REPORTS);
    CHECK(in_turn(FAULT_MEMORY, true, 1, read_all, NULL) > REPORTS);
}

static void test_writes_and_reads_fail_at_the_doors(void)
{
    CHECK(in_turn(FAULT_WRITE, false, 1, build_folder, NULL) > 3);
    CHECK(in_turn(FAULT_WRITE, true, 1, build_folder, NULL) > 3);
    CHECK(in_turn(FAULT_READ, false, 1, read_all, NULL) > 3);
    CHECK(in_turn(FAULT_READ, true, 1, read_all, NULL) > 3);
}

/* ---- the command ----------------------------------------------------------------------------------------------------- */

static dl_buf whole;                                 /* what the command writes when nothing fails */
static int    told_fd = -1, real_stderr = -1;

/* main() with its stderr in a file; *said: how much it told. */
static int command(int argc, const char **argv, off_t *said)
{
    if (ftruncate(told_fd, 0) != 0 || lseek(told_fd, 0, SEEK_SET) != 0 || dup2(told_fd, 2) < 0) return -1;
    int rc = __real_main(argc, (char **)argv);
    fflush(stderr);
    *said = lseek(told_fd, 0, SEEK_END);
    dup2(real_stderr, 2);
    return rc;
}

/* How many records there are; -1: there is no file, or a line that is no whole record. */
static int records_in(const char *path)
{
    dl_file f;
    int n = 0;
    if (!dl_file_open(&f, path, NULL)) return -1;
    for (size_t b = 0; b < f.n; n++) {
        const char *nl = memchr(f.p + b, '\n', f.n - b);
        size_t e = nl ? (size_t)(nl - f.p) + 1 : f.n;
        if (!nl || !is_record(f.p + b, e - b)) { n = -1; break; }
        b = e;
    }
    dl_file_close(&f);
    return n;
}

static bool same_as_whole(const char *path)
{
    dl_file f;
    if (!dl_file_open(&f, path, NULL)) return false;
    bool same = f.n == whole.n && memcmp(f.p, whole.p, f.n) == 0;
    dl_file_close(&f);
    return same;
}

static bool exists(const char *path) { return access(path, F_OK) == 0; }

/* 1 is what these reports give without any fault: two of them cannot be coded. With it a record may say that its report was not coded, or be missing, and then that is told; with 3
 * or 4, which is told too, there is no file at all; never a rest of one. */
static bool run_code(const fault *f)
{
    const char *threads = f->of, *out = path_of("out.jsonl"), *part = path_of("out.jsonl.part");
    const char *argv[] = { "dateline", "code", "-f", "jsonl", "-t", threads, "-o", out, path_of("reports.jsonl"), NULL };
    off_t said;
    unlink(out);
    int rc = command(9, argv, &said);
    unsigned met = faults_disarm();
    bool untouched = met < f->n;
    if (exists(part)) { printf("    a part of the output stays behind (exit code %d)\n", rc); unlink(part); return false; }
    if (untouched) return rc == 1 && same_as_whole(out);
    if (rc == 1) return records_in(out) == REPORTS || (said > 0 && records_in(out) >= 0);
    if (rc == 2 || rc < 1 || rc > 4 || !said) { printf("    exit code %d, %lld bytes told\n", rc, (long long)said); return false; }
    if (exists(out)) { printf("    exit code %d, and yet a file\n", rc); return false; }
    return true;
}

/* What was there before a run that fails stays as it was. */
static bool run_over(const fault *f)
{
    const char *out = path_of("old.jsonl");
    const char *argv[] = { "dateline", "code", "-f", "jsonl", "-t", "1", "-o", out, path_of("in"), NULL };
    off_t said;
    (void)f;
    int rc = command(9, argv, &said);
    faults_disarm();
    dl_file now;
    if (!dl_file_open(&now, out, NULL)) return false;
    bool old = now.n == 4 && memcmp(now.p, "old\n", 4) == 0;
    dl_file_close(&now);
    bool good = rc <= 1 ? !old && records_in(out) > 0 : old && said > 0;
    dl_error err = { 0 };
    return good && !exists(path_of("old.jsonl.part")) && dl_file_write(out, "old\n", 4, &err);
}

static void test_memory_fails_in_the_command(void)
{
    CHECK(in_turn(FAULT_MEMORY, false, 3, run_code, "1") > 200);
    CHECK(in_turn(FAULT_MEMORY, true, 60, run_code, "1") > 200);
    CHECK(in_turn(FAULT_MEMORY, false, 40, run_code, "3") > 200);
}

static void test_writes_fail_in_the_command(void)
{
    CHECK(in_turn(FAULT_WRITE, false, 1, run_code, "1") >= REPORTS + 2);
    CHECK(in_turn(FAULT_WRITE, false, 5, run_code, "3") >= REPORTS + 2);
    CHECK(in_turn(FAULT_WRITE, false, 1, run_over, NULL) >= 4);
}

static void test_reads_fail_in_the_command(void)
{
    CHECK(in_turn(FAULT_READ, false, 1, run_code, "1") >= 2);
}

/* ---- setting up ------------------------------------------------------------------------------------------------------ */

static bool put(const char *name, const char *text) { return dl_file_write(path_of(name), text, strlen(text), NULL); }

static bool set_up(void)
{
#ifdef ASAN
    __sanitizer_set_report_fd((void *)(intptr_t)dup(2));
#endif
    dl_buf lines;
    dl_buf_init(&lines, 0);
    for (int i = 0; i < REPORTS; i++) dl_putz(&lines, reports[i]), dl_putc(&lines, '\n');
    bool ok = mkdtemp(home) && mkdir(path_of("book"), 0700) == 0 && mkdir(path_of("in"), 0700) == 0 && put("book/a.code", small) && put("in/a.txt", "Police arrested two men.\n") &&
              put("in/b.txt", "Rebels attacked a village.\n") && put("old.jsonl", "old\n") && dl_file_write(path_of("reports.jsonl"), lines.p, lines.n, NULL);
    dl_buf_free(&lines);
    told_fd = open(path_of("told"), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    real_stderr = dup(2);
    book = dl_codebook_open(NULL, 0, NULL);
    model = dl_model_open(NULL, NULL);
    const char *argv[] = { "dateline", "code", "-f", "jsonl", "-o", path_of("whole.jsonl"), path_of("reports.jsonl"), NULL };
    off_t said;
    ok = ok && told_fd >= 0 && real_stderr >= 0 && book && model && command(7, argv, &said) == 1 && records_in(path_of("whole.jsonl")) == REPORTS;
    dl_file f;
    if (ok && (ok = dl_file_open(&f, path_of("whole.jsonl"), NULL))) {
        dl_put(&whole, (dl_str){ f.p, (uint32_t)f.n });
        dl_file_close(&f);
    }
    fault none = { NULL, 1, false };
    return ok && build_folder(&none);
}

static void clean_up(void)
{
    static const char *const names[] = { "book/a.code", "book", "book.pack", "in/a.txt", "in/b.txt", "in", "old.jsonl", "reports.jsonl", "whole.jsonl", "out.jsonl", "told" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) remove(path_of(names[i]));
    rmdir(home);
    dl_model_close(model);
    dl_codebook_close(book);
    dl_buf_free(&whole);
}

int __wrap_main(int argc, char **argv)
{
    (void)argc, (void)argv;
    if (!set_up()) { printf("not ok faults: setting up\n"); return 1; }
    TEST(test_memory_fails_while_coding);
    TEST(test_memory_fails_at_the_doors);
    TEST(test_writes_and_reads_fail_at_the_doors);
    TEST(test_memory_fails_in_the_command);
    TEST(test_writes_fail_in_the_command);
    TEST(test_reads_fail_in_the_command);
    clean_up();
    return test_end();
}
