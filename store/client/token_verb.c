/* SPDX-License-Identifier: Apache-2.0 */
/* ms token: tokens of a name space, made by one that may. */
#include <string.h>
#include <time.h>

#include "connect.h"
#include "file.h"
#include "out.h"
#include "storecommand.h"

enum { ID_SHOWN = 12, ID_LEAST = 6 };
#define ID_PREFIX "sha256:"

static struct token_wish wish;
const struct opt token_options[] = { TOKEN_OPTIONS(&wish), OPT_END };

static const char *day_of(const json_t *o, const char *name, struct arena *a)
{
	time_t at = (time_t)json_integer_value(json_object_get(o, name));
	char text[16] = "?";
	struct tm tm;

	if (gmtime_r(&at, &tm))
		strftime(text, sizeof(text), "%Y-%m-%d", &tm);
	return arena_printf(a, "%s", text);
}

static const char *scopes_of(const json_t *o, struct arena *a)
{
	struct text t = { 0 };
	json_t *word;
	size_t i;

	text_add(&t, a, "%s", "");
	json_array_foreach(json_object_get(o, "scopes"), i, word)
		text_add(&t, a, "%s%s", i ? "," : "", json_string_value(word) ? json_string_value(word) : "");
	return t.at;
}

static const char *digits_of(const char *id)
{
	return strncmp(id, ID_PREFIX, strlen(ID_PREFIX)) ? id : id + strlen(ID_PREFIX);
}

/* Of an ID that is told the first digits are enough. */
static const char *id_of(const json_t *o, struct arena *a)
{
	return digits_of(connect_text(o, "id", a));
}

static json_t *wanted(void)
{
	json_t *scopes = json_array();

	for (size_t i = 0; i < wish.scopes.count; i++)
		json_array_append_new(scopes, json_string(wish.scopes.at[i]));
	return json_pack("{s:o, s:i, s:o}", "scopes", scopes, "days", (int)(wish.days ? wish.days : 30), "label", out_string(wish.label));
}

static int check_wish(struct err *e)
{
	for (size_t i = 0; i < wish.scopes.count; i++) {
		const char *word = wish.scopes.at[i];

		if (strcmp(word, "stage") && strcmp(word, "publish") && strcmp(word, "state") && strcmp(word, "owner")) {
			err_set(e, ERR_OPTION_VALUE, "'%s' is no scope", word);
			return err_fix(e, "it is one of stage, publish, state, owner");
		}
	}
	if (wish.scopes.count && wish.label)
		return MS_OK;
	err_set(e, ERR_OPERANDS, wish.scopes.count ? "it is not said what the token is for: --label is missing" : "it is not said what the token may: --scope is missing");
	return err_fix(e, wish.scopes.count ? "--label ci, say: so you know later which one to end" : "--scope stage, say, for a build server");
}

static int keep(const char *token, struct arena *a, struct err *e)
{
	const char *line = arena_printf(a, "%s\n", token);
	int rc = MS_OK;

	if (wish.output)
		rc = file_create(wish.output, (struct bytes){ (const uint8_t *)line, strlen(line) }, 0600, a, e);
	else
		out_line("%s", token);
	if (!wish.output)
		out_field("token", json_string(token));
	return rc;
}

/* Not asked again when the line is cut: nobody would know of the first one. */
static int create(struct connection *c, struct arena *a, struct err *e)
{
	json_t *o = NULL;

	if (wish.output && file_exists(wish.output))
		return err_set(e, ERR_EXISTS, "'%s' is there already", wish.output);
	int rc = connect_post(c->client, "v1/tokens", wanted(), false, a, &o, e);
	if (rc < 0)
		return rc;
	rc = keep(connect_text(o, "token", a), a, e);
	out_say("%.*s: %s, until %s; %s", ID_SHOWN, id_of(o, a), scopes_of(o, a), day_of(o, "ends", a), wish.output ? arena_printf(a, "in '%s'", wish.output) : "it is shown this once");
	out_field("id", out_string(id_of(o, a)));
	out_field("ends", json_incref(json_object_get(o, "ends")));
	json_decref(o);
	return rc;
}

