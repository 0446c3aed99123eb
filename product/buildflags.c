/* SPDX-License-Identifier: Apache-2.0 */
#include "buildflags.h"

#include <string.h>

#include "file.h"
#include "fixed.h"
#include "name.h"

static const struct sdk_library *find_library(const struct list *all, const char *name)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct sdk_library *l = all->at[i];
		if (!strcmp(l->name, name))
			return l;
	}
	return NULL;
}

static int unknown_library(const struct buildfile *b, uint32_t i, const struct list *all, struct arena *a, struct err *e)
{
	const char *name = b->project->libraries.at[i];
	struct text names = { 0 };

	for (size_t k = 0; k < all->count; k++)
		text_add(&names, a, "%s%s", k ? ", " : "", ((const struct sdk_library *)all->at[k])->name);
	err_set(e, ERR_NO_LIBRARY, "the SDK has no library '%s'", name);
	err_fix(e, "it has: %s", names.size ? names.at : "none");
	return project_err(b->project, arena_printf(a, "libraries[%u]", i), e);
}

/* They find their data by r9. */
static int refuse_library(const struct buildfile *b, uint32_t i, struct arena *a, struct err *e)
{
	err_set(e, ERR_FIXED_MODE, "the SDK's library '%s' cannot be linked in fixed mode", b->project->libraries.at[i]);
	err_fix(e, "bring one along that was compiled for it, or leave 'pie' and 'libc' out");
	return project_err(b->project, arena_printf(a, "libraries[%u]", i), e);
}

int buildflags_chosen(const struct buildfile *b, const char *target, struct arena *a, struct list *libraries, struct err *e)
{
	const struct texts *wanted = &b->project->libraries;
	struct list all = { 0 };

	if (!wanted->count)
		return MS_OK;
	int rc = sdk_libraries(b->sdk, target, a, &all, e);
	if (rc < 0)
		return rc;

	for (uint32_t i = 0; i < wanted->count; i++) {
		if (name_is_library_file(wanted->at[i]))
			continue;
		const struct sdk_library *l = find_library(&all, wanted->at[i]);
		if (!l)
			return unknown_library(b, i, &all, a, e);
		if (!b->project->pie && strcmp(target, "sim"))
			return refuse_library(b, i, a, e);
		list_push(libraries, a, (void *)l);
	}
	return MS_OK;
}

static void push(struct list *words, struct arena *a, const char *word)
{
	list_push(words, a, (void *)word);
}

static void push_pair(struct list *words, struct arena *a, const char *option, const char *value)
{
	push(words, a, option);
	push(words, a, value);
}

static void push_each(struct list *words, struct arena *a, const char *prefix, const struct texts *texts)
{
	for (uint32_t i = 0; i < texts->count; i++)
		push(words, a, arena_printf(a, "%s%s", prefix, texts->at[i]));
}

/* The target's words that clang knows. */
static void push_clang_words(struct list *words, struct arena *a, const struct list *gcc)
{
	static const char *const unknown[] = { "-msingle-pic-base", "-mpic-register=", "-mno-pic-data-is-text-relative", "-fmodulo-sched", "--param=sms-" };

	push(words, a, "--target=arm-none-eabi");
	for (size_t i = 0; i < gcc->count; i++) {
		bool known = true;
		for (size_t k = 0; k < sizeof(unknown) / sizeof(*unknown); k++)
			known &= strncmp(gcc->at[i], unknown[k], strlen(unknown[k])) != 0;
		if (known)
			push(words, a, gcc->at[i]);
	}
}

/* In place of gcc's: code whose constants settle.h can take to r9, and the sizes of enums that the ABI has. */
static void push_clang_abi(struct list *words, struct arena *a)
{
	push(words, a, "-fPIE");
	push(words, a, "-ffixed-r9");
	push(words, a, "-fshort-enums");
	push(words, a, "-fomit-frame-pointer");
	push(words, a, "-Wno-atomic-alignment");	/* the SDK has what v6m has not */
}

/* A stack of a thread has a guard of an eighth; a frame that could jump over it is refused (docs/build.md). */
static uint32_t frame_limit(const struct project *p)
{
	return p->stack_size / 8 > 256 ? p->stack_size / 8 : 256;
}

static void push_sdk_headers(const struct buildfile *b, const char *target, const struct list *libraries, struct arena *a, struct list *words)
{
	push_pair(words, a, "-isystem", sdk_path(b->sdk, a, "include"));
	for (size_t i = 0; i < libraries->count; i++) {
		const struct sdk_library *l = libraries->at[i];
		if (l->include)
			push_pair(words, a, "-isystem", l->include);
	}
	push_pair(words, a, "-isystem", sdk_path(b->sdk, a, "targets/%s/picolibc/include", target));
}

