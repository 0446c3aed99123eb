/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include "elf_sample.h"
#include "manifest.h"

static struct elf_sample s;
static struct elf_file f;

static enum elf_rule opened(void)
{
	uint8_t *copy = exact_copy(BYTES_OF(s.file));
	struct elf_file file;
	enum elf_rule rule = elf_open((struct bytes){ copy, sizeof(s.file) }, &file);

	free(copy);
	return rule;
}

/* The rule that the sample breaks after a change. */
#define BREAKS(rule, change)						\
	do {								\
		elf_sample_init(&s);					\
		change;							\
		if (opened() != (rule))					\
			fail_msg(#change ": %s", elf_rule_text(opened()));	\
	} while (0)
#define ALLOWED(change) BREAKS(ELF_RULE_OK, change)

static void the_notes_are_found_by_owner_and_type(void **state)
{
	(void)state;
	elf_sample_init(&s);
	assert_int_equal(elf_open(BYTES_OF(s.file), &f), ELF_RULE_OK);
	assert_true(bytes_equal(f.build_id, BYTES_OF(sample_build_id)));
	assert_true(bytes_equal(f.package_json, BYTES_LITERAL("{\"type\":\"ms\"}")));
	assert_true(bytes_equal(f.meta, SAMPLE_META));
	assert_int_equal(f.signature_offset, TOOLS_AT + s.notes_size - 96);
}

static void their_order_does_not_matter(void **state)
{
	(void)state;
	elf_sample_init(&s);
	drop_notes(&s);
	size_t at = put_note(&s, "MS", ELF_NOTE_SIGNATURE, BYTES_OF(sample_block));
	put_note(&s, "MS", ELF_NOTE_META, SAMPLE_META);
	put_note(&s, "FDO", 0xcafe1a7e, SAMPLE_JSON);
	put_note(&s, "GNU", 3, BYTES_OF(sample_build_id));
	assert_int_equal(elf_open(BYTES_OF(s.file), &f), ELF_RULE_OK);
	assert_int_equal(f.signature_offset, at);
}

/* All notes but one. */
static void put_but(unsigned left_out)
{
	drop_notes(&s);
	if (left_out != 0)
		put_note(&s, "GNU", 3, BYTES_OF(sample_build_id));
	if (left_out != 1)
		put_note(&s, "FDO", 0xcafe1a7e, SAMPLE_JSON);
	if (left_out != 2)
		put_note(&s, "MS", ELF_NOTE_META, SAMPLE_META);
	if (left_out != 3)
		put_note(&s, "MS", ELF_NOTE_SIGNATURE, BYTES_OF(sample_block));
}

static void each_of_the_four_must_be_there(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 4; i++)
		BREAKS(ELF_RULE_NOTE_MISSING, put_but(i));
	ALLOWED(put_but(4));
}

static void none_may_be_there_twice(void **state)
{
	(void)state;
	BREAKS(ELF_RULE_NOTE_DUPLICATE, put_note(&s, "GNU", 3, BYTES_OF(sample_build_id)));
	BREAKS(ELF_RULE_NOTE_DUPLICATE, put_note(&s, "FDO", 0xcafe1a7e, SAMPLE_JSON));
	BREAKS(ELF_RULE_NOTE_DUPLICATE, put_note(&s, "MS", ELF_NOTE_META, SAMPLE_META));
	BREAKS(ELF_RULE_NOTE_DUPLICATE, put_note(&s, "MS", ELF_NOTE_SIGNATURE, BYTES_OF(sample_block)));
	BREAKS(ELF_RULE_NOTE_DUPLICATE, put_note(&s, "MS", ELF_NOTE_META, BYTES_LITERAL("")));
}

