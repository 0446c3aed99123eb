/* SPDX-License-Identifier: Apache-2.0 */
/* ms product explain: what one service may touch, who asked for it, who granted it, and why. */
#include "integrate_request.h"

#include <string.h>

#include "identity.h"
#include "out.h"
#include "parameters_room.h"
#include "product_check.h"

static const struct example examples[] = {
	{ "ms product explain client", "its memory, interfaces and devices, and the lines that grant them" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong" },
	{ 7, "a package is not to be believed" },
	{ 8, "the product cannot be placed" },
	{ 0, NULL }
};

const struct page page_integrate_explain = {
	.about = "Explains one service of the product in this folder: where it lies; each thing that it asks for in its package, with what was decided in which line of product.yaml, who provides it, "
		 "and the registers and interrupts of a device; blocks of shared memory of its own; the parameters that it asks for, and which are given; and each value that differs from what services get unasked, with the reason.",
	.examples = examples,
	.statuses = statuses,
	.json = "Result: explained, an object: service, vendor, version, kid, fixed, memory (flash and ram: address, size), requests (kind, name, of, decision, line; of a device also address, size, "
		"interrupts), parameters (name, type, room, optional, given, line), differences (field, standard, given, raised), reason.",
};

struct explaining {
	const struct plan *plan;
	uint32_t index;
	const struct device_service *service;
	const struct product_service *entry;
	json_t *requests, *parameters, *differences;
	struct arena *arena;
};

/* The line of product.yaml that says it, or 0. */
static int line_of(const struct explaining *x, const char *key)
{
	struct err e = { 0 };

	product_err(x->plan->product, arena_printf(x->arena, "services[%u].%s", x->index, key), &e);
	return e.line;
}

static const char *decision(const struct explaining *x, const struct request *r, int *line)
{
	*line = 0;
	if (request_granted(x->entry, r)) {
		*line = line_of(x, arena_printf(x->arena, "grants.%s", r->kind));
		return "granted";
	}
	if (!request_has(&x->entry->denies, r->name))
		return r->weak ? "left open, and not given" : "not decided";
	*line = line_of(x, "denies");
	return "denied";
}

/* "0x40005000, 4096 bytes, interrupts 2 to 3" */
static const char *registers(const struct board_device *d, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "0x%08x, %u bytes", d->reg.base, d->reg.size);
	if (d->line_count == 1)
		text_add(&t, a, ", interrupt %u", d->line);
	else if (d->line_count)
		text_add(&t, a, ", interrupts %u to %u", d->line, d->line + d->line_count - 1);
	return t.at;
}

static void add_device(json_t *o, const struct board_device *d)
{
	json_object_update_new(o, json_pack("{s:I, s:I, s:I}", "address", (json_int_t)d->reg.base, "size", (json_int_t)d->reg.size, "interrupts", (json_int_t)d->line_count));
}

static void explain_request(struct explaining *x, const struct request *r)
{
	const struct board_device *d = strcmp(r->kind, "devices") ? NULL : board_device_find(&x->plan->board, r->name);
	const char *file = x->plan->product->file;
	int line;
	const char *decided = decision(x, r, &line);
	json_t *o = json_pack("{s:s, s:o, s:o, s:s, s:i}", "kind", r->kind, "name", out_string(r->name), "of", out_string(r->of), "decision", decided, "line", line);

	out_line("  may%s %s %s%s%s%s%s", strcmp(decided, "granted") ? " not" : "", request_verb(r), r->name, r->of ? " of " : "", r->of ? r->of : "", d ? ": " : "", d ? registers(d, x->arena) : "");
	out_line("    asked for by the package; %s%s", decided, line ? arena_printf(x->arena, " in %s:%d", file, line) : "");
	if (d)
		add_device(o, d);
	json_array_append_new(x->requests, o);
}

static void explain_blocks(const struct explaining *x)
{
	const struct device *d = &x->plan->device;

	for (uint32_t i = 0; i < d->block_count; i++) {
		const struct device_block *b = &d->blocks[i];
		const char *name = arena_string(x->arena, b->what->name), *rights = b->write ? "read and write" : "read";

		if (!strcmp(b->owner->name, x->service->name))
			out_line("  owns the block %s: 0x%08x, %u bytes; %s", name, b->at.ram.base, b->what->number,
				 b->borrower ? arena_printf(x->arena, "%s may %s it when it is lent", b->borrower->name, rights) : "nobody may borrow it");
		else if (b->borrower && !strcmp(b->borrower->name, x->service->name))
			out_line("  borrows the block %s of %s: 0x%08x, %u bytes, to %s", name, b->owner->name, b->at.ram.base, b->what->number, rights);
	}
}

