/* build.h - inside the compiler: what its files share. Nobody else includes it.
 *
 *   stack.c    folders and packs -> layers of source texts
 *   parse.c    a source text -> entries, lines, words
 *   entries.c  which entries hold: ids replaced, switched off
 *   sense.c frame.c lexicon.c tables.c forms.c     entries and tables -> rows and phrases
 *   compile.c  the whole, and the pack's bytes;  lint.c  what is allowed but not meant;  diag.c  mistakes
 *
 * All slices of words point into a source text, so that a mistake's column is a difference of pointers.
 */
#ifndef DL_CODEBOOK_BUILD_H
#define DL_CODEBOOK_BUILD_H
#include "codebook/pack.h"

/* ---- sources (stack.c) ---- */
typedef struct {
    dl_str   rel;                        /* inside its codebook: "english/coerce.code" */
    dl_str   name;                       /* as kept: the same, of a codebook laid over another with its name before it: "mine/x.code" */
    dl_str   shown;                      /* as in messages: the path that was given */
    dl_str   text;                       /* LF line ends, no BOM, well-formed UTF-8 */
    uint32_t layer;
    bool     table;                      /* .tsv */
} dl_source;
typedef struct { dl_str name, version; bool alone, packed; uint32_t first, n; char digest[65]; } dl_layer;      /* packed: it came out of a pack */
typedef struct { dl_arena *a; dl_diags *diags; DL_VEC(dl_source) sources; DL_VEC(dl_layer) layers; } dl_stack;

void dl_stack_path(dl_stack *, const char *path);                /* a folder, a file of sources or a pack; what is wrong goes to diags */
void dl_stack_book(dl_stack *, const dl_codebook *);             /* the layers of a pack */
bool dl_stack_needs_base(const char *path);                      /* a folder or file of sources without a line `codebook NAME alone` */
void dl_stack_name(dl_stack *);                                  /* gives all sources their kept names; once, at the end */
void dl_stack_digest(const dl_stack *, char out[65]);

/* ---- lines and entries (parse.c) ---- */
typedef struct { uint32_t src, no; dl_str line, key, rest, note; } dl_line;      /* rest: behind the keyword, comment cut off; note: the comment */
typedef enum { DL_E_EVENT, DL_E_OPERATOR, DL_E_CLASS, DL_E_ACTOR, DL_E_TOPIC, DL_E_CONTEXT, DL_E_LIST, DL_E_FORMS, DL_E_OFF, DL_E_CODEBOOK, DL_E_N } dl_entry_kind;
typedef struct { dl_entry_kind kind; dl_line head; DL_VEC(dl_line) body; uint32_t layer; dl_str id; bool dead; } dl_entry;

typedef struct { dl_str text; const dl_line *at; uint8_t pos; bool off; } dl_word;             /* as given */
typedef struct { dl_str phrase, tail; uint32_t word; uint16_t form; uint8_t pos; } dl_phrase;    /* folded, inflected */
typedef DL_VEC(dl_word) dl_words;
typedef DL_VEC(dl_phrase) dl_phrases;
typedef DL_VEC(dl_str) dl_strs;

/* ---- irregular forms (forms.c) ---- */
typedef struct { dl_str s, ing, past, part; } dl_irregular;      /* each may hold alternatives: "burned|burnt" */
typedef struct { dl_intern verbs, nouns, same; DL_VEC(dl_irregular) verb; DL_VEC(dl_str) plural; } dl_forms;

/* ---- tables ---- */
typedef struct { uint32_t layer, src, no; } dl_claim;            /* of a row's key: the last codebook that has it, and where */
typedef struct { dl_str code, role; dl_day from, to; bool role_only; } dl_term_build;
typedef struct { dl_str name; uint8_t kind; DL_VEC(dl_term_build) terms; } dl_actor_build;

/* ---- phrases being collected (compile.c) ---- */
typedef struct { dl_posting p; dl_origin at; uint32_t next; } dl_node;     /* next + 1 of the same phrase */
typedef struct { uint32_t first, last, n; bool longer; } dl_key;

