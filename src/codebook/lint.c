/* lint.c - what is allowed but surely not meant: words that can never be found, senses that nothing tells apart, lines that contradict each other,
 * entries that no example tests. All of it as warnings, at the place to be changed.
 */
#include "base/utf8.h"
#include "codebook/build.h"

enum { PHRASE_MAX = 160, TAIL_WORDS = 6 };      /* of the facts stage */

static const dl_sense *row_of(const dl_build *b, const dl_sense_build *s) { return &b->senses.v[s->row]; }

static uint32_t blanks(dl_str s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.n; i++) n += s.p[i] == ' ';
    return n;
}

/* ---- words ---- */

static void lint_words(dl_build *b, const dl_sense_build *s)
{
    const dl_sense *r = row_of(b, s);
    for (uint32_t i = 0; i < s->words.n; i++) {
        const dl_word *w = &s->words.v[i];
        dl_str f = dl_fold_phrase(b, w->text);
        bool gap = dl_find(w->text, DL_STR("..."), 0) >= 0;
        if (f.n > PHRASE_MAX) dl_warn(b, w->at, w->text, "never found: longer than %d bytes", PHRASE_MAX);
        if (gap && blanks(f) > TAIL_WORDS + 4) dl_warn(b, w->at, w->text, "hardly ever found: so many words and a gap");
        for (uint32_t k = 0; k < i; k++)
            if (s->words.v[k].pos == w->pos && dl_eq(dl_fold_phrase(b, s->words.v[k].text), f)) { dl_warn(b, w->at, w->text, "\"%.*s\" stands twice in %.*s", (int)w->text.n, w->text.p, (int)s->entry->id.n, s->entry->id.p); break; }
        for (uint32_t k = r->excl; k < r->excl + r->nexcl; k++)
            if (b->exclusions.v[k].what == 3 && dl_eq(dl_text_of(b, b->exclusions.v[k].phrase), f)) dl_warn(b, w->at, w->text, "never found: a `not` of this entry excludes it");
    }
}

/* ---- examples ---- */

static bool in_words(dl_str s, dl_str w)
{
    for (int64_t at = dl_find(s, w, 0); at >= 0; at = dl_find(s, w, (uint32_t)at + 1))
        if ((at == 0 || s.p[at - 1] == ' ') && ((uint32_t)at + w.n == s.n || s.p[(uint32_t)at + w.n] == ' ')) return true;
    return false;
}

/* The sentence folded, without its marks. */
static dl_str words_of(dl_build *b, dl_str s)
{
    dl_str t = dl_copy(b->a, s);
    char *p = (char *)(uintptr_t)t.p;
    for (uint32_t i = 0; i < t.n; i++)
        if (strchr(",;:!?\"()", p[i])) p[i] = ' ';
    return dl_folded(b->a, t);
}

static bool pieces_in(dl_str s, dl_str tail)
{
    while (tail.n) {
        int64_t gap = dl_find(tail, DL_STR(DL_GAP), 0);
        if (!in_words(s, gap < 0 ? tail : dl_cut(tail, 0, (uint32_t)gap))) return false;
        tail = gap < 0 ? (dl_str){ 0 } : dl_cut(tail, (uint32_t)(gap + (int64_t)strlen(DL_GAP)), tail.n);
    }
    return true;
}

static const dl_line *line_of(const dl_sense_build *s, uint32_t no)
{
    for (uint32_t i = 0; i < s->entry->body.n; i++)
        if (s->entry->body.v[i].no == no) return &s->entry->body.v[i];
    return &s->entry->head;
}

static void lint_example(dl_build *b, const dl_sense_build *s, const dl_example *x)
{
    const dl_line *ln = line_of(s, x->line);
    dl_str sentence = dl_text_of(b, x->sentence), trigger = dl_fold_phrase(b, dl_at(sentence, x->trigger)), all = words_of(b, sentence);
    bool marked = x->trigger.e > x->trigger.b, found = false;
    for (uint32_t i = 0; i < s->phrases.n && !found; i++) {
        const dl_phrase *p = &s->phrases.v[i];
        bool tail = pieces_in(all, p->tail);
        found = tail && (marked ? dl_eq(trigger, p->phrase) || in_words(trigger, p->phrase) : in_words(all, p->phrase));
    }
    if (x->positive && !marked) dl_warn(b, ln, ln->rest, "no [trigger] in this example");
    if (!found) dl_warn(b, ln, ln->rest, marked ? "the trigger is no form of a word of %.*s" : "no word of %.*s in this example", (int)s->entry->id.n, s->entry->id.p);
}

static void lint_examples(dl_build *b, const dl_sense_build *s, uint32_t *next)
{
    uint32_t good = 0;
    for (; *next < b->examples.n && b->examples.v[*next].sense == s->row; (*next)++) {
        good += b->examples.v[*next].positive;
        lint_example(b, s, &b->examples.v[*next]);
    }
    if (!good) dl_warn(b, &s->entry->head, s->entry->id, "%.*s has no example (+)", (int)s->entry->id.n, s->entry->id.p);
}

