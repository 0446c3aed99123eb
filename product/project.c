/* SPDX-License-Identifier: Apache-2.0 */
#include "project.h"

#include <stddef.h>
#include <string.h>

#include <ms/abi/parameter.h>

#include "category.h"
#include "dependencies.h"
#include "file.h"
#include "identity.h"
#include "image.h"
#include "license.h"
#include "name.h"
#include "neighbour.h"
#include "partition.h"
#include "product.h"
#include "sbom.h"
#include "version_range.h"
#include "yaml_tree.h"

/* What is read, before texts become numbers. */
struct written {
	struct project p;
	struct texts targets;
	struct schema_items provides, calls, devices, blocks, borrowed, parameters;
};

static int check_folder(const char *text, struct err *e)
{
	if (*text && *text != '/' && *text != '-' && !strpbrk(text, "\\:*?[]\"'$`\n "))
		return MS_OK;

	err_set(e, ERR_PATH, "'%.60s' is no folder of a project beside this one", text);
	return err_fix(e, "write it relative to ms.yaml, such as '../server'");
}

/* "vendor/name" */
static int check_service(const char *text, struct err *e)
{
	const char *slash = strchr(text, '/');
	char vendor[256];

	if (slash && (size_t)(slash - text) < sizeof(vendor)) {
		memcpy(vendor, text, (size_t)(slash - text));
		vendor[slash - text] = '\0';
		if (name_check_vendor(vendor, e) >= 0)
			return name_check(slash + 1, e);
	}
	err_set(e, ERR_SERVICE_NAME, "'%.60s' names no service", text);
	return err_fix(e, "write VENDOR/NAME, as in its ms.yaml, such as 'example.org/client'");
}

static int check_summary(const char *text, struct err *e)
{
	struct bytes line = { (const uint8_t *)text, strlen(text) };

	if (sbom_is_summary(line))
		return MS_OK;
	err_set(e, ERR_SUMMARY, "a summary is one line of at most %d bytes, and this has %zu%s", SBOM_SUMMARY_MAX, line.size, line.size && line.size <= SBOM_SUMMARY_MAX ? " and something that cannot be shown" : "");
	return err_fix(e, "say in one sentence what it does, such as 'Reads a temperature once a second'");
}

static int check_libc(const char *text, struct err *e)
{
	if (strcmp(text, "picolibc") == 0 || strcmp(text, "newlib-nano") == 0)
		return MS_OK;
	err_set(e, ERR_LIBC, "'%.40s' is no C library of this SDK", text);
	return err_fix(e, "write 'libc: picolibc', or leave it out; 'newlib-nano' is for fixed mode");
}

#define AT(member) offsetof(struct written, p.member)

static const struct schema memory[] = {
	{ SCHEMA_SIZE, "stack", AT(stack_size), .min = IMAGE_STACK_MIN, .max = IMAGE_STACK_MAX, .step = 32, .standard = "1 KiB",
	  .example = "2 KiB", .doc = "stack of the main thread" },
	{ SCHEMA_SIZE, "heap", AT(heap_size), .max = IMAGE_HEAP_MAX, .step = 8, .standard = "0 B",
	  .example = "4 KiB", .doc = "what `malloc` can give, and stacks of further threads" },
	{ .type = SCHEMA_END }
};

static const struct schema budget[] = {
	{ SCHEMA_SIZE, "flash", AT(flash_budget), .min = 64, .max = IMAGE_SIZE_MAX, .example = "16 KiB", .doc = "its image" },
	{ SCHEMA_SIZE, "ram", AT(ram_budget), .min = 64, .max = INT32_MAX, .example = "8 KiB", .doc = "its RAM with stack and heap, before rounding" },
	{ SCHEMA_SIZE, "stack", AT(stack_budget), .min = 64, .max = IMAGE_STACK_MAX, .example = "900", .doc = "the deepest that any of its stacks can get, as `ms size --stack` computes it" },
	{ .type = SCHEMA_END }
};

#define LATER_SERVICES "leave it out: storage and crypto services come in a later version; `libraries: [ mbedcrypto ]` links crypto in"

