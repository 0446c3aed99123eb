/* SPDX-License-Identifier: Apache-2.0 */
/* Device images: what is put together is believed, and what was changed since is not. */
#include "device_sample.h"

#include "device_change.h"

static void what_is_built_is_believed(void **state)
{
	(void)state;
	struct sample s;
	struct device_report r;
	struct table_entry entry;
	struct err e = { 0 };

	sample(&s);
	struct bytes flash = built(&s);
	assert_true(device_is_for(flash, &board));
	if (believe(flash, &r, &e) < 0)
		fail_msg("%s", e.text);
	assert_int_equal(r.table.sequence, 7);
	assert_int_equal(r.table.entry_count, 2);
	assert_int_equal(r.bank, BOARD_TABLE_A);
	table_entry(&r.table, 1, &entry);
	assert_int_equal(entry.id, 2);
	assert_true(bytes_equal(entry.name, BYTES_LITERAL("counter")));
	assert_memory_equal(entry.signer, key_public_of(other)->thumbprint, 32);
	assert_true(bytes_equal(device_image(flash, &board, &entry), s.services[1].image));
	assert_memory_equal(flash.at + (board.part[BOARD_RUNTIME].base - board.flash.base), "the runtime's bytes", 19);
}

static void the_same_device_gives_the_same_bytes_and_a_variant_others(void **state)
{
	(void)state;
	struct sample s;
	struct device_report r;
	struct err e = { 0 };

	sample(&s);
	struct bytes one = built(&s);
	sample(&s);
	assert_true(bytes_equal(one, built(&s)));

	sample(&s);
	s.device.variant = 3;
	struct bytes moved = built(&s);
	assert_false(bytes_equal(one, moved));
	assert_int_equal(believe(moved, &r, &e), MS_OK);
	assert_true(s.services[0].at.flash.base != board.part[BOARD_SERVICES].base);
}

static void refuses(struct sample *s, int code, const char *sentence)
{
	struct bytes flash = { 0 };
	struct err e = { 0 };

	assert_int_equal(device_build(&s->device, integrator, &arena, &flash, &e), code);
	if (!strstr(e.text, sentence))
		fail_msg("'%s' does not say '%s'", e.text, sentence);
	assert_null(flash.at);
}

/* A changed copy of a service's image. */
static void with_image(struct sample *s, size_t at, uint8_t byte)
{
	sample(s);
	uint8_t *copy = sample_copy(s->services[0].image, &arena);

	copy[at] = byte;
	s->services[0].image.at = copy;
}

static void what_does_not_belong_on_the_board_is_refused(void **state)
{
	(void)state;
	struct sample s;

	with_image(&s, 0, 'X');
	refuses(&s, -MS_EFORMAT, "the image of 'hello' is not a whole, well-formed image");
	with_image(&s, 6, 9);
	refuses(&s, -MS_EINCOMPATIBLE, "another ABI");
	with_image(&s, 7, 9);
	refuses(&s, -MS_EINCOMPATIBLE, "'hello' needs ABI 1.9");
	with_image(&s, 8, MS_TARGET_V8M);
	refuses(&s, s.services[0].image.at[10] ? -MS_EFORMAT : -MS_EINCOMPATIBLE, "hello");
	with_image(&s, 9, IMAGE_FLAG_FPU);
	refuses(&s, -MS_EINCOMPATIBLE, "needs the FPU");

	sample(&s);
	s.services[1].name = "hello";
	refuses(&s, -MS_EINCOMPATIBLE, "two services have the name 'hello'");
	sample(&s);
	s.services[1].name = "No Name";
	refuses(&s, -MS_EFORMAT, "breaks a rule");
	sample(&s);
	s.device.service_count = 0;
	refuses(&s, -MS_EINCOMPATIBLE, "1 to 64 services");
	sample(&s);
	s.services[0].image.size -= 4;
	refuses(&s, -MS_EFORMAT, "whole");
	sample(&s);
	s.device.runtime = (struct bytes){ arena_take(&arena, 0x10001), 0x10001 };
	refuses(&s, -MS_EINCOMPATIBLE, "the runtime has 65537 bytes");
}

static void memory_that_the_board_does_not_have_is_named(void **state)
{
	(void)state;
	struct board small = board;
	struct sample s;

	sample(&s);
	small.services_ram.size = 0xc00;
	s.device.board = &small;
	refuses(&s, -MS_EINCOMPATIBLE, "bytes of RAM");
	small = board;
	small.part[BOARD_SERVICES].size = 0x100;
	refuses(&s, -MS_EINCOMPATIBLE, "bytes of flash");
}

