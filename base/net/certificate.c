/* SPDX-License-Identifier: Apache-2.0 */
#include "certificate.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "file.h"
#include "key.h"

enum { PEM_MAX = 64 << 10, YEARS = 20 };

static int wrong(const char *path, int code, struct err *e)
{
	err_set(e, ERR_CERTIFICATE, "'%s' cannot be used: %s", path, gnutls_strerror(code));
	return err_fix(e, "name PEM files of a certificate and its private key, or none: then one is made");
}

static const char *base64(const uint8_t *at, size_t size, struct arena *a)
{
	gnutls_datum_t raw = { (unsigned char *)at, (unsigned)size }, text = { 0 };

	gnutls_base64_encode2(&raw, &text);
	const char *copy = arena_printf(a, "%.*s", (int)text.size, (const char *)text.data);
	gnutls_free(text.data);
	return copy;
}

/* Of the public key, as the certificate holds it. */
static int pin_of(gnutls_x509_crt_t crt, struct arena *a, const char **pin)
{
	gnutls_pubkey_t key;
	gnutls_datum_t der = { 0 };
	uint8_t digest[32];

	gnutls_pubkey_init(&key);
	int rc = gnutls_pubkey_import_x509(key, crt, 0);
	if (rc >= 0)
		rc = gnutls_pubkey_export2(key, GNUTLS_X509_FMT_DER, &der);
	gnutls_pubkey_deinit(key);
	if (rc < 0)
		return rc;
	sha256((struct bytes){ der.data, der.size }, digest);
	gnutls_free(der.data);
	*pin = arena_printf(a, "sha256//%s", base64(digest, sizeof(digest), a));
	return 0;
}

static int parse(const char *path, struct bytes pem, struct arena *a, struct certificate *out, struct err *e)
{
	const gnutls_datum_t text = { (unsigned char *)pem.at, (unsigned)pem.size };
	gnutls_x509_crt_t crt;

	gnutls_x509_crt_init(&crt);
	int rc = gnutls_x509_crt_import(crt, &text, GNUTLS_X509_FMT_PEM);
	if (rc >= 0)
		rc = pin_of(crt, a, &out->pin);
	gnutls_x509_crt_deinit(crt);
	return rc < 0 ? wrong(path, rc, e) : MS_OK;
}

static int check_mode(const char *path, struct err *e)
{
	struct stat s;

	if (stat(path, &s) || !(s.st_mode & 077))
		return MS_OK;
	err_set(e, ERR_CERTIFICATE, "others may read the private key '%s'", path);
	return err_fix(e, "chmod 600 '%s'", path);
}

int certificate_read(const char *certificate, const char *key, struct arena *a, struct certificate *out, struct err *e)
{
	struct bytes crt, secret;

	int rc = file_read(certificate, PEM_MAX, a, &crt, e);
	if (rc >= 0)
		rc = file_read(key, PEM_MAX, a, &secret, e);
	if (rc >= 0)
		rc = check_mode(key, e);
	if (rc >= 0)
		rc = parse(certificate, crt, a, out, e);
	if (rc < 0)
		return rc;
	out->certificate = (const char *)crt.at;
	out->key = (const char *)secret.at;
	return MS_OK;
}

static int fill(gnutls_x509_crt_t crt, gnutls_x509_privkey_t key, const char *name)
{
	uint8_t serial[16];
	time_t now = time(NULL);

	int rc = gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof(serial));
	serial[0] &= 0x7f;
	if (rc >= 0)
		rc = gnutls_x509_crt_set_version(crt, 3);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_serial(crt, serial, sizeof(serial));
	if (rc >= 0)
		rc = gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, name, (unsigned)strlen(name));
	if (rc >= 0)
		rc = gnutls_x509_crt_set_activation_time(crt, now - 86400);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_expiration_time(crt, now + YEARS * (time_t)31556952);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_key(crt, key);
	return rc < 0 ? rc : gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0);
}

static int make(const char *name, gnutls_datum_t *pem, gnutls_datum_t *secret)
{
	gnutls_x509_privkey_t key;
	gnutls_x509_crt_t crt;

	gnutls_x509_privkey_init(&key);
	gnutls_x509_crt_init(&crt);
	int rc = gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
	if (rc >= 0)
		rc = fill(crt, key, name);
	if (rc >= 0)
		rc = gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, pem);
	if (rc >= 0)
		rc = gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, secret);
	gnutls_x509_crt_deinit(crt);
	gnutls_x509_privkey_deinit(key);
	return rc;
}

/* The key first: a certificate that is there has its key. */
static int make_files(const char *name, const char *certificate, const char *key, struct arena *a, struct err *e)
{
	gnutls_datum_t pem = { 0 }, secret = { 0 };

	int code = make(name, &pem, &secret);
	int rc = code < 0 ? wrong(certificate, code, e) : file_replace(key, (struct bytes){ secret.data, secret.size }, 0600, a, e);
	if (rc >= 0)
		rc = file_replace(certificate, (struct bytes){ pem.data, pem.size }, 0644, a, e);
	gnutls_free(pem.data);
	gnutls_free(secret.data);
	return rc;
}

int certificate_own(const char *folder, const char *name, struct arena *a, struct certificate *out, struct err *e)
{
	const char *certificate = path_join(a, folder, arena_printf(a, "%s.crt", name)), *key = path_join(a, folder, arena_printf(a, "%s.key", name));

	int rc = file_exists(certificate) && file_exists(key) ? MS_OK : make_files(name, certificate, key, a, e);
	return rc < 0 ? rc : certificate_read(certificate, key, a, out, e);
}
