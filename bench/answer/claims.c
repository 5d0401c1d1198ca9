/* claims.c - who said what; what status, what degree of fact a given word has; what a "not" denies. */
#include "answer/answer.h"
#include "facts/match.h"

/* ---- quotes ---- */

static void segments(dl_jw *w, const char *key, const dl_span *v, uint32_t n)
{
    dl_jw_key(w, key);
    dl_jw_open(w, '[');
    for (uint32_t i = 0; i < n; i++)
        if (dl_len(v[i])) dl_jw_span(w, v[i]);
    dl_jw_close(w, ']');
}

static uint32_t mark_at(dl_str s, uint32_t i)                          /* bytes of the quotation mark that stands at i, 0 for none */
{
    static const char *const marks[] = { "\"", "\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x98", "\xe2\x80\x99", "''", "``", "\xc2\xab", "\xc2\xbb" };
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (dl_starts(dl_cut(s, i, s.n), dl_str_of(marks[k]))) return (uint32_t)strlen(marks[k]);
    return 0;
}

/* PolNeAR's contents hold their quotation marks, the comma inside and the "that" before an indirect one; the record's do not. */
static dl_span with_marks(dl_str s, dl_span at)
{
    for (uint32_t n = 1; n <= 3 && n <= at.b; n++)
        if (mark_at(s, at.b - n) == n) { at.b -= n; break; }
    bool stop = at.e < s.n && (s.p[at.e] == ',' || s.p[at.e] == '.' || s.p[at.e] == '?' || s.p[at.e] == '!') && mark_at(s, at.e + 1);
    at.e += stop ? 1 + mark_at(s, at.e + 1) : mark_at(s, at.e);
    if (at.b >= 5 && dl_is(dl_cut(s, at.b - 5, at.b), "that ") && (at.b == 5 || s.p[at.b - 6] == ' ')) at.b -= 5;
    return at;
}

/* What goes on in the same paragraph with no words of its own ("... ," he said. "...") is one attribution there. */
static bool goes_on(const coded *c, const dl_quote *a, const dl_quote *b)
{
    uint32_t from = a->content.v[a->content.n - 1].e, to = b->content.v[0].b;
    return b->carried && !dl_len(b->source) && !dl_len(b->cue) && from <= to && dl_find(dl_cut(c->art->text, from, to), DL_STR("\n"), 0) < 0;
}

void answer_quotes(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), gold_str(gold, "date"));
    if (!c.doc) return;
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "attribution");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0, next; i < c.f->quotes.n; i = next) {
        const dl_quote *q = &c.f->quotes.v[i];
        for (next = i + 1; next < c.f->quotes.n && goes_on(&c, &c.f->quotes.v[next - 1], &c.f->quotes.v[next]);) next++;
        dl_jw_open(&w, '{');
        segments(&w, "source", &q->source, 1);
        segments(&w, "cue", &q->cue, 1);
        DL_VEC(dl_span) content = { 0 };
        for (uint32_t j = i; j < next; j++)
            for (uint32_t k = 0; k < c.f->quotes.v[j].content.n; k++) *dl_push(&d->mem, &content) = with_marks(c.art->text, c.f->quotes.v[j].content.v[k]);
        segments(&w, "content", content.v, content.n);
        dl_jw_close(&w, '}');
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}

/* ---- status and factuality: the walk of status.c from a word that somebody points at ---- */

static bool status_at(coded *c, dl_span at, dl_event *e)
{
    uint32_t tok = token_at(c->lang, at);
    if (tok == DL_NONE) return false;
    for (uint32_t i = 0; i < c->f->events.n; i++)
        if (c->f->events.v[i].head == tok) { *e = c->f->events.v[i]; return true; }
    dl_ask q = dl_doc_ask(c->doc);
    *e = (dl_event){ .sentence = c->lang->tok[tok].sent, .head = tok, .tb = tok, .te = tok + 1, .at = c->lang->tok[tok].at, .place = DL_NONE, .governor = DL_NONE };
    dl_status_at(&q, e);
    return true;
}

/* The five words of the gold: what somebody vouches for is alleged there, what did not happen denied. */
static const char *five(const dl_event *e)
{
    const char *s = dl_status_word(e);
    return strcmp(s, "negated") == 0 ? "denied" : strcmp(s, "reported") == 0 ? "alleged" : s;
}

/* How far the report commits itself, from -3 (it was not so) to 3 (it was so), in tenths: the scale of Saurí and Pustejovsky 2009 as the factuality sets use it. */
static int degree(const dl_event *e)
{
    if (e->certainty == DL_CERT_denied || e->stage == DL_STAGE_foiled || e->stage == DL_STAGE_cancelled) return -25;
    if (e->stage == DL_STAGE_hypothetical || e->stage == DL_STAGE_unknown || e->certainty == DL_CERT_feared) return 5;
    if (strcmp(dl_status_word(e), "planned") == 0 || e->certainty == DL_CERT_possible) return 10;
    return e->certainty == DL_CERT_alleged ? 20 : e->says.n ? 25 : 30;
}

static void open_target(dl_jw *w, dl_span at)
{
    dl_jw_open(w, '{');
    dl_jw_key(w, "start"), dl_jw_int(w, at.b);
    dl_jw_key(w, "end"), dl_jw_int(w, at.e);
}

