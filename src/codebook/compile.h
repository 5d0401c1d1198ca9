/* compile.h - the doors of the codebook: compile, check, show, examples.
 *
 * Compiling never stops at the first mistake: every one of every file is collected as a dl_diag with its place, line and caret. What compiles is one
 * byte string, the same for the same sources on every machine, that is loaded as it is (pack.h).
 *
 * A stack is what dl_codebook_open takes: "default" (the codebook built in), packs, folders of sources, single files; later ones lie over earlier ones. Unless
 * the first is "default", a pack, or a folder with a line `codebook NAME alone`, the one built in is laid beneath.
 */
#ifndef DL_CODEBOOK_COMPILE_H
#define DL_CODEBOOK_COMPILE_H
#include "base/buf.h"
#include "codebook/codebook.h"

/* ---- what is wrong ---- */
typedef struct { dl_error e; bool warning; } dl_diag;
typedef struct { dl_diag *v; size_t n, cap, errors, warnings; bool full; } dl_diags;     /* zero-initialised is empty; full: there were more than are kept */
void dl_diags_free(dl_diags *);
void dl_diags_print(const dl_diags *, dl_buf *out);               /* each as dl_error_text, warnings marked; then a line that counts them */

/* ---- compiling ---- */
enum {
    DL_COMPILE_ALONE = 1,                                          /* lay nothing beneath (for the codebook that is to be built in) */
    DL_COMPILE_LINT = 2,                                           /* also look for what is allowed but surely not meant: warnings */
    DL_COMPILE_QUICK = 4                                           /* sources are not compressed: for packs that stay in memory */
};
/* False: there are errors, and nothing was written to pack. Warnings may be there in either case. */
bool dl_codebook_compile(const char *const *paths, size_t n, unsigned flags, dl_buf *pack, dl_diags *);
/* The same without a pack: all errors, and warnings for unreachable, duplicate, contradictory and untested entries. */
bool dl_codebook_lint(const char *const *paths, size_t n, dl_diags *);

/* A pack in memory; the bytes must outlive the codebook (8-byte aligned, else they are copied). Any bytes: an error or a codebook that can be trusted. */
dl_codebook *dl_codebook_load(const void *pack, size_t n, dl_error *);
dl_codebook *dl_codebook_load_file(const char *path, dl_error *);

/* ---- looking into it ---- */
/* All that the codebook knows of a word or phrase (in any form), or of an @id: senses and operators with their source, classes, lists, topics, places, actors, each with
 * file:line. Returns how many things were shown; 0: nothing is known, and the nearest known words are named. */
size_t dl_codebook_show(const dl_codebook *, dl_str word, dl_buf *out);

typedef struct {
    dl_ref   sentence;                                             /* without the brackets around the trigger */
    dl_ref   expect;                                               /* what must hold, in the words of test cases; empty: the sense itself */
    dl_span  trigger;                                              /* in the sentence; empty: none was marked */
    uint32_t sense;
    uint32_t line;
    uint16_t file;
    uint8_t  positive;                                             /* 1: "+", 0: "-" */
    uint8_t  pad;
} dl_example;
uint32_t          dl_book_nexample(const dl_codebook *);
const dl_example *dl_book_example(const dl_codebook *, uint32_t i);   /* in source order */

/* The text of a source file as it was compiled (from inside the pack); empty if it is damaged. `scratch`, empty at first, takes all texts at the first call and is used again by
 * further ones; the slice lives as long as it. */
uint32_t dl_book_nfile(const dl_codebook *);
dl_str   dl_book_source(const dl_codebook *, uint16_t file, dl_buf *scratch);

#endif
