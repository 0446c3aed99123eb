/* SPDX-License-Identifier: Apache-2.0 */
#include "plan_package.h"

int plan_package_open(const char *path, const struct board *b, const char *folder, struct arena *a,
		      struct plan_package *out, struct err *e)
{
	(void)b;
	(void)folder;
	(void)a;
	(void)out;
	return err_set(e, -MS_EUSAGE, "'%s' is a package", path);
}
