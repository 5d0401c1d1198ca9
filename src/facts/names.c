/* names.c - what the words of one phrase say about whom it stands for: its kind, its class, the country it names, its title.
 *
 * Only what the words say: nobody's religion, origin or views are inferred. "Belgian police" are a force of Belgium because it is said so.
 */
#include "facts/names.h"
#include "base/utf8.h"

uint32_t dl_phrase_head(const dl_language *L, uint32_t b, uint32_t e)
{
    for (uint32_t i = e; i-- > b;) {
        uint32_t h = L->tok[i].head;
        if (h == i || h < b || h >= e) return i;
    }
    return e - 1;
}

static void classify_hit(dl_ask *q, uint32_t k)
{
    dl_facts *f = q->f;
    const dl_hit *h = &f->hits.v[k];
    uint32_t t = dl_phrase_head(q->lang, h->b, h->e);
    if (h->posting->kind == DL_P_CLASS) {
        const dl_token *tok = &q->lang->tok[h->e - 1];
        uint8_t kind = dl_book_class(q->book, h->posting->id)->kind;
        if (tok->upos == DL_PROPN && tok->capital && !tok->sentence_first && (kind == DL_KIND_facility || kind == DL_KIND_other || kind == DL_KIND_none) && h->e + 1 < q->lang->sent[tok->sent].end &&
            dl_is(q->lang->tok[h->e].low, "of") && q->lang->tok[h->e + 1].upos == DL_PROPN)
            return;                                                                        /* "the House of Dawn": no house */
        if (tok->upos == DL_PROPN && tok->capital && !tok->sentence_first && h->e - h->b == 1 && (kind == DL_KIND_weapon || kind == DL_KIND_other) && h->b > q->lang->sent[tok->sent].first &&
            q->lang->tok[h->b - 1].capital && !q->lang->tok[h->b - 1].sentence_first && q->lang->tok[h->b - 1].head == h->b && !q->lang->sent[tok->sent].shout)
            return;                                                                        /* "the Northern Hammer": no hammer */
        if (tok->upos == DL_VERB || tok->upos == DL_ADV || tok->upos == DL_ADP || tok->upos == DL_AUX) return;
        if (tok->upos == DL_ADJ && tok->rel == DL_R_amod && kind == DL_KIND_person && !tok->capital && h->e - h->b == 1) return;      /* "a general strike" */
        bool of = false;
        for (uint32_t i = h->b; i < h->e; i++) of = of || dl_is(q->lang->tok[i].low, "of");
        if (!of) t = h->e - 1;                                                            /* "law enforcement officials": the head is last; "head of state": it is not */
        const dl_hit *old = f->class_hit[t] == DL_NONE ? NULL : &f->hits.v[f->class_hit[t]];
        dl_classes c = dl_book_class(q->book, h->posting->id)->classes;
        if (old && old->e - old->b > h->e - h->b) return;
        if (old && old->e - old->b < h->e - h->b) f->classes[t] = (dl_classes){ { 0 } };
        if (!old || old->e - old->b < h->e - h->b) f->class_hit[t] = k;
        dl_class_join(&f->classes[t], c);
    } else if (h->posting->kind == DL_P_ACTOR) {
        const dl_hit *old = f->actor_hit[t] == DL_NONE ? NULL : &f->hits.v[f->actor_hit[t]];
        if (old && old->e - old->b >= h->e - h->b) return;
        if (h->e < q->lang->sent[q->lang->tok[t].sent].end && q->lang->tok[h->e].rel == DL_R_flat && q->lang->tok[h->e].head >= h->b && q->lang->tok[h->e].head < h->e && h->e - h->b > 1) return;      /* "El Faro del Sur": another paper than El Faro */
        f->actor_hit[t] = k;
        dl_class_add(&f->classes[t], dl_book_actor(q->book, h->posting->id)->kind);
        dl_class_add(&f->classes[t], DL_CLASS_ACTOR);
    }
}

