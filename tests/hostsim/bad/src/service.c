/* SPDX-License-Identifier: Apache-2.0 */
#include "service.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ms/syscall.h>

volatile enum service_deed service_deed;
volatile int service_number = 2147483647;
static volatile int service_index = 8;

void service_write(volatile int *to)
{
	*to = 1;
}

void service_exit(void)
{
	exit(4);
}

void service_wait(void)
{
	static uint32_t word;

	ms_futex_wait(&word, 0, MS_FOREVER);
}

__attribute__((noinline)) static void service_stack(void)
{
	volatile char small[8], *p = small;

	p[service_index] = 1;
}

__attribute__((noinline)) static void service_data(void)
{
	static volatile char small[8];
	volatile char *p = small;

	p[service_index] = 1;
}

__attribute__((noinline)) static void service_heap(void)
{
	volatile char *p = malloc(13);

	p[service_index + 5] = 1;
	free((void *)p);
}

__attribute__((noinline)) static void service_freed(void)
{
	char *p = malloc(13);
	volatile char *kept = p;

	free(p);
	printf("%d\n", kept[0]);
}

__attribute__((noinline)) static void service_copy(void)
{
	char *p = malloc(8);

	memcpy(p, "much too long", (size_t)service_index + 4);
	printf("%s\n", p);
}

__attribute__((noinline)) static void service_print(void)
{
	char small[8];

	snprintf(small, (size_t)service_index + 16, "number %d", service_number);
	puts(small);
}

/* All that is allowed: growing, shrinking, using every byte. */
__attribute__((noinline)) static void service_grow(void)
{
	char *p = NULL;

	for (size_t size = 1; size < 300; size += 7) {
		p = realloc(p, size);
		memset(p, 'x', size);
	}
	p = realloc(p, 5);
	strcpy(p, "full");
	printf("%s %s\n", p, (char *)memset(calloc(1, 9), 'y', 8));
	free(p);
}

__attribute__((noinline)) static void service_loop(void)
{
	for (;;)
		service_number = 1;
}

int main(void)
{
	sleep(1);
	printf("doing %d\n", service_deed);
	switch (service_deed) {
	case SERVICE_STACK:
		service_stack();
		break;
	case SERVICE_DATA:
		service_data();
		break;
	case SERVICE_NUMBER:
		service_number = service_number + 1;
		break;
	case SERVICE_FAULT:
		service_write((volatile int *)0x30000000);
		break;
	case SERVICE_EMPTY_LOOP:
		while (true) { }
	case SERVICE_LOOP:
		service_loop();
		break;
	case SERVICE_HEAP:
		service_heap();
		break;
	case SERVICE_FREED:
		service_freed();
		break;
	case SERVICE_COPY:
		service_copy();
		break;
	case SERVICE_PRINT:
		service_print();
		break;
	case SERVICE_GROW:
		service_grow();
		break;
	case SERVICE_NOTHING:
		break;
	}
	return 0;
}
