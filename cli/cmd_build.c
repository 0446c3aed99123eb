/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "builder.h"
#include "cmd.h"
#include "file.h"
#include "locking.h"
#include "version.h"

static struct build_options build;

static const struct opt options[] = {
	OPT_CHOOSE(0, "cc", &build.cc, "gcc|clang", "compile with it (default: as ms.yaml says, or gcc)"),
	OPT_FLAG('r', "release", &build.release, "leave assertions out (-DNDEBUG)"),
	OPT_FLAG('a', "all", &build.all, "build for all targets, as a package holds them"),
	OPT_TEXT(0, "target", "TARGET", &build.target, OPT_ANY, "build for this target only"),
	OPT_TEXT('b', "board", "BOARD", &build.board, OPT_BOARD, "build for what runs best on this board"),
	LOCKING_OPTIONS,
	OPT_END
};

static const struct example examples[] = {
	{ "ms build", "build the service in this folder" },
	{ "ms build --release examples/01-hello", "build another one, without assertions" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "the sources do not compile or link, or ms.yaml is wrong" },
	{ 6, "the compiler, ninja or the SDK is missing" },
	{ 8, "the service cannot be built for the board" },
	{ 0, NULL }
};

const struct page page_build = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Compiles and links the service of the project in DIR (default: here), "
		 "checks that the result keeps the rules of docs/abi.md, signs it with your key and makes its flash image. "
		 "Only what has changed is made again. The first build on a computer makes a key of yours.\n\n"
		 "It is built for the targets that ms.yaml lists. When it lists none, one is enough to work with: the best for the default board; "
		 "'ms package' and --all build for every target of the SDK that fits the service.\n\n"
		 "The same sources give the same bytes, wherever, whenever and by whomever they are built with the same key.",
	.examples = examples,
	.statuses = statuses,
	.files = "Reads ms.yaml and the sources it names.\n\n"
		 "Writes out/TARGET/NAME.elf (signed), NAME.img (what lies in flash) and NAME.debug (for debuggers and 'ms crash'), "
		 "and compile_commands.json for editors.",
	.json = "An event \"built\" for each target: target, elf, img, debug, flash and ram (bytes). "
		"An event \"words\" for each line of the compiler's: text. The result has name, version and steps, the number of commands that ran.",
};

static void print_built(const struct project *p, const struct built *b, struct arena *a)
{
	uint32_t ram = image_ram_size(&b->image);

	out_line("%s %s  %s  flash %u  RAM %u  %s", p->name, p->version_text, target_name(b->target),
		 b->image.image_size, ram, path_shown(a, b->elf));
	out_event("built", json_pack("{s:s, s:o, s:o, s:o, s:i, s:i}", "target", target_name(b->target),
				     "elf", out_string(b->elf), "img", out_string(b->img), "debug", out_string(b->debug),
				     "flash", (int)b->image.image_size, "ram", (int)ram));
}

int cmd_build(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *folder = argc > 1 ? argv[1] : ".";
	struct build_result result;
	struct project p;

	int rc = project_read(folder, ms_version, a, &p, e);
	if (rc >= 0)
		rc = build_project(&p, &build, a, &result, e);
	if (rc < 0)
		return rc;

	for (uint32_t i = 0; i < result.count; i++)
		print_built(&p, &result.at[i], a);
	out_field("name", json_string(p.name));
	out_field("version", json_string(p.version_text));
	out_field("steps", json_integer(result.steps));
	return MS_OK;
}
