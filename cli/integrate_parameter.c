/* SPDX-License-Identifier: Apache-2.0 */
/* ms product parameter: what a service gets by name, from a file or from standard input; its content is on no command line and in no file of the product's own. */
#include "integrate.h"

#include <string.h>

#include "file.h"
#include "out.h"
#include "parameters_room.h"
#include "product_edit.h"

#define SECRETS_FOLDER "secrets"

static const char *from;
static bool from_stdin, replace, take_out;

static const struct opt options[] = {
	OPT_TEXT(0, "file", "FILE", &from, OPT_FILE, "the content of FILE, wherever it is then; only its name is written"),
	OPT_FLAG(0, "stdin", &from_stdin, "what comes from standard input, kept in " SECRETS_FOLDER "/SERVICE.NAME, for nobody else to read and out of version control"),
	OPT_FLAG(0, "replace", &replace, "with --stdin: in place of what is kept there, which is gone then"),
	OPT_FLAG(0, "remove", &take_out, "take it out of product.yaml; its file stays"),
	INTEGRATE_DRY_RUN,
	OPT_END
};

static const struct example examples[] = {
	{ "ms product parameter cipher key --file ../cipher.key", "a key from a file" },
	{ "openssl rand 32 | ms product parameter cipher key --stdin", "a key that nobody has seen" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong, cannot be changed by a command, or has a value there already" },
	{ 8, "the service asks for no such parameter, or this is too large, or of another type" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_integrate_parameter = {
	.options = options,
	.about = "Gives a service what it asks for by name: a key, a certificate, a setting ('ms product explain SERVICE' lists them). Type and size are checked before anything is written; "
		 "no value is printed, and none is written into product.yaml, which names a file. Of a text that comes from standard input the last line's end is left out. "
		 "What stands in product.yaml as 'value' was written by hand, and is taken out first: --remove.",
	.examples = examples,
	.statuses = statuses,
	.files = "product.yaml, product.lock, " SECRETS_FOLDER "/.",
	.json = "An event \"product_parameter\": service, name, kind (bytes, text or number; null when it is not asked for), file (null when it was taken out).",
};

struct giving {
	struct integrate_edit *edit;
	const char *service, *name, *path;	/* path: what product.yaml will say; NULL: nothing */
	uint32_t index;
	const struct ms_parameter *asked;
	const struct parameter_given *before;	/* what it says now, or NULL */
	struct bytes value;
	struct arena *a;
	struct err *e;
};

/* What the service asks for, and what stands there already. */
static int look(struct giving *g)
{
	const struct plan_options bare = { .unfilled = true };
	struct parameters_room *room = arena_new(g->a, struct parameters_room);
	struct plan plan;

	int rc = plan_product(".", &bare, g->a, &plan, g->e);
	if (rc >= 0)
		rc = integrate_service(&plan, g->service, g->a, &g->index, g->e);
	if (rc < 0)
		return rc;
	const struct plan_service *s = plan.services.at[g->index];
	const struct schema_items *given = &g->edit->product.services[g->index].parameters;

	parameters_room(s->device.image, s->parameters, room);
	g->asked = parameters_find(room, g->service, g->name, g->e);
	for (uint32_t i = 0; i < given->count; i++)
		if (!strcmp(((const struct parameter_given *)given->at)[i].name, g->name))
			g->before = &((const struct parameter_given *)given->at)[i];
	/* What nobody asks for can still be taken out. */
	return g->asked || (take_out && g->before) ? MS_OK : g->e->code;
}

static int read_value(struct giving *g)
{
	/* A '.' is in no name: of 'a-b' and 'c', and of 'a' and 'b-c', neither gets the other's. */
	g->path = from ? from : path_join(g->a, SECRETS_FOLDER, arena_printf(g->a, "%s.%s", g->service, g->name));
	int rc = file_read(from ? from : "/dev/stdin", MS_PARAMETER_SIZE_MAX + 1, g->a, &g->value, g->e);

	if (rc < 0)
		return rc;
	if (from_stdin && g->asked->type == MS_PARAMETER_TEXT && g->value.size && g->value.at[g->value.size - 1] == '\n')
		g->value.size--;
	struct bytes as_given = g->value;

	return parameter_fit(g->asked, g->service, &as_given, g->a, g->e);
}

/* What may not be lost without a word. */
static int check_before(const struct giving *g)
{
	if (g->before && g->before->value) {
		err_set(g->e, ERR_IN_PRODUCT, "the parameter '%s' of '%s' stands in '%s' as 'value'", g->name, g->service, g->edit->product.file);
		return err_fix(g->e, "take it out first: ms product parameter %s %s --remove", g->service, g->name);
	}
	if (from_stdin && !replace && file_exists(g->path)) {
		err_set(g->e, ERR_IN_PRODUCT, "'%s' is there already", g->path);
		return err_fix(g->e, "--replace puts this in its place, and what was there is gone");
	}
	return MS_OK;
}

/* The folder says itself that it is not for version control. */
static int keep(const struct giving *g)
{
	static const uint8_t all[] = { '*', '\n' };

	int rc = file_make_folders(SECRETS_FOLDER, g->a, g->e);
	if (rc >= 0)
		rc = file_update(SECRETS_FOLDER "/.gitignore", (struct bytes){ all, sizeof(all) }, 0644, g->a, NULL, g->e);
	return rc < 0 ? rc : file_replace(g->path, g->value, 0600, g->a, g->e);
}

static int write_down(struct giving *g)
{
	const struct product *p = &g->edit->product;
	bool there = g->before && g->before->file && g->path && !strcmp(g->before->file, g->path), fresh = from_stdin && !file_exists(g->path);
	struct bytes text = g->edit->text;
	struct err none;

	int rc = there ? MS_OK : g->path ? product_edit_parameter(text, p->file, g->index, g->name, g->path, g->a, &text, g->e) :
					   product_edit_parameter_remove(text, p->file, g->index, g->name, g->a, &text, g->e);
	if (rc >= 0 && from_stdin && !integrate_dry_run)
		rc = keep(g);
	if (rc >= 0 && !there)
		rc = integrate_write(g->edit, text, g->a, g->e);
	if (rc < 0 && fresh && !integrate_dry_run)
		file_remove(g->path, &none);
	return rc;
}

static void say(const struct giving *g)
{
	if (g->path)
		out_line("%s gets %s (%s) from '%s'", g->service, g->name, parameter_type(g->asked), g->path);
	else
		out_line("%s no longer gets %s", g->service, g->name);
	if (!g->path && g->before->file)
		out_say("'%s' stays where it is", g->before->file);
	out_event("product_parameter", json_pack("{s:s, s:s, s:s?, s:o}", "service", g->service, "name", g->name, "kind", g->asked ? parameter_type(g->asked) : NULL, "file", out_string(g->path)));
}

static int give(struct giving *g)
{
	int rc = look(g);

	if (rc >= 0 && take_out && !g->before) {
		err_set(g->e, ERR_PARAMETER, "'%s' is given no parameter '%s'", g->service, g->name);
		err_fix(g->e, "'ms product check' says what it is given");
		return g->e->code;
	}
	if (rc >= 0 && !take_out)
		rc = read_value(g);
	if (rc >= 0 && !take_out)
		rc = check_before(g);
	if (rc >= 0)
		rc = write_down(g);
	if (rc >= 0)
		say(g);
	return rc;
}

int integrate_parameter(int argc, char **argv, struct arena *a, struct err *e)
{
	struct integrate_edit edit;

	(void)argc;
	if (!!from + from_stdin + take_out != 1 || (replace && !from_stdin)) {
		err_set(e, ERR_OPTIONS_DISAGREE, "where '%s' comes from has to be said once", argv[2]);
		return err_fix(e, "--file FILE, or --stdin with or without --replace, or --remove; a value is never on a command line");
	}
	int rc = integrate_open(".", a, &edit, e);
	if (rc < 0)
		return rc;
	struct giving g = { .edit = &edit, .service = argv[1], .name = argv[2], .a = a, .e = e };

	rc = give(&g);
	integrate_close(&edit);
	return rc;
}
