/* names.c - the words of the record as text: stages, certainties, types, roles, kinds. One list each, in codebook.h; "" at 0. */
#include "codebook/build.h"

#define X(id) #id,
const char *const dl_stage_names[DL_STAGE_N] = { DL_STAGES(X) };
const char *const dl_certainty_names[DL_CERT_N] = { DL_CERTAINTIES(X) };
const char *const dl_type_names[DL_TYPE_N] = { DL_TYPES(X) };
const char *const dl_kind_names[DL_KIND_N] = { DL_KINDS(X) };
const char *const dl_legal_names[DL_LEGAL_N] = { DL_LEGAL(X) };
const char *const dl_measure_names[DL_MEAS_N] = { DL_MEASURES(X) };
const char *const dl_list_names[DL_LIST_N] = { DL_LISTS(X) };
#undef X
#define X(id, word) #id,
const char *const dl_role_names[DL_ROLE_N] = { DL_ROLES(X) };
#undef X
#define X(id, word) word,
const char *const dl_role_words[DL_ROLE_N] = { DL_ROLES(X) };
#undef X

static const char *name(const char *const *names, int n, int i) { return i > 0 && i < n ? names[i] : ""; }

const char *dl_stage_name(dl_stage i) { return name(dl_stage_names, DL_STAGE_N, (int)i); }
const char *dl_certainty_name(dl_certainty i) { return name(dl_certainty_names, DL_CERT_N, (int)i); }
const char *dl_type_name(dl_type i) { return name(dl_type_names, DL_TYPE_N, (int)i); }
const char *dl_role_name(dl_role i) { return name(dl_role_names, DL_ROLE_N, (int)i); }
const char *dl_kind_name(dl_kind i) { return name(dl_kind_names, DL_KIND_N, (int)i); }
const char *dl_legal_name(dl_legal i) { return name(dl_legal_names, DL_LEGAL_N, (int)i); }
const char *dl_measure_name(dl_measure i) { return name(dl_measure_names, DL_MEAS_N, (int)i); }
