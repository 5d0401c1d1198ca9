/* answer.h - the program's own answers to questions of which somebody else holds the gold answer; for bench/accuracy and the scorers that it runs.
 *
 *   gold records (JSON Lines) on standard input -> dateline-answer KIND -> answers in the scorer's form on standard output
 *
 * Of a gold record only what a question needs is read: its id, its text, its day, and spans where the kind asks about given spans. One file answers one family of kinds:
 *   language.c ud names coref language-id   |   article.c articles article-dates encoding noise   |   events.c relations events actors spans probe
 *   labels.c labels case                    |   incidents.c incidents m2e2 gvdb                    |   claims.c quotes status factuality negation
 *   values.c timex timex-cases quantities number-cases                                             |   places.c places places-gold places-reach
 * Answers are plain readings of the record: what an answer needs and the record does not tell is not made up here.
 */
#ifndef ANSWER_H
#define ANSWER_H
#include "base/json.h"
#include "facts/tree.h"
#include "inside.h"

/* One thread's. */
typedef struct {
    const dl_codebook *book;
    const dl_model    *model;
    const dl_gazetteer *gazetteer;         /* the one built in */
    dl_coder          *coder;
    dl_arena           mem, scratch;       /* reset for each record */
    bool               upper;              /* reports are given in capitals (of the same length in bytes) */
    bool               mends;              /* text misread as another charset is read rightly; false: its bytes stay, since offsets of the gold refer to them */
    const char        *pages;              /* folder of HTML pages */
    uint32_t           number, at;         /* of the record now at hand: its line from 1, its first byte in the input */
} desk;

/* One report, coded. A plain text is taken byte for byte, so that spans of the gold and of the record are the same. */
typedef struct { dl_doc *doc; dl_record r; const dl_facts *f; const dl_language *lang; const dl_article *art; } coded;

/* A resolved place, as the kinds look at it. */
typedef struct { dl_str name, state, state_name; char cc[3]; uint8_t kind; int32_t lat, lon; uint32_t geonames, country; } spot;      /* state: "OH" and "Ohio" of US places; country: row, DL_NONE */

/* Answers one gold record; writes one JSON object, or nothing. Kinds of text (not JSON Lines) are given the whole input. */
typedef void answer_fn(desk *, const dl_json *gold, dl_buf *out);
typedef void answer_text_fn(desk *, dl_str whole, dl_buf *out);

answer_text_fn answer_ud, answer_names, answer_language_id;
answer_fn answer_coref, answer_articles, answer_article_dates, answer_encoding, answer_noise, answer_relations, answer_events, answer_actors, answer_spans, answer_probe, answer_labels,
    answer_case, answer_incidents, answer_m2e2, answer_gvdb, answer_quotes, answer_status, answer_factuality, answer_negation, answer_timex, answer_timex_cases, answer_quantities,
    answer_number_cases, answer_places, answer_places_gold, answer_places_reach;

/* ---- desk.c ---- */

dl_str gold_str(const dl_json *, const char *key);                      /* "" where it is absent or no string */
uint32_t gold_int(const dl_json *, const char *key);                    /* 0 where it is absent or no number */
dl_span gold_span(const dl_json *, const char *begin, const char *end);
dl_span gold_pair(const dl_json *array);                                /* [b, e] */
dl_str  given_text(desk *, dl_str);                                     /* in capitals if so asked: only letters whose capital is as long */
/* The whole program over one text; day: as printed, "" for none. Ends with answer_done. */
coded   answer_code(desk *, dl_str text, dl_str day);
void    answer_done(coded *);

/* The answer's first keys: {"id": ... left open. */
dl_jw   answer_open(dl_buf *out, const dl_json *gold);
void    answer_close(dl_jw *, dl_buf *out);

uint32_t token_at(const dl_language *, dl_span);                        /* the token that a span stands for: its head in the tree, DL_NONE if nothing of it was coded */
dl_str   country_code(const dl_record *, uint32_t row);                 /* alpha-3 of a country by its row, "" for DL_NONE */
spot     spot_of(const dl_codebook *, const dl_place *);
const dl_slot *slot_of(const dl_event *, dl_role);                      /* the first of that role, NULL */
const dl_slot *undergoer(const dl_event *);                             /* the first recipient, else object, else beneficiary */
bool     counted(const dl_event *);                                     /* one that an export of codes has: the best mention; no deed that is only threatened or asked for */
bool     classed(const dl_record *, uint32_t token, const char *name);  /* does the token stand for one of that class? */

#endif
