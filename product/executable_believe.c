/* SPDX-License-Identifier: Apache-2.0 */
#include "executable_believe.h"

#include <string.h>

#include "identity.h"

struct verify {
	const char *path;
	const struct believer *by;
	struct arena *a;
	struct executable_report *r;
	struct err *e;
};

static int refuse(const struct verify *v, const char *what, int code, const char *text)
{
	code = code == -MS_EINCOMPATIBLE ? code : -MS_ESIGNATURE;
	find_add(&v->r->findings, what, code, text);
	return err_set(v->e, code, "'%s' is refused: %s", v->path, text);
}

/* Refuse with another's sentence. */
static int refuse_why(const struct verify *v, const char *what, const struct err *why)
{
	return refuse(v, what, why->code, arena_printf(v->a, "%s", why->text));
}

static int check_form(const struct verify *v, struct bytes raw)
{
	struct err why = { 0 };

	if (executable_open(raw, v->path, &v->r->elf, &why) < 0)
		return refuse_why(v, "form", &why);
	return find_add(&v->r->findings, "form", MS_OK, "an executable of a service (docs/formats.md 1)");
}

static int check_signature(const struct verify *v)
{
	struct executable_report *r = v->r;
	struct bytes block = executable_block(&r->elf);
	const uint8_t *kid;

	if (bytes_all(block, 0)) {
		refuse(v, "signature", -MS_ESIGNATURE, "it is not signed");
		return err_fix(v->e, "sign it with 'ms sign %s'", v->path);
	}
	if (cose_check(block, COSE_KIND_IMAGE, &kid) < 0)
		return refuse(v, "signature", -MS_ESIGNATURE, "its signature is not one of an executable");
	memcpy(r->kid, kid, COSE_KID_SIZE);
	const char *text = key_kid_text(kid, v->a);

	r->known = v->by->find(v->by->context, kid, TRUST_DEVELOPER, &r->by);
	if (!r->known && r->by.revoked) {
		find_add(&r->findings, "signature", -MS_ESIGNATURE, r->by.revoked);
		return err_set(v->e, ERR_REVOKED, "'%s' is refused: %s", v->path, r->by.revoked);
	}
	if (!r->known) {
		refuse(v, "signature", -MS_ESIGNATURE, arena_printf(v->a, "it is signed by key %s, which is not trusted here", text));
		return err_fix(v->e, "get the author's public key from a source you believe, then 'ms key trust FILE', or give it with --key");
	}
	if (executable_verify(&r->elf, &r->by.key, v->a) < 0)
		return refuse(v, "signature", -MS_ESIGNATURE, arena_printf(v->a, "the signature by key %s (%s) is wrong: the file was changed",
									    text, r->by.label));
	return find_add(&r->findings, "signature", MS_OK, arena_printf(v->a, "good, by key %s (%s)", text, r->by.label));
}

static int check_notes(const struct verify *v)
{
	struct executable_report *r = v->r;
	struct err why = { 0 };

	int rc = executable_notes_agree(&r->elf, v->path, v->a, &why);
	if (rc == MS_OK)
		rc = executable_meta(&r->elf, v->path, &r->meta, &why);
	if (rc < 0)
		return refuse_why(v, "notes", &why);

	struct bytes vendor = identity_vendor(&r->meta);
	if (r->by.vendor && !bytes_equal(vendor, (struct bytes){ (const uint8_t *)r->by.vendor, strlen(r->by.vendor) }))
		return refuse(v, "notes", -MS_ESIGNATURE, arena_printf(v->a, "its key is trusted for services of '%s' only, not of '%.*s'",
									r->by.vendor, (int)vendor.size, (const char *)vendor.at));
	return find_add(&r->findings, "notes", MS_OK,
			arena_printf(v->a, "%.*s %.*s for %s", (int)r->meta.name.size, (const char *)r->meta.name.at,
				     (int)r->meta.version_text.size, (const char *)r->meta.version_text.at, target_name(r->meta.targets[0])));
}

static int check_image(const struct verify *v, struct bytes raw)
{
	struct err why = { 0 };
	struct bytes image;

	if (executable_image(raw, v->path, v->a, &image, NULL, &why) < 0)
		return refuse_why(v, "image", &why);
	sha256(image, v->r->image_sha256);
	return find_add(&v->r->findings, "image", MS_OK, arena_printf(v->a, "%zu bytes", image.size));
}

int executable_believe(struct bytes raw, const char *path, const struct believer *by, struct arena *a,
		       struct executable_report *out, struct err *e)
{
	struct verify v = { path, by, a, out, e };

	memset(out, 0, sizeof(*out));
	int rc = check_form(&v, raw);
	if (rc == MS_OK)
		rc = check_signature(&v);
	if (rc == MS_OK)
		rc = check_notes(&v);
	if (rc == MS_OK)
		rc = check_image(&v, raw);
	return rc;
}
