/* SPDX-License-Identifier: Apache-2.0 */
#include "agree.h"

#include <dwarf.h>
#include <elfutils/libdwfl.h>
#include <stdio.h>
#include <string.h>

/* A structure or union that has a name: its own, or the typedef's that it was declared with. */
struct record {
	const char *file, *name;	/* as the compiler was given it */
	const char *layout;		/* its size, and the offset of each member */
	int line;
	unsigned long size;
};

static const char *file_of(Dwarf_Die *die, struct arena *a)
{
	const char *file = dwarf_decl_file(die);
	Dwarf_Die unit;
	Dwarf_Attribute folder;
	const char *in = file && dwarf_diecu(die, &unit, NULL, NULL) ? dwarf_formstring(dwarf_attr(&unit, DW_AT_comp_dir, &folder)) : NULL;
	size_t skip = in && !strncmp(file, in, strlen(in)) && file[strlen(in)] == '/' ? strlen(in) + 1 : 0;

	if (!file)
		return NULL;
	return arena_printf(a, "%s", strncmp(file + skip, "./", 2) ? file + skip : file + skip + 2);
}

static const char *layout_of(Dwarf_Die *type, unsigned long size, struct arena *a)
{
	struct text t = { 0 };
	Dwarf_Die member;

	text_add(&t, a, "%lu", size);
	for (int rc = dwarf_child(type, &member); rc == 0; rc = dwarf_siblingof(&member, &member)) {
		Dwarf_Attribute place;
		Dwarf_Word offset = 0;

		if (dwarf_attr(&member, DW_AT_data_member_location, &place))
			dwarf_formudata(&place, &offset);
		text_add(&t, a, " %lu", (unsigned long)offset);
	}
	return arena_string(a, (struct bytes){ (const uint8_t *)t.at, t.size });
}

/* `named` is the type itself, or a typedef of one that has no name. */
static void add_record(Dwarf_Die *named, struct arena *a, struct list *out)
{
	Dwarf_Die type = *named;
	Dwarf_Attribute of;
	Dwarf_Word size;
	struct record *r;

	if (dwarf_tag(named) == DW_TAG_typedef && (!dwarf_formref_die(dwarf_attr(named, DW_AT_type, &of), &type) || dwarf_diename(&type)))
		return;
	if (dwarf_tag(&type) != DW_TAG_structure_type && dwarf_tag(&type) != DW_TAG_union_type)
		return;
	if (!dwarf_diename(named) || dwarf_aggregate_size(&type, &size))
		return;
	r = arena_new(a, struct record);
	r->file = file_of(named, a);
	r->name = arena_printf(a, "%s", dwarf_diename(named));
	r->layout = layout_of(&type, size, a);
	r->size = size;
	if (r->file && !dwarf_decl_line(named, &r->line))
		list_push(out, a, r);
}

static void add_unit(Dwarf_Die *unit, struct arena *a, struct list *out)
{
	Dwarf_Die die;

	for (int rc = dwarf_child(unit, &die); rc == 0; rc = dwarf_siblingof(&die, &die))
		add_record(&die, a, out);
}

static void add_object(const char *path, struct arena *a, struct list *out)
{
	static const Dwfl_Callbacks callbacks = {
		.find_elf = dwfl_build_id_find_elf,
		.find_debuginfo = dwfl_standard_find_debuginfo,
		.section_address = dwfl_offline_section_address,
	};
	Dwfl *dwfl = dwfl_begin(&callbacks);
	Dwarf_Die *unit = NULL;
	Dwarf_Addr bias;

	if (dwfl && dwfl_report_offline(dwfl, "object", path, -1)) {
		dwfl_report_end(dwfl, NULL, NULL);
		while ((unit = dwfl_nextcu(dwfl, unit, &bias)))
			add_unit(unit, a, out);
	}
	dwfl_end(dwfl);
}

static const struct record *find(const struct list *records, const struct record *wanted)
{
	for (size_t i = 0; i < records->count; i++) {
		const struct record *r = records->at[i];

		if (r->line == wanted->line && !strcmp(r->name, wanted->name) && !strcmp(r->file, wanted->file))
			return r;
	}
	return NULL;
}

static bool differs(const struct record *own, const struct record *test)
{
	if (!strcmp(own->layout, test->layout))
		return false;
	if (own->size != test->size)
		fprintf(stderr, "%s:%d: error: '%s' has %lu bytes in the service and %lu in a test\n", own->file, own->line, own->name, own->size, test->size);
	else
		fprintf(stderr, "%s:%d: error: members of '%s' lie at other places in the service than in a test\n", own->file, own->line, own->name);
	return true;
}

int agree_check(const struct list *objects, const struct list *tests, struct arena *a, struct err *e)
{
	struct list ours = { 0 }, theirs = { 0 }, said = { 0 };

	for (size_t i = 0; i < objects->count; i++)
		add_object(objects->at[i], a, &ours);
	for (size_t i = 0; i < tests->count; i++)
		add_object(tests->at[i], a, &theirs);
	for (size_t i = 0; i < theirs.count; i++) {
		const struct record *test = theirs.at[i], *own = find(&ours, test);

		if (own && !find(&said, test) && differs(own, test))
			list_push(&said, a, (void *)test);
	}
	if (!said.count)
		return MS_OK;
	return err_set(e, ERR_LAYOUT, "service and tests see different C libraries");
}
