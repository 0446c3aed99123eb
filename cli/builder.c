/* SPDX-License-Identifier: Apache-2.0 */
#include "builder.h"

#include <string.h>

#include "archive.h"
#include "bindings.h"
#include "budget.h"
#include "buildfile.h"
#include "buildtree.h"
#include "file.h"
#include "layout.h"
#include "ninja.h"
#include "out.h"
#include "trust.h"
#include "version.h"

/* Tells `ms clean` that out/ is ours. */
#define MARK ".ms-out"
#define MARK_TEXT "Everything in this folder was made by 'ms build', 'ms test' or 'ms run'. 'ms clean' removes it.\n"

int build_folder(const char *root, struct arena *a, struct err *e)
{
	const char *folder = path_join(a, root, "out");
	const char *mark = path_join(a, folder, MARK);
	struct list names = { 0 };

	if (file_exists(mark))
		return MS_OK;
	int rc = file_make_folders(folder, a, e);
	if (rc >= 0)
		rc = file_list(folder, a, &names, e);
	if (rc < 0)
		return rc;
	if (names.count) {
		err_set(e, ERR_OUT_FOLDER, "the folder '%s' is not empty and was not made by ms", path_shown(a, folder));
		return err_fix(e, "move it away: 'out' is where ms puts what it makes");
	}
	return file_replace(mark, BYTES_LITERAL(MARK_TEXT), 0644, a, e);
}

int build_lock_folder(const char *root, const char *name, struct arena *a, struct err *e)
{
	const char *path = path_join(a, root, "out/.lock");

	int rc = build_folder(root, a, e);
	if (rc < 0)
		return rc;

	rc = file_lock(path, false, e);
	if (rc != -MS_EBUSY)
		return rc;
	out_say("another ms is building '%s': waiting for it to end", name);
	return file_lock(path, true, e);
}

int build_lock(const struct project *p, struct arena *a, struct err *e)
{
	return build_lock_folder(p->root, p->name, a, e);
}

/* Of the build's targets the best for a board: what it takes until the service runs there. */
static int choose_best(struct buildfile *b, const struct board *board, struct arena *a, struct err *e)
{
	uint8_t best = buildfile_target_for(b, board);

	if (!best)
		return err_set(e, ERR_WRONG_TARGET, "'%s' is built for no target that runs on %s", b->project->name, board->name);
	return buildfile_targets(b, target_name(best), a, e);
}

/* Without a word about it: what the manifest lists, or else what the default board needs. */
static int choose_targets(struct buildfile *b, const struct build_options *o, struct board *board, struct arena *a, struct err *e)
{
	int rc = buildfile_targets(b, o->target, a, e);
	if (rc < 0 || o->target || o->all || (!o->board && b->project->target_count))
		return rc;
	rc = sdk_board(b->sdk, o->board ? o->board : SDK_BOARD_DEFAULT, a, board, e);
	return rc < 0 ? rc : choose_best(b, board, a, e);
}

bool build_by_clang(const struct project *p, const struct build_options *o)
{
	return !strcmp(o->cc ? o->cc : p->cc, "clang");
}

/* Everything that the Ninja file says beside the project itself. */
static int fill(struct buildfile *b, const struct build_options *o, struct board *board, struct arena *a, struct err *e)
{
	b->release = o->release;
	b->ms = path_real(a, "/proc/self/exe");
	if (!b->ms)
		return err_errno(e, "cannot find out where ms is");

	int rc = choose_targets(b, o, board, a, e);
	if (rc >= 0)
		rc = archive_epoch(&b->epoch, e);
	if (rc >= 0)
		rc = trust_own(TRUST_DEVELOPER, true, a, &b->key, e);
	return rc;
}

/* Write what Ninja reads, and let it work.  The lock is held. */
static int make(struct buildfile *b, bool by_clang, struct arena *a, uint32_t *steps, struct err *e)
{
	const char *root = b->project->root;

	int rc = compiler_find(COMPILER_OF_TARGETS, path_join(a, root, "out/compiler"), a, &b->compiler, e);
	if (rc >= 0 && by_clang)
		rc = compiler_find(COMPILER_CLANG, path_join(a, root, BUILDFILE_CLANG), a, &b->clang, e);
	if (rc >= 0)
		rc = buildtree_update(root, a, e);
	if (rc >= 0)
		rc = bindings_make(b->project, root, INTERFACE_FOLDER, a, e);
	if (rc >= 0)
		rc = buildfile_write(b, a, e);
	if (rc >= 0)
		rc = ninja_run(root, buildfile_path(b->project, a), NULL, a, steps, e);
	return rc;
}

static int read_built(const struct project *p, uint8_t target, struct arena *a, struct built *out, struct err *e)
{
	struct bytes image;

	*out = (struct built){
		.target = target,
		.debug = path_join(a, p->root, buildfile_product(p, target, "debug", a)),
		.elf = path_join(a, p->root, buildfile_product(p, target, "elf", a)),
		.img = path_join(a, p->root, buildfile_product(p, target, "img", a)),
	};
	int rc = file_read(out->img, IMAGE_SIZE_MAX, a, &image, e);
	if (rc < 0)
		return rc;

	rc = image_decode(image, &out->image);
	return rc < 0 ? err_set(e, rc, "'%s' is no image", out->img) : MS_OK;
}

/* Is the board large enough for this service alone? */
static int check_fits(const struct project *p, const struct image *im, const struct board *board, struct arena *a, struct err *e)
{
	struct layout_item item = { .name = p->name, .image_size = im->image_size, .ram_size = image_ram_size(im) };

	return layout_place(board, &item, 1, 0, a, e);
}

int build_project(const struct project *p, const struct build_options *o, struct arena *a,
		  struct build_result *out, struct err *e)
{
	struct buildfile b = { .project = p };
	struct board board;
	struct sdk sdk;

	int rc = sdk_find(ms_version, a, &sdk, e);
	b.sdk = &sdk;
	if (rc >= 0 && !p->pie && build_by_clang(p, o)) {
		err_set(e, ERR_FIXED_MODE, "clang compiles no service in fixed mode");
		return err_fix(e, "leave --cc out, or 'pie' and 'libc' of ms.yaml");
	}
	if (rc >= 0)
		rc = fill(&b, o, &board, a, e);
	if (rc < 0)
		return rc;

	int lock = build_lock(p, a, e);
	if (lock < 0)
		return lock;
	*out = (struct build_result){ .count = b.target_count };
	rc = make(&b, build_by_clang(p, o), a, &out->steps, e);
	for (uint32_t i = 0; rc >= 0 && i < b.target_count; i++)
		rc = read_built(p, b.targets[i], a, &out->at[i], e);
	for (uint32_t i = 0; rc >= 0 && !o->over_budget && i < b.target_count; i++)
		rc = budget_check(p, b.targets[i], &out->at[i].image, out->at[i].debug,
				  path_join(a, p->root, buildfile_product(p, b.targets[i], "map", a)), a, e);
	if (rc >= 0 && o->board)
		rc = check_fits(p, &out->at[0].image, &board, a, e);
	file_unlock(lock);
	return rc;
}
