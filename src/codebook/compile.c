/* compile.c - the whole of it on one page: sources -> entries -> names -> rows and phrases -> the bytes of a pack.
 *
 * Names of classes, topics and contexts are read before anything refers to them; tables before senses, since a CAMEO code must exist. Strings are kept once;
 * phrases keep their postings in the order of the sources.
 */
#include <stdlib.h>
#include "codebook/build.h"

/* ---- strings ---- */

static void append(dl_build *b, dl_str s)
{
    uint32_t need = b->bytes.n + s.n;
    if (need > b->bytes.cap) {
        uint32_t cap = b->bytes.cap ? b->bytes.cap : 1 << 16;
        while (cap < need) cap *= 2;
        char *v = dl_alloc(b->a, 1, 1, cap);
        if (b->bytes.n) memcpy(v, b->bytes.v, b->bytes.n);
        b->bytes.v = v, b->bytes.cap = cap;
    }
    if (s.n) memcpy(b->bytes.v + b->bytes.n, s.p, s.n);
    b->bytes.n = need;
}

dl_ref dl_string(dl_build *b, dl_str s)
{
    if (!s.n) return (dl_ref){ 0, 0 };
    uint32_t k = dl_intern_id(&b->strs, b->a, s);
    if (k > b->str_ref.n) {
        *dl_push(b->a, &b->str_ref) = (dl_ref){ b->bytes.n, s.n };
        append(b, s);
    }
    return b->str_ref.v[k - 1];
}

dl_str dl_text_of(const dl_build *b, dl_ref r) { return (dl_str){ b->bytes.v + r.off, r.n }; }

/* ---- phrases ---- */

static uint32_t key_of(dl_build *b, dl_str folded)
{
    uint32_t k = dl_intern_id(&b->phrase, b->a, folded);
    if (k > b->key.n) dl_push(b->a, &b->key);
    return k - 1;
}

void dl_add_phrase(dl_build *b, const dl_line *ln, dl_str folded, dl_str tail, dl_posting_kind kind, uint8_t pos, uint16_t form, uint32_t id)
{
    uint32_t k = key_of(b, folded);
    dl_ref t = dl_string(b, tail);
    for (uint32_t i = b->key.v[k].first; i; i = b->node.v[i - 1].next) {
        dl_posting *p = &b->node.v[i - 1].p;
        if (p->kind == kind && p->pos == pos && p->id == id && p->tail.off == t.off && p->tail.n == t.n) {
            const uint16_t narrow = DL_F_PROPER | DL_F_CAPS | DL_F_AKA;                 /* conditions hold only if they hold for both */
            p->form = (uint16_t)(((p->form | form) & ~narrow) | (p->form & form & narrow));
            return;
        }
    }
    dl_node *n = dl_push(b->a, &b->node);
    n->p = (dl_posting){ (uint8_t)kind, pos, form, id, t };
    n->at.line = ln->no, n->at.file = (uint16_t)ln->src;
    dl_key *key = &b->key.v[k];
    if (key->last) b->node.v[key->last - 1].next = b->node.n;
    else key->first = b->node.n;
    key->last = b->node.n, key->n++;
}

/* All beginnings of a phrase, so that a look-up knows when to go on. */
static void mark_beginnings(dl_build *b)
{
    uint32_t n = b->phrase.strs.n;
    for (uint32_t i = 0; i < n; i++) {
        dl_str p = b->phrase.strs.v[i];
        for (uint32_t k = 1; k < p.n; k++) {
            if (p.p[k] != ' ') continue;
            uint32_t beginning = key_of(b, dl_cut(p, 0, k));           /* first: it may move the array */
            b->key.v[beginning].longer = true;
        }
    }
}

/* ---- rows of the pack that are made at the end ---- */

typedef struct { dl_slot *slots; uint32_t nslots; dl_phrase_row *rows; dl_posting *postings; dl_origin *origins; uint32_t npostings; } phrase_table;

