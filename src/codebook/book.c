/* book.c - looking things up in a pack that has been checked. No call fails, none allocates. */
#include <stdlib.h>
#include "codebook/pack.h"

const dl_posting *dl_book_find(const dl_codebook *b, dl_str folded, uint32_t *n, bool *longer)
{
    uint64_t h = dl_hash(folded);
    uint32_t mask = b->nslots - 1, tag = (uint32_t)(h >> 32);
    *n = 0, *longer = false;
    for (uint32_t i = (uint32_t)h & mask; b->slots[i].row; i = (i + 1) & mask) {
        if (b->slots[i].tag != tag) continue;
        const dl_phrase_row *r = &b->phrases[b->slots[i].row - 1];
        if (!dl_eq(dl_pack_str(b, r->key), folded)) continue;
        *n = r->n_longer >> 1, *longer = r->n_longer & 1;
        return b->postings + r->first;
    }
    return NULL;
}

dl_str dl_book_str(const dl_codebook *b, dl_ref r) { return dl_pack_str(b, r); }
const dl_sense *dl_book_sense(const dl_codebook *b, uint32_t id) { return &b->senses[id]; }
uint32_t dl_book_nsense(const dl_codebook *b) { return b->nsenses; }
const dl_frame *dl_book_frames(const dl_codebook *b) { return b->frames; }
const dl_item *dl_book_items(const dl_codebook *b) { return b->items; }
const dl_ref *dl_book_refs(const dl_codebook *b) { return b->refs; }
const dl_exclusion *dl_book_exclusions(const dl_codebook *b) { return b->exclusions; }
const dl_class *dl_book_class(const dl_codebook *b, uint32_t id) { return &b->classes[id]; }
uint32_t dl_book_nclass(const dl_codebook *b) { return b->nclasses; }
const dl_place_row *dl_book_place(const dl_codebook *b, uint32_t id) { return &b->places[id]; }
uint32_t dl_book_nplace(const dl_codebook *b) { return b->nplaces; }
const dl_actor_row *dl_book_actor(const dl_codebook *b, uint32_t id) { return &b->actors[id]; }
uint32_t dl_book_nactor(const dl_codebook *b) { return b->nactors; }
const dl_term *dl_book_terms(const dl_codebook *b) { return b->terms; }
const dl_list_item *dl_book_list(const dl_codebook *b, uint32_t id) { return &b->lists[id]; }
bool dl_book_list_word(const dl_codebook *b, dl_str word)
{
    uint32_t h = (uint32_t)dl_hash(word) & 65535;
    return b->list_words[h >> 6] >> (h & 63) & 1;
}

uint32_t dl_book_nlist(const dl_codebook *b) { return b->nlists; }
const dl_named *dl_book_topic(const dl_codebook *b, uint32_t id) { return &b->topics[id]; }
uint32_t dl_book_ntopic(const dl_codebook *b) { return b->ntopics; }
const dl_named *dl_book_context(const dl_codebook *b, uint32_t id) { return &b->contexts[id]; }
uint32_t dl_book_ncontext(const dl_codebook *b) { return b->ncontexts; }
uint32_t dl_book_type_quad(const dl_codebook *b, dl_type t) { return (unsigned)t < DL_TYPE_N ? b->types[t].quad : 0; }
int dl_book_type_score10(const dl_codebook *b, dl_type t) { return (unsigned)t < DL_TYPE_N ? b->types[t].score10 : 0; }
dl_str dl_book_file(const dl_codebook *b, uint16_t file) { return file < b->nfiles ? dl_pack_str(b, b->files[file].name) : (dl_str){ "", 0 }; }
uint32_t dl_book_nfile(const dl_codebook *b) { return b->nfiles; }
uint32_t dl_book_nexample(const dl_codebook *b) { return b->nexamples; }
const dl_example *dl_book_example(const dl_codebook *b, uint32_t i) { return &b->examples[i]; }
const char *dl_codebook_fingerprint(const dl_codebook *b) { return b->fingerprint; }

void dl_book_origin(const dl_codebook *b, const dl_posting *p, uint16_t *file, uint32_t *line)
{
    const dl_origin *o = &b->origins[p - b->postings];
    *file = o->file, *line = o->line;
}

const dl_cameo *dl_book_cameo(const dl_codebook *b, dl_str code)
{
    uint32_t lo = 0, hi = b->ncameo;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        int c = dl_cmp(dl_pack_str(b, b->cameo[mid].code), code);
        if (c == 0) return &b->cameo[mid];
        if (c < 0) lo = mid + 1;
        else hi = mid;
    }
    return NULL;
}

const dl_sector *dl_book_sector(const dl_codebook *b, dl_str code)
{
    for (uint32_t i = 0; i < b->nsectors; i++) if (dl_eq(dl_pack_str(b, b->sectors[i].code), code)) return &b->sectors[i];
    return NULL;
}

const dl_acled *dl_book_acled(const dl_codebook *b, dl_type type, dl_str mode)
{
    for (uint32_t i = 0; i < b->nacled; i++)
        if (b->acled[i].type == (uint32_t)type && (!b->acled[i].mode.n || dl_eq(dl_pack_str(b, b->acled[i].mode), mode))) return &b->acled[i];
    return NULL;
}

const dl_country_codes *dl_book_country_codes(const dl_codebook *b, dl_str alpha2)
{
    for (uint32_t i = 0; i < b->ncodes; i++) if (dl_eq(dl_pack_str(b, b->codes[i].alpha2), alpha2)) return &b->codes[i];
    return NULL;
}

uint32_t dl_book_country(const dl_codebook *b, dl_str alpha)
{
    char key[4] = { 0 };
    if (alpha.n != 2 && alpha.n != 3) return UINT32_MAX;
    memcpy(key, alpha.p, alpha.n);
    uint32_t lo = 0, hi = b->ncountries;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        int c = memcmp(b->countries[mid].alpha, key, 4);
        if (c == 0) return b->countries[mid].place;
        if (c < 0) lo = mid + 1;
        else hi = mid;
    }
    return UINT32_MAX;
}

uint32_t dl_book_class_id(const dl_codebook *b, const char *name)
{
    for (uint32_t i = 0; i < b->nclasses; i++)
        if (dl_is(dl_pack_str(b, b->classes[i].name), name)) return i;
    return UINT32_MAX;
}

dl_str dl_book_list_value(const dl_codebook *b, dl_list list, dl_str folded)
{
    uint32_t n;
    bool longer;
    const dl_posting *p = dl_book_find(b, folded, &n, &longer);
    for (uint32_t i = 0; i < n; i++)
        if (p[i].kind == DL_P_LIST && b->lists[p[i].id].list == list) return dl_pack_str(b, b->lists[p[i].id].value);
    return (dl_str){ 0 };
}

dl_str dl_book_source(const dl_codebook *b, uint16_t file, dl_buf *scratch)
{
    if (file >= b->nfiles) return (dl_str){ "", 0 };
    if (!scratch->n) {
        char *text = dl_pack_sources(b);
        if (!text) return (dl_str){ "", 0 };
        dl_put(scratch, (dl_str){ text, b->h->sources_size });
        free(text);
        if (scratch->failed) return (dl_str){ "", 0 };
    }
    return (dl_str){ scratch->p + b->files[file].off, b->files[file].n };
}
