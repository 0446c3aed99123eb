/* SPDX-License-Identifier: Apache-2.0 */
/* Following a ring by a debug port that is ours: what is read in which order, what is told as lost, and a board that says nonsense. */
#include "tracing.h"

#include <setjmp.h>
#include <stdatomic.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <ms/abi/abi.h>

enum { RING = 0x20000100, CAPACITY = 16, PLACE_A = 0x2d1, PLACE_B = 0x2d3 };

/* The board: its ring, and what it does each time it goes on. */
static struct { struct trace_head head; struct trace_record record[CAPACITY]; } ring;
static void (*const *script)(void);
static char broken_at[256];		/* places at which it stops, one character for each "Z1" and "z1" */
static int listener;

/* `count` records more, one each 100 ns, and a stop at a place. */
static void note(uint32_t count, uint32_t place)
{
	for (uint32_t i = 0; i < count; i++) {
		uint32_t n = ring.head.next++;

		ring.record[n % CAPACITY] = (struct trace_record){ .number = n, .kind = TRACE_CALL, .time_nsec = 100u * n, .service = ring.head.starts };
	}
	ring.head.place = place;
}

static void start_again(void)
{
	ring.head.starts++;
	ring.head.next = 1;
}

static void say(int to, const char *content)
{
	char packet[8192];
	uint8_t sum = 0;

	for (const char *c = content; *c; c++)
		sum += (uint8_t)*c;
	int size = snprintf(packet, sizeof(packet), "+$%s#%02x", content, sum);

	if (write(to, packet, (size_t)size) != size)
		abort();
}

static void read_memory(int to, const char *what)
{
	char text[4096] = "E14";
	unsigned at, size;

	if (sscanf(what, "m%x,%x", &at, &size) == 2 && at >= RING && size <= sizeof(ring) && at - RING <= sizeof(ring) - size)
		for (unsigned i = 0; i < size; i++)
			snprintf(text + 2 * i, 3, "%02x", ((const uint8_t *)&ring)[at - RING + i]);
	say(to, text);
}

static atomic_bool over;	/* the board was told to go on, and nothing more is to happen to it */

/* False: the port is closed. */
static bool serve_one(int fd)
{
	char packet[256];
	size_t size = 0;

	do
		if (read(fd, packet, 1) != 1)
			return false;
	while (*packet != '$' && *packet != 3);
	if (*packet == 3) {
		say(fd, "T02thread:01;");
		return true;
	}
	while (size < sizeof(packet) - 1 && read(fd, packet + size, 1) == 1 && packet[size] != '#')
		size++;
	packet[size] = '\0';
	if (read(fd, packet + size + 1, 1) != 1 || read(fd, packet + size + 1, 1) != 1)
		return false;
	if (*packet == 'm') {
		read_memory(fd, packet);
	} else if (*packet == 'c' && *script) {
		(*script++)();
		say(fd, "T05thread:01;");
	} else if (*packet == 'c') {
		atomic_store(&over, true);
	} else {
		snprintf(broken_at + strlen(broken_at), sizeof(broken_at) - strlen(broken_at), "%.20s ", packet);
		say(fd, "OK");
	}
	return true;
}

static void *serve(void *unused)
{
	int fd = accept(listener, NULL, NULL);

	while (fd >= 0 && serve_one(fd))
		;
	close(fd);
	return unused;
}

/* What was read: a line for each record or loss. */
static char got[8192];

static void take(void *to, const struct trace_record *r, uint32_t lost)
{
	static uint64_t last;
	size_t used = strlen(got);

	(void)to;
	last = used ? last : 0;
	assert_true(r->time_nsec >= last);
	last = r->time_nsec;
	if (lost)
		used += (size_t)snprintf(got + used, sizeof(got) - used, "-%u ", lost);
	snprintf(got + used, sizeof(got) - used, "%u:%u ", r->service, r->number);
}

