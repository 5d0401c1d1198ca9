/* forms.c - a word in all its forms, by the spelling rules of English and the `forms` entries of the codebook.
 *
 *   raid    raids raiding raided            admit   admits admitting admitted
 *   deny    denies denying denied           travel  travels travelling|traveling travelled|traveled   (both spellings)
 *   take    from `verb take takes taking took taken`
 *
 * Of several words the first of a verb changes ("swoop on": swooped on) and the last of a noun ("police officer": police officers), or the one before its
 * preposition ("prisoner of war": prisoners of war). "..." is a gap: what follows it is the phrase's tail. A word with a hyphen changes at its end, like
 * its last part. A noun that is already plural ("security forces") stays as it is. Where spelling is not sure both forms are made: one too many does no harm.
 */
#include "base/utf8.h"
#include "codebook/build.h"

/* Verbs of several syllables with the stress on the last: they double their consonant. Those in -el and -al are made both ways. */
static const char *const doubling[] = { "abet", "abhor", "acquit", "admit", "allot", "annul", "befit", "commit", "compel", "concur", "confer", "control", "debug", "defer", "demur", "deter",
    "dispel", "embed", "emit", "enrol", "enthral", "equip", "excel", "expel", "extol", "forget", "fulfil", "handicap", "impel", "incur", "infer", "instil", "kidnap", "occur", "omit", "outwit",
    "patrol", "permit", "prefer", "propel", "rebel", "rebut", "recur", "refer", "regret", "remit", "repel", "submit", "transfer", "transmit", "unplug", "zigzag", "sandbag", NULL };
static const char *const either[] = { "worship", "kidnap", "program", "focus", "bias", "benefit", "target", "combat", "format", NULL };
static const char *const no_men[] = { "human", "german", "roman", "norman", "ottoman", "shaman", "talisman", "brahman", "caiman", "turkman", "turkoman", "mussulman", NULL };
/* Nouns in -s that are no plurals. */
static const char *const singular_s[] = { "gas", "atlas", "alias", "canvas", "bias", "christmas", "lens", "summons", "chaos", "cosmos", "ethos", "pathos", "asbestos", "series", "species", "news", "means",
    "abbas", "texas", "bus", "corps", "mass", "headquarters", "crossroads", "barracks", "gallows", "premises", "pancreas", "rhinoceros", NULL };
static const char *const prepositions[] = { "of", "in", "on", "for", "to", "at", "against", "by", "with", "from", "between", "over", "without", "into", "under", NULL };
static const char *const prefixes[] = { "over", "under", "out", "with", "up", "fore", "mis", "un", "re", "inter", "off", "down", "by", NULL };

static bool in(const char *const *list, dl_str s)
{
    for (; *list; list++) {
        uint32_t n = (uint32_t)strlen(*list), i = 0;
        while (s.n == n && i < n && dl_tolower((unsigned char)s.p[i]) == (*list)[i]) i++;
        if (s.n == n && i == n) return true;
    }
    return false;
}

bool dl_is_name(dl_str s)
{
    uint32_t i = 0;
    return s.n && dl_cp_upper(dl_utf8_next(s, &i));
}

uint16_t dl_name_form(dl_str s)
{
    if (!dl_is_name(s)) return 0;
    uint32_t letters = 0;
    for (uint32_t i = 0; i < s.n;) {
        uint32_t cp = dl_utf8_next(s, &i);
        if (cp == ' ' || dl_cp_lower(cp)) return DL_F_PROPER;
        letters += dl_cp_upper(cp);
    }
    return letters <= 3 ? DL_F_PROPER | DL_F_CAPS : DL_F_PROPER;      /* "Nato", "Isis" are written for NATO, ISIS; "us" and "is" are words */
}

/* "n't" is a token of its own, and so are the halves of "cannot". */
dl_str dl_fold_words(dl_arena *a, dl_str s)
{
    char buf[512];
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.n && n + 2 < sizeof buf; i++) {
        bool not = i + 2 < s.n && s.p[i] == 'n' && s.p[i + 1] == '\'' && s.p[i + 2] == 't' && i && dl_alpha((unsigned char)s.p[i - 1]) && (i + 3 == s.n || s.p[i + 3] == ' ');
        bool can = i >= 3 && i + 3 <= s.n && memcmp(s.p + i - 3, "cannot", 6) == 0 && (i == 3 || s.p[i - 4] == ' ') && (i + 3 == s.n || s.p[i + 3] == ' ');
        if (not || can) buf[n++] = ' ';
        buf[n++] = s.p[i];
    }
    dl_str folded = dl_folded(a, (dl_str){ buf, n });
    return dl_trim(folded.p >= buf && folded.p < buf + sizeof buf ? dl_copy(a, folded) : folded);
}

