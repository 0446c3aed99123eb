/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A service that faults in each of its runs in another way (rows.def), at an instruction, with registers and a stack that it
 * knows.  Before it does it says what the record has to be, as the runtime prints it, in three lines: "want ...", "and ..." and "as well as ...".
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <SysCall.h>

#include <ms/abi/abi.h>
#include <ms/abi/image.h>
#include <ms/syscall.h>

_Noreturn void _start(uintptr_t text, uintptr_t data, uintptr_t ram_end, uint32_t run_count);

enum end {
	END_NONE,
#define CORE_CAUSE(number, name, text) END_##name,
#include "causes.def"
#undef CORE_CAUSE
};

static const char *const end_text[] = {
#define CORE_CAUSE(number, name, text) [END_##name] = text,
#include "causes.def"
#undef CORE_CAUSE
};

enum stack_pointer { IN_ROOM, ON_WORD, MANY_CALLS, AT_END, LOWEST, TOO_LOW, NOWHERE };
enum { CALLS_MAX = 8, CALLS_PLENTY = 200, CALL_WORDS = 512, ROOM_BELOW = 64 };

/* The exception frame, and what is kept below it of a thread that does not run. */
#ifdef __ARM_FP
enum { FRAME_WORDS = 26, SAVED_WORDS = 8 + 16 };
#else
enum { FRAME_WORDS = 8, SAVED_WORDS = 8 };
#endif

/* Addresses: nobody's on any board; one that is not for a word; behind our memory (what is added is kept); and none. */
#define FOREIGN		UINT32_C(0x90000000)
#define OWN_ODD		UINT32_C(1)
#define RAM_END		UINT32_C(0xfffff000)
#define NONE		UINT32_C(0)

#define LR		UINT32_C(0x0bad1234)	/* leads nowhere */

