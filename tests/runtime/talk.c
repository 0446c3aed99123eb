/* SPDX-License-Identifier: Apache-2.0 */
#include "talk.h"

#include <string.h>

struct test_service talker[TALKERS];

#define OWNS(endpoint, signal, flags, ver) .object = TABLE_ENDPOINT << 24 | (endpoint), \
	.operations = TABLE_ENDPOINT_RECEIVE | (unsigned)(signal) << 8 | (flags) | (unsigned)(ver) << 16
#define CALLS(endpoint) .object = TABLE_ENDPOINT << 24 | (endpoint), .operations = TABLE_ENDPOINT_CALL

static const struct table_rule rules[] = {
	{ 1, CALLS(0), 0 }, { 1, CALLS(1), 1 }, { 1, CALLS(2), 2 }, { 1, CALLS(3), 3 },
	{ 1, OWNS(4, 31, TABLE_ENDPOINT_CONNECTIONS, 1), SID_BACK },
	{ 2, OWNS(0, 4, TABLE_ENDPOINT_CONNECTIONS, 2), SID_OPEN },
	{ 2, OWNS(1, 5, TABLE_ENDPOINT_CONNECTIONS | TABLE_ENDPOINT_STRICT, 2), SID_STRICT },
	{ 2, OWNS(2, 6, 0, 3), SID_STATELESS },
	{ 2, CALLS(3), 3 }, { 2, CALLS(4), 4 },
	{ 3, CALLS(0), 0 }, { 3, CALLS(1), 1 }, { 3, CALLS(2), 2 }, { 3, CALLS(4), 4 },
	{ 4, CALLS(0), 0 }, { 4, CALLS(1), 1 }, { 4, CALLS(2), 2 },
	{ 4, OWNS(3, 4, TABLE_ENDPOINT_CONNECTIONS, 1), SID_OTHER }, { 4, CALLS(4), 4 },
};

static void give_rules(struct service_plan *p)
{
	const struct table_rule *end = rules + sizeof(rules) / sizeof(*rules);

	for (const struct table_rule *r = rules; r < end; r++) {
		if (r->service != p->id)
			continue;
		if (!p->rules)
			p->rules = r;
		p->rule_count++;
	}
}

void talk_begin(const uint8_t priority[TALKERS])
{
	static const char *const name[] = { "one", "two", "three", "four", "five" };

	memset(talker, 0, sizeof(talker));
	fake_reset(0);
	core_init();
	for (unsigned i = 0; i < TALKERS; i++) {
		struct service_plan p = test_plan(&talker[i], name[i], i + 1, priority[i]);

		p.restart_limit = 0;
		give_rules(&p);
		assert_int_equal(service_add(&p), MS_OK);
	}
	service_start_all();
	fake_leave();
}

void talk_ready(const uint8_t priority[TALKERS])
{
	talk_begin(priority);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
}

uint32_t running(void)
{
	return core_current() ? core_current()->service->plan.id : 0;
}

struct service *service_at(uint32_t id)
{
	return service_of(id);
}

int32_t status(const struct thread *t)
{
	return t->context.status;
}

uint64_t value(const struct thread *t)
{
	return t->context.value;
}

uint32_t results(const struct thread *t)
{
	return t->context.results;
}

uintptr_t at(size_t offset)
{
	return (uintptr_t)talker[running() - 1].ram + offset;
}

uintptr_t image_at(size_t offset)
{
	return (uintptr_t)talker[running() - 1].image + offset;
}

#define LOW(v) ((uint32_t)(v))
#define HIGH(v) ((uint32_t)((v) >> 32))
#define HANDLE(h) ((uintptr_t)(h))

struct thread *version(uint32_t sid)
{
	return fake_call(MS_SYS_psa_version, sid, 0, 0, 0, 0, 0);
}

struct thread *do_connect(uint32_t sid, uint32_t v, uint64_t deadline)
{
	return fake_call(MS_SYS_psa_connect, sid, v, LOW(deadline), HIGH(deadline), 0, 0);
}

struct thread *call(int64_t handle, uint32_t type, uint32_t inputs, uintptr_t in, uint32_t outputs, uintptr_t out, uint64_t deadline)
{
	return fake_call(MS_SYS_psa_call, HANDLE(handle), type | inputs << 16 | outputs << 24, in, out, LOW(deadline), HIGH(deadline));
}

struct thread *request(int64_t handle)
{
	return call(handle, 0, 0, 0, 0, 0, NEVER);
}

struct thread *do_close(int64_t handle, uint64_t deadline)
{
	return fake_call(MS_SYS_psa_close, HANDLE(handle), 0, LOW(deadline), HIGH(deadline), 0, 0);
}

struct thread *wait_for(uint32_t mask, uint32_t mode, uint64_t deadline)
{
	return fake_call(MS_SYS_psa_wait, mask, mode, LOW(deadline), HIGH(deadline), 0, 0);
}

struct thread *get(uint32_t signal)
{
	return fake_call(MS_SYS_psa_get, signal, at(MESSAGE_AT), 0, 0, 0, 0);
}

struct thread *read_vector(int64_t handle, uint32_t index, uintptr_t to, size_t size)
{
	return fake_call(MS_SYS_psa_read, HANDLE(handle), index, to, size, 0, 0);
}

struct thread *skip_vector(int64_t handle, uint32_t index, size_t size)
{
	return fake_call(MS_SYS_psa_skip, HANDLE(handle), index, size, 0, 0, 0);
}

struct thread *write_vector(int64_t handle, uint32_t index, uintptr_t from, size_t size)
{
	return fake_call(MS_SYS_psa_write, HANDLE(handle), index, from, size, 0, 0);
}

