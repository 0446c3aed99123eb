/* SPDX-License-Identifier: Apache-2.0 */
/* The three streams that there are from the beginning: as the log, and led elsewhere. */
#include <fcntl.h>
#include <stdarg.h>

#include "held.h"
#include "rows.h"

/* gets is of PSE51 and of no later standard, so the C library does not declare it. */
char *gets(char *to);

/* Standard output and input lead elsewhere, and back. */
static int the_three_can_be_led_elsewhere(void)
{
	int was = dup(STDOUT_FILENO), in = dup(STDIN_FILENO), a = 0;
	char word[8] = "", line[8] = "";
	FILE *f = said("");
	bool good = f && freopen("/dev/held", "w", stdout) == stdout && printf("%s", "a1") == 2 && puts("b") >= 0 && putchar('c') == 'c' && fputs("d", stdout) >= 0 &&
		    write(STDOUT_FILENO, "e", 1) == 1 && fflush(stdout) == 0;

	MUST(dup2(was, STDOUT_FILENO) == STDOUT_FILENO && close(was) == 0 && good && heard("a1b\ncde"));
	MUST(freopen("/dev/held", "r", stdin) == stdin && getchar() == 'a' && scanf("%d", &a) == 1 && a == 1 && gets(word) == word && strcmp(word, "b") == 0);
	MUST(fgets(line, 3, stdin) == line && strcmp(line, "cd") == 0 && read(STDIN_FILENO, line, 8) == 1 && getchar() == EOF && feof(stdin) && !gets(word));
	MUST(dup2(in, STDIN_FILENO) == STDIN_FILENO && close(in) == 0 && fclose(f) == 0 && printf("standard output is the log again\n") > 0);
	return 0;
}

static int v_print(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int n = vprintf(format, args);
	va_end(args);
	return n;
}

static int v_scan(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int n = vscanf(format, args);
	va_end(args);
	return n;
}

static int what_is_printed_is_in_the_log(void)
{
	int n;

	clearerr(stdin);
	MUST(printf("%s\n", "a line by printf") == 17 && puts("a line by puts") >= 0 && v_print("a line by %s\n", "vprintf") == 18 && putchar('.') == '.' && putchar('\n') == '\n');
	MUST(getchar() == EOF && scanf("%d", &n) == EOF && feof(stdin) && ungetc('7', stdin) == '7' && v_scan("%d", &n) == 1 && n == 7);
	return 0;
}

static int closed_ones_refuse(void)
{
	int was = dup(STDOUT_FILENO), in = dup(STDIN_FILENO), n;
	bool good = close(STDOUT_FILENO) == 0 && (errno = 0, putchar('x') == EOF) && errno == EBADF && (errno = 0, puts("x") == EOF) && errno == EBADF &&
		    (errno = 0, printf("x") < 0) && errno == EBADF && (errno = 0, v_print("x") < 0) && errno == EBADF;

	clearerr(stdout);
	MUST(dup2(was, STDOUT_FILENO) == STDOUT_FILENO && close(was) == 0 && good);
	MUST(close(STDIN_FILENO) == 0);
	FAILS(getchar() == EOF, EBADF);
	FAILS(scanf("%d", &n) == EOF, EBADF);
	FAILS(v_scan("%d", &n) == EOF, EBADF);
	MUST(dup2(in, STDIN_FILENO) == STDIN_FILENO && close(in) == 0);
	clearerr(stdin);
	return 0;
}

static int the_last_error_is_said(void)
{
	int was = dup(STDERR_FILENO);
	FILE *f = said("");
	bool good = freopen("/dev/held", "w", stderr) == stderr && (errno = ENOENT, perror("open"), errno = EBADF, perror(NULL), perror(""), errno == EBADF);

	MUST(dup2(was, STDERR_FILENO) == STDERR_FILENO && close(was) == 0 && good && fclose(f) == 0);
	held[holds] = 0;
	MUST(strncmp(held, "open: ", 6) == 0 && strstr(held, strerror(ENOENT)) == held + 6 && strchr(held, '\n') && strstr(held, strerror(EBADF)));
	return 0;
}

const struct row standard_rows[] = {
	ROW(freopen, "standard", the_three_can_be_led_elsewhere),
	ROW(getchar, "success", the_three_can_be_led_elsewhere),
	ROW(getchar, "end", what_is_printed_is_in_the_log),
	ROW(getchar, "EBADF", closed_ones_refuse),
	ROW(gets, "success", the_three_can_be_led_elsewhere),
	ROW(scanf, "success", the_three_can_be_led_elsewhere),
	ROW(scanf, "EBADF", closed_ones_refuse),
	ROW(vscanf, "success", what_is_printed_is_in_the_log),
	ROW(vscanf, "EBADF", closed_ones_refuse),
	ROW(putchar, "success", the_three_can_be_led_elsewhere),
	ROW(putchar, "EBADF", closed_ones_refuse),
	ROW(puts, "success", the_three_can_be_led_elsewhere),
	ROW(puts, "EBADF", closed_ones_refuse),
	ROW(printf, "success", what_is_printed_is_in_the_log),
	ROW(printf, "EBADF", closed_ones_refuse),
	ROW(vprintf, "success", what_is_printed_is_in_the_log),
	ROW(vprintf, "EBADF", closed_ones_refuse),
	ROW(perror, "success", the_last_error_is_said),
	ROWS_END
};
