/* SPDX-License-Identifier: Apache-2.0 */
#include "probe.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"

#define USB_DEVICES "/sys/bus/usb/devices"

enum { ATTRIBUTE_MAX = 4096 };

/* `id`: how vendor and product begin; NULL: by `word` in the product's name. */
static const struct known { const char *kind, *id, *word, *script; } kinds[] = {
	{ "stlink", "0483:37", NULL, "interface/stlink.cfg" },
	{ "jlink", "1366:", NULL, "interface/jlink.cfg" },
	{ "cmsis-dap", NULL, "CMSIS-DAP", "interface/cmsis-dap.cfg" },
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

static const struct known *known_kind(const char *kind, size_t size)
{
	for (const struct known *k = kinds; k < kinds + KINDS; k++)
		if (strlen(k->kind) == size && !memcmp(k->kind, kind, size))
			return k;
	return NULL;
}

/* One line of a file, or "". */
static const char *attribute(const char *folder, const char *name, struct arena *a)
{
	struct err ignored = { 0 };
	struct bytes content = { 0 };

	if (file_read(path_join(a, folder, name), ATTRIBUTE_MAX, a, &content, &ignored) < 0)
		return "";
	return arena_printf(a, "%.*s", (int)strcspn((const char *)content.at, "\n"), (const char *)content.at);
}

/* What may stand in a name; a serial number with other bytes is not told apart. */
static bool is_plain(const char *text)
{
	return *text && !text[strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-")];
}

static void look_at(const char *folder, struct arena *a, struct list *out)
{
	const char *id = arena_printf(a, "%s:%s", attribute(folder, "idVendor", a), attribute(folder, "idProduct", a));
	const char *product = attribute(folder, "product", a), *serial = attribute(folder, "serial", a);

	for (const struct known *k = kinds; k < kinds + KINDS; k++) {
		if (k->id ? strncmp(id, k->id, strlen(k->id)) : !strstr(product, k->word))
			continue;
		struct probe *p = arena_new(a, struct probe);
		p->kind = k->kind;
		p->serial = is_plain(serial) ? serial : NULL;
		p->name = p->serial ? arena_printf(a, "%s:%s", k->kind, serial) : k->kind;
		list_push(out, a, p);
		return;
	}
}

void probe_find(const char *root, struct arena *a, struct list *out)
{
	struct err ignored = { 0 };
	struct list names = { 0 };

	file_list(root, a, &names, &ignored);
	for (size_t i = 0; i < names.count; i++)
		look_at(path_join(a, root, names.at[i]), a, out);
}

static const char *names_of(const struct list *probes, struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < probes->count; i++)
		text_add(&t, a, "%s%s", i ? ", " : "", ((const struct probe *)probes->at[i])->name);
	return t.at;
}

static int refuse(const char *name, struct err *e)
{
	err_set(e, ERR_PROBE_NAME, "'%s' names no probe", name);
	return err_fix(e, "write 'stlink', 'cmsis-dap' or 'jlink', with ':SERIAL' if there are several, or 'remote:HOST:PORT' or 'remote:SOCKET'");
}

/* "HOST:PORT", or a path when there is a '/' or no port. */
static int parse_remote(const char *name, const char *at, struct arena *a, struct probe *out, struct err *e)
{
	const char *colon = strrchr(at, ':');
	char *end = NULL;
	unsigned long port = colon && !strchr(at, '/') ? strtoul(colon + 1, &end, 10) : 0;
	bool is_port = end && end != colon + 1 && !*end;

	if (!*at || (is_port && (!port || port > UINT16_MAX || colon == at)))
		return refuse(name, e);
	*out = (struct probe){ .name = name, .kind = "remote", .port = is_port ? (uint16_t)port : 0 };
	out->host = is_port ? arena_printf(a, "%.*s", (int)(colon - at), at) : path_absolute(a, at);
	return MS_OK;
}

static int parse(const char *name, struct arena *a, struct probe *out, struct err *e)
{
	size_t size = strcspn(name, ":");
	const char *rest = name[size] ? name + size + 1 : NULL;
	const struct known *k = known_kind(name, size);

	if (!strncmp(name, "remote:", strlen("remote:")))
		return parse_remote(name, rest, a, out, e);
	if (!k || (rest && !is_plain(rest)))
		return refuse(name, e);
	*out = (struct probe){ .name = name, .kind = k->kind, .serial = rest };
	return MS_OK;
}

static int refuse_several(const struct list *there, struct arena *a, struct err *e)
{
	err_set(e, ERR_PROBE_NAME, "%zu debug probes are plugged in", there->count);
	return err_fix(e, "choose one with --probe: %s", names_of(there, a));
}

/* Those of its kind, where one was named; OpenOCD itself would take the first of several. */
static void keep_kind(const struct list *there, const char *kind, struct arena *a, struct list *out)
{
	for (size_t i = 0; i < there->count; i++)
		if (!kind || !strcmp(((const struct probe *)there->at[i])->kind, kind))
			list_push(out, a, there->at[i]);
}

static bool has_serial(const struct list *there, const char *serial)
{
	for (size_t i = 0; i < there->count; i++) {
		const char *here = ((const struct probe *)there->at[i])->serial;

		if (!here || !strcmp(here, serial))
			return true;
	}
	return false;
}

/* One that is named need not be seen: its rights, or its name, may hide it. */
static int check_named(const struct list *there, struct probe *p, struct arena *a, struct err *e)
{
	struct list same = { 0 };

	keep_kind(there, p->kind, a, &same);
	if (!p->serial && same.count > 1)
		return refuse_several(&same, a, e);
	if (!p->serial && same.count == 1)
		*p = *(const struct probe *)same.at[0];
	if (!p->serial || !same.count || has_serial(&same, p->serial))
		return MS_OK;
	err_set(e, ERR_PROBE_NAME, "no %s with the serial number '%s' is plugged in", p->kind, p->serial);
	return err_fix(e, "there is: %s", names_of(&same, a));
}

int probe_choose_in(const char *root, const char *name, struct arena *a, struct probe *out, struct err *e)
{
	struct list there = { 0 };
	int rc = name ? parse(name, a, out, e) : MS_OK;

	if (rc < 0 || (name && !strcmp(out->kind, "remote")))
		return rc;
	probe_find(root, a, &there);
	if (name)
		return check_named(&there, out, a, e);
	if (!there.count) {
		err_set(e, ERR_NO_PROBE, "no debug probe is plugged in");
		return err_fix(e, "plug one in (ST-Link, J-Link, CMSIS-DAP), or name one that is reached otherwise: --probe remote:HOST:PORT");
	}
	if (there.count > 1)
		return refuse_several(&there, a, e);
	*out = *(const struct probe *)there.at[0];
	return MS_OK;
}

/* Of the kinds only CMSIS-DAP is known to choose one of several chips, or cores, on the same wires. */
static int check_transport(const struct probe *p, const struct board *b, struct err *e)
{
	const char *transport = b->probe.transport;
	bool shared = transport && !strcmp(transport, "swd-multidrop");

	if (!transport || (shared ? !strcmp(p->kind, "cmsis-dap") : known_kind(p->kind, strlen(p->kind)) != NULL))
		return MS_OK;
	err_set(e, ERR_PROBE_NAME, "'%s' cannot reach the chip of '%s', which has only %s", p->name, b->name, shared ? "SWD with several cores on it" : "SWD");
	return err_fix(e, "use a CMSIS-DAP%s", shared ? "" : ", J-Link or ST-Link");
}

int probe_choose(const char *name, const struct board *b, struct arena *a, struct probe *out, struct err *e)
{
	int rc = probe_choose_in(USB_DEVICES, name, a, out, e);

	return rc < 0 ? rc : check_transport(out, b, e);
}

const char *probe_word(const char *text, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "\"");
	for (; *text; text++)
		text_add(&t, a, strchr("\"\\$[]{}", *text) ? "\\%c" : "%c", *text);
	text_add(&t, a, "\"");
	return t.at;
}

/* Its adapter cannot change its speed, as the chip's script wants to at a reset. */
static const char remote_events[] = "[target current] configure -event reset-start {}\n[target current] configure -event reset-init {}\n";

const char *probe_config(const struct probe *p, const struct board *b, struct arena *a)
{
	const struct known *k = known_kind(p->kind, strlen(p->kind));
	struct text t = { 0 };

	text_add(&t, a, "# %s behind %s, for OpenOCD 0.12: made from the board's device tree.\n", b->name, p->name);
	text_add(&t, a, "gdb_port disabled\ntcl_port disabled\ntelnet_port disabled\n");
	if (k)
		text_add(&t, a, "source [find %s]\n", k->script);
	if (p->serial)
		text_add(&t, a, "adapter serial %s\n", p->serial);
	if (k && b->probe.transport && strcmp(k->kind, "stlink"))
		text_add(&t, a, "transport select swd\n");
	if (!k)
		text_add(&t, a, "adapter driver remote_bitbang\nremote_bitbang host %s\nremote_bitbang port %u\n", probe_word(p->host, a), p->port);
	text_add(&t, a, "source [find %s]\n", b->probe.target);
	if (!k)
		text_add(&t, a, "%s", remote_events);
	return t.at;
}