/* What it asks for by name, and the line that gives it; never what that is. */
static void explain_parameters(struct explaining *x)
{
	const struct plan_service *s = x->plan->services.at[x->index];
	const struct schema_items *items = &x->entry->parameters;
	struct parameters_room room;

	parameters_room(x->service->image, s->parameters, &room);
	for (uint32_t i = 0; i < room.count; i++) {
		const struct ms_parameter *p = &room.record[i];
		int line = 0;

		for (uint32_t k = 0; k < items->count; k++)
			if (!strcmp(((const struct parameter_given *)items->at)[k].name, p->name))
				line = line_of(x, arena_printf(x->arena, "parameters[%u]", k));
		out_line("  asks for the parameter %s: %s, %u bytes at most; %s", p->name, parameter_type(p), p->room,
			 line ? arena_printf(x->arena, "given in %s:%d", x->plan->product->file, line) : p->flags & MS_PARAMETER_OPTIONAL ? "optional, and not given" : "not given");
		json_array_append_new(x->parameters, json_pack("{s:s, s:s, s:i, s:b, s:b, s:i}", "name", p->name, "type", parameter_type(p), "room", (int)p->room, "optional",
							       p->flags & MS_PARAMETER_OPTIONAL ? 1 : 0, "given", line != 0, "line", line));
	}
}

static void explain_values(struct explaining *x)
{
	struct product_change changes[PRODUCT_CHANGE_MAX];
	uint32_t count = product_changes(x->entry, x->arena, changes);

	out_line("  runs with priority %u, ceiling %u, %u ms at a time; restart: %s", x->entry->priority, x->entry->ceiling, x->entry->quantum_msec, x->entry->restart);
	for (uint32_t i = 0; i < count; i++) {
		const struct product_change *c = &changes[i];

		out_line("    %s: %s in place of %s, %s, %s:%d", c->field, c->given_text, c->standard_text, c->raised ? "raised" : "not raised", x->plan->product->file, line_of(x, c->field));
		json_array_append_new(x->differences, json_pack("{s:s, s:s, s:s, s:b}", "field", c->field, "standard", c->standard_text, "given", c->given_text, "raised", (int)c->raised));
	}
	if (x->entry->reason)
		out_line("    reason: %s", x->entry->reason);
}

static json_t *window(const struct board_window *w)
{
	return json_pack("{s:I, s:I}", "address", (json_int_t)w->base, "size", (json_int_t)w->size);
}

static void explain(struct explaining *x)
{
	const struct device_service *s = x->service;
	struct request *asked = arena_array(x->arena, struct request, REQUEST_MAX);
	uint32_t count = request_list(x->plan, s->manifest, x->arena, asked);
	const char *vendor = arena_string(x->arena, identity_vendor(s->manifest)), *version = arena_string(x->arena, s->manifest->version_text), *kid = key_kid_text(s->signer, x->arena);

	out_line("%s%s%s  %s %s, signed by key %s", out_bold(), s->name, out_reset(), vendor, version, kid);
	out_line("  reads and executes flash 0x%08x, %u bytes; reads and writes RAM 0x%08x, %u bytes; nothing else of memory", s->at.flash.base, s->at.flash.size, s->at.ram.base, s->at.ram.size);
	if (x->plan->board.mpu == MPU_NONE)
		out_line("  %s has no memory protection: nothing keeps it to that", x->plan->board.name);
	if (s->manifest->fixed)
		out_line("  is linked for this place when the product is built (fixed mode): it cannot be updated alone");
	for (uint32_t i = 0; i < count; i++)
		explain_request(x, &asked[i]);
	explain_blocks(x);
	explain_parameters(x);
	explain_values(x);
	out_field("explained", json_pack("{s:o, s:o, s:o, s:s, s:b, s:{s:o, s:o}, s:o, s:o, s:o, s:o}", "service", out_string(s->name), "vendor", out_string(vendor), "version", out_string(version), "kid", kid,
					 "fixed", (int)s->manifest->fixed, "memory", "flash", window(&s->at.flash), "ram", window(&s->at.ram), "requests", x->requests, "parameters", x->parameters, "differences", x->differences, "reason",
					 out_string(x->entry->reason)));
}

int integrate_explain(int argc, char **argv, struct arena *a, struct err *e)
{
	struct plan plan;
	uint32_t i;

	(void)argc;
	int rc = integrate_plan(".", false, NULL, a, &plan, e);
	if (rc >= 0)
		rc = integrate_service(&plan, argv[1], a, &i, e);
	if (rc >= 0)
		rc = plan_device(&plan, a, NULL, e);
	if (rc < 0)
		return rc;
	struct explaining x = { .plan = &plan, .index = i, .service = &plan.device.services[i], .entry = &plan.product->services[i], .requests = json_array(), .parameters = json_array(), .differences = json_array(), .arena = a };

	explain(&x);
	return MS_OK;
}
