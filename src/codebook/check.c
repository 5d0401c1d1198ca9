/* check.c - a pack is read with suspicion: nothing in it is used before every offset, id, count and enumerated value has been found in range.
 *
 * The checksum finds accidents; the checks behind it find lies. After dl_pack_check no look-up can leave the pack.
 */
#include <stdio.h>
#include "base/error.h"
#include "codebook/pack.h"

static bool fail(dl_error *e, const char *what)
{
    dl_fail(e, DL_EFORMAT, "not a sound codebook: %s", what);
    return false;
}

/* ---- header ---- */

static bool check_header(dl_codebook *b, dl_error *err)
{
    const dl_pack_header *h = b->h;
    if (b->n < sizeof *h) { dl_fail(err, DL_EFORMAT, "codebook is cut off: %zu bytes", b->n); return false; }
    if (memcmp(h->magic, DL_PACK_MAGIC, 8) != 0) { dl_fail(err, DL_EFORMAT, "not a compiled codebook"); return false; }
    if (h->order != DL_PACK_ORDER) { dl_fail(err, DL_EVERSION, "codebook was built on a machine of another byte order"); return false; }
    if (h->oldest > DL_PACK_VERSION || h->version < DL_PACK_OLDEST || h->nsection != DL_SEC_N || h->layout != dl_pack_layout()) {
        dl_fail(err, DL_EVERSION, "codebook of format %u was built by another version of dateline: build it again from its sources", h->version);
        return false;
    }
    if (h->size != b->n) { dl_fail(err, DL_EFORMAT, "codebook is %s: %zu bytes of %llu", h->size > b->n ? "cut off" : "too long", b->n, (unsigned long long)h->size); return false; }
    dl_pack_header zeroed = *h;
    zeroed.checksum = 0;
    uint64_t sum = dl_hash64(b->p + sizeof *h, b->n - sizeof *h, dl_hash64(&zeroed, sizeof zeroed, 0));
    if (sum != h->checksum) { dl_fail(err, DL_ECHECKSUM, "codebook is damaged: its checksum does not hold"); return false; }
    return true;
}