void dl_classify_tokens(dl_ask *q)
{
    dl_facts *f = q->f;
    uint32_t n = q->lang->ntok;
    f->classes = dl_new(q->mem, dl_classes, n + 1);
    f->class_hit = dl_new(q->mem, uint32_t, n + 1);
    f->actor_hit = dl_new(q->mem, uint32_t, n + 1);
    f->place_of = dl_new(q->mem, uint32_t, n + 1);
    memset(f->class_hit, 0xff, sizeof(uint32_t) * (n + 1));
    memset(f->actor_hit, 0xff, sizeof(uint32_t) * (n + 1));
    memset(f->place_of, 0xff, sizeof(uint32_t) * (n + 1));
    f->time_of = dl_new(q->mem, uint32_t, n + 1);
    memset(f->time_of, 0xff, sizeof(uint32_t) * (n + 1));
    for (uint32_t t = 0; t < f->times.n; t++)
        for (uint32_t i = f->times.v[t].tb; i < f->times.v[t].te; i++) f->time_of[i] = t;
    for (uint32_t k = 0; k < f->hits.n; k++) classify_hit(q, k);
    for (uint32_t p = 0; p < f->places.n; p++) {
        const dl_place *pl = &f->places.v[p];
        for (uint32_t i = pl->tb; i < pl->te; i++) f->place_of[i] = p;
        uint32_t t = dl_phrase_head(q->lang, pl->tb, pl->te);
        const dl_spot *r = pl->is;
        if (pl->use == DL_USE_DEMONYM) {
            if (dl_is_noun(&q->lang->tok[t]) || q->lang->tok[t].rel == DL_R_nsubj) { dl_class_add(&f->classes[t], DL_KIND_population); dl_class_add(&f->classes[t], DL_CLASS_ACTOR); }
            continue;
        }
        dl_class_add(&f->classes[t], DL_CLASS_PLACE);
        if (r->kind == DL_PLACE_COUNTRY || pl->use == DL_USE_ACTOR) { dl_class_add(&f->classes[t], DL_KIND_government); dl_class_add(&f->classes[t], DL_CLASS_ACTOR); }
    }
}

/* ---- the country that a phrase names ---- */

static uint32_t country_of_place(const dl_ask *q, uint32_t p) { return q->f->places.v[p].is->country; }

static bool country_word(const dl_ask *q, uint32_t i)
{
    return dl_list_at(q, i, DL_LIST_anaphors, NULL).n && dl_is(dl_list_at(q, i, DL_LIST_anaphors, NULL), "country");
}

/* "the country's police": the country named last before. */
static uint32_t last_country(const dl_ask *q, uint32_t before)
{
    for (uint32_t p = q->f->places.n; p-- > 0;) {
        if (q->f->places.v[p].tb >= before) continue;
        if (q->f->places.v[p].is->kind == DL_PLACE_COUNTRY) return q->f->places.v[p].is->country;
    }
    return DL_NONE;
}

static uint32_t named_country(const dl_ask *q, uint32_t head, int depth)
{
    const dl_language *L = q->lang;
    DL_EACH_CHILD(L, head, k) {
        uint8_t r = L->tok[k].rel;
        if (r == DL_R_acl || r == DL_R_acl_relcl || r == DL_R_appos || r == DL_R_conj || r == DL_R_punct) continue;
        if (q->f->place_of[k] != DL_NONE && (r == DL_R_amod || r == DL_R_compound || r == DL_R_nmod_poss || r == DL_R_nmod || r == DL_R_nmod_desc || r == DL_R_flat)) {
            if (r == DL_R_nmod) {
                dl_str p = dl_prep_of(q, k);
                if (!dl_is(p, "of") && !dl_is(p, "in") && !dl_is(p, "from") && !dl_is(p, "for")) continue;
            }
            uint32_t c = country_of_place(q, q->f->place_of[k]);
            if (c != DL_NONE) return c;
        }
        if (r == DL_R_nmod_poss && country_word(q, k)) return last_country(q, k);
        if (depth < 2 && (r == DL_R_compound || r == DL_R_nmod || r == DL_R_nmod_poss || r == DL_R_amod) && q->f->class_hit[k] != DL_NONE) {
            uint32_t c = named_country(q, k, depth + 1);
            if (c != DL_NONE) return c;
        }
    }
    return DL_NONE;
}

