/* serve.c - see serve.h. The only file that knows civetweb.
 *
 * Who may ask: whoever reaches the port under the names of this machine (the Host header says so: a page of another site that found its way here under a name of its own is refused). Who may write: who has
 * read the page, which carries a token that is new at each start. Nothing is served but what is built in and what /api/ answers; no file of the disk has an address. */
#include <civetweb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include "base/error.h"
#include "base/file.h"
#include "base/flate.h"
#include "views/page.h"
#include "views/serve.h"

enum { LARGEST_POST = 1 << 16, TOKEN = 32, ASSETS = 16 };

typedef struct {
    const dl_serving *how;
    dl_page         page;
    pthread_mutex_t lock;             /* of the page: one question at a time */
    char            token[TOKEN + 1];
    int             port;
    dl_buf          packed[ASSETS];   /* what is built in, deflated once */
} server;

static const char policy[] = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/* ---- answers ---- */

static int send_all(struct mg_connection *c, int status, const char *type, const char *more, dl_str body, bool head)
{
    static const struct { int status; const char *words; } words[] = { { 200, "OK" }, { 304, "Not Modified" }, { 400, "Bad Request" }, { 403, "Forbidden" }, { 404, "Not Found" }, { 405, "Method Not Allowed" },
        { 411, "Length Required" }, { 413, "Payload Too Large" }, { 415, "Unsupported Media Type" }, { 503, "Service Unavailable" } };
    const char *say = "Internal Server Error";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) if (words[i].status == status) say = words[i].words;
    mg_printf(c, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %u\r\nContent-Security-Policy: %s\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
                 "Cross-Origin-Resource-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\n%s%s\r\n", status, say, type, body.n, policy, status >= 400 ? "Connection: close\r\n" : "", more);
    if (!head && body.n) mg_write(c, body.p, body.n);
    return status;
}

static int refuse(struct mg_connection *c, int status, const char *why)
{
    char body[256];
    snprintf(body, sizeof body, "{\"error\":\"%s\"}\n", why);
    return send_all(c, status, "application/json; charset=utf-8", "Cache-Control: no-store\r\n", dl_str_of(body), false);
}

/* ---- who may ask ---- */

static bool host_is_ours(const server *s, const char *host)
{
    static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };
    char want[64];
    for (size_t i = 0; host && i < 3; i++) {
        snprintf(want, sizeof want, "%s:%d", names[i], s->port);
        if (!strcmp(host, want)) return true;
    }
    snprintf(want, sizeof want, "%.40s:%d", s->how->host ? s->how->host : names[0], s->port);
    return host && !strcmp(host, want);
}

static bool token_is_right(const server *s, const char *token)
{
    unsigned wrong = !token || strlen(token) != TOKEN;
    for (int i = 0; !wrong && i < TOKEN; i++) wrong |= (unsigned char)(token[i] ^ s->token[i]);
    return !wrong;
}

/* ---- assets ---- */

static bool accepts_deflate(struct mg_connection *c)
{
    const char *v = mg_get_header(c, "Accept-Encoding");
    return v && strstr(v, "deflate");
}

/* The page itself carries the token. */
static int send_index(server *s, struct mg_connection *c, dl_str html, bool head)
{
    static const char mark[] = "@TOKEN@";
    int64_t at = dl_find(html, DL_STR(mark), 0);
    dl_buf b;
    dl_buf_init(&b, 0);
    dl_put(&b, at < 0 ? html : dl_cut(html, 0, (uint32_t)at));
    if (at >= 0) dl_putz(&b, s->page.writable ? s->token : ""), dl_put(&b, dl_cut(html, (uint32_t)at + sizeof mark - 1, html.n));
    int status = b.failed ? refuse(c, 500, "no memory") : send_all(c, 200, "text/html; charset=utf-8", "Cache-Control: no-store\r\n", dl_buf_str(&b), head);
    dl_buf_free(&b);
    return status;
}

static int send_from_folder(server *s, struct mg_connection *c, const dl_asset *a, bool head)
{
    char path[4096];
    dl_file f;
    snprintf(path, sizeof path, "%s%s", s->how->assets, !strcmp(a->path, "/") ? "/index.html" : a->path);
    if (!dl_file_open(&f, path, NULL)) return refuse(c, 404, "not in the folder of assets");
    dl_str body = { f.p, (uint32_t)f.n };
    int status = !strcmp(a->path, "/") ? send_index(s, c, body, head) : send_all(c, 200, a->type, "Cache-Control: no-store\r\n", body, head);
    dl_file_close(&f);
    return status;
}

static int send_asset(server *s, struct mg_connection *c, const dl_asset *a, bool head)
{
    dl_str body = { a->begin, (uint32_t)(a->end - a->begin) };
    if (s->how->assets) return send_from_folder(s, c, a, head);
    if (!strcmp(a->path, "/")) return send_index(s, c, body, head);
    char more[160], tag[24];
    snprintf(tag, sizeof tag, "\"%016llx\"", (unsigned long long)dl_hash(body));
    const char *have = mg_get_header(c, "If-None-Match");
    bool packed = accepts_deflate(c);
    snprintf(more, sizeof more, "ETag: %s\r\nCache-Control: no-cache\r\nVary: Accept-Encoding\r\n%s", tag, packed ? "Content-Encoding: deflate\r\n" : "");
    if (have && !strcmp(have, tag)) return send_all(c, 304, a->type, more, DL_STR(""), true);
    dl_buf *p = &s->packed[a - dl_assets];
    if (packed) {
        pthread_mutex_lock(&s->lock);
        if (!p->n) dl_buf_init(p, 0), dl_deflate(body.p, body.n, p);
        pthread_mutex_unlock(&s->lock);
        if (p->failed) return refuse(c, 500, "no memory");
        body = dl_buf_str(p);
    }
    return send_all(c, 200, a->type, more, body, head);
}

