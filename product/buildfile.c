/* SPDX-License-Identifier: Apache-2.0 */
#include "buildflags.h"
#include "buildtree.h"

#include <inttypes.h>
#include <string.h>

#include "executable.h"
#include "file.h"
#include "fixed.h"
#include "identity.h"
#include "ninjafile.h"
#include "testflags.h"

static struct bytes text_bytes(const struct text *t)
{
	return (struct bytes){ (const uint8_t *)t->at, t->size };
}

char *buildfile_path(const struct project *p, struct arena *a)
{
	return arena_printf(a, "%s/build.ninja", p->out);
}

char *buildfile_product(const struct project *p, uint8_t target, const char *kind, struct arena *a)
{
	return arena_printf(a, "%s/%s/%s.%s", p->out, target_name(target), p->name, kind);
}

static char *object_of(const struct project *p, const char *source, uint8_t target, struct arena *a)
{
	return arena_printf(a, "%s/%s/obj/%s.o", p->out, target_name(target), source);
}

/* What compiles, and what makes the object of it. */
static const char *compile_command(const struct buildfile *b, const char *target, struct arena *a)
{
	if (!b->clang.name)
		return arena_printf(a, "%s $cflags-%s -frandom-seed=$out -MD -MF $out.d -c $in -o $out", b->compiler.name, target);
	return arena_printf(a, "%s $cflags-%s -MD -MF $out.d -MT $out -c $in -o $out.clang && $ms --json settle $out.clang $out", b->clang.name, target);
}

/* `then`: what is done to the object. */
static void put_compile(const struct buildfile *b, const char *kind, const char *target, const char *then, struct arena *a, struct text *t)
{
	text_add(t, a, "rule %s-%s\n"
		 "  command = LC_ALL=C PWD=" BUILD_FOLDER " SOURCE_DATE_EPOCH=%" PRIu64 " %s%s\n"
		 "  description = compile $in for %s\n"
		 "  depfile = $out.d\n"
		 "  deps = gcc\n", kind, target, b->epoch, compile_command(b, target, a), then, target);
}

/* Fixed mode links in two steps, of which the product does the second again. */
static void put_link_rules(const struct buildfile *b, const char *name, struct arena *a, struct text *t)
{
	struct list words = { 0 };

	text_add(t, a, "rule link-%s\n"
		 "  command = LC_ALL=C %s $ldflags-%s $in -Wl,--start-group $libs-%s -lgcc -Wl,--end-group -o $out\n"
		 "  description = link $out\n", name, b->compiler.name, name, name);
	if (b->project->pie)
		return;
	buildflags_fixed(b, a, &words);
	ninja_words(t, a, false, arena_printf(a, "placeflags-%s", name), &words);
	text_add(t, a, "rule place-%s\n"
		 "  command = LC_ALL=C " FIXED_LINKER " $placeflags-%s $in -o $out\n"
		 "  description = link $out\n", name, name);
}

/* The rules of one target: a command finds its flags by the name of its rule. */
static int put_rules(const struct buildfile *b, uint8_t target, struct arena *a, struct text *t, struct err *e)
{
	const char *name = target_name(target), *cc = b->compiler.name;
	struct list abi = { 0 }, compile = { 0 }, link = { 0 }, files = { 0 };

	int rc = buildflags_target(b, target, a, &abi, e);
	if (rc >= 0)
		rc = buildfile_flags(b, target, false, a, &compile, e);
	if (rc >= 0)
		rc = buildflags_link(b, target, a, &link, e);
	if (rc >= 0)
		rc = buildflags_libraries(b, target, a, &files, e);
	if (rc < 0)
		return rc;

	text_add(t, a, "\n");
	ninja_words(t, a, false, arena_printf(a, "abi-%s", name), &abi);
	ninja_words(t, a, false, arena_printf(a, "cflags-%s", name), &compile);
	struct list cxx = buildflags_cxx(&compile, a);
	ninja_words(t, a, false, arena_printf(a, "cxxflags-%s", name), &cxx);
	ninja_words(t, a, false, arena_printf(a, "ldflags-%s", name), &link);
	ninja_words(t, a, false, arena_printf(a, "libs-%s", name), &files);
	put_compile(b, "cc", name, "", a, t);
	if (b->project->for_board_test)
		put_compile(b, "client", name, " && arm-none-eabi-objcopy --weaken $out", a, t);
	text_add(t, a, "rule as-%s\n"
		 "  command = LC_ALL=C %s $abi-%s -x assembler -c $in -o $out\n"
		 "  description = assemble $in\n", name, cc, name);
	put_link_rules(b, name, a, t);
	return MS_OK;
}

