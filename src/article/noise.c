/* noise.c - what is no report text: promotions, furniture of the page, captions, links to other stories, notices of other editions.
 *
 * By the codebook's lists first (`promotion`, `furniture`, `related`, `caption`; the value of a word says where it counts: `start`, `any`, `whole`), by shape second. Nothing is
 * thrown away: a unit gets a kind and a reason. A sentence of a report is long and ends in a stop; nearly all furniture is short and does not,
 * so that a phrase of a list is not enough in a long sentence.
 */
#include "article/parts.h"
#include "base/hash.h"
#include "base/utf8.h"

enum { PAGE_WORDS = 8, KEY_BYTES = 600, OUTSIDE_BYTES = 240, PHRASE = 10, SHORT = 24, WEAK = 15 };
/* PAGE_WORDS: words of a line that may be all frame; KEY_BYTES: of a unit's beginning that phrases are sought in; OUTSIDE_BYTES: of a unit outside a page's story that is worth a look; PHRASE: words of the longest; SHORT: words of a unit that a phrase alone can settle; WEAK: of one that a weak phrase can */

/* ---- words ---- */

static bool parts_words(uint32_t cp)
{
    if (cp < 0x80) return !dl_alpha((unsigned char)cp) && !dl_digit((unsigned char)cp);
    return cp == 0xAB || cp == 0xBB || cp == 0xB7 || (cp >= 0x2000 && cp < 0x2070 && cp != 0x2019) || cp == 0xAD || cp == 0xFEFF;
}

/* Invisible marks stand inside words and are simply left out. */
static bool invisible(uint32_t cp)
{
    return cp == 0xAD || cp == 0xFEFF || (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x2069);
}

/* Punctuation gone, ASCII folded. */
static dl_str without_punctuation(dl_arena *mem, dl_str s)
{
    char *out = dl_room(mem, s.n + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80) {
            bool word = dl_alpha(c) || dl_digit(c);
            if (word || (n && out[n - 1] != ' ')) out[n++] = word ? (char)dl_tolower(c) : ' ';
            i++;
            continue;
        }
        uint32_t at = i, cp = dl_utf8_next(s, &i);
        if (invisible(cp)) continue;
        if (parts_words(cp)) { if (n && out[n - 1] != ' ') out[n++] = ' '; continue; }
        for (; at < i; at++) out[n++] = s.p[at];
    }
    while (n && out[n - 1] == ' ') n--;
    return (dl_str){ out, n };
}

static void count_characters(dl_unit_line *u, dl_str s)
{
    uint32_t by_script[DL_SCRIPT_OTHER + 1] = { 0 };
    for (uint32_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80) {
            bool letter = dl_alpha(c);
            u->digits += dl_digit(c), u->letters += letter, by_script[DL_SCRIPT_LATIN] += letter, u->capitals += dl_upper(c);
            i++;
            continue;
        }
        uint32_t cp = dl_utf8_next(s, &i);
        u->digits += dl_cp_digit(cp);
        dl_script script = dl_script_of(cp);
        if (script == DL_SCRIPT_NONE) continue;
        u->letters++;
        by_script[script]++;
        u->capitals += dl_cp_upper(cp);
    }
    for (int k = 1; k <= DL_SCRIPT_OTHER; k++) if (by_script[k] > by_script[u->script]) u->script = (uint8_t)k;
}

/* One walk for all lists: units are asked for a dozen of them. */
static void find_hits(const dl_page *p, dl_words *w)
{
    DL_VEC(struct dl_list_hit) hits = { 0 };
    for (uint32_t i = 0; i < w->n; i++) {
        bool longer = dl_book_list_word(p->book, dl_at(w->key, w->word[i]));
        for (uint32_t j = i; longer && j < w->n && j < i + PHRASE; j++) {
            uint32_t n = 0;
            const dl_posting *at = dl_book_find(p->book, dl_cut(w->key, w->word[i].b, w->word[j].e), &n, &longer);
            for (uint32_t k = 0; k < n; k++) {
                if (at[k].kind != DL_P_LIST) continue;
                const dl_list_item *item = dl_book_list(p->book, at[k].id);
                *dl_push(p->scratch, &hits) = (struct dl_list_hit){ (uint16_t)i, (uint8_t)(j - i + 1), (uint8_t)item->list, item->value };
            }
        }
    }
    w->hit = hits.v, w->nhit = hits.n;
}

