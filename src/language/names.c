/* names.c - the name tagger: what it sees of a word, features, decoder, and what a document remembers of its names. */
#include "language/names.h"
#include "base/utf8.h"

/* ---- words ----------------------------------------------------------------------------------------------------------------- */

static bool connects(const dl_token *t)                    /* "Bank of Ghana", "al - Shabaab", "Save the Children": may stand inside a name */
{
    return t->text.n <= 3 || t->upos == DL_ADP || t->upos == DL_CCONJ || t->upos == DL_DET;
}

static bool has_capital(const dl_token *t)
{
    if (t->capital || t->allcaps) return true;
    for (uint32_t i = 0; i < t->text.n; i++) if (dl_upper((unsigned char)t->text.p[i])) return true;
    return false;
}

static bool joint(const dl_token *t) { return dl_is(t->text, "-") || dl_is(t->text, ".") || dl_is(t->low, "'") || dl_is(t->low, "'s"); }      /* "Ing-wen", "U. S.", "Women's World Cup" */

/* A word without capital is outside of any name, unless it stands between two that have one ("Bank of Ghana"), hangs on one ("Ing-wen", "Covid-19", "Expo 2022"), or capitals mean nothing in the
 * sentence. */
static void mark_live(const dl_token *t, uint32_t n, dl_case mode, dl_name_word *w)
{
    uint32_t last = UINT32_MAX;
    for (uint32_t i = 0; i < n; i++) {
        bool capital = mode != DL_CASE_PLAIN || has_capital(&t[i]), digit = dl_digit((unsigned char)t[i].text.p[0]);
        bool hangs = i && w[i - 1].live && (joint(&t[i]) || digit || (i > 1 && w[i - 2].live && dl_is(t[i - 1].text, "-") && true));
        w[i].live = capital || hangs;
        if (!capital || mode != DL_CASE_PLAIN) continue;
        bool all = last != UINT32_MAX && i - last <= 4;
        for (uint32_t k = last + 1; all && k < i; k++) all = w[k].live || connects(&t[k]);
        for (uint32_t k = last + 1; all && k < i; k++) w[k].live = 1;
        last = i;
    }
}

/* Letters by kind, runs shortened: "McDonald" is XxXx, "G20" is Xd, "U.S." is X.X. */
static uint32_t form_of(dl_str s, dl_case mode)
{
    uint32_t h = 17, last = 0;
    for (uint32_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        uint32_t k = dl_upper(c) ? mode == DL_CASE_SHOUT ? 2 : 1 : dl_lower(c) || c >= 0x80 ? 2 : dl_digit(c) ? 3 : 4u + c;
        if (k != last) h = h * 31 + k;
        last = k;
    }
    return dl_atom(h ^ (s.n <= 2 ? 0x8000u : 0) ^ (uint32_t)mode << 24);
}

static uint32_t bytes_of(const char *p, uint32_t n)
{
    uint32_t x = 0;
    for (uint32_t i = 0; i < n; i++) x = x << 8 | (unsigned char)p[i];
    return dl_atom(x);
}

static uint32_t shape_of(const dl_token *t, dl_case mode)
{
    uint32_t s = mode == DL_CASE_SHOUT || mode == DL_CASE_NONE ? 1 : t->allcaps ? 2 : t->capital ? 3 : has_capital(t) ? 4 : 5;
    if (dl_digit((unsigned char)t->text.p[0])) s = 6;
    else if (t->upos == DL_PUNCT) s = 7;
    return dl_atom(s | (uint32_t)t->sentence_first << 4 | (uint32_t)mode << 5 | (uint32_t)(t->text.n == 1) << 8);
}

