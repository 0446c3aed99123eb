/* SPDX-License-Identifier: Apache-2.0 */
#include "keyopen.h"

#include <string.h>

#include "file.h"
#include "keysealed.h"
#include "keytoken.h"

enum { PEM_MAX = 16 * 1024, DER_MAX = 2 * 1024 };

bool keyopen_sealed(const char *path, struct arena *a)
{
	struct bytes pem;
	struct err none;

	return file_read(path, PEM_MAX, a, &pem, &none) == MS_OK && keysealed_is(pem);
}

static int open_sealed(const char *path, struct arena *a, struct key **out, struct err *e)
{
	struct passphrase p;
	struct bytes pem;
	uint8_t der[DER_MAX];
	size_t size = 0;

	int rc = file_read(path, PEM_MAX, a, &pem, e);
	if (rc == MS_OK)
		rc = passphrase_get(arena_printf(a, "passphrase of the key '%s'", path), false, &p, e);
	if (rc < 0)
		return rc;
	rc = keysealed_open(pem, path, &p, der, sizeof(der), &size, e);
	passphrase_forget(&p);
	if (rc == MS_OK)
		rc = key_open_der((struct bytes){ der, size }, path, a, out, e);
	explicit_bzero(der, sizeof(der));
	return rc;
}

int keyopen(const char *word, struct arena *a, struct key **out, struct err *e)
{
	struct err why;

	if (keytoken_is(word))
		return keytoken_open(word, a, out, e);
	int rc = key_open(word, a, out, &why);
	if (rc < 0 && !strcmp(why.id, "MS1502") && keyopen_sealed(word, a))
		return open_sealed(word, a, out, e);
	if (rc < 0)
		*e = why;
	return rc;
}

int keyopen_public(const char *word, struct arena *a, struct key_public *out, struct err *e)
{
	return keytoken_is(word) ? keytoken_public(word, a, out, e) : key_open_public(word, a, out, e);
}

int keyopen_create_sealed(const char *path, struct arena *a, struct err *e)
{
	struct passphrase p;
	uint8_t der[DER_MAX];
	struct bytes pem, made;

	int rc = passphrase_get("passphrase for the new key", true, &p, e);
	if (rc < 0)
		return rc;
	rc = key_make_der(der, sizeof(der), &made, e);
	if (rc == MS_OK)
		rc = keysealed_write(made, &p, a, &pem, e);
	explicit_bzero(der, sizeof(der));
	passphrase_forget(&p);
	return rc < 0 ? rc : file_create(path, pem, 0600, a, e);
}