/* ---- questions ---- */

static int read_post(server *s, struct mg_connection *c, const struct mg_request_info *r, dl_buf *body)
{
    const char *type = mg_get_header(c, "Content-Type");
    if (!s->page.writable) return refuse(c, 403, "this page is read-only");
    if (!token_is_right(s, mg_get_header(c, "X-Dateline-Token"))) return refuse(c, 403, "the token of the page is missing or old: load the page again");
    if (!type || strncmp(type, "application/json", 16)) return refuse(c, 415, "decisions come as application/json");
    if (r->content_length < 0) return refuse(c, 411, "the length of what comes is not told");
    if (r->content_length > LARGEST_POST) return refuse(c, 413, "no decision is that long");
    char *to = dl_buf_more(body, (size_t)r->content_length);
    for (long long got = 0; to && got < r->content_length;) {
        int n = mg_read(c, to + got, (size_t)(r->content_length - got));
        if (n <= 0) return refuse(c, 400, "the request ends in the middle");
        got += n;
    }
    return to ? 0 : refuse(c, 500, "no memory");
}

static int answer(server *s, struct mg_connection *c, const struct mg_request_info *r, const char *path)
{
    dl_buf body, out;
    char when[24];
    s->how->now(when);
    dl_buf_init(&body, 0), dl_buf_init(&out, 0);
    int status = strcmp(r->request_method, "POST") ? 0 : read_post(s, c, r, &body);
    if (!status) {
        dl_page_asked asked = { r->request_method, path, r->query_string, when, dl_buf_str(&body) };
        dl_buf packed;
        dl_buf_init(&packed, 0);
        pthread_mutex_lock(&s->lock);
        status = dl_page_answer(&s->page, &asked, &out);
        pthread_mutex_unlock(&s->lock);
        bool small = out.n < 4096 || !accepts_deflate(c) || !dl_deflate(out.p, out.n, &packed);
        send_all(c, status, "application/json; charset=utf-8", small ? "Cache-Control: no-store\r\n" : "Cache-Control: no-store\r\nContent-Encoding: deflate\r\n", small ? dl_buf_str(&out) : dl_buf_str(&packed), !strcmp(r->request_method, "HEAD"));
        dl_buf_free(&packed);
    }
    dl_buf_free(&body), dl_buf_free(&out);
    return status;
}

static int on_request(struct mg_connection *c)
{
    static const char api[] = "/api/";
    const struct mg_request_info *r = mg_get_request_info(c);
    server *s = r->user_data;
    const char *uri = r->local_uri_raw ? r->local_uri_raw : r->request_uri ? r->request_uri : "";
    bool head = !strcmp(r->request_method, "HEAD"), get = head || !strcmp(r->request_method, "GET"), post = !strcmp(r->request_method, "POST");
    if (!host_is_ours(s, mg_get_header(c, "Host"))) return refuse(c, 403, "asked under the name of another host");
    if (!get && !post) return refuse(c, 405, "only GET and POST are answered");
    if (!strncmp(uri, api, sizeof api - 1)) return answer(s, c, r, uri + sizeof api - 1);
    const dl_asset *a = dl_asset_of(uri);
    if (!a) return refuse(c, 404, "there is nothing under this address");
    return get ? send_asset(s, c, a, head) : refuse(c, 405, "only GET is answered here");
}

/* ---- beginning and ending ---- */

static bool make_token(server *s, dl_error *err)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[TOKEN / 2];
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) { dl_fail(err, DL_EREAD, "the system gives no random bytes for a token"); return false; }
    for (int i = 0; i < TOKEN; i++) s->token[i] = digits[(bytes[i / 2] >> (i % 2 ? 0 : 4)) & 15];
    return true;
}

static int say_nothing(const struct mg_connection *c, const char *message) { (void)c, (void)message; return 1; }

static bool listen_and_wait(server *s, dl_error *err)
{
    char ports[64], url[96];
    const char *host = s->how->host ? s->how->host : "127.0.0.1";
    snprintf(ports, sizeof ports, "%.40s:%d", host, s->how->port);
    const char *options[] = { "listening_ports", ports, "num_threads", "4", "enable_keep_alive", "yes", "keep_alive_timeout_ms", "500", "request_timeout_ms", "10000", "tcp_nodelay", "1", NULL };
    struct mg_callbacks callbacks = { 0 };
    callbacks.begin_request = on_request, callbacks.log_message = say_nothing;
    struct mg_context *web = mg_start(&callbacks, s, options);
    if (!web) { dl_fail(err, DL_EBUSY, "can't listen at %s: is another program there? --port 0 takes a free one", ports); return false; }
    struct mg_server_port port[4] = { 0 };
    if (mg_get_server_ports(web, 4, port) > 0) s->port = port[0].port;
    snprintf(url, sizeof url, "http://%.40s:%d/", host, s->port);
    s->how->ready(s->how->self, url);
    while (!*s->how->stop) nanosleep(&(struct timespec){ 0, 100000000 }, NULL);
    mg_stop(web);
    return true;
}

bool dl_serve(const dl_serving *how, dl_error *err)
{
    server s = { .how = how, .port = how->port };
    if (!make_token(&s, err) || !dl_page_open(&s.page, how->book, how->path, !how->read_only, err)) return false;
    pthread_mutex_init(&s.lock, NULL);
    mg_init_library(0);
    bool good = listen_and_wait(&s, err);
    mg_exit_library();
    pthread_mutex_destroy(&s.lock);
    dl_page_close(&s.page);
    for (int i = 0; i < ASSETS; i++) dl_buf_free(&s.packed[i]);
    return good;
}
