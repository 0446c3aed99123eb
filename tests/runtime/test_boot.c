/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Booting from a flash that lies, in every bit and in every way the format
 * names.  A device with one small service; addresses below 4 GiB, as a table
 * can name them.
 */
#include "boot_device.h"

static void a_good_flash_boots(void **state)
{
	(void)state;
	good();
	write_bank(0, integrator);
	assert_true(boots());
	assert_int_equal(core_context(core_current())->entry, FLASH + IMAGE_HEADER_SIZE);
	assert_false(said("refused"));
}

static void each_flipped_bit_of_table_and_signature_is_refused_and_told(void **state)
{
	(void)state;
	good();
	size_t size = write_bank(0, integrator);

	for (size_t bit = 0; bit < size * 8; bit++) {
		bank[0][bit / 8] ^= 1u << bit % 8;
		if (boots() || !said("* table A refused: ") || !said("nothing runs"))
			fail_msg("bit %zu", bit);
		bank[0][bit / 8] ^= 1u << bit % 8;
	}
	assert_true(boots());
}

static void each_flipped_bit_of_the_image_is_refused_and_told(void **state)
{
	(void)state;
	good();
	write_bank(0, integrator);
	for (size_t bit = 0; bit < IMAGE * 8; bit++) {
		flash[bit / 8] ^= 1u << bit % 8;
		if (boots() || !said("* small refused: its image is not what the table says\n"))
			fail_msg("bit %zu", bit);
		flash[bit / 8] ^= 1u << bit % 8;
	}
	assert_true(boots());
}

static void the_higher_sequence_of_two_valid_tables_counts(void **state)
{
	(void)state;
	good();
	write_bank(0, integrator);
	table.sequence = 8;
	entry.name = BYTES_LITERAL("newer");
	write_bank(1, integrator);
	assert_true(boots());
	assert_memory_equal(core_current()->service->plan.name.at, "newer", 5);
	table.sequence = 6;
	write_bank(1, integrator);
	assert_true(boots());
	assert_memory_equal(core_current()->service->plan.name.at, "small", 5);
}

/* Flash that is another when it is read again: from the feed before that on. */
static uint8_t *changing;
static unsigned changes_at;

static void change(unsigned feeds)
{
	if (feeds == changes_at)
		*changing ^= 1;
}

/* In a process of its own: a boot that notices may stop all. */
static bool boots_while_it_changes(uint8_t *what, unsigned when)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		close(STDERR_FILENO);
		changing = what;
		changes_at = when;
		fake_fed = change;
		_exit(boots() ? 42 : 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 42;
}

static void what_changes_while_it_is_checked_does_not_run(void **state)
{
	uint8_t *const of_entry = bank[0] + TABLE_HEADER_SIZE;
	uint8_t *const places[] = { flash + IMAGE_HEADER_SIZE + 6, of_entry + 8, of_entry + 16, of_entry + 44, of_entry + 64 };	/* image; its offset, RAM, priority, hash */
	(void)state;

	good();
	write_bank(0, integrator);
	assert_true(boots());
	unsigned feeds = fake.feeds;

	assert_true(feeds >= 4);
	assert_true(boots_while_it_changes(flash, feeds + 1));
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		for (unsigned when = 1; when <= feeds; when++)
			assert_false(boots_while_it_changes(places[i], when));
}

static void a_broken_newer_table_leaves_the_older(void **state)
{
	(void)state;
	good();
	write_bank(0, integrator);
	table.sequence = 8;
	write_bank(1, integrator);
	bank[1][40] ^= 1;
	assert_true(boots());
	assert_true(said("* table B refused: its signature"));
}

static void who_signs_and_what_for_matters(void **state)
{
	(void)state;
	good();
	write_bank(0, stranger);
	assert_false(boots());
	assert_true(said("its signature is not by a key of this device"));

	kind = COSE_KIND_IMAGE;
	write_bank(0, integrator);
	assert_false(boots());

	good();
	write_provision(0);
	write_bank(0, integrator);
	assert_false(boots());
}

static void a_table_for_another_device_is_refused(void **state)
{
	(void)state;
	good();
	memcpy(table.class_id, other_class, 16);
	write_bank(0, integrator);
	assert_false(boots());
	assert_true(said("it is for another device"));

	good();
	table.key_epoch = 2;
	write_bank(0, integrator);
	assert_false(boots());

	good();
	table.ram_size = RAM_SIZE / 2;
	write_bank(0, integrator);
	assert_false(boots());

	good();
	table.abi_major = MS_ABI_MAJOR + 1;
	write_bank(0, integrator);
	assert_false(boots());
	assert_true(said("it is for another ABI"));
}

static void an_empty_device_says_so(void **state)
{
	(void)state;
	good();
	memset(bank[0], 0xff, BANK);
	assert_false(boots());
	assert_true(said("* no valid table: nothing runs\n"));
	assert_false(said("refused"));
	memset(provision, 0xff, sizeof(provision));
	assert_false(boots());
	assert_true(said("* not provisioned: nothing runs\n"));
}

/* Each bound of the device's windows by itself, in a table that is whole otherwise. */
static void a_table_for_other_memory_is_refused(void **state)
{
	uint32_t *const bounds[] = { &table.flash_base, &table.flash_size, &table.ram_base, &table.ram_size };
	(void)state;

	for (unsigned i = 0; i < sizeof(bounds) / sizeof(*bounds); i++) {
		good();
		*bounds[i] += i % 2 ? 4096 : 0u - 4096;
		write_bank(0, integrator);
		assert_false(boots());
		assert_true(said("it is for another device"));
	}
}

