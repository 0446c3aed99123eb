/* SPDX-License-Identifier: Apache-2.0 */
#include "world_name.h"

#include <string.h>

enum { CPE_FIELDS = 11 };

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

/* Lower case; all punctuation but '.', '_' and '-' is escaped. */
static void cpe_field(struct text *t, struct arena *a, struct bytes field)
{
	text_add(t, a, ":");
	for (size_t i = 0; i < field.size; i++) {
		char c = (char)field.at[i];
		bool plain = is_upper(c) || is_lower(c) || is_digit(c) || is_one_of(c, "._-");

		text_add(t, a, "%s%c", plain ? "" : "\\", is_upper(c) ? c - 'A' + 'a' : c);
	}
	if (!field.size)
		text_add(t, a, "*");
}

char *cpe_of(struct bytes vendor, struct bytes name, struct bytes version, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "cpe:2.3:a");
	cpe_field(&t, a, vendor);
	cpe_field(&t, a, name);
	cpe_field(&t, a, version);
	text_add(&t, a, ":*:*:*:*:*:*:*");
	return t.at;
}

static bool purl_plain(char c)
{
	return is_lower(c) || is_upper(c) || is_digit(c) || is_one_of(c, ".-_~:");
}

static void purl_part(struct text *t, struct arena *a, const char *before, struct bytes part)
{
	text_add(t, a, "%s", part.size ? before : "");
	for (size_t i = 0; i < part.size; i++)
		text_add(t, a, purl_plain((char)part.at[i]) ? "%c" : "%%%02X", part.at[i]);
}

char *purl_of(struct bytes vendor, struct bytes name, struct bytes version, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "pkg:generic");
	purl_part(&t, a, "/", vendor);
	purl_part(&t, a, "/", name);
	purl_part(&t, a, "@", version);
	return t.at;
}

/* One field; the cursor moves to the colon or the end behind it.  Wildcards stand alone or at the ends. */
static bool take_cpe_field(const char **at)
{
	const char *p = *at, *start;

	if (*p == '-' && (p[1] == ':' || p[1] == '\0')) {
		*at = p + 1;
		return true;
	}
	p += strspn(p, "*?");
	for (start = p; *p && *p != ':' && !is_one_of(*p, "*?"); p++) {
		if (*p == '\\') {
			p++;
			if (*p <= ' ' || *p > '~' || is_lower(*p) || is_upper(*p) || is_digit(*p) || is_one_of(*p, "._-"))
				return false;
		} else if (!is_lower(*p) && !is_upper(*p) && !is_digit(*p) && !is_one_of(*p, "._-")) {
			return false;
		}
	}
	if (p == start && p == *at)
		return false;
	if (p > start)
		p += strspn(p, "*?");
	*at = p;
	return *p == ':' || *p == '\0';
}

bool cpe_valid(const char *text)
{
	static const char prefix[] = "cpe:2.3:";
	const char *at = text + sizeof(prefix) - 1;

	if (strncmp(text, prefix, sizeof(prefix) - 1) || !is_one_of(*at, "aho*-") || at[1] != ':')
		return false;
	for (int i = 0; i < CPE_FIELDS; i++) {
		if (!take_cpe_field(&at))
			return false;
		if (i < CPE_FIELDS - 1 && *at++ != ':')
			return false;
	}
	return *at == '\0';
}

/* Characters as they may stand between separators; the cursor moves behind them.  At least one. */
static bool take_encoded(const char **at)
{
	static const char hex[] = "0123456789ABCDEF";
	const char *p = *at;

	for (; purl_plain(*p) || *p == '%'; p++)
		if (*p == '%' && (!is_one_of(*++p, hex) || !is_one_of(*++p, hex)))
			return false;
	if (p == *at)
		return false;
	*at = p;
	return true;
}

/* "a/b/c" without empty segments. */
static bool take_path(const char **at, uint32_t *segments)
{
	for (*segments = 0; ; (*at)++) {
		if (!take_encoded(at))
			return false;
		++*segments;
		if (**at != '/')
			return true;
	}
}

/* "key=value&key=value": keys lower case and ascending, no empty value. */
static bool take_qualifiers(const char **at)
{
	const char *before = "";
	size_t before_size = 0;

	for (;; (*at)++) {
		const char *key = *at;
		size_t size = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789.-_");
		size_t common = size < before_size ? size : before_size;
		int order = strncmp(before, key, common);

		if (!is_lower(*key) || key[size] != '=' || order > 0 || (order == 0 && size <= before_size))
			return false;
		*at = key + size + 1;
		while (take_encoded(at) || is_one_of(**at, "/,"))
			*at += is_one_of(**at, "/,");
		if (*at == key + size + 1)
			return false;
		before = key;
		before_size = size;
		if (**at != '&')
			return true;
	}
}

static bool subpath_ok(const char *text)
{
	for (const char *p = text; *p; p += strcspn(p, "/"), p += *p == '/') {
		size_t size = strcspn(p, "/");

		if ((size == 1 && *p == '.') || (size == 2 && !strncmp(p, "..", 2)))
			return false;
	}
	return true;
}

bool purl_valid(const char *text)
{
	static const char scheme[] = "pkg:";
	const char *at = text + sizeof(scheme) - 1;
	uint32_t segments;

	if (strncmp(text, scheme, sizeof(scheme) - 1) || !is_lower(*at))
		return false;
	at += strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789.-");
	if (*at++ != '/' || !take_path(&at, &segments))
		return false;
	if (*at == '@' && (at++, !take_encoded(&at)))
		return false;
	if (*at == '?' && (at++, !take_qualifiers(&at)))
		return false;
	if (*at == '#') {
		const char *subpath = ++at;

		if (!take_path(&at, &segments) || !subpath_ok(subpath))
			return false;
	}
	return *at == '\0';
}
