/* languages.h - the weights that tell languages apart, and what of a text they weigh: shared by language_id.c and its trainer (train/learn_languages.c).
 *
 *   languages.code    U8   8 bytes a language, NUL-padded: ISO 639-1, else 639-3
 *   languages.script  U32  a language: bits of the scripts (dl_script) that it is written in
 *   languages.at      U32  DL_GRAM_BUCKETS + 1 numbers: where a gram's items begin in languages.item
 *   languages.item    U16  | weight 8, signed | language 8 |
 *
 * A language's score is the sum of its weights over the grams of a text, divided by the root of their number; DL_GRAM_SCALE of it are a natural unit of log odds.
 */
#ifndef DL_LANGUAGES_H
#define DL_LANGUAGES_H
#include "base/utf8.h"
#include "model/model.h"

enum { DL_GRAM_BITS = 17, DL_GRAM_BUCKETS = 1 << DL_GRAM_BITS, DL_GRAMS_MOST = 2048, DL_GRAM_SCALE = 24, DL_LANGUAGES_MOST = 250 };

typedef struct {
    const char     *code;            /* n times 8 bytes */
    const uint32_t *script, *at;
    const uint16_t *item;
    uint32_t        n, nitem;        /* n 0: no weights, the script alone speaks */
} dl_languages;

/* The weights in a model, NULL or without them: n is 0. */
dl_languages dl_languages_of(const dl_model *);

/* Buckets of the grams of a text: its words, and their runs of one to four characters, ends counted. At most DL_GRAMS_MOST. */
uint32_t dl_language_grams(dl_str text, uint32_t *out);

/* The script of most letters; kana settles what is Japanese. DL_SCRIPT_NONE: no letters. */
dl_script dl_script_of_text(dl_str text);

#endif