/* ---- names ---- */

static bool name_part(const dl_token *t) { return (t->upos == DL_PROPN || (t->capital && t->upos != DL_PUNCT && !t->sentence_first)) && t->upos != DL_PRON && t->upos != DL_DET && t->upos != DL_ADP; }

/* "the Lions of the North", "Bank of Ghana": a capitalised noun that is neither an office nor a place, and what "of" ties to it. Its end, or e. */
static uint32_t with_of(const dl_ask *q, uint32_t head, uint32_t e)
{
    const dl_language *L = q->lang;
    uint32_t end = L->sent[L->tok[head].sent].end, i = e;
    if (!L->tok[head].capital || L->tok[head].sentence_first || i + 1 >= end || !dl_is(L->tok[i].text, "of") || q->f->place_of[head] != DL_NONE) return e;
    if (q->f->class_hit[head] != DL_NONE && dl_book_class(q->book, q->f->hits.v[q->f->class_hit[head]].posting->id)->kind == DL_KIND_person && L->tok[head].xpos != DL_NNPS) return e;
    i++;
    if (dl_is(L->tok[i].text, "the") && i + 1 < end) i++;
    if (!dl_is_noun(&L->tok[i]) || !L->tok[i].capital || !dl_below(L, i, head)) return e;
    while (i < end && dl_is_noun(&L->tok[i]) && L->tok[i].capital) i++;
    return i;
}

/* The run of capitalised words around the head that belong to it. */
static void name_run(const dl_ask *q, uint32_t head, uint32_t *b, uint32_t *e)
{
    const dl_language *L = q->lang;
    uint32_t pb, pe;
    dl_phrase_of(L, head, false, &pb, &pe);
    *b = head, *e = head + 1;
    while (*b > pb && name_part(&L->tok[*b - 1])) --*b;
    while (*e < pe && (name_part(&L->tok[*e]) || (*e + 1 < pe && name_part(&L->tok[*e + 1]) && (dl_is(L->tok[*e].text, "-") || L->tok[*e].rel == DL_R_flat)))) ++*e;
    *e = with_of(q, head, *e);
    static const char *const peoples[] = { "people", "women", "children", "men" };
    bool many = *b >= L->sent[L->tok[head].sent].first + 2 && dl_is(L->tok[*b - 1].text, "'");
    for (size_t i = 0; i < 4 && !many && *b >= L->sent[L->tok[head].sent].first + 2; i++) many = L->tok[*b - 1].xpos == DL_POS && dl_is(L->tok[*b - 2].low, peoples[i]);
    if (many && L->tok[*b - 2].capital && dl_is_noun(&L->tok[*b - 2]) && q->f->place_of[*b - 2] == DL_NONE)      /* "the Citizens' Night Watch" */
        for (*b -= 2; *b > L->sent[L->tok[head].sent].first && name_part(&L->tok[*b - 1]) && dl_below(L, *b - 1, head); ) --*b;
}