/* ---- lines that contradict each other ---- */

static bool has_role(const dl_build *b, const dl_sense *r, uint8_t role)
{
    for (uint32_t i = r->frame; i < r->frame + r->nframe; i++)
        for (uint32_t k = 0; k < b->frames.v[i].nitem; k++)
            if (b->items.v[b->frames.v[i].item + k].role == role) return true;
    return r->nframe == 0;
}

static const dl_line *key_line(const dl_sense_build *s, const char *key)
{
    for (uint32_t i = 0; i < s->entry->body.n; i++)
        if (dl_is(s->entry->body.v[i].key, key)) return &s->entry->body.v[i];
    return &s->entry->head;
}

static void role_used(dl_build *b, const dl_sense_build *s, const char *key, uint8_t role)
{
    const dl_line *ln = key_line(s, key);
    if (role && !has_role(b, row_of(b, s), role)) dl_warn(b, ln, ln->rest, "no frame of %.*s has %s", (int)s->entry->id.n, s->entry->id.p, dl_role_words[role]);
}

static void lint_roles(dl_build *b, const dl_sense_build *s)
{
    const dl_sense *r = row_of(b, s);
    role_used(b, s, "says", r->says == DL_ROLE_event ? 0 : r->says);
    role_used(b, s, "role", r->role_from);
    role_used(b, s, "control", r->control);
    bool effect = r->stage || r->certainty || r->transparent;
    if (effect && r->is_operator && !has_role(b, r, DL_ROLE_event)) dl_warn(b, &s->entry->head, s->entry->id, "no frame of this operator has an EVENT to act on");
}

/* The crosswalk of cameo.tsv and the entry must agree; PLOVER's modes are those that stand there. */
static void lint_codes(dl_build *b, const dl_sense_build *s)
{
    const dl_sense *r = row_of(b, s);
    dl_str code = dl_text_of(b, r->cameo), mode = dl_text_of(b, r->mode);
    dl_near near = dl_near_to(mode);
    bool modes = false, known = false;
    for (uint32_t i = 0; i < b->cameo.n; i++) {
        const dl_cameo *c = &b->cameo.v[i];
        dl_str m = dl_text_of(b, c->mode);
        if (c->type == r->type && m.n) { modes = true; known = known || dl_eq(m, mode); dl_near_try(&near, m); }
        if (!code.n || !dl_eq(dl_text_of(b, c->code), code) || !c->type || c->type == r->type || b->types[r->type].own) continue;
        const dl_line *ln = key_line(s, "cameo");
        dl_warn(b, ln, ln->rest, "CAMEO %.*s is %s in cameo.tsv, this entry is %s", (int)code.n, code.p, dl_type_names[c->type], dl_type_names[r->type]);
    }
    if (!mode.n || known || !modes || b->types[r->type].own || near.d > 2) return;      /* PLOVER has modes that no CAMEO code leads to: only slips are named */
    dl_str head = s->entry->head.rest;
    dl_next_word(&head);
    dl_warn(b, &s->entry->head, dl_next_word(&head), "%s has no mode \"%.*s\" in cameo.tsv%s", dl_type_names[r->type], (int)mode.n, mode.p, dl_near_text(b, &near));
}

/* ---- senses that nothing tells apart ---- */

static bool same_preps(const dl_build *b, const dl_item *x, const dl_item *y)
{
    if (x->nprep != y->nprep) return false;
    for (uint32_t i = 0; i < x->nprep; i++) {
        bool found = false;
        for (uint32_t k = 0; k < y->nprep; k++) found = found || b->refs.v[x->prep + i].off == b->refs.v[y->prep + k].off;
        if (!found) return false;
    }
    return true;
}

static bool same_frame(const dl_build *b, const dl_frame *x, const dl_frame *y)
{
    if (x->pos != y->pos || x->nitem != y->nitem) return false;
    for (uint32_t i = 0; i < x->nitem; i++) {
        const dl_item *p = &b->items.v[x->item + i];
        bool found = false;
        for (uint32_t k = 0; k < y->nitem && !found; k++) {
            const dl_item *q = &b->items.v[y->item + k];
            found = p->by == q->by && p->required == q->required && (p->role == DL_ROLE_event) == (q->role == DL_ROLE_event) && dl_class_same(p->classes, q->classes) && same_preps(b, p, q);
        }
        if (!found) return false;
    }
    return true;
}

static bool told_apart(const dl_build *b, const dl_sense *x, const dl_sense *y, uint8_t pos)
{
    if (x->is_operator != y->is_operator || x->nexcl || y->nexcl) return true;
    for (uint32_t i = x->frame; i < x->frame + x->nframe; i++)
        for (uint32_t k = y->frame; k < y->frame + y->nframe; k++)
            if (b->frames.v[i].pos == pos && same_frame(b, &b->frames.v[i], &b->frames.v[k])) return false;
    return x->nframe || y->nframe;
}

static bool same_code(const dl_sense *x, const dl_sense *y)
{
    return x->type == y->type && x->mode.off == y->mode.off && x->cameo.off == y->cameo.off && x->stage == y->stage && x->certainty == y->certainty && x->says == y->says;
}

