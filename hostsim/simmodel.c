/* SPDX-License-Identifier: Apache-2.0 */
#include "simmodel.h"

#include <stddef.h>
#include <string.h>

#include <ms/abi/abi.h>
#include <ms/sim.h>

#include "board.h"
#include "capacity.h"
#include "complain.h"
#include "register.h"
#include "windows.h"

enum { DEVICE_SIZE = 4096, LINES = 32 };	/* line i of device n is n * LINES + i */

struct model {
	const char *name;
	sim_device_read *read;
	sim_device_write *write;
	void *context;
	bool broken;
	uint32_t open, level, pending;		/* a bit for each line */
};

static struct model models[DEVICE_MAX];
static uint32_t model_count;

/* Constant to core, as on a board; here it is known when the services are. */
static struct board_device devices[DEVICE_MAX] __asm__("simulated_devices");
extern const struct board_device board_devices[DEVICE_MAX] __attribute__((alias("simulated_devices")));
const uint32_t board_device_count = DEVICE_MAX;
static uint8_t line_devices[DEVICE_MAX * LINES] __asm__("simulated_lines");
extern const uint8_t board_line_device[DEVICE_MAX * LINES] __attribute__((alias("simulated_lines")));

void simmodel_reset(void)
{
	model_count = 0;
	memset(models, 0, sizeof(models));
	memset(devices, 0, sizeof(devices));
	memset(line_devices, 0, sizeof(line_devices));
}

uint32_t simmodel_add(const char *name, uint32_t line_count)
{
	uint32_t i = 0;

	while (i < model_count && strcmp(models[i].name, name))
		i++;
	if (i < model_count || i == DEVICE_MAX)
		return UINT32_MAX;
	models[i].name = name;
	devices[i] = (struct board_device){ WINDOWS_DEVICES + i * DEVICE_SIZE, DEVICE_SIZE, (uint16_t)(i * LINES), (uint16_t)line_count, 0, 0 };
	memset(line_devices + i * LINES, (int)i + 1, line_count);
	model_count++;
	return i;
}

int board_device_start(const struct board_device *d)
{
	return models[d->line / LINES].broken ? -MS_EIO : MS_OK;
}

static uint32_t access_register(struct model *m, uint32_t offset, bool write, uint32_t value)
{
	volatile uint32_t *at = (volatile uint32_t *)(uintptr_t)(WINDOWS_DEVICES + (uint32_t)(m - models) * DEVICE_SIZE + offset);

	windows_open_all();
	if (!write)
		return m->read ? m->read(m->context, offset) : *at;
	if (m->write)
		m->write(m->context, offset, value);
	else
		*at = value;
	return 0;
}

bool simmodel_access(const struct core_call *call, const struct area *a, uint64_t *value)
{
	uintptr_t at = call->argument[0];
	uint32_t i = (uint32_t)(at - WINDOWS_DEVICES) / DEVICE_SIZE;

	if (at < WINDOWS_DEVICES || at >= WINDOWS_SHARED || at % 4 || i >= model_count || (a && !windows_mapped(a, at, 4)))
		return false;
	*value = access_register(&models[i], at % DEVICE_SIZE, call->number == REGISTER_WRITE, (uint32_t)call->argument[1]);
	return true;
}

static struct model *of_line(uint32_t line)
{
	return &models[line / LINES];
}

void port_line_open(uint32_t line)
{
	of_line(line)->open |= UINT32_C(1) << line % LINES;
}

void port_line_close(uint32_t line)
{
	of_line(line)->open &= ~(UINT32_C(1) << line % LINES);
}

void port_line_forget(uint32_t line)
{
	of_line(line)->pending &= ~(UINT32_C(1) << line % LINES);
}

bool simmodel_any(void)
{
	return model_count != 0;
}

/* As the processor's interrupt controller: a line that asks is pending, also while it is closed, and not any more once it was entered. */
bool simmodel_interrupt(void)
{
	for (struct model *m = models; m < models + model_count; m++) {
		uint32_t asking;

		m->pending |= m->level;
		asking = m->pending & m->open;
		if (!asking)
			continue;
		asking &= -asking;
		m->pending &= ~asking;
		core_line((uint32_t)(m - models) * LINES + (uint32_t)__builtin_ctz(asking));
		return true;
	}
	return false;
}

static struct model *find(const char *device)
{
	for (struct model *m = models; m < models + model_count; m++)
		if (!strcmp(m->name, device))
			return m;
	complain("no service in this program asks for a device '%s'", device);
}

void sim_device(struct sim *s, const char *device, sim_device_read *read, sim_device_write *write, void *context)
{
	struct model *m = find(device);

	(void)s;
	m->read = read;
	m->write = write;
	m->context = context;
}

volatile uint32_t *sim_device_registers(struct sim *s, const char *device)
{
	(void)s;
	return (volatile uint32_t *)devices[find(device) - models].base;
}

void sim_device_line(struct sim *s, const char *device, uint32_t line, bool level)
{
	struct model *m = find(device);
	uint32_t count = devices[m - models].line_count;

	(void)s;
	if (line >= count)
		complain("the device '%s' has no interrupt line %u: whoever asks for it takes %u", device, (unsigned)line, (unsigned)count);
	m->level &= ~(UINT32_C(1) << line);
	m->level |= (uint32_t)level << line;
	m->pending |= m->level;
}

void sim_device_break(struct sim *s, const char *device)
{
	(void)s;
	find(device)->broken = true;
}
