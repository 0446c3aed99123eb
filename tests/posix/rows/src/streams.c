/* SPDX-License-Identifier: Apache-2.0 */
/* Streams: what <stdio.h> has for devices. */
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>

#include "held.h"
#include "rows.h"

static int streams_are_opened_read_written_and_closed(void)
{
	char word[8] = "";
	FILE *f = said("one\ntwo");

	MUST(f && fgets(word, sizeof(word), f) == word && strcmp(word, "one\n") == 0 && fread(word, 1, 8, f) == 3 && memcmp(word, "two", 3) == 0);
	MUST(feof(f) && !ferror(f) && fclose(f) == 0);
	MUST((f = said("")) && fwrite("abc", 1, 3, f) == 3 && fputs("def", f) >= 0 && fputc('g', f) == 'g' && putc('h', f) == 'h' && fprintf(f, "%d", 17) == 2);
	MUST(holds == 0 && fflush(f) == 0 && heard("abcdefgh17") && fclose(f) == 0);
	return 0;
}

static int ways_to_open_are_known(void)
{
	static const char *const good[] = { "r", "w", "a", "rb", "wb", "ab", "r+", "w+", "a+", "r+b", "rb+", "wb+", "a+b", "we" };
	static const char *const bad[] = { "", "x", "+", "rr", "b", "r,ccs=UTF-8" };

	for (unsigned i = 0; i < sizeof(good) / sizeof(*good); i++) {
		FILE *f = fopen("/dev/null", good[i]);

		MUST(f && fclose(f) == 0);
	}
	for (unsigned i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		FAILS(!fopen("/dev/null", bad[i]), EINVAL);
		FAILS(!fdopen(1, bad[i]), EINVAL);
	}
	return 0;
}

static int what_cannot_be_opened_is_no_stream(void)
{
	static char name[PATH_MAX + 1];

	memset(name, 'x', PATH_MAX);
	FAILS(!fopen("/no/such/file", "r"), ENOENT);
	FAILS(!fopen("", "r"), ENOENT);
	FAILS(!fopen("/new", "w"), EROFS);
	FAILS(!fopen("/", "w"), EISDIR);
	FAILS(!fopen("/dev/null/x", "r"), ENOTDIR);
	FAILS(!fopen(name, "r"), ENAMETOOLONG);
	FAILS(!fopen("/dev/sink", "r"), EACCES);
	FAILS(!freopen(name, "r", fopen("/dev/null", "r")), ENAMETOOLONG);
	FAILS(!freopen("/dev/sink", "r", fopen("/dev/null", "r")), EACCES);
	return 0;
}

static int descriptors_and_memory_end(void)
{
	FILE *all[OPEN_MAX];
	void *rest[64];
	int n = 0, blocks = 0, fd;

	while ((fd = open("/dev/null", O_RDONLY)) >= 0)
		n = fd;
	FAILS(!fopen("/dev/null", "r"), EMFILE);
	MUST(close(n) == 0);
	while (blocks < 64 && (rest[blocks] = malloc(512)))
		blocks++;
	FAILS(!fopen("/dev/null", "r"), ENOMEM);
	FAILS(!fdopen(3, "r"), ENOMEM);
	MUST(open("/dev/null", O_RDONLY) == n);		/* no descriptor was lost */
	while (blocks)
		free(rest[--blocks]);
	for (fd = 3; fd <= n; fd++)
		close(fd);
	MUST((all[0] = fopen("/dev/null", "r")) && fileno(all[0]) == 3 && fclose(all[0]) == 0);
	return 0;
}

static int a_descriptor_gets_a_stream(void)
{
	int fd = open("/dev/zero", O_RDWR);
	FILE *f = fdopen(fd, "r+");
	char byte = 0;

	MUST(f && fileno(f) == fd && getc(f) == 0 && fclose(f) == 0);
	FAILS(read(fd, &byte, 1) == -1, EBADF);
	MUST((f = fdopen(dup(1), "w")) && fprintf(f, "said by a copy of standard output\n") > 0 && fclose(f) == 0);
	return 0;
}

static int a_stream_is_used_as_its_descriptor(void)
{
	int fd = open("/dev/zero", O_RDONLY);

	FAILS(!fdopen(fd, "w"), EINVAL);
	FAILS(!fdopen(fd, "r+"), EINVAL);
	MUST(close(fd) == 0);
	FAILS(!fdopen(fd, "r"), EBADF);
	FAILS(!fdopen(-1, "r"), EBADF);
	return 0;
}

