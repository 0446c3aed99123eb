/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stdout and stderr are the log: a line each time one ends, when it is full, at
 * fflush and at exit.  Unlike LOG_INFO, printf waits when the service writes faster than
 * its share of the log, so that no line is lost.  stdin is at its end.
 */
#include "line.h"

#define RETRY_NSEC UINT64_C(10000000)

int line_flush(FILE *f)
{
	struct line *l = line_of(f);

	while (l->used && ms_log(l->severity, l->text, l->used) == -MS_EAGAIN)
		ms_sleep_until(ms_clock() + RETRY_NSEC);
	l->used = 0;
	return 0;
}

int line_put(char c, FILE *f)
{
	struct line *l = line_of(f);

	uint8_t used = l->used;		/* read once: another thread may be here, too */

	if (c != '\n' && used < sizeof(l->text)) {
		l->text[used++] = c;
		l->used = used;
	}
	if (c == '\n' || used == sizeof(l->text))
		line_flush(f);
	return (unsigned char)c;
}

static int nothing_to_read(FILE *f)
{
	(void)f;
	return _FDEV_EOF;
}

static struct line out = { .file = FDEV_SETUP_STREAM(line_put, NULL, line_flush, _FDEV_SETUP_WRITE), .severity = MS_LOG_INFO };
static struct line err = { .file = FDEV_SETUP_STREAM(line_put, NULL, line_flush, _FDEV_SETUP_WRITE), .severity = MS_LOG_ERROR };
static FILE in = FDEV_SETUP_STREAM(NULL, nothing_to_read, NULL, _FDEV_SETUP_READ);

FILE *const stdin = &in;
FILE *const stdout = &out.file;
FILE *const stderr = &err.file;

/* Run by exit(), after the handlers of atexit. */
__attribute__((destructor)) static void flush_all(void)
{
	stdout->flush(stdout);
	stderr->flush(stderr);
}