static void fill(const dl_name_weights *g, const dl_token *t, dl_case mode, dl_name_word *w)
{
    dl_str s = t->low;
    w->word = dl_word_hash(s);
    w->suf2 = bytes_of(s.p + (s.n > 2 ? s.n - 2 : 0), s.n > 2 ? 2 : s.n);
    w->suf3 = bytes_of(s.p + (s.n > 3 ? s.n - 3 : 0), s.n > 3 ? 3 : s.n);
    w->suf4 = bytes_of(s.p + (s.n > 4 ? s.n - 4 : 0), s.n > 4 ? 4 : s.n);
    w->pre2 = bytes_of(s.p, s.n > 2 ? 2 : s.n);
    w->pre3 = bytes_of(s.p, s.n > 3 ? 3 : s.n);
    w->pre4 = bytes_of(s.p, s.n > 4 ? 4 : s.n);
    w->shape = shape_of(t, mode);
    w->form = form_of(t->text, mode);
    w->tag = (uint16_t)(t->upos | (uint16_t)t->xpos << 8);
    w->rel = t->rel;
    dl_classes_of(&g->clusters, w->word, w->cluster);
}

static void pad(dl_name_word *w, uint32_t n, uint32_t what)
{
    memset(w, 0, n * sizeof *w);
    for (uint32_t i = 0; i < n; i++) w[i].word = w[i].shape = w[i].form = dl_atom(0x20000 + what);
}

/* The head outside of the run of names that the word is in: "said" of "Ana Ruiz said". */
static uint32_t outer_head(const dl_language *l, const dl_name_word *w, uint32_t i)
{
    uint32_t h = i;
    for (int k = 0; k < 4; k++) {
        uint32_t up = l->tok[h].head;
        if (up == h) return dl_atom(0x40000);
        h = up;
        if (!w[h].live) break;
    }
    return dl_word_hash(l->tok[h].low);
}

void dl_name_words(const dl_name_weights *g, const dl_language *l, const dl_hint *hint, dl_arena *scratch, dl_name_word *w)
{
    dl_marker mark = dl_mark(scratch);
    uint8_t *small = dl_new(scratch, uint8_t, l->words.strs.n + 2);
    pad(w - DL_PAD, DL_PAD, 1);
    memset(w, 0, l->ntok * sizeof *w);
    for (uint32_t s = 0; s < l->nsent; s++) {
        const dl_sentence *x = &l->sent[s];
        dl_case mode = dl_case_of(l->tok + x->first, x->end - x->first);
        mark_live(l->tok + x->first, x->end - x->first, mode, w + x->first);
        for (uint32_t i = x->first, near = x->first; i < x->end; i++) {                  /* near: the first word not filled yet of those that a live one looks at */
            if (mode == DL_CASE_PLAIN && !l->tok[i].capital) small[l->tok[i].low_id] = 1;
            if (!w[i].live) continue;
            w[i].head = outer_head(l, w, i);
            if (near + 2 < i) near = i - 2;
            for (; near < x->end && near <= i + 2; near++) {
                fill(g, &l->tok[near], mode, &w[near]);
                if (hint) w[near].hint = hint[near];
            }
        }
    }
    for (uint32_t i = 0; i < l->ntok; i++) w[i].small = small[l->tok[i].low_id];
    pad(w + l->ntok, DL_PAD, 2);
    dl_reset(scratch, mark);
}

/* ---- features -------------------------------------------------------------------------------------------------------------- */

static uint32_t hinted(const dl_name_word *w) { return (uint32_t)w->hint.place | (uint32_t)w->hint.actor << 8 | (uint32_t)w->hint.noun << 16 | (uint32_t)w->hint.list << 24; }