static void critical_types_must_be_known(void **state)
{
	(void)state;
	BREAKS(ELF_RULE_NOTE_UNKNOWN, put_note(&s, "MS", 0x4d530003, BYTES_LITERAL("")));
	BREAKS(ELF_RULE_NOTE_UNKNOWN, put_note(&s, "MS", 0x4d530000, BYTES_LITERAL("x")));
	BREAKS(ELF_RULE_NOTE_UNKNOWN, put_note(&s, "MS", 0x4d537fff, BYTES_LITERAL("x")));
	BREAKS(ELF_RULE_NOTE_UNKNOWN, put_note(&s, "MS", 1, BYTES_LITERAL("x")));
	ALLOWED(put_note(&s, "MS", 0x4d538000, BYTES_LITERAL("x")));
	ALLOWED(put_note(&s, "MS", 0x4d53ffff, BYTES_LITERAL("")));
	ALLOWED(put_note(&s, "GNU", 5, BYTES_LITERAL("xyz")));
	ALLOWED(put_note(&s, "FDO", 0x407c0c0a, BYTES_LITERAL("[]\0")));
	ALLOWED(put_note(&s, "M", ELF_NOTE_META, BYTES_LITERAL("x")));
	ALLOWED(put_note(&s, "MSX", ELF_NOTE_META, BYTES_LITERAL("x")));
	ALLOWED(put_note(&s, "CORE", 1, BYTES_LITERAL("x")));
}

/* Sizes in a note's head, that of the first one at the start of the segment. */
static void sizes_beyond_the_segment_are_refused(void **state)
{
	(void)state;
	static const uint32_t sizes[] = { 0, 3, 8, 5, 0x100, 0x7fffffff, 0x80000000, UINT32_MAX - 3, UINT32_MAX - 2, UINT32_MAX };

	for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		elf_sample_init(&s);
		put32(&s, TOOLS_AT, sizes[i]);
		assert_int_not_equal(opened(), ELF_RULE_OK);
		elf_sample_init(&s);
		put32(&s, TOOLS_AT + 4, sizes[i]);
		assert_int_not_equal(opened(), ELF_RULE_OK);
	}
	BREAKS(ELF_RULE_NOTE_FORMAT, put32(&s, TOOLS_AT, UINT32_MAX));
	BREAKS(ELF_RULE_NOTE_FORMAT, put32(&s, TOOLS_AT + 4, UINT32_MAX));
	BREAKS(ELF_RULE_NOTE_FORMAT, put32(&s, TOOLS_AT + 4, s.notes_size));
}

static void a_segment_cut_in_a_note_is_refused(void **state)
{
	(void)state;
	elf_sample_init(&s);
	for (uint32_t size = s.notes_size - 1; size > 0; size--) {
		elf_sample_init(&s);
		set_notes_size(&s, size);
		assert_int_not_equal(opened(), ELF_RULE_OK);
	}
}

static void nothing_follows_the_last_note(void **state)
{
	(void)state;
	elf_sample_init(&s);
	uint32_t whole = s.notes_size;

	for (uint32_t more = 1; more <= 16; more++)
		BREAKS(ELF_RULE_NOTE_FORMAT, set_notes_size(&s, whole + more));
}

static void padding_is_zero(void **state)
{
	(void)state;
	/* The meta note: "MS" NUL and one byte more, three bytes of payload and one more. */
	elf_sample_init(&s);
	size_t meta = 0;
	while (memcmp(s.file + meta, "MS\0\0\xa1\x01\x01", 8))
		meta++;
	BREAKS(ELF_RULE_NOTE_FORMAT, s.file[meta + 3] = 1);
	BREAKS(ELF_RULE_NOTE_FORMAT, s.file[meta + 7] = 1);
}

static void owners_end_in_a_nul(void **state)
{
	(void)state;
	BREAKS(ELF_RULE_NOTE_FORMAT, s.file[TOOLS_AT + 15] = 'X');
	BREAKS(ELF_RULE_NOTE_MISSING, s.file[TOOLS_AT + 12] = 'X');
	BREAKS(ELF_RULE_NOTE_FORMAT, put_note(&s, "GNUX", 0, BYTES_LITERAL("")); put32(&s, TOOLS_AT + s.notes_size - 20, 4);
				     set_notes_size(&s, s.notes_size - 4));
}