static int who_may_not_is_told(void)
{
	char word[4];
	int n;
	FILE *in = fopen("/dev/zero", "r"), *out = fopen("/dev/null", "w");

	FAILS(fgetc(out) == EOF && ferror(out), EBADF);
	clearerr(out);
	FAILS(getc(out) == EOF && ferror(out), EBADF);
	FAILS(!fgets(word, 4, out), EBADF);
	FAILS(fread(word, 1, 1, out) == 0, EBADF);
	FAILS(fscanf(out, "%d", &n) == EOF, EBADF);
	FAILS(fputc('x', in) == EOF && ferror(in), EBADF);
	clearerr(in);
	MUST(!ferror(in));
	FAILS(putc('x', in) == EOF, EBADF);
	FAILS(fputs("x", in) == EOF, EBADF);
	FAILS(fwrite("x", 1, 1, in) == 0, EBADF);
	FAILS(fprintf(in, "x") < 0, EBADF);
	MUST(fclose(in) == 0 && fclose(out) == 0);
	return 0;
}

static int a_devices_error_is_the_streams(void)
{
	char word[4];
	int n;
	FILE *f = said("");

	failing = EIO;
	FAILS(fgetc(f) == EOF && ferror(f) && !feof(f), EIO);
	FAILS(!fgets(word, 4, f), EIO);
	FAILS(fread(word, 1, 4, f) == 0, EIO);
	FAILS(fscanf(f, "%d", &n) == EOF, EIO);
	clearerr(f);
	MUST(fputc('x', f) == 'x');
	FAILS(fflush(f) == EOF && ferror(f), EIO);
	MUST(fputc('x', f) == 'x');
	FAILS(fclose(f) == EOF, EIO);
	return 0;
}

static int unbuffered_ones_fail_at_once(void)
{
	FILE *f = said("");

	MUST(setvbuf(f, NULL, _IONBF, 0) == 0);
	failing = EIO;
	FAILS(fputc('x', f) == EOF, EIO);
	FAILS(putc('x', f) == EOF, EIO);
	FAILS(fputs("x", f) == EOF, EIO);
	FAILS(fwrite("x", 1, 1, f) == 0, EIO);
	FAILS(fprintf(f, "x") < 0, EIO);
	failing = 0;
	holds = sizeof(held);
	FAILS(fputc('x', f) == EOF, ENOSPC);
	MUST(fclose(f) == 0);
	return 0;
}

static int what_does_not_fit_is_not_written(void)
{
	FILE *f = said("");

	holds = sizeof(held) - 1;
	MUST(fputs("xy", f) >= 0);
	FAILS(fflush(f) == EOF, ENOSPC);
	MUST(fclose(f) == 0);
	return 0;
}

static int the_end_is_told_and_forgotten(void)
{
	FILE *f = said("x");

	MUST(getc(f) == 'x' && !feof(f) && getc(f) == EOF && feof(f) && !ferror(f));
	clearerr(f);
	MUST(!feof(f) && fclose(f) == 0);
	return 0;
}

static int what_is_put_back_is_read_again(void)
{
	FILE *f = said("bc");

	MUST(ungetc('a', f) == 'a' && getc(f) == 'a' && getc(f) == 'b' && ungetc('z', f) == 'z' && ungetc(EOF, f) == EOF && getc(f) == 'z' && getc(f) == 'c');
	MUST(getc(f) == EOF && ungetc('q', f) == 'q' && !feof(f) && getc(f) == 'q' && fclose(f) == 0);
	return 0;
}

static int scan(FILE *f, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int n = vfscanf(f, format, args);
	va_end(args);
	return n;
}

static int fields_are_read(void)
{
	int a = 0, b = 0;
	char word[8] = "";
	FILE *f = said("17 -3 word x");

	MUST(fscanf(f, "%d %d", &a, &b) == 2 && a == 17 && b == -3 && scan(f, "%7s", word) == 1 && strcmp(word, "word") == 0);
	MUST(fscanf(f, "%d", &a) == 0 && getc(f) == 'x' && fscanf(f, "%d", &a) == EOF && scan(f, "%d", &a) == EOF && fclose(f) == 0);
	return 0;
}

static int print(FILE *f, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int n = vfprintf(f, format, args);
	va_end(args);
	return n;
}

static int fields_are_written(void)
{
	FILE *f = said("");

	MUST(fprintf(f, "%03d|%-4s|%x", 7, "ab", 255) == 11 && print(f, "|%s", "end") == 4 && fclose(f) == 0 && heard("007|ab  |ff|end"));
	return 0;
}

