/* SPDX-License-Identifier: Apache-2.0 */
#include "yaml_edit.h"

#include <string.h>

/* The byte at which a character begins. */
static size_t byte_of(struct bytes text, size_t character)
{
	size_t i = 0;

	for (; i < text.size; i++)
		if ((text.at[i] & 0xc0) != 0x80 && character-- == 0)
			break;
	return i;
}

/* Behind the last byte of the line, where its end is. */
static size_t line_end(struct bytes text, size_t at)
{
	const uint8_t *end = memchr(text.at + at, '\n', text.size - at);
	size_t i = end ? (size_t)(end - text.at) : text.size;

	return i > at && text.at[i - 1] == '\r' ? i - 1 : i;
}

static const char *newline(struct bytes text)
{
	return memmem(text.at, text.size, "\r\n", 2) ? "\r\n" : "\n";
}

/* The text with `added` in place of what is between two bytes. */
static struct bytes replace(struct bytes text, size_t from, size_t to, const char *added, struct arena *a)
{
	struct text t = { 0 };

	text_add_bytes(&t, a, (struct bytes){ text.at, from });
	text_add(&t, a, "%s", added);
	text_add_bytes(&t, a, (struct bytes){ text.at + to, text.size - to });
	return (struct bytes){ (const uint8_t *)t.at, t.size };
}

/* "- value" or "key: value". */
static const char *entry(const char *key, const char *value, bool flow, struct arena *a)
{
	if (key)
		return arena_printf(a, "%s: %s", key, value);
	return flow ? value : arena_printf(a, "- %s", value);
}

static struct bytes add_line(struct bytes text, size_t behind, int indent, const char *what, struct arena *a)
{
	size_t at = line_end(text, behind);

	return replace(text, at, at, arena_printf(a, "%s%*s%s", newline(text), indent, "", what), a);
}

static bool holds(struct bytes text, size_t from, size_t to, char wanted)
{
	return memchr(text.at + from, wanted, to - from) != NULL;
}

/* Brackets with nothing in them but a word about it, which stays. */
static bool is_remark(struct bytes text, const struct node *at)
{
	return at->flow && !at->first && holds(text, byte_of(text, at->from), byte_of(text, at->to), '#');
}

static struct bytes add_to_flow(struct bytes text, const struct node *at, const char *key, const char *value, struct arena *a)
{
	const char *what = entry(key, value, true, a);

	if (at->last) {
		size_t behind = byte_of(text, at->last->to);

		return replace(text, behind, behind, arena_printf(a, ", %s", what), a);
	}
	if (is_remark(text, at)) {
		size_t behind = byte_of(text, at->from) + 1;

		return replace(text, behind, behind, arena_printf(a, " %s", what), a);
	}
	return replace(text, byte_of(text, at->from), byte_of(text, at->to), arena_printf(a, key ? "{ %s }" : "[ %s ]", what), a);
}

/* An empty one becomes one of lines of its own, unless what it lies in has brackets. */
static struct bytes fill(struct bytes text, const struct node *at, const struct node *parent, const char *key, const char *value, struct arena *a)
{
	size_t from = byte_of(text, at->from), to = byte_of(text, at->to);
	bool flow = parent->flow;

	if (flow)
		return replace(text, from, to, arena_printf(a, key ? " { %s }" : " [ %s ]", entry(key, value, true, a)), a);
	while (from > 0 && text.at[from - 1] == ' ')
		from--;
	struct bytes cut = replace(text, from, to, "", a);
	return add_line(cut, from, parent->column - 1 + 2, entry(key, value, false, a), a);
}

struct bytes yaml_edit_add(struct bytes text, const struct node *at, const struct node *parent, const char *key, const char *value, struct arena *a)
{
	if (at->kind == NODE_TEXT || (at->flow && !at->first && !parent->flow && !key && !is_remark(text, at)))
		return fill(text, at, parent, key, value, a);
	if (at->flow)
		return add_to_flow(text, at, key, value, a);
	return add_line(text, byte_of(text, at->to), at->column - 1, entry(key, value, false, a), a);
}