/* Those that stay as they are when the document is read again. */
static uint32_t plain_features(const dl_name_word *all, uint32_t i, uint32_t first, uint32_t end, uint64_t *f)
{
    static const dl_name_word before = { .word = 0x51ed270bu, .shape = 0x51ed270bu, .form = 0x51ed270bu }, behind = { .word = 0x7b1d93c5u, .shape = 0x7b1d93c5u, .form = 0x7b1d93c5u };
    const uint64_t *start = f;
    const dl_name_word *w = &all[i], *l1 = i > first ? w - 1 : &before, *l2 = i > first + 1 ? w - 2 : &before, *r1 = i + 1 < end ? w + 1 : &behind, *r2 = i + 2 < end ? w + 2 : &behind;
    *f++ = dl_f1(0, 0);
    *f++ = dl_f1(1, w->word);
    *f++ = dl_f1(2, l1->word);
    *f++ = dl_f1(3, r1->word);
    *f++ = dl_f1(4, l2->word);
    *f++ = dl_f1(5, r2->word);
    *f++ = dl_f2(6, l1->word, w->word);
    *f++ = dl_f2(7, w->word, r1->word);
    *f++ = dl_f2(8, l2->word, l1->word);
    *f++ = dl_f2(9, r1->word, r2->word);
    *f++ = dl_f2(10, w->word, w->shape);
    *f++ = dl_f1(11, w->suf2);
    *f++ = dl_f1(12, w->suf3);
    *f++ = dl_f1(13, w->suf4);
    *f++ = dl_f1(14, w->pre2);
    *f++ = dl_f1(15, w->pre3);
    *f++ = dl_f1(16, w->pre4);
    *f++ = dl_f1(17, w->shape);
    *f++ = dl_f2(18, l1->shape, w->shape);
    *f++ = dl_f2(19, w->shape, r1->shape);
    *f++ = dl_f3(20, l1->shape, w->shape, r1->shape);
    *f++ = dl_f1(21, w->form);
    *f++ = dl_f2(22, w->shape, w->suf3);
    *f++ = dl_f1(23, w->tag);
    *f++ = dl_f2(24, l1->tag, w->tag);
    *f++ = dl_f2(25, w->tag, r1->tag);
    *f++ = dl_f3(26, l1->tag, w->tag, r1->tag);
    *f++ = dl_f2(27, l1->word, w->shape);
    *f++ = dl_f2(28, r1->word, w->shape);
    *f++ = dl_f3(29, l1->word, w->shape, r1->shape);
    *f++ = dl_f3(30, l1->shape, w->shape, r1->word);
    *f++ = dl_f2(31, w->rel, w->tag);
    *f++ = dl_f2(32, w->rel, w->head);
    *f++ = dl_f1(33, w->head);
    *f++ = dl_f2(34, w->suf2, r1->suf2);
    *f++ = dl_f2(35, l1->word, r1->word);
    *f++ = dl_f1(36, (uint32_t)w->small | (w->shape & ~1u));
    if (w->cluster[0]) {
        *f++ = dl_f1(40, w->cluster[0]);
        *f++ = dl_f1(41, w->cluster[1]);
        *f++ = dl_f1(42, w->cluster[2]);
        *f++ = dl_f2(43, w->cluster[1], w->shape);
    }
    if (l1->cluster[0]) {
        *f++ = dl_f1(44, l1->cluster[0]);
        *f++ = dl_f1(45, l1->cluster[1]);
        *f++ = dl_f2(46, l1->cluster[2], w->shape);
    }
    if (r1->cluster[0]) {
        *f++ = dl_f1(47, r1->cluster[0]);
        *f++ = dl_f1(48, r1->cluster[1]);
        *f++ = dl_f2(49, r1->cluster[2], w->shape);
    }
    *f++ = dl_f3(50, l1->cluster[1], w->cluster[1], r1->cluster[1]);
    *f++ = dl_f2(51, l1->cluster[1], w->cluster[1]);
    *f++ = dl_f2(52, w->cluster[1], r1->cluster[1]);
    *f++ = dl_f1(53, l2->cluster[1]);
    *f++ = dl_f1(54, r2->cluster[1]);
    *f++ = dl_f1(60, hinted(w));
    *f++ = dl_f2(61, w->hint.place, w->shape);
    *f++ = dl_f2(62, w->hint.actor, w->shape);
    *f++ = dl_f1(63, w->hint.noun | w->hint.list << 8);
    *f++ = dl_f1(64, hinted(l1));
    *f++ = dl_f1(65, hinted(r1));
    *f++ = dl_f2(66, hinted(l1), hinted(w));
    *f++ = dl_f2(67, hinted(w), hinted(r1));
    *f++ = dl_f2(68, l1->hint.noun | l1->hint.list << 8, w->shape);
    *f++ = dl_f2(69, r1->hint.noun | r1->hint.list << 8, w->shape);
    *f++ = dl_f1(70, l2->hint.noun | l2->hint.list << 8);
    *f++ = dl_f1(71, r2->hint.noun | r2->hint.list << 8);
    return (uint32_t)(f - start);
}