dl_str dl_fold_phrase(dl_build *b, dl_str s) { return dl_fold_words(b->a, s); }

/* ---- spelling ---- */

static bool vowel(char c) { return c && strchr("aeiou", c); }
static char from_end(dl_str w, uint32_t i) { return i < w.n ? (char)dl_tolower((unsigned char)w.p[w.n - 1 - i]) : 0; }

/* A single vowel before the last consonant: "stop", "quiz", not "raid". */
static bool one_vowel(dl_str w) { return vowel(from_end(w, 1)) && (!vowel(from_end(w, 2)) || (from_end(w, 2) == 'u' && from_end(w, 3) == 'q')); }

static uint32_t syllables(dl_str w)
{
    uint32_t n = 0;
    bool was = false;
    for (uint32_t i = 0; i < w.n; i++) {
        char c = (char)dl_tolower((unsigned char)w.p[i]);
        bool v = vowel(c) || (c == 'y' && i);
        if (c == 'u' && i && from_end(w, w.n - i) == 'q') v = false;
        n += v && !was;
        was = v;
    }
    return n;
}

/* 0 no, 1 yes, 2 both ways. */
static int doubles(dl_str w)
{
    char z = from_end(w, 0);
    if (in(doubling, w)) return in(either, w) ? 2 : 1;
    if (in(either, w)) return 2;
    if (vowel(z) || !dl_alpha((unsigned char)z) || strchr("wxyh", z) || !one_vowel(w)) return 0;
    if (syllables(w) == 1) return 1;
    return z == 'l' ? 2 : 0;
}

static bool sibilant(dl_str w)
{
    char z = from_end(w, 0), y = from_end(w, 1);
    return z == 's' || z == 'x' || z == 'z' || (z == 'h' && (y == 'c' || y == 's'));
}

static bool consonant_y(dl_str w) { return from_end(w, 0) == 'y' && w.n > 1 && !vowel(from_end(w, 1)); }

static void put(dl_build *b, dl_strs *out, dl_str stem, uint32_t cut, const char *end)
{
    *dl_push(b->a, out) = dl_fmt(b->a, "%.*s%s", (int)(stem.n - cut), stem.p, end);
}

static void with_s(dl_build *b, dl_strs *out, dl_str w, bool noun)
{
    char z = from_end(w, 0), y = from_end(w, 1);
    if (noun && consonant_y(w) && dl_is_name(w)) put(b, out, w, 0, "s");
    if (consonant_y(w)) put(b, out, w, 1, "ies");
    else if (z == 'z' && one_vowel(w)) put(b, out, w, 0, "zes");
    else if (noun && dl_ends(w, DL_STR("sis"))) put(b, out, w, 2, "es");
    else if (sibilant(w)) put(b, out, w, 0, "es");
    else if (z == 'o' && !vowel(y)) { put(b, out, w, 0, "es"); put(b, out, w, 0, "s"); }
    else put(b, out, w, 0, "s");
}

static void doubled(dl_build *b, dl_strs *out, dl_str w, const char *end)
{
    char z[3] = { w.p[w.n - 1], 0, 0 };
    *dl_push(b->a, out) = dl_fmt(b->a, "%.*s%s%s", (int)w.n, w.p, z, end);
}

static void with_ing(dl_build *b, dl_strs *out, dl_str w)
{
    char z = from_end(w, 0), y = from_end(w, 1);
    int d = doubles(w);
    if (z == 'e' && y == 'i') put(b, out, w, 2, "ying");
    else if (z == 'e' && y && !strchr("eoy", y) && w.n > 2) put(b, out, w, 1, "ing");
    else if (z == 'c') put(b, out, w, 0, "king");
    else if (d) { doubled(b, out, w, "ing"); if (d == 2) put(b, out, w, 0, "ing"); }
    else put(b, out, w, 0, "ing");
}

static void with_ed(dl_build *b, dl_strs *out, dl_str w)
{
    char z = from_end(w, 0);
    int d = doubles(w);
    if (z == 'e') put(b, out, w, 0, "d");
    else if (consonant_y(w)) put(b, out, w, 1, "ied");
    else if (z == 'c') put(b, out, w, 0, "ked");
    else if (d) { doubled(b, out, w, "ed"); if (d == 2) put(b, out, w, 0, "ed"); }
    else put(b, out, w, 0, "ed");
}

/* ---- irregular ones ---- */