/* Signed, hashed, and still not fit for what the table gives: each in its own words. */
static void an_image_that_does_not_fit_its_entry_is_refused(void **state)
{
	(void)state;
	good();
	image.target = MS_TARGET_V8M;
	write_image();
	write_bank(0, integrator);
	assert_false(boots());
	assert_true(said("small refused: it is made for another target"));

	good();
	image.stack_size = 512;
	write_image();
	write_bank(0, integrator);
	assert_false(boots());
	assert_true(said("less stack or heap than it needs"));

	good();
	image.heap_size = 256;
	write_image();
	write_bank(0, integrator);
	assert_false(boots());
	assert_true(said("less stack or heap than it needs"));

	good();
	image.bss_size = image.static_size = 192;	/* with the stack it fits, with the heap it does not */
	write_image();
	write_bank(0, integrator);
	assert_false(boots());
	assert_true(said("its memory does not fit"));

	good();
	image.flags = IMAGE_FLAG_FPU;
	write_image();
	write_bank(0, integrator);
	assert_false(boots());
	assert_true(said("it needs the FPU and has no grant"));

	good();
	image.bss_size = image.static_size = 4096;
	write_image();
	write_bank(0, integrator);
	assert_false(boots());
	assert_true(said("its memory does not fit"));

	good();					/* the kernel writes the thread pointer to the word behind the stack's top and one */
	image.bss_size = image.static_size = image.heap_size = entry.heap_size = 0;
	image.stack_size = entry.stack_size = entry.ram_extent;
	write_image();
	write_bank(0, integrator);
	assert_false(boots());
	assert_true(said("no valid header"));

	good();
	image.entry = TEXT;
	write_image();
	write_bank(0, integrator);
	assert_false(boots());
	assert_true(said("no valid header"));
}

static void rules_that_contradict_each_other_are_refused(void **state)
{
	struct table_rule rules[2] = { talk[0], talk[1] };
	(void)state;

	good();
	write_two(rules, hash);
	assert_true(boots());
	assert_false(said("refused"));
	rules[1].operations &= 0xffff;		/* version 0 */
	write_two(rules, hash);
	assert_false(boots());
	assert_true(said("* table A refused: it breaks a rule of the format"));
}

/* Its endpoint is there, but nobody will ever serve it: that is no programmer error of a client. */
static void callers_of_a_service_that_was_refused_are_told_so(void **state)
{
	static const uint8_t another[32] = { 1 };
	(void)state;

	good();
	write_two(talk, another);
	assert_true(boots());
	assert_true(said("* server refused: its image is not what the table says"));
	struct thread *client = fake_call(MS_SYS_psa_version, 0x1234, 0, 0, 0, 0, 0);

	assert_int_equal(core_context(client)->value, 1);
	fake_call(MS_SYS_psa_connect, 0x1234, 1, UINT32_MAX, UINT32_MAX, 0, 0);
	assert_ptr_equal(core_current(), client);
	assert_int_equal((psa_status_t)core_context(client)->value, PSA_ERROR_CONNECTION_REFUSED);
}

static void endpoints_beyond_what_there_is_room_for_are_refused(void **state)
{
	static struct table_rule many[ENDPOINT_MAX + 1];
	(void)state;

	good();
	for (uint32_t i = 0; i <= ENDPOINT_MAX; i++)
		many[i] = (struct table_rule){
			1 + (i >= 20), TABLE_ENDPOINT << 24 | i, TABLE_ENDPOINT_RECEIVE | (4 + i % 20) << 8 | 1 << 16, 1 + i,
		};
	struct table_entry two[2] = { entry, entry };

	two[1].id = 2;
	two[1].image_offset = two[1].ram_offset = 0x1000;
	two[1].name = (struct bytes)BYTES_LITERAL("second");
	memcpy(flash + 0x1000, flash, IMAGE);
	write_entries(0, integrator, two, 2, many, ENDPOINT_MAX);
	assert_true(boots());
	assert_false(said("refused"));
	write_entries(0, integrator, two, 2, many, ENDPOINT_MAX + 1);
	assert_true(boots());
	assert_true(said("* second refused: there are too many services or endpoints"));
	assert_false(said("small refused"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_flash_boots),
		cmocka_unit_test(each_flipped_bit_of_table_and_signature_is_refused_and_told),
		cmocka_unit_test(each_flipped_bit_of_the_image_is_refused_and_told),
		cmocka_unit_test(the_higher_sequence_of_two_valid_tables_counts),
		cmocka_unit_test(what_changes_while_it_is_checked_does_not_run),
		cmocka_unit_test(a_broken_newer_table_leaves_the_older),
		cmocka_unit_test(who_signs_and_what_for_matters),
		cmocka_unit_test(a_table_for_another_device_is_refused),
		cmocka_unit_test(a_table_for_other_memory_is_refused),
		cmocka_unit_test(an_empty_device_says_so),
		cmocka_unit_test(an_image_that_does_not_fit_its_entry_is_refused),
		cmocka_unit_test(rules_that_contradict_each_other_are_refused),
		cmocka_unit_test(callers_of_a_service_that_was_refused_are_told_so),
		cmocka_unit_test(endpoints_beyond_what_there_is_room_for_are_refused),
	};

	return cmocka_run_group_tests(tests, make_keys, drop_keys);
}
