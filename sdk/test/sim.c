/* SPDX-License-Identifier: Apache-2.0 */
/*
 * <ms/sim.h> as seen from inside of the device: the service that is tested is
 * in the test's own program, time is the board's, and of the log there is
 * what the program wrote.  What needs to hold the device from outside skips the test
 * and says so.
 */
#include <ms/sim.h>

#include <stdio.h>
#include <string.h>

#include <ms/syscall.h>

#include <cmocka.h>

#include "frame.h"
#include "run.h"
#include "served.h"

enum { LOG_ROOM = 4096, LOG_LINES = 64 };

int __real_ms_log(enum ms_severity severity, const char *text, size_t size);
int __wrap_ms_log(enum ms_severity severity, const char *text, size_t size);

struct sim {
	bool open;
	uint64_t since;
};

static struct sim device;

static struct {
	char text[LOG_ROOM];
	const char *line[LOG_LINES];
	size_t used, count;
	bool full;
} kept;

static void keep(const char *text, size_t size)
{
	if (kept.count == LOG_LINES || size >= LOG_ROOM - kept.used) {
		kept.full = true;
		return;
	}
	char *to = &kept.text[kept.used];

	memcpy(to, text, size);
	to[size] = '\0';
	kept.line[kept.count++] = to;
	kept.used += size + 1;
}

int __wrap_ms_log(enum ms_severity severity, const char *text, size_t size)
{
	int rc = __real_ms_log(severity, text, size);

	if (rc >= 0 && device.open)
		keep(text, size < MS_LOG_LINE_MAX ? size : MS_LOG_LINE_MAX);
	return rc;
}

/* Whose name it is: the one service there is here. */
static void need_own(const char *service)
{
	char own[MS_BOARDTEST_NAME_MAX];

	for (size_t i = 0; i < sizeof(own); i++)
		own[i] = boardtest_orders.service[i];
	own[sizeof(own) - 1] = '\0';
	if (service && strcmp(service, own))
		ms_boardtest_skip("'%s' is a service beside the one that is tested, of which tests on a board know nothing", service);
}

static _Noreturn void outside(const char *function)
{
	ms_boardtest_skip("%s needs a device that is held from outside: tests on the PC do that", function);
}

struct sim *sim_open(void)
{
	device = (struct sim){ true, ms_clock() };
	return &device;
}

void sim_close(struct sim *s)
{
	if (s)
		s->open = false;
}

int sim_setup(void **state)
{
	*state = sim_open();
	return 0;
}

int sim_teardown(void **state)
{
	sim_close(*state);
	return 0;
}

void sim_start(struct sim *s, const char *service)
{
	(void)s;
	need_own(service);
	served_start();
}

bool sim_run(struct sim *s, const char *service, uint64_t until_msec)
{
	uint64_t until = until_msec > UINT64_MAX / 2000000 ? MS_FOREVER : s->since + until_msec * 1000000;

	need_own(service);
	if (service)
		served_start();
	if (until != MS_FOREVER && until > ms_clock())
		run_allow(until - ms_clock());
	if (served_started())
		served_wait_end(until);
	else if (until != MS_FOREVER)
		ms_sleep_until(until);
	fflush(stdout);
	return served_started() && !served_ended();
}

uint64_t sim_clock(const struct sim *s)
{
	return ms_clock() - s->since;
}

enum sim_state sim_state(const struct sim *s, const char *service)
{
	(void)s;
	need_own(service);
	if (!served_started())
		return SIM_NEVER_STARTED;
	if (!served_ended())
		return SIM_ALIVE;
	return served_status() ? SIM_RESTARTING : SIM_ENDED;
}

uint32_t sim_run_count(const struct sim *s, const char *service)
{
	(void)s;
	need_own(service);
	return served_started();
}

int sim_exit_status(const struct sim *s, const char *service)
{
	(void)s;
	need_own(service);
	return served_status();
}

