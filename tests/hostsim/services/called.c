/* SPDX-License-Identifier: Apache-2.0 */
/* Functions that tests call themselves. */
#include "called.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <ms/syscall.h>

static int built;

__attribute__((constructor)) static void build(void)
{
	built = 1;
}

int called_add(int a, int b)
{
	printf("adding %d and %d\n", a, b);
	return a + b;
}

int called_built(void)
{
	return built;
}

long called_sleep(void)
{
	sleep(3);
	return (long)time(NULL);
}

int called_errno(void)
{
	errno = 0;
	return malloc(1 << 20) ? 0 : errno == ENOMEM;
}

void called_exit(void)
{
	exit(4);
}

void called_wait(void)
{
	static uint32_t word;

	ms_futex_wait(&word, 0, MS_FOREVER);
}

uint64_t called_isolation(void)
{
	uint64_t value = 0;

	ms_info(MS_INFO_ISOLATION, &value);
	return value;
}

/* A name that the host's C library has, too: the service's own for who is linked with it, and nobody else's. */
char *getlogin(void);
char *getlogin(void)
{
	static char answer[] = "the service's";

	return answer;
}

int main(void)
{
	printf("main ran\n");
	return 0;
}
