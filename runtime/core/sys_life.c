/* SPDX-License-Identifier: Apache-2.0 */
/* System calls of life: exit, yield, time, random numbers, log, facts. */
#include <ms/abi/abi.h>

#include "board.h"
#include "fault.h"
#include "log.h"
#include "syscall.h"

enum { RANDOM_MAX = 256 };

void sys_exit(struct thread *self, struct core_call *call)
{
	int32_t status = (int32_t)call->argument[0];

	call->waits = true;
	if (status == MS_EXIT_ABORT)
		fault_thread(self, CORE_CAUSE_ABORT);
	else
		service_exit(self->service, status);
}

void sys_yield(struct thread *self, struct core_call *call)
{
	(void)call;
	thread_rotate(self);
}

void sys_clock_get(struct thread *self, struct core_call *call)
{
	(void)self;
	call->value = clock_now();
}

void sys_clock_sleep(struct thread *self, struct core_call *call)
{
	thread_wait(self, THREAD_SLEEPS, NULL);
	thread_until(self, wide(&call->argument[0]));
	call->waits = true;
}

void sys_random(struct thread *self, struct core_call *call)
{
	uint8_t bytes[32];
	uintptr_t to = call->argument[0];
	size_t left = call->argument[1];

	if (left > RANDOM_MAX) {
		call->status = -MS_EINVAL;
		return;
	}
	if (!service_may_write(self->service, to, left)) {
		call->status = -MS_EFAULT;
		return;
	}
	while (left && call->status == MS_OK) {
		size_t part = left < sizeof(bytes) ? left : sizeof(bytes);

		call->status = board_random(bytes, part);
		if (call->status == MS_OK)
			port_copy_out(to, bytes, part);
		to += part;
		left -= part;
	}
}

void sys_log_write(struct thread *self, struct core_call *call)
{
	char line[MS_LOG_LINE_MAX];
	uintptr_t severity = call->argument[0];
	size_t size = call->argument[2];

	if (severity < MS_LOG_ERROR || severity > MS_LOG_DEBUG) {
		call->status = -MS_EINVAL;
		return;
	}
	if (!service_may_read(self->service, call->argument[1], size)) {
		call->status = -MS_EFAULT;
		return;
	}
	if (size > sizeof(line))
		size = sizeof(line);
	port_copy_in(line, call->argument[1], size);
	call->status = log_line(self->service, (unsigned)severity, line, size);
}

void sys_info(struct thread *self, struct core_call *call)
{
	const struct service *s = self->service;

	switch (call->argument[0]) {
	case MS_INFO_ABI:
		call->value = (uint32_t)MS_ABI_MAJOR << 16 | MS_ABI_MINOR;
		break;
	case MS_INFO_ISOLATION:
		call->value = port_isolation;
		break;
	case MS_INFO_SERVICE:
		call->value = s->plan.id;
		break;
	case MS_INFO_RUN_COUNT:
		call->value = s->run_count;
		break;
	case MS_INFO_RAM_SIZE:
		call->value = s->plan.ram_extent;
		break;
	case MS_INFO_TICK_NSEC:
		call->value = board_tick_nsec;
		break;
	case MS_INFO_QUANTUM_NSEC:
		call->value = s->quantum_nsec;
		break;
	default:
		call->status = -MS_EINVAL;
	}
}
