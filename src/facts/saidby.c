/* saidby.c - quotations: what was said, by whom, with which word.
 *
 * Direct speech is what stands between quotation marks and has a cue, or follows a quotation of the same paragraph without one (the speaker is carried over). Indirect
 * speech is the clause that a word with a `says` line of the codebook governs. Words in quotation marks without either ("Sharia4Belgium") are no quotation.
 * Form and figures: PolNeAR (Newell et al. 2018), see docs/architecture.md.
 */
#include <stdlib.h>
#include "facts/match.h"

typedef struct { uint32_t b, e; dl_span at; uint32_t sent; bool used; } marks;      /* tokens inside the quotation marks; bytes without the marks */

typedef struct { dl_ask *q; DL_VEC(marks) spans; uint32_t *span_of; } talk;

/* ---- quotation marks ---- */

static int mark_kind(dl_str s)
{
    if (dl_is(s, "\xE2\x80\x9C") || dl_is(s, "\xC2\xAB") || dl_is(s, "\xE2\x80\x9E") || dl_is(s, "``")) return 1;      /* opens */
    if (dl_is(s, "\xE2\x80\x9D") || dl_is(s, "\xC2\xBB") || dl_is(s, "''")) return 2;                                     /* closes */
    if (dl_is(s, "\"")) return 3;                                                                                        /* either */
    return 0;
}

static void find_marks(talk *t)
{
    const dl_language *L = t->q->lang;
    uint32_t open = DL_NONE, part = DL_NONE;
    for (uint32_t i = 0; i < L->ntok; i++) {
        uint32_t p = L->sent[L->tok[i].sent].part;
        if (p != part) {                                                                      /* a paragraph ends: an open quotation ends with it (it goes on in the next with a mark of its own) */
            if (open != DL_NONE && i > open + 3) *dl_push(t->q->scratch, &t->spans) = (marks){ open + 1, i, { L->tok[open].at.e, L->tok[i - 1].at.e }, L->tok[open].sent, false };
            open = DL_NONE, part = p;
        }
        int k = mark_kind(L->tok[i].text);
        if (!k) continue;
        if (open == DL_NONE) { if (k != 2) open = i; continue; }
        if (k == 1) { open = i; continue; }
        if (i > open + 1) *dl_push(t->q->scratch, &t->spans) = (marks){ open + 1, i, { L->tok[open + 1].at.b, L->tok[i - 1].at.e }, L->tok[open].sent, false };
        open = DL_NONE;
    }
    for (uint32_t s = 0; s < t->spans.n; s++)
        for (uint32_t i = t->spans.v[s].b; i < t->spans.v[s].e; i++) t->span_of[i] = s;
}

/* ---- cues ---- */

static bool is_cue(const dl_ask *q, const struct dl_reading *r) { const dl_sense *s = dl_book_sense(q->book, r->sense); return s->says != 0; }

static uint32_t source_token(const dl_ask *q, const struct dl_reading *r)
{
    const dl_sense *s = dl_book_sense(q->book, r->sense);
    uint32_t who = s->says == DL_ROLE_event ? DL_NONE : dl_filler(&r->m, s->says);
    return who;
}

/* The speaker's phrase, with the apposition that says who he is. */
static dl_span source_span(const dl_ask *q, uint32_t tok)
{
    const dl_language *L = q->lang;
    uint32_t b, e;
    dl_phrase_of(L, tok, true, &b, &e);
    DL_EACH_CHILD(L, tok, k)
        if (L->tok[k].rel == DL_R_appos && k >= e && k < e + 16) {
            uint32_t kb, ke;
            dl_phrase_of(L, k, true, &kb, &ke);
            if (ke > e) e = ke;
        }
    return dl_tokens_span(L, b, e);
}

static void set_source(dl_ask *q, dl_quote *x, const struct dl_reading *r)
{
    x->cue = dl_tokens_span(q->lang, r->tb, r->te);
    uint32_t who = source_token(q, r);
    for (uint32_t i = r->head, up = 0; who == DL_NONE && up < 5 && !dl_is_root(q->lang, i); up++) {      /* "warned in a report of ...": the report's words are those of who warned */
        i = q->lang->tok[i].head;
        uint32_t above = q->f->reading_of[i];
        if (above != DL_NONE && is_cue(q, &q->f->readings.v[above])) who = source_token(q, &q->f->readings.v[above]);
    }
    x->source_head = who;
    if (who == DL_NONE) return;
    x->source = source_span(q, who);
    uint32_t m = q->f->mention_of[who];
    if (m != DL_NONE) x->speaker = q->f->mentions.v[m].entity;
}

