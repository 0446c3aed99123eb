/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The source of a partition that ms writes: what runs in place of `main`.  In the model IPC an entry point, which never
 * returns; in the model SFN (FF-M 1.1) a loop that calls <service>_sfn for each message and replies what it returns.
 */
#include <ctype.h>
#include <string.h>

#include "file.h"
#include "partition.h"

bool interface_entry(const struct project *p)
{
	return p->sfn || (p->entry_point && strcmp(p->entry_point, "main"));
}

static void put_regions(const struct project *p, struct arena *a, struct text *out)
{
	for (uint32_t i = 0; i < p->device_count; i++)
		if (p->devices[i].region)
			text_add(out, a, "\nvolatile void *" MAPPED_BASE ";\n", interface_word(p->devices[i].name, a));
	text_add(out, a, "\nstatic void open_regions(void)\n{\n");
	for (uint32_t i = 0; i < p->device_count; i++)
		if (p->devices[i].region)
			text_add(out, a, "\tif (ms_device_map(%uU, &" MAPPED_BASE ") < 0)\n\t\tpsa_panic();\n", i,
				 interface_word(p->devices[i].name, a));
	text_add(out, a, "}\n");
}

static void put_ipc(const struct project *p, struct arena *a, struct text *out)
{
	text_add(out, a, "\nextern void %s(void);\n\nint main(void)\n{\n\topen_regions();\n\t%s();\n\tpsa_panic();\n}\n",
		 p->entry_point, p->entry_point);
}

/* By FF-M 1.1 the function of a service has its name in small letters. */
static const char *function(const struct interface *n, struct arena *a)
{
	char *name = arena_printf(a, "%s_sfn", n->name);

	for (char *c = name; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return name;
}

static void put_sfn(const struct project *p, struct arena *a, struct text *out)
{
	for (uint32_t i = 0; i < p->provide_count; i++)
		text_add(out, a, "\nextern psa_status_t %s(const psa_msg_t *msg);", function(&p->provides[i], a));
	if (p->entry_point)
		text_add(out, a, "\nextern psa_status_t %s(void);", p->entry_point);
	text_add(out, a, "\n\nint main(void)\n{\n\tpsa_msg_t msg = { .handle = PSA_NULL_HANDLE };\n\tpsa_status_t status = PSA_SUCCESS;\n"
		 "\tpsa_signal_t signals;\n\n\topen_regions();\n");
	if (p->entry_point)
		text_add(out, a, "\tif (%s() != PSA_SUCCESS)\n\t\tpsa_panic();\n", p->entry_point);
	text_add(out, a, "\tfor (;;) {\n\t\tms_psa_next(msg.handle, status, 0");
	for (uint32_t i = 0; i < p->provide_count; i++)
		text_add(out, a, " | %s_SIGNAL", interface_word(p->provides[i].name, a));
	text_add(out, a, ", MS_FOREVER, &msg, &signals);\n\t\tif (msg.handle == PSA_NULL_HANDLE)\n\t\t\tcontinue;\n");
	for (uint32_t i = 0; i < p->provide_count; i++)
		text_add(out, a, "\t\t%sif (signals & %s_SIGNAL)\n\t\t\tstatus = %s(&msg);\n", i ? "else " : "",
			 interface_word(p->provides[i].name, a), function(&p->provides[i], a));
	text_add(out, a, "\t}\n}\n");
}

int partition_entry(const struct project *p, const char *header, const char *folder, struct arena *a, struct err *e)
{
	struct text out = { 0 };

	text_add(&out, a, "/* Made by ms from %s: what runs in place of main. */\n#include <ms/device.h>\n#include <ms/psa.h>\n\n"
		 "#include \"psa_manifest/%s.h\"\n", path_name(p->psa_manifest), header);
	put_regions(p, a, &out);
	if (p->sfn)
		put_sfn(p, a, &out);
	else
		put_ipc(p, a, &out);
	return file_update(path_join(a, folder, INTERFACE_ENTRY_FILE), (struct bytes){ (const uint8_t *)out.at, out.size }, 0644, a, NULL, e);
}