void answer_status(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), gold_str(gold, "dct"));
    if (!c.doc) return;
    dl_event e;
    const dl_json *targets = dl_json_get(gold, "target");
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "target");
    dl_jw_open(&w, '[');
    for (const dl_json *t = targets ? targets->first : NULL; t; t = t->next) {
        dl_span at = gold_span(t, "start", "end");
        if (!status_at(&c, at, &e)) continue;
        open_target(&w, at);
        dl_jw_key(&w, "status"), dl_jw_str(&w, dl_str_of(five(&e)));
        dl_jw_close(&w, '}');
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}

/* Bytes of words [b,e) of a text whose words are parted by single blanks. */
static dl_span words_span(dl_str s, dl_span words)
{
    dl_span at = { 0, s.n };
    uint32_t word = 0;
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.p[i] != ' ') continue;
        word++;
        if (word == words.b) at.b = i + 1;
        if (word == words.e) { at.e = i; break; }
    }
    return at;
}

/* Two forms of gold: "target" with bytes, "targets" with words. */
void answer_factuality(desk *d, const dl_json *gold, dl_buf *out)
{
    dl_str text = gold_str(gold, "text");
    coded c = answer_code(d, text, gold_str(gold, "dct"));
    if (!c.doc) return;
    dl_event e;
    const dl_json *bytes = dl_json_get(gold, "target"), *words = bytes ? NULL : dl_json_get(gold, "targets"), *idx = dl_json_get(gold, "idx");
    dl_jw w = { out, false };
    dl_jw_open(&w, '{');
    if (bytes) dl_jw_key(&w, "id"), dl_jw_str(&w, gold_str(gold, "id"));
    else dl_jw_key(&w, "idx"), dl_jw_int(&w, idx ? gold_int(gold, "idx") : d->number - 1);
    dl_jw_key(&w, bytes ? "target" : "targets");
    dl_jw_open(&w, '[');
    for (const dl_json *t = bytes ? bytes->first : words ? words->first : NULL; t; t = t->next) {
        dl_span given = bytes ? gold_span(t, "start", "end") : gold_pair(dl_json_get(t, "span1"));
        if (!status_at(&c, bytes ? given : words_span(text, given), &e)) continue;
        if (bytes) open_target(&w, given);
        else { dl_jw_open(&w, '{'); dl_jw_key(&w, "span1"), dl_jw_span(&w, given); }
        dl_jw_key(&w, bytes ? "value" : "label"), dl_jw_fix(&w, degree(&e), 1);
        dl_jw_close(&w, '}');
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}

/* ---- negation: the grammatical operators that deny (not, no, never, nobody, without), and what they govern ---- */

static bool apart(const dl_language *L, uint32_t k)                    /* clauses and words of its own, outside of what is denied */
{
    switch (L->tok[k].rel) {
    case DL_R_conj: case DL_R_cc: case DL_R_parataxis: case DL_R_discourse: case DL_R_vocative: case DL_R_punct: case DL_R_mark: case DL_R_advcl: case DL_R_orphan: return true;
    default: return false;
    }
}

/* The clause that a denied noun stands in: its verb. */
static uint32_t clause_of(const dl_language *L, uint32_t i)
{
    for (int up = 0; up < 6 && !dl_is_root(L, i) && !dl_is_verb(&L->tok[i]) && !dl_is_clause(L->tok[i].rel); up++) i = L->tok[i].head;
    return i;
}

static void put_scope(dl_jw *w, const coded *c, const struct dl_reading *r, uint32_t governed)
{
    const dl_language *L = c->lang;
    bool noun = r->pos == DL_POS_DET || r->pos == DL_POS_PHRASE || dl_is_noun(&L->tok[governed]);
    uint32_t top = noun && r->pos != DL_POS_MARK && r->pos != DL_POS_PREP ? clause_of(L, governed) : governed, b, e;
    dl_span run = { 0, 0 };
    dl_subtree(L, top, &b, &e);
    for (uint32_t i = b; i <= e; i++) {
        bool in = !(i >= r->tb && i < r->te);
        for (uint32_t k = i; in && k != top; k = L->tok[k].head)
            if (dl_is_root(L, k) || (L->tok[k].head == top && apart(L, k))) in = false;
        if (in && dl_len(run) && L->tok[i].at.b <= run.e + 1) { run.e = L->tok[i].at.e; continue; }
        if (dl_len(run)) dl_jw_span(w, run);
        run = in ? L->tok[i].at : (dl_span){ 0, 0 };
    }
    if (dl_len(run)) dl_jw_span(w, run);
}

/* "nearly", "mock" and "would have" deny as well, but are no negations. */
static bool negates(const coded *c, const struct dl_reading *r)
{
    static const char *const ids[] = { "@not", "@nobody", "@no", "@without" };
    dl_str id = dl_book_str(c->r.book, dl_book_sense(c->r.book, r->sense)->id);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) if (dl_is(id, ids[i])) return true;
    return false;
}

void answer_negation(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), DL_STR(""));
    if (!c.doc) return;
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "negation");
    dl_jw_open(&w, '[');
    for (uint32_t i = 0; i < c.f->readings.n; i++) {
        const struct dl_reading *r = &c.f->readings.v[i];
        if (!negates(&c, r)) continue;
        uint32_t governed = dl_filler(&r->m, DL_ROLE_event);
        dl_span cue = dl_tokens_span(c.lang, r->tb, r->te);
        dl_jw_open(&w, '{');
        segments(&w, "cue", &cue, 1);
        dl_jw_key(&w, "scope");
        dl_jw_open(&w, '[');
        if (governed != DL_NONE) put_scope(&w, &c, r, governed);
        dl_jw_close(&w, ']');
        segments(&w, "event", governed != DL_NONE ? &c.lang->tok[governed].at : NULL, governed != DL_NONE);
        dl_jw_close(&w, '}');
    }
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}
