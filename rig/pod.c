/* SPDX-License-Identifier: Apache-2.0 */
#include "pod.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "emulator.h"
#include "epoch.h"
#include "file.h"
#include "out.h"
#include "toolchain.h"

#define SEC UINT64_C(1000000000)

enum { LINE_SIZE = 4096, TEXT_MAX = 1023, PATIENCE_SEC = 3, AT_ONCE = 256, GLANCE_NSEC = 200000 };

/* The lock of whoever drives the board: a descriptor, or -1 with errno. */
static int take_lock(const struct pod *p)
{
	int fd = open(p->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static void look_whether_ready(struct pod *p)
{
	int fd = take_lock(p);

	p->ready = fd >= 0;
	if (fd >= 0)
		close(fd);
}

int pod_open(struct pod *p, const struct lent *l, const char *folder, struct arena *a, struct err *e)
{
	struct sdk sdk;

	*p = (struct pod){ .lent = l, .process.ended = true };
	p->lock = arena_printf(a, "%s/%s.lock", folder, l->name);
	p->epoch = arena_printf(a, "%s/%s.epoch", folder, l->name);
	p->image = arena_printf(a, "%s/%s.sent.bin", folder, l->name);
	p->held = arena_printf(a, "%s/%s.flash", folder, l->name);
	int rc = sdk_find(MS_VERSION, a, &sdk, e);
	if (rc >= 0)
		rc = sdk_board(&sdk, l->board, a, &p->board, e);
	if (rc >= 0)
		rc = way_check(l, &p->board, e);
	if (rc >= 0)
		rc = epoch_read(p->epoch, &p->lease.epoch, a, e);
	if (rc >= 0)
		look_whether_ready(p);
	p->waits_since_nsec = process_now_nsec();
	return rc;
}

const char *pod_state(const struct pod *p)
{
	if (p->running)
		return "running";
	return p->lease.held ? "lent" : p->ready ? "free" : "settling";
}

int pod_lend(struct pod *p, const char *user, uint64_t ticket, uint64_t length_nsec, struct err *e)
{
	struct arena a = { 0 };

	int rc = epoch_write(p->epoch, p->lease.epoch + 1, &a, e);
	if (rc >= 0)
		lease_begin(&p->lease, user, ticket, process_now_nsec(), length_nsec);
	arena_done(&a);
	return rc;
}

void pod_stop(struct pod *p, enum frame_end why)
{
	if (!p->running || p->stopping)
		return;
	p->stopping = true;
	p->why = why;
	p->kill_nsec = process_now_nsec() + PATIENCE_SEC * SEC;
	kill(-p->process.pid, SIGTERM);
}

void pod_take_back(struct pod *p)
{
	struct err ignored;

	pod_stop(p, FRAME_LEASE);
	if (!p->running) {
		runlog_unref(p->log);
		p->log = NULL;
	}
	lease_end(&p->lease);
	p->digest[0] = '\0';
	file_remove(p->image, &ignored);
}

/* The driver is gone, and this was how. */
static void end_run(struct pod *p)
{
	bool ended = !p->stopping, failed = ended && p->process.status && strcmp(p->lent->way, "qemu");

	runlog_seal(p->log, ended ? failed ? FRAME_FAILED : FRAME_ENDED : p->why, p->process.status, p->said, p->fix);
	p->lost += !ended && p->why != FRAME_STOPPED;
	p->running = p->stopping = false;
	look_whether_ready(p);
	p->waits_since_nsec = process_now_nsec();
	if (p->lease.held)
		return;
	runlog_unref(p->log);		/* clients that still read it have it */
	p->log = NULL;
}

/* What the tools said for programs; only why they failed is kept. */
static void take_words(struct pod *p, const char *text)
{
	json_t *o = json_loads(text, 0, NULL), *error = json_object_get(o, "error");

	if (error && json_is_object(error)) {
		snprintf(p->said, sizeof(p->said), "%s", json_string_value(json_object_get(error, "text")));
		snprintf(p->fix, sizeof(p->fix), "%s", json_is_string(json_object_get(error, "fix")) ? json_string_value(json_object_get(error, "fix")) : "");
	}
	json_decref(o);
}

/* So long that a client's line of JSON holds it, whatever is in it. */
static void take_line(struct pod *p, char *line)
{
	size_t mark = strncmp(line, WAY_SAYS, strlen(WAY_SAYS)) ? 0 : strlen(WAY_SAYS);

	if (emulator_chatter(line))
		return;
	if (mark)
		take_words(p, line + mark);
	if (strlen(line) > TEXT_MAX)
		line[TEXT_MAX] = '\0';
	if (!runlog_add(p->log, mark ? "board" : "console", line + mark))
		pod_stop(p, FRAME_SIZE);
}

bool pod_read(struct pod *p)
{
	char line[LINE_SIZE];
	int more = 1;

	if (!p->running)
		return false;
	for (int i = 0; more == 1 && i < AT_ONCE; i++) {
		more = process_line(&p->process, line, sizeof(line), process_now_nsec() + GLANCE_NSEC);
		if (more == 1)
			take_line(p, line);
	}
	if (!more)
		end_run(p);
	return true;
}

bool pod_tick(struct pod *p, uint64_t now_nsec)
{
	bool told = p->running && pod_read(p);

	if (lease_tick(&p->lease, now_nsec)) {
		out_detail("%s: lease %llu ran out", p->lent->name, (unsigned long long)p->lease.epoch);
		pod_take_back(p);
	}
	if (p->running && !p->stopping && now_nsec >= p->run_ends_nsec)
		pod_stop(p, FRAME_TIME);
	if (p->stopping && now_nsec >= p->kill_nsec)
		kill(-p->process.pid, SIGKILL);
	if (!p->running && !p->ready)
		look_whether_ready(p);
	return told;
}

/* The lock goes to the driver and all that it starts, and to nobody else: this program has one thread. */
static int start(struct pod *p, const struct order *o, struct err *e)
{
	struct arena a = { 0 };
	int lock = take_lock(p);

	if (lock < 0) {
		err_set(e, ERR_RIG_BOARD_BUSY, "'%s' is still driven by what was left behind", p->lent->name);
		return err_fix(e, "do it again in a moment; if it stays so, ask who runs the rig");
	}
	fcntl(lock, F_SETFD, 0);
	int rc = way_start(p->lent, &p->board, o, &a, &p->process, e);
	close(lock);
	arena_done(&a);
	return rc;
}

int pod_begin(struct pod *p, enum job job, bool fast, uint64_t limit_nsec, struct err *e)
{
	const struct order o = { .job = job, .image = job == JOB_MONITOR ? NULL : p->image, .held = p->held, .fast = fast };

	if (p->running) {
		err_set(e, ERR_RIG_BOARD_BUSY, "something runs on '%s' already", p->lent->name);
		return err_fix(e, "wait until it has ended, or end it, and do it again");
	}
	int rc = start(p, &o, e);
	if (rc < 0)
		return rc;
	runlog_unref(p->log);
	p->log = runlog_new();
	p->said[0] = p->fix[0] = '\0';
	p->job = job;
	p->runs++;
	p->run_ends_nsec = process_now_nsec() + limit_nsec;
	p->running = !rc;
	p->ready = rc;
	if (rc)
		runlog_seal(p->log, FRAME_ENDED, 0, "", "");
	return MS_OK;
}

void pod_close(struct pod *p)
{
	if (p->running) {
		pod_stop(p, FRAME_AGENT);
		process_stop(&p->process);
		end_run(p);
	}
	runlog_unref(p->log);
	p->log = NULL;
}