static void put_common(const struct buildfile *b, struct arena *a, struct text *t)
{
	struct list ms = { 0 }, key = { 0 };

	list_push(&ms, a, (void *)b->ms);
	list_push(&key, a, (void *)b->key);
	text_add(t, a, "# Made by 'ms build' from ms.yaml, and made again when that changes.\n"
		 "ninja_required_version = 1.10\n"
		 "builddir = %s\n", b->project->out);
	ninja_words(t, a, false, "ms", &ms);
	ninja_words(t, a, false, "key", &key);
	text_add(t, a, "rule seal\n"
		 "  command = $ms --json seal --key $key $part $in $map $out\n"
		 "  description = check and sign $out\n"
		 "rule admit\n"
		 "  command = $ms --json admit $target $out $in\n"
		 "  description = check libraries of others for $target\n");
}

static void put_objects(const struct buildfile *b, uint8_t target, const struct list *sources, struct arena *a, struct text *t)
{
	const struct project *p = b->project;
	const char *name = target_name(target);

	for (size_t i = 0; i < sources->count; i++) {
		text_add(t, a, "build");
		ninja_path(t, a, object_of(p, sources->at[i], target, a));
		text_add(t, a, ": %s-%s", p->for_board_test && interface_is_client(p, sources->at[i], a) ? "client" : "cc", name);
		ninja_path(t, a, sources->at[i]);
		text_add(t, a, " | %s " BUILDTREE_PATH, b->clang.name ? BUILDFILE_CLANG : "out/compiler");
		if (b->clang.name)
			ninja_path(t, a, b->ms);
		text_add(t, a, "\n");
		if (buildflags_is_cxx(sources->at[i]))
			text_add(t, a, "  cflags-%s = $cxxflags-%s\n", name, name);
	}
	text_add(t, a, "build %s/%s/notes.o: as-%s %s/%s/notes.s | out/compiler\n", p->out, name, name, p->out, name);
}

static char *admitted(const struct project *p, uint8_t target, struct arena *a)
{
	return arena_printf(a, "%s/%s/libraries.admitted", p->out, target_name(target));
}

/* Libraries of others are looked at before they are linked. */
static int put_admission(const struct buildfile *b, uint8_t target, struct arena *a, struct text *t, struct err *e)
{
	struct list others = { 0 };

	int rc = buildfile_library_files(b->project, target_name(target), a, &others, e);
	if (rc < 0 || !others.count)
		return rc;

	text_add(t, a, "build %s: admit", admitted(b->project, target, a));
	for (size_t i = 0; i < others.count; i++)
		ninja_path(t, a, others.at[i]);
	text_add(t, a, " |");
	ninja_path(t, a, b->ms);
	text_add(t, a, "\n  target = %s\n", target_name(target));
	return (int)others.count;
}

static void put_place(const struct buildfile *b, uint8_t target, struct arena *a, struct text *t)
{
	const struct project *p = b->project;

	text_add(t, a, "build %s: place-%s %s | out/compiler", buildfile_product(p, target, "debug", a), target_name(target), buildfile_product(p, target, "part", a));
	ninja_path(t, a, sdk_path(b->sdk, a, FIXED_SCRIPT));
	text_add(t, a, "\n");
}

static int put_link(const struct buildfile *b, uint8_t target, const struct list *sources, struct arena *a,
		    struct text *t, struct err *e)
{
	const struct project *p = b->project;
	struct list files = { 0 };

	int rc = buildflags_libraries(b, target, a, &files, e);
	int others = rc < 0 ? rc : put_admission(b, target, a, t, e);
	if (others < 0)
		return others;

	text_add(t, a, "build %s | %s: link-%s %s/%s/notes.o", buildfile_product(p, target, p->pie ? "debug" : "part", a),
		 buildfile_product(p, target, "map", a), target_name(target), p->out, target_name(target));
	for (size_t i = 0; i < sources->count; i++)
		ninja_path(t, a, object_of(p, sources->at[i], target, a));
	text_add(t, a, " | out/compiler%s%s", others ? " " : "", others ? admitted(p, target, a) : "");
	ninja_path(t, a, sdk_path(b->sdk, a, "lib/%s", p->pie ? "service.ld" : "part.ld"));
	for (size_t i = 0; i < files.count; i++)
		ninja_path(t, a, files.at[i]);
	text_add(t, a, "\n");
	if (!p->pie)
		put_place(b, target, a, t);
	return MS_OK;
}

static void put_seal(const struct buildfile *b, uint8_t target, struct arena *a, struct text *t)
{
	const struct project *p = b->project;
	const char *map = buildfile_product(p, target, "map", a);

	text_add(t, a, "build %s %s: seal %s | %s", buildfile_product(p, target, "elf", a),
		 buildfile_product(p, target, "img", a), buildfile_product(p, target, "debug", a), map);
	ninja_path(t, a, b->ms);
	ninja_path(t, a, b->key);
	text_add(t, a, "\n  map = %s\n", map);
	if (!p->pie)
		text_add(t, a, "  part = --part %s\n", buildfile_product(p, target, "part", a));
}

