/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Booting from a flash that lies, in every bit and in every way the format
 * names.  A device with one small service; addresses below 4 GiB, as a table
 * can name them.
 */
#include "boot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include <ms/abi/abi.h>
#include <psa/error.h>

#include "capacity.h"
#include "fake_port.h"
#include "image.h"
#include "key.h"
#include "provision.h"
#include "services.h"

enum {
	FLASH = 0x10000000, FLASH_SIZE = 0x10000, RAM = 0x20000000, RAM_SIZE = 0x10000, BANK = 2048,
	TEXT = 64, IMAGE = IMAGE_HEADER_SIZE + TEXT,
};

static uint8_t *const flash = (uint8_t *)FLASH;
static uint8_t provision[PROVISION_SIZE_MAX], bank[2][BANK];
static struct key *integrator, *stranger;
static struct arena arena;
static const uint8_t class_id[16] = "a class of board", other_class[16] = "another of those";

static struct image image;
static struct table table;
static struct table_entry entry;
static uint8_t hash[32], signer[32];
static const char *kind = COSE_KIND_TABLE;

static void write_provision(uint32_t roles)
{
	const struct key_public *k = key_public_of(integrator);
	struct provision p = { .key_count = 1, .key_epoch = 3, .class_id = class_id, .keys = { { k->kid, roles, k->point } } };
	struct writer w = { .at = provision, .size = sizeof(provision) };

	memset(provision, 0xff, sizeof(provision));
	provision_encode(&p, &w);
	assert_false(w.failed);
}

static void write_image(void)
{
	image_set_alignment(&image);
	image_encode(&image, flash);
	memset(flash + IMAGE_HEADER_SIZE, 0xbf, TEXT);
	sha256((struct bytes){ flash, IMAGE }, hash);
}

static size_t write_entries(unsigned which, const struct key *k, const struct table_entry *entries, uint32_t count,
			    const struct table_rule *rules, uint32_t rule_count)
{
	struct writer w = { .at = bank[which], .size = BANK };
	struct err e = { 0 };

	memset(bank[which], 0xff, BANK);
	table_encode(&table, entries, count, rules, rule_count, &w);
	assert_false(w.failed);
	assert_int_equal(key_sign(k, kind, writer_bytes(&w), bank[which] + w.used, &e), MS_OK);
	return w.used + COSE_BLOCK_SIZE;
}

/* Returns the bytes of table and block. */
static size_t write_bank(unsigned which, const struct key *k)
{
	return write_entries(which, k, &entry, 1, NULL, 0);
}

/* All as it should be; a test changes one thing and writes again. */
static void good(void)
{
	kind = COSE_KIND_TABLE;
	image = (struct image){
		.abi_major = MS_ABI_MAJOR, .target = MS_TARGET_V7EM, .image_size = IMAGE, .text_size = TEXT,
		.data_offset = IMAGE, .reloc_offset = IMAGE, .tls_offset = 0, .bss_size = 64, .static_size = 64,
		.stack_size = 256, .heap_size = 128,
	};
	table = (struct table){
		.sequence = 7, .key_epoch = 3, .abi_major = MS_ABI_MAJOR,
		.flash_base = FLASH, .flash_size = FLASH_SIZE, .ram_base = RAM, .ram_size = RAM_SIZE,
	};
	memcpy(table.class_id, class_id, 16);
	entry = (struct table_entry){
		.id = 1, .flags = TABLE_START, .image_size = IMAGE, .image_extent = region_extent(MPU_V7, IMAGE),
		.ram_extent = region_extent(MPU_V7, 448), .stack_size = 256, .heap_size = 128, .version = { 1, 0, 0, 0 },
		.security_counter = 1, .priority = 8, .ceiling = 16, .quantum_msec = 10, .restart = TABLE_RESTART_FAILURE,
		.restart_limit = 5, .backoff_msec = 100, .name = BYTES_LITERAL("small"), .sha256 = hash, .signer = signer,
	};
	write_provision(PROVISION_INTEGRATOR);
	write_image();
	memset(bank[1], 0xff, BANK);
}

/* Boot and start. Does the service run? */
static bool boots(void)
{
	fake_reset(0);
	fake.partition[BOARD_PROVISION] = (struct bytes){ provision, sizeof(provision) };
	fake.partition[BOARD_TABLE_A] = (struct bytes){ bank[0], BANK };
	fake.partition[BOARD_TABLE_B] = (struct bytes){ bank[1], BANK };
	fake.flash = (struct board_window){ FLASH, FLASH_SIZE };
	fake.ram = (struct board_window){ RAM, RAM_SIZE };
	core_init();
	boot();
	service_start_all();
	fake_leave();
	return core_current() != NULL;
}

static bool said(const char *what)
{
	return strstr(fake.console, what) != NULL;
}

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

static int make_keys(void **state)
{
	struct err e = { 0 };
	char folder[] = "/tmp/test_boot.XXXXXX";
	(void)state;

	assert_non_null(mkdtemp(folder));
	const char *one = arena_printf(&arena, "%s/1.pem", folder), *two = arena_printf(&arena, "%s/2.pem", folder);

	assert_int_equal(key_create(one, &arena, &e), MS_OK);
	assert_int_equal(key_create(two, &arena, &e), MS_OK);
	assert_int_equal(key_open(one, &arena, &integrator, &e), MS_OK);
	assert_int_equal(key_open(two, &arena, &stranger, &e), MS_OK);
	unlink(one);
	unlink(two);
	rmdir(folder);
	return mmap(flash, FLASH_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != flash ||
	       mmap((void *)RAM, RAM_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != (void *)RAM;
}

static int drop_keys(void **state)
{
	(void)state;
	key_close(integrator);
	key_close(stranger);
	arena_done(&arena);
	return 0;
}

/* A client and its server: rules that do not agree with each other make a table that is none. */
static const struct table_rule talk[] = {
	{ 1, TABLE_ENDPOINT << 24, TABLE_ENDPOINT_CALL, 0 },
	{ 2, TABLE_ENDPOINT << 24, TABLE_ENDPOINT_RECEIVE | TABLE_ENDPOINT_CONNECTIONS | 4 << 8 | 1 << 16, 0x1234 },
};

static void write_two(const struct table_rule *rules, const uint8_t *server_hash)
{
	struct table_entry two[2] = { entry, entry };

	two[1].id = 2;
	two[1].image_offset = 0x1000;
	two[1].ram_offset = 0x1000;
	two[1].name = (struct bytes)BYTES_LITERAL("server");
	two[1].sha256 = server_hash;
	memcpy(flash + 0x1000, flash, IMAGE);
	write_entries(0, integrator, two, 2, rules, 2);
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
			1 + (i >= 20), TABLE_ENDPOINT << 24 | i, TABLE_ENDPOINT_RECEIVE | (4 + i % 20) << 8 | 1 << 16, i,
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
