/* SPDX-License-Identifier: Apache-2.0 */
/* What a debug port answers, whole, in pieces and wrong. */
#include "gdbremote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <ms/abi/abi.h>

static int packet(const char *text, size_t size, struct bytes *content, size_t *used)
{
	return gdbremote_packet((struct bytes){ (const uint8_t *)text, size }, content, used);
}

static void a_packet_is_found_behind_acknowledgements(void **state)
{
	(void)state;
	static const char text[] = "++$OK#9a$next";
	struct bytes content;
	size_t used;

	assert_int_equal(packet(text, strlen(text), &content, &used), 1);
	assert_true(bytes_equal(content, BYTES_LITERAL("OK")));
	assert_int_equal(used, 8);
}

static void each_beginning_of_one_waits_for_more(void **state)
{
	(void)state;
	static const char text[] = "+$OK#9a";
	struct bytes content;
	size_t used;

	for (size_t size = 0; size < strlen(text); size++)
		assert_int_equal(packet(text, size, &content, &used), 0);
	assert_int_equal(packet(text, strlen(text), &content, &used), 1);
}

static void what_is_no_packet_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = { "OK", "-$OK#9a", "$OK#9b", "$OK#8a", "$OK#zz", "$OK#9 " };
	struct bytes content;
	size_t used;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_int_equal(packet(wrong[i], strlen(wrong[i]), &content, &used), -MS_EFORMAT);
}

static void a_packet_that_never_ends_is_refused(void **state)
{
	(void)state;
	char text[GDBREMOTE_BUFFER];
	struct bytes content;
	size_t used;

	memset(text, '0', sizeof(text));
	text[0] = '$';
	assert_int_equal(packet(text, sizeof(text) - 1, &content, &used), 0);
	assert_int_equal(packet(text, sizeof(text), &content, &used), -MS_EFORMAT);
}

static void bytes_are_read_from_hexadecimal_and_nothing_else(void **state)
{
	(void)state;
	uint8_t to[2];

	assert_true(gdbremote_unhex(BYTES_LITERAL("a55A"), to, 2));
	assert_int_equal(to[0], 0xa5);
	assert_int_equal(to[1], 0x5a);
	assert_false(gdbremote_unhex(BYTES_LITERAL("a55"), to, 2));
	assert_false(gdbremote_unhex(BYTES_LITERAL("a55a0"), to, 2));
	assert_false(gdbremote_unhex(BYTES_LITERAL("E14"), to, 2));
	assert_false(gdbremote_unhex(BYTES_LITERAL("a5 a"), to, 2));
}

static void a_listing_has_all_its_bytes(void **state)
{
	(void)state;
	static const char text[] = "0000000020000000: 0x01 0x02\r\n0000000020000002: 0xff\r\n";
	uint8_t to[4];

	assert_true(gdbremote_undump(BYTES_LITERAL(text), to, 3));
	assert_memory_equal(to, "\1\2\377", 3);
	assert_false(gdbremote_undump(BYTES_LITERAL(text), to, 4));
	assert_false(gdbremote_undump(BYTES_LITERAL("Cannot access memory"), to, 1));
}

/* A port whose other end is ours. */
static int other_end(struct gdbremote *g)
{
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	*g = (struct gdbremote){ .fd = ends[0] };
	return ends[1];
}

static void say(int to, const char *text)
{
	assert_int_equal(write(to, text, strlen(text)), strlen(text));
}

static void that_it_stopped_is_told_once_it_is_said_whole(void **state)
{
	(void)state;
	struct gdbremote g;
	struct err e;
	int to = other_end(&g);

	assert_int_equal(gdbremote_wait(&g, 0, &e), 0);
	say(to, "+$T05thread");
	assert_int_equal(gdbremote_wait(&g, 0, &e), 0);
	say(to, ":01;#07");
	assert_int_equal(gdbremote_wait(&g, 0, &e), 1);
	assert_int_equal(gdbremote_wait(&g, 0, &e), 1);
	assert_int_equal(gdbremote_go(&g, &e), MS_OK);
	assert_int_equal(gdbremote_wait(&g, 0, &e), 0);
	close(to);
	assert_int_equal(gdbremote_wait(&g, 0, &e), -MS_ETOOL);
	gdbremote_close(&g);
}

/* The news may come between a command and its answer. */
static void the_news_of_a_stop_is_no_answer(void **state)
{
	(void)state;
	struct gdbremote g;
	struct err e;
	int to = other_end(&g);

	say(to, "+$T05#b9+$OK#9a");
	assert_int_equal(gdbremote_break(&g, 0x2d1, true, &e), MS_OK);
	assert_int_equal(gdbremote_wait(&g, 0, &e), 1);
	say(to, "$E22#a9");
	assert_int_equal(gdbremote_break(&g, 0x2d1, true, &e), -MS_ETOOL);
	say(to, "$#00");
	assert_int_equal(gdbremote_break(&g, 0x2d1, false, &e), -MS_ETOOL);
	close(to);
	gdbremote_close(&g);
}

/* What the other end was asked comes out as it was sent. */
static void heard(int at, const char *text)
{
	char got[128] = { 0 };

	assert_int_equal(read(at, got, sizeof(got) - 1), strlen(text));
	assert_string_equal(got, text);
}

static void memory_is_written_and_a_refusal_names_the_place(void **state)
{
	(void)state;
	struct gdbremote g;
	struct err e;
	int to = other_end(&g);

	say(to, "+$OK#9a");
	assert_int_equal(gdbremote_write(&g, 0x1000, BYTES_LITERAL("\x01\xfe"), &e), MS_OK);
	heard(to, "+$M1000,2:01fe#d2");
	say(to, "+$E22#a9");
	assert_int_equal(gdbremote_write(&g, 0x1000, BYTES_LITERAL("\x01\xfe"), &e), -MS_ETOOL);
	assert_non_null(strstr(e.text, "0x00001000"));
	close(to);
	gdbremote_close(&g);
}

static void a_register_is_read_and_written_once_it_was_asked_what_there_are(void **state)
{
	(void)state;
	struct gdbremote g;
	struct err e;
	uint32_t value;
	int to = other_end(&g);

	say(to, "+$m<#a9+$78563412#a4");
	assert_int_equal(gdbremote_register(&g, 15, &value, &e), MS_OK);
	assert_int_equal(value, 0x12345678);
	heard(to, "+$qXfer:features:read:target.xml:0,40#af+$pf#d6");
	say(to, "+$OK#9a");
	assert_int_equal(gdbremote_set_register(&g, 15, 0x12345678, &e), MS_OK);
	heard(to, "+$Pf=78563412#97");
	say(to, "$#00");
	assert_int_equal(gdbremote_register(&g, 15, &value, &e), -MS_ETOOL);
	close(to);
	gdbremote_close(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_packet_is_found_behind_acknowledgements),
		cmocka_unit_test(each_beginning_of_one_waits_for_more),
		cmocka_unit_test(what_is_no_packet_is_refused),
		cmocka_unit_test(a_packet_that_never_ends_is_refused),
		cmocka_unit_test(bytes_are_read_from_hexadecimal_and_nothing_else),
		cmocka_unit_test(a_listing_has_all_its_bytes),
		cmocka_unit_test(that_it_stopped_is_told_once_it_is_said_whole),
		cmocka_unit_test(the_news_of_a_stop_is_no_answer),
		cmocka_unit_test(memory_is_written_and_a_refusal_names_the_place),
		cmocka_unit_test(a_register_is_read_and_written_once_it_was_asked_what_there_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
