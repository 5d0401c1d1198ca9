/* sense.c - an `event` or `operator` entry becomes a row: its head, its lines, its words in all forms, its examples. Frames: frame.c. */
#include "codebook/build.h"

typedef struct { const char *key; uint8_t pos; } word_kind;
static const word_kind word_kinds[] = { { "verbs", DL_POS_VERB }, { "nouns", DL_POS_NOUN }, { "adjectives", DL_POS_ADJ }, { "adverbs", DL_POS_ADV }, { "modals", DL_POS_MODAL },
    { "marks", DL_POS_MARK }, { "preps", DL_POS_PREP }, { "determiners", DL_POS_DET }, { "phrases", DL_POS_PHRASE } };
enum { NKINDS = sizeof word_kinds / sizeof *word_kinds };

/* Every other keyword of a body, in the order of docs/codebook.md. Those before `stage` belong to events alone. */
typedef enum { K_CAMEO, K_LEGAL, K_MEASURES, K_INCIDENT, K_RECIPROCAL, K_CONTEXT, K_STAGE, K_CERTAINTY, K_SAYS, K_ROLE, K_CONTROL, K_NEGATED, K_TRANSPARENT, K_FRAME, K_NOT, K_WAS, K_PLUS, K_MINUS, K_N } key;
static const char *const key_names[K_N] = { "cameo", "legal", "measures", "incident", "reciprocal", "context", "stage", "certainty", "says", "role", "control", "negated", "transparent", "frame", "not", "was", "+", "-" };
static const char *const negated_names[] = { "drop", "deny", "possible", "keep" };

typedef struct { dl_build *b; dl_sense_build *s; const dl_line *seen[K_N]; DL_VEC(dl_ref) contexts; DL_VEC(dl_exclusion) not; } work;

static dl_sense *row(work *w) { return &w->b->senses.v[w->s->row]; }

static int key_of(dl_str k)
{
    for (int i = 0; i < K_N; i++)
        if (dl_is(k, key_names[i])) return i;
    return -1;
}

/* ---- head ---- */

static void head_line(work *w)
{
    const dl_entry *e = w->s->entry;
    dl_str rest = e->head.rest, t = dl_next_word(&rest);
    if (e->kind == DL_E_EVENT) {
        int type = t.n && t.p[0] == '@' ? (dl_bad(w->b, &e->head, t, "no type before the id: event TYPE [mode] @id"), -1) : dl_name_of(w->b, &e->head, t, "event type", dl_type_names, 1, DL_TYPE_N);
        row(w)->type = (uint8_t)(type < 0 ? 0 : type);
        t = dl_next_word(&rest);
        if (t.n && t.p[0] != '@') { row(w)->mode = dl_string(w->b, t); t = dl_next_word(&rest); }
    }
    if (t.n && t.p[0] != '@') dl_bad(w->b, &e->head, t, "an @id is expected here");
    dl_nothing_more(w->b, &e->head, rest);
}

/* ---- lines of one word ---- */

static int one_name(work *w, const dl_line *ln, const char *const *names, int first, int n)
{
    dl_str rest = ln->rest, v = dl_next_word(&rest);
    if (!v.n) { dl_bad(w->b, ln, ln->key, "\"%.*s\" of what?", (int)ln->key.n, ln->key.p); return 0; }
    int i = dl_name_of(w->b, ln, v, dl_fmt(w->b->a, "%.*s", (int)ln->key.n, ln->key.p).p, names, first, n);
    dl_nothing_more(w->b, ln, rest);
    return i < 0 ? 0 : i;
}

static int role_word(work *w, const dl_line *ln, dl_str v) { int i = dl_name_of(w->b, ln, v, "role", dl_role_words, 1, DL_ROLE_N); return i < 0 ? 0 : i; }

static void says_line(work *w, const dl_line *ln)
{
    dl_str rest = ln->rest, v = dl_next_word(&rest);
    row(w)->says = dl_is(v, "word") ? DL_ROLE_event : (uint8_t)role_word(w, ln, v);
    dl_nothing_more(w->b, ln, rest);
}

static void role_line(work *w, const dl_line *ln)
{
    dl_str rest = ln->rest, v = dl_next_word(&rest), to = dl_next_word(&rest);
    row(w)->role_from = (uint8_t)role_word(w, ln, v);
    int i = dl_name_of(w->b, ln, to, "slot", dl_role_names, 1, DL_ROLE_event);
    row(w)->role_to = (uint8_t)(i < 0 ? 0 : i);
    dl_nothing_more(w->b, ln, rest);
}

static void control_line(work *w, const dl_line *ln)
{
    dl_str rest = ln->rest, v = dl_next_word(&rest);
    row(w)->control = (uint8_t)role_word(w, ln, v);
    dl_nothing_more(w->b, ln, rest);
}

