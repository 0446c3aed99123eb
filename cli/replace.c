/* SPDX-License-Identifier: Apache-2.0 */
#include "replace.h"

#include <string.h>

#include "kernelview.h"
#include "key.h"
#include "poke.h"
#include "table.h"

enum { PIECE = 512, STOP_MSEC = 10000 };
enum { SP = 13, LR = 14, PC = 15 };	/* registers in the protocol */

/* Of every Cortex-M: the words in which interrupts are made pending, and the system timer is. */
#define NVIC_PENDING UINT32_C(0xe000e200)
#define ICSR UINT32_C(0xe000ed04)
#define ICSR_PEND_TIMER (UINT32_C(1) << 26)

/* What of a service's plan follows from its image, what decides about its next start, and what protects it. */
enum {
	SERVICE, ID, FAILURES, PROTECTION,
	TEXT_SIZE, ENTRY, IMAGE_EXTENT, STACK_SIZE, DATA_SIZE, TLS_OFFSET, HASH,
	RESTART, RESTART_LIMIT, BACKOFF,
	REGION, REGION_BASE, REGION_SIZE, REGION_ACCESS, FIELDS
};
static const struct kernel_field known_fields[FIELDS] = {
	[SERVICE] = { .type = "service", .path = "" },
	[ID] = { .type = "service", .path = "plan.id" },
	[FAILURES] = { .type = "service", .path = "failures" },
	[PROTECTION] = { .type = "service", .path = "protection" },
	[TEXT_SIZE] = { .type = "service", .path = "plan.text_size" },
	[ENTRY] = { .type = "service", .path = "plan.entry" },
	[IMAGE_EXTENT] = { .type = "service", .path = "plan.image_extent" },
	[STACK_SIZE] = { .type = "service", .path = "plan.stack_size" },
	[DATA_SIZE] = { .type = "service", .path = "plan.data_size" },
	[TLS_OFFSET] = { .type = "service", .path = "plan.tls_offset" },
	[HASH] = { .type = "service", .path = "plan.image_hash" },
	[RESTART] = { .type = "service", .path = "plan.restart" },
	[RESTART_LIMIT] = { .type = "service", .path = "plan.restart_limit" },
	[BACKOFF] = { .type = "service", .path = "plan.backoff_msec" },
	[REGION] = { .type = "port_region", .path = "" },
	[REGION_BASE] = { .type = "port_region", .path = "base" },
	[REGION_SIZE] = { .type = "port_region", .path = "size" },
	[REGION_ACCESS] = { .type = "port_region", .path = "access" },
};

/* Functions of the kernel: where it comes to when all else is done, what it does after a failure, and how it opens memory. */
enum { SETTLE, FAIL, PROTECT, FUNCTIONS };
static const char *const function_names[FUNCTIONS] = { "clock_settle", "service_fail", "port_protect" };

struct replacing {
	struct gdbremote *board;
	int poke;
	const struct plan *running, *next;
	struct kernel_field field[FIELDS];
	uint32_t function[FUNCTIONS];
	struct kernel_array services;
	uint32_t sp;			/* of the kernel, where it stands */
};

static int find_functions(struct replacing *r, const struct symbols *s, struct err *e)
{
	uint32_t size;

	for (int i = 0; i < FUNCTIONS; i++) {
		r->function[i] = 0;
		if (symbols_object(s, function_names[i], &r->function[i], &size))
			r->function[i] &= ~UINT32_C(1);
		else if (i != PROTECT || r->next->board.mpu != MPU_NONE)
			return err_set(e, ERR_NO_TRACE, "the runtime's symbols do not say where '%s' is", function_names[i]);
	}
	return MS_OK;
}

static int set_word(struct replacing *r, uint32_t address, uint32_t value, uint32_t size, struct err *e)
{
	const uint8_t word[] = { (uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16), (uint8_t)(value >> 24) };

	return gdbremote_write(r->board, address, (struct bytes){ word, size }, e);
}

/* Go on, and see where it stops. */
static int go_on(struct replacing *r, uint32_t *where, struct err *e)
{
	*where = 0;
	int rc = gdbremote_go(r->board, e);

	if (rc >= 0)
		rc = gdbremote_wait(r->board, STOP_MSEC, e);
	return rc > 0 ? gdbremote_register(r->board, PC, where, e) : rc;
}