/* A fault would have ended the test. */
const struct sim_fault *sim_fault(const struct sim *s, const char *service)
{
	(void)s;
	need_own(service);
	return NULL;
}

bool sim_log_has(const struct sim *s, const char *service, const char *text)
{
	(void)s;
	need_own(service);
	for (size_t i = 0; i < kept.count; i++)
		if (strstr(kept.line[i], text))
			return true;
	return false;
}

size_t sim_log_count(const struct sim *s, const char *service)
{
	(void)s;
	need_own(service);
	return kept.count;
}

const char *sim_log_line(const struct sim *s, const char *service, size_t i)
{
	(void)s;
	need_own(service);
	return i < kept.count ? kept.line[i] : NULL;
}

void sim_log_print(const struct sim *s)
{
	(void)s;
	for (size_t i = 0; i < kept.count; i++)
		print_message("%s", kept.line[i]);
}

void sim_assert_log(const struct sim *s, const char *service, const char *text, bool wanted, const char *file, int line)
{
	bool there = sim_log_has(s, service, text);

	if (there && wanted)
		return;
	if (kept.full)
		ms_boardtest_fail(file, line, "the log is longer than a test on a board keeps: %u lines, %u bytes", LOG_LINES, LOG_ROOM);
	if (there != wanted)
		ms_boardtest_fail(file, line, "the log of '%s' has %s line with '%s'", service ? service : "all", there ? "a" : "no", text);
}

void sim_assert_ended(const struct sim *s, const char *service, const char *file, int line)
{
	enum sim_state is = sim_state(s, service);

	if (is == SIM_RESTARTING)
		ms_boardtest_fail(file, line, "'%s' has ended with status %d", service, served_status());
	if (is != SIM_ENDED)
		ms_boardtest_fail(file, line, "'%s' %s", service, is == SIM_ALIVE ? "has not ended" : "was not started");
}

/* The parameters are of no use to what cannot be done. */
#define OUTSIDE(type, name, ...) type name(__VA_ARGS__) { outside(#name); }

#pragma GCC diagnostic ignored "-Wunused-parameter"
OUTSIDE(void, sim_seed, struct sim *s, uint64_t seed)
OUTSIDE(void, sim_serve, struct sim *s, const char *service, sim_server *answer, void *context)
OUTSIDE(int32_t, sim_connect, struct sim *s, const char *service, uint32_t sid, uint32_t version)
OUTSIDE(int32_t, sim_call, struct sim *s, const char *service, int32_t handle, int32_t type, const void *in, size_t in_size, void *out, size_t *out_size)
OUTSIDE(int32_t, sim_call_vectors, struct sim *s, const char *service, int32_t handle, int32_t type, const struct sim_vector *in, size_t in_count, struct sim_vector *out, size_t out_count)
OUTSIDE(void, sim_disconnect, struct sim *s, const char *service, int32_t handle)
OUTSIDE(void, sim_device, struct sim *s, const char *device_name, sim_device_read *read, sim_device_write *write, void *context)
OUTSIDE(volatile uint32_t *, sim_device_registers, struct sim *s, const char *device_name)
OUTSIDE(void, sim_device_line, struct sim *s, const char *device_name, uint32_t line, bool up)
OUTSIDE(void, sim_device_break, struct sim *s, const char *device_name)
OUTSIDE(void, sim_flash, struct sim *s, const char *controller, const char *memory, uint32_t page_size)
OUTSIDE(uint8_t *, sim_flash_content, struct sim *s)
OUTSIDE(uint32_t, sim_flash_erases, struct sim *s, uint32_t page)
OUTSIDE(void, sim_flash_load, struct sim *s, const char *path)
OUTSIDE(void, sim_flash_save, struct sim *s, const char *path)
OUTSIDE(void, sim_reset, struct sim *s)
OUTSIDE(void, sim_power_cuts, struct sim *s, void (*check)(struct sim *s, void *context), void *context)
