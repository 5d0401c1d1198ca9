/* gazetteer_build.h - a gazetteer being built: places and names in memory, filled by gazetteer_read.c, written by gazetteer_write.c. */
#ifndef DL_CODEBOOK_GAZETTEER_BUILD_H
#define DL_CODEBOOK_GAZETTEER_BUILD_H
#include "codebook/gazetteer_file.h"

/* Arrays of malloc: an arena would keep every size that they grew through. */
#define DL_LONG(T) struct { T *v; uint32_t n, cap; }
void *dl_gaz_more(void *v, uint32_t n, uint32_t *cap, size_t size);        /* room for one more; NULL: no memory, v is as it was */

typedef struct { uint32_t id; int32_t lat, lon; uint32_t text, division; uint64_t people; uint16_t cls; uint8_t kind; bool pointed; } dl_gaz_draft;
typedef struct { uint32_t place, next; uint8_t flags; } dl_gaz_bearer;      /* next + 1 of the same name */
typedef struct { uint32_t off, first; uint8_t n; } dl_gaz_name;             /* folded bytes in `pool` */
typedef struct { uint32_t *slots, mask; } dl_gaz_table;                    /* index + 1, open addressing */

typedef struct {
    dl_arena *a;                               /* divisions, classes, texts: small; and folding */
    const char *classes;
    DL_LONG(dl_gaz_draft)  place;
    DL_LONG(dl_gaz_name)   name;
    DL_LONG(dl_gaz_bearer) bearer;
    DL_LONG(char)          pool;               /* folded names */
    DL_LONG(unsigned char) texts;
    DL_LONG(dl_gaz_division) division;
    DL_LONG(uint32_t)      cls;
    DL_LONG(uint32_t)      text_at;            /* by number of a distinct text */
    dl_gaz_table by_name, by_id, by_text;
    dl_intern divisions, codes;                /* "US NC 183", "PPLA" */
    bool full;                                 /* no memory: sticky */
} dl_gaz_draw;

uint32_t dl_gaz_text(dl_gaz_draw *, dl_str);                                /* offset into texts, cut at 255 bytes */
uint32_t dl_gaz_division_of(dl_gaz_draw *, dl_str cc, dl_str admin1, dl_str admin2);
uint16_t dl_gaz_class(dl_gaz_draw *, dl_str code);
uint32_t dl_gaz_by_id(const dl_gaz_draw *, uint32_t id);                    /* number of a place, UINT32_MAX */
/* A new place, or the one that has this id already (its facts are replaced where the new row tells them). */
uint32_t dl_gaz_place_new(dl_gaz_draw *, uint32_t id);
void     dl_gaz_call(dl_gaz_draw *, uint32_t place, dl_str name, uint8_t flags);      /* the place bears the name */

/* gazetteer_read.c */
bool dl_gaz_read(dl_gaz_draw *, const char *const *paths, size_t n, dl_buf *said, dl_error *);
void dl_gaz_free(dl_gaz_draw *);
/* gazetteer_write.c */
bool dl_gaz_write(dl_gaz_draw *, const char *path, dl_error *);

#endif
