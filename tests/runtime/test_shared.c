/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of shared memory: opened, lent, taken back, and what the kernel still copies then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <ms/abi/abi.h>
#include <psa/service.h>

#include "fake_port.h"
#include "mapping.h"
#include "services.h"
#include "shared.h"

#define SHARED(number, rights, local) .object = TABLE_SHARED << 24 | (number), .operations = (rights) | (local) << 8
#define OWNED(number, local, size, at) .object = TABLE_SHARED << 24 | (number), \
	.operations = 7 | (local) << 8 | (uint32_t)(size) / 32 << 16, .argument = (at)

enum { OWNER = 1, BORROWER, SERVER, SIZE = 1024, FRAMES = 5, TINY = 6, FOREIGN = 3, SIGNAL = 1 << 4, HANDLE = 0x40000100 };
static _Alignas(4096) uint8_t pool[4 * SIZE];
static struct test_service owner, borrower, server;

/* Blocks 0 and 1 are the owner's; 0 may be lent to write, too, 1 to be read only.  2 to 7 are to fill regions.  Endpoint 0 is the server's. */
static const struct table_rule rules[] = {
	{ OWNER, .object = TABLE_ENDPOINT << 24, .operations = TABLE_ENDPOINT_CALL },
	{ OWNER, OWNED(0, FRAMES, SIZE, 0) }, { OWNER, OWNED(1, TINY, 32, SIZE) },
	{ OWNER, OWNED(2, 10, 32, SIZE + 32) }, { OWNER, OWNED(3, 11, 32, SIZE + 64) },
	{ OWNER, OWNED(4, 12, 32, SIZE + 96) }, { OWNER, OWNED(5, 13, 32, SIZE + 128) },
	{ BORROWER, .object = TABLE_ENDPOINT << 24, .operations = TABLE_ENDPOINT_CALL },
	{ BORROWER, SHARED(0, 3, FOREIGN) }, { BORROWER, SHARED(1, 1, 4) },
	{ SERVER, .object = TABLE_ENDPOINT << 24, .operations = TABLE_ENDPOINT_RECEIVE | 4 << 8 | 1 << 16, .argument = 0x100 },
};

static void add(struct test_service *s, const char *name, uint32_t id, uint8_t priority, unsigned first, unsigned count)
{
	struct service_plan p = test_plan(s, name, id, priority);

	p.rules = rules + first;
	p.rule_count = count;
	assert_int_equal(service_add(&p), MS_OK);
}

static int power_on(void **state)
{
	(void)state;
	memset(pool, 0xee, sizeof(pool));
	fake_reset(0);
	core_init();
	fake.ram = (struct board_window){ (uintptr_t)pool, sizeof(pool) };
	add(&owner, "owner", OWNER, 8, 0, 7);
	add(&borrower, "borrower", BORROWER, 8, 7, 3);
	add(&server, "server", SERVER, 9, 10, 1);
	service_start_all();
	fake_leave();
	return 0;
}

/* Let a service be the one that makes the next call. */
static void be(uint32_t id)
{
	for (unsigned i = 0; i < 8 && core_current() && core_current()->service->plan.id != id; i++)
		if (core_current()->service->plan.id == SERVER)
			fake_call(MS_SYS_psa_wait, SIGNAL, PSA_BLOCK, UINT32_MAX, UINT32_MAX, 0, 0);
		else
			fake_call(MS_SYS_yield, 0, 0, 0, 0, 0, 0);
	assert_non_null(core_current());
	assert_int_equal(core_current()->service->plan.id, id);
}

static int32_t status(uint32_t id, uint32_t number, uintptr_t a, uintptr_t b)
{
	be(id);
	return fake_call(number, a, b, 0, 0, 0, 0)->context.status;
}

static uint64_t value(uint32_t id, uint32_t number, uintptr_t a)
{
	be(id);
	return fake_call(number, a, 0, 0, 0, 0, 0)->context.value;
}

static bool may(uint32_t id, bool write, size_t from, size_t size)
{
	uintptr_t at = (uintptr_t)pool + from;

	return write ? service_may_write(service_of(id), at, size) : service_may_read(service_of(id), at, size);
}

static void blocks_are_cleared_before_their_owner_runs(void **state)
{
	(void)state;
	be(OWNER);
	for (size_t i = 0; i < SIZE + 160; i++)
		assert_int_equal(pool[i], 0);
	assert_int_equal(pool[SIZE + 160], 0xee);
}

