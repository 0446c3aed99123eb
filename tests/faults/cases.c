/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each mistake once: in who signs, in the table's own numbers, in placements, in rights, in images.  The good image
 * holds two services, `first` (entry 0, of the higher priority) and `second`, with no rights.
 */
#include "forge.h"

#include <stdio.h>
#include <string.h>

#include <ms/abi/abi.h>

enum { HEADER_RESERVED = 88, ENTRY_RESERVED = 96 + 4, SEQUENCE = 16, UNKNOWN_DEVICE = 30, APART = 2048 };

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

#define SIGNATURE "table A", "its signature is not by a key of this device", NULL
#define DEVICE "table A", "it is for another device", NULL
#define RULE "table A", "it breaks a rule of the format", NULL
#define FIRST(why) "first", why, "first"

#define CASE(name, ...) { #name, name, __VA_ARGS__ }
const struct forge_case forge_cases[] = {
	CASE(signature, SIGNATURE), CASE(kind, SIGNATURE), CASE(role, SIGNATURE), CASE(stranger, SIGNATURE),
	CASE(older_epoch, DEVICE), CASE(other_class, DEVICE), CASE(other_flash, DEVICE), CASE(smaller_ram, DEVICE),
	CASE(other_abi, "table A", "it is for another ABI", NULL),
	CASE(reserved_of_header, RULE), CASE(reserved_of_entry, RULE), CASE(unknown_policy, RULE), CASE(same_id, RULE),
	CASE(same_name, RULE), CASE(unknown_flag, RULE), CASE(unknown_restart, RULE),
	CASE(above_ceiling, RULE), CASE(ceiling_unknown, RULE), CASE(no_quantum, RULE), CASE(odd_stack, RULE), CASE(odd_heap, RULE),
	CASE(same_ram, RULE), CASE(same_flash, RULE), CASE(part_of_others_ram, RULE), CASE(unaligned_ram, RULE),
	CASE(unaligned_flash, RULE), CASE(illegal_extent, RULE), CASE(ram_beyond, RULE), CASE(flash_beyond, RULE),
	CASE(ram_around, RULE), CASE(image_beyond_extent, RULE), CASE(kernel_ram, RULE),
	CASE(others_rule, RULE), CASE(unknown_class, RULE), CASE(unknown_right, RULE), CASE(no_right, RULE),
	CASE(unsorted_rules, RULE), CASE(one_device_for_two, RULE), CASE(block_in_others_ram, RULE), CASE(block_of_nobody, RULE),
	CASE(interface_of_two, RULE), CASE(interface_of_nobody, RULE),
	CASE(unknown_device, FIRST("its devices are not its own")),
	CASE(signal_twice, FIRST("its devices are not its own")),
	CASE(too_many_services, "more16", "there are too many services or endpoints", "more16"),
	CASE(too_many_interfaces, "second", "there are too many services or endpoints", "second"),
	CASE(image, FIRST("its image is not what the table says")),
	CASE(image_without_header, FIRST("its image has no valid header")),
	CASE(other_target, FIRST("it is made for another target")),
	CASE(shorter_image, FIRST("its size is not what the table says")),
	CASE(greedy_image, FIRST("the table gives it less stack or heap than it needs")),
	CASE(big_image, FIRST("its memory does not fit into what the table gives it")),
	CASE(entry_outside, FIRST("its image has no valid header")),
	CASE(image_without_got, FIRST("its image has no valid header")),
	CASE(image_with_fpu, FIRST("it needs the FPU and has no grant")),
	CASE(not_provisioned, NULL, "not provisioned", NULL),
};
const size_t forge_case_count = sizeof(forge_cases) / sizeof(forge_cases[0]);

const struct forge_case *forge_find(const char *name)
{
	for (const struct forge_case *c = forge_cases; c < forge_cases + forge_case_count; c++)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}