/* What stands before the part that is listed: "force-" of "force-feed", "over" of "overthrow". Length, or -1 if no part is. */
static int listed(const dl_intern *t, dl_str w, uint32_t *index)
{
    if (dl_find_name(t, w, index)) return 0;
    for (uint32_t i = w.n; i-- > 1;)
        if (w.p[i - 1] == '-') return dl_find_name(t, dl_cut(w, i, w.n), index) ? (int)i : -1;
    for (const char *const *p = prefixes; *p; p++) {
        uint32_t n = (uint32_t)strlen(*p);
        if (w.n >= n + 3 && dl_starts(w, dl_str_of(*p)) && (n > 2 || w.n >= n + 4) && dl_find_name(t, dl_cut(w, n, w.n), index)) return (int)n;
    }
    return -1;
}

static void alternatives(dl_build *b, dl_strs *out, dl_str prefix, dl_str alts)
{
    while (alts.p) {
        dl_str a = dl_next_alt(&alts, '|');
        if (a.n) *dl_push(b->a, out) = dl_fmt(b->a, "%.*s%.*s", (int)prefix.n, prefix.p, (int)a.n, a.p);
    }
}

typedef struct { dl_strs v; uint16_t form; } variants;

static uint32_t verb_forms(dl_build *b, dl_str w, variants out[5])
{
    uint32_t k;
    int pre = listed(&b->forms.verbs, w, &k);
    static const uint16_t forms[5] = { DL_F_BASE, DL_F_S, DL_F_ING, DL_F_PAST, DL_F_PART };
    for (int i = 0; i < 5; i++) out[i] = (variants){ { 0 }, forms[i] };
    *dl_push(b->a, &out[0].v) = w;
    if (pre >= 0) {
        dl_str p = dl_cut(w, 0, (uint32_t)pre);
        const dl_irregular *r = &b->forms.verb.v[k];
        alternatives(b, &out[1].v, p, r->s);
        alternatives(b, &out[2].v, p, r->ing);
        alternatives(b, &out[3].v, p, r->past);
        alternatives(b, &out[4].v, p, r->part);
        return 5;
    }
    with_s(b, &out[1].v, w, false);
    with_ing(b, &out[2].v, w);
    with_ed(b, &out[3].v, w);
    out[4].v = out[3].v;
    return 5;
}

static bool plural_already(dl_str w)
{
    if (w.n < 4 || from_end(w, 0) != 's' || in(singular_s, w)) return false;
    char y = from_end(w, 1);
    if (y == 's' || y == 'u' || y == 'i' || y == '\'') return false;
    return !dl_ends(w, DL_STR("ics"));
}

static uint32_t noun_forms(dl_build *b, dl_str w, variants out[5])
{
    uint32_t k, from = 0;
    for (uint32_t i = w.n; i-- > 1;)
        if (w.p[i - 1] == '-') { from = i; break; }
    dl_str last = dl_cut(w, from, w.n);
    out[0] = (variants){ { 0 }, DL_F_SG }, out[1] = (variants){ { 0 }, DL_F_PL };
    *dl_push(b->a, &out[0].v) = w;
    int pre = listed(&b->forms.nouns, w, &k);
    if (dl_find_name(&b->forms.same, last, &k) || dl_find_name(&b->forms.same, w, &k)) {
        out[0].form = DL_F_SG | DL_F_PL;
        return 1;
    }
    if (pre >= 0) alternatives(b, &out[1].v, dl_cut(w, 0, (uint32_t)pre), b->forms.plural.v[k]);
    else if (dl_ends(w, DL_STR("man")) && w.n > 4 && !in(no_men, last)) put(b, &out[1].v, w, 2, "en");
    else if (plural_already(last)) {
        out[0].form = DL_F_PL;
        return 1;
    } else with_s(b, &out[1].v, w, true);
    return 2;
}

/* ---- phrases ---- */

static uint32_t words_of(dl_str s, dl_str *w, uint32_t max)
{
    uint32_t n = 0;
    while (n < max && (w[n] = dl_next_word(&s)).n) n++;
    return n;
}

/* The word of a noun phrase that takes the plural. */
static uint32_t noun_head(const dl_str *w, uint32_t n)
{
    for (uint32_t i = 1; i + 1 < n; i++)
        if (in(prepositions, w[i])) return i - 1;
    return n - 1;
}

static dl_str joined(dl_build *b, const dl_str *w, uint32_t n, uint32_t at, dl_str in_place)
{
    dl_str s = { "", 0 };
    for (uint32_t i = 0; i < n; i++) {
        dl_str x = i == at ? in_place : w[i];
        s = dl_fmt(b->a, "%.*s%s%.*s", (int)s.n, s.p, i ? " " : "", (int)x.n, x.p);
    }
    return s;
}