static uint32_t memory_features(const dl_name_word *all, uint32_t i, uint32_t first, uint32_t end, uint64_t *f)
{
    static const dl_name_word nothing = { 0 };
    const uint64_t *start = f;
    const dl_name_word *w = &all[i], *l1 = i > first ? w - 1 : &nothing, *r1 = i + 1 < end ? w + 1 : &nothing;
    if (w->memory[0]) {
        *f++ = dl_f1(80, w->memory[0]);
        *f++ = dl_f2(81, w->memory[0], w->shape);
        *f++ = dl_f2(82, w->memory[0], w->memory[1]);
        *f++ = dl_f2(83, w->memory[1], w->shape);
    }
    *f++ = dl_f3(84, l1->memory[1], w->memory[1], r1->memory[1]);
    *f++ = dl_f3(85, l1->memory[0], w->memory[0], r1->memory[0]);
    return (uint32_t)(f - start);
}

uint32_t dl_name_features(const dl_name_word *w, uint32_t i, uint32_t first, uint32_t end, uint64_t *f)
{
    uint32_t n = plain_features(w, i, first, end, f);
    return n + memory_features(w, i, first, end, f + n);
}

/* ---- decoding -------------------------------------------------------------------------------------------------------------- */

bool dl_name_may_follow(uint32_t before, uint32_t cls)
{
    bool open = before && before < DL_NAME_CLASSES && ((before - 1) % 4 == DL_NAME_B || (before - 1) % 4 == DL_NAME_I);
    if (cls == DL_NAME_CLASSES || cls == 0) return !open;
    uint32_t part = (cls - 1) % 4;
    bool goes_on = part == DL_NAME_I || part == DL_NAME_L;
    return goes_on ? open && (before - 1) / 4 == (cls - 1) / 4 : !open;
}

typedef struct { int32_t score[DL_NAME_CLASSES]; uint8_t from[DL_NAME_CLASSES]; } column;
enum { FAR_BELOW = INT32_MIN / 2 };

/* What may follow what is known, so only that is tried: behind an end or nothing, a beginning or nothing; behind a beginning or an inside, an inside or an end of the same type. */
static void step(const int8_t *next, const column *last, const int16_t *own, column *c)
{
    static const uint8_t ended[] = { 0, 3, 4, 7, 8, 11, 12, 15, 16 }, begins[] = { 0, 1, 4, 5, 8, 9, 12, 13, 16 };
    for (uint32_t k = 0; k < sizeof begins; k++) {
        uint32_t y = begins[k];
        int32_t best = FAR_BELOW;
        uint8_t from = 0;
        for (uint32_t j = 0; j < sizeof ended; j++) {
            int32_t v = last->score[ended[j]] + next[ended[j] * DL_NAME_CLASSES + y];
            if (v > best) best = v, from = ended[j];
        }
        c->score[y] = best + (y ? own[y - 1] : 0);             /* outside scores nothing */
        c->from[y] = from;
    }
    for (uint32_t b = 1; b < DL_NAME_CLASSES; b += 4)          /* b: begins a name of some type, b + 1: inside, b + 2: last */
        for (uint32_t y = b + 1; y < b + 3; y++) {
            int32_t one = last->score[b] + next[b * DL_NAME_CLASSES + y], two = last->score[b + 1] + next[(b + 1) * DL_NAME_CLASSES + y];
            c->score[y] = (two > one ? two : one) + own[y - 1];
            c->from[y] = (uint8_t)(b + (two > one));
        }
}

