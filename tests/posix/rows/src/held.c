/* SPDX-License-Identifier: Apache-2.0 */
#include "held.h"

#include <errno.h>
#include <ms/file.h>
#include <string.h>

#include "rows.h"

char held[1200];
size_t holds;
static size_t taken;
int failing;

static ssize_t tell(void *context, void *to, size_t size, bool dont_wait)
{
	size_t n = holds - taken < size ? holds - taken : size;

	(void)context, (void)dont_wait;
	if (failing)
		return -failing;
	memcpy(to, held + taken, n);
	taken += n;
	return (ssize_t)n;
}

static ssize_t hold(void *context, const void *from, size_t size, bool dont_wait)
{
	size_t n = sizeof(held) - holds < size ? sizeof(held) - holds : size;

	(void)context, (void)dont_wait;
	if (failing)
		return -failing;
	memcpy(held + holds, from, n);
	holds += n;
	return n || !size ? (ssize_t)n : -ENOSPC;
}

static const struct ms_file_kind kind = { tell, hold, NULL };
static struct ms_file device = { .name = "held", .kind = &kind };

void held_prepare(void)
{
	ms_file_add(&device);
}

/* It says `text` from the beginning. */
FILE *said(const char *text)
{
	failing = 0;
	taken = 0;
	holds = strlen(text);
	memcpy(held, text, holds);
	return fopen("/dev/held", "r+");
}

bool heard(const char *text)
{
	return holds == strlen(text) && memcmp(held, text, holds) == 0;
}

