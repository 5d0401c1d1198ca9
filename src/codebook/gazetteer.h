/* gazetteer.h - the places of the world by their names: one file, mapped and used in place.
 *
 *   header     magic, version, byte order, sections, size, checksum, SHA-256
 *   slots      open addressing over folded names (dl_folded): 4 bytes a slot: offset of the name / 4 in the low bits, bits of its hash above them; 0: empty
 *   names      on multiples of 4: length, the folded name, number of bearers, then each bearer as a varint: (record - record before) * 4 + flags
 *   starts     a set of bits (hashed): the first two words of every name of three words and more
 *   records    24 bytes a place, the largest first: bearers of a name come in that order
 *   divisions  country and codes of first and second order that records share
 *   classes    feature codes
 *   texts      names as they are written, and codes: length, bytes
 *
 * Opening verifies header, sections and (of files) the checksum over everything. Look-ups trust nothing: every offset is compared with its section's end, so that no bytes
 * whatever lead outside of the file. 12 million names of 6.5 million places are about 550 MB, and a look-up costs two cache misses.
 */
#ifndef DL_CODEBOOK_GAZETTEER_H
#define DL_CODEBOOK_GAZETTEER_H
#include "base/buf.h"
#include "base/file.h"
#include "codebook/codebook.h"

enum { DL_GAZ_AKA = 1, DL_GAZ_SHORT = 2 };      /* of a bearer: not its first name; a division's name without its word of kind ("Durham" for "Durham County") */

typedef struct {
    uint32_t id;                                /* GeoNames id, 0: none */
    int32_t  lat, lon;                          /* degrees x 100000 */
    dl_str   name, cls, admin1, admin2;
    char     cc[2];                             /* zeros: none */
    uint8_t  kind, size;                        /* dl_place_kind; people: 8 log2, 0 not known */
} dl_gaz_place;

typedef struct { const unsigned char *p, *end; uint32_t left, record; uint8_t flags; } dl_bearers;

/* The bearers of a folded name, largest first. False: nobody is called so. */
bool         dl_gaz_find(const dl_gazetteer *, dl_str folded, dl_bearers *);
bool         dl_gaz_next(const dl_gazetteer *, dl_bearers *);             /* true: record and flags are those of the next bearer */
bool         dl_gaz_begins(const dl_gazetteer *, dl_str two_words);       /* false: no name of three words and more begins with these two */
dl_gaz_place dl_gaz_at(const dl_gazetteer *, uint32_t record);            /* any number: zeros if there is no such record */
uint32_t     dl_gaz_nplace(const dl_gazetteer *);
uint32_t     dl_gaz_nname(const dl_gazetteer *);
/* A gazetteer in memory (8-byte aligned); the bytes must outlive it. verify: also the checksum. */
dl_gazetteer *dl_gaz_load(const void *p, size_t n, bool verify, dl_error *);

/* 8 log2(people), 0 for none: what is kept of a population. */
uint8_t dl_gaz_size(uint64_t people);

/* Builds a gazetteer from files as GeoNames gives them (allCountries, citiesN, XX; alternateNames(V2); admin1CodesASCII, admin2Codes; countryInfo; each plain, .gz or .zip, known by
 * its columns) and from tables of ours with a line of column names (name, lat, lon; geonames, aka, country, admin1 or code, admin2, population, class where they are).
 * classes: GeoNames' feature classes to keep ("APHL"; NULL: the usual ones). False: the first error, with file and line; nothing is written. *said: what was read, a line a file. */
bool dl_gaz_build(const char *const *paths, size_t n, const char *classes, const char *output, dl_buf *said, dl_error *);

#endif