/* The best classes of a run of live words [b, e): everything around it is outside. own: of each word, without what the document remembers. */
static void decode_run(const dl_name_weights *g, const dl_name_word *w, uint32_t first, uint32_t end, uint32_t b, uint32_t e, dl_name_scores *own, uint8_t *cls, column *c)
{
    uint64_t f[DL_NAME_FEATURES];
    const int8_t *next = (const int8_t *)(const void *)g->next;
    column start = { { 0 }, { 0 } };
    for (uint32_t y = 1; y < DL_NAME_CLASSES; y++) start.score[y] = FAR_BELOW;
    for (uint32_t i = b; i < e; i++) {
        int16_t score[DL_ROWS_CLASSES] = { 0 };
        if (own[i].known) memcpy(score, own[i].score, sizeof own[i].score);
        else {
            dl_rows_score(&g->score, f, plain_features(w, i, first, end, f), score);
            memcpy(own[i].score, score, sizeof own[i].score);
            own[i].known = true;
        }
        dl_rows_score(&g->score, f, memory_features(w, i, first, end, f), score);
        step(next, i == b ? &start : &c[i - b - 1], score, &c[i - b]);
    }
    uint32_t best = 0;
    const column *last = &c[e - b - 1];
    for (uint32_t y = 1; y < DL_NAME_CLASSES; y++)
        if (dl_name_may_follow(y, DL_NAME_CLASSES) && last->score[y] + next[y * DL_NAME_CLASSES] > last->score[best] + next[best * DL_NAME_CLASSES]) best = y;
    for (uint32_t i = e; i-- > b;) {
        cls[i] = (uint8_t)best;
        best = c[i - b].from[best];
    }
}

void dl_name_decode(const dl_name_weights *g, const dl_name_word *w, uint32_t first, uint32_t end, dl_name_scores *own, uint8_t *cls)
{
    column room[DL_SENT_MAX];
    for (uint32_t i = first, e; i < end; i = e) {
        e = i + 1;
        cls[i] = 0;
        if (!w[i].live) continue;
        while (e < end && w[e].live && e - i < DL_SENT_MAX) e++;
        decode_run(g, w, first, end, i, e, own, cls, room);
    }
}

/* ---- memory of a document -------------------------------------------------------------------------------------------------- */

typedef struct { uint16_t all[DL_NAME_TYPES], longer[DL_NAME_TYPES]; } tally;      /* how often outside and in names of each type; in names of two words and more */

/* 1 + the type seen most often, the word's own reading not counted (own: its type, DL_NAME_TYPES: it is not among them); 0: never seen. */
static uint8_t most(const uint16_t *n, uint32_t own)
{
    uint32_t best = 0, value = 0;
    for (uint32_t t = 0; t < DL_NAME_TYPES; t++) {
        uint32_t v = n[t] - (t == own);
        if (v > value) value = v, best = t + 1;
    }
    return (uint8_t)best;
}

void dl_name_remember(const dl_language *l, const uint8_t *cls, dl_arena *scratch, dl_name_word *w)
{
    dl_marker mark = dl_mark(scratch);
    tally *t = dl_new(scratch, tally, l->words.strs.n + 2);
    for (uint32_t i = 0; i < l->ntok; i++) {
        if (!w[i].live) continue;
        tally *x = &t[l->tok[i].low_id];
        uint32_t type = cls[i] ? 1 + (cls[i] - 1u) / 4 : 0;
        if (x->all[type] < UINT16_MAX) x->all[type]++;
        if (type && (cls[i] - 1u) % 4 != DL_NAME_U && x->longer[type] < UINT16_MAX) x->longer[type]++;
    }
    for (uint32_t i = 0; i < l->ntok; i++) {
        if (!w[i].live) continue;
        const tally *x = &t[l->tok[i].low_id];
        uint32_t type = cls[i] ? 1 + (cls[i] - 1u) / 4 : 0;
        w[i].memory[0] = most(x->all, type);
        w[i].memory[1] = most(x->longer, type && (cls[i] - 1u) % 4 != DL_NAME_U ? type : DL_NAME_TYPES);
    }
    dl_reset(scratch, mark);
}