static const struct schema requests[] = {
	{ SCHEMA_FLAG, "fpu", AT(fpu), .standard = "false", .example = "true", .doc = "compute with the FPU: builds for targets ending in `-fp` only" },
	{ SCHEMA_MAPS, "ipc", offsetof(struct written, calls), .max = MANIFEST_CALL_MAX, .fields = interface_requested,
	  .item_size = sizeof(struct interface), .short_key = "from",
	  .example = "[ { name: counter, sid: 0x48000001, version: 1 } ]", .doc = "interfaces of others to call" },
	{ SCHEMA_TEXTS, "notify", AT(notifies), .max = MANIFEST_CALL_MAX, .check = check_service,
	  .example = "[ example.org/client ]", .doc = "services to notify by `psa_notify`, one of which calls the other: `CLIENT_PID`" },
	{ SCHEMA_MAPS, "devices", offsetof(struct written, devices), .max = MANIFEST_MAPPED_MAX, .fields = mapped_device,
	  .item_size = sizeof(struct mapped), .short_key = "name", .example = "[ uart1, { name: uart2, interrupts: 2 } ]",
	  .doc = "devices to use, by the names that boards have for them (`ms board show`)" },
	{ SCHEMA_MAPS, "shared", offsetof(struct written, borrowed), .max = MANIFEST_MAPPED_MAX, .fields = mapped_borrowed,
	  .item_size = sizeof(struct mapped), .short_key = "name", .example = "[ frames ]", .doc = "shared memory of other services to borrow" },
	{ SCHEMA_MAPS, "parameters", offsetof(struct written, parameters), .max = MS_PARAMETER_MAX, .fields = parameter_requested,
	  .item_size = sizeof(struct parameter_asked), .example = "[ { name: key, size: 32 } ]", .doc = "keys, certificates and settings that a product gives it (`ms/parameter.h`)" },
	{ SCHEMA_SIZE, "storage", .later = LATER_SERVICES, .example = "8 KiB", .doc = "storage that outlives a reset" },
	{ SCHEMA_TEXTS, "crypto", .later = LATER_SERVICES, .example = "[ aes-gcm ]", .doc = "algorithms of the security manager" },
	{ .type = SCHEMA_END }
};

