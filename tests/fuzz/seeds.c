/* SPDX-License-Identifier: Apache-2.0 */
/* seeds DIR: write DIR/<program>/<name> for each fuzz program of format/. */
#include "seeds.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *folder;

static void die(const char *what)
{
	fprintf(stderr, "seeds: cannot write '%s': %s\n", what, strerror(errno));
	exit(1);
}

static void make_folder(const char *path)
{
	if (mkdir(path, 0777) && errno != EEXIST)
		die(path);
}

void seed_keep(const char *program, const char *name, struct bytes seed)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", folder, program);
	make_folder(path);
	snprintf(path, sizeof(path), "%s/%s/%s", folder, program, name);
	FILE *f = fopen(path, "wb");
	if (!f)
		die(path);
	fwrite(seed.at, 1, seed.size, f);
	if (fclose(f))
		die(path);
}

void seed_keep_behind(uint8_t first, const char *program, const char *name, struct bytes seed)
{
	static uint8_t both[1 << 17];

	if (seed.size >= sizeof(both))
		die(name);
	both[0] = first;
	memcpy(both + 1, seed.at, seed.size);
	seed_keep(program, name, (struct bytes){ both, seed.size + 1 });
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: seeds DIR\n");
		return 2;
	}
	folder = argv[1];
	make_folder(folder);
	seed_reader();
	seed_image();
	seed_cose();
	seed_provision();
	seed_reloc();
	seed_table();
	seed_cbor();
	seed_manifest();
	seed_package();
	seed_elf();
	seed_trust();
	seed_statement();
	seed_key();
	seed_printable();
	seed_schema();
	seed_product();
	seed_console();
	seed_gdbremote();
	seed_trace();
	seed_toolwords();
	seed_stackwalk();
	seed_sizediff();
	seed_import();
	seed_testreport();
	seed_network();
	seed_boardframe();
	seed_rig();
	seed_store();
	seed_firmware();
	return 0;
}
