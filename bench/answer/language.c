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

/* ---- names: documents of one sentence a line ---- */

void answer_names(desk *d, dl_str given, dl_buf *out)
{
    static const char *const types[DL_NAME_TYPES] = { "", "PER", "ORG", "LOC", "MISC" };
    DL_VEC(dl_span) block = { 0 };
    dl_language l;
    dl_facts f = { 0 };
    dl_article art = { .text = given_text(d, given), .published = DL_NO_DAY };
    for (uint32_t b = 0, e; b < given.n; b = e + 1) {
        int64_t nl = dl_find(given, DL_STR("\n"), b);
        e = nl < 0 ? given.n : (uint32_t)nl;
        if (e > b) *dl_push(&d->mem, &block) = (dl_span){ b, e };
    }
    dl_read_language(d->model, &d->mem, &d->scratch, art.text, block.v, NULL, block.n, &l);
    dl_ask q = { d->book, &art, &l, &d->mem, &d->scratch, false, &f, { NULL, d->gazetteer } };
    dl_find_hits(&q);
    dl_find_names(&q, d->model, &l);
    for (uint32_t i = 0; i < l.nname; i++) dl_putf(out, "%u\t%u\t%s\n", d->at + l.tok[l.name[i].tb].at.b, d->at + l.tok[l.name[i].te - 1].at.e, types[l.name[i].type]);
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
    dl_article_parts(d->book, d->model, &d->mem, &d->scratch, &art);
    dl_putf(out, "{\"n\":%u,\"language\":\"%s\"}\n", d->number, art.language);
}
