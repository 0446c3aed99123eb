/* SPDX-License-Identifier: Apache-2.0 */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "printable.h"
#include "spawn.h"

enum { KEPT_MAX = 16 * 1024 * 1024, PATIENCE_MSEC = 2000, LOOK_AGAIN_MSEC = 50, OUTPUT_AHEAD = 1 << 20 };

uint64_t process_now_nsec(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void end_child(struct child *c)
{
	kill(-c->pid, SIGTERM);
	if (!child_ended(c, PATIENCE_MSEC))
		kill(-c->pid, SIGKILL);
	child_ended(c, -1);
}

/*
 * Wait until there is something to read on one of two descriptors (each may
 * be -1), the child ends, the user wants to stop, or the deadline passes.
 */
static void await(const struct child *c, int one, int two, uint64_t deadline_nsec, bool readable[2])
{
	struct pollfd fds[] = {
		{ .fd = one, .events = POLLIN }, { .fd = two, .events = POLLIN },
		{ .fd = c->pidfd, .events = POLLIN }, { .fd = process_interrupt_fd(), .events = POLLIN },
	};
	uint64_t now = process_now_nsec();
	uint64_t left = deadline_nsec > now ? deadline_nsec - now : 0;

	if (c->pidfd < 0 && left > LOOK_AGAIN_MSEC * UINT64_C(1000000))
		left = LOOK_AGAIN_MSEC * UINT64_C(1000000);
	struct timespec t = { .tv_sec = (time_t)(left / 1000000000), .tv_nsec = (long)(left % 1000000000) };
	if (ppoll(fds, 4, &t, NULL) < 0)
		fds[0].revents = fds[1].revents = 0;
	readable[0] = fds[0].revents != 0;
	readable[1] = fds[1].revents != 0;
}

/* Read once what is there, keeping as much as is allowed.  False at the end. */
static bool collect(int fd, struct text *t, struct arena *a)
{
	uint8_t part[16 * 1024];

	ssize_t n = read(fd, part, sizeof(part));
	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	if (n > 0)
		text_add_bytes(t, a, bytes_part((struct bytes){ part, (size_t)n }, 0, KEPT_MAX - t->size));
	return n > 0;
}

static struct bytes text_bytes(const struct text *t)
{
	return (struct bytes){ (const uint8_t *)(t->at ? t->at : ""), t->size };
}

/* Lines of stdout as they become whole, for somebody who waits for them. */
struct hearing { process_heard *heard; void *context; size_t told; };

static void tell_lines(struct hearing *h, const struct text *t)
{
	const char *end;

	while (h->heard && h->told < t->size && (end = memchr(t->at + h->told, '\n', t->size - h->told))) {
		h->heard(h->context, (struct bytes){ (const uint8_t *)t->at + h->told, (size_t)(end - t->at) - h->told });
		h->told = (size_t)(end + 1 - t->at);
	}
}

/* Read both pipes until the child has ended and they are empty; what still holds them open then is not waited for. */
static int follow(struct child *c, int fds[2], struct arena *a, struct text texts[2], struct hearing *h, struct err *e)
{
	bool readable[2] = { true, true };

	for (bool over = false; !over || readable[0] || readable[1]; ) {
		if (process_interrupted()) {
			end_child(c);
			return err_set(e, ERR_STOPPED, "interrupted");
		}
		over = child_ended(c, 0);
		await(c, fds[0], fds[1], over ? 0 : UINT64_MAX, readable);
		for (int i = 0; i < 2; i++) {
			if (readable[i] && !collect(fds[i], &texts[i], a)) {
				close(fds[i]);
				fds[i] = -1;
			}
		}
		tell_lines(h, &texts[0]);
	}
	return MS_OK;
}

int process_run(const char *const argv[], const char *folder, struct arena *a, struct process_result *out, struct err *e)
{
	return process_run_heard(argv, folder, NULL, NULL, a, out, e);
}

int process_run_heard(const char *const argv[], const char *folder, process_heard *heard, void *context, struct arena *a, struct process_result *out, struct err *e)
{
	struct hearing h = { heard, context, 0 };
	int stdout_pipe[2], stderr_pipe[2];
	struct text texts[2] = { 0 };
	struct child c;

	int rc = spawn_pipe(stdout_pipe, e);
	if (rc < 0)
		return rc;
	rc = spawn_pipe(stderr_pipe, e);
	if (rc < 0) {
		close(stdout_pipe[0]);
		close(stdout_pipe[1]);
		return rc;
	}

	rc = spawn(argv, folder, stdout_pipe[1], stderr_pipe[1], &c, e);
	close(stdout_pipe[1]);
	close(stderr_pipe[1]);
	int fds[] = { stdout_pipe[0], stderr_pipe[0] };
	if (rc == MS_OK) {
		rc = follow(&c, fds, a, texts, &h, e);
		int status = child_reap(&c);
		if (rc == MS_OK)
			*out = (struct process_result){ status, text_bytes(&texts[0]), text_bytes(&texts[1]) };
	}
	for (int i = 0; i < 2; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	return rc;
}

int process_start(const char *const argv[], const char *folder, struct process *p, struct err *e)
{
	struct child c;
	int ends[2];

	*p = (struct process){ .pidfd = -1, .out = -1, .also = -1, .ended = true };
	int rc = spawn_pipe(ends, e);
	if (rc < 0)
		return rc;
	/* On a busy computer an emulator's time goes on while nobody reads: let it not wait with its console.  As much as is allowed. */
	fcntl(ends[1], F_SETPIPE_SZ, OUTPUT_AHEAD);

	rc = spawn(argv, folder, ends[1], ends[1], &c, e);
	close(ends[1]);
	if (rc < 0) {
		close(ends[0]);
		return rc;
	}
	*p = (struct process){ .pid = c.pid, .pidfd = c.pidfd, .out = ends[0], .also = -1 };
	return MS_OK;
}

static void close_output(struct process *p)
{
	if (p->out >= 0)
		close(p->out);
	p->out = -1;
}

static void reap(struct process *p)
{
	struct child c = { p->pid, p->pidfd };

	p->status = child_reap(&c);
	p->pidfd = -1;
	p->ended = true;
	close_output(p);
}

/* Bytes as a line: cut between characters, without what drives a terminal. */
static void show_line(const char *from, size_t length, char *line, size_t size)
{
	if (length && from[length - 1] == '\r')
		length--;
	if (length > size - 1)
		for (length = size - 1; length && ((unsigned char)from[length] & 0xc0) == 0x80; length--)
			;
	memcpy(line, from, length);
	line[printable(line, length)] = '\0';
}

/* Take the first line of the buffer, if it holds a whole one, or the end of one that is too long for it. */
static bool take_line(struct process *p, char *line, size_t size)
{
	for (;;) {
		char *end = memchr(p->buffer, '\n', p->used);
		bool full = p->used == sizeof(p->buffer), last = p->out < 0 && p->used;
		if (!end && !full && !last)
			return false;

		size_t length = end ? (size_t)(end - p->buffer) : p->used;
		size_t taken = end ? length + 1 : length;
		bool wanted = !p->skipping;
		if (wanted)
			show_line(p->buffer, length, line, size);
		memmove(p->buffer, p->buffer + taken, p->used - taken);
		p->used -= taken;
		p->skipping = !end;
		if (wanted)
			return true;
	}
}

static void fill(struct process *p)
{
	ssize_t n = read(p->out, p->buffer + p->used, sizeof(p->buffer) - p->used);
	if (n > 0)
		p->used += (size_t)n;
	else if (n == 0 || (errno != EINTR && errno != EAGAIN))
		close_output(p);
}

int process_line(struct process *p, char *line, size_t size, uint64_t deadline_nsec)
{
	struct child c = { p->pid, p->pidfd };
	bool readable[2];

	while (!take_line(p, line, size)) {
		if (p->ended)
			return 0;
		if (process_interrupted())
			return -MS_EINTR;
		if (process_now_nsec() >= deadline_nsec)
			return -MS_ETIMEDOUT;

		bool over = child_ended(&c, 0);
		await(&c, p->out, p->also, over ? 0 : deadline_nsec, readable);
		if (readable[0])
			fill(p);
		else if (over)
			reap(p);
		else if (readable[1])
			return -MS_EAGAIN;
	}
	return 1;
}

void process_stop(struct process *p)
{
	struct child c = { p->pid, p->pidfd };

	if (p->ended)
		return;
	end_child(&c);
	reap(p);
	p->used = 0;
}
