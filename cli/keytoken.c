/* SPDX-License-Identifier: Apache-2.0 */
#include "keytoken.h"

#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>
#include <string.h>

#include "passphrase.h"

struct token {
	const char *uri;		/* without what is secret: it stands in sentences */
	P11KitUri *parsed;
	CK_FUNCTION_LIST **modules;	/* ended by NULL */
	bool registered;		/* all of the system's, not the one of module-path= */
	CK_FUNCTION_LIST *module;	/* the one that has the token */
	CK_SLOT_ID slot;
	CK_SESSION_HANDLE session;
	bool has_session;
	CK_OBJECT_HANDLE key;
	struct arena *a;
};

enum { SLOT_MAX = 64, POINT_SIZE_MAX = 80 };

/* prime256v1 as an object identifier in DER, which is what CKA_EC_PARAMS holds. */
static const uint8_t p256[] = { 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 };

bool keytoken_is(const char *word)
{
	return !strncmp(word, "pkcs11:", 7);
}

static void close_token(struct token *t)
{
	if (t->has_session)
		t->module->C_CloseSession(t->session);
	if (t->modules && t->registered)
		p11_kit_modules_finalize_and_release(t->modules);
	else if (t->modules && t->modules[0]) {
		p11_kit_module_finalize(t->modules[0]);
		p11_kit_module_release(t->modules[0]);
	}
	p11_kit_uri_free(t->parsed);
	*t = (struct token){ 0 };
}

static int fail(const struct token *t, const char *what, CK_RV rv, struct err *e)
{
	switch (rv) {
	case CKR_PIN_INCORRECT:
	case CKR_PIN_INVALID:
	case CKR_PIN_LEN_RANGE:
		return err_set(e, ERR_TOKEN_PIN, "the PIN of '%s' is wrong", t->uri);
	case CKR_PIN_LOCKED:
		err_set(e, ERR_TOKEN_PIN, "the PIN of '%s' is locked after too many wrong ones", t->uri);
		return err_fix(e, "its security officer unlocks it");
	case CKR_DEVICE_REMOVED:
	case CKR_TOKEN_NOT_PRESENT:
		return err_set(e, ERR_TOKEN, "the token of '%s' was removed", t->uri);
	default:
		return err_set(e, ERR_TOKEN, "cannot %s with '%s': %s", what, t->uri, p11_kit_strerror(rv));
	}
}

/* A secret in a URI would be seen by others; what is shown of it is without its query. */
static int parse(struct token *t, const char *uri, struct err *e)
{
	char *shown = arena_printf(t->a, "%s", uri), *query = strchr(shown, '?');

	if (query)
		*query = '\0';
	t->uri = shown;
	t->parsed = p11_kit_uri_new();
	int code = p11_kit_uri_parse(uri, P11_KIT_URI_FOR_ANY, t->parsed);
	if (code != P11_KIT_URI_OK || p11_kit_uri_any_unrecognized(t->parsed)) {
		err_set(e, ERR_TOKEN_URI, "'%s' is not the URI of a key in a token", t->uri);
		return err_fix(e, "write 'pkcs11:token=TOKEN;object=KEY', '%%20' for a blank (RFC 7512)");
	}
	if (p11_kit_uri_get_pin_value(t->parsed)) {
		err_set(e, ERR_TOKEN_URI, "there is a PIN in the URI of '%s', where others can see it", t->uri);
		return err_fix(e, "write it into a file of mode 0600: pin-source=file:FILE, or let ms ask");
	}
	return MS_OK;
}

static int load_one(struct token *t, const char *path, struct err *e)
{
	CK_FUNCTION_LIST *module = p11_kit_module_load(path, 0);
	CK_RV rv = module ? p11_kit_module_initialize(module) : CKR_GENERAL_ERROR;

	if (rv != CKR_OK) {
		err_set(e, ERR_TOKEN, "'%s' is no PKCS#11 module that can be used: %s", path, module ? p11_kit_strerror(rv) : p11_kit_message());
		if (module)
			p11_kit_module_release(module);
		return e->code;
	}
	t->modules = arena_array(t->a, CK_FUNCTION_LIST *, 2);
	t->modules[0] = module;
	return MS_OK;
}

static int load(struct token *t, struct err *e)
{
	const char *path = p11_kit_uri_get_module_path(t->parsed);

	if (path)
		return load_one(t, path, e);
	t->registered = true;
	t->modules = p11_kit_modules_load_and_initialize(0);
	return t->modules ? MS_OK : err_set(e, ERR_TOKEN, "the system's PKCS#11 modules cannot be loaded: %s", p11_kit_message());
}