/* What is called never comes back: the stack is left for good. */
typedef void make(uint32_t address, uint32_t code, uint32_t sp, uint32_t zero);
#define FUNCTION(name)	".syntax unified\n\t.thumb_func\n\t.global " #name "\n" #name ":\n\t"
#define ROW(name, end, address, where, instructions) \
	make make_##name; \
	void at_##name(void); \
	__asm__(FUNCTION(make_##name) \
		"mov sp, r2\n\tldr r4, =0x0bad1234\n\tmov lr, r4\n\tmovs r4, #44\n\tmov r12, r4\n\tmovs r4, #0\n\tsubs r5, r0, #4\n\tmovs r6, #4\n\tmov r7, r0\n\tsubs r7, #8\n\t" \
		"b at_" #name "\n\t.ltorg\n\t" FUNCTION(at_##name) instructions "\n\tnop");
_Static_assert(MS_SYS_psa_panic == 44, "the number that rows have in r12");
#include "rows.def"
#undef ROW

/* Never run; an address behind a BL, one behind a BLX, and before an odd address what looks like a BL. */
void between(void);
void after_call(void);
void after_call_by_register(void);
__asm__(FUNCTION(calls) "bl calls\n\t" FUNCTION(after_call) "blx r3\n\t" FUNCTION(after_call_by_register) "bx lr\n\t"
	FUNCTION(between) ".byte 0, 0x00, 0xf0, 0x00, 0xf8, 0");

static const struct row {
	make *make;
	void (*at)(void);
	enum end end;
	uint32_t address;
	enum stack_pointer where;
} rows[] = {
#define ROW(name, end, address, where, instructions) { make_##name, at_##name, END_##end, address, where },
#include "rows.def"
#undef ROW
};

/* What looks like calls, but is data. */
static volatile uint32_t seeming[32] = { [0 ... 31] = 0xf800f000 };
static uint32_t room[ROOM_BELOW + CALL_WORDS + 8] __attribute__((aligned(8)));

static uint32_t place(void (*f)(void))
{
	return (uint32_t)(uintptr_t)f & ~1u;
}

/* An odd address behind what looks like a call, in the image, but not in its text. */
static uint32_t behind_seeming_call(void)
{
	uint32_t text = place((void (*)(void))_start);
	const struct ms_image_header *h = (const void *)(uintptr_t)(text - sizeof(*h));
	const uint32_t *word = (const void *)(uintptr_t)((text + h->text_size + 3) & ~3u);

	while (word[0] != seeming[0] || word[1] != seeming[1])
		word++;
	return (uint32_t)(uintptr_t)(word + 1) | 1;
}

struct want { uint32_t pc, lr, sp; char calls[104]; };

static void want_call(struct want *w, uint32_t word, uint32_t address)
{
	size_t at = strlen(w->calls);

	snprintf(w->calls + at, sizeof(w->calls) - at, "%s%06lx+%03lx", at ? "," : " calls ",
		 (unsigned long)(address - place((void (*)(void))_start)), (unsigned long)word);
}

/* Words above the stack pointer, of which only some are return addresses. */
static void lay_out(struct want *w, bool many)
{
	uint32_t *word = (uint32_t *)(uintptr_t)w->sp, call = place(after_call), by_register = place(after_call_by_register);

	for (uint32_t i = 0; many && i < CALLS_MAX; i++)
		want_call(w, i, by_register);
	for (uint32_t i = 0; many && i < CALLS_PLENTY; i++)
		word[i] = by_register | 1;
	if (many)
		return;
	word[0] = call;				/* no Thumb bit */
	word[1] = place(rows[0].at) | 1;	/* behind no call */
	word[2] = behind_seeming_call();	/* not in our text */
	word[3] = word[CALL_WORDS - 1] = call | 1;
	word[4] = place(between) + 6;		/* no Thumb bit, behind what looks like a call */
	word[5] = by_register | 1;
	word[CALL_WORDS] = call | 1;		/* too far away */
	want_call(w, 3, call);
	want_call(w, 5, by_register);
	want_call(w, CALL_WORDS - 1, call);
}

/* No frame can be stored: who called is looked for above where it would be, or else where our memory begins. */
static uint32_t lose_frame(struct want *w, uint32_t *from, uint32_t sp)
{
	from[0] = place(after_call);		/* no Thumb bit */
	from[1] = FOREIGN | 1;			/* not in our image */
	from[2] = place(after_call) | 1;
	w->lr = from[2];
	w->pc = from[0];
	w->sp = sp - 4 * FRAME_WORDS;
	return sp;
}

/* The row's stack pointer; what the record has to say of it. */
static uint32_t prepare(const struct row *r, struct want *w, uint32_t *ram, uint32_t ram_end)
{
	*w = (struct want){ .pc = place(r->at), .lr = LR };
	switch (r->where) {
	case AT_END:
		w->sp = ram_end - 8;
		break;
	case LOWEST:		/* room for what the kernel keeps, and no more */
		w->sp = (uint32_t)(uintptr_t)ram + 4 * (FRAME_WORDS + SAVED_WORDS);
		break;
	case TOO_LOW:
		ram[1] = place(after_call_by_register) | 1;	/* below */
		ram += FRAME_WORDS + SAVED_WORDS - 4;
		want_call(w, FRAME_WORDS + 2, place(after_call));
		return lose_frame(w, ram, (uint32_t)(uintptr_t)ram);
	case NOWHERE:
		return lose_frame(w, ram, 4 * FRAME_WORDS - 16);
	default:
		w->sp = (uint32_t)(uintptr_t)(room + ROOM_BELOW + (r->where == ON_WORD));
		lay_out(w, r->where == MANY_CALLS);
	}
	if (r->end == END_ABORT)
		w->pc += 2;			/* behind the call */
	if (r->end == END_EXECUTE)
		w->pc = r->address;
	return w->sp;
}

int main(void)
{
	uint64_t run, ram_size, isolation;
	uint32_t data, address;
	struct want w;

#ifdef __ARM_FP
	__asm__ volatile("vmov s0, s0");		/* from here on, frames have room for the FPU */
#endif
	ms_info(MS_INFO_RUN_COUNT, &run);
	ms_info(MS_INFO_RAM_SIZE, &ram_size);
	ms_info(MS_INFO_ISOLATION, &isolation);
	if (run > sizeof(rows) / sizeof(*rows)) {
		LOG_INFO("all told");
		return 0;
	}
	const struct row *r = rows + run - 1;
	const struct ms_image_header *h = (const void *)(uintptr_t)(place((void (*)(void))_start) - sizeof(*h));

	__asm__("mov %0, r9" : "=r"(data));
	uint32_t ram = data - h->stack_size, ram_end = ram + (uint32_t)ram_size;

	address = r->address == OWN_ODD ? (uint32_t)(uintptr_t)room + 1 : r->address >= RAM_END ? ram_end + (r->address - RAM_END) : r->address;
	uint32_t sp = prepare(r, &w, (uint32_t *)(uintptr_t)ram, ram_end);
	bool access = r->end == END_READ || r->end == END_WRITE;
	char at[16] = "";

	if (address && r->address != OWN_ODD)
		snprintf(at, sizeof(at), " at 0x%08lx", (unsigned long)address);
	LOG_INFO("want %s%s pc 0x%08lx", end_text[access && !isolation ? END_BUS : r->end], at, (unsigned long)w.pc);
	LOG_INFO("and lr 0x%08lx sp 0x%08lx", (unsigned long)w.lr, (unsigned long)w.sp);
	LOG_INFO("as well as%s%s", w.calls, r->where < LOWEST ? " image" : "");	/* who has called us is above */
	ms_sleep_until(ms_clock() + 30 * UINT64_C(1000000));	/* the record comes out of our share of the log */
	r->make(address, address | 1, sp, 0);
	return 0;
}
