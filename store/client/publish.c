/* SPDX-License-Identifier: Apache-2.0 */
/* ms publish: a package goes to a store, with its source or without, and its place in the store's log comes back. */
#include <string.h>

#include "file.h"
#include "logged.h"
#include "login.h"
#include "moving.h"
#include "out.h"
#include "publish_parts.h"
#include "storecommand.h"

static struct publish_wish wish;
const struct opt publish_options[] = { PUBLISH_OPTIONS(&wish), CLAIMED_OPTION(&wish), OPT_END };

const char *publish_path(const struct publishing *p, const char *behind)
{
	struct arena *a = p->arena;

	return arena_printf(a, "v1/services/%s/%s/%s%s", client_escape(p->parcel.vendor, a), client_escape(p->parcel.name, a), client_escape(p->parcel.version, a), behind);
}

int publish_look(const struct publishing *p, json_t **out, struct err *e)
{
	struct err why;

	*out = NULL;
	int rc = connect_json(p->to, &(struct client_request){ .path = publish_path(p, "") }, p->arena, out, NULL, &why);
	if (rc >= 0 || rc == -MS_ENOENT)
		return MS_OK;
	*e = why;
	return rc;
}

static int refuse_other(const struct publishing *p, struct err *e)
{
	const struct parcel *l = &p->parcel;

	err_set(e, ERR_EXISTS, "%s/%s %s is in the store already, with other bytes", l->vendor, l->name, l->version);
	return err_fix(e, "a version is given once: raise 'version' in ms.yaml, and publish again");
}

/* Is it there?  Then nothing has to be sent, and other bytes are refused before they travel. */
static int look(struct publishing *p, struct err *e)
{
	json_t *o;

	int rc = publish_look(p, &o, e);
	if (rc < 0 || !o)
		return rc;
	bool same = !strcmp(connect_text(o, "package", p->arena), p->parcel.sha256);
	p->there = connect_text(o, "state", p->arena);
	json_decref(o);
	return same ? MS_OK : refuse_other(p, e);
}

static int check_proof(const struct publishing *p, struct bytes proof, const char *path, bool *checked, struct err *e)
{
	const struct parcel *l = &p->parcel;
	const struct logged_file file = { l->content, l->manifest, l->gives ? NULL : l->manifest_sha256, l->gives };
	struct logged found;
	struct err why;

	int rc = logged_verify(&file, proof, path, p->arena, &found, &why);
	*checked = rc >= 0;
	if (rc >= 0 || rc == -MS_ENOENT)
		return MS_OK;
	*e = why;
	return rc;
}

int publish_keep_proof(const struct publishing *p, const char *path, const char **file, bool *checked, struct err *e)
{
	struct client_answer answer;

	*file = logged_path(p->parcel.file, p->arena);
	int rc = client_ask(p->to, &(struct client_request){ .path = path, .limit = TLOG_PROOF_FILE_MAX }, p->arena, &answer, e);
	if (rc >= 0)
		rc = check_proof(p, answer.body, *file, checked, e);
	if (rc >= 0)
		rc = file_replace(*file, answer.body, 0644, p->arena, e);
	if (rc >= 0)
		out_say("%s: the proof that the log has it%s", path_shown(p->arena, *file), *checked ? "" : ", not checked: no key is trusted for that log (ms key trust --store)");
	return rc;
}

int publish_send(struct publishing *p, const char *how, struct err *e)
{
	struct client_request r = {
		.method = "POST", .file = p->parcel.file, .type = "application/vnd.ms.package", .repeatable = true,
		.path = p->dry_run ? arena_printf(p->arena, "v1/publish?dry-run=1&publisher=%s", client_escape(p->parcel.vendor, p->arena)) : arena_printf(p->arena, "v1/publish%s", how ? how : ""),
	};
	json_t *o = NULL;

	int rc = connect_json(p->to, &r, p->arena, &o, NULL, e);
	moving_end();
	if (rc < 0)
		return rc;
	if (json_object_get(o, "state"))
		p->there = connect_text(o, "state", p->arena);
	p->repeated = json_is_true(json_object_get(o, "repeated"));
	json_decref(o);
	return MS_OK;
}

static int approve(struct publishing *p, struct err *e)
{
	json_t *o = NULL;

	if (!p->there) {
		err_set(e, ERR_NO_FILE, "%s/%s %s is not in the store, or this token may not see it", p->parcel.vendor, p->parcel.name, p->parcel.version);
		return err_fix(e, "stage it first: ms publish --stage");
	}
	if (!strcmp(p->there, "live")) {
		p->repeated = true;
		return MS_OK;
	}
	if (strcmp(p->there, "staged")) {
		err_set(e, ERR_STORE_STATE, "%s/%s %s is %s, not staged", p->parcel.vendor, p->parcel.name, p->parcel.version, p->there);
		return err_fix(e, "what was withdrawn becomes live again by: ms yank --undo");
	}
	if (wish.dry_run)
		return MS_OK;
	int rc = connect_post(p->to, publish_path(p, "/state"), json_pack("{s:s}", "state", "live"), false, p->arena, &o, e);
	if (rc >= 0) {
		p->there = connect_text(o, "state", p->arena);
		json_decref(o);
	}
	return rc;
}

