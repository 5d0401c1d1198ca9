/* told.h - events of a store as they are handed out: one after the other, with their parties, in the order of reports, private names hidden. */
#ifndef DL_RECORD_TOLD_H
#define DL_RECORD_TOLD_H
#include "record/filter.h"
#include "record/veil.h"

typedef struct {
    dl_str role, words, name, kind, code, country, sectors, title;     /* words: as the text has them; name: of the entity; title: words of an office */
    int64_t entity, place, other; /* numbers in the report; -1: none */
    int64_t begin, end;           /* bytes of the report's text; -1: a person put it there */
} dl_party;

typedef struct {
    int64_t fact, report, event, sentence_number, begin, end, sentence_begin, quad, confidence, geonames;      /* quad 0, geonames 0: none */
    dl_str  id, key, source, url, title, published, language, sha256;
    dl_str  type, plover, mode, context, cameo, status, stage, certainty, says, review, legal, rule;
    dl_str  date, earliest, latest, time_by;
    dl_str  place, place_words, country, admin1, admin2, place_class;
    bool    main, background, has_goldstein, has_point, has_low, has_high;
    double  goldstein, lat, lon, low, high;
    dl_str  measures, words, sentence, who_words, whom_words, what, who_code, whom_code;     /* *_words: all of that role, joined; as corrected */
    dl_str  copy_of;              /* id of the first witness, or "" */
    const dl_party *parties; uint32_t nparty;                          /* every slot, in order */
} dl_told;                                             /* strings: until the next one */

typedef struct {
    dl_db   *db;
    dl_veil  veil;
    dl_stmt *q, *slots, *fixes;
    dl_pool *pool; dl_arena mem, names;                    /* of one row; of one report's names */
    bool     opened;
    int64_t  report;
} dl_teller;

/* rest: "ORDER BY ... LIMIT ..." or "" for order of arrival. False: the db has failed. */
bool dl_teller_open(dl_teller *, dl_db *, dl_filter *, bool names, const char *rest);
void dl_teller_close(dl_teller *);
bool dl_teller_next(dl_teller *, dl_told *);            /* false: no more, or the db has failed */
/* The first party of a role that has an entity, else the first; NULL: none. role: "actor", "recipient" ... */
const dl_party *dl_told_party(const dl_told *, const char *role);

#endif
