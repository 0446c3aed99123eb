/* SPDX-License-Identifier: Apache-2.0 */
/* Devices and interrupts: those of others, our own while it is closed, beside it, after a restart, as memory. */
#include "attempts.h"

#include <ms/device.h>
#include <ms/psa.h>
#include <psa_manifest/sid.h>

#include "talk.h"

#ifdef ASKS
#include "chip.h"
#endif

enum { PORT_FAR = 0x1000 };

static const struct { uint32_t base, size, line, lines, step, steps; } devices[] = { BOARD_DEVICE_LIST };

static uint32_t open_device(void)
{
	volatile void *at = NULL;

	ms_device_map(DEVICE, &at);
	return (uint32_t)(uintptr_t)at;
}

static uint32_t closed_device(void)
{
	uint32_t at = open_device();

	ms_device_unmap(DEVICE);
	return at;
}

static uint32_t device_size(uint32_t base)
{
	for (unsigned i = 0; i < EACH(devices); i++)
		if (devices[i].base == base)
			return devices[i].size;
	return PORT_FAR;
}

/* Small numbers, then each bit alone: of others, or of nothing, which looks the same. */
bool foreign_device(uint32_t n)
{
	uint32_t number = n < 256 ? n + 1 : 1u << (n - 256);

	return status_of(MS_SYS_device_map, number, 0, 0) != -MS_ENOENT || status_of(MS_SYS_device_unmap, number, 0, 0) != -MS_ENOENT;
}

/* Open twice is open once; closed twice is an error. */
bool close_twice(uint32_t n)
{
	(void)n;
	uint32_t first = open_device(), again = open_device();

	return !first || first != again || ms_device_unmap(DEVICE) != MS_OK || ms_device_unmap(DEVICE) != -MS_ENOENT;
}

bool read_closed_device(uint32_t n) { return reads_word(closed_device() + 4 * n); }
bool write_closed_device(uint32_t n) { return writes(closed_device() + 4 * n); }
bool run_device(uint32_t n) { return calls(open_device() + 4 * n); }

bool read_beside_device(uint32_t n)
{
	uint32_t at = open_device();

	return reads_word(n ? at + device_size(at) : at - 4);
}

/* No call reads or writes there for us. */
bool device_as_buffer(uint32_t n)
{
	uint32_t at = open_device();

	switch (n) {
	case 0: return status_of(MS_SYS_random, at, 8, 0) != -MS_EFAULT;
	case 1: return status_of(MS_SYS_log_write, MS_LOG_DEBUG, at, 8) != -MS_EFAULT;
	case 2: return status_of(MS_SYS_futex_swap, at, 0, 0) != -MS_EFAULT;
	default: return status_of(MS_SYS_futex_wake, at, 1, 0) != -MS_EFAULT;
	}
}

static psa_invec in;
static psa_outvec out;

bool device_as_vector(uint32_t n)
{
	void *at = (void *)(uintptr_t)open_device();

	in = (psa_invec){ at, 8 };
	out = (psa_outvec){ at, 8 };
	psa_call((psa_handle_t)DEPOSIT_HANDLE, VAULT_SUM, &in, n == 0, &out, n == 1);
	return true;
}

/* Four calls, each with every signal alone that is no interrupt of ours, all at once, none. */
bool foreign_interrupt(uint32_t n)
{
	static const uint8_t number[] = { MS_SYS_irq_enable, MS_SYS_irq_disable, MS_SYS_irq_eoi, MS_SYS_irq_reset };
	uint32_t k = n / 4, signal = k < 32 ? 1u << k : k == 32 ? 0xffffffff : 0;

	if (signal == DEVICE_SIGNAL)
		signal |= signal << 1;
	status_of(number[n % 4], signal, 0, 0);
	return true;
}

/* Handled before it came; forgotten before it came, and while it is enabled. */
bool end_no_interrupt(uint32_t n)
{
	if (n == 2)
		psa_irq_enable(DEVICE_SIGNAL);
	status_of(n ? MS_SYS_irq_reset : MS_SYS_irq_eoi, DEVICE_SIGNAL, 0, 0);
	return true;
}

/* It stays open and enabled, and where it is the puppet remembers. */
bool die_with_device(uint32_t n)
{
	uint32_t at = open_device();

	free_puppet();
	psa_irq_enable(DEVICE_SIGNAL);
#ifdef ASKS
	chip_raise((volatile uint8_t *)(uintptr_t)at);
#endif
	pause_usec(1000 * n);
	if (ask_puppet(PUPPET_KEEP, (int32_t)at) == PSA_SUCCESS)
		__asm__ volatile("udf #9");
	return true;
}

bool read_left_device(uint32_t n)
{
	uint32_t at = (uint32_t)ask_puppet(PUPPET_GIVE, 0);

	(void)n;
	return at == closed_device() ? reads_word(at) : true;
}

/* What asks since before the restart is not heard until it is enabled. */
bool hear_left_interrupt(uint32_t n)
{
	psa_signal_t signals = 0;

	(void)n;
	return ms_psa_wait(DEVICE_SIGNAL, in_usec(5000), &signals) != -MS_ETIMEDOUT || psa_irq_disable(DEVICE_SIGNAL);
}

#ifdef ASKS
/* A device that never stops asking: it comes each time again, and takes our own time only. */
bool flood_interrupts(uint32_t n)
{
	volatile uint8_t *at = (volatile uint8_t *)(uintptr_t)open_device();
	psa_signal_t signals = 0;

	if (n == 0) {
		chip_raise(at);
		psa_irq_enable(DEVICE_SIGNAL);
	}
	if (ms_psa_wait(DEVICE_SIGNAL, in_usec(5000), &signals) != MS_OK)
		return true;
	psa_eoi(DEVICE_SIGNAL);
	if (n == FLOOD_INTERRUPTS - 1) {
		chip_lower(at);
		psa_irq_disable(DEVICE_SIGNAL);
	}
	return false;
}
#endif
