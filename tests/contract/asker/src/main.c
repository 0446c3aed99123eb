/* SPDX-License-Identifier: Apache-2.0 */
/* What the owner of a device may rely on (docs/abi.md, "Devices, interrupts, shared memory"), tried with a timer that asks for interrupts. */
#include <stdbool.h>
#include <string.h>

#include <ms/syscall.h>
#include <psa/service.h>

#include "chip.h"
#include "promise.h"

static volatile uint8_t *timer;

static void raise(void)
{
	chip_raise(timer);
	settle(1);
}

static void lower(void)
{
	chip_lower(timer);
}

static psa_signal_t signals(void)
{
	settle(1);
	return psa_wait(PSA_WAIT_ANY, PSA_POLL);
}

static const char *a_device_that_is_open_stays_where_it_is(void)
{
	volatile void *first = NULL, *again = NULL;
	int rc = ms_device_map(ASKER_DEVICE, &first), same = ms_device_map(ASKER_DEVICE, &again);

	timer = first;
	return rc || same || first != again ? SEEN("%d %d %p %p", rc, same, (void *)(uintptr_t)first, (void *)(uintptr_t)again) : NULL;
}

static const char *what_is_closed_opens_again_in_its_place(void)
{
	volatile void *again = NULL;
	int closed = ms_device_unmap(ASKER_DEVICE), twice = ms_device_unmap(ASKER_DEVICE), rc = ms_device_map(ASKER_DEVICE, &again);

	return closed || twice != -MS_ENOENT || rc || again != timer ? SEEN("%d %d %d", closed, twice, rc) : NULL;
}

static const char *a_device_that_was_not_granted_is_not_there(void)
{
	volatile void *registers = NULL;
	int map = ms_device_map(ASKER_DEVICE + 1, &registers), far = ms_device_map(UINT32_MAX, &registers), unmap = ms_device_unmap(ASKER_DEVICE + 1);

	return map != -MS_ENOENT || far != -MS_ENOENT || unmap != -MS_ENOENT || registers ? SEEN("%d %d %d", map, far, unmap) : NULL;
}

static const char *interrupts_are_disabled_at_the_start(void)
{
	raise();
	psa_signal_t seen_then = signals(), was = psa_irq_disable(ASKER_SIGNAL);

	lower();
	return seen_then || was ? SEEN("signals 0x%x, enabled %u", (unsigned)seen_then, (unsigned)was) : NULL;
}

static const char *disable_says_whether_it_was_enabled(void)
{
	psa_irq_enable(ASKER_SIGNAL);
	psa_irq_enable(ASKER_SIGNAL);
	psa_irq_status_t first = psa_irq_disable(ASKER_SIGNAL), second = psa_irq_disable(ASKER_SIGNAL);

	if (signals())		/* what asked before may come now; it is dropped */
		psa_reset_signal(ASKER_SIGNAL);
	return first != 1 || second != 0 ? SEEN("%u %u", (unsigned)first, (unsigned)second) : NULL;
}

static const char *what_asks_while_disabled_comes_when_it_is_enabled(void)
{
	raise();
	psa_signal_t before = signals();

	psa_irq_enable(ASKER_SIGNAL);
	psa_signal_t after = signals();

	return before || after != ASKER_SIGNAL ? SEEN("0x%x, then 0x%x", (unsigned)before, (unsigned)after) : NULL;
}

/* The last promise left the line up and its signal set: without a mask nothing would run any more. */
static const char *a_line_that_is_still_up_comes_again_after_eoi(void)
{
	psa_signal_t before = signals();

	psa_eoi(ASKER_SIGNAL);
	psa_signal_t after = signals();

	return before != ASKER_SIGNAL || after != ASKER_SIGNAL ? SEEN("0x%x, then 0x%x", (unsigned)before, (unsigned)after) : NULL;
}

static const char *a_line_that_is_down_does_not(void)
{
	lower();
	psa_eoi(ASKER_SIGNAL);
	psa_signal_t after = signals();

	return after ? SEEN("0x%x", (unsigned)after) : NULL;
}