typedef struct { dl_entry *entry; uint32_t row; dl_words words; dl_phrases phrases; dl_strs was; } dl_sense_build;
typedef struct { dl_str name; uint32_t bit; uint32_t layer; const dl_line *kind_at; dl_str kind, code; bool office, any; DL_VEC(dl_line) within_at; dl_strs within; const dl_line *head; } dl_class_build;

typedef struct {
    dl_arena *a;
    dl_diags *diags;
    dl_stack *stack;
    unsigned  flags;
    DL_VEC(dl_entry) entries;
    dl_forms  forms;
    /* strings */
    dl_intern strs;
    DL_VEC(dl_ref) str_ref;
    DL_VEC(char) bytes;
    /* phrases */
    dl_intern phrase;
    DL_VEC(dl_key)  key;
    DL_VEC(dl_node) node;
    /* names */
    dl_intern class_names, topic_names, context_names, sense_names, cameo_codes;
    DL_VEC(dl_class_build) class_build;
    DL_VEC(dl_sense_build) sense_build;
    DL_VEC(uint32_t) sense_of_name;                              /* by id of sense_names: index of entries, UINT32_MAX: none */
    uint32_t nclass_bit;
    /* rows */
    DL_VEC(dl_sense) senses;
    DL_VEC(dl_frame) frames;
    DL_VEC(dl_item)  items;
    DL_VEC(dl_ref)   refs;
    DL_VEC(dl_exclusion) exclusions;
    DL_VEC(dl_class) classes;
    DL_VEC(dl_place_row) places;
    DL_VEC(dl_country_key) countries;
    DL_VEC(dl_actor_row) actors;
    DL_VEC(dl_term) terms;
    DL_VEC(dl_list_item) lists;
    DL_VEC(dl_named) topics;
    DL_VEC(dl_named) contexts;
    DL_VEC(dl_cameo) cameo;
    DL_VEC(dl_sector) sectors;
    DL_VEC(dl_acled) acled;
    DL_VEC(dl_country_codes) codes;
    DL_VEC(dl_example) examples;
    dl_type_row types[DL_TYPE_N];
    bool has_cameo;
    dl_intern row_keys;
    DL_VEC(dl_claim) claims;                                     /* by id of row_keys */
    dl_intern country_codes, region_codes, actor_names;
    DL_VEC(uint32_t) country_place, region_place;                /* by those ids: place ids */
    DL_VEC(dl_line) capital_at;                                  /* of each country, line and cell */
    DL_VEC(dl_actor_build) actor_build;
} dl_build;

/* diag.c */
void dl_diag_add(dl_diags *, const dl_error *, bool warning);
void dl_bad(dl_build *, const dl_line *, dl_str at, const char *format, ...) __attribute__((format(printf, 4, 5)));
void dl_warn(dl_build *, const dl_line *, dl_str at, const char *format, ...) __attribute__((format(printf, 4, 5)));
typedef struct { dl_str word, best; uint32_t d; } dl_near;
dl_near     dl_near_to(dl_str word);
void        dl_near_try(dl_near *, dl_str candidate);
bool        dl_near_close(const dl_near *);                      /* near enough to be worth naming */
const char *dl_near_text(dl_build *, const dl_near *);           /* " (nearest: \"x\")" or "" */
/* Index of a name, from `first`; -1 after an error that names the nearest, or all if they are few. */
int dl_name_of(dl_build *, const dl_line *, dl_str name, const char *what, const char *const *names, int first, int n);

/* names.c: the words of the record, "" at 0 */
extern const char *const dl_stage_names[DL_STAGE_N], *const dl_certainty_names[DL_CERT_N], *const dl_type_names[DL_TYPE_N], *const dl_role_names[DL_ROLE_N], *const dl_role_words[DL_ROLE_N],
    *const dl_kind_names[DL_KIND_N], *const dl_legal_names[DL_LEGAL_N], *const dl_measure_names[DL_MEAS_N], *const dl_list_names[DL_LIST_N];

