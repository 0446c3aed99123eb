/* SPDX-License-Identifier: Apache-2.0 */
/* The project of a client of an interface, for `ms new --uses`: it calls each function and logs what came of it.  Its tests run against a mock, and with the provider. */
#include "command.h"

#include <string.h>

#include "canon.h"
#include "sample.h"

#define ADD(...) text_add(&t, a, __VA_ARGS__)
#define SPDX "/* SPDX-License-Identifier: Apache-2.0 */\n"

static struct text manifest(const struct request *r, struct arena *a)
{
	struct text t = { 0 };

	ADD("# What each key means, and which others there are: ms help --manifest\nname: %s\nvendor: %s\nversion: 1.0.0\nlicense: Apache-2.0\n"
	    "memory: { stack: 2 KiB, heap: 3 KiB }\nrequests:\n  ipc: [ %s ]\n", r->service, r->vendor, r->ipc ? r->ipc : r->from);
	if (!r->ipc)
		ADD("test-with: [ %s ]\n", r->from);
	return t;
}

static const char *call_prototype(const struct call *c, struct arena *a)
{
	return wire_declare(c->function->result, arena_printf(a, "call_%s(void)", c->function->name), a);
}

static struct text calls_header(const struct contract *k, struct arena *a)
{
	struct text t = { 0 };

	ADD(SPDX "/* What this service asks of %s: a function for each of its functions. */\n#ifndef CALLS_H\n#define CALLS_H\n\n#include <stdbool.h>\n\n#include \"%s\"\n\n", k->name, k->file);
	for (uint32_t i = 0; i < k->count; i++)
		ADD("%s;\n", call_prototype(&k->calls[i], a));
	ADD("\n#endif\n");
	return t;
}

static struct text calls(const struct contract *k, struct arena *a)
{
	struct text t = { 0 };

	ADD(SPDX "#include \"calls.h\"\n");
	for (uint32_t i = 0; i < k->count; i++) {
		const struct call *c = &k->calls[i];

		ADD("\n%s\n{\n", call_prototype(c, a));
		size_t before = t.size;
		sample_variables(c, &t, a);
		ADD("%s\t%s%s;\n}\n", t.size > before ? "\n" : "", c->function->result->kind == TYPE_VOID ? "" : "return ", sample_call(c, a));
	}
	return t;
}

static struct text source(const struct contract *k, struct arena *a)
{
	struct text t = { 0 };

	ADD(SPDX "/* Calls each function of %s, which another service provides. */\n#include <stdio.h>\n\n#include \"calls.h\"\n\nint main(void)\n{\n", k->file);
	for (uint32_t i = 0; i < k->count; i++) {
		const struct call *c = &k->calls[i];

		if (c->status)
			ADD("\tprintf(\"%s: %%d\\n\", (int)call_%s());\n", c->function->name, c->function->name);
		else
			ADD("\tcall_%s();\n\tprintf(\"%s is done\\n\");\n", c->function->name, c->function->name);
	}
	ADD("\treturn 0;\n}\n");
	return t;
}

static const char test_includes[] = "#include <setjmp.h>\n#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <cmocka.h>\n\n";

static void put_mocked(const struct call *c, const char *failure, struct text *out, struct arena *a)
{
	const char *f = c->function->name, *answer = failure ? failure : sample_answer(c, a);
	struct text t = *out;

	ADD("\nstatic void %s%s%s(void **state)\n{\n\t(void)state;\n", failure ? "a_failure_of_" : "", f, failure ? "_is_told" : "_is_called");
	sample_expect(c, failure, &t, a);
	if (answer)
		ADD("\tassert_int_equal(call_%s(), %s);\n}\n", f, answer);
	else
		ADD("\tcall_%s();\n}\n", f);
	*out = t;
}

/* Of what this service says to the other, whom a mock stands for. */
static struct text unit_test(const struct contract *k, struct arena *a)
{
	struct text t = { 0 };

	ADD(SPDX "/* What this service asks of %s and does with the answer, without it: a mock, which ms build makes, is in its place. */\n%s"
	    "#include \"calls.h\"\n#include \"%s_mock.c\"\n", k->name, test_includes, k->name);
	for (uint32_t i = 0; i < k->count; i++) {
		put_mocked(&k->calls[i], NULL, &t, a);
		if (k->calls[i].status)
			put_mocked(&k->calls[i], "PSA_ERROR_GENERIC_ERROR", &t, a);
	}
	ADD("\nint main(void)\n{\n\tconst struct CMUnitTest tests[] = {\n");
	for (uint32_t i = 0; i < k->count; i++) {
		const char *f = k->calls[i].function->name;

		ADD("\t\tcmocka_unit_test(%s_is_called),\n", f);
		if (k->calls[i].status)
			ADD("\t\tcmocka_unit_test(a_failure_of_%s_is_told),\n", f);
	}
	ADD("\t};\n\n\treturn cmocka_run_group_tests(tests, NULL, NULL);\n}\n");
	return t;
}

static struct text test(const struct request *r, const struct contract *k, struct arena *a)
{
	struct text t = { 0 };

	ADD(SPDX "/* With the service that provides %s on the same device. */\n%s#include <ms/sim.h>\n", k->name, test_includes);
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
	    "| `ms test` | tests each call against a mock of `%s`%s |\n| `ms run %s .` | runs both on an emulated board |\n", r->service, k->file, r->provider,
	    k->name, r->ipc ? "" : ", and runs both services on one simulated device", r->from);
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
	if (r->fingerprint && strcmp(r->fingerprint, canon_fingerprint(&k, a)))
		return err_set(e, ERR_NOT_INTERFACE, "the header of the package is not the one that '%s' was built with", r->provider);
	const struct { const char *file; struct text text; } files[] = {
		{ "ms.yaml", manifest(r, a) }, { "src/main.c", source(&k, a) }, { "src/calls.h", calls_header(&k, a) }, { "src/calls.c", calls(&k, a) },
		{ "tests/test_calls.c", unit_test(&k, a) }, { "README.md", readme(r, &k, a) }, { "tests/test_with_provider.c", test(r, &k, a) },
	};
	for (size_t i = 0; rc >= 0 && i < sizeof(files) / sizeof(*files) - (r->ipc != NULL); i++)	/* the last wants the provider's project */
		rc = command_write(r, files[i].file, &files[i].text, a, e);
	return rc;
}
