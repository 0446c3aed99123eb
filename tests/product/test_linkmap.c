/* SPDX-License-Identifier: Apache-2.0 */
/* Finding objects in a GNU linker's map. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "linkmap.h"

static const char sample[] =
	"Archive member included to satisfy reference by file (symbol)\n\n"
	"Discarded input sections\n\n"
	" .text          0x0000000000000000        0x8 dropped.o\n"
	"Linker script and memory map\n\n"
	"LOAD main.o\n"
	".text           0x0000000020000000      0x100\n"
	" *(.text .text.*)\n"
	" .text.main     0x0000000020000000       0x24 out/my service/main.o\n"
	"                0x0000000020000000                main\n"
	" .text.a_name_that_is_long\n"
	"                0x0000000020000024       0x10 libc.a(printf.o)\n"
	" .glue_7        0x0000000020000034        0x0 linker stubs\n"
	" *fill*         0x0000000020000034        0xc \n"
	" .text.other    0x20000040 0x20 other.o\n"
	"\n.bss            0x00000000a0000000       0x10\n"
	" COMMON         0x00000000a0000000       0x10 other.o\n"
	" .broken        0x00000000zz000000       0x10 broken.o\n"
	" .too_large     0x1ffffffff       0x10 large.o\n"
	" .last          0x00000000b0000000       0x4 last.o";

static struct bytes map(void)
{
	return (struct bytes){ (const uint8_t *)sample, sizeof(sample) - 1 };
}

static void holds(uint32_t address, const char *section, const char *object)
{
	struct linkmap_part p;

	assert_true(linkmap_find(map(), address, &p));
	assert_int_equal(p.section.size, strlen(section));
	assert_memory_equal(p.section.at, section, p.section.size);
	assert_int_equal(p.object.size, strlen(object));
	assert_memory_equal(p.object.at, object, p.object.size);
}

static void an_address_leads_to_its_object(void **state)
{
	(void)state;
	holds(0x20000000, ".text.main", "out/my service/main.o");
	holds(0x20000023, ".text.main", "out/my service/main.o");
	holds(0x20000024, ".text.a_name_that_is_long", "libc.a(printf.o)");
	holds(0x2000005f, ".text.other", "other.o");
	holds(0xa0000008, "COMMON", "other.o");
	holds(0xb0000003, ".last", "last.o");
}

static void gaps_and_discarded_sections_belong_to_nobody(void **state)
{
	(void)state;
	struct linkmap_part p;

	assert_false(linkmap_find(map(), 0, &p));
	assert_false(linkmap_find(map(), 0x20000034, &p));
	assert_false(linkmap_find(map(), 0x20000060, &p));
	assert_false(linkmap_find((struct bytes){ 0 }, 0, &p));
	assert_false(linkmap_find(BYTES_LITERAL("no map at all\n 0x0 0x10"), 0, &p));
}

static void a_map_cut_anywhere_is_read_to_its_end(void **state)
{
	(void)state;
	struct linkmap_part p;

	for (size_t size = 0; size < sizeof(sample); size++) {
		struct bytes cut = { (const uint8_t *)sample, size };
		uint32_t count = 0;

		for (size_t at = 0; linkmap_next(cut, &at, &p); count++)
			assert_true(p.object.at + p.object.size <= cut.at + cut.size);
		assert_true(count <= 5);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_leads_to_its_object),
		cmocka_unit_test(gaps_and_discarded_sections_belong_to_nobody),
		cmocka_unit_test(a_map_cut_anywhere_is_read_to_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
