/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files for tests of the command line:
 *
 *   make-files package KEY ELF OUT	a package of the service that tests link
 *   make-files device KEY DTB ELF OUT	a device image that runs it, with another's name as signer
 *   make-files image ELF OUT		its image
 */
#include <stdio.h>
#include <string.h>

#include "archive.h"
#include "device.h"
#include "executable.h"
#include "file.h"
#include "sbom.h"
#include "service_sample.h"

static int make_package(char **arg, struct arena *a, struct err *e)
{
	struct manifest *m = arena_new(a, struct manifest);
	struct sbom_input sbom = { .service = m, .tool_version = "0.1.0" };
	struct archive_file license = { "LICENSE", BYTES_LITERAL("Do as you like.\n") };
	struct archive_input in = { .service = m, .licenses = &license, .license_count = 1 };
	struct bytes package;
	struct key *k;

	int rc = sample_manifest(m, arg[1], a, e);
	if (rc == MS_OK)
		rc = file_read(arg[2], EXECUTABLE_SIZE_MAX, a, &in.elf[0], e);
	if (rc == MS_OK)
		rc = sbom_make(&sbom, a, &in.sbom, e);
	if (rc == MS_OK)
		rc = key_open(arg[0], a, &k, e);
	if (rc < 0)
		return rc;
	rc = archive_build(&in, k, a, &package, e);
	key_close(k);
	return rc < 0 ? rc : file_replace(arg[3], package, 0644, a, e);
}

static int read_image(const char *path, struct arena *a, struct bytes *image, struct err *e)
{
	struct bytes raw;

	int rc = file_read(path, EXECUTABLE_SIZE_MAX, a, &raw, e);
	return rc < 0 ? rc : executable_image(raw, path, a, image, NULL, e);
}

static int make_device(char **arg, struct arena *a, struct err *e)
{
	static const uint8_t signer[32] = { 0x5a };
	struct device_service service = { .name = "hello", .version = { 1, 0, 0, 0 }, .security_counter = 3, .signer = signer };
	struct board board;
	struct device device = { .board = &board, .vendor = "example.org", .services = &service, .service_count = 1, .sequence = 1 };
	struct bytes flash;
	struct key *k;

	device_service_default(&service);
	int rc = board_open(arg[1], a, &board, e);
	if (rc == MS_OK)
		rc = read_image(arg[2], a, &service.image, e);
	if (rc == MS_OK)
		rc = key_open(arg[0], a, &k, e);
	if (rc < 0)
		return rc;
	device.runtime = BYTES_LITERAL("runtime");
	rc = device_build(&device, k, a, &flash, e);
	key_close(k);
	return rc < 0 ? rc : file_replace(arg[3], flash, 0644, a, e);
}

static int make_image(char **arg, struct arena *a, struct err *e)
{
	struct bytes image;

	int rc = read_image(arg[0], a, &image, e);
	return rc < 0 ? rc : file_replace(arg[1], image, 0644, a, e);
}

int main(int argc, char **argv)
{
	static const struct { const char *name; int count; int (*make)(char **arg, struct arena *a, struct err *e); } all[] = {
		{ "package", 4, make_package }, { "device", 4, make_device }, { "image", 2, make_image },
	};
	struct arena a = { 0 };
	struct err e = { 0 };
	int rc = -MS_EUSAGE;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (argc == all[i].count + 2 && !strcmp(argv[1], all[i].name))
			rc = all[i].make(argv + 2, &a, &e);
	if (rc < 0)
		fprintf(stderr, "make-files: %s\n", *e.text ? e.text : "misused");
	arena_done(&a);
	return rc < 0;
}
