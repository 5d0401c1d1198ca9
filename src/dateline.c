/* dateline.c - the program on one page.
 *
 *   bytes -> intake -> article -> language -> facts -> record
 *
 * Only opening can fail. dl_code() is total: whatever the bytes are, there is a record; when a report's analysis outgrows its memory, the one way out
 * leads back here, and the record says so.
 */
#include <stdlib.h>
#include "article/languages.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/zst.h"
#include "codebook/gazetteer.h"
#include "inside.h"
#include "intake/intake.h"
#include "language/coref.h"
#include "model/model.h"
#include "record/store.h"

enum { SCRATCH_CAP = 1 << 28 };

struct dl_coder {
    const dl_codebook *book;
    const dl_model    *model;
    dl_model          *own_model;             /* opened by us */
    dl_gazetteer      *own_gazetteer;         /* the one built in; NULL: there is none */
    dl_options         options;
    dl_pool           *pool, *scratch_pool;
    dl_packer         *packer;                /* with options.keep */
    dl_arena           scratch;
    char               option_words[160], gazetteer_words[160];
};

struct dl_doc {
    dl_coder   *coder;
    dl_arena    mem;
    dl_article  art;
    dl_language lang;
    dl_facts    facts;
    dl_str      why;                          /* the one warning of give_up() */
    char       *new_id;
    dl_buf      json, text, tsv, explain, article;
    dl_buf      conllu;
    dl_buf      original, packed;             /* for a store: the report's bytes, and its record, by zstd */
    size_t      size;                         /* of the report's bytes */
};

void dl_options_default(dl_options *o) { *o = (dl_options){ .size = sizeof *o, .memory = (size_t)1 << 30 }; }

dl_coder *dl_coder_open(const dl_codebook *book, const dl_model *model, const dl_options *options, dl_error *err)
{
    dl_coder *c = calloc(1, sizeof *c);
    if (!c) { dl_fail(err, DL_ENOMEM, "no memory for a coder"); return NULL; }
    dl_options_default(&c->options);
    if (options) memcpy(&c->options, options, options->size < sizeof *options ? options->size : sizeof *options);
    if (!c->options.memory) c->options.memory = (size_t)1 << 30;
    c->book = book;
    if (!model) model = c->own_model = dl_model_open(NULL, err);
    bool whole = !model || dl_language_check(model, err);
    if (whole && model && !dl_languages_of(model).n) whole = false, dl_fail(err, DL_EFORMAT, "weights lack what tells languages apart: 'languages.item'");
    if (!whole) { dl_model_close(c->own_model); free(c); return NULL; }
    c->model = model;
    c->own_gazetteer = dl_gazetteer_open(NULL, NULL);
    c->pool = model ? dl_pool_open(c->options.memory) : NULL;
    c->scratch_pool = c->pool ? dl_pool_open(SCRATCH_CAP) : NULL;
    if (!c->scratch_pool || !dl_arena_open(&c->scratch, c->scratch_pool)) {
        if (model) dl_fail(err, DL_ENOMEM, "no address space for a coder");
        if (c->scratch_pool) dl_pool_close(c->scratch_pool);
        if (c->pool) dl_pool_close(c->pool);
        if (c->own_model) dl_model_close(c->own_model);
        dl_gazetteer_close(c->own_gazetteer);
        free(c);
        return NULL;
    }
    if (c->options.keep) c->packer = dl_packer_open();
    const dl_gazetteer *user = c->options.gazetteer, *own = c->own_gazetteer;
    snprintf(c->gazetteer_words, sizeof c->gazetteer_words, "%s%s%s", own ? dl_gazetteer_fingerprint(own) : "", own && user ? " + " : "", user ? dl_gazetteer_fingerprint(user) : "");
    snprintf(c->option_words, sizeof c->option_words, "memory=%zu%s%s", c->options.memory, c->options.sites ? "; sites " : "", c->options.sites ? dl_sites_fingerprint(c->options.sites) : "");
    return c;
}

void dl_coder_close(dl_coder *c)
{
    if (!c) return;
    dl_packer_close(c->packer);
    dl_arena_close(&c->scratch);
    dl_pool_close(c->scratch_pool);
    dl_pool_close(c->pool);
    dl_model_close(c->own_model);
    dl_gazetteer_close(c->own_gazetteer);
    free(c);
}

/* ---- the walk ---- */