/* Services that take part in messages have numbers of their own, and stand in the table by these. */
static void who_talks_is_known_by_a_number_of_its_own(void **state)
{
	(void)state;
	static const uint8_t high[16] = { 0xf0, 1 }, low[16] = { 0, 0, 0, 9 };
	static struct manifest server, client;
	struct sample s;
	struct device_report r;
	struct table_entry entry;
	struct table_rule rule;
	struct err e = { 0 };

	sample(&s);
	s.device.service_count = 3;
	server = (struct manifest){ .component = high, .provides = { { BYTES_LITERAL("hash"), 7, 1, 0 } }, .provide_count = 1 };
	client = (struct manifest){ .component = low, .calls = { { BYTES_LITERAL("hash"), 7, 1, 0 } }, .call_count = 1 };
	s.services[0].manifest = &server;
	s.services[1].manifest = s.services[2].manifest = &client;
	struct bytes flash = built(&s);

	if (believe(flash, &r, &e) < 0)
		fail_msg("%s", e.text);
	static const uint32_t ids[] = { 265, 266, 0x70010000 };
	static const char *const names[] = { "counter", "third", "hello" };

	for (uint32_t i = 0; i < 3; i++) {
		table_entry(&r.table, i, &entry);
		assert_int_equal(entry.id, ids[i]);
		assert_memory_equal(entry.name.at, names[i], entry.name.size);
		assert_int_equal(entry.rule_count, 1);
		assert_true(bytes_equal(device_image(flash, &board, &entry), s.services[0].image));
	}
	assert_int_equal(r.table.rule_count, 3);
	table_rule(&r.table, 2, &rule);
	assert_int_equal(rule.service, 0x70010000);
	assert_int_equal(rule.argument, 7);
}

/* Its pid.h would be wrong: numbers differ in the bit that they do not have, or one is what a second service of a kind got. */
static void two_kinds_with_one_number_are_refused(void **state)
{
	(void)state;
	static const uint8_t one[16] = { 0x10, 0, 0, 1 }, same[16] = { 0x90, 0, 0, 1 }, next[16] = { 0x10, 0, 0, 2 };
	static struct manifest server, client;
	const uint8_t *const others[] = { same, next };

	for (uint32_t i = 0; i < 2; i++) {
		struct sample s;
		struct bytes flash;
		struct err e = { 0 };

		sample(&s);
		s.device.service_count = 3;
		server = (struct manifest){ .component = others[i], .provides = { { BYTES_LITERAL("hash"), 7, 1, 0 } }, .provide_count = 1 };
		client = (struct manifest){ .component = one, .calls = { { BYTES_LITERAL("hash"), 7, 1, 0 } }, .call_count = 1 };
		s.services[0].manifest = s.services[1].manifest = &client;
		s.services[2].manifest = &server;
		assert_int_equal(device_build(&s.device, integrator, &arena, &flash, &e), -MS_EINCOMPATIBLE);
		assert_non_null(strstr(e.text, i ? "have the same number for messages, 0x10000002" : "have the same number for messages, 0x10000001"));
		assert_non_null(strstr(e.text, s.services[2].name));
	}
}

/* Refused after a change of the flash at one place. */
static void refused(struct bytes flash, size_t at, uint8_t bit, const char *sentence)
{
	uint8_t *copy = sample_copy(flash, &arena);
	struct device_report r;
	struct err e = { 0 };

	copy[at] ^= bit;
	int rc = believe((struct bytes){ copy, flash.size }, &r, &e);
	if (rc != -MS_ESIGNATURE && rc != -MS_EINCOMPATIBLE)
		fail_msg("a flip at %zu is accepted", at);
	if (sentence && !strstr(e.text, sentence))
		fail_msg("'%s' does not say '%s'", e.text, sentence);
}

static void every_changed_place_is_found(void **state)
{
	(void)state;
	struct sample s;

	sample(&s);
	s.device.service_count = 1;
	struct bytes flash = built(&s);
	size_t table = board.part[BOARD_TABLE_A].base - board.flash.base;
	size_t image = s.services[0].at.flash.base - board.flash.base;
	size_t provision = board.part[BOARD_PROVISION].base - board.flash.base;

	for (size_t i = 0; i < s.services[0].image.size; i += 13)
		refused(flash, image + i, (uint8_t)(1u << i % 8), "its SHA-256 differs");
	for (size_t i = 0; i < 96 + 128 + 5 + 96; i += 5)
		refused(flash, table + i, (uint8_t)(1u << i % 8), "no table that the device would believe");
	refused(flash, provision, 1, "provisioning sector");
	refused(flash, provision + 12, 1, "provisioning sector");
	refused(flash, provision + 32, 1, "no table that the device would believe");
	refused(flash, provision + 40, 1, "no table that the device would believe");
	refused(flash, provision + 48, 1, "no table that the device would believe");
}

