/* SPDX-License-Identifier: Apache-2.0 */
#include "patience.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "process.h"

enum { LEAST_SHARE = 10 };	/* of the time that passes, at least one part in so many is a group's own */

/* What a group of processes does. */
struct doing {
	uint64_t nsec;		/* of processors, with those that have ended */
	unsigned ready;		/* processes that run, or want to */
	unsigned count;
};

/* "1 (a name) R 0 1 1 ...": of the group, or in one of its own below the group, as a test is. */
static void add(struct doing *d, const char *stat, pid_t group)
{
	const char *behind = strrchr(stat, ')');
	unsigned long times[4];
	char state;
	int parent, of;

	if (!behind || sscanf(behind, ") %c %d %d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %lu %lu", &state, &parent, &of, &times[0], &times[1], &times[2], &times[3]) != 7)
		return;
	if (of != group && getpgid(parent) != group)
		return;
	d->nsec += (times[0] + times[1] + times[2] + times[3]) * (UINT64_C(1000000000) / (uint64_t)sysconf(_SC_CLK_TCK));
	d->ready += state == 'R' || state == 'D';
	d->count++;
}

static void look(int folder, const char *name, pid_t group, struct doing *d)
{
	char path[300], stat[512];
	ssize_t size;

	snprintf(path, sizeof(path), "%s/stat", name);
	int fd = openat(folder, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	size = read(fd, stat, sizeof(stat) - 1);
	close(fd);
	if (size <= 0)
		return;
	stat[size] = '\0';
	add(d, stat, group);
}

static struct doing look_at(pid_t group)
{
	struct doing d = { 0 };
	DIR *all = opendir("/proc");

	for (struct dirent *each; all && (each = readdir(all));)
		if (isdigit((unsigned char)*each->d_name))
			look(dirfd(all), each->d_name, group, &d);
	if (all)
		closedir(all);
	return d;
}

void patience_begin(struct patience *p, pid_t group)
{
	*p = (struct patience){ .group = group, .looked_nsec = process_now_nsec() };
}

/* Whoever is ready had a part of what the group had; when nobody is, it waits for something of its own. */
uint64_t patience_own_nsec(struct patience *p)
{
	struct doing d = look_at(p->group);
	uint64_t now = process_now_nsec(), passed = now - p->looked_nsec, own = passed;

	if (d.count && d.ready && d.nsec >= p->used_nsec)
		own = (d.nsec - p->used_nsec) / d.ready;
	if (own < passed / LEAST_SHARE)
		own = passed / LEAST_SHARE;
	p->own_nsec += own < passed ? own : passed;
	p->used_nsec = d.nsec;
	p->looked_nsec = now;
	return p->own_nsec;
}
