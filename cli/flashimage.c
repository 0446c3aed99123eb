/* SPDX-License-Identifier: Apache-2.0 */
#include "flashimage.h"

#include <string.h>

#include <jansson.h>

#include "device_believe.h"
#include "file.h"
#include "filekind.h"
#include "flash_file.h"
#include "release.h"
#include "toolchain.h"
#include "version.h"

enum { FILE_SIZE_MAX = 256 << 20, EVIDENCE_SIZE_MAX = 16 << 20 };

bool flashimage_is(const char *path)
{
	struct arena a = { 0 };
	bool is = file_exists(path) && (!file_is_folder(path) || file_exists(path_join(&a, path, RELEASE_EVIDENCE)));

	arena_done(&a);
	return is;
}

static int refuse_release(const char *path, const char *why, struct err *e)
{
	err_set(e, ERR_OUTPUT_DIFFERS, "'%s' %s", path, why);
	return err_fix(e, "build it again: ms product build");
}

/* The hash that the evidence gives for a file, or NULL. */
static const char *hash_of(const json_t *evidence, const char *name)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(evidence, "files"), i, one) {
		const char *of = json_string_value(json_object_get(one, "name"));

		if (of && !strcmp(of, name))
			return json_string_value(json_object_get(one, "sha256"));
	}
	return NULL;
}

/* The release's bytes, if they are still those of its evidence; who signed that is for `ms product verify`. */
static int read_release(const char *folder, struct arena *a, const char **path, struct bytes *file, struct err *e)
{
	const char *evidence_path = path_join(a, folder, RELEASE_EVIDENCE);
	struct bytes text;

	int rc = file_read(evidence_path, EVIDENCE_SIZE_MAX, a, &text, e);
	if (rc < 0)
		return rc;
	json_t *evidence = json_loadb((const char *)text.at, text.size, JSON_REJECT_DUPLICATES, NULL);
	const char *name = json_string_value(json_object_get(json_object_get(evidence, "product"), "name"));
	const char *bin = name && !strchr(name, '/') ? arena_printf(a, "%s.bin", name) : "", *hash = hash_of(evidence, bin);

	if (!hash)
		rc = refuse_release(evidence_path, "names no device image", e);
	*path = path_join(a, folder, bin);
	if (rc >= 0)
		rc = file_read(*path, FILE_SIZE_MAX, a, file, e);
	if (rc >= 0 && strcmp(release_sha256(*file, a), hash))
		rc = refuse_release(*path, "is not the file of its evidence: its hash is another", e);
	json_decref(evidence);
	return rc;
}

/* The board of this SDK that a file says it is for; NULL: none. */
static const struct board *board_of(struct bytes file, const char *path, const struct sdk *sdk, struct arena *a, struct err *e)
{
	struct board *b = arena_new(a, struct board);
	struct list names = { 0 };

	sdk_boards(sdk, a, &names, e);
	for (size_t i = 0; i < names.count; i++) {
		struct arena scratch = { 0 };
		struct bytes content;
		bool found = sdk_board(sdk, names.at[i], a, b, e) >= 0 && flash_file_read(file, path, b, &scratch, &content, e) >= 0 && device_is_for(content, b);

		arena_done(&scratch);
		if (found)
			return b;
	}
	return NULL;
}

static int refuse_board(const char *path, const struct board *is, const char *wanted, struct err *e)
{
	err_set(e, ERR_IMAGE_BOARD, "'%s' is a device image for '%s', and not for '%s'", path, is->name, wanted);
	return err_fix(e, "nothing was changed; connect such a board and leave --board out, or build the product for '%s'", wanted);
}

static int choose_board(struct flash_image *out, struct bytes file, const char *board, struct arena *a, struct err *e)
{
	struct err ignored = { 0 };
	struct sdk sdk;

	int rc = sdk_find(ms_version, a, &sdk, e);
	if (rc < 0)
		return rc;
	const struct board *is = board_of(file, out->path, &sdk, a, &ignored);

	if (board)
		rc = sdk_board(&sdk, board, a, &out->board, e);
	else if (is)
		out->board = *is;
	else {
		err_set(e, ERR_NO_BOARD, "'%s' does not say which board it is for", out->path);
		return err_fix(e, "name it with --board");
	}
	out->ours = is;
	return rc >= 0 && is && strcmp(is->name, out->board.name) ? refuse_board(out->path, is, board, e) : rc;
}

static bool ends(const char *path, const char *with)
{
	size_t size = strlen(path), end = strlen(with);

	return size > end && !strcmp(path + size - end, with);
}

/* Other people's bytes are written as they are; what is plainly something else would only take the place of what runs. */
static int check_bytes(const struct flash_image *out, struct bytes file, struct arena *a, struct err *e)
{
	struct board *b = arena_new(a, struct board);
	enum filekind kind = filekind_of(file, a, b);
	bool may_hold_one = kind == FILEKIND_KEY && *file.at != '-' && *file.at != '#';

	if (kind != FILEKIND_UNKNOWN && kind != FILEKIND_ELF && !may_hold_one) {
		err_set(e, ERR_NOT_OURS, "'%s' is no device image: %s", out->path, filekind_name(kind));
		return err_fix(e, "a service is flashed with the product it belongs to: name a folder with a product.yaml, or the package's project");
	}
	if ((ends(out->path, ".hex") || ends(out->path, ".ihex")) && (!file.size || *file.at != ':')) {
		err_set(e, ERR_DAMAGED, "'%s' is no Intel HEX file, as its name says", out->path);
		return err_fix(e, "get it again; bytes as they are to lie in flash have another name, such as '.bin'");
	}
	return MS_OK;
}

int flashimage_open(const char *path, const char *board, struct arena *a, struct flash_image *out, struct err *e)
{
	struct bytes file;

	*out = (struct flash_image){ .path = path };
	int rc = file_is_folder(path) ? read_release(path, a, &out->path, &file, e) : file_read(path, FILE_SIZE_MAX, a, &file, e);
	if (rc >= 0)
		rc = choose_board(out, file, board, a, e);
	if (rc >= 0 && !out->ours)
		rc = check_bytes(out, file, a, e);
	return rc < 0 ? rc : flash_file_read(file, out->path, &out->board, a, &out->content, e);
}
