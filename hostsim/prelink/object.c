/* SPDX-License-Identifier: Apache-2.0 */
#include "object.h"

#include <fcntl.h>
#include <gelf.h>
#include <string.h>
#include <unistd.h>

static void add_symbols(Elf *elf, Elf_Scn *section, const GElf_Shdr *header, struct arena *a, struct list *out)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Sym s;

	for (int i = 1; data && gelf_getsym(data, i, &s); i++) {
		unsigned bind = GELF_ST_BIND(s.st_info);
		const char *name = elf_strptr(elf, header->sh_link, s.st_name);

		if ((bind != STB_GLOBAL && bind != STB_WEAK) || !name)
			continue;
		struct object_symbol *o = arena_new(a, struct object_symbol);

		*o = (struct object_symbol){
			.name = arena_printf(a, "%s", name),
			.defined = s.st_shndx != SHN_UNDEF,
			.weak = bind == STB_WEAK,
			.thread_local_data = GELF_ST_TYPE(s.st_info) == STT_TLS,
		};
		list_push(out, a, o);
	}
}

int object_symbols(const char *path, struct arena *a, struct list *out, struct err *e)
{
	elf_version(EV_CURRENT);
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_errno(e, "cannot open '%s'", path);

	Elf *elf = elf_begin(fd, ELF_C_READ, NULL);
	GElf_Ehdr file;
	int rc = MS_OK;

	if (!elf || !gelf_getehdr(elf, &file) || file.e_type != ET_REL)
		rc = err_set(e, ERR_DAMAGED, "'%s' is no relocatable object", path);
	for (Elf_Scn *s = NULL; rc == MS_OK && (s = elf_nextscn(elf, s));) {
		GElf_Shdr header;

		if (gelf_getshdr(s, &header) && header.sh_type == SHT_SYMTAB)
			add_symbols(elf, s, &header, a, out);
	}
	elf_end(elf);
	close(fd);
	return rc;
}

static const struct object_symbol *definition(const struct list *symbols, const char *name)
{
	for (size_t i = 0; i < symbols->count; i++) {
		const struct object_symbol *s = symbols->at[i];

		if (s->defined && !strcmp(s->name, name))
			return s;
	}
	return NULL;
}

bool object_defines(const struct list *symbols, const char *name)
{
	return definition(symbols, name) != NULL;
}

bool object_weakly(const struct list *symbols, const char *name)
{
	const struct object_symbol *s = definition(symbols, name);

	return s && s->weak;
}
