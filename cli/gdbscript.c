/* SPDX-License-Identifier: Apache-2.0 */
#include "gdbscript.h"

#include <gelf.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "image.h"
#include "symbol_layout.h"

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
		if (h.sh_addr >= MS_LINK_SPLIT && !s->at.ram.base)
			continue;	/* nobody knows where its data was */
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

/* An emulator shows what its processor may see now; as if there were no protection, as a probe does, it shows the kernel, too. */
static const char thread_commands[] =
	"define ms-threads\n"
	"  set $ms_running = *(unsigned *)$ms_running_at\n"
	"  set $i = 0\n"
	"  while $i < $ms_threads_size / sizeof(struct thread)\n"
	"    if $ms_threads[$i].state != 0\n"
	"      ms-thread-row $i\n"
	"    end\n"
	"    set $i = $i + 1\n"
	"  end\n"
	"end\n"
	"document ms-threads\n"
	"The threads of all services: which service, what it waits for, where it goes on. * is the one that runs.\n"
	"end\n"
	"define ms-thread-row\n"
	"  set $t = &$ms_threads[$arg0]\n"
	"  set $runs = $ms_running == (unsigned)&$t->context\n"
	"  if $runs\n"
	"    echo *\n"
	"  else\n"
	"    printf \" \"\n"
	"  end\n"
	"  printf \" %2d  \", $arg0\n"
	"  ms-service-name $t->service->plan.id\n"
	"  printf \" thread %d, \", $t->number\n"
	"  output (enum thread_state)$t->state\n"
	"  echo , at \\ \n"
	"  if $runs\n"
	"    output/a $pc\n"
	"  else\n"
	"    if $t->context.psp == 0\n"
	"      echo its beginning\n"
	"    else\n"
	"      output/a *(unsigned *)($t->context.psp + 24)\n"
	"    end\n"
	"  end\n"
	"  echo \\n\n"
	"end\n";

/* Where the runtime has its threads: link-time optimisation has left gdb without their place. */
static int add_places(struct text *t, const struct plan *p, struct arena *a, struct err *e)
{
	uint32_t threads = 0, size = 0, running = 0, ignored;
	struct symbols *s;

	int rc = symbols_open(p->symbols.runtime, a, &s, e);
	if (rc < 0)
		return rc;
	if (!symbols_object(s, "threads", &threads, &size) || !symbols_object(s, "trap_state", &running, &ignored))
		rc = err_set(e, ERR_NO_TRACE, "the runtime's symbols do not say where its threads are");
	symbols_close(s);
	text_add(t, a, "set $ms_threads = (struct thread *)0x%08x\nset $ms_threads_size = %u\nset $ms_running_at = 0x%08x\n", threads, size, running);
	return rc;
}

/* Names are not in the runtime's memory. */
static void add_names(struct text *t, const struct plan *p, struct arena *a)
{
	text_add(t, a, "define ms-service-name\n");
	for (size_t i = 0; i < p->services.count; i++) {
		const struct device_service *d = &((const struct plan_service *)p->services.at[i])->device;

		text_add(t, a, "  if $arg0 == %u\n    echo %s\n  end\n", d->id, d->name);
	}
	text_add(t, a, "end\n");
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
	int rc = add_places(&t, p, a, e);
	if (rc < 0)
		return rc;
	add_names(&t, p, a);
	text_add(&t, a, "%sset confirm on\ntarget remote 127.0.0.1:%u\npipe maint packet Qqemu.PhyMemMode:1 | cat >/dev/null\n", thread_commands, port);
	return file_update(path, (struct bytes){ (const uint8_t *)t.at, t.size }, 0644, a, NULL, e);
}

int gdbscript_write_record(const struct crash_service *service, const char *runtime, uint32_t text, uint16_t port, const char *path, struct arena *a, struct err *e)
{
	struct text t = { 0 };
	int rc = MS_OK;

	text_add(&t, a, "set confirm off\n");
	if (runtime)
		text_add(&t, a, "symbol-file %s\n", quoted(runtime, a));
	if (service) {
		const struct plan_service s = {
			.folder = service->folder ? service->folder : ".", .debug = service->debug,
			.device = { .at = { .flash = { text - IMAGE_HEADER_SIZE, 0 }, .ram = { service->ram, 0 } }, .header = { .stack_size = service->stack_size } },
		};
		rc = add_service(&t, &s, a, e);
	}
	text_add(&t, a, "set trust-readonly-sections on\nset confirm on\ntarget remote 127.0.0.1:%u\n", port);
	return rc < 0 ? rc : file_update(path, (struct bytes){ (const uint8_t *)t.at, t.size }, 0644, a, NULL, e);
}
