/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Waits for its timer's interrupts and says how long after each it went on, by that timer.  One comes each 2,003 ticks
 * (a prime: each finds the others somewhere else).  What follows the call that waits is a marker for bench/count.so: the
 * service's first instruction.  (Arm Dual Timer, Cortex-M System Design Kit Technical Reference Manual, 3.2.)
 */
#include <SysCall.h>
#include <ms/device.h>
#include <psa/service.h>
#include <psa_manifest/ticker.h>

enum { ROUNDS = 1024, TICKS = 2003, TICK_NSEC = 40, LOAD = 0, VALUE = 1, CONTROL = 2, CLEAR = 3, PERIODIC_32_INTERRUPT = 0xe2 };

/* What the timer's counter says when the call has ended. */
static uint32_t wait_for_tick(volatile const uint32_t *counter)
{
	register uint32_t mask __asm__("r0") = DUALTIMER_SIGNAL;
	register uint32_t block __asm__("r1") = PSA_BLOCK;
	register uint32_t low __asm__("r2") = UINT32_MAX;
	register uint32_t high __asm__("r3") = UINT32_MAX;
	register uint32_t number __asm__("r12") = MS_SYS_psa_wait;

	__asm__ volatile("mov r0, r0\n\tsvc 0\n\tmov r1, r1\n\tldr r3, [%5]"
			 : "+r"(mask), "+r"(block), "+r"(low), "+r"(high) : "r"(number), "r"(counter) : "memory");
	return high;
}

int main(void)
{
	volatile void *registers;
	uint32_t sum = 0, most = 0;

	ms_sleep_until(ms_clock() + 20000000);	/* the others have started by then */
	if (ms_device_map(DUALTIMER_DEVICE, &registers) < 0)
		return 1;
	volatile uint32_t *timer = registers;

	timer[LOAD] = TICKS;
	timer[CONTROL] = PERIODIC_32_INTERRUPT;
	psa_irq_enable(DUALTIMER_SIGNAL);
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t late = TICKS - wait_for_tick(timer + VALUE);

		timer[CLEAR] = 0;
		psa_eoi(DUALTIMER_SIGNAL);
		sum += late;
		if (late > most)
			most = late;
	}
	timer[CONTROL] = 0;
	LOG_INFO("late %u %u ns", (unsigned)(sum * TICK_NSEC / ROUNDS), (unsigned)(most * TICK_NSEC));
}
