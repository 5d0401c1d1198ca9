/* veil.h - names of private persons, hidden (privacy.c says who is one).
 *
 * A person's name becomes PERSON- and ten hex digits of a keyed hash of it: the same person's name is the same pseudonym all through a store, and nothing leads back without the store's own secret.
 * Inside longer words the name is struck out, letter by letter, by signs of as many bytes each: spans keep their places, whether they count bytes or characters. */
#ifndef DL_RECORD_VEIL_H
#define DL_RECORD_VEIL_H
#include "base/arena.h"
#include "record/db.h"

typedef struct {
    dl_db   *db;
    dl_stmt *names;
    bool     shown;                   /* --names: only who is always hidden is hidden */
    char     key[32];
    int64_t  report;                  /* whose names are at hand; 0: none */
    DL_VEC(dl_str) hidden;            /* each name, and each longer word of it; the longest first */
} dl_veil;

bool   dl_veil_open(dl_veil *, dl_db *, bool shown);
void   dl_veil_close(dl_veil *);
/* Turns to a report; the names lie in the arena. Nothing happens where it is the one at hand. */
void   dl_veil_turn(dl_veil *, dl_arena *, int64_t report);
/* The words with every hidden name struck out; the same slice where there is none. */
dl_str dl_veil_words(const dl_veil *, dl_arena *, dl_str words);
/* What a name is shown as: itself, or a pseudonym. private: of its entity. */
dl_str dl_veil_name(const dl_veil *, dl_arena *, dl_str name, int private);
/* Of a name, as in pseudonyms and tombstones: keyed, in hex. */
void   dl_veil_hash(const dl_veil *, const char *kind, dl_str name, char hex[65]);

#endif
