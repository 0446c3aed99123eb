/* SPDX-License-Identifier: Apache-2.0 */
/* Headers of psa_manifest: interfaces as C sources see them (docs/abi.md, "Messages"). */
#include <string.h>

#include "file.h"
#include "identity.h"
#include "interface.h"
#include "neighbour.h"
#include "partition.h"
#include "project.h"
#include "uuid.h"

enum {
	HANDLE_STATELESS = 0x40000000,
	NOT_CALLED = 0xff,	/* in a handle, in place of a place among those that are called: who uses it is stopped */
	SIGNAL_FIRST = 4,
	SERVICE_ID_MIN = 256,	/* smaller ones are given by products to services that take no part in messages */
};

uint32_t interface_service_id(const uint8_t component[16])
{
	uint32_t id = (uint32_t)component[0] << 24 | (uint32_t)component[1] << 16 | (uint32_t)component[2] << 8 | component[3];

	id &= INT32_MAX;
	return id < SERVICE_ID_MIN ? id + SERVICE_ID_MIN : id;
}

static uint32_t id_of(const char *vendor, const char *name)
{
	uint8_t space[UUID_SIZE], component[UUID_SIZE];

	uuid_of_vendor((struct bytes){ (const uint8_t *)vendor, strlen(vendor) }, space);
	uuid_v5(space, (struct bytes){ (const uint8_t *)name, strlen(name) }, component);
	return interface_service_id(component);
}

/* A header in the making. */
struct header {
	const struct project *project;
	const char *folder;
	struct arena *arena;
	struct text text;
};

static void begin(struct header *h, const char *guard, const char *what)
{
	const struct project *p = h->project;
	const char *from = p->psa_manifest ? path_name(p->psa_manifest) : PROJECT_FILE;

	text_add(&h->text, h->arena, "/* Made by ms from %s of %s/%s %s: %s. */\n#ifndef PSA_MANIFEST_%s_H\n#define PSA_MANIFEST_%s_H\n",
		 from, p->vendor, p->name, p->version_text, what, guard, guard);
}

static int write(struct header *h, const char *name, struct err *e)
{
	const char *folder = path_join(h->arena, h->folder, "psa_manifest");

	text_add(&h->text, h->arena, "\n#endif\n");
	int rc = file_make_folders(folder, h->arena, e);
	if (rc < 0)
		return rc;
	return file_update(path_join(h->arena, folder, arena_printf(h->arena, "%s.h", name)),
			   (struct bytes){ (const uint8_t *)h->text.at, h->text.size }, 0644, h->arena, NULL, e);
}

static void put_interface(struct header *h, const struct interface *n, uint32_t place, const char *comment)
{
	const char *word = interface_word(n->name, h->arena);

	text_add(&h->text, h->arena, "\n/* %s: %s */\n#define %s_SID (0x%08xU)\n#define %s_VERSION (%uU)\n", n->name, comment,
		 word, n->sid, word, n->version);
	if (!n->connections)
		text_add(&h->text, h->arena, "#define %s_HANDLE (0x%08xU)\n", word, HANDLE_STATELESS | n->version << 8 | place);
}

/* FF-M has the partitions of a device in one build: to the author of one those beside it are known, whether it calls them or not. */
static int partitions(const struct project *p, struct arena *a, struct list *out, struct err *e)
{
	struct list all = { 0 };

	int rc = p->partition ? neighbour_list(p, NULL, a, &all, e) : MS_OK;
	for (size_t i = 0; rc >= 0 && i < all.count; i++) {
		const struct project *other = all.at[i];

		if (other->partition && strcmp(other->partition, p->partition))
			list_push(out, a, all.at[i]);
	}
	return rc;
}

static bool has(const struct interface *list, uint32_t count, const char *name)
{
	for (uint32_t i = 0; i < count; i++)
		if (!strcmp(list[i].name, name))
			return true;
	return false;
}

/* What the i-th of the others provides, but for names that stand there. */
static void put_others(struct header *h, const struct list *others, size_t i)
{
	const struct project *p = h->project, *other = others->at[i];

	for (uint32_t k = 0; k < other->provide_count; k++) {
		const struct interface *n = &other->provides[k];
		bool there = has(p->provides, p->provide_count, n->name) || has(p->calls, p->call_count, n->name);

		for (size_t before = 0; before < i && !there; before++) {
			const struct project *earlier = others->at[before];

			there = has(earlier->provides, earlier->provide_count, n->name);
		}
		if (!there)
			put_interface(h, n, NOT_CALLED, "of a partition beside it, and not called");
	}
}

