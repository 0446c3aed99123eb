/* SPDX-License-Identifier: Apache-2.0 */
/* The ring of a trace as bytes: what is read of it, what is refused, and what is told as lost. */
#include "trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include <ms/abi/abi.h>

#include "writer.h"

static struct bytes head(uint8_t to[TRACE_HEAD_SIZE], uint32_t capacity, uint32_t next)
{
	struct writer w = { .at = to, .size = TRACE_HEAD_SIZE };

	write_bytes(&w, BYTES_LITERAL("MTR1"));
	write_u32(&w, 32);
	write_u32(&w, capacity);
	write_u32(&w, 3);
	write_u32(&w, next);
	write_u32(&w, 0x1235);
	write_zeros(&w, 8);
	return writer_bytes(&w);
}

static struct bytes record(uint8_t to[TRACE_RECORD_SIZE], uint32_t number, uint8_t kind)
{
	struct writer w = { .at = to, .size = TRACE_RECORD_SIZE };

	write_u32(&w, number);
	write_u8(&w, kind);
	write_u8(&w, 34);
	write_u16(&w, 7);
	write_u64(&w, UINT64_C(0x123456789abcd));
	write_u32(&w, 88);
	write_u32(&w, 1);
	write_u32(&w, UINT32_MAX);
	write_u32(&w, 0x80000000);
	return writer_bytes(&w);
}

static void a_head_is_read_field_by_field(void **state)
{
	(void)state;
	uint8_t bytes[TRACE_HEAD_SIZE];
	struct trace_head h;

	assert_int_equal(trace_head_decode(head(bytes, 512, 77), &h), MS_OK);
	assert_int_equal(h.capacity, 512);
	assert_int_equal(h.starts, 3);
	assert_int_equal(h.next, 77);
	assert_int_equal(h.place, 0x1235);
	assert_int_equal(trace_offset(&h, 1), 64);
	assert_int_equal(trace_offset(&h, 512), 32);
}

/* The runtime writes the struct; who reads it reads bytes. */
static void the_struct_is_the_bytes(void **state)
{
	(void)state;
	uint8_t bytes[TRACE_HEAD_SIZE];
	struct trace_head h, whole;
	struct trace_record r, all;

	assert_int_equal(trace_head_decode(head(bytes, 64, 5), &h), MS_OK);
	memcpy(&whole, bytes, sizeof(whole));
	assert_memory_equal(&h, &whole, sizeof(h));
	assert_int_equal(trace_record_decode(record(bytes, 9, TRACE_CALL), 9, &r), MS_OK);
	memcpy(&all, bytes, sizeof(all));
	assert_memory_equal(&r, &all, sizeof(r));
	assert_int_equal(r.code, 34);
	assert_int_equal(r.thread, 7);
	assert_int_equal(r.time_nsec, UINT64_C(0x123456789abcd));
	assert_int_equal(r.service, 88);
	assert_int_equal(r.argument[2], 0x80000000);
}

static void each_cut_and_each_wrong_head_is_refused(void **state)
{
	(void)state;
	static const uint32_t wrong[] = { 0, 3, 511, 513, TRACE_CAPACITY_MAX * 2, UINT32_MAX };
	uint8_t bytes[TRACE_HEAD_SIZE];
	struct bytes whole = head(bytes, 512, 1);
	struct trace_head h;

	for (size_t size = 0; size < whole.size; size++)
		assert_int_equal(trace_head_decode(bytes_part(whole, 0, size), &h), -MS_EFORMAT);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_int_equal(trace_head_decode(head(bytes, wrong[i], 1), &h), -MS_EFORMAT);
	for (size_t at = 0; at < TRACE_HEAD_SIZE; at++) {
		head(bytes, 512, 1);
		bytes[at] ^= 0x80;
		bool counts = (at >= 12 && at < 24);	/* starts, next, place may be anything */

		assert_int_equal(trace_head_decode(BYTES_OF(bytes), &h), counts ? MS_OK : -MS_EFORMAT);
	}
}

static void a_record_is_the_one_of_its_number_and_of_a_known_kind(void **state)
{
	(void)state;
	uint8_t bytes[TRACE_RECORD_SIZE];
	struct trace_record r;

	for (unsigned kind = 0; kind < 256; kind++)
		assert_int_equal(trace_record_decode(record(bytes, 9, (uint8_t)kind), 9, &r), kind && trace_kind_name(kind) ? MS_OK : -MS_EFORMAT);
	assert_null(trace_kind_name(0));
	assert_non_null(trace_kind_name(TRACE_EVENT));
	assert_null(trace_kind_name(TRACE_EVENT + 1));
	assert_int_equal(trace_record_decode(record(bytes, 8, TRACE_RUN), 9, &r), -MS_EFORMAT);
	for (size_t size = 0; size < TRACE_RECORD_SIZE; size++)
		assert_int_equal(trace_record_decode(bytes_part(record(bytes, 9, TRACE_RUN), 0, size), 9, &r), -MS_EFORMAT);
}

static void what_was_overwritten_is_counted(void **state)
{
	(void)state;
	static const struct { uint32_t next, read, first, count, lost; } cases[] = {
		{ 1, 1, 1, 0, 0 }, { 65, 1, 1, 64, 0 }, { 66, 1, 2, 64, 1 }, { 1000, 1, 936, 64, 935 },
		{ 1000, 990, 990, 10, 0 }, { 3, UINT32_MAX - 1, UINT32_MAX - 1, 5, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct trace_head h = { .capacity = 64, .next = cases[i].next };
		uint32_t first, lost;

		assert_int_equal(trace_window(&h, cases[i].read, &first, &lost), cases[i].count);
		assert_int_equal(first, cases[i].first);
		assert_int_equal(lost, cases[i].lost);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_head_is_read_field_by_field),
		cmocka_unit_test(the_struct_is_the_bytes),
		cmocka_unit_test(each_cut_and_each_wrong_head_is_refused),
		cmocka_unit_test(a_record_is_the_one_of_its_number_and_of_a_known_kind),
		cmocka_unit_test(what_was_overwritten_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
