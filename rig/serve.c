/* SPDX-License-Identifier: Apache-2.0 */
/* Serving: the configuration from file and options, tokens for users. */
#include "agent.h"
#include "command.h"
#include "file.h"
#include "out.h"
#include "token.h"

static int configure(const struct request *r, struct config *c, struct arena *a, struct err *e)
{
	config_init(c);
	int rc = r->config ? config_read(r->config, a, c, e) : MS_OK;

	for (size_t i = 0; rc >= 0 && i < r->boards.count; i++)
		rc = config_add_board(c, r->boards.at[i], a, e);
	c->socket = r->socket ? path_absolute(a, r->socket) : c->socket;
	c->listen = r->listen ? r->listen : c->listen;
	c->certificate = r->certificate ? r->certificate : c->certificate;
	c->key = r->key ? r->key : c->key;
	c->state = r->state ? path_absolute(a, r->state) : c->state;
	c->lease_msec = r->lease_sec ? 1000 * r->lease_sec : c->lease_msec;
	return rc < 0 ? rc : config_check(c, e);
}

int command_serve(const struct request *r, struct arena *a, struct err *e)
{
	struct agent *g = arena_new(a, struct agent);

	int rc = configure(r, &g->config, a, e);
	if (rc < 0)
		return rc;
	if (!g->config.board_count) {
		err_set(e, ERR_RIG_CONFIG, "it is not said which boards are lent");
		return err_fix(e, "name an emulated one, --board mps2-an386, or a file, --config rig.yaml");
	}
	if (!g->config.socket && !g->config.listen) {
		err_set(e, ERR_RIG_CONFIG, "it is not said how the rig is reached");
		return err_fix(e, "--socket PATH, or --listen ADDRESS:PORT with users in --config");
	}
	return agent_run(g, a, e);
}

int command_token(const struct request *r, struct arena *a, struct err *e)
{
	const char *token = token_make(TOKEN_OF_RIG, a), *hash = token_hash(token, a);

	(void)e;
	out_line("%s", token);
	out_say("for rig.yaml, below 'users:'\n  - { name: %s, token: '%s' }\nthe token itself is the user's alone, and is shown this once", r->operands[0], hash);
	out_field("token", json_string(token));
	out_field("hash", json_string(hash));
	return MS_OK;
}
