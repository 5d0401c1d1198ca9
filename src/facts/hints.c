/* hints.c - what the codebook and the gazetteers tell the name tagger of each word: names of places and actors, nouns of known classes, lists of small words.
 * Hints, not answers: "Jordan" is told to be a country wherever it stands. */
#include "facts/where.h"

static void note_place(dl_hint *h, const dl_hit *hit, uint32_t i, const dl_codebook *book)
{
    static const uint8_t of_kind[] = { [DL_PLACE_COUNTRY] = DL_HINT_COUNTRY, [DL_PLACE_REGION] = DL_HINT_REGION, [DL_PLACE_CITY] = DL_HINT_CITY, [DL_PLACE_MACRO] = DL_HINT_MACRO };
    uint16_t form = hit->posting->form;
    uint8_t kind = dl_book_place(book, hit->posting->id)->kind;
    uint8_t v = form & DL_F_ADJECTIVE ? DL_HINT_ADJECTIVE : form & DL_F_PEOPLE ? DL_HINT_PEOPLE : kind < sizeof of_kind ? of_kind[kind] : DL_HINT_NOWHERE;
    if (!h->place) h->place = (uint8_t)(v | (i > hit->b ? 16 : 0));
}

static void note(const dl_ask *q, const dl_hit *hit, dl_hint *hint)
{
    for (uint32_t i = hit->b; i < hit->e; i++) {
        dl_hint *h = &hint[i];
        uint8_t inside = i > hit->b ? 16 : 0;
        switch (hit->posting->kind) {
        case DL_P_PLACE: note_place(h, hit, i, q->book); break;
        case DL_P_ACTOR: if (!h->actor) h->actor = (uint8_t)((dl_book_actor(q->book, hit->posting->id)->kind + 1u) | inside); break;
        case DL_P_CLASS: {
            const dl_class *c = dl_book_class(q->book, hit->posting->id);
            if (i + 1 == hit->e && !h->noun) h->noun = (uint8_t)((c->kind + 1u) | (c->office ? 16 : 0));
            break;
        }
        case DL_P_LIST: if (!h->list) h->list = (uint8_t)(dl_book_list(q->book, hit->posting->id)->list + 1u); break;
        default: break;
        }
    }
}

/* Names that only a gazetteer has; how large the largest of their bearers is. */
static void note_gazetteer(const dl_ask *q, uint32_t i, dl_hint *hint)
{
    uint8_t size = 0;
    uint32_t e = dl_gazetteer_name(q, i, &size);
    for (uint32_t k = i; k < e; k++)
        if (!hint[k].place) hint[k].place = (uint8_t)((size >= 8 * 16 ? DL_HINT_LARGE : size >= 8 * 13 ? DL_HINT_SMALL : DL_HINT_TINY) | (k > i ? 16 : 0));
}

void dl_hints(dl_ask *q, dl_hint *hint)
{
    const dl_hits *h = &q->f->hits;
    for (uint32_t k = 0; k < h->n; k++) note(q, &h->v[k], hint);
    for (uint32_t i = 0; i < q->lang->ntok; i++)
        if (q->lang->tok[i].capital && !hint[i].place) note_gazetteer(q, i, hint);
}

void dl_find_names(dl_ask *q, const dl_model *model, dl_language *l)
{
    dl_marker mark = dl_mark(q->scratch);
    dl_hint *hint = dl_new(q->scratch, dl_hint, l->ntok + 1);
    dl_hints(q, hint);
    dl_read_names(model, q->mem, q->scratch, hint, l);
    dl_reset(q->scratch, mark);
}
