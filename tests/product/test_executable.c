/* SPDX-License-Identifier: Apache-2.0 */
/* A service that a compiler and a linker made: its checks, its image, its signature. */
#include "sample_files.h"

#include "elf_fixture.h"
#include "executable.h"
#include "given.h"
#include "reloc.h"
#include "service_sample.h"

static int check(const char *name, struct err *e)
{
	struct executable_context c = { .path = name, .map = { 0 } };
	const char *map = arena_printf(&arena, "%s.map", name);

	if (file_exists(path_join(&arena, SAMPLE_FOLDER, map)))
		c.map = sample_file(map, &arena);
	return executable_check(sample_file(name, &arena), &c, &arena, NULL, e);
}

static void what_gcc_links_is_accepted(void **state)
{
	(void)state;
	static const char *const files[] = { "hello.debug", "hello.elf", "hello2.elf" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct err e = { 0 };

		if (check(files[i], &e) != MS_OK)
			fail_msg("%s", e.text);
	}
}

static void says(const struct err *e, const char *what)
{
	if (!strstr(e->text, what))
		fail_msg("'%s' does not say '%s'", e->text, what);
}

static void a_relocation_in_text_is_named_with_symbol_object_and_line(void **state)
{
	(void)state;
	struct err e = { 0 };

	assert_int_equal(check("text_relocation.debug", &e), -MS_EPROJECT);
	says(&e, "relocations in text");
	says(&e, "'probe'");
	says(&e, "text_relocation.o");
	says(&e, "holds the address of 'shared_count'");
	assert_string_equal(e.file, "tests/product/service/text_relocation.c");
	assert_in_range(e.line, 9, 14);
	assert_non_null(strstr(e.fix, "GOT"));
	assert_int_equal(err_exit_status(&e), 3);
}

static void writable_code_is_named_with_section_and_object(void **state)
{
	(void)state;
	struct err e = { 0 };

	assert_int_equal(check("write_execute.debug", &e), -MS_EPROJECT);
	says(&e, "both writable and executable: '.patch'");
	says(&e, "write_execute.o");
}

static void missing_notes_are_said(void **state)
{
	(void)state;
	struct err e = { 0 };

	assert_int_equal(check("no_notes.debug", &e), -MS_EPROJECT);
	says(&e, "note");
}

static void an_undefined_symbol_is_named(void **state)
{
	(void)state;
	struct bytes raw = sample_file("hello.elf", &arena);
	struct executable_context c = { .path = "hello.elf" };
	struct bytes weak = { fixture_undefined(raw, "abort", 0x20, &arena), raw.size };
	struct bytes needed = { fixture_undefined(raw, "abort", 0x10, &arena), raw.size };
	struct err e = { 0 };

	/* A weak one may be missing: that is how optional parts are found out. */
	assert_int_equal(executable_check(weak, &c, &arena, NULL, &e), MS_OK);
	assert_int_equal(executable_check(needed, &c, &arena, NULL, &e), -MS_EPROJECT);
	says(&e, "1 undefined symbol: 'abort'");
}

static void hard_float_is_refused_with_the_flag(void **state)
{
	(void)state;
	struct bytes raw = sample_file("hello.elf", &arena);
	struct executable_context c = { .path = "hello.elf" };
	uint8_t *copy = sample_copy(raw, &arena);
	struct err e = { 0 };

	copy[37] |= 0x04;	/* EF_ARM_ABI_FLOAT_HARD */
	assert_int_equal(executable_check((struct bytes){ copy, raw.size }, &c, &arena, NULL, &e), -MS_EPROJECT);
	says(&e, "-mfloat-abi=hard");
	assert_non_null(strstr(e.fix, "softfp"));
}

