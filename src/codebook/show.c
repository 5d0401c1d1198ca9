/* show.c - what the codebook knows of a word, said back with file and line: `dateline codebook show WORD`.
 *
 *   event COERCE seize @raid-premises   english/coerce.code:12   verb (base), noun (singular)
 *       event COERCE seize @raid-premises        # police enter and search premises
 *         verbs   raid, storm, ...
 */
#include <stdlib.h>
#include "codebook/build.h"

typedef struct { const dl_codebook *b; dl_buf *out; dl_buf text; size_t n; } shower;

static void put_str(shower *s, dl_ref r) { dl_put(s->out, dl_pack_str(s->b, r)); }

static void put_at(shower *s, uint16_t file, uint32_t line)
{
    dl_putz(s->out, "   ");
    dl_put(s->out, dl_book_file(s->b, file));
    dl_putf(s->out, ":%u", line);
}

/* ---- forms ---- */

static const char *pos_name(uint8_t pos)
{
    static const char *const names[] = { "", "verb", "noun", "adjective", "adverb", "modal", "mark", "preposition", "determiner", "phrase" };
    return pos < sizeof names / sizeof *names ? names[pos] : "";
}

static void put_forms(shower *s, uint16_t form)
{
    static const struct { uint16_t bit; const char *name; } names[] = { { DL_F_BASE, "base" }, { DL_F_S, "-s" }, { DL_F_ING, "-ing" }, { DL_F_PAST, "past" }, { DL_F_PART, "participle" },
        { DL_F_SG, "singular" }, { DL_F_PL, "plural" }, { DL_F_ADJECTIVE, "adjective" }, { DL_F_PEOPLE, "people" }, { DL_F_STRONG, "strong" }, { DL_F_AKA, "another name" },
        { DL_F_PROPER, "a name" }, { DL_F_CAPS, "in capitals" } };
    bool any = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (form & names[i].bit) { dl_putz(s->out, any ? ", " : " ("); dl_putz(s->out, names[i].name); any = true; }
    if (any) dl_putc(s->out, ')');
}

static void put_tail(shower *s, const dl_posting *p)
{
    if (!p->tail.n) return;
    dl_putz(s->out, " ... ");
    put_str(s, p->tail);
}

/* ---- an entry's lines ---- */

static dl_str next_line(dl_str *text)
{
    const char *nl = memchr(text->p, '\n', text->n);
    uint32_t n = nl ? (uint32_t)(nl - text->p) : text->n;
    dl_str line = dl_cut(*text, 0, n);
    *text = dl_cut(*text, nl ? n + 1 : n, text->n);
    return line;
}

/* From its head to the last line that is indented; blank lines and comments between belong to it. */
static void put_entry(shower *s, uint16_t file, uint32_t line)
{
    dl_str text = dl_book_source(s->b, file, &s->text), l;
    uint32_t no = 1;
    for (; no < line && text.n; no++) next_line(&text);
    dl_str begin = text, last = next_line(&text);
    while (text.n) {
        l = next_line(&text);
        dl_str words = dl_trim(l);
        if (!words.n || words.p[0] == '#') continue;
        if (!dl_space((unsigned char)l.p[0])) break;
        last = l;
    }
    for (begin.n = (uint32_t)(last.p + last.n - begin.p); begin.n;) {
        dl_putz(s->out, "    ");
        dl_put(s->out, next_line(&begin));
        dl_putc(s->out, '\n');
    }
}

static void put_sense_head(shower *s, const dl_sense *x)
{
    if (x->is_operator) dl_putz(s->out, "operator ");
    else dl_putf(s->out, "event %s ", dl_type_name((dl_type)x->type));
    if (x->mode.n) { put_str(s, x->mode); dl_putc(s->out, ' '); }
    put_str(s, x->id);
    put_at(s, x->file, x->line);
}

