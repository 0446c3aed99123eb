/* SPDX-License-Identifier: Apache-2.0 */
#include "key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <mbedtls/pk.h>
#include <mbedtls/platform_util.h>
#include <mbedtls/psa_util.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto.h"
#include "file.h"

static const psa_algorithm_t algorithm = PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256);

/* The sentence for what mbedTLS makes of a PEM file. */
static int refuse(const char *path, const char *kind, int code, struct err *e)
{
	switch (code) {
	case MBEDTLS_ERR_PK_UNKNOWN_NAMED_CURVE:
	case MBEDTLS_ERR_PK_UNKNOWN_PK_ALG:
	case MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE:
		err_set(e, ERR_KEY_FILE, "the key in '%s' is of another kind than ECDSA P-256", path);
		return err_fix(e, "make one with: ms key new NAME");
	default:
		err_set(e, ERR_KEY_FILE, "'%s' holds no %s key in PEM form", path, kind);
		return err_fix(e, "name a file that 'ms key new' or 'ms key export' made, or an ECDSA key on P-256");
	}
}

/* mbedTLS as it is built here has no words for these. */
static int refuse_encrypted(const char *path, struct err *e)
{
	err_set(e, ERR_KEY_ENCRYPTED, "the key in '%s' is encrypted", path);
	return err_fix(e, "write it as PKCS#8: openssl pkcs8 -topk8 -in '%s' -out NEW", path);
}

/* Read from a descriptor, so that what was checked is what is read. */
static int read_secret(int fd, const char *path, uint8_t *text, size_t room, size_t *size, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st))
		return err_errno(e, "cannot read '%s'", path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_NOT_USABLE, "'%s' is not a file", path);
	if (st.st_mode & 077) {
		err_set(e, ERR_KEY_EXPOSED, "the private key '%s' may be used by others (mode %04o)", path, st.st_mode & 07777);
		return err_fix(e, "chmod 600 '%s'", path);
	}

	for (*size = 0; *size < room; ) {
		ssize_t n = read(fd, text + *size, room - *size);
		if (n == 0)
			return MS_OK;
		if (n > 0)
			*size += (size_t)n;
		else if (errno != EINTR)
			return err_errno(e, "cannot read '%s'", path);
	}
	return err_set(e, ERR_TOO_LARGE, "'%s' is too large for a key", path);
}

/* Hand a parsed key to PSA, if it is of our kind. */
static int import(const char *path, const char *kind, mbedtls_pk_context *pk, psa_key_usage_t usage,
		  psa_key_id_t *id, struct err *e)
{
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;

	if (!mbedtls_pk_can_do(pk, MBEDTLS_PK_ECKEY) || mbedtls_pk_get_bitlen(pk) != 256)
		return refuse(path, kind, MBEDTLS_ERR_PK_UNKNOWN_PK_ALG, e);
	if (mbedtls_pk_get_psa_attributes(pk, usage, &attributes))
		return refuse(path, kind, 0, e);
	psa_set_key_algorithm(&attributes, algorithm);
	return mbedtls_pk_import_into_psa(pk, &attributes, id) ? refuse(path, kind, 0, e) : MS_OK;
}

int key_file_private_der(const char *path, struct bytes der, psa_key_id_t *id, struct err *e)
{
	mbedtls_pk_context pk;

	crypto_start();
	mbedtls_pk_init(&pk);
	int code = mbedtls_pk_parse_key(&pk, der.at, der.size, NULL, 0, mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE);
	int rc = code ? refuse(path, "private", code, e) :
			import(path, "private", &pk, PSA_KEY_USAGE_SIGN_HASH, id, e);
	mbedtls_pk_free(&pk);
	return rc;
}

/* `text` ends in a NUL that `size` counts, as mbedTLS wants it. */
static int parse_private(const char *path, const uint8_t *text, size_t size, psa_key_id_t *id, struct err *e)
{
	if (strstr((const char *)text, "ENCRYPTED"))
		return refuse_encrypted(path, e);
	return key_file_private_der(path, (struct bytes){ text, size }, id, e);
}

int key_file_secret(const char *path, uint8_t *text, size_t room, size_t *size, struct err *e)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, "cannot open the key '%s'", path);

	int rc = read_secret(fd, path, text, room, size, e);
	close(fd);
	return rc;
}

int key_file_private(const char *path, psa_key_id_t *id, struct err *e)
{
	uint8_t text[KEY_FILE_MAX + 1];
	size_t size = 0;

	int rc = key_file_secret(path, text, KEY_FILE_MAX, &size, e);
	if (rc == MS_OK) {
		text[size] = '\0';
		rc = parse_private(path, text, size + 1, id, e);
	}
	mbedtls_platform_zeroize(text, sizeof(text));
	return rc;
}

int key_file_public(const char *path, struct bytes pem, psa_key_id_t *id, struct err *e)
{
	mbedtls_pk_context pk;

	crypto_start();
	mbedtls_pk_init(&pk);
	int code = mbedtls_pk_parse_public_key(&pk, pem.at, pem.size + 1);
	int rc = code ? refuse(path, "public", code, e) :
			import(path, "public", &pk, PSA_KEY_USAGE_VERIFY_HASH, id, e);
	mbedtls_pk_free(&pk);
	return rc;
}

int key_file_create(const char *path, psa_key_id_t id, struct arena *a, struct err *e)
{
	mbedtls_pk_context pk;
	uint8_t pem[1024];
	int rc;

	mbedtls_pk_init(&pk);
	if (mbedtls_pk_copy_from_psa(id, &pk) || mbedtls_pk_write_key_pem(&pk, pem, sizeof(pem)))
		rc = err_set(e, ERR_CRYPTOGRAPHY, "cannot write a key as PEM");
	else
		rc = file_create(path, (struct bytes){ pem, strlen((char *)pem) }, 0600, a, e);
	mbedtls_platform_zeroize(pem, sizeof(pem));
	mbedtls_pk_free(&pk);
	return rc;
}

int key_file_der(psa_key_id_t id, uint8_t *room, size_t size, struct bytes *der, struct err *e)
{
	mbedtls_pk_context pk;
	int length = -1;

	mbedtls_pk_init(&pk);
	if (!mbedtls_pk_copy_from_psa(id, &pk))
		length = mbedtls_pk_write_key_der(&pk, room, size);
	mbedtls_pk_free(&pk);
	if (length <= 0)
		return err_set(e, ERR_CRYPTOGRAPHY, "cannot write a key");
	*der = (struct bytes){ room + size - length, (size_t)length };	/* it is written from the end on */
	return MS_OK;
}

int key_file_public_pem(psa_key_id_t id, struct arena *a, char **pem, struct err *e)
{
	mbedtls_pk_context pk;
	uint8_t text[512];
	int rc = MS_OK;

	mbedtls_pk_init(&pk);
	if (mbedtls_pk_copy_public_from_psa(id, &pk) || mbedtls_pk_write_pubkey_pem(&pk, text, sizeof(text)))
		rc = err_set(e, ERR_CRYPTOGRAPHY, "cannot write a public key as PEM");
	else
		*pem = arena_printf(a, "%s", (char *)text);
	mbedtls_pk_free(&pk);
	return rc;
}