static void a_device_that_believes_a_stranger_is_refused(void **state)
{
	(void)state;
	struct sample s;
	struct bytes flash;
	struct device_report r;
	struct err e = { 0 };

	sample(&s);
	assert_int_equal(device_build(&s.device, other, &arena, &flash, &e), MS_OK);
	assert_int_equal(believe(flash, &r, &e), -MS_ESIGNATURE);
	assert_non_null(strstr(e.text, "which the device believes but which is not trusted here"));
}

/* A developer's key, or a signature of another kind by the integrator's, makes no table. */
static void only_a_signature_of_a_table_makes_a_table(void **state)
{
	(void)state;
	static const char *const kinds[] = { COSE_KIND_IMAGE, COSE_KIND_PACKAGE };
	struct sample s;
	struct device_report r;
	struct err e = { 0 };

	sample(&s);
	struct bytes flash = built(&s);
	size_t at = board.part[BOARD_TABLE_A].base - board.flash.base;
	uint32_t span;

	assert_int_equal(table_span(bytes_part(flash, at, flash.size), 0x8000, &span), MS_OK);
	for (int i = 0; i < 3; i++) {
		uint8_t *copy = sample_copy(flash, &arena);
		struct bytes table = { copy + at, span - COSE_BLOCK_SIZE };

		assert_int_equal(key_sign(i < 2 ? integrator : other, i < 2 ? kinds[i] : COSE_KIND_TABLE, table, copy + at + table.size, &e), MS_OK);
		assert_int_equal(believe((struct bytes){ copy, flash.size }, &r, &e), -MS_ESIGNATURE);
		assert_non_null(strstr(e.text, "no table that the device would believe"));
	}
}

/* Signed as it should be: not damaged, and not to be called so. */
static void a_table_for_another_abi_is_incompatible(void **state)
{
	(void)state;
	struct sample s;
	struct device_report r;
	struct err e = { 0 };
	uint32_t span;

	sample(&s);
	struct bytes flash = built(&s);
	size_t at = board.part[BOARD_TABLE_A].base - board.flash.base;
	uint8_t *copy = sample_copy(flash, &arena);

	assert_int_equal(table_span(bytes_part(flash, at, flash.size), 0x8000, &span), MS_OK);
	struct bytes table = { copy + at, span - COSE_BLOCK_SIZE };

	copy[at + 56] = 9;	/* ABI, major */
	assert_int_equal(key_sign(integrator, COSE_KIND_TABLE, table, copy + at + table.size, &e), MS_OK);
	assert_int_equal(believe((struct bytes){ copy, flash.size }, &r, &e), -MS_EINCOMPATIBLE);
	assert_non_null(strstr(e.text, "its table is for another ABI"));
}

/* The other bank with an older table, a newer one, a spoiled one. */
static void the_higher_sequence_counts(void **state)
{
	(void)state;
	struct sample s, newer;
	struct device_report r;
	struct err e = { 0 };

	sample(&s);
	sample(&newer);
	newer.device.sequence = 8;
	struct bytes flash = built(&s), next = built(&newer);
	uint8_t *copy = sample_copy(flash, &arena);
	size_t a = board.part[BOARD_TABLE_A].base - board.flash.base, b = board.part[BOARD_TABLE_B].base - board.flash.base;

	memcpy(copy + b, next.at + a, board.part[BOARD_TABLE_A].size);
	assert_int_equal(believe((struct bytes){ copy, flash.size }, &r, &e), MS_OK);
	assert_int_equal(r.bank, BOARD_TABLE_B);
	assert_int_equal(r.table.sequence, 8);
	copy[b + 20] ^= 1;
	assert_int_equal(believe((struct bytes){ copy, flash.size }, &r, &e), MS_OK);
	assert_int_equal(r.table.sequence, 7);
}

static void every_cut_is_refused(void **state)
{
	(void)state;
	struct sample s;

	sample(&s);
	struct bytes flash = built(&s);
	for (size_t size = 0; size < flash.size; size += size < 0x40000 ? 4093 : 101) {
		struct arena scratch = { 0 };
		struct believer by = { sample_find, integrator };
		struct device_report r;
		struct err e = { 0 };

		if (size + 256 >= flash.size)
			break;	/* the extent behind the last image may be cut */
		assert_int_not_equal(device_believe(bytes_part(flash, 0, size), "cut.bin", &board, &by, &scratch, &r, &e), MS_OK);
		arena_done(&scratch);
	}
}

