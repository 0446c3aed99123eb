/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The last step of a build, for Ninja to call: check what was linked, strip
 * it, sign it, and make the image of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "executable.h"
#include "file.h"
#include "fixed.h"
#include "keyopen.h"
#include "process.h"
#include "toolchain.h"
#include "version.h"

static const char *key_path, *part_path;

static const struct opt options[] = {
	OPT_TEXT(0, "key", "FILE", &key_path, OPT_FILE, "the developer's private key"),
	OPT_TEXT(0, "part", "FILE", &part_path, OPT_FILE, "in fixed mode: the one object that it was linked from"),
	OPT_END
};

const struct page page_seal = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Checks a service that was linked, strips debug information from it, signs it and "
		 "makes its flash image. 'ms build' lets Ninja call this.",
};

static int objcopy(const char *const argv[], const char *from, struct arena *a, struct err *e)
{
	struct process_result r;

	int rc = process_run(argv, NULL, a, &r, e);
	if (rc >= 0 && r.status)
		rc = err_set(e, ERR_STRIP, "cannot strip '%s': %.*s", from, (int)r.err.size, (const char *)r.err.at);
	return rc;
}

/* Without debug information, and without the relocations that were left for the checks. */
static int strip_linked(const char *debug, const char *stripped, struct arena *a, struct err *e)
{
	const char *const argv[] = { "arm-none-eabi-objcopy", "--strip-debug", "--discard-locals", "-R", "!.rel.dyn", "-R", ".rel.*", debug, stripped, NULL };

	return objcopy(argv, debug, a, e);
}

/* What the product links, into the executable that it makes. */
static int add_part(const char *stripped, struct arena *a, struct err *e)
{
	const char *part = arena_printf(a, "%s.part", stripped), *section = arena_printf(a, FIXED_SECTION "=%s", part);
	const char *const strip[] = { "arm-none-eabi-objcopy", "--strip-debug", part_path, part, NULL };
	const char *const add[] = { "arm-none-eabi-objcopy", "--add-section", section, stripped, NULL };

	int rc = objcopy(strip, part_path, a, e);
	if (rc >= 0)
		rc = objcopy(add, stripped, a, e);
	remove(part);
	return rc;
}

/* In memory. */
static int strip(const char *debug, const char *elf, struct arena *a, struct bytes *out, struct err *e)
{
	const char *stripped = arena_printf(a, "%s.stripped", elf);

	int rc = strip_linked(debug, stripped, a, e);
	if (rc >= 0 && part_path)
		rc = add_part(stripped, a, e);
	if (rc >= 0)
		rc = file_read(stripped, EXECUTABLE_SIZE_MAX, a, out, e);
	remove(stripped);
	return rc;
}

static int check_part(struct bytes elf, const char *path, struct arena *a, struct err *e)
{
	struct sdk sdk;

	int rc = sdk_find(ms_version, a, &sdk, e);
	return rc < 0 ? rc : fixed_check(elf, path, sdk_path(&sdk, a, FIXED_SCRIPT), a, e);
}

static int check(const char *debug, const char *map, struct arena *a, struct err *e)
{
	struct executable_context context = { .path = debug };
	struct bytes raw;

	int rc = file_read(debug, EXECUTABLE_DEBUG_MAX, a, &raw, e);
	if (rc >= 0)
		rc = file_read(map, EXECUTABLE_DEBUG_MAX, a, &context.map, e);
	return rc < 0 ? rc : executable_check(raw, &context, a, NULL, e);
}

static int sign(struct bytes elf, const char *path, struct arena *a, struct err *e)
{
	struct key *k;

	int rc = keyopen(key_path, a, &k, e);
	if (rc < 0)
		return rc;

	rc = executable_sign((uint8_t *)elf.at, elf.size, path, k, a, e);
	key_close(k);
	return rc;
}

int cmd_seal(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *debug = argv[1], *map = argv[2], *elf = argv[3], *img = argv[4];
	struct bytes raw, image;

	(void)argc;
	if (!key_path)
		return err_set(e, ERR_OPERANDS, "--key is missing");
	int rc = check(debug, map, a, e);
	if (rc >= 0)
		rc = strip(debug, elf, a, &raw, e);
	if (rc >= 0)
		rc = sign(raw, elf, a, e);
	if (rc >= 0)
		rc = executable_image(raw, elf, a, &image, NULL, e);
	if (rc >= 0 && part_path)
		rc = check_part(raw, elf, a, e);
	if (rc >= 0)
		rc = file_replace(elf, raw, 0644, a, e);
	if (rc >= 0)
		rc = file_replace(img, image, 0644, a, e);
	return rc;
}
