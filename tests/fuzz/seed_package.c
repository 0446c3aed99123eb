/* SPDX-License-Identifier: Apache-2.0 */
#include "package_sample.h"
#include "seeds.h"

void seed_package(void)
{
	reset();
	seed_keep("fuzz_package", "all", written());
	part_count = SAMPLE_ELF + 1;
	seed_keep("fuzz_package", "no-header", written());
	part_count = 1;
	seed_keep("fuzz_package", "manifest", written());
}
