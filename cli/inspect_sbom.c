/* SPDX-License-Identifier: Apache-2.0 */
/* The bill of materials that a package holds, as it stands in it or as SPDX. */
#include "inspect.h"

#include "archive.h"
#include "out.h"
#include "package.h"
#include "sbom.h"
#include "spdx.h"
#include "version.h"

/* The member that is the bill; it is found good, but not whose it is. */
static int find_bill(struct bytes package, const char *path, struct arena *a, struct bytes *bill, struct sbom_root *root, struct err *e)
{
	struct package_iter it;
	struct package_member m;

	*bill = (struct bytes){ 0 };
	package_iter_init(&it, package);
	while (package_next(&it, &m))
		if (m.kind == PACKAGE_IS_SBOM)
			*bill = m.content;
	if (it.fault)
		return err_set(e, ERR_DAMAGED, "'%s' is not a package: %s", path, package_fault_text(it.fault));
	return sbom_check(*bill, path, a, root, e);
}

static void print(const char *path, struct bytes bill)
{
	out_line("%.*s", (int)(bill.size - (bill.at[bill.size - 1] == '\n')), (const char *)bill.at);
	out_field("file", out_string(path));
	out_field("kind", json_string("bill of materials"));
	out_field("facts", json_loadb((const char *)bill.at, bill.size, 0, NULL));
}

int inspect_sbom(struct bytes package, const char *path, bool as_spdx, struct arena *a, struct err *e)
{
	struct sbom_root root;
	struct bytes bill;
	uint64_t epoch;

	int rc = find_bill(package, path, a, &bill, &root, e);
	if (rc >= 0)
		rc = archive_epoch(&epoch, e);
	if (rc >= 0 && as_spdx)
		rc = spdx_make(bill, arena_printf(a, "%s-%s", arena_string(a, root.name), arena_string(a, root.version)), epoch, ms_version, a, &bill, e);
	if (rc >= 0)
		print(path, bill);
	return rc;
}