static const char *what_came_and_went_while_masked_is_dropped(void)
{
	raise();
	psa_signal_t first = signals();

	lower();
	raise();
	lower();
	psa_eoi(ASKER_SIGNAL);
	psa_signal_t after = signals();

	return first != ASKER_SIGNAL || after ? SEEN("0x%x, then 0x%x", (unsigned)first, (unsigned)after) : NULL;
}

static const char *an_interrupt_wakes_who_waits(void)
{
	uint64_t start = ms_clock();

	chip_raise(timer);
	psa_signal_t got = psa_wait(ASKER_SIGNAL, PSA_BLOCK);
	uint64_t usec = (ms_clock() - start) / 1000;

	lower();
	psa_eoi(ASKER_SIGNAL);
	return got != ASKER_SIGNAL || usec > 1000 ? SEEN("0x%x after %u us", (unsigned)got, (unsigned)usec) : NULL;
}

static const char *a_signal_can_be_reset_when_its_interrupt_is_disabled(void)
{
	raise();
	psa_signal_t before = signals(), was = psa_irq_disable(ASKER_SIGNAL);

	lower();
	psa_reset_signal(ASKER_SIGNAL);
	psa_signal_t after = signals();

	return before != ASKER_SIGNAL || was != 1 || after ? SEEN("0x%x %u 0x%x", (unsigned)before, (unsigned)was, (unsigned)after) : NULL;
}

/* A thread with a stack of its own, whose lowest part is closed while it runs. */
enum { STACK_SIZE = 512 };
static uint8_t room[2 * STACK_SIZE];
static uint32_t *thread_stack;	/* in there, at a multiple of its size: more than 32 no service can ask for */
static uint64_t thread_block[32];
static volatile uint32_t read_there;
static volatile bool own_block_there = true;

static void read_device(void *argument)
{
	read_there = ms_read32((volatile uint8_t *)argument) + 1;
#ifdef __arm__
	own_block_there = __builtin_thread_pointer() == (void *)thread_block;
#endif
	settle(2);
	ms_thread_exit();
}

static const char *a_thread_may_use_the_device_its_service_has_open(void)
{
	uint32_t want = ms_read32(timer) + 1;	/* or more: on some boards it counts up */

	read_there = want - 1;
	if (ms_thread_block_size() > sizeof(thread_block))
		return "a larger block";
	ms_thread_block_init(thread_block);
	thread_stack = (uint32_t *)(((uintptr_t)room + STACK_SIZE - 1) & ~(uintptr_t)(STACK_SIZE - 1));
	int rc = ms_thread_create(read_device, (void *)(uintptr_t)timer, thread_stack, STACK_SIZE, thread_block, 0);

	settle(1);
	return rc <= 0 || read_there < want ? SEEN("%d, 0x%x", rc, (unsigned)read_there) : NULL;
}

static const char *a_thread_finds_its_own_block(void)
{
	return own_block_there ? NULL : "another's";
}

/* The thread of the promise before has run last, and sleeps. */
static const char *what_is_closed_to_a_thread_is_open_beside_it(void)
{
	memset(thread_stack, 1, STACK_SIZE / 8);
	settle(2);
	return thread_stack[0] != 0x01010101 ? "it was written meanwhile" : NULL;
}

int main(void)
{
	TRY(a_device_that_is_open_stays_where_it_is);
	TRY(what_is_closed_opens_again_in_its_place);
	TRY(a_thread_may_use_the_device_its_service_has_open);
	TRY(what_is_closed_to_a_thread_is_open_beside_it);
	TRY(a_thread_finds_its_own_block);
	TRY(a_device_that_was_not_granted_is_not_there);
	TRY(interrupts_are_disabled_at_the_start);
	TRY(disable_says_whether_it_was_enabled);
	TRY(what_asks_while_disabled_comes_when_it_is_enabled);
	TRY(a_line_that_is_still_up_comes_again_after_eoi);
	TRY(a_line_that_is_down_does_not);
	TRY(what_came_and_went_while_masked_is_dropped);
	TRY(an_interrupt_wakes_who_waits);
	TRY(a_signal_can_be_reset_when_its_interrupt_is_disabled);
	LOG_INFO("all told");
	return 0;
}