static void cameo_line(work *w, const dl_line *ln)
{
    dl_str rest = ln->rest, v = dl_next_word(&rest);
    bool ok = v.n >= 2 && v.n <= 4;
    for (uint32_t i = 0; i < v.n; i++) ok = ok && dl_digit((unsigned char)v.p[i]);
    dl_nothing_more(w->b, ln, rest);
    uint32_t k;
    if (!ok) dl_bad(w->b, ln, v.n ? v : ln->key, "\"%.*s\" is no CAMEO code: two to four digits", (int)v.n, v.p);
    else if (w->b->has_cameo && !dl_find_name(&w->b->cameo_codes, v, &k)) {
        dl_near near = dl_near_to(v);
        for (uint32_t i = 0; i < w->b->cameo_codes.strs.n; i++) dl_near_try(&near, w->b->cameo_codes.strs.v[i]);
        dl_bad(w->b, ln, v, "unknown CAMEO code \"%.*s\"%s", (int)v.n, v.p, dl_near_text(w->b, &near));
    }
    row(w)->cameo = dl_string(w->b, v);
}

static void context_line(work *w, const dl_line *ln)
{
    dl_str rest = ln->rest, v;
    while ((v = dl_next_word(&rest)).n) {
        uint32_t k;
        if (v.p[v.n - 1] == ',') v.n--;
        if (!dl_find_name(&w->b->context_names, v, &k)) {
            dl_near near = dl_near_to(v);
            for (uint32_t i = 0; i < w->b->context_names.strs.n; i++) dl_near_try(&near, w->b->context_names.strs.v[i]);
            dl_bad(w->b, ln, v, "unknown context \"%.*s\"%s", (int)v.n, v.p, dl_near_text(w->b, &near));
        }
        *dl_push(w->b->a, &w->contexts) = dl_string(w->b, v);
    }
    if (!ln->rest.n) dl_bad(w->b, ln, ln->key, "\"context\" of what?");
}

/* ---- not ---- */

static void not_topics(work *w, const dl_line *ln, dl_str list)
{
    while (list.p) {
        uint32_t k;
        dl_str t = dl_next_alt(&list, '|');
        if (dl_find_name(&w->b->topic_names, t, &k)) {
            dl_exclusion *x = dl_push(w->b->a, &w->not);
            x->what = 2, x->topic = (uint16_t)k;
            continue;
        }
        dl_near near = dl_near_to(t);
        for (uint32_t i = 0; i < w->b->topic_names.strs.n; i++) dl_near_try(&near, w->b->topic_names.strs.v[i]);
        dl_bad(w->b, ln, t, "unknown topic \"%.*s\"%s", (int)t.n, t.p, dl_near_text(w->b, &near));
    }
}

static void not_words(work *w, const dl_line *ln)
{
    dl_str s = ln->rest;
    const char *q = s.n > 1 ? memchr(s.p + 1, '"', s.n - 1) : NULL;
    if (!q) { dl_bad(w->b, ln, s, "no closing quotation mark"); return; }
    dl_str words = dl_cut(s, 1, (uint32_t)(q - s.p)), folded = dl_fold_gaps(w->b, words);
    dl_nothing_more(w->b, ln, dl_cut(s, (uint32_t)(q - s.p) + 1, s.n));
    if (!folded.n) { dl_bad(w->b, ln, s, "no words between the quotation marks"); return; }
    dl_exclusion *x = dl_push(w->b->a, &w->not);
    x->what = 3, x->phrase = dl_string(w->b, folded);
}

/* not ROLE(class|class)   not topic(name|name)   not "words" */
static void not_line(work *w, const dl_line *ln)
{
    dl_str s = ln->rest;
    if (s.n && s.p[0] == '"') { not_words(w, ln); return; }
    const char *open = s.n ? memchr(s.p, '(', s.n) : NULL;
    const char *close = open ? memchr(open, ')', s.n - (size_t)(open - s.p)) : NULL;
    if (!close) { dl_bad(w->b, ln, s.n ? s : ln->key, "`not` wants ROLE(class), topic(name) or \"words\""); return; }
    dl_str what = dl_trim(dl_cut(s, 0, (uint32_t)(open - s.p))), list = { open + 1, (uint32_t)(close - open - 1) };
    dl_nothing_more(w->b, ln, dl_cut(s, (uint32_t)(close - s.p) + 1, s.n));
    if (dl_is(what, "topic")) { not_topics(w, ln, list); return; }
    int role = role_word(w, ln, what);
    dl_classes c = { { 0, 0 } };
    if (!dl_classes_of(w->b, ln, list, &c) || !role) return;
    dl_exclusion *x = dl_push(w->b->a, &w->not);
    x->what = 1, x->role = (uint8_t)role, x->classes = c;
}

/* ---- examples ---- */