/* Titles, ranks and demonyms in front of a name are not part of it. */
static uint32_t strip_titles(dl_ask *q, uint32_t *b, uint32_t e, uint32_t head)
{
    uint32_t title = DL_NONE;
    while (*b + 1 < e && (*b < head || q->lang->tok[*b + 1].rel == DL_R_flat)) {
        uint32_t end = 0;
        const dl_hit *h = NULL;
        for (uint32_t i = q->f->hits.first[*b]; i < q->f->hits.first[*b + 1]; i++)
            if (q->f->hits.v[i].posting->kind == DL_P_CLASS && q->f->hits.v[i].e < e && dl_book_class(q->book, q->f->hits.v[i].posting->id)->office) { h = &q->f->hits.v[i]; break; }
        if (h) { title = (uint32_t)(h - q->f->hits.v); *b = h->e; continue; }
        if (dl_list_at(q, *b, DL_LIST_honorifics, &end).n && end < e) { *b = end; continue; }
        uint32_t p = q->f->place_of[*b];
        if (p != DL_NONE && q->f->places.v[p].use == DL_USE_DEMONYM && q->f->places.v[p].te < e) {
            uint32_t next = q->f->places.v[p].te;
            if (next + 1 < e && q->lang->tok[next + 1].xpos == DL_POS && q->lang->tok[next].capital) break;      /* "the Himalayan Workers' Front" is called so */
            *b = next;
            continue;
        }
        break;
    }
    return title;
}

/* A title that stands before the name without capital ("the president, ..." is an apposition; "president Ruiz" is this). */
static uint32_t title_child(const dl_ask *q, uint32_t head)
{
    const dl_language *L = q->lang;
    DL_EACH_CHILD(L, head, k)
        if (k < head && (L->tok[k].rel == DL_R_nmod_desc || L->tok[k].rel == DL_R_compound || L->tok[k].rel == DL_R_amod) && q->f->class_hit[k] != DL_NONE) {
            const dl_class *c = dl_book_class(q->book, q->f->hits.v[q->f->class_hit[k]].posting->id);
            if (c->kind == DL_KIND_person) return q->f->class_hit[k];
        }
    return DL_NONE;
}

static uint8_t gender_of_name(const dl_ask *q, uint32_t b, uint32_t e)
{
    for (uint32_t i = b > 0 && q->lang->tok[b - 1].sent == q->lang->tok[b].sent ? b - 1 : b; i < e; i++) {
        dl_str v = dl_list_at(q, i, i < b ? DL_LIST_honorifics : DL_LIST_first_names, NULL);
        if (!v.n && i == b) v = dl_list_at(q, i, DL_LIST_honorifics, NULL);
        if (dl_is(v, "m") || dl_is(v, "f")) return (uint8_t)v.p[0];
        if (i > b) break;
    }
    return 0;
}

/* The name that the tagger found around the word, NULL: it takes it for none. */
static const dl_name *tagged(const dl_language *L, uint32_t i) { return L->name_of && L->name_of[i] != DL_NONE ? &L->name[L->name_of[i]] : NULL; }

/* "Ana Ruiz, 32, ...", "Ana Ruiz (32)": the number behind a name is somebody's age. */
static bool with_age(const dl_language *L, uint32_t i)
{
    if (i + 2 >= L->ntok || L->tok[i].sent != L->tok[i + 2].sent || !(dl_is(L->tok[i].text, ",") || dl_is(L->tok[i].text, "("))) return false;
    int64_t age;
    bool closed = dl_is(L->tok[i + 2].text, dl_is(L->tok[i].text, ",") ? "," : ")");
    return closed && dl_str_int(L->tok[i + 1].text, &age) && age > 9 && age < 110;
}

