/* SPDX-License-Identifier: Apache-2.0 */
#include "runprofile.h"

#include <inttypes.h>
#include <string.h>

#include "file.h"
#include "hotspots.h"
#include "out.h"

#define ALL_ENDED "all services have ended"

static const struct board_device *console_of(const struct board *b)
{
	for (const struct board_device *d = b->devices; d < b->devices + b->device_count; d++)
		if (d->console)
			return d;
	return NULL;
}

static const char *hex_of(const char *text, struct arena *a)
{
	struct text t = { 0 };

	for (; *text; text++)
		text_add(&t, a, "%02x", (unsigned char)*text);
	return t.size ? t.at : "";
}

int runprofile_begin(struct runprofile *r, const struct plan *p, const char *until, struct emulator *m, struct arena *a, struct err *e)
{
	const struct board_device *console = console_of(&p->board);
	const struct board_window *services = &p->board.part[BOARD_SERVICES];
	const char *counter = sdk_path(&p->sdk, a, "emulator/ms-profile.so");
	struct text t = { 0 };

	if (!file_exists(counter))
		return err_set(e, ERR_SDK_INCOMPLETE, "the SDK has no '%s'", counter);
	*r = (struct runprofile){ .counts = path_join(a, p->folder, "counts"), .texts = { ALL_ENDED, until }, .cut = UINT32_MAX };
	m->console = path_join(a, p->folder, "console");
	text_add(&t, a, "%s,counts=%s,console=%s", emulator_escaped(counter, a), emulator_escaped(r->counts, a), emulator_escaped(m->console, a));
	text_add(&t, a, ",services=%x-%x", services->base, services->base + services->size);
	if (console)
		text_add(&t, a, ",device=%x-%x", console->reg.base, console->reg.base + console->reg.size);
	for (size_t i = 0; i < RUNPROFILE_TEXTS && r->texts[i]; i++)
		text_add(&t, a, ",until=%s", hex_of(r->texts[i], a));
	m->plugin = t.at;
	return file_remove(r->counts, e);
}

void runprofile_line(struct runprofile *r, const char *line, bool ended)
{
	bool counts = false;

	for (size_t i = 0; i < RUNPROFILE_TEXTS && r->texts[i]; i++)
		counts |= strstr(line, r->texts[i]) != NULL;
	if (counts && ended)
		r->cut = r->lines;
	r->lines += counts;
}

static double share(uint64_t part, uint64_t whole)
{
	return whole ? 100.0 * (double)part / (double)whole : 0;
}

static const char *name_of(const struct hotspot *h)
{
	return h->service ? h->service : "runtime";
}

static int name_width(const struct list *services)
{
	size_t width = strlen("service");

	for (size_t i = 0; i < services->count; i++) {
		size_t size = strlen(name_of(services->at[i]));

		width = size > width ? size : width;
	}
	return (int)width;
}

static void tell(const char *type, const struct list *all, bool functions)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct hotspot *h = all->at[i];
		json_t *event = json_pack("{s:o, s:I}", "service", out_string(h->service), "instructions", (json_int_t)h->instructions);

		if (functions) {
			json_object_set_new(event, "function", out_string(h->function));
			json_object_set_new(event, "file", out_string(h->file));
		}
		out_event(type, event);
	}
}

static void show_functions(const struct hotspots *h, uint32_t top, int width)
{
	uint64_t rest = 0;

	out_line("%s  share  instructions  %-*s  function%s", out_bold(), width, "service", out_reset());
	for (size_t i = 0; i < h->functions.count; i++) {
		const struct hotspot *f = h->functions.at[i];

		if (i >= top)
			rest += f->instructions;
		else
			out_line("%6.1f%%  %12" PRIu64 "  %-*s  %s", share(f->instructions, h->instructions), f->instructions, width, name_of(f), f->function ? f->function : "?");
	}
	if (h->functions.count > top)
		out_line("%6.1f%%  %12" PRIu64 "  %zu more functions (--top)", share(rest, h->instructions), rest, h->functions.count - top);
}

static void show_services(const struct hotspots *h)
{
	for (size_t i = 0; i < h->services.count; i++) {
		const struct hotspot *s = h->services.at[i];

		out_line("%6.1f%%  %12" PRIu64 "  %s", share(s->instructions, h->instructions), s->instructions, name_of(s));
	}
	out_line("        %12" PRIu64 "  together, and %" PRIu64 " of the boot before", h->instructions, h->boot);
}

int runprofile_show(const struct runprofile *r, const struct plan *p, uint32_t top, struct arena *a, struct err *e)
{
	struct hotspots h;

	int rc = hotspots_read(r->counts, r->cut, p, a, &h, e);
	if (rc < 0)
		return rc;
	int width = name_width(&h.services);

	show_functions(&h, top, width);
	out_line("%s", "");
	show_services(&h);
	tell("profile", &h.functions, true);
	tell("profile_service", &h.services, false);
	out_field("instructions", json_integer((json_int_t)h.instructions));
	out_field("boot_instructions", json_integer((json_int_t)h.boot));
	return MS_OK;
}
