/* lexicon.c - classes, topics, contexts, lists: names first, since frames refer to them before they may have been read; then their words.
 *
 * Entries of one name add up, also over codebooks. A class has a bit of dl_classes: kinds, `place` and `actor` have the first ones, and a class called
 * like one of them shares its bit.
 */
#include "codebook/build.h"

enum { CLASS_MAX = DL_CLASS_MAX };            /* bits of dl_classes */

static bool name_ok(dl_str s)
{
    for (uint32_t i = 0; i < s.n; i++)
        if (!dl_lower((unsigned char)s.p[i]) && !dl_digit((unsigned char)s.p[i]) && s.p[i] != '-' && s.p[i] != '_') return false;
    return s.n > 0;
}

static dl_str entry_name(dl_build *b, const dl_entry *e, dl_str *rest)
{
    *rest = e->head.rest;
    dl_str name = dl_next_word(rest);
    if (!name_ok(name)) { dl_bad(b, &e->head, name.n ? name : e->head.key, "\"%.*s\" is no name: small letters, digits, hyphens", (int)name.n, name.p); return (dl_str){ 0 }; }
    return name;
}

/* ---- classes: heads ---- */

static int fixed_bit(dl_str name)
{
    for (int k = 1; k < DL_KIND_N; k++)
        if (dl_is(name, dl_kind_names[k])) return k;
    return dl_is(name, "place") ? DL_CLASS_PLACE : dl_is(name, "actor") ? DL_CLASS_ACTOR : 0;
}

static bool class_key(dl_str w) { return dl_is(w, "kind") || dl_is(w, "code") || dl_is(w, "office") || dl_is(w, "within"); }

static bool block(dl_str w)
{
    for (uint32_t i = 0; i < w.n; i++)
        if (!dl_upper((unsigned char)w.p[i]) && !dl_digit((unsigned char)w.p[i])) return false;
    return w.n == 3;
}

static void class_kind(dl_build *b, dl_class_build *c, const dl_line *ln, dl_str w, uint32_t layer)
{
    if (dl_name_of(b, ln, w, "kind", dl_kind_names, 1, DL_KIND_N) < 0) return;
    if (c->kind_at && !dl_eq(c->kind, w) && c->layer == layer)
        dl_bad(b, ln, w, "class %.*s is of kind %.*s in line %u, of kind %.*s here", (int)c->name.n, c->name.p, (int)c->kind.n, c->kind.p, c->kind_at->no, (int)w.n, w.p);
    c->kind = w, c->kind_at = ln, c->layer = layer;
}

/* kind K  code C [C]  office  within X [|Y]   in the head or in lines of their own */
static void class_words(dl_build *b, dl_class_build *c, const dl_line *ln, dl_str rest, uint32_t layer)
{
    dl_str w = dl_next_word(&rest);
    while (w.n) {
        dl_str key = w;
        w = dl_next_word(&rest);
        if (dl_is(key, "office")) { c->office = true; continue; }
        if (!class_key(key)) {
            static const char *const keys[] = { "kind", "code", "office", "within" };
            dl_name_of(b, ln, key, "word of a class", keys, 0, 4);
            continue;
        }
        if (!w.n) { dl_bad(b, ln, key, "\"%.*s\" of what?", (int)key.n, key.p); return; }
        if (dl_is(key, "kind")) class_kind(b, c, ln, w, layer), w = dl_next_word(&rest);
        else if (dl_is(key, "within")) {
            for (dl_str alts = w; alts.p;) { *dl_push(b->a, &c->within) = dl_next_alt(&alts, '|'); *dl_push(b->a, &c->within_at) = *ln; }
            w = dl_next_word(&rest);
        } else {
            c->code = (dl_str){ "", 0 };
            if (!block(w)) dl_bad(b, ln, w, "\"%.*s\" is no code: three capitals, more of them with blanks between", (int)w.n, w.p), w = dl_next_word(&rest);
            for (; block(w); w = dl_next_word(&rest)) c->code = dl_fmt(b->a, "%.*s%.*s", (int)c->code.n, c->code.p, (int)w.n, w.p);
        }
    }
}

static void class_head(dl_build *b, const dl_entry *e)
{
    dl_str rest, name = entry_name(b, e, &rest);
    if (!name.n) return;
    uint32_t k = dl_intern_id(&b->class_names, b->a, name) - 1;
    if (k == b->class_build.n) {
        dl_class_build *c = dl_push(b->a, &b->class_build);
        c->name = name, c->head = &e->head;
        int bit = fixed_bit(name);
        c->bit = bit ? (uint32_t)bit : b->nclass_bit++;
        if (c->bit == CLASS_MAX) dl_bad(b, &e->head, name, "too many classes: %d is the most", CLASS_MAX - DL_CLASS_FIRST);
        if (c->bit >= CLASS_MAX) c->bit = CLASS_MAX - 1;
        if (bit > 0 && bit < DL_KIND_N) c->kind = name;
    }
    dl_class_build *c = &b->class_build.v[k];
    class_words(b, c, &e->head, rest, e->layer);
    for (uint32_t i = 0; i < e->body.n; i++) {
        const dl_line *ln = &e->body.v[i];
        if (dl_is(ln->key, "words")) continue;
        if (!class_key(ln->key)) {
            static const char *const keys[] = { "words", "kind", "code", "office", "within" };
            dl_name_of(b, ln, ln->key, "line of a class", keys, 0, 5);
        } else class_words(b, c, ln, (dl_str){ ln->key.p, (uint32_t)(ln->rest.p + ln->rest.n - ln->key.p) }, e->layer);
    }
}

