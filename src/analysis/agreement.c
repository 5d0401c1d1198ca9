/* agreement.c - see agreement.h. From the coincidences within units: alpha = 1 - D_observed / D_expected. */
#include <stdlib.h>
#include "analysis/agreement.h"

/* A unit that m people judged adds 1 / (m - 1) for each ordered pair of unlike values; its values count once each. */
bool dl_alpha_of(const dl_judgement *v, uint32_t n, uint32_t values, dl_agreement *out)
{
    double *total = calloc(values + 1, sizeof *total), observed = 0, all = 0, alike = 0;
    uint32_t *of = calloc(values + 1, sizeof *of);
    *out = (dl_agreement){ 0 };
    if (!total || !of) { free(total), free(of); return false; }
    for (uint32_t b = 0, e; b < n; b = e) {
        for (e = b; e < n && v[e].unit == v[b].unit; e++) of[v[e].value]++;
        uint32_t m = e - b;
        if (m >= 2) {
            double pairs = (double)m * (m - 1), same = 0;
            for (uint32_t i = b; i < e; i++) same += of[v[i].value] - 1, total[v[i].value] += 1;
            observed += (pairs - same) / (m - 1);
            all += m, out->units++, out->judgements += m;
        }
        for (uint32_t i = b; i < e; i++) of[v[i].value] = 0;
    }
    for (uint32_t k = 0; k < values; k++) alike += total[k] * total[k];
    double expected = all > 1 ? (all * all - alike) / (all - 1) : 0;
    out->known = out->units && expected > 0;
    if (out->known) out->alpha = 1 - observed / expected;
    free(total), free(of);
    return true;
}
