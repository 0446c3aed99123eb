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
	assert_int_equal(ask("sesip", "installation")->status, PROFILE_MET);
	assert_int_equal(ask("sesip", "identification")->status, PROFILE_MET);
	board.mpu = MPU_NONE;
	service.restart_limit = 0;
	product.trust = NULL;
	manifest.license = (struct bytes){ 0 };
	assert_int_equal(ask("psa-l1", "goal 7")->status, PROFILE_OPEN);
	assert_int_equal(ask("en303645", "5.6-8")->status, PROFILE_OPEN);
	assert_int_equal(ask("cra", "I.2.h")->status, PROFILE_OPEN);
	assert_int_equal(ask("sesip", "installation")->status, PROFILE_OPEN);
	assert_int_equal(ask("sesip", "identification")->status, PROFILE_OPEN);
	assert_non_null(strstr(ask("psa-l1", "goal 7")->said, "not so in this product"));
}

static void what_a_manufacturer_states_is_never_met(void **state)
{
	(void)state;
	static const char *const theirs[][2] = {
		{ "cra", "II.2" }, { "cra", "II.6" }, { "psti", "3.1" }, { "psti", "2.1" }, { "en303645", "5.2-1" }, { "en303645", "5.3-13" }, { "sesip", "resistance to physical attack" },
	};

	for (size_t i = 0; i < sizeof(theirs) / sizeof(theirs[0]); i++)
		assert_int_equal(ask(theirs[i][0], theirs[i][1])->status, PROFILE_NOT_OURS);
}

/* What the SDK has not yet is in no profile met: no update, no storage, no attestation. */
static void what_is_not_there_is_open(void **state)
{
	(void)state;
	static const char *const missing[][2] = {
		{ "cra", "I.2.c" }, { "cra", "I.2.m" }, { "psa-l1", "goal 3" }, { "psa-l1", "goal 6" }, { "psa-l1", "goal 9" }, { "en303645", "5.3-2" }, { "en303645", "5.7-1" },
		{ "psti", "1.1" }, { "sesip", "initialisation" },
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

	assert_false(profile_answers("cra2", &product, &device, &arena, &none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_fact_is_told_with_its_value_and_place, sample, give_back),
		cmocka_unit_test_setup_teardown(what_does_not_hold_is_open, sample, give_back),
		cmocka_unit_test_setup_teardown(what_a_manufacturer_states_is_never_met, sample, give_back),
		cmocka_unit_test_setup_teardown(what_is_not_there_is_open, sample, give_back),
		cmocka_unit_test_setup_teardown(each_row_of_each_profile_says_something_once, sample, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