static void a_got_elsewhere_is_refused(void **state)
{
	(void)state;
	struct bytes raw = sample_file("hello.elf", &arena);
	struct executable_context c = { .path = "hello.elf" };
	uint8_t *copy = sample_copy(raw, &arena);
	struct elf_file f;
	struct err e = { 0 };

	assert_int_equal(elf_open(raw, &f), ELF_RULE_OK);
	copy[f.data.offset + 8] = 1;
	assert_int_equal(executable_check((struct bytes){ copy, raw.size }, &c, &arena, NULL, &e), -MS_EPROJECT);
	says(&e, "reserved words of a GOT");
}

static struct bytes image_of(struct bytes raw, struct image *im)
{
	struct bytes image;
	struct err e = { 0 };

	if (executable_image(raw, "hello.elf", &arena, &image, im, &e) < 0)
		fail_msg("%s", e.text);
	return image;
}

static void text_in_the_image_is_that_of_the_elf_bit_for_bit(void **state)
{
	(void)state;
	struct bytes raw = sample_file("hello.elf", &arena);
	struct elf_file f;
	struct image im;
	struct bytes image = image_of(raw, &im);

	assert_int_equal(elf_open(raw, &f), ELF_RULE_OK);
	assert_int_equal(im.text_size, f.text.file_size);
	assert_memory_equal(image.at + IMAGE_HEADER_SIZE, raw.at + f.text.offset, im.text_size);
	assert_int_equal(im.entry, (f.entry & ~1u) - f.text.address);
	assert_int_equal(im.stack_size, SAMPLE_STACK);
	assert_int_equal(im.heap_size, SAMPLE_HEAP);
	assert_int_equal(im.target, MS_TARGET_V7EM);
	assert_int_equal(im.image_size, image.size);
}

static void data_is_that_of_the_elf_but_for_the_reserved_words(void **state)
{
	(void)state;
	struct bytes raw = sample_file("hello.elf", &arena);
	struct elf_file f;
	struct image im;
	struct bytes image = image_of(raw, &im);
	static const uint8_t zeros[12];

	assert_int_equal(elf_open(raw, &f), ELF_RULE_OK);
	assert_int_equal(im.data_size, f.data.file_size);
	assert_memory_equal(image.at + im.data_offset, zeros, sizeof(zeros));
	assert_memory_equal(image.at + im.data_offset + 12, raw.at + f.data.offset + 12, im.data_size - 12);
	assert_true(im.tls_offset >= im.data_size + im.bss_size);
	assert_true(im.static_size >= f.data.memory_size);
}

static void every_relocation_of_the_elf_is_in_the_image(void **state)
{
	(void)state;
	struct bytes raw = sample_file("hello.elf", &arena);
	struct elf_file f;
	struct image im;
	struct bytes image = image_of(raw, &im);
	struct reloc_iter it;
	uint32_t count = 0, in_elf = 0, offset, address;
	uint8_t type;

	assert_int_equal(elf_open(raw, &f), ELF_RULE_OK);
	while (elf_relocation(&f, in_elf, &address, &type))
		in_elf++;
	assert_true(in_elf >= 4);

	reloc_iter_init(&it, bytes_part(image, im.reloc_offset, im.reloc_size));
	for (; reloc_next(&it, im.data_size, &offset); count++) {
		bool found = false;

		for (uint32_t i = 0; elf_relocation(&f, i, &address, &type); i++)
			found |= address == f.data.address + offset;
		assert_true(found);
	}
	assert_false(it.failed);
	assert_int_equal(count, in_elf);
}

static void debug_information_changes_neither_image_nor_build_id(void **state)
{
	(void)state;
	struct bytes stripped = sample_file("hello.elf", &arena), full = sample_file("hello.debug", &arena);
	struct elf_file one, other;

	assert_true(bytes_equal(image_of(stripped, NULL), image_of(full, NULL)));
	assert_int_equal(elf_open(stripped, &one), ELF_RULE_OK);
	assert_int_equal(elf_open(full, &other), ELF_RULE_OK);
	assert_true(bytes_equal(one.build_id, other.build_id));
}

