/* weights.h - the tensors of the English model, found by name and given their meaning. */
#ifndef DL_LANGUAGE_WEIGHTS_H
#define DL_LANGUAGE_WEIGHTS_H
#include "model/model.h"
#include "model/tables.h"
#include "language/language.h"

typedef struct {
    dl_rows         ends;            /* two classes: goes on, ends here */
    dl_rows         tags;
    dl_trio         parse;
    const uint64_t *parse_sure;  uint32_t parse_sure_shift;   /* four tags -> the only action they call for, buckets as in `dict`; NULL: none known */
    dl_rows         rels;            /* classes are dl_rel */
    const uint8_t  *rel_sure;        /* [own tag][tag of head][to the right]: the only relation of such pairs, or 0 */
    const uint64_t *rel_plain;  uint32_t rel_plain_shift;     /* such a pair, a word and its preposition -> the only relation; buckets as in `dict`; NULL: none known */
    uint32_t        ntag, nopen;     /* joint tags; the first nopen are of open classes, all that a word never seen in a closed class can be */
    const uint8_t  *tag_upos, *tag_xpos;
    const uint64_t *dict;  uint32_t dict_shift;      /* hash of a word -> number of its set of tags: buckets as in tables.h, 16-bit marks */
    const uint16_t *dict_sure;  uint32_t ndict;      /* for each set: the only tag, or DL_NO_TAG */
    const uint8_t  *dict_closed;                     /* for each set: 1 if it holds tags of closed classes */
    const uint64_t *lemma; uint32_t lemma_shift;     /* (tag, ending) -> edit */
    const uint16_t *edit;  uint32_t nedit;           /* for each edit: bytes cut at the end, offset in edit_text, length */
    const uint8_t  *edit_text; uint32_t nedit_text;
} dl_weights;

bool dl_open_class(uint8_t upos);

/* False when there are no such three tensors (buckets, lists, vectors) for that many classes. */
bool dl_rows_of(const dl_model *, const char *const name[3], uint32_t nclass, dl_rows *);

/* False when the model lacks a tensor or one has an impossible size; *missing is then its name. */
bool dl_weights_of(const dl_model *, dl_weights *, const char **missing);

/* The 16-bit entry of a two-entry bucket: | mark 16 | value 16 |, twice; 0xffff: none. */
static inline uint32_t dl_pick16(uint64_t bucket, uint32_t mark)
{
    if ((uint32_t)bucket >> 16 == mark) return bucket & 0xffff;
    if (bucket >> 48 == mark) return (uint32_t)(bucket >> 32) & 0xffff;
    return 0xffff;
}
static inline uint32_t dl_mark16(uint64_t f) { return ((uint32_t)(f >> 8) & 0xffff) | 1; }   /* never 0, which is an empty entry */

/* Classes of words that stand in like company (train/clusters.c). n 0: the model has none. */
typedef struct {
    const uint64_t *bucket; uint32_t shift;      /* hash of a word -> its finest class, buckets as in `dict` */
    const uint8_t  *mid, *coarse; uint32_t n;    /* for each finest class */
} dl_clusters;
void dl_clusters_of(const dl_model *, dl_clusters *);

/* The word's finest, middle and coarsest class, each from 1; zeros: unknown word. */
static inline void dl_classes_of(const dl_clusters *g, uint32_t word, uint16_t out[3])
{
    out[0] = out[1] = out[2] = 0;
    if (!g->n) return;
    uint64_t f = dl_f1(0, word);
    uint32_t c = dl_pick16(g->bucket[dl_bucket(f, g->shift)], dl_mark16(f));
    if (c < g->n) { out[0] = (uint16_t)(c + 1); out[1] = (uint16_t)(g->mid[c] + 1); out[2] = (uint16_t)(g->coarse[c] + 1); }
}

#endif
