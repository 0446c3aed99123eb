/* SPDX-License-Identifier: Apache-2.0 */
#include "cleanroom.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "out.h"
#include "ownresult.h"
#include "process.h"

enum { LINE_SIZE = 8192 };

/* A hostile build may go on for ever; a real one of a service takes seconds. */
#define BUILD_NSEC (UINT64_C(1800) * 1000000000)

int cleanroom_open(struct cleanroom *room, const char *name, const struct list *files, struct arena *a, struct err *e)
{
	const char *top = getenv("TMPDIR");
	char *clean = arena_printf(a, "%s/ms-rebuild.XXXXXX", path_absolute(a, top && *top ? top : "/tmp"));

	if (!mkdtemp(clean))
		return err_errno(e, "cannot make a folder in '%s'", path_folder(a, clean));
	*room = (struct cleanroom){ .top = path_real(a, clean), .folder = path_join(a, path_real(a, clean), name), .a = a };
	int rc = source_tree_write(room->folder, files, a, e);
	if (rc >= 0)
		rc = file_make_folders(path_join(a, room->top, "home"), a, e);
	if (rc >= 0)
		rc = file_make_folders(path_join(a, room->top, "tmp"), a, e);
	if (rc < 0)
		cleanroom_close(room);
	return rc;
}

void cleanroom_close(struct cleanroom *room)
{
	struct err none;

	file_remove_tree(room->top, &none);
}

static void push(struct list *argv, struct arena *a, const char *word)
{
	list_push(argv, a, (void *)(uintptr_t)word);
}

/* Of this person's environment only what says where programs are: variables hold secrets. */
static const char *const *command(const struct cleanroom *room, const struct manifest *like, bool unwalled, const char *package, struct arena *a)
{
	static const char *const kept[] = { "PATH", "MS_SDK", "LD_LIBRARY_PATH" };
	struct list argv = { 0 };
	struct bytes clang = BYTES_LITERAL("clang");

	push(&argv, a, "env");
	push(&argv, a, "-i");
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (getenv(kept[i]))
			push(&argv, a, arena_printf(a, "%s=%s", kept[i], getenv(kept[i])));
	push(&argv, a, "LC_ALL=C");
	push(&argv, a, arena_printf(a, "HOME=%s/home", room->top));
	push(&argv, a, arena_printf(a, "MS_HOME=%s/home", room->top));
	push(&argv, a, arena_printf(a, "TMPDIR=%s/tmp", room->top));
	push(&argv, a, arena_printf(a, "SOURCE_DATE_EPOCH=%" PRIu64, like->source_epoch));
	push(&argv, a, path_real(a, "/proc/self/exe"));
	push(&argv, a, "--json");
	push(&argv, a, "rebuild");
	if (like->build.release)
		push(&argv, a, "--release");
	if (like->build.compiler.size)
		push(&argv, a, bytes_equal(bytes_part(like->build.compiler, 0, clang.size), clang) ? "--cc=clang" : "--cc=gcc");
	if (unwalled)
		push(&argv, a, "--unwalled");
	push(&argv, a, room->top);
	push(&argv, a, package);
	push(&argv, a, NULL);
	return (const char *const *)argv.at;
}

/* A compiler's words are shown; the failure in the last line is ours. */
static void read_line(const char *line, struct err *failed)
{
	json_t *event = json_loads(line, 0, NULL);
	const char *type = json_string_value(json_object_get(event, "type")), *words = json_string_value(json_object_get(event, "text"));

	if (type && words && !strcmp(type, "words"))
		out_relay(words);
	else if (!event)
		out_relay(line);
	json_decref(event);
	if (!failed->code)
		ownresult_failed(line, failed);
}

static int run(const struct cleanroom *room, const char *const *argv, struct err *e)
{
	uint64_t deadline = process_now_nsec() + BUILD_NSEC;
	struct err failed = { 0 };
	char line[LINE_SIZE];
	struct process p;
	int more;

	process_catch_interrupt();
	int rc = process_start(argv, room->folder, &p, e);
	if (rc < 0)
		return rc;
	while ((more = process_line(&p, line, sizeof(line), deadline)) > 0)
		read_line(line, &failed);
	if (more < 0) {
		process_stop(&p);
		return err_set(e, more, more == -MS_EINTR ? "stopped" : "the build of the source does not end");
	}
	if (!p.status)
		return MS_OK;
	if (failed.code) {
		*e = failed;
		return e->code;
	}
	return err_set(e, ERR_NOT_REBUILT, "the build of the source ended with status %d", p.status);
}

int cleanroom_build(const struct cleanroom *room, const struct manifest *like, bool unwalled, struct bytes *package, struct err *e)
{
	const char *file = path_join(room->a, room->top, "rebuilt.msp");

	int rc = run(room, command(room, like, unwalled, file, room->a), e);
	/* What the build left behind may still be at work there. */
	return rc < 0 ? rc : file_read_plain(file, PACKAGE_SIZE_MAX, room->a, package, e);
}