/* Is the token that is shown one of the vendor's, and does it count?  One that has ended is shown no more: it would be refused where none is needed. */
static int acts_for_vendor(const struct publishing *p, const struct known *as, bool *acts, struct err *e)
{
	struct client_request r = { .path = arena_printf(p->arena, "v1/keys/%s", client_escape(p->parcel.vendor, p->arena)) };
	struct err why = { 0 };
	json_t *o = NULL;

	*acts = false;
	if (!as->token)
		return MS_OK;
	int rc = connect_json(p->to, &r, p->arena, &o, NULL, &why);
	if (rc >= 0)
		json_decref(o);
	if (rc == -MS_EPERM)
		return client_show(p->to, NULL, e);
	*acts = rc >= 0 && as->publisher && !strcmp(as->publisher, p->parcel.vendor);
	if (rc >= 0 || rc == -MS_ENOENT)
		return MS_OK;
	*e = why;
	return rc;
}

/* By the claim that ms has signed, if there is no other way to act for the vendor here. */
static int claim(const struct publishing *p, struct known *as, struct err *e)
{
	bool acts;

	int rc = acts_for_vendor(p, as, &acts, e);
	if (rc < 0 || acts)
		return rc;
	rc = login_claim(p->to, login_read_claim(p->arena), p->arena, as, NULL, e);
	if (rc >= 0)
		rc = known_keep(as, p->arena, e);
	if (rc >= 0)
		out_say("you act for '%s' here from now on", as->publisher);
	return rc;
}

static void tell(const struct publishing *p)
{
	const struct parcel *l = &p->parcel;
	const char *shown = wish.dry_run ? "would be there" : p->repeated ? "already there" : wish.approve ? "approved" : "published";

	out_line("%s/%s %s: %s, %s", l->vendor, l->name, l->version, shown, p->there ? p->there : wish.stage ? "staged" : "live");
	if (p->there && !strcmp(p->there, "staged") && !wish.dry_run)
		out_say("others see it once it is approved: ms publish --approve");
	out_field("store", out_string(client_url(p->to)));
	out_field("name", out_string(arena_printf(p->arena, "%s/%s", l->vendor, l->name)));
	out_field("version", out_string(l->version));
	out_field("sha256", json_string(l->sha256));
	out_field("state", out_string(p->there));
	out_field("repeated", json_boolean(p->repeated));
	out_field("dry_run", json_boolean(wish.dry_run));
}

static int publish_package(struct publishing *p, struct err *e)
{
	const char *proof;
	bool checked;

	int rc = look(p, e);
	if (rc < 0)
		return rc;
	if (wish.approve)
		rc = approve(p, e);
	else if (p->there && !wish.dry_run)
		p->repeated = true;
	else
		rc = publish_send(p, wish.stage ? "?stage=1" : NULL, e);
	if (rc < 0)
		return rc;
	tell(p);
	if (wish.dry_run)
		return MS_OK;
	rc = publish_keep_proof(p, publish_path(p, "/proof"), &proof, &checked, e);
	if (rc >= 0) {
		out_field("proof", out_string(proof));
		out_field("checked", json_boolean(checked));
	}
	return rc;
}

/* A package, its source, or both; a source after its package. */
static int carry_out(struct publishing *all, size_t count, struct known *as, struct err *e)
{
	int rc = wish.claimed && !wish.dry_run ? claim(all, as, e) : MS_OK;

	for (size_t i = 0; rc >= 0 && i < count; i++)
		rc = all[i].parcel.gives ? publish_source(&all[i], i > 0, e) : publish_package(&all[i], e);
	return rc;
}

int command_publish(const struct store_request *r, struct arena *a, struct err *e)
{
	struct publishing all[2] = { 0 };
	struct connection at = { 0 };
	size_t count = 0;
	int rc = MS_OK;

	for (; rc >= 0 && r->operands[count]; count++) {
		all[count] = (struct publishing){ .arena = a, .dry_run = wish.dry_run };
		rc = parcel_read(r->operands[count], a, &all[count].parcel, e);
	}
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < count; i++)
		parcel_show(&all[i].parcel, a);
	rc = connect_store(&wish.at, all[0].parcel.vendor, wish.dry_run || wish.claimed ? MAY_BE_ANYBODY : NEEDS_TOKEN, a, &at, e);
	for (size_t i = 0; i < count; i++)
		all[i].to = at.client;
	if (rc >= 0)
		rc = carry_out(all, count, &at.as, e);
	client_close(at.client);
	return rc;
}
