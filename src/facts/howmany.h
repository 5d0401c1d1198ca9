/* howmany.h - numbers in words and digits, for howmany.c and when.c. */
#ifndef DL_FACTS_HOWMANY_H
#define DL_FACTS_HOWMANY_H
#include "facts/facts.h"

typedef struct {
    uint32_t tb, te;              /* tokens */
    int64_t  low, high;           /* thousandths; equal but for numbers like "dozens" */
    bool     words;               /* no digit in it */
    bool     plain;               /* a single token of digits, without comma or dot: may be a year */
    bool     fuzzy;               /* from the list `fuzzy` */
} dl_number;

/* The longest number that begins at token i and ends before `end`. */
bool dl_number_at(const dl_ask *, uint32_t i, uint32_t end, dl_number *out);
/* Thousandths of a token of digits ("1,200", "2.5"); false if it is none. */
bool dl_digits(dl_str, int64_t *milli);

#endif
