/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd.h"

#include "toolchain.h"
#include "toolversion.h"
#include "version.h"

static const struct example examples[] = {
	{ "ms version", "see what a report of a bug should name" },
	{ "ms -V", "see the version of ms alone" },
	{ NULL, NULL }
};

const struct page page_version = {
	.about = "Prints the version of ms, the folder of its SDK, the version of the binary interface between services and runtime, "
		 "and the versions of the programs that ms runs. A program that is missing is no failure here: see ms doctor.",
	.examples = examples,
	.json = "Result: version; abi; sdk, the folder, or null; tools, an object of versions by program, null for one that is missing.",
};

static const char *const tools[] = { "arm-none-eabi-gcc", "arm-none-eabi-ld", "gcc", "ninja", "qemu-system-arm", "gdb-multiarch", NULL };

static void print_tools(struct arena *a)
{
	json_t *versions = json_object();

	for (const char *const *tool = tools; *tool; tool++) {
		const char *version = tool_version(*tool, a);

		out_line("%-18s %s", *tool, version ? version : "missing");
		json_object_set_new(versions, *tool, out_string(version));
	}
	out_field("tools", versions);
}

int cmd_version(int argc, char **argv, struct arena *a, struct err *e)
{
	struct sdk sdk = { 0 };
	struct err missing = { 0 };
	const char *abi = arena_printf(a, "%d.%d", MS_ABI_MAJOR, MS_ABI_MINOR);

	(void)argc, (void)argv, (void)e;
	int rc = sdk_find(ms_version, a, &sdk, &missing);

	out_line("%-18s %s", "ms", ms_version);
	out_line("%-18s %s", "ABI", abi);
	out_line("%-18s %s", "SDK", rc < 0 ? missing.text : sdk.root);
	out_field("version", json_string(ms_version));
	out_field("abi", json_string(abi));
	out_field("sdk", out_string(rc < 0 ? NULL : sdk.root));
	print_tools(a);

	return MS_OK;
}