static int get_all(struct connection *c, struct arena *a, json_t **out, struct err *e)
{
	return connect_json(c->client, &(struct client_request){ .path = "v1/tokens" }, a, out, NULL, e);
}

static int list(struct connection *c, struct arena *a, struct err *e)
{
	json_t *o = NULL, *t;
	size_t i;

	int rc = get_all(c, a, &o, e);
	if (rc < 0)
		return rc;
	json_array_foreach(json_object_get(o, "tokens"), i, t) {
		out_line("%.*s  %-28s until %s  %s", ID_SHOWN, id_of(t, a), scopes_of(t, a), day_of(t, "ends", a), connect_text(t, "label", a));
		out_event("store_token", json_pack("{s:o, s:o, s:O, s:O}", "id", out_string(id_of(t, a)), "label", out_string(connect_text(t, "label", a)),
					     "scopes", json_object_get(t, "scopes"), "ends", json_object_get(t, "ends")));
	}
	out_field("tokens", json_integer((json_int_t)json_array_size(json_object_get(o, "tokens"))));
	json_decref(o);
	return MS_OK;
}

/* The one whose ID begins so. */
static int find(struct connection *c, const char *word, struct arena *a, const char **id, struct err *e)
{
	size_t i, found = 0;
	json_t *o = NULL, *t;

	int rc = strlen(word) < ID_LEAST ? MS_OK : get_all(c, a, &o, e);
	if (rc < 0)
		return rc;
	if (strlen(word) >= ID_LEAST) {
		json_array_foreach(json_object_get(o, "tokens"), i, t) {
			if (strncmp(id_of(t, a), word, strlen(word)))
				continue;
			*id = connect_text(t, "id", a);
			found++;
		}
		json_decref(o);
	}
	if (found == 1)
		return MS_OK;
	err_set(e, found ? ERR_OPERANDS : ERR_NO_FILE, found ? "'%s' begins the IDs of several tokens" : "no token has the ID '%s'", word);
	return err_fix(e, "'ms token list' lists them; the first %d digits or more name one", ID_LEAST);
}

static int revoke(struct connection *c, const char *word, struct arena *a, struct err *e)
{
	struct client_answer answer;
	const char *id = NULL;

	int rc = find(c, word, a, &id, e);
	if (rc >= 0)
		rc = client_ask(c->client, &(struct client_request){ .method = "DELETE", .path = arena_printf(a, "v1/tokens/%s", client_escape(id, a)) }, a, &answer, e);
	if (rc < 0)
		return rc;
	out_say("%.*s counts no more", ID_SHOWN, digits_of(id));
	out_field("id", out_string(digits_of(id)));
	return MS_OK;
}

int command_token(const struct store_request *r, struct arena *a, struct err *e)
{
	const char *what = r->operands[0], *which = r->operands[1];
	bool is_create = !strcmp(what, "create"), is_list = !strcmp(what, "list"), is_revoke = !strcmp(what, "revoke");
	struct connection c = { 0 };

	if (!(is_create || is_list || is_revoke) || !which != !is_revoke) {
		err_set(e, ERR_OPERANDS, is_revoke ? "it is not said which token" : is_create || is_list ? "'%s' is one operand too many" : "'%s' is no command of ms token", which ? which : what);
		return err_fix(e, "ms token create, ms token list, or ms token revoke ID");
	}
	int rc = is_create ? check_wish(e) : MS_OK;
	if (rc >= 0)
		rc = connect_store(&wish.at, wish.publisher, NEEDS_TOKEN, a, &c, e);
	if (rc >= 0)
		rc = is_create ? create(&c, a, e) : is_list ? list(&c, a, e) : revoke(&c, which, a, e);
	client_close(c.client);
	return rc;
}
