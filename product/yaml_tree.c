/* SPDX-License-Identifier: Apache-2.0 */
/* libyaml gives events with marks; this makes a tree of them and refuses what a manifest has no use for. */
#include "yaml_tree.h"

#include <string.h>

#include <yaml.h>

struct yaml_reading {
	yaml_parser_t parser;
	struct bytes text;
	const char *file;
	struct arena *a;
	struct err *e;
	uint32_t node_count;
};

static int fail(struct yaml_reading *r, yaml_mark_t at, const char *sentence, const char *fix)
{
	err_set(r->e, ERR_NOT_YAML, "%s", sentence);
	err_fix(r->e, "%s", fix);
	return err_at(r->e, r->file, (int)at.line + 1, (int)at.column + 1);
}

/* Where a byte is, in lines and characters. */
static yaml_mark_t mark_of(struct bytes text, size_t offset)
{
	yaml_mark_t at = { .index = offset };

	for (size_t i = 0; i < offset && i < text.size; i++) {
		if (text.at[i] == '\n') {
			at.line++;
			at.column = 0;
		} else if ((text.at[i] & 0xc0) != 0x80) {
			at.column++;
		}
	}

	return at;
}

/* The first byte of character `index`, as libyaml counts; 0 behind the end. */
static uint8_t byte_at(struct bytes text, size_t index)
{
	for (size_t i = 0; i < text.size; i++)
		if ((text.at[i] & 0xc0) != 0x80 && index-- == 0)
			return text.at[i];

	return 0;
}

/* What libyaml could not read. */
static int fail_syntax(struct yaml_reading *r)
{
	const yaml_parser_t *p = &r->parser;

	if (p->error == YAML_MEMORY_ERROR)
		return err_set(r->e, ERR_NO_MEMORY, "out of memory");
	if (p->error == YAML_READER_ERROR)
		return fail(r, mark_of(r->text, p->problem_offset), "this is not text in UTF-8", "save the file as UTF-8 without control characters");

	yaml_mark_t at = p->problem_mark;
	if (byte_at(r->text, at.index) == '\t')
		return fail(r, at, "a tab cannot indent YAML", "use spaces");

	const char *context = p->context ? p->context : "while reading it";
	char *sentence = arena_printf(r->a, "this is not YAML: %s, %s", p->problem ? p->problem : "no more is known", context);
	/* The parser says what it wants and not what was wrong: a key that is indented otherwise than those before it, mostly. */
	if (p->problem && strstr(p->problem, "mapping values are not allowed"))
		return fail(r, at, sentence, "a key begins in the column of the key before it, or two blanks behind it where that has no value; a value with ': ' in it stands in quotes");
	return fail(r, at, sentence, p->context_mark.line ?
		    arena_printf(r->a, "see also line %zu, where that begins", p->context_mark.line + 1) :
		    "'ms help --manifest' says what stands in one");
}

static int next_event(struct yaml_reading *r, yaml_event_t *event)
{
	return yaml_parser_parse(&r->parser, event) ? MS_OK : fail_syntax(r);
}

static int refuse_decoration(struct yaml_reading *r, const yaml_event_t *event, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor)
		return fail(r, event->start_mark, "anchors ('&') are not allowed here", "write the value where it is needed");
	if (tag)
		return fail(r, event->start_mark, "tags ('!') are not allowed here", "leave it out: each key has one type");

	return MS_OK;
}

static int check_text(struct yaml_reading *r, const yaml_event_t *event)
{
	const uint8_t *at = event->data.scalar.value;

	for (size_t i = 0; i < event->data.scalar.length; i++)
		if (at[i] < 0x20 || at[i] == 0x7f)
			return fail(r, event->start_mark, "a line break or control character in a value", "write it in one line, with spaces only");

	return MS_OK;
}

static int new_node(struct yaml_reading *r, const yaml_event_t *event, enum node_kind kind, struct node **out)
{
	if (++r->node_count > YAML_NODE_MAX)
		return fail(r, event->start_mark, "too many values in one file", arena_printf(r->a, "at most %d are read", YAML_NODE_MAX));

	struct node *n = arena_new(r->a, struct node);
	*n = (struct node){ .kind = kind, .line = (int)event->start_mark.line + 1, .column = (int)event->start_mark.column + 1,
			    .from = event->start_mark.index, .to = event->end_mark.index };
	*out = n;
	return MS_OK;
}

static int read_text(struct yaml_reading *r, const yaml_event_t *event, struct node **out)
{
	int rc = refuse_decoration(r, event, event->data.scalar.anchor, event->data.scalar.tag);
	if (rc < 0)
		return rc;
	rc = check_text(r, event);
	if (rc < 0)
		return rc;
	rc = new_node(r, event, NODE_TEXT, out);
	if (rc < 0)
		return rc;

	(*out)->text = arena_string(r->a, (struct bytes){ event->data.scalar.value, event->data.scalar.length });
	(*out)->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	return MS_OK;
}

static void append(struct node *parent, struct node *child)
{
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	parent->count++;
}

static int read_value(struct yaml_reading *r, const yaml_event_t *event, int depth, struct node **out);

