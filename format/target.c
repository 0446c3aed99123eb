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

/* A bit for each target that an executable runs on. */
#define BIT(name) (1u << MS_TARGET_##name)
static const uint8_t runs_on[] = {
	[MS_TARGET_V6M] = 0xfe,
	[MS_TARGET_V7M] = BIT(V7M) | BIT(V7EM) | BIT(V7EM_FP) | BIT(V8M) | BIT(V8M_FP),
	[MS_TARGET_V7EM] = BIT(V7EM) | BIT(V7EM_FP) | BIT(V8M) | BIT(V8M_FP),
	[MS_TARGET_V7EM_FP] = BIT(V7EM_FP),
	[MS_TARGET_V8M_BASE] = BIT(V8M_BASE) | BIT(V8M) | BIT(V8M_FP),
	[MS_TARGET_V8M] = BIT(V8M) | BIT(V8M_FP),
	[MS_TARGET_V8M_FP] = BIT(V8M_FP),
};
#undef BIT

bool target_runs(uint8_t made_for, uint8_t here)
{
	return made_for < sizeof(runs_on) && here < 8 && (runs_on[made_for] >> here & 1);
}

/* From the least of the processor that is used to the most: all of Thumb-2, DSP, the FPU. */
static const uint8_t worst_to_best[] = {
	MS_TARGET_V6M, MS_TARGET_V8M_BASE, MS_TARGET_V7M, MS_TARGET_V7EM, MS_TARGET_V8M, MS_TARGET_V7EM_FP, MS_TARGET_V8M_FP,
};

int target_best(const uint8_t *targets, uint32_t count, uint8_t here)
{
	int best = -1;

	for (size_t rank = 0; rank < sizeof(worst_to_best); rank++)
		for (uint32_t i = 0; i < count; i++)
			if (targets[i] == worst_to_best[rank] && target_runs(targets[i], here))
				best = (int)i;
	return best;
}

bool target_has_fpu(uint8_t target)
{
	return target == MS_TARGET_V7EM_FP || target == MS_TARGET_V8M_FP;
}
