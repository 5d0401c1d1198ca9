/* copies.h - is a report a copy of another, or a later version of it? What two reports are compared by; nothing here knows of a store.
 *
 *   same document   one address, tracking aside, or the same words
 *   copy            most of the shorter one's runs of three words stand in the other: papers cut what an agency sends from its end, so that being contained counts and not being alike
 *   revision        the same, but a number has changed ("five killed", "seven killed"), or one address with another text
 *
 * Candidates are found by sketches: 64 slots of minhash by one permutation over the runs of the text (Li, Owen and Zhang, "One permutation hashing", 2012) in 16 bands of 4, and 16 slots over its beginning in 8 bands
 * of 2, since a third of a text is alike to the whole only in its beginning (Broder, "On the resemblance and containment of documents", 1997).
 */
#ifndef DL_COPIES_H
#define DL_COPIES_H
#include "intake/report.h"

enum { DL_COPY_WHOLE = 64, DL_COPY_START = 16, DL_COPY_BANDS = 24, DL_COPY_WORDS = 6000, DL_COPY_SHORT = 30, DL_COPY_SHARE = 700, DL_COPY_DAYS = 7 };      /* words looked at; texts below SHORT words must be equal; thousandths; days between copies */

typedef struct { uint32_t key, b, e; bool number; } dl_copy_word;        /* hash of the folded word; its bytes in the text */
typedef struct { dl_copy_word *v; uint32_t n; uint64_t body; } dl_copy_text;       /* words of the story in order; body: hash of all of them */

/* Words of the spans of a text that are its story (parts of kind body and lead). In `a`. */
dl_copy_text dl_copy_words(dl_arena *a, dl_str text, const dl_span *span, uint32_t n);

/* Its sketch; and the keys of its bands: two texts that share one are worth a look. Number of keys: 0 for texts of less than DL_COPY_SHORT words. */
typedef struct { uint32_t whole[DL_COPY_WHOLE], start[DL_COPY_START]; } dl_copy_sketch;
dl_copy_sketch dl_copy_sketch_of(const dl_copy_text *);
uint32_t dl_copy_bands(const dl_copy_text *, const dl_copy_sketch *, uint32_t out[DL_COPY_BANDS]);

/* What is kept of a sketch to be looked at: 16 bits a slot, the lower byte first. */
typedef struct { unsigned char slot[2 * DL_COPY_WHOLE]; } dl_copy_trace;
dl_copy_trace dl_copy_trace_of(const dl_copy_sketch *);
/* Two texts of so many words whose traces say that less than DL_COPY_SHARE is shared, by four standard deviations: not worth comparing. Says nothing (false) of short ones, whose slots are too few. */
bool dl_copy_apart(const dl_copy_trace *, uint32_t words, const dl_copy_trace *other, uint32_t other_words);

typedef struct { uint32_t share; bool equal, changed; dl_span was, now; } dl_copy_match;   /* share: thousandths of the shorter one's runs that the other has; equal: the same words; changed: a number differs: its bytes in the earlier and in the later text */
dl_copy_match dl_copy_compare(dl_arena *scratch, const dl_copy_text *earlier, const dl_copy_text *later);

/* An address without what tells who sent the reader: scheme, "www.", "m." and "amp." before the host, default ports, fragments, tracking parameters, a last "/", "/amp"; parameters in order. "" if it is none. */
dl_str dl_canonical_url(dl_arena *a, dl_str url);

#endif
