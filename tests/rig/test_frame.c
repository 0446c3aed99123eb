/* SPDX-License-Identifier: Apache-2.0 */
/* A log is whole or it is none: what is cut, changed, left out or added shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runlog.h"

static unsigned texts;

static void count(void *context, const struct frame *f)
{
	(void)context;
	texts += f->kind == FRAME_TEXT;
}

static struct runlog *sample(void)
{
	struct runlog *l = runlog_new();

	runlog_add(l, "console", "0.000001 hello info: Hello");
	runlog_add(l, "console", "\x1b[2J \xff \"quoted\" \\ \xe2\x82\xac");
	runlog_add(l, "board", "{\"v\":1}");
	runlog_seal(l, FRAME_ENDED, 0, "", "");
	return l;
}

/* Is it taken as the whole of a log? */
static bool is_whole(const char *at, size_t size)
{
	struct frame_reader *r = malloc(sizeof(*r));
	struct arena a = { 0 };

	texts = 0;
	frame_reader_init(r, &a);
	bool whole = frame_reader_take(r, at, size, count, NULL) >= 0 && r->whole;
	arena_done(&a);
	free(r);
	return whole;
}

static void what_was_sealed_is_whole(void **state)
{
	(void)state;
	struct runlog *l = sample();

	assert_true(is_whole(l->at, l->size));
	assert_int_equal(texts, 3);
	assert_false(runlog_add(l, "console", "too late"));
	runlog_unref(l);
}

static void no_cut_is_whole(void **state)
{
	(void)state;
	struct runlog *l = sample();

	for (size_t size = 0; size < l->size; size++)
		assert_false(is_whole(l->at, size));
	runlog_unref(l);
}

/* A change of case in a digit of the digest, say, or of a blank there is none of: nothing at all may change. */
static void no_flipped_bit_is_whole(void **state)
{
	(void)state;
	struct runlog *l = sample();
	const char *last = strstr(l->at, "\"end\"");

	for (size_t i = 0; i < 8 * l->size; i++) {
		l->at[i / 8] ^= (char)(1 << i % 8);
		if (l->at + i / 8 < last)
			assert_false(is_whole(l->at, l->size));
		else
			is_whole(l->at, l->size);	/* status and reason are not hashed; it must not crash */
		l->at[i / 8] ^= (char)(1 << i % 8);
	}
	runlog_unref(l);
}

static void no_line_can_be_left_out_doubled_or_added(void **state)
{
	(void)state;
	struct runlog *l = sample();
	char *line = strchr(l->at, '\n') + 1, *end = strchr(line, '\n') + 1;
	size_t size = (size_t)(end - line), head = (size_t)(line - l->at);
	char *other = malloc(2 * l->size);

	memcpy(other, l->at, head);
	memcpy(other + head, end, l->size - head - size);
	assert_false(is_whole(other, l->size - size));
	memcpy(other, l->at, head + size);
	memcpy(other + head + size, line, l->size - head);
	assert_false(is_whole(other, l->size + size));
	memcpy(other, l->at, l->size);
	memcpy(other + l->size, line, size);
	assert_false(is_whole(other, l->size + size));
	free(other);
	runlog_unref(l);
}

static void beats_change_nothing(void **state)
{
	(void)state;
	static const char beat[] = "{\"beat\":true}\n";
	struct runlog *l = sample();
	char *other = malloc(l->size + sizeof(beat)), *line = strchr(l->at, '\n') + 1;
	size_t head = (size_t)(line - l->at);

	memcpy(other, l->at, head);
	memcpy(other + head, beat, strlen(beat));
	memcpy(other + head + strlen(beat), line, l->size - head);
	assert_true(is_whole(other, l->size + strlen(beat)));
	free(other);
	runlog_unref(l);
}

static void what_is_no_frame_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"\n", "{}\n", "[]\n", "null\n", "{\"n\":0}\n", "{\"n\":-1,\"channel\":\"console\",\"text\":\"\"}\n", "{\"n\":0,\"channel\":1,\"text\":\"\"}\n",
		"{\"n\":1,\"channel\":\"console\",\"text\":\"\"}\n", "{\"n\":0,\"channel\":\"console\",\"channel\":\"x\",\"text\":\"\"}\n",
		"{\"n\":0,\"end\":\"ended\",\"status\":0,\"digest\":\"\",\"why\":\"\",\"fix\":\"\"}\n", "{\"n\":0,\"end\":\"passed\",\"status\":0,\"digest\":\"\",\"why\":\"\",\"fix\":\"\"}\n",
		"{\"beat\":true,\"n\":0}\n", "HTTP/1.1 200 OK\n",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_false(is_whole(wrong[i], strlen(wrong[i])));
}

static void a_line_without_end_is_refused_before_it_fills_memory(void **state)
{
	(void)state;
	char *line = malloc(FRAME_MAX + 1);

	memset(line, ' ', FRAME_MAX + 1);
	assert_false(is_whole(line, FRAME_MAX + 1));
	free(line);
}

static void a_log_has_an_end(void **state)
{
	(void)state;
	struct runlog *l = runlog_new();
	char text[1024];
	int lines = 0;

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	while (runlog_add(l, "console", text))
		lines++;
	assert_true(lines > 1000 && l->size <= RUNLOG_MAX);
	runlog_seal(l, FRAME_SIZE, 0, "", "");
	assert_true(l->size <= RUNLOG_MAX && is_whole(l->at, l->size));
	runlog_unref(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_sealed_is_whole),
		cmocka_unit_test(no_cut_is_whole),
		cmocka_unit_test(no_flipped_bit_is_whole),
		cmocka_unit_test(no_line_can_be_left_out_doubled_or_added),
		cmocka_unit_test(beats_change_nothing),
		cmocka_unit_test(what_is_no_frame_is_refused),
		cmocka_unit_test(a_line_without_end_is_refused_before_it_fills_memory),
		cmocka_unit_test(a_log_has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
