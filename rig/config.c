/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stddef.h>
#include <string.h>

#include "file.h"
#include "name.h"
#include "token.h"
#include "yaml_tree.h"

/* What is read, before the lists have their types. */
struct written {
	struct config c;
	struct schema_items users, boards;
};
struct written_board { struct lent b; struct schema_items safe; };

static int check_filled(const char *text, struct err *e)
{
	if (*text)
		return MS_OK;
	err_set(e, ERR_PATH, "a path is empty");
	return err_fix(e, "name a file or a folder, or leave the key out");
}

static int check_hash(const char *hash, struct err *e)
{
	if (token_is_hash(hash))
		return MS_OK;
	err_set(e, ERR_RIG_CONFIG, "this is no hash of a token");
	return err_fix(e, "'ms rig token NAME' prints the line to write here; the token itself is the user's alone");
}

static const struct schema safe[] = {
	{ SCHEMA_NUMBER, "at", offsetof(struct safe_range, at), .required = true, .max = UINT32_MAX, .example = "0x08000000", .doc = "the first address" },
	{ SCHEMA_SIZE, "size", offsetof(struct safe_range, size), .required = true, .min = 1, .max = UINT32_MAX, .example = "512 KiB", .doc = "how many bytes" },
	{ .type = SCHEMA_END }
};

