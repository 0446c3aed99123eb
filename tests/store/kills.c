/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kills MS-STORE SAMPLES COUNT [SEED]: a served store is killed so many times, at random moments, while several publish, yank, quarantine, give sources, make and
 * end tokens, claim name spaces and revoke keys at once (kills_deeds.c).  Started again, it must have what anybody was told, and of what nobody was
 * told all or nothing; log, packages and index are checked by `ms-store check` and by an audit now and then, when a new store takes the place of the
 * old one.
 *
 * When: after so many answers as the seed says, and then a part, as the seed says, of one and a half times what a change takes here.  So the kills are
 * spread over the whole of a change, and from the first to the last of a round, on a fast computer as on a slow one.
 *
 * A round waits for the server's line, for answers, and for the end of what it killed: for no time.
 * Run in an empty folder.
 */
#include "store_fixture.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "audit.h"
#include "claim.h"
#include "kills.h"
#include "process.h"
#include "renamed.h"
#include "seeded.h"

enum { PEOPLE = 4, DEEDS_MAX = 3, ROUNDS_OF_ONE = 40, SERVICES = PEOPLE * DEEDS_MAX * ROUNDS_OF_ONE, FIRST_CHANGE_USEC = 4000, START_SEC = 300 };

struct person { pthread_t thread; struct arena arena; struct deed deeds[DEEDS_MAX]; size_t count; };

struct run {
	const char *program;
	uint64_t seed;
	struct process server;
	struct person people[PEOPLE];
	struct key *developer;
	const char *name;		/* of the store */
	char address[4096];		/* by which it is reached, as it says itself */
	char token[120], admin[120];
	struct kills kills;
	struct arena arena;		/* of what was made: packages are the same in each store */
	struct made made[SERVICES];
	uint32_t number, vendors;	/* of the next service, and name space, in this store */
	struct arena store_arena;	/* of what is known of this store */

	pthread_mutex_t mutex;
	pthread_cond_t changed;
	uint32_t answers, ended;	/* of this round: answers that came, people who are done */
	uint64_t change_usec;		/* what a change takes, as of late */
	uint64_t killed, stores, audits;
};

static struct run run = { .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER, .change_usec = FIRST_CHANGE_USEC, .kills = { .socket = "socket", .token = run.token, .admin = run.admin } };

void give_up(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "kills: after %" PRIu64 " kills, seed %" PRIu64 ": ", run.killed, run.seed);
	vfprintf(stderr, format, args);
	fprintf(stderr, "\n");
	va_end(args);
	process_stop(&run.server);
	exit(1);
}

static void must(int rc, const struct err *e)
{
	if (rc < 0)
		give_up("%s", e->text);
}

static void serve(void)
{
	const char *const argv[] = { run.program, "serve", "--dir", "s", "--socket", "socket", "--rate", "1000000", NULL };
	uint64_t until = process_now_nsec() + START_SEC * UINT64_C(1000000000);
	char line[4096];
	struct err e;

	must(process_start(argv, NULL, &run.server, &e), &e);
	do {
		if (process_line(&run.server, line, sizeof(line), until) != 1)
			give_up("the store does not start: %s", line);
	} while (strncmp(line, "ready: ", 7));
	snprintf(run.address, sizeof(run.address), "%s", line + 7);
}

/* The text of a claim of a name space, with a nonce of the store that is served. */
static struct bytes signed_claim(const char *vendor, struct arena *a)
{
	struct claim c = { .vendor = vendor, .store = run.name, .at = run.address };
	struct bytes answer, text;
	char nonce[64];
	struct err e;

	if (kills_ask("socket", "POST /v1/challenges", (struct bytes){ 0 }, NULL, a, &answer) != 201)
		give_up("no challenge");
	kills_field(answer, "nonce", a, nonce, sizeof(nonce));
	c.nonce = nonce;
	must(claim_sign(&c, run.developer, a, &text, &e), &e);
	return text;
}

