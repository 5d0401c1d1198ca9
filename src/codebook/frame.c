/* frame.c - a `frame` line becomes items: who fills which role, and where he stands to the word.
 *
 *   WHO(force) raids OBJECT(place|facility)      subject, word, object
 *   raid by WHO on|at|in OBJECT                  word, "by", "on|at|in"
 *   WHO takes WHOM hostage                       the word is "take ... hostage"
 *   WHOM is accused of EVENT by WHO              said in the passive: WHOM is the object, WHO the subject
 *
 * The word is found among all forms of all words of the entry: the longest that stands there. Where a verb and a noun look alike ("raid"), a role
 * before it makes it a verb, none makes it a noun. An entry whose nouns (or verbs) have no frame gets one after its other frames.
 */
#include <stdio.h>
#include "codebook/build.h"

typedef struct { dl_str text, folded; int role; dl_classes classes; bool required; } element;     /* role 0: a word */
typedef struct { dl_build *b; dl_sense_build *s; const dl_line *ln; DL_VEC(element) el; } frame_text;
enum { PIECES_MAX = 4 };
typedef struct { uint32_t b, e; } piece;
typedef struct { piece at[PIECES_MAX]; uint32_t n; const dl_phrase *phrase; int score; } trigger;    /* at[0] the word, then what follows its gaps: elements [b,e) */

/* ---- cutting the line ---- */

static bool role_like(dl_str t)
{
    uint32_t i = 0;
    while (i < t.n && (dl_upper((unsigned char)t.p[i]) || t.p[i] == '_')) i++;
    return i >= 2 && (i == t.n || t.p[i] == '(' || t.p[i] == '!');
}

/* EVENT(ASSAULT|COERCE): the kinds of deed that may be told inside, as bits by their numbers. */
static void event_types(frame_text *f, dl_str list, dl_classes *types)
{
    for (dl_str rest = list; rest.p;) {
        dl_str one = dl_trim(dl_next_alt(&rest, '|'));
        int t = dl_name_of(f->b, f->ln, one, "type of event", dl_type_names, 1, DL_TYPE_N);
        if (t > 0) dl_class_add(types, (unsigned)t);
    }
}

/* ROLE(class|class)!   the exclamation mark may stand before the classes */
static void role_element(frame_text *f, dl_str t)
{
    uint32_t i = 0;
    element *e = dl_push(f->b->a, &f->el);
    e->text = t;
    while (i < t.n && (dl_upper((unsigned char)t.p[i]) || t.p[i] == '_')) i++;
    int r = dl_name_of(f->b, f->ln, dl_cut(t, 0, i), "role", dl_role_words, 1, DL_ROLE_N);
    e->role = r < 0 ? -1 : r;
    if (i < t.n && t.p[i] == '!') e->required = true, i++;
    if (i < t.n && t.p[i] == '(') {
        const char *close = memchr(t.p + i, ')', t.n - i);
        if (!close) { dl_bad(f->b, f->ln, t, "no closing bracket"); return; }
        uint32_t end = (uint32_t)(close - t.p);
        if (r == DL_ROLE_event) event_types(f, dl_cut(t, i + 1, end), &e->classes);
        else dl_classes_of(f->b, f->ln, dl_cut(t, i + 1, end), &e->classes);
        i = end + 1;
    }
    if (i < t.n && t.p[i] == '!') e->required = true, i++;
    if (i < t.n) dl_bad(f->b, f->ln, dl_cut(t, i, t.n), "\"%.*s\" behind a role", (int)(t.n - i), t.p + i);
}

