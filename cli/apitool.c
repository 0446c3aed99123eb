/* SPDX-License-Identifier: Apache-2.0 */
#include "apitool.h"

#include "file.h"

const char *apitool_path(struct arena *a)
{
	const char *self = path_real(a, "/proc/self/exe");

	return path_join(a, path_folder(a, self ? self : "/"), "ms-api");
}
