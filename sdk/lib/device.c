/* SPDX-License-Identifier: Apache-2.0 */
/* Devices, their interrupts and shared memory: the system calls behind <ms/device.h>, <ms/shared.h> and part of <psa/service.h>. */
#include <ms/device.h>
#include <ms/shared.h>

#include <psa/service.h>

#include "psa_trap.h"

static struct trap_result one(uint32_t number, uintptr_t argument)
{
	return trap4(number, argument, 0, 0, 0);
}

int ms_device_map(uint32_t device, volatile void **registers)
{
	struct trap_result r = one(MS_SYS_device_map, device);

	if (r.status >= 0)
		*registers = (volatile void *)(uintptr_t)(uint32_t)r.value;
	return r.status;
}

uint32_t ms_device_speed(uint32_t device)
{
	struct trap_result r = one(MS_SYS_device_map, device);

	return r.status < 0 ? 0 : (uint32_t)(r.value >> 32);
}

int ms_device_unmap(uint32_t device)
{
	return one(MS_SYS_device_unmap, device).status;
}

int ms_shared_map(uint32_t block, void **at)
{
	struct trap_result r = one(MS_SYS_shm_map, block);

	if (r.status >= 0)
		*at = (void *)(uintptr_t)r.value;
	return r.status;
}

int ms_shared_unmap(uint32_t block)
{
	return one(MS_SYS_shm_unmap, block).status;
}

int ms_shared_lend(uint32_t block, uint32_t rights)
{
	return trap4(MS_SYS_shm_lend, block, rights, 0, 0).status;
}

int ms_shared_revoke(uint32_t block)
{
	return one(MS_SYS_shm_revoke, block).status;
}

void psa_irq_enable(psa_signal_t irq_signal)
{
	one(MS_SYS_irq_enable, irq_signal);
}

psa_irq_status_t psa_irq_disable(psa_signal_t irq_signal)
{
	return (psa_irq_status_t)one(MS_SYS_irq_disable, irq_signal).value;
}

void psa_eoi(psa_signal_t irq_signal)
{
	one(MS_SYS_irq_eoi, irq_signal);
}

void psa_reset_signal(psa_signal_t irq_signal)
{
	one(MS_SYS_irq_reset, irq_signal);
}
