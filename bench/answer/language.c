/* language.c - trees, names, coreference, which language. */
#include <stdio.h>
#include "answer/answer.h"
#include "article/parts.h"
#include "intake/intake.h"
#include "language/coref.h"

/* ---- ud: raw text -> CoNLL-U; paragraphs are parted by blank lines ---- */

void answer_ud(desk *d, dl_str whole, dl_buf *out)
{
    DL_VEC(dl_span) block = { 0 };
    uint32_t b = 0, e = 0;
    for (uint32_t i = 0, end; i < whole.n; i = end + 1) {
        int64_t nl = dl_find(whole, DL_STR("\n"), i);
        end = nl < 0 ? whole.n : (uint32_t)nl;
        bool blank = dl_trim(dl_cut(whole, i, end)).n == 0;
        if (blank && e > b) *dl_push(&d->mem, &block) = (dl_span){ b, e };
        if (blank) b = e = end + 1;
        else e = end;
    }
    if (e > b) *dl_push(&d->mem, &block) = (dl_span){ b, e };
    dl_language l;
    dl_read_language(d->model, &d->mem, &d->scratch, given_text(d, whole), block.v, NULL, block.n, &l);
    dl_conllu(&l, whole, DL_STR("text"), out);
}

/* ---- names: one sentence a line ---- */

/* "US forces" names a place, "Belgian forces" and "Belgians" do not. */
static const char *place_type(const coded *c, const dl_place *p)
{
    const dl_token *t = &c->lang->tok[p->te - 1];
    return p->use == DL_USE_DEMONYM && (t->upos != DL_PROPN || t->xpos == DL_NNPS) ? "MISC" : "LOC";
}

/* A name of which nothing is known is most often a person's. */
static const char *name_type(const coded *c, const dl_mention *m)
{
    for (uint32_t i = 0; i < c->f->places.n; i++)
        if (c->f->places.v[i].at.b == m->at.b && c->f->places.v[i].at.e == m->at.e) return place_type(c, &c->f->places.v[i]);
    const dl_entity *e = m->entity == DL_NONE ? NULL : &c->f->entities.v[m->entity];
    bool address = dl_find(dl_at(c->art->text, m->at), DL_STR("/"), 0) >= 0;
    switch (!e || (e->kind == DL_KIND_other && dl_class_none(e->classes)) ? DL_KIND_none : e->kind) {
    case DL_KIND_none: return address ? "MISC" : "PER";
    case DL_KIND_person: return "PER";
    case DL_KIND_group: case DL_KIND_government: case DL_KIND_organisation: case DL_KIND_force: return "ORG";
    case DL_KIND_facility: return "LOC";
    default: return "MISC";
    }
}

static void put_name(const desk *d, dl_buf *out, dl_span at, const char *type) { dl_putf(out, "%u\t%u\t%s\n", d->at + at.b, d->at + at.e, type); }

/* Names of entities, then places inside none of them, then what the report's dateline names. */
void answer_names(desk *d, dl_str line, dl_buf *out)
{
    coded c = answer_code(d, line, DL_STR(""));
    if (!c.doc) return;
    uint32_t behind = 0;
    for (uint32_t i = 0; i < c.f->mentions.n; i++) {
        const dl_mention *m = &c.f->mentions.v[i];
        if (m->kind != DL_MENTION_NAME || m->at.b < behind) continue;
        put_name(d, out, m->at, name_type(&c, m));
        behind = m->at.e;
    }
    for (uint32_t i = 0; i < c.f->places.n; i++) {
        const dl_place *p = &c.f->places.v[i];
        bool inside = false;
        for (uint32_t k = 0; k < c.f->mentions.n && !inside; k++) inside = c.f->mentions.v[k].kind == DL_MENTION_NAME && dl_touch(p->at, c.f->mentions.v[k].at);
        if (!inside) put_name(d, out, p->at, place_type(&c, p));
    }
    if (dl_len(c.art->dateline.place)) put_name(d, out, c.art->dateline.place, "LOC");
    if (dl_len(c.art->dateline.agency)) put_name(d, out, c.art->dateline.agency, "ORG");
    answer_done(&c);
}

/* ---- coref ---- */

void answer_coref(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), DL_STR(""));
    if (!c.doc) return;
    const dl_coref none = { 0 }, *chains = c.lang->coref ? c.lang->coref : &none;
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "mentions");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < chains->n; i++) {
        dl_jw_open(&w, '{');
        dl_jw_key(&w, "start"), dl_jw_int(&w, chains->v[i].at.b);
        dl_jw_key(&w, "end"), dl_jw_int(&w, chains->v[i].at.e);
        dl_jw_key(&w, "chain"), dl_jw_int(&w, chains->v[i].chain);
        dl_jw_close(&w, '}');
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}

/* ---- language-id: CODE <tab> KIND <tab> TEXT; the language that the article stage gives to a report of that text ---- */

void answer_language_id(desk *d, dl_str line, dl_buf *out)
{
    int64_t kind = dl_find(line, DL_STR("\t"), 0), text = kind < 0 ? -1 : dl_find(line, DL_STR("\t"), (uint32_t)kind + 1);
    if (text < 0) return;
    dl_str s = given_text(d, dl_cut(line, (uint32_t)text + 1, line.n));
    dl_about about = { .size = sizeof about, .format = "text" };
    dl_article art = { .published = DL_NO_DAY };
    dl_intake(&d->mem, &d->scratch, s.p, s.n, &about, &art);
    dl_article_parts(d->book, &d->mem, &d->scratch, &art);
    dl_putf(out, "{\"n\":%u,\"language\":\"%s\"}\n", d->number, art.language);
}
