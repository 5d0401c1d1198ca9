/* agreement.h - Krippendorff's alpha for nominal values (Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011): how much people agree beyond chance. */
#ifndef DL_ANALYSIS_AGREEMENT_H
#define DL_ANALYSIS_AGREEMENT_H
#include <stdbool.h>
#include <stdint.h>

typedef struct { uint32_t unit, value; } dl_judgement;         /* of one person on one unit; values from 0, units in rising order; who it was does not matter */
typedef struct { double alpha; uint32_t units, judgements; bool known; } dl_agreement;      /* of units that two or more judged; known false: no such unit, or no two values */

/* False: no memory. */
bool dl_alpha_of(const dl_judgement *, uint32_t n, uint32_t values, dl_agreement *out);

#endif
