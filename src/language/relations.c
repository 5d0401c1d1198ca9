/* relations.c - names for the arcs of a finished tree: a linear model that sees the whole tree and walks it from the root down,
 * so that the relation of the head, and those of the children further left, are known when a word gets its own. */
#include "language/words.h"

enum { SUBJECT = 1, OBJECT = 2, SECOND_OBJECT = 4, OBLIQUE = 8, CLAUSE = 16, COPULA = 32, PASSIVE = 64, CASE = 128, MARK = 256, CONJ = 512 };

static const uint16_t seen_bit[DL_REL_N] = {
    [DL_R_nsubj] = SUBJECT, [DL_R_nsubj_pass] = SUBJECT, [DL_R_csubj] = SUBJECT, [DL_R_csubj_pass] = SUBJECT, [DL_R_expl] = SUBJECT, [DL_R_nsubj_outer] = SUBJECT,
    [DL_R_obj] = OBJECT, [DL_R_iobj] = SECOND_OBJECT, [DL_R_obl] = OBLIQUE, [DL_R_obl_agent] = OBLIQUE, [DL_R_ccomp] = CLAUSE, [DL_R_xcomp] = CLAUSE,
    [DL_R_cop] = COPULA, [DL_R_aux_pass] = PASSIVE, [DL_R_case_] = CASE, [DL_R_mark] = MARK, [DL_R_conj] = CONJ,
};

static bool links(uint8_t upos) { return upos == DL_ADP || upos == DL_SCONJ || upos == DL_PART; }

static void list_children(dl_label_state *s)
{
    uint16_t *first = s->first;
    memset(first, 0, (s->n + 4) * sizeof *first);
    for (uint32_t d = 1; d <= s->n; d++) first[s->head[d] + 1]++;
    for (uint32_t h = 1; h <= s->n + 2; h++) first[h] = (uint16_t)(first[h] + first[h - 1]);
    for (uint32_t d = 1; d <= s->n; d++) s->kid[first[s->head[d]]++] = (uint16_t)d;
    for (uint32_t h = s->n + 2; h > 0; h--) first[h] = first[h - 1];
    first[0] = 0;
}

static void note_children(dl_label_state *s, uint32_t h)
{
    uint16_t last = 0;
    for (uint32_t k = s->first[h]; k < s->first[h + 1]; k++) {
        uint16_t d = s->kid[k];
        s->before[d] = last;
        s->behind[d] = 0;
        if (last) s->behind[last] = d;
        last = d;
        s->order[s->norder++] = d;
        if (!s->link[h] && links(s->w[d].upos)) s->link[h] = d;
        if (s->w[d].upos == DL_AUX) s->aux[h] = d;
    }
}

void dl_label_start(dl_label_state *s, const dl_word *first, uint32_t n, const uint16_t *head)
{
    s->w = first - 1;
    s->n = n;
    s->head = head;
    s->norder = 0;
    memset(s->rel, 0, n + 4);
    memset(s->seen, 0, (n + 4) * sizeof *s->seen);
    memset(s->link, 0, (n + 4) * sizeof *s->link);
    memset(s->aux, 0, (n + 4) * sizeof *s->aux);
    list_children(s);
    s->commas[0] = 0;
    for (uint32_t i = 1; i <= n; i++) s->commas[i] = (uint16_t)(s->commas[i - 1] + s->w[i].comma);
    note_children(s, n + 1);
    for (uint32_t k = 0; k < s->norder; k++) note_children(s, s->order[k]);
}

static uint32_t near(uint32_t d) { return d < 4 ? d : d < 8 ? 4 : d < 15 ? 5 : 6; }
static uint32_t few(uint32_t n) { return n < 3 ? n : 3; }

static uint32_t tags_of(const dl_word *w, uint32_t d, uint32_t h) { return w[d].tag * 0x85ebca6bu + w[h].tag * 0xc2b2ae35u + (d > h); }

