/* SPDX-License-Identifier: Apache-2.0 */
/* Serving: the store, its writer, its doors, and the loop that waits for all of them. */
#include <malloc.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "certificate.h"
#include "confine.h"
#include "domainproof.h"
#include "door.h"
#include "file.h"
#include "ociindex.h"
#include "out.h"
#include "process.h"
#include "storecommand.h"
#include "storeweb.h"

enum { DOOR_MAX = 2, TICK_MSEC = 1000, LAST_WORDS_SEC = 5, RATE_DEFAULT = 50, FILES_MAX = 4096 };

struct serving {
	struct store store;
	struct storeweb web_of;
	struct web web;
	struct door doors[DOOR_MAX];
	uint32_t door_count;
};

static int open_network(struct serving *v, const struct store_request *r, struct arena *a, struct err *e)
{
	struct door *d = &v->doors[v->door_count];
	struct certificate c;
	int rc = r->certificate ? certificate_read(r->certificate, r->key, a, &c, e) : MS_OK;

	if (rc >= 0)
		rc = door_open_network(d, &v->web, r->listen, r->certificate ? &c : NULL, a, e);
	v->door_count += rc >= 0;
	return rc;
}

static int open_doors(struct serving *v, const struct store_request *r, struct arena *a, struct err *e)
{
	int rc = MS_OK;

	if (r->socket) {
		rc = door_open_socket(&v->doors[v->door_count], &v->web, path_absolute(a, r->socket), a, e);
		v->door_count += rc >= 0;
	}
	if (rc >= 0 && r->listen)
		rc = open_network(v, r, a, e);
	for (uint32_t i = 0; rc >= 0 && i < v->door_count; i++)
		reached_listen(&v->web_of.reached, v->doors[i].url, a);
	return rc;
}

static void tell(const struct serving *v, const char *gave_up, struct arena *a)
{
	const struct store *s = &v->store;
	const char *key = log_key(s->log, a);

	if (s->is_new)
		out_say("a new store '%s' in '%s'; its administrator's token is in '%s/admin-token'", s->name, s->folder, s->folder);
	out_say("key of its log: %s", key);
	for (uint32_t i = 0; i < v->door_count; i++) {
		out_say("ready: %s", v->doors[i].url);
		out_event("store_door", json_pack("{s:o, s:o, s:o}", "url", out_string(v->doors[i].url), "name", out_string(s->name), "key", out_string(key)));
	}
	out_detail("given up: %s", gave_up);
}

static uint64_t run_doors(struct serving *v, uint64_t most_msec)
{
	for (uint32_t i = 0; i < v->door_count; i++)
		most_msec = door_run(&v->doors[i], most_msec);
	return most_msec;
}

/* Until it is interrupted; or, to end, until all that was begun is answered, but not for ever. */
static bool goes_on(const struct serving *v, uint64_t until_nsec)
{
	return until_nsec ? v->web.active && process_now_nsec() < until_nsec : !process_interrupted();
}

static void loop(struct serving *v, uint64_t until_nsec)
{
	int interrupted = until_nsec ? -1 : process_interrupt_fd();
	struct pollfd fds[2 + DOOR_MAX] = { { .fd = interrupted, .events = POLLIN }, { .fd = v->web_of.wake_fd, .events = POLLIN } };
	eventfd_t answers;

	for (uint32_t i = 0; i < v->door_count; i++)
		fds[2 + i] = (struct pollfd){ .fd = v->doors[i].epoll, .events = POLLIN };
	while (goes_on(v, until_nsec))
		if (poll(fds, 2 + v->door_count, (int)run_doors(v, until_nsec ? 10 : TICK_MSEC)) > 0 && fds[1].revents)
			eventfd_read(v->web_of.wake_fd, &answers);	/* before the doors run: what comes later wakes again */
}

/* The last that was written may be in the log alone, as on a full disk: what names the log is written from a database that has caught up with it. */
static void settle(struct store *s)
{
	struct err why;

	if (store_catch_up(s, &why) < 0 || ociindex_settle(s, &why) < 0)
		out_warn("index.json is behind the log: %s", why.text);
	store_index_settle(s, &why);	/* what is not settled is made again at the next start */
}