static void near_class(dl_build *b, const dl_line *ln, dl_str name)
{
    dl_near near = dl_near_to(name);
    for (int k = 1; k < DL_KIND_N; k++) dl_near_try(&near, dl_str_of(dl_kind_names[k]));
    dl_near_try(&near, DL_STR("place"));
    dl_near_try(&near, DL_STR("actor"));
    for (uint32_t i = 0; i < b->class_build.n; i++) dl_near_try(&near, b->class_build.v[i].name);
    dl_bad(b, ln, name, "unknown class \"%.*s\"%s", (int)name.n, name.p, dl_near_text(b, &near));
}

static int bit_of(const dl_build *b, dl_str name)
{
    uint32_t k;
    int bit = fixed_bit(name);
    if (bit) return bit;
    return dl_find_name(&b->class_names, name, &k) ? (int)b->class_build.v[k].bit : -1;
}

bool dl_classes_of(dl_build *b, const dl_line *ln, dl_str list, dl_classes *out)
{
    bool ok = true;
    while (list.p) {
        dl_str name = dl_next_alt(&list, '|');
        int bit = bit_of(b, name);
        if (bit >= 0) dl_class_add(out, (unsigned)bit);
        else near_class(b, ln, name), ok = false;
    }
    return ok;
}

/* Itself, its kind, `actor` if that can act. */
static void own_bits(dl_build *b, const dl_class_build *c, dl_class *row)
{
    dl_class_add(&row->classes, c->bit);
    for (int k = 1; k < DL_KIND_N; k++)
        if (dl_is(c->kind, dl_kind_names[k])) row->kind = (uint8_t)k;
    if (row->kind) dl_class_add(&row->classes, row->kind);
    if (row->kind >= DL_KIND_person && row->kind <= DL_KIND_population) dl_class_add(&row->classes, DL_CLASS_ACTOR);
    if (!c->kind.n && c->bit >= DL_CLASS_FIRST && !c->within.n) dl_bad(b, c->head, c->name, "class %.*s has no kind", (int)c->name.n, c->name.p);
}

static void class_rows(dl_build *b)
{
    for (uint32_t i = 0; i < b->class_build.n; i++) {
        const dl_class_build *c = &b->class_build.v[i];
        dl_ref name = dl_string(b, c->name), code = dl_string(b, c->code);
        dl_class *row = dl_push(b->a, &b->classes);
        row->name = name, row->code = code, row->office = c->office, row->index = (uint16_t)c->bit;
        own_bits(b, c, row);
    }
    bool changed = true;
    while (changed) {                                              /* `within` over any number of steps */
        changed = false;
        for (uint32_t i = 0; i < b->class_build.n; i++)
            for (uint32_t k = 0; k < b->class_build.v[i].within.n; k++) {
                int bit = bit_of(b, b->class_build.v[i].within.v[k]);
                uint32_t at;
                if (bit < 0) continue;
                dl_classes *c = &b->classes.v[i].classes, old = *c;
                dl_class_add(c, (unsigned)bit);
                if (dl_find_name(&b->class_names, b->class_build.v[i].within.v[k], &at)) dl_class_join(c, b->classes.v[at].classes);
                changed = changed || !dl_class_same(old, *c);
            }
    }
    for (uint32_t i = 0; i < b->class_build.n; i++)
        for (uint32_t k = 0; k < b->class_build.v[i].within.n; k++) {
            dl_class_build *c = &b->class_build.v[i];
            dl_str w = c->within.v[k], in = c->within_at.v[k].line;
            int64_t at = dl_find(in, w, 0);
            if (bit_of(b, w) < 0) near_class(b, &c->within_at.v[k], at < 0 ? w : dl_cut(in, (uint32_t)at, (uint32_t)at + w.n));
        }
}

static void named_head(dl_build *b, const dl_entry *e, dl_intern *names, uint32_t *n)
{
    dl_str rest, name = entry_name(b, e, &rest);
    dl_nothing_more(b, &e->head, rest);
    if (!name.n) return;
    bool topic = e->kind == DL_E_TOPIC;
    uint32_t k = dl_intern_id(names, b->a, name);
    if (k <= *n) return;
    if (k > DL_TOPIC_MAX) dl_bad(b, &e->head, name, "too many %ss: %d is the most", topic ? "topic" : "context", DL_TOPIC_MAX);
    dl_ref r = dl_string(b, name);
    if (topic) dl_push(b->a, &b->topics)->name = r;
    else dl_push(b->a, &b->contexts)->name = r;
    *n = k;
}

