/* SPDX-License-Identifier: Apache-2.0 */
#include "device.h"

#include <ms/abi/abi.h>

#include "board.h"
#include "capacity.h"
#include "core_assert.h"
#include "verdict.h"

/* What is known of each of the board's devices besides the board's facts. */
static struct { struct service *owner; uint32_t signals; bool started; } devices[DEVICE_MAX];

void device_init(void)
{
	for (uint32_t i = 0; i < DEVICE_MAX; i++)
		devices[i].owner = NULL, devices[i].signals = 0, devices[i].started = false;
}

/* The number of the device that a rule is about, and DEVICE_MAX when it is about none of the board's. */
static uint32_t number_of(const struct table_rule *r)
{
	uint32_t number = r->object - table_object(TABLE_DEVICE, 0);

	return number < board_device_count ? number : DEVICE_MAX;
}

/* The signals that a rule gives to a device's interrupts; 0 when they reach beyond the last. */
static uint32_t signals_of(const struct table_rule *r, const struct board_device *d)
{
	uint32_t first = table_signal(r);

	return first + d->line_count <= 32 ? ((UINT32_C(1) << d->line_count) - 1) << first : 0;
}

bool device_declare(struct service *s)
{
	const struct table_rule *end = s->plan.rules + s->plan.rule_count;
	uint32_t taken = s->signals;

	for (const struct table_rule *r = s->plan.rules; r < end; r++) {
		uint32_t i = number_of(r);

		if (r->object >> 24 != TABLE_DEVICE)
			continue;
		if (i == DEVICE_MAX || (devices[i].owner && devices[i].owner != s))
			return false;
		if (devices[i].owner)
			taken &= ~devices[i].signals;		/* once more */
		devices[i].signals = table_signal(r) ? signals_of(r, &board_devices[i]) : 0;
		if (devices[i].signals & taken || (table_signal(r) && !devices[i].signals))
			return false;
		taken |= devices[i].signals;
	}
	for (const struct table_rule *r = s->plan.rules; r < end; r++)
		if (number_of(r) < DEVICE_MAX)
			devices[number_of(r)].owner = s;
	s->signals = taken;
	return true;
}

int device_region(const struct table_rule *r, struct port_region *out)
{
	uint32_t i = number_of(r);
	const struct board_device *d = &board_devices[i];

	core_assert(i != DEVICE_MAX && devices[i].owner && devices[i].owner->plan.id == verdict_reread(&r->service));
	if (!devices[i].started && board_device_start(d) < 0)
		return -MS_EIO;
	devices[i].started = true;
	*out = (struct port_region){ d->base, d->size, PORT_DEVICE };
	return MS_OK;
}

bool device_line(const struct service *s, uint32_t signal, uint32_t *line)
{
	for (uint32_t i = 0; i < board_device_count; i++) {
		uint32_t at = devices[i].signals & -devices[i].signals;

		if (devices[i].owner != s || !(signal & devices[i].signals))
			continue;
		for (*line = board_devices[i].line; at != signal && at; ++*line)
			at <<= 1;
		return at;
	}
	return false;
}

void core_line(uint32_t line)
{
	uint32_t i = board_line_device[line] - 1u;

	port_line_close(line);
	if (i >= board_device_count)
		return;
	uint32_t signal = (devices[i].signals & -devices[i].signals) << (line - board_devices[i].line);

	if (devices[i].owner && devices[i].owner->interrupts & signal)
		service_signal(devices[i].owner, signal);
	clock_run();
}

void device_end(struct service *s)
{
	for (uint32_t i = 0; i < board_device_count; i++) {
		if (devices[i].owner != s)
			continue;
		for (uint32_t line = board_devices[i].line; line < board_devices[i].line + board_devices[i].line_count; line++) {
			port_line_close(line);
			port_line_forget(line);
		}
	}
	s->interrupts = 0;
}
