/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Regions and interrupts of a partition manifest.  Both name devices of the board, as `requests: devices` of ms.yaml
 * does: numbers would be those of one board, and a package runs on all.
 */
#include <stdlib.h>
#include <string.h>

#include "partition_json.h"

/* The device of this name, new when the service had none; NULL after having failed. */
static struct mapped *device(const struct partition *t, const char *name)
{
	struct project *p = t->project;

	for (uint32_t i = 0; i < p->device_count; i++)
		if (!strcmp(p->devices[i].name, name))
			return &p->devices[i];
	if (!manifest_interface_name_ok((struct bytes){ (const uint8_t *)name, strlen(name) })) {
		err_set(t->e, ERR_PSA_DEVICE, "'%.60s' cannot be the name of a device", name);
		partition_fail(t, name, "name a device as `ms board show` does, such as 'uart1'; its second interrupt is 'uart1.2'");
		return NULL;
	}
	if (p->device_count == MANIFEST_MAPPED_MAX) {
		err_set(t->e, ERR_PSA_DEVICE, "'%s' is one device too many: the memory protection has regions for %d", name, MANIFEST_MAPPED_MAX);
		partition_fail(t, name, "put some of them into a partition of their own");
		return NULL;
	}
	p->devices[p->device_count] = (struct mapped){ .name = name };
	return &p->devices[p->device_count++];
}

static int read_region(const struct partition *t, const json_t *object)
{
	const char *permission;

	int rc = partition_keys(t, object, "a region of a partition manifest", " name base size permission description ");
	if (rc < 0)
		return rc;
	if (json_object_get(object, "base") || json_object_get(object, "size")) {
		err_set(t->e, ERR_PSA_DEVICE, "a region is given by numbers, which are those of one board");
		return partition_fail(t, "base", "name the device instead: '\"name\": \"uart1\"'");
	}
	const char *name = partition_text(t, object, "name", "mmio_regions");
	if (!name)
		return -MS_EPROJECT;
	rc = partition_choice(t, object, "permission", name, "READ-ONLY|READ-WRITE", NULL, &permission);
	if (rc < 0)
		return rc;
	if (!strcmp(permission, "READ-ONLY")) {
		err_set(t->e, ERR_PSA_DEVICE, "'%s' shall be read only, and registers are granted for reading and writing", name);
		return partition_fail(t, name, "write '\"permission\": \"READ-WRITE\"' if that may be");
	}
	struct mapped *d = device(t, name);
	if (!d)
		return -MS_EPROJECT;
	d->region = true;
	return MS_OK;
}

/* "uart1", or "uart1.2": its second interrupt. */
static struct mapped *source(const struct partition *t, const json_t *object, uint32_t *number)
{
	if (json_is_integer(json_object_get(object, "source"))) {
		err_set(t->e, ERR_PSA_INTERRUPT, "an interrupt is given by its number, which is that of one board");
		partition_fail(t, "source", "name the device instead: '\"source\": \"uart1\"', or \"uart1.2\" for its second interrupt");
		return NULL;
	}
	const char *name = partition_text(t, object, "source", "irqs");
	if (!name)
		return NULL;
	const char *dot = strrchr(name, '.');
	char *end = NULL;
	long n = dot ? strtol(dot + 1, &end, 10) : 1;

	if (dot && (*end || n < 1 || n > MANIFEST_INTERRUPT_MAX)) {
		err_set(t->e, ERR_PSA_INTERRUPT, "'%.60s' names no interrupt of a device", name);
		partition_fail(t, name, "write \"uart1\", or \"uart1.2\" for its second interrupt");
		return NULL;
	}
	*number = (uint32_t)n - 1;
	return device(t, dot ? arena_printf(t->arena, "%.*s", (int)(dot - name), name) : name);
}

/* In 1.0 the signal's whole name; in 1.1 a name, and the signal is called after it. */
static const char *signal_name(const struct partition *t, const json_t *object)
{
	if (json_object_get(object, "signal"))
		return partition_name(t, object, "signal", "irqs");
	const char *name = partition_name(t, object, "name", "irqs");

	return name ? arena_printf(t->arena, "%s_SIGNAL", interface_word(name, t->arena)) : NULL;
}

/* Is a signal of another interrupt, or of a service, called so? */
static bool taken(const struct partition *t, const char *signal)
{
	const struct project *p = t->project;

	for (uint32_t i = 0; i < p->provide_count; i++)
		if (!strcmp(arena_printf(t->arena, "%s_SIGNAL", interface_word(p->provides[i].name, t->arena)), signal))
			return true;
	for (uint32_t i = 0; i < p->device_count; i++)
		for (uint32_t k = 0; p->devices[i].signals && k < MANIFEST_INTERRUPT_MAX; k++)
			if (p->devices[i].signals[k] && !strcmp(p->devices[i].signals[k], signal))
				return true;
	return false;
}

static int read_irq(const struct partition *t, const json_t *object)
{
	const char *handling;
	uint32_t number;

	int rc = partition_keys(t, object, "an interrupt of a partition manifest", " source signal name handling description ");
	if (rc >= 0)
		rc = partition_choice(t, object, "handling", "irqs", "FLIH|SLIH", "SLIH", &handling);
	if (rc < 0)
		return rc;
	if (!strcmp(handling, "FLIH")) {
		err_set(t->e, ERR_PSA_INTERRUPT, "first-level interrupt handling is not offered: nothing of a service runs inside of an interrupt");
		return partition_fail(t, "FLIH", "write '\"handling\": \"SLIH\"', and handle the signal after psa_wait");
	}
	const char *signal = signal_name(t, object);
	if (!signal)
		return -MS_EPROJECT;
	if (taken(t, signal)) {
		err_set(t->e, ERR_PSA_INTERRUPT, "two signals are called '%s'", signal);
		return partition_fail(t, signal, "rename one");
	}
	struct mapped *d = source(t, object, &number);
	if (!d)
		return -MS_EPROJECT;
	if (!d->signals)
		d->signals = arena_array(t->arena, const char *, MANIFEST_INTERRUPT_MAX);
	if (d->signals[number]) {
		err_set(t->e, ERR_PSA_INTERRUPT, "'%s' and '%s' have the same source", d->signals[number], signal);
		return partition_fail(t, signal, "remove one of them");
	}
	d->signals[number] = signal;
	if (d->interrupts <= number)
		d->interrupts = number + 1;
	return MS_OK;
}

int partition_devices(const struct partition *t, const json_t *root)
{
	struct project *p = t->project;
	struct mapped *all = arena_array(t->arena, struct mapped, MANIFEST_MAPPED_MAX);
	const json_t *regions, *irqs;

	if (p->device_count)
		memcpy(all, p->devices, sizeof(*all) * p->device_count);
	p->devices = all;
	int rc = partition_list(t, root, "mmio_regions", MANIFEST_MAPPED_MAX, &regions);
	for (size_t i = 0; rc >= 0 && i < json_array_size(regions); i++)
		rc = read_region(t, json_array_get(regions, i));
	if (rc >= 0)
		rc = partition_list(t, root, "irqs", MANIFEST_INTERRUPT_MAX, &irqs);
	for (size_t i = 0; rc >= 0 && i < json_array_size(irqs); i++)
		rc = read_irq(t, json_array_get(irqs, i));
	if (rc < 0 || mapped_signals(p, t->e) >= 0)
		return rc;
	return partition_fail(t, irqs ? "irqs" : "services", arena_printf(t->arena, "%s", t->e->fix));
}
