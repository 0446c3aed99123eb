/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ms-prelink: make one relocatable object of a service for the host
 * simulation, closed but for the gate.
 *
 * The service's objects, the service library and the device's C library are
 * linked together; then every symbol becomes local but those that the tests
 * name.  What is still undefined must be the gate, or the sanitizers': that is
 * the proof that a service uses only what a device has.  `ms test` runs this.
 */
#include <stdio.h>
#include <string.h>

#include "close.h"
#include "opt.h"
#include "simlayout.h"

static const char *tag_of(const char *name, struct arena *a)
{
	char *tag = arena_printf(a, "%s", name);

	for (char *at = tag; *at; at++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", *at))
			*at = '_';
	return tag;
}

static int parse(int argc, char **argv, struct job *j, struct arena *a, struct err *e)
{
	const struct opt options[] = {
		OPT_TEXT(0, "name", "NAME", &j->script.name, OPT_ANY, "name of the service"),
		OPT_NUMBER(0, "slot", "N", &j->slot, 0, LAYOUT_SERVICE_MAX - 1, "which of a program's services it is"),
		OPT_NUMBER(0, "stack", "BYTES", &j->script.stack_size, 0, UINT32_MAX, "stack of the main thread on a device"),
		OPT_NUMBER(0, "heap", "BYTES", &j->script.heap_size, 0, 64 << 20, "heap"),
		OPT_NUMBER(0, "priority", "N", &j->script.priority, 0, 31, "priority, higher runs first"),
		OPT_NUMBER(0, "id", "N", &j->script.id, 0, INT32_MAX, "its number in psa_manifest/pid.h"),
		OPT_LIST(0, "provides", "SID,VERSION,FLAGS", &j->script.provides, OPT_ANY, "interface that it provides; the first has signal 4"),
		OPT_LIST(0, "calls", "SID,VERSION,FLAGS", &j->script.calls, OPT_ANY, "interface that it calls; the first has local index 0"),
		OPT_LIST(0, "device", "NAME,INTERRUPTS,0", &j->script.devices, OPT_ANY, "device that it asks for; the first has local index 0"),
		OPT_LIST(0, "shared", "NAME,SIZE,FLAGS", &j->script.shared, OPT_ANY, "shared memory that it has (its size), or borrows (0)"),
		OPT_LIST(0, "whole", "FILE", &j->whole, OPT_FILE, "object or archive to link with, all of it"),
		OPT_LIST(0, "library", "FILE", &j->libraries, OPT_FILE, "archive to take from what is needed"),
		OPT_LIST(0, "test", "OBJECT", &j->tests, OPT_FILE, "object of a test: what it names stays visible"),
		OPT_TEXT(0, "simulation", "OBJECT", &j->simulation, OPT_FILE, "the simulation, whose names tests must not take from the service"),
		OPT_TEXT('o', "output", "FILE", &j->out, OPT_FILE, "where to write"),
		OPT_END,
	};
	const struct opt *const tables[] = { options, NULL };
	int count = opt_parse(argc, argv, tables, a, e);

	if (count < 0)
		return count;
	if (!count || !j->out || !j->script.name)
		return err_set(e, ERR_OPERANDS, "needs --name, --output and at least one object");
	for (int i = 1; i <= count; i++)
		list_push(&j->objects, a, argv[i]);
	j->script.tag = tag_of(j->script.name, a);
	j->script.objects = &j->objects;
	return MS_OK;
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct job j = { .script.priority = 8 };
	int rc = parse(argc, argv, &j, &a, &e);

	if (rc == MS_OK)
		rc = close_service(&j, &a, &e);
	if (rc < 0)
		fprintf(stderr, "ms-prelink: %s\n", e.text);
	arena_done(&a);
	return rc < 0 ? err_exit_status(&e) : 0;
}
