/* SPDX-License-Identifier: Apache-2.0 */
#include "out_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "captured.h"

static struct captured c;

static int print_styled(void *colour)
{
	char text[64], talk[64];

	stream_init(*(enum out_colour *)colour, false, false);
	strcpy(text, out_bold());
	strcat(strcat(text, "x"), out_reset());
	strcpy(talk, text);
	stream_print(STDOUT_FILENO, text);
	stream_print(STDERR_FILENO, talk);
	return 0;
}

/* What is printed to a pipe, under these variables; NULL is one that is not set. */
static const char *styled(enum out_colour colour, const char *no_color, const char *force, const char *term)
{
	unsetenv("NO_COLOR");
	unsetenv("FORCE_COLOR");
	unsetenv("CLICOLOR_FORCE");
	setenv("TERM", term, 1);
	if (no_color)
		setenv("NO_COLOR", no_color, 1);
	if (force)
		setenv("FORCE_COLOR", force, 1);
	capture(print_styled, &colour, &c);
	assert_string_equal(c.out, c.err);
	return c.out;
}

static void colour_follows_the_usual_rules(void **state)
{
	(void)state;
	static const char plain[] = "x", bold[] = "\033[1mx\033[0m";

	assert_string_equal(styled(OUT_AUTO, NULL, NULL, "xterm"), plain);	/* a pipe */
	assert_string_equal(styled(OUT_ALWAYS, NULL, NULL, "xterm"), bold);
	assert_string_equal(styled(OUT_ALWAYS, "1", NULL, "dumb"), bold);
	assert_string_equal(styled(OUT_AUTO, NULL, "1", "xterm"), bold);
	assert_string_equal(styled(OUT_AUTO, NULL, "0", "xterm"), plain);
	assert_string_equal(styled(OUT_AUTO, "1", "1", "xterm"), plain);
	assert_string_equal(styled(OUT_AUTO, "", "1", "xterm"), bold);
	assert_string_equal(styled(OUT_NEVER, NULL, "1", "xterm"), plain);
}

/* A pseudo-terminal of 20 columns; its other end is read. */
static int open_terminal(int *slave)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);

	assert_true(master >= 0);
	assert_int_equal(grantpt(master), 0);
	assert_int_equal(unlockpt(master), 0);
	*slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	assert_true(*slave >= 0);
	assert_int_equal(ioctl(*slave, TIOCSWINSZ, &(struct winsize){ .ws_row = 10, .ws_col = 20 }), 0);
	return master;
}

struct streams { bool out, err, ci, quiet; };

/* What appears on a terminal that is stdout, stderr or both. */
static const char *on_terminal(struct streams s, void (*show)(void))
{
	static char seen[4096];
	size_t used = 0;
	ssize_t n;
	int slave, master = open_terminal(&slave);

	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);
		dup2(s.out ? slave : null, STDOUT_FILENO);
		dup2(s.err ? slave : null, STDERR_FILENO);
		unsetenv("CI");
		unsetenv("NO_COLOR");
		unsetenv("FORCE_COLOR");
		setenv("TERM", "xterm", 1);
		if (s.ci)
			setenv("CI", "true", 1);
		stream_init(OUT_AUTO, false, s.quiet);
		show();
		_exit(0);
	}
	close(slave);
	while ((n = read(master, seen + used, sizeof(seen) - 1 - used)) > 0)	/* EIO once the child is gone */
		used += (size_t)n;
	seen[used] = '\0';
	close(master);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	return seen;
}

static void show_progress(void)
{
	char first[] = "compiling", second[] = "linking a name that is longer than the terminal", line[] = "done\n";

	stream_progress(first);
	stream_progress(second);
	stream_print(STDOUT_FILENO, line);
	stream_progress(NULL);
}

static void progress_is_overwritten_cut_and_wiped(void **state)
{
	(void)state;

	assert_string_equal(on_terminal((struct streams){ .out = true, .err = true }, show_progress),
			    "compiling\r\033[Klinking a name that\r\033[Kdone\r\n");
}

static void show_progress_left(void)
{
	char first[] = "w\xc3\xa4rmen\033[2J of the oven takes long", talk[] = "talk\n";

	stream_progress(first);
	stream_print(STDERR_FILENO, talk);
	stream_progress(first);
	stream_end();
}

static void progress_is_cut_between_characters_and_gone_at_the_end(void **state)
{
	(void)state;

	assert_string_equal(on_terminal((struct streams){ .out = true, .err = true }, show_progress_left),
			    "w\xc3\xa4rmen?[2J of the o\r\033[Ktalk\r\n"
			    "w\xc3\xa4rmen?[2J of the o\r\033[K");
}

static void progress_needs_both_streams_on_a_terminal_and_nobody_else(void **state)
{
	(void)state;

	assert_string_equal(on_terminal((struct streams){ .out = true }, show_progress), "done\r\n");
	assert_string_equal(on_terminal((struct streams){ .err = true }, show_progress), "");
	assert_string_equal(on_terminal((struct streams){ .out = true, .err = true, .ci = true }, show_progress), "done\r\n");
	assert_string_equal(on_terminal((struct streams){ .out = true, .err = true, .quiet = true }, show_progress), "done\r\n");
}

static void show_styles(void)
{
	char text[64], talk[64];

	strcpy(text, out_red());
	strcat(strcat(text, "r"), out_reset());
	strcpy(talk, text);
	stream_print(STDOUT_FILENO, text);
	stream_print(STDERR_FILENO, talk);
}

static void each_stream_has_its_own_colour(void **state)
{
	(void)state;

	assert_string_equal(on_terminal((struct streams){ .out = true }, show_styles), "\033[31mr\033[0m");
	assert_string_equal(on_terminal((struct streams){ .err = true }, show_styles), "\033[31mr\033[0m");
	assert_string_equal(on_terminal((struct streams){ .out = true, .err = true }, show_styles),
			    "\033[31mr\033[0m\033[31mr\033[0m");
}

static int print_foreign_styles(void *with)
{
	char text[] = "\033[1mb\033[8mhidden\033[38;5;1m\033[K\r\t\n";
	(void)with;

	stream_init(OUT_ALWAYS, false, false);
	stream_print(STDOUT_FILENO, text);
	return 0;
}

static void only_our_styles_pass(void **state)
{
	(void)state;

	capture(print_foreign_styles, NULL, &c);
	assert_string_equal(c.out, "\033[1mb?[8mhidden?[38;5;1m?[K?\t\n");
}

/* A reader that is slow, behind a pipe that does not block. */
static int print_much(void *with)
{
	static char text[100001];
	(void)with;

	fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK);
	memset(text, 'x', sizeof(text) - 1);
	stream_init(OUT_NEVER, false, false);
	usleep(1000);
	stream_write(STDOUT_FILENO, text, 50000);
	return stream_lost();
}

static void a_pipe_that_does_not_block_gets_all(void **state)
{
	(void)state;

	capture(print_much, NULL, &c);
	assert_int_equal(c.status, 0);
	assert_int_equal(strlen(c.out), 50000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colour_follows_the_usual_rules),
		cmocka_unit_test(progress_is_overwritten_cut_and_wiped),
		cmocka_unit_test(progress_is_cut_between_characters_and_gone_at_the_end),
		cmocka_unit_test(progress_needs_both_streams_on_a_terminal_and_nobody_else),
		cmocka_unit_test(each_stream_has_its_own_colour),
		cmocka_unit_test(only_our_styles_pass),
		cmocka_unit_test(a_pipe_that_does_not_block_gets_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