static void cut(frame_text *f)
{
    dl_str rest = f->ln->rest, t;
    while ((t = dl_next_word(&rest)).n) {
        const char *open = memchr(t.p, '(', t.n), *close;
        if (open && !memchr(open, ')', t.n - (size_t)(open - t.p)) && (close = memchr(rest.p, ')', rest.n))) {      /* "( a | b )" */
            uint32_t n = (uint32_t)(close - t.p) + 1;
            if (n < t.n + rest.n && *(close + 1) == '!') n++;
            rest = (dl_str){ t.p + n, (uint32_t)(rest.p + rest.n - (t.p + n)) };
            t.n = n;
        }
        if (role_like(t)) { role_element(f, t); continue; }
        if (dl_is(t, "...")) continue;
        element *e = dl_push(f->b->a, &f->el);
        e->text = t, e->folded = dl_fold_phrase(f->b, t);
    }
}

/* ---- finding the word ---- */

/* Do the elements from i on spell the phrase? Returns the element behind it, or 0. */
static uint32_t spells(const frame_text *f, uint32_t i, dl_str phrase)
{
    uint32_t at = 0;
    for (; i < f->el.n && !f->el.v[i].role; i++) {
        dl_str w = f->el.v[i].folded;
        if (at && at < phrase.n && phrase.p[at] == ' ') at++;
        if (!w.n || at + w.n > phrase.n || memcmp(phrase.p + at, w.p, w.n) != 0) return 0;
        at += w.n;
        if (at == phrase.n) return i + 1;
        if (phrase.p[at] != ' ') return 0;
    }
    return 0;
}

static int likeness(const frame_text *f, uint32_t b, uint32_t e, const dl_phrase *p)
{
    bool before = false, bare_next = e < f->el.n && f->el.v[e].role;
    for (uint32_t i = 0; i < b; i++) before = before || f->el.v[i].role;
    if (p->pos == DL_POS_VERB) return !before ? 3 : !(p->form & DL_F_BASE) ? 10 : bare_next ? 8 : 4;
    if (p->pos == DL_POS_NOUN) return before ? 5 : 8;
    return 6;
}

static void better(const frame_text *f, trigger *t, trigger *best)
{
    t->score = likeness(f, t->at[0].b, t->at[0].e, t->phrase);
    for (uint32_t i = 0; i < t->n; i++) t->score += (int)(t->at[i].e - t->at[i].b) * 100;
    if (t->score > best->score) *best = *t;
}

/* The word as it is given, all of it. */
static void whole_word(const frame_text *f, uint32_t i, const dl_phrase *p, trigger *best)
{
    trigger t = { .at = { { i, spells(f, i, p->phrase) } }, .n = 1, .phrase = p };
    if (!t.at[0].e) return;
    for (dl_str tail = p->tail; tail.n;) {
        int64_t gap = dl_find(tail, DL_STR(DL_GAP), 0);
        dl_str words = gap < 0 ? tail : dl_cut(tail, 0, (uint32_t)gap);
        tail = gap < 0 ? (dl_str){ 0 } : dl_cut(tail, (uint32_t)gap + (uint32_t)strlen(DL_GAP), tail.n);
        uint32_t j = t.at[t.n - 1].e, end = 0;
        while (j < f->el.n && (f->el.v[j].role || !(end = spells(f, j, words)))) j++;
        if (!end || t.n == PIECES_MAX) return;
        t.at[t.n++] = (piece){ j, end };
    }
    better(f, &t, best);
}

/* Of several words the one that changes stands for all: "denies" for "deny any part in", "attack" for "terror attack". */
static void main_word(const frame_text *f, uint32_t i, const dl_phrase *p, trigger *best)
{
    uint32_t b = 0, e = p->phrase.n;
    const char *blank = memchr(p->phrase.p, ' ', p->phrase.n);
    if (p->pos == DL_POS_VERB && blank) e = (uint32_t)(blank - p->phrase.p);
    if (p->pos == DL_POS_NOUN)
        while (blank) b = (uint32_t)(blank - p->phrase.p) + 1, blank = memchr(p->phrase.p + b, ' ', p->phrase.n - b);
    trigger t = { .at = { { i, spells(f, i, dl_cut(p->phrase, b, e)) } }, .n = 1, .phrase = p };
    if (t.at[0].e) better(f, &t, best);
}