static int buffers_are_the_callers(void)
{
	static char buffer[BUFSIZ];
	FILE *f = said("");

	MUST(setvbuf(f, buffer, _IOFBF, 4) == 0 && fputs("abc", f) >= 0 && holds == 0 && fputc('d', f) == 'd' && heard("abcd") && fclose(f) == 0);
	MUST((f = said("")) && setvbuf(f, NULL, _IONBF, 0) == 0 && fputc('x', f) == 'x' && heard("x") && fclose(f) == 0);
	MUST((f = said("")) && setvbuf(f, NULL, _IOLBF, 64) == 0 && fputs("x", f) >= 0 && holds == 0 && fputc('\n', f) == '\n' && heard("x\n") && fclose(f) == 0);
	MUST((f = said("")) && setvbuf(f, NULL, 99, 10) != 0 && fclose(f) == 0);
	MUST((f = said("")) && (setbuf(f, buffer), fputs("ab", f) >= 0) && holds == 0 && buffer[0] == 'a' && fclose(f) == 0 && heard("ab"));
	MUST((f = said("")) && (setbuf(f, NULL), fputc('y', f) == 'y') && heard("y") && fclose(f) == 0);
	return 0;
}

static int all_are_flushed_together(void)
{
	FILE *f = said("");

	MUST(fputs("abc", f) >= 0 && holds == 0 && fflush(NULL) == 0 && heard("abc") && fputs("d", f) >= 0);
	failing = EIO;
	FAILS(fflush(NULL) == EOF, EIO);
	failing = 0;
	MUST(fclose(f) == 0);
	return 0;
}

static int the_three_have_their_numbers(void)
{
	FILE *f = fopen("/dev/null", "r");

	MUST(fileno(stdin) == STDIN_FILENO && fileno(stdout) == STDOUT_FILENO && fileno(stderr) == STDERR_FILENO && fileno(f) == 3);
	MUST(close(3) == 0);
	FAILS(fileno(f) == -1, EBADF);
	FAILS(fclose(f) == EOF, EBADF);
	return 0;
}

static int a_stream_gets_another_file(void)
{
	FILE *f = said("abc"), *again;

	MUST(getc(f) == 'a' && (again = freopen("/dev/zero", "r", f)) == f && fileno(f) == 3 && getc(f) == 0 && fclose(f) == 0);
	return 0;
}

static int what_cannot_be_reopened_is_closed(void)
{
	FILE *f = fopen("/dev/null", "r");
	char byte;

	FAILS(!freopen("/no/such/file", "r", f), ENOENT);
	FAILS(read(3, &byte, 1) == -1, EBADF);
	MUST((f = fopen("/dev/null", "r")));
	FAILS(!freopen("/dev/null", "?", f), EINVAL);
	MUST((f = fopen("/dev/null", "r")));
	FAILS(!freopen("/new", "w", f), EROFS);
	MUST((f = fopen("/dev/null", "r")));
	FAILS(!freopen("/dev", "w", f), EISDIR);
	MUST((f = fopen("/dev/null", "r")));
	FAILS(!freopen("/dev/null/", "w", f), ENOTDIR);
	MUST((f = fopen("/dev/null", "r")));
	FAILS(!freopen(NULL, "r", f), EBADF);
	FAILS(read(3, &byte, 1) == -1, EBADF);
	return 0;
}

static void *flush_all_when_told(void *f)
{
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	fputs("late", f);
	sleep_msec(5);
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
	fflush(NULL);
	return f;
}

/* Flushing is no cancellation point: nothing that it holds stays taken. */
static int who_is_cancelled_leaves_streams_to_others(void)
{
	FILE *f = said("");
	pthread_t t;
	void *end;

	MUST(f && start_at(&t, CEILING, flush_all_when_told, f) == 0 && pthread_cancel(t) == 0);
	MUST(pthread_join(t, &end) == 0 && heard("late") && end == f);
	MUST(fputs("r", f) >= 0 && fflush(NULL) == 0 && heard("later") && fclose(f) == 0);
	return 0;
}

