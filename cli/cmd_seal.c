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
#include "keyopen.h"
#include "process.h"

static const char *key_path;

static const struct opt options[] = {
	OPT_TEXT(0, "key", "FILE", &key_path, OPT_FILE, "the developer's private key"),
	OPT_END
};

const struct page page_seal = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Checks a service that was linked, strips debug information from it, signs it and "
		 "makes its flash image. 'ms build' lets Ninja call this.",
};

/* The file without debug information and without the relocations that were left for the checks, in memory. */
static int strip(const char *debug, const char *elf, struct arena *a, struct bytes *out, struct err *e)
{
	const char *stripped = arena_printf(a, "%s.stripped", elf);
	const char *const argv[] = { "arm-none-eabi-objcopy", "--strip-debug", "--discard-locals", "-R", "!.rel.dyn", "-R", ".rel.*", debug, stripped, NULL };
	struct process_result r;

	int rc = process_run(argv, NULL, a, &r, e);
	if (rc < 0)
		return rc;
	if (r.status)
		rc = err_set(e, ERR_STRIP, "cannot strip '%s': %.*s", debug, (int)r.err.size, (const char *)r.err.at);
	else
		rc = file_read(stripped, EXECUTABLE_SIZE_MAX, a, out, e);
	remove(stripped);
	return rc;
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
	if (rc >= 0)
		rc = file_replace(elf, raw, 0644, a, e);
	if (rc >= 0)
		rc = file_replace(img, image, 0644, a, e);
	return rc;
}
