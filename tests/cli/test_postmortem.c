/* SPDX-License-Identifier: Apache-2.0 */
/* A fault record in the place of a processor: what it holds is answered, and nothing else. */
#include "postmortem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static const struct console_fault fault = {
	.pc = 0x08020104, .lr = 0x08020151, .sp = 0x20004100, .call_count = 2, .calls = { { 0x50, 1 }, { 0x60, 4 } },
};

static const char *answer(const char *command)
{
	static char text[POSTMORTEM_ANSWER_MAX];
	struct postmortem p;

	postmortem_of(&fault, 0x08020040, &p);
	(void)postmortem_answer(&p, (struct bytes){ (const uint8_t *)command, strlen(command) }, text);
	return text;
}

static void registers_that_are_not_in_it_are_unknown(void **state)
{
	(void)state;
	const char *all = answer("g");

	assert_int_equal(strlen(all), 17 * 8);
	assert_int_equal(strspn(all, "x"), 13 * 8);
	assert_string_equal(all + 13 * 8, "00410020" "51010208" "04010208" "00000001");
	assert_string_equal(answer("pf"), "04010208");
	assert_string_equal(answer("p4"), "xxxxxxxx");
	assert_string_equal(answer("p11"), "");
}

static void memory_is_the_return_addresses(void **state)
{
	(void)state;
	assert_string_equal(answer("m20004104,4"), "91000208");
	assert_string_equal(answer("m20004106,2"), "0208");
	assert_string_equal(answer("m20004110,40"), "a1000208");	/* as far as it is known */
	assert_string_equal(answer("m20004108,4"), "E01");
	assert_string_equal(answer("m20004100,8"), "E01");
	assert_string_equal(answer("m8020104,4"), "E01");
	assert_string_equal(answer("mnonsense"), "E01");
}

static void the_processor_is_described_piece_by_piece(void **state)
{
	(void)state;
	char whole[4096] = "", command[64];
	const char *piece;

	do {
		snprintf(command, sizeof(command), "qXfer:features:read:target.xml:%x,80", (unsigned)strlen(whole));
		piece = answer(command);
		assert_true(piece[0] == 'm' || piece[0] == 'l');
		assert_in_range(strlen(piece), 2, 0x81);
		strncat(whole, piece + 1, 0x80);
	} while (piece[0] == 'm');
	assert_non_null(strstr(whole, "org.gnu.gdb.arm.m-profile"));
	assert_non_null(strstr(whole, "</target>"));
	assert_string_equal(answer("qXfer:features:read:target.xml:ffffffff,80"), "E01");
	assert_string_equal(answer("qXfer:features:read:target.xml:0,ffffffff") + 1, answer("qXfer:features:read:target.xml:0,200") + 1);
}

static void it_cannot_go_on(void **state)
{
	(void)state;
	static const char *const commands[] = { "c", "s", "C0b", "G00", "P0=00", "M0,1:00", "X0,0:", "Z0,8020104,2" };

	assert_string_equal(answer("?"), "S0b");
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		assert_string_equal(answer(commands[i]), "E01");
	assert_string_equal(answer("vCont?"), "");
	assert_string_equal(answer(""), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registers_that_are_not_in_it_are_unknown),
		cmocka_unit_test(memory_is_the_return_addresses),
		cmocka_unit_test(the_processor_is_described_piece_by_piece),
		cmocka_unit_test(it_cannot_go_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
