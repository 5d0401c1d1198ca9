/* codebook.h - what the program knows, as the other stages see it: a compiled pack, mapped and used in place.
 *
 *   text (*.code, *.tsv) -> parse.c -> compile.c -> pack (pack.h) -> book.c: phrases, senses, classes, places, actors, lists
 *
 * Everything is found through one table of folded phrases (dl_folded: lower case, no accents, hyphens and apostrophes as blanks): all inflected forms
 * are in it, so that no lemmatizer stands between a codebook and its effect. Ids are indexes into the arrays below, in source order.
 */
#ifndef DL_CODEBOOK_H
#define DL_CODEBOOK_H
#include "base/civil.h"
#include "base/text.h"
#include "dateline.h"

/* ---- words of the record ---- */
#define DL_STAGES(X) X(unset) X(happened) X(ongoing) X(attempted) X(foiled) X(planned) X(threatened) X(requested) X(postponed) X(cancelled) X(hypothetical) X(unknown)
#define DL_CERTAINTIES(X) X(unset) X(fact) X(alleged) X(possible) X(feared) X(denied)      /* in order: later is less like a fact */
#define DL_TYPES(X) X(NONE) X(AGREE) X(CONSULT) X(SUPPORT) X(CONCEDE) X(COOPERATE) X(AID) X(RETREAT) X(REQUEST) X(ACCUSE) X(REJECT) X(THREATEN) X(PROTEST) X(SANCTION) X(MOBILIZE) X(COERCE) X(ASSAULT) \
    X(STATE) X(MOVE) X(RECRUIT) X(ORGANISE) X(FIND) X(JUDGE) X(HARM)
#define DL_ROLES(X) X(none,"") X(actor,"WHO") X(recipient,"WHOM") X(object,"OBJECT") X(instrument,"INSTRUMENT") X(origin,"ORIGIN") X(destination,"DESTINATION") X(beneficiary,"BENEFICIARY") X(foiled_by,"FOILED_BY") X(about,"ABOUT") X(place,"PLACE") X(event,"EVENT")
#define DL_KINDS(X) X(none) X(person) X(group) X(government) X(organisation) X(force) X(population) X(facility) X(weapon) X(other)
#define DL_LEGAL(X) X(none) X(arrested) X(charged) X(on_trial) X(convicted) X(acquitted) X(appealed) X(sentenced)
#define DL_MEASURES(X) X(none) X(killed) X(wounded) X(arrested) X(abducted) X(displaced) X(returned) X(took_part) X(age) X(missing) X(recruited) X(released)
#define DL_LISTS(X) X(none) X(months) X(weekdays) X(seasons) X(day_parts) X(time_units) X(time_points) X(time_shifts) X(time_parts) X(time_vague) X(ordinals) X(numbers) X(magnitudes) X(fuzzy) X(bounds) X(units) X(counted) \
    X(pronouns) X(honorifics) X(family) X(relations) X(abbreviations) X(promotion) X(furniture) X(caption) X(related) X(languages) X(agencies) X(byline) X(group_words) X(anaphors) X(place_words) X(generic) X(first_names) X(another) X(namings) X(page_words)
typedef enum {
#define X(id) DL_STAGE_##id,
    DL_STAGES(X) DL_STAGE_N
#undef X
} dl_stage;
typedef enum {
#define X(id) DL_CERT_##id,
    DL_CERTAINTIES(X) DL_CERT_N
#undef X
} dl_certainty;
typedef enum {
#define X(id) DL_TYPE_##id,
    DL_TYPES(X) DL_TYPE_N
#undef X
} dl_type;
typedef enum {
#define X(id, word) DL_ROLE_##id,
    DL_ROLES(X) DL_ROLE_N
#undef X
} dl_role;
typedef enum {
#define X(id) DL_KIND_##id,
    DL_KINDS(X) DL_KIND_N
#undef X
} dl_kind;
typedef enum {
#define X(id) DL_LEGAL_##id,
    DL_LEGAL(X) DL_LEGAL_N
#undef X
} dl_legal;
typedef enum {
#define X(id) DL_MEAS_##id,
    DL_MEASURES(X) DL_MEAS_N
#undef X
} dl_measure;
typedef enum {
#define X(id) DL_LIST_##id,
    DL_LISTS(X) DL_LIST_N
#undef X
} dl_list;