/* Of a file of one line. */
static const char *line_of(const char *path, struct arena *a)
{
	struct bytes content;
	struct err e;

	must(file_read(path, 200, a, &content, &e), &e);
	return arena_printf(a, "%.*s", (int)content.size - 1, (const char *)content.at);
}

/* A store of its own for these rounds, and tokens for it. */
static void begin_store(void)
{
	struct bytes answer;
	struct arena *a = &run.store_arena;
	struct err e;

	arena_done(a);
	run.number = run.vendors = 0;
	must(file_remove_tree("s", &e), &e);
	serve();
	run.name = line_of("s/name", a);
	if (kills_ask("socket", "POST /v1/claims", signed_claim("example.org", a), NULL, a, &answer) != 201)
		give_up("no claim: %.*s", (int)answer.size, (const char *)answer.at);
	kills_field(answer, "token", a, run.token, sizeof(run.token));
	snprintf(run.admin, sizeof(run.admin), "%s", line_of("s/admin-token", a));
	run.stores++;
}

/* An answer came, after so many microseconds, or (0) somebody has ended: whoever waits to kill is told. */
static void heard(uint64_t usec)
{
	pthread_mutex_lock(&run.mutex);
	*(usec ? &run.answers : &run.ended) += 1;
	if (usec)
		run.change_usec = (7 * run.change_usec + usec) / 8;
	pthread_cond_signal(&run.changed);
	pthread_mutex_unlock(&run.mutex);
}

/* So many answers, and a part of one and a half changes more. */
static void wait_for(uint32_t answers)
{
	uint64_t part = seeded_below(&run.seed, 1500);

	pthread_mutex_lock(&run.mutex);
	while (run.answers < answers && run.ended < PEOPLE)
		pthread_cond_wait(&run.changed, &run.mutex);
	uint64_t usec = run.change_usec * part / 1000;
	pthread_mutex_unlock(&run.mutex);
	nanosleep(&(struct timespec){ (time_t)(usec / 1000000), (long)(usec % 1000000) * 1000 }, NULL);
}

static bool timed(bool (*change)(struct deed *d, const struct kills *k, struct arena *a), struct person *p, size_t i)
{
	uint64_t began = process_now_nsec();

	if (!change(&p->deeds[i], &run.kills, &p->arena))
		return false;
	heard(1 + (process_now_nsec() - began) / 1000);
	return true;
}

/* Until the store is gone, or all is done. */
static void *act(void *context)
{
	struct person *p = context;

	for (size_t i = 0; i < p->count; i++)
		if (!timed(deed_first, p, i) || !timed(deed_second, p, i))
			break;
	heard(0);
	return NULL;
}

static const struct made *next_service(bool with_source)
{
	struct made *m = &run.made[run.number++];
	struct fixture_store own = { .a = &run.arena };

	if (!m->package.size) {
		renamed_name((size_t)(m - run.made), m->name);
		m->package = renamed_package(m->name, run.developer, &run.arena);
		sha256(m->package, m->hash);
	}
	if (with_source && !m->source.size)
		m->source = fixture_source(&own, m->package, run.developer);
	return m;
}

/* Labels so short and of such letters that none looks like another (lookalike.h). */
static void next_vendor(char *out, size_t size)
{
	static const char first[] = "aeouy", second[] = "bfghkptx";
	uint32_t n = run.vendors++;

	snprintf(out, size, "%c%c.%c%c.example", first[n % 5], second[n / 5 % 8], first[n / 40 % 5], second[n / 200 % 8]);
}

/* What they are going to do: packages and claims are made before the store hears of any, so that what is killed is the store at work. */
static void prepare_deed(struct deed *d, struct arena *a)
{
	*d = (struct deed){ .kind = (enum deed_kind)seeded_below(&run.seed, DEED_KINDS) };
	if (d->kind == DEED_CLAIM) {
		next_vendor(d->vendor, sizeof(d->vendor));
		d->claim = signed_claim(d->vendor, a);
	} else if (d->kind != DEED_TOKEN) {
		d->of = next_service(d->kind == DEED_SOURCE);
	}
}

