/* hits.c - which phrases of the codebook stand where in the report.
 *
 * One walk over the tokens: from each token on, the folded words are joined for as long as some phrase of the codebook begins with them. Every later
 * file asks these hits; none looks words up for itself.
 */
#include "facts/facts.h"
#include "base/utf8.h"

enum { PHRASE_MAX = 160 };

typedef struct { dl_ask *q; DL_VEC(dl_hit) out; } walk;

/* A name wants its capital; a short one that the codebook writes in capitals ("US", "EU") all of them, since "us" and "Us" are words. */
static bool proper_fits(const dl_ask *q, uint32_t b, const dl_posting *p)
{
    const dl_token *t = &q->lang->tok[b];
    if (!t->capital || ((p->form & DL_F_CAPS) && !t->allcaps)) return false;
    return !((p->form & DL_F_CAPS) && q->lang->sent[t->sent].shout && t->upos == DL_PRON);
}

/* The words of one piece, from token i on: the token behind them, or 0. */
static uint32_t piece_at(const dl_ask *q, uint32_t i, uint32_t end, dl_str words)
{
    uint32_t at = 0;
    for (; i < end && at < words.n; i++) {
        dl_str w = q->f->hits.folded[i];
        if (!w.n) continue;
        if (at && words.p[at++] != ' ') return 0;
        if (at + w.n > words.n || memcmp(words.p + at, w.p, w.n) != 0) return 0;
        at += w.n;
    }
    return at == words.n ? i : 0;
}

/* The rest of a phrase with gaps: each piece within six tokens behind the one before. */
static bool tail_follows(const dl_ask *q, uint32_t from, dl_str tail)
{
    uint32_t end = q->lang->sent[q->lang->tok[from - 1].sent].end;
    while (tail.n) {
        int64_t gap = dl_find(tail, DL_STR(DL_GAP), 0);
        dl_str piece = gap < 0 ? tail : dl_cut(tail, 0, (uint32_t)gap);
        uint32_t behind = 0;
        for (uint32_t i = from; i < end && i < from + 7 && !behind; i++) behind = piece_at(q, i, end, piece);
        if (!behind) return false;
        from = behind;
        tail = gap < 0 ? (dl_str){ 0 } : dl_cut(tail, (uint32_t)gap + (uint32_t)sizeof DL_GAP - 1, tail.n);
    }
    return true;
}

static void take(walk *w, uint32_t b, uint32_t e, const dl_posting *p, uint32_t n)
{
    const dl_ask *q = w->q;
    for (uint32_t i = 0; i < n; i++) {
        if (p[i].kind == DL_P_LIST && dl_book_list(q->book, p[i].id)->list == DL_LIST_page_words) continue;      /* of the frame of pages, not of reports */
        if ((p[i].form & DL_F_PROPER) && !proper_fits(q, b, &p[i])) continue;
        if ((p[i].form & DL_F_GAP) && !tail_follows(q, e, dl_book_str(q->book, p[i].tail))) continue;
        *dl_push(q->mem, &w->out) = (dl_hit){ b, e, &p[i] };
    }
}

/* All hits that begin at token i, shortest first. */
static void from_token(walk *w, uint32_t i, uint32_t end)
{
    char buf[PHRASE_MAX];
    uint32_t n = 0;
    for (uint32_t j = i; j < end; j++) {
        dl_str f = w->q->f->hits.folded[j];
        if (!f.n) {
            if (j == i || !dl_is(w->q->lang->tok[j].text, "-")) return;         /* phrases go on over a hyphen, over no other mark */
            continue;
        }
        if (n + f.n + 1 > PHRASE_MAX) return;
        if (n) buf[n++] = ' ';
        memcpy(buf + n, f.p, f.n);
        n += f.n;
        bool longer = false;
        uint32_t np = 0;
        const dl_posting *p = dl_book_find(w->q->book, (dl_str){ buf, n }, &np, &longer);
        take(w, i, j + 1, p, np);
        if (!longer) return;
    }
}

/* Longest first; postings of one phrase keep their order. */
static void longest_first(dl_hit *v, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        dl_hit h = v[i];
        uint32_t j = i;
        for (; j > 0 && v[j - 1].e < h.e; j--) v[j] = v[j - 1];
        v[j] = h;
    }
}

void dl_find_hits(dl_ask *q)
{
    const dl_language *L = q->lang;
    dl_hits *h = &q->f->hits;
    h->folded = dl_new(q->mem, dl_str, L->ntok + 1);
    h->first = dl_new(q->mem, uint32_t, L->ntok + 2);
    for (uint32_t i = 0; i < L->ntok; i++) h->folded[i] = dl_folded(q->mem, L->tok[i].low);
    walk w = { q, { 0 } };
    for (uint32_t i = 0; i < L->ntok; i++) {
        uint32_t n0 = w.out.n;
        h->first[i] = n0;
        from_token(&w, i, L->sent[L->tok[i].sent].end);
        if (w.out.n > n0 + 1) longest_first(w.out.v + n0, w.out.n - n0);
    }
    h->first[L->ntok] = w.out.n;
    h->v = w.out.v, h->n = w.out.n;
}

const dl_hit *dl_hit_at(const dl_hits *h, uint32_t token, dl_posting_kind kind)
{
    for (uint32_t i = h->first[token]; i < h->first[token + 1]; i++)
        if (h->v[i].posting->kind == kind) return &h->v[i];
    return NULL;
}

dl_str dl_list_at(const dl_ask *q, uint32_t token, dl_list list, uint32_t *end)
{
    const dl_hits *h = &q->f->hits;
    for (uint32_t i = h->first[token]; i < h->first[token + 1]; i++) {
        if (h->v[i].posting->kind != DL_P_LIST) continue;
        const dl_list_item *it = dl_book_list(q->book, h->v[i].posting->id);
        if (it->list != list) continue;
        if (end) *end = h->v[i].e;
        return dl_book_str(q->book, it->value);
    }
    return (dl_str){ 0 };
}
