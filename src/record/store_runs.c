/* store_runs.c - how a store came to be: runs, the versions of each record, the bytes they were made of. */
#include <stdio.h>
#include "record/store.h"

bool dl_session_open(dl_session *x, dl_db *d)
{
    dl_sha256_init(&x->inputs);
    x->make = dl_db_prepare(d, "INSERT INTO runs(coder, began, reports, new, changed, same, inputs) VALUES(?1, ?2, 0, 0, 0, 0, '')");
    x->count = dl_db_prepare(d, "UPDATE runs SET reports = ?2, new = ?3, changed = ?4, same = ?5, inputs = ?6 WHERE run = ?1");
    x->version = dl_db_prepare(d, "INSERT INTO versions VALUES(?1, 1 + coalesce((SELECT max(version) FROM versions WHERE report = ?1), 0), ?2, ?3, ?4)");
    x->original = dl_db_prepare(d, "INSERT OR IGNORE INTO originals VALUES(?1, ?2, ?3)");
    x->orphan = dl_db_prepare(d, "DELETE FROM originals WHERE sha256 = (SELECT sha256 FROM reports WHERE report = ?1) AND NOT EXISTS "
                                 "(SELECT 1 FROM reports a JOIN reports b ON b.sha256 = a.sha256 AND b.report <> a.report WHERE a.report = ?1)");
    return dl_db_good(d);
}

void dl_session_close(dl_session *x)
{
    dl_stmt *const all[] = { x->make, x->count, x->version, x->original, x->orphan };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) dl_stmt_free(all[i]);
}

void dl_session_saw(dl_session *x, const dl_record *r, dl_stored what)
{
    dl_str id = r->art->id;
    dl_sha256_add(&x->inputs, id.p, id.n), dl_sha256_add(&x->inputs, "\t", 1);
    dl_sha256_add(&x->inputs, r->art->sha256, strlen(r->art->sha256)), dl_sha256_add(&x->inputs, "\n", 1);
    x->put[what]++;
    x->told = false;
}

void dl_session_keep(dl_session *x, dl_db *d, const dl_record *r, int64_t report, dl_str hash, int64_t coder, const dl_kept *kept)
{
    if (!x->number) {
        dl_stmt_int(x->make, 1, coder);
        dl_stmt_str(x->make, 2, x->began[0] ? dl_str_of(x->began) : (dl_str){ 0 });
        if (dl_stmt_run(d, x->make)) x->number = dl_db_last(d);
    }
    dl_stmt_int(x->version, 1, report), dl_stmt_int(x->version, 2, x->number), dl_stmt_str(x->version, 3, hash), dl_stmt_blob(x->version, 4, kept->packed);
    dl_stmt_run(d, x->version);
    if (!kept->original.p) return;
    dl_stmt_str(x->original, 1, dl_str_of(r->art->sha256)), dl_stmt_int(x->original, 2, (int64_t)kept->size), dl_stmt_blob(x->original, 3, kept->original);
    dl_stmt_run(d, x->original);
}

void dl_session_drop(dl_session *x, dl_db *d, int64_t report)
{
    dl_stmt_int(x->orphan, 1, report);
    dl_stmt_run(d, x->orphan);
}

void dl_session_tell(dl_session *x, dl_db *d)
{
    char hex[65];
    if (!x->number || x->told || !dl_db_good(d)) return;
    dl_sha256 so_far = x->inputs;
    dl_sha256_hex(&so_far, hex);
    dl_stmt_int(x->count, 1, x->number), dl_stmt_int(x->count, 2, x->put[DL_STORED_NEW] + x->put[DL_STORED_CHANGED] + x->put[DL_STORED_SAME]);
    dl_stmt_int(x->count, 3, x->put[DL_STORED_NEW]), dl_stmt_int(x->count, 4, x->put[DL_STORED_CHANGED]), dl_stmt_int(x->count, 5, x->put[DL_STORED_SAME]);
    dl_stmt_str(x->count, 6, dl_str_of(hex));
    x->told = dl_stmt_run(d, x->count);
}
