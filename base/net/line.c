/* SPDX-License-Identifier: Apache-2.0 */
#include "line.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "process.h"

/* An answer may take so many times the time in which something must come: 16 MiB at 10 KB a second. */
enum { ANSWER_IDLES = 60 };

struct line {
	int fd;
	bool asked;			/* a request is under way */
	uint64_t since_nsec;		/* it, or the waiting for one */
	struct line *next, **before;
};

uint32_t line_idle_sec(const struct web *w)
{
	return w->idle_sec ? w->idle_sec : IDLE_SEC_DEFAULT;
}

static void add(struct line **lines, struct MHD_Connection *c, void **line)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct line *l = info ? calloc(1, sizeof(*l)) : NULL;

	*line = l;
	if (!l)
		return;
	*l = (struct line){ .fd = info->connect_fd, .since_nsec = process_now_nsec(), .next = *lines, .before = lines };
	if (l->next)
		l->next->before = &l->next;
	*lines = l;
}

void line_notice(void *lines, struct MHD_Connection *c, void **line, enum MHD_ConnectionNotificationCode what)
{
	struct line *l = *line;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		add(lines, c, line);
	} else if (l) {
		*l->before = l->next;
		if (l->next)
			l->next->before = l->before;
		free(l);
		*line = NULL;
	}
}

struct line *line_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

static void turn(struct line *l, bool asked)
{
	if (!l)
		return;
	l->asked = asked;
	l->since_nsec = process_now_nsec();
}

void line_begins(struct line *l)
{
	turn(l, true);
}

void line_ends(struct line *l)
{
	turn(l, false);
}

/* The library finds it closed, and ends it as it ends any other. */
void line_sweep(struct line *lines, uint32_t idle_sec)
{
	uint64_t now = process_now_nsec(), most = idle_sec * UINT64_C(1000000000);

	for (struct line *l = lines; l; l = l->next)
		if (now - l->since_nsec > (l->asked ? ANSWER_IDLES * most : most))
			shutdown(l->fd, SHUT_RDWR);
}
