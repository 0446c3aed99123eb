/* SPDX-License-Identifier: Apache-2.0 */
#include <ms/sim.h>

#include <stdio.h>
#include <string.h>

#include <ms/abi/abi.h>

#include "backtrace.h"
#include "complain.h"
#include "origin.h"
#include "simboard.h"
#include "simdevice.h"
#include "simflash.h"
#include "transcript.h"

enum { NSEC_PER_MSEC = 1000000 };

struct sim { bool open; };

static struct sim sim;

void device_fresh(void)
{
	sim.open = false;
	device_reset();
	simboard_echo(true);
}

/* A program is a device from its first moment on, so that a test may just call a service's functions; what they log is then shown. */
__attribute__((constructor))
static void power_on(void)
{
	backtrace_init();
	pages_init();
	device_fresh();
}

struct sim *sim_open(void)
{
	if (sim.open)
		complain("a device is open already: sim_close it first");
	simflash_forget();
	device_reset();
	sim.open = true;
	return &sim;
}

void sim_close(struct sim *s)
{
	if (s)
		device_fresh();
}

int sim_setup(void **state)
{
	*state = sim_open();
	return 0;
}

int sim_teardown(void **state)
{
	sim_close(*state);
	*state = NULL;
	return 0;
}

static struct life *find(const struct sim *s, const char *service)
{
	if (!s || !s->open)
		complain("the device is not open");

	struct life *l = device_life(service);

	if (!l)
		complain("there is no service '%s' in this program", service);
	return l;
}

void sim_start(struct sim *s, const char *service)
{
	device_start(find(s, service));
}

static bool any_alive(const struct sim *s)
{
	size_t count;
	const struct area *areas = pages_areas(&count);

	for (size_t i = 0; i < count; i++) {
		enum sim_state state = sim_state(s, areas[i].instance.facts->name);

		if (state == SIM_ALIVE || state == SIM_RESTARTING)
			return true;
	}
	return false;
}

bool sim_run(struct sim *s, const char *service, uint64_t until_msec)
{
	if (service)
		sim_start(s, service);
	device_run(until_msec < UINT64_MAX / NSEC_PER_MSEC ? until_msec * NSEC_PER_MSEC : UINT64_MAX, false);
	return any_alive(s);
}

uint64_t sim_clock(const struct sim *s)
{
	(void)s;
	return simboard_now();
}

void sim_seed(struct sim *s, uint64_t seed)
{
	(void)s;
	simboard_seed(seed);
}

enum sim_state sim_state(const struct sim *s, const char *service)
{
	const struct life *l = find(s, service);

	switch (l->service->state) {
	case SERVICE_RUNNING:
		return SIM_ALIVE;
	case SERVICE_BACKOFF:
		return SIM_RESTARTING;
	case SERVICE_QUARANTINED:
		return SIM_QUARANTINED;
	default:
		return l->service->run_count ? SIM_ENDED : SIM_NEVER_STARTED;
	}
}

uint32_t sim_run_count(const struct sim *s, const char *service)
{
	return find(s, service)->service->run_count;
}

int sim_exit_status(const struct sim *s, const char *service)
{
	return find(s, service)->exit_status;
}

const struct sim_fault *sim_fault(const struct sim *s, const char *service)
{
	SELDOM static struct sim_fault faults[LAYOUT_SERVICE_MAX];
	const struct life *l = find(s, service);
	struct sim_fault *f = &faults[device_place(l)];

	if (!l->faulted)
		return NULL;

	struct origin p = origin_of(l->fault_own_pc);

	*f = (struct sim_fault){
		.cause = device_cause(l->fault.cause),
		.has_address = l->fault.address_valid,
		.address = l->fault.address,
		.function = p.function,
		.file = p.file,
		.line = p.line,
		.nsec = l->fault_nsec,
	};
	return f;
}
