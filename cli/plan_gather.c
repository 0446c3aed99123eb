/* SPDX-License-Identifier: Apache-2.0 */
/* The first half of a plan: which services, from which projects, packages or product file, and what each is granted there. */
#include "plan_parts.h"

#include <string.h>

#include "builder.h"
#include "dependencies.h"
#include "executable.h"
#include "file.h"
#include "keyopen.h"
#include "plan_package.h"
#include "product_check.h"
#include "trust.h"
#include "version.h"

#define PACKAGE_SUFFIX ".msp"

static bool is_package(const char *path)
{
	size_t size = strlen(path);

	return size > strlen(PACKAGE_SUFFIX) && !strcmp(path + size - strlen(PACKAGE_SUFFIX), PACKAGE_SUFFIX) &&
	       !file_is_folder(path);
}

static bool is_product(const char *folder, struct arena *a)
{
	return file_exists(path_join(a, folder, PRODUCT_FILE)) && !file_exists(path_join(a, folder, PROJECT_FILE));
}

static bool is_taken(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

const char *plan_own_name(const char *const *names, size_t count, const char *name, struct arena *a)
{
	const char *own = name;

	for (unsigned i = 2; is_taken(names, count, own); i++)
		own = arena_printf(a, "%s-%u", name, i);
	return own;
}

static const char *own_name(const struct plan *p, const char *name, struct arena *a)
{
	const char **names = arena_array(a, const char *, p->services.count + 1);

	for (size_t i = 0; i < p->services.count; i++)
		names[i] = ((const struct plan_service *)p->services.at[i])->device.name;
	return plan_own_name(names, p->services.count, name, a);
}

static struct plan_service *add_service(struct plan *p, const char *name, const char *folder, struct arena *a)
{
	struct plan_service *s = arena_new(a, struct plan_service);

	device_service_default(&s->device);
	s->device.name = own_name(p, name, a);
	s->folder = folder;
	list_push(&p->services, a, s);
	return s;
}

static int developer(struct arena *a, const uint8_t **thumbprint, struct err *e)
{
	struct key_public *k = arena_new(a, struct key_public);
	const char *path;

	int rc = trust_own(TRUST_DEVELOPER, true, a, &path, e);
	if (rc >= 0)
		rc = keyopen_public(path, a, k, e);
	*thumbprint = k->thumbprint;
	return rc;
}

/* What the executable itself says of its service. */
static int read_manifest(const char *elf, struct device_service *s, struct arena *a, struct err *e)
{
	struct manifest *m = arena_new(a, struct manifest);
	struct elf_file f;
	struct bytes raw;

	int rc = file_read(elf, EXECUTABLE_SIZE_MAX, a, &raw, e);
	if (rc >= 0)
		rc = executable_open(raw, elf, &f, e);
	if (rc >= 0)
		rc = executable_meta(&f, elf, m, e);
	if (rc >= 0 && m->fixed)
		s->fixed = raw;
	s->manifest = m;
	return rc;
}

/* Those of a product or a project; those of packages come with them, compiled.  One that is not there is wrong where it is named. */
static int compile_overlays(const char *root, const struct texts *files, const struct schema_places *named, struct arena *a, struct overlay **out, uint32_t *count,
			    struct err *e)
{
	*out = arena_array(a, struct overlay, files->count + 1);
	for (*count = 0; *count < files->count; ++*count) {
		int rc = overlay_compile(path_shown(a, path_join(a, root, files->at[*count])), a, &(*out)[*count], e);

		if (rc == -MS_ENOENT)
			return schema_err(named, arena_printf(a, "overlays[%u]", *count), e);
		if (rc < 0)
			return rc;
	}
	return MS_OK;
}

int plan_add_built(struct plan *p, const struct project *project, const struct plan_options *o, struct arena *a,
		     struct plan_service **out, struct err *e)
{
	struct build_options build = { .release = o->release, .cc = o->cc, .over_budget = o->over_budget, .board = p->board.name };
	struct build_result result;

	int rc = build_project(project, &build, a, &result, e);
	if (rc < 0)
		return rc;

	struct plan_service *s = add_service(p, project->name, project->root, a);
	s->debug = result.at[0].debug;
	s->sealed = result.at[0].elf;
	s->device.asked_at = project->psa_manifest ? NULL : &project->places;
	s->device.version = project->version;
	s->device.security_counter = project->security_counter;
	if (project->fpu)
		s->device.flags |= TABLE_FPU;
	*out = s;
	rc = compile_overlays(project->root, &project->overlays, &project->places, a, &s->device.overlays, &s->device.overlay_count, e);
	if (rc < 0)
		return rc;
	rc = file_read(result.at[0].img, IMAGE_SIZE_MAX, a, &s->device.image, e);
	if (rc >= 0)
		rc = read_manifest(result.at[0].elf, &s->device, a, e);
	return rc < 0 ? rc : developer(a, &s->device.signer, e);
}

static int add_project(struct plan *p, const char *folder, const struct plan_options *o, struct arena *a,
		       struct plan_service **out, struct err *e)
{
	struct project *project = arena_new(a, struct project);

	int rc = project_read(folder, ms_version, a, project, e);
	return rc < 0 ? rc : plan_add_built(p, project, o, a, out, e);
}

static int add_package(struct plan *p, const char *path, const char *trust, struct arena *a, struct plan_service **out, struct err *e)
{
	struct plan_package package;

	int rc = plan_package_open(path, trust, &p->board, a, &package, e);
	if (rc < 0)
		return rc;

	struct plan_service *s = add_service(p, package.name, path_folder(a, path_absolute(a, path)), a);
	s->debug = path_join(a, p->folder, arena_printf(a, "%s.elf", s->device.name));
	s->elf = package.elf;
	s->sbom = package.sbom;
	s->target = package.target;
	memcpy(s->package_sha256, package.sha256, sizeof(package.sha256));
	s->device.image = package.image;
	s->device.fixed = package.manifest->fixed ? package.elf : (struct bytes){ 0 };
	s->device.version = package.version;
	s->device.security_counter = package.security_counter;
	s->device.signer = package.signer;
	s->device.manifest = package.manifest;
	s->device.overlays = package.overlays;
	s->device.overlay_count = package.overlay_count;
	if (package.fpu)
		s->device.flags |= TABLE_FPU;
	*out = s;
	return MS_OK;
}

/* What the product's file says of a service beyond where it comes from. */
static void grant(struct device_service *d, const struct product *product, uint32_t i, struct arena *a)
{
	const struct product_service *from = &product->services[i];

	d->granted_at = &product->places;
	d->entry = arena_printf(a, "services[%u]", i);
	d->priority = (uint8_t)from->priority;
	d->ceiling = (uint8_t)from->ceiling;
	d->quantum_msec = (uint16_t)from->quantum_msec;
	d->restart = !strcmp(from->restart, "never") ? TABLE_RESTART_NEVER :
		     !strcmp(from->restart, "reboot") ? TABLE_RESTART_REBOOT : TABLE_RESTART_FAILURE;
	d->restart_limit = (uint8_t)from->restart_limit;
	d->backoff_msec = (uint16_t)from->backoff_msec;
	d->granted = &from->ipc;
	d->granted_devices = &from->devices;
	d->granted_shared = &from->shared;
	d->denied = &from->denies;
}

/* What the product gives it by name goes into its image; where no product says anything, all stays away. */
static int give_parameters(struct plan_service *s, const struct product *product, uint32_t i, const struct plan_options *o, bool complete, struct arena *a, struct err *e)
{
	const struct schema_items none = { 0 }, *given = o->unfilled ? &none : &product->services[i].parameters;
	struct parameter_filling f = { s->device.name, product->root, s->elf, given->at, given->count, &product->places, s->device.entry, complete };
	int rc = s->elf.size ? MS_OK : file_read(s->sealed, PACKAGE_SIZE_MAX, a, &f.elf, e);

	return rc < 0 ? rc : parameters_fill(&f, a, &s->device.image, &s->parameters, e);
}

static uint16_t policy(enum table_event event, const char *word)
{
	enum table_event_policy p = !strcmp(word, "reset") ? TABLE_POLICY_RESET : !strcmp(word, "quarantine") ? TABLE_POLICY_QUARANTINE : TABLE_POLICY_RECORD;

	return (uint16_t)(p << 2 * event);
}

/* The one that is named, or else the product's, if there is one. */
int plan_choose_board(struct plan *p, const char *name, const struct product *product, const char *folder, struct arena *a, struct err *e)
{
	p->root = path_absolute(a, folder);
	if (!p->folder)
		p->folder = path_join(a, p->root, "out/run");
	if (product && !name)
		return plan_board(&p->sdk, product, a, &p->board, e);
	return sdk_board(&p->sdk, name ? name : SDK_BOARD_DEFAULT, a, &p->board, e);
}

int plan_gather_product(struct plan *p, const char *folder, const struct plan_options *o, bool complete, struct arena *a, struct err *e)
{
	struct product *product = arena_new(a, struct product);
	struct plan_service *s;

	int rc = product_read(path_join(a, folder, PRODUCT_FILE), a, product, e);
	if (rc >= 0 && !o->may_be_empty)
		rc = product_check_services(product, e);
	if (rc >= 0 && o->strict)
		rc = product_check(product, a, e);
	if (rc >= 0)
		rc = plan_choose_board(p, o->board, product, product->root, a, e);
	if (rc >= 0)
		rc = dependency_check_file(path_join(a, product->root, LOCK_PRODUCT_FILE), plan_package_lock, product, a, e);
	if (rc >= 0)
		rc = compile_overlays(product->root, &product->overlays, &product->places, a, &p->device.overlays, &p->device.overlay_count, e);
	for (uint32_t i = 0; rc >= 0 && i < product->service_count; i++) {
		const struct product_service *from = &product->services[i];

		rc = from->package ? add_package(p, plan_package_path(product, from->package, a), product->trust, a, &s, e) : add_project(p, from->path, o, a, &s, e);
		if (rc >= 0 && from->source)
			rc = plan_package_source(product, from, s->package_sha256, a, &s->source_sha256, e);
		if (rc < 0 && from->package)
			plan_package_refused(product, i, a, e);
		if (rc >= 0)
			grant(&s->device, product, i, a);
		if (rc >= 0)
			rc = give_parameters(s, product, i, o, complete, a, e);
	}
	if (rc < 0)
		return rc;
	p->product = product;
	p->device.vendor = product->vendor;
	p->device.sequence = product->sequence;
	p->device.console = product->console;
	p->device.said_at = &product->places;
	p->device.policies = policy(TABLE_EVENT_FAULT, product->events.fault) | policy(TABLE_EVENT_REFUSED, product->events.refused) |
			     policy(TABLE_EVENT_STORM, product->events.quarantine);
	return MS_OK;
}

const char *plan_wanted_board(char *const operands[], int count, const char *asked, struct arena *a)
{
	const char *folder = count ? operands[0] : ".";
	struct product product = { 0 };
	struct err ignored;

	if (asked || count > 1 || !is_product(folder, a))
		return asked;
	return product_read(path_join(a, folder, PRODUCT_FILE), a, &product, &ignored) < 0 ? NULL : product.board;
}

int plan_gather(struct plan *p, char *const operands[], int count, const struct plan_options *o, struct arena *a, struct err *e)
{
	char *const here[] = { (char *)"." };
	struct plan_service *s;
	int rc = MS_OK;

	if (!count) {
		operands = here;
		count = 1;
	}
	if (count == 1 && is_product(operands[0], a))
		return plan_gather_product(p, operands[0], o, true, a, e);

	p->device.vendor = "example.org";
	rc = plan_choose_board(p, o->board, NULL, is_package(operands[0]) ? "." : operands[0], a, e);
	for (int i = 0; rc >= 0 && i < count; i++)
		rc = is_package(operands[i]) ? add_package(p, operands[i], NULL, a, &s, e) :
					       add_project(p, operands[i], o, a, &s, e);
	return rc;
}
