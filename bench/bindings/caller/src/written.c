/* SPDX-License-Identifier: Apache-2.0 */
/* What a person writes who calls the service without a binding. */
#include "written_messages.h"

#include <psa/client.h>

#include "psa_manifest/sid.h"

psa_status_t written_nothing(void)
{
	return psa_call(WRITTEN_HANDLE, WRITTEN_NOTHING, NULL, 0, NULL, 0);
}

psa_status_t written_add(int32_t a, int32_t b, int32_t *sum)
{
	struct written_summands summands = { a, b };
	psa_invec in = { &summands, sizeof(summands) };
	psa_outvec out = { sum, sizeof(*sum) };

	return psa_call(WRITTEN_HANDLE, WRITTEN_ADD, &in, 1, &out, 1);
}

psa_status_t written_turn(const struct written_point *from, struct written_point *to)
{
	psa_invec in = { from, sizeof(*from) };
	psa_outvec out = { to, sizeof(*to) };

	return psa_call(WRITTEN_HANDLE, WRITTEN_TURN, &in, 1, &out, 1);
}

psa_status_t written_fold(const uint8_t *data, size_t data_size, uint8_t folded[16])
{
	psa_invec in = { data, data_size };
	psa_outvec out = { folded, 16 };

	return psa_call(WRITTEN_HANDLE, WRITTEN_FOLD, &in, 1, &out, 1);
}

psa_status_t written_count(uint8_t *data, size_t data_size, size_t *data_length)
{
	psa_outvec out = { data, data_size };
	psa_status_t status = psa_call(WRITTEN_HANDLE, WRITTEN_COUNT, NULL, 0, &out, 1);

	if (status >= 0)
		*data_length = out.len;
	return status;
}
