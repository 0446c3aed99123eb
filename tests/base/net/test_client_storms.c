/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The client against a server whose answers go wrong at random: 503 and 429 with and without a time to wait, lines that are cut before, in and after an answer's
 * head, and in a request.  100 storms, from a seed that is said; never more mishaps in a row than the client has tries, so that each request can end well.
 */
#include "answering.h"
#include "seeded.h"

enum { STORMS = 100, CONTENT_SIZE = 3000, IN_ROW_MAX = 5, REQUESTS = 4 };

static struct storm {
	pthread_t thread;
	int socket;
	uint64_t seed;
	unsigned in_row, mishaps, posts, whole_posts;
	char content[CONTENT_SIZE + 1];
} storm;

static const char body[] = "once upon a time";

static const char *file_answer(const char *request, struct arena *a)
{
	const char *range = strstr(request, "\r\nRange: bytes=");
	size_t from = range ? strtoul(range + 15, NULL, 10) : 0;

	if (!range)
		return arena_printf(a, HEAD("200 OK") "ETag: \"one\"\r\nContent-Length: %d\r\n\r\n%s", CONTENT_SIZE, storm.content);
	return arena_printf(a, HEAD("206 Partial Content") "ETag: \"one\"\r\nContent-Range: bytes %zu-%d/%d\r\nContent-Length: %zu\r\n\r\n%s", from, CONTENT_SIZE - 1, CONTENT_SIZE,
			    CONTENT_SIZE - from, storm.content + from);
}

static const char *good_answer(const char *request, struct arena *a)
{
	if (!strncmp(request, "POST", 4)) {
		storm.posts++;
		storm.whole_posts += strlen(request) > sizeof(body) && !strcmp(request + strlen(request) - (sizeof(body) - 1), body);
		return HEAD("201 Created") "Content-Length: 2\r\n\r\n{}";
	}
	return file_answer(request, a);
}

/* What goes wrong, if something does: it is refused for now and not done, or it is done, and as much as chance says of the answer comes. */
static const char *mishap(const char *request, struct arena *a)
{
	static const char *const refusals[] = { PROBLEM("503 x", "trouble"), HEAD("503 x") "Retry-After: 0\r\n\r\n", HEAD("429 x") "Retry-After: 0\r\n\r\n", "" };

	storm.mishaps++;
	if (seeded_below(&storm.seed, 2))
		return refusals[seeded_below(&storm.seed, sizeof(refusals) / sizeof(*refusals))];
	const char *good = good_answer(request, a);
	return arena_printf(a, "%.*s", (int)seeded_below(&storm.seed, strlen(good)), good);
}

static const char *answer(const char *request, struct arena *a)
{
	bool wrong = storm.in_row < IN_ROW_MAX && seeded_below(&storm.seed, 2);

	storm.in_row = wrong ? storm.in_row + 1 : 0;
	return wrong ? mishap(request, a) : good_answer(request, a);
}

static void *rage(void *unused)
{
	char request[REQUEST_MAX];
	int line;

	(void)unused;
	while ((line = accept(storm.socket, NULL, NULL)) >= 0) {
		struct arena a = { 0 };

		memset(request, 0, sizeof(request));
		if (storm.in_row < IN_ROW_MAX && !seeded_below(&storm.seed, 8)) {
			storm.in_row++;		/* the request itself is cut */
		} else {
			read_request(line, request);
			send_answer(line, answer(request, &a));
		}
		close(line);
		arena_done(&a);
	}
	return NULL;
}

static const char *storm_begin(uint64_t seed)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);

	memset(&server, 0, sizeof(server));
	storm = (struct storm){ .seed = seed, .socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };
	for (int i = 0; i < CONTENT_SIZE; i++)
		storm.content[i] = (char)('a' + seeded_below(&storm.seed, 26));
	assert_int_equal(bind(storm.socket, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(storm.socket, 8), 0);
	assert_int_equal(getsockname(storm.socket, (struct sockaddr *)&at, &size), 0);
	assert_int_equal(pthread_create(&storm.thread, NULL, rage, NULL), 0);
	return arena_printf(&scratch, "http://127.0.0.1:%u", (unsigned)ntohs(at.sin_port));
}

static void storm_end(void)
{
	shutdown(storm.socket, SHUT_RDWR);	/* wakes accept(2) */
	pthread_join(storm.thread, NULL);
	close(storm.socket);
}

/* One storm: each request ends well, and with the right bytes. */
static void get_through(struct client *c)
{
	struct client_request post = { .method = "POST", .path = "publish", .file = "body", .type = "text/plain", .repeatable = true };
	struct client_answer said;
	struct err e;

	for (int i = 0; i < REQUESTS; i++) {
		assert_int_equal(client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &said, &e), 0);
		assert_int_equal(said.body.size, CONTENT_SIZE);
		assert_memory_equal(said.body.at, storm.content, CONTENT_SIZE);
		assert_int_equal(client_fetch(c, "blob", &(struct client_file){ .to = "out", .limit = CONTENT_SIZE }, NULL, &e), 0);
		assert_string_equal(text_of("out"), storm.content);
		assert_int_equal(client_ask(c, &post, &scratch, &said, &e), 0);
		assert_int_equal(said.status, 201);
	}
}

static void a_hundred_storms_are_got_through_with_the_right_bytes(void **state)
{
	(void)state;
	const char *given = getenv("SEED");
	uint64_t seed = given ? strtoull(given, NULL, 0) : 20261122;
	unsigned mishaps = 0;

	print_message("SEED=%llu\n", (unsigned long long)seed);
	write_text("body", body);
	for (unsigned i = 0; i < STORMS; i++) {
		struct client *c = client(storm_begin(seed + i), &(struct client_options){ .tries = IN_ROW_MAX + 1 });

		get_through(c);
		storm_end();
		assert_true(storm.posts >= REQUESTS);
		assert_int_equal(storm.posts, storm.whole_posts);	/* nothing that was cut was taken for whole */
		mishaps += storm.mishaps;
		client_close(c);
	}
	assert_true(mishaps > STORMS);	/* they were storms */
}

/* Of what must not be done twice: it was done once when that is said, and never twice. */
static void what_may_not_be_done_twice_never_is(void **state)
{
	(void)state;
	unsigned unknown = 0;

	for (unsigned i = 0; i < STORMS; i++) {
		struct client *c = client(storm_begin(7000 + i), &(struct client_options){ .tries = IN_ROW_MAX + 1 });
		struct client_answer said;
		struct err e;

		int rc = client_ask(c, &(struct client_request){ .method = "POST", .path = "x", .body = BYTES_OF(body) }, &scratch, &said, &e);
		storm_end();
		assert_true(storm.posts <= 1);
		assert_true(rc < 0 || storm.posts == 1);
		unknown += rc < 0 && storm.posts;
		client_close(c);
	}
	assert_true(unknown > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_hundred_storms_are_got_through_with_the_right_bytes),
		scratch_test(what_may_not_be_done_twice_never_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