static uint8_t kind_of_name(const dl_ask *q, const dl_naming *n, uint32_t head)
{
    const dl_language *L = q->lang;
    if (n->title != DL_NONE) return DL_KIND_person;
    if (n->te - n->tb > 1 && q->f->class_hit[n->te - 1] != DL_NONE) {                      /* "Home Ministry", "Workers Party" */
        const dl_class *c = dl_book_class(q->book, q->f->hits.v[q->f->class_hit[n->te - 1]].posting->id);
        if (c->kind != DL_KIND_person) return c->kind;
        if (q->f->hits.v[q->f->class_hit[n->te - 1]].posting->form & DL_F_PL) return DL_KIND_group;      /* "the Latin Kings" */
    }
    if (n->te - n->tb > 2 && (L->tok[n->tb].xpos == DL_NNPS || L->tok[n->tb].xpos == DL_NNS) && dl_is(L->tok[n->tb + 1].low, "of")) return DL_KIND_group;      /* "the Friends of the Port" */
    if (n->te - n->tb > 1 && L->tok[n->te - 1].xpos == DL_NNPS && n->tb > 0 && dl_is(L->tok[n->tb - 1].low, "the") && q->f->place_of[n->tb] == DL_NONE) return DL_KIND_group;
    DL_EACH_CHILD(L, head, k)                                                               /* "the charity Light of the Tigris" */
        if (k < n->tb && (L->tok[k].rel == DL_R_compound || L->tok[k].rel == DL_R_nmod_desc) && L->tok[k].upos == DL_NOUN && q->f->class_hit[k] != DL_NONE) {
            uint8_t kind = dl_book_class(q->book, q->f->hits.v[q->f->class_hit[k]].posting->id)->kind;
            if (kind == DL_KIND_group || kind == DL_KIND_organisation || kind == DL_KIND_force) return kind;
        }
    if (dl_list_at(q, n->tb, DL_LIST_first_names, NULL).n) return DL_KIND_person;
    if (n->tb > 0 && L->tok[n->tb - 1].sent == L->tok[n->tb].sent && dl_list_at(q, n->tb - 1, DL_LIST_honorifics, NULL).n) return DL_KIND_person;
    if (dl_child_by(L, head, DL_R_appos) != DL_NONE) {
        uint32_t a = dl_child_by(L, head, DL_R_appos);
        if (q->f->class_hit[a] != DL_NONE) return dl_book_class(q->book, q->f->hits.v[q->f->class_hit[a]].posting->id)->kind;
        if (L->tok[a].upos == DL_NUM) return DL_KIND_person;                               /* "Ana Ruiz, 32," */
    }
    if (L->tok[head].rel == DL_R_appos && q->f->class_hit[L->tok[head].head] != DL_NONE)
        return dl_book_class(q->book, q->f->hits.v[q->f->class_hit[L->tok[head].head]].posting->id)->kind;
    const dl_name *tag = tagged(L, head);
    if (with_age(L, n->te) || (tag && tag->type == DL_NAME_PER)) return DL_KIND_person;
    if (tag && tag->type == DL_NAME_ORG) return DL_KIND_organisation;
    if (n->te - n->tb >= 2 && n->te - n->tb <= 4 && !L->tok[n->tb].allcaps) {              /* two to four capitalised words without an article: most are persons */
        bool the = n->tb > 0 && L->tok[n->tb - 1].sent == L->tok[n->tb].sent && L->tok[n->tb - 1].upos == DL_DET, place = false;
        for (uint32_t i = n->tb; i < n->te; i++) place = place || q->f->place_of[i] != DL_NONE;
        if (!the && !place) return DL_KIND_person;
    }
    if (n->te - n->tb == 1 && L->tok[n->tb].allcaps && L->tok[n->tb].text.n >= 3) return DL_KIND_organisation;
    return DL_KIND_none;
}

static bool plural_form(const dl_ask *q, uint32_t head)
{
    const dl_token *t = &q->lang->tok[head];
    if (t->xpos == DL_NNS || t->xpos == DL_NNPS) return true;
    if (q->f->class_hit[head] == DL_NONE) return false;
    const dl_posting *p = q->f->hits.v[q->f->class_hit[head]].posting;
    return (p->form & DL_F_PL) != 0;
}

static void describe(dl_ask *q, uint32_t head, dl_naming *n)
{
    const dl_language *L = q->lang;
    n->country = named_country(q, head, 0);
    DL_EACH_CHILD(L, head, k) {
        const dl_token *t = &L->tok[k];
        if (t->rel == DL_R_det && (dl_is(t->low, "the") || dl_is(t->low, "this") || dl_is(t->low, "that") || dl_is(t->low, "these") || dl_is(t->low, "those"))) n->definite = true;
        if (t->rel == DL_R_nmod_poss) n->possessive = true;
        if (t->rel == DL_R_nummod || (t->rel == DL_R_det && !dl_is(t->low, "the") && !n->definite)) n->quantified = true;
    }
    n->number = plural_form(q, head) ? 2 : 1;
}

