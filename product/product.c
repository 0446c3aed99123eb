/* SPDX-License-Identifier: Apache-2.0 */
#include "product.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

#include <ms/abi/parameter.h>

#include "file.h"
#include "identity.h"
#include "manifest.h"
#include "name.h"
#include "table.h"
#include "toolchain.h"
#include "yaml_tree.h"

/* What is read, before the list has its type. */
struct written {
	struct product p;
	struct schema_items services;
};

static int check_text(const char *text, struct err *e)
{
	if (*text)
		return MS_OK;

	return err_set(e, ERR_PATH, "a path is empty");
}

/* What dtc takes as a name. */
static int check_overlay(const char *text, struct err *e)
{
	if (*text && *text != '-' && !strpbrk(text, "\"\\\n:"))
		return MS_OK;
	err_set(e, ERR_PATH, "'%.60s' is no file of an overlay", text);
	return err_fix(e, "write its name relative to this file, such as 'board.overlay'");
}

#define AT(member) offsetof(struct product_service, member)

static const struct schema grants[] = {
	{ SCHEMA_TEXTS, "ipc", AT(ipc), .max = MANIFEST_CALL_MAX, .check = check_text,
	  .example = "[ counter ]", .doc = "interfaces that it may call, by their names, or services for all of theirs that it requests" },
	{ SCHEMA_TEXTS, "devices", AT(devices), .max = MANIFEST_MAPPED_MAX, .check = check_text,
	  .example = "[ uart1 ]", .doc = "devices of the board that are its own" },
	{ SCHEMA_TEXTS, "shared", AT(shared), .max = MANIFEST_MAPPED_MAX, .check = check_text,
	  .example = "[ frames ]", .doc = "blocks of other services that may be lent to it" },
	{ .type = SCHEMA_END }
};

static const struct schema service[] = {
	{ SCHEMA_TEXT, "path", AT(path), .max = 1024, .check = check_text,
	  .example = "../hello", .doc = "folder of a project, relative to this file" },
	{ SCHEMA_TEXT, "package", AT(package), .max = 1024, .check = check_text,
	  .example = "aes-1.0.0.msp", .doc = "a package, relative to this file; one of both" },
	{ SCHEMA_TEXT, "source", AT(source), .max = 1024, .check = check_text,
	  .example = "aes-1.0.0-source.msp", .doc = "the source package that `package` was built from here (`ms product add`), and that promises it" },
	{ SCHEMA_NUMBER, "priority", AT(priority), .max = TABLE_PRIORITY_MAX, .standard = "8",
	  .example = "8", .doc = "a higher one runs first" },
	{ SCHEMA_NUMBER, "ceiling", AT(ceiling), .max = TABLE_PRIORITY_MAX, .standard = "16",
	  .example = "16", .doc = "highest priority that its threads may take" },
	{ SCHEMA_TIME, "quantum", AT(quantum_msec), .min = 1, .max = 1000, .standard = "10 ms",
	  .example = "10 ms", .doc = "how long it runs while others of its priority wait" },
	{ SCHEMA_TEXT, "restart", AT(restart), .choices = "failure|never|reboot", .standard = "failure",
	  .example = "failure", .doc = "when it is started again; `reboot`: after a failure the device is reset" },
	{ SCHEMA_NUMBER, "restart-limit", AT(restart_limit), .max = 255, .standard = "5",
	  .example = "5", .doc = "failures in a row until it is quarantined; 0: never, or with `reboot` after 8" },
	{ SCHEMA_TIME, "backoff", AT(backoff_msec), .min = 0, .max = 60000, .standard = "100 ms",
	  .example = "100 ms", .doc = "pause before the first restart; it doubles" },
	{ SCHEMA_MAP, "grants", .fields = grants, .example = "{ ipc: [ counter ] }", .doc = "what it gets of what it requests; nothing when left out" },
	{ SCHEMA_TEXTS, "denies", AT(denies), .max = MANIFEST_CALL_MAX, .check = check_text,
	  .example = "[ uart1 ]", .doc = "what it requests and is not to have, by the names of interfaces, devices and blocks: `ms product check` wants each request granted or denied" },
	{ SCHEMA_MAPS, "parameters", AT(parameters), .max = MS_PARAMETER_MAX, .fields = parameter_given, .item_size = sizeof(struct parameter_given),
	  .example = "[ { name: key, file: secrets/key.bin } ]", .doc = "what it asks for by name, given to it alone" },
	{ SCHEMA_TEXT, "reason", AT(reason), .max = 200, .check = check_text,
	  .example = "the motor stops in time", .doc = "why it gets a higher priority or ceiling, a longer quantum or more restarts than when they are left out; `ms product check` wants it then" },
	{ .type = SCHEMA_END }
};