/* ---- the document ---------------------------------------------------------------------------------------------------------- */

static void keep(dl_arena *doc, dl_language *l, const uint8_t *cls)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < l->ntok; i++) n += cls[i] && ((cls[i] - 1u) % 4 == DL_NAME_B || (cls[i] - 1u) % 4 == DL_NAME_U);
    l->name = dl_new(doc, dl_name, n + 1);
    l->nname = 0;
    for (uint32_t i = 0; i < l->ntok; i++) {
        if (!cls[i]) continue;
        uint32_t b = i;
        while ((cls[i] - 1u) % 4 == DL_NAME_B || (cls[i] - 1u) % 4 == DL_NAME_I) i++;
        for (uint32_t k = b; k <= i; k++) l->name_of[k] = l->nname;
        l->name[l->nname++] = (dl_name){ b, i + 1, (uint8_t)(1 + (cls[i] - 1u) / 4) };
    }
}

void dl_read_names(const dl_model *m, dl_arena *doc, dl_arena *scratch, const dl_hint *hint, dl_language *l)
{
    dl_name_weights g;
    l->name_of = dl_new(doc, uint32_t, l->ntok + 1);
    memset(l->name_of, 0xff, (l->ntok + 1) * sizeof *l->name_of);
    if (!dl_name_weights_of(m, &g) || !l->ntok) return;
    dl_marker mark = dl_mark(scratch);
    dl_name_word *w = dl_new(scratch, dl_name_word, l->ntok + 2 * DL_PAD) + DL_PAD;
    uint8_t *cls = dl_new(scratch, uint8_t, l->ntok + 1);
    dl_name_words(&g, l, hint, scratch, w);
    dl_name_scores *own = dl_new(scratch, dl_name_scores, l->ntok + 1);
    for (uint32_t s = 0; s < l->nsent; s++) dl_name_decode(&g, w, l->sent[s].first, l->sent[s].end, own, cls);
    dl_name_remember(l, cls, scratch, w);
    for (uint32_t s = 0; s < l->nsent; s++) dl_name_decode(&g, w, l->sent[s].first, l->sent[s].end, own, cls);
    keep(doc, l, cls);
    dl_reset(scratch, mark);
}

/* ---- weights --------------------------------------------------------------------------------------------------------------- */

bool dl_name_weights_of(const dl_model *m, dl_name_weights *g)
{
    dl_tensor row, dense, next, bucket;
    memset(g, 0, sizeof *g);
    dl_clusters_of(m, &g->clusters);
    if (!dl_model_tensor(m, "name.bucket", DL_T_U64, &bucket) || bucket.count < 2 || (bucket.count & (bucket.count - 1)) || !dl_model_tensor(m, "name.row", DL_T_U16, &row) || !row.count ||
        !dl_model_tensor(m, "name.dense", DL_T_U8, &dense) || !dl_model_tensor(m, "name.next", DL_T_U8, &next) || next.count != DL_NAME_CLASSES * DL_NAME_CLASSES) return false;
    g->score = (dl_rows){ .bucket = bucket.at, .shift = 64, .row = row.at, .nrow = row.count, .dense = dense.at, .width = 16, .ndense = dense.count / 16 };
    while ((1u << (64 - g->score.shift)) < bucket.count) g->score.shift--;
    g->next = next.at;
    return g->score.ndense && g->score.row[row.count - 1] & DL_ROWS_LAST;
}