dl_str dl_line_words(dl_arena *a, dl_str line) { return dl_trim(dl_folded(a, without_punctuation(a, line))); }

void dl_page_words(dl_page *p, dl_unit_line *u)
{
    dl_str s = dl_at(p->art->text, u->core);
    bool outside = dl_page_outside(p, u);
    if (outside && s.n > OUTSIDE_BYTES) { u->nword = s.n / 6; return; }
    dl_str key = dl_line_words(p->scratch, s);
    count_characters(u, s);
    u->hash = dl_hash(key);
    u->nword = key.n > 0;
    for (uint32_t i = 0; i < key.n; i++) u->nword += key.p[i] == ' ';
    u->w.whole = key.n <= KEY_BYTES;
    if (!u->w.whole) key.n = KEY_BYTES;
    u->w.key = key;
    uint32_t cap = 1;
    for (uint32_t i = 0; i < key.n; i++) cap += key.p[i] == ' ';
    u->w.word = dl_new(p->scratch, dl_span, cap);
    for (uint32_t b = 0, i = 0; i <= key.n; i++)
        if (i == key.n || key.p[i] == ' ') {
            if (i > b) u->w.word[u->w.n++] = (dl_span){ b, i };
            b = i + 1;
        }
    if (!outside || u->nword <= SHORT) find_hits(p, &u->w);
}

/* The longest phrase; of two readings of one phrase the first. */
dl_str dl_words_list(const dl_page *p, const dl_words *w, uint32_t i, dl_list list, uint32_t *len)
{
    const struct dl_list_hit *best = NULL;
    uint32_t low = 0, high = w->nhit;
    while (low < high) { uint32_t mid = (low + high) / 2; if (w->hit[mid].word < i) low = mid + 1; else high = mid; }
    for (; low < w->nhit && w->hit[low].word == i; low++)
        if (w->hit[low].list == list && (!best || w->hit[low].len > best->len)) best = &w->hit[low];
    *len = best ? best->len : 0;
    return best ? dl_book_str(p->book, best->value) : DL_STR("");
}

/* ---- lists ---- */

/* A sentence of the report: long, or with a stop and not short; a listed phrase in it proves nothing. */
static bool sentence_like(const dl_unit_line *u) { return u->nword > SHORT || (u->stop && u->nword > 15); }

static bool figure(dl_str word)
{
    for (uint32_t i = 0; i < word.n; i++) if (!dl_digit((unsigned char)word.p[i])) return false;
    return word.n > 0;
}

/* The line says nothing but the phrase at word i; figures around it aside ("0 Comments"). */
static bool alone(const dl_words *w, uint32_t i, uint32_t len)
{
    if (!w->whole) return false;
    for (uint32_t k = 0; k < w->n; k++)
        if ((k < i || k >= i + len) && !figure(dl_at(w->key, w->word[k]))) return false;
    return true;
}

/* "Share on Facebook | Tweet | Print": nothing but such phrases, one behind the other. */
static bool in_a_row(const dl_page *p, const dl_unit_line *u, dl_list list)
{
    uint32_t n = 0, len = 0;
    if (!u->w.whole || u->w.n > SHORT) return false;
    for (uint32_t i = 0; i < u->w.n; i += len, n++) {
        dl_str where = dl_words_list(p, &u->w, i, list, &len);
        if (!dl_is(where, "whole") || !len) return false;
    }
    return n > 1;
}

/* Does a phrase of the list stand where its value says that it counts? *at and *len: its words. */
static bool listed(const dl_page *p, const dl_unit_line *u, dl_list list, uint32_t *at, uint32_t *len)
{
    uint32_t anywhere = 0;
    if (in_a_row(p, u, list)) { *at = 0, *len = u->w.n; return true; }
    for (uint32_t k = 0; k < u->w.nhit; k++) {
        const struct dl_list_hit *h = &u->w.hit[k];
        if (h->list != list) continue;
        dl_str where = dl_book_str(p->book, h->value);
        uint32_t i = *at = h->word;
        *len = h->len;
        if (i == 0 && dl_is(where, "start") && u->nword <= SHORT) return true;
        if (i == 0 && dl_is(where, "start-weak") && u->nword < WEAK && !u->stop) return true;
        if (dl_is(where, "whole") && alone(&u->w, i, *len)) return true;
        if (dl_is(where, "any") && (!sentence_like(u) || i == 0 || ++anywhere == 2)) return true;
    }
    return false;
}

