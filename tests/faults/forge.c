/* SPDX-License-Identifier: Apache-2.0 */
#include "forge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

enum { FLASH_MAX = 64 << 20, ROOM = 1 << 16 };	/* for services more */

_Noreturn void forge_give_up(const char *what)
{
	fprintf(stderr, "%s\n", what);
	exit(2);
}

static uint8_t *at(struct forge *f, enum board_part part)
{
	return f->flash + (f->board.part[part].base - f->board.flash.base);
}

void forge_open(struct forge *f, const char *dtb, const char *image, const char *key, struct arena *a)
{
	struct err e = { 0 };

	*f = (struct forge){ .arena = a };
	if (board_open(dtb, a, &f->board, &e) < 0 || file_read(image, FLASH_MAX, a, &f->good, &e) < 0 || key_open(key, a, &f->key, &e) < 0)
		forge_give_up(e.text);
	const char *developer = path_join(a, path_folder(a, key), "developer.pem");

	if (file_exists(developer) && key_open(developer, a, &f->developer, &e) < 0)
		forge_give_up(e.text);
	f->size = f->good.size + ROOM;
	f->flash = arena_take(a, f->size);
}

/* Take the good image apart again. */
static void take_apart(struct forge *f)
{
	uint32_t span;

	memset(f->flash, 0xff, f->size);
	memcpy(f->flash, f->good.at, f->good.size);
	struct bytes bank = bytes_part(f->good, (size_t)(at(f, BOARD_TABLE_A) - f->flash), f->board.part[BOARD_TABLE_A].size);

	if (table_span(bank, TABLE_SIZE_MAX, &span) < 0 ||
	    table_decode(bytes_part(bank, 0, span - COSE_BLOCK_SIZE), f->board.mpu, &f->table) < 0)
		forge_give_up("the image has no table");
	f->entry_count = f->table.entry_count;
	f->rule_count = f->table.rule_count;
	for (uint32_t i = 0; i < f->entry_count; i++)
		table_entry(&f->table, i, &f->entry[i]);
	for (uint32_t i = 0; i < f->rule_count; i++)
		table_rule(&f->table, i, &f->rule[i]);
	if (provision_decode(bytes_part(f->good, (size_t)(at(f, BOARD_PROVISION) - f->flash), PROVISION_SIZE_MAX), &f->who) < 0)
		forge_give_up("the image has no provisioning sector");
	f->signed_bit = f->broken_bit = 0;
	f->kind = COSE_KIND_TABLE;
	f->by_developer = false;
	f->raw = NULL;
	f->block = NULL;
}

static void put_together(struct forge *f)
{
	struct writer provision = { .at = at(f, BOARD_PROVISION), .size = PROVISION_SIZE_MAX };
	struct writer table = { .at = at(f, BOARD_TABLE_A), .size = f->board.part[BOARD_TABLE_A].size - COSE_BLOCK_SIZE };
	struct err e = { 0 };

	provision_encode(&f->who, &provision);
	table_encode(&f->table, f->entry, f->entry_count, f->rule, f->rule_count, &table);
	if (provision.failed || table.failed)
		forge_give_up("it has no room");
	if (f->signed_bit)
		table.at[f->signed_bit] ^= 1;
	if (f->raw)
		f->raw(table.at, (uint32_t)table.used);
	if (key_sign(f->by_developer ? f->developer : f->key, f->kind, writer_bytes(&table), table.at + table.used, &e) < 0)
		forge_give_up(e.text);
	if (f->broken_bit)
		table.at[f->broken_bit] ^= 1;
	if (f->block)
		f->block(table.at + table.used);
}

struct bytes forge_make(struct forge *f, const struct forge_case *c)
{
	take_apart(f);
	if (c->change)
		c->change(f);
	put_together(f);
	return (struct bytes){ f->flash, f->size };
}

uint8_t *forge_image(struct forge *f, uint32_t entry)
{
	return f->flash + (f->table.flash_base - f->board.flash.base) + f->entry[entry].image_offset;
}

struct image forge_header(struct forge *f, uint32_t entry)
{
	struct image im;

	if (image_decode((struct bytes){ forge_image(f, entry), IMAGE_HEADER_SIZE }, &im) < 0)
		forge_give_up("a service has no header");
	return im;
}

void forge_rehash(struct forge *f, uint32_t entry)
{
	sha256((struct bytes){ forge_image(f, entry), f->entry[entry].image_size }, f->hash[entry]);
	f->entry[entry].sha256 = f->hash[entry];
}
