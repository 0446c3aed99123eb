/* SPDX-License-Identifier: Apache-2.0 */
#include "interface.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "identity.h"
#include "project.h"

static int check_name(const char *text, struct err *e)
{
	if (manifest_interface_name_ok((struct bytes){ (const uint8_t *)text, strlen(text) }))
		return MS_OK;

	err_set(e, ERR_NAME, "'%.60s' cannot be the name of an interface", text);
	return err_fix(e, "use letters, digits, '-' and '_', beginning with a letter, at most %d, such as 'counter'", MANIFEST_INTERFACE_NAME_MAX);
}

static int check_from(const char *text, struct err *e)
{
	if (*text && !strpbrk(text, "\\:*?[]\"'$`\n"))
		return MS_OK;

	err_set(e, ERR_SERVICE_NAME, "'%.60s' names no service", text);
	return err_fix(e, "write VENDOR/NAME, the name of an interface, or a folder beginning with './' or '../'");
}

static int check_header(const char *text, struct err *e)
{
	size_t size = strlen(text);

	if (size > 2 && !strcmp(text + size - 2, ".h") && !strpbrk(text, "\":*?[]\\\n"))
		return MS_OK;
	err_set(e, ERR_HEADER_NAME, "'%.60s' is no C header", text);
	return err_fix(e, "name the file that declares the functions, such as 'include/adder.h'");
}

#define AT(member) offsetof(struct interface, member)
#define NAME(must) { SCHEMA_TEXT, "name", AT(name), .required = must, .check = check_name, .example = "counter", \
	.doc = "as C sources know it: `COUNTER_SID`, `COUNTER_VERSION`; the same for provider and clients" }
#define SID(must, words) { SCHEMA_NUMBER, "sid", AT(sid), .required = must, .min = 1, .example = "0x48000001", .doc = words }
#define VERSION(must, words) { SCHEMA_NUMBER, "version", AT(version), .required = must, .min = 1, .max = UINT16_MAX, .example = "1", .doc = words }
#define HEADER(words) { SCHEMA_TEXT, "header", AT(header), .check = check_header, .example = "include/counter.h", .doc = words }
#define CONNECTIONS(words) { SCHEMA_FLAG, "connections", AT(connections), .standard = "true", .example = "false", .doc = words }

const struct schema interface_provided[] = {
	NAME(true),
	SID(true, "its number, the same in all products and nobody else's"),
	VERSION(true, "rises when what is sent and answered changes"),
	{ SCHEMA_TEXT, "version-policy", AT(policy), .choices = "strict|relaxed", .standard = "strict", .example = "relaxed",
	  .doc = "`strict`: for clients of this version only; `relaxed`: of older ones, too" },
	CONNECTIONS("`false`: stateless, clients call it by `COUNTER_HANDLE` without `psa_connect`"),
	HEADER("its functions, as a C header, from which `ms build` makes messages and the server (docs/interfaces.md)"),
	{ .type = SCHEMA_END }
};

const struct schema interface_requested[] = {
	NAME(false),
	SID(false, "number of the interface"),
	VERSION(false, "that the client is written for"),
	CONNECTIONS("`false`: it is stateless"),
	HEADER("its functions, as a C header, from which `ms build` makes the client; that of the provider if it stands beside this one"),
	{ SCHEMA_FLAG, "weak", AT(weak), .standard = "false", .example = "true", .doc = "a product may leave it out: the client can do without" },
	{ SCHEMA_TEXT, "from", AT(from), .check = check_from, .example = "example.org/aes",
	  .doc = "instead of the others: all that a service provides whose project stands beside this one, or one interface by its name; a text alone means this" },
	{ .type = SCHEMA_END }
};

char *interface_word(const char *name, struct arena *a)
{
	char *word = arena_printf(a, "%s", name);

	for (char *c = word; *c; c++)
		*c = isalnum((unsigned char)*c) ? (char)toupper((unsigned char)*c) : '_';
	return word;
}