static void name(dl_unit_line *u, dl_part_kind kind, dl_str why)
{
    u->kind = (uint8_t)kind;
    u->coded = false;
    u->why = why;
}

/* "This post is also available in: Hebrew", "English | Deutsch": the codes of the languages named, "" if the unit is no such notice. */
static dl_str edition(const dl_page *p, const dl_unit_line *u)
{
    dl_str codes = { "", 0 };
    uint32_t named = 0, other = 0, framed = 0, len, at;
    bool notice = listed(p, u, DL_LIST_furniture, &at, &len) && at == 0;
    for (uint32_t i = notice ? len : 0; i < u->w.n; i += len ? len : 1) {
        dl_str code = dl_words_list(p, &u->w, i, DL_LIST_languages, &len);
        uint32_t frame;
        if (!code.n && dl_words_list(p, &u->w, i, DL_LIST_page_words, &frame).n) { framed++, len = frame; continue; }
        if (!code.n) { other++; continue; }
        bool again = dl_find(codes, code, 0) >= 0;
        named++;
        if (!again && codes.n < 60) codes = codes.n ? dl_fmt(p->doc, "%.*s,%.*s", (int)codes.n, codes.p, (int)code.n, code.p) : code;
    }
    bool is = u->w.whole && named && (notice ? other <= named + 1 : !other && (named > 1 || (framed && u->w.n <= PAGE_WORDS)));
    return is ? codes : DL_STR("");
}

/* "Compartir por WhatsApp", "Leave a comment": a short line of nothing but such words as the frame of a page has, one of which means nothing else there. */
static bool page_words_only(const dl_page *p, const dl_unit_line *u)
{
    uint32_t heads = 0, len;
    if (!u->w.whole || !u->w.n || u->w.n > PAGE_WORDS) return false;
    for (uint32_t i = 0; i < u->w.n; i += len) {
        dl_str value = dl_words_list(p, &u->w, i, DL_LIST_page_words, &len);
        if (!len && figure(dl_at(u->w.key, u->w.word[i]))) { len = 1; continue; }
        if (!len) return false;
        heads += dl_is(value, "head");
    }
    return heads > 0;
}

static bool by_list(const dl_page *p, dl_unit_line *u)
{
    uint32_t at, len;
    if (listed(p, u, DL_LIST_furniture, &at, &len)) { name(u, DL_PART_furniture, DL_STR("furniture")); return true; }
    if (listed(p, u, DL_LIST_related, &at, &len) && !sentence_like(u)) { name(u, DL_PART_furniture, DL_STR("related")); return true; }
    if (listed(p, u, DL_LIST_promotion, &at, &len) && !sentence_like(u)) { name(u, DL_PART_promotion, DL_STR("promotion")); return true; }
    if (page_words_only(p, u)) { name(u, DL_PART_furniture, DL_STR("furniture")); return true; }
    if (listed(p, u, DL_LIST_caption, &at, &len) && u->nword <= 2 * SHORT) { name(u, DL_PART_caption, DL_STR("caption")); return true; }
    return false;
}

/* ---- shape ---- */

/* "Getty Images", "AFP": agencies and nothing else. */
static bool credit(const dl_page *p, const dl_unit_line *u)
{
    uint32_t len = 0, named = 0;
    if (!u->w.whole || u->nword > 8) return false;
    for (uint32_t i = 0; i < u->w.n; i += len) {
        if (!dl_words_list(p, &u->w, i, DL_LIST_agencies, &len).n) return false;
        named++;
    }
    return named > 0;
}

/* "str/ab/cd", "ra/tm": an agency's end mark, initials in lower case between slashes. */
static bool slug(dl_str s)
{
    uint32_t slashes = 0, run = 0;
    if (s.n > 16) return false;
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.p[i] == '/') { if (run < 2) return false; slashes++; run = 0; }
        else if (!dl_lower((unsigned char)s.p[i]) || ++run > 4) return false;
    }
    return slashes && run >= 2;
}

