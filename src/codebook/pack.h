/* pack.h - a compiled codebook: one file, mapped and used in place.
 *
 *   header      magic, version (mine, oldest I read), byte order, layout, size, checksum
 *   sections    for each: offset, count, size of an element     (DL_SECTIONS, in this order)
 *   data        each section on an 8-byte boundary, arrays of the structs of codebook.h; strings are (offset, length) into the first
 *
 * Nothing is trusted before dl_pack_check has seen it: magic, version, layout, size, checksum, then every offset, id, count and enumerated value, so that
 * look-ups need no checks of their own. `layout` is a hash over names and sizes of all enumerations and structs: a pack of another build of the program says so
 * instead of being misread. The normalised sources lie inside (zlib), so that codebooks can be stacked again from packs and `show` can cite lines.
 *
 * Phrases are found by open addressing: slot = hash of the folded phrase & mask, then the next; a slot holds the upper half of the hash and the row.
 * Rows exist for phrases with postings and for all beginnings of longer phrases.
 */
#ifndef DL_CODEBOOK_PACK_H
#define DL_CODEBOOK_PACK_H
#include "base/file.h"
#include "base/hash.h"
#include "codebook/compile.h"

#define DL_PACK_MAGIC "\x89" "DLBOOK\n"
enum { DL_PACK_VERSION = 1, DL_PACK_OLDEST = 1, DL_PACK_ORDER = 0x01020304 };

typedef struct { uint32_t tag, row; } dl_slot;                                    /* row + 1; 0: empty */
typedef struct { dl_ref key; uint32_t first, n_longer; } dl_phrase_row;           /* n_longer: postings * 2 + longer */
typedef struct { uint32_t line; uint16_t file, pad; } dl_origin;                  /* of the posting with the same index */
typedef struct { char alpha[4]; uint32_t place; } dl_country_key;                 /* sorted by alpha: "BE\0\0", "BEL\0" */
typedef struct { uint8_t quad, own; int16_t score10; } dl_type_row;               /* by dl_type */
typedef struct { dl_ref name; uint32_t off, n; uint32_t layer; } dl_file_row;     /* off, n: in the inflated sources */
typedef struct { dl_ref name, version; uint32_t file, nfile; uint32_t alone; char digest[64]; } dl_layer_row;

#define DL_SECTIONS(X) X(strings, char) X(slots, dl_slot) X(phrases, dl_phrase_row) X(postings, dl_posting) X(origins, dl_origin) \
    X(senses, dl_sense) X(frames, dl_frame) X(items, dl_item) X(refs, dl_ref) X(exclusions, dl_exclusion) X(classes, dl_class) \
    X(places, dl_place_row) X(countries, dl_country_key) X(actors, dl_actor_row) X(terms, dl_term) X(lists, dl_list_item) X(topics, dl_named) \
    X(contexts, dl_named) X(cameo, dl_cameo) X(sectors, dl_sector) X(acled, dl_acled) X(codes, dl_country_codes) X(types, dl_type_row) X(examples, dl_example) X(files, dl_file_row) X(layers, dl_layer_row) X(sources, unsigned char)

typedef enum {
#define X(name, T) DL_SEC_##name,
    DL_SECTIONS(X) DL_SEC_N
#undef X
} dl_sec;

typedef struct { uint64_t off; uint32_t n, size; } dl_section;
typedef struct {
    char       magic[8];
    uint32_t   version, oldest, order, nsection;
    uint64_t   layout, size;
    uint64_t   checksum;                                     /* dl_hash64 of the whole pack with this field 0 */
    uint32_t   sources_size, packed;                         /* inflated size of the sources; 1: they are deflated */
    char       digest[64];                                   /* SHA-256 of the sources: the identity */
    dl_section section[DL_SEC_N];
} dl_pack_header;

struct dl_codebook {
    const char           *p;                                 /* the pack */
    size_t                n;
    const dl_pack_header *h;
#define X(name, T) const T *name; uint32_t n##name;
    DL_SECTIONS(X)
#undef X
    char                 *owned;                             /* memory to be freed, or NULL */
    dl_file               file;                              /* file to be closed, or file.p NULL */
    char                  fingerprint[160];
    uint64_t              list_words[1024];                  /* bits by a hash: words that phrases of lists begin with */
};

/* pack.c */
uint64_t dl_pack_layout(void);
bool     dl_pack_is(const void *p, size_t n);                /* begins with the magic */
typedef struct { const void *v[DL_SEC_N]; uint32_t n[DL_SEC_N]; uint32_t sources_size; bool packed; char digest[65]; } dl_pack_parts;
void     dl_pack_write(const dl_pack_parts *, dl_buf *out);
void     dl_pack_deflate(const dl_buf *text, dl_buf *out);
/* check.c: fills in the pointers of *book and verifies everything. False: *err says what is wrong. */
bool     dl_pack_check(dl_codebook *book, const void *p, size_t n, dl_error *);
/* All sources inflated, malloc'ed; NULL: damaged. */
char    *dl_pack_sources(const dl_codebook *);

static inline dl_str dl_pack_str(const dl_codebook *b, dl_ref r) { return (dl_str){ b->strings + r.off, r.n }; }

#endif
