/* SPDX-License-Identifier: Apache-2.0 */
#include "crashsources.h"

#include <string.h>

#include "file.h"
#include "image.h"
#include "target.h"
#include "toolchain.h"
#include "version.h"

/* NAME.debug, whose image is NAME.img beside it. */
static int add_debug_file(struct crash_sources *s, const char *debug, const char *folder, struct arena *a, struct err *e)
{
	const char *name = path_name(debug), *dot = strrchr(name, '.');
	int size = dot ? (int)(dot - name) : (int)strlen(name);
	const char *img = arena_printf(a, "%s/%.*s.img", path_folder(a, debug), size, name);
	struct bytes image;

	int rc = file_read(img, IMAGE_SIZE_MAX, a, &image, e);
	if (rc >= 0)
		crash_add_service(s, arena_printf(a, "%.*s", size, name), debug, image, folder, 0, a);
	return rc;
}

/* What the project here has built; a folder that is no project has nothing. */
static void add_built(struct crash_sources *s, struct arena *a)
{
	struct err ignored = { 0 };

	for (uint8_t target = 1; target_name(target); target++) {
		const char *folder = arena_printf(a, "out/%s", target_name(target));
		struct list files = { 0 };

		file_glob(folder, "*.debug", a, &files, &ignored);
		for (size_t i = 0; i < files.count; i++)
			add_debug_file(s, path_join(a, folder, files.at[i]), ".", a, &ignored);
	}
}

static int add_board(const char *name, struct crash_sources *s, struct arena *a, struct err *e)
{
	struct board b;
	struct sdk sdk;

	int rc = sdk_find(ms_version, a, &sdk, e);
	if (rc >= 0)
		rc = sdk_board(&sdk, name, a, &b, e);
	if (rc >= 0)
		s->runtime = sdk_path(&sdk, a, "boards/%s/runtime.elf", name);
	return rc;
}

int crashsources_find(const struct list *debug_files, const char *board, struct crash_sources *s, struct arena *a, struct err *e)
{
	struct err ignored = { 0 };
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < debug_files->count; i++)
		rc = add_debug_file(s, debug_files->at[i], NULL, a, e);
	if (rc < 0)
		return rc;

	add_built(s, a);
	if (file_exists(CRASHSOURCES_SYMBOLS))
		crash_sources_read(CRASHSOURCES_SYMBOLS, a, s, &ignored);
	if (board)
		return add_board(board, s, a, e);
	if (!s->runtime)
		add_board(SDK_BOARD_DEFAULT, s, a, &ignored);
	return MS_OK;
}
