/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever a device says is wrong is what the function says that reads or writes it, whether through a stream or not. */
#include <fcntl.h>
#include <stdarg.h>

#include "held.h"
#include "rows.h"

static const int of_reading[] = { EAGAIN, EINTR, EIO, ENOBUFS, ENOMEM, ENXIO, EOVERFLOW };
static const int of_writing[] = { EAGAIN, EFBIG, EINTR, EIO, ENOBUFS, ENOMEM, ENOSPC, ENXIO, EPIPE };
#define EACH(e, errors) for (unsigned i_ = 0; failing = 0, i_ < sizeof(errors) / sizeof(*errors) && (failing = (e) = errors[i_]); i_++)

static int scan(FILE *f, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int n = f ? vfscanf(f, format, args) : vscanf(format, args);
	va_end(args);
	return n;
}

static int print(FILE *f, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int n = f ? vfprintf(f, format, args) : vprintf(format, args);
	va_end(args);
	return n;
}

static int what_a_device_says_is_its_readers(void)
{
	char word[4];
	int n, error;
	FILE *f = said("");

	EACH(error, of_reading) {
		FAILS(read(fileno(f), word, 1) == -1, error);
		FAILS(fgetc(f) == EOF && ferror(f), error);
		FAILS(getc(f) == EOF, error);
		FAILS(getc_unlocked(f) == EOF, error);
		FAILS(!fgets(word, 4, f), error);
		FAILS(fread(word, 1, 4, f) == 0, error);
		FAILS(fscanf(f, "%d", &n) == EOF, error);
		FAILS(scan(f, "%d", &n) == EOF, error);
		clearerr(f);
	}
	MUST(fclose(f) == 0);
	return 0;
}

static int what_a_device_says_is_its_writers(void)
{
	int error;
	FILE *f = said("");

	MUST(setvbuf(f, NULL, _IONBF, 0) == 0);
	EACH(error, of_writing) {
		FAILS(write(fileno(f), "x", 1) == -1, error);
		FAILS(fputc('x', f) == EOF && ferror(f), error);
		FAILS(putc('x', f) == EOF, error);
		FAILS(putc_unlocked('x', f) == EOF, error);
		FAILS(fputs("x", f) == EOF, error);
		FAILS(fwrite("x", 1, 1, f) == 0, error);
		FAILS(fprintf(f, "x") < 0, error);
		FAILS(print(f, "x") < 0, error);
		clearerr(f);
	}
	MUST(fclose(f) == 0);
	return 0;
}

static int what_was_kept_fails_when_it_is_sent(void)
{
	int error;
	FILE *f;

	EACH(error, of_writing) {
		MUST((f = said("")) && fputc('x', f) == 'x');
		failing = error;
		FAILS(fflush(f) == EOF && ferror(f), error);
		MUST(fputc('x', f) == 'x');
		FAILS(fclose(f) == EOF, error);
	}
	MUST((f = said("")) && fputc('x', f) == 'x' && close(fileno(f)) == 0);
	FAILS(fflush(f) == EOF, EBADF);
	fclose(f);
	return 0;
}

#define SAYS(call, error) ((errno = 0, (call)) && errno == (error))

static int what_a_device_says_is_said_of_standard_input(void)
{
	char word[4], *gets(char *);
	int in = dup(STDIN_FILENO), n, error;
	FILE *f = said("");
	bool good = f && freopen("/dev/held", "r", stdin) == stdin;

	EACH(error, of_reading) {
		good = good && SAYS(getchar() == EOF && ferror(stdin), error) && SAYS(getchar_unlocked() == EOF, error) && SAYS(!gets(word), error) &&
		       SAYS(scanf("%d", &n) == EOF, error) && SAYS(scan(NULL, "%d", &n) == EOF, error);
		clearerr(stdin);
	}
	close(STDIN_FILENO);
	good = good && SAYS(gets(word) == NULL, EBADF) && SAYS(getchar_unlocked() == EOF, EBADF);
	clearerr(stdin);
	MUST(dup2(in, STDIN_FILENO) == STDIN_FILENO && close(in) == 0 && fclose(f) == 0 && good);
	return 0;
}