static void compare(dl_build *b, dl_str phrase, const dl_posting *p, const dl_posting *q)
{
    const dl_sense_build *x = &b->sense_build.v[p->id], *y = &b->sense_build.v[q->id];
    if (told_apart(b, row_of(b, x), row_of(b, y), p->pos)) return;
    for (uint32_t i = 0; i < y->phrases.n; i++) {
        if (!dl_eq(y->phrases.v[i].phrase, phrase) || y->phrases.v[i].pos != p->pos) continue;
        const dl_word *w = &y->words.v[y->phrases.v[i].word];
        bool same = same_code(row_of(b, x), row_of(b, y));
        dl_warn(b, w->at, w->text, "\"%.*s\" stands with the same frame%s in %.*s (line %u): %s", (int)w->text.n, w->text.p, same ? " and code" : "", (int)x->entry->id.n, x->entry->id.p, x->entry->head.no,
                same ? "one is enough" : "nothing tells them apart");
        return;
    }
}

static void lint_pairs(dl_build *b)
{
    for (uint32_t k = 0; k < b->key.n; k++)
        for (uint32_t i = b->key.v[k].first; i; i = b->node.v[i - 1].next) {
            const dl_posting *p = &b->node.v[i - 1].p;
            if (p->kind != DL_P_SENSE || !(p->form & (DL_F_BASE | DL_F_SG))) continue;
            for (uint32_t j = b->node.v[i - 1].next; j; j = b->node.v[j - 1].next) {
                const dl_posting *q = &b->node.v[j - 1].p;
                if (q->kind == DL_P_SENSE && q->id != p->id && q->pos == p->pos && q->tail.off == p->tail.off && q->tail.n == p->tail.n) compare(b, b->phrase.strs.v[k], p, q);
            }
        }
}

/* ---- names and lists ---- */

static void lint_named(dl_build *b)
{
    bool *words = dl_new(b->a, bool, b->class_build.n + 1);
    for (uint32_t i = 0; i < b->entries.n; i++) {
        const dl_entry *e = &b->entries.v[i];
        bool topic = e->kind == DL_E_TOPIC || e->kind == DL_E_CONTEXT;
        uint32_t id;
        dl_str rest = e->head.rest, name = dl_next_word(&rest);
        if (topic && !e->body.n) dl_warn(b, &e->head, name, "no words");
        if (e->kind != DL_E_CLASS || !dl_find_name(&b->class_names, name, &id)) continue;
        for (uint32_t k = 0; k < e->body.n; k++) words[id] = words[id] || dl_is(e->body.v[k].key, "words");
    }
    for (uint32_t i = 0; i < b->class_build.n; i++) {
        bool has = words[i];
        for (uint32_t k = 0; k < b->class_build.n && !has; k++) has = words[k] && k != i && dl_class_has(b->classes.v[k].classes, b->class_build.v[i].bit);
        if (!has) dl_warn(b, b->class_build.v[i].head, b->class_build.v[i].name, "class %.*s has no words and none within it", (int)b->class_build.v[i].name.n, b->class_build.v[i].name.p);
    }
}

static void lint_lists(dl_build *b)
{
    for (uint32_t k = 0; k < b->key.n; k++)
        for (uint32_t i = b->key.v[k].first; i; i = b->node.v[i - 1].next) {
            const dl_node *n = &b->node.v[i - 1];
            for (uint32_t j = n->p.kind == DL_P_LIST ? n->next : 0; j; j = b->node.v[j - 1].next) {
                const dl_node *m = &b->node.v[j - 1];
                if (m->p.kind != DL_P_LIST || b->lists.v[m->p.id].list != b->lists.v[n->p.id].list) continue;
                const dl_source *src = &b->stack->sources.v[m->at.file];
                dl_line ln = { .src = m->at.file, .no = m->at.line };
                dl_str rest = src->text;
                for (uint32_t no = 0; no < m->at.line; no++) ln.line = dl_next_alt(&rest, '\n');
                dl_str w = dl_text_of(b, b->lists.v[m->p.id].word), v = dl_text_of(b, b->lists.v[n->p.id].value);
                int64_t at = dl_find(ln.line, w, 0);
                dl_warn(b, &ln, at < 0 ? ln.line : dl_cut(ln.line, (uint32_t)at, (uint32_t)at + w.n), "\"%.*s\" has the value %.*s in this list already (line %u), which counts", (int)w.n, w.p, (int)v.n, v.p, n->at.line);
                break;
            }
        }
}

void dl_lint(dl_build *b)
{
    uint32_t example = 0;
    for (uint32_t i = 0; i < b->sense_build.n; i++) {
        const dl_sense_build *s = &b->sense_build.v[i];
        lint_words(b, s);
        lint_examples(b, s, &example);
        lint_roles(b, s);
        if (!row_of(b, s)->is_operator) lint_codes(b, s);
    }
    lint_pairs(b);
    lint_named(b);
    lint_lists(b);
}
