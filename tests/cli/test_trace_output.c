/* SPDX-License-Identifier: Apache-2.0 */
/* A trace's records as trace events and in the Common Trace Format: names, nesting, flows, what is lost and what never ends. */
#include "trace_output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "bytes.h"

enum { CLIENT = 5, SERVER = 0x80000007, SID = 0x48000401 };

static struct manifest server_manifest = { .provides = { { .name = { (const uint8_t *)"counter", 7 }, .sid = SID } }, .provide_count = 1 };
static const struct device_service services[] = { { .name = "client", .id = CLIENT }, { .name = "server", .id = SERVER, .manifest = &server_manifest } };
static const struct board board = { .name = "a-board", .devices = { { .name = "uart1", .line = 2, .line_count = 2 } }, .device_count = 1 };
static const struct trace_names names = { &board, services, 2 };
static uint64_t now;

static struct trace_record about(enum trace_kind kind, uint32_t service, uint8_t code, uint32_t a, uint32_t b, uint32_t c)
{
	now += 1500;
	return (struct trace_record){ .number = 1, .kind = (uint8_t)kind, .code = code, .time_nsec = now, .service = service, .argument = { a, b, c } };
}

static char *written(const struct trace_form *form, const struct trace_record *r, size_t count, uint32_t lost_before_last, size_t *size)
{
	struct arena a = { 0 };
	struct trace_sink to = { .fd = -1 };
	void *state = form->begin(&to, &names, &a);

	for (size_t i = 0; i < count; i++)
		form->take(state, &r[i], i + 1 == count ? lost_before_last : 0);
	form->end(state, lost_before_last);
	char *text = malloc(to.text.size);

	assert_non_null(text);
	memcpy(text, to.text.at, *size = to.text.size);
	trace_sink_done(&to);
	arena_done(&a);
	return text;
}

/* The events, each as "phase process/track name", without those that name. */
static char *told(const struct trace_record *r, size_t count, uint32_t lost)
{
	static char all[4096];
	const char *process[16] = { 0 }, *track[16] = { 0 };
	size_t size, i;
	json_t *event;
	char *text = written(&trace_json, r, count, lost, &size);
	json_t *root = json_loadb(text, size, 0, NULL);

	assert_non_null(root);
	*all = '\0';
	json_array_foreach(json_object_get(root, "traceEvents"), i, event) {
		json_int_t pid = json_integer_value(json_object_get(event, "pid")), tid = json_integer_value(json_object_get(event, "tid"));
		const char *name = json_string_value(json_object_get(event, "name")), *phase = json_string_value(json_object_get(event, "ph"));
		const char *is = json_string_value(json_object_get(json_object_get(event, "args"), "name"));

		assert_true(pid < 16 && tid < 16);
		if (!strcmp(phase, "M") && !strcmp(name, "process_name"))
			process[pid] = is;
		else if (!strcmp(phase, "M"))
			track[tid] = is;
		else
			snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s %s/%s %s\n", phase, process[pid], track[tid], name ? name : "-");
	}
	assert_int_equal(json_integer_value(json_object_get(json_object_get(root, "otherData"), "lost")), lost);
	json_decref(root);
	free(text);
	return all;
}

static void a_call_is_a_slice_and_a_flow(void **state)
{
	(void)state;
	const struct trace_record r[] = {
		about(TRACE_RUN, CLIENT, 0, 8, 0, 0),
		about(TRACE_CALL, CLIENT, 34, 0x120, 0, 0),
		about(TRACE_SEND, CLIENT, 31, SID, 0, SERVER),
		about(TRACE_RUN, SERVER, 0, 8, 0, 0),
		about(TRACE_CALL, SERVER, 37, 16, 0, 0),
		about(TRACE_TAKE, SERVER, 31, SID, 0, CLIENT),
		about(TRACE_RESULT, SERVER, 0, 0, 0, 0),
		about(TRACE_CALL, SERVER, 41, 0x220, 0, 0),
		about(TRACE_REPLY, SERVER, 31, SID, (uint32_t)-5, CLIENT),
		about(TRACE_RESULT, CLIENT, 0, 0, (uint32_t)-5, 0),
		about(TRACE_RESULT, SERVER, 0, 0, 0, 0),
	};

	assert_string_equal(told(r, sizeof(r) / sizeof(*r), 0),
		"B a-board/running client\nB client/main psa_call\nb server/main counter\ns client/main counter\n"
		"E a-board/running -\nB a-board/running server\nB server/main psa_get\nn server/main counter\nt server/main counter\nE server/main -\n"
		"B server/main psa_reply\nf server/main counter\ne server/main counter\nE client/main -\nE server/main -\nE a-board/running -\n");
}