/* "REUTERS/Awa Diallo", "AFP/Getty Images", "AFP/ah": an agency, a stroke, and who did it. "... on Monday. (AFP)": a short line that an agency signs. */
static bool signed_by_agency(const dl_page *p, const dl_unit_line *u, dl_str s)
{
    uint32_t len = 0;
    if (!u->w.whole || !u->w.n || u->nword > SHORT) return false;
    bool first = dl_words_list(p, &u->w, 0, DL_LIST_agencies, &len).n && len < u->w.n;
    if (first && u->nword <= 6 && u->w.word[len - 1].e < s.n && dl_find(dl_cut(s, 0, u->w.word[len].b + 1 < s.n ? u->w.word[len].b + 1 : s.n), DL_STR("/"), 0) > 0) return true;
    if (u->nword > 14 || s.p[s.n - 1] != ')') return false;
    for (uint32_t i = 1; i < u->w.n; i++)
        if (dl_words_list(p, &u->w, i, DL_LIST_agencies, &len).n && i + len == u->w.n) {
            int64_t open = dl_find(s, DL_STR("("), 0);
            return open > 0 && s.n - (uint32_t)open <= dl_len(u->w.word[i]) + 24;
        }
    return false;
}

/* "... Photo: Belga": a word of captions before a colon near the end. */
static bool credited(const dl_page *p, const dl_unit_line *u)
{
    dl_str s = dl_at(p->art->text, u->core);
    uint32_t low = s.n > 80 ? s.n - 80 : 0;
    for (uint32_t i = s.n; i-- > low + 1;) {
        if (s.p[i] != ':' || dl_digit((unsigned char)s.p[i - 1])) continue;
        uint32_t b = i;
        while (b > low && dl_alpha((unsigned char)s.p[b - 1])) b--;
        dl_str where = dl_book_list_value(p->book, DL_LIST_caption, dl_folded(p->scratch, dl_cut(s, b, i)));
        return b > 0 && b < i && dl_starts(where, DL_STR("start")) && u->nword <= 2 * SHORT;
    }
    return false;
}

/* No letter or digit at all ("* * *", "____"). */
static bool rule(const dl_unit_line *u) { return !u->letters && !u->digits; }

bool dl_page_noise(const dl_page *p, dl_unit_line *u)
{
    if (dl_page_outside(p, u) && u->nword > SHORT) return false;
    bool any = u->w.nhit > 0;                            /* most units have no phrase of any list */
    dl_str s = dl_at(p->art->text, u->core), codes = any ? edition(p, u) : DL_STR("");
    if (codes.n) { name(u, DL_PART_furniture, dl_fmt(p->doc, "edition:%.*s", (int)codes.n, codes.p)); return true; }
    if (any && by_list(p, u)) return true;
    if (credited(p, u)) { name(u, DL_PART_caption, DL_STR("caption")); return true; }
    if (any && signed_by_agency(p, u, s)) { name(u, DL_PART_caption, DL_STR("caption")); return true; }
    if (any && credit(p, u)) { name(u, DL_PART_furniture, DL_STR("credit")); return true; }
    if (slug(s)) { name(u, DL_PART_furniture, DL_STR("agency-mark")); return true; }
    if (rule(u)) { name(u, DL_PART_furniture, DL_STR("no-words")); return true; }
    if (dl_starts(s, DL_STR("\xc2\xa9")) && u->nword <= 2 * SHORT) { name(u, DL_PART_furniture, DL_STR("copyright")); return true; }
    return false;
}

/* A tail in brackets at the end of a paragraph, whose first words are furniture: "... said. (Reporting by A; Editing by B)". */
uint32_t dl_page_tail(const dl_page *p, const dl_unit_line *u)
{
    dl_str text = p->art->text;
    if (dl_len(u->core) < 12 || text.p[u->core.e - 1] != ')') return u->core.e;
    uint32_t low = u->core.e > u->core.b + 400 ? u->core.e - 400 : u->core.b, i = u->core.e - 1;
    while (i > low && text.p[i] != '(') i--;
    if (text.p[i] != '(' || i == u->core.b) return u->core.e;
    dl_unit_line tail = { .core = { i, u->core.e } };
    dl_page inner = *p;
    uint32_t at, len;
    dl_page_words(&inner, &tail);
    bool credits = listed(p, &tail, DL_LIST_byline, &at, &len) && tail.nword > len;
    return credits || (listed(p, &tail, DL_LIST_furniture, &at, &len) && at == 0) ? i : u->core.e;
}
