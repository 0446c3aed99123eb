/* SPDX-License-Identifier: Apache-2.0 */
/* An overlay from its source: dtc compiles it, and says beside each node and property of a second output where it was written. */
#include "overlay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "file.h"
#include "process.h"

enum { DEPTH_MAX = 32 };

struct compiling {
	const char *path, *folder, *name;	/* of the source; its folder, and its name there */
	const char *input;			/* what dtc reads */
	struct arena *a;
	struct err *e;
};

/* "b.overlay:2.11-12 syntax error": where dtc means; false when it names no place. */
static bool read_place(const struct compiling *c, const char *text, char mark, const char **file, int *line, int *column, const char **rest)
{
	for (const char *colon = strchr(text, ':'); colon; colon = strchr(colon + 1, ':')) {
		char *end;

		*line = (int)strtol(colon + 1, &end, 10);
		if (end == colon + 1 || *end != mark)
			continue;
		*column = (int)strtol(end + 1, &end, 10);
		*file = arena_printf(c->a, "%.*s", (int)(colon - text), text);
		if (!strncmp(*file, "./", 2))
			*file += 2;
		*file = path_join(c->a, c->folder, *file);
		*rest = end;
		return true;
	}
	return false;
}

/* The first line that is about something in the source. */
static int refuse(const struct compiling *c, const struct process_result *r)
{
	char *text = arena_string(c->a, r->err);
	const char *file = NULL, *rest = "", *said = text;
	int line = 0, column = 0;

	for (char *at = strtok(text, "\n"); at; at = strtok(NULL, "\n")) {
		said = strncmp(at, "Error: ", 7) ? at : at + 7;
		if (!strncmp(said, "FATAL ERROR: ", 13))
			said += 13;
		if (read_place(c, said, '.', &file, &line, &column, &rest))
			said = strchr(rest, ' ') ? strchr(rest, ' ') + 1 : rest;
		break;
	}
	err_set(c->e, ERR_OVERLAY_SOURCE, "dtc: %s", said);
	if (strstr(said, "not found"))
		err_fix(c->e, "begin the file with '/dts-v1/; /plugin/;', so that labels are looked for in the board's tree");
	else
		err_fix(c->e, "texts stand in \"\", numbers in <>, and each line ends with ';'; dtc knows no #include, but '/include/ \"FILE\"'");
	return file ? err_at(c->e, file, line, column) : err_at(c->e, c->path, 0, 0);
}

static int run_dtc(const struct compiling *c, bool annotated, struct bytes *out)
{
	const char *const argv[] = { "dtc", "-q", "-I", "dts", "-O", annotated ? "dts" : "dtb", "-i", ".", c->input,
				     annotated ? "-T" : NULL, "-T", NULL };
	struct process_result r;

	int rc = process_run(argv, c->folder, c->a, &r, c->e);
	if (rc < 0)
		return rc;
	*out = r.out;
	return r.status ? refuse(c, &r) : MS_OK;
}

struct lines {
	const struct compiling *c;
	const char *path[DEPTH_MAX];	/* of the nodes that are open */
	int depth;
	struct overlay_place *places;
	uint32_t count, room;
};

static void add_place(struct lines *l, const char *property, const char *comment)
{
	const char *file, *rest;
	int line, column;

	if (l->count == l->room || !read_place(l->c, comment, ':', &file, &line, &column, &rest))
		return;
	l->places[l->count++] = (struct overlay_place){ l->path[l->depth - 1], property, file, line, column };
}

/* "label: serial@40005000 {" */
static void open_node(struct lines *l, const char *text)
{
	const char *label = strstr(text, ": "), *name = label ? label + 2 : text, *above = l->depth > 1 ? l->path[l->depth - 1] : "";

	l->path[l->depth] = l->depth ? arena_printf(l->c->a, "%s/%.*s", above, (int)strcspn(name, " "), name) : "/";
	l->depth++;
}

/* "	status = "okay"; / * file:3:2-3:18 * /": dtc writes one node or property a line. */
static void read_line(struct lines *l, char *line)
{
	char *comment = NULL, *at = line + strspn(line, "\t ");

	for (char *p = strstr(at, " /* "); p; p = strstr(p + 1, " /* "))
		comment = p;
	if (!comment)
		return;
	*comment = '\0';
	comment += strlen(" /* ");
	size_t size = strlen(at);

	if (size && at[size - 1] == '{' && l->depth < DEPTH_MAX) {
		open_node(l, at);
		add_place(l, NULL, comment);
	} else if (!strcmp(at, "};") && l->depth) {
		l->depth--;
	} else if (l->depth) {
		add_place(l, arena_printf(l->c->a, "%.*s", (int)strcspn(at, " ;"), at), comment);
	}
}

static void read_lines(struct lines *l, struct bytes annotated)
{
	char *text = arena_string(l->c->a, annotated);

	for (const char *p = text; *p; p++)
		l->room += *p == '\n';
	l->places = arena_array(l->c->a, struct overlay_place, l->room + 1);
	for (char *line = text, *end; line; line = end) {
		end = strchr(line, '\n');
		if (end)
			*end++ = '\0';
		read_line(l, line);
	}
}

/* What every overlay begins with, for one that begins with its first node; -1 when there is nowhere to write it. */
static int begin(const struct compiling *c)
{
	const char *text = arena_printf(c->a, "/dts-v1/; /plugin/;\n/include/ \"%s\"\n", c->name);
	int fd = memfd_create("overlay", 0);

	if (fd >= 0 && write(fd, text, strlen(text)) != (ssize_t)strlen(text)) {
		close(fd);
		return -1;
	}
	return fd;
}

static int compile(struct compiling *c, struct overlay *out)
{
	struct bytes blob, annotated;
	struct lines l = { .c = c };

	int rc = run_dtc(c, false, &blob);
	if (rc >= 0)
		rc = run_dtc(c, true, &annotated);
	if (rc >= 0)
		rc = overlay_read(blob, c->path, c->a, out, c->e);
	if (rc < 0)
		return rc;
	read_lines(&l, annotated);
	out->places = l.places;
	out->place_count = l.count;
	return MS_OK;
}

int overlay_compile(const char *path, struct arena *a, struct overlay *out, struct err *e)
{
	struct compiling c = { .path = path, .folder = path_folder(a, path), .name = path_name(path), .a = a, .e = e };
	struct bytes text;
	int fd = -1;

	int rc = file_read(path, OVERLAY_SIZE_MAX, a, &text, e);
	if (rc < 0)
		return rc;
	c.input = arena_printf(a, "./%s", c.name);
	if (!strstr((const char *)text.at, "/dts-v1/")) {
		fd = begin(&c);
		if (fd < 0)
			return err_errno(e, "cannot begin to compile '%s'", path);
		c.input = arena_printf(a, "/proc/self/fd/%d", fd);
	}
	rc = compile(&c, out);
	if (fd >= 0)
		close(fd);
	return rc;
}
