/* who.c - the mentions of everything that can act or be acted on: names, nouns of a known class, pronouns; then whom they stand for (entities.c). */
#include "facts/names.h"

static bool head_of_phrase(const dl_token *t)
{
    switch (t->rel) {
    case DL_R_compound: case DL_R_flat: case DL_R_flat_foreign: case DL_R_fixed: case DL_R_goeswith: case DL_R_case_: case DL_R_det: case DL_R_compound_prt: case DL_R_punct: case DL_R_cc: case DL_R_mark:
        return false;
    default:
        return true;
    }
}

static bool personal(const dl_ask *q, uint32_t i) { return q->lang->tok[i].upos == DL_PRON && dl_list_at(q, i, DL_LIST_pronouns, NULL).n > 0; }

/* "Police" of "Police Chief Ruiz" is a title's part; but "police" of "police raid" acts: what.c asks for it through the noun's modifiers. */
static bool acting_modifier(const dl_ask *q, uint32_t i)
{
    const dl_language *L = q->lang;
    const dl_token *t = &L->tok[i];
    if (t->rel != DL_R_compound && t->rel != DL_R_nmod_desc && t->rel != DL_R_amod) return false;
    bool demonym = q->f->place_of[i] != DL_NONE && q->f->places.v[q->f->place_of[i]].use == DL_USE_DEMONYM;
    if (q->f->class_hit[i] == DL_NONE && q->f->actor_hit[i] == DL_NONE && !demonym) return false;
    uint32_t h = t->head;
    for (uint32_t k = q->f->hits.first[h]; k < q->f->hits.first[h + 1]; k++)
        if (q->f->hits.v[k].posting->kind == DL_P_SENSE && q->f->hits.v[k].posting->pos == DL_POS_NOUN) return true;
    return false;
}

static void add_mention(dl_ask *q, uint32_t head, uint32_t tb, uint32_t te, dl_mention_kind kind)
{
    uint32_t m = q->f->mentions.n;
    *dl_push(q->mem, &q->f->mentions) = (dl_mention){ dl_tokens_span(q->lang, tb, te), head, tb, te, (uint8_t)kind, DL_NONE };
    q->f->mention_of[head] = m;
}

/* "Dawn" of "the House of Dawn": a word of a name that is told by another one. */
static bool inside_name(const dl_ask *q, uint32_t i)
{
    const dl_language *L = q->lang;
    if (!L->name_of || L->name_of[i] == DL_NONE || q->f->actor_hit[i] != DL_NONE || q->f->place_of[i] != DL_NONE) return false;
    const dl_name *n = &L->name[L->name_of[i]];
    return n->type == DL_NAME_ORG && n->te - n->tb > 2 && dl_phrase_head(L, n->tb, n->te) != i && dl_below(L, i, dl_phrase_head(L, n->tb, n->te));
}

static void consider(dl_ask *q, uint32_t i)
{
    const dl_token *t = &q->lang->tok[i];
    if (personal(q, i)) { add_mention(q, i, i, i + 1, DL_MENTION_PRONOUN); return; }
    bool known = q->f->class_hit[i] != DL_NONE || q->f->actor_hit[i] != DL_NONE || q->f->place_of[i] != DL_NONE;
    bool of = t->capital && !t->sentence_first && dl_is_noun(t) && i + 2 < q->lang->sent[t->sent].end && dl_is(q->lang->tok[i + 1].low, "of");      /* "the Lions of the North" */
    if (inside_name(q, i)) return;
    if (!known && t->upos != DL_PROPN && !dl_name_headed(q->lang, i) && !of && !dl_aged_noun(q->lang, i)) return;
    if (t->upos == DL_VERB || t->upos == DL_ADV || t->upos == DL_ADP || t->upos == DL_PUNCT) return;
    if ((!head_of_phrase(t) || t->rel == DL_R_amod) && !acting_modifier(q, i)) return;
    if (t->rel == DL_R_nmod_desc && q->lang->tok[t->head].upos == DL_PROPN && t->head > i && q->f->actor_hit[i] == DL_NONE) return;    /* a title: part of the name behind it */
    dl_naming n;
    if (!dl_name_phrase(q, i, &n)) return;
    add_mention(q, i, n.tb, n.te, n.is_name ? DL_MENTION_NAME : DL_MENTION_NOMINAL);
}

void dl_who(dl_ask *q)
{
    dl_classify_tokens(q);
    q->f->mention_of = dl_new(q->mem, uint32_t, q->lang->ntok + 1);
    memset(q->f->mention_of, 0xff, sizeof(uint32_t) * (q->lang->ntok + 1));
    for (uint32_t i = 0; i < q->lang->ntok; i++) consider(q, i);
    dl_resolve_mentions(q);
}
