/* SPDX-License-Identifier: Apache-2.0 */
#include "product_edit.h"

#include <ctype.h>
#include <string.h>

#include "product_edit_parts.h"

const char *product_edit_new(const char *name, const char *vendor, const char *board, struct arena *a)
{
	return arena_printf(a, "# What runs on the device, and what each service may do: 'ms help product' tells how.\n"
			       "name: %s\nvendor: %s\nversion: 0.1.0\nboard: %s\n\n"
			       "# Nothing is granted by itself: 'ms product add PACKAGE', then 'ms product grant SERVICE NAME'.\n"
			       "services: []\n", name, vendor, board);
}

const char *edit_scalar(const char *text, struct arena *a)
{
	struct text t = { 0 };
	bool plain = isalnum((unsigned char)*text) || *text == '.' || *text == '/';

	for (const char *c = text; *c; c++)
		plain &= isalnum((unsigned char)*c) || strchr("._/+-", *c);
	if (plain)
		return text;
	for (const char *c = text; *c; c++)
		text_add(&t, a, "%s%c", *c == '"' || *c == '\\' ? "\\" : "", *c);
	return arena_printf(a, "\"%s\"", t.at ? t.at : "");
}

int edit_refuse(const char *file, const char *by_hand, struct err *e)
{
	err_set(e, ERR_PRODUCT_EDIT, "'%s' is written in a way that this command cannot add to", file);
	return err_fix(e, "write it by hand: %s", by_hand);
}

int edit_check_added(const struct node *before, struct bytes now, const char *added, const char *file, const char *by_hand, struct arena *a, struct err *e)
{
	struct product p;
	struct node *root;
	struct err why;

	if (yaml_read(now, file, a, &root, &why) < 0 || !yaml_edit_kept(before, root, added) || product_decode(now, file, a, &p, &why) < 0)
		return edit_refuse(file, by_hand, e);
	return MS_OK;
}

int edit_open(struct bytes text, const char *file, struct arena *a, struct node **root, struct err *e)
{
	struct product p;

	int rc = product_decode(text, file, a, &p, e);
	return rc < 0 ? rc : yaml_read(text, file, a, root, e);
}

const struct node *edit_service(const struct node *root, uint32_t service)
{
	const struct node *at = node_find(root, "services")->first;

	while (service--)
		at = at->next;
	return at;
}

int product_edit_add(struct bytes text, const char *file, const char *path, struct arena *a, struct bytes *out, struct err *e)
{
	const char *value = edit_scalar(path, a), *by_hand = arena_printf(a, "services: [ { package: %s } ]", value);
	struct node *root;

	int rc = edit_open(text, file, a, &root, e);
	if (rc < 0)
		return rc;
	const struct node *services = node_find(root, "services");
	bool flow = root->flow || (services->flow && services->first);
	struct bytes now = yaml_edit_add(text, services, root, NULL, arena_printf(a, flow ? "{ package: %s }" : "package: %s", value), a);

	rc = edit_check_added(root, now, path, file, by_hand, a, e);
	if (rc >= 0)
		*out = now;
	return rc;
}

/* Where the grant goes is there in part: the service, its 'grants', the list of the kind. */
static struct bytes add_grant(struct bytes text, const struct node *service, const char *kind, const char *name, struct arena *a)
{
	const struct node *grants = node_find(service, "grants");
	const struct node *list = grants && grants->kind == NODE_MAP ? node_find(grants, kind) : NULL;

	if (list)
		return yaml_edit_add(text, list, grants, NULL, name, a);
	if (grants)
		return yaml_edit_add(text, grants, service, kind, arena_printf(a, "[ %s ]", name), a);
	return yaml_edit_add(text, service, service, "grants", arena_printf(a, "{ %s: [ %s ] }", kind, name), a);
}

int product_edit_grant(struct bytes text, const char *file, uint32_t service, const char *kind, const char *name, struct arena *a, struct bytes *out, struct err *e)
{
	const char *value = edit_scalar(name, a);
	struct node *root;

	int rc = edit_open(text, file, a, &root, e);
	if (rc < 0)
		return rc;
	struct bytes now = add_grant(text, edit_service(root, service), kind, value, a);

	rc = edit_check_added(root, now, name, file, arena_printf(a, "grants: { %s: [ %s ] }", kind, value), a, e);
	if (rc >= 0)
		*out = now;
	return rc;
}