char *interface_source(const struct interface *n, bool provided, struct arena *a)
{
	return arena_printf(a, "%s/%s_%s.c", INTERFACE_FOLDER, n->name, provided ? "server" : "client");
}

bool interface_is_client(const struct project *p, const char *source, struct arena *a)
{
	for (uint32_t i = 0; i < p->call_count; i++)
		if (p->calls[i].header && !strcmp(source, interface_source(&p->calls[i], false, a)))
			return true;
	return false;
}

static bool same_word(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if (toupper((unsigned char)*a) != toupper((unsigned char)*b) && !(strchr("-_", *a) && strchr("-_", *b)))
			return false;
	return *a == *b;
}

bool interface_any(const struct project *p)
{
	return p->provide_count || p->call_count || p->device_count || p->block_count || p->notifies.count || p->psa_manifest;
}

/* The i-th of both lists, the provided first, and its key. */
static const struct interface *item(const struct project *p, uint32_t i)
{
	return i < p->provide_count ? &p->provides[i] : &p->calls[i - p->provide_count];
}

static int place(const struct project *p, uint32_t i, const char *key, struct arena *a, struct err *e)
{
	bool provided = i < p->provide_count;

	if (p->psa_manifest)
		return err_at(e, p->psa_manifest, 0, 0);
	return project_err(p, arena_printf(a, provided ? "provides[%u].%s" : "requests.ipc[%u].%s",
					   provided ? i : p->calls[i - p->provide_count].item, key), e);
}

static int check_pair(const struct project *p, uint32_t i, uint32_t k, struct arena *a, struct err *e)
{
	const struct interface *one = item(p, i), *other = item(p, k);

	if (!one->name || !other->name)
		return MS_OK;
	if (one->sid && one->sid == other->sid) {
		err_set(e, ERR_INTERFACE_TWICE, "'%s' has the sid 0x%08x, which is that of '%s'", one->name, one->sid, other->name);
		err_fix(e, i < p->provide_count ? "give each interface a sid of its own" :
			k < p->provide_count ? "remove the request: a service cannot call itself" : "remove one of the two requests");
		return place(p, i, "sid", a, e);
	}
	if (same_word(one->name, other->name)) {
		err_set(e, ERR_INTERFACE_TWICE, "two interfaces have the name '%s': both would be %s_SID", one->name, interface_word(one->name, a));
		err_fix(e, "rename one");
		return place(p, i, "name", a, e);
	}
	return MS_OK;
}

/* Functions belong to nobody's connection. */
static int check_stateless(const struct project *p, uint32_t i, struct arena *a, struct err *e)
{
	const struct interface *n = item(p, i);

	if (!n->header || !n->connections || !n->name)
		return MS_OK;
	err_set(e, ERR_NOT_INTERFACE, "'%s' has a header, and functions know no connections", n->name);
	err_fix(e, "write 'connections: false'");
	return place(p, i, "header", a, e);
}

static int check_request(const struct project *p, uint32_t i, struct arena *a, struct err *e)
{
	const struct interface *n = item(p, i);

	if (n->from ? !n->sid && !n->version && !n->name && !n->header : n->name && n->sid && n->version)
		return MS_OK;
	err_set(e, ERR_REQUEST_SHAPE, n->from ? "a request has 'from' and more than that" : "a request needs 'name', 'sid' and 'version'");
	err_fix(e, "write '{ name: counter, sid: 0x48000001, version: 1 }' as its provider has them, or '{ from: VENDOR/NAME }'");
	return place(p, i, "", a, e);
}

int interface_check(const struct project *p, struct arena *a, struct err *e)
{
	for (uint32_t i = 0; i < p->provide_count + p->call_count; i++) {
		int rc = i < p->provide_count || p->psa_manifest ? MS_OK : check_request(p, i, a, e);

		if (rc == MS_OK)
			rc = check_stateless(p, i, a, e);
		for (uint32_t k = 0; k < i && rc == MS_OK; k++)
			rc = check_pair(p, i, k, a, e);
		if (rc < 0)
			return rc;
	}
	return MS_OK;
}
