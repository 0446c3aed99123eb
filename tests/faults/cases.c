/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each mistake once: in who signs, in the table's own numbers, in placements, in rights, in images.  The good image
 * holds two services, `first` (entry 0, of the higher priority) and `second`, with no rights.
 */
#include "forge.h"

#include <stdio.h>
#include <string.h>

#include <ms/abi/abi.h>

#include "block.h"

enum { ENTRY_COUNT = 8, RULE_COUNT = 10, TOTAL_SIZE = 12, STRINGS = 76, RULE_FIRST = 96 + 52, HEADER_RESERVED = 88, ENTRY_RESERVED = 96 + 4, SEQUENCE = 16, UNKNOWN_DEVICE = 30, APART = 2048 };

static void add_rule(struct forge *f, uint32_t service, enum table_class class, uint32_t number, uint32_t operations, uint32_t argument)
{
	f->rule[f->rule_count++] = (struct table_rule){ service, table_object(class, number), operations, argument };
}

/* Give a service's image another header, and its entry the hash of that. */
static void change_image(struct forge *f, uint32_t entry, const struct image *im)
{
	image_encode(im, forge_image(f, entry));
	forge_rehash(f, entry);
}

/* Who signs, what for, for whom. */
static void signature(struct forge *f) { f->broken_bit = SEQUENCE; }
static void kind(struct forge *f) { f->kind = COSE_KIND_IMAGE; }
static void role(struct forge *f) { f->who.keys[0].roles = 0; }

static void stranger(struct forge *f)
{
	static struct key_public other;
	static uint8_t point[COSE_POINT_SIZE];

	memcpy(point, f->who.keys[0].point, sizeof(point));
	point[3] ^= 1;
	key_public_from_point(&other, point);
	f->who.keys[0].point = point;		/* under the name of the one that has signed */
}

static void developer(struct forge *f) { f->by_developer = true; }

/* The block itself. */
static void no_block(struct forge *f) { f->block = block_zero; }
static void erased_block(struct forge *f) { f->block = block_erase; }
static void es256(struct forge *f) { f->block = block_es256; }
static void eddsa(struct forge *f) { f->block = block_eddsa; }
static void no_algorithm(struct forge *f) { f->block = block_no_algorithm; }
static void long_form(struct forge *f) { f->block = block_long_form; }
static void unprotected(struct forge *f) { f->block = block_unprotected; }
static void empty_header(struct forge *f) { f->block = block_empty_header; }
static void embedded(struct forge *f) { f->block = block_embedded; }
static void r_zero(struct forge *f) { f->block = block_r_zero; }
static void s_zero(struct forge *f) { f->block = block_s_zero; }
static void r_order(struct forge *f) { f->block = block_r_order; }
static void s_beyond(struct forge *f) { f->block = block_s_beyond; }
static void der(struct forge *f) { f->block = block_der; }
static void twin(struct forge *f) { f->block = block_twin; }

static void older_epoch(struct forge *f) { f->who.key_epoch = (uint16_t)(f->table.key_epoch + 1); }
static void other_class(struct forge *f) { f->table.class_id[0] ^= 1; }
static void other_flash(struct forge *f) { f->table.flash_size -= 4096; }
static void smaller_ram(struct forge *f) { f->table.ram_size -= 4096; }
static void other_abi(struct forge *f) { f->table.abi_major++; }