static void show_sense(shower *s, const dl_posting *p, uint32_t n, uint32_t first)
{
    const dl_sense *x = &s->b->senses[p[first].id];
    put_sense_head(s, x);
    dl_putz(s->out, "   ");
    for (uint32_t i = first, any = 0; i < n; i++) {
        if (p[i].kind != DL_P_SENSE || p[i].id != p[first].id) continue;
        if (any++) dl_putz(s->out, ", ");
        dl_putz(s->out, pos_name(p[i].pos));
        put_tail(s, &p[i]);
        put_forms(s, p[i].form & (uint16_t)~DL_F_GAP);
    }
    dl_putc(s->out, '\n');
    put_entry(s, x->file, x->line);
}

/* ---- everything else ---- */

static void put_day(shower *s, dl_day d)
{
    char iso[16] = "";
    if (d != DL_NO_DAY) dl_day_iso(d, iso);
    dl_putz(s->out, iso);
}

static void show_actor(shower *s, const dl_actor_row *a)
{
    dl_putz(s->out, "actor ");
    put_str(s, a->name);
    dl_putf(s->out, " (%s)", dl_kind_name((dl_kind)a->kind));
    for (uint32_t i = a->term; i < a->term + a->nterm; i++) {
        const dl_term *t = &s->b->terms[i];
        dl_putz(s->out, i == a->term ? " " : "; ");
        put_str(s, t->code);
        if (t->role.n) { dl_putc(s->out, ' '); put_str(s, t->role); }
        if (t->from == DL_NO_DAY && t->to == DL_NO_DAY) continue;
        dl_putc(s->out, ' ');
        put_day(s, t->from);
        dl_putz(s->out, "..");
        put_day(s, t->to);
    }
}

static void show_place(shower *s, const dl_place_row *p)
{
    static const char *const kinds[] = { "place", "country", "region", "city", "macro-region" };
    dl_putf(s->out, "%s ", kinds[p->kind]);
    put_str(s, p->name);
    if (p->kind == DL_PLACE_COUNTRY) { dl_putc(s->out, ' '); put_str(s, p->alpha3); }
    else if (p->region != UINT32_MAX && p->kind == DL_PLACE_CITY) { dl_putz(s->out, ", "); put_str(s, s->b->places[p->region].name); }
    if (p->country != UINT32_MAX && p->kind != DL_PLACE_COUNTRY) { dl_putz(s->out, ", "); put_str(s, s->b->places[p->country].name); }
    if (p->cls.n) { dl_putc(s->out, ' '); put_str(s, p->cls); }
    if (p->population) dl_putf(s->out, ", %u inhabitants", p->population);
    if (p->lat == INT32_MAX) return;
    dl_putz(s->out, ", ");
    dl_putfix(s->out, p->lat, 5);
    dl_putc(s->out, ' ');
    dl_putfix(s->out, p->lon, 5);
}

static void show_class(shower *s, const dl_class *c)
{
    dl_putz(s->out, "class ");
    put_str(s, c->name);
    if (c->kind) dl_putf(s->out, " kind %s", dl_kind_name((dl_kind)c->kind));
    if (c->code.n) { dl_putz(s->out, " code "); put_str(s, c->code); }
    if (c->office) dl_putz(s->out, " office");
}

static void show_other(shower *s, const dl_posting *p)
{
    switch (p->kind) {
    case DL_P_CLASS: show_class(s, &s->b->classes[p->id]); break;
    case DL_P_PLACE: show_place(s, &s->b->places[p->id]); break;
    case DL_P_ACTOR: show_actor(s, &s->b->actors[p->id]); break;
    case DL_P_LIST: dl_putf(s->out, "list %s ", dl_list_names[s->b->lists[p->id].list]); put_str(s, s->b->lists[p->id].value); break;
    case DL_P_TOPIC: dl_putz(s->out, "topic "); put_str(s, s->b->topics[p->id].name); break;
    case DL_P_CONTEXT: dl_putz(s->out, "context "); put_str(s, s->b->contexts[p->id].name); break;
    default: return;
    }
    put_tail(s, p);
    put_forms(s, p->form & (uint16_t)~DL_F_GAP & (p->kind == DL_P_LIST ? (uint16_t)~DL_F_BASE : 0xFFFF));
    uint16_t file;
    uint32_t line;
    dl_book_origin(s->b, p, &file, &line);
    put_at(s, file, line);
    dl_putc(s->out, '\n');
}

