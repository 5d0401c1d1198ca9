/* tsv.c - one row an event, for spreadsheets and scripts. */
#include "record/words.h"

const char dl_record_tsv_head[] =
    "report\tpublished\tevent\tmain\ttype\tmode\tcameo\tquad\tgoldstein\tstatus\tstage\tcertainty\tactor\tactor_code\trecipient\trecipient_code\tobject\tplace\tcountry\tlat\tlon\tdate\tearliest\tlatest\tcount_low\tcount_high\tsays\tbackground\ttrigger\tbegin\tend\tsentence\trule\n";

static void cell_tab(dl_buf *b, dl_str s) { dl_put_cell(b, s); dl_putc(b, '\t'); }

static void day_tab(dl_buf *b, dl_day d)
{
    char day[16];
    if (d != DL_NO_DAY) { dl_day_iso(d, day); dl_putz(b, day); }
    dl_putc(b, '\t');
}

static void party(const dl_record *r, dl_buf *b, const dl_event *e, uint8_t role, bool code)
{
    bool first = true;
    for (uint32_t i = 0; i < e->slots.n; i++) {
        const dl_slot *s = &e->slots.v[i];
        if (s->role != role) continue;
        if (!first) dl_putz(b, "; ");
        first = false;
        if (!code) dl_put_cell(b, dl_at(r->art->text, s->at));
        else if (s->entity != DL_NONE) dl_put_cell(b, r->f->entities.v[s->entity].code);
    }
    dl_putc(b, '\t');
}

static void place(const dl_record *r, dl_buf *b, const dl_event *e)
{
    if (e->place == DL_NONE) { dl_putz(b, "\t\t\t\t"); return; }
    const dl_spot *row = r->f->places.v[e->place].is;
    cell_tab(b, row->name);
    cell_tab(b, row->cc[0] ? (dl_str){ row->cc, 2 } : (dl_str){ 0 });
    if (row->lat != INT32_MAX) dl_putfix(b, row->lat, 5);
    dl_putc(b, '\t');
    if (row->lon != INT32_MAX) dl_putfix(b, row->lon, 5);
    dl_putc(b, '\t');
}

static void number(dl_buf *b, int64_t v)
{
    if (v != DL_OPEN && v % 1000 == 0) dl_putint(b, v / 1000);
    else if (v != DL_OPEN) dl_putfix(b, v, 3);
    dl_putc(b, '\t');
}

static void codes(const dl_record *r, dl_buf *b, const dl_event *e)
{
    cell_tab(b, dl_str_of(dl_type_name((dl_type)e->type)));
    cell_tab(b, e->mode);
    cell_tab(b, e->cameo);
    uint32_t quad = dl_book_type_quad(r->book, (dl_type)e->type);
    if (quad) dl_putint(b, quad);
    dl_putc(b, '\t');
    const dl_cameo *c = e->cameo.n && e->type < DL_TYPE_STATE ? dl_book_cameo(r->book, e->cameo) : NULL;
    if (c) dl_putfix(b, c->goldstein10, 1);
    dl_putc(b, '\t');
    cell_tab(b, dl_str_of(dl_status_word(e)));
    cell_tab(b, dl_str_of(dl_stage_name((dl_stage)e->stage)));
    cell_tab(b, dl_str_of(dl_certainty_name((dl_certainty)e->certainty)));
}

static void row(const dl_record *r, dl_buf *b, uint32_t i)
{
    const dl_event *e = &r->f->events.v[i];
    cell_tab(b, r->art->id);
    day_tab(b, r->art->published);
    dl_putf(b, "v%u\t%s\t", i + 1, e->main ? "yes" : "no");
    codes(r, b, e);
    party(r, b, e, DL_ROLE_actor, false), party(r, b, e, DL_ROLE_actor, true);
    party(r, b, e, DL_ROLE_recipient, false), party(r, b, e, DL_ROLE_recipient, true);
    party(r, b, e, DL_ROLE_object, false);
    place(r, b, e);
    cell_tab(b, e->time.edtf);
    day_tab(b, e->time.earliest), day_tab(b, e->time.latest);
    const dl_count *c = e->counts.n ? &r->f->counts.v[e->counts.v[0]] : NULL;
    number(b, c ? c->low : DL_OPEN), number(b, c ? c->high : DL_OPEN);
    for (uint32_t k = 0; k < e->says.n; k++) { if (k) dl_putz(b, " > "); dl_put_cell(b, dl_at(r->art->text, e->says.v[k].at)); }
    dl_putf(b, "\t%s\t", e->background ? "yes" : "no");
    cell_tab(b, dl_at(r->art->text, e->at));
    dl_putf(b, "%u\t%u\t", e->at.b, e->at.e);
    cell_tab(b, dl_at(r->art->text, r->lang->sent[e->sentence].at));
    const dl_sense *s = dl_book_sense(r->book, e->sense);
    dl_put_cell(b, dl_book_file(r->book, s->file));
    dl_putf(b, ":%u ", s->line);
    dl_put_cell(b, dl_book_str(r->book, s->id));
    dl_putc(b, '\n');
}

void dl_record_tsv(const dl_record *r, dl_buf *b)
{
    for (uint32_t i = 0; i < r->f->events.n; i++) row(r, b, i);
}