/* The next event, read as a value; *out is NULL at the end of the list or map, whose own end is then known. */
static int read_next(struct yaml_reading *r, struct node *parent, int depth, struct node **out)
{
	yaml_event_t event;

	int rc = next_event(r, &event);
	if (rc < 0)
		return rc;
	*out = NULL;
	if (event.type != YAML_SEQUENCE_END_EVENT && event.type != YAML_MAPPING_END_EVENT)
		rc = read_value(r, &event, depth, out);
	else if (parent->flow)
		parent->to = event.end_mark.index;
	else if (parent->last)
		parent->to = parent->last->to;

	yaml_event_delete(&event);
	return rc;
}

static int check_key(struct yaml_reading *r, const struct node *map, const struct node *key)
{
	yaml_mark_t at = { .line = (size_t)key->line - 1, .column = (size_t)key->column - 1 };

	if (key->kind != NODE_TEXT)
		return fail(r, at, "a map or list cannot be a key", "write a key, ':' and a value");
	const struct node *first = node_find(map, key->text);
	if (first)
		return fail(r, at, arena_printf(r->a, "'%.60s' is given twice", key->text),
			    arena_printf(r->a, "remove one; the first is in line %d", first->key->line));

	return MS_OK;
}

static int read_children(struct yaml_reading *r, struct node *parent, int depth)
{
	for (;;) {
		struct node *child, *key = NULL;

		int rc = read_next(r, parent, depth, &child);
		if (rc < 0 || !child)
			return rc;
		if (parent->kind == NODE_MAP) {
			key = child;
			rc = check_key(r, parent, key);
			if (rc < 0)
				return rc;
			rc = read_next(r, parent, depth, &child);
			if (rc < 0)
				return rc;
			child->key = key;
		}
		append(parent, child);
	}
}

static int read_collection(struct yaml_reading *r, const yaml_event_t *event, enum node_kind kind, int depth, struct node **out)
{
	if (depth > YAML_DEPTH_MAX)
		return fail(r, event->start_mark, "too many maps and lists inside one another", "'ms help --manifest' shows all that a manifest needs");
	int rc = new_node(r, event, kind, out);
	if (rc < 0)
		return rc;

	(*out)->flow = kind == NODE_LIST ? event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE :
					   event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	return read_children(r, *out, depth);
}

static int read_value(struct yaml_reading *r, const yaml_event_t *event, int depth, struct node **out)
{
	int rc;

	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return read_text(r, event, out);
	case YAML_SEQUENCE_START_EVENT:
		rc = refuse_decoration(r, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
		return rc < 0 ? rc : read_collection(r, event, NODE_LIST, depth + 1, out);
	case YAML_MAPPING_START_EVENT:
		rc = refuse_decoration(r, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
		return rc < 0 ? rc : read_collection(r, event, NODE_MAP, depth + 1, out);
	case YAML_ALIAS_EVENT:
		return fail(r, event->start_mark, "aliases ('*') are not allowed here", "write the value where it is needed, or quote a text that begins with '*'");
	default:
		return fail(r, event->start_mark, "a value is expected here", "'ms help --manifest' says what stands in one");
	}
}

/* The file's one document: *root stays NULL when there is none. */
static int read_document(struct yaml_reading *r, struct node **root)
{
	for (;;) {
		yaml_event_t event;

		int rc = next_event(r, &event);
		if (rc < 0)
			return rc;
		yaml_event_type_t type = event.type;
		if (type == YAML_DOCUMENT_START_EVENT && *root)
			rc = fail(r, event.start_mark, "a second document begins here", "one file holds one manifest: remove what follows");
		else if (type == YAML_DOCUMENT_START_EVENT &&
			 (event.data.document_start.version_directive ||
			  event.data.document_start.tag_directives.start != event.data.document_start.tag_directives.end))
			rc = fail(r, event.start_mark, "directives ('%') are not allowed here", "remove the line");
		else if (type == YAML_DOCUMENT_START_EVENT)
			rc = read_next(r, NULL, 0, root);
		yaml_event_delete(&event);
		if (rc < 0 || type == YAML_STREAM_END_EVENT)
			return rc;
	}
}

static int check_bytes(struct yaml_reading *r)
{
	if (r->text.size > YAML_SIZE_MAX)
		return fail(r, (yaml_mark_t){ 0 }, arena_printf(r->a, "the file has %zu bytes", r->text.size),
			    arena_printf(r->a, "at most %d are read", YAML_SIZE_MAX));
	if (r->text.size >= 3 && memcmp(r->text.at, "\xef\xbb\xbf", 3) == 0)
		return fail(r, (yaml_mark_t){ 0 }, "the file begins with a byte order mark", "save it as UTF-8 without one");

	return MS_OK;
}

int yaml_read(struct bytes text, const char *file, struct arena *a, struct node **root, struct err *e)
{
	struct yaml_reading r = { .text = text, .file = file, .a = a, .e = e };
	struct node *top = NULL;

	int rc = check_bytes(&r);
	if (rc < 0)
		return rc;
	if (!yaml_parser_initialize(&r.parser))
		return err_set(e, ERR_NO_MEMORY, "out of memory");
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, text.at, text.size);

	rc = read_document(&r, &top);
	if (rc == MS_OK && !top)
		rc = fail(&r, (yaml_mark_t){ 0 }, "the file is empty", "'ms help --manifest' says what stands in it");
	yaml_parser_delete(&r.parser);
	if (rc < 0)
		return rc;

	*root = top;
	return MS_OK;
}

struct node *node_find(const struct node *map, const char *key)
{
	for (struct node *n = map->first; n; n = n->next)
		if (strcmp(n->key->text, key) == 0)
			return n;

	return NULL;
}