struct thread *reply(int64_t handle, int32_t answer)
{
	return fake_call(MS_SYS_psa_reply, HANDLE(handle), (uint32_t)answer, 0, 0, 0, 0);
}

struct thread *next(int64_t handle, int32_t answer, uint32_t mask, uint64_t deadline)
{
	return fake_call(MS_SYS_psa_next, HANDLE(handle), (uint32_t)answer, mask, at(MESSAGE_AT), LOW(deadline), HIGH(deadline));
}

struct thread *set_rhandle(int64_t handle, uintptr_t v)
{
	return fake_call(MS_SYS_psa_set_rhandle, HANDLE(handle), v, 0, 0, 0, 0);
}

struct thread *notify(uint32_t id)
{
	return fake_call(MS_SYS_psa_notify, id, 0, 0, 0, 0, 0);
}

struct thread *clear(void)
{
	return fake_call(MS_SYS_psa_clear, 0, 0, 0, 0, 0, 0);
}

struct thread *new_thread(uint8_t priority)
{
	return fake_call(MS_SYS_thread_create, image_at(64), 0, at(1024), 256, 0, priority);
}

psa_msg_t taken(uint32_t id)
{
	psa_msg_t m;

	memcpy(&m, talker[id - 1].ram + MESSAGE_AT, sizeof(m));
	return m;
}

uintptr_t vectors(size_t offset, unsigned count, ...)
{
	uintptr_t *to = (uintptr_t *)(void *)(talker[running() - 1].ram + offset);
	va_list args;

	va_start(args, count);
	for (unsigned i = 0; i < 2 * count; i++)
		to[i] = va_arg(args, uintptr_t);
	va_end(args);
	return (uintptr_t)to;
}

unsigned breaches(void)
{
	unsigned count = 0;

	for (const char *s = fake.console; (s = strstr(s, "breach of the message protocol")); s++)
		count++;
	return count;
}

bool breached(uint32_t id)
{
	struct event e;

	return event_get(0, &e) && e.kind == EVENT_FAULT && e.service == id && e.fault.cause == CORE_CAUSE_PROTOCOL;
}

static void check_message(const struct message *m)
{
	bool queued = false;

	for (const struct message *q = m->endpoint->owner->queue; q; q = q->next)
		queued |= q == m;
	assert_int_equal(queued, m->state == MESSAGE_QUEUED);
	if (m->caller) {
		assert_int_equal(m->caller->state, THREAD_REPLY);
		assert_ptr_equal(m->caller->message, m);
		assert_ptr_equal(m->caller->service, m->client);
		assert_ptr_equal(m->caller->helps, m->endpoint->owner->main);
	}
	assert_true(m->state != MESSAGE_OPEN || (!m->caller && endpoint_connects(m->endpoint) && !m->gone));
	assert_true(m->state != MESSAGE_QUEUED || !m->broken);
	assert_true(m->state < MESSAGE_HELD || (!m->broken && m->endpoint->owner->main));
	assert_true(m->state != MESSAGE_HELD || m->caller || m->gone);
	if (m->state == MESSAGE_QUEUED)
		assert_true(m->endpoint->owner->asserted & endpoint_signal(m->endpoint));
}

static void check_thread(const struct thread *t)
{
	uint8_t due = t->own_priority;

	for (unsigned i = 0; i < THREAD_MAX; i++) {
		const struct thread *w = thread_at(i);
		uint8_t p = w->priority;

		if (w->helps == t && w->service == t->service && p > t->service->plan.ceiling)
			p = t->service->plan.ceiling;
		if (w->helps == t && p > due)
			due = p;
	}
	assert_int_equal(t->priority, due);
	if (t->helps) {
		assert_true(t->state > THREAD_READY);
		assert_int_not_equal(t->helps->state, THREAD_FREE);
	}
	if (t->state == THREAD_REPLY)
		assert_ptr_equal(t->message->caller, t);
}

void talk_check(void)
{
	unsigned count[TALKERS + 1] = { 0 };

	for (unsigned i = 0; i < MESSAGE_MAX; i++) {
		const struct message *m = message_at(i);

		if (m->state == MESSAGE_FREE)
			continue;
		check_message(m);
		count[m->client->plan.id]++;
	}
	for (uint32_t id = 1; id <= TALKERS; id++)
		assert_int_equal(service_at(id)->messages, count[id]);
	for (unsigned i = 0; i < THREAD_MAX; i++)
		if (thread_at(i)->state != THREAD_FREE)
			check_thread(thread_at(i));
		else
			assert_null(thread_at(i)->helps);
}

psa_msg_t server_gets(uint32_t id, uint32_t signal)
{
	assert_int_equal(running(), id);
	struct thread *t = get(signal);

	assert_int_equal(status(t), MS_OK);
	assert_int_equal((psa_status_t)value(t), PSA_SUCCESS);
	talk_check();
	return taken(id);
}

psa_handle_t connected(uint32_t sid, uint32_t signal)
{
	struct thread *client = do_connect(sid, 2, NEVER);
	psa_msg_t m = server_gets(2, signal);

	assert_int_equal(m.type, PSA_IPC_CONNECT);
	reply(m.handle, PSA_SUCCESS);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	assert_ptr_equal(core_current(), client);
	assert_true((psa_handle_t)value(client) > 0);
	talk_check();
	return (psa_handle_t)value(client);
}

void talk_check_quiet(void)
{
	talk_check();
	for (unsigned i = 0; i < MESSAGE_MAX; i++)
		assert_int_equal(message_at(i)->state, MESSAGE_FREE);
}