const dl_name *dl_name_headed(const dl_language *L, uint32_t head)
{
    const dl_name *t = tagged(L, head);
    return t && (t->type == DL_NAME_PER || t->type == DL_NAME_ORG) && dl_phrase_head(L, t->tb, t->te) == head ? t : NULL;
}

/* A name: a known actor, or capitalised words. */
static bool as_name(dl_ask *q, uint32_t head, dl_naming *n)
{
    const dl_language *L = q->lang;
    uint32_t hit = q->f->actor_hit[head];
    if (hit != DL_NONE) {
        const dl_hit *h = &q->f->hits.v[hit];
        n->tb = h->b, n->te = h->e;
        n->actor = h->posting->id;
        n->kind = dl_book_actor(q->book, n->actor)->kind;
        n->gender = n->kind == DL_KIND_person ? gender_of_name(q, n->tb, n->te) : 0;
    } else {
        const dl_name *tag = dl_name_headed(L, head);
        bool shout = L->sent[L->tok[head].sent].shout;                                     /* in capitals all words look like names: only the tagger tells them */
        if (shout ? !tag : !tag && L->tok[head].upos != DL_PROPN && !(dl_is_noun(&L->tok[head]) && with_of(q, head, head + 1) > head + 1)) return false;
        if (shout) n->tb = tag->tb, n->te = tag->te;
        else name_run(q, head, &n->tb, &n->te);
        if (tag && tag->tb <= n->tb && tag->te >= n->te) n->tb = tag->tb, n->te = tag->te;      /* "Osama bin Laden" */
        n->title = strip_titles(q, &n->tb, n->te, head);
        bool body = q->f->class_hit[head] != DL_NONE && n->te - n->tb > 1 && dl_book_class(q->book, q->f->hits.v[q->f->class_hit[head]].posting->id)->kind != DL_KIND_person;      /* "the Plains Guard militia": no guard */
        if (n->title == DL_NONE && !body) n->title = title_child(q, head);
        if (n->tb >= n->te) return false;
        if (q->f->class_hit[head] != DL_NONE && n->te - n->tb == 1) return false;          /* "Police", "Government" at the start of a line */
        if (dl_list_at(q, n->tb, DL_LIST_months, NULL).n || dl_list_at(q, n->tb, DL_LIST_weekdays, NULL).n || dl_list_at(q, n->tb, DL_LIST_generic, NULL).n) return false;
        n->kind = kind_of_name(q, n, head);
        n->gender = gender_of_name(q, n->tb, n->te);
    }
    n->is_name = true;
    if (q->f->class_hit[head] == DL_NONE) n->number = n->kind == DL_KIND_person ? 1 : 0;
    n->name = dl_at((dl_str){ q->art->text.p, q->art->text.n }, dl_tokens_span(L, n->tb, n->te));
    return true;
}

/* "The 52-year-old": one person, told by the age. */
bool dl_aged_noun(const dl_language *L, uint32_t i)
{
    if (i < L->sent[L->tok[i].sent].first + 3 || !(dl_is(L->tok[i].low, "old") || dl_ends(L->tok[i].low, DL_STR("year-old"))) || L->tok[i].rel == DL_R_amod || L->tok[i].rel == DL_R_advmod) return false;
    if (dl_is(L->tok[i].low, "old") && !dl_is(L->tok[i - 1].text, "-")) return false;
    if (i + 1 < L->sent[L->tok[i].sent].end && dl_is_noun(&L->tok[i + 1]) && L->tok[i + 1].head <= i) return false;
    return dl_child_by(L, i, DL_R_det) != DL_NONE;
}

static bool as_aged(dl_ask *q, uint32_t head, dl_naming *n)
{
    if (!dl_aged_noun(q->lang, head)) return false;
    n->kind = DL_KIND_person, n->number = 1, n->quantified = n->is_name = false;
    dl_phrase_of(q->lang, head, false, &n->tb, &n->te);
    n->name = dl_at(q->art->text, dl_tokens_span(q->lang, n->tb, n->te));
    return true;
}

