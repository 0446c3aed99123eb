/* SPDX-License-Identifier: Apache-2.0 */
#include "hangup.h"

#include <dirent.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <unistd.h>

/* A descriptor of the child's as one of ours for a moment: is it a connection, and closed? */
static bool is_closed(const struct process *p, int theirs)
{
	int fd = pidfd_getfd(p->pidfd, theirs, 0), is_listening = 0;
	socklen_t size = sizeof(is_listening);
	struct pollfd look = { .fd = fd, .events = POLLRDHUP };
	bool is_socket = fd >= 0 && !getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &size);
	bool closed = is_socket && !is_listening && poll(&look, 1, 0) > 0 && look.revents & (POLLRDHUP | POLLHUP | POLLERR);

	if (fd >= 0)
		close(fd);
	return closed;
}

bool hangup_seen(const struct process *p)
{
	char path[64];
	bool seen = false;

	if (p->pidfd < 0 || p->ended)
		return false;
	snprintf(path, sizeof(path), "/proc/%d/fd", (int)p->pid);
	DIR *d = opendir(path);
	for (const struct dirent *one; d && !seen && (one = readdir(d));)
		seen = one->d_name[0] != '.' && is_closed(p, atoi(one->d_name));
	if (d)
		closedir(d);
	return seen;
}
