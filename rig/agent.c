/* SPDX-License-Identifier: Apache-2.0 */
#include "agent.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "certificate.h"
#include "file.h"
#include "folders.h"
#include "out.h"
#include "rigweb.h"
#include "token.h"

enum { TICK_MSEC = 100, BEAT_MSEC = 2000, LAST_WORDS_MSEC = 500, POLL_MAX = AGENT_DOOR_MAX + 1 + 2 * CONFIG_BOARD_MAX };

struct pod *agent_pod(struct agent *g, const char *name)
{
	for (uint32_t i = 0; i < g->pod_count; i++)
		if (!strcmp(g->pods[i].lent->name, name))
			return &g->pods[i];
	return NULL;
}

/* Each is compared, whoever it is. */
const char *agent_user(const struct agent *g, const char *token)
{
	const char *found = NULL;

	for (uint32_t i = 0; i < g->config.user_count; i++)
		if (token_is(token, g->config.users[i].token))
			found = g->config.users[i].name;
	return found;
}

/* Let the doors do what there is to do; how long they may be left alone then. */
static uint64_t serve(struct agent *g)
{
	uint64_t least = TICK_MSEC;

	for (uint32_t i = 0; i < g->door_count; i++)
		least = door_run(&g->doors[i], least);
	return least;
}

/* Until something happens anywhere. */
static void await(const struct agent *g, uint64_t msec)
{
	struct pollfd fds[POLL_MAX];
	nfds_t count = 0;

	fds[count++] = (struct pollfd){ .fd = process_interrupt_fd(), .events = POLLIN };
	for (uint32_t i = 0; i < g->door_count; i++)
		fds[count++] = (struct pollfd){ .fd = g->doors[i].epoll, .events = POLLIN };
	for (const struct pod *p = g->pods; p < g->pods + g->pod_count; p++) {
		if (!p->running)
			continue;
		fds[count++] = (struct pollfd){ .fd = p->process.out, .events = POLLIN };
		fds[count++] = (struct pollfd){ .fd = p->process.pidfd, .events = POLLIN };
	}
	poll(fds, count, (int)msec);
}

static void loop(struct agent *g)
{
	uint64_t beat_nsec = process_now_nsec();

	while (!process_interrupted()) {
		bool told = false;

		await(g, serve(g));
		uint64_t now = process_now_nsec();
		for (struct pod *p = g->pods; p < g->pods + g->pod_count; p++)
			told |= pod_tick(p, now);
		bool beat = now - beat_nsec >= BEAT_MSEC * UINT64_C(1000000);
		if (beat)
			beat_nsec = now;
		if (beat || told)
			streams_wake(g, beat);
	}
}

/* Runs end, and who reads their logs is told. */
static void end(struct agent *g)
{
	uint64_t until = process_now_nsec() + LAST_WORDS_MSEC * UINT64_C(1000000);

	for (struct pod *p = g->pods; p < g->pods + g->pod_count; p++)
		pod_close(p);
	streams_end(g);
	while (g->streams && process_now_nsec() < until)
		poll(NULL, 0, (int)serve(g) < 10 ? (int)serve(g) : 10);
	for (uint32_t i = 0; i < g->door_count; i++)
		door_close(&g->doors[i]);
}

static int open_pods(struct agent *g, const char *folder, struct arena *a, struct err *e)
{
	int rc = MS_OK;

	g->pods = arena_array(a, struct pod, g->config.board_count);
	for (uint32_t i = 0; rc >= 0 && i < g->config.board_count; i++) {
		rc = pod_open(&g->pods[i], &g->config.boards[i], folder, a, e);
		g->pod_count += rc >= 0;
	}
	return rc;
}

static void tell(const struct agent *g)
{
	for (const struct pod *p = g->pods; p < g->pods + g->pod_count; p++) {
		out_say("lends %s: %s by %s", p->lent->name, p->lent->board, p->lent->way);
		out_event("rig_board", json_pack("{s:s, s:s, s:s, s:s, s:n, s:i}", "name", p->lent->name, "board", p->lent->board, "way", p->lent->way, "state", pod_state(p), "user", "waiting", 0));
	}
}

/* The configuration's certificate, or the one that lies in the folder, where it is made if there is none. */
static int open_network(struct agent *g, struct door *d, const char *folder, struct arena *a, struct err *e)
{
	const struct config *config = &g->config;
	struct certificate c;

	int rc = config->certificate ? certificate_read(config->certificate, config->key, a, &c, e) : certificate_own(folder, "rig", a, &c, e);
	if (rc >= 0)
		rc = door_open_network(d, &g->web, config->listen, &c, a, e);
	if (rc < 0)
		return rc;
	out_say("reached by: %s, whose pin is %s", d->url, c.pin);
	out_event("rig_door", json_pack("{s:o, s:s}", "url", out_string(d->url), "pin", c.pin));
	return MS_OK;
}

static int open_socket(struct agent *g, struct door *d, struct arena *a, struct err *e)
{
	int rc = door_open_socket(d, &g->web, g->config.socket, a, e);

	if (rc < 0)
		return rc;
	out_say("reached by: %s", d->url);
	out_event("rig_door", json_pack("{s:o, s:n}", "url", out_string(d->url), "pin"));
	return MS_OK;
}

static int open_doors(struct agent *g, const char *folder, struct arena *a, struct err *e)
{
	int rc = MS_OK;

	rigweb_init(&g->web, g);
	if (g->config.socket)
		rc = open_socket(g, &g->doors[g->door_count++], a, e);
	if (rc >= 0 && g->config.listen)
		rc = open_network(g, &g->doors[g->door_count++], folder, a, e);
	if (rc < 0)
		g->door_count--;
	return rc;
}

int agent_run(struct agent *g, struct arena *a, struct err *e)
{
	const char *folder = g->config.state ? g->config.state : path_join(a, folder_state(a), "rig");

	g->begun_nsec = process_now_nsec();
	int rc = file_make_folders(folder, a, e);
	int lock = rc < 0 ? rc : file_lock(path_join(a, folder, "agent.lock"), false, e);
	if (rc >= 0 && lock < 0)
		return err_fix(e, "another agent has that folder; give this one its own: --state DIR");
	if (rc >= 0)
		rc = open_pods(g, folder, a, e);
	signal(SIGPIPE, SIG_IGN);
	process_catch_interrupt();
	if (rc >= 0)
		rc = open_doors(g, folder, a, e);
	if (rc >= 0) {
		tell(g);
		loop(g);
	}
	end(g);
	file_unlock(lock);
	return rc;
}
