/* SPDX-License-Identifier: Apache-2.0 */
#include "direct.h"

#include <ms/abi/abi.h>

#include "board.h"
#include "complain.h"
#include "log.h"
#include "register.h"
#include "simboard.h"
#include "simmodel.h"
#include "table.h"

enum { RANDOM_MAX = 256 };

static uint64_t wide(const uintptr_t *low)
{
	return (uint64_t)(uint32_t)low[1] << 32 | (uint32_t)low[0];
}

/* No time passes between the lines that a test causes, so they are no flood. */
static int write_log(struct service *s, const uintptr_t *argument)
{
	size_t size = argument[2] < MS_LOG_LINE_MAX ? argument[2] : MS_LOG_LINE_MAX;

	if (argument[0] < MS_LOG_ERROR || argument[0] > MS_LOG_DEBUG)
		return -MS_EINVAL;
	s->log_due = 0;
	return log_line(s, (unsigned)argument[0], (const char *)argument[1], size);
}

static int random_bytes(const uintptr_t *argument)
{
	if (argument[1] > RANDOM_MAX)
		return -MS_EINVAL;
	return board_random((uint8_t *)argument[0], argument[1]);
}

static struct trap_result info(const struct service *s, uintptr_t what)
{
	switch (what) {
	case MS_INFO_ABI:
		return (struct trap_result){ MS_OK, (uint32_t)MS_ABI_MAJOR << 16 | MS_ABI_MINOR };
	case MS_INFO_ISOLATION:
		return (struct trap_result){ MS_OK, port_isolation };
	case MS_INFO_SERVICE:
		return (struct trap_result){ MS_OK, s->plan.id };
	case MS_INFO_RUN_COUNT:
		return (struct trap_result){ MS_OK, s->run_count };
	case MS_INFO_RAM_SIZE:
		return (struct trap_result){ MS_OK, s->plan.ram_extent };
	case MS_INFO_TICK_NSEC:
		return (struct trap_result){ MS_OK, board_tick_nsec };
	case MS_INFO_QUANTUM_NSEC:
		return (struct trap_result){ MS_OK, s->quantum_nsec };
	default:
		return (struct trap_result){ -MS_EINVAL, 0 };
	}
}

static void sleep_until(const char *name, uint64_t nsec)
{
	if (nsec == MS_FOREVER)
		complain("a function of '%s' that the test called sleeps for ever", name);
	device_run(nsec, true);
}

/* Others may run while the caller waits, but none of them can be its own. */
static int wait_futex(const char *name, const uintptr_t *argument)
{
	uint64_t deadline = wide(&argument[2]);

	if (*(const uint32_t *)argument[0] != (uint32_t)argument[1])
		return -MS_EAGAIN;
	if (deadline == MS_FOREVER)
		complain("a function of '%s' that the test called waits for ever: only a running service has other threads", name);
	device_run(deadline, true);
	return -MS_ETIMEDOUT;
}

static struct trap_result swap_futex(const uintptr_t *argument)
{
	uint32_t *word = (uint32_t *)argument[0], held = *word;

	if (held != (uint32_t)argument[1])
		return (struct trap_result){ -MS_EAGAIN, held };
	*word = (uint32_t)argument[2];
	return (struct trap_result){ MS_OK, held };
}

static struct trap_result access_register(const struct core_call *call, const char *name)
{
	struct trap_result r = { MS_OK, 0 };

	if (!simmodel_access(call, NULL, &r.value))
		complain("a function of '%s' that the test called accesses a register at 0x%lx, where no device is", name, (unsigned long)call->argument[0]);
	return r;
}

/* The test may reach all devices; the address is what the service wants to know. */
static struct trap_result map_device(const struct service *s, uintptr_t index)
{
	for (uint32_t i = 0; i < s->plan.rule_count; i++) {
		const struct table_rule *r = &s->plan.rules[i];
		uint32_t number = r->object - table_object(TABLE_DEVICE, 0);

		if (number < TABLE_DEVICE_MAX && table_device_index(r) == index)
			return (struct trap_result){ MS_OK, board_devices[number].base | (uint64_t)table_device_speed(r) << 32 };
	}
	return (struct trap_result){ -MS_ENOENT, 0 };
}

struct trap_result direct_call(const struct core_call *call, const struct area *a)
{
	struct service *s = device_life_of(a)->service;
	const char *name = a->instance.facts->name;

	simboard_pass(SIMBOARD_CALL_NSEC);
	if (call->number >= MS_SYS_psa_version && call->number <= MS_SYS_psa_next)
		complain("a function of '%s' that the test called talks to other services, which only a running service can: use sim_run", name);
	switch (call->number) {
	case REGISTER_READ:
	case REGISTER_WRITE:
		return access_register(call, name);
	case MS_SYS_device_map:
		return map_device(s, call->argument[0]);
	case MS_SYS_log_write:
		return (struct trap_result){ write_log(s, call->argument), 0 };
	case MS_SYS_clock_get:
		return (struct trap_result){ MS_OK, simboard_now() };
	case MS_SYS_clock_sleep:
		sleep_until(name, wide(call->argument));
		return (struct trap_result){ MS_OK, 0 };
	case MS_SYS_random:
		return (struct trap_result){ random_bytes(call->argument), 0 };
	case MS_SYS_info:
		return info(s, call->argument[0]);
	case MS_SYS_futex_swap:
		return swap_futex(call->argument);
	case MS_SYS_futex_wait:
		return (struct trap_result){ wait_futex(name, call->argument), 0 };
	case MS_SYS_yield:
	case MS_SYS_thread_self:
	case MS_SYS_futex_wake:
		return (struct trap_result){ MS_OK, 0 };
	case MS_SYS_exit:
		complain("a function of '%s' that the test called ended the service with status %d", name, (int)call->argument[0]);
	case MS_SYS_thread_create:
	case MS_SYS_thread_exit:
	case MS_SYS_thread_priority:
		complain("a function of '%s' that the test called needs threads, which only a running service has: use sim_run", name);
	default:
		return (struct trap_result){ -MS_ENOSYS, 0 };
	}
}