static void an_image_needs_the_symbols_of_the_linker_script(void **state)
{
	(void)state;
	static const char *const needed[] = { "__ms_stack_size", "__ms_heap_size", "__ms_tls_block", "__ms_static_end" };
	struct bytes raw = sample_file("hello.elf", &arena), image;

	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		struct bytes spoiled = { fixture_rename(raw, needed[i], &arena), raw.size };
		struct err e = { 0 };

		assert_int_equal(executable_image(spoiled, "hello.elf", &arena, &image, NULL, &e), -MS_EPROJECT);
		says(&e, needed[i]);
	}
}

static void sizes_that_no_image_can_have_are_refused(void **state)
{
	(void)state;
	static const struct { const char *symbol; uint32_t value; } wrong[] = {
		{ "__ms_stack_size", 128 }, { "__ms_stack_size", 1000 }, { "__ms_stack_size", 1 << 21 }, { "__ms_heap_size", 4 },
		{ "__ms_heap_size", UINT32_MAX }, { "__ms_tls_block", 0 }, { "__ms_tls_block", UINT32_MAX }, { "__ms_static_end", MS_LINK_DATA },
		{ "__ms_static_end", UINT32_MAX },
	};
	struct bytes raw = sample_file("hello.elf", &arena), image = { 0 };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct bytes spoiled = { fixture_value(raw, wrong[i].symbol, wrong[i].value, &arena), raw.size };
		struct err e = { 0 };

		if (executable_image(spoiled, "hello.elf", &arena, &image, NULL, &e) != -MS_EPROJECT)
			fail_msg("%s = %u is accepted", wrong[i].symbol, (unsigned)wrong[i].value);
		assert_null(image.at);
	}
}

static void a_signature_covers_every_byte_of_the_file(void **state)
{
	(void)state;
	struct bytes raw = sample_file("hello.elf", &arena);
	uint8_t *copy = sample_copy(raw, &arena);
	struct bytes file = { copy, raw.size };
	struct key *k = sample_key(&arena);
	struct elf_file f;
	struct err e = { 0 };

	assert_int_equal(elf_open(file, &f), ELF_RULE_OK);
	assert_int_equal(executable_verify(&f, key_public_of(k), &arena), -MS_EFORMAT);
	assert_int_equal(executable_sign(copy, raw.size, "hello.elf", k, &arena, &e), MS_OK);
	assert_int_equal(executable_verify(&f, key_public_of(k), &arena), MS_OK);

	/* One bit in each 64 bytes or so, and each of the signature: the rest is the work of SHA-256. */
	for (size_t i = 0; i < file.size; i += i >= f.signature_offset && i < f.signature_offset + 96 ? 1 : 61) {
		struct arena scratch = { 0 };

		copy[i] ^= 1u << (i % 8);
		assert_int_not_equal(executable_verify(&f, key_public_of(k), &scratch), MS_OK);
		copy[i] ^= 1u << (i % 8);
		arena_done(&scratch);
	}
	assert_int_equal(executable_verify(&f, key_public_of(k), &arena), MS_OK);
	key_close(k);
}

static void signing_again_gives_the_same_bytes_whatever_was_there(void **state)
{
	(void)state;
	struct bytes raw = sample_file("hello.elf", &arena);
	uint8_t *one = sample_copy(raw, &arena), *other = sample_copy(raw, &arena);
	struct key *k = sample_key(&arena), *another = sample_key(&arena);
	struct elf_file f;
	struct err e = { 0 };

	assert_int_equal(executable_sign(one, raw.size, "a", k, &arena, &e), MS_OK);
	assert_int_equal(executable_sign(other, raw.size, "a", another, &arena, &e), MS_OK);
	assert_memory_not_equal(one, other, raw.size);
	assert_int_equal(elf_open((struct bytes){ other, raw.size }, &f), ELF_RULE_OK);
	assert_int_equal(executable_verify(&f, key_public_of(k), &arena), -MS_ESIGNATURE);
	assert_int_equal(executable_sign(other, raw.size, "a", k, &arena, &e), MS_OK);
	assert_memory_equal(one, other, raw.size);
	key_close(k);
	key_close(another);
}

