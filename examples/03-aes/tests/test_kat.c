/* SPDX-License-Identifier: Apache-2.0 */
/* What the service compares on the board: the compiled-in tables are NIST's files, and a wrong answer is noticed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

#include "kat.h"
#include "rsp.h"

static const struct kat_set *find(const char *name, const char *section)
{
	char both[32];

	snprintf(both, sizeof(both), "%s %s", name, section);
	for (unsigned i = 0; i < kat_set_count; i++)
		if (strcmp(kat_sets[i].name, name) == 0 || strcmp(kat_sets[i].name, both) == 0)
			return &kat_sets[i];
	fail_msg("no set is named '%s'", name);
	return NULL;
}

static void assert_same(const struct rsp *r, const struct kat_set *s, const struct kat_vector *v)
{
	static const uint8_t no_iv[AES_BLOCK_SIZE];

	assert_int_equal(v->number, r->number);
	assert_int_equal(s->key_size, r->key.size);
	assert_memory_equal(v->key, r->key.at, r->key.size);
	assert_memory_equal(v->iv, s->mode == AES_CBC ? r->iv.at : no_iv, sizeof(v->iv));
	assert_int_equal(v->size, r->plain.size);
	assert_memory_equal(v->plain, r->plain.at, v->size);
	assert_int_equal(v->size, r->cipher.size);
	assert_memory_equal(v->cipher, r->cipher.at, v->size);
}

/* Both sections of a file: each against its set, from that set's first vector to its last. */
static void compare_file(const char *name)
{
	struct kat_reader table = { 0 };
	struct kat_vector v;
	struct rsp r;

	for (rsp_open(&r, name); rsp_next(&r); ) {
		if (r.number == 0) {
			const struct kat_set *s = find(name, r.section);

			assert_true(!table.set || !kat_read(&table, &v));
			table = (struct kat_reader){ .set = s, .at = s->bytes };
		}
		assert_true(kat_read(&table, &v));
		assert_same(&r, table.set, &v);
	}
	assert_false(kat_read(&table, &v));
}

static void the_tables_hold_what_the_files_hold(void **state)
{
	(void)state;
	unsigned files_of_two = 6;

	for (unsigned i = 0; i < RSP_COUNT; i++)
		compare_file(rsp_names[i]);
	assert_int_equal(kat_set_count, RSP_COUNT + files_of_two);
}

/* The last byte of vector 3's ciphertext is another one: both directions notice. */
static void a_wrong_answer_is_counted_and_named(void **state)
{
	struct sim *sim = *state;
	struct kat_set s = *find("ECBVarKey128", "");
	uint8_t bytes[AES_BLOCK_SIZE * 128];
	size_t lines = sim_log_count(sim, NULL);

	assert_int_equal(s.count * AES_BLOCK_SIZE, sizeof(bytes));
	memcpy(bytes, s.bytes, sizeof(bytes));
	s.bytes = bytes;
	assert_int_equal(aes_init(), 0);
	assert_int_equal(kat_compare(&s), 0);
	assert_int_equal(sim_log_count(sim, NULL), lines);

	bytes[AES_BLOCK_SIZE * 4 - 1] ^= 1;
	assert_int_equal(kat_compare(&s), 2);
	assert_true(sim_log_has(sim, NULL, "ECBVarKey128 COUNT 3: encryption gives another answer than NIST's"));
	assert_true(sim_log_has(sim, NULL, "ECBVarKey128 COUNT 3: decryption gives another answer than NIST's"));
	assert_int_equal(sim_log_count(sim, NULL), lines + 2);
}

static void the_service_compares_all_and_ends_well(void **state)
{
	struct sim *sim = *state;

	sim_run(sim, "aes", SIM_FOREVER);
	assert_log(sim, "aes", "ECBVarKey256      256 vectors, 0 wrong");
	assert_log(sim, "aes", "2198 vectors encrypted and decrypted, 0 answers wrong");
	assert_int_equal(sim_log_count(sim, "aes"), kat_set_count + 1);
	assert_int_equal(sim_state(sim, "aes"), SIM_ENDED);
	assert_int_equal(sim_exit_status(sim, "aes"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_tables_hold_what_the_files_hold),
		cmocka_unit_test_setup_teardown(a_wrong_answer_is_counted_and_named, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(the_service_compares_all_and_ends_well, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
