/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kills MS-STORE SAMPLES COUNT [SEED]: a served store is killed so many times, at random moments of publishing, yanking and quarantining by several who do it
 * at once.  Started again, it must have what anybody was told, and of what nobody was told all or nothing; log, packages and index are
 * checked by `ms-store check` and by an audit now and then, when a new store takes the place of the old one.
 *
 * A round waits for the server's line, for answers, and for the end of what it killed: for no time: it kills after so many answers as the seed says, and some
 * milliseconds.
 * Run in an empty folder.
 */
#include "store_fixture.h"

#include <inttypes.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "audit.h"
#include "claim.h"
#include "process.h"
#include "release.h"
#include "renamed.h"
#include "seeded.h"

enum { PEOPLE = 4, DEEDS_MAX = 3, ROUNDS_OF_ONE = 40, SERVICES = PEOPLE * DEEDS_MAX * ROUNDS_OF_ONE, ANSWER_MAX = 1 << 20, KILL_USEC = 4000, START_SEC = 300 };

struct made { char name[6]; struct bytes package; uint8_t hash[32]; };

/* One service: what was asked for it, and what was answered. */
enum told { NOT_ASKED, ASKED, TOLD };
struct deed {
	const struct made *of;
	bool quarantine;		/* else it is yanked */
	enum told published, changed;
};

struct person { pthread_t thread; struct arena arena; struct deed deeds[DEEDS_MAX]; size_t count; };

struct run {
	const char *program;
	uint64_t seed;
	struct process server;
	struct person people[PEOPLE];
	struct key *developer;
	char token[120], admin[120];
	struct arena arena;		/* of what was made: packages are the same in each store */
	struct made made[SERVICES];
	uint32_t number;		/* of the next service in this store */

	pthread_mutex_t mutex;
	pthread_cond_t changed;
	uint32_t answers, ended;	/* of this round: answers that came, people who are done */
	uint64_t kills, told, untold_there, untold_not, stores, audits;
};

static struct run run = { .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };

static _Noreturn void give_up(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "kills: after %" PRIu64 " kills, seed %" PRIu64 ": ", run.kills, run.seed);
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

/* A request to the store's socket and its whole answer; 0 when there is none, else its status. */
static int ask(const char *head, struct bytes body, const char *token, struct arena *a, struct bytes *answer)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX, .sun_path = "socket" };
	const char *text = arena_printf(a, "%s HTTP/1.1\r\nHost: store\r\nConnection: close\r\nContent-Length: %zu\r\n%s%s%s\r\n", head, body.size, token ? "Authorization: Bearer " : "",
					token ? token : "", token ? "\r\n" : "");
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), status = 0;
	struct text all = { 0 };
	char buffer[65536];
	ssize_t n = 0;

	bool sent = fd >= 0 && !connect(fd, (struct sockaddr *)&at, sizeof(at)) && send(fd, text, strlen(text), MSG_NOSIGNAL) == (ssize_t)strlen(text);
	for (size_t done = 0; sent && done < body.size; done += (size_t)n) {
		n = send(fd, body.at + done, body.size - done, MSG_NOSIGNAL);
		if (n <= 0)
			break;
	}
	while (sent && all.size < ANSWER_MAX && (n = read(fd, buffer, sizeof(buffer))) > 0)
		text_add_bytes(&all, a, (struct bytes){ (uint8_t *)buffer, (size_t)n });
	if (fd >= 0)
		close(fd);
	text_add(&all, a, "%s", "");
	const char *end = all.size ? memmem(all.at, all.size, "\r\n\r\n", 4) : NULL;
	if (!end || n != 0 || sscanf(all.at, "HTTP/1.1 %d", &status) != 1)
		return 0;
	*answer = bytes_part((struct bytes){ (uint8_t *)all.at, all.size }, (size_t)(end - all.at) + 4, all.size);
	/* Cut short by a kill: nobody was told. */
	const char *length = memmem(all.at, (size_t)(end - all.at), "Content-Length: ", 16);
	return length && strtoull(length + 16, NULL, 10) == answer->size ? status : 0;
}