/* The coded stretches of the report are what the language stage reads. */
static void read_language(dl_doc *d)
{
    dl_arena *a = &d->mem;
    uint32_t n = d->art.parts.n, k = 0;
    dl_span *block = dl_new(a, dl_span, n + 1);
    uint32_t *part = dl_new(a, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++)
        if (d->art.parts.v[i].coded && dl_len(d->art.parts.v[i].core)) block[k] = d->art.parts.v[i].core, part[k++] = i;
    dl_read_language(d->coder->model, a, &d->coder->scratch, d->art.text, block, part, k, &d->lang);
}

dl_ask dl_doc_ask(dl_doc *d) { return (dl_ask){ d->coder->book, &d->art, &d->lang, &d->mem, &d->coder->scratch, d->coder->options.explain, &d->facts, { d->coder->options.gazetteer, d->coder->own_gazetteer } }; }

static void find_facts(dl_doc *d)
{
    dl_ask q = dl_doc_ask(d);
    if (!d->lang.ntok) return;
    dl_find_hits(&q);
    dl_find_names(&q, d->coder->model, &d->lang);
    dl_read_coref(d->coder->model, d->coder->book, &d->mem, &d->coder->scratch, &d->lang);
    dl_facts_run(&q);
}

static void walk(dl_doc *d, const void *bytes, size_t n, const dl_input *in, const dl_about *about)
{
    if (in) dl_intake_input(&d->mem, &d->coder->scratch, in, &d->art);
    else dl_intake(&d->mem, &d->coder->scratch, bytes, n, about, &d->art);
    if (d->art.degraded) return;
    d->art.sites = d->coder->options.sites;
    dl_article_parts(d->coder->book, d->coder->model, &d->mem, &d->coder->scratch, &d->art);
    if (d->coder->options.article) return;
    read_language(d);
    find_facts(d);
}

/* The memory cap was hit: nothing half-made is told, only what the report is. */
static void give_up(dl_doc *d)
{
    d->why = DL_STR("the analysis outgrew its memory cap: not coded");
    d->lang = (dl_language){ 0 };
    d->facts = (dl_facts){ 0 };
    d->art.parts.n = 0, d->art.map.n = 0, d->art.blocks.n = 0, d->art.text = (dl_str){ 0 };
    d->art.dateline.found = false;
    d->art.warnings.v = &d->why, d->art.warnings.n = 1;
    d->art.degraded = true;
}

/* False: the cap was hit, and we came back by the one way out. */
static bool walked(dl_doc *d, const void *bytes, size_t n, const dl_input *in, const dl_about *about)
{
    jmp_buf full;
    d->mem.full = d->coder->scratch.full = &full;
    if (setjmp(full)) return false;
    walk(d, bytes, n, in, about);
    return true;
}

static void pack(dl_packer *by, const char *bytes, size_t n, dl_buf *out)
{
    if (!dl_zst_pack(by, bytes, n, out)) out->failed = true;
}

/* What a store packs of a report: its bytes (those of one too long to be read are nowhere) and its record. The packer is the coder's, and so is used here alone: a doc may
 * be on another thread later, while the coder is at its next. */
static void keep(dl_doc *d, const char *bytes, size_t n)
{
    dl_packer *by = d->coder->packer;
    if (bytes && n <= DL_REPORT_CAP) d->size = n, pack(by, bytes, n, &d->original);
    size_t json = dl_doc_json_size(d);
    if (json) pack(by, d->json.p, json, &d->packed);
}

static dl_doc *code(dl_coder *c, const void *bytes, size_t n, const dl_input *in, const dl_about *about)
{
    dl_doc *d = calloc(1, sizeof *d);
    if (!d) return NULL;
    d->coder = c;
    d->art.published = DL_NO_DAY;
    if (!dl_arena_open(&d->mem, c->pool)) { free(d); return NULL; }
    dl_marker mark = dl_mark(&c->scratch);
    if (!walked(d, bytes, n, in, about)) give_up(d);
    if (c->options.keep) keep(d, in ? in->bytes : bytes, in ? in->n : n);
    d->mem.full = c->scratch.full = NULL;
    dl_reset(&c->scratch, mark);
    return d;
}

dl_doc *dl_code(dl_coder *c, const void *bytes, size_t n, const dl_about *about) { return code(c, bytes, n, NULL, about); }
dl_doc *dl_code_input(dl_coder *c, const dl_input *in) { return code(c, NULL, 0, in, NULL); }

