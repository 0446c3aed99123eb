/* SPDX-License-Identifier: Apache-2.0 */
/* ms product verify: what a build wrote, held against itself and against the keys that are believed. */
#include "integrate.h"

#include <string.h>

#include "belief.h"
#include "device_believe.h"
#include "file.h"
#include "flash_elf.h"
#include "intel_hex.h"
#include "out.h"
#include "release.h"
#include "sbom.h"
#include "version.h"

static const char *key_file;

static const struct opt options[] = {
	OPT_TEXT('k', "key", "FILE", &key_file, OPT_FILE, "believe this public key of an integrator, too"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms product verify", "do the files of out/product belong together, and who signed them?" },
	{ "ms product verify release --key acme.pem", "those of another folder, by a key that came another way" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 7, "the evidence is signed by nobody who is believed, or a file is not what it says" },
	{ 0, NULL }
};

const struct page page_integrate_verify = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Checks what build wrote (out/product, if no folder is named): the evidence is signed by an integrator that is trusted, each file has its hash, the three forms hold the same, table and images are good, "
		 "and the bill of materials lists the very services of the table.",
	.examples = examples,
	.statuses = statuses,
	.json = "An event \"finding\" for each check: file, what, ok, text.",
};

enum { FILE_SIZE_MAX = 256 << 20, TEXT_SIZE_MAX = 16 << 20 };

struct verifying {
	const char *folder;
	struct believer by;
	struct board board;
	const json_t *evidence;
	struct bytes flash;		/* of the .bin */
	struct device_report device;
	struct arena *a;
	struct err *e;
};

static int refuse(const struct verifying *v, const char *file, const char *why)
{
	err_set(v->e, ERR_OUTPUT_DIFFERS, "'%s' %s", path_join(v->a, v->folder, file), why);
	return err_fix(v->e, "build it again: ms product build");
}

static int good(const char *what, const char *text)
{
	out_line("  %sok%s  %s: %s", out_green(), out_reset(), what, text);
	out_event("finding", json_pack("{s:o, s:o, s:b, s:o}", "file", out_string(what), "what", out_string("product"), "ok", 1, "text", out_string(text)));
	return MS_OK;
}

static int read_file(const struct verifying *v, const char *name, size_t limit, struct bytes *out)
{
	return file_read(path_join(v->a, v->folder, name), limit, v->a, out, v->e);
}

/* A key that is believed for one vendor's products says nothing about another's. */
static int check_vendor(const struct verifying *v, const struct believed *by, const uint8_t *kid)
{
	const char *vendor = json_string_value(json_object_get(json_object_get(v->evidence, "product"), "vendor"));

	if (!by->vendor || (vendor && !strcmp(vendor, by->vendor)))
		return MS_OK;
	err_set(v->e, ERR_KEY_ROLE, "the key %s may sign for '%s', not for '%s'", key_kid_text(kid, v->a), by->vendor, vendor ? vendor : "");
	return err_fix(v->e, "ask who integrated it for their public key: ms key trust FILE --role integrator --vendor VENDOR");
}

/* Signed by an integrator who is believed, as a whole. */
static int check_evidence(struct verifying *v, struct believed *by)
{
	struct bytes text, block;
	const uint8_t *kid;

	int rc = read_file(v, RELEASE_EVIDENCE, TEXT_SIZE_MAX, &text);
	if (rc >= 0)
		rc = read_file(v, RELEASE_SIGNATURE, COSE_BLOCK_SIZE, &block);
	if (rc < 0)
		return rc;
	if (cose_check(block, RELEASE_KIND, &kid) < 0)
		return refuse(v, RELEASE_SIGNATURE, "is no signature");
	*by = (struct believed){ 0 };
	if (!v->by.find(v->by.context, kid, TRUST_INTEGRATOR, by)) {
		if (by->revoked)
			return err_set(v->e, ERR_REVOKED, "the evidence is refused: %s", by->revoked);
		err_set(v->e, ERR_UNTRUSTED, "the key %s, which signed the evidence, is not trusted as an integrator's", key_kid_text(kid, v->a));
		return err_fix(v->e, "if you believe its owner: ms key trust FILE --role integrator");
	}
	if (key_verify(&by->key, RELEASE_KIND, text, block) < 0)
		return refuse(v, RELEASE_EVIDENCE, "is not what was signed");
	v->evidence = json_loadb((const char *)text.at, text.size, JSON_REJECT_DUPLICATES, NULL);
	if (!v->evidence)
		return refuse(v, RELEASE_EVIDENCE, "is no JSON");
	rc = check_vendor(v, by, kid);
	return rc < 0 ? rc : good(RELEASE_EVIDENCE, arena_printf(v->a, "signed by key %s (%s)", key_kid_text(kid, v->a), by->label));
}

/* Each file that the evidence names is there, with its hash. */
static int check_files(struct verifying *v)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(v->evidence, "files"), i, one) {
		const char *name = json_string_value(json_object_get(one, "name")), *hash = json_string_value(json_object_get(one, "sha256"));
		struct bytes content;

		if (!name || !hash || strchr(name, '/'))
			return refuse(v, RELEASE_EVIDENCE, "names no files");
		int rc = read_file(v, name, FILE_SIZE_MAX, &content);
		if (rc < 0)
			return rc;
		if (strcmp(release_sha256(content, v->a), hash))
			return refuse(v, name, "is not the file of this evidence: its hash is another");
		good(name, arena_printf(v->a, "SHA-256 %s", hash));
	}
	return MS_OK;
}

