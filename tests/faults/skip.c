/* SPDX-License-Identifier: Apache-2.0 */
/*
 * skip BOARD.dtb DEVICE.bin KEY.pem SYMBOLS CASE HOW MOST PART OF: start the emulated board with one of the mistakes of
 * cases.c, again and again, and each time disturb one instruction that it executes between the reset and the first
 * thread.  Whatever happens then, a service that the mistake concerns must not execute its first instruction.
 *
 *   SYMBOLS  what `nm` says of the runtime
 *   HOW      which of skip: the instruction is passed over; turn: a conditional branch goes the other way;
 *            zero, one: a function has returned that; with commas between
 *   MOST     of an address that is executed more often, so many times are tried: the first and the last
 *   PART OF  of all that, part PART of OF: for several of us side by side
 *
 * Not disturbed, because it would take a start of seconds for each: the inside of SHA-256 and P-256.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "forge.h"
#include "gdb.h"
#include "memo.h"
#include "thumb.h"

enum { TRACE_MAX = 1 << 17, TEXT_MAX = 1 << 16, RETAINED_MAX = 2048, ABSENT_PART = 20 };
enum { QUIET_MSEC = 200, QUIET_MAX = 50, LOOP_STEPS = 300, LOOP_SIZE = 64, CALLS_MAX = 100 };	/* calls: of the verifier, in a start */

enum how { SKIP, TURN, ZERO, ONE, HOW_COUNT };
static const char *const how_name[HOW_COUNT] = { "skip", "turn", "zero", "one" };

/* One executed instruction: where, the how manieth time, and what it is. */
struct step { uint32_t pc, turn; uint16_t first, second; bool returned; };

/* stopped: hangs in a few instructions, or locked up; absent: this time it was not executed so often; the digits of a time in the log are not always as many. */
enum end { REFUSED, STARTED_AGAIN, STOPPED, ABSENT, SURVIVED, END_COUNT };
static const char *const end_name[END_COUNT] = { "refused", "reset", "stopped", "absent", "SURVIVED" };

struct place { uint32_t reset, threads, idle, retained, retained_end; };

static struct {
	struct gdb gdb;
	struct memo memo;
	struct place at;
	uint32_t bad[FORGE_ENTRIES];		/* entries that must not be reached */
	size_t bad_count;
	const uint8_t *text;			/* the runtime's, at address 0 */
	struct step *trace;
	size_t steps;
	uint32_t turns[TEXT_MAX / 2];		/* of the instruction at an address, by half-words */
} s;

/* The value of a symbol in what nm has written. */
static uint32_t symbol(struct bytes nm, const char *name)
{
	char line[256];

	for (const char *at = (const char *)nm.at; at && *at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL) {
		char type, found[200];
		unsigned value;

		snprintf(line, sizeof(line), "%.*s", (int)strcspn(at, "\n"), at);
		if (sscanf(line, "%x %c %199s", &value, &type, found) == 3 && !strcmp(found, name))
			return value;
	}
	fprintf(stderr, "no symbol %s\n", name);
	exit(2);
}

static void find_places(struct bytes nm)
{
	s.memo = (struct memo){ symbol(nm, "crypto_sha256"), symbol(nm, "crypto_p256_verify") };
	s.at = (struct place){
		symbol(nm, "reset"), symbol(nm, "trap_begin"), symbol(nm, "trap_again") + 2,
		symbol(nm, "kernel_stack_top"), symbol(nm, "kernel_data_start"),
	};
}

static void find_bad(struct forge *f, const struct forge_case *c)
{
	for (uint32_t i = 0; i < f->entry_count; i++)
		if (!c->stays || (f->entry[i].name.size == strlen(c->stays) && !memcmp(f->entry[i].name.at, c->stays, f->entry[i].name.size)))
			s.bad[s.bad_count++] = f->table.flash_base + f->entry[i].image_offset + IMAGE_HEADER_SIZE + forge_header(f, i).entry;
}

/* From the reset vector, with nothing left of the run before. */
static void begin(void)
{
	static const uint8_t nothing[RETAINED_MAX];

	gdb_reset(&s.gdb);
	if (gdb_register(&s.gdb, GDB_PC) != s.at.reset || !gdb_write(&s.gdb, s.at.retained, nothing, s.at.retained_end - s.at.retained))
		forge_give_up("the board is not at its reset vector");
}