static const struct schema rows[] = {
	{ SCHEMA_TEXT, "name", AT(name), .required = true, .check = name_check,
	  .example = "hello", .doc = "the service's name: `a` to `z`, `0` to `9` and `-`, 2 to 40 bytes" },
	{ SCHEMA_TEXT, "vendor", AT(vendor), .required = true, .check = name_check_vendor,
	  .example = "example.org", .doc = "who makes it: a DNS name that is yours" },
	{ SCHEMA_TEXT, "version", AT(version_text), .required = true, .check = identity_check_version,
	  .example = "1.0.0", .doc = "MAJOR.MINOR.PATCH as semantic versioning says, perhaps +BUILD; at most 255, 255, 65535" },
	{ SCHEMA_NUMBER, "security-counter", AT(security_counter), .max = INT32_MAX, .standard = "1",
	  .example = "1", .doc = "rises only when an older version must never run again" },
	{ SCHEMA_TEXT, "license", AT(license), .required = true, .check = license_check,
	  .example = "Apache-2.0", .doc = "an SPDX licence expression" },
	{ SCHEMA_TEXT, "summary", AT(summary), .check = check_summary,
	  .example = "Says hello", .doc = "what it does, in one line of at most 160 bytes: a store shows it" },
	{ SCHEMA_TEXTS, "categories", AT(categories), .max = CATEGORY_MAX,
	  .choices = &(
#define CATEGORY(number, name, title, what) "|" #name
#include "categories.def"
#undef CATEGORY
	  )[1],
	  .example = "[ sensing, examples ]", .doc = "what kinds of services it belongs to, three at most: a store lists it there" },
	{ SCHEMA_TEXT, "sdk", AT(sdk), .check = version_range_check,
	  .example = "\">=0.1 <0.2\"", .doc = "versions of the SDK that it is for" },
	{ SCHEMA_TEXTS, "targets", offsetof(struct written, targets), .min = 1, .max = MANIFEST_TARGET_MAX,
	  .choices = &(
#define MS_TARGET(number, name, text, mpu, doc) "|" text
#include <ms/abi/targets.def>
#undef MS_TARGET
	  )[1],
	  .example = "[ v7em ]", .doc = "processors to build for; all that the SDK can when left out" },
	{ SCHEMA_MAP, "memory", .fields = memory, .example = "{ stack: 2 KiB, heap: 4 KiB }", .doc = "what it needs besides its static data" },
	{ SCHEMA_MAP, "budget", .fields = budget, .example = "{ flash: 16 KiB, ram: 8 KiB }", .doc = "bytes that it may take at most: what takes more does not build" },
	{ SCHEMA_TEXT, "libc", AT(libc), .check = check_libc, .standard = "picolibc", .example = "picolibc", .doc = "the C library: `newlib-nano` with `pie: false`, and only then" },
	{ SCHEMA_TEXTS, "sources", AT(sources), .min = 1, .check = name_check_sources, .standard = "src/*.c",
	  .example = "[ src/*.c ]", .doc = "C, C++ and assembly sources, relative to `ms.yaml`" },
	{ SCHEMA_TEXTS, "overlays", AT(overlays), .max = 8, .check = name_check_path,
	  .example = "[ uart1.dtso ]", .doc = "overlays of boards' device trees, for the devices that it requests; they go with its package, compiled (docs/devices.md)" },
	{ SCHEMA_TEXTS, "include-dirs", AT(include_dirs), .check = name_check_path, .standard = "include src",
	  .example = "[ include ]", .doc = "where headers are looked for, relative to `ms.yaml`" },
	{ SCHEMA_TEXTS, "defines", AT(defines), .check = name_check_define,
	  .example = "[ LIMIT=4 ]", .doc = "definitions for the preprocessor" },
	{ SCHEMA_TEXTS, "cflags", AT(cflags), .check = name_check_flag,
	  .example = "[ -Wconversion ]", .doc = "further flags of the compiler; not those that the ABI decides" },
	{ SCHEMA_TEXTS, "libraries", AT(libraries), .check = name_check_library,
	  .example = "[ mbedcrypto ]", .doc = "libraries of the SDK to link with, and `.a` and `.o` files of others in the project, with `@target` for the target's name" },
	{ SCHEMA_TEXT, "cc", AT(cc), .choices = "gcc|clang", .standard = "gcc", .example = "clang",
	  .doc = "what compiles C and C++ for devices; `--cc` chooses for one build" },
	{ SCHEMA_TEXT, "c-std", AT(c_std), .choices = "c11|gnu11|c17|gnu17|c2x|gnu2x", .standard = "gnu17",
	  .example = "c17", .doc = "the C standard; POSIX functions are declared by the `gnu` ones" },
	{ SCHEMA_TEXTS, "test-with", AT(test_with), .max = 6, .check = check_folder,
	  .example = "[ ../server ]", .doc = "folders of projects whose services tests can run beside it, relative to `ms.yaml`" },
	{ SCHEMA_MAP, "requests", .fields = requests, .example = "{ fpu: true }", .doc = "what it asks for; a product grants it" },
	{ SCHEMA_MAPS, "provides", offsetof(struct written, provides), .max = MANIFEST_PROVIDE_MAX, .fields = interface_provided,
	  .item_size = sizeof(struct interface), .example = "[ { name: counter, sid: 0x48000001, version: 1 } ]",
	  .doc = "interfaces that others may call, by messages; each has a signal, `COUNTER_SIGNAL`, in this order" },
	{ SCHEMA_MAPS, "shared", offsetof(struct written, blocks), .max = MANIFEST_MAPPED_MAX, .fields = mapped_own,
	  .item_size = sizeof(struct mapped), .example = "[ { name: frames, size: 4 KiB } ]",
	  .doc = "blocks of memory of its own, outside its RAM, that it can lend to another service" },
	{ SCHEMA_TEXT, "psa-manifest", AT(psa_manifest), .check = name_check_path, .example = "partition.json",
	  .doc = "a partition manifest of the PSA Firmware Framework: it says what `provides`, `requests: ipc` and `memory` would, and what runs in place of `main`" },
	{ SCHEMA_MAPS, "dependencies", .later = "leave it out: packages of others come in a later version", .doc = "packages that it needs" },
	{ SCHEMA_FLAG, "pie", AT(pie), .standard = "true", .example = "false",
	  .doc = "`false`: fixed mode, for code that cannot be position independent: linked for its place by the product (docs/build.md)" },
	{ .type = SCHEMA_END }
};

