/* replay.c - every target over its seeds, without a fuzzer: `test_fuzz [TARGET [FILE...]]` from the top folder. What a fuzzer once found stays found. */
#include <stdio.h>
#include <stdlib.h>
#include "base/file.h"
#include "tests/fuzz/fuzz.h"

static const struct { const char *name; fuzz_target *run; } targets[] = {
#define X(name) { #name, fuzz_##name },
    FUZZ_TARGETS
#undef X
};

/* From memory of exactly its size, so that ASan sees a step beyond. */
static bool replay(const char *name, fuzz_target *run, const char *path)
{
    dl_file f;
    if (!dl_file_open(&f, path, NULL)) { printf("not ok fuzz %s: can't read %s\n", name, path); return false; }
    uint8_t *bytes = malloc(f.n ? f.n : 1);
    if (bytes && f.n) memcpy(bytes, f.p, f.n);
    if (bytes) run(bytes, f.n);
    free(bytes);
    dl_file_close(&f);
    printf("ok fuzz %s\n", path);
    fflush(stdout);
    return true;
}

static bool replay_folder(const char *name, fuzz_target *run)
{
    char folder[256];
    dl_paths seeds = { 0 };
    bool good = true;
    snprintf(folder, sizeof folder, "tests/fuzz/%s", name);
    if (!dl_walk(folder, &seeds, NULL) || !seeds.n) { printf("not ok fuzz %s: no seeds in %s\n", name, folder); good = false; }
    uint8_t none;
    run(&none, 0);
    for (size_t i = 0; i < seeds.n; i++) good &= replay(name, run, seeds.v[i]);
    dl_paths_free(&seeds);
    return good;
}

int main(int argc, char **argv)
{
    bool good = true;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        if (argc > 1 && strcmp(argv[1], targets[i].name) != 0) continue;
        for (int k = 2; k < argc; k++) good &= replay(targets[i].name, targets[i].run, argv[k]);
        if (argc <= 2) good &= replay_folder(targets[i].name, targets[i].run);
    }
    return !good;
}