/* Numbers. */
static void reserved_of_header(struct forge *f) { f->signed_bit = HEADER_RESERVED; }
static void reserved_of_entry(struct forge *f) { f->signed_bit = ENTRY_RESERVED; }
static void unknown_policy(struct forge *f) { f->table.policies = 0x8000; }
static void same_id(struct forge *f) { f->entry[1].id = f->entry[0].id; }
static void same_name(struct forge *f) { f->entry[1].name = f->entry[0].name; }
static void unknown_flag(struct forge *f) { f->entry[0].flags |= 4; }
static void unknown_restart(struct forge *f) { f->entry[0].restart = TABLE_RESTART_REBOOT + 1; }
static void above_ceiling(struct forge *f) { f->entry[0].priority = (uint8_t)(f->entry[0].ceiling + 1); }
static void ceiling_unknown(struct forge *f) { f->entry[0].ceiling = TABLE_PRIORITY_MAX + 1; }
static void no_quantum(struct forge *f) { f->entry[0].quantum_msec = 0; }
static void odd_stack(struct forge *f) { f->entry[0].stack_size += 8; }
static void odd_heap(struct forge *f) { f->entry[0].heap_size += 4; }

/* Sizes that are the signed table's own. */
static void put32(uint8_t *table, uint32_t at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		table[at + i] = (uint8_t)(value >> 8 * i);
}

static void raw_entries(uint8_t *t, uint32_t size) { (void)size; t[ENTRY_COUNT] = t[ENTRY_COUNT + 1] = 0xff; }
static void raw_rules(uint8_t *t, uint32_t size) { (void)size; t[RULE_COUNT] = t[RULE_COUNT + 1] = 0xff; }
static void raw_total_more(uint8_t *t, uint32_t size) { put32(t, TOTAL_SIZE, size + 1); }
static void raw_total_less(uint8_t *t, uint32_t size) { put32(t, TOTAL_SIZE, size - 1); }
static void raw_total_huge(uint8_t *t, uint32_t size) { (void)size; put32(t, TOTAL_SIZE, UINT32_MAX); }
static void raw_strings(uint8_t *t, uint32_t size) { (void)size; put32(t, STRINGS, UINT32_MAX - 3); }
static void raw_rule_slice(uint8_t *t, uint32_t size) { (void)size; t[RULE_FIRST] = t[RULE_FIRST + 1] = 0xff; }
static void entries_wrap(struct forge *f) { f->raw = raw_entries; }
static void rules_wrap(struct forge *f) { f->raw = raw_rules; }
static void total_more(struct forge *f) { f->raw = raw_total_more; }
static void total_less(struct forge *f) { f->raw = raw_total_less; }
static void total_huge(struct forge *f) { f->raw = raw_total_huge; }
static void strings_beyond(struct forge *f) { f->raw = raw_strings; }
static void slice_beyond(struct forge *f) { f->raw = raw_rule_slice; }

/* Placements. */
static void same_ram(struct forge *f) { f->entry[1].ram_offset = f->entry[0].ram_offset; }
static void same_flash(struct forge *f) { f->entry[1].image_offset = f->entry[0].image_offset; }
static void part_of_others_ram(struct forge *f) { f->entry[1].ram_offset = f->entry[0].ram_offset + f->entry[0].ram_extent - 256; }
static void unaligned_ram(struct forge *f) { f->entry[0].ram_offset += 16; }
static void unaligned_flash(struct forge *f) { f->entry[0].image_offset += 16; }
static void illegal_extent(struct forge *f) { f->entry[0].ram_extent += 32; }
static void ram_beyond(struct forge *f) { f->entry[1].ram_offset = f->table.ram_size; }
static void flash_beyond(struct forge *f) { f->entry[1].image_offset = f->table.flash_size; }
static void ram_around(struct forge *f) { f->entry[1].ram_offset = UINT32_MAX - 4095; }
static void image_beyond_extent(struct forge *f) { f->entry[0].image_size = f->entry[0].image_extent + 4; }

static void kernel_ram(struct forge *f)
{
	f->entry[0].ram_offset = f->board.runtime_ram.base - f->table.ram_base;
}

