/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flips BOARD.dtb DEVICE.bin COUNT SEED: start the emulated board COUNT times,
 * each time with one bit of the signed table or of an image flipped, and see
 * that what it belongs to does not start, that the log says so, and that the
 * others run.  The device must hold services that each log a line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "cose.h"
#include "file.h"
#include "process.h"
#include "table.h"

enum { SERVICES_MAX = 8, LINE = 512 };
#define RUN_NSEC UINT64_C(30000000000)

struct target { char name[TABLE_NAME_MAX + 1]; uint32_t at, size; };	/* at: in the device image */

struct device {
	struct board board;
	struct bytes flash;
	struct target table, service[SERVICES_MAX];
	uint32_t count;
};

static _Noreturn void give_up(const char *what)
{
	fprintf(stderr, "flips: %s\n", what);
	exit(1);
}

/* xorshift64*: the same flips for the same seed. */
static uint64_t draw(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(2685821657736338717);
}

static void find_targets(struct device *d)
{
	uint32_t base = d->board.flash.base, at = d->board.part[BOARD_TABLE_A].base - base, span;
	struct table t;

	if (table_span(bytes_part(d->flash, at, d->board.part[BOARD_TABLE_A].size), TABLE_SIZE_MAX, &span) < 0 ||
	    table_decode(bytes_part(d->flash, at, span - COSE_BLOCK_SIZE), d->board.mpu, &t) < 0)
		give_up("no table");
	d->table = (struct target){ "table A", at, span };
	for (d->count = 0; d->count < t.entry_count && d->count < SERVICES_MAX; d->count++) {
		struct target *s = &d->service[d->count];
		struct table_entry e;

		table_entry(&t, d->count, &e);
		snprintf(s->name, sizeof(s->name), "%.*s", (int)e.name.size, (const char *)e.name.at);
		s->at = t.flash_base - base + e.image_offset;
		s->size = e.image_size;
	}
}

/* What the board said of each service, and that something was refused. */
struct heard { bool ran[SERVICES_MAX], refused; };

static void listen(const struct device *d, const struct target *broken, const char *line, struct heard *h)
{
	char text[LINE];

	snprintf(text, sizeof(text), "] * %s refused: ", broken->name);
	h->refused |= strstr(line, text) != NULL;
	for (uint32_t i = 0; i < d->count; i++) {
		snprintf(text, sizeof(text), "] %s info: ", d->service[i].name);
		h->ran[i] |= strstr(line, text) != NULL;
	}
}

static bool all_ran_but(const struct device *d, const struct target *broken, const struct heard *h)
{
	for (uint32_t i = 0; i < d->count; i++)
		if (&d->service[i] != broken && !h->ran[i])
			return false;
	return true;
}

/* Listen until the verdict is clear. */
static struct heard start(const struct device *d, const struct target *broken, const char *file, struct arena *a)
{
	const char *const argv[] = {
		"qemu-system-arm", "-M", d->board.qemu_machine, "-nodefaults", "-nic", "none", "-display", "none", "-monitor", "none",
		"-serial", "stdio", "-icount", "shift=5,sleep=off", "-device",
		arena_printf(a, "loader,file=%s,addr=0x%x,force-raw=on", file, d->board.flash.base), NULL,
	};
	uint64_t end = process_now_nsec() + RUN_NSEC;
	struct heard h = { 0 };
	struct err e = { 0 };
	struct process p;
	char line[LINE];

	if (process_start(argv, NULL, &p, &e) < 0)
		give_up(e.text);
	while (process_line(&p, line, sizeof(line), end) == 1) {
		listen(d, broken, line, &h);
		if (strstr(line, "nothing runs") || strstr(line, "have ended") ||
		    (broken != &d->table && h.refused && all_ran_but(d, broken, &h)))
			break;
	}
	process_stop(&p);
	return h;
}

static bool as_it_should(const struct device *d, const struct target *broken, const struct heard *h)
{
	if (!h->refused)
		return false;
	for (uint32_t i = 0; i < d->count; i++)
		if (h->ran[i] != (broken != &d->table && &d->service[i] != broken))
			return false;
	return true;
}

/* Flip one drawn bit, start, judge.  Half of the flips hit the table. */
static bool flip(struct device *d, uint64_t *seed, const char *file)
{
	uint64_t drawn = draw(seed);
	const struct target *t = drawn & 1 ? &d->table : &d->service[(drawn >> 1) % d->count];
	uint32_t bit = (uint32_t)(draw(seed) % (t->size * 8));
	uint8_t *byte = (uint8_t *)d->flash.at + t->at + bit / 8;
	struct arena a = { 0 };
	struct err e = { 0 };

	*byte ^= 1u << bit % 8;
	if (file_replace(file, d->flash, 0644, &a, &e) < 0)
		give_up(e.text);
	struct heard h = start(d, t, file, &a);
	bool good = as_it_should(d, t, &h);

	*byte ^= 1u << bit % 8;
	if (!good)
		printf("bit %u of %s: refused %d\n", bit, t->name, h.refused);
	arena_done(&a);
	return good;
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct device d;
	struct err e = { 0 };
	uint32_t failed = 0;

	if (argc != 5)
		give_up("usage: flips BOARD.dtb DEVICE.bin COUNT SEED");
	if (board_open(argv[1], &a, &d.board, &e) < 0 || file_read(argv[2], 64 << 20, &a, &d.flash, &e) < 0)
		give_up(e.text);
	find_targets(&d);

	const char *file = arena_printf(&a, "%s.flipped", argv[2]);
	uint32_t count = (uint32_t)strtoul(argv[3], NULL, 10);
	uint64_t seed = strtoull(argv[4], NULL, 10) * 2 + 1;

	for (uint32_t i = 0; i < count; i++)
		failed += !flip(&d, &seed, file);
	printf("%u flips, %u not as they should be\n", count, failed);
	arena_done(&a);
	return failed != 0;
}
