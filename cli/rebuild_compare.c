/* SPDX-License-Identifier: Apache-2.0 */
/* A package against what its source gave: executables but for their signatures, and all else that is in it. */
#include "rebuild_parts.h"

#include "archive_restore.h"
#include "elf_difference.h"

static const char *section_text(const struct elf_section_difference *d, struct arena *a)
{
	struct text t = { 0 };

	if (!d->in_one || !d->in_two) {
		text_add(&t, a, "section %s is in %s alone", d->name, d->in_one ? "the package" : "what was rebuilt");
		return t.at;
	}
	text_add(&t, a, "section %s differs from byte %u on", d->name, d->at);
	if (d->size_one != d->size_two)
		text_add(&t, a, " (%u bytes, rebuilt %u)", d->size_one, d->size_two);
	for (size_t i = 0; i < d->symbols.count; i++)
		text_add(&t, a, "%s%s", i ? ", " : ": ", (const char *)d->symbols.at[i]);
	if (d->more)
		text_add(&t, a, " and %u more", d->more);
	return t.at;
}

static void say_difference(const struct rebuilding *r, const char *what, const struct elf_difference *d)
{
	rebuild_say(r, false, what, arena_printf(r->a, "another file from byte %zu on", d->at));
	for (size_t i = 0; i < d->sections.count; i++)
		rebuild_say(r, false, what, section_text(d->sections.at[i], r->a));
}

/* One executable of the package: 1 when it is the same, 0 when not. */
static int compare_elf(const struct rebuilding *r, struct bytes wanted, uint8_t target)
{
	const char *what = arena_printf(r->a, "elf/%s.elf", target_name(target));
	struct bytes elf = rebuild_elf(r, target), one, two;
	struct elf_difference d;

	if (!elf.size) {
		rebuild_say(r, false, what, "the source is not built for that target");
		return 0;
	}
	int rc = archive_unsigned(elf, what, r->a, &two, r->e);
	if (rc == MS_OK)
		rc = archive_unsigned(wanted, what, r->a, &one, r->e);
	if (rc < 0)
		return rc;
	elf_difference_find(one, two, r->a, &d);
	if (d.same)
		rebuild_say(r, true, what, arena_printf(r->a, "the same %zu bytes but for the signature", one.size));
	else
		say_difference(r, what, &d);
	return d.same;
}

static bool find_member(struct bytes package, struct bytes name, struct bytes *content)
{
	struct package_iter it;
	struct package_member m;

	package_iter_init(&it, package);
	while (package_next(&it, &m)) {
		if (bytes_equal(m.name, name)) {
			*content = m.content;
			return true;
		}
	}
	return false;
}

/* What is neither executable nor signature; the manifest is what archive_verify has held against all else. */
static bool is_text(const struct package_member *m)
{
	return m->kind != PACKAGE_IS_ELF && m->kind != PACKAGE_IS_MANIFEST && m->kind != PACKAGE_IS_SIGNATURE;
}

static bool texts_are_same(const struct rebuilding *r, struct bytes package)
{
	struct package_iter it;
	struct package_member m;
	struct bytes now;
	bool same = true;

	package_iter_init(&it, package);
	while (package_next(&it, &m)) {
		if (!is_text(&m))
			continue;
		bool there = find_member(r->now.content, m.name, &now);

		if (there && bytes_equal(m.content, now))
			continue;
		rebuild_say(r, false, arena_string(r->a, m.name), there ? "others than what was rebuilt" : "in the package only");
		same = false;
	}
	return same;
}

static bool no_text_is_new(const struct rebuilding *r, struct bytes package)
{
	struct package_iter it;
	struct package_member m;
	struct bytes content;
	bool same = true;

	package_iter_init(&it, r->now.content);
	while (package_next(&it, &m)) {
		if (!is_text(&m) || find_member(package, m.name, &content))
			continue;
		rebuild_say(r, false, arena_string(r->a, m.name), "rebuilt only");
		same = false;
	}
	return same;
}

static int count_same(const struct rebuilding *r, const struct archive_report *package)
{
	int same = 0;

	for (uint32_t i = 0; i < r->wanted->target_count; i++) {
		int rc = compare_elf(r, package->elf[i], r->wanted->targets[i]);

		if (rc < 0)
			return rc;
		same += rc;
	}
	return same;
}

int rebuild_judge(const struct rebuilding *r, const struct archive_report *package, struct bytes content, const char *source)
{
	int wanted = (int)r->wanted->target_count, same = count_same(r, package);

	if (same < 0)
		return same;
	bool texts = texts_are_same(r, content);
	texts &= no_text_is_new(r, content);
	if (same == wanted && texts)
		return MS_OK;
	for (uint32_t i = 0; i < r->wanted->target_count; i++)
		if (!i || r->wanted->build.own[i].size > 1)
			rebuild_say_facts(r, r->wanted->targets[i]);
	return rebuild_refuse(r, source, arena_printf(r->a, "%d of %d executables are the same%s", same, wanted, texts ? "" : ", and other files differ"));
}