/* From the item to what is beside it, in brackets. */
static bool remove_from_flow(struct bytes text, const struct node *item, const struct node *list, struct arena *a, struct bytes *out)
{
	size_t from = byte_of(text, item->from), to = byte_of(text, item->to);
	const struct node *before = list->first == item ? NULL : list->first;

	while (before && before->next != item)
		before = before->next;
	if (before)
		from = byte_of(text, before->to);
	else if (item->next)
		to = byte_of(text, item->next->from);
	if (holds(text, from, to, '#'))
		return false;
	*out = replace(text, from, to, "", a);
	return true;
}

/* "[]" behind the key of a list that has nothing left; `behind` is where the list's first line began. */
static bool leave_empty(struct bytes *text, const struct node *list, size_t behind, struct arena *a)
{
	size_t at = list->key ? byte_of(*text, list->key->to) : behind;

	while (at < behind && text->at[at] == ' ')
		at++;
	if (at >= behind || text->at[at] != ':')
		return false;
	*text = replace(*text, at + 1, at + 1, " []", a);
	return true;
}

static bool remove_lines(struct bytes text, const struct node *item, const struct node *list, struct arena *a, struct bytes *out)
{
	size_t value = byte_of(text, item->from), from = value, to = line_end(text, byte_of(text, item->to));

	while (from > 0 && text.at[from - 1] != '\n')
		from--;
	for (size_t i = from; i < value; i++)
		if (text.at[i] != ' ' && (text.at[i] != '-' || i != from + (size_t)list->column - 1))
			return false;
	to += to < text.size && text.at[to] == '\r';
	to += to < text.size && text.at[to] == '\n';
	struct bytes cut = replace(text, from, to, "", a);

	if (list->first == list->last && !leave_empty(&cut, list, from, a))
		return false;
	*out = cut;
	return true;
}

bool yaml_edit_remove(struct bytes text, const struct node *item, const struct node *list, struct arena *a, struct bytes *out)
{
	return (list->flow ? remove_from_flow : remove_lines)(text, item, list, a, out);
}

struct bytes yaml_edit_replace(struct bytes text, const struct node *at, const char *value, struct arena *a)
{
	return replace(text, byte_of(text, at->from), byte_of(text, at->to), value, a);
}

/* The texts of a tree in their order, each with its key: "a" of a map, "" of a list. */
static void flatten(const struct node *n, const struct node *without, struct list *out, struct arena *a)
{
	if (n == without)
		return;
	if (n->kind == NODE_TEXT && (*n->text || n->quoted))
		list_push(out, a, arena_printf(a, "%s=%s", n->key ? n->key->text : "", n->text));
	for (const struct node *child = n->first; child; child = child->next)
		flatten(child, without, out, a);
}

bool yaml_edit_kept(const struct node *before, const struct node *now, const char *added)
{
	struct arena a = { 0 };
	struct list old = { 0 }, new = { 0 };
	size_t found = 0, extra = 0;

	flatten(before, NULL, &old, &a);
	flatten(now, NULL, &new, &a);
	for (size_t i = 0; i < new.count; i++) {
		if (found < old.count && !strcmp(old.at[found], new.at[i]))
			found++;
		else
			extra += added && !strcmp(strchr(new.at[i], '=') + 1, added) ? 1 : 2;
	}
	bool kept = found == old.count && extra == (added ? 1 : 0);
	arena_done(&a);
	return kept;
}

bool yaml_edit_only(const struct node *before, const struct node *now, const struct node *item, const char *value)
{
	struct arena a = { 0 };
	struct list old = { 0 }, new = { 0 };

	flatten(before, item, &old, &a);
	flatten(now, NULL, &new, &a);
	size_t skipped = 0, extra = value ? 1 : 0;
	bool kept = new.count == old.count + extra;

	for (size_t i = 0; kept && i < new.count; i++) {
		if (i - skipped < old.count && !strcmp(old.at[i - skipped], new.at[i]))
			continue;
		kept = skipped < extra && !strcmp(strchr(new.at[i], '=') + 1, value);
		skipped++;
	}
	arena_done(&a);
	return kept;
}
