/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cmd.h"
#include "file.h"
#include "plan.h"
#include "product.h"
#include "sizeview.h"

static struct plan_options plan_options;
static const char *by = "section";
static uint32_t top;

static const struct opt options[] = {
	OPT_TEXT('b', "board", "BOARD", &plan_options.board, OPT_BOARD, "as placed on this board (default: the product's, or " SDK_BOARD_DEFAULT ")"),
	OPT_FLAG('r', "release", &plan_options.release, "build without assertions"),
	OPT_CHOOSE(0, "by", &by, "section|object|symbol", "a line for each of these (default: section)"),
	OPT_NUMBER(0, "top", "N", &top, 1, 1000000, "the N largest only"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms size", "what the service in this folder takes" },
	{ "ms size --by symbol --top 20", "its twenty largest functions and variables" },
	{ "ms size product.yaml --board mps2-an505", "a whole product, on another board" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "a service does not build, or ms.yaml or product.yaml is wrong" },
	{ 6, "the compiler or the SDK is missing" },
	{ 7, "a package is not to be believed" },
	{ 8, "a service is for another board, or they do not all fit" },
	{ 0, NULL }
};

const struct page page_size = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Builds and places the services of the projects in DIR... (default: here) as 'ms run' does, and tells what each byte of their "
		 "flash images and of their RAM is. DIR may also be one folder with a product.yaml, or that file, or packages (.msp).\n\n"
		 "Lines of a service add up to its image and to the RAM that it asks for. Stack, heap, header and relocations have lines of their own; what the linker "
		 "put in between belongs to '(image)'. The last table is of the board: 'taken' is what the runtime gives each service, rounded to what the memory protection "
		 "of this board can cover, and where it lies. 'runtime' takes its parts of flash and RAM whatever it uses of them.",
	.examples = examples,
	.statuses = statuses,
	.files = "Writes out/run of the first project (or of the product), as 'ms run' does.",
	.json = "\"size\" for each symbol (service, section, object, symbol, flash, ram), whatever --by and --top say; \"taken\" for each service (name, target, flash, flash_taken, flash_address, "
		"ram, ram_taken, ram_address: what it needs, and what the board gives); \"shared\" the same for each block of shared memory (flash_address: null), \"runtime\" for the runtime. "
		"The result has board, flash_free, ram_free, flash_rounding, ram_rounding.",
};

/* A product's file stands for its folder. */
static char *folder_of(char *operand, struct arena *a)
{
	const char *slash = strrchr(operand, '/');

	if (strcmp(slash ? slash + 1 : operand, PRODUCT_FILE) || file_is_folder(operand))
		return operand;
	return slash ? arena_printf(a, "%.*s", (int)(slash - operand), operand) : arena_printf(a, ".");
}

int cmd_size(int argc, char **argv, struct arena *a, struct err *e)
{
	struct plan *p = arena_new(a, struct plan);
	struct list services = { 0 };
	enum size_by rows = !strcmp(by, "object") ? SIZE_BY_OBJECT : !strcmp(by, "symbol") ? SIZE_BY_SYMBOL : SIZE_BY_SECTION;

	for (int i = 1; i < argc; i++)
		argv[i] = folder_of(argv[i], a);
	int rc = plan_make(argv + 1, argc - 1, &plan_options, a, p, e);
	if (rc >= 0)
		rc = size_services(p, a, &services, e);
	if (rc < 0)
		return rc;

	for (size_t i = 0; i < services.count; i++)
		sizeview_rows(services.at[i], rows, top, a);
	return sizeview_board(p, &services, a, e);
}
