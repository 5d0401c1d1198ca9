/* entry.c - the name that libFuzzer calls, for the one target FUZZ_TARGET. */
#include "tests/fuzz/fuzz.h"

fuzz_target LLVMFuzzerTestOneInput;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) { return FUZZ_TARGET(bytes, n); }