static int put_targets(const struct buildfile *b, const struct list *sources, struct arena *a, struct text *t, struct err *e)
{
	put_common(b, a, t);
	for (uint32_t i = 0; i < b->target_count; i++) {
		int rc = put_rules(b, b->targets[i], a, t, e);
		if (rc < 0)
			return rc;
		put_objects(b, b->targets[i], sources, a, t);
		rc = put_link(b, b->targets[i], sources, a, t, e);
		if (rc < 0)
			return rc;
		put_seal(b, b->targets[i], a, t);
	}
	return MS_OK;
}

/* One entry of compile_commands.json: an editor asks how a file is compiled, and one target's answer is enough. */
static void put_command(const struct project *p, const char *source, const struct list *words, struct arena *a, struct text *t)
{
	text_add(t, a, "{ \"directory\": ");
	json_text(t, a, p->root);
	text_add(t, a, ", \"file\": ");
	json_text(t, a, source);
	text_add(t, a, ", \"arguments\": [\"clang\"");
	for (size_t i = 0; i < words->count; i++) {
		text_add(t, a, ", ");
		json_text(t, a, words->at[i]);
	}
	text_add(t, a, ", \"-c\", ");
	json_text(t, a, source);
	text_add(t, a, "] }");
}

static void put_commands(const struct project *p, const struct list *sources, const struct list *words, struct arena *a, struct text *t)
{
	struct list cxx = buildflags_cxx(words, a);

	for (size_t i = 0; i < sources->count; i++) {
		text_add(t, a, t->size > 2 ? ",\n" : "");
		put_command(p, sources->at[i], buildflags_is_cxx(sources->at[i]) ? &cxx : words, a, t);
	}
}

/* The service's sources as for a device, its tests as for this computer. */
static int write_commands(const struct buildfile *b, const struct list *sources, struct arena *a, struct err *e)
{
	const struct testfile test = { .build = *b };
	struct list words = { 0 }, test_words = { 0 }, tests = { 0 };
	struct text t = { 0 };

	int rc = buildfile_flags(b, b->targets[0], true, a, &words, e);
	if (rc >= 0)
		rc = file_glob(b->project->root, "tests/*.c", a, &tests, e);
	if (rc < 0)
		return rc;

	testflags_test(&test, sources, a, &test_words);
	text_add(&t, a, "[\n");
	put_commands(b->project, sources, &words, a, &t);
	put_commands(b->project, &tests, &test_words, a, &t);
	text_add(&t, a, "\n]\n");
	return file_update(path_join(a, b->project->root, "out/compile_commands.json"), text_bytes(&t), 0644, a, NULL, e);
}

static int write_notes(const struct buildfile *b, uint8_t target, struct arena *a, struct err *e)
{
	const struct project *p = b->project;
	const char *folder = path_join(a, p->root, arena_printf(a, "%s/%s", p->out, target_name(target)));
	struct manifest m = { .security_counter = p->security_counter, .stack_size = p->stack_size, .heap_size = p->heap_size, .fixed = !p->pie };
	char *text;

	int rc = identity_set(&m, p->vendor, p->name, p->version_text, a, e);
	interface_fill(p, &m);
	if (rc >= 0)
		rc = executable_notes(&m, target, a, &text, e);
	if (rc >= 0)
		rc = file_make_folders(folder, a, e);
	if (rc < 0)
		return rc;

	struct bytes content = { (const uint8_t *)text, strlen(text) };
	return file_update(path_join(a, folder, "notes.s"), content, 0644, a, NULL, e);
}

int buildfile_write(const struct buildfile *b, struct arena *a, struct err *e)
{
	struct list sources = { 0 };
	struct text t = { 0 };

	int rc = buildfile_sources(b->project, a, &sources, e);
	if (rc >= 0)
		rc = interface_headers(b->project, path_join(a, b->project->root, INTERFACE_FOLDER), a, e);
	if (rc >= 0)
		rc = put_targets(b, &sources, a, &t, e);
	for (uint32_t i = 0; rc >= 0 && i < b->target_count; i++)
		rc = write_notes(b, b->targets[i], a, e);
	if (rc >= 0 && !b->project->for_board_test)
		rc = write_commands(b, &sources, a, e);
	if (rc >= 0)
		rc = file_update(path_join(a, b->project->root, buildfile_path(b->project, a)), text_bytes(&t), 0644, a, NULL, e);
	return rc;
}
