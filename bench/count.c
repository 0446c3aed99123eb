/* SPDX-License-Identifier: Apache-2.0 */
/*
 * count.so: a plugin for QEMU that counts executed instructions exactly.
 *
 *   qemu-system-arm ... -plugin count.so,services=0x40000,crypto=0x1000-0x2000,library=0x3000-0x3100 -d plugin
 *
 * Between `mov r0, r0` and `mov r1, r1` (which do nothing) it prints
 * "between N"; when the first instruction at or above `services` runs,
 * "boot N of them crypto M": all since reset, and those in the crypto range or,
 * called from there, in the `library` range.
 *
 * QEMU's plugin header is not in Debian's package; what is used of the
 * interface (version 1) is declared here.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
typedef struct qemu_info_t qemu_info_t;
typedef void qemu_plugin_vcpu_udata_cb_t(unsigned vcpu, void *data);
typedef void qemu_plugin_vcpu_tb_trans_cb_t(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, qemu_plugin_vcpu_tb_trans_cb_t *cb);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, qemu_plugin_vcpu_udata_cb_t *cb, int flags, void *data);
void qemu_plugin_outs(const char *text);

EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv);

enum { MOV_R0_R0 = 0x4600, MOV_R1_R1 = 0x4609 };

struct range { uint64_t low, high; };

static uint64_t services = UINT64_MAX;
static struct range crypto_range, library_range;
static bool in_crypto;			/* what ran last outside the library */
static uint64_t count, crypto, began;
static bool booted;

static void say(const char *format, uint64_t a, uint64_t b)
{
	char text[80];

	snprintf(text, sizeof(text), format, a, b);
	qemu_plugin_outs(text);
}

static void one(unsigned vcpu, void *data)
{
	(void)vcpu;
	(void)data;
	count++;
	in_crypto = false;
}

static void one_of_crypto(unsigned vcpu, void *data)
{
	(void)vcpu;
	(void)data;
	count++;
	crypto++;
	in_crypto = true;
}

static void one_of_library(unsigned vcpu, void *data)
{
	(in_crypto ? one_of_crypto : one)(vcpu, data);
}

static void one_of_a_service(unsigned vcpu, void *data)
{
	if (!booted)
		say("boot %" PRIu64 " of them crypto %" PRIu64 "\n", count, crypto);
	booted = true;
	one(vcpu, data);
}

static void begin(unsigned vcpu, void *data)
{
	(void)vcpu;
	(void)data;
	began = count;
}

static void end(unsigned vcpu, void *data)
{
	(void)vcpu;
	(void)data;
	say("between %" PRIu64 "%.0" PRIu64 "\n", count - began, 0);
}

static bool within(struct range r, uint64_t at)
{
	return at >= r.low && at < r.high;
}

static qemu_plugin_vcpu_udata_cb_t *callback(const struct qemu_plugin_insn *insn)
{
	uint64_t at = qemu_plugin_insn_vaddr(insn);
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

		qemu_plugin_register_vcpu_insn_exec_cb(insn, callback(insn), 0, NULL);
	}
}

static struct range range(const char *text)
{
	char *dash;
	uint64_t low = strtoull(text, &dash, 0);

	return (struct range){ low, *dash == '-' ? strtoull(dash + 1, NULL, 0) : 0 };
}

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
	(void)info;
	for (int i = 0; i < argc; i++) {
		if (!strncmp(argv[i], "services=", 9))
			services = strtoull(argv[i] + 9, NULL, 0);
		if (!strncmp(argv[i], "crypto=", 7))
			crypto_range = range(argv[i] + 7);
		if (!strncmp(argv[i], "library=", 8))
			library_range = range(argv[i] + 8);
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	return 0;
}
