/* SPDX-License-Identifier: Apache-2.0 */
#include "identity.h"

#include <string.h>

#include "name.h"
#include "uuid.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A decimal number without leading zeros, followed by `end`; the cursor moves behind that. */
static bool take_number(const char **at, uint32_t max, char end, uint32_t *out)
{
	const char *p = *at;
	uint64_t v = 0;

	if (!is_digit(*p) || (*p == '0' && is_digit(p[1])))
		return false;
	while (is_digit(*p) && v <= max)
		v = 10 * v + (uint64_t)(*p++ - '0');
	if (v > max || *p != end)
		return false;

	*at = p + (end != '\0');
	*out = (uint32_t)v;
	return true;
}

int identity_version(const char *text, struct table_version *out, struct err *e)
{
	const char *at = text;
	bool has_build = strchr(text, '+');
	uint32_t major = 0, minor = 0, patch = 0, build = 0;

	bool ok = take_number(&at, UINT8_MAX, '.', &major) &&
		  take_number(&at, UINT8_MAX, '.', &minor) &&
		  take_number(&at, UINT16_MAX, has_build ? '+' : '\0', &patch) &&
		  (!has_build || take_number(&at, UINT32_MAX, '\0', &build));
	if (!ok) {
		err_set(e, ERR_VERSION, "'%.80s' is not a version", text);
		return err_fix(e, "write MAJOR.MINOR.PATCH or MAJOR.MINOR.PATCH+BUILD, "
			       "numbers of at most 255, 255, 65535 and 4294967295");
	}
	*out = (struct table_version){ (uint8_t)major, (uint8_t)minor, (uint16_t)patch, build };
	return MS_OK;
}

int identity_check_version(const char *text, struct err *e)
{
	struct table_version v;

	return identity_version(text, &v, e);
}

int identity_set(struct manifest *m, const char *vendor, const char *name, const char *version,
		 struct arena *a, struct err *e)
{
	uint8_t *uuid = arena_take(a, 2 * UUID_SIZE);
	struct table_version v;

	int rc = name_check_vendor(vendor, e);
	if (rc < 0)
		return rc;
	rc = name_check(name, e);
	if (rc < 0)
		return rc;
	rc = identity_version(version, &v, e);
	if (rc < 0)
		return rc;

	struct bytes vendor_bytes = { (const uint8_t *)vendor, strlen(vendor) };
	uuid_of_vendor(vendor_bytes, uuid);
	uuid_v5(uuid, (struct bytes){ (const uint8_t *)name, strlen(name) }, uuid + UUID_SIZE);

	const char *full = arena_printf(a, "%s/%s", vendor, name);
	m->name = (struct bytes){ (const uint8_t *)full, strlen(full) };
	m->version = v;
	m->version_text = arena_copy(a, (struct bytes){ (const uint8_t *)version, strlen(version) });
	m->vendor = uuid;
	m->component = uuid + UUID_SIZE;
	m->abi_major = MS_ABI_MAJOR;
	m->abi_minor = MS_ABI_MINOR;
	return MS_OK;
}

struct bytes identity_vendor(const struct manifest *m)
{
	const uint8_t *slash = m->name.size ? memchr(m->name.at, '/', m->name.size) : NULL;

	return bytes_part(m->name, 0, slash ? (size_t)(slash - m->name.at) : 0);
}

struct bytes identity_name(const struct manifest *m)
{
	const uint8_t *slash = m->name.size ? memchr(m->name.at, '/', m->name.size) : NULL;

	return bytes_part(m->name, slash ? (size_t)(slash - m->name.at) + 1 : m->name.size, m->name.size);
}

bool identity_consistent(const struct manifest *m, struct arena *a)
{
	struct manifest again = { 0 };
	struct err ignored = { 0 };

	if (memchr(m->name.at, '\0', m->name.size) || memchr(m->version_text.at, '\0', m->version_text.size))
		return false;
	if (identity_set(&again, arena_string(a, identity_vendor(m)), arena_string(a, identity_name(m)),
			 arena_string(a, m->version_text), a, &ignored) < 0)
		return false;
	return m->version.major == again.version.major && m->version.minor == again.version.minor &&
	       m->version.patch == again.version.patch && m->version.build == again.version.build &&
	       !memcmp(m->vendor, again.vendor, UUID_SIZE) && !memcmp(m->component, again.component, UUID_SIZE);
}
