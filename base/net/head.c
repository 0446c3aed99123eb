/* SPDX-License-Identifier: Apache-2.0 */
#include "head.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

enum { BLANKS_MAX = 64 };

static const char broken_line[] = "a line of the request's head does not end with CR and LF, or has a NUL";

struct walk {
	const char *fault;
	const char *end;		/* of the value before, or of the first line */
	unsigned hosts;
};

static bool is_token(const char *name, size_t size)
{
	return size && strspn(name, LETTERS "!#$%&'*+-.^_`|~") == size;
}

static bool is_text(const char *value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (((unsigned char)value[i] < ' ' && value[i] != '\t') || value[i] == 0x7f)
			return false;
	return true;
}

static bool is_host(const char *value)
{
	return *value && strlen(value) <= 255 && !value[strspn(value, LETTERS "-._:[]")];
}

/*
 * Until 1.0 the library leaves lines where they came, with NUL for what ends name, value and line, so where they lie tells what was sent.
 * A folded line it adds to the name, which then lies elsewhere, before its value no more.
 */
static bool is_behind_its_name(const char *name, size_t size, const char *value)
{
	uintptr_t from = (uintptr_t)name + size + 1, to = (uintptr_t)value;

	if (to < from || to - from > BLANKS_MAX)
		return false;
	return strspn(name + size + 1, " \t") == to - from;
}

/* CR and LF are two bytes, LF alone is one; and what lies behind a NUL in a line makes it longer. */
static const char *look_at_place(struct walk *w, const char *name, size_t name_size, const char *value, size_t value_size)
{
	if (MHD_VERSION >= 0x01000000)
		return NULL;
	if (!is_behind_its_name(name, name_size, value))
		return "a line of the request's head is folded";
	if ((uintptr_t)name != (uintptr_t)w->end + 2)
		return broken_line;
	w->end = value + value_size;
	return NULL;
}

static enum MHD_Result look(void *context, enum MHD_ValueKind kind, const char *name, size_t name_size, const char *value, size_t value_size)
{
	struct walk *w = context;

	(void)kind;
	value = value ? value : "";
	w->hosts += !strcasecmp(name, MHD_HTTP_HEADER_HOST);
	if (!is_token(name, name_size))
		w->fault = "a line of the request's head has a name that is none";
	else if (!is_text(value, value_size))
		w->fault = "a line of the request's head has control characters";
	else if (!strcasecmp(name, MHD_HTTP_HEADER_HOST) && !is_host(value))
		w->fault = "Host is the name of no computer";
	else
		w->fault = look_at_place(w, name, name_size, value, value_size);
	return w->fault ? MHD_NO : MHD_YES;
}

/* Behind the last line is an empty one.  What a line lacks cannot be seen where nothing is behind it yet, but the library says how many bytes it took. */
static const char *look_at_end(const struct walk *w, struct MHD_Connection *c, const char *method)
{
	const union MHD_ConnectionInfo *head = MHD_get_connection_info(c, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

	if (MHD_VERSION >= 0x01000000)
		return NULL;
	return head && (uintptr_t)w->end + 4 == (uintptr_t)method + head->header_size ? NULL : broken_line;
}

const char *head_fault(struct MHD_Connection *c, const char *method, const char *version)
{
	struct walk w = { .end = version + strlen(version) };

	MHD_get_connection_values_n(c, MHD_HEADER_KIND, look, &w);
	if (!w.fault && w.hosts > 1)
		return "Host is said twice";
	return w.fault ? w.fault : look_at_end(&w, c, method);
}

size_t head_unescape(void *unused, struct MHD_Connection *c, char *text)
{
	char *to = text;
	unsigned byte;
	int used;

	(void)unused, (void)c;
	for (const char *from = text; *from; from++) {
		used = 0;
		bool taken = *from == '%' && strspn(from + 1, "0123456789abcdefABCDEF") >= 2 && sscanf(from + 1, "%2x%n", &byte, &used) == 1 && byte;

		*to++ = taken ? (char)byte : *from;
		from += taken ? 2 : 0;
	}
	*to = '\0';
	return (size_t)(to - text);
}

bool head_host_is_here(const char *host)
{
	char name[sizeof("[0000:0000:0000:0000:0000:0000:0000:0000]")];
	struct in_addr v4;

	if (!host)
		return false;
	size_t size = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":");
	if (size >= sizeof(name) || size > strlen(host) || (host[size] && host[size] != ':'))
		return false;
	snprintf(name, sizeof(name), "%.*s", (int)size, host);
	return !strcasecmp(name, "localhost") || !strcmp(name, "[::1]") || (inet_pton(AF_INET, name, &v4) == 1 && ntohl(v4.s_addr) >> 24 == IN_LOOPBACKNET);
}

bool head_is_of_page(struct MHD_Connection *c)
{
	return MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Origin") || MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Sec-Fetch-Site");
}
