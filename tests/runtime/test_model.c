/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Five services that do anything, drawn from a seed: call, serve, die, time out, misuse.  After each step all of core
 * must hold together (talk_check), and when all have ended nothing is left.
 */
#include "talk.h"


enum { STEPS = 40000, SEEDS = 8 };

static uint64_t drawn;

static uint32_t draw(uint32_t below)
{
	drawn ^= drawn << 13;
	drawn ^= drawn >> 7;
	drawn ^= drawn << 17;
	return (uint32_t)(drawn >> 32) % below;
}

static uint64_t some_deadline(void)
{
	return draw(10) == 0 ? NEVER : clock_now() + draw(20) * MSEC;
}

/* A handle that is valid, most of the time: of a connection of who runs, or of a message that it holds. */
static psa_handle_t some_handle(bool server)
{
	const struct service *s = core_current()->service;
	uint32_t first = draw(MESSAGE_MAX);

	for (uint32_t i = 0; i < MESSAGE_MAX && draw(300); i++) {
		const struct message *m = message_at((first + i) % MESSAGE_MAX);

		if (m->state == MESSAGE_FREE)
			continue;
		if (server && m->state == MESSAGE_HELD && m->endpoint->owner == s)
			return message_server_handle(m);
		if (!server && m->client == s && !m->gone && !m->caller && endpoint_connects(m->endpoint))
			return message_client_handle(m);
	}
	return draw(40) ? 0 : (psa_handle_t)draw(INT32_MAX);
}

static uint32_t taken_count, answered_count;

static void sleep_a_while(void)
{
	uint64_t until = clock_now() + draw(8) * MSEC;

	fake_call(MS_SYS_clock_sleep, (uint32_t)until, (uint32_t)(until >> 32), 0, 0, 0, 0);
}

/* To what it may reach, most of the time. */
static void connect_somewhere(void)
{
	static const uint32_t sid[] = { SID_OPEN, SID_STRICT, SID_OTHER, SID_BACK };
	uint32_t to = sid[draw(4)], v = (uint32_t)value(version(to));

	if (v || !draw(50))
		do_connect(to, v + !draw(50), some_deadline());
}

static void client_step(void)
{
	if (!core_current()->service->plan.rule_count) {
		sleep_a_while();
		return;
	}
	psa_handle_t h = some_handle(false);
	uintptr_t in, out;

	switch (draw(4)) {
	case 0:
		if (h && draw(4))
			do_close(h, some_deadline());
		else
			connect_somewhere();
		break;
	case 1:
		if (endpoint_by_index(core_current()->service, 2))
			request(HANDLE_STATELESS);
		break;
	default:
		if (!h)
			break;
		in = vectors(0, 2, at(512), (uintptr_t)draw(700), at(1300), (uintptr_t)draw(100));
		out = vectors(64, 2, at(1400), (uintptr_t)draw(600), at(512), (uintptr_t)draw(10));
		call(h, draw(9), draw(3), in, draw(3), out, some_deadline());
	}
}

static void server_step(void)
{
	psa_handle_t h = some_handle(true);
	const struct service *s = core_current()->service;
	uint32_t ready = s->asserted & s->signals;

	if (ready && draw(3)) {
		get(ready & -ready);
		taken_count++;
		return;
	}
	if (!h) {
		if (s->asserted & PSA_DOORBELL)
			clear();
		else
			wait_for(PSA_WAIT_ANY, draw(2) ? PSA_BLOCK : PSA_POLL, some_deadline());
		return;
	}
	const struct message *m = message_of_server(s, h);
	bool request = m && m->type >= 0;

	switch (draw(5)) {
	case 0:
		if (request)
			read_vector(h, draw(4), at(draw(2000)), draw(700));
		break;
	case 1:
		if (request)
			skip_vector(h, draw(4), draw(300));
		break;
	case 2:
		if (request && m->state != MESSAGE_ORPHAN && m->outputs)
			write_vector(h, 0, at(0), draw((uint32_t)m->vector[m->inputs].left + 1 + !draw(100)));
		break;
	default:
		answered_count++;
		reply(h, request ? (draw(50) ? (int32_t)draw(100) : PSA_ERROR_PROGRAMMER_ERROR) :
			 draw(3) ? PSA_SUCCESS : PSA_ERROR_CONNECTION_REFUSED);
	}
}

static void other_step(void)
{
	uint64_t deadline = some_deadline();

	switch (draw(8)) {
	case 0:
		if (thread_next(core_current()->service, core_current()->service->main) == NULL)
			new_thread((uint8_t)(1 + draw(20)));
		break;
	case 1:
		fake_call(MS_SYS_futex_wait, at(3000), 0, (uint32_t)deadline, (uint32_t)(deadline >> 32), draw(8), 0);
		break;
	case 2:
		fake_call(MS_SYS_futex_wake, at(3000), draw(3), 0, 0, 0, 0);
		break;
	case 3:
		fake_call(MS_SYS_thread_priority, draw(4), 1 + draw(20), 0, 0, 0, 0);
		break;
	case 4:
		notify(1 + draw(4));
		break;
	case 5:
		if (!draw(20))
			fake_call(MS_SYS_exit, 1, 0, 0, 0, 0, 0);
		break;
	case 6:
		if (!draw(40))
			fake_call(MS_SYS_thread_exit, 0, 0, 0, 0, 0, 0);
		break;
	default:
		fake_call(MS_SYS_yield, 0, 0, 0, 0, 0, 0);
	}
}

/* Nobody is away for long. */
static void revive(void)
{
	for (uint32_t id = 1; id <= TALKERS; id++) {
		service_at(id)->failures = 0;
		if (service_at(id)->state == SERVICE_STOPPED)
			service_start(service_at(id));
	}
	fake_leave();
}

static void step(void)
{
	struct thread *t = core_current();

	if (!t && clock_next() == NEVER) {
		service_fail(service_at(1 + draw(TALKERS)), false);
	} else if (!t || draw(12) == 0) {
		fake_pass((1 + draw(t ? 4 : 40)) * MSEC);
		revive();
	} else if (draw(6) == 0) {
		sleep_a_while();
	} else if (draw(8) == 0) {
		other_step();
	} else if (t == t->service->main && t->service->signals && draw(3)) {
		server_step();
	} else {
		client_step();
	}
}

static void everything_holds_together_whatever_they_do(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		static const uint8_t priority[TALKERS] = { 9, 12, 8, 12, 8 };

		drawn = seed * UINT64_C(0x9e3779b97f4a7c15);
		taken_count = answered_count = 0;
		talk_begin(priority);
		for (unsigned i = 0; i < STEPS; i++) {
			fake.console_used = 0;
			step();
			talk_check();
		}
		/* It was about messages: many were taken and answered, and some services misused them. */
		assert_true(taken_count > STEPS / 200);
		assert_true(answered_count > STEPS / 200);
		for (uint32_t id = 1; id <= TALKERS; id++) {
			assert_true(service_at(id)->run_count > 1);
			service_exit(service_at(id), 0);
			talk_check();
		}
		talk_check_quiet();
		for (unsigned i = 0; i < THREAD_MAX; i++)
			assert_int_equal(thread_at(i)->state, THREAD_FREE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_holds_together_whatever_they_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
