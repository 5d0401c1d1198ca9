/* explain.c - for each event: the words, the sense that read them (file:line), each slot with its words, and every step of stage and certainty as a sentence. */
#include "record/words.h"

static void quote(const dl_record *r, dl_buf *b, dl_span at)
{
    dl_putz(b, "\"");
    dl_put_flat(b, dl_at(r->art->text, at), 90);
    dl_putf(b, "\" [%u,%u)", at.b, at.e);
}

static void slots(const dl_record *r, dl_buf *b, const dl_event *e)
{
    for (uint32_t i = 0; i < e->slots.n; i++) {
        const dl_slot *s = &e->slots.v[i];
        dl_putf(b, "    %s ", dl_role_name((dl_role)s->role));
        quote(r, b, s->at);
        if (s->entity != DL_NONE) {
            const dl_entity *x = &r->f->entities.v[s->entity];
            dl_putf(b, " = e%u ", s->entity + 1);
            dl_put_flat(b, x->name, 60);
            dl_putf(b, " (%s", dl_kind_name((dl_kind)x->kind));
            if (x->code.n) dl_putf(b, ", %.*s", (int)x->code.n, x->code.p);
            dl_putz(b, ")");
        } else if (s->event != DL_NONE) dl_putf(b, " = event v%u", s->event + 1);
        dl_putz(b, "\n");
    }
}

/* "Troy, NC, US (PPL, GeoNames 4496671; codebook world/cities.tsv:120): why it is that one". */
static void place(const dl_record *r, dl_buf *b, const dl_place *p)
{
    const dl_spot *s = p->is;
    dl_putf(b, "%.*s%s%.*s%s%.2s (%.*s", (int)s->name.n, s->name.p, s->admin1.n ? ", " : "", (int)s->admin1.n, s->admin1.p, s->cc[0] ? ", " : "", s->cc[0] ? s->cc : "", (int)s->cls.n, s->cls.p);
    if (s->geonames) dl_putf(b, ", GeoNames %u", s->geonames);
    if (s->line) dl_putf(b, ", %.*s:%u", (int)dl_book_file(r->book, s->file).n, dl_book_file(r->book, s->file).p, s->line);
    else if (s->record != DL_NONE) dl_putf(b, ", %s gazetteer's record %u", s->gazetteer ? "built-in" : "user's", s->record);
    dl_putf(b, "): %.*s\n", (int)p->why.n, p->why.p);
}

static void where_and_when(const dl_record *r, dl_buf *b, const dl_event *e)
{
    if (e->place != DL_NONE) {
        const dl_place *p = &r->f->places.v[e->place];
        dl_putz(b, "    place ");
        quote(r, b, p->at);
        dl_putz(b, " = ");
        place(r, b, p);
    }
    dl_putz(b, "    time ");
    switch (e->time.by) {
    case DL_WHEN_TEXT: quote(r, b, r->f->times.v[e->time.id].at); break;
    case DL_WHEN_AFTER: dl_putf(b, "not before v%u", e->time.by_event + 1); break;
    case DL_WHEN_SAME: dl_putf(b, "that of v%u", e->time.by_event + 1); break;
    case DL_WHEN_REPORT: dl_putz(b, "nothing told: the report's day is the limit"); break;
    default: dl_putz(b, "not known"); break;
    }
    if (e->time.edtf.n) dl_putf(b, " = %.*s", (int)e->time.edtf.n, e->time.edtf.p);
    dl_putz(b, "\n");
}

static void one(const dl_record *r, dl_buf *b, uint32_t i, bool colour)
{
    const dl_event *e = &r->f->events.v[i];
    const dl_sense *s = dl_book_sense(r->book, e->sense);
    dl_str path = dl_book_file(r->book, s->file), id = dl_book_str(r->book, s->id), gloss = dl_book_str(r->book, s->gloss);
    dl_paint(b, colour, DL_BOLD);
    dl_putf(b, "v%u %s%s%.*s %.*s", i + 1, dl_type_name((dl_type)e->type), e->mode.n ? "/" : "", (int)e->mode.n, e->mode.p, (int)e->cameo.n, e->cameo.p);
    dl_paint(b, colour, DL_PLAIN);
    dl_putf(b, "  %s\n    ", dl_status_word(e));
    dl_put_excerpt(b, r->art->text, r->lang->sent[e->sentence].at, e->at, colour);
    dl_putf(b, "\n    read as %.*s, %.*s:%u", (int)id.n, id.p, (int)path.n, path.p, s->line);
    if (gloss.n) dl_putf(b, " (%.*s)", (int)gloss.n, gloss.p);
    dl_putf(b, ", confidence %u of 1000\n", e->confidence);
    slots(r, b, e);
    where_and_when(r, b, e);
    for (uint32_t k = 0; k < e->steps.n; k++) dl_putf(b, "    %.*s\n", (int)e->steps.v[k].text.n, e->steps.v[k].text.p);
    dl_putf(b, "    so: stage %s, certainty %s", dl_stage_name((dl_stage)e->stage), dl_certainty_name((dl_certainty)e->certainty));
    for (uint32_t k = 0; k < e->says.n; k++) { dl_putz(b, k ? ", who has it from " : ", says "); quote(r, b, e->says.v[k].at); }
    dl_putz(b, "\n");
    for (uint32_t k = 0; k < e->same_as.n; k++) dl_putf(b, "    the same event as v%u\n", e->same_as.v[k] + 1);
    if (!e->main) dl_putz(b, "    not counted: told again\n");
    dl_putz(b, "\n");
}

static void parts(const dl_record *r, dl_buf *b)
{
    for (uint32_t i = 0; i < r->art->parts.n; i++) {
        const dl_part *p = &r->art->parts.v[i];
        if (p->coded || !dl_len(p->core)) continue;
        dl_putf(b, "not coded: %s (%.*s) ", dl_part_kind_name((dl_part_kind)p->kind), (int)p->why.n, p->why.p);
        quote(r, b, p->core);
        dl_putz(b, "\n");
    }
}

void dl_record_explain(const dl_record *r, dl_buf *b, bool colour)
{
    dl_paint(b, colour, DL_BOLD);
    if (r->art->title.n) dl_put_flat(b, r->art->title, 100);
    else dl_put(b, r->art->id);
    dl_paint(b, colour, DL_PLAIN);
    dl_putz(b, "\n");
    for (uint32_t i = 0; i < r->art->warnings.n; i++) dl_putf(b, "warning: %.*s\n", (int)r->art->warnings.v[i].n, r->art->warnings.v[i].p);
    parts(r, b);
    dl_putz(b, "\n");
    for (uint32_t i = 0; i < r->f->events.n; i++) one(r, b, i, colour);
    for (uint32_t i = 0; i < r->f->places.n; i++) {
        dl_putf(b, "p%u ", i + 1);
        quote(r, b, r->f->places.v[i].at);
        dl_putz(b, " = ");
        place(r, b, &r->f->places.v[i]);
    }
}