/* Follow until the script is over, the port fails, or nothing comes; then stop the board. */
static int follow(void (*const steps[])(void), struct tracing *t, struct err *e)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);
	pthread_t server;
	int rc;

	memset(&ring, 0, sizeof(ring));
	ring.head = (struct trace_head){ TRACE_MAGIC, TRACE_RECORD_SIZE, CAPACITY, 1, 1, 0, { 0 } };
	script = steps;
	atomic_store(&over, false);
	*broken_at = *got = '\0';
	listener = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(listener, (struct sockaddr *)&at, size), 0);
	assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &size), 0);
	assert_int_equal(listen(listener, 1), 0);
	assert_int_equal(pthread_create(&server, NULL, serve, NULL), 0);

	*t = (struct tracing){ .port.fd = -1, .ring = RING, .place = { PLACE_A, PLACE_B }, .next = 1, .take = take };
	rc = tracing_start(t, ntohs(at.sin_port), e);
	while (rc >= 0 && !atomic_load(&over))
		if (poll(&(struct pollfd){ .fd = t->port.fd, .events = POLLIN }, 1, 10) > 0)
			rc = tracing_follow(t, e);
	if (rc >= 0)
		rc = tracing_finish(t, e);
	gdbremote_close(&t->port);
	pthread_join(server, NULL);
	close(listener);
	return rc;
}

static void three(void) { note(3, PLACE_A); }
static void three_more(void) { note(3, PLACE_B); }
static void too_many(void) { note(CAPACITY + 4, PLACE_A); }
static void again(void) { start_again(); note(2, PLACE_B); }
static void twice_again(void) { start_again(); note(5, PLACE_A); start_again(); note(1, PLACE_A); }
static void torn(void) { note(3, PLACE_A); ring.record[2].number = 0; }
static void elsewhere(void) { note(1, 0x777); }
static void garbage(void) { memset(&ring, 0x5a, sizeof(ring)); ring.head.place = PLACE_A; }

static void what_is_there_is_read_once_and_in_order(void **state)
{
	(void)state;
	static void (*const steps[])(void) = { three, three_more, three, NULL };
	struct tracing t;
	struct err e;

	assert_int_equal(follow(steps, &t, &e), MS_OK);
	assert_string_equal(got, "1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 ");
	assert_true(t.records == 9 && t.lost_all == 0);
	/* It stops at both; at the one where it stands not, until it has passed the other. */
	assert_string_equal(broken_at, "Z1,2d0,2 Z1,2d2,2 z1,2d0,2 Z1,2d0,2 z1,2d2,2 Z1,2d2,2 z1,2d0,2 ");
}

static void what_was_overwritten_or_torn_is_told(void **state)
{
	(void)state;
	static void (*const steps[])(void) = { torn, too_many, NULL };
	struct tracing t;
	struct err e;

	assert_int_equal(follow(steps, &t, &e), MS_OK);
	assert_string_equal(got, "1:1 -1 1:3 -4 1:8 1:9 1:10 1:11 1:12 1:13 1:14 1:15 1:16 1:17 1:18 1:19 1:20 1:21 1:22 1:23 ");
	assert_true(t.records == 18 && t.lost_all == 5);
}

static void starts_follow_each_other_and_one_unseen_is_told(void **state)
{
	(void)state;
	static void (*const steps[])(void) = { three, again, twice_again, NULL };
	struct tracing t;
	struct err e;

	assert_int_equal(follow(steps, &t, &e), MS_OK);
	assert_string_equal(got, "1:1 1:2 1:3 2:1 2:2 -1 4:1 ");
	assert_int_equal(t.lost_all, 1);
}

static void a_board_that_says_nonsense_is_given_up(void **state)
{
	(void)state;
	static void (*const somewhere[])(void) = { three, elsewhere, NULL }, (*const nothing[])(void) = { three, garbage, NULL };
	struct tracing t;
	struct err e;

	assert_int_equal(follow(somewhere, &t, &e), -MS_ETOOL);
	assert_string_equal(got, "1:1 1:2 1:3 1:4 ");
	assert_int_equal(follow(nothing, &t, &e), -MS_ETOOL);
	assert_string_equal(got, "1:1 1:2 1:3 ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_there_is_read_once_and_in_order),
		cmocka_unit_test(what_was_overwritten_or_torn_is_told),
		cmocka_unit_test(starts_follow_each_other_and_one_unseen_is_told),
		cmocka_unit_test(a_board_that_says_nonsense_is_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
