/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles: a requirement is met by a fact of this product, or it is not met. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "given.h"
#include "profile.h"

static struct board board;
static struct manifest manifest;
static struct device_service running;
static struct device device;
static struct product_service service;
static struct product product;

static int sample(void **state)
{
	(void)state;
	board = (struct board){ .name = "sample", .mpu = MPU_V7, .mpu_regions = 8, .device_count = 3 };
	manifest = (struct manifest){ .license = BYTES_LITERAL("MIT"), .version_text = BYTES_LITERAL("1.2.3") };
	running = (struct device_service){ .name = "one", .manifest = &manifest };
	device = (struct device){ .board = &board, .services = &running, .service_count = 1 };
	service = (struct product_service){ .restart = "failure", .restart_limit = 5 };
	product = (struct product){ .name = "gate", .vendor = "acme.example", .version_text = "1.0.0", .sequence = 7, .trust = "/trust", .services = &service, .service_count = 1,
				    .events = { "record", "record", "reset" } };
	return 0;
}

static const struct profile_answer *ask(const char *profile, const char *number)
{
	struct list all = { 0 };

	assert_true(profile_answers(profile, &product, &device, &arena, &all));
	for (size_t i = 0; i < all.count; i++)
		if (!strcmp(((struct profile_answer *)all.at[i])->number, number))
			return all.at[i];
	fail_msg("%s has no %s", profile, number);
	return NULL;
}

static void a_fact_is_told_with_its_value_and_place(void **state)
{
	(void)state;
	const struct profile_answer *a = ask("cra", "I.2.f");

	assert_int_equal(a->status, PROFILE_MET);
	assert_non_null(strstr(a->said, "sequence 7"));
	assert_non_null(strstr(a->where, "evidence.json"));
}

/* Each change of the product takes the requirements that rest on it. */
static void what_does_not_hold_is_open(void **state)
{
	(void)state;
	assert_int_equal(ask("psa-l1", "goal 7")->status, PROFILE_MET);
	assert_int_equal(ask("cra", "I.2.h")->status, PROFILE_MET);
	assert_int_equal(ask("sesip", "Secure Install of Application")->status, PROFILE_MET);
	assert_int_equal(ask("sesip", "Verification of Platform Identity")->status, PROFILE_MET);
	board.mpu = MPU_NONE;
	service.restart_limit = 0;
	product.trust = NULL;
	manifest.license = (struct bytes){ 0 };
	assert_int_equal(ask("psa-l1", "goal 7")->status, PROFILE_OPEN);
	assert_int_equal(ask("en303645", "5.6-8")->status, PROFILE_OPEN);
	assert_int_equal(ask("cra", "I.2.h")->status, PROFILE_OPEN);
	assert_int_equal(ask("sesip", "Secure Install of Application")->status, PROFILE_OPEN);
	assert_int_equal(ask("sesip", "Verification of Platform Identity")->status, PROFILE_OPEN);
	assert_non_null(strstr(ask("psa-l1", "goal 7")->said, "not so in this product"));
}

static void what_a_manufacturer_states_is_never_met(void **state)
{
	(void)state;
	static const char *const theirs[][2] = {
		{ "cra", "II.2" }, { "cra", "II.6" }, { "psti", "3.1" }, { "psti", "2.1" }, { "en303645", "5.2-1" }, { "en303645", "5.3-13" }, { "sesip", "Physical Attacker Resistance" },
	};

	for (size_t i = 0; i < sizeof(theirs) / sizeof(theirs[0]); i++)
		assert_int_equal(ask(theirs[i][0], theirs[i][1])->status, PROFILE_NOT_OURS);
}

/* What the SDK has not yet is in no profile met: no update, no storage, no attestation. */
static void what_is_not_there_is_open(void **state)
{
	(void)state;
	static const char *const missing[][2] = {
		{ "cra", "I.2.c" }, { "cra", "I.2.m" }, { "psa-l1", "goal 3" }, { "psa-l1", "goal 6" }, { "psa-l1", "goal 9" }, { "en303645", "5.3-2" }, { "en303645", "5.3-9" }, { "en303645", "5.6-1" }, { "en303645", "5.7-1" }, { "psa-l1", "goal 1" }, { "psa-l1", "goal 10" }, { "cra", "I.2.f report" },
		{ "psti", "1.1" }, { "sesip", "Secure Initialization of Platform" },
	};

	for (size_t i = 0; i < sizeof(missing) / sizeof(missing[0]); i++)
		assert_int_equal(ask(missing[i][0], missing[i][1])->status, PROFILE_OPEN);
}

static void each_row_of_each_profile_says_something_once(void **state)
{
	(void)state;
	char *names = strdup(profile_names);

	for (char *name = strtok(names, "|"); name; name = strtok(NULL, "|")) {
		struct list all = { 0 };

		assert_true(profile_answers(name, &product, &device, &arena, &all));
		assert_true(all.count >= 8);
		assert_true(strlen(profile_source(name)) > 40);
		for (size_t i = 0; i < all.count; i++) {
			const struct profile_answer *a = all.at[i];

			assert_true(*a->number && *a->text && *a->said);
			assert_true((a->status == PROFILE_MET) == (a->where != NULL));
			for (size_t k = 0; k < i; k++)
				assert_string_not_equal(a->number, ((struct profile_answer *)all.at[k])->number);
		}
	}
	free(names);
	struct list none = { 0 };

	assert_null(profile_source("cra2"));
	assert_false(profile_answers("cra2", &product, &device, &arena, &none));
}

/* No provision is left out: so many has each clause of V3.1.3, letters included. */
static void each_provision_of_en_303_645_has_its_row(void **state)
{
	(void)state;
	static const struct { const char *clause; int count; } clauses[] = {
		{ "5.0-", 1 }, { "5.1-", 6 }, { "5.2-", 3 }, { "5.3-", 19 }, { "5.4-", 4 }, { "5.5-", 8 }, { "5.6-", 10 }, { "5.7-", 2 }, { "5.8-", 3 }, { "5.9-", 3 }, { "5.10-", 1 },
		{ "5.11-", 4 }, { "5.12-", 3 }, { "5.13-", 2 }, { "6-", 9 },
	};
	struct list all = { 0 };

	assert_true(profile_answers("en303645", &product, &device, &arena, &all));
	for (size_t i = 0; i < sizeof(clauses) / sizeof(clauses[0]); i++) {
		int count = 0;

		for (size_t k = 0; k < all.count; k++)
			count += !strncmp(((struct profile_answer *)all.at[k])->number, clauses[i].clause, strlen(clauses[i].clause));
		assert_int_equal(count, clauses[i].count);
	}
	for (char letter = 'a'; letter <= 'm'; letter++)
		ask("cra", arena_printf(&arena, "I.2.%c", letter));
	for (int n = 1; n <= 8; n++)
		ask("cra", arena_printf(&arena, "II.%d", n));
	for (int n = 1; n <= 10; n++)
		ask("psa-l1", arena_printf(&arena, "goal %d", n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_fact_is_told_with_its_value_and_place, sample, give_back),
		cmocka_unit_test_setup_teardown(what_does_not_hold_is_open, sample, give_back),
		cmocka_unit_test_setup_teardown(what_a_manufacturer_states_is_never_met, sample, give_back),
		cmocka_unit_test_setup_teardown(what_is_not_there_is_open, sample, give_back),
		cmocka_unit_test_setup_teardown(each_provision_of_en_303_645_has_its_row, sample, give_back),
		cmocka_unit_test_setup_teardown(each_row_of_each_profile_says_something_once, sample, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
