/* text.c - the record as people read it: incidents first, then every event with its status, parties, place, day, and the words that attest it.
 *
 * Status is told by a sign and a word, colour only repeats it:
 *   ● asserted   ◐ reported   ◌ alleged   ? possible   ▷ planned   ✗ negated
 */
#include <stdio.h>
#include "record/words.h"

static void title_line(const dl_record *r, dl_buf *b, bool colour)
{
    const dl_article *a = r->art;
    char day[16];
    dl_paint(b, colour, DL_BOLD);
    if (a->title.n) dl_put_flat(b, a->title, 100);
    else dl_put(b, a->id);
    dl_paint(b, colour, DL_PLAIN);
    dl_putz(b, "\n");
    dl_paint(b, colour, DL_DIM);
    if (a->source.n) { dl_put_flat(b, a->source, 60); dl_putz(b, " · "); }
    if (a->published == DL_NO_DAY) dl_putz(b, "no date");
    else { dl_day_iso(a->published, day); dl_putz(b, day); }
    uint32_t coded = 0;
    for (uint32_t i = 0; i < a->parts.n; i++) coded += a->parts.v[i].coded;
    dl_putf(b, " · %s · %u of %u parts coded · %u event%s", a->language, coded, a->parts.n, r->f->events.n, r->f->events.n == 1 ? "" : "s");
    dl_paint(b, colour, DL_PLAIN);
    dl_putz(b, "\n");
    for (uint32_t i = 0; i < a->warnings.n; i++) { dl_paint(b, colour, DL_YELLOW); dl_putz(b, "warning: "); dl_put(b, a->warnings.v[i]); dl_paint(b, colour, DL_PLAIN); dl_putz(b, "\n"); }
}

static void put_toll(dl_buf *b, const dl_toll *t)
{
    dl_putz(b, " · ");
    dl_put_range(b, t->low, t->high);
    dl_putf(b, " %s", dl_measure_name((dl_measure)t->measure));
    if (t->versions.n > 1) dl_putf(b, " (%u versions)", t->versions.n);
}

static void incident_line(const dl_record *r, dl_buf *b, const dl_incident *x, bool colour)
{
    const dl_event *e = &r->f->events.v[x->time_of];
    dl_putz(b, "  ");
    dl_paint(b, colour, DL_BOLD);
    dl_putf(b, "%-11.*s", (int)x->kind.n, x->kind.p);
    dl_paint(b, colour, DL_PLAIN);
    if (x->certainty == DL_CERT_N) dl_putz(b, " disputed");
    else dl_putf(b, " %s", dl_status_word(&r->f->events.v[x->events.v[0]]));
    if (x->place != DL_NONE) { dl_putz(b, " · "); dl_put(b, r->f->places.v[x->place].is->name); }
    if (e->time.edtf.n) { dl_putz(b, " · "); dl_put(b, e->time.edtf); }
    for (uint32_t i = 0; i < x->tolls.n; i++) put_toll(b, &x->tolls.v[i]);
    dl_putf(b, " · %u mention%s\n", x->events.n, x->events.n == 1 ? "" : "s");
}

static void party(const dl_record *r, dl_buf *b, const dl_event *e, uint8_t role, const char *before)
{
    bool first = true;
    for (uint32_t i = 0; i < e->slots.n; i++) {
        if (e->slots.v[i].role != role) continue;
        dl_putz(b, first ? before : " + ");
        dl_put_flat(b, dl_at(r->art->text, e->slots.v[i].at), 60);
        uint32_t en = e->slots.v[i].entity;
        if (en != DL_NONE && r->f->entities.v[en].code.n) { dl_putz(b, " ["); dl_put(b, r->f->entities.v[en].code); dl_putz(b, "]"); }
        first = false;
    }
}

static void event_lines(const dl_record *r, dl_buf *b, const dl_event *e, bool colour)
{
    const char *status = dl_status_word(e);
    dl_putz(b, "  ");
    dl_paint(b, colour, dl_status_colour(status));
    dl_putf(b, "%s %-9s", dl_status_sign(status), status);
    dl_paint(b, colour, DL_PLAIN);
    dl_paint(b, colour, DL_BOLD);
    dl_putf(b, " %s", dl_type_name((dl_type)e->type));
    dl_paint(b, colour, DL_PLAIN);
    if (e->mode.n) { dl_putz(b, "/"); dl_put(b, e->mode); }
    if (e->cameo.n) { dl_putz(b, " "); dl_put(b, e->cameo); }
    party(r, b, e, DL_ROLE_actor, "  ");
    party(r, b, e, DL_ROLE_recipient, " → ");
    party(r, b, e, DL_ROLE_object, " → ");
    party(r, b, e, DL_ROLE_destination, " → to ");
    party(r, b, e, DL_ROLE_instrument, " with ");
    party(r, b, e, DL_ROLE_foiled_by, " foiled by ");
    if (e->place != DL_NONE) { dl_putz(b, " @ "); dl_put(b, r->f->places.v[e->place].is->name); }
    if (e->time.edtf.n) { dl_putz(b, " · "); dl_put(b, e->time.edtf); }
    for (uint32_t i = 0; i < e->counts.n; i++) { dl_putz(b, " · "); dl_put(b, dl_at(r->art->text, r->f->counts.v[e->counts.v[i]].at)); }
    if (e->stage != DL_STAGE_happened) dl_putf(b, " · %s", dl_stage_name((dl_stage)e->stage));
    if (e->certainty != DL_CERT_fact) dl_putf(b, " · %s", dl_certainty_name((dl_certainty)e->certainty));
    for (uint32_t i = 0; i < e->says.n; i++) { dl_putz(b, i ? " > " : " · says "); dl_put_flat(b, dl_at(r->art->text, e->says.v[i].at), 60); }
    if (e->background) dl_putz(b, " · background");
    if (!e->main) dl_putz(b, " · told again");
    dl_putz(b, "\n      ");
    dl_put_excerpt(b, r->art->text, r->lang->sent[e->sentence].at, e->at, colour);
    dl_putz(b, "\n");
}

void dl_record_text(const dl_record *r, dl_buf *b, bool colour)
{
    title_line(r, b, colour);
    if (r->f->incidents.n) dl_putz(b, "\nincidents\n");
    for (uint32_t i = 0; i < r->f->incidents.n; i++) incident_line(r, b, &r->f->incidents.v[i], colour);
    if (r->f->events.n) dl_putz(b, "\nevents\n");
    for (uint32_t i = 0; i < r->f->events.n; i++) event_lines(r, b, &r->f->events.v[i], colour);
    bool headed = false;
    for (uint32_t i = 0; i < r->f->quotes.n; i++) {
        const dl_quote *x = &r->f->quotes.v[i];
        if (x->form == DL_QUOTE_INDIRECT) continue;
        if (!headed) dl_putz(b, "\nquotations\n");
        headed = true;
        dl_putz(b, "  ");
        if (x->speaker != DL_NONE) dl_put_flat(b, r->f->entities.v[x->speaker].name, 60);
        else if (dl_len(x->source)) dl_put_flat(b, dl_at(r->art->text, x->source), 60);
        else dl_putz(b, "(nobody named)");
        dl_putz(b, x->carried ? " (carried over): “" : ": “");
        dl_put_flat(b, dl_at(r->art->text, x->content.v[0]), 140);
        dl_putz(b, "”\n");
    }
    dl_putz(b, "\n");
}
