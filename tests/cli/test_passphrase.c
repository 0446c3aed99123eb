/* SPDX-License-Identifier: Apache-2.0 */
/* Passphrases as they are typed: a person at a terminal, which is a pair of pseudo terminals here. */
#include "passphrase.h"

#include <pty.h>
#include <sys/wait.h>
#include <termios.h>

#include "cmd.h"
#include "scratch.h"

static char seen[1024];	/* on the screen */

bool cmd_may_ask(void)
{
	return true;
}

/* Wait until the screen shows this, as a person does before typing. */
static void wait_for(int screen, const char *text)
{
	size_t size = strlen(seen);

	while (!strstr(seen, text)) {
		ssize_t n = read(screen, seen + size, sizeof(seen) - 1 - size);

		assert_true(n > 0);
		size += (size_t)n;
		seen[size] = '\0';
	}
}

/* What a new passphrase becomes when these two are typed: 0 taken, or the number of the failure. */
static int typed(const char *first, const char *second)
{
	int screen, status;

	memset(seen, 0, sizeof(seen));
	pid_t child = forkpty(&screen, NULL, NULL, NULL);
	assert_true(child >= 0);
	if (child == 0) {
		alarm(60);
		struct passphrase p;
		struct err e = { 0 };
		struct termios after;
		int rc = passphrase_get("which", true, &p, &e);

		if (tcgetattr(0, &after) || !(after.c_lflag & ECHO))
			_exit(100);
		printf("[%s]", e.id);
		fflush(stdout);
		_exit(rc == MS_OK && strcmp(p.text, "open sesame") == 0 ? 0 : 1);
	}
	wait_for(screen, "which: ");
	assert_true(write(screen, first, strlen(first)) > 0);
	if (second) {
		wait_for(screen, "again: ");
		assert_true(write(screen, second, strlen(second)) > 0);
	}
	wait_for(screen, "[");
	wait_for(screen, "]");
	assert_int_equal(waitpid(child, &status, 0), child);
	close(screen);
	return WEXITSTATUS(status);
}

static void what_is_typed_twice_is_taken_and_never_shown(void **state)
{
	(void)state;
	assert_int_equal(typed("open sesame\n", "open sesame\n"), 0);
	assert_null(strstr(seen, "sesame"));
}

static void two_different_ones_are_none(void **state)
{
	(void)state;
	assert_int_equal(typed("open sesame\n", "open barley\n"), 1);
	assert_non_null(strstr(seen, "[MS1514]"));
}

static void an_empty_one_is_none(void **state)
{
	(void)state;
	assert_int_equal(typed("\n", NULL), 1);
	assert_non_null(strstr(seen, "[MS1515]"));
}

/* Control-C ends the question, and the terminal shows what is typed again. */
static void who_wants_to_stop_is_let_go(void **state)
{
	(void)state;
	assert_int_equal(typed("open\3", NULL), 1);
	assert_non_null(strstr(seen, "[MS2109]"));
}

static void a_file_is_read_to_the_end_of_its_line(void **state)
{
	(void)state;
	struct passphrase p;
	struct err e;

	write_text("word", "open sesame\nand more\n");
	chmod("word", 0600);
	assert_int_equal(passphrase_read("word", &p, &e), MS_OK);
	assert_string_equal(p.text, "open sesame");
	chmod("word", 0640);
	assert_int_equal(passphrase_read("word", &p, &e), -MS_EACCES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(what_is_typed_twice_is_taken_and_never_shown),
		scratch_test(two_different_ones_are_none),
		scratch_test(an_empty_one_is_none),
		scratch_test(who_wants_to_stop_is_let_go),
		scratch_test(a_file_is_read_to_the_end_of_its_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