int project_err(const struct project *p, const char *key, struct err *e)
{
	return schema_err(&p->places, key, e);
}

/* Names become numbers, ascending. */
static int take_targets(struct project *p, const struct texts *names, struct arena *a, struct err *e)
{
	bool has[256] = { false };

	for (uint32_t i = 0; i < names->count; i++) {
		uint8_t target = target_number((struct bytes){ (const uint8_t *)names->at[i], strlen(names->at[i]) });

		if (has[target]) {
			err_set(e, ERR_TARGET_TWICE, "'%s' stands in 'targets' twice", names->at[i]);
			err_fix(e, "remove one");
			return project_err(p, arena_printf(a, "targets[%u]", i), e);
		}
		has[target] = true;
	}
	for (int target = 1; target < 256 && p->target_count < MANIFEST_TARGET_MAX; target++)
		if (has[target])
			p->targets[p->target_count++] = (uint8_t)target;

	return MS_OK;
}

static int check_categories(const struct project *p, struct arena *a, struct err *e)
{
	const struct texts *c = &p->categories;

	for (uint32_t i = 0; i < c->count; i++)
		for (uint32_t k = 0; k < i; k++)
			if (!strcmp(c->at[i], c->at[k])) {
				err_set(e, ERR_CATEGORY_TWICE, "'%s' stands in 'categories' twice", c->at[i]);
				err_fix(e, "remove one");
				return project_err(p, arena_printf(a, "categories[%u]", i), e);
			}
	return MS_OK;
}

static void take_interfaces(struct written *w)
{
	w->p.provides = w->provides.at;
	w->p.provide_count = w->provides.count;
	w->p.calls = w->calls.at;
	w->p.call_count = w->calls.count;
	for (uint32_t i = 0; i < w->p.call_count; i++)
		w->p.calls[i].item = i;
}

static int check_sdk(const struct project *p, const char *sdk_version, struct err *e)
{
	if (!p->sdk || !sdk_version || version_range_holds(p->sdk, sdk_version))
		return MS_OK;

	err_set(e, ERR_SDK_RANGE, "this project is for SDK %s, and this is %s", p->sdk, sdk_version);
	err_fix(e, "install a fitting SDK, or change 'sdk' after having tried the project with this one");
	return project_err(p, "sdk", e);
}

static int refuse_fixed(const struct project *p, const char *key, const char *wrong, const char *fix, struct err *e)
{
	err_set(e, ERR_FIXED_MODE, "%s", wrong);
	err_fix(e, "%s", fix);
	return project_err(p, key, e);
}

/* The C library of each mode, and what only the other has. */
static int check_mode(const struct project *p, struct err *e)
{
	bool newlib = strcmp(p->libc, "newlib-nano") == 0;

	if (p->pie && newlib)
		return refuse_fixed(p, "libc", "newlib-nano is not position independent: it needs the fixed mode", "add 'pie: false', or write 'libc: picolibc'", e);
	if (p->pie)
		return MS_OK;
	if (!newlib)
		return refuse_fixed(p, "pie", "picolibc finds its data by r9, which code of the fixed mode uses for other things", "add 'libc: newlib-nano', or leave 'pie' out", e);
	if (strcmp(p->cc, "gcc") != 0)
		return refuse_fixed(p, "cc", "clang compiles no service in fixed mode", "write 'cc: gcc', or leave 'pie' out", e);
	if (p->psa_manifest)
		return refuse_fixed(p, "psa-manifest", "a partition of the PSA Firmware Framework cannot be in fixed mode", "leave 'pie' and 'libc' out", e);
	return MS_OK;
}

enum { LEVELS_MAX = 2 };	/* src/ and a folder in it */