/* Make the interrupt of the kernel's own timer pending. */
static int pend_alarm(struct replacing *r, struct err *e)
{
	uint32_t line = r->next->board.alarm_line;

	if (line == UINT32_MAX)
		return poke_word(r->poke, ICSR, ICSR_PEND_TIMER, e);
	return poke_word(r->poke, NVIC_PENDING + line / 32 * 4, UINT32_C(1) << line % 32, e);
}

/*
 * To where the kernel has done all that it was entered for, and looks at its timers.  It comes there by itself, within four
 * seconds at most, and at once when its timer's interrupt is made from outside: early, which does no harm.
 */
static int come_to_rest(struct replacing *r, struct err *e)
{
	uint32_t rest = r->function[SETTLE], at = 0;
	int rc = gdbremote_halt(r->board, e);

	if (rc >= 0)
		rc = gdbremote_break(r->board, rest, true, e);
	if (rc >= 0)
		rc = pend_alarm(r, e);
	if (rc >= 0)
		rc = go_on(r, &at, e);
	return rc < 0 || at == rest ? rc : err_set(e, ERR_DEBUG_PORT, "the board's kernel did not come to rest");
}

/* Have the kernel call one of its functions, with a stack below what it uses, and come back to where it stands. */
static int call(struct replacing *r, uint32_t function, uint32_t sp, const uint32_t argument[3], struct err *e)
{
	uint32_t back = r->function[SETTLE], at;
	int rc = MS_OK;

	for (uint32_t i = 0; rc >= 0 && i < 3; i++)
		rc = gdbremote_set_register(r->board, i, argument[i], e);
	if (rc >= 0)
		rc = gdbremote_set_register(r->board, SP, sp, e);
	if (rc >= 0)
		rc = gdbremote_set_register(r->board, LR, back | 1, e);
	if (rc >= 0)
		rc = gdbremote_set_register(r->board, PC, function, e);
	if (rc >= 0)
		rc = go_on(r, &at, e);
	return rc < 0 || at == back ? rc : err_set(e, ERR_DEBUG_PORT, "the board's kernel did not come back");
}

static int set_field(struct replacing *r, uint32_t service, int field, uint32_t value, struct err *e)
{
	const struct kernel_field *f = &r->field[field];

	return set_word(r, service + f->offset, value, f->size, e);
}

struct setting { int field; uint32_t value; };

static int set_fields(struct replacing *r, uint32_t service, const struct setting *s, size_t count, struct err *e)
{
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < count; i++)
		rc = set_field(r, service, s[i].field, s[i].value, e);
	return rc;
}

/* What the kernel made of the old image when it started, it shall know of the new one (boot.c, make_plan). */
static int set_plan(struct replacing *r, uint32_t service, const struct device_service *s, struct err *e)
{
	const struct image *im = &s->header;
	const struct setting settings[] = {
		{ TEXT_SIZE, im->text_size }, { ENTRY, s->at.flash.base + IMAGE_HEADER_SIZE + im->entry },
		{ IMAGE_EXTENT, s->at.flash.size }, { STACK_SIZE, im->stack_size },
		{ DATA_SIZE, im->static_size + im->heap_size }, { TLS_OFFSET, im->tls_offset },
	};
	uint8_t hash[32];

	sha256(s->image, hash);
	int rc = set_fields(r, service, settings, sizeof(settings) / sizeof(*settings), e);
	return rc < 0 ? rc : gdbremote_write(r->board, service + r->field[HASH].offset, (struct bytes){ hash, r->field[HASH].size }, e);
}

/* Let the memory protection open the new image, whose extent may be another. */
static int set_protection(struct replacing *r, uint32_t service, const struct board_window *image, struct err *e)
{
	uint32_t region = r->sp - ((r->field[REGION].size + 7) & ~UINT32_C(7));
	int rc = set_word(r, region + r->field[REGION_BASE].offset, image->base, 4, e);

	if (rc >= 0)
		rc = set_word(r, region + r->field[REGION_SIZE].offset, image->size, 4, e);
	if (rc >= 0)
		rc = set_word(r, region + r->field[REGION_ACCESS].offset, 0, r->field[REGION_ACCESS].size, e);
	return rc < 0 ? rc : call(r, r->function[PROTECT], region, (const uint32_t[]){ service + r->field[PROTECTION].offset, 0, region }, e);
}