/* All four, one of them with another payload. */
static void put_with(unsigned which, struct bytes payload)
{
	drop_notes(&s);
	put_note(&s, "GNU", 3, which == 0 ? payload : BYTES_OF(sample_build_id));
	put_note(&s, "FDO", 0xcafe1a7e, which == 1 ? payload : SAMPLE_JSON);
	put_note(&s, "MS", ELF_NOTE_META, which == 2 ? payload : SAMPLE_META);
	put_note(&s, "MS", ELF_NOTE_SIGNATURE, which == 3 ? payload : BYTES_OF(sample_block));
}

static void payloads_have_their_sizes(void **state)
{
	(void)state;
	static const uint8_t some[128] = { 1 };

	for (size_t size = 0; size <= sizeof(some); size++) {
		struct bytes payload = { some, size };

		BREAKS(size == 20 ? ELF_RULE_OK : ELF_RULE_NOTE_FORMAT, put_with(0, payload));
		BREAKS(size >= 1 ? ELF_RULE_OK : ELF_RULE_NOTE_FORMAT, put_with(2, payload));
		BREAKS(size == 96 ? ELF_RULE_OK : ELF_RULE_NOTE_FORMAT, put_with(3, payload));
	}
}

static void the_json_ends_in_nul_and_is_only_padded_behind_it(void **state)
{
	(void)state;
	ALLOWED(put_with(1, BYTES_LITERAL("{}\0")));
	ALLOWED(put_with(1, BYTES_LITERAL("{}\0\0\0\0")));
	BREAKS(ELF_RULE_NOTE_FORMAT, put_with(1, BYTES_LITERAL("{}")));
	BREAKS(ELF_RULE_NOTE_FORMAT, put_with(1, BYTES_LITERAL("{}\0\0\0\0\0")));
	BREAKS(ELF_RULE_NOTE_FORMAT, put_with(1, BYTES_LITERAL("{}\0x\0")));
	BREAKS(ELF_RULE_NOTE_FORMAT, put_with(1, BYTES_LITERAL("\0{}\0")));
	BREAKS(ELF_RULE_NOTE_FORMAT, put_with(1, BYTES_LITERAL("\0")));
}

static void there_is_one_note_segment_for_tools(void **state)
{
	(void)state;
	BREAKS(ELF_RULE_NOTES, put32(&s, segment_at(NOTE, P_TYPE), 0));
	BREAKS(ELF_RULE_NOTES, put16(&s, 44, 7); put_segment(&s, 6, SEGMENT_NOTE, ELF_FLAG_R, TOOLS_AT, 0, 4, 4));
	BREAKS(ELF_RULE_NOTES, put32(&s, segment_at(NOTE, P_OFFSET), DATA_AT); put32(&s, segment_at(NOTE, P_ADDRESS), 0xa0000000);
			       set_notes_size(&s, 4));
	BREAKS(ELF_RULE_NOTES, put32(&s, segment_at(NOTE, P_OFFSET), TOOLS_AT + 4));
	BREAKS(ELF_RULE_NOTES, put32(&s, segment_at(NOTE, P_MEMORY_SIZE), s.notes_size + 4));
	BREAKS(ELF_RULE_NOTES, set_notes_size(&s, 0));
}

/* As `objcopy --add-section .note.x` leaves it: a section that readers by name would find. */
static void no_note_section_lies_outside(void **state)
{
	(void)state;
	ALLOWED(put_section(&s, 1, SECTION_NOTE, TOOLS_AT, 36, 0, 0));
	BREAKS(ELF_RULE_NOTE_OUTSIDE, put_section(&s, 1, SECTION_NOTE, SYMBOLS_AT, 36, 0, 0));
	BREAKS(ELF_RULE_NOTE_OUTSIDE, put_section(&s, 1, SECTION_NOTE, TOOLS_AT, s.notes_size + 4, 0, 0));
	BREAKS(ELF_RULE_NOTE_OUTSIDE, put_section(&s, 1, SECTION_NOTE, TOOLS_AT - 4, 36, 0, 0));
	BREAKS(ELF_RULE_NOTE_OUTSIDE, put_section(&s, 3, SECTION_NOTE, 0, 4, 0, 0));
	ALLOWED(put_section(&s, 1, SECTION_NOTE, 0, 0, 0, 0));
}