static void field(struct bytes body, const char *name, struct arena *a, char *out, size_t size)
{
	const char *text = arena_string(a, body), *at = strstr(text, arena_printf(a, "\"%s\":\"", name));

	out[0] = '\0';
	if (at)
		snprintf(out, size, "%.*s", (int)strcspn(at + strlen(name) + 4, "\""), at + strlen(name) + 4);
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
}

/* A store of its own for these rounds, and tokens for it. */
static void begin_store(void)
{
	struct claim c = { .vendor = "example.org" };
	struct arena a = { 0 };
	struct bytes answer, name, text, admin;
	char nonce[64];
	struct err e;

	run.number = 0;
	must(file_remove_tree("s", &e), &e);
	serve();
	if (ask("POST /v1/challenges", (struct bytes){ 0 }, NULL, &a, &answer) != 201)
		give_up("no challenge");
	field(answer, "nonce", &a, nonce, sizeof(nonce));
	must(file_read("s/name", 200, &a, &name, &e), &e);
	c.store = arena_printf(&a, "%.*s", (int)name.size - 1, (const char *)name.at);
	c.nonce = nonce;
	must(claim_sign(&c, run.developer, &a, &text, &e), &e);
	if (ask("POST /v1/claims", text, NULL, &a, &answer) != 201)
		give_up("no claim: %.*s", (int)answer.size, (const char *)answer.at);
	field(answer, "token", &a, run.token, sizeof(run.token));
	must(file_read("s/admin-token", 200, &a, &admin, &e), &e);
	snprintf(run.admin, sizeof(run.admin), "%.*s", (int)admin.size - 1, (const char *)admin.at);
	arena_done(&a);
	run.stores++;
}

static bool publish(struct deed *d, struct arena *a)
{
	struct bytes answer;
	char state[40];

	d->published = ASKED;
	int status = ask("POST /v1/publish", d->of->package, run.token, a, &answer);
	if (status && status != 201)
		give_up("%s: publish gives %d: %.*s", d->of->name, status, (int)answer.size, (const char *)answer.at);
	if (!status)
		return false;
	field(answer, "state", a, state, sizeof(state));
	if (strcmp(state, "live"))
		give_up("%s: published as %s", d->of->name, state);
	d->published = TOLD;
	return true;
}

static bool change(struct deed *d, struct arena *a)
{
	const char *body = d->quarantine ? "{\"state\":\"quarantined\",\"reason\":\"malware\"}" : "{\"state\":\"yanked\",\"reason\":\"broken\"}";
	struct bytes answer;

	d->changed = ASKED;
	int status = ask(arena_printf(a, "POST /v1/services/example.org/%s/1.0.0/state", d->of->name), leaf_text(body), d->quarantine ? run.admin : run.token, a, &answer);
	if (status && status != 200)
		give_up("%s: change gives %d: %.*s", d->of->name, status, (int)answer.size, (const char *)answer.at);
	if (status)
		d->changed = TOLD;
	return status != 0;
}

/* An answer came, or somebody has ended: whoever waits to kill is told. */
static bool heard(bool ended)
{
	pthread_mutex_lock(&run.mutex);
	*(ended ? &run.ended : &run.answers) += 1;
	pthread_cond_signal(&run.changed);
	pthread_mutex_unlock(&run.mutex);
	return true;
}

/* So many answers, and some moments more in which the next are made. */
static void wait_for(uint32_t answers)
{
	pthread_mutex_lock(&run.mutex);
	while (run.answers < answers && run.ended < PEOPLE)
		pthread_cond_wait(&run.changed, &run.mutex);
	pthread_mutex_unlock(&run.mutex);
	usleep((useconds_t)seeded_below(&run.seed, KILL_USEC));
}

