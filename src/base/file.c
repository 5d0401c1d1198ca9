/* file.c - files: mapped or read whole, written whole or not at all, and folders walked in byte order.
 *
 * A mapped file that another program cuts short while we read it ends this program with SIGBUS; packs and reports are
 * files that are replaced, not cut, as dl_file_write does. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/error.h"
#include "base/file.h"

static const int64_t most = (int64_t)1 << 40;

static dl_code_t read_code(int errnum) { return errnum == ENOENT || errnum == ENOTDIR ? DL_ENOENT : DL_EREAD; }

static ssize_t read_some(int fd, char *p, size_t n)
{
    ssize_t got;
    do got = read(fd, p, n);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Reads to the end: pipes, terminals, and what cannot be mapped. False: errno says why. */
static bool read_all(int fd, dl_file *f)
{
    char *p = NULL;
    size_t n = 0, room = 0;
    for (;;) {
        if (room - n < 4096) {
            room = room ? room * 2 : 1 << 16;
            char *more = (int64_t)room <= most ? realloc(p, room) : NULL;
            if (!more) {
                errno = ENOMEM;
                break;
            }
            p = more;
        }
        ssize_t got = read_some(fd, p + n, room - n);
        if (got == 0) {
            *f = (dl_file){ .p = p, .n = n };
            return true;
        }
        if (got < 0) break;
        n += (size_t)got;
    }
    free(p);
    return false;
}

static bool load(int fd, dl_file *f)
{
    struct stat st;
    if (fstat(fd, &st) != 0) return false;
    if (S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (S_ISREG(st.st_mode) && st.st_size > most) {
        errno = EFBIG;
        return false;
    }
    if (S_ISREG(st.st_mode) && st.st_size > 0 && lseek(fd, 0, SEEK_CUR) == 0) {      /* not 0: a shared descriptor, half read */
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p != MAP_FAILED) {
            *f = (dl_file){ p, (size_t)st.st_size, true };
            return true;
        }
    }
    return read_all(fd, f);
}

bool dl_file_open(dl_file *f, const char *path, dl_error *e)
{
    *f = (dl_file){ 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        dl_fail_file(e, read_code(errno), path, errno, "cannot open");
        return false;
    }
    bool ok = load(fd, f);
    if (!ok) dl_fail_file(e, errno == ENOMEM ? DL_ENOMEM : DL_EREAD, path, errno, "cannot read");
    close(fd);
    return ok;
}

void dl_file_close(dl_file *f)
{
    if (f->mapped) munmap((void *)(uintptr_t)f->p, f->n);
    else free((void *)(uintptr_t)f->p);
    *f = (dl_file){ 0 };
}

/* ---- writing -------------------------------------------------------------------------------------------------------- */

static bool write_all(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t put = write(fd, p, n);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        p += put;
        n -= (size_t)put;
    }
    return true;
}

/* Devices and pipes are written in place: a rename would put a file where they were. */
static bool write_in_place(const char *path, const void *p, size_t n)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool ok = write_all(fd, p, n);
    int why = errno;
    if (close(fd) != 0 && ok) return false;
    errno = why;
    return ok;
}

