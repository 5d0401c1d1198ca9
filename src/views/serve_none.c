/* serve_none.c - in place of serve.c, where civetweb was not there to build with. */
#include "base/error.h"
#include "views/serve.h"

bool dl_serve(const dl_serving *how, dl_error *err)
{
    (void)how;
    dl_fail(err, DL_EARG, "this program was built without the page: install libcivetweb-dev and build again; `dateline export html` writes a page that is a file");
    return false;
}