/* Until the store is gone, or all is done. */
static void *act(void *context)
{
	struct person *p = context;

	for (size_t i = 0; i < p->count; i++)
		if (!publish(&p->deeds[i], &p->arena) || !heard(false) || !change(&p->deeds[i], &p->arena) || !heard(false))
			break;
	heard(true);
	return NULL;
}

static const struct made *next_service(void)
{
	struct made *m = &run.made[run.number++];
	size_t n = (size_t)(m - run.made);

	if (m->package.size)
		return m;
	renamed_name(n, m->name);
	m->package = renamed_package(m->name, run.developer, &run.arena);
	sha256(m->package, m->hash);
	return m;
}

/* What they are going to do: packages are made before the store hears of any, so that what is killed is the store at work. */
static void prepare(struct person *p)
{
	p->arena = (struct arena){ 0 };
	p->count = 1 + seeded_below(&run.seed, DEEDS_MAX);
	for (size_t i = 0; i < p->count; i++)
		p->deeds[i] = (struct deed){ .of = next_service(), .quarantine = seeded_below(&run.seed, 3) == 0 };
}

/* What the store says of it now, against what was told: the package itself, and its state. */
static void hold(struct deed *d)
{
	struct arena a = { 0 };
	struct bytes answer, blob;
	char state[40];

	if (d->published == NOT_ASKED)
		return;
	int status = ask(arena_printf(&a, "GET /v1/services/example.org/%s/1.0.0", d->of->name), (struct bytes){ 0 }, NULL, &a, &answer);
	if (status != 200 && status != 404)
		give_up("%s: it is said: %d", d->of->name, status);
	field(answer, "state", &a, state, sizeof(state));
	run.told += (d->published == TOLD) + (d->changed == TOLD);
	run.untold_there += d->published == ASKED && status == 200;
	run.untold_not += d->published == ASKED && status == 404;
	if (status == 404 && d->published == TOLD)
		give_up("%s: LOST: it was published", d->of->name);
	const char *changed = d->quarantine ? "quarantined" : "yanked";
	if (status == 200 && strcmp(state, d->changed == TOLD ? changed : "live") && !(d->changed == ASKED && !strcmp(state, changed)))
		give_up("%s: LOST: it is %s, and was told to be %s", d->of->name, state, d->changed == TOLD ? changed : "live");
	if (status == 200) {
		int there = ask(arena_printf(&a, "GET /blobs/sha256/%s", release_hex(d->of->hash, 32, &a)), (struct bytes){ 0 }, NULL, &a, &blob);
		bool given = there == 200 && bytes_equal(blob, d->of->package);
		if (given == !strcmp(state, "quarantined"))
			give_up("%s: LOST: it is %s, and its package: %d", d->of->name, state, there);
	}
	arena_done(&a);
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
	wait_for((uint32_t)seeded_below(&run.seed, PEOPLE * DEEDS_MAX));
	kill(run.server.pid, SIGKILL);
	run.kills++;
	for (size_t i = 0; i < PEOPLE; i++)
		pthread_join(run.people[i].thread, NULL);
	while (process_line(&run.server, rest, sizeof(rest), UINT64_MAX) == 1)
		;
	process_stop(&run.server);
	serve();
	for (size_t i = 0; i < PEOPLE; i++) {
		for (size_t k = 0; k < run.people[i].count; k++)
			hold(&run.people[i].deeds[k]);
		arena_done(&run.people[i].arena);
	}
}

static void say(uint64_t began)
{
	printf("kills %" PRIu64 " in %" PRIu64 " s; stores %" PRIu64 ", audits %" PRIu64 "; told and there %" PRIu64 ", lost 0; not told and there %" PRIu64 ", and not there %" PRIu64 "\n", run.kills,
	       (process_now_nsec() - began) / 1000000000, run.stores, run.audits, run.told, run.untold_there, run.untold_not);
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
	while (run.kills < count) {
		begin_store();
		for (int i = 0; i < ROUNDS_OF_ONE && run.kills < count; i++)
			round_of_all();
		end_store();
		say(began);
	}
	key_close(run.developer);
	arena_done(&a);
	return 0;
}