/* Opens a new file beside `path`; its name is left in `name`, of PATH_MAX bytes. Not mkstemp: that would make it private to its owner. */
static int open_beside(const char *path, mode_t mode, char *name)
{
    for (int k = 0; k < 100; k++) {
        int n = snprintf(name, PATH_MAX, "%s.%ld-%d.tmp", path, (long)getpid(), k);
        if (n < 0 || n >= PATH_MAX) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return -1;
}

static bool write_beside(const char *path, mode_t mode, const void *p, size_t n)
{
    char name[PATH_MAX];
    int fd = open_beside(path, mode, name);
    if (fd < 0) return false;
    bool ok = write_all(fd, p, n) && fsync(fd) == 0;
    int why = errno;
    if (close(fd) != 0 && ok) ok = false, why = errno;
    if (ok && rename(name, path) != 0) ok = false, why = errno;
    if (!ok) unlink(name);
    errno = why;
    return ok;
}

bool dl_file_write(const char *path, const void *p, size_t n, dl_error *e)
{
    struct stat st;
    bool there = stat(path, &st) == 0, ok;
    if (there && !S_ISREG(st.st_mode)) {
        ok = write_in_place(path, p, n);
    } else {
        char *target = there ? realpath(path, NULL) : NULL;      /* through a symbolic link, to keep the link */
        ok = (target || !there) && write_beside(target ? target : path, there ? st.st_mode & 0777 : 0666, p, n);
        int why = errno;
        free(target);
        errno = why;
    }
    if (!ok) dl_fail_file(e, DL_EWRITE, path, errno, "cannot write");
    return ok;
}

bool dl_out_open(dl_out *o, const char *path, dl_error *e)
{
    struct stat st;
    char name[PATH_MAX];
    *o = (dl_out){ .name = path ? path : "standard output" };
    if (!path) { o->f = stdout; return true; }
    bool there = stat(path, &st) == 0, direct = there && !S_ISREG(st.st_mode);
    o->to = direct ? NULL : there ? realpath(path, NULL) : strdup(path);       /* through a symbolic link, to keep the link */
    int fd = direct ? open(path, O_WRONLY | O_CLOEXEC) : o->to ? open_beside(o->to, there ? st.st_mode & 0777 : 0666, name) : -1;
    if (fd >= 0 && !direct) o->tmp = strdup(name);
    if (fd >= 0 && (direct || o->tmp) && (o->f = fdopen(fd, "wb")) != NULL) return true;
    dl_fail_file(e, DL_EWRITE, path, errno, "cannot write");
    if (fd >= 0) close(fd);
    if (o->tmp) unlink(o->tmp);
    free(o->tmp), free(o->to);
    return false;
}

bool dl_out_put(void *out, dl_str s) { return fwrite(s.p ? s.p : "", 1, s.n, ((dl_out *)out)->f) == s.n; }

bool dl_out_close(dl_out *o, bool keep, dl_error *e)
{
    errno = 0;
    bool ok = fflush(o->f) == 0 && !ferror(o->f);
    int why = errno;
    if (o->f != stdout && fclose(o->f) != 0 && ok) ok = false, why = errno;
    if (o->tmp && ok && keep && rename(o->tmp, o->to) != 0) ok = false, why = errno;
    if (o->tmp && !(ok && keep)) unlink(o->tmp);
    if (!ok) dl_fail_file(e, DL_EWRITE, o->name, why ? why : EIO, "cannot write");
    free(o->tmp), free(o->to);
    return ok;
}

/* ---- walking -------------------------------------------------------------------------------------------------------- */

enum { DEEPEST = 100 };                              /* folders in folders; deeper is an error, not a crash */

typedef struct { dl_paths *out; dl_error *error; bool ok; } walk;

static void walk_failed(walk *w, dl_code_t code, const char *path, int errnum, const char *what)
{
    if (w->ok) dl_fail_file(w->error, code, path, errnum, what);     /* the first failure is told; the walk goes on */
    w->ok = false;
}

/* Takes over `path`, which came from malloc. */
static void add_path(walk *w, char *path)
{
    dl_paths *x = w->out;
    if ((x->n & (x->n - 1)) == 0) {                  /* room doubles whenever n is a power of two */
        char **v = realloc(x->v, (x->n ? x->n * 2 : 1) * sizeof *v);
        if (!v) {
            walk_failed(w, DL_ENOMEM, path, ENOMEM, "cannot list");
            free(path);
            return;
        }
        x->v = v;
    }
    x->v[x->n++] = path;
}

static char *join(const char *folder, const char *name)
{
    size_t n = strlen(folder), m = strlen(name);
    bool slash = n > 0 && folder[n - 1] != '/';
    char *path = malloc(n + slash + m + 1);
    if (!path) return NULL;
    memcpy(path, folder, n);
    if (slash) path[n] = '/';
    memcpy(path + n + slash, name, m + 1);
    return path;
}

static void walk_folder(walk *w, const char *folder, int depth);

/* A link to a file counts as a file; links to folders are not followed, so that no circle can hold us. */
static void walk_entry(walk *w, char *path, int depth)
{
    struct stat st;
    if (lstat(path, &st) != 0) {
        walk_failed(w, read_code(errno), path, errno, "cannot read");
    } else if (S_ISDIR(st.st_mode)) {
        walk_folder(w, path, depth);
    } else if (S_ISREG(st.st_mode) || (S_ISLNK(st.st_mode) && stat(path, &st) == 0 && S_ISREG(st.st_mode))) {
        add_path(w, path);
        return;
    }
    free(path);
}

static void walk_folder(walk *w, const char *folder, int depth)
{
    DIR *d = depth < DEEPEST ? opendir(folder) : NULL;
    if (!d) {
        walk_failed(w, DL_EREAD, folder, depth < DEEPEST ? errno : ELOOP, "cannot read folder");
        return;
    }
    for (struct dirent *entry; (errno = 0, entry = readdir(d));) {
        if (entry->d_name[0] == '.') continue;
        char *path = join(folder, entry->d_name);
        if (path) walk_entry(w, path, depth + 1);
        else walk_failed(w, DL_ENOMEM, folder, ENOMEM, "cannot list");
    }
    closedir(d);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);     /* strcmp compares as unsigned bytes */
}

bool dl_walk(const char *path, dl_paths *out, dl_error *e)
{
    struct stat st;
    walk w = { .out = out, .error = e, .ok = true };
    size_t before = out->n;
    if (stat(path, &st) != 0) {
        walk_failed(&w, read_code(errno), path, errno, "cannot open");
    } else if (S_ISDIR(st.st_mode)) {
        walk_folder(&w, path, 0);
    } else {
        char *copy = join("", path);                 /* what is named is taken as it is: pipes too */
        if (copy) add_path(&w, copy);
        else walk_failed(&w, DL_ENOMEM, path, ENOMEM, "cannot list");
    }
    if (out->n > before) qsort(out->v + before, out->n - before, sizeof *out->v, by_bytes);
    return w.ok;
}

void dl_paths_free(dl_paths *x)
{
    for (size_t i = 0; i < x->n; i++) free(x->v[i]);
    free(x->v);
    *x = (dl_paths){ 0 };
}