/* How many tokens of this module fit; the first is kept. */
static unsigned find_slots(struct token *t, CK_FUNCTION_LIST *module)
{
	CK_SLOT_ID slots[SLOT_MAX];
	CK_ULONG count = SLOT_MAX;
	unsigned found = 0;

	if (module->C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK)
		return 0;
	for (CK_ULONG i = 0; i < count; i++) {
		CK_TOKEN_INFO info;

		if (module->C_GetTokenInfo(slots[i], &info) != CKR_OK || !(info.flags & CKF_TOKEN_INITIALIZED) ||
		    !p11_kit_uri_match_token_info(t->parsed, &info))
			continue;
		if (!t->module) {
			t->module = module;
			t->slot = slots[i];
		}
		found++;
	}
	return found;
}

static int find_token(struct token *t, struct err *e)
{
	unsigned found = 0;

	for (unsigned i = 0; t->modules[i]; i++)
		found += find_slots(t, t->modules[i]);
	if (!found) {
		err_set(e, ERR_NO_TOKEN, "there is no token '%s'", t->uri);
		return err_fix(e, "is it plugged in? Its module is that of module-path=, or one that p11-kit knows");
	}
	if (found > 1) {
		err_set(e, ERR_NO_TOKEN, "%u tokens are meant by '%s'", found, t->uri);
		return err_fix(e, "name one: token=LABEL, or serial=NUMBER");
	}
	CK_RV rv = t->module->C_OpenSession(t->slot, CKF_SERIAL_SESSION, NULL, NULL, &t->session);
	t->has_session = rv == CKR_OK;
	return rv == CKR_OK ? MS_OK : fail(t, "open a session", rv, e);
}

/* pin-source=file:/path, or a person. */
static int get_pin(const struct token *t, struct passphrase *pin, struct err *e)
{
	const char *source = p11_kit_uri_get_pin_source(t->parsed);

	if (!source)
		return passphrase_get(arena_printf(t->a, "PIN of '%s'", t->uri), false, pin, e);
	if (!strncmp(source, "file:", 5))
		return passphrase_read(source + 5 + (strncmp(source + 5, "//", 2) ? 0 : 2), pin, e);
	if (source[0] == '/')
		return passphrase_read(source, pin, e);
	err_set(e, ERR_TOKEN_URI, "'pin-source=%s' is no file", source);
	return err_fix(e, "write pin-source=file:FILE");
}

static int log_in(struct token *t, struct err *e)
{
	struct passphrase pin;

	int rc = get_pin(t, &pin, e);
	if (rc < 0)
		return rc;
	CK_RV rv = t->module->C_Login(t->session, CKU_USER, (CK_UTF8CHAR *)pin.text, pin.size);
	passphrase_forget(&pin);
	return rv == CKR_OK || rv == CKR_USER_ALREADY_LOGGED_IN ? MS_OK : fail(t, "log in", rv, e);
}

/* The one object of this class that the URI means; *count says how many there are. */
static int find_object(const struct token *t, CK_OBJECT_CLASS kind, CK_OBJECT_HANDLE *out, CK_ULONG *count, struct err *e)
{
	CK_ATTRIBUTE wanted[8];
	CK_ULONG size = 0, n_given;
	CK_OBJECT_HANDLE found[2];
	CK_ATTRIBUTE *given = p11_kit_uri_get_attributes(t->parsed, &n_given);

	wanted[size++] = (CK_ATTRIBUTE){ CKA_CLASS, &kind, sizeof(kind) };
	for (CK_ULONG i = 0; i < n_given && size < sizeof(wanted) / sizeof(*wanted); i++)
		if (given[i].type != CKA_CLASS)
			wanted[size++] = given[i];
	CK_RV rv = t->module->C_FindObjectsInit(t->session, wanted, size);
	if (rv == CKR_OK) {
		rv = t->module->C_FindObjects(t->session, found, 2, count);
		t->module->C_FindObjectsFinal(t->session);
	}
	if (rv != CKR_OK)
		return fail(t, "look for a key", rv, e);
	if (*count)
		*out = found[0];
	return MS_OK;
}

static int one_only(const struct token *t, CK_ULONG count, struct err *e)
{
	if (count == 1)
		return MS_OK;
	if (!count)
		return err_set(e, ERR_NO_KEY, "the token has no key '%s'", t->uri);
	err_set(e, ERR_NO_KEY, "several keys are meant by '%s'", t->uri);
	return err_fix(e, "name one: object=LABEL, or id=%%01");
}

