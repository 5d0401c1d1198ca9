/* papers.c - documents whose names are marked, read as the program reads: its own tokens, tags, trees and hints, the marks laid over them by bytes. */
#include "names.h"
#include <stdlib.h>

/* ---- reading --------------------------------------------------------------------------------------------------------------- */

static uint8_t type_of(dl_str bio)
{
    static const char *const names[DL_NAME_TYPES] = { "", "PER", "ORG", "LOC", "MISC" };
    for (uint8_t t = 1; t < DL_NAME_TYPES; t++) if (bio.n > 2 && dl_is(dl_cut(bio, 2, bio.n), names[t])) return t;
    return 0;
}

typedef struct { dl_buf text; uint32_t line; paper *p; uint8_t open; bool any; } taking;

static void end_line(study *s, taking *t)
{
    if (t->text.n > t->line) { *dl_push(s->a, &t->p->block) = (dl_span){ t->line, (uint32_t)t->text.n }; dl_putc(&t->text, '\n'); }
    t->line = (uint32_t)t->text.n;
    t->open = 0;
}

static void end_paper(study *s, taking *t)
{
    if (!t->p) return;
    end_line(s, t);
    t->p->text = dl_copy(s->a, dl_buf_str(&t->text));
    t->text.n = 0, t->line = 0;
    t->p = NULL;
}

static void take_token(study *s, taking *t, dl_str line)
{
    int64_t a = dl_find(line, DL_STR("\t"), 0), b = a < 0 ? -1 : dl_find(line, DL_STR("\t"), (uint32_t)a + 1);
    if (b < 0) return;
    dl_str word = dl_cut(line, 0, (uint32_t)a), bio = dl_cut(line, (uint32_t)b + 1, line.n);
    if (t->text.n > t->line) dl_putc(&t->text, ' ');
    uint32_t at = (uint32_t)t->text.n;
    dl_put(&t->text, word);
    uint8_t type = type_of(bio);
    if (type && bio.p[0] == 'I' && t->open == type) t->p->name.v[t->p->name.n - 1].at.e = (uint32_t)t->text.n;
    else if (type) *dl_push(s->a, &t->p->name) = (marked){ { at, (uint32_t)t->text.n }, type };
    t->open = type;
}

bool read_papers(study *s, papers *to, const char *path, uint32_t file)
{
    size_t n;
    char *v = slurp(path, &n);
    if (!v || n > UINT32_MAX) { fprintf(stderr, "can't read '%s'\n", path); free(v); return false; }
    dl_str all = { v, (uint32_t)n };
    bool parted = dl_find(all, DL_STR("# doc"), 0) >= 0;
    taking t = { 0 };
    dl_buf_init(&t.text, 0);
    for (uint32_t b = 0; b < all.n; ) {
        int64_t nl = dl_find(all, DL_STR("\n"), b);
        uint32_t e = nl < 0 ? all.n : (uint32_t)nl;
        dl_str line = dl_cut(all, b, e);
        b = e + 1;
        bool mark = dl_starts(line, DL_STR("# ")) && dl_find(line, DL_STR("\t"), 0) < 0;
        if (mark) { end_paper(s, &t); continue; }
        if (!line.n && t.p) { end_line(s, &t); if (!parted) end_paper(s, &t); continue; }
        if (!line.n) continue;
        if (!t.p) { t.p = dl_push(s->a, to); *t.p = (paper){ .file = file, .fold = (uint32_t)to->n }; }
        take_token(s, &t, line);
    }
    end_paper(s, &t);
    dl_buf_free(&t.text);
    free(v);
    return true;
}

/* ---- as the program reads them --------------------------------------------------------------------------------------------- */

void read_paper(study *s, paper *p)
{
    dl_article art = { .text = p->text, .published = DL_NO_DAY };
    dl_facts f = { 0 };
    dl_read_language(s->model, s->a, s->scratch, p->text, p->block.v, NULL, p->block.n, &p->l);
    dl_ask q = { s->book, &art, &p->l, s->a, s->scratch, false, &f, { NULL, s->gazetteer } };
    dl_find_hits(&q);
    dl_hint *hint = dl_new(s->a, dl_hint, p->l.ntok + 1);
    dl_hints(&q, hint);
    p->w = dl_new(s->a, dl_name_word, p->l.ntok + 2 * DL_PAD) + DL_PAD;
    dl_name_words(&s->g, &p->l, hint, s->scratch, p->w);
    p->right = dl_new(s->a, uint8_t, p->l.ntok + 1);
    p->seen = dl_new(s->a, uint8_t, p->l.ntok + 1);
    for (uint32_t k = 0, i = 0; k < p->name.n; k++) {
        while (i < p->l.ntok && p->l.tok[i].at.e <= p->name.v[k].at.b) i++;
        uint32_t b = i, e = i;
        while (e < p->l.ntok && p->l.tok[e].at.b < p->name.v[k].at.e && p->l.tok[e].sent == p->l.tok[b].sent) e++;
        for (uint32_t j = b; j < e; j++) p->right[j] = (uint8_t)dl_name_class(p->name.v[k].type, e - b == 1 ? DL_NAME_U : j == b ? DL_NAME_B : j + 1 == e ? DL_NAME_L : DL_NAME_I);
        i = e;
    }
}

static dl_str in_capitals(study *s, dl_str x)
{
    dl_str c = dl_copy(s->a, x);
    char *p = (char *)(uintptr_t)c.p;
    for (uint32_t i = 0; i < c.n; i++) if (dl_lower((unsigned char)p[i])) p[i] = (char)(p[i] - 32);
    return c;
}

void add_capitals(study *s, papers *v, uint32_t percent)
{
    uint32_t n = v->n;
    dice d = { 5 };
    for (uint32_t i = 0; i < n; i++) {
        if (below(&d, 100) >= percent) continue;
        paper c = v->v[i];
        c.text = in_capitals(s, c.text);
        c.copy = true;
        *dl_push(s->a, v) = c;
    }
}