static const struct schema users[] = {
	{ SCHEMA_TEXT, "name", offsetof(struct rig_user, name), .required = true, .max = LEASE_USER_MAX, .check = name_check, .example = "ann", .doc = "as others see who has a board" },
	{ SCHEMA_TEXT, "token", offsetof(struct rig_user, token), .required = true, .check = check_hash,
	  .example = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", .doc = "the hash of the user's token, as `ms rig token NAME` prints it" },
	{ .type = SCHEMA_END }
};

#define BOARD(member) offsetof(struct written_board, b.member)

static const struct schema boards[] = {
	{ SCHEMA_TEXT, "name", BOARD(name), .required = true, .check = name_check, .example = "disco-1", .doc = "as clients call it" },
	{ SCHEMA_TEXT, "board", BOARD(board), .required = true, .check = name_check, .example = "netduinoplus2", .doc = "which kind it is: `ms board list`" },
	{ SCHEMA_TEXT, "way", BOARD(way), .standard = "qemu", .choices = "qemu|openocd|command", .example = "openocd",
	  .doc = "how it is reached: emulated; behind a probe; by a command of your own" },
	{ SCHEMA_TEXT, "probe", BOARD(probe), .check = check_filled, .example = "stlink:066DFF495056", .doc = "of `openocd`: the probe, as for `ms flash --probe`" },
	{ SCHEMA_TEXT, "console", BOARD(console), .check = check_filled, .example = "/dev/ttyACM0", .doc = "of `openocd`: the serial device, socket or HOST:PORT of its console" },
	{ SCHEMA_NUMBER, "speed", BOARD(speed), .min = 1, .max = 4000000, .standard = "115200", .example = "115200", .doc = "of the serial device, in baud" },
	{ SCHEMA_TEXTS, "command", BOARD(command), .max = 32, .check = check_filled, .example = "[ /opt/rig/drive, '{image}' ]",
	  .doc = "of `command`: the program and its words; `{image}` becomes the file of the device image. What it prints is the console" },
	{ SCHEMA_MAPS, "safe", offsetof(struct written_board, safe), .max = CONFIG_SAFE_MAX, .fields = safe, .item_size = sizeof(struct safe_range),
	  .example = "[ { at: 0x08000000, size: 512 KiB } ]", .doc = "what may be written; left out: all of the board's flash" },
	{ .type = SCHEMA_END }
};

static const struct schema rows[] = {
	{ SCHEMA_TEXT, "listen", offsetof(struct written, c.listen), .check = check_filled, .example = "192.0.2.7:7443", .doc = "HOST:PORT to be reached under, by HTTPS; port 0: any that is free" },
	{ SCHEMA_TEXT, "socket", offsetof(struct written, c.socket), .check = check_filled, .example = "/run/rig/rig.sock", .doc = "a Unix socket, for this computer's owner of it alone" },
	{ SCHEMA_TEXT, "certificate", offsetof(struct written, c.certificate), .check = check_filled, .example = "rig.crt", .doc = "PEM; left out: one is made at the first start" },
	{ SCHEMA_TEXT, "key", offsetof(struct written, c.key), .check = check_filled, .example = "rig.key", .doc = "the certificate's private key, PEM" },
	{ SCHEMA_TEXT, "state", offsetof(struct written, c.state), .check = check_filled, .example = "/var/lib/rig", .doc = "a folder for what has to outlive a restart; left out: `rig` in the person's folder of states" },
	{ SCHEMA_TIME, "lease", offsetof(struct written, c.lease_msec), .min = 1000, .max = 3600000, .standard = "30 s", .example = "30 s", .doc = "a board whose holder is not heard of for so long is free again" },
	{ SCHEMA_TIME, "run", offsetof(struct written, c.run_msec), .min = 1000, .max = 86400000, .standard = "600 s", .example = "600 s", .doc = "the longest that one run may last" },
	{ SCHEMA_MAPS, "users", offsetof(struct written, users), .max = CONFIG_USER_MAX, .fields = users, .item_size = sizeof(struct rig_user),
	  .example = "[ { name: ann, token: 'sha256:...' } ]", .doc = "who may borrow boards by HTTPS" },
	{ SCHEMA_MAPS, "boards", offsetof(struct written, boards), .required = true, .max = CONFIG_BOARD_MAX, .fields = boards, .item_size = sizeof(struct written_board),
	  .example = "[ { name: emu, board: mps2-an386 } ]", .doc = "what is lent" },
	{ .type = SCHEMA_END }
};

void config_init(struct config *c)
{
	*c = (struct config){ .lease_msec = 30000, .run_msec = 600000 };
}

static const char *beside(const char *folder, const char *path, struct arena *a)
{
	return path ? path_join(a, folder, path) : NULL;
}

static void take_boards(struct config *c, const struct schema_items *from, struct arena *a)
{
	const struct written_board *w = from->at;

	c->boards = arena_array(a, struct lent, CONFIG_BOARD_MAX);
	c->board_count = from->count;
	for (uint32_t i = 0; i < from->count; i++) {
		c->boards[i] = w[i].b;
		c->boards[i].safe = w[i].safe.at;
		c->boards[i].safe_count = w[i].safe.count;
	}
}

int config_decode(struct bytes text, const char *file, struct arena *a, struct config *out, struct err *e)
{
	struct written w = { 0 };

	config_init(&w.c);
	int rc = schema_read(text, file, rows, a, &w, &w.c.places, e);
	if (rc < 0)
		return rc;
	const char *folder = path_folder(a, path_absolute(a, file));

	w.c.file = file;
	w.c.users = w.users.at;
	w.c.user_count = w.users.count;
	w.c.certificate = beside(folder, w.c.certificate, a);
	w.c.key = beside(folder, w.c.key, a);
	w.c.state = beside(folder, w.c.state, a);
	w.c.socket = beside(folder, w.c.socket, a);
	take_boards(&w.c, &w.boards, a);
	rc = config_check(&w.c, e);
	if (rc >= 0)
		*out = w.c;
	return rc;
}

int config_read(const char *path, struct arena *a, struct config *out, struct err *e)
{
	struct bytes text;

	int rc = file_read(path, YAML_SIZE_MAX, a, &text, e);
	return rc < 0 ? rc : config_decode(text, path, a, out, e);
}

int config_add_board(struct config *c, const char *board, struct arena *a, struct err *e)
{
	const char *kind = strchr(board, '=');

	if (!c->boards)
		c->boards = arena_array(a, struct lent, CONFIG_BOARD_MAX);
	if (c->board_count == CONFIG_BOARD_MAX) {
		err_set(e, ERR_RIG_CONFIG, "a rig lends %d boards at most", CONFIG_BOARD_MAX);
		return err_fix(e, "lend the others by a second 'ms rig serve', with --listen or --socket and --state of its own");
	}
	struct lent b = { .name = kind ? arena_printf(a, "%.*s", (int)(kind - board), board) : board, .board = kind ? kind + 1 : board, .way = "qemu", .speed = 115200 };
	int rc = name_check(b.name, e);
	if (rc >= 0)
		c->boards[c->board_count++] = b;
	return rc;
}

/* The sentence is set; the place is that of an item of this list, if it is from a file. */
static int at_item(const struct config *c, const char *list, uint32_t i, struct err *e)
{
	struct arena a = { 0 };

	if (c->file)
		schema_err(&c->places, arena_printf(&a, "%s[%u]", list, i), e);
	arena_done(&a);
	return e->code;
}

static int at_board(const struct config *c, uint32_t i, struct err *e)
{
	return at_item(c, "boards", i, e);
}

static int check_board(const struct config *c, uint32_t i, struct err *e)
{
	const struct lent *b = &c->boards[i];

	for (uint32_t k = 0; k < i; k++) {
		if (strcmp(b->name, c->boards[k].name))
			continue;
		err_set(e, ERR_RIG_CONFIG, "two boards are called '%s'", b->name);
		err_fix(e, "give each a name of its own");
		return at_board(c, i, e);
	}
	if (!strcmp(b->way, "openocd") && !b->probe) {
		err_set(e, ERR_RIG_CONFIG, "it is not said which probe the board '%s' is behind", b->name);
		err_fix(e, "write 'probe: stlink:SERIAL', so that no other board is ever flashed in its place");
		return at_board(c, i, e);
	}
	if (!strcmp(b->way, "command") && !b->command.count) {
		err_set(e, ERR_RIG_CONFIG, "the board '%s' has no command", b->name);
		err_fix(e, "write 'command: [ PROGRAM, '{image}' ]'");
		return at_board(c, i, e);
	}
	for (uint32_t k = 0; k < b->safe_count; k++) {
		if (b->safe[k].size - 1 <= UINT32_MAX - b->safe[k].at)
			continue;
		err_set(e, ERR_RIG_CONFIG, "a safe range of '%s' ends behind the last address", b->name);
		err_fix(e, "0x%08x has room for 0x%08x bytes and no more", (unsigned)b->safe[k].at, (unsigned)(0 - b->safe[k].at));
		return at_board(c, i, e);
	}
	return MS_OK;
}

static int check_users(const struct config *c, struct err *e)
{
	for (uint32_t i = 0; i < c->user_count; i++)
		for (uint32_t k = 0; k < i; k++) {
			if (strcmp(c->users[i].name, c->users[k].name))
				continue;
			err_set(e, ERR_RIG_CONFIG, "two users are called '%s'", c->users[i].name);
			err_fix(e, "give each a name of their own, or keep the newer token alone");
			return at_item(c, "users", i, e);
		}
	return MS_OK;
}

int config_check(const struct config *c, struct err *e)
{
	if (!c->certificate != !c->key) {
		err_set(e, ERR_RIG_CONFIG, "a certificate and its key belong together");
		return err_fix(e, "name both, or none: then one is made");
	}
	if (c->listen && !c->user_count) {
		err_set(e, ERR_RIG_CONFIG, "the rig is to be reached by the network, and has no users");
		return err_fix(e, "'ms rig token NAME' prints a token and the lines for the configuration");
	}
	int rc = check_users(c, e);

	for (uint32_t i = 0; rc >= 0 && i < c->board_count; i++)
		rc = check_board(c, i, e);
	return rc;
}

char *config_manual(struct arena *a)
{
	return schema_manual(rows, a);
}
