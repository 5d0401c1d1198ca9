/* board.c - see page.h. */
#include <stdlib.h>
#include <string.h>
#include "base/civil.h"
#include "views/page.h"

enum { ROOM = 1 << 29 };

const char *const dl_status_words[DL_STATUSES] = { "asserted", "reported", "alleged", "possible", "planned", "negated" };

#define COLUMNS "SELECT a.fact, a.earliest, a.status, a.type, a.quad, a.place, a.country, a.lat, a.lon, a.mode FROM facts a"

static uint8_t status_of(dl_str s)
{
    for (uint8_t i = 0; i < DL_STATUSES; i++) if (dl_is(s, dl_status_words[i])) return i;
    return 3;                                                  /* a word we do not know is no fact */
}

static uint32_t place_of(dl_board *b, dl_stmt *q)
{
    double at[2] = { dl_col_real(q, 7), dl_col_real(q, 8) };
    if (dl_col_null(q, 7) || dl_col_null(q, 8)) return 0;
    uint32_t n = dl_intern_id(&b->place_keys, &b->mem, (dl_str){ (const char *)at, sizeof at });
    if (n > b->places.n) {
        dl_str name = dl_col_str(q, 5), country = dl_col_str(q, 6);
        *dl_push(&b->mem, &b->places) = (dl_spot_on){ dl_copy(&b->mem, name.p ? name : DL_STR("")), dl_copy(&b->mem, country.p ? country : DL_STR("")), at[0], at[1] };
    }
    return n;
}

static uint32_t id_of(dl_board *b, dl_intern *t, dl_str s) { return s.p && s.n ? dl_intern_id(t, &b->mem, s) : 0; }

static dl_board_row read_mark(dl_board *b, dl_stmt *q)
{
    dl_str day = dl_col_str(q, 1);
    return (dl_board_row){ .fact = dl_col_int(q, 0), .day = day.n == 10 ? dl_day_parse(day) : DL_NO_DAY, .place = place_of(b, q), .mode = (uint16_t)id_of(b, &b->modes, dl_col_str(q, 9)),
                      .country = (uint16_t)id_of(b, &b->countries, dl_col_str(q, 6)), .status = status_of(dl_col_str(q, 2)), .type = (uint8_t)id_of(b, &b->types, dl_col_str(q, 3)), .quad = (uint8_t)dl_col_int(q, 4) };
}

static bool no_room(dl_board *b, dl_db *d)
{
    b->mem.full = NULL;
    return dl_db_refuse(d, DL_ENOMEM, "no memory for the events of the database");
}

bool dl_board_load(dl_board *b, dl_db *d)
{
    jmp_buf full;
    int64_t n = dl_db_number(d, "SELECT count(*) FROM facts");
    *b = (dl_board){ .pool = dl_pool_open(ROOM) };
    b->opened = b->pool && dl_arena_open(&b->mem, b->pool);
    b->cap = (uint32_t)n;
    if (!b->opened || !(b->v = calloc((size_t)n + 1, sizeof *b->v))) return no_room(b, d);
    dl_stmt *q = dl_db_prepare(d, COLUMNS " ORDER BY a.fact");
    b->mem.full = &full;
    if (setjmp(full)) no_room(b, d);
    else while (dl_stmt_next(d, q) && b->n < b->cap) b->v[b->n] = read_mark(b, q), b->n++;
    b->mem.full = NULL;
    dl_stmt_free(q);
    return dl_db_good(d);
}

void dl_board_free(dl_board *b)
{
    free(b->v);
    if (b->opened) dl_arena_close(&b->mem);
    dl_pool_close(b->pool);
    *b = (dl_board){ 0 };
}

bool dl_board_again(dl_board *b, dl_db *d, int64_t fact)
{
    jmp_buf full;
    dl_stmt *q = dl_db_prepare(d, COLUMNS " WHERE a.fact = ?1");
    dl_stmt_int(q, 1, fact);
    b->mem.full = &full;
    if (setjmp(full)) no_room(b, d);
    else if (dl_stmt_next(d, q)) for (uint32_t i = 0; i < b->n; i++) if (b->v[i].fact == fact) b->v[i] = read_mark(b, q);
    b->mem.full = NULL;
    dl_stmt_free(q);
    return dl_db_good(d);
}
