/* SPDX-License-Identifier: Apache-2.0 */
/* System calls of devices and their interrupts (docs/abi.md, "Devices, interrupts, shared memory"). */
#include <ms/abi/abi.h>

#include "device.h"
#include "fault.h"
#include "mapping.h"
#include "syscall.h"

/* The rule of the device that the caller means; without one the call has failed. */
static const struct table_rule *named(const struct thread *self, struct core_call *call)
{
	const struct table_rule *r = mapping_rule(self->service, TABLE_DEVICE, call->argument[0]);

	if (!r)
		call->status = -MS_ENOENT;
	return r;
}

void sys_device_map(struct thread *self, struct core_call *call)
{
	const struct table_rule *r = named(self, call);
	struct port_region region;

	if (!r)
		return;
	call->status = device_region(r, &region);
	if (call->status == MS_OK)
		call->status = mapping_open(self->service, r, &region);
	if (call->status == MS_OK)
		call->value = region.base | (uint64_t)table_device_speed(r) << 32;
}

void sys_device_unmap(struct thread *self, struct core_call *call)
{
	const struct table_rule *r = named(self, call);

	if (r && !mapping_close(self->service, r))
		call->status = -MS_ENOENT;
}

/* The signal of one interrupt of the caller, and its line; 0, and the caller is stopped, for anything else, or unless it is (not) set. */
static uint32_t interrupt(struct thread *self, struct core_call *call, uint32_t must, uint32_t *line)
{
	uint32_t signal = (uint32_t)call->argument[0];

	if (signal & must && device_line(self->service, signal, line))
		return signal;
	fault_caller(self, call, CORE_CAUSE_PROTOCOL);
	return 0;
}

void sys_irq_enable(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;
	uint32_t line, signal = interrupt(self, call, UINT32_MAX, &line);

	s->interrupts |= signal;
	if (signal & ~s->asserted)
		port_line_open(line);
}

void sys_irq_disable(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;
	uint32_t line, signal = interrupt(self, call, UINT32_MAX, &line);

	if (!signal)
		return;
	call->value = (s->interrupts & signal) != 0;
	s->interrupts &= ~signal;
	port_line_close(line);
}

/*
 * Lines are levels: what is pending on one is dropped before it is opened, and comes again if the device still asks
 * (Armv7-M Architecture Reference Manual, B3.4.1); else each interrupt would come twice.
 */
void sys_irq_eoi(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;
	uint32_t line, signal = interrupt(self, call, s->asserted, &line);

	if (!signal)
		return;
	s->asserted &= ~signal;
	port_line_forget(line);
	if (s->interrupts & signal)
		port_line_open(line);
}

void sys_irq_reset(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;
	uint32_t line, signal = interrupt(self, call, s->asserted & ~s->interrupts, &line);

	if (!signal)
		return;
	s->asserted &= ~signal;
	port_line_forget(line);
}
