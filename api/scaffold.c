/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The project of a service that provides an interface, for `ms new --interface`: what its author goes on from.  Nothing here is made again.
 *
 * Its test has a client on the same device, which calls each function as any client would.
 */
#include "command.h"

#include <string.h>

#include "file.h"
#include "key.h"
#include "sample.h"

enum { HEADER_SIZE_MAX = 16 << 20, SID_MIN = 0x1000 };

struct scaffold {
	const struct request *request;
	struct contract contract;
	struct arena *arena;
	struct err *e;
};

#define ADD(...) text_add(&t, s->arena, __VA_ARGS__)
#define SPDX "/* SPDX-License-Identifier: Apache-2.0 */\n"

static int put(const struct scaffold *s, const char *file, const struct text *t)
{
	return command_write(s->request, file, t, s->arena, s->e);
}

/* A number that nobody else is likely to have: of the words that name the interface. */
static uint32_t sid_of(const struct scaffold *s)
{
	const char *words = arena_printf(s->arena, "%s/%s/%s", s->request->vendor, s->request->service, s->contract.name);
	uint8_t hash[32];

	sha256((struct bytes){ (const uint8_t *)words, strlen(words) }, hash);
	uint32_t sid = (uint32_t)(hash[0] & 0x7f) << 24 | (uint32_t)hash[1] << 16 | (uint32_t)hash[2] << 8 | hash[3];

	return sid < SID_MIN ? sid + SID_MIN : sid;
}

/* The client of the tests, which must not have the service's own name. */
static const char *client_name(const struct scaffold *s)
{
	return strcmp(s->request->service, "caller") ? "caller" : "client";
}

static void put_head(const struct scaffold *s, struct text *out, const char *name, const char *version, const char *memory)
{
	text_add(out, s->arena, "name: %s\nvendor: %s\nversion: %s\nlicense: Apache-2.0\nmemory: %s\n", name, s->request->vendor, version, memory);
}

static int put_manifests(const struct scaffold *s)
{
	struct text t = { 0 };

	ADD("# What each key means, and which others there are: ms help --manifest\n");
	put_head(s, &t, s->request->service, "1.0.0", "{ stack: 2 KiB }");
	ADD("provides:\n  # The sid is the interface's number in all products. The version rises when the header changes what is sent or answered.\n"
	    "  - { name: %s, sid: 0x%08x, version: 1, connections: false, header: include/%s }\ntest-with: [ tests/client ]\n",
	    s->contract.name, (unsigned)sid_of(s), s->contract.file);
	int rc = put(s, "ms.yaml", &t);

	t = (struct text){ 0 };
	ADD("# A client for the tests, which calls each function.\n");
	put_head(s, &t, client_name(s), "1.0.0", "{ stack: 2 KiB }");
	ADD("requests:\n  ipc: [ ../.. ]\n");
	return rc < 0 ? rc : put(s, "tests/client/ms.yaml", &t);
}

static int put_main(const struct scaffold *s)
{
	const char *name = rules_function_name(&s->contract, s->arena);
	struct text t = { 0 };

	ADD(SPDX "/* Lets other services call the functions of %s, for ever. */\n#include \"psa_manifest/%s.h\"\n\n#include \"%s_server.h\"\n\n"
	    "int main(void)\n{\n\t%s_serve_all(%s_SIGNAL);\n}\n",
	    s->contract.file, s->request->service, s->contract.name, name, s->contract.word);
	return put(s, "src/main.c", &t);
}

static int put_functions(const struct scaffold *s)
{
	struct text t = { 0 };

	ADD(SPDX "/* What the functions of %s do: to be written. */\n#include <string.h>\n\n#include \"%s\"\n", s->contract.file, s->contract.file);
	for (uint32_t i = 0; i < s->contract.count; i++) {
		ADD("\n");
		sample_body(&s->contract.calls[i], &t, s->arena);
	}
	return put(s, arena_printf(s->arena, "src/%s%s.c", s->contract.name, strcmp(s->contract.name, "main") ? "" : "_functions"), &t);
}

static int put_client(const struct scaffold *s)
{
	struct text t = { 0 };

	ADD(SPDX "/* Calls each function of %s from another service; its exit status is how many gave no answer. */\n#include <stdbool.h>\n\n#include \"%s\"\n",
	    s->contract.file, s->contract.file);
	for (uint32_t i = 0; i < s->contract.count; i++) {
		const struct call *c = &s->contract.calls[i];

		ADD("\nstatic bool %s_answers(void)\n{\n", c->function->name);
		size_t before = t.size;
		sample_variables(c, &t, s->arena);
		ADD("%s", t.size > before ? "\n" : "");
		if (c->status)
			ADD("\treturn %s >= 0;\n}\n", sample_call(c, s->arena));
		else
			ADD("\t%s%s;\n\treturn true;\n}\n", c->function->result->kind == TYPE_VOID ? "" : "(void)", sample_call(c, s->arena));
	}
	ADD("\nint main(void)\n{\n\tint silent = 0;\n\n");
	for (uint32_t i = 0; i < s->contract.count; i++)
		ADD("\tsilent += !%s_answers();\n", s->contract.calls[i].function->name);
	ADD("\treturn silent;\n}\n");
	return put(s, "tests/client/src/main.c", &t);
}

static void put_test(const struct scaffold *s, const struct call *c, struct text *out)
{
	const char *answer = sample_answer(c, s->arena);
	struct text t = *out;

	ADD("\nstatic void %s_begins_empty(void **state)\n{\n\t(void)state;\n", c->function->name);
	sample_variables(c, &t, s->arena);
	ADD("\n");
	if (answer)
		ADD("\tassert_int_equal(%s, %s);\n", sample_call(c, s->arena), answer);
	else
		ADD("\t%s;\n", sample_call(c, s->arena));
	for (uint32_t i = 0; i < c->function->count; i++)
		if (c->at[i].role == ROLE_USED)
			ADD("\tassert_int_equal(%s, 0);\n", c->at[i].name);
	ADD("}\n");
	*out = t;
}

