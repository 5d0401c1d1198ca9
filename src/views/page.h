/* page.h - what the local page asks and gets: answers to /api/..., as JSON, whatever carries them (serve.c carries them over HTTP, export_html.c lays them into a page).
 *
 *   board.c      each event's day, status, type and place in memory, so that views of 200,000 events are counted in milliseconds
 *   page.c       one function an address
 *   serve.c      HTTP: who may ask what (the only file that knows civetweb)
 */
#ifndef DL_VIEWS_PAGE_H
#define DL_VIEWS_PAGE_H
#include "base/hash.h"
#include "record/filter.h"
#include "record/told.h"

/* ---- board.c ---- */

enum { DL_STATUSES = 6 };
extern const char *const dl_status_words[DL_STATUSES];         /* asserted reported alleged possible planned negated */

typedef struct { int64_t fact; int32_t day; uint32_t place; uint16_t mode, country; uint8_t status, type, quad; } dl_board_row;     /* place, mode, country: 0 for none, else from 1 */
typedef struct { dl_str name, country; double lat, lon; } dl_spot_on;
typedef struct {
    dl_pool  *pool; dl_arena mem;
    bool      opened;
    dl_intern types, modes, countries, place_keys;
    DL_VEC(dl_spot_on) places;
    dl_board_row  *v; uint32_t n, cap;                              /* by fact */
} dl_board;

bool dl_board_load(dl_board *, dl_db *);
void dl_board_free(dl_board *);
bool dl_board_again(dl_board *, dl_db *, int64_t fact);        /* one row anew */

/* ---- page.c ---- */

typedef struct {
    dl_db   *db;
    const dl_codebook *book;
    dl_board board;
    const char *name, *version;
    bool     writable;
    dl_buf   about;                                            /* made once, and again after a decision */
    int64_t  seen;                                             /* data_version of the file when the board was loaded */
} dl_page;

bool dl_page_open(dl_page *, const dl_codebook *, const char *path, bool writable, dl_error *);      /* the codebook must outlive it */
void dl_page_close(dl_page *);

typedef struct { const char *method, *path, *query, *when; dl_str body; } dl_page_asked;       /* path behind /api/; query without ?; when: now, UTC */
/* An HTTP status; the answer, JSON, in `out`. */
int  dl_page_answer(dl_page *, const dl_page_asked *, dl_buf *out);

/* Pieces of answers, for pages that are files. */
bool dl_page_rows(dl_page *, dl_filter *, bool names, const char *rest, dl_buf *out, uint32_t *n);      /* [ROW,...] */
bool dl_page_report(dl_page *, const char *id, bool names, dl_buf *out);
bool dl_page_network(dl_page *, dl_filter *, dl_buf *out);
bool dl_page_about(dl_page *, dl_buf *out);

/* ---- what is built in (web/dist) ---- */

typedef struct { const char *path, *type; const char *begin, *end; } dl_asset;
extern const dl_asset dl_assets[];                             /* ended by a NULL path */
const dl_asset *dl_asset_of(const char *path);                 /* NULL: none */

#endif
