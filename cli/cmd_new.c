/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd.h"

#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "name.h"
#include "newimport.h"
#include "newinterface.h"
#include "template.h"
#include "toolchain.h"
#include "version.h"

#define VENDOR "example.org"

static const char *vendor = VENDOR;
static const char *template, *interface, *uses, *imported;

static const struct opt options[] = {
	OPT_TEXT(0, "vendor", "DOMAIN", &vendor, OPT_ANY, "who makes it: a DNS name of yours (" VENDOR ")"),
	OPT_TEXT('t', "template", "NAME", &template, OPT_ANY, "what to begin with: hello, or server, a service that others call (hello)"),
	OPT_TEXT(0, "interface", "HEADER", &interface, OPT_FILE, "a service that provides the functions of this C header"),
	OPT_TEXT(0, "uses", "SERVICE", &uses, OPT_FILE, "a client of this service: the folder of its project, or its package"),
	OPT_TEXT(0, "import", "DIR", &imported, OPT_FOLDER, "somebody's C project in DIR becomes a service"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms new hello", "make the service 'hello' in a folder of that name" },
	{ "ms new --vendor example.com door-lock", "make the service example.com/door-lock" },
	{ "ms new adder --interface adder.h", "make a service of which others call the functions of adder.h" },
	{ "ms new caller --uses adder", "make a service that calls them" },
	{ "ms new caller --uses adder-1.0.0.msp", "the same from its signed package alone" },
	{ "ms new zip --import ../zlib-1.3.1", "make a service of a library's sources" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 6, "the SDK is missing" },
	{ 0, NULL }
};

const struct page page_new = {
	.options = options,
	.about = "Makes the project of a service in a new folder of its name: manifest, source, tests, licence. It builds and passes its "
		 "own tests as it stands.\n\n"
		 "A name is 2 to 40 letters a to z, digits and '-', and begins with a letter. The folder is made whole or not at all, and one "
		 "that exists is never touched."
		 "\n\nWith --interface it provides the functions of a C header: their bodies are to be written, messages and server are made by ms build, and "
		 "tests and a fuzz harness call them from another service. With --uses it is a client of such a service: its source calls each function."
		 "\n\nWith --import the C sources of a folder are copied into it, as a compile_commands.json or a makefile there names them plainly, or else all but tests and "
		 "examples; nothing of the folder is changed or run. A line for each place says what was left out, what a device does not have, and what to use instead (docs/import.md).",
	.examples = examples,
	.statuses = statuses,
	.files = "Templates are folders in lib/ms-sdk/templates.",
	.json = "Result: folder; files, a list of paths in it; next, a list of commands. With --import an event 'import' for each place: kind (left, missing, differs), file, line, column, name, text; and in the result taken, compiled, build, licence, program.",
};

/* A name or vendor that cannot be is misuse here. */
static int check_words(const char *name, struct err *e)
{
	if (strchr(name, '/')) {
		err_set(e, ERR_NAME_IS_PATH, "'%s' is a path, expected a name", name);
		err_fix(e, "the project is made in this folder; use -C DIR for another");
		return e->code;
	}
	if (name_check(name, e) < 0 || name_check_vendor(vendor, e) < 0)
		return e->code = -MS_EUSAGE;

	return MS_OK;
}

static int unknown_template(const struct sdk *sdk, struct arena *a, struct err *e)
{
	struct list names = { 0 };

	int rc = file_list(sdk_path(sdk, a, "templates"), a, &names, e);
	if (rc < 0)
		return rc;
	const char *near = opt_nearest(template, (const char *const *)names.at, names.count);
	struct text all = { 0 };
	for (size_t i = 0; i < names.count; i++)
		text_add(&all, a, "%s%s", i ? ", " : "", (const char *)names.at[i]);

	err_set(e, ERR_NO_TEMPLATE, "there is no template '%s'", template);
	return near ? err_fix(e, "did you mean '%s'?", near) : err_fix(e, "there are: %s", all.at ? all.at : "none");
}

static int find_template(struct arena *a, const char **path, struct err *e)
{
	struct sdk sdk;

	int rc = sdk_find(ms_version, a, &sdk, e);
	if (rc < 0)
		return rc;
	if (!template)
		template = "hello";
	*path = sdk_path(&sdk, a, "templates/%s", template);
	if (strchr(template, '/') || template[0] == '.' || !file_is_folder(*path))
		return unknown_template(&sdk, a, e);

	return MS_OK;
}

static void report(const char *name, const char *run, const struct list *files, struct arena *a)
{
	const char *const next[] = { arena_printf(a, "cd %s", name), "ms test", run };
	json_t *made = json_array(), *commands = json_array();

	for (size_t i = 0; i < files->count; i++) {
		if (!imported || strncmp(files->at[i], "src/", 4))
			out_line("%s", path_join(a, name, files->at[i]));
		json_array_append_new(made, out_string(files->at[i]));
	}
	for (size_t i = 0; i < sizeof(next) / sizeof(next[0]); i++)
		json_array_append_new(commands, json_string(next[i]));
	out_field("folder", json_string(name));
	out_field("files", made);
	out_field("next", commands);
	if (strcmp(vendor, VENDOR) == 0)
		out_say("the vendor is " VENDOR ": name yours in %s/ms.yaml before others get it", name);
	out_say("next: %s && %s && %s", next[0], next[1], next[2]);
}

/* What of the template a project with an interface takes: all else comes from the header. */
static const char *const only[] = { "LICENSE", ".clangd", ".gitignore", NULL };

static int choose_interface(struct newinterface *own, struct template_copy *copy, struct arena *a, struct err *e)
{
	if (!!template + !!interface + !!uses + !!imported > 1) {
		err_set(e, ERR_OPTIONS_DISAGREE, "--template, --interface, --uses and --import are four ways to begin");
		return err_fix(e, "choose one");
	}
	if (!interface && !uses)
		return MS_OK;
	copy->only = only;
	copy->add = newinterface_add;
	copy->context = own;
	if (!file_exists(uses ? uses : interface)) {
		err_set(e, ERR_NO_FILE, "there is no '%s'", uses ? uses : interface);
		return err_fix(e, uses ? "name the folder of the provider's project, or its package (.msp)" : "name the C header whose functions others shall call");
	}
	if (uses)
		return file_is_folder(uses) ? newinterface_find(uses, a, own, e) : newinterface_find_package(uses, a, own, e);
	own->header = path_absolute(a, interface);
	return MS_OK;
}

/* What an import takes of the template: the licence is the sources'. */
static const char *const only_settings[] = { ".clangd", ".gitignore", NULL };

static int choose_import(struct newimport *own, struct template_copy *copy, struct arena *a, struct err *e)
{
	if (!imported)
		return MS_OK;
	copy->only = only_settings;
	copy->add = newimport_add;
	copy->context = own;
	return newimport_read(imported, own->name, a, own, e);
}

int cmd_new(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *name = argv[1];
	struct list files = { 0 };
	struct template_copy copy = { .name = name, .vendor = vendor };
	struct newinterface own = { .name = name, .vendor = vendor };
	struct newimport code = { .name = name, .vendor = vendor };

	(void)argc;
	int rc = check_words(name, e);
	if (rc >= 0)
		rc = choose_interface(&own, &copy, a, e);
	if (rc >= 0)
		rc = choose_import(&code, &copy, a, e);
	if (rc >= 0)
		rc = find_template(a, &copy.from, e);
	if (rc >= 0)
		rc = template_make(&copy, name, a, &files, e);
	if (rc < 0)
		return rc;

	if (imported)
		newimport_report(&code, a);
	report(name, own.uses ? arena_printf(a, "ms run %s .", own.from) : "ms run", &files, a);
	return MS_OK;
}