static int put_tests(const struct scaffold *s)
{
	struct text t = { 0 };

	ADD(SPDX "/* The functions of %s, called directly and by a client on the same device. */\n"
	    "#include <setjmp.h>\n#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <cmocka.h>\n\n#include <ms/sim.h>\n#include <psa/error.h>\n\n#include \"%s\"\n",
	    s->contract.file, s->contract.file);
	for (uint32_t i = 0; i < s->contract.count; i++)
		put_test(s, &s->contract.calls[i], &t);
	ADD("\nstatic void a_client_gets_answers(void **state)\n{\n\tstruct sim *sim = *state;\n\n\tsim_start(sim, \"%s\");\n\tsim_run(sim, \"%s\", 1000);\n"
	    "\tassert_ended(sim, \"%s\");\n\tassert_int_equal(sim_run_count(sim, \"%s\"), 1);\n}\n", s->request->service, client_name(s), client_name(s), s->request->service);
	ADD("\nint main(void)\n{\n\tconst struct CMUnitTest tests[] = {\n");
	for (uint32_t i = 0; i < s->contract.count; i++)
		ADD("\t\tcmocka_unit_test_setup_teardown(%s_begins_empty, sim_setup, sim_teardown),\n", s->contract.calls[i].function->name);
	ADD("\t\tcmocka_unit_test_setup_teardown(a_client_gets_answers, sim_setup, sim_teardown),\n\t};\n\n\treturn cmocka_run_group_tests(tests, NULL, NULL);\n}\n");
	return put(s, arena_printf(s->arena, "tests/test_%s.c", s->contract.name), &t);
}

static int put_fuzz(const struct scaffold *s)
{
	const char *word = s->contract.word;
	struct text t = { 0 };

	ADD(SPDX "/* Messages that no client of ours sends: whatever the bytes, the service answers and lives on. */\n"
	    "#include <setjmp.h>\n#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <cmocka.h>\n\n#include <ms/sim.h>\n#include <psa/client.h>\n\n#include \"psa_manifest/sid.h\"\n\n");
	ADD("enum { HEAD = 4, TYPES = %u, ROOM = 300 };\n\n", s->contract.total + 2);
	ADD("/* The head says which message, how many inputs and outputs, and where the first of each ends. */\nint fuzz(const uint8_t *data, size_t size)\n{\n"
	    "\tstatic uint8_t input[2048], output[2][ROOM];\n\n\tif (size < HEAD || size - HEAD > sizeof(input))\n\t\treturn 0;\n"
	    "\tsize -= HEAD;\n\tsize_t first = size < data[2] ? size : data[2];\n"
	    "\tstruct sim_vector in[] = { { input, first }, { input + first, size - first } };\n"
	    "\tstruct sim_vector out[] = { { output[0], data[3] }, { output[1], ROOM - data[3] } };\n\tstruct sim *sim = sim_open();\n\n"
	    "\tfor (size_t i = 0; i < size; i++)\n\t\tinput[i] = data[HEAD + i];\n"
	    "\tsim_start(sim, \"%s\");\n"
	    "\tsim_call_vectors(sim, \"%s\", (int32_t)(%s_HANDLE & ~0xffu), data[0] %% TYPES, in, data[1] %% 3, out, data[1] / 3 %% 3);\n"
	    "\tassert_int_equal(sim_run_count(sim, \"%s\"), 1);\n\tsim_close(sim);\n\treturn 0;\n}\n",
	    s->request->service, client_name(s), word, s->request->service);
	return put(s, arena_printf(s->arena, "tests/fuzz_%s.c", s->contract.name), &t);
}

static int put_readme(const struct scaffold *s)
{
	struct text t = { 0 };

	ADD("# %s\n\nA service that others call by the functions of `include/%s`. What they do is in `src/%s.c`; the messages between are made by `ms build`.\n\n",
	    s->request->service, s->contract.file, s->contract.name);
	ADD("| | |\n|---|---|\n| `ms test` | calls each function, directly and from a client on the same simulated device |\n"
	    "| `ms test --fuzz %s --time 60` | sends messages that nobody thought of |\n| `ms api check include/%s` | what of the header can cross to other services |\n"
	    "| `ms run` | builds it and runs it on an emulated board, where it waits for a client |\n\nA client is made by `ms new NAME --uses ../%s`. A header that changes what is "
	    "sent or answered wants a new `version` in `ms.yaml`.\n", s->contract.name, s->contract.file, s->request->service);
	return put(s, "README.md", &t);
}

/* The header and those of its own folder that it includes. */
static int put_headers(const struct scaffold *s)
{
	struct request inside = *s->request;

	inside.output = path_join(s->arena, s->request->output ? s->request->output : ".", "include");
	return command_copy_headers(&inside, &s->contract, s->arena, s->e);
}

int command_scaffold(const struct request *r, struct arena *a, struct err *e)
{
	static int (*const parts[])(const struct scaffold *s) = {
		put_headers, put_manifests, put_main, put_functions, put_client, put_tests, put_fuzz, put_readme,
	};
	struct scaffold s = { .request = r, .arena = a, .e = e };

	if (!r->service || !r->vendor)
		return err_set(e, ERR_OPERANDS, "'scaffold' needs --service and --vendor");
	int rc = command_read_whole(r, r->operands[0], a, &s.contract, e);
	for (size_t i = 0; rc >= 0 && i < sizeof(parts) / sizeof(*parts); i++)
		rc = parts[i](&s);
	return rc;
}