/* Rights. */
static void others_rule(struct forge *f) { add_rule(f, 3, TABLE_DEVICE, 0, TABLE_DEVICE_USE, 0); }
static void unknown_class(struct forge *f) { add_rule(f, 1, (enum table_class)77, 0, 1, 0); }
static void unknown_right(struct forge *f) { add_rule(f, 1, TABLE_DEVICE, 0, TABLE_DEVICE_USE | 2, 0); }
static void no_right(struct forge *f) { add_rule(f, 1, TABLE_DEVICE, 0, 0, 0); }

static void unsorted_rules(struct forge *f)
{
	add_rule(f, 1, TABLE_DEVICE, 1, TABLE_DEVICE_USE, 0);
	add_rule(f, 1, TABLE_DEVICE, 0, TABLE_DEVICE_USE, 1);
}

static void one_device_for_two(struct forge *f)
{
	add_rule(f, 1, TABLE_DEVICE, 0, TABLE_DEVICE_USE, 0);
	add_rule(f, 2, TABLE_DEVICE, 0, TABLE_DEVICE_USE, 0);
}

static void block_in_others_ram(struct forge *f)
{
	uint32_t all = TABLE_SHARED_READ | TABLE_SHARED_WRITE | TABLE_SHARED_LEND;

	add_rule(f, 1, TABLE_SHARED, 0, all | 256 / 32 << 16, f->entry[1].ram_offset);
}

static void block_of_nobody(struct forge *f) { add_rule(f, 1, TABLE_SHARED, 0, TABLE_SHARED_READ, 0); }

static void interface_of_two(struct forge *f)
{
	add_rule(f, 1, TABLE_ENDPOINT, 0, TABLE_ENDPOINT_RECEIVE | 4 << 8 | 1 << 16, 0x1234);
	add_rule(f, 2, TABLE_ENDPOINT, 0, TABLE_ENDPOINT_RECEIVE | 4 << 8 | 1 << 16, 0x1234);
}

static void interface_of_nobody(struct forge *f) { add_rule(f, 1, TABLE_ENDPOINT, 0, TABLE_ENDPOINT_CALL, 0); }
static void unknown_device(struct forge *f) { add_rule(f, 1, TABLE_DEVICE, UNKNOWN_DEVICE, TABLE_DEVICE_USE, 0); }
static void signal_twice(struct forge *f)
{
	add_rule(f, 1, TABLE_DEVICE, 0, TABLE_DEVICE_USE | 5 << 8, 0);
	add_rule(f, 1, TABLE_DEVICE, 1, TABLE_DEVICE_USE | 5 << 8, 1);
}

static void too_many_services(struct forge *f)
{
	uint32_t most = f->board.limit[BOARD_LIMIT_SERVICE_MAX];
	static char name[FORGE_ENTRIES][8];

	while (f->entry_count <= most) {
		uint32_t i = f->entry_count++;
		struct table_entry *e = &f->entry[i];

		*e = f->entry[1];
		e->id = i + 1;
		e->image_offset = i * APART;
		e->ram_offset = i * APART;
		e->flags = 0;
		e->name = (struct bytes){ (uint8_t *)name[i], (size_t)snprintf(name[i], sizeof(name[i]), "more%02u", (unsigned)i) };
		memcpy(forge_image(f, i), forge_image(f, 1), e->image_size);
	}
}

static void too_many_interfaces(struct forge *f)
{
	uint32_t most = f->board.limit[BOARD_LIMIT_ENDPOINT_MAX];

	for (uint32_t i = 0; i <= most; i++)
		add_rule(f, 1 + (i >= 20), TABLE_ENDPOINT, i, TABLE_ENDPOINT_RECEIVE | (4 + i % 20) << 8 | 1 << 16, 0x1000 + i);
}

/* Images. */

/* One service's image where another's should be: both were good. */
static void mixed(struct forge *f)
{
	memcpy(forge_image(f, 1), forge_image(f, 0), f->entry[1].image_size < f->entry[0].image_size ? f->entry[1].image_size : f->entry[0].image_size);
}
static void image(struct forge *f) { forge_image(f, 0)[IMAGE_HEADER_SIZE] ^= 1; }

