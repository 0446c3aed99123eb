/* SPDX-License-Identifier: Apache-2.0 */
/*
 * count.so: a plugin for QEMU that counts executed instructions exactly.
 *
 *   qemu-system-arm ... -plugin count.so,services=0x40000,interrupt=0x200,crypto=0x1000-0x2000,library=0x3000-0x3100 -d plugin
 *
 * From `mov r0, r0` to `mov r1, r1` (which do nothing) it prints "between N interrupt M kernel K", M: since the instruction at
 * `interrupt` ran last; K: those of the N below `services`.  When the first instruction at or above `services` runs, "boot N of them crypto M": all since
 * reset, and those in the crypto range or, called from there, in the `library` range.
 *
 * profile=K,times=N: how often each instruction ran from the K-th such beginning (0: the first) for N of them, as
 * "at ADDRESS COUNT" when the emulator ends; with since-interrupt (and N = 1) only since the last interrupt.
 * profile=boot: before the first of a service, without crypto.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qemu_plugin.h"

enum { MOV_R0_R0 = 0x4600, MOV_R1_R1 = 0x4609 };

struct range { uint64_t low, high; };

/* An instruction, once for each time that it was translated. */
struct site { struct site *next; uint64_t at, runs; };

static uint64_t services = UINT64_MAX, interrupt = UINT64_MAX;
static struct range crypto_range, library_range;
static bool in_crypto;			/* what ran last outside the library */
static uint64_t count, crypto, kernel, began, entered;
static bool booted, counting;
static struct site *sites;
static bool profile_boot, since_interrupt, profiling;
static long profile_first = -1, profile_times = 1, begins;

static void say(const char *format, uint64_t a, uint64_t b, uint64_t c)
{
	char text[100];

	snprintf(text, sizeof(text), format, a, b, c);
	qemu_plugin_outs(text);
}

static void ran(struct site *s)
{
	count++;
	kernel += s->at < services;
	if (s->at == interrupt) {
		entered = count;
		for (struct site *other = since_interrupt && profiling ? sites : NULL; other; other = other->next)
			other->runs = 0;
	}
	s->runs += profiling;
}

static void one(unsigned vcpu, void *site)
{
	(void)vcpu;
	in_crypto = false;
	ran(site);
}

static void one_of_crypto(unsigned vcpu, void *site)
{
	(void)vcpu;
	(void)site;
	count++;
	crypto++;
	in_crypto = true;
}

static void one_of_library(unsigned vcpu, void *site)
{
	(in_crypto ? one_of_crypto : one)(vcpu, site);
}

static void one_of_a_service(unsigned vcpu, void *site)
{
	if (!booted)
		say("boot %" PRIu64 " of them crypto %" PRIu64 "\n", count, crypto, 0);
	booted = true;
	if (profile_boot)
		profiling = false;
	one(vcpu, site);
}

static void begin(unsigned vcpu, void *site)
{
	(void)vcpu;
	(void)site;
	began = count;
	kernel = 0;
	counting = true;
	profiling = profile_first >= 0 && begins >= profile_first && begins < profile_first + profile_times;
	begins++;
}

static void end(unsigned vcpu, void *site)
{
	(void)vcpu;
	(void)site;
	if (!counting)
		return;
	say("between %" PRIu64 " interrupt %" PRIu64 " kernel %" PRIu64 "\n", count - began, count - entered, kernel);
	counting = profiling = false;
}

static bool within(struct range r, uint64_t at)
{
	return at >= r.low && at < r.high;
}

static qemu_plugin_vcpu_udata_cb_t *callback(const struct qemu_plugin_insn *insn, uint64_t at)
{
	uint16_t code;

	memcpy(&code, qemu_plugin_insn_data(insn), sizeof(code));
	if (qemu_plugin_insn_size(insn) == 2 && code == MOV_R0_R0)
		return begin;
	if (qemu_plugin_insn_size(insn) == 2 && code == MOV_R1_R1)
		return end;
	if (at >= services)
		return one_of_a_service;
	if (within(library_range, at))
		return one_of_library;
	return within(crypto_range, at) ? one_of_crypto : one;
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	(void)id;
	for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		struct site *s = calloc(1, sizeof(*s));

		if (!s)
			abort();
		*s = (struct site){ sites, qemu_plugin_insn_vaddr(insn), 0 };
		sites = s;
		qemu_plugin_register_vcpu_insn_exec_cb(insn, callback(insn, s->at), 0, s);
	}
}

static void ended(qemu_plugin_id_t id, void *data)
{
	(void)id;
	(void)data;
	for (const struct site *s = sites; s; s = s->next)
		if (s->runs)
			say("at 0x%" PRIx64 " %" PRIu64 "\n", s->at, s->runs, 0);
}

static struct range range(const char *text)
{
	char *dash;
	uint64_t low = strtoull(text, &dash, 0);

	return (struct range){ low, *dash == '-' ? strtoull(dash + 1, NULL, 0) : 0 };
}

/* The text behind `name` in an argument, or NULL when it is another's. */
static const char *value(const char *argument, const char *name)
{
	return strncmp(argument, name, strlen(name)) ? NULL : argument + strlen(name);
}

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
	const char *text;

	(void)info;
	for (int i = 0; i < argc; i++) {
		if ((text = value(argv[i], "services=")))
			services = strtoull(text, NULL, 0);
		else if ((text = value(argv[i], "interrupt=")))
			interrupt = strtoull(text, NULL, 0);
		else if ((text = value(argv[i], "crypto=")))
			crypto_range = range(text);
		else if ((text = value(argv[i], "library=")))
			library_range = range(text);
		else if ((text = value(argv[i], "profile=")))
			profile_boot = !strcmp(text, "boot"), profile_first = profile_boot ? -1 : strtol(text, NULL, 0);
		else if (value(argv[i], "since-interrupt"))
			since_interrupt = true;
		else if ((text = value(argv[i], "times=")))
			profile_times = strtol(text, NULL, 0);
	}
	profiling = profile_boot;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	qemu_plugin_register_atexit_cb(id, ended, NULL);
	return 0;
}
