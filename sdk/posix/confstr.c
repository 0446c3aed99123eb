/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that a system is configured with.  Each is about a shell, a compiler or where programs lie, and a device has none: the names are known and have no value. */
#include <errno.h>
#include <unistd.h>

size_t confstr(int name, char *to, size_t size)
{
	(void)to, (void)size;
	if (name < _CS_PATH || name > _CS_V7_ENV)
		errno = EINVAL;
	return 0;
}
