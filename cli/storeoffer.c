/* SPDX-License-Identifier: Apache-2.0 */
#include "storeoffer.h"

#include <stdlib.h>
#include <string.h>

#include "out.h"

const char *storeoffer_text(const json_t *o, const char *key)
{
	const char *text = json_string_value(json_object_get(o, key));

	return text ? text : "";
}

static void say_names(const json_t *o, const char *key, const char *what, struct arena *a)
{
	const json_t *all = json_object_get(o, key);
	struct text t = { 0 };

	for (size_t i = 0; i < json_array_size(all); i++)
		text_add(&t, a, "%s%s", i ? ", " : "", json_string_value(json_array_get(all, i)));
	if (t.size)
		out_line("  %s %s", what, t.at);
}

static void say_needs(const json_t *o)
{
	const json_t *all = json_object_get(o, "needs");

	for (size_t i = 0; i < json_array_size(all); i++) {
		const json_t *n = json_array_get(all, i);

		out_line("  needs %s '%s', which no service here has%s", storeoffer_text(n, "kind"), storeoffer_text(n, "name"), json_is_true(json_object_get(n, "weak")) ? "; it can do without" : "");
	}
}

/* That there is one is said to who does not ask for it, too. */
static void say_source(const json_t *o, bool wanted, struct arena *a)
{
	const char *kid = storeoffer_text(o, "source_kid");
	bool is_of_another = wanted && strcmp(kid, storeoffer_text(o, "kid"));

	if (*storeoffer_text(o, "source"))
		out_line("  its source is there: %d bytes, SHA-256 %.16s...%s%s", (int)json_integer_value(json_object_get(o, "source_size")), storeoffer_text(o, "source"),
			 is_of_another ? arena_printf(a, ", signed by key %s", kid) : "", wanted ? "" : "; --source builds it here");
}

void storeoffer_say(json_t *o, bool source, struct arena *a)
{
	json_t *event = json_object();
	static const char *const keys[] = { "vendor", "name", "version", "state", "package", "size", "kid", "source", "source_size", "source_kid", "log", "entry", "calls", "devices", "shared", "fits", "why", "target", "flash", "ram", "needs" };

	out_line("%s/%s %s  %d bytes, SHA-256 %.16s...", storeoffer_text(o, "vendor"), storeoffer_text(o, "name"), storeoffer_text(o, "version"), (int)json_integer_value(json_object_get(o, "size")), storeoffer_text(o, "package"));
	out_line("  published by key %s, entry %d of '%s'", storeoffer_text(o, "kid"), (int)json_integer_value(json_object_get(o, "entry")), storeoffer_text(o, "log"));
	say_source(o, source, a);
	say_names(o, "calls", "asks to call", a);
	say_names(o, "devices", "asks for devices", a);
	say_names(o, "shared", "asks for shared memory", a);
	say_needs(o);
	if (json_is_true(json_object_get(o, "fits")))
		out_line("  fits: %s, flash %d, RAM %d", storeoffer_text(o, "target"), (int)json_integer_value(json_object_get(o, "flash")), (int)json_integer_value(json_object_get(o, "ram")));
	if (strcmp(storeoffer_text(o, "state"), "live"))
		out_warn("%s/%s %s is %s", storeoffer_text(o, "vendor"), storeoffer_text(o, "name"), storeoffer_text(o, "version"), storeoffer_text(o, "said"));
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		json_object_set(event, keys[i], json_object_get(o, keys[i]));
	out_event("offer", event);
}

int storeoffer_misfit(const json_t *o, struct err *e)
{
	const char *id = storeoffer_text(o, "why_code");

	err_set(e, strlen(id) == 6 ? (int)strtol(id + 2, NULL, 10) : ERR_NO_ROOM, "%s/%s %s does not fit: %s", storeoffer_text(o, "vendor"), storeoffer_text(o, "name"), storeoffer_text(o, "version"), storeoffer_text(o, "why"));
	return err_fix(e, "%s", storeoffer_text(o, "fix"));
}
