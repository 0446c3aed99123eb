/* SPDX-License-Identifier: Apache-2.0 */
/* A stream is one thread's while it has locked it, and a line of the log is one thread's. */
#include "held.h"
#include "rows.h"

static FILE *stream;

static void *puts_b(void *argument)
{
	int tried = ftrylockfile(stream);

	if (tried == 0)
		funlockfile(stream);
	putc('b', stream);
	fputs("c", stream);
	return tried ? argument : NULL;
}

static int a_locked_stream_is_one_threads(void)
{
	pthread_t t;
	void *refused;

	stream = said("");
	flockfile(stream);
	flockfile(stream);
	MUST(start_at(&t, MAIN_PRIORITY + 1, puts_b, &stream) == 0);
	sleep_msec(5);
	MUST(putc_unlocked('1', stream) == '1' && putc('2', stream) == '2');
	funlockfile(stream);
	sleep_msec(5);
	MUST(putc('3', stream) == '3' && ftrylockfile(stream) == 0);
	funlockfile(stream);
	funlockfile(stream);
	MUST(pthread_join(t, &refused) == 0 && refused == &stream && fclose(stream) == 0 && heard("123bc"));
	return 0;
}

static int what_is_not_locked_can_be_read(void)
{
	stream = said("xy");
	MUST(ftrylockfile(stream) == 0 && getc_unlocked(stream) == 'x');
	funlockfile(stream);
	MUST(getc_unlocked(stream) == 'y' && getc_unlocked(stream) == EOF && fclose(stream) == 0);
	MUST(getchar_unlocked() == EOF && putchar_unlocked('!') == '!' && putchar_unlocked('\n') == '\n');
	clearerr(stdin);
	return 0;
}

static void *prints(void *letter)
{
	for (int i = 0; i < 8; i++)
		printf("by one: %s%s%s%s\n", (const char *)letter, (const char *)letter, (const char *)letter, (const char *)letter);
	return NULL;
}

/* test_rows.sh looks at what is in the log: each such line has one letter. */
static int lines_are_printed_whole(void)
{
	static const char *const letters[] = { "aaaaaaaa", "bbbbbbbb", "cccccccc" };
	pthread_t t[3];

	for (int i = 0; i < 3; i++)
		MUST(start_at(&t[i], MAIN_PRIORITY - 1, prints, (void *)(uintptr_t)letters[i]) == 0);
	for (int i = 0; i < 3; i++)
		MUST(pthread_join(t[i], NULL) == 0);
	return 0;
}

/* Half a line does not keep another thread from printing. */
static void *prints_a_line(void *argument)
{
	return puts("another line") >= 0 ? argument : NULL;
}

static int half_a_line_keeps_nobody(void)
{
	pthread_t t;
	void *done;
	long long before = now_msec();

	MUST(printf("half a line, ") > 0 && pthread_create(&t, NULL, prints_a_line, &t) == 0 && pthread_join(t, &done) == 0 && done == &t);
	MUST(now_msec() - before < 500 && puts("and its end") >= 0);
	return 0;
}

const struct row lock_rows[] = {
	ROW(flockfile, "success", a_locked_stream_is_one_threads),
	ROW(funlockfile, "success", a_locked_stream_is_one_threads),
	ROW(ftrylockfile, "success", what_is_not_locked_can_be_read),
	ROW(ftrylockfile, "locked", a_locked_stream_is_one_threads),
	ROW(getc_unlocked, "success", what_is_not_locked_can_be_read),
	ROW(getchar_unlocked, "success", what_is_not_locked_can_be_read),
	ROW(putc_unlocked, "success", a_locked_stream_is_one_threads),
	ROW(putchar_unlocked, "success", what_is_not_locked_can_be_read),
	ROW(printf, "threads", lines_are_printed_whole),
	ROW(printf, "half", half_a_line_keeps_nobody),
	ROWS_END
};
