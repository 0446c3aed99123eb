/* SPDX-License-Identifier: Apache-2.0 */
/* A device with one or two small services, for tests of booting: addresses below 4 GiB, as a table can name them.  Included by each test once. */
#ifndef BOOT_DEVICE_H
#define BOOT_DEVICE_H

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

/* Likewise. */
static size_t write_two(const struct table_rule *rules, const uint8_t *server_hash)
{
	struct table_entry two[2] = { entry, entry };

	two[1].id = 2;
	two[1].image_offset = 0x1000;
	two[1].ram_offset = 0x1000;
	two[1].name = (struct bytes)BYTES_LITERAL("server");
	two[1].sha256 = server_hash;
	memcpy(flash + 0x1000, flash, IMAGE);
	return write_entries(0, integrator, two, 2, rules, 2);
}

#endif
