/* SPDX-License-Identifier: Apache-2.0 */
/* System calls of threads: life, priority, and the one way to wait for each other, the futex. */
#include <ms/abi/abi.h>

#include "message.h"
#include "syscall.h"
#include "table.h"

enum { THREAD_STACK_MIN = 256 };

/* What thread_create was asked for: MS_OK or why not. */
static int check_thread(const struct service *s, const struct core_call *call, uint8_t priority)
{
	uintptr_t stack = call->argument[2];
	size_t size = call->argument[3];

	if (size < THREAD_STACK_MIN || size > UINT32_MAX || (stack | size) % 8 || call->argument[5] > TABLE_PRIORITY_MAX)
		return -MS_EINVAL;
	if (!service_has(s, stack, size) || !service_may_read(s, call->argument[0] & ~(uintptr_t)1, 2))
		return -MS_EFAULT;
	if (priority > s->plan.ceiling)
		return -MS_EPERM;
	return MS_OK;
}

void sys_thread_create(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;
	uint8_t priority = call->argument[5] ? (uint8_t)call->argument[5] : self->own_priority;

	call->status = check_thread(s, call, priority);
	if (call->status < 0)
		return;
	struct thread *t = thread_take(s, priority, service_idle());

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
	call->value = t->number;
}

void sys_thread_self(struct thread *self, struct core_call *call)
{
	call->value = self->number;
}

void sys_thread_priority(struct thread *self, struct core_call *call)
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
	call->value = t->own_priority;
	thread_set_priority(t, (uint8_t)priority);
}

/* Does the word that the call names hold what it expects?  Its value is the call's; if it does not, the status says why. */
static bool expected(const struct service *s, struct core_call *call)
{
	uintptr_t word = call->argument[0];
	uint32_t value;

	if (word % sizeof(value)) {
		call->status = -MS_EINVAL;
		return false;
	}
	if (!service_may_write(s, word, sizeof(value))) {
		call->status = -MS_EFAULT;
		return false;
	}
	port_copy_in(&value, word, sizeof(value));
	call->value = value;
	if (value != (uint32_t)call->argument[1])
		call->status = -MS_EAGAIN;
	return call->status == MS_OK;
}

void sys_futex_swap(struct thread *self, struct core_call *call)
{
	uint32_t value = (uint32_t)call->argument[2];

	if (expected(self->service, call))
		port_copy_out(call->argument[0], &value, sizeof(value));
}

void sys_futex_wait(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;

	if (!expected(s, call))
		return;
	struct thread *owner = call->argument[4] ? thread_of(s, (uint32_t)call->argument[4] - 1) : NULL;

	self->futex = call->argument[0];
	thread_wait(self, THREAD_FUTEX, owner == self ? NULL : owner);
	thread_until(self, wide(&call->argument[2]));
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

/* How many were woken. */
static uint32_t wake(const struct service *s, uintptr_t word, uint32_t most)
{
	uint32_t count = 0;
	struct thread *t;

	for (; count < most && (t = best_waiter(s, word)); count++)
		thread_wake(t, MS_OK, 0);
	return count;
}

void sys_futex_wake(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;
	uintptr_t word = call->argument[0];

	if (!service_may_write(s, word, sizeof(uint32_t))) {
		call->status = -MS_EFAULT;
		return;
	}
	call->value = wake(s, word, (uint32_t)call->argument[1]);
}

void sys_thread_exit(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;
	uintptr_t word = call->argument[0];
	const uint32_t gone = 0;

	if (word && !service_may_write(s, word, sizeof(gone))) {
		call->status = -MS_EFAULT;
		return;
	}
	call->waits = true;
	if (word) {
		port_copy_out(word, &gone, sizeof(gone));
		wake(s, word, UINT32_MAX);
	}
	if (self == s->main) {
		s->main = NULL;
		message_server_end(s);
	}
	thread_free(self);
	if (!thread_next(s, NULL))
		service_exit(s, 0);
}