static bool is_memo(uint32_t pc)
{
	return pc == s.memo.sha256 || pc == s.memo.verify;
}

/* The places where a run ends, or gets a result that is known. */
static void watch(void)
{
	gdb_break(&s.gdb, s.memo.sha256);
	gdb_break(&s.gdb, s.memo.verify);
	gdb_break(&s.gdb, s.at.reset);
	gdb_break(&s.gdb, s.at.idle);
	for (size_t i = 0; i < s.bad_count; i++)
		gdb_break(&s.gdb, s.bad[i]);
}

static enum end verdict(uint32_t pc)
{
	for (size_t i = 0; i < s.bad_count; i++)
		if (pc == s.bad[i])
			return SURVIVED;
	return pc == s.at.reset ? STARTED_AGAIN : pc == s.at.idle ? REFUSED : END_COUNT;
}

/* Does it go round in a few instructions? (The watchdog would end that, after seconds of ours.) */
static bool stuck(void)
{
	uint32_t low = gdb_register(&s.gdb, GDB_PC), high = low;

	for (int i = 0; i < LOOP_STEPS && high - low < LOOP_SIZE && !gdb_ended(&s.gdb); i++) {
		gdb_step(&s.gdb);
		uint32_t pc = gdb_register(&s.gdb, GDB_PC);

		low = pc < low ? pc : low;
		high = pc > high ? pc : high;
	}
	return high - low < LOOP_SIZE;
}

/* Run on to where it is clear how it ends; END_COUNT: at `until`, before that. */
static enum end run(uint32_t until)
{
	for (int quiet = 0, calls = 0; quiet < QUIET_MAX && calls < CALLS_MAX;) {
		bool came = gdb_run(&s.gdb, QUIET_MSEC);
		uint32_t pc = gdb_register(&s.gdb, GDB_PC);

		for (; is_memo(pc) && calls < CALLS_MAX; calls++) {
			came = memo_call(&s.memo, &s.gdb, pc);
			pc = gdb_register(&s.gdb, GDB_PC);
		}
		if (verdict(pc) != END_COUNT)
			return verdict(pc);
		if (pc == until)
			return END_COUNT;
		if (!came && (gdb_ended(&s.gdb) || (quiet && stuck())))
			return STOPPED;
		quiet += !came;
	}
	return STOPPED;
}

static void note(uint32_t pc, bool returned)
{
	struct step *now = &s.trace[s.steps++];
	const uint8_t *code = s.text + pc;

	if (s.steps == TRACE_MAX || pc >= TEXT_MAX)
		forge_give_up("no end of the start is in sight");
	*now = (struct step){ pc, ++s.turns[pc / 2], bytes_u16(code), bytes_u16(code + 2), returned };
}

/* One start as it is, so that the verifier's results are known: from now on each start takes the same time. */
static void warm_up(void)
{
	begin();
	gdb_step(&s.gdb);
	if (run(UINT32_MAX) != REFUSED)
		forge_give_up("the device does not refuse what is wrong with it");
}

/* What is executed from the reset to the first thread, but for the inside of the verifier. */
static void follow(void)
{
	bool called = false;
	uint32_t pc;

	begin();
	while ((pc = gdb_register(&s.gdb, GDB_PC)) != s.at.threads) {
		const struct step *last = s.steps ? &s.trace[s.steps - 1] : NULL;
		bool from_call = called;

		if (is_memo(pc)) {
			if (!memo_call(&s.memo, &s.gdb, pc))
				forge_give_up("the verifier does not return");
			called = true;
			continue;
		}
		called = false;
		note(pc, from_call || (last && thumb_returns(last->first, last->second)));
		gdb_step(&s.gdb);
	}
}

static bool applies(const struct step *i, enum how how)
{
	return how == SKIP ? true : how == TURN ? thumb_conditional(i->first, i->second) || thumb_compares(i->first) : i->returned;
}

