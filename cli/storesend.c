/* SPDX-License-Identifier: Apache-2.0 */
#include "storesend.h"

#include <jansson.h>
#include <string.h>
#include <unistd.h>

#include "claim.h"
#include "companion.h"
#include "globals.h"
#include "moving.h"
#include "out.h"
#include "packaging.h"
#include "process.h"
#include "storewish.h"

int storesend(const struct opt *options, int argc, char **argv, struct arena *a, struct err *e)
{
	struct list words = { 0 };

	companion_options(&words, options, a);
	globals_words(&words, a);
	return companion_become_verb("ms-store", &words, argc, argv, a, e);
}

int storesend_text(const struct opt *options, const char *text, int argc, char **argv, struct arena *a, struct err *e)
{
	size_t size = strlen(text);
	int ends[2];

	/* What a pipe holds needs nobody to read it meanwhile. */
	if (size > 4096 || pipe(ends))
		return err_errno(e, "cannot hand a text of %zu bytes to ms-store", size);
	if (write(ends[1], text, size) != (ssize_t)size || dup2(ends[0], STDIN_FILENO) < 0)
		return err_errno(e, "cannot hand a text to ms-store");
	close(ends[0]);
	close(ends[1]);
	return storesend(options, argc, argv, a, e);
}

static void push(struct list *words, const char *word, struct arena *a)
{
	list_push(words, a, (void *)word);
}

/* The last line is the result; a failure's sentence and code are those of ms-store. */
static int take_result(struct bytes said, json_t **out, struct arena *a, struct err *e)
{
	const char *text = arena_string(a, said), *last = text;

	for (const char *at = text; (at = strchr(at, '\n')) && at[1]; last = at)
		at++;
	json_t *o = json_loads(*last == '\n' ? last + 1 : last, 0, NULL), *error = json_object_get(o, "error");
	const char *sentence = json_string_value(json_object_get(error, "text")), *id = json_string_value(json_object_get(error, "id"));

	if (json_is_true(json_object_get(o, "ok"))) {
		*out = o;
		return MS_OK;
	}
	const char *fix = json_string_value(json_object_get(error, "fix"));
	err_set(e, id && strlen(id) == 6 ? (int)strtol(id + 2, NULL, 10) : ERR_STORE_UNREACHABLE, "%s", sentence ? sentence : "ms-store does not answer");
	if (fix)
		err_fix(e, "%s", fix);
	json_decref(o);
	return e->code;
}

/* How far ms-store says it is; all else that it says is read at its end. */
static void relay(void *context, struct bytes line)
{
	json_t *o = json_loadb((const char *)line.at, line.size, 0, NULL);
	const char *type = json_string_value(json_object_get(o, "type")), *unit = json_string_value(json_object_get(o, "unit"));

	(void)context;
	if (type && unit && !strcmp(type, "progress"))
		moving_relay(unit, (uint64_t)json_integer_value(json_object_get(o, "done")), (uint64_t)json_integer_value(json_object_get(o, "of")));
	json_decref(o);
}

int storesend_result(const struct opt *options, int argc, char **argv, json_t **out, struct arena *a, struct err *e)
{
	struct list words = { 0 };
	struct process_result r;

	push(&words, companion_path("ms-store", a), a);
	push(&words, argv[0], a);
	push(&words, "--json", a);
	companion_options(&words, options, a);
	push(&words, "--", a);
	for (int i = 1; i < argc; i++)
		push(&words, argv[i], a);
	push(&words, NULL, a);
	int rc = process_run_heard((const char *const *)words.at, NULL, relay, NULL, a, &r, e);
	moving_end();
	return rc < 0 ? rc : take_result(r.out, out, a, e);
}

static int ask(const struct store_at *at, json_t **out, struct arena *a, struct err *e)
{
	static struct challenge_wish wish;
	const struct opt options[] = { CHALLENGE_OPTIONS(&wish), OPT_END };
	char *words[] = { (char *)"challenge", NULL };

	wish.at = *at;
	return storesend_result(options, 1, words, out, a, e);
}

int storesend_claim(const struct store_at *at, const char *vendor, const char *key, struct arena *a, const char **claim, struct err *e)
{
	struct bytes text;
	struct key *k;
	json_t *said = NULL;

	int rc = ask(at, &said, a, e);
	if (rc < 0)
		return rc;
	struct claim c = { .vendor = vendor };
	const char *store = json_string_value(json_object_get(said, "store")), *nonce = json_string_value(json_object_get(said, "nonce")), *where = json_string_value(json_object_get(said, "at"));
	c.at = arena_printf(a, "%s", where ? where : "");
	c.store = arena_printf(a, "%s", store ? store : "");
	c.nonce = arena_printf(a, "%s", nonce ? nonce : "");
	json_decref(said);
	rc = packaging_key(key, a, &k, e);
	if (rc < 0)
		return rc;
	rc = claim_sign(&c, k, a, &text, e);
	key_close(k);
	if (rc >= 0)
		*claim = arena_string(a, text);
	return rc;
}
