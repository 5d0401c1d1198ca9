/* privacy.c - who is a private person. Errs towards privacy: a person is public only by an office that the codebook calls so (ontology/sectors.tsv), or by a row of its actors.
 *
 * Nothing is inferred of anyone: sectors and ages stand in the text, or in the codebook beside a name.
 */
#include "record/store.h"

enum { ADULT = 18 };

static bool public_office(const dl_record *r, const dl_entity *e)
{
    if (e->actor != DL_NONE) return true;
    for (uint32_t i = 0; i < e->nsector; i++) {
        const dl_sector *s = dl_book_sector(r->book, e->sectors[i]);
        if (s && s->office) return true;
    }
    return false;
}

/* To whom sexual violence was done, or is said to have been done, be it denied or not. */
static bool victim_of_sexual_violence(const dl_record *r, uint32_t entity)
{
    for (uint32_t i = 0; i < r->f->events.n; i++) {
        const dl_event *v = &r->f->events.v[i];
        if (!dl_eq(v->mode, DL_STR("sexual"))) continue;
        for (uint32_t k = 0; k < v->slots.n; k++)
            if (v->slots.v[k].entity == entity && (v->slots.v[k].role == DL_ROLE_recipient || v->slots.v[k].role == DL_ROLE_object)) return true;
    }
    return false;
}

static bool named(const dl_record *r, const dl_entity *e)
{
    for (uint32_t m = e->first; m != DL_NONE; m = r->f->mention_next[m]) if (r->f->mentions.v[m].kind == DL_MENTION_NAME) return true;
    return false;
}

int dl_private(const dl_record *r, uint32_t entity)
{
    const dl_entity *e = &r->f->entities.v[entity];
    if (e->kind != DL_KIND_person || !named(r, e)) return 0;                 /* "two engineers" need no hiding */
    if ((e->age >= 0 && e->age < ADULT) || victim_of_sexual_violence(r, entity)) return 2;
    return public_office(r, e) ? 0 : 1;
}