static void what_never_ends_is_ended(void **state)
{
	(void)state;
	const struct trace_record r[] = {
		about(TRACE_BOOT, 0, 0, 1, 0, 0),
		about(TRACE_CALL, CLIENT, 17, 0, 0, 0),		/* thread_exit, then another in its place */
		about(TRACE_CALL, CLIENT, 2, 0, 0, 0),
		about(TRACE_EVENT, CLIENT, 0, 2, 0x10, 0x20000000),
		about(TRACE_END, CLIENT, 0, 0, 0, 0),
		about(TRACE_START, CLIENT, 0, 2, 0, 0),
		about(TRACE_CALL, CLIENT, 2, 0, 0, 0),
		about(TRACE_BOOT, 0, 0, 2, 0, 0),
		about(TRACE_INTERRUPT, 0, 3, 0, 0, 0),
	};

	assert_string_equal(told(r, sizeof(r) / sizeof(*r), 0),
		"i a-board/running boot\nB client/main thread_exit\nE client/main -\nB client/main yield\ni client/main fault\nE client/main -\ni client/main end\n"
		"i client/main restart\nB client/main yield\nE client/main -\ni a-board/running reset\nB a-board/interrupts uart1 1\nE a-board/interrupts -\n");
}

/* Nothing that began before can be believed to go on. */
static void what_is_lost_is_told_and_closes_what_is_open(void **state)
{
	(void)state;
	const struct trace_record r[] = {
		about(TRACE_CALL, CLIENT, 34, 0, 0, 0),
		about(TRACE_SEND, CLIENT, 31, SID, 0, SERVER),
		about(TRACE_REPLY, SERVER, 31, SID, 0, CLIENT),
	};

	assert_string_equal(told(r, 3, 12),
		"B client/main psa_call\nb server/main counter\ns client/main counter\ne server/main counter\nE client/main -\ni a-board/running lost\n");
}

/* Numbers that nobody gave a name, as a program that attacks makes them. */
static void what_has_no_name_has_a_number(void **state)
{
	(void)state;
	const struct trace_record r[] = {
		about(TRACE_CALL, 99, 255, 0, 0, 0), about(TRACE_SEND, 99, 255, 0xffffffff, 0xffffffff, 98), about(TRACE_RESULT, 99, 0, (uint32_t)-88, 0, 0),
		about(TRACE_INTERRUPT, 99, 200, 0, 0, 0), about(TRACE_EVENT, 99, 77, 1000, 0, 0),
	};

	assert_string_equal(told(r, sizeof(r) / sizeof(*r), 0),
		"B service 0x63/main call 255\nb service 0x62/main interface 0xffffffff\ns service 0x63/main interface 0xffffffff\nE service 0x63/main -\n"
		"B a-board/interrupts line 200\ni service 0x63/main event 77\ne service 0x62/main interface 0xffffffff\nE a-board/interrupts -\n");
}

static uint64_t u64(const char *at)
{
	return bytes_u32((const uint8_t *)at) | (uint64_t)bytes_u32((const uint8_t *)at + 4) << 32;
}

static void a_stream_has_packets_that_say_their_size(void **state)
{
	(void)state;
	enum { MANY = 5000, HEAD = 48, EVENT = 15 + 12 };
	static struct trace_record r[MANY];
	size_t size, packets = 0, events = 0;

	for (size_t i = 0; i < MANY; i++)
		r[i] = about(TRACE_RESULT, SERVER, 0, (uint32_t)i, 2, 3);
	char *text = written(&trace_ctf, r, MANY, 7, &size);

	for (size_t at = 0; at < size; packets++) {
		uint64_t packet = u64(text + at + 32) / 8;

		assert_int_equal(bytes_u32((const uint8_t *)text + at), 0xc1fc1fc1);
		assert_true(u64(text + at + 24) == u64(text + at + 32) && packet > HEAD && packet <= size - at && (packet - HEAD) % EVENT == 0);
		events += (packet - HEAD) / EVENT;
		const char *first = text + at + HEAD, *last = text + at + packet - EVENT;
		assert_int_equal(first[0], TRACE_RESULT);
		assert_true(u64(first + 1) == u64(text + at + 8) && u64(last + 1) == u64(text + at + 16));
		assert_int_equal(bytes_u32((const uint8_t *)first + 9), SERVER);
		at += packet;
		assert_int_equal(u64(text + at - packet + 40), at == size ? 7 : 0);
	}
	assert_true(packets > 2);
	assert_int_equal(events, MANY);
	free(text);
}

static void the_metadata_name_what_runs(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const char *text = trace_ctf_metadata(&names, &a);

	assert_int_equal(strncmp(text, "/* CTF 1.8 */\n", 14), 0);
	assert_non_null(strstr(text, "\"client\" = 5, \"server\" = 2147483655"));
	assert_non_null(strstr(text, "\"counter\" = 1207960577"));
	assert_non_null(strstr(text, "\"psa_call\" = 34"));
	assert_non_null(strstr(text, "\"uart1 1\" = 3"));
	assert_non_null(strstr(text, "name = \"interrupt_end\";\n\tid = 6;"));
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_is_a_slice_and_a_flow),
		cmocka_unit_test(what_never_ends_is_ended),
		cmocka_unit_test(what_is_lost_is_told_and_closes_what_is_open),
		cmocka_unit_test(what_has_no_name_has_a_number),
		cmocka_unit_test(a_stream_has_packets_that_say_their_size),
		cmocka_unit_test(the_metadata_name_what_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