static void fill_phrases(dl_build *b, phrase_table *t)
{
    uint32_t n = b->key.n, size = 4;
    while (size < 2 * n) size *= 2;
    t->nslots = size;
    t->slots = dl_new(b->a, dl_slot, size), t->rows = dl_new(b->a, dl_phrase_row, n), t->postings = dl_new(b->a, dl_posting, b->node.n), t->origins = dl_new(b->a, dl_origin, b->node.n);
    for (uint32_t k = 0; k < n; k++) {
        const dl_key *key = &b->key.v[k];
        t->rows[k].key = dl_string(b, b->phrase.strs.v[k]);
        t->rows[k].first = t->npostings, t->rows[k].n_longer = key->n * 2 + key->longer;
        for (uint32_t i = key->first; i; i = b->node.v[i - 1].next) t->postings[t->npostings] = b->node.v[i - 1].p, t->origins[t->npostings++] = b->node.v[i - 1].at;
        uint64_t h = dl_hash(b->phrase.strs.v[k]);
        uint32_t at = (uint32_t)h & (size - 1);
        while (t->slots[at].row) at = (at + 1) & (size - 1);
        t->slots[at] = (dl_slot){ (uint32_t)(h >> 32), k + 1 };
    }
}

static int by_code(const void *x, const void *y, const dl_build *b) { return dl_cmp(dl_text_of(b, ((const dl_cameo *)x)->code), dl_text_of(b, ((const dl_cameo *)y)->code)); }

static void sort_cameo(dl_build *b)
{
    for (uint32_t i = 1; i < b->cameo.n; i++) {                    /* nearly sorted as it comes */
        dl_cameo c = b->cameo.v[i];
        uint32_t j = i;
        for (; j && by_code(&b->cameo.v[j - 1], &c, b) > 0; j--) b->cameo.v[j] = b->cameo.v[j - 1];
        b->cameo.v[j] = c;
    }
}

static dl_file_row *file_rows(dl_build *b, dl_buf *text)
{
    dl_file_row *rows = dl_new(b->a, dl_file_row, b->stack->sources.n + 1);
    for (uint32_t i = 0; i < b->stack->sources.n; i++) {
        const dl_source *s = &b->stack->sources.v[i];
        rows[i].name = dl_string(b, s->name), rows[i].off = (uint32_t)text->n, rows[i].n = s->text.n, rows[i].layer = s->layer;
        dl_put(text, s->text);
    }
    return rows;
}

static dl_layer_row *layer_rows(dl_build *b)
{
    dl_layer_row *rows = dl_new(b->a, dl_layer_row, b->stack->layers.n + 1);
    for (uint32_t i = 0; i < b->stack->layers.n; i++) {
        const dl_layer *l = &b->stack->layers.v[i];
        rows[i].name = dl_string(b, l->name), rows[i].version = dl_string(b, l->version), rows[i].file = l->first, rows[i].nfile = l->n, rows[i].alone = l->alone;
        memcpy(rows[i].digest, l->digest, 64);
    }
    return rows;
}

static void write_pack(dl_build *b, dl_buf *pack)
{
    phrase_table t = { 0 };
    dl_buf text, packed;
    dl_buf_init(&text, 1u << 30);
    dl_buf_init(&packed, 1u << 30);
    mark_beginnings(b);
    fill_phrases(b, &t);
    sort_cameo(b);
    dl_pack_parts p = { .packed = !(b->flags & DL_COMPILE_QUICK) };
    p.v[DL_SEC_files] = file_rows(b, &text), p.n[DL_SEC_files] = b->stack->sources.n;
    p.v[DL_SEC_layers] = layer_rows(b), p.n[DL_SEC_layers] = b->stack->layers.n;
    p.v[DL_SEC_slots] = t.slots, p.n[DL_SEC_slots] = t.nslots, p.v[DL_SEC_phrases] = t.rows, p.n[DL_SEC_phrases] = b->key.n;
    p.v[DL_SEC_postings] = t.postings, p.v[DL_SEC_origins] = t.origins, p.n[DL_SEC_postings] = p.n[DL_SEC_origins] = t.npostings;
    p.v[DL_SEC_types] = b->types, p.n[DL_SEC_types] = DL_TYPE_N;
#define TAKE(name) p.v[DL_SEC_##name] = b->name.v, p.n[DL_SEC_##name] = b->name.n;
    TAKE(senses) TAKE(frames) TAKE(items) TAKE(refs) TAKE(exclusions) TAKE(classes) TAKE(places) TAKE(countries) TAKE(actors) TAKE(terms) TAKE(lists) TAKE(topics) TAKE(contexts) TAKE(cameo) TAKE(sectors) TAKE(acled) TAKE(codes) TAKE(examples)
#undef TAKE
    p.v[DL_SEC_strings] = b->bytes.v, p.n[DL_SEC_strings] = b->bytes.n;
    if (p.packed) dl_pack_deflate(&text, &packed);
    dl_buf *src = p.packed ? &packed : &text;
    p.sources_size = (uint32_t)text.n, p.v[DL_SEC_sources] = src->p, p.n[DL_SEC_sources] = (uint32_t)src->n;
    dl_stack_digest(b->stack, p.digest);
    if (text.failed || packed.failed) pack->failed = true;
    else dl_pack_write(&p, pack);
    dl_buf_free(&text);
    dl_buf_free(&packed);
}

