/* SPDX-License-Identifier: Apache-2.0 */
/* A service of newlib's and of a library that is not position independent: what it says shows that all of it found each other. */
#include <SysCall.h>

int rot_sum(const int *values, int count, int start);
extern int rot_calls;

static _Thread_local int mine = 7;
static int *const table[] = { &rot_calls };

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void bye(void)
{
	puts("bye");
}

static void second(void)
{
	puts("bye of a constructor");
}

__attribute__((constructor)) static void first(void)
{
	mine++;
	atexit(second);
}

__attribute__((destructor)) static void last(void)
{
	puts("bye of a destructor");
}

int main(void)
{
	int v[] = { 5, 3, 9, 1 };
	char *text = malloc(64);
	struct timespec t;

	atexit(bye);
	qsort(v, 4, sizeof(v[0]), compare);
	snprintf(text, 64, "%d %d %d %d", v[0], v[1], v[2], v[3]);
	printf("sorted %s, sum %d, calls %d, mine %d\n", text, rot_sum(v, 4, 100), *table[0], mine);
	strtol("99999999999999", NULL, 10);
	LOG_INFO("error %d, heap %s", errno, malloc(8192) ? "without end" : "has an end");
	sleep(1);
	clock_gettime(CLOCK_MONOTONIC, &t);
	printf("signal 0: %d, signal -1: %d, nobody: %d\n", kill(getpid(), 0), kill(getpid(), -1), kill(getpid() + 1, 0));
	printf("after %d s, no end of line", (int)t.tv_sec);
#ifdef REACH
	*(volatile int *)REACH = 1;
#endif
	return 0;
}
