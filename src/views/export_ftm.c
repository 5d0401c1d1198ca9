/* export_ftm.c - FollowTheMoney entities, a line each, for Aleph and its kin (followthemoney.tech): an Event for each event, Documentation that ties it to its report, a Document for the report, and where both are
 * known who did it to whom, as UnknownLink, since an Event has no direction. Values are lists of strings. */
#include "base/json.h"
#include "views/export.h"

static void value(dl_jw *w, const char *key, dl_str v)
{
    if (!v.n) return;
    dl_jw_key(w, key), dl_jw_open(w, '['), dl_jw_str(w, v), dl_jw_close(w, ']');
}

static void begin(dl_export *x, dl_jw *w, const char *prefix, dl_str id, const char *schema)
{
    dl_buf b;
    dl_buf_init(&b, 0);
    dl_putz(&b, prefix), dl_put(&b, id);
    *w = (dl_jw){ &x->out, false };
    dl_jw_open(w, '{');
    dl_jw_key(w, "id"), dl_jw_str(w, dl_buf_str(&b)), dl_jw_key(w, "schema"), dl_jw_str(w, dl_str_of(schema)), dl_jw_key(w, "properties"), dl_jw_open(w, '{');
    dl_buf_free(&b);
}

static void end(dl_export *x, dl_jw *w)
{
    dl_jw_close(w, '}'), dl_jw_close(w, '}');
    dl_putc(&x->out, '\n');
}

static void reference(dl_jw *w, const char *key, const char *prefix, dl_str id)
{
    dl_buf b;
    dl_buf_init(&b, 0);
    dl_putz(&b, prefix), dl_put(&b, id);
    value(w, key, dl_buf_str(&b));
    dl_buf_free(&b);
}

typedef struct { int64_t report; } pages;

static void document(dl_export *x, const dl_told *t)
{
    dl_jw w;
    begin(x, &w, "report-", t->id, "Article");
    value(&w, "title", t->title.n ? t->title : t->id), value(&w, "sourceUrl", t->url), value(&w, "publisher", t->source), value(&w, "publishedAt", t->published), value(&w, "contentHash", t->sha256), value(&w, "language", t->language);
    end(x, &w);
}

static bool known(const dl_party *p) { return p && p->entity >= 0 && p->name.n; }

static void party_id(dl_buf *b, const dl_told *t, const dl_party *p)
{
    dl_putz(b, "entity-"), dl_put(b, t->id), dl_putf(b, "-e%lld", (long long)p->entity);
}

static void put_party(dl_export *x, const dl_told *t, const dl_party *p)
{
    static const char *const schemas[][2] = { { "person", "Person" }, { "organisation", "Organization" }, { "government", "PublicBody" }, { "force", "Organization" }, { "group", "Organization" } };
    const char *schema = "LegalEntity";
    dl_buf id;
    dl_jw w;
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++) if (dl_is(p->kind, schemas[i][0])) schema = schemas[i][1];
    dl_buf_init(&id, 0);
    party_id(&id, t, p);
    begin(x, &w, "", dl_buf_str(&id), schema);
    dl_country c;
    char alpha2[3] = { 0 };
    if (dl_country_of(x->book, p->country, &c) && c.alpha2.n == 2) alpha2[0] = (char)(c.alpha2.p[0] | 32), alpha2[1] = (char)(c.alpha2.p[1] | 32);
    value(&w, "name", p->name), value(&w, "country", dl_str_of(alpha2)), value(&w, "summary", p->title);
    end(x, &w);
    dl_buf_free(&id);
}

static void put_event(dl_export *x, const dl_told *t, const dl_party *who, const dl_party *whom)
{
    dl_buf name, id;
    dl_jw w;
    dl_buf_init(&name, 0), dl_buf_init(&id, 0);
    dl_put(&name, t->who_words), dl_putz(&name, t->who_words.n ? " " : ""), dl_put(&name, t->words);
    if (t->whom_words.n || t->what.n) dl_putc(&name, ' '), dl_put(&name, t->whom_words.n ? t->whom_words : t->what);
    begin(x, &w, "event-", t->key, "Event");
    value(&w, "name", dl_buf_str(&name)), value(&w, "date", t->earliest.n && dl_eq(t->earliest, t->latest) ? t->earliest : DL_STR("")), value(&w, "startDate", t->earliest), value(&w, "endDate", t->latest);
    value(&w, "location", t->place);
    if (t->country.n == 2) value(&w, "country", dl_str_of((char[3]){ (char)(t->country.p[0] | 32), (char)(t->country.p[1] | 32), 0 }));
    const dl_party *const both[] = { who, whom };
    bool any = false;
    for (int i = 0; i < 2; i++) {
        if (!known(both[i])) continue;
        if (!any) dl_jw_key(&w, "involved"), dl_jw_open(&w, '[');
        any = true;
        dl_buf_clear(&id), party_id(&id, t, both[i]), dl_jw_str(&w, dl_buf_str(&id));
    }
    if (any) dl_jw_close(&w, ']');
    value(&w, "summary", t->sentence), value(&w, "sourceUrl", t->url), value(&w, "publisher", t->source), value(&w, "keywords", t->type), value(&w, "status", t->status);
    reference(&w, "proof", "report-", t->id);
    end(x, &w);
    dl_buf_free(&name), dl_buf_free(&id);
}

static bool entities(dl_export *x, const dl_told *t, void *self)
{
    pages *p = self;
    dl_jw w;
    const dl_party *who = dl_told_party(t, "actor"), *whom = dl_told_party(t, "recipient");
    if (p->report != t->report) p->report = t->report, document(x, t);
    if (known(who)) put_party(x, t, who);
    if (known(whom) && (!known(who) || whom->entity != who->entity)) put_party(x, t, whom);
    put_event(x, t, who, whom);
    begin(x, &w, "documentation-", t->key, "Documentation");
    reference(&w, "document", "report-", t->id), reference(&w, "entity", "event-", t->key), value(&w, "role", DL_STR("attests")), value(&w, "summary", t->sentence);
    end(x, &w);
    if (!known(who) || !known(whom) || who->entity == whom->entity) return true;
    dl_buf id;
    dl_buf_init(&id, 0);
    begin(x, &w, "link-", t->key, "UnknownLink");
    party_id(&id, t, who), value(&w, "subject", dl_buf_str(&id)), dl_buf_clear(&id), party_id(&id, t, whom), value(&w, "object", dl_buf_str(&id));
    value(&w, "role", t->words), value(&w, "startDate", t->earliest), value(&w, "endDate", t->latest), value(&w, "status", t->status);
    end(x, &w);
    dl_buf_free(&id);
    return true;
}

bool dl_export_ftm(dl_export *x)
{
    pages p = { 0 };
    return dl_export_each(x, "ORDER BY a.fact", entities, &p);
}
