/* SPDX-License-Identifier: Apache-2.0 */
#include "elf_sample.h"
#include "seeds.h"

void seed_elf(void)
{
	static struct elf_sample s;

	elf_sample_init(&s);
	seed_keep("fuzz_elf", "service", BYTES_OF(s.file));
	put32(&s, 32, 0);
	put16(&s, 48, 0);
	seed_keep("fuzz_elf", "no-sections", BYTES_OF(s.file));
}
