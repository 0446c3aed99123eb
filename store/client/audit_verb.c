/* SPDX-License-Identifier: Apache-2.0 */
/* ms audit URL, as of a folder, but each file comes over the network; and of a mirror that has pages, in whatever way it is reached. */
#include <string.h>

#include "audit_tell.h"
#include "site_audit.h"
#include "source.h"
#include "storecommand.h"
#include "storewish.h"

static struct audit_wish wish;
const struct opt audit_options[] = { AUDIT_OPTIONS(&wish), OPT_END };

int command_audit(const struct store_request *r, struct arena *a, struct err *e)
{
	const struct audit_telling t = { .key = wish.key, .log_only = wish.log_only, .moves = strstr(r->operands[0], "://") != NULL, .more = site_audit };
	struct source from;

	wish.at.url = r->operands[0];
	int rc = source_open(&wish.at, a, &from, e);
	if (rc >= 0)
		rc = audit_tell(&from.files, &t, a, e);
	source_close(&from);
	return rc;
}
