/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same calls through a binding and through psa_call as a person writes it, between markers that bench/count.so counts at.
 * What is measured and in which order is known to bench/bindings.sh.
 */
#include <SysCall.h>

#include "bound.h"
#include "written.h"

enum { ROUNDS = 16, DATA_SIZE = 64 };

/* Nothing is moved across these by the compiler. */
#define BEGIN __asm__ volatile("mov r0, r0" : : : "memory")
#define END __asm__ volatile("mov r1, r1" : : : "memory")

/* Each form of call: what it is given, what must have come of it. */
#define MEASURE(who) \
	static void measure_##who(void) \
	{ \
		static uint8_t data[DATA_SIZE], folded[16]; \
		struct who##_point from = { 1, 2, 3 }, to; \
		psa_status_t status = PSA_SUCCESS; \
		size_t length = 0; \
		int32_t sum = 0; \
		ROUND(who##_nothing()); \
		ROUND(who##_add(40, 2, &sum)); \
		ROUND(who##_turn(&from, &to)); \
		ROUND(who##_fold(data, sizeof(data), folded)); \
		ROUND(who##_count(data, sizeof(data), &length)); \
		if (status != PSA_SUCCESS || sum != 42 || to.x != 2 || length != sizeof(data) || data[5] != 5) \
			ms_exit(1); \
	}

#define ROUND(call) \
	for (int i = 0; i < ROUNDS; i++) { \
		BEGIN; \
		psa_status_t answer = call; \
		END; \
		status |= answer; \
	}

MEASURE(bound)
MEASURE(written)

int main(void)
{
	ms_sleep_until(ms_clock() + 20000000);	/* the others have started by then */
	for (int i = 0; i < ROUNDS; i++) {
		BEGIN;
		END;
	}
	measure_bound();
	measure_written();
	LOG_INFO("measured");
	return 0;
}
