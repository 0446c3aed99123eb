/* SPDX-License-Identifier: Apache-2.0 */
#include "gdbscript.h"

#include <gelf.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "image.h"

/* A path between double quotes, as gdb reads it. */
static char *quoted(const char *path, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "\"");
	for (; *path; path++)
		text_add(&t, a, *path == '"' || *path == '\\' ? "\\%c" : "%c", *path);
	text_add(&t, a, "\"");
	return t.at;
}

/* Where an address as linked is on the board. */
static uint32_t placed(const struct device_service *s, uint32_t address)
{
	if (address >= MS_LINK_SPLIT)
		return s->at.ram.base + s->header.stack_size + (address - MS_LINK_DATA);
	return s->at.flash.base + IMAGE_HEADER_SIZE + (address - MS_LINK_TEXT);
}

/* " -s NAME ADDRESS" for each section that is in memory on the board. */
static void add_sections(struct text *t, const struct device_service *s, Elf *elf, struct arena *a)
{
	size_t names;
	GElf_Shdr h;

	if (elf_getshdrstrndx(elf, &names))
		return;
	for (Elf_Scn *scn = elf_nextscn(elf, NULL); scn; scn = elf_nextscn(elf, scn)) {
		if (!gelf_getshdr(scn, &h) || !(h.sh_flags & SHF_ALLOC) || h.sh_addr < MS_LINK_TEXT || !h.sh_size)
			continue;
		const char *name = elf_strptr(elf, names, h.sh_name);
		if (name)
			text_add(t, a, " -s %s 0x%08x", name, placed(s, (uint32_t)h.sh_addr));
	}
}

static int add_service(struct text *t, const struct plan_service *s, struct arena *a, struct err *e)
{
	elf_version(EV_CURRENT);
	int fd = open(s->debug, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, "cannot open '%s'", s->debug);

	Elf *elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	text_add(t, a, "directory %s\nadd-symbol-file %s", quoted(s->folder, a), quoted(s->debug, a));
	if (elf)
		add_sections(t, &s->device, elf, a);
	text_add(t, a, "\n");
	elf_end(elf);
	close(fd);
	return MS_OK;
}

int gdbscript_write(const struct plan *p, uint16_t port, const char *path, struct arena *a, struct err *e)
{
	struct text t = { 0 };

	text_add(&t, a, "set confirm off\nsymbol-file %s\n", quoted(p->symbols.runtime, a));
	for (size_t i = 0; i < p->services.count; i++) {
		int rc = add_service(&t, p->services.at[i], a, e);
		if (rc < 0)
			return rc;
	}
	text_add(&t, a, "set confirm on\ntarget remote 127.0.0.1:%u\n", port);
	return file_update(path, (struct bytes){ (const uint8_t *)t.at, t.size }, 0644, a, NULL, e);
}
