/* facts.h - what flows out of the facts stage: who did what to whom, where, when, how many, who says so, how sure.
 *
 * Arrays of small structs joined by index (their order is by first byte, ties by end); the record writer turns indexes into ids ("e1", "p3").
 * DL_NONE is "no such thing". One file answers one question: what.c who.c where.c when.c howmany.c saidby.c status.c incident.c links.c.
 */
#ifndef DL_FACTS_H
#define DL_FACTS_H
#include "article/article.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "language/language.h"

#define DL_NONE UINT32_MAX

/* ---- hits: which phrases of the codebook stand where (hits.c) ---- */
typedef struct { uint32_t b, e; const dl_posting *posting; } dl_hit;      /* tokens [b,e) */
typedef struct {
    dl_hit   *v; uint32_t n;                                              /* by first token, longest first, then by posting order */
    uint32_t *first;                                                      /* hits of token i: v[first[i] .. first[i+1]) */
    dl_str   *folded;                                                     /* folded text of each token */
} dl_hits;

/* ---- entities ---- */
typedef enum { DL_MENTION_NAME, DL_MENTION_NOMINAL, DL_MENTION_PRONOUN } dl_mention_kind;
typedef struct { dl_span at; uint32_t head; uint32_t tb, te; uint8_t kind; uint32_t entity; } dl_mention;   /* head: token; tokens [tb,te) */
typedef struct {
    uint8_t  kind;                    /* dl_kind */
    dl_str   name;
    uint32_t country;                 /* place id of a country in the codebook, DL_NONE */
    dl_str   sectors[4]; uint32_t nsector;
    dl_str   code;                    /* "BELCOP"; "" for none */
    dl_str   role; dl_span role_at;   /* words of an office; empty span: none */
    int32_t  age; dl_span age_at;     /* -1: none */
    dl_classes classes;
    uint8_t  number, gender;          /* number: 0 unknown 1 singular 2 plural; gender: 0 unknown, 'm', 'f', 'n' */
    uint32_t actor;                   /* row of the codebook's actors, DL_NONE */
    uint32_t first;                   /* first mention */
} dl_entity;

/* ---- places ---- */
typedef enum { DL_USE_PLACE, DL_USE_ACTOR, DL_USE_DEMONYM } dl_use;
typedef struct {                      /* what a name stands for: a place of the codebook or of a gazetteer; one struct a place and report, so that the same place is the same pointer */
    dl_str   name, admin1, admin2, cls;
    char     cc[2]; uint8_t kind;     /* cc: "BE", zeros for none; kind: dl_place_kind */
    uint8_t  size;                    /* people: 8 log2, 0 not known */
    int32_t  lat, lon;                /* degrees x 100000; INT32_MAX: not known */
    uint32_t geonames;                /* 0: none */
    uint32_t country;                 /* row of the codebook's country it lies in (a country: its own), DL_NONE */
    uint32_t row, record;             /* row of the codebook; record of the gazetteer (gazetteer: which); DL_NONE */
    uint8_t  gazetteer;
    uint16_t file; uint32_t line;     /* of the codebook's row; line 0: none */
} dl_spot;
typedef struct { dl_span at; uint32_t tb, te; const dl_spot *is; uint16_t confidence; uint8_t use; dl_str why; } dl_place;      /* confidence in thousandths; why: "only bearer of the name", "the report is about its country" ... */

/* ---- times ---- */
typedef enum { DL_TIME_DATE, DL_TIME_TIME, DL_TIME_DURATION, DL_TIME_SET } dl_time_type;
typedef struct {
    dl_span at; uint32_t tb, te;
    uint8_t type;
    dl_str  value, mod, edtf;         /* TIMEX3 value ("2015-01-15", "XXXX-01-15", "PXD", "PRESENT_REF"); mod "START" ... or ""; edtf "" where it has none (durations) */
    dl_day  earliest, latest;         /* inclusive; DL_NO_DAY: not known */
    dl_str  grain;                    /* "day" "month" "year" "week" "decade" "quarter" "season" "hour" ... */
    dl_str  anchor;                   /* "published", "t2", "" */
} dl_time;

typedef struct { uint32_t entity; dl_span at; } dl_says;     /* who vouches for it; entity DL_NONE: nobody named */

