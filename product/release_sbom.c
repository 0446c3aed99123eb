/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The product's bill of materials: each service with what its own bill says of it, the runtime, and what depends on what.  Of a package that
 * has files for several targets only those of the one that is in the device are told.
 */
#include "release.h"

#include <string.h>

#include "identity.h"
#include "key.h"
#include "sbom.h"
#include "sbom_parts.h"
#include "spdx.h"
#include "target.h"
#include "world_name.h"

#define PRODUCT_REF "product"
#define RUNTIME_REF "runtime"
#define VERIFIER_REF "runtime/mbedtls"

static struct bytes bytes_of(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

const char *release_hex(const uint8_t *at, size_t size, struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < size; i++)
		text_add(&t, a, "%02x", at[i]);
	return t.at;
}

const char *release_sha256(struct bytes content, struct arena *a)
{
	uint8_t hash[32];

	sha256(content, hash);
	return release_hex(hash, sizeof(hash), a);
}

static bool has_word(const char *words, const char *word)
{
	size_t size = strlen(word);

	for (const char *at = words; (at = strstr(at, word)); at += size)
		if ((at == words || at[-1] == ' ') && (!at[size] || at[size] == ' '))
			return true;
	return false;
}

/* "v7m/libms.a" of a service of which "v7em" is in the device. */
static bool of_other_target(const char *name, uint8_t target)
{
	size_t size = strcspn(name, "/");

	uint8_t of = name[size] ? target_number((struct bytes){ (const uint8_t *)name, size }) : 0;

	return of && of != target;
}

/* Of a file that is not in all of a package's executables: is it in none but others? */
static bool only_elsewhere(const json_t *file, uint8_t target)
{
	const json_t *property;
	size_t i;

	json_array_foreach(json_object_get(file, "properties"), i, property) {
		const char *name = json_string_value(json_object_get(property, "name")), *value = json_string_value(json_object_get(property, "value"));

		if (name && value && !strcmp(name, SBOM_TARGETS))
			return !has_word(value, target_name(target));
	}
	return false;
}

/* References are the service's own: two services may use one library. */
static void prefix(json_t *object, const char *key, const char *service, struct arena *a)
{
	const char *text = json_string_value(json_object_get(object, key));

	if (text)
		json_object_set_new(object, key, json_string(arena_printf(a, "%s/%s", service, text)));
}

static void adopt_all(json_t *components, const struct release_service *s, struct arena *a)
{
	for (size_t i = json_array_size(components); i-- > 0; ) {
		json_t *c = json_array_get(components, i);
		const char *type = json_string_value(json_object_get(c, "type"));

		if (type && !strcmp(type, "file") && (of_other_target(json_string_value(json_object_get(c, "name")), s->target) || only_elsewhere(c, s->target))) {
			json_array_remove(components, i);
			continue;
		}
		prefix(c, "bom-ref", s->device->name, a);
		adopt_all(json_object_get(c, "components"), s, a);
	}
}

/* A service as a component: what its bill says of itself, with its libraries inside and the hash of the image that lies in flash. */
static json_t *service_component(const struct release_service *s, json_t *bill, struct arena *a)
{
	json_t *own = json_object_get(json_object_get(bill, "metadata"), "component"), *inside = json_object_get(own, "components");
	json_t *parts = inside ? inside : json_array();
	uint8_t hash[32];

	json_incref(own);
	if (inside)
		json_incref(inside);
	json_array_extend(parts, json_object_get(bill, "components"));
	adopt_all(parts, s, a);
	json_object_set_new(own, "components", parts);
	json_object_set_new(own, "bom-ref", json_string(s->device->name));
	sha256(device_service_image(s->device), hash);
	json_object_set_new(own, "hashes", sbom_hashes(hash));
	if (release_linked(s->device, a))
		json_object_set_new(own, "description", json_string(release_linked(s->device, a)));
	return own;
}

/* Its dependencies with their new names; its own name was "service". */
static void add_dependencies(json_t *all, const struct release_service *s, json_t *bill, struct arena *a)
{
	json_t *list = json_object_get(bill, "dependencies"), *one, *ref;
	const char *root = json_string_value(json_object_get(json_object_get(json_object_get(bill, "metadata"), "component"), "bom-ref"));
	size_t i, k;

	json_array_foreach(list, i, one) {
		const char *name = json_string_value(json_object_get(one, "ref"));
		json_t *on = json_array();

		json_array_foreach(json_object_get(one, "dependsOn"), k, ref)
			json_array_append_new(on, json_string(arena_printf(a, "%s/%s", s->device->name, json_string_value(ref))));
		json_array_append_new(all, json_pack("{s:s, s:o}", "ref", !strcmp(name, root) ? s->device->name : arena_printf(a, "%s/%s", s->device->name, name),
						     "dependsOn", on));
	}
}