static void the_meta_note_has_a_largest_size(void **state)
{
	(void)state;
	/* The sample's room for notes is smaller: a file with tools segment at its end, large enough. */
	enum { MORE = MANIFEST_META_MAX + 256 };
	static uint8_t file[ELF_SAMPLE_SIZE + MORE];
	static const uint8_t zeros[96];

	for (uint32_t size = MANIFEST_META_MAX; size <= MANIFEST_META_MAX + 4; size += 4) {
		struct bytes notes;
		uint8_t *at = file + ELF_SAMPLE_SIZE;

		elf_sample_init(&s);
		/* Tools: what was there, then the notes. */
		memset(file, 0, sizeof(file));
		memcpy(at, s.file + TOOLS_AT, s.notes_size);
		notes = (struct bytes){ at, 0 };
		notes.size = s.notes_size - 20 - 112 + 16 + size + 112;
		uint8_t *meta = at + s.notes_size - 20 - 112;
		memcpy(meta, "\3\0\0\0\0\0\0\0\1\0\x53\x4d" "MS\0", 16);
		meta[4] = (uint8_t)size;
		meta[5] = (uint8_t)(size >> 8);
		memcpy(meta + 16 + size, "\3\0\0\0\x60\0\0\0\2\0\x53\x4d" "MS\0", 16);
		memcpy(meta + 16 + size + 16, zeros, sizeof(zeros));
		put32(&s, segment_at(TOOLS, P_OFFSET), ELF_SAMPLE_SIZE);
		put32(&s, segment_at(TOOLS, P_FILE_SIZE), MORE);
		put32(&s, segment_at(TOOLS, P_MEMORY_SIZE), MORE);
		put32(&s, segment_at(NOTE, P_OFFSET), ELF_SAMPLE_SIZE);
		put32(&s, segment_at(NOTE, P_FILE_SIZE), (uint32_t)notes.size);
		put32(&s, segment_at(NOTE, P_MEMORY_SIZE), (uint32_t)notes.size);
		put32(&s, section_at(1, 16), ELF_SAMPLE_SIZE);
		put32(&s, segment_at(DYNAMIC, P_OFFSET), ELF_SAMPLE_SIZE + MORE - 8);
		put32(&s, segment_at(DYNAMIC, P_ADDRESS), MORE - 8);
		put32(&s, segment_at(DYNAMIC, P_FILE_SIZE), 8);
		put32(&s, segment_at(DYNAMIC, P_MEMORY_SIZE), 8);
		memcpy(file, s.file, sizeof(s.file));
		assert_int_equal(elf_open(BYTES_OF(file), &f), size <= MANIFEST_META_MAX ? ELF_RULE_OK : ELF_RULE_NOTE_FORMAT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_notes_are_found_by_owner_and_type),
		cmocka_unit_test(their_order_does_not_matter),
		cmocka_unit_test(each_of_the_four_must_be_there),
		cmocka_unit_test(none_may_be_there_twice),
		cmocka_unit_test(critical_types_must_be_known),
		cmocka_unit_test(sizes_beyond_the_segment_are_refused),
		cmocka_unit_test(a_segment_cut_in_a_note_is_refused),
		cmocka_unit_test(nothing_follows_the_last_note),
		cmocka_unit_test(padding_is_zero),
		cmocka_unit_test(owners_end_in_a_nul),
		cmocka_unit_test(payloads_have_their_sizes),
		cmocka_unit_test(the_json_ends_in_nul_and_is_only_padded_behind_it),
		cmocka_unit_test(there_is_one_note_segment_for_tools),
		cmocka_unit_test(no_note_section_lies_outside),
		cmocka_unit_test(the_meta_note_has_a_largest_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