static void image_without_header(struct forge *f)
{
	forge_image(f, 0)[0] ^= 1;
	forge_rehash(f, 0);
}

static void other_target(struct forge *f)
{
	struct image im = forge_header(f, 0);

	im.target = MS_TARGET_V8M;
	image_set_alignment(&im);
	change_image(f, 0, &im);
}

static void shorter_image(struct forge *f)
{
	f->entry[0].image_size += 4;
	forge_rehash(f, 0);
}

static void greedy_image(struct forge *f)
{
	struct image im = forge_header(f, 0);

	im.stack_size += 32;
	image_set_alignment(&im);
	change_image(f, 0, &im);
}

static void big_image(struct forge *f)
{
	struct image im = forge_header(f, 0);

	im.bss_size += 4096;
	im.static_size += 4096;
	image_set_alignment(&im);
	change_image(f, 0, &im);
}

static void entry_outside(struct forge *f)
{
	struct image im = forge_header(f, 0);

	im.entry = im.text_size;
	change_image(f, 0, &im);
}

static void image_with_fpu(struct forge *f)
{
	struct image im = forge_header(f, 0);

	im.flags |= IMAGE_FLAG_FPU;
	change_image(f, 0, &im);
}

/* All is text, and its stack takes all memory: what the kernel writes to its data base would be a neighbour's. */
static void image_without_got(struct forge *f)
{
	struct image im = forge_header(f, 0);

	im.text_size = im.image_size - IMAGE_HEADER_SIZE;
	im.data_offset = im.reloc_offset = im.image_size;
	im.data_size = im.reloc_size = im.bss_size = im.tls_offset = im.static_size = im.heap_size = 0;
	im.stack_size = f->entry[0].stack_size = f->entry[0].ram_extent;
	f->entry[0].heap_size = 0;
	image_set_alignment(&im);
	change_image(f, 0, &im);
}

static void not_provisioned(struct forge *f) { f->who.key_count = 0; }

#define CASE(number, name, ...) { number, #name, name, __VA_ARGS__ }
#define BANK(why, tool) "table A", why, NULL, tool
#define SIGNATURE BANK("its signature is not by a key of this device", "bank table-a: its table is not signed by a key that is provisioned")
#define DEVICE(tool) BANK("it is for another device", tool)
#define WINDOWS "table: its table has other windows for services"
#define HEADER "service first: the image of 'first' is not one that this version knows"
#define MEMORY "service first: the table gives 'first' other memory than its image asks for"
#define RULE BANK("it breaks a rule of the format", "bank table-a: its table breaks a rule of docs/formats.md 5")
#define NO_TABLE BANK("it holds no table", "bank table-a: holds no table")
#define FIRST(why, tool) "first", why, "first", tool