/* Two blanks behind the sentence: the expectations follow. */
static dl_str expectations(dl_str *s)
{
    for (uint32_t i = 1; i + 1 < s->n; i++) {
        bool two = (dl_space((unsigned char)s->p[i]) && dl_space((unsigned char)s->p[i + 1])) || s->p[i] == '\t';
        if (!two) continue;
        dl_str e = dl_trim(dl_cut(*s, i, s->n));
        s->n = i;
        return e;
    }
    return (dl_str){ 0 };
}

static void example_line(work *w, const dl_line *ln)
{
    dl_str s = ln->rest, expect = expectations(&s);
    if (!s.n) { dl_bad(w->b, ln, ln->key, "an example without a sentence"); return; }
    char *plain = dl_alloc(w->b->a, 1, 1, s.n + 1);
    uint32_t n = 0, open = UINT32_MAX;
    dl_span trigger = { 0, 0 };
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.p[i] == '[' && open == UINT32_MAX) open = n;
        else if (s.p[i] == ']' && open != UINT32_MAX) {
            if (!trigger.e) trigger = (dl_span){ open, n };
            open = UINT32_MAX;
        } else if (s.p[i] == '[' || s.p[i] == ']') { dl_bad(w->b, ln, dl_cut(s, i, i + 1), "brackets of a trigger do not match"); return; }
        else plain[n++] = s.p[i];
    }
    if (open != UINT32_MAX) { dl_bad(w->b, ln, s, "brackets of a trigger do not match"); return; }
    dl_ref sentence = dl_string(w->b, (dl_str){ plain, n }), ex = dl_string(w->b, expect);
    dl_example *x = dl_push(w->b->a, &w->b->examples);
    x->sentence = sentence, x->expect = ex, x->trigger = trigger, x->sense = w->s->row, x->file = (uint16_t)ln->src, x->line = ln->no;
    x->positive = ln->key.p[0] == '+';
}

/* ---- the body ---- */

static void words_line(work *w, const dl_line *ln, uint8_t pos)
{
    if (!ln->rest.n && ln->rest.p >= ln->line.p && ln->rest.p <= ln->line.p + ln->line.n) dl_bad(w->b, ln, ln->key, "no words");
    for (dl_str rest = ln->rest; rest.p;) {
        dl_str t = dl_next_item(&rest);
        if (!t.n) continue;
        if (dl_starts(t, DL_STR("...")) || dl_ends(t, DL_STR("..."))) { dl_bad(w->b, ln, t, "a gap stands between words: take ... hostage"); continue; }
        if (!dl_fold_phrase(w->b, t).n) { dl_bad(w->b, ln, t, "\"%.*s\" has no letters", (int)t.n, t.p); continue; }
        *dl_push(w->b->a, &w->s->words) = (dl_word){ t, ln, pos, false };
    }
}

static bool twice(work *w, const dl_line *ln, int k)
{
    if (k == K_FRAME || k == K_NOT || k == K_PLUS || k == K_MINUS || k == K_WAS || k == K_CONTEXT) return false;
    if (!w->seen[k]) { w->seen[k] = ln; return false; }
    dl_bad(w->b, ln, ln->key, "second `%s` of this entry (first in line %u)", key_names[k], w->seen[k]->no);
    return true;
}

static void flag_line(work *w, const dl_line *ln, uint8_t *flag) { *flag = 1; dl_nothing_more(w->b, ln, ln->rest); }

static void unknown_key(work *w, const dl_line *ln)
{
    dl_near near = dl_near_to(ln->key);
    for (int i = 0; i < K_N; i++) dl_near_try(&near, dl_str_of(key_names[i]));
    for (int i = 0; i < NKINDS; i++) dl_near_try(&near, dl_str_of(word_kinds[i].key));
    dl_bad(w->b, ln, ln->key, "unknown line \"%.*s\"%s", (int)ln->key.n, ln->key.p, dl_near_text(w->b, &near));
}

