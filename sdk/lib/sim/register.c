/* SPDX-License-Identifier: Apache-2.0 */
#include "register.h"

#include <ms/device.h>

#include "gate.h"

uint32_t ms_read32(const volatile void *at)
{
	return (uint32_t)ms_gate(REGISTER_READ, (uintptr_t)at, 0, 0, 0, 0, 0).value;
}

void ms_write32(volatile void *at, uint32_t value)
{
	ms_gate(REGISTER_WRITE, (uintptr_t)at, value, 0, 0, 0, 0);
}