static bool find_trigger(const frame_text *f, trigger *best)
{
    best->phrase = NULL, best->score = -1;
    for (int pass = 0; pass < 2 && !best->phrase; pass++)
        for (uint32_t i = 0; i < f->el.n; i++)
            for (uint32_t k = 0; k < f->s->phrases.n && !f->el.v[i].role; k++) (pass ? main_word : whole_word)(f, i, &f->s->phrases.v[k], best);
    return best->phrase != NULL;
}

static void no_word(const frame_text *f)
{
    char all[160];
    size_t n = 0;
    all[0] = 0;
    for (uint32_t i = 0; i < f->s->words.n && n + 40 < sizeof all; i++) {
        dl_str w = f->s->words.v[i].text;
        n += (size_t)snprintf(all + n, sizeof all - n, "%s%.*s", i ? ", " : "", w.n > 30 ? 30 : (int)w.n, w.p);
    }
    dl_str at = f->ln->rest;
    for (uint32_t i = 0; i < f->el.n; i++)
        if (!f->el.v[i].role) { at = f->el.v[i].text; break; }
    dl_bad(f->b, f->ln, at, "no word of %.*s in this frame; its words: %s", (int)f->s->entry->id.n, f->s->entry->id.p, *all ? all : "none");
}

/* ---- items ---- */

static void add_prep(dl_build *b, dl_item *it, dl_str words)
{
    dl_str w = dl_fold_phrase(b, words);
    if (!w.n) return;
    *dl_push(b->a, &b->refs) = dl_string(b, w);
    it->nprep++;
}

static dl_item *new_item(dl_build *b, int role, dl_by by, const element *e)
{
    dl_item *it = dl_push(b->a, &b->items);
    it->role = (uint8_t)role, it->by = (uint8_t)by;
    if (e) it->required = e->required, it->classes = e->classes;
    it->prep = b->refs.n;
    return it;
}

/* "on|at|in ROLE", "out of|from ROLE": elements [from,to) are the prepositions. */
static void prep_item(const frame_text *f, uint32_t from, uint32_t to)
{
    dl_item *it = new_item(f->b, f->el.v[to].role, DL_BY_PREP, &f->el.v[to]);
    const char *b = f->el.v[from].text.p, *e = f->el.v[to - 1].text.p + f->el.v[to - 1].text.n;
    for (dl_str rest = { b, (uint32_t)(e - b) }; rest.p;) {
        dl_str one = dl_next_alt(&rest, '|');
        if (one.n) add_prep(f->b, it, one);
        else dl_bad(f->b, f->ln, f->el.v[from].text, "an alternative is empty");
    }
}

static bool copula(dl_str w)
{
    static const char *const be[] = { "is", "are", "was", "were", "be", "been", "being" };
    for (size_t i = 0; i < sizeof be / sizeof *be; i++)
        if (dl_is(w, be[i])) return true;
    return false;
}

typedef struct { bool passive; uint32_t objects; uint32_t seen; } reading;

static void role_item(const frame_text *f, const trigger *t, reading *r, uint32_t from, uint32_t at)
{
    const element *e = &f->el.v[at];
    if (e->role < 0) return;
    if (r->seen >> e->role & 1) { dl_bad(f->b, f->ln, e->text, "%s stands twice in this frame", dl_role_words[e->role]); return; }
    r->seen |= 1u << e->role;
    bool before = at < t->at[0].b, noun = t->phrase->pos == DL_POS_NOUN, event = e->role == DL_ROLE_event;
    if (from < at) {
        bool by = r->passive && !before && at - from == 1 && dl_is(f->el.v[from].folded, "by");
        if (by) new_item(f->b, e->role, DL_BY_SUBJECT, e);
        else prep_item(f, from, at);
    } else if (before) new_item(f->b, e->role, noun ? (event ? DL_BY_OBJECT : DL_BY_MODIFIER) : r->passive ? DL_BY_OBJECT : DL_BY_SUBJECT, e);
    else if (event) new_item(f->b, e->role, DL_BY_OBJECT, e);
    else new_item(f->b, e->role, r->objects++ ? DL_BY_SECOND : DL_BY_OBJECT, e);
}

