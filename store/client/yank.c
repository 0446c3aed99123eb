/* SPDX-License-Identifier: Apache-2.0 */
/* ms yank: a version is withdrawn, or that is taken back. */
#include <string.h>

#include "connect.h"
#include "out.h"
#include "storecommand.h"

static struct yank_wish wish;
const struct opt yank_options[] = { YANK_OPTIONS(&wish), OPT_END };

struct yanking { struct connection at; const char *service, *vendor, *version, *path, *before, *after; };

/* "example.org/hello", as paths and people write it. */
static int set_path(struct yanking *y, struct arena *a, struct err *e)
{
	const char *slash = strchr(y->service, '/');

	if (slash && slash != y->service && slash[1] && !strchr(slash + 1, '/')) {
		y->vendor = arena_printf(a, "%.*s", (int)(slash - y->service), y->service);
		y->path = arena_printf(a, "v1/services/%s/%s/%s", client_escape(y->vendor, a), client_escape(slash + 1, a), client_escape(y->version, a));
		return MS_OK;
	}
	err_set(e, ERR_OPERANDS, "'%s' is not how a service is named", y->service);
	return err_fix(e, "write VENDOR/NAME, such as example.org/hello");
}

static int check_reason(struct err *e)
{
	if (wish.undo && (wish.reason || wish.words || wish.replacement || wish.deprecate))
		return err_set(e, ERR_OPTIONS_DISAGREE, "--undo needs no reason and no replacement");
	if (wish.undo || (wish.reason && *wish.reason))
		return MS_OK;
	err_set(e, ERR_OPERANDS, "it is not said why");
	return err_fix(e, "--reason vulnerable, or another word; people who use the version see it");
}

/* What is staged was never public: it is rejected. */
static const char *wanted(const struct yanking *y)
{
	if (wish.undo)
		return "live";
	if (!strcmp(y->before, "staged"))
		return "rejected";
	return wish.deprecate ? "deprecated" : "yanked";
}

static int look(struct yanking *y, struct arena *a, struct err *e)
{
	json_t *o = NULL;

	int rc = connect_json(y->at.client, &(struct client_request){ .path = y->path }, a, &o, NULL, e);
	if (rc < 0)
		return rc;
	y->before = connect_text(o, "state", a);
	json_decref(o);
	y->after = wanted(y);
	if (!strcmp(y->before, "staged") && (wish.undo || wish.deprecate)) {
		err_set(e, ERR_STORE_STATE, "%s %s is staged: nobody has it by now", y->service, y->version);
		return err_fix(e, "with its package at hand, so that its bytes are compared: ms publish --approve PACKAGE; or reject it: ms yank, without %s", wish.undo ? "--undo" : "--deprecate");
	}
	return *y->before ? MS_OK : connect_strange(y->at.client, e);
}

/* A reason is a word for programs; a sentence is one for people, and then the word is "other". */
static json_t *body(const struct yanking *y)
{
	bool word = wish.reason && strspn(wish.reason, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(wish.reason);
	json_t *o = json_pack("{s:s}", "state", y->after);

	if (!wish.undo) {
		json_object_set_new(o, "reason", out_string(word ? wish.reason : "other"));
		json_object_set_new(o, "words", out_string(wish.words ? wish.words : word ? "" : wish.reason));
	}
	if (wish.replacement)
		json_object_set_new(o, "replacement", out_string(wish.replacement));
	return o;
}

static int change(struct yanking *y, struct arena *a, struct err *e)
{
	json_t *o = NULL;

	if (wish.dry_run || !strcmp(y->before, y->after))
		return MS_OK;
	int rc = connect_post(y->at.client, arena_printf(a, "%s/state", y->path), body(y), false, a, &o, e);
	if (rc >= 0)
		json_decref(o);
	return rc;
}

static void tell(const struct yanking *y)
{
	bool same = !strcmp(y->before, y->after);

	out_line("%s %s: %s%s%s", y->service, y->version, same ? "is " : "", y->after, same ? " already" : wish.dry_run ? ", if it were done" : "");
	out_field("name", out_string(y->service));
	out_field("version", out_string(y->version));
	out_field("before", out_string(y->before));
	out_field("state", out_string(wish.dry_run ? y->before : y->after));
	out_field("dry_run", json_boolean(wish.dry_run));
}

int command_yank(const struct store_request *r, struct arena *a, struct err *e)
{
	struct yanking y = { .service = r->operands[0], .version = r->operands[1] };

	int rc = check_reason(e);
	if (rc >= 0)
		rc = set_path(&y, a, e);
	if (rc >= 0)
		rc = connect_store(&wish.at, y.vendor, wish.dry_run ? MAY_BE_ANYBODY : NEEDS_TOKEN, a, &y.at, e);
	if (rc >= 0)
		rc = look(&y, a, e);
	if (rc >= 0)
		rc = change(&y, a, e);
	if (rc >= 0)
		tell(&y);
	client_close(y.at.client);
	return rc;
}
