/* SPDX-License-Identifier: Apache-2.0 */
#include "domainproof.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "file.h"
#include "key_file.h"

enum { PEM_MAX = 4 << 20 };

static const char begin[] = "-----BEGIN SIGNATURE-----", end[] = "-----END SIGNATURE-----\n", header[] = "SIGNATURE";
static const char purpose[] = "microservice-sdk proof of a domain\n";	/* what is signed begins so: nothing of TLS does */

struct authorities { gnutls_x509_trust_list_t list; };

struct chain { gnutls_x509_crt_t at[DOMAINPROOF_CHAIN_MAX]; unsigned count; };

static int unusable(const char *path, const char *why, struct err *e)
{
	err_set(e, ERR_CERTIFICATE, "'%s' cannot be used: %s", path, why);
	return err_fix(e, "name a file of certificates in PEM form");
}

int authorities_open(const char *file, struct arena *a, struct authorities **out, struct err *e)
{
	struct authorities *all = arena_new(a, struct authorities);
	struct bytes pem;

	int rc = file_read(file, PEM_MAX, a, &pem, e);
	if (rc < 0)
		return rc;
	const gnutls_datum_t text = { (unsigned char *)pem.at, (unsigned)pem.size };
	gnutls_x509_trust_list_init(&all->list, 0);
	int count = gnutls_x509_trust_list_add_trust_mem(all->list, &text, NULL, GNUTLS_X509_FMT_PEM, 0, 0);
	if (count <= 0) {
		authorities_close(all);
		return unusable(file, count ? gnutls_strerror(count) : "it has no certificate", e);
	}
	*out = all;
	return MS_OK;
}

void authorities_close(struct authorities *all)
{
	if (all)
		gnutls_x509_trust_list_deinit(all->list, 1);
}

static int chain_read(struct bytes pem, struct chain *c)
{
	const gnutls_datum_t text = { (unsigned char *)pem.at, (unsigned)pem.size };

	c->count = DOMAINPROOF_CHAIN_MAX;
	int rc = gnutls_x509_crt_list_import(c->at, &c->count, &text, GNUTLS_X509_FMT_PEM, GNUTLS_X509_CRT_LIST_IMPORT_FAIL_IF_EXCEED);
	if (rc <= 0)
		c->count = 0;
	return rc;
}

static void chain_end(struct chain *c)
{
	while (c->count)
		gnutls_x509_crt_deinit(c->at[--c->count]);
}

static gnutls_datum_t what_is_signed(struct bytes text, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", purpose);
	text_add_bytes(&t, a, text);
	return (gnutls_datum_t){ (unsigned char *)t.at, (unsigned)t.size };
}

/* With which algorithm a key of the kind signs, one for each: none is chosen by who shows the proof. */
static gnutls_sign_algorithm_t algorithm_of(gnutls_pubkey_t key)
{
	unsigned bits;
	int kind = gnutls_pubkey_get_pk_algorithm(key, &bits);

	if (kind == GNUTLS_PK_RSA)
		return bits >= 2048 ? GNUTLS_SIGN_RSA_SHA256 : GNUTLS_SIGN_UNKNOWN;
	return kind == GNUTLS_PK_ECDSA ? gnutls_pk_to_sign(GNUTLS_PK_ECDSA, bits > 256 ? GNUTLS_DIG_SHA384 : GNUTLS_DIG_SHA256) :
	       kind == GNUTLS_PK_EDDSA_ED25519 ? GNUTLS_SIGN_EDDSA_ED25519 : GNUTLS_SIGN_UNKNOWN;
}

static int sign(const struct chain *c, gnutls_privkey_t key, gnutls_datum_t data, gnutls_datum_t *signature)
{
	gnutls_pubkey_t public, own;

	gnutls_pubkey_init(&public);
	gnutls_pubkey_init(&own);
	int rc = gnutls_pubkey_import_x509(public, c->at[0], 0);
	if (rc >= 0)
		rc = gnutls_pubkey_import_privkey(own, key, 0, 0);
	if (rc >= 0 && algorithm_of(own) == GNUTLS_SIGN_UNKNOWN)
		rc = GNUTLS_E_UNSUPPORTED_SIGNATURE_ALGORITHM;
	if (rc >= 0)
		rc = gnutls_privkey_sign_data2(key, algorithm_of(own), 0, &data, signature);
	if (rc >= 0)	/* the certificate may be another key's */
		rc = gnutls_pubkey_verify_data2(public, algorithm_of(public), 0, &data, signature);
	gnutls_pubkey_deinit(own);
	gnutls_pubkey_deinit(public);
	return rc;
}

static int sign_by_file(const struct chain *c, const char *path, gnutls_datum_t data, gnutls_datum_t *signature, struct err *e)
{
	uint8_t pem[KEY_FILE_MAX + 1];
	gnutls_privkey_t key;
	size_t size = 0;

	int rc = key_file_secret(path, pem, KEY_FILE_MAX, &size, e);
	if (rc < 0)
		return rc;
	const gnutls_datum_t text = { pem, (unsigned)size };
	gnutls_privkey_init(&key);
	int code = gnutls_privkey_import_x509_raw(key, &text, GNUTLS_X509_FMT_PEM, NULL, 0);
	if (code >= 0)
		code = sign(c, key, data, signature);
	gnutls_privkey_deinit(key);
	explicit_bzero(pem, sizeof(pem));
	return code < 0 ? unusable(path, gnutls_strerror(code), e) : MS_OK;
}