/* What the evidence says of the table holds for the one that the device would take. */
static int check_table(struct verifying *v)
{
	const json_t *said = json_object_get(v->evidence, "table");
	const char *hash = json_string_value(json_object_get(said, "sha256"));
	const struct table *t = &v->device.table;

	if (!hash || strcmp(hash, release_sha256(t->raw, v->a)) || json_integer_value(json_object_get(said, "rules")) != t->rule_count ||
	    json_integer_value(json_object_get(said, "services")) != t->entry_count || json_integer_value(json_object_get(said, "flash_address")) != v->board.part[v->device.bank].base)
		return refuse(v, RELEASE_EVIDENCE, "tells of another table than the device image has");
	return MS_OK;
}

/* The three forms of the device image hold the same, and a device of this board would take it. */
static int check_image(struct verifying *v, const char *name, const struct believed *by)
{
	const char *bin = arena_printf(v->a, "%s.bin", name), *hex = arena_printf(v->a, "%s.hex", name), *elf = arena_printf(v->a, "%s.elf", name);
	struct bytes text, from_hex, from_elf;

	int rc = read_file(v, bin, FILE_SIZE_MAX, &v->flash);
	if (rc >= 0)
		rc = read_file(v, hex, FILE_SIZE_MAX, &text);
	if (rc >= 0)
		rc = intel_hex_read(text, path_join(v->a, v->folder, hex), v->board.flash.base, (uint32_t)v->flash.size, v->a, &from_hex, v->e);
	if (rc >= 0)
		rc = read_file(v, elf, FILE_SIZE_MAX, &from_elf);
	if (rc < 0)
		return rc;
	if (from_hex.size > v->flash.size || memcmp(from_hex.at, v->flash.at, v->flash.size))
		return refuse(v, hex, "holds something else than the .bin");
	if (!bytes_equal(from_elf, flash_elf_write(v->flash, v->board.flash.base, v->a)))
		return refuse(v, elf, "holds something else than the .bin");
	rc = device_believe(v->flash, bin, &v->board, &v->by, v->a, &v->device, v->e);
	if (rc < 0)
		return rc;
	if (memcmp(v->device.kid, by->key.kid, COSE_KID_SIZE))
		return refuse(v, bin, "and the evidence are signed by different keys");
	rc = check_table(v);
	if (rc < 0)
		return rc;
	return good(bin, arena_printf(v->a, "a device image for %s, the same as ELF and HEX; table and images are good", v->board.name));
}

/* The hash that the bill of materials has for a service, or NULL. */
static const char *bill_hash(const json_t *components, const char *service)
{
	const json_t *one;
	size_t i;

	json_array_foreach((json_t *)components, i, one) {
		const char *ref = json_string_value(json_object_get(one, "bom-ref"));

		if (ref && !strcmp(ref, service))
			return json_string_value(json_object_get(json_array_get(json_object_get(one, "hashes"), 0), "content"));
	}
	return NULL;
}

/* What the bill lists runs, what runs is listed; one component more is the runtime. */
static int check_bill(struct verifying *v)
{
	struct bytes text;

	int rc = read_file(v, RELEASE_CYCLONEDX, TEXT_SIZE_MAX, &text);
	if (rc >= 0)
		rc = sbom_check(text, RELEASE_CYCLONEDX, v->a, NULL, v->e);
	if (rc < 0)
		return rc;
	json_t *bill = json_loadb((const char *)text.at, text.size, 0, NULL), *components = json_object_get(bill, "components");

	if (json_array_size(components) != v->device.table.entry_count + 1u)
		rc = refuse(v, RELEASE_CYCLONEDX, "lists more or fewer services than the table");
	for (uint32_t i = 0; rc >= 0 && i < v->device.table.entry_count; i++) {
		struct table_entry entry;

		table_entry(&v->device.table, i, &entry);
		const char *name = arena_string(v->a, entry.name), *hash = bill_hash(components, name);

		if (!hash || strcmp(hash, release_hex(entry.sha256, 32, v->a)))
			rc = refuse(v, RELEASE_CYCLONEDX, arena_printf(v->a, "has %s '%s' of the table", hash ? "another hash for the image of" : "no service", name));
	}
	json_decref(bill);
	return rc < 0 ? rc : good(RELEASE_CYCLONEDX, "CycloneDX 1.6, of the very services of the table");
}

static int verify(struct verifying *v)
{
	struct believed by = { 0 };
	struct sdk sdk;

	int rc = check_evidence(v, &by);
	if (rc < 0)
		return rc;
	const json_t *product = json_object_get(v->evidence, "product");
	const char *board = json_string_value(json_object_get(product, "board")), *name = json_string_value(json_object_get(product, "name"));

	if (!board || !name || strchr(name, '/'))
		return refuse(v, RELEASE_EVIDENCE, "names no product");
	rc = check_files(v);
	if (rc >= 0)
		rc = sdk_find(ms_version, v->a, &sdk, v->e);
	if (rc >= 0)
		rc = sdk_board(&sdk, board, v->a, &v->board, v->e);
	if (rc >= 0)
		rc = check_image(v, name, &by);
	if (rc >= 0)
		rc = check_bill(v);
	if (rc >= 0)
		out_line("%s%s%s: good, %u services for %s", out_bold(), name, out_reset(), v->device.table.entry_count, board);
	return rc;
}

int integrate_verify(int argc, char **argv, struct arena *a, struct err *e)
{
	struct verifying *v = arena_new(a, struct verifying);
	struct list keys = { 0 };
	struct belief belief;

	if (key_file)
		list_push(&keys, a, (void *)key_file);
	int rc = belief_init(&belief, &keys, a, e);
	if (rc < 0)
		return rc;
	*v = (struct verifying){ .folder = argc > 1 ? argv[1] : "out/product", .by = belief_of(&belief), .a = a, .e = e };
	rc = verify(v);
	json_decref((json_t *)v->evidence);
	return rc;
}
