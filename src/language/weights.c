/* weights.c - tensors by name. Sizes that the decoders rely on are checked here, so that no crafted file can make them read astray. */
#include "language/weights.h"

static bool power_of_two(uint32_t n) { return n && !(n & (n - 1)); }

static uint32_t shift_of(uint32_t n)
{
    uint32_t bits = 0;
    while ((1u << bits) < n) bits++;
    return 64 - bits;
}

static bool buckets(const dl_model *m, const char *name, const uint64_t **v, uint32_t *shift)
{
    dl_tensor t;
    if (!dl_model_tensor(m, name, DL_T_U64, &t) || t.count < 2 || !power_of_two(t.count)) return false;
    *v = t.at;
    *shift = shift_of(t.count);
    return true;
}

bool dl_rows_of(const dl_model *m, const char *const name[3], uint32_t nclass, dl_rows *r)
{
    dl_tensor list, dense;
    if (!buckets(m, name[0], &r->bucket, &r->shift)) return false;
    if (!dl_model_tensor(m, name[1], DL_T_U16, &list) || !list.count || !dl_model_tensor(m, name[2], DL_T_U8, &dense)) return false;
    r->row = list.at;
    r->nrow = list.count;
    r->dense = dense.at;
    r->width = (nclass + 15) / 16 * 16;
    r->ndense = dense.count / r->width;
    return r->ndense && r->row[list.count - 1] & DL_ROWS_LAST;
}

static bool small_numbers(const dl_model *m, const char *name, uint32_t count, unsigned below, const uint8_t **v)
{
    dl_tensor t;
    if (!dl_model_tensor(m, name, DL_T_U8, &t) || t.count != count) return false;
    *v = t.at;
    for (uint32_t i = 0; i < count; i++) if ((*v)[i] >= below) return false;
    return true;
}

bool dl_open_class(uint8_t u)
{
    return u == DL_X || u == DL_ADJ || u == DL_ADV || u == DL_INTJ || u == DL_NOUN || u == DL_NUM || u == DL_PROPN || u == DL_PUNCT || u == DL_SYM || u == DL_VERB;
}

static bool tag_names(const dl_model *m, dl_weights *w)
{
    dl_tensor t;
    if (!dl_model_tensor(m, "tag.upos", DL_T_U8, &t) || !t.count || t.count > DL_ROWS_CLASSES) return false;
    w->ntag = t.count;
    if (!small_numbers(m, "tag.upos", w->ntag, DL_UPOS_N, &w->tag_upos) || !small_numbers(m, "tag.xpos", w->ntag, DL_XPOS_N, &w->tag_xpos)) return false;
    while (w->nopen < w->ntag && dl_open_class(w->tag_upos[w->nopen])) w->nopen++;
    return w->nopen > 0;
}

static bool dictionary(const dl_model *m, dl_weights *w)
{
    dl_tensor t;
    if (!dl_model_tensor(m, "dict.sure", DL_T_U16, &t)) return false;
    w->dict_sure = t.at;
    w->ndict = t.count;
    if (!small_numbers(m, "dict.closed", t.count, 2, &w->dict_closed)) return false;
    for (uint32_t i = 0; i < w->ndict; i++) if (w->dict_sure[i] != 0xffff && w->dict_sure[i] >= w->ntag) return false;
    return true;
}

static bool edits(const dl_model *m, dl_weights *w)
{
    dl_tensor e, text;
    if (!dl_model_tensor(m, "lemma.edit", DL_T_U16, &e) || !dl_model_tensor(m, "lemma.text", DL_T_U8, &text)) return false;
    w->edit = e.at;
    w->nedit = e.count / 3;
    w->edit_text = text.at;
    w->nedit_text = text.count;
    for (uint32_t i = 0; i < w->nedit; i++) if ((uint32_t)w->edit[3 * i + 1] + w->edit[3 * i + 2] > text.count) return false;
    return true;
}

bool dl_weights_of(const dl_model *m, dl_weights *w, const char **missing)
{
    memset(w, 0, sizeof *w);
#define NEED(name, test) if (!(test)) { *missing = name; return false; }
    NEED("end", dl_rows_of(m, (const char *const[]){ "end.bucket", "end.row", "end.dense" }, 2, &w->ends))
    NEED("tag.upos", tag_names(m, w))
    NEED("tag", dl_rows_of(m, (const char *const[]){ "tag.bucket", "tag.row", "tag.dense" }, w->ntag, &w->tags))
    NEED("parse", buckets(m, "parse.bucket", &w->parse.bucket, &w->parse.shift))
    NEED("rel", dl_rows_of(m, (const char *const[]){ "rel.bucket", "rel.row", "rel.dense" }, DL_REL_N, &w->rels))
    NEED("rel.sure", small_numbers(m, "rel.sure", w->ntag * w->ntag * 2, DL_REL_N, &w->rel_sure))
    NEED("dict", buckets(m, "dict.bucket", &w->dict, &w->dict_shift) && dictionary(m, w))
    NEED("lemma", buckets(m, "lemma.bucket", &w->lemma, &w->lemma_shift) && edits(m, w))
#undef NEED
    if (!buckets(m, "parse.sure", &w->parse_sure, &w->parse_sure_shift)) w->parse_sure = NULL;      /* without these two the models are asked more often */
    if (!buckets(m, "rel.plain", &w->rel_plain, &w->rel_plain_shift)) w->rel_plain = NULL;
    return true;
}

void dl_clusters_of(const dl_model *m, dl_clusters *g)
{
    dl_tensor word, mid, coarse;
    memset(g, 0, sizeof *g);
    if (!dl_model_tensor(m, "cluster.word", DL_T_U64, &word) || word.count < 2 || word.count & (word.count - 1) || !dl_model_tensor(m, "cluster.mid", DL_T_U8, &mid) ||
        !dl_model_tensor(m, "cluster.coarse", DL_T_U8, &coarse) || mid.count != coarse.count) return;
    *g = (dl_clusters){ word.at, 64, mid.at, coarse.at, mid.count };
    while ((1u << (64 - g->shift)) < word.count) g->shift--;
}
