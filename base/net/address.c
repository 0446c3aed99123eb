/* SPDX-License-Identifier: Apache-2.0 */
#include "address.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <curl/curl.h>
#include <string.h>

/* Without what could be a password: not even the one who wrote it wants it on a screen or in a log. */
static int refuse(const char *url, struct arena *a, struct err *e)
{
	const char *at = strrchr(url, '@'), *host = strstr(url, "://");
	const char *shown = at ? arena_printf(a, "%.*s...%s", host && host < at ? (int)(host + 3 - url) : 0, url, at) : url;

	err_set(e, ERR_STORE_URL, "'%.*s' is no address of a store", (int)strcspn(shown, "?#"), shown);
	return err_fix(e, "write https://HOST, with :PORT or /PATH behind it if it has them; without a name, a password or a question mark in it");
}

static bool is_here(const char *host)
{
	struct in_addr v4;

	return !strcmp(host, "localhost") || !strcmp(host, "[::1]") || (inet_pton(AF_INET, host, &v4) == 1 && ntohl(v4.s_addr) >> 24 == IN_LOOPBACKNET);
}

static bool is_plain(const char *url)
{
	for (const char *at = url; *at; at++)
		if ((unsigned char)*at <= ' ' || (unsigned char)*at >= 127)
			return false;
	return (!strncmp(url, "https://", 8) || !strncmp(url, "http://", 7)) && !strstr(url, ":///") && strlen(url) <= ADDRESS_MAX && !strpbrk(url, "?#@\\ \"'<>");
}

/* Small letters, without the dot of the root; "[0:0::1]" as "[::1]". */
static const char *plain_host(const char *host, struct arena *a)
{
	char *plain = arena_printf(a, "%s", host), shortest[INET6_ADDRSTRLEN];
	size_t size = strlen(plain);
	struct in6_addr v6;

	for (char *at = plain; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	if (size && plain[size - 1] == '.')
		plain[--size] = '\0';
	if (*plain != '[')
		return plain;
	plain[size - 1] = '\0';
	bool good = inet_pton(AF_INET6, plain + 1, &v6) == 1 && inet_ntop(AF_INET6, &v6, shortest, sizeof(shortest));
	return arena_printf(a, "[%s]", good ? shortest : plain + 1);
}

/* A part, into the arena; "" where there is none. */
static const char *part(CURLU *url, CURLUPart which, unsigned flags, struct arena *a)
{
	char *value = NULL;
	const char *copy = curl_url_get(url, which, &value, flags) ? "" : arena_printf(a, "%s", value);

	curl_free(value);
	return copy;
}

static void take(CURLU *url, struct arena *a, struct address *out)
{
	const char *path = part(url, CURLUPART_PATH, 0, a), *port = part(url, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT, a), *scheme = part(url, CURLUPART_SCHEME, 0, a);
	size_t size = strlen(path);

	while (size && path[size - 1] == '/')
		size--;
	out->host = plain_host(part(url, CURLUPART_HOST, 0, a), a);
	out->port = arena_printf(a, "%s%s", *port ? ":" : "", port);
	out->secure = !strcmp(scheme, "https");
	out->here = is_here(out->host);
	out->text = arena_printf(a, "%s://%s%s%.*s", scheme, out->host, out->port, (int)size, path);
}

int address_read(const char *url, struct arena *a, struct address *out, struct err *e)
{
	CURLU *parts = is_plain(url) ? curl_url() : NULL;
	struct address found = { 0 };

	bool good = parts && !curl_url_set(parts, CURLUPART_URL, url, 0) && !*part(parts, CURLUPART_USER, 0, a);
	if (good)
		take(parts, a, &found);
	curl_url_cleanup(parts);
	if (!good || !*found.host)
		return refuse(url, a, e);
	*out = found;
	return MS_OK;
}
