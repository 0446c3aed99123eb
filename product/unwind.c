/* SPDX-License-Identifier: Apache-2.0 */
#include "unwind.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <stdlib.h>

#include "symbol_dwarf.h"

enum { SP = 13, LR = 14 };

/* Where the caller of a place continues. */
struct rule {
	uint32_t frame;		/* bytes from sp to the caller's sp */
	bool in_register;	/* the return address is still in lr; else */
	uint32_t at;		/* bytes from sp to it */
};

static bool frame_size(Dwarf_Frame *f, uint32_t *out)
{
	Dwarf_Op *op;
	size_t count;

	if (dwarf_frame_cfa(f, &op, &count) != 0 || count != 1)
		return false;
	if (op->atom == DW_OP_bregx && op->number == SP)
		*out = (uint32_t)op->number2;
	else if (op->atom == DW_OP_breg0 + SP)
		*out = (uint32_t)op->number;
	else
		return false;
	return true;
}

static bool return_address(Dwarf_Frame *f, struct rule *out)
{
	Dwarf_Op memory[3], *op;
	size_t count;

	if (dwarf_frame_register(f, LR, memory, &op, &count) != 0)
		return false;
	out->in_register = count == 0;
	if (count == 0)
		return true;
	if (op[0].atom != DW_OP_call_frame_cfa || count > 2 || (count == 2 && op[1].atom != DW_OP_plus_uconst))
		return false;
	out->at = out->frame + (count == 2 ? (uint32_t)op[1].number : 0);
	return true;
}

static bool rule_at(Dwarf_CFI *cfi, uint32_t pc, struct rule *out)
{
	Dwarf_Frame *f;

	if (dwarf_cfi_addrframe(cfi, pc, &f) != 0)
		return false;
	bool known = frame_size(f, &out->frame) && return_address(f, out);
	free(f);
	return known;
}

static const struct unwind_word *word_at(const struct unwind_word *words, size_t count, uint32_t at)
{
	for (size_t i = 0; i < count; i++)
		if (words[i].at == at)
			return &words[i];
	return NULL;
}

static void add(struct unwind_call *out, size_t *used, uint32_t address, bool sure)
{
	out[(*used)++] = (struct unwind_call){ address & ~UINT32_C(1), sure };
}

size_t unwind(const struct symbols *s, uint32_t pc, uint32_t lr, const struct unwind_word *words, size_t count,
	      struct unwind_call *out, size_t max)
{
	Dwarf *dwarf = symbols_dwarf(s);
	Dwarf_CFI *cfi = dwarf ? dwarf_getcfi(dwarf) : NULL;
	uint32_t sp = 0;
	size_t used = 0;
	struct rule r;

	/* The call itself stands before the address that it returns to. */
	while (cfi && pc && used < max && rule_at(cfi, used ? pc - 1 : pc, &r)) {
		const struct unwind_word *w = r.in_register ? NULL : word_at(words, count, sp + r.at);

		if (r.in_register ? used != 0 : !w)
			break;
		pc = (w ? w->address : lr) & ~UINT32_C(1);
		add(out, &used, pc, true);
		sp += r.frame;
	}
	for (size_t i = 0; i < count && used < max; i++)
		if (words[i].at >= sp)
			add(out, &used, words[i].address, false);
	return used;
}
