/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cmd.h"
#include "file.h"
#include "locking.h"
#include "plan.h"
#include "product.h"
#include "sizediff.h"
#include "sizemap.h"
#include "sizeview.h"

enum { MEASURED_MAX = 64 << 20 };

static struct plan_options plan_options;
static const char *by = "section";
static const char *measured, *old, *svg, *html;
static uint32_t top;
static bool stack;

static const struct opt options[] = {
	OPT_TEXT('b', "board", "BOARD", &plan_options.board, OPT_BOARD, "as placed on this board (default: the product's, or " SDK_BOARD_DEFAULT ")"),
	OPT_CHOOSE(0, "cc", &plan_options.cc, "gcc|clang", "compile with it (default: as ms.yaml says, or gcc)"),
	OPT_FLAG('r', "release", &plan_options.release, "build without assertions"),
	LOCKING_OPTIONS,
	OPT_CHOOSE(0, "by", &by, "section|object|symbol", "a line for each of these (default: section)"),
	OPT_NUMBER(0, "top", "N", &top, 1, 1000000, "the N largest only"),
	OPT_FLAG(0, "stack", &stack, "by which functions stacks get so deep, and what is not certain about it"),
	OPT_TEXT(0, "measured", "FILE", &measured, OPT_FILE, "show beside it what 'ms run --stats --json' wrote to FILE"),
	OPT_TEXT(0, "diff", "OLD", &old, OPT_FILE, "what became more or less since 'ms size --json >OLD', or than in another project or package"),
	OPT_TEXT(0, "svg", "FILE", &svg, OPT_FILE, "draw what takes how much as a picture"),
	OPT_TEXT(0, "html", "FILE", &html, OPT_FILE, "the same as a page, with a table of all symbols"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms size", "what the service in this folder takes" },
	{ "ms size --by symbol --top 20", "its twenty largest functions and variables" },
	{ "ms size --diff before.json --by symbol", "what has grown since 'ms size --json >before.json'?" },
	{ "ms size --stack", "the deepest calls, function by function" },
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
		 "put in between belongs to '(image)'.\n\n"
		 "'stack' is the most that a thread's stack can hold, from the machine code of all that is linked in, with what an interrupt and a switch of threads save there. 'at least' stands where that cannot be known: recursion, frames "
		 "whose size is a value, pointers of which nothing is known. --stack tells which, and the functions of the deepest path; docs/size.md tells how it is computed.\n\n"
		 "The last table is of the board: 'taken' is what the runtime gives each service, rounded to what the memory protection "
		 "of this board can cover, and where it lies. 'runtime' takes its parts of flash and RAM whatever it uses of them.",
	.examples = examples,
	.statuses = statuses,
	.files = "FILE of --svg and --html is written. Writes out/run of the first project (or of the product), as 'ms run' does.",
	.json = "\"size\" for each symbol (service, section, object, symbol, flash, ram), whatever --by and --top say; \"taken\" for each service (name, target, flash, flash_taken, flash_address, "
		"ram, ram_taken, ram_address: what it needs, and what the board gives); \"taken_shared\" the same for each block of shared memory (flash_address: null), \"taken_runtime\" for the runtime. "
		"With --diff instead of all that \"size_change\" for each symbol that differs (service, section, object, symbol, flash, ram: bytes more). The result has board, flash_free, ram_free, flash_rounding, ram_rounding.",
};

/* A product's file stands for its folder. */
static char *folder_of(char *operand, struct arena *a)
{
	const char *slash = strrchr(operand, '/');

	if (strcmp(slash ? slash + 1 : operand, PRODUCT_FILE) || file_is_folder(operand))
		return operand;
	return slash ? arena_printf(a, "%.*s", (int)(slash - operand), operand) : arena_printf(a, ".");
}

/* Another build: what was kept of it, or what is to be built or unpacked now. */
static int read_old(struct list *out, struct arena *a, struct err *e)
{
	size_t size = strlen(old);
	struct plan *p = arena_new(a, struct plan);
	char *operand = folder_of(arena_printf(a, "%s", old), a);

	if (!file_is_folder(operand) && (size < 4 || strcmp(old + size - 4, ".msp")))
		return sizediff_read(old, a, out, e);
	int rc = plan_make(&operand, 1, &plan_options, a, p, e);
	return rc < 0 ? rc : size_services(p, a, out, e);
}

static int draw(const struct plan *p, const struct list *services, struct arena *a, struct err *e)
{
	int rc = svg ? file_replace(svg, sizemap_svg(services, a), 0644, a, e) : MS_OK;

	return rc >= 0 && html ? file_replace(html, sizemap_html(services, p->board.name, a), 0644, a, e) : rc;
}

int cmd_size(int argc, char **argv, struct arena *a, struct err *e)
{
	struct plan *p = arena_new(a, struct plan);
	struct bytes run = { 0 };
	struct list services = { 0 }, before = { 0 };
	enum size_by rows = !strcmp(by, "object") ? SIZE_BY_OBJECT : !strcmp(by, "symbol") ? SIZE_BY_SYMBOL : SIZE_BY_SECTION;

	for (int i = 1; i < argc; i++)
		argv[i] = folder_of(argv[i], a);
	plan_options.over_budget = true;
	int rc = plan_make(argv + 1, argc - 1, &plan_options, a, p, e);
	if (rc >= 0)
		rc = size_services(p, a, &services, e);
	if (rc >= 0 && measured)
		rc = file_read(measured, MEASURED_MAX, a, &run, e);
	if (rc >= 0 && old)
		rc = read_old(&before, a, e);
	if (rc >= 0)
		rc = draw(p, &services, a, e);
	if (rc < 0)
		return rc;

	if (old) {
		sizediff_show(&before, &services, rows, top, a);
		return MS_OK;
	}
	for (size_t i = 0; i < services.count; i++) {
		sizeview_rows(services.at[i], rows, top, a);
		sizeview_stacks(services.at[i], stack, run, a);
	}
	return sizeview_board(p, &services, a, e);
}
