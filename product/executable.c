/* SPDX-License-Identifier: Apache-2.0 */
#include "executable.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "identity.h"
#include "world_name.h"

enum { NOTE_PACKAGE = 0xcafe1a7e, PAYLOAD_SIZE = 40, BYTES_PER_LINE = 16, PACKAGE_JSON_MAX = 4096 };	/* JSON takes much more room than it has bytes */

char *executable_package_json(const struct manifest *m, uint8_t target, struct arena *a)
{
	const char *cpe = cpe_of(identity_vendor(m), identity_name(m), m->version_text, a);
	json_t *json = json_pack("{s:s, s:s, s:s%, s:s%, s:s, s:s}",
				 "type", "ms", "os", "ms",
				 "name", m->name.at, m->name.size,
				 "version", m->version_text.at, m->version_text.size,
				 "architecture", target_name(target),
				 "appCpe", cpe);
	char *text = json_dumps(json, JSON_COMPACT);
	char *out = text ? arena_printf(a, "%s", text) : NULL;

	free(text);
	json_decref(json);
	return out;
}

/* One note with a section of its own.  Bytes are written as numbers: no assembler's string rules matter. */
static void note_text(struct text *t, struct arena *a, const char *section, const char *owner, uint32_t type, struct bytes payload)
{
	text_add(t, a, "\n\t.section %s, \"a\", %%note\n\t.balign 4\n", section);
	text_add(t, a, "\t.long %zu, %zu, 0x%x\n\t.asciz \"%s\"\n\t.balign 4", strlen(owner) + 1, payload.size, type, owner);
	for (size_t i = 0; i < payload.size; i++)
		text_add(t, a, "%s%u", i % BYTES_PER_LINE ? ", " : "\n\t.byte ", payload.at[i]);
	text_add(t, a, "\n\t.balign 4\n");
}

int executable_notes(const struct manifest *m, uint8_t target, struct arena *a, char **text, struct err *e)
{
	static const uint8_t unsigned_block[COSE_BLOCK_SIZE];
	struct writer meta = { .at = arena_take(a, MANIFEST_META_MAX), .size = MANIFEST_META_MAX };
	struct manifest one = *m;
	const char *json = executable_package_json(m, target, a);
	struct text t = { 0 };

	one.targets[0] = target;
	one.target_count = 1;
	manifest_encode_meta(&one, &meta);
	if (meta.failed || !json)
		return err_set(e, ERR_NOTES_SIZE, "the notes of '%.*s' do not fit: %zu bytes, of %d", (int)m->name.size,
			       (const char *)m->name.at, meta.used, MANIFEST_META_MAX);

	text_add(&t, a, "/* Made by ms: the notes of %.*s %.*s for %s (docs/formats.md 1). */\n", (int)m->name.size,
		 (const char *)m->name.at, (int)m->version_text.size, (const char *)m->version_text.at, target_name(target));
	note_text(&t, a, ".note.package", "FDO", NOTE_PACKAGE, (struct bytes){ (const uint8_t *)json, strlen(json) + 1 });
	note_text(&t, a, ".note.ms.meta", "MS", ELF_NOTE_META, writer_bytes(&meta));
	note_text(&t, a, ".note.ms.sig", "MS", ELF_NOTE_SIGNATURE, BYTES_OF(unsigned_block));
	*text = t.at;
	return MS_OK;
}

int executable_open(struct bytes raw, const char *path, struct elf_file *out, struct err *e)
{
	enum elf_rule rule = elf_open(raw, out);

	if (rule != ELF_RULE_OK)
		return err_set(e, ERR_NOT_EXECUTABLE, "'%s' is not a service's executable: %s", path, elf_rule_text(rule));
	return MS_OK;
}

int executable_meta(const struct elf_file *f, const char *path, struct manifest *out, struct err *e)
{
	int rc = manifest_decode_meta(f->meta, out);

	if (rc == -MS_EINCOMPATIBLE)
		return err_set(e, rc, "'%s' is made for another ABI or by another format than this version knows", path);
	if (rc < 0)
		return err_set(e, rc, "the meta note of '%s' is not what docs/formats.md says", path);
	return MS_OK;
}