static int what_a_device_says_is_said_of_standard_output(void)
{
	int out = dup(STDOUT_FILENO), error;
	FILE *f = said("");
	bool good = f && freopen("/dev/held", "w", stdout) == stdout;

	EACH(error, of_writing) {
		good = good && SAYS(putchar('x') == EOF, error) && SAYS(putchar_unlocked('x') == EOF, error) && SAYS(puts("x") == EOF, error) &&
		       SAYS(printf("x") < 0, error) && SAYS(print(NULL, "x") < 0, error);
		clearerr(stdout);
	}
	close(STDOUT_FILENO);
	good = good && SAYS(putchar_unlocked('x') == EOF, EBADF);
	clearerr(stdout);
	MUST(dup2(out, STDOUT_FILENO) == STDOUT_FILENO && close(out) == 0 && fclose(f) == 0 && good);
	return 0;
}

static int who_may_not_is_told(void)
{
	int n;
	FILE *in = fopen("/dev/zero", "r"), *out = fopen("/dev/null", "w");

	FAILS(getc_unlocked(out) == EOF, EBADF);
	FAILS(scan(out, "%d", &n) == EOF, EBADF);
	FAILS(putc_unlocked('x', in) == EOF, EBADF);
	FAILS(print(in, "x") < 0, EBADF);
	MUST(fclose(in) == 0 && fclose(out) == 0);
	return 0;
}

