/* SPDX-License-Identifier: Apache-2.0 */
/* What a build makes, and of what: targets and sources. */
#include "buildfile.h"

#include <string.h>

#include "file.h"
#include "name.h"

static bool list_has(const struct list *l, const char *text)
{
	for (size_t i = 0; i < l->count; i++)
		if (!strcmp(l->at[i], text))
			return true;
	return false;
}

static int check_source(const char *source, const char *key, const struct project *p, struct err *e)
{
	const char *dot = strrchr(source, '.');

	if (strchr(source, '\n') || strchr(source, '\r')) {
		err_set(e, ERR_SOURCE_NAME, "a source file has a line break in its name");
		err_fix(e, "rename it");
		return project_err(p, key, e);
	}
	if (!dot || (strcmp(dot, ".c") && strcmp(dot, ".cpp") && strcmp(dot, ".S") && strcmp(dot, ".s"))) {
		err_set(e, ERR_SOURCE_NAME, "'%s' is no C, C++ or assembly source", source);
		err_fix(e, "let 'sources' match only names that end in .c, .cpp, .S or .s");
		return project_err(p, key, e);
	}
	return MS_OK;
}

int buildfile_sources(const struct project *p, struct arena *a, struct list *sources, struct err *e)
{
	for (uint32_t i = 0; i < p->sources.count; i++) {
		const char *key = arena_printf(a, "sources[%u]", i);
		struct list found = { 0 };

		int rc = file_glob(p->root, p->sources.at[i], a, &found, e);
		if (rc < 0)
			return rc;
		if (!found.count) {
			err_set(e, ERR_NO_SOURCES, "no file matches '%s'", p->sources.at[i]);
			err_fix(e, "write a source file, or say in 'sources' where they are");
			return project_err(p, key, e);
		}
		for (size_t k = 0; k < found.count; k++) {
			rc = check_source(found.at[k], key, p, e);
			if (rc < 0)
				return rc;
			if (!list_has(sources, found.at[k]))
				list_push(sources, a, found.at[k]);
		}
	}
	for (uint32_t i = 0; i < p->provide_count + p->call_count; i++) {
		bool provided = i < p->provide_count;
		const struct interface *n = provided ? &p->provides[i] : &p->calls[i - p->provide_count];

		if (n->header)
			list_push(sources, a, interface_source(n, provided, a));
	}
	if (p->parameter_count)
		list_push(sources, a, (void *)(INTERFACE_FOLDER "/" PARAMETERS_FILE));
	if (interface_entry(p))
		list_push(sources, a, (void *)INTERFACE_ENTRY);
	return MS_OK;
}

/* "vendor/@target/librot.a" */
static char *for_target(const char *path, const char *target, struct arena *a)
{
	static const char mark[] = "@target";
	const char *at = strstr(path, mark);

	if (!at)
		return arena_printf(a, "%s", path);
	return arena_printf(a, "%.*s%s%s", (int)(at - path), path, target, for_target(at + strlen(mark), target, a));
}

int buildfile_library_files(const struct project *p, const char *target, struct arena *a, struct list *files, struct err *e)
{
	for (uint32_t i = 0; i < p->libraries.count; i++) {
		if (!name_is_library_file(p->libraries.at[i]))
			continue;
		char *path = for_target(p->libraries.at[i], target, a);

		if (!file_exists(path_join(a, p->root, path))) {
			err_set(e, ERR_NO_LIBRARY, "there is no library '%s' in the project", path);
			err_fix(e, "%s", !strchr(path, '/') ? "put it there; a library of the SDK is written without 'lib' and '.a', such as 'mbedcrypto'" :
				strcmp(target, "sim") ? "put it there, or leave out the targets that it is not for" : "tests on this computer need it compiled for this computer, in a folder 'sim' that '@target' stands for; 'ms test --board' tests on a device");
			return project_err(p, arena_printf(a, "libraries[%u]", i), e);
		}
		list_push(files, a, path);
	}
	return MS_OK;
}

static void choose_all(struct buildfile *b)
{
	for (uint32_t i = 0; i < b->sdk->target_count; i++)
		if (target_has_fpu(b->sdk->targets[i]) == b->project->fpu)
			b->targets[b->target_count++] = b->sdk->targets[i];
}

/* The manifest's own list: each of them must be possible. */
static int choose_listed(struct buildfile *b, struct err *e)
{
	const struct project *p = b->project;

	for (uint32_t i = 0; i < p->target_count; i++) {
		uint8_t target = p->targets[i];

		if (!sdk_has_target(b->sdk, target)) {
			err_set(e, ERR_TARGET_UNKNOWN, "this SDK cannot build for '%s'", target_name(target));
			err_fix(e, "take it out of 'targets'");
			return project_err(p, "targets", e);
		}
		if (target_has_fpu(target) && !p->fpu) {
			err_set(e, ERR_FPU_UNASKED, "target '%s' uses the FPU, which the manifest does not request", target_name(target));
			err_fix(e, "add 'requests: { fpu: true }', or take it out of 'targets'");
			return project_err(p, "targets", e);
		}
		b->targets[b->target_count++] = target;
	}
	return MS_OK;
}

static const char *names_of(const struct buildfile *b, struct arena *a)
{
	struct text t = { 0 };

	for (uint32_t i = 0; i < b->target_count; i++)
		text_add(&t, a, "%s%s", i ? ", " : "", target_name(b->targets[i]));
	return t.size ? t.at : "none";
}

int buildfile_targets(struct buildfile *b, const char *only, struct arena *a, struct err *e)
{
	b->target_count = 0;
	if (b->project->target_count) {
		int rc = choose_listed(b, e);
		if (rc < 0)
			return rc;
	} else {
		choose_all(b);
	}
	if (!b->target_count) {
		err_set(e, ERR_FPU_UNASKED, "this SDK has no target for a service that %s the FPU",
			b->project->fpu ? "requests" : "does not request");
		return project_err(b->project, "requests.fpu", e);
	}
	if (!only)
		return MS_OK;

	for (uint32_t i = 0; i < b->target_count; i++) {
		if (strcmp(only, target_name(b->targets[i])))
			continue;
		b->targets[0] = b->targets[i];
		b->target_count = 1;
		return MS_OK;
	}
	err_set(e, ERR_NOT_BUILT_FOR, "'%s' is not built for target '%s'", b->project->name, only);
	return err_fix(e, "it is built for: %s", names_of(b, a));
}

uint8_t buildfile_target_for(const struct buildfile *b, const struct board *board)
{
	int best = target_best(b->targets, b->target_count, board->target);

	return best < 0 ? 0 : b->targets[best];
}