uint32_t dl_label_features(const dl_label_state *s, uint32_t d, uint64_t *f)
{
    const uint64_t *start = f;
    const dl_word *w = s->w;
    uint32_t h = s->head[d], g = h <= s->n ? s->head[h] : 0, right = d > h;
    uint32_t wd = w[d].lex, wh = w[h].lex, td = w[d].tag, th = w[h].tag, tg = w[g].tag;
    uint32_t rh = s->rel[h], side = right + 2 * near(right ? d - h : h - d);
    uint32_t before = s->before[d], behind = s->behind[d], rb = s->rel[before], seen = s->seen[h];
    uint32_t nkid = (uint32_t)(s->first[d + 1] - s->first[d]), k0 = nkid ? s->kid[s->first[d]] : 0, k9 = nkid ? s->kid[s->first[d + 1] - 1] : 0;
    uint32_t link = w[s->link[d]].word, aux = w[s->aux[h]].word, own_aux = w[s->aux[d]].tag;
    uint32_t commas = right ? (uint32_t)(s->commas[d] - s->commas[h > s->n ? s->n : h]) : h > s->n ? 0 : (uint32_t)(s->commas[h] - s->commas[d]);
    uint32_t gap = few(commas) * 2 + right;
    uint32_t tt = tags_of(w, d, h);                                        /* the pair of tags and the direction go together nearly always */
    *f++ = dl_f1(0, tt);
    *f++ = dl_f2(1, wd, td);
    *f++ = dl_f2(2, wh, right);
    *f++ = dl_f2(3, wd, wh);
    *f++ = dl_f2(4, tt, wd);
    *f++ = dl_f2(5, tt, wh);
    *f++ = dl_f2(6, tt, side);
    *f++ = dl_f2(7, tt, rh);
    *f++ = dl_f3(8, td, rh, right);
    *f++ = dl_f2(9, wd, rh);
    *f++ = dl_f2(10, tt, rb);
    *f++ = dl_f2(11, tt, seen);
    *f++ = dl_f4(12, wh, seen, td, right);
    *f++ = dl_f2(13, tt, link);
    *f++ = dl_f3(14, link, th, wd);
    *f++ = dl_f2(15, link, wh);
    *f++ = dl_f3(16, tt, link, aux);
    *f++ = dl_f2(17, tt, aux);
    *f++ = dl_f2(18, tt, w[k0].tag);
    *f++ = dl_f2(19, tt, w[k0].word);
    *f++ = dl_f2(20, tt, w[k9].tag);
    *f++ = dl_f3(21, w[d - 1].tag, td, w[d + 1].tag);
    *f++ = dl_f2(22, w[d - 1].word, td);
    *f++ = dl_f2(23, w[d + 1].word, td);
    *f++ = dl_f4(24, w[h - 1].tag, th, w[h + 1].tag, td);
    *f++ = dl_f2(25, tt, gap);
    *f++ = dl_f3(26, tt, before ? 1 : 0, behind ? 1 : 0);
    *f++ = dl_f3(27, w[d].suf3, th, right);
    *f++ = dl_f2(28, tt, tg);
    *f++ = dl_f2(29, tt, w[behind].tag);
    *f++ = dl_f2(30, tt, w[before].tag);
    *f++ = dl_f3(31, wd, right, rb);
    *f++ = dl_f1(32, wd);
    *f++ = dl_f3(33, td, link, rh);
    *f++ = dl_f3(34, tt, w[d].suf3, w[h].suf3);
    *f++ = dl_f2(35, tt, w[d].shape);
    *f++ = dl_f3(36, wd, th, right);
    *f++ = dl_f2(37, tt, few(nkid));
    *f++ = dl_f3(38, tt, own_aux, link);
    *f++ = dl_f3(39, tt, w[k0].tag, rh);
    *f++ = dl_f3(40, tt, gap, w[k0].word);
    *f++ = dl_f3(41, tt, seen, link);
    *f++ = dl_f3(42, tt, w[h].shape, w[d].shape);
    *f++ = dl_f3(43, tt, wh, rh);
    return (uint32_t)(f - start);
}

void dl_label_set(dl_label_state *s, uint32_t d, uint8_t rel)
{
    s->rel[d] = rel;
    s->seen[s->head[d]] |= seen_bit[rel];
}

uint64_t dl_label_key(const dl_label_state *s, uint32_t d)
{
    return dl_f3(0, tags_of(s->w, d, s->head[d]), s->w[s->link[d]].word, s->w[d].lex);
}

/* Half of all arcs need no model: a determiner before its noun is det, a comma is punct, "by police" under a participle is obl:agent. */
uint8_t dl_label_sure(const dl_weights *g, const dl_label_state *s, uint32_t d)
{
    uint32_t h = s->head[d];
    if (h > s->n) return DL_R_root;
    uint8_t rel = g->rel_sure[((uint32_t)s->w[d].cls * g->ntag + s->w[h].cls) * 2 + (d > h)];
    if (rel || !g->rel_plain) return rel;
    uint64_t f = dl_label_key(s, d);
    uint32_t plain = dl_pick16(g->rel_plain[dl_bucket(f, g->rel_plain_shift)], dl_mark16(f));
    return plain < DL_REL_N ? (uint8_t)plain : 0;
}

static uint8_t best_relation(const dl_weights *g, const dl_label_state *s, uint32_t d)
{
    uint64_t f[DL_REL_FEATURES];
    int16_t score[DL_ROWS_CLASSES] = { 0 };
    dl_rows_score(&g->rels, f, dl_label_features(s, d, f), score);
    return (uint8_t)dl_rows_best(score, 1, DL_REL_N);                      /* from 1: only one word is the root */
}

void dl_label(const dl_weights *g, dl_label_state *s)
{
    for (uint32_t k = 0; k < s->norder; k++) {
        uint32_t d = s->order[k];
        uint8_t rel = dl_label_sure(g, s, d);
        dl_label_set(s, d, rel || s->head[d] > s->n ? rel : best_relation(g, s, d));
    }
}