/* "... of Molenbeek," said X: without a clause to govern, a cue still stands next to the marks. */
static const struct dl_reading *cue_above(const talk *t, const marks *s)
{
    const dl_ask *q = t->q;
    const dl_language *L = q->lang;
    uint32_t top = s->b;
    for (uint32_t i = s->b; i < s->e; i++)
        if (dl_is_root(L, i) || L->tok[i].head < s->b || L->tok[i].head >= s->e) { top = i; if (L->tok[i].upos != DL_PUNCT) break; }
    for (int up = 0; up < 4 && !dl_is_root(L, top); up++) {
        top = L->tok[top].head;
        uint32_t r = q->f->reading_of[top];
        if (t->span_of[top] == DL_NONE && r != DL_NONE && is_cue(q, &q->f->readings.v[r])) return &q->f->readings.v[r];
    }
    return NULL;
}

static const struct dl_reading *cue_beside(const talk *t, const marks *s)
{
    const dl_ask *q = t->q;
    const dl_language *L = q->lang;
    const struct dl_reading *best = NULL;
    uint32_t best_distance = 25;
    uint32_t lo = L->sent[L->tok[s->b].sent].first, hi = L->sent[L->tok[s->e - 1].sent].end;
    if (s->e < L->ntok && L->tok[s->e].sent == L->tok[s->e - 1].sent + 1 && hi < L->ntok && L->sent[L->tok[hi].sent].part == L->sent[L->tok[s->b].sent].part && !L->tok[hi].capital) hi = L->sent[L->tok[hi].sent].end;
    for (uint32_t i = lo; i < hi; i++) {
        uint32_t ri = q->f->reading_of[i];
        if (ri == DL_NONE || t->span_of[i] != DL_NONE) continue;
        const struct dl_reading *r = &q->f->readings.v[ri];
        if (!is_cue(q, r)) continue;
        uint32_t d = i < s->b ? s->b - i : i - s->e;
        if (d < best_distance) best_distance = d, best = r;
    }
    return best;
}

/* No reading: the tree about the cue is broken. A word of saying near the marks, and the name or person that stands next to it. */
static bool source_beside(const talk *t, const marks *s, dl_quote *x)
{
    dl_ask *q = t->q;
    const dl_language *L = q->lang;
    uint32_t lo = L->sent[L->tok[s->b].sent].first, hi = L->sent[L->tok[s->e - 1].sent].end, cue = DL_NONE, who = DL_NONE, best = 20;
    for (uint32_t i = lo; i < hi; i++) {
        if (t->span_of[i] != DL_NONE) continue;
        for (uint32_t k = q->f->hits.first[i]; k < q->f->hits.first[i + 1]; k++) {
            const dl_posting *p = q->f->hits.v[k].posting;
            uint32_t d = i < s->b ? s->b - i : i - s->e;
            if (p->kind == DL_P_SENSE && p->pos == DL_POS_VERB && dl_book_sense(q->book, p->id)->is_operator && dl_book_sense(q->book, p->id)->says == DL_ROLE_actor && !dl_book_sense(q->book, p->id)->certainty && d < best) best = d, cue = i;
        }
    }
    if (cue == DL_NONE) return false;
    uint32_t subject = dl_child_by(L, cue, DL_R_nsubj), heard = dl_child_by(L, cue, DL_R_iobj);
    if (subject != DL_NONE && t->span_of[subject] == DL_NONE && q->f->mention_of[subject] != DL_NONE && q->f->mentions.v[q->f->mention_of[subject]].entity != DL_NONE) who = q->f->mention_of[subject];
    for (uint32_t d = 1; d < 14 && who == DL_NONE; d++)
        for (int side = 0; side < 2 && who == DL_NONE; side++) {
            uint32_t i = side ? cue + d : cue - d;
            if ((side ? i >= hi : cue < lo + d) || t->span_of[i] != DL_NONE) continue;
            uint32_t m = q->f->mention_of[i];
            if (m != DL_NONE && i != heard && q->f->mentions.v[m].entity != DL_NONE && !(side && L->tok[cue + 1].rel == DL_R_obj && i == cue + 1) && q->f->entities.v[q->f->mentions.v[m].entity].kind <= DL_KIND_force) who = m;
        }
    if (who == DL_NONE) return false;
    x->cue = L->tok[cue].at;
    x->source = q->f->mentions.v[who].at, x->source_head = q->f->mentions.v[who].head, x->speaker = q->f->mentions.v[who].entity;
    return true;
}