int domainproof_sign(struct bytes text, const char *certificates, const char *key, struct arena *a, struct bytes *out, struct err *e)
{
	gnutls_datum_t signature = { 0 }, pem = { 0 };
	struct bytes chain_pem;
	struct chain c;
	struct text t = { 0 };

	int rc = file_read(certificates, DOMAINPROOF_SIZE_MAX / 2, a, &chain_pem, e);
	if (rc < 0)
		return rc;
	int code = chain_read(chain_pem, &c);
	rc = code <= 0 ? unusable(certificates, code ? gnutls_strerror(code) : "it has no certificate", e) : sign_by_file(&c, key, what_is_signed(text, a), &signature, e);
	if (rc >= 0 && gnutls_pem_base64_encode2(header, &signature, &pem) < 0)
		rc = unusable(key, "its signature cannot be written", e);
	if (rc >= 0) {
		text_add_bytes(&t, a, text);
		text_add_bytes(&t, a, (struct bytes){ pem.data, pem.size });
		text_add_bytes(&t, a, chain_pem);
		*out = (struct bytes){ (uint8_t *)t.at, t.size };
	}
	gnutls_free(pem.data);
	gnutls_free(signature.data);
	chain_end(&c);
	return rc;
}

void domainproof_split(struct bytes all, struct bytes *text, struct bytes *proof)
{
	const uint8_t *at = all.size ? memmem(all.at, all.size, begin, sizeof(begin) - 1) : NULL;
	size_t size = at ? (size_t)(at - all.at) : all.size;

	*text = bytes_part(all, 0, size);
	*proof = bytes_part(all, size, all.size);
}

__attribute__((format(printf, 3, 4)))
static int refuse(const char *domain, struct err *e, const char *format, ...)
{
	char why[300];
	va_list args;

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	err_set(e, ERR_CLAIM_DOMAIN, "it is not proven that '%s' is yours: %s", domain, why);
	return err_fix(e, "sign with the key of a valid certificate for '%s' itself, its chain first to last in one file", domain);
}

static int refuse_all(struct err *e)
{
	err_set(e, ERR_CLAIM_DOMAIN, "this store believes no authorities, and so no proof of a domain");
	return err_fix(e, "claim without one; or let who runs the store name authorities: ms store serve --ca FILE");
}

/* Among the names that the certificate is for, letter by letter: no pattern, and no name that is said elsewhere in it. */
static bool names(gnutls_x509_crt_t crt, const char *domain)
{
	char name[256];
	int kind = 0;

	for (unsigned i = 0; kind != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE; i++) {
		size_t size = sizeof(name);

		kind = gnutls_x509_crt_get_subject_alt_name(crt, i, name, &size, NULL);
		if (kind == GNUTLS_SAN_DNSNAME && size == strlen(domain) && !strncasecmp(name, domain, size))
			return true;
		if (kind < 0 && kind != GNUTLS_E_SHORT_MEMORY_BUFFER)
			break;
	}
	return false;
}

static int check_chain(const struct authorities *all, struct chain *c, const char *domain, struct err *e)
{
	const unsigned flags = GNUTLS_VERIFY_DO_NOT_ALLOW_WILDCARDS | GNUTLS_PROFILE_TO_VFLAGS(GNUTLS_PROFILE_MEDIUM);
	gnutls_typed_vdata_st wanted[] = {
		{ .type = GNUTLS_DT_DNS_HOSTNAME, .data = (unsigned char *)domain },
		{ .type = GNUTLS_DT_KEY_PURPOSE_OID, .data = (unsigned char *)GNUTLS_KP_TLS_WWW_SERVER },
	};
	gnutls_datum_t why = { 0 };
	unsigned status = 0;

	if (!names(c->at[0], domain))
		return refuse(domain, e, "the certificate is for another name");
	if (!all)
		return refuse_all(e);
	int rc = gnutls_x509_trust_list_verify_crt2(all->list, c->at, c->count, wanted, 2, flags, &status, NULL);
	if (rc < 0)
		return refuse(domain, e, "%s", gnutls_strerror(rc));
	if (!status)
		return MS_OK;
	gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &why, 0);
	refuse(domain, e, "%.*s", (int)why.size, why.data ? (const char *)why.data : "");
	gnutls_free(why.data);
	return e->code;
}

static int check_signature(const struct chain *c, struct bytes text, const gnutls_datum_t *signature, const char *domain, struct err *e)
{
	struct arena a = { 0 };
	gnutls_pubkey_t key;
	const gnutls_datum_t data = what_is_signed(text, &a);

	gnutls_pubkey_init(&key);
	int rc = gnutls_pubkey_import_x509(key, c->at[0], 0);
	if (rc >= 0)
		rc = gnutls_pubkey_verify_data2(key, algorithm_of(key), 0, &data, signature);
	gnutls_pubkey_deinit(key);
	arena_done(&a);
	return rc < 0 ? refuse(domain, e, "the certificate's key has not signed this claim") : MS_OK;
}

int domainproof_check(const struct authorities *all, struct bytes text, struct bytes proof, const char *domain, struct err *e)
{
	const uint8_t *ends = proof.size ? memmem(proof.at, proof.size, end, sizeof(end) - 1) : NULL;
	size_t size = ends ? (size_t)(ends - proof.at) + sizeof(end) - 1 : 0;
	const gnutls_datum_t pem = { (unsigned char *)proof.at, (unsigned)size };
	gnutls_datum_t signature = { 0 };
	struct chain c;

	if (!size || proof.size > DOMAINPROOF_SIZE_MAX || gnutls_pem_base64_decode2(header, &pem, &signature) < 0)
		return refuse(domain, e, "what stands behind the claim is no proof");
	int rc = chain_read(bytes_part(proof, size, proof.size), &c) > 0 ? check_chain(all, &c, domain, e) : refuse(domain, e, "its certificates cannot be read");
	if (rc >= 0)
		rc = check_signature(&c, text, &signature, domain, e);
	chain_end(&c);
	gnutls_free(signature.data);
	return rc;
}