static void body_line(work *w, const dl_line *ln)
{
    for (int i = 0; i < NKINDS; i++)
        if (dl_is(ln->key, word_kinds[i].key)) { words_line(w, ln, word_kinds[i].pos); return; }
    int k = key_of(ln->key);
    if (k < 0) { unknown_key(w, ln); return; }
    if (twice(w, ln, k)) return;
    if (k < K_STAGE && w->s->entry->kind == DL_E_OPERATOR) { dl_bad(w->b, ln, ln->key, "an operator has no `%s`", key_names[k]); return; }
    switch ((key)k) {
    case K_CAMEO: cameo_line(w, ln); break;
    case K_LEGAL: row(w)->legal = (uint8_t)one_name(w, ln, dl_legal_names, 1, DL_LEGAL_N); break;
    case K_MEASURES: row(w)->measure = (uint8_t)one_name(w, ln, dl_measure_names, 1, DL_MEAS_N); break;
    case K_INCIDENT: { dl_str rest = ln->rest, v = dl_next_word(&rest); row(w)->incident = dl_string(w->b, v); dl_nothing_more(w->b, ln, rest); if (!v.n) dl_bad(w->b, ln, ln->key, "\"incident\" of what kind?"); break; }
    case K_RECIPROCAL: flag_line(w, ln, &row(w)->reciprocal); break;
    case K_CONTEXT: context_line(w, ln); break;
    case K_STAGE: row(w)->stage = (uint8_t)one_name(w, ln, dl_stage_names, 1, DL_STAGE_N); break;
    case K_CERTAINTY: row(w)->certainty = (uint8_t)one_name(w, ln, dl_certainty_names, 1, DL_CERT_N); break;
    case K_SAYS: says_line(w, ln); break;
    case K_ROLE: role_line(w, ln); break;
    case K_CONTROL: control_line(w, ln); break;
    case K_NEGATED: row(w)->negated = (uint8_t)one_name(w, ln, negated_names, 0, 4); break;
    case K_TRANSPARENT: flag_line(w, ln, &row(w)->transparent); break;
    case K_NOT: not_line(w, ln); break;
    case K_PLUS: case K_MINUS: example_line(w, ln); break;
    case K_FRAME: case K_WAS: case K_N: break;                          /* frames: when all words are known; was: entries.c */
    }
}

static void add_words(work *w)
{
    dl_build *b = w->b;
    for (uint32_t i = 0; i < w->s->words.n; i++) dl_inflect(b, &w->s->words.v[i], i, &w->s->phrases);
    for (uint32_t i = 0; i < w->s->phrases.n; i++) {
        const dl_phrase *p = &w->s->phrases.v[i];
        dl_add_phrase(b, w->s->words.v[p->word].at, p->phrase, p->tail, DL_P_SENSE, p->pos, p->form, w->s->row);
    }
}

static void contradictions(work *w)
{
    const dl_sense *r = row(w);
    bool effect = r->stage || r->certainty || r->says || r->role_from;
    if (r->transparent && effect) dl_bad(w->b, w->seen[K_TRANSPARENT], w->seen[K_TRANSPARENT]->key, "a transparent operator has no effect of its own: take out stage, certainty, says and role, or this");
    if (w->s->entry->kind == DL_E_OPERATOR && !effect && !r->transparent) dl_warn(w->b, &w->s->entry->head, w->s->entry->id, "this operator does nothing: no stage, certainty, says, role, nor `transparent`");
}

static void frames(work *w)
{
    dl_build *b = w->b;
    uint32_t first = b->frames.n;
    for (uint32_t i = 0; i < w->s->entry->body.n; i++)
        if (dl_is(w->s->entry->body.v[i].key, "frame")) dl_frame_line(b, w->s, &w->s->entry->body.v[i]);
    dl_frame_defaults(b, w->s, w->s->entry->head.no);
    row(w)->frame = first, row(w)->nframe = b->frames.n - first;
    bool event = row(w)->is_operator || row(w)->stage || row(w)->certainty || row(w)->says || row(w)->role_from || row(w)->transparent;
    for (uint32_t i = first; i < b->frames.n; i++)
        for (uint32_t k = 0; k < b->frames.v[i].nitem; k++) event = event || b->items.v[b->frames.v[i].item + k].role == DL_ROLE_event;
    row(w)->governs = event;
}

void dl_sense_entry(dl_build *b, dl_entry *e)
{
    dl_sense_build *s = dl_push(b->a, &b->sense_build);
    s->entry = e, s->row = b->senses.n;
    dl_sense *r = dl_push(b->a, &b->senses);
    work w = { .b = b, .s = s };
    r->is_operator = e->kind == DL_E_OPERATOR, r->file = (uint16_t)e->head.src, r->line = e->head.no;
    r->id = dl_string(b, e->id), r->gloss = dl_string(b, e->head.note);
    head_line(&w);
    for (uint32_t i = 0; i < e->body.n; i++) body_line(&w, &e->body.v[i]);
    if (!s->words.n) dl_bad(b, &e->head, e->id, "%.*s has no words", (int)e->id.n, e->id.p);
    add_words(&w);
    frames(&w);
    contradictions(&w);
    r = row(&w);
    r->context = b->refs.n, r->ncontext = w.contexts.n;
    for (uint32_t i = 0; i < w.contexts.n; i++) *dl_push(b->a, &b->refs) = w.contexts.v[i];
    r->excl = b->exclusions.n, r->nexcl = w.not.n;
    for (uint32_t i = 0; i < w.not.n; i++) memcpy(dl_push(b->a, &b->exclusions), &w.not.v[i], sizeof(dl_exclusion));
}