/* "we" and "I" inside a quotation are the speaker. */
static void first_persons(talk *t)
{
    dl_ask *q = t->q;
    for (uint32_t m = 0; m < q->f->mentions.n; m++) {
        dl_mention *me = &q->f->mentions.v[m];
        uint32_t x = q->f->quote_of[me->head];
        if (me->kind != DL_MENTION_PRONOUN || me->entity != DL_NONE || x == DL_NONE || q->f->quotes.v[x].speaker == DL_NONE) continue;
        dl_str v = dl_list_at(q, me->head, DL_LIST_pronouns, NULL);
        if (v.n && v.p[0] == '1') me->entity = q->f->quotes.v[x].speaker;
    }
    for (uint32_t i = 0; i < q->f->events.n; i++)
        for (uint32_t k = 0; k < q->f->events.v[i].slots.n; k++) {
            dl_slot *s = &q->f->events.v[i].slots.v[k];
            uint32_t m = s->head == DL_NONE ? DL_NONE : q->f->mention_of[s->head];
            if (s->entity == DL_NONE && s->place == DL_NONE && s->event == DL_NONE && m != DL_NONE) s->entity = q->f->mentions.v[m].entity;
        }
}

static bool long_enough(const dl_ask *q, const marks *s)
{
    bool verb = false;
    for (uint32_t i = s->b; i < s->e; i++) verb = verb || dl_is_verb(&q->lang->tok[i]);
    return s->e - s->b >= 4 || (verb && s->e - s->b >= 2);
}

static void push_span(dl_ask *q, dl_quote *x, dl_span at)
{
    const char *p = q->art->text.p;
    while (at.e > at.b && (p[at.e - 1] == ',' || p[at.e - 1] == ' ')) at.e--;
    while (at.b < at.e && p[at.b] == ' ') at.b++;
    *dl_push(q->mem, &x->content) = at;
}

/* "X said armed men had stopped his bus. "They released the women."": the reading whose speaker said the sentence before, in this paragraph or the one before; DL_NONE. */
static uint32_t speaker_before(const talk *t, const marks *s, uint32_t part)
{
    const dl_ask *q = t->q;
    const dl_language *L = q->lang;
    uint32_t sent = L->tok[s->b].sent;
    if (s->b > L->sent[sent].first + 1) return DL_NONE;                                       /* the marks open the sentence */
    for (uint32_t i = q->f->readings.n; i-- > 0;) {
        const struct dl_reading *r = &q->f->readings.v[i];
        uint32_t at = L->tok[r->head].sent;
        if (at >= sent) continue;
        if (at + 1 < sent || L->sent[at].part + 2 < part) return DL_NONE;
        if (!is_cue(q, r) || r->negated || t->span_of[r->head] != DL_NONE) continue;
        uint32_t who = source_token(q, r), m = who == DL_NONE ? DL_NONE : q->f->mention_of[who];
        if (m != DL_NONE && q->f->mentions.v[m].entity != DL_NONE && q->f->entities.v[q->f->mentions.v[m].entity].kind == DL_KIND_person) return i;
    }
    return DL_NONE;
}

static void direct(talk *t)
{
    dl_ask *q = t->q;
    const dl_language *L = q->lang;
    uint32_t last = DL_NONE, last_part = DL_NONE, last_end = 0;
    for (uint32_t i = 0; i < t->spans.n; i++) {
        marks *s = &t->spans.v[i];
        uint32_t part = L->sent[s->sent].part;
        if (!q->art->parts.v[part].coded) continue;
        const struct dl_reading *r = cue_above(t, s);                                        /* what governs the quoted words, else what stands next to them */
        if (!r) r = cue_beside(t, s);
        bool opens = s->b > 0 && s->b - 1 == L->sent[L->tok[s->b - 1].sent].first && L->sent[L->tok[s->b - 1].sent].part == part && (L->tok[s->b - 1].sent == 0 || L->sent[L->tok[s->b - 1].sent - 1].part != part);
        bool follows = last != DL_NONE && s->b < last_end + 60 && (part == last_part || (opens && s->b <= last_end + 30));
        if (r && !long_enough(q, s) && s->e - s->b < 2) continue;
        dl_quote x = { .form = DL_QUOTE_DIRECT, .speaker = DL_NONE, .source_head = DL_NONE, .in = DL_NONE, .tb = s->b, .te = s->e };
        bool beside = !r && long_enough(q, s) && source_beside(t, s, &x);
        uint32_t told = !r && !beside && !follows && long_enough(q, s) ? speaker_before(t, s, part) : DL_NONE;
        if (!r && !beside && told == DL_NONE && !(follows && long_enough(q, s))) continue;
        if (told != DL_NONE) {                                                               /* the speaker of the sentence before goes on in marks */
            const struct dl_reading *cue = &q->f->readings.v[told];
            uint32_t who = source_token(q, cue);
            x.speaker = q->f->mentions.v[q->f->mention_of[who]].entity, x.carried = true;
        } else if (r) set_source(q, &x, r);
        else if (!beside) x.speaker = q->f->quotes.v[last].speaker, x.carried = true;
        push_span(q, &x, s->at);
        s->used = true;
        last = q->f->quotes.n, last_part = part, last_end = s->e;
        *dl_push(q->mem, &q->f->quotes) = x;
    }
}

