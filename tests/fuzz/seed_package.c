/* SPDX-License-Identifier: Apache-2.0 */
#include "package_sample.h"
#include "source_sample.h"
#include "seeds.h"

void seed_package(void)
{
	reset();
	seed_keep("fuzz_package", "all", written());
	part_count = SAMPLE_ELF + 1;
	seed_keep("fuzz_package", "no-header", written());
	part_count = 1;
	seed_keep("fuzz_package", "manifest", written());
	reset_source();
	seed_keep("fuzz_package", "source", written());

	static struct source_manifest m;
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	source_sample_fill(&m);
	source_manifest_encode(&m, &w);
	seed_keep("fuzz_source", "all", writer_bytes(&w));
}
