/* facts.c - the questions of this stage, in the order in which their answers are needed. */
#include "facts/facts.h"

void dl_facts_run(dl_ask *q)
{
    dl_where(q);
    dl_when(q);
    if (dl_mend_trees(q)) dl_when_again(q);
    dl_who(q);
    dl_howmany(q);
    dl_what(q);
    dl_saidby(q);
    dl_status(q);
    dl_settle(q);
    dl_links(q);
    dl_incidents(q);
}