const char *dl_stage_name(dl_stage);          /* "" for unset; the same for the others */
const char *dl_certainty_name(dl_certainty);
const char *dl_type_name(dl_type);
const char *dl_role_name(dl_role);            /* the slot's name in a record: "actor" */
const char *dl_kind_name(dl_kind);
const char *dl_legal_name(dl_legal);
const char *dl_measure_name(dl_measure);

/* ---- the pack's tables: all fixed size, native little endian, strings by reference ---- */
typedef struct { uint32_t off, n; } dl_ref;                     /* a string of the pack */
enum { DL_CLASS_WORDS = 4, DL_CLASS_MAX = 64 * DL_CLASS_WORDS };
typedef struct { uint64_t w[DL_CLASS_WORDS]; } dl_classes;      /* a set of up to 256 classes; kinds are classes 1..9 under their DL_KIND_ number, then `place`, `actor` */
enum { DL_CLASS_PLACE = DL_KIND_N, DL_CLASS_ACTOR, DL_CLASS_FIRST };
static inline bool dl_class_has(dl_classes s, unsigned c) { return s.w[c >> 6] >> (c & 63) & 1; }
static inline void dl_class_add(dl_classes *s, unsigned c) { s->w[c >> 6] |= (uint64_t)1 << (c & 63); }
static inline bool dl_class_any(dl_classes a, dl_classes b) { uint64_t x = 0; for (int i = 0; i < DL_CLASS_WORDS; i++) x |= a.w[i] & b.w[i]; return x != 0; }
static inline bool dl_class_none(dl_classes a) { uint64_t x = 0; for (int i = 0; i < DL_CLASS_WORDS; i++) x |= a.w[i]; return x == 0; }
static inline void dl_class_join(dl_classes *s, dl_classes more) { for (int i = 0; i < DL_CLASS_WORDS; i++) s->w[i] |= more.w[i]; }
static inline bool dl_class_same(dl_classes a, dl_classes b) { uint64_t x = 0; for (int i = 0; i < DL_CLASS_WORDS; i++) x |= a.w[i] ^ b.w[i]; return x == 0; }

typedef enum { DL_POS_VERB = 1, DL_POS_NOUN, DL_POS_ADJ, DL_POS_ADV, DL_POS_MODAL, DL_POS_MARK, DL_POS_PREP, DL_POS_DET, DL_POS_PHRASE } dl_pos;

typedef enum { DL_P_SENSE = 1, DL_P_CLASS, DL_P_PLACE, DL_P_ACTOR, DL_P_LIST, DL_P_TOPIC, DL_P_CONTEXT } dl_posting_kind;
enum {                                                         /* dl_posting.form */
    DL_F_BASE = 1, DL_F_S = 2, DL_F_ING = 4, DL_F_PAST = 8, DL_F_PART = 16,     /* forms of a verb (several where they look the same) */
    DL_F_SG = 32, DL_F_PL = 64,                                                /* of a noun */
    DL_F_ADJECTIVE = 128, DL_F_PEOPLE = 256,                                   /* of a place: "Belgian", "Belgians" */
    DL_F_PROPER = 512,                                                         /* a name: wants a capital */
    DL_F_STRONG = 1024,                                                        /* of a topic or context */
    DL_F_GAP = 2048,                                                           /* the phrase goes on behind a gap: posting.tail */
    DL_F_AKA = 4096,                                                           /* not the first name of a place or actor */
    DL_F_CAPS = 8192                                                           /* a name of up to three letters that the codebook writes in capitals ("US", "EU"): wants them all */
};
typedef struct { uint8_t kind, pos; uint16_t form; uint32_t id; dl_ref tail; } dl_posting;      /* pos: of senses (dl_pos). tail: folded words that must follow within six tokens behind the phrase; DL_GAP between pieces: the next within six tokens behind the one before */
#define DL_GAP " ... "