/* One as it runs, and one that was built anew: what of it differs. */
static const char *change(struct sample *from, struct sample *to, bool changed[3])
{
	struct device_state was = { &from->device, built(from) }, is = { &to->device, built(to) };

	memset(changed, 0, 3 * sizeof(*changed));
	return device_change(&was, &is, &arena, changed);
}

/* Two with room beside their services, the second as the first leaves it. */
static void with_room(struct sample *from, struct sample *to)
{
	sample(from);
	sample(to);
	for (int i = 0; i < 2; i++) {
		device_keep_room(&from->services[i], NULL);
		device_keep_room(&to->services[i], &from->services[i]);
	}
}

/* Its image as if it needed that much more heap. */
static void grow(struct device_service *s, uint32_t heap_size)
{
	uint8_t *again = (uint8_t *)arena_copy(&arena, s->image).at;
	struct image im;

	assert_int_equal(image_decode(s->image, &im), MS_OK);
	im.heap_size += heap_size;
	image_set_alignment(&im);
	image_encode(&im, again);
	s->image.at = again;
}

static void what_fits_where_the_old_was_changes_alone(void **state)
{
	(void)state;
	struct sample from, to;
	bool changed[3];

	with_room(&from, &to);
	assert_null(change(&from, &to, changed));
	assert_false(changed[0] || changed[1]);
	grow(&to.services[1], 32);
	device_keep_room(&to.services[1], &from.services[1]);
	assert_null(change(&from, &to, changed));
	assert_true(!changed[0] && changed[1]);
	assert_int_equal(to.services[1].ram_room, from.services[1].ram_room);
	assert_true(from.services[1].at.flash.size <= from.services[1].flash_room);
}

static void changes(struct sample *from, struct sample *to, const char *why)
{
	bool changed[3];
	const char *is = change(from, to, changed);

	if (!is || !strstr(is, why))
		fail_msg("'%s' does not say '%s'", is ? is : "nothing", why);
}

static void what_else_differs_is_named(void **state)
{
	(void)state;
	struct sample from, to;

	with_room(&from, &to);
	grow(&to.services[1], 0x10000);
	device_keep_room(&to.services[1], &from.services[1]);
	changes(&from, &to, "'counter' needs more RAM than was kept for it");
	with_room(&from, &to);
	to.services[0].flash_room *= 2;
	changes(&from, &to, "'hello' needs more flash than was kept for it");
	with_room(&from, &to);
	to.services[0].restart_limit++;
	changes(&from, &to, "the rights of 'hello' have changed");
	with_room(&from, &to);
	to.services[0].name = "other";
	changes(&from, &to, "the services are others");
	with_room(&from, &to);
	to.device.service_count = 1;
	changes(&from, &to, "the services are others");
	with_room(&from, &to);
	to.device.variant = 3;
	changes(&from, &to, "has another place");
	with_room(&from, &to);
	to.device.policies = 1;
	changes(&from, &to, "what services may do has changed");
	with_room(&from, &to);
	to.device.runtime = BYTES_LITERAL("another runtime's bytes");
	changes(&from, &to, "the runtime");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(what_is_built_is_believed, give_back),
		cmocka_unit_test_teardown(the_same_device_gives_the_same_bytes_and_a_variant_others, give_back),
		cmocka_unit_test_teardown(what_does_not_belong_on_the_board_is_refused, give_back),
		cmocka_unit_test_teardown(memory_that_the_board_does_not_have_is_named, give_back),
		cmocka_unit_test_teardown(who_talks_is_known_by_a_number_of_its_own, give_back),
		cmocka_unit_test_teardown(two_kinds_with_one_number_are_refused, give_back),
		cmocka_unit_test_teardown(every_changed_place_is_found, give_back),
		cmocka_unit_test_teardown(a_device_that_believes_a_stranger_is_refused, give_back),
		cmocka_unit_test_teardown(only_a_signature_of_a_table_makes_a_table, give_back),
		cmocka_unit_test_teardown(a_table_for_another_abi_is_incompatible, give_back),
		cmocka_unit_test_teardown(the_higher_sequence_counts, give_back),
		cmocka_unit_test_teardown(every_cut_is_refused, give_back),
		cmocka_unit_test_teardown(what_fits_where_the_old_was_changes_alone, give_back),
		cmocka_unit_test_teardown(what_else_differs_is_named, give_back),
	};

	return cmocka_run_group_tests(tests, sample_begin, sample_end);
}