const struct row device_error_rows[] = {
	ROW(read, "EINTR", what_a_device_says_is_its_readers),
	ROW(read, "ENOBUFS", what_a_device_says_is_its_readers),
	ROW(read, "ENOMEM", what_a_device_says_is_its_readers),
	ROW(read, "ENXIO", what_a_device_says_is_its_readers),
	ROW(read, "EOVERFLOW", what_a_device_says_is_its_readers),
	ROW(fgetc, "EAGAIN", what_a_device_says_is_its_readers),
	ROW(fgetc, "EINTR", what_a_device_says_is_its_readers),
	ROW(fgetc, "ENOMEM", what_a_device_says_is_its_readers),
	ROW(fgetc, "ENXIO", what_a_device_says_is_its_readers),
	ROW(fgetc, "EOVERFLOW", what_a_device_says_is_its_readers),
	ROW(fgets, "EAGAIN", what_a_device_says_is_its_readers),
	ROW(fgets, "EINTR", what_a_device_says_is_its_readers),
	ROW(fgets, "ENOMEM", what_a_device_says_is_its_readers),
	ROW(fgets, "ENXIO", what_a_device_says_is_its_readers),
	ROW(fgets, "EOVERFLOW", what_a_device_says_is_its_readers),
	ROW(fread, "EAGAIN", what_a_device_says_is_its_readers),
	ROW(fread, "EINTR", what_a_device_says_is_its_readers),
	ROW(fread, "ENOMEM", what_a_device_says_is_its_readers),
	ROW(fread, "ENXIO", what_a_device_says_is_its_readers),
	ROW(fread, "EOVERFLOW", what_a_device_says_is_its_readers),
	ROW(fscanf, "EAGAIN", what_a_device_says_is_its_readers),
	ROW(fscanf, "EINTR", what_a_device_says_is_its_readers),
	ROW(fscanf, "ENOMEM", what_a_device_says_is_its_readers),
	ROW(fscanf, "ENXIO", what_a_device_says_is_its_readers),
	ROW(fscanf, "EOVERFLOW", what_a_device_says_is_its_readers),
	ROW(getc, "EAGAIN", what_a_device_says_is_its_readers),
	ROW(getc, "EINTR", what_a_device_says_is_its_readers),
	ROW(getc, "EIO", what_a_device_says_is_its_readers),
	ROW(getc, "ENOMEM", what_a_device_says_is_its_readers),
	ROW(getc, "ENXIO", what_a_device_says_is_its_readers),
	ROW(getc, "EOVERFLOW", what_a_device_says_is_its_readers),
	ROW(getc_unlocked, "EAGAIN", what_a_device_says_is_its_readers),
	ROW(getc_unlocked, "EINTR", what_a_device_says_is_its_readers),
	ROW(getc_unlocked, "EIO", what_a_device_says_is_its_readers),
	ROW(getc_unlocked, "ENOMEM", what_a_device_says_is_its_readers),
	ROW(getc_unlocked, "ENXIO", what_a_device_says_is_its_readers),
	ROW(getc_unlocked, "EOVERFLOW", what_a_device_says_is_its_readers),
	ROW(vfscanf, "EAGAIN", what_a_device_says_is_its_readers),
	ROW(vfscanf, "EINTR", what_a_device_says_is_its_readers),
	ROW(vfscanf, "EIO", what_a_device_says_is_its_readers),
	ROW(vfscanf, "ENOMEM", what_a_device_says_is_its_readers),
	ROW(vfscanf, "ENXIO", what_a_device_says_is_its_readers),
	ROW(vfscanf, "EOVERFLOW", what_a_device_says_is_its_readers),
	ROW(write, "EFBIG", what_a_device_says_is_its_writers),
	ROW(write, "EINTR", what_a_device_says_is_its_writers),
	ROW(write, "ENOBUFS", what_a_device_says_is_its_writers),
	ROW(write, "ENOSPC", what_a_device_says_is_its_writers),
	ROW(write, "ENXIO", what_a_device_says_is_its_writers),
	ROW(write, "EPIPE", what_a_device_says_is_its_writers),
	ROW(fputc, "EAGAIN", what_a_device_says_is_its_writers),
	ROW(fputc, "EFBIG", what_a_device_says_is_its_writers),
	ROW(fputc, "EINTR", what_a_device_says_is_its_writers),
	ROW(fputc, "ENOMEM", what_a_device_says_is_its_writers),
	ROW(fputc, "ENXIO", what_a_device_says_is_its_writers),
	ROW(fputc, "EPIPE", what_a_device_says_is_its_writers),
	ROW(putc, "EAGAIN", what_a_device_says_is_its_writers),
	ROW(putc, "EFBIG", what_a_device_says_is_its_writers),
	ROW(putc, "EINTR", what_a_device_says_is_its_writers),
	ROW(putc, "ENOMEM", what_a_device_says_is_its_writers),
	ROW(putc, "ENOSPC", what_a_device_says_is_its_writers),
	ROW(putc, "ENXIO", what_a_device_says_is_its_writers),
	ROW(putc, "EPIPE", what_a_device_says_is_its_writers),
	ROW(fputs, "EAGAIN", what_a_device_says_is_its_writers),
	ROW(fputs, "EFBIG", what_a_device_says_is_its_writers),
	ROW(fputs, "EINTR", what_a_device_says_is_its_writers),
	ROW(fputs, "ENOMEM", what_a_device_says_is_its_writers),
	ROW(fputs, "ENOSPC", what_a_device_says_is_its_writers),
	ROW(fputs, "ENXIO", what_a_device_says_is_its_writers),
	ROW(fputs, "EPIPE", what_a_device_says_is_its_writers),
	ROW(fwrite, "EAGAIN", what_a_device_says_is_its_writers),
	ROW(fwrite, "EFBIG", what_a_device_says_is_its_writers),
	ROW(fwrite, "EINTR", what_a_device_says_is_its_writers),
	ROW(fwrite, "ENOMEM", what_a_device_says_is_its_writers),
	ROW(fwrite, "ENOSPC", what_a_device_says_is_its_writers),
	ROW(fwrite, "ENXIO", what_a_device_says_is_its_writers),
	ROW(fwrite, "EPIPE", what_a_device_says_is_its_writers),
	ROW(fprintf, "EAGAIN", what_a_device_says_is_its_writers),
	ROW(fprintf, "EFBIG", what_a_device_says_is_its_writers),
	ROW(fprintf, "EINTR", what_a_device_says_is_its_writers),
	ROW(fprintf, "ENOMEM", what_a_device_says_is_its_writers),
	ROW(fprintf, "ENOSPC", what_a_device_says_is_its_writers),
	ROW(fprintf, "ENXIO", what_a_device_says_is_its_writers),
	ROW(fprintf, "EPIPE", what_a_device_says_is_its_writers),
	ROW(putc_unlocked, "EAGAIN", what_a_device_says_is_its_writers),
	ROW(putc_unlocked, "EFBIG", what_a_device_says_is_its_writers),
	ROW(putc_unlocked, "EINTR", what_a_device_says_is_its_writers),
	ROW(putc_unlocked, "EIO", what_a_device_says_is_its_writers),
	ROW(putc_unlocked, "ENOMEM", what_a_device_says_is_its_writers),
	ROW(putc_unlocked, "ENOSPC", what_a_device_says_is_its_writers),
	ROW(putc_unlocked, "ENXIO", what_a_device_says_is_its_writers),
	ROW(putc_unlocked, "EPIPE", what_a_device_says_is_its_writers),
	ROW(vfprintf, "EAGAIN", what_a_device_says_is_its_writers),
	ROW(vfprintf, "EFBIG", what_a_device_says_is_its_writers),
	ROW(vfprintf, "EINTR", what_a_device_says_is_its_writers),
	ROW(vfprintf, "EIO", what_a_device_says_is_its_writers),
	ROW(vfprintf, "ENOMEM", what_a_device_says_is_its_writers),
	ROW(vfprintf, "ENOSPC", what_a_device_says_is_its_writers),
	ROW(vfprintf, "ENXIO", what_a_device_says_is_its_writers),
	ROW(vfprintf, "EPIPE", what_a_device_says_is_its_writers),
	ROW(fclose, "EAGAIN", what_was_kept_fails_when_it_is_sent),
	ROW(fclose, "EFBIG", what_was_kept_fails_when_it_is_sent),
	ROW(fclose, "EINTR", what_was_kept_fails_when_it_is_sent),
	ROW(fclose, "ENOMEM", what_was_kept_fails_when_it_is_sent),
	ROW(fclose, "ENOSPC", what_was_kept_fails_when_it_is_sent),
	ROW(fclose, "ENXIO", what_was_kept_fails_when_it_is_sent),
	ROW(fclose, "EPIPE", what_was_kept_fails_when_it_is_sent),
	ROW(fflush, "EBADF", what_was_kept_fails_when_it_is_sent),
	ROW(fflush, "EAGAIN", what_was_kept_fails_when_it_is_sent),
	ROW(fflush, "EFBIG", what_was_kept_fails_when_it_is_sent),
	ROW(fflush, "EINTR", what_was_kept_fails_when_it_is_sent),
	ROW(fflush, "ENOMEM", what_was_kept_fails_when_it_is_sent),
	ROW(fflush, "ENXIO", what_was_kept_fails_when_it_is_sent),
	ROW(fflush, "EPIPE", what_was_kept_fails_when_it_is_sent),
	ROW(getchar, "EAGAIN", what_a_device_says_is_said_of_standard_input),
	ROW(getchar, "EINTR", what_a_device_says_is_said_of_standard_input),
	ROW(getchar, "EIO", what_a_device_says_is_said_of_standard_input),
	ROW(getchar, "ENOMEM", what_a_device_says_is_said_of_standard_input),
	ROW(getchar, "ENXIO", what_a_device_says_is_said_of_standard_input),
	ROW(getchar, "EOVERFLOW", what_a_device_says_is_said_of_standard_input),
	ROW(scanf, "EAGAIN", what_a_device_says_is_said_of_standard_input),
	ROW(scanf, "EINTR", what_a_device_says_is_said_of_standard_input),
	ROW(scanf, "EIO", what_a_device_says_is_said_of_standard_input),
	ROW(scanf, "ENOMEM", what_a_device_says_is_said_of_standard_input),
	ROW(scanf, "ENXIO", what_a_device_says_is_said_of_standard_input),
	ROW(scanf, "EOVERFLOW", what_a_device_says_is_said_of_standard_input),
	ROW(vscanf, "EAGAIN", what_a_device_says_is_said_of_standard_input),
	ROW(vscanf, "EINTR", what_a_device_says_is_said_of_standard_input),
	ROW(vscanf, "EIO", what_a_device_says_is_said_of_standard_input),
	ROW(vscanf, "ENOMEM", what_a_device_says_is_said_of_standard_input),
	ROW(vscanf, "ENXIO", what_a_device_says_is_said_of_standard_input),
	ROW(vscanf, "EOVERFLOW", what_a_device_says_is_said_of_standard_input),
	ROW(gets, "EBADF", what_a_device_says_is_said_of_standard_input),
	ROW(gets, "EAGAIN", what_a_device_says_is_said_of_standard_input),
	ROW(gets, "EINTR", what_a_device_says_is_said_of_standard_input),
	ROW(gets, "EIO", what_a_device_says_is_said_of_standard_input),
	ROW(gets, "ENOMEM", what_a_device_says_is_said_of_standard_input),
	ROW(gets, "ENXIO", what_a_device_says_is_said_of_standard_input),
	ROW(gets, "EOVERFLOW", what_a_device_says_is_said_of_standard_input),
	ROW(getchar_unlocked, "EBADF", what_a_device_says_is_said_of_standard_input),
	ROW(getchar_unlocked, "EAGAIN", what_a_device_says_is_said_of_standard_input),
	ROW(getchar_unlocked, "EINTR", what_a_device_says_is_said_of_standard_input),
	ROW(getchar_unlocked, "EIO", what_a_device_says_is_said_of_standard_input),
	ROW(getchar_unlocked, "ENOMEM", what_a_device_says_is_said_of_standard_input),
	ROW(getchar_unlocked, "ENXIO", what_a_device_says_is_said_of_standard_input),
	ROW(getchar_unlocked, "EOVERFLOW", what_a_device_says_is_said_of_standard_input),
	ROW(putchar, "EAGAIN", what_a_device_says_is_said_of_standard_output),
	ROW(putchar, "EFBIG", what_a_device_says_is_said_of_standard_output),
	ROW(putchar, "EINTR", what_a_device_says_is_said_of_standard_output),
	ROW(putchar, "EIO", what_a_device_says_is_said_of_standard_output),
	ROW(putchar, "ENOMEM", what_a_device_says_is_said_of_standard_output),
	ROW(putchar, "ENOSPC", what_a_device_says_is_said_of_standard_output),
	ROW(putchar, "ENXIO", what_a_device_says_is_said_of_standard_output),
	ROW(putchar, "EPIPE", what_a_device_says_is_said_of_standard_output),
	ROW(puts, "EAGAIN", what_a_device_says_is_said_of_standard_output),
	ROW(puts, "EFBIG", what_a_device_says_is_said_of_standard_output),
	ROW(puts, "EINTR", what_a_device_says_is_said_of_standard_output),
	ROW(puts, "EIO", what_a_device_says_is_said_of_standard_output),
	ROW(puts, "ENOMEM", what_a_device_says_is_said_of_standard_output),
	ROW(puts, "ENOSPC", what_a_device_says_is_said_of_standard_output),
	ROW(puts, "ENXIO", what_a_device_says_is_said_of_standard_output),
	ROW(puts, "EPIPE", what_a_device_says_is_said_of_standard_output),
	ROW(printf, "EAGAIN", what_a_device_says_is_said_of_standard_output),
	ROW(printf, "EFBIG", what_a_device_says_is_said_of_standard_output),
	ROW(printf, "EINTR", what_a_device_says_is_said_of_standard_output),
	ROW(printf, "EIO", what_a_device_says_is_said_of_standard_output),
	ROW(printf, "ENOMEM", what_a_device_says_is_said_of_standard_output),
	ROW(printf, "ENOSPC", what_a_device_says_is_said_of_standard_output),
	ROW(printf, "ENXIO", what_a_device_says_is_said_of_standard_output),
	ROW(printf, "EPIPE", what_a_device_says_is_said_of_standard_output),
	ROW(vprintf, "EAGAIN", what_a_device_says_is_said_of_standard_output),
	ROW(vprintf, "EFBIG", what_a_device_says_is_said_of_standard_output),
	ROW(vprintf, "EINTR", what_a_device_says_is_said_of_standard_output),
	ROW(vprintf, "EIO", what_a_device_says_is_said_of_standard_output),
	ROW(vprintf, "ENOMEM", what_a_device_says_is_said_of_standard_output),
	ROW(vprintf, "ENOSPC", what_a_device_says_is_said_of_standard_output),
	ROW(vprintf, "ENXIO", what_a_device_says_is_said_of_standard_output),
	ROW(vprintf, "EPIPE", what_a_device_says_is_said_of_standard_output),
	ROW(putchar_unlocked, "EBADF", what_a_device_says_is_said_of_standard_output),
	ROW(putchar_unlocked, "EAGAIN", what_a_device_says_is_said_of_standard_output),
	ROW(putchar_unlocked, "EFBIG", what_a_device_says_is_said_of_standard_output),
	ROW(putchar_unlocked, "EINTR", what_a_device_says_is_said_of_standard_output),
	ROW(putchar_unlocked, "EIO", what_a_device_says_is_said_of_standard_output),
	ROW(putchar_unlocked, "ENOMEM", what_a_device_says_is_said_of_standard_output),
	ROW(putchar_unlocked, "ENOSPC", what_a_device_says_is_said_of_standard_output),
	ROW(putchar_unlocked, "ENXIO", what_a_device_says_is_said_of_standard_output),
	ROW(putchar_unlocked, "EPIPE", what_a_device_says_is_said_of_standard_output),
	ROW(getc_unlocked, "EBADF", who_may_not_is_told),
	ROW(vfscanf, "EBADF", who_may_not_is_told),
	ROW(putc_unlocked, "EBADF", who_may_not_is_told),
	ROW(vfprintf, "EBADF", who_may_not_is_told),
	ROWS_END
};
