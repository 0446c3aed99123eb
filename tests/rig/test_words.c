/* SPDX-License-Identifier: Apache-2.0 */
/* What a rig reads and keeps: numbers of leases, its configuration, the map of what may be written. */
#include "epoch.h"
#include "remote.h"
#include "safe.h"
#include "scratch.h"
#include "token.h"

static void a_number_outlives_the_program(void **state)
{
	(void)state;
	uint64_t epoch = 1;
	struct err e;

	assert_int_equal(epoch_read("none", &epoch, &scratch, &e), MS_OK);
	assert_int_equal(epoch, 0);
	assert_int_equal(epoch_write("one", 123456789012, &scratch, &e), MS_OK);
	assert_int_equal(epoch_read("one", &epoch, &scratch, &e), MS_OK);
	assert_true(epoch == 123456789012);
}

static void nothing_is_guessed_of_a_damaged_number(void **state)
{
	(void)state;
	static const char *const wrong[] = { "", "\n", "12", "x\n", "1 2\n", "-1\n", "1\n\n", "9999999999999999999\n", "12345678901234567890123456789012345\n" };
	uint64_t epoch;
	struct err e;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		file_replace("e", (struct bytes){ (const uint8_t *)wrong[i], strlen(wrong[i]) }, 0600, &scratch, &e);
		assert_true(epoch_read("e", &epoch, &scratch, &e) < 0);
	}
}

static int decode(const char *text, struct config *c, struct err *e)
{
	return config_decode((struct bytes){ (const uint8_t *)text, strlen(text) }, "rig.yaml", &scratch, c, e);
}

static void a_configuration_is_read(void **state)
{
	(void)state;
	struct config c;
	struct err e;

	assert_int_equal(decode("socket: s\nlease: 2 s\nboards:\n  - { name: emu, board: mps2-an386 }\n"
				"  - { name: disco, board: netduinoplus2, way: openocd, probe: stlink, safe: [ { at: 0x08000000, size: 512 KiB } ] }\n", &c, &e), MS_OK);
	assert_int_equal(c.lease_msec, 2000);
	assert_int_equal(c.board_count, 2);
	assert_string_equal(c.boards[0].way, "qemu");
	assert_int_equal(c.boards[1].safe[0].at, 0x08000000);
	assert_int_equal(c.boards[1].safe[0].size, 512 << 10);
	assert_int_equal(c.socket[0], '/');
}

#define HASH "sha256:00000000000000000000000000000000000000000000000000000000000000ff"

static void what_makes_no_sense_is_refused_at_its_place(void **state)
{
	(void)state;
	static const struct { const char *text, *sentence; int line; } wrong[] = {
		{ "boards:\n  - { name: aa, board: bb }\n  - { name: aa, board: bb }\n", "two boards are called 'aa'", 3 },
		{ "boards:\n  - { name: aa, board: bb, way: openocd }\n", "which probe", 2 },
		{ "boards:\n  - { name: aa, board: bb, way: command }\n", "has no command", 2 },
		{ "boards:\n  - { name: aa, board: bb, way: magic }\n", "magic", 2 },
		{ "boards:\n  - { name: ../aa, board: bb }\n", "../aa", 2 },
		{ "boards:\n  - { name: aa, board: bb, safe: [ { at: 0xffffff00, size: 512 } ] }\n", "behind the last address", 2 },
		{ "listen: 127.0.0.1:1\nboards:\n  - { name: aa, board: bb }\n", "no users", 0 },
		{ "certificate: c\nboards:\n  - { name: aa, board: bb }\n", "belong together", 0 },
		{ "users: [ { name: ann, token: secret } ]\nboards:\n  - { name: aa, board: bb }\n", "no hash of a token", 1 },
		{ "users:\n  - { name: ann, token: " HASH " }\n  - { name: ann, token: " HASH " }\nboards:\n  - { name: aa, board: bb }\n", "two users are called 'ann'", 3 },
		{ "certificate: ''\nboards:\n  - { name: aa, board: bb }\n", "a path is empty", 1 },
		{ "bords: []\n", "bords", 1 },
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct config c;
		struct err e = { 0 };

		assert_true(decode(wrong[i].text, &c, &e) < 0);
		if (!strstr(e.text, wrong[i].sentence))
			fail_msg("'%s' gives '%s'", wrong[i].text, e.text);
		assert_int_equal(e.line, wrong[i].line);
		if (!e.fix[0] && !strstr(e.text, "expected one of"))
			fail_msg("'%s' gives '%s' and no fix", wrong[i].text, e.text);
	}
}