/* ---- the walk ---- */

static void codebook_entry(dl_build *b, const dl_entry *e, const dl_entry **seen)
{
    dl_str rest = e->head.rest, name = dl_next_word(&rest), w;
    if (!name.n) dl_bad(b, &e->head, e->head.key, "a codebook without a name: codebook NAME [version] [alone]");
    uint32_t versions = 0;
    while ((w = dl_next_word(&rest)).n)
        if (!dl_is(w, "alone") && ++versions > 1) dl_bad(b, &e->head, w, "nothing more is expected here");
    for (uint32_t i = 0; i < e->body.n; i++) dl_bad(b, &e->body.v[i], e->body.v[i].key, "`codebook` has no further lines");
    if (*seen && (*seen)->layer == e->layer) dl_bad(b, &e->head, e->head.key, "a second `codebook` line");
    *seen = e;
}

static void read_entries(dl_build *b)
{
    const dl_entry *book = NULL;
    for (uint32_t i = 0; i < b->stack->sources.n; i++)
        if (!b->stack->sources.v[i].table) dl_parse_source(b, i);
    for (uint32_t i = 0; i < b->entries.n; i++)
        if (b->entries.v[i].kind == DL_E_CODEBOOK) codebook_entry(b, &b->entries.v[i], &book);
        else if (b->entries.v[i].kind == DL_E_ACTOR) dl_actor_claim(b, &b->entries.v[i]);
}

static void build(dl_build *b, dl_buf *pack)
{
    read_entries(b);
    dl_tables_claim(b);
    dl_settle_entries(b);
    dl_lexicon_names(b);
    dl_tables_read(b, dl_ontology_tables, DL_ONTOLOGY_TABLES);
    for (uint32_t i = 0; i < b->entries.n; i++)
        if (!b->entries.v[i].dead && (b->entries.v[i].kind == DL_E_EVENT || b->entries.v[i].kind == DL_E_OPERATOR)) dl_sense_entry(b, &b->entries.v[i]);
    dl_lexicon_words(b);
    dl_tables_read(b, dl_place_tables, 4);
    dl_tables_read(b, dl_actor_tables, 1);
    for (uint32_t i = 0; i < b->entries.n; i++)
        if (b->entries.v[i].kind == DL_E_ACTOR) dl_actor_entry(b, &b->entries.v[i]);
    dl_actors_finish(b);
    dl_places_finish(b);
    if (b->flags & DL_COMPILE_LINT) dl_lint(b);
    if (pack && !b->diags->errors) write_pack(b, pack);
}

/* A file's mistakes together, in order of lines, as a reader goes through them. */
static int by_place(const void *x, const void *y)
{
    const dl_diag *a = x, *b = y;
    int c = strcmp(a->e.file, b->e.file);
    if (c) return c;
    if (a->e.line != b->e.line) return a->e.line < b->e.line ? -1 : 1;
    if (a->e.column != b->e.column) return a->e.column < b->e.column ? -1 : 1;
    return strcmp(a->e.message, b->e.message);
}

bool dl_stack_compile(dl_stack *stack, unsigned flags, dl_buf *pack)
{
    dl_build *b = dl_new(stack->a, dl_build, 1);
    b->a = stack->a, b->diags = stack->diags, b->stack = stack, b->flags = flags;
    dl_stack_name(stack);
    build(b, pack);
    if (stack->diags->n) qsort(stack->diags->v, stack->diags->n, sizeof *stack->diags->v, by_place);
    return !stack->diags->errors;
}
