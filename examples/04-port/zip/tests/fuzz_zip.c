/* SPDX-License-Identifier: Apache-2.0 */
/* Messages that no client of ours sends: whatever the bytes, the service answers and lives on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>
#include <psa/client.h>

#include "psa_manifest/sid.h"

enum { HEAD = 4, TYPES = 5, ROOM = 300 };

/* The head says which message, how many inputs and outputs, and where the first of each ends. */
int fuzz(const uint8_t *data, size_t size)
{
	static uint8_t input[4096], output[2][ROOM];

	if (size < HEAD || size - HEAD > sizeof(input))
		return 0;
	size -= HEAD;
	size_t first = size < data[2] ? size : data[2];
	struct sim_vector in[] = { { input, first }, { input + first, size - first } };
	struct sim_vector out[] = { { output[0], data[3] }, { output[1], ROOM - data[3] } };
	struct sim *sim = sim_open();

	for (size_t i = 0; i < size; i++)
		input[i] = data[HEAD + i];
	sim_start(sim, "zip");
	sim_call_vectors(sim, "client", (int32_t)(ZIP_HANDLE & ~0xffu), data[0] % TYPES, in, data[1] % 3, out, data[1] / 3 % 3);
	assert_int_equal(sim_run_count(sim, "zip"), 1);
	sim_close(sim);
	return 0;
}