int edit_check_only(const struct node *before, struct bytes now, const struct node *item, const char *value, const char *file, const char *by_hand, struct arena *a, struct err *e)
{
	struct product p;
	struct node *root;
	struct err why;

	if (yaml_read(now, file, a, &root, &why) < 0 || !yaml_edit_only(before, root, item, value) || product_decode(now, file, a, &p, &why) < 0)
		return edit_refuse(file, by_hand, e);
	return MS_OK;
}

int product_edit_package(struct bytes text, const char *file, uint32_t service, const char *path, struct arena *a, struct bytes *out, struct err *e)
{
	const char *value = edit_scalar(path, a);
	struct node *root;

	int rc = edit_open(text, file, a, &root, e);
	if (rc < 0)
		return rc;
	const struct node *package = node_find(edit_service(root, service), "package");
	struct bytes now = yaml_edit_replace(text, package, value, a);

	rc = edit_check_only(root, now, package, path, file, arena_printf(a, "package: %s", value), a, e);
	if (rc >= 0)
		*out = now;
	return rc;
}

int product_edit_source(struct bytes text, const char *file, uint32_t service, const char *path, struct arena *a, struct bytes *out, struct err *e)
{
	const char *value = path ? edit_scalar(path, a) : NULL;
	struct node *root;

	int rc = edit_open(text, file, a, &root, e);
	if (rc < 0)
		return rc;
	const struct node *at = edit_service(root, service), *old = node_find(at, "source");

	if (!path && old)
		return edit_refuse(file, "take 'source' out of the service: its package comes as it is now", e);
	if (!path) {
		*out = text;
		return MS_OK;
	}
	const char *by_hand = arena_printf(a, "source: %s", value);
	struct bytes now = old ? yaml_edit_replace(text, old, value, a) : yaml_edit_add(text, at, at, "source", value, a);

	rc = old ? edit_check_only(root, now, old, path, file, by_hand, a, e) : edit_check_added(root, now, path, file, by_hand, a, e);
	if (rc >= 0)
		*out = now;
	return rc;
}

int product_edit_withdraw(struct bytes text, const char *file, uint32_t service, const char *kind, const char *name, struct arena *a, struct bytes *out, struct err *e)
{
	const char *by_hand = arena_printf(a, "take '%s' out of '%s'", name, kind);
	struct bytes now = { 0 };
	struct node *root;

	int rc = edit_open(text, file, a, &root, e);
	if (rc < 0)
		return rc;
	const struct node *at = edit_service(root, service), *list = strcmp(kind, "denies") ? node_find(node_find(at, "grants"), kind) : node_find(at, kind);
	const struct node *item = list->first;

	while (strcmp(item->text, name))
		item = item->next;
	rc = yaml_edit_remove(text, item, list, a, &now) ? edit_check_only(root, now, item, NULL, file, by_hand, a, e) : edit_refuse(file, by_hand, e);
	if (rc >= 0)
		*out = now;
	return rc;
}

int product_edit_deny(struct bytes text, const char *file, uint32_t service, const char *name, struct arena *a, struct bytes *out, struct err *e)
{
	const char *value = edit_scalar(name, a);
	struct node *root;

	int rc = edit_open(text, file, a, &root, e);
	if (rc < 0)
		return rc;
	const struct node *at = edit_service(root, service), *denies = node_find(at, "denies");
	struct bytes now = denies ? yaml_edit_add(text, denies, at, NULL, value, a) : yaml_edit_add(text, at, at, "denies", arena_printf(a, "[ %s ]", value), a);

	rc = edit_check_added(root, now, name, file, arena_printf(a, "denies: [ %s ]", value), a, e);
	if (rc >= 0)
		*out = now;
	return rc;
}

int product_edit_remove(struct bytes text, const char *file, uint32_t service, struct arena *a, struct bytes *out, struct err *e)
{
	const char *by_hand = "take the service out of 'services'";
	struct bytes now = { 0 };
	struct node *root;

	int rc = edit_open(text, file, a, &root, e);
	if (rc < 0)
		return rc;
	const struct node *item = edit_service(root, service);

	rc = yaml_edit_remove(text, item, node_find(root, "services"), a, &now) ? edit_check_only(root, now, item, NULL, file, by_hand, a, e) : edit_refuse(file, by_hand, e);
	if (rc >= 0)
		*out = now;
	return rc;
}
