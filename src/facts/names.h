/* names.h - what the words around a name or noun say about whom it stands for (names.c); for who.c and entities.c. */
#ifndef DL_FACTS_NAMES_H
#define DL_FACTS_NAMES_H
#include "facts/tree.h"

typedef struct {
    uint32_t tb, te;              /* the mention's own tokens: of names without title and commas, of nouns the whole phrase */
    dl_str   name;                /* as printed */
    uint8_t  kind;                /* dl_kind */
    bool     is_name;
    uint32_t title;               /* hit of an office or rank that stands with it ("President Ruiz"), DL_NONE */
    uint32_t actor;               /* actor row, DL_NONE */
    uint32_t klass;               /* class id of its noun, DL_NONE */
    uint32_t country;             /* place id of the country named in its words, DL_NONE */
    bool     state;               /* a country, as an actor */
    bool     definite, possessive, quantified;
    uint8_t  number, gender;
} dl_naming;

void dl_classify_tokens(dl_ask *);                               /* fills classes, class_hit, actor_hit, place_of */
bool dl_name_phrase(dl_ask *, uint32_t head, dl_naming *out);    /* false: nothing that can be an entity */
bool dl_aged_noun(const dl_language *, uint32_t head);            /* "the 52-year-old" */
/* The name of somebody or of a body that the tagger found and whose head in the tree the token is; NULL. */
const dl_name *dl_name_headed(const dl_language *, uint32_t head);
uint32_t dl_phrase_head(const dl_language *, uint32_t b, uint32_t e);
dl_str dl_entity_code(dl_ask *, const dl_entity *);
void dl_add_sector(dl_entity *, dl_str sector);
void dl_resolve_mentions(dl_ask *);                              /* entities.c: mentions -> entities */

#endif
