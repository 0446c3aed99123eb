/* SPDX-License-Identifier: Apache-2.0 */
#include "bindings.h"

#include <stdlib.h>
#include <string.h>

#include "companion.h"
#include "file.h"
#include "ninja.h"
#include "ninjafile.h"

enum { FINGERPRINT_FILE_MAX = 64 };

static const char *made(const char *folder, const struct interface *n, const char *end, struct arena *a)
{
	return arena_printf(a, "%s/%s%s", folder, n->name, end);
}

static void put_interface(const struct project *p, const char *folder, const struct interface *n, bool provided, struct arena *a, struct text *t)
{
	static const char *const ends[2][6] = {
		{ ".fingerprint", "_messages.h", "_client.c", "_mock.c", "_fake.h", "_fake.c" }, { ".fingerprint", "_messages.h", "_server.c", "_server.h" },
	};
	const char *const what[] = {
		"--name", n->name, "--depfile", made(folder, n, ".fingerprint.d", a), provided ? "--server" : "--client", provided ? NULL : "--copy", "--mock", "--fake",
	};
	struct list words = { 0 };

	text_add(t, a, "build");
	for (int i = 0; i < 6 && ends[provided][i]; i++)
		ninja_path(t, a, made(folder, n, ends[provided][i], a));
	text_add(t, a, ": bind");
	ninja_path(t, a, path_join(a, p->root, n->header));
	text_add(t, a, " |");
	ninja_path(t, a, companion_path("ms-api", a));
	for (size_t i = 0; i < sizeof(what) / sizeof(*what) && what[i]; i++)
		list_push(&words, a, (void *)what[i]);
	text_add(t, a, "\n");
	ninja_words(t, a, true, "what", &words);
	text_add(t, a, "  depfile = %s\n", made(folder, n, ".fingerprint.d", a));
}

static struct text ninja_text(const struct project *p, const char *folder, struct arena *a)
{
	struct list tool = { 0 }, to = { 0 };
	struct text t = { 0 };

	text_add(&t, a, "# Made by ms: what is made of the headers of interfaces.\nninja_required_version = 1.10\nbuilddir = %s\n", folder);
	list_push(&tool, a, (void *)companion_path("ms-api", a));
	list_push(&to, a, (void *)folder);
	ninja_words(&t, a, false, "tool", &tool);
	ninja_words(&t, a, false, "to", &to);
	text_add(&t, a, "rule bind\n  command = $tool --json bind $what --output $to $in\n  description = read $in\n  deps = gcc\n  restat = 1\n");
	for (uint32_t i = 0; i < p->provide_count; i++)
		if (p->provides[i].header)
			put_interface(p, folder, &p->provides[i], true, a, &t);
	for (uint32_t i = 0; i < p->call_count; i++)
		if (p->calls[i].header)
			put_interface(p, folder, &p->calls[i], false, a, &t);
	return t;
}

static int read_fingerprint(const char *path, struct arena *a, struct interface *n, struct err *e)
{
	uint8_t *bytes = arena_array(a, uint8_t, MANIFEST_FINGERPRINT_SIZE);
	struct bytes text;
	char pair[3] = "";

	int rc = file_read(path, FINGERPRINT_FILE_MAX, a, &text, e);
	if (rc < 0)
		return rc;
	if (text.size < 2 * MANIFEST_FINGERPRINT_SIZE)
		return err_set(e, ERR_TOOL_FAILED, "'%s' is cut", path);
	for (uint32_t i = 0; i < MANIFEST_FINGERPRINT_SIZE; i++) {
		memcpy(pair, text.at + (size_t)2 * i, 2);
		bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
	}
	n->fingerprint = (struct bytes){ bytes, MANIFEST_FINGERPRINT_SIZE };
	return MS_OK;
}

static int read_fingerprints(struct interface *list, uint32_t count, const char *folder, struct arena *a, struct err *e)
{
	int rc = MS_OK;

	for (uint32_t i = 0; rc >= 0 && i < count; i++)
		if (list[i].header)
			rc = read_fingerprint(made(folder, &list[i], ".fingerprint", a), a, &list[i], e);
	return rc;
}

static bool any_header(const struct interface *list, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (list[i].header)
			return true;
	return false;
}

int bindings_make(const struct project *p, const char *root, const char *folder, struct arena *a, struct err *e)
{
	const char *there = path_join(a, root, folder), *file = path_join(a, folder, "bindings.ninja");

	if (!any_header(p->provides, p->provide_count) && !any_header(p->calls, p->call_count))
		return MS_OK;
	if (!file_exists(companion_path("ms-api", a))) {
		err_set(e, ERR_SDK_INCOMPLETE, "there is no '%s', which reads the headers of interfaces", companion_path("ms-api", a));
		return err_fix(e, "install it with ./install.sh");
	}
	struct text t = ninja_text(p, folder, a);

	int rc = file_make_folders(there, a, e);
	if (rc >= 0)
		rc = file_update(path_join(a, root, file), (struct bytes){ (const uint8_t *)t.at, t.size }, 0644, a, NULL, e);
	if (rc >= 0)
		rc = ninja_run(root, file, NULL, a, NULL, e);
	if (rc >= 0)
		rc = read_fingerprints(p->provides, p->provide_count, there, a, e);
	return rc < 0 ? rc : read_fingerprints(p->calls, p->call_count, there, a, e);
}
