/* SPDX-License-Identifier: Apache-2.0 */
/* ms token: ms-store does it. */
#include "cmd.h"

#include "storesend.h"
#include "storewish.h"

static struct token_wish wish;
static const struct opt options[] = { TOKEN_OPTIONS(&wish), OPT_END };

static const struct example examples[] = {
	{ "ms token create --scope stage --days 30 --label ci -o ci.token", "for a build server: it may stage, and somebody approves" },
	{ "ms token list", "which are there, for what, and until when" },
	{ "ms token revoke 5f0c3a1b77de", "end one, by the first digits of its ID" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 9, "the store cannot be reached" },
	{ 10, "your token may not make such a one, or does not count" },
	{ 0, NULL }
};

const struct page page_token = {
	.options = options,
	.complete = OPT_CHOICE,
	.choices = "create|list|revoke",
	.about = "Tokens of a name space in a store, by a token that has the scope 'owner', such as the one of 'ms login --claim'.\n\n"
		 "create: a new one with the scopes that are given: stage (publish what others see once it is approved), publish (and approve), state (deprecate, yank, take that back), owner (keys and tokens). "
		 "It may no more than yours, and lasts no longer. It is shown once, on standard output, or written to a file of mode 0600 (-o) and shown nowhere. list: all of them, without what they say. revoke ID: it counts no more, at once.",
	.examples = examples,
	.statuses = statuses,
	.json = "list: an event 'store_token' (id, label, scopes, ends) for each; the result has tokens, their number. create: the result has id, ends (seconds since 1970) and token, unless -o is given. revoke: id.",
};

int cmd_token(int argc, char **argv, struct arena *a, struct err *e)
{
	return storesend(options, argc, argv, a, e);
}
