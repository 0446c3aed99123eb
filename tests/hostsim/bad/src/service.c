/* SPDX-License-Identifier: Apache-2.0 */
#include "service.h"

#include <stdio.h>
#include <stdlib.h>
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
	case SERVICE_LOOP:
		service_loop();
	case SERVICE_NOTHING:
		break;
	}
	return 0;
}