/* ---- counts ---- */
typedef struct {
    dl_span at; uint32_t tb, te;
    int64_t low, high;                /* thousandths (so that 1.5 million and 2.5 % are exact); DL_OPEN: open */
    bool    approximate;
    dl_str  of; uint32_t of_entity;   /* words of the thing counted; entity or DL_NONE */
    uint32_t of_head;                 /* token of the thing counted, or DL_NONE */
    uint32_t out_of;                  /* count or DL_NONE */
    dl_str  unit;                     /* "" for none */
    uint8_t measures;                 /* dl_measure */
    DL_VEC(dl_says) says;             /* of the event it belongs to */
} dl_count;
#define DL_OPEN INT64_MIN

/* ---- quotations ---- */
typedef enum { DL_QUOTE_DIRECT, DL_QUOTE_INDIRECT, DL_QUOTE_MIXED } dl_quote_form;
typedef struct {
    DL_VEC(dl_span) content;          /* without quotation marks; 1 or more */
    uint32_t tb, te;                  /* tokens of the content */
    dl_span  source, cue;             /* empty: none */
    uint32_t source_head;             /* token, DL_NONE */
    uint8_t  form;
    uint32_t speaker;                 /* entity or DL_NONE */
    bool     carried;                 /* no cue: same speaker as before */
    uint32_t in;                      /* quote it is nested in, or DL_NONE */
} dl_quote;

/* ---- events ---- */
typedef struct { uint8_t role; uint32_t entity, place, event; dl_span at; uint32_t head; } dl_slot;     /* role: dl_role; at most one of entity, place, event is set; head: token */
typedef struct { dl_str text; } dl_step;                                                                 /* one sentence of an explanation */
typedef enum { DL_WHEN_UNKNOWN, DL_WHEN_TEXT, DL_WHEN_NARRATIVE, DL_WHEN_AFTER, DL_WHEN_SAME, DL_WHEN_REPORT } dl_when_by;
typedef struct {
    uint32_t sentence, head;          /* head: the trigger's token in the tree */
    uint32_t tb, te; dl_span at;      /* the trigger */
    uint32_t sense;                   /* of the codebook */
    uint8_t  type;                    /* dl_type */
    dl_str   mode, cameo;             /* "" for none */
    dl_str   plover_event;            /* for export: may differ from type (a planned CONSULT is AGREE); "" where null */
    DL_VEC(dl_str)  contexts;
    DL_VEC(dl_slot) slots;
    uint32_t place;                   /* index of places, DL_NONE */
    struct { uint32_t id; dl_str edtf; dl_day earliest, latest; uint8_t by; uint32_t by_event; } time;   /* id: time or DL_NONE */
    DL_VEC(uint32_t) counts;
    uint8_t  stage, certainty, legal, measure;
    uint8_t  own_stage, own_certainty;     /* what the word itself says ("bound for": planned); unset: happened, fact */
    dl_str   legal_time;
    bool     background, main;
    DL_VEC(dl_says) says;
    uint16_t confidence;              /* thousandths */
    DL_VEC(uint32_t) same_as;         /* earlier events */
    DL_VEC(dl_step) steps;            /* only with options.explain */
    const struct dl_reading *future;  /* a "will" over it: a plan, unless it is feared, doubted or depends on something */
    uint32_t governor;                /* event whose words govern this one ("threatened to strike"), DL_NONE */
    bool     governed;                /* an operator's verb or noun stands over it: its stage is told by that, not by the form of its clause */
} dl_event;

typedef struct { uint32_t a, b; uint8_t a_is, b_is; dl_str relation; dl_span at; uint8_t certainty; DL_VEC(dl_says) says; } dl_link;   /* a_is, b_is: 'e' entity, 'p' place, 'v' event */

typedef struct { int64_t low, high; uint32_t says; } dl_version;    /* says: entity or DL_NONE = the report */
typedef struct { uint8_t measure; int64_t low, high; DL_VEC(dl_version) versions; } dl_toll;
typedef struct {
    dl_str   kind;                    /* attack raid arrest ... */
    DL_VEC(uint32_t) events, perpetrators, suspects, victims, targets, instruments;     /* events by index; the rest entities */
    uint32_t place;
    uint32_t time_of;                 /* the event whose time it takes, DL_NONE */
    DL_VEC(dl_toll) tolls;
    uint8_t  stage, certainty;        /* certainty: dl_certainty, or DL_CERT_N for "disputed" */
    DL_VEC(dl_says) says;
} dl_incident;