static void the_owner_opens_and_closes_its_block(void **state)
{
	(void)state;
	assert_false(may(OWNER, false, 0, 1));
	assert_int_equal(value(OWNER, MS_SYS_shm_map, FRAMES), (uintptr_t)pool);
	assert_int_equal(service_of(OWNER)->protection.base[2], (uintptr_t)pool);
	assert_int_equal(service_of(OWNER)->protection.size[2], SIZE);
	assert_int_equal(service_of(OWNER)->protection.access[2], PORT_READ_WRITE);
	assert_true(may(OWNER, true, 0, SIZE));
	assert_false(may(OWNER, true, 0, SIZE + 1));
	assert_false(may(OWNER, true, 1, SIZE));
	assert_false(may(OWNER, true, 1, SIZE_MAX));
	assert_false(may(OWNER, true, (size_t)-1, 2));
	assert_false(may(BORROWER, false, 0, 1));
	assert_int_equal(status(OWNER, MS_SYS_shm_unmap, FRAMES, 0), MS_OK);
	assert_int_equal(service_of(OWNER)->protection.size[2], 0);
	assert_false(may(OWNER, true, 0, 1));
	assert_int_equal(status(OWNER, MS_SYS_shm_unmap, FRAMES, 0), -MS_ENOENT);
}

static void what_was_not_granted_does_not_exist(void **state)
{
	(void)state;
	static const uint32_t calls[] = { MS_SYS_shm_map, MS_SYS_shm_unmap, MS_SYS_shm_lend, MS_SYS_shm_revoke };

	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(status(SERVER, calls[i], 0, 1), -MS_ENOENT);
	for (unsigned i = 0; i < 4; i++) {
		assert_int_equal(status(OWNER, calls[i], FOREIGN, 1), -MS_ENOENT);
		assert_int_equal(status(OWNER, calls[i], 0x100 + FRAMES, 1), -MS_ENOENT);
		assert_int_equal(status(BORROWER, calls[i], FRAMES, 1), -MS_ENOENT);
	}
	assert_int_equal(status(BORROWER, MS_SYS_shm_lend, FOREIGN, 1), -MS_ENOENT);	/* it is not its own */
	assert_int_equal(status(BORROWER, MS_SYS_shm_revoke, FOREIGN, 0), -MS_ENOENT);
	assert_int_equal(status(OWNER, MS_SYS_device_map, FRAMES, 0), -MS_ENOENT);
}

static void a_borrower_has_what_is_lent_as_it_is_lent(void **state)
{
	(void)state;
	assert_int_equal(status(BORROWER, MS_SYS_shm_map, FOREIGN, 0), -MS_ENOENT);
	assert_int_equal(status(OWNER, MS_SYS_shm_lend, FRAMES, 1), MS_OK);
	assert_int_equal(value(BORROWER, MS_SYS_shm_map, FOREIGN), (uintptr_t)pool);
	assert_int_equal(service_of(BORROWER)->protection.access[2], PORT_READ_ONLY);
	assert_true(may(BORROWER, false, 0, SIZE));
	assert_false(may(BORROWER, true, 0, 1));
	assert_int_equal(status(OWNER, MS_SYS_shm_revoke, FRAMES, 0), MS_OK);
	assert_int_equal(service_of(BORROWER)->protection.size[2], 0);
	assert_false(may(BORROWER, false, 0, 1));
	assert_int_equal(status(BORROWER, MS_SYS_shm_map, FOREIGN, 0), -MS_ENOENT);
	assert_int_equal(status(OWNER, MS_SYS_shm_lend, FRAMES, 3), MS_OK);
	assert_int_equal(value(BORROWER, MS_SYS_shm_map, FOREIGN), (uintptr_t)pool);
	assert_int_equal(service_of(BORROWER)->protection.access[2], PORT_READ_WRITE);
	assert_true(may(BORROWER, true, 0, SIZE));
}