static bool seen_before(const dl_posting *p, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++)
        if (p[k].kind == DL_P_SENSE && p[k].id == p[i].id) return true;
    return false;
}

static void show_postings(shower *s, const dl_posting *p, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (p[i].kind == DL_P_SENSE && seen_before(p, i)) continue;
        if (p[i].kind == DL_P_SENSE) show_sense(s, p, n, i);
        else show_other(s, &p[i]);
        s->n++;
    }
}

static void show_longer(shower *s, dl_str folded)
{
    enum { MOST = 30 };
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->b->nphrases; i++) {
        dl_str k = dl_pack_str(s->b, s->b->phrases[i].key);
        if (k.n <= folded.n || k.p[folded.n] != ' ' || !dl_starts(k, folded) || !(s->b->phrases[i].n_longer >> 1)) continue;
        if (n++ < MOST) { dl_putz(s->out, n == 1 ? "longer: " : ", "); dl_put(s->out, k); }
    }
    if (n > MOST) dl_putf(s->out, " and %u more", n - MOST);
    if (n) dl_putc(s->out, '\n');
}

static void show_nearest(shower *s, dl_str word, dl_str folded)
{
    dl_near near = dl_near_to(folded);
    bool id = word.n && word.p[0] == '@';
    if (id) near.word = word;
    for (uint32_t i = 0; id && i < s->b->nsenses; i++) dl_near_try(&near, dl_pack_str(s->b, s->b->senses[i].id));
    for (uint32_t i = 0; !id && i < s->b->nphrases; i++)
        if (s->b->phrases[i].n_longer >> 1) dl_near_try(&near, dl_pack_str(s->b, s->b->phrases[i].key));
    dl_putf(s->out, "nothing is known of \"%.*s\"", (int)word.n, word.p);
    if (dl_near_close(&near)) dl_putf(s->out, " (nearest: \"%.*s\")", (int)near.best.n, near.best.p);
    dl_putc(s->out, '\n');
}

static void show_id(shower *s, dl_str id)
{
    for (uint32_t i = 0; i < s->b->nsenses; i++) {
        const dl_sense *x = &s->b->senses[i];
        if (!dl_eq(dl_pack_str(s->b, x->id), id)) continue;
        put_sense_head(s, x);
        dl_putc(s->out, '\n');
        put_entry(s, x->file, x->line);
        s->n++;
    }
}

size_t dl_codebook_show(const dl_codebook *b, dl_str word, dl_buf *out)
{
    shower s = { .b = b, .out = out };
    dl_pool *pool = dl_pool_open(1 << 20);
    dl_arena a;
    word = dl_trim(word);
    if (word.n > 400) word.n = 400;
    if (!pool) return 0;
    if (dl_arena_open(&a, pool)) {
        dl_buf_init(&s.text, 0);
        dl_str folded = dl_fold_words(&a, word);
        uint32_t n;
        bool longer;
        const dl_posting *p = dl_book_find(b, folded, &n, &longer);
        if (word.n && word.p[0] == '@') show_id(&s, word);
        else {
            show_postings(&s, p, n);
            if (longer) show_longer(&s, folded);
        }
        if (!s.n && (!longer || word.p[0] == '@')) show_nearest(&s, word, folded);
        dl_buf_free(&s.text);
        dl_arena_close(&a);
    }
    dl_pool_close(pool);
    return s.n;
}
