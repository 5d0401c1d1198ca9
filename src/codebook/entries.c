/* entries.c - which entries hold: a later codebook's entry takes the place of an earlier one with its id, `off` switches one off, `was` keeps old names alive.
 *
 * Ids live in one space for events and operators. Inside one codebook an id stands once; between two the later wins.
 */
#include "codebook/build.h"

static bool is_sense(const dl_entry *e) { return e->kind == DL_E_EVENT || e->kind == DL_E_OPERATOR; }

dl_str dl_entry_sense_id(const dl_entry *e)
{
    dl_str rest = e->head.rest, w;
    while ((w = dl_next_word(&rest)).n)
        if (w.p[0] == '@') return w;
    return (dl_str){ 0 };
}

/* Letters, digits, hyphens behind the @. */
static bool well_formed(dl_str id)
{
    for (uint32_t i = 1; i < id.n; i++)
        if (!dl_lower((unsigned char)id.p[i]) && !dl_digit((unsigned char)id.p[i]) && id.p[i] != '-') return false;
    return id.n > 1;
}

static uint32_t *slot_of(dl_build *b, dl_str id)
{
    uint32_t k = dl_intern_id(&b->sense_names, b->a, id);
    while (b->sense_of_name.n < k) *dl_push(b->a, &b->sense_of_name) = UINT32_MAX;
    return &b->sense_of_name.v[k - 1];
}

static const char *place_of(dl_build *b, const dl_entry *e)
{
    dl_str s = b->stack->sources.v[e->head.src].shown;
    return dl_fmt(b->a, "%.*s:%u", (int)s.n, s.p, e->head.no).p;
}

/* An id or an old name of the entry: who had it before gives way, or complains. */
static void claim(dl_build *b, uint32_t i, const dl_line *ln, dl_str id, bool old_name)
{
    dl_entry *e = &b->entries.v[i];
    uint32_t *slot = slot_of(b, id);
    if (*slot != UINT32_MAX && *slot != i) {
        dl_entry *before = &b->entries.v[*slot];
        if (before->layer == e->layer) {
            dl_bad(b, ln, id, "\"%.*s\" %s: ids are never used twice (first in %s)", (int)id.n, id.p, old_name ? "is taken" : "stands here again", place_of(b, before));
            return;
        }
        before->dead = true;
    }
    *slot = i;
}

static void claim_entry(dl_build *b, uint32_t i)
{
    dl_entry *e = &b->entries.v[i];
    e->id = dl_entry_sense_id(e);
    if (!e->id.n) { dl_bad(b, &e->head, e->head.rest, "no @id: every event and operator has one"); e->dead = true; return; }
    if (!well_formed(e->id)) dl_bad(b, &e->head, e->id, "\"%.*s\": an id is @ and small letters, digits and hyphens", (int)e->id.n, e->id.p);
    claim(b, i, &e->head, e->id, false);
    for (uint32_t k = 0; k < e->body.n; k++)
        if (dl_is(e->body.v[k].key, "was"))
            for (dl_str rest = e->body.v[k].rest, w; (w = dl_next_word(&rest)).n;) {
                if (w.p[0] == '@' && well_formed(w)) claim(b, i, &e->body.v[k], w, true);
                else dl_bad(b, &e->body.v[k], w, "\"%.*s\" is no id", (int)w.n, w.p);
            }
}

/* ---- off ---- */

/* The entry of an earlier codebook that an `off` names; NULL after an error. */
static dl_entry *target(dl_build *b, const dl_entry *off, dl_str id)
{
    uint32_t k;
    if (dl_find_name(&b->sense_names, id, &k) && b->sense_of_name.v[k] != UINT32_MAX) {
        dl_entry *t = &b->entries.v[b->sense_of_name.v[k]];
        if (t->layer < off->layer) return t;
        dl_bad(b, &off->head, id, "\"%.*s\" stands in this same codebook (%s): take it out there", (int)id.n, id.p, place_of(b, t));
        return NULL;
    }
    dl_near near = dl_near_to(id);
    for (uint32_t i = 0; i < b->sense_names.strs.n; i++) dl_near_try(&near, b->sense_names.strs.v[i]);
    dl_bad(b, &off->head, id, "unknown id \"%.*s\"%s", (int)id.n, id.p, dl_near_text(b, &near));
    return NULL;
}