const struct row stream_rows[] = {
	ROW(fopen, "success", streams_are_opened_read_written_and_closed),
	ROW(fopen, "modes", ways_to_open_are_known),
	ROW(fopen, "EINVAL", ways_to_open_are_known),
	ROW(fopen, "ENOENT", what_cannot_be_opened_is_no_stream),
	ROW(fopen, "EROFS", what_cannot_be_opened_is_no_stream),
	ROW(fopen, "EISDIR", what_cannot_be_opened_is_no_stream),
	ROW(fopen, "ENOTDIR", what_cannot_be_opened_is_no_stream),
	ROW(fopen, "ENAMETOOLONG", what_cannot_be_opened_is_no_stream),
	ROW(fopen, "EMFILE", descriptors_and_memory_end),
	ROW(fopen, "ENOMEM", descriptors_and_memory_end),
	ROW(fopen, "EACCES", what_cannot_be_opened_is_no_stream),
	ROW(freopen, "EACCES", what_cannot_be_opened_is_no_stream),
	ROW(freopen, "ENAMETOOLONG", what_cannot_be_opened_is_no_stream),
	ROW(fclose, "success", streams_are_opened_read_written_and_closed),
	ROW(fclose, "EIO", a_devices_error_is_the_streams),
	ROW(fclose, "EBADF", the_three_have_their_numbers),
	ROW(fdopen, "success", a_descriptor_gets_a_stream),
	ROW(fdopen, "EINVAL", ways_to_open_are_known),
	ROW(fdopen, "EINVAL-access", a_stream_is_used_as_its_descriptor),
	ROW(fdopen, "EBADF", a_stream_is_used_as_its_descriptor),
	ROW(fdopen, "ENOMEM", descriptors_and_memory_end),
	ROW(freopen, "success", a_stream_gets_another_file),
	ROW(freopen, "ENOENT", what_cannot_be_reopened_is_closed),
	ROW(freopen, "EINVAL", what_cannot_be_reopened_is_closed),
	ROW(freopen, "EROFS", what_cannot_be_reopened_is_closed),
	ROW(freopen, "EISDIR", what_cannot_be_reopened_is_closed),
	ROW(freopen, "ENOTDIR", what_cannot_be_reopened_is_closed),
	ROW(freopen, "EBADF", what_cannot_be_reopened_is_closed),
	ROW(fileno, "success", the_three_have_their_numbers),
	ROW(fileno, "EBADF", the_three_have_their_numbers),
	ROW(feof, "success", the_end_is_told_and_forgotten),
	ROW(ferror, "success", a_devices_error_is_the_streams),
	ROW(clearerr, "success", the_end_is_told_and_forgotten),
	ROW(fflush, "success", streams_are_opened_read_written_and_closed),
	ROW(fflush, "all", all_are_flushed_together),
	ROW(fflush, "cancelled", who_is_cancelled_leaves_streams_to_others),
	ROW(fflush, "EIO", a_devices_error_is_the_streams),
	ROW(fflush, "EIO-all", all_are_flushed_together),
	ROW(fflush, "ENOSPC", what_does_not_fit_is_not_written),
	ROW(fgetc, "success", what_is_put_back_is_read_again),
	ROW(fgetc, "EBADF", who_may_not_is_told),
	ROW(fgetc, "EIO", a_devices_error_is_the_streams),
	ROW(getc, "success", the_end_is_told_and_forgotten),
	ROW(getc, "EBADF", who_may_not_is_told),
	ROW(fgets, "success", streams_are_opened_read_written_and_closed),
	ROW(fgets, "EBADF", who_may_not_is_told),
	ROW(fgets, "EIO", a_devices_error_is_the_streams),
	ROW(fread, "success", streams_are_opened_read_written_and_closed),
	ROW(fread, "EBADF", who_may_not_is_told),
	ROW(fread, "EIO", a_devices_error_is_the_streams),
	ROW(fscanf, "success", fields_are_read),
	ROW(fscanf, "EBADF", who_may_not_is_told),
	ROW(fscanf, "EIO", a_devices_error_is_the_streams),
	ROW(vfscanf, "success", fields_are_read),
	ROW(fputc, "success", streams_are_opened_read_written_and_closed),
	ROW(fputc, "EBADF", who_may_not_is_told),
	ROW(fputc, "EIO", unbuffered_ones_fail_at_once),
	ROW(fputc, "ENOSPC", unbuffered_ones_fail_at_once),
	ROW(putc, "success", streams_are_opened_read_written_and_closed),
	ROW(putc, "EBADF", who_may_not_is_told),
	ROW(putc, "EIO", unbuffered_ones_fail_at_once),
	ROW(fputs, "success", streams_are_opened_read_written_and_closed),
	ROW(fputs, "EBADF", who_may_not_is_told),
	ROW(fputs, "EIO", unbuffered_ones_fail_at_once),
	ROW(fwrite, "success", streams_are_opened_read_written_and_closed),
	ROW(fwrite, "EBADF", who_may_not_is_told),
	ROW(fwrite, "EIO", unbuffered_ones_fail_at_once),
	ROW(fprintf, "success", fields_are_written),
	ROW(fprintf, "EBADF", who_may_not_is_told),
	ROW(fprintf, "EIO", unbuffered_ones_fail_at_once),
	ROW(vfprintf, "success", fields_are_written),
	ROW(setvbuf, "success", buffers_are_the_callers),
	ROW(setvbuf, "mode", buffers_are_the_callers),
	ROW(setbuf, "success", buffers_are_the_callers),
	ROW(ungetc, "success", what_is_put_back_is_read_again),
	ROWS_END
};
