/* SPDX-License-Identifier: Apache-2.0 */
#include "boardframe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define WORD "00112233445566ff"

/* What gzip says of " done" is its checksum. */
#define DONE WORD " 368ae7ae done"

static enum boardframe_kind kind_of(const char *line)
{
	struct boardframe f;

	boardframe_init(&f, WORD);
	return boardframe_line(&f, line);
}

static void a_frame_is_its_text(void **state)
{
	struct boardframe f;

	(void)state;
	boardframe_init(&f, WORD);
	assert_int_equal(boardframe_line(&f, DONE), BOARDFRAME_TEXT);
	assert_string_equal(f.text, "done");
}

static void what_does_not_begin_with_the_word_is_no_frame(void **state)
{
	(void)state;
	assert_int_equal(kind_of(""), BOARDFRAME_NONE);
	assert_int_equal(kind_of("done"), BOARDFRAME_NONE);
	assert_int_equal(kind_of(" " DONE), BOARDFRAME_NONE);
	assert_int_equal(kind_of("00112233445566fe 368ae7ae done"), BOARDFRAME_NONE);
	assert_int_equal(kind_of("00112233445566f"), BOARDFRAME_NONE);
}

static void without_a_word_nothing_is_a_frame(void **state)
{
	struct boardframe f;

	(void)state;
	boardframe_init(&f, "");
	assert_int_equal(boardframe_line(&f, DONE), BOARDFRAME_NONE);
	boardframe_init(&f, "0011");
	assert_int_equal(boardframe_line(&f, "0011 368ae7ae done"), BOARDFRAME_NONE);
}

/* Each line is one that the board has sent, less or more something. */
static void a_frame_that_is_not_as_it_was_sent_is_garbled(void **state)
{
	static const char *const lines[] = {
		WORD, WORD " ", WORD " 368ae7a", WORD " 368ae7ae", WORD " 368ae7ae  done", WORD " 368ae7ae don", WORD " 368ae7ae donee",
		WORD " 368ae7ae+done", WORD " 368AE7AE done", WORD "-368ae7ae done", WORD " +68ae7ae done", WORD "  68ae7ae done",
		WORD " 0x8ae7ae done", WORD " 368ae7af done", WORD WORD,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (kind_of(lines[i]) != BOARDFRAME_GARBLED)
			fail_msg("'%s' is taken", lines[i]);
}

/* One bit anywhere in it makes a frame no frame. */
static void no_flipped_bit_is_overlooked(void **state)
{
	char line[] = DONE;

	(void)state;
	for (size_t i = 0; i < strlen(DONE) * 8; i++) {
		line[i / 8] ^= (char)(1 << i % 8);
		assert_int_not_equal(kind_of(line), BOARDFRAME_TEXT);
		line[i / 8] ^= (char)(1 << i % 8);
	}
	assert_int_equal(kind_of(line), BOARDFRAME_TEXT);
}

static void pieces_are_put_together(void **state)
{
	struct boardframe f;

	(void)state;
	boardframe_init(&f, WORD);
	assert_int_equal(boardframe_line(&f, WORD " cabc0b06+name of"), BOARDFRAME_PIECE);
	assert_int_equal(boardframe_line(&f, "other words"), BOARDFRAME_NONE);
	assert_int_equal(boardframe_line(&f, WORD " 368ae7ae done"), BOARDFRAME_TEXT);
	assert_string_equal(f.text, "name ofdone");
	assert_int_equal(boardframe_line(&f, DONE), BOARDFRAME_TEXT);
	assert_string_equal(f.text, "done");
}

static void half_a_text_of_an_earlier_start_is_dropped(void **state)
{
	struct boardframe f;

	(void)state;
	boardframe_init(&f, WORD);
	boardframe_line(&f, WORD " cabc0b06+name of");
	boardframe_restart(&f);
	assert_int_equal(boardframe_line(&f, DONE), BOARDFRAME_TEXT);
	assert_string_equal(f.text, "done");
}

static void a_text_without_end_is_garbled(void **state)
{
	struct boardframe f;
	int pieces = 0;

	(void)state;
	boardframe_init(&f, WORD);
	while (boardframe_line(&f, WORD " cabc0b06+name of") == BOARDFRAME_PIECE)
		pieces++;
	assert_int_equal(pieces, BOARDFRAME_TEXT_MAX / 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frame_is_its_text),
		cmocka_unit_test(what_does_not_begin_with_the_word_is_no_frame),
		cmocka_unit_test(without_a_word_nothing_is_a_frame),
		cmocka_unit_test(a_frame_that_is_not_as_it_was_sent_is_garbled),
		cmocka_unit_test(no_flipped_bit_is_overlooked),
		cmocka_unit_test(pieces_are_put_together),
		cmocka_unit_test(half_a_text_of_an_earlier_start_is_dropped),
		cmocka_unit_test(a_text_without_end_is_garbled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