struct dl_reading;
typedef struct { uint32_t reading, next; } dl_govern;
typedef struct {
    dl_hits hits;
    DL_VEC(dl_mention)  mentions;
    DL_VEC(dl_entity)   entities;
    DL_VEC(dl_place)    places;
    DL_VEC(dl_time)     times;
    DL_VEC(dl_count)    counts;
    DL_VEC(dl_quote)    quotes;
    DL_VEC(dl_event)    events;
    DL_VEC(dl_link)     links;
    DL_VEC(dl_incident) incidents;
    DL_VEC(struct dl_reading) readings;                   /* words read as events or operators, in order (match.h) */
    uint32_t *reading_of;             /* for each token: the reading whose head it is, DL_NONE */
    uint32_t *govern_first;           /* for each token: 1 + first of govern: the readings that govern it (status.c) */
    DL_VEC(dl_govern) govern;
    uint32_t *quote_of;               /* for each token: the quotation in quotation marks whose content it is in, DL_NONE */
    uint64_t *topics;                 /* for each sentence: bits of the first 64 topics of the codebook that are on */
    uint32_t *mention_next;           /* for each mention: the next one of its entity, DL_NONE */
    uint32_t *mention_of;             /* for each token: the mention whose head it is, DL_NONE */
    uint32_t *time_of;                /* for each token: the time it is part of, DL_NONE */
    uint32_t *place_of;               /* for each token: the place it is part of, DL_NONE */
    dl_classes *classes;              /* for each token: what it stands for as the head of a phrase, by the codebook */
    uint32_t *class_hit;              /* for each token: the hit of its longest class phrase, DL_NONE */
    struct dl_expr *time_expr;        /* the words that tell times, one for each time (when.h) */
    uint32_t ntime_expr;
    uint32_t *actor_hit;              /* for each token that heads an actor's name: the hit, DL_NONE */
} dl_facts;

/* What every question of this stage is given: the same six things. */
typedef struct {
    const dl_codebook *book;
    const dl_article  *art;
    const dl_language *lang;
    dl_arena          *mem, *scratch;
    bool               explain;
    dl_facts          *f;             /* filled step by step, in the order of facts.c */
    const dl_gazetteer *gazetteer[2]; /* the user's, the one built in; either may be NULL */
} dl_ask;

void dl_find_hits(dl_ask *);          /* hits */
void dl_find_names(dl_ask *, const dl_model *, dl_language *);   /* names, written into the language that the ask holds; needs hits (hints.c) */
void dl_where(dl_ask *);              /* places: names resolved */
/* Which places the given stretches of the report's text name (in order, not overlapping): for when it is known where names stand. Needs art->text and the article's dateline, no
 * tokens, no hits. out[i].is NULL: no place of that name is known. */
void dl_where_spans(dl_ask *, const dl_span *at, uint32_t n, dl_place *out);
void dl_when(dl_ask *);               /* times */
void dl_when_again(dl_ask *);         /* the same words told anew: whether a day lies ahead or behind is read off the trees */
bool dl_mend_trees(dl_ask *);          /* heads that hits and times show to be wrong; needs times; true: some were moved */
void dl_who(dl_ask *);                /* mentions, entities: names, noun phrases, pronouns; needs hits, places */
void dl_howmany(dl_ask *);            /* counts; needs times (a year is no count), mentions */
void dl_relink_mentions(dl_ask *);     /* mention_next, entity.first anew: after mentions got other entities (entities.c) */
void dl_saidby(dl_ask *);             /* quotes; needs mentions */
void dl_what(dl_ask *);               /* events with slots; needs all above */
void dl_status(dl_ask *);             /* stage, certainty, says of the events; needs quotes */
void dl_status_at(dl_ask *, dl_event *);   /* the same for whatever has `head`, `at`, `sentence` set: stage, certainty, says are filled (links) */
void dl_settle(dl_ask *);             /* place, time, counts of the events; same_as, main, background */
void dl_same(dl_ask *);               /* same_as, main; called by dl_settle */
void dl_links(dl_ask *);
void dl_incidents(dl_ask *);
void dl_facts_run(dl_ask *);          /* all of the above behind dl_find_names, in this order */

const char *dl_status_word(const dl_event *);       /* asserted reported alleged possible planned negated: derived, see record.md */
/* Best hit of one kind that starts at a token (longest first), NULL if none. */
const dl_hit *dl_hit_at(const dl_hits *, uint32_t token, dl_posting_kind);
/* Value of a list word or phrase that starts at the token; *end = token behind it; empty slice if none. */
dl_str dl_list_at(const dl_ask *, uint32_t token, dl_list, uint32_t *end);

#endif
