/* SPDX-License-Identifier: Apache-2.0 */
#include "seeds.h"
#include "table_sample.h"

void seed_table(void)
{
	static struct sample s;

	sample_init(&s);
	seed_keep_behind(MPU_V7, "fuzz_table", "two", encoded(&s));
	s.entry_count = 1;
	s.rule_count = 0;
	seed_keep_behind(MPU_V7, "fuzz_table", "one", encoded(&s));

	sample_init(&s);
	for (uint32_t i = 0; i < 2; i++) {
		s.entry[i].image_extent = region_extent(MPU_V8, s.entry[i].image_size);
		s.entry[i].ram_extent = 2208 + 32 * i;
	}
	seed_keep_behind(MPU_V8, "fuzz_table", "v8", encoded(&s));
	seed_keep_behind(MPU_NONE, "fuzz_table", "none", encoded(&s));
}