static bool word_key(dl_str key)
{
    static const char *const keys[] = { "verbs", "nouns", "adjectives", "adverbs", "modals", "marks", "preps", "determiners", "phrases" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (dl_is(key, keys[i])) return true;
    return false;
}

/* Takes the word out of the entry's lines: they are rebuilt without it, as slices of a copy (it is not the user's line, so no error points into it). */
static void take_out(dl_build *b, const dl_entry *off, dl_entry *e, dl_str word)
{
    dl_str want = dl_fold_phrase(b, word);
    dl_near near = dl_near_to(word);
    bool found = false;
    for (uint32_t i = 0; i < e->body.n; i++) {
        dl_line *ln = &e->body.v[i];
        if (!word_key(ln->key)) continue;
        dl_str kept = { "", 0 };
        bool here = false;
        for (dl_str rest = ln->rest; rest.p;) {
            dl_str w = dl_next_item(&rest);
            if (!w.n) continue;
            if (dl_eq(dl_fold_phrase(b, w), want)) { here = true; continue; }
            dl_near_try(&near, w);
            kept = dl_fmt(b->a, "%.*s%s%.*s", (int)kept.n, kept.p, kept.n ? ", " : "", (int)w.n, w.p);
        }
        if (here) ln->rest = kept, found = true;
    }
    if (!found) dl_bad(b, &off->head, word, "\"%.*s\" is no word of %.*s%s", (int)word.n, word.p, (int)e->id.n, e->id.p, dl_near_text(b, &near));
}

static void off_entry(dl_build *b, const dl_entry *off)
{
    dl_str rest = off->head.rest;
    DL_VEC(dl_str) words = { 0 };
    uint32_t ids = 0;
    for (uint32_t i = 0; i < off->body.n; i++) dl_bad(b, &off->body.v[i], off->body.v[i].key, "`off` has no further lines");
    while ((rest = dl_trim(rest)).n) {
        if (rest.p[0] == ',') { rest = dl_cut(rest, 1, rest.n); continue; }
        if (rest.p[0] == '"') {
            const char *q = memchr(rest.p + 1, '"', rest.n - 1);
            if (!q) { dl_bad(b, &off->head, rest, "no closing quotation mark"); return; }
            *dl_push(b->a, &words) = dl_cut(rest, 1, (uint32_t)(q - rest.p));
            rest = dl_cut(rest, (uint32_t)(q - rest.p) + 1, rest.n);
            continue;
        }
        dl_str id = dl_next_word(&rest);
        while (id.n && id.p[id.n - 1] == ',') id.n--;
        if (id.p[0] != '@') { dl_bad(b, &off->head, id, "`off` wants an @id, or words in quotation marks and an @id"); return; }
        ids++;
        dl_entry *t = target(b, off, id);
        if (!t) continue;
        if (!words.n) t->dead = true;
        for (uint32_t i = 0; i < words.n; i++) take_out(b, off, t, words.v[i]);
    }
    if (!ids) dl_bad(b, &off->head, off->head.rest, "`off` wants an @id");
}

void dl_settle_entries(dl_build *b)
{
    for (uint32_t layer = 0; layer < b->stack->layers.n; layer++) {
        for (uint32_t i = 0; i < b->entries.n; i++)
            if (b->entries.v[i].layer == layer && is_sense(&b->entries.v[i])) claim_entry(b, i);
        for (uint32_t i = 0; i < b->entries.n; i++)
            if (b->entries.v[i].layer == layer && b->entries.v[i].kind == DL_E_OFF) off_entry(b, &b->entries.v[i]);
    }
}
