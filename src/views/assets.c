/* assets.c - the page as it is built in: web/dist, byte for byte (tools/web.S.in, made by CMake). */
#include <string.h>
#include "views/page.h"

#define ASSETS(X) X(index, "/", "text/html; charset=utf-8") X(js, "/app.js", "text/javascript; charset=utf-8") X(css, "/app.css", "text/css; charset=utf-8") \
    X(world, "/world-110m.json", "application/json; charset=utf-8") X(world50, "/world-50m.json", "application/json; charset=utf-8") X(licences, "/LICENSES.txt", "text/plain; charset=utf-8")

#define X(name, path, type) extern const char dl_web_##name[] __attribute__((visibility("hidden"))), dl_web_##name##_end[] __attribute__((visibility("hidden")));
ASSETS(X)
#undef X

const dl_asset dl_assets[] = {
#define X(name, path, type) { path, type, dl_web_##name, dl_web_##name##_end },
    ASSETS(X)
#undef X
    { NULL, NULL, NULL, NULL }
};

const dl_asset *dl_asset_of(const char *path)
{
    for (const dl_asset *a = dl_assets; a->path; a++) if (!strcmp(a->path, path)) return a;
    return NULL;
}