typedef struct {
    dl_ref   id;                                               /* "@raid-premises" */
    uint8_t  is_operator;                                      /* an `operator` entry (not an event with operator lines) */
    uint8_t  type;                                             /* dl_type; NONE for operators */
    uint8_t  stage, certainty;                                 /* what it makes of a governed EVENT; unset: nothing */
    uint8_t  says;                                             /* dl_role; DL_ROLE_event = "says word"; none */
    uint8_t  role_from, role_to;                               /* `role WHO foiled_by`: dl_role both; none */
    uint8_t  control;                                          /* dl_role; none: by rule */
    uint8_t  negated;                                          /* 0 drop, 1 deny, 2 possible, 3 keep */
    uint8_t  transparent, reciprocal;
    uint8_t  legal, measure;
    uint8_t  governs;                                          /* has a frame with EVENT or operator lines */
    uint16_t file; uint32_t line;                              /* index into files */
    dl_ref   mode, cameo, incident, gloss;                     /* gloss: the comment behind the head */
    uint32_t frame, nframe, excl, nexcl, context, ncontext;    /* ranges of frames, exclusions, context refs */
} dl_sense;

typedef enum { DL_BY_SUBJECT = 1, DL_BY_OBJECT, DL_BY_SECOND, DL_BY_PREP, DL_BY_MODIFIER } dl_by;    /* SECOND: the second of two bare objects ("gives WHOM OBJECT": WHOM is OBJECT). MODIFIER: before a noun. EVENT without preposition is OBJECT, or SUBJECT before the word */
typedef struct { uint8_t role, by, required, control; dl_classes classes; uint32_t prep, nprep; } dl_item;   /* prep: range of prep refs */
typedef struct { uint8_t pos; uint8_t pad[3]; uint32_t item, nitem; uint32_t line; } dl_frame;
typedef struct { uint8_t what; uint8_t role; uint16_t topic; dl_classes classes; dl_ref phrase; } dl_exclusion;   /* what: 1 role(classes), 2 topic, 3 phrase (folded) */
typedef struct { dl_ref name, code; uint8_t kind, office; uint16_t index; dl_classes classes; } dl_class;         /* index: its bit; classes: itself, its kind, what it is within, `actor` if it can act */
typedef struct { dl_ref name; } dl_named;                                                                        /* topic, context */
enum { DL_TOPIC_MAX = 64 };                                                                                       /* most topics, and most contexts, that a pack may have */
typedef struct { uint16_t list; uint16_t pad; dl_ref value; dl_ref word; } dl_list_item;

typedef enum { DL_PLACE_COUNTRY = 1, DL_PLACE_REGION, DL_PLACE_CITY, DL_PLACE_MACRO } dl_place_kind;
typedef struct {
    dl_ref   name, alpha3, admin1, admin2, cls;                /* alpha3 of countries only: "BEL"; cls: PCLI, ADM1, PPLC ... */
    char     cc[2]; uint8_t kind, pad;                         /* cc: "BE"; zeros for macro-regions */
    int32_t  lat, lon;                                         /* degrees x 100000; INT32_MAX: not known */
    uint32_t geonames, population;
    uint32_t country;                                          /* place id of its country (a country's own id is its own), UINT32_MAX: none */
    uint32_t capital;                                          /* place id, countries only, else UINT32_MAX */
    uint32_t region;                                           /* place id of its first-level region (of the region itself: its own), UINT32_MAX: none or not known */
} dl_place_row;

typedef struct { dl_ref name; uint8_t kind, pad[3]; uint32_t term, nterm; } dl_actor_row;
typedef struct { dl_ref code, role; dl_day from, to; } dl_term;    /* code: blocks without blanks "BELGOV"; DL_NO_DAY: open */

typedef struct { dl_ref code, name; uint8_t type; uint8_t quad; int16_t goldstein10; dl_ref mode; } dl_cameo;    /* type, mode: crosswalk to PLOVER (dl_type, NONE where it has none) */

