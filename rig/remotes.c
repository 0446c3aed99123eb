/* SPDX-License-Identifier: Apache-2.0 */
/* Knowing rigs by name, and seeing what they have. */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "command.h"
#include "link.h"
#include "name.h"
#include "out.h"
#include "token.h"

static void tell_board(const struct remote *r, const json_t *b, struct arena *a)
{
	const char *user = json_string_value(json_object_get(b, "user"));
	json_t *event = json_object();

	out_line("%s/%-14s %-14s %-8s %s%s%s", r->name, json_string_value(json_object_get(b, "name")), json_string_value(json_object_get(b, "board")),
		 json_string_value(json_object_get(b, "way")), json_string_value(json_object_get(b, "state")), user ? ", by " : "", user ? user : "");
	json_object_set_new(event, "rig", json_string(r->name));
	json_object_update_missing(event, (json_t *)b);
	out_event("rig_board", event);
	(void)a;
}

static bool is_board(const json_t *b)
{
	static const char *const texts[] = { "name", "board", "way", "state" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (!json_is_string(json_object_get(b, texts[i])))
			return false;
	return true;
}

static int list_rig(const char *name, uint32_t *count, struct arena *a, struct err *e)
{
	struct link l = { 0 };
	struct remote r;
	json_t *answer = NULL, *b;
	size_t i;

	int rc = remote_find(name, a, &r, e);
	if (rc >= 0)
		rc = link_open(&l, &r, a, e);
	if (rc >= 0)
		rc = link_ask(&l, "GET", "/rig/v1/boards", NULL, &answer, e);
	json_array_foreach(json_object_get(answer, "boards"), i, b) {
		if (!is_board(b))
			continue;
		tell_board(&r, b, a);
		++*count;
	}
	json_decref(answer);
	link_close(&l);
	return rc < 0 ? rc : MS_OK;
}

int command_list(const struct request *r, struct arena *a, struct err *e)
{
	struct list names = { 0 };
	uint32_t count = 0;
	int rc = MS_OK;

	if (r->operands[0])
		list_push(&names, a, (void *)r->operands[0]);
	else
		rc = remote_names(a, &names, e);
	for (size_t i = 0; rc >= 0 && i < names.count; i++) {
		struct err own;
		int one = list_rig(names.at[i], &count, a, &own);

		if (one < 0 && names.count == 1)
			*e = own, rc = one;
		else if (one < 0)
			out_warn("%s", own.text);
	}
	if (rc >= 0 && !names.count)
		out_say("no rig is known yet: ms rig login NAME URL");
	out_field("boards", json_integer(count));
	return rc;
}

/* A line from standard input; from a terminal without showing it. */
static int read_token(const char **token, struct arena *a, struct err *e)
{
	struct termios old, silent;
	bool person = isatty(STDIN_FILENO) && !tcgetattr(STDIN_FILENO, &old);
	char line[TOKEN_SIZE_MAX + 2] = "";

	if (person) {
		silent = old;
		silent.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSANOW, &silent);
		out_say("token:");
	}
	bool got = fgets(line, sizeof(line), stdin);
	if (person)
		tcsetattr(STDIN_FILENO, TCSANOW, &old);
	line[strcspn(line, "\n")] = '\0';
	*token = arena_printf(a, "%s", got ? line : "");
	return remote_check_token(*token, e);
}

int command_login(const struct request *r, struct arena *a, struct err *e)
{
	struct remote remote = { .name = r->operands[0], .url = r->operands[1], .pin = r->pin };
	uint32_t count = 0;

	int rc = name_check(remote.name, e);
	if (rc >= 0)
		rc = remote_check_url(remote.url, e);
	if (rc >= 0 && strncmp(remote.url, "unix:", 5))
		rc = read_token(&remote.token, a, e);
	if (rc >= 0)
		rc = remote_keep(&remote, a, e);
	if (rc >= 0)
		rc = list_rig(remote.name, &count, a, e);
	struct err ignored;
	if (rc < 0 && err_is_of_rig(e))
		remote_forget(remote.name, a, &ignored);
	out_field("boards", json_integer(count));
	return rc;
}

int command_logout(const struct request *r, struct arena *a, struct err *e)
{
	return remote_forget(r->operands[0], a, e);
}