void dl_lexicon_names(dl_build *b)
{
    uint32_t topics = 0, contexts = 0;
    b->nclass_bit = DL_CLASS_FIRST;
    for (uint32_t i = 0; i < b->entries.n; i++) {
        const dl_entry *e = &b->entries.v[i];
        if (e->kind == DL_E_CLASS) class_head(b, e);
        else if (e->kind == DL_E_TOPIC) named_head(b, e, &b->topic_names, &topics);
        else if (e->kind == DL_E_CONTEXT) named_head(b, e, &b->context_names, &contexts);
        else if (e->kind == DL_E_FORMS) dl_forms_entry(b, e);
    }
    class_rows(b);
}

/* ---- words ---- */

/* All forms of the nouns of a line. */
static void nouns(dl_build *b, const dl_line *ln, dl_str rest, dl_posting_kind kind, uint16_t form, uint32_t id)
{
    if (!rest.n) dl_bad(b, ln, ln->key, "no words");
    while (rest.p) {
        dl_str t = dl_next_item(&rest);
        if (!t.n) continue;
        dl_phrases p = { 0 };
        dl_word w = { t, ln, DL_POS_NOUN, false };
        dl_inflect(b, &w, 0, &p);
        if (!p.n) dl_bad(b, ln, t, "\"%.*s\" has no letters", (int)t.n, t.p);
        for (uint32_t i = 0; i < p.n; i++) dl_add_phrase(b, ln, p.v[i].phrase, p.v[i].tail, kind, kind == DL_P_CLASS ? DL_POS_NOUN : 0, p.v[i].form | form, id);
    }
}

static void named_words(dl_build *b, const dl_entry *e, const dl_intern *names)
{
    dl_str rest = e->head.rest;
    uint32_t id;
    if (!dl_find_name(names, dl_next_word(&rest), &id)) return;
    for (uint32_t i = 0; i < e->body.n; i++) {
        const dl_line *ln = &e->body.v[i];
        static const char *const keys[] = { "strong", "weak" };
        int k = dl_name_of(b, ln, ln->key, e->kind == DL_E_TOPIC ? "line of a topic" : "line of a context", keys, 0, 2);
        if (k >= 0) nouns(b, ln, ln->rest, e->kind == DL_E_TOPIC ? DL_P_TOPIC : DL_P_CONTEXT, k == 0 ? DL_F_STRONG : 0, id);
    }
}

static bool listed_already(const dl_build *b, dl_str folded, uint16_t list, dl_ref value)
{
    uint32_t k;
    if (!dl_find_name(&b->phrase, folded, &k)) return false;
    for (uint32_t i = b->key.v[k].first; i; i = b->node.v[i - 1].next) {
        const dl_posting *p = &b->node.v[i - 1].p;
        if (p->kind == DL_P_LIST && b->lists.v[p->id].list == list && b->lists.v[p->id].value.off == value.off && b->lists.v[p->id].value.n == value.n) return true;
    }
    return false;
}

/* Lists are matched as they stand, in no other form and in any case. */
static void list_words(dl_build *b, const dl_entry *e)
{
    dl_str rest = e->head.rest, name = dl_next_word(&rest);
    int list = dl_name_of(b, &e->head, name, "list", dl_list_names, 1, DL_LIST_N);
    dl_nothing_more(b, &e->head, rest);
    if (list < 0) return;
    for (uint32_t i = 0; i < e->body.n; i++) {
        const dl_line *ln = &e->body.v[i];
        if (!ln->rest.n) dl_bad(b, ln, ln->key, "a value of a list without words");
        for (dl_str words = ln->rest; words.p;) {
            dl_str t = dl_next_item(&words), f = dl_fold_phrase(b, t);
            if (!t.n) continue;
            if (!f.n) { dl_bad(b, ln, t, "\"%.*s\" has no letters", (int)t.n, t.p); continue; }
            dl_ref value = dl_string(b, ln->key), word = dl_string(b, t);
            if (listed_already(b, f, (uint16_t)list, value)) continue;
            dl_list_item *it = dl_push(b->a, &b->lists);
            it->list = (uint16_t)list, it->value = value, it->word = word;
            dl_add_phrase(b, ln, f, (dl_str){ 0 }, DL_P_LIST, 0, DL_F_BASE, b->lists.n - 1);
        }
    }
}

void dl_lexicon_words(dl_build *b)
{
    for (uint32_t i = 0; i < b->entries.n; i++) {
        const dl_entry *e = &b->entries.v[i];
        uint32_t id;
        dl_str rest = e->head.rest;
        if (e->kind == DL_E_CLASS && dl_find_name(&b->class_names, dl_next_word(&rest), &id)) {
            for (uint32_t k = 0; k < e->body.n; k++)
                if (dl_is(e->body.v[k].key, "words")) nouns(b, &e->body.v[k], e->body.v[k].rest, DL_P_CLASS, 0, id);
        } else if (e->kind == DL_E_TOPIC) named_words(b, e, &b->topic_names);
        else if (e->kind == DL_E_CONTEXT) named_words(b, e, &b->context_names);
        else if (e->kind == DL_E_LIST) list_words(b, e);
    }
}