static void notes_that_disagree_are_named(void **state)
{
	(void)state;
	static const struct { const char *from, *to, *sentence; } wrong[] = {
		{ "\"version\":\"1.0.0\"", "\"version\":\"1.0.9\"", "another 'version'" },
		{ "\"name\":\"example.org/hello\"", "\"name\":\"example.org/hallo\"", "another 'name'" },
		{ "\"architecture\":\"v7em\"", "\"architecture\":\"v8em\"", "another 'architecture'" },
		{ "\"os\":\"ms\"", "\"os\":\"mz\"", "another 'os'" },
		{ "\"os\":\"ms\",\"name\":\"example.org/hello\"", "\"os\":\"ms\",\"os\":\"ms\",\"x\":\"hello\"", "not JSON" },
		{ "\"os\":\"ms\",\"name\"", "\"os\":\"\\u006d\"", "not JSON" },
		{ "\"os\":\"ms\"", "\"os\":1e9", "another 'os'" },
		{ "\"os\":\"ms\",\"name\"", "\"os\":1e999,\"n\"", "not JSON" },
		{ "\"appCpe\":\"cpe:2.3:a:example", "\"appCpe\":\"cpe:2.3:o:example", "another 'appCpe'" },
		{ "\"type\":\"ms\"", "\"type\":\"m\xff\"", "not JSON" },
		{ ":*:*\"}", ":*\"}  ", "another 'appCpe'" },
		{ ":*:*:*\"}", ":*\"},{}", "not JSON" },
	};
	struct bytes raw = sample_file("hello.elf", &arena);

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct bytes spoiled = { fixture_replace(raw, wrong[i].from, wrong[i].to, &arena), raw.size };
		struct elf_file f;
		struct err e = { 0 };

		assert_int_equal(elf_open(spoiled, &f), ELF_RULE_OK);
		if (executable_notes_agree(&f, "hello.elf", &arena, &e) != -MS_EFORMAT)
			fail_msg("'%s' is accepted", wrong[i].to);
		says(&e, wrong[i].sentence);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(what_gcc_links_is_accepted, give_back),
		cmocka_unit_test_teardown(a_relocation_in_text_is_named_with_symbol_object_and_line, give_back),
		cmocka_unit_test_teardown(writable_code_is_named_with_section_and_object, give_back),
		cmocka_unit_test_teardown(missing_notes_are_said, give_back),
		cmocka_unit_test_teardown(an_undefined_symbol_is_named, give_back),
		cmocka_unit_test_teardown(hard_float_is_refused_with_the_flag, give_back),
		cmocka_unit_test_teardown(a_got_elsewhere_is_refused, give_back),
		cmocka_unit_test_teardown(text_in_the_image_is_that_of_the_elf_bit_for_bit, give_back),
		cmocka_unit_test_teardown(data_is_that_of_the_elf_but_for_the_reserved_words, give_back),
		cmocka_unit_test_teardown(every_relocation_of_the_elf_is_in_the_image, give_back),
		cmocka_unit_test_teardown(debug_information_changes_neither_image_nor_build_id, give_back),
		cmocka_unit_test_teardown(an_image_needs_the_symbols_of_the_linker_script, give_back),
		cmocka_unit_test_teardown(sizes_that_no_image_can_have_are_refused, give_back),
		cmocka_unit_test_teardown(a_signature_covers_every_byte_of_the_file, give_back),
		cmocka_unit_test_teardown(signing_again_gives_the_same_bytes_whatever_was_there, give_back),
		cmocka_unit_test_teardown(notes_that_disagree_are_named, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
