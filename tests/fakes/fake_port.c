/* SPDX-License-Identifier: Apache-2.0 */
#include "fake_port.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <ms/abi/abi.h>

struct fake fake;
void (*fake_fed)(unsigned feeds);
const uint32_t board_tick_nsec = 40;
const uint32_t board_watchdog_msec __attribute__((weak)) = 0;	/* a test of the watchdog has its own */
const uint32_t port_isolation = 7;
const char board_name[] = "fake";
const uint8_t board_target = MS_TARGET_V7EM;

void fake_reset(uint32_t ticks)
{
	fake = (struct fake){ .ticks = ticks, .console_room = SIZE_MAX };
}

/* Hardware fires when the counter meets the alarm, and at once when that is behind it. */
void fake_pass(uint64_t nsec)
{
	uint64_t left = nsec / board_tick_nsec;

	while (fake.alarm_set && fake.alarm - fake.ticks <= left) {
		left -= fake.alarm - fake.ticks;
		fake.ticks = fake.alarm;
		fake.alarm_set = false;
		core_alarm();
	}
	fake.ticks += (uint32_t)left;
	fake_leave();
}

void fake_leave(void)
{
	while (core_work())
		;
}

struct thread *fake_call(uint32_t number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, uintptr_t e, uintptr_t f)
{
	struct thread *self = core_current();
	struct core_call call = { .number = number, .argument = { a, b, c, d, e, f } };

	core_syscall(&call);
	fake_leave();
	fake_interrupt();
	return self;
}

enum mpu_kind port_mpu(void)
{
	return MPU_V7;
}

void port_protect(struct port_protection *p, uint32_t index, const struct port_region *r)
{
	p->base[index] = r ? r->base : 0;
	p->size[index] = r ? r->size : 0;
	p->access[index] = r ? r->access : 0;
}

void port_thread_init(struct port_context *c, const struct port_start *s)
{
	*c = (struct port_context){
		.entry = s->entry, .data_base = s->data_base, .thread_pointer = s->thread_pointer,
		.stack_low = s->stack_low, .stack_top = s->stack_top, .guard_size = s->guard_size,
	};
	memcpy(c->argument, s->argument, sizeof(c->argument));
}

void port_thread_end(struct port_context *c)
{
	c->ended = true;
}

uint32_t port_guard_size(uintptr_t stack_low, uint32_t stack_size)
{
	(void)stack_low;
	return stack_size / 8;
}

void port_result(struct port_context *c, int32_t status, uint64_t value)
{
	c->status = status;
	c->value = value;
	c->results++;
}

void port_where(const struct port_context *c, struct core_fault *f)
{
	f->pc = c->entry;
}

void port_copy_in(void *to, uintptr_t from, size_t size)
{
	memcpy(to, (const void *)from, size);
}

void port_copy_out(uintptr_t to, const void *from, size_t size)
{
	memcpy((void *)to, from, size);
}

void port_copy(uintptr_t to, uintptr_t from, size_t size)
{
	memmove((void *)to, (const void *)from, size);
}

void port_clear(uintptr_t at, size_t size)
{
	memset((void *)at, 0, size);
}

void port_calls(struct core_fault *f, uintptr_t stack, uint32_t stack_size, uintptr_t text, uint32_t text_size)
{
	(void)stack, (void)stack_size, (void)text, (void)text_size;
	f->call[0] = core_call(0x12, 3);
	f->call[1] = core_call(0x123456, 0x1ff);
}

_Noreturn void port_halt(void)
{
	if (!fake.reset)
		abort();
	fake.halts++;
	longjmp(*fake.reset, 1);
}

_Noreturn void board_reset(void)
{
	if (!fake.reset)
		abort();
	fake.resets++;
	longjmp(*fake.reset, 1);
}

void board_watchdog_feed(void)
{
	fake.feeds++;
	if (fake_fed)
		fake_fed(fake.feeds);
}

uint32_t board_ticks(void)
{
	return fake.ticks;
}

void board_alarm(uint32_t tick)
{
	fake.alarm = tick;
	fake.alarm_set = true;
	if ((int32_t)(tick - fake.ticks) < 0)
		fake.alarm = fake.ticks;
}

size_t board_console_write(const char *text, size_t size)
{
	size_t taken = size < fake.console_room ? size : fake.console_room;

	if (taken > sizeof(fake.console) - 1 - fake.console_used)
		taken = sizeof(fake.console) - 1 - fake.console_used;
	memcpy(fake.console + fake.console_used, text, taken);
	fake.console_used += taken;
	fake.console_room -= taken;
	return taken;
}

int board_random(uint8_t *to, size_t size)
{
	memset(to, 0xa5, size);
	return MS_OK;
}

struct bytes board_partition(enum board_partition which)
{
	return fake.partition[which];
}

struct board_window board_flash_window(void)
{
	return fake.flash;
}

struct board_window board_ram_window(void)
{
	return fake.ram;
}

/* Three devices: two lines, one line, none. */
const struct board_device board_devices[] = {
	{ 0x40001000, 0x1000, 2, 2, 0, 0 }, { 0x40002000, 0x1000, 10, 1, 0, 0 }, { 0x40003000, 0x1000, 0, 0, 0, 0 }
};
const uint32_t board_device_count = 3;
const uint8_t board_line_device[] = { [2] = 1, [3] = 1, [10] = 2, [64] = 0 };

int board_device_start(const struct board_device *d)
{
	fake.started[d - board_devices]++;
	return fake.broken ? -MS_EIO : MS_OK;
}

void port_line_open(uint32_t line)
{
	fake.open |= UINT64_C(1) << line;
}

void port_line_close(uint32_t line)
{
	fake.open &= ~(UINT64_C(1) << line);
}

void port_line_forget(uint32_t line)
{
	fake.pending &= ~(UINT64_C(1) << line);
}

void fake_interrupt(void)
{
	for (uint32_t line = 0; line < 64; line++)
		if (fake.pending & fake.open & UINT64_C(1) << line) {
			fake.pending &= ~(UINT64_C(1) << line);
			core_line(line);
			fake_leave();
		}
}

void fake_line(uint32_t line)
{
	fake.pending |= UINT64_C(1) << line;
	fake_interrupt();
}