typedef struct { dl_ref code, words, acled; uint8_t office, armed, pad[2]; } dl_sector;      /* "COP", "police", "State forces"; office: a person who holds one there is public */
typedef struct { dl_ref mode, event, sub_event, disorder; uint32_t type; } dl_acled;  /* what ACLED calls a type and mode; mode "": every other one */
typedef struct { dl_ref alpha2, fips; uint32_t numeric; } dl_country_codes;          /* FIPS 10-4 ("" for none), ISO 3166 numeric */

/* ---- looking up ---- */

/* Postings of a folded phrase; *n = 0 if there are none. *longer: some phrase begins with these words and goes on. */
const dl_posting *dl_book_find(const dl_codebook *, dl_str folded, uint32_t *n, bool *longer);

dl_str dl_book_str(const dl_codebook *, dl_ref);
const dl_sense     *dl_book_sense(const dl_codebook *, uint32_t id);        uint32_t dl_book_nsense(const dl_codebook *);
const dl_frame     *dl_book_frames(const dl_codebook *);                    /* index with sense.frame */
const dl_item      *dl_book_items(const dl_codebook *);
const dl_ref       *dl_book_refs(const dl_codebook *);                      /* prepositions of items, contexts of senses */
const dl_exclusion *dl_book_exclusions(const dl_codebook *);
const dl_class     *dl_book_class(const dl_codebook *, uint32_t id);        uint32_t dl_book_nclass(const dl_codebook *);
const dl_place_row *dl_book_place(const dl_codebook *, uint32_t id);        uint32_t dl_book_nplace(const dl_codebook *);
const dl_actor_row *dl_book_actor(const dl_codebook *, uint32_t id);        uint32_t dl_book_nactor(const dl_codebook *);
const dl_term      *dl_book_terms(const dl_codebook *);
const dl_list_item *dl_book_list(const dl_codebook *, uint32_t id);
const dl_named     *dl_book_topic(const dl_codebook *, uint32_t id);
const dl_named     *dl_book_context(const dl_codebook *, uint32_t id);
const dl_cameo     *dl_book_cameo(const dl_codebook *, dl_str code);        /* NULL if unknown */
const dl_sector    *dl_book_sector(const dl_codebook *, dl_str code);       /* NULL if unknown */
const dl_acled     *dl_book_acled(const dl_codebook *, dl_type, dl_str mode);    /* the first row that fits; NULL: ACLED does not collect it */
const dl_country_codes *dl_book_country_codes(const dl_codebook *, dl_str alpha2);  /* NULL if unknown */
uint32_t            dl_book_type_quad(const dl_codebook *, dl_type);        /* PLOVER's quad 1..4, 0 for our own types */
int                 dl_book_type_score10(const dl_codebook *, dl_type);     /* PLOVER's score times ten, 0 for our own types */
uint32_t            dl_book_country(const dl_codebook *, dl_str alpha);     /* place id by alpha-2 or alpha-3; UINT32_MAX */
dl_str              dl_book_file(const dl_codebook *, uint16_t file);       /* "english/coerce.code"; of a codebook laid over another: "mine/x.code" */
void                dl_book_origin(const dl_codebook *, const dl_posting *, uint16_t *file, uint32_t *line);   /* where a posting's word was written */
uint32_t            dl_book_ntopic(const dl_codebook *);                    uint32_t dl_book_ncontext(const dl_codebook *);
uint32_t            dl_book_nlist(const dl_codebook *);
bool                dl_book_list_word(const dl_codebook *, dl_str folded);      /* false: no phrase of a list begins with this word */
uint32_t            dl_book_class_id(const dl_codebook *, const char *name);/* UINT32_MAX if there is none; kinds, `place`, `actor` by their numbers are not looked up here */
/* The value of `folded` in a list (whole phrase), or an empty slice. */
dl_str              dl_book_list_value(const dl_codebook *, dl_list, dl_str folded);

#endif
