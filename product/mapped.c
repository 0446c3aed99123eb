/* SPDX-License-Identifier: Apache-2.0 */
#include "mapped.h"

#include <stddef.h>
#include <string.h>

#include "project.h"

enum { SIGNAL_COUNT = 32, SIGNAL_FIRST = 4 };

static int check_name(const char *text, struct err *e)
{
	if (manifest_interface_name_ok((struct bytes){ (const uint8_t *)text, strlen(text) }))
		return MS_OK;

	err_set(e, ERR_MAPPED_NAME, "'%.60s' names no device or memory", text);
	return err_fix(e, "use letters, digits, '-' and '_', beginning with a letter, at most %d, such as 'uart1'", MANIFEST_INTERFACE_NAME_MAX);
}

#define AT(member) offsetof(struct mapped, member)
#define NAME(text, words) { SCHEMA_TEXT, "name", AT(name), .required = true, .check = check_name, .example = text, .doc = words }

const struct schema mapped_device[] = {
	NAME("uart1", "as boards name it; C sources get `UART1_DEVICE`, and `UART1_SIGNAL` for its interrupt"),
	{ SCHEMA_NUMBER, "interrupts", AT(interrupts), .max = MANIFEST_INTERRUPT_MAX, .standard = "1", .example = "2",
	  .doc = "how many interrupts it has and the service takes: `UART1_SIGNAL`, `UART1_SIGNAL2`, ...; 0: it takes none" },
	{ .type = SCHEMA_END }
};

const struct schema mapped_borrowed[] = {
	NAME("frames", "as its owner names it; C sources get `FRAMES_SHARED`"),
	{ SCHEMA_FLAG, "write", AT(write), .standard = "false", .example = "true", .doc = "to write there, too" },
	{ .type = SCHEMA_END }
};

const struct schema mapped_own[] = {
	NAME("frames", "C sources get `FRAMES_SHARED` and `FRAMES_SIZE`"),
	{ SCHEMA_SIZE, "size", AT(size), .required = true, .min = 32, .max = MANIFEST_SHARED_SIZE_MAX, .step = 32, .example = "4 KiB",
	  .doc = "its size" },
	{ .type = SCHEMA_END }
};

struct mapped *mapped_join(const struct schema_items *own, const struct schema_items *borrowed, struct arena *a)
{
	struct mapped *all = arena_array(a, struct mapped, own->count + borrowed->count + 1);

	if (own->count)
		memcpy(all, own->at, sizeof(*all) * own->count);
	if (borrowed->count)
		memcpy(all + own->count, borrowed->at, sizeof(*all) * borrowed->count);
	return all;
}

/* Names that would be the same in C. */
static int check_names(const struct project *p, const struct mapped *list, uint32_t count, uint32_t own, const char *key, struct arena *a,
		       struct err *e)
{
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t k = 0; k < i; k++) {
			if (strcmp(interface_word(list[i].name, a), interface_word(list[k].name, a)))
				continue;
			err_set(e, ERR_MAPPED_TWICE, "'%s' is named twice", list[i].name);
			err_fix(e, "leave one out, or rename it");
			return project_err(p, i < own ? arena_printf(a, "shared[%u].name", i) : arena_printf(a, "%s[%u].name", key, i - own), e);
		}
	return MS_OK;
}

int mapped_signals(const struct project *p, struct err *e)
{
	uint32_t signals = p->provide_count;

	for (uint32_t i = 0; i < p->device_count; i++)
		signals += p->devices[i].interrupts;
	if (signals <= SIGNAL_COUNT - SIGNAL_FIRST)
		return MS_OK;
	err_set(e, ERR_ASKS_TOO_MUCH, "'%s' needs %u signals for its interfaces and interrupts; there are %d", p->name, signals,
		SIGNAL_COUNT - SIGNAL_FIRST);
	return err_fix(e, "provide less, or put a device into a service of its own");
}

int mapped_check(const struct project *p, uint32_t own, struct arena *a, struct err *e)
{
	int rc = check_names(p, p->devices, p->device_count, 0, "requests.devices", a, e);
	if (rc >= 0)
		rc = check_names(p, p->blocks, p->block_count, own, "requests.shared", a, e);
	if (rc < 0)
		return rc;
	if (p->device_count + p->block_count > MANIFEST_MAPPED_MAX) {
		err_set(e, ERR_ASKS_TOO_MUCH, "'%s' has %u devices and blocks of shared memory; the memory protection has regions for %d", p->name,
			p->device_count + p->block_count, MANIFEST_MAPPED_MAX);
		err_fix(e, "put some of them into a service of their own");
		return project_err(p, p->device_count ? "requests.devices" : own ? "shared" : "requests.shared", e);
	}
	return mapped_signals(p, e) < 0 ? project_err(p, "requests.devices", e) : MS_OK;
}

static void put_device(const struct mapped *d, uint32_t local, uint32_t signal, struct arena *a, struct text *out)
{
	const char *word = interface_word(d->name, a);

	text_add(out, a, "\n/* device %s */\n#define %s_DEVICE (%uU)\n", d->name, word, local);
	if (d->region)
		text_add(out, a, "#include <stdint.h>\nextern volatile void *" MAPPED_BASE ";\n#define %s_BASE ((uintptr_t)" MAPPED_BASE ")\n", word, word, word);
	for (uint32_t i = 0; i < d->interrupts; i++) {
		const char *named = d->signals ? d->signals[i] : NULL;

		if (!named)
			named = arena_printf(a, i ? "%s_SIGNAL%u" : "%s_SIGNAL", word, i + 1);
		text_add(out, a, "#define %s (0x%08xU)\n", named, UINT32_C(1) << (signal + i));
	}
}

void mapped_header(const struct project *p, uint32_t signal, struct arena *a, struct text *out)
{
	for (uint32_t i = 0; i < p->device_count; signal += p->devices[i++].interrupts)
		put_device(&p->devices[i], i, signal, a, out);
	for (uint32_t i = 0; i < p->block_count; i++) {
		const char *word = interface_word(p->blocks[i].name, a);

		text_add(out, a, "\n/* shared memory %s%s */\n#define %s_SHARED (%uU)\n", p->blocks[i].name, p->blocks[i].size ? "" : ", of another service",
			 word, i);
		if (p->blocks[i].size)
			text_add(out, a, "#define %s_SIZE (%uU)\n", word, p->blocks[i].size);
	}
}

static struct bytes name_of(const struct mapped *m)
{
	return (struct bytes){ (const uint8_t *)m->name, strlen(m->name) };
}

void mapped_fill(const struct project *p, struct manifest *m)
{
	for (uint32_t i = 0; i < p->device_count; i++)
		m->devices[m->device_count++] = (struct manifest_mapped){ name_of(&p->devices[i]), p->devices[i].interrupts, 0 };
	for (uint32_t i = 0; i < p->block_count; i++)
		m->shared[m->shared_count++] = (struct manifest_mapped){
			name_of(&p->blocks[i]), p->blocks[i].size, p->blocks[i].write ? MANIFEST_WRITE : 0
		};
}
