/* SPDX-License-Identifier: Apache-2.0 */
#include "note.h"

#include <string.h>

#include "base64.h"
#include "key.h"
#include "utf8.h"

enum { ED25519_TYPE = 0x01, ID_SIZE = 4 };

static const char dash[] = "\xe2\x80\x94 ";	/* what a signature's line begins with */

/* Printable ASCII without '+': what every implementation takes for the same name. */
bool note_name_ok(struct bytes name)
{
	for (size_t i = 0; i < name.size; i++)
		if (name.at[i] <= ' ' || name.at[i] > '~' || name.at[i] == '+')
			return false;
	return name.size > 0 && name.size <= NOTE_NAME_MAX;
}

static uint32_t big_endian(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void put_big_endian(uint8_t *at, uint32_t v)
{
	for (int i = 0; i < ID_SIZE; i++)
		at[i] = (uint8_t)(v >> (24 - 8 * i));
}

void note_key_init(struct note_key *k, const char *name, const uint8_t public[ED25519_PUBLIC_SIZE])
{
	uint8_t input[NOTE_NAME_MAX + 2 + ED25519_PUBLIC_SIZE], hash[32];
	size_t size = strnlen(name, NOTE_NAME_MAX);

	memcpy(input, name, size);
	input[size] = '\n';
	input[size + 1] = ED25519_TYPE;
	memcpy(input + size + 2, public, ED25519_PUBLIC_SIZE);
	sha256((struct bytes){ input, size + 2 + ED25519_PUBLIC_SIZE }, hash);

	k->name = name;
	k->id = big_endian(hash);
	memcpy(k->public, public, ED25519_PUBLIC_SIZE);
}

char *note_key_write(const struct note_key *k, struct arena *a)
{
	uint8_t typed[1 + ED25519_PUBLIC_SIZE] = { ED25519_TYPE };

	memcpy(typed + 1, k->public, ED25519_PUBLIC_SIZE);
	return arena_printf(a, "%s+%08x+%s", k->name, (unsigned)k->id, base64_write(BYTES_OF(typed), a));
}

int note_key_read(const char *text, struct arena *a, struct note_key *out, struct err *e)
{
	const char *id = strchr(text, '+'), *key = id ? strchr(id + 1, '+') : NULL;
	struct bytes typed = { 0 };
	struct note_key k;

	bool good = key && note_name_ok((struct bytes){ (const uint8_t *)text, (size_t)(id - text) }) &&
		    base64_read((struct bytes){ (const uint8_t *)key + 1, strlen(key + 1) }, a, &typed) == MS_OK &&
		    typed.size == 1 + ED25519_PUBLIC_SIZE && typed.at[0] == ED25519_TYPE;
	if (good) {
		note_key_init(&k, arena_printf(a, "%.*s", (int)(id - text), text), typed.at + 1);
		good = strcmp(note_key_write(&k, a), text) == 0;
	}
	if (!good) {
		err_set(e, ERR_STORE_KEY, "'%.300s' is not the key of a store's log", text);
		return err_fix(e, "such a key is one line, NAME+ID+KEY, as the store says it under '/v1/store'");
	}
	*out = k;
	return MS_OK;
}

int note_sign(struct bytes text, const char *name, const struct ed25519 *k, struct arena *a, struct bytes *note, struct err *e)
{
	uint8_t signature[ID_SIZE + ED25519_SIGNATURE_SIZE];
	struct note_key public;
	struct text t = { 0 };

	note_key_init(&public, name, ed25519_public_of(k));
	put_big_endian(signature, public.id);
	int rc = ed25519_sign(k, text, signature + ID_SIZE, e);
	if (rc < 0)
		return rc;

	text_add_bytes(&t, a, text);
	text_add(&t, a, "\n%s%s %s\n", dash, name, base64_write(BYTES_OF(signature), a));
	*note = (struct bytes){ (uint8_t *)t.at, t.size };
	return MS_OK;
}

/* "NAME BASE64" behind the dash. */
static bool read_signature(struct bytes line, struct arena *a, struct note_signature *out)
{
	const uint8_t *blank = memchr(line.at, ' ', line.size);
	struct bytes raw;

	if (!blank)
		return false;
	out->name = (struct bytes){ line.at, (size_t)(blank - line.at) };	/* of a witness, it may be any UTF-8 */
	if (out->name.size == 0 || memchr(out->name.at, '+', out->name.size) || base64_read(bytes_part(line, out->name.size + 1, line.size), a, &raw) < 0 || raw.size <= ID_SIZE)
		return false;
	out->id = big_endian(raw.at);
	out->bytes = bytes_part(raw, ID_SIZE, raw.size);
	return true;
}

/* UTF-8, of control characters line feeds only. */
static bool is_text(struct bytes b)
{
	for (size_t i = 0; i < b.size; i++)
		if (b.at[i] < ' ' && b.at[i] != '\n')
			return false;
	return utf8_valid(b);
}

/* Where the text ends: behind its line feed, which the last blank line follows; 0 if there is none. */
static size_t text_end(struct bytes b)
{
	for (size_t i = b.size; i > 2; i--)
		if (b.at[i - 1] == '\n' && b.at[i - 2] == '\n')
			return i - 1;
	return 0;
}

static int refuse(const char *path, const char *why, struct err *e)
{
	err_set(e, ERR_NOTE, "'%s' is not a signed note: %s", path, why);
	return err_fix(e, "get it again: it was cut, or changed");
}

int note_read(struct bytes content, const char *path, struct arena *a, struct note *out, struct err *e)
{
	struct note n = { 0 };

	if (content.size > NOTE_SIZE_MAX)
		return refuse(path, "it is larger than 64 KiB", e);
	if (!is_text(content))
		return refuse(path, "it is not UTF-8, or has control characters", e);
	size_t end = text_end(content);
	if (!end || content.at[content.size - 1] != '\n')
		return refuse(path, "the blank line before the signatures is missing, or the line feed at the end", e);

	n.text = bytes_part(content, 0, end);
	for (struct bytes left = bytes_part(content, end + 1, content.size); left.size; n.count++) {
		size_t size = (size_t)((const uint8_t *)memchr(left.at, '\n', left.size) - left.at);
		struct bytes line = bytes_part(left, 0, size);

		if (n.count == NOTE_SIGNATURE_MAX)
			return refuse(path, "it has more than 32 signatures", e);
		if (size < sizeof(dash) - 1 || memcmp(line.at, dash, sizeof(dash) - 1) ||
		    !read_signature(bytes_part(line, sizeof(dash) - 1, size), a, &n.signatures[n.count]))
			return refuse(path, arena_printf(a, "line %u of its signatures is none", n.count + 1), e);
		left = bytes_part(left, size + 1, left.size);
	}
	if (n.count == 0)
		return refuse(path, "it has no signature", e);
	*out = n;
	return MS_OK;
}

int note_verify(const struct note *n, const struct note_key *k)
{
	struct bytes name = { (const uint8_t *)k->name, strlen(k->name) };
	int rc = -MS_ENOENT;

	for (uint32_t i = 0; i < n->count; i++) {
		const struct note_signature *s = &n->signatures[i];

		if (s->id != k->id || !bytes_equal(s->name, name))
			continue;
		if (ed25519_verify(k->public, n->text, s->bytes) < 0)
			return -MS_ESIGNATURE;
		rc = MS_OK;
	}
	return rc;
}
