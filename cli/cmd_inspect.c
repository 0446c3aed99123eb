/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cmd.h"
#include "file.h"
#include "filekind.h"
#include "inspect.h"

static const char *bill;

static const struct opt options[] = {
	OPT_CHOOSE(0, "sbom", &bill, "cyclonedx|spdx", "of a package, only its bill of materials, as this kind of document"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms inspect out/v7em/hello.elf", "segments, notes, signature, and the image it makes" },
	{ "ms inspect hello-1.0.0.msp", "members, manifest and signatures of a package" },
	{ "ms inspect hello-1.0.0-source.msp", "which files a source package holds, and which package it promises" },
	{ "ms inspect --sbom spdx hello-1.0.0.msp >hello.spdx.json", "what is in it, for tools that read SPDX" },
	{ "ms inspect --json out/run/mps2-an386.bin", "what a device would run, for a program" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 7, "--sbom: the file is no package, or its bill of materials is not sound" },
	{ 0, NULL }
};

const struct page page_inspect = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Prints what an executable (.elf), image (.img), package or source package (.msp), device image (.bin), table, provisioning sector, signature "
		 "block or key file says. Nothing of it is believed: signatures are shown, not checked ('ms verify' does that), and a file that "
		 "was cut or spoiled is printed as far as it makes sense, with what is wrong with it as \"problem\".\n\n"
		 "--sbom prints the bill of materials of a package: the service, each library of which something is in one of its executables, with the members "
		 "that are, and each file of the project that an object in it was compiled from, all with their hashes. A product's bills are in out/product ('ms product build').",
	.examples = examples,
	.statuses = statuses,
	.json = "The result has file, kind, and facts: an object that depends on the kind, with numbers as numbers, addresses, hashes and "
		"bytes in hexadecimal, and \"problem\" where something does not hold.",
};

static json_t *facts_of(enum filekind kind, const char *path, struct bytes content, const struct board *b, struct arena *a)
{
	switch (kind) {
	case FILEKIND_ELF:
		return inspect_elf(content, a);
	case FILEKIND_IMAGE:
		return inspect_image(content, a);
	case FILEKIND_PACKAGE:
	case FILEKIND_SOURCE:
		return inspect_package(content, a);
	case FILEKIND_DEVICE:
		return inspect_device(content, b, a);
	case FILEKIND_TABLE:
		return inspect_table(content, a);
	case FILEKIND_PROVISION:
		return inspect_provision(content, a);
	case FILEKIND_SIGNATURE:
		return inspect_signature(content, a);
	case FILEKIND_KEY:
		return inspect_key(path, a);
	default:
		return NULL;
	}
}

/* "file_size" is "file size" for people. */
static const char *words(const char *key, struct arena *a)
{
	char *copy = arena_printf(a, "%s", key);

	for (char *p = copy; *p; p++)
		if (*p == '_')
			*p = ' ';
	return copy;
}

static const char *scalar(const json_t *v, struct arena *a)
{
	if (json_is_string(v))
		return json_string_value(v);
	if (json_is_integer(v))
		return arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
	return json_is_true(v) ? "yes" : json_is_false(v) ? "no" : "unknown";
}

enum { LINE_MAX_SIZE = 100 };

static void print(const char *name, const json_t *v, int depth, struct arena *a);

static void print_members(const json_t *object, int depth, struct arena *a)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value)
		print(key, value, depth, a);
}

/* "text  address 0x20000000  size 8472", or NULL when that is no line. */
static const char *one_line(const json_t *item, struct arena *a)
{
	struct text t = { 0 };
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)item, key, value) {
		if (json_is_object(value) || json_is_array(value))
			return NULL;
		if (t.size)
			text_add(&t, a, "  %s %s", words(key, a), scalar(value, a));
		else
			text_add(&t, a, "%s%s%s", out_bold(), scalar(value, a), out_reset());
	}
	return t.size <= LINE_MAX_SIZE ? t.at : NULL;
}

/* One of a list: its first fact names it. */
static void print_item(const json_t *item, int depth, struct arena *a)
{
	const char *line = json_is_object(item) ? one_line(item, a) : scalar(item, a);
	const char *key;
	json_t *value;
	int more = 0;

	if (line) {
		out_line("%*s%s", 2 * depth, "", line);
		return;
	}
	json_object_foreach((json_t *)item, key, value) {
		if (more++)
			print(key, value, depth + 1, a);
		else
			out_line("%*s%s%s%s", 2 * depth, "", out_bold(), scalar(value, a), out_reset());
	}
}

static void print(const char *name, const json_t *v, int depth, struct arena *a)
{
	const char *colour = strcmp(name, "problem") ? "" : out_red();
	size_t i;
	json_t *item;

	if (json_is_object(v)) {
		out_line("%*s%s:", 2 * depth, "", words(name, a));
		print_members(v, depth + 1, a);
	} else if (json_is_array(v)) {
		out_line("%*s%s:%s", 2 * depth, "", words(name, a), json_array_size(v) ? "" : " none");
		json_array_foreach(v, i, item)
			print_item(item, depth + 1, a);
	} else {
		out_line("%*s%s%s: %s%s", 2 * depth, "", colour, words(name, a), scalar(v, a), *colour ? out_reset() : "");
	}
}

int cmd_inspect(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *path = argv[1];
	struct bytes content;
	struct board board;

	(void)argc;
	int rc = file_read(path, FILEKIND_SIZE_MAX, a, &content, e);
	if (rc < 0)
		return rc;
	if (bill)
		return inspect_sbom(content, path, !strcmp(bill, "spdx"), a, e);
	enum filekind kind = filekind_of(content, a, &board);
	json_t *facts = facts_of(kind, path, content, &board, a);
	if (!facts)
		return err_set(e, ERR_NOT_OURS, "'%s' is none of our files", path);

	out_line("%s%s: %s%s, not verified", out_bold(), path, filekind_name(kind), out_reset());
	print_members(facts, 1, a);
	out_field("file", out_string(path));
	out_field("kind", json_string(filekind_name(kind)));
	out_field("facts", facts);
	return MS_OK;
}
