/* SPDX-License-Identifier: Apache-2.0 */
/* What was written is where it belongs when write returns; but for the line of the log that has not ended. */
#include <errno.h>
#include <unistd.h>

#include "cancellation.h"
#include "descriptor.h"

int fsync(int fd)
{
	struct descriptor d;

	cancellation_point();
	if (ms_descriptor_get(fd, &d) < 0)
		return -1;
	return d.kind->sync ? d.kind->sync(fd) : ms_descriptor_fails(EINVAL);
}

int fdatasync(int fd)
{
	return fsync(fd);
}
