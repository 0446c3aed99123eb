/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include "elf_sample.h"

static struct elf_sample s;
static struct elf_file f;

static enum elf_rule opened(struct bytes raw)
{
	uint8_t *copy = exact_copy(raw);
	struct elf_file file;
	struct elf_symbol symbol;
	uint32_t address;
	uint8_t type;
	enum elf_rule rule = elf_open((struct bytes){ copy, raw.size }, &file);

	/* Whatever was found wrong, the walks end and stay inside. */
	for (uint32_t i = 0; elf_relocation(&file, i, &address, &type); i++)
		assert_true(i < raw.size);
	for (uint32_t i = 0; elf_symbol(&file, i, &symbol); i++)
		assert_true(symbol.name.size < raw.size && (symbol.name.size == 0 || symbol.name.at[symbol.name.size] == 0));
	free(copy);
	return rule;
}

static enum verdict verdict(struct bytes in)
{
	return opened(in) == ELF_RULE_OK ? SAME_BYTES : REFUSED;
}

/* The rule that the sample breaks after a change. */
#define BREAKS(rule, change)								\
	do {										\
		elf_sample_init(&s);							\
		change;									\
		if (opened(BYTES_OF(s.file)) != (rule))					\
			fail_msg(#change ": %s", elf_rule_text(opened(BYTES_OF(s.file))));	\
	} while (0)
#define ALLOWED(change) BREAKS(ELF_RULE_OK, change)

static void the_sample_is_a_service(void **state)
{
	(void)state;
	uint32_t address;
	uint8_t type;

	elf_sample_init(&s);
	assert_int_equal(elf_open(BYTES_OF(s.file), &f), ELF_RULE_OK);
	assert_int_equal(f.entry, 0x20000009);
	assert_int_equal(f.tools.file_size, TOOLS_SIZE);
	assert_int_equal(f.text.offset, TEXT_AT);
	assert_int_equal(f.data.memory_size, DATA_MEMORY);
	assert_int_equal(f.tls.memory_size, 12);
	assert_int_equal(f.dynamic.offset, DYNAMIC_AT);
	assert_true(elf_relocation(&f, 1, &address, &type));
	assert_int_equal(address, 0xa000003c);
	assert_int_equal(type, 23);
	assert_false(elf_relocation(&f, 2, &address, &type));
	assert_false(elf_relocation(&f, UINT32_MAX, &address, &type));
}

static void a_file_cut_anywhere_is_refused(void **state)
{
	(void)state;
	elf_sample_init(&s);
	every_cut_is_refused(BYTES_OF(s.file), verdict);
	assert_int_equal(opened((struct bytes){ s.file, 0 }), ELF_RULE_TRUNCATED);
	assert_int_equal(opened((struct bytes){ s.file, 51 }), ELF_RULE_TRUNCATED);
	assert_int_equal(opened((struct bytes){ s.file, 52 }), ELF_RULE_TRUNCATED);
	assert_int_equal(opened((struct bytes){ s.file, TEXT_AT }), ELF_RULE_BOUNDS);
	assert_int_equal(opened((struct bytes){ s.file, sizeof(s.file) - 1 }), ELF_RULE_SECTIONS);
}

static void any_flip_is_survived(void **state)
{
	(void)state;
	elf_sample_init(&s);
	assert_true(every_flip_is_refused_or_canonical(BYTES_OF(s.file), verdict) > 1000);
}

static void only_arm_files_that_are_position_independent_are_services(void **state)
{
	(void)state;
	assert_int_equal(opened(BYTES_LITERAL("hello")), ELF_RULE_MAGIC);
	BREAKS(ELF_RULE_MAGIC, s.file[0] = 'X');
	BREAKS(ELF_RULE_MAGIC, s.file[4] = 2);
	BREAKS(ELF_RULE_MAGIC, s.file[5] = 2);
	BREAKS(ELF_RULE_MAGIC, s.file[6] = 0);
	BREAKS(ELF_RULE_MAGIC, put32(&s, 20, 2));
	BREAKS(ELF_RULE_MAGIC, put16(&s, 40, 64));
	BREAKS(ELF_RULE_MAGIC, put16(&s, 42, 56));
	BREAKS(ELF_RULE_MACHINE, put16(&s, 18, 62));
	BREAKS(ELF_RULE_TYPE, put16(&s, 16, 2));
	BREAKS(ELF_RULE_TYPE, put16(&s, 16, 1));
	ALLOWED(put32(&s, 36, 0x05000200));
}

static void program_headers_are_in_the_file(void **state)
{
	(void)state;
	ALLOWED(put16(&s, 44, 16));
	BREAKS(ELF_RULE_SEGMENTS, put16(&s, 44, 17));
	BREAKS(ELF_RULE_SEGMENTS, put16(&s, 44, 65535));
	BREAKS(ELF_RULE_TOOLS, put16(&s, 44, 0));
	BREAKS(ELF_RULE_TRUNCATED, put32(&s, 28, ELF_SAMPLE_SIZE));
	BREAKS(ELF_RULE_TRUNCATED, put32(&s, 28, ELF_SAMPLE_SIZE - 31));
	BREAKS(ELF_RULE_TRUNCATED, put32(&s, 28, UINT32_MAX));
	BREAKS(ELF_RULE_TRUNCATED, put32(&s, 28, UINT32_MAX - 15));
}

static void segments_are_in_bounds(void **state)
{
	(void)state;
	for (unsigned i = 0; i < SAMPLE_SEGMENTS; i++) {
		BREAKS(ELF_RULE_BOUNDS, put32(&s, segment_at(i, P_OFFSET), ELF_SAMPLE_SIZE + 1));
		BREAKS(ELF_RULE_BOUNDS, put32(&s, segment_at(i, P_OFFSET), UINT32_MAX));
		BREAKS(ELF_RULE_BOUNDS, put32(&s, segment_at(i, P_FILE_SIZE), UINT32_MAX));
		BREAKS(ELF_RULE_BOUNDS, put32(&s, segment_at(i, P_MEMORY_SIZE), 3));
		BREAKS(ELF_RULE_BOUNDS, put32(&s, segment_at(i, P_MEMORY_SIZE), UINT32_MAX - 1);
					put32(&s, segment_at(i, P_ADDRESS), 2));
	}
}

/* A segment that is nowhere loaded may be anywhere in bounds, to their last byte. */
static void bounds_are_as_wide_as_file_and_memory(void **state)
{
	(void)state;
	ALLOWED(put16(&s, 44, 7); put_segment(&s, 6, 0x6474e551, 6, ELF_SAMPLE_SIZE, 0, 0, 0));
	ALLOWED(put16(&s, 44, 7); put_segment(&s, 6, 0x6474e551, 6, 0, 2, 0, UINT32_MAX - 2));
	BREAKS(ELF_RULE_BOUNDS, put16(&s, 44, 7); put_segment(&s, 6, 0x6474e551, 6, ELF_SAMPLE_SIZE - 1, 0, 2, 2));
	BREAKS(ELF_RULE_BOUNDS, put16(&s, 44, 7); put_segment(&s, 6, 0x6474e551, 6, ELF_SAMPLE_SIZE + 1, 0, 0, 0));
	BREAKS(ELF_RULE_BOUNDS, put16(&s, 44, 7); put_segment(&s, 6, 0x6474e551, 6, 0, 2, 0, UINT32_MAX - 1));
}

static void loaded_segments_do_not_overlap(void **state)
{
	(void)state;
	ALLOWED(put32(&s, segment_at(TLS, P_TYPE), 0); put32(&s, segment_at(DATA, P_OFFSET), TOOLS_AT - DATA_SIZE));
	BREAKS(ELF_RULE_OVERLAP, put32(&s, segment_at(TLS, P_TYPE), 0); put32(&s, segment_at(DATA, P_OFFSET), TOOLS_AT - DATA_SIZE + 1));
	BREAKS(ELF_RULE_OVERLAP, put32(&s, segment_at(DATA, P_ADDRESS), 0x2000003f));
	BREAKS(ELF_RULE_OVERLAP, put32(&s, segment_at(DATA, P_OFFSET), TEXT_AT + TEXT_SIZE - 1));
	BREAKS(ELF_RULE_OVERLAP, put32(&s, segment_at(DATA, P_OFFSET), TEXT_AT - 1));
	BREAKS(ELF_RULE_OVERLAP, put32(&s, segment_at(TEXT, P_ADDRESS), TOOLS_SIZE - 1));
	BREAKS(ELF_RULE_OVERLAP, put32(&s, segment_at(TEXT, P_OFFSET), TOOLS_AT));
	BREAKS(ELF_RULE_OVERLAP, put32(&s, segment_at(TOOLS, P_FILE_SIZE), TEXT_AT - TOOLS_AT + 1);
				 put32(&s, segment_at(TOOLS, P_MEMORY_SIZE), TEXT_AT - TOOLS_AT + 1));
}

/* What is empty shares nothing, wherever it is; what is not loaded may come first. */
static void empty_segments_and_others_overlap_nothing(void **state)
{
	(void)state;
	BREAKS(ELF_RULE_TOOLS, put_segment(&s, TLS, SEGMENT_LOAD, ELF_FLAG_R, TOOLS_AT + 4, 4, 0, 0));
	BREAKS(ELF_RULE_TEXT, put_segment(&s, TEXT, SEGMENT_LOAD, ELF_FLAG_R | ELF_FLAG_X, DATA_AT + 4, 0xa0000004, 0, 0));
	ALLOWED(put_segment(&s, DATA, SEGMENT_TLS, ELF_FLAG_R, DATA_AT + 0x38, 0xa0000038, 4, 12);
		put_segment(&s, TLS, SEGMENT_LOAD, ELF_FLAG_R | ELF_FLAG_W, DATA_AT, 0xa0000000, DATA_SIZE, DATA_MEMORY));
}

static void no_interpreter_is_asked_for(void **state)
{
	(void)state;
	BREAKS(ELF_RULE_INTERPRETER, put16(&s, 44, 7); put_segment(&s, 6, SEGMENT_INTERPRETER, ELF_FLAG_R, TEXT_AT, 0, 4, 4));
}

static void nothing_is_both_writable_and_executable(void **state)
{
	(void)state;
	for (unsigned i = 0; i < SAMPLE_SEGMENTS; i++)
		BREAKS(ELF_RULE_WRITE_EXECUTE, put32(&s, segment_at(i, P_FLAGS), ELF_FLAG_R | ELF_FLAG_W | ELF_FLAG_X));
	/* PT_GNU_STACK is how a file asks for a stack that executes. */
	BREAKS(ELF_RULE_WRITE_EXECUTE, put16(&s, 44, 7); put_segment(&s, 6, 0x6474e551, 7, 0, 0, 0, 0));
	ALLOWED(put16(&s, 44, 7); put_segment(&s, 6, 0x6474e551, 6, 0, 0, 0, 0));
}

static void three_segments_are_loaded_in_order(void **state)
{
	(void)state;
	BREAKS(ELF_RULE_TOOLS, put32(&s, segment_at(TOOLS, P_FLAGS), ELF_FLAG_R | ELF_FLAG_X));
	BREAKS(ELF_RULE_TOOLS, put32(&s, segment_at(TOOLS, P_ADDRESS), 0x1000));
	BREAKS(ELF_RULE_TOOLS, put32(&s, segment_at(TOOLS, P_TYPE), 0));
	BREAKS(ELF_RULE_TEXT, put32(&s, segment_at(TEXT, P_TYPE), 0));
	BREAKS(ELF_RULE_TEXT, put32(&s, segment_at(TEXT, P_FLAGS), ELF_FLAG_R));
	BREAKS(ELF_RULE_TEXT, put32(&s, segment_at(TEXT, P_ADDRESS), 0x20000004));
	BREAKS(ELF_RULE_TEXT, put32(&s, segment_at(TEXT, P_MEMORY_SIZE), TEXT_SIZE + 4));
	BREAKS(ELF_RULE_TEXT, put32(&s, segment_at(TEXT, P_FILE_SIZE), 0); put32(&s, segment_at(TEXT, P_MEMORY_SIZE), 0));
	BREAKS(ELF_RULE_DATA, put32(&s, segment_at(DATA, P_FLAGS), ELF_FLAG_R));
	BREAKS(ELF_RULE_DATA, put32(&s, segment_at(DATA, P_ADDRESS), 0xa0000004));
	BREAKS(ELF_RULE_DATA, put32(&s, segment_at(DATA, P_TYPE), 0));
	BREAKS(ELF_RULE_DATA, put32(&s, segment_at(DATA, P_FILE_SIZE), 0));
}

static void no_fourth_segment_is_loaded(void **state)
{
	(void)state;
	BREAKS(ELF_RULE_TOOLS, put16(&s, 44, 7); put_segment(&s, 6, SEGMENT_LOAD, ELF_FLAG_R, SYMBOLS_AT, 0x30000000, 4, 4));
	BREAKS(ELF_RULE_TEXT, put16(&s, 44, 7); put_segment(&s, 6, SEGMENT_LOAD, ELF_FLAG_R | ELF_FLAG_X, SYMBOLS_AT, 0x30000000, 4, 4));
	BREAKS(ELF_RULE_DATA, put16(&s, 44, 7); put_segment(&s, 6, SEGMENT_LOAD, ELF_FLAG_R | ELF_FLAG_W, SYMBOLS_AT, 0xb0000000, 4, 4));
}

static void thread_local_data_is_a_part_of_data(void **state)
{
	(void)state;
	ALLOWED(put32(&s, segment_at(TLS, P_TYPE), 0));
	ALLOWED(put32(&s, segment_at(TLS, P_FILE_SIZE), 0); put32(&s, segment_at(TLS, P_OFFSET), 0));
	BREAKS(ELF_RULE_TLS, put32(&s, segment_at(TLS, P_ADDRESS), 0x20000000));
	BREAKS(ELF_RULE_TLS, put32(&s, segment_at(TLS, P_OFFSET), DATA_AT + 0x34));
	BREAKS(ELF_RULE_TLS, put32(&s, segment_at(TLS, P_MEMORY_SIZE), DATA_MEMORY - 0x38 + 1));
	ALLOWED(put32(&s, segment_at(TLS, P_MEMORY_SIZE), DATA_MEMORY - 0x38));
	ALLOWED(put32(&s, segment_at(TLS, P_FILE_SIZE), 8));
	BREAKS(ELF_RULE_TLS, put32(&s, segment_at(TLS, P_FILE_SIZE), 9));
	BREAKS(ELF_RULE_TLS, put16(&s, 44, 7); put_segment(&s, 6, SEGMENT_TLS, ELF_FLAG_R, DATA_AT, 0xa0000000, 4, 4));
}

static void the_entry_is_a_thumb_address_in_text(void **state)
{
	(void)state;
	ALLOWED(put32(&s, 24, 0x20000001));
	ALLOWED(put32(&s, 24, 0x20000000 + TEXT_SIZE - 1));
	BREAKS(ELF_RULE_ENTRY, put32(&s, 24, 0x20000008));
	BREAKS(ELF_RULE_ENTRY, put32(&s, 24, 0x20000000 + TEXT_SIZE + 1));
	BREAKS(ELF_RULE_ENTRY, put32(&s, 24, 0x1fffffff));
	BREAKS(ELF_RULE_ENTRY, put32(&s, 24, 0xa0000001));
	BREAKS(ELF_RULE_ENTRY, put32(&s, 24, 0));
	BREAKS(ELF_RULE_ENTRY, put32(&s, 24, UINT32_MAX));
}

static void there_is_one_dynamic_section_for_tools(void **state)
{
	(void)state;
	BREAKS(ELF_RULE_DYNAMIC, put32(&s, segment_at(DYNAMIC, P_TYPE), 0));
	BREAKS(ELF_RULE_DYNAMIC, put16(&s, 44, 7); put_segment(&s, 6, SEGMENT_DYNAMIC, ELF_FLAG_R, DYNAMIC_AT, DYNAMIC_IN_TOOLS, 64, 64));
	BREAKS(ELF_RULE_DYNAMIC, put32(&s, segment_at(DYNAMIC, P_OFFSET), DYNAMIC_AT + 4));
	BREAKS(ELF_RULE_DYNAMIC, put32(&s, segment_at(DYNAMIC, P_OFFSET), DATA_AT); put32(&s, segment_at(DYNAMIC, P_ADDRESS), 0xa0000000));
	/* All of it behind the tools segment, as far from it in the file as in memory. */
	BREAKS(ELF_RULE_DYNAMIC, memcpy(s.file + TEXT_AT, s.file + DYNAMIC_AT, 0x40);
		put32(&s, segment_at(DYNAMIC, P_OFFSET), TEXT_AT); put32(&s, segment_at(DYNAMIC, P_ADDRESS), TEXT_AT - TOOLS_AT));
	BREAKS(ELF_RULE_DYNAMIC, put32(&s, segment_at(DYNAMIC, P_MEMORY_SIZE), 0x48));
	BREAKS(ELF_RULE_DYNAMIC, put32(&s, segment_at(DYNAMIC, P_FILE_SIZE), 0); put32(&s, segment_at(DYNAMIC, P_MEMORY_SIZE), 0));
	BREAKS(ELF_RULE_DYNAMIC, put32(&s, segment_at(DYNAMIC, P_FILE_SIZE), 0x18); put32(&s, segment_at(DYNAMIC, P_MEMORY_SIZE), 0x18));
	BREAKS(ELF_RULE_DYNAMIC, put32(&s, segment_at(DYNAMIC, P_FILE_SIZE), 0x1c); put32(&s, segment_at(DYNAMIC, P_MEMORY_SIZE), 0x1c));
}

static void its_tags_lead_to_relocations_in_tools(void **state)
{
	(void)state;
	BREAKS(ELF_RULE_DYNAMIC, put_dynamic(&s, 0, 17, TOOLS_SIZE - 15));
	BREAKS(ELF_RULE_DYNAMIC, put_dynamic(&s, 0, 17, 0xa0000000));
	BREAKS(ELF_RULE_DYNAMIC, put_dynamic(&s, 0, 17, UINT32_MAX - 7));
	BREAKS(ELF_RULE_DYNAMIC, put_dynamic(&s, 1, 18, 15));
	BREAKS(ELF_RULE_DYNAMIC, put_dynamic(&s, 1, 18, UINT32_MAX - 7));
	BREAKS(ELF_RULE_DYNAMIC, put_dynamic(&s, 1, 18, 40));
	BREAKS(ELF_RULE_DYNAMIC, put_dynamic(&s, 2, 19, 12));
	BREAKS(ELF_RULE_DYNAMIC, put_dynamic(&s, 2, 19, 0));
	BREAKS(ELF_RULE_DYNAMIC, put_dynamic(&s, 2, 0, 0));
	BREAKS(ELF_RULE_DYNAMIC, put_dynamic(&s, 3, 17, RELOCATIONS_IN_TOOLS));
	BREAKS(ELF_RULE_DYNAMIC, put_dynamic(&s, 3, 18, 16));
	BREAKS(ELF_RULE_DYNAMIC, put_dynamic(&s, 3, 1, 1));	/* a shared library is needed */
	ALLOWED(put_dynamic(&s, 0, 0, 0));
	ALLOWED(put_dynamic(&s, 3, 0x6ffffffa, 2));
	ALLOWED(put_dynamic(&s, 3, 5, 0));
}

static void no_relocation_is_in_text(void **state)
{
	(void)state;
	BREAKS(ELF_RULE_TEXT_RELOCATION, put_relocation(&s, 1, 0x20000000, 23));
	BREAKS(ELF_RULE_TEXT_RELOCATION, put_relocation(&s, 1, 0x20000000 + TEXT_SIZE - 1, 2));
	BREAKS(ELF_RULE_TEXT_RELOCATION, put_dynamic(&s, 3, 22, 0));
	BREAKS(ELF_RULE_TEXT_RELOCATION, put_dynamic(&s, 3, 30, 4));
	ALLOWED(put_dynamic(&s, 3, 30, 8));
}

static void relocations_are_relative_on_words_of_data(void **state)
{
	(void)state;
	BREAKS(ELF_RULE_RELOCATION, put_relocation(&s, 1, 0xa000003c, 2));
	BREAKS(ELF_RULE_RELOCATION, put_relocation(&s, 1, 0xa000003c, 0));
	BREAKS(ELF_RULE_RELOCATION, put_relocation(&s, 1, 0xa000003c, 1 << 8 | 23));
	BREAKS(ELF_RULE_RELOCATION, put_relocation(&s, 1, 0xa000003a, 23));
	BREAKS(ELF_RULE_RELOCATION, put_relocation(&s, 1, 0xa0000040, 23));	/* in bss */
	BREAKS(ELF_RULE_RELOCATION, put_relocation(&s, 1, 0x9ffffffc, 23));
	BREAKS(ELF_RULE_RELOCATION, put_relocation(&s, 1, 0, 23));
	BREAKS(ELF_RULE_RELOCATION, put_relocation(&s, 1, UINT32_MAX - 3, 23));
	BREAKS(ELF_RULE_RELOCATION, put_dynamic(&s, 3, 7, 0));		/* RELA */
	BREAKS(ELF_RULE_RELOCATION, put_dynamic(&s, 3, 36, 0));		/* RELR */
	BREAKS(ELF_RULE_RELOCATION, put_dynamic(&s, 3, 2, 8));		/* of a PLT */
	ALLOWED(put_dynamic(&s, 3, 2, 0));
}

static void the_relocations_can_be_seen_when_they_are_wrong(void **state)
{
	(void)state;
	uint32_t address;
	uint8_t type;

	elf_sample_init(&s);
	put_relocation(&s, 1, 0x20000010, 2);
	assert_int_equal(elf_open(BYTES_OF(s.file), &f), ELF_RULE_TEXT_RELOCATION);
	assert_true(elf_relocation(&f, 1, &address, &type));
	assert_int_equal(address, 0x20000010);
	assert_int_equal(type, 2);
}

static void section_headers_are_well_formed_or_not_there(void **state)
{
	(void)state;
	struct elf_symbol symbol;

	BREAKS(ELF_RULE_SECTIONS, put16(&s, 46, 64));
	BREAKS(ELF_RULE_SECTIONS, put16(&s, 48, 5));
	BREAKS(ELF_RULE_SECTIONS, put16(&s, 48, 65535));
	BREAKS(ELF_RULE_SECTIONS, put16(&s, 48, 0));
	BREAKS(ELF_RULE_SECTIONS, put32(&s, 32, UINT32_MAX));
	BREAKS(ELF_RULE_SECTIONS, put32(&s, 32, SECTIONS_AT_END + 1));
	BREAKS(ELF_RULE_SECTIONS, put32(&s, section_at(3, 16), ELF_SAMPLE_SIZE));
	BREAKS(ELF_RULE_SECTIONS, put32(&s, section_at(3, 20), UINT32_MAX));
	/* What takes no bytes of the file may be of any size. */
	ALLOWED(put_section(&s, 1, SECTION_NOBITS, DATA_AT, 0x10000, 0, 0));
	ALLOWED(put_section(&s, 0, SECTION_NULL, UINT32_MAX, UINT32_MAX, 0, 0));
	ALLOWED(put_section(&s, 1, 1, ELF_SAMPLE_SIZE - 4, 4, 0, 0));
	BREAKS(ELF_RULE_SECTIONS, put_section(&s, 1, 1, ELF_SAMPLE_SIZE - 3, 4, 0, 0));
	ALLOWED(put32(&s, 32, 0); put16(&s, 48, 0));
	elf_open(BYTES_OF(s.file), &f);
	assert_false(elf_symbol(&f, 0, &symbol));
}

/* Of a type that nobody looks into: nothing else could find it. */
static void any_section_is_in_bounds(void **state)
{
	(void)state;
	ALLOWED(put_section(&s, 1, 1, ELF_SAMPLE_SIZE - 4, 4, 0, 0));
	BREAKS(ELF_RULE_SECTIONS, put_section(&s, 1, 1, ELF_SAMPLE_SIZE - 4, 5, 0, 0));
	BREAKS(ELF_RULE_SECTIONS, put_section(&s, 1, 1, ELF_SAMPLE_SIZE + 1, 4, 0, 0));
}

static void symbols_have_their_names(void **state)
{
	(void)state;
	struct elf_symbol symbol;

	elf_sample_init(&s);
	assert_int_equal(elf_open(BYTES_OF(s.file), &f), ELF_RULE_OK);
	assert_true(elf_symbol(&f, 0, &symbol));
	assert_int_equal(symbol.name.size, 0);
	assert_true(elf_symbol(&f, 1, &symbol));
	assert_true(bytes_equal(symbol.name, BYTES_LITERAL("main")));
	assert_int_equal(symbol.value, 0x20000009);
	assert_int_equal(symbol.info, 0x12);
	assert_int_equal(symbol.section, 2);
	assert_true(elf_symbol(&f, 2, &symbol));
	assert_true(bytes_equal(symbol.name, BYTES_LITERAL("helper")));
	assert_int_equal(symbol.section, 0);
	assert_false(elf_symbol(&f, 3, &symbol));
	assert_false(elf_symbol(&f, UINT32_MAX, &symbol));

	/* Of two tables the full one counts; an empty one is none. */
	put_section(&s, 1, SECTION_DYNSYM, SYMBOLS_AT, 16, 3, 16);
	assert_int_equal(elf_open(BYTES_OF(s.file), &f), ELF_RULE_OK);
	assert_true(elf_symbol(&f, 2, &symbol));
	put32(&s, section_at(2, 20), 0);
	assert_int_equal(elf_open(BYTES_OF(s.file), &f), ELF_RULE_OK);
	assert_true(elf_symbol(&f, 0, &symbol));
	assert_false(elf_symbol(&f, 1, &symbol));
}

static void a_malformed_symbol_table_is_refused(void **state)
{
	(void)state;
	struct elf_symbol symbol;

	BREAKS(ELF_RULE_SECTIONS, put32(&s, section_at(2, 36), 24));
	BREAKS(ELF_RULE_SECTIONS, put32(&s, section_at(2, 20), 47));
	BREAKS(ELF_RULE_SECTIONS, put32(&s, section_at(2, 24), 4));
	BREAKS(ELF_RULE_SECTIONS, put32(&s, section_at(2, 24), UINT32_MAX));
	BREAKS(ELF_RULE_SECTIONS, put32(&s, section_at(2, 24), 2));
	ALLOWED(put32(&s, section_at(2, 4), SECTION_DYNSYM));
	/* A name beyond the strings, or that does not end, is none. */
	ALLOWED(put_symbol(&s, 1, STRINGS_SIZE, 0, 0, 1));
	ALLOWED(put_symbol(&s, 1, UINT32_MAX, 0, 0, 1));
	ALLOWED(memset(s.file + STRINGS_AT, 'x', STRINGS_SIZE));
	elf_open(BYTES_OF(s.file), &f);
	assert_true(elf_symbol(&f, 1, &symbol));
	assert_int_equal(symbol.name.size, 0);
}

/* The sample linked for one place, or one whose notes say so while it is not. */
static void sample_fixed(bool fixed, uint16_t type)
{
	static uint8_t meta[256];
	struct writer w = { .at = meta, .size = sizeof(meta) };
	static struct manifest m;

	elf_sample_init(&s);
	manifest_sample(&m);
	m.fixed = fixed;
	m.call_count = m.provide_count = m.request_count = 0;
	manifest_encode_meta(&m, &w);
	assert_false(w.failed);
	drop_notes(&s);
	put_note(&s, "GNU", 3, BYTES_OF(sample_build_id));
	put_note(&s, "FDO", 0xcafe1a7e, SAMPLE_JSON);
	put_note(&s, "MS", ELF_NOTE_META, writer_bytes(&w));
	put_note(&s, "MS", ELF_NOTE_SIGNATURE, BYTES_OF(sample_block));
	put16(&s, 16, type);
	if (type == 2)
		put32(&s, segment_at(DYNAMIC, P_TYPE), 0);
}

static void what_is_linked_for_its_place_says_so(void **state)
{
	(void)state;
	uint32_t address;
	uint8_t type;

	sample_fixed(true, 2);
	assert_int_equal(elf_open(BYTES_OF(s.file), &f), ELF_RULE_OK);
	assert_true(f.fixed);
	assert_false(elf_relocation(&f, 0, &address, &type));
	sample_fixed(false, 2);
	assert_int_equal(opened(BYTES_OF(s.file)), ELF_RULE_TYPE);
	sample_fixed(true, 3);
	assert_int_equal(opened(BYTES_OF(s.file)), ELF_RULE_MODE);
	sample_fixed(false, 3);
	assert_int_equal(elf_open(BYTES_OF(s.file), &f), ELF_RULE_OK);
	assert_false(f.fixed);
	sample_fixed(true, 2);
	put32(&s, segment_at(TLS, P_ADDRESS), 0);
	assert_int_equal(opened(BYTES_OF(s.file)), ELF_RULE_TLS);
	put32(&s, segment_at(TLS, P_FILE_SIZE), 0);
	put32(&s, segment_at(TLS, P_MEMORY_SIZE), 0);
	assert_int_equal(elf_open(BYTES_OF(s.file), &f), ELF_RULE_OK);
	assert_int_equal(f.tls.type, 0);
	sample_fixed(true, 2);
	put32(&s, segment_at(DYNAMIC, P_TYPE), 2);
	assert_int_equal(opened(BYTES_OF(s.file)), ELF_RULE_DYNAMIC);
	sample_fixed(true, 2);
	put32(&s, segment_at(DATA, P_FLAGS), 7);
	assert_int_equal(opened(BYTES_OF(s.file)), ELF_RULE_WRITE_EXECUTE);
}

static void a_placed_one_lies_where_it_is_to_lie(void **state)
{
	(void)state;
	sample_fixed(true, 2);
	put32(&s, segment_at(TEXT, P_ADDRESS), 0x40040);
	put32(&s, segment_at(DATA, P_ADDRESS), 0x20008400);
	put32(&s, segment_at(TLS, P_TYPE), 0);
	put32(&s, 24, 0x40049);
	assert_int_equal(elf_open_placed(BYTES_OF(s.file), 0x40040, 0x20008400, &f), ELF_RULE_OK);
	assert_int_equal(elf_open_placed(BYTES_OF(s.file), 0x40060, 0x20008400, &f), ELF_RULE_TEXT);
	assert_int_equal(elf_open_placed(BYTES_OF(s.file), 0x40040, 0x20008420, &f), ELF_RULE_DATA);
	assert_int_equal(opened(BYTES_OF(s.file)), ELF_RULE_TEXT);
}

static void each_rule_has_its_sentence(void **state)
{
	(void)state;
	for (int rule = ELF_RULE_OK; rule <= ELF_RULE_NOTE_OUTSIDE; rule++)
		assert_true(strlen(elf_rule_text((enum elf_rule)rule)) > 10);
	assert_string_equal(elf_rule_text(ELF_RULE_NOTE_OUTSIDE + 1), "unknown rule");
	assert_string_equal(elf_rule_text((enum elf_rule)1000), "unknown rule");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sample_is_a_service),
		cmocka_unit_test(a_file_cut_anywhere_is_refused),
		cmocka_unit_test(any_flip_is_survived),
		cmocka_unit_test(only_arm_files_that_are_position_independent_are_services),
		cmocka_unit_test(program_headers_are_in_the_file),
		cmocka_unit_test(segments_are_in_bounds),
		cmocka_unit_test(bounds_are_as_wide_as_file_and_memory),
		cmocka_unit_test(loaded_segments_do_not_overlap),
		cmocka_unit_test(empty_segments_and_others_overlap_nothing),
		cmocka_unit_test(no_interpreter_is_asked_for),
		cmocka_unit_test(nothing_is_both_writable_and_executable),
		cmocka_unit_test(three_segments_are_loaded_in_order),
		cmocka_unit_test(no_fourth_segment_is_loaded),
		cmocka_unit_test(thread_local_data_is_a_part_of_data),
		cmocka_unit_test(the_entry_is_a_thumb_address_in_text),
		cmocka_unit_test(there_is_one_dynamic_section_for_tools),
		cmocka_unit_test(its_tags_lead_to_relocations_in_tools),
		cmocka_unit_test(no_relocation_is_in_text),
		cmocka_unit_test(relocations_are_relative_on_words_of_data),
		cmocka_unit_test(the_relocations_can_be_seen_when_they_are_wrong),
		cmocka_unit_test(section_headers_are_well_formed_or_not_there),
		cmocka_unit_test(any_section_is_in_bounds),
		cmocka_unit_test(symbols_have_their_names),
		cmocka_unit_test(a_malformed_symbol_table_is_refused),
		cmocka_unit_test(what_is_linked_for_its_place_says_so),
		cmocka_unit_test(a_placed_one_lies_where_it_is_to_lie),
		cmocka_unit_test(each_rule_has_its_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