bool dl_name_phrase(dl_ask *q, uint32_t head, dl_naming *n)
{
    const dl_language *L = q->lang;
    *n = (dl_naming){ .title = DL_NONE, .actor = DL_NONE, .klass = DL_NONE, .country = DL_NONE };
    describe(q, head, n);
    uint32_t p = q->f->place_of[head];
    if (q->f->class_hit[head] != DL_NONE) n->klass = q->f->hits.v[q->f->class_hit[head]].posting->id;
    if (p != DL_NONE && q->f->actor_hit[head] == DL_NONE) {
        const dl_place *pl = &q->f->places.v[p];
        if (pl->use == DL_USE_PLACE) return false;
        bool state = pl->use == DL_USE_ACTOR || !dl_is_noun(&L->tok[head]);             /* "Israel", "the Israeli attack"; "Israelis" are people */
        n->tb = pl->tb, n->te = pl->te, n->is_name = pl->use == DL_USE_ACTOR;
        n->name = dl_at(q->art->text, pl->at);
        n->kind = state ? DL_KIND_government : DL_KIND_population;
        n->country = country_of_place(q, p);
        n->state = state && n->country != DL_NONE && pl->is->kind == DL_PLACE_COUNTRY;
        n->number = state ? 1 : 2;
        return true;
    }
    if (as_name(q, head, n)) {
        if (n->klass != DL_NONE && n->te - n->tb > 1 && q->f->hits.v[q->f->class_hit[head]].b > n->tb && dl_book_class(q->book, n->klass)->kind == DL_KIND_person) n->klass = DL_NONE;      /* nobody called King is one */
        if (n->klass != DL_NONE && n->kind == DL_KIND_none) n->kind = dl_book_class(q->book, n->klass)->kind;
        if (n->kind != DL_KIND_none || n->te - n->tb >= 1) return true;
    }
    if (n->klass == DL_NONE) return as_aged(q, head, n);
    const dl_class *c = dl_book_class(q->book, n->klass);
    if (c->kind == DL_KIND_none) return false;
    n->is_name = false;
    n->kind = c->kind;
    if (c->kind == DL_KIND_person && n->number == 2) {                                      /* "soldiers", "militants", "officials": the body they are of */
        static const uint8_t bodies[] = { DL_KIND_force, DL_KIND_group, DL_KIND_government, DL_KIND_population };
        for (size_t i = 0; i < sizeof bodies; i++)
            if (dl_class_has(c->classes, bodies[i])) { n->kind = bodies[i]; break; }
    }
    dl_phrase_of(L, head, true, &n->tb, &n->te);
    n->name = dl_at(q->art->text, dl_tokens_span(L, n->tb, n->te));
    return true;
}

/* ---- codes ---- */

void dl_add_sector(dl_entity *e, dl_str s)
{
    if (!s.n || e->nsector == 4) return;
    for (uint32_t i = 0; i < e->nsector; i++)
        if (dl_eq(e->sectors[i], s)) return;
    e->sectors[e->nsector++] = s;
}

dl_str dl_entity_code(dl_ask *q, const dl_entity *e)
{
    char buf[64];
    uint32_t n = 0;
    if (e->country != DL_NONE) {
        dl_str a = dl_book_str(q->book, dl_book_place(q->book, e->country)->alpha3);
        if (a.n < sizeof buf) memcpy(buf, a.p, a.n), n = a.n;      /* three letters; anything in a pack that somebody forged */
    }
    for (uint32_t i = 0; i < e->nsector && n + e->sectors[i].n < sizeof buf; i++) { memcpy(buf + n, e->sectors[i].p, e->sectors[i].n); n += e->sectors[i].n; }
    return n ? dl_copy(q->mem, (dl_str){ buf, n }) : (dl_str){ 0 };
}
