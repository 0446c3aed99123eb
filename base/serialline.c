/* SPDX-License-Identifier: Apache-2.0 */
#include "serialline.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "printable.h"
#include "process.h"

static const struct speed { uint32_t baud; speed_t code; } speeds[] = {
	{ 9600, B9600 }, { 19200, B19200 }, { 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 }, { 230400, B230400 },
	{ 460800, B460800 }, { 921600, B921600 }, { 1000000, B1000000 }, { 1500000, B1500000 }, { 2000000, B2000000 }, { 3000000, B3000000 },
};

int serialline_choose(struct arena *a, const char **name, struct err *e)
{
	static const char *const patterns[] = { "ttyACM*", "ttyUSB*" };
	struct err ignored = { 0 };
	struct list found = { 0 };
	struct text all = { 0 };

	for (int i = 0; i < 2; i++)
		file_glob("/dev", patterns[i], a, &found, &ignored);
	for (size_t i = 0; i < found.count; i++)
		text_add(&all, a, "%s/dev/%s", i ? ", " : "", (const char *)found.at[i]);
	if (found.count == 1) {
		*name = path_join(a, "/dev", found.at[0]);
		return MS_OK;
	}
	if (found.count) {
		err_set(e, ERR_NO_SERIAL, "%zu serial lines are plugged in", found.count);
		return err_fix(e, "name one: %s", all.at);
	}
	err_set(e, ERR_NO_LINE, "no serial line is plugged in");
	return err_fix(e, "plug it in, or name it: /dev/tty..., the path of a socket, or HOST:PORT");
}

/* Eight bits as they come; nothing is echoed, waited for or turned into a signal. */
static int set_up_device(const struct serialline *l, struct err *e)
{
	const struct speed *s = speeds, *end = speeds + sizeof(speeds) / sizeof(*speeds);
	struct termios t;

	while (s < end && s->baud != l->speed)
		s++;
	if (s == end) {
		err_set(e, ERR_NO_SERIAL, "no serial line runs at %u baud", l->speed);
		return err_fix(e, "use the speed of the board's console, mostly 115200");
	}
	if (tcgetattr(l->fd, &t))
		return err_errno(e, "cannot set up '%s'", l->name);
	cfmakeraw(&t);
	t.c_cflag = (t.c_cflag & ~(tcflag_t)(CSTOPB | CRTSCTS)) | CLOCAL | CREAD;
	cfsetspeed(&t, s->code);
	return tcsetattr(l->fd, TCSANOW, &t) ? err_errno(e, "cannot set up '%s'", l->name) : MS_OK;
}

static int connect_path(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (strlen(path) < sizeof(at.sun_path))
		strcpy(at.sun_path, path);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof(at))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static int connect_port(const char *name)
{
	const struct addrinfo want = { .ai_socktype = SOCK_STREAM };
	const char *colon = strrchr(name, ':');
	struct addrinfo *all = NULL;
	char host[256];
	int fd = -1;

	snprintf(host, sizeof(host), "%.*s", (int)(colon - name), name);
	if (getaddrinfo(host, colon + 1, &want, &all))
		return -1;
	for (const struct addrinfo *i = all; i && fd < 0; i = i->ai_next) {
		fd = socket(i->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (fd >= 0 && connect(fd, i->ai_addr, i->ai_addrlen)) {
			close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(all);
	return fd;
}

static int missing(const struct serialline *l, struct err *e)
{
	const char *why = errno ? strerror(errno) : "nobody is there";

	err_set(e, ERR_NO_LINE, "cannot open '%s': %s", l->name, why);
	return err_fix(e, errno == EACCES ? "become a member of the group that may use it, mostly 'dialout'" : "look whether it is plugged in, and whether another program has it");
}

int serialline_open(struct serialline *l, struct err *e)
{
	struct stat s = { 0 };
	bool there = !stat(l->name, &s);

	errno = 0;
	l->kept = there && S_ISREG(s.st_mode);
	if (!there && strchr(l->name, ':') && !strchr(l->name, '/'))
		l->fd = connect_port(l->name);
	else if (there && S_ISSOCK(s.st_mode))
		l->fd = connect_path(l->name);
	else
		l->fd = open(l->name, (l->kept ? O_RDONLY : O_RDWR) | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (l->fd < 0)
		return missing(l, e);
	l->used = 0;
	l->skipping = false;
	int rc = isatty(l->fd) ? set_up_device(l, e) : MS_OK;
	if (rc < 0)
		serialline_close(l);
	return rc;
}

/* A line that is there; an over-long one is cut, and its rest passed over. */
static bool take_line(struct serialline *l, char *line, size_t size)
{
	for (;;) {
		char *end = memchr(l->buffer, '\n', l->used);
		bool wanted = !l->skipping;

		if (!end && l->used < sizeof(l->buffer))
			return false;
		size_t length = end ? (size_t)(end - l->buffer) : l->used, taken = end ? length + 1 : length;
		while (length && l->buffer[length - 1] == '\r')
			length--;
		length = printable(l->buffer, length < size ? length : size - 1);
		if (wanted)
			snprintf(line, size, "%.*s", (int)length, l->buffer);
		memmove(l->buffer, l->buffer + taken, l->used - taken);
		l->used -= taken;
		l->skipping = !end;
		if (wanted)
			return true;
	}
}

static bool fill(struct serialline *l)
{
	ssize_t n = read(l->fd, l->buffer + l->used, sizeof(l->buffer) - l->used);

	if (n > 0)
		l->used += (size_t)n;
	return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

int serialline_read(struct serialline *l, char *line, size_t size, uint64_t deadline_nsec, int also)
{
	while (!take_line(l, line, size)) {
		struct pollfd fds[] = { { .fd = l->fd, .events = POLLIN }, { .fd = also, .events = POLLIN }, { .fd = process_interrupt_fd(), .events = POLLIN } };
		uint64_t now = process_now_nsec(), left = deadline_nsec > now ? deadline_nsec - now : 0;
		struct timespec t = { .tv_sec = (time_t)(left / 1000000000), .tv_nsec = (long)(left % 1000000000) };

		if (process_interrupted())
			return -MS_EINTR;
		if (!left)
			return -MS_ETIMEDOUT;
		if (ppoll(fds, 3, &t, NULL) <= 0)
			continue;
		if (fds[0].revents && !fill(l)) {
			serialline_close(l);
			return 0;
		}
		if (fds[1].revents)
			return -MS_EAGAIN;
	}
	return 1;
}

bool serialline_write(struct serialline *l, const void *at, size_t size)
{
	const char *from = at;

	while (size) {
		struct pollfd room = { .fd = l->fd, .events = POLLOUT };
		ssize_t n = write(l->fd, from, size);

		if (n < 0 && errno == EAGAIN && poll(&room, 1, 1000) > 0)
			continue;
		if (n < 0)
			return false;
		from += n;
		size -= (size_t)n;
	}
	return true;
}

void serialline_close(struct serialline *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}
