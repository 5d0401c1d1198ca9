/* gazetteer_file.h - the structs of the file, for gazetteer.c and the builder. */
#ifndef DL_CODEBOOK_GAZETTEER_FILE_H
#define DL_CODEBOOK_GAZETTEER_FILE_H
#include "base/hash.h"
#include "codebook/gazetteer.h"

#define DL_GAZ_MAGIC "\x89" "DLGAZ\r\n"
enum { DL_GAZ_VERSION = 1, DL_GAZ_OLDEST = 1, DL_GAZ_ORDER = 0x01020304, DL_GAZ_NAME_MAX = 200, DL_GAZ_BEARERS_MAX = 60000 };

typedef struct { uint32_t id; int32_t lat, lon; uint32_t text, division; uint8_t size, kind; uint16_t cls; } dl_gaz_record;
typedef struct { char cc[2]; uint16_t pad; uint32_t admin1, admin2; } dl_gaz_division;      /* offsets into texts */

#define DL_GAZ_SECTIONS(X) X(slots, uint32_t) X(names, unsigned char) X(starts, unsigned char) X(records, dl_gaz_record) X(divisions, dl_gaz_division) X(classes, uint32_t) X(texts, unsigned char)
typedef enum {
#define X(name, T) DL_GAZ_SEC_##name,
    DL_GAZ_SECTIONS(X) DL_GAZ_SEC_N
#undef X
} dl_gaz_sec;

typedef struct { uint64_t off, n; } dl_gaz_section;             /* n: elements */
typedef struct {
    char     magic[8];
    uint32_t version, oldest, order, nsection;
    uint64_t size, checksum;                                    /* dl_hash64 of everything, with this field 0 */
    uint32_t nname, shift;                                      /* shift: bits of a slot below its bits of hash */
    char     digest[64];                                        /* SHA-256 of everything behind the header: the identity */
    dl_gaz_section section[DL_GAZ_SEC_N];
} dl_gaz_header;

struct dl_gazetteer {
    const dl_gaz_header *h;
#define X(name, T) const T *name; uint64_t n##name;
    DL_GAZ_SECTIONS(X)
#undef X
    dl_file file;                                               /* to be closed, or file.p NULL */
    char    fingerprint[64];
};

uint64_t dl_gaz_sum(const dl_gaz_header *, const void *body);   /* what `checksum` must be */
static inline uint32_t dl_gaz_tag(uint64_t hash, uint32_t shift) { return shift >= 32 ? 0 : (uint32_t)(hash >> 40) << shift; }
static inline uint64_t dl_gaz_bit(dl_str two_words, uint64_t nbits) { return dl_hash64(two_words.p, two_words.n, 7) & (nbits - 1); }

#endif
