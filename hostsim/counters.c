/* SPDX-License-Identifier: Apache-2.0 */
#include "counters.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "locals.h"
#include "panic.h"

/* Whole pages; none in a program that counts nothing. */
extern char __start_ms_counters[] __attribute__((weak));
extern char __stop_ms_counters[] __attribute__((weak));

static size_t size_of_counters(void)
{
	return (size_t)(__stop_ms_counters - __start_ms_counters);
}

void counters_share(void)
{
	size_t size = size_of_counters();
	void *copy = size ? malloc(size) : NULL;

	if (!size)
		return;
	if (!copy)
		panic("out of memory");
	raw_copy(copy, __start_ms_counters, size);
	if (mmap(__start_ms_counters, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != __start_ms_counters)
		panic_errno("cannot share the counters of coverage");
	raw_copy(__start_ms_counters, copy, size);
	free(copy);
}

/* By the words that gcov's library understands: its files would have to lie in what is no folder. */
void counters_leave(void)
{
	if (!size_of_counters())
		return;
	setenv("GCOV_PREFIX", "/dev/null", 1);
	setenv("GCOV_ERROR_FILE", "/dev/null", 1);
}
