/* fuzz.h - what the targets of this folder share.
 *
 * Each fuzz_<name>.c is one mouth of the program: a function that takes any bytes, and checks more than "did not crash" by HOLDS(). With DL_FUZZ (clang) each
 * is a libFuzzer program of its own (entry.c); everywhere else test_fuzz runs all of them over their seeds, tests/fuzz/<name>/ (replay.c). A new file here is a new target.
 *
 * Where a target has options, the first byte of its input chooses them, so that a seed stays readable: a letter, then the bytes.
 */
#ifndef FUZZ_H
#define FUZZ_H
#include "base/arena.h"
#include "codebook/codebook.h"
#include "intake/report.h"

/* A property that must hold for any bytes. Ends the program, so that a fuzzer keeps the input. */
#define HOLDS(condition) ((condition) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #condition))
_Noreturn void fuzz_broken(const char *file, int line, const char *condition);

typedef int fuzz_target(const uint8_t *bytes, size_t n);
#define X(name) fuzz_target fuzz_##name;
FUZZ_TARGETS            /* made by the build: X(name) for each file */
#undef X

/* Two arenas, emptied for each input; their end is a failed property. */
dl_arena *fuzz_doc(void);
dl_arena *fuzz_scratch(void);

/* The codebook built in, opened once. */
const dl_codebook *fuzz_book(void);
const dl_model *fuzz_model(void);

/* What holds of every article that intake makes of `n` bytes: valid UTF-8, a map that tiles it and stays inside the bytes, a hash, an id, a reason where it is not coded. */
void fuzz_check_article(const dl_article *, size_t n);

/* An open file in memory that holds the bytes, at its beginning; the caller closes it. One at a time. */
int fuzz_file(const uint8_t *bytes, size_t n);

/* From now on read() of the last of these gives at most `most` bytes (0: as many as asked for) and fails when `good` bytes were given (SIZE_MAX: never). */
void fuzz_reads(size_t most, size_t good);

/* A folder of our own on a disk in memory where there is one, with "name" behind it. The path lives until the next call. */
const char *fuzz_path(const char *name);

#endif
