/* reader.c - files, folders and standard input, walked in order, report after report.
 *
 * Folders are opened when their turn comes; what cannot be opened is told and passed by. Every report owns its bytes, so that any thread may code it while the
 * reader goes on; its other strings belong to the reader, which must outlive it. Memory holds one report and a block, whatever the files' size.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "base/error.h"
#include "base/file.h"
#include "intake/intake.h"

struct dl_reader {
    char     **given; size_t ngiven, next_given;
    dl_paths   walk;                     /* every file met so far: their names are the origins of reports */
    size_t     next_file;
    FILE      *file;
    const char *path;                    /* of `file` */
    dl_stream  stream;
    dl_cut_mode mode;
    dl_about   defaults;                 /* its strings are in `words` */
    char      *words;
};

/* ---- opening ---- */

static const char **field_at(dl_about *a, int i)
{
    const char **all[] = { &a->id, &a->source, &a->url, &a->title, &a->byline, &a->language, &a->published, &a->format, &a->sha256, &a->charset, &a->header, &a->warning };
    return i < (int)(sizeof all / sizeof *all) ? all[i] : NULL;
}

static bool copy_defaults(dl_reader *r, const dl_about *from)
{
    size_t n = 0, at = 0;
    const char **f;
    memset(&r->defaults, 0, sizeof r->defaults);
    if (from) memcpy(&r->defaults, from, from->size < sizeof *from ? from->size : sizeof *from);
    r->defaults.size = sizeof r->defaults;
    r->defaults.sha256 = NULL;
    for (int i = 0; (f = field_at(&r->defaults, i)); i++) n += *f ? strlen(*f) + 1 : 0;
    if (!(r->words = malloc(n + 1))) return false;
    for (int i = 0; (f = field_at(&r->defaults, i)); i++) {
        if (!*f) continue;
        size_t len = strlen(*f) + 1;
        *f = memcpy(r->words + at, *f, len);
        at += len;
    }
    return true;
}

static char *copy_path(const char *path)
{
    size_t n = strlen(path) + 1;
    char *copy = malloc(n);
    return copy ? memcpy(copy, path, n) : NULL;
}

dl_reader *dl_reader_open(const char *const *paths, size_t n, const dl_about *defaults, dl_error *err)
{
    dl_reader *r = calloc(1, sizeof *r);
    bool ok = r && copy_defaults(r, defaults) && (r->given = calloc(n + 1, sizeof *r->given));
    for (size_t i = 0; ok && i < n; i++, r->ngiven++) ok = (r->given[i] = copy_path(paths[i])) != NULL;
    if (ok) return r;
    dl_fail(err, DL_ENOMEM, "no memory for reading \"%s\"", n ? paths[0] : "-");
    dl_reader_close(r);
    return NULL;
}

static void close_file(dl_reader *r)
{
    if (!r->file) return;
    dl_stream_close(&r->stream);
    if (r->file != stdin) fclose(r->file);
    r->file = NULL;
}

void dl_reader_close(dl_reader *r)
{
    if (!r) return;
    close_file(r);
    for (size_t i = 0; r->given && i < r->ngiven; i++) free(r->given[i]);
    free(r->given);
    dl_paths_free(&r->walk);
    free(r->words);
    free(r);
}

/* ---- walking ---- */

static bool open_file(dl_reader *r, const char *path, dl_error *err)
{
    bool standard = !strcmp(path, "-");
    r->file = standard ? stdin : fopen(path, "rb");
    if (!r->file) { dl_fail_file(err, errno == ENOENT ? DL_ENOENT : DL_EREAD, path, errno, "cannot open"); return false; }
    r->path = standard ? "standard input" : path;
    dl_stream_open(&r->stream, r->file);
    r->mode = r->stream.failed ? DL_CUT_WHOLE : dl_stream_mode(&r->stream, path);
    return true;
}

/* The next file is open, or there is none, or it could not be opened: 1, 0, -1. */
static int open_next(dl_reader *r, dl_error *err)
{
    while (r->next_file == r->walk.n) {
        if (r->next_given == r->ngiven) return 0;
        const char *path = r->given[r->next_given++];
        struct stat st;
        if (!strcmp(path, "-") || (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))) return open_file(r, path, err) ? 1 : -1;
        if (!dl_walk(path, &r->walk, err)) return -1;
    }
    return open_file(r, r->walk.v[r->next_file++], err) ? 1 : -1;
}

/* ---- reports ---- */

typedef struct { dl_unit unit; } owner;

static void fill_about(dl_about *a, const dl_unit *u)
{
    if (u->url) a->url = u->url;
    if (u->id) a->id = u->id;
    if (u->source && !a->source) a->source = u->source;
    if (u->language && !a->language) a->language = u->language;
    if (u->charset) a->charset = u->charset;
    if (u->header) a->header = u->header;
    if (u->format) a->format = u->format;
    a->warning = u->warning ? u->warning : u->lead ? "lead: an item of a feed, which may hold only the beginning of its article" : NULL;
}

static bool hand_out(dl_reader *r, dl_unit *u, dl_input *in, dl_error *err)
{
    owner *o = u->no_memory ? NULL : calloc(1, sizeof *o);
    if (!o) { dl_unit_free(u); dl_fail(err, DL_ENOMEM, "no memory for a report of \"%s\" (line %u)", r->path, u->line ? u->line : 1); return false; }
    o->unit = *u;
    *in = (dl_input){ .bytes = u->bytes ? u->bytes : "", .n = u->n, .about = r->defaults, .origin = r->path, .line = u->line, .owner = o };
    fill_about(&in->about, u);
    if (r->mode == DL_CUT_LINES || r->mode == DL_CUT_VALUES || r->mode == DL_CUT_ITEMS) in->about.format = "json";
    else if (!in->about.format && dl_named_page(r->path)) in->about.format = "html";
    if (u->too_long) {
        in->about.sha256 = o->unit.sha256;
        in->bytes = NULL;
        in->n = u->whole > SIZE_MAX ? SIZE_MAX : (size_t)u->whole;
    }
    return true;
}

int dl_reader_next(dl_reader *r, dl_input *in, dl_error *err)
{
    for (;;) {
        if (!r->file) {
            int opened = open_next(r, err);
            if (opened <= 0) return opened;
        }
        dl_unit u;
        if (dl_stream_next(&r->stream, r->mode, &u)) return hand_out(r, &u, in, err) ? 1 : -1;
        bool failed = r->stream.failed || r->stream.why;
        dl_unit_free(&u);
        if (r->stream.failed) dl_fail_file(err, DL_EREAD, r->path, errno, "cannot read");
        else if (failed) dl_fail(err, DL_EREAD, "cannot read all of \"%s\": %s", r->path, r->stream.why);
        close_file(r);
        if (failed) return -1;
    }
}

void dl_input_free(dl_input *in)
{
    owner *o = in->owner;
    if (o) { dl_unit_free(&o->unit); free(o); }
    memset(in, 0, sizeof *in);
}