static void prepare(struct person *p)
{
	p->arena = (struct arena){ 0 };
	p->count = 1 + seeded_below(&run.seed, DEEDS_MAX);
	for (size_t i = 0; i < p->count; i++)
		prepare_deed(&p->deeds[i], &p->arena);
}

static void found(void *context, const char *file, const struct err *why)
{
	(void)context;
	fprintf(stderr, "%s: %s\n", file, why->text);
}

/* Everything follows from the log, also what was there before these rounds. */
static void end_store(void)
{
	const char *const check[] = { run.program, "check", "--dir", "s", NULL };
	struct arena a = { 0 };
	struct storefiles files = storefiles_folder("s", &a);
	struct audit_options o = { .found = found };
	struct process_result r;
	struct audit u;
	struct err e;

	process_stop(&run.server);
	must(process_run(check, NULL, &a, &r, &e), &e);
	if (r.status)
		give_up("check: %s%s", (const char *)r.out.at, (const char *)r.err.at);
	must(audit_run(&files, &o, &u, &e), &e);
	run.audits++;
	audit_done(&u);
	arena_done(&a);
}

static void round_of_all(void)
{
	char rest[4096];

	run.answers = run.ended = 0;
	for (size_t i = 0; i < PEOPLE; i++)
		prepare(&run.people[i]);
	for (size_t i = 0; i < PEOPLE; i++)
		if (pthread_create(&run.people[i].thread, NULL, act, &run.people[i]))
			give_up("no thread");
	wait_for((uint32_t)seeded_below(&run.seed, 2 * PEOPLE * DEEDS_MAX));
	kill(run.server.pid, SIGKILL);
	run.killed++;
	for (size_t i = 0; i < PEOPLE; i++)
		pthread_join(run.people[i].thread, NULL);
	while (process_line(&run.server, rest, sizeof(rest), UINT64_MAX) == 1)
		;
	process_stop(&run.server);
	serve();
	for (size_t i = 0; i < PEOPLE; i++) {
		for (size_t k = 0; k < run.people[i].count; k++)
			deed_hold(&run.people[i].deeds[k], &run.kills);
		arena_done(&run.people[i].arena);
	}
}

static void say(uint64_t began)
{
	printf("kills %" PRIu64 " in %" PRIu64 " s; stores %" PRIu64 ", audits %" PRIu64 "; told and there %" PRIu64 ", lost 0; not told and there %" PRIu64 ", and not there %" PRIu64 "\n", run.killed,
	       (process_now_nsec() - began) / 1000000000, run.stores, run.audits, run.kills.told, run.kills.untold_there, run.kills.untold_not);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	uint64_t began = process_now_nsec();
	struct arena a = { 0 };
	struct err e;

	if (argc < 4)
		return fprintf(stderr, "usage: kills MS-STORE SAMPLES COUNT [SEED]\n"), 2;
	run.program = argv[1];
	snprintf(sample_home, sizeof(sample_home), "%s", argv[2]);
	uint64_t count = strtoull(argv[3], NULL, 10);
	run.seed = argc > 4 ? strtoull(argv[4], NULL, 10) : 1;
	if (!file_exists("developer.pem"))
		must(key_create("developer.pem", &a, &e), &e);
	must(key_open("developer.pem", &a, &run.developer, &e), &e);
	memcpy(run.kills.kid, key_public_of(run.developer)->kid, sizeof(run.kills.kid));
	while (run.killed < count) {
		begin_store();
		for (int i = 0; i < ROUNDS_OF_ONE && run.killed < count; i++)
			round_of_all();
		end_store();
		say(began);
	}
	key_close(run.developer);
	arena_done(&a);
	return 0;
}