/* What waits is carried out and answered; then the list for others' tools is written. */
static void end(struct serving *v)
{

	for (uint32_t i = 0; i < v->door_count; i++)
		MHD_quiesce_daemon(v->doors[i].daemon);
	v->web_of.ending = true;
	scribe_stop(v->web_of.scribe);
	loop(v, process_now_nsec() + LAST_WORDS_SEC * UINT64_C(1000000000));
	for (uint32_t i = 0; i < v->door_count; i++)
		door_close(&v->doors[i]);
	settle(&v->store);
}

static int check_addresses(const struct store_request *r, struct arena *a, struct err *e)
{
	struct reached ignored = { 0 };
	int rc = r->listen ? door_check_address(r->listen, a, e) : MS_OK;

	return rc < 0 ? rc : reached_say(&ignored, &r->urls, a, e);
}

/* Before anything is made. */
static int check(const struct store_request *r, struct arena *a, struct err *e)
{
	if (!r->dir) {
		err_set(e, ERR_OPERANDS, "it is not said which folder is the store");
		return err_fix(e, "--dir DIR; it is made if it is not there");
	}
	if (!r->listen && !r->socket) {
		err_set(e, ERR_OPERANDS, "it is not said how the store is reached");
		return err_fix(e, "--listen 127.0.0.1:8080, or --socket PATH");
	}
	if (r->proven && !r->ca) {
		err_set(e, ERR_OPTIONS_DISAGREE, "with --proven somebody has to be believed who names domains");
		return err_fix(e, "--ca FILE, certificates of authorities, as in /etc/ssl/certs/ca-certificates.crt");
	}
	if (!r->certificate == !r->key)
		return check_addresses(r, a, e);
	err_set(e, ERR_OPTIONS_DISAGREE, "a certificate and its key belong together");
	return err_fix(e, "--certificate FILE --key FILE");
}

static int serve(struct serving *v, const struct store_request *r, struct arena *a, struct err *e)
{
	struct storeweb *w = &v->web_of;

	*w = (struct storeweb){ .store = &v->store, .closed = r->closed, .proven_only = r->proven, .begun_nsec = process_now_nsec(), .rate.per_sec = r->rate_per_sec ? r->rate_per_sec : RATE_DEFAULT };
	int rc = reached_say(&w->reached, &r->urls, a, e);
	if (rc >= 0 && r->ca)
		rc = authorities_open(r->ca, a, &w->authorities, e);
	if (rc >= 0)
		rc = db_sqlite(a, v->store.folder, false, &w->db, e);
	if (rc < 0)
		return rc;
	storeweb_init(&v->web, w);
	storeboards_read(&w->boards, a);
	v->web.idle_sec = r->idle_sec;
	w->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	rc = w->wake_fd < 0 ? err_errno(e, "cannot make what the writer wakes the server by") : open_doors(v, r, a, e);
	const char *gave_up = rc >= 0 ? confine_server(v->store.folder) : "";
	if (rc >= 0)
		rc = scribe_start(&v->store, a, &w->scribe, e);
	if (rc >= 0) {
		tell(v, gave_up, a);
		loop(v, 0);
		end(v);
	}
	w->db->close(w->db);
	authorities_close(w->authorities);
	close(w->wake_fd);
	return rc;
}

/* Each line has a socket, and may have a file. */
static void allow_files(void)
{
	struct rlimit most;

	if (getrlimit(RLIMIT_NOFILE, &most) || most.rlim_cur >= FILES_MAX)
		return;
	most.rlim_cur = most.rlim_max < FILES_MAX ? most.rlim_max : FILES_MAX;
	setrlimit(RLIMIT_NOFILE, &most);
}

int command_serve(const struct store_request *r, struct arena *a, struct err *e)
{
	struct serving *v = arena_new(a, struct serving);

	mallopt(M_ARENA_MAX, 2);
	allow_files();
	process_catch_interrupt();
	int rc = check(r, a, e);
	if (rc >= 0)
		rc = store_open(&v->store, r->dir, r->name, a, e);
	if (rc < 0)
		return rc;
	v->store.two_admins = r->admins == 2;
	rc = serve(v, r, a, e);
	for (uint32_t i = 0; i < v->door_count; i++)
		door_close(&v->doors[i]);
	store_close(&v->store);
	return rc;
}
