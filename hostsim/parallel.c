/* SPDX-License-Identifier: Apache-2.0 */
#include "parallel.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "panic.h"

enum { LINE_SIZE = 4096, NOBODY = -1 };

/* Who has taken what; nothing at all when a process has ended. */
struct ticket {
	size_t at;
	int worker;
};
#define ENDED SIZE_MAX

struct worker {
	pid_t pid;
	FILE *said;
};

struct running {
	const struct parallel_work *work;
	struct worker *workers;
	int *taken_by;		/* of each piece: a worker, or NOBODY yet */
	unsigned ended;
	int tickets;
};

static int ticket_out = -1;	/* of a worker */

void parallel_forget(void)
{
	if (ticket_out >= 0)
		close(ticket_out);
	ticket_out = -1;
}

static void say_ticket(size_t at, int worker)
{
	struct ticket t = { at, worker };

	if (write(ticket_out, &t, sizeof(t)) != sizeof(t))
		_exit(2);
}

static _Noreturn void work(const struct parallel_work *w, int self, size_t *next)
{
	bool going = true;

	while (going) {
		size_t at = __atomic_fetch_add(next, 1, __ATOMIC_RELAXED);

		if (at >= w->count)
			break;
		say_ticket(at, self);
		going = w->run(w->context, at);
	}
	say_ticket(ENDED, self);
	_exit(0);
}

/* Pipes of workers that were started before are not this one's to hold: their ends for writing are closed already. */
static int start(struct running *r, int self, int tickets[2], size_t *next)
{
	int said[2];

	if (pipe(said))
		panic_errno("cannot make a pipe");
	r->workers[self].pid = fork();
	if (r->workers[self].pid < 0)
		panic_errno("cannot start a process");
	if (r->workers[self].pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(said[1], STDOUT_FILENO);
		close(said[0]);
		close(said[1]);
		close(tickets[0]);
		ticket_out = tickets[1];
		work(r->work, self, next);
	}
	close(said[1]);
	return said[0];
}

static void start_all(struct running *r)
{
	size_t *next = mmap(NULL, sizeof(*next), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int tickets[2], said;

	if (next == MAP_FAILED || pipe(tickets))
		panic_errno("cannot run several tests at once");
	for (unsigned i = 0; i < r->work->jobs; i++) {
		said = start(r, (int)i, tickets, next);
		r->workers[i].said = fdopen(said, "r");
		if (!r->workers[i].said)
			panic("out of memory");
	}
	close(tickets[1]);
	r->tickets = tickets[0];
}

/* The worker that has taken a piece, once one has; NULL when nobody will. */
static struct worker *worker_of(struct running *r, size_t at)
{
	struct ticket t;

	while (r->taken_by[at] == NOBODY && r->ended < r->work->jobs) {
		if (read(r->tickets, &t, sizeof(t)) != sizeof(t))
			return NULL;
		if (t.at == ENDED)
			r->ended++;
		else
			r->taken_by[t.at] = t.worker;
	}
	return r->taken_by[at] == NOBODY ? NULL : &r->workers[r->taken_by[at]];
}

static bool copy_piece(struct running *r, size_t at)
{
	struct worker *w = worker_of(r, at);
	char line[LINE_SIZE];

	while (w && fgets(line, sizeof(line), w->said)) {
		fputs(line, stdout);
		if (r->work->is_last(r->work->context, line))
			return true;
	}
	return false;
}

/* Its own end: as it ended, if that was by a signal. */
static int end_worker(struct worker *w)
{
	int status = 0;

	fclose(w->said);
	waitpid(w->pid, &status, 0);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/* Whoever has taken a piece and was ended has no more to say: we end like it, so that it is known how. */
static void end_likewise(int number)
{
	signal(number, SIG_DFL);
	raise(number);
}

bool parallel_run(const struct parallel_work *w)
{
	struct running r = { .work = w, .workers = calloc(w->jobs, sizeof(*r.workers)), .taken_by = malloc(w->count * sizeof(int)) };
	bool whole = true;
	int ended_by = 0;

	if (!r.workers || !r.taken_by)
		panic("out of memory");
	for (size_t i = 0; i < w->count; i++)
		r.taken_by[i] = NOBODY;
	start_all(&r);
	for (size_t i = 0; whole && i < w->count; i++) {
		whole = copy_piece(&r, i);
		fflush(stdout);
	}
	close(r.tickets);
	for (unsigned i = 0; i < w->jobs; i++) {
		int number = end_worker(&r.workers[i]);

		ended_by = number == SIGPIPE || ended_by ? ended_by : number;
	}
	if (!whole && ended_by)
		end_likewise(ended_by);
	free(r.workers);
	free(r.taken_by);
	return whole;
}
