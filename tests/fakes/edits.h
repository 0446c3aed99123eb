/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each edit of a product.yaml has to keep, whatever the file looks like: for tests that draw files and for the fuzzer.  An edit that is
 * refused gives nothing; one that is done gives a product's file, every line of the old one is in it as it was, in its order, but for the
 * one that was added to or taken from, and no comment is lost that is not the item's own.
 */
#ifndef EDITS_H
#define EDITS_H

#include <string.h>

#include "product_edit.h"

enum edit_kind { EDIT_ADD, EDIT_GRANT, EDIT_DENY, EDIT_PARAMETER, EDIT_PACKAGE, EDIT_WITHDRAW, EDIT_ALLOW, EDIT_UNSET, EDIT_REMOVE, EDIT_KINDS };

#define EDIT_FILE "/p/product.yaml"

/* Is the edit one that this product allows: is there what it takes out or replaces? */
static inline bool edit_applies(enum edit_kind kind, const struct product *p, uint32_t service)
{
	const struct product_service *s = service < p->service_count ? &p->services[service] : NULL;

	switch (kind) {
	case EDIT_ADD: return true;
	case EDIT_PACKAGE: return s && s->package;
	case EDIT_WITHDRAW: return s && s->ipc.count;
	case EDIT_ALLOW: return s && s->denies.count;
	case EDIT_UNSET: return s && s->parameters.count;
	default: return s;
	}
}

static inline int edit_do(enum edit_kind kind, struct bytes text, const struct product *p, uint32_t service, struct arena *a, struct bytes *out, struct err *e)
{
	const struct product_service *s = &p->services[service];

	switch (kind) {
	case EDIT_ADD: return product_edit_add(text, EDIT_FILE, "new.msp", a, out, e);
	case EDIT_GRANT: return product_edit_grant(text, EDIT_FILE, service, "devices", "uart9", a, out, e);
	case EDIT_DENY: return product_edit_deny(text, EDIT_FILE, service, "uart9", a, out, e);
	case EDIT_PARAMETER: return product_edit_parameter(text, EDIT_FILE, service, "new", "secrets/new", a, out, e);
	case EDIT_PACKAGE: return product_edit_package(text, EDIT_FILE, service, "new.msp", a, out, e);
	case EDIT_WITHDRAW: return product_edit_withdraw(text, EDIT_FILE, service, "ipc", s->ipc.at[0], a, out, e);
	case EDIT_ALLOW: return product_edit_withdraw(text, EDIT_FILE, service, "denies", s->denies.at[0], a, out, e);
	case EDIT_UNSET: return product_edit_parameter_remove(text, EDIT_FILE, service, ((struct parameter_given *)s->parameters.at)[0].name, a, out, e);
	default: return product_edit_remove(text, EDIT_FILE, service, a, out, e);
	}
}

/* The next line of a text with its end; empty at the end. */
static inline struct bytes edit_line(struct bytes *left)
{
	const uint8_t *end = left->size ? memchr(left->at, '\n', left->size) : NULL;
	struct bytes line = { left->at, end ? (size_t)(end - left->at) + 1 : left->size };

	left->at += line.size;
	left->size -= line.size;
	return line;
}

static inline bool edit_same_line(struct bytes one, struct bytes two)
{
	while (one.size && strchr("\r\n", one.at[one.size - 1]))
		one.size--;
	while (two.size && strchr("\r\n", two.at[two.size - 1]))
		two.size--;
	return bytes_equal(one, two);
}

enum { EDIT_LINES_MAX = 255 };

static inline uint32_t edit_lines(struct bytes text, struct bytes out[EDIT_LINES_MAX])
{
	uint32_t count = 0;

	while (text.size && count < EDIT_LINES_MAX)
		out[count++] = edit_line(&text);
	return count;
}

/* How many lines of the old text are not in the other one, in their order: all but those of the longest sequence that both have. */
static inline uint32_t edit_lines_lost(struct bytes old, struct bytes now)
{
	struct bytes left[EDIT_LINES_MAX], right[EDIT_LINES_MAX];
	uint32_t lefts = edit_lines(old, left), rights = edit_lines(now, right);
	uint8_t common[EDIT_LINES_MAX + 1] = { 0 };	/* of the lines so far with so many of the right ones */

	for (uint32_t i = 0; i < lefts; i++) {
		uint8_t corner = 0;	/* without this line and without that one */

		for (uint32_t k = 0; k < rights; k++) {
			uint8_t above = common[k + 1], longest = above > common[k] ? above : common[k];

			common[k + 1] = edit_same_line(left[i], right[k]) ? (uint8_t)(corner + 1) : longest;
			corner = above;
		}
	}
	return lefts - common[rights];
}

/* Are all bytes of one text in the other, in their order, but for brackets and what separates? */
static inline bool edit_bytes_in(struct bytes one, struct bytes other)
{
	size_t at = 0;

	for (size_t i = 0; i < one.size; i++) {
		if (memchr(" \t\r\n[]{},", one.at[i], 10))
			continue;
		while (at < other.size && other.at[at] != one.at[i])
			at++;
		if (at++ >= other.size)
			return false;
	}
	return true;
}

/* Is nothing of the old text gone, or, of what takes away or replaces, nothing new?  Holds of any file, however it is written. */
static inline bool edit_kept_bytes(enum edit_kind kind, const struct product *before, uint32_t service, struct bytes old, struct bytes now)
{
	if (kind == EDIT_PACKAGE)
		return true;		/* a path in the place of a path */
	if (kind == EDIT_PARAMETER)
		for (uint32_t i = 0; i < before->services[service].parameters.count; i++)
			if (!strcmp(((const struct parameter_given *)before->services[service].parameters.at)[i].name, "new"))
				return true;
	return kind < EDIT_PACKAGE ? edit_bytes_in(old, now) : edit_bytes_in(now, old);
}

/* NULL, or in which way the edit did not keep what it has to. */
static inline const char *edit_wrong(enum edit_kind kind, struct bytes old, struct bytes now, struct arena *a)
{
	struct product before, after;
	struct err e = { 0 };

	if (product_decode(old, EDIT_FILE, a, &before, &e) < 0 || product_decode(now, EDIT_FILE, a, &after, &e) < 0)
		return "is no product's file";
	if (after.service_count != before.service_count + (kind == EDIT_ADD) - (kind == EDIT_REMOVE))
		return "has another number of services";
	if (kind == EDIT_REMOVE)	/* its own lines go; what is left was there */
		return edit_lines_lost(now, old) <= 1 ? NULL : "has lines that were not there";
	if (kind == EDIT_WITHDRAW || kind == EDIT_ALLOW || kind == EDIT_UNSET)
		return edit_lines_lost(now, old) <= 1 && edit_lines_lost(old, now) <= 4 ? NULL : "lost other lines, or has new ones";
	return edit_lines_lost(old, now) <= 1 ? NULL : "lost a line";
}

#endif