static json_t *runtime_component(const struct release *r, struct arena *a)
{
	struct bytes sdk = bytes_of("microservice-sdk"), version = bytes_of(r->sdk_version), mbedtls = bytes_of(r->mbedtls_version);
	json_t *verifier = json_pack("{s:s, s:s, s:s, s:s, s:{s:s}, s:[{s:s}], s:o, s:s}", "type", "library", "bom-ref", VERIFIER_REF, "name", "mbedtls", "version",
				     r->mbedtls_version, "supplier", "name", "TrustedFirmware.org", "licenses", "expression", "Apache-2.0 OR GPL-2.0-or-later", "cpe",
				     json_string(cpe_of(bytes_of("arm"), bytes_of("mbed_tls"), mbedtls, a)), "purl", arena_printf(a, "pkg:github/Mbed-TLS/mbedtls@v%s", r->mbedtls_version));
	uint8_t hash[32];

	sha256(r->device->runtime, hash);
	return json_pack("{s:s, s:s, s:s, s:s, s:{s:s}, s:[{s:s}], s:s, s:s, s:o, s:[o]}", "type", "platform", "bom-ref", RUNTIME_REF, "name",
			 "microservice-runtime", "version", r->sdk_version, "supplier", "name", "Microservice SDK", "licenses", "expression", "Apache-2.0",
			 "cpe", cpe_of(sdk, bytes_of("microservice-runtime"), version, a), "purl", purl_of(sdk, bytes_of("microservice-runtime"), version, a),
			 "hashes", sbom_hashes(hash), "components", verifier);
}

const char *release_cpe(const struct product *p, struct arena *a)
{
	return cpe_of(bytes_of(p->vendor), bytes_of(p->name), bytes_of(p->version_text), a);
}

const char *release_purl(const struct product *p, struct arena *a)
{
	return purl_of(bytes_of(p->vendor), bytes_of(p->name), bytes_of(p->version_text), a);
}

static json_t *product_component(const struct release *r, struct arena *a)
{
	uint8_t hash[32];

	sha256(r->flash, hash);
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "type", "firmware", "bom-ref", PRODUCT_REF, "group", r->product->vendor, "name",
			 r->product->name, "version", r->product->version_text, "cpe", release_cpe(r->product, a), "purl", release_purl(r->product, a),
			 "hashes", sbom_hashes(hash));
}

static json_t *metadata(const struct release *r, struct arena *a)
{
	json_t *m = json_pack("{s:[{s:s}], s:{s:[{s:s, s:s, s:s}]}, s:o}", "lifecycles", "phase", "build", "tools", "components", "type", "application", "name", "ms",
			      "version", r->sdk_version, "component", product_component(r, a));

	if (r->epoch)
		json_object_set_new(m, "timestamp", json_string(sbom_time(r->epoch, a)));
	return m;
}

int release_cyclonedx(const struct release *r, struct arena *a, struct bytes *out, struct err *e)
{
	json_t *components = json_array(), *all = json_array(), *of_product = json_array();
	uint8_t vendor[UUID_SIZE];

	json_array_append_new(all, json_pack("{s:s, s:o}", "ref", PRODUCT_REF, "dependsOn", of_product));
	for (uint32_t i = 0; i < r->device->service_count; i++) {
		const struct release_service *s = &r->services[i];
		json_t *bill = json_loadb((const char *)s->sbom.at, s->sbom.size, 0, NULL);

		json_array_append_new(of_product, json_string(s->device->name));
		add_dependencies(all, s, bill, a);
		json_array_append_new(components, service_component(s, bill, a));
		json_decref(bill);
	}
	json_array_append_new(of_product, json_string(RUNTIME_REF));
	json_array_append_new(all, json_pack("{s:s, s:[s]}", "ref", RUNTIME_REF, "dependsOn", VERIFIER_REF));
	json_array_append_new(all, json_pack("{s:s, s:[]}", "ref", VERIFIER_REF, "dependsOn"));
	json_array_append_new(components, runtime_component(r, a));
	json_t *doc = json_pack("{s:s, s:s, s:i, s:o, s:o, s:o, s:[{s:s, s:[s], s:[s]}]}", "bomFormat", "CycloneDX", "specVersion", "1.6", "version", 1, "metadata",
				metadata(r, a), "components", components, "dependencies", all, "compositions", "aggregate", "complete", "assemblies", PRODUCT_REF,
				"dependencies", PRODUCT_REF);

	uuid_of_vendor(bytes_of(r->product->vendor), vendor);
	sbom_number(doc, vendor, a);
	*out = sbom_text(doc, a);
	json_decref(doc);
	return sbom_check(*out, "the SBOM of the product", a, NULL, e);
}

int release_spdx(const struct release *r, struct bytes cyclonedx, struct arena *a, struct bytes *out, struct err *e)
{
	return spdx_make(cyclonedx, arena_printf(a, "%s-%s", r->product->name, r->product->version_text), r->epoch, r->sdk_version, a, out, e);
}
