/* SPDX-License-Identifier: Apache-2.0 */
/*
 * System calls.  A handler has two halves: first all that the caller said is
 * checked and may be refused, then it is done and cannot fail.  A thing that is not the
 * caller's does not exist.
 */
#include <ms/abi/abi.h>

#include "board.h"
#include "fault.h"
#include "capacity.h"
#include "log.h"
#include "table.h"

enum {
	RANDOM_MAX = 256,
	THREAD_STACK_MIN = 256,
};

typedef void syscall_fn(struct thread *self, struct core_call *call);

#define MS_SYSCALL(number, name, arguments, doc) static syscall_fn sys_##name;
#include <ms/abi/syscalls.def>
#undef MS_SYSCALL

static syscall_fn *const handler[] = {
#define MS_SYSCALL(number, name, arguments, doc) [number] = sys_##name,
#include <ms/abi/syscalls.def>
#undef MS_SYSCALL
};

void core_syscall(struct core_call *call)
{
	struct thread *self = core_current();

	call->status = MS_OK;
	call->value = 0;
	call->waits = false;
	if (call->number < sizeof(handler) / sizeof(*handler) && handler[call->number])
		handler[call->number](self, call);
	else
		call->status = -MS_ENOSYS;
	if (!call->waits)
		port_result(&self->context, call->status, call->value);
	clock_run();
}

/* Two arguments are one 64-bit number, low first. */
static uint64_t wide(const uintptr_t *low)
{
	return (uint64_t)(uint32_t)low[1] << 32 | (uint32_t)low[0];
}

static void sys_exit(struct thread *self, struct core_call *call)
{
	struct core_fault f = { .cause = CORE_CAUSE_ABORT };
	int32_t status = (int32_t)call->argument[0];

	call->waits = true;
	if (status == MS_EXIT_ABORT) {
		port_where(&self->context, &f);
		fault_service(self->service, &f);
	} else {
		service_exit(self->service, status);
	}
}

static void sys_yield(struct thread *self, struct core_call *call)
{
	(void)call;
	thread_rotate(self);
}

static void sys_clock_get(struct thread *self, struct core_call *call)
{
	(void)self;
	call->value = clock_now();
}

static void sys_clock_sleep(struct thread *self, struct core_call *call)
{
	thread_wait(self, wide(&call->argument[0]));
	call->waits = true;
}

static void sys_random(struct thread *self, struct core_call *call)
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

static void sys_log_write(struct thread *self, struct core_call *call)
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

static void sys_info(struct thread *self, struct core_call *call)
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
	default:
		call->status = -MS_EINVAL;
	}
}

/* What thread_create was asked for: MS_OK or why not. */
static int check_thread(const struct service *s, const struct core_call *call, uint8_t priority)
{
	uintptr_t stack = call->argument[2];
	size_t size = call->argument[3];

	if (size < THREAD_STACK_MIN || size > UINT32_MAX || (stack | size) % 8 || call->argument[5] > TABLE_PRIORITY_MAX)
		return -MS_EINVAL;
	if (!service_may_write(s, stack, size) || !service_may_read(s, call->argument[0] & ~(uintptr_t)1, 2))
		return -MS_EFAULT;
	if (priority > s->plan.ceiling)
		return -MS_EPERM;
	return MS_OK;
}

static void sys_thread_create(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;
	uint8_t priority = call->argument[5] ? (uint8_t)call->argument[5] : self->priority;

	call->status = check_thread(s, call, priority);
	if (call->status < 0)
		return;
	struct thread *t = thread_take(s, priority);

	if (!t) {
		call->status = -MS_EAGAIN;
		return;
	}
	port_thread_init(&t->context, &(struct port_start){
		.protection = &s->protection,
		.entry = call->argument[0] & ~(uintptr_t)1,
		.stack_low = call->argument[2],
		.stack_top = call->argument[2] + call->argument[3],
		.guard_size = port_guard_size(call->argument[2], (uint32_t)call->argument[3]),
		.data_base = service_data_base(s),
		.thread_pointer = call->argument[4],
		.argument = { call->argument[1] },
		.fpu = s->plan.fpu,
	});
	thread_ready(t);
	call->value = thread_number(t);
}

static void sys_thread_exit(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;

	call->waits = true;
	thread_free(self);
	if (!thread_next(s, NULL))
		service_exit(s, 0);
}

static void sys_thread_self(struct thread *self, struct core_call *call)
{
	call->value = thread_number(self);
}

static void sys_thread_priority(struct thread *self, struct core_call *call)
{
	struct thread *t = thread_of(self->service, (uint32_t)call->argument[0]);
	uintptr_t priority = call->argument[1];

	if (!t || call->argument[0] > UINT32_MAX) {
		call->status = -MS_ENOENT;
		return;
	}
	if (priority == 0 || priority > TABLE_PRIORITY_MAX) {
		call->status = -MS_EINVAL;
		return;
	}
	if (priority > self->service->plan.ceiling) {
		call->status = -MS_EPERM;
		return;
	}
	call->value = t->priority;
	thread_set_priority(t, (uint8_t)priority);
}

static void sys_futex_wait(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;
	uintptr_t word = call->argument[0];
	uint32_t value;

	if (word % sizeof(value)) {
		call->status = -MS_EINVAL;
		return;
	}
	if (!service_may_write(s, word, sizeof(value))) {
		call->status = -MS_EFAULT;
		return;
	}
	port_copy_in(&value, word, sizeof(value));
	if (value != (uint32_t)call->argument[1]) {
		call->status = -MS_EAGAIN;
		return;
	}
	self->futex = word;
	thread_wait(self, wide(&call->argument[2]));
	list_insert_before(&s->waiters, &self->link);
	call->waits = true;
}

/* Of those that wait for the word the one of highest priority, and of equals the first that came. */
static struct thread *best_waiter(const struct service *s, uintptr_t word)
{
	struct thread *best = NULL;

	for (struct link *at = s->waiters.next; at != &s->waiters; at = at->next) {
		struct thread *t = LIST_OF(struct thread, link, at);

		if (t->futex == word && (!best || t->priority > best->priority))
			best = t;
	}
	return best;
}

static void sys_futex_wake(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;
	uintptr_t word = call->argument[0];
	struct thread *t;

	if (!service_may_write(s, word, sizeof(uint32_t))) {
		call->status = -MS_EFAULT;
		return;
	}
	for (uint32_t left = (uint32_t)call->argument[1]; left && (t = best_waiter(s, word)); left--) {
		thread_wake(t, MS_OK);
		call->value++;
	}
}