/* The compiler's own. */
static void push_own_headers(const struct buildfile *b, bool for_clang, struct arena *a, struct list *words)
{
	if (for_clang)
		return;
	push_pair(words, a, "-isystem", b->compiler.include);
	push_pair(words, a, "-isystem", b->compiler.include_fixed);
}

/* Newlib's before the SDK's, which are for another C library: of those only what newlib has not counts.  Newlib's own <stdatomic.h> is none for this compiler. */
static void push_newlib_headers(const struct buildfile *b, bool for_clang, struct arena *a, struct list *words)
{
	push_pair(words, a, "-isystem", sdk_path(b->sdk, a, "newlib/ms"));
	push_own_headers(b, for_clang, a, words);
	push_pair(words, a, "-isystem", sdk_path(b->sdk, a, "newlib/include/nano"));
	push_pair(words, a, "-isystem", sdk_path(b->sdk, a, "newlib/include"));
	push_pair(words, a, "-idirafter", sdk_path(b->sdk, a, "include"));
}

void buildflags_headers(const struct buildfile *b, const char *target, bool for_clang, const struct list *libraries,
			struct arena *a, struct list *words)
{
	push(words, a, for_clang ? "-nostdlibinc" : "-nostdinc");
	push_each(words, a, "-I", &b->project->include_dirs);
	if (interface_any(b->project))
		push(words, a, "-I" INTERFACE_FOLDER);
	if (b->project->for_board_test)
		push_pair(words, a, "-isystem", sdk_path(b->sdk, a, "test/include"));
	if (b->project->pie || !strcmp(target, "sim")) {
		push_sdk_headers(b, target, libraries, a, words);
		push_own_headers(b, for_clang, a, words);
	} else {
		push_newlib_headers(b, for_clang, a, words);
	}
}

void buildflags_manifest(const struct buildfile *b, struct arena *a, struct list *words)
{
	push_each(words, a, "-D", &b->project->defines);
	push_each(words, a, "", &b->project->cflags);
}

int buildflags_target(const struct buildfile *b, uint8_t target, struct arena *a, struct list *words, struct err *e)
{
	return b->project->pie ? sdk_target_flags(b->sdk, target_name(target), a, words, e) : sdk_fixed_flags(b->sdk, target_name(target), a, words, e);
}

int buildfile_flags(const struct buildfile *b, uint8_t target, bool for_clang, struct arena *a,
		    struct list *words, struct err *e)
{
	const struct project *p = b->project;
	struct list own = { 0 }, libraries = { 0 };

	int rc = buildflags_target(b, target, a, &own, e);
	if (rc >= 0)
		rc = buildflags_chosen(b, target_name(target), a, &libraries, e);
	if (rc < 0)
		return rc;

	bool by_clang = b->clang.name && !for_clang;

	if (for_clang || by_clang)
		push_clang_words(words, a, &own);
	else
		for (size_t i = 0; i < own.count; i++)
			push(words, a, own.at[i]);
	if (by_clang)
		push_clang_abi(words, a);
	push(words, a, arena_printf(a, "-std=%s", p->c_std));
	push(words, a, "-D_DEFAULT_SOURCE");	/* POSIX beside ISO C, whatever the standard */
	if (b->release)
		push(words, a, "-DNDEBUG");
	push(words, a, "-Os");
	push(words, a, "-g");
	push(words, a, "-ffunction-sections");
	push(words, a, "-fdata-sections");
	push(words, a, "-Wall");
	push(words, a, "-Wextra");
	push(words, a, arena_printf(a, "-W%sframe-larger-than=%u", for_clang || by_clang ? "" : "error=", frame_limit(p)));
	if (for_clang || by_clang)
		push(words, a, "-Werror=frame-larger-than");
	if (!for_clang) {
		push(words, a, "-ffile-prefix-map=" BUILD_FOLDER "=.");
		push(words, a, arena_printf(a, "-ffile-prefix-map=%s=/ms-sdk", b->sdk->root));
		push(words, a, by_clang ? arena_printf(a, "-ffile-prefix-map=%s=/clang", b->clang.include_fixed) :
					  arena_printf(a, "-ffile-prefix-map=%s=/gcc", path_folder(a, b->compiler.include)));
	}
	buildflags_headers(b, target_name(target), for_clang || by_clang, &libraries, a, words);
	buildflags_manifest(b, a, words);
	return MS_OK;
}

