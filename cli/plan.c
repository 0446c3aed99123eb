/* SPDX-License-Identifier: Apache-2.0 */
/* The second half of a plan: what was gathered gets its place, its symbols and its signature. */
#include "plan_parts.h"

#include <string.h>

#include "builder.h"
#include "device_change.h"
#include "file.h"
#include "firmware.h"
#include "keyopen.h"
#include "out.h"
#include "product.h"
#include "trust.h"
#include "version.h"

enum { RUNTIME_MAX = 64 << 20 };

static void say_grants(const struct device_talk *talk, struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < talk->warnings.count; i++)
		out_warn("%s", (const char *)talk->warnings.at[i]);
	for (size_t i = 0; i < talk->granted.count; i++)
		text_add(&t, a, "%s%s", i ? ", " : "", (const char *)talk->granted.at[i]);
	if (t.size)
		out_say("granted as requested: %s", t.at);
}

/* The array that device_build takes. */
static void line_up(struct plan *p, struct arena *a)
{
	p->device.service_count = (uint32_t)p->services.count;
	p->device.services = arena_array(a, struct device_service, p->services.count + 1);
	for (size_t i = 0; i < p->services.count; i++)
		p->device.services[i] = ((struct plan_service *)p->services.at[i])->device;
}

/* What was decided, back into the list. */
static void take_back(struct plan *p)
{
	for (size_t i = 0; i < p->services.count; i++)
		((struct plan_service *)p->services.at[i])->device = p->device.services[i];
}

static const struct device_service *service_beside(const struct plan *p, const char *name)
{
	for (uint32_t i = 0; p->beside && i < p->beside->device.service_count; i++)
		if (!strcmp(p->beside->device.services[i].name, name))
			return &p->beside->device.services[i];
	return NULL;
}

static void keep_room(struct plan *p)
{
	for (uint32_t i = 0; p->room && i < p->device.service_count; i++)
		device_keep_room(&p->device.services[i], service_beside(p, p->device.services[i].name));
}

/* A small board has no room to keep. */
static bool give_room_up(struct plan *p)
{
	for (uint32_t i = 0; i < p->device.service_count; i++)
		p->device.services[i].flash_room = p->device.services[i].ram_room = 0;
	p->device.talk = (struct device_talk){ 0 };
	return p->room;
}

/* From a signature that nobody sees: the same for the same product and key, and not to be guessed. */
static int salt_parameters(struct plan *p, struct key *k, struct err *e)
{
	uint8_t block[COSE_BLOCK_SIZE], salt[32] = { 0 };
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < p->services.count; i++) {
		const struct plan_service *s = p->services.at[i];

		if (!s->parameters)
			continue;
		parameters_salt(s->device.image, s->parameters, (const uint8_t[32]){ 0 });
		rc = key_sign(k, "ms/param1", s->device.image, block, e);
		sha256((struct bytes){ block, sizeof(block) }, salt);
		parameters_salt(s->device.image, s->parameters, salt);
	}
	return rc;
}

static int sign(struct plan *p, struct arena *a, struct bytes *flash, struct err *e)
{
	const char *key_path;
	struct key *k;

	int rc = p->key ? MS_OK : trust_own(TRUST_INTEGRATOR, true, a, &key_path, e);
	if (rc >= 0)
		rc = keyopen(p->key ? p->key : key_path, a, &k, e);
	if (rc < 0)
		return rc;

	rc = salt_parameters(p, k, e);
	if (rc < 0)
		goto done;
	keep_room(p);
	rc = device_build(&p->device, k, a, flash, e);
	if (rc < 0 && give_room_up(p))
		rc = device_build(&p->device, k, a, flash, e);
done:
	key_close(k);
	return rc;
}

static int read_runtime(struct plan *p, bool trace, struct arena *a, struct err *e)
{
	struct bytes elf;

	p->symbols.runtime = sdk_path(&p->sdk, a, "boards/%s/%s", p->board.name, trace ? "runtime-trace.elf" : "runtime.elf");
	int rc = file_read(p->symbols.runtime, RUNTIME_MAX, a, &elf, e);
	return rc < 0 ? rc : firmware_flatten(elf, p->symbols.runtime, &p->board, a, &p->device.runtime, e);
}