static int write_sid(const struct project *p, const char *folder, struct arena *a, struct err *e)
{
	struct header h = { .project = p, .folder = folder, .arena = a };
	struct list others = { 0 };

	int rc = partitions(p, a, &others, e);
	if (rc < 0)
		return rc;

	begin(&h, "SID", "interfaces that it provides and calls");
	for (uint32_t i = 0; i < p->provide_count; i++)
		put_interface(&h, &p->provides[i], NOT_CALLED, "provided here");
	for (uint32_t i = 0; i < p->call_count; i++) {
		const struct interface *n = &p->calls[i];

		put_interface(&h, n, i, n->connections ? "called by connections" : "called by its handle, without a connection");
	}
	for (size_t i = 0; i < others.count; i++)
		put_others(&h, &others, i);
	return write(&h, "sid", e);
}

static void put_id(struct header *h, const char *word, const char *vendor, const char *name)
{
	text_add(&h->text, h->arena, "\n/* %s/%s */\n#define %s (%u)\n", vendor, name, word, id_of(vendor, name));
}

/* Of a service: by FF-M its partition's name alone; here with _PID, so that SERVER may be used for something else. */
static const char *pid_word(const struct project *p, struct arena *a)
{
	return p->partition ? p->partition : arena_printf(a, "%s_PID", interface_word(p->name, a));
}

static int write_pid(const struct project *p, const char *folder, struct arena *a, struct err *e)
{
	struct header h = { .project = p, .folder = folder, .arena = a };
	struct list others = { 0 };

	begin(&h, "PID", "ids of services, for psa_notify");
	put_id(&h, pid_word(p, a), p->vendor, p->name);
	for (uint32_t i = 0; i < p->notifies.count; i++) {
		const char *name = path_name(p->notifies.at[i]), *vendor = path_folder(a, p->notifies.at[i]);

		put_id(&h, arena_printf(a, "%s_PID", interface_word(name, a)), vendor, name);
	}
	int rc = partitions(p, a, &others, e);		/* FF-M has no list of whom a partition notifies */

	for (size_t i = 0; rc >= 0 && i < others.count; i++) {
		const struct project *other = others.at[i];

		put_id(&h, other->partition, other->vendor, other->name);
	}
	return rc < 0 ? rc : write(&h, "pid", e);
}

/* By FF-M it has the name of the manifest's file. */
static const char *own_header(const struct project *p, struct arena *a)
{
	const char *file = p->psa_manifest ? path_name(p->psa_manifest) : p->name, *dot = strrchr(file, '.');

	return dot ? arena_printf(a, "%.*s", (int)(dot - file), file) : file;
}

static int write_signals(const struct project *p, const char *folder, struct arena *a, struct err *e)
{
	struct header h = { .project = p, .folder = folder, .arena = a };
	const char *name = own_header(p, a);

	begin(&h, interface_word(name, a), "its signals, devices and shared memory");
	for (uint32_t i = 0; i < p->provide_count; i++)
		text_add(&h.text, a, "\n/* a message for %s waits */\n#define %s_SIGNAL (0x%08xU)\n", p->provides[i].name,
			 interface_word(p->provides[i].name, a), UINT32_C(1) << (SIGNAL_FIRST + i));
	mapped_header(p, SIGNAL_FIRST + p->provide_count, a, &h.text);
	return write(&h, name, e);
}

/* The headers of the partitions beside it, which shared sources include. */
static int write_others(const struct project *p, const char *folder, struct arena *a, struct err *e)
{
	struct list others = { 0 };

	int rc = partitions(p, a, &others, e);
	for (size_t i = 0; rc >= 0 && i < others.count; i++)
		if (strcmp(own_header(others.at[i], a), own_header(p, a)))
			rc = write_signals(others.at[i], folder, a, e);
	return rc;
}

int interface_headers(const struct project *p, const char *folder, struct arena *a, struct err *e)
{
	int rc = parameters_source(p, folder, a, e);

	if (rc < 0 || !interface_any(p))
		return rc;
	rc = write_sid(p, folder, a, e);
	if (rc >= 0)
		rc = write_pid(p, folder, a, e);
	if (rc >= 0)
		rc = write_signals(p, folder, a, e);
	if (rc >= 0)
		rc = write_others(p, folder, a, e);
	return rc >= 0 && interface_entry(p) ? partition_entry(p, own_header(p, a), folder, a, e) : rc;
}

static void fill(struct manifest_interface *out, const struct interface *n)
{
	bool strict = n->policy && !strcmp(n->policy, "strict");

	*out = (struct manifest_interface){
		.name = { (const uint8_t *)n->name, strlen(n->name) }, .sid = n->sid, .version = (uint16_t)n->version,
		.flags = (uint8_t)((n->connections ? MANIFEST_CONNECTIONS : 0) | (strict ? MANIFEST_STRICT : 0) | (n->weak ? MANIFEST_WEAK : 0)),
		.fingerprint = n->fingerprint,
	};
}

void interface_fill(const struct project *p, struct manifest *m)
{
	for (uint32_t i = 0; i < p->provide_count; i++)
		fill(&m->provides[m->provide_count++], &p->provides[i]);
	for (uint32_t i = 0; i < p->call_count; i++)
		fill(&m->calls[m->call_count++], &p->calls[i]);
	mapped_fill(p, m);
}