static void lending_has_limits(void **state)
{
	(void)state;
	static const uintptr_t wrong[] = { 0, 2, 4, 5, 7, UINT32_MAX };

	for (unsigned i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_int_equal(status(OWNER, MS_SYS_shm_lend, FRAMES, wrong[i]), -MS_EINVAL);
	assert_int_equal(status(OWNER, MS_SYS_shm_lend, TINY, 3), -MS_EPERM);
	assert_int_equal(status(OWNER, MS_SYS_shm_lend, TINY, 1), MS_OK);
	assert_int_equal(status(OWNER, MS_SYS_shm_lend, TINY, 1), -MS_EBUSY);
	assert_int_equal(status(OWNER, MS_SYS_shm_lend, 10, 1), -MS_EPERM);	/* nobody may borrow it */
	assert_int_equal(status(BORROWER, MS_SYS_shm_map, FOREIGN, 0), -MS_ENOENT);
	assert_int_equal(status(BORROWER, MS_SYS_shm_map, 4, 0), MS_OK);
}

static void five_regions_and_no_sixth(void **state)
{
	(void)state;
	for (uintptr_t local = 10; local < 14; local++)
		assert_int_equal(status(OWNER, MS_SYS_shm_map, local, 0), MS_OK);
	assert_int_equal(status(OWNER, MS_SYS_shm_map, FRAMES, 0), MS_OK);
	assert_int_equal(status(OWNER, MS_SYS_shm_map, TINY, 0), -MS_ENOMEM);
	assert_int_equal(status(OWNER, MS_SYS_shm_map, FRAMES, 0), MS_OK);
	assert_int_equal(status(OWNER, MS_SYS_shm_unmap, 12, 0), MS_OK);
	assert_int_equal(status(OWNER, MS_SYS_shm_map, TINY, 0), MS_OK);
	assert_int_equal(service_of(OWNER)->protection.base[4], (uintptr_t)pool + SIZE);
}

static void crash(uint32_t id)
{
	be(id);
	core_fault(&(struct core_fault){ .cause = CORE_CAUSE_WRITE });
	fake_leave();
}

static void the_end_of_the_owner_takes_it_back(void **state)
{
	(void)state;
	status(OWNER, MS_SYS_shm_lend, FRAMES, 3);
	status(BORROWER, MS_SYS_shm_map, FOREIGN, 0);
	pool[0] = 1;
	crash(OWNER);
	assert_false(may(BORROWER, false, 0, 1));
	assert_int_equal(service_of(BORROWER)->protection.size[2], 0);
	assert_int_equal(status(BORROWER, MS_SYS_shm_map, FOREIGN, 0), -MS_ENOENT);
	fake_pass(UINT64_C(200000000));
	be(OWNER);
	assert_int_equal(pool[0], 0);
	assert_int_equal(status(OWNER, MS_SYS_shm_lend, FRAMES, 1), MS_OK);
}

static void the_end_of_the_borrower_gives_it_back(void **state)
{
	(void)state;
	status(OWNER, MS_SYS_shm_map, FRAMES, 0);
	status(OWNER, MS_SYS_shm_lend, FRAMES, 3);
	status(BORROWER, MS_SYS_shm_map, FOREIGN, 0);
	pool[0] = 1;
	crash(BORROWER);
	assert_int_equal(status(OWNER, MS_SYS_shm_lend, FRAMES, 1), MS_OK);
	assert_true(may(OWNER, true, 0, SIZE));
	assert_int_equal(pool[0], 1);
	status(OWNER, MS_SYS_shm_revoke, FRAMES, 0);
	fake_pass(UINT64_C(200000000));
	assert_int_equal(status(BORROWER, MS_SYS_shm_map, FOREIGN, 0), -MS_ENOENT);
}

/* A device and a block that is lent have the same number: to have opened the one is no right to the other. */
static void registers_are_no_block(void **state)
{
	static const struct table_rule owners[] = { { OWNER, OWNED(0, FRAMES, SIZE, 0) } };
	static const struct table_rule borrowers[] = {
		{ BORROWER, .object = TABLE_DEVICE << 24, .operations = TABLE_DEVICE_USE, .argument = 0 }, { BORROWER, SHARED(0, 3, FOREIGN) },
	};
	struct service_plan p = test_plan(&owner, "owner", OWNER, 8), q = test_plan(&borrower, "borrower", BORROWER, 8);
	(void)state;

	p.rules = owners, p.rule_count = 1;
	q.rules = borrowers, q.rule_count = 2;
	fake_reset(0);
	core_init();
	fake.ram = (struct board_window){ (uintptr_t)pool, sizeof(pool) };
	assert_int_equal(service_add(&p) + service_add(&q), MS_OK);
	service_start_all();
	fake_leave();
	assert_int_equal(status(OWNER, MS_SYS_shm_lend, FRAMES, 3), MS_OK);
	assert_int_equal(status(BORROWER, MS_SYS_device_map, 0, 0), MS_OK);
	assert_false(may(BORROWER, false, 0, SIZE));
	assert_int_equal(status(BORROWER, MS_SYS_shm_map, FOREIGN, 0), MS_OK);
	assert_true(may(BORROWER, true, 0, SIZE));
}

static void no_stack_lies_in_a_block(void **state)
{
	(void)state;
	status(OWNER, MS_SYS_shm_map, FRAMES, 0);
	assert_int_equal(fake_call(MS_SYS_thread_create, (uintptr_t)owner.image + 64, 0, (uintptr_t)pool, 512, 0, 0)->context.status,
			 -MS_EFAULT);
	assert_int_equal(fake_call(MS_SYS_log_write, MS_LOG_INFO, (uintptr_t)pool, 4, 0, 0, 0)->context.status, MS_OK);
}

/* The borrower's call with one vector in the block; the server holds the message. */
static void send(bool output, size_t at, size_t size)
{
	uintptr_t *vector = (uintptr_t *)(void *)(borrower.ram + 2048);

	be(BORROWER);
	vector[0] = (uintptr_t)pool + at;
	vector[1] = size;
	fake_call(MS_SYS_psa_call, HANDLE, 0 | (output ? UINT32_C(1) << 24 : UINT32_C(1) << 16),
		  output ? 0 : (uintptr_t)vector, output ? (uintptr_t)vector : 0, UINT32_MAX, UINT32_MAX);
	be(SERVER);
	fake_call(MS_SYS_psa_get, SIGNAL, (uintptr_t)server.ram + 2048, 0, 0, 0, 0);
}

static psa_handle_t message(void)
{
	psa_msg_t m;

	memcpy(&m, server.ram + 2048, sizeof(m));
	return m.handle;
}

/* Begin a copy of the server's and do one piece of it. */
static struct thread *copy_one_piece(uint32_t number, size_t size)
{
	struct core_call call = { .number = number, .argument = { (uintptr_t)message(), 0, (uintptr_t)server.ram + 3072, size } };
	struct thread *t = core_current();

	core_syscall(&call);
	assert_true(core_work());
	return t;
}

static void a_copy_ends_where_the_block_is_taken_back(void **state)
{
	(void)state;
	status(SERVER, MS_SYS_yield, 0, 0);
	for (int output = 0; output < 2; output++) {
		power_on(state);
		status(OWNER, MS_SYS_shm_lend, FRAMES, 3);
		status(BORROWER, MS_SYS_shm_map, FOREIGN, 0);
		memset(pool, 0x11, SIZE);
		send(output, 0, 1000);
		memset(server.ram + 3072, 0x22, 1000);
		struct thread *t = copy_one_piece(output ? MS_SYS_psa_write : MS_SYS_psa_read, 1000);

		shared_revoke(mapping_rule(service_of(OWNER), TABLE_SHARED, FRAMES));
		fake_leave();
		const uint8_t *to = output ? pool : server.ram + 3072;
		uint8_t came = output ? 0x22 : 0x11, was = output ? 0x11 : 0x22;

		assert_null(t->work);
		assert_int_equal(t->context.value, 256);
		for (size_t i = 0; i < 1000; i++)
			assert_int_equal(to[i], i < 256 ? came : was);
	}
}

static void sizes_are_not_written_into_a_block_that_was_taken_back(void **state)
{
	(void)state;
	uintptr_t *vector = (uintptr_t *)(void *)pool;

	status(OWNER, MS_SYS_shm_lend, FRAMES, 3);
	status(BORROWER, MS_SYS_shm_map, FOREIGN, 0);
	be(BORROWER);
	vector[0] = (uintptr_t)borrower.ram + 3072;
	vector[1] = 100;
	fake_call(MS_SYS_psa_call, HANDLE, UINT32_C(1) << 24, 0, (uintptr_t)vector, UINT32_MAX, UINT32_MAX);
	be(SERVER);
	fake_call(MS_SYS_psa_get, SIGNAL, (uintptr_t)server.ram + 2048, 0, 0, 0, 0);
	shared_revoke(mapping_rule(service_of(OWNER), TABLE_SHARED, FRAMES));
	fake_call(MS_SYS_psa_reply, (uintptr_t)message(), 0, 0, 0, 0, 0);
	assert_int_equal(vector[1], 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(blocks_are_cleared_before_their_owner_runs, power_on),
		cmocka_unit_test_setup(the_owner_opens_and_closes_its_block, power_on),
		cmocka_unit_test_setup(what_was_not_granted_does_not_exist, power_on),
		cmocka_unit_test_setup(a_borrower_has_what_is_lent_as_it_is_lent, power_on),
		cmocka_unit_test_setup(lending_has_limits, power_on),
		cmocka_unit_test_setup(five_regions_and_no_sixth, power_on),
		cmocka_unit_test_setup(the_end_of_the_owner_takes_it_back, power_on),
		cmocka_unit_test_setup(the_end_of_the_borrower_gives_it_back, power_on),
		cmocka_unit_test(registers_are_no_block),
		cmocka_unit_test_setup(no_stack_lies_in_a_block, power_on),
		cmocka_unit_test_setup(a_copy_ends_where_the_block_is_taken_back, power_on),
		cmocka_unit_test_setup(sizes_are_not_written_into_a_block_that_was_taken_back, power_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
