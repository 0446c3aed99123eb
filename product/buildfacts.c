/* SPDX-License-Identifier: Apache-2.0 */
#include "buildfacts.h"

#include <stdio.h>
#include <string.h>

#include "buildflags.h"
#include "cbor.h"
#include "file.h"
#include "process.h"

static bool has(const struct list *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (!strcmp(words->at[i], word))
			return true;
	return false;
}

/* A folder of this computer by the name that debug information has for it, too. */
static const char *without_place(const struct buildfile *b, const char *word, struct arena *a)
{
	const struct { const char *path, *name; } places[] = {
		{ b->sdk->root, "/ms-sdk" }, { path_folder(a, b->compiler.include), "/gcc" }, { b->clang.name ? b->clang.include_fixed : NULL, "/clang" },
	};

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		const char *at = places[i].path ? strstr(word, places[i].path) : NULL;

		if (at)
			return arena_printf(a, "%.*s%s%s", (int)(at - word), word, places[i].name, at + strlen(places[i].path));
	}
	return word;
}

/* As it can stand in a manifest. */
static const char *plain(const char *word, struct arena *a)
{
	char *copy = arena_printf(a, "%.*s", MANIFEST_WORD_SIZE_MAX, word);

	for (char *c = copy; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	return copy;
}

/* Does the next word belong to this one? */
static bool is_pair(const char *word)
{
	return !strcmp(word, "-isystem") || !strcmp(word, "-T");
}

/* Each word once; prefix maps are about places, and change nothing else. */
static void take(const struct buildfile *b, const struct list *words, struct arena *a, struct list *out)
{
	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->at[i];

		if (!strncmp(word, "-ffile-prefix-map=", 18))
			continue;
		if (is_pair(word) && i + 1 < words->count)
			word = arena_printf(a, "%s %s", word, (const char *)words->at[++i]);
		word = plain(without_place(b, word, a), a);
		if (*word && !has(out, word))
			list_push(out, a, (void *)(uintptr_t)word);
	}
}

static int words_of(const struct buildfile *b, uint8_t target, struct arena *a, struct list *out, struct err *e)
{
	struct list compile = { 0 }, link = { 0 };

	int rc = buildfile_flags(b, target, false, a, &compile, e);
	if (rc >= 0)
		rc = buildflags_link(b, target, a, &link, e);
	if (rc < 0)
		return rc;
	take(b, &compile, a, out);
	take(b, &link, a, out);
	return MS_OK;
}

static struct bytes encode(const struct list *words, struct arena *a)
{
	size_t size = 8, count = words->count < MANIFEST_WORD_MAX ? words->count : MANIFEST_WORD_MAX;

	for (size_t i = 0; i < count; i++)
		size += strlen(words->at[i]) + 8;
	struct writer w = { .at = arena_take(a, size), .size = size };

	cbor_put_array(&w, (uint32_t)count);
	for (size_t i = 0; i < count; i++)
		cbor_put_text(&w, (struct bytes){ words->at[i], strlen(words->at[i]) });
	return writer_bytes(&w);
}

/* "GNU ld (2.40-2) 2.40": the last word of the first line. */
static int find_linker(struct arena *a, struct bytes *out, struct err *e)
{
	const char *const argv[] = { "arm-none-eabi-ld", "--version", NULL };
	struct process_result r;

	int rc = process_run(argv, NULL, a, &r, e);
	if (rc < 0)
		return rc;
	char *line = arena_string(a, r.out);
	line[strcspn(line, "\n")] = '\0';
	const char *blank = strrchr(line, ' ');
	const char *text = plain(arena_printf(a, "GNU ld %.40s", blank ? blank + 1 : "unknown"), a);

	*out = (struct bytes){ (const uint8_t *)text, strlen(text) };
	return MS_OK;
}

static struct bytes text_bytes(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

int buildfacts_find(const struct buildfile *b, const char *sdk_version, struct arena *a, struct manifest_build *out, struct err *e)
{
	const struct compiler *by = b->clang.name ? &b->clang : &b->compiler;
	struct list words[MANIFEST_TARGET_MAX] = { 0 }, common = { 0 };
	int rc = find_linker(a, &out->linker, e);

	for (uint32_t i = 0; rc >= 0 && i < b->target_count; i++)
		rc = words_of(b, b->targets[i], a, &words[i], e);
	if (rc < 0)
		return rc;
	for (size_t k = 0; k < words[0].count; k++) {
		bool all = true;

		for (uint32_t i = 1; all && i < b->target_count; i++)
			all = has(&words[i], words[0].at[k]);
		if (all)
			list_push(&common, a, words[0].at[k]);
	}
	for (uint32_t i = 0; i < b->target_count; i++) {
		struct list own = { 0 };

		for (size_t k = 0; k < words[i].count; k++)
			if (!has(&common, words[i].at[k]))
				list_push(&own, a, words[i].at[k]);
		out->own[i] = encode(&own, a);
	}
	out->words = encode(&common, a);
	out->sdk = text_bytes(plain(sdk_version, a));
	out->compiler = text_bytes(plain(arena_printf(a, "%.20s %.40s", by->name, by->version), a));
	out->release = b->release;
	return MS_OK;
}

void buildfacts_words(struct bytes words, struct arena *a, struct list *out)
{
	struct reader r = { .left = words };

	for (uint32_t left = cbor_array(&r); left > 0 && !r.failed; left--)
		list_push(out, a, arena_string(a, cbor_text(&r)));
}

static void all_words(const struct manifest *m, uint8_t target, struct arena *a, struct list *out)
{
	buildfacts_words(m->build.words, a, out);
	for (uint32_t i = 0; i < m->target_count; i++)
		if (m->targets[i] == target)
			buildfacts_words(m->build.own[i], a, out);
}

static void compare_tool(const char *what, struct bytes then, struct bytes now, struct arena *a, struct list *sentences)
{
	if (!bytes_equal(then, now))
		list_push(sentences, a, arena_printf(a, "%s: the package by '%s', rebuilt by '%s'", what, arena_string(a, then), arena_string(a, now)));
}

static void compare_words(const struct list *left, const struct list *right, const char *where, struct arena *a, struct list *sentences)
{
	struct text t = { 0 };

	for (size_t i = 0; i < left->count; i++)
		if (!has(right, left->at[i]))
			text_add(&t, a, "%s%s", t.size ? " " : "", (const char *)left->at[i]);
	if (t.size)
		list_push(sentences, a, arena_printf(a, "flags: %s: %s", where, t.at));
}

void buildfacts_compare(const struct manifest *then, const struct manifest *now, uint8_t target, struct arena *a, struct list *sentences)
{
	struct list left = { 0 }, right = { 0 };

	if (!then->build.sdk.size || !now->build.sdk.size)
		return;
	compare_tool("SDK", then->build.sdk, now->build.sdk, a, sentences);
	compare_tool("compiler", then->build.compiler, now->build.compiler, a, sentences);
	compare_tool("linker", then->build.linker, now->build.linker, a, sentences);
	all_words(then, target, a, &left);
	all_words(now, target, a, &right);
	compare_words(&left, &right, "in the package only", a, sentences);
	compare_words(&right, &left, "rebuilt only", a, sentences);
}
