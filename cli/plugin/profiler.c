/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ms-profile.so: a plugin for QEMU that counts how often each instruction was executed, exactly (`ms run --profile`).
 *
 *   -plugin ms-profile.so,counts=FILE,console=FILE,device=40004000-40005000,services=40000-400000,until=746578,until=...
 *
 * Counting begins at the first instruction of a service; those before, the boot's, are only summed up.
 * Into `counts` it writes "boot TIMES" (hexadecimal) and then, for each line of the console that holds one of the texts (in hexadecimal) and once more when the
 * emulator ends, a block: "line" or "end", a line "ADDRESS TIMES" in hexadecimal for each instruction, and "done".
 *
 * A run that is ended at a line is thus cut right behind the store that sends the last character of that line, and not where
 * somebody who reads the console happens to stop the emulator.  What was sent is read from `console`, the emulator's own copy,
 * after each store to the console's device.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "qemu_plugin.h"

enum { BUCKETS = 1 << 14, TEXTS_MAX = 4, LINE_MAX = 1024 };

/* An instruction's address, however often it was translated. */
struct site { struct site *next; uint64_t at, runs; };

struct range { uint64_t low, high; };

static struct site *sites[BUCKETS];
static const char *texts[TEXTS_MAX], *console;
static size_t text_count, line_size;
static struct range device, services;
static bool booted;
static int console_fd = -1;
static char line[LINE_MAX];
static FILE *counts;

static bool within(const struct range *r, uint64_t at)
{
	return at >= r->low && at < r->high;
}

static struct site *site_at(uint64_t at)
{
	struct site **bucket = &sites[at / 2 % BUCKETS], *s = *bucket;

	while (s && s->at != at)
		s = s->next;
	if (s)
		return s;
	s = malloc(sizeof(*s));
	if (!s)
		abort();
	*s = (struct site){ *bucket, at, 0 };
	return *bucket = s;
}

static void write_block(const char *kind)
{
	fprintf(counts, "%s\n", kind);
	for (size_t i = 0; i < BUCKETS; i++)
		for (const struct site *s = sites[i]; s; s = s->next)
			if (s->runs)
				fprintf(counts, "%" PRIx64 " %" PRIx64 "\n", s->at, s->runs);
	fprintf(counts, "done\n");
	fflush(counts);
}

static void line_ended(void)
{
	line[line_size] = '\0';
	line_size = 0;
	for (size_t i = 0; i < text_count; i++)
		if (strstr(line, texts[i])) {
			write_block("line");
			return;
		}
}

/* A NUL would hide the rest of its line. */
static void sent(char c)
{
	if (c == '\n')
		line_ended();
	else if (line_size < sizeof(line) - 1)
		line[line_size++] = c ? c : '?';
}

static void stored(unsigned vcpu, uint32_t info, uint64_t address, void *data)
{
	char c;

	(void)vcpu;
	(void)info;
	(void)data;
	if (!within(&device, address))
		return;
	if (console_fd < 0)
		console_fd = open(console, O_RDONLY | O_CLOEXEC);
	while (console_fd >= 0 && read(console_fd, &c, 1) == 1)
		sent(c);
}

static void end_boot(void)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < BUCKETS; i++)
		for (struct site *s = sites[i]; s; s = s->next) {
			sum += s->runs;
			s->runs = 0;
		}
	fprintf(counts, "boot %" PRIx64 "\n", sum);
	booted = true;
}

static void ran(unsigned vcpu, void *data)
{
	struct site *s = data;

	(void)vcpu;
	if (!booted)
		end_boot();
	s->runs++;
}

/* A service's instructions that are translated first are counted by a function, which notices the first that runs. */
static void count(struct qemu_plugin_insn *insn)
{
	struct site *s = site_at(qemu_plugin_insn_vaddr(insn));

	if (!booted && within(&services, s->at))
		qemu_plugin_register_vcpu_insn_exec_cb(insn, ran, 0, s);
	else
		qemu_plugin_register_vcpu_insn_exec_inline(insn, PLUGIN_ADD, &s->runs, 1);
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	(void)id;
	for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);

		count(insn);
		if (text_count)
			qemu_plugin_register_vcpu_mem_cb(insn, stored, 0, PLUGIN_STORES, NULL);
	}
}

static void ended(qemu_plugin_id_t id, void *data)
{
	(void)id;
	(void)data;
	if (!booted)
		end_boot();
	write_block("end");
}

/* What two hexadecimal digits for each byte stand for; NULL: they do not. */
static const char *text_of(const char *hex)
{
	size_t size = strlen(hex) / 2;
	char *text = malloc(size + 1);

	for (size_t i = 0; text && i < size; i++)
		if (sscanf(hex + 2 * i, "%2hhx", (unsigned char *)text + i) != 1)
			return NULL;
	if (text)
		text[size] = '\0';
	return text;
}

static struct range range_of(const char *text)
{
	char *dash;
	uint64_t low = strtoull(text, &dash, 16);

	return (struct range){ low, *dash == '-' ? strtoull(dash + 1, NULL, 16) : 0 };
}

static void take_argument(const char *name, size_t size, const char *value)
{
	if (!strncmp(name, "counts", size)) {
		counts = fopen(value, "we");
	} else if (!strncmp(name, "console", size)) {
		console = strdup(value);
	} else if (!strncmp(name, "device", size)) {
		device = range_of(value);
	} else if (!strncmp(name, "services", size)) {
		services = range_of(value);
	} else if (!strncmp(name, "until", size) && text_count < TEXTS_MAX) {
		texts[text_count] = text_of(value);
		text_count += texts[text_count] != NULL;
	}
}

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
	(void)info;
	for (int i = 0; i < argc; i++) {
		const char *equals = strchr(argv[i], '=');

		if (equals)
			take_argument(argv[i], (size_t)(equals - argv[i]), equals + 1);
	}
	if (!counts || (text_count && !console))
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	qemu_plugin_register_atexit_cb(id, ended, NULL);
	return 0;
}
