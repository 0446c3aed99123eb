/* SPDX-License-Identifier: Apache-2.0 */
/* Every pointer of every system call, pointed at each kind of place that it may not be. */
#include "attempts.h"

#include "calls.h"

static uint8_t buffer[256] __attribute__((aligned(8)));

static bool is_pointer(const struct argument *a)
{
	return a->kind >= ARG_IN;
}

/* What the call accepts in this place. */
static uint32_t good(const struct argument *a)
{
	switch (a->kind) {
	case ARG_IN: case ARG_OUT: case ARG_WORD: case ARG_STACK:
		return (uint32_t)(uintptr_t)buffer;
	case ARG_CODE:
		return own().text;
	default:
		return a->value;
	}
}

/* The kth bad place for `size` bytes; false when it is none for this argument. */
static bool bad(const struct argument *a, uint32_t k, uint32_t *at)
{
	struct own o = own();
	uint32_t size = a->value;
	const uint32_t place[POINTER_KINDS] = {
		0, BOARD_RAM_BASE, BOARD_SERVICES_RAM_BASE - size, BOARD_RUNTIME_BASE + 0x400,
		BOARD_PROVISION_BASE, BOARD_TABLE_A_BASE, o.ram == BOARD_SERVICES_RAM_BASE ? o.ram_end : BOARD_SERVICES_RAM_BASE,
		o.image == BOARD_SERVICES_BASE ? o.image_end : BOARD_SERVICES_BASE,
		BOARD_CONSOLE_BASE, 0xe000ed08, 0x22000000, 0x60000000,
		o.ram - 8, o.ram - size + 1, o.ram_end - size + 1, o.ram_end,
		o.image - size + 1, o.image_end - size + 1, o.image_end,
		0u - size, 1u - size, 0xfffffff8, 0x80000000,
		o.text,
	};

	*at = place[k];
	if (a->kind == ARG_STACK || a->kind == ARG_WORD)
		*at &= ~7u;
	else if (a->kind == ARG_CODE)
		*at &= ~1u;
	/* What may be read may lie in the image. */
	bool may_read = a->kind == ARG_IN || a->kind == ARG_CODE;

	if (may_read && *at >= o.image && *at + size <= o.image_end)
		return false;
	if (a->kind == ARG_CODE && *at + size >= o.ram && *at < o.ram_end)
		return false;
	return !(*at >= o.ram && *at + size <= o.ram_end);
}

/* n counts kinds, then arguments, then calls. */
bool foreign_pointer(uint32_t n)
{
	uint32_t k = n % POINTER_KINDS, place = n / POINTER_KINDS % 6, number = n / POINTER_KINDS / 6, argument[6];
	const struct shape *s = shapes[number];

	if (!s || s->refusal == STOPS || !is_pointer(&s->argument[place]))
		return false;
	for (unsigned i = 0; i < 6; i++)
		argument[i] = good(&s->argument[i]);
	if (!bad(&s->argument[place], k, &argument[place]))
		return false;
	if (number == MS_SYS_futex_wait)
		argument[1] = *(uint32_t *)buffer + 1;
	return call(number, argument).status != -s->refusal;
}