/* End it as a service that has failed is ended, to be restarted now and whatever was before; then its policy counts again. */
static int start_again(struct replacing *r, uint32_t service, const struct device_service *s, struct err *e)
{
	const struct setting now[] = { { FAILURES, 0 }, { RESTART, TABLE_RESTART_FAILURE }, { RESTART_LIMIT, 0 }, { BACKOFF, 0 } };
	const struct setting later[] = { { FAILURES, 0 }, { RESTART, s->restart }, { RESTART_LIMIT, s->restart_limit }, { BACKOFF, s->backoff_msec } };

	int rc = set_fields(r, service, now, sizeof(now) / sizeof(*now), e);
	if (rc >= 0)
		rc = call(r, r->function[FAIL], r->sp, (const uint32_t[]){ service, 0, 0 }, e);
	return rc < 0 ? rc : set_fields(r, service, later, sizeof(later) / sizeof(*later), e);
}

static int replace_service(struct replacing *r, const struct device_service *was, const struct device_service *is, struct err *e)
{
	uint32_t i = 0, service;
	int rc = MS_OK;

	while (i < r->services.count && kernel_value(&r->services, i, &r->field[ID]) != is->id)
		i++;
	if (i == r->services.count)
		return err_set(e, ERR_NO_TRACE, "the board has refused '%s'", is->name);
	service = r->services.address + i * r->services.stride;
	if (is->at.flash.size != was->at.flash.size)
		rc = set_protection(r, service, &is->at.flash, e);
	if (rc >= 0)
		rc = set_plan(r, service, is, e);
	return rc < 0 ? rc : start_again(r, service, is, e);
}

/* Images, and the table that tells of them. */
static int write_flash(struct replacing *r, struct err *e)
{
	struct bytes was = r->running->image, is = r->next->image;
	int rc = MS_OK;

	for (size_t at = 0; rc >= 0 && at < is.size; at += PIECE) {
		struct bytes piece = bytes_part(is, at, is.size - at < PIECE ? is.size - at : PIECE);

		if (at + piece.size > was.size || !bytes_equal(piece, bytes_part(was, at, piece.size)))
			rc = gdbremote_write(r->board, r->next->board.flash.base + (uint32_t)at, piece, e);
	}
	return rc;
}

static int replace_all(struct replacing *r, const bool changed[], struct err *e)
{
	int rc = gdbremote_register(r->board, SP, &r->sp, e);

	for (uint32_t i = 0; rc >= 0 && i < r->next->device.service_count; i++)
		if (changed[i])
			rc = replace_service(r, &r->running->device.services[i], &r->next->device.services[i], e);
	return rc < 0 ? rc : write_flash(r, e);
}

/* At rest: the registers that a call changes, and how the kernel goes on. */
static int at_rest(struct replacing *r, const bool changed[], struct err *e)
{
	static const uint8_t numbers[] = { 0, 1, 2, 3, 12, SP, LR, PC };
	uint32_t saved[sizeof(numbers)];
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < sizeof(numbers); i++)
		rc = gdbremote_register(r->board, numbers[i], &saved[i], e);
	if (rc >= 0)
		rc = replace_all(r, changed, e);
	for (size_t i = 0; rc >= 0 && i < sizeof(numbers); i++)
		rc = gdbremote_set_register(r->board, numbers[i], saved[i], e);
	if (rc >= 0)
		rc = gdbremote_break(r->board, r->function[SETTLE], false, e);
	return rc < 0 ? rc : gdbremote_go(r->board, e);
}

int replace_services(struct gdbremote *g, int poke, const struct plan *running, const struct plan *next, const bool changed[], struct arena *a, struct err *e)
{
	struct replacing r = { .board = g, .poke = poke, .running = running, .next = next };
	struct symbols *s;

	memcpy(r.field, known_fields, sizeof(known_fields));
	int rc = symbols_open(running->symbols.runtime, a, &s, e);
	if (rc < 0)
		return rc;
	rc = kernel_find(s, r.field, FIELDS, e);
	if (rc >= 0)
		rc = find_functions(&r, s, e);
	if (rc >= 0)
		rc = come_to_rest(&r, e);
	if (rc >= 0)
		rc = kernel_read(s, g, "services", r.field[SERVICE].size, a, &r.services, e);
	symbols_close(s);
	return rc < 0 ? rc : at_rest(&r, changed, e);
}