static const struct board board = { .name = "netduinoplus2", .flash = { 0x08000000, 1 << 20 },
	.probe = { .target = "t", .sectors = { { 16 << 10, 4 }, { 64 << 10, 1 }, { 128 << 10, 7 } } } };

static int may(const struct safe_range *safe, uint32_t count, uint32_t size)
{
	const struct lent l = { .name = "disco", .safe = (struct safe_range *)safe, .safe_count = count };
	struct err e;

	return safe_check(&l, &board, size, &e);
}

static void nothing_is_written_outside_of_the_safe_map(void **state)
{
	(void)state;
	const struct safe_range all = { 0x08000000, 1 << 20 }, first = { 0x08000000, 32 << 10 }, second = { 0x08008000, 32 << 10 }, later = { 0x08004000, 1 << 20 };
	const struct safe_range both[] = { second, first }, hole[] = { { 0x08000000, 16 << 10 }, { 0x08004001, 64 << 10 } };

	assert_int_equal(may(NULL, 0, 1 << 20), MS_OK);
	assert_true(may(NULL, 0, 0) < 0);
	assert_true(may(NULL, 0, (1 << 20) + 1) < 0);
	assert_int_equal(may(&all, 1, 1 << 20), MS_OK);
	assert_int_equal(may(&first, 1, 32 << 10), MS_OK);
	assert_true(may(&first, 1, (32 << 10) + 1) < 0);
	assert_true(may(&later, 1, 1) < 0);
	assert_int_equal(may(both, 2, 64 << 10), MS_OK);
	assert_true(may(both, 2, (64 << 10) + 1) < 0);
	assert_true(may(hole, 2, 17 << 10) < 0);
}

/* A sector is erased whole: what lies behind the image in it counts. */
static void sectors_count_whole(void **state)
{
	(void)state;
	const struct safe_range narrow = { 0x08000000, 20 << 10 };

	assert_int_equal(may(&narrow, 1, 16 << 10), MS_OK);
	assert_true(may(&narrow, 1, (16 << 10) + 1) < 0);
}

static void rigs_are_known_by_files_of_their_own(void **state)
{
	(void)state;
	const char *token = token_make(TOKEN_OF_RIG, &scratch);
	struct remote kept = { .name = "desk", .url = "https://127.0.0.1:7443", .token = token }, found;
	struct stat s;
	struct err e;

	setenv("MS_HOME", ".", 1);
	assert_int_equal(remote_keep(&kept, &scratch, &e), MS_OK);
	assert_int_equal(remote_find("desk", &scratch, &found, &e), MS_OK);
	assert_string_equal(found.url, kept.url);
	assert_string_equal(found.token, token);
	assert_null(found.pin);
	assert_int_equal(stat("config/rigs/desk", &s), 0);
	assert_int_equal(s.st_mode & 0777, 0600);
	chmod("config/rigs/desk", 0640);
	assert_true(remote_find("desk", &scratch, &found, &e) < 0);
	assert_true(remote_find("../rigs/desk", &scratch, &found, &e) < 0);
	assert_true(remote_find("http://127.0.0.1", &scratch, &found, &e) < 0);
	assert_true(remote_find("https://user@127.0.0.1", &scratch, &found, &e) < 0);
}

static void a_board_is_named_behind_its_rig(void **state)
{
	(void)state;
	static const struct { const char *text, *name, *board; } cases[] = {
		{ "desk", "desk", NULL }, { "desk/emu", "desk", "emu" }, { "desk/", "desk", NULL }, { "unix:/a/b", "unix:/a/b", NULL }, { "unix:/a/b!emu", "unix:/a/b", "emu" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *name, *named;

		remote_split(cases[i].text, &scratch, &name, &named);
		assert_string_equal(name, cases[i].name);
		assert_string_equal(named ? named : "", cases[i].board ? cases[i].board : "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_number_outlives_the_program, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(nothing_is_guessed_of_a_damaged_number, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(a_configuration_is_read, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(what_makes_no_sense_is_refused_at_its_place, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(nothing_is_written_outside_of_the_safe_map, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(sectors_count_whole, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(rigs_are_known_by_files_of_their_own, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(a_board_is_named_behind_its_rig, scratch_make, scratch_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