/* One value of the package note against what the meta note says. */
static int same_value(const json_t *json, const char *key, struct bytes expected, const char *path, struct err *e)
{
	const json_t *value = json_object_get(json, key);
	struct bytes found = { (const uint8_t *)json_string_value(value), json_string_length(value) };

	if (!json_is_string(value) || !bytes_equal(found, expected))
		return err_set(e, ERR_NOTES, "the notes of '%s' disagree: the package note has another '%s' than the meta note",
			       path, key);
	return MS_OK;
}

static int same_values(const json_t *json, const struct manifest *m, const char *path, struct arena *a, struct err *e)
{
	const char *architecture = target_name(m->targets[0]);
	const char *cpe = cpe_of(identity_vendor(m), identity_name(m), m->version_text, a);
	const struct { const char *key; struct bytes value; } expected[] = {
		{ "type", BYTES_LITERAL("ms") },
		{ "os", BYTES_LITERAL("ms") },
		{ "name", m->name },
		{ "version", m->version_text },
		{ "architecture", { (const uint8_t *)architecture, strlen(architecture) } },
		{ "appCpe", { (const uint8_t *)cpe, strlen(cpe) } },
	};

	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		int rc = same_value(json, expected[i].key, expected[i].value, path, e);
		if (rc < 0)
			return rc;
	}
	return MS_OK;
}

int executable_notes_agree(const struct elf_file *f, const char *path, struct arena *a, struct err *e)
{
	struct manifest m;
	json_error_t why;

	int rc = executable_meta(f, path, &m, e);
	if (rc < 0)
		return rc;
	if (!identity_consistent(&m, a))
		return err_set(e, ERR_NOTES, "the meta note of '%s' contradicts itself in name, version or UUIDs", path);

	/* UAPI.8 knows no \u escapes; that also keeps NUL out.  jansson refuses what follows the object. */
	if (f->package_json.size > PACKAGE_JSON_MAX)
		return err_set(e, ERR_NOTES, "the package note of '%s' has more than %d bytes", path, PACKAGE_JSON_MAX);
	bool escaped = memmem(f->package_json.at, f->package_json.size, "\\u", 2);
	json_t *json = escaped ? NULL : json_loadb((const char *)f->package_json.at, f->package_json.size, JSON_REJECT_DUPLICATES, &why);
	if (!json)
		return err_set(e, ERR_NOTES, "the package note of '%s' is not JSON as UAPI.8 says", path);
	rc = same_values(json, &m, path, a, e);
	json_decref(json);
	return rc;
}

struct bytes executable_block(const struct elf_file *f)
{
	return bytes_part(f->raw, f->signature_offset, COSE_BLOCK_SIZE);
}

void executable_signed_payload(const struct elf_file *f, struct arena *a, uint8_t payload[PAYLOAD_SIZE])
{
	static const uint8_t zeros[COSE_BLOCK_SIZE];
	struct writer w = { .at = payload, .size = PAYLOAD_SIZE, .used = 32 };
	struct sha256_state *s = sha256_start(a);

	sha256_add(s, bytes_part(f->raw, 0, f->signature_offset));
	sha256_add(s, BYTES_OF(zeros));
	sha256_add(s, bytes_part(f->raw, f->signature_offset + COSE_BLOCK_SIZE, f->raw.size));
	sha256_end(s, payload);
	write_u32(&w, (uint32_t)f->raw.size);
	write_u32(&w, f->signature_offset);
}

int executable_sign(uint8_t *raw, size_t size, const char *path, const struct key *k, struct arena *a, struct err *e)
{
	struct elf_file f;
	uint8_t payload[PAYLOAD_SIZE], block[COSE_BLOCK_SIZE];

	int rc = executable_open((struct bytes){ raw, size }, path, &f, e);
	if (rc < 0)
		return rc;

	executable_signed_payload(&f, a, payload);
	rc = key_sign(k, COSE_KIND_IMAGE, BYTES_OF(payload), block, e);
	if (rc < 0)
		return rc;

	memcpy(raw + f.signature_offset, block, sizeof(block));
	return MS_OK;
}

int executable_verify(const struct elf_file *f, const struct key_public *k, struct arena *a)
{
	uint8_t payload[PAYLOAD_SIZE];

	executable_signed_payload(f, a, payload);
	return key_verify(k, COSE_KIND_IMAGE, BYTES_OF(payload), executable_block(f));
}
