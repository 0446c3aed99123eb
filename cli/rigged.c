/* SPDX-License-Identifier: Apache-2.0 */
#include "rigged.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "companion.h"
#include "out.h"

#define SEC UINT64_C(1000000000)

enum { WORDS_MAX = 8192, ANSWER_SEC = 60 };

static const char prefix[] = "rig:";

bool rigged_is_meant(const char *on)
{
	return on && !strncmp(on, prefix, strlen(prefix));
}

static const char *text_in(const json_t *o, const char *key)
{
	const char *text = json_string_value(json_object_get(o, key));

	return text ? text : "";
}

/* The failure that a result of ms-rig tells, as our own: its code is that of a row. */
static int take_failure(const json_t *result, struct err *e)
{
	const json_t *error = json_object_get(result, "error");
	int number = 0;

	sscanf(text_in(error, "id"), "MS%d", &number);
	err_set(e, number ? number : ERR_RIG_BOARD, "%s", *text_in(error, "text") ? text_in(error, "text") : "ms-rig ended without a word");
	return err_fix(e, "%s", text_in(error, "fix"));
}

/* It has no result: somebody has killed it. */
static int vanished(struct err *e)
{
	err_set(e, ERR_RIG_UNREACHABLE, "ms-rig, which speaks with the rig, was killed");
	return err_fix(e, "do it again: nothing was concluded");
}

/* One line of ms-rig's.  1 with what `type` it is; 0 when it has ended without one; others as process_line. */
static int take_event(struct process *p, uint64_t deadline_nsec, json_t **event, const char **type)
{
	char line[WORDS_MAX];
	int more = process_line(p, line, sizeof(line), deadline_nsec);

	*event = more == 1 ? json_loads(line, 0, NULL) : NULL;
	*type = text_in(*event, "type");
	return more;
}

static int take_lease(struct rigged *r, const json_t *o, struct arena *a)
{
	r->rig = arena_printf(a, "%s", text_in(o, "rig"));
	r->name = arena_printf(a, "%s", text_in(o, "name"));
	r->board = arena_printf(a, "%s", text_in(o, "board"));
	r->epoch = arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(o, "epoch")));
	return 1;
}

/* 1: it is ours; 0: not yet. */
static int look_at(struct rigged *r, const json_t *o, const char *type, struct arena *a, struct err *e)
{
	if (!strcmp(type, "rig_lease"))
		return take_lease(r, o, a);
	if (!strcmp(type, "rig_waits"))
		out_progress("%s is lent to somebody else: %" JSON_INTEGER_FORMAT " ahead", text_in(o, "board"), json_integer_value(json_object_get(o, "ahead")));
	return strcmp(type, "result") ? 0 : take_failure(o, e);
}

int rigged_take(const char *on, const char *kind, uint32_t wait_sec, struct arena *a, struct rigged *out, struct err *e)
{
	const char *argv[] = { companion_path("ms-rig", a), "hold", on + strlen(prefix), "--json", "--wait", arena_printf(a, "%u", wait_sec), kind ? "--kind" : NULL, kind, NULL };
	uint64_t until = process_now_nsec() + (wait_sec + ANSWER_SEC) * SEC;
	int rc;

	*out = (struct rigged){ .holder.ended = true, .driver.ended = true };
	process_catch_interrupt();
	rc = process_start(argv, NULL, &out->holder, e);
	while (rc == 0) {
		const char *type;
		json_t *o;
		int more = take_event(&out->holder, until, &o, &type);

		rc = more == 1 ? look_at(out, o, type, a, e) : more == -MS_EINTR ? err_set(e, ERR_STOPPED, "interrupted") : vanished(e);
		json_decref(o);
	}
	out_progress(NULL);
	if (rc < 0)
		rigged_release(out);
	return rc < 0 ? rc : MS_OK;
}

int rigged_start(struct rigged *r, const char *job, const char *image, bool fast, uint32_t limit_sec, struct arena *a, struct err *e)
{
	const char *limit = arena_printf(a, "--limit=%u", limit_sec);
	const char *argv[] = { companion_path("ms-rig", a), "drive", r->rig, r->name, r->epoch, job, "--json", NULL, NULL, NULL, NULL };
	size_t count = 7;

	if (fast)
		argv[count++] = "--fast";
	if (limit_sec)
		argv[count++] = limit;
	argv[count] = image;
	return process_start(argv, NULL, &r->driver, e);
}

/* Of a tool of the rig's: each is JSON of its own, and only what moves is shown. */
static void show_words(const char *text)
{
	json_t *o = json_loads(text, 0, NULL);

	if (!strcmp(text_in(o, "type"), "sector"))
		out_detail("%s: %s", text_in(o, "address"), text_in(o, "is"));
	json_decref(o);
}

static int look_at_line(const json_t *o, const char *type, char *line, size_t size, struct err *e)
{
	if (!strcmp(type, "console")) {
		snprintf(line, size, "%s", text_in(o, "text"));
		return 1;
	}
	if (!strcmp(type, "words"))
		show_words(text_in(o, "text"));
	if (!*type) {
		err_set(e, ERR_RIG_ANSWER, "what ms-rig says is not understood");
		return err_fix(e, "install ms and ms-rig of the same version");
	}
	if (strcmp(type, "result"))
		return -MS_EAGAIN;
	return json_is_true(json_object_get(o, "ok")) ? 0 : take_failure(o, e);
}

int rigged_line(struct rigged *r, char *line, size_t size, uint64_t deadline_nsec, struct err *e)
{
	int rc = -MS_EAGAIN;

	while (rc == -MS_EAGAIN) {
		const char *type;
		json_t *o;

		rc = take_event(&r->driver, deadline_nsec, &o, &type);
		if (rc == 1)
			rc = look_at_line(o, type, line, size, e);
		else if (rc == 0)
			rc = vanished(e);
		json_decref(o);
	}
	return rc;
}

void rigged_stop(struct rigged *r)
{
	process_stop(&r->driver);
}

void rigged_release(struct rigged *r)
{
	if (!r->holder.pid)
		return;
	process_stop(&r->driver);
	process_stop(&r->holder);
}
