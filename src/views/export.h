/* export.h - a store in the formats that others read: one file a family of formats.
 *
 *   export.c          the list of formats, the common way, small writers
 *   export_own.c      jsonl, tsv
 *   export_gdelt.c    gdelt, gdelt-mentions
 *   export_coders.c   polecat, phoenix, icews, acled
 *   export_map.c      geojson, timelinejs
 *   export_graph.c    graphml, gexf
 *   export_spans.c    webanno, brat
 *   export_ftm.c      ftm (FollowTheMoney)
 *   export_html.c     html: the page as a file
 *
 * Formats that have no place for how an event is told get only what is told as having happened (asserted, reported), unless the filter asks for more. */
#ifndef DL_VIEWS_EXPORT_H
#define DL_VIEWS_EXPORT_H
#include "codebook/codebook.h"
#include "record/told.h"

typedef struct dl_export dl_export;
typedef struct {
    const char *name, *what;
    bool        facts_only;           /* it can't tell a fear from a fact */
    bool        folder;               /* writes files into a folder */
    bool      (*write)(dl_export *);  /* false: the db failed, or nobody takes the bytes */
} dl_export_format;
extern const dl_export_format dl_export_formats[];             /* ended by a NULL name */
const dl_export_format *dl_export_find(const char *name);

struct dl_export {
    const dl_export_format *format;
    dl_db     *db;
    dl_filter *filter;
    const dl_codebook *book;          /* countries, sectors, crosswalks */
    bool       names;                 /* of private persons, too */
    const char *folder, *name;        /* of the store, for titles */
    dl_buf     out;
    bool     (*take)(void *to, dl_str bytes);                  /* false: stop */
    void      *to;
    uint64_t   written, left_out;     /* events; those that the format can't hold */
    const char *why_left_out;
    bool       stopped;
};

/* Writes it all through x->take (or into x->folder). False: *err says why, unless x->stopped. */
bool dl_export_run(dl_export *, dl_error *);

/* ---- for the formats ---- */

bool dl_export_flush(dl_export *);                              /* now and then; false: stop */
/* Each event that passes, in order of arrival (rest: another one). each: false for one that the format can't hold. */
bool dl_export_each(dl_export *, const char *rest, bool (*each)(dl_export *, const dl_told *, void *), void *self);
void dl_tsv_cell(dl_buf *, dl_str, bool last);                 /* without tabs and line ends; then a tab or a line end */
void dl_csv_cell(dl_buf *, dl_str, bool last);
void dl_num_cell(dl_buf *, bool there, double v, int decimals, bool last);
void dl_int_cell(dl_buf *, bool there, int64_t v, bool last);
void dl_put_number(dl_buf *, double v, int decimals);          /* at most so many decimals, no zeros at the end, no locale */
dl_str dl_told_day(const dl_told *);                           /* YYYY-MM-DD: of the event, else of its report; "" */
void dl_put_day8(dl_buf *, dl_str day);                        /* 20150115 */
int  dl_told_killed(const dl_told *);                          /* -1: not told */

typedef struct { dl_str alpha2, alpha3, fips, name; uint32_t numeric; } dl_country;
/* By alpha-2 or alpha-3; false: unknown, and all of it is "". */
bool dl_country_of(const dl_codebook *, dl_str alpha, dl_country *);

/* Bytes of a report's text as characters. */
typedef struct { dl_db *db; dl_stmt *q; int64_t report; char *text; uint32_t n; uint32_t *at; } dl_chars;
void    dl_chars_open(dl_chars *, dl_db *);
void    dl_chars_close(dl_chars *);
bool    dl_chars_turn(dl_chars *, int64_t report, const dl_veil *, dl_arena *);     /* reads its text, names struck out where there is a veil, which has turned to it; false: the db failed */
int64_t dl_chars_at(const dl_chars *, int64_t byte);           /* the character that begins there */
static inline dl_str dl_chars_text(const dl_chars *c) { return (dl_str){ c->text, c->n }; }

/* The last record of a report, one line without its end, private names struck out unless `names`; "null" where the file has none. */
bool dl_record_of(dl_db *, int64_t report, bool names, dl_buf *out);
bool dl_export_jsonl(dl_export *);
bool dl_export_tsv(dl_export *);
bool dl_export_gdelt(dl_export *);
bool dl_export_gdelt_mentions(dl_export *);
bool dl_export_polecat(dl_export *);
bool dl_export_phoenix(dl_export *);
bool dl_export_icews(dl_export *);
bool dl_export_acled(dl_export *);
bool dl_export_geojson(dl_export *);
bool dl_export_timelinejs(dl_export *);
bool dl_export_graphml(dl_export *);
bool dl_export_gexf(dl_export *);
bool dl_export_webanno(dl_export *);
bool dl_export_brat(dl_export *);
bool dl_export_ftm(dl_export *);
bool dl_export_html(dl_export *);

#endif
