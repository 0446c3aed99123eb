/* SPDX-License-Identifier: Apache-2.0 */
#include "budget.h"

#include "executable.h"
#include "file.h"
#include "sizes.h"
#include "stackuse.h"

enum { NAMED = 4 };

static uint32_t of(const struct size_row *r, bool ram)
{
	return ram ? r->ram : r->flash;
}

/* "vfprintf 2528, main 300": the largest rows, which are few of many. */
static const char *largest(const struct list *rows, bool ram, struct arena *a)
{
	uint32_t below = UINT32_MAX;
	struct text t = { 0 };

	for (int n = 0; n < NAMED; n++) {
		const struct size_row *best = NULL;

		for (size_t i = 0; i < rows->count; i++) {
			const struct size_row *r = rows->at[i];

			if (of(r, ram) < below && (!best || of(r, ram) > of(best, ram)))
				best = r;
		}
		if (!best || !of(best, ram))
			break;
		below = of(best, ram);
		text_add(&t, a, "%s%s %u", n ? ", " : "", best->symbol, (unsigned)below);
	}
	return t.size ? t.at : "nothing";
}

static const char *deepest(const struct stack_use *u, struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < u->path.count; i++) {
		const struct stack_step *s = u->path.at[i];

		text_add(&t, a, "%s%s %u", i ? ", " : "", s->function, (unsigned)s->bytes);
	}
	return t.size ? t.at : "nothing";
}

static int over(const struct project *p, const char *key, uint8_t target, uint32_t bytes, uint32_t most, const char *names, struct arena *a, struct err *e)
{
	err_set(e, ERR_OVER_BUDGET, "'%s' for %s takes %u bytes of %s, %u more than its budget of %u", p->name, target_name(target),
		(unsigned)bytes, key, (unsigned)(bytes - most), (unsigned)most);
	err_fix(e, "%s: %s; 'ms size' tells all", *key == 's' ? "the deepest calls" : "the largest are", names);
	return project_err(p, arena_printf(a, "budget.%s", key), e);
}

static int check_stack(const struct project *p, uint8_t target, struct bytes elf, const char *path, struct bytes map, struct arena *a, struct err *e)
{
	struct list stacks = { 0 };

	int rc = p->stack_budget ? stack_use(elf, path, map, p->fpu, a, &stacks, e) : MS_OK;
	for (size_t i = 0; rc >= 0 && i < stacks.count; i++) {
		const struct stack_use *u = stacks.at[i];

		if (u->bytes > p->stack_budget)
			rc = over(p, "stack", target, u->bytes, p->stack_budget, deepest(u, a), a, e);
	}
	return rc;
}

int budget_check(const struct project *p, uint8_t target, const struct image *im, const char *debug, const char *map, struct arena *a, struct err *e)
{
	bool is_over = (p->flash_budget && im->image_size > p->flash_budget) || (p->ram_budget && image_ram_size(im) > p->ram_budget);
	struct list rows = { 0 }, symbols = { 0 };
	struct bytes elf, parts;

	if (!is_over && !p->stack_budget)
		return MS_OK;
	int rc = file_read(debug, EXECUTABLE_DEBUG_MAX, a, &elf, e);
	if (rc >= 0)
		rc = file_read(map, EXECUTABLE_DEBUG_MAX, a, &parts, e);
	if (rc >= 0 && is_over)
		rc = sizes_of(elf, debug, parts, im, a, &rows, e);
	if (rc < 0)
		return rc;
	sizes_sum(&rows, SIZE_BY_SYMBOL, a, &symbols);
	if (p->flash_budget && im->image_size > p->flash_budget)
		return over(p, "flash", target, im->image_size, p->flash_budget, largest(&symbols, false, a), a, e);
	if (is_over)
		return over(p, "ram", target, image_ram_size(im), p->ram_budget, largest(&symbols, true, a), a, e);
	return check_stack(p, target, elf, debug, parts, a, e);
}