/* ---- indirect ---- */

static void trim_clause(const dl_ask *q, uint32_t head, uint32_t *b, uint32_t *e)
{
    const dl_language *L = q->lang;
    dl_subtree(L, head, b, e);
    ++*e;
    while (*b < *e && (L->tok[*b].upos == DL_PUNCT || (L->tok[*b].rel == DL_R_mark && dl_is(L->tok[*b].low, "that")))) ++*b;
    while (*e > *b && (L->tok[*e - 1].upos == DL_PUNCT)) --*e;
}

/* The clause may hold the cue itself (according to X, ...; ..., police said): cut it off at the side where it stands. */
static void cut_cue(const dl_ask *q, const struct dl_reading *r, uint32_t head, uint32_t *b, uint32_t *e)
{
    uint32_t rb = r->tb, re = r->te, who = source_token(q, r);
    if (who != DL_NONE) {
        uint32_t pb, pe;
        dl_phrase_of(q->lang, who, true, &pb, &pe);
        if (pb < rb) rb = pb;
        if (pe > re) re = pe;
    }
    if (rb >= *e || re <= *b) return;
    if (head >= re) *b = re;
    else if (head < rb) *e = rb;
    while (*b < *e && q->lang->tok[*b].upos == DL_PUNCT) ++*b;
    while (*e > *b && q->lang->tok[*e - 1].upos == DL_PUNCT) --*e;
}

static void indirect(talk *t)
{
    dl_ask *q = t->q;
    for (uint32_t i = 0; i < q->f->readings.n; i++) {
        const struct dl_reading *r = &q->f->readings.v[i];
        if (!is_cue(q, r) || r->negated) continue;
        for (uint32_t k = 0; k < r->m.n; k++) {
            const dl_fill *x = &r->m.v[k];
            if (x->role != DL_ROLE_event || !x->clause || t->span_of[x->head] != DL_NONE) continue;
            uint32_t b, e;
            trim_clause(q, x->head, &b, &e);
            cut_cue(q, r, x->head, &b, &e);
            if (e <= b + 1 || (r->tb >= b && r->tb < e)) continue;
            dl_quote y = { .form = DL_QUOTE_INDIRECT, .speaker = DL_NONE, .source_head = DL_NONE, .in = DL_NONE, .tb = b, .te = e };
            for (uint32_t j = b; j < e; j++)
                if (t->span_of[j] != DL_NONE) y.form = DL_QUOTE_MIXED;
            set_source(q, &y, r);
            push_span(q, &y, dl_tokens_span(q->lang, b, e));
            *dl_push(q->mem, &q->f->quotes) = y;
        }
    }
}

/* ---- order and nesting ---- */

static dl_span whole(const dl_quote *x) { return (dl_span){ x->content.v[0].b, x->content.v[x->content.n - 1].e }; }

static int by_place(const void *a, const void *b)
{
    const dl_quote *x = a, *y = b;
    dl_span p = whole(x), r = whole(y);
    if (p.b != r.b) return p.b < r.b ? -1 : 1;
    if (p.e != r.e) return p.e > r.e ? -1 : 1;
    if (x->cue.b != y->cue.b) return x->cue.b < y->cue.b ? -1 : 1;
    return (int)x->form - (int)y->form;
}

static void sort_quotes(dl_ask *q)
{
    dl_quote *v = q->f->quotes.v;
    uint32_t n = q->f->quotes.n;
    if (n > 1) qsort(v, n, sizeof *v, by_place);
    for (uint32_t i = 0; i < n; i++) {
        if (v[i].form == DL_QUOTE_DIRECT)
            for (uint32_t k = v[i].tb; k < v[i].te; k++) q->f->quote_of[k] = i;
        for (uint32_t j = i; j-- > 0 && i - j < 6;)
            if (dl_within(whole(&v[i]), whole(&v[j])) && !(v[j].form == DL_QUOTE_DIRECT && v[i].cue.b == v[j].cue.b)) { v[i].in = j; break; }
    }
}

void dl_saidby(dl_ask *q)
{
    dl_marker mark = dl_mark(q->scratch);
    uint32_t n = q->lang->ntok;
    q->f->quote_of = dl_new(q->mem, uint32_t, n + 1);
    memset(q->f->quote_of, 0xff, sizeof(uint32_t) * (n + 1));
    talk t = { q, { 0 }, dl_new(q->scratch, uint32_t, n + 1) };
    memset(t.span_of, 0xff, sizeof(uint32_t) * (n + 1));
    find_marks(&t);
    direct(&t);
    indirect(&t);
    sort_quotes(q);
    first_persons(&t);
    dl_relink_mentions(q);
    dl_reset(q->scratch, mark);
}