/* parse.c */
void   dl_parse_source(dl_build *, uint32_t src);
dl_str dl_next_word(dl_str *rest);                               /* up to a blank; empty at the end */
dl_str dl_next_item(dl_str *rest);                               /* up to a comma, trimmed; *rest.p NULL at the end */
dl_str dl_next_alt(dl_str *rest, char by);                       /* up to `by`, trimmed */
void   dl_nothing_more(dl_build *, const dl_line *, dl_str rest);
bool   dl_find_name(const dl_intern *, dl_str, uint32_t *index); /* index from 0, without adding */

/* forms.c */
void   dl_forms_entry(dl_build *, const dl_entry *);
void   dl_inflect(dl_build *, const dl_word *, uint32_t word, dl_phrases *out);
dl_str dl_fold_words(dl_arena *, dl_str);                        /* as the tokens of a text would be folded and joined */
dl_str dl_fold_phrase(dl_build *, dl_str);                       /* the same, in the build's arena */
dl_str dl_fold_gaps(dl_build *, dl_str);                         /* the pieces of "help ... fight", with DL_GAP between */
bool   dl_is_name(dl_str);                                       /* begins with a capital */
uint16_t dl_name_form(dl_str);                                   /* PROPER and CAPS as its letters are */

/* entries.c */
void dl_settle_entries(dl_build *);                              /* ids, off, layers: sets entry.dead */
dl_str dl_entry_sense_id(const dl_entry *);                      /* "@x" of the head, or empty */

/* lexicon.c */
void dl_lexicon_names(dl_build *);                               /* classes, topics, contexts: names first, since frames refer to them */
void dl_lexicon_words(dl_build *);
bool dl_classes_of(dl_build *, const dl_line *, dl_str list, dl_classes *out);     /* "a|b|c" */

/* sense.c, frame.c */
void dl_sense_entry(dl_build *, dl_entry *);
void dl_frame_line(dl_build *, dl_sense_build *, const dl_line *);
void dl_frame_defaults(dl_build *, dl_sense_build *, uint32_t line);

/* tables.c: rows of a .tsv by the names of its columns; ontology.c places.c actors.c: what they say */
typedef struct { dl_line line; dl_str cell[16]; uint32_t layer; } dl_row;        /* cell: in the order of dl_table.columns; empty where there is none */
typedef struct { const char *file, *columns[16]; uint32_t key[2]; bool many; void (*row)(dl_build *, const dl_row *); } dl_table;   /* key: 1 + columns that name a row; many: several rows a key */
enum { DL_ONTOLOGY_TABLES = 5 };
extern const dl_table dl_ontology_tables[DL_ONTOLOGY_TABLES], dl_place_tables[4], dl_actor_tables[1];
int  dl_table_of(dl_str file_name);                              /* number of the table a file holds; -1 none, -2 not for the compiler */
void dl_tables_claim(dl_build *);                                /* reads all headers; which row of which codebook holds */
void dl_tables_read(dl_build *, const dl_table *, uint32_t n);
void dl_near_table(dl_near *);                                   /* tries all names of tables */
bool dl_cell_fixed(dl_build *, const dl_row *, dl_str, int decimals, int32_t *out);     /* decimal number times 10^decimals; false and untouched if empty or wrong */
void dl_places_finish(dl_build *);

/* actors.c */
void dl_actor_claim(dl_build *, const dl_entry *);
void dl_actor_entry(dl_build *, const dl_entry *);
void dl_actors_finish(dl_build *);
bool dl_row_holds(dl_build *, dl_str key, uint32_t layer);       /* no later codebook has a row or entry of that key */
void dl_row_claim(dl_build *, const dl_line *, dl_str at, dl_str key, uint32_t layer, bool many);

/* compile.c */
dl_ref   dl_string(dl_build *, dl_str);
void     dl_add_phrase(dl_build *, const dl_line *, dl_str folded, dl_str tail, dl_posting_kind, uint8_t pos, uint16_t form, uint32_t id);
dl_str   dl_text_of(const dl_build *, dl_ref);
bool     dl_stack_compile(dl_stack *, unsigned flags, dl_buf *pack);      /* pack may be NULL */

/* lint.c */
void dl_lint(dl_build *);

#endif
