/* SPDX-License-Identifier: Apache-2.0 */
/* ms publish: a package goes to a store, and its place in the store's log comes back. */
#include <string.h>

#include "connect.h"
#include "file.h"
#include "logged.h"
#include "login.h"
#include "moving.h"
#include "out.h"
#include "parcel.h"
#include "storecommand.h"

static struct publish_wish wish;
const struct opt publish_options[] = { PUBLISH_OPTIONS(&wish), CLAIMED_OPTION(&wish), OPT_END };

struct publishing {
	struct connection at;
	struct parcel parcel;
	struct arena *arena;
	const char *there;	/* the state that it has in the store, or NULL */
	bool repeated;
};

static const char *path_of(const struct publishing *p, const char *behind)
{
	struct arena *a = p->arena;

	return arena_printf(a, "v1/services/%s/%s/%s%s", client_escape(p->parcel.vendor, a), client_escape(p->parcel.name, a), client_escape(p->parcel.version, a), behind);
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
	struct err why;
	json_t *o = NULL;

	int rc = connect_json(p->at.client, &(struct client_request){ .path = path_of(p, "") }, p->arena, &o, NULL, &why);
	if (rc == -MS_ENOENT)
		return MS_OK;
	if (rc < 0) {
		*e = why;
		return rc;
	}
	bool same = !strcmp(connect_text(o, "package", p->arena), p->parcel.sha256);
	p->there = connect_text(o, "state", p->arena);
	json_decref(o);
	return same ? MS_OK : refuse_other(p, e);
}

/* The proof must be good where the log's key is trusted; where it is not, it is kept for who trusts it. */
static int check_proof(const struct publishing *p, struct bytes proof, const char *path, bool *checked, struct err *e)
{
	struct archive_report r = { .manifest = p->parcel.manifest };
	struct logged l;
	struct err why;

	memcpy(r.manifest_sha256, p->parcel.manifest_sha256, sizeof(r.manifest_sha256));
	int rc = logged_verify(p->parcel.content, &r, proof, path, p->arena, &l, &why);
	*checked = rc >= 0;
	if (rc >= 0 || rc == -MS_ENOENT)
		return MS_OK;
	*e = why;
	return rc;
}

static int keep_proof(struct publishing *p, struct err *e)
{
	const char *path = logged_path(p->parcel.file, p->arena);
	struct client_answer answer;
	bool checked;

	int rc = client_ask(p->at.client, &(struct client_request){ .path = path_of(p, "/proof"), .limit = TLOG_PROOF_FILE_MAX }, p->arena, &answer, e);
	if (rc >= 0)
		rc = check_proof(p, answer.body, path, &checked, e);
	if (rc >= 0)
		rc = file_replace(path, answer.body, 0644, p->arena, e);
	if (rc < 0)
		return rc;
	out_say("%s: the proof that the log has it%s", path_shown(p->arena, path), checked ? "" : ", not checked: no key is trusted for that log (ms key trust --store)");
	out_field("proof", out_string(path));
	out_field("checked", json_boolean(checked));
	return MS_OK;
}

/* May be done twice: the same bytes again are the same answer. */
static int send(struct publishing *p, struct err *e)
{
	struct client_request r = {
		.method = "POST", .file = p->parcel.file, .type = "application/vnd.ms.package", .repeatable = true,
		.path = wish.dry_run ? arena_printf(p->arena, "v1/publish?dry-run=1&publisher=%s", client_escape(p->parcel.vendor, p->arena)) : wish.stage ? "v1/publish?stage=1" : "v1/publish",
	};
	unsigned status;
	json_t *o = NULL;

	int rc = connect_json(p->at.client, &r, p->arena, &o, &status, e);
	moving_end();
	if (rc < 0)
		return rc;
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
	int rc = connect_post(p->at.client, path_of(p, "/state"), json_pack("{s:s}", "state", "live"), false, p->arena, &o, e);
	if (rc >= 0) {
		p->there = connect_text(o, "state", p->arena);
		json_decref(o);
	}
	return rc;
}

/* Is the token that is shown one of the vendor's, and does it count?  One that has ended is shown no more: it would be refused where none is needed. */
static int acts_for_vendor(struct publishing *p, bool *acts, struct err *e)
{
	struct client_request r = { .path = arena_printf(p->arena, "v1/keys/%s", client_escape(p->parcel.vendor, p->arena)) };
	struct err why = { 0 };
	json_t *o = NULL;

	*acts = false;
	if (!p->at.as.token)
		return MS_OK;
	int rc = connect_json(p->at.client, &r, p->arena, &o, NULL, &why);
	if (rc >= 0)
		json_decref(o);
	if (rc == -MS_EPERM)
		return client_show(p->at.client, NULL, e);
	*acts = rc >= 0 && p->at.as.publisher && !strcmp(p->at.as.publisher, p->parcel.vendor);
	if (rc >= 0 || rc == -MS_ENOENT)
		return MS_OK;
	*e = why;
	return rc;
}

/* By the claim that ms has signed, if there is no other way to act for the vendor here. */
static int claim(struct publishing *p, struct err *e)
{
	bool acts;

	int rc = acts_for_vendor(p, &acts, e);
	if (rc < 0 || acts)
		return rc;
	rc = login_claim(p->at.client, login_read_claim(p->arena), p->arena, &p->at.as, NULL, e);
	if (rc >= 0)
		rc = known_keep(&p->at.as, p->arena, e);
	if (rc >= 0)
		out_say("you act for '%s' here from now on", p->at.as.publisher);
	return rc;
}

static void tell(const struct publishing *p)
{
	const struct parcel *l = &p->parcel;
	const char *shown = wish.dry_run ? "would be there" : p->repeated ? "already there" : wish.approve ? "approved" : "published";

	out_line("%s/%s %s: %s, %s", l->vendor, l->name, l->version, shown, p->there ? p->there : wish.stage ? "staged" : "live");
	if (p->there && !strcmp(p->there, "staged") && !wish.dry_run)
		out_say("others see it once it is approved: ms publish --approve");
	out_field("store", out_string(client_url(p->at.client)));
	out_field("name", out_string(arena_printf(p->arena, "%s/%s", l->vendor, l->name)));
	out_field("version", out_string(l->version));
	out_field("sha256", json_string(l->sha256));
	out_field("state", out_string(p->there));
	out_field("repeated", json_boolean(p->repeated));
	out_field("dry_run", json_boolean(wish.dry_run));
}

static int carry_out(struct publishing *p, struct err *e)
{
	int rc = wish.claimed && !wish.dry_run ? claim(p, e) : MS_OK;

	if (rc >= 0)
		rc = look(p, e);
	if (rc < 0)
		return rc;
	if (wish.approve)
		rc = approve(p, e);
	else if (p->there && !wish.dry_run)
		p->repeated = true;
	else
		rc = send(p, e);
	if (rc < 0)
		return rc;
	tell(p);
	return wish.dry_run ? MS_OK : keep_proof(p, e);
}

int command_publish(const struct store_request *r, struct arena *a, struct err *e)
{
	struct publishing p = { .arena = a };
	int token = wish.dry_run || wish.claimed ? MAY_BE_ANYBODY : NEEDS_TOKEN;

	int rc = parcel_read(r->operands[0], a, &p.parcel, e);
	if (rc < 0)
		return rc;
	parcel_show(&p.parcel, a);
	rc = connect_store(&wish.at, p.parcel.vendor, token, a, &p.at, e);
	if (rc >= 0)
		rc = carry_out(&p, e);
	client_close(p.at.client);
	return rc;
}
