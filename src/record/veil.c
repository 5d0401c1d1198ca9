/* veil.c - see veil.h. The keyed hash is HMAC-SHA-256 (RFC 2104). */
#include <stdlib.h>
#include "base/hash.h"
#include "base/utf8.h"
#include "record/veil.h"

enum { SHORT = 3 };                                  /* a word of a name with fewer letters is not struck out alone: "de", "al" */

bool dl_veil_open(dl_veil *v, dl_db *d, bool shown)
{
    *v = (dl_veil){ .db = d, .shown = shown };
    dl_stmt *q = dl_db_prepare(d, "SELECT value FROM secrets WHERE name = 'pseudonyms'");
    dl_str key = dl_stmt_next(d, q) ? dl_col_blob(q, 0) : (dl_str){ 0 };
    if (key.n == sizeof v->key) memcpy(v->key, key.p, key.n);
    else dl_db_refuse(d, DL_EFORMAT, "the database has lost its secret");
    dl_stmt_free(q);
    v->names = dl_db_prepare(d, "SELECT n.private, n.name FROM entities n WHERE n.report = ?1 AND n.private > ?2 UNION "
                                "SELECT n.private, m.words FROM entities n JOIN mentions m USING (report, entity) WHERE n.report = ?1 AND n.private > ?2 AND m.kind = 'name'");
    return dl_db_good(d);
}

void dl_veil_close(dl_veil *v) { dl_stmt_free(v->names); }

static int longest_first(const void *a, const void *b)
{
    const dl_str *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n ? 1 : -1) : dl_cmp(*x, *y);
}

/* The words of a name that begin with no small letter: "Montiel" of "Ana de Montiel". */
static void add_words(dl_veil *v, dl_arena *a, dl_str name)
{
    for (uint32_t b = 0, e; b < name.n; b = e + 1) {
        for (e = b; e < name.n && !dl_space((unsigned char)name.p[e]) && name.p[e] != '-'; e++) { }
        if (e - b >= SHORT && e - b < name.n && !dl_lower((unsigned char)name.p[b])) *dl_push(a, &v->hidden) = dl_cut(name, b, e);
    }
}

/* As headlines have it: "MONTIEL". Letters beyond ASCII stay as they are. */
static void add_capitals(dl_veil *v, dl_arena *a, dl_str name)
{
    char *p = dl_room(a, name.n + 1);
    for (uint32_t i = 0; i < name.n; i++) p[i] = dl_lower((unsigned char)name.p[i]) ? (char)(name.p[i] - 32) : name.p[i];
    *dl_push(a, &v->hidden) = (dl_str){ p, name.n };
}

void dl_veil_turn(dl_veil *v, dl_arena *a, int64_t report)
{
    if (v->report == report) return;
    v->report = report;
    v->hidden.v = NULL, v->hidden.n = v->hidden.cap = 0;
    dl_stmt_int(v->names, 1, report), dl_stmt_int(v->names, 2, v->shown ? 1 : 0);
    while (dl_stmt_next(v->db, v->names)) {
        dl_str name = dl_copy(a, dl_col_str(v->names, 1));
        if (name.n < 2) continue;
        *dl_push(a, &v->hidden) = name;
        add_words(v, a, name);
    }
    dl_stmt_reset(v->names);
    for (uint32_t i = 0, n = v->hidden.n; i < n; i++) add_capitals(v, a, v->hidden.v[i]);
    if (v->hidden.n) qsort(v->hidden.v, v->hidden.n, sizeof *v->hidden.v, longest_first);
}

static bool letter_at(dl_str s, int64_t i) { return i >= 0 && i < s.n && (dl_alpha((unsigned char)s.p[i]) || dl_digit((unsigned char)s.p[i]) || (unsigned char)s.p[i] >= 0x80); }

/* Length of the hidden name that begins at i, as whole words; 0: none. */
static uint32_t hidden_at(const dl_veil *v, dl_str s, uint32_t i)
{
    if (letter_at(s, (int64_t)i - 1)) return 0;
    for (uint32_t k = 0; k < v->hidden.n; k++) {
        dl_str h = v->hidden.v[k];
        if (h.n <= s.n - i && h.p[0] == s.p[i] && !memcmp(h.p, s.p + i, h.n) && !letter_at(s, (int64_t)i + h.n)) return h.n;
    }
    return 0;
}

/* A sign for a letter of so many bytes. */
static const char *const signs[5] = { "", "*", "\xC2\xB7", "\xE2\x80\xA2", "\xF0\x9F\x8C\x91" };

static void strike(char *at, uint32_t n)
{
    for (uint32_t i = 0, e; i < n; i = e) {
        for (e = i + 1; e < n && ((unsigned char)at[e] & 0xC0) == 0x80; e++) { }
        if (!dl_space((unsigned char)at[i]) && e - i <= 4) memcpy(at + i, signs[e - i], e - i);
    }
}

dl_str dl_veil_words(const dl_veil *v, dl_arena *a, dl_str s)
{
    char *out = NULL;
    for (uint32_t i = 0; v->hidden.n && i < s.n;) {
        uint32_t name = hidden_at(v, s, i);
        if (!name) { i++; continue; }
        if (!out) out = dl_room(a, s.n + 1), memcpy(out, s.p, s.n);
        strike(out + i, name);
        i += name;
    }
    return out ? (dl_str){ out, s.n } : s;
}

void dl_veil_hash(const dl_veil *v, const char *kind, dl_str name, char hex[65])
{
    unsigned char pad[2][64];
    dl_sha256 h;
    char inner[65];
    for (int i = 0; i < 64; i++) {
        unsigned char k = i < (int)sizeof v->key ? (unsigned char)v->key[i] : 0;
        pad[0][i] = k ^ 0x36, pad[1][i] = k ^ 0x5c;
    }
    dl_sha256_init(&h);
    dl_sha256_add(&h, pad[0], 64), dl_sha256_add(&h, kind, strlen(kind) + 1), dl_sha256_add(&h, name.p, name.n);
    dl_sha256_hex(&h, inner);
    dl_sha256_init(&h);
    dl_sha256_add(&h, pad[1], 64), dl_sha256_add(&h, inner, 64);
    dl_sha256_hex(&h, hex);
}

dl_str dl_veil_name(const dl_veil *v, dl_arena *a, dl_str name, int private)
{
    char hex[65];
    if (private <= (v->shown ? 1 : 0)) return dl_veil_words(v, a, name);
    dl_veil_hash(v, "person", name, hex);
    return dl_fmt(a, "PERSON-%.10s", hex);
}