static void disturb(const struct step *i, enum how how)
{
	struct gdb *g = &s.gdb;
	uint32_t xpsr = gdb_register(g, GDB_XPSR);

	if (how == SKIP) {
		gdb_set_register(g, GDB_XPSR, thumb_passed(xpsr));
		gdb_set_register(g, GDB_PC, i->pc + thumb_size(i->first));
	} else if (how == TURN && thumb_compares(i->first)) {
		bool zero = gdb_register(g, i->first & 7) == 0, on_zero = !(i->first & 0x800);

		gdb_set_register(g, GDB_PC, zero == on_zero ? i->pc + 2 : thumb_target(i->first, i->pc));
	} else if (how == TURN) {
		gdb_set_register(g, GDB_XPSR, thumb_opposite(i->first, i->second, xpsr));
	} else {
		gdb_set_register(g, 0, how == ONE);
	}
}

/* From the reset vector to an instruction at its turn; false when it does not come to that. */
static bool go_to(const struct step *i)
{
	bool there = true;

	gdb_break(&s.gdb, i->pc);
	for (uint32_t turn = 0; there && turn < i->turn; turn++) {
		gdb_step(&s.gdb);
		there = gdb_register(&s.gdb, GDB_PC) == i->pc || run(i->pc) == END_COUNT;
	}
	gdb_unbreak(&s.gdb, i->pc);
	return there;
}

/* Start, disturb the instruction at its turn, see what comes of it. */
static enum end try(const struct step *i, enum how how)
{
	if (gdb_ended(&s.gdb)) {
		gdb_again(&s.gdb);
		watch();
	}
	begin();
	if (i->pc != s.at.reset && !go_to(i))
		return ABSENT;
	disturb(i, how);
	uint32_t pc = gdb_register(&s.gdb, GDB_PC);

	if (is_memo(pc))
		memo_call(&s.memo, &s.gdb, pc);
	return run(UINT32_MAX);
}

static bool among_most(const struct step *i, uint32_t most)
{
	return i->turn <= (most + 1) / 2 || i->turn > s.turns[i->pc / 2] - most / 2;
}

static size_t try_all(enum how how, uint32_t most, uint32_t part, uint32_t of)
{
	size_t count[END_COUNT] = { 0 }, number = 0, tried = 0;

	for (const struct step *i = s.trace; i < s.trace + s.steps; i++) {
		if (!applies(i, how) || !among_most(i, most) || number++ % of != part)
			continue;
		enum end end = try(i, how);

		tried++;
		count[end]++;
		if (end == SURVIVED)
			printf("survived: %s at 0x%x, turn %u\n", how_name[how], (unsigned)i->pc, (unsigned)i->turn);
		fflush(stdout);
	}
	printf("%s: %zu of %zu executed instructions disturbed", how_name[how], tried, s.steps);
	for (int e = 0; e < END_COUNT; e++)
		printf(", %zu %s", count[e], end_name[e]);
	printf("\n");
	if (count[ABSENT] > 2 + tried / ABSENT_PART)
		forge_give_up("too many were absent");
	return count[SURVIVED];
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct forge f;
	struct bytes nm;

	if (argc != 10)
		forge_give_up("usage: skip BOARD.dtb DEVICE.bin KEY.pem SYMBOLS CASE HOW MOST PART OF");
	const struct forge_case *c = forge_find(argv[5]);
	const char *file = arena_printf(&a, "%s.%s", argv[2], argv[8]);

	if (!c)
		forge_give_up("there is no such case");
	forge_open(&f, argv[1], argv[2], argv[3], &a);
	if (file_replace(file, forge_make(&f, c), 0644, &a, &e) < 0 || file_read(argv[4], 1 << 20, &a, &nm, &e) < 0)
		forge_give_up(e.text);
	find_places(nm);
	find_bad(&f, c);
	s.text = f.flash;
	s.trace = arena_array(&a, struct step, TRACE_MAX);
	gdb_start(&s.gdb, f.board.qemu_machine, file, f.board.flash.base);
	watch();
	warm_up();
	follow();
	size_t survived = 0;

	for (int how = 0; how < HOW_COUNT; how++)
		if (strstr(argv[6], how_name[how]))
			survived += try_all((enum how)how, (uint32_t)strtoul(argv[7], NULL, 10), (uint32_t)strtoul(argv[8], NULL, 10),
					    (uint32_t)strtoul(argv[9], NULL, 10));
	gdb_stop(&s.gdb);
	key_close(f.key);
	arena_done(&a);
	return survived != 0;
}