void dl_doc_free(dl_doc *d)
{
    if (!d) return;
    dl_buf_free(&d->json), dl_buf_free(&d->text), dl_buf_free(&d->tsv), dl_buf_free(&d->explain), dl_buf_free(&d->article);
    dl_buf_free(&d->conllu), dl_buf_free(&d->original), dl_buf_free(&d->packed);
    dl_arena_close(&d->mem);
    free(d->new_id);
    free(d);
}

/* ---- the record, written on demand ---- */

dl_record dl_doc_inside(const dl_doc *d)
{
    const dl_coder *c = d->coder;
    return (dl_record){ c->book, &d->art, &d->lang, &d->facts, DL_VERSION, dl_codebook_fingerprint(c->book), dl_model_fingerprint(c->model), c->option_words, c->gazetteer_words };
}

static const char *finish(dl_buf *b)
{
    dl_putc(b, '\0');
    return b->failed ? "" : b->p;
}

const char *dl_doc_json(dl_doc *d)
{
    if (!d->json.n && !d->json.failed) {
        dl_record r = dl_doc_inside(d);
        dl_buf_free(&d->json);
        dl_buf_init(&d->json, 0);
        dl_record_json(&r, &d->json);
        finish(&d->json);
    }
    return d->json.failed ? "" : d->json.p;
}

size_t dl_doc_json_size(dl_doc *d)
{
    dl_doc_json(d);
    return d->json.failed ? 0 : d->json.n - 1;
}

const char *dl_doc_text(dl_doc *d, bool colour)
{
    dl_record r = dl_doc_inside(d);
    dl_buf_free(&d->text);
    dl_buf_init(&d->text, 0);
    dl_record_text(&r, &d->text, colour);
    return finish(&d->text);
}

const char *dl_doc_tsv(dl_doc *d)
{
    dl_record r = dl_doc_inside(d);
    dl_buf_free(&d->tsv);
    dl_buf_init(&d->tsv, 0);
    dl_record_tsv(&r, &d->tsv);
    return finish(&d->tsv);
}

const char *dl_doc_conllu(dl_doc *d)
{
    dl_buf_free(&d->conllu);
    dl_buf_init(&d->conllu, 0);
    dl_conllu(&d->lang, d->art.text, d->art.id, &d->conllu);
    return finish(&d->conllu);
}

const char *dl_doc_explain(dl_doc *d, bool colour)
{
    dl_record r = dl_doc_inside(d);
    dl_buf_free(&d->explain);
    dl_buf_init(&d->explain, 0);
    dl_record_explain(&r, &d->explain, colour);
    return finish(&d->explain);
}

dl_stored dl_store_put(dl_store *s, dl_doc *d, dl_error *err)
{
    dl_record r = dl_doc_inside(d);
    dl_kept kept = { .json = { dl_doc_json(d), (uint32_t)dl_doc_json_size(d) }, .size = d->size };
    if (kept.json.n && !d->packed.n) pack(NULL, kept.json.p, kept.json.n, &d->packed);         /* a new id, or a coder that keeps nothing */
    kept.packed = dl_buf_str(&d->packed), kept.original = d->original.n ? dl_buf_str(&d->original) : (dl_str){ 0 };
    if (kept.json.n && !d->packed.failed && !d->original.failed) return dl_store_record(s, &r, &kept, err);
    dl_fail(err, DL_ENOMEM, "no memory for a record");
    return DL_STORED_NOT;
}

const char *dl_doc_article(dl_doc *d)
{
    dl_buf_free(&d->article);
    dl_buf_init(&d->article, 0);
    dl_record_article(&d->art, &d->article);
    return finish(&d->article);
}

const char *dl_doc_article_text(dl_doc *d)
{
    dl_buf_free(&d->article);
    dl_buf_init(&d->article, 0);
    dl_record_article_text(&d->art, &d->article);
    return finish(&d->article);
}

const char *dl_tsv_header(void) { return dl_record_tsv_head; }
size_t      dl_doc_warnings(const dl_doc *d) { return d->art.warnings.n; }
bool        dl_doc_failed(const dl_doc *d) { return d->json.failed || d->text.failed || d->tsv.failed || d->explain.failed; }
bool        dl_doc_degraded(const dl_doc *d) { return d->art.degraded; }

bool dl_doc_set_id(dl_doc *d, const char *id)
{
    char *copy = strdup(id);
    if (!copy) return false;
    free(d->new_id);
    d->new_id = copy;
    d->art.id = dl_str_of(copy);
    dl_buf_free(&d->json), dl_buf_free(&d->packed);
    return true;
}

const char *dl_doc_id(const dl_doc *d) { return d->art.id.p ? d->art.id.p : ""; }
