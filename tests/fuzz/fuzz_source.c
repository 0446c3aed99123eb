/* SPDX-License-Identifier: Apache-2.0 */
/* The manifest of a source package: what is read is written the same again, and no file of it leads out of its folder. */
#include "cbor.h"
#include "fuzz.h"
#include "source_manifest.h"

FUZZ(in)
{
	static struct source_manifest m;
	static uint8_t buffer[PACKAGE_SOURCE_MANIFEST_MAX];
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	if (source_manifest_decode(in, &m) < 0) {
		must(!m.file_count && !m.target_count);
		return;
	}
	must(cbor_valid(in));
	for (uint32_t i = 0; i < m.file_count; i++)
		for (size_t k = 0; k + 1 < m.files[i].path.size; k++)
			must(m.files[i].path.at[k] != '/' || (m.files[i].path.at[k + 1] != '.' && m.files[i].path.at[k + 1] != '/'));
	source_manifest_encode(&m, &w);
	must(bytes_equal(writer_bytes(&w), in));
}