static void emit(dl_build *b, const dl_word *w, uint32_t word, dl_str text, dl_str tail, uint16_t form, dl_phrases *out)
{
    dl_str f = dl_fold_phrase(b, text);
    if (!f.n) return;
    for (uint32_t i = 0; i < out->n; i++)
        if (out->v[i].word == word && dl_eq(out->v[i].phrase, f)) { out->v[i].form |= form; return; }
    *dl_push(b->a, out) = (dl_phrase){ f, tail, word, form, w->pos };
}

dl_str dl_fold_gaps(dl_build *b, dl_str s)
{
    dl_str out = { "", 0 };
    for (;;) {
        int64_t gap = dl_find(s, DL_STR("..."), 0);
        dl_str piece = dl_fold_phrase(b, dl_trim(gap < 0 ? s : dl_cut(s, 0, (uint32_t)gap)));
        if (piece.n) out = dl_fmt(b->a, "%.*s%s%.*s", (int)out.n, out.p, out.n ? DL_GAP : "", (int)piece.n, piece.p);
        if (gap < 0) return out;
        s = dl_cut(s, (uint32_t)gap + 3, s.n);
    }
}

void dl_inflect(dl_build *b, const dl_word *word, uint32_t index, dl_phrases *out)
{
    dl_str text = word->text, tail = { 0 };
    int64_t gap = dl_find(text, DL_STR("..."), 0);
    if (gap >= 0) {
        tail = dl_fold_gaps(b, dl_cut(text, (uint32_t)gap + 3, text.n));
        text = dl_trim(dl_cut(text, 0, (uint32_t)gap));
    }
    uint16_t extra = dl_name_form(text) | (gap >= 0 ? DL_F_GAP : 0);
    dl_str w[32];
    uint32_t n = words_of(text, w, 32), at, nv;
    variants v[5];
    if (!n) return;
    if (word->pos == DL_POS_VERB) at = 0, nv = verb_forms(b, w[0], v);
    else if (word->pos == DL_POS_NOUN) at = noun_head(w, n), nv = noun_forms(b, w[at], v);
    else {
        emit(b, word, index, text, tail, DL_F_BASE | extra, out);
        return;
    }
    for (uint32_t i = 0; i < nv; i++)
        for (uint32_t j = 0; j < v[i].v.n; j++) emit(b, word, index, joined(b, w, n, at, v[i].v.v[j]), tail, v[i].form | (i ? extra & ~DL_F_CAPS : extra), out);
}

/* ---- the `forms` entry ---- */

static void verb_line(dl_build *b, const dl_line *ln)
{
    dl_str rest = ln->rest, w[5];
    for (int i = 0; i < 5; i++)
        if (!(w[i] = dl_next_word(&rest)).n) { dl_bad(b, ln, ln->rest, "a verb has five forms here: take takes taking took taken"); return; }
    dl_nothing_more(b, ln, rest);
    uint32_t id = dl_intern_id(&b->forms.verbs, b->a, w[0]);
    dl_irregular r = { w[1], w[2], w[3], w[4] };
    if (id > b->forms.verb.n) *dl_push(b->a, &b->forms.verb) = r;
    else b->forms.verb.v[id - 1] = r;
}

static void noun_line(dl_build *b, const dl_line *ln)
{
    dl_str rest = ln->rest, sg = dl_next_word(&rest), pl = dl_next_word(&rest);
    if (!pl.n) { dl_bad(b, ln, ln->rest, "a noun has two forms here: man men"); return; }
    dl_nothing_more(b, ln, rest);
    uint32_t id = dl_intern_id(&b->forms.nouns, b->a, sg);
    if (id > b->forms.plural.n) *dl_push(b->a, &b->forms.plural) = pl;
    else b->forms.plural.v[id - 1] = pl;
}

void dl_forms_entry(dl_build *b, const dl_entry *e)
{
    dl_nothing_more(b, &e->head, e->head.rest);
    for (uint32_t i = 0; i < e->body.n; i++) {
        const dl_line *ln = &e->body.v[i];
        if (dl_is(ln->key, "verb")) verb_line(b, ln);
        else if (dl_is(ln->key, "noun")) noun_line(b, ln);
        else if (dl_is(ln->key, "same"))
            for (dl_str rest = ln->rest; rest.p;) {
                dl_str w = dl_next_item(&rest);
                if (w.n) dl_intern_id(&b->forms.same, b->a, w);
            }
        else {
            static const char *const known[] = { "verb", "noun", "same" };
            dl_name_of(b, ln, ln->key, "kind of forms", known, 0, 3);
        }
    }
}
