/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "bound.h"

psa_status_t bound_nothing(void)
{
	return PSA_SUCCESS;
}

psa_status_t bound_add(int32_t a, int32_t b, int32_t *sum)
{
	*sum = a + b;
	return PSA_SUCCESS;
}

psa_status_t bound_turn(const struct bound_point *from, struct bound_point *to)
{
	*to = (struct bound_point){ from->y, from->z, from->x };
	return PSA_SUCCESS;
}

psa_status_t bound_fold(const uint8_t *data, size_t data_size, uint8_t folded[16])
{
	memset(folded, 0, 16);
	for (size_t i = 0; i < data_size; i++)
		folded[i % 16] ^= data[i];
	return PSA_SUCCESS;
}

psa_status_t bound_count(uint8_t *data, size_t data_size, size_t *data_length)
{
	for (size_t i = 0; i < data_size; i++)
		data[i] = (uint8_t)i;
	*data_length = data_size;
	return PSA_SUCCESS;
}