const struct forge_case forge_cases[] = {
	CASE(0, signature, SIGNATURE), CASE(5, no_block, SIGNATURE), CASE(5, erased_block, SIGNATURE), CASE(6, kind, SIGNATURE),
	CASE(7, role, SIGNATURE), CASE(7, stranger, SIGNATURE), CASE(7, developer, SIGNATURE),
	CASE(8, es256, SIGNATURE), CASE(8, eddsa, SIGNATURE), CASE(8, no_algorithm, SIGNATURE), CASE(8, long_form, SIGNATURE),
	CASE(8, unprotected, SIGNATURE), CASE(8, empty_header, SIGNATURE), CASE(8, embedded, SIGNATURE),
	CASE(9, r_zero, SIGNATURE), CASE(9, s_zero, SIGNATURE), CASE(9, r_order, SIGNATURE), CASE(9, s_beyond, SIGNATURE), CASE(9, der, SIGNATURE),
	CASE(9, twin, NULL, "all services have ended", "", NULL),
	CASE(22, older_epoch, DEVICE("table: its table is of key epoch")), CASE(22, other_class, DEVICE("table: its table is for another kind of board")),
	CASE(22, other_flash, DEVICE(WINDOWS)), CASE(22, smaller_ram, DEVICE(WINDOWS)),
	CASE(22, other_abi, BANK("it is for another ABI", "bank table-a: its table is for another ABI")),
	CASE(15, entries_wrap, NO_TABLE), CASE(15, rules_wrap, NO_TABLE), CASE(15, total_more, SIGNATURE), CASE(15, total_less, SIGNATURE), CASE(15, total_huge, NO_TABLE),
	CASE(15, strings_beyond, RULE), CASE(15, slice_beyond, RULE),
	CASE(0, reserved_of_header, RULE), CASE(0, reserved_of_entry, RULE), CASE(0, unknown_policy, RULE), CASE(0, same_id, RULE),
	CASE(0, same_name, RULE), CASE(0, unknown_flag, RULE), CASE(0, unknown_restart, RULE),
	CASE(0, above_ceiling, RULE), CASE(0, ceiling_unknown, RULE), CASE(0, no_quantum, RULE), CASE(0, odd_stack, RULE), CASE(0, odd_heap, RULE),
	CASE(15, same_ram, RULE), CASE(15, same_flash, RULE), CASE(15, part_of_others_ram, RULE), CASE(15, unaligned_ram, RULE),
	CASE(15, unaligned_flash, RULE), CASE(15, illegal_extent, RULE), CASE(15, ram_beyond, RULE), CASE(15, flash_beyond, RULE),
	CASE(15, ram_around, RULE), CASE(15, image_beyond_extent, RULE), CASE(15, kernel_ram, RULE),
	CASE(16, others_rule, RULE), CASE(16, unknown_class, RULE), CASE(16, unknown_right, RULE), CASE(16, no_right, RULE),
	CASE(16, unsorted_rules, RULE), CASE(16, one_device_for_two, RULE), CASE(16, block_in_others_ram, RULE), CASE(16, block_of_nobody, RULE),
	CASE(16, interface_of_two, RULE), CASE(16, interface_of_nobody, RULE),
	CASE(16, unknown_device, FIRST("its devices are not its own", "table: 'first' has a right to device 30")),
	CASE(16, signal_twice, FIRST("its devices are not its own", "table: two rights of 'first' have one signal")),
	CASE(0, too_many_services, "more16", "there are too many services or endpoints", "more16", "table: it has 17 services, and"),
	CASE(0, too_many_interfaces, "second", "there are too many services or endpoints", "second", "interfaces, and"),
	CASE(3, image, FIRST("its image is not what the table says", "service first: the image of 'first' is not the one in the table")),
	CASE(3, mixed, "second", "its image is not what the table says", "second", "service second: the image of 'second' is not the one in the table"),
	CASE(0, image_without_header, FIRST("its image has no valid header", HEADER)),
	CASE(22, other_target, FIRST("it is made for another target", "service first: the image of 'first' is for v8m")),
	CASE(0, shorter_image, FIRST("its size is not what the table says", HEADER)),
	CASE(0, greedy_image, FIRST("the table gives it less stack or heap than it needs", MEMORY)),
	CASE(0, big_image, FIRST("its memory does not fit into what the table gives it", MEMORY)),
	CASE(28, entry_outside, FIRST("its image has no valid header", HEADER)),
	CASE(28, image_without_got, FIRST("its image has no valid header", HEADER)),
	CASE(0, image_with_fpu, FIRST("it needs the FPU and has no grant", "service first: the image of 'first' needs the FPU")),
	CASE(0, not_provisioned, NULL, "not provisioned", NULL, "it is no package, executable or device image"),
};
const size_t forge_case_count = sizeof(forge_cases) / sizeof(forge_cases[0]);

const struct forge_case *forge_find(const char *name)
{
	for (const struct forge_case *c = forge_cases; c < forge_cases + forge_case_count; c++)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}
