/* SPDX-License-Identifier: Apache-2.0 */
#include "ninjafile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "given.h"
#include "process.h"

static const char *const awkward[] = {
	"plain", "two words", "a$b", "a:b|c", "quote'quote", "\"double\"", "back\\slash", "semi;colon&and", "$(touch x)",
	"`touch x`", "*", "~", "#", "gr\xc3\xbc\xc3\x9f" "e", "-dash", "", "a=b", "tab\tin",
};

/* The shell gets back each word as it was. */
static void a_word_survives_the_shell(void **state)
{
	(void)state;

	for (size_t i = 0; i < sizeof(awkward) / sizeof(*awkward); i++) {
		const char *command = arena_printf(&arena, "printf %%s %s", shell_word(&arena, awkward[i]));
		const char *const argv[] = { "sh", "-c", command, NULL };
		struct process_result r;
		struct err e = { 0 };

		assert_int_equal(process_run(argv, "/", &arena, &r, &e), MS_OK);
		assert_int_equal(r.status, 0);
		assert_string_equal(arena_string(&arena, r.out), awkward[i]);
	}
}

static void a_plain_word_stays_plain(void **state)
{
	(void)state;

	assert_string_equal(shell_word(&arena, "-Wl,--gc-sections"), "-Wl,--gc-sections");
	assert_string_equal(shell_word(&arena, "src/main.c"), "src/main.c");
}

static void a_path_is_escaped_for_ninja(void **state)
{
	(void)state;
	struct text t = { 0 };

	ninja_path(&t, &arena, "my src/a$b:c.c");
	assert_string_equal(t.at, " my$ src/a$$b$:c.c");
}

static void words_are_escaped_for_shell_and_ninja(void **state)
{
	(void)state;
	struct text t = { 0 };
	struct list words = { 0 };

	list_push(&words, &arena, (void *)"-I/my sdk");
	list_push(&words, &arena, (void *)"-DPRICE=$5");
	ninja_words(&t, &arena, false, "flags", &words);
	assert_string_equal(t.at, "flags = '-I/my sdk' '-DPRICE=$$5'\n");
}

static void json_text_is_quoted(void **state)
{
	(void)state;
	struct text t = { 0 };

	json_text(&t, &arena, "a\"b\\c\n\x01");
	assert_string_equal(t.at, "\"a\\\"b\\\\c\\u000a\\u0001\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_survives_the_shell),
		cmocka_unit_test(a_plain_word_stays_plain),
		cmocka_unit_test(a_path_is_escaped_for_ninja),
		cmocka_unit_test(words_are_escaped_for_shell_and_ninja),
		cmocka_unit_test(json_text_is_quoted),
	};

	return cmocka_run_group_tests(tests, NULL, give_back);
}
