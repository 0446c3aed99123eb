/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ms-store: keeps a store and serves it, and asks those of others.  `ms store` runs it, and so do the verbs that need a store (client/); a program of its own, since
 * it brings a database and the network's libraries.
 */
#include "companion.h"
#include "storecommand.h"

static struct store_request request;
static const struct opt options[] = {
	OPT_TEXT('d', "dir", "DIR", &request.dir, OPT_FOLDER, "the store's folder"),
	OPT_TEXT(0, "name", "NAME", &request.name, OPT_ANY, "of a store that is made"),
	OPT_TEXT(0, "listen", "ADDRESS", &request.listen, OPT_ANY, "to be reached by"),
	OPT_TEXT(0, "socket", "PATH", &request.socket, OPT_ANY, "to be reached by"),
	OPT_LIST(0, "url", "URL", &request.urls, OPT_ANY, "by which it is known"),
	OPT_TEXT(0, "certificate", "FILE", &request.certificate, OPT_FILE, "of the server"),
	OPT_TEXT(0, "key", "FILE", &request.key, OPT_FILE, "of the certificate, of a claim, of a log"),
	OPT_TEXT(0, "ca", "FILE", &request.ca, OPT_FILE, "authorities of the store that is asked"),
	OPT_NUMBER(0, "rate", "N", &request.rate_per_sec, 1, 1000000, "changes a second for each client"),
	OPT_NUMBER(0, "idle", "SECONDS", &request.idle_sec, 1, 3600, "without a byte or a whole header"),
	OPT_FLAG(0, "no-pages", &request.no_pages, "of a mirror"),
	OPT_NUMBER(0, "admins", "N", &request.admins, 1, 2, "administrators to agree"),
	OPT_TEXT(0, "reason", "TEXT", &request.reason, OPT_ANY, "why"),
	OPT_TEXT(0, "words", "TEXT", &request.words, OPT_ANY, "why, for people"),
	OPT_TEXT('s', "store", "URL", &request.url, OPT_ANY, "the store that is asked"),
	OPT_TEXT(0, "token-file", "FILE", &request.token_file, OPT_FILE, "the token"),
	OPT_FLAG('n', "dry-run", &request.dry_run, "change nothing"),
	OPT_FLAG(0, "renew", &request.renew, "in the place of the one that is there"),
	OPT_FLAG(0, "proven", &request.proven, "name spaces are given with a proof"),
	OPT_TEXT(0, "certificate-key", "FILE", &request.certificate_key, OPT_FILE, "of a domain's certificate"),
	OPT_FLAG(0, "closed", &request.closed, "name spaces are given by administrators"),
	OPT_END
};

static const struct companion_command commands[] = {
#define COMMAND(name, least, most, function) { name, least, most, NULL },
#define VERB(name, least, most) { #name, least, most, name##_options },
#include "commands.def"
#undef COMMAND
#undef VERB
};

static store_command_fn *const functions[] = {
#define COMMAND(name, least, most, function) function,
#define VERB(name, least, most) command_##name,
#include "commands.def"
#undef COMMAND
#undef VERB
};

static int run(size_t at, const char *const *operands, struct arena *a, struct err *e)
{
	request.operands = operands;
	return functions[at](&request, a, e);
}

int main(int argc, char **argv)
{
	return companion_main(&(struct companion){ "store", options, commands, sizeof(commands) / sizeof(*commands), run }, argc, argv);
}