#define EVENT(member) offsetof(struct written, p.events.member)

static const struct schema events[] = {
	{ SCHEMA_TEXT, "fault", EVENT(fault), .choices = "record|quarantine|reset", .standard = "record",
	  .example = "reset", .doc = "a fault of a service, before its restart policy is asked: `quarantine` the service, `reset` the device" },
	{ SCHEMA_TEXT, "refused", EVENT(refused), .choices = "record|reset", .standard = "record",
	  .example = "reset", .doc = "a table or an image is not what was signed" },
	{ SCHEMA_TEXT, "quarantine", EVENT(quarantine), .choices = "record|reset", .standard = "record",
	  .example = "reset", .doc = "a service failed too often in a row" },
	{ .type = SCHEMA_END }
};

static const struct schema rows[] = {
	{ SCHEMA_TEXT, "name", offsetof(struct written, p.name), .required = true, .check = name_check,
	  .example = "door", .doc = "the product's name" },
	{ SCHEMA_TEXT, "vendor", offsetof(struct written, p.vendor), .required = true, .check = name_check_vendor,
	  .example = "example.org", .doc = "who integrates it" },
	{ SCHEMA_TEXT, "version", offsetof(struct written, p.version_text), .standard = "0.1.0", .max = 64, .check = identity_check_version,
	  .example = "1.0.0", .doc = "the product's version: MAJOR.MINOR.PATCH" },
	{ SCHEMA_NUMBER, "sequence", offsetof(struct written, p.sequence), .min = 1, .max = UINT32_MAX, .standard = "1",
	  .example = "2", .doc = "the number of this release: a device that has two tables runs the higher one" },
	{ SCHEMA_TEXT, "board", offsetof(struct written, p.board), .standard = SDK_BOARD_DEFAULT, .check = name_check,
	  .example = SDK_BOARD_DEFAULT, .doc = "the board it runs on" },
	{ SCHEMA_TEXT, "console", offsetof(struct written, p.console), .check = name_check,
	  .example = "log", .doc = "whose the board's console is: `log`, or the name of a service, which needs no other grant of the device and with whose opening it the log "
				   "falls silent; left out: the log's, unless a service is granted the device" },
	{ SCHEMA_TEXTS, "overlays", offsetof(struct written, p.overlays), .max = 16, .check = check_overlay,
	  .example = "[ board.overlay ]", .doc = "overlays of the board's device tree, relative to this file, each over those before it and over those that come with "
						 "packages (docs/devices.md)" },
	{ SCHEMA_MAP, "events", .fields = events, .example = "{ fault: quarantine }", .doc = "what an event leads to, beside its record" },
	{ SCHEMA_MAPS, "services", offsetof(struct written, services), .required = true, .max = TABLE_ENTRY_MAX, .fields = service,
	  .item_size = sizeof(struct product_service), .example = "[ { path: ../hello } ]", .doc = "what runs on it" },
	{ .type = SCHEMA_END }
};

int product_err(const struct product *p, const char *key, struct err *e)
{
	return schema_err(&p->places, key, e);
}