/* Words that belong to no role: the copula before the word may stand, all else is a mistake. */
static void loose_words(const frame_text *f, const trigger *t, reading *r, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (i < t->at[0].b && copula(f->el.v[i].folded)) {
            r->passive = t->phrase->pos == DL_POS_VERB && t->phrase->form & DL_F_PART;
            continue;
        }
        dl_bad(f->b, f->ln, f->el.v[i].text, "\"%.*s\" is no word of this entry, and no role follows it as a preposition", (int)f->el.v[i].text.n, f->el.v[i].text.p);
    }
}

static void walk(const frame_text *f, const trigger *t)
{
    reading r = { 0 };
    for (uint32_t i = 0; i < t->at[0].b; i++)                                    /* a passive is known before its first role is placed */
        if (!f->el.v[i].role && i + 1 == t->at[0].b && copula(f->el.v[i].folded)) r.passive = t->phrase->pos == DL_POS_VERB && (t->phrase->form & DL_F_PART);
    r.objects = r.passive;
    uint32_t from = 0, next = 0;
    for (uint32_t i = 0; i < f->el.n; i++) {
        if (next < t->n && i == t->at[next].b) {
            loose_words(f, t, &r, from, i);
            i = t->at[next++].e - 1;
            from = i + 1;
        } else if (f->el.v[i].role) role_item(f, t, &r, from, i), from = i + 1;
    }
    loose_words(f, t, &r, from, f->el.n);
}

/* Whose deed the inner event is. */
static void mark_control(dl_build *b, const dl_sense *s, dl_frame *fr)
{
    if (!fr->nitem) return;
    dl_item *v = b->items.v + fr->item, *who = NULL;
    bool event = false;
    for (uint32_t i = 0; i < fr->nitem; i++) {
        event = event || v[i].role == DL_ROLE_event;
        if (s->control ? v[i].role == s->control : v[i].role == DL_ROLE_recipient || (v[i].role == DL_ROLE_actor && !who)) who = &v[i];
    }
    if (event && who) who->control = 1;
}

static void close_frame(dl_build *b, dl_sense_build *s, uint8_t pos, uint32_t item, uint32_t line)
{
    dl_frame *fr = dl_push(b->a, &b->frames);
    fr->pos = pos, fr->item = item, fr->nitem = b->items.n - item, fr->line = line;
    mark_control(b, &b->senses.v[s->row], fr);
}

void dl_frame_line(dl_build *b, dl_sense_build *s, const dl_line *ln)
{
    frame_text f = { .b = b, .s = s, .ln = ln };
    trigger t;
    cut(&f);
    if (!f.el.n) { dl_bad(b, ln, ln->key, "an empty frame"); return; }
    if (!s->words.n) return;
    if (!find_trigger(&f, &t)) { no_word(&f); return; }
    uint32_t item = b->items.n;
    walk(&f, &t);
    close_frame(b, s, t.phrase->pos, item, ln->no);
}

/* ---- frames that nobody wrote ---- */

static void preps(dl_build *b, dl_item *it, const char *list)
{
    for (dl_str rest = dl_str_of(list); rest.p;) add_prep(b, it, dl_next_alt(&rest, '|'));
}

static void copy_preps(dl_build *b, dl_item *to, const dl_item *from)
{
    for (uint32_t i = 0; i < from->nprep; i++) {
        dl_ref r = b->refs.v[from->prep + i];
        *dl_push(b->a, &b->refs) = r;
    }
    to->nprep = from->nprep;
}

