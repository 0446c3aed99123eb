/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of what a service gets by name: the product's file names files, never what is in them. */
#include <string.h>

#include "product_edit_parts.h"

/* The item of 'parameters' of this name, or NULL. */
static const struct node *find_item(const struct node *service, const char *name)
{
	const struct node *list = node_find(service, "parameters");

	for (const struct node *item = list ? list->first : NULL; item; item = item->next)
		if (!strcmp(node_find(item, "name")->text, name))
			return item;
	return NULL;
}

static struct bytes add_item(struct bytes text, const struct node *service, const char *name, struct arena *a)
{
	const struct node *list = node_find(service, "parameters");
	const char *item = arena_printf(a, "{ name: %s }", edit_scalar(name, a));

	return list ? yaml_edit_add(text, list, service, NULL, item, a) : yaml_edit_add(text, service, service, "parameters", arena_printf(a, "[ %s ]", item), a);
}

/* The name first, then its file: each step adds one text and shows that it lost none. */
static int add(struct bytes *text, const char *file, uint32_t service, const char *name, const char *by_hand, struct arena *a, struct err *e)
{
	struct node *root;

	int rc = edit_open(*text, file, a, &root, e);
	if (rc < 0)
		return rc;
	struct bytes now = add_item(*text, edit_service(root, service), name, a);

	rc = edit_check_added(root, now, name, file, by_hand, a, e);
	if (rc >= 0)
		*text = now;
	return rc;
}

int product_edit_parameter(struct bytes text, const char *file, uint32_t service, const char *name, const char *path, struct arena *a, struct bytes *out, struct err *e)
{
	const char *value = edit_scalar(path, a), *by_hand = arena_printf(a, "parameters: [ { name: %s, file: %s } ]", name, value);
	struct node *root;

	int rc = edit_open(text, file, a, &root, e);
	if (rc >= 0 && !find_item(edit_service(root, service), name)) {
		rc = add(&text, file, service, name, by_hand, a, e);
		if (rc >= 0)
			rc = edit_open(text, file, a, &root, e);
	}
	if (rc < 0)
		return rc;
	const struct node *item = find_item(edit_service(root, service), name), *there = item ? node_find(item, "file") : NULL;

	if (!item || (there && there->kind != NODE_TEXT))
		return edit_refuse(file, by_hand, e);
	struct bytes now = there ? yaml_edit_replace(text, there, value, a) : yaml_edit_add(text, item, edit_service(root, service), "file", value, a);

	rc = there ? edit_check_only(root, now, there, path, file, by_hand, a, e) : edit_check_added(root, now, path, file, by_hand, a, e);
	if (rc >= 0)
		*out = now;
	return rc;
}

int product_edit_parameter_remove(struct bytes text, const char *file, uint32_t service, const char *name, struct arena *a, struct bytes *out, struct err *e)
{
	const char *by_hand = arena_printf(a, "take '%s' out of 'parameters'", name);
	struct bytes now = { 0 };
	struct node *root;

	int rc = edit_open(text, file, a, &root, e);
	if (rc < 0)
		return rc;
	const struct node *at = edit_service(root, service), *item = find_item(at, name);

	rc = item && yaml_edit_remove(text, item, node_find(at, "parameters"), a, &now) ? edit_check_only(root, now, item, NULL, file, by_hand, a, e) : edit_refuse(file, by_hand, e);
	if (rc >= 0)
		*out = now;
	return rc;
}
