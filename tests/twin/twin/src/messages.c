/* SPDX-License-Identifier: Apache-2.0 */
#include "twin.h"

#include <string.h>

#include <ms/psa.h>
#include <psa_manifest/sid.h>

#include "acts.h"

static uint8_t bytes[64], back[64];

static void told_by(const char *what, psa_handle_t h, const psa_invec *in, size_t inputs, size_t more)
{
	struct told told;
	psa_outvec out[4] = { { &told, sizeof(told) }, { back, 1 }, { back, 2 }, { back, 3 } };

	memset(&told, 0, sizeof(told));
	psa_status_t status = psa_call(h, ACT_TELL, in, inputs, out, 1 + more);

	SAY("%s: %d, type %d, rhandle %u, in %u %u %u %u", what, (int)status, (int)told.type, (unsigned)told.rhandle,
	    (unsigned)told.in_size[0], (unsigned)told.in_size[1], (unsigned)told.in_size[2], (unsigned)told.in_size[3]);
	SAY("%s: out %u %u %u %u, written %u %u", what, (unsigned)told.out_size[0], (unsigned)told.out_size[1],
	    (unsigned)told.out_size[2], (unsigned)told.out_size[3], (unsigned)out[0].len, (unsigned)out[1].len);
}

static void vectors(psa_handle_t h)
{
	psa_invec in[3] = { { bytes, 1 }, { bytes + 1, 0 }, { bytes + 2, 3 } };

	told_by("none", h, NULL, 0, 0);
	told_by("one in", h, in, 1, 0);
	told_by("three in", h, in, 3, 0);
	told_by("four out", h, NULL, 0, 3);
	told_by("two and two", h, in, 2, 1);
	static const size_t sizes[] = { 0, 1, 3, 4, 63, 64 };

	for (unsigned i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		psa_invec part = { bytes, sizes[i] };
		psa_outvec out = { back, 32 };

		for (unsigned k = 0; k < sizeof(bytes); k++)
			bytes[k] = (uint8_t)(k + i);
		memset(back, 0, sizeof(back));
		psa_status_t status = psa_call(h, ACT_ECHO, &part, 1, &out, 1);

		SAY("echo %u: %d, %u back, %s", (unsigned)sizes[i], (int)status, (unsigned)out.len, memcmp(back, bytes, out.len) ? "other" : "the same");
		SAY("skip %u: %d", (unsigned)sizes[i], (int)psa_call(h, ACT_SKIP, &part, 1, NULL, 0));
	}
}

static void deadline(const char *what, psa_handle_t h, int32_t type, uint64_t until)
{
	psa_status_t status = 99;
	int rc = ms_psa_call(h, type, NULL, 0, NULL, 0, until, &status);

	SAY("%s: %d %d", what, rc, (int)status);
}

static void deadlines(psa_handle_t h)
{
	deadline("past", h, ACT_OTHER, 0);
	deadline("short", h, ACT_SLOW, ms_clock() + 5 * MSEC);
	deadline("after it", h, ACT_OTHER, MS_FOREVER);
	deadline("long", h, ACT_SLOW, ms_clock() + 50 * MSEC);
}

static void types(psa_handle_t h)
{
	static const int32_t type[] = { 0, 8, 99, 32767 };

	for (unsigned i = 0; i < sizeof(type) / sizeof(*type); i++)
		SAY("type %d: %d, stateless %d", (int)type[i], (int)psa_call(h, type[i], NULL, 0, NULL, 0), (int)psa_call(BRIEF_HANDLE, type[i], NULL, 0, NULL, 0));
}

/* How many connections a client gets, and that each that is closed can be had again. */
static void connections(void)
{
	psa_handle_t h[40];
	unsigned count = 0;

	while (count < 40 && (h[count] = psa_connect(PEER_SID, 2)) > 0)
		count++;
	SAY("the next connection: %d", count < 40 ? (int)h[count] : 0);
	psa_close(h[0]);
	h[0] = psa_connect(PEER_SID, 2);
	SAY("one closed, one more: %d", h[0] > 0);
	while (count)
		psa_close(h[--count]);
}

static void a_server_that_dies(void)
{
	psa_handle_t h = psa_connect(PEER_SID, 2), other = psa_connect(PEER_SID, 2);

	SAY("it dies: %d", (int)psa_call(h, ACT_DIE, NULL, 0, NULL, 0));
	SAY("the connection after it: %d, another: %d", (int)psa_call(h, ACT_OTHER, NULL, 0, NULL, 0), (int)psa_call(other, ACT_OTHER, NULL, 0, NULL, 0));
	psa_close(h);
	psa_close(other);
	h = psa_connect(PEER_SID, 2);
	SAY("a new one: %d, %d", h > 0, (int)psa_call(h, ACT_OTHER, NULL, 0, NULL, 0));
	psa_close(h);
}

void messages(void)
{
	psa_handle_t h = psa_connect(PEER_SID, 2);

	SAY("connected: %d, framework %x", h > 0, (unsigned)psa_framework_version());
	vectors(h);
	deadlines(h);
	types(h);
	SAY("remembered: %d", (int)psa_call(h, ACT_REMEMBER, NULL, 0, NULL, 0));
	told_by("after it", h, NULL, 0, 0);
	psa_close(h);
	psa_close(PSA_NULL_HANDLE);
	connections();
	a_server_that_dies();
}