/* The point of a key on P-256; any other is refused by name.  Some tokens leave out the octet string around it. */
static int read_public(const struct token *t, CK_OBJECT_HANDLE object, struct key_public *out, struct err *e)
{
	uint8_t parameters[POINT_SIZE_MAX], point[POINT_SIZE_MAX];
	CK_KEY_TYPE type = 0;
	CK_ATTRIBUTE kind = { CKA_KEY_TYPE, &type, sizeof(type) };
	CK_ATTRIBUTE facts[] = { { CKA_EC_PARAMS, parameters, sizeof(parameters) }, { CKA_EC_POINT, point, sizeof(point) } };

	bool is_ec = t->module->C_GetAttributeValue(t->session, object, &kind, 1) == CKR_OK && type == CKK_EC;
	CK_RV rv = is_ec ? t->module->C_GetAttributeValue(t->session, object, facts, 2) : CKR_OK;
	bool is_p256 = is_ec && rv == CKR_OK && bytes_equal((struct bytes){ parameters, facts[0].ulValueLen }, BYTES_OF(p256));

	size_t head = facts[1].ulValueLen == 3 + COSE_POINT_SIZE && point[0] == 0x04 && point[1] == 0x41 ? 2 : 0;
	if (!is_p256 || facts[1].ulValueLen != head + 1 + COSE_POINT_SIZE || point[head] != 0x04) {
		err_set(e, ERR_KEY_FILE, "the key '%s' is of another kind than ECDSA P-256", t->uri);
		return err_fix(e, "make one in the token on the curve secp256r1 (prime256v1)");
	}
	key_public_from_point(out, point + head + 1);
	return MS_OK;
}

static int open_token(struct token *t, const char *uri, struct arena *a, struct err *e)
{
	*t = (struct token){ .a = a };
	int rc = parse(t, uri, e);
	if (rc == MS_OK)
		rc = load(t, e);
	return rc < 0 ? rc : find_token(t, e);
}

/* The public half is an object of its own, of the same name; some tokens show it after login only. */
static int find_public(const struct token *t, bool *there, struct key_public *out, struct err *e)
{
	CK_OBJECT_HANDLE object = 0;
	CK_ULONG count = 0;

	int rc = find_object(t, CKO_PUBLIC_KEY, &object, &count, e);
	*there = rc == MS_OK && count;
	if (*there)
		rc = one_only(t, count, e);
	return rc < 0 || !*there ? rc : read_public(t, object, out, e);
}

int keytoken_public(const char *uri, struct arena *a, struct key_public *out, struct err *e)
{
	struct token t;
	bool there = false;

	int rc = open_token(&t, uri, a, e);
	if (rc == MS_OK)
		rc = find_public(&t, &there, out, e);
	if (rc == MS_OK && !there) {
		rc = log_in(&t, e);
		if (rc == MS_OK)
			rc = find_public(&t, &there, out, e);
		if (rc == MS_OK && !there)
			rc = one_only(&t, 0, e);
	}
	close_token(&t);
	return rc;
}

static int sign(void *context, const uint8_t hash[32], uint8_t signature[COSE_SIGNATURE_SIZE], struct err *e)
{
	struct token *t = context;
	CK_MECHANISM ecdsa = { CKM_ECDSA, NULL, 0 };
	CK_ULONG size = COSE_SIGNATURE_SIZE;

	CK_RV rv = t->module->C_SignInit(t->session, &ecdsa, t->key);
	if (rv == CKR_OK)
		rv = t->module->C_Sign(t->session, (CK_BYTE *)(uintptr_t)hash, 32, signature, &size);
	if (rv != CKR_OK)
		return fail(t, "sign", rv, e);
	return size == COSE_SIGNATURE_SIZE ? MS_OK : err_set(e, ERR_TOKEN, "the token of '%s' gave no signature of P-256", t->uri);
}

static void end(void *context)
{
	close_token(context);
}

int keytoken_open(const char *uri, struct arena *a, struct key **out, struct err *e)
{
	struct token *t = arena_new(a, struct token);
	struct key_public public;
	CK_ULONG count = 0;
	bool there = false;

	int rc = open_token(t, uri, a, e);
	if (rc == MS_OK)
		rc = log_in(t, e);
	if (rc == MS_OK)
		rc = find_object(t, CKO_PRIVATE_KEY, &t->key, &count, e);
	if (rc == MS_OK)
		rc = one_only(t, count, e);
	if (rc == MS_OK)
		rc = find_public(t, &there, &public, e);
	if (rc == MS_OK && !there)
		rc = err_set(e, ERR_NO_KEY, "the token has no public key for '%s'", t->uri);
	if (rc < 0) {
		close_token(t);
		return rc;
	}
	*out = key_elsewhere(&public, sign, end, t, a);
	return MS_OK;
}