bool buildflags_is_cxx(const char *source)
{
	const char *dot = strrchr(source, '.');

	return dot && !strcmp(dot, ".cpp");
}

struct list buildflags_cxx(const struct list *words, struct arena *a)
{
	static const char *const own[] = { "-std=gnu++17", "-fno-exceptions", "-fno-rtti", "-fno-use-cxa-atexit", "-nostdinc++",
		"-D_Noreturn=__attribute__((noreturn))", "-D_Static_assert=static_assert",	/* C's words in headers of the SDK */
	};
	struct list cxx = { 0 };

	for (size_t i = 0; i < words->count; i++)
		if (strncmp(words->at[i], "-std=", 5))
			push(&cxx, a, words->at[i]);
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		push(&cxx, a, own[i]);
	return cxx;
}

/* To one object of only what is used: nothing is undefined in it but what depends on the place. */
static void push_part(const struct buildfile *b, uint8_t target, struct arena *a, struct list *words)
{
	push(words, a, "-nostdlib");
	push(words, a, "-r");
	push(words, a, "-Wl,--gc-sections,-z,noexecstack");
	push(words, a, arena_printf(a, "-Wl,-Map=%s", buildfile_product(b->project, target, "map", a)));
	push_pair(words, a, "-T", sdk_path(b->sdk, a, "lib/part.ld"));
}

void buildflags_fixed(const struct buildfile *b, struct arena *a, struct list *words)
{
	push(words, a, "--emit-relocs");
	fixed_words(sdk_path(b->sdk, a, FIXED_SCRIPT), b->project->stack_size, b->project->heap_size, NULL, a, words);
}

int buildflags_link(const struct buildfile *b, uint8_t target, struct arena *a, struct list *words, struct err *e)
{
	const struct project *p = b->project;

	int rc = buildflags_target(b, target, a, words, e);
	if (rc < 0)
		return rc;
	if (!p->pie) {
		push_part(b, target, a, words);
		return MS_OK;
	}

	push(words, a, "-nostdlib");
	push(words, a, "-static");
	push(words, a, "-Wl,-pie,--no-dynamic-linker,-z,notext,-z,noexecstack,-z,max-page-size=16,--gc-sections,--emit-relocs,--build-id=sha1,--no-warn-rwx-segments");
	push(words, a, arena_printf(a, "-Wl,-Map=%s", buildfile_product(p, target, "map", a)));
	push(words, a, arena_printf(a, "-Wl,--defsym=__ms_stack_size=%u", p->stack_size));
	push(words, a, arena_printf(a, "-Wl,--defsym=__ms_heap_size=%u", p->heap_size));
	if (p->for_board_test)
		push(words, a, "-Wl,--wrap=main,--wrap=exit,--wrap=_exit,--wrap=ms_log");
	if (p->partition && p->heap_size)	/* sdk/lib/partition_heap.c */
		push(words, a, "-Wl,--wrap=malloc,--wrap=free,--wrap=realloc,--wrap=memalign,--wrap=aligned_alloc,--wrap=malloc_usable_size");
	push_pair(words, a, "-T", sdk_path(b->sdk, a, "lib/service.ld"));
	return MS_OK;
}

int buildflags_libraries(const struct buildfile *b, uint8_t target, struct arena *a, struct list *files, struct err *e)
{
	struct list libraries = { 0 };

	int rc = buildfile_library_files(b->project, target_name(target), a, files, e);
	if (rc >= 0)
		rc = buildflags_chosen(b, target_name(target), a, &libraries, e);
	if (rc < 0)
		return rc;

	for (size_t i = 0; i < libraries.count; i++)
		push(files, a, ((const struct sdk_library *)libraries.at[i])->file);
	if (b->project->for_board_test)
		push(files, a, sdk_path(b->sdk, a, "targets/%s/lib/libmstest.a", target_name(target)));
	if (!b->project->pie) {
		push(files, a, sdk_path(b->sdk, a, "targets/%s/newlib/lib/libms-newlib.a", target_name(target)));
		push(files, a, sdk_path(b->sdk, a, "targets/%s/newlib/lib/libm.a", target_name(target)));
		push(files, a, sdk_path(b->sdk, a, "targets/%s/newlib/lib/libc_nano.a", target_name(target)));
		return MS_OK;
	}
	push(files, a, sdk_path(b->sdk, a, "targets/%s/lib/libms.a", target_name(target)));
	push(files, a, sdk_path(b->sdk, a, "targets/%s/picolibc/lib/libc.a", target_name(target)));
	return MS_OK;
}

