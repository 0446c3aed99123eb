/* SPDX-License-Identifier: Apache-2.0 */
#include "help.h"

#include "commands.h"
#include "external.h"
#include "manual.h"
#include "product.h"
#include "profile.h"
#include "project.h"
#include "toolchain.h"
#include "version.h"

/* For builds and shells, not for people: a row without help is not shown. */
static bool manual, manifest, profiles, boards;
static const char *manual_folder;

static const struct opt options[] = {
	OPT_FLAG(0, "man", &manual, NULL),
	OPT_TEXT(0, "man-folder", "DIR", &manual_folder, OPT_FOLDER, NULL),
	OPT_FLAG(0, "manifest", &manifest, "print what ms.yaml and product.yaml may hold"),
	OPT_FLAG(0, "profiles", &profiles, NULL),
	OPT_FLAG(0, "boards", &boards, NULL),
	OPT_END
};

static const struct example examples[] = {
	{ "ms help", "list the verbs" },
	{ "ms help build", "explain one of them" },
	{ "ms help product add", "explain a command of one" },
	{ "ms help --manifest", "print all keys of ms.yaml and product.yaml" },
	{ NULL, NULL }
};

const struct page page_help = {
	.options = options,
	.complete = OPT_VERB,
	.about = "Explains a verb, or a command of one: its operands, options, exit status, and examples. Without an operand it lists all verbs.\n\n"
		 "The same text is printed by -h or --help, wherever it stands in a command line; the command does nothing else then.\n\nA program ms-NAME in PATH is a verb, too: `ms NAME` runs it, and `ms help NAME` asks it for --help.",
	.examples = examples,
	.json = "Result: help, an object that describes one verb, or all verbs and the options that every verb has; with --manifest text instead.",
};

/* docs/manifest.md */
static char *manifest_text(struct arena *a)
{
	return arena_printf(a, "# Manifests\n\nMade by `ms help --manifest` from the tables by which the files are read.\n\n"
		"Both files are YAML of a plain sort: maps, lists and texts in UTF-8, at most 64 KiB; no anchors, aliases, tags or\n"
		"second documents, no key twice. A key that is not listed here is an error. Sizes are bytes, or have a unit of B, KiB\n"
		"or MiB; times have a unit of ms or s.\n\n"
		"## `ms.yaml`: a service\n\n%s\n"
		"## `product.yaml`: services that run together on a board\n\n%s", project_manual(a), product_manual(a));
}

/* docs/profiles.md */
static char *profiles_text(struct arena *a)
{
	return arena_printf(a, "# Profiles: what schemes and laws ask for\n\nMade by `ms help --profiles` from the tables that `ms product check --profile NAME` reads.\n\n"
		"`check` holds a product against each of these and says of every requirement that it is **met** (by which fact, with its value in this product and where it\n"
		"stands), **open** (what is missing, or not so in this product), or **not ours**: only the manufacturer can do it or state it. Requirements are in our own words and by the\n"
		"number or name that the source has; the source's wording is what counts. Facts are about the device and its image; of what a service does inside, nothing is claimed. No row is a\n"
		"certificate, and a row that is met is one piece of evidence for an assessor.\n\n%s", profile_manual(a));
}

static void print_text(const char *text)
{
	out_text(text);
	out_field("text", json_string(text));
}

static int print_boards(struct arena *a, struct err *e)
{
	struct sdk sdk;
	struct list names = { 0 };

	int rc = sdk_find(ms_version, a, &sdk, e);
	if (rc < 0)
		return rc;
	rc = sdk_boards(&sdk, a, &names, e);
	for (size_t i = 0; i < names.count; i++)
		out_line("%s", (const char *)names.at[i]);

	return rc;
}

/* The verb of these words, or the command of one. */
static int find(int argc, char **argv, const struct verb **out, struct arena *a, struct err *e)
{
	const struct verb *v = verb_find(argv[1]), *command = NULL;

	if (!v)
		return verb_unknown(argv[1], e);
	if (argc > 2 && !v->page->commands) {
		err_set(e, ERR_OPERANDS, "'ms %s' has no commands", v->name);
		return err_fix(e, "its own page: ms help %s", v->name);
	}
	if (argc > 2 && !(command = commands_find(v, argv[2])))
		return commands_unknown(v, argv[2], a, e);
	*out = command ? command : v;
	return MS_OK;
}

int cmd_help(int argc, char **argv, struct arena *a, struct err *e)
{
	static const char *const ask[] = { "--help", NULL };
	const char *program = argc > 1 && !verb_find(argv[1]) ? external_find(argv[1], a) : NULL;
	const struct verb *v = NULL;

	if (program)
		return external_run(program, ask, a, e);
	int rc = argc > 1 ? find(argc, argv, &v, a, e) : MS_OK;
	if (rc < 0)
		return rc;
	if (manual_folder)
		return manual_write(manual_folder, a, e);
	if (boards)
		return print_boards(a, e);
	if (manifest)
		print_text(manifest_text(a));
	else if (profiles)
		print_text(profiles_text(a));
	else if (manual)
		print_text(manual_page(v, a));
	else
		help_print(v, a);

	return MS_OK;
}
