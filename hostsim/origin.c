/* SPDX-License-Identifier: Apache-2.0 */
#include "origin.h"

#include <elfutils/libdwfl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "function_at.h"
#include "pages.h"

/* One open file for the life of the process: opening it reads much more than one look-up. */
static Dwfl *open_program(void)
{
	static const Dwfl_Callbacks callbacks = {
		.find_elf = dwfl_build_id_find_elf,
		.find_debuginfo = dwfl_standard_find_debuginfo,
	};
	static Dwfl *dwfl;

	if (dwfl)
		return dwfl;
	dwfl = dwfl_begin(&callbacks);
	if (dwfl && !dwfl_report_offline(dwfl, "test", "/proc/self/exe", -1)) {
		dwfl_end(dwfl);
		dwfl = NULL;
	}
	if (dwfl)
		dwfl_report_end(dwfl, NULL, NULL);
	return dwfl;
}

/* As it was given to the compiler: without the folder in which that ran. */
static const char *relative(const char *file, const char *folder)
{
	size_t size = folder ? strlen(folder) : 0;

	if (size && !strncmp(file, folder, size) && file[size] == '/')
		file += size + 1;
	return strncmp(file, "./", 2) ? file : file + 2;
}

struct origin origin_of(uintptr_t pc)
{
	struct origin p = { 0 };
	Dwfl *dwfl = open_program();
	Dwfl_Module *module = dwfl ? dwfl_addrmodule(dwfl, pc) : NULL;

	if (!module)
		return p;
	p.function = function_at(module, pc);

	Dwfl_Line *line = dwfl_module_getsrc(module, pc);

	if (!line)
		return p;
	p.file = relative(dwfl_lineinfo(line, NULL, &p.line, NULL, NULL, NULL), dwfl_line_comp_dir(line));
	return p;
}

const char *origin_where(uintptr_t pc)
{
	SELDOM static char text[512];
	struct origin o = pc ? origin_of(pc) : (struct origin){ 0 };

	if (o.function && o.file)
		snprintf(text, sizeof(text), " in %s at %s:%d", o.function, o.file, o.line);
	else
		snprintf(text, sizeof(text), "%s%s", o.function ? " in " : "", o.function ? o.function : "");
	return text;
}
