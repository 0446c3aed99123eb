/* SPDX-License-Identifier: Apache-2.0 */
/* The project of a client of an interface, for `ms new --uses`: it calls each function and logs what came of it. */
#include "command.h"

#include "sample.h"

#define ADD(...) text_add(&t, a, __VA_ARGS__)
#define SPDX "/* SPDX-License-Identifier: Apache-2.0 */\n"

static struct text manifest(const struct request *r, struct arena *a)
{
	struct text t = { 0 };

	ADD("# What each key means, and which others there are: ms help --manifest\nname: %s\nvendor: %s\nversion: 1.0.0\nlicense: Apache-2.0\n"
	    "memory: { stack: 2 KiB, heap: 3 KiB }\nrequests:\n  ipc: [ %s ]\ntest-with: [ %s ]\n", r->service, r->vendor, r->from, r->from);
	return t;
}

static void put_call(const struct call *c, struct text *out, struct arena *a)
{
	struct text t = *out;

	ADD("\nstatic void call_%s(void)\n{\n", c->function->name);
	size_t before = t.size;
	sample_variables(c, &t, a);
	ADD("%s", t.size > before ? "\n" : "");
	if (c->status)
		ADD("\tprintf(\"%s: %%d\\n\", (int)%s);\n}\n", c->function->name, sample_call(c, a));
	else
		ADD("\t%s;\n\tprintf(\"%s is done\\n\");\n}\n", sample_call(c, a), c->function->name);
	*out = t;
}

static struct text source(const struct contract *k, struct arena *a)
{
	struct text t = { 0 };

	ADD(SPDX "/* Calls each function of %s, which another service provides. */\n#include <stdbool.h>\n#include <stdio.h>\n\n#include \"%s\"\n", k->file, k->file);
	for (uint32_t i = 0; i < k->count; i++)
		put_call(&k->calls[i], &t, a);
	ADD("\nint main(void)\n{\n");
	for (uint32_t i = 0; i < k->count; i++)
		ADD("\tcall_%s();\n", k->calls[i].function->name);
	ADD("\treturn 0;\n}\n");
	return t;
}

static struct text test(const struct request *r, const struct contract *k, struct arena *a)
{
	struct text t = { 0 };

	ADD(SPDX "/* With the service that provides %s on the same device. */\n#include <setjmp.h>\n#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n"
	    "#include <cmocka.h>\n\n#include <ms/sim.h>\n", k->name);
	ADD("\nstatic void each_call_is_answered(void **state)\n{\n\tstruct sim *sim = *state;\n\n\tsim_start(sim, \"%s\");\n\tsim_run(sim, \"%s\", 1000);\n"
	    "\tassert_ended(sim, \"%s\");\n", r->provider, r->service, r->service);
	for (uint32_t i = 0; i < k->count; i++)
		ADD("\tassert_log(sim, \"%s\", \"%s\");\n", r->service, k->calls[i].function->name);
	ADD("}\n\nint main(void)\n{\n\tconst struct CMUnitTest tests[] = {\n\t\tcmocka_unit_test_setup_teardown(each_call_is_answered, sim_setup, sim_teardown),\n\t};\n\n"
	    "\treturn cmocka_run_group_tests(tests, NULL, NULL);\n}\n");
	return t;
}

static struct text readme(const struct request *r, const struct contract *k, struct arena *a)
{
	struct text t = { 0 };

	ADD("# %s\n\nCalls the functions of `%s`, which the service `%s` provides. `ms build` makes the messages.\n\n| | |\n|---|---|\n"
	    "| `ms test` | runs both on one simulated device |\n| `ms run %s .` | runs both on an emulated board |\n", r->service, k->file, r->provider, r->from);
	return t;
}

int command_scaffold_client(const struct request *r, struct arena *a, struct err *e)
{
	struct contract k;

	if (!r->service || !r->vendor || !r->from || !r->provider)
		return err_set(e, ERR_OPERANDS, "'scaffold-client' needs --service, --vendor, --from and --provider");
	int rc = command_read_whole(r, r->operands[0], a, &k, e);
	if (rc < 0)
		return rc;
	const struct { const char *file; struct text text; } files[] = {
		{ "ms.yaml", manifest(r, a) }, { "src/main.c", source(&k, a) },
		{ arena_printf(a, "tests/test_%s.c", r->service), test(r, &k, a) }, { "README.md", readme(r, &k, a) },
	};
	for (size_t i = 0; rc >= 0 && i < sizeof(files) / sizeof(*files); i++)
		rc = command_write(r, files[i].file, &files[i].text, a, e);
	return rc;
}