/* Who looks for a project where none is has mostly not gone far: a file of it was named, it lies above, or this is a product. */
static int fix_place(const char *file, struct arena *a, struct err *e)
{
	const char *folder = path_folder(a, file), *above = folder;

	if (file_exists(folder) && !file_is_folder(folder))
		return err_fix(e, "name the project's folder, not a file of it: '%s'", path_folder(a, folder));
	if (file_exists(path_join(a, folder, PRODUCT_FILE)))
		return err_fix(e, "this is a product's folder: 'ms run' runs it, 'ms product check' and 'ms product build' are for what is made of packages");
	for (int i = 0; i < LEVELS_MAX; i++) {
		above = path_join(a, above, "..");
		if (file_exists(path_join(a, above, PROJECT_FILE)))
			return err_fix(e, "there is one in '%s': go there", path_real(a, above));
	}
	return err_fix(e, "go to a project's folder, or make one with 'ms new NAME'");
}

static int read_manifest(const char *file, struct arena *a, struct bytes *text, struct err *e)
{
	int rc = file_read(file, YAML_SIZE_MAX, a, text, e);

	if (rc == -MS_ENOENT) {
		err_set(e, ERR_NO_MANIFEST, "there is no '%s' here", file);
		return fix_place(file, a, e);
	}
	if (rc == -MS_EFBIG) {
		err_set(e, ERR_MANIFEST_SIZE, "'%s' is larger than %d bytes", file, YAML_SIZE_MAX);
		return err_fix(e, "is it a manifest? 'ms help --manifest' says what stands in one");
	}

	return rc;
}

int project_decode(struct bytes text, const char *file, const char *sdk_version, struct arena *a, struct project *out, struct err *e)
{
	struct written w = { .p.file = file };

	int rc = schema_read(text, file, rows, a, &w, &w.p.places, e);
	if (rc < 0)
		return rc;
	rc = identity_version(w.p.version_text, &w.p.version, e);
	if (rc < 0)
		return rc;
	rc = take_targets(&w.p, &w.targets, a, e);
	if (rc >= 0)
		rc = check_categories(&w.p, a, e);
	if (rc < 0)
		return rc;
	rc = check_sdk(&w.p, sdk_version, e);
	if (rc >= 0)
		rc = check_mode(&w.p, e);
	if (rc < 0)
		return rc;

	take_interfaces(&w);
	rc = interface_check(&w.p, a, e);
	if (rc >= 0) {
		w.p.devices = w.devices.at;
		w.p.device_count = w.devices.count;
		w.p.blocks = mapped_join(&w.blocks, &w.borrowed, a);
		w.p.block_count = w.blocks.count + w.borrowed.count;
		rc = mapped_check(&w.p, w.blocks.count, a, e);
		w.p.parameters = w.parameters.at;
		w.p.parameter_count = w.parameters.count;
		if (rc >= 0)
			rc = parameters_check(&w.p, a, e);
	}
	if (rc < 0)
		return rc;

	w.p.out = "out";
	*out = w.p;
	return MS_OK;
}

int project_open(const char *folder, const char *sdk_version, struct arena *a, struct project *out, struct err *e)
{
	const char *file = strcmp(folder, ".") == 0 ? PROJECT_FILE : path_join(a, folder, PROJECT_FILE);
	struct bytes text;

	int rc = read_manifest(file, a, &text, e);
	if (rc < 0)
		return rc;
	rc = project_decode(text, file, sdk_version, a, out, e);
	if (rc < 0)
		return rc;

	out->root = path_absolute(a, folder);
	return out->psa_manifest ? partition_read(folder, a, out, e) : MS_OK;
}

int project_read(const char *folder, const char *sdk_version, struct arena *a, struct project *out, struct err *e)
{
	struct list dependencies = { 0 };

	int rc = project_open(folder, sdk_version, a, out, e);
	if (rc >= 0)
		rc = neighbour_resolve(out, sdk_version, a, &dependencies, e);
	return rc < 0 ? rc : dependencies_check(out, &dependencies, a, e);
}

char *project_manual(struct arena *a)
{
	return schema_manual(rows, a);
}