/* What `ms crash` and gdb will want to know: where the symbols are. */
static int write_symbols(struct plan *p, struct arena *a, struct err *e)
{
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < p->services.count; i++) {
		const struct plan_service *s = p->services.at[i];

		if (s->elf.size)
			rc = file_update(s->debug, s->elf, 0644, a, NULL, e);
		if (rc >= 0)
			crash_add_service(&p->symbols, s->device.name, s->debug, device_service_image(&s->device), s->folder, s->device.at.ram.base, a);
	}
	return rc < 0 ? rc : crash_sources_write(&p->symbols, path_join(a, p->folder, "symbols"), a, e);
}

static int write_files(struct plan *p, struct bytes flash, struct arena *a, struct err *e)
{
	p->flash = path_join(a, p->folder, arena_printf(a, "%s.bin", p->board.name));
	int rc = build_folder(p->root, a, e);
	if (rc >= 0)
		rc = file_make_folders(p->folder, a, e);
	if (rc >= 0)
		rc = file_update(p->flash, flash, 0644, a, NULL, e);
	return rc < 0 ? rc : write_symbols(p, a, e);
}

int plan_projects(const struct project *first, const struct list *others, const struct plan_options *o, struct arena *a,
		  struct plan *out, struct err *e)
{
	struct plan_service *s;

	*out = (struct plan){ .device = { .sequence = 1, .vendor = "example.org" } };
	out->folder = path_join(a, path_join(a, first->root, first->out), "run");
	int rc = sdk_find(ms_version, a, &out->sdk, e);
	if (rc >= 0)
		rc = plan_choose_board(out, o->board, NULL, first->root, a, e);
	if (rc >= 0)
		rc = plan_add_built(out, first, o, a, &s, e);
	for (size_t i = 0; rc >= 0 && i < others->count; i++)
		rc = plan_add_built(out, others->at[i], o, a, &s, e);
	return rc;
}

int plan_device(struct plan *p, struct arena *a, struct bytes *flash, struct err *e)
{
	bool again = p->device.runtime.size;
	int rc = MS_OK;

	p->device.board = &p->board;
	p->device.fixed_script = sdk_path(&p->sdk, a, FIXED_SCRIPT);
	p->device.talk = (struct device_talk){ 0 };
	p->symbols.services = (struct list){ 0 };
	if (!again)
		rc = read_runtime(p, p->trace, a, e);
	if (rc < 0)
		return rc;
	line_up(p, a);
	rc = flash ? sign(p, a, flash, e) : device_check(&p->device, a, e);
	take_back(p);
	if (rc >= 0 && !again)
		say_grants(&p->device.talk, a);
	return rc;
}

int plan_finish(struct plan *p, struct arena *a, struct err *e)
{
	int rc = plan_device(p, a, &p->image, e);

	return rc < 0 ? rc : write_files(p, p->image, a, e);
}

static int begin(const struct plan_options *o, struct arena *a, struct plan *out, struct err *e)
{
	*out = (struct plan){ .trace = o->trace, .room = o->room, .beside = o->beside, .key = o->key, .device = { .sequence = 1, .variant = o->variant, .strict = o->strict } };
	return sdk_find(ms_version, a, &out->sdk, e);
}

int plan_product(const char *folder, const struct plan_options *o, struct arena *a, struct plan *out, struct err *e)
{
	int rc = begin(o, a, out, e);
	return rc < 0 ? rc : plan_gather_product(out, folder, o, o->strict, a, e);
}

int plan_make(char *const operands[], int count, const struct plan_options *o, struct arena *a,
	      struct plan *out, struct err *e)
{
	int rc = begin(o, a, out, e);
	if (rc >= 0)
		rc = plan_gather(out, operands, count, o, a, e);
	return rc < 0 ? rc : plan_finish(out, a, e);
}