static bool take_sections(dl_codebook *b, dl_error *err)
{
    const dl_section *s = b->h->section;
#define X(name, T)                                                                                                                                         \
    if (s->size != sizeof(T) || s->off % 8 || s->off < sizeof *b->h || s->off > b->n || s->n > (b->n - s->off) / sizeof(T)) return fail(err, "section " #name); \
    b->name = (const T *)(const void *)(b->p + s->off), b->n##name = s->n, s++;
    DL_SECTIONS(X)
#undef X
    return true;
}

/* ---- rows ---- */

static bool ref(const dl_codebook *b, dl_ref r) { return r.off <= b->nstrings && r.n <= b->nstrings - r.off; }
static bool range(uint32_t first, uint32_t n, uint32_t of) { return first <= of && n <= of - first; }
static bool maybe(uint32_t id, uint32_t of) { return id < of || id == UINT32_MAX; }

static bool sense_ok(const dl_codebook *b, const dl_sense *s)
{
    return ref(b, s->id) && s->type < DL_TYPE_N && s->stage < DL_STAGE_N && s->certainty < DL_CERT_N && s->says < DL_ROLE_N && s->role_from < DL_ROLE_N && s->role_to < DL_ROLE_N &&
           s->control < DL_ROLE_N && s->negated < 4 && s->legal < DL_LEGAL_N && s->measure < DL_MEAS_N && s->file < b->nfiles && ref(b, s->mode) && ref(b, s->cameo) && ref(b, s->incident) &&
           ref(b, s->gloss) && range(s->frame, s->nframe, b->nframes) && range(s->excl, s->nexcl, b->nexclusions) && range(s->context, s->ncontext, b->nrefs);
}

static bool frame_ok(const dl_codebook *b, const dl_frame *f) { return f->pos >= DL_POS_VERB && f->pos <= DL_POS_PHRASE && range(f->item, f->nitem, b->nitems); }
static bool item_ok(const dl_codebook *b, const dl_item *i) { return i->role < DL_ROLE_N && i->by >= DL_BY_SUBJECT && i->by <= DL_BY_MODIFIER && range(i->prep, i->nprep, b->nrefs); }
static bool exclusion_ok(const dl_codebook *b, const dl_exclusion *x) { return x->what >= 1 && x->what <= 3 && x->role < DL_ROLE_N && (x->what != 2 || x->topic < b->ntopics) && ref(b, x->phrase); }
static bool class_ok(const dl_codebook *b, const dl_class *c) { return ref(b, c->name) && ref(b, c->code) && c->kind < DL_KIND_N && c->index < DL_CLASS_MAX; }
static bool named_ok(const dl_codebook *b, const dl_named *n) { return ref(b, n->name); }
static bool list_ok(const dl_codebook *b, const dl_list_item *l) { return l->list > 0 && l->list < DL_LIST_N && ref(b, l->value) && ref(b, l->word); }
static bool term_ok(const dl_codebook *b, const dl_term *t) { return ref(b, t->code) && ref(b, t->role); }
static bool actor_ok(const dl_codebook *b, const dl_actor_row *a) { return ref(b, a->name) && a->kind < DL_KIND_N && range(a->term, a->nterm, b->nterms); }
static bool sector_ok(const dl_codebook *b, const dl_sector *s) { return ref(b, s->code) && ref(b, s->words) && ref(b, s->acled) && s->office < 2 && s->armed < 2; }
static bool acled_ok(const dl_codebook *b, const dl_acled *a) { return ref(b, a->mode) && ref(b, a->event) && ref(b, a->sub_event) && ref(b, a->disorder) && a->type < DL_TYPE_N; }
static bool codes_ok(const dl_codebook *b, const dl_country_codes *c) { return ref(b, c->alpha2) && ref(b, c->fips); }
static bool cameo_ok(const dl_codebook *b, const dl_cameo *c) { return ref(b, c->code) && ref(b, c->name) && ref(b, c->mode) && c->type < DL_TYPE_N; }
static bool country_ok(const dl_codebook *b, const dl_country_key *c) { return c->place < b->nplaces; }
static bool file_ok(const dl_codebook *b, const dl_file_row *f) { return ref(b, f->name) && range(f->off, f->n, b->h->sources_size) && f->layer < b->nlayers; }
static bool layer_ok(const dl_codebook *b, const dl_layer_row *l) { return ref(b, l->name) && ref(b, l->version) && range(l->file, l->nfile, b->nfiles); }
static bool origin_ok(const dl_codebook *b, const dl_origin *o) { return o->file < b->nfiles; }
static bool refs_ok(const dl_codebook *b, const dl_ref *r) { return ref(b, *r); }

static bool place_ok(const dl_codebook *b, const dl_place_row *p)
{
    return ref(b, p->name) && ref(b, p->alpha3) && ref(b, p->admin1) && ref(b, p->admin2) && ref(b, p->cls) && p->kind >= DL_PLACE_COUNTRY && p->kind <= DL_PLACE_MACRO &&
           maybe(p->country, b->nplaces) && maybe(p->capital, b->nplaces) && maybe(p->region, b->nplaces);
}

static bool example_ok(const dl_codebook *b, const dl_example *x)
{
    return ref(b, x->sentence) && ref(b, x->expect) && x->sense < b->nsenses && x->file < b->nfiles && x->trigger.b <= x->trigger.e && x->trigger.e <= x->sentence.n && x->positive < 2;
}

static bool posting_ok(const dl_codebook *b, const dl_posting *p)
{
    const uint32_t of[] = { 0, b->nsenses, b->nclasses, b->nplaces, b->nactors, b->nlists, b->ntopics, b->ncontexts };
    return p->kind >= DL_P_SENSE && p->kind <= DL_P_CONTEXT && p->id < of[p->kind] && p->pos <= DL_POS_PHRASE && ref(b, p->tail);
}

static bool phrase_ok(const dl_codebook *b, const dl_phrase_row *r) { return ref(b, r->key) && range(r->first, r->n_longer >> 1, b->npostings); }

static bool slots_ok(const dl_codebook *b)
{
    bool hole = false;
    if (!b->nslots || (b->nslots & (b->nslots - 1))) return false;
    for (uint32_t i = 0; i < b->nslots; i++) {
        if (b->slots[i].row > b->nphrases) return false;
        hole = hole || !b->slots[i].row;
    }
    return hole;                                                         /* else a look-up would go round for ever */
}

static bool check_rows(const dl_codebook *b, dl_error *err)
{
#define ALL(section, ok)                                                          \
    for (uint32_t i = 0; i < b->n##section; i++)                                  \
        if (!ok(b, &b->section[i])) return fail(err, "row of " #section);
    ALL(senses, sense_ok) ALL(frames, frame_ok) ALL(items, item_ok) ALL(refs, refs_ok) ALL(exclusions, exclusion_ok) ALL(classes, class_ok) ALL(places, place_ok)
    ALL(countries, country_ok) ALL(actors, actor_ok) ALL(terms, term_ok) ALL(lists, list_ok) ALL(topics, named_ok) ALL(contexts, named_ok) ALL(cameo, cameo_ok)
    ALL(sectors, sector_ok) ALL(acled, acled_ok) ALL(codes, codes_ok)
    ALL(examples, example_ok) ALL(files, file_ok) ALL(layers, layer_ok) ALL(postings, posting_ok) ALL(origins, origin_ok) ALL(phrases, phrase_ok)
#undef ALL
    if (!slots_ok(b)) return fail(err, "table of phrases");
    if (b->ntypes != DL_TYPE_N || b->norigins != b->npostings || b->nfiles > 0xFFFF || b->ntopics > DL_TOPIC_MAX || b->ncontexts > DL_TOPIC_MAX)
        return fail(err, "counts");
    if (b->h->sources_size > 1u << 30 || b->h->packed > 1) return fail(err, "sources");
    for (uint32_t i = 0; i < DL_TYPE_N; i++)
        if (b->types[i].quad > 4) return fail(err, "row of types");
    return true;
}

static void put_fingerprint(dl_codebook *b)
{
    char *out = b->fingerprint;
    size_t n = 0, max = sizeof b->fingerprint - 20;
    for (uint32_t i = 0; i < b->nlayers && n < max; i++) {
        dl_str name = dl_pack_str(b, b->layers[i].name), version = dl_pack_str(b, b->layers[i].version);
        n += (size_t)snprintf(out + n, max - n, "%s%.*s%s%.*s", i ? " + " : "", (int)name.n, name.p, version.n ? " " : "", (int)version.n, version.p);
    }
    if (n >= max) n = max - 1;
    snprintf(out + n, sizeof b->fingerprint - n, " %.16s", b->h->digest);
}

bool dl_pack_check(dl_codebook *b, const void *p, size_t n, dl_error *err)
{
    b->p = p, b->n = n, b->h = p;
    if (!check_header(b, err) || !take_sections(b, err) || !check_rows(b, err)) return false;
    put_fingerprint(b);
    return true;
}
