/* mend.c - trees of the parser set right where what the codebook and the times know shows that they must be wrong.
 *
 *   "law enforcement officials fear"      two subjects side by side: the first belongs to the second
 *   "any planned attacks"                 a determiner before a "verb" before a noun: the verb is a participle of that noun
 *   "last September for belonging to"     a clause cannot hang on a day: it hangs on the verb above
 *
 * Heads move only within their sentence and never below themselves, so trees stay trees.
 */
#include "facts/tree.h"

static void set_head(dl_language *L, uint32_t i, uint32_t head, dl_rel rel)
{
    if (i == head || dl_below(L, head, i)) return;
    L->tok[i].head = head;
    L->tok[i].rel = (uint8_t)rel;
}

static bool core(uint8_t r) { return r == DL_R_nsubj || r == DL_R_nsubj_pass || r == DL_R_obj || r == DL_R_obl; }

static bool side_by_side(dl_language *L, uint32_t i)
{
    const dl_token *a = &L->tok[i], *b = &L->tok[i + 1];
    if (!dl_is_noun(a) || !dl_is_noun(b) || a->head != b->head || !core(a->rel) || a->rel != b->rel || a->sent != b->sent) return false;
    set_head(L, i, i + 1, DL_R_compound);
    return true;
}

/* Children of the false verb become the noun's. */
static bool participle(dl_language *L, uint32_t i)
{
    dl_token *det = &L->tok[i], *v = &L->tok[i + 1], *n = &L->tok[i + 2];
    if (det->sent != n->sent || det->upos != DL_DET || (v->xpos != DL_VBD && v->xpos != DL_VBN) || !dl_is_noun(n)) return false;
    if (det->head != i + 1 || n->head != i + 1 || dl_is_root(L, i + 1)) return false;
    uint8_t rel = v->rel;
    uint32_t head = v->head;
    n->head = head, n->rel = rel;
    DL_EACH_CHILD(L, i + 1, k) {
        if (k == i + 2) continue;
        uint8_t r = L->tok[k].rel;
        L->tok[k].head = i + 2;
        if (r == DL_R_obl) L->tok[k].rel = DL_R_nmod;
    }
    det->rel = DL_R_det;
    v->head = i + 2, v->rel = DL_R_amod, v->xpos = DL_VBN;
    return true;
}

static bool on_a_day(const dl_ask *q, dl_language *L, uint32_t i, const uint8_t *day)
{
    const dl_token *t = &L->tok[i];
    (void)q;
    if (dl_is_root(L, i) || !day[t->head] || day[i] || (t->rel != DL_R_acl && t->rel != DL_R_acl_relcl && t->rel != DL_R_advcl)) return false;
    uint32_t h = t->head;
    for (int up = 0; up < 8 && !dl_is_root(L, h); up++) {
        h = L->tok[h].head;
        if (!day[h] && dl_is_verb(&L->tok[h])) { set_head(L, i, h, DL_R_advcl); return true; }
    }
    return false;
}

/* The children lists are made again after heads moved. */
static void relist(dl_language *L)
{
    uint32_t *count = L->child_first;
    memset(count, 0, sizeof *count * (L->ntok + 1));
    for (uint32_t i = 0; i < L->ntok; i++)
        if (!dl_is_root(L, i)) count[L->tok[i].head + 1]++;
    for (uint32_t i = 0; i < L->ntok; i++) count[i + 1] += count[i];
    for (uint32_t i = L->ntok; i-- > 0;) {                          /* from the back: each list is filled from its end */
        if (dl_is_root(L, i)) continue;
        L->child[--count[L->tok[i].head + 1]] = i;
    }
    for (uint32_t i = 0; i < L->ntok; i++) count[i] = count[i + 1];  /* now count[h + 1] is where h's list begins */
    uint32_t n = 0;
    for (uint32_t i = 0; i < L->ntok; i++) n += !dl_is_root(L, i);
    count[L->ntok] = n;
}

void dl_mend_trees(dl_ask *q)
{
    dl_language *L = (dl_language *)(uintptr_t)q->lang;              /* the one place that changes what the language stage gave */
    dl_marker mark = dl_mark(q->scratch);
    uint8_t *day = dl_new(q->scratch, uint8_t, L->ntok + 1);
    bool moved = false;
    for (uint32_t t = 0; t < q->f->times.n; t++)
        for (uint32_t i = q->f->times.v[t].tb; i < q->f->times.v[t].te; i++) day[i] = 1;
    for (uint32_t i = 0; i < L->ntok; i++) {
        if (i + 1 < L->ntok) moved |= side_by_side(L, i);
        if (i + 2 < L->ntok) moved |= participle(L, i);
        moved |= on_a_day(q, L, i, day);
    }
    if (moved) relist(L);
    dl_reset(q->scratch, mark);
}
