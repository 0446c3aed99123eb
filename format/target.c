/* SPDX-License-Identifier: Apache-2.0 */
#include "target.h"

#include <ms/abi/abi.h>

static const struct bytes name[] = {
#define MS_TARGET(number, tag, text, mpu, doc) [number] = { (const uint8_t *)text, sizeof(text) - 1 },
#include <ms/abi/targets.def>
#undef MS_TARGET
};
enum { NAME_COUNT = sizeof(name) / sizeof(name[0]) };

bool target_known(uint8_t target)
{
	switch (target) {
#define MS_TARGET(number, tag, text, mpu, doc) case number:
#include <ms/abi/targets.def>
#undef MS_TARGET
		return true;
	default:
		return false;
	}
}

const char *target_name(uint8_t target)
{
	return target < NAME_COUNT ? (const char *)name[target].at : NULL;
}

struct bytes target_text(uint8_t target)
{
	return target < NAME_COUNT ? name[target] : name[0];
}

uint8_t target_number(struct bytes wanted)
{
	for (uint8_t i = 0; i < NAME_COUNT; i++) {
		if (name[i].at && bytes_equal(name[i], wanted))
			return i;
	}
	return 0;
}