static bool has_prep(const dl_build *b, const dl_item *it, const char *list)
{
    for (dl_str rest = dl_str_of(list); rest.p;) {
        dl_str one = dl_next_alt(&rest, '|');
        for (uint32_t i = 0; i < it->nprep; i++)
            if (dl_eq(dl_text_of(b, b->refs.v[it->prep + i]), one)) return true;
    }
    return false;
}

/* From `WHO raids OBJECT(place)` the noun's `raid by WHO on|against|of|with OBJECT(place)`, and back. */
static void derive(dl_build *b, const dl_frame *from, bool noun, bool reciprocal)
{
    uint32_t objects = 0;
    for (uint32_t i = 0; i < from->nitem; i++) {
        dl_item old = b->items.v[from->item + i];
        element e = { .classes = old.classes, .required = old.required };
        bool event = old.role == DL_ROLE_event;
        dl_by by = (dl_by)old.by;
        if (event) by = old.by == DL_BY_PREP ? DL_BY_PREP : DL_BY_OBJECT;
        else if (noun && by != DL_BY_MODIFIER) by = DL_BY_PREP;
        else if (!noun && (by == DL_BY_MODIFIER || (by == DL_BY_PREP && has_prep(b, &old, "by")))) by = old.role == DL_ROLE_actor || by == DL_BY_PREP ? DL_BY_SUBJECT : DL_BY_OBJECT;
        else if (!noun && by == DL_BY_PREP && has_prep(b, &old, "on|against|of") && !objects++) by = DL_BY_OBJECT;
        dl_item *it = new_item(b, old.role, by, &e);
        if (by != DL_BY_PREP) continue;
        if (old.by == DL_BY_PREP) copy_preps(b, it, &old);
        else if (old.by == DL_BY_SUBJECT) preps(b, it, reciprocal ? "by|between|of" : "by");
        else preps(b, it, old.by == DL_BY_SECOND ? "of|to" : "on|against|of|with");
    }
}

static void plain(dl_build *b, bool noun, bool operator, bool reciprocal)
{
    dl_item *who = new_item(b, DL_ROLE_actor, noun ? DL_BY_PREP : DL_BY_SUBJECT, NULL);
    if (noun) preps(b, who, reciprocal ? "by|between|of" : "by");
    if (operator) { new_item(b, DL_ROLE_event, DL_BY_OBJECT, NULL); return; }
    dl_item *whom = new_item(b, DL_ROLE_recipient, noun ? DL_BY_PREP : DL_BY_OBJECT, NULL);
    if (noun) preps(b, whom, "on|against|of|with");
}

void dl_frame_defaults(dl_build *b, dl_sense_build *s, uint32_t line)
{
    uint32_t first = s->row ? b->senses.v[s->row - 1].frame + b->senses.v[s->row - 1].nframe : 0, n = b->frames.n;
    bool word[2] = { false, false }, framed[2] = { false, false };               /* verbs, nouns */
    dl_frame other[2];
    for (uint32_t i = 0; i < s->words.n; i++)
        for (int k = 0; k < 2; k++) word[k] = word[k] || s->words.v[i].pos == (k ? DL_POS_NOUN : DL_POS_VERB);
    for (uint32_t i = first; i < n; i++)
        for (int k = 0; k < 2; k++)
            if (b->frames.v[i].pos == (k ? DL_POS_NOUN : DL_POS_VERB) && !framed[k]) framed[k] = true, other[k] = b->frames.v[i];
    const dl_sense *r = &b->senses.v[s->row];
    for (int k = 0; k < 2; k++) {
        if (!word[k] || framed[k]) continue;
        uint32_t item = b->items.n;
        if (framed[1 - k]) derive(b, &other[1 - k], k == 1, r->reciprocal);
        else plain(b, k == 1, r->is_operator, r->reciprocal);
        close_frame(b, s, k ? DL_POS_NOUN : DL_POS_VERB, item, framed[1 - k] ? other[1 - k].line : line);
    }
}
