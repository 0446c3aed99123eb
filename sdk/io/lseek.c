/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing here has a position: devices, sockets, the log. */
#include <errno.h>
#include <unistd.h>

#include "descriptor.h"

off_t lseek(int fd, off_t offset, int whence)
{
	struct descriptor d;

	(void)offset, (void)whence;
	return ms_descriptor_get(fd, &d) < 0 ? -1 : ms_descriptor_fails(ESPIPE);
}

int isatty(int fd)
{
	struct descriptor d;

	return ms_descriptor_get(fd, &d) < 0 ? 0 : (errno = ENOTTY, 0);
}
