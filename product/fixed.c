/* SPDX-License-Identifier: Apache-2.0 */
#include "fixed.h"

#include <stdlib.h>
#include <string.h>

#include <ms/abi/abi.h>

#include "elf_section.h"
#include "executable.h"
#include "file.h"
#include "process.h"

struct linking {
	const char *name, *script;
	const struct image *header;	/* of the executable as it is */
	struct bytes object;
	struct arena *a;
	struct err *e;
};

static void push(struct list *words, struct arena *a, const char *word)
{
	list_push(words, a, (void *)word);
}

void fixed_words(const char *script, uint32_t stack_size, uint32_t heap_size, const struct fixed_place *at, struct arena *a, struct list *words)
{
	static const char *const first[] = { "-static", "-z", "noexecstack", "-z", "max-page-size=16", "--build-id=sha1", "--no-warn-rwx-segments" };

	for (size_t i = 0; i < sizeof(first) / sizeof(*first); i++)
		push(words, a, first[i]);
	push(words, a, arena_printf(a, "--defsym=__ms_stack_size=%u", (unsigned)stack_size));
	push(words, a, arena_printf(a, "--defsym=__ms_heap_size=%u", (unsigned)heap_size));
	/* Before the script, which asks whether they are defined. */
	if (at) {
		push(words, a, arena_printf(a, "--defsym=__ms_place_text=0x%x", (unsigned)at->text));
		push(words, a, arena_printf(a, "--defsym=__ms_place_data=0x%x", (unsigned)at->data));
	}
	push(words, a, "-T");
	push(words, a, script);
}

struct bytes fixed_object(struct bytes elf)
{
	struct elf_section s;

	for (uint32_t i = 0; elf_section_at(elf, i, &s); i++)
		if (bytes_equal(s.name, BYTES_LITERAL(FIXED_SECTION)))
			return s.content;
	return (struct bytes){ 0 };
}

/* A relocatable ELF file for ARM and nothing else: what the linker takes for a script or an archive could name any file of this computer. */
static bool is_object(struct bytes object)
{
	static const uint8_t ident[] = { 0x7f, 'E', 'L', 'F', 1, 1, 1 }, type_machine[] = { 1, 0, 40, 0 };

	return bytes_equal(bytes_part(object, 0, sizeof(ident)), (struct bytes){ ident, sizeof(ident) }) &&
	       bytes_equal(bytes_part(object, 16, sizeof(type_machine)), (struct bytes){ type_machine, sizeof(type_machine) });
}

static int refuse(const struct linking *l, const struct fixed_place *at, const char *why)
{
	err_set(l->e, ERR_FIXED_LINK, "'%s' cannot be linked for its place, text at 0x%08x and data at 0x%08x: %s", l->name, (unsigned)at->text, (unsigned)at->data, why);
	return err_fix(l->e, "it has to be mended by its developer: 'ms explain %s'", l->e->id);
}

static const char *first_line(struct bytes text, struct arena *a)
{
	char *line = arena_string(a, text);

	line[strcspn(line, "\n")] = '\0';
	return *line ? line : "the linker does not say why";
}

/* In a folder that is nobody else's: the linker wants files. */
static int run(const struct linking *l, const struct fixed_place *at, const char *folder, struct bytes *linked)
{
	const char *object = path_join(l->a, folder, "object.o"), *out = path_join(l->a, folder, "linked.elf");
	struct list words = { 0 };
	struct process_result r;

	push(&words, l->a, FIXED_LINKER);
	fixed_words(l->script, l->header->stack_size, l->header->heap_size, at, l->a, &words);
	push(&words, l->a, object);
	push(&words, l->a, "-o");
	push(&words, l->a, out);
	push(&words, l->a, NULL);

	int rc = file_replace(object, l->object, 0600, l->a, l->e);
	if (rc >= 0)
		rc = process_run((const char *const *)words.at, NULL, l->a, &r, l->e);
	if (rc < 0)
		return rc;
	return r.status ? refuse(l, at, first_line(r.err, l->a)) : file_read(out, EXECUTABLE_SIZE_MAX, l->a, linked, l->e);
}

static int link_at(const struct linking *l, const struct fixed_place *at, struct bytes *linked)
{
	const char *top = getenv("TMPDIR");
	char *folder = arena_printf(l->a, "%s/ms-link.XXXXXX", top && *top ? top : "/tmp");
	struct err none;

	if (!mkdtemp(folder))
		return err_errno(l->e, "cannot make a folder in '%s'", path_folder(l->a, folder));
	int rc = run(l, at, folder, linked);

	file_remove_tree(folder, &none);
	return rc;
}

static bool same_layout(const struct image *x, const struct image *y)
{
	uint8_t a[IMAGE_HEADER_SIZE], b[IMAGE_HEADER_SIZE];

	image_encode(x, a);
	image_encode(y, b);
	return memcmp(a, b, sizeof(a)) == 0;
}

static int image_at(const struct linking *l, const struct fixed_place *at, struct bytes *image)
{
	struct bytes linked;
	struct elf_file f;
	struct image header;

	int rc = link_at(l, at, &linked);
	if (rc < 0)
		return rc;
	enum elf_rule rule = elf_open_placed(linked, at->text, at->data, &f);

	if (rule != ELF_RULE_OK)
		return refuse(l, at, elf_rule_text(rule));
	rc = executable_image_of(&f, l->name, l->a, image, &header, l->e);
	if (rc >= 0 && !same_layout(&header, l->header))
		return refuse(l, at, "its size depends on where it lies");
	return rc;
}

/* What its developer has checked and signed is what comes of the object there, by their linker and by this one. */
static int check_nominal(const struct linking *l, struct bytes nominal)
{
	const struct fixed_place at = { MS_LINK_TEXT, MS_LINK_DATA };
	struct bytes again;

	int rc = image_at(l, &at, &again);
	if (rc < 0 || bytes_equal(again, nominal))
		return rc;
	err_set(l->e, ERR_FIXED_LINK, "'%s' holds an object of which " FIXED_LINKER " makes something else here than what its developer has signed", l->name);
	return err_fix(l->e, "use the linker that its bill of materials names, or ask its developer for a package built with this SDK");
}

int fixed_link(struct bytes elf, const char *name, const char *script, const struct fixed_place *at, struct arena *a,
	       struct bytes *image, struct bytes *nominal, struct err *e)
{
	struct bytes plain;
	struct image header;

	int rc = executable_image(elf, name, a, &plain, &header, e);
	if (rc < 0)
		return rc;
	const struct linking l = { name, script, &header, fixed_object(elf), a, e };

	if (!l.object.size)
		return refuse(&l, at, "it has no section '" FIXED_SECTION "'");
	if (!is_object(l.object))
		return refuse(&l, at, "its section '" FIXED_SECTION "' holds no object");
	rc = check_nominal(&l, plain);
	if (rc >= 0)
		rc = image_at(&l, at, image);
	if (rc >= 0 && nominal)
		*nominal = plain;
	return rc;
}

int fixed_check(struct bytes elf, const char *name, const char *script, struct arena *a, struct err *e)
{
	const struct fixed_place at = { 0x080155a0, 0x2002aa60 };
	struct bytes image;

	return fixed_link(elf, name, script, &at, a, &image, NULL, e);
}
