/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses as texts: the library's reader beside the host's, which must agree, and what its writer makes must read back the same. */
#include <arpa/inet.h>
#include <string.h>

#include "fuzz.h"

/* sdk/net/inet_text.c, under other names. */
int ms_inet_pton(int family, const char *restrict text, void *restrict to);
const char *ms_inet_ntop(int family, const void *restrict from, char *restrict to, socklen_t size);

static void try(int family, const char *text)
{
	uint8_t ours[16] = { 0 }, theirs[16] = { 0 }, again[16] = { 0 };
	char written[INET6_ADDRSTRLEN];
	int read = ms_inet_pton(family, text, ours);

	must(read == inet_pton(family, text, theirs));
	must(read == 0 || memcmp(ours, theirs, sizeof(ours)) == 0);
	if (read == 0)
		return;
	must(ms_inet_ntop(family, ours, written, sizeof(written)) == written);
	must(ms_inet_pton(family, written, again) == 1 && memcmp(ours, again, sizeof(ours)) == 0);
	must(!ms_inet_ntop(family, ours, written, (socklen_t)strlen(written)));
}

FUZZ(in)
{
	char text[64];
	size_t size = in.size < sizeof(text) ? in.size : sizeof(text) - 1;

	memcpy(text, in.at, size);
	text[size] = '\0';
	try(AF_INET, text);
	try(AF_INET6, text);
}