/* Rules between keys, and paths that no longer depend on where we are. */
static int take_service(struct product *p, uint32_t i, struct arena *a, struct err *e)
{
	struct product_service *s = &p->services[i];
	const char *key = arena_printf(a, "services[%u]", i);

	if (!s->path == !s->package) {
		err_set(e, ERR_PATH_OR_PACKAGE, s->path ? "a service has both 'path' and 'package'" : "a service has neither 'path' nor 'package'");
		err_fix(e, "write 'path: FOLDER' for a project, or 'package: FILE' for a package");
		return product_err(p, key, e);
	}
	if (s->source && !s->package) {
		err_set(e, ERR_PATH_OR_PACKAGE, "a service has 'source' and no 'package'");
		err_fix(e, "'ms product add SOURCE-PACKAGE' writes both; a project's own folder is 'path'");
		return product_err(p, arena_printf(a, "%s.source", key), e);
	}
	if (s->ceiling < s->priority) {
		err_set(e, ERR_CEILING, "the ceiling %u is below the priority %u", s->ceiling, s->priority);
		err_fix(e, "write 'ceiling: %u' or more", s->priority);
		return product_err(p, arena_printf(a, "%s.ceiling", key), e);
	}

	if (s->path)
		s->path = path_absolute(a, path_join(a, p->root, s->path));
	else
		s->package = path_absolute(a, path_join(a, p->root, s->package));
	if (s->source)
		s->source = path_absolute(a, path_join(a, p->root, s->source));
	return MS_OK;
}

/* The folder a file is in. */
static const char *folder_of(const char *path, struct arena *a)
{
	const char *absolute = path_absolute(a, path);
	size_t size = (size_t)(path_name(absolute) - absolute);

	return arena_printf(a, "%.*s", (int)(size > 1 ? size - 1 : 1), absolute);
}

int product_decode(struct bytes text, const char *file, struct arena *a, struct product *out, struct err *e)
{
	struct written w = { .p.file = file, .p.root = folder_of(file, a) };

	int rc = schema_read(text, file, rows, a, &w, &w.p.places, e);
	if (rc < 0)
		return rc;
	identity_version(w.p.version_text, &w.p.version, e);
	w.p.services = w.services.at;
	w.p.service_count = w.services.count;
	for (uint32_t i = 0; i < w.p.overlays.count; i++)
		w.p.overlays.at[i] = path_absolute(a, path_join(a, w.p.root, w.p.overlays.at[i]));
	for (uint32_t i = 0; i < w.p.service_count; i++) {
		rc = take_service(&w.p, i, a, e);
		if (rc < 0)
			return rc;
	}

	*out = w.p;
	return MS_OK;
}

int product_find_trust(struct product *p, struct arena *a, struct err *e)
{
	const char *trust = path_join(a, p->root, PRODUCT_TRUST_FOLDER);
	struct stat st;

	p->trust = NULL;
	if (lstat(trust, &st) && errno == ENOENT)
		return MS_OK;
	if (!file_is_folder(trust)) {
		err_set(e, ERR_TRUST_FILE, "'%s' is not the folder of keys that the product believes", path_shown(a, trust));
		return err_fix(e, "put the folder back as version control has it; without one the keys of whoever builds it would count");
	}
	p->trust = trust;
	return MS_OK;
}

int product_read(const char *path, struct arena *a, struct product *out, struct err *e)
{
	struct bytes text;

	int rc = file_read(path, YAML_SIZE_MAX, a, &text, e);
	if (rc == -MS_ENOENT)
		err_fix(e, "go to a product's folder, or make one with 'ms product init'");
	if (rc >= 0)
		rc = product_decode(text, path, a, out, e);
	return rc < 0 ? rc : product_find_trust(out, a, e);
}

char *product_manual(struct arena *a)
{
	return schema_manual(rows, a);
}
